-- SPDX-License-Identifier: MIT
-- Documents that belong together: one to one, at most one, line by line, and no more than the origin allows.

-- What is wrong with a list that should have exactly one row: "none", "several", or nil.
function match_fault(list)
  if #list == 0 then return "none" end
  if #list > 1 then return "several" end
end

-- The totals of two lists side by side: an array of { key =, ours =, theirs =, difference =, rows = } in the order of the
-- keys, for every key of either. `key` and `of` are fields or functions of a row; `their_key` and `their_of` where the
-- second list names them otherwise. Rows without a key are left out.
function side_by_side(ours, theirs, key, of, their_key, their_of)
  local known, found = {}, {}
  local function add(list, name, key_of_row, of_row)
    for group in each(group_by(list, key_of_row)) do
      if not known[group.key] then
        known[group.key] = { key = group.key, ours = 0, theirs = 0, rows = {} }
        table.insert(found, known[group.key])
      end
      known[group.key][name] = sum(group.rows, of_row)
      append(known[group.key].rows, group.rows)
    end
  end
  add(ours, "ours", key, of)
  add(theirs, "theirs", their_key or key, their_of or of)
  for pair in each(found) do pair.difference = pair.ours - pair.theirs end
  return sort(found, "key")
end

-- Those of them that differ by more than a tolerance, in quantity; what lies within it is noted.
function differing(side_by_side_pairs, tolerance)
  return filter(side_by_side_pairs, function(pair) return not quantity_within(pair.difference, tolerance) end)
end

-- The rows, taken in this order, that carry a running total over a limit: an array of { row =, over =, total =, limit = },
-- `over` being what the row itself adds above the limit. `limit` is a number or a function of a row, where it changes with
-- time. `of` is a field or a function of a row; a negative one (a return) makes room again. An empty value counts as nothing.
-- `tolerance`, a number or a function of the limit, is what may go beyond it; a row that needs it is noted.
function over_limit(rows_in_order, limit, of, tolerance)
  local total, found = 0, {}
  for row in each(rows_in_order) do
    local value = type(of) == "function" and of(row) or type(of) == "string" and row[of] or 0
    local strict = type(limit) == "function" and limit(row) or limit
    local most = strict + (type(tolerance) == "function" and tolerance(strict) or tolerance or 0)
    local before = max(total, most)
    total = total + value
    if value > 0 and total > most then
      table.insert(found, { row = row, over = total - before, total = total, limit = most })
    elseif value > 0 and total > strict then
      within_tolerance_note(nil, { row = row })
    end
  end
  return found
end

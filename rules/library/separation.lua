-- SPDX-License-Identifier: MIT
-- Separation of duties: what one person may not do together. People are compared, not their accounts; system users
-- and unknown people are nobody.

-- A duty that somebody did: { name = "sales_order.entered_by", by = who, row = row }. Without the row, nobody.
function duty(table_name, row, field)
  return { name = table_name .. "." .. field, by = row and row[field] or nil, row = row }
end

-- Whether duties can be separate at all: two of them at least were done by people, or none by a system. What a system did
-- beside one person is nothing to separate.
function is_between_people(duties)
  local by_system = count(duties, function(one) return is_system(one.by) end)
  return by_system == 0 or count(duties, function(one) return one.by ~= nil and not is_system(one.by) end) > 1
end

-- The pairs of duties that one person did: an array of { duty, duty }.
function same_hands(duties)
  local pairs_found = {}
  for position, current in ipairs(duties) do
    for other = position + 1, #duties do
      if same_person(current.by, duties[other].by) then
        table.insert(pairs_found, { current, duties[other] })
      end
    end
  end
  return pairs_found
end

-- One exception for duties of one person, nil where all were separate. `about` as for step_exception; the values
-- duties ("sales_order.entered_by, sales_order.approved_by") and person are filled in.
function separation_exception(duties, about)
  local found = same_hands(duties)
  if #found == 0 then return nil end
  local who = found[1][1].by
  local theirs = filter(duties, function(one) return same_person(one.by, who) end)
  local said = {}
  for name, value in pairs(about or {}) do said[name] = value end
  local employee = person(who)
  said.person = employee and employee.employee_id or who
  said.duties = table.concat(map(theirs, "name"), ", ")
  said.evidence = evidence_beside(said.evidence, map(theirs, "row"))
  return exception(said)
end

-- A message for such an exception.
function separation_message()
  return { en = "{person} did all of: {duties}", zh = "{person} 一人兼任：{duties}" }
end

-- Duties, each person once in each: who wrote two slips did not do two duties. Those of nobody are left out.
function distinct_duties(duties)
  local kept = {}
  for current in each(duties) do
    local known = any(kept, function(other) return other.name == current.name and same_person(other.by, current.by) end)
    if current.by ~= nil and not known then table.insert(kept, current) end
  end
  return kept
end

-- Those of some duties that the same person did as the one given, itself first; empty where it was nobody else's.
function duties_shared_with(one, duties)
  local shared = filter(distinct_duties(duties), function(other) return same_person(one.by, other.by) end)
  if #shared == 0 then return {} end
  return append({ one }, shared)
end

-- SPDX-License-Identifier: MIT
-- Balances: what is open on a receivable or a receipt at a moment, and events in the order in which they count.

-- Events { on = moment, rank = number, ... } in the order in which they count: by day; within a day by rank,
-- where money received has the lowest, so that it comes first; then by time.
function in_order(events)
  return sort(events, function(event) return { day(event.on), event.rank, time_of(event.on) } end)
end

-- The total of a field over those rows of a list that are not void and happened by a moment (nil: by now).
function total_by(list, field, happened, moment)
  local counted = filter(list, function(row)
    return row[field] ~= nil and row[happened] ~= nil and done_by(row[happened], moment)
  end)
  return sum(counted, field)
end

-- The rows of a list that are not void.
function not_void(list)
  return filter(list, function(row) return not is_void(row) end)
end

-- The receipt applications that pay a receivable: those that name it, and those that name only its invoice.
function payments_of(receivable)
  local payments = append({}, receivable.applications)
  local invoice = receivable.invoice
  if not invoice then return payments end
  return append(payments, filter(invoice.applications, function(application)
    return read(application, "receivable_id") == nil
  end))
end

-- What is open on a receipt at a moment: not applied yet.
function unapplied(receipt, moment)
  return (receipt.amount or 0) - total_by(receipt.applications, "amount", "applied_on", moment)
end

-- Consumes `amount` from the parts of a list, in its order: an array of what is left of each, as
-- { row = part, left = amount }. `of` is the field or function that says how large a part is.
function consume(parts, of, amount)
  local rest, left = amount, {}
  for part in each(parts) do
    local size = type(of) == "function" and of(part) or part[of]
    local taken = max(0, min(size, rest))
    rest = rest - taken
    table.insert(left, { row = part, left = size - taken })
  end
  return left
end

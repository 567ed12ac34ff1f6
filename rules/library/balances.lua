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

-- The receivables of an invoice that are debts of their own, the one that falls due first in front.
local function debts_of(invoice)
  local found = filter(not_void(invoice.receivables), function(entry) return entry.amount ~= nil and entry.amount > 0 end)
  return sort(found, function(entry) return { entry.due_on or entry.posted_on or date "9999-12-31", entry.receivable_id } end)
end

-- How much of `total` falls on the part at a position, the oldest first; what is more than all of them on the last.
local function share_at(sizes, position, total)
  local before = 0
  for at = 1, position - 1 do before = before + sizes[at] end
  local rest = max(0, total - before)
  return position == #sizes and rest or min(rest, sizes[position])
end

-- The part of reductions { amount =, applied_on =, row = } of an invoice, in order, that falls on one of its receivables:
-- each reduces the invoice once, the receivable that falls due first before the others.
local function spread(invoice, receivable, reductions)
  local debts, sizes, position = debts_of(invoice), {}, nil
  for at, entry in ipairs(debts) do
    sizes[at] = max(0, entry.amount - sum(entry.applications, "amount"))
    if entry == receivable then position = at end
  end
  if not position then return {} end
  if #debts == 1 then return reductions end
  local total, found = 0, {}
  for one in each(sort(reductions, function(one) return time_of(one.applied_on) end)) do
    local before = share_at(sizes, position, total)
    total = total + one.amount
    local part = share_at(sizes, position, total) - before
    if part ~= 0 then table.insert(found, { amount = part, applied_on = one.applied_on, row = one.row }) end
  end
  return found
end

-- What pays a receivable: an array of { amount =, applied_on =, row = the receipt application }. Applications that name it,
-- and its part of those that name only its invoice, which go to the receivable of the invoice that falls due first.
function payments_of(receivable)
  local function payment(application)
    return { amount = application.amount or 0, applied_on = application.applied_on, row = application }
  end
  local payments = map(receivable.applications, payment)
  local invoice = receivable.invoice
  if not invoice then return payments end
  local loose = filter(invoice.applications, function(application)
    return read(application, "receivable_id") == nil and application.applied_on ~= nil
  end)
  return append(payments, spread(invoice, receivable, map(loose, payment)))
end

-- What was written off of a receivable, in the same way: its part of the write-offs of its invoice.
function write_offs_of(receivable)
  local invoice = receivable.invoice
  if not invoice then return {} end
  local write_offs = filter(live_ones(rows_of(invoice, "write_off", "write_offs")), "written_off_on")
  return spread(invoice, receivable, map(write_offs, function(one)
    return { amount = one.amount or 0, applied_on = one.written_off_on, row = one }
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

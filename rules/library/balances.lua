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

-- What reduces the receivables of an invoice without naming one of them, in order: applications that name only the invoice,
-- write-offs, and (unless only payments are asked for) the receivables of its red invoices.
local function loose_reductions(invoice, payments_only)
  local found = {}
  local function add(kind, on, row, sign)
    if on then table.insert(found, { kind = kind, on = on, amount = sign * (row.amount or 0), row = row }) end
  end
  for application in each(rows_of(invoice, "receipt_application", "applications")) do
    local receipt = application.receipt
    local counts = read(application, "receivable_id") == nil and (receipt == nil or is_live(receipt))
    if counts then add("paid", application.applied_on, application, 1) end
  end
  for write_off in each(live_ones(invoice.write_offs)) do
    add("written_off", write_off.written_off_on, write_off, 1)
  end
  local red_invoices = not payments_only and invoice.red_invoices or {}
  for red in each(live_ones(red_invoices)) do
    for entry in each(live_ones(red.receivables)) do
      if entry.reversal_of == nil then add("credited", entry.posted_on, entry, -1) end
    end
  end
  return sort(found, function(one) return { day(one.on), one.row ~= nil and key_of(one.row) } end)
end

-- What reduces a receivable by name: applications to it, and (unless only those are asked for) reversals of it.
local function named_reductions(entry, payments_only)
  local found = {}
  for application in each(rows_of(entry, "receipt_application", "applications")) do
    local receipt = application.receipt
    if application.applied_on and (receipt == nil or is_live(receipt)) then
      table.insert(found, { kind = "paid", on = application.applied_on, amount = application.amount or 0, row = application })
    end
  end
  if payments_only then return found end
  local reversals = lookup("receivable_entry", { reversal_of = entry.receivable_id })
  for reversal in each(live_ones(reversals)) do
    if reversal.posted_on then
      table.insert(found, { kind = "credited", on = reversal.posted_on, amount = abs(reversal.amount or 0), row = reversal })
    end
  end
  return found
end

-- Whether a receivable is one that others reduce: live, and no credit itself.
local function is_debt(entry)
  return is_live(entry) and (entry.amount or 0) > 0
end

-- What reduces a receivable, each once: an array of { kind = "paid", "written_off" or "credited", on = day, amount = in the
-- receivable's currency, row = }. What names only the invoice goes to its receivables in the order in which they fall due.
-- `payments_only`: credits, as of red invoices, are not asked for.
function reductions_of(entry, payments_only)
  local function in_currency(list, currency)
    return map(list, function(one)
      return { kind = one.kind, on = one.on, row = one.row, amount = convert(one.amount, currency_of(one.row), currency, one.on, 2) }
    end)
  end
  local currency = currency_of(entry)
  local found, invoice = in_currency(named_reductions(entry, payments_only), currency), entry.invoice
  local loose = invoice and is_live(entry) and loose_reductions(invoice, payments_only) or {}
  if #loose == 0 then return found end
  local debts = sort(filter(invoice.receivables, is_debt), function(one) return { one.due_on or one.posted_on, one.receivable_id } end)
  local room = {}
  for debt in each(debts) do
    room[debt] = debt.amount - sum(in_currency(named_reductions(debt, payments_only), currency), function(one) return one.amount end)
  end
  for one in each(in_currency(loose, currency)) do
    local rest = one.amount
    for place, debt in ipairs(debts) do
      -- what is taken back again, and what is more than all of them, is the last one's
      local part = place == #debts and rest or max(0, min(rest, room[debt]))
      room[debt], rest = room[debt] - part, rest - part
      if debt == entry and part ~= 0 then table.insert(found, { kind = one.kind, on = one.on, row = one.row, amount = part }) end
    end
  end
  return found
end

-- What was paid on a receivable by a moment (nil: by now): its own payments, and its part of those of its invoice.
function paid_on(entry, moment)
  return sum(filter(reductions_of(entry, true), function(one)
    return one.kind == "paid" and done_by(one.on, moment)
  end), function(one) return one.amount end)
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

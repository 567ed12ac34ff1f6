-- SPDX-License-Identifier: MIT
-- What was done to carry out a document: goods released to production, sent, issued, invoiced. Returns, red documents,
-- void ones and what happened after the date as of which is audited are left out.

-- What the lines of a document are worth with tax as they state it; nil where there are none, or one states nothing.
function stated_worth(lines)
  local total
  for line in each(lines) do
    local gross, net, tax = read(line, "gross_amount"), read(line, "net_amount"), read(line, "tax_amount")
    if not gross and net and tax then gross = net + tax end
    local price = not gross and read(line, "unit_price")
    if price and line.quantity then gross = price * line.quantity end
    if not gross then return nil end
    total = (total or 0) + gross
  end
  return total
end

-- What the goods of lines without tax columns (requests, returns) are worth at their unit prices; nil where there are
-- none, or one has no price.
function priced_worth(lines)
  local total
  for line in each(lines) do
    if not line.unit_price or not line.quantity then return nil end
    total = (total or 0) + line.unit_price * line.quantity
  end
  return total
end

-- The lines of a delivery or an invoice that are of an order; of another document, all of them.
local function lines_of(header, order)
  local lines = header.lines
  if table_of(order) ~= "sales_order" then return lines end
  return filter(lines, function(line) return find(line, "order") == order end)
end

-- The invoices of an order or a contract, live and not red.
local function invoices_of(document)
  if not imported "invoice" then return {} end
  local found = {}
  if table_of(document) == "sales_order" and imported "invoice_line" then
    for line in each(document.invoice_lines) do
      if line.invoice and not contains(found, line.invoice) then table.insert(found, line.invoice) end
    end
  else
    append(found, document.invoices)
  end
  return filter(found, function(invoice) return invoice.sign ~= "red" and is_live(invoice) end)
end

-- What was done under an order or a contract, in the order of time: an array of { step = "delivery.delivery_date", at =,
-- row =, of = the delivery or invoice that it belongs to, nil of others, under = the order or contract }.
function executions_of(document)
  local found = {}
  local function add(step, at, row, of)
    if at and has_happened(at) then table.insert(found, { step = step, at = at, row = row, of = of, under = document }) end
  end
  for production in each(document.production_orders) do
    add("production_order.released_at", production.released_at, production)
  end
  for delivery in each(deliveries_of(document)) do
    add("delivery.delivery_date", delivery.delivery_date, delivery, delivery)
    for issue in each(delivery.issues) do
      if issue.sign ~= "red" and is_live(issue) then add("stock_issue.issued_at", issue.issued_at, issue, delivery) end
    end
  end
  for invoice in each(invoices_of(document)) do
    add("invoice.issued_on", invoice.issued_on, invoice, invoice)
  end
  return sort(found, function(one) return time_of(one.at) end)
end

-- What the delivery or invoice of one of them is worth with tax, as far as it is of the order or contract; nil where that
-- is not known.
local function worth_of_one(one)
  local kind = table_of(one.of)
  if not one.under and kind == "invoice" then return one.of.gross_amount end
  return stated_worth(lines_of(one.of, one.under))
end

-- What some of them come to, as an amount to be shown: the goods sent or the goods invoiced, whichever is more; nil where neither is known.
function worth_executed(executions)
  local counted, totals = {}, {}
  for one in each(executions) do
    local worth = one.of and not counted[one.of] and worth_of_one(one)
    if worth then
      local kind = table_of(one.of)
      counted[one.of] = true
      totals[kind] = (totals[kind] or 0) + worth
    end
  end
  if not totals.delivery and not totals.invoice then return nil end
  return max(totals.delivery or 0, totals.invoice or 0)
end

-- What the goods on an issue slip are worth with tax, by the lines of the delivery; nil where one is not known.
function issue_worth(issue)
  local total
  for line in each(issue.lines) do
    local delivered = line.delivery_line
    local worth = delivered and stated_worth { delivered }
    if not worth or not line.quantity or not delivered.quantity or delivered.quantity == 0 then return nil end
    total = (total or 0) + share_of(worth, line.quantity, delivered.quantity)
  end
  return total
end

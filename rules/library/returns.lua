-- SPDX-License-Identifier: MIT
-- Goods that come back: the return note (a delivery of kind "return"), its red issue slip, red invoice and red
-- entries, and the request that the customer made. Red quantities are negative.

-- Whether a document is written in red: by its sign, else by its amount.
function is_red(document)
  local sign = document.sign
  if sign ~= nil then return sign == "red" end
  return table_of(document) == "invoice" and document.gross_amount ~= nil and document.gross_amount < 0
end

-- The document of a list that was the first to reach a moment (a field), or nil where none has.
function first_done(list, field)
  local found
  for document in each(list) do
    local moment = document[field]
    if moment and has_happened(moment) and (not found or moment < found[field]) then found = document end
  end
  return found
end

-- A step as it was taken the first time: a header says only when it was approved last, so where the history of decisions
-- has that approval, the first approval of the same kind and step counts.
function first_taken(found)
  if not found.at then return found end
  local approvals = filter(decisions(found.row), function(one) return one.decision == "approve" end)
  local last = first(approvals, function(one) return not (one.decided_at < found.at) and not (one.decided_at > found.at) end)
  local earliest_one = last and first(approvals, function(one)
    return one.approval_kind == last.approval_kind and one.step_no == last.step_no
  end)
  if earliest_one then found.at, found.by = earliest_one.decided_at, earliest_one.approver_id end
  return found
end

-- The return notes of a return request.
function notes_of(request)
  return filter(request.deliveries, function(delivery)
    return delivery.kind == "return" and is_live(delivery)
  end)
end

-- The red issue slips of a return note, or of all return notes of a request.
function slips_of(document)
  if table_of(document) == "delivery" then
    return filter(document.issues, is_live)
  end
  local found = {}
  for note in each(notes_of(document)) do append(found, slips_of(note)) end
  return found
end

-- The invoices, in the order of their keys, that have a line of a delivery (or of a return note).
function invoices_of(delivery)
  local known, found = {}, {}
  for line in each(imported "invoice_line" and delivery.invoice_lines or {}) do
    local invoice = line.invoice
    if invoice and is_live(invoice) and not known[invoice] then
      known[invoice] = true
      table.insert(found, invoice)
    end
  end
  return sort(found, key_of)
end

-- The return notes that an invoice has lines of.
function notes_on(invoice)
  local known, found = {}, {}
  for line in each(invoice.lines) do
    local delivery = line.delivery
    if delivery and delivery.kind == "return" and is_live(delivery) and not known[delivery] then
      known[delivery] = true
      table.insert(found, delivery)
    end
  end
  return found
end

local with_net_amount = { "delivery_line", "invoice_line" }

-- What a line of goods is worth without tax, as a positive amount: its net amount, else quantity × unit price; nothing of a
-- gift or sample without a price, nil of other lines where neither is known.
function worth_of_line(line)
  local has_kind = contains(with_net_amount, table_of(line))
  local value = has_kind and line.net_amount or nil
  local price = value == nil and line.unit_price
  if price and line.quantity ~= nil then value = line.quantity * price end
  if value == nil and has_kind and (line.line_kind == "gift" or line.line_kind == "sample") then value = decimal "0" end
  return value and abs(value)
end

-- What lines are worth together; nil where there are none, or one of them has no price.
function worth_of(lines)
  local values = map(lines, worth_of_line)
  if #values == 0 or #values < #lines then return nil end
  return sum(values)
end

-- What a return request is worth: its own lines at their price, else at the price at which they were delivered; where
-- it has no lines, what came back is. Nil where one has no price.
function worth_of_return(request)
  local values = {}
  for line in each(request.lines) do
    local value = worth_of_line(line)
    local sold = value == nil and line.delivery_line
    if sold and sold.unit_price and line.quantity then value = abs(line.quantity * sold.unit_price) end
    if value then table.insert(values, value) end
  end
  if #request.lines > 0 then return #values == #request.lines and sum(values) or nil end
  local lines = {}
  for note in each(notes_of(request)) do append(lines, note.lines) end
  return worth_of(lines)
end

-- The return notes of goods of a delivery: those that name it, and those of its return requests.
function notes_against(delivery)
  local known, found = {}, {}
  local function add(note)
    if note.kind == "return" and is_live(note) and not known[note] then
      known[note] = true
      table.insert(found, note)
    end
  end
  for note in each(delivery.returns) do add(note) end
  for request in each(delivery.return_requests) do
    for note in each(notes_of(request)) do add(note) end
  end
  return found
end

-- The delivery from which goods came back: the one that the return note names, else that of its return request.
function origin_of(note)
  return note.source_delivery or note.return_request and note.return_request.delivery or nil
end

-- The quantity of a product on lines of goods.
function quantity_of_product(lines, product_id)
  return sum(filter(lines, function(line) return line.product_id == product_id and is_goods(line) end), "quantity")
end

-- What an issue slip moved, blue or red, is worth: at the prices of its delivery or return note, else at the standard cost
-- of its lines' products; nil where neither is known of all of them.
function worth_of_slip(slip)
  local delivery = slip.delivery
  local worth = delivery and worth_of(delivery.lines)
  if worth then return worth end
  local costs = map(slip.lines, function(line)
    local product = line.product
    return product and line.quantity and product.standard_cost and abs(line.quantity) * product.standard_cost
  end)
  return #costs > 0 and #costs == #slip.lines and sum(costs) or nil
end

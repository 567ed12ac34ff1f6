-- SPDX-License-Identifier: MIT
-- Reversals of revenue are as large as they are: each takes its own quantity and amount away, once, from the day on which
-- it was entered, and leaves the rest. A reversal names the entry, or only the goods: their delivery, their invoice, or
-- the return by which they came back.

-- Whether a revenue entry takes goods back without naming the entry that it reverses.
local function names_goods_only(entry)
  return not is_dead(entry) and entry.reversal_of == nil and entry.amount ~= nil and entry.amount < 0
    and done_by(entry.recognised_on or period_end(entry.period), as_of)
end

-- The lines of goods sold that a delivery line is of: itself or, of goods that came back, those of the delivery from
-- which they came (of one order line, where both say it).
local function sold_lines_of(line)
  local delivery = line.delivery
  if not delivery then return {} end
  if delivery.kind ~= "return" then return filter({ line }, earns_revenue) end
  local origin = origin_of(delivery)
  local same = filter(origin and origin.lines or {}, function(other)
    return other.product_id == line.product_id and earns_revenue(other)
  end)
  local of_order_line = filter(same, function(other) return is_of_order_line(other, line) end)
  return #of_order_line > 0 and of_order_line or same
end

-- The delivery lines, of sales or of returns, that an invoice's lines are for.
local function invoiced_goods(invoice, product_id)
  local lines = {}
  for invoice_line in each(invoice.lines) do
    local is_own = product_id == nil or invoice_line.product_id == product_id
    if is_own and is_goods(invoice_line) then append(lines, delivered_for(invoice_line)) end
  end
  return lines
end

-- The lines of goods sold that a negative revenue entry takes back.
function lines_taken_back(entry)
  local product_id, lines = entry.product_id, {}
  if entry.delivery_id and entry.delivery_line_no then
    lines = evidence(entry.delivery_line)
  elseif entry.delivery then
    lines = filter(entry.delivery.lines, function(line) return product_id == nil or line.product_id == product_id end)
  elseif entry.invoice then
    for invoice_line in each(invoiced_for(entry)) do append(lines, delivered_for(invoice_line)) end
    local original = #lines == 0 and entry.invoice.original_invoice
    if original then lines = invoiced_goods(original, product_id) end
  end
  local found = {}
  for line in each(lines) do
    for sold in each(sold_lines_of(line)) do
      if not contains(found, sold) then table.insert(found, sold) end
    end
  end
  return found
end

-- The revenue entries that may take goods of a delivery back and name only the goods.
local function loose_of_delivery(delivery)
  local known, found = {}, {}
  local function add(entries)
    for entry in each(entries) do
      if not known[entry] and names_goods_only(entry) then table.insert(found, entry) end
      known[entry] = true
    end
  end
  local seen = {}
  local function add_invoices(document)
    for invoice_line in each(has_invoiced_revenue(delivery) and document.invoice_lines or {}) do
      local invoice = invoice_line.invoice
      if invoice and not seen[invoice] then
        seen[invoice] = true
        add(invoice.revenue_entries)
        for red in each(invoice.red_invoices) do add(red.revenue_entries) end
      end
    end
  end
  for document in each(append({ delivery }, notes_against(delivery))) do
    add(document.revenue_entries)
    add_invoices(document)
  end
  return found
end

-- A share of a quantity: `part` of `whole`, to the millionth unless it is all.
local function portion(quantity, part, whole)
  if part - whole == 0 then return quantity end
  if quantity - whole == 0 then return part end
  return div(quantity * part, whole, 6)
end

-- What a reversal takes back, less what was reversed of it in its turn: amount and quantity, both positive; no quantity
-- where it states none, as a price credit does.
local function size_of_reversal(reversal)
  local again = filter(live_ones(reversal.reversals), function(one) return done_by(one.recognised_on, as_of) end)
  local quantity = reversal.quantity
  local rest = quantity and max(0, abs(quantity) - abs(sum(again, "quantity")))
  return max(0, abs(reversal.amount or 0) - abs(sum(again, "amount"))), rest
end

-- The reversals that name a revenue entry: an array of { row =, amount =, quantity = }, with the part of `claimed` units
-- of the entry that each takes back.
local function named_reversals(entry, claimed)
  local found = {}
  for reversal in each(reversals_of(entry)) do
    local amount, quantity = size_of_reversal(reversal)
    local own = entry.quantity
    local taken = 0
    if amount >= entry.amount then taken = claimed
    elseif quantity and quantity > 0 and own and own > 0 then taken = portion(claimed, min(quantity, own), own)
    elseif quantity and quantity > 0 then taken = min(quantity, claimed)
    elseif not own then taken = portion(claimed, amount, entry.amount) end
    table.insert(found, { row = reversal, amount = amount, quantity = min(taken, claimed) })
  end
  return found
end

-- Gives each claim on the goods of a pool (lines) the reversals that take some of it back, as `taken`, an array of
-- { row =, amount =, quantity = }. Those that name only the goods go to the oldest claims that still stand.
function add_reversals(claims, lines)
  for claim in each(claims) do claim.taken = named_reversals(claim.entry, claim.quantity) end
  local known, whole = {}, sum(lines, "quantity")
  local loose = {}
  for line in each(lines) do
    if not known[line.delivery] then append(loose, loose_of_delivery(line.delivery)) end
    known[line.delivery] = true
  end
  local seen = {}
  for reversal in each(sort(loose, function(one) return { one.recognised_on, key_of(one) } end)) do
    local goods = not seen[reversal] and lines_taken_back(reversal) or {}
    seen[reversal] = true
    local own = filter(goods, function(line) return contains(lines, line) end)
    if #own > 0 and whole > 0 then
      local amount, quantity = size_of_reversal(reversal)
      local share, all_goods = sum(own, "quantity"), sum(goods, "quantity")
      local rest, total = quantity and portion(quantity, share, all_goods) or 0, portion(amount, share, all_goods)
      local of_all = rest
      for claim in each(claims) do
        local standing = claim.quantity - sum(claim.taken, function(one) return one.quantity end)
        local part = min(standing, rest)
        if part > 0 then
          table.insert(claim.taken, { row = reversal, quantity = part, amount = round(portion(total, part, of_all), 2) })
          rest = rest - part
        end
      end
      if of_all == 0 and claims[1] then table.insert(claims[1].taken, { row = reversal, quantity = 0, amount = total }) end
    end
  end
end

-- Of reversals, the quantity (the amount) that those take back which were entered by a moment (nil: by now).
function quantity_taken(taken, moment)
  return sum(filter(taken, function(one) return done_by(one.row.recognised_on, moment) end), function(one) return one.quantity end)
end

-- Those of the reversals that were entered in a period.
function taken_in(taken, period)
  return filter(taken, function(one) return one.row.period == period end)
end

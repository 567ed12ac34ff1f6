-- SPDX-License-Identifier: MIT
-- Cost of sales: which cost goes with which revenue, and what issues cost first in first out.

-- Whether a revenue entry is of goods whose cost can be found: by its delivery or its invoice.
function carries_cost(entry)
  if not is_live(entry) or entry.settlement_id or not entry.quantity then return false end
  local line = entry.delivery_line or entry.invoice_line
  if line and not is_goods(line) then return false end
  if entry.delivery_id ~= nil or entry.invoice_id ~= nil then return true end
  local original = original_of(entry)
  return original ~= nil and carries_cost(original)
end

-- The revenue entry that a reversal reverses; nil of one that names none.
function original_of(entry)
  return entry.reversal_of and entry.reversal_of_revenue_entry or nil
end

-- The product of a revenue entry.
function product_of(entry)
  if entry.product_id then return entry.product end
  local line = entry.delivery_line or entry.invoice_line
  if line then return line.product end
  local original = original_of(entry)
  return original and product_of(original) or nil
end

-- The document by which revenue and cost of the same goods meet: the invoice, where cost was carried with it;
-- else the delivery of the goods, also where they came back.
function meeting_of(entry, product)
  local invoice = entry.invoice
  local by_invoice = invoice and any(invoice.cost_entries, function(cost) return cost.product_id == product.product_id end)
  if by_invoice then return invoice end
  local delivery = entry.delivery
  if delivery then return delivery.kind == "return" and origin_of(delivery) or delivery end
  local original = not invoice and original_of(entry)
  if original then return meeting_of(original, product) end
  local line = lines_of_entry(entry)[1] or entry.quantity < 0 and lines_taken_back(entry)[1]
  return line and line.delivery or invoice
end

-- The cost entries that meet there: those of the invoice; those of the issue slips of the delivery and of what came back
-- of it, but none that was carried with an invoice, unless there is no other.
function costs_at(meeting, product)
  if not meeting then return {} end
  local function is_of_product(cost) return cost.product_id == product.product_id end
  if table_of(meeting) == "invoice" then return filter(meeting.cost_entries, is_of_product) end
  local costs = {}
  for document in each(append({ meeting }, notes_against(meeting))) do
    for slip in each(slips_of(document)) do append(costs, filter(slip.cost_entries, is_of_product)) end
  end
  local alone = filter(costs, function(cost) return cost.invoice_id == nil end)
  return #alone > 0 and alone or costs
end

-- All revenue entries that meet there, whatever their period.
function revenue_at(meeting, product)
  if not meeting then return {} end
  local entries = append({}, meeting.revenue_entries)
  if table_of(meeting) == "delivery" then
    for note in each(notes_against(meeting)) do append(entries, note.revenue_entries) end
    for document in each(append({ meeting }, notes_against(meeting))) do
      for invoice_line in each(has_invoiced_revenue(meeting) and document.invoice_lines or {}) do
        append(entries, filter(invoice_line.revenue_entries, function(entry) return entry.delivery_id == nil end))
      end
    end
  end
  return filter(entries, function(entry)
    return carries_cost(entry) and product_of(entry) == product and meeting_of(entry, product) == meeting
  end)
end

-- Takes a quantity out of layers { quantity, unit_cost }, first in first out, and returns what it cost; nil
-- where they do not hold as much.
function take_from(layers, quantity)
  local rest, cost = quantity, 0
  while rest > 0 do
    local layer = layers[layers.first]
    if not layer then return nil end
    local taken = min(rest, layer.quantity)
    cost = cost + taken * layer.unit_cost
    layer.quantity = layer.quantity - taken
    rest = rest - taken
    if layer.quantity == 0 then layers.first = layers.first + 1 end
  end
  return cost
end

-- The stock movements of a product. One without date or quantity makes the whole untestable: whether it came before an issue
-- is not known.
function dated_movements(product)
  for movement in each(product.stock_movements) do
    if read(movement, "moved_at") == nil then untestable { en = "no date of stock movement {movement}: stock_movement.moved_at is empty",
        zh = "库存变动 {movement} 无日期：stock_movement.moved_at 为空", movement = movement.movement_id } end
    if read(movement, "quantity") == nil then untestable { en = "no quantity of stock movement {movement}: stock_movement.quantity is empty",
        zh = "库存变动 {movement} 无数量：stock_movement.quantity 为空", movement = movement.movement_id } end
  end
  return product.stock_movements
end

-- What every issue of a product cost, first in first out: a table from issue number to { cost =, quantity = }.
function replay_layers(product, layers, from)
  local issued = {}
  for movement in each(sort(dated_movements(product), function(row) return time_of(row.moved_at) end)) do
    local quantity = movement.quantity
    local counts = not from or movement.moved_at >= from
    if counts and quantity > 0 then
      if not movement.unit_cost then untestable { en = "no cost of receipt {movement}", zh = "入库 {movement} 无成本", movement = movement.movement_id } end
      table.insert(layers, { quantity = quantity, unit_cost = movement.unit_cost })
    elseif counts and quantity < 0 then
      local cost = take_from(layers, -quantity)
      if not cost then untestable { en = "more issued than received and brought forward on {day}", zh = "{day} 出库多于结存与入库之和",
        day = day(movement.moved_at) } end
      local number = movement.doc_id or ""
      local known = issued[number] or { cost = 0, quantity = 0 }
      issued[number] = { cost = known.cost + cost, quantity = known.quantity - quantity }
    end
  end
  return issued
end

-- The opening stock of a product as layers, and the day it is of: that of the latest period not after the one given (nil:
-- the latest of all). Untestable without it.
function opening_layers(product, period)
  local openings = filter(product.opening_balances, function(balance)
    return balance.account == "inventory" and (not period or balance.period <= period)
  end)
  if #openings == 0 then untestable { en = "no opening layers: opening_balance has no inventory of the product", zh = "无期初存货层：opening_balance 中无该产品存货" } end
  local last = max(map(openings, "period"))
  local layers = { first = 1 }
  for balance in each(filter(openings, function(one) return one.period == last end)) do
    if balance.quantity == nil or balance.amount == nil then
      untestable { en = "no quantity or no amount of the opening balance {balance}", zh = "期初余额 {balance} 无数量或金额",
        balance = key_of(balance) }
    end
    if balance.quantity > 0 then
      table.insert(layers, { quantity = balance.quantity, unit_cost = div(balance.amount, balance.quantity, 8) })
    end
  end
  return layers, period_start(last)
end

-- SPDX-License-Identifier: MIT
-- Goods at consignees: what was sent, settled and sent back. Settlements of goods that came back after they had been
-- settled are negative.

-- Whether a delivery, or a return note, is of consigned goods: by its own business type, else by that of the delivery
-- from which they came back.
function is_consigned(delivery)
  if is_consignment(delivery) then return true end
  if delivery.kind ~= "return" then return false end
  local origin = origin_of(delivery)
  return origin ~= nil and is_consignment(origin)
end

-- Whether a line is of consigned goods that count: a line of such a delivery, or of a settlement.
function is_consigned_line(line)
  if table_of(line) == "consignment_settlement_line" then
    return line.settlement ~= nil and is_live(line.settlement) and line.quantity ~= nil
  end
  local delivery = line.delivery
  return delivery ~= nil and is_live(delivery) and is_goods(line) and line.quantity ~= nil and is_consigned(delivery)
end

-- The consignee and product of a line of consigned goods, to group by; untestable where either is not known.
function consignee_and_product(line)
  local is_settled = table_of(line) == "consignment_settlement_line"
  local header = is_settled and line.settlement or line.delivery
  local delivery = is_settled and line.delivery
  local product_id = line.product_id or is_settled and line.delivery_line and line.delivery_line.product_id
  local customer_id = header.customer_id or delivery and delivery.customer_id
  if not product_id or not customer_id then untestable { en = "no consignee or no product", zh = "无受托方或产品" } end
  return { customer_id, product_id }
end

-- The delivery on which a settlement line or a return's line draws; nil where it names none.
function drawn_on(line)
  local delivery = line.delivery
  if delivery and delivery.kind == "return" then return origin_of(delivery) end
  return delivery
end

-- What happened to consigned goods of one product, in order: { on =, rank =, quantity =, line =, source = }; quantity is
-- what it adds to the consignee's stock, source the delivery concerned (nil: not known). On one day deliveries come first, then
-- returns, then settlements.
function consigned_events(lines)
  local events = {}
  for line in each(lines) do
    local is_settled = table_of(line) == "consignment_settlement_line"
    local header = is_settled and line.settlement or line.delivery
    local on = is_settled and header.settled_on or not is_settled and header.delivery_date
    if on and has_happened(on) then
      table.insert(events, {
        on       = on,
        rank     = is_settled and 3 or header.kind == "return" and 2 or 1,
        quantity = is_settled and -line.quantity or line.quantity,
        line     = line,
        source   = drawn_on(line),
      })
    end
  end
  return in_order(events)
end

-- The returns among consigned goods of one consignee and product and how they stand to what was still unsettled when they
-- came: an array of { line =, quantity =, open =, kind = }. "open": no more than that; "settled": everything was settled
-- already, or what was is settled back; "over": more than was unsettled or settled back; "unnamed": goods were unsettled, but
-- no delivery is named; "elsewhere": the delivery named is none of these goods'. A return may be of unsettled and of settled
-- goods.
function consigned_returns(lines)
  local balances, total, found = {}, 0, {}
  local events, settled_back = consigned_events(lines), 0
  for event in each(events) do
    if event.rank == 3 and event.quantity > 0 then settled_back = settled_back + event.quantity end
  end
  local function add(event, kind, quantity, open)
    table.insert(found, { line = event.line, quantity = quantity, open = open, kind = kind })
  end
  for event in each(events) do
    local source, quantity = event.source, event.quantity
    local is_known = source and balances[source]
    if event.rank == 1 then
      balances[source] = (balances[source] or 0) + quantity
    elseif event.rank == 2 then
      local wanted, open = -quantity, max(0, source and balances[source] or not source and total or 0)
      if source and not is_known then add(event, "elsewhere", wanted, open)
      elseif not source and open > 0 then add(event, "unnamed", wanted, open)
      elseif wanted <= open then add(event, "open", wanted, open)
      else
        local of_settled = open == 0 and wanted or min(wanted - open, settled_back)
        settled_back = max(0, settled_back - of_settled)
        if of_settled > 0 then add(event, "settled", of_settled, open) end
        if wanted > open + of_settled then add(event, "over", wanted, open + of_settled) end
      end
    end
    if event.rank ~= 1 and is_known then balances[source] = balances[source] + quantity end
    total = total + quantity
  end
  return found
end

-- What of a delivery is neither settled nor sent back by papers that name it, per product: an array of { product_id =, line =,
-- quantity = }, line being the first of the delivery's.
local function open_by_name(delivery)
  local known, found = {}, {}
  for line in each(filter(delivery.lines, is_goods)) do
    if line.product_id and line.quantity then
      local part = known[line.product_id]
      if not part then
        part = { product_id = line.product_id, line = line, quantity = 0 }
        known[line.product_id] = part
        table.insert(found, part)
      end
      part.quantity = part.quantity + line.quantity
    end
  end
  local function take(product_id, quantity)
    if product_id and known[product_id] then known[product_id].quantity = known[product_id].quantity - quantity end
  end
  for document in each(append({ delivery }, notes_against(delivery))) do
    if document ~= delivery then
      for line in each(filter(document.lines, is_goods)) do take(line.product_id, abs(line.quantity or 0)) end
    end
    for line in each(lookup("consignment_settlement_line", { delivery_id = document.delivery_id })) do
      if is_consigned_line(line) then take(line.product_id or line.delivery_line and line.delivery_line.product_id, line.quantity) end
    end
  end
  return found
end

-- What a consignee settled or sent back of a product without naming the delivery.
local function settled_loosely(customer_id, product_id)
  local total = 0
  for settlement in each(lookup("consignment_settlement", { customer_id = customer_id })) do
    for line in each(is_live(settlement) and has_happened(settlement.settled_on) and settlement.lines or {}) do
      if not line.delivery_id and line.product_id == product_id and line.quantity then total = total + line.quantity end
    end
  end
  for note in each(lookup("delivery", { customer_id = customer_id, kind = "return" })) do
    if is_live(note) and is_consignment(note) and not origin_of(note) and has_happened(note.delivery_date) then
      total = total - quantity_of_product(note.lines, product_id)
    end
  end
  return total
end

-- What of a delivery is neither settled nor sent back, as open_by_name gives it. What was settled or sent back without naming
-- a delivery takes the consignee's oldest deliveries first.
function unsettled_of(delivery)
  local parts = open_by_name(delivery)
  for part in each(delivery.customer_id and parts or {}) do
    local loose = settled_loosely(delivery.customer_id, part.product_id)
    if loose > 0 then
      local others = filter(lookup("delivery", { customer_id = delivery.customer_id, kind = "delivery" }), function(one)
        return is_live(one) and is_consignment(one) and one.delivery_date ~= nil
      end)
      local function open_of(one)
        local same = first(open_by_name(one), function(other) return other.product_id == part.product_id end)
        return same and max(0, same.quantity) or 0
      end
      local ordered = sort(others, function(one) return { one.delivery_date, one.delivery_id } end)
      local rest = first(consume(ordered, open_of, loose), function(one) return one.row == delivery end)
      if rest then part.quantity = rest.left end
    end
  end
  return parts
end

-- The deliveries of consigned goods that an invoice charges: those of its lines and of its settlement.
function consigned_on(invoice)
  local known, found = {}, {}
  local function add(lines)
    for line in each(lines) do
      local delivery = line.delivery
      if delivery and not known[delivery] and is_consigned(delivery) then
        known[delivery] = true
        table.insert(found, delivery)
      end
    end
  end
  add(invoice.lines)
  local settlement = invoice.settlement
  if settlement then add(settlement.lines) end
  return found
end

-- An option of the system on a day, in small letters; nil where none was in force. Of several the latest counts.
function option_on(key, moment)
  local in_window_then = filter(lookup("system_option", { option_key = key }), function(option)
    return in_window(day(moment), option.valid_from, option.valid_to)
  end)
  local option = sort(in_window_then, function(one) return one.valid_from end)[#in_window_then]
  return option and option.option_value and fold(trim(option.option_value)) or nil
end

-- How the cost of consigned goods is carried on a day: by the system's option, else the default given.
function consignment_costing(moment, default)
  return option_on("consignment_costing", moment) or default
end

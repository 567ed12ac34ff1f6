-- SPDX-License-Identifier: MIT
-- SHP: goods on their way, from the request for them to the customer's signature, and the stock they come from.

-- The request for goods behind an issue slip: its own, else its delivery's; nil without one.
local function request_behind(slip)
  if slip.request_id then return slip.request end
  return slip.delivery and slip.delivery.request or nil
end

-- The same for the control that asks for it: nil also where the one named is not there.
local function request_found(slip)
  if slip.request_id then return find(slip, "request") end
  return slip.delivery and find(slip.delivery, "request") or nil
end

-- The total of what is known among the values of some rows; nil where nothing is.
local function known_total(list, of)
  local known = map(list, of)
  if #known == 0 then return nil end
  return sum(known)
end

-- What an issue slip is worth.
local function slip_worth(slip)
  return known_total(filter(slip.lines, "quantity"), function(line) return issued_worth(line, line.quantity) end)
end

-- What the goods of a delivery are worth.
local function delivery_worth(delivery)
  return known_total(delivery.lines, function(line) return line_worth(line, line.quantity) end)
end

-- Whether a delivery takes goods to a customer: neither a return nor a draft, nor void.
local function is_shipment(delivery)
  return delivery.kind ~= "return" and is_live(delivery) and not is_reversal(delivery)
end

-- Whether a line is of goods that leave a warehouse, sold or not.
local function is_stocked(line)
  local kind = line.line_kind
  return kind ~= "service" and kind ~= "freight"
end

-- What a request is for: its contract, else its order; nil without either.
local function agreement_behind(request)
  return request.contract or request.order
end

-- The unit price of some lines that comes nearest to one, without tax or with it; nil where they have none.
local function nearest_price(lines, price)
  local nearest
  local function try(candidate)
    if candidate and (not nearest or abs(price - candidate) < abs(price - nearest)) then nearest = candidate end
  end
  for line in each(lines) do
    try(line.unit_price)
    try(line.unit_price_gross)
  end
  return nearest
end

-- What is agreed on a line and was not cancelled, in the line's own unit: requests have no other.
local function agreed_quantity(line)
  return line.quantity and line.quantity - (table_of(line) == "sales_order_line" and line.cancelled_quantity or 0)
end

-- The issue slips of a request: those that name it, and those of its deliveries.
local function slips_of(request)
  local slips = append({}, request.issues)
  for delivery in each(request.deliveries) do
    for slip in each(delivery.issues) do
      if not slip.request_id and not contains(slips, slip) then table.insert(slips, slip) end
    end
  end
  return sort(filter(slips, is_issue), function(slip) return { time_of(slip.issued_at or slip.prepared_at), slip.issue_id } end)
end

-- What is wrong with an issued line by itself: what, its own value and the other; nil for nothing.
local function line_mismatch(line)
  local wanted = line.delivery_line
  if wanted and wanted.product_id ~= line.product_id then return "product", line.product_id or "none", wanted.product_id end
  local lot, wanted_lot = line.lot_no, wanted and wanted.lot_no
  if lot and wanted_lot and lot ~= wanted_lot then return "lot", lot, wanted_lot end
  local spec = line.spec
  local product = spec and line.product
  local wanted_spec = product and product.spec
  if wanted_spec and fold(spec) ~= fold(wanted_spec) then return "spec", spec, wanted_spec end
  local quality = line.quality_status
  if quality and quality ~= "ok" then return "quality", quality, "ok" end
  return nil
end

-- The key by which the lines of a delivery and of its slips meet: line numbers, or products where a slip does not tell.
local function meeting_keys(slips)
  local by_number = all(slips, function(slip)
    return all(slip.lines, function(line) return line.delivery_line_no ~= nil end)
  end)
  if by_number then return "line_no", "delivery_line_no" end
  return "product_id", "product_id"
end

-- The lines of a delivery of which more or less was issued than delivered: as differing gives them.
local function issue_differences(delivery, slips, tolerance)
  local ours, theirs = meeting_keys(slips)
  local lines = {}
  for slip in each(slips) do append(lines, slip.lines) end
  return differing(side_by_side(filter(delivery.lines, is_stocked), lines, ours, "quantity", theirs, "quantity"), tolerance)
end

-- What such a difference is worth, by the first of its rows that tells.
local function difference_worth(pair)
  for row in each(pair.rows) do
    local quantity = abs(pair.difference)
    local worth
    if table_of(row) == "delivery_line" then worth = line_worth(row, quantity) else worth = issued_worth(row, quantity) end
    if worth then return worth end
  end
end

-- The document that issued goods were made for: the delivery's order, else its contract; nil without one.
local function made_for(line)
  local slip = line.issue
  local delivery = slip.delivery
  if not delivery then return nil end
  return delivery.order or contract_of(delivery)
end

-- The receipts of finished goods and the issued lines of the same goods: by lot, or for a document by product.
local function goods_of(line)
  local lot = line.lot_no
  if lot then
    return lookup("goods_receipt", { product_id = line.product_id, lot_no = lot }), lookup("stock_issue_line", { product_id = line.product_id, lot_no = lot })
  end
  local document = made_for(line)
  local receipts, lines = {}, {}
  for production in each(document.production_orders) do
    append(receipts, filter(production.goods_receipts, function(receipt) return receipt.product_id == line.product_id end))
  end
  for delivery in each(document.deliveries) do
    for slip in each(delivery.issues) do
      append(lines, filter(slip.lines, function(other) return other.product_id == line.product_id end))
    end
  end
  return receipts, lines
end

local function is_packed(receipt, moment, must_be)
  if not must_be or not imported("goods_receipt", "packed_on") then return true end
  return receipt.packed_on ~= nil and receipt.packed_on <= moment
end

-- The first of some rows that states something in a field: what, and the row.
local function first_stating(list, field)
  for row in each(list) do
    local value = row[field]
    if not is_blank(value) then return value, row end
  end
end

-- Whether two addresses are the same, or one only says more.
local function same_place(a, b)
  local one, other = fold(a), fold(b)
  return string.find(one, other) ~= nil or string.find(other, one) ~= nil
end

-- The confirmations that speak for a delivery line: its own, else those of the whole delivery.
local function confirmations_for(line)
  local signed = filter(line.delivery.confirmations, "signed_on")
  local own = filter(signed, function(one) return one.delivery_line_no == line.line_no end)
  if #own > 0 then return own end
  return filter(signed, function(one) return one.delivery_line_no == nil end)
end

-- The quantities that were delivered and signed for, where the confirmations say: by line where each names one, else in
-- all. As differing gives them; nothing for a delivery that nobody signed for.
local function sign_off_differences(delivery)
  local signed = filter(delivery.confirmations, function(one) return one.signed_on ~= nil end)
  if #signed == 0 or not all(signed, function(one) return one.quantity ~= nil end) then return {} end
  local goods = filter(delivery.lines, is_stocked)
  if all(signed, function(one) return one.delivery_line_no ~= nil end) then
    return differing(side_by_side(goods, signed, "line_no", "quantity", "delivery_line_no", "quantity"), 0)
  end
  local whole = side_by_side(goods, signed, function() return "all" end, "quantity")
  -- a customer may count lines of freight and services among the pieces signed for
  if sum(delivery.lines, "quantity") - sum(signed, "quantity") == 0 then return {} end
  return differing(whole, 0)
end

-- Whether goods that were not accepted are being dealt with: a return was asked for or made.
local function is_returned(delivery)
  return #live_ones(delivery.return_requests) > 0 or #live_ones(delivery.returns) > 0
end

-- When the last of a delivery was signed for; nil as long as something is missing.
local function all_signed_on(delivery)
  local signed = map(delivery.confirmations, "signed_on")
  local is_short = any(sign_off_differences(delivery), function(pair) return pair.difference > 0 end)
  return not is_short and latest_of(signed) or nil
end

-- When the goods of a delivery line arrived: when the customer signed for the last of them, else the day of delivery.
local function arrived_on(line)
  local signed = map(confirmations_for(line), "signed_on")
  return latest_of(signed) or line.delivery.delivery_date
end

-- When an order line was promised: the line's date, else the order's, else the contract's; later where the customer
-- asked for it in time. Nil without a date.
local function promised_on(line)
  local order = line.order
  local contract = contract_of(order)
  local due = line.delivery_due_on or order.delivery_due_on or contract and contract.delivery_due_on
  local notice = due and contract and latest_notice(contract)
  if notice and notice.received_on <= due then return latest(due, notice.new_due_on) end
  return due
end

-- The delivery lines of an order line: those that name it and, where the order has no other line of its product, those of the
-- order that name none. Untestable where they may be of another.
local function deliveries_for(line)
  local function is_alike(other) return other.product_id == line.product_id end
  local nameless = filter(line.order.delivery_lines, function(delivered)
    return delivered.order_line_no == nil and is_alike(delivered) and delivered.delivery ~= nil and is_shipment(delivered.delivery)
  end)
  if #nameless == 0 then return line.deliveries end
  if #filter(line.order.lines, is_alike) > 1 then
    untestable { en = "{delivery} names no line of {order}, which has several of {product}", zh = "{delivery} 未注明 {order} 的行号，而该订单有多行 {product}",
      delivery = key_of(nameless[1]), order = key_of(line.order), product = line.product_id or "none" }
  end
  return append(append({}, line.deliveries), nameless)
end

-- What of an order line came after a day, and what has not come at all, in units of its product: { late =, open =, last = }.
local function lateness(line, limit)
  local in_time, late, last = 0, 0, nil
  for delivered in each(deliveries_for(line)) do
    local delivery = delivered.delivery
    if delivery and is_shipment(delivery) and delivered.quantity and delivery.delivery_date then
      local on = arrived_on(delivered)
      last = latest(last, on)
      if on <= limit then in_time = in_time + base_quantity(delivered) else late = late + base_quantity(delivered) end
    end
  end
  local ordered = ordered_quantity(line)
  local rest = max(0, ordered - in_time)
  local came_late = min(late, rest)
  return { late = came_late, open = rest - came_late, last = last }
end

-- Whether what is open on an order line is not wanted any more.
local function is_closed(line)
  return line.order.status == "closed" or line.closed_at ~= nil
end

-- The first days of the months of the audited period, as far as they have begun; one that stands for all without a period.
local function audited_months()
  if not period_from or not period_to then return { false } end
  local found, from = {}, period_from
  while from <= period_to and has_happened(from) do
    table.insert(found, from)
    from = month_end(from) + 1
  end
  return found
end

-- What some rows move in a month (false: at all): those of them that do.
local function of_month(list, field, from)
  return filter(list, function(row)
    local on = row[field]
    return on ~= nil and (not from or day(on) >= from and day(on) <= month_end(from))
  end)
end

-- What is wrong with the trace of a delivery, first things first: { fault =, at =, limit =, event = }.
local function trace_faults(delivery, events, p)
  local faults = {}
  local limit = deadline(delivery.delivery_date, p.limit_days)
  local start = events[1] and events[1].occurred_at
  if is_late(start, limit) then table.insert(faults, { fault = start and "late" or "untraced", at = start or "none", limit = limit }) end
  for position, event in ipairs(events) do
    local after = events[position + 1]
    local answer_by = deadline(event.occurred_at, p.follow_days)
    if event.event == "problem" and is_late(after and after.occurred_at, answer_by) then
      table.insert(faults, { fault = "problem", at = event.occurred_at, limit = answer_by, event = event })
    end
  end
  local signed = earliest_of(map(delivery.confirmations, "signed_on"))
  local arrived = any(events, function(event) return event.event == "arrived" and (not signed or event.occurred_at <= signed) end)
  if signed and has_happened(signed) and #events > 0 and not arrived then
    table.insert(faults, { fault = "unarrived", at = signed, limit = signed })
  end
  return faults
end

-- Whether freight was agreed to be ours or is charged: a term of delivery that says so, or a line of freight.
local function is_freight_agreed(delivery, terms)
  if contains(terms, delivery.incoterm) then return true end
  local order = delivery.order
  local contract = contract_of(delivery)
  for document in each(evidence(order, contract, delivery)) do
    if any(document.lines, function(line) return line.line_kind == "freight" end) then return true end
  end
  return false
end

-- The quantity of a product at the start, and the first day whose movements come on top: what was brought forward in
-- the latest period with opening stock that is not after the audited one, else in the earliest; nothing, from no day on, where all movements are there from the start.
-- Untestable where neither is known.
local function opening_stock(product, from_start)
  if from_start then return 0, nil, false end
  local own = lookup("opening_balance", { account = "inventory", product_id = product.product_id })
  local one = first(own) or lookup_one("opening_balance", { account = "inventory" })
  if not one then return untestable { en = "no opening stock: opening_balance has no row of inventory", zh = "无期初库存：opening_balance 中无存货行" } end
  local audited = period_from and period_of(period_from)
  local before = filter(own, function(row) return audited and row.period <= audited end)
  local period = #before > 0 and max(map(before, "period")) or #own > 0 and min(map(own, "period")) or one.period
  local opening = sum(filter(own, function(row) return row.period == period end), function(row) return filled(row, "quantity") end)
  return opening, period_start(period), #own > 0
end

-- The movements in the order in which they count: by time, what comes in first; of a day with a movement without time,
-- all together. An array of arrays.
local function instants(movements)
  local timeless = {}
  for movement in each(movements) do
    if type(movement.moved_at) == "date" then timeless[tostring(movement.moved_at)] = true end
  end
  local function instant(movement)
    local on = day(movement.moved_at)
    return timeless[tostring(on)] and time_of(on) or time_of(movement.moved_at)
  end
  return map(group_by(movements, instant), "rows")
end

control "SHP-01" {
  title      = { en = "Goods issued without a fully reviewed goods request", zh = "无审核需货申请单即出库" },
  risk       = { en = "Goods leave that nobody in charge knows of.", zh = "未经审核发货，货物流失或超合同发货。" },
  tests      = {
    en = "Each issue slip must have a request for the goods that was filled in, reviewed by the branch manager and then by the sales manager, before the slip was written and the goods left.",
    zh = "每张出库单须有需货申请单，且依次填写、分部经理审核、销售部经理审核，均在开单和出库之前，并由有权岗位办理。",
  },
  source     = { "004-4.2", "004-4.3" },
  severity   = "high",
  profile    = { "factory" },
  population = "stock_issue",
  shape      = "sequence",
  needs      = { "delivery_request" },
  applies    = function(slip)
    return is_issue(slip) and (has_happened(slip.prepared_at) or has_happened(slip.issued_at))
  end,
  parameters = {
    branch_review = { true, origin = "policy", note = "false: there are no branches" },
  },
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "See whether the goods reached the customer of the contract; have the request reviewed now and ask the storekeeper why he issued without it.",
    zh = "核实货物是否送达合同客户，补办审核，并询问库管为何无单出库。",
  },

  test = function(slip, p)
    local names = { "requested", "branch reviewed", "sales reviewed", "issue prepared", "goods issued" }
    local reviewed = { "requested", "branch reviewed", "sales reviewed" }
    if not p.branch_review then
      names = { "requested", "sales reviewed", "issue prepared", "goods issued" }
      reviewed = { "requested", "sales reviewed" }
    end
    local are_named = imported "delivery_request" and (imported("stock_issue", "request_id") or imported("delivery", "request_id"))
    if not are_named then return untestable { en = "nothing names a request: neither stock_issue.request_id nor delivery.request_id was imported", zh = "无从得知所依据的申请：stock_issue.request_id 与 delivery.request_id 均未导入" } end
    local documents = { delivery_request = request_found(slip), stock_issue = slip }
    local faults = order_faults(process_steps("delivery", documents, names))
    append(faults, filter(role_faults(process_steps("delivery", documents, reviewed)), function(fault)
      local taken = fault.step
      return not was_delegated(taken.by, taken.roles, { doc_kind = "delivery_request", moment = taken.at })
    end))
    return step_exception(faults, { amount = function() return slip_worth(slip) end })
  end,
}

control "SHP-02" {
  title      = { en = "Goods request does not match the contract", zh = "需货申请单与合同不符" },
  risk       = { en = "Goods are sent that were not sold, at prices nobody agreed to.", zh = "申请发出的产品、价格或数量超出合同约定。" },
  tests      = {
    en = "Product and price of each requested line are compared with the contract (or the order, where there is none), and the quantity requested so far with the quantity contracted.",
    zh = "需货申请单各行的产品、单价与合同（无合同的与订单）比较，累计申请数量与合同数量比较。",
  },
  source     = { "004-4.1" },
  severity   = "medium",
  profile    = { "factory" },
  population = "delivery_request_line",
  shape      = "limit",
  applies    = function(line) return line.request ~= nil and line.quantity ~= nil end,
  group      = function(line)
    local agreement = agreement_behind(line.request)
    return agreement and table_of(agreement) .. " " .. key_of(agreement)
  end,
  parameters = {
    price_tolerance = { decimal "0.01", origin = "default", note = "for each unit" },
    quantity_tolerance_pct = { decimal "0", origin = "default" },
  },
  amount_kind = "transaction",
  message    = { en = "{what}: requested {asked}, agreed {agreed}", zh = "{what}：申请 {asked}，约定 {agreed}" },
  terms      = {
    product  = { en = "product that was not agreed", zh = "产品不在合同内" },
    price    = { en = "unit price", zh = "单价" },
    quantity = { en = "quantity in total", zh = "累计数量" },
    none     = { en = "none", zh = "无" },
  },
  follow_up  = {
    en = "See whether the contract was changed; if not, stop the issue and correct the request.",
    zh = "查明合同有无变更；未变更的停止出库并更正申请单。",
  },

  test = function(lines, p)
    local own, found, unknown = {}, {}, nil
    for line in each(lines) do own[line] = true end
    local agreement = agreement_behind(lines[1].request)
    select_currency(currency_of(agreement) or company_currency) -- a request has no currency of its own
    local requests = sort(agreement.delivery_requests, function(one) return { time_of(one.requested_at), one.request_id } end)
    local all_lines = {}
    for request in each(requests) do append(all_lines, filter(request.lines, "quantity")) end
    local function report(line, label, amount, asked, agreed)
      table.insert(found, exception { row = line, label = label, amount = amount, what = label, asked = asked, agreed = agreed, evidence = evidence(agreement, agreement.lines) })
    end
    for group in each(group_by(all_lines, "product_id")) do
      local agreed = filter(agreement.lines, function(one) return one.product_id == group.key end)
      for line in each(group.rows) do
        local price = line.unit_price
        local is_priced = all(agreed, function(one) return one.unit_price ~= nil end)
        local nearest = price and is_priced and nearest_price(agreed, price)
        if own[line] and price and not is_priced then unknown = agreed[1] end
        if own[line] and line.quantity > 0 and #agreed == 0 then
          report(line, "product", price and price * line.quantity or nil, line.product_id, "none")
        elseif own[line] and line.quantity > 0 and nearest and not agree(price, nearest, p.price_tolerance) then
          report(line, "price", abs(price - nearest) * line.quantity, price, nearest)
        elseif own[line] and line.quantity > 0 and nearest then
          within_tolerance_note((price - nearest) * line.quantity, { row = line })
        end
      end
      local is_limited = #agreed > 0 and all(agreed, function(one) return one.quantity ~= nil end)
      if #agreed > 0 and not is_limited and any(group.rows, function(line) return own[line] end) then unknown = agreed[1] end
      local limit = is_limited and sum(agreed, agreed_quantity) or 0
      local tolerance = percent(limit, p.quantity_tolerance_pct)
      for over in each(is_limited and over_limit(group.rows, limit, "quantity", tolerance) or {}) do
        local function worth()
          local price = over.row.unit_price or agreed[1].unit_price
          return price and price * over.over
        end
        if own[over.row] then report(over.row, "quantity", worth, over.total, over.limit) end
      end
    end
    if #found == 0 and unknown then return untestable { en = "{line} has no price or no quantity", zh = "{line} 无单价或无数量", line = table_of(unknown) .. " " .. key_of(unknown) } end
    return found
  end,
}

control "SHP-03" {
  title      = { en = "Issue slip differs from the reviewed goods request or delivery note", zh = "出库单与申请单、发货单不符" },
  risk       = { en = "Other goods, more of them or bad ones leave the warehouse.", zh = "发错产品、批号，多发或发出不合格品。" },
  tests      = {
    en = "Product, lot, specification and quality of each issued line are compared with the delivery line and the product; the quantity issued so far with the request. Quantities against the delivery note are SHP-04's.",
    zh = "出库明细的品名、批号、规格、质量状况与发货单核对，累计出库数量与需货申请单核对；与发货单的数量差异由 SHP-04 核对。",
  },
  source     = { "004-4.3", "001-V.1" },
  severity   = "medium",
  profile    = { "factory", "archive", "general" },
  population = "stock_issue_line",
  shape      = "matching",
  applies    = function(line) return line.issue ~= nil and is_issue(line.issue) and line.quantity ~= nil end,
  group      = function(line)
    local request = imported "delivery_request" and request_behind(line.issue)
    return request and "request " .. request.request_id or "slip " .. line.issue_id
  end,
  parameters = {
    tolerance = { decimal "0", origin = "default", note = "pieces that may be issued beyond the request" },
  },
  amount_kind = "transaction",
  message    = { en = "{what}: issued {issued}, wanted {wanted}", zh = "{what}：出库 {issued}，应为 {wanted}" },
  terms      = {
    product   = { en = "product", zh = "品名不符" },
    unasked   = { en = "product that was not requested", zh = "申请单无此产品" },
    lot       = { en = "lot", zh = "批号不符" },
    spec      = { en = "specification", zh = "规格不符" },
    quality   = { en = "quality", zh = "质量状况" },
    quantity  = { en = "quantity in total", zh = "累计数量" },
    none      = { en = "none", zh = "无" },
    hold      = { en = "on hold", zh = "待检" },
    reject    = { en = "rejected", zh = "拒收" },
    ok        = { en = "good", zh = "合格" },
  },
  follow_up  = {
    en = "Ask the storekeeper what really left; bring the papers in line, or the goods back.",
    zh = "向库管核实实际发出的货物，更正单据或追回货物。",
  },

  test = function(lines, p)
    local own, found = {}, {}
    local function report(line, label, amount, what, value, wanted)
      table.insert(found, exception { row = line, label = label, amount = amount, what = what, issued = value, wanted = wanted, evidence = evidence(line.issue) })
    end
    for line in each(lines) do
      own[line] = true
      local what, value, wanted = line_mismatch(line)
      if what then report(line, what, function() return issued_worth(line, line.quantity) end, what, value, wanted) end
    end
    local request = imported "delivery_request" and request_behind(lines[1].issue)
    if not request then return found end
    local all_lines = {}
    for slip in each(slips_of(request)) do append(all_lines, filter(slip.lines, "quantity")) end
    for group in each(group_by(all_lines, "product_id")) do
      local wanted = filter(request.lines, function(one) return one.product_id == group.key end)
      local limit = sum(wanted, "quantity")
      for over in each(over_limit(group.rows, limit, "quantity", p.tolerance)) do
        if own[over.row] then
          local is_asked = #wanted > 0
          report(over.row, "request", function() return issued_worth(over.row, over.over) end, is_asked and "quantity" or "unasked",
            is_asked and over.total or group.key, is_asked and limit or "none")
        end
      end
    end
    return found
  end,
}

control "SHP-04" {
  title      = { en = "Delivery note audited without matching issue slips, or goods issued before the audit", zh = "发货单审核与出库单不对应" },
  risk       = { en = "What is invoiced is not what left the warehouse, or it left unseen.", zh = "发货与出库数量、时间不一致，账实不符。" },
  tests      = {
    en = "For each audited delivery note, the quantities of its issue slips are compared line by line; no slip may be issued before the audit, nor be written later than a limit after it.",
    zh = "已审核发货单逐行与出库单数量核对；出库不得早于发货单审核，出库单不得晚于审核规定天数。",
  },
  source     = { "000M 普通" },
  severity   = "high",
  profile    = { "ship-first", "general" },
  population = { "delivery", "stock_issue" },
  shape      = "matching",
  applies    = function(row)
    if table_of(row) == "delivery" then return is_shipment(row) and has_happened(row.approved_at) end
    -- a slip without a delivery may have a request; one without either is SHP-01's where requests are kept
    return not imported "delivery_request" and is_issue(row) and row.delivery_id == nil
  end,
  parameters = {
    max_lag_days = { 0, origin = "default", note = "days from the audit to the first issue slip; slips are made by the audit itself" },
    tolerance = { decimal "0", origin = "default", note = "pieces" },
  },
  amount_kind = "transaction",
  message    = { en = "{what}: {found} against {expected} (lines: {lines})", zh = "{what}：{found}，对照 {expected}（行：{lines}）" },
  terms      = {
    quantity      = { en = "quantity issued", zh = "出库数量与发货不符" },
    ["too early"] = { en = "issued before the audit", zh = "出库早于发货单审核" },
    late          = { en = "slip written late", zh = "出库单开具过晚" },
    unlinked      = { en = "issue slip without a delivery note", zh = "出库单无对应发货单" },
    none          = { en = "none", zh = "无" },
    all           = { en = "all", zh = "全部" },
  },
  follow_up  = {
    en = "Count what left against the customer's confirmation; correct slip or note before it is invoiced.",
    zh = "以客户签收数量核实实发数，开票前更正出库单或发货单。",
  },

  test = function(row, p)
    if table_of(row) == "stock_issue" then
      return exception { label = "unlinked", amount = slip_worth(row), what = "unlinked", found = row.issued_at or row.prepared_at, expected = "none", lines = "all" }
    end
    local slips = sort(filter(row.issues, is_issue), "prepared_at")
    local found = {}
    local limit = deadline(row.approved_at, p.max_lag_days)
    local early = filter(slips, function(slip) return slip.issued_at ~= nil and slip.issued_at < row.approved_at end)
    if #early > 0 then
      table.insert(found, exception {
        label = "time", amount = known_total(early, slip_worth), what = "too early", found = early[1].issued_at, expected = row.approved_at, lines = "all", evidence = evidence(early),
      })
    elseif #slips > 0 and slips[1].prepared_at and is_late(slips[1].prepared_at, limit) then
      table.insert(found, exception {
        label = "time", amount = slip_worth(slips[1]), what = "late", found = slips[1].prepared_at, expected = row.approved_at, lines = "all", evidence = evidence(slips[1]),
      })
    end
    for slip in each(slips) do same_day_note(row.approved_at, slip.issued_at, { by = row.approved_by }) end
    local off = filter(issue_differences(row, slips, p.tolerance), function(pair) return pair.difference < 0 or is_late(nil, limit, "stock_issue") end)
    if #off > 0 then
      table.insert(found, exception {
        label = "quantity", amount = known_total(off, difference_worth), what = "quantity",
        found = sum(off, "theirs"), expected = sum(off, "ours"), lines = table.concat(map(off, function(pair) return tostring(pair.key) end), ", "),
        evidence = evidence(slips),
      })
    end
    return found
  end,
}

control "SHP-05" {
  title      = { en = "Shipped before the pre-shipment payment arrived", zh = "未收发货前款即发货" },
  risk       = { en = "The means to make the customer pay leaves with the goods.", zh = "发货前款未到即发货，失去收款主动权。" },
  tests      = {
    en = "On the day of each delivery under a contract, the receipts so far are compared with what its payment plan asks for before shipment.",
    zh = "合同项下发货之日，已到账金额与收款计划中定金、预收款和发货前款之和比较。",
  },
  source     = { "003-4.10" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "delivery",
  shape      = "balance",
  needs      = { "payment_plan" },
  applies    = function(delivery) return is_shipment(delivery) and delivery.delivery_date ~= nil end,
  group      = function(delivery)
    local contract = contract_of(delivery)
    return contract and contract.contract_id
  end,
  parameters = {
    milestones = { { "deposit", "advance", "before_shipment" }, origin = "policy" },
    tolerance = { decimal "0", origin = "default" },
    waiver_kinds = { { "ship_before_payment" }, origin = "default", note = "kinds of approval that allow it" },
    roles = { { "company_leader", "general_manager" }, origin = "policy", note = "who may allow it" },
  },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {delivered_on}: {received} received of {planned} ({deliveries} delivery(ies) before the money)",
    zh = "{delivered_on} 发货：发货前应收 {planned}，已到账 {received}（款到前共发货 {deliveries} 次）",
  },
  follow_up  = {
    en = "Ask the customer for the money, and who let the goods go.",
    zh = "催收发货前款，并查明何人放行发货。",
  },

  test = function(deliveries, p)
    local contract = contract_of(deliveries[1])
    local lacks = first_unpaid(deliveries, contract, function(one) return one.delivery_date end, function(one)
      return evidence(one, one.order, contract)
    end, p)
    if not lacks then return end
    return exception {
      row = lacks.row, amount = lacks.shortfall, delivered_on = lacks.row.delivery_date, received = lacks.received, planned = lacks.planned,
      deliveries = lacks.times, evidence = evidence(contract, lacks.rows),
    }
  end,
}

control "SHP-06" {
  title      = { en = "Shipped before stock-in and packing", zh = "未入库装箱先发货" },
  risk       = { en = "Goods leave past the warehouse: not inspected, not packed, not counted.", zh = "产品未经入库装箱即发出，脱离检验和库存管理。" },
  tests      = {
    en = "Of goods made to order, no more may be issued at any moment than was received into stock and packed by then, of the lot or, where no lots are kept, for the order.",
    zh = "按单生产的产品，任一时点累计出库不得超过此前已入库并装箱的数量（按批号，无批号的按订单）。",
  },
  source     = { "003-4.9" },
  severity   = "medium",
  profile    = { "engineered" },
  population = "stock_issue_line",
  shape      = "balance",
  applies    = function(line)
    local slip = line.issue
    if not slip or not is_issue(slip) or not has_happened(slip.issued_at) then return false end
    return line.quantity ~= nil and line.quantity > 0 and line.product ~= nil and line.product.is_made_to_order == true
  end,
  group      = function(line)
    local lot = line.lot_no
    if lot then return "lot " .. (line.product_id or "") .. " " .. lot end
    local document = made_for(line)
    if not document then return untestable { en = "neither lot nor order", zh = "批次与生产订单均未填" } end
    return table_of(document) .. " " .. key_of(document) .. " " .. (line.product_id or "")
  end,
  parameters = {
    packing = { true, origin = "policy", note = "false: goods are not packed, or nobody records it" },
  },
  amount_kind = "transaction",
  message    = {
    en = "{over} issued on {issued_at} that were {what} (received {received_on})",
    zh = "{issued_at} 出库，其中 {over} {what}（入库：{received_on}）",
  },
  terms      = {
    unreceived      = { en = "never received into stock", zh = "无入库记录" },
    ["not yet in"]  = { en = "received into stock only later or in part", zh = "尚未入库或入库不足" },
    unpacked        = { en = "not packed yet", zh = "尚未装箱" },
    none            = { en = "never", zh = "无" },
  },
  follow_up  = {
    en = "Ask where the goods were taken from and who inspected them.",
    zh = "查明货物从何处提取、是否检验，补办入库手续。",
  },

  test = function(lines, p)
    local own, found, total = {}, {}, 0
    for line in each(lines) do own[line] = true end
    local receipts, issued_lines = goods_of(lines[1])
    local counted = filter(issued_lines, function(line)
      return line.issue ~= nil and is_live(line.issue) and has_happened(line.issue.issued_at) and line.quantity ~= nil
    end)
    for line in each(sort(counted, function(one) return { time_of(one.issue.issued_at), one.issue_id, one.line_no } end)) do
      local moment = line.issue.issued_at
      total = total + line.quantity
      local inside = filter(receipts, function(receipt) return receipt.received_on ~= nil and receipt.received_on <= moment end)
      local ready = sum(filter(inside, function(receipt) return is_packed(receipt, moment, p.packing) end), "quantity")
      if own[line] and total > ready then
        local over = min(line.quantity, total - ready)
        local is_in = sum(inside, "quantity") >= total
        local last = latest_of(map(receipts, "received_on"))
        table.insert(found, exception {
          row = line, amount = issued_worth(line, over), over = over, issued_at = moment, received_on = last or "none",
          what = is_in and "unpacked" or last and "not yet in" or "unreceived", evidence = evidence(line.issue, receipts),
        })
      end
    end
    return found
  end,
}

control "SHP-07" {
  title      = { en = "Shipped to a place other than the contract's", zh = "发货地点与合同不符" },
  risk       = { en = "Goods are diverted; the customer will not sign for them.", zh = "货物被转移至他处，客户拒绝签收或付款。" },
  tests      = {
    en = "The place each delivery goes to is compared with that of the contract, else of the order, else with the customer's address: by its number, or else by its text (then of low severity).",
    zh = "发货地点与合同（其次订单、客户档案）指定地点比较：有地址编号的按编号，否则按地址文字（低等级）。",
  },
  source     = { "003-4.10" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "delivery",
  shape      = "lookup",
  applies    = is_shipment,
  amount_kind = "transaction",
  message    = {
    en = "sent to {place}, agreed {agreed} ({source})",
    zh = "发往 {place}，约定 {agreed}（{source}）",
  },
  follow_up  = {
    en = "Ask the customer who received the goods; a changed place needs the customer's word in writing.",
    zh = "向客户核实收货人；变更地点须有客户书面确认。",
  },

  test = function(delivery)
    local contract = contract_of(delivery)
    local order = delivery.order
    local customer = delivery.customer
    local function report(place, agreed, source, severity)
      return exception { severity = severity, amount = delivery_worth(delivery), place = place, agreed = agreed, source = source, evidence = evidence(contract, order) }
    end
    local id = delivery.ship_to_id
    local wanted, row = first_stating(evidence(contract, order), "ship_to_id")
    if id and wanted then
      if id == wanted then return end
      return report(id, wanted, table_of(row) .. ".ship_to_id", "high")
    end
    local address = delivery.ship_to_address
    if is_blank(address) then return untestable { en = "no place of delivery", zh = "无发货地点" } end
    local field = "ship_to_address"
    wanted, row = first_stating(evidence(contract, order), field)
    if not wanted and customer then
      field = "address"
      wanted, row = first_stating({ customer }, field)
    end
    if not wanted then return untestable { en = "no place agreed", zh = "未约定地点" } end
    if same_place(address, wanted) then return end
    return report(address, wanted, table_of(row) .. "." .. field, "low")
  end,
}

control "SHP-08" {
  title      = { en = "Over-shipment: shipped in all more than ordered", zh = "超订单发货" },
  risk       = { en = "Goods go out that nobody ordered, and that the customer may refuse to pay.", zh = "发货超过订单数量，多发部分客户可拒付。" },
  tests      = {
    en = "What was delivered of a product of an order so far, less returns, is compared with what is ordered and not cancelled, plus a tolerance. An order that was cancelled, rejected or a draft when the goods left asked for nothing.",
    zh = "同一订单同一产品累计发货减退货，与订货减取消数量（加允许幅度）比较；发货时已取消、已驳回或仍为草稿的订单视为未订货。",
  },
  source     = { "000B II-2.4" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "delivery_line",
  shape      = "limit",
  applies    = function(line)
    local delivery = line.delivery
    return delivery ~= nil and is_shipment(delivery) and is_stocked(line) and line.quantity ~= nil and line.quantity > 0
  end,
  group      = function(line)
    return line.order and line.order.order_id
  end,
  parameters = {
    tolerance_pct = { decimal "0", origin = "default", note = "percent of the quantity ordered" },
  },
  amount_kind = "transaction",
  message    = {
    en = "{delivered} delivered in all of {ordered} ordered; {over} too many here",
    zh = "累计发货 {delivered}，订货 {ordered}；本行超发 {over}",
  },
  follow_up  = {
    en = "Ask the customer whether the goods are wanted: then extend and approve the order, else fetch them back.",
    zh = "向客户核实多发部分是否需要：需要的补订单并审批，否则收回。",
  },

  test = function(lines, p)
    local own, found = {}, {}
    for line in each(lines) do own[line] = true end
    local order, ordered = lines[1].order, {}
    for group in each(group_by(filter(order.lines, is_stocked), "product_id")) do ordered[group.key] = sum(group.rows, ordered_quantity) end
    local delivered = filter(order.delivery_lines, function(line)
      return is_stocked(line) and line.quantity ~= nil and line.delivery ~= nil and is_live(line.delivery)
    end)
    local in_turn = sort(delivered, function(line) return { line.delivery.delivery_date, line.delivery_id, line.line_no } end)
    -- an order that was dead or a draft when goods left asked for nothing
    local on_live = filter(in_turn, function(line)
      local is_wanted = line.quantity <= 0 or was_entered(order, line.delivery.delivery_date)
      if is_wanted == nil and order.status == "rejected" then is_wanted = false end -- it never asked for anything
      if own[line] and is_wanted == nil then
        table.insert(found, untestable_row(line, { en = "since when the order is {status} is not recorded",
          zh = "未记录订单自何时起为 {status}", status = order.status }))
      elseif own[line] and not is_wanted then
        table.insert(found, exception {
          row = line, amount = net_amount(line), delivered = base_quantity(line), ordered = 0, over = base_quantity(line), evidence = evidence(order),
        })
      end
      return is_wanted
    end)
    for group in each(group_by(on_live, "product_id")) do
      local wanted = ordered[group.key] or 0
      for over in each(over_limit(group.rows, wanted, base_quantity, percent(wanted, p.tolerance_pct))) do
        if own[over.row] then
          table.insert(found, exception {
            row = over.row, amount = share_of(net_amount(over.row), over.over, base_quantity(over.row)), delivered = over.total, ordered = wanted,
            over = over.over, evidence = evidence(filter(order.lines, function(line) return line.product_id == group.key end)),
          })
        end
      end
    end
    return found
  end,
}

control "SHP-09" {
  title      = { en = "No customer sign-off after shipment, or sign-off short or damaged", zh = "无客户签收或签收异常" },
  risk       = { en = "Without a signature the debt cannot be proved.", zh = "无签收凭据，应收账款难以主张；短少、破损未处理。" },
  tests      = {
    en = "For each delivery the customer's signature is looked for within some days; what is signed for is compared with what was delivered, and damage with a return.",
    zh = "发货后规定天数内须取得客户签收单；签收数量与发货数量比较，外观不良的须有退换货处理。",
  },
  source     = { "003-4.12", "004-4.5" },
  severity   = "medium",
  profile    = { "engineered", "factory", "general" },
  population = "delivery",
  scope      = "open",
  shape      = "ageing",
  needs      = { "delivery_confirmation" },
  applies    = function(delivery)
    if not is_shipment(delivery) or not delivery.delivery_date or not any(delivery.lines, is_stocked) then return false end
    return concerns_period(delivery.delivery_date, all_signed_on(delivery))
  end,
  parameters = {
    limit_days = { 15, origin = "default", note = "days; the policy names none" },
  },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {delivered_on}: {what} (found {found}, required {expected})",
    zh = "{delivered_on} 发货：{what}（实际：{found}；要求：{expected}）",
  },
  terms      = {
    missing  = { en = "nobody signed", zh = "无签收" },
    late     = { en = "signed late", zh = "签收逾期" },
    damaged  = { en = "signed as damaged, no return", zh = "签收异常且无退换货" },
    quantity = { en = "quantity signed for", zh = "签收数量不符" },
    none     = { en = "none", zh = "无" },
    good     = { en = "in good condition", zh = "外观完好" },
  },
  follow_up  = {
    en = "Obtain the signed slip from the customer; agree a return or a credit for what was short or damaged.",
    zh = "向客户取得签收单；短少或破损的办理退换货或折让。",
  },

  test = function(delivery, p)
    local signed = filter(delivery.confirmations, "signed_on")
    local limit = deadline(delivery.delivery_date, p.limit_days)
    local found = {}
    local function worth() return delivery_worth(delivery) end
    local function report(label, what, amount, value, expected)
      table.insert(found, exception {
        label = label, amount = amount, what = what, delivered_on = delivery.delivery_date, found = value, expected = expected, evidence = evidence(delivery.confirmations),
      })
    end
    if #signed == 0 then
      if is_late(nil, limit) then report("sign_off", "missing", worth, "none", limit) end
      return found
    end
    local last = latest_of(map(signed, "signed_on"))
    if last > limit then report("sign_off", "late", worth, last, limit) end
    if is_returned(delivery) then return found end
    local is_of_period = in_period(delivery.delivery_date) or in_period(last)
    if is_of_period and any(signed, function(one) return one.condition_ok == false end) then
      report("condition", "damaged", worth, last, "good")
    end
    local off = filter(sign_off_differences(delivery), function(pair) return pair.difference < 0 or is_late(nil, limit) or #signed == 1 end)
    if #off > 0 then
      local function worth_of_differences() return known_total(off, function(pair) return line_worth(pair.rows[1], abs(pair.difference)) end) end
      report("quantity", "quantity", worth_of_differences, sum(off, "theirs"), sum(off, "ours"))
    end
    return found
  end,
}

control "SHP-10" {
  title      = { en = "Late delivery against the promised date", zh = "未按时交货" },
  risk       = { en = "The customer claims damages, or goes elsewhere.", zh = "逾期交货引起违约赔偿和客户流失。" },
  tests      = {
    en = "The day on which the customer signed for each part of an order line (without a signature, the day of delivery) is compared with the date promised; so is today for what has not come.",
    zh = "订单各行到货日（有签收的按签收日，否则按发货日）与承诺交期比较；未到货部分按截止日比较。",
  },
  source     = { "000C 5" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order_line",
  scope      = "open",
  shape      = "ageing",
  needs      = { "delivery_line.order_line_no" },
  applies    = function(line, p)
    local order = line.order
    if not order or not is_live(order) or not order.approved_at then return false end
    if not is_goods(line) or not line.quantity or line.quantity <= 0 then return false end
    local due = promised_on(line)
    if not due then return false end -- ORD-01's
    if in_period(due) then return true end
    local found = lateness(line, deadline(due, p.grace_days))
    return found.late > 0 and in_period(found.last) or found.open > 0 and not is_closed(line)
  end,
  parameters = {
    grace_days = { 0, origin = "default" },
  },
  amount_kind = "exposure",
  message    = {
    en = "promised for {due}: {late} came late (last on {arrived}), {open} not yet",
    zh = "承诺交期 {due}：逾期到货 {late}（最后到货 {arrived}），未到货 {open}",
  },
  terms      = { none = { en = "nothing came", zh = "无到货" } },
  follow_up  = {
    en = "Agree a new date with the customer, and find out what held the goods up.",
    zh = "与客户协商新交期，查明延误环节和责任。",
  },

  test = function(line, p)
    local due = promised_on(line)
    local limit = deadline(due, p.grace_days)
    local found = lateness(line, limit)
    local open = is_late(nil, limit) and not is_closed(line) and found.open or 0
    local total = found.late + open
    if total == 0 then return end
    return exception {
      amount = share_of(net_amount(line), total, base_quantity(line)), due = due, late = found.late, open = open, arrived = found.last or "none",
      evidence = evidence(line.order, map(line.deliveries, "delivery")),
    }
  end,
}

control "SHP-11" {
  title      = { en = "Bin card, physical and book quantities differ", zh = "货卡、实物、账面不符" },
  risk       = { en = "Stock is not what the books say: lost, stolen, or issued without papers.", zh = "账实不符，存货被盗、丢失或无单发出。" },
  tests      = {
    en = "In each count the quantities found, on the bin card and in the books are compared; every product that moved must be counted each month.",
    zh = "每次盘点核对实物、货卡、账面数量；当月有收发的产品每月须盘点。",
  },
  source     = { "001-V.2", "001-V.1" },
  severity   = "medium",
  profile    = { "archive", "general" },
  population = { "stock_count", "product" },
  shape      = "row",
  applies    = function(row, p)
    if table_of(row) == "stock_count" then return true end
    return p.each_month and imported "stock_movement" and #row.stock_movements > 0
  end,
  parameters = {
    tolerance = { decimal "0", origin = "default", note = "units" },
    each_month = { true, origin = "default", note = "false: not every product is counted every month" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "{what}: found {physical}, bin card {card}, books {book}",
    zh = "{what}：实物 {physical}，货卡 {card}，账面 {book}",
  },
  terms      = {
    difference  = { en = "quantities differ", zh = "数量不符" },
    uncounted   = { en = "moved and not counted", zh = "有收发未盘点" },
    unknown     = { en = "unknown", zh = "未记录" },
  },
  follow_up  = {
    en = "Count again at once, trace the last movements, and have the difference approved before it is booked.",
    zh = "立即复盘并追查最近收发记录，差异经批准后方可调账。",
  },

  test = function(row, p)
    if table_of(row) == "product" then
      local missed = filter(audited_months(), function(from)
        return #of_month(row.stock_movements, "moved_at", from) > 0 and #of_month(row.stock_counts, "counted_on", from) == 0
      end)
      if #missed == 0 then return end
      return exception { label = "uncounted", severity = "low", what = "uncounted", physical = "unknown", card = "unknown", book = "unknown" }
    end
    local physical, card, book = row.quantity_physical, row.quantity_card, row.quantity_book
    if not physical then return untestable { en = "nothing counted", zh = "无盘点数" } end
    local known = known_values(physical, card, book)
    if #known < 2 then return untestable { en = "neither bin card nor books", zh = "货卡数与账面数均缺" } end
    local difference = max(known) - min(known)
    if quantity_within(difference, p.tolerance) then return end
    return exception {
      amount = standard_worth(row.product, difference, row.counted_on), what = "difference", physical = physical, card = card or "unknown", book = book or "unknown",
      evidence = evidence(row.product),
    }
  end,
}

control "SHP-12" {
  title      = { en = "Stock anomaly not reported to the warehouse head promptly", zh = "仓库异常未尽快报告" },
  risk       = { en = "Losses are hidden until nobody can explain them.", zh = "异常隐瞒不报，损失扩大且责任难以追究。" },
  tests      = {
    en = "Each anomaly must be reported within a working day, to the head of the warehouse, and be dealt with within some days.",
    zh = "仓库异常须在规定工作日内报告仓库主管，并在规定天数内处理。",
  },
  source     = { "001-V.4" },
  severity   = "medium",
  profile    = { "archive" },
  population = "stock_anomaly",
  scope      = "open",
  shape      = "sequence",
  applies    = function(row) return concerns_period(row.found_at, row.reported_at, row.resolved_at) end,
  parameters = {
    limit_days = { 1, origin = "default", note = "working days; the policy says as soon as possible" },
    resolve_days = { 7, origin = "default", note = "days from the finding" },
    roles = { { "warehouse_head" }, origin = "policy" },
  },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = {
    en = "found on {found_at}: {step} {fault} ({at})",
    zh = "{found_at} 发现：{step}{fault}（{at}）",
  },
  follow_up  = {
    en = "Ask who found it and why it was not passed on; have the loss valued and a remedy decided.",
    zh = "查明发现人及未报告的原因，评估损失并确定处理办法。",
  },

  test = function(row, p)
    local found = step("stock_anomaly", row, "found_at")
    if not found.at then return untestable { en = "no moment at which it was found", zh = "无发现时间" } end
    local reported = step("stock_anomaly", row, "reported_at", "reported_to")
    reported.roles = p.roles
    local faults = deadline_faults(reported, found, p.limit_days, true)
    append(faults, role_faults { reported })
    append(faults, deadline_faults(step("stock_anomaly", row, "resolved_at"), found, p.resolve_days))
    return step_exception(faults, { amount = function() return row.amount end, found_at = found.at })
  end,
}

control "SHP-13" {
  title      = { en = "Storekeeper's copy of the issue slip not handed over before issue", zh = "出库单第二联未交库管" },
  risk       = { en = "The storekeeper hands goods out without a paper that says which.", zh = "库管无单发货，出库失去凭据。" },
  tests      = {
    en = "For each issue slip the second copy is looked for, received by a storekeeper before the goods were issued.",
    zh = "每张出库单的第二联须在出库之前由库管签收。",
  },
  source     = { "004-4.3" },
  severity   = "low",
  profile    = { "factory" },
  population = "stock_issue",
  shape      = "sequence",
  applies    = function(slip) return is_issue(slip) and has_happened(slip.issued_at) end,
  parameters = {
    copy_no = { 2, origin = "policy" },
    roles = { { "storekeeper", "warehouse_head" }, origin = "policy" },
    assume_recorded = { false, origin = "default", note = "true: report slips even where no copy was ever recorded" },
  },
  amount_kind = "transaction",
  terms      = prerequisite_terms(),
  message    = prerequisite_message(),
  follow_up  = {
    en = "Ask the storekeeper on what paper the goods were issued, and look at the bin card of that day.",
    zh = "询问库管凭何单据发货，并核对当日货卡。",
  },

  test = function(slip, p)
    if not p.assume_recorded and not lookup_one("document_distribution", { doc_kind = "stock_issue" }) then
      return untestable { en = "no copy of an issue slip was ever recorded", zh = "从未登记出库单的联次" }
    end
    local copies = filter(slip.distributions, function(copy) return copy.copy_no == p.copy_no and has_happened(copy.received_at) end)
    local copy = first(sort(copies, "received_at"))
    local received = step("document_distribution", copy, "received_at", "received_by")
    received.roles = p.roles
    local faults = prerequisite_faults({ received }, step("stock_issue", slip, "issued_at"))
    append(faults, role_faults { received })
    return step_exception(faults, { amount = function() return slip_worth(slip) end })
  end,
}

control "SHP-14" {
  title      = { en = "No logistics trace for goods in transit", zh = "发货后无物流跟踪" },
  risk       = { en = "Goods lost on the way are missed only when the customer complains.", zh = "在途货物丢失、延误不能及时发现。" },
  tests      = {
    en = "For each delivery that we send, an event of the carrier is looked for within some days, another one after each problem, and the arrival before the customer's signature.",
    zh = "由我方运送的发货，规定天数内须有物流记录；异常须有后续处理；客户签收前须有到达记录。",
  },
  source     = { "000G 6" },
  severity   = "low",
  profile    = { "general" },
  population = "delivery",
  scope      = "open",
  shape      = "sequence",
  applies    = function(delivery, p)
    if not is_shipment(delivery) or not delivery.delivery_date or not any(delivery.lines, is_stocked) then return false end
    if delivery.freight_borne_by == "customer" and p.leave_fetched or delivery.incoterm == "EXW" then return false end
    local last = sort(delivery.shipment_events, "occurred_at")[#delivery.shipment_events]
    return concerns_period(delivery.delivery_date, last and last.event ~= "problem" and last.occurred_at)
  end,
  parameters = {
    limit_days = { 3, origin = "default", note = "days from the delivery to the first event" },
    follow_days = { 3, origin = "default", note = "days from a problem to the next event" },
    leave_fetched = { true, origin = "default", note = "goods whose freight the customer bears are taken to be fetched" },
  },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {delivered_on}: {fault} ({at}; limit {limit})",
    zh = "{delivered_on} 发货：{fault}（{at}；期限 {limit}）",
  },
  terms      = {
    untraced  = { en = "no trace", zh = "无物流记录" },
    late      = { en = "first trace late", zh = "首次物流记录过晚" },
    problem   = { en = "problem without an answer", zh = "异常无后续处理" },
    unarrived = { en = "signed for without an arrival", zh = "签收前无到达记录" },
    none      = { en = "none", zh = "无" },
  },
  follow_up  = {
    en = "Ask the carrier where the goods are, and for the proof that they arrived.",
    zh = "向承运人查询货物去向，索取到达凭据。",
  },

  test = function(delivery, p)
    local events = sort(delivery.shipment_events, "occurred_at")
    local faults = trace_faults(delivery, events, p)
    local fault = faults[1]
    if not fault then return end
    return exception {
      amount = delivery_worth(delivery), delivered_on = delivery.delivery_date, fault = fault.fault, at = fault.at, limit = fault.limit, faults = #faults,
      evidence = evidence(events, delivery.confirmations),
    }
  end,
}

control "SHP-15" {
  title      = { en = "Freight borne by us for a channel that carries its own goods", zh = "经销商自运仍由我方承担运费" },
  risk       = { en = "We pay for what the dealer's margin is meant to cover.", zh = "应由经销商承担的运费由我方支付，侵蚀利润。" },
  tests      = {
    en = "Freight that we bear for a customer whose kind of channel fetches its own goods is looked for in the contract's terms and in the approvals. Off until it is switched on: the source is unclear about who carries what.",
    zh = "自行提运的渠道客户（经销商），我方承担运费须有合同条款或审批。默认关闭：原文对谁负责运输表述不一。",
  },
  source     = { "001-III" },
  severity   = "low",
  profile    = { "archive" },
  population = "delivery",
  shape      = "lookup",
  applies    = function(delivery, p)
    return p.enabled and is_shipment(delivery) and delivery.freight_borne_by == "seller" and delivery.freight_amount ~= nil and delivery.freight_amount > 0
  end,
  parameters = {
    enabled = { false, origin = "default", note = "true: the channels below carry their own goods" },
    channels = { { "distributor" }, origin = "policy", note = "agents rely on the manufacturer, distributors ship themselves" },
    terms = { { "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP" }, origin = "default", note = "terms of delivery by which the seller pays the freight" },
    kinds = { { "freight" }, origin = "default", note = "kinds of approval that allow it" },
    roles = { { "sales_manager", "marketing_vp", "company_leader", "general_manager" }, origin = "default" },
  },
  amount_kind = "exposure",
  message    = {
    en = "freight {freight} borne by us for a {channel}",
    zh = "运费 {freight} 由我方承担，客户渠道为{channel}",
  },
  terms      = {
    distributor = { en = "distributor", zh = "经销商" }, agent = { en = "agent", zh = "代理商" },
    direct = { en = "direct customer", zh = "直接客户" }, integrator = { en = "integrator", zh = "系统集成商" },
  },
  follow_up  = {
    en = "Ask the salesperson what was agreed; charge the freight or have it approved.",
    zh = "向销售员核实约定，向客户收取运费或补办审批。",
  },

  test = function(delivery, p)
    local customer = delivery.customer
    if not customer then return untestable { en = "no customer", zh = "无客户" } end
    if not contains(p.channels, customer.channel_role) or is_freight_agreed(delivery, p.terms) then return end
    local documents = evidence(delivery, delivery.order, contract_of(delivery))
    if approval_in_role(documents, p.kinds, p.roles, delivery.delivery_date) then return end
    return exception { amount = delivery.freight_amount, freight = delivery.freight_amount, channel = customer.channel_role, evidence = evidence(customer) }
  end,
}

control "SHP-16" {
  title      = { en = "Issue exceeds stock on hand", zh = "出库形成负库存" },
  risk       = { en = "Papers and goods do not go together: issued twice, received late, or the wrong product.", zh = "账面负库存，收发记录不实或单据滞后。" },
  tests      = {
    en = "Opening stock and movements of each product are added up in the order of their times (by lot and warehouse where there is no opening stock); the balance must not fall below zero. Without times the end of the day counts. A movement without date or quantity makes the balance of its product unknown.",
    zh = "按时间顺序滚动计算各产品期初及收发（无期初的分批号、仓库），结存不得为负；无时点的按日末结存；有收发记录缺日期或数量的，该产品结存无法判断。",
  },
  source     = { "001-V.1" },
  severity   = "medium",
  profile    = { "archive", "general" },
  population = "stock_movement",
  scope      = "all", -- a balance needs all movements; only those of the period are reported
  shape      = "balance",
  applies    = function(movement) return movement.quantity ~= nil and movement.moved_at ~= nil end,
  group      = { "product_id" },
  parameters = {
    from_start = { false, origin = "default", note = "true: movements are there since the first day, no opening stock is needed" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "balance {balance} at {moved_at}; {short} more than there was",
    zh = "{moved_at} 结存 {balance}，超出库存 {short}",
  },
  follow_up  = {
    en = "Look for a receipt booked late or an issue booked twice; count the product.",
    zh = "查找滞后入账的入库或重复出库，并盘点该产品。",
  },

  test = function(movements, p)
    local product = movements[1].product
    if not product then return untestable { en = "no such product", zh = "无此产品" } end
    dated_movements(product) -- one that cannot be placed makes the whole balance unknown
    local opening, from, is_brought_forward = opening_stock(product, p.from_start)
    local counted = filter(movements, function(movement) return not from or day(movement.moved_at) >= from end)
    local found = {}
    local pools = group_by(counted, function(movement)
      if is_brought_forward then return "all" end
      return (movement.warehouse_id or "") .. "/" .. (movement.lot_no or "")
    end)
    for pool in each(pools) do
      local balance = opening
      for together in each(instants(pool.rows)) do
        local before = balance
        balance = balance + sum(together, "quantity")
        local short = max(0, -balance) - max(0, -before)
        local out = sort(filter(together, function(one) return one.quantity < 0 end), function(one) return { time_of(one.moved_at), one.movement_id } end)
        local last = out[#out]
        if short > 0 and last and in_period(last.moved_at) then
          table.insert(found, exception {
            row = last, amount = last.unit_cost and round(last.unit_cost * short, 2) or standard_worth(product, short, last.moved_at), balance = balance, short = short, moved_at = last.moved_at,
            evidence = evidence(out),
          })
        end
      end
    end
    return found
  end,
}

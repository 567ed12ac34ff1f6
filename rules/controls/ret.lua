-- SPDX-License-Identifier: MIT
-- RET: goods that customers send back, from their request to the credit. The request (return_request) and its lines are
-- positive; the return note (a delivery of kind "return"), its red issue slip and its red invoice are negative.

-- Whether a return request counts.
local function is_counted(request)
  return is_live(request) and not is_reversal(request)
end

-- The steps of a return as its request and its first red issue slip record them.
local function return_steps(request, names)
  return process_steps("return_of_goods", {
    return_request = request, stock_issue = first_done(slips_of(request), "prepared_at"),
  }, names)
end

-- Of faults in the order of steps, those that are about one step.
local function faults_about(faults, name)
  return filter(faults, function(fault) return fault.step.name == name or fault.other.name == name end)
end

-- Whether whoever took a step may: faults as role_faults gives them. Untestable where nobody is named.
local function actor_faults(taken)
  if not taken.at then return {} end
  if not taken.by then untestable { en = "nobody is named who took the step {step}", zh = "未注明步骤 {step} 由谁完成", step = taken.name } end
  local was_deputy = taken.roles and was_delegated(taken.by, taken.roles, { doc_kind = table_of(taken.row), moment = taken.at })
  if was_deputy then return {} end
  return map(role_faults { taken }, function(fault)
    local actor = string.sub(taken.name, 1, string.len(taken.name) - 2) .. "by" -- reviewed_at, reviewed_by
    return { fault = fault.fault, step = taken, other = { name = actor, at = taken.by }, wanted = fault.wanted }
  end)
end

-- What is wrong with the document that a request says was delivered: fault, found, expected.
local function header_fault(request)
  local delivery = request.delivery
  if delivery.customer_id and request.customer_id and delivery.customer_id ~= request.customer_id then
    return "another customer's goods", request.customer_id, delivery.customer_id
  end
  if not imported("return_request", "checked_at") then return nil end
  local steps = return_steps(request, { "checked", "reviewed", "red issue prepared" })
  local fault = faults_about(order_faults(steps), steps[1].name)[1]
  if not fault then return nil end
  if fault.fault == "missing" then return "not checked", "none", fault.other.at end
  return "checked too late", steps[1].at, fault.step.at
end

-- The lines of a delivery that a line of a return is about: the one that it names, else those of its product.
local function sold_lines(line, delivery)
  if line.delivery_line_no then
    return filter(evidence(find(line, "delivery_line")), function(sold) return sold.product_id == line.product_id end)
  end
  return filter(delivery.lines, function(sold) return sold.product_id == line.product_id end)
end

-- Whether a line states another model or specification than its product has.
local function is_other_spec(line)
  local stated, product = line.spec, line.product
  if is_blank(stated) or not product then return false end
  local own = map({ product.spec or "", product.model or "" }, function(text)
    if not is_blank(text) then return fold(trim(text)) end
  end)
  return #own > 0 and not contains(own, fold(trim(stated)))
end

-- The return request of a red issue slip, by its return note; nil without one.
local function request_of(slip)
  local note = slip.delivery
  return note and note.return_request or nil
end

-- The same for the control that asks for it: nil also where the note or the request named is not there.
local function request_found(slip)
  local note = find(slip, "delivery")
  return note and find(note, "return_request") or nil
end

-- The red goods request of a slip: its own or its return note's; nil without one.
local function red_request_of(slip)
  local note = slip.delivery
  local found = slip.request or (note and note.request) or nil
  if found and found.kind == "return" then return found end
end

-- What lines of a request, or of documents made from it, are compared by: the product and, where every line states
-- it, the specification.
local function by_product(...)
  local lists = { ... }
  local has_spec = all(lists, function(list)
    return #list > 0 and all(list, function(line)
      return contains({ "return_line", "stock_issue_line" }, table_of(line)) and not is_blank(line.spec)
    end)
  end)
  return function(line)
    if not line.product_id then return nil end
    if has_spec then return line.product_id .. " " .. fold(trim(line.spec)) end
    return line.product_id
  end
end

local function size_of(line) return abs(line.quantity or 0) end

-- Whether a return goes the way of invoices that come first.
local function is_direct(invoice)
  if invoice.mode then return invoice.mode == "direct" end
  return any(notes_on(invoice), function(note) return note.business_type == "direct_invoice" end)
end

-- The rows of a return for its process: its note, first red slip, an invoice, that invoice's first receivable, the
-- slip's (else the invoice's) first cost.
local function return_documents(note, invoice)
  local slips = slips_of(note)
  local costs = {}
  for document in each(imported "cost_entry" and append(append({}, slips), { invoice }) or {}) do
    if #costs == 0 or table_of(document) == "stock_issue" then append(costs, document.cost_entries) end
  end
  return {
    delivery = note, invoice = invoice, stock_issue = first_done(slips, "prepared_at") or slips[1],
    receivable_entry = invoice and imported "receivable_entry" and first_done(live_ones(invoice.receivables), "audited_at"),
    cost_entry = first_done(costs, "posted_on"),
  }
end

-- Faults in the order of a return: the steps named, and the cost, which needs only the slip to come first.
local function chain_order_faults(process, documents, names)
  local faults = order_faults(map(process_steps(process, documents, names), function(taken)
    return taken.name == "delivery.approved_at" and first_taken(taken) or taken
  end))
  return append(faults, order_faults(process_steps(process, documents, { "red issue prepared", "cost posted" })))
end

-- Totals of some lines per product, as { lines =, quantity = }, without services and freight.
local function goods_by_product(lines)
  local totals = {}
  for line in each(lines) do
    local goes = line.product_id and line.quantity and not contains({ "service", "freight" }, line.line_kind or "normal")
    if goes then
      local total = totals[line.product_id] or { lines = {}, quantity = 0 }
      totals[line.product_id] = total
      table.insert(total.lines, line)
      total.quantity = total.quantity + abs(line.quantity)
    end
  end
  return totals
end

-- Whether a line takes off an amount for goods and no pieces, as an allowance does.
local function is_allowance(line)
  return not contains({ "service", "freight" }, line.line_kind or "normal")
    and (line.quantity == nil or line.quantity == 0) and (line.net_amount or 0) ~= 0
end

-- The deliveries whose goods are on an invoice.
local function deliveries_on(invoice)
  local known, found = {}, {}
  for line in each(invoice.lines) do
    local delivery = line.delivery
    if delivery and delivery.kind ~= "return" and not known[delivery] then
      known[delivery] = true
      table.insert(found, delivery)
    end
  end
  return found
end

-- Why goods that an invoice charged may be taken off again: those that came back, or that a return request which was
-- reviewed lets come back, and those that were invoiced anew from a day on. Totals per product.
local function reasons_for(original, red_invoices, from)
  local known, back, asked, anew = {}, {}, {}, {}
  local function add_notes(list)
    for note in each(list) do
      if not known[note] then append(back, note.lines) end
      known[note] = true
    end
  end
  for red in each(red_invoices) do add_notes(notes_on(red)) end
  for delivery in each(original and deliveries_on(original) or {}) do
    add_notes(notes_against(delivery))
    for request in each(delivery.return_requests) do
      if is_counted(request) and request.reviewed_at and has_happened(request.reviewed_at) then
        append(asked, request.lines)
      end
    end
    append(anew, filter(delivery.invoice_lines, function(line)
      local invoice = line.invoice
      return invoice ~= nil and invoice ~= original and is_live(invoice) and not is_red(invoice)
        and invoice.issued_on ~= nil and invoice.issued_on >= from
    end))
  end
  local totals, came, wanted, charged = {}, goods_by_product(back), {}, goods_by_product(anew)
  for line in each(asked) do
    if line.product_id then wanted[line.product_id] = (wanted[line.product_id] or 0) + size_of(line) end
  end
  return function(product_id)
    local returned = max(came[product_id] and came[product_id].quantity or 0, wanted[product_id] or 0)
    return returned, charged[product_id] and charged[product_id].quantity or 0
  end
end

-- How far the price of a red line is from those of the original's lines of its product: the difference and the
-- nearest of them; nil where one is within the tolerance or none is known.
local function price_gap(line, sold, tolerance)
  local gap, nearest
  for other in each(sold) do
    if other.unit_price and line.unit_price then
      local difference = abs(abs(line.unit_price) - other.unit_price)
      if not gap or difference < gap then gap, nearest = difference, other.unit_price end
    end
  end
  if gap and gap > tolerance then return gap, nearest end
  if gap then within_tolerance_note((abs(line.unit_price) - nearest) * abs(line.quantity), { row = line.invoice }) end
end

-- Whether goods came back to be replaced: then there is nothing to credit, and what was sent instead is another control's.
local function is_exchange(note)
  local request = note.return_request
  return request ~= nil and request.kind == "exchange"
end

-- When the goods of a return note were in the warehouse again, or nil: the slip's date, else the note's.
local function back_on(note)
  if not imported "stock_issue" then return note.delivery_date end
  local slip = first_done(slips_of(note), "issued_at")
  return slip and slip.issued_at or nil
end

-- The lines of red invoices that name the original invoice and no delivery: they credit what it charged.
local function loose_red_lines(original)
  local lines = {}
  for red in each(live_ones(original.red_invoices)) do
    append(lines, filter(red.lines, function(line)
      return is_goods(line) and line.quantity ~= nil and line.delivery_id == nil
    end))
  end
  return lines
end

-- How much of a product came back of a delivery, as far as no red line names it or its notes.
local function uncredited(delivery, product_id)
  local function is_own(line) return line.product_id == product_id and is_goods(line) and line.quantity ~= nil end
  local back = 0
  for note in each(notes_against(delivery)) do
    back = back - sum(filter(note.lines, is_own), "quantity")
  end
  for document in each(append({ delivery }, notes_against(delivery))) do
    for line in each(filter(document.invoice_lines, is_own)) do
      if line.quantity < 0 and line.invoice and is_live(line.invoice) then back = back + line.quantity end
    end
  end
  return max(0, back)
end

-- What red lines that name only an original invoice credit of its deliveries' goods: a table from product to quantity for one
-- of them. What came back and is not credited otherwise takes its part first, of the oldest delivery first, each once.
local function loosely_credited(delivery)
  local credited = {}
  for original in each(filter(invoices_of(delivery), function(one) return not is_red(one) end)) do
    local deliveries = sort(deliveries_on(original), function(one) return { one.delivery_date, one.delivery_id } end)
    for group in each(group_by(loose_red_lines(original), "product_id")) do
      local whole = -sum(group.rows, "quantity")
      local parts = consume(deliveries, function(one) return uncredited(one, group.key) end, whole)
      local taken = sum(parts, function(part) return uncredited(part.row, group.key) - part.left end)
      for part in each(parts) do
        if part.row == delivery then
          local own = uncredited(delivery, group.key) - part.left
          if part.row == deliveries[1] then own = own + whole - taken end
          credited[group.key] = (credited[group.key] or 0) + own
        end
      end
    end
  end
  return credited
end

-- Per product: what of a delivery the customer kept, was invoiced for, and had its cost carried.
local function standing_of(delivery, notes)
  local kept, invoiced, carried = {}, {}, {}
  local function add(totals, lines)
    for line in each(lines) do
      if line.product_id and line.quantity then totals[line.product_id] = (totals[line.product_id] or 0) + line.quantity end
    end
  end
  local seen = {}
  for document in each(append({ delivery }, notes)) do
    add(kept, filter(document.lines, is_goods))
    for slip in each(imported "cost_entry" and slips_of(document) or {}) do
      for cost in each(slip.cost_entries) do
        seen[cost] = true
        add(carried, { cost })
      end
    end
    for line in each(document.invoice_lines) do
      local invoice = line.invoice
      if invoice and is_live(invoice) and is_goods(line) then add(invoiced, { line }) end
    end
  end
  for product_id, quantity in pairs(loosely_credited(delivery)) do
    invoiced[product_id] = (invoiced[product_id] or 0) - quantity
  end
  for document in each(append({ delivery }, notes)) do
    local invoices = append({}, invoices_of(document))
    for original in each(invoices_of(document)) do
      append(invoices, filter(live_ones(original.red_invoices), function(red) return #loose_red_lines(original) > 0 and not contains(invoices, red) end))
    end
    for invoice in each(invoices) do
      for cost in each(imported "cost_entry" and #deliveries_on(invoice) <= 1 and invoice.cost_entries or {}) do
        if not seen[cost] and not cost.issue_id then add(carried, { cost }) end
        seen[cost] = true
      end
    end
  end
  return kept, invoiced, carried
end

-- Whether revenue was taken back for a return note: then whether its cost was is asked where revenue and cost meet.
local function has_red_revenue(note)
  if not imported "revenue_entry" then return false end
  if #note.revenue_entries > 0 then return true end
  local origin = origin_of(note)
  local is_reversed = origin and any(origin.revenue_entries, function(entry)
    return (entry.amount or 0) < 0 or #reversals_of(entry) > 0
  end)
  if is_reversed then return true end
  return any(invoices_of(note), function(invoice) return #invoice.revenue_entries > 0 end)
end

-- The lines of goods of a customer, a salesperson or a product that were delivered or came back.
local function traded_lines(master)
  local kind, lines = table_of(master), {}
  if kind == "product" then return filter(lookup("delivery_line", { product_id = master.product_id }), is_goods) end
  local documents = kind == "customer" and master.deliveries or master.orders
  for document in each(documents) do
    append(lines, filter(kind == "customer" and document.lines or document.delivery_lines, is_goods))
  end
  return lines
end

control "RET-01" {
  title      = { en = "Return accepted without customer request or branch manager confirmation", zh = "退货无申请/分部经理确认" },
  risk       = { en = "Goods are taken back that no customer asked to return, to move revenue or stock.", zh = "无客户申请或未经分部经理确认即受理退货，借退货调节收入或套取货物。" },
  tests      = {
    en = "Each return request must name the customer's request and be confirmed by the branch manager, after the customer asked and before the sales manager reviewed it or a red issue slip was prepared.",
    zh = "退货申请须注明客户申请依据，并在客户提出之后、销售部经理审核和开具红字出库单之前由分部经理确认。",
  },
  source     = { "004-8.1" },
  severity   = "medium",
  profile    = { "factory", "general" },
  population = "return_request",
  shape      = "sequence",
  applies    = is_counted,
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "Obtain the customer's letter and ask the branch manager what was confirmed and when; a return nobody asked for is followed to the stock and to the original sale.",
    zh = "取得客户退货函件，询问分部经理确认的时间和内容；客户未提出的退货应追查实物和原销售的真实性。",
  },

  test = function(request)
    local steps = return_steps(request, { "requested", "confirmed", "reviewed", "red issue prepared" })
    local later = first(filter(steps, "at"), function(one) return position_of(steps, one) > 1 end)
    local faults = {}
    if later and is_blank(request.customer_request_ref) then
      table.insert(faults, { fault = "missing", step = { name = "return_request.customer_request_ref", row = request }, other = later })
    end
    append(faults, faults_about(order_faults(steps), steps[2].name))
    if #faults == 0 then faults = actor_faults(steps[2]) end
    return step_exception(faults, { amount = function() return worth_of_return(request) end, evidence = evidence(request.delivery) })
  end,
}

control "RET-02" {
  title      = { en = "Returned product, spec or quantity not what was sold", zh = "退货品名规格数量与原销售不符" },
  risk       = { en = "Goods are credited that were never sold to this customer, or more than were sold.", zh = "未向该客户销售的货物或超量货物被退回并冲减货款。" },
  tests      = {
    en = "Each return is compared with the delivery it names: the customer, the product and specification of each line, and all requests against that delivery together with what was delivered (by a void note, nothing). The salesperson must have checked it before the review.",
    zh = "将退货申请与原发货单比较：客户、品名、规格，以及针对该发货单的累计退货数量是否超过发货数量（发货单作废的视为未发货）；并须在审核前由销售员核对。",
  },
  source     = { "004-8.2" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "return_request",
  shape      = "limit",
  scope      = "all",
  applies    = is_counted,
  group      = function(request) return request.delivery_id or "request " .. request.return_id end,
  amount_kind = "misstatement",
  terms      = {
    ["another customer's goods"] = { en = "another customer's goods", zh = "非该客户所购货物" },
    ["not checked"]              = { en = "name, specification and quantity were not checked", zh = "未核对品名、规格、数量" },
    ["checked too late"]         = { en = "checked after it was accepted", zh = "受理之后才核对" },
    ["another product"]          = { en = "not a product of this delivery", zh = "原发货单无此产品" },
    ["another specification"]    = { en = "another specification", zh = "规格不符" },
    ["more than was sold"]       = { en = "more than was delivered", zh = "累计退货超过发货数量" },
    none                         = { en = "none", zh = "无" },
  },
  message    = { en = "{fault}: {found}; expected {expected}", zh = "{fault}：{found}；应为 {expected}" },
  follow_up  = {
    en = "Compare the goods in the warehouse with the original delivery note; what was not sold to this customer goes back, and its credit is withdrawn.",
    zh = "将退回实物与原发货单核对；非我方售予该客户的货物应退还，并撤销相应冲账。",
  },

  test = function(requests)
    local in_order_of_request = sort(requests, function(request) return { request.requested_on, request.return_id } end)
    local delivery = requests[1].delivery
    if not delivery then return untestable { en = "the original delivery is not named or not known", zh = "未注明原发货，或无此发货" } end
    local found, by_product = {}, {}
    local function report(request, fault, amount, label, seen, expected, line)
      if not in_period(request.requested_on) then return end
      table.insert(found, exception {
        row = request, label = tostring(label), amount = amount, fault = fault, found = seen, expected = expected,
        evidence = evidence(line, delivery),
      })
    end
    for request in each(in_order_of_request) do
      local fault, seen, expected = header_fault(request)
      if fault then report(request, fault, function() return worth_of_return(request) end, fault == "another customer's goods" and "customer" or "check", seen, expected) end
      for line in each(fault == "another customer's goods" and {} or request.lines) do
        local sold = sold_lines(line, delivery)
        if #sold == 0 then
          local named = find(line, "delivery_line")
          local wanted = named and named.product_id or "none"
          report(request, "another product", function() return worth_of_line(line) end, line.line_no, line.product_id or "none", wanted, line)
        elseif is_other_spec(line) then
          local product = line.product
          report(request, "another specification", function() return worth_of_line(line) end, line.line_no, line.spec, product.model or product.spec, line)
        else
          by_product[line.product_id] = by_product[line.product_id] or {}
          table.insert(by_product[line.product_id], line)
        end
      end
    end
    for product_id, lines in pairs(by_product) do
      local sold = filter(delivery.lines, function(line) return line.product_id == product_id end)
      local limit = is_live(delivery) and sum(sold, "quantity") or 0 -- by a void note, or a draft, nothing was sold
      for excess in each(over_limit(lines, limit, function(line) return abs(line.quantity or 0) end)) do
        local function worth()
          local price = excess.row.unit_price or sold[1].unit_price
          return price and excess.over * price
        end
        report(excess.row.return_request, "more than was sold", worth, excess.row.line_no, excess.total, limit, excess.row)
      end
    end
    return found
  end,
}

control "RET-03" {
  title      = { en = "Return without technical authenticity check, or of a counterfeit", zh = "退货未鉴定真伪" },
  risk       = { en = "Counterfeit goods are taken back and paid for.", zh = "假冒产品被当作退货接收并冲减货款。" },
  tests      = {
    en = "The technical department must have examined the goods before the sales manager reviewed the return, or without a review before the red issue was prepared; goods found counterfeit must not be taken back.",
    zh = "退货须在销售部经理审核前（未经审核的，在开具红字出库单前）由技术部鉴定真伪；鉴定为假冒的不得受理。",
  },
  source     = { "004-8.3" },
  severity   = "medium",
  profile    = { "factory", "general" },
  population = "return_request",
  shape      = "sequence",
  applies    = is_counted,
  amount_kind = "transaction",
  terms      = {
    missing       = { en = "is missing", zh = "缺失" },
    ["too early"] = { en = "came before the examination", zh = "先于鉴定" },
    ["wrong role"] = { en = "was not made by the technical department", zh = "非技术部办理" },
    counterfeit   = { en = "is counterfeit, and the goods were taken back", zh = "为假冒，仍予受理" },
    none          = { en = "not yet", zh = "尚未" },
  },
  message    = step_message(),
  follow_up  = {
    en = "Have the technical department examine the goods now; for a counterfeit find out who had them accepted, withdraw the credit and tell the legal office.",
    zh = "请技术部补做鉴定；对假冒产品查明由谁受理，撤销冲账并通报法务。",
  },

  test = function(request)
    local steps = return_steps(request, { "authenticated", request.reviewed_at and "reviewed" or "red issue prepared" })
    local examined, accepted = steps[1], steps[2]
    local faults = order_faults(steps)
    if #faults == 0 and examined.at and accepted.at then
      if not request.authenticity_result then return untestable { en = "no result of the examination", zh = "无鉴定结果" } end
      if request.authenticity_result == "counterfeit" then
        table.insert(faults, {
          fault = "counterfeit", step = { name = "return_request.authenticity_result", at = examined.at, row = request }, other = accepted,
        })
      else
        faults = actor_faults(examined)
      end
    end
    return step_exception(faults, { amount = function() return worth_of_return(request) end, severity = faults[1] and faults[1].fault == "counterfeit" and "high" or nil })
  end,
}

control "RET-04" {
  title      = { en = "Red issue slip before the sales manager reviewed the return detail", zh = "退货详单未审核即开红字出库单" },
  risk       = { en = "Goods are booked back into stock and customers credited before anybody decided so.", zh = "退货未经销售部经理审核即办理红字出库，冲减货款。" },
  tests      = {
    en = "A red issue slip must have been prepared after the sales manager reviewed the return request, and, where red goods requests are kept, refer to one.",
    zh = "红字出库单须在销售部经理审核退货详单之后开具；企业使用红字需货申请单的，须有对应的红字需货申请单。",
  },
  source     = { "004-8.4", "004-8.5" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "stock_issue",
  shape      = "sequence",
  applies    = function(slip)
    return is_red(slip) and is_live(slip) and slip.prepared_at ~= nil and request_of(slip) ~= nil
  end,
  amount_kind = "transaction",
  terms      = {
    missing       = { en = "is missing", zh = "缺失" },
    ["too early"] = { en = "came too early", zh = "顺序颠倒" },
    ["wrong role"] = { en = "was not made by the sales manager", zh = "非销售部经理审核" },
    none          = { en = "not yet", zh = "尚未" },
  },
  message    = step_message(),
  follow_up  = {
    en = "Ask on whose word the slip was prepared; have the return reviewed now and the goods counted.",
    zh = "查明依据何人指示开具红字出库单；补办审核并清点退回实物。",
  },

  test = function(slip)
    local request = request_of(slip)
    local steps = process_steps("return_of_goods", { return_request = request, stock_issue = slip }, { "reviewed", "red issue prepared" })
    first_taken(steps[1])
    if not is_live(request) then steps[1].at = nil end -- the review of one that does not count is none
    local faults = order_faults(steps)
    if #faults == 0 and lookup_one("delivery_request", { kind = "return" }) and not red_request_of(slip) then
      table.insert(faults, { fault = "missing", step = { name = "stock_issue.request_id", row = slip }, other = steps[2] })
    end
    if #faults == 0 then faults = actor_faults(steps[1]) end
    return step_exception(faults, { amount = function() return worth_of_slip(slip) end, evidence = evidence(request, slip.delivery) })
  end,
}

control "RET-05" {
  title      = { en = "Red issue slip or red goods request does not match the return detail", zh = "红字出库单与退货详单不符" },
  risk       = { en = "Other goods, or more or fewer, are booked back than were accepted.", zh = "红字出库的品种数量与审核的退货详单不一致，账实不符。" },
  tests      = {
    en = "Per product (and specification, where both state it) the red issue slips and the red goods request are compared with the return detail; a red issue slip without any return is reported too.",
    zh = "按产品（双方均填规格的按规格）将红字出库单、红字需货申请单的数量与退货详单比较；无退货申请的红字出库单一并列出。",
  },
  source     = { "004-8.5" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = { "return_request", "stock_issue" },
  shape      = "matching",
  applies    = function(row)
    if table_of(row) == "return_request" then return is_counted(row) and #slips_of(row) > 0 end
    if not is_red(row) or not is_live(row) or is_reversal(row) then return false end
    local note = find(row, "delivery")
    return request_found(row) == nil and not (note and is_consignment(note)) -- what a consignee sends back is CSG's
  end,
  parameters = { tolerance = { decimal "0", origin = "policy", note = "the slip is made from the reviewed return detail" } },
  amount_kind = "misstatement",
  terms      = {
    ["no return"]         = { en = "no return request", zh = "无退货申请" },
    ["issue slip"]        = { en = "the red issue slip differs", zh = "红字出库单不符" },
    ["red goods request"] = { en = "the red goods request differs", zh = "红字需货申请单不符" },
    none                  = { en = "none", zh = "无" },
  },
  message    = { en = "{fault}: {product}: {found}, return detail {expected}", zh = "{fault}：{product} 数量 {found}，退货详单 {expected}" },
  follow_up  = {
    en = "Count what came back; correct the slip, or have the difference accepted as a return of its own.",
    zh = "清点退回实物，更正红字出库单，或对差异补办退货审核。",
  },

  test = function(row, p)
    if table_of(row) == "stock_issue" then
      local lines = row.lines
      return exception {
        amount = worth_of_slip(row), fault = "no return", product = lines[1] and lines[1].product_id or "none",
        found = sum(lines, size_of), expected = "none", evidence = evidence(row.delivery, at_most(5, lines)),
      }
    end
    local slips, found, requests = slips_of(row), {}, {}
    -- what a difference is worth: at the price of the return or of its delivery, else at standard cost
    local function worth_of_difference(pair)
      local line, price = pair.rows[1], nil
      for asked in each(filter(row.lines, function(one) return one.product_id == line.product_id end)) do
        price = asked.unit_price or asked.delivery_line and asked.delivery_line.unit_price
      end
      price = price or line.product and line.product.standard_cost
      return price and abs(pair.difference) * price
    end
    local function compare(fault, lines, papers)
      for pair in each(differing(side_by_side(lines, row.lines, by_product(lines, row.lines), size_of), p.tolerance)) do
        table.insert(found, exception {
          label = fault .. " " .. pair.key, amount = worth_of_difference(pair), fault = fault, product = pair.key,
          found = pair.ours, expected = pair.theirs, evidence = evidence(papers, at_most(5, pair.rows)),
        })
      end
    end
    local issued = {}
    for slip in each(slips) do
      append(issued, slip.lines)
      local request = red_request_of(slip)
      if request and not contains(requests, request) then table.insert(requests, request) end
    end
    compare("issue slip", issued, slips)
    local requested = {}
    for request in each(requests) do append(requested, request.lines) end
    if #requested > 0 then compare("red goods request", requested, requests) end
    return found
  end,
}

control "RET-06" {
  title      = { en = "Return document chain out of order (ship-first mode)", zh = "退货单据流顺序错误" },
  risk       = { en = "Customers are credited, or stock and cost corrected, without the document that gives the reason.", zh = "退货单据前后倒置，无依据冲减应收、存货或成本。" },
  tests      = {
    en = "The return note must be approved before the red issue slip is prepared, this before the red invoice, then its review and the red receivable; cost is corrected after the red slip. No step may be left out when a later one was taken.",
    zh = "退货单审核、红字出库单、红字发票、发票复核、红字应收审核须依次办理，红字成本在红字出库单之后记账；后续已办的，前序不得缺失。",
  },
  source     = { "000M 退货(1)", "000M 退货(2)" },
  severity   = "medium",
  profile    = { "ship-first", "general" },
  population = "delivery",
  shape      = "sequence",
  applies    = function(note)
    if note.kind ~= "return" or not is_live(note) or is_consignment(note) then return false end
    return note.business_type ~= "direct_invoice" and not any(filter(invoices_of(note), is_red), is_direct)
  end,
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "Establish when the goods really came back; a credit before that is reversed until the papers are complete.",
    zh = "查明实物退回时间；单据不齐先行冲账的，补齐前应予冲回。",
  },

  test = function(note)
    local names = { "return approved", "red issue prepared", "red invoice", "invoice reviewed", "receivable audited" }
    local invoices, faults = filter(invoices_of(note), is_red), {}
    for invoice in each(invoices) do append(faults, chain_order_faults("return_ship_first", return_documents(note, invoice), names)) end
    if #invoices == 0 then faults = chain_order_faults("return_ship_first", return_documents(note), { "return approved", "red issue prepared" }) end
    return step_exception(faults, { amount = function() return worth_of(note.lines) end, evidence = evidence(note.source_delivery) })
  end,
}

control "RET-07" {
  title      = { en = "Return document chain out of order (direct-invoice mode)", zh = "开票直接发货退货顺序错误" },
  risk       = { en = "Goods go back or receivables are reduced before the red invoice was reviewed.", zh = "红字发票未复核即退货入库或冲减应收。" },
  tests      = {
    en = "In direct-invoice mode the red invoice and its review must come before the return note, then the red issue slip and the red receivable; cost is corrected after the slip. No step may be left out when a later one was taken.",
    zh = "开票直接发货模式下，红字发票、复核、退货单、红字出库单、红字应收审核须依次办理，红字成本在红字出库单之后记账；后续已办的，前序不得缺失。",
  },
  source     = { "000M 退货II(1)" },
  severity   = "medium",
  profile    = { "direct-invoice", "general" },
  population = "invoice",
  shape      = "sequence",
  applies    = function(invoice)
    -- a red invoice without any return is another control's
    return is_red(invoice) and is_live(invoice) and is_direct(invoice) and #notes_on(invoice) > 0
  end,
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "Ask why the return was handled before the invoice was reviewed; have the steps done again in order where the system allows it.",
    zh = "查明未复核红字发票即办理退货的原因；系统允许时按顺序重新办理。",
  },

  test = function(invoice)
    local names = { "red invoice", "invoice reviewed", "return approved", "red issue prepared", "receivable audited" }
    local faults, lines = {}, {}
    for note in each(notes_on(invoice)) do
      append(faults, chain_order_faults("return_direct", return_documents(note, invoice), names))
      append(lines, note.lines)
    end
    return step_exception(faults, { amount = function() return worth_of(lines) end, evidence = evidence(invoice.original_invoice) })
  end,
}

control "RET-08" {
  title      = { en = "Red invoice without return, or over the original invoice", zh = "红字发票无依据或超额" },
  risk       = { en = "Revenue and receivables are taken back without goods coming back, or more than was invoiced.", zh = "无退货或超原票开具红字发票，虚减收入和应收账款。" },
  tests      = {
    en = "All red invoices of an original invoice are compared with it: quantity and price per product, and the total; and with their reasons: goods that came back, a reviewed return request, or the same goods invoiced anew. An amount without pieces needs such a reason for its amount.",
    zh = "将同一原发票的全部红字发票与原票比较数量、单价和金额，并核对依据：实际退货、已审核的退货申请，或同一货物重新开票；无数量的红字金额也须有相应金额的依据。",
  },
  source     = { "000M 退货(3)" },
  severity   = "high",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "invoice",
  shape      = "limit",
  scope      = "all",
  applies    = function(invoice) return is_red(invoice) and is_live(invoice) end,
  group      = function(invoice) return invoice.original_invoice_id or "invoice " .. invoice.invoice_id end,
  parameters = {
    tolerance = { decimal "0.01", origin = "default", note = "per line, for rounding of the total" },
    price_tolerance = { decimal "0.01", origin = "default", note = "between the unit prices of the red and the original line" },
  },
  amount_kind = "misstatement",
  terms      = {
    ["no original"]    = { en = "no original invoice", zh = "无对应原发票" },
    ["not to be reversed"] = { en = "the original is void, red or another customer's", zh = "原发票已作废、为红字或属其他客户" },
    ["no reason"]      = { en = "no goods came back, nor were they invoiced anew", zh = "无退货，也未重新开票" },
    ["over quantity"]  = { en = "more than was invoiced", zh = "数量超过原发票" },
    ["other price"]    = { en = "another unit price", zh = "单价与原发票不同" },
    ["over amount"]    = { en = "amount over the original", zh = "金额超过原发票" },
    none               = { en = "none", zh = "无" },
    unknown            = { en = "an unknown amount", zh = "金额不详" },
  },
  message    = { en = "{fault}: {found} in red; allowed {allowed}", zh = "{fault}：红字 {found}，可冲 {allowed}" },
  follow_up  = {
    en = "Obtain the return papers or the agreement on an allowance; without either the red invoice is reversed and its author asked.",
    zh = "取得退货单据或折让协议；均无的应冲回红字发票，并询问开票人。",
  },

  test = function(invoices, p)
    local in_order_of_issue = sort(invoices, function(invoice) return { invoice.issued_on, invoice.invoice_id } end)
    local first_red = in_order_of_issue[1]
    local original, found, at_fault = find(first_red, "original_invoice"), {}, {}
    local function report(invoice, fault, amount, seen, allowed)
      at_fault[invoice] = true
      if not in_period(invoice.issued_on) then return end
      table.insert(found, exception {
        row = invoice, label = fault, amount = amount, fault = fault, found = seen, allowed = allowed, evidence = evidence(original),
      })
    end
    if not original then
      for invoice in each(in_order_of_issue) do
        local amount = invoice.net_amount and abs(invoice.net_amount)
        report(invoice, "no original", amount, amount or "unknown", "none")
      end
      return found
    end
    local sold, red_lines = goods_by_product(original.lines), {}
    for invoice in each(in_order_of_issue) do
      local is_other = invoice.customer_id and original.customer_id and invoice.customer_id ~= original.customer_id
      if not is_live(original) or is_red(original) or is_other then
        local amount = invoice.net_amount and abs(invoice.net_amount)
        report(invoice, "not to be reversed", amount, amount or "unknown", "none")
      else
        append(red_lines, invoice.lines)
      end
    end
    local reasons = reasons_for(original, in_order_of_issue, first_red.issued_on)
    local totals = {} -- invoice -> fault -> { amount =, found =, allowed = }
    local function add(line, fault, quantity, price, seen, allowed)
      local of_invoice = totals[line.invoice] or {}
      totals[line.invoice] = of_invoice
      local total = of_invoice[fault] or { amount = 0, found = seen, allowed = allowed }
      of_invoice[fault] = total
      total.amount = total.amount + quantity * price
    end
    local by_quantity = goods_by_product(red_lines)
    for group in each(group_by(filter(red_lines, is_allowance), function(line) return line.product_id or "none" end)) do
      -- the price of goods that came back, or were invoiced anew, and are not credited by the piece
      local returned, anew = reasons(group.key)
      local credited, charged = by_quantity[group.key], sold[group.key]
      local pieces = max(0, returned + anew - (credited and credited.quantity or 0))
      local price = charged and (charged.lines[1].unit_price or div(net_amount(charged.lines[1]), charged.lines[1].quantity, 6)) or 0
      for excess in each(over_limit(group.rows, pieces * price, function(line) return abs(line.net_amount) end)) do
        add(excess.row, "no reason", 1, round(excess.over, 2), excess.total, pieces * price)
      end
    end
    for product_id, red in pairs(by_quantity) do
      local charged = sold[product_id]
      local limit = charged and charged.quantity or 0
      local over = over_limit(red.lines, limit, size_of)
      local fault = "over quantity"
      if #over == 0 then
        local returned, anew = reasons(product_id)
        local own = filter(red.lines, function(line)
          return not is_reversal(line.invoice) and line.invoice.settlement_id == nil
        end)
        fault, limit = "no reason", returned + anew
        over = over_limit(own, limit, size_of)
      end
      for excess in each(over) do
        add(excess.row, fault, excess.over, abs(excess.row.unit_price or 0), excess.total, limit)
      end
      for line in each(charged and red.lines or {}) do
        local gap, price = price_gap(line, charged.lines, p.price_tolerance)
        if gap then add(line, "other price", abs(line.quantity), gap, line.unit_price, price) end
      end
    end
    for invoice in each(in_order_of_issue) do
      for fault, total in pairs(totals[invoice] or {}) do report(invoice, fault, total.amount, total.found, total.allowed) end
    end
    local limit = abs(original.gross_amount or 0)
    for excess in each(over_limit(in_order_of_issue, limit, function(invoice) return abs(invoice.gross_amount or 0) end, p.tolerance * #red_lines)) do
      if original.gross_amount and not at_fault[excess.row] then
        report(excess.row, "over amount", excess.over, excess.total, original.gross_amount)
      end
    end
    return found
  end,
}

control "RET-09" {
  title      = { en = "Returned goods not credited, or their cost not taken back", zh = "退货未冲应收/未冲成本" },
  risk       = { en = "Receivables and revenue stay overstated, or cost of goods that are back in stock stays expensed.", zh = "货已退回而应收、收入或成本未冲减，账面虚列。" },
  tests      = {
    en = "For goods that came back: what stays invoiced (red invoices counted, also those that name only the original invoice, each once) is compared with what the customer kept, some days after the return; what stays in cost of sales with what was kept, once the period is over. Whether a red invoice reached the receivables is REV-06.",
    zh = "对已退回的货物：在退回若干日后将仍开票的数量（扣红字，仅指明原发票的也扣，各扣一次）与客户实留数量比较；期间结束后将仍结转成本的数量与实留数量比较。红字发票是否形成红字应收由 REV-06 检查。",
  },
  source     = { "000M 退货(4)", "000M 退货(5)" },
  severity   = "high",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "delivery",
  shape      = "balance",
  scope      = "open",
  applies    = function(note)
    if note.kind ~= "return" or not is_live(note) or is_reversal(note) or is_consignment(note) then return false end
    return not is_exchange(note) and back_on(note) ~= nil
  end,
  group      = function(note)
    local origin = origin_of(note)
    return origin and origin.delivery_id or "return " .. note.delivery_id
  end,
  parameters = {
    credit_days = { 10, origin = "default", note = "days after the goods came back within which the red invoice is expected" },
  },
  amount_kind = "misstatement",
  terms      = {
    credit = { en = "no red invoice", zh = "未开红字发票" },
    cost   = { en = "cost not taken back", zh = "成本未冲回" },
  },
  message    = {
    en = "{fault}: {quantity} of {product} came back by {back_on}; {standing} stand, {kept} were kept",
    zh = "{fault}：{back_on} 退回 {product}，未冲 {quantity}；账上 {standing}，客户实留 {kept}",
  },
  follow_up  = {
    en = "Have the red invoice issued or the cost corrected; where the customer was credited otherwise, obtain that paper.",
    zh = "补开红字发票或冲回成本；以其他方式抵减的，取得相应凭据。",
  },

  test = function(notes, p)
    local origin = origin_of(notes[1])
    if not origin then return untestable { en = "the original delivery is not named or not known", zh = "未注明原发货，或无此发货" } end
    local last_first = sort(notes, function(note) return { time_of(back_on(note)), note.delivery_id } end)
    local kept, invoiced, carried = standing_of(origin, filter(notes_against(origin), function(note) return not is_exchange(note) end))
    local found = {}
    local function attribute(fault, standing, due, price_of)
      local left = {}
      for product_id, quantity in pairs(standing) do left[product_id] = max(0, quantity - (kept[product_id] or 0)) end
      for place = #last_first, 1, -1 do
        local note = last_first[place]
        for line in each(filter(note.lines, is_goods)) do
          local part = line.product_id and min(abs(line.quantity or 0), left[line.product_id] or 0) or 0
          if part > 0 then
            left[line.product_id] = left[line.product_id] - part
            if due(note) then
              table.insert(found, exception {
                row = note, label = fault .. " " .. line.line_no, amount = price_of(line) and part * price_of(line), fault = fault, quantity = part,
                product = line.product_id, back_on = day(back_on(note)), standing = standing[line.product_id],
                kept = kept[line.product_id] or 0, evidence = evidence(line, origin, at_most(3, slips_of(note))),
              })
            end
          end
        end
      end
    end
    attribute("credit", invoiced, function(note) return as_of == nil or as_of > day(back_on(note)) + p.credit_days end,
      function(line) return line.unit_price end)
    attribute("cost", carried, function(note)
      return (as_of == nil or as_of > period_end(period_of(back_on(note)))) and not has_red_revenue(note)
    end, function(line) return line.product and line.product.standard_cost end)
    return found
  end,
}

control "RET-10" {
  title      = { en = "Storekeeper did not receive the returned goods, or only after the credit", zh = "库管未办理退货入库" },
  risk       = { en = "A customer is credited for goods that never came back.", zh = "实物未退回即冲减货款，货物流失。" },
  tests      = {
    en = "For each red issue slip: a storekeeper must have received the goods before the red invoice was issued, within some days, and the stock ledger must show their receipt.",
    zh = "红字出库单须由库管在红字发票开具之前、规定天数之内办理实物入库，且库存台账有相应入库记录。",
  },
  source     = { "004-8.6" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "stock_issue",
  shape      = "sequence",
  applies    = function(slip) return is_red(slip) and is_live(slip) and not is_reversal(slip) and slip.prepared_at ~= nil end,
  parameters = { days = { 7, origin = "default", note = "days after the slip within which the goods are expected" } },
  amount_kind = "transaction",
  terms      = {
    missing       = { en = "is missing", zh = "缺失" },
    ["too early"] = { en = "came before the goods", zh = "先于实物退回" },
    ["wrong role"] = { en = "was not by a storekeeper", zh = "非库管办理" },
    ["no movement"] = { en = "is not in the stock ledger", zh = "未登记库存台账" },
    none          = { en = "not yet", zh = "尚未" },
  },
  message    = step_message(),
  follow_up  = {
    en = "Count the goods with the storekeeper; where they are not there, the credit is withdrawn.",
    zh = "会同库管盘点实物；实物未退回的撤销冲账。",
  },

  test = function(slip, p)
    local note = slip.delivery
    local invoices = note and filter(invoices_of(note), function(invoice) return is_red(invoice) and not is_direct(invoice) end) or {}
    local received = process_steps("return_of_goods", { stock_issue = slip }, { "goods received" })[1]
    local prepared = step("stock_issue", slip, "prepared_at", "prepared_by")
    local credited = step("invoice", first_done(invoices, "issued_on"), "issued_on", "issued_by")
    local faults = {}
    -- an invoice before the slip itself is a chain out of order, another control's
    if not (credited.at and prepared.at and credited.at < prepared.at) then faults = order_faults { received, credited } end
    if #faults == 0 and not received.at then faults = deadline_faults(received, prepared, p.days) end
    if #faults == 0 and received.at then
      local is_booked = not imported "stock_movement" or any(slip.movements, function(movement) return (movement.quantity or 0) > 0 end)
      if not is_booked then faults = { { fault = "no movement", step = received, other = prepared } }
      else faults = actor_faults(received) end
    end
    return step_exception(faults, { amount = function() return worth_of_slip(slip) end, evidence = evidence(note) })
  end,
}

control "RET-11" {
  title      = { en = "Exchange without equal replacement", zh = "换货补发不符" },
  risk       = { en = "Under the name of an exchange other goods, or more, leave without an invoice, or the customer waits for the replacement.", zh = "以换货名义多发、错发货物而不开票，或长期不补发。" },
  tests      = {
    en = "What was sent for an exchange is compared, per product, with what came back; a difference must have been invoiced. Where less was sent it is reported once the limit has passed.",
    zh = "按产品将换货补发的数量与退回数量比较；有差异的须已按差价开票；少发的超过期限后列示。",
  },
  source     = { "004-8.6" },
  severity   = "medium",
  profile    = { "factory", "general" },
  population = "return_request",
  shape      = "matching",
  scope      = "open",
  applies    = function(request)
    return request.kind == "exchange" and is_counted(request) and any(notes_of(request), function(note) return back_on(note) ~= nil end)
  end,
  parameters = {
    days = { 30, origin = "default", note = "days after the goods came back within which the replacement is sent" },
    tolerance = { decimal "0.01", origin = "default", note = "between the difference in value and what was invoiced" },
  },
  amount_kind = "exposure",
  terms      = {
    ["not sent"]  = { en = "the replacement was not sent", zh = "未补发" },
    ["too little"] = { en = "less was sent than came back", zh = "少补" },
    ["too much"]  = { en = "more was sent than came back", zh = "多补" },
    other         = { en = "other goods were sent, and the difference not invoiced", zh = "补发其他货物，差价未开票" },
  },
  message    = {
    en = "{fault}: {returned} came back by {back_on}, {sent} sent; difference in value {difference}, invoiced {invoiced}",
    zh = "{fault}：{back_on} 退回 {returned}，补发 {sent}；价值差额 {difference}，已开票 {invoiced}",
  },
  follow_up  = {
    en = "Ask the customer what arrived; send the rest, or invoice what was sent beyond the exchange.",
    zh = "向客户核实收到的货物；补发不足部分，或对多发部分补开发票。",
  },

  test = function(request, p)
    local notes = notes_of(request)
    local sent = filter(request.deliveries, function(delivery) return delivery.kind ~= "return" and is_live(delivery) end)
    local function lines_of(deliveries)
      local lines = {}
      for delivery in each(deliveries) do append(lines, filter(delivery.lines, is_goods)) end
      return lines
    end
    local back, replaced = lines_of(notes), lines_of(sent)
    local pairs_found = side_by_side(replaced, back, "product_id", "quantity", "product_id", function(line) return abs(line.quantity or 0) end)
    local unequal = filter(pairs_found, function(pair) return pair.difference ~= 0 end)
    if #unequal == 0 then return end
    local came = latest_of(map(notes, back_on))
    local is_short = all(unequal, function(pair) return pair.difference < 0 end)
    if is_short and as_of and as_of <= day(came) + p.days then return end
    local worth_sent, worth_back = worth_of(replaced), worth_of(back)
    if not worth_back or #replaced > 0 and not worth_sent then return untestable { en = "no price of what came back or was sent", zh = "退回或补发货物无价格" } end
    local gap = (worth_sent or 0) - worth_back
    local invoiced = 0
    for delivery in each(append(append({}, sent), notes)) do
      for line in each(delivery.invoice_lines) do
        if line.invoice and is_live(line.invoice) then
          local worth = worth_of_line(line) or filled(line, "net_amount")
          invoiced = invoiced + (line.quantity < 0 and -worth or worth)
        end
      end
    end
    if agree_within(gap, invoiced, p.tolerance) then return end
    local is_over = all(unequal, function(pair) return pair.difference > 0 end)
    return exception {
      amount     = abs(gap - invoiced),
      fault      = #replaced == 0 and "not sent" or is_short and "too little" or is_over and "too much" or "other",
      returned   = sum(back, size_of),
      sent       = sum(replaced, "quantity"),
      back_on    = day(came),
      difference = gap,
      invoiced   = invoiced,
      evidence   = evidence(notes, sent),
    }
  end,
}

control "RET-12" {
  title      = { en = "Abnormal return rate by customer, salesperson or product", zh = "退货率异常" },
  risk       = { en = "Sales were pushed on customers, or not real, or a product is bad.", zh = "压货、虚假销售或产品质量问题以退货形式暴露。" },
  tests      = {
    en = "Per customer, salesperson and product: goods that came back in the period against goods delivered in it; and goods of the period that came back after it.",
    zh = "按客户、销售员、产品将当期退货额与发货额比较，并列示当期发货、期后退回的比例。",
  },
  source     = { "001-I.4.3" },
  severity   = "low",
  profile    = { "archive", "general" },
  population = { "customer", "employee", "product" },
  shape      = "aggregate",
  parameters = {
    limit_pct = { decimal "5", origin = "default", note = "returns in percent of deliveries" },
    min_lines = { 5, origin = "default", note = "delivered lines in the period; fewer make no rate" },
  },
  amount_kind = "exposure",
  terms      = {
    rate  = { en = "returns of the period", zh = "当期退货" },
    after = { en = "returns after the period", zh = "期后退货" },
  },
  message    = {
    en = "{fault}: {returned} of {delivered}, {rate} %",
    zh = "{fault}：退货 {returned}，发货 {delivered}，退货率 {rate}%",
  },
  follow_up  = {
    en = "Look at the reasons that the customers gave, and at when the goods had been ordered; returns soon after a period end are a question of cut-off.",
    zh = "查看退货原因和原订货时间；期末后集中退回的，关注收入截止与压货。",
  },

  test = function(master, p)
    select_currency(company_currency)
    local delivered, returned, after, lines = 0, 0, 0, 0
    for line in each(traded_lines(master)) do
      local delivery = line.delivery
      local moment = delivery and is_live(delivery) and delivery.delivery_date
      local worth = moment and (worth_of_line(line) or filled(line, "unit_price"))
      local value = worth and convert(worth, currency_of(line), company_currency, moment) or 0
      if not moment then -- without a date it belongs nowhere
      elseif delivery.kind ~= "return" then
        if in_period(moment) then delivered, lines = delivered + value, lines + 1 end
      elseif in_period(moment) then
        returned = returned + value
      else
        local origin = origin_of(delivery)
        if origin and in_period(origin.delivery_date) then after = after + value end
      end
    end
    if lines < p.min_lines or delivered == 0 then return end
    local found = {}
    local function judge(fault, value)
      if value <= percent(delivered, p.limit_pct) then return end
      table.insert(found, exception {
        label = fault, amount = value, fault = fault, returned = value, delivered = delivered, rate = div(value * 100, delivered, 1),
      })
    end
    judge("rate", returned)
    judge("after", after)
    if #found == 0 then must_see("delivery", as_of, "returns") end
    return found
  end,
}

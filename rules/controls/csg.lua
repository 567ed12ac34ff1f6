-- SPDX-License-Identifier: MIT
-- CSG: goods sold through consignees. They become revenue when the consignee's list of sales comes; what was
-- settled is invoiced; what was not is still ours.

-- The settlement on which revenue rests: its own, else its invoice's.
local function settlement_of(entry)
  return entry.settlement or entry.invoice and entry.invoice.settlement or nil
end

-- Whether revenue is of consigned goods.
local function is_of_consignment(entry)
  if entry.settlement_id then return true end
  local delivery = entry.delivery
  if delivery and is_consigned(delivery) then return true end
  local invoice = entry.invoice
  if not invoice then return false end
  return invoice.settlement_id ~= nil or #consigned_on(invoice) > 0
end

-- Whether a settlement takes back what was settled: then there is no list of sales.
local function is_taken_back(settlement)
  if settlement.amount ~= nil then return settlement.amount < 0 end
  return sum(settlement.lines, "quantity") < 0
end

-- Whether an invoice is of consigned goods.
local function charges_consigned(invoice)
  if invoice.settlement_id or #consigned_on(invoice) > 0 then return true end
  local order = invoice.order
  return order and is_consignment(order) or false
end

-- The deliveries of consigned goods whose cost an entry carries.
local function consigned_costed(cost)
  local slip = cost.issue
  local delivery = slip and slip.delivery
  if delivery then return is_consigned(delivery) and { delivery } or {} end
  local invoice = cost.invoice
  return invoice and consigned_on(invoice) or {}
end

-- Whether the voucher of an issue took the goods to the account of consigned goods by a day.
local function booked_as_consigned(slip, moment)
  return any(lookup("voucher_source", { source_kind = "stock_issue", source_id = slip.issue_id }), function(source)
    local voucher = source.voucher
    return voucher ~= nil and is_live(voucher) and done_by(voucher.posted_on, moment)
      and debited(voucher, { "goods_on_consignment" }) > 0
  end)
end

-- The company of a line of consigned goods, or of a balance.
local function owner_of(row)
  local kind = table_of(row)
  if kind == "control_balance" then return company_named(row) end
  return company_named(kind == "delivery_line" and row.delivery or row.settlement)
end

-- What the goods of a line cost when they were issued: their share of what the stock ledger says of their product, whatever the
-- costs at which it left; else the standard cost.
local function cost_of_goods(line)
  local source = table_of(line) == "delivery_line" and line or line.delivery_line or line
  local delivery = table_of(source) == "delivery_line" and drawn_on(source) or source.delivery
  local pieces, cost = 0, 0
  for slip in each(delivery and slips_of(delivery) or {}) do
    for movement in each(imported "stock_movement" and slip.movements or {}) do
      if movement.product_id == source.product_id and movement.unit_cost and movement.quantity then
        pieces = pieces - movement.quantity
        cost = cost - movement.quantity * movement.unit_cost
      end
    end
  end
  if pieces ~= 0 then return share_of(cost, line.quantity, pieces) end
  local product = source.product
  if not product or not product.standard_cost then untestable { en = "no cost of {product}", zh = "{product} 无成本", product = source.product_id or "?" } end
  return line.quantity * product.standard_cost
end

control "CSG-01" {
  title      = { en = "Consignment revenue recognised on shipment", zh = "委托代销发货即确认收入" },
  risk       = { en = "Goods that are still ours are shown as sold.", zh = "商品所有权未转移即确认收入，虚增业绩。" },
  tests      = {
    en = "Revenue of consigned goods must rest on a settlement, and not be earlier than the consignee's list of sales.",
    zh = "委托代销商品的收入须有结算单支持，且确认日不得早于受托方代销清单日期。",
  },
  source     = { "000O" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = "revenue_entry",
  shape      = "sequence",
  applies    = function(entry) return is_recognition(entry) and not is_undone(entry) and is_of_consignment(entry) end,
  amount_kind = "misstatement",
  terms      = {
    ["no settlement"]   = { en = "no settlement", zh = "无结算单" },
    ["before the list"] = { en = "before the consignee's list", zh = "早于代销清单" },
    none                = { en = "none", zh = "无" },
  },
  message    = {
    en = "{fault}: recognised on {recognised_on}, list of {list_on}",
    zh = "{fault}：{recognised_on} 确认收入，代销清单日期 {list_on}",
  },
  follow_up  = {
    en = "Reverse the revenue until the consignee's list is there; ask what the consignee has sold.",
    zh = "取得代销清单前冲回收入；向受托方函证实际销售情况。",
  },

  test = function(entry)
    local settlement = settlement_of(entry)
    local fault = "no settlement"
    if settlement and is_live(settlement) then
      local listed = settlement.consignee_list_on
      if not listed then return end -- without a list it is the settlement's fault
      if entry.recognised_on >= listed then return same_day_note(listed, entry.recognised_on) end
      fault = "before the list"
    end
    return exception {
      amount = standing_amount(entry), fault = fault, recognised_on = entry.recognised_on,
      list_on = settlement and settlement.consignee_list_on or "none", evidence = evidence(settlement, entry.delivery, entry.invoice),
    }
  end,
}

control "CSG-02" {
  title      = { en = "Settlement without the consignee's sales list", zh = "无代销清单结算" },
  risk       = { en = "Sales are settled that the consignee never reported, or twice.", zh = "无代销清单或重复使用清单结算，虚增收入。" },
  tests      = {
    en = "Each settlement must name the consignee's list and its date, not be earlier than it, and no other settlement of the consignee may name the same list.",
    zh = "结算单须填写代销清单号和日期，结算日不得早于清单日，同一受托方的同一清单只能结算一次。",
  },
  source     = { "000O" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = "consignment_settlement",
  shape      = "required fields",
  applies    = function(settlement) return is_live(settlement) and not is_reversal(settlement) and not is_taken_back(settlement) end,
  amount_kind = "misstatement",
  terms      = {
    ["no number"] = { en = "no list", zh = "无清单号" },
    ["no date"]   = { en = "a list without date", zh = "清单无日期" },
    ["too early"] = { en = "settled before the list", zh = "先于清单结算" },
    duplicate     = { en = "the list was settled already", zh = "清单已结算" },
    none          = { en = "none", zh = "无" },
  },
  message    = {
    en = "{fault}: settled on {settled_on}; list: {list}, its date: {list_on}, settled before by: {earlier}",
    zh = "{fault}：结算日 {settled_on}；清单号：{list}，清单日期：{list_on}，在先结算单：{earlier}",
  },
  follow_up  = { en = "Obtain the list from the consignee; withdraw what it does not show.", zh = "向受托方索取代销清单，撤销清单未列的结算。" },

  test = function(settlement)
    local number, listed, settled = settlement.consignee_list_no, settlement.consignee_list_on, settlement.settled_on
    local fault, earlier
    if is_blank(number) then fault = "no number"
    elseif not listed then fault = "no date"
    elseif not settled then return untestable { en = "no date of the settlement: consignment_settlement.settled_on is empty", zh = "无结算日期：consignment_settlement.settled_on 为空" }
    elseif settled < listed then fault = "too early"
    else
      earlier = first(lookup("consignment_settlement", { customer_id = settlement.customer_id, consignee_list_no = number }), function(other)
        if other == settlement or not is_live(other) or is_reversal(other) or is_taken_back(other) or not other.settled_on then return false end
        return other.settled_on < settled or day(other.settled_on) == day(settled) and other.settlement_id < settlement.settlement_id
      end)
      fault = earlier and "duplicate"
    end
    if not fault then return same_day_note(listed, settled) end
    return exception {
      amount = settlement.amount, fault = fault, list = is_blank(number) and "none" or number, list_on = listed or "none",
      settled_on = settled or "none", earlier = earlier and earlier.settlement_id or "none", evidence = evidence(earlier),
    }
  end,
}

control "CSG-03" {
  title      = { en = "Settled quantity exceeds what was consigned less what came back", zh = "结算数量超出委托代销余量" },
  risk       = { en = "Sales are settled of goods that the consignee never had.", zh = "结算数量超过受托方实有商品，虚构代销收入。" },
  tests      = {
    en = "Per consigned delivery and product, settlements are added up in the order of their days and compared with what was delivered less what had come back by then. A settlement must name a consignment delivery.",
    zh = "按委托代销发货单和产品，依日期累计结算数量，与发货数量减去已退数量比较；结算单须参照委托代销发货单。",
  },
  source     = { "000O 注3(1)" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = "consignment_settlement_line",
  shape      = "balance",
  scope      = "all",
  applies    = is_consigned_line,
  group      = function(line)
    if not line.delivery_id then return { "line", line.settlement_id, line.line_no } end
    local delivered = find(line, "delivery_line")
    return { line.delivery_id, line.product_id or delivered and delivered.product_id or "-" }
  end,
  parameters = { tolerance = { decimal "0", origin = "policy", note = "settled = delivered - returned at most" } },
  amount_kind = "misstatement",
  terms      = {
    ["too much"]    = { en = "more than the consignee had", zh = "超出委托代销余量" },
    ["no delivery"] = { en = "not a delivery of consigned goods", zh = "未参照委托代销发货单" },
  },
  message    = {
    en = "{fault}: {settled} settled by {settled_on}, {available} delivered and not sent back",
    zh = "{fault}：至 {settled_on} 累计结算 {settled}，发货减退货 {available}",
  },
  follow_up  = { en = "Compare the consignee's list with our deliveries; withdraw the excess.", zh = "将代销清单与发货单核对，撤销超出部分。" },

  test = function(lines, p)
    local delivery, found, total = find(lines[1], "delivery"), {}, 0
    local is_known = delivery ~= nil and is_consigned(delivery)
    local product_id = lines[1].product_id or delivery and lines[1].delivery_line and lines[1].delivery_line.product_id
    local delivered, notes = 0, {}
    if is_known and delivery.kind ~= "return" then
      delivered, notes = quantity_of_product(delivery.lines, product_id), notes_against(delivery)
    end
    for line in each(sort(lines, function(one) return { one.settlement.settled_on, one.settlement_id, one.line_no } end)) do
      local on = line.settlement.settled_on
      local returned = 0
      for note in each(notes) do
        if done_by(note.delivery_date, on) then returned = returned - quantity_of_product(note.lines, product_id) end
      end
      local limit = delivered - returned
      total = total + line.quantity
      local over = min(line.quantity, total - limit)
      if over > p.tolerance and line.quantity > 0 and in_period(on) then
        table.insert(found, exception {
          row = line, amount = line.unit_price and over * line.unit_price, fault = is_known and "too much" or "no delivery",
          settled = total, settled_on = on, available = limit, evidence = evidence(delivery, notes),
        })
      elseif over > 0 then
        quantity_within(over, p.tolerance, { row = line })
      end
    end
    return found
  end,
}

control "CSG-04" {
  title      = { en = "Consignment sold in direct-invoice mode", zh = "委托代销开票直接发货" },
  risk       = { en = "Goods are invoiced that the consignee has not even received.", zh = "未发货先开票，提前确认代销收入。" },
  tests      = {
    en = "An invoice of consigned goods must not be of the direct-invoice mode, nor earlier than the delivery of the goods.",
    zh = "委托代销发票不得采用开票直接发货模式，开票日不得早于发货日。",
  },
  source     = { "000O 注2" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = "invoice",
  shape      = "sequence",
  applies    = function(invoice) return is_live(invoice) and not is_red(invoice) and charges_consigned(invoice) end,
  amount_kind = "transaction",
  terms      = {
    direct          = { en = "direct invoice", zh = "开票直接发货" },
    ["before delivery"] = { en = "invoiced before the delivery", zh = "先开票后发货" },
    none            = { en = "none", zh = "无" },
  },
  message    = { en = "{fault}: issued on {issued_on}, delivered on {delivered_on}", zh = "{fault}：{issued_on} 开票，{delivered_on} 发货" },
  follow_up  = { en = "Reverse the invoice; invoice again on the consignee's list.", zh = "冲回发票，待取得代销清单后再开票。" },

  test = function(invoice)
    local deliveries = filter(consigned_on(invoice), function(delivery) return delivery.kind ~= "return" end)
    local delivered = latest_of(map(deliveries, "delivery_date"))
    local fault
    if invoice.mode == "direct" then fault = "direct"
    elseif delivered and invoice.issued_on < delivered then fault = "before delivery"
    end
    if not fault then return delivered and same_day_note(delivered, invoice.issued_on) end
    return exception {
      amount = invoice.gross_amount, fault = fault, issued_on = invoice.issued_on or "none", delivered_on = delivered or "none",
      evidence = evidence(deliveries, invoice.settlement),
    }
  end,
}

control "CSG-05" {
  title      = { en = "Consignment documents without the enabled option, or of the wrong business type", zh = "未启用委托代销/业务类型错误" },
  risk       = { en = "Consigned goods are handled as sold, or ordinary sales as consigned.", zh = "业务类型错误，代销商品与普通销售混淆，收入和存货错报。" },
  tests      = {
    en = "Orders and deliveries of the consignment type need the system's option in force on their day; the types of an order, its deliveries and their returns must agree.",
    zh = "委托代销订单、发货单当日须已启用委托代销选项；订单、发货单、退货单的业务类型应一致。",
  },
  source     = { "000O 注1", "000O 2" },
  severity   = "medium",
  profile    = { "consignment", "general" },
  population = { "sales_order", "delivery" },
  shape      = "as-of",
  applies    = function(document)
    if not is_live(document) then return false end
    if table_of(document) == "sales_order" then return is_consignment(document) end
    local order = document.order
    local origin = document.kind == "return" and origin_of(document)
    return is_consignment(document) or order and is_consignment(order) or origin and is_consignment(origin) or false
  end,
  amount_kind = "transaction",
  terms      = {
    ["not enabled"] = { en = "consignment was not enabled", zh = "未启用委托代销" },
    ["wrong type"]  = { en = "business types differ", zh = "业务类型不一致" },
    normal          = { en = "ordinary sale", zh = "普通销售" },
    consignment     = { en = "consignment", zh = "委托代销" },
    direct_invoice  = { en = "direct invoice", zh = "开票直接发货" },
    ["true"]        = { en = "on", zh = "启用" },
    ["false"]       = { en = "off", zh = "停用" },
    none            = { en = "none", zh = "无" },
  },
  message    = { en = "{fault}: {found}; expected {expected}", zh = "{fault}：{found}，应为 {expected}" },
  follow_up  = { en = "Ask who chose the type; correct the documents before revenue is recognised.", zh = "查明业务类型由谁选定，在确认收入前更正单据。" },

  test = function(document)
    local is_order = table_of(document) == "sales_order"
    local function report(fault, found, expected, other)
      return exception {
        amount = is_order and document.amount or not is_order and worth_of(document.lines) or nil,
        fault = fault, found = found, expected = expected, evidence = evidence(other),
      }
    end
    local order = not is_order and document.order or nil
    local origin = not is_order and document.kind == "return" and origin_of(document) or nil
    local other = origin or order
    if other and is_consignment(other) ~= is_consignment(document) then
      return report("wrong type", document.business_type or "none", other.business_type or "none", other)
    end
    if origin or not is_order and document.kind == "return" or order then return end -- the first document of the chain is judged
    local moment = document[is_order and "order_date" or "delivery_date"]
    if not lookup_one("system_option", { option_key = "consignment_enabled" }) then return untestable { en = "the option consignment_enabled is not recorded", zh = "未记录选项 consignment_enabled" } end
    local value = option_on("consignment_enabled", moment)
    if value == "true" or value == "1" or value == "yes" then return end
    return report("not enabled", value or "none", "true")
  end,
}

control "CSG-06" {
  title      = { en = "Consignment delivery without agreement in force", zh = "无委托代销协议发货" },
  risk       = { en = "Goods are with somebody who has not agreed to account for them.", zh = "无有效协议即委托代销发货，货款和商品安全无保障。" },
  tests      = {
    en = "Each delivery of consigned goods must name an agreement of that consignee which was in force on the day of the delivery.",
    zh = "委托代销发货单须注明该受托方在发货日有效的委托代销协议。",
  },
  source     = { "000O 3" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = "delivery",
  shape      = "as-of",
  applies    = function(delivery) return delivery.kind ~= "return" and is_live(delivery) and is_consignment(delivery) end,
  amount_kind = "exposure",
  terms      = {
    none        = { en = "none", zh = "无" },
    ["no agreement"] = { en = "no agreement", zh = "无协议" },
    ["not named"] = { en = "an agreement was in force, but is not named", zh = "有有效协议但未注明" },
    ["other consignee"] = { en = "an agreement with another consignee", zh = "协议属其他受托方" },
    ["not in force"] = { en = "an agreement not in force", zh = "协议不在有效期" },
  },
  message    = {
    en = "{fault}: agreement {agreement}, {from} to {to}; delivered on {delivered_on}",
    zh = "{fault}：协议 {agreement}（{from} 至 {to}），{delivered_on} 发货",
  },
  follow_up  = {
    en = "Obtain the agreement, have it renewed, or call the goods back; confirm with the consignee what it holds.",
    zh = "取得或续签协议，否则收回商品；向受托方函证结存。",
  },

  test = function(delivery)
    local delivered = delivery.delivery_date
    local named = find(delivery, "agreement")
    local fault, severity
    if not named then
      local agreement = delivery.customer_id and in_force("consignment_agreement", delivered, { customer_id = delivery.customer_id })
      fault, severity, named = agreement and "not named" or "no agreement", agreement and "low" or nil, agreement or nil
    elseif named.customer_id and delivery.customer_id and named.customer_id ~= delivery.customer_id then fault = "other consignee"
    elseif not in_window(delivered, named.valid_from, named.valid_to) then fault = "not in force"
    end
    if not fault then return end
    return exception {
      amount = worth_of(delivery.lines), severity = severity, fault = fault, agreement = named and named.agreement_id or delivery.agreement_id or "none",
      from = named and named.valid_from or "none", to = named and named.valid_to or "none", delivered_on = delivered, evidence = evidence(named),
    }
  end,
}

control "CSG-07" {
  title      = { en = "Goods set aside or issued before the consignment delivery was audited", zh = "发货单未审核即备货出库" },
  risk       = { en = "Goods leave for a consignee without anybody having decided so.", zh = "委托代销发货单未经审核即出库，商品失控。" },
  tests      = {
    en = "The consignment delivery must have been approved before its issue slip was prepared and the goods issued; a slip for a consignment order must name its delivery.",
    zh = "委托代销发货单须在开具出库单、发出商品之前审核；委托代销订单的出库单须参照发货单。",
  },
  source     = { "000O 3" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = "stock_issue",
  shape      = "sequence",
  applies    = function(slip)
    if is_red(slip) or not is_live(slip) or is_reversal(slip) then return false end
    local delivery = slip.delivery
    if delivery then return delivery.kind ~= "return" and is_consignment(delivery) end
    local request = slip.request
    local order = request and request.order
    return order and is_consignment(order) or false
  end,
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = { en = "Ask the storekeeper on whose word the goods were set aside; have the delivery approved.", zh = "询问库管依据何人通知备货，补办发货单审核。" },

  test = function(slip)
    local delivery = slip.delivery or nil
    local steps = process_steps("consignment", { delivery = delivery, stock_issue = slip }, { "delivery approved", "goods issued" })
    local prepared = step("stock_issue", slip, "prepared_at", "prepared_by")
    if delivery then first_taken(steps[1]) end
    if prepared.at and not (steps[2].at and steps[2].at < prepared.at) then steps[2] = prepared end
    local faults
    if delivery then faults = order_faults(steps)
    else faults = { { fault = "missing", step = { name = "stock_issue.delivery_id", row = slip }, other = steps[2] } } end
    return step_exception(faults, { amount = function() return delivery and worth_of(delivery.lines) or worth_of_slip(slip) end, evidence = evidence(delivery) })
  end,
}

control "CSG-08" {
  title      = { en = "Reviewed settlement not matched by exactly one invoice", zh = "结算单审核与发票不对应" },
  risk       = { en = "Settled sales are not invoiced, twice, at another amount, or before they were reviewed.", zh = "已审核结算未开票、重复开票、金额不符或未审核先开票。" },
  tests      = {
    en = "Each reviewed settlement must have exactly one invoice, of its amount; an invoice must not be earlier than the review of its settlement.",
    zh = "每张已审核的结算单须有且仅有一张金额相同的发票；发票不得早于结算单审核。",
  },
  source     = { "000O 6" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = { "consignment_settlement", "invoice" },
  shape      = "matching",
  scope      = "all",
  applies    = function(row)
    if not is_live(row) then return false end
    if table_of(row) == "invoice" then return row.settlement_id ~= nil and in_period(row.issued_on) end
    return row.reviewed_at ~= nil and has_happened(row.reviewed_at) and in_period(row.reviewed_at)
  end,
  parameters = {
    tolerance    = { decimal "0.01", origin = "default" },
    tax_included = { true, origin = "default", note = "settlement amounts are with tax" },
  },
  amount_kind = "misstatement",
  terms      = {
    none        = { en = "none", zh = "无" },
    ["no invoice"] = { en = "no invoice", zh = "无发票" },
    several     = { en = "several invoices", zh = "多张发票" },
    ["another amount"] = { en = "another amount", zh = "金额不符" },
    ["not reviewed"] = { en = "settlement not reviewed", zh = "结算单未审核" },
    ["before the review"] = { en = "invoiced before the settlement was reviewed", zh = "先开票后审核" },
    ["no settlement"] = { en = "a settlement that is not there, or void", zh = "结算单不存在或已作废" },
  },
  message    = { en = "{fault}: settlement {expected}, invoice {found}", zh = "{fault}：结算单 {expected}，发票 {found}" },
  follow_up  = { en = "Have the invoice made from the settlement, or the surplus one reversed.", zh = "由结算单生成发票，或冲回多开的发票。" },

  test = function(row, p)
    local field = p.tax_included and "gross_amount" or "net_amount"
    local function report(fault, amount, found, expected, other)
      return exception { amount = amount, fault = fault, found = found, expected = expected, evidence = evidence(other) }
    end
    if table_of(row) == "invoice" then
      local settlement = find(row, "settlement")
      local function amount() return row[field] and abs(row[field]) end
      if not settlement or not is_live(settlement) then return report("no settlement", amount, row.issued_on, row.settlement_id, settlement) end
      if not settlement.reviewed_at or not has_happened(settlement.reviewed_at) then return report("not reviewed", amount, row.issued_on, "none", settlement) end
      if row.issued_on < settlement.reviewed_at then return report("before the review", amount, row.issued_on, settlement.reviewed_at, settlement) end
      return same_day_note(settlement.reviewed_at, row.issued_on, { by = settlement.reviewed_by })
    end
    local invoices = filter(row.invoices, is_live)
    if row.amount == nil then return untestable { en = "no amount of the settlement", zh = "无结算金额" } end
    local invoiced = sum(invoices, field)
    local fault = match_fault(invoices)
    if fault == "none" then return report("no invoice", abs(row.amount), "none", row.amount) end
    if fault then return report("several", abs(invoiced - row.amount), invoiced, row.amount, invoices) end
    if agree_within(invoiced, row.amount, p.tolerance) then return end
    return report("another amount", abs(invoiced - row.amount), invoiced, row.amount, invoices)
  end,
}

control "CSG-09" {
  title      = { en = "Consignment cost posted by the wrong costing method", zh = "委托代销成本核算方式不符" },
  risk       = { en = "Consigned goods vanish from the books before they are sold, or stay in them afterwards.", zh = "成本核算方式与系统设置不符，发出商品和主营业务成本错报。" },
  tests      = {
    en = "The costing method of each cost of consigned goods is compared with the system's option on its day, issued goods by default; by that method its voucher must relieve the account of goods on consignment, to which the issue had taken them.",
    zh = "将委托代销成本的核算方式与当日系统选项（默认发出商品）比较；按发出商品核算的，成本凭证应贷记发出商品，且出库时已转入发出商品。",
  },
  source     = { "000O 7" },
  severity   = "medium",
  profile    = { "consignment", "general" },
  population = "cost_entry",
  shape      = "as-of",
  applies    = function(cost) return cost.amount ~= nil and #consigned_costed(cost) > 0 end,
  parameters = {
    method = { "issued_goods", origin = "policy", note = "where the option consignment_costing is not set: issued_goods or sales_invoice" },
  },
  amount_kind = "misstatement",
  terms      = {
    method          = { en = "another method", zh = "核算方式不符" },
    account         = { en = "the voucher does not relieve goods on consignment", zh = "凭证未冲减发出商品" },
    ["not booked"]  = { en = "the issue was not taken to goods on consignment", zh = "出库未转入发出商品" },
    issued_goods    = { en = "issued goods", zh = "发出商品" },
    sales_invoice   = { en = "sales invoice", zh = "销售发票" },
    stock_issue     = { en = "stock issue", zh = "销售出库单" },
  },
  message    = { en = "{fault}: {found}; set: {expected}", zh = "{fault}：{found}；设置为 {expected}" },
  follow_up  = { en = "Correct the entry; check who changed the option, and when.", zh = "更正成本分录；检查选项由谁何时更改。" },

  test = function(cost, p)
    if not cost.basis then return untestable { en = "no costing method", zh = "无成本核算方式" } end
    if not cost.posted_on then return untestable { en = "no date of the cost: cost_entry.posted_on is empty", zh = "无成本入账日期：cost_entry.posted_on 为空" } end
    local expected = consignment_costing(cost.posted_on, p.method)
    local function report(fault, evidence_rows)
      return exception { amount = abs(cost.amount), fault = fault, found = cost.basis, expected = expected, evidence = evidence(evidence_rows, cost.issue) }
    end
    if cost.basis ~= expected then return report("method", consigned_costed(cost)) end
    if expected ~= "issued_goods" or not imported "voucher_line" then return end
    local vouchers = map(vouchers_of(cost, "cost", cost.cost_id), "voucher")
    local relieves = any(vouchers, function(voucher) return #posted_on(voucher, { "goods_on_consignment" }) > 0 end)
    if #vouchers > 0 and not relieves then return report("account", vouchers) end
    local slip = cost.issue
    local is_first = slip and cost.amount > 0 and sort(slip.cost_entries, function(other) return { other.posted_on, other.cost_id } end)[1] == cost
    if is_first and exists("voucher_source", { source_kind = "stock_issue" }) and not booked_as_consigned(slip, cost.posted_on) then
      return report("not booked", vouchers)
    end
  end,
}

control "CSG-10" {
  title      = { en = "Return before settlement not based on the consignment delivery, or over the balance", zh = "开票前退货参照错误" },
  risk       = { en = "Goods come back that the consignee no longer had, or the delivery stays open for settlement.", zh = "退货未参照委托代销发货单或超出余量，导致可结算数量错误。" },
  tests      = {
    en = "Per consignee and product, deliveries, returns and settlements are replayed day by day: a return of unsettled goods must name a consignment delivery that still has as much unsettled, or the rest must be settled back.",
    zh = "按受托方和产品逐日重算：退回未结算商品须参照委托代销发货单，且不超过该发货单未结算数量，超出部分须已作负数结算。",
  },
  source     = { "000O 注3(1)" },
  severity   = "medium",
  profile    = { "consignment", "general" },
  population = { "delivery_line", "consignment_settlement_line" },
  shape      = "balance",
  scope      = "all",
  applies    = is_consigned_line,
  group      = consignee_and_product,
  amount_kind = "misstatement",
  terms      = {
    over      = { en = "more than was unsettled", zh = "超出未结算数量" },
    unnamed   = { en = "names no consignment delivery", zh = "未参照委托代销发货单" },
    elsewhere = { en = "names a delivery of other goods", zh = "参照的发货单不符" },
    none      = { en = "none", zh = "无" },
  },
  message    = {
    en = "{fault}: {quantity} came back on {returned_on}, {open} unsettled; delivery {source}",
    zh = "{fault}：{returned_on} 退回 {quantity}，未结算 {open}；参照发货单 {source}",
  },
  follow_up  = { en = "Find the delivery from which the goods came; correct the return note before the next settlement.", zh = "查明商品所属发货单，在下次结算前更正退货单。" },

  test = function(lines)
    local found = {}
    for back in each(consigned_returns(lines)) do
      local line = back.line
      local delivery = line.delivery
      if contains({ "over", "unnamed", "elsewhere" }, back.kind) and in_period(delivery.delivery_date) then
        local quantity = back.kind == "over" and back.quantity - back.open or back.quantity
        local origin = origin_of(delivery)
        table.insert(found, exception {
          row = line, amount = line.unit_price and quantity * line.unit_price, fault = back.kind, quantity = back.quantity, open = back.open,
          returned_on = delivery.delivery_date, source = origin and origin.delivery_id or "none", evidence = evidence(delivery, origin),
        })
      end
    end
    return found
  end,
}

control "CSG-11" {
  title      = { en = "Return after full settlement without negative settlement", zh = "已结算退货无负数结算单" },
  risk       = { en = "Goods are back, but their sale stays in revenue and receivables.", zh = "已结算商品退回而未冲减结算、发票和收入，收入虚增。" },
  tests      = {
    en = "For goods that came back after they had been settled, reviewed negative settlements of the consignee and product are looked for, of the same quantity. Whether they were invoiced in red is CSG-08.",
    zh = "已全部结算后退回的商品，须有同一受托方、同一产品、数量相等且已审核的负数结算单；其红字发票由 CSG-08 检查。",
  },
  source     = { "000O 注3(2)" },
  severity   = "high",
  profile    = { "consignment", "general" },
  population = { "delivery_line", "consignment_settlement_line" },
  shape      = "matching",
  scope      = "open",
  applies    = is_consigned_line,
  group      = consignee_and_product,
  parameters = { days = { 10, origin = "default", note = "days after the return within which the negative settlement is expected" } },
  amount_kind = "misstatement",
  message    = {
    en = "{quantity} came back on {returned_on} after everything was settled; {covered} settled negatively and reviewed",
    zh = "{returned_on} 退回 {quantity}，此前已全部结算；已审核的负数结算 {covered}",
  },
  follow_up  = { en = "Have the negative settlement made and reviewed, and the red invoice issued.", zh = "补制并审核负数结算单，开具红字发票。" },

  test = function(lines, p)
    local left = 0
    for line in each(lines) do
      local settlement = table_of(line) == "consignment_settlement_line" and line.quantity < 0 and line.settlement
      if settlement and settlement.reviewed_at and has_happened(settlement.reviewed_at) then left = left - line.quantity end
    end
    local found = {}
    for back in each(filter(consigned_returns(lines), function(one) return one.kind == "settled" end)) do
      local covered = min(left, back.quantity)
      left = left - covered
      local line, delivery = back.line, back.line.delivery
      local is_due = as_of == nil or as_of > delivery.delivery_date + p.days
      if covered < back.quantity and is_due then
        table.insert(found, exception {
          row = line, amount = line.unit_price and (back.quantity - covered) * line.unit_price, quantity = back.quantity,
          returned_on = delivery.delivery_date, covered = covered, evidence = evidence(delivery, origin_of(delivery)),
        })
      end
    end
    return found
  end,
}

control "CSG-12" {
  title      = { en = "Consigned goods unsettled too long", zh = "委托代销长期未结算" },
  risk       = { en = "Goods were sold without being settled, or will not sell, or are gone.", zh = "商品可能已售未结、滞销或灭失。" },
  tests      = {
    en = "What of each consigned delivery is neither settled nor sent back is reported once it is older than the agreement's settlement period. Settlements and returns that name no delivery take the oldest first.",
    zh = "委托代销发货单未结算且未退回的数量，超过协议结算周期的列示；未指明发货单的结算和退货先抵最早的发货单。",
  },
  source     = { "000O" },
  severity   = "medium",
  profile    = { "consignment", "general" },
  population = "delivery",
  shape      = "ageing",
  scope      = "open",
  applies    = function(delivery) return delivery.kind ~= "return" and is_live(delivery) and is_consignment(delivery) end,
  parameters = { days = { 90, origin = "default", note = "where the agreement names no settlement period" } },
  amount_kind = "exposure",
  message    = {
    en = "{quantity} unsettled for {age} days; settlement every {days} days",
    zh = "{quantity} 件已 {age} 天未结算；结算周期 {days} 天",
  },
  follow_up  = { en = "Confirm with the consignee what it holds; settle what was sold, call back what was not.", zh = "向受托方函证并盘点结存；已售的结算，滞销的收回。" },

  test = function(delivery, p)
    local agreement = delivery.agreement
    local days = agreement and agreement.settlement_days or p.days
    local overdue = days_overdue(delivery.delivery_date + days)
    if overdue == 0 then return end
    local open = filter(unsettled_of(delivery), function(part) return part.quantity > 0 end)
    if #open == 0 then return end
    return exception {
      amount = any(open, function(part) return part.line.unit_price ~= nil end) and sum(open, function(part) return part.quantity * (part.line.unit_price or 0) end) or nil,
      quantity = sum(open, "quantity"), age = overdue + days, days = days, evidence = evidence(agreement or nil, map(open, "line")),
    }
  end,
}

control "CSG-13" {
  title      = { en = "Consigned stock does not agree with the balance of goods on consignment", zh = "发出商品余额不符" },
  risk       = { en = "The balance sheet shows goods that are gone or hides goods that are ours.", zh = "发出商品账实不符，存货错报。" },
  tests      = {
    en = "What was brought forward, delivered, sent back and settled (and reviewed) by the end of the period, at the costs at which it left the stock (else at standard cost), is compared with the balance of the account of goods on consignment.",
    zh = "将期初发出商品加委托发货、减退货和已审核结算的成本（按出库实际成本，无则按标准成本），与发出商品科目期末余额比较。",
  },
  source     = { "000O 7" },
  severity   = "medium",
  profile    = { "consignment", "general" },
  population = { "control_balance", "delivery_line", "consignment_settlement_line" },
  shape      = "reconciliation",
  scope      = "all",
  applies    = function(row)
    if table_of(row) == "control_balance" then return row.account == "goods_on_consignment" and row.balance ~= nil end
    return is_consigned_line(row)
  end,
  group      = owner_of,
  parameters = {
    tolerance = { decimal "0.01", origin = "default" },
    method    = { "issued_goods", origin = "policy", note = "where the option consignment_costing is not set" },
  },
  amount_kind = "misstatement",
  message    = { en = "{period}: consigned stock {stock}, account {balance}", zh = "{period}：委托代销结存 {stock}，发出商品余额 {balance}" },
  follow_up  = { en = "List the consigned stock by consignee and confirm it with them; then look for issues and costs that missed the account.", zh = "编制受托方结存清单并函证，查找未通过发出商品核算的出库和成本。" },

  test = function(rows, p)
    local balances = filter(rows, function(row)
      return table_of(row) == "control_balance" and in_period(period_end(row.period))
        and consignment_costing(period_end(row.period), p.method) == "issued_goods"
    end)
    if #balances == 0 then return end
    select_currency(currency_of(balances[1]) or company_currency)
    local forward = filter(lookup("opening_balance", { account = "goods_on_consignment" }), function(opening)
      return company_of(opening) == owner_of(balances[1])
    end)
    local events = {}
    for row in each(rows) do
      local is_settled = table_of(row) == "consignment_settlement_line"
      if table_of(row) ~= "control_balance" and row.quantity then
        local on = is_settled and row.settlement.reviewed_at or not is_settled and row.delivery.delivery_date
        if not on and not is_settled then untestable { en = "no date of delivery {delivery}: delivery.delivery_date is empty",
          zh = "发货单 {delivery} 无日期：delivery.delivery_date 为空", delivery = row.delivery_id } end
        if on then table.insert(events, { on = day(on), cost = cost_of_goods(row) * (is_settled and -1 or 1) }) end
      end
    end
    local found = {}
    for balance in each(balances) do
      local known = filter(forward, function(opening) return opening.period <= balance.period end)
      local latest_period = #known > 0 and sort(known, "period")[#known].period or nil
      local from = latest_period and period_start(latest_period) or nil
      local last = period_end(balance.period)
      local stock = sum(filter(known, function(opening) return opening.period == latest_period end), "amount")
        + sum(filter(events, function(event) return in_window(event.on, from, last) end), "cost")
      local wrong = difference(stock, balance.balance, p.tolerance, { row = balance })
      if wrong then
        table.insert(found, exception { row = balance, amount = wrong, period = balance.period, stock = stock, balance = balance.balance })
      end
    end
    return found
  end,
}

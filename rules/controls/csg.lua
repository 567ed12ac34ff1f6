-- SPDX-License-Identifier: MIT
-- CSG: goods sold through consignees. They become revenue when the consignee's list of sales comes; what was
-- settled is invoiced; what was not is still ours.

-- Consigned goods, for the cases: 10 pieces of P1 at 100 went to C1 under agreement AG1, 4 were listed and settled and
-- invoiced, all in order. `changes` says what is otherwise in the first row of a table ({}: the table is empty, false: the
-- field is), `more` replaces whole tables.
local function consigned(changes, more)
  local given = {
    customer = { { customer_id = "C1" }, { customer_id = "C2" } },
    product = { { product_id = "P1", standard_cost = "60" }, { product_id = "P2", standard_cost = "60" } },
    system_option = {
      { option_key = "consignment_enabled", option_value = "true", valid_from = "2026-01-01" },
      { option_key = "consignment_costing", option_value = "issued_goods", valid_from = "2026-01-01" },
    },
    consignment_agreement = { { agreement_id = "AG1", customer_id = "C1", valid_from = "2026-01-01", valid_to = "2026-12-31", settlement_days = 30 } },
    sales_order = { { order_id = "SO1", customer_id = "C1", business_type = "consignment", order_date = "2026-10-01", amount = "1130", status = "approved" } },
    delivery = { {
      delivery_id = "D1", kind = "delivery", business_type = "consignment", order_id = "SO1", customer_id = "C1", agreement_id = "AG1",
      delivery_date = "2026-10-05", approved_at = "2026-10-05T10:00:00",
    } },
    delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" } },
    stock_issue = { { issue_id = "SI1", sign = "blue", delivery_id = "D1", prepared_at = "2026-10-05T11:00:00", issued_at = "2026-10-05T15:00:00" } },
    stock_issue_line = { { issue_id = "SI1", line_no = "1", product_id = "P1", quantity = "10" } },
    consignment_settlement = { {
      settlement_id = "ST1", customer_id = "C1", settled_on = "2026-10-20", consignee_list_no = "L1", consignee_list_on = "2026-10-19",
      reviewed_at = "2026-10-20T15:00:00", amount = "452",
    } },
    consignment_settlement_line = { { settlement_id = "ST1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "4", unit_price = "100" } },
    invoice = { {
      invoice_id = "I1", sign = "blue", mode = "after_delivery", customer_id = "C1", settlement_id = "ST1", issued_on = "2026-10-20",
      net_amount = "400", gross_amount = "452",
    } },
    invoice_line = { { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "4", unit_price = "100" } },
    revenue_entry = { {
      revenue_id = "V1", customer_id = "C1", settlement_id = "ST1", invoice_id = "I1", recognised_on = "2026-10-20", period = "2026-10",
      quantity = "4", amount = "400",
    } },
    cost_entry = { { cost_id = "K1", issue_id = "SI1", invoice_id = "I1", product_id = "P1", posted_on = "2026-10-20", period = "2026-10", quantity = "4", amount = "240", basis = "issued_goods" } },
  }
  for name, fields in pairs(changes or {}) do
    if fields[1] then error("more, not changes, replaces " .. name) end
    local is_empty = true
    for field, value in pairs(fields) do
      is_empty = false
      given[name][1][field] = value or nil
    end
    if is_empty then given[name] = {} end
  end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

-- A return of consigned goods R1 for the cases, as rows of delivery and delivery_line beside D1.
local function sent_back(note, line)
  local own = { delivery_id = "R1", kind = "return", business_type = "consignment", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-12" }
  for name, value in pairs(note or {}) do own[name] = value or nil end
  local goods = { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-3", unit_price = "100", net_amount = "-300" }
  for name, value in pairs(line or {}) do goods[name] = value or nil end
  local plain = consigned()
  return { delivery = { plain.delivery[1], own }, delivery_line = { plain.delivery_line[1], goods } }
end

-- The settlement on which revenue rests: its own, else its invoice's.
local function settlement_of(entry)
  if read(entry, "settlement_id") then return entry.settlement end
  local invoice = read(entry, "invoice_id") and entry.invoice
  return invoice and read(invoice, "settlement_id") and invoice.settlement or nil
end

-- Whether revenue is of consigned goods.
local function is_of_consignment(entry)
  if read(entry, "settlement_id") then return true end
  local delivery = read(entry, "delivery_id") and entry.delivery
  if delivery and is_consigned(delivery) then return true end
  local invoice = read(entry, "invoice_id") and entry.invoice
  if not invoice then return false end
  return read(invoice, "settlement_id") ~= nil or #consigned_on(invoice) > 0
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
    if not entry.recognised_on then return untestable "no date of recognition" end
    local settlement = settlement_of(entry)
    local fault = "no settlement"
    if settlement and is_live(settlement) then
      local listed = settlement.consignee_list_on
      if not listed or entry.recognised_on >= listed then return end -- without a list it is the settlement's fault
      fault = "before the list"
    end
    return exception {
      amount = entry.amount, fault = fault, recognised_on = entry.recognised_on,
      list_on = settlement and settlement.consignee_list_on or "none", evidence = evidence(settlement, entry.delivery, entry.invoice),
    }
  end,

  cases = {
    { "with the settlement", given = consigned(), expect = {} },
    { "on the day of the list", given = consigned { revenue_entry = { recognised_on = "2026-10-19" } }, expect = {} },
    { "the day before the list", given = consigned { revenue_entry = { recognised_on = "2026-10-18" } },
      expect = { { key = "V1", amount = "400", fault = "before the list", recognised_on = "2026-10-18", list_on = "2026-10-19" } } },
    { "on shipment", given = consigned { revenue_entry = { settlement_id = false, invoice_id = false, delivery_id = "D1", recognised_on = "2026-10-05" } },
      expect = { { key = "V1", amount = "400", fault = "no settlement", list_on = "none" } } },
    { "with an invoice that names no settlement", given = consigned { revenue_entry = { settlement_id = false }, invoice = { settlement_id = false } },
      expect = { { key = "V1", amount = "400", fault = "no settlement" } } },
    { "with the invoice of a settlement, too early", given = consigned { revenue_entry = { settlement_id = false, recognised_on = "2026-10-18" } },
      expect = { { key = "V1", amount = "400", fault = "before the list" } } },
    { "with a settlement that was made void", given = consigned { consignment_settlement = { status = "void" } },
      expect = { { key = "V1", amount = "400", fault = "no settlement", list_on = "2026-10-19" } } },
    { "a settlement without a list is another control's", given = consigned { consignment_settlement = { consignee_list_on = false } }, expect = {} },
    { "an ordinary sale, by its delivery or by its invoice", expect = {},
      given = consigned({ invoice = { settlement_id = false }, delivery = { business_type = "normal" } }, { revenue_entry = {
        { revenue_id = "V1", delivery_id = "D1", recognised_on = "2026-10-05", period = "2026-10", amount = "1000" },
        { revenue_id = "V2", invoice_id = "I1", recognised_on = "2026-10-05", period = "2026-10", amount = "1000" },
      } }) },
    { "with a settlement and nothing else, too early; an invoice that has a settlement and no lines",
      given = consigned({ invoice_line = {} }, { revenue_entry = {
        { revenue_id = "V1", settlement_id = "ST1", recognised_on = "2026-10-05", period = "2026-10", amount = "1000" },
        { revenue_id = "V2", invoice_id = "I1", recognised_on = "2026-10-05", period = "2026-10", amount = "500" },
      } }),
      expect = { { key = "V1", amount = "1000", fault = "before the list" }, { key = "V2", amount = "500", fault = "before the list" } } },
    { "goods that came back, reversed in the month", expect = {},
      given = consigned({}, { revenue_entry = {
        { revenue_id = "V1", delivery_id = "D1", recognised_on = "2026-10-05", period = "2026-10", amount = "1000" },
        { revenue_id = "V2", delivery_id = "D1", recognised_on = "2026-10-25", period = "2026-10", amount = "-1000", reversal_of = "V1" },
      } }) },
    { "no date", given = consigned { revenue_entry = { recognised_on = false } }, expect = { { key = "V1", untestable = "no date" } } },
  },
}

-- Whether a settlement takes back what was settled: then there is no list of sales.
local function is_taken_back(settlement)
  if settlement.amount ~= nil then return settlement.amount < 0 end
  return sum(rows_of(settlement, "consignment_settlement_line", "lines"), "quantity") < 0
end

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
  evidence_columns = { "consignment_settlement.consignee_list_no", "consignment_settlement.consignee_list_on" },
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
    elseif not settled then return untestable "no date of the settlement"
    elseif settled < listed then fault = "too early"
    else
      earlier = first(lookup("consignment_settlement", { customer_id = settlement.customer_id, consignee_list_no = number }), function(other)
        if other == settlement or not is_live(other) or is_reversal(other) or is_taken_back(other) or not other.settled_on then return false end
        return other.settled_on < settled or day(other.settled_on) == day(settled) and other.settlement_id < settlement.settlement_id
      end)
      fault = earlier and "duplicate"
    end
    if not fault then return end
    return exception {
      amount = settlement.amount, fault = fault, list = is_blank(number) and "none" or number, list_on = listed or "none",
      settled_on = settled or "none", earlier = earlier and earlier.settlement_id or "none", evidence = evidence(earlier),
    }
  end,

  cases = {
    { "settled on the day of the list", given = consigned { consignment_settlement = { consignee_list_on = "2026-10-20" } }, expect = {} },
    { "settled the day before the list", given = consigned { consignment_settlement = { consignee_list_on = "2026-10-21" } },
      expect = { { key = "ST1", amount = "452", fault = "too early", list_on = "2026-10-21", settled_on = "2026-10-20" } } },
    { "no number", given = consigned { consignment_settlement = { consignee_list_no = " " } },
      expect = { { key = "ST1", amount = "452", fault = "no number", list = "none" } } },
    { "no date", given = consigned { consignment_settlement = { consignee_list_on = false } },
      expect = { { key = "ST1", amount = "452", fault = "no date", list = "L1" } } },
    { "one list settled twice: the second, by day and then by number; another consignee's, a void one and one taken back do not count",
      given = consigned({}, { consignment_settlement = {
        { settlement_id = "ST1", customer_id = "C1", settled_on = "2026-10-20", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "452" },
        { settlement_id = "ST2", customer_id = "C1", settled_on = "2026-10-20", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "226" },
        { settlement_id = "ST3", customer_id = "C2", settled_on = "2026-10-25", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "226" },
        { settlement_id = "ST4", customer_id = "C2", settled_on = "2026-10-22", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "226", status = "void" },
        { settlement_id = "ST5", customer_id = "C2", settled_on = "2026-10-23", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "-226" },
        { settlement_id = "ST6", customer_id = "C2", settled_on = "2026-10-23", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "226", reversal_of = "ST4" },
        { settlement_id = "ST0", customer_id = "C1", settled_on = "2026-10-21", consignee_list_no = "L1", consignee_list_on = "2026-10-19", amount = "113" },
      } }),
      expect = { { key = "ST2", amount = "226", fault = "duplicate", earlier = "ST1" }, { key = "ST0", amount = "113", earlier = "ST1" } } },
    { "goods taken back need no list; quantities say so where there is no amount", expect = {},
      given = consigned({ consignment_settlement_line = { quantity = "-4" } }, { consignment_settlement = {
        { settlement_id = "ST1", customer_id = "C1", settled_on = "2026-10-20" }, { settlement_id = "ST2", customer_id = "C1", settled_on = "2026-10-20", amount = "-1" },
      } }) },
    { "lists were not imported", absent = { "consignment_settlement.consignee_list_no" }, given = consigned(), expect = { { key = "ST1", untestable = "consignee_list_no" } } },
  },
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
    return { line.delivery_id, line.product_id or line.delivery_line and line.delivery_line.product_id or "-" }
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
    local delivery, found, total = lines[1].delivery, {}, 0
    local is_known = delivery ~= nil and is_consigned(delivery)
    local product_id = lines[1].product_id or lines[1].delivery_line and lines[1].delivery_line.product_id
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
      end
    end
    return found
  end,

  cases = {
    { "exactly all, in two settlements; one was taken back between", expect = {},
      given = consigned({}, { consignment_settlement_line = {
        { settlement_id = "ST1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "4", unit_price = "100" },
        { settlement_id = "ST1", line_no = "2", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "-1", unit_price = "100" },
        { settlement_id = "ST1", line_no = "3", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "7", unit_price = "100" },
      } }) },
    { "a piece too many with the second; its product is that of the delivery's line",
      given = consigned({}, { consignment_settlement_line = {
        { settlement_id = "ST1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "9", unit_price = "100" },
        { settlement_id = "ST2", line_no = "1", delivery_id = "D1", delivery_line_no = "1", quantity = "2", unit_price = "100" },
      }, consignment_settlement = {
        { settlement_id = "ST1", customer_id = "C1", settled_on = "2026-10-20" }, { settlement_id = "ST2", customer_id = "C1", settled_on = "2026-10-21" },
      } }),
      expect = { { key = "ST2/1", amount = "100", fault = "too much", settled = "11", available = "10" } } },
    { "a piece too many, of a line that names no product", given = consigned { consignment_settlement_line = { quantity = "11", product_id = false } },
      expect = { { key = "ST1/1", amount = "100", settled = "11", available = "10" } } },
    { "seven of ten, three had come back", given = consigned({ consignment_settlement_line = { quantity = "7" } }, sent_back()), expect = {} },
    { "eight of ten, three had come back", given = consigned({ consignment_settlement_line = { quantity = "8" } }, sent_back()),
      expect = { { key = "ST1/1", amount = "100", settled = "8", available = "7" } } },
    { "ten of ten, three came back the day after", given = consigned({ consignment_settlement_line = { quantity = "10" } }, sent_back { delivery_date = "2026-10-21" }), expect = {} },
    { "within the tolerance", given = consigned { consignment_settlement_line = { quantity = "11" } }, parameters = { tolerance = "1" }, expect = {} },
    { "an ordinary delivery", given = consigned { delivery = { business_type = "normal" } },
      expect = { { key = "ST1/1", amount = "400", fault = "no delivery", available = "0" } } },
    { "no delivery at all, twice", given = consigned({}, { consignment_settlement_line = {
        { settlement_id = "ST1", line_no = "1", product_id = "P1", quantity = "4", unit_price = "100" },
        { settlement_id = "ST1", line_no = "2", product_id = "P1", quantity = "1", unit_price = "100" },
        { settlement_id = "ST1", line_no = "3", product_id = "P1", quantity = "-1", unit_price = "100" },
      } }),
      expect = { { key = "ST1/1", amount = "400", fault = "no delivery", settled = "4" }, { key = "ST1/2", amount = "100", settled = "1" } } },
    { "a void settlement", given = consigned { consignment_settlement_line = { quantity = "11" }, consignment_settlement = { status = "void" } }, expect = {} },
    { "too much last month", given = consigned { consignment_settlement_line = { quantity = "11" } }, period = "2026-11", expect = {} },
    { "delivered quantities were not imported", absent = { "delivery_line.quantity" }, given = consigned(), expect = { { key = "D1/P1", untestable = "quantity" } } },
  },
}

-- Whether an invoice is of consigned goods.
local function charges_consigned(invoice)
  if read(invoice, "settlement_id") or #consigned_on(invoice) > 0 then return true end
  local order = read(invoice, "order_id") and invoice.order
  return order and is_consignment(order) or false
end

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
    if not fault then return end
    return exception {
      amount = invoice.gross_amount, fault = fault, issued_on = invoice.issued_on or "none", delivered_on = delivered or "none",
      evidence = evidence(deliveries, invoice.settlement),
    }
  end,

  cases = {
    { "invoiced on the day of the delivery", given = consigned { invoice = { issued_on = "2026-10-05" } }, expect = {} },
    { "invoiced the day before", given = consigned { invoice = { issued_on = "2026-10-04" } },
      expect = { { key = "I1", amount = "452", fault = "before delivery", issued_on = "2026-10-04", delivered_on = "2026-10-05" } } },
    { "the delivery only by the settlement", given = consigned { invoice = { issued_on = "2026-10-04" }, invoice_line = {} },
      expect = { { key = "I1", amount = "452", fault = "before delivery" } } },
    { "direct, with a settlement but no lines, and with lines but no settlement",
      given = consigned({ consignment_settlement_line = {} }, { invoice = {
        { invoice_id = "I1", mode = "direct", issued_on = "2026-10-20", gross_amount = "452" },
        { invoice_id = "I2", mode = "direct", issued_on = "2026-10-20", gross_amount = "113", settlement_id = "ST1" },
      } }),
      expect = { { key = "I1", amount = "452", fault = "direct" }, { key = "I2", amount = "113", fault = "direct", delivered_on = "none" } } },
    { "direct, for an ordinary order", expect = {},
      given = consigned { invoice = { mode = "direct", settlement_id = false, order_id = "SO1" }, invoice_line = {}, sales_order = { business_type = "normal" } } },
    { "direct", given = consigned { invoice = { mode = "direct" } }, expect = { { key = "I1", amount = "452", fault = "direct" } } },
    { "direct, for a consignment order that was not delivered", given = consigned { invoice = { mode = "direct", settlement_id = false, order_id = "SO1" }, invoice_line = {} },
      expect = { { key = "I1", amount = "452", fault = "direct", delivered_on = "none" } } },
    { "direct, an ordinary sale", given = consigned { invoice = { mode = "direct", settlement_id = false }, delivery = { business_type = "normal" } }, expect = {} },
    { "a red invoice, a void one", expect = {}, given = consigned({}, { invoice = {
        { invoice_id = "I1", sign = "red", mode = "direct", settlement_id = "ST1", issued_on = "2026-10-20" },
        { invoice_id = "I2", sign = "blue", mode = "direct", settlement_id = "ST1", issued_on = "2026-10-20", status = "void" },
      } }) },
    { "no date", given = consigned({}, { invoice = { { invoice_id = "I1", settlement_id = "ST1", mode = "after_delivery" } } }),
      expect = { { key = "I1", untestable = "no date" } } },
  },
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
    local order = read(document, "order_id") and document.order
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
    local order = not is_order and read(document, "order_id") and document.order or nil
    local origin = not is_order and document.kind == "return" and origin_of(document) or nil
    local other = origin or order
    if other and is_consignment(other) ~= is_consignment(document) then
      return report("wrong type", document.business_type or "none", other.business_type or "none", other)
    end
    if origin or not is_order and document.kind == "return" or order then return end -- the first document of the chain is judged
    local moment = document[is_order and "order_date" or "delivery_date"]
    if not lookup_one("system_option", { option_key = "consignment_enabled" }) then return untestable "the option consignment_enabled is not recorded" end
    local value = option_on("consignment_enabled", moment)
    if value == "true" or value == "1" or value == "yes" then return end
    return report("not enabled", value or "none", "true")
  end,

  cases = {
    { "enabled, and of one type", given = consigned(), expect = {} },
    { "enabled on the day of the order", given = consigned { system_option = { valid_from = "2026-10-01" } }, expect = {} },
    { "enabled the day after: the order, not its delivery", given = consigned { system_option = { valid_from = "2026-10-02" } },
      expect = { { key = "SO1", amount = "1130", fault = "not enabled", found = "none", expected = "true" } } },
    { "switched off, and a delivery without an order", given = consigned { system_option = { option_value = "False" }, sales_order = {}, delivery = { order_id = false } },
      expect = { { key = "D1", amount = "1000", fault = "not enabled", found = "false" } } },
    { "the delivery is of the ordinary type", given = consigned { delivery = { business_type = "normal" } },
      expect = { { key = "D1", amount = "1000", fault = "wrong type", found = "normal", expected = "consignment" } } },
    { "the order is of the ordinary type", given = consigned { sales_order = { business_type = "normal" } },
      expect = { { key = "D1", amount = "1000", fault = "wrong type", found = "consignment", expected = "normal" } } },
    { "the return is of the ordinary type", given = consigned({}, sent_back { business_type = "normal" }),
      expect = { { key = "R1", amount = "300", fault = "wrong type", found = "normal", expected = "consignment" } } },
    { "the option is switched off when goods come back, which is no matter", expect = {},
      given = consigned({ system_option = { valid_to = "2026-10-10" } }, sent_back()) },
    { "nor when they come back from nowhere", expect = {},
      given = consigned({ system_option = { valid_to = "2026-10-10" } }, sent_back { source_delivery_id = false }) },
    { "enabled in other words", expect = {},
      given = consigned({}, {
        sales_order = {
          { order_id = "SO1", business_type = "consignment", order_date = "2026-10-01" }, { order_id = "SO2", business_type = "consignment", order_date = "2026-11-01" },
        },
        system_option = {
          { option_key = "consignment_enabled", option_value = "1", valid_from = "2026-10-01" }, { option_key = "consignment_enabled", option_value = "Yes", valid_from = "2026-11-01" },
        },
      }) },
    { "a draft order, a void delivery", given = consigned { system_option = { option_value = "false" }, sales_order = { status = "draft" }, delivery = { status = "void" } }, expect = {} },
    { "nobody records the option", given = consigned({}, { system_option = {} }), expect = { { key = "SO1", untestable = "consignment_enabled" } } },
  },
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
    local named = delivery.agreement_id and delivery.agreement
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

  cases = {
    { "on the last day of the agreement", given = consigned { consignment_agreement = { valid_to = "2026-10-05" } }, expect = {} },
    { "the day after it ended", given = consigned { consignment_agreement = { valid_to = "2026-10-04" } },
      expect = { { key = "D1", amount = "1000", fault = "not in force", agreement = "AG1", to = "2026-10-04", delivered_on = "2026-10-05" } } },
    { "the day before it began", given = consigned { consignment_agreement = { valid_from = "2026-10-06" } },
      expect = { { key = "D1", amount = "1000", fault = "not in force", from = "2026-10-06" } } },
    { "none named, and none in force", given = consigned { delivery = { agreement_id = false }, consignment_agreement = { valid_to = "2026-10-04" } },
      expect = { { key = "D1", amount = "1000", fault = "no agreement", agreement = "none", severity = "high" } } },
    { "none named, though one was in force", given = consigned { delivery = { agreement_id = false } },
      expect = { { key = "D1", amount = "1000", fault = "not named", agreement = "AG1", severity = "low" } } },
    { "one that is not known", given = consigned { delivery = { agreement_id = "AG9" }, consignment_agreement = {} },
      expect = { { key = "D1", amount = "1000", fault = "no agreement", agreement = "AG9" } } },
    { "another consignee's", given = consigned { consignment_agreement = { customer_id = "C2" } },
      expect = { { key = "D1", amount = "1000", fault = "other consignee", agreement = "AG1" } } },
    { "an ordinary delivery, a void one, a return", expect = {},
      given = consigned({ consignment_agreement = {} }, { delivery = {
        { delivery_id = "D1", kind = "delivery", business_type = "normal", delivery_date = "2026-10-05" },
        { delivery_id = "D2", kind = "delivery", business_type = "consignment", delivery_date = "2026-10-05", status = "void" },
        { delivery_id = "R1", kind = "return", business_type = "consignment", delivery_date = "2026-10-05" },
      } }) },
    { "agreements were not imported", absent = { "consignment_agreement" }, given = consigned(), expect = { { key = "D1", untestable = "consignment_agreement" } } },
  },
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
    local delivery = slip.delivery_id and slip.delivery
    if delivery then return delivery.kind ~= "return" and is_consignment(delivery) end
    local request = read(slip, "request_id") and slip.request
    local order = request and request.order_id and request.order
    return order and is_consignment(order) or false
  end,
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = { en = "Ask the storekeeper on whose word the goods were set aside; have the delivery approved.", zh = "询问库管依据何人通知备货，补办发货单审核。" },

  test = function(slip)
    local delivery = slip.delivery_id and slip.delivery or nil
    local steps = process_steps("consignment", { delivery = delivery, stock_issue = slip }, { "delivery approved", "goods issued" })
    local prepared = step("stock_issue", slip, "prepared_at", "prepared_by")
    if delivery then first_taken(steps[1]) end
    if prepared.at and not (steps[2].at and steps[2].at < prepared.at) then steps[2] = prepared end
    local faults
    if delivery then faults = order_faults(steps)
    else faults = { { fault = "missing", step = { name = "stock_issue.delivery_id", row = slip }, other = steps[2] } } end
    return step_exception(faults, { amount = delivery and worth_of(delivery.lines) or worth_of_slip(slip), evidence = evidence(delivery) })
  end,

  cases = {
    { "prepared when it was approved", given = consigned { stock_issue = { prepared_at = "2026-10-05T10:00:00" } }, expect = {} },
    { "prepared a second before", given = consigned { stock_issue = { prepared_at = "2026-10-05T09:59:59" } },
      expect = { { key = "SI1", amount = "1000", fault = "too early", step = "stock_issue.prepared_at", other_at = "2026-10-05T10:00:00" } } },
    { "issued before, prepared afterwards", given = consigned { stock_issue = { issued_at = "2026-10-05T09:00:00" } },
      expect = { { key = "SI1", amount = "1000", fault = "too early", step = "stock_issue.issued_at" } } },
    { "never approved", given = consigned { delivery = { approved_at = false }, stock_issue = { prepared_at = "2026-10-05T16:00:00" } },
      expect = { { key = "SI1", amount = "1000", fault = "missing", step = "delivery.approved_at", other = "stock_issue.issued_at" } } },
    { "approved again afterwards: the first time counts", expect = {},
      given = consigned({ delivery = { approved_at = "2026-10-06T10:00:00" } }, { approval = {
        { doc_kind = "delivery", doc_id = "D1", approval_kind = "delivery", decision = "approve", decided_at = "2026-10-05T10:30:00" },
        { doc_kind = "delivery", doc_id = "D1", approval_kind = "delivery", decision = "approve", decided_at = "2026-10-06T10:00:00" },
      } }) },
    { "a slip that names the order's goods request only, worth its standard cost",
      given = consigned({ stock_issue = { delivery_id = false, request_id = "DR1" } }, { delivery_request = { { request_id = "DR1", order_id = "SO1", kind = "goods" } } }),
      expect = { { key = "SI1", amount = "600", fault = "missing", step = "stock_issue.delivery_id" } } },
    { "neither delivery nor consignment order", expect = {}, given = consigned({ stock_issue = { delivery_id = false } }) },
    { "an ordinary delivery, a red slip, a void one", expect = {},
      given = consigned({ delivery = { approved_at = false } }, {
        delivery = {
          { delivery_id = "D1", kind = "delivery", business_type = "normal" }, { delivery_id = "D2", kind = "delivery", business_type = "consignment" },
        },
        stock_issue = {
          { issue_id = "SI1", sign = "blue", delivery_id = "D1", prepared_at = "2026-10-05T11:00:00" },
          { issue_id = "SI2", sign = "red", delivery_id = "D2", prepared_at = "2026-10-05T11:00:00" },
          { issue_id = "SI3", sign = "blue", delivery_id = "D2", prepared_at = "2026-10-05T11:00:00", status = "void" },
        },
      }) },
    { "approvals were not imported", absent = { "delivery.approved_at" }, given = consigned(), expect = { { key = "SI1", untestable = "approved_at" } } },
  },
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
    if table_of(row) == "invoice" then return read(row, "settlement_id") ~= nil and in_period(row.issued_on) end
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
      local settlement = row.settlement
      local amount = row[field] and abs(row[field])
      if not settlement or is_void(settlement) then return report("no settlement", amount, row.issued_on, row.settlement_id, settlement) end
      if not settlement.reviewed_at or not has_happened(settlement.reviewed_at) then return report("not reviewed", amount, row.issued_on, "none", settlement) end
      if row.issued_on < settlement.reviewed_at then return report("before the review", amount, row.issued_on, settlement.reviewed_at, settlement) end
      return
    end
    local invoices = filter(row.invoices, is_live)
    if row.amount == nil then return untestable "no amount of the settlement" end
    local invoiced = sum(invoices, field)
    local fault = match_fault(invoices)
    if fault == "none" then return report("no invoice", abs(row.amount), "none", row.amount) end
    if fault then return report("several", abs(invoiced - row.amount), invoiced, row.amount, invoices) end
    if agree(invoiced, row.amount, p.tolerance) then return end
    return report("another amount", abs(invoiced - row.amount), invoiced, row.amount, invoices)
  end,

  cases = {
    { "one invoice on the day of the review", given = consigned(), expect = {} },
    { "a cent off", given = consigned { consignment_settlement = { amount = "452.01" } }, expect = {} },
    { "two cents off", given = consigned { consignment_settlement = { amount = "452.02" } },
      expect = { { key = "ST1", amount = "0.02", fault = "another amount", found = "452", expected = "452.02" } } },
    { "settled without tax", given = consigned { consignment_settlement = { amount = "400" } }, parameters = { tax_included = false }, expect = {} },
    { "no invoice but a void one", given = consigned { invoice = { status = "void" } },
      expect = { { key = "ST1", amount = "452", fault = "no invoice", found = "none", expected = "452" } } },
    { "two invoices", given = consigned({}, { invoice = {
        { invoice_id = "I1", settlement_id = "ST1", issued_on = "2026-10-20", gross_amount = "452" },
        { invoice_id = "I2", settlement_id = "ST1", issued_on = "2026-10-21", gross_amount = "452" },
      } }),
      expect = { { key = "ST1", amount = "452", fault = "several", found = "904", expected = "452" } } },
    { "goods taken back, with a red invoice, and without", given = consigned({}, {
        consignment_settlement = {
          { settlement_id = "ST1", settled_on = "2026-10-20", reviewed_at = "2026-10-20T15:00:00", amount = "-113" },
          { settlement_id = "ST2", settled_on = "2026-10-20", reviewed_at = "2026-10-20T15:00:00", amount = "-226" },
        },
        invoice = { { invoice_id = "I1", sign = "red", settlement_id = "ST1", issued_on = "2026-10-20", gross_amount = "-113" } },
      }),
      expect = { { key = "ST2", amount = "226", fault = "no invoice" } } },
    { "invoiced the day before the review", given = consigned { invoice = { issued_on = "2026-10-19" } },
      expect = { { key = "I1", amount = "452", fault = "before the review", found = "2026-10-19", expected = "2026-10-20T15:00:00" } } },
    { "never reviewed", given = consigned { consignment_settlement = { reviewed_at = false } },
      expect = { { key = "I1", amount = "452", fault = "not reviewed" } } },
    { "a void settlement that is invoiced", given = consigned { consignment_settlement = { status = "void" } },
      expect = { { key = "I1", amount = "452", fault = "no settlement", expected = "ST1" } } },
    { "settled in September, reviewed in October, not invoiced", period = "2026-10",
      given = consigned { consignment_settlement = { settled_on = "2026-09-30" }, invoice = {} },
      expect = { { key = "ST1", amount = "452", fault = "no invoice" } } },
    { "reviewed in November", period = "2026-10", expect = {},
      given = consigned { consignment_settlement = { settled_on = "2026-10-31", reviewed_at = "2026-11-01T09:00:00" }, invoice = {} } },
    { "a red invoice the day before the review of what was taken back",
      given = consigned { consignment_settlement = { amount = "-452" }, invoice = { sign = "red", issued_on = "2026-10-19", gross_amount = "-452" } },
      expect = { { key = "I1", amount = "452", fault = "before the review" } } },
    { "reviewed after the date of the audit", as_of = "2026-10-21",
      given = consigned { consignment_settlement = { reviewed_at = "2026-10-22T09:00:00" } },
      expect = { { key = "I1", amount = "452", fault = "not reviewed" } } },
    { "an ordinary invoice, a void one, a void settlement without any", expect = {},
      given = consigned({}, {
        consignment_settlement = { { settlement_id = "ST1", settled_on = "2026-10-20", reviewed_at = "2026-10-20T15:00:00", amount = "452", status = "void" } },
        invoice = { { invoice_id = "I1", issued_on = "2026-10-20" }, { invoice_id = "I2", issued_on = "2026-10-20", settlement_id = "ST1", status = "void" } },
      }) },
    { "no amount", given = consigned { consignment_settlement = { amount = false } }, expect = { { key = "ST1", untestable = "no amount" } } },
  },
}

-- The deliveries of consigned goods whose cost an entry carries.
local function consigned_costed(cost)
  local slip = read(cost, "issue_id") and cost.issue
  local delivery = slip and slip.delivery_id and slip.delivery
  if delivery then return is_consigned(delivery) and { delivery } or {} end
  local invoice = read(cost, "invoice_id") and cost.invoice
  return invoice and consigned_on(invoice) or {}
end

-- Whether the voucher of an issue took the goods to the account of consigned goods by a day.
local function booked_as_consigned(slip, moment)
  return any(rows_where("voucher_source", { source_kind = "stock_issue", source_id = slip.issue_id }), function(source)
    local voucher = source.voucher
    return voucher ~= nil and not is_void(voucher) and done_by(voucher.posted_on, moment)
      and debited(voucher, { "goods_on_consignment" }) > 0
  end)
end

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
    if not cost.basis then return untestable "no costing method" end
    if not cost.posted_on then return untestable "no date of the cost" end
    local expected = consignment_costing(cost.posted_on, p.method)
    local function report(fault, evidence_rows)
      return exception { amount = abs(cost.amount), fault = fault, found = cost.basis, expected = expected, evidence = evidence(evidence_rows, cost.issue) }
    end
    if cost.basis ~= expected then return report("method", consigned_costed(cost)) end
    if expected ~= "issued_goods" or not imported "voucher_line" then return end
    local vouchers = map(vouchers_of(cost, "cost", cost.cost_id), "voucher")
    local relieves = any(vouchers, function(voucher) return #posted_on(voucher, { "goods_on_consignment" }) > 0 end)
    if #vouchers > 0 and not relieves then return report("account", vouchers) end
    local slip = read(cost, "issue_id") and cost.issue
    local is_first = slip and cost.amount > 0 and sort(slip.cost_entries, function(other) return { other.posted_on, other.cost_id } end)[1] == cost
    if is_first and not booked_as_consigned(slip, cost.posted_on) and exists("voucher_source", { source_kind = "stock_issue" }) then
      return report("not booked", vouchers)
    end
  end,

  cases = (function()
    local function booked(account, issue_account, posted)
      return {
        voucher = {
          { voucher_id = "B1", source_kind = "cost", source_id = "K1", period = "2026-10", posted_on = "2026-10-20" },
          { voucher_id = "B2", period = "2026-10", posted_on = posted or "2026-10-05" },
        },
        voucher_line = {
          { voucher_id = "B1", line_no = "1", account = "cost_of_sales", debit = "240" }, { voucher_id = "B1", line_no = "2", account = account, credit = "240" },
          { voucher_id = "B2", line_no = "1", account = issue_account, debit = "600" }, { voucher_id = "B2", line_no = "2", account = "inventory", credit = "600" },
        },
        voucher_source = { { voucher_id = "B2", source_kind = "stock_issue", source_id = "SI1" } },
      }
    end
    local goods = "goods_on_consignment"
    return {
      { "by issued goods, through the account", given = consigned({}, booked(goods, goods)), expect = {} },
      { "no voucher yet, which is another control's", given = consigned(), expect = {} },
      { "by the issue slip", given = consigned { cost_entry = { basis = "stock_issue" } },
        expect = { { key = "K1", amount = "240", fault = "method", found = "stock_issue", expected = "issued_goods" } } },
      { "by the sales invoice, which is set", expect = {},
        given = consigned({ cost_entry = { basis = "sales_invoice" } }, (function()
          local rows = booked("inventory", "inventory")
          rows.system_option = { { option_key = "consignment_costing", option_value = "Sales_Invoice", valid_from = "2026-10-20" } }
          return rows
        end)()) },
      { "by the sales invoice, which was set only the day after",
        given = consigned({ cost_entry = { basis = "sales_invoice" } }, { system_option = { { option_key = "consignment_costing", option_value = "sales_invoice", valid_from = "2026-10-21" } } }),
        expect = { { key = "K1", amount = "240", fault = "method", found = "sales_invoice", expected = "issued_goods" } } },
      { "options were not imported: the parameter", absent = { "system_option" }, parameters = { method = "sales_invoice" }, given = consigned(),
        expect = { { key = "K1", amount = "240", fault = "method", found = "issued_goods", expected = "sales_invoice" } } },
      { "the voucher relieves the inventory", given = consigned({}, booked("inventory", goods)),
        expect = { { key = "K1", amount = "240", fault = "account" } } },
      { "the issue went to cost of sales at once", given = consigned({}, booked(goods, "cost_of_sales")),
        expect = { { key = "K1", amount = "240", fault = "not booked" } } },
      { "the issue was taken there on the day of the cost", given = consigned({}, booked(goods, goods, "2026-10-20")), expect = {} },
      { "the issue was taken there the day after", given = consigned({}, booked(goods, goods, "2026-10-21")),
        expect = { { key = "K1", amount = "240", fault = "not booked" } } },
      { "one exception for the issue, with its first cost",
        given = consigned({}, (function()
          local rows = booked(goods, "cost_of_sales")
          rows.cost_entry = {
            { cost_id = "K2", issue_id = "SI1", posted_on = "2026-10-25", period = "2026-10", amount = "60", basis = "issued_goods" },
            { cost_id = "K1", issue_id = "SI1", posted_on = "2026-10-20", period = "2026-10", amount = "240", basis = "issued_goods" },
          }
          return rows
        end)()),
        expect = { { key = "K1", amount = "240", fault = "not booked" } } },
      { "carried with the invoice only, by the issue slip", given = consigned { cost_entry = { issue_id = false, basis = "stock_issue" } },
        expect = { { key = "K1", amount = "240", fault = "method" } } },
      { "of an ordinary sale", given = consigned { cost_entry = { basis = "stock_issue" }, delivery = { business_type = "normal" } }, expect = {} },
      { "vouchers were not imported", given = consigned({}, booked("inventory", "inventory")), absent = { "voucher_line" }, expect = {} },
      { "no date of the cost", given = consigned { cost_entry = { posted_on = false } }, expect = { { key = "K1", untestable = "no date of the cost" } } },
      { "no method", given = consigned { cost_entry = { basis = false } }, expect = { { key = "K1", untestable = "no costing method" } } },
    }
  end)(),
}

control "CSG-10" {
  title      = { en = "Return before settlement not based on the consignment delivery, or over the balance", zh = "开票前退货参照错误" },
  risk       = { en = "Goods come back that the consignee no longer had, or the delivery stays open for settlement.", zh = "退货未参照委托代销发货单或超出余量，导致可结算数量错误。" },
  tests      = {
    en = "Per consignee and product, deliveries, returns and settlements are replayed day by day: a return of unsettled goods must name a consignment delivery that still has as much unsettled.",
    zh = "按受托方和产品逐日重算：退回未结算商品须参照委托代销发货单，且不超过该发货单未结算数量。",
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

  cases = (function()
    local function settled(on, quantity)
      return { consignment_settlement = { settled_on = on }, consignment_settlement_line = { quantity = quantity } }
    end
    return {
      { "exactly what was unsettled", given = consigned(settled("2026-10-11", "7"), sent_back()), expect = {} },
      { "a piece more", given = consigned(settled("2026-10-11", "8"), sent_back()),
        expect = { { key = "R1/1", amount = "100", fault = "over", quantity = "3", open = "2", source = "D1" } } },
      { "settled on the day of the return, which comes first", given = consigned(settled("2026-10-12", "8"), sent_back()), expect = {} },
      { "everything was settled, which is another control's", given = consigned(settled("2026-10-11", "10"), sent_back()), expect = {} },
      { "names no delivery", given = consigned(settled("2026-10-11", "9"), sent_back { source_delivery_id = false }),
        expect = { { key = "R1/1", amount = "300", fault = "unnamed", open = "1", source = "none" } } },
      { "names none, and everything was settled", given = consigned(settled("2026-10-11", "10"), sent_back { source_delivery_id = false }), expect = {} },
      { "names a delivery of another product", given = consigned({}, sent_back(nil, { product_id = "P2" })),
        expect = { { key = "R1/1", amount = "300", fault = "elsewhere" } } },
      { "named by its return request", expect = {},
        given = consigned({}, (function()
          local rows = sent_back { source_delivery_id = false, return_id = "RT1" }
          rows.return_request = { { return_id = "RT1", delivery_id = "D1", requested_on = "2026-10-10" } }
          return rows
        end)()) },
      { "another consignee's settlement of the product", given = consigned({ consignment_settlement = { settled_on = "2026-10-11", customer_id = "C2" }, consignment_settlement_line = { quantity = "8", delivery_id = "D9" } }, sent_back()), expect = {} },
      { "last month's", period = "2026-11", given = consigned(settled("2026-10-11", "8"), sent_back()), expect = {} },
      { "a void settlement", given = consigned({ consignment_settlement = { settled_on = "2026-10-11", status = "void" }, consignment_settlement_line = { quantity = "8" } }, sent_back()), expect = {} },
      { "no product", given = consigned({ consignment_settlement_line = {} }, sent_back(nil, { product_id = false })),
        expect = { { untestable = "no consignee or no product" } } },
    }
  end)(),
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

  cases = (function()
    local function all_settled(taken_back, more)
      local rows = sent_back { delivery_date = "2026-10-21" }
      rows.consignment_settlement = {
        { settlement_id = "ST1", customer_id = "C1", settled_on = "2026-10-20", reviewed_at = "2026-10-20T15:00:00", amount = "1130" },
        { settlement_id = "ST2", customer_id = "C1", settled_on = "2026-10-22", reviewed_at = "2026-10-22T15:00:00", amount = "-339" },
        { settlement_id = "ST3", customer_id = "C1", settled_on = "2026-10-22", amount = "-339" },
      }
      rows.consignment_settlement_line = append({
        { settlement_id = "ST1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
      }, taken_back)
      for name, list in pairs(more or {}) do rows[name] = list end
      return consigned({}, rows)
    end
    local function taken(quantity, settlement_id, delivery_id)
      return { { settlement_id = settlement_id or "ST2", line_no = "1", delivery_id = delivery_id, product_id = "P1", quantity = quantity, unit_price = "100" } }
    end
    return {
      { "taken back against the delivery, against the return, or without either", given = all_settled(taken("-3", nil, "D1")), expect = {} },
      { "taken back against the return", given = all_settled(taken("-3", nil, "R1")), expect = {} },
      { "taken back against neither", given = all_settled(taken "-3"), expect = {} },
      { "a piece too few", given = all_settled(taken "-2"), expect = { { key = "R1/1", amount = "100", quantity = "3", covered = "2" } } },
      { "not reviewed", given = all_settled(taken("-3", "ST3")), expect = { { key = "R1/1", amount = "300", quantity = "3", covered = "0" } } },
      { "ten days after", given = all_settled {}, as_of = "2026-10-31", expect = {} },
      { "eleven days after", given = all_settled {}, as_of = "2026-11-01", expect = { { key = "R1/1", amount = "300", covered = "0" } } },
      { "two returns, taken back once: the second",
        given = all_settled(taken "-3", (function()
          local rows = sent_back { delivery_date = "2026-10-21" }
          table.insert(rows.delivery, { delivery_id = "R2", kind = "return", business_type = "consignment", customer_id = "C1", delivery_date = "2026-10-23" })
          table.insert(rows.delivery_line, { delivery_id = "R2", line_no = "1", product_id = "P1", quantity = "-1", unit_price = "100" })
          return rows
        end)()),
        expect = { { key = "R2/1", amount = "100", quantity = "1", covered = "0" } } },
      { "not everything was settled, which needs no negative settlement", given = consigned({}, sent_back { delivery_date = "2026-10-21" }), expect = {} },
      { "no product", given = consigned({ consignment_settlement_line = {} }, sent_back(nil, { product_id = false })),
        expect = { { untestable = "no consignee or no product" } } },
    }
  end)(),
}

control "CSG-12" {
  title      = { en = "Consigned goods unsettled too long", zh = "委托代销长期未结算" },
  risk       = { en = "Goods were sold without being settled, or will not sell, or are gone.", zh = "商品可能已售未结、滞销或灭失。" },
  tests      = {
    en = "What of each consigned delivery is neither settled nor sent back is reported once it is older than the agreement's settlement period.",
    zh = "委托代销发货单未结算且未退回的数量，超过协议结算周期的列示。",
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
    local agreement = imported "consignment_agreement" and delivery.agreement_id and delivery.agreement
    local days = agreement and agreement.settlement_days or p.days
    local overdue = days_overdue(delivery.delivery_date + days)
    if overdue == 0 then return end
    local open = filter(unsettled_of(delivery), function(part) return part.quantity > 0 end)
    if #open == 0 then return end
    local has_price = any(open, function(part) return part.line.unit_price ~= nil end)
    return exception {
      amount = has_price and sum(open, function(part) return part.quantity * (part.line.unit_price or 0) end) or nil,
      quantity = sum(open, "quantity"), age = overdue + days, days = days, evidence = evidence(agreement or nil, map(open, "line")),
    }
  end,

  cases = {
    { "thirty days after", given = consigned(), as_of = "2026-11-04", expect = {} },
    { "thirty-one days after", given = consigned(), as_of = "2026-11-05",
      expect = { { key = "D1", amount = "600", quantity = "6", age = "31", days = "30" } } },
    { "the agreement names no period", given = consigned { consignment_agreement = { settlement_days = false } }, as_of = "2026-11-05", expect = {} },
    { "the parameter's period", given = consigned { consignment_agreement = { settlement_days = false } }, as_of = "2026-11-05", parameters = { days = 30 },
      expect = { { key = "D1", amount = "600", days = "30" } } },
    { "all settled", given = consigned { consignment_settlement_line = { quantity = "10" } }, as_of = "2026-11-05", expect = {} },
    { "the rest came back", given = consigned({ consignment_settlement_line = { quantity = "7" } }, sent_back()), as_of = "2026-11-05", expect = {} },
    { "settled goods came back and were settled negatively on the return", as_of = "2026-11-05", expect = {},
      given = consigned({}, (function()
        local rows = sent_back { delivery_date = "2026-10-21" }
        rows.consignment_settlement_line = {
          { settlement_id = "ST1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10" },
          { settlement_id = "ST1", line_no = "2", delivery_id = "R1", product_id = "P1", quantity = "-3" },
        }
        return rows
      end)()) },
    { "a void settlement", given = consigned { consignment_settlement = { status = "void" } }, as_of = "2026-11-05",
      expect = { { key = "D1", amount = "1000", quantity = "10" } } },
    { "an ordinary delivery, a void one, a return", as_of = "2026-11-30", expect = {},
      given = consigned({}, { delivery = {
        { delivery_id = "D1", kind = "delivery", business_type = "normal", delivery_date = "2026-10-05" },
        { delivery_id = "D2", kind = "delivery", business_type = "consignment", delivery_date = "2026-10-05", status = "void" },
        { delivery_id = "R1", kind = "return", business_type = "consignment", delivery_date = "2026-10-05" },
      }, delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10" }, { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "10" },
        { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "10" },
      } }) },
    { "no date as of which", given = consigned(), expect = { { key = "D1", untestable = "no date as of which" } } },
  },
}

-- The company of a line of consigned goods, or of a balance; "-" where none is named.
local function owner_of(row)
  local kind = table_of(row)
  if kind == "control_balance" then return read(row, "company_id") or "-" end
  return read(kind == "delivery_line" and row.delivery or row.settlement, "company_id") or "-"
end

-- What a piece of consigned goods cost when it was issued: by the stock ledger, else the standard cost.
local function cost_of_piece(line)
  local source = table_of(line) == "delivery_line" and line or line.delivery_line_no and line.delivery_line or line
  local delivery = table_of(source) == "delivery_line" and drawn_on(source) or source.delivery
  for slip in each(delivery and slips_of(delivery) or {}) do
    for movement in each(rows_of(slip, "stock_movement", "movements")) do
      if movement.product_id == source.product_id and movement.unit_cost then return movement.unit_cost end
    end
  end
  local product = source.product
  if not product or not product.standard_cost then untestable("no cost of " .. (source.product_id or "the goods")) end
  return product.standard_cost
end

control "CSG-13" {
  title      = { en = "Consigned stock does not agree with the balance of goods on consignment", zh = "发出商品余额不符" },
  risk       = { en = "The balance sheet shows goods that are gone or hides goods that are ours.", zh = "发出商品账实不符，存货错报。" },
  tests      = {
    en = "What was brought forward, delivered, sent back and settled (and reviewed) by the end of the period, at cost, is compared with the balance of the account of goods on consignment.",
    zh = "将期初发出商品加委托发货、减退货和已审核结算的成本，与发出商品科目期末余额比较。",
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
    local forward = filter(rows_where("opening_balance", { account = "goods_on_consignment" }), function(opening)
      return company_of(opening) == owner_of(balances[1])
    end)
    local events = {}
    for row in each(rows) do
      local is_settled = table_of(row) == "consignment_settlement_line"
      if table_of(row) ~= "control_balance" and row.quantity then
        local on = is_settled and row.settlement.reviewed_at or not is_settled and row.delivery.delivery_date
        if on then table.insert(events, { on = day(on), cost = row.quantity * cost_of_piece(row) * (is_settled and -1 or 1) }) end
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
      local wrong = difference(stock, balance.balance, p.tolerance)
      if wrong then
        table.insert(found, exception { row = balance, amount = wrong, period = balance.period, stock = stock, balance = balance.balance })
      end
    end
    return found
  end,

  cases = {
    { "six of ten at sixty", given = consigned({}, { control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "360" } } }), expect = {} },
    { "a cent off", given = consigned({}, { control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "360.01" } } }), expect = {} },
    { "two cents off", given = consigned({}, { control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "360.02" } } }),
      expect = { { key = "/2026-10/goods_on_consignment", amount = "0.02", stock = "360", balance = "360.02" } } },
    { "at the cost at which it was issued",
      given = consigned({}, {
        control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "300" } },
        stock_movement = { { movement_id = "M1", product_id = "P1", moved_at = "2026-10-05T15:00:00", quantity = "-10", unit_cost = "50", doc_kind = "stock_issue", doc_id = "SI1" } },
      }),
      expect = {} },
    { "what came back too, and not at another product's cost", expect = {},
      given = consigned({}, (function()
        local rows = sent_back()
        rows.control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "150" } }
        rows.stock_movement = {
          { movement_id = "M0", product_id = "P2", moved_at = "2026-10-05T15:00:00", quantity = "-1", unit_cost = "70", doc_kind = "stock_issue", doc_id = "SI1" },
          { movement_id = "M1", product_id = "P1", moved_at = "2026-10-05T15:00:00", quantity = "-10", unit_cost = "50", doc_kind = "stock_issue", doc_id = "SI1" },
        }
        return rows
      end)()) },
    { "what went out before the period is in what was brought forward", expect = {},
      given = consigned({ delivery = { delivery_date = "2026-09-30" } }, {
        opening_balance = { { period = "2026-10", account = "goods_on_consignment", product_id = "P1", amount = "600" } },
        control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "360" } },
      }) },
    { "with what was brought forward; goods that came back are out again, settlements not reviewed are not",
      given = consigned({ consignment_settlement = { reviewed_at = false } }, (function()
        local rows = sent_back()
        rows.opening_balance = {
          { period = "2026-09", account = "goods_on_consignment", product_id = "P2", amount = "999" },
          { period = "2026-10", account = "goods_on_consignment", product_id = "P2", amount = "1000" },
        }
        rows.control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "1420.02" } }
        return rows
      end)()),
      expect = { { key = "/2026-10/goods_on_consignment", amount = "0.02", stock = "1420" } } },
    { "settled by the sales invoice: the goods never go to the account", expect = {},
      given = consigned({}, {
        control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "0" } },
        system_option = { { option_key = "consignment_costing", option_value = "sales_invoice", valid_from = "2026-01-01" } },
      }) },
    { "another company's books, and another account", expect = {},
      given = consigned({}, { control_balance = {
        { company_id = "T1", period = "2026-10", account = "inventory", balance = "5" }, { company_id = "T1", period = "2026-10", account = "goods_on_consignment", balance = "0" },
      } }) },
    { "the month before", period = "2026-10",
      given = consigned({}, { control_balance = {
        { period = "2026-09", account = "goods_on_consignment", balance = "5" }, { period = "2026-10", account = "goods_on_consignment", balance = "361" },
      } }),
      expect = { { key = "/2026-10/goods_on_consignment", period = "2026-10", amount = "1" } } },
    { "no cost", given = consigned({ product = {} }, { control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "360" } } }),
      expect = { { key = "-", untestable = "no cost of P1" } } },
  },
}

-- SPDX-License-Identifier: MIT
-- The cases of CSG: goods sold through consignees.

-- Consigned goods: 10 pieces of P1 at 100 went to C1 under agreement AG1, 4 were listed and settled and
-- invoiced, all in order. `changes` says what is otherwise in the first row of a table ({}: the table is empty, "": the
-- field is), `more` replaces whole tables.
local function consigned(changes, more)
  return with({
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
  }, changes, more)
end

-- A return of consigned goods R1, as rows of delivery and delivery_line beside D1.
local function sent_back(note, line)
  local own = with({ delivery_id = "R1", kind = "return", business_type = "consignment", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-12" }, note)
  local goods = with({ delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-3", unit_price = "100", net_amount = "-300" }, line)
  local plain = consigned()
  return { delivery = { plain.delivery[1], own }, delivery_line = { plain.delivery_line[1], goods } }
end

cases "CSG-01" {
  { "with the settlement", given = consigned(), expect = {} },
  { "on the day of the list", given = consigned { revenue_entry = { recognised_on = "2026-10-19" } }, expect = {} },
  { "the day before the list", given = consigned { revenue_entry = { recognised_on = "2026-10-18" } },
    expect = { { key = "V1", amount = "400", fault = "before the list", recognised_on = "2026-10-18", list_on = "2026-10-19" } } },
  { "on shipment", given = consigned { revenue_entry = { settlement_id = "", invoice_id = "", delivery_id = "D1", recognised_on = "2026-10-05" } },
    expect = { { key = "V1", amount = "400", fault = "no settlement", list_on = "none" } } },
  { "with an invoice that names no settlement", given = consigned { revenue_entry = { settlement_id = "" }, invoice = { settlement_id = "" } },
    expect = { { key = "V1", amount = "400", fault = "no settlement" } } },
  { "with the invoice of a settlement, too early", given = consigned { revenue_entry = { settlement_id = "", recognised_on = "2026-10-18" } },
    expect = { { key = "V1", amount = "400", fault = "before the list" } } },
  { "with a settlement that was made void", given = consigned { consignment_settlement = { status = "void" } },
    expect = { { key = "V1", amount = "400", fault = "no settlement", list_on = "2026-10-19" } } },
  { "a settlement without a list is another control's", given = consigned { consignment_settlement = { consignee_list_on = "" } }, expect = {} },
  { "an ordinary sale, by its delivery or by its invoice", expect = {},
    given = consigned({ invoice = { settlement_id = "" }, delivery = { business_type = "normal" } }, { revenue_entry = {
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
  { "neither a date nor a period", given = consigned { revenue_entry = { recognised_on = "", period = "" } }, expect = { { key = "V1", untestable = "no date" } } },
}

cases "CSG-02" {
  { "settled on the day of the list", given = consigned { consignment_settlement = { consignee_list_on = "2026-10-20" } }, expect = {} },
  { "settled the day before the list", given = consigned { consignment_settlement = { consignee_list_on = "2026-10-21" } },
    expect = { { key = "ST1", amount = "452", fault = "too early", list_on = "2026-10-21", settled_on = "2026-10-20" } } },
  { "no number", given = consigned { consignment_settlement = { consignee_list_no = " " } },
    expect = { { key = "ST1", amount = "452", fault = "no number", list = "none" } } },
  { "no date", given = consigned { consignment_settlement = { consignee_list_on = "" } },
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
}

cases "CSG-03" {
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
  { "a piece too many, of a line that names no product", given = consigned { consignment_settlement_line = { quantity = "11", product_id = "" } },
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
}

cases "CSG-04" {
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
    given = consigned { invoice = { mode = "direct", settlement_id = "", order_id = "SO1" }, invoice_line = {}, sales_order = { business_type = "normal" } } },
  { "direct", given = consigned { invoice = { mode = "direct" } }, expect = { { key = "I1", amount = "452", fault = "direct" } } },
  { "direct, for a consignment order that was not delivered", given = consigned { invoice = { mode = "direct", settlement_id = "", order_id = "SO1" }, invoice_line = {} },
    expect = { { key = "I1", amount = "452", fault = "direct", delivered_on = "none" } } },
  { "direct, an ordinary sale", given = consigned { invoice = { mode = "direct", settlement_id = "" }, delivery = { business_type = "normal" } }, expect = {} },
  { "a red invoice, a void one", expect = {}, given = consigned({}, { invoice = {
      { invoice_id = "I1", sign = "red", mode = "direct", settlement_id = "ST1", issued_on = "2026-10-20" },
      { invoice_id = "I2", sign = "blue", mode = "direct", settlement_id = "ST1", issued_on = "2026-10-20", status = "void" },
    } }) },
  { "no date", given = consigned({}, { invoice = { { invoice_id = "I1", settlement_id = "ST1", mode = "after_delivery", gross_amount = "1" } } }),
    expect = { { key = "I1", untestable = "no date" } } },
}

cases "CSG-05" {
  { "enabled, and of one type", given = consigned(), expect = {} },
  { "enabled on the day of the order", given = consigned { system_option = { valid_from = "2026-10-01" } }, expect = {} },
  { "enabled the day after: the order, not its delivery", given = consigned { system_option = { valid_from = "2026-10-02" } },
    expect = { { key = "SO1", amount = "1130", fault = "not enabled", found = "none", expected = "true" } } },
  { "switched off, and a delivery without an order", given = consigned { system_option = { option_value = "False" }, sales_order = {}, delivery = { order_id = "" } },
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
    given = consigned({ system_option = { valid_to = "2026-10-10" } }, sent_back { source_delivery_id = "" }) },
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
}

cases "CSG-06" {
  { "on the last day of the agreement", given = consigned { consignment_agreement = { valid_to = "2026-10-05" } }, expect = {} },
  { "the day after it ended", given = consigned { consignment_agreement = { valid_to = "2026-10-04" } },
    expect = { { key = "D1", amount = "1000", fault = "not in force", agreement = "AG1", to = "2026-10-04", delivered_on = "2026-10-05" } } },
  { "the day before it began", given = consigned { consignment_agreement = { valid_from = "2026-10-06" } },
    expect = { { key = "D1", amount = "1000", fault = "not in force", from = "2026-10-06" } } },
  { "none named, and none in force", given = consigned { delivery = { agreement_id = "" }, consignment_agreement = { valid_to = "2026-10-04" } },
    expect = { { key = "D1", amount = "1000", fault = "no agreement", agreement = "none", severity = "high" } } },
  { "none named, though one was in force", given = consigned { delivery = { agreement_id = "" } },
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
}

cases "CSG-07" {
  { "prepared when it was approved", given = consigned { stock_issue = { prepared_at = "2026-10-05T10:00:00" } }, expect = {} },
  { "prepared a second before", given = consigned { stock_issue = { prepared_at = "2026-10-05T09:59:59" } },
    expect = { { key = "SI1", amount = "1000", fault = "too early", step = "stock_issue.prepared_at", other_at = "2026-10-05T10:00:00" } } },
  { "issued before, prepared afterwards", given = consigned { stock_issue = { issued_at = "2026-10-05T09:00:00" } },
    expect = { { key = "SI1", amount = "1000", fault = "too early", step = "stock_issue.issued_at" } } },
  { "never approved", given = consigned { delivery = { approved_at = "" }, stock_issue = { prepared_at = "2026-10-05T16:00:00" } },
    expect = { { key = "SI1", amount = "1000", fault = "missing", step = "delivery.approved_at", other = "stock_issue.issued_at" } } },
  { "approved again afterwards: the first time counts", expect = {},
    given = consigned({ delivery = { approved_at = "2026-10-06T10:00:00" } }, { approval = {
      { doc_kind = "delivery", doc_id = "D1", approval_kind = "delivery", decision = "approve", decided_at = "2026-10-05T10:30:00" },
      { doc_kind = "delivery", doc_id = "D1", approval_kind = "delivery", decision = "approve", decided_at = "2026-10-06T10:00:00" },
    } }) },
  { "a slip that names the order's goods request only, worth its standard cost",
    given = consigned({ stock_issue = { delivery_id = "", request_id = "DR1" } }, { delivery_request = { { request_id = "DR1", order_id = "SO1", kind = "goods" } } }),
    expect = { { key = "SI1", amount = "600", fault = "missing", step = "stock_issue.delivery_id" } } },
  { "neither delivery nor consignment order", expect = {}, given = consigned({ stock_issue = { delivery_id = "" } }) },
  { "an ordinary delivery, a red slip, a void one", expect = {},
    given = consigned({ delivery = { approved_at = "" } }, {
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
}

cases "CSG-08" {
  { "a settlement that is not in the data: this control asks for it", given = consigned({ invoice = { settlement_id = "ST9" } }, { consignment_settlement = {} }),
    expect = { { key = "I1", amount = "452", fault = "no settlement" } } },
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
  { "never reviewed", given = consigned { consignment_settlement = { reviewed_at = "" } },
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
  { "no amount", given = consigned { consignment_settlement = { amount = "" } }, expect = { { key = "ST1", untestable = "no amount" } } },
}

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

cases "CSG-09" {
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
  { "carried with the invoice only, by the issue slip", given = consigned { cost_entry = { issue_id = "", basis = "stock_issue" } },
    expect = { { key = "K1", amount = "240", fault = "method" } } },
  { "of an ordinary sale", given = consigned { cost_entry = { basis = "stock_issue" }, delivery = { business_type = "normal" } }, expect = {} },
  { "vouchers were not imported", given = consigned({}, booked("inventory", "inventory")), absent = { "voucher_line" }, expect = {} },
  { "no date of the cost", given = consigned { cost_entry = { posted_on = "" } }, expect = { { key = "K1", untestable = "no date of the cost" } } },
  { "no method", given = consigned { cost_entry = { basis = "" } }, expect = { { key = "K1", untestable = "no costing method" } } },
}

local function settled(on, quantity)
  return { consignment_settlement = { settled_on = on }, consignment_settlement_line = { quantity = quantity } }
end

cases "CSG-10" {
  { "exactly what was unsettled", given = consigned(settled("2026-10-11", "7"), sent_back()), expect = {} },
  { "three came back, two unsettled and one settled, which was settled back",
    given = consigned({}, with(sent_back(), {
      consignment_settlement = {
        { settlement_id = "ST1", customer_id = "C1", settled_on = "2026-10-11", reviewed_at = "2026-10-11T15:00:00", amount = "904" },
        { settlement_id = "ST2", customer_id = "C1", settled_on = "2026-10-13", reviewed_at = "2026-10-13T15:00:00", amount = "-113" },
      },
      consignment_settlement_line = {
        { settlement_id = "ST1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "8", unit_price = "100" },
        { settlement_id = "ST2", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "-1", unit_price = "100" },
      },
    })),
    expect = {} },
  { "a piece more", given = consigned(settled("2026-10-11", "8"), sent_back()),
    expect = { { key = "R1/1", amount = "100", fault = "over", quantity = "3", open = "2", source = "D1" } } },
  { "settled on the day of the return, which comes first", given = consigned(settled("2026-10-12", "8"), sent_back()), expect = {} },
  { "everything was settled, which is another control's", given = consigned(settled("2026-10-11", "10"), sent_back()), expect = {} },
  { "names no delivery", given = consigned(settled("2026-10-11", "9"), sent_back { source_delivery_id = "" }),
    expect = { { key = "R1/1", amount = "300", fault = "unnamed", open = "1", source = "none" } } },
  { "names none, and everything was settled", given = consigned(settled("2026-10-11", "10"), sent_back { source_delivery_id = "" }), expect = {} },
  { "names a delivery of another product", given = consigned({}, sent_back(nil, { product_id = "P2" })),
    expect = { { key = "R1/1", amount = "300", fault = "elsewhere" } } },
  { "named by its return request", expect = {},
    given = consigned({}, (function()
      local rows = sent_back { source_delivery_id = "", return_id = "RT1" }
      rows.return_request = { { return_id = "RT1", delivery_id = "D1", requested_on = "2026-10-10" } }
      return rows
    end)()) },
  { "another consignee's settlement of the product", given = consigned({ consignment_settlement = { settled_on = "2026-10-11", customer_id = "C2" }, consignment_settlement_line = { quantity = "8", delivery_id = "" } }, sent_back()), expect = {} },
  { "last month's", period = "2026-11", given = consigned(settled("2026-10-11", "8"), sent_back()), expect = {} },
  { "a void settlement", given = consigned({ consignment_settlement = { settled_on = "2026-10-11", status = "void" }, consignment_settlement_line = { quantity = "8" } }, sent_back()), expect = {} },
  { "no product", given = consigned({ consignment_settlement_line = {} }, sent_back(nil, { product_id = "" })),
    expect = { { untestable = "no consignee or no product" } } },
}

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
  return consigned({}, with(rows, more))
end
local function taken(quantity, settlement_id, delivery_id)
  return { { settlement_id = settlement_id or "ST2", line_no = "1", delivery_id = delivery_id, product_id = "P1", quantity = quantity, unit_price = "100" } }
end

cases "CSG-11" {
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
  { "no product", given = consigned({ consignment_settlement_line = {} }, sent_back(nil, { product_id = "" })),
    expect = { { untestable = "no consignee or no product" } } },
}

cases "CSG-12" {
  { "a settlement that names no delivery takes the older one first", as_of = "2026-11-30",
    given = consigned({ consignment_settlement_line = { delivery_id = "", delivery_line_no = "", quantity = "12" } }, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", business_type = "consignment", customer_id = "C1", agreement_id = "AG1", delivery_date = "2026-10-05" },
        { delivery_id = "D2", kind = "delivery", business_type = "consignment", customer_id = "C1", agreement_id = "AG1", delivery_date = "2026-10-06" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
    }),
    expect = { { key = "D2", amount = "800", quantity = "8" } } },
  { "thirty days after", given = consigned(), as_of = "2026-11-04", expect = {} },
  { "thirty-one days after", given = consigned(), as_of = "2026-11-05",
    expect = { { key = "D1", amount = "600", quantity = "6", age = "31", days = "30" } } },
  { "the agreement names no period", given = consigned { consignment_agreement = { settlement_days = "" } }, as_of = "2026-11-05", expect = {} },
  { "the parameter's period", given = consigned { consignment_agreement = { settlement_days = "" } }, as_of = "2026-11-05", parameters = { days = 30 },
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
}

cases "CSG-13" {
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
    given = consigned({ consignment_settlement = { reviewed_at = "" } }, (function()
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
  { "left at two costs: all of them count",
    given = consigned({ consignment_settlement = {}, consignment_settlement_line = {} }, {
      stock_movement = {
        { movement_id = "M1", product_id = "P1", moved_at = "2026-10-05T15:00:00", quantity = "-6", unit_cost = "60", doc_kind = "stock_issue", doc_id = "SI1" },
        { movement_id = "M2", product_id = "P1", moved_at = "2026-10-05T15:00:00", quantity = "-4", unit_cost = "65", doc_kind = "stock_issue", doc_id = "SI1" },
      },
      control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "621" } },
    }),
    expect = { { key = "/2026-10/goods_on_consignment", amount = "1", stock = "620" } } },
  { "deliveries without a company are the only one's",
    given = consigned({}, { company = { { company_id = "T1" } }, control_balance = {
      { company_id = "T1", period = "2026-10", account = "goods_on_consignment", balance = "300" },
    } }),
    expect = { { key = "T1/2026-10/goods_on_consignment", amount = "60", stock = "360" } } },
  { "another company's books, and another account", expect = {},
    given = consigned({ delivery = { company_id = "T2" }, consignment_settlement = { company_id = "T2" } }, { control_balance = {
      { company_id = "T1", period = "2026-10", account = "inventory", balance = "5" }, { company_id = "T1", period = "2026-10", account = "goods_on_consignment", balance = "0" },
    } }) },
  { "the month before", period = "2026-10",
    given = consigned({}, { control_balance = {
      { period = "2026-09", account = "goods_on_consignment", balance = "5" }, { period = "2026-10", account = "goods_on_consignment", balance = "361" },
    } }),
    expect = { { key = "/2026-10/goods_on_consignment", period = "2026-10", amount = "1" } } },
  { "no cost", given = consigned({ product = { standard_cost = "" } }, { control_balance = { { period = "2026-10", account = "goods_on_consignment", balance = "360" } } }),
    expect = { { key = "-", untestable = "no cost of P1" } } },
}

-- SPDX-License-Identifier: MIT
-- The cases of SHP: goods on their way.

-- Request R1, reviewed twice, and its issue slip S1 for ten pieces at 8.
local function requested(request, slip, more)
  return with({
    employee = { { employee_id = "E4" }, { employee_id = "E5" }, { employee_id = "E7" }, { employee_id = "E23" }, { employee_id = "E14" } },
    role_assignment = {
      { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" }, { employee_id = "E5", role = "branch_manager", valid_from = "2026-01-01" },
      { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" }, { employee_id = "E23", role = "storekeeper", valid_from = "2026-01-01" },
      { employee_id = "E14", role = "sales_clerk", valid_from = "2026-01-01" },
    },
    product = { { product_id = "A", standard_cost = "5", spec = "6204" }, { product_id = "B", standard_cost = "5" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", ship_to_address = "Street 1", status = "executing" } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", unit_price_gross = "9.04" } },
    delivery_request = { with({
      request_id = "R1", contract_id = "CT1", kind = "goods", requested_by = "E7", requested_at = "2026-10-19T09:00:00",
      branch_reviewed_by = "E5", branch_reviewed_at = "2026-10-19T10:00:00", sales_reviewed_by = "E4", sales_reviewed_at = "2026-10-19T11:00:00",
    }, request) },
    delivery_request_line = { { request_id = "R1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    delivery = { { delivery_id = "D1", kind = "delivery", contract_id = "CT1", customer_id = "C1", request_id = "R1", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    stock_issue = { with({ issue_id = "S1", sign = "blue", delivery_id = "D1", prepared_by = "E14", prepared_at = "2026-10-20T09:00:00", issued_by = "E23", issued_at = "2026-10-20T10:00:00" }, slip) },
    stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "10", delivery_line_no = "1" } },
  }, more)
end

cases "SHP-01" {
  { "every step in order, some in the same second",
    given = requested({ branch_reviewed_at = "2026-10-19T09:00:00", sales_reviewed_at = "2026-10-20T09:00:00" }), expect = {} },
  { "written a second before the review", given = requested { sales_reviewed_at = "2026-10-20T09:00:01" },
    expect = { { key = "S1", amount = "80", fault = "too early", step = "stock_issue.prepared_at", at = "2026-10-20T09:00:00", other = "delivery_request.sales_reviewed_at", other_at = "2026-10-20T09:00:01", faults = "1" } } },
  { "no request at all", given = requested({}, {}, { delivery_request = {}, delivery = { { delivery_id = "D1", kind = "delivery" } } }),
    expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.requested_at", other = "stock_issue.prepared_at", faults = "3" } } },
  { "a request that is not in the data: this control asks for it", given = requested({}, { request_id = "R9" }),
    expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.requested_at", faults = "3" } } },
  { "the slip's own request goes before the delivery's", given = requested({}, { request_id = "R2" }, { delivery_request = {
      { request_id = "R1", requested_at = "2026-10-19T09:00:00", branch_reviewed_at = "2026-10-19T09:00:00", sales_reviewed_at = "2026-10-19T09:00:00" }, { request_id = "R2", requested_at = "2026-10-19T09:00:00" },
    } }), expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.branch_reviewed_at", faults = "2" } } },
  { "not reviewed by the branch", given = requested { branch_reviewed_at = "", branch_reviewed_by = "" },
    expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.branch_reviewed_at" } } },
  { "there are no branches", parameters = { branch_review = false }, given = requested { branch_reviewed_at = "", branch_reviewed_by = "" }, expect = {} },
  { "no branches: the sales manager is needed all the same", parameters = { branch_review = false }, given = requested { sales_reviewed_by = "E7" },
    expect = { { key = "S1", amount = "80", fault = "wrong role", step = "delivery_request.sales_reviewed_at" } } },
  { "reviewed by a salesperson", given = requested { branch_reviewed_by = "E7" },
    expect = { { key = "S1", amount = "80", fault = "wrong role", step = "delivery_request.branch_reviewed_at", wanted = "branch_manager" } } },
  { "by a salesperson to whom the branch manager delegated it",
    given = requested({ branch_reviewed_by = "E7" }, {}, { delegation = { { delegation_id = "V1", grantor_id = "E5", grantee_id = "E7", doc_kind = "delivery_request", valid_from = "2026-10-19", valid_to = "2026-10-20" } } }), expect = {} },
  { "a red slip, a void one, one for a return, one not written yet",
    given = requested({}, {}, { delivery_request = {}, delivery = { { delivery_id = "D2", kind = "return" } }, stock_issue = {
      { issue_id = "S1", sign = "red", prepared_at = "2026-10-20T09:00:00" }, { issue_id = "S2", status = "void", prepared_at = "2026-10-20T09:00:00" },
      { issue_id = "S3", delivery_id = "D2", prepared_at = "2026-10-20T09:00:00" }, { issue_id = "S5", reversal_of = "S2", prepared_at = "2026-10-20T09:00:00" },
    } }), expect = {} },
  { "requests were not imported", given = requested({}, {}, { delivery = { { delivery_id = "D1", kind = "delivery" } } }), absent = { "delivery_request" }, expect = { { key = "S1", untestable = "delivery_request" } } },
  { "nothing names a request", given = requested(), absent = { "stock_issue.request_id", "delivery.request_id" }, expect = { { key = "S1", untestable = "nothing names a request" } } },
  { "written, not issued yet, without a request",
    given = requested({}, { issued_at = "", issued_by = "" }, { delivery_request = {}, delivery = { { delivery_id = "D1", kind = "delivery" } } }),
    expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.requested_at", faults = "3" } } },
  { "what a line without a quantity is worth nobody knows",
    given = requested({ branch_reviewed_at = "", branch_reviewed_by = "" }, {}, { stock_issue_line = {
      { issue_id = "S1", line_no = "1", product_id = "A", quantity = "10", delivery_line_no = "1" }, { issue_id = "S1", line_no = "2", product_id = "B" },
    } }),
    expect = { { key = "S1", amount = "unknown", fault = "missing", step = "delivery_request.branch_reviewed_at" } } },
}

local function asked(...)
  local given = requested({}, {}, { delivery_request = {}, delivery_request_line = {} })
  for position = 1, select("#", ...) do
    local line = (select(position, ...))
    local id = "R" .. position
    table.insert(given.delivery_request, { request_id = id, contract_id = line.contract_id or "CT1", order_id = line.order_id, kind = line.kind, requested_at = line.at or "2026-10-1" .. position .. "T09:00:00" })
    table.insert(given.delivery_request_line, { request_id = id, line_no = "1", product_id = line.product_id or "A", quantity = line.quantity, unit_price = line.unit_price or "8" })
  end
  return given
end

cases "SHP-02" {
  { "to the last piece, a cent off the price; with tax", given = asked({ quantity = "6", unit_price = "8.01" }, { quantity = "4", unit_price = "9.04" }), expect = {} },
  { "two cents off the price", given = asked { quantity = "5", unit_price = "8.02" },
    expect = { { key = "R1/1", label = "price", amount = "0.1", what = "price", asked = "8.02", agreed = "8" } } },
  { "one piece too many, the later request", given = asked({ quantity = "5", at = "2026-10-15T09:00:00" }, { quantity = "6" }),
    expect = { { key = "R1/1", label = "quantity", amount = "8", asked = "11", agreed = "10" } } },
  { "the agreement fills in no quantity: nothing can be too much, and nobody can tell", given = with(asked { quantity = "11" }, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", unit_price = "8" } } }),
    expect = { { key = "contract CT1", untestable = "no price or no quantity" } } },
  { "the agreement fills in only the price with tax: that of the request is without",
    given = with(asked { quantity = "5", unit_price = "8" }, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "10", unit_price_gross = "9.04" } } }),
    expect = { { key = "contract CT1", untestable = "no price or no quantity" } } },
  { "goods given back make room", given = asked({ quantity = "10" }, { quantity = "-3", kind = "return" }, { quantity = "3" }), expect = {} },
  { "ten percent more are let pass", parameters = { quantity_tolerance_pct = "10" }, given = asked { quantity = "11" }, expect = {} },
  { "another product", given = asked { quantity = "5", product_id = "B" },
    expect = { { key = "R1/1", label = "product", amount = "40", asked = "B", agreed = "none" } } },
  { "a month before counts and is not reported", period = "2026-10", given = asked({ quantity = "8", at = "2026-09-30T09:00:00", unit_price = "7" }, { quantity = "3" }),
    expect = { { key = "R2/1", amount = "8", label = "quantity", what = "quantity" } } },
  { "for an order without a contract", given = requested({ contract_id = "", order_id = "SO1" }, {}, {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", cancelled_quantity = "1" } },
    }), expect = { { key = "R1/1", label = "quantity", amount = "8", asked = "10", agreed = "9" } } },
  { "in another currency than the company's", given = (function()
      local given = asked { quantity = "11" }
      given.contract[1].currency = "USD"
      return given
    end)(), expect = { { key = "R1/1", amount = "8", label = "quantity", currency = "USD", what = "quantity" } } },
  { "in the currency of an order without a contract", given = requested({ contract_id = "", order_id = "SO1" }, {}, {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", currency = "USD" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "9", unit_price = "8" } },
    }), expect = { { key = "R1/1", amount = "8", label = "quantity", currency = "USD", what = "quantity" } } },
  { "for neither", given = requested({ contract_id = "" }), expect = {} },
  { "contract lines were not imported", given = asked { quantity = "5" }, absent = { "contract_line" }, expect = { { key = "contract CT1", untestable = "contract_line" } } },
}

local function issued(...)
  local given = requested({}, {}, { stock_issue = {}, stock_issue_line = {} })
  for position = 1, select("#", ...) do
    local line = (select(position, ...))
    local id = "S" .. position
    table.insert(given.stock_issue, { issue_id = id, sign = line.sign or "blue", delivery_id = "D1", request_id = line.request_id, prepared_at = line.at or "2026-10-20T09:00:00", issued_at = line.at or "2026-10-20T10:00:00" })
    line.issue_id, line.line_no, line.product_id, line.quantity, line.delivery_line_no = id, "1", line.product_id or "A", line.quantity or "10", line.delivery_line_no or "1"
    line.at, line.sign, line.request_id = nil, nil, nil
    table.insert(given.stock_issue_line, line)
  end
  return given
end

cases "SHP-03" {
  { "as requested, in two slips", given = issued({ quantity = "6", spec = " 6204 ", quality_status = "ok" }, { quantity = "4" }), expect = {} },
  { "one more than requested", given = issued({ quantity = "6" }, { quantity = "5", at = "2026-10-19T10:00:00" }),
    expect = { { key = "S1/1", label = "request", amount = "8", what = "quantity", issued = "11", wanted = "10" } } },
  { "a piece of tolerance", parameters = { tolerance = "1" }, given = issued { quantity = "11" }, expect = {} },
  { "another product than the delivery line's, not requested either", given = issued { product_id = "B" },
    expect = {
      { key = "S1/1", label = "product", amount = "80", what = "product", issued = "B", wanted = "A" },
      { key = "S1/1", amount = "80", label = "request", what = "unasked", issued = "B", wanted = "none" },
    } },
  { "another lot; the same", given = (function()
      local given = issued({ lot_no = "L2", quantity = "5" }, { lot_no = "L1", quantity = "5" })
      given.delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", lot_no = "L1" } }
      return given
    end)(), expect = { { key = "S1/1", label = "lot", amount = "40", issued = "L2", wanted = "L1" } } },
  { "another specification", given = issued { spec = "6205" }, expect = { { key = "S1/1", amount = "80", label = "spec", issued = "6205", wanted = "6204" } } },
  { "goods on hold", given = issued { quality_status = "hold" }, expect = { { key = "S1/1", label = "quality", amount = "80", issued = "hold", wanted = "ok" } } },
  { "a red slip", given = issued { quantity = "-3", quality_status = "reject", sign = "red" }, expect = {} },
  { "a slip of the delivery that names another request is that one's", given = (function()
      local given = issued({ quantity = "10" }, { quantity = "6", request_id = "R2" })
      table.insert(given.delivery_request, { request_id = "R2", requested_at = "2026-10-19T09:00:00" })
      table.insert(given.delivery_request_line, { request_id = "R2", line_no = "1", product_id = "A", quantity = "6" })
      return given
    end)(), expect = {} },
  { "an earlier month counts and is not reported", period = "2026-10", given = issued({ quantity = "6", at = "2026-09-30T10:00:00", quality_status = "hold" }, { quantity = "5" }),
    expect = { { key = "S2/1", amount = "8", label = "request", issued = "11" } } },
  { "slips do not name requests, deliveries do", absent = { "stock_issue.request_id" }, given = issued({ quantity = "6" }, { quantity = "5", at = "2026-10-21T10:00:00" }),
    expect = { { key = "S2/1", amount = "8", label = "request", issued = "11" } } },
  { "requests were not imported: the rest is tested", absent = { "delivery_request", "delivery_request_line" }, given = issued { quantity = "11", quality_status = "hold" },
    expect = { { key = "S1/1", amount = "88", label = "quality", what = "quality" } } },
  { "deliveries' lines were not imported", absent = { "delivery_line" }, given = issued {}, expect = { { key = "request R1", untestable = "delivery_line" } } },
}

cases "SHP-04" {
  { "issued in the second of the audit, in two slips", as_of = "2026-10-31", given = requested({}, {}, {
      stock_issue = { { issue_id = "S1", delivery_id = "D1", prepared_at = "2026-10-20T08:00:00", issued_at = "2026-10-20T08:00:00" }, { issue_id = "S2", delivery_id = "D1", prepared_at = "2026-10-21T08:00:00", issued_at = "2026-10-21T08:00:00" } },
      stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "6", delivery_line_no = "1" }, { issue_id = "S2", line_no = "1", product_id = "A", quantity = "4", delivery_line_no = "1" } },
    }), expect = {} },
  { "a second before it", as_of = "2026-10-31", given = requested({}, { issued_at = "2026-10-20T07:59:59" }),
    expect = { { key = "D1", label = "time", amount = "80", what = "too early", found = "2026-10-20T07:59:59", expected = "2026-10-20T08:00:00" } } },
  { "written on the next day", as_of = "2026-10-31", given = requested({}, { prepared_at = "2026-10-21T09:00:00", issued_at = "2026-10-21T10:00:00" }),
    expect = { { key = "D1", label = "time", amount = "80", what = "late", found = "2026-10-21T09:00:00" } } },
  { "a day is allowed", as_of = "2026-10-31", parameters = { max_lag_days = "1" }, given = requested({}, { prepared_at = "2026-10-21T09:00:00", issued_at = "2026-10-21T10:00:00" }), expect = {} },
  { "two lines, one short by one and one over by two", as_of = "2026-10-31", given = requested({}, {}, {
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D1", line_no = "2", product_id = "B", quantity = "5", unit_price = "3" }, { delivery_id = "D1", line_no = "3", product_id = "X", quantity = "1", unit_price = "3", line_kind = "service" } },
      stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "9", delivery_line_no = "1" }, { issue_id = "S1", line_no = "2", product_id = "B", quantity = "7", delivery_line_no = "2" } },
    }), expect = { { key = "D1", label = "quantity", amount = "14", what = "quantity", found = "16", expected = "15", lines = "1, 2" } } },
  { "slips without line numbers meet by product", as_of = "2026-10-31", given = requested({}, {}, {
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "6", unit_price = "8" }, { delivery_id = "D1", line_no = "2", product_id = "A", quantity = "5", unit_price = "8" } },
      stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "10" } },
    }), expect = { { key = "D1", label = "quantity", amount = "8", found = "10", expected = "11", lines = "A" } } },
  { "a piece of tolerance", as_of = "2026-10-31", parameters = { tolerance = "1" }, given = requested({}, {}, { stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "9", delivery_line_no = "1" } } }), expect = {} },
  { "no slip on the day of the audit: still time", as_of = "2026-10-20", given = requested({}, {}, { stock_issue = {}, stock_issue_line = {} }), expect = {} },
  { "no slip the day after; a void one is none", as_of = "2026-10-21", given = requested({}, { status = "void" }),
    expect = { { key = "D1", label = "quantity", amount = "80", found = "0", expected = "10" } } },
  { "a return, a draft, one not audited", as_of = "2026-10-31", given = requested({}, {}, { stock_issue = {}, delivery = {
      { delivery_id = "D1", kind = "return", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" }, { delivery_id = "D2", kind = "delivery", status = "draft", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" },
      { delivery_id = "D3", kind = "delivery", delivery_date = "2026-10-20" }, { delivery_id = "D4", kind = "delivery", reversal_of = "D3", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" },
    }, delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "-1" }, { delivery_id = "D2", line_no = "1", product_id = "A", quantity = "1" }, { delivery_id = "D3", line_no = "1", product_id = "A", quantity = "1" }, { delivery_id = "D4", line_no = "1", product_id = "A", quantity = "1" } } }), expect = {} },
  { "a slip without a delivery, where no requests are kept", as_of = "2026-10-31", absent = { "delivery_request", "delivery_request_line" },
    given = { product = { { product_id = "A", standard_cost = "5" } }, stock_issue = { { issue_id = "S9", prepared_at = "2026-10-20T09:00:00", issued_at = "2026-10-20T10:00:00" } }, stock_issue_line = { { issue_id = "S9", line_no = "1", product_id = "A", quantity = "2" } } },
    expect = { { key = "S9", label = "unlinked", amount = "10", found = "2026-10-20T10:00:00" } } },
  { "one with a request may have none", as_of = "2026-10-31", given = requested({}, { delivery_id = "", request_id = "R1" }, { delivery = {} }), expect = {} },
  { "slips were not imported", as_of = "2026-10-31", given = requested(), absent = { "stock_issue" }, expect = { { key = "D1", untestable = "stock_issue" } } },
}

local function to_be_paid(plan, receipts, more)
  return with(requested({}, {}, {
    payment_plan = plan, receipt = receipts,
    employee = { { employee_id = "E1" }, { employee_id = "E7" } },
    role_assignment = { { employee_id = "E1", role = "company_leader", valid_from = "2026-01-01" }, { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" } },
  }), more)
end

local three_payments = {
  { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "30" },
  { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "40" },
  { plan_id = "F3", contract_id = "CT1", milestone = "on_delivery", amount = "10" },
}

local function paid(amount, on)
  return { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = amount, received_on = on } }
end

local function shipping_permission(kind, decided_at, who, doc_kind, doc_id)
  return { approval = { {
    approval_id = "A1", doc_kind = doc_kind or "delivery", doc_id = doc_id or "D1", approval_kind = kind, decision = "approve", approver_id = who,
    decided_at = decided_at, requested_at = decided_at,
  } } }
end

cases "SHP-05" {
  { "paid in dollars, two short at the rate of the day",
    given = with(to_be_paid(three_payments, { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "10", received_on = "2026-10-20", currency = "USD" } }), {
      exchange_rate = { { currency = "USD", rate_date = "2026-10-20", rate = "6.8" } },
    }),
    expect = { { key = "D1", amount = "2", received = "68", planned = "70" } } },
  { "paid in dollars, enough at the rate of the day",
    given = with(to_be_paid(three_payments, { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "10", received_on = "2026-10-20", currency = "USD" } }), {
      exchange_rate = { { currency = "USD", rate_date = "2026-10-20", rate = "7" } },
    }),
    expect = {} },
  { "a cent short on the day", given = to_be_paid(three_payments, paid("69.99", "2026-10-20")),
    expect = { { key = "D1", amount = "0.01", received = "69.99", planned = "70", delivered_on = "2026-10-20", deliveries = "1" } } },
  { "paid on the day", given = to_be_paid(three_payments, paid("70", "2026-10-20")), expect = {} },
  { "paid the day after; two deliveries before, one after",
    given = to_be_paid(three_payments, paid("70", "2026-10-21"), { delivery = {
      { delivery_id = "D1", kind = "delivery", contract_id = "CT1", delivery_date = "2026-10-20" }, { delivery_id = "D2", kind = "delivery", contract_id = "CT1", delivery_date = "2026-10-19" },
      { delivery_id = "D3", kind = "delivery", contract_id = "CT1", delivery_date = "2026-10-21" }, { delivery_id = "D4", kind = "return", contract_id = "CT1", delivery_date = "2026-10-18" },
    } }),
    expect = { { key = "D2", amount = "70", received = "0", deliveries = "2" } } },
  { "nothing is asked for before shipment", given = to_be_paid({ three_payments[3] }, {}), expect = {} },
  { "allowed by a leader on the day", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-20T18:00:00", "E1")), expect = {} },
  { "allowed for the whole contract", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-20T18:00:00", "E1", "contract", "CT1")), expect = {} },
  { "allowed the day after", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-21T08:00:00", "E1")), expect = { { key = "D1", amount = "70", deliveries = "1" } } },
  { "allowed by a salesperson", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-19T08:00:00", "E7")), expect = { { key = "D1", amount = "70", deliveries = "1" } } },
  { "production was allowed, not shipment", given = to_be_paid(three_payments, {}, shipping_permission("produce_before_payment", "2026-10-19T08:00:00", "E1")), expect = { { key = "D1", amount = "70", deliveries = "1" } } },
  { "no contract", given = to_be_paid(three_payments, {}, { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" } } }), expect = {} },
  { "the payment plan was not imported", given = to_be_paid(three_payments, {}), absent = { "payment_plan" }, expect = { { key = "CT1", untestable = "payment_plan" } } },
}

local function made_and_issued(receipts, lines, more)
  return with(requested({}, {}, {
    product = { { product_id = "A", is_made_to_order = "true", standard_cost = "5" }, { product_id = "B" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05" } },
    production_order = { { production_order_id = "M1", order_id = "SO1", product_id = "A" } },
    delivery = { { delivery_id = "D1", kind = "delivery", order_id = "SO1", customer_id = "C1", delivery_date = "2026-10-20" } },
    goods_receipt = receipts, stock_issue_line = lines,
  }), more)
end

local function packed(id, on, packed_on, more)
  return with({ goods_receipt_id = id, production_order_id = "M1", product_id = "A", quantity = "10", received_on = on, packed_on = packed_on }, more)
end

local function taken(quantity, more)
  return with({ issue_id = "S1", line_no = "1", product_id = "A", quantity = quantity, delivery_line_no = "1" }, more)
end

cases "SHP-06" {
  { "received and packed on the day", given = made_and_issued({ packed("G1", "2026-10-20", "2026-10-20") }, { taken "10" }), expect = {} },
  { "received the day after", given = made_and_issued({ packed("G1", "2026-10-21", "2026-10-21") }, { taken "10" }),
    expect = { { key = "S1/1", amount = "80", over = "10", what = "not yet in", received_on = "2026-10-21", issued_at = "2026-10-20T10:00:00" } } },
  { "one more than was received", given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-19") }, { taken "4", taken("7", { line_no = "2" }) }),
    expect = { { key = "S1/2", amount = "8", over = "1", what = "not yet in" } } },
  { "never received", given = made_and_issued({}, { taken "10" }), expect = { { key = "S1/1", amount = "80", what = "unreceived", received_on = "none" } } },
  { "not packed; packed the day after", given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-21"), packed("G2", "2026-10-19", nil) }, { taken "10" }),
    expect = { { key = "S1/1", amount = "80", what = "unpacked" } } },
  { "packing is not recorded", parameters = { packing = false }, given = made_and_issued({ packed("G1", "2026-10-19", nil) }, { taken "10" }), expect = {} },
  { "nor imported", absent = { "goods_receipt.packed_on" }, given = made_and_issued({ packed("G1", "2026-10-19", nil) }, { taken "10" }), expect = {} },
  { "by lot: another lot does not help", given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-19", { lot_no = "L1" }), packed("G2", "2026-10-19", "2026-10-19", { lot_no = "L2", quantity = "9" }) }, { taken("10", { lot_no = "L2" }) }),
    expect = { { key = "S1/1", over = "1", amount = "8" } } },
  { "goods brought back make room; a void slip takes none",
    given = made_and_issued({ packed("G1", "2026-10-15", "2026-10-15") }, { taken("10", { issue_id = "S0" }), taken("-4", { issue_id = "S2" }), taken "4", taken("9", { issue_id = "S3" }) }, { stock_issue = {
      { issue_id = "S0", delivery_id = "D1", prepared_at = "2026-10-16T10:00:00", issued_at = "2026-10-16T10:00:00" }, { issue_id = "S1", delivery_id = "D1", prepared_at = "2026-10-20T10:00:00", issued_at = "2026-10-20T10:00:00" },
      { issue_id = "S2", sign = "red", delivery_id = "D1", prepared_at = "2026-10-18T10:00:00", issued_at = "2026-10-18T10:00:00" }, { issue_id = "S3", status = "void", delivery_id = "D1", prepared_at = "2026-10-17T10:00:00", issued_at = "2026-10-17T10:00:00" },
    } }), expect = {} },
  { "an earlier month counts and is not reported", period = "2026-10",
    given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-19") }, { taken("4", { issue_id = "S0" }), taken "8" }, { stock_issue = {
      { issue_id = "S0", delivery_id = "D1", prepared_at = "2026-09-16T10:00:00", issued_at = "2026-09-16T10:00:00" }, { issue_id = "S1", delivery_id = "D1", prepared_at = "2026-10-20T10:00:00", issued_at = "2026-10-20T10:00:00" },
    } }), expect = { { key = "S1/1", amount = "16", over = "2" } } },
  { "goods from stock", given = made_and_issued({}, { taken("10", { product_id = "B" }) }), expect = {} },
  { "neither lot nor order", given = made_and_issued({}, { taken "10" }, { delivery = { { delivery_id = "D1", kind = "delivery" } } }), expect = { { key = "S1/1", untestable = "neither lot nor order" } } },
  { "receipts were not imported", given = made_and_issued({}, { taken "10" }), absent = { "goods_receipt" }, expect = { { key = "sales_order SO1 A", untestable = "goods_receipt" } } },
}

local function sent_to(delivery, contract, more)
  local given = with(requested(), {
    customer = { { customer_id = "C1", address = "Street 9" } },
    sales_order = { { order_id = "SO1", contract_id = "CT1", customer_id = "C1", order_date = "2026-10-05", ship_to_address = "Street 5" } },
    delivery = with({ order_id = "SO1" }, delivery),
    stock_issue = {}, stock_issue_line = {},
  })
  given.contract[1] = with(given.contract[1], contract)
  return with(given, more)
end

cases "SHP-07" {
  { "another number", given = sent_to({ ship_to_id = "P2", ship_to_address = "Street 1" }, { ship_to_id = "P1" }),
    expect = { { key = "D1", amount = "80", severity = "high", place = "P2", agreed = "P1", source = "contract.ship_to_id" } } },
  { "the same number, whatever the text", given = sent_to({ ship_to_id = "P1", ship_to_address = "Street 2" }, { ship_to_id = "P1" }), expect = {} },
  { "the order's number", given = sent_to({ ship_to_id = "P2" }, {}, { sales_order = { { order_id = "SO1", contract_id = "CT1", ship_to_id = "P1" } } }),
    expect = { { key = "D1", amount = "80", place = "P2", agreed = "P1", source = "sales_order.ship_to_id" } } },
  { "another street than the contract's, though the order's", given = sent_to { ship_to_address = "Street 5" },
    expect = { { key = "D1", amount = "80", severity = "low", place = "Street 5", agreed = "Street 1", source = "contract.ship_to_address" } } },
  { "width, case and blanks do not count, nor what is added", given = sent_to { ship_to_address = "STREET　1, gate 3" }, expect = {} },
  { "the order's street, where the contract names none", given = sent_to({ ship_to_address = "Street 9" }, { ship_to_address = "" }),
    expect = { { key = "D1", amount = "80", agreed = "Street 5", source = "sales_order.ship_to_address" } } },
  { "the customer's street, where neither names one", given = sent_to({ ship_to_address = "Street 9", order_id = "" }, { ship_to_address = "" }), expect = {} },
  { "another than the customer's", given = sent_to({ ship_to_address = "Street 8", order_id = "" }, { ship_to_address = "" }),
    expect = { { key = "D1", amount = "80", agreed = "Street 9", source = "customer.address" } } },
  { "a return, a void delivery", given = sent_to({}, {}, { delivery = { { delivery_id = "D1", kind = "return" }, { delivery_id = "D2", kind = "delivery", status = "void" } } }), expect = {} },
  { "no place", given = sent_to(), expect = { { key = "D1", untestable = "no place of delivery" } } },
  { "no place agreed", given = sent_to({ ship_to_address = "Street 8", contract_id = "", order_id = "" }, {}, { customer = { { customer_id = "C1" } } }), expect = { { key = "D1", untestable = "no place agreed" } } },
}

local function delivered_lines(...)
  local given = {
    product = { { product_id = "A", uom = "piece" } }, uom_conversion = { { product_id = "A", uom = "box", base_quantity = "12" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "100", unit_price = "8" } },
    delivery = {}, delivery_line = {},
  }
  for position = 1, select("#", ...) do
    local line = (select(position, ...))
    local id = "D" .. position
    table.insert(given.delivery, { delivery_id = id, order_id = "SO1", kind = line.kind or "delivery", status = line.status, delivery_date = line.on or "2026-10-20" })
    table.insert(given.delivery_line, { delivery_id = id, line_no = "1", order_line_no = "1", product_id = line.product_id or "A", quantity = line.quantity, unit_price = line.unit_price or "8", uom = line.uom, line_kind = line.line_kind })
  end
  return given
end

-- Ten of the hundred ordered, delivered on 2026-10-20 on an order in another state.
local function delivered_on_order(order)
  local given = delivered_lines { quantity = "10" }
  given.sales_order = { with({ order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" }, order) }
  return given
end

cases "SHP-08" {
  { "the order was rejected", given = delivered_on_order { status = "rejected" }, expect = { { key = "D1/1", amount = "80", ordered = "0", over = "10" } } },
  { "the order is a draft", given = delivered_on_order { status = "draft" }, expect = { { key = "D1/1", amount = "80", ordered = "0", over = "10" } } },
  { "the order had been cancelled the day before", given = delivered_on_order { status = "cancelled", cancelled_at = "2026-10-19T09:00:00" },
    expect = { { key = "D1/1", amount = "80", ordered = "0", over = "10" } } },
  { "the order was cancelled the day after", given = delivered_on_order { status = "cancelled", cancelled_at = "2026-10-21T09:00:00" }, expect = {} },
  { "the order is cancelled, since when is not known", given = delivered_on_order { status = "cancelled" },
    expect = { { key = "SO1", untestable = "since when the order is cancelled is not recorded" } } },
  { "to the last piece; what came back may be sent again", given = delivered_lines({ quantity = "60" }, { quantity = "-20", kind = "return" }, { quantity = "60" }), expect = {} },
  { "one too many, the later delivery", given = delivered_lines({ quantity = "60", on = "2026-10-22" }, { quantity = "41" }),
    expect = { { key = "D1/1", amount = "8", delivered = "101", ordered = "100", over = "1" } } },
  { "twelve to the box", given = delivered_lines({ quantity = "9", uom = "box", unit_price = "96" }), expect = { { key = "D1/1", amount = "64", delivered = "108", over = "8" } } },
  { "five percent are let pass", parameters = { tolerance_pct = "5" }, given = delivered_lines { quantity = "105" }, expect = {} },
  { "void deliveries, drafts and services do not count", given = delivered_lines({ quantity = "60", status = "void" }, { quantity = "60", status = "draft" }, { quantity = "60", line_kind = "service" }, { quantity = "100" }), expect = {} },
  { "a product that was not ordered", given = delivered_lines { quantity = "5", product_id = "B" }, expect = { { key = "D1/1", amount = "40", ordered = "0", over = "5" } } },
  { "an earlier month counts and is not reported", period = "2026-10", given = delivered_lines({ quantity = "110", on = "2026-09-30" }, { quantity = "2" }), expect = { { key = "D2/1", amount = "16", over = "2" } } },
  { "no order", given = { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" } }, delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "5" } } }, expect = {} },
  { "order lines were not imported", given = delivered_lines { quantity = "5" }, absent = { "sales_order_line" }, expect = { { key = "SO1", untestable = "sales_order_line" } } },
}

local function signed_for(confirmations, more)
  return with(requested({}, {}, { delivery_confirmation = confirmations, stock_issue = {}, stock_issue_line = {} }), more)
end

local function signature(id, on, quantity, more)
  return with({ confirmation_id = id, delivery_id = "D1", signed_on = on, quantity = quantity, condition_ok = "true" }, more)
end

cases "SHP-09" {
  { "damaged and short, all of it after the period", period = "2026-10", as_of = "2026-11-30",
    given = signed_for({ signature("K1", "2026-11-13", "9", { condition_ok = "false" }) }, { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-11-09" } } }),
    expect = { { key = "D1", label = "quantity", amount = "8" } } },
  { "signed on the fifteenth day", as_of = "2026-11-30", given = signed_for { signature("K1", "2026-11-04", "10") }, expect = {} },
  { "on the sixteenth", as_of = "2026-11-30", given = signed_for { signature("K1", "2026-11-05", "10") },
    expect = { { key = "D1", label = "sign_off", amount = "80", what = "late", found = "2026-11-05", expected = "2026-11-04", delivered_on = "2026-10-20" } } },
  { "nobody signed in fifteen days", as_of = "2026-11-04", given = signed_for {}, expect = {} },
  { "nor in sixteen; a slip without a date is none", as_of = "2026-11-05", given = signed_for { signature("K1", nil, "10") },
    expect = { { key = "D1", label = "sign_off", amount = "80", what = "missing" } } },
  { "nobody signed for an earlier month's; signed late in that month", period = "2026-11", as_of = "2026-11-30",
    given = signed_for({ signature("K1", "2026-10-30", "10", { delivery_id = "D2" }) }, { delivery = {
      { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-02" }, { delivery_id = "D2", kind = "delivery", delivery_date = "2026-10-02" },
    }, delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D2", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } } }),
    expect = { { key = "D1", amount = "80", label = "sign_off", what = "missing" } } },
  { "nine signed for", as_of = "2026-10-31", given = signed_for { signature("K1", "2026-10-22", "9") },
    expect = { { key = "D1", label = "quantity", amount = "8", what = "quantity", found = "9", expected = "10" } } },
  { "in two slips, the second still to come", as_of = "2026-10-31", given = signed_for { signature("K1", "2026-10-22", "4"), signature("K2", "2026-10-23", "5") }, expect = {} },
  { "and it did not come", as_of = "2026-11-05", given = signed_for { signature("K1", "2026-10-22", "4"), signature("K2", "2026-10-23", "5") }, expect = { { key = "D1", amount = "8", label = "quantity", found = "9" } } },
  { "by lines: one short, one over", as_of = "2026-11-30",
    given = signed_for({ signature("K1", "2026-10-22", "9", { delivery_line_no = "1" }), signature("K2", "2026-10-22", "6", { delivery_line_no = "2" }) }, {
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D1", line_no = "2", product_id = "B", quantity = "5", unit_price = "2" } },
    }), expect = { { key = "D1", amount = "10", label = "quantity", what = "quantity" } } },
  { "freight counted among the pieces, or not", as_of = "2026-11-30",
    given = signed_for({ signature("K1", "2026-10-22", "11") }, {
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D1", line_no = "2", quantity = "1", unit_price = "2", line_kind = "freight" } },
    }), expect = {} },
  { "no quantity on the slip", as_of = "2026-11-30", given = signed_for { signature("K1", "2026-10-22") }, expect = {} },
  { "damaged", as_of = "2026-10-31", given = signed_for { signature("K1", "2026-10-22", "10", { condition_ok = "false" }) },
    expect = { { key = "D1", label = "condition", amount = "80", what = "damaged" } } },
  { "damaged and short, with a return on its way", as_of = "2026-10-31", given = signed_for({ signature("K1", "2026-10-22", "9", { condition_ok = "false" }) }, { return_request = { { return_id = "T1", delivery_id = "D1", requested_on = "2026-10-23" } } }), expect = {} },
  { "damaged, with a return made", as_of = "2026-10-31", given = signed_for({ signature("K1", "2026-10-22", "10", { condition_ok = "false" }) }, { delivery = {
      { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" }, { delivery_id = "D9", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-24" },
    } }), expect = {} },
  { "a void return request is none", as_of = "2026-10-31", given = signed_for({ signature("K1", "2026-10-22", "10", { condition_ok = "false" }) }, { return_request = { { return_id = "T1", delivery_id = "D1", requested_on = "2026-10-23", status = "void" } } }),
    expect = { { key = "D1", amount = "80", label = "condition", what = "damaged" } } },
  { "a service needs no signature here", as_of = "2026-11-30", given = signed_for({}, { delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", line_kind = "service" } } }), expect = {} },
  { "confirmations were not imported", as_of = "2026-11-30", given = signed_for {}, absent = { "delivery_confirmation" }, expect = { { key = "D1", untestable = "delivery_confirmation" } } },
}

local function promised(line, deliveries, more)
  local given = {
    contract = { { contract_id = "CT1", customer_id = "C1", delivery_due_on = "2026-10-30" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1", contract_id = "CT1", delivery_due_on = "2026-10-25", status = "approved", approved_at = "2026-10-05T10:00:00" } },
    sales_order_line = { with({ order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" }, line) },
    delivery = {}, delivery_line = {}, delivery_confirmation = {},
  }
  for number, delivery in ipairs(deliveries or {}) do
    local id = "D" .. number
    table.insert(given.delivery, { delivery_id = id, order_id = "SO1", kind = delivery.kind or "delivery", status = delivery.status, delivery_date = delivery.on })
    table.insert(given.delivery_line, { delivery_id = id, line_no = "1", order_line_no = "1", product_id = "A", quantity = delivery.quantity, unit_price = "8" })
    if delivery.signed_on then table.insert(given.delivery_confirmation, { confirmation_id = "K" .. number, delivery_id = id, signed_on = delivery.signed_on, delivery_line_no = delivery.line_no }) end
  end
  return with(given, more)
end

cases "SHP-10" {
  { "signed for on the day", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-19", quantity = "10", signed_on = "2026-10-20" } }), expect = {} },
  { "signed for the day after", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-19", quantity = "10", signed_on = "2026-10-21" } }),
    expect = { { key = "SO1/1", amount = "80", due = "2026-10-20", late = "10", open = "0", arrived = "2026-10-21" } } },
  { "delivered the day after, not signed for; part of it in time", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-21", quantity = "4" }, { on = "2026-10-20", quantity = "6" } }),
    expect = { { key = "SO1/1", amount = "32", late = "4" } } },
  { "delivered in time on a note that names the order and not its line", as_of = "2026-10-31",
    given = promised({}, {}, {
      delivery = { { delivery_id = "D1", order_id = "SO1", kind = "delivery", delivery_date = "2026-10-20" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", order_id = "SO1" } },
    }), expect = {} },
  { "the same a day late", as_of = "2026-10-31",
    given = promised({}, {}, {
      delivery = { { delivery_id = "D1", order_id = "SO1", kind = "delivery", delivery_date = "2026-10-21" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", order_id = "SO1" } },
    }), expect = { { key = "SO1/1", amount = "80", late = "10", open = "0" } } },
  { "of which of two lines nobody can tell", as_of = "2026-10-31",
    given = promised({}, {}, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" },
        { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-12-20" },
      },
      delivery = { { delivery_id = "D1", order_id = "SO1", kind = "delivery", delivery_date = "2026-10-20" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", order_id = "SO1" } },
    }), expect = { { key = "SO1/1", untestable = "names no line of SO1" }, { key = "SO1/2", untestable = "names no line of SO1" } } },
  { "a day's grace", as_of = "2026-10-31", parameters = { grace_days = "1" }, given = promised({}, { { on = "2026-10-21", quantity = "10" } }), expect = {} },
  { "some came late, some not at all; cancelled pieces are not waited for", as_of = "2026-10-31", given = promised({ cancelled_quantity = "1" }, { { on = "2026-10-21", quantity = "4" } }),
    expect = { { key = "SO1/1", amount = "72", late = "4", open = "5", arrived = "2026-10-21" } } },
  { "not due yet", as_of = "2026-10-20", given = promised(), expect = {} },
  { "due the day before", as_of = "2026-10-21", given = promised(), expect = { { key = "SO1/1", amount = "80", open = "10", late = "0", arrived = "none" } } },
  { "the order's date", as_of = "2026-10-31", given = promised({ delivery_due_on = "" }, { { on = "2026-10-25", quantity = "10" } }), expect = {} },
  { "the contract's date", as_of = "2026-10-31", given = promised({ delivery_due_on = "" }, { { on = "2026-10-31", quantity = "10" } }, { sales_order = { { order_id = "SO1", order_date = "2026-10-05", contract_id = "CT1", status = "approved", approved_at = "2026-10-05T10:00:00" } } }),
    expect = { { key = "SO1/1", amount = "80", due = "2026-10-30" } } },
  { "the customer asked for a later date, in time", as_of = "2026-10-31",
    given = promised({}, { { on = "2026-10-28", quantity = "10" } }, { schedule_notice = { { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-20", new_due_on = "2026-10-28" } } }), expect = {} },
  { "and when it was late already", as_of = "2026-10-31",
    given = promised({}, { { on = "2026-10-28", quantity = "10" } }, { schedule_notice = { { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-21", new_due_on = "2026-10-28" } } }), expect = { { key = "SO1/1", amount = "80", late = "10" } } },
  { "more than was ordered came late", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-20", quantity = "10" }, { on = "2026-10-21", quantity = "5" } }), expect = {} },
  { "void deliveries did not come; returns did not go", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-20", quantity = "10" }, { on = "2026-10-22", quantity = "-5", kind = "return" }, { on = "2026-10-22", quantity = "10", status = "void" } }), expect = {} },
  { "closed: what came late is late all the same", as_of = "2026-10-31", given = promised({ closed_at = "2026-10-22T10:00:00" }, { { on = "2026-10-21", quantity = "4" } }), expect = { { key = "SO1/1", amount = "32", open = "0" } } },
  { "of an earlier month: came late in this one; late then; still open; closed", period = "2026-11", as_of = "2026-11-30",
    given = promised({}, { { on = "2026-11-02", quantity = "10" }, { on = "2026-10-28", quantity = "10" } }, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" }, { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" },
        { order_id = "SO1", line_no = "3", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" }, { order_id = "SO1", line_no = "4", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20", closed_at = "2026-10-30T10:00:00" },
      },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "A", quantity = "10" }, { delivery_id = "D2", line_no = "1", order_line_no = "2", product_id = "A", quantity = "10" } },
    }), expect = { { key = "SO1/1", amount = "80", late = "10" }, { key = "SO1/3", amount = "80", open = "10" } } },
  { "not approved, cancelled, a gift, no date", as_of = "2026-10-31", given = promised({}, {}, {
      sales_order = {
        { order_id = "SO1", order_date = "2026-10-05", status = "submitted", approved_at = "2026-10-05T10:00:00" }, { order_id = "SO2", order_date = "2026-10-05", status = "cancelled", approved_at = "2026-10-05T10:00:00" },
        { order_id = "SO3", order_date = "2026-10-05", approved_at = "2026-10-05T10:00:00" }, { order_id = "SO4", order_date = "2026-10-05" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20" }, { order_id = "SO2", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20" },
        { order_id = "SO3", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20", line_kind = "gift" }, { order_id = "SO3", line_no = "2", quantity = "10" }, { order_id = "SO4", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20" },
      },
    }), expect = {} },
  { "deliveries were not imported", as_of = "2026-10-31", given = promised(), absent = { "delivery", "delivery_line" }, expect = { { key = "SO1/1", untestable = "delivery" } } },
  { "a signature for another line says nothing of this one", as_of = "2026-10-31",
    given = promised({}, { { on = "2026-10-19", quantity = "10", signed_on = "2026-10-21", line_no = "9" } }), expect = {} },
  { "a confirmation of the line that nobody signed leaves the one of the whole delivery", as_of = "2026-10-31",
    given = promised({}, { { on = "2026-10-19", quantity = "10" } }, { delivery_confirmation = {
      { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1" }, { confirmation_id = "K2", delivery_id = "D1", signed_on = "2026-10-21" },
    } }),
    expect = { { key = "SO1/1", amount = "80", late = "10", arrived = "2026-10-21" } } },
}

cases "SHP-11" {
  { "all three agree; one is not kept", given = { product = { { product_id = "A" } }, stock_count = {
      { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "10", quantity_book = "10.00" }, { count_id = "N2", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "10" },
    } }, expect = {} },
  { "the books differ by two, the card by one", given = { product = { { product_id = "A", standard_cost = "5" } }, stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "11", quantity_book = "12" } } },
    expect = { { key = "N1", amount = "10", what = "difference", physical = "10", card = "11", book = "12" } } },
  { "only the card differs", given = { product = { { product_id = "A", standard_cost = "5" } }, stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "9", quantity_book = "10" } } },
    expect = { { key = "N1", amount = "5", what = "difference" } } },
  { "two units of tolerance", parameters = { tolerance = "2" }, given = { product = { { product_id = "A" } }, stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_book = "12" } } }, expect = {} },
  { "moved in October and counted in September; not moved", period = "2026-10", as_of = "2026-11-05", given = {
      product = { { product_id = "A" }, { product_id = "B" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-31T08:00:00", quantity = "1" }, { movement_id = "V2", product_id = "B", moved_at = "2026-09-30T08:00:00", quantity = "1" } },
      stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-09-30", quantity_physical = "10", quantity_book = "10" } },
    }, expect = { { key = "A", amount = "none", label = "uncounted", what = "uncounted" } } },
  { "counted on the last day of the month", period = "2026-10", as_of = "2026-11-05", given = {
      product = { { product_id = "A" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-01T08:00:00", quantity = "1" } },
      stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_book = "10" } },
    }, expect = {} },
  { "not every product is counted", period = "2026-10", parameters = { each_month = false }, given = { product = { { product_id = "A" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-01T08:00:00", quantity = "1" } } }, expect = {} },
  { "two months, one without a count", period = "2026-09-01..2026-10-31", given = {
      product = { { product_id = "A" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-01T08:00:00", quantity = "1" }, { movement_id = "V2", product_id = "A", moved_at = "2026-09-01T08:00:00", quantity = "1" } },
      stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-09-30", quantity_physical = "10", quantity_book = "10" } },
    }, expect = { { key = "A", amount = "none", label = "uncounted", what = "uncounted" } } },
  { "nothing counted; nothing to compare with", given = { stock_count = { { count_id = "N1", counted_on = "2026-10-31" }, { count_id = "N2", counted_on = "2026-10-31", quantity_physical = "1" } } },
    expect = { { key = "N1", untestable = "nothing counted" }, { key = "N2", untestable = "neither bin card" } } },
}

local function anomaly(fields, more)
  local row = with({ anomaly_id = "Y1", found_at = "2026-10-09T10:00:00", reported_at = "2026-10-12T18:00:00", reported_to = "E24", resolved_at = "2026-10-16T10:00:00", amount = "500" }, fields)
  return with({
    employee = { { employee_id = "E24" }, { employee_id = "E23" } },
    role_assignment = { { employee_id = "E24", role = "warehouse_head", valid_from = "2026-01-01" }, { employee_id = "E23", role = "storekeeper", valid_from = "2026-01-01" } },
    stock_anomaly = { row },
  }, more)
end

cases "SHP-12" {
  { "reported on the next working day, dealt with on the seventh day", as_of = "2026-10-31", given = anomaly(), expect = {} },
  { "reported a day late", as_of = "2026-10-31", given = anomaly { reported_at = "2026-10-13T08:00:00" },
    expect = { { key = "Y1", amount = "500", fault = "late", step = "stock_anomaly.reported_at", at = "2026-10-13T08:00:00", found_at = "2026-10-09T10:00:00", limit = "2026-10-12", faults = "1" } } },
  { "neither reported nor dealt with", as_of = "2026-10-31", given = anomaly { reported_at = "", resolved_at = "" }, expect = { { key = "Y1", amount = "500", fault = "missing", step = "stock_anomaly.reported_at", at = "none", faults = "2" } } },
  { "reported to the storekeeper", as_of = "2026-10-31", given = anomaly { reported_to = "E23" }, expect = { { key = "Y1", amount = "500", fault = "wrong role", step = "stock_anomaly.reported_at", wanted = "warehouse_head" } } },
  { "dealt with on the eighth day", as_of = "2026-10-31", given = anomaly { resolved_at = "2026-10-17T08:00:00" }, expect = { { key = "Y1", amount = "500", fault = "late", step = "stock_anomaly.resolved_at" } } },
  { "still time", as_of = "2026-10-12", given = anomaly { reported_at = "", resolved_at = "" }, expect = {} },
  { "of an earlier month, dealt with late then; still open", period = "2026-11", as_of = "2026-11-30",
    given = anomaly({}, { stock_anomaly = {
      { anomaly_id = "Y1", found_at = "2026-10-09T10:00:00", reported_at = "2026-10-19T10:00:00", resolved_at = "2026-10-30T10:00:00" }, { anomaly_id = "Y2", found_at = "2026-10-09T10:00:00", reported_at = "2026-10-09T11:00:00" },
    } }), expect = { { key = "Y2", amount = "none", fault = "missing", step = "stock_anomaly.resolved_at" } } },
  { "the day of the report was not imported", as_of = "2026-10-31", given = anomaly(), absent = { "stock_anomaly.reported_at" }, expect = { { key = "Y1", untestable = "reported_at" } } },
}

local function handed_over(...)
  local given = requested({}, {}, { document_distribution = { { distribution_id = "V0", doc_kind = "stock_issue", doc_id = "S0", copy_no = "2", received_by = "E23", received_at = "2026-10-01T08:00:00" } } })
  for position = 1, select("#", ...) do
    local copy = with({ distribution_id = "V" .. position, doc_kind = "stock_issue", doc_id = "S1", copy_no = "2", received_by = "E23" }, (select(position, ...)))
    table.insert(given.document_distribution, copy)
  end
  return given
end

cases "SHP-13" {
  { "received in the second of the issue", given = handed_over { received_at = "2026-10-20T10:00:00" }, expect = {} },
  { "a second later", given = handed_over { received_at = "2026-10-20T10:00:01" },
    expect = { { key = "S1", amount = "80", fault = "too late", step = "document_distribution.received_at", at = "2026-10-20T10:00:01", other = "stock_issue.issued_at", other_at = "2026-10-20T10:00:00", faults = "1" } } },
  { "only the first copy, and one without a time", given = handed_over({ received_at = "2026-10-20T09:00:00", copy_no = "1" }, {}), expect = { { key = "S1", amount = "80", fault = "missing", at = "none" } } },
  { "which copy it was nobody wrote down", given = handed_over { received_at = "2026-10-20T09:00:00", copy_no = "" }, expect = { { key = "S1", untestable = "document_distribution.copy_no is empty" } } },
  { "received by a salesperson", given = handed_over { received_at = "2026-10-20T09:00:00", received_by = "E7" }, expect = { { key = "S1", amount = "80", fault = "wrong role", wanted = "storekeeper, warehouse_head" } } },
  { "handed over twice: the first counts", given = handed_over({ received_at = "2026-10-20T11:00:00" }, { received_at = "2026-10-20T09:00:00" }), expect = {} },
  { "nobody records copies", given = requested(), expect = { { key = "S1", untestable = "no copy" } } },
  { "nobody records them, and they are taken to be", parameters = { assume_recorded = true }, given = requested(), expect = { { key = "S1", amount = "80", fault = "missing" } } },
  { "not issued yet, void", given = (function()
      local given = handed_over()
      given.stock_issue = { { issue_id = "S1", prepared_at = "2026-10-20T09:00:00" }, { issue_id = "S2", status = "void", prepared_at = "2026-10-20T09:00:00", issued_at = "2026-10-20T10:00:00" } }
      return given
    end)(), expect = {} },
  { "copies were not imported", given = requested(), absent = { "document_distribution" }, expect = { { key = "S1", untestable = "document_distribution" } } },
}

local function traced(events, more)
  local given = signed_for({ signature("K1", "2026-10-25", "10") }, { shipment_event = {} })
  for event in each(events) do
    table.insert(given.shipment_event, { delivery_id = "D1", event = event[1], occurred_at = event[2] })
  end
  return with(given, more)
end

cases "SHP-14" {
  { "sent on the third day, arrived on the day of the signature", as_of = "2026-10-31", given = traced { { "dispatched", "2026-10-23T18:00:00" }, { "arrived", "2026-10-25T18:00:00" } }, expect = {} },
  { "sent on the fourth", as_of = "2026-10-31", given = traced { { "dispatched", "2026-10-24T08:00:00" }, { "arrived", "2026-10-25T08:00:00" } },
    expect = { { key = "D1", amount = "80", fault = "late", at = "2026-10-24T08:00:00", limit = "2026-10-23", delivered_on = "2026-10-20", faults = "1" } } },
  { "no event", as_of = "2026-10-31", given = traced {}, expect = { { key = "D1", amount = "80", fault = "untraced", at = "none" } } },
  { "no event yet", as_of = "2026-10-23", given = traced({}, { delivery_confirmation = {} }), expect = {} },
  { "arrived the day after the signature", as_of = "2026-10-31", given = traced { { "dispatched", "2026-10-21T08:00:00" }, { "arrived", "2026-10-26T08:00:00" } },
    expect = { { key = "D1", amount = "80", fault = "unarrived", at = "2026-10-25" } } },
  { "a problem, answered on the third day", as_of = "2026-10-31", given = traced({ { "problem", "2026-10-21T08:00:00" }, { "in_transit", "2026-10-24T18:00:00" } }, { delivery_confirmation = {} }), expect = {} },
  { "answered on the fourth", as_of = "2026-10-31", given = traced({ { "problem", "2026-10-21T08:00:00" }, { "in_transit", "2026-10-25T08:00:00" } }, { delivery_confirmation = {} }),
    expect = { { key = "D1", amount = "80", fault = "problem", at = "2026-10-21T08:00:00", limit = "2026-10-24" } } },
  { "never answered", as_of = "2026-10-31", given = traced({ { "dispatched", "2026-10-20T08:00:00" }, { "problem", "2026-10-21T08:00:00" } }, { delivery_confirmation = {} }), expect = { { key = "D1", amount = "80", fault = "problem" } } },
  { "fetched by the customer; ex works; a service", as_of = "2026-10-31", given = traced({}, {
      delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20", freight_borne_by = "customer" }, { delivery_id = "D2", kind = "delivery", delivery_date = "2026-10-20", incoterm = "EXW" }, { delivery_id = "D3", kind = "delivery", delivery_date = "2026-10-20" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1" }, { delivery_id = "D2", line_no = "1", quantity = "1" }, { delivery_id = "D3", line_no = "1", quantity = "1", line_kind = "service" } },
    }), expect = {} },
  { "freight borne by the customer, and sent all the same", as_of = "2026-10-31", parameters = { leave_fetched = false },
    given = traced({}, { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20", freight_borne_by = "customer" } } }), expect = { { key = "D1", amount = "80", fault = "untraced" } } },
  { "of an earlier month: sent late then; a problem still open", period = "2026-11", as_of = "2026-11-30", given = traced({ { "dispatched", "2026-10-29T08:00:00" } }, {
      delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" }, { delivery_id = "D2", kind = "delivery", delivery_date = "2026-10-20" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "10", unit_price = "8" }, { delivery_id = "D2", line_no = "1", quantity = "1", unit_price = "8" } },
      shipment_event = { { delivery_id = "D1", event = "dispatched", occurred_at = "2026-10-29T08:00:00" }, { delivery_id = "D2", event = "problem", occurred_at = "2026-10-21T08:00:00" } },
    }), expect = { { key = "D2", amount = "8", fault = "problem" } } },
  { "events were not imported", as_of = "2026-10-31", given = traced {}, absent = { "shipment_event" }, expect = { { key = "D1", untestable = "shipment_event" } } },
}

local function freight(delivery, more)
  return with({
    customer = { { customer_id = "C1", channel_role = "distributor" }, { customer_id = "C2", channel_role = "agent" } },
    employee = { { employee_id = "E4" }, { employee_id = "E7" } },
    role_assignment = { { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" }, { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    delivery = { with({ delivery_id = "D1", kind = "delivery", order_id = "SO1", customer_id = "C1", delivery_date = "2026-10-20", freight_borne_by = "seller", freight_amount = "120" }, delivery) },
  }, more)
end

cases "SHP-15" {
  { "a distributor's freight", parameters = { enabled = true }, given = freight(), expect = { { key = "D1", amount = "120", freight = "120", channel = "distributor" } } },
  { "not switched on", given = freight(), expect = {} },
  { "an agent's, none, the customer's", parameters = { enabled = true }, given = freight({}, { delivery = {
      { delivery_id = "D1", kind = "delivery", customer_id = "C2", delivery_date = "2026-10-20", freight_borne_by = "seller", freight_amount = "120" }, { delivery_id = "D2", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-20", freight_borne_by = "seller", freight_amount = "0" },
      { delivery_id = "D3", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-20", freight_borne_by = "customer", freight_amount = "120" },
    } }), expect = {} },
  { "delivered free by the terms", parameters = { enabled = true }, given = freight { incoterm = "DAP" }, expect = {} },
  { "ex works by the terms", parameters = { enabled = true }, given = freight { incoterm = "EXW" }, expect = { { key = "D1", amount = "120", freight = "120" } } },
  { "charged on the order", parameters = { enabled = true }, given = freight({}, { sales_order_line = { { order_id = "SO1", line_no = "2", quantity = "1", unit_price = "120", line_kind = "freight" } } }), expect = {} },
  { "approved on the order by the day", parameters = { enabled = true }, given = freight({}, shipping_permission("freight", "2026-10-20T18:00:00", "E4", "sales_order", "SO1")), expect = {} },
  { "approved the day after; by a salesperson", parameters = { enabled = true }, given = freight({}, { approval = {
      { approval_id = "A1", doc_kind = "delivery", doc_id = "D1", approval_kind = "freight", decision = "approve", approver_id = "E7", decided_at = "2026-10-19T08:00:00" },
      { approval_id = "A2", doc_kind = "delivery", doc_id = "D1", approval_kind = "freight", decision = "approve", approver_id = "E4", decided_at = "2026-10-21T08:00:00" },
    } }), expect = { { key = "D1", amount = "120", freight = "120" } } },
  { "kinds of channel were not imported", parameters = { enabled = true }, given = freight(), absent = { "customer.channel_role" }, expect = { { key = "D1", untestable = "channel_role" } } },
}

local function stock(opening, ...)
  local given = { product = { { product_id = "A", standard_cost = "5" } }, stock_movement = {}, opening_balance = {} }
  if opening then given.opening_balance = { { period = "2026-10", account = "inventory", product_id = opening == "other" and "Z" or "A", quantity = opening == "other" and "1" or opening } } end
  for position = 1, select("#", ...) do
    local movement = (select(position, ...))
    table.insert(given.stock_movement, {
      movement_id = "V" .. position, product_id = "A", quantity = movement[1], moved_at = movement[2], warehouse_id = movement.warehouse_id, lot_no = movement.lot_no, unit_cost = movement.unit_cost,
    })
  end
  return given
end

cases "SHP-16" {
  { "to zero", given = stock("10", { "-4", "2026-10-05T09:00:00" }, { "-6", "2026-10-06T09:00:00" }), expect = {} },
  { "one below, then three more, then filled up", given = stock("10", { "-11", "2026-10-05T09:00:00" }, { "-3", "2026-10-06T09:00:00", unit_cost = "4" }, { "10", "2026-10-07T09:00:00" }, { "-6", "2026-10-08T09:00:00" }),
    expect = { { key = "V1", amount = "5", balance = "-1", short = "1", moved_at = "2026-10-05T09:00:00" }, { key = "V2", amount = "12", balance = "-4", short = "3" } } },
  { "received in the second of the issue", given = stock("0", { "-4", "2026-10-05T09:00:00" }, { "4", "2026-10-05T09:00:00" }), expect = {} },
  { "received a second later", given = stock("0", { "-4", "2026-10-05T09:00:00" }, { "4", "2026-10-05T09:00:01" }), expect = { { key = "V1", amount = "20", short = "4" } } },
  { "received on the day, without a time", given = stock("0", { "-4", "2026-10-05T09:00:00" }, { "4", "2026-10-05" }), expect = {} },
  { "short at the end of a day without times: the last issue", given = stock("0", { "-4", "2026-10-05" }, { "2", "2026-10-05" }, { "-1", "2026-10-05T08:00:00" }), expect = { { key = "V3", amount = "15", short = "3" } } },
  { "opening stock whose quantity nobody filled in", given = stock("", { "-4", "2026-10-05T09:00:00" }), expect = { { key = "A", untestable = "opening_balance.quantity" } } },
  { "what moved before the opening stock is in it", given = stock("2", { "-4", "2026-09-30T09:00:00" }, { "-2", "2026-10-05T09:00:00" }), expect = {} },
  { "no opening stock of this product, but of others: by lot and warehouse",
    given = stock("other", { "4", "2026-10-05T09:00:00", warehouse_id = "W1" }, { "-4", "2026-10-06T09:00:00", warehouse_id = "W2" }, { "5", "2026-10-05T09:00:00", lot_no = "L1" }, { "-5", "2026-10-06T09:00:00", lot_no = "L1" }),
    expect = { { key = "V2", amount = "20", balance = "-4" } } },
  { "with opening stock warehouses count together", given = stock("0.5", { "4", "2026-10-05T09:00:00", warehouse_id = "W1" }, { "-4.5", "2026-10-06T09:00:00", warehouse_id = "W2" }), expect = {} },
  { "all movements are there", parameters = { from_start = true }, given = stock(nil, { "4", "2026-09-05T09:00:00" }, { "-4", "2026-10-06T09:00:00" }), expect = {} },
  { "short in another month", period = "2026-10", given = stock("0", { "-4", "2026-11-05T09:00:00" }), expect = {} },
  { "a receipt without a date may have come before the issue", given = stock("0", { "10" }, { "-6", "2026-10-05T09:00:00" }),
    expect = { { key = "A", untestable = "stock_movement.moved_at is empty" } } },
  { "of two openings the one of the audited period counts", period = "2026-10",
    given = with(stock("6", { "-8", "2026-09-20T09:00:00" }, { "-6", "2026-10-06T09:00:00" }), { opening_balance = {
      { period = "2026-09", account = "inventory", product_id = "A", quantity = "10" },
      { period = "2026-10", account = "inventory", product_id = "A", quantity = "6" },
    } }),
    expect = {} },
  { "no opening stock at all", given = stock(nil, { "-4", "2026-10-05T09:00:00" }), expect = { { key = "A", untestable = "no opening stock" } } },
}

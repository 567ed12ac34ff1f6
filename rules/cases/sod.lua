-- SPDX-License-Identifier: MIT
-- The cases of SOD: duties that one person may not combine.

-- Four people, and two accounts of the first.
local function with_people(given)
  return with({
    employee = { { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" }, { employee_id = "E4" } },
    user_account = {
      { user_id = "U1", employee_id = "E1" }, { user_id = "U1B", employee_id = "E1" }, { user_id = "JOB", is_system = "true" },
    },
    customer = { { customer_id = "C1", salesperson_id = "E1" } },
  }, given)
end

local function order_by(entered_by, approved, more)
  local row = { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = entered_by }
  for name, value in pairs(approved) do
    if type(name) == "string" then row[name] = value end
  end
  local given = { sales_order = { row }, approval = {} }
  for number, one in ipairs(approved) do
    local decision = with({
      approval_id = "A" .. number, doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = tostring(number),
      decision = "approve", decided_at = "2026-10-06T10:00:00", doc_amount = "80", round_no = "1",
    }, one)
    table.insert(given.approval, decision)
  end
  return with_people(with(given, more))
end

cases "SOD-01" {
  { "entered from one account, approved from another of the same person",
    given = order_by("U1", { { approver_id = "U1B" } }),
    expect = { { key = "SO1", amount = "80", person = "E1", duties = "sales_order.entered_by, approval.approver_id" } } },
  { "entered by one, approved by another", given = order_by("U1", { { approver_id = "E2" } }), expect = {} },
  { "the second of two approvers", given = order_by("E1", { { approver_id = "E2" }, { approver_id = "E1" } }),
    expect = { { key = "SO1", amount = "80", person = "E1" } } },
  { "two steps by one other person are another control's", given = order_by("E1", { { approver_id = "E2" }, { approver_id = "E2" } }), expect = {} },
  { "rejecting one's own order is no approval", given = order_by("E1", { { approver_id = "E1", decision = "reject" }, { approver_id = "E2" } }), expect = {} },
  { "a special price is no approval of the order", expect = {},
    given = order_by("E1", { { approver_id = "E1", approval_kind = "special_price" }, { approver_id = "E2" } }) },
  { "only the header says who", given = order_by("E1", { approved_by = "E1", approved_at = "2026-10-06T10:00:00" }), absent = { "approval" },
    expect = { { key = "SO1", amount = "80", duties = "sales_order.entered_by, sales_order.approved_by" } } },
  { "only the header says who, among orders that the history has not", given = order_by("E1", { approved_by = "E1", approved_at = "2026-10-06T10:00:00" }),
    expect = { { key = "SO1", amount = "80", duties = "sales_order.entered_by, sales_order.approved_by", assumed = { "sales_order.approved_at" } } } },
  { "only the header says who, where the history is complete: that is no approval", complete = { "approval" }, expect = {},
    given = order_by("E1", { approved_by = "E1", approved_at = "2026-10-06T10:00:00" }) },
  { "decisions go before the header", given = order_by("E1", { approved_by = "E1", { approver_id = "E2" } }), expect = {} },
  { "both by the system", given = order_by("JOB", { { approver_id = "JOB" } }), expect = {} },
  { "one person's accounts written otherwise", given = order_by("u1", { { approver_id = "Ｕ1B" } }),
    expect = { { key = "SO1", amount = "80", person = "E1" } } },
  { "accounts name their people, of whom there is no list", given = order_by("U1", { { approver_id = "U1B" } }), absent = { "employee" },
    expect = { { key = "SO1", amount = "80", assumed = { "employee" } } } },
  { "an id that is one person's account and another's own", expect = { { key = "SO1", untestable = "E2 is the id of a user" } },
    given = order_by("E1", { { approver_id = "E2" } }, { user_account = { { user_id = "E2", employee_id = "E1" } } }) },
  { "ids are users'", people = "users", expect = { { key = "SO1", amount = "80", person = "E1" } },
    given = order_by("E1", { { approver_id = "E2" } }, { user_account = { { user_id = "E2", employee_id = "E1" } } }) },
  { "ids are employees'", people = "employees", expect = {},
    given = order_by("E1", { { approver_id = "E2" } }, { user_account = { { user_id = "E2", employee_id = "E1" } } }) },
  { "a rejected order, a draft, a cancelled one", given = order_by("E1", { status = "cancelled", { approver_id = "E1" } }), expect = {} },
  { "approved in another month", period = "2026-11", given = order_by("E1", { { approver_id = "E1" } }), expect = {} },
  { "approved in the month after it was entered", period = "2026-11",
    given = order_by("E1", { { approver_id = "E1", decided_at = "2026-11-02T10:00:00" } }), expect = { { key = "SO1", duties = "sales_order.entered_by, approval.approver_id", amount = "80" } } },
  { "decisions are recorded, the header's columns are not, and this one is not approved yet", absent = { "sales_order.approved_by", "sales_order.approved_at" },
    given = order_by("E1", { status = "submitted" }), expect = {} },
  { "neither decisions nor the header's approver are recorded", absent = { "approval", "sales_order.approved_by" }, given = order_by("E1", {}),
    expect = { { key = "SO1", untestable = "approved_by" } } },
  { "nobody knows who entered orders", given = order_by("E1", { { approver_id = "E1" } }), absent = { "sales_order.entered_by" },
    expect = { { key = "SO1", untestable = "entered_by" } } },
}

-- The decisions on a contract of 900, step by step.
local function decided_by(list, more)
  local given = { contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-07", status = "signed", amount = "900" } }, approval = {} }
  for number, one in ipairs(list) do
    local row = with({
      approval_id = "A" .. number, doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", step_no = tostring(number),
      decision = "approve", requested_by = "E4", requested_at = "2026-10-05T09:00:00", decided_at = "2026-10-06T10:00:00", doc_amount = "900", round_no = "1",
    }, one)
    table.insert(given.approval, row)
  end
  return with_people(with(given, more))
end

cases "SOD-02" {
  { "the contract itself was not imported: the approval names both", absent = { "contract" },
    given = { approval = { { approval_id = "A1", doc_kind = "contract", doc_id = "K1", approval_kind = "contract_approval", step_no = "1",
      requested_by = "E9", approver_id = "E9", decision = "approve", decided_at = "2026-10-05T10:00:00" } } },
    expect = { { key = "A1", label = "requested", amount = "none", person = "E9" } } },
  { "granted to oneself from another account",
    given = decided_by { { approver_id = "U1", requested_by = "U1B" } },
    expect = { { key = "A1", label = "requested", amount = "900", person = "E1", other = "2026-10-05T09:00:00" } } },
  { "asked for by another", given = decided_by { { approver_id = "E1", requested_by = "E2" } }, expect = {} },
  { "one's own order is another control's", expect = {}, given = order_by("E1", { { approver_id = "E1", requested_by = "E1" } }) },
  { "an order that another entered",
    given = order_by("E2", { { approver_id = "E1", requested_by = "E1" } }),
    expect = { { key = "A1", label = "requested", person = "E1", amount = "80" } } },
  { "a special price of one's own order",
    given = order_by("E1", { { approver_id = "E1", requested_by = "E1", approval_kind = "special_price" } }),
    expect = { { key = "A1", label = "requested", person = "E1", amount = "80" } } },
  { "one person in two steps: told at the later one",
    given = decided_by { { approver_id = "E1" }, { approver_id = "E1", decided_at = "2026-10-06T11:00:00" } },
    expect = { { key = "A2", label = "two steps", amount = "900", other = "1" } } },
  { "two steps in one second: told once",
    given = decided_by { { approver_id = "E1" }, { approver_id = "E1" } }, expect = { { key = "A2", label = "two steps", amount = "900", person = "E1" } } },
  { "two roles of one step",
    given = decided_by { { approver_id = "E1", role = "sales_manager" }, { approver_id = "E1", role = "marketing_vp", step_no = "1" } },
    expect = { { key = "A2", label = "two steps", amount = "900", person = "E1" } } },
  { "one decision recorded twice", expect = {},
    given = decided_by { { approver_id = "E1", role = "sales_manager" }, { approver_id = "E1", role = "sales_manager", step_no = "1" } } },
  { "two people in two steps", given = decided_by { { approver_id = "E1" }, { approver_id = "E2" } }, expect = {} },
  { "in two rounds", given = decided_by { { approver_id = "E1" }, { approver_id = "E1", round_no = "2" } }, expect = {} },
  { "rejected in between, and no rounds are counted", expect = {},
    given = decided_by {
      { approver_id = "E1", round_no = "" }, { approver_id = "E2", round_no = "", step_no = "1", decision = "reject", decided_at = "2026-10-06T11:00:00" },
      { approver_id = "E1", round_no = "", step_no = "2", decided_at = "2026-10-06T12:00:00" },
    } },
  { "rounds, roles and requests are not recorded", absent = { "approval.round_no", "approval.role", "approval.requested_at", "approval.requested_by" },
    given = decided_by { { approver_id = "E1" }, { approver_id = "E1" } }, expect = { { key = "A2", label = "two steps", amount = "900", other = "1" } } },
  { "of another kind of approval", given = decided_by { { approver_id = "E1" }, { approver_id = "E1", approval_kind = "special_price" } }, expect = {} },
  { "rejected one's own request", given = decided_by { { approver_id = "E1", requested_by = "E1", decision = "reject" } }, expect = {} },
  { "the system, or nobody", given = decided_by { { approver_id = "JOB", requested_by = "JOB" }, { requested_by = "E1" } }, expect = {} },
  { "no document of that number", given = decided_by({ { approver_id = "E1", requested_by = "E1" } }, { contract = {} }),
    expect = { { key = "A1", label = "requested", amount = "900", person = "E1" } } },
  { "nobody recorded who approved", given = decided_by { { approver_id = "E1" } }, absent = { "approval.approver_id" },
    expect = { { key = "A1", untestable = "approver_id" } } },
}

cases "SOD-03" {
  { "by one person", given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "U1B", amount = "80" } } },
    expect = { { key = "Q1", amount = "80", person = "E1", duties = "quotation.prepared_by, quotation.reviewed_by" } } },
  { "by two", given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E2" } } }, expect = {} },
  { "not reviewed yet", given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1" } } }, expect = {} },
  { "reviews are not recorded", absent = { "quotation.reviewed_by" },
    given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1" } } },
    expect = { { key = "Q1", untestable = "reviewed_by" } } },
}

local function request_by(fields)
  return with_people {
    delivery_request = { with({ request_id = "R1", customer_id = "C1", kind = "goods", requested_at = "2026-10-05T09:00:00" }, fields) },
    delivery_request_line = {
      { request_id = "R1", line_no = "1", quantity = "3", unit_price = "10" }, { request_id = "R1", line_no = "2", quantity = "2", unit_price = "5" },
    },
  }
end

cases "SOD-04" {
  { "three people", given = request_by { requested_by = "E1", branch_reviewed_by = "E2", sales_reviewed_by = "E3" }, expect = {} },
  { "filled in and reviewed by the branch manager",
    given = request_by { requested_by = "E1", branch_reviewed_by = "U1", sales_reviewed_by = "E3" },
    expect = { { key = "R1", amount = "40", person = "E1", duties = "delivery_request.requested_by, delivery_request.branch_reviewed_by" } } },
  { "both reviews by one",
    given = request_by { requested_by = "E1", branch_reviewed_by = "E2", sales_reviewed_by = "E2" },
    expect = { { key = "R1", amount = "40", person = "E2", duties = "delivery_request.branch_reviewed_by, delivery_request.sales_reviewed_by" } } },
  { "the filler is the sales reviewer of a red request; a price is missing",
    given = (function()
      local given = request_by { kind = "return", requested_by = "E1", branch_reviewed_by = "E2", sales_reviewed_by = "E1" }
      given.delivery_request_line[2].unit_price = nil
      return given
    end)(),
    expect = { { key = "R1", amount = "none", person = "E1", duties = "delivery_request.requested_by, delivery_request.sales_reviewed_by" } } },
  { "of a return, without its sign",
    given = (function()
      local given = request_by { kind = "return", requested_by = "E1", branch_reviewed_by = "E1", sales_reviewed_by = "E2" }
      given.delivery_request_line = { { request_id = "R1", line_no = "1", quantity = "-3", unit_price = "10" } }
      return given
    end)(),
    expect = { { key = "R1", duties = "delivery_request.requested_by, delivery_request.branch_reviewed_by", amount = "30" } } },
  { "not reviewed yet", given = request_by { requested_by = "E1" }, expect = {} },
  { "the sales review is not recorded", absent = { "delivery_request.sales_reviewed_by" },
    given = request_by { requested_by = "E1", branch_reviewed_by = "E1" }, expect = { { key = "R1", untestable = "sales_reviewed_by" } } },
}

local function slip(fields, more)
  return with_people(with({
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "10", gross_amount = "90.40" } },
    stock_issue = { with({ issue_id = "S1", delivery_id = "D1", sign = "blue", prepared_at = "2026-10-05T09:00:00", issued_at = "2026-10-05T15:00:00" }, fields) },
    stock_issue_line = { { issue_id = "S1", line_no = "1", delivery_line_no = "1", quantity = "5" } },
  }, more))
end

cases "SOD-05" {
  { "deliveries were not imported: the slip names both", absent = { "delivery", "delivery_line", "stock_issue_line", "stock_issue.sign" },
    given = { stock_issue = { { issue_id = "I1", delivery_id = "D1", prepared_by = "E1", prepared_at = "2026-10-05T09:00:00", issued_by = "E1", issued_at = "2026-10-05T10:00:00" } } },
    expect = { { key = "I1", person = "E1", amount = "unknown" } } },
  { "by one person; half of the delivery's line", given = slip { prepared_by = "U1", issued_by = "E1" },
    expect = { { key = "S1", amount = "45.2", person = "E1", duties = "stock_issue.prepared_by, stock_issue.issued_by" } } },
  { "by two", given = slip { prepared_by = "E1", issued_by = "E2" }, expect = {} },
  { "void", given = slip { prepared_by = "E1", issued_by = "E1", status = "void" }, expect = {} },
  { "of a return: another control's", expect = {},
    given = slip({ sign = "red", prepared_by = "E1", issued_by = "E1" }, {
      return_request = { { return_id = "T1", customer_id = "C1" } },
      delivery = { { delivery_id = "D1", kind = "return", customer_id = "C1", return_id = "T1", delivery_date = "2026-10-05" } },
    }) },
  { "deliveries name no return requests", absent = { "delivery.return_id" }, given = slip { prepared_by = "E1", issued_by = "E1" },
    expect = { { key = "S1", amount = "45.2", person = "E1" } } },
  { "red without a return request",
    given = slip({ sign = "red", prepared_by = "E1", issued_by = "E1" }, { stock_issue_line = { { issue_id = "S1", line_no = "1", delivery_line_no = "1", quantity = "-5" } } }),
    expect = { { key = "S1", duties = "stock_issue.prepared_by, stock_issue.issued_by", amount = "45.2" } } },
  { "a line that is not of the delivery has no known worth",
    given = slip({ prepared_by = "E1", issued_by = "E1" }, { stock_issue_line = { { issue_id = "S1", line_no = "1", quantity = "5" } } }),
    expect = { { key = "S1", amount = "none", person = "E1" } } },
  { "not issued yet", given = slip { prepared_by = "E1" }, expect = {} },
  { "who issued is not recorded", given = slip { prepared_by = "E1" }, absent = { "stock_issue.issued_by" },
    expect = { { key = "S1", untestable = "issued_by" } } },
}

local function invoiced(request, invoices)
  request.request_id, request.customer_id = "R1", "C1"
  request.requested_at, request.reviewed_at = "2026-10-05T09:00:00", "2026-10-05T11:00:00"
  for number, invoice in ipairs(invoices) do
    invoice.invoice_id, invoice.request_id, invoice.customer_id = "I" .. number, "R1", "C1"
    invoice.issued_on = invoice.issued_on or "2026-10-06"
    invoice.gross_amount = invoice.gross_amount or "100"
  end
  return with_people { invoice_request = { request }, invoice = invoices }
end

cases "SOD-06" {
  { "four people", given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3", reviewed_by = "E4" } }), expect = {} },
  { "asked for and issued by one",
    given = invoiced({ requested_by = "U1", reviewed_by = "E2" }, { { issued_by = "U1B", reviewed_by = "E4" } }),
    expect = { { key = "I1", amount = "100", person = "E1", duties = "invoice_request.requested_by, invoice.issued_by" } } },
  { "reviewed and issued by one",
    given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E2", reviewed_by = "E4" } }),
    expect = { { key = "I1", amount = "100", person = "E2", duties = "invoice_request.reviewed_by, invoice.issued_by" } } },
  { "reviewed and checked by one, and red",
    given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3", reviewed_by = "E2", sign = "red", gross_amount = "-100" } }),
    expect = { { key = "I1", amount = "100", person = "E2", duties = "invoice_request.reviewed_by, invoice.reviewed_by" } } },
  { "issuer and checker are another control's",
    given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3", reviewed_by = "E3" } }), expect = {} },
  { "asked for and reviewed by one, told at the first invoice of two",
    given = invoiced({ requested_by = "E1", reviewed_by = "E1" }, { { issued_by = "E3", issued_on = "2026-10-07" }, { issued_by = "E3", gross_amount = "30" } }),
    expect = { { key = "I2", amount = "30", duties = "invoice_request.requested_by, invoice_request.reviewed_by" } } },
  { "at the second invoice only what is new",
    given = invoiced({ requested_by = "E1", reviewed_by = "E1" }, { { issued_by = "E3", issued_on = "2026-10-05" }, { issued_by = "E1" } }),
    expect = {
      { key = "I1", amount = "100", duties = "invoice_request.requested_by, invoice_request.reviewed_by" },
      { key = "I2", amount = "100", duties = "invoice_request.requested_by, invoice_request.reviewed_by, invoice.issued_by" },
    } },
  { "a void invoice is not the first",
    given = invoiced({ requested_by = "E1", reviewed_by = "E1" }, { { issued_by = "E3", status = "void", issued_on = "2026-10-05" }, { issued_by = "E3" } }),
    expect = { { key = "I2", amount = "100", duties = "invoice_request.requested_by, invoice_request.reviewed_by" } } },
  { "no request", given = with_people { invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-06", issued_by = "E1", reviewed_by = "E1" } } }, expect = {} },
  { "who issued is not recorded", absent = { "invoice.issued_by" },
    given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3" } }), expect = { { key = "I1", untestable = "issued_by" } } },
}

-- Money of 2026-10-06 and what it was applied to.
local function money(fields, applications, more)
  local row = with({ receipt_id = "RC1", customer_id = "C1", kind = "payment", method = "bank", amount = "100", received_on = "2026-10-06" }, fields)
  local given = with({
    receipt = { row },
    receipt_application = {},
    role_assignment = {
      { employee_id = "E1", role = "salesperson", valid_from = "2026-01-01", valid_to = "2026-10-06" },
      { employee_id = "E2", role = "cashier", valid_from = "2026-01-01" }, { employee_id = "E3", role = "accountant", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" },
    },
    role_rank = { { role = "salesperson", rank = "10" }, { role = "cashier", rank = "10" }, { role = "accountant", rank = "20" }, { role = "sales_manager", rank = "40" } },
    customer = { { customer_id = "C1", salesperson_id = "E9" } },
    employee = { { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E9" } },
  }, more)
  for number, by in ipairs(applications or {}) do
    table.insert(given.receipt_application, { application_id = "X" .. number, receipt_id = "RC1", amount = "50", applied_on = "2026-10-06", applied_by = by })
  end
  return with_people(given)
end

cases "SOD-07" {
  { "collected by the cashier, recorded and applied by the accountant", given = money({ collected_by = "E2", recorded_by = "E3" }, { "E3" }), expect = {} },
  { "one accountant collects and records, as the policy has it", given = money { collected_by = "E3", recorded_by = "E3" }, expect = {} },
  { "collected by a salesperson on the last day in that role",
    given = money { collected_by = "U1", recorded_by = "E3" },
    expect = { { key = "RC1", label = "sales", amount = "100", person = "E1", duties = "receipt.collected_by" } } },
  { "the day after", given = money { collected_by = "E1", recorded_by = "E3", received_on = "2026-10-07" }, expect = {} },
  { "collected and recorded by sales",
    given = money { collected_by = "E1", recorded_by = "E4" },
    expect = { { key = "RC1", label = "sales", amount = "100", person = "E1, E4", duties = "receipt.collected_by, receipt.recorded_by" } } },
  { "recorded by the customer's salesperson, whose role is not recorded",
    given = money { collected_by = "E2", recorded_by = "E9" },
    expect = { { key = "RC1", label = "sales", amount = "100", person = "E9" } } },
  { "who ranks above sales is not of sales", parameters = { sales_roles = { "salesperson" } }, given = money { collected_by = "E2", recorded_by = "E3" }, expect = {} },
  { "the cashier applied part of it, twice",
    given = money({ collected_by = "E2", recorded_by = "E3" }, { "E2", "E3", "E2" }),
    expect = { { key = "RC1", label = "application", amount = "100", person = "E2", duties = "receipt.collected_by, receipt_application.applied_by" } } },
  { "both", given = money({ collected_by = "E1", recorded_by = "E3" }, { "E1" }),
    expect = { { key = "RC1", label = "sales", amount = "100", person = "E1" }, { key = "RC1", label = "application", amount = "100", person = "E1" } } },
  { "a refund", given = money { kind = "refund", collected_by = "E1", recorded_by = "E3" }, expect = {} },
  { "void", given = money { status = "void", collected_by = "E1", recorded_by = "E3" }, expect = {} },
  { "a reversal", given = money { reversal_of = "RC0", collected_by = "E1", recorded_by = "E3" }, expect = {} },
  { "recorded by the system, collected by nobody known", given = money { recorded_by = "JOB" }, expect = {} },
  { "who collected is not recorded", given = money { recorded_by = "E3" }, absent = { "receipt.collected_by" }, expect = {} },
  { "who collected is not recorded: who recorded is a salesperson", given = money { recorded_by = "E1" }, absent = { "receipt.collected_by" },
    expect = { { key = "RC1", label = "sales", amount = "100", assumed = { "receipt.collected_by" } } } },
}

cases "SOD-08" {
  { "three people", expect = {}, given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1", sales_confirmed_by = "E2", finance_confirmed_by = "E3" } } } },
  { "one confirmed for both",
    given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E2", sales_confirmed_by = "U1", finance_confirmed_by = "U1B", amount = "70" } } },
    expect = { { key = "R1", amount = "70", person = "E1", duties = "collection_request.sales_confirmed_by, collection_request.finance_confirmed_by" } } },
  { "who asked confirmed for finance",
    given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1", sales_confirmed_by = "E2", finance_confirmed_by = "E1", amount = "70" } } },
    expect = { { key = "R1", amount = "70", person = "E1", duties = "collection_request.requested_by, collection_request.finance_confirmed_by" } } },
  { "not confirmed yet", expect = {}, given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1" } } } },
  { "finance's confirmation is not recorded", absent = { "collection_request.finance_confirmed_by" },
    given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1" } } },
    expect = { { key = "R1", untestable = "finance_confirmed_by" } } },
}

local function returned(fields, issues)
  local row = with({ return_id = "T1", customer_id = "C1", requested_on = "2026-10-05" }, fields)
  local given = {
    return_request = { row },
    return_line = { { return_id = "T1", line_no = "1", quantity = "2", unit_price = "10" } },
    delivery = { { delivery_id = "D1", kind = "return", customer_id = "C1", return_id = "T1", delivery_date = "2026-10-08" } },
    stock_issue = issues or {},
  }
  for number, issue in ipairs(given.stock_issue) do
    issue.issue_id, issue.delivery_id, issue.sign = "S" .. number, "D1", issue.sign or "red"
  end
  return with_people(given)
end

cases "SOD-09" {
  { "each by another", expect = {},
    given = returned({ branch_confirmed_by = "E1", checked_by = "E2", authenticity_by = "E3", reviewed_by = "E4" }, { { prepared_by = "E5", issued_by = "E6" } }) },
  { "checked and authenticated by the salesperson",
    given = returned { branch_confirmed_by = "E2", checked_by = "U1", authenticity_by = "U1B", reviewed_by = "E4" },
    expect = { { key = "T1", amount = "20", person = "E1", duties = "return_request.checked_by, return_request.authenticity_by" } } },
  { "the storekeeper wrote the red slip",
    given = returned({ checked_by = "E1" }, { { prepared_by = "E2", issued_by = "E2" } }),
    expect = { { key = "T1", amount = "20", person = "E2", duties = "stock_issue.prepared_by, stock_issue.issued_by" } } },
  { "confirmed and reviewed by one, who also took the goods back",
    given = returned({ branch_confirmed_by = "E1", reviewed_by = "E1" }, { { prepared_by = "E2", issued_by = "E1" } }),
    expect = { { key = "T1", amount = "20", duties = "return_request.branch_confirmed_by, return_request.reviewed_by, stock_issue.issued_by" } } },
  { "one clerk wrote both slips: one duty", expect = {},
    given = returned({ checked_by = "E1" }, { { prepared_by = "E2", issued_by = "E3" }, { prepared_by = "E2", issued_by = "E3" } }) },
  { "the goods sent in exchange, and a void slip, are no step of the return", expect = {},
    given = returned({ checked_by = "E1" }, { { prepared_by = "E2", issued_by = "E2", sign = "blue" }, { prepared_by = "E2", issued_by = "E2", status = "void" } }) },
  { "void", given = returned { status = "void", checked_by = "E1", reviewed_by = "E1" }, expect = {} },
  { "not yet checked", given = returned {}, expect = {} },
  { "checks are not recorded", given = returned {}, absent = { "return_request.checked_by" }, expect = { { key = "T1", untestable = "checked_by" } } },
}

local function contract_by(fields, approvals, more)
  local given = decided_by(approvals, {
    employee = { { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E5" } },
    role_assignment = { { employee_id = "E5", role = "general_manager", valid_to = "2026-10-07" }, { employee_id = "E2", role = "sales_manager" } },
  })
  given.contract[1] = with(given.contract[1], fields)
  return with(given, more)
end

cases "SOD-10" {
  { "the salesperson alone approved it",
    given = contract_by({ salesperson_id = "U1" }, { { approver_id = "E1" } }),
    expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E1" } } },
  { "and somebody else too", given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E1" }, { approver_id = "E2" } }), expect = {} },
  { "the salesperson asked for it and approved it: another control's",
    given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E1", requested_by = "E1" } }), expect = {} },
  { "a negotiator alone approved it, in two steps",
    given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E3" }, { approver_id = "E3" } }, {
      negotiation = { { negotiation_id = "N1", contract_id = "CT1", customer_id = "C1" } }, negotiation_participant = { { negotiation_id = "N1", employee_id = "E1" }, { negotiation_id = "N1", employee_id = "E3" } },
    }),
    expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E3" } } },
  { "the general manager negotiated and approved", expect = {},
    given = contract_by({ salesperson_id = "E5" }, { { approver_id = "E5" } }) },
  { "the general manager, where no exception is made for him", parameters = { general_manager_exempt = false },
    given = contract_by({ salesperson_id = "E5" }, { { approver_id = "E5" } }), expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E5" } } },
  { "who was general manager until the day before",
    given = contract_by({ salesperson_id = "E5", signed_on = "2026-10-08" }, { { approver_id = "E5" } }), expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E5" } } },
  { "signed and confirmed by the sales manager",
    given = contract_by({ signed_by = "E2", confirmed_by = "E2" }, { { approver_id = "E5" } }),
    expect = { { key = "CT1", label = "signed and confirmed", amount = "900", person = "E2" } } },
  { "signed and confirmed by two", given = contract_by({ signed_by = "E1", confirmed_by = "E2" }, {}), expect = {} },
  { "signed and confirmed by the general manager", given = contract_by({ signed_by = "E5", confirmed_by = "E5" }, {}), expect = {} },
  { "the approval was withdrawn", expect = {},
    given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E1" }, { approver_id = "E2", step_no = "1", decision = "withdraw", decided_at = "2026-10-06T11:00:00" } }) },
  { "void", given = contract_by({ status = "void", signed_by = "E2", confirmed_by = "E2" }, {}), expect = {} },
  { "approvals were not imported, the signature was", absent = { "approval" },
    given = contract_by({ salesperson_id = "E1", signed_by = "E2", confirmed_by = "E2" }, { { approver_id = "E1" } }),
    expect = { { key = "CT1", label = "signed and confirmed", amount = "900", person = "E2" } } },
  { "when contracts were signed is not recorded", absent = { "contract.signed_on" }, given = contract_by({}, {}),
    expect = { { key = "CT1", untestable = "signed_on" } } },
}

local function priced_order(list_by, order, changes, more)
  return with_people(with({
    product = { { product_id = "P1", uom = "pc" } },
    price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", approved_at = "2026-09-20T10:00:00", proposed_by = list_by } },
    price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12" } },
    sales_order = { with({ order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00", status = "approved", amount = "80" }, order) },
    sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "12" }, { order_id = "SO1", line_no = "2", product_id = "P1", quantity = "2", unit_price = "12" },
    },
    master_change = changes or {},
  }, more))
end

cases "SOD-11" {
  { "entered by who proposed the list; two lines are one exception",
    given = priced_order("U1", { entered_by = "E1", approved_by = "E2" }),
    expect = { { key = "SO1", amount = "80", person = "E1", duties = "sales_order.entered_by, price_list.proposed_by" } } },
  { "entered and approved by others", given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }), expect = {} },
  { "approved by who changed a line at that moment",
    given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, { { change_id = "M1", table_name = "price_list_line", record_id = "PL1/P1/////", field = "list_price", changed_by = "E3", changed_at = "2026-10-05T15:00:00" } }),
    expect = { { key = "SO1", amount = "80", person = "E3", duties = "sales_order.approved_by, master_change.changed_by" } } },
  { "the list was changed a second after the approval", expect = {},
    given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, { { change_id = "M1", table_name = "price_list", record_id = "PL1", field = "valid_to", changed_by = "E3", changed_at = "2026-10-05T15:00:01" } }) },
  { "entered by who changed the list",
    given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, { { change_id = "M1", table_name = "price_list", record_id = "PL1", field = "valid_to", changed_by = "E2", changed_at = "2026-10-04T10:00:00" } }),
    expect = { { key = "SO1", amount = "80", person = "E2" } } },
  { "the price of the signed contract decides, not the list", expect = {},
    given = priced_order("E1", { entered_by = "E1", contract_id = "CT1" }, {}, { contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing" } } }) },
  { "the approval is recorded as a decision",
    given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, {}, {
      approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", approver_id = "E1", decided_at = "2026-10-05T15:00:00" } },
    }),
    expect = { { key = "SO1", amount = "80", duties = "approval.approver_id, price_list.proposed_by" } } },
  { "no price in force", given = priced_order("E1", { entered_by = "E1" }, {}, { price_list_line = {} }), expect = {} },
  { "a cancelled order", given = priced_order("E1", { entered_by = "E1", status = "cancelled" }), expect = {} },
  { "who proposed lists is not recorded", absent = { "price_list.proposed_by" }, given = priced_order("E1", { entered_by = "E1" }),
    expect = { { key = "SO1", untestable = "proposed_by" } } },
}

cases "SOD-12" {
  { "the salesperson set the limit",
    given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05", credit_limit = "5000", set_by = "U1B" } } },
    expect = { { key = "C1/2026-10-05", amount = "5000", person = "E1", field = "customer_credit.credit_limit", value = "5000", at = "2026-10-05" } } },
  { "somebody else set it", given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05", credit_limit = "5000", set_by = "E2" } } }, expect = {} },
  { "set in an earlier month", period = "2026-11", given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05", credit_limit = "5000", set_by = "E1" } } }, expect = {} },
  { "the limit was raised by the salesperson",
    given = with_people {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "9000", set_by = "E2" } },
      master_change = { { change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit", new_value = "9000", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } },
    }, period = "2026-10",
    expect = { { key = "M1", amount = "9000", person = "E1", field = "customer_credit.credit_limit", value = "9000", at = "2026-10-05T10:00:00" } } },
  { "raised in another month", period = "2026-11", expect = {},
    given = with_people { master_change = { { change_id = "M1", table_name = "customer", record_id = "C1", field = "grade", new_value = "A", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } } },
  { "a credit nobody knows",
    given = with_people { master_change = { { change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } },
    expect = { { key = "M1", untestable = "is not in the data" } } },
  { "what the salesperson set and then changed is told once",
    given = with_people {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_limit = "9000", set_by = "E1" } },
      master_change = { { change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-10-01", field = "credit_limit", new_value = "9000", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } },
    },
    expect = { { key = "C1/2026-10-01", person = "E1", amount = "9000" } } },
  { "the grade was raised by the salesperson",
    given = with_people { master_change = { { change_id = "M1", table_name = "customer", record_id = "C1", field = "grade", old_value = "B", new_value = "A", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } },
    expect = { { key = "M1", amount = "none", person = "E1", field = "customer.grade", value = "A" } } },
  { "the telephone number; a product; by somebody else", expect = {},
    given = with_people {
      product = { { product_id = "P1" } },
      master_change = {
        { change_id = "M1", table_name = "customer", record_id = "C1", field = "phone", changed_by = "E1", changed_at = "2026-10-05T10:00:00" },
        { change_id = "M2", table_name = "product", record_id = "P1", field = "grade", changed_by = "E1", changed_at = "2026-10-05T10:00:00" },
        { change_id = "M3", table_name = "customer", record_id = "C1", field = "grade", changed_by = "E2", changed_at = "2026-10-05T10:00:00" },
      },
    } },
  { "a customer nobody knows",
    given = with_people { master_change = { { change_id = "M1", table_name = "customer", record_id = "C9", field = "grade", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } },
    expect = { { key = "M1", untestable = "is not in the data" } } },
  { "who set credits is not recorded", absent = { "customer_credit.set_by" },
    given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05" } } },
    expect = { { key = "C1/2026-10-05", untestable = "set_by" } } },
}

cases "SOD-13" {
  { "by one person", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "U1", gross_amount = "113" } } },
    expect = { { key = "I1", amount = "113", person = "E1", duties = "invoice.issued_by, invoice.reviewed_by" } } },
  { "a red one", given = with_people { invoice = { { invoice_id = "I1", sign = "red", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "E1", gross_amount = "-113" } } },
    expect = { { key = "I1", duties = "invoice.issued_by, invoice.reviewed_by", amount = "113" } } },
  { "by two", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "E2" } } }, expect = {} },
  { "void", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "E1", status = "void" } } }, expect = {} },
  { "checked by the system that issued it", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "JOB", reviewed_by = "JOB" } } }, expect = {} },
  { "checks are not recorded", absent = { "invoice.reviewed_by" }, given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } } },
    expect = { { key = "I1", untestable = "reviewed_by" } } },
}

cases "SOD-14" {
  { "the issuer of the invoice audited the receivable",
    given = with_people {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "U1" } },
      receivable_entry = { { receivable_id = "AR1", invoice_id = "I1", posted_on = "2026-10-05", amount = "-113", audited_by = "E1" } },
    },
    expect = { { key = "AR1", amount = "113", person = "E1", duties = "receivable_entry.audited_by, invoice.issued_by" } } },
  { "another did", expect = {},
    given = with_people {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } },
      receivable_entry = { { receivable_id = "AR1", invoice_id = "I1", posted_on = "2026-10-05", audited_by = "E2" } },
    } },
  { "without an invoice; void", expect = {},
    given = with_people {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } },
      receivable_entry = {
        { receivable_id = "AR1", posted_on = "2026-10-05", audited_by = "E1" },
        { receivable_id = "AR2", invoice_id = "I1", posted_on = "2026-10-05", audited_by = "E1", status = "void" },
      },
    } },
  { "the preparer posted the voucher",
    given = with_people {
      voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E2", posted_by = "U1" } },
      voucher_line = { { voucher_id = "V1", line_no = "1", debit = "113" }, { voucher_id = "V1", line_no = "2", credit = "100" }, { voucher_id = "V1", line_no = "3", credit = "13" } },
    },
    expect = { { key = "V1", amount = "113", person = "E1", duties = "voucher.prepared_by, voucher.posted_by" } } },
  { "the preparer reviewed it", given = with_people { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E1" } } },
    expect = { { key = "V1", amount = "0", duties = "voucher.prepared_by, voucher.reviewed_by" } } },
  { "reviewer and poster may be one", expect = {},
    given = with_people { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E2", posted_by = "E2" } } } },
  { "prepared and posted by the system", expect = {},
    given = with_people { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "JOB", posted_by = "JOB" } } } },
  { "audits are not recorded", absent = { "receivable_entry.audited_by" },
    given = with_people {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } },
      receivable_entry = { { receivable_id = "AR1", invoice_id = "I1", posted_on = "2026-10-05" } },
    },
    expect = { { key = "AR1", untestable = "audited_by" } } },
}

-- An order of 80 from entry to the money, each by another unless said otherwise.
local function whole_sale(who, more)
  return with_people(with({
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = who.ordering or "E11" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", quantity = "10" } },
    approval = { {
      approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = who.decision or "approve", approver_id = who.approving or "E12",
      decided_at = "2026-10-05T15:00:00",
    } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-07" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10" } },
    stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_by = who.shipping or "E13", issued_at = "2026-10-07T11:00:00", status = who.issue_status } },
    invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-08", issued_by = who.invoicing or "E14" } },
    receivable_entry = { { receivable_id = "AR1", customer_id = "C1", invoice_id = "I1", posted_on = "2026-10-08", audited_by = who.auditing or "E15" } },
    receipt = { { receipt_id = "RC1", customer_id = "C1", received_on = who.received_on or "2026-10-20", collected_by = who.collecting or "E16", recorded_by = who.recording or "E15" } },
    receipt_application = { { application_id = "X1", receipt_id = "RC1", invoice_id = "I1", applied_on = "2026-10-20", applied_by = who.applying or "E15" } },
  }, more))
end

local no_table = { "incompatible_duty" }

cases "SOD-15" {
  { "each by another; one keeps all the books", given = whole_sale {}, absent = no_table, expect = {} },
  { "who entered the order took the money", absent = no_table,
    given = whole_sale { ordering = "U1", collecting = "U1B" },
    expect = { { key = "SO1", label = "E1", amount = "80", person = "E1", duties = "ordering, collecting", fields = "sales_order.entered_by, receipt.collected_by" } } },
  { "shipped and invoiced by one, approved and collected by another", absent = no_table,
    given = whole_sale { shipping = "E2", invoicing = "E2", approving = "E1", collecting = "E1" },
    expect = { { key = "SO1", label = "E1", amount = "80", duties = "approving, collecting" }, { key = "SO1", label = "E2", amount = "80", duties = "shipping, invoicing" } } },
  { "collected and recorded by one", absent = no_table,
    given = whole_sale { collecting = "E1", recording = "E1" }, expect = { { key = "SO1", label = "E1", amount = "80", duties = "collecting, recording" } } },
  { "what one document shows is for other controls", absent = no_table, expect = {},
    given = whole_sale { ordering = "E1", approving = "E1", invoicing = "E2", auditing = "E2", collecting = "E3", applying = "E3" } },
  { "another order of the contract makes it this one's",  absent = no_table,
    given = whole_sale({ ordering = "E1" }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing", amount = "500" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = "E1" },
        { order_id = "SO2", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-06", amount = "80", status = "approved", entered_by = "E11" },
      },
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", approver_id = "E12", decided_at = "2026-10-05T15:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO2", approval_kind = "order_approval", decision = "approve", approver_id = "E1", decided_at = "2026-10-06T15:00:00" },
      },
    }),
    expect = { { key = "SO1", label = "E1", amount = "500", duties = "ordering, approving" } } },
  { "who approved the contract issued the goods", absent = no_table,
    given = whole_sale({ shipping = "E2" }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing", amount = "500" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = "E11" } },
      approval = { { approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", decision = "approve", approver_id = "E2", decided_at = "2026-09-19T15:00:00" } },
    }),
    expect = { { key = "SO1", label = "E2", amount = "500", duties = "approving, shipping" } } },
  { "an advance under the contract, applied to nothing yet", absent = no_table,
    given = whole_sale({ ordering = "E1" }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing", amount = "500" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = "E1" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", contract_id = "CT1", received_on = "2026-10-02", collected_by = "E1" } }, receipt_application = {},
    }),
    expect = { { key = "SO1", label = "E1", amount = "500", duties = "collecting, ordering" } } },
  { "only the header says who approved", absent = { "incompatible_duty", "approval" },
    given = whole_sale({ shipping = "E2" }, { sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", entered_by = "E11", approved_by = "E2", approved_at = "2026-10-05T15:00:00" } } }),
    expect = { { key = "SO1", label = "E2", amount = "80", duties = "approving, shipping", fields = "sales_order.approved_by, stock_issue.issued_by" } } },
  { "rejecting is not approving; a void slip ships nothing", absent = no_table, expect = {},
    given = whole_sale { decision = "reject", approving = "E1", issue_status = "void", shipping = "E2", invoicing = "E2", collecting = "E1" } },
  { "the system did all of it", absent = no_table, given = whole_sale { ordering = "JOB", invoicing = "JOB", shipping = "JOB" }, expect = {} },
  { "the later of the two in another month", absent = no_table, period = "2026-10",
    given = whole_sale { ordering = "E1", collecting = "E1", received_on = "2026-11-02" }, expect = {} },
  { "and told in that month", absent = no_table, period = "2026-11",
    given = whole_sale { ordering = "E1", collecting = "E1", received_on = "2026-11-02" }, expect = { { key = "SO1", label = "E1", amount = "80", duties = "ordering, collecting" } } },
  { "a table of one's own names other pairs",
    given = whole_sale({ ordering = "E1", collecting = "E1", shipping = "E2", invoicing = "E2" }, { incompatible_duty = { { duty_a = "invoicing", duty_b = "shipping" } } }),
    expect = { { key = "SO1", label = "E2", amount = "80", duties = "shipping, invoicing" } } },
  { "and pairs with special prices and credit",
    given = (function()
      local given = whole_sale({ ordering = "E1", shipping = "E2" }, { incompatible_duty = { { duty_a = "ordering", duty_b = "pricing" }, { duty_a = "credit", duty_b = "shipping" } } })
      table.insert(given.approval, { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "special_price", decision = "approve", approver_id = "E1", decided_at = "2026-10-05T14:00:00" })
      table.insert(given.approval, { approval_id = "A3", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "credit_override", decision = "approve", approver_id = "E2", decided_at = "2026-10-05T14:00:00" })
      return given
    end)(),
    expect = { { key = "SO1", label = "E1", amount = "80", duties = "ordering, pricing" }, { key = "SO1", label = "E2", amount = "80", duties = "credit, shipping" } } },
  { "a cancelled order", absent = no_table, expect = {},
    given = whole_sale({}, { sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", status = "cancelled", entered_by = "E1" } }, stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_by = "E1", issued_at = "2026-10-07T11:00:00" } } }) },
  { "who collected is not recorded: the rest is looked at", absent = { "incompatible_duty", "receipt.collected_by" },
    given = whole_sale { ordering = "E1", collecting = "E1", shipping = "E1" }, expect = { { key = "SO1", label = "E1", amount = "80", duties = "ordering, shipping" } } },
}

-- A contract of 500 in the archive since 2026-10-05.
local function filed(fields, more)
  return with_people(with({
    contract = { { contract_id = "CT1", customer_id = "C1", salesperson_id = "E1", amount = "500" } },
    archive_record = { with({ archive_id = "F1", doc_kind = "contract", doc_id = "CT1", archived_on = "2026-10-05" }, fields) },
    role_assignment = {
      { employee_id = "E1", role = "salesperson" }, { employee_id = "E2", role = "sales_clerk", valid_to = "2026-10-05" }, { employee_id = "E3", role = "sales_manager" },
    },
    role_rank = { { role = "sales_clerk", rank = "10" }, { role = "sales_manager", rank = "40" } },
  }, more))
end

cases "SOD-16" {
  { "kept by the sales clerk on the last day in that role", given = filed { keeper_id = "E2" }, expect = {} },
  { "kept by the clerk after the role ended",
    given = filed { keeper_id = "E2", archived_on = "2026-10-06" },
    expect = { { key = "F1", amount = "500", person = "E2", fault = "role" } } },
  { "kept by a manager, who ranks higher", given = filed { keeper_id = "E3" }, expect = { { key = "F1", amount = "500", person = "E3", fault = "role" } } },
  { "kept by the salesperson, who is a clerk as well",
    given = filed({ keeper_id = "U1" }, { role_assignment = { { employee_id = "E1", role = "sales_clerk" } } }),
    expect = { { key = "F1", amount = "500", person = "E1", fault = "salesperson" } } },
  { "the original in the contract's file", given = filed { doc_kind = "correspondence", doc_id = "", contract_id = "CT1", item_kind = "contract_original", keeper_id = "E1" },
    expect = { { key = "F1", amount = "500", fault = "salesperson" } } },
  { "a letter in the contract's file", given = filed { doc_kind = "correspondence", contract_id = "CT1", item_kind = "correspondence", keeper_id = "E1" }, expect = {} },
  { "a contract nobody knows, kept by nobody of the archive", given = filed { doc_id = "CT9", keeper_id = "E3" }, expect = { { key = "F1", amount = "none", fault = "role" } } },
  { "somebody unknown", given = filed { keeper_id = "E77" }, expect = { { key = "F1", untestable = "no known employee" } } },
  { "no keeper", given = filed {}, expect = { { key = "F1", untestable = "no keeper" } } },
  { "keepers are not recorded", given = filed {}, absent = { "archive_record.keeper_id" }, expect = { { key = "F1", untestable = "keeper_id" } } },
}

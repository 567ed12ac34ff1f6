-- SPDX-License-Identifier: MIT
-- The cases of RET: goods that customers send back.

-- Papers of a return: 10 pieces of P1 at 100 were delivered and invoiced, 4 came back, all in order. `changes`
-- says what is otherwise: { return_request = { reviewed_at = "..." } } in the first row of a table ("": left empty);
-- { table = {} }, an empty table, takes its rows away; `more` replaces whole tables.
local function came_back(changes, more)
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2" } },
    product = { { product_id = "P1", model = "6204", standard_cost = "60" }, { product_id = "P2", model = "6205", standard_cost = "60" } },
    org_unit = { { org_unit_id = "T", kind = "technical" }, { org_unit_id = "S", kind = "sales" } },
    employee = {
      { employee_id = "E1", org_unit_id = "S" }, { employee_id = "E5", org_unit_id = "S" }, { employee_id = "E4", org_unit_id = "S" },
      { employee_id = "E6", org_unit_id = "T" }, { employee_id = "E7", org_unit_id = "S" },
    },
    role_assignment = {
      { employee_id = "E1", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E5", role = "branch_manager", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" },
      { employee_id = "E7", role = "storekeeper", valid_from = "2026-01-01" },
    },
    delivery = {
      { delivery_id = "R1", kind = "return", business_type = "normal", return_id = "RT1", source_delivery_id = "D1", customer_id = "C1",
        delivery_date = "2026-10-12", approved_at = "2026-10-12T09:00:00" },
      { delivery_id = "D1", kind = "delivery", business_type = "normal", customer_id = "C1", delivery_date = "2026-10-01" },
    },
    delivery_line = {
      { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100", net_amount = "-400" },
      { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" },
    },
    return_request = { {
      return_id = "RT1", kind = "return", customer_id = "C1", delivery_id = "D1", requested_on = "2026-10-09", customer_request_ref = "letter 12",
      salesperson_id = "E1", branch_confirmed_by = "E5", branch_confirmed_at = "2026-10-09T14:00:00", checked_by = "E1",
      checked_at = "2026-10-10T09:00:00", authenticity_by = "E6", authenticity_at = "2026-10-10T15:00:00",
      authenticity_result = "genuine", reviewed_by = "E4", reviewed_at = "2026-10-11T10:00:00",
    } },
    return_line = { { return_id = "RT1", line_no = "1", delivery_line_no = "1", product_id = "P1", quantity = "4", unit_price = "100" } },
    stock_issue = { {
      issue_id = "RS1", sign = "red", delivery_id = "R1", prepared_by = "E1", prepared_at = "2026-10-12T10:00:00",
      issued_by = "E7", issued_at = "2026-10-12T16:00:00",
    } },
    stock_issue_line = { { issue_id = "RS1", line_no = "1", product_id = "P1", quantity = "-4" } },
    stock_movement = { { movement_id = "M1", product_id = "P1", moved_at = "2026-10-12T16:00:00", quantity = "4", doc_kind = "stock_issue", doc_id = "RS1" } },
    invoice = {
      { invoice_id = "IR", sign = "red", mode = "after_delivery", original_invoice_id = "I1", customer_id = "C1", gross_amount = "-452",
        net_amount = "-400", issued_on = "2026-10-14", reviewed_at = "2026-10-14T15:00:00" },
      { invoice_id = "I1", sign = "blue", mode = "after_delivery", customer_id = "C1", gross_amount = "1130", net_amount = "1000",
        issued_on = "2026-10-05", reviewed_at = "2026-10-05T15:00:00" },
    },
    invoice_line = {
      { invoice_id = "IR", line_no = "1", delivery_id = "R1", delivery_line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100", net_amount = "-400" },
      { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" },
    },
    receivable_entry = { { receivable_id = "A1", invoice_id = "IR", customer_id = "C1", posted_on = "2026-10-14", amount = "-452", audited_at = "2026-10-14T16:00:00" } },
    cost_entry = { { cost_id = "K1", issue_id = "RS1", product_id = "P1", posted_on = "2026-10-15", period = "2026-10", quantity = "-4", amount = "-240" } },
  }, changes, more)
end

cases "RET-01" {
  { "in order, all on one day", expect = {},
    given = came_back { return_request = { requested_on = "2026-10-11", branch_confirmed_at = "2026-10-11T10:00:00" } } },
  { "confirmed a second after the review",
    given = came_back { return_request = { branch_confirmed_at = "2026-10-11T10:00:01" } },
    expect = { { key = "RT1", amount = "400", fault = "too early", step = "return_request.reviewed_at", other = "return_request.branch_confirmed_at" } } },
  { "confirmed the day before the customer asked",
    given = came_back { return_request = { branch_confirmed_at = "2026-10-08T23:00:00" } },
    expect = { { key = "RT1", amount = "400", fault = "too early", step = "return_request.branch_confirmed_at", other_at = "2026-10-09" } } },
  { "never confirmed; not reviewed either, which is another control's",
    given = came_back { return_request = { branch_confirmed_at = "", reviewed_at = "" } },
    expect = { { key = "RT1", amount = "400", fault = "missing", step = "return_request.branch_confirmed_at", other = "stock_issue.prepared_at", faults = "1" } } },
  { "nobody has done anything yet", expect = {},
    given = came_back({ return_request = { branch_confirmed_at = "", reviewed_at = "", customer_request_ref = "" } }, { delivery = {} }) },
  { "no request of the customer, and confirmed by a salesperson: one exception",
    given = came_back { return_request = { customer_request_ref = " ", branch_confirmed_by = "E1" } },
    expect = { { key = "RT1", amount = "400", fault = "missing", step = "return_request.customer_request_ref", faults = "1", other_at = "2026-10-09T14:00:00" } } },
  { "confirmed by a salesperson",
    given = came_back { return_request = { branch_confirmed_by = "E1" } },
    expect = { { key = "RT1", amount = "400", fault = "wrong role", step = "return_request.branch_confirmed_at", other = "return_request.branch_confirmed_by", other_at = "E1" } } },
  { "confirmed by a salesperson, to whom the branch manager had delegated it for that day", expect = {},
    given = came_back({ return_request = { branch_confirmed_by = "E1" } }, { delegation = {
      { delegation_id = "G1", grantor_id = "E5", grantee_id = "E1", doc_kind = "return_request", valid_from = "2026-10-09", valid_to = "2026-10-09" },
    } }) },
  { "the delegation was for orders, and ended the day before",
    given = came_back({ return_request = { branch_confirmed_by = "E1" } }, { delegation = {
      { delegation_id = "G1", grantor_id = "E5", grantee_id = "E1", doc_kind = "sales_order", valid_from = "2026-10-09", valid_to = "2026-10-09" },
      { delegation_id = "G2", grantor_id = "E5", grantee_id = "E1", doc_kind = "return_request", valid_from = "2026-10-01", valid_to = "2026-10-08" },
    } }),
    expect = { { key = "RT1", amount = "400", fault = "wrong role" } } },
  { "nobody is named", given = came_back { return_request = { branch_confirmed_by = "" } },
    expect = { { key = "RT1", untestable = "nobody is named" } } },
  { "a rejected request, and one that is reversed", expect = {},
    given = came_back({}, { return_request = {
      { return_id = "RT1", status = "rejected", requested_on = "2026-10-09", reviewed_at = "2026-10-11T10:00:00" },
      { return_id = "RT2", reversal_of = "RT3", requested_on = "2026-10-09", reviewed_at = "2026-10-11T10:00:00" },
    } }) },
  { "worth what was delivered, where the lines name no price",
    given = came_back { return_request = { customer_request_ref = "" }, return_line = { unit_price = "" } },
    expect = { { key = "RT1", at = "none", amount = "400" } } },
  { "the time of confirmation was not imported", absent = { "return_request.branch_confirmed_at" },
    given = came_back(), expect = { { key = "RT1", untestable = "branch_confirmed_at" } } },
}

cases "RET-02" {
  { "of goods of a void delivery: by it nothing was sold",
    given = came_back({}, { delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-01", status = "void" } } }),
    expect = { { key = "RT1", label = "1", amount = "400", fault = "more than was sold", found = "4", expected = "0" } } },
  { "four of ten came back", given = came_back(), expect = {} },
  { "exactly all of it, in two requests", expect = {},
    given = came_back({}, { return_request = {
      { return_id = "RT1", delivery_id = "D1", customer_id = "C1", requested_on = "2026-10-09", checked_at = "2026-10-09T10:00:00" },
      { return_id = "RT2", delivery_id = "D1", customer_id = "C1", requested_on = "2026-10-08" },
    }, return_line = {
      { return_id = "RT1", line_no = "1", product_id = "P1", quantity = "4" }, { return_id = "RT2", line_no = "1", product_id = "P1", quantity = "-6" },
    } }) },
  { "one piece too many, with the second request; a rejected one does not count",
    given = came_back({}, { return_request = {
      { return_id = "RT1", delivery_id = "D1", customer_id = "C1", requested_on = "2026-10-09", checked_at = "2026-10-09T10:00:00" },
      { return_id = "RT2", delivery_id = "D1", customer_id = "C1", requested_on = "2026-10-08" },
      { return_id = "RT3", delivery_id = "D1", customer_id = "C1", requested_on = "2026-10-07", status = "rejected" },
    }, return_line = {
      { return_id = "RT1", line_no = "1", product_id = "P1", quantity = "5" }, { return_id = "RT2", line_no = "1", product_id = "P1", quantity = "6" },
      { return_id = "RT3", line_no = "1", product_id = "P1", quantity = "6" },
    } }),
    expect = { { key = "RT1", label = "1", amount = "100", fault = "more than was sold", found = "11", expected = "10" } } },
  { "a piece too many, at the price of the delivery",
    given = came_back { return_line = { quantity = "11", unit_price = "" } },
    expect = { { key = "RT1", label = "1", amount = "100", found = "11" } } },
  { "a piece too many, at no known price",
    given = came_back { return_line = { quantity = "11", unit_price = "" }, delivery_line = {} },
    expect = { { key = "RT1", label = "1", amount = "none", fault = "another product", expected = "none" } } },
  { "too many of last month are not this month's", period = "2026-11", expect = {},
    given = came_back { return_line = { quantity = "11" } } },
  { "another customer's delivery: the lines are not looked at",
    given = came_back { return_request = { customer_id = "C2" }, return_line = { quantity = "11" } },
    expect = { { key = "RT1", label = "customer", amount = "1100", fault = "another customer's goods", found = "C2", expected = "C1" } } },
  { "another product than that of the line it names",
    given = came_back { return_line = { product_id = "P2" } },
    expect = { { key = "RT1", label = "1", amount = "400", fault = "another product", found = "P2", expected = "P1" } } },
  { "a product that is not on the delivery",
    given = came_back { return_line = { product_id = "P2", delivery_line_no = "" } },
    expect = { { key = "RT1", label = "1", amount = "400", fault = "another product", expected = "none" } } },
  { "another specification",
    given = came_back { return_line = { spec = "6205" } },
    expect = { { key = "RT1", label = "1", amount = "400", fault = "another specification", found = "6205", expected = "6204" } } },
  { "nothing is known of the product but its number", expect = {},
    given = came_back({ return_line = { spec = "6205" } }, { product = { { product_id = "P1" } } }) },
  { "the specification in other letters", given = came_back { return_line = { spec = " ６204 " } }, expect = {} },
  { "not checked", given = came_back { return_request = { checked_at = "" } },
    expect = { { key = "RT1", label = "check", amount = "400", fault = "not checked", expected = "2026-10-11T10:00:00" } } },
  { "checked a second after the review", given = came_back { return_request = { checked_at = "2026-10-11T10:00:01" } },
    expect = { { key = "RT1", amount = "400", fault = "checked too late", expected = "2026-10-11T10:00:00" } } },
  { "checked when it was reviewed", given = came_back { return_request = { checked_at = "2026-10-11T10:00:00" } }, expect = {} },
  { "asked for only: not to be checked yet", expect = {},
    given = came_back({ return_request = { checked_at = "", reviewed_at = "" } }, { delivery = {
      { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-01" },
    } }) },
  { "the time of the check was not imported", given = came_back { return_line = { quantity = "11" } }, absent = { "return_request.checked_at" },
    expect = { { key = "RT1", label = "1", fault = "more than was sold", amount = "100" } } },
  { "no original delivery", given = came_back { return_request = { delivery_id = "" } },
    expect = { { key = "request RT1", untestable = "original delivery" } } },
}

cases "RET-03" {
  { "not reviewed; examined after the red slip was prepared", given = came_back { return_request = { authenticity_at = "2026-10-30T10:00:00", reviewed_at = "" } },
    expect = { { key = "RT1", amount = "400", fault = "too early", step = "stock_issue.prepared_at", other_at = "2026-10-30T10:00:00" } } },
  { "reviewed after it: the slip that came before is another control's", given = came_back { return_request = { authenticity_at = "2026-10-30T10:00:00", reviewed_at = "2026-10-30T11:00:00" } }, expect = {} },
  { "examined when it was reviewed", given = came_back { return_request = { authenticity_at = "2026-10-11T10:00:00" } }, expect = {} },
  { "examined a second after the review", given = came_back { return_request = { authenticity_at = "2026-10-11T10:00:01" } },
    expect = { { key = "RT1", amount = "400", fault = "too early", step = "return_request.reviewed_at", other_at = "2026-10-11T10:00:01" } } },
  { "never examined, only the red slip was prepared", given = came_back { return_request = { authenticity_at = "", reviewed_at = "" } },
    expect = { { key = "RT1", amount = "400", fault = "missing", other = "stock_issue.prepared_at" } } },
  { "counterfeit, taken back all the same", given = came_back { return_request = { authenticity_result = "counterfeit" } },
    expect = { { key = "RT1", amount = "400", fault = "counterfeit", step = "return_request.authenticity_result", other = "return_request.reviewed_at", severity = "high" } } },
  { "counterfeit, and nothing was done", expect = {},
    given = came_back({ return_request = { authenticity_result = "counterfeit", reviewed_at = "" } }, { delivery = {} }) },
  { "counterfeit, and rejected", given = came_back { return_request = { authenticity_result = "counterfeit", status = "rejected" } }, expect = {} },
  { "examined by a salesperson", given = came_back { return_request = { authenticity_by = "E1" } },
    expect = { { key = "RT1", amount = "400", fault = "wrong role" } } },
  { "no result", given = came_back { return_request = { authenticity_result = "" } },
    expect = { { key = "RT1", untestable = "no result" } } },
  { "nobody is named", given = came_back { return_request = { authenticity_by = "" } },
    expect = { { key = "RT1", untestable = "nobody is named" } } },
  { "not imported", absent = { "return_request.authenticity_at" }, given = came_back(), expect = { { key = "RT1", untestable = "authenticity_at" } } },
}

cases "RET-04" {
  { "reviewed, but the request is a draft again", given = came_back { return_request = { status = "draft" } },
    expect = { { key = "RS1", amount = "400", fault = "missing", step = "return_request.reviewed_at", other = "stock_issue.prepared_at" } } },
  { "prepared when it was reviewed", given = came_back { stock_issue = { prepared_at = "2026-10-11T10:00:00" } }, expect = {} },
  { "a second before the review", given = came_back { stock_issue = { prepared_at = "2026-10-11T09:59:59" } },
    expect = { { key = "RS1", amount = "400", fault = "too early", step = "stock_issue.prepared_at", other_at = "2026-10-11T10:00:00" } } },
  { "reviewed again afterwards: the first time counts; another kind of approval does not", expect = {},
    given = came_back({ return_request = { reviewed_at = "2026-10-13T10:00:00" } }, { approval = {
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "return", decision = "approve", approver_id = "E4", decided_at = "2026-10-12T10:00:00" },
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "return", decision = "unapprove", approver_id = "E4", decided_at = "2026-10-13T09:00:00" },
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "return", decision = "approve", approver_id = "E4", decided_at = "2026-10-13T10:00:00" },
    } }) },
  { "before the review there were only an approval of another kind, one of another step and a rejection",
    given = came_back({ return_request = { reviewed_at = "2026-10-13T10:00:00" } }, { approval = {
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "freight", step_no = "2", decision = "approve", decided_at = "2026-10-10T10:00:00" },
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "return", step_no = "1", decision = "approve", decided_at = "2026-10-10T10:00:00" },
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "return", step_no = "2", decision = "reject", decided_at = "2026-10-10T11:00:00" },
      { doc_kind = "return_request", doc_id = "RT1", approval_kind = "return", step_no = "2", decision = "approve", decided_at = "2026-10-13T10:00:00" },
    } }),
    expect = { { key = "RS1", amount = "400", fault = "too early", other_at = "2026-10-13T10:00:00" } } },
  { "never reviewed", given = came_back { return_request = { reviewed_at = "" } },
    expect = { { key = "RS1", amount = "400", fault = "missing", step = "return_request.reviewed_at", other = "stock_issue.prepared_at" } } },
  { "reviewed by a branch manager", given = came_back { return_request = { reviewed_by = "E5" } },
    expect = { { key = "RS1", amount = "400", fault = "wrong role", at = "2026-10-11T10:00:00" } } },
  { "nobody is named", given = came_back { return_request = { reviewed_by = "" } }, expect = { { key = "RS1", untestable = "nobody is named" } } },
  { "no red goods request, where others have one",
    given = came_back({}, { delivery_request = { { request_id = "DR1", kind = "return", requested_at = "2026-10-10T09:00:00" } } }),
    expect = { { key = "RS1", amount = "400", fault = "missing", step = "stock_issue.request_id" } } },
  { "an ordinary goods request is not one",
    given = came_back({ stock_issue = { request_id = "DR2" } }, { delivery_request = {
      { request_id = "DR1", kind = "return", requested_at = "2026-10-10T09:00:00" }, { request_id = "DR2", kind = "goods", requested_at = "2026-10-10T09:00:00" },
    } }),
    expect = { { key = "RS1", amount = "400", step = "stock_issue.request_id" } } },
  { "the slip, or the return note, names its red goods request", expect = {},
    given = came_back({}, {
      delivery_request = { { request_id = "DR1", kind = "return", requested_at = "2026-10-10T09:00:00" } },
      stock_issue = {
        { issue_id = "RS1", sign = "red", delivery_id = "R1", request_id = "DR1", prepared_at = "2026-10-12T10:00:00" },
        { issue_id = "RS2", sign = "red", delivery_id = "R2", prepared_at = "2026-10-12T10:00:00" },
      },
      delivery = {
        { delivery_id = "R1", kind = "return", return_id = "RT1", delivery_date = "2026-10-12" },
        { delivery_id = "R2", kind = "return", return_id = "RT1", request_id = "DR1", delivery_date = "2026-10-12" },
      },
    }) },
  { "a blue slip, a void one, and one without a return request", expect = {},
    given = came_back({ return_request = { reviewed_at = "" } }, { stock_issue = {
      { issue_id = "RS1", sign = "blue", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00" },
      { issue_id = "RS2", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00", status = "void" },
      { issue_id = "RS3", sign = "red", delivery_id = "D1", prepared_at = "2026-10-12T10:00:00" },
    } }) },
  { "the review was not imported", absent = { "return_request.reviewed_at" }, given = came_back(), expect = { { key = "RS1", untestable = "reviewed_at" } } },
}

cases "RET-05" {
  { "the same", given = came_back(), expect = {} },
  { "a piece more", given = came_back { stock_issue_line = { quantity = "-5" } },
    expect = { { key = "RT1", label = "issue slip P1", amount = "100", fault = "issue slip", found = "5", expected = "4" } } },
  { "a piece more, at the price of the delivery",
    given = came_back({ return_line = { unit_price = "" }, stock_issue_line = { quantity = "-5" } }),
    expect = { { key = "RT1", label = "issue slip P1", fault = "issue slip", amount = "100" } } },
  { "a line that names no product is compared with nothing", expect = {},
    given = came_back({}, { stock_issue_line = {
      { issue_id = "RS1", line_no = "1", product_id = "P1", quantity = "-4" }, { issue_id = "RS1", line_no = "2", quantity = "-1" },
    } }) },
  { "two slips of one red goods request", expect = {},
    given = came_back({}, {
      delivery_request = { { request_id = "DR1", kind = "return", requested_at = "2026-10-10T09:00:00" } },
      delivery_request_line = { { request_id = "DR1", line_no = "1", product_id = "P1", quantity = "-4" } },
      stock_issue = {
        { issue_id = "RS1", sign = "red", delivery_id = "R1", request_id = "DR1", prepared_at = "2026-10-12T10:00:00" },
        { issue_id = "RS2", sign = "red", delivery_id = "R1", request_id = "DR1", prepared_at = "2026-10-13T10:00:00" },
      },
      stock_issue_line = {
        { issue_id = "RS1", line_no = "1", product_id = "P1", quantity = "-3" }, { issue_id = "RS2", line_no = "1", product_id = "P1", quantity = "-1" },
      },
    }) },
  { "a piece more, within the tolerance", given = came_back { stock_issue_line = { quantity = "-5" } }, parameters = { tolerance = "1" }, expect = {} },
  { "in two slips; a void one does not count", expect = {},
    given = came_back({}, { stock_issue = {
      { issue_id = "RS1", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00" },
      { issue_id = "RS2", sign = "red", delivery_id = "R1", prepared_at = "2026-10-13T10:00:00" },
      { issue_id = "RS3", sign = "red", delivery_id = "R1", prepared_at = "2026-10-13T10:00:00", status = "void" },
    }, stock_issue_line = {
      { issue_id = "RS1", line_no = "1", product_id = "P1", quantity = "-3" }, { issue_id = "RS2", line_no = "1", product_id = "P1", quantity = "-1" },
      { issue_id = "RS3", line_no = "1", product_id = "P1", quantity = "-1" },
    } }) },
  { "another product, at its standard cost where the return names no price",
    given = came_back { stock_issue_line = { product_id = "P2" } },
    expect = {
      { key = "RT1", label = "issue slip P1", amount = "400", found = "0", expected = "4" },
      { key = "RT1", label = "issue slip P2", amount = "240", found = "4", expected = "0" },
    } },
  { "another specification", given = came_back { stock_issue_line = { spec = "b" }, return_line = { spec = "A" } },
    expect = {
      { key = "RT1", label = "issue slip P1 a", amount = "400", found = "0", expected = "4" },
      { key = "RT1", label = "issue slip P1 b", amount = "400", found = "4", expected = "0" },
    } },
  { "only one side states the specification", given = came_back { stock_issue_line = { spec = "b" } }, expect = {} },
  { "the red goods request says less",
    given = came_back({ stock_issue = { request_id = "DR1" } }, {
      delivery_request = { { request_id = "DR1", kind = "return", requested_at = "2026-10-10T09:00:00" } },
      delivery_request_line = { { request_id = "DR1", line_no = "1", product_id = "P1", quantity = "-3" } },
    }),
    expect = { { key = "RT1", label = "red goods request P1", amount = "100", fault = "red goods request", found = "3", expected = "4" } } },
  { "no slip yet", given = came_back({}, { stock_issue = {} }), expect = {} },
  { "a slip without any return request",
    given = came_back { delivery = { return_id = "" } },
    expect = { { key = "RS1", amount = "400", fault = "no return", product = "P1", found = "4", expected = "none" } } },
  { "a slip without a return note, worth its standard cost",
    given = came_back { stock_issue = { delivery_id = "" } },
    expect = { { key = "RS1", amount = "240", fault = "no return" } } },
  { "a slip that reverses another, one for consigned goods, a void one, a blue one", expect = {},
    given = came_back({ delivery = { return_id = "", business_type = "consignment" } }, { stock_issue = {
      { issue_id = "RS1", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00" },
      { issue_id = "RS2", sign = "red", reversal_of = "RS9", prepared_at = "2026-10-12T10:00:00" },
      { issue_id = "RS3", sign = "red", status = "void", prepared_at = "2026-10-12T10:00:00" },
      { issue_id = "RS4", sign = "blue", prepared_at = "2026-10-12T10:00:00" },
    } }) },
  { "the slip's lines were not imported", absent = { "stock_issue_line.quantity" }, given = came_back(),
    expect = { { key = "RT1", untestable = "stock_issue_line" } } },
}

cases "RET-06" {
  { "in order", given = came_back(), expect = {} },
  { "all within one day and second", expect = {},
    given = came_back {
      delivery = { approved_at = "2026-10-14T15:00:00" }, stock_issue = { prepared_at = "2026-10-14T15:00:00" },
      receivable_entry = { audited_at = "2026-10-14T15:00:00" }, cost_entry = { posted_on = "2026-10-14" },
    } },
  { "the slip a second before the note", given = came_back { delivery = { approved_at = "2026-10-12T10:00:01" } },
    expect = { { key = "R1", amount = "400", fault = "too early", step = "stock_issue.prepared_at", other_at = "2026-10-12T10:00:01", faults = "1" } } },
  { "the note was approved again afterwards: the first time counts", expect = {},
    given = came_back({ delivery = { approved_at = "2026-10-16T10:00:00" } }, { approval = {
      { doc_kind = "delivery", doc_id = "R1", approval_kind = "return", decision = "approve", decided_at = "2026-10-12T09:00:00" },
      { doc_kind = "delivery", doc_id = "R1", approval_kind = "return", decision = "approve", decided_at = "2026-10-16T10:00:00" },
    } }) },
  { "the note was never approved", given = came_back { delivery = { approved_at = "" } },
    expect = { { key = "R1", amount = "400", fault = "missing", step = "delivery.approved_at", faults = "1" } } },
  { "the red invoice the day before the slip", given = came_back { invoice = { issued_on = "2026-10-11" } },
    expect = { { key = "R1", amount = "400", fault = "too early", step = "invoice.issued_on", at = "2026-10-11" } } },
  { "invoiced without a slip",
    given = came_back { stock_issue = {} },
    expect = { { key = "R1", amount = "400", fault = "missing", step = "stock_issue.prepared_at", other = "invoice.issued_on" } } },
  { "receivable audited before the invoice was reviewed", given = came_back { receivable_entry = { audited_at = "2026-10-14T14:59:59" } },
    expect = { { key = "R1", amount = "400", fault = "too early", step = "receivable_entry.audited_at", other = "invoice.reviewed_at" } } },
  { "receivable audited, the invoice never reviewed", given = came_back { invoice = { reviewed_at = "" } },
    expect = { { key = "R1", amount = "400", fault = "missing", step = "invoice.reviewed_at" } } },
  { "cost posted before the slip", given = came_back { cost_entry = { posted_on = "2026-10-11" } },
    expect = { { key = "R1", amount = "400", fault = "too early", step = "cost_entry.posted_on", other = "stock_issue.prepared_at" } } },
  { "cost carried with the invoice, before the slip", given = came_back { cost_entry = { posted_on = "2026-10-11", issue_id = "", invoice_id = "IR" } },
    expect = { { key = "R1", amount = "400", fault = "too early", step = "cost_entry.posted_on" } } },
  { "the slip's own cost goes before what was carried with the invoice", expect = {},
    given = came_back({}, { cost_entry = {
      { cost_id = "K1", issue_id = "RS1", product_id = "P1", posted_on = "2026-10-15", period = "2026-10", quantity = "-4", amount = "-240" },
      { cost_id = "K2", invoice_id = "IR", product_id = "P1", posted_on = "2026-10-01", period = "2026-10", quantity = "-4", amount = "-240" },
    } }) },
  { "the earlier of two slips counts",
    given = came_back({}, { stock_issue = {
      { issue_id = "RS1", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00" },
      { issue_id = "RS2", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T08:59:59" },
    } }),
    expect = { { key = "R1", amount = "400", fault = "too early", step = "stock_issue.prepared_at", at = "2026-10-12T08:59:59" } } },
  { "cost posted before the receivable was audited, which is no matter", given = came_back { cost_entry = { posted_on = "2026-10-13" } }, expect = {} },
  { "not invoiced yet", given = came_back { invoice_line = {} }, expect = {} },
  { "not invoiced yet, the slip too early", given = came_back { invoice_line = {}, delivery = { approved_at = "2026-10-12T10:00:01" } },
    expect = { { key = "R1", amount = "400", fault = "too early" } } },
  { "the invoice comes first", given = came_back { invoice = { mode = "direct", issued_on = "2026-10-11" } }, expect = {} },
  { "no business type of invoices that come first, and none consigned", expect = {},
    given = came_back({}, { delivery = {
      { delivery_id = "R1", kind = "return", business_type = "direct_invoice", delivery_date = "2026-10-12" },
      { delivery_id = "R2", kind = "return", business_type = "consignment", delivery_date = "2026-10-12" },
    }, stock_issue = {
      { issue_id = "RS1", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00" }, { issue_id = "RS2", sign = "red", delivery_id = "R2", prepared_at = "2026-10-12T10:00:00" },
    } }) },
  { "approval of notes was not imported", absent = { "delivery.approved_at" }, given = came_back(), expect = { { key = "R1", untestable = "approved_at" } } },
}

cases "RET-07" {
  { "in order, all on one day", expect = {},
    given = came_back {
      invoice = { mode = "direct", issued_on = "2026-10-12", reviewed_at = "2026-10-12T09:00:00" },
      receivable_entry = { audited_at = "2026-10-12T10:00:00" }, cost_entry = { posted_on = "2026-10-12" },
    } },
  { "the return note a second before the review",
    given = came_back { invoice = { mode = "direct", issued_on = "2026-10-12", reviewed_at = "2026-10-12T09:00:01" } },
    expect = { { key = "IR", amount = "400", fault = "too early", step = "delivery.approved_at", other = "invoice.reviewed_at", faults = "1" } } },
  { "the business type says so", given = came_back { invoice = { mode = "" }, delivery = { business_type = "direct_invoice" } },
    expect = { { key = "IR", amount = "400", fault = "too early", step = "delivery.approved_at", faults = "2" } } },
  { "the goods came back without a slip",
    given = came_back { invoice = { mode = "direct", issued_on = "2026-10-11", reviewed_at = "2026-10-11T09:00:00" }, stock_issue = {} },
    expect = { { key = "IR", amount = "400", fault = "missing", step = "stock_issue.prepared_at", other = "receivable_entry.audited_at" } } },
  { "receivable audited before the slip",
    given = came_back { invoice = { mode = "direct", issued_on = "2026-10-11", reviewed_at = "2026-10-11T09:00:00" }, receivable_entry = { audited_at = "2026-10-12T09:59:59" } },
    expect = { { key = "IR", amount = "400", fault = "too early", step = "receivable_entry.audited_at", other = "stock_issue.prepared_at" } } },
  { "cost the day before the slip",
    given = came_back { invoice = { mode = "direct", issued_on = "2026-10-11", reviewed_at = "2026-10-11T09:00:00" }, cost_entry = { posted_on = "2026-10-11" } },
    expect = { { key = "IR", amount = "400", fault = "too early", step = "cost_entry.posted_on" } } },
  { "goods first, and an invoice without any return", expect = {},
    given = came_back({}, { invoice = {
      { invoice_id = "IR", sign = "red", mode = "after_delivery", issued_on = "2026-10-14", reviewed_at = "2026-10-14T15:00:00" },
      { invoice_id = "IX", sign = "red", mode = "direct", issued_on = "2026-10-14", reviewed_at = "2026-10-14T15:00:00" },
    } }) },
  { "reviews were not imported", absent = { "invoice.reviewed_at" }, given = came_back { invoice = { mode = "direct" } },
    expect = { { key = "IR", untestable = "reviewed_at" } } },
}

-- A red invoice of 500 without pieces, on the invoice of ten at 100.
local allowance = { quantity = "", unit_price = "", net_amount = "-500" }

cases "RET-08" {
  { "an amount without pieces, and nothing came back",
    given = came_back { invoice_line = allowance, delivery = { kind = "delivery" }, return_request = {} },
    expect = { { key = "IR", label = "no reason", amount = "500", found = "500", allowed = "0" } } },
  { "an amount without pieces for more than came back",
    given = came_back { invoice_line = allowance }, expect = { { key = "IR", label = "no reason", amount = "100", found = "500", allowed = "400" } } },
  { "an amount without pieces for what came back", given = came_back { invoice_line = with(allowance, { net_amount = "-400" }) }, expect = {} },
  { "four of ten, which came back", given = came_back(), expect = {} },
  { "four of ten, which came back without a request", given = came_back { return_request = {} }, expect = {} },
  { "one piece more than came back",
    given = came_back({ return_request = {} }, { delivery_line = {
      { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-3" }, { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10" },
    } }),
    expect = { { key = "IR", label = "no reason", amount = "100", found = "4", allowed = "3" } } },
  { "nothing came back, but a reviewed request says that it may", given = came_back { delivery = { kind = "delivery" } }, expect = {} },
  { "nothing came back, and the request was not reviewed",
    given = came_back { delivery = { kind = "delivery" }, return_request = { reviewed_at = "" } },
    expect = { { key = "IR", label = "no reason", amount = "400", found = "4", allowed = "0" } } },
  { "nothing came back, and the request was reviewed after the date of the audit", as_of = "2026-10-14",
    given = came_back { delivery = { kind = "delivery" }, return_request = { reviewed_at = "2026-10-15T10:00:00" } },
    expect = { { key = "IR", label = "no reason", fault = "no reason", amount = "400" } } },
  { "a wrong invoice, invoiced anew on the day", expect = {},
    given = came_back({ return_request = {}, delivery = { status = "void" } }, {
      invoice = {
        { invoice_id = "IR", sign = "red", original_invoice_id = "I1", customer_id = "C1", gross_amount = "-1130", issued_on = "2026-10-14" },
        { invoice_id = "I1", sign = "blue", customer_id = "C1", gross_amount = "1130", issued_on = "2026-10-05" },
        { invoice_id = "I2", sign = "blue", customer_id = "C1", gross_amount = "1130", issued_on = "2026-10-14" },
      },
      invoice_line = {
        { invoice_id = "IR", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "-10", unit_price = "100" },
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
        { invoice_id = "I2", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
    }) },
  { "invoiced anew only the day before",
    given = came_back({ return_request = {}, delivery = { status = "void" } }, {
      invoice = {
        { invoice_id = "IR", sign = "red", original_invoice_id = "I1", customer_id = "C1", gross_amount = "-1130", issued_on = "2026-10-14" },
        { invoice_id = "I1", sign = "blue", customer_id = "C1", gross_amount = "1130", issued_on = "2026-10-05" },
        { invoice_id = "I2", sign = "blue", customer_id = "C1", gross_amount = "1130", issued_on = "2026-10-13" },
      },
      invoice_line = {
        { invoice_id = "IR", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "-10", unit_price = "100" },
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
        { invoice_id = "I2", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
    }),
    expect = { { key = "IR", label = "no reason", amount = "1000", found = "10", allowed = "0" } } },
  { "the correction of an error, and the red invoice of a settlement, need no goods",
    given = came_back({ return_request = {} }, {
      delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-01" } },
      invoice = {
        { invoice_id = "IR", sign = "red", original_invoice_id = "I1", reversal_of = "I1", gross_amount = "-452", issued_on = "2026-10-14" },
        { invoice_id = "IS", sign = "red", original_invoice_id = "I1", settlement_id = "ST1", gross_amount = "-113", issued_on = "2026-10-15" },
        { invoice_id = "I1", sign = "blue", gross_amount = "1130", issued_on = "2026-10-05" },
      },
      invoice_line = {
        { invoice_id = "IR", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "-4", unit_price = "100" },
        { invoice_id = "IS", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "-1", unit_price = "100" },
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
    }),
    expect = {} },
  { "two red invoices of one original, the second a piece too much; services need no goods",
    given = came_back({}, {
      invoice = {
        { invoice_id = "IR", sign = "red", original_invoice_id = "I1", gross_amount = "-1073.50", issued_on = "2026-10-14" },
        { invoice_id = "IQ", sign = "red", original_invoice_id = "I1", gross_amount = "-169.50", issued_on = "2026-10-16" },
        { invoice_id = "I1", sign = "blue", gross_amount = "1130", issued_on = "2026-10-05" },
      },
      invoice_line = {
        { invoice_id = "IR", line_no = "1", delivery_id = "R1", product_id = "P1", quantity = "-9.5", unit_price = "100" },
        { invoice_id = "IQ", line_no = "1", delivery_id = "R1", product_id = "P1", quantity = "-1.5", unit_price = "100" },
        { invoice_id = "IQ", line_no = "2", product_id = "P2", quantity = "-1", unit_price = "50", line_kind = "service" },
        { invoice_id = "IQ", line_no = "3", product_id = "P1", unit_price = "100" },
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
        { invoice_id = "I1", line_no = "2", product_id = "P1", unit_price = "100" },
      },
    }),
    expect = { { key = "IQ", label = "over quantity", amount = "100", found = "11", allowed = "10" } } },
  { "at a higher price", given = came_back({}, {
      invoice_line = {
        { invoice_id = "IR", line_no = "1", delivery_id = "R1", product_id = "P1", quantity = "-4", unit_price = "100.02" },
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "6", unit_price = "100" },
        { invoice_id = "I1", line_no = "2", delivery_id = "D1", product_id = "P1", quantity = "4", unit_price = "90" },
      },
    }),
    expect = { { key = "IR", label = "other price", amount = "0.08", found = "100.02", allowed = "100" } } },
  { "at a price that is a cent off", given = came_back { invoice_line = { unit_price = "99.99" } }, expect = {} },
  { "the totals are too high, though the lines are not", given = came_back { invoice = { gross_amount = "-1130.02" } },
    expect = { { key = "IR", label = "over amount", amount = "0.01", found = "1130.02", allowed = "1130" } } },
  { "the totals are a cent too high", given = came_back { invoice = { gross_amount = "-1130.01" } }, expect = {} },
  { "no original; red by its amount only", given = came_back { invoice = { original_invoice_id = "", sign = "" } },
    expect = { { key = "IR", label = "no original", amount = "400", found = "400", allowed = "none" } } },
  { "an original of another customer", given = came_back { invoice = { customer_id = "C2" } },
    expect = { { key = "IR", label = "not to be reversed", amount = "400", found = "400" } } },
  { "a void original", given = came_back({}, { invoice = {
      { invoice_id = "IR", sign = "red", original_invoice_id = "I1", net_amount = "-400", gross_amount = "-452", issued_on = "2026-10-14" },
      { invoice_id = "I1", sign = "blue", gross_amount = "1130", issued_on = "2026-10-05", status = "void" },
    } }),
    expect = { { key = "IR", label = "not to be reversed", fault = "not to be reversed", amount = "400" } } },
  { "of last month", given = came_back { invoice = { original_invoice_id = "" } }, period = "2026-11", expect = {} },
  { "a void red invoice", given = came_back { invoice = { original_invoice_id = "", status = "void" } }, expect = {} },
  { "quantities were not imported", absent = { "invoice_line.quantity" }, given = came_back(), expect = { { key = "I1", untestable = "quantity" } } },
}

-- Lines of a red invoice that names the original invoice, but not the delivery.
local function credited_loosely(quantity, more)
  return append({
    { invoice_id = "IR", line_no = "1", product_id = "P1", quantity = quantity, unit_price = "100" },
    { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
  }, more or {})
end

cases "RET-09" {
  { "credited by a red invoice that names only the original one", as_of = "2026-10-31", expect = {},
    given = came_back({}, { invoice_line = credited_loosely "-4" }) },
  { "credited so, but for one piece", as_of = "2026-10-31",
    given = came_back({}, { invoice_line = credited_loosely "-3" }),
    expect = { { key = "R1", label = "credit 1", amount = "100", quantity = "1", standing = "7", kept = "6" } } },
  { "two deliveries on one invoice, four pieces back of each, five credited: each piece once", as_of = "2026-10-31",
    given = came_back({ return_request = {}, cost_entry = {} }, {
      delivery = {
        { delivery_id = "R1", kind = "return", source_delivery_id = "D1", customer_id = "C1", delivery_date = "2026-10-12" },
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-01" },
        { delivery_id = "R2", kind = "return", source_delivery_id = "D2", customer_id = "C1", delivery_date = "2026-10-13" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-02" },
      },
      delivery_line = {
        { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100" },
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
        { delivery_id = "R2", line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
      stock_issue = {
        { issue_id = "RS1", sign = "red", delivery_id = "R1", issued_at = "2026-10-12T16:00:00" },
        { issue_id = "RS2", sign = "red", delivery_id = "R2", issued_at = "2026-10-13T16:00:00" },
      },
      invoice_line = credited_loosely("-5", { { invoice_id = "I1", line_no = "2", delivery_id = "D2", delivery_line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" } }),
    }),
    expect = { { key = "R2", label = "credit 1", amount = "300", quantity = "3", standing = "9", kept = "6" } } },
  { "credited, and the cost taken back", given = came_back(), expect = {} },
  { "no red invoice, eleven days after",
    given = came_back({ cost_entry = {} }, { invoice_line = {
      { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
    } }), as_of = "2026-10-23",
    expect = { { key = "R1", label = "credit 1", amount = "400", quantity = "4", product = "P1", back_on = "2026-10-12", standing = "10", kept = "6" } } },
  { "no red invoice, ten days after", expect = {}, as_of = "2026-10-22",
    given = came_back({ cost_entry = {} }, { invoice_line = {
      { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
    } }) },
  { "never invoiced; what was is what was kept", expect = {},
    given = came_back({ cost_entry = {} }, { invoice_line = {
      { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "6", unit_price = "100" },
    } }) },
  { "a void red invoice does not count; half of it was credited otherwise",
    given = came_back({}, { invoice = {
      { invoice_id = "IR", sign = "red", status = "void", issued_on = "2026-10-14" },
      { invoice_id = "IQ", sign = "red", issued_on = "2026-10-14" }, { invoice_id = "I1", sign = "blue", issued_on = "2026-10-05" },
    }, invoice_line = {
      { invoice_id = "IR", line_no = "1", delivery_id = "R1", product_id = "P1", quantity = "-4", unit_price = "100" },
      { invoice_id = "IQ", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "-2", unit_price = "100" },
      { invoice_id = "I1", line_no = "1", delivery_id = "D1", product_id = "P1", quantity = "10", unit_price = "100" },
    } }),
    expect = { { key = "R1", label = "credit 1", amount = "200", standing = "8", kept = "6" } } },
  { "the later of two returns is the one that was not credited",
    given = came_back({}, {
      delivery = {
        { delivery_id = "R1", kind = "return", return_id = "RT1", delivery_date = "2026-10-12" },
        { delivery_id = "R2", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-15" },
        { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-01" },
      },
      delivery_line = {
        { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100" },
        { delivery_id = "R2", line_no = "1", product_id = "P1", quantity = "-2", unit_price = "100" },
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
      stock_issue = {
        { issue_id = "RS1", sign = "red", delivery_id = "R1", issued_at = "2026-10-12T16:00:00" },
        { issue_id = "RS2", sign = "red", delivery_id = "R2", issued_at = "2026-10-15T16:00:00" },
      },
    }),
    expect = { { key = "R2", label = "credit 1", amount = "200", kept = "4" } } },
  { "cost was carried and not taken back, though nothing had been invoiced",
    given = came_back({ invoice_line = {} }, {
      stock_issue = {
        { issue_id = "SI1", sign = "blue", delivery_id = "D1", issued_at = "2026-10-01T16:00:00" },
        { issue_id = "RS1", sign = "red", delivery_id = "R1", issued_at = "2026-10-12T16:00:00" },
      },
      cost_entry = { { cost_id = "K0", issue_id = "SI1", product_id = "P1", posted_on = "2026-10-01", quantity = "10", amount = "600" } },
    }), as_of = "2026-11-01",
    expect = { { key = "R1", label = "cost 1", amount = "240", quantity = "4", standing = "10", kept = "6" } } },
  { "the period is not over", expect = {}, as_of = "2026-10-31",
    given = came_back({ invoice_line = {} }, {
      stock_issue = {
        { issue_id = "SI1", sign = "blue", delivery_id = "D1", issued_at = "2026-10-01T16:00:00" },
        { issue_id = "RS1", sign = "red", delivery_id = "R1", issued_at = "2026-10-12T16:00:00" },
      },
      cost_entry = { { cost_id = "K0", issue_id = "SI1", product_id = "P1", posted_on = "2026-10-01", quantity = "10", amount = "600" } },
    }) },
  { "the cost was carried with the invoice, and revenue was taken back: where revenue and cost meet", expect = {},
    given = came_back({}, {
      cost_entry = { { cost_id = "K0", invoice_id = "I1", product_id = "P1", posted_on = "2026-10-05", quantity = "10", amount = "600" } },
      revenue_entry = { { revenue_id = "V1", delivery_id = "R1", invoice_id = "IR", period = "2026-10", recognised_on = "2026-10-14", quantity = "-4", amount = "-400" } },
    }) },
  { "the cost was carried with the invoice",
    given = came_back({}, {
      cost_entry = { { cost_id = "K0", invoice_id = "I1", product_id = "P1", posted_on = "2026-10-05", quantity = "10", amount = "600" } },
    }),
    expect = { { key = "R1", label = "cost 1", amount = "240", standing = "10" } } },
  { "the goods are not back yet", given = came_back { stock_issue = { issued_at = "" }, cost_entry = {}, invoice = { status = "void" } }, expect = {} },
  { "goods that came back to be replaced; what came back for good was credited", expect = {},
    given = came_back({}, {
      delivery = {
        { delivery_id = "R1", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-12" },
        { delivery_id = "R2", kind = "return", source_delivery_id = "D1", return_id = "RT2", delivery_date = "2026-10-15" },
        { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-01" },
      },
      delivery_line = {
        { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100" },
        { delivery_id = "R2", line_no = "1", product_id = "P1", quantity = "-2", unit_price = "100" },
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
      },
      return_request = { { return_id = "RT2", kind = "exchange", delivery_id = "D1", requested_on = "2026-10-13" } },
      stock_issue = {
        { issue_id = "RS1", sign = "red", delivery_id = "R1", issued_at = "2026-10-12T16:00:00" },
        { issue_id = "RS2", sign = "red", delivery_id = "R2", issued_at = "2026-10-15T16:00:00" },
      },
    }) },
  { "goods that a consignee sent back", given = came_back { delivery = { business_type = "consignment" }, invoice = { status = "void" } }, expect = {} },
  { "no original delivery", given = came_back { delivery = { source_delivery_id = "", return_id = "" } },
    expect = { { key = "return R1", untestable = "original delivery" } } },
}

cases "RET-10" {
  { "received two days before the invoice", given = came_back(), expect = {} },
  { "received on the day of the invoice", given = came_back { stock_issue = { issued_at = "2026-10-14T23:00:00" } }, expect = {} },
  { "received the day after the invoice", given = came_back { stock_issue = { issued_at = "2026-10-15T00:00:01" } },
    expect = { { key = "RS1", amount = "400", fault = "too early", step = "invoice.issued_on", other = "stock_issue.issued_at" } } },
  { "invoiced, and never received", given = came_back { stock_issue = { issued_at = "" } },
    expect = { { key = "RS1", amount = "400", fault = "missing", step = "stock_issue.issued_at", other = "invoice.issued_on" } } },
  { "invoiced before the slip, which is another control's", expect = {},
    given = came_back { invoice = { issued_on = "2026-10-11" } } },
  { "the invoice comes first by its mode", expect = {},
    given = came_back { invoice = { mode = "direct" }, stock_issue = { issued_at = "2026-10-15T00:00:01" } } },
  { "not invoiced nor received, seven days after the slip", as_of = "2026-10-19", expect = {},
    given = came_back { stock_issue = { issued_at = "" }, invoice = { status = "void" } } },
  { "not invoiced nor received, eight days after the slip", as_of = "2026-10-20",
    given = came_back { stock_issue = { issued_at = "" }, invoice = { status = "void" } },
    expect = { { key = "RS1", amount = "400", fault = "missing", step = "stock_issue.issued_at", other = "stock_issue.prepared_at", limit = "2026-10-19" } } },
  { "not in the stock ledger, but as an issue", given = came_back { stock_movement = { quantity = "-4" } },
    expect = { { key = "RS1", amount = "400", fault = "no movement", step = "stock_issue.issued_at" } } },
  { "there is no stock ledger", given = came_back(), absent = { "stock_movement" }, expect = {} },
  { "received by the sales manager", given = came_back { stock_issue = { issued_by = "E4" } },
    expect = { { key = "RS1", amount = "400", fault = "wrong role" } } },
  { "nobody is named", given = came_back { stock_issue = { issued_by = "" } }, expect = { { key = "RS1", untestable = "nobody is named" } } },
  { "a blue slip, a void one", expect = {}, given = came_back({ stock_movement = {} }, { stock_issue = {
      { issue_id = "RS1", sign = "blue", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00", issued_at = "2026-10-12T10:00:00" },
      { issue_id = "RS2", sign = "red", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00", issued_at = "2026-10-12T10:00:00", status = "void" },
    } }) },
}

local function exchange(lines, more)
  return with({
    return_request = { { return_id = "RT1", kind = "exchange", customer_id = "C1", delivery_id = "D1", requested_on = "2026-10-09" } },
    delivery = {
      { delivery_id = "R1", kind = "return", return_id = "RT1", delivery_date = "2026-10-12" },
      { delivery_id = "D2", kind = "delivery", return_id = "RT1", delivery_date = "2026-10-20" },
      { delivery_id = "D3", kind = "delivery", return_id = "RT1", delivery_date = "2026-10-20", status = "void" },
    },
    stock_issue = { { issue_id = "RS1", sign = "red", delivery_id = "R1", issued_at = "2026-10-12T16:00:00" } },
    delivery_line = append({
      { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-4", unit_price = "100" },
      { delivery_id = "D3", line_no = "1", product_id = "P1", quantity = "9", unit_price = "100" },
    }, lines),
  }, more)
end
local four = { { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "4", unit_price = "100" } }
local three = { { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "3", unit_price = "100" } }
local dearer = { { delivery_id = "D2", line_no = "1", product_id = "P2", quantity = "4", unit_price = "110" } }

cases "RET-11" {
  { "as many of the same", given = exchange(four), expect = {} },
  { "nothing sent, 31 days after", given = exchange {}, as_of = "2026-11-12",
    expect = { { key = "RT1", amount = "400", fault = "not sent", returned = "4", sent = "0", back_on = "2026-10-12", difference = "-400", invoiced = "0" } } },
  { "nothing sent, 30 days after", given = exchange {}, as_of = "2026-11-11", expect = {} },
  { "one too few", given = exchange(three), as_of = "2026-11-12",
    expect = { { key = "RT1", amount = "100", fault = "too little", sent = "3" } } },
  { "one too many is seen at once",
    given = exchange { { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "5", unit_price = "100" } }, as_of = "2026-10-21",
    expect = { { key = "RT1", amount = "100", fault = "too much", difference = "100" } } },
  { "another product, dearer, and the difference not invoiced", given = exchange(dearer), as_of = "2026-10-21",
    expect = { { key = "RT1", amount = "40", fault = "other", difference = "40", invoiced = "0" } } },
  { "another product, both invoiced", expect = {},
    given = exchange(dearer, {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-20" }, { invoice_id = "I2", issued_on = "2026-10-20", sign = "red" }, { invoice_id = "I3", issued_on = "2026-10-20", status = "void" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", delivery_id = "D2", product_id = "P2", quantity = "4", net_amount = "440" },
        { invoice_id = "I2", line_no = "1", delivery_id = "R1", product_id = "P1", quantity = "-4", net_amount = "-400" },
        { invoice_id = "I3", line_no = "1", delivery_id = "D2", product_id = "P2", quantity = "4", net_amount = "440" },
      },
    }) },
  { "the goods have not come back yet", given = exchange({}, { stock_issue = {} }), as_of = "2026-11-12", expect = {} },
  { "a return, not an exchange", as_of = "2026-11-12", expect = {},
    given = exchange({}, { return_request = { { return_id = "RT1", kind = "return", requested_on = "2026-10-09" } } }) },
  { "no price of the replacement",
    given = exchange { { delivery_id = "D2", line_no = "1", product_id = "P2", quantity = "4" } },
    expect = { { key = "RT1", untestable = "no price" } } },
  { "no price of one of two replacements",
    given = exchange {
      { delivery_id = "D2", line_no = "1", product_id = "P2", quantity = "4", unit_price = "100" },
      { delivery_id = "D2", line_no = "2", product_id = "P3", quantity = "1" },
    },
    expect = { { key = "RT1", untestable = "no price" } } },
}

local function traded(back, back_on, more)
  local given = {
    customer = { { customer_id = "C1" } },
    delivery = {
      { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" },
      { delivery_id = "D2", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-06", status = "void" },
      { delivery_id = "R1", kind = "return", customer_id = "C1", delivery_date = back_on, source_delivery_id = "D1" },
    },
    delivery_line = {
      { delivery_id = "R1", line_no = "1", quantity = "-1", unit_price = back },
      { delivery_id = "D2", line_no = "1", quantity = "1", unit_price = "9000" },
    },
  }
  for number = 1, 5 do
    table.insert(given.delivery_line, { delivery_id = "D1", line_no = number, quantity = "1", unit_price = "200" })
  end
  return with(given, more)
end

cases "RET-12" {
  { "a cent over five percent", given = traded("50.01", "2026-10-12"), period = "2026-10",
    expect = { { key = "C1", label = "rate", amount = "50.01", delivered = "1000", rate = "5" } } },
  { "exactly five percent", given = traded("50", "2026-10-12"), period = "2026-10", expect = {} },
  { "what came back has no price", given = traded("", "2026-10-12"), period = "2026-10",
    expect = { { key = "C1", untestable = "delivery_line.unit_price" } } },
  { "after the period", given = traded("60", "2026-11-03"), period = "2026-10",
    expect = { { key = "C1", label = "after", amount = "60", rate = "6" } } },
  { "after the period, of goods delivered before it", period = "2026-11", expect = {},
    given = traded("60", "2026-12-03") },
  { "too few lines", given = traded("60", "2026-10-12"), period = "2026-10", parameters = { min_lines = 6 }, expect = {} },
  { "by product and by salesperson", period = "2026-10",
    given = {
      product = { { product_id = "P1" } },
      employee = { { employee_id = "E1" } },
      sales_order = { { order_id = "SO1", salesperson_id = "E1", order_date = "2026-10-01" } },
      delivery = {
        { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "R1", kind = "return", order_id = "SO1", delivery_date = "2026-10-12" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "100" },
        { delivery_id = "R1", line_no = "1", product_id = "P1", quantity = "-1", unit_price = "10" },
        { delivery_id = "R1", line_no = "2", product_id = "P1", quantity = "-1", unit_price = "10", line_kind = "gift" },
      },
    },
    parameters = { min_lines = 1 },
    expect = { { key = "P1", label = "rate", fault = "rate", amount = "10" }, { key = "E1", label = "rate", fault = "rate", amount = "10" } } },
  { "the lines were not imported", given = traded("60", "2026-10-12"), absent = { "delivery_line" },
    expect = { { key = "C1", untestable = "delivery_line" } } },
}

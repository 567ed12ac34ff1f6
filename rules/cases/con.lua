-- SPDX-License-Identifier: MIT
-- The cases of CON: contracts.

-- What the contracts need: people with their roles, a customer, a contract CT1 over 1,130 signed by the
-- general manager on Monday 2026-10-12. `more` adds or replaces tables.
local dollars = { exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } } }

local function signed(contract, more)
  local one = with({
    contract_id = "CT1", contract_no = "HT-1", customer_id = "C1", amount = "1130", salesperson_id = "E3", signed_by = "E1",
    signed_on = "2026-10-12", effective_on = "2026-10-15", status = "executing",
  }, contract)
  return with({
    org_unit = {
      { org_unit_id = "DL", kind = "management" }, { org_unit_id = "DS", kind = "sales" }, { org_unit_id = "DM", kind = "marketing" },
      { org_unit_id = "DF", kind = "finance" }, { org_unit_id = "DT", kind = "technical" }, { org_unit_id = "DP", kind = "production" },
      { org_unit_id = "DQ", kind = "quality" },
    },
    employee = {
      { employee_id = "E1", org_unit_id = "DL" }, { employee_id = "E2", org_unit_id = "DS" }, { employee_id = "E3", org_unit_id = "DS" },
      { employee_id = "E4", org_unit_id = "DT" }, { employee_id = "E5", org_unit_id = "DM" }, { employee_id = "E6", org_unit_id = "DF" },
      { employee_id = "E9", org_unit_id = "DL" },
    },
    role_assignment = {
      { employee_id = "E1", role = "general_manager", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "sales_manager", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "technical_head", valid_from = "2026-01-01" },
      { employee_id = "E5", role = "marketing_head", valid_from = "2026-01-01" },
      { employee_id = "E6", role = "finance_head", valid_from = "2026-01-01" },
      { employee_id = "E9", role = "company_leader", valid_from = "2026-01-01" },
    },
    role_rank = {
      { role = "salesperson", rank = "10" }, { role = "sales_manager", rank = "40" }, { role = "technical_head", rank = "50" },
      { role = "marketing_head", rank = "50" }, { role = "finance_head", rank = "50" },
      { role = "company_leader", rank = "80" }, { role = "general_manager", rank = "90" },
    },
    customer = { { customer_id = "C1" } },
    contract = { one },
  }, more)
end

local function delegated(fields)
  local one = with({ delegation_id = "DG1", grantor_id = "E1", grantee_id = "E2", doc_kind = "contract", valid_from = "2026-10-01", valid_to = "2026-10-12" }, fields)
  return { delegation = { one } }
end

cases "CON-01" {
  { "the general manager signed", given = signed(), expect = {} },
  { "a sales manager without a delegation", given = signed { signed_by = "E2" },
    expect = { { key = "CT1", amount = "1130", signed_by = "E2", fault = "no authority", limit = "none" } } },
  { "general manager only from the next day",
    given = signed({}, { role_assignment = { { employee_id = "E1", role = "general_manager", valid_from = "2026-10-13" } } }),
    expect = { { key = "CT1", amount = "1130", signed_by = "E1", fault = "no authority" } } },
  { "delegated up to the amount, on the last day", given = signed({ signed_by = "E2" }, delegated { amount_limit = "1130" }), expect = {} },
  { "a cent over the delegated limit: only the excess counts",
    given = signed({ signed_by = "E2" }, delegated { amount_limit = "1129.99" }),
    expect = { { key = "CT1", amount = "0.01", fault = "over the limit", limit = "1129.99" } } },
  { "the delegation ended the day before", given = signed({ signed_by = "E2" }, delegated { valid_to = "2026-10-11", amount_limit = "500" }),
    expect = { { key = "CT1", amount = "1130", fault = "no authority" } } },
  { "a delegation to sign", given = signed({ signed_by = "E2" }, delegated { approval_kind = "signing" }), expect = {} },
  { "a delegation to change prices is none to sign", given = signed({ signed_by = "E2" }, delegated { approval_kind = "special_price", amount_limit = "500" }),
    expect = { { key = "CT1", amount = "1130", fault = "no authority" } } },
  { "a limit of 1,000 and 900 dollars", given = signed({ signed_by = "E2", amount = "900", currency = "USD" }, with(delegated { amount_limit = "1000" }, dollars)),
    expect = { { key = "CT1", amount = "5300", fault = "over the limit", limit = "1000" } } },
  { "a limit of 1,000 and 140 dollars", given = signed({ signed_by = "E2", amount = "140", currency = "USD" }, with(delegated { amount_limit = "1000" }, dollars)), expect = {} },
  { "delegated by somebody who is not the general manager", given = signed({ signed_by = "E3" }, delegated { grantor_id = "E2", grantee_id = "E3", amount_limit = "500" }),
    expect = { { key = "CT1", amount = "1130", fault = "no authority" } } },
  { "a draft, a void one and a reversal",
    given = signed({ signed_by = "E2", status = "draft" }, { contract = {
      { contract_id = "CT1", signed_by = "E2", signed_on = "2026-10-12", status = "draft" },
      { contract_id = "CT2", signed_by = "E2", signed_on = "2026-10-12", status = "void" },
      { contract_id = "CT3", signed_by = "E2", signed_on = "2026-10-12", status = "executing", reversal_of = "CT1" },
    } }),
    expect = {} },
  { "nobody named", given = signed { signed_by = "" }, expect = { { key = "CT1", untestable = "nobody is named" } } },
  { "somebody unknown", given = signed { signed_by = "E77" }, expect = { { key = "CT1", untestable = "no employee is known as E77" } } },
  { "delegations were not imported", given = signed { signed_by = "E2" }, absent = { "delegation" },
    expect = { { key = "CT1", amount = "1130", fault = "no authority", assumed = { "delegation" } } } },
  { "over the higher of two limits",
    given = signed({ signed_by = "E2" }, { delegation = {
      { delegation_id = "DG1", grantor_id = "E1", grantee_id = "E2", doc_kind = "contract", valid_from = "2026-10-01", amount_limit = "1000" },
      { delegation_id = "DG2", grantor_id = "E1", grantee_id = "E2", doc_kind = "contract", valid_from = "2026-10-01", amount_limit = "500" },
    } }),
    expect = { { key = "CT1", amount = "130", fault = "over the limit", limit = "1000" } } },
}

-- The matrix: the sales manager, and from 1,000 the general manager.
local contract_matrix = {
  { rule_id = "R1", doc_kind = "contract", approval_kind = "contract_approval", step_no = "1", role = "sales_manager", amount_from = "0", valid_from = "2026-01-01" },
  { rule_id = "R2", doc_kind = "contract", approval_kind = "contract_approval", step_no = "2", role = "general_manager", amount_from = "1000", valid_from = "2026-01-01" },
}

-- Decisions about contract CT1, each { role, decided_at, decision, step }.
local function decided(...)
  local approvals = {}
  for position, one in ipairs { ... } do
    table.insert(approvals, {
      approval_id = "A" .. position, doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", step_no = one[4] or tostring(position),
      role = one[1], approver_id = "E2", decision = one[3] or "approve", decided_at = one[2], requested_at = "2026-10-08T08:00:00",
    })
  end
  return { approval_rule = contract_matrix, approval = approvals }
end

cases "CON-02" {
  { "both steps on the day of signing",
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-12T23:00:00" })), expect = {} },
  { "the second step the day after",
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-13T00:00:00" })),
    expect = { { key = "CT1", amount = "1130", fault = "late", roles = "general_manager", decided_at = "2026-10-13T00:00:00" } } },
  { "the second step is missing", given = signed({}, decided { "sales_manager", "2026-10-09T10:00:00" }),
    expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "general_manager", decided_at = "none" } } },
  { "below the second step", given = signed({ amount = "999.99" }, decided { "sales_manager", "2026-10-09T10:00:00" }), expect = {} },
  { "nobody approved", given = signed({}, { approval_rule = contract_matrix }),
    expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "sales_manager, general_manager" } } },
  { "900 dollars are 6,300: the general manager is asked for", given = signed({ amount = "900", currency = "USD" }, with(decided { "sales_manager", "2026-10-09T10:00:00" }, dollars)),
    expect = { { key = "CT1", amount = "900", fault = "missing", roles = "general_manager" } } },
  { "140 dollars are 980: he is not", expect = {},
    given = signed({ amount = "140", currency = "USD" }, with(decided { "sales_manager", "2026-10-09T10:00:00" }, dollars)) },
  { "dollars without a rate of the last month", given = signed({ amount = "140", currency = "USD" }, with(decided { "sales_manager", "2026-10-09T10:00:00" }, {
      exchange_rate = { { currency = "USD", rate_date = "2026-09-10", rate = "7" } },
    })), expect = { { key = "CT1", untestable = "no exchange rate of USD" } } },
  { "rejected at the second step",
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-10T10:00:00", "reject" })),
    expect = { { key = "CT1", amount = "1130", fault = "rejected", roles = "general_manager", decided_at = "2026-10-10T10:00:00" } } },
  { "rejected at the second step, then approved there", expect = {},
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-10T10:00:00", "reject" }, { "general_manager", "2026-10-11T10:00:00", nil, "2" })) },
  { "unapproved at the first step after both",
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-10T10:00:00" }, { "sales_manager", "2026-10-11T10:00:00", "unapprove", "1" })),
    expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "sales_manager, general_manager" } } },
  { "rejected, approved after signing",
    given = signed({ amount = "999" }, decided({ "sales_manager", "2026-10-09T10:00:00", "reject" }, { "sales_manager", "2026-10-14T10:00:00" })),
    expect = { { key = "CT1", amount = "999", fault = "late", roles = "sales_manager", decided_at = "2026-10-14T10:00:00" } } },
  { "approved after signing, then rejected",
    given = signed({ amount = "999" }, decided({ "sales_manager", "2026-10-13T10:00:00" }, { "sales_manager", "2026-10-14T10:00:00", "reject", "1" })),
    expect = { { key = "CT1", amount = "999", fault = "rejected", roles = "sales_manager", decided_at = "2026-10-14T10:00:00" } } },
  { "approved and withdrawn before signing",
    given = signed({ amount = "999" }, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "sales_manager", "2026-10-10T10:00:00", "withdraw", "1" })),
    expect = { { key = "CT1", amount = "999", fault = "missing", decided_at = "none" } } },
  { "another role approved after signing",
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "sales_manager", "2026-10-14T10:00:00" })),
    expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "general_manager" } } },
  { "approved again after signing",
    given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-10T10:00:00" }, { "general_manager", "2026-10-14T10:00:00" })),
    expect = {} },
  { "the order of the steps is judged elsewhere",
    given = signed({}, decided({ "sales_manager", "2026-10-10T10:00:00" }, { "general_manager", "2026-10-09T10:00:00" })), expect = {} },
  { "a draft", given = signed({ status = "draft" }, { approval_rule = contract_matrix }), expect = {} },
  { "no amount", given = signed({ amount = "" }, { approval_rule = contract_matrix }), expect = { { key = "CT1", untestable = "contract.amount is empty" } } },
  { "no matrix in force", given = signed(), expect = { { key = "CT1", untestable = "no row of the approval matrix" } } },
  { "approvals were not imported", given = signed({}, { approval_rule = contract_matrix }), absent = { "approval" },
    expect = { { key = "CT1", untestable = "approval" } } },
}

-- A negotiation of contract CT1, and who took part, as { employee, role }.
local function negotiated(fields, ...)
  local one = with({ negotiation_id = "N1", contract_id = "CT1", customer_id = "C1", kind = "commercial", held_on = "2026-10-09" }, fields)
  local participants = {}
  for member in each { ... } do
    table.insert(participants, { negotiation_id = "N1", employee_id = member[1], role = member[2] })
  end
  return { negotiation = { one }, negotiation_participant = participants }
end

local function key_customer(more)
  more.customer = { { customer_id = "C1", is_key = true } }
  return more
end

cases "CON-03" {
  { "two of three", given = signed({}, key_customer(negotiated({}, { "E5", "marketing_head" }, { "E9", "company_leader" }))),
    expect = { { key = "CT1", amount = "1130", missing = "finance_head", negotiations = "1" } } },
  { "all three: the general manager as the leader, somebody sent for finance",
    given = signed({}, key_customer(negotiated({}, { "E5", "marketing_head" }, { "E3", "finance_head" }, { "E1", "general_manager" }))), expect = {} },
  { "a leader takes no other's seat",
    given = signed({}, key_customer(negotiated({}, { "E9", "company_leader" }, { "E1", "general_manager" }))),
    expect = { { key = "CT1", amount = "1130", missing = "marketing_head, finance_head" } } },
  { "named without a role: by the roles held that day",
    given = signed({}, key_customer(negotiated({}, { "E5" }, { "E6" }, { "E3", "salesperson" }))),
    expect = { { key = "CT1", amount = "1130", missing = "company_leader" } } },
  { "the team came after signing",
    given = signed({}, key_customer(negotiated({ held_on = "2026-10-13" }, { "E5", "marketing_head" }))), expect = {} },
  { "an ordinary customer, a contract at the threshold is major",
    given = signed({ amount = "1000000" }, negotiated({ held_on = "2026-10-12" }, { "E3", "salesperson" })),
    expect = { { key = "CT1", amount = "1000000", missing = "marketing_head, finance_head, company_leader" } } },
  { "a cent below the threshold", given = signed({ amount = "999999.99" }, negotiated({}, { "E3", "salesperson" })), expect = {} },
  { "flagged as not major", given = signed({ amount = "1000000", is_major = false }, negotiated({}, { "E3", "salesperson" })), expect = {} },
  { "flagged as major", given = signed({ is_major = true }, negotiated({}, { "E3", "salesperson" })),
    expect = { { key = "CT1", amount = "1130", missing = "marketing_head, finance_head, company_leader" } } },
  { "no negotiation: another control's", given = signed({ is_major = true }), expect = {} },
  { "found through the quotation",
    given = signed({ quotation_id = "Q1", is_major = true }, negotiated({ contract_id = "", quotation_id = "Q1" }, { "E5", "marketing_head" }, { "E6", "finance_head" })),
    expect = { { key = "CT1", amount = "1130", missing = "company_leader" } } },
  { "a draft", given = signed({ status = "draft", is_major = true }, negotiated({}, { "E3", "salesperson" })), expect = {} },
  { "participants were not imported", given = signed({ is_major = true }, negotiated()), absent = { "negotiation_participant" },
    expect = { { key = "CT1", untestable = "negotiation_participant" } } },
  { "no customer", given = signed({ customer_id = "" }, negotiated()), expect = { { key = "CT1", untestable = "no customer" } } },
}

local engineered = {
  product = { { product_id = "P1", needs_technical_agreement = true }, { product_id = "P2" } },
  contract_line = {
    { contract_id = "CT1", line_no = "1", product_id = "P2", quantity = "1", unit_price = "10" },
    { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "1", unit_price = "10" },
    { contract_id = "CT1", line_no = "3", product_id = "P1", quantity = "1", unit_price = "10" },
  },
}

local function with_engineered(more)
  return with(more, engineered)
end

cases "CON-04" {
  { "none", given = signed(), expect = { { key = "CT1", amount = "1130", missing = "commercial", held_on = "none" } } },
  { "on the day of signing", given = signed({}, negotiated { held_on = "2026-10-12" }), expect = {} },
  { "the day after", given = signed({}, negotiated { held_on = "2026-10-13" }),
    expect = { { key = "CT1", amount = "1130", missing = "commercial", held_on = "2026-10-13" } } },
  { "a technical one is no commercial one", given = signed({}, negotiated { kind = "technical" }),
    expect = { { key = "CT1", amount = "1130", missing = "commercial", held_on = "none" } } },
  { "an engineered product without a technical one", given = signed({}, with_engineered(negotiated())),
    expect = { { key = "CT1", amount = "1130", missing = "technical" } } },
  { "both", expect = {},
    given = signed({}, with_engineered { negotiation = {
      { negotiation_id = "N1", contract_id = "CT1", kind = "commercial", held_on = "2026-10-09" },
      { negotiation_id = "N2", contract_id = "CT1", kind = "technical", held_on = "2026-10-12" },
    } }) },
  { "found through the project", given = signed({ opportunity_id = "O1" }, negotiated { contract_id = "", opportunity_id = "O1" }), expect = {} },
  { "of the same project, but for another contract",
    given = signed({ opportunity_id = "O1" }, negotiated { contract_id = "CT9", opportunity_id = "O1" }),
    expect = { { key = "CT1", amount = "1130", missing = "commercial" } } },
  { "the negotiation has no date", given = signed({}, negotiated { held_on = "" }), expect = { { key = "CT1", untestable = "negotiation.held_on is empty" } } },
  { "a draft", given = signed { status = "draft" }, expect = {} },
  { "negotiations were not imported", given = signed(), absent = { "negotiation" }, expect = { { key = "CT1", untestable = "negotiation" } } },
  { "which products need one was not imported", given = signed({}, with_engineered(negotiated())), absent = { "product.needs_technical_agreement" }, expect = {} },
}

-- Reviews of contract CT1, each { org_unit, aspect, reviewed_at, decision, opinion }.
local function reviewed(...)
  local reviews = {}
  for one in each { ... } do
    table.insert(reviews, {
      contract_id = "CT1", org_unit_id = one[1], aspect = one[2], reviewer_id = "E4", reviewed_at = one[3] or "2026-10-09T10:00:00",
      decision = one[4] or "pass", opinion = one[5] or "agreed",
    })
  end
  return { contract_review = reviews }
end

cases "CON-05" {
  { "all departments, the last on the day it took effect", expect = {},
    given = signed({}, reviewed({ "DS", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-15T18:00:00" })) },
  { "the last a day later",
    given = signed({}, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-16T08:00:00" })),
    expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-15" } } },
  { "delivered before it took effect",
    given = signed({}, {
      contract_review = reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-14T18:00:00" }).contract_review,
      delivery = {
        { delivery_id = "D1", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-13" },
        { delivery_id = "D0", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-08", status = "draft" },
      },
    }),
    expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-13" } } },
  { "released to production before it took effect",
    given = signed({}, {
      contract_review = reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance", "2026-10-14T08:00:01" }, { "DQ", "technical" }).contract_review,
      production_order = { { production_order_id = "W1", contract_id = "CT1", released_at = "2026-10-14T08:00:00" } },
    }),
    expect = { { key = "CT1", amount = "1130", departments = "finance", limit = "2026-10-14T08:00:00" } } },
  { "a department refused another aspect",
    given = signed({}, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical" }, { "DQ", "delivery", "2026-10-09T10:00:00", "fail" })),
    expect = { { key = "CT1", amount = "1130", departments = "quality" } } },
  { "nobody", given = signed(), expect = { { key = "CT1", amount = "1130", departments = "marketing, technical, production, finance, quality" } } },
  { "without a day of effect the day of signing counts",
    given = signed({ effective_on = "" }, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-13T08:00:00" })),
    expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-12" } } },
  { "review before signing", parameters = { review_point = "signed_on" },
    given = signed({}, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-13T08:00:00" })),
    expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-12" } } },
  { "below the amount, and at it", parameters = { from_amount = "1130" },
    given = signed({}, { contract = {
      { contract_id = "CT1", amount = "1129.99", signed_on = "2026-10-12", status = "executing" },
      { contract_id = "CT2", amount = "1130", signed_on = "2026-10-12", status = "executing" },
    } }),
    expect = { { key = "CT2", limit = "2026-10-12", amount = "1130" } } },
  { "reviews were not imported", given = signed(), absent = { "contract_review" }, expect = { { key = "CT1", untestable = "contract_review" } } },
}

cases "CON-06" {
  { "all three aspects", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery" })), expect = {} },
  { "delivery was not looked at", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DF", "finance" })),
    expect = { { key = "CT1", amount = "1130", missing = "delivery", reviews = "3" } } },
  { "delivery was refused", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery", "2026-10-09T10:00:00", "fail" })),
    expect = { { key = "CT1", amount = "1130", missing = "delivery" } } },
  { "an opinion of blanks", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price", "2026-10-09T10:00:00", "pass", "  " }, { "DP", "delivery" })),
    expect = { { key = "CT1", amount = "1130", missing = "price opinion" } } },
  { "one of two gave an opinion",
    given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price", "2026-10-09T10:00:00", "pass", " " }, { "DF", "price" }, { "DP", "delivery" })), expect = {} },
  { "a review without a time counts", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery", "" })), expect = {} },
  { "reviewed after the date of the audit", as_of = "2026-10-31",
    given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery", "2026-11-01T10:00:00" })),
    expect = { { key = "CT1", amount = "1130", missing = "delivery", reviews = "2" } } },
  { "not reviewed at all: another control's", given = signed(), expect = {} },
  { "a draft", given = signed({ status = "draft" }, reviewed { "DT", "technical" }), expect = {} },
  { "aspects were not imported", given = signed({}, reviewed { "DT", "technical" }), absent = { "contract_review.opinion" },
    expect = { { key = "CT1", untestable = "opinion" } } },
}

local function template_approved(decided_at, decision)
  return { approval = { {
    approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "non_standard_template", step_no = "1", role = "general_manager",
    approver_id = "E1", decision = decision or "approve", decided_at = decided_at, requested_at = "2026-10-08T08:00:00",
  } } }
end

cases "CON-07" {
  { "the customer's form, nobody agreed", given = signed { template = "customer" },
    expect = { { key = "CT1", amount = "1130", template = "customer", approved_at = "none" } } },
  { "approved on the day of signing", given = signed({ template = "customer" }, template_approved "2026-10-12T20:00:00"), expect = {} },
  { "approved the day after", given = signed({ template = "other" }, template_approved "2026-10-13T08:00:00"),
    expect = { { key = "CT1", amount = "1130", template = "other", approved_at = "2026-10-13T08:00:00" } } },
  { "rejected", given = signed({ template = "other" }, template_approved("2026-10-11T08:00:00", "reject")),
    expect = { { key = "CT1", amount = "1130", template = "other", approved_at = "none" } } },
  { "the standard form", given = signed { template = "standard" }, expect = {} },
  { "a draft", given = signed { template = "customer", status = "draft" }, expect = {} },
  { "not recorded", given = signed(), expect = { { key = "CT1", untestable = "not recorded" } } },
  { "approvals were not imported", given = signed { template = "customer" }, absent = { "approval" },
    expect = { { key = "CT1", amount = "1130", approved_at = "none", assumed = { "approval" } } } },
}

local complete_terms = {
  delivery_due_on = "2026-12-01", payment_terms = "30 days", ship_to_address = "1 Road", quality_terms = "GB/T 307", liability_terms = "5 percent",
}

local function complete(fields)
  return with(complete_terms, fields)
end

local one_line = { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "1000" } } }

cases "CON-08" {
  { "everything is there", given = signed(complete(), one_line), expect = {} },
  { "no quality terms, liability of blanks", given = signed(complete { quality_terms = "", liability_terms = " " }, one_line),
    expect = { { key = "CT1", amount = "1130", missing = "contract.quality_terms, contract.liability_terms" } } },
  { "a number and days instead", expect = {},
    given = signed(complete { delivery_due_on = "", delivery_days = "30", payment_terms = "", payment_terms_days = "60", ship_to_address = "", ship_to_id = "A1" }, one_line) },
  { "neither", given = signed(complete { delivery_due_on = "", payment_terms = "", ship_to_address = "" }, one_line),
    expect = { { key = "CT1", amount = "1130", missing = "contract.delivery_due_on, contract.payment_terms, contract.ship_to_address" } } },
  { "no line", given = signed(complete()), expect = { { key = "CT1", amount = "1130", missing = "contract_line" } } },
  { "a draft", given = signed { status = "draft" }, expect = {} },
  { "a column that was not imported is not asked for", given = signed(complete { quality_terms = "" }, one_line), absent = { "contract.quality_terms" }, expect = {} },
  { "lines were not imported", given = signed(complete()), absent = { "contract_line" }, expect = {} },
  { "none of the fields was imported", given = signed(complete(), one_line), absent = { "contract.quality_terms" },
    parameters = { fields = { "quality_terms" } }, expect = { { key = "CT1", untestable = "no required field" } } },
}

local function agreed(fields)
  local one = with({ agreement_id = "T1", contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-10" }, fields)
  return with_engineered { technical_agreement = { one } }
end

cases "CON-09" {
  { "none", given = signed({}, with_engineered {}), expect = { { key = "CT1", amount = "1130", products = "P1", agreed_on = "none" } } },
  { "signed on the same day", given = signed({}, agreed { signed_on = "2026-10-12" }), expect = {}, noted = { same_day = { 1, "1130" } } },
  { "signed the day before", given = signed({}, agreed { signed_on = "2026-10-11" }), expect = {}, noted = {} },
  { "signed on the same day, which is to be told", parameters = { same_day = "low" },
    given = signed({}, agreed { signed_on = "2026-10-12" }), expect = { { key = "CT1", label = "#same-day", severity = "low", amount = "1130" } }, noted = {} },
  { "signed on the same day, which is not to pass", parameters = { same_day = "untestable" },
    given = signed({}, agreed { signed_on = "2026-10-12" }), expect = { { key = "CT1", untestable = "both are of one day" } }, noted = {} },
  { "signed the day after", given = signed({}, agreed { signed_on = "2026-10-13" }),
    expect = { { key = "CT1", amount = "1130", agreed_on = "2026-10-13" } } },
  { "drawn up, not signed", given = signed({}, agreed { signed_on = "" }), expect = { { key = "CT1", amount = "1130", agreed_on = "none" } } },
  { "agreed for the project", given = signed({ opportunity_id = "O1" }, agreed { contract_id = "", opportunity_id = "O1" }), expect = {} },
  { "of the project, for another contract", given = signed({ opportunity_id = "O1" }, agreed { contract_id = "CT9", opportunity_id = "O1" }),
    expect = { { key = "CT1", amount = "1130", agreed_on = "none" } } },
  { "no such product", given = signed({}, { product = engineered.product, contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P2" } } }), expect = {} },
  { "a draft", given = signed({ status = "draft" }, with_engineered {}), expect = {} },
  { "which products need one was not imported", given = signed({}, with_engineered {}), absent = { "product.needs_technical_agreement" },
    expect = { { key = "CT1", untestable = "needs_technical_agreement" } } },
}

local function technical(fields)
  local one = with({
    agreement_id = "T1", contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-10", has_commercial_terms = true, has_statement_of_work = true,
    commercial_by = "E3", technical_by = "E4",
  }, fields)
  return { technical_agreement = { one } }
end

cases "CON-10" {
  { "both parts, by the right people", given = signed({}, technical()), expect = {} },
  { "no statement of work", given = signed({}, technical { has_statement_of_work = false, technical_by = "" }),
    expect = { { key = "T1", amount = "1130", faults = "statement of work", technical_by = "unknown" } } },
  { "who wrote a part that is missing does not matter", given = signed({}, technical { has_statement_of_work = false, technical_by = "E3" }),
    expect = { { key = "T1", amount = "1130", faults = "statement of work", technical_by = "E3" } } },
  { "no commercial terms; the salesperson wrote the statement of work",
    given = signed({}, technical { has_commercial_terms = false, technical_by = "E3" }),
    expect = { { key = "T1", amount = "1130", faults = "commercial terms, technical author" } } },
  { "the technical head wrote the commercial terms", given = signed({}, technical { commercial_by = "E4" }),
    expect = { { key = "T1", amount = "1130", faults = "commercial author", commercial_by = "E4" } } },
  { "a salesperson from the day of signing", expect = {},
    given = signed({}, { technical_agreement = technical().technical_agreement,
      role_assignment = { { employee_id = "E3", role = "salesperson", valid_from = "2026-10-10" } } }) },
  { "a salesperson until the day before",
    given = signed({}, { technical_agreement = technical().technical_agreement,
      role_assignment = { { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01", valid_to = "2026-10-09" } } }),
    expect = { { key = "T1", amount = "1130", faults = "commercial author" } } },
  { "not signed yet", given = signed({}, technical { signed_on = "", has_statement_of_work = false }), expect = {} },
  { "without a contract", given = signed({}, technical { contract_id = "", has_statement_of_work = false }), expect = { { key = "T1", amount = "none", faults = "statement of work" } } },
  { "not said who wrote it", given = signed({}, technical { technical_by = "" }), expect = { { key = "T1", untestable = "statement of work" } } },
  { "not said whether it has commercial terms", given = signed({}, technical { has_commercial_terms = "" }), expect = { { key = "T1", untestable = "commercial terms" } } },
  { "authors were not imported", given = signed({}, technical()), absent = { "technical_agreement.technical_by" },
    expect = { { key = "T1", untestable = "technical_by" } } },
}

-- Contract CT1 for reservation YD1 over 1,130: 10 of P1 at 100 without tax.
local function reserved(reservation, line, contract, more)
  local one = with({ reservation_id = "YD1", customer_id = "C1", signed_on = "2026-10-08", amount = "1130" }, reservation)
  local booked = with({ reservation_id = "YD1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" }, line)
  local header = with({ reservation_id = "YD1" }, contract)
  local tables = with({
    reservation = { one }, reservation_line = { booked },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" } },
  }, more)
  return signed(header, tables)
end

local function conceded(amount, decision)
  return {
    concession = { { concession_id = "K1", contract_id = "CT1", reservation_id = "YD1", amount = amount } },
    approval = { {
      approval_id = "A1", doc_kind = "concession", doc_id = "K1", approval_kind = "concession", step_no = "1", role = "general_manager",
      approver_id = "E1", decision = decision or "approve", decided_at = "2026-10-09T10:00:00", requested_at = "2026-10-09T08:00:00",
    } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "90" } },
  }
end

cases "CON-11" {
  { "as reserved", given = reserved(), expect = {} },
  { "a higher price", given = reserved({}, { unit_price = "99" }, { amount = "1141.30" }),
    expect = { { key = "CT1", amount = "11.3", differences = "price, amount", reserved = "1130" } } },
  { "another quantity, the amount agrees by chance", given = reserved({}, { quantity = "8" }),
    expect = { { key = "CT1", amount = "200", differences = "quantity" } } },
  { "another product", given = reserved({}, { product_id = "P2" }),
    expect = { { key = "CT1", amount = "2000", differences = "quantity" } } },
  { "another customer", given = reserved { customer_id = "C2" },
    expect = { { key = "CT1", amount = "1130", differences = "customer" } } },
  { "an approved concession", given = reserved({}, {}, { amount = "1017" }, conceded "113"), expect = {} },
  { "a cent more than the concession", given = reserved({}, {}, { amount = "1016.99" }, conceded "113"),
    expect = { { key = "CT1", amount = "0.01", differences = "amount", reserved = "1017" } } },
  { "a rejected concession that was not granted", given = reserved({}, {}, { amount = "1130" }, conceded("113", "reject")), expect = {} },
  { "a rejected concession that was granted: judged elsewhere", given = reserved({}, {}, { amount = "1017" }, conceded("113", "reject")), expect = {} },
  { "a concession that the reservation names",
    given = reserved({ concession_id = "K9" }, {}, { amount = "1100" }, { concession = { { concession_id = "K9", amount = "30" } } }), expect = {} },
  { "a concession that names only the contract",
    given = reserved({}, {}, { amount = "1100" }, { concession = { { concession_id = "K1", contract_id = "CT1", amount = "30" } } }), expect = {} },
  { "a concession that names only the reservation",
    given = reserved({}, {}, { amount = "1100" }, { concession = { { concession_id = "K1", reservation_id = "YD1", amount = "30" } } }), expect = {} },
  { "concessions were not imported", absent = { "concession" }, given = reserved({ concession_id = "K9" }), expect = { { key = "CT1", untestable = "concession" } } },
  { "concessions do not say for which reservation, nor reservations under which concession", absent = { "concession.reservation_id", "reservation.concession_id" },
    given = reserved(), expect = {} },
  { "concessions do not say for which contract", absent = { "concession.contract_id" }, given = reserved(), expect = {} },
  { "the reservation states no amount", given = reserved({ amount = "" }, { quantity = "8" }),
    expect = { { key = "CT1", amount = "200", differences = "quantity", reserved = "none" } } },
  { "the contract states no amount", given = reserved({}, { quantity = "8" }, { amount = "" }),
    expect = { { key = "CT1", amount = "200", differences = "quantity", contracted = "none" } } },
  { "lower prices without a concession", given = reserved({}, {}, { amount = "1017" }, { contract_line = conceded("1").contract_line }),
    expect = { { key = "CT1", amount = "113", differences = "price, amount" } } },
  { "only amounts", given = reserved({}, {}, { amount = "1130.01" }, { reservation_line = {} }),
    expect = { { key = "CT1", amount = "0.01", differences = "amount" } } },
  { "no reservation", given = signed(), expect = {} },
  { "a draft", given = reserved({ amount = "1" }, {}, { status = "draft" }), expect = {} },
  { "the reservation is not in the data", given = signed { reservation_id = "YD9" }, expect = { { key = "CT1", untestable = "reservation" } } },
  { "neither amount nor lines", given = reserved({ amount = "" }, {}, {}, { reservation_line = {} }),
    expect = { { key = "CT1", untestable = "neither amounts nor lines" } } },
}

local function confirmed(confirmed_at, confirmed_by, more)
  return signed({ confirmed_at = confirmed_at, confirmed_by = confirmed_by or "E2" }, more)
end

cases "CON-12" {
  { "confirmed on the day of the first delivery", expect = {},
    given = confirmed("2026-10-14T18:00:00", "E2", { delivery = { { delivery_id = "D1", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-14" } } }) },
  { "confirmed the day after",
    given = confirmed("2026-10-15T08:00:00", "E2", { delivery = { { delivery_id = "D1", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-14" } } }),
    expect = { { key = "CT1", amount = "1130", fault = "late", confirmed_at = "2026-10-15T08:00:00", limit = "2026-10-14" } } },
  { "production was released before",
    given = confirmed("2026-10-14T09:00:00", "E9", { production_order = { { production_order_id = "W1", contract_id = "CT1", released_at = "2026-10-14T08:00:00" } } }),
    expect = { { key = "CT1", amount = "1130", fault = "late", confirmed_by = "E9", limit = "2026-10-14T08:00:00" } } },
  { "not confirmed", given = confirmed "", expect = { { key = "CT1", amount = "1130", fault = "missing", confirmed_at = "none", confirmed_by = "none", limit = "none", open = "nothing" } } },
  { "signed on the day of the audit, not confirmed yet", given = confirmed "", as_of = "2026-10-12", expect = {} },
  { "signed the day before the audit", given = confirmed "2026-10-14T09:00:00", as_of = "2026-10-13", expect = { { key = "CT1", amount = "1130", fault = "missing", confirmed_at = "none" } } },
  { "confirmed by the salesperson", given = confirmed("2026-10-12T09:00:00", "E3"),
    expect = { { key = "CT1", amount = "1130", fault = "wrong role", confirmed_by = "E3" } } },
  { "confirmed by delegation", expect = {},
    given = confirmed("2026-10-12T09:00:00", "E3", delegated { grantor_id = "E2", grantee_id = "E3", amount_limit = "1130" }) },
  { "after signing, where that is the point", parameters = { point = "signed_on" }, given = confirmed "2026-10-13T09:00:00",
    expect = { { key = "CT1", amount = "1130", fault = "late", limit = "2026-10-12" } } },
  { "on the day of signing, where that is the point", parameters = { point = "signed_on" }, given = confirmed "2026-10-12T23:00:00", expect = {} },
  { "an open deviation, and one confirmed the day after signing",
    given = confirmed("2026-10-12T09:00:00", "E2", { deviation = {
      { deviation_id = "V1", contract_id = "CT1", aspect = "other" },
      { deviation_id = "V2", contract_id = "CT1", aspect = "payment", confirmed_by = "E2", confirmed_at = "2026-10-13T08:00:00" },
      { deviation_id = "V3", contract_id = "CT1", aspect = "delivery", confirmed_by = "E2", confirmed_at = "2026-10-12T08:00:00" },
    } }),
    expect = { { key = "CT1", amount = "1130", fault = "open deviation", open = "other, payment" } } },
  { "a deviation that comparing with the quotation shows: judged elsewhere",
    given = signed({ confirmed_at = "2026-10-12T09:00:00", confirmed_by = "E2", quotation_id = "Q1", delivery_days = "30" }, {
      quotation = { { quotation_id = "Q1", customer_id = "C1", delivery_days = "20", quoted_on = "2026-10-08" } },
      deviation = { { deviation_id = "V1", contract_id = "CT1", quotation_id = "Q1", aspect = "delivery" } },
    }),
    expect = {} },
  { "lines of quotations were not imported: the deviation counts here", absent = { "quotation_line" },
    given = signed({ confirmed_at = "2026-10-12T09:00:00", confirmed_by = "E2", quotation_id = "Q1", delivery_days = "30" }, {
      quotation = { { quotation_id = "Q1", customer_id = "C1", delivery_days = "20", quoted_on = "2026-10-08" } },
      deviation = { { deviation_id = "V1", contract_id = "CT1", quotation_id = "Q1", aspect = "delivery" } },
    }),
    expect = { { key = "CT1", amount = "1130", fault = "open deviation", open = "delivery" } } },
  { "nobody named", given = signed { confirmed_at = "2026-10-12T09:00:00" }, expect = { { key = "CT1", untestable = "nobody is named" } } },
  { "a draft", given = signed { status = "draft" }, expect = {} },
  { "deviations were not imported", given = confirmed "2026-10-12T09:00:00", absent = { "deviation" }, expect = {} },
  { "confirmations were not imported", given = signed(), absent = { "contract.confirmed_at" }, expect = { { key = "CT1", untestable = "confirmed_at" } } },
}

cases "CON-13" {
  { "confirmed on the day of signing", given = signed({}, negotiated { result_confirmed_at = "2026-10-12T20:00:00" }), expect = {} },
  { "confirmed the day after", given = signed({}, negotiated { result_confirmed_at = "2026-10-13T08:00:00" }),
    expect = { { key = "CT1", amount = "1130", held_on = "2026-10-09", confirmed_at = "2026-10-13T08:00:00" } } },
  { "confirmed on the day it was held", given = signed({}, negotiated { result_confirmed_at = "2026-10-09T18:00:00" }), expect = {} },
  { "never confirmed", given = signed({}, negotiated()), expect = { { key = "CT1", amount = "1130", confirmed_at = "none" } } },
  { "held on the day of signing, never confirmed", given = signed({}, negotiated { held_on = "2026-10-12" }),
    expect = { { key = "CT1", amount = "1130", held_on = "2026-10-12", confirmed_at = "none" } } },
  { "confirmed before the last negotiation",
    given = signed({}, { negotiation = {
      { negotiation_id = "N1", contract_id = "CT1", kind = "commercial", held_on = "2026-10-08", result_confirmed_at = "2026-10-08T17:00:00" },
      { negotiation_id = "N2", contract_id = "CT1", kind = "commercial", held_on = "2026-10-09" },
      { negotiation_id = "N3", contract_id = "CT1", kind = "commercial", held_on = "2026-10-20" },
    } }),
    expect = { { key = "CT1", amount = "1130", held_on = "2026-10-09", confirmed_at = "none" } } },
  { "what was confirmed with the earlier one came after the last", expect = {},
    given = signed({}, { negotiation = {
      { negotiation_id = "N1", contract_id = "CT1", kind = "commercial", held_on = "2026-10-08", result_confirmed_at = "2026-10-10T17:00:00" },
      { negotiation_id = "N2", contract_id = "CT1", kind = "commercial", held_on = "2026-10-09" },
      { negotiation_id = "N3", contract_id = "CT1", kind = "technical", held_on = "2026-10-11" },
    } }) },
  { "no commercial negotiation: another control's", given = signed({}, negotiated { kind = "technical" }), expect = {} },
  { "a draft", given = signed({ status = "draft" }, negotiated()), expect = {} },
  { "confirmations were not imported", given = signed({}, negotiated()), absent = { "negotiation.result_confirmed_at" },
    expect = { { key = "CT1", untestable = "result_confirmed_at" } } },
}

local function sums(lines, plans, amount)
  local given = { contract_line = {}, payment_plan = {} }
  for position, line in ipairs(lines) do
    line.contract_id, line.line_no = "CT1", tostring(position)
    table.insert(given.contract_line, line)
  end
  for position, plan in ipairs(plans or {}) do
    plan.plan_id, plan.contract_id = "F" .. position, "CT1"
    table.insert(given.payment_plan, plan)
  end
  return signed({ amount = amount or "1130" }, given)
end
local function line(fields)
  return with({ product_id = "P1", quantity = "10", unit_price = "100", amount = "1000", net_amount = "1000", tax_amount = "130", gross_amount = "1130" }, fields)
end

cases "CON-14" {
  { "everything agrees", given = sums({ line() }, { { pct = "30", amount = "339" }, { pct = "70", amount = "791" } }), expect = {} },
  { "a line is two cents off", given = sums { line { unit_price = "100.002" } },
    expect = { { key = "CT1", label = "line 1", amount = "0.02", stated = "1000", computed = "1000.02", what = "line" } } },
  { "priced with tax, the price without tax rounded to four places", expect = {},
    given = sums({ { quantity = "1000", unit_price = "8.8496", unit_price_gross = "10", tax_rate = "13", net_amount = "8849.56", tax_amount = "1150.44", gross_amount = "10000" } }, {}, "10000") },
  { "net and tax do not make the gross amount", given = sums({ { quantity = "10", unit_price = "100", net_amount = "1000", tax_amount = "130", gross_amount = "1500" } }, {}, "1500"),
    expect = { { key = "CT1", label = "line 1", amount = "370", stated = "1500", computed = "1130", what = "tax" } } },
  { "what one of two lines amounts to nobody filled in: the sum cannot be compared",
    given = sums { line(), { quantity = "1", line_kind = "gift" } }, expect = { { key = "CT1", untestable = "no unit price" } } },
  { "a line states only the price with tax, and an amount without it", expect = {},
    given = sums({ line { unit_price = "", unit_price_gross = "113" } }) },
  { "only the price with tax, which does not make the amount with tax",
    given = sums({ line { unit_price = "", unit_price_gross = "114" } }), expect = { { key = "CT1", label = "line 1", amount = "10", what = "line" } } },
  { "a line is a cent off", given = sums { line { unit_price = "100.001" } }, expect = {} },
  { "a discount counts", given = sums { line { unit_price = "102", discount_amount = "20" } }, expect = {} },
  { "the header is two cents above the only line", given = sums({ line() }, {}, "1130.02"),
    expect = { { key = "CT1", label = "lines", amount = "0.02", stated = "1130.02", computed = "1130", what = "lines" } } },
  { "a cent for each of two lines", given = sums({ line(), line() }, {}, "2260.02"), expect = {} },
  { "the plan is short", given = sums({ line() }, { { pct = "30", amount = "339" }, { pct = "60", amount = "678" } }),
    expect = { { key = "CT1", label = "payment plan", amount = "113", computed = "1017", what = "plan" } } },
  { "a plan of percentages", given = sums({ line() }, { { pct = "30" }, { pct = "60" } }),
    expect = { { key = "CT1", label = "payment plan", amount = "113", stated = "100", computed = "90", what = "share" } } },
  { "percentages that make 100", given = sums({ line() }, { { pct = "30" }, { pct = "70" } }), expect = {} },
  { "a plan with a gap says nothing", given = sums({ line() }, { { pct = "30", amount = "339" }, {} }), expect = {} },
  { "lines that state only an amount, with tax", given = sums { { quantity = "10", unit_price = "100", tax_rate = "13", amount = "1130" } }, expect = {} },
  { "lines that know no tax", given = sums { { quantity = "10", unit_price = "113", amount = "1130" } }, expect = {} },
  { "the header is without tax", parameters = { basis = "net" }, given = sums({ line() }, {}, "1000"), expect = {} },
  { "a line without a quantity is only added up", given = sums { line { quantity = "" } }, expect = {} },
  { "a line that says only an amount", given = sums { { amount = "1130" } }, expect = {} },
  { "two causes, two exceptions", given = sums({ line { unit_price = "90" } }, {}, "1100"),
    expect = { { key = "CT1", label = "line 1", stated = "1000", amount = "100" }, { key = "CT1", label = "lines", stated = "1100", amount = "30" } } },
  { "a draft", given = signed { status = "draft" }, expect = {} },
  { "nothing to compare", given = sums {}, expect = { { key = "CT1", untestable = "no amounts" } } },
  { "plans were not imported", given = sums { line() }, absent = { "payment_plan" }, expect = {} },
  { "lines were not imported", given = sums { line() }, absent = { "contract_line" }, expect = { { key = "CT1", untestable = "contract_line" } } },
  { "without tax, a line's net amount is added up, whatever else it states", parameters = { basis = "net" },
    expect = { { key = "CT1", label = "line 1", amount = "130", stated = "1130", computed = "1000" } },
    given = sums({ { quantity = "10", unit_price = "100", net_amount = "1000", tax_amount = "130", gross_amount = "1130", amount = "1130" } }, {}, "1000") },
  { "without tax, a line that says only an amount", parameters = { basis = "net" }, given = sums({ { amount = "1000" } }, {}, "1000"), expect = {} },
}

-- 10 of P1 at 10 and 4 of P2 at 50, due on 2026-10-20, with an order for both lines.
local function due(contract, more)
  local header = with({ delivery_due_on = "2026-10-20" }, contract)
  local tables = with({
    contract_line = {
      { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "10" },
      { contract_id = "CT1", line_no = "2", product_id = "P2", quantity = "4", unit_price = "50" },
      { contract_id = "CT1", line_no = "3", product_id = "S1", line_kind = "service" },
    },
    sales_order = { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-13", customer_id = "C1" } },
    sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", contract_line_no = "1" },
      { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "4", contract_line_no = "2" },
    },
  }, more)
  return signed(header, tables)
end
local function shipped(first, second, more)
  local tables = {
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15" } },
    delivery_line = {
      { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = first },
      { delivery_id = "D1", line_no = "2", order_line_no = "2", product_id = "P2", quantity = second },
    },
  }
  for name, rows in pairs(more or {}) do
    tables[name] = append(append({}, tables[name] or {}), rows)
  end
  return tables
end

cases "CON-15" {
  { "nothing delivered", given = due(), as_of = "2026-10-21",
    expect = { { key = "CT1", amount = "300", days = "1", undelivered = "14", contracted = "14", lines = "2", due_on = "2026-10-20" } } },
  { "on the day it is due", given = due(), as_of = "2026-10-20", expect = {} },
  { "within the grace", given = due(), as_of = "2026-10-22", parameters = { grace_days = 2 }, expect = {} },
  { "one piece short", given = due({}, shipped("9", "4")), as_of = "2026-10-31",
    expect = { { key = "CT1", amount = "10", undelivered = "1", lines = "1", days = "11" } } },
  { "all delivered, more of one line does not make up for the other", given = due({}, shipped("12", "3")), as_of = "2026-10-31",
    expect = { { key = "CT1", amount = "50", undelivered = "1" } } },
  { "all delivered", given = due({}, shipped("10", "4")), as_of = "2026-10-31", expect = {} },
  { "two came back", as_of = "2026-10-31",
    given = due({}, shipped("10", "4", {
      delivery = { { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-18" } },
      delivery_line = { { delivery_id = "D2", line_no = "1", product_id = "P2", quantity = "-2" } },
    })),
    expect = { { key = "CT1", amount = "100", undelivered = "2" } } },
  { "a draft and a void delivery do not count", as_of = "2026-10-31",
    given = due({}, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15", status = "draft" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15", status = "void" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" },
        { delivery_id = "D2", line_no = "1", order_line_no = "2", product_id = "P2", quantity = "4" },
      },
    }),
    expect = { { key = "CT1", due_on = "2026-10-20", amount = "300" } } },
  { "delivered after the date of the audit", as_of = "2026-10-31",
    given = due({}, { delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-11-02" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" } } }),
    expect = { { key = "CT1", due_on = "2026-10-20", amount = "300" } } },
  { "deliveries that name only the contract fill the lines of their product in order", as_of = "2026-10-31",
    given = due({}, {
      contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "10" },
        { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "10", unit_price = "20" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-10-15" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "15" } },
    }),
    expect = { { key = "CT1", amount = "100", undelivered = "5", lines = "1" } } },
  { "what names a line is that line's", as_of = "2026-10-31",
    given = due({}, {
      contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "10" },
        { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "10", unit_price = "20" },
      },
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", contract_line_no = "2" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" } },
    }),
    expect = { { key = "CT1", amount = "100", undelivered = "10", lines = "1" } } },
  { "an order that names no line of the contract", as_of = "2026-10-31",
    given = due({}, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10" }, { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "4" } },
      delivery = shipped("10", "3").delivery, delivery_line = shipped("10", "3").delivery_line,
    }),
    expect = { { key = "CT1", amount = "50", undelivered = "1" } } },
  { "lines without a product meet nothing", as_of = "2026-10-31",
    given = due({}, {
      contract_line = { { contract_id = "CT1", line_no = "1", quantity = "10", unit_price = "10" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-10-15" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "15" } },
    }),
    expect = { { key = "CT1", amount = "100", undelivered = "10" } } },
  { "only services", as_of = "2026-10-31", given = due({}, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "S1", line_kind = "service" } } }),
    expect = { { key = "CT1", untestable = "no lines of goods" } } },
  { "a line without a quantity", as_of = "2026-10-31", given = due({}, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1" } } }),
    expect = { { key = "CT1", untestable = "without a quantity" } } },
  { "a line of a joint delivery for another contract's order", as_of = "2026-10-31",
    given = due({}, {
      contract = {
        { contract_id = "CT1", amount = "1130", signed_on = "2026-10-12", delivery_due_on = "2026-10-20", status = "executing" },
        { contract_id = "CT2", amount = "1130", signed_on = "2026-10-12", delivery_due_on = "2026-12-20", status = "executing" },
      },
      sales_order = {
        { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-13" }, { order_id = "SO2", contract_id = "CT2", order_date = "2026-10-13" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15" } },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" },
        { delivery_id = "D1", line_no = "2", order_id = "SO2", product_id = "P2", quantity = "4" },
      },
    }),
    expect = { { key = "CT1", amount = "200", undelivered = "4" } } },
  { "days instead of a date", given = due { delivery_due_on = "", delivery_days = "5" }, as_of = "2026-10-21",
    expect = { { key = "CT1", amount = "300", due_on = "2026-10-20", days = "1" } } },
  { "closed", given = due { status = "closed" }, as_of = "2026-10-31", expect = {} },
  { "a draft", given = due { status = "draft" }, as_of = "2026-10-31", expect = {} },
  { "no date", given = due { delivery_due_on = "" }, as_of = "2026-10-31", expect = { { key = "CT1", untestable = "no delivery date" } } },
  { "deliveries were not imported", given = due(), as_of = "2026-10-31", absent = { "delivery" }, expect = { { key = "CT1", untestable = "delivery" } } },
}

local function planned(...)
  local plans = {}
  for position, plan in ipairs { ... } do
    plan.plan_id, plan.contract_id = "F" .. position, "CT1"
    table.insert(plans, plan)
  end
  return { payment_plan = plans }
end
local function paying(mode, more)
  more.customer_credit = { { customer_id = "C1", trade_mode = mode, valid_from = "2026-01-01" } }
  return more
end
local function later() return { milestone = "on_delivery", due_on = "2026-12-01", amount = "791" } end

cases "CON-16" {
  { "no plan", given = signed(), expect = { { key = "CT1", amount = "1130", missing = "payment_plan" } } },
  { "a plan", given = signed({}, planned { milestone = "on_delivery", due_on = "2026-12-01", amount = "1130" }), expect = {} },
  { "a plan that falls due after the audit", as_of = "2026-10-31", given = signed({}, planned { milestone = "on_delivery", due_on = "2026-12-01", amount = "1130" }), expect = {} },
  { "a share instead of an amount", given = signed({}, planned { milestone = "on_delivery", due_on = "2026-12-01", pct = "100" }), expect = {} },
  { "no date, neither amount nor share", given = signed({}, planned({ milestone = "retention", amount = "100" }, { milestone = "acceptance", due_on = "2026-12-01" })),
    expect = { { key = "CT1", amount = "1130", missing = "payment_plan.due_on, payment_plan.amount" } } },
  { "a milestone that needs no date", parameters = { dated = { "advance" } }, given = signed({}, planned { milestone = "retention", amount = "1130" }), expect = {} },
  { "a customer who pays in advance", given = signed({}, paying("prepay", planned(later()))), expect = { { key = "CT1", amount = "1130", missing = "advance" } } },
  { "with money before shipment", expect = {},
    given = signed({}, paying("prepay", planned({ milestone = "before_shipment", due_on = "2026-10-20", amount = "339" }, later()))) },
  { "a customer on credit", given = signed({}, paying("credit", planned(later()))), expect = {} },
  { "a draft", given = signed { status = "draft" }, expect = {} },
  { "plans were not imported", given = signed(), absent = { "payment_plan" }, expect = { { key = "CT1", untestable = "payment_plan" } } },
}

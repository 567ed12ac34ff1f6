-- SPDX-License-Identifier: MIT
-- The cases of APR: approvals.

-- A concession of 500 of 2026-10-12, proposed, reviewed and approved as it should be.
local function chain_row(id, role, who, decided_at, more)
  return with({
    approval_id = id, doc_kind = "concession", doc_id = "K1", approval_kind = "concession", step_no = role == "general_manager" and "2" or "1",
    role = role, approver_id = who, decision = "approve", opinion = "agreed", round_no = "1",
    requested_at = "2026-10-12T09:00:00", decided_at = decided_at, doc_amount = "500",
  }, more)
end

local function reviewed(...)
  local approvals = {
    chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00"),
    chain_row("A2", "marketing_vp", "E3", "2026-10-12T11:00:00"),
  }
  for position = 1, select("#", ...) do table.insert(approvals, (select(position, ...))) end
  return approvals
end

local function by_manager(decided_at, more)
  return chain_row("A3", "general_manager", "E1", decided_at, more)
end

local function concession(changes, approvals, more)
  local row = with({
    concession_id = "K1", customer_id = "C1", proposed_by = "E5", proposed_at = "2026-10-12T08:30:00", amount = "500",
    released_at = "2026-10-13T17:00:00", released_to = "E5",
  }, changes)
  return with({
    customer = { { customer_id = "C1", salesperson_id = "E7" } },
    employee = {
      { employee_id = "E1" }, { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E5" }, { employee_id = "E7" }, { employee_id = "E8" },
    },
    role_assignment = {
      { employee_id = "E1", role = "general_manager" }, { employee_id = "E3", role = "marketing_vp" },
      { employee_id = "E4", role = "sales_manager" }, { employee_id = "E5", role = "sales_supervisor" },
      { employee_id = "E7", role = "salesperson" }, { employee_id = "E8", role = "accountant" },
    },
    concession = { row },
    approval = approvals or reviewed(by_manager "2026-10-13T10:00:00"),
  }, more)
end

cases "APR-01" {
  { "whole, in order", given = concession {}, expect = {} },
  { "reviewed and approved in one second", expect = {},
    given = concession({}, {
      chain_row("A1", "sales_manager", "E4", "2026-10-12T08:30:00"), chain_row("A2", "marketing_vp", "E3", "2026-10-12T08:30:00"),
      by_manager "2026-10-12T08:30:00",
    }) },
  { "the vice president was passed over",
    given = concession({}, { chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00"), by_manager "2026-10-13T10:00:00" }),
    expect = { { key = "K1", amount = "500", role = "marketing_vp", fault = "missing", at = "none", approved_at = "2026-10-13T10:00:00", faults = "1" } } },
  { "one row of a higher rank does not stand for two reviews",
    given = concession({}, { chain_row("A2", "marketing_vp", "E3", "2026-10-12T11:00:00"), by_manager "2026-10-13T10:00:00" }, {
      role_rank = { { role = "sales_manager", rank = "40" }, { role = "marketing_vp", rank = "60" }, { role = "general_manager", rank = "90" } },
    }),
    expect = { { key = "K1", amount = "500", role = "sales_manager", fault = "missing" } } },
  { "the general manager decided a second before the vice president",
    given = concession({}, reviewed(by_manager "2026-10-12T10:59:59")),
    expect = { { key = "K1", amount = "500", role = "general_manager", fault = "too early", at = "2026-10-12T10:59:59" } } },
  { "proposed by the sales manager himself",
    given = concession { proposed_by = "E4" },
    expect = { { key = "K1", amount = "500", role = "sales_supervisor", fault = "wrong role", at = "2026-10-12T08:30:00" } } },
  { "proposed by somebody unknown: another control's", given = concession { proposed_by = "E99" }, expect = {} },
  { "reviewed before it was proposed",
    given = concession { proposed_at = "2026-10-12T10:00:01" },
    expect = { { key = "K1", amount = "500", role = "sales_manager", fault = "too early", at = "2026-10-12T10:00:00" } } },
  { "rejected in the first round, whole in the second", expect = {},
    given = concession({}, {
      chain_row("A1", "sales_manager", "E4", "2026-10-12T09:10:00", { decision = "reject" }),
      chain_row("A2", "sales_manager", "E4", "2026-10-13T10:00:00", { round_no = "2" }), chain_row("A4", "marketing_vp", "E3", "2026-10-13T11:00:00", { round_no = "2" }),
      by_manager("2026-10-13T15:00:00", { round_no = "2" }),
    }) },
  { "reviews of a round that was rejected do not count in the next",
    given = concession({}, reviewed(
      by_manager("2026-10-12T15:00:00", { decision = "reject" }),
      chain_row("A4", "general_manager", "E1", "2026-10-13T15:00:00", { round_no = "2" }))),
    expect = { { key = "K1", amount = "500", role = "sales_manager", fault = "missing", faults = "2" } } },
  { "not yet approved by the general manager", given = concession({}, reviewed()), expect = {} },
  { "no moment of the proposal", given = concession { proposed_at = "" }, expect = { { key = "K1", untestable = "no date" } } },
  { "approvals were not imported", given = concession {}, absent = { "approval" }, expect = { { key = "K1", untestable = "approval" } } },
}

cases "APR-02" {
  { "reported the day after",
    given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { requested_at = "2026-10-13T00:00:01" }))),
    expect = { { key = "K1", amount = "500", fault = "late", at = "2026-10-13T00:00:01", other_at = "2026-10-12T11:00:00" } } },
  { "reported late in the evening of the day", expect = {},
    given = concession({}, reviewed(by_manager("2026-10-14T10:00:00", { requested_at = "2026-10-12T23:59:59" }))) },
  { "reported before the last review, which is for the chain's control", expect = {},
    given = concession({}, reviewed(by_manager("2026-10-12T09:30:00", { requested_at = "2026-10-11T09:00:00" }))) },
  { "a second report after a rejection is measured from the second review", expect = {},
    given = concession({}, {
      chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00"), chain_row("A2", "marketing_vp", "E3", "2026-10-12T11:00:00"),
      by_manager("2026-10-12T15:00:00", { decision = "reject" }),
      chain_row("A4", "sales_manager", "E4", "2026-10-14T10:00:00"), chain_row("A5", "marketing_vp", "E3", "2026-10-14T11:00:00"),
      chain_row("A6", "general_manager", "E1", "2026-10-15T10:00:00", { requested_at = "2026-10-14T12:00:00" }),
    }) },
  { "never reported, as of the day after", as_of = "2026-10-13", given = concession({}, reviewed()),
    expect = { { key = "K1", amount = "500", fault = "missing", at = "none" } } },
  { "not reported yet on the day itself", as_of = "2026-10-12", given = concession({}, reviewed()), expect = {} },
  { "waiting before the general manager counts as reported", expect = {}, as_of = "2026-10-31",
    given = concession({}, reviewed(by_manager(nil, { decision = "pending", requested_at = "2026-10-12T18:00:00" }))) },
  { "the vice president has not reviewed", as_of = "2026-10-31", expect = {},
    given = concession({}, { chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00") }) },
  { "reviewed in another month", period = "2026-11", expect = {},
    given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { requested_at = "2026-10-13T09:00:00" }))) },
  { "approvals were not imported", given = concession {}, absent = { "approval" }, expect = { { key = "K1", untestable = "approval" } } },
}

cases "APR-03" {
  { "released in the evening of the day", given = concession { released_at = "2026-10-13T23:59:59" }, expect = {} },
  { "released the day after",
    given = concession { released_at = "2026-10-14T00:00:00" },
    expect = { { key = "K1", amount = "500", fault = "late", at = "2026-10-14T00:00:00", other_at = "2026-10-13T10:00:00" } } },
  { "not released by the day after", as_of = "2026-10-14", given = concession { released_at = "" },
    expect = { { key = "K1", amount = "500", fault = "missing", at = "none" } } },
  { "not released yet on the day itself", as_of = "2026-10-13", given = concession { released_at = "" }, expect = {} },
  { "released an hour before the approval",
    given = concession { released_at = "2026-10-13T09:00:00" },
    expect = { { key = "K1", amount = "500", fault = "too early", at = "2026-10-13T09:00:00" } } },
  { "released, but only reviewed",
    given = concession({}, reviewed()),
    expect = { { key = "K1", amount = "500", fault = "missing", at = "2026-10-13T17:00:00", other_at = "none" } } },
  { "released to the salesperson", given = concession { released_to = "E7" }, expect = {} },
  { "released to an accountant",
    given = concession { released_to = "E8" },
    expect = { { key = "K1", amount = "500", fault = "wrong receiver", receiver = "E8" } } },
  { "to whom is not said", given = concession { released_to = "" }, expect = {} },
  { "neither approved nor released", given = concession({ released_at = "" }, reviewed()), expect = {} },
  { "approved in another month", period = "2026-11", given = concession { released_at = "2026-10-14T00:00:00" }, expect = {} },
  { "releases are not recorded", given = concession {}, absent = { "concession.released_at" }, expect = { { key = "K1", untestable = "released_at" } } },
}

cases "APR-04" {
  { "nothing but blanks",
    given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { opinion = "  " }))),
    expect = { { key = "A3", amount = "500", missing = "approval.opinion" } } },
  { "one character is an opinion", given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { opinion = "可" }))), expect = {} },
  { "rejected without opinion or date",
    given = concession({}, reviewed(by_manager(nil, { opinion = "", decision = "reject" }))),
    expect = { { key = "A3", amount = "500", missing = "approval.opinion, approval.decided_at" } } },
  { "still pending, or withdrawn by the proposer", expect = {},
    given = concession({}, { by_manager(nil, { opinion = "", decision = "pending" }), chain_row("A4", "sales_manager", "E5", "2026-10-12T10:00:00", { opinion = "", decision = "withdraw" }) }) },
  { "decided by the system", expect = {},
    given = concession({}, { by_manager("2026-10-13T10:00:00", { opinion = "", approver_id = "JOB" }) }, { user_account = { { user_id = "JOB", is_system = "true" } } }) },
  { "an order: not of these kinds", expect = {},
    given = { sales_order = { { order_id = "SO1" } }, approval = { { doc_kind = "sales_order", doc_id = "SO1", decision = "approve", approver_id = "E4", decided_at = "2026-10-12T10:00:00" } } } },
  { "orders asked for too, but their rejections are another control's", parameters = { doc_kinds = { "sales_order" } },
    given = { sales_order = { { order_id = "SO1", currency = "USD" } }, approval = {
      { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", decision = "approve", approver_id = "E4", decided_at = "2026-10-12T10:00:00", doc_amount = "7", currency = "USD" },
      { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", decision = "reject", approver_id = "E4", decided_at = "2026-10-12T10:00:00" },
    } },
    expect = { { key = "A1", missing = "approval.opinion", amount = "7", currency = "USD" } } },
  { "no approver", given = concession({}, { by_manager("2026-10-13T10:00:00", { approver_id = "" }) }), expect = { { key = "A3", untestable = "approver" } } },
  { "opinions were not imported", given = concession({}, { by_manager "2026-10-13T10:00:00" }), absent = { "approval.opinion" },
    expect = { { key = "A3", untestable = "opinion" } } },
}

-- A concession and the reservation and contract signed on it.
local function signed_on_concession(documents, approvals, more)
  local given = concession({}, approvals)
  given.concession[1].reservation_id = documents.concession_names_reservation and "R1" or nil
  given.concession[1].contract_id = documents.concession_names_contract and "CT1" or nil
  given.reservation = documents.reservation and { documents.reservation } or {}
  given.contract = documents.contract and { documents.contract } or {}
  return with(given, more)
end

cases "APR-05" {
  { "the reservation was signed the day before the approval",
    given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } },
    expect = { { key = "R1", label = "K1", amount = "500", signed_on = "2026-10-12", approved_at = "2026-10-13T10:00:00" } } },
  { "signed on the day of the approval", expect = {},
    given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-13", concession_id = "K1" } } },
  { "a reservation without a concession may come first", expect = {},
    given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12" } } },
  { "the concession names the reservation, which was never approved",
    given = signed_on_concession({ concession_names_reservation = true, reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-20" } }, reviewed()),
    expect = { { key = "R1", label = "K1", amount = "500", approved_at = "none" } } },
  { "each names the other: one exception",
    given = signed_on_concession({ concession_names_reservation = true, reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } }),
    expect = { { key = "R1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
  { "concessions name no reservations", absent = { "concession.reservation_id" },
    given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } },
    expect = { { key = "R1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
  { "rejected in the end",
    given = signed_on_concession({ reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-20", concession_id = "K1" } },
      reviewed(by_manager "2026-10-13T10:00:00", chain_row("A4", "general_manager", "E1", "2026-10-14T10:00:00", { decision = "reject" }))),
    expect = { { key = "R1", label = "K1", amount = "500", approved_at = "none" } } },
  { "rejected only after the signing", expect = {},
    given = signed_on_concession({ reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-13", concession_id = "K1" } },
      reviewed(by_manager "2026-10-13T10:00:00", chain_row("A4", "general_manager", "E1", "2026-10-14T10:00:00", { decision = "reject" }))) },
  { "the contract was signed on the same concession: the reservation tells it",
    given = signed_on_concession {
      concession_names_contract = true,
      reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-11", concession_id = "K1" },
      contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12", reservation_id = "R1" },
    },
    expect = { { key = "R1", label = "K1", signed_on = "2026-10-11", amount = "500" } } },
  { "the contract of an unsigned reservation",
    given = signed_on_concession {
      reservation = { reservation_id = "R1", customer_id = "C1", concession_id = "K1" },
      contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12", reservation_id = "R1", status = "signed" },
    },
    expect = { { key = "CT1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
  { "a contract that the concession names",
    given = signed_on_concession { concession_names_contract = true, contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12" } },
    expect = { { key = "CT1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
  { "a void contract, and one not signed", expect = {},
    given = signed_on_concession({ concession_names_contract = true, contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12", status = "void" } }) },
  { "approvals were not imported", absent = { "approval" },
    given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } },
    expect = { { key = "R1", untestable = "approval" } } },
}

local function order_decision(id, decision, decided_at, more)
  return with({
    approval_id = id, doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", role = "sales_manager",
    decision = decision, approver_id = "E4", requested_at = "2026-10-05T09:00:00", decided_at = decided_at, doc_amount = "80",
  }, more)
end

-- An order of 80, approved on 2026-10-06 at ten, with what was done for it.
local function order_done(order, done, approvals)
  local row = with({ order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", approved_at = "2026-10-06T10:00:00" }, order)
  return with({
    customer = { { customer_id = "C1" } },
    sales_order = { row },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "8" } },
    approval = approvals or { order_decision("A1", "approve", "2026-10-06T10:00:00") },
  }, done)
end

local function sent(on, more)
  local delivery = with({ delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = on }, more)
  return { delivery = { delivery }, delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "4", gross_amount = "36.16" } } }
end

-- The same among other orders of the month, so many of which are approved in header and history.
local function among(others, given)
  for number = 1, others do
    local id = "SX" .. number
    table.insert(given.sales_order, { order_id = id, customer_id = "C1", order_date = "2026-10-05", status = "approved", approved_at = "2026-10-06T10:00:00" })
    table.insert(given.approval, {
      approval_id = "AX" .. number, doc_kind = "sales_order", doc_id = id, approval_kind = "order_approval", step_no = "1",
      decision = "approve", approver_id = "E9", decided_at = "2026-10-06T10:00:00",
    })
  end
  return given
end

cases "APR-06" {
  { "approved in the header, not in the history, which has nineteen of twenty",
    given = among(19, order_done({}, sent "2026-10-09", {})),
    expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "header only" } } },
  { "the history has eighteen of nineteen: the header stands", given = among(18, order_done({}, sent "2026-10-09", {})), expect = {} },
  { "the history has eighteen of nineteen, delivered before the header was approved",
    given = among(18, order_done({}, sent "2026-10-05", {})),
    expect = { { key = "SO1", amount = "36.16", approved_at = "2026-10-06T10:00:00", basis = "sales_order.approved_at", assumed = { "sales_order.approved_at" } } } },
  { "approved in the month before, of which the share says nothing", expect = {}, period = "2026-10",
    given = among(19, order_done({ order_date = "2026-09-20", approved_at = "2026-09-28T10:00:00" }, sent "2026-10-09", {})) },
  { "approved in the month before, where the history is stated to be complete", complete = { "approval" }, period = "2026-10",
    given = among(1, order_done({ order_date = "2026-09-20", approved_at = "2026-09-28T10:00:00" }, sent "2026-10-09", {})),
    expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "header only" } } },
  { "the history is stated to be complete, and has this approval", complete = { "approval" }, given = order_done({}, sent "2026-10-09"), expect = {} },
  { "headers approved by the system are not counted among those that the history should have",
    expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "header only" } },
    given = (function()
      local given = among(19, order_done({}, sent "2026-10-09", {}))
      for number = 1, 3 do
        table.insert(given.sales_order, { order_id = "SY" .. number, order_date = "2026-10-05", approved_by = "JOB", approved_at = "2026-10-06T10:00:00" })
      end
      given.user_account = { { user_id = "JOB", is_system = "true" } }
      return given
    end)() },
  { "delivered the day before, of which only the part sent counts",
    given = order_done({}, sent "2026-10-05"),
    expect = { { key = "SO1", amount = "36.16", step = "delivery.delivery_date", at = "2026-10-05", approved_at = "2026-10-06T10:00:00", basis = "approval", count = "1" } } },
  { "delivered on the day of the approval", given = order_done({}, sent "2026-10-06"), expect = {} },
  { "approved by the system alone",
    given = order_done({}, with(sent "2026-10-09", { user_account = { { user_id = "JOB", is_system = "true" } } }), { order_decision("A1", "approve", "2026-10-06T10:00:00", { approver_id = "JOB" }) }),
    expect = { { key = "SO1", amount = "36.16", step = "delivery.delivery_date", approved_at = "none", basis = "approval" } } },
  { "unapproved, then delivered",
    given = order_done({ approved_at = "", status = "submitted" }, sent "2026-10-09", {
      order_decision("A1", "approve", "2026-10-06T10:00:00"), order_decision("A2", "unapprove", "2026-10-08T10:00:00"),
    }),
    expect = { { key = "SO1", amount = "36.16", step = "delivery.delivery_date", at = "2026-10-09", approved_at = "2026-10-06T10:00:00", count = "1" } } },
  { "unapproved and approved again before the delivery", expect = {},
    given = order_done({}, sent "2026-10-09", {
      order_decision("A1", "approve", "2026-10-06T10:00:00"), order_decision("A2", "unapprove", "2026-10-08T10:00:00"), order_decision("A3", "approve", "2026-10-09T18:00:00"),
    }) },
  { "unapproved on the day of the delivery", expect = {},
    given = order_done({}, sent "2026-10-09", { order_decision("A1", "approve", "2026-10-06T10:00:00"), order_decision("A2", "unapprove", "2026-10-09T10:00:00") }) },
  { "released to production a second before",
    given = order_done({}, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T09:59:59" } } }),
    expect = { { key = "SO1", amount = "80", step = "production_order.released_at", at = "2026-10-06T09:59:59" } } },
  { "released at that second", expect = {},
    given = order_done({}, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T10:00:00" } } }) },
  { "issued from the store an hour before, though the slip of the delivery is of the day",
    given = (function()
      local given = order_done({}, sent "2026-10-06")
      given.stock_issue = {
        { issue_id = "S1", delivery_id = "D1", sign = "blue", issued_at = "2026-10-06T09:00:00" },
        { issue_id = "S2", delivery_id = "D1", sign = "red", issued_at = "2026-10-06T08:00:00" },
        { issue_id = "S3", delivery_id = "D1", sign = "blue", issued_at = "2026-10-06T08:30:00", status = "void" },
      }
      return given
    end)(),
    expect = { { key = "SO1", amount = "36.16", step = "stock_issue.issued_at", at = "2026-10-06T09:00:00", count = "1" } } },
  { "delivered and issued: the goods count once, the larger invoice counts",
    given = (function()
      local given = order_done({ approved_at = "" }, sent "2026-10-05", {})
      given.stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-05T09:00:00" } }
      given.invoice = {
        { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-06", sign = "blue" },
        { invoice_id = "I2", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-06", sign = "red" },
        { invoice_id = "I3", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-06", status = "void" },
      }
      given.invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", quantity = "5", net_amount = "40", tax_amount = "5.2" },
        { invoice_id = "I2", line_no = "1", order_line_no = "1", quantity = "-5", gross_amount = "-45.2" },
        { invoice_id = "I3", line_no = "1", order_line_no = "1", quantity = "5", gross_amount = "50" },
      }
      return given
    end)(),
    expect = { { key = "SO1", amount = "45.2", step = "delivery.delivery_date", approved_at = "none", basis = "sales_order.approved_at", count = "3" } } },
  { "a return, a void delivery and one of another order", expect = {},
    given = order_done({}, {
      delivery = {
        { delivery_id = "D1", kind = "return", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-05", status = "void" },
        { delivery_id = "D3", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "-4" }, { delivery_id = "D2", line_no = "1", order_line_no = "1", quantity = "4" },
        { delivery_id = "D3", line_no = "1", order_line_no = "1", quantity = "4" },
      },
    }) },
  { "a delivery that joins two orders counts with this order's lines",
    given = order_done({}, {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" } },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "1", unit_price = "8" },
        { delivery_id = "D1", line_no = "2", order_id = "SO9", order_line_no = "1", quantity = "1", unit_price = "99" },
      },
    }),
    expect = { { key = "SO1", step = "delivery.delivery_date", amount = "8" } } },
  { "approved again later: the first approval counts", expect = {},
    given = order_done({ approved_at = "2026-10-09T10:00:00" }, sent "2026-10-07", {
      order_decision("A1", "approve", "2026-10-06T10:00:00"), order_decision("A2", "unapprove", "2026-10-08T10:00:00"),
      order_decision("A3", "approve", "2026-10-09T10:00:00"),
    }) },
  { "the first of two steps is not the approval",
    given = order_done({}, sent "2026-10-06", {
      order_decision("A1", "approve", "2026-10-06T10:00:00"),
      order_decision("A2", "approve", "2026-10-07T10:00:00", { step_no = "2", role = "marketing_vp" }),
    }),
    expect = { { key = "SO1", amount = "36.16", approved_at = "2026-10-07T10:00:00" } } },
  { "the second step never came, though the order counts as approved: another control's", expect = {},
    given = (function()
      local given = order_done({}, sent "2026-10-06")
      given.approval_rule = { { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp" } }
      return given
    end)() },
  { "the second step never came, and the order does not count as approved",
    given = (function()
      local given = order_done({ status = "submitted", approved_at = "" }, sent "2026-10-06")
      given.approval_rule = { { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp" } }
      return given
    end)(),
    expect = { { key = "SO1", amount = "36.16", approved_at = "none" } } },
  { "after a rejection: another control's", expect = {},
    given = order_done({ approved_at = "" }, sent "2026-10-07", { order_decision("A1", "reject", "2026-10-06T10:00:00") }) },
  { "before it was rejected",
    given = order_done({ approved_at = "" }, sent "2026-10-05", { order_decision("A1", "reject", "2026-10-06T10:00:00") }),
    expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "approval" } } },
  { "at the second of the rejection",
    given = order_done({ approved_at = "" }, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T10:00:00" } } }, {
      order_decision("A1", "reject", "2026-10-06T10:00:00"),
    }),
    expect = { { key = "SO1", amount = "80", approved_at = "none" } } },
  { "withdrawn, though the header says it was approved",
    given = order_done({}, sent "2026-10-07", { order_decision("A1", "withdraw", "2026-10-06T10:00:00") }),
    expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "approval" } } },
  { "the header does not say that it was approved", absent = { "approval" },
    given = order_done({ approved_at = "" }, sent "2026-10-07"), expect = { { key = "SO1", amount = "36.16", approved_at = "none" } } },
  { "nothing was done, and nobody knows when it was approved", absent = { "approval", "sales_order.approved_at" }, given = order_done({}, {}), expect = {} },
  { "decisions are recorded, the header has no such column", absent = { "sales_order.approved_at" },
    given = order_done({}, sent "2026-10-05"), expect = { { key = "SO1", amount = "36.16", basis = "approval" } } },
  { "only the header says when it was approved", absent = { "approval" },
    given = order_done({}, sent "2026-10-05"),
    expect = { { key = "SO1", amount = "36.16", basis = "sales_order.approved_at" } } },
  { "a cancelled order, and a reversal", expect = {},
    given = order_done({ status = "cancelled", approved_at = "" }, sent "2026-10-05", {}) },
  { "a reversal", expect = {}, given = order_done({ reversal_of = "SO0", approved_at = "" }, sent "2026-10-05", {}) },
  { "delivered in the month before", period = "2026-10", expect = {},
    given = order_done({ order_date = "2026-09-28", approved_at = "" }, sent "2026-09-30", {}) },
  { "delivered after the date of the audit", as_of = "2026-10-05", given = order_done({ approved_at = "" }, sent "2026-10-06", {}), expect = {} },
  { "an order in dollars, judged by a matrix in yuan",
    given = (function()
      local given = order_done({ currency = "USD", amount = "100" }, sent("2026-10-05", { currency = "USD" }))
      given.exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } }
      given.approval_rule = {
        { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager", currency = "CNY" },
        { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "700.01", currency = "CNY" },
      }
      return given
    end)(),
    expect = { { key = "SO1", amount = "36.16", currency = "USD", approved_at = "2026-10-06T10:00:00" } } },
  { "nobody knows when orders were approved", absent = { "approval", "sales_order.approved_at" }, given = order_done({}, sent "2026-10-05"),
    expect = { { key = "SO1", untestable = "approved_at" } } },
}

-- An order of some amount and its approvals, with who held which role.
local function ladder(amount, approvals, more)
  local given = order_done({ amount = amount }, {}, approvals)
  for one in each(approvals) do one.doc_amount = one.doc_amount or amount end
  given.employee = { { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E5" }, { employee_id = "E6" } }
  given.role_assignment = {
    { employee_id = "E3", role = "marketing_vp", valid_from = "2026-01-01" },
    { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01", valid_to = "2026-10-06" },
    { employee_id = "E5", role = "branch_manager", valid_from = "2026-01-01" },
    { employee_id = "E6", role = "salesperson", valid_from = "2026-01-01" },
  }
  given.approval_rule = {
    { rule_id = "M1", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
    { rule_id = "M2", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "500" },
  }
  given.role_rank = { { role = "salesperson", rank = "10" }, { role = "branch_manager", rank = "30" }, { role = "sales_manager", rank = "40" }, { role = "marketing_vp", rank = "60" } }
  return with(given, more)
end

local function by(who, more, decided_at)
  local row = order_decision("A1", "approve", decided_at or "2026-10-06T10:00:00", more)
  row.doc_amount, row.approver_id = more and more.doc_amount, who
  return row
end

local function delegation(more)
  local row = with({ delegation_id = "L1", grantor_id = "E4", grantee_id = "E5", doc_kind = "sales_order", approval_kind = "order_approval", valid_from = "2026-10-05", valid_to = "2026-10-06" }, more)
  return { delegation = { row } }
end

cases "APR-07" {
  { "in a role held until that day", given = ladder("80", { by "E4" }), expect = {} },
  { "the day after the role ended",
    given = ladder("80", { by("E4", nil, "2026-10-07T00:00:00") }),
    expect = { { key = "A1", label = "no authority", amount = "80", person = "E4", role = "sales_manager", authority = "0", decided = "80" } } },
  { "somebody of a higher rank", given = ladder("80", { by "E3" }), expect = {} },
  { "somebody of a lower rank", given = ladder("80", { by "E5" }),
    expect = { { key = "A1", label = "no authority", amount = "80", person = "E5" } } },
  { "delegated up to that amount", given = ladder("80", { by "E5" }, delegation { amount_limit = "80" }), expect = {} },
  { "delegated up to a cent less",
    given = ladder("80", { by "E5" }, delegation { amount_limit = "79.99" }),
    expect = { { key = "A1", label = "no authority", amount = "0.01", authority = "79.99" } } },
  { "delegated for other documents, revoked, ended, or by somebody who had no such role", expect = {
      { key = "A1", label = "no authority", amount = "80", authority = "0" },
    },
    given = ladder("80", { by "E5" }, { delegation = {
      delegation({ delegation_id = "L1", doc_kind = "contract", amount_limit = "70" }).delegation[1],
      delegation({ delegation_id = "L2", revoked_at = "2026-10-06T10:00:00", amount_limit = "70" }).delegation[1],
      delegation({ delegation_id = "L3", valid_to = "2026-10-05", amount_limit = "70" }).delegation[1],
      delegation({ delegation_id = "L4", grantor_id = "E6", amount_limit = "70" }).delegation[1],
    } }) },
  { "delegations were not imported", absent = { "delegation" }, given = ladder("80", { by "E5" }),
    expect = { { key = "A1", label = "no authority", amount = "80", authority = "0" } } },
  { "two of three steps: told at the last one",
    given = ladder("500", { by "E4", order_decision("A2", "approve", "2026-10-06T11:00:00", { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }) }, {
      approval_rule = {
        { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager" }, { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp" },
        { rule_id = "M3", approval_kind = "order_approval", step_no = "3", role = "general_manager", amount_from = "400" },
      },
    }),
    expect = { { key = "A2", label = "role missing", amount = "100", role = "general_manager", authority = "400" } } },
  { "a contract's approval that states no role is another control's", expect = {},
    given = ladder("80", { order_decision("A1", "approve", "2026-10-06T10:00:00", { doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", role = "", approver_id = "E5" }) }) },
  { "no amount, and the matrix asks for the same at any amount",
    given = ladder("80", { by("E5", { doc_amount = "" }) }, { approval_rule = { { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" } } }),
    expect = { { key = "A1", label = "no authority", amount = "none", decided = "none" } } },
  { "no amount, and the matrix ends at one",
    given = ladder("80", { by("E5", { doc_amount = "" }) }, { approval_rule = { { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_to = "500" } } }),
    expect = { { key = "A1", untestable = "no amount" } } },
  { "from 500 on the vice president approves too",
    given = ladder("500", { by "E4" }),
    expect = { { key = "A1", label = "role missing", amount = "0", role = "marketing_vp", authority = "500" } } },
  { "the part above the band",
    given = ladder("620.50", { by "E4" }),
    expect = { { key = "A1", label = "role missing", amount = "120.5", authority = "500" } } },
  { "a cent below the band", given = ladder("499.99", { by "E4" }), expect = {} },
  { "both approved", expect = {},
    given = ladder("500", { by "E4", order_decision("A2", "approve", "2026-10-06T11:00:00", { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }) }) },
  { "the second step is still waiting", expect = {},
    given = ladder("500", { by "E4", order_decision("A2", "pending", nil, { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }) }) },
  { "the order has not been marked as approved", expect = {},
    given = (function()
      local given = ladder("500", { by "E4" })
      given.sales_order[1].status, given.sales_order[1].approved_at = "submitted", nil
      return given
    end)() },
  { "approved at the amount it then had, and raised later: another control's", expect = {},
    given = ladder("600", { by("E4", { doc_amount = "499" }) }) },
  { "withdrawn, then decided by both", expect = {},
    given = ladder("500", {
      by "E4", order_decision("A2", "withdraw", "2026-10-06T10:30:00"),
      order_decision("A3", "approve", "2026-10-06T11:00:00", { approver_id = "E4", doc_amount = "500" }),
      order_decision("A4", "approve", "2026-10-06T12:00:00", { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }),
    }) },
  { "no role is stated, and the approver held the one that the matrix names", expect = {}, given = ladder("80", { by("E4", { role = "" }) }) },
  { "no role is stated, and the approver held none of the matrix",
    given = ladder("80", { by("E6", { role = "" }) }),
    expect = { { key = "A1", label = "role missing", amount = "80", role = "sales_manager", authority = "0" } } },
  { "a contract's chain is another control's, its approver is not",
    given = ladder("80", { order_decision("A1", "approve", "2026-10-06T10:00:00", { doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", approver_id = "E5", doc_amount = "900" }) }, {
      contract = { { contract_id = "CT1", customer_id = "C1", status = "signed", signed_on = "2026-10-06" } },
      approval_rule = {
        { rule_id = "M1", approval_kind = "contract_approval", step_no = "1", role = "sales_manager" },
        { rule_id = "M2", approval_kind = "contract_approval", step_no = "2", role = "marketing_vp" },
      },
    }),
    expect = { { key = "A1", label = "no authority", person = "E5", amount = "900" } } },
  { "a line's approval is judged by the matrix of its document",
    given = ladder("80", { order_decision("A1", "approve", "2026-10-06T10:00:00", { doc_kind = "sales_order_line", doc_id = "SO1/1", approval_kind = "special_price", approver_id = "E5" }) }, {
      approval_rule = { { rule_id = "M1", doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "general_manager" } },
    }),
    expect = { { key = "A1", label = "no authority", person = "E5", amount = "80" } } },
  { "an amount in dollars against a matrix in yuan",
    given = ladder("80", { by("E4", { doc_amount = "80", currency = "USD" }) }, { exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } } }),
    expect = { { key = "A1", label = "role missing", amount = "60", currency = "CNY", decided = "560" } } },
  { "decided by the system", expect = {},
    given = ladder("80", { by "JOB" }, { user_account = { { user_id = "JOB", is_system = "true" } } }) },
  { "rejecting needs no authority", expect = {}, given = ladder("80", { order_decision("A1", "reject", "2026-10-06T10:00:00", { approver_id = "E6" }) }) },
  { "no amount at the decision",
    given = ladder("80", { by("E4", { doc_amount = "" }) }), expect = { { key = "A1", untestable = "no amount" } } },
  { "the matrix has no row for it",
    given = ladder("80", { by "E4" }, { approval_rule = { { rule_id = "M1", approval_kind = "order_approval", role = "sales_manager", valid_to = "2026-10-05" } } }),
    expect = { { key = "A1", untestable = "no row of the approval matrix" } } },
  { "an approver nobody knows", given = ladder("80", { by "E77" }), expect = { { key = "A1", untestable = "no known employee" } } },
  { "no approver", given = ladder("80", { by "" }), expect = { { key = "A1", untestable = "no approver" } } },
  { "there is no matrix", given = ladder("80", { by "E4" }), absent = { "approval_rule" }, expect = { { key = "A1", untestable = "approval_rule" } } },
}

-- Orders of one customer and salesperson: { day, amount } each, and what is different.
local function orders_of_days(list, more)
  local given = {
    customer = { { customer_id = "C1" } },
    employee = { { employee_id = "E7" }, { employee_id = "E8" } },
    user_account = { { user_id = "U7", employee_id = "E7" } },
    sales_order = {},
    approval_rule = {
      { rule_id = "M1", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
      { rule_id = "M2", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "500" },
    },
  }
  for number, one in ipairs(list) do
    local row = with({ order_id = "SO" .. number, customer_id = "C1", salesperson_id = "E7", status = "approved", order_date = one[1], amount = one[2] }, one[3])
    table.insert(given.sales_order, row)
  end
  return with(given, more)
end

cases "APR-08" {
  { "two of 250 within three days come to exactly 500",
    given = orders_of_days { { "2026-10-05", "250" }, { "2026-10-08", "250" } },
    expect = { { key = "SO2", amount = "500", count = "2", from = "2026-10-05", to = "2026-10-08", threshold = "500", role = "marketing_vp" } } },
  { "a cent less", given = orders_of_days({ { "2026-10-05", "250" }, { "2026-10-08", "249.99" } }), parameters = { min_share_pct = "40" }, expect = {} },
  { "four days apart", given = orders_of_days { { "2026-10-05", "250" }, { "2026-10-09", "250" } }, expect = {} },
  { "one of them too small to be a part", given = orders_of_days { { "2026-10-05", "249.99" }, { "2026-10-05", "499" } }, expect = {} },
  { "one of them at the threshold: the vice president sees it", given = orders_of_days { { "2026-10-05", "250" }, { "2026-10-05", "500" } }, expect = {} },
  { "of different products on different days", expect = {},
    given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300" } }, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1" }, { order_id = "SO2", line_no = "1", product_id = "P2" },
    } }) },
  { "of one product on different days",
    given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300" } }, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1" }, { order_id = "SO2", line_no = "1", product_id = "P2" }, { order_id = "SO2", line_no = "2", product_id = "P1" },
    } }),
    expect = { { key = "SO2", amount = "600", count = "2" } } },
  { "of different products on one day",
    given = orders_of_days({ { "2026-10-06", "300" }, { "2026-10-06", "300" } }, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1" }, { order_id = "SO2", line_no = "1", product_id = "P2" },
    } }),
    expect = { { key = "SO2", amount = "600", count = "2" } } },
  { "two salespeople", given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300", { salesperson_id = "E8" } } }, expect = {} },
  { "two accounts of one salesperson", given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300", { salesperson_id = "U7" } } },
    expect = { { key = "SO2", amount = "600", count = "2" } } },
  { "two customers", expect = {},
    given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300", { customer_id = "C2" } } }, { customer = { { customer_id = "C1" }, { customer_id = "C2" } } }) },
  { "call-offs of a signed contract", expect = {},
    given = orders_of_days({ { "2026-10-05", "300", { contract_id = "CT1" } }, { "2026-10-06", "300", { contract_id = "CT1" } } }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01", status = "executing", amount = "900" } },
    }) },
  { "the vice president approved one of them", expect = {},
    given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300" } }, {
      approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", approver_id = "E3", decision = "approve", decided_at = "2026-10-05T15:00:00" } },
    }) },
  { "a cancelled one, a reversal", expect = {},
    given = orders_of_days { { "2026-10-05", "300", { status = "cancelled" } }, { "2026-10-06", "300" }, { "2026-10-06", "300", { reversal_of = "SO2" } } } },
  { "three are one exception, a fourth a week later none",
    given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300" }, { "2026-10-06", "350" }, { "2026-10-13", "300" } },
    expect = { { key = "SO3", amount = "950", count = "3", to = "2026-10-06" } } },
  { "a second group a week later",
    given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300" }, { "2026-10-13", "300" }, { "2026-10-14", "300" } },
    expect = { { key = "SO2", count = "2", amount = "600" }, { key = "SO4", count = "2", amount = "600" } } },
  { "the threshold holds only from the second day on", expect = {},
    given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300" } }, { approval_rule = {
      { rule_id = "M1", approval_kind = "order_approval", role = "sales_manager" },
      { rule_id = "M2", approval_kind = "order_approval", role = "marketing_vp", amount_from = "500", valid_from = "2026-10-06" },
    } }) },
  { "a lower threshold after the higher one",
    given = orders_of_days({ { "2026-10-05", "600" }, { "2026-10-06", "600" }, { "2026-10-20", "400" }, { "2026-10-21", "400" } }, { approval_rule = {
      { rule_id = "M1", approval_kind = "order_approval", role = "marketing_vp", amount_from = "700" },
      { rule_id = "M2", approval_kind = "order_approval", role = "general_manager", amount_from = "1000" },
    } }),
    expect = { { key = "SO2", amount = "1200", threshold = "1000" }, { key = "SO4", amount = "800", threshold = "700" } } },
  { "the higher of two thresholds, once",
    given = orders_of_days({ { "2026-10-05", "600" }, { "2026-10-06", "600" } }, { approval_rule = {
      { rule_id = "M1", approval_kind = "order_approval", role = "marketing_vp", amount_from = "700" },
      { rule_id = "M2", approval_kind = "order_approval", role = "general_manager", amount_from = "1000" },
      { rule_id = "M3", approval_kind = "contract_approval", role = "general_manager", amount_from = "1100" },
      { rule_id = "M4", approval_kind = "order_approval", role = "company_leader", amount_from = "1100", valid_to = "2026-09-30" },
    } }),
    expect = { { key = "SO2", amount = "1200", threshold = "1000", role = "general_manager" } } },
  { "over the turn of the month: in the month of the last",
    period = "2026-10", given = orders_of_days { { "2026-09-29", "300" }, { "2026-10-01", "300" } },
    expect = { { key = "SO2", amount = "600", from = "2026-09-29" } } },
  { "told in the month before", period = "2026-10", given = orders_of_days { { "2026-09-29", "300" }, { "2026-09-30", "300" } }, expect = {} },
  { "contracts likewise",
    given = {
      customer = { { customer_id = "C1" } },
      contract = {
        { contract_id = "CT1", customer_id = "C1", salesperson_id = "E7", signed_on = "2026-10-05", status = "signed", amount = "300" },
        { contract_id = "CT2", customer_id = "C1", salesperson_id = "E7", signed_on = "2026-10-07", status = "executing", amount = "290" },
        { contract_id = "CT3", customer_id = "C1", salesperson_id = "E7", status = "review", amount = "290" },
      },
      approval_rule = { { rule_id = "M2", doc_kind = "contract", approval_kind = "contract_approval", step_no = "2", role = "general_manager", amount_from = "500" } },
    },
    expect = { { key = "CT2", amount = "590", role = "general_manager" } } },
  { "dollars against a matrix in yuan",
    given = orders_of_days({ { "2026-10-05", "40", { currency = "USD" } }, { "2026-10-06", "40", { currency = "USD" } } }, { exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } } }),
    expect = { { key = "SO2", count = "2", amount = "560", currency = "CNY" } } },
  { "there is no matrix", given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300" } }, absent = { "approval_rule" },
    expect = { { key = "C1/E7", untestable = "approval_rule" } } },
}

local function rejected(id, decided_at, more)
  return order_decision(id, "reject", decided_at, more)
end

cases "APR-09" {
  { "delivered the day after the rejection",
    given = order_done({ status = "rejected", approved_at = "" }, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00") }),
    expect = { { key = "A1", amount = "36.16", step = "delivery.delivery_date", at = "2026-10-07", rejected_by = "E4", count = "1" } } },
  { "delivered on the day of the rejection", expect = {},
    given = order_done({ status = "rejected", approved_at = "" }, sent "2026-10-06", { rejected("A1", "2026-10-06T10:00:00") }) },
  { "approved again before the delivery", expect = {},
    given = order_done({}, sent "2026-10-08", { rejected("A1", "2026-10-06T10:00:00"), order_decision("A2", "approve", "2026-10-08T09:00:00") }) },
  { "approved again only after the delivery",
    given = order_done({}, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00"), order_decision("A2", "approve", "2026-10-08T09:00:00") }),
    expect = { { key = "A1", amount = "36.16", at = "2026-10-07" } } },
  { "rejected twice: the second rejection is the one",
    given = order_done({ approved_at = "" }, sent "2026-10-09", { rejected("A1", "2026-10-06T10:00:00"), rejected("A2", "2026-10-08T10:00:00") }),
    expect = { { key = "A2", rejected_at = "2026-10-08T10:00:00", amount = "36.16" } } },
  { "released to production: what the decision was about",
    given = order_done({ approved_at = "" }, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T10:00:01" } } }, { rejected("A1", "2026-10-06T10:00:00") }),
    expect = { { key = "A1", amount = "80", step = "production_order.released_at" } } },
  { "the special price was rejected: another control's", expect = {},
    given = order_done({}, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00", { approval_kind = "special_price" }) }) },
  { "an approval", expect = {}, given = order_done({}, sent "2026-10-07") },
  { "a cancelled order", expect = {},
    given = order_done({ status = "cancelled" }, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00") }) },
  { "a contract signed after its rejection",
    given = {
      customer = { { customer_id = "C1" } },
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-07", status = "signed", amount = "900", currency = "USD" } },
      approval = { { approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", decision = "reject", decided_at = "2026-10-06T10:00:00", doc_amount = "900", currency = "USD" } },
    },
    expect = { { key = "A1", amount = "900", currency = "USD", step = "contract.signed_on", rejected_by = "unknown" } } },
  { "withdrawn after the rejection: still not approved",
    given = order_done({ approved_at = "" }, sent "2026-10-09", { rejected("A1", "2026-10-06T10:00:00"), order_decision("A2", "withdraw", "2026-10-07T10:00:00") }),
    expect = { { key = "A1", amount = "36.16", at = "2026-10-09" } } },
  { "a quotation that was not sent, one sent after the audit, goods issued after it", as_of = "2026-10-06", expect = {},
    given = {
      customer = { { customer_id = "C1" } },
      quotation = { { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-05" }, { quotation_id = "Q2", customer_id = "C1", quoted_on = "2026-10-05", sent_at = "2026-10-07T10:00:00" } },
      delivery_request = { { request_id = "R1", customer_id = "C1", requested_at = "2026-10-05T09:00:00" } },
      stock_issue = {
        { issue_id = "S1", request_id = "R1", prepared_at = "2026-10-06T11:00:00", issued_at = "2026-10-07T10:00:00" }, { issue_id = "S2", request_id = "R1", prepared_at = "2026-10-06T11:00:00" },
        { issue_id = "S3", request_id = "R1", prepared_at = "2026-10-06T11:00:00", issued_at = "2026-10-06T11:00:00", status = "void" },
      },
      approval = {
        { approval_id = "A1", doc_kind = "quotation", doc_id = "Q1", approval_kind = "quotation", decision = "reject", decided_at = "2026-10-06T10:00:00" },
        { approval_id = "A2", doc_kind = "quotation", doc_id = "Q2", approval_kind = "quotation", decision = "reject", decided_at = "2026-10-06T10:00:00" },
        { approval_id = "A3", doc_kind = "delivery_request", doc_id = "R1", approval_kind = "delivery_request", decision = "reject", decided_at = "2026-10-06T10:00:00" },
      },
    } },
  { "of a kind that nothing follows", expect = {},
    given = { write_off = { { write_off_id = "W1", customer_id = "C1" } }, approval = { { approval_id = "A1", doc_kind = "write_off", doc_id = "W1", decision = "reject", decided_at = "2026-10-06T10:00:00" } } } },
  { "a quotation sent, goods issued, an invoice issued",
    given = {
      customer = { { customer_id = "C1" } },
      quotation = { { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-05", sent_at = "2026-10-06T10:00:01" } },
      delivery_request = { { request_id = "R1", customer_id = "C1" } },
      stock_issue = { { issue_id = "S1", request_id = "R1", issued_at = "2026-10-06T10:00:01" }, { issue_id = "S2", request_id = "R1", issued_at = "2026-10-06T10:00:00" } },
      invoice_request = { { request_id = "R2", customer_id = "C1" } },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", request_id = "R2", issued_on = "2026-10-07", gross_amount = "30" },
        { invoice_id = "I2", customer_id = "C1", request_id = "R2", issued_on = "2026-10-07", gross_amount = "40", status = "void" },
      },
      approval = {
        { approval_id = "A1", doc_kind = "quotation", doc_id = "Q1", approval_kind = "quotation", decision = "reject", decided_at = "2026-10-06T10:00:00", doc_amount = "5" },
        { approval_id = "A2", doc_kind = "delivery_request", doc_id = "R1", approval_kind = "delivery_request", decision = "reject", decided_at = "2026-10-06T10:00:00" },
        { approval_id = "A3", doc_kind = "invoice_request", doc_id = "R2", approval_kind = "invoice_request", decision = "reject", decided_at = "2026-10-06T10:00:00" },
      },
    },
    expect = {
      { key = "A1", amount = "5", step = "quotation.sent_at" }, { key = "A2", amount = "none", step = "stock_issue.issued_at", count = "1" },
      { key = "A3", amount = "30", step = "invoice.issued_on", count = "1" },
    } },
  { "went on in the month before", period = "2026-10", expect = {},
    given = order_done({ approved_at = "" }, sent "2026-09-30", { rejected("A1", "2026-09-28T10:00:00") }) },
  { "no moment of the decision", given = order_done({}, sent "2026-10-07", { rejected("A1", nil) }), expect = { { key = "A1", untestable = "no moment" } } },
  { "no such order", given = { approval = { rejected("A1", "2026-10-06T10:00:00") } }, expect = { { key = "A1", untestable = "is not in the data" } } },
  { "deliveries were not imported", absent = { "production_order", "delivery", "delivery_line", "invoice", "invoice_line" }, expect = {},
    given = order_done({}, {}, { rejected("A1", "2026-10-06T10:00:00") }) },
}

-- A request of Friday 2026-10-16 about an order of 80.
local function request(fields, more)
  local row = with(order_decision("A1", "approve", "2026-10-20T18:00:00", { requested_at = "2026-10-16T09:00:00" }), fields)
  return with({ sales_order = { { order_id = "SO1", status = "submitted" } }, approval = { row } }, more)
end

local function days_granted(rule)
  local row = with({ rule_id = "M1", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", max_days = "3" }, rule)
  return { approval_rule = { row } }
end

cases "APR-10" {
  { "Friday to Tuesday are two working days", given = request {}, expect = {} },
  { "Friday to Wednesday",
    given = request { decided_at = "2026-10-21T00:00:00" },
    expect = { { key = "A1", amount = "80", limit = "2026-10-20", decided_at = "2026-10-21T00:00:00", late = "1" } } },
  { "rejected late counts too", given = request { decided_at = "2026-10-22T00:00:00", decision = "reject" },
    expect = { { key = "A1", amount = "80", late = "2" } } },
  { "the matrix grants three days", given = request({ decided_at = "2026-10-21T18:00:00" }, days_granted {}), expect = {} },
  { "the matrix grants the same day",
    given = request({ decided_at = "2026-10-19T08:00:00" }, days_granted { max_days = "0" }),
    expect = { { key = "A1", amount = "80", limit = "2026-10-16", late = "1" } } },
  { "decided on the same day", given = request({ decided_at = "2026-10-16T23:00:00" }, days_granted { max_days = "0" }), expect = {} },
  { "days granted to another step, to larger amounts, or no longer: the default",
    given = request({ decided_at = "2026-10-21T18:00:00" }, { approval_rule = {
      days_granted({ rule_id = "M1", step_no = "2" }).approval_rule[1], days_granted({ rule_id = "M2", amount_from = "80.01" }).approval_rule[1],
      days_granted({ rule_id = "M3", valid_to = "2026-10-15" }).approval_rule[1], days_granted({ rule_id = "M4", max_days = "" }).approval_rule[1],
    } }),
    expect = { { key = "A1", amount = "80", limit = "2026-10-20" } } },
  { "there is no matrix: the default", absent = { "approval_rule" }, given = request { decided_at = "2026-10-21T18:00:00" },
    expect = { { key = "A1", amount = "80", limit = "2026-10-20" } } },
  { "dollars, by the band of the matrix in yuan",
    given = (function()
      local given = request({ decided_at = "2026-10-21T18:00:00", currency = "USD" }, days_granted { amount_from = "560", max_days = "1" })
      given.exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } }
      return given
    end)(),
    expect = { { key = "A1", amount = "80", currency = "USD", limit = "2026-10-19" } } },
  { "pending on the last day", as_of = "2026-10-20", given = request { decided_at = "", decision = "pending" }, expect = {} },
  { "pending the day after", as_of = "2026-10-21", period = "2026-10", given = request { decided_at = "", decision = "pending" },
    expect = { { key = "A1", amount = "80", decided_at = "none", late = "1" } } },
  { "pending since an earlier month", as_of = "2026-11-30", period = "2026-11", given = request { decided_at = "", decision = "pending" },
    expect = { { key = "A1", amount = "80", decided_at = "none" } } },
  { "asked for after the day of the audit", as_of = "2026-10-15", given = request { decided_at = "", decision = "pending" }, expect = {} },
  { "pending on a cancelled order", as_of = "2026-10-31", expect = {},
    given = request({ decided_at = "", decision = "pending" }, { sales_order = { { order_id = "SO1", status = "cancelled" } } }) },
  { "decided late in another month", period = "2026-11", given = request { decided_at = "2026-10-27T09:00:00" }, expect = {} },
  { "withdrawn by who asked", given = request { decided_at = "2026-10-27T09:00:00", decision = "withdraw" }, expect = {} },
  { "pending, with no day of the audit", given = request { decided_at = "", decision = "pending" }, expect = { { key = "A1", untestable = "no date as of" } } },
  { "no moment of the request", given = request { requested_at = "" }, expect = { { key = "A1", untestable = "no moment" } } },
  { "an approval that names no step has the days of any step's row",
    given = request({ step_no = "", decided_at = "2026-10-21T18:00:00" }, days_granted { step_no = "1", max_days = "3" }), expect = {} },
  { "the shorter of two times that the matrix grants",
    given = request({ decided_at = "2026-10-20T18:00:00" }, { approval_rule = {
      days_granted({ rule_id = "M1", max_days = "1" }).approval_rule[1], days_granted({ rule_id = "M2", max_days = "3" }).approval_rule[1],
    } }),
    expect = { { key = "A1", amount = "80", limit = "2026-10-19", late = "1" } } },
}

-- A reservation of 10 pieces listed at 12.
local function reserved(unit_price, more)
  return with({
    customer = { { customer_id = "C1", grade = "A" } },
    product = { { product_id = "P1", uom = "pc", abc_class = "B" } },
    employee = { { employee_id = "E7" } },
    role_assignment = { { employee_id = "E7", role = "salesperson" } },
    price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", approved_at = "2026-09-20T10:00:00" } },
    price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "6" } },
    discount_authority = { { role = "salesperson", max_discount_pct = "5" }, { role = "sales_manager", max_discount_pct = "50" } },
    reservation = { { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", signed_by = "E7" } },
    reservation_line = { { reservation_id = "R1", line_no = "1", product_id = "P1", quantity = "10", unit_price = unit_price } },
  }, more)
end

cases "APR-11" {
  { "a cent per piece beyond what the salesperson may grant", given = reserved "11.39",
    expect = { { key = "R1/1", amount = "6.1", price = "11.39", list_price = "12", authority = "5" } } },
  { "exactly what the salesperson may grant", given = reserved "11.4", expect = {} },
  { "of another class no more than that class allows",
    given = reserved("11.39", { discount_authority = { { role = "salesperson", abc_class = "A", max_discount_pct = "20" }, { role = "salesperson", abc_class = "B", max_discount_pct = "5" } } }),
    expect = { { key = "R1/1", price = "11.39", amount = "6.1", authority = "5" } } },
  { "no longer granted at all",
    given = reserved("11.99", { discount_authority = { { role = "salesperson", max_discount_pct = "5", valid_to = "2026-10-11" } } }),
    expect = { { key = "R1/1", amount = "0.1", authority = "0" } } },
  { "signed by a sales manager", expect = {},
    given = reserved("9", { role_assignment = { { employee_id = "E7", role = "salesperson" }, { employee_id = "E7", role = "sales_manager" } } }) },
  { "a role that is not recorded counts as a salesperson's", given = reserved("9", { role_assignment = {} }), expect = { { key = "R1/1", amount = "30", authority = "5" } } },
  { "a concession is on record, approved or not", expect = {},
    given = reserved("9", { reservation = { { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", signed_by = "E7", concession_id = "K1" } }, concession = { { concession_id = "K1" } } }) },
  { "a concession names the contract made of it", expect = {},
    given = reserved("9", { contract = { { contract_id = "CT1", customer_id = "C1", reservation_id = "R1" } }, concession = { { concession_id = "K1", contract_id = "CT1" } } }) },
  { "a contract was made of it, also without a concession",
    given = reserved("9", { contract = { { contract_id = "CT1", customer_id = "C1", reservation_id = "R1" } } }), expect = { { key = "R1/1", amount = "30", price = "9" } } },
  { "listed in the product's own unit", given = reserved("9", { price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", uom = "pc" } } }),
    expect = { { key = "R1/1", amount = "30", list_price = "12" } } },
  { "nothing reserved", expect = {}, given = reserved("9", { reservation_line = { { reservation_id = "R1", line_no = "1", product_id = "P1", quantity = "0", unit_price = "9" } } }) },
  { "nobody wrote down how much was reserved", given = reserved("9", { reservation_line = { { reservation_id = "R1", line_no = "1", product_id = "P1", unit_price = "9" } } }),
    expect = { { key = "R1/1", untestable = "reservation_line.quantity is empty" } } },
  { "not signed", expect = {},
    given = reserved("9", { reservation = { { reservation_id = "R1", customer_id = "C1", signed_by = "E7" } } }) },
  { "priced by the box of five",
    given = reserved("11", {
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "60", uom = "box" } },
      uom_conversion = { { product_id = "P1", uom = "box", base_quantity = "5" } },
    }),
    expect = { { key = "R1/1", amount = "10", list_price = "60" } } },
  { "prices with tax",
    given = reserved("9", { price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", approved_at = "2026-09-20T10:00:00", tax_included = "true" } } }),
    expect = { { key = "R1/1", untestable = "with tax" } } },
  { "no price in force", given = reserved("9", { price_list_line = {} }), expect = { { key = "R1/1", untestable = "no price" } } },
  { "no list price", given = reserved("9", { price_list_line = { { price_list_id = "PL1", product_id = "P1" } } }), expect = { { key = "R1/1", untestable = "no list price" } } },
  { "no unit price", given = reserved "", expect = { { key = "R1/1", untestable = "no unit price" } } },
  { "authority is empty", given = reserved("9", { discount_authority = {} }), expect = { { key = "R1/1", untestable = "no discount authority" } } },
  { "authority was not imported", given = reserved "9", absent = { "discount_authority" }, expect = { { key = "R1/1", untestable = "discount_authority" } } },
}

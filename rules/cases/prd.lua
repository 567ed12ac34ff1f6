-- SPDX-License-Identifier: MIT
-- The cases of PRD: production for orders and contracts.

-- Production order M1 under contract CT1, released on 2026-10-10 for ten pieces at 8.
local function under_contract(production, contract, more)
  return with({
    employee = { { employee_id = "E1" }, { employee_id = "E7" }, { employee_id = "E25" } },
    role_assignment = {
      { employee_id = "E1", role = "company_leader", valid_from = "2026-01-01" },
      { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E25", role = "contract_admin", valid_from = "2026-01-01" },
    },
    product = { { product_id = "A", standard_cost = "5" } },
    contract = { with({ contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", delivery_due_on = "2026-10-30", salesperson_id = "E7", amount = "80", status = "executing" }, contract) },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    production_order = { with({ production_order_id = "M1", contract_id = "CT1", product_id = "A", quantity = "10", released_at = "2026-10-10T08:00:00" }, production) },
  }, more)
end

local function advance(amount, receipts, more)
  return with({
    payment_plan = {
      { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = amount },
      { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "50" },
    },
    receipt = receipts,
  }, more)
end

local function permission(doc_kind, doc_id, kind, decided_at, who)
  return { approval = { {
    approval_id = "A1", doc_kind = doc_kind, doc_id = doc_id, approval_kind = kind, decision = "approve", approver_id = who or "E1",
    decided_at = decided_at, requested_at = decided_at,
  } } }
end

cases "PRD-01" {
  { "one short of the advance", given = under_contract({}, {}, advance("30", { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "29", received_on = "2026-10-09" } })),
    expect = { { key = "M1", amount = "1", received = "29", planned = "30", releases = "1", released_at = "2026-10-10T08:00:00" } } },
  { "paid in full on the day of the release", given = under_contract({}, {}, advance("30", { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "30", received_on = "2026-10-10" } })), expect = {} },
  { "paid the day after; the second release came in time",
    given = under_contract({}, {}, advance("30", { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "30", received_on = "2026-10-11" } }, {
      production_order = {
        { production_order_id = "M1", contract_id = "CT1", product_id = "A", released_at = "2026-10-11T08:00:00" },
        { production_order_id = "M2", contract_id = "CT1", product_id = "A", released_at = "2026-10-10T08:00:00" },
      },
    })),
    expect = { { key = "M2", amount = "30", releases = "1" } } },
  { "three releases are one cause",
    given = under_contract({}, {}, advance("30", {}, {
      sales_order = { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-05" } },
      production_order = {
        { production_order_id = "M1", contract_id = "CT1", released_at = "2026-10-11T08:00:00" },
        { production_order_id = "M2", order_id = "SO1", released_at = "2026-10-10T08:00:00" },
        { production_order_id = "M3", contract_id = "CT1" },
      },
    })),
    expect = { { key = "M2", amount = "30", releases = "2" } } },
  { "allowed by a leader in time, on the contract", given = under_contract({}, {}, advance("30", {}, permission("contract", "CT1", "produce_before_payment", "2026-10-10T08:00:00"))), expect = {} },
  { "allowed a second later", given = under_contract({}, {}, advance("30", {}, permission("production_order", "M1", "produce_before_payment", "2026-10-10T08:00:01"))),
    expect = { { key = "M1", amount = "30", releases = "1" } } },
  { "allowed by a salesperson", given = under_contract({}, {}, advance("30", {}, permission("production_order", "M1", "produce_before_payment", "2026-10-10T07:00:00", "E7"))),
    expect = { { key = "M1", amount = "30", releases = "1" } } },
  { "another approval", given = under_contract({}, {}, advance("30", {}, permission("production_order", "M1", "ship_before_payment", "2026-10-10T07:00:00"))),
    expect = { { key = "M1", amount = "30", releases = "1" } } },
  { "no advance in the plan", given = under_contract({}, {}, { payment_plan = { { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "50" } } }), expect = {} },
  { "no contract", given = under_contract({ contract_id = "" }, {}, advance("30", {})), expect = {} },
  { "receipts were not imported", given = under_contract({}, {}, advance("30", {})), absent = { "receipt" }, expect = { { key = "CT1", untestable = "receipt" } } },
}

local function reviewed(at, decision)
  return { contract_review = { { contract_id = "CT1", org_unit_id = "D9", aspect = "technical", decision = decision or "pass", reviewed_at = at } } }
end

cases "PRD-02" {
  { "signed and reviewed on the day of the release", given = under_contract({}, { signed_on = "2026-10-10" }, reviewed "2026-10-10T08:00:00"), expect = {} },
  { "signed the day after", given = under_contract({}, { signed_on = "2026-10-11" }, reviewed "2026-10-09T08:00:00"),
    expect = { { key = "M1", amount = "80", fault = "too late", step = "contract.signed_on", at = "2026-10-11", other = "production_order.released_at", other_at = "2026-10-10T08:00:00", faults = "1" } } },
  { "never signed, nor reviewed", given = under_contract({}, { signed_on = "" }), expect = { { key = "M1", amount = "80", fault = "missing", step = "contract.signed_on", faults = "2" } } },
  { "the last review a second after the release",
    given = under_contract({}, {}, { contract_review = {
      { contract_id = "CT1", org_unit_id = "D9", aspect = "technical", decision = "pass", reviewed_at = "2026-10-10T08:00:01" },
      { contract_id = "CT1", org_unit_id = "D5", aspect = "price", decision = "pass", reviewed_at = "2026-10-09T08:00:00" },
    } }),
    expect = { { key = "M1", amount = "80", fault = "too late", step = "contract_review.reviewed_at", at = "2026-10-10T08:00:01" } } },
  { "a review that did not pass is none", given = under_contract({}, {}, reviewed("2026-10-09T08:00:00", "fail")), expect = { { key = "M1", amount = "80", fault = "missing", step = "contract_review.reviewed_at" } } },
  { "contracts are not reviewed here", parameters = { review = false }, given = under_contract(), expect = {} },
  { "the product needs a technical agreement and has none",
    given = under_contract({}, {}, { contract_review = reviewed "2026-10-09T08:00:00".contract_review, product = { { product_id = "A", needs_technical_agreement = "true" } } }),
    expect = { { key = "M1", amount = "80", fault = "missing", step = "technical_agreement.signed_on" } } },
  { "it has one, of the day of the release",
    given = under_contract({}, {}, { contract_review = reviewed "2026-10-09T08:00:00".contract_review, product = { { product_id = "A", needs_technical_agreement = "true" } },
      technical_agreement = { { agreement_id = "T1", contract_id = "CT1", signed_on = "2026-10-10" } } }),
    expect = {} },
  { "a technical agreement without a date is none",
    given = under_contract({}, {}, { contract_review = reviewed "2026-10-09T08:00:00".contract_review, product = { { product_id = "A", needs_technical_agreement = "true" } },
      technical_agreement = { { agreement_id = "T1", contract_id = "CT1" } } }),
    expect = { { key = "M1", amount = "80", fault = "missing", step = "technical_agreement.signed_on" } } },
  { "made to order for nobody",
    given = under_contract({ contract_id = "" }, {}, { product = { { product_id = "A", is_made_to_order = "true", standard_cost = "5" } } }),
    expect = { { key = "M1", amount = "50", fault = "missing", step = "contract.signed_on" } } },
  { "made for stock", given = under_contract { contract_id = "" }, expect = {} },
  { "for an order without a contract", given = under_contract({ contract_id = "", order_id = "SO1" }, {}, {
      product = { { product_id = "A", is_made_to_order = "true" } }, sales_order = { { order_id = "SO1", order_date = "2026-10-05" } },
    }), expect = {} },
  { "under its order's contract", given = under_contract({ contract_id = "", order_id = "SO1" }, { signed_on = "2026-10-11" }, {
      contract_review = reviewed "2026-10-09T08:00:00".contract_review,
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", contract_id = "CT1" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "20", unit_price = "9" } },
    }), expect = { { key = "M1", amount = "90", step = "contract.signed_on" } } },
  { "contracts of production were not imported", given = under_contract(), absent = { "production_order.contract_id" }, expect = { { key = "M1", untestable = "contract_id" } } },
  { "reviews were not imported", given = under_contract(), absent = { "contract_review" }, expect = { { key = "M1", untestable = "contract_review" } } },
}

cases "PRD-03" {
  { "planned for the day after", given = under_contract { planned_finish_on = "2026-10-31" },
    expect = { { key = "M1", amount = "80", what = "planned", finish = "2026-10-31", due = "2026-10-30", days = "1" } } },
  { "planned for the day itself", given = under_contract { planned_finish_on = "2026-10-30" }, as_of = "2026-10-30", expect = {} },
  { "not finished on the day after, though planned for before", given = under_contract { planned_finish_on = "2026-10-20" }, as_of = "2026-10-31",
    expect = { { key = "M1", amount = "80", what = "open", finish = "2026-10-31", days = "1" } } },
  { "finished in time after a late plan", given = under_contract { planned_finish_on = "2026-11-20", finished_on = "2026-10-30" }, expect = {} },
  { "finished two days late, with three days of transport", parameters = { transit_days = "3" }, given = under_contract { finished_on = "2026-10-29" },
    expect = { { key = "M1", amount = "80", what = "finished", finish = "2026-10-29", due = "2026-10-30", days = "2" } } },
  { "the customer's latest word goes before the contract",
    given = under_contract({ finished_on = "2026-11-04" }, {}, { schedule_notice = {
      { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-12", new_due_on = "2026-11-05" },
      { notice_id = "N2", contract_id = "CT1", received_on = "2026-10-11", new_due_on = "2026-12-05" },
      { notice_id = "N3", contract_id = "CT1", received_on = "2026-10-13" },
    } }),
    expect = {} },
  { "the line's date goes before the order's, and that before the contract's",
    given = under_contract({ order_id = "SO1", finished_on = "2026-10-21" }, {}, {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", delivery_due_on = "2026-10-25", contract_id = "CT1" } },
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "9", delivery_due_on = "2026-10-20" } },
    }),
    expect = { { key = "M1", amount = "90", due = "2026-10-20", days = "1" } } },
  { "the order's date",
    given = under_contract({ order_id = "SO1", finished_on = "2026-10-26" }, {}, {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", delivery_due_on = "2026-10-25", contract_id = "CT1" } },
    }),
    expect = { { key = "M1", amount = "80", due = "2026-10-25", days = "1" } } },
  { "of an earlier month: finished late then; still open", period = "2026-10", as_of = "2026-10-31",
    given = { contract = { { contract_id = "CT1", signed_on = "2026-08-01", delivery_due_on = "2026-09-10" } }, production_order = {
      { production_order_id = "M1", contract_id = "CT1", released_at = "2026-09-01T08:00:00", finished_on = "2026-09-30" },
      { production_order_id = "M2", contract_id = "CT1", released_at = "2026-09-01T08:00:00", planned_finish_on = "2026-09-09" },
    } },
    expect = { { key = "M2", amount = "unknown", what = "open", days = "51" } } },
  { "for stock", given = under_contract { contract_id = "", planned_finish_on = "2026-10-31" }, expect = {} },
  { "no date of delivery", given = under_contract({ planned_finish_on = "2026-10-31" }, { delivery_due_on = "" }), expect = { { key = "M1", untestable = "no date of delivery" } } },
  { "no plan, not late yet", given = under_contract(), as_of = "2026-10-30", expect = { { key = "M1", untestable = "neither" } } },
}

local function reported(...)
  local given = { production_progress = {} }
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    if type(one) ~= "table" then one = { reported_on = one } end
    table.insert(given.production_progress, {
      production_order_id = "M1", reported_on = one.reported_on, form = one.form or "written", reported_by = one.reported_by or "E25", sent_to = one.sent_to or "E7",
    })
  end
  return given
end

cases "PRD-04" {
  { "every seventh day", as_of = "2026-10-31", given = under_contract({ finished_on = "2026-10-24" }, {}, reported "2026-10-17"), expect = {} },
  { "eight days to the first report; to the finish; without an end",
    as_of = "2026-10-31", given = {
      contract = under_contract().contract, contract_line = under_contract().contract_line, role_assignment = under_contract().role_assignment, employee = under_contract().employee,
      production_order = {
        { production_order_id = "M1", contract_id = "CT1", product_id = "A", quantity = "10", released_at = "2026-10-10T08:00:00", finished_on = "2026-10-19" },
        { production_order_id = "M2", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-10T08:00:00", finished_on = "2026-10-18" },
        { production_order_id = "M3", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-23T08:00:00" },
        { production_order_id = "M4", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-24T08:00:00" },
      },
      production_progress = { reported("2026-10-18").production_progress[1] },
    },
    expect = {
      { key = "M1", amount = "80", gaps = "1", longest = "8", wrong = "0", interval = "7" },
      { key = "M2", amount = "40", gaps = "1", longest = "8" },
      { key = "M3", amount = "40", gaps = "1", longest = "8" },
    } },
  { "oral, by a salesperson, to somebody else", as_of = "2026-10-31",
    given = under_contract({ finished_on = "2026-10-20" }, {}, reported({ reported_on = "2026-10-14", form = "oral" }, { reported_on = "2026-10-15", reported_by = "E7" }, { reported_on = "2026-10-16", sent_to = "E1" })),
    expect = { { key = "M1", amount = "80", gaps = "0", longest = "0", wrong = "3" } } },
  { "what nobody recorded is not held against a report", as_of = "2026-10-31", absent = { "production_progress.form", "production_progress.reported_by", "production_progress.sent_to" },
    given = under_contract({ finished_on = "2026-10-20" }, {}, { production_progress = { { production_order_id = "M1", reported_on = "2026-10-14" } } }), expect = {} },
  { "silence and an oral report of another month", period = "2026-10", as_of = "2026-10-31",
    given = under_contract({ released_at = "2026-09-01T08:00:00", finished_on = "2026-10-03" }, {}, reported({ reported_on = "2026-09-20", form = "oral" }, "2026-09-27")), expect = {} },
  { "for stock", as_of = "2026-10-31", given = under_contract { contract_id = "" }, expect = {} },
  { "no date of the audit", given = under_contract(), expect = { { key = "M1", untestable = "no date" } } },
  { "reports were not imported", as_of = "2026-10-31", given = under_contract(), absent = { "production_progress" }, expect = { { key = "M1", untestable = "production_progress" } } },
}

local function postponed(notice, production, more)
  local received = with({ notice_id = "N1", contract_id = "CT1", received_on = "2026-10-12", new_due_on = "2026-12-10" }, notice)
  return under_contract(with({ planned_finish_on = "2026-10-28" }, production), {}, with({ schedule_notice = { received } }, more))
end

cases "PRD-05" {
  { "passed on the next working day, planned anew to seven days before", as_of = "2026-10-31",
    given = postponed({ forwarded_at = "2026-10-13T17:00:00", replanned_at = "2026-10-15T17:00:00" }, { planned_finish_on = "2026-12-03" }), expect = {} },
  { "passed on a day late", as_of = "2026-10-31",
    given = postponed({ forwarded_at = "2026-10-14T08:00:00", replanned_at = "2026-10-15T17:00:00" }, { planned_finish_on = "2026-12-03" }),
    expect = { { key = "N1", amount = "80", fault = "late", step = "schedule_notice.forwarded_at", limit = "2026-10-13", at = "2026-10-14T08:00:00", received_on = "2026-10-12" } } },
  { "never passed on, nor planned anew", as_of = "2026-10-31", given = postponed {},
    expect = { { key = "N1", amount = "80", fault = "missing", step = "schedule_notice.forwarded_at", faults = "2", new_due = "2026-12-10" } } },
  { "there is still time for both", as_of = "2026-10-13", given = postponed {}, expect = {} },
  { "planned anew a day late, though not moved", as_of = "2026-10-31",
    given = postponed { forwarded_at = "2026-10-13T17:00:00", replanned_at = "2026-10-16T08:00:00" },
    expect = { { key = "N1", amount = "80", fault = "late", step = "schedule_notice.replanned_at", faults = "2" } } },
  { "said to be planned anew: eight days before", as_of = "2026-10-31",
    given = postponed({ forwarded_at = "2026-10-13T17:00:00", replanned_at = "2026-10-15T17:00:00" }, { planned_finish_on = "2026-12-02" }),
    expect = { { key = "N1", amount = "80", fault = "unchanged", step = "production_order.planned_finish_on", at = "2026-12-02" } } },
  { "in fact moved, nothing said", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { planned_finish_on = "2026-12-03" }), expect = {} },
  { "finished before it was heard", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { finished_on = "2026-10-12" }), expect = {} },
  { "finished the day after all the same", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { finished_on = "2026-10-13" }),
    expect = { { key = "N1", amount = "80", fault = "missing", step = "schedule_notice.replanned_at" } } },
  { "released after it was heard", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { released_at = "2026-10-13T08:00:00" }), expect = {} },
  { "of another month, passed on late then", period = "2026-11", as_of = "2026-11-30", given = postponed({ forwarded_at = "2026-10-20T17:00:00" }, { planned_finish_on = "2026-12-03" }), expect = {} },
  { "of another month, still not planned anew", period = "2026-11", as_of = "2026-11-30", given = postponed { forwarded_at = "2026-10-20T17:00:00" },
    expect = { { key = "N1", amount = "80", step = "schedule_notice.replanned_at", faults = "1" } } },
  { "no contract", given = { schedule_notice = { { notice_id = "N1", received_on = "2026-10-12" } } }, expect = { { key = "N1", untestable = "no contract" } } },
}

local function stocked_in(receipt, inspections, more)
  local row = with({ goods_receipt_id = "G1", production_order_id = "M1", product_id = "A", lot_no = "L1", quantity = "10", received_on = "2026-10-20", received_by = "E23" }, receipt)
  return with(under_contract({}, {}, { goods_receipt = { row }, inspection = inspections }), more)
end

cases "PRD-06" {
  { "passed on the day", given = stocked_in({}, { { inspection_id = "I1", production_order_id = "M1", lot_no = "L1", result = "pass", inspected_on = "2026-10-20" } }), expect = {} },
  { "passed the day after", given = stocked_in({}, { { inspection_id = "I1", production_order_id = "M1", lot_no = "L1", result = "pass", inspected_on = "2026-10-21" } }),
    expect = { { key = "G1", amount = "50", fault = "late", received_on = "2026-10-20", inspected_on = "2026-10-21" } } },
  { "passed, then failed", given = stocked_in({}, {
      { inspection_id = "I1", production_order_id = "M1", result = "pass", inspected_on = "2026-10-18" },
      { inspection_id = "I2", production_order_id = "M1", result = "fail", inspected_on = "2026-10-19" },
      { inspection_id = "I3", production_order_id = "M1", result = "pass", inspected_on = "2026-10-22" },
    }), expect = { { key = "G1", amount = "50", fault = "failed", inspected_on = "2026-10-19" } } },
  { "failed, then passed on the same day", given = stocked_in({}, {
      { inspection_id = "I1", production_order_id = "M1", result = "fail", inspected_on = "2026-10-19" },
      { inspection_id = "I2", production_order_id = "M1", result = "pass", inspected_on = "2026-10-19" },
    }), expect = {} },
  { "another lot of the production order, another order's lot",
    given = stocked_in({}, { { inspection_id = "I1", production_order_id = "M1", lot_no = "L2", result = "pass", inspected_on = "2026-10-19" }, { inspection_id = "I2", production_order_id = "M2", lot_no = "L1", result = "pass", inspected_on = "2026-10-19" } }),
    expect = { { key = "G1", amount = "50", fault = "missing", inspected_on = "none" } } },
  { "by the lot alone", given = stocked_in({ production_order_id = "" }, { { inspection_id = "I2", production_order_id = "M2", lot_no = "L1", result = "pass", inspected_on = "2026-10-19" } }), expect = {} },
  { "neither production order nor lot", given = stocked_in({ production_order_id = "", lot_no = "" }, {}), expect = { { key = "G1", untestable = "neither production order nor lot" } } },
  { "bought goods, goods taken back", given = stocked_in({}, {}, {
      product = { { product_id = "A" }, { product_id = "B", is_outsourced = "true" } },
      goods_receipt = { { goods_receipt_id = "G1", product_id = "B", lot_no = "L1", quantity = "10", received_on = "2026-10-20" }, { goods_receipt_id = "G2", product_id = "A", lot_no = "L1", quantity = "-10", received_on = "2026-10-20" } },
    }), expect = {} },
  { "inspections were not imported", given = stocked_in(), absent = { "inspection" }, expect = { { key = "G1", untestable = "inspection" } } },
}

local function noticed(...)
  local given = { document_distribution = { { distribution_id = "V0", doc_kind = "ship_notice", doc_id = "G0", received_by = "E9", received_at = "2026-10-01T08:00:00" } } }
  for position = 1, select("#", ...) do table.insert(given.document_distribution, (select(position, ...))) end
  return given
end

cases "PRD-07" {
  { "the next working day, naming the receipt", as_of = "2026-10-31",
    given = stocked_in({}, {}, noticed { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E7", received_at = "2026-10-21T17:00:00" }), expect = {} },
  { "naming the production order, or the contract", as_of = "2026-10-31",
    given = stocked_in({}, {}, { goods_receipt = {
        { goods_receipt_id = "G1", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-20" }, { goods_receipt_id = "G2", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-28" },
      },
      document_distribution = noticed(
        { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "M1", received_by = "E7", sent_at = "2026-10-20T17:00:00" },
        { distribution_id = "V2", doc_kind = "ship_notice", doc_id = "CT1", received_by = "E7", received_at = "2026-10-28T17:00:00" }).document_distribution }), expect = {} },
  { "a copy of the receipt", as_of = "2026-10-31",
    given = stocked_in({}, {}, { document_distribution = { { distribution_id = "V1", doc_kind = "goods_receipt", doc_id = "G1", received_by = "E7", received_at = "2026-10-21T17:00:00" } } }), expect = {} },
  { "a copy of the receipt, to somebody else", as_of = "2026-10-31",
    given = stocked_in({}, {}, { document_distribution = { { distribution_id = "V1", doc_kind = "goods_receipt", doc_id = "G1", received_by = "E9", received_at = "2026-10-21T17:00:00" } } }),
    expect = { { key = "G1", amount = "50", fault = "wrong person" } } },
  { "two working days later", as_of = "2026-10-31",
    given = stocked_in({}, {}, noticed { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E7", received_at = "2026-10-22T08:00:00" }),
    expect = { { key = "G1", amount = "50", fault = "late", at = "2026-10-22T08:00:00", other_at = "2026-10-20", limit = "2026-10-21", salesperson = "E7" } } },
  { "to somebody else; of another receipt; before the goods came", as_of = "2026-10-31",
    given = stocked_in({}, {}, noticed(
      { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E9", received_at = "2026-10-21T08:00:00" },
      { distribution_id = "V2", doc_kind = "ship_notice", doc_id = "G2", received_by = "E7", received_at = "2026-10-21T08:00:00" },
      { distribution_id = "V3", doc_kind = "ship_notice", doc_id = "CT1", received_by = "E7", received_at = "2026-10-19T08:00:00" })),
    expect = { { key = "G1", amount = "50", fault = "wrong person", at = "2026-10-21T08:00:00" } } },
  { "none", as_of = "2026-10-31", given = stocked_in({}, {}, noticed()), expect = { { key = "G1", amount = "50", fault = "missing", at = "none" } } },
  { "none, with time left", as_of = "2026-10-21", given = stocked_in({}, {}, noticed()), expect = {} },
  { "none of an earlier month; late in an earlier month", period = "2026-11", as_of = "2026-11-30",
    given = stocked_in({}, {}, { goods_receipt = {
        { goods_receipt_id = "G1", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-20" }, { goods_receipt_id = "G2", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-21" },
      },
      document_distribution = noticed { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E7", received_at = "2026-10-28T08:00:00" }.document_distribution }),
    expect = { { key = "G2", amount = "50", fault = "missing" } } },
  { "nobody records such notices", as_of = "2026-10-31", given = stocked_in(), expect = { { key = "G1", untestable = "no ship notice" } } },
  { "nobody records them, and they are taken to be", as_of = "2026-10-31", parameters = { assume_recorded = true }, given = stocked_in(), expect = { { key = "G1", amount = "50", fault = "missing" } } },
  { "no salesperson", as_of = "2026-10-31", given = stocked_in({}, {}, { contract = { { contract_id = "CT1" } }, document_distribution = noticed().document_distribution }), expect = { { key = "G1", untestable = "no salesperson" } } },
  { "made for stock", as_of = "2026-10-31", given = stocked_in({}, {}, { production_order = { { production_order_id = "M1", released_at = "2026-10-10T08:00:00" } }, document_distribution = noticed().document_distribution }), expect = {} },
}

local function in_stock(receipts, issues, more)
  local given = stocked_in({}, {}, { goods_receipt = receipts, stock_issue = {}, stock_issue_line = {}, delivery = {} })
  for number, issue in ipairs(issues or {}) do
    local id = tostring(number)
    table.insert(given.delivery, { delivery_id = "D" .. id, contract_id = issue.contract_id or "CT1", kind = "delivery", delivery_date = "2026-10-22" })
    table.insert(given.stock_issue, { issue_id = "S" .. id, delivery_id = "D" .. id, prepared_at = "2026-10-22T08:00:00", issued_at = issue.issued_at or "2026-10-22T09:00:00", status = issue.status })
    table.insert(given.stock_issue_line, { issue_id = "S" .. id, line_no = "1", product_id = issue.product_id or "A", lot_no = issue.lot_no, quantity = issue.quantity })
  end
  return with(given, more)
end

local function received(id, on, quantity, lot)
  return { goods_receipt_id = id, production_order_id = "M1", product_id = "A", quantity = quantity, received_on = on, lot_no = lot }
end

cases "PRD-08" {
  { "thirty days, two thirds gone", as_of = "2026-11-02", given = in_stock({ received("G1", "2026-10-03", "9") }, { { quantity = "6" } }, { contract = { { contract_id = "CT1" } } }), expect = {} },
  { "thirty-one days", as_of = "2026-11-03", given = in_stock({ received("G1", "2026-10-03", "9") }, { { quantity = "6" } }, { contract = { { contract_id = "CT1" } } }),
    expect = { { key = "G1", amount = "15", left = "3", quantity = "9", days = "31", received_on = "2026-10-03", due = "unknown" } } },
  { "the oldest goes first", as_of = "2026-11-15", given = in_stock({ received("G2", "2026-10-03", "6"), received("G1", "2026-10-05", "9") }, { { quantity = "6" } }, { contract = { { contract_id = "CT1" } } }),
    expect = { { key = "G1", amount = "45", left = "9" } } },
  { "void slips, other products, other contracts do not count; returns come back", as_of = "2026-11-15",
    given = in_stock({ received("G1", "2026-10-03", "6") }, {
      { quantity = "6", status = "void" }, { quantity = "6", product_id = "B" }, { quantity = "6", contract_id = "CT9" }, { quantity = "6" }, { quantity = "-2" }, { quantity = "2", issued_at = "2026-11-16T08:00:00" },
    }, { contract = { { contract_id = "CT1" }, { contract_id = "CT9" } } }),
    expect = { { key = "G1", amount = "10", left = "2" } } },
  { "by lot, whoever got it", as_of = "2026-11-15",
    given = in_stock({ received("G1", "2026-10-03", "6", "L1"), received("G2", "2026-10-03", "6", "L2") }, { { quantity = "6", lot_no = "L1", contract_id = "CT9" }, { quantity = "5", lot_no = "L2" } }, { contract = { { contract_id = "CT1" }, { contract_id = "CT9" } } }),
    expect = { { key = "G2", amount = "5", left = "1" } } },
  { "seven days past the date of delivery", as_of = "2026-11-06", given = in_stock { received("G1", "2026-10-20", "6") }, expect = {} },
  { "eight days past it", as_of = "2026-11-07", given = in_stock { received("G1", "2026-10-20", "6") }, expect = { { key = "G1", amount = "30", days = "18", due = "2026-10-30" } } },
  { "received after the date of delivery: the days count from then", as_of = "2026-11-12", given = in_stock { received("G1", "2026-11-05", "6") }, expect = {} },
  { "a day more", as_of = "2026-11-13", given = in_stock { received("G1", "2026-11-05", "6") }, expect = { { key = "G1", amount = "30", days = "8" } } },
  { "the customer asked for a later date", as_of = "2026-11-07",
    given = in_stock({ received("G1", "2026-10-20", "6") }, {}, { schedule_notice = { { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-12", new_due_on = "2026-11-30" } } }), expect = {} },
  { "for an order without a contract", as_of = "2026-11-15",
    given = in_stock({ received("G1", "2026-10-03", "6") }, {}, { production_order = { { production_order_id = "M1", order_id = "SO1", product_id = "A" } }, sales_order = { { order_id = "SO1" } } }),
    expect = { { key = "G1", amount = "30", left = "6" } } },
  { "for stock", as_of = "2026-11-15", given = in_stock({ received("G1", "2026-10-03", "6") }, {}, { production_order = { { production_order_id = "M1" } } }), expect = {} },
  { "no date of the audit", given = in_stock { received("G1", "2026-10-03", "6") }, expect = { { key = "contract CT1 A", untestable = "no date" } } },
  { "issue slips were not imported", as_of = "2026-11-15", absent = { "stock_issue" }, given = in_stock({ received("G1", "2026-10-03", "6") }, { { quantity = "6" } }), expect = { { key = "contract CT1 A", untestable = "stock_issue" } } },
}

local function to_order(productions, lines, more)
  return with({
    product = { { product_id = "A", is_made_to_order = "true" }, { product_id = "B", is_made_to_order = "true" }, { product_id = "S" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00", amount = "100", status = "approved" } },
    sales_order_line = lines or { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    production_order = productions,
  }, more)
end

cases "PRD-09" {
  { "the next working day", as_of = "2026-10-31", given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-12T17:00:00" } }, expect = {} },
  { "a day later", as_of = "2026-10-31", given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-13T08:00:00" } },
    expect = { { key = "SO1", amount = "80", fault = "late", step = "production_order.notified_at", at = "2026-10-13T08:00:00", other_at = "2026-10-09T15:00:00", limit = "2026-10-12", product = "A" } } },
  { "one of two products was not told of", as_of = "2026-10-31",
    given = to_order({ { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" } }, {
      { order_id = "SO1", line_no = "1", product_id = "B", quantity = "5", unit_price = "8" }, { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8" },
    }),
    expect = { { key = "SO1", amount = "40", fault = "missing", at = "none", product = "B" } } },
  { "the later of two products", as_of = "2026-10-31",
    given = to_order({ { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" }, { production_order_id = "M2", order_id = "SO1", product_id = "B", notified_at = "2026-10-12T08:00:00" } }, {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { order_id = "SO1", line_no = "2", product_id = "B", quantity = "5", unit_price = "8" },
    }),
    expect = { { key = "SO1", amount = "80", fault = "late", product = "A" } } },
  { "told under the contract; told twice, the first counts", as_of = "2026-10-31",
    given = to_order({ { production_order_id = "M1", contract_id = "CT1", product_id = "A", notified_at = "2026-10-12T08:00:00" }, { production_order_id = "M2", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" } }, nil, {
      contract = { { contract_id = "CT1" } }, sales_order = { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" } },
    }), expect = {} },
  { "a production order without a notice", as_of = "2026-10-31", given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A" } }, expect = { { key = "SO1", amount = "80", fault = "missing" } } },
  { "still time", as_of = "2026-10-12", given = to_order {}, expect = {} },
  { "goods from stock, a sample, a closed order, one not approved", as_of = "2026-10-31",
    given = to_order({}, {
      { order_id = "SO1", line_no = "1", product_id = "S", quantity = "10", unit_price = "8" }, { order_id = "SO1", line_no = "2", product_id = "A", quantity = "1", line_kind = "sample" },
      { order_id = "SO2", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { order_id = "SO3", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
    }, { sales_order = {
      { order_id = "SO1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" }, { order_id = "SO2", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00", status = "closed" },
      { order_id = "SO3", order_date = "2026-10-08" },
    } }), expect = {} },
  { "of an earlier month: told late then; not told yet", period = "2026-11", as_of = "2026-11-30",
    given = to_order({ { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" } }, {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { order_id = "SO2", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
    }, { sales_order = { { order_id = "SO1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" }, { order_id = "SO2", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" } } }),
    expect = { { key = "SO2", amount = "80", fault = "missing" } } },
  { "notices were not imported", as_of = "2026-10-31", absent = { "production_order.notified_at" }, given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A" } },
    expect = { { key = "SO1", untestable = "notified_at" } } },
}

cases "PRD-10" {
  { "all on one day, as much as is contracted", given = under_contract { design_done_on = "2026-10-12", material_issued_on = "2026-10-12", finished_on = "2026-10-12" }, expect = {} },
  { "material the day before the design", given = under_contract { design_done_on = "2026-10-12", material_issued_on = "2026-10-11", finished_on = "2026-10-15" },
    expect = { { key = "M1", label = "order", amount = "80", what = "production_order.material_issued_on", found = "2026-10-11", expected = "2026-10-12" } } },
  { "finished before material was issued; no design", given = under_contract { material_issued_on = "2026-10-16", finished_on = "2026-10-15" },
    expect = { { key = "M1", amount = "80", label = "order", what = "production_order.finished_on" } } },
  { "the second release is one more than is contracted",
    given = under_contract({}, {}, { production_order = {
      { production_order_id = "M1", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-11T08:00:00" },
      { production_order_id = "M2", contract_id = "CT1", product_id = "A", quantity = "6", released_at = "2026-10-10T08:00:00" },
      { production_order_id = "M3", contract_id = "CT1", product_id = "C", quantity = "6", released_at = "2026-10-10T08:00:00" },
    } }),
    expect = { { key = "M1", label = "quantity", amount = "5", found = "11", expected = "10" } } },
  { "ten percent more are tolerated", parameters = { over_pct = "10" }, given = under_contract { quantity = "11" }, expect = {} },
  { "an order counts by itself, less what was cancelled; an earlier month counts and is not reported", period = "2026-10",
    given = under_contract({}, {}, {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", contract_id = "CT1" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "6", cancelled_quantity = "2", unit_price = "8" } },
      production_order = {
        { production_order_id = "M1", order_id = "SO1", product_id = "A", quantity = "5", released_at = "2026-09-30T08:00:00" },
        { production_order_id = "M2", order_id = "SO1", product_id = "A", quantity = "3", released_at = "2026-10-11T08:00:00" },
        { production_order_id = "M3", contract_id = "CT1", product_id = "A", quantity = "10", released_at = "2026-10-11T08:00:00" },
      },
    }),
    expect = { { key = "M2", label = "quantity", amount = "15", found = "8", expected = "4" } } },
  { "for stock: only the order of steps", given = under_contract { contract_id = "", quantity = "100", design_done_on = "2026-10-12", material_issued_on = "2026-10-11" },
    expect = { { key = "M1", amount = "500", label = "order", what = "production_order.material_issued_on" } } },
  { "days of design were not imported", given = under_contract(), absent = { "production_order.design_done_on" }, expect = { { key = "contract CT1", untestable = "design_done_on" } } },
}

-- SPDX-License-Identifier: MIT
-- The cases of RCT: money received, its recording, what is due under contracts, and receivables that are not collected.

-- A reservation of 2026-10-08 with a deposit of 500, a receipt, and a contract of 2026-10-12.
local function reserved(receipt, more)
  return with({
    reservation = { { reservation_id = "V1", customer_id = "C1", signed_on = "2026-10-08", deposit_amount = "500" } },
    receipt = { with({ receipt_id = "B1", customer_id = "C1", reservation_id = "V1", kind = "deposit", amount = "500", received_on = "2026-10-08" }, receipt) },
    contract = { { contract_id = "CT1", customer_id = "C1", reservation_id = "V1", signed_on = "2026-10-12" } },
  }, more)
end

cases "RCT-01" {
  { "received on the day of the contract", given = reserved { received_on = "2026-10-12" }, expect = {} },
  { "received the day after the contract",
    given = reserved { received_on = "2026-10-13" },
    expect = { { key = "V1", amount = "500", fault = "late", due = "2026-10-12", received = "500" } } },
  { "one less than agreed", given = reserved { amount = "499" },
    expect = { { key = "V1", amount = "1", fault = "differs", agreed = "500", received = "499" } } },
  { "more than agreed, in two parts",
    given = reserved({}, { receipt = {
      { receipt_id = "B1", reservation_id = "V1", kind = "deposit", amount = "300", received_on = "2026-10-08" },
      { receipt_id = "B2", reservation_id = "V1", kind = "deposit", amount = "201", received_on = "2026-10-09" },
    } }),
    expect = { { key = "V1", amount = "1", fault = "differs", received = "501" } } },
  { "none: a void receipt and one of another kind are no deposit",
    given = reserved({}, { receipt = {
      { receipt_id = "B1", reservation_id = "V1", kind = "deposit", amount = "500", received_on = "2026-10-08", status = "void" },
      { receipt_id = "B2", reservation_id = "V1", kind = "payment", amount = "500", received_on = "2026-10-08" },
    } }),
    expect = { { key = "V1", amount = "500", fault = "missing", received = "0" } } },
  { "without a contract, on the seventh day", given = reserved({ received_on = "2026-10-15" }, { contract = {} }), expect = {} },
  { "without a contract, not within seven days",
    given = reserved({ received_on = "2026-10-16" }, { contract = {} }), expect = { { key = "V1", amount = "500", fault = "late", due = "2026-10-15" } } },
  { "without a contract, before the seven days are over", given = reserved({}, { contract = {}, receipt = {} }), as_of = "2026-10-14", expect = {} },
  { "the contract was signed in the month after: judged then",
    given = reserved({}, { receipt = {}, contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-11-02" } } }),
    period = "2026-10", as_of = "2026-11-05", expect = {} },
  { "the reservation was signed in the month before",
    given = reserved({}, { receipt = {}, contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-11-02" } } }),
    period = "2026-11", as_of = "2026-12-05", expect = { { key = "V1", amount = "500", fault = "missing" } } },
  { "a void contract is none",
    given = reserved({ received_on = "2026-10-13" }, { contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-10-12", status = "void" } } }), expect = {} },
  { "none, on the day of the contract itself", given = reserved({}, { receipt = {} }), as_of = "2026-10-12",
    expect = { { key = "V1", amount = "500", fault = "missing", due = "2026-10-12" } } },
  { "a deposit of nought agreed, and something received",
    given = reserved({}, { reservation = { { reservation_id = "V1", signed_on = "2026-10-08", deposit_amount = "0" } } }), expect = {} },
  { "no deposit agreed", given = reserved({}, { reservation = { { reservation_id = "V1", signed_on = "2026-10-08" } }, receipt = {} }), expect = {} },
  { "no date", given = reserved({}, { reservation = { { reservation_id = "V1", deposit_amount = "500" } }, contract = {} }),
    expect = { { key = "V1", untestable = "no date" } } },
  { "receipts were not imported", given = reserved(), absent = { "receipt" }, expect = { { key = "V1", untestable = "receipt" } } },
}

-- Receipts, and the accountant E1, the storekeeper E2 and the salesperson E3.
local function recorded(receipts, more)
  local rows = {}
  for position, fields in ipairs(receipts) do
    table.insert(rows, with({
      receipt_id = "B" .. position, customer_id = "C1", kind = "payment", method = "bank", amount = "500", received_on = "2026-10-09",
      recorded_at = "2026-10-09T17:00:00", recorded_by = "E1", proof_no = "P" .. position,
    }, fields))
  end
  return with({
    customer = { { customer_id = "C1", name = "东海机械有限公司" } },
    employee = { { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" } },
    role_assignment = {
      { employee_id = "E1", role = "accountant", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "storekeeper", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01" },
    },
    user_account = { { user_id = "U0", is_system = "true" } },
    receipt = rows,
  }, more)
end

cases "RCT-02" {
  { "recorded on the day", given = recorded { {} }, expect = {} },
  { "recorded the day after",
    given = recorded { { recorded_at = "2026-10-10T00:00:00" } }, parameters = { working_days = false },
    expect = { { key = "B1", label = "recorded", amount = "500", fault = "late", recorded_at = "2026-10-10T00:00:00" } } },
  { "received on Saturday, recorded on Monday; recorded on Tuesday",
    given = recorded {
      { received_on = "2026-10-10", recorded_at = "2026-10-12T09:00:00" }, { received_on = "2026-10-10", recorded_at = "2026-10-13T09:00:00" },
    },
    expect = { { key = "B2", amount = "500", label = "recorded", fault = "late" } } },
  { "not recorded, the day after", given = recorded { { recorded_at = "", recorded_by = "" } }, as_of = "2026-10-12",
    expect = { { key = "B1", amount = "500", label = "recorded", fault = "missing", recorded_at = "none" } } },
  { "not recorded, on the day", given = recorded { { recorded_at = "", recorded_by = "" } }, as_of = "2026-10-09", expect = {} },
  { "no proof", given = recorded { { proof_no = " " } }, expect = { { key = "B1", label = "proof", amount = "500", fault = "proof", proof = "none" } } },
  { "one proof for two customers, and for two days: the later ones",
    given = recorded {
      { proof_no = "P" }, { proof_no = "P", customer_id = "C2" },
      { proof_no = "Q" }, { proof_no = "Q", received_on = "2026-10-12", recorded_at = "2026-10-12T09:00:00" },
    },
    expect = { { key = "B2", amount = "500", label = "proof", fault = "duplicate", proof = "P" }, { key = "B4", amount = "500", label = "proof", fault = "duplicate" } } },
  { "one proof for two customers who paid different amounts", given = recorded { { proof_no = "P" }, { proof_no = "P", customer_id = "C2", amount = "70" } },
    expect = { { key = "B2", label = "proof", amount = "70", fault = "duplicate" } } },
  { "one payment entered twice", given = recorded { { proof_no = "P" }, { proof_no = "P" } },
    expect = { { key = "B2", amount = "500", label = "proof", fault = "duplicate" } } },
  { "one payment in parts: other amounts, or other contracts; a void one; another company",
    given = recorded {
      { proof_no = "P" }, { proof_no = "P", amount = "300" }, { proof_no = "P", contract_id = "CT1" }, { proof_no = "P", contract_id = "CT2" },
      { proof_no = "Q", status = "void", customer_id = "C2" }, { proof_no = "Q" }, { proof_no = "Q", company_id = "T2" },
    },
    expect = {} },
  { "recorded by the storekeeper; by sales, which is another control's; by the system",
    given = recorded { { recorded_by = "E2" }, { recorded_by = "E3" }, { recorded_by = "U0" } },
    expect = { { key = "B1", label = "recorder", amount = "500", fault = "recorder", recorded_by = "E2" } } },
  { "recorded by somebody who joined finance on that day",
    given = recorded({ { received_on = "2026-10-10", recorded_at = "2026-10-12T09:00:00", recorded_by = "E4" } }, {
      employee = { { employee_id = "E4" } },
      role_assignment = {
        { employee_id = "E4", role = "storekeeper", valid_from = "2026-01-01", valid_to = "2026-10-11" }, { employee_id = "E4", role = "accountant", valid_from = "2026-10-12" },
      },
    }),
    expect = {} },
  { "late and without proof are two things", given = recorded { { proof_no = "", recorded_at = "2026-10-12T09:00:00" } },
    expect = { { key = "B1", amount = "500", label = "recorded", fault = "late" }, { key = "B1", amount = "500", label = "proof", fault = "proof" } } },
  { "roles were not imported: sales is somebody else, too",
    given = recorded({ { recorded_by = "E3" } }, { org_unit = { { org_unit_id = "D1", kind = "sales" } }, employee = { { employee_id = "E3", org_unit_id = "D1" } } }),
    absent = { "role_assignment" }, expect = { { key = "B1", amount = "500", label = "recorder", fault = "recorder" } } },
  { "a proof of an earlier month; what was late then was reported then", period = "2026-10",
    given = recorded { { proof_no = "P", received_on = "2026-09-10" }, { proof_no = "P" } },
    expect = { { key = "B2", amount = "500", label = "proof", fault = "duplicate" } } },
  { "recorded by nobody that is known", given = recorded { { recorded_by = "E9" } }, expect = { { key = "-/P1", untestable = "neither roles" } } },
  { "proofs were not imported", given = recorded { {} }, absent = { "receipt.proof_no" }, expect = { { key = "B1", untestable = "proof_no" } } },
}

-- A contract of 1000 with one instalment of 300 due on 2026-10-15, and receipts.
local function planned(plan, receipts, more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", amount = "1000", status = "executing" } },
    payment_plan = { with({ plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" }, plan) },
    receipt = receipts or {},
  }, more)
end

local function paid_for(plan_id, amount, received_on, more)
  return with({ receipt_id = "B" .. received_on, customer_id = "C1", plan_id = plan_id, kind = "advance", amount = amount, received_on = received_on }, more)
end

cases "RCT-03" {
  { "paid in dollars at the rate of the day, and 10 short",
    given = planned({}, { paid_for("F1", "40", "2026-10-14", { currency = "USD" }), paid_for("F1", "10", "2026-10-13") }, {
      exchange_rate = { { currency = "USD", rate_date = "2026-10-14", rate = "7" } },
    }), as_of = "2026-10-16",
    expect = { { key = "F1", amount = "10", received = "290", planned = "300" } } },
  { "paid in dollars, enough",
    given = planned({}, { paid_for("F1", "50", "2026-10-14", { currency = "USD" }) }, {
      exchange_rate = { { currency = "USD", rate_date = "2026-10-14", rate = "7" } },
    }), as_of = "2026-10-16", expect = {} },
  { "a cent short, a day after it was due",
    given = planned({}, { paid_for("F1", "299.99", "2026-10-14") }), as_of = "2026-10-16",
    expect = { { key = "F1", amount = "0.01", milestone = "advance", received = "299.99", planned = "300", days = "1" } } },
  { "nothing on the day it is due", given = planned(), as_of = "2026-10-15", expect = {} },
  { "received late, but received", given = planned({}, { paid_for("F1", "300", "2026-10-20") }), as_of = "2026-10-31", expect = {} },
  { "received after the date of the audit", given = planned({}, { paid_for("F1", "300", "2026-11-20") }), as_of = "2026-10-31",
    expect = { { key = "F1", amount = "300", days = "16" } } },
  { "months after it was due", given = planned(), period = "2027-01", as_of = "2027-02-05", expect = { { key = "F1", amount = "300", received = "0" } } },
  { "within days of grace", given = planned(), parameters = { grace_days = 5 }, as_of = "2026-10-20", expect = {} },
  { "money for no instalment by name goes to the oldest; a void one and one paid back do not count",
    given = planned({}, {
      paid_for("", "350", "2026-10-05", { contract_id = "CT1" }), paid_for("", "900", "2026-10-06", { contract_id = "CT1", status = "void" }),
      paid_for("", "20", "2026-10-07", { contract_id = "CT1", kind = "refund" }),
    }, { payment_plan = {
      { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" },
      { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "200", due_on = "2026-10-20" },
    } }),
    as_of = "2026-10-31",
    expect = { { key = "F2", amount = "170", milestone = "before_shipment", received = "30" } } },
  { "what one instalment got too much, the next one has",
    given = planned({}, { paid_for("F1", "450", "2026-10-05") }, { payment_plan = {
      { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" },
      { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "200", due_on = "2026-10-20" },
    } }),
    as_of = "2026-10-31", expect = { { key = "F2", amount = "50", received = "150" } } },
  { "a receipt of no contract that was applied to the contract's invoice",
    given = planned({}, { { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "280", received_on = "2026-10-10" } }, {
      invoice = { { invoice_id = "I1", contract_id = "CT1", issued_on = "2026-10-10", gross_amount = "1000" } },
      receivable_entry = { { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-10", amount = "1000" } },
      receipt_application = { { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "280", applied_on = "2026-10-12" } },
    }),
    as_of = "2026-10-31", expect = { { key = "F1", amount = "20", received = "280" } } },
  { "the amount as a share of the contract", given = planned { amount = "", pct = "30" }, as_of = "2026-10-31",
    expect = { { key = "F1", amount = "300", planned = "300" } } },
  { "a deposit under a reservation, a void contract, money on delivery",
    given = planned({}, {}, {
      contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-10-01" }, { contract_id = "CT2", status = "void", signed_on = "2026-10-01" } },
      payment_plan = {
        { plan_id = "F1", contract_id = "CT1", milestone = "deposit", amount = "300", due_on = "2026-10-15" },
        { plan_id = "F2", contract_id = "CT2", milestone = "advance", amount = "300", due_on = "2026-10-15" },
        { plan_id = "F3", contract_id = "CT1", milestone = "on_delivery", amount = "300", due_on = "2026-10-15" },
        { plan_id = "F4", contract_id = "CT1", milestone = "before_shipment", amount = "300" },
      },
    }),
    as_of = "2026-10-31", expect = {} },
  { "a deposit without a reservation", given = planned { milestone = "deposit" }, as_of = "2026-10-31", expect = { { key = "F1", milestone = "deposit", amount = "300" } } },
  { "no due date", given = planned { due_on = "" }, as_of = "2026-10-31", expect = { { key = "CT1", untestable = "no due date" } } },
  { "no amount, on the day it is due", given = planned({ amount = "" }), as_of = "2026-10-15", expect = {} },
  { "no amount", given = planned({ amount = "" }), as_of = "2026-10-31", expect = { { key = "CT1", untestable = "no amount" } } },
  { "no contract", given = planned({}, {}, { contract = {} }), as_of = "2026-10-31", expect = { { key = "CT1", untestable = 'contract "CT1" is not in the data' } } },
  { "receipts were not imported", given = planned(), absent = { "receipt" }, as_of = "2026-10-31", expect = { { key = "CT1", untestable = "receipt" } } },
}

cases "RCT-04" {
  { "a day late", given = planned { milestone = "on_delivery" }, as_of = "2026-10-16",
    expect = { { key = "F1", amount = "300", milestone = "on_delivery", days = "1", age = "0-30" } } },
  { "on the day it is due", given = planned { milestone = "on_delivery" }, as_of = "2026-10-15", expect = {} },
  { "31 days late, in part paid", given = planned({ milestone = "on_delivery" }, { paid_for("F1", "100", "2026-10-20") }), as_of = "2026-11-15",
    expect = { { key = "F1", amount = "200", received = "100", days = "31", age = "31-60" } } },
  { "acceptance money is due when the goods are accepted",
    given = planned({ milestone = "acceptance" }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-20" } } }),
    as_of = "2026-10-21", expect = { { key = "F1", amount = "300", due = "2026-10-20", days = "1" } } },
  { "accepted only after its date, on that day",
    given = planned({ milestone = "acceptance" }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-20" } } }),
    as_of = "2026-10-20", expect = {} },
  { "not accepted yet, one of two",
    given = planned({ milestone = "acceptance" }, {}, { installation = {
      { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-10" }, { installation_id = "N2", contract_id = "CT1", installed_on = "2026-10-10" },
    } }),
    as_of = "2026-12-31", expect = {} },
  { "accepted before its date", given = planned({ milestone = "acceptance" }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-05" } } }),
    as_of = "2026-10-16", expect = { { key = "F1", amount = "300", due = "2026-10-15" } } },
  { "retention without a date: the end of the warranty",
    given = planned({ milestone = "retention", due_on = "" }, {}, { contract = { { contract_id = "CT1", signed_on = "2024-10-01", warranty_end_on = "2026-10-30" } } }),
    as_of = "2026-10-31", expect = { { key = "F1", amount = "300", due = "2026-10-30", milestone = "retention" } } },
  { "not known yet when it is due", given = planned { milestone = "on_delivery", due_on = "" }, as_of = "2026-10-31", expect = {} },
  { "an advance is another control's", given = planned(), as_of = "2026-10-31", expect = {} },
  { "no date of the audit", given = planned { milestone = "on_delivery" }, expect = { { key = "CT1", untestable = "no date as of" } } },
  { "receipts were not imported", given = planned { milestone = "on_delivery" }, absent = { "receipt" }, as_of = "2026-10-31",
    expect = { { key = "CT1", untestable = "receipt" } } },
}

-- A contract of 1000 with a retention of 50 due at the end of the warranty.
local function retained(contract, plan, receipts, more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { with({
      contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-05", amount = "1000", retention_amount = "50", warranty_end_on = "2027-10-05", status = "executing",
    }, contract) },
    payment_plan = {
      { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "950", due_on = "2026-10-20" },
      with({ plan_id = "F2", contract_id = "CT1", milestone = "retention", amount = "50", due_on = "2027-10-05" }, plan),
    },
    receipt = receipts or {},
  }, more)
end

cases "RCT-05" {
  { "as the contract says", given = retained(), expect = {} },
  { "two cents more", given = retained({}, { amount = "50.02" }),
    expect = { { key = "CT1", label = "amount", amount = "0.02", found = "50.02", expected = "50" } } },
  { "a cent more", given = retained({}, { amount = "50.01" }), expect = {} },
  { "none planned", given = retained({}, {}, {}, { payment_plan = { { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "1000", due_on = "2026-10-20" } } }),
    expect = { { key = "CT1", label = "amount", amount = "50", found = "0" } } },
  { "due a day after the warranty",
    given = retained({}, { due_on = "2027-10-06" }), expect = { { key = "CT1", label = "due", amount = "50", found = "2027-10-06", expected = "2027-10-05" } } },
  { "due before the warranty ends", given = retained({}, { due_on = "2027-10-04" }), expect = { { key = "CT1", label = "due", fault = "due", amount = "50" } } },
  { "due after the date of the audit, which it is planned for already", given = retained({}, { amount = "40" }), as_of = "2026-11-05",
    expect = { { key = "CT1", label = "amount", amount = "10", found = "40" } } },
  { "closed, and ten not received", given = retained({ signed_on = "2025-10-05", closed_on = "2026-10-30", status = "closed" }, { amount = "40" }, {
      paid_for("F2", "30", "2026-10-10"), paid_for("F1", "950", "2026-10-11") }),
    period = "2026-10", expect = { { key = "CT1", label = "closed", amount = "10", found = "10" } } },
  { "closed, all received", given = retained({ signed_on = "2025-10-05", closed_on = "2026-10-30", status = "closed" }, {}, {
      paid_for("F2", "50", "2026-10-10"), paid_for("F1", "950", "2026-10-11") }),
    period = "2026-10", expect = {} },
  { "closed, and a cent not received", given = retained({ signed_on = "2025-10-05", closed_on = "2026-10-30", status = "closed" }, {}, {
      paid_for("F2", "49.99", "2026-10-10"), paid_for("F1", "950", "2026-10-11") }),
    period = "2026-10", expect = {} },
  { "signed and closed in another month", given = retained({ signed_on = "2025-10-05", closed_on = "2026-09-30", status = "closed" }, { amount = "40" }),
    period = "2026-10", expect = {} },
  { "a draft, and a contract without a plan",
    given = retained({ status = "draft" }, { amount = "40" }, {}, {
      contract = {
        { contract_id = "CT1", signed_on = "2026-10-05", retention_amount = "50", status = "draft" }, { contract_id = "CT2", signed_on = "2026-10-05", retention_amount = "50" },
      },
    }),
    expect = {} },
  { "no retention and none planned", given = retained({ retention_amount = "" }, {}, {}, {
      payment_plan = { { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "1000", due_on = "2026-10-20" } } }), expect = {} },
  { "the contract states no retention", given = retained { retention_amount = "" }, expect = { { key = "CT1", untestable = "no retention" } } },
  { "no end of the warranty", given = retained { warranty_end_on = "" }, expect = { { key = "CT1", untestable = "no end of warranty" } } },
  { "no amount", given = retained({}, { amount = "" }), expect = { { key = "CT1", untestable = "no amount" } } },
  { "payment plans were not imported", given = retained(), absent = { "payment_plan" }, expect = { { key = "CT1", untestable = "payment_plan" } } },
}

-- A request for the collection of 113, confirmed by both and sent on 2026-10-12.
local function asked(request, more)
  return with({ collection_request = { with({
    request_id = "Q1", customer_id = "C1", amount = "113", requested_at = "2026-10-12T09:00:00", sales_confirmed_at = "2026-10-12T10:00:00",
    finance_confirmed_at = "2026-10-12T11:00:00", sent_to_customer_at = "2026-10-12T15:00:00",
  }, request) } }, more)
end

cases "RCT-06" {
  { "confirmed by both, finance first", given = asked { sales_confirmed_at = "2026-10-12T12:00:00" }, expect = {} },
  { "confirmed by both, sales first", given = asked(), expect = {} },
  { "sent without finance",
    given = asked { finance_confirmed_at = "" },
    expect = { { key = "Q1", amount = "113", fault = "missing", step = "collection_request.finance_confirmed_at", other = "collection_request.sent_to_customer_at", faults = "1" } } },
  { "sent without either", given = asked { finance_confirmed_at = "", sales_confirmed_at = "" },
    expect = { { key = "Q1", amount = "113", fault = "missing", step = "collection_request.sales_confirmed_at", faults = "2" } } },
  { "sent a second before sales confirmed",
    given = asked { sales_confirmed_at = "2026-10-12T15:00:01" },
    expect = { { key = "Q1", amount = "113", fault = "too early", step = "collection_request.sent_to_customer_at", other = "collection_request.sales_confirmed_at" } } },
  { "confirmed before it was written",
    given = asked { requested_at = "2026-10-12T10:30:00" },
    expect = { { key = "Q1", amount = "113", fault = "too early", step = "collection_request.sales_confirmed_at", faults = "1" } } },
  { "sent without being written", given = asked { requested_at = "", sent_to_customer_at = "2026-10-12T15:00:00" },
    expect = { { key = "Q1", untestable = "no date" } } },
  { "not confirmed and not sent yet", given = asked { finance_confirmed_at = "", sent_to_customer_at = "" }, expect = {} },
  { "receipts need none unless the parameter asks for it",
    given = asked({}, { receipt = { { receipt_id = "B1", customer_id = "C2", kind = "payment", amount = "50", received_on = "2026-10-20" } } }), expect = {} },
  { "receipts without a request, with one made later, for another contract, for another invoice; advances",
    given = {
      collection_request = {
        { request_id = "Q1", customer_id = "C1", requested_at = "2026-10-21T09:00:00" },
        { request_id = "Q2", customer_id = "C2", contract_id = "CT2", requested_at = "2026-10-12T09:00:00" },
        { request_id = "Q3", customer_id = "C3", invoice_id = "I9", requested_at = "2026-10-12T09:00:00" },
      },
      contract = { { contract_id = "CT1" }, { contract_id = "CT2" } },
      receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-20" },
        { receipt_id = "B2", customer_id = "C2", contract_id = "CT1", kind = "payment", amount = "60", received_on = "2026-10-20" },
        { receipt_id = "B3", customer_id = "C3", kind = "payment", amount = "70", received_on = "2026-10-20" },
        { receipt_id = "B4", customer_id = "C3", kind = "advance", amount = "80", received_on = "2026-10-20" },
        { receipt_id = "B5", customer_id = "C3", kind = "payment", amount = "80", received_on = "2026-10-20", status = "void" },
      },
    },
    parameters = { every_receipt = true },
    expect = {
      { key = "B1", amount = "50", fault = "missing", step = "collection_request.requested_at", other = "receipt.received_on", other_at = "2026-10-20" },
      { key = "B2", amount = "60", fault = "missing" }, { key = "B3", amount = "70", fault = "missing" },
    } },
  { "receipts with one for the customer, for the contract, for the invoice, through its receivable",
    given = {
      collection_request = {
        { request_id = "Q1", customer_id = "C1", requested_at = "2026-10-20T09:00:00" },
        { request_id = "Q2", customer_id = "C2", contract_id = "CT2", requested_at = "2026-10-12T09:00:00" },
        { request_id = "Q3", customer_id = "C3", invoice_id = "I9", requested_at = "2026-10-12T09:00:00" },
      },
      contract = { { contract_id = "CT2" } },
      receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-20" },
        { receipt_id = "B2", customer_id = "C2", contract_id = "CT2", kind = "payment", amount = "60", received_on = "2026-10-20" },
        { receipt_id = "B3", customer_id = "C3", kind = "payment", amount = "70", received_on = "2026-10-20" },
        { receipt_id = "B4", customer_id = "C3", kind = "payment", amount = "70", received_on = "2026-10-20" },
      },
      receivable_entry = { { receivable_id = "A1", invoice_id = "I9", customer_id = "C3" } },
      receipt_application = {
        { application_id = "X1", receipt_id = "B3", invoice_id = "I9", amount = "70", applied_on = "2026-10-20" },
        { application_id = "X2", receipt_id = "B4", receivable_id = "A1", amount = "70", applied_on = "2026-10-20" },
      },
    },
    parameters = { every_receipt = true }, expect = {} },
  { "when finance confirmed was not imported", given = asked(), absent = { "collection_request.finance_confirmed_at" },
    expect = { { key = "Q1", untestable = "finance_confirmed_at" } } },
}

-- A customer that owes 300 since 2026-09-15 and what was done about it.
local function owing(actions, more)
  local rows = {}
  for position, fields in ipairs(actions) do
    table.insert(rows, with({ action_id = "Z" .. position, customer_id = "C1", actor_id = "E1", acted_on = "2026-10-20", cause = "资金周转困难" }, fields))
  end
  return with({
    customer = { { customer_id = "C1" } },
    receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-08-15", due_on = "2026-09-15", amount = "300" } },
    collection_action = rows,
  }, more)
end

cases "RCT-07" {
  { "31 days overdue, nothing done", given = owing {}, as_of = "2026-10-16",
    expect = { { key = "C1", amount = "300", fault = "no action", since = "2026-09-15", on = "2026-10-16", last = "none" } } },
  { "30 days overdue", given = owing {}, as_of = "2026-10-15", expect = {} },
  { "asked for 29 days ago", given = owing { { acted_on = "2026-10-02" } }, as_of = "2026-10-31", expect = {} },
  { "asked for 30 days ago", given = owing { { acted_on = "2026-10-01" } }, as_of = "2026-10-31",
    expect = { { key = "C1", amount = "300", fault = "no action", last = "2026-10-01" } } },
  { "asked for, the cause not named", given = owing { { cause = " " } }, as_of = "2026-10-31",
    expect = { { key = "C1", amount = "300", fault = "no cause", last = "2026-10-20" } } },
  { "asked for by nobody", given = owing { { actor_id = "" } }, as_of = "2026-10-31", expect = { { key = "C1", amount = "300", fault = "no cause" } } },
  { "asked for after the end of the period", given = owing { { acted_on = "2026-11-02" } }, period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "C1", amount = "300", fault = "no action", on = "2026-10-31", last = "2026-11-02" } } },
  { "paid in part, the rest by money not applied yet",
    given = owing({}, {
      receipt = { { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "300", received_on = "2026-10-10" } },
      receipt_application = { { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "100", applied_on = "2026-10-11" } },
    }),
    as_of = "2026-10-31", expect = {} },
  { "paid after the period", given = owing({}, {
      receipt = { { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "300", received_on = "2026-11-02" } } }),
    period = "2026-10", as_of = "2026-11-05", expect = { { key = "C1", amount = "300", fault = "no action" } } },
  { "up to the amount that is let pass", given = owing {}, as_of = "2026-10-31", parameters = { min_overdue = "300" }, expect = {} },
  { "no meeting in October, one in September",
    given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
      meeting = { { meeting_id = "M1", kind = "collection_analysis", held_at = "2026-09-30T14:00:00" }, { meeting_id = "M2", kind = "weekly_sales", held_at = "2026-10-10T14:00:00" } } },
    as_of = "2026-11-05", expect = { { key = "2026-10", amount = "none", fault = "no meeting", on = "2026-10-31" } } },
  { "a meeting on the last day; the month is not over; no meeting wanted",
    given = { accounting_period = {
        { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" }, { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
      },
      meeting = { { meeting_id = "M1", kind = "collection_analysis", held_at = "2026-10-31T14:00:00" } } },
    as_of = "2026-11-05", expect = {} },
  { "no meeting, on the last day of the month; a period that does not say when it starts",
    given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" }, { period = "2026-10b", ends_on = "2026-10-31" } } },
    as_of = "2026-10-31", expect = { { key = "2026-10", amount = "none", fault = "no meeting" } } },
  { "a meeting on the first day",
    given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
      meeting = { { meeting_id = "M1", kind = "collection_analysis", held_at = "2026-10-01T09:00:00" } } },
    as_of = "2026-11-05", expect = {} },
  { "asked for on the day itself", given = owing { { acted_on = "2026-10-31" } }, as_of = "2026-10-31", expect = {} },
  { "no meeting wanted", given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } } },
    parameters = { meeting = false }, as_of = "2026-11-05", expect = {} },
  { "no date of the audit", given = owing {}, expect = { { key = "C1", untestable = "no date" } } },
  { "collection was not imported", given = owing {}, absent = { "collection_action" }, as_of = "2026-10-31",
    expect = { { key = "C1", untestable = "collection_action" } } },
}

-- A receipt of 100 of 2026-10-05 applied to an invoice of 100.
local function applied(application, receipt, more)
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2", parent_id = "C1" } },
    invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100" } },
    receipt = { with({ receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" }, receipt) },
    receipt_application = { with({ application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "100", applied_on = "2026-10-06" }, application) },
  }, more)
end

cases "RCT-08" {
  { "to an invoice that is void, and to a void receivable of none",
    given = applied({ receivable_id = "" }, {}, {
      invoice = {
        { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100", status = "void" },
        { invoice_id = "I2", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100", status = "rejected" },
      },
    }),
    as_of = "2026-12-31",
    expect = { { key = "I1", amount = "100", fault = "not owed", of = "0" } } },
  { "all of it, to its own invoice", given = applied(), as_of = "2026-12-31", expect = {} },
  { "two cents more than was received",
    given = applied({ amount = "100.02" }, {}, { invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "200" } } }), as_of = "2026-12-31",
    expect = { { key = "B1", amount = "0.02", fault = "more than received", of = "100", applied = "100.02" } } },
  { "two cents more than was invoiced, one of two through the receivable; by a void receipt nothing is",
    given = applied({ amount = "60" }, { amount = "60" }, {
      receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "60", received_on = "2026-10-05" },
        { receipt_id = "B2", customer_id = "C1", kind = "payment", amount = "40.02", received_on = "2026-10-05" },
        { receipt_id = "B3", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-05", status = "void" },
      },
      receivable_entry = { { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-09-20", amount = "100" } },
      receipt_application = {
        { application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "60", applied_on = "2026-10-06" },
        { application_id = "X2", receipt_id = "B2", receivable_id = "A1", amount = "40.02", applied_on = "2026-10-06" },
        { application_id = "X3", receipt_id = "B3", invoice_id = "I1", amount = "50", applied_on = "2026-10-06" },
      },
    }),
    as_of = "2026-12-31",
    expect = { { key = "I1", amount = "0.02", fault = "more than invoiced", applied = "100.02" } } },
  { "30 of it not applied after 31 days", given = applied { amount = "70" }, as_of = "2026-11-05",
    expect = { { key = "B1", amount = "30", fault = "not applied", of = "100", applied = "70" } } },
  { "30 of it not applied after 30 days", given = applied { amount = "70" }, as_of = "2026-11-04", expect = {} },
  { "an advance and a refund wait", given = applied({ amount = "70" }, {}, { receipt = {
      { receipt_id = "B1", customer_id = "C1", kind = "advance", amount = "100", received_on = "2026-10-05" },
      { receipt_id = "B2", customer_id = "C1", kind = "refund", amount = "-30", received_on = "2026-10-05" },
    } }), as_of = "2026-12-31", expect = {} },
  { "a cent more than was received, and a cent not applied",
    given = applied({}, {}, {
      invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100" }, { invoice_id = "I2", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100" } },
      receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" },
        { receipt_id = "B2", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" },
      },
      receipt_application = {
        { application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "100.01", applied_on = "2026-10-06" },
        { application_id = "X2", receipt_id = "B2", invoice_id = "I2", amount = "99.99", applied_on = "2026-10-06" },
      },
    }),
    as_of = "2026-12-31", expect = {} },
  { "to another customer's receivable, which has no invoice",
    given = applied({ invoice_id = "", receivable_id = "A1" }, { customer_id = "C2" }, {
      receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-09-20", amount = "100" } },
    }),
    as_of = "2026-12-31", expect = { { key = "X1", amount = "100", fault = "another customer's debt", of = "C1" } } },
  { "without an amount it cannot be tested; negative, void with nothing applied; a red invoice and one without an amount; nothing to apply",
    given = {
      receipt = {
        { receipt_id = "B1", kind = "payment", received_on = "2026-10-05" }, { receipt_id = "B2", kind = "payment", amount = "-50", received_on = "2026-10-05" },
        { receipt_id = "B3", kind = "payment", amount = "50", received_on = "2026-10-05", status = "void" }, { receipt_id = "B4", kind = "payment", amount = "0", received_on = "2026-10-05" },
      },
      invoice = {
        { invoice_id = "I1", issued_on = "2026-09-20", gross_amount = "-50", sign = "red" }, { invoice_id = "I2", issued_on = "2026-09-20" },
        { invoice_id = "I3", issued_on = "2026-09-20", gross_amount = "1", status = "void" }, { invoice_id = "I4", issued_on = "2026-09-20", gross_amount = "0" },
      },
      receipt_application = {
        { application_id = "X1", invoice_id = "I1", amount = "5", applied_on = "2026-10-06" }, { application_id = "X2", invoice_id = "I2", amount = "5", applied_on = "2026-10-06" },
        { application_id = "X4", receipt_id = "B1", amount = "5", applied_on = "2026-10-06" },
        { application_id = "X5", receipt_id = "B2", amount = "5", applied_on = "2026-10-06" }, { application_id = "X6", receipt_id = "B3", amount = "55", applied_on = "2026-10-06" },
        { application_id = "X7", invoice_id = "I4", amount = "5", applied_on = "2026-10-06" }, { application_id = "X8", receipt_id = "B4", amount = "5", applied_on = "2026-10-06" },
      },
    },
    as_of = "2026-12-31",
    expect = { { key = "B1", untestable = "receipt.amount is empty" }, { key = "I2", untestable = "invoice.gross_amount is empty" } } },
  { "to another customer's invoice", given = applied({}, { customer_id = "C2" }), as_of = "2026-12-31",
    expect = { { key = "X1", amount = "100", fault = "another customer's debt", of = "C1" } } },
  { "to the invoice of the parent company, where that will do", given = applied({}, { customer_id = "C2" }), as_of = "2026-12-31",
    parameters = { allow_group = true }, expect = {} },
  { "the day before the money came", given = applied { applied_on = "2026-10-04" }, as_of = "2026-12-31",
    expect = { { key = "X1", amount = "100", fault = "before the money came", of = "2026-10-05" } } },
  { "on the day on which the money came", given = applied { applied_on = "2026-10-05" }, as_of = "2026-12-31", expect = {} },
  { "to another customer, in an earlier period", given = applied({}, { customer_id = "C2" }), period = "2026-11", as_of = "2026-12-05", expect = {} },
  { "no date of the audit", given = applied { amount = "70" }, expect = { { key = "B1", untestable = "no date" } } },
  { "applications were not imported", given = applied(), absent = { "receipt_application" }, as_of = "2026-12-31",
    expect = { { key = "B1", untestable = "receipt_application" }, { key = "I1", untestable = "receipt_application" } } },
}

-- What agents collected and a receipt that they sent it with.
local function collected(collections, receipt, more)
  local rows = {}
  for position, fields in ipairs(collections) do
    table.insert(rows, with({
      collection_id = "G" .. position, customer_id = "C1", collected_on = "2026-10-05", amount = "100", remitted_receipt_id = "B1",
    }, fields))
  end
  return with({
    agent_collection = rows,
    receipt = { with({ receipt_id = "B1", customer_id = "C1", method = "agent", kind = "payment", amount = "100", received_on = "2026-10-20" }, receipt) },
  }, more)
end

cases "RCT-09" {
  { "remitted on the fifteenth day", given = collected({ {} }), as_of = "2026-12-31", expect = {} },
  { "remitted on the sixteenth day", given = collected({ {} }, { received_on = "2026-10-21" }), as_of = "2026-12-31",
    expect = { { key = "G1", amount = "100", fault = "late", limit = "2026-10-20", remitted_on = "2026-10-21" } } },
  { "remitted late, months before the audited one", given = collected({ {} }, { received_on = "2026-10-21" }), period = "2026-12", as_of = "2027-01-05", expect = {} },
  { "a remittance that is not in the data: this control asks for it", given = collected { { remitted_receipt_id = "B99" } }, period = "2026-10", as_of = "2026-10-31",
    expect = { { key = "G1", amount = "100", fault = "missing", remitted = "0", remitted_on = "none" } } },
  { "not remitted, on the last day and the day after",
    given = collected { { remitted_receipt_id = "", collected_on = "2026-10-16" }, { remitted_receipt_id = "", collected_on = "2026-10-15" } },
    period = "2026-10", as_of = "2026-10-31",
    expect = { { key = "G2", amount = "100", fault = "missing", remitted = "0", remitted_on = "none" } } },
  { "not remitted, months later", given = collected { { remitted_receipt_id = "" } }, period = "2026-12", as_of = "2027-01-05",
    expect = { { key = "G1", amount = "100", fault = "missing" } } },
  { "two collections in one receipt, twenty short: of the younger one",
    given = collected({ { collected_on = "2026-10-08" }, { collected_on = "2026-10-06" } }, { amount = "180" }), as_of = "2026-12-31",
    expect = { { key = "G1", amount = "20", fault = "short", remitted = "80" } } },
  { "short, but not due yet", given = collected({ {} }, { amount = "80" }), as_of = "2026-10-20", expect = {} },
  { "a void receipt, and one after the date of the audit",
    given = collected({ {}, { remitted_receipt_id = "B2" } }, {}, { receipt = {
      { receipt_id = "B1", amount = "100", received_on = "2026-10-10", status = "void" }, { receipt_id = "B2", amount = "100", received_on = "2026-12-31" },
    } }),
    as_of = "2026-11-30",
    expect = { { key = "G1", fault = "missing", amount = "100" }, { key = "G2", fault = "missing", amount = "100" } } },
  { "nothing collected; how much was, nobody wrote down", given = collected { { amount = "0", remitted_receipt_id = "" }, { amount = "", remitted_receipt_id = "" } }, as_of = "2026-12-31",
    expect = { { key = "G2", untestable = "agent_collection.amount is empty" } } },
  { "no date", given = collected { { collected_on = "" } }, as_of = "2026-12-31", expect = { { key = "B1", untestable = "no date: agent_collection.collected_on" } } },
  { "receipts were not imported", given = collected { {} }, absent = { "receipt" }, as_of = "2026-12-31", expect = { { key = "B1", untestable = "receipt" } } },
}

cases "RCT-10" {
  { "the customer, in another spelling of its legal form, with a blank", given = recorded { { payer_name = "东海机械　有限责任公司" } }, expect = {} },
  { "the customer, without its legal form", given = recorded { { payer_name = "东海机械" } }, expect = {} },
  { "the group, and the joint-stock company, of that name are other persons",
    given = recorded { { payer_name = "东海机械集团有限公司" }, { payer_name = "东海机械股份有限公司" } },
    expect = { { key = "B1", label = "payer", amount = "500", fault = "payer" }, { key = "B2", label = "payer", amount = "500", fault = "payer" } } },
  { "somebody else", given = recorded { { payer_name = "西山贸易有限公司" } },
    expect = { { key = "B1", label = "payer", amount = "500", fault = "payer", payer = "西山贸易有限公司", customer = "东海机械有限公司", method = "bank" } } },
  { "somebody else, approved; by an agent; a refund; a void one",
    given = recorded({
      { payer_name = "西山贸易有限公司" }, { payer_name = "西山贸易有限公司", method = "agent" },
      { payer_name = "西山贸易有限公司", kind = "refund" }, { payer_name = "西山贸易有限公司", status = "void" },
    }, { approval = { { approval_id = "A1", doc_kind = "receipt", doc_id = "B1", approval_kind = "third_party_payment", decision = "approve", decided_at = "2026-10-09T09:00:00" } } }),
    expect = {} },
  { "another approval does not cover it",
    given = recorded({ { payer_name = "西山贸易有限公司" } }, { approval = {
      { approval_id = "A1", doc_kind = "receipt", doc_id = "B1", approval_kind = "write_off", decision = "approve", decided_at = "2026-10-09T09:00:00" } } }),
    expect = { { key = "B1", amount = "500", label = "payer", fault = "payer" } } },
  { "cash taken by the storekeeper; by an accountant; by sales, which is another control's",
    given = recorded {
      { payer_name = "东海机械有限公司", method = "cash", collected_by = "E2" }, { payer_name = "东海机械有限公司", method = "cash", collected_by = "E1" },
      { payer_name = "东海机械有限公司", method = "cash", collected_by = "E3" }, { payer_name = "东海机械有限公司", method = "bank", collected_by = "E2" },
    },
    expect = { { key = "B1", label = "cash", amount = "500", fault = "cash", collector = "E2" } } },
  { "cash of an unknown payer, taken by the storekeeper", given = recorded { { method = "cash", collected_by = "E2" } },
    expect = { { key = "B1", amount = "500", label = "cash", payer = "none" } } },
  { "a customer that nobody knows, and one without a name",
    given = recorded({ { payer_name = "西山", customer_id = "C9" }, { payer_name = "西山", customer_id = "C2" } }, { customer = { { customer_id = "C2" } } }),
    expect = { { key = "B1", untestable = 'customer "C9" is not in the data' }, { key = "B2", untestable = "not named" } } },
  { "no payer", given = recorded { {} }, expect = { { key = "B1", untestable = "not named" } } },
  { "payers were not imported", given = recorded { {} }, absent = { "receipt.payer_name" }, expect = { { key = "B1", untestable = "payer_name" } } },
}

-- A write-off of 200 of 2026-10-20 approved by both and preceded by a reminder.
local function written_off(write_off, more)
  return with({
    customer = { { customer_id = "C1" } },
    write_off = { with({ write_off_id = "W1", customer_id = "C1", amount = "200", written_off_on = "2026-10-20" }, write_off) },
    approval = {
      { approval_id = "A1", doc_kind = "write_off", doc_id = "W1", approval_kind = "write_off", role = "finance_head", decision = "approve", decided_at = "2026-10-19T10:00:00" },
      { approval_id = "A2", doc_kind = "write_off", doc_id = "W1", approval_kind = "write_off", role = "general_manager", decision = "approve", decided_at = "2026-10-20T17:00:00" },
    },
    collection_action = { { action_id = "Z1", customer_id = "C1", actor_id = "E1", acted_on = "2026-10-20", cause = "停业" } },
  }, more)
end

local function write_off_approval(id, role, decided_at, decision)
  return {
    approval_id = id, doc_kind = "write_off", doc_id = "W1", approval_kind = "write_off", role = role, decision = decision or "approve", decided_at = decided_at,
  }
end

cases "RCT-11" {
  { "approved by both, the last on the day", given = written_off(), expect = {} },
  { "the general manager's approval came the day after",
    given = written_off({}, { approval = { write_off_approval("A1", "finance_head", "2026-10-19T10:00:00"), write_off_approval("A2", "general_manager", "2026-10-21T08:00:00") } }),
    expect = { { key = "W1", label = "approval", amount = "200", fault = "missing", role = "general_manager", faults = "1" } } },
  { "the general manager alone, who ranks above the finance head",
    given = written_off({}, {
      approval = { write_off_approval("A2", "general_manager", "2026-10-20T08:00:00") },
      role_rank = { { role = "general_manager", rank = "9" }, { role = "finance_head", rank = "5" } },
    }),
    expect = { { key = "W1", amount = "200", label = "approval", fault = "missing", role = "finance_head" } } },
  { "rejected", given = written_off({}, { approval = { write_off_approval("A1", "finance_head", "2026-10-19T10:00:00", "reject") } }),
    expect = { { key = "W1", amount = "200", label = "approval", fault = "rejected", role = "finance_head", faults = "2" } } },
  { "by the matrix the finance head will do",
    given = written_off({}, {
      approval = { write_off_approval("A1", "finance_head", "2026-10-19T10:00:00") },
      approval_rule = {
        { rule_id = "R1", doc_kind = "write_off", approval_kind = "write_off", step_no = "1", role = "finance_head" },
        { rule_id = "R2", doc_kind = "write_off", approval_kind = "write_off", step_no = "2", role = "general_manager", amount_from = "200.01" },
      },
    }),
    expect = {} },
  { "never asked for: the day after, or for another invoice",
    given = written_off({ invoice_id = "I1" }, { collection_action = {
      { action_id = "Z1", customer_id = "C1", acted_on = "2026-10-21" }, { action_id = "Z2", customer_id = "C1", invoice_id = "I2", acted_on = "2026-10-01" },
    } }),
    expect = { { key = "W1", label = "collection", amount = "200", fault = "collection" } } },
  { "asked for, but for no invoice by name", given = written_off({ invoice_id = "I1" }), expect = {} },
  { "asked for by its invoice", given = written_off({ invoice_id = "I1" }, { collection_action = { { action_id = "Z1", customer_id = "C1", invoice_id = "I1", acted_on = "2026-10-01" } } }), expect = {} },
  { "void, and one taken back",
    given = written_off({}, { approval = {}, collection_action = {}, write_off = {
      { write_off_id = "W1", customer_id = "C1", amount = "200", written_off_on = "2026-10-20", status = "void" },
      { write_off_id = "W2", customer_id = "C1", amount = "-200", written_off_on = "2026-10-20" },
      { write_off_id = "W3", customer_id = "C1", amount = "0", written_off_on = "2026-10-20" },
    } }),
    expect = {} },
  { "collection was not imported: the approvals are still looked at",
    given = written_off({}, { approval = {} }), absent = { "collection_action" }, expect = { { key = "W1", amount = "200", label = "approval", faults = "2" } } },
  { "approvals were not imported", given = written_off(), absent = { "approval" }, expect = { { key = "W1", untestable = "approval" } } },
}

-- Changes of the due date of receivable A1 of 300, of customer C1.
local function extended(changes, more)
  local rows = {}
  for position, fields in ipairs(changes) do
    table.insert(rows, with({
      change_id = "H" .. position, table_name = "receivable_entry", record_id = "A1", field = "due_on",
      old_value = "2026-10-15", new_value = "2026-11-15", changed_at = "2026-10-1" .. position .. "T09:00:00", changed_by = "E1",
    }, fields))
  end
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2" } },
    receivable_entry = {
      { receivable_id = "A1", customer_id = "C1", posted_on = "2026-08-15", due_on = "2026-11-15", amount = "300" },
      { receivable_id = "A2", customer_id = "C2", posted_on = "2026-08-15", due_on = "2026-11-15", amount = "70" },
    },
    master_change = rows,
  }, more)
end

local function extension_approval(doc_kind, doc_id, decided_at)
  return { {
    approval_id = "P1", doc_kind = doc_kind, doc_id = doc_id, approval_kind = "payment_extension", decision = "approve", decided_at = decided_at,
  } }
end

cases "RCT-12" {
  { "put off without approval", given = extended { {} },
    expect = { { key = "H1", amount = "300", fault = "unapproved", old = "2026-10-15", new = "2026-11-15", number = "1" } } },
  { "approved before it was changed", given = extended({ {} }, { approval = extension_approval("receivable_entry", "A1", "2026-10-11T09:00:00") }), expect = {} },
  { "the change itself approved", given = extended({ {} }, { approval = extension_approval("master_change", "H1", "2026-10-11T08:59:59") }), expect = {} },
  { "approved a second after", given = extended({ {} }, { approval = extension_approval("receivable_entry", "A1", "2026-10-11T09:00:01") }),
    expect = { { key = "H1", amount = "300", fault = "unapproved" } } },
  { "approved twice: the second is one too many",
    given = extended({ {}, { old_value = "2026-11-15", new_value = "2026-12-15" } }, { approval = extension_approval("receivable_entry", "A1", "2026-10-01T09:00:00") }),
    expect = { { key = "H2", amount = "300", fault = "repeated", number = "2" } } },
  { "the first was 365 days ago",
    given = extended({ { changed_at = "2025-10-12T09:00:00", new_value = "2026-10-16" }, {} }, { approval = extension_approval("receivable_entry", "A1", "2025-10-01T09:00:00") }),
    period = "2026-10", expect = {} },
  { "the first was 364 days ago, of another receivable",
    given = extended({ { changed_at = "2025-10-13T09:00:00", record_id = "A3" }, {} }, {
      receivable_entry = {
        { receivable_id = "A1", customer_id = "C1", posted_on = "2025-08-15", amount = "300" }, { receivable_id = "A3", customer_id = "C1", posted_on = "2025-08-15", amount = "50" },
      },
      approval = extension_approval("receivable_entry", "A1", "2025-10-01T09:00:00"),
    }),
    period = "2026-10", expect = { { key = "H2", amount = "300", fault = "repeated", number = "2" } } },
  { "brought forward; another field; another table; another customer's first",
    given = extended({
      { old_value = "2026-11-15", new_value = "2026-10-15" }, { old_value = "2026-11-15", new_value = "2026/11/15" }, { field = "amount" }, { table_name = "customer", record_id = "C1" }, { record_id = "A2" },
    }, { approval = extension_approval("receivable_entry", "A2", "2026-10-01T09:00:00") }),
    expect = {} },
  { "dates as other systems write them", given = extended { { old_value = "2026/9/5", new_value = "20261015 00:00:00" } },
    expect = { { key = "H1", amount = "300", old = "2026-09-05", new = "2026-10-15" } } },
  { "what was no date in an earlier month is no extension",
    given = extended({ { changed_at = "2026-09-12T09:00:00", new_value = "next year" }, {} }, { approval = extension_approval("receivable_entry", "A1", "2026-09-01T09:00:00") }),
    period = "2026-10", expect = {} },
  { "paid in part by then", given = extended({ {} }, {
      receipt = { { receipt_id = "B1", customer_id = "C1", amount = "300", received_on = "2026-10-01" } },
      receipt_application = {
        { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "100", applied_on = "2026-10-11" },
        { application_id = "X2", receipt_id = "B1", receivable_id = "A1", amount = "150", applied_on = "2026-10-12" },
      },
    }),
    expect = { { key = "H1", amount = "200", fault = "unapproved" } } },
  { "paid by then", given = extended({ {} }, {
      receipt = { { receipt_id = "B1", customer_id = "C1", amount = "300", received_on = "2026-10-01" } },
      receipt_application = { { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "300", applied_on = "2026-10-01" } },
    }),
    expect = {} },
  { "an instalment, paid in part",
    given = extended({ { table_name = "payment_plan", record_id = "F1" } }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01" } },
      payment_plan = { { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "500", due_on = "2026-11-15" } },
      receipt = { { receipt_id = "B1", plan_id = "F1", kind = "advance", amount = "120", received_on = "2026-10-05" } },
    }),
    expect = { { key = "H1", amount = "380", fault = "unapproved" } } },
  { "a record that is not there", given = extended { { record_id = "A9" } }, expect = { { key = "H1", untestable = "is not in the data" } } },
  { "no date", given = extended { { new_value = "next year" } }, expect = { { key = "C1", untestable = "no date" } } },
  { "approvals were not imported", given = extended { {} }, absent = { "approval" }, expect = { { key = "C1", untestable = "approval" } } },
}

-- SPDX-License-Identifier: MIT
-- The library's steps, separation, required fields, tried by controls that show what they find.

local function request_and_invoice(request, invoice)
  request.request_id, invoice.request_id, invoice.invoice_id = "R1", "R1", "I1"
  return { invoice_request = { request }, invoice = { invoice } }
end

control "STEP-01" {
  title      = "Steps in order",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "invoice",
  terms      = step_terms(),
  message    = step_message(),
  test = function(invoice)
    local faults = order_faults {
      step("invoice_request", invoice.request, "requested_at", "requested_by"),
      optional_step("invoice_request", invoice.request, "reviewed_at"),
      step("invoice", invoice, "issued_on", "issued_by"),
      step("invoice", invoice, "reviewed_at"),
    }
    return step_exception(faults, { amount = invoice.gross_amount })
  end,
  cases = {
    { "in order, on one day", expect = {},
      given = request_and_invoice(
        { requested_at = "2026-10-05T09:00:00", reviewed_at = "2026-10-05T09:00:00" },
        { issued_on = "2026-10-05", reviewed_at = "2026-10-05T08:00:00" }) },
    { "an optional step is left out", expect = {},
      given = request_and_invoice({ requested_at = "2026-10-05T09:00:00" }, { issued_on = "2026-10-05", reviewed_at = "2026-10-06T08:00:00" }) },
    { "not yet reviewed", expect = {},
      given = request_and_invoice({ requested_at = "2026-10-05T09:00:00" }, { issued_on = "2026-10-05" }) },
    { "reviewed only after the date of the audit", expect = {}, as_of = "2026-10-31",
      given = request_and_invoice({ requested_at = "2026-10-05T09:00:00", reviewed_at = "2026-11-05T09:00:00" }, { issued_on = "2026-10-05" }) },
    { "a second too early",
      given = request_and_invoice({ requested_at = "2026-10-05T09:00:00", reviewed_at = "2026-10-05T08:59:59" }, { issued_on = "2026-10-05" }),
      expect = { { key = "I1", fault = "too early", step = "invoice_request.reviewed_at", other = "invoice_request.requested_at", faults = "1" } } },
    { "a day too early, and one fault more",
      given = request_and_invoice({ requested_at = "2026-10-05T09:00:00", reviewed_at = "2026-10-04T23:59:59" },
        { issued_on = "2026-10-04", gross_amount = "7" }),
      expect = { { key = "I1", amount = "7", step = "invoice_request.reviewed_at", faults = "2" } } },
    { "the first is missing",
      given = request_and_invoice({ reviewed_at = "2026-10-05T09:00:00" }, { issued_on = "2026-10-05" }),
      expect = { { key = "I1", fault = "missing", step = "invoice_request.requested_at", at = "none", other = "invoice_request.reviewed_at", other_at = "2026-10-05T09:00:00" } } },
    { "no request at all", given = { invoice = { { invoice_id = "I1", issued_on = "2026-10-05" } } },
      expect = { { key = "I1", fault = "missing", step = "invoice_request.requested_at", other = "invoice.issued_on" } } },
    { "no column", absent = { "invoice_request.reviewed_at" },
      given = request_and_invoice({ requested_at = "2026-10-05T09:00:00" }, { issued_on = "2026-10-05" }),
      expect = { { key = "I1", untestable = "reviewed_at" } } },
  },
}

control "STEP-02" {
  title      = "Steps with deadlines",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "invoice",
  parameters = { days = { 2 }, working = { false } },
  terms      = step_terms(),
  message    = step_message(),
  test = function(invoice, p)
    local faults = deadline_faults(
      step("invoice", invoice, "delivered_on"), step("invoice", invoice, "issued_on"), p.days, p.working)
    return step_exception(faults, { amount = invoice.gross_amount })
  end,
  cases = {
    { "on the last day", given = { invoice = { { issued_on = "2026-10-16", delivered_on = "2026-10-18" } } }, expect = {} },
    { "a day later", given = { invoice = { { issued_on = "2026-10-16", delivered_on = "2026-10-19" } } },
      expect = { { key = "1", fault = "late", limit = "2026-10-18", at = "2026-10-19", other_at = "2026-10-16" } } },
    { "two working days after a Friday", parameters = { working = true },
      given = { invoice = { { issued_on = "2026-10-16", delivered_on = "2026-10-20" } } }, expect = {} },
    { "three working days after a Friday", parameters = { working = true },
      given = { invoice = { { issued_on = "2026-10-16", delivered_on = "2026-10-21" } } },
      expect = { { key = "1", fault = "late", limit = "2026-10-20" } } },
    { "still open on the last day", as_of = "2026-10-18", given = { invoice = { { issued_on = "2026-10-16" } } }, expect = {} },
    { "open after it", as_of = "2026-10-19", given = { invoice = { { issued_on = "2026-10-16" } } },
      expect = { { key = "1", fault = "missing", at = "none" } } },
    { "delivered after the date of the audit", as_of = "2026-10-19",
      given = { invoice = { { issued_on = "2026-10-16", delivered_on = "2026-10-20" } } },
      expect = { { key = "1", fault = "missing" } } },
    { "issued when, is not said", as_of = "2026-10-19", given = { invoice = { {} } }, expect = { { key = "1", untestable = "issued_on" } } },
  },
}

control "STEP-03" {
  title      = "Separation",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "invoice",
  message    = separation_message(),
  test = function(invoice)
    return separation_exception({
      duty("invoice_request", invoice.request, "requested_by"),
      duty("invoice_request", invoice.request, "reviewed_by"),
      duty("invoice", invoice, "issued_by"),
      duty("invoice", invoice, "reviewed_by"),
    }, { amount = invoice.gross_amount })
  end,
  cases = {
    { "four people", given = request_and_invoice({ requested_by = "E1", reviewed_by = "E2" }, { issued_by = "E3", reviewed_by = "E4" }), expect = {} },
    { "three duties of one, by two accounts",
      given = {
        employee = { { employee_id = "E1" } },
        user_account = { { user_id = "U1", employee_id = "E1" } },
        invoice_request = { { request_id = "R1", requested_by = "E2", reviewed_by = "U1" } },
        invoice = { { request_id = "R1", issued_by = "E1", reviewed_by = "U1", gross_amount = "5.5" } },
      },
      expect = { { key = "1", amount = "5.5", person = "E1", duties = "invoice_request.reviewed_by, invoice.issued_by, invoice.reviewed_by" } } },
    { "nobody twice, and a system user twice",
      given = {
        employee = { { employee_id = "E9" } },
        user_account = { { user_id = "U0", employee_id = "E9", is_system = "true" } },
        invoice_request = { { request_id = "R1" } },
        invoice = { { request_id = "R1", issued_by = "U0", reviewed_by = "U0" } },
      },
      expect = {} },
    { "without the table of requests", absent = { "invoice_request" },
      given = { invoice = { { request_id = "R1", issued_by = "E1", reviewed_by = "E1" } } },
      expect = { { key = "1", untestable = "invoice_request" } } },
  },
}

control "STEP-04" {
  title      = "Required fields",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "invoice",
  message    = required_message(),
  test = function(invoice)
    return required_exception(blank_fields(invoice, { "invoice_no", "customer_id", "gross_amount" }), { amount = invoice.gross_amount })
  end,
  cases = {
    { "all there", given = { invoice = { { invoice_no = "1", customer_id = "C", gross_amount = "0" } } }, expect = {} },
    { "blanks say nothing", given = { invoice = { { invoice_no = " ", gross_amount = "3" } } },
      expect = { { key = "1", amount = "3", missing = "invoice.invoice_no, invoice.customer_id" } } },
    { "a column that was not imported is left out", absent = { "invoice.invoice_no" },
      given = { invoice = { { gross_amount = "3" } } },
      expect = { { key = "1", amount = "3", missing = "invoice.customer_id" } } },
  },
}

-- SPDX-License-Identifier: MIT
-- The cases of QUO: inquiries, tenders and quotations.

-- People with their roles, inquiry XJ1 of Monday 2026-10-12 reported and decided, quotation QT1
-- over 1,130 for it, reviewed, printed, sealed and sent on 2026-10-14. `more` adds or replaces tables.
local function quoted(quotation, more, inquiry)
  return with({
    org_unit = {
      { org_unit_id = "DL", kind = "management" }, { org_unit_id = "DS", kind = "sales" }, { org_unit_id = "DT", kind = "technical" },
      { org_unit_id = "DC", kind = "purchasing" },
    },
    employee = {
      { employee_id = "E1", org_unit_id = "DL" }, { employee_id = "E2", org_unit_id = "DS" }, { employee_id = "E3", org_unit_id = "DS" },
      { employee_id = "E4", org_unit_id = "DT" }, { employee_id = "E5", org_unit_id = "DC" },
    },
    role_assignment = {
      { employee_id = "E1", role = "company_leader", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "sales_manager", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "technician", valid_from = "2026-01-01" },
      { employee_id = "E5", role = "purchaser", valid_from = "2026-01-01" },
    },
    role_rank = { { role = "salesperson", rank = "10" }, { role = "sales_manager", rank = "40" }, { role = "company_leader", rank = "80" } },
    customer = { { customer_id = "C1", nature = "company" } },
    product = { { product_id = "P1" } },
    inquiry = { with({
      inquiry_id = "XJ1", kind = "rfq", customer_id = "C1", salesperson_id = "E3", received_at = "2026-10-12T09:00:00",
      reported_at = "2026-10-12T11:00:00", reported_to = "E2", amount = "1000", decision = "bid", decided_by = "E2", decided_at = "2026-10-12T15:00:00",
    }, inquiry) },
    quotation = { with({
      quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", kind = "quote", medium = "written", amount = "1130",
      prepared_by = "E3", prepared_at = "2026-10-13T09:00:00", reviewed_by = "E2", reviewed_at = "2026-10-14T10:00:00",
      printed_at = "2026-10-14T11:00:00", sealed_at = "2026-10-14T12:00:00", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14",
    }, quotation) },
    quotation_line = { { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", gross_amount = "1130" } },
  }, more)
end

cases "QUO-01" {
  { "on the next working day", given = quoted({}, {}, { reported_at = "2026-10-13T23:00:00" }), expect = {} },
  { "on the day after that", given = quoted({}, {}, { reported_at = "2026-10-14T08:00:00" }),
    expect = { { key = "XJ1", amount = "1000", fault = "late", reported_at = "2026-10-14T08:00:00", limit = "2026-10-13" } } },
  { "received on a Friday, reported on Monday", given = quoted({}, {}, { received_at = "2026-10-09T17:00:00", reported_at = "2026-10-12T09:00:00" }), expect = {} },
  { "not reported, on the last day", as_of = "2026-10-13", given = quoted({}, {}, { reported_at = "" }), expect = {} },
  { "not reported, a day later", as_of = "2026-10-14", given = quoted({}, {}, { reported_at = "", reported_to = "" }),
    expect = { { key = "XJ1", amount = "1000", fault = "missing", reported_at = "none", reported_to = "none" } } },
  { "reported to a colleague", given = quoted({}, {}, { reported_to = "E4" }),
    expect = { { key = "XJ1", amount = "1000", fault = "wrong role", reported_to = "E4", wanted = "sales_manager" } } },
  { "reported to a leader of the company", given = quoted({}, {}, { reported_to = "E1" }), expect = {} },
  { "nobody named", given = quoted({}, {}, { reported_to = "" }), expect = { { key = "XJ1", untestable = "nobody is named" } } },
  { "no time of receipt", given = quoted({}, {}, { received_at = "" }), expect = { { key = "XJ1", untestable = "no date" } } },
  { "only government customers: a company", parameters = { all_quotations = false }, given = quoted({}, {}, { reported_at = "2026-10-20T08:00:00" }), expect = {} },
  { "only government customers: a ministry", parameters = { all_quotations = false },
    given = quoted({}, { customer = { { customer_id = "C1", nature = "government" } } }, { reported_at = "2026-10-20T08:00:00" }),
    expect = { { key = "XJ1", amount = "1000", fault = "late" } } },
  { "only outsourced products: one is", parameters = { all_quotations = false },
    given = quoted({}, { product = { { product_id = "P1", is_outsourced = true } } }, { reported_at = "2026-10-20T08:00:00" }),
    expect = { { key = "XJ1", amount = "1000", fault = "late" } } },
  { "reports were not imported", given = quoted(), absent = { "inquiry.reported_at" }, expect = { { key = "XJ1", untestable = "reported_at" } } },
}

cases "QUO-02" {
  { "decided at the moment it was sent", given = quoted({}, {}, { decided_at = "2026-10-14T16:00:00" }), expect = {} },
  { "decided a second later", given = quoted({}, {}, { decided_at = "2026-10-14T16:00:01" }),
    expect = { { key = "QT1", amount = "1130", fault = "late", decided_at = "2026-10-14T16:00:01" } } },
  { "not decided", given = quoted({}, {}, { decision = "", decided_at = "", decided_by = "" }),
    expect = { { key = "QT1", amount = "1130", fault = "missing", decided_at = "none", decided_by = "none" } } },
  { "decided not to take part", given = quoted({}, {}, { decision = "no_bid" }), expect = { { key = "QT1", amount = "1130", fault = "no bid" } } },
  { "decided by the salesperson", given = quoted({}, {}, { decided_by = "E3" }), expect = { { key = "QT1", amount = "1130", fault = "wrong role", decided_by = "E3" } } },
  { "not sent yet", given = quoted({ sent_at = "" }, {}, { decision = "" }), expect = {} },
  { "sent after the date of the audit", as_of = "2026-10-14", given = quoted({ sent_at = "2026-10-15T09:00:00" }, {}, { decision = "" }), expect = {} },
  { "a quotation without an inquiry", given = quoted { inquiry_id = "" }, expect = {} },
  { "a bid without a tender", given = quoted { inquiry_id = "", kind = "bid" }, expect = { { key = "QT1", untestable = "no inquiry" } } },
  { "no time of the decision", given = quoted({}, {}, { decided_at = "" }), expect = { { key = "QT1", untestable = "no time" } } },
  { "nobody named", given = quoted({}, {}, { decided_by = "" }), expect = { { key = "QT1", untestable = "nobody is named" } } },
  { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted({}, {}, { decision = "no_bid" }), expect = {} },
  { "decisions were not imported", given = quoted(), absent = { "inquiry.decision" }, expect = { { key = "QT1", untestable = "decision" } } },
}

local function approval(doc_kind, doc_id, role, decided_at, kind, who)
  return { approval = { {
    approval_id = "A1", doc_kind = doc_kind, doc_id = doc_id, approval_kind = kind or "bid", step_no = "1", role = role, approver_id = who or "E1",
    decision = "approve", decided_at = decided_at, requested_at = "2026-10-12T08:00:00",
  } } }
end

cases "QUO-03" {
  { "at the threshold, decided by the sales manager", given = quoted { amount = "1000000" },
    expect = { { key = "QT1", amount = "1000000", approved_at = "none", sent_at = "2026-10-14T16:00:00" } } },
  { "a cent below", given = quoted { amount = "999999.99" }, expect = {} },
  { "flagged as major", given = quoted({}, {}, { is_major = true }), expect = { { key = "QT1", sent_at = "2026-10-14T16:00:00", amount = "1130" } } },
  { "flagged as not major", given = quoted({ amount = "1000000" }, {}, { is_major = false }), expect = {} },
  { "decided by a leader", given = quoted({}, {}, { is_major = true, decided_by = "E1" }), expect = {} },
  { "decided by a leader after it was sent", given = quoted({}, {}, { is_major = true, decided_by = "E1", decided_at = "2026-10-14T16:00:01" }),
    expect = { { key = "QT1", amount = "1130", approved_at = "none" } } },
  { "a leader decided against it", given = quoted({}, {}, { is_major = true, decided_by = "E1", decision = "no_bid" }), expect = { { key = "QT1", amount = "1130", sent_at = "2026-10-14T16:00:00" } } },
  { "the inquiry was approved by a leader", given = quoted({}, approval("inquiry", "XJ1", "company_leader", "2026-10-14T16:00:00"), { is_major = true }), expect = {} },
  { "the quotation was approved by a leader", given = quoted({}, approval("quotation", "QT1", "company_leader", "2026-10-14T09:00:00", "price_review"), { is_major = true }), expect = {} },
  { "approved a second too late", given = quoted({}, approval("quotation", "QT1", "company_leader", "2026-10-14T16:00:01"), { is_major = true }),
    expect = { { key = "QT1", amount = "1130", approved_at = "2026-10-14T16:00:01" } } },
  { "approved by the sales manager", given = quoted({}, approval("quotation", "QT1", "sales_manager", "2026-10-14T09:00:00", "bid", "E2"), { is_major = true }),
    expect = { { key = "QT1", amount = "1130", approved_at = "none" } } },
  { "not sent", given = quoted({ sent_at = "" }, {}, { is_major = true }), expect = {} },
  { "no amount and no flag: the amount of its lines", given = quoted { amount = "" }, expect = {} },
  { "no amount and no flag, nor lines", given = quoted({ amount = "" }, { quotation_line = {} }), expect = { { key = "QT1", untestable = "quotation.amount is empty" } } },
  { "no amount, but flagged", given = quoted({ amount = "" }, {}, { is_major = true }), expect = { { key = "QT1", amount = "1130", approved_at = "none" } } },
  { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted({}, {}, { is_major = true }), expect = {} },
  { "approvals were not imported", given = quoted({}, {}, { is_major = true }), absent = { "approval" }, expect = { { key = "QT1", untestable = "approval" } } },
}

local function difficult(fields, supported)
  local record = supported and with({
    support_id = "S1", doc_kind = "quotation", doc_id = "QT1", product_id = "P1", kind = "technical_support", done_by = "E4", done_at = "2026-10-14T09:00:00",
  }, supported)
  return quoted(fields, { product = { { product_id = "P1", is_difficult = true, is_key = true } }, support_record = record and { record } or {} })
end

cases "QUO-04" {
  { "support at the moment of the review", given = difficult({}, { done_at = "2026-10-14T10:00:00" }), expect = {} },
  { "a second later", given = difficult({}, { done_at = "2026-10-14T10:00:01" }),
    expect = { { key = "QT1/1", amount = "1130", fault = "late", done_at = "2026-10-14T10:00:01", limit = "2026-10-14T10:00:00" } } },
  { "none", given = difficult(), expect = { { key = "QT1/1", amount = "1130", fault = "missing", done_at = "none", product = "P1" } } },
  { "by the sales department", given = difficult({}, { done_by = "E3" }), expect = { { key = "QT1/1", amount = "1130", fault = "wrong role" } } },
  { "by the sales department at the moment of the review", given = difficult({}, { done_by = "E3", done_at = "2026-10-14T10:00:00" }),
    expect = { { key = "QT1/1", amount = "1130", fault = "wrong role", done_at = "2026-10-14T10:00:00" } } },
  { "by the sales department, too late as well", given = difficult({}, { done_by = "E3", done_at = "2026-10-14T10:00:01" }), expect = { { key = "QT1/1", amount = "1130", fault = "late" } } },
  { "first by the sales department, then too late",
    given = quoted({}, { product = { { product_id = "P1", is_difficult = true } }, support_record = {
      { support_id = "S1", doc_kind = "quotation", doc_id = "QT1", kind = "technical_support", done_by = "E3", done_at = "2026-10-14T09:00:00" },
      { support_id = "S2", doc_kind = "quotation", doc_id = "QT1", kind = "technical_support", done_by = "E4", done_at = "2026-10-14T11:00:00" },
    } }),
    expect = { { key = "QT1/1", amount = "1130", fault = "wrong role", done_at = "2026-10-14T09:00:00" } } },
  { "quotations name neither inquiry nor project", given = difficult(), absent = { "quotation.inquiry_id", "quotation.opportunity_id" },
    expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
  { "nobody knows by whom", given = difficult({}, { done_by = "" }), expect = { { key = "QT1/1", amount = "1130", fault = "wrong role" } } },
  { "for another product", given = difficult({}, { product_id = "P2" }), expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
  { "a survey is no technical support", given = difficult({}, { kind = "material_survey" }), expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
  { "for the inquiry, without a product", given = difficult({}, { doc_kind = "inquiry", doc_id = "XJ1", product_id = "" }), expect = {} },
  { "for the project", given = difficult({ opportunity_id = "O1" }, { doc_kind = "opportunity", doc_id = "O1" }), expect = {} },
  { "for another quotation", given = difficult({}, { doc_id = "QT9" }), expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
  { "never reviewed: by the time it was sent", given = difficult({ reviewed_at = "" }, { done_at = "2026-10-14T16:00:00" }), expect = {} },
  { "neither reviewed nor sent", given = difficult { reviewed_at = "", sent_at = "" }, expect = {} },
  { "reviewed after the date of the audit", as_of = "2026-10-14", given = difficult { reviewed_at = "2026-10-15T10:00:00", sent_at = "2026-10-16T10:00:00" }, expect = {} },
  { "an ordinary product", given = quoted(), expect = {} },
  { "only outsourced products: none is", parameters = { all_quotations = false }, given = difficult(), expect = {} },
  { "records of support were not imported", given = difficult(), absent = { "support_record" }, expect = { { key = "QT1/1", untestable = "support_record" } } },
}

local function surveyed(fields, survey)
  return difficult(fields, survey and with({
    kind = "material_survey", done_by = "E5", done_at = "2026-10-13T09:00:00", material_price = "55", lead_time_days = "20",
  }, survey))
end

cases "QUO-05" {
  { "thirty days before the review", given = surveyed({}, { done_at = "2026-09-14T09:00:00" }), expect = {} },
  { "thirty-one days before", given = surveyed({}, { done_at = "2026-09-13T09:00:00" }),
    expect = { { key = "QT1/1", amount = "1130", fault = "outdated", done_at = "2026-09-13T09:00:00" } } },
  { "at the moment of the review", given = surveyed({}, { done_at = "2026-10-14T10:00:00" }), expect = {} },
  { "a second later", given = surveyed({}, { done_at = "2026-10-14T10:00:01" }), expect = { { key = "QT1/1", amount = "1130", fault = "late" } } },
  { "none", given = surveyed(), expect = { { key = "QT1/1", amount = "1130", fault = "missing", done_at = "none" } } },
  { "no lead time", given = surveyed({}, { lead_time_days = "" }), expect = { { key = "QT1/1", amount = "1130", fault = "incomplete", done_at = "2026-10-13T09:00:00" } } },
  { "no price", given = surveyed({}, { material_price = "" }), expect = { { key = "QT1/1", amount = "1130", fault = "incomplete" } } },
  { "by the technical department", given = surveyed({}, { done_by = "E4" }), expect = { { key = "QT1/1", amount = "1130", fault = "wrong role" } } },
  { "made for another quotation of the same product", given = surveyed({}, { doc_id = "QT9" }), expect = {} },
  { "an ordinary product", given = quoted(), expect = {} },
  { "neither reviewed nor sent", given = surveyed { reviewed_at = "", sent_at = "" }, expect = {} },
  { "only outsourced products: none is", parameters = { all_quotations = false }, given = surveyed(), expect = {} },
  { "prices were not imported", given = surveyed({}, {}), absent = { "support_record.material_price" }, expect = { { key = "QT1/1", untestable = "material_price" } } },
}

cases "QUO-06" {
  { "reviewed at the moment it was printed", given = quoted { reviewed_at = "2026-10-14T11:00:00" }, expect = {} },
  { "printed a second before", given = quoted { reviewed_at = "2026-10-14T11:00:01" },
    expect = { { key = "QT1", amount = "1130", fault = "late", step = "quotation.printed_at", out_at = "2026-10-14T11:00:00" } } },
  { "sent before the review, never printed", given = quoted { reviewed_at = "2026-10-14T16:00:01", printed_at = "" },
    expect = { { key = "QT1", amount = "1130", fault = "late", step = "quotation.sent_at" } } },
  { "never printed, reviewed before it was sent", given = quoted { reviewed_at = "2026-10-14T16:00:00", printed_at = "" }, expect = {} },
  { "not reviewed", given = quoted { reviewed_at = "", reviewed_by = "" },
    expect = { { key = "QT1", amount = "1130", fault = "missing", reviewed_at = "none", reviewed_by = "none" } } },
  { "reviewed by the salesperson", given = quoted { reviewed_by = "E3" }, expect = { { key = "QT1", amount = "1130", fault = "wrong role", reviewed_by = "E3" } } },
  { "sales manager only until the day before",
    given = quoted({}, { role_assignment = { { employee_id = "E2", role = "sales_manager", valid_from = "2026-01-01", valid_to = "2026-10-13" } } }),
    expect = { { key = "QT1", amount = "1130", fault = "wrong role" } } },
  { "reviewed by delegation", expect = {},
    given = quoted({ reviewed_by = "E3" }, { delegation = { { delegation_id = "DG1", grantor_id = "E2", grantee_id = "E3", doc_kind = "quotation", valid_from = "2026-10-14", valid_to = "2026-10-14" } } }) },
  { "not sent", given = quoted { sent_at = "", reviewed_at = "" }, expect = {} },
  { "nobody named", given = quoted { reviewed_by = "" }, expect = { { key = "QT1", untestable = "nobody is named" } } },
  { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted { reviewed_at = "" }, expect = {} },
  { "reviews were not imported", given = quoted(), absent = { "quotation.reviewed_at" }, expect = { { key = "QT1", untestable = "reviewed_at" } } },
}

cases "QUO-07" {
  { "sealed at the moment it was sent", given = quoted { sealed_at = "2026-10-14T16:00:00" }, expect = {} },
  { "sealed a second later", given = quoted { sealed_at = "2026-10-14T16:00:01" },
    expect = { { key = "QT1", label = "seal", amount = "1130", fault = "late", limit = "2026-10-14T16:00:00" } } },
  { "not sealed", given = quoted { sealed_at = "" }, expect = { { key = "QT1", label = "seal", amount = "1130", fault = "missing", sealed_at = "none", limit = "no limit" } } },
  { "sealed a second before the review", given = quoted { sealed_at = "2026-10-14T09:59:59" },
    expect = { { key = "QT1", label = "seal", amount = "1130", fault = "too early", limit = "2026-10-14T10:00:00" } } },
  { "sealed at the moment of the review", given = quoted { sealed_at = "2026-10-14T10:00:00" }, expect = {} },
  { "not reviewed: another control's", given = quoted { reviewed_at = "" }, expect = {} },
  { "by e-mail without a seal", given = quoted { medium = "email", sealed_at = "" }, expect = {} },
  { "a bid by e-mail without a seal", given = quoted { medium = "email", kind = "bid", sealed_at = "" }, expect = { { key = "QT1", label = "seal", amount = "1130", fault = "missing" } } },
  { "a medium that nobody recorded", given = quoted { medium = "", sealed_at = "" }, expect = { { key = "QT1", label = "seal", amount = "1130", fault = "missing" } } },
  { "a bid sent when the tender closed", given = quoted({ kind = "bid" }, {}, { due_at = "2026-10-14T16:00:00" }), expect = {} },
  { "a bid sent a second later", given = quoted({ kind = "bid" }, {}, { due_at = "2026-10-14T15:59:59" }),
    expect = { { key = "QT1", label = "deadline", amount = "1130", fault = "closed", limit = "2026-10-14T15:59:59" } } },
  { "a quotation after the date asked for", given = quoted({}, {}, { due_at = "2026-10-13T16:00:00" }), expect = {} },
  { "a bid without a tender", given = quoted { kind = "bid", inquiry_id = "" }, expect = {} },
  { "not sent", given = quoted { sent_at = "", sealed_at = "" }, expect = {} },
  { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted { sealed_at = "" }, expect = {} },
  { "seals were not imported", given = quoted(), absent = { "quotation.sealed_at" }, expect = { { key = "QT1", untestable = "sealed_at" } } },
}

-- Contract CT1 of 2026-10-19 on quotation QT1: 10 of P1 at 100, 20 days, 30 % in advance.
local function contracted(contract, line, more)
  local tables = with({
    contract = { with({
      contract_id = "CT1", quotation_id = "QT1", customer_id = "C1", amount = "1130", signed_on = "2026-10-19", status = "executing",
      delivery_days = "20", payment_terms = "30% in advance",
    }, contract) },
    contract_line = { with({ contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", spec = "6204-2RS" }, line) },
    quotation_line = { { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", spec = "6204-2rs", gross_amount = "1130" } },
  }, more)
  return quoted({ delivery_days = "20", payment_terms = "30%  in advance" }, tables)
end

local function confirmed(aspect, confirmed_at, confirmed_by)
  return { deviation = { {
    deviation_id = "V1", contract_id = "CT1", quotation_id = "QT1", aspect = aspect, confirmed_by = confirmed_by or "E2", confirmed_at = confirmed_at or "2026-10-19T18:00:00",
  } } }
end

cases "QUO-08" {
  { "as quoted; blanks, width and case do not count", given = contracted(), expect = {} },
  { "a lower price", given = contracted({ amount = "1118.70" }, { unit_price = "99" }),
    expect = { { key = "CT1", amount = "11.3", aspects = "price", quotation = "QT1", contracted = "1118.7", quoted = "1130" } } },
  { "the same discount instead of a lower price", given = contracted({ amount = "1118.70" }, { discount_amount = "10" }),
    expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
  { "confirmed on the day of signing", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed "price"), expect = {} },
  { "confirmed the day after", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed("price", "2026-10-20T08:00:00")),
    expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
  { "confirmed by the salesperson", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed("price", nil, "E3")),
    expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
  { "another aspect was confirmed", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed "quantity"),
    expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
  { "within a tolerance", parameters = { tolerance_pct = "1" }, given = contracted({ amount = "1118.70" }, { unit_price = "99" }), expect = {} },
  { "more pieces", given = contracted({ amount = "1243" }, { quantity = "11" }), expect = { { key = "CT1", amount = "113", aspects = "quantity" } } },
  { "two deviations that leave the amount alone", given = contracted({}, { quantity = "8", unit_price = "125" }),
    expect = { { key = "CT1", amount = "400", aspects = "price, quantity" } } },
  { "another product", given = contracted({}, { product_id = "P2" }), expect = { { key = "CT1", amount = "2000", aspects = "quantity" } } },
  { "a gift on top", given = contracted({}, {}, { contract_line = {
      { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
      { contract_id = "CT1", line_no = "2", product_id = "G1", quantity = "1", unit_price = "0", line_kind = "gift" },
    } }), expect = {} },
  { "another specification: the whole contract", given = contracted({}, { spec = "6204-ZZ" }), expect = { { key = "CT1", amount = "1130", aspects = "spec" } } },
  { "no specification stated", given = contracted({}, { spec = "" }), expect = {} },
  { "delivery and payment", given = contracted { delivery_days = "15", payment_terms = "60 days" },
    expect = { { key = "CT1", amount = "1130", aspects = "delivery, payment" } } },
  { "agrees with the last version, not with the one it names", expect = {},
    given = contracted({ amount = "1118.70" }, { unit_price = "99" }, {
      quotation = {
        { quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
        { quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-16T16:00:00", quoted_on = "2026-10-16" },
      },
      quotation_line = {
        { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
        { quotation_id = "QT2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "99" },
      },
    }) },
  { "compared with the last version",
    given = contracted({ amount = "1107.40" }, { unit_price = "98" }, {
      quotation = {
        { quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
        { quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-16T16:00:00", quoted_on = "2026-10-16" },
        { quotation_id = "QT3", inquiry_id = "XJ1", customer_id = "C1", version = "3", amount = "1107.40", sent_at = "2026-10-19T08:00:00", quoted_on = "2026-10-19" },
      },
      quotation_line = {
        { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
        { quotation_id = "QT2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "99" },
      },
    }),
    expect = { { key = "CT1", amount = "11.3", aspects = "price", quotation = "QT2" } } },
  { "agrees with the one it names, not with the last version: judged elsewhere", expect = {},
    given = contracted({}, {}, {
      quotation = {
        { quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
        { quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-16T16:00:00", quoted_on = "2026-10-16" },
      },
      quotation_line = {
        { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
        { quotation_id = "QT2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "99" },
      },
    }) },
  { "no quotation", given = contracted { quotation_id = "" }, expect = {} },
  { "a draft", given = contracted { status = "draft", delivery_days = "15" }, expect = {} },
  { "the quotation is not in the data", given = contracted { quotation_id = "QT9" }, expect = { { key = "CT1", untestable = "quotation" } } },
  { "a line without a quantity", given = contracted({}, { quantity = "" }), expect = { { key = "CT1", untestable = "without a quantity" } } },
  { "deviations were not imported", given = contracted { delivery_days = "15" }, absent = { "deviation" }, expect = { { key = "CT1", untestable = "deviation" } } },
}

cases "QUO-09" {
  { "by word of mouth", given = quoted { medium = "oral", sent_at = "" }, expect = { { key = "QT1", amount = "1130", medium = "oral" } } },
  { "in writing, by e-mail", given = quoted({}, { quotation = {
      { quotation_id = "QT1", medium = "written", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
      { quotation_id = "QT2", medium = "email", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
    } }), expect = {} },
  { "not recorded", given = quoted { medium = "" }, expect = { { key = "QT1", amount = "1130", medium = "none" } } },
  { "not recorded, not sent", given = quoted { medium = "", sent_at = "" }, expect = {} },
  { "the medium was not imported", given = quoted(), absent = { "quotation.medium" }, expect = { { key = "QT1", untestable = "medium" } } },
}

local function line(number, fields)
  return with({ quotation_id = "QT1", line_no = number, product_id = "P1", quantity = "10", unit_price = "100", spec = "6204" }, fields)
end

cases "QUO-10" {
  { "complete", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line "1" } }), expect = {} },
  { "no requirements", given = quoted({}, { quotation_line = { line "1" } }),
    expect = { { key = "QT1", amount = "1130", missing = "quotation.requirements_ref" } } },
  { "two lines lack fields, each named once",
    given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line("1", { spec = " " }), line("2", { spec = "", quantity = "" }), line("3", { unit_price = "" }) } }),
    expect = { { key = "QT1", amount = "1130", missing = "quotation_line.spec, quotation_line.quantity, quotation_line.unit_price" } } },
  { "freight needs no specification", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line "1", line("2", { spec = "", line_kind = "freight" }) } }), expect = {} },
  { "no line", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = {} }), expect = { { key = "QT1", amount = "1130", missing = "quotation_line" } } },
  { "not sent", given = quoted { sent_at = "" }, expect = {} },
  { "specifications were not imported", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line("1", { spec = "" }) } }), absent = { "quotation_line.spec" }, expect = {} },
  { "lines were not imported", given = quoted { requirements_ref = "XQ-1" }, absent = { "quotation_line" }, expect = {} },
  { "references were not imported", given = quoted({}, { quotation_line = { line "1" } }), absent = { "quotation.requirements_ref" },
    expect = { { key = "QT1", untestable = "no required field" } } },
}

local function negotiated(fields, contract, more)
  local tables = with({
    negotiation = { with({
      negotiation_id = "N1", contract_id = "CT1", customer_id = "C1", kind = "commercial", held_on = "2026-10-15", reported_at = "2026-10-16T09:00:00", reported_to = "E2",
    }, fields) },
  }, more)
  return contracted(contract, {}, tables)
end

cases "QUO-11" {
  { "on the next working day", given = negotiated { reported_at = "2026-10-16T23:00:00" }, expect = {} },
  { "three days later, on a Monday", given = negotiated { reported_at = "2026-10-19T09:00:00" },
    expect = { { key = "N1", amount = "1130", fault = "late", limit = "2026-10-16", held_on = "2026-10-15", wanted = "sales_manager" } } },
  { "held on a Friday, reported on Monday", given = negotiated { held_on = "2026-10-16", reported_at = "2026-10-19T09:00:00" }, expect = {} },
  { "signed on the day it was held, reported the next day", given = negotiated({}, { signed_on = "2026-10-15" }),
    expect = { { key = "N1", amount = "1130", fault = "late", limit = "2026-10-15" } } },
  { "held after signing", given = negotiated({}, { signed_on = "2026-10-14" }), expect = {} },
  { "not reported, on the last day", as_of = "2026-10-16", given = negotiated { reported_at = "" }, expect = {} },
  { "not reported, a day later", as_of = "2026-10-17", given = negotiated { reported_at = "", reported_to = "" },
    expect = { { key = "N1", amount = "1130", fault = "missing", reported_at = "none", reported_to = "none" } } },
  { "reported only after the date of the audit", as_of = "2026-10-15", given = negotiated { reported_to = "E3" }, expect = {} },
  { "reported to a colleague", given = negotiated { reported_to = "E3" }, expect = { { key = "N1", amount = "1130", fault = "wrong role", reported_to = "E3" } } },
  { "a major contract reported to the sales manager", given = negotiated({}, { is_major = true }),
    expect = { { key = "N1", amount = "1130", fault = "wrong role", wanted = "company_leader" } } },
  { "a major contract reported to a leader", given = negotiated({ reported_to = "E1" }, { is_major = true }), expect = {} },
  { "of a quotation only", given = negotiated { contract_id = "", quotation_id = "QT1", reported_to = "E3" },
    expect = { { key = "N1", amount = "1130", fault = "wrong role" } } },
  { "of neither", given = negotiated { contract_id = "", reported_to = "E3" }, expect = { { key = "N1", amount = "none", fault = "wrong role" } } },
  { "nobody named", given = negotiated { reported_to = "" }, expect = { { key = "N1", untestable = "nobody is named" } } },
  { "reports were not imported", given = negotiated(), absent = { "negotiation.reported_at" }, expect = { { key = "N1", untestable = "reported_at" } } },
}

local function of_class(class, more, quotation)
  local tables = with({ product = { { product_id = "P1", abc_class = class }, { product_id = "P2", abc_class = "C" } } }, more)
  return quoted(quotation, tables)
end
local function review(role, at, who) return approval("quotation", "QT1", role, at, "price_review", who) end
local both_lines = {
  { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "1" },
  { quotation_id = "QT1", line_no = "2", product_id = "P2", quantity = "1", unit_price = "1" },
}

cases "QUO-12" {
  { "class B, by the sales manager as it was sent", given = of_class("B", review("sales_manager", "2026-10-14T16:00:00", "E2")), expect = {} },
  { "a second later", given = of_class("B", review("sales_manager", "2026-10-14T16:00:01", "E2")),
    expect = { { key = "QT1", amount = "1130", class = "B", wanted = "sales_manager", reviewed_at = "2026-10-14T16:00:01", basis = "approval" } } },
  { "nobody", given = of_class "C", expect = { { key = "QT1", amount = "1130", class = "C", reviewed_at = "none" } } },
  { "no class", given = of_class("", review("sales_manager", "2026-10-14T10:00:00", "E2")), expect = {} },
  { "class A, by the sales manager only",
    given = of_class("A", { approval = review("sales_manager", "2026-10-14T10:00:00", "E2").approval, quotation_line = both_lines }),
    expect = { { key = "QT1", amount = "1130", class = "A", wanted = "company_leader", reviewed_at = "2026-10-14T10:00:00" } } },
  { "class A, by a leader", given = of_class("A", review("company_leader", "2026-10-14T10:00:00")), expect = {} },
  { "class B has roles of its own", parameters = { class_b = { "company_leader" } }, given = of_class("B", review("sales_manager", "2026-10-14T10:00:00", "E2")),
    expect = { { key = "QT1", amount = "1130", class = "B", wanted = "company_leader" } } },
  { "class C has roles of its own", parameters = { class_c = { "salesperson" } }, given = of_class("C", review("salesperson", "2026-10-14T10:00:00", "E3")), expect = {} },
  { "another kind of approval", given = of_class("B", approval("quotation", "QT1", "sales_manager", "2026-10-14T10:00:00", "bid", "E2")),
    expect = { { key = "QT1", amount = "1130", reviewed_at = "none" } } },
  { "not sent", given = of_class("B", {}, { sent_at = "" }), expect = {} },
  { "without approvals the header counts", absent = { "approval" }, given = of_class "B", expect = {} },
  { "the header's reviewer may not, for class A", absent = { "approval" }, given = of_class "A",
    expect = { { key = "QT1", amount = "1130", class = "A", basis = "header", reviewed_at = "2026-10-14T10:00:00" } } },
  { "the header says it was reviewed after it was sent", absent = { "approval" }, given = of_class("B", {}, { reviewed_at = "2026-10-14T16:00:01" }),
    expect = { { key = "QT1", amount = "1130", basis = "header", reviewed_at = "2026-10-14T16:00:01" } } },
  { "classes were not imported", given = of_class "B", absent = { "product.abc_class" }, expect = { { key = "QT1", amount = "1130", class = "C", assumed = { "product.abc_class" } } } },
}

local function versions(first, second, more)
  local tables = with({
    quotation = {
      with({ quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14", valid_until = "2026-10-19" }, first),
      with({ quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-18T16:00:00", quoted_on = "2026-10-18" }, second),
    },
  }, more)
  return contracted({}, {}, tables)
end
local other = { inquiry_id = "XJ9" }

cases "QUO-13" {
  { "signed on the last day", given = versions({}, other), expect = {} },
  { "signed a day later", given = versions({ valid_until = "2026-10-18" }, other),
    expect = { { key = "CT1", amount = "1130", fault = "expired", valid_until = "2026-10-18", later = "none" } } },
  { "no end of validity", given = versions({ valid_until = "" }, other), expect = {} },
  { "a later version sent the day before", given = versions(), expect = { { key = "CT1", amount = "1130", fault = "superseded", later = "QT2" } } },
  { "a later version sent on the day of signing", given = versions({}, { sent_at = "2026-10-19T08:00:00" }), expect = {} },
  { "a later version that was not sent", given = versions({}, { sent_at = "" }), expect = {} },
  { "an earlier version sent again", given = versions({ version = "3" }), expect = {} },
  { "both: one exception", given = versions { valid_until = "2026-10-15" }, expect = { { key = "CT1", amount = "1130", fault = "superseded", valid_until = "2026-10-15" } } },
  { "no inquiry", given = versions({ inquiry_id = "" }, { inquiry_id = "" }), expect = {} },
  { "no quotation", given = contracted { quotation_id = "" }, expect = {} },
  { "a draft", given = contracted { status = "draft" }, expect = {} },
  { "the quotation is not in the data", given = contracted { quotation_id = "QT9" }, expect = { { key = "CT1", untestable = "quotation" } } },
  { "validity was not imported", given = versions(), absent = { "quotation.valid_until" }, expect = { { key = "CT1", untestable = "valid_until" } } },
}

-- SPDX-License-Identifier: MIT
-- The cases of REV: revenue recognition, cut-off, receivables, vouchers, cost, advances.

-- One delivery D1 of 10 pieces at 100 net, delivered on 2026-10-28. `more` adds or replaces tables.
local function delivered(more)
  return with({
    accounting_period = {
      { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30" },
      { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
      { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
    },
    customer = { { customer_id = "C1" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-20", payment_mode = "credit" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
  }, more)
end

local function signed(...)
  local confirmations = {}
  for position, signed_on in ipairs({ ... }) do
    table.insert(confirmations, { confirmation_id = "K" .. position, delivery_id = "D1", delivery_line_no = "1", signed_on = signed_on })
  end
  return confirmations
end

-- A revenue entry for line 1 of delivery D1.
local function recognised(fields)
  local entry = with({
    revenue_id = "R1", customer_id = "C1", delivery_id = "D1", delivery_line_no = "1", period = "2026-10",
    recognised_on = "2026-10-30", quantity = "10", amount = "1000", source = "system",
  }, fields)
  return { entry }
end

cases "REV-01" {
  { "signed two days after the entry",
    given = delivered { delivery_confirmation = signed "2026-11-01", revenue_entry = recognised() },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-11-01", quantity = "10" } } },
  { "signed on the day of the entry",
    given = delivered { delivery_confirmation = signed "2026-10-30", revenue_entry = recognised() }, expect = {} },
  { "not signed yet",
    given = delivered { revenue_entry = recognised() },
    expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
  { "four of ten were signed later",
    given = delivered {
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-29", quantity = "6" },
        { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-11-02", quantity = "4" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "400", quantity = "4", earned_on = "2026-11-02" } } },
  { "the contract makes the issue the trigger",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "issue" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      revenue_entry = recognised(),
    },
    expect = {} },
  { "the contract makes acceptance the trigger",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      delivery_confirmation = signed "2026-10-28",
      installation = { { installation_id = "N1", contract_id = "CT1", delivery_id = "D1", accepted_on = "2026-10-31" } },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-10-31" } } },
  { "issued in two slips, the second after the entry",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "5", net_amount = "500" },
      },
      stock_issue = {
        { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" },
        { issue_id = "S2", delivery_id = "D1", issued_at = "2026-10-31T10:00:00" },
        { issue_id = "S3", delivery_id = "D1", issued_at = "2026-10-28T10:00:00", status = "void" },
      },
      stock_issue_line = {
        { issue_id = "S1", line_no = "1", delivery_line_no = "1", product_id = "P1", quantity = "3" },
        { issue_id = "S1", line_no = "2", delivery_line_no = "2", product_id = "P2", quantity = "5" },
        { issue_id = "S2", line_no = "1", product_id = "P1", quantity = "7" },
        { issue_id = "S3", line_no = "1", product_id = "P1", quantity = "7" },
      },
      revenue_entry = recognised(),
    },
    parameters = { trigger = "issue" },
    expect = { { key = "R1", amount = "700", quantity = "7", earned_on = "2026-10-31" } } },
  { "two confirmations of the whole delivery of two lines: the later one counts",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "5", net_amount = "500" },
      },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-29" },
        { confirmation_id = "K2", delivery_id = "D1", signed_on = "2026-10-31" },
        { confirmation_id = "K3", delivery_id = "D1", delivery_line_no = "2", signed_on = "2026-10-28" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-10-31" } } },
  { "accepted under the contract, for all its deliveries",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      installation = {
        { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-30" },
        { installation_id = "N2", contract_id = "CT1", delivery_id = "D9", accepted_on = "2026-11-30" },
      },
      revenue_entry = recognised(),
    },
    expect = {} },
  { "one of two installations is not accepted yet",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      installation = {
        { installation_id = "N1", delivery_id = "D1", accepted_on = "2026-10-29" },
        { installation_id = "N2", delivery_id = "D1" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
  { "consigned goods, void entries and negative ones are not judged here",
    given = delivered {
      delivery = { { delivery_id = "D1", kind = "delivery", business_type = "consignment", customer_id = "C1", delivery_date = "2026-10-28" } },
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", status = "void" }[1],
        recognised { revenue_id = "R3", amount = "-1000", quantity = "-10" }[1],
      },
    },
    expect = {} },
  { "found through the invoice line, the latest delivery line counts",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-29" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
        { delivery_id = "D2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "4" },
      },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-29" },
        { confirmation_id = "K2", delivery_id = "D2", signed_on = "2026-10-31" },
      },
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = { { key = "R1", amount = "400", quantity = "4", earned_on = "2026-10-31" } } },
  { "reversed within the period: nothing is left",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        { revenue_id = "R2", delivery_id = "D1", delivery_line_no = "1", period = "2026-10", recognised_on = "2026-10-31", quantity = "-10", amount = "-1000", reversal_of = "R1" },
      },
    },
    expect = {} },
  { "confirmations were not imported",
    given = delivered { revenue_entry = recognised() }, absent = { "delivery_confirmation" },
    expect = { { key = "R1", untestable = "delivery_confirmation" } } },
}

cases "REV-02" {
  { "recognised in October, signed in November",
    given = delivered { delivery_confirmation = signed "2026-11-02", revenue_entry = recognised() },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "1000", period = "2026-10", earned_on = "2026-11-02", belongs_to = "2026-11", days = "2" } } },
  { "signed on the last day of October",
    given = delivered { delivery_confirmation = signed "2026-10-31", revenue_entry = recognised { recognised_on = "2026-10-31" } },
    period = "2026-10", as_of = "2026-11-05", expect = {} },
  { "signed in October, four of ten recognised in November",
    given = delivered {
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = {
        recognised { quantity = "6", amount = "600" }[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-02", quantity = "4", amount = "400" }[1],
      },
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "D1/1", amount = "-400", period = "2026-11", earned_on = "2026-10-30", quantity = "4" } } },
  { "the same in November: what was recognised there belongs to October",
    given = delivered {
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = {
        recognised { quantity = "6", amount = "600" }[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-02", quantity = "4", amount = "400" }[1],
      },
    },
    period = "2026-11",
    expect = { { key = "R2", amount = "400", period = "2026-11", belongs_to = "2026-10" } } },
  { "revenue of the whole delivery, line numbers unknown, two lines signed in two months",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", net_amount = "600" },
        { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "4", net_amount = "400" },
      },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-30" },
        { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "2", signed_on = "2026-11-02" },
      },
      revenue_entry = recognised { delivery_line_no = "" },
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "400", quantity = "4" } } },
  { "earned in October and not recognised, except for what came back",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
        { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-30" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-1", net_amount = "-100" },
      },
      delivery_confirmation = signed "2026-10-30",
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "D1/1", amount = "-900", period = "none", quantity = "9" } } },
  { "without accounting periods the months count",
    given = delivered { delivery_confirmation = signed "2026-11-02", revenue_entry = recognised() },
    absent = { "accounting_period" }, period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "1000", belongs_to = "2026-11" } } },
  { "a period that ends on the 25th",
    given = delivered {
      accounting_period = {
        { period = "2026-10", starts_on = "2026-09-26", ends_on = "2026-10-25" },
        { period = "2026-11", starts_on = "2026-10-26", ends_on = "2026-11-25" },
      },
      delivery_confirmation = signed "2026-10-28",
      revenue_entry = recognised { recognised_on = "2026-10-28", period = "2026-11" },
    },
    expect = {} },
  { "not signed, and the entry's period is over",
    given = delivered { revenue_entry = recognised() }, period = "2026-10", as_of = "2026-11-01",
    expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
  { "not signed, and the period is not over",
    given = delivered { revenue_entry = recognised() }, period = "2026-10", as_of = "2026-10-31", expect = {} },
  { "confirmations were not imported",
    given = delivered { revenue_entry = recognised() }, absent = { "delivery_confirmation" },
    period = "2026-10",
    expect = {
      { key = "R1", untestable = "delivery_confirmation" },
      { key = "D1/1", untestable = "delivery_confirmation" },
    } },
}

cases "REV-03" {
  { "signed, nothing recognised, in a month long past",
    given = delivered { delivery_confirmation = signed "2026-10-30" }, as_of = "2027-01-31",
    expect = { { key = "D1/1", amount = "1000", quantity = "10", earned_on = "2026-10-30" } } },
  { "all recognised", given = delivered { delivery_confirmation = signed "2026-10-30", revenue_entry = recognised() }, expect = {} },
  { "three recognised, two came back",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
        { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-30" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
      },
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = recognised { quantity = "3", amount = "300" },
    },
    expect = { { key = "D1/1", amount = "500", quantity = "5" } } },
  { "signed after the period that is audited",
    given = delivered { delivery_confirmation = signed "2026-11-02" }, period = "2026-10", as_of = "2026-11-05", expect = {} },
  { "gifts earn nothing",
    given = delivered {
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", line_kind = "gift" } },
      delivery_confirmation = signed "2026-10-30",
    },
    expect = {} },
  { "revenue was not imported",
    given = delivered { delivery_confirmation = signed "2026-10-30" }, absent = { "revenue_entry" },
    expect = { { key = "D1/1", untestable = "revenue_entry" } } },
}

cases "REV-04" {
  { "no document at all",
    given = delivered { revenue_entry = recognised { delivery_id = "", delivery_line_no = "" } },
    expect = { { key = "R1", amount = "1000", fault = "no document" } } },
  { "a delivery that does not exist",
    given = delivered { revenue_entry = recognised { delivery_id = "D9" } },
    expect = { { key = "R1", amount = "1000", fault = "no document" } } },
  { "an invoice for which nothing was delivered",
    given = delivered {
      delivery = {}, delivery_line = {},
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = { { key = "R1", amount = "1000", fault = "nothing was delivered" } } },
  { "by hand, with a document, without approval",
    given = delivered { revenue_entry = recognised { source = "manual" } },
    expect = { { key = "R1", amount = "1000", fault = "manual without approval" } } },
  { "by hand, with a document and an approval",
    given = delivered {
      revenue_entry = recognised { source = "manual" },
      approval = { { doc_kind = "revenue_entry", doc_id = "R1", approval_kind = "manual_revenue", decision = "approve", decided_at = "2026-10-30T09:00:00" } },
    },
    expect = {} },
  { "more than the quantity times the order's price",
    given = delivered { revenue_entry = recognised { quantity = "4", amount = "400.02" } },
    expect = { { key = "R1", amount = "0.02", fault = "not quantity times price", expected = "400" } } },
  { "a cent is within the tolerance",
    given = delivered { revenue_entry = recognised { quantity = "4", amount = "400.01" } }, expect = {} },
  { "a settlement is another control's",
    given = delivered {
      consignment_settlement = { { settlement_id = "T1", customer_id = "C1", settled_on = "2026-10-30" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", settlement_id = "T1", amount = "7" },
    },
    expect = {} },
  { "a service needs no delivery",
    given = delivered {
      delivery = {}, delivery_line = {},
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000", line_kind = "service" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = {} },
  { "approvals were not imported",
    given = delivered { revenue_entry = recognised { source = "manual" } }, absent = { "approval" },
    expect = { { key = "R1", untestable = "approval" } } },
}

cases "REV-05" {
  { "reversed on the thirtieth day",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-30", amount = "-1000", reversal_of = "R1" },
    } },
    as_of = "2026-12-31",
    expect = { { key = "R1", amount = "1000", reversed_on = "2026-11-30", days = "30" } } },
  { "reversed on the thirty-first day",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-12", recognised_on = "2026-12-01", amount = "-1000", reversal_of = "R1" },
    } },
    as_of = "2026-12-31", expect = {} },
  { "reversed within the period",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-10", recognised_on = "2026-10-31", amount = "-1000", reversal_of = "R1" },
    } },
    expect = {} },
  { "the thirty days are not over",
    given = delivered { revenue_entry = recognised() }, as_of = "2026-11-29",
    expect = { { key = "R1", untestable = "within 30 days" } } },
}

cases "REV-06" {
  { "two cents too little",
    given = {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" } },
      receivable_entry = { { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-05", amount = "112.98", kind = "invoice" } },
    },
    expect = { { key = "I1", amount = "0.02", posted = "112.98", invoiced = "113" } } },
  { "a cent too little; two entries make the invoice; a void one does not count",
    given = {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" } },
      receivable_entry = {
        { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-05", amount = "100", kind = "invoice" },
        { receivable_id = "A2", invoice_id = "I1", posted_on = "2026-10-06", amount = "12.99", kind = "invoice" },
        { receivable_id = "A3", invoice_id = "I1", posted_on = "2026-10-06", amount = "50", kind = "invoice", status = "void" },
      },
    },
    expect = {} },
  { "not posted at all; settled in cash, nothing need be",
    given = {
      invoice = {
        { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" },
        { invoice_id = "I2", issued_on = "2026-10-05", gross_amount = "50", cash_settled = "true" },
      },
    },
    expect = { { key = "I1", amount = "113", posted = "0" } } },
  { "a red invoice with its red receivable",
    given = {
      invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "-113", sign = "red" } },
      receivable_entry = { { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-05", amount = "-113", kind = "invoice" } },
    },
    expect = {} },
  { "a receivable without an invoice, and one of an opening balance",
    given = {
      receivable_entry = {
        { receivable_id = "A1", posted_on = "2026-10-05", amount = "70", kind = "invoice" },
        { receivable_id = "A2", posted_on = "2026-10-01", amount = "90", kind = "opening" },
      },
    },
    expect = { { key = "A1", amount = "70", invoiced = "none" } } },
  { "receivables were not imported",
    given = { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" } } },
    absent = { "receivable_entry" },
    expect = { { key = "I1", untestable = "receivable_entry" } } },
}

-- The books of company TH: 100 brought forward, 50 posted, 30 received, and a ledger balance.
local function books_of(balance, more)
  return with({
    company = { { company_id = "TH", currency = "CNY" } },
    accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
    opening_balance = { { company_id = "TH", period = "2026-10", account = "receivable", customer_id = "C1", amount = "100" } },
    receivable_entry = {
      { receivable_id = "A1", company_id = "TH", customer_id = "C1", posted_on = "2026-10-05", amount = "50", kind = "invoice" },
      { receivable_id = "A2", company_id = "TH", customer_id = "C1", posted_on = "2026-11-01", amount = "7", kind = "invoice" },
    },
    receipt = {
      { receipt_id = "B1", company_id = "TH", customer_id = "C1", kind = "payment", received_on = "2026-10-31", amount = "30" },
      { receipt_id = "B2", company_id = "TH", customer_id = "C1", kind = "advance", received_on = "2026-10-31", amount = "500" },
    },
    control_balance = { { company_id = "TH", period = "2026-10", account = "receivable", balance = balance } },
  }, more)
end

cases "REV-07" {
  { "the ledger holds two cents more",
    given = books_of "120.02", absent = { "voucher_line" },
    expect = { { key = "TH/2026-10/receivable", amount = "0.02", ledger = "120.02", subledger = "120", vouchers = "not imported" } } },
  { "a cent is within the tolerance", given = books_of "120.01", absent = { "voucher_line" }, expect = {} },
  { "writing off and netting count",
    given = books_of("100", {
      write_off = { { write_off_id = "W1", company_id = "TH", customer_id = "C1", written_off_on = "2026-10-20", amount = "5" } },
      netting_entry = { { netting_id = "N1", company_id = "TH", customer_id = "C1", netted_on = "2026-10-20", amount = "15" } },
    }),
    absent = { "voucher_line" }, expect = {} },
  { "the vouchers say something else",
    given = books_of("120", {
      voucher = { { voucher_id = "V1", company_id = "TH", source_kind = "receivable", posted_on = "2026-10-05", period = "2026-10" } },
      voucher_line = {
        { voucher_id = "V1", line_no = "1", account = "receivable", debit = "21" },
        { voucher_id = "V1", line_no = "2", account = "revenue", credit = "21" },
      },
    }),
    expect = { { key = "TH/2026-10/receivable", amount = "1", vouchers = "121", subledger = "120" } } },
  { "opening receivables replace the balance brought forward",
    given = books_of("110", {
      receivable_entry = {
        { receivable_id = "A0", company_id = "TH", customer_id = "C1", posted_on = "2026-09-05", amount = "90", kind = "opening" },
        { receivable_id = "A1", company_id = "TH", customer_id = "C1", posted_on = "2026-10-05", amount = "50", kind = "invoice" },
      },
    }),
    absent = { "voucher_line" }, expect = {} },
  { "November's balance is October's opening and two months' movements",
    given = books_of("127", {
      accounting_period = {
        { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
        { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
      },
      control_balance = {
        { company_id = "TH", period = "2026-10", account = "receivable", balance = "1" },
        { company_id = "TH", period = "2026-11", account = "receivable", balance = "127.5" },
      },
    }),
    absent = { "voucher_line" }, period = "2026-11",
    expect = { { key = "TH/2026-11/receivable", amount = "0.5", subledger = "127" } } },
  { "amounts in another currency, at the rate they were booked at",
    given = books_of("191", {
      receivable_entry = { { receivable_id = "A1", company_id = "TH", customer_id = "C1", posted_on = "2026-10-05", amount = "20", currency = "USD", exchange_rate = "7", kind = "invoice" } },
      receipt = { { receipt_id = "B1", company_id = "TH", customer_id = "C1", kind = "payment", received_on = "2026-10-31", amount = "7", currency = "USD" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } },
      voucher = { { voucher_id = "V1", company_id = "TH", source_kind = "receivable", posted_on = "2026-10-05", period = "2026-10", currency = "USD", exchange_rate = "7" } },
      voucher_line = { { voucher_id = "V1", line_no = "1", account = "receivable", debit = "13" } },
    }),
    expect = {} },
  { "receipts were not imported",
    given = books_of "120", absent = { "receipt" }, expect = { { key = "TH", untestable = "receipt" } } },
  { "nothing was brought forward",
    given = books_of("120", { opening_balance = {} }),
    expect = { { key = "TH", untestable = "no opening balance" } } },
}

-- An audited receivable of 113.
local function audited_receivable(more)
  return with({
    accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31", closed_at = "2026-11-05T18:00:00" } },
    receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-10-05", amount = "113", kind = "invoice", audited_at = "2026-10-05T10:00:00" } },
  }, more)
end

local function voucher_lines(debit, credit)
  return {
    { voucher_id = "V1", line_no = "1", account = "receivable", debit = debit },
    { voucher_id = "V1", line_no = "2", account = "revenue", credit = credit },
  }
end

cases "REV-08" {
  { "no voucher",
    given = audited_receivable(), expect = { { key = "A1", amount = "113", fault = "no voucher" } } },
  { "no voucher yet, and the period is not over", given = audited_receivable(), as_of = "2026-10-30", expect = {} },
  { "not audited yet",
    given = { receivable_entry = { { receivable_id = "A1", posted_on = "2026-10-05", amount = "113" } } }, expect = {} },
  { "the voucher carries another amount",
    given = audited_receivable {
      voucher = { { voucher_id = "V1", source_kind = "receivable", source_id = "A1", period = "2026-10", posted_on = "2026-10-06" } },
      voucher_line = voucher_lines("112", "112"),
    },
    expect = { { key = "A1", amount = "113", fault = "another amount", found = "112", expected = "113" } } },
  { "debit and credit differ",
    given = audited_receivable {
      voucher = { { voucher_id = "V1", source_kind = "receivable", source_id = "A1", period = "2026-10", posted_on = "2026-10-06" } },
      voucher_line = voucher_lines("113", "112"),
    },
    expect = { { key = "A1", fault = "debit and credit differ", found = "113", expected = "112", amount = "113.00" } } },
  { "one voucher for two receivables that does not say their parts",
    given = audited_receivable {
      voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-06" } },
      voucher_source = {
        { voucher_id = "V1", source_kind = "receivable", source_id = "A1" },
        { voucher_id = "V1", source_kind = "receivable", source_id = "A9" },
      },
      voucher_line = voucher_lines("120", "120"),
    },
    expect = {} },
  { "no voucher on the last day of the period", given = audited_receivable(), as_of = "2026-10-31",
    expect = { { key = "A1", fault = "no voucher", amount = "113.00" } } },
  { "one voucher for two receivables, part paid by an advance",
    given = audited_receivable {
      voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-06" } },
      voucher_source = {
        { voucher_id = "V1", source_kind = "receivable_entry", source_id = "A1", amount = "113" },
        { voucher_id = "V1", source_kind = "receivable_entry", source_id = "A9", amount = "7" },
      },
      voucher_line = {
        { voucher_id = "V1", line_no = "1", account = "receivable", debit = "100" },
        { voucher_id = "V1", line_no = "2", account = "advance_from_customer", debit = "20" },
        { voucher_id = "V1", line_no = "3", account = "revenue", credit = "120" },
      },
    },
    expect = {} },
  { "posted on the day of closing, and a day after",
    given = {
      accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31", closed_at = "2026-11-05T18:00:00" } },
      cost_entry = {
        { cost_id = "K1", period = "2026-10", posted_on = "2026-10-31", amount = "80" },
        { cost_id = "K2", period = "2026-10", posted_on = "2026-10-31", amount = "90" },
      },
      voucher = {
        { voucher_id = "V1", source_kind = "cost", source_id = "K1", period = "2026-10", posted_on = "2026-11-05" },
        { voucher_id = "V2", source_kind = "cost", source_id = "K2", period = "2026-10", posted_on = "2026-11-06" },
      },
      voucher_line = {
        { voucher_id = "V1", line_no = "1", account = "cost_of_sales", debit = "80" },
        { voucher_id = "V1", line_no = "2", account = "inventory", credit = "80" },
        { voucher_id = "V2", line_no = "1", account = "cost_of_sales", debit = "90" },
        { voucher_id = "V2", line_no = "2", account = "inventory", credit = "90" },
      },
    },
    expect = { { key = "K2", amount = "90", fault = "posted after the period was closed" } } },
  { "vouchers were not imported",
    given = audited_receivable(), absent = { "voucher" }, expect = { { key = "A1", untestable = "voucher" } } },
}

cases "REV-09" {
  { "no cost was carried",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "600", fault = "no cost", carried = "0" } } },
  { "the same quantity in the same period",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "10", amount = "590" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = {} },
  { "the cost of seven only",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "7", amount = "413" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "180", fault = "another quantity", carried = "7" } } },
  { "the cost was carried in November, through the invoice",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-30" } },
      cost_entry = { { cost_id = "K1", invoice_id = "I1", product_id = "P1", period = "2026-11", quantity = "10", amount = "600" } },
      revenue_entry = recognised { product_id = "P1", invoice_id = "I1" },
    },
    period = "2026-10",
    expect = { { key = "R1", amount = "600", fault = "cost in another period" } } },
  { "revenue in two months, each with its cost",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = {
        { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "6", amount = "360" },
        { cost_id = "K2", issue_id = "S1", product_id = "P1", period = "2026-11", quantity = "4", amount = "240" },
      },
      revenue_entry = {
        recognised { quantity = "6", amount = "600", product_id = "P1" }[1],
        recognised { revenue_id = "R2", quantity = "4", amount = "400", product_id = "P1", period = "2026-11" }[1],
      },
    },
    expect = {} },
  { "cost of the wrong sign",
    given = delivered {
      product = { { product_id = "P1" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "10", amount = "-590" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "590", fault = "cost of the wrong sign" } } },
  { "without a standard cost the carried cost tells what is missing",
    given = delivered {
      product = { { product_id = "P1" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "8", amount = "472" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "118", fault = "another quantity" } } },
  { "two entries of one invoice, one of which names no delivery, with their costs at the invoice",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
      cost_entry = {
        { cost_id = "K1", invoice_id = "I1", product_id = "P1", period = "2026-10", quantity = "6", amount = "360" },
        { cost_id = "K2", invoice_id = "I1", product_id = "P1", period = "2026-10", quantity = "4", amount = "240" },
      },
      revenue_entry = {
        recognised { quantity = "6", amount = "600", product_id = "P1", invoice_id = "I1" }[1],
        recognised { revenue_id = "R2", quantity = "4", amount = "400", product_id = "P1", delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" }[1],
      },
    },
    expect = {} },
  { "the product is not known",
    given = delivered { revenue_entry = recognised { delivery_line_no = "" } },
    expect = { { key = "R1", untestable = "no product" } } },
}

cases "REV-10" {
  { "the second issue reaches into the dearer layer",
    given = {
      accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
      product = { { product_id = "P1", valuation_method = "fifo" } },
      opening_balance = { { period = "2026-10", account = "inventory", product_id = "P1", quantity = "10", amount = "100" } },
      stock_movement = {
        { movement_id = "M1", product_id = "P1", moved_at = "2026-10-02T08:00:00", quantity = "10", unit_cost = "12", doc_kind = "goods_receipt", doc_id = "G1" },
        { movement_id = "M2", product_id = "P1", moved_at = "2026-10-03T08:00:00", quantity = "-8", doc_kind = "stock_issue", doc_id = "S1" },
        { movement_id = "M3", product_id = "P1", moved_at = "2026-10-04T08:00:00", quantity = "-4", doc_kind = "stock_issue", doc_id = "S2" },
      },
      stock_issue = { { issue_id = "S1" }, { issue_id = "S2" } },
      cost_entry = {
        { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "8", amount = "80" },
        { cost_id = "K2", issue_id = "S2", product_id = "P1", period = "2026-10", quantity = "4", amount = "40" },
      },
    },
    expect = { { key = "K2", amount = "4", carried = "40", computed = "44" } } },
  { "within a cent a unit",
    given = {
      product = { { product_id = "P1", valuation_method = "fifo" } },
      opening_balance = { { period = "2026-10", account = "inventory", product_id = "P1", quantity = "10", amount = "100" } },
      stock_movement = { { movement_id = "M1", product_id = "P1", moved_at = "2026-10-03T08:00:00", quantity = "-8", doc_kind = "stock_issue", doc_id = "S1" } },
      stock_issue = { { issue_id = "S1" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "8", amount = "80.08" } },
    },
    expect = {} },
  { "no opening layers",
    given = {
      product = { { product_id = "P1", valuation_method = "fifo" } },
      stock_issue = { { issue_id = "S1" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "8", amount = "80" } },
    },
    expect = { { key = "P1", untestable = "no opening layers" } } },
}

local function invoice_with_voucher(account, customer_id, status, cash_settled)
  return delivered {
    invoice = { {
      invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30", gross_amount = "1130",
      status = status, cash_settled = cash_settled,
    } },
    receivable_entry = { { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-30", amount = "1130" } },
    voucher = { { voucher_id = "V1", source_kind = "receivable", source_id = "A1", period = "2026-10", posted_on = "2026-10-30" } },
    voucher_line = {
      { voucher_id = "V1", line_no = "1", account = account, customer_id = customer_id, debit = "1130" },
      { voucher_id = "V1", line_no = "2", account = "revenue", credit = "1130" },
    },
  }
end

cases "REV-11" {
  { "debited to cash", given = invoice_with_voucher "cash", expect = { { key = "I1", amount = "1130", customer = "C1" } } },
  { "debited to another customer", given = invoice_with_voucher("receivable", "C2"), expect = { { key = "I1", amount = "1130", customer = "C1" } } },
  { "debited to the customer's receivables", given = invoice_with_voucher("receivable", "C1"), expect = {} },
  { "a void invoice", given = invoice_with_voucher("cash", nil, "void"), expect = {} },
  { "settled on the spot", given = invoice_with_voucher("cash", nil, nil, "true"), expect = {} },
  { "sold against an advance", given = invoice_with_voucher("advance_from_customer", "C1"), expect = {} },
  { "vouchers were not imported",
    given = invoice_with_voucher "cash", absent = { "voucher" },
    expect = { { key = "I1", untestable = "voucher" } } },
}

local function advance_with_voucher(account, more)
  return with({
    customer = { { customer_id = "C1" } },
    receipt = { { receipt_id = "B1", customer_id = "C1", kind = "advance", amount = "500", received_on = "2026-10-10" } },
    voucher = { { voucher_id = "V1", source_kind = "receipt", source_id = "B1", period = "2026-10", posted_on = "2026-10-10" } },
    voucher_line = {
      { voucher_id = "V1", line_no = "1", account = "cash", debit = "500" },
      { voucher_id = "V1", line_no = "2", account = account, customer_id = "C1", credit = "500" },
    },
  }, more)
end

cases "REV-12" {
  { "credited to revenue", given = advance_with_voucher "revenue", expect = { { key = "B1", amount = "500", elsewhere = "500", advanced = "0" } } },
  { "credited to advances", given = advance_with_voucher "advance_from_customer", expect = {} },
  { "credited to receivables", given = advance_with_voucher "receivable", expect = { { key = "B1", amount = "500", elsewhere = "500", received_on = "2026-10-10" } } },
  { "credited to receivables where that is allowed",
    given = advance_with_voucher "receivable", parameters = { combined_ar = true }, expect = {} },
  { "credited in part to advances",
    given = advance_with_voucher("receivable", {
      voucher_line = {
        { voucher_id = "V1", line_no = "1", account = "cash", debit = "500" },
        { voucher_id = "V1", line_no = "2", account = "advance_from_customer", customer_id = "C1", credit = "300" },
        { voucher_id = "V1", line_no = "3", account = "revenue", credit = "200" },
        { voucher_id = "V1", line_no = "4", account = "revenue", customer_id = "C2", credit = "900" },
      },
    }),
    expect = { { key = "B1", amount = "200", advanced = "300", elsewhere = "200" } } },
  { "a payment on the day of the first delivery is none in advance",
    given = advance_with_voucher("receivable", {
      contract = { { contract_id = "CT1", customer_id = "C1" } },
      receipt = { { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "payment", amount = "500", received_on = "2026-10-10" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-10-10" } },
    }),
    expect = {} },
  { "a payment the day before is",
    given = advance_with_voucher("receivable", {
      contract = { { contract_id = "CT1", customer_id = "C1" } },
      receipt = { { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "payment", amount = "500", received_on = "2026-10-09" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-10-10" } },
    }),
    expect = { { key = "B1", amount = "500", elsewhere = "500", received_on = "2026-10-09" } } },
  { "no voucher",
    given = advance_with_voucher("revenue", { voucher = {}, voucher_line = {} }),
    expect = { { key = "B1", untestable = "no voucher" } } },
}

-- A contract with an advance of 300 and an invoice of 1000.
local function contract_with_advance(more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01" } },
    receipt = { { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "300", received_on = "2026-09-10" } },
    invoice = { { invoice_id = "I1", customer_id = "C1", contract_id = "CT1", issued_on = "2026-10-20", gross_amount = "1000" } },
    receivable_entry = { { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-20", amount = "1000" } },
  }, more)
end

cases "REV-13" {
  { "both are open",
    given = contract_with_advance(),
    expect = { { key = "C1", label = "CT1", amount = "300", advance = "300", receivable = "1000" } } },
  { "netted",
    given = contract_with_advance { netting_entry = { { netting_id = "N1", customer_id = "C1", contract_id = "CT1", netted_on = "2026-10-20", amount = "300" } } },
    expect = {} },
  { "applied to the invoice",
    given = contract_with_advance { receipt_application = { { receipt_id = "B1", invoice_id = "I1", amount = "300", applied_on = "2026-10-20" } } },
    expect = {} },
  { "paid but for 40, of which 10 were written off; 50 of the advance paid back",
    given = contract_with_advance {
      receipt = {
        { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "300", received_on = "2026-09-10" },
        { receipt_id = "B2", customer_id = "C1", contract_id = "CT1", kind = "payment", amount = "960", received_on = "2026-10-25" },
        { receipt_id = "B3", customer_id = "C1", contract_id = "CT1", kind = "refund", amount = "-50", received_on = "2026-10-26" },
      },
      receipt_application = { { receipt_id = "B2", receivable_id = "A1", amount = "960", applied_on = "2026-10-25" } },
      write_off = { { write_off_id = "W1", customer_id = "C1", invoice_id = "I1", amount = "10", written_off_on = "2026-10-27" } },
    },
    expect = { { key = "C1", label = "CT1", amount = "30", advance = "250", receivable = "30" } } },
  { "netted a day after the period",
    given = contract_with_advance { netting_entry = { { netting_id = "N1", customer_id = "C1", contract_id = "CT1", netted_on = "2026-11-01", amount = "300" } } },
    period = "2026-10",
    expect = { { key = "C1", label = "CT1", amount = "300" } } },
  { "netted more than was advanced",
    given = contract_with_advance { netting_entry = { { netting_id = "N1", customer_id = "C1", contract_id = "CT1", netted_on = "2026-10-20", amount = "320" } } },
    expect = { { key = "C1", label = "CT1", amount = "20", advance = "-20" } } },
  { "the advance is for another contract",
    given = contract_with_advance {
      contract = { { contract_id = "CT1", customer_id = "C1" }, { contract_id = "CT2", customer_id = "C1" } },
      receipt = { { receipt_id = "B1", customer_id = "C1", contract_id = "CT2", kind = "advance", amount = "300", received_on = "2026-09-10" } },
    },
    expect = {} },
  { "receipts were not imported",
    given = contract_with_advance(), absent = { "receipt" }, expect = { { key = "C1", untestable = "receipt" } } },
}

cases "REV-14" {
  { "181 days old",
    given = contract_with_advance(), as_of = "2027-03-10",
    expect = { { key = "B1", amount = "300", age = "181" } } },
  { "180 days old", given = contract_with_advance(), as_of = "2027-03-09", expect = {} },
  { "partly paid back",
    given = contract_with_advance { receipt = {
      { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "300", received_on = "2026-09-10" },
      { receipt_id = "B2", customer_id = "C1", contract_id = "CT1", kind = "refund", amount = "-100", received_on = "2026-12-10" },
    } },
    as_of = "2027-03-31", expect = { { key = "B1", amount = "200", left = "200" } } },
  { "without a contract, the customer's other receipts and deliveries without one count",
    given = {
      customer = { { customer_id = "C1" } },
      contract = { { contract_id = "CT1", customer_id = "C1" } },
      receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "deposit", amount = "300", received_on = "2026-09-10" },
        { receipt_id = "B2", customer_id = "C1", kind = "refund", amount = "-80", received_on = "2026-09-20" },
        { receipt_id = "B3", customer_id = "C1", contract_id = "CT1", kind = "refund", amount = "-70", received_on = "2026-09-20" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-09-09" } },
    },
    as_of = "2027-03-31", expect = { { key = "B1", amount = "220", left = "220", age = "202" } } },
  { "goods were shipped",
    given = contract_with_advance { delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-09-10" } } },
    as_of = "2027-03-31", expect = {} },
  { "netted in full",
    given = contract_with_advance { netting_entry = { { netting_id = "N1", customer_id = "C1", contract_id = "CT1", netted_on = "2026-10-20", amount = "300" } } },
    as_of = "2027-03-31", expect = {} },
  { "no date of the audit", given = contract_with_advance(), expect = { { key = "B1", untestable = "no date" } } },
}

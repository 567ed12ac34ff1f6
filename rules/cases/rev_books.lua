-- SPDX-License-Identifier: MIT
-- The cases of REV that rest on the books: receivables, ledger, vouchers, layers of cost, advances.

cases "REV-06" {
  { "an invoice that is not in the data: this control asks for it",
    given = { receivable_entry = { { receivable_id = "A1", invoice_id = "I9", posted_on = "2026-10-05", amount = "113", kind = "invoice" } } },
    expect = { { key = "A1", amount = "113", invoiced = "none" } } },
  { "drafts are no invoices: nothing need be posted, and what was posted stands without one",
    given = {
      invoice = {
        { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113", status = "draft" },
        { invoice_id = "I2", issued_on = "2026-10-05", gross_amount = "113", status = "draft" },
      },
      receivable_entry = { { receivable_id = "A1", invoice_id = "I2", posted_on = "2026-10-05", amount = "113", kind = "invoice" } },
    },
    expect = { { key = "A1", amount = "113", invoiced = "none" } } },
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
  { "a receivable without an amount, of no invoice",
    given = { receivable_entry = { { receivable_id = "A1", posted_on = "2026-10-05", kind = "invoice" } } }, expect = { { key = "A1", untestable = "receivable_entry.amount is empty" } } },
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

-- Books of one company, 100 brought forward and 50 posted in October; the sub-ledger names no company.
local function nameless_books(more)
  return with({
    company = { { company_id = "TH", currency = "CNY" } },
    opening_balance = { { company_id = "TH", period = "2026-10", account = "receivable", customer_id = "C1", amount = "100" } },
    receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-10-05", amount = "50", kind = "invoice" } },
    control_balance = { { company_id = "TH", period = "2026-10", account = "receivable", balance = "150" } },
    voucher = { { voucher_id = "V1", company_id = "TH", source_kind = "receivable", posted_on = "2026-11-03", period = "2026-10" } },
    voucher_line = { { voucher_id = "V1", line_no = "1", account = "receivable", debit = "50" } },
  }, more)
end

cases "REV-07" {
  { "a voucher belongs to the period that it names, whenever it was posted; rows without a company are the only one's",
    given = nameless_books(), period = "2026-10", as_of = "2026-11-30", expect = {} },
  { "the same voucher, of November",
    given = nameless_books {
      voucher = { { voucher_id = "V1", company_id = "TH", source_kind = "receivable", posted_on = "2026-11-03", period = "2026-11" } },
    },
    period = "2026-10", as_of = "2026-11-30",
    expect = { { key = "TH/2026-10/receivable", amount = "50", subledger = "150", vouchers = "100" } } },
  { "with two companies, whose a row without one is cannot be known",
    given = nameless_books { company = { { company_id = "TH", currency = "CNY" }, { company_id = "TX", currency = "CNY" } } },
    period = "2026-10", as_of = "2026-11-30",
    expect = {
      { key = "TH", untestable = "no company is named, and there are 2" },
      { key = "A1", untestable = "no company is named, and there are 2" },
    } },
  { "drafts move nothing",
    given = nameless_books {
      receipt = { { receipt_id = "B1", customer_id = "C1", kind = "payment", received_on = "2026-10-20", amount = "30", status = "draft" } },
    },
    period = "2026-10", as_of = "2026-11-30", expect = {} },
  { "a receipt that names no kind may reduce the receivables or not",
    given = nameless_books {
      receipt = { { receipt_id = "B1", customer_id = "C1", received_on = "2026-10-20", amount = "30" } },
    },
    period = "2026-10", as_of = "2026-11-30",
    expect = { { key = "TH", untestable = "no kind of receipt B1" } } },
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

-- A red receivable of -113, audited, with its voucher.
local function red_receivable(lines)
  return {
    receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-10-05", audited_at = "2026-10-05T10:00:00", amount = "-113", kind = "invoice" } },
    voucher = { { voucher_id = "V1", source_kind = "receivable", source_id = "A1", period = "2026-10", posted_on = "2026-10-06" } },
    accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
    voucher_line = lines,
  }
end

cases "REV-08" {
  { "a red receivable on the credit side",
    given = red_receivable {
      { voucher_id = "V1", line_no = "1", account = "revenue", debit = "113" },
      { voucher_id = "V1", line_no = "2", account = "receivable", credit = "113" },
    },
    expect = {} },
  { "a red receivable as a negative debit",
    given = red_receivable {
      { voucher_id = "V1", line_no = "1", account = "receivable", debit = "-113" },
      { voucher_id = "V1", line_no = "2", account = "revenue", credit = "-113" },
    },
    expect = {} },
  { "a red receivable on the debit side: turned round",
    given = red_receivable {
      { voucher_id = "V1", line_no = "1", account = "receivable", debit = "113" },
      { voucher_id = "V1", line_no = "2", account = "revenue", credit = "113" },
    },
    expect = { { key = "A1", amount = "-113", fault = "another amount", found = "113", expected = "-113" } } },
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

-- Twice opening stock: 10 at 5 in September, `opening` in October; ten received at 8, ten issued at a cost of 62.
local function two_openings(opening, movements)
  return {
    product = { { product_id = "P1", valuation_method = "fifo" } },
    opening_balance = {
      { period = "2026-09", account = "inventory", product_id = "P1", quantity = "10", amount = "50" },
      with({ period = "2026-10", account = "inventory", product_id = "P1", quantity = "6", amount = "30" }, opening),
    },
    stock_movement = movements or {
      { movement_id = "M0", product_id = "P1", moved_at = "2026-09-10T10:00:00", quantity = "-4", doc_kind = "stock_issue", doc_id = "S0" },
      { movement_id = "M1", product_id = "P1", moved_at = "2026-10-03T10:00:00", quantity = "10", doc_kind = "goods_receipt", doc_id = "G1", unit_cost = "8" },
      { movement_id = "M2", product_id = "P1", moved_at = "2026-10-10T10:00:00", quantity = "-10", doc_kind = "stock_issue", doc_id = "S1" },
    },
    stock_issue = { { issue_id = "S1", issued_at = "2026-10-10T10:00:00" } },
    cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", posted_on = "2026-10-10", period = "2026-10", quantity = "10", amount = "62" } },
  }
end

cases "REV-10" {
  { "of two openings the later one counts", given = two_openings(), expect = {} },
  { "the later opening has only five",
    given = two_openings { quantity = "5", amount = "25" },
    expect = { { key = "K1", amount = "3", carried = "62", computed = "65" } } },
  { "a movement without a date may have come before the issue",
    given = two_openings(nil, {
      { movement_id = "M1", product_id = "P1", quantity = "10", doc_kind = "goods_receipt", doc_id = "G1", unit_cost = "8" },
      { movement_id = "M2", product_id = "P1", moved_at = "2026-10-10T10:00:00", quantity = "-10", doc_kind = "stock_issue", doc_id = "S1" },
    }),
    expect = { { key = "P1", untestable = "no date of stock movement M1" } } },
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

-- An advance of 300 and an invoice of 1000 of one customer; `receipt` and `invoice` say under which contract.
local function advance_and_debt(receipt, invoice)
  return {
    customer = { { customer_id = "C1" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01" } },
    receipt = { with({ receipt_id = "B1", customer_id = "C1", kind = "advance", amount = "300", received_on = "2026-09-10" }, receipt) },
    invoice = { with({ invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-20" }, invoice) },
    receivable_entry = { { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-20", amount = "1000" } },
  }
end

cases "REV-13" {
  { "neither names a contract", given = advance_and_debt(), period = "2026-10",
    expect = { { key = "C1", label = "no contract", amount = "300", advance = "300", receivable = "1000" } } },
  { "only the advance names a contract", given = advance_and_debt { contract_id = "CT1" }, period = "2026-10", expect = {} },
  { "two contracts in two currencies, each with both open; what is in another currency is not netted",
    given = {
      customer = { { customer_id = "C1" } },
      contract = {
        { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01", currency = "CNY" },
        { contract_id = "CT2", customer_id = "C1", signed_on = "2026-09-01", currency = "USD" },
        { contract_id = "CT3", customer_id = "C1", signed_on = "2026-09-01", currency = "USD" },
      },
      receipt = {
        { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "300", received_on = "2026-09-10", currency = "CNY" },
        { receipt_id = "B2", customer_id = "C1", contract_id = "CT2", kind = "advance", amount = "40", received_on = "2026-09-10", currency = "USD" },
        { receipt_id = "B3", customer_id = "C1", contract_id = "CT3", kind = "advance", amount = "50", received_on = "2026-09-10", currency = "CNY" },
      },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", contract_id = "CT1", issued_on = "2026-10-20", currency = "CNY" },
        { invoice_id = "I2", customer_id = "C1", contract_id = "CT2", issued_on = "2026-10-20", currency = "USD" },
        { invoice_id = "I3", customer_id = "C1", contract_id = "CT3", issued_on = "2026-10-20", currency = "USD" },
      },
      receivable_entry = {
        { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-20", amount = "1000", currency = "CNY" },
        { receivable_id = "A2", invoice_id = "I2", customer_id = "C1", posted_on = "2026-10-20", amount = "100", currency = "USD" },
        { receivable_id = "A3", invoice_id = "I3", customer_id = "C1", posted_on = "2026-10-20", amount = "100", currency = "USD" },
      },
    },
    period = "2026-10",
    expect = { { key = "C1", label = "CT1", amount = "300", advance = "300" }, { key = "C1", label = "CT2", amount = "40", advance = "40" } } },
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
  { "a refund in another currency pays back none of it",
    given = contract_with_advance { receipt = {
      { receipt_id = "B1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "300", received_on = "2026-09-10", currency = "CNY" },
      { receipt_id = "B2", customer_id = "C1", contract_id = "CT1", kind = "refund", amount = "-100", received_on = "2026-12-10", currency = "USD" },
    } },
    as_of = "2027-03-31", expect = { { key = "B1", amount = "300", left = "300" } } },
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

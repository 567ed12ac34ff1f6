-- SPDX-License-Identifier: MIT
-- The cases of CRD: credit.

-- A credit order of customer C1 over `amount` in one line of ten pieces, approved on 2026-10-10, with a limit of
-- 1000 and nothing brought forward. `more` adds or replaces tables.
local function credit_order(amount, more)
  return with({
    accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
    opening_balance = { { period = "2026-10", account = "receivable", customer_id = "C9", amount = "1" } },
    customer = { { customer_id = "C1" } },
    customer_credit = { {
      customer_id = "C1", valid_from = "2026-01-01", credit_rating = "A", credit_limit = "1000",
      payment_terms_days = "30", trade_mode = "credit", assessed_on = "2026-01-01",
    } },
    sales_order = { {
      order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = amount,
      approved_at = "2026-10-10T10:00:00", status = "approved",
    } },
    sales_order_line = { {
      order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = amount,
    } },
  }, more)
end

local function override_approval(decided_at, approved_value)
  return { {
    doc_kind = "sales_order", doc_id = "SO1", approval_kind = "credit_override", approver_id = "E9",
    decision = "approve", decided_at = decided_at, requested_at = decided_at, approved_value = approved_value,
  } }
end

-- The lines of SO0 and SO1.
local function lines_after(more)
  return {
    with({ order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500" }, more),
    { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "700" },
  }
end

-- Credit order SO1 over 700, approved after order SO0 over 500 of 1 October. `fields` are of SO0, `more` adds tables.
local function after_order(fields, more)
  return credit_order("700", with({
    sales_order = {
      with({ order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00", status = "approved" }, fields),
      { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "700", approved_at = "2026-10-10T10:00:00", status = "approved" },
    },
    sales_order_line = lines_after {},
  }, more))
end

-- The same, where SO0 was reversed by a quantity.
local function reversed(approved_at, quantity)
  local given = after_order {}
  table.insert(given.sales_order, {
    order_id = "SO0R", customer_id = "C1", order_date = "2026-10-09", payment_mode = "credit", amount = "-1", approved_at = approved_at, status = "approved", reversal_of = "SO0",
  })
  table.insert(given.sales_order_line, { order_id = "SO0R", line_no = "1", product_id = "P1", quantity = quantity, gross_amount = "-1" })
  return given
end

cases "CRD-01" {
  { "one cent over the limit",
    given = credit_order "1000.01",
    expect = { { key = "SO1", amount = "0.01", exposure = "1000.01", increase = "1000.01", limit = "1000" } } },
  { "at the limit", given = credit_order "1000", expect = {} },
  { "an opening receivable goes before the balance brought forward, which is of all customers or none",
    given = credit_order("600", {
      opening_balance = {
        { period = "2026-10", account = "advance_from_customer", customer_id = "C9", amount = "5" },
        { period = "2026-10", account = "inventory", product_id = "P1", amount = "7" },
        { period = "2026-10", account = "receivable", customer_id = "C1", amount = "999" },
      },
      receivable_entry = { { receivable_id = "R0", customer_id = "C1", posted_on = "2026-09-05", amount = "401", kind = "opening" } },
    }),
    expect = { { key = "SO1", amount = "1", exposure = "1001" } } },
  { "a sale paid on the spot raises nothing",
    given = credit_order("1000", {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-12" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "2", gross_amount = "50" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-12", cash_settled = "true" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", quantity = "2", gross_amount = "50" } },
    }),
    expect = {} },
  { "receivables and goods delivered but not posted use up the limit; the second order reports its own part",
    given = credit_order("600", {
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T10:00:00", status = "approved" },
        { order_id = "SO2", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "300", approved_at = "2026-10-10T11:00:00", status = "approved" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", quantity = "10", gross_amount = "600" },
        { order_id = "SO2", line_no = "1", quantity = "10", gross_amount = "300" },
      },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
    }),
    expect = {
      { key = "SO1", amount = "50", exposure = "1050" },
      { key = "SO2", amount = "300", exposure = "1350" },
    } },
  { "money received on the same day comes first",
    given = credit_order("600", {
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-10" } },
    }),
    expect = {} },
  { "unapplied receipts do not count where the parameter says so",
    given = credit_order("600", {
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-10" } },
    }),
    parameters = { unapplied = "none" },
    expect = { { key = "SO1", amount = "50", exposure = "1050" } } },
  { "a bill of exchange that is not due yet is still owed",
    given = credit_order("600", {
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "450", method = "note", received_on = "2026-10-06", bill_due_on = "2026-12-06" } },
    }),
    expect = { { key = "SO1", amount = "50", exposure = "1050" } } },
  { "delivering and invoicing what was ordered raises nothing",
    given = credit_order("1000", {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-12" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10", gross_amount = "1000" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-13" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", quantity = "10", gross_amount = "1000" } },
      receivable_entry = { { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-13", amount = "1000", kind = "invoice" } },
    }),
    expect = {} },
  { "delivering more than was ordered",
    given = credit_order("1000", {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-12" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "11", gross_amount = "1100" } },
    }),
    expect = { { key = "D1", amount = "100", exposure = "1100" } } },
  { "without open orders an order counts by itself",
    given = credit_order("600", {
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T10:00:00" },
        { order_id = "SO2", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T11:00:00" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", quantity = "10", gross_amount = "600" },
        { order_id = "SO2", line_no = "1", quantity = "10", gross_amount = "600" },
      },
    }),
    parameters = { include_open_orders = false },
    expect = {} },
  { "approved above the limit beforehand, up to what the approval names",
    given = credit_order("1200", { approval = override_approval("2026-10-10T09:00:00", "1200") }), expect = {} },
  { "the approval names less",
    given = credit_order("1200", { approval = override_approval("2026-10-10T09:00:00", "1100") }),
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "an order of another month is judged there",
    given = credit_order "1200", period = "2026-11", expect = {} },
  { "a mixed order uses up what is not asked for before delivery",
    given = credit_order("2000", {
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", payment_mode = "mixed", amount = "2000", approved_at = "2026-10-10T10:00:00" } },
      contract = { { contract_id = "CT1", customer_id = "C1" } },
      payment_plan = {
        { plan_id = "P1", contract_id = "CT1", milestone = "advance", pct = "40" },
        { plan_id = "P2", contract_id = "CT1", milestone = "acceptance", pct = "60" },
      },
    }),
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "a limit in another currency",
    given = credit_order("710", {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "99", currency = "USD" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1" } },
    }),
    expect = { { key = "SO1", amount = "1", currency = "USD", exposure = "100" } } },
  { "members of a group share the limit of its head",
    given = credit_order("600", {
      customer = { { customer_id = "C0" }, { customer_id = "C1", parent_id = "C0" }, { customer_id = "C2", parent_id = "C0" } },
      customer_credit = { { customer_id = "C0", valid_from = "2026-01-01", credit_limit = "1000" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T10:00:00" },
        { order_id = "SO2", customer_id = "C2", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T11:00:00" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", quantity = "10", gross_amount = "600" },
        { order_id = "SO2", line_no = "1", quantity = "10", gross_amount = "600" },
      },
    }),
    parameters = { group_limits = true },
    expect = { { key = "SO2", amount = "200", exposure = "1200" } } },
  { "brought forward, written off, and received: applied or not, netted or not",
    given = credit_order("750.01", {
      accounting_period = {
        { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30" },
        { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
        { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
      },
      opening_balance = {
        { period = "2026-09", account = "receivable", customer_id = "C1", amount = "7777" },
        { period = "2026-10", account = "advance_from_customer", customer_id = "C1", amount = "150" },
        { period = "2026-10", account = "receivable", customer_id = "C1", amount = "800" },
        { period = "2026-11", account = "receivable", customer_id = "C1", amount = "9999" },
      },
      write_off = { { write_off_id = "W1", customer_id = "C1", amount = "100", written_off_on = "2026-10-05" } },
      receipt = {
        { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "350", received_on = "2026-10-06" },
        { receipt_id = "RC2", customer_id = "C1", kind = "refund", amount = "-50", received_on = "2026-10-06" },
      },
      receipt_application = { { receipt_id = "RC1", amount = "200", applied_on = "2026-10-07" } },
      netting_entry = { { netting_id = "N1", customer_id = "C1", amount = "150", netted_on = "2026-10-07" } },
    }),
    period = "2026-10",
    expect = { { key = "SO1", amount = "0.01", exposure = "1000.01", settled = "450", receivables = "700" } } },
  { "only what was applied and netted counts, where the parameter says so",
    given = credit_order("575.01", {
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "500", kind = "adjustment" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "200", received_on = "2026-10-06" } },
      receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "50", applied_on = "2026-10-07" } },
      netting_entry = { { netting_id = "N1", customer_id = "C1", amount = "25", netted_on = "2026-10-07" } },
    }),
    parameters = { unapplied = "none" },
    expect = { { key = "SO1", amount = "0.01", settled = "75" } } },
  { "unapplied receipts of the order's own contract count",
    given = credit_order("720.01", {
      contract = { { contract_id = "CT1", customer_id = "C1" }, { contract_id = "CT2", customer_id = "C1" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", payment_mode = "credit", amount = "720.01", approved_at = "2026-10-10T10:00:00" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "500", kind = "adjustment" } },
      receipt = {
        { receipt_id = "RC1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "220", received_on = "2026-10-06" },
        { receipt_id = "RC2", customer_id = "C1", contract_id = "CT2", kind = "advance", amount = "300", received_on = "2026-10-06" },
      },
      receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "50", applied_on = "2026-10-07" } },
      netting_entry = { { netting_id = "N1", customer_id = "C1", contract_id = "CT1", amount = "20", netted_on = "2026-10-07" } },
    }),
    parameters = { unapplied = "same_contract" },
    expect = { { key = "SO1", amount = "0.01", settled = "220" } } },
  { "a bill that falls due on the day is paid",
    given = credit_order("1000", {
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "450", method = "note", received_on = "2026-10-06", bill_due_on = "2026-10-10" } },
    }),
    expect = {} },
  { "ten ordered, six delivered, three of them posted",
    given = credit_order("500.01", {
      sales_order = {
        { order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00" },
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500.01", approved_at = "2026-10-10T10:00:00" },
      },
      sales_order_line = {
        { order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500" },
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500.01" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-03" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6", gross_amount = "300" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO0", issued_on = "2026-10-04" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "3", gross_amount = "150" } },
      receivable_entry = {
        { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-04", amount = "100", kind = "invoice" },
        { receivable_id = "R2", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-05", amount = "50", kind = "invoice" },
      },
    }),
    expect = { { key = "SO1", amount = "0.01", receivables = "150", delivered = "150", open_orders = "700.01" } } },
  { "four of ten were cancelled",
    given = credit_order("700.01", { sales_order = {
        { order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00" },
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "700.01", approved_at = "2026-10-10T10:00:00" },
      },
      sales_order_line = {
        { order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500", cancelled_quantity = "4" },
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "700.01" },
      }, }),
    expect = { { key = "SO1", amount = "0.01", open_orders = "1000.01" } } },
  { "an earlier order was closed later: it was open then", given = after_order { status = "closed", closed_at = "2026-10-20T10:00:00" },
    expect = { { key = "SO1", amount = "200", exposure = "1200", open_orders = "1200" } } },
  { "it was closed an hour before", given = after_order { status = "closed", closed_at = "2026-10-10T09:00:00" }, expect = {} },
  { "it was closed on that day, for which no time is stated", given = after_order { status = "closed", closed_at = "2026-10-10" }, expect = {} },
  { "it was closed an hour after", given = after_order { status = "closed", closed_at = "2026-10-10T11:00:00" },
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "closed later, as its change log says",
    given = after_order({ status = "closed" }, { order_change = { { change_id = "X", order_id = "SO0", field = "status", old_value = "approved", new_value = "closed", changed_at = "2026-10-11T08:00:00" } } }),
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "closed, nobody recorded when, nothing was ever delivered", given = after_order { status = "closed" },
    expect = { { key = "C1", untestable = "closed or cancelled is not recorded" } } },
  { "closed, nobody recorded when, and delivered in part later: it was open until then",
    given = after_order({ status = "closed" }, {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-15" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1", gross_amount = "50" } },
    }),
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "cancelled later", given = after_order { status = "cancelled", cancelled_at = "2026-10-20T10:00:00" },
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "cancelled before", given = after_order { status = "cancelled", cancelled_at = "2026-10-09T10:00:00" }, expect = {} },
  { "over the limit when it was approved, though cancelled since",
    given = (function()
      local given = credit_order "1000.01"
      given.sales_order[1].status = "cancelled"
      return given
    end)(),
    expect = { { key = "SO1", amount = "0.01", exposure = "1000.01" } } },
  { "a draft was never approved", given = after_order { status = "draft" }, expect = {} },
  { "its line was closed later", given = after_order({}, { sales_order_line = lines_after { closed_at = "2026-10-20T10:00:00" } }),
    expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "its line was closed before", given = after_order({}, { sales_order_line = lines_after { closed_at = "2026-10-08T10:00:00" } }), expect = {} },
  { "all of it was cancelled, nobody recorded when", given = after_order({}, { sales_order_line = lines_after { cancelled_quantity = "10" } }),
    expect = { { key = "C1", untestable = "closed or cancelled is not recorded" } } },
  { "all of its own quantity was cancelled since",
    given = (function()
      local given = credit_order "1000.01"
      given.sales_order_line[1].cancelled_quantity = "10"
      return given
    end)(),
    expect = { { key = "SO1", amount = "0.01", exposure = "1000.01" } } },
  { "reversed in full the day before",
    given = reversed("2026-10-09T10:00:00", "-10"), expect = {} },
  { "reversed in full later", given = reversed("2026-10-11T10:00:00", "-10"), expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
  { "of ten reversed by three: the rest is open", given = reversed("2026-10-09T10:00:00", "-3"),
    expect = { { key = "SO1", amount = "50", exposure = "1050", open_orders = "1050" } } },
  { "the history says when it was approved, the header does not",
    given = credit_order("1000.01", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "1000.01", status = "approved" } },
      approval = { { doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", approver_id = "E9", decision = "approve", decided_at = "2026-10-10T10:00:00" } },
    }),
    expect = { { key = "SO1", amount = "0.01", exposure = "1000.01" } } },
  { "the approval of an earlier order had been taken back, and came back later",
    given = after_order({}, { approval = {
      { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO0", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-01T10:00:00" },
      { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO0", approval_kind = "order_approval", decision = "unapprove", decided_at = "2026-10-02T10:00:00" },
      { approval_id = "A3", doc_kind = "sales_order", doc_id = "SO0", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-12T10:00:00" },
    } }),
    expect = { { key = "SO0", amount = "200", exposure = "1200", increase = "500" } } },
  { "of a closed order no more is to come; what came back and was credited is not owed",
    given = credit_order("700.01", {
      sales_order = {
        { order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00", status = "closed" },
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "700.01", approved_at = "2026-10-10T10:00:00" },
      },
      sales_order_line = {
        { order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500" },
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "700.01" },
      },
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-03" },
        { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-05" },
        { delivery_id = "D3", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-03", status = "void" },
        { delivery_id = "D4", kind = "delivery", business_type = "consignment", customer_id = "C1", delivery_date = "2026-10-03" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "8", gross_amount = "400" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-2", gross_amount = "-100" },
        { delivery_id = "D3", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "2", gross_amount = "100" },
        { delivery_id = "D4", line_no = "1", product_id = "P1", quantity = "2", gross_amount = "100" },
      },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", order_id = "SO0", issued_on = "2026-10-04" },
        { invoice_id = "I2", customer_id = "C1", order_id = "SO0", issued_on = "2026-10-06", sign = "red" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "8", gross_amount = "400" },
        { invoice_id = "I2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-2", gross_amount = "-100" },
      },
      receivable_entry = {
        { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-04", amount = "400", kind = "invoice" },
        { receivable_id = "R2", invoice_id = "I2", customer_id = "C1", posted_on = "2026-10-06", amount = "-100", kind = "invoice" },
      },
    }),
    expect = { { key = "SO1", amount = "0.01", receivables = "300", delivered = "0", open_orders = "700.01" } } },
  { "what was posted, invoiced and received before the opening balance is in it",
    given = credit_order("800", {
      opening_balance = { { period = "2026-10", account = "receivable", customer_id = "C1", amount = "200" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-09-03" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", gross_amount = "300" } },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-30" },
        { invoice_id = "I2", customer_id = "C1", issued_on = "2026-10-01" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "6", gross_amount = "300" },
      },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-30", amount = "900", kind = "adjustment" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-09-30" } },
    }),
    expect = {} },
  { "delivered before the order was approved",
    given = credit_order("1100", {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-09" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10", gross_amount = "1100" } },
    }),
    expect = { { key = "D1", amount = "100", increase = "1100" } } },
  { "an order in another currency is converted at the day's rate",
    given = credit_order("100", {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "709" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "100", approved_at = "2026-10-10T10:00:00", currency = "USD" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-09", rate = "7.1" }, { currency = "USD", rate_date = "2026-10-11", rate = "9" } },
    }),
    expect = { { key = "SO1", amount = "1", currency = "CNY", exposure = "710" } } },
  { "without a rate it cannot be judged",
    given = credit_order("100", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "100", approved_at = "2026-10-10T10:00:00", currency = "USD" } },
    }),
    expect = { { key = "C1", untestable = "USD" } } },
  { "nothing was brought forward",
    given = credit_order("1200", { opening_balance = {} }),
    expect = { { key = "C1", untestable = "no opening balance" } } },
  { "a customer without a limit is another control's",
    given = credit_order("1200", { customer_credit = {} }), expect = {} },
}

cases "CRD-02" {
  { "an order in dollars, a limit in yuan and no rating",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", currency = "USD" } },
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "1000", currency = "CNY" } },
    }),
    expect = { { key = "SO1", amount = "500", currency = "USD", rating = "none", limit = "1000" } } },
  { "an order that waits for its approval is not judged yet",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", status = "submitted" } },
      customer_credit = {},
    }),
    expect = {} },
  { "no credit was ever set",
    given = credit_order("500", { customer_credit = {} }),
    expect = { { key = "SO1", amount = "500", rating = "none", limit = "none" } } },
  { "the limit had run out the day before",
    given = credit_order("500", {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", valid_to = "2026-10-09", credit_rating = "A", credit_limit = "1000" } },
    }),
    expect = { { key = "SO1", amount = "500", rating = "none", limit = "none" } } },
  { "the limit runs out on the day",
    given = credit_order("500", {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", valid_to = "2026-10-10", credit_rating = "A", credit_limit = "1000" } },
    }),
    expect = {} },
  { "a limit, but no rating",
    given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "1000" } } }),
    expect = { { key = "SO1", rating = "none", limit = "1000", amount = "500.00" } } },
  { "paid before delivery",
    given = credit_order("500", {
      customer_credit = {},
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "prepay", amount = "500" } },
    }),
    expect = {} },
  { "credit was not imported",
    given = credit_order "500", absent = { "customer_credit" },
    expect = { { key = "SO1", untestable = "customer_credit" } } },
  { "of a mixed order, what is not asked for before delivery is on credit, to the cent",
    given = credit_order("1000.01", {
      customer_credit = {},
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", payment_mode = "mixed", amount = "1000.01", approved_at = "2026-10-10T10:00:00" } },
      contract = { { contract_id = "CT1", customer_id = "C1" } },
      payment_plan = {
        { plan_id = "P1", contract_id = "CT1", milestone = "advance", pct = "40" },
        { plan_id = "P2", contract_id = "CT1", milestone = "acceptance", pct = "60" },
      },
    }),
    expect = { { key = "SO1", amount = "600.01", rating = "none", limit = "none" } } },
  { "a mixed order that states no amount",
    given = credit_order("", {
      customer_credit = {},
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", payment_mode = "mixed", approved_at = "2026-10-10T10:00:00" } },
      contract = { { contract_id = "CT1", customer_id = "C1" } },
      payment_plan = {
        { plan_id = "P1", contract_id = "CT1", milestone = "advance", pct = "40" },
        { plan_id = "P2", contract_id = "CT1", milestone = "acceptance", pct = "60" },
      },
    }),
    expect = { { key = "SO1", amount = "unknown", date = "2026-10-10" } } },
}

cases "CRD-03" {
  { "a contract with one day more",
    given = credit_order("500", {
      sales_order = {},
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-02", payment_terms_days = "31", amount = "900", status = "signed" } },
    }),
    expect = { { key = "CT1", amount = "900", days = "31", approved_days = "30" } } },
  { "the same days",
    given = credit_order("500", {
      sales_order = {},
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-02", payment_terms_days = "30", amount = "900", status = "signed" } },
    }),
    expect = {} },
  { "the same days from the month's end instead of the invoice",
    given = credit_order("500", {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "30", terms_basis = "invoice" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500", payment_terms_days = "30", terms_basis = "month_end" } },
    }),
    expect = { { key = "SO1", amount = "500", basis = "month_end", approved_basis = "invoice" } } },
  { "thirty days from the month's end against sixty from the invoice; a day more is too long",
    given = credit_order("500", {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "60", terms_basis = "invoice" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500", payment_terms_days = "31", terms_basis = "month_end" },
        { order_id = "SO2", customer_id = "C1", order_date = "2026-10-10", amount = "600", payment_terms_days = "32", terms_basis = "month_end" },
        { order_id = "SO3", customer_id = "C1", order_date = "2026-10-10", amount = "700", payment_terms_days = "61" },
        { order_id = "SO4", customer_id = "C1", order_date = "2026-10-10", amount = "700", payment_terms_days = "90", status = "draft" },
      },
    }),
    expect = { { key = "SO2", days = "32", amount = "600.00" }, { key = "SO3", days = "61", basis = "unknown", amount = "700.00" } } },
  { "an order that repeats its contract's terms is judged at the contract",
    given = credit_order("500", {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-02", payment_terms_days = "60", amount = "900", status = "signed" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", amount = "500", payment_terms_days = "60" } },
    }),
    expect = { { key = "CT1", amount = "900", days = "60", approved_days = "30" } } },
  { "no terms were approved",
    given = credit_order("500", {
      customer_credit = {},
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500", payment_terms_days = "60" } },
    }),
    expect = { { key = "SO1", untestable = "no approved terms" } } },
  { "thirty days from delivery end with twenty-nine from the invoice",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", payment_terms_days = "30", terms_basis = "delivery" } },
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "29", terms_basis = "invoice" } },
    }),
    expect = {} },
  { "paid at once, by a customer without terms",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", payment_terms_days = "0" } },
      customer_credit = {},
    }),
    expect = {} },
}

-- An invoice of 1,000 in two instalments of September and October, with its payments, and a delivery of 10 October.
local function instalments(applications)
  for number, one in ipairs(applications) do one.application_id = "X" .. number end
  return {
    customer = { { customer_id = "C1" } },
    invoice = { { invoice_id = "I1", customer_id = "C1" } },
    receivable_entry = {
      { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "500" },
      { receivable_id = "R2", invoice_id = "I1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-10-01", amount = "500" },
    },
    receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = tostring(#applications * 500), received_on = "2026-09-01" } },
    receipt_application = applications,
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
  }
end

-- A receivable of 1 September without a date on which it falls due, and a delivery of 10 October.
local function undated(credits)
  return {
    customer = { { customer_id = "C1" } },
    customer_credit = credits,
    receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", amount = "300" } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
  }
end

-- An invoice of 600 in two halves, due on 2026-09-01 and 2026-10-01, and a delivery of 2026-10-20. `more` adds to it.
local function in_two_halves(more)
  return with({
    customer = { { customer_id = "C1" } },
    invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-08-01", gross_amount = "600" } },
    receivable_entry = {
      { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "300" },
      { receivable_id = "R2", invoice_id = "I1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-10-01", amount = "300" },
    },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-20" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
  }, more)
end
local function paid_for_invoice(amount)
  return {
    receipt = { { receipt_id = "B1", customer_id = "C1", kind = "payment", received_on = "2026-09-01", amount = amount } },
    receipt_application = { { application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = amount, applied_on = "2026-09-01" } },
  }
end

cases "CRD-04" {
  { "a payment of the invoice pays its halves once, the earlier first", given = in_two_halves(paid_for_invoice "300"),
    expect = { { key = "D1", amount = "50", overdue = "300", since = "2026-10-01" } } },
  { "a payment of the whole invoice", given = in_two_halves(paid_for_invoice "600"), expect = {} },
  { "a red invoice of more than the first half takes the rest from the second",
    given = in_two_halves {
      invoice = {
        { invoice_id = "I1", customer_id = "C1", issued_on = "2026-08-01", gross_amount = "600" },
        { invoice_id = "I2", customer_id = "C1", issued_on = "2026-09-15", gross_amount = "-400", sign = "red", original_invoice_id = "I1" },
      },
      receivable_entry = {
        { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "300" },
        { receivable_id = "R2", invoice_id = "I1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-10-01", amount = "300" },
        { receivable_id = "R3", invoice_id = "I2", customer_id = "C1", posted_on = "2026-09-15", amount = "-400" },
      },
    },
    expect = { { key = "D1", amount = "50", overdue = "200" } } },
  { "no due date: the approved terms say when",
    given = in_two_halves {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "60" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", amount = "300" } },
    },
    expect = { { key = "D1", amount = "50", overdue = "300" } } },
  { "no due date, and longer terms",
    given = in_two_halves {
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "90" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", amount = "300" } },
    },
    expect = {} },
  { "neither due date nor terms",
    given = in_two_halves { receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2024-08-01", amount = "300" } } },
    expect = { { key = "C1", untestable = "neither due date nor approved terms of receivable R1" } } },
  { "a day after the due date",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-09", amount = "300" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
    },
    expect = { { key = "D1", amount = "50", overdue = "300", since = "2026-10-09" } } },
  { "on the due date",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-10", amount = "300" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
    },
    expect = {} },
  { "paid on the day of the delivery, though overdue before",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" } },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "300", received_on = "2026-10-10" } },
      receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "300", applied_on = "2026-10-10" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
    },
    expect = {} },
  { "an invoice in two instalments, half of it paid by an application that names the invoice alone",
    given = instalments { { receipt_id = "RC1", invoice_id = "I1", amount = "500", applied_on = "2026-09-01" } },
    expect = { { key = "D1", amount = "50", overdue = "500", since = "2026-10-01" } } },
  { "both instalments paid so", expect = {},
    given = instalments { { receipt_id = "RC1", invoice_id = "I1", amount = "500", applied_on = "2026-09-01" }, { receipt_id = "RC1", invoice_id = "I1", amount = "500", applied_on = "2026-10-02" } } },
  { "without a date of its own a receivable falls due by the customer's terms",
    given = undated { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "9999", payment_terms_days = "30" } },
    expect = { { key = "D1", amount = "50", overdue = "300", since = "2026-10-01" } } },
  { "by terms of 60 days it is not due yet", expect = {},
    given = undated { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "9999", payment_terms_days = "60" } } },
  { "nobody knows when it falls due", given = undated {}, expect = { { key = "C1", untestable = "neither due date nor approved terms" } } },
  { "a draft of a delivery", expect = {},
    given = (function()
      local given = undated { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "9999", payment_terms_days = "30" } }
      given.delivery[1].status = "draft"
      return given
    end)() },
  { "paid a day after, in part before",
    given = {
      customer = { { customer_id = "C1" } },
      invoice = { { invoice_id = "I1", customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" } },
      receipt = {
        { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" },
        { receipt_id = "RC2", customer_id = "C1", kind = "payment", amount = "200", received_on = "2026-10-11" },
      },
      receipt_application = {
        { receipt_id = "RC1", invoice_id = "I1", amount = "100", applied_on = "2026-10-05" },
        { receipt_id = "RC2", invoice_id = "I1", amount = "200", applied_on = "2026-10-11" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
    },
    expect = { { key = "D1", amount = "50", overdue = "200" } } },
  { "two debts overdue, the older one paid; an override for another day",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = {
        { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "100" },
        { receivable_id = "R2", customer_id = "C1", posted_on = "2026-08-10", due_on = "2026-09-10", amount = "200" },
        { receivable_id = "R3", customer_id = "C1", posted_on = "2026-08-20", due_on = "2026-09-20", amount = "300" },
      },
      receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-09-15" } },
      receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "100", applied_on = "2026-09-15" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      approval = { { doc_kind = "delivery", doc_id = "D1", approval_kind = "credit_override", approver_id = "E9", decision = "approve", decided_at = "2026-10-11T09:00:00" } },
    },
    expect = { { key = "D1", amount = "50", overdue = "500", since = "2026-09-10" } } },
  { "overridden on the day of the delivery",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "100" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", payment_mode = "credit", order_date = "2026-10-01" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      approval = override_approval "2026-10-10T18:00:00",
    },
    expect = {} },
  { "a delivery for two orders, one of them on credit",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "100" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", payment_mode = "prepay", order_date = "2026-10-01" },
        { order_id = "SO2", customer_id = "C1", payment_mode = "credit", order_date = "2026-10-01" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_id = "SO1", quantity = "1", gross_amount = "50" },
        { delivery_id = "D1", line_no = "2", order_id = "SO2", quantity = "1", gross_amount = "60" },
      },
    },
    expect = { { key = "D1", amount = "110", overdue = "100" } } },
  { "a red receivable took the debt away",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = {
        { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" },
        { receivable_id = "R2", customer_id = "C1", posted_on = "2026-09-20", amount = "-300", reversal_of = "R1" },
      },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
    },
    expect = {} },
  { "the order was to be paid before delivery",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", payment_mode = "prepay", order_date = "2026-10-01" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-10" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
    },
    expect = {} },
  { "due dates were not imported",
    given = {
      customer = { { customer_id = "C1" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", amount = "300" } },
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
    },
    absent = { "receivable_entry.due_on" },
    expect = { { key = "C1", untestable = "due_on" } } },
}

cases "CRD-05" {
  { "one cent above the policy's limit, one day above its terms",
    given = {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "A", credit_limit = "1000.01", payment_terms_days = "31" } },
      credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
    },
    expect = {
      { key = "C1/2026-10-01", label = "limit", amount = "0.01", given = "1000.01", allowed = "1000" },
      { key = "C1/2026-10-01", label = "terms", given = "31", allowed = "30", amount = "none" },
    } },
  { "at both limits",
    given = {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "A", credit_limit = "1000", payment_terms_days = "30" } },
      credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
    },
    expect = {} },
  { "the policy has no terms: the limit is compared all the same", absent = { "credit_policy.max_terms_days" },
    given = {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "A", credit_limit = "1500", payment_terms_days = "31" } },
      credit_policy = { { credit_rating = "A", max_credit_limit = "1000" } },
    },
    expect = { { key = "C1/2026-10-01", label = "limit", amount = "500" } } },
  { "the policy has neither", absent = { "credit_policy.max_terms_days", "credit_policy.max_credit_limit" },
    given = {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "A", credit_limit = "1500", payment_terms_days = "31" } },
      credit_policy = { { credit_rating = "A" } },
    },
    expect = { { key = "C1/2026-10-01", untestable = "neither limit nor days" } } },
  { "the rating is not in the policy",
    given = {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "D", credit_limit = "1000" } },
      credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
    },
    expect = { { key = "C1/2026-10-01", untestable = "rating D" } } },
  { "without a rating no policy applies",
    given = {
      customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_limit = "9999" } },
      credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
    },
    expect = {} },
}

cases "CRD-06" {
  { "a bounced cheque not made good",
    given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01" } } }),
    expect = { { key = "SO1", amount = "500", kind = "bounced", occurred_on = "2026-06-01" } } },
  { "resolved on the day of the order",
    given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01", resolved_on = "2026-10-10" } } }),
    expect = {} },
  { "resolved the day after",
    given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "overdue", occurred_on = "2026-10-10", resolved_on = "2026-10-11" } } }),
    expect = { { key = "SO1", kind = "overdue", amount = "500.00" } } },
  { "twenty-four months and a day ago",
    given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2024-10-09" } } }),
    expect = {} },
  { "a credit override was approved",
    given = credit_order("500", {
      credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01" } },
      approval = override_approval("2026-10-10T09:00:00"),
    }),
    expect = {} },
  { "credit problems were not imported",
    given = credit_order "500", absent = { "credit_event" },
    expect = { { key = "SO1", untestable = "credit_event" } } },
  { "nobody knows whose order it is",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", approved_at = "2026-10-10T10:00:00" } },
    }),
    expect = { { key = "SO1", untestable = "no customer" } } },
  { "an override given after the order's date, before the order was approved",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", approved_at = "2026-10-12T10:00:00" } },
      credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01" } },
      approval = override_approval("2026-10-11T09:00:00"),
    }),
    expect = {} },
}

cases "CRD-07" {
  { "an order that waits for its approval is not judged yet",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500", status = "submitted" } },
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", trade_mode = "prepay" } },
    }),
    expect = {} },
  { "credit to a customer who must prepay",
    given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", trade_mode = "prepay" } } }),
    expect = { { key = "SO1", amount = "500", mode = "credit", approved = "prepay" } } },
  { "a credit customer prepays",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "prepay", amount = "500" } },
    }),
    expect = {} },
  { "consignment to a customer without it",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", business_type = "consignment", amount = "500" } },
    }),
    expect = { { key = "SO1", mode = "consignment", approved = "credit", amount = "500.00" } } },
  { "the order states no mode",
    given = credit_order("500", {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500" } },
    }),
    expect = { { key = "SO1", untestable = "no payment mode" } } },
  { "a customer without credit terms, and one whose terms name no mode",
    given = credit_order("500", {
      customer = { { customer_id = "C1" }, { customer_id = "C2" } },
      customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "1000" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500" },
        { order_id = "SO2", customer_id = "C2", order_date = "2026-10-10", payment_mode = "credit", amount = "500" },
      },
    }),
    expect = {} },
}

cases "CRD-08" {
  { "366 days old",
    given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2025-01-01", credit_limit = "1000", assessed_on = "2025-10-09" } } }),
    expect = { { key = "SO1", amount = "500", age = "366", assessed_on = "2025-10-09" } } },
  { "365 days old",
    given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2025-01-01", credit_limit = "1000", assessed_on = "2025-10-10" } } }),
    expect = {} },
  { "no assessment date",
    given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2025-01-01", credit_limit = "1000" } } }),
    expect = { { key = "SO1", untestable = "no assessment date" } } },
}

-- SPDX-License-Identifier: MIT
-- The cases of BYP: ways round a control that the system is believed to enforce.

-- The orders' approvals: one that stands.
local function order_approval(decided_at, fields)
  return with({
    doc_kind = "sales_order", doc_id = "S", approval_kind = "order_approval", step_no = "1", role = "sales_manager",
    approver_id = "E9", decision = "approve", requested_by = "E1", requested_at = "2026-10-08T09:00:00", decided_at = decided_at,
  }, fields)
end

local function numbered(name, list)
  for position, row in ipairs(list) do row[name] = row[name] or "A" .. position end
  return list
end

local function reopened(approvals, more)
  local order = with({ order_id = "S", order_date = "2026-10-08", payment_mode = "credit", amount = "12.50", status = "approved" }, more)
  return {
    sales_order = { order },
    sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", quantity = "1" } },
    order_change = { { change_id = "X", order_id = "S", field = "status", old_value = "closed", new_value = "approved", changed_by = "E1", changed_at = "2026-10-14T09:00:00" } },
    delivery = { { delivery_id = "D", order_id = "S", kind = "delivery", delivery_date = "2026-10-15" } },
    delivery_line = { { delivery_id = "D", line_no = 1, order_id = "S", order_line_no = 1, quantity = "1" } },
    approval = numbered("approval_id", approvals),
  }
end

cases "BYP-01" {
  { "delivered the next day", given = reopened { order_approval "2026-10-08T10:00:00" },
    expect = { { key = "X", amount = "12.50", old = "closed", new = "approved", delivered = "2026-10-15" } } },
  { "approved again on the day of the delivery", given = reopened { order_approval "2026-10-15T18:00:00" }, expect = {} },
  { "approved again too late", given = reopened { order_approval "2026-10-16T08:00:00" }, expect = { { key = "X", amount = "12.50", delivered = "2026-10-15" } } },
  { "its credit approved again", given = reopened { order_approval("2026-10-14T10:00:00", { approval_kind = "credit_override" }) }, expect = {} },
  { "a prepaid order", given = reopened({}, { payment_mode = "prepay" }), expect = {} },
  { "no approvals imported", absent = { "approval" }, given = reopened {}, expect = { { key = "X", amount = "12.50", delivered = "2026-10-15", assumed = { "approval" } } } },
}

local function approved_at(amount, more)
  return with({
    sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "100.00", status = "approved" } },
    sales_order_line = { { order_id = "S", line_no = 1 }, { order_id = "S", line_no = 2 } },
    approval = numbered("approval_id", { order_approval("2026-10-08T10:00:00", { doc_amount = amount }) }),
  }, more)
end

-- An order approved at 50 that stands at 100, last edited at a moment.
local function edited_at(moment)
  local given = approved_at "50"
  given.sales_order[1].last_modified_at = moment
  return given
end

cases "BYP-02" {
  { "two cents and a bit", given = approved_at "99.979", expect = { { key = "S", amount = "0.021", approved = "99.979", now = "100" } } },
  { "a cent for each line", given = approved_at "99.98", expect = {} },
  { "the change is logged", expect = {},
    given = approved_at("50", { order_change = { { change_id = "X", order_id = "S", field = "quantity", changed_at = "2026-10-08T10:00:01" } } }) },
  { "a change logged before the approval does not explain it",
    given = approved_at("50", { order_change = { { change_id = "X", order_id = "S", field = "quantity", changed_at = "2026-10-08T10:00:00" } } }),
    expect = { { key = "S", amount = "50", approved = "50", now = "100" } } },
  { "approved again at the new amount", expect = {},
    given = approved_at("50", { approval = numbered("approval_id", { order_approval("2026-10-08T10:00:00", { doc_amount = "50" }), order_approval("2026-10-09T10:00:00", { doc_amount = "100" }) }) }) },
  { "a contract",
    given = {
      contract = { { contract_id = "K", signed_on = "2026-10-08", amount = "100", status = "signed" } },
      approval = { { approval_id = "A", doc_kind = "contract", doc_id = "K", approval_kind = "contract_approval", decision = "approve", decided_at = "2026-10-07T10:00:00", requested_at = "2026-10-07T09:00:00", doc_amount = "90" } },
    },
    expect = { { key = "K", amount = "10", approved = "90" } } },
  { "an order of the month before that stands so, nobody recorded since when", period = "2026-11", given = approved_at "50",
    expect = { { key = "S", amount = "50", approved = "50" } } },
  { "last edited in the period", period = "2026-11", given = edited_at "2026-11-02T09:00:00", expect = { { key = "S", amount = "50", approved = "50", now = "100" } } },
  { "last edited in the month before", period = "2026-11", given = edited_at "2026-10-20T09:00:00", expect = {} },
  { "the approval names no amount", given = approved_at(nil), expect = { { key = "S", untestable = "no amount" } } },
}

local function laddered(second, more)
  return with({
    sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "100", status = "approved", approved_at = "2026-10-08T10:00:00" } },
    approval_rule = {
      { doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
      { doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "100" },
    },
    approval = numbered("approval_id", { order_approval "2026-10-08T10:00:00", order_approval(second, { step_no = "2", role = "marketing_vp" }) }),
  }, more)
end

cases "BYP-03" {
  { "a second before the second step", given = laddered "2026-10-08T10:00:01",
    expect = { { key = "S", amount = "100", step = "1", last = "2", decided_at = "2026-10-08T10:00:01" } } },
  { "with the second step", given = laddered "2026-10-08T10:00:00", expect = {} },
  { "below the band of the second step", expect = {},
    given = laddered("2026-10-09T10:00:00", { sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "99.99", status = "approved", approved_at = "2026-10-08T10:00:00" } } }) },
  { "in another currency, by its amount in the company's",
    given = laddered("2026-10-09T10:00:00", {
      sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "20", currency = "USD", status = "approved", approved_at = "2026-10-08T10:00:00" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } },
    }),
    expect = { { key = "S", amount = "20", currency = "USD", step = "1", last = "2" } } },
  { "the second step never came: another control's", expect = {},
    given = laddered(nil, { approval = numbered("approval_id", { order_approval "2026-10-08T10:00:00" }) }) },
  { "no approvals imported", absent = { "approval" }, given = laddered "2026-10-09T10:00:00", expect = { { key = "S", untestable = "approval" } } },
}

local function posted(amount, more)
  return with({
    customer = { { customer_id = "C" } },
    customer_credit = { { customer_id = "C", valid_from = "2026-01-01", credit_limit = "1000" } },
    opening_balance = { { period = "2026-10", account = "receivable", customer_id = "C", amount = "400" } },
    accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
    receivable_entry = { { receivable_id = "R", customer_id = "C", posted_on = "2026-10-14", kind = "adjustment", amount = amount } },
  }, more)
end
local function ordered(invoiced)
  return posted(invoiced, {
    sales_order = { { order_id = "S", customer_id = "C", order_date = "2026-10-08", approved_at = "2026-10-08T10:00:00", payment_mode = "credit", status = "approved", amount = "700" } },
    sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", quantity = "7", unit_price = "100", amount = "700", gross_amount = "700", tax_rate = "0" } },
    delivery = { { delivery_id = "D", order_id = "S", customer_id = "C", kind = "delivery", delivery_date = "2026-10-09" } },
    delivery_line = { { delivery_id = "D", line_no = 1, order_id = "S", order_line_no = 1, product_id = "P", quantity = "7", unit_price = "100", gross_amount = "700", tax_rate = "0" } },
    invoice = { { invoice_id = "I", customer_id = "C", order_id = "S", issued_on = "2026-10-14", gross_amount = invoiced } },
    invoice_line = { { invoice_id = "I", line_no = 1, delivery_id = "D", delivery_line_no = 1, order_id = "S", order_line_no = 1, product_id = "P", quantity = "7", unit_price = "100", gross_amount = invoiced, tax_rate = "0" } },
    receivable_entry = { { receivable_id = "R", customer_id = "C", invoice_id = "I", posted_on = "2026-10-14", kind = "invoice", amount = invoiced } },
  })
end

cases "BYP-04" {
  { "a cent over the limit, by hand", given = posted "600.01", expect = { { key = "R", amount = "0.01", increase = "600.01", exposure = "1000.01", limit = "1000" } } },
  { "at the limit", given = posted "600", expect = {} },
  { "an invoice for goods that were delivered adds nothing", given = ordered "700", expect = {} },
  { "an invoice dearer than what was delivered", given = ordered "720",
    expect = { { key = "R", amount = "20", increase = "20", exposure = "1120" } } },
  { "no limit", given = posted("900", { customer_credit = {} }), expect = {} },
  { "approved", expect = {},
    given = posted("900", { approval = { { approval_id = "A", doc_kind = "receivable_entry", doc_id = "R", approval_kind = "credit_override", decision = "approve", decided_at = "2026-10-13T10:00:00", requested_at = "2026-10-13T09:00:00" } } }) },
  { "what was open before is not known", given = posted("900", { opening_balance = {} }), expect = { { key = "C", untestable = "no opening balance" } } },
}

local function lines(prices, more)
  local given = {
    product = { { product_id = "P" } },
    price_list = { { price_list_id = "L", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00" } },
    price_list_line = { { price_list_id = "L", product_id = "P", floor_price = "100", list_price = "110" } },
    sales_order = { { order_id = "S", order_date = "2026-10-14", status = "approved", approved_at = "2026-10-14T10:00:00" } },
    sales_order_line = {},
  }
  for position, price in ipairs(prices) do
    table.insert(given.sales_order_line, { order_id = "S", line_no = position, product_id = "P", quantity = "2", unit_price = price, tax_rate = "0.13" })
  end
  return with(given, more)
end

cases "BYP-05" {
  { "three between the floors", given = lines { "90", "95", "99.99", "100", "120" },
    expect = { { key = "L/P/////", amount = "30.02", count = "3", floor = "100" } } },
  { "two", given = lines { "90", "95", "100" }, expect = {} },
  { "a quarter of the lines", given = lines { "90", "95", "99.99", "100", "100", "100", "100", "100", "100", "100", "100", "100" },
    expect = { { key = "L/P/////", amount = "30.02", count = "3" } } },
  { "less than a quarter", given = lines { "90", "95", "99.99", "100", "100", "100", "100", "100", "100", "100", "100", "100", "100" }, expect = {} },
  { "one of them was approved", expect = {},
    given = lines({ "90", "95", "99.99" }, { approval = { {
      approval_id = "A", doc_kind = "sales_order_line", doc_id = "S/2", approval_kind = "special_price", decision = "approve",
      requested_at = "2026-10-13T09:00:00", decided_at = "2026-10-13T10:00:00",
    } } }) },
  { "one is under both", given = lines { "90", "95", "99", "80" }, expect = {} },
  { "exactly at the floor with tax, three times", parameters = { min_count = 1 }, given = lines { "88.50" }, expect = { { key = "L/P/////", amount = "23", count = "1" } } },
  { "a list with tax", expect = {},
    given = lines({ "90", "95", "99" }, { price_list = { { price_list_id = "L", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00", tax_included = "true" } } }) },
  { "no floors imported", absent = { "price_list_line.floor_price" }, given = lines { "90" }, expect = { { key = "L/P", untestable = "floor_price" } } },
}

local function copied(fields, more)
  local first_one = with({ quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-01", amount = "20" }, fields)
  return with({
    customer = { { customer_id = "C1", status = "inactive" }, { customer_id = "C2", status = "active" } },
    quotation = { first_one, { quotation_id = "Q2", customer_id = "C2", quoted_on = "2026-10-14", amount = "20" } },
    quotation_line = {
      { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" },
      { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10.00" },
    },
  }, more)
end

cases "BYP-06" {
  { "of an inactive customer", given = copied(), expect = { { key = "Q2", amount = "20", original = "Q1", customer = "C1", reason = "inactive" } } },
  { "another price", expect = {},
    given = copied({}, { quotation_line = { { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10.01" } } }) },
  { "one line more", expect = {},
    given = copied({}, { quotation_line = { { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q2", line_no = 2, product_id = "R", quantity = "1" } } }) },
  { "sixty-one days old", given = copied { quoted_on = "2026-08-14" }, expect = {} },
  { "the customer's own", given = copied { customer_id = "C2" }, expect = {} },
  { "an overdue customer",
    given = copied({}, { customer = { { customer_id = "C1" }, { customer_id = "C2" } }, credit_event = { { event_id = "V", customer_id = "C1", kind = "overdue", occurred_on = "2026-09-01" } } }),
    expect = { { key = "Q2", amount = "20", reason = "overdue" } } },
  { "settled on the day of the copy", expect = {},
    given = copied({}, { customer = { { customer_id = "C1" }, { customer_id = "C2" } }, credit_event = { { event_id = "V", customer_id = "C1", kind = "overdue", occurred_on = "2026-09-01", resolved_on = "2026-10-14" } } }) },
  { "a copy of last month", period = "2026-10", expect = {},
    given = copied({ quoted_on = "2026-09-01" }, { quotation = { { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-09-01", amount = "20" }, { quotation_id = "Q2", customer_id = "C2", quoted_on = "2026-09-14", amount = "20" } } }) },
  { "two versions of the original",
    given = copied({}, {
      quotation = { { quotation_id = "Q0", customer_id = "C1", quoted_on = "2026-09-30" }, { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-01" }, { quotation_id = "Q2", customer_id = "C2", quoted_on = "2026-10-14", amount = "20" } },
      quotation_line = {
        { quotation_id = "Q0", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" },
        { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" },
      },
    }),
    expect = { { key = "Q2", amount = "20", original = "Q0", customer = "C1" } } },
  { "no date", given = copied { quoted_on = "" }, expect = { { key = "Q1", untestable = "no date" } } },
  { "no lines imported", absent = { "quotation_line" }, given = copied(), expect = { { key = "Q1", untestable = "quotation_line" } } },
}

local function confirmed(old, approvals)
  return {
    sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "12.50" } },
    order_change = { { change_id = "X", order_id = "S", field = "status", old_value = old, new_value = "approved", changed_by = "E1", changed_at = "2026-10-14T09:00:00" } },
    approval = numbered("approval_id", approvals or {}),
  }
end

cases "BYP-07" {
  { "a draft", given = confirmed "draft", expect = { { key = "X", amount = "12.50", old = "draft", new = "approved", changed_by = "E1" } } },
  { "approved in that second", given = confirmed("draft", { order_approval "2026-10-14T09:00:00" }), expect = {} },
  { "approved a second later", given = confirmed("draft", { order_approval "2026-10-14T09:00:01" }), expect = { { key = "X", amount = "12.50", new = "approved" } } },
  { "approved, then rejected", given = confirmed("rejected", { order_approval "2026-10-13T09:00:00", order_approval("2026-10-13T10:00:00", { decision = "reject" }) }),
    expect = { { key = "X", amount = "12.50", old = "rejected" } } },
  { "from submitted, as the workflow does", given = confirmed "submitted", expect = {} },
  { "no approvals imported", absent = { "approval" }, given = confirmed "draft", expect = { { key = "X", amount = "12.50", old = "draft", assumed = { "approval" } } } },
}

local function given(approval, more)
  local tables = {
    employee = { { employee_id = "E1", org_unit_id = "D1" }, { employee_id = "E9", org_unit_id = "D1" } },
    role_assignment = { { employee_id = "E1", role = "sales_clerk" }, { employee_id = "E9", role = "sales_clerk" } },
    role_rank = { { role = "sales_clerk", rank = "10" }, { role = "sales_manager", rank = "40" } },
    user_account = { { user_id = "U0", is_system = "true" } },
    approval = { order_approval("2026-10-08T09:00:05", approval) },
  }
  tables.approval[1].approval_id, tables.approval[1].doc_amount = "A", "12.50"
  return with(tables, more)
end

cases "BYP-08" {
  { "a colleague, in five seconds", given = given {}, expect = { { key = "A", amount = "12.50", fault = "own group", seconds = "5", approver = "E9", requester = "E1" } } },
  { "in six", given = given { decided_at = "2026-10-08T09:00:06" }, expect = {} },
  { "their manager, quick as that", expect = {},
    given = given({}, { role_assignment = { { employee_id = "E1", role = "sales_clerk" }, { employee_id = "E9", role = "sales_manager" } } }) },
  { "somebody of another unit", expect = {},
    given = given({}, { employee = { { employee_id = "E1", org_unit_id = "D1" }, { employee_id = "E9", org_unit_id = "D2" } } }) },
  { "the system, after an hour", given = given { approver_id = "U0", decided_at = "2026-10-08T10:00:00" },
    expect = { { key = "A", amount = "12.50", fault = "system user", seconds = "3600", approver = "U0" } } },
  { "a kind that the system may give", given = given { approver_id = "U0" }, parameters = { may_be_automatic = { "order_approval" } }, expect = {} },
  { "no units imported", absent = { "employee.org_unit_id" }, given = given {}, expect = {} },
  { "no roles imported", absent = { "role_assignment" }, given = given {}, expect = { { key = "A", untestable = "role_assignment" } } },
}

local function write_offs(...)
  local list = {}
  for position = 1, select("#", ...) do
    local part = (select(position, ...))
    table.insert(list, { write_off_id = "W" .. position, customer_id = "C", written_off_by = "E1", written_off_on = part[1], amount = part[2] })
  end
  return {
    write_off = list,
    approval_rule = {
      { doc_kind = "write_off", approval_kind = "write_off", step_no = "1", role = "finance_head", amount_from = "0" },
      { doc_kind = "write_off", approval_kind = "write_off", step_no = "2", role = "general_manager", amount_from = "1000" },
    },
  }
end

cases "BYP-09" {
  { "two within three days reach the tier", given = write_offs({ "2026-10-12", "500" }, { "2026-10-14", "500" }),
    expect = { { key = "W2", label = "1000", amount = "1000", count = "2", tier = "1000", author = "E1" } } },
  { "a cent short", given = write_offs({ "2026-10-12", "500" }, { "2026-10-14", "499.99" }), expect = {} },
  { "a day too far apart", given = write_offs({ "2026-10-12", "500" }, { "2026-10-15", "500" }), expect = {} },
  { "one of them reaches it alone", given = write_offs({ "2026-10-12", "500" }, { "2026-10-14", "1000" }), expect = {} },
  { "reported where the tier is reached, not again after", given = write_offs({ "2026-10-12", "500" }, { "2026-10-13", "600" }, { "2026-10-14", "10" }),
    expect = { { key = "W2", label = "1000", amount = "1100" } } },
  { "beside a concession",
    given = (function()
      local given = write_offs({ "2026-10-12", "600" }, { "2026-10-13", "600" })
      given.concession = { { concession_id = "A1", customer_id = "C", proposed_by = "E1", proposed_at = "2026-10-12T09:00:00", amount = "100" } }
      return given
    end)(),
    expect = { { key = "W2", label = "1000", amount = "1200", count = "2" } } },
  { "a write-off and a concession do not reach a tier together", expect = {},
    given = (function()
      local given = write_offs { "2026-10-12", "600" }
      given.concession = { { concession_id = "A1", customer_id = "C", proposed_by = "E1", proposed_at = "2026-10-12T09:00:00", amount = "600" } }
      return given
    end)() },
  { "the first in the month before", period = "2026-11", given = write_offs({ "2026-10-31", "500" }, { "2026-11-01", "500" }),
    expect = { { key = "W2", label = "1000", amount = "1000" } } },
  { "the last in the month after", period = "2026-10", as_of = "2026-11-05", given = write_offs({ "2026-10-31", "500" }, { "2026-11-01", "500" }), expect = {} },
  { "concessions of one proposer",
    given = {
      approval_rule = { { doc_kind = "concession", approval_kind = "concession", step_no = "2", amount_from = "100" } },
      concession = { { concession_id = "K1", customer_id = "C", proposed_by = "E1", proposed_at = "2026-10-12T09:00:00", amount = "60" }, { concession_id = "K2", customer_id = "C", proposed_by = "E1", proposed_at = "2026-10-12T10:00:00", amount = "60" } },
    },
    expect = { { key = "K2", label = "100", amount = "120" } } },
  { "no amounts imported", absent = { "write_off.amount" }, given = write_offs({ "2026-10-12", "500" }), expect = { { key = "C/E1/CNY/write_off", untestable = "amount" } } },
}

local function order(fields)
  local one = with({ order_id = "S", order_date = "2026-09-29", submitted_at = "2026-10-09T18:00:01", amount = "12.50", status = "approved" }, fields)
  return {
    sales_order = { one },
    accounting_period = {
      { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30", closed_at = "2026-10-09T18:00:00" },
      { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
    },
  }
end

cases "BYP-10" {
  { "a second after the closing", period = "2026-10", given = order(),
    expect = { { key = "S", amount = "12.50", dated = "2026-09-29", entered = "2026-10-09T18:00:01", period = "2026-09" } } },
  { "in the second of the closing", period = "2026-10", given = order { submitted_at = "2026-10-09T18:00:00" }, expect = {} },
  { "dated in the open period", period = "2026-10", given = order { order_date = "2026-10-01" }, expect = {} },
  { "entered and dated before the period", period = "2026-10", given = order { submitted_at = "2026-09-29T09:00:00" }, expect = {} },
  { "a draft", period = "2026-10", given = order { status = "draft" }, expect = {} },
  { "a delivery, by its lines", period = "2026-10",
    given = (function()
      local given = order()
      given.sales_order = nil
      given.delivery = { { delivery_id = "D", delivery_date = "2026-09-30", approved_at = "2026-10-10T09:00:00" } }
      given.delivery_line = { { delivery_id = "D", line_no = 1, gross_amount = "3" }, { delivery_id = "D", line_no = 2, gross_amount = "4" } }
      return given
    end)(),
    expect = { { key = "D", amount = "7", dated = "2026-09-30", period = "2026-09" } } },
  { "no date", given = order { order_date = "" }, expect = { { key = "S", untestable = "sales_order.order_date is empty" } } },
  { "nobody knows when it was entered", period = "2026-09", given = order { submitted_at = "" }, expect = {} },
  { "entered after the day of the audit", period = "2026-09", as_of = "2026-10-09",
    given = (function()
      local given = order { submitted_at = "2026-10-10T09:00:00" }
      given.accounting_period[1].closed_at = "2026-10-08T18:00:00"
      return given
    end)(),
    expect = {} },
  { "entered on its own day, after an early closing", period = "2026-09",
    given = (function()
      local given = order { submitted_at = "2026-09-29T18:00:00" }
      given.accounting_period[1].closed_at = "2026-09-29T12:00:00"
      return given
    end)(),
    expect = {} },
  { "dated in no accounting period", period = "2026-10", given = order { order_date = "2026-08-31" }, expect = { { key = "S", untestable = "no accounting period" } } },
}

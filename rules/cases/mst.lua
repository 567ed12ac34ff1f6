-- SPDX-License-Identifier: MIT
-- The cases of MST: master data: customers, products, price lists, people and regions that every document leans on.

cases "MST-01" {
  { "one tax number; what the second owes",
    given = {
      customer = { { customer_id = "C1", name = "甲", tax_id = "91320000A" }, { customer_id = "C2", name = "乙", tax_id = "91320000A" } },
      receivable_entry = {
        { receivable_id = "R1", customer_id = "C2", amount = "100.50", posted_on = "2026-10-05", invoice_id = "I" },
        { receivable_id = "R2", customer_id = "C1", amount = "7", posted_on = "2026-10-05" },
        { receivable_id = "R3", customer_id = "C2", amount = "9", posted_on = "2026-10-05", status = "void" },
      },
      invoice = { { invoice_id = "I" } },
      receipt_application = { { application_id = "A", receivable_id = "R1", amount = "40", applied_on = "2026-10-06" } },
    },
    expect = { { key = "C2", amount = "60.50", other = "C1", common = "customer.tax_id" } } },
  { "names a character apart and one phone, written in two ways",
    given = { customer = { { customer_id = "C1", name = "江苏天衡轴承有限公司", phone = "025-8888 1234" }, { customer_id = "C2", name = "江苏天恒轴承有限公司", phone = "02588881234" } } },
    expect = { { key = "C2", amount = "0", common = "customer.name, customer.phone", name = "江苏天恒轴承有限公司" } } },
  { "names a character apart and nothing else", expect = {},
    given = { customer = { { name = "江苏天衡轴承有限公司", phone = "025-88881234" }, { name = "江苏天恒轴承有限公司", phone = "025-88881235" } } } },
  { "two members of a group at one address", expect = {},
    given = { customer = {
      { customer_id = "C1", name = "天衡轴承一厂", address = "南京" }, { customer_id = "C2", name = "天衡轴承二厂", address = "南京", parent_id = "C1" },
    } } },
  { "three with one tax number are two too many",
    given = { customer = { { customer_id = "C1", tax_id = "9" }, { customer_id = "C2", tax_id = "9" }, { customer_id = "C3", tax_id = "9", status = "active" }, { customer_id = "C4", tax_id = "9", status = "deleted" } } },
    expect = { { key = "C2", amount = "0", other = "C1" }, { key = "C3", amount = "0", other = "C1" } } },
  { "sixty at one address: equal names only",
    given = (function()
      local list = {}
      for position = 1, 60 do
        table.insert(list, { customer_id = "C" .. position + 100, name = "市场摊位" .. position + 1000, address = "批发市场" })
      end
      list[60].name = list[1].name .. "公司"
      return { customer = list }
    end)(),
    expect = { { key = "C160", amount = "0", other = "C101", common = "customer.name, customer.address" } } },
  { "no tax numbers imported: names and phones still tell", absent = { "customer.tax_id", "receivable_entry" },
    given = { customer = { { customer_id = "C1", name = "天衡轴承", phone = "02588881234" }, { customer_id = "C2", name = "天衡轴承", phone = "02588881234" } } },
    expect = { { key = "C2", amount = "unknown", common = "customer.name, customer.phone" } } },
  { "status not imported", absent = { "customer.status" }, given = { customer = { { tax_id = "1" }, { tax_id = "2" } } }, expect = {} },
  { "an open item in a currency without a rate",
    given = {
      customer = { { customer_id = "C1", tax_id = "9" }, { customer_id = "C2", tax_id = "9" } },
      receivable_entry = { { receivable_id = "R1", customer_id = "C2", amount = "1", currency = "USD", posted_on = "2026-10-05" } },
    },
    expect = { { key = "C2", amount = "unknown", common = "customer.tax_id" } } },
}

local function sold(class, more)
  local order = with({ order_id = "S", order_date = "2026-10-14", status = "approved" }, more)
  return {
    product = { { product_id = "P", abc_class = class } },
    sales_order = { order },
    sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", amount = "12.50" } },
  }
end

cases "MST-02" {
  { "sold", given = sold(nil), expect = { { key = "P", amount = "12.50", product = "P", lines = "1" } } },
  { "classified C", given = sold "C", expect = {} },
  { "a draft", given = sold(nil, { status = "draft" }), expect = {} },
  { "given away", expect = {},
    given = (function()
      local given = sold()
      given.sales_order_line[1].line_kind = "gift"
      return given
    end)() },
  { "ordered a day before the period", period = "2026-10", given = sold(nil, { order_date = "2026-09-30" }), expect = {} },
  { "quoted",
    given = {
      product = { { product_id = "P" } },
      quotation = { { quotation_id = "Q", quoted_on = "2026-10-14" } },
      quotation_line = { { quotation_id = "Q", line_no = 1, product_id = "P", amount = "7" }, { quotation_id = "Q", line_no = 2, product_id = "P", amount = "1" } },
    },
    expect = { { key = "P", amount = "8", lines = "2" } } },
  { "in another currency",
    given = (function()
      local given = sold(nil, { currency = "USD" })
      given.exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1" } }
      return given
    end)(),
    expect = { { key = "P", amount = "88.75", product = "P" } } },
  { "no classes imported", absent = { "product.abc_class" }, given = sold(nil), expect = { { key = "P", untestable = "abc_class" } } },
}

local function lists(first_to, second_from, more)
  return with({
    product = { { product_id = "P" } },
    price_list = {
      { price_list_id = "A", valid_from = "2026-01-01", valid_to = first_to, approved_at = "2025-12-20T09:00:00" },
      { price_list_id = "B", valid_from = second_from, approved_at = "2026-09-20T09:00:00" },
    },
    price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "11", season = "*" } },
    sales_order = { { order_id = "S", order_date = "2026-10-10", status = "approved" } },
    sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", amount = "12.50" } },
  }, more)
end

cases "MST-03" {
  { "one day too long; nothing was sold on it", given = lists("2026-10-01", "2026-10-01"),
    expect = { { key = "B/P//%2A///", label = "overlap", amount = "0", from = "2026-10-01", to = "2026-10-01", other = "A" } } },
  { "one after the other", given = lists("2026-09-30", "2026-10-01"), expect = {} },
  { "without an end, and what was sold", given = lists(nil, "2026-10-10"),
    expect = { { key = "B/P//%2A///", label = "overlap", amount = "12.50", to = "now" } } },
  { "an overlap before the period", period = "2026-11", given = lists("2026-10-10", "2026-10-01"), expect = {} },
  { "the same prices twice", expect = {},
    given = lists(nil, "2026-10-10", { price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "10.00" } } }) },
  { "the other is for another grade", expect = {},
    given = lists(nil, "2026-10-10", { price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "11", customer_grade = "A" } } }) },
  { "the second was never approved", expect = {},
    given = lists(nil, "2026-10-10", { price_list = { { price_list_id = "A", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00" }, { price_list_id = "B", valid_from = "2026-10-10" } } }) },
  { "a gap in which goods were sold", given = lists("2026-10-09", "2026-10-11"),
    expect = { { key = "B/P//%2A///", label = "gap", amount = "12.50", from = "2026-10-10", to = "2026-10-10" } } },
  { "a gap in which nothing was sold", given = lists("2026-10-10", "2026-10-12"), expect = {} },
  { "a list within the time of a longer one is told from what follows that",
    given = lists("2026-10-31", "2026-11-01", {
      price_list = {
        { price_list_id = "A", valid_from = "2026-01-01", valid_to = "2026-10-31", approved_at = "2025-12-20T09:00:00" },
        { price_list_id = "B", valid_from = "2026-10-05", valid_to = "2026-10-06", approved_at = "2025-12-20T09:00:00" },
        { price_list_id = "C", valid_from = "2026-11-01", approved_at = "2025-12-20T09:00:00" },
      },
      price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "9" }, { price_list_id = "C", product_id = "P", list_price = "9" } },
    }),
    expect = { { key = "B/P/////", label = "overlap", amount = "0", from = "2026-10-05", to = "2026-10-06" } } },
  { "no dates of approval imported", absent = { "price_list.approved_at" }, given = lists(nil, "2026-10-10"),
    expect = { { key = "P/%2A/%2A/%2A/CNY/%2A/0/", untestable = "approved_at" } } },
}

local function order(more, people)
  local one = with({ order_id = "S", order_date = "2026-10-14", customer_id = "C", amount = "12.50", entered_by = "E1", submitted_at = "2026-10-14T09:00:00" }, more)
  return with({ customer = { { customer_id = "C" } }, employee = { { employee_id = "E1", left_on = "2026-10-14" } }, sales_order = { one } }, people)
end

cases "MST-04" {
  { "on the last day", given = order(), expect = {} },
  { "a day after leaving", given = order { submitted_at = "2026-10-15T00:00:01" },
    expect = { { key = "S", amount = "12.50", field = "sales_order.entered_by", who = "E1", fault = "left", since = "2026-10-14" } } },
  { "a customer that is nowhere", given = order { customer_id = "C9" },
    expect = { { key = "S", amount = "12.50", field = "sales_order.customer_id", who = "C9", fault = "unknown" } } },
  { "somebody who is nowhere", given = order { entered_by = "E7" },
    expect = { { key = "S", amount = "12.50", who = "E7", fault = "unknown" } } },
  { "before being employed", given = order({}, { employee = { { employee_id = "E1", hired_on = "2026-10-15" } } }),
    expect = { { key = "S", amount = "12.50", fault = "not hired", since = "2026-10-15" } } },
  { "with an account that had ended",
    given = order({ entered_by = "U1" }, { employee = { { employee_id = "E1" } }, user_account = { { user_id = "U1", employee_id = "E1", valid_to = "2026-10-13" } } }),
    expect = { { key = "S", amount = "12.50", who = "U1", fault = "account ended", since = "2026-10-13" } } },
  { "a system user", given = order({ entered_by = "U0" }, { user_account = { { user_id = "U0", is_system = "true" } } }), expect = {} },
  { "a cancelled order", given = order { submitted_at = "2026-10-15T00:00:01", status = "cancelled" }, expect = {} },
  { "approved, by who had left",
    given = order({ approved_by = "E2", approved_at = "2026-10-14T10:00:00" }, { employee = { { employee_id = "E1" }, { employee_id = "E2", left_on = "2026-10-13" } } }),
    expect = { { key = "S", amount = "12.50", field = "sales_order.approved_by", who = "E2" } } },
  { "a slip", expect = { { key = "W", amount = "none", field = "stock_issue.issued_by", fault = "unknown" } },
    given = { stock_issue = { { issue_id = "W", prepared_at = "2026-10-14T09:00:00", issued_by = "E9", issued_at = "2026-10-14T10:00:00" } } } },
  { "no people imported", absent = { "employee" }, given = order { customer_id = "C" }, expect = { { key = "S", untestable = "employee" } } },
}

local function change(more, approvals, later)
  local one = with({ -- "" is an empty field
    change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit",
    old_value = "100000", new_value = "150000.50", changed_by = "E1", changed_at = "2026-10-14T09:00:00",
  }, more)
  local other = {
    approval_id = "A0", doc_kind = "master_change", doc_id = "M0", approval_kind = "master_change", step_no = "1",
    decision = "approve", approver_id = "E9", decided_at = "2026-09-13T09:00:00", requested_at = "2026-09-13T09:00:00",
  }
  return { master_change = append({ one }, later or {}), approval = append({ other }, approvals or {}) }
end
local function approval(decided_at, decision)
  return { {
    approval_id = "A1", doc_kind = "master_change", doc_id = "M1", approval_kind = "master_change", step_no = "1",
    decision = decision or "approve", approver_id = "E9", decided_at = decided_at, requested_at = "2026-10-13T09:00:00",
  } }
end

cases "MST-05" {
  { "a limit raised", given = change(), expect = { { key = "M1", amount = "50000.50", field = "customer_credit.credit_limit", old = "100000", reverted = "never" } } },
  { "approved in the same second", given = change({}, approval "2026-10-14T09:00:00"), expect = {} },
  { "approved a second later", given = change({}, approval "2026-10-14T09:00:01"), expect = { { key = "M1", amount = "50000.50", new = "150000.50" } } },
  { "rejected", given = change({}, approval("2026-10-14T08:00:00", "reject")), expect = { { key = "M1", amount = "50000.50", new = "150000.50" } } },
  { "a phone number is nobody's limit", given = change { table_name = "customer", field = "phone" }, expect = {} },
  { "the same value again", given = change { new_value = "100000" }, expect = {} },
  { "an address has no amount", given = change { table_name = "customer", record_id = "C1", field = "address", old_value = "", new_value = "1" },
    expect = { { key = "M1", amount = "none", field = "customer.address", old = "none" } } },
  { "taken back on the seventh day, with approval",
    given = change({}, { {
      approval_id = "A2", doc_kind = "master_change", doc_id = "M2", approval_kind = "master_change", step_no = "1",
      decision = "approve", approver_id = "E9", decided_at = "2026-10-21T08:00:00", requested_at = "2026-10-21T08:00:00",
    } }, { {
      change_id = "M2", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit",
      old_value = "150000.50", new_value = "100000", changed_by = "E1", changed_at = "2026-10-21T10:00:00",
    } }),
    expect = { { key = "M1", amount = "50000.50", reverted = "2026-10-21T10:00:00" } } },
  { "no date", given = change { changed_at = "" }, expect = { { key = "M1", untestable = "no date" } } },
  { "no change was ever approved", expect = { { key = "M1", untestable = "not recorded" } },
    given = { master_change = change().master_change } },
  { "no approvals imported", absent = { "approval" }, given = change(), expect = { { key = "M1", untestable = "approval" } } },
}

local function region(fields, role)
  fields.sales_region_id = "R"
  return {
    sales_region = { fields },
    customer = { { customer_id = "C", sales_region_id = "R" } },
    employee = { { employee_id = "E", sales_region_id = "R", manager_id = "E0" } },
    role_assignment = { { employee_id = "E", role = role or "regional_manager", valid_from = "2026-01-01", valid_to = "2026-10-31" } },
    sales_order = { { order_id = "S", customer_id = "C", order_date = "2026-10-14", amount = "12.50" } },
  }
end

cases "MST-06" {
  { "whole, to the last day", period = "2026-10", given = region { tier = "A" }, expect = {} },
  { "no tier", period = "2026-10", given = region {}, expect = { { key = "R", amount = "12.50", missing = "sales_region.tier" } } },
  { "the owner's role ended the day before", period = "2026-10",
    given = (function()
      local given = region { tier = "A" }
      given.role_assignment[1].valid_to = "2026-10-30"
      return given
    end)(),
    expect = { { key = "R", amount = "12.50", missing = "owner" } } },
  { "a region without customers", period = "2026-10",
    given = { sales_region = { { sales_region_id = "R" } } }, expect = {} },
  { "a salesperson without manager and region",
    given = { employee = { { employee_id = "E" } }, role_assignment = { { employee_id = "E", role = "salesperson" } } },
    expect = { { key = "E", amount = "none", missing = "employee.manager_id, employee.sales_region_id" } } },
  { "who left", period = "2026-10", expect = {},
    given = { employee = { { employee_id = "E", left_on = "2026-10-31" } }, role_assignment = { { employee_id = "E", role = "salesperson" } } } },
  { "a clerk", given = { employee = { { employee_id = "E" } }, role_assignment = { { employee_id = "E", role = "sales_clerk" } } }, expect = {} },
  { "no roles imported", absent = { "role_assignment" }, given = { employee = { { employee_id = "E" } } }, expect = { { key = "E", untestable = "role_assignment" } } },
}

-- SPDX-License-Identifier: MIT
-- The cases of JET: tests of the journal that auditors expect, over all vouchers of the sales and receipts cycle.

-- A balanced voucher of cash received.
local function entry(fields, amount, credited)
  fields.voucher_id = fields.voucher_id or "V1"
  fields.source_kind = fields.source_kind or "manual"
  fields.period = fields.period or "2026-10"
  fields.posted_on = fields.posted_on or "2026-10-14"
  return {
    voucher = fields,
    lines = {
      { voucher_id = fields.voucher_id, line_no = "1", account = "cash", debit = amount, credit = "0" },
      { voucher_id = fields.voucher_id, line_no = "2", account = "other", debit = "0", credit = credited or amount },
    },
  }
end

-- The tables of some such vouchers.
local function journal(...)
  local given = { voucher = {}, voucher_line = {} }
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    table.insert(given.voucher, one.voucher)
    append(given.voucher_line, one.lines)
  end
  return given
end

cases "JET-01" {
  { "a Saturday", given = journal(entry({ posted_on = "2026-10-17", prepared_by = "E1" }, "120.50")),
    expect = { { key = "V1", amount = "120.50", posted_on = "2026-10-17", prepared_by = "E1" } } },
  { "the Friday before", given = journal(entry({ posted_on = "2026-10-16" }, "120.50")), expect = {} },
  { "made from a receipt, on a Sunday", given = journal(entry({ posted_on = "2026-10-18", source_kind = "receipt" }, "120.50")), expect = {} },
  { "void", given = journal(entry({ posted_on = "2026-10-18", status = "void" }, "120.50")), expect = {} },
  { "its kind is not known", given = (function()
      local given = journal(entry({ posted_on = "2026-10-18" }, "1"))
      given.voucher[1].source_kind = nil
      return given
    end)(),
    expect = { { key = "V1", amount = "1", prepared_by = "nobody named" } } },
  { "no lines imported", given = journal(entry({ posted_on = "2026-10-17" }, "1")), absent = { "voucher_line" },
    expect = { { key = "V1", amount = "unknown", posted_on = "2026-10-17" } } },
  { "no date of posting", given = journal(entry({ posted_on = "" }, "1")), expect = { { key = "V1", untestable = "no date of posting" } } },
}

cases "JET-02" {
  { "thirty thousand", given = journal(entry({}, "30000.00")), expect = { { key = "V1", amount = "30000", unit = "10000" } } },
  { "a cent more", given = journal(entry({}, "30000.01")), expect = {} },
  { "round only in thousands", given = journal(entry({}, "9000")), expect = {} },
  { "nothing", given = journal(entry({}, "0")), expect = {} },
  { "from a receipt", given = journal(entry({ source_kind = "receipt" }, "30000")), expect = {} },
  { "another unit", given = journal(entry({}, "9000")), parameters = { unit = "1000" }, expect = { { key = "V1", amount = "9000", unit = "1000" } } },
  { "no debits imported", given = journal(entry({}, "30000")), absent = { "voucher_line.debit" }, expect = { { key = "V1", untestable = "debit" } } },
}

local function orders(...)
  local list = {}
  for position = 1, select("#", ...) do
    local amount = (select(position, ...))
    table.insert(list, { order_id = "S" .. position, salesperson_id = "E1", order_date = "2026-10-14", amount = amount, status = "approved" })
  end
  return list
end
local matrix = {
  { doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
  { doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "100000" },
  { doc_kind = "contract", approval_kind = "contract_approval", step_no = "2", role = "general_manager", amount_from = "50000" },
}

cases "JET-03" {
  { "three, one of them at the bottom of the band",
    given = { approval_rule = matrix, sales_order = orders("95000", "99999.99", "97000", "94999.99", "100000") },
    expect = { { key = "S3", label = "100000", amount = "291999.99", author = "E1", count = "3", limit = "100000" } } },
  { "two", given = { approval_rule = matrix, sales_order = orders("95000", "99999.99", "94999.99", "100000") }, expect = {} },
  { "three of two people", expect = {},
    given = (function()
      local list = orders("95000", "96000", "97000")
      list[3].salesperson_id = "E2"
      return { approval_rule = matrix, sales_order = list }
    end)() },
  { "three of one person with two accounts",
    given = (function()
      local list = orders("95000", "96000", "97000")
      list[1].salesperson_id = "U1"
      return {
        approval_rule = matrix, sales_order = list,
        employee = { { employee_id = "E1" } }, user_account = { { user_id = "U1", employee_id = "E1" } },
      }
    end)(),
    expect = { { key = "S3", label = "100000", amount = "288000", count = "3" } } },
  { "a draft does not count", expect = {},
    given = (function()
      local list = orders("95000", "96000", "97000")
      list[2].status = "draft"
      return { approval_rule = matrix, sales_order = list }
    end)() },
  { "the limit of another kind of document", given = { approval_rule = matrix, sales_order = orders("48000", "48000", "48000") }, expect = {} },
  { "vouchers made by hand, not those made from documents",
    given = (function()
      local given = journal(
        entry({ voucher_id = "A", prepared_by = "E1" }, "960"), entry({ voucher_id = "B", prepared_by = "E1" }, "970"),
        entry({ voucher_id = "C", prepared_by = "E1" }, "980"), entry({ voucher_id = "D", prepared_by = "E1", source_kind = "receipt" }, "990"))
      given.approval_rule = { { doc_kind = "voucher", step_no = "1", amount_from = "1000" } }
      return given
    end)(),
    expect = { { key = "C", label = "1000", amount = "2910", count = "3", author = "E1" } } },
  { "orders are counted against the limit of orders, beside a contract",
    given = { approval_rule = matrix, sales_order = orders("95000", "96000", "97000"),
      contract = { { contract_id = "K1", salesperson_id = "E1", signed_on = "2026-10-14", amount = "20", status = "signed" } } },
    expect = { { key = "S3", label = "100000", amount = "288000", count = "3" } } },
  { "two orders and a contract of such an amount", expect = {},
    given = { approval_rule = matrix, sales_order = orders("95000", "96000"),
      contract = { { contract_id = "K1", salesperson_id = "E1", signed_on = "2026-10-14", amount = "97000", status = "signed" } } } },
  { "without a matrix there is no limit", absent = { "approval_rule" }, given = { sales_order = orders("95000", "96000", "97000") }, expect = {} },
  { "a limit in another currency", expect = {},
    given = (function()
      local list = orders("95000", "96000", "97000")
      for one in each(list) do one.currency = "USD" end
      return { approval_rule = matrix, sales_order = list }
    end)() },
  { "no amounts imported", absent = { "sales_order.amount", "sales_order_line" }, given = { approval_rule = matrix, sales_order = orders("95000") },
    expect = { { key = "E1/CNY/sales_order", untestable = "amount" } } },
}

-- A hundred receivables that begin as Benford's law says; `shift` of those with 1 begin with 9 instead.
local function lines(shift)
  local list = {}
  for digit, count in ipairs { 30, 18, 12, 10, 8, 7, 6, 5, 4 } do
    for position = 1, count do
      local leads = digit == 1 and position <= shift and 9 or digit
      table.insert(list, { voucher_id = "V1", line_no = tostring(#list + 1), account = "receivable", debit = "0.0" .. leads })
    end
  end
  return { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-14" } }, voucher_line = list }
end

cases "JET-04" {
  { "as the law says", given = lines(0), parameters = { min_count = 100 }, expect = {} },
  { "a few more nines, within the limit", given = lines(6), parameters = { min_count = 100 }, expect = {} },
  { "one too many", given = lines(7), parameters = { min_count = 100 },
    expect = { { key = "receivable", amount = "0.23", count = "100", digit = "1", observed = "0.23", expected = "0.301", deviation = "0.017138" } } },
  { "too few entries", given = lines(20), expect = { { key = "receivable", untestable = "fewer than 1000" } } },
}

cases "JET-05" {
  { "two numbers missing, then one",
    given = journal(entry({ voucher_id = "P-001" }, "1"), entry({ voucher_id = "P-004" }, "1"), entry({ voucher_id = "P-006" }, "1")),
    expect = {
      { key = "P-004", label = "P-002", missing = "2", from = "P-002", to = "P-003" },
      { key = "P-006", label = "P-005", missing = "1", from = "P-005", to = "P-005" },
    } },
  { "a void voucher keeps its number", expect = {},
    given = journal(entry({ voucher_id = "P-001" }, "1"), entry({ voucher_id = "P-002", status = "void" }, "1"), entry({ voucher_id = "P-003" }, "1")) },
  { "companies share a series", expect = {},
    given = journal(entry({ voucher_id = "P-001", company_id = "A" }, "1"), entry({ voucher_id = "P-002", company_id = "B" }, "1"), entry({ voucher_id = "P-003", company_id = "A" }, "1")) },
  { "companies number for themselves", parameters = { by_company = true },
    given = journal(entry({ voucher_id = "P-001", company_id = "A" }, "1"), entry({ voucher_id = "P-002", company_id = "B" }, "1"), entry({ voucher_id = "P-003", company_id = "A" }, "1")),
    expect = { { key = "P-003", label = "P-002", missing = "1", from = "P-002" } } },
  { "numbers that grow from one digit to two",
    given = journal(entry({ voucher_id = "V8" }, "1"), entry({ voucher_id = "V9" }, "1"), entry({ voucher_id = "V11" }, "1")),
    expect = { { key = "V11", label = "V10", missing = "1", from = "V10", to = "V10" } } },
  { "whole across the widths", expect = {},
    given = journal(entry({ voucher_id = "V9" }, "1"), entry({ voucher_id = "V10" }, "1"), entry({ voucher_id = "V11" }, "1")) },
  { "long numbers beside short ones are a book of their own", expect = {},
    given = journal(entry({ voucher_id = "V9" }, "1"), entry({ voucher_id = "V8" }, "1"), entry({ voucher_id = "V40" }, "1"), entry({ voucher_id = "V41" }, "1")) },
  { "numbers with leading zeros stay apart from others", expect = {},
    given = journal(entry({ voucher_id = "V9" }, "1"), entry({ voucher_id = "V8" }, "1"), entry({ voucher_id = "V011" }, "1"), entry({ voucher_id = "V012" }, "1")) },
  { "letters of another width and case are the same series",
    given = journal(entry({ voucher_id = "P-001" }, "1"), entry({ voucher_id = "ｐ-003" }, "1")), expect = { { key = "ｐ-003", label = "ｐ-002", missing = "1" } } },
  { "between the last of the period before and the first of this one", period = "2026-11",
    given = journal(entry({ voucher_id = "3", posted_on = "2026-10-30", period = "2026-10" }, "1"), entry({ voucher_id = "5", posted_on = "2026-11-02", period = "2026-11" }, "1")),
    expect = { { key = "5", label = "4", missing = "1" } } },
  { "between this period and the next: the next one's", period = "2026-10", expect = {},
    given = journal(entry({ voucher_id = "3", posted_on = "2026-10-30", period = "2026-10" }, "1"), entry({ voucher_id = "5", posted_on = "2026-11-02", period = "2026-11" }, "1")) },
  { "each series counts for itself", expect = {},
    given = journal(entry({ voucher_id = "P-001" }, "1"), entry({ voucher_id = "Q-003" }, "1"), entry({ voucher_id = "opening" }, "1")) },
  { "no date", given = { voucher = { { voucher_id = "P-001" } } }, expect = { { key = "P-001", untestable = "no date" } } },
  { "a voucher that names its period, not its day",
    given = journal(entry({ voucher_id = "P-001" }, "1"), entry({ voucher_id = "P-003", posted_on = "" }, "1")),
    expect = { { key = "P-003", label = "P-002", missing = "1" } } },
}

cases "JET-06" {
  { "seven days apart", given = journal(entry({ voucher_id = "A", posted_on = "2026-10-12" }, "80.50"), entry({ voucher_id = "B", posted_on = "2026-10-19" }, "80.50")),
    expect = { { key = "B", amount = "80.50", other = "A", other_on = "2026-10-12" } } },
  { "eight days apart", given = journal(entry({ voucher_id = "A", posted_on = "2026-10-12" }, "80.50"), entry({ voucher_id = "B", posted_on = "2026-10-20" }, "80.50")), expect = {} },
  { "three: each with the one before", given = journal(entry({ voucher_id = "A" }, "80.50"), entry({ voucher_id = "B" }, "80.50"), entry({ voucher_id = "C" }, "80.5")),
    expect = { { key = "B", amount = "80.50", other = "A" }, { key = "C", amount = "80.50", other = "B" } } },
  { "the first of the month before", period = "2026-11",
    given = journal(entry({ voucher_id = "A", posted_on = "2026-10-30", period = "2026-10" }, "80.50"), entry({ voucher_id = "B", posted_on = "2026-11-02", period = "2026-11" }, "80.50")),
    expect = { { key = "B", amount = "80.50", other = "A" } } },
  { "the second of the month after: the next period's", period = "2026-10", as_of = "2026-11-20", expect = {},
    given = journal(entry({ voucher_id = "A", posted_on = "2026-10-30", period = "2026-10" }, "80.50"), entry({ voucher_id = "B", posted_on = "2026-11-02", period = "2026-11" }, "80.50")) },
  { "another account", expect = {},
    given = (function()
      local given = journal(entry({ voucher_id = "A" }, "80.50"), entry({ voucher_id = "B" }, "80.50"))
      given.voucher_line[4].account = "receivable"
      return given
    end)() },
  { "a reversal and a void one", expect = {},
    given = journal(entry({ voucher_id = "A" }, "80.50"), entry({ voucher_id = "B", reversal_of = "A" }, "80.50"), entry({ voucher_id = "C", status = "void" }, "80.50")) },
  { "no lines imported", absent = { "voucher_line" }, given = journal(entry({ voucher_id = "A" }, "80.50")),
    expect = { { key = "A", untestable = "voucher_line" } } },
  { "the same accounts in all, divided in another way",
    given = {
      voucher = { entry({ voucher_id = "A" }, "1").voucher, entry({ voucher_id = "B" }, "1").voucher, entry({ voucher_id = "C" }, "1").voucher },
      voucher_line = {
        { voucher_id = "A", line_no = "1", account = "cash", debit = "30", credit = "0" },
        { voucher_id = "A", line_no = "2", account = "receivable", debit = "50", credit = "0" },
        { voucher_id = "A", line_no = "3", account = "other", debit = "0", credit = "70" },
        { voucher_id = "A", line_no = "4", account = "tax", debit = "0", credit = "10" },
        { voucher_id = "B", line_no = "1", account = "cash", debit = "50", credit = "0" },
        { voucher_id = "B", line_no = "2", account = "receivable", debit = "30", credit = "0" },
        { voucher_id = "B", line_no = "3", account = "other", debit = "0", credit = "70" },
        { voucher_id = "B", line_no = "4", account = "tax", debit = "0", credit = "10" },
        { voucher_id = "C", line_no = "1", account = "cash", debit = "50", credit = "0" },
        { voucher_id = "C", line_no = "2", account = "receivable", debit = "30", credit = "0" },
        { voucher_id = "C", line_no = "3", account = "other", debit = "0", credit = "10" },
        { voucher_id = "C", line_no = "4", account = "tax", debit = "0", credit = "70" },
      },
    },
    expect = {} },
  { "an empty side is zero",
    given = (function()
      local given = journal(entry({ voucher_id = "A" }, "80.50"), entry({ voucher_id = "B" }, "80.50"))
      given.voucher_line[3].credit, given.voucher_line[4].debit = nil, nil
      return given
    end)(),
    expect = { { key = "B", amount = "80.50", other = "A" } } },
  { "two companies", expect = {},
    given = journal(entry({ voucher_id = "A", company_id = "N" }, "80.50"), entry({ voucher_id = "B", company_id = "S" }, "80.50")) },
  { "two customers, and twice the same",
    given = (function()
      local given = journal(entry({ voucher_id = "A" }, "80.50"), entry({ voucher_id = "B" }, "80.50"), entry({ voucher_id = "C" }, "80.50"))
      for position, customer in ipairs { "C1", "C2", "C1" } do given.voucher_line[position * 2].customer_id = customer end
      return given
    end)(),
    expect = { { key = "C", amount = "80.50", other = "A" } } },
  { "what differs in the fifth decimal is the same",
    given = (function()
      local given = journal(entry({ voucher_id = "A" }, "1"), entry({ voucher_id = "B" }, "1"))
      given.voucher_line = {}
      for position, voucher in ipairs { "A", "B" } do
        local one, other = position == 1 and "1.00001" or "1.00002", position == 1 and "1.00002" or "1.00001"
        append(given.voucher_line, {
          { voucher_id = voucher, line_no = "1", account = "cash", debit = one, credit = "0" },
          { voucher_id = voucher, line_no = "2", account = "receivable", debit = other, credit = "0" },
          { voucher_id = voucher, line_no = "3", account = "other", debit = "0", credit = one },
          { voucher_id = voucher, line_no = "4", account = "tax", debit = "0", credit = other },
        })
      end
      return given
    end)(),
    expect = { { key = "B", amount = "2.00003", other = "A" } } },
}

cases "JET-07" {
  { "two in all, one of them of the period", period = "2026-10",
    given = journal(entry({ voucher_id = "A", prepared_by = "E1" }, "80.50"), entry({ voucher_id = "B", prepared_by = "E1", posted_on = "2026-09-14", period = "2026-09" }, "1")),
    expect = { { key = "A", amount = "80.50", person = "E1", count = "2" } } },
  { "posted into the period after its end", period = "2026-10", as_of = "2026-11-20",
    given = journal(entry({ voucher_id = "A", prepared_by = "E1", posted_on = "2026-11-04", period = "2026-10" }, "80.50")),
    expect = { { key = "A", amount = "80.50", count = "1" } } },
  { "posted in the period, into the one after", period = "2026-10", as_of = "2026-11-20", expect = {},
    given = journal(entry({ voucher_id = "A", prepared_by = "E1", posted_on = "2026-10-31", period = "2026-11" }, "80.50")) },
  { "three", expect = {},
    given = journal(entry({ voucher_id = "A", prepared_by = "E1" }, "1"), entry({ voucher_id = "B", prepared_by = "E1" }, "2"), entry({ voucher_id = "C", prepared_by = "E1" }, "3")) },
  { "three by two accounts of one person", expect = {},
    given = (function()
      local given = journal(entry({ voucher_id = "A", prepared_by = "U1" }, "1"), entry({ voucher_id = "B", prepared_by = "E1" }, "2"), entry({ voucher_id = "C", prepared_by = "E1" }, "3"))
      given.employee, given.user_account = { { employee_id = "E1" } }, { { user_id = "U1", employee_id = "E1" } }
      return given
    end)() },
  { "a system user", expect = {},
    given = (function()
      local given = journal(entry({ voucher_id = "A", prepared_by = "U0" }, "1"))
      given.user_account = { { user_id = "U0", is_system = "true" } }
      return given
    end)() },
  { "no lines imported", absent = { "voucher_line" }, given = journal(entry({ voucher_id = "A", prepared_by = "E1" }, "1")),
    expect = { { key = "A", amount = "unknown", count = "1", person = "E1" } } },
}

local function reversed(posted_on, reversed_on, more)
  local original = with({ voucher_id = "A", posted_on = posted_on }, more)
  return journal(entry(original, "80.50"), entry({ voucher_id = "B", posted_on = reversed_on, period = string.sub(reversed_on, 1, 7), reversal_of = "A" }, "-80.50"))
end

cases "JET-08" {
  { "the last day's, on the last day of the window", given = reversed("2026-10-31", "2026-11-15"), period = "2026-10", as_of = "2026-11-20",
    expect = { { key = "A", amount = "80.50", posted_on = "2026-10-31", reversed_on = "2026-11-15", reversal = "B" } } },
  { "the first day that counts", given = reversed("2026-10-22", "2026-11-01"), expect = { { key = "A", amount = "80.50", reversed_on = "2026-11-01" } } },
  { "a day before", given = reversed("2026-10-21", "2026-11-01"), expect = {} },
  { "a day after the window", given = reversed("2026-10-31", "2026-11-16"), expect = {} },
  { "posted into the period three days after its end", given = reversed("2026-11-03", "2026-11-10", { period = "2026-10" }), period = "2026-10", as_of = "2026-12-15",
    expect = { { key = "A", amount = "80.50", posted_on = "2026-11-03", reversed_on = "2026-11-10" } } },
  { "posted then, into that period", given = reversed("2026-11-03", "2026-11-10", { period = "2026-11" }), period = "2026-11", as_of = "2026-12-15", expect = {} },
  { "an accrual that is reversed by plan", parameters = { accruals = { "other" } }, expect = {},
    given = (function()
      local given = reversed("2026-10-31", "2026-11-08")
      given.voucher_line[1].account = "other"
      return given
    end)() },
  { "within the period", given = reversed("2026-10-25", "2026-10-31"), expect = {} },
  { "after the date of the audit, which is within the window", given = reversed("2026-10-31", "2026-11-08"), as_of = "2026-11-05",
    expect = { { key = "A", untestable = "reversals are visible only to 2026-11-05" } } },
  { "reversed by then, though the window is not over", given = reversed("2026-10-31", "2026-11-04"), as_of = "2026-11-05",
    expect = { { key = "A", amount = "80.50", reversed_on = "2026-11-04" } } },
  { "vouchers were extracted to the end of the month", given = reversed("2026-10-31", "2026-11-20"), as_of = "2026-11-20", extracted = { voucher = "2026-10-31" },
    expect = { { key = "A", untestable = "reversals are visible only to 2026-10-31" } } },
  { "vouchers were extracted to the end of the window", given = reversed("2026-10-31", "2026-11-16"), as_of = "2026-11-20", extracted = { voucher = "2026-11-15" }, expect = {} },
  { "a revenue entry", given = reversed("2026-10-31", "2026-11-08", { source_kind = "revenue" }), expect = {} },
  { "no reversals imported", absent = { "voucher.reversal_of" }, given = journal(entry({ posted_on = "2026-10-31" }, "1")),
    expect = { { key = "V1", untestable = "reversal_of" } } },
}

cases "JET-09" {
  { "a cent", given = journal(entry({}, "100.00", "100.01")), expect = { { key = "V1", amount = "0.01", debit = "100", credit = "100.01" } } },
  { "balanced", given = journal(entry({}, "100.00")), expect = {} },
  { "void", given = journal(entry({ status = "void" }, "100.00", "1")), expect = {} },
  { "a cent within a tolerance", given = journal(entry({}, "100.00", "100.01")), parameters = { tolerance = "0.01" }, expect = {} },
  { "no lines", given = { voucher = { { voucher_id = "V1", period = "2026-10" } } }, expect = { { key = "V1", untestable = "no lines" } } },
}

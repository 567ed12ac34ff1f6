-- SPDX-License-Identifier: MIT
-- The library's matching, ageing, sequences and duplicates, tried by controls that show what they find.

control "NUMBER-01" {
  title      = "Over a limit",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "sales_order",
  parameters = { limit = { decimal "10" } },
  message    = "{over} above {limit}",
  test = function(order, p)
    return map(over_limit(order.lines, p.limit, "quantity"), function(found)
      return exception { label = tostring(found.row.line_no), amount = found.over, over = found.over, limit = found.limit, total = found.total, row = found.row }
    end)
  end,
  cases = {
    { "at the limit", expect = {},
      given = { sales_order = { { order_id = "S" } }, sales_order_line = { { order_id = "S", line_no = 1, quantity = "4" }, { order_id = "S", line_no = 2, quantity = "6" } } } },
    { "a line does not say how much", expect = { { key = "S", untestable = "quantity" } },
      given = { sales_order = { { order_id = "S" } }, sales_order_line = { { order_id = "S", line_no = 1, quantity = "9" }, { order_id = "S", line_no = 2 } } } },
    { "each line reports what it adds itself; a return makes room",
      given = { sales_order = { { order_id = "S" } }, sales_order_line = {
        { order_id = "S", line_no = 1, quantity = "9" }, { order_id = "S", line_no = 2, quantity = "3" },
        { order_id = "S", line_no = 3, quantity = "2" }, { order_id = "S", line_no = 4, quantity = "-5" },
        { order_id = "S", line_no = 5, quantity = "1" }, { order_id = "S", line_no = 6, quantity = "0.5" },
      } },
      expect = {
        { key = "S/2", label = "2", amount = "2", total = "12" }, { key = "S/3", label = "3", amount = "2", total = "14" },
        { key = "S/6", label = "6", amount = "0.5", total = "10.5" },
      } },
  },
}

control "NUMBER-02" {
  title      = "Side by side",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "sales_order",
  parameters = { tolerance = { decimal "0.5" } },
  message    = "{product}: {ours} and {theirs}",
  test = function(order, p)
    local pairs_found = side_by_side(order.lines, order.delivery_lines, "product_id", "quantity")
    return map(differing(pairs_found, p.tolerance), function(pair)
      return exception { label = pair.key, amount = abs(pair.difference), product = pair.key, ours = pair.ours, theirs = pair.theirs, evidence = pair.rows }
    end)
  end,
  cases = {
    { "lines are added up by product; at the tolerance they agree",
      given = {
        sales_order = { { order_id = "S" } },
        sales_order_line = { { order_id = "S", line_no = 1, product_id = "A", quantity = "2" }, { order_id = "S", line_no = 2, product_id = "A", quantity = "3" }, { order_id = "S", line_no = 3, product_id = "B", quantity = "1" } },
        delivery_line = { { delivery_id = "D", line_no = 1, order_id = "S", order_line_no = 1, product_id = "A", quantity = "4.5" }, { delivery_id = "D", line_no = 2, order_id = "S", order_line_no = 1, product_id = "C", quantity = "7" } },
        delivery = { { delivery_id = "D", order_id = "S" } },
      },
      expect = { { key = "S", label = "B", amount = "1", ours = "1", theirs = "0" }, { key = "S", label = "C", amount = "7", ours = "0", theirs = "7" } } },
  },
}

control "NUMBER-03" {
  title      = "Ageing",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "receivable_entry",
  parameters = { bounds = { { 30, 60 } } },
  message    = "{days} days, {bucket}",
  test = function(entry, p)
    local days = days_overdue(entry.due_on)
    if days == 0 then return end
    return exception { amount = entry.amount, days = days, bucket = age_bucket(days, p.bounds) }
  end,
  cases = {
    { "due today", as_of = "2026-10-31", given = { receivable_entry = { { due_on = "2026-10-31" } } }, expect = {} },
    { "buckets", as_of = "2026-10-31",
      given = { receivable_entry = { { due_on = "2026-10-30" }, { due_on = "2026-10-01" }, { due_on = "2026-09-30" }, { due_on = "2026-09-01" }, { due_on = "2026-08-31" } } },
      expect = {
        { key = "1", days = "1", bucket = "0-30" }, { key = "2", days = "30", bucket = "0-30" }, { key = "3", days = "31", bucket = "31-60" },
        { key = "4", days = "60", bucket = "31-60" }, { key = "5", days = "61", bucket = "over 60" },
      } },
    { "no date of the audit", given = { receivable_entry = { { due_on = "2026-10-31" } } }, expect = { { key = "1", untestable = "no date" } } },
  },
}

control "NUMBER-04" {
  title      = "Gaps",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "invoice",
  group      = function() return "all" end,
  message    = "{from} to {to}",
  test = function(invoices)
    return map(gaps(invoices, "invoice_no"), function(gap)
      return exception { label = gap.from, amount = gap.missing, from = gap.from, to = gap.to, row = gap.after }
    end)
  end,
  cases = {
    { "two series of numbers, and one without digits", expect = {},
      given = { invoice = { { invoice_no = "A-0002" }, { invoice_no = "A-0001" }, { invoice_no = "B-0007" }, { invoice_no = "A-00009" }, { invoice_no = "void" }, {} } } },
    { "gaps in each",
      given = { invoice = { { invoice_no = "A-0001" }, { invoice_no = "A-0003" }, { invoice_no = "98" }, { invoice_no = "95" }, { invoice_no = "A-0003" }, { invoice_no = "A-0009" } } },
      expect = {
        { key = "3", label = "96", amount = "2", from = "96", to = "97" },
        { key = "2", label = "A-0002", amount = "1", from = "A-0002", to = "A-0002" },
        { key = "6", label = "A-0004", amount = "5", to = "A-0008" },
      } },
    { "numbers of twenty digits",
      given = { invoice = { { invoice_no = "24312000000012345678" }, { invoice_no = "24312000000012345680" } } },
      expect = { { key = "2", label = "24312000000012345679", amount = "1" } } },
  },
}

control "NUMBER-05" {
  title      = "Duplicates",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "customer",
  group      = function() return "all" end,
  message    = "{rows}",
  test = function(customers)
    local found = map(duplicates(customers, { "tax_id", "phone" }), function(group)
      return exception { label = "exact " .. key_of(group.rows[1]), rows = #group.rows, evidence = group.rows }
    end)
    for pair in each(near_duplicates(customers, "name")) do
      table.insert(found, exception { label = key_of(pair[1]) .. " " .. key_of(pair[2]), rows = 2, evidence = pair })
    end
    return found
  end,
  cases = {
    { "what is empty is no duplicate", given = { customer = { { tax_id = "1" }, { tax_id = "1" }, { phone = "2", tax_id = "2" }, { phone = "2", tax_id = "3" } } }, expect = {} },
    { "the parts of a key do not run together", given = { customer = { { tax_id = "1", phone = "23" }, { tax_id = "12", phone = "3" } } }, expect = {} },
    { "exact", given = { customer = { { tax_id = "1", phone = "2" }, { tax_id = "1", phone = "2" } } }, expect = { { key = "all", label = "exact 1", rows = "2" } } },
    { "near: spellings of one legal form, width, one character; 股份 is part of a name",
      given = { customer = {
        { customer_id = "A", name = "江苏天衡轴承有限公司" }, { customer_id = "B", name = "江苏天衡轴承股份有限公司" }, { customer_id = "C", name = "江苏天恒轴承 有限公司" },
        { customer_id = "D", name = "ＡＣＭＥ Trading Co., Ltd." }, { customer_id = "E", name = "Acme Trading" }, { customer_id = "F", name = "Acme Tradings Inc" },
      } },
      expect = {
        { key = "all", label = "A C" },
        { key = "all", label = "D E" }, { key = "all", label = "D F" }, { key = "all", label = "E F" },
      } },
    { "not near: two characters, short names", expect = {},
      given = { customer = { { name = "江苏天衡轴承" }, { name = "江苏天恒轴成" }, { name = "华东" }, { name = "华中" }, { name = "ABCD" }, { name = "CBDA" } } } },
  },
}

-- SPDX-License-Identifier: MIT
-- The library's executions, worths, duties and discounts, tried by controls that show what they find.

local function order_and(tables)
  local given = {
    customer = { { customer_id = "C1" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", quantity = "10" } },
  }
  for name, list in pairs(tables) do given[name] = list end
  return given
end

control "FULFIL-01" {
  title       = "What was done for an order, and what it is worth",
  severity    = "low",
  scope       = "all",
  population  = "sales_order",
  amount_kind = "transaction",
  message     = "{done}",
  test = function(order)
    local executions = executions_of(order)
    if #executions == 0 then return end
    return exception {
      amount = worth_executed(executions),
      done = table.concat(map(executions, function(one) return one.step .. " " .. tostring(day(one.at)) end), ", "),
    }
  end,
  cases = {
    { "nothing", given = order_and {}, expect = {} },
    { "in the order of time; goods issued and sent count once, invoices apart",
      given = order_and {
        production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-08T09:00:00" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-07" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "4", gross_amount = "40" } },
        stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-06T09:00:00" } },
        invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-05" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", quantity = "3", net_amount = "25", tax_amount = "5" } },
      },
      expect = { { key = "SO1", amount = "40", done = "invoice.issued_on 2026-10-05, stock_issue.issued_at 2026-10-06, delivery.delivery_date 2026-10-07, production_order.released_at 2026-10-08" } } },
    { "more invoiced than sent; a line of another order does not count",
      given = order_and {
        invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-05" } },
        invoice_line = {
          { invoice_id = "I1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "3", unit_price = "7" },
          { invoice_id = "I1", line_no = "2", order_id = "SO2", order_line_no = "1", quantity = "1", unit_price = "90" },
        },
      },
      expect = { { key = "SO1", amount = "21" } } },
    { "a line that states no price: no amount",
      given = order_and {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-07" } },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "4", gross_amount = "40" }, { delivery_id = "D1", line_no = "2", order_line_no = "1", quantity = "1" },
        },
      },
      expect = { { key = "SO1", done = "delivery.delivery_date 2026-10-07" } } },
    { "returns, red and void ones, and what comes after the audit", as_of = "2026-10-31", expect = {},
      given = order_and {
        production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-11-02T09:00:00" } },
        delivery = {
          { delivery_id = "D1", kind = "return", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-07" },
          { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-07", status = "void" },
        },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "-4" }, { delivery_id = "D2", line_no = "1", order_line_no = "1", quantity = "4" } },
        invoice = {
          { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-05", sign = "red" }, { invoice_id = "I2", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-05", status = "void" },
        },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", quantity = "-3" }, { invoice_id = "I2", line_no = "1", order_line_no = "1", quantity = "3" } },
      } },
    { "only orders were imported", absent = { "production_order", "delivery", "delivery_line", "stock_issue", "invoice", "invoice_line" }, given = order_and {}, expect = {} },
  },
}

control "FULFIL-02" {
  title       = "What an issue slip is worth",
  severity    = "low",
  scope       = "all",
  population  = "stock_issue",
  amount_kind = "transaction",
  message     = "{amount}",
  test = function(issue) return exception { amount = issue_worth(issue) } end,
  cases = {
    { "a third of the delivery's line, and all of another",
      given = {
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "3", gross_amount = "10" }, { delivery_id = "D1", line_no = "2", quantity = "1", gross_amount = "5" } },
        stock_issue = { { issue_id = "S1", delivery_id = "D1" } },
        stock_issue_line = { { issue_id = "S1", line_no = "1", delivery_line_no = "1", quantity = "1" }, { issue_id = "S1", line_no = "2", delivery_line_no = "2", quantity = "1" } },
        delivery = { { delivery_id = "D1" } },
      },
      expect = { { key = "S1", amount = "8.33" } } },
    { "one line not known, or none", expect = { { key = "S1" }, { key = "S2" } },
      given = { stock_issue = { { issue_id = "S1", delivery_id = "D1" }, { issue_id = "S2" } }, stock_issue_line = { { issue_id = "S1", line_no = "1", delivery_line_no = "1", quantity = "1" } } } },
  },
}

control "FULFIL-03" {
  title       = "What somebody may grant alone, and which duties may not be combined",
  severity    = "low",
  scope       = "all",
  population  = "employee",
  message     = "{free} {pairs} {shared}",
  test = function(employee)
    local duties = {
      { name = "a", by = "E1" }, { name = "b", by = "E2" }, { name = "b", by = "U1" }, { name = "b", by = "E1" }, { name = "c" },
    }
    return exception {
      free   = free_discount_of(employee.employee_id, "B", date "2026-10-05", "salesperson"),
      pairs  = #incompatible_pairs(),
      shared = #distinct_duties(duties) .. "/" .. #duties_shared_with(duties[1], { duties[2], duties[3], duties[4], duties[5] })
        .. "/" .. #duties_shared_with(duties[2], { duties[1], duties[5] }),
    }
  end,
  cases = {
    { "the best of the roles held, for that class, on that day; two accounts are one person", absent = { "incompatible_duty" },
      given = {
        employee = { { employee_id = "E1" } }, user_account = { { user_id = "U1", employee_id = "E1" } },
        role_assignment = { { employee_id = "E1", role = "salesperson" }, { employee_id = "E1", role = "sales_manager" }, { employee_id = "E1", role = "marketing_vp", valid_to = "2026-10-04" } },
        discount_authority = {
          { role = "salesperson", max_discount_pct = "5" }, { role = "sales_manager", abc_class = "B", max_discount_pct = "8" }, { role = "sales_manager", abc_class = "A", max_discount_pct = "9" },
          { role = "marketing_vp", max_discount_pct = "20" }, { role = "sales_manager", abc_class = "B", max_discount_pct = "12", valid_from = "2026-10-06" },
        },
      },
      expect = { { key = "E1", free = "8", pairs = "15", shared = "3/2/0" } } },
    { "a role that is not recorded; no authority; pairs of one's own",
      given = {
        employee = { { employee_id = "E1" } }, discount_authority = { { role = "cashier", max_discount_pct = "5" } },
        incompatible_duty = { { duty_a = "pricing", duty_b = "ordering" } },
      },
      expect = { { key = "E1", free = "0", pairs = "1" } } },
  },
}

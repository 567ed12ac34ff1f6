-- SPDX-License-Identifier: MIT
-- The library's returns and consigned goods, tried by controls that show what they find.

local function note(fields)
  local delivery = { delivery_id = "R1", kind = "return", delivery_date = "2026-10-12" }
  for name, value in pairs(fields or {}) do delivery[name] = value end
  return delivery
end

control "RETURN-01" {
  title      = "What an issue slip is worth",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "stock_issue",
  message    = "{is_red}",
  test = function(slip)
    return exception { amount = worth_of_slip(slip), is_red = tostring(is_red(slip)) }
  end,
  cases = {
    { "at the prices of its delivery, net amounts first",
      given = {
        stock_issue = { { issue_id = "S1", delivery_id = "R1", sign = "red" } },
        delivery = { note() },
        delivery_line = {
          { delivery_id = "R1", line_no = 1, quantity = "-4", unit_price = "10", net_amount = "-36" }, { delivery_id = "R1", line_no = 2, quantity = "-1", unit_price = "5" },
          { delivery_id = "R1", line_no = 3, quantity = "-1", line_kind = "gift" },
        },
      },
      expect = { { key = "S1", amount = "41", is_red = "true" } } },
    { "what a line without a price is worth nobody knows, nor what all are together",
      given = {
        stock_issue = { { issue_id = "S1", delivery_id = "R1", sign = "red" } },
        delivery = { note() },
        delivery_line = { { delivery_id = "R1", line_no = 1, quantity = "-4", unit_price = "10" }, { delivery_id = "R1", line_no = 2, quantity = "-1" } },
      },
      expect = { { key = "S1", amount = "none", is_red = "true" } } },
    { "at standard cost",
      given = {
        stock_issue = { { issue_id = "S1", sign = "blue" } }, product = { { product_id = "P1", standard_cost = "6" } },
        stock_issue_line = { { issue_id = "S1", line_no = 1, product_id = "P1", quantity = "-4" } },
      },
      expect = { { key = "S1", amount = "24", is_red = "false" } } },
    { "at nothing known", given = { stock_issue = { { issue_id = "S1" } } }, expect = { { key = "S1", is_red = "false" } } },
  },
}

control "RETURN-02" {
  title      = "Where goods came from, and the papers of their return",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "delivery",
  message    = "{origin} {slips} {invoices} {notes} {first}",
  applies    = function(delivery) return delivery.kind == "return" and delivery.status ~= "void" end,
  test = function(delivery)
    local origin = origin_of(delivery)
    local slips = slips_of(delivery)
    local prepared = first_done(slips, "prepared_at")
    return exception {
      origin = origin and origin.delivery_id or "none", slips = #slips, invoices = #invoices_of(delivery),
      notes = origin and #notes_against(origin) or 0, first = prepared and prepared.issue_id or "none",
    }
  end,
  cases = {
    { "by the note itself; void papers left out; an invoice of two lines is one",
      given = {
        delivery = { note { source_delivery_id = "D1" }, { delivery_id = "D1", kind = "delivery" }, note { delivery_id = "R2", source_delivery_id = "D1", status = "void" } },
        stock_issue = {
          { issue_id = "S1", delivery_id = "R1", prepared_at = "2026-10-13T10:00:00" }, { issue_id = "S2", delivery_id = "R1", prepared_at = "2026-10-12T10:00:00" },
          { issue_id = "S3", delivery_id = "R1", prepared_at = "2026-10-11T10:00:00", status = "void" }, { issue_id = "S4", delivery_id = "R1" },
        },
        invoice = { { invoice_id = "I1" }, { invoice_id = "I2", status = "void" } },
        invoice_line = { { invoice_id = "I1", line_no = 1, delivery_id = "R1" }, { invoice_id = "I1", line_no = 2, delivery_id = "R1" }, { invoice_id = "I2", line_no = 1, delivery_id = "R1" } },
      },
      expect = { { key = "R1", origin = "D1", slips = "3", invoices = "1", notes = "1", first = "S2" } } },
    { "by its return request; a slip of tomorrow is not prepared yet", as_of = "2026-10-12",
      given = {
        delivery = { note { return_id = "RT1" }, { delivery_id = "D1", kind = "delivery" } }, return_request = { { return_id = "RT1", delivery_id = "D1", requested_on = "2026-10-09" } },
        stock_issue = { { issue_id = "S1", delivery_id = "R1", prepared_at = "2026-10-13T10:00:00" } },
      },
      expect = { { key = "R1", origin = "D1", notes = "1", first = "none" } } },
    { "from nowhere", given = { delivery = { note() } }, expect = { { key = "R1", origin = "none", notes = "0" } } },
    { "invoices and requests were not imported", absent = { "invoice_line", "return_request", "stock_issue" },
      given = { delivery = { note { return_id = "RT1" } } }, expect = { { key = "R1", untestable = "return_request" } } },
  },
}

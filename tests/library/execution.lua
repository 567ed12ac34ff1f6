-- SPDX-License-Identifier: MIT
-- The library's execution of orders, tried by controls that show what they find.

local function order_with(more)
  local given = { sales_order = { { order_id = "SO1", order_date = "2026-10-05" } } }
  for name, rows in pairs(more) do given[name] = rows end
  return given
end

control "EXECUTION-01" {
  title      = "Executions",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "sales_order",
  test = function(order)
    local found = executions(order)
    if #found == 0 then return end
    return exception { names = table.concat(map(found, "name"), ", "), first = found[1].at }
  end,
  cases = {
    { "none", given = order_with {}, expect = {} },
    { "the earliest first; returns, void deliveries and goods asked back do not count",
      given = order_with {
        production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T09:00:00" }, { production_order_id = "P2", order_id = "SO1" } },
        delivery_request = {
          { request_id = "R1", order_id = "SO1", requested_at = "2026-10-06T08:00:00", kind = "goods" },
          { request_id = "R2", order_id = "SO1", requested_at = "2026-10-05T08:00:00", kind = "return" },
        },
        delivery = {
          { delivery_id = "D1", order_id = "SO1", kind = "delivery", delivery_date = "2026-10-07" },
          { delivery_id = "D2", order_id = "SO1", kind = "return", delivery_date = "2026-10-04" },
          { delivery_id = "D3", order_id = "SO1", kind = "delivery", delivery_date = "2026-10-04", status = "void" },
        },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1" } },
      },
      expect = { { key = "SO1", names = "delivery_request.requested_at, production_order.released_at, delivery.delivery_date", first = "2026-10-06T08:00:00" } } },
    { "what happened after the audit has not", as_of = "2026-10-31",
      given = order_with { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-11-06T09:00:00" } } },
      expect = {} },
    { "deliveries alone", absent = { "production_order", "delivery_request" }, given = order_with {}, expect = {} },
    { "nothing was imported", absent = { "production_order", "delivery_request", "delivery", "delivery_line" }, given = order_with {},
      expect = { { key = "SO1", untestable = "neither production" } } },
  },
}

control "EXECUTION-02" {
  title      = "Prerequisites, and whether they concern the period",
  severity   = "low",
  scope      = "open",
  amount_kind = "transaction",
  population = "production_order",
  applies    = function(production) return concerns_period(production.released_at, production.finished_on) end,
  terms      = prerequisite_terms(),
  message    = prerequisite_message(),
  test = function(production)
    return step_exception(prerequisite_faults({
      step("production_order", production, "design_done_on"),
      step("production_order", production, "material_issued_on"),
    }, step("production_order", production, "released_at")), {})
  end,
  cases = {
    { "both on the day of the release, in either order", expect = {},
      given = { production_order = { { production_order_id = "P1", design_done_on = "2026-10-06", material_issued_on = "2026-10-05", released_at = "2026-10-06T09:00:00" } } } },
    { "one a day later, one missing",
      given = { production_order = { { production_order_id = "P1", design_done_on = "2026-10-07", released_at = "2026-10-06T09:00:00" } } },
      expect = { { key = "P1", fault = "too late", step = "production_order.design_done_on", at = "2026-10-07", other = "production_order.released_at", faults = "2" } } },
    { "of another period and finished in it; finished in this one; not finished", period = "2026-10", as_of = "2026-11-05",
      given = { production_order = {
        { production_order_id = "P1", design_done_on = "2026-09-07", released_at = "2026-09-06T09:00:00", finished_on = "2026-09-30" },
        { production_order_id = "P2", design_done_on = "2026-09-07", released_at = "2026-09-06T09:00:00", finished_on = "2026-10-01" },
        { production_order_id = "P3", design_done_on = "2026-09-07", released_at = "2026-09-06T09:00:00" },
        { production_order_id = "P4", design_done_on = "2026-10-07", released_at = "2026-10-06T09:00:00", finished_on = "2026-11-02" },
      } },
      expect = { { key = "P2" }, { key = "P3" }, { key = "P4" } } },
  },
}

control "EXECUTION-03" {
  title      = "What goods are worth",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "sales_order_line",
  test = function(line)
    return exception {
      worth = line_worth(line, 3) or "unknown",
      cost  = standard_worth(line.product, 3, line.order.order_date) or "unknown",
      open  = ordered_quantity(line),
    }
  end,
  cases = {
    { "a share of the line, to the cent; in units of the product",
      given = {
        sales_order = { { order_id = "SO1", order_date = "2026-10-05" } },
        product = { { product_id = "A", standard_cost = "1.115", uom = "piece" }, { product_id = "B" } },
        uom_conversion = { { product_id = "A", uom = "box", base_quantity = "12" } },
        sales_order_line = {
          { order_id = "SO1", line_no = "1", product_id = "A", quantity = "7", net_amount = "100", cancelled_quantity = "2", uom = "box" },
          { order_id = "SO1", line_no = "2", product_id = "B", quantity = "7" },
          { order_id = "SO1", line_no = "3", product_id = "B", quantity = "6", unit_price = "2" },
        },
      },
      expect = {
        { key = "SO1/1", worth = "42.86", cost = "3.35", open = "60" },
        { key = "SO1/2", worth = "unknown", cost = "unknown", open = "7" },
        { key = "SO1/3", worth = "6", cost = "unknown", open = "6" },
      } },
  },
}

-- SPDX-License-Identifier: MIT
-- The library's prepayments, tried by a control that shows what it finds.

local function contract_with(receipts, plans, more)
  local given = {
    contract = { { contract_id = "CT1", signed_on = "2026-10-01", reservation_id = "R1" } },
    reservation = { { reservation_id = "R1" } },
    payment_plan = plans or {
      { plan_id = "P1", contract_id = "CT1", milestone = "deposit", amount = "10" },
      { plan_id = "P2", contract_id = "CT1", milestone = "advance", amount = "30" },
      { plan_id = "P3", contract_id = "CT1", milestone = "acceptance", amount = "60" },
    },
    receipt = receipts,
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "PREPAYMENT-01" {
  title      = "Prepayments missing on 10 October",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "contract",
  test = function(contract)
    local p = { milestones = { "deposit", "advance" }, tolerance = decimal "0.5", waiver_kinds = { "waiver" }, roles = { "company_leader" } }
    local lacks = first_unpaid({ contract }, contract, function() return date "2026-10-10" end, function(row) return { row } end, p)
    if not lacks then return end
    return exception { amount = lacks.shortfall, planned = lacks.planned, received = lacks.received, rows = #lacks.rows }
  end,
  cases = {
    { "on the day, to the tolerance", given = contract_with { { receipt_id = "C1", contract_id = "CT1", amount = "39.5", received_on = "2026-10-10" } }, expect = {} },
    { "a cent less", given = contract_with { { receipt_id = "C1", contract_id = "CT1", amount = "39.49", received_on = "2026-10-10" } },
      expect = { { key = "CT1", amount = "0.51", planned = "40", received = "39.49", rows = "3" } } },
    { "a day later, void, refunded",
      given = contract_with {
        { receipt_id = "C1", contract_id = "CT1", amount = "40", received_on = "2026-10-11" },
        { receipt_id = "C2", contract_id = "CT1", amount = "40", received_on = "2026-10-09", status = "void" },
        { receipt_id = "C3", contract_id = "CT1", amount = "40", received_on = "2026-10-08" },
        { receipt_id = "C4", contract_id = "CT1", amount = "5", received_on = "2026-10-09", kind = "refund" },
      },
      expect = { { key = "CT1", amount = "5", received = "35" } } },
    { "the deposit on the reservation; the rest by the plan that it pays",
      given = contract_with {
        { receipt_id = "C1", reservation_id = "R1", amount = "10", received_on = "2026-10-01" },
        { receipt_id = "C2", plan_id = "P2", amount = "30", received_on = "2026-10-02" },
      },
      expect = {} },
    { "a receipt that names contract and reservation counts once",
      given = contract_with { { receipt_id = "C1", reservation_id = "R1", contract_id = "CT1", amount = "20", received_on = "2026-10-01" } },
      expect = { { key = "CT1", amount = "20" } } },
    { "nothing planned before", given = contract_with({}, { { plan_id = "P3", contract_id = "CT1", milestone = "acceptance", amount = "60" } }), expect = {} },
    { "a plan without an amount", given = contract_with({}, { { plan_id = "P2", contract_id = "CT1", milestone = "advance" } }),
      expect = { { key = "CT1", untestable = "no amount" } } },
  },
}

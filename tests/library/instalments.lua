-- SPDX-License-Identifier: MIT
-- The library's instalments, dates in texts and work of departments, tried by controls that show what they find.

local function contract(plans, receipts, more)
  local given = {
    contract = { { contract_id = "CT1", signed_on = "2026-10-01", amount = "1000", warranty_end_on = "2027-10-01" } },
    payment_plan = plans,
    receipt = receipts,
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "PLAN-01" {
  title       = "What is due and what is open of a contract's instalments",
  severity    = "low",
  scope       = "all",
  amount_kind = "transaction",
  population  = "contract",
  message     = "{parts}",
  test = function(row)
    return exception { parts = table.concat(map(instalments(row), function(part)
      return part.plan.plan_id .. " " .. tostring(part.due or "never") .. " " .. tostring(part.open or "unknown")
    end), ", ") }
  end,
  cases = {
    { "in the order in which they fall due; money by name first, then the oldest",
      given = contract({
        { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "600", due_on = "2026-11-01" },
        { plan_id = "F2", contract_id = "CT1", milestone = "advance", pct = "30", due_on = "2026-10-15" },
        { plan_id = "F3", contract_id = "CT1", milestone = "retention", amount = "100" },
      }, {
        { receipt_id = "B1", plan_id = "F1", kind = "payment", amount = "50", received_on = "2026-10-02" },
        { receipt_id = "B2", contract_id = "CT1", kind = "advance", amount = "320", received_on = "2026-10-02" },
        { receipt_id = "B3", contract_id = "CT1", kind = "refund", amount = "-10", received_on = "2026-10-02" },
        { receipt_id = "B4", contract_id = "CT1", kind = "advance", amount = "900", received_on = "2026-10-02", status = "void" },
      }),
      expect = { { key = "CT1", parts = "F2 2026-10-15 0, F1 2026-11-01 540, F3 2027-10-01 100" } } },
    { "too much for one goes to the next; an instalment without an amount; one that falls due after the date of the audit", as_of = "2026-10-31",
      given = contract({
        { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" },
        { plan_id = "F2", contract_id = "CT1", milestone = "on_delivery", due_on = "2026-10-20" },
        { plan_id = "F3", contract_id = "CT1", milestone = "on_delivery", amount = "200", due_on = "2026-11-20" },
      }, { { receipt_id = "B1", plan_id = "F1", kind = "advance", amount = "350", received_on = "2026-10-02" } }),
      expect = { { key = "CT1", parts = "F1 2026-10-15 0, F2 2026-10-20 unknown, F3 2026-11-20 150" } } },
    { "acceptance money: when the last goods were accepted, and not before its date",
      given = contract({
        { plan_id = "F1", contract_id = "CT1", milestone = "acceptance", amount = "300", due_on = "2026-10-15" },
      }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-18" }, { installation_id = "N2", contract_id = "CT1", accepted_on = "2026-10-17" } } }),
      expect = { { key = "CT1", parts = "F1 2026-10-18 300" } } },
    { "acceptance money while goods are not accepted",
      given = contract({
        { plan_id = "F1", contract_id = "CT1", milestone = "acceptance", amount = "300", due_on = "2026-10-15" },
      }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-18" }, { installation_id = "N2", contract_id = "CT1" } } }),
      expect = { { key = "CT1", parts = "F1 never 300" } } },
  },
}

control "DATE-01" {
  title       = "Dates in texts",
  severity    = "low",
  scope       = "all",
  amount_kind = "transaction",
  population  = "order_change",
  message     = "{found}",
  test = function(change) return exception { found = tostring(date_in(change.new_value) or "none") } end,
  cases = {
    { "as systems write them",
      given = { order_change = {
        { change_id = "1", new_value = "2026-10-05" }, { change_id = "2", new_value = "2026/2/9" }, { change_id = "3", new_value = "20261005 00:00:00" },
        { change_id = "4", new_value = " 2028年2月29日" }, { change_id = "5", new_value = "2026-10-05T09:00:00" },
      } },
      expect = {
        { key = "1", found = "2026-10-05" }, { key = "2", found = "2026-02-09" }, { key = "3", found = "2026-10-05" }, { key = "4", found = "2028-02-29" },
        { key = "5", found = "2026-10-05" },
      } },
    { "no dates",
      given = { order_change = {
        { change_id = "1" }, { change_id = "2", new_value = "next week" }, { change_id = "3", new_value = "2026-13-01" }, { change_id = "4", new_value = "2026-02-29" },
        { change_id = "5", new_value = "05.10.2026" }, { change_id = "6", new_value = "2026-10" }, { change_id = "7", new_value = "2026-10-00" }, { change_id = "8", new_value = "2026-10-123" },
      } },
      expect = {
        { key = "1", found = "none" }, { key = "2", found = "none" }, { key = "3", found = "none" }, { key = "4", found = "none" },
        { key = "5", found = "none" }, { key = "6", found = "none" }, { key = "7", found = "none" }, { key = "8", found = "none" },
      } },
  },
}

control "WORK-01" {
  title       = "Who does the work of a department",
  severity    = "low",
  scope       = "all",
  amount_kind = "transaction",
  population  = "receipt",
  message     = "{works}",
  test = function(receipt)
    local works = does_work_of(receipt.recorded_by, "finance", { "accountant" }, receipt.received_on)
    return exception { works = works == nil and "unknown" or tostring(works) }
  end,
  cases = {
    { "roles were not imported", absent = { "role_assignment" },
      given = {
        org_unit = { { org_unit_id = "D1", kind = "finance" }, { org_unit_id = "D2", kind = "sales" } },
        employee = { { employee_id = "E1", org_unit_id = "D1" }, { employee_id = "E2", org_unit_id = "D2" }, { employee_id = "E3" } },
        receipt = {
          { receipt_id = "1", recorded_by = "E1", received_on = "2026-10-10" }, { receipt_id = "2", recorded_by = "E2", received_on = "2026-10-10" },
          { receipt_id = "3", recorded_by = "E3", received_on = "2026-10-10" },
        },
      },
      expect = { { key = "1", works = "true" }, { key = "2", works = "false" }, { key = "3", works = "unknown" } } },
    { "by role, by department, by a role held there; not by rank, nor before or after; unknown",
      given = {
        org_unit = { { org_unit_id = "D1", kind = "finance" }, { org_unit_id = "D2", kind = "sales" } },
        employee = {
          { employee_id = "E1", org_unit_id = "D2" }, { employee_id = "E2", org_unit_id = "D1" }, { employee_id = "E3", org_unit_id = "D2" },
          { employee_id = "E4", org_unit_id = "D2" }, { employee_id = "E5", org_unit_id = "D2" }, { employee_id = "E6" },
        },
        role_rank = { { role = "accountant", rank = "1" }, { role = "sales_manager", rank = "2" } },
        role_assignment = {
          { employee_id = "E1", role = "accountant", org_unit_id = "D2", valid_from = "2026-01-01" },
          { employee_id = "E3", role = "sales_clerk", org_unit_id = "D1", valid_from = "2026-01-01" },
          { employee_id = "E4", role = "sales_manager", org_unit_id = "D2", valid_from = "2026-01-01" },
          { employee_id = "E5", role = "accountant", org_unit_id = "D1", valid_from = "2026-10-11" },
        },
        receipt = {
          { receipt_id = "1", recorded_by = "E1", received_on = "2026-10-10" }, { receipt_id = "2", recorded_by = "E2", received_on = "2026-10-10" },
          { receipt_id = "3", recorded_by = "E3", received_on = "2026-10-10" }, { receipt_id = "4", recorded_by = "E4", received_on = "2026-10-10" },
          { receipt_id = "5", recorded_by = "E5", received_on = "2026-10-10" }, { receipt_id = "6", recorded_by = "E6", received_on = "2026-10-10" },
          { receipt_id = "7", recorded_by = "E9", received_on = "2026-10-10" },
        },
      },
      expect = {
        { key = "1", works = "true" }, { key = "2", works = "true" }, { key = "3", works = "true" }, { key = "4", works = "false" },
        { key = "5", works = "false" }, { key = "6", works = "unknown" }, { key = "7", works = "unknown" },
      } },
  },
}

-- SPDX-License-Identifier: MIT
-- The library's processes, roles and chains of approval, tried by controls that show what they find.

control "CHAIN-01" {
  title       = "Processes are declared with fields of the model",
  severity    = "low",
  scope       = "all",
  population  = "company",
  message     = "{field}",
  test = function()
    for name in each(process_names()) do
      for one in each(declared_steps(name)) do
        local fields = filter({ one[3], one[4] or one[3] }, function(field) return not imported(one[2], field) end)
        if #fields > 0 then return exception { field = one[2] .. "." .. fields[1] } end
      end
    end
  end,
  cases = {
    { "all of them", given = { company = { { company_id = "A" } } }, expect = {} },
    { "one that is not imported", absent = { "invoice_request.reviewed_at" }, given = { company = { { company_id = "A" } }, invoice_request = { { request_id = "Q" } } },
      expect = { { key = "A", field = "invoice_request.reviewed_at" } } },
  },
}

local function people(more)
  local given = {
    org_unit = { { org_unit_id = "F", kind = "finance" }, { org_unit_id = "S", kind = "sales" } },
    employee = { { employee_id = "E1", org_unit_id = "S" }, { employee_id = "E2", org_unit_id = "F" }, { employee_id = "E3", org_unit_id = "S" } },
    role_assignment = {
      { employee_id = "E1", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "sales_manager", org_unit_id = "F", valid_from = "2026-10-05" },
    },
    invoice_request = { { request_id = "R", requested_by = "E1", requested_at = "2026-10-05T09:00:00" } },
  }
  for name, list in pairs(more) do given[name] = list end
  return given
end

control "CHAIN-02" {
  title       = "Steps taken by the right people",
  severity    = "low",
  scope       = "all",
  population  = "invoice",
  terms       = step_terms(),
  message     = step_message(),
  test = function(invoice)
    local steps = process_steps("invoicing", { invoice_request = invoice.request, invoice = invoice }, { "requested", "issued" })
    return step_exception(append(order_faults(steps), role_faults(steps)))
  end,
  cases = {
    { "a salesperson asks, finance issues", given = people { invoice = { { invoice_id = "I", request_id = "R", issued_by = "E2", issued_on = "2026-10-06" } } }, expect = {} },
    { "sales issues", given = people { invoice = { { invoice_id = "I", request_id = "R", issued_by = "E1", issued_on = "2026-10-06" } } },
      expect = { { key = "I", fault = "wrong role", step = "invoice.issued_on", wanted = "finance" } } },
    { "in a role held in finance from that day", given = people { invoice = { { invoice_id = "I", request_id = "R", issued_by = "E3", issued_on = "2026-10-05" } } }, expect = {} },
    { "before the role was held", given = people { invoice = { { invoice_id = "I", issued_by = "E3", issued_on = "2026-10-04" } }, invoice_request = {} },
      expect = { { key = "I", faults = "2", fault = "missing", step = "invoice_request.requested_at" } } },
    { "somebody unknown", given = people { invoice = { { invoice_id = "I", request_id = "R", issued_by = "E7", issued_on = "2026-10-06" } } }, expect = {} },
  },
}

local function approval(step, role, decided_at, decision, who)
  return {
    doc_kind = "concession", doc_id = "K", approval_kind = "concession", step_no = tostring(step), role = role,
    decision = decision or "approve", approver_id = who or "E" .. step, decided_at = decided_at, requested_at = "2026-10-01T08:00:00",
  }
end

local function chain_of(...)
  local approvals = {}
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    one.approval_id = "A" .. position
    table.insert(approvals, one)
  end
  return { concession = { { concession_id = "K" } }, approval = approvals }
end

control "CHAIN-03" {
  title       = "A chain of approvals",
  severity    = "low",
  scope       = "all",
  population  = "concession",
  message     = "{faults}",
  test = function(concession)
    local faults = chain_faults(concession, { "concession" }, {
      { step_no = 1, role = "sales_manager" }, { step_no = 1, role = "marketing_vp" }, { step_no = 2, role = "general_manager" },
    })
    if #faults == 0 then return end
    return exception { faults = table.concat(map(faults, function(one) return one.role .. " " .. one.fault end), ", ") }
  end,
  cases = {
    { "whole; two of one step in any order", expect = {},
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T10:00:00"), approval(2, "general_manager", "2026-10-01T10:00:00")) },
    { "one of the first step missing",
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(2, "general_manager", "2026-10-01T10:00:00")),
      expect = { { key = "K", faults = "sales_manager missing" } } },
    { "the last a second before the one of the first step",
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T10:00:01"), approval(2, "general_manager", "2026-10-01T10:00:00")),
      expect = { { key = "K", faults = "general_manager too early" } } },
    { "the last one withdrawn: those of the first step stand",
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T09:30:00"),
        approval(2, "general_manager", "2026-10-01T10:00:00"), approval(2, "general_manager", "2026-10-01T11:00:00", "withdraw")),
      expect = { { key = "K", faults = "general_manager missing" } } },
    { "one of the first step unapproved: what was built on it falls with it",
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T09:30:00"),
        approval(2, "general_manager", "2026-10-01T10:00:00"), approval(1, "marketing_vp", "2026-10-01T11:00:00", "unapprove")),
      expect = { { key = "K", faults = "sales_manager missing, marketing_vp missing, general_manager missing" } } },
    { "rejected at the end, then approved", expect = {},
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T09:30:00"),
        approval(2, "general_manager", "2026-10-01T10:00:00", "reject"), approval(2, "general_manager", "2026-10-01T11:00:00")) },
    { "rejected at the end",
      given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T09:30:00"), approval(2, "general_manager", "2026-10-01T10:00:00", "reject")),
      expect = { { key = "K", faults = "general_manager rejected" } } },
    { "of a higher rank and earlier, it is still the row of its own role", expect = {},
      given = (function()
        local given = chain_of(approval(1, "marketing_vp", "2026-10-01T09:00:00"), approval(1, "sales_manager", "2026-10-01T10:00:00"), approval(2, "general_manager", "2026-10-01T11:00:00"))
        given.role_rank = { { role = "general_manager", rank = "9" }, { role = "sales_manager", rank = "5" }, { role = "marketing_vp", rank = "7" } }
        return given
      end)() },
    { "one row may not serve for two roles",
      given = (function()
        local given = chain_of(approval(1, "general_manager", "2026-10-01T09:00:00", nil, "E9"))
        given.role_rank = { { role = "general_manager", rank = "9" }, { role = "sales_manager", rank = "5" }, { role = "marketing_vp", rank = "7" } }
        return given
      end)(),
      expect = { { key = "K", faults = "sales_manager missing, marketing_vp missing" } } },
  },
}

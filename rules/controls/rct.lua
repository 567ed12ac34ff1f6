-- SPDX-License-Identifier: MIT
-- RCT: money received, its recording, what is due under contracts, and receivables that are not collected.

-- An array of rows with some given tables replaced, for the cases.
local function with(given, more)
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

-- One row with other fields, for the cases.
local function row(fields, more)
  for name, value in pairs(more or {}) do fields[name] = value end
  return fields
end

local none_term = { en = "none", zh = "无" }

-- The first contract signed on a reservation, or nil.
local function contract_on(reservation)
  local signed = filter(reservation.contracts, function(contract) return contract.signed_on ~= nil and is_live(contract) end)
  return sort(signed, function(contract) return { contract.signed_on, contract.contract_id } end)[1]
end

-- When the deposit of a reservation was due: at the signing of the contract; without one, some days after the reservation.
local function deposit_due(reservation, limit_days)
  local contract = imported "contract" and contract_on(reservation)
  if contract then return contract.signed_on end
  return reservation.signed_on and reservation.signed_on + limit_days
end

-- A reservation of 2026-10-08 with a deposit of 500, a receipt, and a contract of 2026-10-12, for the cases.
local function reserved(receipt, more)
  return with({
    reservation = { { reservation_id = "V1", customer_id = "C1", signed_on = "2026-10-08", deposit_amount = "500" } },
    receipt = { row({ receipt_id = "B1", customer_id = "C1", reservation_id = "V1", kind = "deposit", amount = "500", received_on = "2026-10-08" }, receipt) },
    contract = { { contract_id = "CT1", customer_id = "C1", reservation_id = "V1", signed_on = "2026-10-12" } },
  }, more)
end

control "RCT-01" {
  title      = { en = "Deposit missing, late or unlike the reservation", zh = "定金未收或金额不符" },
  risk       = { en = "The customer is not bound; a deposit taken is not in the books.", zh = "未收定金对客户无约束，或收取的定金未入账。" },
  tests      = {
    en = "The deposits received for each reservation are compared with the deposit agreed; they must have come by the day on which the contract was signed (without a contract, some days after the reservation).",
    zh = "将每份预定书已收定金与约定定金比较；定金应在签订正式合同当日之前（未签合同的，在预定后若干天内）收到。",
  },
  source     = { "000A G8" },
  severity   = "medium",
  profile    = { "concession", "general" },
  population = "reservation",
  shape      = "reconciliation",
  scope      = "all",
  applies    = function(reservation, p)
    if reservation.deposit_amount == nil or reservation.deposit_amount <= 0 then return false end
    local due = deposit_due(reservation, p.limit_days)
    return due == nil or in_period(due) and (as_of == nil or as_of >= due)
  end,
  parameters = {
    tolerance  = { decimal "0", origin = "default" },
    limit_days = { 7, origin = "default", note = "after the reservation, as long as there is no contract" },
  },
  amount_kind = "exposure",
  terms      = {
    missing = { en = "no deposit", zh = "未收定金" },
    differs = { en = "another amount", zh = "金额不符" },
    late    = { en = "deposit after signing", zh = "签约后才收到" },
  },
  message    = { en = "{fault}: agreed {agreed}, received {received}, due {due}", zh = "{fault}：约定 {agreed}，实收 {received}，应收日 {due}" },
  follow_up  = {
    en = "Ask the salesperson and the cashier where the deposit is; compare with the receipt that the customer holds.",
    zh = "向销售顾问和出纳核实定金去向，并与客户所持收据核对。",
  },

  test = function(reservation, p)
    local due = deposit_due(reservation, p.limit_days)
    if not due then return untestable "no date of signing" end
    local deposits = filter(not_void(reservation.receipts), function(receipt)
      return receipt.kind == "deposit" and receipt.amount ~= nil and receipt.received_on ~= nil
    end)
    local received, agreed = sum(deposits, "amount"), reservation.deposit_amount
    local late = filter(deposits, function(receipt) return receipt.received_on > due end)
    local fault, amount
    if not agree(received, agreed, p.tolerance) then
      fault, amount = #deposits == 0 and "missing" or "differs", abs(received - agreed)
    elseif #late > 0 then
      fault, amount = "late", sum(late, "amount")
    end
    if not fault then return end
    return exception {
      amount = amount, fault = fault, agreed = agreed, received = received, due = due,
      evidence = evidence(deposits, imported "contract" and contract_on(reservation)),
    }
  end,

  cases = {
    { "received on the day of the contract", given = reserved { received_on = "2026-10-12" }, expect = {} },
    { "received the day after the contract",
      given = reserved { received_on = "2026-10-13" },
      expect = { { key = "V1", amount = "500", fault = "late", due = "2026-10-12", received = "500" } } },
    { "one less than agreed", given = reserved { amount = "499" },
      expect = { { key = "V1", amount = "1", fault = "differs", agreed = "500", received = "499" } } },
    { "more than agreed, in two parts",
      given = reserved({}, { receipt = {
        { receipt_id = "B1", reservation_id = "V1", kind = "deposit", amount = "300", received_on = "2026-10-08" },
        { receipt_id = "B2", reservation_id = "V1", kind = "deposit", amount = "201", received_on = "2026-10-09" },
      } }),
      expect = { { key = "V1", amount = "1", fault = "differs", received = "501" } } },
    { "none: a void receipt and one of another kind are no deposit",
      given = reserved({}, { receipt = {
        { receipt_id = "B1", reservation_id = "V1", kind = "deposit", amount = "500", received_on = "2026-10-08", status = "void" },
        { receipt_id = "B2", reservation_id = "V1", kind = "payment", amount = "500", received_on = "2026-10-08" },
      } }),
      expect = { { key = "V1", amount = "500", fault = "missing", received = "0" } } },
    { "without a contract, on the seventh day", given = reserved({ received_on = "2026-10-15" }, { contract = {} }), expect = {} },
    { "without a contract, not within seven days",
      given = reserved({ received_on = "2026-10-16" }, { contract = {} }), expect = { { key = "V1", amount = "500", fault = "late", due = "2026-10-15" } } },
    { "without a contract, before the seven days are over", given = reserved({}, { contract = {}, receipt = {} }), as_of = "2026-10-14", expect = {} },
    { "the contract was signed in the month after: judged then",
      given = reserved({}, { receipt = {}, contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-11-02" } } }),
      period = "2026-10", as_of = "2026-11-05", expect = {} },
    { "the reservation was signed in the month before",
      given = reserved({}, { receipt = {}, contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-11-02" } } }),
      period = "2026-11", as_of = "2026-12-05", expect = { { key = "V1", amount = "500", fault = "missing" } } },
    { "a void contract is none",
      given = reserved({ received_on = "2026-10-13" }, { contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-10-12", status = "void" } } }), expect = {} },
    { "none, on the day of the contract itself", given = reserved({}, { receipt = {} }), as_of = "2026-10-12",
      expect = { { key = "V1", amount = "500", fault = "missing", due = "2026-10-12" } } },
    { "a deposit of nought agreed, and something received",
      given = reserved({}, { reservation = { { reservation_id = "V1", signed_on = "2026-10-08", deposit_amount = "0" } } }), expect = {} },
    { "no deposit agreed", given = reserved({}, { reservation = { { reservation_id = "V1", signed_on = "2026-10-08" } }, receipt = {} }), expect = {} },
    { "no date", given = reserved({}, { reservation = { { reservation_id = "V1", deposit_amount = "500" } }, contract = {} }),
      expect = { { key = "V1", untestable = "no date" } } },
    { "receipts were not imported", given = reserved(), absent = { "receipt" }, expect = { { key = "V1", untestable = "receipt" } } },
  },
}

-- The last day for recording what came in on a day: that day, or the next working day where it is none.
local function recording_day(on, p)
  if p.working_days then return add_working_days(on - 1, p.limit_days + 1) end
  return on + p.limit_days
end

-- What tells the parts of one payment from that payment entered twice.
local function part_of_payment(receipt)
  local parts = { tostring(receipt.amount) }
  for field in each { "contract_id", "plan_id", "reservation_id" } do table.insert(parts, read(receipt, field) or "-") end
  return table.concat(parts, " ")
end

-- Of receipts with one proof, in the order in which they came, those that are no part of the same payment as the first: of
-- another customer or day, or the same amount for the same thing as one before. A table from receipt to the one before.
local function used_before(receipts)
  local found, parts = {}, {}
  local origin = receipts[1]
  for receipt in each(receipts) do
    local part = part_of_payment(receipt)
    if receipt.customer_id ~= origin.customer_id or receipt.received_on ~= origin.received_on then
      found[receipt] = origin
    else
      found[receipt] = parts[part]
      parts[part] = parts[part] or receipt
    end
  end
  return found
end

local finance_roles = {
  { "accountant", "cashier", "finance_head" }, origin = "default", note = "besides everybody in the finance department",
}
local sales_roles = {
  { "salesperson", "sales_clerk", "sales_supervisor", "sales_manager" }, origin = "default", note = "these are SOD-07's",
}

-- Whether somebody handled money who neither is of finance nor holds a sales role, which is SOD-07's. Nil: not known.
local function is_outsider(who, moment, roles, sales)
  if who == nil or is_system(who) then return false end
  local of_finance = does_work_of(who, "finance", roles, moment)
  if of_finance == nil then return nil end
  if of_finance then return false end
  return not imported "role_assignment" or not any(roles_held(who, moment), function(role) return contains(sales, role) end)
end

-- Receipts, and the accountant E1, the storekeeper E2 and the salesperson E3, for the cases.
local function recorded(receipts, more)
  local rows = {}
  for position, fields in ipairs(receipts) do
    table.insert(rows, row({
      receipt_id = "B" .. position, customer_id = "C1", kind = "payment", method = "bank", amount = "500", received_on = "2026-10-09",
      recorded_at = "2026-10-09T17:00:00", recorded_by = "E1", proof_no = "P" .. position,
    }, fields))
  end
  return with({
    customer = { { customer_id = "C1", name = "东海机械有限公司" } },
    employee = { { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" } },
    role_assignment = {
      { employee_id = "E1", role = "accountant", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "storekeeper", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01" },
    },
    user_account = { { user_id = "U0", is_system = "true" } },
    receipt = rows,
  }, more)
end

control "RCT-02" {
  title      = { en = "Receipt not recorded promptly or without proof", zh = "收款未登记入账/无资金证明" },
  risk       = { en = "Money is kept outside the books, or used before it is recorded.", zh = "款项滞留账外或被挪用。" },
  tests      = {
    en = "Each receipt must be recorded on the day on which the money came (the next working day), by somebody of finance, and carry a proof that no other receipt has. Parts of one payment may share a proof.",
    zh = "收款应在到账当日（非工作日顺延）由财务人员登记，并有资金证明且不与其他收款重号；同一笔款项拆分登记的除外。",
  },
  source     = { "000A G8" },
  severity   = "high",
  profile    = { "concession", "general" },
  population = "receipt",
  shape      = "row",
  scope      = "all", -- a proof may have been used in any period
  applies    = function(receipt) return receipt.received_on ~= nil and is_live(receipt) and not is_reversal(receipt) end,
  group      = function(receipt)
    local proof = read(receipt, "proof_no")
    return { read(receipt, "company_id") or "-", is_blank(proof) and receipt.receipt_id or proof }
  end,
  parameters = {
    limit_days   = { 0, origin = "default", note = "0: the same day; the policy says \"recorded\" with no number" },
    working_days = { true, origin = "default", note = "money of a day off is recorded on the next working day" },
    roles        = finance_roles,
    sales_roles  = sales_roles,
  },
  evidence_columns = { "receipt.recorded_at", "receipt.proof_no" },
  amount_kind = "exposure",
  terms      = {
    missing     = { en = "not recorded", zh = "未登记" },
    late        = { en = "recorded late", zh = "登记逾期" },
    proof       = { en = "no proof", zh = "无资金证明" },
    duplicate   = { en = "proof used before", zh = "资金证明重号" },
    recorder    = { en = "not recorded by finance", zh = "非财务人员登记" },
    none        = none_term,
  },
  message    = {
    en = "{fault}: received {received_on}, recorded {recorded_at} by {recorded_by}, proof {proof}",
    zh = "{fault}：到账 {received_on}，{recorded_by} 于 {recorded_at} 登记，证明 {proof}",
  },
  follow_up  = {
    en = "Trace the money in the bank statement or cash book; ask the recorder about the days between.",
    zh = "与银行对账单、现金日记账核对，询问登记人滞后原因。",
  },

  test = function(receipts, p)
    local found, is_unknown = {}, false
    local ordered = sort(receipts, function(one) return { one.received_on, one.receipt_id } end)
    local twins = is_blank(ordered[1].proof_no) and {} or used_before(ordered)
    for receipt in each(filter(ordered, function(one) return in_period(one.received_on) end)) do
      local function add(label, fault, rows)
        table.insert(found, exception {
          row = receipt, label = label, amount = abs(receipt.amount or 0), fault = fault, received_on = receipt.received_on,
          recorded_at = receipt.recorded_at or "none", recorded_by = read(receipt, "recorded_by") or "none",
          proof = is_blank(receipt.proof_no) and "none" or receipt.proof_no, evidence = evidence(rows),
        })
      end
      local taken = step("receipt", receipt, "recorded_at").at
      if is_late(taken, recording_day(receipt.received_on, p)) then add("recorded", taken and "late" or "missing") end
      if is_blank(receipt.proof_no) then add("proof", "proof") end
      if twins[receipt] then add("proof", "duplicate", { twins[receipt] }) end
      local outsider = is_outsider(read(receipt, "recorded_by"), taken or receipt.received_on, p.roles, p.sales_roles)
      if outsider then add("recorder", "recorder", { person(receipt.recorded_by) }) end
      is_unknown = is_unknown or outsider == nil
    end
    if is_unknown and #found == 0 then return untestable "neither roles nor department of the recorder are known" end
    return found
  end,

  cases = {
    { "recorded on the day", given = recorded { {} }, expect = {} },
    { "recorded the day after",
      given = recorded { { recorded_at = "2026-10-10T00:00:00" } }, parameters = { working_days = false },
      expect = { { key = "B1", label = "recorded", amount = "500", fault = "late", recorded_at = "2026-10-10T00:00:00" } } },
    { "received on Saturday, recorded on Monday; recorded on Tuesday",
      given = recorded {
        { received_on = "2026-10-10", recorded_at = "2026-10-12T09:00:00" }, { received_on = "2026-10-10", recorded_at = "2026-10-13T09:00:00" },
      },
      expect = { { key = "B2", amount = "500", label = "recorded", fault = "late" } } },
    { "not recorded, the day after", given = recorded { { recorded_at = "", recorded_by = "" } }, as_of = "2026-10-12",
      expect = { { key = "B1", amount = "500", label = "recorded", fault = "missing", recorded_at = "none" } } },
    { "not recorded, on the day", given = recorded { { recorded_at = "", recorded_by = "" } }, as_of = "2026-10-09", expect = {} },
    { "no proof", given = recorded { { proof_no = " " } }, expect = { { key = "B1", label = "proof", amount = "500", fault = "proof", proof = "none" } } },
    { "one proof for two customers, and for two days: the later ones",
      given = recorded {
        { proof_no = "P" }, { proof_no = "P", customer_id = "C2" },
        { proof_no = "Q" }, { proof_no = "Q", received_on = "2026-10-12", recorded_at = "2026-10-12T09:00:00" },
      },
      expect = { { key = "B2", amount = "500", label = "proof", fault = "duplicate", proof = "P" }, { key = "B4", amount = "500", label = "proof", fault = "duplicate" } } },
    { "one proof for two customers who paid different amounts", given = recorded { { proof_no = "P" }, { proof_no = "P", customer_id = "C2", amount = "70" } },
      expect = { { key = "B2", label = "proof", amount = "70", fault = "duplicate" } } },
    { "one payment entered twice", given = recorded { { proof_no = "P" }, { proof_no = "P" } },
      expect = { { key = "B2", amount = "500", label = "proof", fault = "duplicate" } } },
    { "one payment in parts: other amounts, or other contracts; a void one; another company",
      given = recorded {
        { proof_no = "P" }, { proof_no = "P", amount = "300" }, { proof_no = "P", contract_id = "CT1" }, { proof_no = "P", contract_id = "CT2" },
        { proof_no = "Q", status = "void", customer_id = "C2" }, { proof_no = "Q" }, { proof_no = "Q", company_id = "T2" },
      },
      expect = {} },
    { "recorded by the storekeeper; by sales, which is another control's; by the system",
      given = recorded { { recorded_by = "E2" }, { recorded_by = "E3" }, { recorded_by = "U0" } },
      expect = { { key = "B1", label = "recorder", amount = "500", fault = "recorder", recorded_by = "E2" } } },
    { "recorded by somebody who joined finance on that day",
      given = recorded({ { received_on = "2026-10-10", recorded_at = "2026-10-12T09:00:00", recorded_by = "E4" } }, {
        employee = { { employee_id = "E4" } },
        role_assignment = {
          { employee_id = "E4", role = "storekeeper", valid_from = "2026-01-01", valid_to = "2026-10-11" }, { employee_id = "E4", role = "accountant", valid_from = "2026-10-12" },
        },
      }),
      expect = {} },
    { "late and without proof are two things", given = recorded { { proof_no = "", recorded_at = "2026-10-12T09:00:00" } },
      expect = { { key = "B1", amount = "500", label = "recorded", fault = "late" }, { key = "B1", amount = "500", label = "proof", fault = "proof" } } },
    { "roles were not imported: sales is somebody else, too",
      given = recorded({ { recorded_by = "E3" } }, { org_unit = { { org_unit_id = "D1", kind = "sales" } }, employee = { { employee_id = "E3", org_unit_id = "D1" } } }),
      absent = { "role_assignment" }, expect = { { key = "B1", amount = "500", label = "recorder", fault = "recorder" } } },
    { "a proof of an earlier month; what was late then was reported then", period = "2026-10",
      given = recorded { { proof_no = "P", received_on = "2026-09-10" }, { proof_no = "P" } },
      expect = { { key = "B2", amount = "500", label = "proof", fault = "duplicate" } } },
    { "recorded by nobody that is known", given = recorded { { recorded_by = "E9" } }, expect = { { key = "-/P1", untestable = "neither roles" } } },
    { "proofs were not imported", given = recorded { {} }, absent = { "receipt.proof_no" }, expect = { { key = "-/B1", untestable = "proof_no" } } },
  },
}

-- The instalments of a contract's plans that are overdue and not collected, as exceptions. `describe`: more values of one.
local function overdue_instalments(plans, grace_days, tolerance, describe)
  if not as_of then untestable "no date as of which to judge" end
  local contract = plans[1].contract
  local parts, found = {}, {}
  for part in each(instalments(contract)) do parts[part.plan] = part end
  for plan in each(plans) do
    local part = parts[plan]
    local days = part and part.due and days_overdue(part.due + grace_days) or 0
    if days > 0 and part.open == nil then untestable "an instalment has no amount" end
    if days > 0 and part.open > tolerance then
      table.insert(found, exception(row({
        row = plan, amount = part.open, milestone = plan.milestone, planned = part.amount, received = part.paid, due = part.due,
        days = days_overdue(part.due), evidence = evidence(contract, at_most(10, plan.receipts)),
      }, describe and describe(part))))
    end
  end
  return found
end

local function is_under_contract(plan)
  return plan.contract == nil or is_live(plan.contract)
end

local milestone_terms = {
  deposit         = { en = "deposit", zh = "定金" },
  advance         = { en = "advance", zh = "预收款" },
  before_shipment = { en = "payment before shipment", zh = "发货前款" },
  on_delivery     = { en = "payment on delivery", zh = "到货款" },
  acceptance      = { en = "payment on acceptance", zh = "验收款" },
  retention       = { en = "retention", zh = "质保金" },
}

-- A contract of 1000 with one instalment of 300 due on 2026-10-15, and receipts, for the cases.
local function planned(plan, receipts, more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", amount = "1000", status = "executing" } },
    payment_plan = { row({ plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" }, plan) },
    receipt = receipts or {},
  }, more)
end

local function paid_for(plan_id, amount, received_on, more)
  return row({ receipt_id = "B" .. received_on, customer_id = "C1", plan_id = plan_id, kind = "advance", amount = amount, received_on = received_on }, more)
end

control "RCT-03" {
  title      = { en = "Contract milestone not collected when due", zh = "预收/发货前款逾期" },
  risk       = { en = "Production and delivery go ahead with our own money; the customer may not pay at all.", zh = "预收款、发货前款未按期收回，占用公司资金并增加坏账风险。" },
  tests      = {
    en = "For each deposit, advance and payment before shipment of a payment plan whose date has passed, what was received is compared with what was planned; money for no instalment by name counts for the oldest.",
    zh = "对到期的定金、预收款、发货前款，将已收金额与计划金额比较；未指明节点的收款先抵最早到期的节点。",
  },
  source     = { "003-4.6" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "payment_plan",
  period     = "contract.signed_on",
  shape      = "balance",
  scope      = "open",
  applies    = function(plan)
    if not contains({ "deposit", "advance", "before_shipment" }, plan.milestone) or not is_under_contract(plan) then return false end
    local is_reserved = plan.milestone == "deposit" and plan.contract and read(plan.contract, "reservation_id") ~= nil
    if is_reserved then return false end -- RCT-01's
    return plan.due_on ~= nil or plan.milestone ~= "before_shipment" -- without a date, SHP-05 watches the shipment
  end,
  group      = function(plan) return plan.contract_id or plan.plan_id end,
  parameters = {
    grace_days = { 0, origin = "default" },
    tolerance  = { decimal "0", origin = "default" },
  },
  amount_kind = "exposure",
  terms      = milestone_terms,
  message    = {
    en = "{milestone} of {planned} due {due}, received {received}, {days} days overdue",
    zh = "{milestone} {planned} 应于 {due} 收回，已收 {received}，逾期 {days} 天",
  },
  follow_up  = {
    en = "Ask the salesperson why it was not collected; hold production and delivery until it is.",
    zh = "询问营销员未收回原因；收回前暂停排产、发货。",
  },

  test = function(plans, p)
    if any(plans, function(plan) return plan.due_on == nil end) then return untestable "no due date" end
    return overdue_instalments(plans, p.grace_days, p.tolerance)
  end,

  cases = {
    { "a cent short, a day after it was due",
      given = planned({}, { paid_for("F1", "299.99", "2026-10-14") }), as_of = "2026-10-16",
      expect = { { key = "F1", amount = "0.01", milestone = "advance", received = "299.99", planned = "300", days = "1" } } },
    { "nothing on the day it is due", given = planned(), as_of = "2026-10-15", expect = {} },
    { "received late, but received", given = planned({}, { paid_for("F1", "300", "2026-10-20") }), as_of = "2026-10-31", expect = {} },
    { "received after the date of the audit", given = planned({}, { paid_for("F1", "300", "2026-11-20") }), as_of = "2026-10-31",
      expect = { { key = "F1", amount = "300", days = "16" } } },
    { "months after it was due", given = planned(), period = "2027-01", as_of = "2027-02-05", expect = { { key = "F1", amount = "300", received = "0" } } },
    { "within days of grace", given = planned(), parameters = { grace_days = 5 }, as_of = "2026-10-20", expect = {} },
    { "money for no instalment by name goes to the oldest; a void one and one paid back do not count",
      given = planned({}, {
        paid_for("", "350", "2026-10-05", { contract_id = "CT1" }), paid_for("", "900", "2026-10-06", { contract_id = "CT1", status = "void" }),
        paid_for("", "20", "2026-10-07", { contract_id = "CT1", kind = "refund" }),
      }, { payment_plan = {
        { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" },
        { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "200", due_on = "2026-10-20" },
      } }),
      as_of = "2026-10-31",
      expect = { { key = "F2", amount = "170", milestone = "before_shipment", received = "30" } } },
    { "what one instalment got too much, the next one has",
      given = planned({}, { paid_for("F1", "450", "2026-10-05") }, { payment_plan = {
        { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "300", due_on = "2026-10-15" },
        { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "200", due_on = "2026-10-20" },
      } }),
      as_of = "2026-10-31", expect = { { key = "F2", amount = "50", received = "150" } } },
    { "a receipt of no contract that was applied to the contract's invoice",
      given = planned({}, { { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "280", received_on = "2026-10-10" } }, {
        invoice = { { invoice_id = "I1", contract_id = "CT1", issued_on = "2026-10-10", gross_amount = "1000" } },
        receivable_entry = { { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-10", amount = "1000" } },
        receipt_application = { { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "280", applied_on = "2026-10-12" } },
      }),
      as_of = "2026-10-31", expect = { { key = "F1", amount = "20", received = "280" } } },
    { "the amount as a share of the contract", given = planned { amount = "", pct = "30" }, as_of = "2026-10-31",
      expect = { { key = "F1", amount = "300", planned = "300" } } },
    { "a deposit under a reservation, a void contract, money on delivery",
      given = planned({}, {}, {
        contract = { { contract_id = "CT1", reservation_id = "V1", signed_on = "2026-10-01" }, { contract_id = "CT2", status = "void", signed_on = "2026-10-01" } },
        payment_plan = {
          { plan_id = "F1", contract_id = "CT1", milestone = "deposit", amount = "300", due_on = "2026-10-15" },
          { plan_id = "F2", contract_id = "CT2", milestone = "advance", amount = "300", due_on = "2026-10-15" },
          { plan_id = "F3", contract_id = "CT1", milestone = "on_delivery", amount = "300", due_on = "2026-10-15" },
          { plan_id = "F4", contract_id = "CT1", milestone = "before_shipment", amount = "300" },
        },
      }),
      as_of = "2026-10-31", expect = {} },
    { "a deposit without a reservation", given = planned { milestone = "deposit" }, as_of = "2026-10-31", expect = { { key = "F1", milestone = "deposit", amount = "300" } } },
    { "no due date", given = planned { due_on = "" }, as_of = "2026-10-31", expect = { { key = "CT1", untestable = "no due date" } } },
    { "no amount, on the day it is due", given = planned({ amount = "" }), as_of = "2026-10-15", expect = {} },
    { "no amount", given = planned({ amount = "" }), as_of = "2026-10-31", expect = { { key = "CT1", untestable = "no amount" } } },
    { "no contract", given = planned({}, {}, { contract = {} }), as_of = "2026-10-31", expect = { { key = "F1", untestable = "no date" } } },
    { "receipts were not imported", given = planned(), absent = { "receipt" }, as_of = "2026-10-31", expect = { { key = "CT1", untestable = "receipt" } } },
  },
}

local age_bounds = { 30, 60, 90, 180, 365 }

control "RCT-04" {
  title      = { en = "Money on delivery, acceptance money or retention not collected in contract time", zh = "应收、验收款、质保金逾期" },
  risk       = { en = "What is not collected in time is collected late or never.", zh = "货款、验收款、质保金超期未收，形成坏账。" },
  tests      = {
    en = "For each payment on delivery, on acceptance and of retention of a payment plan that is due (acceptance: not before the goods were accepted; retention: at the end of the warranty), what was received is compared with what was planned.",
    zh = "对到期的到货款、验收款（不早于验收）、质保金（质保期满），将已收金额与计划金额比较，并列示账龄。",
  },
  source     = { "003-4.14" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "payment_plan",
  period     = "contract.signed_on",
  shape      = "ageing",
  scope      = "open",
  applies    = function(plan)
    return contains({ "on_delivery", "acceptance", "retention" }, plan.milestone) and is_under_contract(plan)
  end,
  group      = function(plan) return plan.contract_id or plan.plan_id end,
  parameters = {
    grace_days = { 0, origin = "default" },
    tolerance  = { decimal "0", origin = "default" },
  },
  amount_kind = "exposure",
  terms      = milestone_terms,
  message    = {
    en = "{milestone} of {planned} due {due}, received {received}, {days} days overdue ({age})",
    zh = "{milestone} {planned} 应于 {due} 收回，已收 {received}，逾期 {days} 天（{age}）",
  },
  follow_up  = {
    en = "Ask the salesperson for the cause; confirm the balance with the customer; decide on reminders, delivery stop or a claim.",
    zh = "询问营销员欠款原因，与客户对账，决定催收、停止发货或法律手段。",
  },

  test = function(plans, p)
    return overdue_instalments(plans, p.grace_days, p.tolerance, function(part) return { age = age_bucket(days_overdue(part.due), age_bounds) } end)
  end,

  cases = {
    { "a day late", given = planned { milestone = "on_delivery" }, as_of = "2026-10-16",
      expect = { { key = "F1", amount = "300", milestone = "on_delivery", days = "1", age = "0-30" } } },
    { "on the day it is due", given = planned { milestone = "on_delivery" }, as_of = "2026-10-15", expect = {} },
    { "31 days late, in part paid", given = planned({ milestone = "on_delivery" }, { paid_for("F1", "100", "2026-10-20") }), as_of = "2026-11-15",
      expect = { { key = "F1", amount = "200", received = "100", days = "31", age = "31-60" } } },
    { "acceptance money is due when the goods are accepted",
      given = planned({ milestone = "acceptance" }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-20" } } }),
      as_of = "2026-10-21", expect = { { key = "F1", amount = "300", due = "2026-10-20", days = "1" } } },
    { "accepted only after its date, on that day",
      given = planned({ milestone = "acceptance" }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-20" } } }),
      as_of = "2026-10-20", expect = {} },
    { "not accepted yet, one of two",
      given = planned({ milestone = "acceptance" }, {}, { installation = {
        { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-10" }, { installation_id = "N2", contract_id = "CT1", installed_on = "2026-10-10" },
      } }),
      as_of = "2026-12-31", expect = {} },
    { "accepted before its date", given = planned({ milestone = "acceptance" }, {}, { installation = { { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-05" } } }),
      as_of = "2026-10-16", expect = { { key = "F1", amount = "300", due = "2026-10-15" } } },
    { "retention without a date: the end of the warranty",
      given = planned({ milestone = "retention", due_on = "" }, {}, { contract = { { contract_id = "CT1", signed_on = "2024-10-01", warranty_end_on = "2026-10-30" } } }),
      as_of = "2026-10-31", expect = { { key = "F1", amount = "300", due = "2026-10-30", milestone = "retention" } } },
    { "not known yet when it is due", given = planned { milestone = "on_delivery", due_on = "" }, as_of = "2026-10-31", expect = {} },
    { "an advance is another control's", given = planned(), as_of = "2026-10-31", expect = {} },
    { "no date of the audit", given = planned { milestone = "on_delivery" }, expect = { { key = "CT1", untestable = "no date as of" } } },
    { "receipts were not imported", given = planned { milestone = "on_delivery" }, absent = { "receipt" }, as_of = "2026-10-31",
      expect = { { key = "CT1", untestable = "receipt" } } },
  },
}

-- The retention instalments of a contract.
local function retentions_of(contract)
  return filter(contract.payment_plans, function(plan) return plan.milestone == "retention" end)
end

-- A contract of 1000 with a retention of 50 due at the end of the warranty, for the cases.
local function retained(contract, plan, receipts, more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { row({
      contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-05", amount = "1000", retention_amount = "50", warranty_end_on = "2027-10-05", status = "executing",
    }, contract) },
    payment_plan = {
      { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "950", due_on = "2026-10-20" },
      row({ plan_id = "F2", contract_id = "CT1", milestone = "retention", amount = "50", due_on = "2027-10-05" }, plan),
    },
    receipt = receipts or {},
  }, more)
end

control "RCT-05" {
  title      = { en = "Retention not as the contract says", zh = "质保金金额/到期日不符" },
  risk       = { en = "Retention is forgotten or claimed too late; a contract is closed while money is owed.", zh = "质保金漏收、晚收，或合同结束仍有质保金未收。" },
  tests      = {
    en = "For each contract signed, the retention in its payment plan is compared with the contract's retention, and its date with the end of the warranty; for each contract closed, the retention must have been received.",
    zh = "当期签订的合同，收款计划中的质保金金额和到期日应与合同质保金、质保期止一致；当期结束的合同，质保金应已收回。",
  },
  source     = { "003-4.14" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "contract",
  shape      = "lookup",
  scope      = "all",
  applies    = function(contract)
    if not is_live(contract) or contract.signed_on == nil then return false end
    return in_period(contract.signed_on) or in_period(read(contract, "closed_on"))
  end,
  parameters = { tolerance = { decimal "0.01", origin = "default" } },
  amount_kind = "exposure",
  terms      = {
    amount = { en = "retention in the plan differs", zh = "计划质保金金额不符" },
    due    = { en = "retention not due at the end of the warranty", zh = "质保金到期日与质保期止不符" },
    closed = { en = "closed with retention not received", zh = "合同已结束质保金未收" },
    none   = none_term,
  },
  message    = { en = "{fault}: planned {found}, contract {expected}", zh = "{fault}：计划 {found}，合同 {expected}" },
  follow_up  = {
    en = "Correct the payment plan by the contract; reopen a contract that was closed too early.",
    zh = "按合同更正收款计划；过早结束的合同应重新打开并催收。",
  },

  test = function(contract, p)
    if #contract.payment_plans == 0 then return end
    local plans = retentions_of(contract)
    local found = {}
    local function add(fault, amount, actual, expected)
      table.insert(found, exception {
        label = fault, amount = amount, fault = fault, found = actual, expected = expected, evidence = plans,
      })
    end
    local agreed = contract.retention_amount
    if in_period(contract.signed_on) then
      if agreed == nil and #plans > 0 then return untestable "the contract states no retention" end
      local amounts = map(plans, instalment_amount)
      if #amounts < #plans then return untestable "an instalment has no amount" end
      local total = sum(amounts)
      if not agree(total, agreed or 0, p.tolerance) then add("amount", abs(total - (agreed or 0)), total, agreed or 0) end
      local last = latest_of(map(plans, "due_on"))
      if last and contract.warranty_end_on == nil and #found == 0 then return untestable "no end of warranty" end
      if last and contract.warranty_end_on and last ~= contract.warranty_end_on then
        add("due", total, last, contract.warranty_end_on)
      end
    end
    if in_period(read(contract, "closed_on")) and #plans > 0 then
      local open = sum(filter(instalments(contract), function(part) return part.plan.milestone == "retention" end), "open")
      if open > p.tolerance then add("closed", open, open, "none") end
    end
    return found
  end,

  cases = {
    { "as the contract says", given = retained(), expect = {} },
    { "two cents more", given = retained({}, { amount = "50.02" }),
      expect = { { key = "CT1", label = "amount", amount = "0.02", found = "50.02", expected = "50" } } },
    { "a cent more", given = retained({}, { amount = "50.01" }), expect = {} },
    { "none planned", given = retained({}, {}, {}, { payment_plan = { { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "1000", due_on = "2026-10-20" } } }),
      expect = { { key = "CT1", label = "amount", amount = "50", found = "0" } } },
    { "due a day after the warranty",
      given = retained({}, { due_on = "2027-10-06" }), expect = { { key = "CT1", label = "due", amount = "50", found = "2027-10-06", expected = "2027-10-05" } } },
    { "due before the warranty ends", given = retained({}, { due_on = "2027-10-04" }), expect = { { key = "CT1", label = "due", fault = "due", amount = "50" } } },
    { "due after the date of the audit, which it is planned for already", given = retained({}, { amount = "40" }), as_of = "2026-11-05",
      expect = { { key = "CT1", label = "amount", amount = "10", found = "40" } } },
    { "closed, and ten not received", given = retained({ signed_on = "2025-10-05", closed_on = "2026-10-30", status = "closed" }, { amount = "40" }, {
        paid_for("F2", "30", "2026-10-10"), paid_for("F1", "950", "2026-10-11") }),
      period = "2026-10", expect = { { key = "CT1", label = "closed", amount = "10", found = "10" } } },
    { "closed, all received", given = retained({ signed_on = "2025-10-05", closed_on = "2026-10-30", status = "closed" }, {}, {
        paid_for("F2", "50", "2026-10-10"), paid_for("F1", "950", "2026-10-11") }),
      period = "2026-10", expect = {} },
    { "closed, and a cent not received", given = retained({ signed_on = "2025-10-05", closed_on = "2026-10-30", status = "closed" }, {}, {
        paid_for("F2", "49.99", "2026-10-10"), paid_for("F1", "950", "2026-10-11") }),
      period = "2026-10", expect = {} },
    { "signed and closed in another month", given = retained({ signed_on = "2025-10-05", closed_on = "2026-09-30", status = "closed" }, { amount = "40" }),
      period = "2026-10", expect = {} },
    { "a draft, and a contract without a plan",
      given = retained({ status = "draft" }, { amount = "40" }, {}, {
        contract = {
          { contract_id = "CT1", signed_on = "2026-10-05", retention_amount = "50", status = "draft" }, { contract_id = "CT2", signed_on = "2026-10-05", retention_amount = "50" },
        },
      }),
      expect = {} },
    { "no retention and none planned", given = retained({ retention_amount = "" }, {}, {}, {
        payment_plan = { { plan_id = "F1", contract_id = "CT1", milestone = "on_delivery", amount = "1000", due_on = "2026-10-20" } } }), expect = {} },
    { "the contract states no retention", given = retained { retention_amount = "" }, expect = { { key = "CT1", untestable = "no retention" } } },
    { "no end of the warranty", given = retained { warranty_end_on = "" }, expect = { { key = "CT1", untestable = "no end of warranty" } } },
    { "no amount", given = retained({}, { amount = "" }), expect = { { key = "CT1", untestable = "no amount" } } },
    { "payment plans were not imported", given = retained(), absent = { "payment_plan" }, expect = { { key = "CT1", untestable = "payment_plan" } } },
  },
}

-- Whether a request for collection is about what a receipt paid: an invoice that it was applied to, its contract, or its customer
-- without naming either; and was made by then.
local function is_requested(receipt)
  local contract = imported "contract" and contract_of(receipt)
  local invoices = {}
  for application in each(rows_of(receipt, "receipt_application", "applications")) do
    if application.invoice_id then table.insert(invoices, application.invoice_id) end
    local entry = read(application, "receivable_id") and imported "receivable_entry" and application.receivable
    if entry and entry.invoice_id then table.insert(invoices, entry.invoice_id) end
  end
  return any(lookup("collection_request", { customer_id = receipt.customer_id }), function(request)
    if request.requested_at == nil or request.requested_at > receipt.received_on then return false end
    local invoice, agreement = read(request, "invoice_id"), read(request, "contract_id")
    if invoice then return contains(invoices, invoice) end
    return agreement == nil or contract ~= nil and contract.contract_id == agreement
  end)
end

-- A request for the collection of 113, confirmed by both and sent on 2026-10-12, for the cases.
local function asked(request, more)
  return with({ collection_request = { row({
    request_id = "Q1", customer_id = "C1", amount = "113", requested_at = "2026-10-12T09:00:00", sales_confirmed_at = "2026-10-12T10:00:00",
    finance_confirmed_at = "2026-10-12T11:00:00", sent_to_customer_at = "2026-10-12T15:00:00",
  }, request) } }, more)
end

control "RCT-06" {
  title      = { en = "Collection request sent without confirmation by both sales and finance", zh = "收款申请未经双确认" },
  risk       = { en = "The customer is asked for a wrong amount, or for money to a wrong account.", zh = "向客户提出错误的收款金额或账户，引发纠纷或舞弊。" },
  tests      = {
    en = "Each collection request must be written first, then confirmed by sales and by finance, in either order, and only then be sent to the customer. A parameter also asks for a request before each receipt.",
    zh = "收款申请应先填写，再经销售部和财务部确认（先后不限），然后才反馈给客户；参数可要求每笔收款之前均有申请。",
  },
  source     = { "004-5.2", "004-5.3", "004-5.4" },
  severity   = "medium",
  profile    = { "factory", "general" },
  population = { "collection_request", "receipt" },
  shape      = "sequence",
  applies    = function(one, p)
    if table_of(one) == "collection_request" then return true end
    return p.every_receipt and contains({ "payment", "retention" }, one.kind) and is_live(one) and not is_reversal(one)
      and one.received_on ~= nil
  end,
  parameters = {
    every_receipt = { false, origin = "default", note = "true: no payment without a request" },
  },
  evidence_columns = { "collection_request.sales_confirmed_at", "collection_request.finance_confirmed_at" },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "Compare the request with what the customer owes; ask who sent it without the confirmation.",
    zh = "核对申请金额与应收余额，查明未经确认即发出的责任人。",
  },

  test = function(one)
    if table_of(one) == "receipt" then
      if is_requested(one) then return end
      return step_exception(
        order_faults { step("collection_request", nil, "requested_at"), step("receipt", one, "received_on") }, { amount = one.amount })
    end
    local faults = {}
    local function taken(field) return step("collection_request", one, field) end
    for confirmation in each { "sales_confirmed_at", "finance_confirmed_at" } do
      for fault in each(order_faults { taken "requested_at", taken(confirmation), taken "sent_to_customer_at" }) do
        local is_known = any(faults, function(other) return other.step.name == fault.step.name end)
        if not is_known then table.insert(faults, fault) end
      end
    end
    return step_exception(faults, { amount = one.amount, evidence = evidence(read(one, "invoice_id") and one.invoice) })
  end,

  cases = {
    { "confirmed by both, finance first", given = asked { sales_confirmed_at = "2026-10-12T12:00:00" }, expect = {} },
    { "confirmed by both, sales first", given = asked(), expect = {} },
    { "sent without finance",
      given = asked { finance_confirmed_at = "" },
      expect = { { key = "Q1", amount = "113", fault = "missing", step = "collection_request.finance_confirmed_at", other = "collection_request.sent_to_customer_at", faults = "1" } } },
    { "sent without either", given = asked { finance_confirmed_at = "", sales_confirmed_at = "" },
      expect = { { key = "Q1", amount = "113", fault = "missing", step = "collection_request.sales_confirmed_at", faults = "2" } } },
    { "sent a second before sales confirmed",
      given = asked { sales_confirmed_at = "2026-10-12T15:00:01" },
      expect = { { key = "Q1", amount = "113", fault = "too early", step = "collection_request.sent_to_customer_at", other = "collection_request.sales_confirmed_at" } } },
    { "confirmed before it was written",
      given = asked { requested_at = "2026-10-12T10:30:00" },
      expect = { { key = "Q1", amount = "113", fault = "too early", step = "collection_request.sales_confirmed_at", faults = "1" } } },
    { "sent without being written", given = asked { requested_at = "", sent_to_customer_at = "2026-10-12T15:00:00" },
      expect = { { key = "Q1", untestable = "no date" } } },
    { "not confirmed and not sent yet", given = asked { finance_confirmed_at = "", sent_to_customer_at = "" }, expect = {} },
    { "receipts need none unless the parameter asks for it",
      given = asked({}, { receipt = { { receipt_id = "B1", customer_id = "C2", kind = "payment", amount = "50", received_on = "2026-10-20" } } }), expect = {} },
    { "receipts without a request, with one made later, for another contract, for another invoice; advances",
      given = {
        collection_request = {
          { request_id = "Q1", customer_id = "C1", requested_at = "2026-10-21T09:00:00" },
          { request_id = "Q2", customer_id = "C2", contract_id = "CT2", requested_at = "2026-10-12T09:00:00" },
          { request_id = "Q3", customer_id = "C3", invoice_id = "I9", requested_at = "2026-10-12T09:00:00" },
        },
        contract = { { contract_id = "CT1" }, { contract_id = "CT2" } },
        receipt = {
          { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-20" },
          { receipt_id = "B2", customer_id = "C2", contract_id = "CT1", kind = "payment", amount = "60", received_on = "2026-10-20" },
          { receipt_id = "B3", customer_id = "C3", kind = "payment", amount = "70", received_on = "2026-10-20" },
          { receipt_id = "B4", customer_id = "C3", kind = "advance", amount = "80", received_on = "2026-10-20" },
          { receipt_id = "B5", customer_id = "C3", kind = "payment", amount = "80", received_on = "2026-10-20", status = "void" },
        },
      },
      parameters = { every_receipt = true },
      expect = {
        { key = "B1", amount = "50", fault = "missing", step = "collection_request.requested_at", other = "receipt.received_on", other_at = "2026-10-20" },
        { key = "B2", amount = "60", fault = "missing" }, { key = "B3", amount = "70", fault = "missing" },
      } },
    { "receipts with one for the customer, for the contract, for the invoice, through its receivable",
      given = {
        collection_request = {
          { request_id = "Q1", customer_id = "C1", requested_at = "2026-10-20T09:00:00" },
          { request_id = "Q2", customer_id = "C2", contract_id = "CT2", requested_at = "2026-10-12T09:00:00" },
          { request_id = "Q3", customer_id = "C3", invoice_id = "I9", requested_at = "2026-10-12T09:00:00" },
        },
        contract = { { contract_id = "CT2" } },
        receipt = {
          { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-20" },
          { receipt_id = "B2", customer_id = "C2", contract_id = "CT2", kind = "payment", amount = "60", received_on = "2026-10-20" },
          { receipt_id = "B3", customer_id = "C3", kind = "payment", amount = "70", received_on = "2026-10-20" },
          { receipt_id = "B4", customer_id = "C3", kind = "payment", amount = "70", received_on = "2026-10-20" },
        },
        receivable_entry = { { receivable_id = "A1", invoice_id = "I9", customer_id = "C3" } },
        receipt_application = {
          { application_id = "X1", receipt_id = "B3", invoice_id = "I9", amount = "70", applied_on = "2026-10-20" },
          { application_id = "X2", receipt_id = "B4", receivable_id = "A1", amount = "70", applied_on = "2026-10-20" },
        },
      },
      parameters = { every_receipt = true }, expect = {} },
    { "when finance confirmed was not imported", given = asked(), absent = { "collection_request.finance_confirmed_at" },
      expect = { { key = "Q1", untestable = "finance_confirmed_at" } } },
  },
}

-- What a customer owed that was overdue by more than some days at a moment, in the company's currency, and since when.
local function overdue_of(customer, days, unapplied, moment)
  local owed = replay_overdue(customer, { { delivery_date = moment } }, days, unapplied, function(_, overdue, entries)
    return { amount = overdue, entries = entries }
  end)
  return owed[1]
end

-- A customer that owes 300 since 2026-09-15 and what was done about it, for the cases.
local function owing(actions, more)
  local rows = {}
  for position, fields in ipairs(actions) do
    table.insert(rows, row({ action_id = "Z" .. position, customer_id = "C1", actor_id = "E1", acted_on = "2026-10-20", cause = "资金周转困难" }, fields))
  end
  return with({
    customer = { { customer_id = "C1" } },
    receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-08-15", due_on = "2026-09-15", amount = "300" } },
    collection_action = rows,
  }, more)
end

control "RCT-07" {
  title      = { en = "Overdue customer without cause analysis and collection", zh = "欠款无原因分析/催收" },
  risk       = { en = "Nobody asks for old debts until they are lost.", zh = "欠费无人分析和催收，形成长期欠费。" },
  tests      = {
    en = "For each customer with receivables overdue by more than some days at the end of the period, a collection action of the last days is looked for that names a cause and who acted; and a meeting on collection for each month.",
    zh = "期末逾期超过规定天数的客户，近期应有载明欠费原因和催收人的催收记录；每月应召开催收分析会议。",
  },
  source     = { "001-I.2.9" },
  severity   = "medium",
  profile    = { "archive", "general" },
  population = { "customer", "accounting_period" },
  shape      = "ageing",
  applies    = function(one)
    if table_of(one) == "customer" then return true end
    return one.starts_on ~= nil and one.ends_on ~= nil and (as_of == nil or as_of >= one.ends_on)
  end,
  parameters = {
    overdue_days = { 30, origin = "default", note = "overdue for longer than that" },
    action_days  = { 30, origin = "default", note = "the action must be of these last days" },
    min_overdue  = { decimal "0", origin = "default", note = "overdue up to this amount is let pass" },
    unapplied    = { "all", origin = "default", note = "receipts not applied yet pay the oldest debts: all or none" },
    meeting      = { true, origin = "default", note = "false: no monthly meeting is asked for" },
  },
  amount_kind = "exposure",
  terms      = {
    ["no action"]  = { en = "no collection action", zh = "无催收记录" },
    ["no cause"]   = { en = "no cause analysed, or nobody named", zh = "催收记录无原因或无催收人" },
    ["no meeting"] = { en = "no meeting on collection", zh = "未召开催收分析会议" },
    none           = none_term,
  },
  message    = {
    en = "{fault}: {overdue} overdue since {since} on {on}, last action {last}",
    zh = "{fault}：至 {on} 逾期 {overdue}（最早到期 {since}），最近催收 {last}",
  },
  follow_up  = {
    en = "Ask who is responsible for the customer; have the cause written down and the debt claimed.",
    zh = "明确催收责任人，分析欠费原因并跟进催收。",
  },

  test = function(one, p)
    if table_of(one) == "accounting_period" then
      if not p.meeting then return end
      local held = filter(lookup("meeting", { kind = "collection_analysis" }), function(meeting)
        return meeting.held_at ~= nil and meeting.held_at >= one.starts_on and meeting.held_at <= one.ends_on
      end)
      if #held > 0 then return end
      return exception { fault = "no meeting", overdue = "none", since = "none", on = one.ends_on, last = "none" }
    end
    local moment = earliest(period_to, as_of)
    if not moment then return untestable "no date as of which to judge" end
    if #one.receivables == 0 then return end
    select_currency(company_currency)
    local owed = overdue_of(one, p.overdue_days, p.unapplied, moment)
    if not owed or owed.amount <= p.min_overdue then return end
    local done = filter(one.collection_actions, function(action)
      return action.acted_on ~= nil and action.acted_on <= moment and action.acted_on > moment - p.action_days
    end)
    local complete = any(done, function(action) return not is_blank(action.cause) and action.actor_id ~= nil end)
    if complete then return end
    return exception {
      amount   = owed.amount,
      fault    = #done > 0 and "no cause" or "no action",
      overdue  = owed.amount,
      since    = earliest_of(map(owed.entries, "due_on")),
      on       = moment,
      last     = latest_of(map(one.collection_actions, "acted_on")) or "none",
      evidence = evidence(owed.entries, at_most(5, one.collection_actions)),
    }
  end,

  cases = {
    { "31 days overdue, nothing done", given = owing {}, as_of = "2026-10-16",
      expect = { { key = "C1", amount = "300", fault = "no action", since = "2026-09-15", on = "2026-10-16", last = "none" } } },
    { "30 days overdue", given = owing {}, as_of = "2026-10-15", expect = {} },
    { "asked for 29 days ago", given = owing { { acted_on = "2026-10-02" } }, as_of = "2026-10-31", expect = {} },
    { "asked for 30 days ago", given = owing { { acted_on = "2026-10-01" } }, as_of = "2026-10-31",
      expect = { { key = "C1", amount = "300", fault = "no action", last = "2026-10-01" } } },
    { "asked for, the cause not named", given = owing { { cause = " " } }, as_of = "2026-10-31",
      expect = { { key = "C1", amount = "300", fault = "no cause", last = "2026-10-20" } } },
    { "asked for by nobody", given = owing { { actor_id = "" } }, as_of = "2026-10-31", expect = { { key = "C1", amount = "300", fault = "no cause" } } },
    { "asked for after the end of the period", given = owing { { acted_on = "2026-11-02" } }, period = "2026-10", as_of = "2026-11-05",
      expect = { { key = "C1", amount = "300", fault = "no action", on = "2026-10-31", last = "2026-11-02" } } },
    { "paid in part, the rest by money not applied yet",
      given = owing({}, {
        receipt = { { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "300", received_on = "2026-10-10" } },
        receipt_application = { { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "100", applied_on = "2026-10-11" } },
      }),
      as_of = "2026-10-31", expect = {} },
    { "paid after the period", given = owing({}, {
        receipt = { { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "300", received_on = "2026-11-02" } } }),
      period = "2026-10", as_of = "2026-11-05", expect = { { key = "C1", amount = "300", fault = "no action" } } },
    { "up to the amount that is let pass", given = owing {}, as_of = "2026-10-31", parameters = { min_overdue = "300" }, expect = {} },
    { "no meeting in October, one in September",
      given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
        meeting = { { meeting_id = "M1", kind = "collection_analysis", held_at = "2026-09-30T14:00:00" }, { meeting_id = "M2", kind = "weekly_sales", held_at = "2026-10-10T14:00:00" } } },
      as_of = "2026-11-05", expect = { { key = "2026-10", amount = "none", fault = "no meeting", on = "2026-10-31" } } },
    { "a meeting on the last day; the month is not over; no meeting wanted",
      given = { accounting_period = {
          { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" }, { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
        },
        meeting = { { meeting_id = "M1", kind = "collection_analysis", held_at = "2026-10-31T14:00:00" } } },
      as_of = "2026-11-05", expect = {} },
    { "no meeting, on the last day of the month; a period that does not say when it starts",
      given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" }, { period = "2026-10b", ends_on = "2026-10-31" } } },
      as_of = "2026-10-31", expect = { { key = "2026-10", amount = "none", fault = "no meeting" } } },
    { "a meeting on the first day",
      given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
        meeting = { { meeting_id = "M1", kind = "collection_analysis", held_at = "2026-10-01T09:00:00" } } },
      as_of = "2026-11-05", expect = {} },
    { "asked for on the day itself", given = owing { { acted_on = "2026-10-31" } }, as_of = "2026-10-31", expect = {} },
    { "no meeting wanted", given = { accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } } },
      parameters = { meeting = false }, as_of = "2026-11-05", expect = {} },
    { "no date of the audit", given = owing {}, expect = { { key = "C1", untestable = "no date" } } },
    { "collection was not imported", given = owing {}, absent = { "collection_action" }, as_of = "2026-10-31",
      expect = { { key = "C1", untestable = "collection_action" } } },
  },
}

-- What is wrong with what a receipt was applied to, or with what of it is not applied; or nil.
local function receipt_fault(receipt, p)
  local applied = sum(receipt.applications, "amount")
  local rest = receipt.amount - applied
  if rest < -p.tolerance then return { fault = "more than received", amount = -rest, of = receipt.amount, applied = applied } end
  local is_payment = contains({ "payment", "retention" }, receipt.kind)
  if not is_payment or rest <= p.tolerance then return nil end
  if not as_of then untestable "no date as of which to judge" end
  if as_of - receipt.received_on <= p.limit_days then return nil end
  return { fault = "not applied", amount = rest, of = receipt.amount, applied = applied }
end

-- The same of one application.
local function application_fault(application, p)
  local receipt = application.receipt
  local function fault(name, of)
    return { fault = name, amount = abs(application.amount or 0), of = of, applied = application.applied_on }
  end
  if application.applied_on and receipt.received_on and application.applied_on < receipt.received_on then
    return fault("before the money came", receipt.received_on)
  end
  local entry = read(application, "receivable_id") and imported "receivable_entry" and application.receivable
  local debtor = entry and entry.customer or application.invoice_id and application.invoice and application.invoice.customer
  if debtor and receipt.customer and not is_one_customer(receipt.customer, debtor, p.allow_group) then
    return fault("another customer's debt", debtor.customer_id)
  end
end

-- A receipt of 100 of 2026-10-05 applied to an invoice of 100, for the cases.
local function applied(application, receipt, more)
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2", parent_id = "C1" } },
    invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100" } },
    receipt = { row({ receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" }, receipt) },
    receipt_application = { row({ application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "100", applied_on = "2026-10-06" }, application) },
  }, more)
end

control "RCT-08" {
  title      = { en = "Receipt over-applied, unapplied too long, or applied to another customer", zh = "核销超额/未核销/串户" },
  risk       = { en = "Lapping: one customer's money covers another's debt; receivables are wrong by customer and age.", zh = "串户、拆东补西掩盖挪用，应收账款和账龄失真。" },
  tests      = {
    en = "What was applied is compared with each receipt and each invoice, neither of which it may exceed; applications must be to the same customer and not before the money came; payments must be applied within the days allowed.",
    zh = "核销合计不得超过收款金额和发票金额；核销对象应为同一客户，且不早于到账；货款应在规定天数内核销。",
  },
  source     = { "000B I-3.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = { "receipt", "invoice", "receipt_application" },
  shape      = "balance",
  scope      = "open",
  applies    = function(one)
    local kind = table_of(one)
    if kind == "receipt" then
      return is_live(one) and one.amount ~= nil and one.amount > 0 and one.received_on ~= nil and one.kind ~= "refund"
    end
    if kind == "invoice" then return is_live(one) and one.gross_amount ~= nil and one.gross_amount > 0 end
    return one.receipt ~= nil and not is_void(one.receipt) and in_period(one.applied_on)
  end,
  parameters = {
    limit_days  = { 30, origin = "default" },
    tolerance   = { decimal "0.01", origin = "default" },
    allow_group = { false, origin = "default", note = "true: companies of one group (customer.parent_id) may pay for each other" },
  },
  amount_kind = "misstatement",
  terms      = {
    ["more than received"]      = { en = "more applied than received", zh = "核销超过收款" },
    ["more than invoiced"]      = { en = "more applied than invoiced", zh = "核销超过发票" },
    ["not applied"]             = { en = "not applied", zh = "长期未核销" },
    ["another customer's debt"] = { en = "applied to another customer", zh = "核销串户" },
    ["before the money came"]   = { en = "applied before the money came", zh = "核销早于到账" },
    none                        = none_term,
  },
  message    = { en = "{fault}: {of}, applied {applied}", zh = "{fault}：{of}，核销 {applied}" },
  follow_up  = {
    en = "Confirm with the customers concerned what they paid for; look for other applications by the same person.",
    zh = "向相关客户函证付款用途，检查同一核销人的其他核销。",
  },

  test = function(one, p)
    local kind, wrong = table_of(one)
    if kind == "receipt" then
      wrong = receipt_fault(one, p)
    elseif kind == "receipt_application" then
      wrong = application_fault(one, p)
    else
      local live = filter(applications_of(one), function(application)
        return application.receipt == nil or not is_void(application.receipt)
      end)
      local paid = sum(live, "amount")
      if paid - one.gross_amount > p.tolerance then
        wrong = { fault = "more than invoiced", amount = paid - one.gross_amount, of = one.gross_amount, applied = paid }
      end
    end
    if not wrong then return end
    return exception {
      amount = wrong.amount, fault = wrong.fault, of = wrong.of, applied = wrong.applied,
      evidence = kind == "receipt_application" and evidence(one.receipt) or at_most(10, one.applications),
    }
  end,

  cases = {
    { "all of it, to its own invoice", given = applied(), as_of = "2026-12-31", expect = {} },
    { "two cents more than was received",
      given = applied({ amount = "100.02" }, {}, { invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "200" } } }), as_of = "2026-12-31",
      expect = { { key = "B1", amount = "0.02", fault = "more than received", of = "100", applied = "100.02" } } },
    { "two cents more than was invoiced, one of two through the receivable; by a void receipt nothing is",
      given = applied({ amount = "60" }, { amount = "60" }, {
        receipt = {
          { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "60", received_on = "2026-10-05" },
          { receipt_id = "B2", customer_id = "C1", kind = "payment", amount = "40.02", received_on = "2026-10-05" },
          { receipt_id = "B3", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-05", status = "void" },
        },
        receivable_entry = { { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-09-20", amount = "100" } },
        receipt_application = {
          { application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "60", applied_on = "2026-10-06" },
          { application_id = "X2", receipt_id = "B2", receivable_id = "A1", amount = "40.02", applied_on = "2026-10-06" },
          { application_id = "X3", receipt_id = "B3", invoice_id = "I1", amount = "50", applied_on = "2026-10-06" },
        },
      }),
      as_of = "2026-12-31",
      expect = { { key = "I1", amount = "0.02", fault = "more than invoiced", applied = "100.02" } } },
    { "30 of it not applied after 31 days", given = applied { amount = "70" }, as_of = "2026-11-05",
      expect = { { key = "B1", amount = "30", fault = "not applied", of = "100", applied = "70" } } },
    { "30 of it not applied after 30 days", given = applied { amount = "70" }, as_of = "2026-11-04", expect = {} },
    { "an advance and a refund wait", given = applied({ amount = "70" }, {}, { receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "advance", amount = "100", received_on = "2026-10-05" },
        { receipt_id = "B2", customer_id = "C1", kind = "refund", amount = "-30", received_on = "2026-10-05" },
      } }), as_of = "2026-12-31", expect = {} },
    { "a cent more than was received, and a cent not applied",
      given = applied({}, {}, {
        invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100" }, { invoice_id = "I2", customer_id = "C1", issued_on = "2026-09-20", gross_amount = "100" } },
        receipt = {
          { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" },
          { receipt_id = "B2", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" },
        },
        receipt_application = {
          { application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "100.01", applied_on = "2026-10-06" },
          { application_id = "X2", receipt_id = "B2", invoice_id = "I2", amount = "99.99", applied_on = "2026-10-06" },
        },
      }),
      as_of = "2026-12-31", expect = {} },
    { "to another customer's receivable, which has no invoice",
      given = applied({ invoice_id = "", receivable_id = "A1" }, { customer_id = "C2" }, {
        receivable_entry = { { receivable_id = "A1", customer_id = "C1", posted_on = "2026-09-20", amount = "100" } },
      }),
      as_of = "2026-12-31", expect = { { key = "X1", amount = "100", fault = "another customer's debt", of = "C1" } } },
    { "without amount or date, negative, void; a red invoice and one without an amount; nothing to apply",
      given = {
        receipt = {
          { receipt_id = "B1", kind = "payment", received_on = "2026-10-05" }, { receipt_id = "B2", kind = "payment", amount = "-50", received_on = "2026-10-05" },
          { receipt_id = "B3", kind = "payment", amount = "50", received_on = "2026-10-05", status = "void" }, { receipt_id = "B4", kind = "payment", amount = "0", received_on = "2026-10-05" },
        },
        invoice = {
          { invoice_id = "I1", issued_on = "2026-09-20", gross_amount = "-50", sign = "red" }, { invoice_id = "I2", issued_on = "2026-09-20" },
          { invoice_id = "I3", issued_on = "2026-09-20", gross_amount = "1", status = "void" }, { invoice_id = "I4", issued_on = "2026-09-20", gross_amount = "0" },
        },
        receipt_application = {
          { application_id = "X1", invoice_id = "I1", amount = "5", applied_on = "2026-10-06" }, { application_id = "X2", invoice_id = "I2", amount = "5", applied_on = "2026-10-06" },
          { application_id = "X3", invoice_id = "I3", amount = "5", applied_on = "2026-10-06" }, { application_id = "X4", receipt_id = "B1", amount = "5", applied_on = "2026-10-06" },
          { application_id = "X5", receipt_id = "B2", amount = "5", applied_on = "2026-10-06" }, { application_id = "X6", receipt_id = "B3", amount = "55", applied_on = "2026-10-06" },
          { application_id = "X7", invoice_id = "I4", amount = "5", applied_on = "2026-10-06" }, { application_id = "X8", receipt_id = "B4", amount = "5", applied_on = "2026-10-06" },
        },
      },
      as_of = "2026-12-31", expect = {} },
    { "to another customer's invoice", given = applied({}, { customer_id = "C2" }), as_of = "2026-12-31",
      expect = { { key = "X1", amount = "100", fault = "another customer's debt", of = "C1" } } },
    { "to the invoice of the parent company, where that will do", given = applied({}, { customer_id = "C2" }), as_of = "2026-12-31",
      parameters = { allow_group = true }, expect = {} },
    { "the day before the money came", given = applied { applied_on = "2026-10-04" }, as_of = "2026-12-31",
      expect = { { key = "X1", amount = "100", fault = "before the money came", of = "2026-10-05" } } },
    { "on the day on which the money came", given = applied { applied_on = "2026-10-05" }, as_of = "2026-12-31", expect = {} },
    { "to another customer, in an earlier period", given = applied({}, { customer_id = "C2" }), period = "2026-11", as_of = "2026-12-05", expect = {} },
    { "no date of the audit", given = applied { amount = "70" }, expect = { { key = "B1", untestable = "no date" } } },
    { "applications were not imported", given = applied(), absent = { "receipt_application" }, as_of = "2026-12-31",
      expect = { { key = "B1", untestable = "receipt_application" }, { key = "I1", untestable = "receipt_application" } } },
  },
}

-- What agents collected and a receipt that they sent it with, for the cases.
local function collected(collections, receipt, more)
  local rows = {}
  for position, fields in ipairs(collections) do
    table.insert(rows, row({
      collection_id = "G" .. position, customer_id = "C1", collected_on = "2026-10-05", amount = "100", remitted_receipt_id = "B1",
    }, fields))
  end
  return with({
    agent_collection = rows,
    receipt = { row({ receipt_id = "B1", customer_id = "C1", method = "agent", kind = "payment", amount = "100", received_on = "2026-10-20" }, receipt) },
  }, more)
end

control "RCT-09" {
  title      = { en = "Money collected by an agent not remitted", zh = "代理商代收货款未结算" },
  risk       = { en = "Agents keep or use our money.", zh = "代理商占用、挪用代收货款。" },
  tests      = {
    en = "What agents collected must have come to us within the days allowed; a receipt that remits several collections counts for the oldest first.",
    zh = "代理商代收的货款应在规定天数内足额解缴；一笔解缴多笔代收的，先抵最早的代收。",
  },
  source     = { "001-I.4.3" },
  severity   = "high",
  profile    = { "archive", "general" },
  population = "agent_collection",
  shape      = "ageing",
  scope      = "open",
  applies    = function(collection) return collection.amount ~= nil and collection.amount > 0 end,
  group      = function(collection) return collection.remitted_receipt_id or collection.collection_id end,
  parameters = {
    limit_days = { 15, origin = "default" },
    tolerance  = { decimal "0", origin = "default" },
  },
  amount_kind = "exposure",
  terms      = {
    missing = { en = "not remitted", zh = "未解缴" },
    short   = { en = "remitted in part", zh = "解缴不足" },
    late    = { en = "remitted late", zh = "解缴逾期" },
    none    = none_term,
  },
  message    = {
    en = "{fault}: {collected} collected {collected_on}, {remitted} remitted ({remitted_on}), last day {limit}",
    zh = "{fault}：{collected_on} 代收 {collected}，解缴 {remitted}（{remitted_on}），期限 {limit}",
  },
  follow_up  = {
    en = "Claim the money from the agent; confirm with its customers what they paid and when.",
    zh = "向代理商追缴，并向终端客户核实付款时间和金额。",
  },

  test = function(collections, p)
    local receipt = collections[1].remitted_receipt_id and collections[1].remitted_receipt
    if receipt and (is_void(receipt) or receipt.received_on == nil or not has_happened(receipt.received_on)) then receipt = nil end
    local ordered = sort(collections, function(one) return { one.collected_on, one.collection_id } end)
    local found = {}
    for rest in each(consume(ordered, "amount", receipt and receipt.amount or 0)) do
      local one, open = rest.row, rest.left
      local limit = one.collected_on + p.limit_days
      local is_overdue = as_of == nil or as_of > limit
      local is_open = open > p.tolerance and is_overdue
      local was_late = not is_open and receipt and receipt.received_on > limit and in_period(receipt.received_on)
      if is_open or was_late then
        table.insert(found, exception {
          row          = one,
          amount       = is_open and open or one.amount,
          fault        = is_open and (receipt and "short" or "missing") or "late",
          collected    = one.amount,
          collected_on = one.collected_on,
          remitted     = one.amount - open,
          remitted_on  = receipt and receipt.received_on or "none",
          limit        = limit,
          evidence     = evidence(receipt, one.customer),
        })
      end
    end
    return found
  end,

  cases = {
    { "remitted on the fifteenth day", given = collected({ {} }), as_of = "2026-12-31", expect = {} },
    { "remitted on the sixteenth day", given = collected({ {} }, { received_on = "2026-10-21" }), as_of = "2026-12-31",
      expect = { { key = "G1", amount = "100", fault = "late", limit = "2026-10-20", remitted_on = "2026-10-21" } } },
    { "remitted late, months before the audited one", given = collected({ {} }, { received_on = "2026-10-21" }), period = "2026-12", as_of = "2027-01-05", expect = {} },
    { "not remitted, on the last day and the day after",
      given = collected { { remitted_receipt_id = "", collected_on = "2026-10-16" }, { remitted_receipt_id = "", collected_on = "2026-10-15" } },
      period = "2026-10", as_of = "2026-10-31",
      expect = { { key = "G2", amount = "100", fault = "missing", remitted = "0", remitted_on = "none" } } },
    { "not remitted, months later", given = collected { { remitted_receipt_id = "" } }, period = "2026-12", as_of = "2027-01-05",
      expect = { { key = "G1", amount = "100", fault = "missing" } } },
    { "two collections in one receipt, twenty short: of the younger one",
      given = collected({ { collected_on = "2026-10-08" }, { collected_on = "2026-10-06" } }, { amount = "180" }), as_of = "2026-12-31",
      expect = { { key = "G1", amount = "20", fault = "short", remitted = "80" } } },
    { "short, but not due yet", given = collected({ {} }, { amount = "80" }), as_of = "2026-10-20", expect = {} },
    { "a void receipt, and one after the date of the audit",
      given = collected({ {}, { remitted_receipt_id = "B2" } }, {}, { receipt = {
        { receipt_id = "B1", amount = "100", received_on = "2026-10-10", status = "void" }, { receipt_id = "B2", amount = "100", received_on = "2026-12-31" },
      } }),
      as_of = "2026-11-30",
      expect = { { key = "G1", fault = "missing", amount = "100" }, { key = "G2", fault = "missing", amount = "100" } } },
    { "nothing collected", given = collected { { amount = "0", remitted_receipt_id = "" }, { amount = "", remitted_receipt_id = "" } }, as_of = "2026-12-31", expect = {} },
    { "no date", given = collected { { collected_on = "" } }, as_of = "2026-12-31", expect = { { key = "G1", untestable = "no date" } } },
    { "receipts were not imported", given = collected { {} }, absent = { "receipt" }, as_of = "2026-12-31", expect = { { key = "B1", untestable = "receipt" } } },
  },
}

control "RCT-10" {
  title      = { en = "Payer is not the customer, or cash taken outside finance", zh = "第三方付款/现金收款" },
  risk       = { en = "Money laundering, lapping, or sales to somebody else than the books say; cash is kept.", zh = "第三方代付掩盖虚假销售、串户，现金收款被截留。" },
  tests      = {
    en = "The payer of each receipt is compared with its customer's name (width, case and legal form ignored), unless payment by a third party was approved; cash must be taken by finance.",
    zh = "将收款的付款方与客户名称比较（忽略全半角、大小写和组织形式），已批准第三方付款的除外；现金应由财务人员收取。",
  },
  source     = { "000A E8" },
  severity   = "medium",
  profile    = { "concession", "general" },
  population = "receipt",
  shape      = "row",
  applies    = function(receipt)
    return is_live(receipt) and not is_reversal(receipt) and receipt.received_on ~= nil and receipt.kind ~= "refund"
      and receipt.method ~= "agent" -- an agent pays for the customers whose money it collects
  end,
  parameters = {
    kinds       = { { "third_party_payment" }, origin = "default", note = "kinds of approval that let somebody else pay" },
    roles       = finance_roles,
    sales_roles = sales_roles,
  },
  amount_kind = "transaction",
  terms      = {
    payer = { en = "paid by somebody else", zh = "第三方付款" },
    cash  = { en = "cash not taken by finance", zh = "非财务人员收取现金" },
    none  = none_term,
  },
  message    = {
    en = "{fault}: payer {payer}, customer {customer}, {method}, taken by {collector}",
    zh = "{fault}：付款方 {payer}，客户 {customer}，方式 {method}，经手人 {collector}",
  },
  follow_up  = {
    en = "Obtain the agreement on payment by a third party; confirm with the customer that its debt was paid.",
    zh = "取得第三方付款协议，向客户函证其欠款是否已付清。",
  },

  test = function(receipt, p)
    local customer, payer = receipt.customer, receipt.payer_name
    local found = {}
    local function add(fault)
      table.insert(found, exception {
        label = fault, amount = receipt.amount, fault = fault, payer = payer or "none",
        customer = customer and customer.name or "none", method = receipt.method or "none",
        collector = read(receipt, "collected_by") or "none", evidence = evidence(customer),
      })
    end
    local outsider = receipt.method == "cash" and is_outsider(read(receipt, "collected_by"), receipt.received_on, p.roles, p.sales_roles)
    if outsider then add "cash" end
    if is_blank(payer) or not customer or is_blank(customer.name) then
      if #found == 0 then return untestable "payer or customer not named" end
      return found
    end
    local is_other = plain_name(payer) ~= plain_name(customer.name)
    if is_other and not (imported "approval" and #standing_approvals(receipt, p.kinds) > 0) then add "payer" end
    return found
  end,

  cases = {
    { "the customer, in full width and without its legal form", given = recorded { { payer_name = "东海机械　" } }, expect = {} },
    { "somebody else", given = recorded { { payer_name = "西山贸易有限公司" } },
      expect = { { key = "B1", label = "payer", amount = "500", fault = "payer", payer = "西山贸易有限公司", customer = "东海机械有限公司", method = "bank" } } },
    { "somebody else, approved; by an agent; a refund; a void one",
      given = recorded({
        { payer_name = "西山贸易有限公司" }, { payer_name = "西山贸易有限公司", method = "agent" },
        { payer_name = "西山贸易有限公司", kind = "refund" }, { payer_name = "西山贸易有限公司", status = "void" },
      }, { approval = { { approval_id = "A1", doc_kind = "receipt", doc_id = "B1", approval_kind = "third_party_payment", decision = "approve", decided_at = "2026-10-09T09:00:00" } } }),
      expect = {} },
    { "another approval does not cover it",
      given = recorded({ { payer_name = "西山贸易有限公司" } }, { approval = {
        { approval_id = "A1", doc_kind = "receipt", doc_id = "B1", approval_kind = "write_off", decision = "approve", decided_at = "2026-10-09T09:00:00" } } }),
      expect = { { key = "B1", amount = "500", label = "payer", fault = "payer" } } },
    { "cash taken by the storekeeper; by an accountant; by sales, which is another control's",
      given = recorded {
        { payer_name = "东海机械有限公司", method = "cash", collected_by = "E2" }, { payer_name = "东海机械有限公司", method = "cash", collected_by = "E1" },
        { payer_name = "东海机械有限公司", method = "cash", collected_by = "E3" }, { payer_name = "东海机械有限公司", method = "bank", collected_by = "E2" },
      },
      expect = { { key = "B1", label = "cash", amount = "500", fault = "cash", collector = "E2" } } },
    { "cash of an unknown payer, taken by the storekeeper", given = recorded { { method = "cash", collected_by = "E2" } },
      expect = { { key = "B1", amount = "500", label = "cash", payer = "none" } } },
    { "a customer that nobody knows, and one without a name",
      given = recorded({ { payer_name = "西山", customer_id = "C9" }, { payer_name = "西山", customer_id = "C2" } }, { customer = { { customer_id = "C2" } } }),
      expect = { { key = "B1", untestable = "not named" }, { key = "B2", untestable = "not named" } } },
    { "no payer", given = recorded { {} }, expect = { { key = "B1", untestable = "not named" } } },
    { "payers were not imported", given = recorded { {} }, absent = { "receipt.payer_name" }, expect = { { key = "B1", untestable = "payer_name" } } },
  },
}

-- The chain that a write-off needs: the matrix's, else each role of the parameter, in any order.
local function write_off_chain(write_off, p)
  local chain = required_chain("write_off", "write_off", write_off.amount, write_off.written_off_on)
  if #chain > 0 then return chain end
  return map(p.roles, function(role) return { step_no = 1, role = role } end)
end

-- A write-off of 200 of 2026-10-20 approved by both and preceded by a reminder, for the cases.
local function written_off(write_off, more)
  return with({
    customer = { { customer_id = "C1" } },
    write_off = { row({ write_off_id = "W1", customer_id = "C1", amount = "200", written_off_on = "2026-10-20" }, write_off) },
    approval = {
      { approval_id = "A1", doc_kind = "write_off", doc_id = "W1", approval_kind = "write_off", role = "finance_head", decision = "approve", decided_at = "2026-10-19T10:00:00" },
      { approval_id = "A2", doc_kind = "write_off", doc_id = "W1", approval_kind = "write_off", role = "general_manager", decision = "approve", decided_at = "2026-10-20T17:00:00" },
    },
    collection_action = { { action_id = "Z1", customer_id = "C1", actor_id = "E1", acted_on = "2026-10-20", cause = "停业" } },
  }, more)
end

local function write_off_approval(id, role, decided_at, decision)
  return {
    approval_id = id, doc_kind = "write_off", doc_id = "W1", approval_kind = "write_off", role = role, decision = decision or "approve", decided_at = decided_at,
  }
end

control "RCT-11" {
  title      = { en = "Bad debt written off without approval", zh = "坏账核销未审批" },
  risk       = { en = "Debts that were paid, or could be, are written off to hide theft or favour a customer.", zh = "以核销坏账掩盖截留货款或放弃债权。" },
  tests      = {
    en = "Each write-off must have been approved by all the roles of the matrix (without one: finance head and general manager) by its day, and the debt must have been asked for before.",
    zh = "坏账核销应在核销日前由审批矩阵规定的岗位（无矩阵时为财务负责人和总经理）全部批准，且此前已有催收记录。",
  },
  source     = { "000B II-2.2" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "write_off",
  shape      = "approval",
  applies    = function(write_off)
    return is_live(write_off) and not is_reversal(write_off) and write_off.amount ~= nil and write_off.amount > 0
  end,
  parameters = {
    roles = { { "general_manager", "finance_head" }, origin = "default", note = "where the matrix has no row for write_off; the highest first" },
  },
  amount_kind = "transaction",
  terms      = {
    missing         = { en = "approval missing", zh = "缺少审批" },
    rejected        = { en = "rejected", zh = "审批被驳回" },
    ["too early"]   = { en = "approved out of order", zh = "审批顺序颠倒" },
    collection      = { en = "never asked for", zh = "核销前无催收" },
    general_manager = { en = "general manager", zh = "总经理" },
    finance_head    = { en = "finance head", zh = "财务负责人" },
    none            = none_term,
  },
  message    = {
    en = "written off on {written_off_on}: {fault} ({role})",
    zh = "{written_off_on} 核销：{fault}（{role}）",
  },
  follow_up  = {
    en = "Obtain the approval and the evidence that the debt is lost; confirm with the customer that it was not paid.",
    zh = "取得审批文件和坏账依据，向客户函证是否已付款。",
  },

  test = function(write_off, p)
    local found = {}
    local faults = chain_faults(write_off, { "write_off" }, write_off_chain(write_off, p), write_off.written_off_on)
    if #faults > 0 then
      table.insert(found, exception {
        label = "approval", amount = write_off.amount, fault = faults[1].fault,
        role = faults[1].approval and faults[1].approval.role or faults[1].role, faults = #faults,
        written_off_on = write_off.written_off_on, evidence = evidence(decisions(write_off, { "write_off" })),
      })
    end
    local customer = write_off.customer
    if customer and imported "collection_action" then
      local asked = any(customer.collection_actions, function(action)
        local invoice = read(action, "invoice_id")
        local is_own = invoice == nil or read(write_off, "invoice_id") == nil or invoice == write_off.invoice_id
        return is_own and action.acted_on ~= nil and action.acted_on <= write_off.written_off_on
      end)
      if not asked then
        table.insert(found, exception {
          label = "collection", amount = write_off.amount, fault = "collection", role = "none", faults = 1,
          written_off_on = write_off.written_off_on, evidence = evidence(customer),
        })
      end
    end
    return found
  end,

  cases = {
    { "approved by both, the last on the day", given = written_off(), expect = {} },
    { "the general manager's approval came the day after",
      given = written_off({}, { approval = { write_off_approval("A1", "finance_head", "2026-10-19T10:00:00"), write_off_approval("A2", "general_manager", "2026-10-21T08:00:00") } }),
      expect = { { key = "W1", label = "approval", amount = "200", fault = "missing", role = "general_manager", faults = "1" } } },
    { "the general manager alone, who ranks above the finance head",
      given = written_off({}, {
        approval = { write_off_approval("A2", "general_manager", "2026-10-20T08:00:00") },
        role_rank = { { role = "general_manager", rank = "9" }, { role = "finance_head", rank = "5" } },
      }),
      expect = { { key = "W1", amount = "200", label = "approval", fault = "missing", role = "finance_head" } } },
    { "rejected", given = written_off({}, { approval = { write_off_approval("A1", "finance_head", "2026-10-19T10:00:00", "reject") } }),
      expect = { { key = "W1", amount = "200", label = "approval", fault = "rejected", role = "finance_head", faults = "2" } } },
    { "by the matrix the finance head will do",
      given = written_off({}, {
        approval = { write_off_approval("A1", "finance_head", "2026-10-19T10:00:00") },
        approval_rule = {
          { rule_id = "R1", doc_kind = "write_off", approval_kind = "write_off", step_no = "1", role = "finance_head" },
          { rule_id = "R2", doc_kind = "write_off", approval_kind = "write_off", step_no = "2", role = "general_manager", amount_from = "200.01" },
        },
      }),
      expect = {} },
    { "never asked for: the day after, or for another invoice",
      given = written_off({ invoice_id = "I1" }, { collection_action = {
        { action_id = "Z1", customer_id = "C1", acted_on = "2026-10-21" }, { action_id = "Z2", customer_id = "C1", invoice_id = "I2", acted_on = "2026-10-01" },
      } }),
      expect = { { key = "W1", label = "collection", amount = "200", fault = "collection" } } },
    { "asked for, but for no invoice by name", given = written_off({ invoice_id = "I1" }), expect = {} },
    { "asked for by its invoice", given = written_off({ invoice_id = "I1" }, { collection_action = { { action_id = "Z1", customer_id = "C1", invoice_id = "I1", acted_on = "2026-10-01" } } }), expect = {} },
    { "void, and one taken back",
      given = written_off({}, { approval = {}, collection_action = {}, write_off = {
        { write_off_id = "W1", customer_id = "C1", amount = "200", written_off_on = "2026-10-20", status = "void" },
        { write_off_id = "W2", customer_id = "C1", amount = "-200", written_off_on = "2026-10-20" },
        { write_off_id = "W3", customer_id = "C1", amount = "0", written_off_on = "2026-10-20" },
      } }),
      expect = {} },
    { "collection was not imported: the approvals are still looked at",
      given = written_off({}, { approval = {} }), absent = { "collection_action" }, expect = { { key = "W1", amount = "200", label = "approval", faults = "2" } } },
    { "approvals were not imported", given = written_off(), absent = { "approval" }, expect = { { key = "W1", untestable = "approval" } } },
  },
}

-- What is open on a receivable or instalment at a moment.
local function open_amount(record, moment)
  if table_of(record) == "payment_plan" then
    local amount = instalment_amount(record)
    if amount == nil then untestable "an instalment has no amount" end
    return amount - sum(filter(record.receipts, function(receipt) return done_by(receipt.received_on, moment) end), money_of)
  end
  return (record.amount or 0) - total_by(payments_of(record), "amount", "applied_on", moment)
end

-- Whose money a change of a due date is about.
local function customer_of(change)
  local record = change.record
  if not record then return nil end
  if table_of(record) == "payment_plan" then return record.contract and record.contract.customer_id end
  return record.customer_id
end

-- Whether a change puts off the day on which money is due.
local function is_extension(change)
  local old, new = date_in(change.old_value), date_in(change.new_value)
  return old ~= nil and new ~= nil and new > old
end

-- Changes of the due date of receivable A1 of 300, of customer C1, for the cases.
local function extended(changes, more)
  local rows = {}
  for position, fields in ipairs(changes) do
    table.insert(rows, row({
      change_id = "H" .. position, table_name = "receivable_entry", record_id = "A1", field = "due_on",
      old_value = "2026-10-15", new_value = "2026-11-15", changed_at = "2026-10-1" .. position .. "T09:00:00", changed_by = "E1",
    }, fields))
  end
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2" } },
    receivable_entry = {
      { receivable_id = "A1", customer_id = "C1", posted_on = "2026-08-15", due_on = "2026-11-15", amount = "300" },
      { receivable_id = "A2", customer_id = "C2", posted_on = "2026-08-15", due_on = "2026-11-15", amount = "70" },
    },
    master_change = rows,
  }, more)
end

local function extension_approval(doc_kind, doc_id, decided_at)
  return { {
    approval_id = "P1", doc_kind = doc_kind, doc_id = doc_id, approval_kind = "payment_extension", decision = "approve", decided_at = decided_at,
  } }
end

control "RCT-12" {
  title      = { en = "Payment date extended repeatedly or without approval", zh = "多次延期付款未审批" },
  risk       = { en = "Overdue debts are made to look current; once a customer may pay later it always will.", zh = "以修改到期日掩盖逾期；有了第一次便有第二次。" },
  tests      = {
    en = "Each change of the due date of a receivable or instalment to a later day must have been approved before; extensions of one customer are counted, and reported from the number allowed on, approved or not.",
    zh = "应收或收款节点到期日后延，须事先批准；按客户累计延期次数，达到规定次数起无论是否批准均列示。",
  },
  source     = { "000I 4" },
  severity   = "medium",
  profile    = { "general" },
  population = "master_change",
  shape      = "approval",
  scope      = "all",
  applies    = function(change)
    return contains({ "payment_plan", "receivable_entry" }, change.table_name) and change.field == "due_on"
      and change.changed_at ~= nil and (date_in(change.old_value) == nil or date_in(change.new_value) == nil or is_extension(change))
  end,
  group      = function(change) return customer_of(change) or change.change_id end,
  parameters = {
    times       = { 2, origin = "default", note = "from this extension of one customer on" },
    within_days = { 365, origin = "default", note = "extensions are counted over so many days" },
    kinds       = { { "payment_extension" }, origin = "default", note = "kinds of approval of an extension" },
  },
  amount_kind = "exposure",
  terms      = {
    unapproved = { en = "extended without approval", zh = "延期未经批准" },
    repeated   = { en = "extended again", zh = "多次延期" },
    none       = none_term,
  },
  message    = {
    en = "{fault}: due date put off from {old} to {new} on {changed_at}, extension no. {number} of the customer",
    zh = "{fault}：{changed_at} 将到期日由 {old} 延至 {new}，系该客户第 {number} 次延期",
  },
  follow_up  = {
    en = "Ask who granted it and on what ground; judge the debt by its first due date.",
    zh = "询问批准人和理由，按原到期日重新判断账龄。",
  },

  test = function(changes, p)
    local found, counted, oldest = {}, {}, 1
    for change in each(sort(changes, function(one) return { time_of(one.changed_at), one.change_id } end)) do
      local is_audited = in_period(change.changed_at)
      local record = change.record
      if is_audited and not record then return untestable "the changed record is not there" end
      if is_audited and not is_extension(change) then return untestable "the old or new due date is no date" end
      local open = 0
      if record and is_extension(change) then
        select_currency(currency_of(record))
        open = open_amount(record, change.changed_at)
      end
      if open > 0 then
        table.insert(counted, change)
        while days_between(counted[oldest].changed_at, change.changed_at) >= p.within_days do oldest = oldest + 1 end
        local number = #counted - oldest + 1
        local approvals = append(append({}, standing_approvals(record, p.kinds, change.changed_at)), standing_approvals(change, p.kinds, change.changed_at))
        local fault = #approvals == 0 and "unapproved" or number >= p.times and "repeated" or nil
        if fault and is_audited then
          table.insert(found, exception {
            row = change, amount = open, fault = fault, old = date_in(change.old_value), new = date_in(change.new_value),
            changed_at = change.changed_at, number = number, evidence = evidence(record, approvals),
          })
        end
      end
    end
    return found
  end,

  cases = {
    { "put off without approval", given = extended { {} },
      expect = { { key = "H1", amount = "300", fault = "unapproved", old = "2026-10-15", new = "2026-11-15", number = "1" } } },
    { "approved before it was changed", given = extended({ {} }, { approval = extension_approval("receivable_entry", "A1", "2026-10-11T09:00:00") }), expect = {} },
    { "the change itself approved", given = extended({ {} }, { approval = extension_approval("master_change", "H1", "2026-10-11T08:59:59") }), expect = {} },
    { "approved a second after", given = extended({ {} }, { approval = extension_approval("receivable_entry", "A1", "2026-10-11T09:00:01") }),
      expect = { { key = "H1", amount = "300", fault = "unapproved" } } },
    { "approved twice: the second is one too many",
      given = extended({ {}, { old_value = "2026-11-15", new_value = "2026-12-15" } }, { approval = extension_approval("receivable_entry", "A1", "2026-10-01T09:00:00") }),
      expect = { { key = "H2", amount = "300", fault = "repeated", number = "2" } } },
    { "the first was 365 days ago",
      given = extended({ { changed_at = "2025-10-12T09:00:00", new_value = "2026-10-16" }, {} }, { approval = extension_approval("receivable_entry", "A1", "2025-10-01T09:00:00") }),
      period = "2026-10", expect = {} },
    { "the first was 364 days ago, of another receivable",
      given = extended({ { changed_at = "2025-10-13T09:00:00", record_id = "A3" }, {} }, {
        receivable_entry = {
          { receivable_id = "A1", customer_id = "C1", posted_on = "2025-08-15", amount = "300" }, { receivable_id = "A3", customer_id = "C1", posted_on = "2025-08-15", amount = "50" },
        },
        approval = extension_approval("receivable_entry", "A1", "2025-10-01T09:00:00"),
      }),
      period = "2026-10", expect = { { key = "H2", amount = "300", fault = "repeated", number = "2" } } },
    { "brought forward; another field; another table; another customer's first",
      given = extended({
        { old_value = "2026-11-15", new_value = "2026-10-15" }, { old_value = "2026-11-15", new_value = "2026/11/15" }, { field = "amount" }, { table_name = "customer", record_id = "C1" }, { record_id = "A2" },
      }, { approval = extension_approval("receivable_entry", "A2", "2026-10-01T09:00:00") }),
      expect = {} },
    { "dates as other systems write them", given = extended { { old_value = "2026/9/5", new_value = "20261015 00:00:00" } },
      expect = { { key = "H1", amount = "300", old = "2026-09-05", new = "2026-10-15" } } },
    { "what was no date in an earlier month is no extension",
      given = extended({ { changed_at = "2026-09-12T09:00:00", new_value = "next year" }, {} }, { approval = extension_approval("receivable_entry", "A1", "2026-09-01T09:00:00") }),
      period = "2026-10", expect = {} },
    { "paid in part by then", given = extended({ {} }, {
        receipt = { { receipt_id = "B1", customer_id = "C1", amount = "300", received_on = "2026-10-01" } },
        receipt_application = {
          { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "100", applied_on = "2026-10-11" },
          { application_id = "X2", receipt_id = "B1", receivable_id = "A1", amount = "150", applied_on = "2026-10-12" },
        },
      }),
      expect = { { key = "H1", amount = "200", fault = "unapproved" } } },
    { "paid by then", given = extended({ {} }, {
        receipt = { { receipt_id = "B1", customer_id = "C1", amount = "300", received_on = "2026-10-01" } },
        receipt_application = { { application_id = "X1", receipt_id = "B1", receivable_id = "A1", amount = "300", applied_on = "2026-10-01" } },
      }),
      expect = {} },
    { "an instalment, paid in part",
      given = extended({ { table_name = "payment_plan", record_id = "F1" } }, {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01" } },
        payment_plan = { { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "500", due_on = "2026-11-15" } },
        receipt = { { receipt_id = "B1", plan_id = "F1", kind = "advance", amount = "120", received_on = "2026-10-05" } },
      }),
      expect = { { key = "H1", amount = "380", fault = "unapproved" } } },
    { "a record that is not there", given = extended { { record_id = "A9" } }, expect = { { key = "H1", untestable = "not there" } } },
    { "no date", given = extended { { new_value = "next year" } }, expect = { { key = "C1", untestable = "no date" } } },
    { "approvals were not imported", given = extended { {} }, absent = { "approval" }, expect = { { key = "C1", untestable = "approval" } } },
  },
}

-- SPDX-License-Identifier: MIT
-- RCT: money received, its recording, what is due under contracts, and receivables that are not collected.

-- Values of an exception and more of them.
local function joined(values, more)
  for name, value in pairs(more or {}) do values[name] = value end
  return values
end

local none_term = { en = "none", zh = "无" }

-- The first contract signed on a reservation, or nil.
local function contract_on(reservation)
  local signed = filter(reservation.contracts, function(contract) return contract.signed_on ~= nil and is_live(contract) end)
  return sort(signed, function(contract) return { contract.signed_on, contract.contract_id } end)[1]
end

-- When the deposit of a reservation was due: at the signing of the contract; without one, some days after the reservation.
local function deposit_due(reservation, limit_days)
  local contract = contract_on(reservation)
  if contract then return contract.signed_on end
  return reservation.signed_on and reservation.signed_on + limit_days
end

-- The last day for recording what came in on a day: that day, or the next working day where it is none.
local function recording_day(on, p)
  if p.working_days then return add_working_days(on - 1, p.limit_days + 1) end
  return on + p.limit_days
end

-- What tells the parts of one payment from that payment entered twice.
local function part_of_payment(receipt)
  local parts = { tostring(receipt.amount) }
  for field in each { "contract_id", "plan_id", "reservation_id" } do table.insert(parts, receipt[field] or "-") end
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

-- The instalments of a contract's plans that are overdue and not collected, as exceptions. `describe`: more values of one.
local function overdue_instalments(plans, grace_days, tolerance, describe)
  if not as_of then untestable { en = "no date as of which to judge", zh = "无判断所依据的日期" } end
  local contract = plans[1].contract
  local parts, found = {}, {}
  for part in each(instalments(contract)) do parts[part.plan] = part end
  for plan in each(plans) do
    local part = parts[plan]
    local days = part and part.due and days_overdue(part.due + grace_days) or 0
    if days > 0 and part.open == nil then untestable { en = "an instalment has no amount", zh = "有一期付款未填金额" } end
    if days > 0 and part.open > tolerance then
      table.insert(found, exception(joined({
        row = plan, amount = part.open, milestone = plan.milestone, planned = part.amount, received = part.paid, due = part.due,
        days = days_overdue(part.due), evidence = evidence(contract, at_most(10, plan.receipts)),
      }, describe and describe(part))))
    elseif days > 0 and part.open > 0 then
      within_tolerance_note(-part.open, { row = plan })
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

local age_bounds = { 30, 60, 90, 180, 365 }

-- The retention instalments of a contract.
local function retentions_of(contract)
  return filter(contract.payment_plans, function(plan) return plan.milestone == "retention" end)
end

-- Whether a request for collection is about what a receipt paid: an invoice that it was applied to, its contract, or its customer
-- without naming either; and was made by then.
local function is_requested(receipt)
  local contract = contract_of(receipt)
  local invoices = {}
  for application in each(imported "receipt_application" and receipt.applications or {}) do
    if application.invoice_id then table.insert(invoices, application.invoice_id) end
    local entry = application.receivable
    if entry and entry.invoice_id then table.insert(invoices, entry.invoice_id) end
  end
  local about_it = filter(lookup("collection_request", { customer_id = receipt.customer_id }), function(request)
    local invoice, agreement = request.invoice_id, request.contract_id
    if invoice then return contains(invoices, invoice) end
    return agreement == nil or contract ~= nil and contract.contract_id == agreement
  end)
  return first_in_time(about_it, "requested_at", receipt.received_on) ~= nil
end

-- What a customer owed that was overdue by more than some days at a moment, in the company's currency, and since when.
local function overdue_of(customer, days, unapplied, moment)
  local owed = replay_overdue(customer, { { delivery_date = moment } }, days, unapplied, function(_, overdue, entries, undated)
    return { amount = overdue, entries = entries, undated = undated }
  end)
  return owed[1]
end

-- What is wrong with what a receipt was applied to, or with what of it is not applied; or nil.
local function receipt_fault(receipt, p)
  local applied = sum(receipt.applications, "amount")
  local rest = receipt.amount - applied
  if rest < -p.tolerance then return { fault = "more than received", amount = -rest, of = receipt.amount, applied = applied } end
  if abs(rest) <= p.tolerance then within_tolerance_note(rest) end
  local is_payment = contains({ "payment", "retention" }, receipt.kind)
  if not is_payment or rest <= p.tolerance then return nil end
  if not as_of then untestable { en = "no date as of which to judge", zh = "无判断所依据的日期" } end
  if as_of - receipt.received_on <= p.limit_days then return nil end
  must_see("receipt_application", receipt.received_on + p.limit_days, "applications")
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
  local entry = application.receivable
  if entry and not is_live(entry) and (entry.invoice == nil or is_live(entry.invoice)) then return fault("not owed", entry.receivable_id) end
  local debtor = entry and entry.customer or application.invoice and application.invoice.customer
  if debtor and receipt.customer and not is_one_customer(receipt.customer, debtor, p.allow_group) then
    return fault("another customer's debt", debtor.customer_id)
  end
end

-- The chain that a write-off needs: the matrix's, else each role of the parameter, in any order.
local function write_off_chain(write_off, p)
  local chain = required_chain("write_off", "write_off", amount_for_matrix(write_off, "write_off", write_off.written_off_on), write_off.written_off_on)
  if #chain > 0 then return chain end
  return map(p.roles, function(role) return { step_no = 1, role = role } end)
end

-- What is open on a receivable or instalment at a moment.
local function open_amount(record, moment)
  if table_of(record) == "payment_plan" then
    local amount = instalment_amount(record)
    if amount == nil then untestable { en = "an instalment has no amount", zh = "有一期付款未填金额" } end
    return amount - sum(filter(record.receipts, function(receipt) return done_by(receipt.received_on, moment) end), function(receipt)
      return money_of(receipt, currency_of(record))
    end)
  end
  return (record.amount or 0) - paid_on(record, moment)
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
    if not due then return untestable { en = "no date of signing", zh = "无签订日期" } end
    local deposits = filter(live_ones(reservation.receipts), function(receipt)
      return receipt.kind == "deposit" and receipt.amount ~= nil and receipt.received_on ~= nil
    end)
    local received, agreed = sum(deposits, "amount"), reservation.deposit_amount
    local late = filter(deposits, function(receipt) return receipt.received_on > due end)
    local fault, amount
    if not agree_within(received, agreed, p.tolerance) then
      fault, amount = #deposits == 0 and "missing" or "differs", abs(received - agreed)
    elseif #late > 0 then
      fault, amount = "late", sum(late, "amount")
    end
    if not fault then return end
    return exception {
      amount = amount, fault = fault, agreed = agreed, received = received, due = due,
      evidence = evidence(deposits, contract_on(reservation)),
    }
  end,
}

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
    local proof = receipt.proof_no
    return { receipt.company_id or "-", is_blank(proof) and receipt.receipt_id or proof }
  end,
  parameters = {
    limit_days   = { 0, origin = "default", note = "0: the same day; the policy says \"recorded\" with no number" },
    working_days = { true, origin = "default", note = "money of a day off is recorded on the next working day" },
    roles        = finance_roles,
    sales_roles  = sales_roles,
  },
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
    local twins = #ordered > 1 and used_before(ordered) or {} -- those without proof are alone
    for receipt in each(filter(ordered, function(one) return in_period(one.received_on) end)) do
      local function add(label, fault, rows)
        table.insert(found, exception {
          row = receipt, label = label, amount = abs(receipt.amount or 0), fault = fault, received_on = receipt.received_on,
          recorded_at = receipt.recorded_at or "none", recorded_by = receipt.recorded_by or "none",
          proof = is_blank(receipt.proof_no) and "none" or receipt.proof_no, evidence = evidence(rows),
        })
      end
      local taken = step("receipt", receipt, "recorded_at").at
      if is_late(taken, recording_day(receipt.received_on, p), "receipt") then add("recorded", taken and "late" or "missing") end
      if is_blank(receipt.proof_no) then add("proof", "proof") end
      if twins[receipt] then add("proof", "duplicate", { twins[receipt] }) end
      local outsider = is_outsider(receipt.recorded_by, taken or receipt.received_on, p.roles, p.sales_roles)
      if outsider then add("recorder", "recorder", { person(receipt.recorded_by) }) end
      is_unknown = is_unknown or outsider == nil
    end
    if is_unknown and #found == 0 then return untestable { en = "neither roles nor department of the recorder are known", zh = "登记人的岗位与部门均不明" } end
    return found
  end,
}

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
    local is_reserved = plan.milestone == "deposit" and plan.contract and plan.contract.reservation_id ~= nil
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
    if any(plans, function(plan) return plan.due_on == nil end) then return untestable { en = "no due date", zh = "无到期日" } end
    return overdue_instalments(plans, p.grace_days, p.tolerance)
  end,
}

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
}

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
    return in_period(contract.signed_on) or in_period(contract.closed_on)
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
      if agreed == nil and #plans > 0 then return untestable { en = "the contract states no retention", zh = "合同未约定质保金" } end
      local amounts = map(plans, instalment_amount)
      if #amounts < #plans then return untestable { en = "an instalment has no amount", zh = "有一期付款未填金额" } end
      local total = sum(amounts)
      if not agree_within(total, agreed or 0, p.tolerance) then add("amount", abs(total - (agreed or 0)), total, agreed or 0) end
      local last = latest_of(map(plans, "due_on"))
      if last and contract.warranty_end_on == nil and #found == 0 then return untestable { en = "no end of warranty", zh = "无质保到期日" } end
      if last and contract.warranty_end_on and last ~= contract.warranty_end_on then
        add("due", total, last, contract.warranty_end_on)
      end
    end
    if in_period(contract.closed_on) and #plans > 0 then
      local open = sum(filter(instalments(contract), function(part) return part.plan.milestone == "retention" end), "open")
      if open > p.tolerance then add("closed", open, open, "none")
      elseif open > 0 then within_tolerance_note(-open) end
    end
    return found
  end,
}

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
        order_faults { step("collection_request", nil, "requested_at"), step("receipt", one, "received_on") }, { amount = function() return one.amount end })
    end
    local faults = {}
    local function taken(field) return step("collection_request", one, field) end
    for confirmation in each { "sales_confirmed_at", "finance_confirmed_at" } do
      for fault in each(order_faults { taken "requested_at", taken(confirmation), taken "sent_to_customer_at" }) do
        local is_known = any(faults, function(other) return other.step.name == fault.step.name end)
        if not is_known then table.insert(faults, fault) end
      end
    end
    return step_exception(faults, { amount = function() return one.amount end, evidence = evidence(one.invoice) })
  end,
}

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
    if not moment then return untestable { en = "no date as of which to judge", zh = "无判断所依据的日期" } end
    if #one.receivables == 0 then return end
    select_currency(company_currency)
    local owed = overdue_of(one, p.overdue_days, p.unapplied, moment)
    if owed and owed.amount <= p.min_overdue and owed.undated then
      return untestable { en = "neither due date nor approved terms of receivable {receivable}",
        zh = "应收 {receivable} 既无到期日也无核定账期", receivable = owed.undated.receivable_id }
    end
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
}

control "RCT-08" {
  title      = { en = "Receipt over-applied, unapplied too long, or applied to another customer", zh = "核销超额/未核销/串户" },
  risk       = { en = "Lapping: one customer's money covers another's debt; receivables are wrong by customer and age.", zh = "串户、拆东补西掩盖挪用，应收账款和账龄失真。" },
  tests      = {
    en = "What was applied is compared with each receipt and each invoice, neither of which it may exceed, and a void invoice or a draft owes nothing; applications must be to the same customer and not before the money came; payments must be applied within the days allowed.",
    zh = "核销合计不得超过收款金额和发票金额（作废、草稿的发票应为零）；核销对象应为同一客户，且不早于到账；货款应在规定天数内核销。",
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
    if kind == "invoice" then return one.gross_amount ~= nil and one.gross_amount > 0 and (is_live(one) or #applications_of(one) > 0) end
    return one.receipt ~= nil and is_live(one.receipt) and in_period(one.applied_on)
  end,
  parameters = {
    limit_days  = { 30, origin = "default" },
    tolerance   = { decimal "0.01", origin = "default" },
    allow_group = { false, origin = "default", note = "true: companies of one group (customer.parent_id) may pay for each other" },
  },
  amount_kind = "misstatement",
  terms      = {
    ["more than received"]      = { en = "more applied than received", zh = "核销超过收款" },
    ["not owed"]                = { en = "applied to a void document or a draft", zh = "核销已作废或草稿单据" },
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
        return application.receipt == nil or is_live(application.receipt)
      end)
      local paid = sum(live, "amount")
      local owed = is_live(one) and one.gross_amount or 0 -- a void invoice, or a draft, owes nothing
      if paid - owed > p.tolerance then
        wrong = { fault = owed == 0 and "not owed" or "more than invoiced", amount = paid - owed, of = owed, applied = paid }
      elseif paid > owed then
        within_tolerance_note(paid - owed)
      end
    end
    if not wrong then return end
    return exception {
      amount = wrong.amount, fault = wrong.fault, of = wrong.of, applied = wrong.applied,
      evidence = kind == "receipt_application" and evidence(one.receipt) or at_most(10, one.applications),
    }
  end,
}

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
    local receipt = find(collections[1], "remitted_receipt")
    if receipt and (not is_live(receipt) or receipt.received_on == nil or not has_happened(receipt.received_on)) then receipt = nil end
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
      elseif open > 0 and is_overdue then
        within_tolerance_note(-open, { row = one })
      end
    end
    return found
  end,
}

control "RCT-10" {
  title      = { en = "Payer is not the customer, or cash taken outside finance", zh = "第三方付款/现金收款" },
  risk       = { en = "Money laundering, lapping, or sales to somebody else than the books say; cash is kept.", zh = "第三方代付掩盖虚假销售、串户，现金收款被截留。" },
  tests      = {
    en = "The payer of each receipt is compared with its customer's name (width, case, blanks, punctuation and the spelling of a legal form, or its lack, ignored; a group, a place or a branch tells companies apart), unless payment by a third party was approved; cash must be taken by finance.",
    zh = "将收款的付款方与客户名称比较（忽略全半角、大小写、空格、标点、同一组织形式的不同写法及省略；集团、股份、地名、分公司视为不同主体），已批准第三方付款的除外；现金应由财务人员收取。",
  },
  source     = { "000A E8" },
  severity   = "medium",
  profile    = { "concession", "general" },
  population = "receipt",
  needs      = { "receipt.collected_by" }, -- who took cash is what is tested
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
        collector = receipt.collected_by or "none", evidence = evidence(customer),
      })
    end
    local outsider = receipt.method == "cash" and is_outsider(receipt.collected_by, receipt.received_on, p.roles, p.sales_roles)
    if outsider then add "cash" end
    if is_blank(payer) or not customer or is_blank(customer.name) then
      if #found == 0 then return untestable { en = "payer or customer not named", zh = "未注明付款人或客户" } end
      return found
    end
    local is_other = not is_one_name(payer, customer.name)
    if is_other and #standing_approvals(receipt, p.kinds) == 0 then add "payer" end
    return found
  end,
}

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
  needs      = { "approval" },
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
        local invoice = action.invoice_id
        local is_own = invoice == nil or write_off.invoice_id == nil or invoice == write_off.invoice_id
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
}

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
  needs      = { "approval" },
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
      if is_audited and not record then return untestable { en = "the changed record is not there", zh = "被变更的记录不存在" } end
      if is_audited and not is_extension(change) then return untestable { en = "the old or new due date is no date", zh = "原到期日或新到期日不是日期" } end
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
}

-- SPDX-License-Identifier: MIT
-- CHG: changes of contracts and orders after they were approved.

-- The first delivery or release to production of a contract or order that came after a moment, or nil: when,
-- and the row. A day that goods were delivered on is after a moment when it is a later day.
local function first_execution(document, moment)
  local found, row
  for delivery in each(deliveries_of(document)) do
    local is_later = delivery.delivery_date and delivery.delivery_date > moment
    if is_later and (not found or delivery.delivery_date < found) then found, row = delivery.delivery_date, delivery end
  end
  for production in each(rows_of(document, "production_order", "production_orders")) do
    local is_later = production.released_at and production.released_at > moment
    if is_later and (not found or production.released_at < found) then found, row = production.released_at, production end
  end
  return found, row
end

-- Whether an approval of a change itself was decided by a moment (nil: by now).
local function change_approved(change, amount, moment)
  return any(final_approvals(change, { "change" }, amount), function(approval)
    return done_by(approval.decided_at, moment)
  end)
end

local approval_kinds = { "order_approval", "change" }

-- Whether two values of a changed field are the same, as numbers where both are.
local function is_same(old, new)
  local a, b = number_in(old), number_in(new)
  if a and b then return a - b == 0 end
  return old == new
end

-- What a change of a field is worth: the change of the quantity or price of its line; of other fields nothing.
local function worth_of(change, old, new)
  local line = change.order_line
  local a, b = number_in(old), number_in(new)
  if not line or not a or not b then return nil end
  if not line.unit_price or not line.quantity then return nil end
  if change.field == "quantity" then return round(abs(b - a) * line.unit_price, 2) end
  if change.field == "unit_price" then return round(abs(b - a) * line.quantity, 2) end
end

-- Whether a text says something.
local function says_something(text)
  return text ~= nil and trim(text) ~= ""
end

-- Whether an order was really changed from one moment to another.
local function changed_between(order, from, to)
  return any(order.changes, function(change)
    return change.changed_at ~= nil
      and in_window(change.changed_at, from, to)
      and not is_same(change.old_value, change.new_value)
  end)
end

-- The line of the contract that an order line is under: the one it names, or the only one of its product.
local function contract_line_of(line, contract)
  local named = read(line, "contract_line_no") and line.contract_line
  if named then return named end
  local same = filter(contract.lines, function(other) return other.product_id == line.product_id end)
  if #same == 1 then return same[1] end
end

-- What the goods of a contract line really cost by a day: by the last price that a change approved by then set.
local function contract_total(contract_line, contract, fields, date)
  local changes = filter(contract.changes, function(change)
    return contains(fields, change.field)
      and (change.line_no == nil or change.line_no == contract_line.line_no)
      and number_in(change.new_value) ~= nil
      and (change.effective_at == nil or change.effective_at <= date)
      and change_approved(change, change.amount or contract.amount, date)
  end)
  local last = sort(changes, "changed_at")[#changes]
  if not last then return real_total(contract_line) end
  return contract_line.quantity * number_in(last.new_value) - (read(contract_line, "discount_amount") or 0)
end

control "CHG-01" {
  title      = { en = "Rights or obligations of a contract changed without approval", zh = "未经审核擅自变更权利义务条款" },
  risk       = { en = "Terms that were approved and signed no longer hold, and nobody decided so.", zh = "擅自变更合同权利义务，造成损失或纠纷。" },
  tests      = {
    en = "For each change of a contract after its first final approval or signing, an approval of that change is looked for that was decided before it took effect or was carried out.",
    zh = "合同终审或签订之后的每项变更，须在生效或首次执行之前取得对该变更的批准。",
  },
  source     = { "000B II-2.3" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "contract_change",
  shape      = "sequence",
  applies    = function(change, p)
    local contract = change.contract
    if contract and (contract.status == "draft" or is_void(contract)) then return false end
    return change.nature == nil or contains(p.natures, change.nature)
  end,
  parameters = {
    natures = {
      { "rights_obligations", "price", "quantity", "delivery", "payment", "technical" },
      origin = "policy", note = "a change of wording (editorial) needs no approval",
    },
  },
  amount_kind = "transaction",
  message    = {
    en = "{field} changed from {old} to {new} on {changed_at}; not approved by {limit}",
    zh = "{changed_at} 将 {field} 由 {old} 改为 {new}，至 {limit} 未经批准",
  },
  follow_up  = { en = "Ask who made the change and who knew of it; obtain the approval.", zh = "询问变更人及知情人，取得变更审批。" },

  test = function(change)
    local contract = change.contract
    if not contract then return untestable "no contract" end
    if not change.changed_at then return untestable "no date of the change" end
    local finals = imported "approval" and final_approvals(contract, { "contract_approval" }, contract.amount) or {}
    local was_final = any(finals, function(approval) return change.changed_at > approval.decided_at end)
    local was_signed = contract.signed_on ~= nil and change.changed_at > contract.signed_on
    if not was_final and not was_signed then return end
    local executed_at, execution = first_execution(contract, change.changed_at)
    local limit = earliest(change.effective_at, executed_at)
    if limit and not has_happened(limit) then return end -- takes effect later
    local amount = change.amount or contract.amount
    if change_approved(change, amount, limit) then return end
    return exception {
      amount     = amount,
      field      = change.field or "unknown",
      old        = change.old_value or "none",
      new        = change.new_value or "none",
      changed_at = change.changed_at,
      limit      = limit or as_of or "now",
      evidence   = evidence(contract, execution, change.approvals),
    }
  end,
}

control "CHG-02" {
  title      = { en = "Order changed after approval without being approved again", zh = "订单审批后变更未重新审批" },
  risk       = { en = "What is delivered is not what was approved.", zh = "执行内容与审批内容不一致。" },
  tests      = {
    en = "For each field of an order that differs from what was finally approved, a final approval is looked for between the last change and the next delivery or invoice.",
    zh = "订单终审之后发生净变化的每个字段，须在最后变更与其后首次执行之间重新终审。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = "order_change",
  shape      = "sequence",
  applies    = function(change, p)
    if not contains(p.fields, change.field) or is_system(change.changed_by) then return false end
    if is_same(change.old_value, change.new_value) then return false end
    return change.order == nil or is_live(change.order)
  end,
  group      = { "order_id", "field", "line_no" },
  parameters = {
    fields = {
      { "quantity", "unit_price", "product_id", "delivery_due_on", "customer_id", "payment_mode" },
      origin = "policy",
    },
  },
  amount_kind = "transaction",
  message    = {
    en = "{field} changed from {old} to {new} on {changed_at}; executed on {executed_at} without a new approval (approvals from {basis})",
    zh = "{changed_at} 将 {field} 由 {old} 改为 {new}，{executed_at} 执行前未重新审批（审批依据 {basis}）",
  },
  follow_up  = { en = "Ask who made the change and why it was not approved again.", zh = "询问变更人及未重新审批的原因。" },

  test = function(changes)
    local order = changes[1].order
    if not order then return untestable "no order" end
    if any(changes, function(change) return not change.changed_at end) then return untestable "no date of the change" end
    local times = final_approval_times(order, approval_kinds, order.amount, "approved_at")
    local first_final = earliest_of(times)
    if not first_final then return end -- never approved
    local function is_unapproved(change)
      if change.changed_at <= first_final then return false end
      local executed_at = first_execution(order, change.changed_at)
      if not executed_at then return false end -- still pending
      local again = any(times, function(time) return time > change.changed_at and time <= executed_at end)
      return not again and not (imported "approval" and change_approved(change, order.amount, executed_at))
    end
    local open = filter(sort(changes, "changed_at"), is_unapproved)
    if #open == 0 then return end
    local last = open[#open]
    local old, new = open[1].old_value, last.new_value
    if is_same(old, new) then return end
    local executed_at, execution = first_execution(order, last.changed_at)
    return exception {
      row         = last,
      amount      = worth_of(last, old, new),
      field       = last.field,
      old         = old or "none",
      new         = new or "none",
      changed_at  = last.changed_at,
      executed_at = executed_at,
      basis       = has_history(order, approval_kinds) and "approval" or "sales_order.approved_at",
      evidence    = evidence(order, open, execution, imported "approval" and order.approvals),
    }
  end,
}

control "CHG-03" {
  title      = { en = "Rejected order carries no advice, or was approved unchanged", zh = "驳回无修改建议/未改即批" },
  risk       = { en = "A rejection without advice, or without effect, is no review.", zh = "驳回未注明修改建议或未修改即批准，审核流于形式。" },
  tests      = {
    en = "For each rejection of an order the advice is looked for, and between it and the next approval a real change of the order.",
    zh = "每次驳回须写明修改意见，且在其后批准之前订单确有修改。",
  },
  source     = { "000C 4" },
  severity   = "medium",
  profile    = { "erp-order" },
  population = "approval",
  shape      = "sequence",
  period     = "decided_at",
  applies    = function(approval) return approval.doc_kind == "sales_order" and approval.decision == "reject" end,
  evidence_columns = { "approval.opinion" },
  amount_kind = "transaction",
  message    = {
    en = "rejected on {rejected_at} by {rejected_by}: {fault}, approved on {approved_at}",
    zh = "{rejected_at} 由 {rejected_by} 驳回：{fault}，批准时间 {approved_at}",
  },
  follow_up  = { en = "Ask the reviewer what was to be changed.", zh = "询问审核人驳回理由。" },

  test = function(approval)
    local order = approval.document
    if not order then return untestable "no such order" end
    local later = first(decisions(order, { approval.approval_kind }), function(decision)
      return decision.decision == "approve" and decision.decided_at > approval.decided_at
    end)
    local has_advice = says_something(read(approval, "opinion")) or says_something(read(order, "rejection_note"))
    local may_skip = not has_advice and not imported "order_change" -- the other fault is reported all the same
    local unchanged = later and not may_skip and not changed_between(order, approval.decided_at, later.decided_at)
    local function fault(label, severity, amount)
      return exception {
        label       = label,
        severity    = severity,
        amount      = amount,
        fault       = label,
        rejected_at = approval.decided_at,
        rejected_by = approval.approver_id or "unknown",
        approved_at = later and later.decided_at or "never",
        evidence    = evidence(order, later),
      }
    end
    local found = {}
    if not has_advice then table.insert(found, fault("no_advice", "medium", order.amount)) end
    if unchanged then table.insert(found, fault("unchanged", "low", has_advice and order.amount or 0)) end
    return found
  end,
}

control "CHG-04" {
  title      = { en = "Order price below the contract's, with no approved change", zh = "合同价格静默下调" },
  risk       = { en = "A price that was approved and signed is lowered without a trace.", zh = "合同价格未经审核被悄然下调。" },
  tests      = {
    en = "The real unit price of each order line is compared with that of its contract line, as last changed by an approved contract change.",
    zh = "将订单行实际单价与合同行单价（含最近一次已批准变更）比较。",
  },
  source     = { "000B II-2.3" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "sales_order_line",
  shape      = "lookup",
  applies    = function(line)
    local order = header_of(line, "order")
    return is_sale(line) and is_live(order) and not is_reversal(order) and signed_contract(order) ~= nil
  end,
  parameters = {
    tolerance_pct = { decimal "0", origin = "default" },
    fields = { { "unit_price" }, origin = "policy", note = "fields of a contract change that set the price" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "ordered at {price}, contract {contract_price}, and no approved change of the price",
    zh = "订单单价 {price}，合同单价 {contract_price}，无已批准的价格变更",
  },
  follow_up  = { en = "Ask who lowered the price and obtain the change of the contract.", zh = "询问降价人并取得合同变更文件。" },

  test = function(line, p)
    local contract = signed_contract(line.order)
    local contract_line = contract_line_of(line, contract)
    if not contract_line then return untestable "no line of the contract for this product" end
    if not contract_line.quantity or contract_line.quantity == 0 then return untestable "no quantity in the contract" end
    local ordered, contracted = base_quantity(line), base_quantity(contract_line)
    local total = real_total(line)
    if total * contracted >= less_percent(real_total(contract_line) * ordered, p.tolerance_pct) then return end
    local agreed = contract_total(contract_line, contract, p.fields, line.order.order_date)
    if total * contracted >= less_percent(agreed * ordered, p.tolerance_pct) then return end
    return exception {
      amount         = round(share_of(agreed, ordered, contracted) - total, 2),
      price          = unit_price_of(total, ordered),
      contract_price = unit_price_of(agreed, contracted),
      quantity       = ordered,
      evidence       = evidence(contract_line, contract, contract.changes),
    }
  end,
}

-- SPDX-License-Identifier: MIT
-- CHG: changes of contracts and orders after they were approved.

-- Whether a line of a delivery or an invoice may be of an order line: it names it, or none and no other product.
local function may_be_of(goods, line)
  if goods.order_line_no then return find(goods, "order_line") == line end
  return goods.product_id == nil or line.product_id == nil or goods.product_id == line.product_id
end

-- Whether something done under an order may have been with an order line: none of it says that it was with others only.
local function may_concern(one, line)
  if table_of(one.row) == "production_order" then return may_be_of({ product_id = one.row.product_id }, line) end
  if not imported(table_of(one.of) .. "_line") then return true end
  return #one.of.lines == 0 or any(one.of.lines, function(goods) return may_be_of(goods, line) end)
end

-- The first thing done under a contract or order after a moment (goods made, sent, issued, invoiced), or nil: when, and the
-- row; with one line of it, where that is given. What was done on a day is after a moment when it is a later day; with times
-- on both, when it is later.
local function first_execution(document, moment, line)
  local found = first(executions_of(document), function(one)
    return is_before(moment, one.at) and (not line or may_concern(one, line))
  end)
  if found then return found.at, found.row end
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

-- The lines of issue slips that took goods of a delivery line from the warehouse.
local function issued_for(delivered)
  local found = {}
  for slip in each(delivered.delivery and delivered.delivery.issues or {}) do
    append(found, filter(slip.lines, function(issued)
      if slip.sign == "red" then return false end
      if issued.delivery_line_no then return find(issued, "delivery_line") == delivered end
      return issued.product_id == delivered.product_id
    end))
  end
  return found
end

-- What of an order line was made, issued, sent or invoiced by a moment, the earliest first: { at =, line =, of = }.
local function carried_out(line, moment)
  local found = {}
  local function add(lines, header, field)
    for current in each(lines) do
      local document = current[header]
      local at = document and is_live(document) and document[field]
      if at and (current.quantity or 0) > 0 and not is_before(moment, at) then table.insert(found, { at = at, line = current, of = header }) end
    end
  end
  if imported "delivery_line" then
    add(line.deliveries, "delivery", "delivery_date")
    if imported "stock_issue" and imported "stock_issue_line" then
      for delivered in each(line.deliveries) do add(issued_for(delivered), "issue", "issued_at") end
    end
  end
  if imported "invoice_line" then add(line.invoices, "invoice", "issued_on") end
  local is_only = #filter(line.order.lines, function(other) return other.product_id == line.product_id end) == 1
  for production in each(is_only and line.product_id and line.order.production_orders or {}) do
    local at = production.product_id == line.product_id and (production.quantity or 0) > 0 and production.released_at
    if at and not is_before(moment, at) then table.insert(found, { at = at, line = production, of = "production" }) end
  end
  return sort(found, function(one) return time_of(one.at) end)
end

-- When goods of the line were first made, issued, sent or invoiced at changed terms before the change was made, and the row:
-- at the new price, of the new product, or more of them than the old quantity. Nil where they were not.
local function executed_before(change)
  local line = change.order_line
  local old, new = number_in(change.old_value), number_in(change.new_value)
  if not line then return nil end
  local totals = {}
  for one in each(carried_out(line, change.changed_at)) do
    totals[one.of] = (totals[one.of] or 0) + one.line.quantity
    local has_price = change.field == "unit_price" and new and (one.of == "delivery" or one.of == "invoice")
    local price = has_price and read(one.line, "unit_price")
    local is_changed = price and price - new == 0
      or change.field == "product_id" and one.line.product_id == change.new_value
      or change.field == "quantity" and old and new and new > old and totals[one.of] > old
    if is_changed then return one.at, one.line end
  end
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
  local named = line.contract_line_no and line.contract_line
  if named then return named end
  local same = filter(contract.lines, function(other) return other.product_id == line.product_id end)
  if #same == 1 then return same[1] end
end

-- What the goods of a contract line really cost by a day: by the last price that a change approved by then set.
local function contract_total(contract_line, contract, fields, date)
  local price = changed_value(contract_line, contract, fields, date)
  if not price then return real_total(contract_line) end
  return contract_line.quantity * price - (contract_line.discount_amount or 0)
end

control "CHG-01" {
  title      = { en = "Rights or obligations of a contract changed without approval", zh = "未经审核擅自变更权利义务条款" },
  risk       = { en = "Terms that were approved and signed no longer hold, and nobody decided so.", zh = "擅自变更合同权利义务，造成损失或纠纷。" },
  tests      = {
    en = "For each change of a contract after its first final approval or signing, an approval of that change is looked for that was decided before it took effect or was carried out, and was not taken back by then.",
    zh = "合同终审或签订之后的每项变更，须在生效或首次执行之前取得对该变更的批准，且届时未被撤回、弃审或驳回。",
  },
  source     = { "000B II-2.3" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "contract_change",
  shape      = "sequence",
  applies    = function(change, p)
    local contract = change.contract
    if contract and not is_entered(contract) then return false end
    return change.nature == nil or contains(p.natures, change.nature)
  end,
  parameters = {
    natures = {
      { "rights_obligations", "price", "quantity", "delivery", "payment", "technical" },
      origin = "policy", note = "a change of wording (editorial) needs no approval",
    },
  },
  needs      = { "approval" },
  amount_kind = "transaction",
  message    = {
    en = "{field} changed from {old} to {new} on {changed_at}; not approved by {limit}",
    zh = "{changed_at} 将 {field} 由 {old} 改为 {new}，至 {limit} 未经批准",
  },
  follow_up  = { en = "Ask who made the change and who knew of it; obtain the approval.", zh = "询问变更人及知情人，取得变更审批。" },

  test = function(change)
    local contract = change.contract
    if not contract then return untestable { en = "no contract", zh = "无合同" } end
    if not change.changed_at then return untestable { en = "no date of the change", zh = "无变更日期" } end
    local matrix_amount = amount_for_matrix(contract, "contract_approval", contract.signed_on or change.changed_at)
    local finals = final_approvals(contract, { "contract_approval" }, matrix_amount)
    local was_final = any(finals, function(approval) return is_before(approval.decided_at, change.changed_at) end)
    local was_signed = contract.signed_on ~= nil and is_before(contract.signed_on, change.changed_at)
    if not was_final and not was_signed then
      for approval in each(finals) do same_day_note(approval.decided_at, change.changed_at, { by = change.changed_by }) end
      return same_day_note(contract.signed_on, change.changed_at, { by = change.changed_by })
    end
    local executed_at, execution = first_execution(contract, change.changed_at)
    local limit = earliest(change.effective_at, executed_at)
    if limit and not has_happened(limit) then return end -- takes effect later
    if change_approved(change, contract, limit) then return end
    return exception {
      amount     = change.amount or contract.amount,
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
    en = "For each field of an order that differs from what was finally approved, a final approval is looked for that was given after the last change and still stood when it was carried out: at the next production, delivery, issue or invoice of what was changed, or before the change already where goods were made, sent or invoiced at the new terms. An approval of the same day will do where times are not known.",
    zh = "订单终审之后发生净变化的每个字段，须在最后变更之后、执行之前重新终审，且执行时该审批仍然有效。执行指其后对变更内容的首次排产、发货、出库或开票；变更之前已按新条件排产、发货、出库或开票的，以该次为准。无时间记录的，同日审批视为及时。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = "order_change",
  shape      = "sequence",
  applies    = function(change, p)
    if not contains(p.fields, change.field) or is_system(change.changed_by) then return false end
    if is_same(change.old_value, change.new_value) then return false end
    return change.order == nil or is_entered(change.order)
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
    if not order then return untestable { en = "no order", zh = "无订单" } end
    if any(changes, function(change) return not change.changed_at end) then return untestable { en = "no date of the change", zh = "无变更日期" } end
    local spans = approved_spans(order, approval_kinds, amount_for_matrix(order, "order_approval", order.order_date), "approved_at")
    local first_final = earliest_of(map(spans, "from"))
    if not first_final then return end -- never approved
    -- What was sent at the new terms beforehand was never approved; otherwise what comes after the change counts.
    local function execution_of_change(change)
      local at, row = executed_before(change)
      if at and is_before(first_final, at) then return at, row end
      return first_execution(order, change.changed_at, change.order_line)
    end
    local function is_unapproved(change)
      if not is_before(first_final, change.changed_at) then
        same_day_note(first_final, change.changed_at, { by = change.changed_by, row = change })
        return false
      end
      local executed_at = execution_of_change(change)
      if not executed_at then return false end -- still pending
      local again = filter(spans, function(span)
        return not is_before(span.from, change.changed_at) and in_window(executed_at, span.from, span.to)
      end)
      if #again == 0 then return not change_approved(change, order, executed_at) end
      if all(again, function(span) return is_one_day(span.from, change.changed_at) or is_one_day(span.from, executed_at) end) then
        local span = again[1]
        local other = is_one_day(span.from, change.changed_at) and change.changed_at or executed_at
        same_day_note(span.from, other, { by = span.approval.approver_id, row = change })
      end
      return false
    end
    local open = filter(sort(changes, "changed_at"), is_unapproved)
    if #open == 0 then return end
    local last = open[#open]
    local old, new = open[1].old_value, last.new_value
    if is_same(old, new) then return end
    local executed_at, execution = execution_of_change(last)
    return exception {
      row         = last,
      amount      = worth_of(last, old, new),
      field       = last.field,
      old         = old or "none",
      new         = new or "none",
      changed_at  = last.changed_at,
      executed_at = executed_at,
      basis       = has_history(order, approval_kinds) and "approval" or "sales_order.approved_at",
      evidence    = evidence(order, open, execution, order.approvals),
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
  needs      = { "order_change" },
  amount_kind = "transaction",
  message    = {
    en = "rejected on {rejected_at} by {rejected_by}: {fault}, approved on {approved_at}",
    zh = "{rejected_at} 由 {rejected_by} 驳回：{fault}，批准时间 {approved_at}",
  },
  follow_up  = { en = "Ask the reviewer what was to be changed.", zh = "询问审核人驳回理由。" },

  test = function(approval)
    local order = approval.document
    if not order then return untestable { en = "no such order", zh = "无此订单" } end
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
    en = "The real unit price of each order line is compared with that of its contract line, as last changed by a contract change whose approval stood on the day of the order.",
    zh = "将订单行实际单价与合同行单价（含最近一次于订单日批准仍有效的变更）比较。",
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
  needs      = { "sales_order.contract_id" },
  amount_kind = "misstatement",
  message    = {
    en = "ordered at {price}, contract {contract_price}, and no approved change of the price",
    zh = "订单单价 {price}，合同单价 {contract_price}，无已批准的价格变更",
  },
  follow_up  = { en = "Ask who lowered the price and obtain the change of the contract.", zh = "询问降价人并取得合同变更文件。" },

  test = function(line, p)
    local contract = signed_contract(line.order)
    local contract_line = contract_line_of(line, contract)
    if not contract_line then return untestable { en = "no line of the contract for this product", zh = "合同中无该产品明细" } end
    if not contract_line.quantity or contract_line.quantity == 0 then return untestable { en = "no quantity in the contract", zh = "合同无数量" } end
    local ordered, contracted = base_quantity(line), base_quantity(contract_line)
    local total = real_total(line)
    local function costs_enough(agreed)
      if total * contracted < less_percent(agreed * ordered, p.tolerance_pct) then return false end
      if total * contracted < agreed * ordered then
        within_tolerance_note(total - share_of(agreed, ordered, contracted))
      end
      return true
    end
    if costs_enough(real_total(contract_line)) then return end
    local agreed = contract_total(contract_line, contract, p.fields, line.order.order_date)
    if costs_enough(agreed) then return end
    return exception {
      amount         = round(share_of(agreed, ordered, contracted) - total, 2),
      price          = unit_price_of(total, ordered),
      contract_price = unit_price_of(agreed, contracted),
      quantity       = ordered,
      evidence       = evidence(contract_line, contract, contract.changes),
    }
  end,
}

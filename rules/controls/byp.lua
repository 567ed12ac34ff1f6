-- SPDX-License-Identifier: MIT
-- BYP: ways round a control that the system is believed to enforce. Each looks for the trace that the way round leaves,
-- not for the result, which the control itself reports.

local order_kinds = { "order_approval" }

-- The kinds of approval by which documents are released, and the tables of what is logged about them.
local released_by = {
  sales_order = { kinds = { "order_approval" }, changes = "order_change", by = "order_id" },
  contract    = { kinds = { "contract_approval" }, changes = "contract_change", by = "contract_id" },
}

-- The day that places a document.
local document_day = { sales_order = "order_date", contract = "signed_on" }

-- The credit terms of a customer in force when a receivable was posted; nil without a limit.
local function limit_of(entry)
  local terms = in_force("customer_credit", entry.posted_on, { customer_id = entry.customer_id })
  return terms and terms.credit_limit and terms or nil
end

-- Why a customer was on hold on a day: "inactive", or an unresolved credit event; nil where it was not.
local function on_hold(customer, moment)
  if not customer then return nil end
  local status = customer.status
  if status == "inactive" or status == "deleted" then return status end
  local event = imported "credit_event" and first(customer.credit_events, function(one)
    return one.occurred_on ~= nil and one.occurred_on <= moment and (one.resolved_on == nil or one.resolved_on > moment)
  end)
  return event and (event.kind or "credit event") or nil
end

local function was_ever_on_hold(customer)
  local status = customer and customer.status
  return status == "inactive" or status == "deleted" or (customer ~= nil and imported "credit_event" and #customer.credit_events > 0)
end

-- The lines of a quotation as one text: products, quantities and prices.
local function offer_text(quotation)
  local parts = map(quotation.lines, function(line)
    return table.concat({ line.product_id or "", tostring(line.quantity or 0), tostring(line.unit_price or 0) }, "|")
  end)
  return #parts > 0 and table.concat(sort(parts), "\n") or nil
end

-- The quotations with a line like the first of this one, itself included.
local function same_offers(quotation)
  local line = first(quotation.lines, "product_id")
  if not line then return {} end
  local lines = lookup("quotation_line", { product_id = line.product_id, quantity = line.quantity, unit_price = line.unit_price })
  return map(lines, "quotation")
end

-- The first earlier quotation that offers the same to another customer, who was on hold when this one was made, and why.
local function original_on_hold(quotation, window_days)
  local moment, offer = quotation.quoted_on, nil
  for other in each(same_offers(quotation)) do
    local is_earlier = other ~= quotation and other.quoted_on and other.quoted_on <= moment
      and days_between(other.quoted_on, moment) <= window_days and other.customer_id ~= quotation.customer_id
    local reason = is_earlier and on_hold(other.customer, moment)
    if reason then
      offer = offer or offer_text(quotation)
      if offer_text(other) == offer then return other, reason end
    end
  end
end

-- The unit somebody belongs to, or nil.
local function unit_of(who)
  local employee = person(who)
  return employee and employee.org_unit_id or nil
end

-- The highest rank that somebody held at a moment; 0 where none is known.
local function rank_held(who, moment)
  local ranks = map(roles_held(who, moment), rank_of)
  return #ranks > 0 and max(ranks) or 0
end

-- Whose document it is.
local function author_of(document)
  if table_of(document) == "write_off" then return document.written_off_by end
  return document.proposed_by
end

-- The date that a document bears, and when it was entered or approved in the system.
local dated = {
  sales_order      = { "order_date", "submitted_at", "entered_by" },
  delivery         = { "delivery_date", "approved_at", "approved_by" },
  invoice          = { "issued_on", "reviewed_at", "reviewed_by" },
  receipt          = { "received_on", "recorded_at", "recorded_by" },
  receivable_entry = { "posted_on", "audited_at", "audited_by" },
}

control "BYP-01" {
  title       = { en = "A closed order reopened to free credit", zh = "关闭订单释放额度后重新打开" },
  risk        = { en = "Closing an order frees its credit; reopened, it is delivered without being counted again.", zh = "订单关闭释放信用额度，重新打开后不再检查额度即发货。" },
  source      = { "000B II-2.2" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "order_change",
  applies     = function(change, p)
    return change.field == "status" and contains(p.closed, change.old_value or "") and contains(p.open, change.new_value or "")
      and change.order ~= nil and gives_credit(change.order) and not is_system(change.changed_by)
  end,
  parameters  = {
    closed = { { "closed", "cancelled" }, origin = "default", note = "states in which an order uses no credit" },
    open   = { { "approved", "submitted" }, origin = "default", note = "states in which it can be delivered" },
  },
  tests       = {
    en = "Changes of a credit order from closed to open, with approvals of the order or of its credit decided afterwards and before the next delivery.",
    zh = "赊销订单由关闭改为打开后，下次发货前是否重新审批订单或额度。",
  },
  shape       = "sequence",
  amount_kind = "exposure",
  message     = { en = "{old} changed to {new} on {changed_at}, delivered {delivered}, not approved again", zh = "{changed_at} 由 {old} 改为 {new}，{delivered} 发货，未重新审批" },
  terms       = { never = { en = "never", zh = "尚未" }, closed = { zh = "关闭", en = "closed" }, approved = { zh = "已审核", en = "approved" }, cancelled = { zh = "作废", en = "cancelled" }, submitted = { zh = "已提交", en = "submitted" } },
  follow_up   = { en = "Compare the customer's exposure on that day with its limit, the reopened order included.", zh = "核对当日含该订单的信用占用与额度。" },

  test = function(change)
    if not change.changed_at then return untestable { en = "no date of the change", zh = "无变更日期" } end
    local order = change.order
    local later = sort(filter(deliveries_of(order), function(delivery)
      return delivery.delivery_date ~= nil and delivery.delivery_date >= change.changed_at
    end), "delivery_date")
    local limit = later[1] and later[1].delivery_date
    local again = approval_in_time({ order }, { "order_approval", "credit_override" }, limit, function(approval)
      return approval.decided_at >= change.changed_at
    end)
    if again then return same_day_note(change.changed_at, again.decided_at, { by = again.approver_id }) end
    return exception {
      amount = order.amount, old = change.old_value, new = change.new_value, changed_at = change.changed_at,
      delivered = limit or "never", evidence = evidence(order, later[1], decisions(order)),
    }
  end,
}

control "BYP-02" {
  title       = { en = "Amount or terms edited after approval without a trace", zh = "审批后无痕修改金额或内容" },
  risk        = { en = "What was approved is not what was delivered, and the log does not say so.", zh = "实际执行内容与审批内容不符且无变更记录。" },
  source      = { "000B II-2.3", "000C 2" },
  severity    = "critical",
  profile     = { "general", "erp-order" },
  population  = { "sales_order", "contract" },
  scope       = "all", -- an edit without a trace has no date
  applies     = function(document)
    if not is_entered(document) then return false end
    local edited, day_of = read(document, "last_modified_at"), document[document_day[table_of(document)]]
    return in_period(day_of) or edited == nil or in_period(edited)
  end,
  parameters  = { tolerance = { decimal "0.01", origin = "default", note = "per line, for rounding" } },
  tests       = {
    en = "The amount that the last standing approval saw, with the document's amount now, where no change since then is logged: of documents of the period, of those last edited in it, and of all for which no last edit is recorded, since an edit without a trace has no date. Logged changes are CHG-01's and CHG-02's.",
    zh = "最近一次有效审批所载金额与单据现金额比较（其后无变更记录者），范围为本期单据、本期内最后修改的单据，以及未记录修改时间的全部单据（无痕修改没有日期）；有记录的变更由 CHG-01、CHG-02 检查。",
  },
  shape       = "approval",
  amount_kind = "misstatement",
  message     = { en = "approved at {approved} on {decided_at}, now {now}, and no change logged", zh = "{decided_at} 批准金额 {approved}，现为 {now}，无变更记录" },
  follow_up   = { en = "Ask the database's log who edited the document; re-approve or restore it.", zh = "查数据库日志确定修改人，重新审批或恢复原值。" },

  test = function(document, p)
    local kind = released_by[table_of(document)]
    local standing = standing_approvals(document, kind.kinds)
    local last = standing[#standing]
    if not last then return end -- never approved is another control's
    if last.doc_amount == nil or document.amount == nil then return untestable { en = "no amount at approval", zh = "无审批时金额" } end
    local off = difference(last.doc_amount, document.amount, p.tolerance * max(1, #document.lines))
    if not off then return end
    local logged = any(rows_where(kind.changes, { [kind.by] = document[kind.by] }), function(change)
      return change.changed_at ~= nil and change.changed_at > last.decided_at
    end)
    if logged then return end
    return exception {
      amount = off, approved = last.doc_amount, now = document.amount, decided_at = last.decided_at, evidence = evidence(last, document.lines),
    }
  end,
}

control "BYP-03" {
  title       = { en = "The approval ladder ended at its first step", zh = "多级审批止于第一级" },
  risk        = { en = "A document counts as approved while those who must decide have not been asked.", zh = "单据在高级审批前即被系统视为已批准。" },
  source      = { "000B III-1.1" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "sales_order",
  applies     = function(order) return is_entered(order) and order.approved_at ~= nil end,
  tests       = {
    en = "When the order's header says it was approved, with the decision of the last step that the matrix asks for; steps that never came are APR-07's.",
    zh = "订单表头审核时间与审批矩阵最后一级的决定时间比较；缺失的级次由 APR-07 检查。",
  },
  shape       = "approval",
  needs       = { "approval" },
  amount_kind = "transaction",
  message     = { en = "approved on {approved_at} after step {step}, while step {last} was decided on {decided_at}", zh = "第 {step} 级后于 {approved_at} 即审核，第 {last} 级于 {decided_at} 才审批" },
  follow_up   = { en = "Have the workflow mended so that the header follows the last step; read what was done in between.", zh = "修正审批流使表头状态以末级为准，检查期间的业务。" },

  test = function(order)
    select_currency(currency_of(order)) -- of the exception; the matrix has limits in the company's
    local amount = order.amount and money_in(order, "amount", company_currency, order.approved_at)
    local chain = required_chain("sales_order", "order_approval", amount, order.approved_at)
    local last = max(map(chain, "step_no"))
    if not last or last <= 1 then return end
    local standing = standing_approvals(order, order_kinds)
    local final = first(standing, function(approval) return (approval.step_no or 0) >= last end)
    if not final then return end
    if order.approved_at >= final.decided_at then return same_day_note(final.decided_at, order.approved_at, { by = final.approver_id }) end
    local before = first(standing, function(approval) return (approval.step_no or 0) < last end)
    return exception {
      amount = order.amount, approved_at = order.approved_at, step = before and before.step_no or "none", last = last,
      decided_at = final.decided_at, evidence = evidence(final, before, map(chain, "rule")),
    }
  end,
}

control "BYP-04" {
  title       = { en = "Credit extended by invoice or journal, where nobody checks it", zh = "通过发票或分录增加应收绕过信用检查" },
  risk        = { en = "Orders are checked against the limit; what is invoiced without one, dearer than ordered, or posted by hand is not.", zh = "信用仅在订单环节检查，直接开票、加价开票或手工记应收可绕过。" },
  source      = { "000B II-2.2" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "receivable_entry",
  applies     = function(entry)
    return is_live(entry) and entry.kind ~= "opening" and entry.amount ~= nil and entry.amount > 0 and entry.posted_on ~= nil
  end,
  group       = function(entry) return entry.customer_id end,
  parameters  = {
    include_open_orders = { true, origin = "default", note = "as CRD-01" },
    unapplied = { "all", origin = "default", note = "receipts not applied yet: all, same_contract or none" },
    tolerance = { decimal "0.01", origin = "default", note = "rounding of an invoice" },
  },
  tests       = {
    en = "Exposure is carried forward as for CRD-01; each receivable that adds more than the goods it takes over is compared with the limit in force.",
    zh = "按 CRD-01 逐笔滚动信用占用；应收金额超过其对应已发货物的部分使占用超过当时额度者列示。",
  },
  shape       = "balance",
  amount_kind = "exposure",
  message     = { en = "adds {increase} of its own to an exposure of {exposure}; limit {limit}", zh = "自身增加占用 {increase}，达 {exposure}，额度 {limit}" },
  follow_up   = { en = "Find the goods or service behind the receivable and who let it pass; count it in the customer's limit.", zh = "查明应收对应的货物或服务及放行人，纳入客户额度。" },

  test = function(entries, p)
    local customer = entries[1].customer
    if not customer then return untestable { en = "no customer", zh = "无客户" } end
    select_currency(company_currency)
    if not any(entries, limit_of) then return end
    return replay_credit({ customer }, entries, limit_of, function(entry, before, after, terms)
      local increase = after.exposure - before.exposure
      local excess = after.exposure - terms.credit_limit
      if increase <= p.tolerance or excess + after.doubt <= 0 then
        if increase > 0 and excess > 0 then within_tolerance_note(increase, { row = entry, currency = currency_of(terms) }) end
        return nil
      end
      local order = entry.invoice and entry.invoice.order
      if approved(entry, { "credit_override" }, { by = entry.posted_on }) then return nil end
      if order and approved(order, { "credit_override" }, { by = entry.posted_on }) then return nil end
      if excess <= 0 then return untestable_row(entry, unknown_end()) end
      return exception {
        row = entry, amount = round(min(increase, excess), 2), currency = currency_of(terms), increase = increase,
        exposure = after.exposure, limit = terms.credit_limit, evidence = evidence(terms, entry.invoice, order),
      }
    end, p)
  end,
}

control "BYP-05" {
  title       = { en = "Price floor compared gross against net", zh = "限价含税与不含税混比" },
  risk        = { en = "The system lets prices with tax pass a floor without tax: every sale may be cheaper by the tax.", zh = "系统以含税价与不含税限价比较，实际售价可低于限价一个税额。" },
  source      = { "000B III-1.3.1" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "sales_order_line",
  applies     = function(line)
    local order = line.order
    return order ~= nil and is_live(order) and is_sale(line) and signed_contract(order) == nil and line.unit_price ~= nil
      and line.price ~= nil and line.price.floor_price ~= nil and not line.price.price_list.tax_included
  end,
  group       = function(line) return { line.price.price_list_id, line.product_id } end,
  parameters  = {
    min_count = { 3, origin = "default", note = "fewer lines between the two floors are chance; PRC-01 reports each" },
    min_share = { decimal "25", origin = "default", note = "percent of the product's lines: where a check lets them pass there are many" },
  },
  tests       = {
    en = "Per product of a price list without tax: order lines whose price is under the floor while the price with tax is not, without a special price, where no line is under both.",
    zh = "按不含税价目表的产品统计：无特价审批、不含税价低于限价而含税价不低于限价的订单行（且无任何行两者均低于限价）。",
  },
  shape       = "aggregate",
  amount_kind = "exposure",
  message     = { en = "{count} lines under the floor {floor} without tax, none under it with tax", zh = "{count} 行不含税价低于限价 {floor}，含税价均不低于限价" },
  follow_up   = { en = "Test the system's floor with one price between the two; correct its basis.", zh = "用介于两者之间的价格测试系统限价控制，修正比较口径。" },

  test = function(lines, p)
    local between, short = {}, 0
    for line in each(lines) do
      local quantity = quantity_priced(line, line.price)
      local floor = line.price.floor_price * quantity
      local net = real_total(line)
      local is_under = net < floor and not approved(line, { "special_price" }, { by = order_approved_last(line.order) })
      if is_under then
        if real_total_gross(line) < floor then return end -- the check held for nobody
        table.insert(between, line)
        short = short + floor - net
      end
    end
    if #between < p.min_count or #between * 100 < p.min_share * #lines then return end
    return exception {
      row = between[1].price, amount = short, count = #between, floor = between[1].price.floor_price, evidence = evidence(at_most(20, between)),
    }
  end,
}

control "BYP-06" {
  title       = { en = "Quotation copied from a customer on hold", zh = "由冻结客户的报价单复制" },
  risk        = { en = "A hold stops new documents of a customer, not a copy that is ordered in another's name.", zh = "客户被冻结后，以复制报价、他人名义下单绕过控制。" },
  source      = { "001-II.2.4" },
  severity    = "high",
  profile     = { "general", "archive" },
  population  = "quotation",
  scope       = "all",
  parameters  = { window_days = { 60, origin = "default", note = "how old the original may be" } },
  tests       = {
    en = "Each quotation, where its customer was ever on hold, with later ones of the period for other customers that offer the same products, quantities and prices, made while that customer was on hold.",
    zh = "客户曾被冻结的，其报价单与冻结期间向其他客户所作产品、数量、价格完全相同的本期报价比较。",
  },
  shape       = "duplicates",
  amount_kind = "exposure",
  message     = { en = "same offer as {original} of {customer}, on hold ({reason}) on {quoted_on}", zh = "与客户 {customer} 报价单 {original} 内容相同，{quoted_on} 该客户处于冻结状态（{reason}）" },
  terms       = {
    inactive = { en = "inactive", zh = "停用" }, deleted = { en = "deleted", zh = "删除" }, overdue = { en = "overdue", zh = "逾期" },
    dispute = { en = "dispute", zh = "争议" }, bounced = { en = "bounced bill", zh = "拒付" }, bad_debt = { en = "bad debt", zh = "坏账" }, fraud = { en = "fraud", zh = "欺诈" },
  },
  follow_up   = { en = "Find out who receives the goods and who pays; stop delivery if it is the customer on hold.", zh = "查明实际收货人和付款人，如为冻结客户应停止发货。" },

  -- Few customers are ever on hold: what they were offered is looked for in others' quotations, not the other way round.
  test = function(original, p)
    if not was_ever_on_hold(original.customer) then return end
    if not original.quoted_on then return untestable { en = "no date of the quotation", zh = "无报价日期" } end
    local found, seen = {}, {}
    for copy in each(same_offers(original)) do
      local first_one, reason
      if copy.quoted_on and in_period(copy.quoted_on) and not seen[copy] then
        first_one, reason = original_on_hold(copy, p.window_days)
      end
      seen[copy] = true
      if first_one == original then
        table.insert(found, exception {
          row = copy, amount = copy.amount, original = original.quotation_id, customer = original.customer_id, reason = reason,
          quoted_on = copy.quoted_on, evidence = evidence(original, original.customer, copy.lines),
        })
      end
    end
    return found
  end,
}

control "BYP-07" {
  title       = { en = "Order confirmed from a state that skips approval", zh = "由跳过审批的状态确认订单" },
  risk        = { en = "A draft or rejected order is set to approved by hand, and the approvers never see it.", zh = "草稿或驳回的订单被直接改为已审核，绕过审批人。" },
  source      = { "000C 2" },
  severity    = "critical",
  profile     = { "general", "erp-order" },
  population  = "order_change",
  applies     = function(change, p)
    return change.field == "status" and contains(p.from, change.old_value or "") and contains(p.to, change.new_value or "") and change.order ~= nil
  end,
  parameters  = {
    from = { { "draft", "rejected" }, origin = "default", note = "states that approval must come after" },
    to   = { { "approved", "closed" }, origin = "default", note = "states that only approval may give" },
  },
  tests       = {
    en = "Changes of an order's state from draft or rejected straight to approved, with approvals that stood at that moment.",
    zh = "订单状态由草稿或驳回直接改为已审核时，是否存在有效审批。",
  },
  shape       = "approval",
  amount_kind = "transaction",
  message     = { en = "{old} set to {new} by {changed_by} on {changed_at} with no approval standing", zh = "{changed_by} 于 {changed_at} 将状态由 {old} 直接改为 {new}，无有效审批" },
  terms       = { draft = { en = "draft", zh = "草稿" }, rejected = { en = "rejected", zh = "驳回" }, approved = { en = "approved", zh = "已审核" }, closed = { en = "closed", zh = "关闭" } },
  follow_up   = { en = "Take the right to set this state from users; have the order decided by whoever should have.", zh = "收回直接修改状态的权限，补办审批。" },

  test = function(change)
    if not change.changed_at then return untestable { en = "no date of the change", zh = "无变更日期" } end
    if approval_in_time({ change.order }, order_kinds, change.changed_at, function() return true end) then return end
    return exception {
      amount = change.order.amount, old = change.old_value, new = change.new_value, changed_by = change.changed_by or "nobody named",
      changed_at = change.changed_at, evidence = evidence(change.order, decisions(change.order, order_kinds)),
    }
  end,
}

control "BYP-08" {
  title       = { en = "Approval granted automatically, or within the requester's own group", zh = "系统自动批准或申请人所在组自动获批" },
  risk        = { en = "A rule of the workflow approves what a person should have read.", zh = "审批流自动通过，无人实际审核。" },
  source      = { "000B III-1.1", "000C 2" },
  severity    = "high",
  profile     = { "general", "erp-order" },
  population  = "approval",
  applies     = function(approval, p)
    return approval.decision == "approve" and approval.requested_at ~= nil and approval.decided_at ~= nil and not contains(p.may_be_automatic, approval.approval_kind or "")
  end,
  parameters  = {
    seconds          = { 5, origin = "default", note = "nobody reads a document in less" },
    may_be_automatic = { {}, origin = "default", note = "kinds of approval that the policy lets the system give" },
  },
  tests       = {
    en = "Who approved: a system user; or, within seconds of the request, somebody of the requester's unit who ranks no higher.",
    zh = "审批人是否为系统用户，或在提请后数秒内由申请人同部门且级别不高于其的人员批准。",
  },
  shape       = "approval",
  amount_kind = "transaction",
  message     = { en = "approved by {approver} {seconds} seconds after the request of {requester}: {fault}", zh = "{requester} 提请后 {seconds} 秒由 {approver} 批准：{fault}" },
  terms       = { ["system user"] = { en = "a system user", zh = "系统用户" }, ["own group"] = { en = "the requester's own group", zh = "申请人同组" } },
  follow_up   = { en = "Read the workflow's rule; have a person of the right role decide.", zh = "检查审批流规则，由有权人员补充审批。" },

  test = function(approval, p)
    local taken = approval.decided_at - approval.requested_at
    local fault
    if is_system(approval.approver_id) then
      if is_automatic_approval(approval) then return end -- the engagement states the rule
      fault = "system user"
    elseif taken >= 0 and taken <= p.seconds and not same_person(approval.requested_by, approval.approver_id) then
      local unit = unit_of(approval.approver_id)
      local is_own = unit ~= nil and unit == unit_of(approval.requested_by)
      if is_own and rank_held(approval.approver_id, approval.decided_at) <= rank_held(approval.requested_by, approval.decided_at) then
        fault = "own group"
      end
    end
    if not fault then return end
    return exception {
      amount = approval.doc_amount, approver = approval.approver_id, requester = approval.requested_by or "nobody named",
      seconds = taken, fault = fault, evidence = evidence(approval.document),
    }
  end,
}

control "BYP-09" {
  title       = { en = "Write-off or concession split to stay under an approval tier", zh = "拆分核销、让利规避审批级次" },
  risk        = { en = "Parts that one person may grant add up to what only a superior may.", zh = "拆分后各部分由低级别审批，合计应由上级审批。" },
  source      = { "000B III-1.1" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = { "write_off", "concession" },
  scope       = "all", -- the first part may be of the period before
  applies     = function(document) return (table_of(document) == "concession" or is_entered(document)) and document.amount ~= nil and author_of(document) ~= nil end,
  group       = function(document)
    local employee = person(author_of(document))
    return { document.customer_id, employee and employee.employee_id or author_of(document), currency_of(document), table_of(document) }
  end,
  parameters  = {
    window_days  = { 3, origin = "default", note = "parts of one decision are made within a few days; orders and contracts are APR-08's" },
  },
  tests       = {
    en = "Per customer, author and kind of document: documents within the window, each below a tier of the approval matrix, that reach it together. They belong to the period of the last of them.",
    zh = "同一客户、同一经办人在窗口期内各自低于审批级次、合计达到该级次的同类单据，归属最后一张单据的期间。",
  },
  shape       = "aggregate",
  amount_kind = "transaction",
  message     = { en = "{count} documents of {author} within {days} days make {total}; the tier begins at {tier}", zh = "{author} 在 {days} 天内 {count} 张单据合计 {total}，达到审批级次 {tier}" },
  follow_up   = { en = "Have the whole decided by whoever may decide its sum.", zh = "按合计金额由有权人员审批。" },

  test = function(documents, p)
    local kind = table_of(documents[1])
    local tiers = sort(filter(map(lookup("approval_rule", { doc_kind = kind }), "amount_from"), function(from) return from > 0 end))
    local found = {}
    local function moment(one)
      if kind == "write_off" then return one.written_off_on end
      return one.proposed_at
    end
    local dated = sort(filter(documents, moment), moment)
    local from = 1
    for position, last in ipairs(dated) do
      while days_between(moment(dated[from]), moment(last)) >= p.window_days do from = from + 1 end
      local parts = {}
      for at = from, position do table.insert(parts, dated[at]) end
      local total = sum(parts, "amount")
      local tier = #parts > 1 and first(tiers, function(limit)
        return total >= limit and total - last.amount < limit and all(parts, function(one) return one.amount < limit end)
      end)
      if tier and in_period(moment(last)) then
        table.insert(found, exception {
          row = last, label = tostring(tier), amount = total, count = #parts, author = author_of(last), days = p.window_days, total = total, tier = tier,
          evidence = evidence(parts),
        })
      end
    end
    return found
  end,
}

control "BYP-10" {
  title       = { en = "Backdated document: entered after its date, in a closed period", zh = "倒签单据：晚于单据日期录入已结账期间" },
  risk        = { en = "Revenue or money is moved into a period whose figures were final.", zh = "将收入或收款倒签入已结账期间，改变已定报表。" },
  source      = { "000B II-2.4" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = { "sales_order", "delivery", "invoice", "receipt", "receivable_entry" },
  scope       = "all",
  applies     = function(document)
    if not is_entered(document) then return false end
    local fields = dated[table_of(document)]
    return in_period(read(document, fields[2])) or in_period(read(document, fields[1]))
  end,
  tests       = {
    en = "The date that a document bears, with the moment it was entered, reviewed or recorded, and with the closing of the period that its date lies in.",
    zh = "单据日期与录入、复核时间及所属期间结账时间比较。",
  },
  shape       = "sequence",
  amount_kind = "misstatement",
  message     = { en = "dated {dated}, entered {entered}; {period} was closed on {closed_at}", zh = "单据日期 {dated}，{entered} 录入，期间 {period} 已于 {closed_at} 结账" },
  follow_up   = { en = "Ask who reopened the period or let the entry in; date it in the open period.", zh = "查明何人放行，按未结账期间重新入账。" },

  test = function(document)
    local fields = dated[table_of(document)]
    local on, entered = document[fields[1]], document[fields[2]]
    if not on then return untestable { en = "no date of the document", zh = "无单据日期" } end
    if not entered or not has_happened(entered) then return end
    local period = in_force("accounting_period", on, {}, "starts_on", "ends_on")
    if not period then return untestable { en = "no accounting period", zh = "无会计期间" } end
    if not period.closed_at or day(entered) <= on then return end
    if entered <= period.closed_at then return same_day_note(entered, period.closed_at, { by = document[fields[3]] }) end
    return exception {
      amount = table_of(document) == "delivery" and sum(document.lines, "gross_amount") or stated_amount(document),
      dated = on, entered = entered, period = period.period, closed_at = period.closed_at, evidence = evidence(period),
    }
  end,
}

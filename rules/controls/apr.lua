-- SPDX-License-Identifier: MIT
-- APR: approvals. Concessions step by step, opinions, authority, what went on without or against a decision.

local concession_kind = { "concession" }

-- The decisions on a concession that stand and were taken in one of these roles, by a moment (nil: by now).
local function standing_in(concession, roles, moment)
  return filter(standing_approvals(concession, concession_kind, moment), function(approval)
    return contains(roles, approval.role) or decided_in_role(approval, roles)
  end)
end

-- The final approval of a concession that stands, or nil.
local function final_of(concession, roles)
  local found = standing_in(concession, roles)
  return found[#found]
end

-- A step like those of steps.lua that an approval records in one of its moments.
local function approval_step(approval, at, by)
  return step("approval", approval, at, by)
end

-- The words of roles in messages.
local function approval_terms(more)
  local terms = step_terms()
  terms.rejected = { en = "rejected", zh = "被驳回" }
  for role, words in pairs(role_terms()) do terms[role] = words end
  for code, words in pairs(more or {}) do terms[code] = words end
  return terms
end

-- The concessions that name a reservation or a contract.
local function naming(document, column)
  return lookup("concession", { [column] = key_of(document) })
end

-- The concessions that a reservation carries.
local function carried_by_reservation(reservation)
  local own = reservation.concession
  local found = append({}, naming(reservation, "reservation_id"))
  if own and not contains(found, own) then table.insert(found, own) end
  return found
end

-- The concessions that a reservation or a contract was signed on. Of a contract not those on which its reservation had
-- been signed already.
local function carried(document)
  if table_of(document) == "reservation" then return carried_by_reservation(document) end
  local reservation = document.reservation
  local before = reservation and carried_by_reservation(reservation) or {}
  local own = append({}, naming(document, "contract_id"))
  if reservation and reservation.signed_on then
    return filter(own, function(concession) return not contains(before, concession) end)
  end
  for concession in each(before) do
    if not contains(own, concession) then table.insert(own, concession) end
  end
  return own
end

local order_kinds = { "order_approval" }

-- The decision of these kinds that a document was under at a moment, if it was a rejection; nil otherwise.
local function rejection_before(document, kinds, moment)
  local last
  for decision in each(decisions(document, kinds)) do
    if decision.decided_at < moment then last = decision end
  end
  return last and last.decision == "reject" and last or nil
end

-- The kind of document that the matrix names for an approval: that of the header where a line was approved.
local function kind_in_matrix(approval)
  local kind = approval.doc_kind
  return ends_with(kind, "_line") and string.sub(kind, 1, -6) or kind
end

-- The currency of the matrix for a kind of approval, and the amount of a decision in it.
local function amount_decided(approval)
  local rule = lookup_one("approval_rule", { approval_kind = approval.approval_kind })
  local currency = rule and currency_of(rule) or company_currency
  select_currency(currency)
  return money_in(approval, "doc_amount", currency, approval.decided_at)
end

-- Up to which amount the delegations of a person that would do but for their limit reach; nil without one.
local function delegated_limit(who, roles, about)
  local employee = person(who)
  if not employee then return nil end
  local without_amount = { doc_kind = about.doc_kind, approval_kind = about.approval_kind, moment = about.moment }
  local would_do = filter(employee.delegations_received, function(delegation)
    return delegation_covers(delegation, without_amount) and held_role(delegation.grantor_id, roles, about.moment)
  end)
  return max(would_do, delegated_amount)
end

-- Whether a document went on as approved: its header says so, and no step of this kind is still waiting.
local function is_through(document, kind)
  local waits = any(document.approvals, function(approval)
    return approval.approval_kind == kind and (approval.decision == "pending" or approval.decision == nil)
  end)
  if waits then return false end
  local status = document.status
  return status == "approved" or status == "closed" or read(document, "approved_at") ~= nil
end

-- What is missing in the chain that ends with an approval: the faults of the roles that the matrix asks for and that did
-- not approve, and from which amount on the first of them had to.
local function missing_roles(approval, rules)
  local document = approval.document
  local kind = approval.approval_kind
  if not document or not is_through(document, kind) then return {}, nil end
  local standing = standing_approvals(document, { kind })
  if standing[#standing] ~= approval then return {}, nil end
  local chain = map(rules, function(rule) return { step_no = rule.step_no or 0, role = rule.role, rule = rule } end)
  local faults = filter(chain_faults(document, { kind }, chain), function(fault) return fault.fault == "missing" end)
  local roles = map(faults, "role")
  local from = min(filter(rules, function(rule) return contains(roles, rule.role) end), function(rule) return rule.amount_from or 0 end)
  return roles, from
end

-- What the matrix asks of orders and contracts, and the day that they count from.
local split_kinds = {
  sales_order = { kind = "order_approval", day = function(order) return order.order_date end },
  contract    = { kind = "contract_approval", day = function(contract) return contract.signed_on end },
}

-- The amounts from which on the matrix asks for one more role, on the day of a document, the highest first: rows of the
-- matrix.
local function thresholds(document)
  local about = split_kinds[table_of(document)]
  local rules = filter(lookup("approval_rule", { approval_kind = about.kind }), function(rule)
    return (rule.doc_kind == nil or rule.doc_kind == table_of(document))
      and rule.amount_from ~= nil
      and in_window(about.day(document), rule.valid_from, rule.valid_to)
  end)
  return sort(rules, function(rule) return -rule.amount_from end)
end

-- The documents, in the order of their days, that stay under the threshold of a rule though large enough to be parts of
-- something above it, and that nobody in the role of that rule approved: an array of { row =, day =, amount = }.
local function parts_below(documents, rule, currency, share)
  local found = {}
  for document in each(documents) do
    local about = split_kinds[table_of(document)]
    local amount = money_in(document, "amount", currency, about.day(document))
    local is_part = amount ~= nil and amount < rule.amount_from and amount >= percent(rule.amount_from, share)
    if is_part and not any(standing_approvals(document, { about.kind }), function(approval)
      return decided_in_role(approval, { rule.role })
    end) then
      table.insert(found, { row = document, day = about.day(document), amount = amount })
    end
  end
  return sort(found, "day")
end

-- Whether two of some values are the same.
local function has_repeated(values)
  return any(group_by(values, function(value) return tostring(value) end), function(group) return #group.rows > 1 end)
end

-- Whether parts may be one purchase: two of them are of one day, of one number, or of one product, or the products of one
-- are not known.
local function may_be_one(parts)
  if has_repeated(map(parts, "day")) then return true end
  local products, numbers = {}, {}
  for part in each(parts) do
    local lines = rows_of(part.row, table_of(part.row) .. "_line", "lines")
    local own = group_by(lines, "product_id")
    if #own == 0 then return true end
    append(products, map(own, "key"))
    if table_of(part.row) == "sales_order" then append(numbers, known_values(read(part.row, "order_no"))) end
  end
  return has_repeated(products) or has_repeated(numbers)
end

-- The groups of parts, taken in order, that lie within some days of their first and together reach a threshold.
local function splits(parts, threshold, days)
  local found, position = {}, 1
  while position <= #parts do
    local together = {}
    for other = position, #parts do
      if days_between(parts[position].day, parts[other].day) > days then break end
      table.insert(together, parts[other])
    end
    local is_split = sum(together, "amount") >= threshold and may_be_one(together) -- one alone is below it
    if is_split then table.insert(found, together) end
    position = position + (is_split and #together or 1)
  end
  return found
end

local with_status = { "sales_order", "contract", "invoice", "receipt", "write_off", "return_request" }

-- Whether a document of any kind was made void or cancelled.
local function is_cancelled(document)
  return document ~= nil and contains(with_status, table_of(document)) and is_void(document)
end

-- What may go on after a document was decided on: of orders and contracts their execution and signing, of others the
-- next step.
local after_decision = {
  sales_order = executions_of,
  contract = function(contract)
    local found = executions_of(contract)
    if contract.signed_on then
      table.insert(found, { step = "contract.signed_on", at = contract.signed_on, row = contract })
    end
    return found
  end,
  quotation = function(quotation)
    if not quotation.sent_at or not has_happened(quotation.sent_at) then return {} end
    return { { step = "quotation.sent_at", at = quotation.sent_at, row = quotation } }
  end,
  delivery_request = function(request)
    return map(request.issues, function(issue)
      if not is_live(issue) or not issue.issued_at or not has_happened(issue.issued_at) then return nil end
      return { step = "stock_issue.issued_at", at = issue.issued_at, row = issue }
    end)
  end,
  invoice_request = function(request)
    return map(rows_of(request, "invoice", "invoices"), function(invoice)
      if not is_live(invoice) or not invoice.issued_on or not has_happened(invoice.issued_on) then return nil end
      return { step = "invoice.issued_on", at = invoice.issued_on, row = invoice, of = invoice }
    end)
  end,
}

-- The rows of the approval matrix that grant days for the step of an approval, as of its request.
local function time_limits(approval)
  if not imported("approval_rule", "max_days") then return {} end
  local amount = amount_for_matrix(approval, approval.approval_kind, approval.requested_at, "doc_amount")
  local rules = matrix_rules(kind_in_matrix(approval), approval.approval_kind, amount, approval.requested_at)
  return filter(rules, function(one)
    return one.max_days ~= nil and (approval.step_no == nil or one.step_no == nil or one.step_no == approval.step_no)
  end)
end

-- The goods of a reservation line at its price, and at the list price, for as many of the list's unit.
local function units_of_list(line, price)
  local product = line.product
  local own = product and product.uom
  local unit = price.uom or own
  if not unit or not own or unit == own then return line.quantity end
  return div(line.quantity, units_in(price.unit_conversion, unit), 6)
end

-- Whether a concession is on record for a reservation: its own, or that of a contract made of it.
local function has_concession(reservation)
  if #carried_by_reservation(reservation) > 0 then return true end
  return any(reservation.contracts, function(contract) return #naming(contract, "contract_id") > 0 end)
end

control "APR-01" {
  title      = { en = "Concession approved without its complete chain", zh = "优惠条件审批链不完整" },
  risk       = { en = "The general manager decides on a concession that sales and marketing have not examined.", zh = "未经销售部经理、营销副总审核即由总经理批准，优惠审批流于形式。" },
  tests      = {
    en = "Of each concession that the general manager approved: it was proposed by a sales supervisor, reviewed by the sales manager and the marketing vice president after that, and approved after both. A missing approval of the general manager himself is for APR-03 and APR-05.",
    zh = "总经理已批准的每项优惠：须由销售主管提出，其后经销售部经理和营销副总分别审核，再由总经理批准。缺总经理批准的由 APR-03、APR-05 检查。",
  },
  source     = { "000A G8-C9", "000A C9/B9" },
  severity   = "medium",
  profile    = { "concession" },
  population = "concession",
  shape      = "approval",
  parameters = {
    proposer_roles = { { "sales_supervisor" }, origin = "policy" },
    review_roles   = { { "sales_manager", "marketing_vp" }, origin = "policy", note = "each of them reviews" },
    final_role     = { "general_manager", origin = "policy" },
  },
  needs      = { "approval" },
  amount_kind = "exposure",
  terms      = approval_terms(),
  message    = {
    en = "{role}: {fault} ({at}); the general manager approved on {approved_at}; {faults} faults in all",
    zh = "{role}{fault}（{at}）；总经理批准时间 {approved_at}；共 {faults} 处问题",
  },
  follow_up  = {
    en = "Ask who brought the concession before the general manager and why a review was passed over; have it reviewed now.",
    zh = "询问由谁上报总经理、为何越过审核环节，并补充审核。",
  },

  test = function(concession, p)
    local final = final_of(concession, { p.final_role })
    if not final then return end
    local chain = map(p.review_roles, function(role) return { step_no = 1, role = role } end)
    table.insert(chain, { step_no = 2, role = p.final_role })
    local faults = chain_faults(concession, concession_kind, chain)
    local proposer = person(concession.proposed_by)
    if proposer and not held_role(concession.proposed_by, p.proposer_roles, concession.proposed_at) then
      table.insert(faults, 1, { fault = "wrong role", role = p.proposer_roles[1], at = concession.proposed_at })
    end
    local first_decision = first(standing_approvals(concession, concession_kind))
    if first_decision.decided_at < concession.proposed_at then
      table.insert(faults, { fault = "too early", role = first_decision.role, at = first_decision.decided_at })
    end
    same_day_note(first_decision.decided_at, concession.proposed_at, { by = first_decision.approver_id })
    local fault = faults[1]
    if not fault then return end
    return exception {
      amount      = concession.amount,
      role        = fault.role or "none",
      fault       = fault.fault,
      at          = fault.at or "none",
      faults      = #faults,
      approved_at = final.decided_at,
      evidence    = evidence(concession.approvals),
    }
  end,
}

control "APR-02" {
  title      = { en = "Reviewed concession not reported to the general manager on the same day", zh = "审核后未当日上报总经理" },
  risk       = { en = "The customer waits, and what was reviewed may no longer be what is approved.", zh = "上报拖延影响成交，审核依据与审批时情况可能已不一致。" },
  tests      = {
    en = "The day on which a reviewed concession was put before the general manager is compared with the day of its last review.",
    zh = "将优惠上报总经理的日期，与销售部经理、营销副总中较晚一方的审核日期比较。",
  },
  source     = { "000A C9/B9" },
  severity   = "low",
  profile    = { "concession" },
  population = "concession",
  scope      = "all",
  shape      = "sequence",
  parameters = {
    review_roles = { { "sales_manager", "marketing_vp" }, origin = "policy" },
    final_roles  = { { "general_manager" }, origin = "policy" },
    days         = { 0, origin = "policy", note = "the same calendar day" },
  },
  needs      = { "approval" },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = {
    en = "reviewed on {other_at}, reported to the general manager: {at}",
    zh = "{other_at} 审核完毕，上报总经理时间：{at}",
  },
  follow_up  = {
    en = "Ask where the papers lay after the review; where it recurs, change the way they take.",
    zh = "查明审核完毕后资料滞留在何处；经常发生的，改进传递方式。",
  },

  test = function(concession, p)
    local reviews = filter(standing_approvals(concession, concession_kind), function(approval)
      return not contains(p.final_roles, approval.role)
    end)
    local lacking = any(p.review_roles, function(role)
      return not any(reviews, function(approval) return decided_in_role(approval, { role }) end)
    end)
    if lacking then return end -- not reviewed yet, or APR-01's
    local last = reviews[#reviews]
    if not in_period(last.decided_at) then return end
    local reports = filter(concession.approvals, function(approval)
      return contains(concession_kind, approval.approval_kind) and contains(p.final_roles, approval.role)
    end)
    local reported = approval_step(sort(reports, "requested_at")[#reports], "requested_at")
    return step_exception(deadline_faults(reported, approval_step(last, "decided_at"), p.days), { amount = concession.amount })
  end,
}

control "APR-03" {
  title      = { en = "Approved concession not released to sales on the same day, or released unapproved", zh = "审批合格未当日下发，或未经批准即下发" },
  risk       = { en = "Sales signs without the decision in hand, or promises what nobody approved.", zh = "销售人员未拿到批复即对外承诺，或以未批准的优惠签约。" },
  tests      = {
    en = "The release of each concession is compared with the general manager's approval: not before it, on the same day, and to the salesperson or the supervisor.",
    zh = "将优惠下发时间与总经理批准时间比较：不得早于批准，须在批准当日，且应下发销售员或销售主管。",
  },
  source     = { "000A A9" },
  severity   = "low",
  profile    = { "concession" },
  population = "concession",
  scope      = "all",
  shape      = "sequence",
  parameters = {
    final_roles   = { { "general_manager" }, origin = "policy" },
    receiver_roles = { { "salesperson", "sales_supervisor" }, origin = "policy" },
    days          = { 0, origin = "policy", note = "the same calendar day" },
  },
  amount_kind = "exposure",
  terms      = approval_terms {
    ["wrong receiver"] = { en = "went to neither the salesperson nor the supervisor", zh = "对象既非销售员也非销售主管" },
  },
  message    = {
    en = "the general manager's approval: {other_at}; release to {receiver}: {at}; it {fault}",
    zh = "总经理批准：{other_at}；下发 {receiver}：{at}；下发{fault}",
  },
  follow_up  = {
    en = "Late: ask where the decision lay. Released without approval: ask on whose word, and what was signed on it.",
    zh = "逾期的查明批复滞留原因；未批先下发的，查明由谁授意及已签订的文件。",
  },

  test = function(concession, p)
    local final = final_of(concession, p.final_roles)
    local released = step("concession", concession, "released_at", "released_to")
    local approved_step = approval_step(final, "decided_at", "approver_id")
    if not in_period(latest(released.at, approved_step.at)) then return end
    local faults = order_faults { approved_step, released }
    append(faults, deadline_faults(released, approved_step, p.days))
    if released.at and person(released.by) and not held_role(released.by, p.receiver_roles, released.at) then
      table.insert(faults, { fault = "wrong receiver" })
    end
    local fault = faults[1]
    if not fault then return end
    return exception {
      amount   = concession.amount,
      fault    = fault.fault,
      at       = released.at or "none",
      other_at = approved_step.at or "none",
      receiver = released.by or "none",
      evidence = evidence(final, concession.approvals),
    }
  end,
}

control "APR-04" {
  title      = { en = "Approver recorded no opinion", zh = "审批人未签署意见" },
  risk       = { en = "Nobody can tell later what was examined, and by whom.", zh = "审批依据无从追溯，审核流于形式。" },
  tests      = {
    en = "Each decision on documents of the kinds named carries an opinion and the moment at which it was taken. Rejected orders are for CHG-03.",
    zh = "所列单据的每一审批决定均须签署意见并注明时间。订单驳回由 CHG-03 检查。",
  },
  source     = { "000A C9/B9" },
  severity   = "low",
  profile    = { "concession", "internal-control" },
  population = "approval",
  shape      = "required fields",
  applies    = function(approval, p)
    return contains(p.doc_kinds, approval.doc_kind)
      and (approval.decision == "approve" or approval.decision == "reject")
      and not is_system(approval.approver_id)
      and not (approval.doc_kind == "sales_order" and approval.decision == "reject")
  end,
  parameters = {
    doc_kinds = {
      { "concession", "contract", "contract_change" },
      origin = "default", note = "the policy asks it of concessions; contracts and their changes are ours",
    },
  },
  amount_kind = "transaction",
  message    = required_message(),
  follow_up  = {
    en = "Have the approver state what was examined; where it is habit, make the field mandatory.",
    zh = "请审批人补充说明审核内容；普遍缺失的，将意见设为必填。",
  },

  test = function(approval)
    if not approval.approver_id then return untestable { en = "no approver", zh = "无审批人" } end
    local missing = {}
    if is_blank(approval.opinion) then table.insert(missing, "approval.opinion") end
    if not approval.decided_at then table.insert(missing, "approval.decided_at") end
    return required_exception(missing, { amount = approval.doc_amount, evidence = evidence(approval.document) })
  end,
}

control "APR-05" {
  title      = { en = "Reservation or contract signed on a concession before the general manager approved it", zh = "优惠未经总经理批准即签约" },
  risk       = { en = "The company is bound to terms that nobody with authority granted.", zh = "公司受未经授权的优惠条件约束。" },
  tests      = {
    en = "Each reservation and contract that carries a concession was signed no earlier than the day on which the general manager's approval of that concession stood.",
    zh = "凡带有优惠条件的预定书和合同，签订日不得早于总经理批准该优惠之日。",
  },
  source     = { "000A A9" },
  severity   = "high",
  profile    = { "concession" },
  population = { "reservation", "contract" },
  shape      = "approval",
  applies    = function(document)
    local is_valid = table_of(document) == "reservation" or is_entered(document)
    return document.signed_on ~= nil and is_valid and #carried(document) > 0
  end,
  parameters = { final_roles = { { "general_manager" }, origin = "policy" } },
  needs      = { "approval" },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = {
    en = "signed on {signed_on} with concession {concession}; the general manager approved: {approved_at}",
    zh = "{signed_on} 按优惠 {concession} 签订；总经理批准：{approved_at}",
  },
  follow_up  = {
    en = "Ask who promised the concession; submit it for approval, or agree other terms with the customer.",
    zh = "查明由谁承诺优惠；补报总经理审批，或与客户重新商定条件。",
  },

  test = function(document, p)
    local unapproved = filter(carried(document), function(concession)
      return #standing_in(concession, p.final_roles, document.signed_on) == 0
    end)
    return map(unapproved, function(concession)
      local later = final_of(concession, p.final_roles)
      return exception {
        label       = key_of(concession),
        amount      = concession.amount,
        concession  = key_of(concession),
        signed_on   = document.signed_on,
        approved_at = later and later.decided_at or "none",
        evidence    = evidence(concession, concession.approvals),
      }
    end)
  end,
}

control "APR-06" {
  title      = { en = "Order executed before it was approved", zh = "订单未审批即执行" },
  risk       = { en = "Goods are made, sent or invoiced on an order that nobody had agreed to.", zh = "未经批准的订单已排产、发货或开票，造成损失。" },
  tests      = {
    en = "Each release to production, delivery, issue and invoice of an order must come while a final approval of it is in force: not before the first one, nor after one was withdrawn or unapproved and before the next. Where the history of approvals has nearly all headers of the period, or is stated to be complete, a header without a row in it is no approval; elsewhere it stands, as an assumption. What went on after a rejection is for APR-09.",
    zh = "订单的排产、发货、出库、开票均须在终审有效期间：不得早于首次终审，也不得在撤回或弃审之后、再次终审之前。审批记录覆盖本期绝大部分已审订单或声明完整时，表头已审而记录中没有的不视为批准；否则以表头为准（假定）。驳回之后继续执行的由 APR-09 检查。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  scope      = "all",
  shape      = "sequence",
  applies    = function(order) return not is_void(order) and not is_reversal(order) end,
  amount_kind = "exposure",
  terms      = {
    none     = { en = "none", zh = "无" },
    approval = { en = "approval records", zh = "审批记录" },
    ["header only"] = { en = "the history; it is approved in the header, not in the history", zh = "审批记录；表头显示已审而审批记录中没有" },
  },
  message    = {
    en = "{step} on {at}; approved: {approved_at} (by {basis}); {count} executions while no approval was in force",
    zh = "{step}：{at}；批准时间：{approved_at}（依据{basis}）；无有效审批时共执行 {count} 次",
  },
  follow_up  = {
    en = "Ask who released the order and how the system allowed it; obtain the approval, or take the goods back.",
    zh = "查明由谁放行、系统为何未拦截；补办审批或收回货物。",
  },

  test = function(order)
    select_currency(currency_of(order))
    local executions = executions_of(order)
    if #executions == 0 then return end
    local spans = order_spans(order)
    local approved_at = spans[1] and spans[1].from
    local early = filter(executions, function(one)
      return not span_at(spans, one.at) and not rejection_before(order, order_kinds, one.at)
    end)
    local found = early[1]
    if not found or not in_period(found.at) then return end
    return exception {
      amount      = worth_executed(early) or order.amount,
      step        = found.step,
      at          = found.at,
      approved_at = approved_at or "none",
      basis       = is_approved_in_header_only(order, order_kinds, "approved_at") and "header only"
        or has_history(order, order_kinds) and "approval" or "sales_order.approved_at",
      count       = #early,
      evidence    = evidence(map(early, "row"), order.approvals),
    }
  end,
}

control "APR-07" {
  title      = { en = "Approver lacked the role or the authority for the amount", zh = "越权审批" },
  risk       = { en = "The company is committed by people without authority.", zh = "无权人员批准业务，授权体系失效。" },
  tests      = {
    en = "Who approved held the stated role, one of a higher rank, or a delegation in force for the amount. Of documents of the kinds named, the approvals together hold every role that the matrix in force asked for at that amount.",
    zh = "审批人在审批时须任该岗位或更高岗位，或持有覆盖该金额的有效授权；所列审批种类还须集齐审批矩阵对该金额要求的全部岗位。",
  },
  source     = { "000B III-1.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "approval",
  shape      = "as-of",
  applies    = function(approval, p)
    return approval.decision == "approve" and not is_system(approval.approver_id)
      and (approval.role ~= nil or contains(p.chain_kinds, approval.approval_kind))
  end,
  parameters = {
    chain_kinds = {
      { "order_approval" },
      origin = "default", note = "contracts are for CON-02, concessions for APR-01, special prices for PRC-01, credit for CRD-06, changes for CHG-01",
    },
  },
  needs      = { "approval_rule" },
  amount_kind = "exposure",
  terms      = approval_terms {
    ["no authority"] = { en = "did not hold the role", zh = "审批时不具备该岗位权限" },
    ["role missing"] = { en = "is the last approval, but these roles are missing", zh = "为最后一级审批，但缺少应审岗位" },
  },
  message    = {
    en = "{person} approved {decided} on {decided_at}, authority up to {authority}: {fault}: {role}",
    zh = "{person} 于 {decided_at} 批准 {decided}，权限上限 {authority}：{fault}（{role}）",
  },
  follow_up  = {
    en = "Have someone with authority decide again; find out how the system let the approval pass.",
    zh = "由有权人员重新审批；查明系统为何放行越权审批。",
  },

  test = function(approval, p)
    if not approval.approver_id then return untestable { en = "no approver", zh = "无审批人" } end
    if not person(approval.approver_id) then return untestable { en = "the approver is no known employee", zh = "审批人不在员工名册中" } end
    local kind = kind_in_matrix(approval)
    local amount = amount_decided(approval)
    local rules = matrix_rules(kind, approval.approval_kind, amount, approval.decided_at)
    if #rules == 0 then return untestable { en = "no row of the approval matrix", zh = "审批权限表中无对应行" } end
    local has_bands = any(rules, function(rule) return rule.amount_to ~= nil or (rule.amount_from or 0) > 0 end)
    if amount == nil and has_bands then return untestable { en = "no amount at the decision", zh = "无决定时金额" } end
    local found = {}
    local function report(label, role, authority)
      table.insert(found, exception {
        label      = label,
        amount     = amount and amount - (authority or 0),
        fault      = label,
        role       = role,
        person     = person(approval.approver_id).employee_id,
        decided    = amount or "none",
        authority  = authority or 0,
        decided_at = approval.decided_at,
        evidence   = evidence(approval.document, rules),
      })
    end
    if approval.role then
      local about = { doc_kind = kind, approval_kind = approval.approval_kind, amount = amount, moment = approval.decided_at }
      if not could_act(approval.approver_id, { approval.role }, about) then
        report("no authority", approval.role, delegated_limit(approval.approver_id, { approval.role }, about))
      end
    end
    if contains(p.chain_kinds, approval.approval_kind) then
      local roles, from = missing_roles(approval, rules)
      if #roles > 0 then report("role missing", table.concat(roles, ", "), from) end
    end
    return found
  end,
}

control "APR-08" {
  title      = { en = "Documents split to stay under an approval threshold", zh = "拆单规避审批" },
  risk       = { en = "What is too large for one signature is signed in parts.", zh = "将大额业务拆分为小额单据，逃避上级审批。" },
  tests      = {
    en = "Orders (or contracts) of one customer and salesperson within a few days, each under a threshold of the approval matrix but a good part of it, and of one day, one product or one number, are added up and compared with that threshold. Orders under a contract, and what the higher role approved all the same, are left out.",
    zh = "同一客户、同一销售员在数日内的多张订单（或多份合同），单笔均低于审批矩阵的金额界限而达到一定比例，且同日、同产品或同一订单号的，其合计与该界限比较。合同项下订单及上级岗位已批准的除外。",
  },
  source     = { "000B III-1.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = { "sales_order", "contract" },
  scope      = "all",
  shape      = "aggregate",
  applies    = function(document)
    if not is_entered(document) or is_reversal(document) or document.amount == nil then return false end
    if table_of(document) == "contract" then return document.signed_on ~= nil end
    return document.order_date ~= nil and signed_contract(document) == nil
  end,
  group      = function(document)
    local salesperson = person(document.salesperson_id)
    return { document.customer_id, salesperson and salesperson.employee_id or document.salesperson_id or "none" }
  end,
  parameters = {
    window_days   = { 3, origin = "default", note = "from the first to the last document" },
    min_share_pct = { decimal "50", origin = "default", note = "of the threshold; smaller documents are not counted" },
  },
  needs      = { "approval_rule" },
  amount_kind = "exposure",
  message    = {
    en = "{count} documents from {from} to {to} come to {total}; from {threshold} on {role} has to approve",
    zh = "{from} 至 {to} 共 {count} 张单据合计 {total}，达到须由{role}审批的界限 {threshold}",
  },
  terms      = approval_terms(),
  follow_up  = {
    en = "Compare the goods, the quotation and the customer's purchase order of these documents; ask why they were not one.",
    zh = "比对各单据的货物、报价和客户采购单，询问为何未合并为一张。",
  },

  test = function(documents, p)
    local found, used, rules = {}, {}, {}
    for document in each(documents) do
      for rule in each(thresholds(document)) do
        if not contains(rules, rule) then table.insert(rules, rule) end
      end
    end
    for rule in each(sort(rules, function(one) return -one.amount_from end)) do
      local currency = currency_of(rule)
      select_currency(currency)
      local rest = filter(documents, function(document)
        return not used[document] and contains(thresholds(document), rule)
      end)
      for together in each(splits(parts_below(rest, rule, currency, p.min_share_pct), rule.amount_from, p.window_days)) do
        local last = together[#together]
        for part in each(together) do used[part.row] = true end
        if in_period(last.day) then
          table.insert(found, exception {
            row       = last.row,
            amount    = sum(together, "amount"),
            count     = #together,
            total     = sum(together, "amount"),
            from      = together[1].day,
            to        = last.day,
            threshold = rule.amount_from,
            role      = rule.role,
            evidence  = evidence(map(together, "row"), rule),
          })
        end
      end
    end
    return found
  end,
}

control "APR-09" {
  title      = { en = "Processing went on after a rejection", zh = "驳回后继续执行" },
  risk       = { en = "A reviewer's no has no effect.", zh = "驳回形同虚设，不合规业务照常执行。" },
  tests      = {
    en = "After each rejection of an order, contract, quotation, goods request or invoice request, and until it is decided again, nothing of it may be made, sent, issued, invoiced or signed.",
    zh = "订单、合同、报价、需货申请、开票申请被驳回后至再次审批之前，不得有排产、发货、出库、开票、签订等后续执行。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = "approval",
  scope      = "all",
  shape      = "sequence",
  applies    = function(approval, p)
    return approval.decision == "reject" and after_decision[approval.doc_kind] ~= nil
      and not contains(p.left_out, approval.approval_kind)
  end,
  parameters = {
    left_out = {
      { "special_price", "concession", "credit_override", "change" },
      origin = "default", note = "PRC-01, APR-05, CRD-06 and CHG-01 tell what went on without these",
    },
  },
  amount_kind = "exposure",
  message    = {
    en = "rejected on {rejected_at} by {rejected_by}; {step} on {at} all the same ({count} in all)",
    zh = "{rejected_by} 于 {rejected_at} 驳回，其后仍有 {step}：{at}（共 {count} 次）",
  },
  follow_up  = {
    en = "Ask who went on and whether the reason of the rejection still holds; stop what is still open.",
    zh = "查明由谁继续办理、驳回原因是否已消除；未完成部分立即停办。",
  },

  test = function(rejection)
    if not rejection.decided_at then return untestable { en = "no moment of the decision", zh = "无决定时间" } end
    local document = rejection.document
    if not document then return untestable { en = "no such document", zh = "无此单据" } end
    if is_cancelled(document) then return end
    select_currency(currency_of(document) or company_currency)
    local later = first(decisions(document, { rejection.approval_kind }), function(decision)
      return decision.decided_at > rejection.decided_at and (decision.decision == "approve" or decision.decision == "reject")
    end)
    local went_on = filter(after_decision[table_of(document)](document), function(one)
      return one.at > rejection.decided_at and (not later or one.at < later.decided_at)
    end)
    local found = sort(went_on, function(one) return time_of(one.at) end)[1]
    if not found or not in_period(found.at) then return end
    return exception {
      amount      = worth_executed(went_on) or rejection.doc_amount,
      rejected_at = rejection.decided_at,
      rejected_by = rejection.approver_id or "unknown",
      step        = found.step,
      at          = found.at,
      count       = #went_on,
      evidence    = evidence(document, map(went_on, "row"), later),
    }
  end,
}

control "APR-10" {
  title      = { en = "Submitted document waited too long for a decision", zh = "审批超时未处理" },
  risk       = { en = "Business stands still, or goes on without waiting.", zh = "审批积压影响业务，或促使业务绕过审批。" },
  tests      = {
    en = "The decision on each request, or the day of the audit where there is none, is compared with the days that the approval matrix grants, in working days.",
    zh = "将每项审批的决定时间（未决定的取审计基准日）与审批矩阵规定的时限比较，按工作日计。",
  },
  source     = { "000C 4" },
  severity   = "low",
  profile    = { "erp-order", "general" },
  population = "approval",
  scope      = "all",
  shape      = "ageing",
  applies    = function(approval)
    if approval.decision == "withdraw" or approval.decision == "unapprove" then return false end
    return approval.decided_at == nil or in_period(approval.decided_at)
  end,
  parameters = { working_days = { 2, origin = "default", note = "where the matrix names no days" } },
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = {
    en = "requested on {requested_at}, decision due by {limit}: {decided_at}; {late} working days late",
    zh = "{requested_at} 提请，应于 {limit} 前决定，实际：{decided_at}；逾期 {late} 个工作日",
  },
  follow_up  = {
    en = "Where it still waits, remind the approver or name a deputy; where one approver is always late, look at the load.",
    zh = "仍未处理的，催办或指定代理人；某审批人经常超时的，检查其工作量。",
  },

  test = function(approval, p)
    if not approval.requested_at then return untestable { en = "no moment of the request", zh = "无申请时间" } end
    local decided_at = approval.decided_at
    local until_day = day(decided_at) or as_of
    if not until_day then return untestable { en = "no date as of which to audit", zh = "未定审计截止日" } end
    if not decided_at and is_cancelled(approval.document) then return end
    if not decided_at then must_see("approval", until_day, "decisions") end
    local rules = time_limits(approval)
    local days = min(rules, "max_days") or p.working_days
    local limit = deadline(approval.requested_at, days, true)
    if until_day <= limit then return end
    return exception {
      amount       = approval.doc_amount,
      requested_at = approval.requested_at,
      limit        = limit,
      decided_at   = decided_at or "none",
      late         = working_days(limit, until_day),
      evidence     = evidence(approval.document, rules),
    }
  end,
}

control "APR-11" {
  title      = { en = "Reservation below the list price without any concession record", zh = "无优惠审批记录的折让" },
  risk       = { en = "Concessions are granted that nobody ever saw.", zh = "绕过优惠审批，私自让利。" },
  tests      = {
    en = "The unit price of each line of a signed reservation is compared with the list price in force that day, less what who signed may grant alone. Beyond it a concession must be on record. Order and contract lines are for PRC-07.",
    zh = "将已签预定书各行单价与当日标准价（扣除签订人可自行给予的折扣）比较；低于此价的须有优惠记录。订单和合同行由 PRC-07 检查。",
  },
  source     = { "000A G8-C9" },
  severity   = "medium",
  profile    = { "concession" },
  population = "reservation_line",
  shape      = "as-of",
  applies    = function(line)
    return line.reservation ~= nil and line.reservation.signed_on ~= nil and line.quantity ~= nil and line.quantity > 0
  end,
  parameters = { role = { "salesperson", origin = "default", note = "of a signer whose role is not recorded" } },
  amount_kind = "exposure",
  message    = {
    en = "reserved at {price}, list price {list_price}; {authority} percent were free; no concession on record",
    zh = "预定单价 {price}，标准价 {list_price}，可自行给予折扣 {authority}%；无优惠记录",
  },
  follow_up  = {
    en = "Ask who granted the price; have the concession proposed and decided, or the reservation corrected.",
    zh = "查明由谁同意该价格；补报优惠审批或更正预定书。",
  },

  test = function(line, p)
    if #rows "discount_authority" == 0 then return untestable { en = "no discount authority is known", zh = "未设折扣权限" } end
    local reservation = line.reservation
    if has_concession(reservation) then return end
    local price = line.price
    if not price then return untestable { en = "no price in force", zh = "无有效价格" } end
    if not price.list_price then return untestable { en = "no list price", zh = "无目录价格" } end
    if not line.unit_price then return untestable { en = "no unit price", zh = "无单价" } end
    if price.price_list.tax_included then return untestable { en = "the list's prices are with tax, a reservation's are not", zh = "价目表为含税价，预定书为不含税价" } end
    local class = line.product and line.product.abc_class
    local authority = free_discount_of(reservation.signed_by, class, reservation.signed_on, p.role)
    local listed = price.list_price * units_of_list(line, price)
    local reserved_at = line.unit_price * line.quantity
    if reserved_at >= less_percent(listed, authority) then return end
    return exception {
      amount     = listed - reserved_at,
      price      = line.unit_price,
      list_price = price.list_price,
      authority  = authority,
      evidence   = evidence(price, reservation),
    }
  end,
}

-- SPDX-License-Identifier: MIT
-- Approvals are a history: a document may be approved, changed, unapproved and approved again. An approval counts from its
-- decision until a later one takes it back: a reject, withdraw or unapprove of the same kind of approval and of the same
-- step or an earlier one.

-- The decisions taken on a document, of these kinds of approval (nil: of any), in the order in which they were taken.
-- Pending steps and what happened after the date as of which is audited are left out.
function decisions(document, kinds)
  local taken = filter(document.approvals, function(approval)
    return (kinds == nil or contains(kinds, approval.approval_kind))
      and approval.decision ~= nil
      and approval.decision ~= "pending"
      and has_happened(approval.decided_at)
  end)
  return sort(taken, function(approval) return { time_of(approval.decided_at), approval.step_no or 0 } end)
end

-- Whether the engagement lets a system approve what a row's field (nil: its amount) comes to at a moment.
local function system_may_approve(who, row, moment, field)
  local limit = automatic_limit(who)
  local amount = limit and amount_for_matrix(row, nil, moment, field)
  return amount ~= nil and abs(amount) <= limit
end

-- Whether a decision was taken by a system, up to the amount that the engagement states for its rule.
function is_automatic_approval(decision)
  return system_may_approve(decision.approver_id, decision, decision.decided_at, "doc_amount")
end

-- Whether a decision approves: one that a person took. What a system lets pass nobody has decided, unless the engagement
-- states that it may.
function is_approval(decision)
  return decision.decision == "approve" and (not is_system(decision.approver_id) or is_automatic_approval(decision))
end

-- Whether the header of a document names a system as who approved it, without a rule that lets it.
local function is_approved_by_system(document, header)
  if not systems_exist() or header ~= "approved_at" then return false end
  local who = read(document, "approved_by")
  return who ~= nil and is_system(who) and not system_may_approve(who, document, document.approved_at)
end

-- Whether a requester took the own request back, which ends what is pending and never a decision.
local function is_own_withdrawal(decision)
  return decision.decision == "withdraw" and same_person(decision.approver_id, decision.requested_by)
end

-- Whether a decision takes an earlier approval back. A reject of a later round ends that round only. One of a later step
-- leaves the earlier ones, which hold until the document is handed in anew.
local function takes_back(decision, approval)
  if decision.decision == "approve" or is_own_withdrawal(decision) then return false end
  if decision.approval_kind ~= approval.approval_kind then return false end
  local step, earlier_step = decision.step_no, approval.step_no
  if step and earlier_step and step > earlier_step then return false end
  local round, earlier_round = decision.round_no, approval.round_no
  return not (decision.decision == "reject" and round and earlier_round and round > earlier_round)
end

-- Whether a decision had taken effect before a moment (nil: by now). On the day of a moment without a time it had not.
local function was_before(decision, moment)
  return moment == nil or is_before(decision.decided_at, moment)
end

-- The approvals of a document that stand at a moment (nil: by now), the latest last. What was taken back on that day
-- still stood, where only the day is known.
function standing_approvals(document, kinds, moment)
  local standing, rejected = {}, {}
  local function was_rejected(approval, decision)
    local round = approval.approval_kind == decision.approval_kind and approval.round_no
    return round and rejected[approval.approval_kind .. round] and decision.round_no > round
  end
  for decision in each(decisions(document, kinds)) do
    local round = decision.round_no
    if round and done_by(decision.decided_at, moment) then
      standing = filter(standing, function(approval) return not was_rejected(approval, decision) end)
      if decision.decision == "reject" then rejected[decision.approval_kind .. round] = true end
    end
    if is_approval(decision) then
      if done_by(decision.decided_at, moment) then table.insert(standing, decision) end
    elseif was_before(decision, moment) then
      standing = filter(standing, function(approval) return not takes_back(decision, approval) end)
    end
  end
  return standing
end

-- The decision by which an approval was taken back, the first one; nil while it stands.
function taken_back_by(approval, document)
  local seen = false
  for decision in each(decisions(document, { approval.approval_kind })) do
    if seen and takes_back(decision, approval) then return decision end
    if decision == approval then seen = true end
  end
end

-- The approvals by which a document was finally approved, each time, in order: those of the last step that
-- the matrix asks for, or of the last step present where the matrix has no row. Also those taken back since.
function final_approvals(document, kinds, amount)
  local present = filter(document.approvals, function(approval)
    return contains(kinds, approval.approval_kind)
  end)
  local approvals = filter(decisions(document, kinds), is_approval)
  return filter(approvals, function(approval)
    local rules = matrix_rules(table_of(document), approval.approval_kind, amount, approval.decided_at)
    local final = last_step(rules) or last_step(present)
    return approval.step_no == nil or approval.step_no >= final
  end)
end

-- The final approval of a document that stands at a moment (nil: by now), the latest one; nil where none does.
function final_approval_at(document, kinds, amount, moment)
  local standing = standing_approvals(document, kinds, moment)
  local finals = filter(final_approvals(document, kinds, amount), function(approval) return contains(standing, approval) end)
  return finals[#finals]
end

-- When a document was approved, each time: an array of { from =, to =, approval =, undone = the decision that took it
-- back } in order; `to` and `undone` are nil while it stands. Where approvals were not imported, or this document has none,
-- its header says when it was approved last, unless the history decides; `header` names that field, nil if it has none.
function approved_spans(document, kinds, amount, header)
  if has_history(document, kinds) then
    return map(final_approvals(document, kinds, amount), function(approval)
      local undone = taken_back_by(approval, document)
      return { from = approval.decided_at, to = undone and undone.decided_at or nil, approval = approval, undone = undone }
    end)
  end
  local stated = header and document[header]
  if not stated or not has_happened(stated) or is_approved_by_system(document, header) then return {} end
  if not header_stands(document) then return {} end
  return { { from = stated } }
end

local order_kinds = { "order_approval" }

-- When an order was approved, each time, as approved_spans. One whose last step is missing in the history counts from what
-- its header says: the missing step is for the control of authority.
function order_spans(order)
  local moment = read(order, "approved_at")
  local amount = amount_for_matrix(order, order_kinds[1], moment or order.order_date)
  local spans = approved_spans(order, order_kinds, amount, "approved_at")
  if #spans == 0 and moment and has_happened(moment) and has_history(order, order_kinds) and #standing_approvals(order, order_kinds) > 0 then
    return { { from = moment } }
  end
  return spans
end

-- The same to place an order in time: where the history has no approval, what its header says, whether or not that counts
-- as one.
function placed_spans(order)
  if has_history(order, order_kinds) then return order_spans(order) end
  local moment = read(order, "approved_at")
  return moment and has_happened(moment) and { { from = moment } } or {}
end

-- When an order was first approved, to place it in time, or nil.
function order_placed_at(order)
  local spans = placed_spans(order)
  return spans[1] and spans[1].from
end

-- When an order was first approved, or nil.
function order_approved_at(order)
  local spans = order_spans(order)
  return spans[1] and spans[1].from
end

-- When an order was approved last, as its header says or, where that is empty, the history; nil where it never was.
function order_approved_last(order)
  local moment = read(order, "approved_at")
  if moment and has_happened(moment) then return moment end
  local spans = order_spans(order)
  return #spans > 0 and spans[#spans].from or nil
end

-- The first of some spans that a moment lies in, or nil. The day on which one ends belongs to it.
function span_at(spans, moment)
  return first(spans, function(span) return in_window(moment, span.from, span.to) end)
end

-- Whether a document is approved in its header and not in the history, which decides: nearly all headers of the period are in
-- it, or the engagement states that it is complete. Such a header is no approval; it only places the document in time.
function is_approved_in_header_only(document, kinds, header)
  return not has_history(document, kinds) and document[header] ~= nil and not header_stands(document)
end

-- Whether rows of `approval` tell how a document was approved.
function has_history(document, kinds)
  return any(document.approvals, function(approval)
    return contains(kinds, approval.approval_kind)
  end)
end

-- The moments of approved_spans: when a document was finally approved, each time.
function final_approval_times(document, kinds, amount, header)
  return map(approved_spans(document, kinds, amount, header), "from")
end

-- The documents above a line or document that may carry an approval for it: line, order, contract,
-- quotation, concessions. What is not there is left out.
function document_chain(row)
  local chain = { row }
  local position = 1
  while chain[position] do
    for document in each(documents_above(chain[position])) do
      if not contains(chain, document) then table.insert(chain, document) end
    end
    position = position + 1
  end
  return chain
end

local above = {
  sales_order_line = function(line) return evidence(line.order) end,
  contract_line = function(line) return evidence(line.contract) end,
  quotation_line = function(line) return evidence(line.quotation) end,
  delivery = function(delivery) return evidence(read(delivery, "order_id") and delivery.order) end,
  sales_order = function(order)
    return evidence(contract_of(order), order.quotation)
  end,
  contract = function(contract)
    return evidence(contract.quotation, contract.concessions, contract.reservation)
  end,
  reservation = function(reservation)
    return evidence(reservation.concession, reservation.concessions)
  end,
}

-- The documents one step above a row in that chain.
function documents_above(row)
  local find = above[table_of(row)]
  return find and find(row) or {}
end

-- Whether a later step rejected what an approval had let pass, and nobody decided again by a moment (nil: by now).
local function was_stopped(document, approval, moment)
  local later = filter(decisions(document, { approval.approval_kind }), function(decision)
    return was_before(decision, moment) and not is_own_withdrawal(decision)
      and not (decision.round_no and approval.round_no and decision.round_no > approval.round_no)
  end)
  return #later > 0 and later[#later].decision == "reject"
end

-- The approval that covers a line or document, given for it or up its chain, or nil. `options`:
-- by = the moment by which it must have been given; roles = who may give it (nil: anybody);
-- covers = f(approval): whether it covers the case (nil: it does).
function approved(row, kinds, options)
  options = options or {}
  return approval_in_time(document_chain(row), kinds, options.by, function(approval, document)
    return not was_stopped(document, approval, options.by)
      and (not options.roles or decided_in_role(approval, allowed_roles(approval, options.roles)))
      and (not options.covers or options.covers(approval))
  end)
end

-- The first approval of some documents that stands at a moment (nil: by now) and that a test of the approval and its
-- document accepts, or nil. One of an earlier day goes before one of that day, which is noted.
function approval_in_time(documents, kinds, moment, accepts)
  local same_day
  for document in each(documents) do
    local approval = first(standing_approvals(document, kinds, moment), function(one) return accepts(one, document) end)
    if approval and not is_one_day(approval.decided_at, moment) then return approval end
    same_day = same_day or approval
  end
  if same_day then same_day_note(same_day.decided_at, moment, { by = same_day.approver_id }) end
  return same_day
end

-- Who may decide: the matrix's last step for this kind of approval, where the matrix has rows for it;
-- otherwise the roles of the parameter.
function allowed_roles(approval, roles)
  local amount = amount_for_matrix(approval, approval.approval_kind, approval.decided_at, "doc_amount")
  local rules = matrix_rules(approval.doc_kind, approval.approval_kind, amount, approval.decided_at)
  local final = last_step(rules)
  if not final then return roles end
  return map(filter(rules, function(rule) return (rule.step_no or 0) == final end), "role")
end

-- Every decision of these kinds up the chain, as evidence of what was and was not approved.
function decisions_on_chain(row, kinds)
  local found = {}
  for document in each(document_chain(row)) do
    append(found, decisions(document, kinds))
  end
  return found
end

-- Whether an approval covers a price: it names none, or one that is not above it.
function covers_price(approval, price)
  local named = approval.approved_value
  if named == nil then return true end
  local value = number_in(named)
  if not value then untestable { en = "the approved price \"{text}\" is no number", zh = "所批价格“{text}”不是数字", text = named } end
  return price >= value
end

-- Whether an approval covers an exposure: it names no limit, or one that is not below it.
function covers_exposure(approval, exposure)
  local named = approval.approved_value
  if named == nil then return true end
  local value = number_in(named)
  if not value then untestable { en = "the approved limit \"{text}\" is no number", zh = "所批额度“{text}”不是数字", text = named } end
  return exposure <= value
end

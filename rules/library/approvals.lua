-- SPDX-License-Identifier: MIT
-- Approvals are a history: a document may be approved, changed, unapproved and approved again. A decision
-- "reject", "withdraw" or "unapprove" ends what was approved before it.

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

-- The approvals of a document that stand at a moment (nil: by now), the latest last.
function standing_approvals(document, kinds, moment)
  local standing = {}
  for decision in each(decisions(document, kinds)) do
    if not done_by(decision.decided_at, moment) then break end
    if decision.decision == "approve" then
      table.insert(standing, decision)
    else
      standing = {}
    end
  end
  return standing
end

-- The approvals by which a document was finally approved, each time, in order: those of the last step that
-- the matrix asks for, or of the last step present where the matrix has no row.
function final_approvals(document, kinds, amount)
  local present = filter(document.approvals, function(approval)
    return contains(kinds, approval.approval_kind)
  end)
  local approvals = filter(decisions(document, kinds), function(decision)
    return decision.decision == "approve"
  end)
  return filter(approvals, function(approval)
    local rules = matrix_rules(table_of(document), approval.approval_kind, amount, approval.decided_at)
    local final = last_step(rules) or last_step(present)
    return approval.step_no == nil or approval.step_no >= final
  end)
end

-- Whether rows of `approval` tell how a document was approved.
function has_history(document, kinds)
  return imported "approval" and any(document.approvals, function(approval)
    return contains(kinds, approval.approval_kind)
  end)
end

-- When a document was finally approved, each time. Where approvals were not imported, or this document has
-- none, its header says when it was approved last; `header` names that field, nil if it has none.
function final_approval_times(document, kinds, amount, header)
  if has_history(document, kinds) then
    return map(final_approvals(document, kinds, amount), "decided_at")
  end
  if not header or not document[header] then return {} end
  return { document[header] }
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
    return evidence(
      contract_of(order),
      read(order, "quotation_id") and order.quotation
    )
  end,
  contract = function(contract)
    return evidence(
      read(contract, "quotation_id") and contract.quotation,
      imported("concession", "contract_id") and contract.concessions,
      read(contract, "reservation_id") and contract.reservation
    )
  end,
  reservation = function(reservation)
    return evidence(
      read(reservation, "concession_id") and reservation.concession,
      imported("concession", "reservation_id") and reservation.concessions
    )
  end,
}

-- The documents one step above a row in that chain.
function documents_above(row)
  local find = above[table_of(row)]
  return find and find(row) or {}
end

-- The approval that covers a line or document, given for it or up its chain, or nil. `options`:
-- by = the moment by which it must have been given; roles = who may give it (nil: anybody);
-- covers = f(approval): whether it covers the case (nil: it does).
function approved(row, kinds, options)
  options = options or {}
  for document in each(document_chain(row)) do
    local approval = first(standing_approvals(document, kinds, options.by), function(approval)
      return (not options.roles or decided_in_role(approval, allowed_roles(approval, options.roles)))
        and (not options.covers or options.covers(approval))
    end)
    if approval then return approval end
  end
end

-- Who may decide: the matrix's last step for this kind of approval, where the matrix has rows for it;
-- otherwise the roles of the parameter.
function allowed_roles(approval, roles)
  local rules = matrix_rules(approval.doc_kind, approval.approval_kind, approval.doc_amount, approval.decided_at)
  local final = last_step(rules)
  if not final then return roles end
  return map(filter(rules, function(rule) return (rule.step_no or 0) == final end), "role")
end

-- Every decision of these kinds up the chain, as evidence of what was and was not approved.
function decisions_on_chain(row, kinds)
  local found = {}
  if not imported "approval" then return found end
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
  if not value then untestable("the approved price \"" .. named .. "\" is no number") end
  return price >= value
end

-- Whether an approval covers an exposure: it names no limit, or one that is not below it.
function covers_exposure(approval, exposure)
  local named = approval.approved_value
  if named == nil then return true end
  local value = number_in(named)
  if not value then untestable("the approved limit \"" .. named .. "\" is no number") end
  return exposure <= value
end

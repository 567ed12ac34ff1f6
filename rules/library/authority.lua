-- SPDX-License-Identifier: MIT
-- Who may decide: the approval matrix, roles held at a moment, ranks, delegations.

-- Whether an amount, in the currency of the matrix, lies in the band [amount_from, amount_to) of a rule. An empty end is
-- open, and an amount that is not known lies in every band.
function in_band(amount, rule)
  if amount == nil then return true end
  local from, to = plain_amount(rule, "amount_from", currency_of(rule)), plain_amount(rule, "amount_to", currency_of(rule))
  return (from == nil or amount >= from) and (to == nil or amount < to)
end

-- The rows of the approval matrix for a kind of document and of approval that are in force at a moment, for
-- an amount in the currency of the matrix (amount_for_matrix). None where there is no matrix.
function matrix_rules(doc_kind, approval_kind, amount, moment)
  return filter(lookup("approval_rule", { approval_kind = approval_kind }), function(rule)
    return (rule.doc_kind == nil or rule.doc_kind == doc_kind)
      and in_window(moment, rule.valid_from, rule.valid_to)
      and in_band(amount, rule)
  end)
end

-- The amount of a row (its field `amount`, or another) at the rate of a moment, as a plain number to compare limits with: in
-- the currency of the matrix for a kind of approval, without a kind in the company's. Nil where none is stated, or the matrix
-- has no row for the kind; untestable without a rate.
function amount_for_matrix(row, approval_kind, moment, field)
  local rule = approval_kind and lookup_one("approval_rule", { approval_kind = approval_kind })
  if approval_kind and not rule then return nil end
  local currency = rule and currency_of(rule) or company_currency
  if not moment and currency_of(row) ~= currency then untestable { en = "no day for a rate of {currency}", zh = "无确定 {currency} 汇率的日期", currency = currency_of(row) } end
  return plain_amount(row, field or "amount", currency, moment)
end

-- The last step of such rows, or nil.
function last_step(rules)
  if #rules == 0 then return nil end
  return max(rules, function(rule) return rule.step_no or 0 end)
end

-- The roles that a person (an employee's or a user's id) held at a moment.
function roles_held(who, moment)
  local employee = person(who)
  if not employee then return {} end
  local held = filter(employee.roles, function(assignment)
    return in_window(moment, assignment.valid_from, assignment.valid_to)
  end)
  return map(held, "role")
end

-- The rank of a role, or nil where ranks or this role's are not known.
function rank_of(role)
  local ranked = lookup_one("role_rank", { role = role })
  return ranked and ranked.rank
end

-- Whether a role is one of those asked for, or ranks above one of them.
function role_suffices(role, wanted)
  if contains(wanted, role) then return true end
  local rank = rank_of(role)
  if not rank then return false end
  return any(wanted, function(other)
    local needed = rank_of(other)
    return needed ~= nil and rank > needed
  end)
end

-- Whether a person held, at a moment, one of the roles or one that ranks above it.
function held_role(who, wanted, moment)
  return any(roles_held(who, moment), function(role) return role_suffices(role, wanted) end)
end

-- Up to which amount a delegation reaches, as a plain number to compare with; nil where it has no limit.
function delegated_amount(delegation)
  return plain_amount(delegation, "amount_limit", currency_of(delegation))
end

-- Whether a delegation covers a kind of document and approval and an amount at a moment. `about` is
-- { doc_kind =, approval_kind =, amount = in the company's currency (amount_for_matrix), moment = }.
function delegation_covers(delegation, about)
  local limit = delegated_amount(delegation)
  return (delegation.doc_kind == nil or delegation.doc_kind == about.doc_kind)
    and (delegation.approval_kind == nil or delegation.approval_kind == about.approval_kind)
    and in_window(about.moment, delegation.valid_from, delegation.valid_to)
    and (delegation.granted_at == nil or delegation.granted_at <= about.moment)
    and (delegation.revoked_at == nil or delegation.revoked_at > about.moment)
    and (limit == nil or about.amount == nil or about.amount <= limit)
end

-- Whether a person had one of the roles by delegation: the grantor must have held it in person, so what was
-- delegated cannot be delegated on.
function was_delegated(who, wanted, about)
  local employee = person(who)
  if not employee then return false end
  return any(employee.delegations_received, function(delegation)
    return delegation_covers(delegation, about)
      and held_role(delegation.grantor_id, wanted, about.moment)
  end)
end

-- Whether a person could act in one of the roles at a moment: in person, by rank or by delegation.
function could_act(who, wanted, about)
  return held_role(who, wanted, about.moment) or was_delegated(who, wanted, about)
end

-- Whether a decision was taken in one of the roles: the role it states, or, where it states none, a role
-- that its approver could act in. Whether a stated role was really held is another control's question.
function decided_in_role(approval, wanted)
  if is_system(approval.approver_id) then return is_automatic_approval(approval) end
  if approval.role then return role_suffices(approval.role, wanted) end
  return could_act(approval.approver_id, wanted, {
    doc_kind = approval.doc_kind,
    approval_kind = approval.approval_kind,
    amount = amount_for_matrix(approval, nil, approval.decided_at, "doc_amount"),
    moment = approval.decided_at,
  })
end

-- Whether a person worked in a unit of a kind ("finance", "technical") at a moment: by a role held there, or, where no
-- role of theirs names a unit, by the unit they belong to.
function works_in(who, kind, moment)
  local employee = person(who)
  if not employee then return false end
  local assigned = filter(employee.roles, function(assignment)
    return assignment.org_unit_id ~= nil and in_window(moment, assignment.valid_from, assignment.valid_to)
  end)
  if #assigned > 0 then
    return any(assigned, function(assignment) return assignment.org_unit ~= nil and assignment.org_unit.kind == kind end)
  end
  local unit = employee.org_unit
  return unit ~= nil and unit.kind == kind
end

-- Whether an approval states the role that another link of a chain asks for: it is that link's, whatever its rank.
local function is_own_role(approval, chain, link)
  return any(chain, function(other)
    return other ~= link and contains(other.roles or { other.role }, approval.role)
  end)
end

-- Who decided a step of a chain and what is wrong with it. A chain is an array of { step_no =, role = } (a list of roles
-- that will each do as `roles`), in the order of step_no; those of one step_no may come in any order. Gives an array
-- of { fault =, role =, at =, who =, approval =, row =, after = }: "missing" (nobody approved in that role by `moment`), "rejected"
-- (that was the decision that stands), "too early" (before `after`, a step that comes first). `kinds` are kinds of
-- approval.
function chain_faults(document, kinds, chain, moment)
  local faults, done, last = {}, {}, nil
  local taken = decisions(document, kinds)
  local standing = standing_approvals(document, kinds, moment)
  local stopped = taken[#taken]
  for link in each(sort(chain, "step_no")) do
    local wanted = link.roles or { link.role }
    local function is_open(one) return not contains(done, one) end
    local approval = first(standing, function(one) return is_open(one) and contains(wanted, one.role) end)
      or first(standing, function(one)
        return is_open(one) and decided_in_role(one, wanted) and not is_own_role(one, chain, link)
      end)
    local before = last and last.step_no < link.step_no and last or nil
    if approval then
      table.insert(done, approval)
      same_day_note(approval.decided_at, moment, { by = approval.approver_id })
      if before and approval.decided_at < before.at then
        table.insert(faults, { fault = "too early", role = wanted[1], at = approval.decided_at, who = approval.approver_id, approval = approval, after = before.at })
      end
      if not last or approval.decided_at > last.at then last = { at = approval.decided_at, step_no = link.step_no } end
    else
      local rejected = stopped and stopped.decision == "reject"
      table.insert(faults, { fault = rejected and "rejected" or "missing", role = wanted[1], at = rejected and stopped.decided_at or nil, approval = rejected and stopped or nil })
    end
  end
  return faults
end

-- The chain that the matrix asks for a document of an amount at a moment, as chain_faults takes it: every row is a role
-- whose approval is needed. Empty without a row.
function required_chain(doc_kind, approval_kind, amount, moment)
  return map(matrix_rules(doc_kind, approval_kind, amount, moment), function(rule)
    return { step_no = rule.step_no or 0, role = rule.role, rule = rule }
  end)
end

-- Whether a person did the work of a department at a moment: held one of these roles there (a higher one will not do),
-- or worked in a unit of the kind; only the unit counts where roles were not imported. Nil where neither roles nor a
-- unit of theirs are known, or nobody is.
function does_work_of(who, kind, roles, moment)
  local employee = person(who)
  if not employee then return nil end
  local unit = employee.org_unit
  if not imported "role_assignment" then return unit and unit.kind == kind end
  local held = roles_held(who, moment)
  if #held == 0 and not unit then return nil end
  return any(held, function(role) return contains(roles, role) end) or works_in(who, kind, moment)
end

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

-- A concession of 500 of 2026-10-12, proposed, reviewed and approved as it should be, for the cases.
local function chain_row(id, role, who, decided_at, more)
  local row = {
    approval_id = id, doc_kind = "concession", doc_id = "K1", approval_kind = "concession", step_no = role == "general_manager" and "2" or "1",
    role = role, approver_id = who, decision = "approve", opinion = "agreed", round_no = "1",
    requested_at = "2026-10-12T09:00:00", decided_at = decided_at, doc_amount = "500",
  }
  for name, value in pairs(more or {}) do row[name] = value end
  return row
end

local function reviewed(...)
  local approvals = {
    chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00"),
    chain_row("A2", "marketing_vp", "E3", "2026-10-12T11:00:00"),
  }
  for position = 1, select("#", ...) do table.insert(approvals, (select(position, ...))) end
  return approvals
end

local function by_manager(decided_at, more)
  return chain_row("A3", "general_manager", "E1", decided_at, more)
end

local function concession(changes, approvals, more)
  local row = {
    concession_id = "K1", customer_id = "C1", proposed_by = "E5", proposed_at = "2026-10-12T08:30:00", amount = "500",
    released_at = "2026-10-13T17:00:00", released_to = "E5",
  }
  for name, value in pairs(changes) do row[name] = value end
  local given = {
    customer = { { customer_id = "C1", salesperson_id = "E7" } },
    employee = {
      { employee_id = "E1" }, { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E5" }, { employee_id = "E7" }, { employee_id = "E8" },
    },
    role_assignment = {
      { employee_id = "E1", role = "general_manager" }, { employee_id = "E3", role = "marketing_vp" },
      { employee_id = "E4", role = "sales_manager" }, { employee_id = "E5", role = "sales_supervisor" },
      { employee_id = "E7", role = "salesperson" }, { employee_id = "E8", role = "accountant" },
    },
    concession = { row },
    approval = approvals or reviewed(by_manager "2026-10-13T10:00:00"),
  }
  for name, list in pairs(more or {}) do given[name] = list end
  return given
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

  cases = {
    { "whole, in order", given = concession {}, expect = {} },
    { "reviewed and approved in one second", expect = {},
      given = concession({}, {
        chain_row("A1", "sales_manager", "E4", "2026-10-12T08:30:00"), chain_row("A2", "marketing_vp", "E3", "2026-10-12T08:30:00"),
        by_manager "2026-10-12T08:30:00",
      }) },
    { "the vice president was passed over",
      given = concession({}, { chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00"), by_manager "2026-10-13T10:00:00" }),
      expect = { { key = "K1", amount = "500", role = "marketing_vp", fault = "missing", at = "none", approved_at = "2026-10-13T10:00:00", faults = "1" } } },
    { "one row of a higher rank does not stand for two reviews",
      given = concession({}, { chain_row("A2", "marketing_vp", "E3", "2026-10-12T11:00:00"), by_manager "2026-10-13T10:00:00" }, {
        role_rank = { { role = "sales_manager", rank = "40" }, { role = "marketing_vp", rank = "60" }, { role = "general_manager", rank = "90" } },
      }),
      expect = { { key = "K1", amount = "500", role = "sales_manager", fault = "missing" } } },
    { "the general manager decided a second before the vice president",
      given = concession({}, reviewed(by_manager "2026-10-12T10:59:59")),
      expect = { { key = "K1", amount = "500", role = "general_manager", fault = "too early", at = "2026-10-12T10:59:59" } } },
    { "proposed by the sales manager himself",
      given = concession { proposed_by = "E4" },
      expect = { { key = "K1", amount = "500", role = "sales_supervisor", fault = "wrong role", at = "2026-10-12T08:30:00" } } },
    { "proposed by somebody unknown: another control's", given = concession { proposed_by = "E99" }, expect = {} },
    { "reviewed before it was proposed",
      given = concession { proposed_at = "2026-10-12T10:00:01" },
      expect = { { key = "K1", amount = "500", role = "sales_manager", fault = "too early", at = "2026-10-12T10:00:00" } } },
    { "rejected in the first round, whole in the second", expect = {},
      given = concession({}, {
        chain_row("A1", "sales_manager", "E4", "2026-10-12T09:10:00", { decision = "reject" }),
        chain_row("A2", "sales_manager", "E4", "2026-10-13T10:00:00", { round_no = "2" }), chain_row("A4", "marketing_vp", "E3", "2026-10-13T11:00:00", { round_no = "2" }),
        by_manager("2026-10-13T15:00:00", { round_no = "2" }),
      }) },
    { "reviews of a round that was rejected do not count in the next",
      given = concession({}, reviewed(
        by_manager("2026-10-12T15:00:00", { decision = "reject" }),
        chain_row("A4", "general_manager", "E1", "2026-10-13T15:00:00", { round_no = "2" }))),
      expect = { { key = "K1", amount = "500", role = "sales_manager", fault = "missing", faults = "2" } } },
    { "not yet approved by the general manager", given = concession({}, reviewed()), expect = {} },
    { "no moment of the proposal", given = concession { proposed_at = "" }, expect = { { key = "K1", untestable = "no date" } } },
    { "approvals were not imported", given = concession {}, absent = { "approval" }, expect = { { key = "K1", untestable = "approval" } } },
  },
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

  cases = {
    { "reported the day after",
      given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { requested_at = "2026-10-13T00:00:01" }))),
      expect = { { key = "K1", amount = "500", fault = "late", at = "2026-10-13T00:00:01", other_at = "2026-10-12T11:00:00" } } },
    { "reported late in the evening of the day", expect = {},
      given = concession({}, reviewed(by_manager("2026-10-14T10:00:00", { requested_at = "2026-10-12T23:59:59" }))) },
    { "reported before the last review, which is for the chain's control", expect = {},
      given = concession({}, reviewed(by_manager("2026-10-12T09:30:00", { requested_at = "2026-10-11T09:00:00" }))) },
    { "a second report after a rejection is measured from the second review", expect = {},
      given = concession({}, {
        chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00"), chain_row("A2", "marketing_vp", "E3", "2026-10-12T11:00:00"),
        by_manager("2026-10-12T15:00:00", { decision = "reject" }),
        chain_row("A4", "sales_manager", "E4", "2026-10-14T10:00:00"), chain_row("A5", "marketing_vp", "E3", "2026-10-14T11:00:00"),
        chain_row("A6", "general_manager", "E1", "2026-10-15T10:00:00", { requested_at = "2026-10-14T12:00:00" }),
      }) },
    { "never reported, as of the day after", as_of = "2026-10-13", given = concession({}, reviewed()),
      expect = { { key = "K1", amount = "500", fault = "missing", at = "none" } } },
    { "not reported yet on the day itself", as_of = "2026-10-12", given = concession({}, reviewed()), expect = {} },
    { "waiting before the general manager counts as reported", expect = {}, as_of = "2026-10-31",
      given = concession({}, reviewed(by_manager(nil, { decision = "pending", requested_at = "2026-10-12T18:00:00" }))) },
    { "the vice president has not reviewed", as_of = "2026-10-31", expect = {},
      given = concession({}, { chain_row("A1", "sales_manager", "E4", "2026-10-12T10:00:00") }) },
    { "reviewed in another month", period = "2026-11", expect = {},
      given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { requested_at = "2026-10-13T09:00:00" }))) },
    { "approvals were not imported", given = concession {}, absent = { "approval" }, expect = { { key = "K1", untestable = "approval" } } },
  },
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
  evidence_columns = { "concession.released_at" },
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

  cases = {
    { "released in the evening of the day", given = concession { released_at = "2026-10-13T23:59:59" }, expect = {} },
    { "released the day after",
      given = concession { released_at = "2026-10-14T00:00:00" },
      expect = { { key = "K1", amount = "500", fault = "late", at = "2026-10-14T00:00:00", other_at = "2026-10-13T10:00:00" } } },
    { "not released by the day after", as_of = "2026-10-14", given = concession { released_at = "" },
      expect = { { key = "K1", amount = "500", fault = "missing", at = "none" } } },
    { "not released yet on the day itself", as_of = "2026-10-13", given = concession { released_at = "" }, expect = {} },
    { "released an hour before the approval",
      given = concession { released_at = "2026-10-13T09:00:00" },
      expect = { { key = "K1", amount = "500", fault = "too early", at = "2026-10-13T09:00:00" } } },
    { "released, but only reviewed",
      given = concession({}, reviewed()),
      expect = { { key = "K1", amount = "500", fault = "missing", at = "2026-10-13T17:00:00", other_at = "none" } } },
    { "released to the salesperson", given = concession { released_to = "E7" }, expect = {} },
    { "released to an accountant",
      given = concession { released_to = "E8" },
      expect = { { key = "K1", amount = "500", fault = "wrong receiver", receiver = "E8" } } },
    { "to whom is not said", given = concession { released_to = "" }, expect = {} },
    { "neither approved nor released", given = concession({ released_at = "" }, reviewed()), expect = {} },
    { "approved in another month", period = "2026-11", given = concession { released_at = "2026-10-14T00:00:00" }, expect = {} },
    { "releases are not recorded", given = concession {}, absent = { "concession.released_at" }, expect = { { key = "K1", untestable = "released_at" } } },
  },
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
  evidence_columns = { "approval.opinion" },
  amount_kind = "transaction",
  message    = required_message(),
  follow_up  = {
    en = "Have the approver state what was examined; where it is habit, make the field mandatory.",
    zh = "请审批人补充说明审核内容；普遍缺失的，将意见设为必填。",
  },

  test = function(approval)
    if not approval.approver_id then return untestable "no approver" end
    local missing = {}
    if is_blank(approval.opinion) then table.insert(missing, "approval.opinion") end
    if not approval.decided_at then table.insert(missing, "approval.decided_at") end
    return required_exception(missing, { amount = approval.doc_amount, evidence = evidence(approval.document) })
  end,

  cases = {
    { "nothing but blanks",
      given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { opinion = "  " }))),
      expect = { { key = "A3", amount = "500", missing = "approval.opinion" } } },
    { "one character is an opinion", given = concession({}, reviewed(by_manager("2026-10-13T10:00:00", { opinion = "可" }))), expect = {} },
    { "rejected without opinion or date",
      given = concession({}, reviewed(by_manager(nil, { opinion = "", decision = "reject" }))),
      expect = { { key = "A3", amount = "500", missing = "approval.opinion, approval.decided_at" } } },
    { "still pending, or withdrawn by the proposer", expect = {},
      given = concession({}, { by_manager(nil, { opinion = "", decision = "pending" }), chain_row("A4", "sales_manager", "E5", "2026-10-12T10:00:00", { opinion = "", decision = "withdraw" }) }) },
    { "decided by the system", expect = {},
      given = concession({}, { by_manager("2026-10-13T10:00:00", { opinion = "", approver_id = "JOB" }) }, { user_account = { { user_id = "JOB", is_system = "true" } } }) },
    { "an order: not of these kinds", expect = {},
      given = { sales_order = { { order_id = "SO1" } }, approval = { { doc_kind = "sales_order", doc_id = "SO1", decision = "approve", approver_id = "E4", decided_at = "2026-10-12T10:00:00" } } } },
    { "orders asked for too, but their rejections are another control's", parameters = { doc_kinds = { "sales_order" } },
      given = { sales_order = { { order_id = "SO1", currency = "USD" } }, approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", decision = "approve", approver_id = "E4", decided_at = "2026-10-12T10:00:00", doc_amount = "7", currency = "USD" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", decision = "reject", approver_id = "E4", decided_at = "2026-10-12T10:00:00" },
      } },
      expect = { { key = "A1", missing = "approval.opinion", amount = "7", currency = "USD" } } },
    { "no approver", given = concession({}, { by_manager("2026-10-13T10:00:00", { approver_id = "" }) }), expect = { { key = "A3", untestable = "approver" } } },
    { "opinions were not imported", given = concession({}, { by_manager "2026-10-13T10:00:00" }), absent = { "approval.opinion" },
      expect = { { key = "A3", untestable = "opinion" } } },
  },
}

-- The concessions that name a reservation or a contract.
local function naming(document, column)
  if not imported("concession", column) then return {} end
  return lookup("concession", { [column] = key_of(document) })
end

-- The concessions that a reservation carries.
local function carried_by_reservation(reservation)
  local own = read(reservation, "concession_id") and reservation.concession
  local found = append({}, naming(reservation, "reservation_id"))
  if own and not contains(found, own) then table.insert(found, own) end
  return found
end

-- The concessions that a reservation or a contract was signed on. Of a contract not those on which its reservation had
-- been signed already.
local function carried(document)
  if table_of(document) == "reservation" then return carried_by_reservation(document) end
  local reservation = read(document, "reservation_id") and document.reservation
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

-- A concession and the reservation and contract signed on it, for the cases.
local function signed_on_concession(documents, approvals, more)
  local given = concession({}, approvals)
  given.concession[1].reservation_id = documents.concession_names_reservation and "R1" or nil
  given.concession[1].contract_id = documents.concession_names_contract and "CT1" or nil
  given.reservation = documents.reservation and { documents.reservation } or {}
  given.contract = documents.contract and { documents.contract } or {}
  for name, list in pairs(more or {}) do given[name] = list end
  return given
end

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
    local is_valid = table_of(document) == "reservation" or is_live(document)
    return document.signed_on ~= nil and is_valid and #carried(document) > 0
  end,
  parameters = { final_roles = { { "general_manager" }, origin = "policy" } },
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

  cases = {
    { "the reservation was signed the day before the approval",
      given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } },
      expect = { { key = "R1", label = "K1", amount = "500", signed_on = "2026-10-12", approved_at = "2026-10-13T10:00:00" } } },
    { "signed on the day of the approval", expect = {},
      given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-13", concession_id = "K1" } } },
    { "a reservation without a concession may come first", expect = {},
      given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12" } } },
    { "the concession names the reservation, which was never approved",
      given = signed_on_concession({ concession_names_reservation = true, reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-20" } }, reviewed()),
      expect = { { key = "R1", label = "K1", amount = "500", approved_at = "none" } } },
    { "each names the other: one exception",
      given = signed_on_concession({ concession_names_reservation = true, reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } }),
      expect = { { key = "R1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
    { "concessions name no reservations", absent = { "concession.reservation_id" },
      given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } },
      expect = { { key = "R1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
    { "rejected in the end",
      given = signed_on_concession({ reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-20", concession_id = "K1" } },
        reviewed(by_manager "2026-10-13T10:00:00", chain_row("A4", "general_manager", "E1", "2026-10-14T10:00:00", { decision = "reject" }))),
      expect = { { key = "R1", label = "K1", amount = "500", approved_at = "none" } } },
    { "rejected only after the signing", expect = {},
      given = signed_on_concession({ reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-13", concession_id = "K1" } },
        reviewed(by_manager "2026-10-13T10:00:00", chain_row("A4", "general_manager", "E1", "2026-10-14T10:00:00", { decision = "reject" }))) },
    { "the contract was signed on the same concession: the reservation tells it",
      given = signed_on_concession {
        concession_names_contract = true,
        reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-11", concession_id = "K1" },
        contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12", reservation_id = "R1" },
      },
      expect = { { key = "R1", label = "K1", signed_on = "2026-10-11", amount = "500" } } },
    { "the contract of an unsigned reservation",
      given = signed_on_concession {
        reservation = { reservation_id = "R1", customer_id = "C1", concession_id = "K1" },
        contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12", reservation_id = "R1", status = "signed" },
      },
      expect = { { key = "CT1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
    { "a contract that the concession names",
      given = signed_on_concession { concession_names_contract = true, contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12" } },
      expect = { { key = "CT1", label = "K1", signed_on = "2026-10-12", amount = "500" } } },
    { "a void contract, and one not signed", expect = {},
      given = signed_on_concession({ concession_names_contract = true, contract = { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-12", status = "void" } }) },
    { "approvals were not imported", absent = { "approval" },
      given = signed_on_concession { reservation = { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", concession_id = "K1" } },
      expect = { { key = "R1", untestable = "approval" } } },
  },
}

local order_kinds = { "order_approval" }

-- The decision of these kinds that a document was under at a moment, if it was a rejection; nil otherwise.
local function rejection_before(document, kinds, moment)
  local last
  for decision in each(decisions(document, kinds)) do
    if decision.decided_at < moment then last = decision end
  end
  return last and last.decision == "reject" and last or nil
end

local function order_decision(id, decision, decided_at, more)
  local row = {
    approval_id = id, doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", role = "sales_manager",
    decision = decision, approver_id = "E4", requested_at = "2026-10-05T09:00:00", decided_at = decided_at, doc_amount = "80",
  }
  for name, value in pairs(more or {}) do row[name] = value end
  return row
end

-- An order of 80, approved on 2026-10-06 at ten, with what was done for it, for the cases.
local function order_done(order, done, approvals)
  local row = { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", approved_at = "2026-10-06T10:00:00" }
  for name, value in pairs(order) do row[name] = value end
  local given = {
    customer = { { customer_id = "C1" } },
    sales_order = { row },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "8" } },
    approval = approvals or { order_decision("A1", "approve", "2026-10-06T10:00:00") },
  }
  for name, list in pairs(done) do given[name] = list end
  return given
end

local function sent(on, more)
  local delivery = { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = on }
  for name, value in pairs(more or {}) do delivery[name] = value end
  return { delivery = { delivery }, delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "4", gross_amount = "36.16" } } }
end

control "APR-06" {
  title      = { en = "Order executed before it was approved", zh = "订单未审批即执行" },
  risk       = { en = "Goods are made, sent or invoiced on an order that nobody had agreed to.", zh = "未经批准的订单已排产、发货或开票，造成损失。" },
  tests      = {
    en = "The first final approval of each order is compared with its releases to production, deliveries, issues and invoices. What went on after a rejection is for APR-09.",
    zh = "将订单首次终审时间与其排产、发货、出库、开票时间比较。驳回之后继续执行的由 APR-09 检查。",
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
  },
  message    = {
    en = "{step} on {at}; approved: {approved_at} (by {basis}); {count} executions before it",
    zh = "{step}：{at}；批准时间：{approved_at}（依据{basis}）；批准前共执行 {count} 次",
  },
  follow_up  = {
    en = "Ask who released the order and how the system allowed it; obtain the approval, or take the goods back.",
    zh = "查明由谁放行、系统为何未拦截；补办审批或收回货物。",
  },

  test = function(order)
    select_currency(currency_of(order))
    local executions = executions_of(order)
    if #executions == 0 then return end
    local moment = read(order, "approved_at") or order.order_date
    local amount = order.amount and money_in(order, "amount", company_currency, moment)
    local approved_at = earliest_of(final_approval_times(order, order_kinds, amount, "approved_at"))
    if not approved_at and imported "approval" and #standing_approvals(order, order_kinds) > 0 then
      approved_at = read(order, "approved_at") -- steps are missing: APR-07's
    end
    local early = filter(executions, function(one)
      return (not approved_at or one.at < approved_at)
        and not (imported "approval" and rejection_before(order, order_kinds, one.at))
    end)
    local found = early[1]
    if not found or not in_period(found.at) then return end
    return exception {
      amount      = worth_executed(early) or order.amount,
      step        = found.step,
      at          = found.at,
      approved_at = approved_at or "none",
      basis       = has_history(order, order_kinds) and "approval" or "sales_order.approved_at",
      count       = #early,
      evidence    = evidence(map(early, "row"), imported "approval" and order.approvals),
    }
  end,

  cases = {
    { "delivered the day before, of which only the part sent counts",
      given = order_done({}, sent "2026-10-05"),
      expect = { { key = "SO1", amount = "36.16", step = "delivery.delivery_date", at = "2026-10-05", approved_at = "2026-10-06T10:00:00", basis = "approval", count = "1" } } },
    { "delivered on the day of the approval", given = order_done({}, sent "2026-10-06"), expect = {} },
    { "released to production a second before",
      given = order_done({}, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T09:59:59" } } }),
      expect = { { key = "SO1", amount = "80", step = "production_order.released_at", at = "2026-10-06T09:59:59" } } },
    { "released at that second", expect = {},
      given = order_done({}, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T10:00:00" } } }) },
    { "issued from the store an hour before, though the slip of the delivery is of the day",
      given = (function()
        local given = order_done({}, sent "2026-10-06")
        given.stock_issue = {
          { issue_id = "S1", delivery_id = "D1", sign = "blue", issued_at = "2026-10-06T09:00:00" },
          { issue_id = "S2", delivery_id = "D1", sign = "red", issued_at = "2026-10-06T08:00:00" },
          { issue_id = "S3", delivery_id = "D1", sign = "blue", issued_at = "2026-10-06T08:30:00", status = "void" },
        }
        return given
      end)(),
      expect = { { key = "SO1", amount = "36.16", step = "stock_issue.issued_at", at = "2026-10-06T09:00:00", count = "1" } } },
    { "delivered and issued: the goods count once, the larger invoice counts",
      given = (function()
        local given = order_done({ approved_at = "" }, sent "2026-10-05", {})
        given.stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-05T09:00:00" } }
        given.invoice = {
          { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-06", sign = "blue" },
          { invoice_id = "I2", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-06", sign = "red" },
          { invoice_id = "I3", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-06", status = "void" },
        }
        given.invoice_line = {
          { invoice_id = "I1", line_no = "1", order_line_no = "1", quantity = "5", net_amount = "40", tax_amount = "5.2" },
          { invoice_id = "I2", line_no = "1", order_line_no = "1", quantity = "-5", gross_amount = "-45.2" },
          { invoice_id = "I3", line_no = "1", order_line_no = "1", quantity = "5", gross_amount = "50" },
        }
        return given
      end)(),
      expect = { { key = "SO1", amount = "45.2", step = "delivery.delivery_date", approved_at = "none", basis = "sales_order.approved_at", count = "3" } } },
    { "a return, a void delivery and one of another order", expect = {},
      given = order_done({}, {
        delivery = {
          { delivery_id = "D1", kind = "return", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-05" },
          { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-05", status = "void" },
          { delivery_id = "D3", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" },
        },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "-4" }, { delivery_id = "D2", line_no = "1", order_line_no = "1", quantity = "4" },
          { delivery_id = "D3", line_no = "1", order_line_no = "1", quantity = "4" },
        },
      }) },
    { "a delivery that joins two orders counts with this order's lines",
      given = order_done({}, {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" } },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "1", unit_price = "8" },
          { delivery_id = "D1", line_no = "2", order_id = "SO9", order_line_no = "1", quantity = "1", unit_price = "99" },
        },
      }),
      expect = { { key = "SO1", step = "delivery.delivery_date", amount = "8" } } },
    { "approved again later: the first approval counts", expect = {},
      given = order_done({ approved_at = "2026-10-09T10:00:00" }, sent "2026-10-07", {
        order_decision("A1", "approve", "2026-10-06T10:00:00"), order_decision("A2", "unapprove", "2026-10-08T10:00:00"),
        order_decision("A3", "approve", "2026-10-09T10:00:00"),
      }) },
    { "the first of two steps is not the approval",
      given = order_done({}, sent "2026-10-06", {
        order_decision("A1", "approve", "2026-10-06T10:00:00"),
        order_decision("A2", "approve", "2026-10-07T10:00:00", { step_no = "2", role = "marketing_vp" }),
      }),
      expect = { { key = "SO1", amount = "36.16", approved_at = "2026-10-07T10:00:00" } } },
    { "the second step never came, though the order counts as approved: another control's", expect = {},
      given = (function()
        local given = order_done({}, sent "2026-10-06")
        given.approval_rule = { { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp" } }
        return given
      end)() },
    { "the second step never came, and the order does not count as approved",
      given = (function()
        local given = order_done({ status = "submitted", approved_at = "" }, sent "2026-10-06")
        given.approval_rule = { { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp" } }
        return given
      end)(),
      expect = { { key = "SO1", amount = "36.16", approved_at = "none" } } },
    { "after a rejection: another control's", expect = {},
      given = order_done({ approved_at = "" }, sent "2026-10-07", { order_decision("A1", "reject", "2026-10-06T10:00:00") }) },
    { "before it was rejected",
      given = order_done({ approved_at = "" }, sent "2026-10-05", { order_decision("A1", "reject", "2026-10-06T10:00:00") }),
      expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "approval" } } },
    { "at the second of the rejection",
      given = order_done({ approved_at = "" }, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T10:00:00" } } }, {
        order_decision("A1", "reject", "2026-10-06T10:00:00"),
      }),
      expect = { { key = "SO1", amount = "80", approved_at = "none" } } },
    { "withdrawn, though the header says it was approved",
      given = order_done({}, sent "2026-10-07", { order_decision("A1", "withdraw", "2026-10-06T10:00:00") }),
      expect = { { key = "SO1", amount = "36.16", approved_at = "none", basis = "approval" } } },
    { "the header does not say that it was approved", absent = { "approval" },
      given = order_done({ approved_at = "" }, sent "2026-10-07"), expect = { { key = "SO1", amount = "36.16", approved_at = "none" } } },
    { "nothing was done, and nobody knows when it was approved", absent = { "approval", "sales_order.approved_at" }, given = order_done({}, {}), expect = {} },
    { "decisions are recorded, the header has no such column", absent = { "sales_order.approved_at" },
      given = order_done({}, sent "2026-10-05"), expect = { { key = "SO1", amount = "36.16", basis = "approval" } } },
    { "only the header says when it was approved", absent = { "approval" },
      given = order_done({}, sent "2026-10-05"),
      expect = { { key = "SO1", amount = "36.16", basis = "sales_order.approved_at" } } },
    { "a cancelled order, and a reversal", expect = {},
      given = order_done({ status = "cancelled", approved_at = "" }, sent "2026-10-05", {}) },
    { "a reversal", expect = {}, given = order_done({ reversal_of = "SO0", approved_at = "" }, sent "2026-10-05", {}) },
    { "delivered in the month before", period = "2026-10", expect = {},
      given = order_done({ order_date = "2026-09-28", approved_at = "" }, sent "2026-09-30", {}) },
    { "delivered after the date of the audit", as_of = "2026-10-05", given = order_done({ approved_at = "" }, sent "2026-10-06", {}), expect = {} },
    { "an order in dollars, judged by a matrix in yuan",
      given = (function()
        local given = order_done({ currency = "USD", amount = "100" }, sent("2026-10-05", { currency = "USD" }))
        given.exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } }
        given.approval_rule = {
          { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager", currency = "CNY" },
          { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "700.01", currency = "CNY" },
        }
        return given
      end)(),
      expect = { { key = "SO1", amount = "36.16", currency = "USD", approved_at = "2026-10-06T10:00:00" } } },
    { "nobody knows when orders were approved", absent = { "approval", "sales_order.approved_at" }, given = order_done({}, sent "2026-10-05"),
      expect = { { key = "SO1", untestable = "approved_at" } } },
  },
}

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
  if not employee or not imported "delegation" then return nil end
  local without_amount = { doc_kind = about.doc_kind, approval_kind = about.approval_kind, moment = about.moment }
  local would_do = filter(employee.delegations_received, function(delegation)
    return delegation_covers(delegation, without_amount) and held_role(delegation.grantor_id, roles, about.moment)
  end)
  return max(would_do, "amount_limit")
end

-- Whether a document went on as approved: its header says so, and no step of this kind is still waiting.
local function is_through(document, kind)
  local waits = any(document.approvals, function(approval)
    return approval.approval_kind == kind and (approval.decision == "pending" or approval.decision == nil)
  end)
  if waits then return false end
  local status = read(document, "status")
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

-- An order of some amount and its approvals, with who held which role, for the cases.
local function ladder(amount, approvals, more)
  local given = order_done({ amount = amount }, {}, approvals)
  for one in each(approvals) do one.doc_amount = one.doc_amount or amount end
  given.employee = { { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E5" }, { employee_id = "E6" } }
  given.role_assignment = {
    { employee_id = "E3", role = "marketing_vp", valid_from = "2026-01-01" },
    { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01", valid_to = "2026-10-06" },
    { employee_id = "E5", role = "branch_manager", valid_from = "2026-01-01" },
    { employee_id = "E6", role = "salesperson", valid_from = "2026-01-01" },
  }
  given.approval_rule = {
    { rule_id = "M1", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
    { rule_id = "M2", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "500" },
  }
  given.role_rank = { { role = "salesperson", rank = "10" }, { role = "branch_manager", rank = "30" }, { role = "sales_manager", rank = "40" }, { role = "marketing_vp", rank = "60" } }
  for name, list in pairs(more or {}) do given[name] = list end
  return given
end

local function by(who, more, decided_at)
  local row = order_decision("A1", "approve", decided_at or "2026-10-06T10:00:00", more)
  row.doc_amount, row.approver_id = more and more.doc_amount, who
  return row
end

local function delegation(more)
  local row = { delegation_id = "L1", grantor_id = "E4", grantee_id = "E5", doc_kind = "sales_order", approval_kind = "order_approval", valid_from = "2026-10-05", valid_to = "2026-10-06" }
  for name, value in pairs(more or {}) do row[name] = value end
  return { delegation = { row } }
end

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
    if not approval.approver_id then return untestable "no approver" end
    if not person(approval.approver_id) then return untestable "the approver is no known employee" end
    local kind = kind_in_matrix(approval)
    local amount = amount_decided(approval)
    local rules = matrix_rules(kind, approval.approval_kind, amount, approval.decided_at)
    if #rules == 0 then return untestable "no row of the approval matrix" end
    local has_bands = any(rules, function(rule) return rule.amount_to ~= nil or (rule.amount_from or 0) > 0 end)
    if amount == nil and has_bands then return untestable "no amount at the decision" end
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

  cases = {
    { "in a role held until that day", given = ladder("80", { by "E4" }), expect = {} },
    { "the day after the role ended",
      given = ladder("80", { by("E4", nil, "2026-10-07T00:00:00") }),
      expect = { { key = "A1", label = "no authority", amount = "80", person = "E4", role = "sales_manager", authority = "0", decided = "80" } } },
    { "somebody of a higher rank", given = ladder("80", { by "E3" }), expect = {} },
    { "somebody of a lower rank", given = ladder("80", { by "E5" }),
      expect = { { key = "A1", label = "no authority", amount = "80", person = "E5" } } },
    { "delegated up to that amount", given = ladder("80", { by "E5" }, delegation { amount_limit = "80" }), expect = {} },
    { "delegated up to a cent less",
      given = ladder("80", { by "E5" }, delegation { amount_limit = "79.99" }),
      expect = { { key = "A1", label = "no authority", amount = "0.01", authority = "79.99" } } },
    { "delegated for other documents, revoked, ended, or by somebody who had no such role", expect = {
        { key = "A1", label = "no authority", amount = "80", authority = "0" },
      },
      given = ladder("80", { by "E5" }, { delegation = {
        delegation({ delegation_id = "L1", doc_kind = "contract", amount_limit = "70" }).delegation[1],
        delegation({ delegation_id = "L2", revoked_at = "2026-10-06T10:00:00", amount_limit = "70" }).delegation[1],
        delegation({ delegation_id = "L3", valid_to = "2026-10-05", amount_limit = "70" }).delegation[1],
        delegation({ delegation_id = "L4", grantor_id = "E6", amount_limit = "70" }).delegation[1],
      } }) },
    { "delegations were not imported", absent = { "delegation" }, given = ladder("80", { by "E5" }),
      expect = { { key = "A1", label = "no authority", amount = "80", authority = "0" } } },
    { "two of three steps: told at the last one",
      given = ladder("500", { by "E4", order_decision("A2", "approve", "2026-10-06T11:00:00", { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }) }, {
        approval_rule = {
          { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager" }, { rule_id = "M2", approval_kind = "order_approval", step_no = "2", role = "marketing_vp" },
          { rule_id = "M3", approval_kind = "order_approval", step_no = "3", role = "general_manager", amount_from = "400" },
        },
      }),
      expect = { { key = "A2", label = "role missing", amount = "100", role = "general_manager", authority = "400" } } },
    { "a contract's approval that states no role is another control's", expect = {},
      given = ladder("80", { order_decision("A1", "approve", "2026-10-06T10:00:00", { doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", role = "", approver_id = "E5" }) }) },
    { "no amount, and the matrix asks for the same at any amount",
      given = ladder("80", { by("E5", { doc_amount = "" }) }, { approval_rule = { { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" } } }),
      expect = { { key = "A1", label = "no authority", amount = "none", decided = "none" } } },
    { "no amount, and the matrix ends at one",
      given = ladder("80", { by("E5", { doc_amount = "" }) }, { approval_rule = { { rule_id = "M1", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_to = "500" } } }),
      expect = { { key = "A1", untestable = "no amount" } } },
    { "from 500 on the vice president approves too",
      given = ladder("500", { by "E4" }),
      expect = { { key = "A1", label = "role missing", amount = "0", role = "marketing_vp", authority = "500" } } },
    { "the part above the band",
      given = ladder("620.50", { by "E4" }),
      expect = { { key = "A1", label = "role missing", amount = "120.5", authority = "500" } } },
    { "a cent below the band", given = ladder("499.99", { by "E4" }), expect = {} },
    { "both approved", expect = {},
      given = ladder("500", { by "E4", order_decision("A2", "approve", "2026-10-06T11:00:00", { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }) }) },
    { "the second step is still waiting", expect = {},
      given = ladder("500", { by "E4", order_decision("A2", "pending", nil, { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }) }) },
    { "the order has not been marked as approved", expect = {},
      given = (function()
        local given = ladder("500", { by "E4" })
        given.sales_order[1].status, given.sales_order[1].approved_at = "submitted", nil
        return given
      end)() },
    { "approved at the amount it then had, and raised later: another control's", expect = {},
      given = ladder("600", { by("E4", { doc_amount = "499" }) }) },
    { "withdrawn, then decided by both", expect = {},
      given = ladder("500", {
        by "E4", order_decision("A2", "withdraw", "2026-10-06T10:30:00"),
        order_decision("A3", "approve", "2026-10-06T11:00:00", { approver_id = "E4", doc_amount = "500" }),
        order_decision("A4", "approve", "2026-10-06T12:00:00", { step_no = "2", role = "marketing_vp", approver_id = "E3", doc_amount = "500" }),
      }) },
    { "no role is stated, and the approver held the one that the matrix names", expect = {}, given = ladder("80", { by("E4", { role = "" }) }) },
    { "no role is stated, and the approver held none of the matrix",
      given = ladder("80", { by("E6", { role = "" }) }),
      expect = { { key = "A1", label = "role missing", amount = "80", role = "sales_manager", authority = "0" } } },
    { "a contract's chain is another control's, its approver is not",
      given = ladder("80", { order_decision("A1", "approve", "2026-10-06T10:00:00", { doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", approver_id = "E5", doc_amount = "900" }) }, {
        contract = { { contract_id = "CT1", customer_id = "C1", status = "signed", signed_on = "2026-10-06" } },
        approval_rule = {
          { rule_id = "M1", approval_kind = "contract_approval", step_no = "1", role = "sales_manager" },
          { rule_id = "M2", approval_kind = "contract_approval", step_no = "2", role = "marketing_vp" },
        },
      }),
      expect = { { key = "A1", label = "no authority", person = "E5", amount = "900" } } },
    { "a line's approval is judged by the matrix of its document",
      given = ladder("80", { order_decision("A1", "approve", "2026-10-06T10:00:00", { doc_kind = "sales_order_line", doc_id = "SO1/1", approval_kind = "special_price", approver_id = "E5" }) }, {
        approval_rule = { { rule_id = "M1", doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "general_manager" } },
      }),
      expect = { { key = "A1", label = "no authority", person = "E5", amount = "80" } } },
    { "an amount in dollars against a matrix in yuan",
      given = ladder("80", { by("E4", { doc_amount = "80", currency = "USD" }) }, { exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } } }),
      expect = { { key = "A1", label = "role missing", amount = "60", currency = "CNY", decided = "560" } } },
    { "decided by the system", expect = {},
      given = ladder("80", { by "JOB" }, { user_account = { { user_id = "JOB", is_system = "true" } } }) },
    { "rejecting needs no authority", expect = {}, given = ladder("80", { order_decision("A1", "reject", "2026-10-06T10:00:00", { approver_id = "E6" }) }) },
    { "no amount at the decision",
      given = ladder("80", { by("E4", { doc_amount = "" }) }), expect = { { key = "A1", untestable = "no amount" } } },
    { "the matrix has no row for it",
      given = ladder("80", { by "E4" }, { approval_rule = { { rule_id = "M1", approval_kind = "order_approval", role = "sales_manager", valid_to = "2026-10-05" } } }),
      expect = { { key = "A1", untestable = "no row of the approval matrix" } } },
    { "an approver nobody knows", given = ladder("80", { by "E77" }), expect = { { key = "A1", untestable = "no known employee" } } },
    { "no approver", given = ladder("80", { by "" }), expect = { { key = "A1", untestable = "no approver" } } },
    { "there is no matrix", given = ladder("80", { by "E4" }), absent = { "approval_rule" }, expect = { { key = "A1", untestable = "approval_rule" } } },
  },
}

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
    if is_part and not (imported "approval" and any(standing_approvals(document, { about.kind }), function(approval)
      return decided_in_role(approval, { rule.role })
    end)) then
      table.insert(found, { row = document, day = about.day(document), amount = amount })
    end
  end
  return sort(found, "day")
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
    local is_split = sum(together, "amount") >= threshold -- one alone is below it
    if is_split then table.insert(found, together) end
    position = position + (is_split and #together or 1)
  end
  return found
end

-- Orders of one customer and salesperson, for the cases: { day, amount } each, and what is different.
local function orders_of_days(list, more)
  local given = {
    customer = { { customer_id = "C1" } },
    employee = { { employee_id = "E7" }, { employee_id = "E8" } },
    user_account = { { user_id = "U7", employee_id = "E7" } },
    sales_order = {},
    approval_rule = {
      { rule_id = "M1", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
      { rule_id = "M2", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "500" },
    },
  }
  for number, one in ipairs(list) do
    local row = { order_id = "SO" .. number, customer_id = "C1", salesperson_id = "E7", status = "approved", order_date = one[1], amount = one[2] }
    for name, value in pairs(one[3] or {}) do row[name] = value end
    table.insert(given.sales_order, row)
  end
  for name, rows_given in pairs(more or {}) do given[name] = rows_given end
  return given
end

control "APR-08" {
  title      = { en = "Documents split to stay under an approval threshold", zh = "拆单规避审批" },
  risk       = { en = "What is too large for one signature is signed in parts.", zh = "将大额业务拆分为小额单据，逃避上级审批。" },
  tests      = {
    en = "Orders (or contracts) of one customer and salesperson within a few days, each under a threshold of the approval matrix but a good part of it, are added up and compared with that threshold. Orders under a contract, and what the higher role approved all the same, are left out.",
    zh = "同一客户、同一销售员在数日内的多张订单（或多份合同），单笔均低于审批矩阵的金额界限而达到一定比例的，其合计与该界限比较。合同项下订单及上级岗位已批准的除外。",
  },
  source     = { "000B III-1.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = { "sales_order", "contract" },
  scope      = "all",
  shape      = "aggregate",
  applies    = function(document)
    if not is_live(document) or is_reversal(document) or document.amount == nil then return false end
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

  cases = {
    { "two of 250 within three days come to exactly 500",
      given = orders_of_days { { "2026-10-05", "250" }, { "2026-10-08", "250" } },
      expect = { { key = "SO2", amount = "500", count = "2", from = "2026-10-05", to = "2026-10-08", threshold = "500", role = "marketing_vp" } } },
    { "a cent less", given = orders_of_days({ { "2026-10-05", "250" }, { "2026-10-08", "249.99" } }), parameters = { min_share_pct = "40" }, expect = {} },
    { "four days apart", given = orders_of_days { { "2026-10-05", "250" }, { "2026-10-09", "250" } }, expect = {} },
    { "one of them too small to be a part", given = orders_of_days { { "2026-10-05", "249.99" }, { "2026-10-05", "499" } }, expect = {} },
    { "one of them at the threshold: the vice president sees it", given = orders_of_days { { "2026-10-05", "250" }, { "2026-10-05", "500" } }, expect = {} },
    { "two salespeople", given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300", { salesperson_id = "E8" } } }, expect = {} },
    { "two accounts of one salesperson", given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300", { salesperson_id = "U7" } } },
      expect = { { key = "SO2", amount = "600", count = "2" } } },
    { "two customers", expect = {},
      given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300", { customer_id = "C2" } } }, { customer = { { customer_id = "C1" }, { customer_id = "C2" } } }) },
    { "call-offs of a signed contract", expect = {},
      given = orders_of_days({ { "2026-10-05", "300", { contract_id = "CT1" } }, { "2026-10-06", "300", { contract_id = "CT1" } } }, {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01", status = "executing", amount = "900" } },
      }) },
    { "the vice president approved one of them", expect = {},
      given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300" } }, {
        approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", approver_id = "E3", decision = "approve", decided_at = "2026-10-05T15:00:00" } },
      }) },
    { "a cancelled one, a reversal", expect = {},
      given = orders_of_days { { "2026-10-05", "300", { status = "cancelled" } }, { "2026-10-06", "300" }, { "2026-10-06", "300", { reversal_of = "SO2" } } } },
    { "three are one exception, a fourth a week later none",
      given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300" }, { "2026-10-06", "350" }, { "2026-10-13", "300" } },
      expect = { { key = "SO3", amount = "950", count = "3", to = "2026-10-06" } } },
    { "a second group a week later",
      given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300" }, { "2026-10-13", "300" }, { "2026-10-14", "300" } },
      expect = { { key = "SO2", count = "2", amount = "600" }, { key = "SO4", count = "2", amount = "600" } } },
    { "the threshold holds only from the second day on", expect = {},
      given = orders_of_days({ { "2026-10-05", "300" }, { "2026-10-06", "300" } }, { approval_rule = {
        { rule_id = "M1", approval_kind = "order_approval", role = "sales_manager" },
        { rule_id = "M2", approval_kind = "order_approval", role = "marketing_vp", amount_from = "500", valid_from = "2026-10-06" },
      } }) },
    { "a lower threshold after the higher one",
      given = orders_of_days({ { "2026-10-05", "600" }, { "2026-10-06", "600" }, { "2026-10-20", "400" }, { "2026-10-21", "400" } }, { approval_rule = {
        { rule_id = "M1", approval_kind = "order_approval", role = "marketing_vp", amount_from = "700" },
        { rule_id = "M2", approval_kind = "order_approval", role = "general_manager", amount_from = "1000" },
      } }),
      expect = { { key = "SO2", amount = "1200", threshold = "1000" }, { key = "SO4", amount = "800", threshold = "700" } } },
    { "the higher of two thresholds, once",
      given = orders_of_days({ { "2026-10-05", "600" }, { "2026-10-06", "600" } }, { approval_rule = {
        { rule_id = "M1", approval_kind = "order_approval", role = "marketing_vp", amount_from = "700" },
        { rule_id = "M2", approval_kind = "order_approval", role = "general_manager", amount_from = "1000" },
        { rule_id = "M3", approval_kind = "contract_approval", role = "general_manager", amount_from = "1100" },
        { rule_id = "M4", approval_kind = "order_approval", role = "company_leader", amount_from = "1100", valid_to = "2026-09-30" },
      } }),
      expect = { { key = "SO2", amount = "1200", threshold = "1000", role = "general_manager" } } },
    { "over the turn of the month: in the month of the last",
      period = "2026-10", given = orders_of_days { { "2026-09-29", "300" }, { "2026-10-01", "300" } },
      expect = { { key = "SO2", amount = "600", from = "2026-09-29" } } },
    { "told in the month before", period = "2026-10", given = orders_of_days { { "2026-09-29", "300" }, { "2026-09-30", "300" } }, expect = {} },
    { "contracts likewise",
      given = {
        customer = { { customer_id = "C1" } },
        contract = {
          { contract_id = "CT1", customer_id = "C1", salesperson_id = "E7", signed_on = "2026-10-05", status = "signed", amount = "300" },
          { contract_id = "CT2", customer_id = "C1", salesperson_id = "E7", signed_on = "2026-10-07", status = "executing", amount = "290" },
          { contract_id = "CT3", customer_id = "C1", salesperson_id = "E7", status = "review", amount = "290" },
        },
        approval_rule = { { rule_id = "M2", doc_kind = "contract", approval_kind = "contract_approval", step_no = "2", role = "general_manager", amount_from = "500" } },
      },
      expect = { { key = "CT2", amount = "590", role = "general_manager" } } },
    { "dollars against a matrix in yuan",
      given = orders_of_days({ { "2026-10-05", "40", { currency = "USD" } }, { "2026-10-06", "40", { currency = "USD" } } }, { exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } } }),
      expect = { { key = "SO2", count = "2", amount = "560", currency = "CNY" } } },
    { "there is no matrix", given = orders_of_days { { "2026-10-05", "300" }, { "2026-10-06", "300" } }, absent = { "approval_rule" },
      expect = { { key = "C1/E7", untestable = "approval_rule" } } },
  },
}

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
    return map(rows_of(request, "stock_issue", "issues"), function(issue)
      if is_void(issue) or not issue.issued_at or not has_happened(issue.issued_at) then return nil end
      return { step = "stock_issue.issued_at", at = issue.issued_at, row = issue }
    end)
  end,
  invoice_request = function(request)
    return map(rows_of(request, "invoice", "invoices"), function(invoice)
      if is_void(invoice) or not invoice.issued_on or not has_happened(invoice.issued_on) then return nil end
      return { step = "invoice.issued_on", at = invoice.issued_on, row = invoice, of = invoice, worth = invoice.gross_amount }
    end)
  end,
}

local function rejected(id, decided_at, more)
  return order_decision(id, "reject", decided_at, more)
end

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
    if not rejection.decided_at then return untestable "no moment of the decision" end
    local document = rejection.document
    if not document then return untestable "no such document" end
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

  cases = {
    { "delivered the day after the rejection",
      given = order_done({ status = "rejected", approved_at = "" }, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00") }),
      expect = { { key = "A1", amount = "36.16", step = "delivery.delivery_date", at = "2026-10-07", rejected_by = "E4", count = "1" } } },
    { "delivered on the day of the rejection", expect = {},
      given = order_done({ status = "rejected", approved_at = "" }, sent "2026-10-06", { rejected("A1", "2026-10-06T10:00:00") }) },
    { "approved again before the delivery", expect = {},
      given = order_done({}, sent "2026-10-08", { rejected("A1", "2026-10-06T10:00:00"), order_decision("A2", "approve", "2026-10-08T09:00:00") }) },
    { "approved again only after the delivery",
      given = order_done({}, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00"), order_decision("A2", "approve", "2026-10-08T09:00:00") }),
      expect = { { key = "A1", amount = "36.16", at = "2026-10-07" } } },
    { "rejected twice: the second rejection is the one",
      given = order_done({ approved_at = "" }, sent "2026-10-09", { rejected("A1", "2026-10-06T10:00:00"), rejected("A2", "2026-10-08T10:00:00") }),
      expect = { { key = "A2", rejected_at = "2026-10-08T10:00:00", amount = "36.16" } } },
    { "released to production: what the decision was about",
      given = order_done({ approved_at = "" }, { production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-06T10:00:01" } } }, { rejected("A1", "2026-10-06T10:00:00") }),
      expect = { { key = "A1", amount = "80", step = "production_order.released_at" } } },
    { "the special price was rejected: another control's", expect = {},
      given = order_done({}, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00", { approval_kind = "special_price" }) }) },
    { "an approval", expect = {}, given = order_done({}, sent "2026-10-07") },
    { "a cancelled order", expect = {},
      given = order_done({ status = "cancelled" }, sent "2026-10-07", { rejected("A1", "2026-10-06T10:00:00") }) },
    { "a contract signed after its rejection",
      given = {
        customer = { { customer_id = "C1" } },
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-07", status = "signed", amount = "900", currency = "USD" } },
        approval = { { approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", decision = "reject", decided_at = "2026-10-06T10:00:00", doc_amount = "900", currency = "USD" } },
      },
      expect = { { key = "A1", amount = "900", currency = "USD", step = "contract.signed_on", rejected_by = "unknown" } } },
    { "withdrawn after the rejection: still not approved",
      given = order_done({ approved_at = "" }, sent "2026-10-09", { rejected("A1", "2026-10-06T10:00:00"), order_decision("A2", "withdraw", "2026-10-07T10:00:00") }),
      expect = { { key = "A1", amount = "36.16", at = "2026-10-09" } } },
    { "a quotation that was not sent, one sent after the audit, goods issued after it", as_of = "2026-10-06", expect = {},
      given = {
        customer = { { customer_id = "C1" } },
        quotation = { { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-05" }, { quotation_id = "Q2", customer_id = "C1", quoted_on = "2026-10-05", sent_at = "2026-10-07T10:00:00" } },
        delivery_request = { { request_id = "R1", customer_id = "C1", requested_at = "2026-10-05T09:00:00" } },
        stock_issue = {
          { issue_id = "S1", request_id = "R1", prepared_at = "2026-10-06T11:00:00", issued_at = "2026-10-07T10:00:00" }, { issue_id = "S2", request_id = "R1", prepared_at = "2026-10-06T11:00:00" },
          { issue_id = "S3", request_id = "R1", prepared_at = "2026-10-06T11:00:00", issued_at = "2026-10-06T11:00:00", status = "void" },
        },
        approval = {
          { approval_id = "A1", doc_kind = "quotation", doc_id = "Q1", approval_kind = "quotation", decision = "reject", decided_at = "2026-10-06T10:00:00" },
          { approval_id = "A2", doc_kind = "quotation", doc_id = "Q2", approval_kind = "quotation", decision = "reject", decided_at = "2026-10-06T10:00:00" },
          { approval_id = "A3", doc_kind = "delivery_request", doc_id = "R1", approval_kind = "delivery_request", decision = "reject", decided_at = "2026-10-06T10:00:00" },
        },
      } },
    { "of a kind that nothing follows", expect = {},
      given = { write_off = { { write_off_id = "W1", customer_id = "C1" } }, approval = { { approval_id = "A1", doc_kind = "write_off", doc_id = "W1", decision = "reject", decided_at = "2026-10-06T10:00:00" } } } },
    { "a quotation sent, goods issued, an invoice issued",
      given = {
        customer = { { customer_id = "C1" } },
        quotation = { { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-05", sent_at = "2026-10-06T10:00:01" } },
        delivery_request = { { request_id = "R1", customer_id = "C1" } },
        stock_issue = { { issue_id = "S1", request_id = "R1", issued_at = "2026-10-06T10:00:01" }, { issue_id = "S2", request_id = "R1", issued_at = "2026-10-06T10:00:00" } },
        invoice_request = { { request_id = "R2", customer_id = "C1" } },
        invoice = {
          { invoice_id = "I1", customer_id = "C1", request_id = "R2", issued_on = "2026-10-07", gross_amount = "30" },
          { invoice_id = "I2", customer_id = "C1", request_id = "R2", issued_on = "2026-10-07", gross_amount = "40", status = "void" },
        },
        approval = {
          { approval_id = "A1", doc_kind = "quotation", doc_id = "Q1", approval_kind = "quotation", decision = "reject", decided_at = "2026-10-06T10:00:00", doc_amount = "5" },
          { approval_id = "A2", doc_kind = "delivery_request", doc_id = "R1", approval_kind = "delivery_request", decision = "reject", decided_at = "2026-10-06T10:00:00" },
          { approval_id = "A3", doc_kind = "invoice_request", doc_id = "R2", approval_kind = "invoice_request", decision = "reject", decided_at = "2026-10-06T10:00:00" },
        },
      },
      expect = {
        { key = "A1", amount = "5", step = "quotation.sent_at" }, { key = "A2", amount = "none", step = "stock_issue.issued_at", count = "1" },
        { key = "A3", amount = "30", step = "invoice.issued_on", count = "1" },
      } },
    { "went on in the month before", period = "2026-10", expect = {},
      given = order_done({ approved_at = "" }, sent "2026-09-30", { rejected("A1", "2026-09-28T10:00:00") }) },
    { "no moment of the decision", given = order_done({}, sent "2026-10-07", { rejected("A1", nil) }), expect = { { key = "A1", untestable = "no moment" } } },
    { "no such order", given = { approval = { rejected("A1", "2026-10-06T10:00:00") } }, expect = { { key = "A1", untestable = "no such document" } } },
    { "deliveries were not imported", absent = { "production_order", "delivery", "delivery_line", "invoice", "invoice_line" }, expect = {},
      given = order_done({}, {}, { rejected("A1", "2026-10-06T10:00:00") }) },
  },
}

-- The rows of the approval matrix that grant days for the step of an approval, as of its request.
local function time_limits(approval)
  if not imported("approval_rule", "max_days") then return {} end
  local rule = lookup_one("approval_rule", { approval_kind = approval.approval_kind })
  if not rule then return {} end
  select_currency(currency_of(approval))
  local amount = approval.doc_amount and money_in(approval, "doc_amount", currency_of(rule), approval.requested_at)
  local rules = matrix_rules(kind_in_matrix(approval), approval.approval_kind, amount, approval.requested_at)
  return filter(rules, function(one)
    return one.max_days ~= nil and (approval.step_no == nil or one.step_no == nil or one.step_no == approval.step_no)
  end)
end

-- A request of Friday 2026-10-16 about an order of 80, for the cases.
local function request(fields, more)
  local row = order_decision("A1", "approve", "2026-10-20T18:00:00", { requested_at = "2026-10-16T09:00:00" })
  for name, value in pairs(fields) do row[name] = value end
  local given = { sales_order = { { order_id = "SO1", status = "submitted" } }, approval = { row } }
  for name, list in pairs(more or {}) do given[name] = list end
  return given
end

local function days_granted(rule)
  local row = { rule_id = "M1", doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", max_days = "3" }
  for name, value in pairs(rule) do row[name] = value end
  return { approval_rule = { row } }
end

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
    if not approval.requested_at then return untestable "no moment of the request" end
    local decided_at = approval.decided_at
    local until_day = day(decided_at) or as_of
    if not until_day then return untestable "no date as of which to audit" end
    if not decided_at and is_cancelled(approval.document) then return end
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

  cases = {
    { "Friday to Tuesday are two working days", given = request {}, expect = {} },
    { "Friday to Wednesday",
      given = request { decided_at = "2026-10-21T00:00:00" },
      expect = { { key = "A1", amount = "80", limit = "2026-10-20", decided_at = "2026-10-21T00:00:00", late = "1" } } },
    { "rejected late counts too", given = request { decided_at = "2026-10-22T00:00:00", decision = "reject" },
      expect = { { key = "A1", amount = "80", late = "2" } } },
    { "the matrix grants three days", given = request({ decided_at = "2026-10-21T18:00:00" }, days_granted {}), expect = {} },
    { "the matrix grants the same day",
      given = request({ decided_at = "2026-10-19T08:00:00" }, days_granted { max_days = "0" }),
      expect = { { key = "A1", amount = "80", limit = "2026-10-16", late = "1" } } },
    { "decided on the same day", given = request({ decided_at = "2026-10-16T23:00:00" }, days_granted { max_days = "0" }), expect = {} },
    { "days granted to another step, to larger amounts, or no longer: the default",
      given = request({ decided_at = "2026-10-21T18:00:00" }, { approval_rule = {
        days_granted({ rule_id = "M1", step_no = "2" }).approval_rule[1], days_granted({ rule_id = "M2", amount_from = "80.01" }).approval_rule[1],
        days_granted({ rule_id = "M3", valid_to = "2026-10-15" }).approval_rule[1], days_granted({ rule_id = "M4", max_days = "" }).approval_rule[1],
      } }),
      expect = { { key = "A1", amount = "80", limit = "2026-10-20" } } },
    { "there is no matrix: the default", absent = { "approval_rule" }, given = request { decided_at = "2026-10-21T18:00:00" },
      expect = { { key = "A1", amount = "80", limit = "2026-10-20" } } },
    { "dollars, by the band of the matrix in yuan",
      given = (function()
        local given = request({ decided_at = "2026-10-21T18:00:00", currency = "USD" }, days_granted { amount_from = "560", max_days = "1" })
        given.exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } }
        return given
      end)(),
      expect = { { key = "A1", amount = "80", currency = "USD", limit = "2026-10-19" } } },
    { "pending on the last day", as_of = "2026-10-20", given = request { decided_at = "", decision = "pending" }, expect = {} },
    { "pending the day after", as_of = "2026-10-21", period = "2026-10", given = request { decided_at = "", decision = "pending" },
      expect = { { key = "A1", amount = "80", decided_at = "none", late = "1" } } },
    { "pending since an earlier month", as_of = "2026-11-30", period = "2026-11", given = request { decided_at = "", decision = "pending" },
      expect = { { key = "A1", amount = "80", decided_at = "none" } } },
    { "asked for after the day of the audit", as_of = "2026-10-15", given = request { decided_at = "", decision = "pending" }, expect = {} },
    { "pending on a cancelled order", as_of = "2026-10-31", expect = {},
      given = request({ decided_at = "", decision = "pending" }, { sales_order = { { order_id = "SO1", status = "cancelled" } } }) },
    { "decided late in another month", period = "2026-11", given = request { decided_at = "2026-10-27T09:00:00" }, expect = {} },
    { "withdrawn by who asked", given = request { decided_at = "2026-10-27T09:00:00", decision = "withdraw" }, expect = {} },
    { "pending, with no day of the audit", given = request { decided_at = "", decision = "pending" }, expect = { { key = "A1", untestable = "no date as of" } } },
    { "no moment of the request", given = request { requested_at = "" }, expect = { { key = "A1", untestable = "no moment" } } },
  },
}

-- The goods of a reservation line at its price, and at the list price, for as many of the list's unit.
local function units_of_list(line, price)
  local product = line.product
  local own = product and read(product, "uom")
  local unit = read(price, "uom") or own
  if not unit or not own or unit == own then return line.quantity end
  return div(line.quantity, units_in(price.unit_conversion, unit), 6)
end

-- Whether a concession is on record for a reservation: its own, or that of a contract made of it.
local function has_concession(reservation)
  if #carried_by_reservation(reservation) > 0 then return true end
  return imported("contract", "reservation_id")
    and any(reservation.contracts, function(contract) return #naming(contract, "contract_id") > 0 end)
end

-- A reservation of 10 pieces listed at 12, for the cases.
local function reserved(unit_price, more)
  local given = {
    customer = { { customer_id = "C1", grade = "A" } },
    product = { { product_id = "P1", uom = "pc", abc_class = "B" } },
    employee = { { employee_id = "E7" } },
    role_assignment = { { employee_id = "E7", role = "salesperson" } },
    price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", approved_at = "2026-09-20T10:00:00" } },
    price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "6" } },
    discount_authority = { { role = "salesperson", max_discount_pct = "5" }, { role = "sales_manager", max_discount_pct = "50" } },
    reservation = { { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", signed_by = "E7" } },
    reservation_line = { { reservation_id = "R1", line_no = "1", product_id = "P1", quantity = "10", unit_price = unit_price } },
  }
  for name, list in pairs(more or {}) do given[name] = list end
  return given
end

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
    if #rows "discount_authority" == 0 then return untestable "no discount authority is known" end
    local reservation = line.reservation
    if has_concession(reservation) then return end
    local price = line.price
    if not price then return untestable "no price in force" end
    if not price.list_price then return untestable "no list price" end
    if not line.unit_price then return untestable "no unit price" end
    if read(price.price_list, "tax_included") then return untestable "the list's prices are with tax, a reservation's are not" end
    local class = line.product and read(line.product, "abc_class")
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

  cases = {
    { "a cent per piece beyond what the salesperson may grant", given = reserved "11.39",
      expect = { { key = "R1/1", amount = "6.1", price = "11.39", list_price = "12", authority = "5" } } },
    { "exactly what the salesperson may grant", given = reserved "11.4", expect = {} },
    { "of another class no more than that class allows",
      given = reserved("11.39", { discount_authority = { { role = "salesperson", abc_class = "A", max_discount_pct = "20" }, { role = "salesperson", abc_class = "B", max_discount_pct = "5" } } }),
      expect = { { key = "R1/1", price = "11.39", amount = "6.1", authority = "5" } } },
    { "no longer granted at all",
      given = reserved("11.99", { discount_authority = { { role = "salesperson", max_discount_pct = "5", valid_to = "2026-10-11" } } }),
      expect = { { key = "R1/1", amount = "0.1", authority = "0" } } },
    { "signed by a sales manager", expect = {},
      given = reserved("9", { role_assignment = { { employee_id = "E7", role = "salesperson" }, { employee_id = "E7", role = "sales_manager" } } }) },
    { "a role that is not recorded counts as a salesperson's", given = reserved("9", { role_assignment = {} }), expect = { { key = "R1/1", amount = "30", authority = "5" } } },
    { "a concession is on record, approved or not", expect = {},
      given = reserved("9", { reservation = { { reservation_id = "R1", customer_id = "C1", signed_on = "2026-10-12", signed_by = "E7", concession_id = "K1" } }, concession = { { concession_id = "K1" } } }) },
    { "a concession names the contract made of it", expect = {},
      given = reserved("9", { contract = { { contract_id = "CT1", customer_id = "C1", reservation_id = "R1" } }, concession = { { concession_id = "K1", contract_id = "CT1" } } }) },
    { "a contract was made of it, also without a concession",
      given = reserved("9", { contract = { { contract_id = "CT1", customer_id = "C1", reservation_id = "R1" } } }), expect = { { key = "R1/1", amount = "30", price = "9" } } },
    { "listed in the product's own unit", given = reserved("9", { price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", uom = "pc" } } }),
      expect = { { key = "R1/1", amount = "30", list_price = "12" } } },
    { "nothing reserved", expect = {}, given = reserved("9", { reservation_line = { { reservation_id = "R1", line_no = "1", product_id = "P1", unit_price = "9" } } }) },
    { "not signed", expect = {},
      given = reserved("9", { reservation = { { reservation_id = "R1", customer_id = "C1", signed_by = "E7" } } }) },
    { "priced by the box of five",
      given = reserved("11", {
        price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "60", uom = "box" } },
        uom_conversion = { { product_id = "P1", uom = "box", base_quantity = "5" } },
      }),
      expect = { { key = "R1/1", amount = "10", list_price = "60" } } },
    { "prices with tax",
      given = reserved("9", { price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", approved_at = "2026-09-20T10:00:00", tax_included = "true" } } }),
      expect = { { key = "R1/1", untestable = "with tax" } } },
    { "no price in force", given = reserved("9", { price_list_line = {} }), expect = { { key = "R1/1", untestable = "no price" } } },
    { "no list price", given = reserved("9", { price_list_line = { { price_list_id = "PL1", product_id = "P1" } } }), expect = { { key = "R1/1", untestable = "no list price" } } },
    { "no unit price", given = reserved "", expect = { { key = "R1/1", untestable = "no unit price" } } },
    { "authority is empty", given = reserved("9", { discount_authority = {} }), expect = { { key = "R1/1", untestable = "no discount authority" } } },
    { "authority was not imported", given = reserved "9", absent = { "discount_authority" }, expect = { { key = "R1/1", untestable = "discount_authority" } } },
  },
}

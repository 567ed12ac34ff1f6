-- SPDX-License-Identifier: MIT
-- CON: contracts, from negotiation to their being carried out.

local signing_kinds = { "signing", "contract_approval" }

-- What the contracts of the cases need: people with their roles, a customer, a contract CT1 over 1,130 signed by the
-- general manager on Monday 2026-10-12. `more` adds or replaces tables.
local function signed(contract, more)
  local one = {
    contract_id = "CT1", contract_no = "HT-1", customer_id = "C1", amount = "1130", salesperson_id = "E3", signed_by = "E1",
    signed_on = "2026-10-12", effective_on = "2026-10-15", status = "executing",
  }
  for name, value in pairs(contract or {}) do one[name] = value end
  local given = {
    org_unit = {
      { org_unit_id = "DL", kind = "management" }, { org_unit_id = "DS", kind = "sales" }, { org_unit_id = "DM", kind = "marketing" },
      { org_unit_id = "DF", kind = "finance" }, { org_unit_id = "DT", kind = "technical" }, { org_unit_id = "DP", kind = "production" },
      { org_unit_id = "DQ", kind = "quality" },
    },
    employee = {
      { employee_id = "E1", org_unit_id = "DL" }, { employee_id = "E2", org_unit_id = "DS" }, { employee_id = "E3", org_unit_id = "DS" },
      { employee_id = "E4", org_unit_id = "DT" }, { employee_id = "E5", org_unit_id = "DM" }, { employee_id = "E6", org_unit_id = "DF" },
      { employee_id = "E9", org_unit_id = "DL" },
    },
    role_assignment = {
      { employee_id = "E1", role = "general_manager", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "sales_manager", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "technical_head", valid_from = "2026-01-01" },
      { employee_id = "E5", role = "marketing_head", valid_from = "2026-01-01" },
      { employee_id = "E6", role = "finance_head", valid_from = "2026-01-01" },
      { employee_id = "E9", role = "company_leader", valid_from = "2026-01-01" },
    },
    role_rank = {
      { role = "salesperson", rank = "10" }, { role = "sales_manager", rank = "40" }, { role = "technical_head", rank = "50" },
      { role = "marketing_head", rank = "50" }, { role = "finance_head", rank = "50" },
      { role = "company_leader", rank = "80" }, { role = "general_manager", rank = "90" },
    },
    customer = { { customer_id = "C1" } },
    contract = { one },
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function delegated(fields)
  local one = { delegation_id = "DG1", grantor_id = "E1", grantee_id = "E2", doc_kind = "contract", valid_from = "2026-10-01", valid_to = "2026-10-12" }
  for name, value in pairs(fields or {}) do one[name] = value end
  return { delegation = { one } }
end

-- The highest limit of the delegations that would have allowed somebody to sign, had it been high enough; or nil.
local function exceeded_limit(contract, p)
  local given = filter(person(contract.signed_by).delegations_received, function(delegation)
    return delegation.amount_limit ~= nil
      and held_role(delegation.grantor_id, p.roles, contract.signed_on)
      and any(signing_kinds, function(kind)
        return delegation_covers(delegation, { doc_kind = "contract", approval_kind = kind, moment = contract.signed_on })
      end)
  end)
  return max(given, "amount_limit")
end

control "CON-01" {
  title      = { en = "Contract signed by somebody without the authority to sign", zh = "合同签订人无授权" },
  risk       = { en = "The company is bound by a signature that nobody entitled to it has given.", zh = "无权签约，合同效力及损失责任难以追究。" },
  tests      = {
    en = "Whoever signed must have been general manager on the day of signing, or hold a delegation of the general manager for contracts in force on that day and up to the contract's amount.",
    zh = "合同签订人在签订日须为总经理，或持有总经理出具、当日有效且限额不低于合同金额的合同签订授权。",
  },
  source     = { "000B III-1.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "contract",
  shape      = "as-of",
  applies    = is_signed,
  parameters = { roles = { { "general_manager" }, origin = "policy", note = "the general manager, or whom the general manager authorised" } },
  evidence_columns = { "contract.signed_by" },
  amount_kind = "exposure",
  terms      = {
    ["no authority"] = { en = "without authority", zh = "无授权" },
    ["over the limit"] = { en = "beyond the delegated limit", zh = "超出授权限额" },
    none = { en = "none", zh = "无" },
  },
  message    = {
    en = "signed by {signed_by} on {signed_on} {fault} (limit {limit})",
    zh = "{signed_on} 由 {signed_by} 签订，{fault}（授权限额 {limit}）",
  },
  follow_up  = {
    en = "Ask for the written authorisation. Without one, have the general manager ratify the contract, and see what else the same person signed.",
    zh = "索取书面授权书；没有的，报总经理追认，并检查该人签订的其他合同。",
  },

  test = function(contract, p)
    local who = contract.signed_by
    if not who then return untestable "nobody is named as having signed" end
    local about = { doc_kind = "contract", amount = contract.amount, moment = contract.signed_on, kinds = signing_kinds }
    if may_act(who, p.roles, about) then return end
    local limit = exceeded_limit(contract, p)
    return exception {
      amount    = limit and contract.amount - limit or contract.amount,
      signed_by = who,
      signed_on = contract.signed_on,
      fault     = limit and "over the limit" or "no authority",
      limit     = limit or "none",
      evidence  = evidence(person(who).delegations_received),
    }
  end,

  cases = {
    { "the general manager signed", given = signed(), expect = {} },
    { "a sales manager without a delegation", given = signed { signed_by = "E2" },
      expect = { { key = "CT1", amount = "1130", signed_by = "E2", fault = "no authority", limit = "none" } } },
    { "general manager only from the next day",
      given = signed({}, { role_assignment = { { employee_id = "E1", role = "general_manager", valid_from = "2026-10-13" } } }),
      expect = { { key = "CT1", amount = "1130", signed_by = "E1", fault = "no authority" } } },
    { "delegated up to the amount, on the last day", given = signed({ signed_by = "E2" }, delegated { amount_limit = "1130" }), expect = {} },
    { "a cent over the delegated limit: only the excess counts",
      given = signed({ signed_by = "E2" }, delegated { amount_limit = "1129.99" }),
      expect = { { key = "CT1", amount = "0.01", fault = "over the limit", limit = "1129.99" } } },
    { "the delegation ended the day before", given = signed({ signed_by = "E2" }, delegated { valid_to = "2026-10-11", amount_limit = "500" }),
      expect = { { key = "CT1", amount = "1130", fault = "no authority" } } },
    { "a delegation to sign", given = signed({ signed_by = "E2" }, delegated { approval_kind = "signing" }), expect = {} },
    { "a delegation to change prices is none to sign", given = signed({ signed_by = "E2" }, delegated { approval_kind = "special_price", amount_limit = "500" }),
      expect = { { key = "CT1", amount = "1130", fault = "no authority" } } },
    { "delegated by somebody who is not the general manager", given = signed({ signed_by = "E3" }, delegated { grantor_id = "E2", grantee_id = "E3", amount_limit = "500" }),
      expect = { { key = "CT1", amount = "1130", fault = "no authority" } } },
    { "a draft, a void one and a reversal",
      given = signed({ signed_by = "E2", status = "draft" }, { contract = {
        { contract_id = "CT1", signed_by = "E2", signed_on = "2026-10-12", status = "draft" },
        { contract_id = "CT2", signed_by = "E2", signed_on = "2026-10-12", status = "void" },
        { contract_id = "CT3", signed_by = "E2", signed_on = "2026-10-12", status = "executing", reversal_of = "CT1" },
      } }),
      expect = {} },
    { "nobody named", given = signed { signed_by = "" }, expect = { { key = "CT1", untestable = "nobody is named" } } },
    { "somebody unknown", given = signed { signed_by = "E77" }, expect = { { key = "CT1", untestable = "no employee is known as E77" } } },
    { "delegations were not imported", given = signed { signed_by = "E2" }, absent = { "delegation" },
      expect = { { key = "CT1", untestable = "delegation" } } },
  },
}

local approval_kinds = { "contract_approval" }

-- The matrix of the cases: the sales manager, and from 1,000 the general manager.
local contract_matrix = {
  { rule_id = "R1", doc_kind = "contract", approval_kind = "contract_approval", step_no = "1", role = "sales_manager", amount_from = "0", valid_from = "2026-01-01" },
  { rule_id = "R2", doc_kind = "contract", approval_kind = "contract_approval", step_no = "2", role = "general_manager", amount_from = "1000", valid_from = "2026-01-01" },
}

-- Decisions about contract CT1, each { role, decided_at, decision }.
local function decided(...)
  local approvals = {}
  for position, one in ipairs { ... } do
    table.insert(approvals, {
      approval_id = "A" .. position, doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", step_no = tostring(position),
      role = one[1], approver_id = "E2", decision = one[3] or "approve", decided_at = one[2], requested_at = "2026-10-08T08:00:00",
    })
  end
  return { approval_rule = contract_matrix, approval = approvals }
end

-- A fault of the chain, "late" where the approval was given after all.
local function with_later_approval(contract, fault)
  if fault.fault ~= "missing" then return fault end
  local later = first(decisions(contract, approval_kinds), function(decision)
    return decision.decision == "approve" and decision.decided_at > contract.signed_on and decided_in_role(decision, { fault.role })
  end)
  if not later then return fault end
  return { fault = "late", role = fault.role, at = later.decided_at }
end

control "CON-02" {
  title      = { en = "Contract signed before it was approved", zh = "未履行审批程序签订合同" },
  risk       = { en = "The company is bound by terms that those responsible have not agreed to.", zh = "未经审批签订合同，条款风险未经把关。" },
  tests      = {
    en = "Every step that the approval matrix in force on the day of signing asks for a contract of this amount must have been approved, and stand, on the day of signing at the latest.",
    zh = "签订日有效的审批矩阵对该金额合同要求的每一审批步骤，须在签订日（含）前批准且仍有效。",
  },
  source     = { "000B III-1.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "contract",
  shape      = "approval",
  applies    = is_signed,
  amount_kind = "exposure",
  terms      = all_terms(step_terms(), role_terms(), { late = { en = "came after signing", zh = "晚于签订" }, rejected = { en = "was rejected", zh = "被驳回" } }),
  message    = {
    en = "signed on {signed_on}; approval by {roles} {fault} ({decided_at})",
    zh = "{signed_on} 签订；{roles} 审批{fault}（{decided_at}）",
  },
  follow_up  = {
    en = "Obtain the approval or the reason why it was passed over; where it came late, ask who released the contract for signing.",
    zh = "补取审批或查明越过审批的原因；审批滞后的，询问由谁放行签订。",
  },

  test = function(contract)
    if not contract.amount then return untestable "no amount" end
    local chain = required_chain("contract", "contract_approval", contract.amount, contract.signed_on)
    if #chain == 0 then return untestable "no row of the approval matrix for it" end
    local faults = filter(chain_faults(contract, approval_kinds, chain, contract.signed_on), function(fault)
      return fault.fault ~= "too early"
    end)
    if #faults == 0 then return end
    local fault = with_later_approval(contract, faults[1])
    return exception {
      amount     = contract.amount,
      signed_on  = contract.signed_on,
      fault      = fault.fault,
      roles      = table.concat(map(faults, "role"), ", "),
      decided_at = fault.at or "none",
      evidence   = evidence(decisions(contract, approval_kinds)),
    }
  end,

  cases = {
    { "both steps on the day of signing",
      given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-12T23:00:00" })), expect = {} },
    { "the second step the day after",
      given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-13T00:00:00" })),
      expect = { { key = "CT1", amount = "1130", fault = "late", roles = "general_manager", decided_at = "2026-10-13T00:00:00" } } },
    { "the second step is missing", given = signed({}, decided { "sales_manager", "2026-10-09T10:00:00" }),
      expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "general_manager", decided_at = "none" } } },
    { "below the second step", given = signed({ amount = "999.99" }, decided { "sales_manager", "2026-10-09T10:00:00" }), expect = {} },
    { "nobody approved", given = signed({}, { approval_rule = contract_matrix }),
      expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "sales_manager, general_manager" } } },
    { "rejected at the second step",
      given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-10T10:00:00", "reject" })),
      expect = { { key = "CT1", amount = "1130", fault = "rejected", roles = "sales_manager, general_manager", decided_at = "2026-10-10T10:00:00" } } },
    { "rejected, approved after signing",
      given = signed({ amount = "999" }, decided({ "sales_manager", "2026-10-09T10:00:00", "reject" }, { "sales_manager", "2026-10-14T10:00:00" })),
      expect = { { key = "CT1", amount = "999", fault = "late", roles = "sales_manager", decided_at = "2026-10-14T10:00:00" } } },
    { "approved after signing, then rejected",
      given = signed({ amount = "999" }, decided({ "sales_manager", "2026-10-13T10:00:00" }, { "sales_manager", "2026-10-14T10:00:00", "reject" })),
      expect = { { key = "CT1", amount = "999", fault = "rejected", roles = "sales_manager", decided_at = "2026-10-14T10:00:00" } } },
    { "approved and withdrawn before signing",
      given = signed({ amount = "999" }, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "sales_manager", "2026-10-10T10:00:00", "withdraw" })),
      expect = { { key = "CT1", amount = "999", fault = "missing", decided_at = "none" } } },
    { "another role approved after signing",
      given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "sales_manager", "2026-10-14T10:00:00" })),
      expect = { { key = "CT1", amount = "1130", fault = "missing", roles = "general_manager" } } },
    { "approved again after signing",
      given = signed({}, decided({ "sales_manager", "2026-10-09T10:00:00" }, { "general_manager", "2026-10-10T10:00:00" }, { "general_manager", "2026-10-14T10:00:00" })),
      expect = {} },
    { "the order of the steps is judged elsewhere",
      given = signed({}, decided({ "sales_manager", "2026-10-10T10:00:00" }, { "general_manager", "2026-10-09T10:00:00" })), expect = {} },
    { "a draft", given = signed({ status = "draft" }, { approval_rule = contract_matrix }), expect = {} },
    { "no amount", given = signed({ amount = "" }, { approval_rule = contract_matrix }), expect = { { key = "CT1", untestable = "no amount" } } },
    { "no matrix in force", given = signed(), expect = { { key = "CT1", untestable = "no row of the approval matrix" } } },
    { "approvals were not imported", given = signed({}, { approval_rule = contract_matrix }), absent = { "approval" },
      expect = { { key = "CT1", untestable = "approval" } } },
  },
}

-- A negotiation of contract CT1, and who took part, as { employee, role }.
local function negotiated(fields, ...)
  local one = { negotiation_id = "N1", contract_id = "CT1", customer_id = "C1", kind = "commercial", held_on = "2026-10-09" }
  for name, value in pairs(fields or {}) do one[name] = value end
  local participants = {}
  for member in each { ... } do
    table.insert(participants, { negotiation_id = "N1", employee_id = member[1], role = member[2] })
  end
  return { negotiation = { one }, negotiation_participant = participants }
end

local function key_customer(more)
  more.customer = { { customer_id = "C1", is_key = true } }
  return more
end

local threshold_parameter = {
  decimal "1000000", origin = "default", note = "what is major is not said; is_major decides where it is filled",
}

-- Whether a person sat at a table for a role: named for it, or, named for none, holding it.
local function sits_for(participant, roles, moment)
  local named = read(participant, "role")
  if named then return contains(roles, named) end
  return any(roles_held(participant.employee_id, moment), function(role) return contains(roles, role) end)
end

control "CON-03" {
  title      = { en = "Key customer negotiated with without the joint team", zh = "重要客户未组成谈判小组" },
  risk       = { en = "Terms of weight are agreed without the knowledge of finance and management.", zh = "重大条款未经财务与领导共同把关。" },
  tests      = {
    en = "For contracts with key customers and major contracts, marketing, finance and a leader of the company must have taken part in the negotiations held by the day of signing.",
    zh = "重要客户合同或重大合同，签订日前的谈判须由市场负责人、计划财务负责人和分管领导共同参加。",
  },
  source     = { "000B III-1.2" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "contract",
  shape      = "lookup",
  applies    = is_signed,
  parameters = {
    team            = { { "marketing_head", "finance_head" }, origin = "policy" },
    leaders         = { { "company_leader", "general_manager" }, origin = "policy", note = "one of them as the leader in charge" },
    major_threshold = threshold_parameter,
  },
  amount_kind = "exposure",
  terms      = role_terms(),
  message    = {
    en = "no {missing} in {negotiations} negotiations by {signed_on}",
    zh = "截至 {signed_on} 的 {negotiations} 次谈判中缺少：{missing}",
  },
  follow_up  = {
    en = "Ask for the minutes: the team may have met without its members being recorded. If it did not, have the terms reviewed now.",
    zh = "查阅谈判记录，确认是否参加而未登记；确未参加的，补充评审合同条款。",
  },

  test = function(contract, p)
    local customer = contract.customer
    if not is_major(contract, p.major_threshold) then
      if not customer then return untestable "no customer" end
      if not customer.is_key then return end
    end
    local held = filter(negotiations_of(contract), function(negotiation)
      return negotiation.held_on ~= nil and negotiation.held_on <= contract.signed_on
    end)
    if #held == 0 then return end -- that there was none at all is CON-04's
    local function is_present(roles)
      return any(held, function(negotiation)
        return any(negotiation.participants, function(one) return sits_for(one, roles, negotiation.held_on) end)
      end)
    end
    local missing = filter(p.team, function(role) return not is_present { role } end)
    if not is_present(p.leaders) then table.insert(missing, p.leaders[1]) end
    if #missing == 0 then return end
    return exception {
      amount       = contract.amount,
      missing      = table.concat(missing, ", "),
      negotiations = #held,
      signed_on    = contract.signed_on,
      evidence     = evidence(customer, at_most(10, held)),
    }
  end,

  cases = {
    { "two of three", given = signed({}, key_customer(negotiated({}, { "E5", "marketing_head" }, { "E9", "company_leader" }))),
      expect = { { key = "CT1", amount = "1130", missing = "finance_head", negotiations = "1" } } },
    { "all three: the general manager as the leader, somebody sent for finance",
      given = signed({}, key_customer(negotiated({}, { "E5", "marketing_head" }, { "E3", "finance_head" }, { "E1", "general_manager" }))), expect = {} },
    { "a leader takes no other's seat",
      given = signed({}, key_customer(negotiated({}, { "E9", "company_leader" }, { "E1", "general_manager" }))),
      expect = { { key = "CT1", amount = "1130", missing = "marketing_head, finance_head" } } },
    { "named without a role: by the roles held that day",
      given = signed({}, key_customer(negotiated({}, { "E5" }, { "E6" }, { "E3", "salesperson" }))),
      expect = { { key = "CT1", amount = "1130", missing = "company_leader" } } },
    { "the team came after signing",
      given = signed({}, key_customer(negotiated({ held_on = "2026-10-13" }, { "E5", "marketing_head" }))), expect = {} },
    { "an ordinary customer, a contract at the threshold is major",
      given = signed({ amount = "1000000" }, negotiated({ held_on = "2026-10-12" }, { "E3", "salesperson" })),
      expect = { { key = "CT1", amount = "1000000", missing = "marketing_head, finance_head, company_leader" } } },
    { "a cent below the threshold", given = signed({ amount = "999999.99" }, negotiated({}, { "E3", "salesperson" })), expect = {} },
    { "flagged as not major", given = signed({ amount = "1000000", is_major = false }, negotiated({}, { "E3", "salesperson" })), expect = {} },
    { "flagged as major", given = signed({ is_major = true }, negotiated({}, { "E3", "salesperson" })),
      expect = { { key = "CT1", amount = "1130", missing = "marketing_head, finance_head, company_leader" } } },
    { "no negotiation: another control's", given = signed({ is_major = true }), expect = {} },
    { "found through the quotation",
      given = signed({ quotation_id = "Q1", is_major = true }, negotiated({ contract_id = "", quotation_id = "Q1" }, { "E5", "marketing_head" }, { "E6", "finance_head" })),
      expect = { { key = "CT1", amount = "1130", missing = "company_leader" } } },
    { "a draft", given = signed({ status = "draft", is_major = true }, negotiated({}, { "E3", "salesperson" })), expect = {} },
    { "participants were not imported", given = signed({ is_major = true }, negotiated()), absent = { "negotiation_participant" },
      expect = { { key = "CT1", untestable = "negotiation_participant" } } },
    { "no customer", given = signed({ customer_id = "" }, negotiated()), expect = { { key = "CT1", untestable = "no customer" } } },
  },
}

-- Whether a contract has a line of a product for which a technical agreement is needed; the products.
local function engineered_products(contract)
  local found = {}
  for line in each(contract.lines) do
    local product = line.product
    local is_new = product ~= nil and not contains(found, product.product_id)
    if is_new and product.needs_technical_agreement then table.insert(found, product.product_id) end
  end
  return found
end

local engineered = {
  product = { { product_id = "P1", needs_technical_agreement = true }, { product_id = "P2" } },
  contract_line = {
    { contract_id = "CT1", line_no = "1", product_id = "P2", quantity = "1", unit_price = "10" },
    { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "1", unit_price = "10" },
    { contract_id = "CT1", line_no = "3", product_id = "P1", quantity = "1", unit_price = "10" },
  },
}

local function with_engineered(more)
  for name, rows in pairs(engineered) do more[name] = rows end
  return more
end

control "CON-04" {
  title      = { en = "Contract signed without negotiation", zh = "签约前无商务沟通和技术谈判" },
  risk       = { en = "Terms and technical demands are not settled when the company commits itself.", zh = "商务、技术条款未经充分沟通，易致履约纠纷。" },
  tests      = {
    en = "A commercial negotiation must have been held by the day of signing; for products that need a technical agreement also a technical one.",
    zh = "签订日（含）前须有商务谈判；涉及须订技术合同的产品的，还须有技术谈判。",
  },
  source     = { "000B III-1.2" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "contract",
  shape      = "sequence",
  applies    = is_signed,
  amount_kind = "exposure",
  terms      = {
    commercial = { en = "commercial", zh = "商务谈判" },
    technical  = { en = "technical", zh = "技术谈判" },
    none       = { en = "none", zh = "无" },
  },
  message    = {
    en = "no negotiation by {signed_on}: {missing} (first afterwards: {held_on})",
    zh = "{signed_on} 签订前缺少：{missing}（其后首次：{held_on}）",
  },
  follow_up  = {
    en = "Ask the salesperson for letters and minutes; a negotiation that was not recorded should be entered with its real date.",
    zh = "向销售员索取往来函件和会谈记录；确有谈判未登记的，按真实日期补录。",
  },

  test = function(contract)
    local wanted = { "commercial" }
    if imported("product", "needs_technical_agreement") and imported "contract_line" and #engineered_products(contract) > 0 then
      table.insert(wanted, "technical")
    end
    local known = negotiations_of(contract)
    local missing = filter(wanted, function(kind)
      return not any(known, function(one) return one.kind == kind and one.held_on ~= nil and one.held_on <= contract.signed_on end)
    end)
    if #missing == 0 then return end
    local ours = filter(known, function(one) return contains(missing, one.kind) end)
    if any(ours, function(one) return one.held_on == nil end) then return untestable "a negotiation without a date" end
    return exception {
      amount    = contract.amount,
      missing   = table.concat(missing, ", "),
      signed_on = contract.signed_on,
      held_on   = min(ours, "held_on") or "none",
      evidence  = evidence(ours),
    }
  end,

  cases = {
    { "none", given = signed(), expect = { { key = "CT1", amount = "1130", missing = "commercial", held_on = "none" } } },
    { "on the day of signing", given = signed({}, negotiated { held_on = "2026-10-12" }), expect = {} },
    { "the day after", given = signed({}, negotiated { held_on = "2026-10-13" }),
      expect = { { key = "CT1", amount = "1130", missing = "commercial", held_on = "2026-10-13" } } },
    { "a technical one is no commercial one", given = signed({}, negotiated { kind = "technical" }),
      expect = { { key = "CT1", amount = "1130", missing = "commercial", held_on = "none" } } },
    { "an engineered product without a technical one", given = signed({}, with_engineered(negotiated())),
      expect = { { key = "CT1", amount = "1130", missing = "technical" } } },
    { "both", expect = {},
      given = signed({}, with_engineered { negotiation = {
        { negotiation_id = "N1", contract_id = "CT1", kind = "commercial", held_on = "2026-10-09" },
        { negotiation_id = "N2", contract_id = "CT1", kind = "technical", held_on = "2026-10-12" },
      } }) },
    { "found through the project", given = signed({ opportunity_id = "O1" }, negotiated { contract_id = "", opportunity_id = "O1" }), expect = {} },
    { "of the same project, but for another contract",
      given = signed({ opportunity_id = "O1" }, negotiated { contract_id = "CT9", opportunity_id = "O1" }),
      expect = { { key = "CT1", amount = "1130", missing = "commercial" } } },
    { "the negotiation has no date", given = signed({}, negotiated { held_on = "" }), expect = { { key = "CT1", untestable = "without a date" } } },
    { "a draft", given = signed { status = "draft" }, expect = {} },
    { "negotiations were not imported", given = signed(), absent = { "negotiation" }, expect = { { key = "CT1", untestable = "negotiation" } } },
    { "which products need one was not imported", given = signed({}, with_engineered(negotiated())), absent = { "product.needs_technical_agreement" }, expect = {} },
  },
}

-- The kind of department that a review was made by; the sales department and the branches stand for marketing.
local function department_of(review)
  local kind = review.org_unit and review.org_unit.kind
  if kind == "sales" or kind == "branch" then return "marketing" end
  return kind
end

-- Reviews of contract CT1, each { org_unit, aspect, reviewed_at, decision, opinion }.
local function reviewed(...)
  local reviews = {}
  for one in each { ... } do
    table.insert(reviews, {
      contract_id = "CT1", org_unit_id = one[1], aspect = one[2], reviewer_id = "E4", reviewed_at = one[3] or "2026-10-09T10:00:00",
      decision = one[4] or "pass", opinion = one[5] or "agreed",
    })
  end
  return { contract_review = reviews }
end

control "CON-05" {
  title      = { en = "Contract took effect without review by all departments concerned", zh = "合同未经各部门评审" },
  risk       = { en = "The company commits itself to what a department cannot deliver.", zh = "承诺了相关部门无法履行的条款。" },
  tests      = {
    en = "Each department of the parameter must have passed the contract, without a refusal left standing, by the day it took effect or was first carried out.",
    zh = "参数所列各部门须在合同生效日或首次执行日（孰早）之前评审通过，且无未消除的否决意见。",
  },
  source     = { "003-4.5" },
  severity   = "medium",
  profile    = { "engineered" },
  population = "contract",
  shape      = "approval",
  applies    = function(contract, p)
    return is_signed(contract) and (contract.amount == nil or contract.amount >= p.from_amount)
  end,
  parameters = {
    departments  = {
      { "marketing", "technical", "production", "finance", "quality" },
      origin = "default", note = "the policy says the departments concerned; sales and branches stand for marketing",
    },
    from_amount  = { decimal "0", origin = "default", note = "smaller contracts need no review by all departments" },
    review_point = {
      "effective_on", origin = "policy",
      note = "003 reviews after the contract is made and before it takes effect; signed_on is the strict reading of 000B and 004",
    },
  },
  evidence_columns = { "contract_review.reviewed_at" },
  amount_kind = "exposure",
  terms      = unit_terms(),
  message    = { en = "not passed by {limit}: {departments}", zh = "截至 {limit} 未评审通过：{departments}" },
  follow_up  = {
    en = "Have the departments review the contract now, and ask them whether what was agreed can be kept.",
    zh = "要求相关部门补充评审，并核实合同条款能否履行。",
  },

  test = function(contract, p)
    local limit, execution = contract.signed_on, nil
    if p.review_point == "effective_on" then
      local started
      started, execution = execution_of(contract)
      limit = earliest(read(contract, "effective_on") or contract.signed_on, started)
    end
    local made = filter(contract.reviews, function(review)
      return review.reviewed_at ~= nil and review.reviewed_at <= limit
    end)
    local missing = filter(p.departments, function(kind)
      local theirs = filter(made, function(review) return department_of(review) == kind end)
      return #theirs == 0 or any(theirs, function(review) return review.decision ~= "pass" end)
    end)
    if #missing == 0 then return end
    return exception {
      amount      = contract.amount,
      departments = table.concat(missing, ", "),
      limit       = limit,
      evidence    = evidence(contract.reviews, execution),
    }
  end,

  cases = {
    { "all departments, the last on the day it took effect", expect = {},
      given = signed({}, reviewed({ "DS", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-15T18:00:00" })) },
    { "the last a day later",
      given = signed({}, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-16T08:00:00" })),
      expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-15" } } },
    { "delivered before it took effect",
      given = signed({}, {
        contract_review = reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-14T18:00:00" }).contract_review,
        delivery = {
          { delivery_id = "D1", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-13" },
          { delivery_id = "D0", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-08", status = "draft" },
        },
      }),
      expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-13" } } },
    { "released to production before it took effect",
      given = signed({}, {
        contract_review = reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance", "2026-10-14T08:00:01" }, { "DQ", "technical" }).contract_review,
        production_order = { { production_order_id = "W1", contract_id = "CT1", released_at = "2026-10-14T08:00:00" } },
      }),
      expect = { { key = "CT1", amount = "1130", departments = "finance", limit = "2026-10-14T08:00:00" } } },
    { "a department refused another aspect",
      given = signed({}, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical" }, { "DQ", "delivery", "2026-10-09T10:00:00", "fail" })),
      expect = { { key = "CT1", amount = "1130", departments = "quality" } } },
    { "nobody", given = signed(), expect = { { key = "CT1", amount = "1130", departments = "marketing, technical, production, finance, quality" } } },
    { "without a day of effect the day of signing counts",
      given = signed({ effective_on = "" }, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-13T08:00:00" })),
      expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-12" } } },
    { "review before signing", parameters = { review_point = "signed_on" },
      given = signed({}, reviewed({ "DM", "price" }, { "DT", "technical" }, { "DP", "delivery" }, { "DF", "finance" }, { "DQ", "technical", "2026-10-13T08:00:00" })),
      expect = { { key = "CT1", amount = "1130", departments = "quality", limit = "2026-10-12" } } },
    { "below the amount, and at it", parameters = { from_amount = "1130" },
      given = signed({}, { contract = {
        { contract_id = "CT1", amount = "1129.99", signed_on = "2026-10-12", status = "executing" },
        { contract_id = "CT2", amount = "1130", signed_on = "2026-10-12", status = "executing" },
      } }),
      expect = { { key = "CT2", limit = "2026-10-12", amount = "1130" } } },
    { "reviews were not imported", given = signed(), absent = { "contract_review" }, expect = { { key = "CT1", untestable = "contract_review" } } },
  },
}

control "CON-06" {
  title      = { en = "Contract review leaves out technical terms, price or delivery", zh = "评审未覆盖技术、价格、交货期" },
  risk       = { en = "What can go wrong later was never looked at.", zh = "关键条款未经审核，履约风险未被识别。" },
  tests      = {
    en = "The reviews of a contract that has been reviewed must include a pass for each aspect of the parameter, and a written opinion for it.",
    zh = "已评审的合同，其评审记录须覆盖参数所列各方面并通过，且签署评审意见。",
  },
  source     = { "003-4.5" },
  severity   = "medium",
  profile    = { "engineered" },
  population = "contract",
  shape      = "required fields",
  applies    = is_signed,
  parameters = { aspects = { { "technical", "price", "delivery" }, origin = "policy" } },
  evidence_columns = { "contract_review.opinion" },
  amount_kind = "exposure",
  terms      = {
    technical = { en = "technical terms", zh = "技术条款" },
    price     = { en = "price", zh = "价格" },
    delivery  = { en = "delivery", zh = "交货期" },
    finance   = { en = "finance", zh = "财务" },
    legal     = { en = "legal terms", zh = "法律条款" },
    ["technical opinion"] = { en = "opinion on technical terms", zh = "技术条款的评审意见" },
    ["price opinion"]     = { en = "opinion on price", zh = "价格的评审意见" },
    ["delivery opinion"]  = { en = "opinion on delivery", zh = "交货期的评审意见" },
    ["finance opinion"]   = { en = "opinion on finance", zh = "财务方面的评审意见" },
    ["legal opinion"]     = { en = "opinion on legal terms", zh = "法律条款的评审意见" },
  },
  message    = { en = "{reviews} reviews, but none of: {missing}", zh = "共 {reviews} 项评审，缺少：{missing}" },
  follow_up  = {
    en = "Have the missing aspect reviewed by the department that answers for it.",
    zh = "由责任部门补充评审缺少的内容并签署意见。",
  },

  test = function(contract, p)
    local made = filter(contract.reviews, function(review) return review.reviewed_at == nil or has_happened(review.reviewed_at) end)
    if #made == 0 then return end -- not reviewed at all: CON-05's
    local missing = {}
    for aspect in each(p.aspects) do
      local passed = filter(made, function(review) return review.aspect == aspect and review.decision == "pass" end)
      if #passed == 0 then
        table.insert(missing, aspect)
      elseif all(passed, function(review) return is_blank(review.opinion) end) then
        table.insert(missing, aspect .. " opinion")
      end
    end
    return required_exception(missing, { amount = contract.amount, reviews = #made, evidence = evidence(made) })
  end,

  cases = {
    { "all three aspects", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery" })), expect = {} },
    { "delivery was not looked at", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DF", "finance" })),
      expect = { { key = "CT1", amount = "1130", missing = "delivery", reviews = "3" } } },
    { "delivery was refused", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery", "2026-10-09T10:00:00", "fail" })),
      expect = { { key = "CT1", amount = "1130", missing = "delivery" } } },
    { "an opinion of blanks", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price", "2026-10-09T10:00:00", "pass", "  " }, { "DP", "delivery" })),
      expect = { { key = "CT1", amount = "1130", missing = "price opinion" } } },
    { "one of two gave an opinion",
      given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price", "2026-10-09T10:00:00", "pass", " " }, { "DF", "price" }, { "DP", "delivery" })), expect = {} },
    { "a review without a time counts", given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery", "" })), expect = {} },
    { "reviewed after the date of the audit", as_of = "2026-10-31",
      given = signed({}, reviewed({ "DT", "technical" }, { "DM", "price" }, { "DP", "delivery", "2026-11-01T10:00:00" })),
      expect = { { key = "CT1", amount = "1130", missing = "delivery", reviews = "2" } } },
    { "not reviewed at all: another control's", given = signed(), expect = {} },
    { "a draft", given = signed({ status = "draft" }, reviewed { "DT", "technical" }), expect = {} },
    { "aspects were not imported", given = signed({}, reviewed { "DT", "technical" }), absent = { "contract_review.opinion" },
      expect = { { key = "CT1", untestable = "opinion" } } },
  },
}

local function template_approved(decided_at, decision)
  return { approval = { {
    approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "non_standard_template", step_no = "1", role = "general_manager",
    approver_id = "E1", decision = decision or "approve", decided_at = decided_at, requested_at = "2026-10-08T08:00:00",
  } } }
end

control "CON-07" {
  title      = { en = "Contract not on the company's standard form, without approval", zh = "未使用公司标准合同范本" },
  risk       = { en = "Clauses nobody has examined bind the company.", zh = "非范本条款未经审核，法律风险不明。" },
  tests      = {
    en = "A contract on another form than the company's must have an approval for that, given on the day of signing at the latest.",
    zh = "未使用公司标准范本的合同，须在签订日（含）前取得使用非标准范本的批准。",
  },
  source     = { "003-4.4" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "contract",
  shape      = "approval",
  applies    = function(contract) return is_signed(contract) and contract.template ~= "standard" end,
  amount_kind = "exposure",
  terms      = {
    customer = { en = "the customer's", zh = "客户范本" },
    other    = { en = "another", zh = "其他范本" },
    none     = { en = "none", zh = "无" },
  },
  message    = {
    en = "form: {template}; signed on {signed_on}; approval: {approved_at}",
    zh = "使用{template}，{signed_on} 签订；批准：{approved_at}",
  },
  follow_up  = {
    en = "Have the differing clauses examined by whoever answers for legal matters, and the form approved or the contract amended.",
    zh = "由法务责任人审核差异条款，补办批准或签订补充协议。",
  },

  test = function(contract)
    if contract.template == nil then return untestable "the form used is not recorded" end
    local kinds = { "non_standard_template" }
    if approved(contract, kinds, { by = contract.signed_on }) then return end
    local later = approved(contract, kinds)
    return exception {
      amount      = contract.amount,
      template    = contract.template,
      signed_on   = contract.signed_on,
      approved_at = later and later.decided_at or "none",
      evidence    = evidence(decisions_on_chain(contract, kinds)),
    }
  end,

  cases = {
    { "the customer's form, nobody agreed", given = signed { template = "customer" },
      expect = { { key = "CT1", amount = "1130", template = "customer", approved_at = "none" } } },
    { "approved on the day of signing", given = signed({ template = "customer" }, template_approved "2026-10-12T20:00:00"), expect = {} },
    { "approved the day after", given = signed({ template = "other" }, template_approved "2026-10-13T08:00:00"),
      expect = { { key = "CT1", amount = "1130", template = "other", approved_at = "2026-10-13T08:00:00" } } },
    { "rejected", given = signed({ template = "other" }, template_approved("2026-10-11T08:00:00", "reject")),
      expect = { { key = "CT1", amount = "1130", template = "other", approved_at = "none" } } },
    { "the standard form", given = signed { template = "standard" }, expect = {} },
    { "a draft", given = signed { template = "customer", status = "draft" }, expect = {} },
    { "not recorded", given = signed(), expect = { { key = "CT1", untestable = "not recorded" } } },
    { "approvals were not imported", given = signed { template = "customer" }, absent = { "approval" },
      expect = { { key = "CT1", untestable = "approval" } } },
  },
}

-- What says the same as a required field where that is left empty.
local instead = { delivery_due_on = "delivery_days", payment_terms = "payment_terms_days", ship_to_address = "ship_to_id" }

local complete_terms = {
  delivery_due_on = "2026-12-01", payment_terms = "30 days", ship_to_address = "1 Road", quality_terms = "GB/T 307", liability_terms = "5 percent",
}

local function complete(fields)
  local one = {}
  for name, value in pairs(complete_terms) do one[name] = value end
  for name, value in pairs(fields or {}) do one[name] = value end
  return one
end

local one_line = { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "1000" } } }

control "CON-08" {
  title      = { en = "Signed contract lacks required content", zh = "合同要素不全" },
  risk       = { en = "What is not agreed cannot be enforced.", zh = "合同条款缺失，权利义务不清，易致纠纷。" },
  tests      = {
    en = "A signed contract must name every item of the parameter and have at least one line. A delivery time in days, terms in days and an address by number will do.",
    zh = "已签合同须具备参数所列各要素且至少有一行明细；以天数约定的交期、账期及以编号指定的地址视为已填。",
  },
  source     = { "003-4.4", "000E II-4" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "contract",
  shape      = "required fields",
  applies    = is_signed,
  parameters = {
    fields = {
      { "contract_no", "customer_id", "amount", "delivery_due_on", "payment_terms", "ship_to_address", "quality_terms", "liability_terms" },
      origin = "default", note = "the policy asks for clear terms that follow the company's rules, without a list",
    },
  },
  amount_kind = "exposure",
  terms      = { contract_line = { en = "any line", zh = "合同明细" } },
  message    = required_message(),
  follow_up  = {
    en = "Look at the signed paper: what it says is to be entered; what it does not say is to be agreed in a supplement.",
    zh = "核对纸质合同：已约定的补录系统，未约定的签订补充协议。",
  },

  test = function(contract, p)
    local missing = filter(blank_fields(contract, p.fields), function(name)
      local other = instead[string.sub(name, string.len("contract.") + 1, -1)]
      return not other or is_blank(read(contract, other))
    end)
    if imported "contract_line" and #contract.lines == 0 then table.insert(missing, "contract_line") end
    return required_exception(missing, { amount = contract.amount, evidence = evidence(contract.customer) })
  end,

  cases = {
    { "everything is there", given = signed(complete(), one_line), expect = {} },
    { "no quality terms, liability of blanks", given = signed(complete { quality_terms = "", liability_terms = " " }, one_line),
      expect = { { key = "CT1", amount = "1130", missing = "contract.quality_terms, contract.liability_terms" } } },
    { "a number and days instead", expect = {},
      given = signed(complete { delivery_due_on = "", delivery_days = "30", payment_terms = "", payment_terms_days = "60", ship_to_address = "", ship_to_id = "A1" }, one_line) },
    { "neither", given = signed(complete { delivery_due_on = "", payment_terms = "", ship_to_address = "" }, one_line),
      expect = { { key = "CT1", amount = "1130", missing = "contract.delivery_due_on, contract.payment_terms, contract.ship_to_address" } } },
    { "no line", given = signed(complete()), expect = { { key = "CT1", amount = "1130", missing = "contract_line" } } },
    { "a draft", given = signed { status = "draft" }, expect = {} },
    { "a column that was not imported is not asked for", given = signed(complete { quality_terms = "" }, one_line), absent = { "contract.quality_terms" }, expect = {} },
    { "lines were not imported", given = signed(complete()), absent = { "contract_line" }, expect = {} },
    { "none of the fields was imported", given = signed(complete(), one_line), absent = { "contract.quality_terms" },
      parameters = { fields = { "quality_terms" } }, expect = { { key = "CT1", untestable = "no required field" } } },
  },
}

local function agreed(fields)
  local one = { agreement_id = "T1", contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-10" }
  for name, value in pairs(fields or {}) do one[name] = value end
  return with_engineered { technical_agreement = { one } }
end

control "CON-09" {
  title      = { en = "Contract for an engineered product without a technical agreement first", zh = "未先签技术合同" },
  risk       = { en = "Price and date are promised for something that is not defined.", zh = "技术要求未定即承诺价格和交期。" },
  tests      = {
    en = "A contract with a product that needs one must have a technical agreement signed on the same day at the latest.",
    zh = "合同含须订技术合同的产品的，技术合同须在销售合同签订日（含）前签订。",
  },
  source     = { "003-3", "003-4.2" },
  severity   = "high",
  profile    = { "engineered" },
  population = "contract",
  shape      = "sequence",
  applies    = is_signed,
  amount_kind = "exposure",
  terms      = { none = { en = "none", zh = "无" } },
  message    = {
    en = "{products} contracted on {signed_on}; technical agreement: {agreed_on}",
    zh = "{signed_on} 签订含 {products} 的合同；技术合同签订日：{agreed_on}",
  },
  follow_up  = {
    en = "Ask the technical department what was agreed with the customer, and have it signed before production starts.",
    zh = "向技术部核实与客户的技术约定，投产前补签技术合同。",
  },

  test = function(contract)
    local products = engineered_products(contract)
    if #products == 0 then return end
    local agreements = filter(technical_agreements_of(contract), "signed_on")
    local agreed_on = min(agreements, "signed_on")
    if done_by(agreed_on, contract.signed_on) then return end
    return exception {
      amount    = contract.amount,
      products  = table.concat(products, ", "),
      signed_on = contract.signed_on,
      agreed_on = agreed_on or "none",
      evidence  = evidence(agreements, at_most(10, contract.lines)),
    }
  end,

  cases = {
    { "none", given = signed({}, with_engineered {}), expect = { { key = "CT1", amount = "1130", products = "P1", agreed_on = "none" } } },
    { "signed on the same day", given = signed({}, agreed { signed_on = "2026-10-12" }), expect = {} },
    { "signed the day after", given = signed({}, agreed { signed_on = "2026-10-13" }),
      expect = { { key = "CT1", amount = "1130", agreed_on = "2026-10-13" } } },
    { "drawn up, not signed", given = signed({}, agreed { signed_on = "" }), expect = { { key = "CT1", amount = "1130", agreed_on = "none" } } },
    { "agreed for the project", given = signed({ opportunity_id = "O1" }, agreed { contract_id = "", opportunity_id = "O1" }), expect = {} },
    { "of the project, for another contract", given = signed({ opportunity_id = "O1" }, agreed { contract_id = "CT9", opportunity_id = "O1" }),
      expect = { { key = "CT1", amount = "1130", agreed_on = "none" } } },
    { "no such product", given = signed({}, { product = engineered.product, contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P2" } } }), expect = {} },
    { "a draft", given = signed({ status = "draft" }, with_engineered {}), expect = {} },
    { "which products need one was not imported", given = signed({}, with_engineered {}), absent = { "product.needs_technical_agreement" },
      expect = { { key = "CT1", untestable = "needs_technical_agreement" } } },
  },
}

local function technical(fields)
  local one = {
    agreement_id = "T1", contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-10", has_commercial_terms = true, has_statement_of_work = true,
    commercial_by = "E3", technical_by = "E4",
  }
  for name, value in pairs(fields or {}) do one[name] = value end
  return { technical_agreement = { one } }
end

control "CON-10" {
  title      = { en = "Technical agreement without one of its two parts, or written by the wrong side", zh = "技术合同缺商务条款或工作说明书" },
  risk       = { en = "What is to be made, or on what terms, is not written down by those who answer for it.", zh = "技术合同内容不完整或编写责任不清。" },
  tests      = {
    en = "A signed technical agreement must have commercial terms, written by a salesperson, and a statement of work, written in the technical department.",
    zh = "已签技术合同须包含由营销员负责的商务条款和由技术部负责的工作说明书。",
  },
  source     = { "003-II.3.1" },
  severity   = "medium",
  profile    = { "engineered" },
  population = "technical_agreement",
  shape      = "row",
  applies    = function(agreement) return agreement.signed_on ~= nil end,
  parameters = { commercial_roles = { { "salesperson" }, origin = "policy", note = "the role itself: a higher one does not count" } },
  amount_kind = "exposure",
  terms      = {
    ["commercial terms"]  = { en = "no commercial terms", zh = "缺商务条款" },
    ["statement of work"] = { en = "no statement of work", zh = "缺工作说明书" },
    ["commercial author"] = { en = "commercial terms not by a salesperson", zh = "商务条款非营销员编写" },
    ["technical author"]  = { en = "statement of work not by the technical department", zh = "工作说明书非技术部编写" },
    unknown = { en = "not recorded", zh = "未记录" },
  },
  message    = {
    en = "{faults} (written by {commercial_by} and {technical_by})",
    zh = "{faults}（商务条款编写人 {commercial_by}，工作说明书编写人 {technical_by}）",
  },
  follow_up  = {
    en = "Have the missing part written and agreed with the customer; the other side should check what was written for it.",
    zh = "补写缺少的部分并与客户确认；由责任部门复核代写内容。",
  },

  test = function(agreement, p)
    local faults, unknown = {}, nil
    local function part(name, has, author, who, is_theirs)
      if has == false then table.insert(faults, name) end
      if has == false then return end
      if has == nil or who == nil or not person(who) then unknown = name
      elseif not is_theirs(who) then table.insert(faults, author) end
    end
    part("commercial terms", agreement.has_commercial_terms, "commercial author", agreement.commercial_by, function(who)
      return any(roles_held(who, agreement.signed_on), function(role) return contains(p.commercial_roles, role) end)
    end)
    part("statement of work", agreement.has_statement_of_work, "technical author", agreement.technical_by, function(who)
      return works_in(who, "technical", agreement.signed_on)
    end)
    if #faults == 0 and unknown then return untestable("whether there are, or who wrote, the " .. unknown) end
    if #faults == 0 then return end
    local contract = read(agreement, "contract_id") and agreement.contract or nil
    return exception {
      amount        = contract and contract.amount,
      faults        = table.concat(faults, ", "),
      commercial_by = agreement.commercial_by or "unknown",
      technical_by  = agreement.technical_by or "unknown",
      evidence      = evidence(contract),
    }
  end,

  cases = {
    { "both parts, by the right people", given = signed({}, technical()), expect = {} },
    { "no statement of work", given = signed({}, technical { has_statement_of_work = false, technical_by = "" }),
      expect = { { key = "T1", amount = "1130", faults = "statement of work", technical_by = "unknown" } } },
    { "who wrote a part that is missing does not matter", given = signed({}, technical { has_statement_of_work = false, technical_by = "E3" }),
      expect = { { key = "T1", amount = "1130", faults = "statement of work", technical_by = "E3" } } },
    { "no commercial terms; the salesperson wrote the statement of work",
      given = signed({}, technical { has_commercial_terms = false, technical_by = "E3" }),
      expect = { { key = "T1", amount = "1130", faults = "commercial terms, technical author" } } },
    { "the technical head wrote the commercial terms", given = signed({}, technical { commercial_by = "E4" }),
      expect = { { key = "T1", amount = "1130", faults = "commercial author", commercial_by = "E4" } } },
    { "a salesperson from the day of signing", expect = {},
      given = signed({}, { technical_agreement = technical().technical_agreement,
        role_assignment = { { employee_id = "E3", role = "salesperson", valid_from = "2026-10-10" } } }) },
    { "a salesperson until the day before",
      given = signed({}, { technical_agreement = technical().technical_agreement,
        role_assignment = { { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01", valid_to = "2026-10-09" } } }),
      expect = { { key = "T1", amount = "1130", faults = "commercial author" } } },
    { "not signed yet", given = signed({}, technical { signed_on = "", has_statement_of_work = false }), expect = {} },
    { "without a contract", given = signed({}, technical { contract_id = "", has_statement_of_work = false }), expect = { { key = "T1", amount = "none", faults = "statement of work" } } },
    { "not said who wrote it", given = signed({}, technical { technical_by = "" }), expect = { { key = "T1", untestable = "statement of work" } } },
    { "not said whether it has commercial terms", given = signed({}, technical { has_commercial_terms = "" }), expect = { { key = "T1", untestable = "commercial terms" } } },
    { "authors were not imported", given = signed({}, technical()), absent = { "technical_agreement.technical_by" },
      expect = { { key = "T1", untestable = "technical_by" } } },
  },
}

-- Contract CT1 for reservation YD1 over 1,130: 10 of P1 at 100 without tax.
local function reserved(reservation, line, contract, more)
  local one = { reservation_id = "YD1", customer_id = "C1", signed_on = "2026-10-08", amount = "1130" }
  for name, value in pairs(reservation or {}) do one[name] = value end
  local booked = { reservation_id = "YD1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" }
  for name, value in pairs(line or {}) do booked[name] = value end
  local header = { reservation_id = "YD1" }
  for name, value in pairs(contract or {}) do header[name] = value end
  local tables = {
    reservation = { one }, reservation_line = { booked },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" } },
  }
  for name, rows in pairs(more or {}) do tables[name] = rows end
  return signed(header, tables)
end

local function conceded(amount, decision)
  return {
    concession = { { concession_id = "K1", contract_id = "CT1", reservation_id = "YD1", amount = amount } },
    approval = { {
      approval_id = "A1", doc_kind = "concession", doc_id = "K1", approval_kind = "concession", step_no = "1", role = "general_manager",
      approver_id = "E1", decision = decision or "approve", decided_at = "2026-10-09T10:00:00", requested_at = "2026-10-09T08:00:00",
    } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "90" } },
  }
end

-- The concessions granted on a contract or the reservation behind it, each once.
local function concessions_of(contract)
  local found = {}
  local function add(list)
    for concession in each(list) do
      if not contains(found, concession) then table.insert(found, concession) end
    end
  end
  local reservation = contract.reservation
  if imported("concession", "contract_id") then add(contract.concessions) end
  if imported("concession", "reservation_id") then add(reservation.concessions) end
  if imported "concession" and read(reservation, "concession_id") and reservation.concession then add { reservation.concession } end
  return found
end

-- What the contract may come to: the amount reserved less the concessions that were approved, or less all of them, for
-- whether one was approved is judged by the controls of approvals. Nil where the reservation states no amount.
local function amounts_allowed(contract, concessions)
  local amount = contract.reservation.amount
  if amount == nil then return nil end
  local granted = filter(concessions, function(concession)
    return imported "approval" and #standing_approvals(concession, { "concession" }, contract.signed_on) > 0
  end)
  return { amount - sum(granted, "amount"), amount - sum(concessions, "amount") }
end

control "CON-11" {
  title      = { en = "Contract differs from the reservation it was made from", zh = "正式合同与预定书不符" },
  risk       = { en = "The customer is held to something else than was reserved, or gets more than was approved.", zh = "合同内容与客户预定不一致，产生纠纷或变相让利。" },
  tests      = {
    en = "Customer, quantities, unit prices and amount of the contract are compared with the reservation's, less concessions. Under a concession prices may differ as long as the amount is right.",
    zh = "将合同的客户、数量、单价、金额与预定书（减优惠）逐项比较；有优惠的，以金额一致为准。",
  },
  source     = { "000A E10" },
  severity   = "medium",
  profile    = { "concession" },
  population = "contract",
  shape      = "lookup",
  applies    = function(contract) return is_signed(contract) and contract.reservation_id ~= nil end,
  parameters = {
    tolerance       = { decimal "0", origin = "default", note = "in money, for the amount" },
    price_tolerance = { decimal "0", origin = "default", note = "in percent" },
  },
  amount_kind = "transaction",
  terms      = {
    customer = { en = "customer", zh = "客户" }, quantity = { en = "quantity", zh = "数量" }, price = { en = "unit price", zh = "单价" },
    amount   = { en = "amount", zh = "金额" }, none = { en = "none", zh = "无" },
  },
  message    = {
    en = "differs from {reservation}: {differences}; contracted {contracted}, reserved less concessions {reserved}",
    zh = "与预定书 {reservation} 不符：{differences}；合同金额 {contracted}，预定金额减优惠 {reserved}",
  },
  follow_up  = {
    en = "Ask the adviser why the contract differs, and for the customer's consent; a lower price needs a concession that was approved.",
    zh = "询问销售顾问差异原因并取得客户确认；降价的须有经批准的优惠。",
  },

  test = function(contract, p)
    local reservation = contract.reservation
    if not reservation then return untestable "the reservation is not there" end
    local concessions = concessions_of(contract)
    local allowed = amounts_allowed(contract, concessions)
    local has_lines = imported "reservation_line" and imported "contract_line" and #reservation.lines > 0
    if not has_lines and (not allowed or not contract.amount) then return untestable "neither amounts nor lines to compare" end
    local differences, apart = {}, nil
    if contract.customer_id ~= reservation.customer_id then table.insert(differences, "customer") end
    local goods = has_lines and goods_differences(contract.lines, reservation.lines, p.price_tolerance) or {}
    local counted = filter(goods, function(one)
      return one.aspect == "quantity" or one.aspect == "price" and #concessions == 0
    end)
    for aspect in each { "quantity", "price" } do
      if any(counted, function(one) return one.aspect == aspect end) then table.insert(differences, aspect) end
    end
    if allowed and contract.amount then
      apart = min(map(allowed, function(amount) return abs(contract.amount - amount) end))
      if apart > p.tolerance then table.insert(differences, "amount") end
    end
    if #differences == 0 then return end
    local worth = apart
    if not apart or apart <= p.tolerance then worth = #counted > 0 and sum(counted, "amount") or contract.amount end
    return exception {
      amount      = worth,
      reservation = reservation.reservation_id,
      differences = table.concat(differences, ", "),
      contracted  = contract.amount or "none",
      reserved    = allowed and allowed[1] or "none",
      evidence    = evidence(reservation, concessions, at_most(10, contract.lines)),
    }
  end,

  cases = {
    { "as reserved", given = reserved(), expect = {} },
    { "a higher price", given = reserved({}, { unit_price = "99" }, { amount = "1141.30" }),
      expect = { { key = "CT1", amount = "11.3", differences = "price, amount", reserved = "1130" } } },
    { "another quantity, the amount agrees by chance", given = reserved({}, { quantity = "8" }),
      expect = { { key = "CT1", amount = "200", differences = "quantity" } } },
    { "another product", given = reserved({}, { product_id = "P2" }),
      expect = { { key = "CT1", amount = "2000", differences = "quantity" } } },
    { "another customer", given = reserved { customer_id = "C2" },
      expect = { { key = "CT1", amount = "1130", differences = "customer" } } },
    { "an approved concession", given = reserved({}, {}, { amount = "1017" }, conceded "113"), expect = {} },
    { "a cent more than the concession", given = reserved({}, {}, { amount = "1016.99" }, conceded "113"),
      expect = { { key = "CT1", amount = "0.01", differences = "amount", reserved = "1017" } } },
    { "a rejected concession that was not granted", given = reserved({}, {}, { amount = "1130" }, conceded("113", "reject")), expect = {} },
    { "a rejected concession that was granted: judged elsewhere", given = reserved({}, {}, { amount = "1017" }, conceded("113", "reject")), expect = {} },
    { "a concession that the reservation names",
      given = reserved({ concession_id = "K9" }, {}, { amount = "1100" }, { concession = { { concession_id = "K9", amount = "30" } } }), expect = {} },
    { "a concession that names only the contract",
      given = reserved({}, {}, { amount = "1100" }, { concession = { { concession_id = "K1", contract_id = "CT1", amount = "30" } } }), expect = {} },
    { "a concession that names only the reservation",
      given = reserved({}, {}, { amount = "1100" }, { concession = { { concession_id = "K1", reservation_id = "YD1", amount = "30" } } }), expect = {} },
    { "concessions were not imported", absent = { "concession" }, given = reserved({ concession_id = "K9" }), expect = {} },
    { "concessions do not say for which reservation, nor reservations under which concession", absent = { "concession.reservation_id", "reservation.concession_id" },
      given = reserved(), expect = {} },
    { "concessions do not say for which contract", absent = { "concession.contract_id" }, given = reserved(), expect = {} },
    { "the reservation states no amount", given = reserved({ amount = "" }, { quantity = "8" }),
      expect = { { key = "CT1", amount = "200", differences = "quantity", reserved = "none" } } },
    { "the contract states no amount", given = reserved({}, { quantity = "8" }, { amount = "" }),
      expect = { { key = "CT1", amount = "200", differences = "quantity", contracted = "none" } } },
    { "lower prices without a concession", given = reserved({}, {}, { amount = "1017" }, { contract_line = conceded("1").contract_line }),
      expect = { { key = "CT1", amount = "113", differences = "price, amount" } } },
    { "only amounts", given = reserved({}, {}, { amount = "1130.01" }, { reservation_line = {} }),
      expect = { { key = "CT1", amount = "0.01", differences = "amount" } } },
    { "no reservation", given = signed(), expect = {} },
    { "a draft", given = reserved({ amount = "1" }, {}, { status = "draft" }), expect = {} },
    { "the reservation is not in the data", given = signed { reservation_id = "YD9" }, expect = { { key = "CT1", untestable = "reservation" } } },
    { "neither amount nor lines", given = reserved({ amount = "" }, {}, {}, { reservation_line = {} }),
      expect = { { key = "CT1", untestable = "neither amounts nor lines" } } },
  },
}

-- The deviations from the quotation that were open when a contract was signed, but for those that QUO-08 sees itself by
-- comparing the two.
local function open_deviations(contract)
  if not imported "deviation" then return {} end
  local open = filter(contract.deviations, function(one)
    return not one.confirmed_at or one.confirmed_at > contract.signed_on
  end)
  if #open == 0 or not imported "quotation_line" or not imported "contract_line" then return open end
  local seen = contract_deviations(contract, 0)
  return filter(open, function(one) return not contains(seen, one.aspect) end)
end

local confirmation_kinds = { "confirmation", "contract_approval" }

local function confirmed(confirmed_at, confirmed_by, more)
  return signed({ confirmed_at = confirmed_at, confirmed_by = confirmed_by or "E2" }, more)
end

control "CON-12" {
  title      = { en = "Contract carried out without the sales manager's confirmation", zh = "销售合同未经经理确认" },
  risk       = { en = "Contracts run that the responsible manager has not seen; open points remain open.", zh = "合同未经销售部经理确认即执行，未决事项带入履约。" },
  tests      = {
    en = "A signed contract must be confirmed by the sales manager or a leader of the company before it is first carried out, and no deviation may have been open when it was signed.",
    zh = "已签合同须在首次执行前经销售部经理或公司领导确认；签订时不得有未确认的偏离事项。",
  },
  source     = { "004-3.4", "004-3.5" },
  severity   = "medium",
  profile    = { "factory" },
  population = "contract",
  shape      = "sequence",
  applies    = is_signed,
  parameters = {
    roles = { { "sales_manager", "company_leader", "general_manager" }, origin = "policy" },
    point = { "execution", origin = "policy", note = "by when: 3.5 confirms after signing; signed_on is the strict reading of 3.4" },
  },
  evidence_columns = { "contract.confirmed_at" },
  amount_kind = "exposure",
  terms      = all_terms(step_terms(), {
    missing = { en = "was not given", zh = "缺失" },
    ["wrong role"] = { en = "was given by somebody without the role", zh = "由无权岗位作出" },
    nothing = { en = "nothing", zh = "无" },
    ["open deviation"] = { en = "was given with deviations open", zh = "作出时尚有未确认的偏离" },
    price = { en = "price", zh = "价格" }, quantity = { en = "quantity", zh = "数量" }, spec = { en = "specification", zh = "规格" },
    delivery = { en = "delivery", zh = "交期" }, payment = { en = "payment", zh = "付款" }, other = { en = "other", zh = "其他" },
  }),
  message    = {
    en = "confirmation {fault} (confirmed {confirmed_at} by {confirmed_by}, due by {limit}; open: {open})",
    zh = "经理确认{fault}（确认时间 {confirmed_at}，确认人 {confirmed_by}，最迟 {limit}；未确认偏离：{open}）",
  },
  follow_up  = {
    en = "Let the sales manager go through the contract now. Ask who released the goods, or the production, without a confirmed contract.",
    zh = "由销售部经理补充确认；查明未确认合同由谁放行发货或排产。",
  },

  test = function(contract, p)
    local started, execution = execution_of(contract)
    local limit = p.point == "signed_on" and contract.signed_on or started
    local at, who = contract.confirmed_at, contract.confirmed_by
    local open, fault = open_deviations(contract), nil
    if not at or not has_happened(at) then
      at = nil
      if as_of and not started and as_of <= contract.signed_on then return end -- signed today
      fault = "missing"
    elseif not who then
      return untestable "nobody is named as having confirmed"
    elseif not may_act(who, p.roles, { doc_kind = "contract", amount = contract.amount, moment = at, kinds = confirmation_kinds }) then
      fault = "wrong role"
    elseif limit and at > limit then
      fault = "late"
    elseif #open > 0 then
      fault = "open deviation"
    end
    if not fault then return end
    return exception {
      amount       = contract.amount,
      fault        = fault,
      confirmed_at = at or "none",
      confirmed_by = at and who or "none",
      limit        = limit or "none",
      open         = #open > 0 and table.concat(map(open, "aspect"), ", ") or "nothing",
      evidence     = evidence(open, execution),
    }
  end,

  cases = {
    { "confirmed on the day of the first delivery", expect = {},
      given = confirmed("2026-10-14T18:00:00", "E2", { delivery = { { delivery_id = "D1", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-14" } } }) },
    { "confirmed the day after",
      given = confirmed("2026-10-15T08:00:00", "E2", { delivery = { { delivery_id = "D1", contract_id = "CT1", kind = "delivery", delivery_date = "2026-10-14" } } }),
      expect = { { key = "CT1", amount = "1130", fault = "late", confirmed_at = "2026-10-15T08:00:00", limit = "2026-10-14" } } },
    { "production was released before",
      given = confirmed("2026-10-14T09:00:00", "E9", { production_order = { { production_order_id = "W1", contract_id = "CT1", released_at = "2026-10-14T08:00:00" } } }),
      expect = { { key = "CT1", amount = "1130", fault = "late", confirmed_by = "E9", limit = "2026-10-14T08:00:00" } } },
    { "not confirmed", given = confirmed "", expect = { { key = "CT1", amount = "1130", fault = "missing", confirmed_at = "none", confirmed_by = "none", limit = "none", open = "nothing" } } },
    { "signed on the day of the audit, not confirmed yet", given = confirmed "", as_of = "2026-10-12", expect = {} },
    { "signed the day before the audit", given = confirmed "2026-10-14T09:00:00", as_of = "2026-10-13", expect = { { key = "CT1", amount = "1130", fault = "missing", confirmed_at = "none" } } },
    { "confirmed by the salesperson", given = confirmed("2026-10-12T09:00:00", "E3"),
      expect = { { key = "CT1", amount = "1130", fault = "wrong role", confirmed_by = "E3" } } },
    { "confirmed by delegation", expect = {},
      given = confirmed("2026-10-12T09:00:00", "E3", delegated { grantor_id = "E2", grantee_id = "E3", amount_limit = "1130" }) },
    { "after signing, where that is the point", parameters = { point = "signed_on" }, given = confirmed "2026-10-13T09:00:00",
      expect = { { key = "CT1", amount = "1130", fault = "late", limit = "2026-10-12" } } },
    { "on the day of signing, where that is the point", parameters = { point = "signed_on" }, given = confirmed "2026-10-12T23:00:00", expect = {} },
    { "an open deviation, and one confirmed the day after signing",
      given = confirmed("2026-10-12T09:00:00", "E2", { deviation = {
        { deviation_id = "V1", contract_id = "CT1", aspect = "other" },
        { deviation_id = "V2", contract_id = "CT1", aspect = "payment", confirmed_by = "E2", confirmed_at = "2026-10-13T08:00:00" },
        { deviation_id = "V3", contract_id = "CT1", aspect = "delivery", confirmed_by = "E2", confirmed_at = "2026-10-12T08:00:00" },
      } }),
      expect = { { key = "CT1", amount = "1130", fault = "open deviation", open = "other, payment" } } },
    { "a deviation that comparing with the quotation shows: judged elsewhere",
      given = signed({ confirmed_at = "2026-10-12T09:00:00", confirmed_by = "E2", quotation_id = "Q1", delivery_days = "30" }, {
        quotation = { { quotation_id = "Q1", customer_id = "C1", delivery_days = "20", quoted_on = "2026-10-08" } },
        deviation = { { deviation_id = "V1", contract_id = "CT1", quotation_id = "Q1", aspect = "delivery" } },
      }),
      expect = {} },
    { "lines of quotations were not imported: the deviation counts here", absent = { "quotation_line" },
      given = signed({ confirmed_at = "2026-10-12T09:00:00", confirmed_by = "E2", quotation_id = "Q1", delivery_days = "30" }, {
        quotation = { { quotation_id = "Q1", customer_id = "C1", delivery_days = "20", quoted_on = "2026-10-08" } },
        deviation = { { deviation_id = "V1", contract_id = "CT1", quotation_id = "Q1", aspect = "delivery" } },
      }),
      expect = { { key = "CT1", amount = "1130", fault = "open deviation", open = "delivery" } } },
    { "nobody named", given = signed { confirmed_at = "2026-10-12T09:00:00" }, expect = { { key = "CT1", untestable = "nobody is named" } } },
    { "a draft", given = signed { status = "draft" }, expect = {} },
    { "deviations were not imported", given = confirmed "2026-10-12T09:00:00", absent = { "deviation" }, expect = {} },
    { "confirmations were not imported", given = signed(), absent = { "contract.confirmed_at" }, expect = { { key = "CT1", untestable = "confirmed_at" } } },
  },
}

control "CON-13" {
  title      = { en = "Result of the negotiation not confirmed with the customer", zh = "谈判结果未与客户确认" },
  risk       = { en = "The contract states what the customer believes not to have agreed to.", zh = "合同内容与双方谈判结果不一致。" },
  tests      = {
    en = "After the last commercial negotiation held by the day of signing, its result (price, delivery, service) must have been confirmed with the customer by that day.",
    zh = "签订日前最后一次商务谈判之后，谈判结果（价格、交期、服务）须在签订日（含）前与客户确认。",
  },
  source     = { "002i 4.4" },
  severity   = "low",
  profile    = { "general" },
  population = "contract",
  shape      = "sequence",
  applies    = is_signed,
  evidence_columns = { "negotiation.result_confirmed_at" },
  amount_kind = "exposure",
  terms      = { none = { en = "none", zh = "无" } },
  message    = {
    en = "last negotiation {held_on}, signed {signed_on}; result confirmed: {confirmed_at}",
    zh = "最后谈判 {held_on}，签订 {signed_on}；结果确认：{confirmed_at}",
  },
  follow_up  = {
    en = "Ask the salesperson for the customer's letter or mail that confirms the result, and compare it with the contract.",
    zh = "向销售员索取客户确认谈判结果的函件或邮件，并与合同核对。",
  },

  test = function(contract)
    local held = filter(negotiations_of(contract), function(one)
      return one.kind == "commercial" and one.held_on ~= nil and one.held_on <= contract.signed_on
    end)
    local last_on = max(held, "held_on")
    if not last_on then return end -- no negotiation: CON-04's
    local times = filter(map(held, "result_confirmed_at"), function(at) return at >= last_on and has_happened(at) end)
    local confirmed_at = earliest_of(times)
    if done_by(confirmed_at, contract.signed_on) then return end
    return exception {
      amount       = contract.amount,
      held_on      = last_on,
      signed_on    = contract.signed_on,
      confirmed_at = confirmed_at or "none",
      evidence     = evidence(at_most(10, held)),
    }
  end,

  cases = {
    { "confirmed on the day of signing", given = signed({}, negotiated { result_confirmed_at = "2026-10-12T20:00:00" }), expect = {} },
    { "confirmed the day after", given = signed({}, negotiated { result_confirmed_at = "2026-10-13T08:00:00" }),
      expect = { { key = "CT1", amount = "1130", held_on = "2026-10-09", confirmed_at = "2026-10-13T08:00:00" } } },
    { "confirmed on the day it was held", given = signed({}, negotiated { result_confirmed_at = "2026-10-09T18:00:00" }), expect = {} },
    { "never confirmed", given = signed({}, negotiated()), expect = { { key = "CT1", amount = "1130", confirmed_at = "none" } } },
    { "held on the day of signing, never confirmed", given = signed({}, negotiated { held_on = "2026-10-12" }),
      expect = { { key = "CT1", amount = "1130", held_on = "2026-10-12", confirmed_at = "none" } } },
    { "confirmed before the last negotiation",
      given = signed({}, { negotiation = {
        { negotiation_id = "N1", contract_id = "CT1", kind = "commercial", held_on = "2026-10-08", result_confirmed_at = "2026-10-08T17:00:00" },
        { negotiation_id = "N2", contract_id = "CT1", kind = "commercial", held_on = "2026-10-09" },
        { negotiation_id = "N3", contract_id = "CT1", kind = "commercial", held_on = "2026-10-20" },
      } }),
      expect = { { key = "CT1", amount = "1130", held_on = "2026-10-09", confirmed_at = "none" } } },
    { "what was confirmed with the earlier one came after the last", expect = {},
      given = signed({}, { negotiation = {
        { negotiation_id = "N1", contract_id = "CT1", kind = "commercial", held_on = "2026-10-08", result_confirmed_at = "2026-10-10T17:00:00" },
        { negotiation_id = "N2", contract_id = "CT1", kind = "commercial", held_on = "2026-10-09" },
        { negotiation_id = "N3", contract_id = "CT1", kind = "technical", held_on = "2026-10-11" },
      } }) },
    { "no commercial negotiation: another control's", given = signed({}, negotiated { kind = "technical" }), expect = {} },
    { "a draft", given = signed({ status = "draft" }, negotiated()), expect = {} },
    { "confirmations were not imported", given = signed({}, negotiated()), absent = { "negotiation.result_confirmed_at" },
      expect = { { key = "CT1", untestable = "result_confirmed_at" } } },
  },
}

-- What a line of a contract states for its goods, and what quantity, price and discount come to; nil where either is not known.
local function stated_and_computed(line)
  local stated = read(line, "net_amount") or read(line, "amount")
  if stated == nil or line.quantity == nil or line.unit_price == nil then return nil, nil end
  local computed = real_total(line)
  local with_its_tax = read(line, "net_amount") == nil and read(line, "tax_rate") and real_total_gross(line)
  if with_its_tax and abs(stated - with_its_tax) < abs(stated - computed) then computed = with_its_tax end
  return stated, computed
end

-- The whole of a contract's line on the basis of the header: with tax where lines tell it.
local function whole_of(line, basis)
  if basis == "net" then return read(line, "net_amount") or read(line, "amount") or real_total(line) end
  local knows_tax = read(line, "gross_amount") or read(line, "tax_amount") or read(line, "tax_rate") or read(line, "unit_price_gross")
  if knows_tax then return gross_amount(line) end
  return read(line, "amount") or real_total(line)
end

local hundred = decimal "100"

control "CON-14" {
  title      = { en = "Contract amounts do not add up", zh = "合同金额勾稽不符" },
  risk       = { en = "It is not clear what the customer owes.", zh = "合同金额不明确，收款及开票依据不清。" },
  tests      = {
    en = "Each line is compared with quantity × price less discount, the contract's amount with the total of its lines and of its payment plan, and the plan's percentages with 100.",
    zh = "逐行核对数量×单价减折扣与行金额；合同金额与明细合计、收款计划合计核对；收款比例合计应为 100。",
  },
  source     = { "003-4.4" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "contract",
  shape      = "reconciliation",
  applies    = is_signed,
  parameters = {
    rounding = { decimal "0.01", origin = "default", note = "in money, for each line that is added up" },
    basis    = { "gross", origin = "default", note = "whether the contract's amount is with tax (gross) or without (net)" },
  },
  amount_kind = "misstatement",
  terms      = {
    line  = { en = "quantity × price", zh = "数量×单价" },
    lines = { en = "total of the lines", zh = "明细合计" },
    plan  = { en = "total of the payment plan", zh = "收款计划合计" },
    share = { en = "percentages of the payment plan", zh = "收款比例合计" },
  },
  message    = { en = "stated {stated}; {what}: {computed}", zh = "列示 {stated}；{what}：{computed}" },
  follow_up  = {
    en = "Compare with the signed paper, which decides; correct the line, the header or the plan.",
    zh = "以纸质合同为准核对，更正明细、合同金额或收款计划。",
  },

  test = function(contract, p)
    local lines, plans = contract.lines, rows_of(contract, "payment_plan", "payment_plans")
    local found, compared = {}, 0
    local function check(label, what, stated, computed, tolerance, amount, rows)
      compared = compared + 1
      if agree(stated, computed, tolerance) then return end
      table.insert(found, exception { label = label, amount = amount or abs(stated - computed), what = what, stated = stated, computed = computed, evidence = rows })
    end
    for line in each(lines) do
      local stated, computed = stated_and_computed(line)
      if stated then check("line " .. line.line_no, "line", stated, computed, p.rounding, nil, evidence(line)) end
    end
    if contract.amount and #lines > 0 then
      local total = sum(lines, function(line) return whole_of(line, p.basis) end)
      check("lines", "lines", contract.amount, total, p.rounding * #lines, nil, evidence(at_most(10, lines)))
    end
    local amounts, shares = map(plans, function(plan) return read(plan, "amount") end), map(plans, function(plan) return read(plan, "pct") end)
    if contract.amount and #plans > 0 and #amounts == #plans then
      check("payment plan", "plan", contract.amount, sum(amounts), p.rounding * #plans, nil, evidence(plans))
    elseif #plans > 0 and #shares == #plans then
      local apart = abs(sum(shares) - hundred)
      check("payment plan", "share", hundred, sum(shares), p.rounding * #plans, contract.amount and round(percent(contract.amount, apart), 2), evidence(plans))
    end
    if compared == 0 then return untestable "no amounts to compare" end
    return found
  end,

  cases = (function()
    local function sums(lines, plans, amount)
      local given = { contract_line = {}, payment_plan = {} }
      for position, line in ipairs(lines) do
        line.contract_id, line.line_no = "CT1", tostring(position)
        table.insert(given.contract_line, line)
      end
      for position, plan in ipairs(plans or {}) do
        plan.plan_id, plan.contract_id = "F" .. position, "CT1"
        table.insert(given.payment_plan, plan)
      end
      return signed({ amount = amount or "1130" }, given)
    end
    local function line(fields)
      local one = { product_id = "P1", quantity = "10", unit_price = "100", amount = "1000", net_amount = "1000", tax_amount = "130", gross_amount = "1130" }
      for name, value in pairs(fields or {}) do one[name] = value end
      return one
    end
    return {
      { "everything agrees", given = sums({ line() }, { { pct = "30", amount = "339" }, { pct = "70", amount = "791" } }), expect = {} },
      { "a line is two cents off", given = sums { line { unit_price = "100.002" } },
        expect = { { key = "CT1", label = "line 1", amount = "0.02", stated = "1000", computed = "1000.02", what = "line" } } },
      { "a line is a cent off", given = sums { line { unit_price = "100.001" } }, expect = {} },
      { "a discount counts", given = sums { line { unit_price = "102", discount_amount = "20" } }, expect = {} },
      { "the header is two cents above the only line", given = sums({ line() }, {}, "1130.02"),
        expect = { { key = "CT1", label = "lines", amount = "0.02", stated = "1130.02", computed = "1130", what = "lines" } } },
      { "a cent for each of two lines", given = sums({ line(), line() }, {}, "2260.02"), expect = {} },
      { "the plan is short", given = sums({ line() }, { { pct = "30", amount = "339" }, { pct = "60", amount = "678" } }),
        expect = { { key = "CT1", label = "payment plan", amount = "113", computed = "1017", what = "plan" } } },
      { "a plan of percentages", given = sums({ line() }, { { pct = "30" }, { pct = "60" } }),
        expect = { { key = "CT1", label = "payment plan", amount = "113", stated = "100", computed = "90", what = "share" } } },
      { "percentages that make 100", given = sums({ line() }, { { pct = "30" }, { pct = "70" } }), expect = {} },
      { "a plan with a gap says nothing", given = sums({ line() }, { { pct = "30", amount = "339" }, {} }), expect = {} },
      { "lines that state only an amount, with tax", given = sums { { quantity = "10", unit_price = "100", tax_rate = "13", amount = "1130" } }, expect = {} },
      { "lines that know no tax", given = sums { { quantity = "10", unit_price = "113", amount = "1130" } }, expect = {} },
      { "the header is without tax", parameters = { basis = "net" }, given = sums({ line() }, {}, "1000"), expect = {} },
      { "a line without a quantity is only added up", given = sums { line { quantity = "" } }, expect = {} },
      { "a line that says only an amount", given = sums { { amount = "1130" } }, expect = {} },
      { "two causes, two exceptions", given = sums({ line { unit_price = "90" } }, {}, "1100"),
        expect = { { key = "CT1", label = "line 1", stated = "1000", amount = "100" }, { key = "CT1", label = "lines", stated = "1100", amount = "30" } } },
      { "a draft", given = signed { status = "draft" }, expect = {} },
      { "nothing to compare", given = sums {}, expect = { { key = "CT1", untestable = "no amounts" } } },
      { "plans were not imported", given = sums { line() }, absent = { "payment_plan" }, expect = {} },
      { "lines were not imported", given = sums { line() }, absent = { "contract_line" }, expect = { { key = "CT1", untestable = "contract_line" } } },
    }
  end)(),
}

-- Every delivery line under a contract, returns among them.
local function delivery_lines_of(contract)
  local found, seen = {}, {}
  local function add(line)
    local document = line.delivery
    local known = not document or seen[line] or not is_live(document) or not line.quantity
    if known then return end
    seen[line] = true
    table.insert(found, line)
  end
  for delivery in each(contract.deliveries) do
    for line in each(delivery.lines) do
      local order = line.order
      if not order or not order.contract_id or order.contract == contract then add(line) end
    end
    for back in each(delivery.returns) do
      for line in each(back.lines) do add(line) end
    end
  end
  for order in each(rows_of(contract, "sales_order", "orders")) do
    for line in each(order.delivery_lines) do add(line) end
  end
  return found
end

-- How much of each line of a contract was delivered, net of returns: a table from line to quantity. What names a line
-- of the contract is that line's; the rest fills the lines of its product, the first one first.
local function delivered_of(contract)
  local delivered, loose = {}, {}
  for line in each(contract.lines) do delivered[line] = 0 end
  for line in each(delivery_lines_of(contract)) do
    local ordered = read(line, "order_line_no") and line.order_line
    local ours = ordered and read(ordered, "contract_line_no") and ordered.contract_line or nil
    if ours and delivered[ours] then
      delivered[ours] = delivered[ours] + base_quantity(line)
    elseif line.product_id then
      loose[line.product_id] = (loose[line.product_id] or 0) + base_quantity(line)
    end
  end
  for line in each(filter(contract.lines, function(one) return one.product_id ~= nil and one.quantity ~= nil end)) do
    local rest = loose[line.product_id] or 0
    local taken = rest > 0 and min(rest, max(0, base_quantity(line) - delivered[line])) or max(rest, -delivered[line])
    delivered[line] = delivered[line] + taken
    loose[line.product_id] = rest - taken
  end
  return delivered
end

control "CON-15" {
  title      = { en = "Contract past its date and not fully delivered", zh = "合同逾期未履行" },
  risk       = { en = "Penalties, a lost customer, revenue that does not come.", zh = "未能按期履约，承担违约责任并流失客户。" },
  tests      = {
    en = "Contracts being carried out whose delivery date has passed are compared, line by line, with what was delivered under them, net of returns.",
    zh = "交货期已过的执行中合同，逐行比较合同数量与累计发货（减退货）数量。",
  },
  source     = { "000J 5", "000B II-2.4" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "contract",
  scope      = "open",
  shape      = "ageing",
  applies    = function(contract, p)
    return is_signed(contract) and (contract.status == nil or contains(p.statuses, contract.status))
  end,
  parameters = {
    grace_days = { 0, origin = "default", note = "days after the agreed date" },
    statuses   = { { "signed", "executing" }, origin = "default", note = "of contracts still to be carried out" },
  },
  amount_kind = "exposure",
  message    = {
    en = "due {due_on}, {days} days ago; {undelivered} of {contracted} units not delivered ({lines} lines)",
    zh = "应于 {due_on} 交货，已逾期 {days} 天；合同 {contracted} 件，尚欠 {undelivered} 件（{lines} 行）",
  },
  follow_up  = {
    en = "Ask what holds the delivery up, agree a new date with the customer in writing, and close the contract where the rest is given up.",
    zh = "查明延误原因，与客户书面约定新的交期；不再履行的余量办理合同终止。",
  },

  test = function(contract, p)
    local due_on = contract.delivery_due_on
    if not due_on then
      local agreed_days = read(contract, "delivery_days")
      if not agreed_days then return untestable "no delivery date" end
      due_on = (read(contract, "effective_on") or contract.signed_on) + agreed_days
    end
    local days = days_overdue(due_on)
    if days <= p.grace_days then return end
    local goods = filter(contract.lines, is_goods)
    if #goods == 0 then return untestable "no lines of goods" end
    if any(goods, function(line) return line.quantity == nil end) then return untestable "a line without a quantity" end
    local delivered = delivered_of(contract)
    local open = filter(goods, function(line) return base_quantity(line) > delivered[line] end)
    if #open == 0 then return end
    local function missing(line) return base_quantity(line) - delivered[line] end
    return exception {
      amount      = sum(open, function(line) return share_of(real_total(line), missing(line), base_quantity(line)) end),
      due_on      = due_on,
      days        = days,
      undelivered = sum(open, missing),
      contracted  = sum(goods, base_quantity),
      lines       = #open,
      evidence    = evidence(at_most(10, open), at_most(10, delivery_lines_of(contract))),
    }
  end,

  cases = (function()
    -- 10 of P1 at 10 and 4 of P2 at 50, due on 2026-10-20, with an order for both lines.
    local function due(contract, more)
      local header = { delivery_due_on = "2026-10-20" }
      for name, value in pairs(contract or {}) do header[name] = value end
      local tables = {
        contract_line = {
          { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "10" },
          { contract_id = "CT1", line_no = "2", product_id = "P2", quantity = "4", unit_price = "50" },
          { contract_id = "CT1", line_no = "3", product_id = "S1", line_kind = "service" },
        },
        sales_order = { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-13", customer_id = "C1" } },
        sales_order_line = {
          { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", contract_line_no = "1" },
          { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "4", contract_line_no = "2" },
        },
      }
      for name, rows in pairs(more or {}) do tables[name] = rows end
      return signed(header, tables)
    end
    local function shipped(first, second, more)
      local tables = {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15" } },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = first },
          { delivery_id = "D1", line_no = "2", order_line_no = "2", product_id = "P2", quantity = second },
        },
      }
      for name, rows in pairs(more or {}) do
        tables[name] = append(append({}, tables[name] or {}), rows)
      end
      return tables
    end
    return {
      { "nothing delivered", given = due(), as_of = "2026-10-21",
        expect = { { key = "CT1", amount = "300", days = "1", undelivered = "14", contracted = "14", lines = "2", due_on = "2026-10-20" } } },
      { "on the day it is due", given = due(), as_of = "2026-10-20", expect = {} },
      { "within the grace", given = due(), as_of = "2026-10-22", parameters = { grace_days = 2 }, expect = {} },
      { "one piece short", given = due({}, shipped("9", "4")), as_of = "2026-10-31",
        expect = { { key = "CT1", amount = "10", undelivered = "1", lines = "1", days = "11" } } },
      { "all delivered, more of one line does not make up for the other", given = due({}, shipped("12", "3")), as_of = "2026-10-31",
        expect = { { key = "CT1", amount = "50", undelivered = "1" } } },
      { "all delivered", given = due({}, shipped("10", "4")), as_of = "2026-10-31", expect = {} },
      { "two came back", as_of = "2026-10-31",
        given = due({}, shipped("10", "4", {
          delivery = { { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-18" } },
          delivery_line = { { delivery_id = "D2", line_no = "1", product_id = "P2", quantity = "-2" } },
        })),
        expect = { { key = "CT1", amount = "100", undelivered = "2" } } },
      { "a draft and a void delivery do not count", as_of = "2026-10-31",
        given = due({}, {
          delivery = {
            { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15", status = "draft" },
            { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15", status = "void" },
          },
          delivery_line = {
            { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" },
            { delivery_id = "D2", line_no = "1", order_line_no = "2", product_id = "P2", quantity = "4" },
          },
        }),
        expect = { { key = "CT1", due_on = "2026-10-20", amount = "300" } } },
      { "delivered after the date of the audit", as_of = "2026-10-31",
        given = due({}, { delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-11-02" } },
          delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" } } }),
        expect = { { key = "CT1", due_on = "2026-10-20", amount = "300" } } },
      { "deliveries that name only the contract fill the lines of their product in order", as_of = "2026-10-31",
        given = due({}, {
          contract_line = {
            { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "10" },
            { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "10", unit_price = "20" },
          },
          delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-10-15" } },
          delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "15" } },
        }),
        expect = { { key = "CT1", amount = "100", undelivered = "5", lines = "1" } } },
      { "what names a line is that line's", as_of = "2026-10-31",
        given = due({}, {
          contract_line = {
            { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "10" },
            { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "10", unit_price = "20" },
          },
          sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", contract_line_no = "2" } },
          delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15" } },
          delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" } },
        }),
        expect = { { key = "CT1", amount = "100", undelivered = "10", lines = "1" } } },
      { "an order that names no line of the contract", as_of = "2026-10-31",
        given = due({}, {
          sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10" }, { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "4" } },
          delivery = shipped("10", "3").delivery, delivery_line = shipped("10", "3").delivery_line,
        }),
        expect = { { key = "CT1", amount = "50", undelivered = "1" } } },
      { "lines without a product meet nothing", as_of = "2026-10-31",
        given = due({}, {
          contract_line = { { contract_id = "CT1", line_no = "1", quantity = "10", unit_price = "10" } },
          delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", contract_id = "CT1", delivery_date = "2026-10-15" } },
          delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "15" } },
        }),
        expect = { { key = "CT1", amount = "100", undelivered = "10" } } },
      { "only services", as_of = "2026-10-31", given = due({}, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "S1", line_kind = "service" } } }),
        expect = { { key = "CT1", untestable = "no lines of goods" } } },
      { "a line without a quantity", as_of = "2026-10-31", given = due({}, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1" } } }),
        expect = { { key = "CT1", untestable = "without a quantity" } } },
      { "a line of a joint delivery for another contract's order", as_of = "2026-10-31",
        given = due({}, {
          contract = {
            { contract_id = "CT1", amount = "1130", signed_on = "2026-10-12", delivery_due_on = "2026-10-20", status = "executing" },
            { contract_id = "CT2", amount = "1130", signed_on = "2026-10-12", delivery_due_on = "2026-12-20", status = "executing" },
          },
          sales_order = {
            { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-13" }, { order_id = "SO2", contract_id = "CT2", order_date = "2026-10-13" },
          },
          delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15" } },
          delivery_line = {
            { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" },
            { delivery_id = "D1", line_no = "2", order_id = "SO2", product_id = "P2", quantity = "4" },
          },
        }),
        expect = { { key = "CT1", amount = "200", undelivered = "4" } } },
      { "days instead of a date", given = due { delivery_due_on = "", delivery_days = "5" }, as_of = "2026-10-21",
        expect = { { key = "CT1", amount = "300", due_on = "2026-10-20", days = "1" } } },
      { "closed", given = due { status = "closed" }, as_of = "2026-10-31", expect = {} },
      { "a draft", given = due { status = "draft" }, as_of = "2026-10-31", expect = {} },
      { "no date", given = due { delivery_due_on = "" }, as_of = "2026-10-31", expect = { { key = "CT1", untestable = "no delivery date" } } },
      { "deliveries were not imported", given = due(), as_of = "2026-10-31", absent = { "delivery" }, expect = { { key = "CT1", untestable = "delivery" } } },
    }
  end)(),
}

control "CON-16" {
  title      = { en = "Signed contract without a complete payment plan", zh = "合同未约定付款计划" },
  risk       = { en = "Nobody knows what is due when, and nobody collects it.", zh = "收款节点不明，货款无从催收。" },
  tests      = {
    en = "A signed contract must have a payment plan whose rows state a date and an amount or share; with customers that pay in advance, one row must fall due before shipment.",
    zh = "已签合同须有收款计划，各节点须有到期日和金额（或比例）；预付客户须有发货前的收款节点。",
  },
  source     = { "002m III-1", "003-4.6" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "contract",
  shape      = "required fields",
  applies    = is_signed,
  parameters = {
    dated   = {
      { "deposit", "advance", "before_shipment", "on_delivery", "acceptance", "retention" },
      origin = "default", note = "milestones that need a date; the others fall due by an event",
    },
    advance = { { "deposit", "advance", "before_shipment" }, origin = "policy", note = "milestones before shipment" },
  },
  amount_kind = "exposure",
  terms      = {
    payment_plan = { en = "payment plan", zh = "收款计划" },
    advance      = { en = "payment before shipment", zh = "发货前收款节点" },
  },
  message    = required_message(),
  follow_up  = {
    en = "Take the plan from the signed paper, or agree one with the customer, and enter it before the goods leave.",
    zh = "按纸质合同补录收款计划；合同未约定的，发货前与客户补充约定。",
  },

  test = function(contract, p)
    local plans = contract.payment_plans
    local missing = {}
    if #plans == 0 then
      missing = { "payment_plan" }
    else
      if any(plans, function(plan) return plan.due_on == nil and (plan.milestone == nil or contains(p.dated, plan.milestone)) end) then
        table.insert(missing, "payment_plan.due_on")
      end
      if any(plans, function(plan) return plan.amount == nil and read(plan, "pct") == nil end) then
        table.insert(missing, "payment_plan.amount")
      end
      local credit = imported("customer_credit", "trade_mode") and contract.credit
      if credit and credit.trade_mode == "prepay" and not any(plans, function(plan) return contains(p.advance, plan.milestone) end) then
        table.insert(missing, "advance")
      end
    end
    return required_exception(missing, { amount = contract.amount, evidence = evidence(plans) })
  end,

  cases = (function()
    local function planned(...)
      local plans = {}
      for position, plan in ipairs { ... } do
        plan.plan_id, plan.contract_id = "F" .. position, "CT1"
        table.insert(plans, plan)
      end
      return { payment_plan = plans }
    end
    local function paying(mode, more)
      more.customer_credit = { { customer_id = "C1", trade_mode = mode, valid_from = "2026-01-01" } }
      return more
    end
    local function later() return { milestone = "on_delivery", due_on = "2026-12-01", amount = "791" } end
    return {
      { "no plan", given = signed(), expect = { { key = "CT1", amount = "1130", missing = "payment_plan" } } },
      { "a plan", given = signed({}, planned { milestone = "on_delivery", due_on = "2026-12-01", amount = "1130" }), expect = {} },
      { "a plan that falls due after the audit", as_of = "2026-10-31", given = signed({}, planned { milestone = "on_delivery", due_on = "2026-12-01", amount = "1130" }), expect = {} },
      { "a share instead of an amount", given = signed({}, planned { milestone = "on_delivery", due_on = "2026-12-01", pct = "100" }), expect = {} },
      { "no date, neither amount nor share", given = signed({}, planned({ milestone = "retention", amount = "100" }, { milestone = "acceptance", due_on = "2026-12-01" })),
        expect = { { key = "CT1", amount = "1130", missing = "payment_plan.due_on, payment_plan.amount" } } },
      { "a milestone that needs no date", parameters = { dated = { "advance" } }, given = signed({}, planned { milestone = "retention", amount = "1130" }), expect = {} },
      { "a customer who pays in advance", given = signed({}, paying("prepay", planned(later()))), expect = { { key = "CT1", amount = "1130", missing = "advance" } } },
      { "with money before shipment", expect = {},
        given = signed({}, paying("prepay", planned({ milestone = "before_shipment", due_on = "2026-10-20", amount = "339" }, later()))) },
      { "a customer on credit", given = signed({}, paying("credit", planned(later()))), expect = {} },
      { "a draft", given = signed { status = "draft" }, expect = {} },
      { "plans were not imported", given = signed(), absent = { "payment_plan" }, expect = { { key = "CT1", untestable = "payment_plan" } } },
    }
  end)(),
}

-- SPDX-License-Identifier: MIT
-- CON: contracts, from negotiation to their being carried out.

local signing_kinds = { "signing", "contract_approval" }

-- The highest limit of the delegations that would have allowed somebody to sign, had it been high enough; or nil.
local function exceeded_limit(contract, p)
  local given = filter(person(contract.signed_by).delegations_received, function(delegation)
    return delegated_amount(delegation) ~= nil
      and held_role(delegation.grantor_id, p.roles, contract.signed_on)
      and any(signing_kinds, function(kind)
        return delegation_covers(delegation, { doc_kind = "contract", approval_kind = kind, moment = contract.signed_on })
      end)
  end)
  return max(given, delegated_amount)
end

local approval_kinds = { "contract_approval" }

-- A fault of the chain, "late" where the approval was given after all.
local function with_later_approval(contract, fault)
  if fault.fault ~= "missing" then return fault end
  local later = first(decisions(contract, approval_kinds), function(decision)
    return decision.decision == "approve" and decision.decided_at > contract.signed_on and decided_in_role(decision, { fault.role })
  end)
  if not later then return fault end
  return { fault = "late", role = fault.role, at = later.decided_at }
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

-- The kind of department that a review was made by; the sales department and the branches stand for marketing.
local function department_of(review)
  local kind = review.org_unit and review.org_unit.kind
  if kind == "sales" or kind == "branch" then return "marketing" end
  return kind
end

-- What says the same as a required field where that is left empty.
local instead = { delivery_due_on = "delivery_days", payment_terms = "payment_terms_days", ship_to_address = "ship_to_id" }

-- The concessions granted on a contract or the reservation behind it, each once.
local function concessions_of(contract)
  local found = {}
  local function add(list)
    for concession in each(list) do
      if not contains(found, concession) then table.insert(found, concession) end
    end
  end
  local reservation = contract.reservation
  add(contract.concessions)
  add(reservation.concessions)
  if reservation.concession then add { reservation.concession } end
  return found
end

-- What the contract may come to: the amount reserved less the concessions that were approved, or less all of them, for
-- whether one was approved is judged by the controls of approvals. Nil where the reservation states no amount.
local function amounts_allowed(contract, concessions)
  local amount = contract.reservation.amount
  if amount == nil then return nil end
  local granted = filter(concessions, function(concession)
    return #standing_approvals(concession, { "concession" }, contract.signed_on) > 0
  end)
  return { amount - sum(granted, "amount"), amount - sum(concessions, "amount") }
end

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

-- The whole of a contract's line on the basis of the header: with tax where lines tell it.
local function whole_of(line, basis)
  if basis == "net" then return line.net_amount or line.amount or real_total(line) end
  local knows_tax = line.gross_amount or line.tax_amount or line.tax_rate or line.unit_price_gross
  if knows_tax then return gross_amount(line) end
  return line.amount or real_total(line)
end

local hundred = decimal "100"

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
      if not order or not order.contract_id or find(order, "contract") == contract then add(line) end
    end
    for back in each(delivery.returns) do
      for line in each(back.lines) do add(line) end
    end
  end
  for order in each(contract.orders) do
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
    local ours = ordered and ordered.contract_line_no and ordered.contract_line or nil
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

control "CON-01" {
  title      = { en = "Contract signed by somebody without the authority to sign", zh = "合同签订人无授权" },
  risk       = { en = "The company is bound by a signature that nobody entitled to it has given.", zh = "无权签约，合同效力及损失责任难以追究。" },
  tests      = {
    en = "Whoever signed must have been general manager on the day of signing, or hold a delegation of the general manager for contracts in force on that day and up to the contract's amount, at that day's rate.",
    zh = "合同签订人在签订日须为总经理，或持有总经理出具、当日有效且限额不低于合同金额（外币按当日汇率折算）的合同签订授权。",
  },
  source     = { "000B III-1.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "contract",
  shape      = "as-of",
  applies    = is_signed,
  parameters = { roles = { { "general_manager" }, origin = "policy", note = "the general manager, or whom the general manager authorised" } },
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
    if not who then return untestable { en = "nobody is named as having signed", zh = "未注明签订人" } end
    local amount = amount_for_matrix(contract, nil, contract.signed_on)
    local about = { doc_kind = "contract", amount = amount, moment = contract.signed_on, kinds = signing_kinds }
    if may_act(who, p.roles, about) then return end
    local limit = exceeded_limit(contract, p)
    return exception {
      amount    = limit and amount - limit or contract.amount,
      currency  = limit and company_currency or currency_of(contract),
      signed_by = who,
      signed_on = contract.signed_on,
      fault     = limit and "over the limit" or "no authority",
      limit     = limit or "none",
      evidence  = evidence(person(who).delegations_received),
    }
  end,
}

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
  needs      = { "approval" },
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
    local amount = amount_for_matrix(contract, "contract_approval", contract.signed_on)
    local chain = required_chain("contract", "contract_approval", amount, contract.signed_on)
    if #chain == 0 then return untestable { en = "no row of the approval matrix for it", zh = "审批权限表中无对应行" } end
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
}

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
      if not customer then return untestable { en = "no customer", zh = "无客户" } end
      if not customer.is_key then return end
    end
    local held = filter(negotiations_of(contract), function(negotiation)
      return negotiation.held_on ~= nil and negotiation.held_on <= contract.signed_on
    end)
    if not first_in_time(held, "held_on", contract.signed_on) then return end -- that there was none at all is CON-04's
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
}

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
    if #engineered_products(contract) > 0 then table.insert(wanted, "technical") end
    local known = negotiations_of(contract)
    local missing = filter(wanted, function(kind)
      return not first_in_time(filter(known, function(one) return one.kind == kind end), "held_on", contract.signed_on)
    end)
    if #missing == 0 then return end
    local ours = filter(known, function(one) return contains(missing, one.kind) end)
    return exception {
      amount    = contract.amount,
      missing   = table.concat(missing, ", "),
      signed_on = contract.signed_on,
      held_on   = min(ours, "held_on") or "none",
      evidence  = evidence(ours),
    }
  end,
}

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
    return is_signed(contract) and (p.from_amount <= 0 or contract.amount >= p.from_amount)
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
      limit = earliest(contract.effective_on or contract.signed_on, started)
    end
    local made = filter(contract.reviews, function(review)
      return review.reviewed_at ~= nil and review.reviewed_at <= limit
    end)
    local missing = filter(p.departments, function(kind)
      local theirs = filter(made, function(review) return department_of(review) == kind end)
      return #theirs == 0 or any(theirs, function(review) return review.decision ~= "pass" end)
    end)
    if #missing == 0 then
      for review in each(made) do same_day_note(review.reviewed_at, limit, { by = review.reviewer_id }) end
      return
    end
    return exception {
      amount      = contract.amount,
      departments = table.concat(missing, ", "),
      limit       = limit,
      evidence    = evidence(contract.reviews, execution),
    }
  end,
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
}

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
    if contract.template == nil then return untestable { en = "the form used is not recorded", zh = "未记录所用文本" } end
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
}

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
}

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
  needs      = { "product.needs_technical_agreement" },
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
    if in_time(agreed_on, contract.signed_on) then return end
    return exception {
      amount    = contract.amount,
      products  = table.concat(products, ", "),
      signed_on = contract.signed_on,
      agreed_on = agreed_on or "none",
      evidence  = evidence(agreements, at_most(10, contract.lines)),
    }
  end,
}

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
    if #faults == 0 and unknown then return untestable { en = "whether there are, or who wrote, the {part}", zh = "商务条款或工作说明书有无及由谁编写不明", part = unknown } end
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
}

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
    if not reservation then return untestable { en = "the reservation is not there", zh = "无此预定书" } end
    local concessions = concessions_of(contract)
    local allowed = amounts_allowed(contract, concessions)
    local has_lines, contracted = #reservation.lines > 0, read(contract, "amount")
    if not has_lines and (not allowed or not contracted) then return untestable { en = "neither amounts nor lines to compare", zh = "金额与明细均缺，无法比较" } end
    local differences, apart = {}, nil
    if contract.customer_id ~= reservation.customer_id then table.insert(differences, "customer") end
    local goods = has_lines and goods_differences(contract.lines, reservation.lines, p.price_tolerance) or {}
    local counted = filter(goods, function(one)
      return one.aspect == "quantity" or one.aspect == "price" and #concessions == 0
    end)
    for aspect in each { "quantity", "price" } do
      if any(counted, function(one) return one.aspect == aspect end) then table.insert(differences, aspect) end
    end
    if allowed and contracted then
      apart = min(map(allowed, function(amount) return abs(contracted - amount) end))
      if apart > p.tolerance then table.insert(differences, "amount") end
    end
    if #differences == 0 then
      if apart and apart > 0 then
        local near = first(allowed, function(amount) return abs(contracted - amount) == apart end)
        within_tolerance_note(contracted - near)
      end
      return
    end
    local is_apart = apart and apart > p.tolerance
    return exception {
      amount      = is_apart and apart or #counted > 0 and sum(counted, "amount") or contract.amount,
      reservation = reservation.reservation_id,
      differences = table.concat(differences, ", "),
      contracted  = contracted or "none",
      reserved    = allowed and allowed[1] or "none",
      evidence    = evidence(reservation, concessions, at_most(10, contract.lines)),
    }
  end,
}

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
      return untestable { en = "nobody is named as having confirmed", zh = "未注明确认人" }
    elseif not may_act(who, p.roles, { doc_kind = "contract", amount = amount_for_matrix(contract, nil, at), moment = at, kinds = confirmation_kinds }) then
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
    if in_time(confirmed_at, contract.signed_on) then return end
    return exception {
      amount       = contract.amount,
      held_on      = last_on,
      signed_on    = contract.signed_on,
      confirmed_at = confirmed_at or "none",
      evidence     = evidence(at_most(10, held)),
    }
  end,
}

control "CON-14" {
  title      = { en = "Contract amounts do not add up", zh = "合同金额勾稽不符" },
  risk       = { en = "It is not clear what the customer owes.", zh = "合同金额不明确，收款及开票依据不清。" },
  tests      = {
    en = "Each line is compared with quantity × price less discount, with tax or without, alike for the whole contract; its gross amount with net and tax; the contract's amount with the total of its lines and of its payment plan, and the plan's percentages with 100. What the rounding of a price explains passes.",
    zh = "逐行核对数量×单价减折扣与行金额，整份合同采用同一含税或不含税口径；不含税金额加税额与价税合计核对；合同金额与明细合计、收款计划合计核对；收款比例合计应为 100。单价尾差可解释的差异不计。",
  },
  source     = { "003-4.4" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "contract",
  shape      = "reconciliation",
  applies    = is_signed,
  parameters = {
    rounding = { decimal "0.01", origin = "default", note = "in money, for each line that is added up" },
    rounding_cap_pct = { decimal "0.5", origin = "default", note = "of a line: what half a unit of the price's last place may explain at most" },
    basis    = { "gross", origin = "default", note = "whether the contract's amount is with tax (gross) or without (net)" },
  },
  amount_kind = "misstatement",
  terms      = {
    line  = { en = "quantity × price", zh = "数量×单价" },
    tax   = { en = "net amount and tax", zh = "不含税金额加税额" },
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
    local lines, plans = contract.lines, contract.payment_plans
    local found, compared, incomplete = {}, 0, false
    local function check(label, what, stated, computed, tolerance, amount, rows)
      compared = compared + 1
      if agree_within(stated, computed, tolerance) then return end
      table.insert(found, exception { label = label, amount = amount or abs(stated - computed), what = what, stated = stated, computed = computed, evidence = rows })
    end
    local faults, tested = line_faults(lines, { tolerance = p.rounding, rounding_cap_pct = p.rounding_cap_pct })
    compared = compared + tested
    for fault in each(faults) do
      table.insert(found, exception {
        label = "line " .. fault.line.line_no, amount = fault.difference, what = fault.what,
        stated = fault.stated, computed = fault.expected, evidence = evidence(fault.line),
      })
    end
    local wholes = map(lines, function(line) return whole_of(line, p.basis) end)
    if contract.amount and #lines > 0 and #wholes == #lines then
      check("lines", "lines", contract.amount, sum(wholes), p.rounding * #lines, nil, evidence(at_most(10, lines)))
    elseif #lines > 0 then
      incomplete = true
    end
    local amounts, shares = map(plans, function(plan) return read(plan, "amount") end), map(plans, function(plan) return read(plan, "pct") end)
    if contract.amount and #plans > 0 and #amounts == #plans then
      check("payment plan", "plan", contract.amount, sum(amounts), p.rounding * #plans, nil, evidence(plans))
    elseif #plans > 0 and #shares == #plans then
      local apart = abs(sum(shares) - hundred)
      check("payment plan", "share", hundred, sum(shares), p.rounding * #plans, contract.amount and round(percent(contract.amount, apart), 2), evidence(plans))
    end
    if #found == 0 and (compared == 0 or incomplete) then return untestable { en = "no amounts to compare, or not of every line", zh = "无可比较的金额，或部分明细无金额" } end
    return found
  end,
}

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
      local agreed_days = contract.delivery_days
      if not agreed_days then return untestable { en = "no delivery date", zh = "无交货日期" } end
      due_on = (contract.effective_on or contract.signed_on) + agreed_days
    end
    local days = days_overdue(due_on)
    if days <= p.grace_days then return end
    local goods = filter(contract.lines, is_goods)
    if #goods == 0 then return untestable { en = "no lines of goods", zh = "无商品明细" } end
    if any(goods, function(line) return line.quantity == nil end) then return untestable { en = "a line without a quantity", zh = "有明细未填数量" } end
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
  needs      = { "payment_plan" },
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
}

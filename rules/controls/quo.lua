-- SPDX-License-Identifier: MIT
-- QUO: inquiries, tenders and quotations, and what contracts make of them.

-- Whether the rules for quotations and bids apply to an inquiry or a quotation: to all, or only to those from
-- governments and for products bought outside, which is what the policy's chapter was written for.
local function is_in_scope(document, everything)
  if everything then return true end
  local customer = document.customer
  if customer and customer.nature == "government" then return true end
  local quotations = table_of(document) == "inquiry" and document.quotations or { document }
  return any(quotations, function(quotation)
    return any(quotation.lines, function(line) return line.product ~= nil and line.product.is_outsourced == true end)
  end)
end

local scope_parameter = {
  true, origin = "default", note = "false: only government customers and outsourced products, for which the policy's chapter was written",
}

-- Whether a quotation went out to the customer.
local function was_sent(quotation)
  return quotation.sent_at ~= nil and has_happened(quotation.sent_at)
end

local bid_kinds, review_kinds = { "bid" }, { "price_review", "review" }

local manager_roles = { { "sales_manager", "company_leader", "general_manager" }, origin = "policy" }

local major_parameter = { decimal "1000000", origin = "default", note = "what is major is not said; is_major decides where it is filled" }

-- The records of support of a kind for a line: those of the quotation, its inquiry and its project, for the line's product
-- or for none; with `of_product` also those of the product, whatever they were made for.
local function support_for(line, kind, of_product)
  local found, seen, quotation = {}, {}, line.quotation
  local function add(list)
    for record in each(list) do
      local is_ours = record.kind == kind and (record.product_id == nil or record.product_id == line.product_id)
      if is_ours and not seen[record] then table.insert(found, record) end
      seen[record] = true
    end
  end
  add(quotation.support_records)
  if quotation.inquiry_id then add(lookup("support_record", { doc_kind = "inquiry", doc_id = quotation.inquiry_id })) end
  if quotation.opportunity_id then add(lookup("support_record", { doc_kind = "opportunity", doc_id = quotation.opportunity_id })) end
  if of_product and line.product_id then add(lookup("support_record", { product_id = line.product_id, kind = kind })) end
  return found
end

-- By when support for a quotation had to be there: its review, or its dispatch where it was never reviewed.
local function support_limit(quotation)
  local limit = quotation.reviewed_at or quotation.sent_at
  return limit and has_happened(limit) and limit or nil
end

-- What is wrong with records of support that had to be there by a moment, made in a kind of department: nil, or
-- "missing", "late" or "wrong role", and when the record nearest to being right was made.
local function support_fault(records, limit, unit)
  local fault, at = "missing", nil
  for record in each(filter(records, "done_at")) do
    local is_theirs = record.done_by ~= nil and works_in(record.done_by, unit, record.done_at)
    if is_theirs and in_time(record.done_at, limit, record.done_by) then return nil end
    if record.done_at > limit and fault == "missing" then fault, at = "late", record.done_at end
    if record.done_at <= limit and not is_theirs then fault, at = "wrong role", record.done_at end
  end
  return fault, at
end

local support_words = all_terms(step_terms(), {
  missing = { en = "none", zh = "没有" },
  late = { en = "too late", zh = "过晚" },
  ["wrong role"] = { en = "by another department", zh = "由其他部门作出" },
  incomplete = { en = "without price or lead time", zh = "未填价格或交货期" },
  outdated = { en = "too old", zh = "已过期" },
})

-- Who has to review the price of a quotation: the roles for the highest class among its products.
local function review_roles(quotation, p)
  local roles, class = p.class_c, "C"
  for line in each(quotation.lines) do
    local of_line = line.product and line.product.abc_class
    if of_line == "A" then return p.class_a, "A" end
    if of_line == "B" then roles, class = p.class_b, "B" end
  end
  return roles, class
end

-- What a contract that deviates from its quotation is apart from it: by their amounts, else by the goods that differ in value;
-- the whole contract where none does.
local function worth_of_deviation(contract, quotation, goods)
  if #goods == 0 then return contract.amount end
  local apart = contract.amount and quotation.amount and abs(contract.amount - quotation.amount) or 0
  return apart ~= 0 and apart or sum(goods, "amount")
end

control "QUO-01" {
  title      = { en = "Inquiry or tender not reported to the sales manager at once", zh = "询价招标未第一时间汇报" },
  risk       = { en = "Time to prepare is lost, or salespeople deal with an inquiry on their own.", zh = "延误投标准备，或销售员私自处理询价。" },
  tests      = {
    en = "The time at which an inquiry was reported is compared with the time at which it was received, and the person it was reported to with the roles held then.",
    zh = "将汇报时间与得到信息时间比较，并核对汇报对象当时是否为销售部经理。",
  },
  source     = { "004-2.1" },
  severity   = "low",
  profile    = { "factory" },
  population = "inquiry",
  shape      = "sequence",
  applies    = function(inquiry, p) return is_in_scope(inquiry, p.all_quotations) end,
  parameters = {
    days           = { 1, origin = "default", note = "working days; the policy says at once" },
    roles          = manager_roles,
    all_quotations = scope_parameter,
  },
  amount_kind = "transaction",
  terms      = all_terms(step_terms(), role_terms()),
  message    = {
    en = "report {fault}: received {received_at}, reported {reported_at} to {reported_to} (by {limit} to the {wanted})",
    zh = "汇报{fault}：{received_at} 得到信息，{reported_at} 向 {reported_to} 汇报（应于 {limit} 前向{wanted}汇报）",
  },
  follow_up  = {
    en = "Ask the salesperson when and how the manager learned of it; look at what was answered to the customer in the meantime.",
    zh = "询问销售员经理何时、如何得知，并查看期间对客户的答复。",
  },

  test = function(inquiry, p)
    local received, reported = step("inquiry", inquiry, "received_at"), step("inquiry", inquiry, "reported_at")
    local fault = deadline_faults(reported, received, p.days, true)[1]
    local kind = fault and fault.fault
    local who = inquiry.reported_to
    if not fault and reported.at then
      if not who then return untestable { en = "nobody is named to whom it was reported", zh = "未注明向谁报告" } end
      if not may_act(who, p.roles, { doc_kind = "inquiry", amount = amount_for_matrix(inquiry, nil, reported.at), moment = reported.at, kinds = bid_kinds }) then kind = "wrong role" end
    end
    if not kind then return end
    return exception {
      amount      = inquiry.amount,
      fault       = kind,
      received_at = inquiry.received_at,
      reported_at = reported.at or "none",
      reported_to = who or "none",
      limit       = deadline(received.at, p.days, true),
      wanted      = p.roles[1],
      evidence    = evidence(inquiry.customer),
    }
  end,
}

control "QUO-02" {
  title      = { en = "Quotation or bid sent without the manager's decision to take part", zh = "未决定参加即报价投标" },
  risk       = { en = "Offers go out that the company did not want to make.", zh = "未经决定擅自参加比价或投标。" },
  tests      = {
    en = "When a quotation for an inquiry was sent, the sales manager or a leader must have decided to take part.",
    zh = "报价或标书发出时，须已由部门经理或公司领导决定参加该询价或招标。",
  },
  source     = { "004-2.1" },
  severity   = "medium",
  profile    = { "factory" },
  population = "quotation",
  shape      = "sequence",
  applies    = function(quotation, p)
    return was_sent(quotation) and is_in_scope(quotation, p.all_quotations)
      and (quotation.inquiry_id ~= nil or quotation.kind == "bid")
  end,
  parameters = { roles = manager_roles, all_quotations = scope_parameter },
  amount_kind = "exposure",
  terms      = all_terms(step_terms(), {
    late = { en = "came after it was sent", zh = "晚于发出" },
    ["no bid"] = { en = "was not to take part", zh = "为不参加" },
    ["wrong role"] = { en = "was taken by somebody without the role", zh = "由无权岗位作出" },
  }),
  message    = {
    en = "sent {sent_at}; decision {fault} ({decided_at}, {decided_by})",
    zh = "{sent_at} 发出；参加决定{fault}（{decided_at}，{decided_by}）",
  },
  follow_up  = {
    en = "Ask the manager whether the offer was wanted; withdraw it within its validity where it was not.",
    zh = "询问经理是否同意参加；不同意的在有效期内撤回报价。",
  },

  test = function(quotation, p)
    local inquiry = quotation.inquiry
    if not inquiry then return untestable { en = "no inquiry or tender is named", zh = "未注明询价或招标" } end
    local at, who, fault = inquiry.decided_at, inquiry.decided_by, nil
    if inquiry.decision == nil then fault = "missing"
    elseif inquiry.decision == "no_bid" then fault = "no bid"
    elseif not at then return untestable { en = "no time of the decision", zh = "无决定时间" }
    elseif at > quotation.sent_at then fault = "late"
    elseif not who then return untestable { en = "nobody is named as having decided", zh = "未注明决定人" }
    elseif not may_act(who, p.roles, { doc_kind = "inquiry", amount = amount_for_matrix(inquiry, nil, at), moment = at, kinds = bid_kinds }) then fault = "wrong role"
    end
    if not fault then return same_day_note(at, quotation.sent_at, { by = who }) end
    return exception {
      amount = quotation.amount, fault = fault, sent_at = quotation.sent_at, decided_at = at or "none", decided_by = who or "none", evidence = evidence(inquiry),
    }
  end,
}

control "QUO-03" {
  title      = { en = "Major inquiry or tender quoted without a company leader", zh = "重大比价投标未请示公司领导" },
  risk       = { en = "The company commits itself to a large offer that its management does not know.", zh = "重大投标未经公司领导决策，承诺风险失控。" },
  tests      = {
    en = "For major inquiries, a leader of the company must have taken the decision, or approved the inquiry or the quotation, before the quotation was sent.",
    zh = "重大询价、招标的报价发出前，须由公司领导作出决定，或批准该询价或报价。",
  },
  source     = { "004-2.1" },
  severity   = "high",
  profile    = { "factory" },
  population = "quotation",
  shape      = "approval",
  applies    = function(quotation, p)
    if not was_sent(quotation) or not is_in_scope(quotation, p.all_quotations) then return false end
    local inquiry = quotation.inquiry
    local flag = inquiry and inquiry.is_major
    if flag ~= nil then return flag end
    return quotation.amount == nil or is_major(quotation, p.major_threshold)
  end,
  parameters = {
    roles           = { { "company_leader", "general_manager" }, origin = "policy" },
    major_threshold = major_parameter,
    all_quotations  = scope_parameter,
  },
  needs      = { "approval" },
  amount_kind = "exposure",
  terms      = { none = { en = "none", zh = "无" } },
  message    = {
    en = "major quotation sent {sent_at}; leader's decision or approval: {approved_at}",
    zh = "重大报价 {sent_at} 发出；公司领导决定或批准：{approved_at}",
  },
  follow_up  = {
    en = "Inform the leadership now and let it decide whether the offer stands.",
    zh = "立即报告公司领导，由其决定是否维持报价。",
  },

  test = function(quotation, p)
    local inquiry = quotation.inquiry
    local decided = inquiry and inquiry.decision == "bid" and in_time(inquiry.decided_at, quotation.sent_at, inquiry.decided_by)
      and inquiry.decided_by ~= nil and could_act(inquiry.decided_by, p.roles, {
        doc_kind = "inquiry", approval_kind = "bid", amount = amount_for_matrix(inquiry, nil, inquiry.decided_at), moment = inquiry.decided_at,
      })
    if decided then return end
    local later
    for document in each(evidence(quotation, inquiry)) do
      for decision in each(decisions(document)) do
        if decision.decision == "approve" and decided_in_role(decision, p.roles) then
          if contains(standing_approvals(document, nil, quotation.sent_at), decision) then return end
          later = earliest(later, decision.decided_at)
        end
      end
    end
    return exception {
      amount = quotation.amount, sent_at = quotation.sent_at, approved_at = later or "none", evidence = evidence(inquiry),
    }
  end,
}

control "QUO-04" {
  title      = { en = "Difficult product quoted without support of the technical department", zh = "疑难产品无技术部支持" },
  risk       = { en = "Something is offered that cannot be made as described.", zh = "型号、技术参数有误，中标后无法履约。" },
  tests      = {
    en = "For each quoted line of a difficult product, a record of technical support by the technical department is looked for that was made before the quotation was reviewed (sent, where it was not reviewed).",
    zh = "疑难产品的报价行，须有技术部在报价审核前（未审核的为发出前）提供的技术支持记录。",
  },
  source     = { "004-2.3" },
  severity   = "medium",
  profile    = { "factory" },
  population = "quotation_line",
  shape      = "sequence",
  applies    = function(line, p)
    local quotation = line.quotation
    return quotation ~= nil and line.product ~= nil and line.product.is_difficult == true
      and support_limit(quotation) ~= nil and is_in_scope(quotation, p.all_quotations)
  end,
  parameters = { all_quotations = scope_parameter },
  amount_kind = "exposure",
  terms      = support_words,
  message    = {
    en = "{product} quoted, reviewed {limit}; technical support: {fault} ({done_at})",
    zh = "{product} 报价于 {limit} 审核；技术支持：{fault}（{done_at}）",
  },
  follow_up  = {
    en = "Have the technical department check model and parameters before the customer accepts.",
    zh = "在客户接受前由技术部复核型号和技术参数。",
  },

  test = function(line)
    local limit = support_limit(line.quotation)
    local records = support_for(line, "technical_support", false)
    local fault, at = support_fault(records, limit, "technical")
    if not fault then return end
    return exception {
      amount = gross_amount(line), product = line.product_id, limit = limit, fault = fault, done_at = at or "none", evidence = evidence(line.quotation, records),
    }
  end,
}

control "QUO-05" {
  title      = { en = "Key product quoted without a survey of material price and lead time", zh = "重点产品无原材料价格交货期调研" },
  risk       = { en = "Price and date are offered without knowing what the material costs and when it comes.", zh = "报价和交期缺乏采购依据，亏损或延期。" },
  tests      = {
    en = "For each quoted line of a key product, a survey by the purchasing department with material price and lead time is looked for that was made before the quotation was reviewed, and not too long before.",
    zh = "重点产品的报价行，须有采购部在报价审核前、有效期内完成且填明原材料价格和交货期的调研记录。",
  },
  source     = { "004-2.4" },
  severity   = "medium",
  profile    = { "factory" },
  population = "quotation_line",
  shape      = "sequence",
  applies    = function(line, p)
    local quotation = line.quotation
    return quotation ~= nil and line.product ~= nil and line.product.is_key == true
      and support_limit(quotation) ~= nil and is_in_scope(quotation, p.all_quotations)
  end,
  parameters = {
    max_age_days   = { 30, origin = "default", note = "days for which a survey holds" },
    all_quotations = scope_parameter,
  },
  amount_kind = "exposure",
  terms      = support_words,
  message    = {
    en = "{product} quoted, reviewed {limit}; survey by purchasing: {fault} ({done_at})",
    zh = "{product} 报价于 {limit} 审核；采购调研：{fault}（{done_at}）",
  },
  follow_up  = {
    en = "Have purchasing confirm price and lead time, and compare them with what was offered.",
    zh = "由采购部补充核实价格和交货期，并与报价比较。",
  },

  test = function(line, p)
    local limit = support_limit(line.quotation)
    local records, complete
    local function look(of_product)
      records = support_for(line, "material_survey", of_product)
      complete = filter(records, function(record) return record.material_price ~= nil and record.lead_time_days ~= nil end)
      local fresh = filter(complete, function(record)
        return record.done_at ~= nil and days_between(record.done_at, limit) <= p.max_age_days
      end)
      return support_fault(fresh, limit, "purchasing")
    end
    -- Its own first: a product may have very many.
    if not look(false) then return end
    local fault, at = look(true)
    if not fault then return end
    if fault == "missing" and #complete > 0 then
      fault, at = "outdated", latest_of(map(complete, "done_at"))
    elseif fault == "missing" and #records > 0 then
      fault, at = "incomplete", latest_of(map(records, "done_at"))
    end
    return exception {
      amount = gross_amount(line), product = line.product_id, limit = limit, fault = fault, done_at = at or "none",
      evidence = evidence(line.quotation, at_most(5, records)),
    }
  end,
}

control "QUO-06" {
  title      = { en = "Quotation or bid printed or sent before the sales manager's review", zh = "报价投标未经审核即打印发出" },
  risk       = { en = "An offer with errors or a price too low binds the company.", zh = "未经审核的报价对外发出，差错及低价风险。" },
  tests      = {
    en = "The review must come before the quotation was printed or sent, whichever was first, and be by the sales manager or above.",
    zh = "报价须在打印或发出（孰早）之前经销售部经理及以上审核。",
  },
  source     = { "004-2.5" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "quotation",
  shape      = "sequence",
  applies    = function(quotation, p) return was_sent(quotation) and is_in_scope(quotation, p.all_quotations) end,
  parameters = { roles = manager_roles, all_quotations = scope_parameter },
  amount_kind = "exposure",
  terms      = all_terms(step_terms(), role_terms(), { late = { en = "came too late", zh = "晚于打印或发出" } }),
  message    = {
    en = "review {fault} ({reviewed_at} by {reviewed_by}); {step}: {out_at}",
    zh = "审核{fault}（{reviewed_at}，{reviewed_by}）；{step}：{out_at}",
  },
  follow_up  = {
    en = "Have the manager review the offer now, and correct it towards the customer while it is not accepted.",
    zh = "由经理补审；有误的在客户接受前更正报价。",
  },

  test = function(quotation, p)
    local printed, sent = step("quotation", quotation, "printed_at"), step("quotation", quotation, "sent_at")
    local out = printed.at and printed.at < sent.at and printed or sent
    local review = step("quotation", quotation, "reviewed_at", "reviewed_by")
    local fault
    if not review.at then fault = "missing"
    elseif review.at > out.at then fault = "late"
    elseif not review.by then return untestable { en = "nobody is named as having reviewed it", zh = "未注明复核人" }
    elseif not may_act(review.by, p.roles, { doc_kind = "quotation", amount = amount_for_matrix(quotation, nil, review.at), moment = review.at, kinds = review_kinds }) then fault = "wrong role"
    end
    if not fault then return same_day_note(review.at, out.at, { by = review.by }) end
    return exception {
      amount = quotation.amount, fault = fault, reviewed_at = review.at or "none", reviewed_by = review.by or "none", step = out.name, out_at = out.at,
      evidence = evidence(quotation.customer),
    }
  end,
}

control "QUO-07" {
  title      = { en = "Quotation or bid sent without seal, or a bid sent too late", zh = "报价投标未盖章或逾期发出" },
  risk       = { en = "The offer is not valid, or the bid is not admitted.", zh = "报价无效或投标被拒。" },
  tests      = {
    en = "Bids and written quotations must have been sealed after their review and before they were sent; a bid must have been sent before the tender closed.",
    zh = "标书及书面报价须在审核之后、发出之前盖章；标书须在截止时间前发出。",
  },
  source     = { "004-2.6" },
  severity   = "low",
  profile    = { "factory" },
  population = "quotation",
  shape      = "sequence",
  applies    = function(quotation, p) return was_sent(quotation) and is_in_scope(quotation, p.all_quotations) end,
  parameters = {
    media          = { { "written" }, origin = "default", note = "how quotations are sent that need a seal; bids always do" },
    all_quotations = scope_parameter,
  },
  amount_kind = "exposure",
  terms      = all_terms(step_terms(), {
    missing = { en = "no seal", zh = "未盖章" },
    late = { en = "sealed after it was sent", zh = "发出后才盖章" },
    ["too early"] = { en = "sealed before it was reviewed", zh = "审核前已盖章" },
    ["no limit"] = { en = "none", zh = "无" },
    closed = { en = "sent after the tender closed", zh = "截止后才发出" },
  }),
  message    = {
    en = "{fault}: sealed {sealed_at}, sent {sent_at}, limit {limit}",
    zh = "{fault}：盖章 {sealed_at}，发出 {sent_at}，界限 {limit}",
  },
  follow_up  = {
    en = "Ask for the copy that went out; see in the seal register whether the seal was used and not recorded.",
    zh = "查阅已发出文本的留底，并核对印章使用登记。",
  },

  test = function(quotation, p)
    local found = {}
    local sealed_at, sent_at = quotation.sealed_at, quotation.sent_at
    local function add(label, fault, limit)
      table.insert(found, exception {
        label = label, amount = quotation.amount, fault = fault, sealed_at = sealed_at or "none", sent_at = sent_at, limit = limit or "no limit",
        evidence = evidence(quotation.inquiry),
      })
    end
    if quotation.kind == "bid" or quotation.medium == nil or contains(p.media, quotation.medium) then
      local reviewed_at = quotation.reviewed_at
      if not sealed_at then add("seal", "missing")
      elseif sealed_at > sent_at then add("seal", "late", sent_at)
      elseif reviewed_at and sealed_at < reviewed_at then add("seal", "too early", reviewed_at)
      else
        same_day_note(sealed_at, sent_at)
        same_day_note(reviewed_at, sealed_at)
      end
    end
    local due_at = quotation.kind == "bid" and quotation.inquiry and quotation.inquiry.due_at or nil
    if due_at and sent_at > due_at then add("deadline", "closed", due_at) end
    return found
  end,
}

control "QUO-08" {
  title      = { en = "Contract deviates from the quotation without being confirmed again", zh = "偏离原报价未再次确认" },
  risk       = { en = "Concessions made in the negotiation were not agreed by those responsible.", zh = "谈判中的让步未经再次确认即签约。" },
  tests      = {
    en = "Prices, quantities, specifications, delivery time and payment terms of the contract are compared with the quotation sent last; each aspect that differs needs a deviation confirmed by the sales manager or a leader on the day of signing at the latest.",
    zh = "将合同的单价、数量、规格、交期、付款条件与最后发出的报价比较；每项偏离须在签订日（含）前经销售部经理或公司领导再次确认。",
  },
  source     = { "004-3.3" },
  severity   = "medium",
  profile    = { "factory" },
  population = "contract",
  shape      = "lookup",
  applies    = function(contract) return is_signed(contract) and contract.quotation_id ~= nil end,
  parameters = {
    roles         = manager_roles,
    tolerance_pct = { decimal "0", origin = "policy", note = "of the price; any deviation is to be confirmed" },
  },
  amount_kind = "transaction",
  terms      = {
    price = { en = "price", zh = "单价" }, quantity = { en = "quantity", zh = "数量" }, spec = { en = "specification", zh = "规格" },
    delivery = { en = "delivery time", zh = "交期" }, payment = { en = "payment terms", zh = "付款条件" },
  },
  message    = {
    en = "differs from {quotation} without confirmation: {aspects} (contract {contracted}, quoted {quoted})",
    zh = "与报价 {quotation} 不一致且未确认：{aspects}（合同 {contracted}，报价 {quoted}）",
  },
  follow_up  = {
    en = "Have the manager confirm or refuse each deviation, and look at what it costs.",
    zh = "由经理逐项确认或否决偏离，并测算其影响。",
  },

  test = function(contract, p)
    if not contract.quotation then return untestable { en = "the quotation is not there", zh = "无此报价" } end
    local aspects, goods, quotation = contract_deviations(contract, p.tolerance_pct)
    local open = filter(aspects, function(aspect)
      return not any(contract.deviations, function(one)
        return one.aspect == aspect and in_time(one.confirmed_at, contract.signed_on, one.confirmed_by)
          and one.confirmed_by ~= nil and could_act(one.confirmed_by, p.roles, {
            doc_kind = "contract", approval_kind = "deviation", amount = amount_for_matrix(contract, nil, one.confirmed_at), moment = one.confirmed_at,
          })
      end)
    end)
    if #open == 0 then return end
    return exception {
      amount     = worth_of_deviation(contract, quotation, filter(goods, function(one) return contains(open, one.aspect) and one.aspect ~= "spec" end)),
      quotation  = quotation.quotation_id,
      aspects    = table.concat(open, ", "),
      contracted = contract.amount or "none",
      quoted     = quotation.amount or "none",
      evidence   = evidence(quotation, contract.deviations, at_most(10, contract.lines)),
    }
  end,
}

control "QUO-09" {
  title      = { en = "Quotation not made in writing or by e-mail", zh = "报价未采用书面或邮件方式" },
  risk       = { en = "What was offered cannot be proved.", zh = "报价无据可查，易生纠纷。" },
  tests      = { en = "The medium of each quotation given to a customer is compared with those of the parameter.", zh = "已报出的报价，其形式须为书面或电子邮件。" },
  source     = { "003-4.3" },
  severity   = "low",
  profile    = { "engineered" },
  population = "quotation",
  shape      = "row",
  applies    = function(quotation) return quotation.medium ~= nil or was_sent(quotation) end,
  parameters = { media = { { "written", "email" }, origin = "policy" } },
  amount_kind = "exposure",
  terms      = { oral = { en = "orally", zh = "口头" }, none = { en = "not recorded how", zh = "未记录形式" } },
  message    = { en = "quoted {medium}", zh = "报价形式：{medium}" },
  follow_up  = { en = "Have the offer confirmed in writing.", zh = "补发书面或邮件报价确认。" },

  test = function(quotation, p)
    if quotation.medium and contains(p.media, quotation.medium) then return end
    return exception { amount = quotation.amount, medium = quotation.medium or "none", evidence = evidence(quotation.customer) }
  end,
}

control "QUO-10" {
  title      = { en = "Quotation without the customer's requirements on record", zh = "报价缺需求信息" },
  risk       = { en = "What was quoted is not what the customer needs.", zh = "报价依据不全，与客户需求不符。" },
  tests      = {
    en = "A quotation that was sent must refer to the customer's requirements, have lines, and each line of goods must state specification, quantity and price.",
    zh = "已发出的报价须记录客户需求信息并有明细，各货物行须填规格参数、数量和单价。",
  },
  source     = { "003-4.3" },
  severity   = "low",
  profile    = { "engineered", "general" },
  population = "quotation",
  shape      = "required fields",
  applies    = function(quotation) return was_sent(quotation) end,
  parameters = {
    header = { { "requirements_ref" }, origin = "policy" },
    lines  = { { "spec", "quantity", "unit_price" }, origin = "policy", note = "parameters, model and equipment of the product" },
  },
  amount_kind = "exposure",
  terms      = { quotation_line = { en = "any line", zh = "报价明细" } },
  message    = required_message(),
  follow_up  = {
    en = "Ask the salesperson for the customer's specification and compare it with the offer.",
    zh = "向销售员索取客户需求资料，与报价内容核对。",
  },

  test = function(quotation, p)
    local missing = blank_fields(quotation, p.header)
    local lines = imported "quotation_line" and quotation.lines
    if lines and #lines == 0 then table.insert(missing, "quotation_line") end
    for line in each(filter(lines or {}, is_goods)) do
      for name in each(blank_fields(line, p.lines)) do
        if not contains(missing, name) then table.insert(missing, name) end
      end
    end
    return required_exception(missing, { amount = quotation.amount, evidence = evidence(at_most(10, quotation.lines)) })
  end,
}

control "QUO-11" {
  title      = { en = "Negotiation not reported to the sales manager or a leader", zh = "谈判未向销售部经理通报" },
  risk       = { en = "Salespeople negotiate alone, and the company signs what it did not follow.", zh = "谈判情况不透明，签约失去把关。" },
  tests      = {
    en = "The report of a negotiation is compared with the day it was held and the day of signing; of major contracts it must go to a leader of the company.",
    zh = "将通报时间与谈判日及合同签订日比较；重大合同须向公司领导请示。",
  },
  source     = { "004-3.2" },
  severity   = "low",
  profile    = { "factory" },
  population = "negotiation",
  shape      = "sequence",
  parameters = {
    days            = { 1, origin = "default", note = "working days; the policy says in time" },
    roles           = manager_roles,
    leaders         = { { "company_leader", "general_manager" }, origin = "policy", note = "for major contracts" },
    major_threshold = major_parameter,
  },
  amount_kind = "exposure",
  terms      = all_terms(step_terms(), role_terms()),
  message    = {
    en = "report {fault}: held {held_on}, reported {reported_at} to {reported_to} (by {limit} to the {wanted})",
    zh = "通报{fault}：{held_on} 谈判，{reported_at} 向 {reported_to} 通报（应于 {limit} 前向{wanted}通报）",
  },
  follow_up  = {
    en = "Ask what was agreed and whether the manager knew when the contract was signed.",
    zh = "询问谈判内容，以及签约时经理是否知情。",
  },

  test = function(negotiation, p)
    local held_on, reported_at, who = negotiation.held_on, negotiation.reported_at, negotiation.reported_to
    local contract = read(negotiation, "contract_id") and negotiation.contract or nil
    local quotation = negotiation.quotation or nil
    local document = contract or quotation
    local limit = deadline(held_on, p.days, true)
    if contract and contract.signed_on and contract.signed_on >= held_on then limit = earliest(limit, contract.signed_on) end
    local roles = contract and is_major(contract, p.major_threshold) and p.leaders or p.roles
    if reported_at and not has_happened(reported_at) then reported_at = nil end
    local fault
    if is_late(reported_at, limit, "negotiation") then
      fault = reported_at and "late" or "missing"
    elseif reported_at then
      if not who then return untestable { en = "nobody is named to whom it was reported", zh = "未注明向谁报告" } end
      local amount = document and amount_for_matrix(document, nil, reported_at) or nil
      local about = { doc_kind = "negotiation", amount = amount, moment = reported_at, kinds = { "negotiation" } }
      if not may_act(who, roles, about) then fault = "wrong role" end
    end
    if not fault then return end
    return exception {
      amount = document and document.amount, fault = fault, held_on = held_on, reported_at = reported_at or "none", reported_to = who or "none",
      limit = limit, wanted = roles[1], evidence = evidence(contract, quotation),
    }
  end,
}

control "QUO-12" {
  title      = { en = "Quotation sent without price review", zh = "报价未经价格预审" },
  risk       = { en = "Prices go out that nobody with the authority has agreed to.", zh = "价格未经审批即对外报出。" },
  tests      = {
    en = "A quotation that was sent must have had its price approved before, in the role that the highest class of its products asks for. Where approvals were not imported, the reviewer in the header counts.",
    zh = "报价发出前须由其产品最高级别对应的岗位批准价格；未导入审批记录的，以表头价格预审人为准。",
  },
  source     = { "000E II-4", "003-3" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "quotation",
  shape      = "approval",
  applies    = function(quotation) return was_sent(quotation) end,
  parameters = {
    kinds   = { { "price_review" }, origin = "default", note = "kinds of approval that count" },
    class_a = { { "company_leader", "general_manager" }, origin = "default", note = "classes are the policy's, who reviews them is ours" },
    class_b = { { "sales_manager" }, origin = "default" },
    class_c = { { "sales_manager" }, origin = "default", note = "also for products without a class" },
  },
  amount_kind = "exposure",
  terms      = all_terms(role_terms(), {
    none = { en = "none", zh = "无" },
    approval = { en = "approvals", zh = "审批记录" }, header = { en = "the header", zh = "表头" },
  }),
  message    = {
    en = "sent {sent_at}; class {class} needs the {wanted}; price review: {reviewed_at} (from {basis})",
    zh = "{sent_at} 发出；{class} 级产品须{wanted}审批；价格预审：{reviewed_at}（依据{basis}）",
  },
  follow_up  = {
    en = "Have the price reviewed now by whoever may; a price that would not have been approved should be withdrawn before acceptance.",
    zh = "由有权人补审价格；不予批准的在客户接受前撤回。",
  },

  test = function(quotation, p)
    local roles, class = review_roles(quotation, p)
    local passed, at = false, nil
    local has_approvals = imported "approval"
    if has_approvals then
      local given = standing_approvals(quotation, p.kinds)
      passed = approval_in_role({ quotation }, p.kinds, roles, quotation.sent_at) ~= nil
      at = given[1] and given[1].decided_at
    else
      at = quotation.reviewed_at
      local who = read(quotation, "reviewed_by")
      passed = in_time(at, quotation.sent_at, who) and (who == nil or may_act(who, roles, { doc_kind = "quotation", amount = amount_for_matrix(quotation, nil, at), moment = at, kinds = p.kinds }))
    end
    if passed then return end
    return exception {
      amount = quotation.amount, sent_at = quotation.sent_at, class = class, wanted = roles[1], reviewed_at = at or "none",
      basis = has_approvals and "approval" or "header", evidence = evidence(has_approvals and decisions(quotation, p.kinds) or nil),
    }
  end,
}

control "QUO-13" {
  title      = { en = "Contract signed on an expired or superseded quotation", zh = "依据过期或旧版报价签约" },
  risk       = { en = "Prices that no longer hold bind the company.", zh = "按已失效的价格条件签约。" },
  tests      = {
    en = "The day of signing is compared with the quotation's validity, and the version the contract names with the last one sent for the same inquiry before that day.",
    zh = "将合同签订日与报价有效期比较；并核对所引用版次是否为签订日前发出的最新版。",
  },
  source     = { "004-3.1" },
  severity   = "low",
  profile    = { "factory", "general" },
  population = "contract",
  shape      = "as-of",
  applies    = function(contract) return is_signed(contract) and contract.quotation_id ~= nil end,
  amount_kind = "exposure",
  terms      = { expired = { en = "had expired", zh = "已过有效期" }, superseded = { en = "was superseded", zh = "已被新版替代" }, none = { en = "none", zh = "无" } },
  message    = {
    en = "{quotation} {fault}: valid until {valid_until}, later version {later}, signed {signed_on}",
    zh = "报价 {quotation} {fault}：有效期至 {valid_until}，新版 {later}，{signed_on} 签约",
  },
  follow_up  = {
    en = "Compare the contract with the prices and terms in force on the day of signing.",
    zh = "将合同与签订日有效的价格和条件核对。",
  },

  test = function(contract)
    local quotation = contract.quotation
    if not quotation then return untestable { en = "the quotation is not there", zh = "无此报价" } end
    local later = latest_version(quotation, contract.signed_on)
    local has_expired = quotation.valid_until ~= nil and contract.signed_on > quotation.valid_until
    local fault = later ~= quotation and "superseded" or has_expired and "expired" or nil
    if not fault then return end
    return exception {
      amount = contract.amount, quotation = quotation.quotation_id, fault = fault, valid_until = quotation.valid_until or "none",
      later = later ~= quotation and later.quotation_id or "none", signed_on = contract.signed_on,
      evidence = evidence(quotation, later ~= quotation and later or nil),
    }
  end,
}

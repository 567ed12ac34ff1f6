-- SPDX-License-Identifier: MIT
-- QUO: inquiries, tenders and quotations, and what contracts make of them.

local function filled(base, fields)
  local one = {}
  for name, value in pairs(base) do one[name] = value end
  for name, value in pairs(fields or {}) do one[name] = value end
  return one
end

-- What the cases need: people with their roles, inquiry XJ1 of Monday 2026-10-12 reported and decided, quotation QT1
-- over 1,130 for it, reviewed, printed, sealed and sent on 2026-10-14. `more` adds or replaces tables.
local function quoted(quotation, more, inquiry)
  local given = {
    org_unit = {
      { org_unit_id = "DL", kind = "management" }, { org_unit_id = "DS", kind = "sales" }, { org_unit_id = "DT", kind = "technical" },
      { org_unit_id = "DC", kind = "purchasing" },
    },
    employee = {
      { employee_id = "E1", org_unit_id = "DL" }, { employee_id = "E2", org_unit_id = "DS" }, { employee_id = "E3", org_unit_id = "DS" },
      { employee_id = "E4", org_unit_id = "DT" }, { employee_id = "E5", org_unit_id = "DC" },
    },
    role_assignment = {
      { employee_id = "E1", role = "company_leader", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "sales_manager", valid_from = "2026-01-01" },
      { employee_id = "E3", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "technician", valid_from = "2026-01-01" },
      { employee_id = "E5", role = "purchaser", valid_from = "2026-01-01" },
    },
    role_rank = { { role = "salesperson", rank = "10" }, { role = "sales_manager", rank = "40" }, { role = "company_leader", rank = "80" } },
    customer = { { customer_id = "C1", nature = "company" } },
    product = { { product_id = "P1" } },
    inquiry = { filled({
      inquiry_id = "XJ1", kind = "rfq", customer_id = "C1", salesperson_id = "E3", received_at = "2026-10-12T09:00:00",
      reported_at = "2026-10-12T11:00:00", reported_to = "E2", amount = "1000", decision = "bid", decided_by = "E2", decided_at = "2026-10-12T15:00:00",
    }, inquiry) },
    quotation = { filled({
      quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", kind = "quote", medium = "written", amount = "1130",
      prepared_by = "E3", prepared_at = "2026-10-13T09:00:00", reviewed_by = "E2", reviewed_at = "2026-10-14T10:00:00",
      printed_at = "2026-10-14T11:00:00", sealed_at = "2026-10-14T12:00:00", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14",
    }, quotation) },
    quotation_line = { { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", gross_amount = "1130" } },
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

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
  evidence_columns = { "inquiry.reported_at" },
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
      if not who then return untestable "nobody is named to whom it was reported" end
      if not may_act(who, p.roles, { doc_kind = "inquiry", amount = inquiry.amount, moment = reported.at, kinds = bid_kinds }) then kind = "wrong role" end
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

  cases = {
    { "on the next working day", given = quoted({}, {}, { reported_at = "2026-10-13T23:00:00" }), expect = {} },
    { "on the day after that", given = quoted({}, {}, { reported_at = "2026-10-14T08:00:00" }),
      expect = { { key = "XJ1", amount = "1000", fault = "late", reported_at = "2026-10-14T08:00:00", limit = "2026-10-13" } } },
    { "received on a Friday, reported on Monday", given = quoted({}, {}, { received_at = "2026-10-09T17:00:00", reported_at = "2026-10-12T09:00:00" }), expect = {} },
    { "not reported, on the last day", as_of = "2026-10-13", given = quoted({}, {}, { reported_at = "" }), expect = {} },
    { "not reported, a day later", as_of = "2026-10-14", given = quoted({}, {}, { reported_at = "", reported_to = "" }),
      expect = { { key = "XJ1", amount = "1000", fault = "missing", reported_at = "none", reported_to = "none" } } },
    { "reported to a colleague", given = quoted({}, {}, { reported_to = "E4" }),
      expect = { { key = "XJ1", amount = "1000", fault = "wrong role", reported_to = "E4", wanted = "sales_manager" } } },
    { "reported to a leader of the company", given = quoted({}, {}, { reported_to = "E1" }), expect = {} },
    { "nobody named", given = quoted({}, {}, { reported_to = "" }), expect = { { key = "XJ1", untestable = "nobody is named" } } },
    { "no time of receipt", given = quoted({}, {}, { received_at = "" }), expect = { { key = "XJ1", untestable = "no date" } } },
    { "only government customers: a company", parameters = { all_quotations = false }, given = quoted({}, {}, { reported_at = "2026-10-20T08:00:00" }), expect = {} },
    { "only government customers: a ministry", parameters = { all_quotations = false },
      given = quoted({}, { customer = { { customer_id = "C1", nature = "government" } } }, { reported_at = "2026-10-20T08:00:00" }),
      expect = { { key = "XJ1", amount = "1000", fault = "late" } } },
    { "only outsourced products: one is", parameters = { all_quotations = false },
      given = quoted({}, { product = { { product_id = "P1", is_outsourced = true } } }, { reported_at = "2026-10-20T08:00:00" }),
      expect = { { key = "XJ1", amount = "1000", fault = "late" } } },
    { "reports were not imported", given = quoted(), absent = { "inquiry.reported_at" }, expect = { { key = "XJ1", untestable = "reported_at" } } },
  },
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
  evidence_columns = { "inquiry.decided_at" },
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
    if not inquiry then return untestable "no inquiry or tender is named" end
    local at, who, fault = inquiry.decided_at, inquiry.decided_by, nil
    if inquiry.decision == nil then fault = "missing"
    elseif inquiry.decision == "no_bid" then fault = "no bid"
    elseif not at then return untestable "no time of the decision"
    elseif at > quotation.sent_at then fault = "late"
    elseif not who then return untestable "nobody is named as having decided"
    elseif not may_act(who, p.roles, { doc_kind = "inquiry", amount = inquiry.amount, moment = at, kinds = bid_kinds }) then fault = "wrong role"
    end
    if not fault then return end
    return exception {
      amount = quotation.amount, fault = fault, sent_at = quotation.sent_at, decided_at = at or "none", decided_by = who or "none", evidence = evidence(inquiry),
    }
  end,

  cases = {
    { "decided at the moment it was sent", given = quoted({}, {}, { decided_at = "2026-10-14T16:00:00" }), expect = {} },
    { "decided a second later", given = quoted({}, {}, { decided_at = "2026-10-14T16:00:01" }),
      expect = { { key = "QT1", amount = "1130", fault = "late", decided_at = "2026-10-14T16:00:01" } } },
    { "not decided", given = quoted({}, {}, { decision = "", decided_at = "", decided_by = "" }),
      expect = { { key = "QT1", amount = "1130", fault = "missing", decided_at = "none", decided_by = "none" } } },
    { "decided not to take part", given = quoted({}, {}, { decision = "no_bid" }), expect = { { key = "QT1", amount = "1130", fault = "no bid" } } },
    { "decided by the salesperson", given = quoted({}, {}, { decided_by = "E3" }), expect = { { key = "QT1", amount = "1130", fault = "wrong role", decided_by = "E3" } } },
    { "not sent yet", given = quoted({ sent_at = "" }, {}, { decision = "" }), expect = {} },
    { "sent after the date of the audit", as_of = "2026-10-14", given = quoted({ sent_at = "2026-10-15T09:00:00" }, {}, { decision = "" }), expect = {} },
    { "a quotation without an inquiry", given = quoted { inquiry_id = "" }, expect = {} },
    { "a bid without a tender", given = quoted { inquiry_id = "", kind = "bid" }, expect = { { key = "QT1", untestable = "no inquiry" } } },
    { "no time of the decision", given = quoted({}, {}, { decided_at = "" }), expect = { { key = "QT1", untestable = "no time" } } },
    { "nobody named", given = quoted({}, {}, { decided_by = "" }), expect = { { key = "QT1", untestable = "nobody is named" } } },
    { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted({}, {}, { decision = "no_bid" }), expect = {} },
    { "decisions were not imported", given = quoted(), absent = { "inquiry.decision" }, expect = { { key = "QT1", untestable = "decision" } } },
  },
}

local function approval(doc_kind, doc_id, role, decided_at, kind, who)
  return { approval = { {
    approval_id = "A1", doc_kind = doc_kind, doc_id = doc_id, approval_kind = kind or "bid", step_no = "1", role = role, approver_id = who or "E1",
    decision = "approve", decided_at = decided_at, requested_at = "2026-10-12T08:00:00",
  } } }
end

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
    local flag = inquiry and read(inquiry, "is_major")
    if flag ~= nil then return flag end
    return quotation.amount == nil or quotation.amount >= p.major_threshold
  end,
  parameters = {
    roles           = { { "company_leader", "general_manager" }, origin = "policy" },
    major_threshold = major_parameter,
    all_quotations  = scope_parameter,
  },
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
    if not quotation.amount and not (inquiry and read(inquiry, "is_major")) then return untestable "no amount" end
    local decided = inquiry and inquiry.decision == "bid" and done_by(inquiry.decided_at, quotation.sent_at)
      and inquiry.decided_by ~= nil and could_act(inquiry.decided_by, p.roles, {
        doc_kind = "inquiry", approval_kind = "bid", amount = inquiry.amount, moment = inquiry.decided_at,
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

  cases = {
    { "at the threshold, decided by the sales manager", given = quoted { amount = "1000000" },
      expect = { { key = "QT1", amount = "1000000", approved_at = "none", sent_at = "2026-10-14T16:00:00" } } },
    { "a cent below", given = quoted { amount = "999999.99" }, expect = {} },
    { "flagged as major", given = quoted({}, {}, { is_major = true }), expect = { { key = "QT1", sent_at = "2026-10-14T16:00:00", amount = "1130" } } },
    { "flagged as not major", given = quoted({ amount = "1000000" }, {}, { is_major = false }), expect = {} },
    { "decided by a leader", given = quoted({}, {}, { is_major = true, decided_by = "E1" }), expect = {} },
    { "decided by a leader after it was sent", given = quoted({}, {}, { is_major = true, decided_by = "E1", decided_at = "2026-10-14T16:00:01" }),
      expect = { { key = "QT1", amount = "1130", approved_at = "none" } } },
    { "a leader decided against it", given = quoted({}, {}, { is_major = true, decided_by = "E1", decision = "no_bid" }), expect = { { key = "QT1", amount = "1130", sent_at = "2026-10-14T16:00:00" } } },
    { "the inquiry was approved by a leader", given = quoted({}, approval("inquiry", "XJ1", "company_leader", "2026-10-14T16:00:00"), { is_major = true }), expect = {} },
    { "the quotation was approved by a leader", given = quoted({}, approval("quotation", "QT1", "company_leader", "2026-10-14T09:00:00", "price_review"), { is_major = true }), expect = {} },
    { "approved a second too late", given = quoted({}, approval("quotation", "QT1", "company_leader", "2026-10-14T16:00:01"), { is_major = true }),
      expect = { { key = "QT1", amount = "1130", approved_at = "2026-10-14T16:00:01" } } },
    { "approved by the sales manager", given = quoted({}, approval("quotation", "QT1", "sales_manager", "2026-10-14T09:00:00", "bid", "E2"), { is_major = true }),
      expect = { { key = "QT1", amount = "1130", approved_at = "none" } } },
    { "not sent", given = quoted({ sent_at = "" }, {}, { is_major = true }), expect = {} },
    { "no amount and no flag", given = quoted { amount = "" }, expect = { { key = "QT1", untestable = "no amount" } } },
    { "no amount, but flagged", given = quoted({ amount = "" }, {}, { is_major = true }), expect = { { key = "QT1", amount = "none", approved_at = "none" } } },
    { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted({}, {}, { is_major = true }), expect = {} },
    { "approvals were not imported", given = quoted({}, {}, { is_major = true }), absent = { "approval" }, expect = { { key = "QT1", untestable = "approval" } } },
  },
}

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
  if read(quotation, "inquiry_id") then add(lookup("support_record", { doc_kind = "inquiry", doc_id = quotation.inquiry_id })) end
  if read(quotation, "opportunity_id") then add(lookup("support_record", { doc_kind = "opportunity", doc_id = quotation.opportunity_id })) end
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
    if record.done_at <= limit and is_theirs then return nil end
    if record.done_at > limit and fault == "missing" then fault, at = "late", record.done_at end
    if record.done_at <= limit and not is_theirs then fault, at = "wrong role", record.done_at end
  end
  return fault, at
end

local function difficult(fields, supported)
  local record = supported and filled({
    support_id = "S1", doc_kind = "quotation", doc_id = "QT1", product_id = "P1", kind = "technical_support", done_by = "E4", done_at = "2026-10-14T09:00:00",
  }, supported)
  return quoted(fields, { product = { { product_id = "P1", is_difficult = true, is_key = true } }, support_record = record and { record } or {} })
end

local support_words = all_terms(step_terms(), {
  missing = { en = "none", zh = "没有" },
  late = { en = "too late", zh = "过晚" },
  ["wrong role"] = { en = "by another department", zh = "由其他部门作出" },
  incomplete = { en = "without price or lead time", zh = "未填价格或交货期" },
  outdated = { en = "too old", zh = "已过期" },
})

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

  cases = {
    { "support at the moment of the review", given = difficult({}, { done_at = "2026-10-14T10:00:00" }), expect = {} },
    { "a second later", given = difficult({}, { done_at = "2026-10-14T10:00:01" }),
      expect = { { key = "QT1/1", amount = "1130", fault = "late", done_at = "2026-10-14T10:00:01", limit = "2026-10-14T10:00:00" } } },
    { "none", given = difficult(), expect = { { key = "QT1/1", amount = "1130", fault = "missing", done_at = "none", product = "P1" } } },
    { "by the sales department", given = difficult({}, { done_by = "E3" }), expect = { { key = "QT1/1", amount = "1130", fault = "wrong role" } } },
    { "by the sales department at the moment of the review", given = difficult({}, { done_by = "E3", done_at = "2026-10-14T10:00:00" }),
      expect = { { key = "QT1/1", amount = "1130", fault = "wrong role", done_at = "2026-10-14T10:00:00" } } },
    { "by the sales department, too late as well", given = difficult({}, { done_by = "E3", done_at = "2026-10-14T10:00:01" }), expect = { { key = "QT1/1", amount = "1130", fault = "late" } } },
    { "first by the sales department, then too late",
      given = quoted({}, { product = { { product_id = "P1", is_difficult = true } }, support_record = {
        { support_id = "S1", doc_kind = "quotation", doc_id = "QT1", kind = "technical_support", done_by = "E3", done_at = "2026-10-14T09:00:00" },
        { support_id = "S2", doc_kind = "quotation", doc_id = "QT1", kind = "technical_support", done_by = "E4", done_at = "2026-10-14T11:00:00" },
      } }),
      expect = { { key = "QT1/1", amount = "1130", fault = "wrong role", done_at = "2026-10-14T09:00:00" } } },
    { "quotations name neither inquiry nor project", given = difficult(), absent = { "quotation.inquiry_id", "quotation.opportunity_id" },
      expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
    { "nobody knows by whom", given = difficult({}, { done_by = "" }), expect = { { key = "QT1/1", amount = "1130", fault = "wrong role" } } },
    { "for another product", given = difficult({}, { product_id = "P2" }), expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
    { "a survey is no technical support", given = difficult({}, { kind = "material_survey" }), expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
    { "for the inquiry, without a product", given = difficult({}, { doc_kind = "inquiry", doc_id = "XJ1", product_id = "" }), expect = {} },
    { "for the project", given = difficult({ opportunity_id = "O1" }, { doc_kind = "opportunity", doc_id = "O1" }), expect = {} },
    { "for another quotation", given = difficult({}, { doc_id = "QT9" }), expect = { { key = "QT1/1", amount = "1130", fault = "missing" } } },
    { "never reviewed: by the time it was sent", given = difficult({ reviewed_at = "" }, { done_at = "2026-10-14T16:00:00" }), expect = {} },
    { "neither reviewed nor sent", given = difficult { reviewed_at = "", sent_at = "" }, expect = {} },
    { "reviewed after the date of the audit", as_of = "2026-10-14", given = difficult { reviewed_at = "2026-10-15T10:00:00", sent_at = "2026-10-16T10:00:00" }, expect = {} },
    { "an ordinary product", given = quoted(), expect = {} },
    { "only outsourced products: none is", parameters = { all_quotations = false }, given = difficult(), expect = {} },
    { "records of support were not imported", given = difficult(), absent = { "support_record" }, expect = { { key = "QT1/1", untestable = "support_record" } } },
  },
}

local function surveyed(fields, survey)
  return difficult(fields, survey and filled({
    kind = "material_survey", done_by = "E5", done_at = "2026-10-13T09:00:00", material_price = "55", lead_time_days = "20",
  }, survey))
end

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

  cases = {
    { "thirty days before the review", given = surveyed({}, { done_at = "2026-09-14T09:00:00" }), expect = {} },
    { "thirty-one days before", given = surveyed({}, { done_at = "2026-09-13T09:00:00" }),
      expect = { { key = "QT1/1", amount = "1130", fault = "outdated", done_at = "2026-09-13T09:00:00" } } },
    { "at the moment of the review", given = surveyed({}, { done_at = "2026-10-14T10:00:00" }), expect = {} },
    { "a second later", given = surveyed({}, { done_at = "2026-10-14T10:00:01" }), expect = { { key = "QT1/1", amount = "1130", fault = "late" } } },
    { "none", given = surveyed(), expect = { { key = "QT1/1", amount = "1130", fault = "missing", done_at = "none" } } },
    { "no lead time", given = surveyed({}, { lead_time_days = "" }), expect = { { key = "QT1/1", amount = "1130", fault = "incomplete", done_at = "2026-10-13T09:00:00" } } },
    { "no price", given = surveyed({}, { material_price = "" }), expect = { { key = "QT1/1", amount = "1130", fault = "incomplete" } } },
    { "by the technical department", given = surveyed({}, { done_by = "E4" }), expect = { { key = "QT1/1", amount = "1130", fault = "wrong role" } } },
    { "made for another quotation of the same product", given = surveyed({}, { doc_id = "QT9" }), expect = {} },
    { "an ordinary product", given = quoted(), expect = {} },
    { "neither reviewed nor sent", given = surveyed { reviewed_at = "", sent_at = "" }, expect = {} },
    { "only outsourced products: none is", parameters = { all_quotations = false }, given = surveyed(), expect = {} },
    { "prices were not imported", given = surveyed({}, {}), absent = { "support_record.material_price" }, expect = { { key = "QT1/1", untestable = "material_price" } } },
  },
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
    elseif not review.by then return untestable "nobody is named as having reviewed it"
    elseif not may_act(review.by, p.roles, { doc_kind = "quotation", amount = quotation.amount, moment = review.at, kinds = review_kinds }) then fault = "wrong role"
    end
    if not fault then return end
    return exception {
      amount = quotation.amount, fault = fault, reviewed_at = review.at or "none", reviewed_by = review.by or "none", step = out.name, out_at = out.at,
      evidence = evidence(quotation.customer),
    }
  end,

  cases = {
    { "reviewed at the moment it was printed", given = quoted { reviewed_at = "2026-10-14T11:00:00" }, expect = {} },
    { "printed a second before", given = quoted { reviewed_at = "2026-10-14T11:00:01" },
      expect = { { key = "QT1", amount = "1130", fault = "late", step = "quotation.printed_at", out_at = "2026-10-14T11:00:00" } } },
    { "sent before the review, never printed", given = quoted { reviewed_at = "2026-10-14T16:00:01", printed_at = "" },
      expect = { { key = "QT1", amount = "1130", fault = "late", step = "quotation.sent_at" } } },
    { "never printed, reviewed before it was sent", given = quoted { reviewed_at = "2026-10-14T16:00:00", printed_at = "" }, expect = {} },
    { "not reviewed", given = quoted { reviewed_at = "", reviewed_by = "" },
      expect = { { key = "QT1", amount = "1130", fault = "missing", reviewed_at = "none", reviewed_by = "none" } } },
    { "reviewed by the salesperson", given = quoted { reviewed_by = "E3" }, expect = { { key = "QT1", amount = "1130", fault = "wrong role", reviewed_by = "E3" } } },
    { "sales manager only until the day before",
      given = quoted({}, { role_assignment = { { employee_id = "E2", role = "sales_manager", valid_from = "2026-01-01", valid_to = "2026-10-13" } } }),
      expect = { { key = "QT1", amount = "1130", fault = "wrong role" } } },
    { "reviewed by delegation", expect = {},
      given = quoted({ reviewed_by = "E3" }, { delegation = { { delegation_id = "DG1", grantor_id = "E2", grantee_id = "E3", doc_kind = "quotation", valid_from = "2026-10-14", valid_to = "2026-10-14" } } }) },
    { "not sent", given = quoted { sent_at = "", reviewed_at = "" }, expect = {} },
    { "nobody named", given = quoted { reviewed_by = "" }, expect = { { key = "QT1", untestable = "nobody is named" } } },
    { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted { reviewed_at = "" }, expect = {} },
    { "reviews were not imported", given = quoted(), absent = { "quotation.reviewed_at" }, expect = { { key = "QT1", untestable = "reviewed_at" } } },
  },
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
  evidence_columns = { "quotation.sealed_at" },
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
      end
    end
    local due_at = quotation.kind == "bid" and quotation.inquiry and quotation.inquiry.due_at or nil
    if due_at and sent_at > due_at then add("deadline", "closed", due_at) end
    return found
  end,

  cases = {
    { "sealed at the moment it was sent", given = quoted { sealed_at = "2026-10-14T16:00:00" }, expect = {} },
    { "sealed a second later", given = quoted { sealed_at = "2026-10-14T16:00:01" },
      expect = { { key = "QT1", label = "seal", amount = "1130", fault = "late", limit = "2026-10-14T16:00:00" } } },
    { "not sealed", given = quoted { sealed_at = "" }, expect = { { key = "QT1", label = "seal", amount = "1130", fault = "missing", sealed_at = "none", limit = "no limit" } } },
    { "sealed a second before the review", given = quoted { sealed_at = "2026-10-14T09:59:59" },
      expect = { { key = "QT1", label = "seal", amount = "1130", fault = "too early", limit = "2026-10-14T10:00:00" } } },
    { "sealed at the moment of the review", given = quoted { sealed_at = "2026-10-14T10:00:00" }, expect = {} },
    { "not reviewed: another control's", given = quoted { reviewed_at = "" }, expect = {} },
    { "by e-mail without a seal", given = quoted { medium = "email", sealed_at = "" }, expect = {} },
    { "a bid by e-mail without a seal", given = quoted { medium = "email", kind = "bid", sealed_at = "" }, expect = { { key = "QT1", label = "seal", amount = "1130", fault = "missing" } } },
    { "a medium that nobody recorded", given = quoted { medium = "", sealed_at = "" }, expect = { { key = "QT1", label = "seal", amount = "1130", fault = "missing" } } },
    { "a bid sent when the tender closed", given = quoted({ kind = "bid" }, {}, { due_at = "2026-10-14T16:00:00" }), expect = {} },
    { "a bid sent a second later", given = quoted({ kind = "bid" }, {}, { due_at = "2026-10-14T15:59:59" }),
      expect = { { key = "QT1", label = "deadline", amount = "1130", fault = "closed", limit = "2026-10-14T15:59:59" } } },
    { "a quotation after the date asked for", given = quoted({}, {}, { due_at = "2026-10-13T16:00:00" }), expect = {} },
    { "a bid without a tender", given = quoted { kind = "bid", inquiry_id = "" }, expect = {} },
    { "not sent", given = quoted { sent_at = "", sealed_at = "" }, expect = {} },
    { "only outsourced products: none is", parameters = { all_quotations = false }, given = quoted { sealed_at = "" }, expect = {} },
    { "seals were not imported", given = quoted(), absent = { "quotation.sealed_at" }, expect = { { key = "QT1", untestable = "sealed_at" } } },
  },
}

-- Contract CT1 of 2026-10-19 on quotation QT1: 10 of P1 at 100, 20 days, 30 % in advance.
local function contracted(contract, line, more)
  local tables = {
    contract = { filled({
      contract_id = "CT1", quotation_id = "QT1", customer_id = "C1", amount = "1130", signed_on = "2026-10-19", status = "executing",
      delivery_days = "20", payment_terms = "30% in advance",
    }, contract) },
    contract_line = { filled({ contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", spec = "6204-2RS" }, line) },
    quotation_line = { { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", spec = "6204-2rs", gross_amount = "1130" } },
  }
  for name, rows in pairs(more or {}) do tables[name] = rows end
  return quoted({ delivery_days = "20", payment_terms = "30%  in advance" }, tables)
end

local function confirmed(aspect, confirmed_at, confirmed_by)
  return { deviation = { {
    deviation_id = "V1", contract_id = "CT1", quotation_id = "QT1", aspect = aspect, confirmed_by = confirmed_by or "E2", confirmed_at = confirmed_at or "2026-10-19T18:00:00",
  } } }
end

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
    if not contract.quotation then return untestable "the quotation is not there" end
    local aspects, goods, quotation = contract_deviations(contract, p.tolerance_pct)
    local open = filter(aspects, function(aspect)
      return not any(contract.deviations, function(one)
        return one.aspect == aspect and done_by(one.confirmed_at, contract.signed_on)
          and one.confirmed_by ~= nil and could_act(one.confirmed_by, p.roles, {
            doc_kind = "contract", approval_kind = "deviation", amount = contract.amount, moment = one.confirmed_at,
          })
      end)
    end)
    if #open == 0 then return end
    local amount = contract.amount
    local of_value = filter(goods, function(one) return contains(open, one.aspect) and one.aspect ~= "spec" end)
    if #of_value > 0 then
      local apart = contract.amount and quotation.amount and abs(contract.amount - quotation.amount) or 0
      amount = apart ~= 0 and apart or sum(of_value, "amount")
    end
    return exception {
      amount     = amount,
      quotation  = quotation.quotation_id,
      aspects    = table.concat(open, ", "),
      contracted = contract.amount or "none",
      quoted     = quotation.amount or "none",
      evidence   = evidence(quotation, contract.deviations, at_most(10, contract.lines)),
    }
  end,

  cases = {
    { "as quoted; blanks, width and case do not count", given = contracted(), expect = {} },
    { "a lower price", given = contracted({ amount = "1118.70" }, { unit_price = "99" }),
      expect = { { key = "CT1", amount = "11.3", aspects = "price", quotation = "QT1", contracted = "1118.7", quoted = "1130" } } },
    { "the same discount instead of a lower price", given = contracted({ amount = "1118.70" }, { discount_amount = "10" }),
      expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
    { "confirmed on the day of signing", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed "price"), expect = {} },
    { "confirmed the day after", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed("price", "2026-10-20T08:00:00")),
      expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
    { "confirmed by the salesperson", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed("price", nil, "E3")),
      expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
    { "another aspect was confirmed", given = contracted({ amount = "1118.70" }, { unit_price = "99" }, confirmed "quantity"),
      expect = { { key = "CT1", amount = "11.3", aspects = "price" } } },
    { "within a tolerance", parameters = { tolerance_pct = "1" }, given = contracted({ amount = "1118.70" }, { unit_price = "99" }), expect = {} },
    { "more pieces", given = contracted({ amount = "1243" }, { quantity = "11" }), expect = { { key = "CT1", amount = "113", aspects = "quantity" } } },
    { "two deviations that leave the amount alone", given = contracted({}, { quantity = "8", unit_price = "125" }),
      expect = { { key = "CT1", amount = "400", aspects = "price, quantity" } } },
    { "another product", given = contracted({}, { product_id = "P2" }), expect = { { key = "CT1", amount = "2000", aspects = "quantity" } } },
    { "a gift on top", given = contracted({}, {}, { contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
        { contract_id = "CT1", line_no = "2", product_id = "G1", quantity = "1", unit_price = "0", line_kind = "gift" },
      } }), expect = {} },
    { "another specification: the whole contract", given = contracted({}, { spec = "6204-ZZ" }), expect = { { key = "CT1", amount = "1130", aspects = "spec" } } },
    { "no specification stated", given = contracted({}, { spec = "" }), expect = {} },
    { "delivery and payment", given = contracted { delivery_days = "15", payment_terms = "60 days" },
      expect = { { key = "CT1", amount = "1130", aspects = "delivery, payment" } } },
    { "agrees with the last version, not with the one it names", expect = {},
      given = contracted({ amount = "1118.70" }, { unit_price = "99" }, {
        quotation = {
          { quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
          { quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-16T16:00:00", quoted_on = "2026-10-16" },
        },
        quotation_line = {
          { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
          { quotation_id = "QT2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "99" },
        },
      }) },
    { "compared with the last version",
      given = contracted({ amount = "1107.40" }, { unit_price = "98" }, {
        quotation = {
          { quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
          { quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-16T16:00:00", quoted_on = "2026-10-16" },
          { quotation_id = "QT3", inquiry_id = "XJ1", customer_id = "C1", version = "3", amount = "1107.40", sent_at = "2026-10-19T08:00:00", quoted_on = "2026-10-19" },
        },
        quotation_line = {
          { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
          { quotation_id = "QT2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "99" },
        },
      }),
      expect = { { key = "CT1", amount = "11.3", aspects = "price", quotation = "QT2" } } },
    { "agrees with the one it names, not with the last version: judged elsewhere", expect = {},
      given = contracted({}, {}, {
        quotation = {
          { quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
          { quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-16T16:00:00", quoted_on = "2026-10-16" },
        },
        quotation_line = {
          { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100" },
          { quotation_id = "QT2", line_no = "1", product_id = "P1", quantity = "10", unit_price = "99" },
        },
      }) },
    { "no quotation", given = contracted { quotation_id = "" }, expect = {} },
    { "a draft", given = contracted { status = "draft", delivery_days = "15" }, expect = {} },
    { "the quotation is not in the data", given = contracted { quotation_id = "QT9" }, expect = { { key = "CT1", untestable = "quotation" } } },
    { "a line without a quantity", given = contracted({}, { quantity = "" }), expect = { { key = "CT1", untestable = "without a quantity" } } },
    { "deviations were not imported", given = contracted { delivery_days = "15" }, absent = { "deviation" }, expect = { { key = "CT1", untestable = "deviation" } } },
  },
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
  evidence_columns = { "quotation.medium" },
  amount_kind = "exposure",
  terms      = { oral = { en = "orally", zh = "口头" }, none = { en = "not recorded how", zh = "未记录形式" } },
  message    = { en = "quoted {medium}", zh = "报价形式：{medium}" },
  follow_up  = { en = "Have the offer confirmed in writing.", zh = "补发书面或邮件报价确认。" },

  test = function(quotation, p)
    if quotation.medium and contains(p.media, quotation.medium) then return end
    return exception { amount = quotation.amount, medium = quotation.medium or "none", evidence = evidence(quotation.customer) }
  end,

  cases = {
    { "by word of mouth", given = quoted { medium = "oral", sent_at = "" }, expect = { { key = "QT1", amount = "1130", medium = "oral" } } },
    { "in writing, by e-mail", given = quoted({}, { quotation = {
        { quotation_id = "QT1", medium = "written", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
        { quotation_id = "QT2", medium = "email", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14" },
      } }), expect = {} },
    { "not recorded", given = quoted { medium = "" }, expect = { { key = "QT1", amount = "1130", medium = "none" } } },
    { "not recorded, not sent", given = quoted { medium = "", sent_at = "" }, expect = {} },
    { "the medium was not imported", given = quoted(), absent = { "quotation.medium" }, expect = { { key = "QT1", untestable = "medium" } } },
  },
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
    if imported "quotation_line" then
      if #quotation.lines == 0 then table.insert(missing, "quotation_line") end
      for line in each(filter(quotation.lines, is_goods)) do
        for name in each(blank_fields(line, p.lines)) do
          if not contains(missing, name) then table.insert(missing, name) end
        end
      end
    end
    return required_exception(missing, { amount = quotation.amount, evidence = evidence(at_most(10, rows_of(quotation, "quotation_line", "lines"))) })
  end,

  cases = (function()
    local function line(number, fields)
      return filled({ quotation_id = "QT1", line_no = number, product_id = "P1", quantity = "10", unit_price = "100", spec = "6204" }, fields)
    end
    return {
      { "complete", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line "1" } }), expect = {} },
      { "no requirements", given = quoted({}, { quotation_line = { line "1" } }),
        expect = { { key = "QT1", amount = "1130", missing = "quotation.requirements_ref" } } },
      { "two lines lack fields, each named once",
        given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line("1", { spec = " " }), line("2", { spec = "", quantity = "" }), line("3", { unit_price = "" }) } }),
        expect = { { key = "QT1", amount = "1130", missing = "quotation_line.spec, quotation_line.quantity, quotation_line.unit_price" } } },
      { "freight needs no specification", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line "1", line("2", { spec = "", line_kind = "freight" }) } }), expect = {} },
      { "no line", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = {} }), expect = { { key = "QT1", amount = "1130", missing = "quotation_line" } } },
      { "not sent", given = quoted { sent_at = "" }, expect = {} },
      { "specifications were not imported", given = quoted({ requirements_ref = "XQ-1" }, { quotation_line = { line("1", { spec = "" }) } }), absent = { "quotation_line.spec" }, expect = {} },
      { "lines were not imported", given = quoted { requirements_ref = "XQ-1" }, absent = { "quotation_line" }, expect = {} },
      { "references were not imported", given = quoted({}, { quotation_line = { line "1" } }), absent = { "quotation.requirements_ref" },
        expect = { { key = "QT1", untestable = "no required field" } } },
    }
  end)(),
}

local function negotiated(fields, contract, more)
  local tables = {
    negotiation = { filled({
      negotiation_id = "N1", contract_id = "CT1", customer_id = "C1", kind = "commercial", held_on = "2026-10-15", reported_at = "2026-10-16T09:00:00", reported_to = "E2",
    }, fields) },
  }
  for name, rows in pairs(more or {}) do tables[name] = rows end
  return contracted(contract, {}, tables)
end

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
  evidence_columns = { "negotiation.reported_at" },
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
    local quotation = read(negotiation, "quotation_id") and negotiation.quotation or nil
    local document = contract or quotation
    local limit = deadline(held_on, p.days, true)
    if contract and contract.signed_on and contract.signed_on >= held_on then limit = earliest(limit, contract.signed_on) end
    local roles = contract and is_major(contract, p.major_threshold) and p.leaders or p.roles
    if reported_at and not has_happened(reported_at) then reported_at = nil end
    local fault
    if is_late(reported_at, limit) then
      fault = reported_at and "late" or "missing"
    elseif reported_at then
      if not who then return untestable "nobody is named to whom it was reported" end
      local about = { doc_kind = "negotiation", amount = document and document.amount, moment = reported_at, kinds = { "negotiation" } }
      if not may_act(who, roles, about) then fault = "wrong role" end
    end
    if not fault then return end
    return exception {
      amount = document and document.amount, fault = fault, held_on = held_on, reported_at = reported_at or "none", reported_to = who or "none",
      limit = limit, wanted = roles[1], evidence = evidence(contract, quotation),
    }
  end,

  cases = {
    { "on the next working day", given = negotiated { reported_at = "2026-10-16T23:00:00" }, expect = {} },
    { "three days later, on a Monday", given = negotiated { reported_at = "2026-10-19T09:00:00" },
      expect = { { key = "N1", amount = "1130", fault = "late", limit = "2026-10-16", held_on = "2026-10-15", wanted = "sales_manager" } } },
    { "held on a Friday, reported on Monday", given = negotiated { held_on = "2026-10-16", reported_at = "2026-10-19T09:00:00" }, expect = {} },
    { "signed on the day it was held, reported the next day", given = negotiated({}, { signed_on = "2026-10-15" }),
      expect = { { key = "N1", amount = "1130", fault = "late", limit = "2026-10-15" } } },
    { "held after signing", given = negotiated({}, { signed_on = "2026-10-14" }), expect = {} },
    { "not reported, on the last day", as_of = "2026-10-16", given = negotiated { reported_at = "" }, expect = {} },
    { "not reported, a day later", as_of = "2026-10-17", given = negotiated { reported_at = "", reported_to = "" },
      expect = { { key = "N1", amount = "1130", fault = "missing", reported_at = "none", reported_to = "none" } } },
    { "reported only after the date of the audit", as_of = "2026-10-15", given = negotiated { reported_to = "E3" }, expect = {} },
    { "reported to a colleague", given = negotiated { reported_to = "E3" }, expect = { { key = "N1", amount = "1130", fault = "wrong role", reported_to = "E3" } } },
    { "a major contract reported to the sales manager", given = negotiated({}, { is_major = true }),
      expect = { { key = "N1", amount = "1130", fault = "wrong role", wanted = "company_leader" } } },
    { "a major contract reported to a leader", given = negotiated({ reported_to = "E1" }, { is_major = true }), expect = {} },
    { "of a quotation only", given = negotiated { contract_id = "", quotation_id = "QT1", reported_to = "E3" },
      expect = { { key = "N1", amount = "1130", fault = "wrong role" } } },
    { "of neither", given = negotiated { contract_id = "", reported_to = "E3" }, expect = { { key = "N1", amount = "none", fault = "wrong role" } } },
    { "nobody named", given = negotiated { reported_to = "" }, expect = { { key = "N1", untestable = "nobody is named" } } },
    { "reports were not imported", given = negotiated(), absent = { "negotiation.reported_at" }, expect = { { key = "N1", untestable = "reported_at" } } },
  },
}

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
      passed = any(standing_approvals(quotation, p.kinds, quotation.sent_at), function(one) return decided_in_role(one, roles) end)
      at = given[1] and given[1].decided_at
    else
      at = quotation.reviewed_at
      local who = read(quotation, "reviewed_by")
      passed = done_by(at, quotation.sent_at) and (who == nil or may_act(who, roles, { doc_kind = "quotation", amount = quotation.amount, moment = at, kinds = p.kinds }))
    end
    if passed then return end
    return exception {
      amount = quotation.amount, sent_at = quotation.sent_at, class = class, wanted = roles[1], reviewed_at = at or "none",
      basis = has_approvals and "approval" or "header", evidence = evidence(has_approvals and decisions(quotation, p.kinds) or nil),
    }
  end,

  cases = (function()
    local function of_class(class, more, quotation)
      local tables = { product = { { product_id = "P1", abc_class = class }, { product_id = "P2", abc_class = "C" } } }
      for name, rows in pairs(more or {}) do tables[name] = rows end
      return quoted(quotation, tables)
    end
    local function review(role, at, who) return approval("quotation", "QT1", role, at, "price_review", who) end
    local both_lines = {
      { quotation_id = "QT1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "1" },
      { quotation_id = "QT1", line_no = "2", product_id = "P2", quantity = "1", unit_price = "1" },
    }
    return {
      { "class B, by the sales manager as it was sent", given = of_class("B", review("sales_manager", "2026-10-14T16:00:00", "E2")), expect = {} },
      { "a second later", given = of_class("B", review("sales_manager", "2026-10-14T16:00:01", "E2")),
        expect = { { key = "QT1", amount = "1130", class = "B", wanted = "sales_manager", reviewed_at = "2026-10-14T16:00:01", basis = "approval" } } },
      { "nobody", given = of_class "C", expect = { { key = "QT1", amount = "1130", class = "C", reviewed_at = "none" } } },
      { "no class", given = of_class("", review("sales_manager", "2026-10-14T10:00:00", "E2")), expect = {} },
      { "class A, by the sales manager only",
        given = of_class("A", { approval = review("sales_manager", "2026-10-14T10:00:00", "E2").approval, quotation_line = both_lines }),
        expect = { { key = "QT1", amount = "1130", class = "A", wanted = "company_leader", reviewed_at = "2026-10-14T10:00:00" } } },
      { "class A, by a leader", given = of_class("A", review("company_leader", "2026-10-14T10:00:00")), expect = {} },
      { "class B has roles of its own", parameters = { class_b = { "company_leader" } }, given = of_class("B", review("sales_manager", "2026-10-14T10:00:00", "E2")),
        expect = { { key = "QT1", amount = "1130", class = "B", wanted = "company_leader" } } },
      { "class C has roles of its own", parameters = { class_c = { "salesperson" } }, given = of_class("C", review("salesperson", "2026-10-14T10:00:00", "E3")), expect = {} },
      { "another kind of approval", given = of_class("B", approval("quotation", "QT1", "sales_manager", "2026-10-14T10:00:00", "bid", "E2")),
        expect = { { key = "QT1", amount = "1130", reviewed_at = "none" } } },
      { "not sent", given = of_class("B", {}, { sent_at = "" }), expect = {} },
      { "without approvals the header counts", absent = { "approval" }, given = of_class "B", expect = {} },
      { "the header's reviewer may not, for class A", absent = { "approval" }, given = of_class "A",
        expect = { { key = "QT1", amount = "1130", class = "A", basis = "header", reviewed_at = "2026-10-14T10:00:00" } } },
      { "the header says it was reviewed after it was sent", absent = { "approval" }, given = of_class("B", {}, { reviewed_at = "2026-10-14T16:00:01" }),
        expect = { { key = "QT1", amount = "1130", basis = "header", reviewed_at = "2026-10-14T16:00:01" } } },
      { "classes were not imported", given = of_class "B", absent = { "product.abc_class" }, expect = { { key = "QT1", untestable = "abc_class" } } },
    }
  end)(),
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
    if not quotation then return untestable "the quotation is not there" end
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

  cases = (function()
    local function versions(first, second, more)
      local tables = {
        quotation = {
          filled({ quotation_id = "QT1", inquiry_id = "XJ1", customer_id = "C1", version = "1", amount = "1130", sent_at = "2026-10-14T16:00:00", quoted_on = "2026-10-14", valid_until = "2026-10-19" }, first),
          filled({ quotation_id = "QT2", inquiry_id = "XJ1", customer_id = "C1", version = "2", amount = "1118.70", sent_at = "2026-10-18T16:00:00", quoted_on = "2026-10-18" }, second),
        },
      }
      for name, rows in pairs(more or {}) do tables[name] = rows end
      return contracted({}, {}, tables)
    end
    local other = { inquiry_id = "XJ9" }
    return {
      { "signed on the last day", given = versions({}, other), expect = {} },
      { "signed a day later", given = versions({ valid_until = "2026-10-18" }, other),
        expect = { { key = "CT1", amount = "1130", fault = "expired", valid_until = "2026-10-18", later = "none" } } },
      { "no end of validity", given = versions({ valid_until = "" }, other), expect = {} },
      { "a later version sent the day before", given = versions(), expect = { { key = "CT1", amount = "1130", fault = "superseded", later = "QT2" } } },
      { "a later version sent on the day of signing", given = versions({}, { sent_at = "2026-10-19T08:00:00" }), expect = {} },
      { "a later version that was not sent", given = versions({}, { sent_at = "" }), expect = {} },
      { "an earlier version sent again", given = versions({ version = "3" }), expect = {} },
      { "both: one exception", given = versions { valid_until = "2026-10-15" }, expect = { { key = "CT1", amount = "1130", fault = "superseded", valid_until = "2026-10-15" } } },
      { "no inquiry", given = versions({ inquiry_id = "" }, { inquiry_id = "" }), expect = {} },
      { "no quotation", given = contracted { quotation_id = "" }, expect = {} },
      { "a draft", given = contracted { status = "draft" }, expect = {} },
      { "the quotation is not in the data", given = contracted { quotation_id = "QT9" }, expect = { { key = "CT1", untestable = "quotation" } } },
      { "validity was not imported", given = versions(), absent = { "quotation.valid_until" }, expect = { { key = "CT1", untestable = "valid_until" } } },
    }
  end)(),
}

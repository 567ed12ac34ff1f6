-- SPDX-License-Identifier: MIT
-- SOD: duties that one person may not combine.

-- What is common to these controls: who did what is compared by person, not by account.
local separated_zh = "（按自然人比较，系统用户不计，系统办理的不适用）"

local separated_en = " People are compared, not accounts; what a system did beside one person is not applicable."

local order_kinds = { "order_approval" }

-- A duty that a decision is: approving the document.
local function approver(approval)
  return duty("approval", approval, "approver_id")
end

-- Who approved an order finally or on the way: of decisions where there are any, of the header otherwise.
local function order_approvers(order)
  if has_history(order, order_kinds) then
    return map(filter(decisions(order, order_kinds), function(decision) return decision.decision == "approve" end), approver)
  end
  if imported "approval" and not imported("sales_order", "approved_by") or not header_stands(order) then return {} end
  return { duty("sales_order", order, "approved_by") }
end

-- The duties of several fields of a row.
local function duties_in(row, ...)
  local found = {}
  for position = 1, select("#", ...) do
    table.insert(found, duty(table_of(row), row, (select(position, ...))))
  end
  return found
end

-- What something is worth, whatever its sign; nil where that is not known.
local function without_sign(worth) return worth and abs(worth) end

local function request_duties(request) return duties_in(request, "requested_by", "branch_reviewed_by", "sales_reviewed_by") end

local function collection_duties(request) return duties_in(request, "requested_by", "sales_confirmed_by", "finance_confirmed_by") end

-- Who asked for an invoice and who reviewed that, who issued it and who checked it.
local function invoicing_duties(invoice)
  return append(duties_in(invoice.request, "requested_by", "reviewed_by"), duties_in(invoice, "issued_by", "reviewed_by"))
end

-- The duties of a return, from its confirmation to the goods' being taken back.
local function return_duties(request)
  local duties = duties_in(request, "branch_confirmed_by", "checked_by", "authenticity_by", "reviewed_by")
  for delivery in each(rows_of(request, "delivery", "deliveries")) do
    for issue in each(delivery.issues) do
      if issue.sign == "red" and is_live(issue) then append(duties, duties_in(issue, "prepared_by", "issued_by")) end
    end
  end
  return duties
end

-- Who audited a receivable and who issued its invoice; who prepared, reviewed and posted a voucher.
local function booking_duties(row)
  if table_of(row) == "voucher" then return duties_in(row, "prepared_by", "reviewed_by", "posted_by") end
  return append(duties_in(row, "audited_by"), duties_in(row.invoice, "issued_by"))
end

-- Whether a person held exactly one of the roles at a moment: who ranks above them did not.
local function held_exactly(who, roles, moment)
  return any(roles_held(who, moment), function(role) return contains(roles, role) end)
end

-- Who somebody is: the employee behind an account, else the account.
local function name_of(who)
  local employee = person(who)
  return employee and employee.employee_id or who
end

-- Whether one's own request for an order's approval is what SOD-01 tells.
local function is_own_order(approval)
  local order = approval.doc_kind == "sales_order" and contains(order_kinds, approval.approval_kind) and approval.document
  return order and same_person(order.entered_by, approval.approver_id)
end

-- An approval of another step that the same person gave before, in the same round, and that stood; or nil.
local function other_step(approval)
  if not approval.doc_id then return nil end
  local of_document = { approvals = lookup("approval", { doc_kind = approval.doc_kind, doc_id = approval.doc_id }) }
  local standing = standing_approvals(of_document, { approval.approval_kind }, approval.decided_at)
  return first(standing, function(other)
    local is_theirs = other ~= approval and same_person(other.approver_id, approval.approver_id)
    if not is_theirs or other.round_no ~= approval.round_no then return false end
    local is_another = other.step_no ~= approval.step_no or other.role ~= approval.role
    local is_later = other.decided_at > approval.decided_at
      or not (other.decided_at < approval.decided_at) and key_of(other) > key_of(approval)
    return is_another and not is_later
  end)
end

-- Whether a slip takes back the goods of a return that was asked for, as its sign and its delivery tell.
local function is_of_return(issue)
  local sign = read(issue, "sign")
  if sign == "blue" then return false end
  local delivery = (sign == "red" or imported "delivery") and issue.delivery
  return delivery and read(delivery, "return_id") and delivery.return_request ~= nil
end

-- Whether an invoice is the first one of its request, so that what is wrong with the request is told once.
local function is_first_invoice(invoice)
  local live = filter(invoice.request.invoices, is_live)
  return first(sort(live, "issued_on")) == invoice
end

-- The duties of those who keep the prices of an order's lines: proposing the list, changing it or its lines before the
-- order. `keepers` of prices that the order did not use do not count.
local function price_keepers(order)
  local found = {}
  local function add_changes(row)
    for change in each(row.master_changes) do
      if change.changed_at ~= nil and change.changed_at <= (order.approved_at or order.order_date) then
        table.insert(found, duty("master_change", change, "changed_by"))
      end
    end
  end
  local seen = {}
  for line in each(order.lines) do
    local price = sets_price(line) and line.price
    if price and not seen[price] then
      seen[price] = true
      add_changes(price)
      local list = price.price_list
      if list and not seen[list] then
        seen[list] = true
        table.insert(found, duty("price_list", list, "proposed_by"))
        add_changes(list)
      end
    end
  end
  return found
end

-- The customer whose credit or file a row keeps; nil for changes of anything else.
local function customer_kept(row)
  if table_of(row) == "customer_credit" then return row.customer end
  local record = row.record
  if not record then return nil end
  if row.table_name == "customer" then return record end
  return record.customer
end

-- Whether two duties are what a control about one document tells already: SOD-01, SOD-07, SOD-14.
local told_elsewhere = {
  ["ordering approving"]   = { "sales_order.entered_by approval.approver_id", "sales_order.entered_by sales_order.approved_by" },
  ["invoicing recording"]  = { "invoice.issued_by receivable_entry.audited_by" },
  ["collecting recording"] = { "receipt.collected_by receipt_application.applied_by" },
}

local function is_told(one, other)
  local function told(a, b)
    return contains(told_elsewhere[a.duty .. " " .. b.duty] or {}, a.name .. " " .. b.name)
  end
  return one.of == other.of and (told(one, other) or told(other, one))
end

-- The duties of one person that belong to an incompatible pair, the later of which was done in the period.
local function combined(duties, matrix)
  local kept = {}
  for position, one in ipairs(duties) do
    for later = position + 1, #duties do
      local other = duties[later]
      if are_incompatible(one, other, matrix) and not is_told(one, other) and in_period(latest(one.at, other.at)) then
        if not contains(kept, one) then table.insert(kept, one) end
        if not contains(kept, other) then table.insert(kept, other) end
      end
    end
  end
  return kept
end

local function duty_terms()
  return {
    pricing    = { en = "deciding on special prices", zh = "特价审批" },
    credit     = { en = "deciding on credit", zh = "信用审批" },
    ordering   = { en = "entering orders", zh = "订单录入" },
    approving  = { en = "approving", zh = "审批" },
    shipping   = { en = "issuing goods", zh = "出库发货" },
    invoicing  = { en = "invoicing", zh = "开票" },
    collecting = { en = "collecting", zh = "收款" },
    recording  = { en = "recording", zh = "记账核销" },
  }
end

control "SOD-01" {
  title      = { en = "Order entered and approved by the same person", zh = "录入与审批同一人" },
  risk       = { en = "Nobody but the clerk who wrote the order looked at it.", zh = "订单无人复核，差错和舞弊无法发现。" },
  tests      = {
    en = "Who entered each order is compared with everyone who approved it; the header counts where no decision is recorded." .. separated_en,
    zh = "将订单录入人与各级审批人比较" .. separated_zh .. "；无审批记录的以订单表头审批人为准。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  scope      = "all",
  shape      = "separation",
  applies    = function(order)
    if not is_entered(order) or is_system(order.entered_by) then return false end
    local approvers = order_approvers(order)
    return #approvers == 0 or any(approvers, function(one) return not is_system(one.by) end)
  end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Have somebody else look at the order; take one of the two rights from the user.",
    zh = "由他人复核该订单，并收回其录入或审批权限之一。",
  },

  test = function(order)
    local entered = duty("sales_order", order, "entered_by")
    local at = has_history(order, order_kinds) and latest_of(map(decisions(order, order_kinds), "decided_at"))
    if not in_period(at or read(order, "approved_at") or order.order_date) then return end
    return separation_exception(duties_shared_with(entered, order_approvers(order)), { amount = order.amount })
  end,
}

control "SOD-02" {
  title      = { en = "Approval requested and granted by the same person, or one person in two steps", zh = "提请人与审批人同一人，或一人多级审批" },
  risk       = { en = "Several signatures, one pair of eyes.", zh = "多级审批实际由一人完成，形同虚设。" },
  tests      = {
    en = "Who granted each approval is compared with who asked for it, and with who granted the other steps of the same round. Orders approved by who entered them are for SOD-01.",
    zh = "将每项审批的审批人与提请人比较，并与同一轮次其他步骤的审批人比较" .. separated_zh .. "。录入人自批订单的由 SOD-01 检查。",
  },
  source     = { "000A C9/B9" },
  severity   = "medium",
  profile    = { "concession", "internal-control", "general" },
  population = "approval",
  shape      = "separation",
  applies    = function(approval) return approval.decision == "approve" and approval.approver_id ~= nil and not is_system(approval.approver_id) end,
  amount_kind = "exposure",
  terms      = {
    requested     = { en = "asked for it as well", zh = "本人提请" },
    ["two steps"] = { en = "had approved another step of this round", zh = "同一轮次中已审批另一步骤" },
  },
  message    = {
    en = "{person} approved on {decided_at} and {fault} ({other})",
    zh = "{person} 于 {decided_at} 审批，且{fault}（{other}）",
  },
  follow_up  = {
    en = "Have a second person decide; let the system refuse one's own requests and a second step by the same person.",
    zh = "由他人重新审批；在系统中禁止审批本人提请的单据及一人连审。",
  },

  test = function(approval)
    local found = {}
    local function report(label, other, row)
      table.insert(found, exception {
        label      = label,
        amount     = approval.doc_amount,
        fault      = label,
        person     = name_of(approval.approver_id),
        other      = other,
        decided_at = approval.decided_at,
        evidence   = evidence(row, approval.document),
      })
    end
    if same_person(read(approval, "requested_by"), approval.approver_id) and not is_own_order(approval) then
      report("requested", read(approval, "requested_at") or "none")
    end
    local other = other_step(approval)
    if other then report("two steps", other.step_no or other.role or "none", other) end
    return found
  end,
}

control "SOD-03" {
  title      = { en = "Quotation prepared and reviewed by the same person", zh = "报价编制与审核同一人" },
  risk       = { en = "A price leaves the house that one person alone made up.", zh = "报价未经他人审核即对外发出。" },
  tests      = {
    en = "Who prepared each quotation or bid is compared with who reviewed it." .. separated_en,
    zh = "将报价单或投标书的编制人与审核人比较" .. separated_zh .. "。",
  },
  source     = { "004-2.5" },
  severity   = "medium",
  profile    = { "factory", "general" },
  population = "quotation",
  shape      = "separation",
  applies    = function(quotation) return is_between_people(duties_in(quotation, "prepared_by", "reviewed_by")) end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have the sales manager review the quotation; ask why nobody else did.", zh = "由销售部经理审核该报价，询问未由他人审核的原因。" },

  test = function(quotation)
    return separation_exception(
      duties_in(quotation, "prepared_by", "reviewed_by"),
      { amount = quotation.amount })
  end,
}

control "SOD-04" {
  title      = { en = "Goods request: filled in, reviewed by the branch and by sales, not by three people", zh = "需货申请三级不分离" },
  risk       = { en = "Goods leave on the word of one person.", zh = "需货申请未经逐级审核，一人即可发出货物。" },
  tests      = {
    en = "Who filled in each goods request, who reviewed it in the branch and who in the sales department are compared; red requests likewise." .. separated_en,
    zh = "将需货申请单的填写人、分部审核人与销售部审核人两两比较" .. separated_zh .. "；红字申请单同样适用。",
  },
  source     = { "004-4.2" },
  severity   = "medium",
  profile    = { "factory" },
  population = "delivery_request",
  shape      = "separation",
  applies    = function(request) return is_between_people(request_duties(request)) end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Have the request reviewed by somebody else; name a deputy for the days on which the reviewer fills in requests.",
    zh = "由他人补审；审核人兼填申请的，应指定代审人员。",
  },

  test = function(request)
    return separation_exception(request_duties(request), { amount = without_sign(priced_worth(request.lines)) })
  end,
}

control "SOD-05" {
  title      = { en = "Issue slip written and goods issued by the same person", zh = "开单与出库同一人" },
  risk       = { en = "Who writes the slip can help themselves to the goods.", zh = "开单人兼管出库，易发生盗用、错发。" },
  tests      = {
    en = "Who wrote each issue slip is compared, as a person and whatever the role, with who issued the goods. Slips of a return are for SOD-09." .. separated_en,
    zh = "将销售出库单的开单人与出库经办人比较" .. separated_zh .. "，不论岗位。退货的红字出库单由 SOD-09 检查。",
  },
  source     = { "004-4.3", "004-4.4" },
  severity   = "high",
  profile    = { "factory", "ship-first", "general" },
  population = "stock_issue",
  shape      = "separation",
  applies    = function(issue)
    return is_live(issue) and not is_of_return(issue) and is_between_people(duties_in(issue, "prepared_by", "issued_by"))
  end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Check the goods of the slip against the customer's confirmation; separate the two rights.",
    zh = "将该单货物与客户确认单核对，并分离开单与出库权限。",
  },

  test = function(issue)
    return separation_exception(duties_in(issue, "prepared_by", "issued_by"), { amount = without_sign(issue_worth(issue)) })
  end,
}

control "SOD-06" {
  title      = { en = "Invoice requested, reviewed and issued without separation", zh = "开票申请、审核、开票不分离" },
  risk       = { en = "One person can have an invoice for a sale that never was.", zh = "一人即可虚开发票。" },
  tests      = {
    en = "Who asked for each invoice, who reviewed the request, who issued the invoice and who checked it are compared. Issuer and checker of the invoice are for SOD-13." .. separated_en,
    zh = "将开票申请人、申请审核人、开票人、发票复核人两两比较" .. separated_zh .. "。开票人与复核人相同的由 SOD-13 检查。",
  },
  source     = { "004-6.1", "004-6.2" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "invoice",
  shape      = "separation",
  applies    = function(invoice) -- without a request: INV-01
    return is_live(invoice) and invoice.request ~= nil and is_between_people(invoicing_duties(invoice))
  end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Compare the invoice with the delivery and the contract; have the request reviewed by somebody else.",
    zh = "将发票与发货、合同核对，并由他人补审开票申请。",
  },

  test = function(invoice)
    local asked, reviewed, issued, checked = table.unpack(invoicing_duties(invoice))
    local shared = filter(same_hands { asked, reviewed, issued, checked }, function(pair)
      if pair[1] == issued then return false end -- issuer and checker: SOD-13's
      return pair[2] ~= reviewed or is_first_invoice(invoice)
    end)
    local one = #shared > 0 and shared[1][1]
    if not one then return end
    local others = filter({ asked, reviewed, issued, checked }, function(other) return other ~= one end)
    return separation_exception(duties_shared_with(one, others), { amount = function() return abs(invoice.gross_amount) end })
  end,
}

control "SOD-07" {
  title      = { en = "Money collected or recorded by sales, or applied by who collected it", zh = "销售员经手收款或登记，或收款人自行核销" },
  risk       = { en = "Money can be kept back and the gap covered in the books.", zh = "货款可能被截留、挪用，并通过登记或核销加以掩盖。" },
  tests      = {
    en = "Who collected and who recorded each receipt held no role of sales that day and is not the customer's salesperson; who collected it did not apply it to invoices.",
    zh = "收款经手人和登记人当日不得任销售岗位，也不得为该客户的责任销售员；经手人不得自行核销该笔收款。",
  },
  source     = { "000A G8", "000A E8" },
  severity   = "high",
  profile    = { "concession", "general" },
  population = "receipt",
  shape      = "separation",
  applies    = function(receipt)
    if not is_live(receipt) or receipt.kind == "refund" or is_reversal(receipt) then return false end
    return not (is_system(receipt.collected_by) and (receipt.recorded_by == nil or is_system(receipt.recorded_by)))
  end,
  parameters = {
    sales_roles = {
      { "salesperson", "sales_clerk", "sales_supervisor", "branch_manager", "sales_manager", "regional_manager" },
      origin = "default", note = "the policy names the sales adviser, who takes the customer to finance",
    },
  },
  amount_kind = "exposure",
  terms      = {
    sales       = { en = "is of sales", zh = "为销售人员" },
    application = { en = "collected and applied it", zh = "既经手收款又自行核销" },
  },
  message    = { en = "{person} {fault}: {duties}", zh = "{person} {fault}：{duties}" },
  follow_up  = {
    en = "Confirm the receipt with the customer and the bank statement; take the duty from sales.",
    zh = "与客户及银行流水核对该笔收款，并将收款、登记职责移出销售部门。",
  },

  test = function(receipt, p)
    local found = {}
    local collected, recorded = duty("receipt", receipt, "collected_by"), duty("receipt", receipt, "recorded_by")
    local customer = receipt.customer
    local of_sales = filter({ collected, recorded }, function(one)
      if one.by == nil or is_system(one.by) then return false end
      return (customer ~= nil and same_person(one.by, read(customer, "salesperson_id")))
        or held_exactly(one.by, p.sales_roles, receipt.received_on)
    end)
    if #of_sales > 0 then
      table.insert(found, exception {
        label = "sales", fault = "sales", amount = receipt.amount,
        person = table.concat(map(of_sales, function(one) return name_of(one.by) end), ", "),
        duties = table.concat(map(of_sales, "name"), ", "),
        evidence = evidence(customer),
      })
    end
    local applied = map(rows_of(receipt, "receipt_application", "applications"), function(application)
      return duty("receipt_application", application, "applied_by")
    end)
    local shared = duties_shared_with(collected, applied)
    if #shared > 0 then
      table.insert(found, exception {
        label = "application", fault = "application", amount = receipt.amount, person = name_of(collected.by),
        duties = table.concat(map(shared, "name"), ", "), evidence = evidence(map(shared, "row")),
      })
    end
    return found
  end,
}

control "SOD-08" {
  title      = { en = "Collection request: who asked also confirmed, or one person confirmed for sales and finance", zh = "收款申请与确认不分离" },
  risk       = { en = "The customer is asked for money on the word of one person.", zh = "收款申请未经销售、财务分别确认，一人即可对外催收。" },
  tests      = {
    en = "Who filled in each collection request, who confirmed it for sales and who for finance are compared." .. separated_en,
    zh = "将收款申请单的填写人、销售部确认人与财务部确认人两两比较" .. separated_zh .. "。",
  },
  source     = { "004-5.3" },
  severity   = "medium",
  profile    = { "factory" },
  population = "collection_request",
  shape      = "separation",
  applies    = function(request) return is_between_people(collection_duties(request)) end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have the missing side confirm the amount with its own books.", zh = "由缺位一方对照本部门账目重新确认金额。" },

  test = function(request)
    return separation_exception(collection_duties(request), { amount = request.amount })
  end,
}

control "SOD-09" {
  title      = { en = "Return: confirmed, checked, authenticated, reviewed and handled by fewer people than steps", zh = "退货各环节不分离" },
  risk       = { en = "Goods that never came back, or are not ours, are credited.", zh = "可能虚假退货或接收假冒产品，造成冲减收入、退款损失。" },
  tests      = {
    en = "Of each return the branch manager's confirmation, the check, the authentication, the sales manager's review, the writing of the red issue slip and the taking back of the goods are compared, person by person." .. separated_en,
    zh = "将退货的分部确认人、核对人、鉴定人、销售部审核人、红字出库单开单人及库管经办人两两比较" .. separated_zh .. "。",
  },
  source     = { "004-8.3", "004-8.4" },
  severity   = "medium",
  profile    = { "factory" },
  population = "return_request",
  shape      = "separation",
  applies    = function(request) return is_entered(request) and is_between_people(return_duties(request)) end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Count the goods that came back and look at them; have the step repeated by somebody else.",
    zh = "清点并查验退回货物，由他人重新办理重复环节。",
  },

  test = function(request)
    return separation_exception(distinct_duties(return_duties(request)), { amount = without_sign(priced_worth(request.lines)) })
  end,
}

control "SOD-10" {
  title      = { en = "Contract negotiated and approved, or signed and confirmed, by the same person", zh = "谈判、签订、审批同一人" },
  risk       = { en = "One person binds the company.", zh = "一人即可决定并签订合同，易生舞弊。" },
  tests      = {
    en = "The only approver of each signed contract is compared with its salesperson and negotiators, and who signed it with who confirmed it. The general manager may do both.",
    zh = "将已签合同唯一的审批人与营销员、谈判人员比较，将签订人与确认人比较" .. separated_zh .. "。总经理除外。",
  },
  source     = { "000B III-1.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "contract",
  shape      = "separation",
  applies    = function(contract) return contract.signed_on ~= nil and is_live(contract) and not is_reversal(contract) end,
  parameters = {
    general_manager_exempt = { true, origin = "policy", note = "contracts are signed by the general manager or who he authorised" },
    exempt_roles           = { { "general_manager" }, origin = "default", note = "who is exempt, while it is on" },
  },
  amount_kind = "exposure",
  terms      = {
    ["negotiated and approved"] = { en = "negotiated and alone approved", zh = "参与谈判并单独审批" },
    ["signed and confirmed"]    = { en = "signed and confirmed", zh = "签订并确认" },
  },
  message    = { en = "{person} {fault} the contract of {signed_on}", zh = "{person} 对 {signed_on} 签订的合同{fault}" },
  follow_up  = {
    en = "Have the contract's terms looked at by somebody who did not negotiate it.",
    zh = "由未参与谈判的人员复审合同条款。",
  },

  test = function(contract, p)
    local found = {}
    local function is_exempt(who)
      return p.general_manager_exempt and held_exactly(who, p.exempt_roles, contract.signed_on)
    end
    local function report(label, who, shown)
      table.insert(found, exception {
        label = label, fault = label, amount = contract.amount, person = name_of(who), signed_on = contract.signed_on, evidence = evidence(shown),
      })
    end
    local approvals = standing_approvals(contract, { "contract_approval" })
    local only = first(approvals)
    local is_only = only and all(approvals, function(other) return same_person(other.approver_id, only.approver_id) end)
    local asked_oneself = is_only and all(approvals, function(other) -- SOD-02's
      return same_person(read(other, "requested_by"), only.approver_id)
    end)
    if is_only and not asked_oneself and not is_exempt(only.approver_id) then
      local negotiators = { contract.salesperson_id or nil }
      for negotiation in each(rows_of(contract, "negotiation", "negotiations")) do
        append(negotiators, map(rows_of(negotiation, "negotiation_participant", "participants"), "employee_id"))
      end
      if any(negotiators, function(who) return same_person(who, only.approver_id) end) then
        report("negotiated and approved", only.approver_id, approvals)
      end
    end
    local signed_by = read(contract, "signed_by")
    if signed_by and same_person(signed_by, read(contract, "confirmed_by")) and not is_exempt(signed_by) then
      report("signed and confirmed", signed_by)
    end
    return found
  end,
}

control "SOD-11" {
  title      = { en = "Who proposes or keeps a price list enters or approves orders on it", zh = "价格维护与订单不分离" },
  risk       = { en = "A price can be lowered for an order and raised again.", zh = "可临时改价成交，再恢复原价。" },
  tests      = {
    en = "Who entered and who approved each order priced by a list is compared with who proposed the list and who had changed it or its lines by then." .. separated_en,
    zh = "将按价目表成交订单的录入人、审批人，与该价目表的编制人及此前的修改人比较" .. separated_zh .. "。",
  },
  source     = { "000B III-1.3.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "sales_order",
  shape      = "separation",
  applies    = function(order)
    if not is_entered(order) or is_reversal(order) then return false end
    local taken = append(duties_in(order, "entered_by"), order_approvers(order))
    return any(taken, function(one) return not is_system(one.by) end)
  end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Compare the order's prices with the list before the last change; take price keeping from who handles orders.",
    zh = "将订单价格与最近一次修改前的价目表核对，并将价格维护权限与订单权限分离。",
  },

  test = function(order)
    local keepers = price_keepers(order)
    local taken = append({ duty("sales_order", order, "entered_by") }, order_approvers(order))
    for one in each(taken) do
      local shared = duties_shared_with(one, keepers)
      if #shared > 0 then return separation_exception(shared, { amount = order.amount }) end
    end
  end,
}

control "SOD-12" {
  title      = { en = "Credit or grade of a customer kept by the customer's own salesperson", zh = "客户信用档案由销售员维护" },
  risk       = { en = "Who earns by the sale decides how much may be lost on it.", zh = "销售员可自行放宽本人客户的信用和等级。" },
  tests      = {
    en = "Who set each credit, and who changed the sensitive fields of a customer or a credit, is compared with the customer's salesperson.",
    zh = "将客户信用的维护人、客户及信用敏感字段的修改人，与该客户的责任销售员比较" .. separated_zh .. "。",
  },
  source     = { "001-II.4" },
  severity   = "high",
  profile    = { "archive", "general" },
  population = { "customer_credit", "master_change" },
  scope      = "all",
  shape      = "separation",
  applies    = function(row, p)
    if table_of(row) == "customer_credit" then return in_period(row.assessed_on or row.valid_from) and not is_system(row.set_by) end
    local is_customers = row.table_name == "customer" or row.table_name == "customer_credit"
    return is_customers and contains(p.sensitive_fields, row.field) and in_period(row.changed_at) and not is_system(row.changed_by)
  end,
  parameters = {
    sensitive_fields = { { "credit_limit", "payment_terms_days", "grade", "trade_mode" }, origin = "default", note = "the policy names the customer's file as a whole" },
  },
  amount_kind = "exposure",
  message    = {
    en = "{person} is the customer's salesperson: {field} set to {value} on {at}",
    zh = "{person} 为该客户责任销售员，于 {at} 将{field}设为 {value}",
  },
  follow_up  = {
    en = "Have the credit assessed by the credit controller; look at what was sold on it since.",
    zh = "由信用管理人员重新评估，并检查此后的赊销业务。",
  },

  test = function(row)
    local customer = customer_kept(row)
    if not customer then return untestable { en = "no such customer", zh = "无此客户" } end
    local is_credit = table_of(row) == "customer_credit"
    local who = is_credit and row.set_by or not is_credit and row.changed_by
    if not who or not same_person(who, customer.salesperson_id) then return end
    local credit = is_credit and row or row.table_name == "customer_credit" and row.record or nil
    if credit and not is_credit and same_person(read(credit, "set_by"), who) then return end -- told of the credit itself
    return exception {
      amount   = credit and credit.credit_limit or nil,
      person   = name_of(who),
      field    = is_credit and "customer_credit.credit_limit" or row.table_name .. "." .. row.field,
      value    = is_credit and (row.credit_limit or "none") or row.new_value or "none",
      at       = is_credit and (row.assessed_on or row.valid_from) or row.changed_at,
      evidence = evidence(customer, credit),
    }
  end,
}

control "SOD-13" {
  title      = { en = "Invoice issued and checked by the same person", zh = "开票与复核同一人" },
  risk       = { en = "A wrong or invented invoice goes out unseen.", zh = "发票未经他人复核，错开、虚开无法发现。" },
  tests      = {
    en = "Who issued each invoice is compared with who checked it." .. separated_en,
    zh = "将发票开票人与复核人比较" .. separated_zh .. "。",
  },
  source     = { "000M 普通(1)" },
  severity   = "medium",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "invoice",
  shape      = "separation",
  applies    = function(invoice) return is_live(invoice) and is_between_people(duties_in(invoice, "issued_by", "reviewed_by")) end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have a second person check the invoice against delivery and contract.", zh = "由他人将发票与发货单、合同复核。" },

  test = function(invoice)
    return separation_exception(
      duties_in(invoice, "issued_by", "reviewed_by"),
      { amount = function() return abs(invoice.gross_amount) end })
  end,
}

control "SOD-14" {
  title      = { en = "Receivable audited by who issued the invoice, or voucher reviewed or posted by who prepared it", zh = "应收审核、制单不分离" },
  risk       = { en = "Receivables and vouchers enter the books without a second person.", zh = "应收和凭证未经他人审核即入账。" },
  tests      = {
    en = "Who audited each receivable is compared with who issued its invoice; who prepared each voucher with who reviewed and who posted it." .. separated_en,
    zh = "将应收单据审核人与发票开票人比较，将凭证制单人与审核人、记账人比较" .. separated_zh .. "。",
  },
  source     = { "000M 普通(2)" },
  severity   = "medium",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = { "receivable_entry", "voucher" },
  shape      = "separation",
  applies    = function(row)
    if not is_entered(row) or table_of(row) == "receivable_entry" and row.invoice == nil then return false end
    return is_between_people(booking_duties(row))
  end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have a second person review the entry against its papers.", zh = "由他人对照原始单据复核。" },

  test = function(row)
    if table_of(row) == "receivable_entry" then
      return separation_exception(
        booking_duties(row),
        { amount = row.amount and abs(row.amount) })
    end
    local checked = { duty("voucher", row, "reviewed_by"), duty("voucher", row, "posted_by") }
    local shared = duties_shared_with(duty("voucher", row, "prepared_by"), checked)
    return separation_exception(shared, { amount = abs(sum(row.lines, "debit")) })
  end,
}

control "SOD-15" {
  title      = { en = "One person held incompatible duties in one sale", zh = "一人兼办同一笔销售的不相容职务" },
  risk       = { en = "A sale can be invented, or its money diverted, without a second person.", zh = "同一人可虚构销售或截留货款而无人制约。" },
  tests      = {
    en = "In each sale, from order to money (the orders of one contract together), the duties of every person are compared with the pairs that may not be combined. Without a table of them: every two of entering orders, approving, issuing goods, invoicing, collecting, recording.",
    zh = "对每笔销售（同一合同的订单合并）从订单到收款，将每人经办的职责与不相容职务表比较；未提供该表时，订单录入、审批、出库、开票、收款、记账两两不相容。",
  },
  source     = { "000A" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "sales_order",
  scope      = "all",
  shape      = "separation",
  applies    = function(order) return is_entered(order) and not is_reversal(order) end,
  group      = function(order)
    local contract = contract_of(order)
    return contract and "contract " .. key_of(contract) or "order " .. key_of(order)
  end,
  amount_kind = "exposure",
  terms      = duty_terms(),
  message    = { en = "{person} did all of: {duties} ({fields})", zh = "{person} 一人兼办：{duties}（{fields}）" },
  follow_up  = {
    en = "Confirm the sale with the customer; where the staff is too small to separate, have somebody outside look at these sales.",
    zh = "与客户函证该笔销售；人员不足无法分离的，由其他部门定期复查。",
  },

  test = function(orders)
    local matrix = incompatible_pairs()
    local people, names = {}, {}
    for one in each(duties_in_sale(orders)) do
      local who = name_of(one.by)
      if not people[who] then
        people[who] = {}
        table.insert(names, who)
      end
      table.insert(people[who], one)
    end
    local contract = contract_of(orders[1])
    local found = {}
    for who in each(sort(names)) do
      local held = combined(people[who], matrix)
      if #held > 0 then
        local kinds, fields = {}, {}
        for one in each(sort(held, function(item) return time_of(item.at) end)) do
          if not contains(kinds, one.duty) then table.insert(kinds, one.duty) end
          if not contains(fields, one.name) then table.insert(fields, one.name) end
        end
        table.insert(found, exception {
          row = orders[1], label = who, amount = contract and contract.amount or sum(orders, "amount"), person = who,
          duties = table.concat(kinds, ", "), fields = table.concat(fields, ", "), evidence = evidence(map(held, "row")),
        })
      end
    end
    return found
  end,
}

control "SOD-16" {
  title      = { en = "Contract kept by sales instead of the archive", zh = "合同档案由业务人员保管" },
  risk       = { en = "Who made the contract can change or lose it.", zh = "经办人自行保管合同，可能篡改、丢失。" },
  tests      = {
    en = "The keeper of each archived contract held one of the roles that keep archives on the day of filing, and is not the contract's salesperson.",
    zh = "合同档案的保管人在存档日须任所列档案保管岗位，且不得为该合同的营销员。",
  },
  source     = { "004-3.5", "001-II.4" },
  severity   = "low",
  profile    = { "factory", "archive" },
  population = "archive_record",
  shape      = "separation",
  applies    = function(record)
    return record.doc_kind == "contract" or (read(record, "contract_id") ~= nil and read(record, "item_kind") == "contract_original")
  end,
  parameters = {
    roles = {
      { "sales_clerk", "contract_admin", "archivist" },
      origin = "policy", note = "the sales clerk of 004, the dedicated archivist of 001, the contract administrator of 003",
    },
  },
  amount_kind = "transaction",
  terms      = {
    salesperson = { en = "is the contract's salesperson", zh = "为该合同营销员" },
    role        = { en = "held no role that keeps archives", zh = "存档日不任档案保管岗位" },
  },
  message    = { en = "kept by {person} since {archived_on}: {fault}", zh = "{archived_on} 起由 {person} 保管，其{fault}" },
  follow_up  = { en = "Have the original handed over to the archive; check it against the customer's copy.", zh = "将合同原件移交档案人员，并与客户留存联核对。" },

  test = function(record, p)
    if not record.keeper_id then return untestable { en = "no keeper", zh = "无保管人" } end
    local is_filed = record.doc_kind == "contract"
    local contract = is_filed and find(record, "document") or read(record, "contract_id") and find(record, "contract") or nil
    local fault
    if contract and same_person(record.keeper_id, contract.salesperson_id) then
      fault = "salesperson"
    elseif not person(record.keeper_id) then
      return untestable { en = "the keeper is no known employee", zh = "保管人不在员工名册中" }
    elseif not held_exactly(record.keeper_id, p.roles, record.archived_on) then
      fault = "role"
    elseif not contract and (is_filed and record.doc_id or read(record, "contract_id")) then
      return untestable { en = "the contract is not there, nor who its salesperson is", zh = "无此合同，销售员亦不明" }
    end
    if not fault then return end
    return exception {
      amount      = contract and contract.amount or nil,
      person      = name_of(record.keeper_id),
      fault       = fault,
      archived_on = record.archived_on,
      evidence    = evidence(contract),
    }
  end,
}

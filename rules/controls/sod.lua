-- SPDX-License-Identifier: MIT
-- SOD: duties that one person may not combine.

-- What is common to these controls: who did what is compared by person, not by account.
local separated_zh = "（按自然人比较，系统用户不计）"

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
  if imported "approval" and not imported("sales_order", "approved_by") then return {} end
  return { duty("sales_order", order, "approved_by") }
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

-- Four people, and two accounts of the first, for the cases.
local function with_people(given)
  given.employee = given.employee or {
    { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" }, { employee_id = "E4" },
  }
  given.user_account = given.user_account or {
    { user_id = "U1", employee_id = "E1" }, { user_id = "U1B", employee_id = "E1" }, { user_id = "JOB", is_system = "true" },
  }
  given.customer = given.customer or { { customer_id = "C1", salesperson_id = "E1" } }
  return given
end

local function order_by(entered_by, approved, more)
  local row = { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = entered_by }
  for name, value in pairs(approved) do
    if type(name) == "string" then row[name] = value end
  end
  local given = { sales_order = { row }, approval = {} }
  for number, one in ipairs(approved) do
    local decision = {
      approval_id = "A" .. number, doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = tostring(number),
      decision = "approve", decided_at = "2026-10-06T10:00:00", doc_amount = "80", round_no = "1",
    }
    for name, value in pairs(one) do decision[name] = value end
    table.insert(given.approval, decision)
  end
  for name, list in pairs(more or {}) do given[name] = list end
  return with_people(given)
end

control "SOD-01" {
  title      = { en = "Order entered and approved by the same person", zh = "录入与审批同一人" },
  risk       = { en = "Nobody but the clerk who wrote the order looked at it.", zh = "订单无人复核，差错和舞弊无法发现。" },
  tests      = {
    en = "Who entered each order is compared with everyone who approved it; the header counts where no decision is recorded.",
    zh = "将订单录入人与各级审批人比较" .. separated_zh .. "；无审批记录的以订单表头审批人为准。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  scope      = "all",
  shape      = "separation",
  applies    = is_live,
  evidence_columns = { "sales_order.entered_by" },
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

  cases = {
    { "entered from one account, approved from another of the same person",
      given = order_by("U1", { { approver_id = "U1B" } }),
      expect = { { key = "SO1", amount = "80", person = "E1", duties = "sales_order.entered_by, approval.approver_id" } } },
    { "entered by one, approved by another", given = order_by("U1", { { approver_id = "E2" } }), expect = {} },
    { "the second of two approvers", given = order_by("E1", { { approver_id = "E2" }, { approver_id = "E1" } }),
      expect = { { key = "SO1", amount = "80", person = "E1" } } },
    { "two steps by one other person are another control's", given = order_by("E1", { { approver_id = "E2" }, { approver_id = "E2" } }), expect = {} },
    { "rejecting one's own order is no approval", given = order_by("E1", { { approver_id = "E1", decision = "reject" }, { approver_id = "E2" } }), expect = {} },
    { "a special price is no approval of the order", expect = {},
      given = order_by("E1", { { approver_id = "E1", approval_kind = "special_price" }, { approver_id = "E2" } }) },
    { "only the header says who", given = order_by("E1", { approved_by = "E1", approved_at = "2026-10-06T10:00:00" }), absent = { "approval" },
      expect = { { key = "SO1", amount = "80", duties = "sales_order.entered_by, sales_order.approved_by" } } },
    { "decisions go before the header", given = order_by("E1", { approved_by = "E1", { approver_id = "E2" } }), expect = {} },
    { "both by the system", given = order_by("JOB", { { approver_id = "JOB" } }), expect = {} },
    { "a rejected order, a draft, a cancelled one", given = order_by("E1", { status = "cancelled", { approver_id = "E1" } }), expect = {} },
    { "approved in another month", period = "2026-11", given = order_by("E1", { { approver_id = "E1" } }), expect = {} },
    { "approved in the month after it was entered", period = "2026-11",
      given = order_by("E1", { { approver_id = "E1", decided_at = "2026-11-02T10:00:00" } }), expect = { { key = "SO1", duties = "sales_order.entered_by, approval.approver_id", amount = "80" } } },
    { "decisions are recorded, the header's columns are not, and this one is not approved yet", absent = { "sales_order.approved_by", "sales_order.approved_at" },
      given = order_by("E1", { status = "submitted" }), expect = {} },
    { "neither decisions nor the header's approver are recorded", absent = { "approval", "sales_order.approved_by" }, given = order_by("E1", {}),
      expect = { { key = "SO1", untestable = "approved_by" } } },
    { "nobody knows who entered orders", given = order_by("E1", { { approver_id = "E1" } }), absent = { "sales_order.entered_by" },
      expect = { { key = "SO1", untestable = "entered_by" } } },
  },
}

-- Whether one's own request for an order's approval is what SOD-01 tells.
local function is_own_order(approval)
  local order = approval.doc_kind == "sales_order" and contains(order_kinds, approval.approval_kind) and approval.document
  return order and same_person(order.entered_by, approval.approver_id)
end

-- An approval of another step that the same person gave before, in the same round, and that stood; or nil.
local function other_step(approval)
  local document = approval.document
  if not document then return nil end
  local standing = standing_approvals(document, { approval.approval_kind }, approval.decided_at)
  return first(standing, function(other)
    local is_theirs = other ~= approval and same_person(other.approver_id, approval.approver_id)
    if not is_theirs or read(other, "round_no") ~= read(approval, "round_no") then return false end
    local is_another = other.step_no ~= approval.step_no or read(other, "role") ~= read(approval, "role")
    local is_later = other.decided_at > approval.decided_at
      or not (other.decided_at < approval.decided_at) and key_of(other) > key_of(approval)
    return is_another and not is_later
  end)
end

-- The decisions on a contract of 900, step by step, for the cases.
local function decided_by(list, more)
  local given = { contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-07", status = "signed", amount = "900" } }, approval = {} }
  for number, one in ipairs(list) do
    local row = {
      approval_id = "A" .. number, doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", step_no = tostring(number),
      decision = "approve", requested_by = "E4", requested_at = "2026-10-05T09:00:00", decided_at = "2026-10-06T10:00:00", doc_amount = "900", round_no = "1",
    }
    for name, value in pairs(one) do row[name] = value end
    table.insert(given.approval, row)
  end
  for name, rows_given in pairs(more or {}) do given[name] = rows_given end
  return with_people(given)
end

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

  cases = {
    { "granted to oneself from another account",
      given = decided_by { { approver_id = "U1", requested_by = "U1B" } },
      expect = { { key = "A1", label = "requested", amount = "900", person = "E1", other = "2026-10-05T09:00:00" } } },
    { "asked for by another", given = decided_by { { approver_id = "E1", requested_by = "E2" } }, expect = {} },
    { "one's own order is another control's", expect = {}, given = order_by("E1", { { approver_id = "E1", requested_by = "E1" } }) },
    { "an order that another entered",
      given = order_by("E2", { { approver_id = "E1", requested_by = "E1" } }),
      expect = { { key = "A1", label = "requested", person = "E1", amount = "80" } } },
    { "a special price of one's own order",
      given = order_by("E1", { { approver_id = "E1", requested_by = "E1", approval_kind = "special_price" } }),
      expect = { { key = "A1", label = "requested", person = "E1", amount = "80" } } },
    { "one person in two steps: told at the later one",
      given = decided_by { { approver_id = "E1" }, { approver_id = "E1", decided_at = "2026-10-06T11:00:00" } },
      expect = { { key = "A2", label = "two steps", amount = "900", other = "1" } } },
    { "two steps in one second: told once",
      given = decided_by { { approver_id = "E1" }, { approver_id = "E1" } }, expect = { { key = "A2", label = "two steps", amount = "900", person = "E1" } } },
    { "two roles of one step",
      given = decided_by { { approver_id = "E1", role = "sales_manager" }, { approver_id = "E1", role = "marketing_vp", step_no = "1" } },
      expect = { { key = "A2", label = "two steps", amount = "900", person = "E1" } } },
    { "one decision recorded twice", expect = {},
      given = decided_by { { approver_id = "E1", role = "sales_manager" }, { approver_id = "E1", role = "sales_manager", step_no = "1" } } },
    { "two people in two steps", given = decided_by { { approver_id = "E1" }, { approver_id = "E2" } }, expect = {} },
    { "in two rounds", given = decided_by { { approver_id = "E1" }, { approver_id = "E1", round_no = "2" } }, expect = {} },
    { "rejected in between, and no rounds are counted", expect = {},
      given = decided_by {
        { approver_id = "E1", round_no = "" }, { approver_id = "E2", round_no = "", decision = "reject", decided_at = "2026-10-06T11:00:00" },
        { approver_id = "E1", round_no = "", step_no = "2", decided_at = "2026-10-06T12:00:00" },
      } },
    { "rounds, roles and requests are not recorded", absent = { "approval.round_no", "approval.role", "approval.requested_at", "approval.requested_by" },
      given = decided_by { { approver_id = "E1" }, { approver_id = "E1" } }, expect = { { key = "A2", label = "two steps", amount = "900", other = "1" } } },
    { "of another kind of approval", given = decided_by { { approver_id = "E1" }, { approver_id = "E1", approval_kind = "special_price" } }, expect = {} },
    { "rejected one's own request", given = decided_by { { approver_id = "E1", requested_by = "E1", decision = "reject" } }, expect = {} },
    { "the system, or nobody", given = decided_by { { approver_id = "JOB", requested_by = "JOB" }, { requested_by = "E1" } }, expect = {} },
    { "no document of that number", given = decided_by({ { approver_id = "E1", requested_by = "E1" } }, { contract = {} }),
      expect = { { key = "A1", label = "requested", amount = "900", person = "E1" } } },
    { "nobody recorded who approved", given = decided_by { { approver_id = "E1" } }, absent = { "approval.approver_id" },
      expect = { { key = "A1", untestable = "approver_id" } } },
  },
}

control "SOD-03" {
  title      = { en = "Quotation prepared and reviewed by the same person", zh = "报价编制与审核同一人" },
  risk       = { en = "A price leaves the house that one person alone made up.", zh = "报价未经他人审核即对外发出。" },
  tests      = {
    en = "Who prepared each quotation or bid is compared with who reviewed it.",
    zh = "将报价单或投标书的编制人与审核人比较" .. separated_zh .. "。",
  },
  source     = { "004-2.5" },
  severity   = "medium",
  profile    = { "factory", "general" },
  population = "quotation",
  shape      = "separation",
  evidence_columns = { "quotation.reviewed_by" },
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have the sales manager review the quotation; ask why nobody else did.", zh = "由销售部经理审核该报价，询问未由他人审核的原因。" },

  test = function(quotation)
    return separation_exception(
      { duty("quotation", quotation, "prepared_by"), duty("quotation", quotation, "reviewed_by") },
      { amount = quotation.amount })
  end,

  cases = {
    { "by one person", given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "U1B", amount = "80" } } },
      expect = { { key = "Q1", amount = "80", person = "E1", duties = "quotation.prepared_by, quotation.reviewed_by" } } },
    { "by two", given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E2" } } }, expect = {} },
    { "not reviewed yet", given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1" } } }, expect = {} },
    { "reviews are not recorded", absent = { "quotation.reviewed_by" },
      given = with_people { quotation = { { quotation_id = "Q1", quoted_on = "2026-10-05", prepared_by = "E1" } } },
      expect = { { key = "Q1", untestable = "reviewed_by" } } },
  },
}

local function request_by(fields)
  local row = { request_id = "R1", customer_id = "C1", kind = "goods", requested_at = "2026-10-05T09:00:00" }
  for name, value in pairs(fields) do row[name] = value end
  return with_people {
    delivery_request = { row },
    delivery_request_line = {
      { request_id = "R1", line_no = "1", quantity = "3", unit_price = "10" }, { request_id = "R1", line_no = "2", quantity = "2", unit_price = "5" },
    },
  }
end

control "SOD-04" {
  title      = { en = "Goods request: filled in, reviewed by the branch and by sales, not by three people", zh = "需货申请三级不分离" },
  risk       = { en = "Goods leave on the word of one person.", zh = "需货申请未经逐级审核，一人即可发出货物。" },
  tests      = {
    en = "Who filled in each goods request, who reviewed it in the branch and who in the sales department are compared; red requests likewise.",
    zh = "将需货申请单的填写人、分部审核人与销售部审核人两两比较" .. separated_zh .. "；红字申请单同样适用。",
  },
  source     = { "004-4.2" },
  severity   = "medium",
  profile    = { "factory" },
  population = "delivery_request",
  shape      = "separation",
  evidence_columns = { "delivery_request.branch_reviewed_by", "delivery_request.sales_reviewed_by" },
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Have the request reviewed by somebody else; name a deputy for the days on which the reviewer fills in requests.",
    zh = "由他人补审；审核人兼填申请的，应指定代审人员。",
  },

  test = function(request)
    local worth = priced_worth(rows_of(request, "delivery_request_line", "lines"))
    return separation_exception({
      duty("delivery_request", request, "requested_by"),
      duty("delivery_request", request, "branch_reviewed_by"),
      duty("delivery_request", request, "sales_reviewed_by"),
    }, { amount = worth and abs(worth) })
  end,

  cases = {
    { "three people", given = request_by { requested_by = "E1", branch_reviewed_by = "E2", sales_reviewed_by = "E3" }, expect = {} },
    { "filled in and reviewed by the branch manager",
      given = request_by { requested_by = "E1", branch_reviewed_by = "U1", sales_reviewed_by = "E3" },
      expect = { { key = "R1", amount = "40", person = "E1", duties = "delivery_request.requested_by, delivery_request.branch_reviewed_by" } } },
    { "both reviews by one",
      given = request_by { requested_by = "E1", branch_reviewed_by = "E2", sales_reviewed_by = "E2" },
      expect = { { key = "R1", amount = "40", person = "E2", duties = "delivery_request.branch_reviewed_by, delivery_request.sales_reviewed_by" } } },
    { "the filler is the sales reviewer of a red request; a price is missing",
      given = (function()
        local given = request_by { kind = "return", requested_by = "E1", branch_reviewed_by = "E2", sales_reviewed_by = "E1" }
        given.delivery_request_line[2].unit_price = nil
        return given
      end)(),
      expect = { { key = "R1", amount = "none", person = "E1", duties = "delivery_request.requested_by, delivery_request.sales_reviewed_by" } } },
    { "of a return, without its sign",
      given = (function()
        local given = request_by { kind = "return", requested_by = "E1", branch_reviewed_by = "E1", sales_reviewed_by = "E2" }
        given.delivery_request_line = { { request_id = "R1", line_no = "1", quantity = "-3", unit_price = "10" } }
        return given
      end)(),
      expect = { { key = "R1", duties = "delivery_request.requested_by, delivery_request.branch_reviewed_by", amount = "30" } } },
    { "not reviewed yet", given = request_by { requested_by = "E1" }, expect = {} },
    { "the sales review is not recorded", absent = { "delivery_request.sales_reviewed_by" },
      given = request_by { requested_by = "E1", branch_reviewed_by = "E1" }, expect = { { key = "R1", untestable = "sales_reviewed_by" } } },
  },
}

local function slip(fields, more)
  local row = { issue_id = "S1", delivery_id = "D1", sign = "blue", prepared_at = "2026-10-05T09:00:00", issued_at = "2026-10-05T15:00:00" }
  for name, value in pairs(fields) do row[name] = value end
  local given = {
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-05" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "10", gross_amount = "90.40" } },
    stock_issue = { row },
    stock_issue_line = { { issue_id = "S1", line_no = "1", delivery_line_no = "1", quantity = "5" } },
  }
  for name, list in pairs(more or {}) do given[name] = list end
  return with_people(given)
end

-- The return that a red slip belongs to, or nil.
local function return_of(issue)
  local delivery = read(issue, "delivery_id") and issue.delivery
  return delivery and read(delivery, "return_id") and delivery.return_request or nil
end

control "SOD-05" {
  title      = { en = "Issue slip written and goods issued by the same person", zh = "开单与出库同一人" },
  risk       = { en = "Who writes the slip can help themselves to the goods.", zh = "开单人兼管出库，易发生盗用、错发。" },
  tests      = {
    en = "Who wrote each issue slip is compared, as a person and whatever the role, with who issued the goods. Slips of a return are for SOD-09.",
    zh = "将销售出库单的开单人与出库经办人比较" .. separated_zh .. "，不论岗位。退货的红字出库单由 SOD-09 检查。",
  },
  source     = { "004-4.3", "004-4.4" },
  severity   = "high",
  profile    = { "factory", "ship-first", "general" },
  population = "stock_issue",
  shape      = "separation",
  applies    = function(issue) return not is_void(issue) and return_of(issue) == nil end,
  evidence_columns = { "stock_issue.prepared_by", "stock_issue.issued_by" },
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Check the goods of the slip against the customer's confirmation; separate the two rights.",
    zh = "将该单货物与客户确认单核对，并分离开单与出库权限。",
  },

  test = function(issue)
    local worth = issue_worth(issue)
    return separation_exception(
      { duty("stock_issue", issue, "prepared_by"), duty("stock_issue", issue, "issued_by") }, { amount = worth and abs(worth) })
  end,

  cases = {
    { "by one person; half of the delivery's line", given = slip { prepared_by = "U1", issued_by = "E1" },
      expect = { { key = "S1", amount = "45.2", person = "E1", duties = "stock_issue.prepared_by, stock_issue.issued_by" } } },
    { "by two", given = slip { prepared_by = "E1", issued_by = "E2" }, expect = {} },
    { "void", given = slip { prepared_by = "E1", issued_by = "E1", status = "void" }, expect = {} },
    { "of a return: another control's", expect = {},
      given = slip({ sign = "red", prepared_by = "E1", issued_by = "E1" }, {
        return_request = { { return_id = "T1", customer_id = "C1" } },
        delivery = { { delivery_id = "D1", kind = "return", customer_id = "C1", return_id = "T1", delivery_date = "2026-10-05" } },
      }) },
    { "deliveries name no return requests", absent = { "delivery.return_id" }, given = slip { prepared_by = "E1", issued_by = "E1" },
      expect = { { key = "S1", amount = "45.2", person = "E1" } } },
    { "red without a return request",
      given = slip({ sign = "red", prepared_by = "E1", issued_by = "E1" }, { stock_issue_line = { { issue_id = "S1", line_no = "1", delivery_line_no = "1", quantity = "-5" } } }),
      expect = { { key = "S1", duties = "stock_issue.prepared_by, stock_issue.issued_by", amount = "45.2" } } },
    { "a line that is not of the delivery has no known worth",
      given = slip({ prepared_by = "E1", issued_by = "E1" }, { stock_issue_line = { { issue_id = "S1", line_no = "1", quantity = "5" } } }),
      expect = { { key = "S1", amount = "none", person = "E1" } } },
    { "not issued yet", given = slip { prepared_by = "E1" }, expect = {} },
    { "who issued is not recorded", given = slip { prepared_by = "E1" }, absent = { "stock_issue.issued_by" },
      expect = { { key = "S1", untestable = "issued_by" } } },
  },
}

local function invoiced(request, invoices)
  request.request_id, request.customer_id = "R1", "C1"
  request.requested_at, request.reviewed_at = "2026-10-05T09:00:00", "2026-10-05T11:00:00"
  for number, invoice in ipairs(invoices) do
    invoice.invoice_id, invoice.request_id, invoice.customer_id = "I" .. number, "R1", "C1"
    invoice.issued_on = invoice.issued_on or "2026-10-06"
    invoice.gross_amount = invoice.gross_amount or "100"
  end
  return with_people { invoice_request = { request }, invoice = invoices }
end

-- Whether an invoice is the first one of its request, so that what is wrong with the request is told once.
local function is_first_invoice(invoice)
  local live = filter(invoice.request.invoices, function(other) return not is_void(other) end)
  return first(sort(live, "issued_on")) == invoice
end

control "SOD-06" {
  title      = { en = "Invoice requested, reviewed and issued without separation", zh = "开票申请、审核、开票不分离" },
  risk       = { en = "One person can have an invoice for a sale that never was.", zh = "一人即可虚开发票。" },
  tests      = {
    en = "Who asked for each invoice, who reviewed the request, who issued the invoice and who checked it are compared. Issuer and checker of the invoice are for SOD-13.",
    zh = "将开票申请人、申请审核人、开票人、发票复核人两两比较" .. separated_zh .. "。开票人与复核人相同的由 SOD-13 检查。",
  },
  source     = { "004-6.1", "004-6.2" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "invoice",
  shape      = "separation",
  applies    = function(invoice) return not is_void(invoice) and invoice.request ~= nil end, -- without a request: INV-01
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Compare the invoice with the delivery and the contract; have the request reviewed by somebody else.",
    zh = "将发票与发货、合同核对，并由他人补审开票申请。",
  },

  test = function(invoice)
    local request = invoice.request
    local asked, reviewed = duty("invoice_request", request, "requested_by"), duty("invoice_request", request, "reviewed_by")
    local issued, checked = duty("invoice", invoice, "issued_by"), duty("invoice", invoice, "reviewed_by")
    local shared = filter(same_hands { asked, reviewed, issued, checked }, function(pair)
      if pair[1] == issued then return false end -- issuer and checker: SOD-13's
      return pair[2] ~= reviewed or is_first_invoice(invoice)
    end)
    local one = #shared > 0 and shared[1][1]
    if not one then return end
    local others = filter({ asked, reviewed, issued, checked }, function(other) return other ~= one end)
    return separation_exception(duties_shared_with(one, others), { amount = abs(invoice.gross_amount or 0) })
  end,

  cases = {
    { "four people", given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3", reviewed_by = "E4" } }), expect = {} },
    { "asked for and issued by one",
      given = invoiced({ requested_by = "U1", reviewed_by = "E2" }, { { issued_by = "U1B", reviewed_by = "E4" } }),
      expect = { { key = "I1", amount = "100", person = "E1", duties = "invoice_request.requested_by, invoice.issued_by" } } },
    { "reviewed and issued by one",
      given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E2", reviewed_by = "E4" } }),
      expect = { { key = "I1", amount = "100", person = "E2", duties = "invoice_request.reviewed_by, invoice.issued_by" } } },
    { "reviewed and checked by one, and red",
      given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3", reviewed_by = "E2", sign = "red", gross_amount = "-100" } }),
      expect = { { key = "I1", amount = "100", person = "E2", duties = "invoice_request.reviewed_by, invoice.reviewed_by" } } },
    { "issuer and checker are another control's",
      given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3", reviewed_by = "E3" } }), expect = {} },
    { "asked for and reviewed by one, told at the first invoice of two",
      given = invoiced({ requested_by = "E1", reviewed_by = "E1" }, { { issued_by = "E3", issued_on = "2026-10-07" }, { issued_by = "E3", gross_amount = "30" } }),
      expect = { { key = "I2", amount = "30", duties = "invoice_request.requested_by, invoice_request.reviewed_by" } } },
    { "at the second invoice only what is new",
      given = invoiced({ requested_by = "E1", reviewed_by = "E1" }, { { issued_by = "E3", issued_on = "2026-10-05" }, { issued_by = "E1" } }),
      expect = {
        { key = "I1", amount = "100", duties = "invoice_request.requested_by, invoice_request.reviewed_by" },
        { key = "I2", amount = "100", duties = "invoice_request.requested_by, invoice_request.reviewed_by, invoice.issued_by" },
      } },
    { "a void invoice is not the first",
      given = invoiced({ requested_by = "E1", reviewed_by = "E1" }, { { issued_by = "E3", status = "void", issued_on = "2026-10-05" }, { issued_by = "E3" } }),
      expect = { { key = "I2", amount = "100", duties = "invoice_request.requested_by, invoice_request.reviewed_by" } } },
    { "no request", given = with_people { invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-06", issued_by = "E1", reviewed_by = "E1" } } }, expect = {} },
    { "who issued is not recorded", absent = { "invoice.issued_by" },
      given = invoiced({ requested_by = "E1", reviewed_by = "E2" }, { { issued_by = "E3" } }), expect = { { key = "I1", untestable = "issued_by" } } },
  },
}

-- Money of 2026-10-06 and what it was applied to, for the cases.
local function money(fields, applications, more)
  local row = { receipt_id = "RC1", customer_id = "C1", kind = "payment", method = "bank", amount = "100", received_on = "2026-10-06" }
  for name, value in pairs(fields) do row[name] = value end
  local given = {
    receipt = { row },
    receipt_application = {},
    role_assignment = {
      { employee_id = "E1", role = "salesperson", valid_from = "2026-01-01", valid_to = "2026-10-06" },
      { employee_id = "E2", role = "cashier", valid_from = "2026-01-01" }, { employee_id = "E3", role = "accountant", valid_from = "2026-01-01" },
      { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" },
    },
    role_rank = { { role = "salesperson", rank = "10" }, { role = "cashier", rank = "10" }, { role = "accountant", rank = "20" }, { role = "sales_manager", rank = "40" } },
  }
  for number, by in ipairs(applications or {}) do
    table.insert(given.receipt_application, { application_id = "X" .. number, receipt_id = "RC1", amount = "50", applied_on = "2026-10-06", applied_by = by })
  end
  for name, list in pairs(more or {}) do given[name] = list end
  given.customer = { { customer_id = "C1", salesperson_id = "E9" } }
  given.employee = { { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E9" } }
  return with_people(given)
end

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
  applies    = function(receipt) return not is_void(receipt) and receipt.kind ~= "refund" and not is_reversal(receipt) end,
  parameters = {
    sales_roles = {
      { "salesperson", "sales_clerk", "sales_supervisor", "branch_manager", "sales_manager", "regional_manager" },
      origin = "default", note = "the policy names the sales adviser, who takes the customer to finance",
    },
  },
  evidence_columns = { "receipt.collected_by", "receipt.recorded_by" },
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

  cases = {
    { "collected by the cashier, recorded and applied by the accountant", given = money({ collected_by = "E2", recorded_by = "E3" }, { "E3" }), expect = {} },
    { "one accountant collects and records, as the policy has it", given = money { collected_by = "E3", recorded_by = "E3" }, expect = {} },
    { "collected by a salesperson on the last day in that role",
      given = money { collected_by = "U1", recorded_by = "E3" },
      expect = { { key = "RC1", label = "sales", amount = "100", person = "E1", duties = "receipt.collected_by" } } },
    { "the day after", given = money { collected_by = "E1", recorded_by = "E3", received_on = "2026-10-07" }, expect = {} },
    { "collected and recorded by sales",
      given = money { collected_by = "E1", recorded_by = "E4" },
      expect = { { key = "RC1", label = "sales", amount = "100", person = "E1, E4", duties = "receipt.collected_by, receipt.recorded_by" } } },
    { "recorded by the customer's salesperson, whose role is not recorded",
      given = money { collected_by = "E2", recorded_by = "E9" },
      expect = { { key = "RC1", label = "sales", amount = "100", person = "E9" } } },
    { "who ranks above sales is not of sales", parameters = { sales_roles = { "salesperson" } }, given = money { collected_by = "E2", recorded_by = "E3" }, expect = {} },
    { "the cashier applied part of it, twice",
      given = money({ collected_by = "E2", recorded_by = "E3" }, { "E2", "E3", "E2" }),
      expect = { { key = "RC1", label = "application", amount = "100", person = "E2", duties = "receipt.collected_by, receipt_application.applied_by" } } },
    { "both", given = money({ collected_by = "E1", recorded_by = "E3" }, { "E1" }),
      expect = { { key = "RC1", label = "sales", amount = "100", person = "E1" }, { key = "RC1", label = "application", amount = "100", person = "E1" } } },
    { "a refund", given = money { kind = "refund", collected_by = "E1", recorded_by = "E3" }, expect = {} },
    { "void", given = money { status = "void", collected_by = "E1", recorded_by = "E3" }, expect = {} },
    { "a reversal", given = money { reversal_of = "RC0", collected_by = "E1", recorded_by = "E3" }, expect = {} },
    { "recorded by the system, collected by nobody known", given = money { recorded_by = "JOB" }, expect = {} },
    { "who collected is not recorded", given = money { recorded_by = "E3" }, absent = { "receipt.collected_by" },
      expect = { { key = "RC1", untestable = "collected_by" } } },
  },
}

control "SOD-08" {
  title      = { en = "Collection request: who asked also confirmed, or one person confirmed for sales and finance", zh = "收款申请与确认不分离" },
  risk       = { en = "The customer is asked for money on the word of one person.", zh = "收款申请未经销售、财务分别确认，一人即可对外催收。" },
  tests      = {
    en = "Who filled in each collection request, who confirmed it for sales and who for finance are compared.",
    zh = "将收款申请单的填写人、销售部确认人与财务部确认人两两比较" .. separated_zh .. "。",
  },
  source     = { "004-5.3" },
  severity   = "medium",
  profile    = { "factory" },
  population = "collection_request",
  shape      = "separation",
  evidence_columns = { "collection_request.sales_confirmed_by", "collection_request.finance_confirmed_by" },
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have the missing side confirm the amount with its own books.", zh = "由缺位一方对照本部门账目重新确认金额。" },

  test = function(request)
    return separation_exception({
      duty("collection_request", request, "requested_by"),
      duty("collection_request", request, "sales_confirmed_by"),
      duty("collection_request", request, "finance_confirmed_by"),
    }, { amount = request.amount })
  end,

  cases = {
    { "three people", expect = {}, given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1", sales_confirmed_by = "E2", finance_confirmed_by = "E3" } } } },
    { "one confirmed for both",
      given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E2", sales_confirmed_by = "U1", finance_confirmed_by = "U1B", amount = "70" } } },
      expect = { { key = "R1", amount = "70", person = "E1", duties = "collection_request.sales_confirmed_by, collection_request.finance_confirmed_by" } } },
    { "who asked confirmed for finance",
      given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1", sales_confirmed_by = "E2", finance_confirmed_by = "E1", amount = "70" } } },
      expect = { { key = "R1", amount = "70", person = "E1", duties = "collection_request.requested_by, collection_request.finance_confirmed_by" } } },
    { "not confirmed yet", expect = {}, given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1" } } } },
    { "finance's confirmation is not recorded", absent = { "collection_request.finance_confirmed_by" },
      given = with_people { collection_request = { { request_id = "R1", requested_at = "2026-10-05T09:00:00", requested_by = "E1" } } },
      expect = { { key = "R1", untestable = "finance_confirmed_by" } } },
  },
}

local function returned(fields, issues)
  local row = { return_id = "T1", customer_id = "C1", requested_on = "2026-10-05" }
  for name, value in pairs(fields) do row[name] = value end
  local given = {
    return_request = { row },
    return_line = { { return_id = "T1", line_no = "1", quantity = "2", unit_price = "10" } },
    delivery = { { delivery_id = "D1", kind = "return", customer_id = "C1", return_id = "T1", delivery_date = "2026-10-08" } },
    stock_issue = issues or {},
  }
  for number, issue in ipairs(given.stock_issue) do
    issue.issue_id, issue.delivery_id, issue.sign = "S" .. number, "D1", issue.sign or "red"
  end
  return with_people(given)
end

control "SOD-09" {
  title      = { en = "Return: confirmed, checked, authenticated, reviewed and handled by fewer people than steps", zh = "退货各环节不分离" },
  risk       = { en = "Goods that never came back, or are not ours, are credited.", zh = "可能虚假退货或接收假冒产品，造成冲减收入、退款损失。" },
  tests      = {
    en = "Of each return the branch manager's confirmation, the check, the authentication, the sales manager's review, the writing of the red issue slip and the taking back of the goods are compared, person by person.",
    zh = "将退货的分部确认人、核对人、鉴定人、销售部审核人、红字出库单开单人及库管经办人两两比较" .. separated_zh .. "。",
  },
  source     = { "004-8.3", "004-8.4" },
  severity   = "medium",
  profile    = { "factory" },
  population = "return_request",
  shape      = "separation",
  applies    = function(request) return not is_void(request) end,
  evidence_columns = { "return_request.checked_by", "return_request.reviewed_by" },
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = {
    en = "Count the goods that came back and look at them; have the step repeated by somebody else.",
    zh = "清点并查验退回货物，由他人重新办理重复环节。",
  },

  test = function(request)
    local duties = {
      duty("return_request", request, "branch_confirmed_by"),
      duty("return_request", request, "checked_by"),
      duty("return_request", request, "authenticity_by"),
      duty("return_request", request, "reviewed_by"),
    }
    for delivery in each(rows_of(request, "delivery", "deliveries")) do
      for issue in each(rows_of(delivery, "stock_issue", "issues")) do
        if read(issue, "sign") == "red" and not is_void(issue) then
          table.insert(duties, duty("stock_issue", issue, "prepared_by"))
          table.insert(duties, duty("stock_issue", issue, "issued_by"))
        end
      end
    end
    local worth = priced_worth(rows_of(request, "return_line", "lines"))
    return separation_exception(distinct_duties(duties), { amount = worth and abs(worth) })
  end,

  cases = {
    { "each by another", expect = {},
      given = returned({ branch_confirmed_by = "E1", checked_by = "E2", authenticity_by = "E3", reviewed_by = "E4" }, { { prepared_by = "E5", issued_by = "E6" } }) },
    { "checked and authenticated by the salesperson",
      given = returned { branch_confirmed_by = "E2", checked_by = "U1", authenticity_by = "U1B", reviewed_by = "E4" },
      expect = { { key = "T1", amount = "20", person = "E1", duties = "return_request.checked_by, return_request.authenticity_by" } } },
    { "the storekeeper wrote the red slip",
      given = returned({ checked_by = "E1" }, { { prepared_by = "E2", issued_by = "E2" } }),
      expect = { { key = "T1", amount = "20", person = "E2", duties = "stock_issue.prepared_by, stock_issue.issued_by" } } },
    { "confirmed and reviewed by one, who also took the goods back",
      given = returned({ branch_confirmed_by = "E1", reviewed_by = "E1" }, { { prepared_by = "E2", issued_by = "E1" } }),
      expect = { { key = "T1", amount = "20", duties = "return_request.branch_confirmed_by, return_request.reviewed_by, stock_issue.issued_by" } } },
    { "one clerk wrote both slips: one duty", expect = {},
      given = returned({ checked_by = "E1" }, { { prepared_by = "E2", issued_by = "E3" }, { prepared_by = "E2", issued_by = "E3" } }) },
    { "the goods sent in exchange, and a void slip, are no step of the return", expect = {},
      given = returned({ checked_by = "E1" }, { { prepared_by = "E2", issued_by = "E2", sign = "blue" }, { prepared_by = "E2", issued_by = "E2", status = "void" } }) },
    { "void", given = returned { status = "void", checked_by = "E1", reviewed_by = "E1" }, expect = {} },
    { "not yet checked", given = returned {}, expect = {} },
    { "checks are not recorded", given = returned {}, absent = { "return_request.checked_by" }, expect = { { key = "T1", untestable = "checked_by" } } },
  },
}

local function contract_by(fields, approvals, more)
  local given = decided_by(approvals, { employee = {
    { employee_id = "E1" }, { employee_id = "E2" }, { employee_id = "E3" }, { employee_id = "E4" }, { employee_id = "E5" },
  } })
  for name, value in pairs(fields) do given.contract[1][name] = value end
  given.role_assignment = { { employee_id = "E5", role = "general_manager", valid_to = "2026-10-07" }, { employee_id = "E2", role = "sales_manager" } }
  for name, list in pairs(more or {}) do given[name] = list end
  return given
end

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
    local approvals = imported "approval" and standing_approvals(contract, { "contract_approval" }) or {}
    local only = first(approvals)
    local is_only = only and all(approvals, function(other) return same_person(other.approver_id, only.approver_id) end)
    local asked_oneself = is_only and all(approvals, function(other) -- SOD-02's
      return same_person(read(other, "requested_by"), only.approver_id)
    end)
    if is_only and not asked_oneself and not is_exempt(only.approver_id) then
      local negotiators = { read(contract, "salesperson_id") or nil }
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

  cases = {
    { "the salesperson alone approved it",
      given = contract_by({ salesperson_id = "U1" }, { { approver_id = "E1" } }),
      expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E1" } } },
    { "and somebody else too", given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E1" }, { approver_id = "E2" } }), expect = {} },
    { "the salesperson asked for it and approved it: another control's",
      given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E1", requested_by = "E1" } }), expect = {} },
    { "a negotiator alone approved it, in two steps",
      given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E3" }, { approver_id = "E3" } }, {
        negotiation = { { negotiation_id = "N1", contract_id = "CT1", customer_id = "C1" } }, negotiation_participant = { { negotiation_id = "N1", employee_id = "E1" }, { negotiation_id = "N1", employee_id = "E3" } },
      }),
      expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E3" } } },
    { "the general manager negotiated and approved", expect = {},
      given = contract_by({ salesperson_id = "E5" }, { { approver_id = "E5" } }) },
    { "the general manager, where no exception is made for him", parameters = { general_manager_exempt = false },
      given = contract_by({ salesperson_id = "E5" }, { { approver_id = "E5" } }), expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E5" } } },
    { "who was general manager until the day before",
      given = contract_by({ salesperson_id = "E5", signed_on = "2026-10-08" }, { { approver_id = "E5" } }), expect = { { key = "CT1", label = "negotiated and approved", amount = "900", person = "E5" } } },
    { "signed and confirmed by the sales manager",
      given = contract_by({ signed_by = "E2", confirmed_by = "E2" }, { { approver_id = "E5" } }),
      expect = { { key = "CT1", label = "signed and confirmed", amount = "900", person = "E2" } } },
    { "signed and confirmed by two", given = contract_by({ signed_by = "E1", confirmed_by = "E2" }, {}), expect = {} },
    { "signed and confirmed by the general manager", given = contract_by({ signed_by = "E5", confirmed_by = "E5" }, {}), expect = {} },
    { "the approval was withdrawn", expect = {},
      given = contract_by({ salesperson_id = "E1" }, { { approver_id = "E1" }, { approver_id = "E2", decision = "withdraw", decided_at = "2026-10-06T11:00:00" } }) },
    { "void", given = contract_by({ status = "void", signed_by = "E2", confirmed_by = "E2" }, {}), expect = {} },
    { "approvals were not imported, the signature was", absent = { "approval" },
      given = contract_by({ salesperson_id = "E1", signed_by = "E2", confirmed_by = "E2" }, { { approver_id = "E1" } }),
      expect = { { key = "CT1", label = "signed and confirmed", amount = "900", person = "E2" } } },
    { "when contracts were signed is not recorded", absent = { "contract.signed_on" }, given = contract_by({}, {}),
      expect = { { key = "CT1", untestable = "signed_on" } } },
  },
}

-- The duties of those who keep the prices of an order's lines: proposing the list, changing it or its lines before the
-- order. `keepers` of prices that the order did not use do not count.
local function price_keepers(order)
  local found = {}
  local function add_changes(row)
    for change in each(rows_of(row, "master_change", "master_changes")) do
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

local function priced_order(list_by, order, changes, more)
  local given = {
    product = { { product_id = "P1", uom = "pc" } },
    price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", approved_at = "2026-09-20T10:00:00", proposed_by = list_by } },
    price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00", status = "approved", amount = "80" } },
    sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "12" }, { order_id = "SO1", line_no = "2", product_id = "P1", quantity = "2", unit_price = "12" },
    },
    master_change = changes or {},
  }
  for name, value in pairs(order) do given.sales_order[1][name] = value end
  for name, list in pairs(more or {}) do given[name] = list end
  return with_people(given)
end

control "SOD-11" {
  title      = { en = "Who proposes or keeps a price list enters or approves orders on it", zh = "价格维护与订单不分离" },
  risk       = { en = "A price can be lowered for an order and raised again.", zh = "可临时改价成交，再恢复原价。" },
  tests      = {
    en = "Who entered and who approved each order priced by a list is compared with who proposed the list and who had changed it or its lines by then.",
    zh = "将按价目表成交订单的录入人、审批人，与该价目表的编制人及此前的修改人比较" .. separated_zh .. "。",
  },
  source     = { "000B III-1.3.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "sales_order",
  shape      = "separation",
  applies    = function(order) return is_live(order) and not is_reversal(order) end,
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

  cases = {
    { "entered by who proposed the list; two lines are one exception",
      given = priced_order("U1", { entered_by = "E1", approved_by = "E2" }),
      expect = { { key = "SO1", amount = "80", person = "E1", duties = "sales_order.entered_by, price_list.proposed_by" } } },
    { "entered and approved by others", given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }), expect = {} },
    { "approved by who changed a line at that moment",
      given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, { { change_id = "M1", table_name = "price_list_line", record_id = "PL1/P1/////", field = "list_price", changed_by = "E3", changed_at = "2026-10-05T15:00:00" } }),
      expect = { { key = "SO1", amount = "80", person = "E3", duties = "sales_order.approved_by, master_change.changed_by" } } },
    { "the list was changed a second after the approval", expect = {},
      given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, { { change_id = "M1", table_name = "price_list", record_id = "PL1", field = "valid_to", changed_by = "E3", changed_at = "2026-10-05T15:00:01" } }) },
    { "entered by who changed the list",
      given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, { { change_id = "M1", table_name = "price_list", record_id = "PL1", field = "valid_to", changed_by = "E2", changed_at = "2026-10-04T10:00:00" } }),
      expect = { { key = "SO1", amount = "80", person = "E2" } } },
    { "the price of the signed contract decides, not the list", expect = {},
      given = priced_order("E1", { entered_by = "E1", contract_id = "CT1" }, {}, { contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing" } } }) },
    { "the approval is recorded as a decision",
      given = priced_order("E1", { entered_by = "E2", approved_by = "E3" }, {}, {
        approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", approver_id = "E1", decided_at = "2026-10-05T15:00:00" } },
      }),
      expect = { { key = "SO1", amount = "80", duties = "approval.approver_id, price_list.proposed_by" } } },
    { "no price in force", given = priced_order("E1", { entered_by = "E1" }, {}, { price_list_line = {} }), expect = {} },
    { "a cancelled order", given = priced_order("E1", { entered_by = "E1", status = "cancelled" }), expect = {} },
    { "who proposed lists is not recorded", absent = { "price_list.proposed_by" }, given = priced_order("E1", { entered_by = "E1" }),
      expect = { { key = "SO1", untestable = "proposed_by" } } },
  },
}

-- The customer whose credit or file a row keeps; nil for changes of anything else.
local function customer_kept(row)
  if table_of(row) == "customer_credit" then return row.customer end
  local record = row.record
  if not record then return nil end
  if row.table_name == "customer" then return record end
  return record.customer
end

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
    if table_of(row) == "customer_credit" then return in_period(row.assessed_on or row.valid_from) end
    local is_customers = row.table_name == "customer" or row.table_name == "customer_credit"
    return is_customers and contains(p.sensitive_fields, row.field) and in_period(row.changed_at)
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
    if not customer then return untestable "no such customer" end
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

  cases = {
    { "the salesperson set the limit",
      given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05", credit_limit = "5000", set_by = "U1B" } } },
      expect = { { key = "C1/2026-10-05", amount = "5000", person = "E1", field = "customer_credit.credit_limit", value = "5000", at = "2026-10-05" } } },
    { "somebody else set it", given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05", credit_limit = "5000", set_by = "E2" } } }, expect = {} },
    { "set in an earlier month", period = "2026-11", given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05", credit_limit = "5000", set_by = "E1" } } }, expect = {} },
    { "the limit was raised by the salesperson",
      given = with_people {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "9000", set_by = "E2" } },
        master_change = { { change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit", new_value = "9000", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } },
      }, period = "2026-10",
      expect = { { key = "M1", amount = "9000", person = "E1", field = "customer_credit.credit_limit", value = "9000", at = "2026-10-05T10:00:00" } } },
    { "raised in another month", period = "2026-11", expect = {},
      given = with_people { master_change = { { change_id = "M1", table_name = "customer", record_id = "C1", field = "grade", new_value = "A", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } } },
    { "a credit nobody knows",
      given = with_people { master_change = { { change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } },
      expect = { { key = "M1", untestable = "no such customer" } } },
    { "what the salesperson set and then changed is told once",
      given = with_people {
        customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_limit = "9000", set_by = "E1" } },
        master_change = { { change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-10-01", field = "credit_limit", new_value = "9000", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } },
      },
      expect = { { key = "C1/2026-10-01", person = "E1", amount = "9000" } } },
    { "the grade was raised by the salesperson",
      given = with_people { master_change = { { change_id = "M1", table_name = "customer", record_id = "C1", field = "grade", old_value = "B", new_value = "A", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } },
      expect = { { key = "M1", amount = "none", person = "E1", field = "customer.grade", value = "A" } } },
    { "the telephone number; a product; by somebody else", expect = {},
      given = with_people {
        product = { { product_id = "P1" } },
        master_change = {
          { change_id = "M1", table_name = "customer", record_id = "C1", field = "phone", changed_by = "E1", changed_at = "2026-10-05T10:00:00" },
          { change_id = "M2", table_name = "product", record_id = "P1", field = "grade", changed_by = "E1", changed_at = "2026-10-05T10:00:00" },
          { change_id = "M3", table_name = "customer", record_id = "C1", field = "grade", changed_by = "E2", changed_at = "2026-10-05T10:00:00" },
        },
      } },
    { "a customer nobody knows",
      given = with_people { master_change = { { change_id = "M1", table_name = "customer", record_id = "C9", field = "grade", changed_by = "E1", changed_at = "2026-10-05T10:00:00" } } },
      expect = { { key = "M1", untestable = "no such customer" } } },
    { "who set credits is not recorded", absent = { "customer_credit.set_by" },
      given = with_people { customer_credit = { { customer_id = "C1", valid_from = "2026-10-05" } } },
      expect = { { key = "C1/2026-10-05", untestable = "set_by" } } },
  },
}

control "SOD-13" {
  title      = { en = "Invoice issued and checked by the same person", zh = "开票与复核同一人" },
  risk       = { en = "A wrong or invented invoice goes out unseen.", zh = "发票未经他人复核，错开、虚开无法发现。" },
  tests      = {
    en = "Who issued each invoice is compared with who checked it.",
    zh = "将发票开票人与复核人比较" .. separated_zh .. "。",
  },
  source     = { "000M 普通(1)" },
  severity   = "medium",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "invoice",
  shape      = "separation",
  applies    = function(invoice) return not is_void(invoice) end,
  evidence_columns = { "invoice.reviewed_by" },
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have a second person check the invoice against delivery and contract.", zh = "由他人将发票与发货单、合同复核。" },

  test = function(invoice)
    return separation_exception(
      { duty("invoice", invoice, "issued_by"), duty("invoice", invoice, "reviewed_by") },
      { amount = invoice.gross_amount and abs(invoice.gross_amount) })
  end,

  cases = {
    { "by one person", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "U1", gross_amount = "113" } } },
      expect = { { key = "I1", amount = "113", person = "E1", duties = "invoice.issued_by, invoice.reviewed_by" } } },
    { "a red one", given = with_people { invoice = { { invoice_id = "I1", sign = "red", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "E1", gross_amount = "-113" } } },
      expect = { { key = "I1", duties = "invoice.issued_by, invoice.reviewed_by", amount = "113" } } },
    { "by two", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "E2" } } }, expect = {} },
    { "void", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1", reviewed_by = "E1", status = "void" } } }, expect = {} },
    { "checked by the system that issued it", given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "JOB", reviewed_by = "JOB" } } }, expect = {} },
    { "checks are not recorded", absent = { "invoice.reviewed_by" }, given = with_people { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } } },
      expect = { { key = "I1", untestable = "reviewed_by" } } },
  },
}

control "SOD-14" {
  title      = { en = "Receivable audited by who issued the invoice, or voucher reviewed or posted by who prepared it", zh = "应收审核、制单不分离" },
  risk       = { en = "Receivables and vouchers enter the books without a second person.", zh = "应收和凭证未经他人审核即入账。" },
  tests      = {
    en = "Who audited each receivable is compared with who issued its invoice; who prepared each voucher with who reviewed and who posted it.",
    zh = "将应收单据审核人与发票开票人比较，将凭证制单人与审核人、记账人比较" .. separated_zh .. "。",
  },
  source     = { "000M 普通(2)" },
  severity   = "medium",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = { "receivable_entry", "voucher" },
  shape      = "separation",
  applies    = function(row) return not is_void(row) and (table_of(row) == "voucher" or row.invoice ~= nil) end,
  amount_kind = "exposure",
  message    = separation_message(),
  follow_up  = { en = "Have a second person review the entry against its papers.", zh = "由他人对照原始单据复核。" },

  test = function(row)
    if table_of(row) == "receivable_entry" then
      return separation_exception(
        { duty("receivable_entry", row, "audited_by"), duty("invoice", row.invoice, "issued_by") },
        { amount = row.amount and abs(row.amount) })
    end
    local checked = { duty("voucher", row, "reviewed_by"), duty("voucher", row, "posted_by") }
    local shared = duties_shared_with(duty("voucher", row, "prepared_by"), checked)
    local total = #shared > 0 and sum(rows_of(row, "voucher_line", "lines"), "debit") or 0
    return separation_exception(shared, { amount = abs(total) })
  end,

  cases = {
    { "the issuer of the invoice audited the receivable",
      given = with_people {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "U1" } },
        receivable_entry = { { receivable_id = "AR1", invoice_id = "I1", posted_on = "2026-10-05", amount = "-113", audited_by = "E1" } },
      },
      expect = { { key = "AR1", amount = "113", person = "E1", duties = "receivable_entry.audited_by, invoice.issued_by" } } },
    { "another did", expect = {},
      given = with_people {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } },
        receivable_entry = { { receivable_id = "AR1", invoice_id = "I1", posted_on = "2026-10-05", audited_by = "E2" } },
      } },
    { "without an invoice; void", expect = {},
      given = with_people {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } },
        receivable_entry = {
          { receivable_id = "AR1", posted_on = "2026-10-05", audited_by = "E1" },
          { receivable_id = "AR2", invoice_id = "I1", posted_on = "2026-10-05", audited_by = "E1", status = "void" },
        },
      } },
    { "the preparer posted the voucher",
      given = with_people {
        voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E2", posted_by = "U1" } },
        voucher_line = { { voucher_id = "V1", line_no = "1", debit = "113" }, { voucher_id = "V1", line_no = "2", credit = "100" }, { voucher_id = "V1", line_no = "3", credit = "13" } },
      },
      expect = { { key = "V1", amount = "113", person = "E1", duties = "voucher.prepared_by, voucher.posted_by" } } },
    { "the preparer reviewed it", given = with_people { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E1" } } },
      expect = { { key = "V1", amount = "0", duties = "voucher.prepared_by, voucher.reviewed_by" } } },
    { "reviewer and poster may be one", expect = {},
      given = with_people { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "E1", reviewed_by = "E2", posted_by = "E2" } } } },
    { "prepared and posted by the system", expect = {},
      given = with_people { voucher = { { voucher_id = "V1", period = "2026-10", posted_on = "2026-10-05", prepared_by = "JOB", posted_by = "JOB" } } } },
    { "audits are not recorded", absent = { "receivable_entry.audited_by" },
      given = with_people {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", issued_by = "E1" } },
        receivable_entry = { { receivable_id = "AR1", invoice_id = "I1", posted_on = "2026-10-05" } },
      },
      expect = { { key = "AR1", untestable = "audited_by" } } },
  },
}

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

-- An order of 80 from entry to the money, each by another unless said otherwise, for the cases.
local function whole_sale(who, more)
  local given = {
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = who.ordering or "E11" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", quantity = "10" } },
    approval = { {
      approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = who.decision or "approve", approver_id = who.approving or "E12",
      decided_at = "2026-10-05T15:00:00",
    } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-07" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10" } },
    stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_by = who.shipping or "E13", issued_at = "2026-10-07T11:00:00", status = who.issue_status } },
    invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-08", issued_by = who.invoicing or "E14" } },
    receivable_entry = { { receivable_id = "AR1", customer_id = "C1", invoice_id = "I1", posted_on = "2026-10-08", audited_by = who.auditing or "E15" } },
    receipt = { { receipt_id = "RC1", customer_id = "C1", received_on = who.received_on or "2026-10-20", collected_by = who.collecting or "E16", recorded_by = who.recording or "E15" } },
    receipt_application = { { application_id = "X1", receipt_id = "RC1", invoice_id = "I1", applied_on = "2026-10-20", applied_by = who.applying or "E15" } },
  }
  for name, list in pairs(more or {}) do given[name] = list end
  return with_people(given)
end

local no_table = { "incompatible_duty" }

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
  applies    = function(order) return not is_void(order) and not is_reversal(order) end,
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
    local amount = contract and contract.amount or sum(orders, "amount")
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
          row = orders[1], label = who, amount = amount, person = who,
          duties = table.concat(kinds, ", "), fields = table.concat(fields, ", "), evidence = evidence(map(held, "row")),
        })
      end
    end
    return found
  end,

  cases = {
    { "each by another; one keeps all the books", given = whole_sale {}, absent = no_table, expect = {} },
    { "who entered the order took the money", absent = no_table,
      given = whole_sale { ordering = "U1", collecting = "U1B" },
      expect = { { key = "SO1", label = "E1", amount = "80", person = "E1", duties = "ordering, collecting", fields = "sales_order.entered_by, receipt.collected_by" } } },
    { "shipped and invoiced by one, approved and collected by another", absent = no_table,
      given = whole_sale { shipping = "E2", invoicing = "E2", approving = "E1", collecting = "E1" },
      expect = { { key = "SO1", label = "E1", amount = "80", duties = "approving, collecting" }, { key = "SO1", label = "E2", amount = "80", duties = "shipping, invoicing" } } },
    { "collected and recorded by one", absent = no_table,
      given = whole_sale { collecting = "E1", recording = "E1" }, expect = { { key = "SO1", label = "E1", amount = "80", duties = "collecting, recording" } } },
    { "what one document shows is for other controls", absent = no_table, expect = {},
      given = whole_sale { ordering = "E1", approving = "E1", invoicing = "E2", auditing = "E2", collecting = "E3", applying = "E3" } },
    { "another order of the contract makes it this one's",  absent = no_table,
      given = whole_sale({ ordering = "E1" }, {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing", amount = "500" } },
        sales_order = {
          { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = "E1" },
          { order_id = "SO2", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-06", amount = "80", status = "approved", entered_by = "E11" },
        },
        approval = {
          { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", approver_id = "E12", decided_at = "2026-10-05T15:00:00" },
          { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO2", approval_kind = "order_approval", decision = "approve", approver_id = "E1", decided_at = "2026-10-06T15:00:00" },
        },
      }),
      expect = { { key = "SO1", label = "E1", amount = "500", duties = "ordering, approving" } } },
    { "who approved the contract issued the goods", absent = no_table,
      given = whole_sale({ shipping = "E2" }, {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing", amount = "500" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = "E11" } },
        approval = { { approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", decision = "approve", approver_id = "E2", decided_at = "2026-09-19T15:00:00" } },
      }),
      expect = { { key = "SO1", label = "E2", amount = "500", duties = "approving, shipping" } } },
    { "an advance under the contract, applied to nothing yet", absent = no_table,
      given = whole_sale({ ordering = "E1" }, {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-20", status = "executing", amount = "500" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", amount = "80", status = "approved", entered_by = "E1" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", contract_id = "CT1", received_on = "2026-10-02", collected_by = "E1" } }, receipt_application = {},
      }),
      expect = { { key = "SO1", label = "E1", amount = "500", duties = "collecting, ordering" } } },
    { "only the header says who approved", absent = { "incompatible_duty", "approval" },
      given = whole_sale({ shipping = "E2" }, { sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", entered_by = "E11", approved_by = "E2", approved_at = "2026-10-05T15:00:00" } } }),
      expect = { { key = "SO1", label = "E2", amount = "80", duties = "approving, shipping", fields = "sales_order.approved_by, stock_issue.issued_by" } } },
    { "rejecting is not approving; a void slip ships nothing", absent = no_table, expect = {},
      given = whole_sale { decision = "reject", approving = "E1", issue_status = "void", shipping = "E2", invoicing = "E2", collecting = "E1" } },
    { "the system did all of it", absent = no_table, given = whole_sale { ordering = "JOB", invoicing = "JOB", shipping = "JOB" }, expect = {} },
    { "the later of the two in another month", absent = no_table, period = "2026-10",
      given = whole_sale { ordering = "E1", collecting = "E1", received_on = "2026-11-02" }, expect = {} },
    { "and told in that month", absent = no_table, period = "2026-11",
      given = whole_sale { ordering = "E1", collecting = "E1", received_on = "2026-11-02" }, expect = { { key = "SO1", label = "E1", amount = "80", duties = "ordering, collecting" } } },
    { "a table of one's own names other pairs",
      given = whole_sale({ ordering = "E1", collecting = "E1", shipping = "E2", invoicing = "E2" }, { incompatible_duty = { { duty_a = "invoicing", duty_b = "shipping" } } }),
      expect = { { key = "SO1", label = "E2", amount = "80", duties = "shipping, invoicing" } } },
    { "and pairs with special prices and credit",
      given = (function()
        local given = whole_sale({ ordering = "E1", shipping = "E2" }, { incompatible_duty = { { duty_a = "ordering", duty_b = "pricing" }, { duty_a = "credit", duty_b = "shipping" } } })
        table.insert(given.approval, { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "special_price", decision = "approve", approver_id = "E1", decided_at = "2026-10-05T14:00:00" })
        table.insert(given.approval, { approval_id = "A3", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "credit_override", decision = "approve", approver_id = "E2", decided_at = "2026-10-05T14:00:00" })
        return given
      end)(),
      expect = { { key = "SO1", label = "E1", amount = "80", duties = "ordering, pricing" }, { key = "SO1", label = "E2", amount = "80", duties = "credit, shipping" } } },
    { "a cancelled order", absent = no_table, expect = {},
      given = whole_sale({}, { sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", status = "cancelled", entered_by = "E1" } }, stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_by = "E1", issued_at = "2026-10-07T11:00:00" } } }) },
    { "who collected is not recorded: the rest is looked at", absent = { "incompatible_duty", "receipt.collected_by" },
      given = whole_sale { ordering = "E1", collecting = "E1", shipping = "E1" }, expect = { { key = "SO1", label = "E1", amount = "80", duties = "ordering, shipping" } } },
  },
}

-- A contract of 500 in the archive since 2026-10-05, for the cases.
local function filed(fields, more)
  local row = { archive_id = "F1", doc_kind = "contract", doc_id = "CT1", archived_on = "2026-10-05" }
  for name, value in pairs(fields) do row[name] = value end
  local given = {
    contract = { { contract_id = "CT1", customer_id = "C1", salesperson_id = "E1", amount = "500" } },
    archive_record = { row },
    role_assignment = {
      { employee_id = "E1", role = "salesperson" }, { employee_id = "E2", role = "sales_clerk", valid_to = "2026-10-05" }, { employee_id = "E3", role = "sales_manager" },
    },
    role_rank = { { role = "sales_clerk", rank = "10" }, { role = "sales_manager", rank = "40" } },
  }
  for name, list in pairs(more or {}) do given[name] = list end
  return with_people(given)
end

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
  evidence_columns = { "archive_record.keeper_id" },
  amount_kind = "transaction",
  terms      = {
    salesperson = { en = "is the contract's salesperson", zh = "为该合同营销员" },
    role        = { en = "held no role that keeps archives", zh = "存档日不任档案保管岗位" },
  },
  message    = { en = "kept by {person} since {archived_on}: {fault}", zh = "{archived_on} 起由 {person} 保管，其{fault}" },
  follow_up  = { en = "Have the original handed over to the archive; check it against the customer's copy.", zh = "将合同原件移交档案人员，并与客户留存联核对。" },

  test = function(record, p)
    if not record.keeper_id then return untestable "no keeper" end
    local contract = record.doc_kind == "contract" and record.document or read(record, "contract_id") and record.contract or nil
    local fault
    if contract and same_person(record.keeper_id, contract.salesperson_id) then
      fault = "salesperson"
    elseif not person(record.keeper_id) then
      return untestable "the keeper is no known employee"
    elseif not held_exactly(record.keeper_id, p.roles, record.archived_on) then
      fault = "role"
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

  cases = {
    { "kept by the sales clerk on the last day in that role", given = filed { keeper_id = "E2" }, expect = {} },
    { "kept by the clerk after the role ended",
      given = filed { keeper_id = "E2", archived_on = "2026-10-06" },
      expect = { { key = "F1", amount = "500", person = "E2", fault = "role" } } },
    { "kept by a manager, who ranks higher", given = filed { keeper_id = "E3" }, expect = { { key = "F1", amount = "500", person = "E3", fault = "role" } } },
    { "kept by the salesperson, who is a clerk as well",
      given = filed({ keeper_id = "U1" }, { role_assignment = { { employee_id = "E1", role = "sales_clerk" } } }),
      expect = { { key = "F1", amount = "500", person = "E1", fault = "salesperson" } } },
    { "the original in the contract's file", given = filed { doc_kind = "correspondence", doc_id = "", contract_id = "CT1", item_kind = "contract_original", keeper_id = "E1" },
      expect = { { key = "F1", amount = "500", fault = "salesperson" } } },
    { "a letter in the contract's file", given = filed { doc_kind = "correspondence", contract_id = "CT1", item_kind = "correspondence", keeper_id = "E1" }, expect = {} },
    { "a contract nobody knows, kept by nobody of the archive", given = filed { doc_id = "CT9", keeper_id = "E3" }, expect = { { key = "F1", amount = "none", fault = "role" } } },
    { "somebody unknown", given = filed { keeper_id = "E77" }, expect = { { key = "F1", untestable = "no known employee" } } },
    { "no keeper", given = filed {}, expect = { { key = "F1", untestable = "no keeper" } } },
    { "keepers are not recorded", given = filed {}, absent = { "archive_record.keeper_id" }, expect = { { key = "F1", untestable = "keeper_id" } } },
  },
}

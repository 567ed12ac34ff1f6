-- SPDX-License-Identifier: MIT
-- PRD: production for orders and contracts, from the notice to the goods in stock.

-- The contract that something was produced under, its own or its order's; nil without one.
local function contract_behind(production)
  if read(production, "contract_id") then return production.contract end
  local order = read(production, "order_id") and production.order
  return order and contract_of(order) or nil
end

-- The order and the contract that something was produced for, as far as there are any.
local function documents_behind(production)
  return evidence(read(production, "order_id") and production.order, contract_behind(production))
end

-- The line of the order, or else of the contract, that a product is made for; nil without one.
local function line_behind(production)
  for document in each(documents_behind(production)) do
    local line = first(filter(document.lines, is_goods), function(one) return one.product_id == production.product_id end)
    if line then return line end
  end
end

-- What a quantity that is produced is worth: at the price that it is sold for, else at standard cost.
local function production_worth(production)
  if not production.quantity then return nil end
  return line_worth(line_behind(production), production.quantity)
    or standard_worth(production.product, production.quantity, production.released_at)
end

-- The salesperson whom production and warehouse report to: the contract's, else the order's.
local function salesperson_behind(production)
  for position = 2, 1, -1 do
    local document = documents_behind(production)[position]
    if document and document.salesperson_id then return document.salesperson_id end
  end
end

-- When what is produced has to be delivered: as the customer said last, else as its order's line, its order or its
-- contract says; nil where nothing does. And the row that says so.
local function due_of(production)
  local contract = contract_behind(production)
  local notice = contract and latest_notice(contract)
  if notice then return notice.new_due_on, notice end
  local line = line_behind(production)
  if line and table_of(line) == "sales_order_line" and read(line, "delivery_due_on") then return line.delivery_due_on, line end
  for document in each(documents_behind(production)) do
    if read(document, "delivery_due_on") then return document.delivery_due_on, document end
  end
end

-- Production order M1 under contract CT1, released on 2026-10-10 for ten pieces at 8, for the cases.
local function under_contract(production, contract, more)
  local given = {
    employee = { { employee_id = "E1" }, { employee_id = "E7" }, { employee_id = "E25" } },
    role_assignment = {
      { employee_id = "E1", role = "company_leader", valid_from = "2026-01-01" },
      { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E25", role = "contract_admin", valid_from = "2026-01-01" },
    },
    product = { { product_id = "A", standard_cost = "5" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", delivery_due_on = "2026-10-30", salesperson_id = "E7", amount = "80", status = "executing" } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    production_order = { { production_order_id = "M1", contract_id = "CT1", product_id = "A", quantity = "10", released_at = "2026-10-10T08:00:00" } },
  }
  for name, value in pairs(production or {}) do given.production_order[1][name] = value end
  for name, value in pairs(contract or {}) do given.contract[1][name] = value end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function advance(amount, receipts, more)
  local given = {
    payment_plan = {
      { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = amount },
      { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "50" },
    },
    receipt = receipts,
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function permission(doc_kind, doc_id, kind, decided_at, who)
  return { approval = { {
    approval_id = "A1", doc_kind = doc_kind, doc_id = doc_id, approval_kind = kind, decision = "approve", approver_id = who or "E1",
    decided_at = decided_at, requested_at = decided_at,
  } } }
end

control "PRD-01" {
  title      = { en = "Production released before the advance payment arrived", zh = "未收预收款即排产" },
  risk       = { en = "Goods are made for a customer who has not paid what makes them worth making.", zh = "预收款未到即投产，客户违约时产品积压、资金被占用。" },
  tests      = {
    en = "When production for a contract is released, the receipts so far are compared with the deposit and advance of its payment plan.",
    zh = "合同项下排产时，已到账金额与收款计划中的定金、预收款比较。",
  },
  source     = { "003-4.6" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "production_order",
  shape      = "balance",
  applies    = function(production) return has_happened(production.released_at) end,
  group      = function(production)
    local contract = contract_behind(production)
    return contract and contract.contract_id
  end,
  parameters = {
    milestones = { { "deposit", "advance" }, origin = "policy" },
    tolerance = { decimal "0", origin = "default" },
    waiver_kinds = { { "produce_before_payment" }, origin = "default", note = "kinds of approval that allow it" },
    roles = { { "company_leader", "general_manager" }, origin = "default", note = "who may allow it" },
  },
  amount_kind = "exposure",
  message    = {
    en = "released on {released_at}: {received} received of {planned} ({releases} release(s) before the money)",
    zh = "{released_at} 排产：约定预收 {planned}，已到账 {received}（款到前共排产 {releases} 单）",
  },
  follow_up  = {
    en = "Ask who released production and whether the customer has paid since; hold the order until the money is there.",
    zh = "查明何人下达排产、款项其后是否到账；未到账的暂停投产。",
  },

  test = function(productions, p)
    local contract = contract_behind(productions[1])
    local lacks = first_unpaid(productions, contract, function(one) return one.released_at end, function(one)
      return evidence(one, documents_behind(one))
    end, p)
    if not lacks then return end
    return exception {
      row = lacks.row, amount = lacks.shortfall, released_at = lacks.row.released_at, received = lacks.received, planned = lacks.planned,
      releases = lacks.times, evidence = evidence(contract, lacks.rows),
    }
  end,

  cases = {
    { "one short of the advance", given = under_contract({}, {}, advance("30", { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "29", received_on = "2026-10-09" } })),
      expect = { { key = "M1", amount = "1", received = "29", planned = "30", releases = "1", released_at = "2026-10-10T08:00:00" } } },
    { "paid in full on the day of the release", given = under_contract({}, {}, advance("30", { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "30", received_on = "2026-10-10" } })), expect = {} },
    { "paid the day after; the second release came in time",
      given = under_contract({}, {}, advance("30", { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = "30", received_on = "2026-10-11" } }, {
        production_order = {
          { production_order_id = "M1", contract_id = "CT1", product_id = "A", released_at = "2026-10-11T08:00:00" },
          { production_order_id = "M2", contract_id = "CT1", product_id = "A", released_at = "2026-10-10T08:00:00" },
        },
      })),
      expect = { { key = "M2", amount = "30", releases = "1" } } },
    { "three releases are one cause",
      given = under_contract({}, {}, advance("30", {}, {
        sales_order = { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-05" } },
        production_order = {
          { production_order_id = "M1", contract_id = "CT1", released_at = "2026-10-11T08:00:00" },
          { production_order_id = "M2", order_id = "SO1", released_at = "2026-10-10T08:00:00" },
          { production_order_id = "M3", contract_id = "CT1" },
        },
      })),
      expect = { { key = "M2", amount = "30", releases = "2" } } },
    { "allowed by a leader in time, on the contract", given = under_contract({}, {}, advance("30", {}, permission("contract", "CT1", "produce_before_payment", "2026-10-10T08:00:00"))), expect = {} },
    { "allowed a second later", given = under_contract({}, {}, advance("30", {}, permission("production_order", "M1", "produce_before_payment", "2026-10-10T08:00:01"))),
      expect = { { key = "M1", amount = "30", releases = "1" } } },
    { "allowed by a salesperson", given = under_contract({}, {}, advance("30", {}, permission("production_order", "M1", "produce_before_payment", "2026-10-10T07:00:00", "E7"))),
      expect = { { key = "M1", amount = "30", releases = "1" } } },
    { "another approval", given = under_contract({}, {}, advance("30", {}, permission("production_order", "M1", "ship_before_payment", "2026-10-10T07:00:00"))),
      expect = { { key = "M1", amount = "30", releases = "1" } } },
    { "no advance in the plan", given = under_contract({}, {}, { payment_plan = { { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "50" } } }), expect = {} },
    { "no contract", given = under_contract({ contract_id = "" }, {}, advance("30", {})), expect = {} },
    { "receipts were not imported", given = under_contract({}, {}, advance("30", {})), absent = { "receipt" }, expect = { { key = "CT1", untestable = "receipt" } } },
  },
}

-- The latest of some dates in a field, as a step; nil of the rows fits: not taken.
local function latest_step(list, table_name, field)
  local ordered = sort(filter(list, field), field)
  return step(table_name, ordered[#ordered], field)
end

local function reviewed(at, decision)
  return { contract_review = { { contract_id = "CT1", org_unit_id = "D9", aspect = "technical", decision = decision or "pass", reviewed_at = at } } }
end

control "PRD-02" {
  title      = { en = "Production released without contract, technical agreement or review", zh = "无合同、技术合同或评审即排产" },
  risk       = { en = "What is made is not what was agreed, and cannot be sold to anybody else.", zh = "无合同、技术协议或评审依据即投产，产品不符合约定且难以转售。" },
  tests      = {
    en = "Before production is released, the contract must be signed and have passed its review, and where the product needs one the technical agreement must be signed.",
    zh = "排产之前，合同须已签订并通过评审；须订技术合同的产品，技术合同须已签订。",
  },
  source     = { "003-4.7" },
  severity   = "high",
  profile    = { "engineered" },
  population = "production_order",
  shape      = "sequence",
  applies    = function(production)
    if not has_happened(production.released_at) then return false end
    if contract_behind(production) then return true end
    if read(production, "order_id") then return false end -- an order without a contract is ORD-03's
    if production.contract_id then return false end -- names one that is not there
    local product = production.product
    return product ~= nil and read(product, "is_made_to_order") == true
  end,
  parameters = {
    review = { true, origin = "policy", note = "false: contracts are not reviewed by departments" },
  },
  amount_kind = "transaction",
  terms      = prerequisite_terms(),
  message    = prerequisite_message(),
  follow_up  = {
    en = "Stop production until the papers are there; compare what was released with what is agreed.",
    zh = "补齐合同、评审和技术合同前暂停生产，并核对排产内容与约定是否一致。",
  },

  test = function(production, p)
    local contract = contract_behind(production)
    local needed = { step("contract", contract, "signed_on", "signed_by") }
    if contract and p.review then
      local passed = filter(contract.reviews, function(review) return review.decision == "pass" end)
      table.insert(needed, latest_step(passed, "contract_review", "reviewed_at"))
    end
    local product = production.product
    if contract and product and read(product, "needs_technical_agreement") then
      table.insert(needed, latest_step(contract.technical_agreements, "technical_agreement", "signed_on"))
    end
    local released = step("production_order", production, "released_at", "released_by")
    return step_exception(prerequisite_faults(needed, released), { amount = production_worth(production), evidence = evidence(contract) })
  end,

  cases = {
    { "signed and reviewed on the day of the release", given = under_contract({}, { signed_on = "2026-10-10" }, reviewed "2026-10-10T08:00:00"), expect = {} },
    { "signed the day after", given = under_contract({}, { signed_on = "2026-10-11" }, reviewed "2026-10-09T08:00:00"),
      expect = { { key = "M1", amount = "80", fault = "too late", step = "contract.signed_on", at = "2026-10-11", other = "production_order.released_at", other_at = "2026-10-10T08:00:00", faults = "1" } } },
    { "never signed, nor reviewed", given = under_contract({}, { signed_on = "" }), expect = { { key = "M1", amount = "80", fault = "missing", step = "contract.signed_on", faults = "2" } } },
    { "the last review a second after the release",
      given = under_contract({}, {}, { contract_review = {
        { contract_id = "CT1", org_unit_id = "D9", aspect = "technical", decision = "pass", reviewed_at = "2026-10-10T08:00:01" },
        { contract_id = "CT1", org_unit_id = "D5", aspect = "price", decision = "pass", reviewed_at = "2026-10-09T08:00:00" },
      } }),
      expect = { { key = "M1", amount = "80", fault = "too late", step = "contract_review.reviewed_at", at = "2026-10-10T08:00:01" } } },
    { "a review that did not pass is none", given = under_contract({}, {}, reviewed("2026-10-09T08:00:00", "fail")), expect = { { key = "M1", amount = "80", fault = "missing", step = "contract_review.reviewed_at" } } },
    { "contracts are not reviewed here", parameters = { review = false }, given = under_contract(), expect = {} },
    { "the product needs a technical agreement and has none",
      given = under_contract({}, {}, { contract_review = reviewed "2026-10-09T08:00:00".contract_review, product = { { product_id = "A", needs_technical_agreement = "true" } } }),
      expect = { { key = "M1", amount = "80", fault = "missing", step = "technical_agreement.signed_on" } } },
    { "it has one, of the day of the release",
      given = under_contract({}, {}, { contract_review = reviewed "2026-10-09T08:00:00".contract_review, product = { { product_id = "A", needs_technical_agreement = "true" } },
        technical_agreement = { { agreement_id = "T1", contract_id = "CT1", signed_on = "2026-10-10" } } }),
      expect = {} },
    { "a technical agreement without a date is none",
      given = under_contract({}, {}, { contract_review = reviewed "2026-10-09T08:00:00".contract_review, product = { { product_id = "A", needs_technical_agreement = "true" } },
        technical_agreement = { { agreement_id = "T1", contract_id = "CT1" } } }),
      expect = { { key = "M1", amount = "80", fault = "missing", step = "technical_agreement.signed_on" } } },
    { "made to order for nobody",
      given = under_contract({ contract_id = "" }, {}, { product = { { product_id = "A", is_made_to_order = "true", standard_cost = "5" } } }),
      expect = { { key = "M1", amount = "50", fault = "missing", step = "contract.signed_on" } } },
    { "made for stock", given = under_contract { contract_id = "" }, expect = {} },
    { "for an order without a contract", given = under_contract({ contract_id = "", order_id = "SO1" }, {}, {
        product = { { product_id = "A", is_made_to_order = "true" } }, sales_order = { { order_id = "SO1", order_date = "2026-10-05" } },
      }), expect = {} },
    { "under its order's contract", given = under_contract({ contract_id = "", order_id = "SO1" }, { signed_on = "2026-10-11" }, {
        contract_review = reviewed "2026-10-09T08:00:00".contract_review,
        sales_order = { { order_id = "SO1", order_date = "2026-10-05", contract_id = "CT1" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "20", unit_price = "9" } },
      }), expect = { { key = "M1", amount = "90", step = "contract.signed_on" } } },
    { "contracts of production were not imported", given = under_contract(), absent = { "production_order.contract_id" }, expect = { { key = "M1", untestable = "contract_id" } } },
    { "reviews were not imported", given = under_contract(), absent = { "contract_review" }, expect = { { key = "M1", untestable = "contract_review" } } },
  },
}

control "PRD-03" {
  title      = { en = "Planned finish or progress misses the contract delivery date", zh = "排产完工晚于合同交期" },
  risk       = { en = "The customer gets the goods late, with damages to pay.", zh = "不能如期交货，须承担违约责任。" },
  tests      = {
    en = "The day on which production was finished, or is planned to be, is compared with the date of delivery less the days of transport; so is today where it is neither.",
    zh = "完工日（未完工的按计划完工日及截止日）与交货期减运输天数比较；客户延期的按最新交期。",
  },
  source     = { "003-4.8" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "production_order",
  scope      = "open",
  shape      = "sequence",
  applies    = function(production)
    return has_happened(production.released_at) and concerns_period(nil, production.finished_on) and #documents_behind(production) > 0
  end,
  parameters = {
    transit_days = { 0, origin = "default", note = "days that the goods travel" },
  },
  amount_kind = "exposure",
  message    = {
    en = "{what} {finish}, due {due} ({source}); {days} day(s) late",
    zh = "{what}：{finish}，交货期 {due}（{source}），晚 {days} 天",
  },
  terms      = {
    finished = { en = "finished on", zh = "完工日" },
    planned  = { en = "planned for", zh = "计划完工日" },
    open     = { en = "not finished by", zh = "截至此日未完工" },
  },
  follow_up  = {
    en = "Agree a new date with the customer before the old one passes, and find what held production up.",
    zh = "查明延误原因，在交货期前与客户协商新的交期。",
  },

  test = function(production, p)
    local due, said_by = due_of(production)
    if not due then return untestable "no date of delivery" end
    local limit = due - p.transit_days
    local finished = production.finished_on
    local what, finish
    if finished and has_happened(finished) then what, finish = "finished", finished
    elseif production.planned_finish_on and production.planned_finish_on > limit then what, finish = "planned", production.planned_finish_on
    elseif as_of and as_of > limit then what, finish = "open", as_of
    elseif not production.planned_finish_on then return untestable "neither a planned nor a real day of finish"
    else return end
    if finish <= limit then return end
    return exception {
      amount = production_worth(production), what = what, finish = finish, due = due, days = finish - limit,
      source = table_of(said_by) .. ".delivery_due_on", evidence = evidence(said_by),
    }
  end,

  cases = {
    { "planned for the day after", given = under_contract { planned_finish_on = "2026-10-31" },
      expect = { { key = "M1", amount = "80", what = "planned", finish = "2026-10-31", due = "2026-10-30", days = "1" } } },
    { "planned for the day itself", given = under_contract { planned_finish_on = "2026-10-30" }, as_of = "2026-10-30", expect = {} },
    { "not finished on the day after, though planned for before", given = under_contract { planned_finish_on = "2026-10-20" }, as_of = "2026-10-31",
      expect = { { key = "M1", amount = "80", what = "open", finish = "2026-10-31", days = "1" } } },
    { "finished in time after a late plan", given = under_contract { planned_finish_on = "2026-11-20", finished_on = "2026-10-30" }, expect = {} },
    { "finished two days late, with three days of transport", parameters = { transit_days = "3" }, given = under_contract { finished_on = "2026-10-29" },
      expect = { { key = "M1", amount = "80", what = "finished", finish = "2026-10-29", due = "2026-10-30", days = "2" } } },
    { "the customer's latest word goes before the contract",
      given = under_contract({ finished_on = "2026-11-04" }, {}, { schedule_notice = {
        { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-12", new_due_on = "2026-11-05" },
        { notice_id = "N2", contract_id = "CT1", received_on = "2026-10-11", new_due_on = "2026-12-05" },
        { notice_id = "N3", contract_id = "CT1", received_on = "2026-10-13" },
      } }),
      expect = {} },
    { "the line's date goes before the order's, and that before the contract's",
      given = under_contract({ order_id = "SO1", finished_on = "2026-10-21" }, {}, {
        sales_order = { { order_id = "SO1", order_date = "2026-10-05", delivery_due_on = "2026-10-25", contract_id = "CT1" } },
        sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "9", delivery_due_on = "2026-10-20" } },
      }),
      expect = { { key = "M1", amount = "90", due = "2026-10-20", days = "1" } } },
    { "the order's date",
      given = under_contract({ order_id = "SO1", finished_on = "2026-10-26" }, {}, {
        sales_order = { { order_id = "SO1", order_date = "2026-10-05", delivery_due_on = "2026-10-25", contract_id = "CT1" } },
      }),
      expect = { { key = "M1", amount = "80", due = "2026-10-25", days = "1" } } },
    { "of an earlier month: finished late then; still open", period = "2026-10", as_of = "2026-10-31",
      given = { contract = { { contract_id = "CT1", signed_on = "2026-08-01", delivery_due_on = "2026-09-10" } }, production_order = {
        { production_order_id = "M1", contract_id = "CT1", released_at = "2026-09-01T08:00:00", finished_on = "2026-09-30" },
        { production_order_id = "M2", contract_id = "CT1", released_at = "2026-09-01T08:00:00", planned_finish_on = "2026-09-09" },
      } },
      expect = { { key = "M2", amount = "none", what = "open", days = "51" } } },
    { "for stock", given = under_contract { contract_id = "", planned_finish_on = "2026-10-31" }, expect = {} },
    { "no date of delivery", given = under_contract({ planned_finish_on = "2026-10-31" }, { delivery_due_on = "" }), expect = { { key = "M1", untestable = "no date of delivery" } } },
    { "no plan, not late yet", given = under_contract(), as_of = "2026-10-30", expect = { { key = "M1", untestable = "neither" } } },
  },
}

-- The stretches of more than `interval` days without a report that ended in the audited period or have not ended:
-- an array of their days.
local function silences(production, reports, interval)
  local finished = production.finished_on
  local is_open = not finished or not has_happened(finished)
  local last_day = is_open and as_of or finished
  local found, before = {}, day(production.released_at)
  local function look(at, counts)
    if at - before > interval and counts then table.insert(found, at - before) end
    if at > before then before = at end
  end
  for report in each(reports) do look(report.reported_on, in_period(report.reported_on)) end
  look(last_day, is_open or in_period(last_day))
  return found
end

local function reported(...)
  local given = { production_progress = {} }
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    if type(one) ~= "table" then one = { reported_on = one } end
    table.insert(given.production_progress, {
      production_order_id = "M1", reported_on = one.reported_on, form = one.form or "written", reported_by = one.reported_by or "E25", sent_to = one.sent_to or "E7",
    })
  end
  return given
end

control "PRD-04" {
  title      = { en = "No regular written progress report to the salesperson", zh = "未定期书面报告生产进度" },
  risk       = { en = "Delays become known when the date of delivery has passed.", zh = "生产进度不透明，延误不能及时发现和通知客户。" },
  tests      = {
    en = "From the release of production to its finish (or today) no more than some days may pass without a report; reports must be written, by the contract administrator, to the contract's salesperson.",
    zh = "自排产至完工（未完工至截止日），相邻进度报告间隔不得超过规定天数；报告须为书面，由合同管理员报送合同营销员。",
  },
  source     = { "003-4.8" },
  severity   = "low",
  profile    = { "engineered" },
  population = "production_order",
  scope      = "open",
  shape      = "sequence",
  applies    = function(production)
    return has_happened(production.released_at) and concerns_period(nil, production.finished_on) and #documents_behind(production) > 0
  end,
  parameters = {
    interval_days = { 7, origin = "default", note = "the policy says regularly" },
    roles = { { "contract_admin" }, origin = "policy" },
  },
  amount_kind = "exposure",
  message    = {
    en = "{gaps} time(s) more than {interval} days without a report, {longest} at most; {wrong} report(s) not written, not by the right person or not to the salesperson",
    zh = "超过 {interval} 天未报告 {gaps} 次，最长 {longest} 天；非书面、报告人不符或未报送营销员的报告 {wrong} 份",
  },
  follow_up  = {
    en = "Ask the contract administrator for the reports; see whether the date of delivery is in danger.",
    zh = "向合同管理员索取进度报告，并核实交货期是否受影响。",
  },

  test = function(production, p)
    if not as_of and not production.finished_on then return untestable "no date as of which to audit" end
    local reports = sort(production.progress, "reported_on")
    local gaps = silences(production, reports, p.interval_days)
    local salesperson = salesperson_behind(production)
    local wrong = filter(reports, function(report)
      if not in_period(report.reported_on) then return false end
      local form, by, to = read(report, "form"), read(report, "reported_by"), read(report, "sent_to")
      return form ~= nil and form ~= "written"
        or by ~= nil and not held_role(by, p.roles, report.reported_on)
        or to ~= nil and salesperson ~= nil and not same_person(to, salesperson)
    end)
    if #gaps == 0 and #wrong == 0 then return end
    return exception {
      amount = production_worth(production), gaps = #gaps, interval = p.interval_days,
      longest = #gaps > 0 and max(gaps) or 0, wrong = #wrong, evidence = evidence(wrong, documents_behind(production)),
    }
  end,

  cases = {
    { "every seventh day", as_of = "2026-10-31", given = under_contract({ finished_on = "2026-10-24" }, {}, reported "2026-10-17"), expect = {} },
    { "eight days to the first report; to the finish; without an end",
      as_of = "2026-10-31", given = {
        contract = under_contract().contract, contract_line = under_contract().contract_line, role_assignment = under_contract().role_assignment, employee = under_contract().employee,
        production_order = {
          { production_order_id = "M1", contract_id = "CT1", product_id = "A", quantity = "10", released_at = "2026-10-10T08:00:00", finished_on = "2026-10-19" },
          { production_order_id = "M2", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-10T08:00:00", finished_on = "2026-10-18" },
          { production_order_id = "M3", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-23T08:00:00" },
          { production_order_id = "M4", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-24T08:00:00" },
        },
        production_progress = { reported("2026-10-18").production_progress[1] },
      },
      expect = {
        { key = "M1", amount = "80", gaps = "1", longest = "8", wrong = "0", interval = "7" },
        { key = "M2", amount = "40", gaps = "1", longest = "8" },
        { key = "M3", amount = "40", gaps = "1", longest = "8" },
      } },
    { "oral, by a salesperson, to somebody else", as_of = "2026-10-31",
      given = under_contract({ finished_on = "2026-10-20" }, {}, reported({ reported_on = "2026-10-14", form = "oral" }, { reported_on = "2026-10-15", reported_by = "E7" }, { reported_on = "2026-10-16", sent_to = "E1" })),
      expect = { { key = "M1", amount = "80", gaps = "0", longest = "0", wrong = "3" } } },
    { "what nobody recorded is not held against a report", as_of = "2026-10-31", absent = { "production_progress.form", "production_progress.reported_by", "production_progress.sent_to" },
      given = under_contract({ finished_on = "2026-10-20" }, {}, { production_progress = { { production_order_id = "M1", reported_on = "2026-10-14" } } }), expect = {} },
    { "silence and an oral report of another month", period = "2026-10", as_of = "2026-10-31",
      given = under_contract({ released_at = "2026-09-01T08:00:00", finished_on = "2026-10-03" }, {}, reported({ reported_on = "2026-09-20", form = "oral" }, "2026-09-27")), expect = {} },
    { "for stock", as_of = "2026-10-31", given = under_contract { contract_id = "" }, expect = {} },
    { "no date of the audit", given = under_contract(), expect = { { key = "M1", untestable = "no date" } } },
    { "reports were not imported", as_of = "2026-10-31", given = under_contract(), absent = { "production_progress" }, expect = { { key = "M1", untestable = "production_progress" } } },
  },
}

local function postponed(notice, production, more)
  notice.notice_id, notice.contract_id, notice.received_on = "N1", "CT1", "2026-10-12"
  notice.new_due_on = notice.new_due_on or "2026-12-10"
  local given = under_contract({ planned_finish_on = "2026-10-28" }, {}, { schedule_notice = { notice } })
  for name, value in pairs(production or {}) do given.production_order[1][name] = value end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "PRD-05" {
  title      = { en = "Customer postponement not fed back or production not re-planned", zh = "客户延期未反馈或未调整排产" },
  risk       = { en = "Goods are made long before they are wanted and stand about, unpaid.", zh = "客户延期后仍按原进度生产，造成库存积压。" },
  tests      = {
    en = "Each word from a customer that the date moves must be passed on within a day, and production that is not finished must be planned anew, near the new date.",
    zh = "客户延期信息须在规定时限内反馈营销部；未完工的排产须据此调整，计划完工日不得早于新交期过多。",
  },
  source     = { "003-4.8" },
  severity   = "medium",
  profile    = { "engineered" },
  population = "schedule_notice",
  scope      = "open",
  shape      = "sequence",
  parameters = {
    forward_days = { 1, origin = "default", note = "working days; the policy says in time" },
    replan_days = { 3, origin = "default", note = "working days" },
    early_days = { 7, origin = "default", note = "production may be planned to end so many days before the new date" },
  },
  amount_kind = "exposure",
  terms      = (function()
    local terms = step_terms()
    terms.unchanged = { en = "was not moved", zh = "未作调整" }
    return terms
  end)(),
  message    = {
    en = "heard on {received_on} that {new_due} is wanted: {step} {fault} ({at})",
    zh = "{received_on} 得知新交期 {new_due}：{step}{fault}（{at}）",
  },
  follow_up  = {
    en = "Move the production plan, and see what of the material issued can be used elsewhere.",
    zh = "调整生产计划，核实已投料是否可转用，并向营销部门反馈。",
  },

  test = function(notice, p)
    if not notice.received_on then return untestable "no day on which it became known" end
    local contract = notice.contract
    if not contract then return untestable "no contract" end
    local heard = step("schedule_notice", notice, "received_on")
    local faults, early = {}, {}
    local forwarded = step("schedule_notice", notice, "forwarded_at")
    if concerns_period(notice.received_on, forwarded.at) then
      append(faults, deadline_faults(forwarded, heard, p.forward_days, true))
    end
    local replanned = step("schedule_notice", notice, "replanned_at")
    local moved = notice.new_due_on
    if moved and concerns_period(notice.received_on, replanned.at) then
      early = filter(contract.production_orders, function(production)
        if not has_happened(production.released_at) or production.released_at > notice.received_on then return false end
        if production.finished_on and production.finished_on <= moved - p.early_days and production.finished_on <= notice.received_on then return false end
        local planned = production.planned_finish_on
        return not planned or moved - planned > p.early_days
      end)
      if #early > 0 then
        append(faults, deadline_faults(replanned, heard, p.replan_days, true))
        if replanned.at and early[1].planned_finish_on then
          local plan = { name = "production_order.planned_finish_on", at = early[1].planned_finish_on, row = early[1] }
          table.insert(faults, { fault = "unchanged", step = plan, other = heard })
        end
      end
    end
    local concerned = #early > 0 and early or contract.production_orders
    local worth = map(concerned, production_worth)
    return step_exception(faults, {
      amount = #worth > 0 and sum(worth) or nil, received_on = notice.received_on, new_due = moved or "unknown", evidence = evidence(contract, early),
    })
  end,

  cases = {
    { "passed on the next working day, planned anew to seven days before", as_of = "2026-10-31",
      given = postponed({ forwarded_at = "2026-10-13T17:00:00", replanned_at = "2026-10-15T17:00:00" }, { planned_finish_on = "2026-12-03" }), expect = {} },
    { "passed on a day late", as_of = "2026-10-31",
      given = postponed({ forwarded_at = "2026-10-14T08:00:00", replanned_at = "2026-10-15T17:00:00" }, { planned_finish_on = "2026-12-03" }),
      expect = { { key = "N1", amount = "80", fault = "late", step = "schedule_notice.forwarded_at", limit = "2026-10-13", at = "2026-10-14T08:00:00", received_on = "2026-10-12" } } },
    { "never passed on, nor planned anew", as_of = "2026-10-31", given = postponed {},
      expect = { { key = "N1", amount = "80", fault = "missing", step = "schedule_notice.forwarded_at", faults = "2", new_due = "2026-12-10" } } },
    { "there is still time for both", as_of = "2026-10-13", given = postponed {}, expect = {} },
    { "planned anew a day late, though not moved", as_of = "2026-10-31",
      given = postponed { forwarded_at = "2026-10-13T17:00:00", replanned_at = "2026-10-16T08:00:00" },
      expect = { { key = "N1", amount = "80", fault = "late", step = "schedule_notice.replanned_at", faults = "2" } } },
    { "said to be planned anew: eight days before", as_of = "2026-10-31",
      given = postponed({ forwarded_at = "2026-10-13T17:00:00", replanned_at = "2026-10-15T17:00:00" }, { planned_finish_on = "2026-12-02" }),
      expect = { { key = "N1", amount = "80", fault = "unchanged", step = "production_order.planned_finish_on", at = "2026-12-02" } } },
    { "in fact moved, nothing said", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { planned_finish_on = "2026-12-03" }), expect = {} },
    { "finished before it was heard", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { finished_on = "2026-10-12" }), expect = {} },
    { "finished the day after all the same", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { finished_on = "2026-10-13" }),
      expect = { { key = "N1", amount = "80", fault = "missing", step = "schedule_notice.replanned_at" } } },
    { "released after it was heard", as_of = "2026-10-31", given = postponed({ forwarded_at = "2026-10-13T17:00:00" }, { released_at = "2026-10-13T08:00:00" }), expect = {} },
    { "of another month, passed on late then", period = "2026-11", as_of = "2026-11-30", given = postponed({ forwarded_at = "2026-10-20T17:00:00" }, { planned_finish_on = "2026-12-03" }), expect = {} },
    { "of another month, still not planned anew", period = "2026-11", as_of = "2026-11-30", given = postponed { forwarded_at = "2026-10-20T17:00:00" },
      expect = { { key = "N1", amount = "80", step = "schedule_notice.replanned_at", faults = "1" } } },
    { "no contract", given = { schedule_notice = { { notice_id = "N1", received_on = "2026-10-12" } } }, expect = { { key = "N1", untestable = "no contract" } } },
  },
}

-- The inspections of goods received: of their production order and lot, or of their lot.
local function inspections_of(receipt)
  local lot = read(receipt, "lot_no")
  if read(receipt, "production_order_id") then
    local production = receipt.production_order
    if not production then return untestable "no such production order" end
    return filter(production.inspections, function(inspection)
      local inspected = read(inspection, "lot_no")
      return not lot or not inspected or lot == inspected
    end)
  end
  if not lot then return untestable "neither production order nor lot" end
  return lookup("inspection", { lot_no = lot })
end

-- Whether goods received came out of our production and were not taken back.
local function is_made(receipt)
  local product = imported "product" and receipt.product
  if product and read(product, "is_outsourced") then return false end
  return receipt.quantity ~= nil and receipt.quantity > 0
end

local function stocked_in(receipt, inspections, more)
  local row = { goods_receipt_id = "G1", production_order_id = "M1", product_id = "A", lot_no = "L1", quantity = "10", received_on = "2026-10-20", received_by = "E23" }
  for name, value in pairs(receipt or {}) do row[name] = value end
  local given = under_contract({}, {}, { goods_receipt = { row }, inspection = inspections })
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "PRD-06" {
  title      = { en = "Product stocked in without passed inspection", zh = "未检验合格入库" },
  risk       = { en = "Bad goods reach the customer.", zh = "未经检验或不合格的产品入库并发出，引起质量索赔和退货。" },
  tests      = {
    en = "For each receipt of finished goods, the last inspection of its production order and lot up to that day must have been passed.",
    zh = "产品入库之日，其排产单、批号的最近一次检验须为合格。",
  },
  source     = { "003-4.9" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "goods_receipt",
  shape      = "sequence",
  applies    = is_made,
  amount_kind = "transaction",
  message    = {
    en = "received on {received_on}: inspection {fault} ({inspected_on})",
    zh = "{received_on} 入库：检验{fault}（{inspected_on}）",
  },
  terms      = {
    missing = { en = "is missing", zh = "缺失" },
    failed  = { en = "was not passed", zh = "不合格" },
    late    = { en = "came only afterwards", zh = "晚于入库" },
    none    = { en = "never", zh = "无" },
  },
  follow_up  = {
    en = "Block what is left of the lot, have it inspected, and tell the customers who got some of it.",
    zh = "封存该批剩余产品并补检；已发出的通知客户。",
  },

  test = function(receipt)
    local on = receipt.received_on
    if not on then return untestable "no day of receipt" end
    local done = sort(filter(inspections_of(receipt), "inspected_on"), function(one) return { one.inspected_on, one.inspection_id } end)
    local before = filter(done, function(one) return one.inspected_on <= on end)
    local last = before[#before]
    if last and last.result == "pass" then return end
    local later = first(done, function(one) return one.inspected_on > on and one.result == "pass" end)
    return exception {
      amount = standard_worth(receipt.product, receipt.quantity, on), received_on = on,
      fault = last and "failed" or later and "late" or "missing",
      inspected_on = last and last.inspected_on or later and later.inspected_on or "none",
      evidence = evidence(done, receipt.production_order),
    }
  end,

  cases = {
    { "passed on the day", given = stocked_in({}, { { inspection_id = "I1", production_order_id = "M1", lot_no = "L1", result = "pass", inspected_on = "2026-10-20" } }), expect = {} },
    { "passed the day after", given = stocked_in({}, { { inspection_id = "I1", production_order_id = "M1", lot_no = "L1", result = "pass", inspected_on = "2026-10-21" } }),
      expect = { { key = "G1", amount = "50", fault = "late", received_on = "2026-10-20", inspected_on = "2026-10-21" } } },
    { "passed, then failed", given = stocked_in({}, {
        { inspection_id = "I1", production_order_id = "M1", result = "pass", inspected_on = "2026-10-18" },
        { inspection_id = "I2", production_order_id = "M1", result = "fail", inspected_on = "2026-10-19" },
        { inspection_id = "I3", production_order_id = "M1", result = "pass", inspected_on = "2026-10-22" },
      }), expect = { { key = "G1", amount = "50", fault = "failed", inspected_on = "2026-10-19" } } },
    { "failed, then passed on the same day", given = stocked_in({}, {
        { inspection_id = "I1", production_order_id = "M1", result = "fail", inspected_on = "2026-10-19" },
        { inspection_id = "I2", production_order_id = "M1", result = "pass", inspected_on = "2026-10-19" },
      }), expect = {} },
    { "another lot of the production order, another order's lot",
      given = stocked_in({}, { { inspection_id = "I1", production_order_id = "M1", lot_no = "L2", result = "pass", inspected_on = "2026-10-19" }, { inspection_id = "I2", production_order_id = "M2", lot_no = "L1", result = "pass", inspected_on = "2026-10-19" } }),
      expect = { { key = "G1", amount = "50", fault = "missing", inspected_on = "none" } } },
    { "by the lot alone", given = stocked_in({ production_order_id = "" }, { { inspection_id = "I2", production_order_id = "M2", lot_no = "L1", result = "pass", inspected_on = "2026-10-19" } }), expect = {} },
    { "neither production order nor lot", given = stocked_in({ production_order_id = "", lot_no = "" }, {}), expect = { { key = "G1", untestable = "neither production order nor lot" } } },
    { "bought goods, goods taken back", given = stocked_in({}, {}, {
        product = { { product_id = "A" }, { product_id = "B", is_outsourced = "true" } },
        goods_receipt = { { goods_receipt_id = "G1", product_id = "B", lot_no = "L1", quantity = "10", received_on = "2026-10-20" }, { goods_receipt_id = "G2", product_id = "A", lot_no = "L1", quantity = "-10", received_on = "2026-10-20" } },
      }), expect = {} },
    { "inspections were not imported", given = stocked_in(), absent = { "inspection" }, expect = { { key = "G1", untestable = "inspection" } } },
  },
}

-- The notices that goods are ready, for a receipt: copies of the receipt, and those that name it, its production order
-- or its contract and were not sent before the goods came.
local function ship_notices(receipt)
  local production = receipt.production_order
  local contract = contract_behind(production)
  local ids = map(evidence(receipt, production, contract), key_of)
  local found = {}
  local function take(notices)
    for notice in each(notices) do
      local at = notice.received_at or notice.sent_at
      if at and has_happened(at) and at >= receipt.received_on then table.insert(found, { at = at, row = notice }) end
    end
  end
  take(receipt.distributions)
  for id in each(ids) do take(lookup("document_distribution", { doc_kind = "ship_notice", doc_id = id })) end
  return sort(found, function(one) return time_of(one.at) end)
end

-- The first of them that the salesperson got.
local function notice_to(notices, salesperson)
  return first(notices, function(notice) return same_person(notice.row.received_by, salesperson) end)
end

local function noticed(...)
  local given = { document_distribution = { { distribution_id = "V0", doc_kind = "ship_notice", doc_id = "G0", received_by = "E9", received_at = "2026-10-01T08:00:00" } } }
  for position = 1, select("#", ...) do table.insert(given.document_distribution, (select(position, ...))) end
  return given
end

control "PRD-07" {
  title      = { en = "Ready-to-ship notice not given to the salesperson on stock-in", zh = "入库未给营销员发货告知书" },
  risk       = { en = "Goods stand ready and nobody asks the customer for the money or sends them.", zh = "产品已入库而营销员不知情，延误收款和发货。" },
  tests      = {
    en = "For each receipt of goods made for a contract or order, a ship notice (or a copy of the receipt) is looked for that its salesperson received within a working day.",
    zh = "为合同或订单生产的产品入库后，营销员须在规定工作日内收到发货告知书（或入库单副本）。",
  },
  source     = { "003-4.9" },
  severity   = "low",
  profile    = { "engineered" },
  population = "goods_receipt",
  scope      = "open",
  shape      = "sequence",
  applies    = function(receipt)
    if not is_made(receipt) or not receipt.received_on or not read(receipt, "production_order_id") then return false end
    local production = receipt.production_order
    if not production or #documents_behind(production) == 0 then return false end
    if in_period(receipt.received_on) or not imported "document_distribution" then return true end
    local notice = notice_to(ship_notices(receipt), salesperson_behind(production))
    return concerns_period(receipt.received_on, notice and notice.at)
  end,
  parameters = {
    limit_days = { 1, origin = "default", note = "working days" },
    assume_recorded = { false, origin = "default", note = "true: report receipts even where no ship notice was ever recorded" },
  },
  amount_kind = "exposure",
  terms      = (function()
    local terms = step_terms()
    terms["wrong person"] = { en = "went to somebody else", zh = "未交给该营销员" }
    return terms
  end)(),
  message    = {
    en = "received on {other_at}; ship notice to {salesperson} {fault} ({at})",
    zh = "{other_at} 入库；给营销员 {salesperson} 的发货告知书{fault}（{at}）",
  },
  follow_up  = {
    en = "Tell the salesperson now, and see what the wait cost.",
    zh = "立即通知营销员，并核实延误对收款和交货的影响。",
  },

  test = function(receipt, p)
    local is_recorded = lookup_one("document_distribution", { doc_kind = "ship_notice" }) or lookup_one("document_distribution", { doc_kind = "goods_receipt" })
    if not p.assume_recorded and not is_recorded then
      return untestable "no ship notice was ever recorded"
    end
    local production = receipt.production_order
    local salesperson = salesperson_behind(production)
    if not salesperson then return untestable "no salesperson" end
    local notices = ship_notices(receipt)
    local notice = notice_to(notices, salesperson)
    local received = { name = "document_distribution.received_at", at = notice and notice.at, row = notice and notice.row }
    local faults = deadline_faults(received, step("goods_receipt", receipt, "received_on"), p.limit_days, true)
    if #faults > 0 and not notice and #notices > 0 then
      faults[1].fault = "wrong person"
      faults[1].step = { name = received.name, at = notices[1].at, row = notices[1].row }
    end
    return step_exception(faults, {
      amount = standard_worth(receipt.product, receipt.quantity, receipt.received_on), salesperson = salesperson, evidence = evidence(production),
    })
  end,

  cases = {
    { "the next working day, naming the receipt", as_of = "2026-10-31",
      given = stocked_in({}, {}, noticed { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E7", received_at = "2026-10-21T17:00:00" }), expect = {} },
    { "naming the production order, or the contract", as_of = "2026-10-31",
      given = stocked_in({}, {}, { goods_receipt = {
          { goods_receipt_id = "G1", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-20" }, { goods_receipt_id = "G2", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-28" },
        },
        document_distribution = noticed(
          { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "M1", received_by = "E7", sent_at = "2026-10-20T17:00:00" },
          { distribution_id = "V2", doc_kind = "ship_notice", doc_id = "CT1", received_by = "E7", received_at = "2026-10-28T17:00:00" }).document_distribution }), expect = {} },
    { "a copy of the receipt", as_of = "2026-10-31",
      given = stocked_in({}, {}, { document_distribution = { { distribution_id = "V1", doc_kind = "goods_receipt", doc_id = "G1", received_by = "E7", received_at = "2026-10-21T17:00:00" } } }), expect = {} },
    { "a copy of the receipt, to somebody else", as_of = "2026-10-31",
      given = stocked_in({}, {}, { document_distribution = { { distribution_id = "V1", doc_kind = "goods_receipt", doc_id = "G1", received_by = "E9", received_at = "2026-10-21T17:00:00" } } }),
      expect = { { key = "G1", amount = "50", fault = "wrong person" } } },
    { "two working days later", as_of = "2026-10-31",
      given = stocked_in({}, {}, noticed { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E7", received_at = "2026-10-22T08:00:00" }),
      expect = { { key = "G1", amount = "50", fault = "late", at = "2026-10-22T08:00:00", other_at = "2026-10-20", limit = "2026-10-21", salesperson = "E7" } } },
    { "to somebody else; of another receipt; before the goods came", as_of = "2026-10-31",
      given = stocked_in({}, {}, noticed(
        { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E9", received_at = "2026-10-21T08:00:00" },
        { distribution_id = "V2", doc_kind = "ship_notice", doc_id = "G2", received_by = "E7", received_at = "2026-10-21T08:00:00" },
        { distribution_id = "V3", doc_kind = "ship_notice", doc_id = "CT1", received_by = "E7", received_at = "2026-10-19T08:00:00" })),
      expect = { { key = "G1", amount = "50", fault = "wrong person", at = "2026-10-21T08:00:00" } } },
    { "none", as_of = "2026-10-31", given = stocked_in({}, {}, noticed()), expect = { { key = "G1", amount = "50", fault = "missing", at = "none" } } },
    { "none, with time left", as_of = "2026-10-21", given = stocked_in({}, {}, noticed()), expect = {} },
    { "none of an earlier month; late in an earlier month", period = "2026-11", as_of = "2026-11-30",
      given = stocked_in({}, {}, { goods_receipt = {
          { goods_receipt_id = "G1", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-20" }, { goods_receipt_id = "G2", production_order_id = "M1", product_id = "A", quantity = "10", received_on = "2026-10-21" },
        },
        document_distribution = noticed { distribution_id = "V1", doc_kind = "ship_notice", doc_id = "G1", received_by = "E7", received_at = "2026-10-28T08:00:00" }.document_distribution }),
      expect = { { key = "G2", amount = "50", fault = "missing" } } },
    { "nobody records such notices", as_of = "2026-10-31", given = stocked_in(), expect = { { key = "G1", untestable = "no ship notice" } } },
    { "nobody records them, and they are taken to be", as_of = "2026-10-31", parameters = { assume_recorded = true }, given = stocked_in(), expect = { { key = "G1", amount = "50", fault = "missing" } } },
    { "no salesperson", as_of = "2026-10-31", given = stocked_in({}, {}, { contract = { { contract_id = "CT1" } }, document_distribution = noticed().document_distribution }), expect = { { key = "G1", untestable = "no salesperson" } } },
    { "made for stock", as_of = "2026-10-31", given = stocked_in({}, {}, { production_order = { { production_order_id = "M1", released_at = "2026-10-10T08:00:00" } }, document_distribution = noticed().document_distribution }), expect = {} },
  },
}

-- What was issued of a product (of a lot, where one is given), for a contract or order: red slips come off again.
local function issued_for(document, product_id, lot)
  local lines = {}
  if lot then
    append(lines, lookup("stock_issue_line", { product_id = product_id, lot_no = lot }))
  else
    for delivery in each(document.deliveries) do
      for slip in each(delivery.issues) do
        append(lines, filter(slip.lines, function(line) return line.product_id == product_id end))
      end
    end
  end
  return sum(lines, function(line)
    local slip = line.issue
    if not slip or is_void(slip) or not has_happened(slip.issued_at) then return 0 end
    return line.quantity or 0
  end)
end

-- The document that goods received were made for: the contract, else the order; nil without.
local function wanted_by(receipt)
  if not read(receipt, "production_order_id") or not receipt.production_order then return nil end
  local documents = documents_behind(receipt.production_order)
  return documents[#documents]
end

local function in_stock(receipts, issues, more)
  local given = stocked_in({}, {}, { goods_receipt = receipts, stock_issue = {}, stock_issue_line = {}, delivery = {} })
  for number, issue in ipairs(issues or {}) do
    local id = tostring(number)
    table.insert(given.delivery, { delivery_id = "D" .. id, contract_id = issue.contract_id or "CT1", kind = "delivery", delivery_date = "2026-10-22" })
    table.insert(given.stock_issue, { issue_id = "S" .. id, delivery_id = "D" .. id, prepared_at = "2026-10-22T08:00:00", issued_at = issue.issued_at or "2026-10-22T09:00:00", status = issue.status })
    table.insert(given.stock_issue_line, { issue_id = "S" .. id, line_no = "1", product_id = issue.product_id or "A", lot_no = issue.lot_no, quantity = issue.quantity })
  end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function received(id, on, quantity, lot)
  return { goods_receipt_id = id, production_order_id = "M1", product_id = "A", quantity = quantity, received_on = on, lot_no = lot }
end

control "PRD-08" {
  title      = { en = "Finished goods made for a contract sit in stock", zh = "成品积压占用资金" },
  risk       = { en = "Money is tied up in goods that nobody fetches.", zh = "按合同生产的产品长期不提货，占用库存资金。" },
  tests      = {
    en = "What was received for a contract or order and not issued since (the oldest first, by lot where lots are kept) must not lie longer than a limit, nor long past the date of delivery.",
    zh = "为合同或订单入库而未出库的产品（按批次、先进先出），在库不得超过规定天数，也不得超过交货期过久。",
  },
  source     = { "003-4.8" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "goods_receipt",
  scope      = "open",
  shape      = "ageing",
  applies    = function(receipt) return is_made(receipt) and receipt.received_on ~= nil and wanted_by(receipt) ~= nil end,
  group      = function(receipt)
    local document = wanted_by(receipt)
    local lot = read(receipt, "lot_no")
    if lot then return "lot " .. (receipt.product_id or "") .. " " .. lot end
    return table_of(document) .. " " .. key_of(document) .. " " .. (receipt.product_id or "")
  end,
  parameters = {
    limit_days = { 30, origin = "default", note = "days in stock" },
    due_grace_days = { 7, origin = "default", note = "days in stock after the date of delivery" },
  },
  amount_kind = "exposure",
  message    = {
    en = "{left} of {quantity} received on {received_on} still in stock after {days} days; delivery due {due}",
    zh = "{received_on} 入库 {quantity}，{days} 天后仍有 {left} 在库；交货期 {due}",
  },
  terms      = { unknown = { en = "unknown", zh = "未注明" } },
  follow_up  = {
    en = "Ask the customer to take the goods, and see whether production started too early.",
    zh = "催促客户提货付款，并查明是否投产过早。",
  },

  test = function(receipts, p)
    if not as_of then return untestable "no date as of which to audit" end
    local document = wanted_by(receipts[1])
    local issued = issued_for(document, receipts[1].product_id, read(receipts[1], "lot_no"))
    local found = {}
    for part in each(consume(sort(receipts, function(one) return { one.received_on, one.goods_receipt_id } end), "quantity", max(0, issued))) do
      local receipt = part.row
      local due = due_of(receipt.production_order)
      local limit = deadline(receipt.received_on, p.limit_days)
      if due then limit = earliest(limit, deadline(latest(due, receipt.received_on), p.due_grace_days)) end
      if part.left > 0 and as_of > limit then
        table.insert(found, exception {
          row = receipt, amount = standard_worth(receipt.product, part.left, receipt.received_on), left = part.left, quantity = receipt.quantity,
          received_on = receipt.received_on, days = as_of - receipt.received_on, due = due or "unknown",
          evidence = evidence(receipt.production_order, document),
        })
      end
    end
    return found
  end,

  cases = {
    { "thirty days, two thirds gone", as_of = "2026-11-02", given = in_stock({ received("G1", "2026-10-03", "9") }, { { quantity = "6" } }, { contract = { { contract_id = "CT1" } } }), expect = {} },
    { "thirty-one days", as_of = "2026-11-03", given = in_stock({ received("G1", "2026-10-03", "9") }, { { quantity = "6" } }, { contract = { { contract_id = "CT1" } } }),
      expect = { { key = "G1", amount = "15", left = "3", quantity = "9", days = "31", received_on = "2026-10-03", due = "unknown" } } },
    { "the oldest goes first", as_of = "2026-11-15", given = in_stock({ received("G2", "2026-10-03", "6"), received("G1", "2026-10-05", "9") }, { { quantity = "6" } }, { contract = { { contract_id = "CT1" } } }),
      expect = { { key = "G1", amount = "45", left = "9" } } },
    { "void slips, other products, other contracts do not count; returns come back", as_of = "2026-11-15",
      given = in_stock({ received("G1", "2026-10-03", "6") }, {
        { quantity = "6", status = "void" }, { quantity = "6", product_id = "B" }, { quantity = "6", contract_id = "CT9" }, { quantity = "6" }, { quantity = "-2" }, { quantity = "2", issued_at = "2026-11-16T08:00:00" },
      }, { contract = { { contract_id = "CT1" }, { contract_id = "CT9" } } }),
      expect = { { key = "G1", amount = "10", left = "2" } } },
    { "by lot, whoever got it", as_of = "2026-11-15",
      given = in_stock({ received("G1", "2026-10-03", "6", "L1"), received("G2", "2026-10-03", "6", "L2") }, { { quantity = "6", lot_no = "L1", contract_id = "CT9" }, { quantity = "5", lot_no = "L2" } }, { contract = { { contract_id = "CT1" }, { contract_id = "CT9" } } }),
      expect = { { key = "G2", amount = "5", left = "1" } } },
    { "seven days past the date of delivery", as_of = "2026-11-06", given = in_stock { received("G1", "2026-10-20", "6") }, expect = {} },
    { "eight days past it", as_of = "2026-11-07", given = in_stock { received("G1", "2026-10-20", "6") }, expect = { { key = "G1", amount = "30", days = "18", due = "2026-10-30" } } },
    { "received after the date of delivery: the days count from then", as_of = "2026-11-12", given = in_stock { received("G1", "2026-11-05", "6") }, expect = {} },
    { "a day more", as_of = "2026-11-13", given = in_stock { received("G1", "2026-11-05", "6") }, expect = { { key = "G1", amount = "30", days = "8" } } },
    { "the customer asked for a later date", as_of = "2026-11-07",
      given = in_stock({ received("G1", "2026-10-20", "6") }, {}, { schedule_notice = { { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-12", new_due_on = "2026-11-30" } } }), expect = {} },
    { "for an order without a contract", as_of = "2026-11-15",
      given = in_stock({ received("G1", "2026-10-03", "6") }, {}, { production_order = { { production_order_id = "M1", order_id = "SO1", product_id = "A" } }, sales_order = { { order_id = "SO1" } } }),
      expect = { { key = "G1", amount = "30", left = "6" } } },
    { "for stock", as_of = "2026-11-15", given = in_stock({ received("G1", "2026-10-03", "6") }, {}, { production_order = { { production_order_id = "M1" } } }), expect = {} },
    { "no date of the audit", given = in_stock { received("G1", "2026-10-03", "6") }, expect = { { key = "contract CT1 A", untestable = "no date" } } },
    { "issue slips were not imported", as_of = "2026-11-15", absent = { "stock_issue" }, given = in_stock({ received("G1", "2026-10-03", "6") }, { { quantity = "6" } }), expect = { { key = "contract CT1 A", untestable = "stock_issue" } } },
  },
}

local function is_made_to_order(line)
  if not is_goods(line) then return false end
  local product = line.product
  return product ~= nil and product.is_made_to_order == true
end

-- When production was told of a line: the first notice of a production order for its product, under its order or
-- under the contract alone.
local function notified_of(line, order)
  local candidates = append({}, order.production_orders)
  local contract = imported("production_order", "contract_id") and contract_of(order)
  if contract then
    append(candidates, filter(contract.production_orders, function(production) return read(production, "order_id") == nil end))
  end
  local told = filter(candidates, function(production)
    return (production.product_id == nil or production.product_id == line.product_id) and has_happened(production.notified_at)
  end)
  return first(sort(told, "notified_at"))
end

-- The line that was told of last, or not at all, and its production order.
local function last_notified(order)
  local slowest
  for line in each(filter(order.lines, is_made_to_order)) do
    local production = notified_of(line, order)
    local at = production and production.notified_at
    if not slowest or slowest.at and (not at or at > slowest.at) then slowest = { line = line, production = production, at = at } end
  end
  return slowest
end

local function to_order(productions, lines, more)
  local given = {
    product = { { product_id = "A", is_made_to_order = "true" }, { product_id = "B", is_made_to_order = "true" }, { product_id = "S" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00", amount = "100", status = "approved" } },
    sales_order_line = lines or { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    production_order = productions,
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "PRD-09" {
  title      = { en = "Production not notified when the order was entered", zh = "订单录入未通知生产" },
  risk       = { en = "Production starts too late for the date promised.", zh = "生产准备滞后，不能按期交货。" },
  tests      = {
    en = "For each approved order of goods that are made to order, the notice to production is looked for within a working day of the approval.",
    zh = "含按单生产产品的订单审批后，须在规定工作日内通知生产。",
  },
  source     = { "000E I-5" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  scope      = "open",
  shape      = "sequence",
  applies    = function(order)
    if not is_live(order) or is_reversal(order) or order.status == "closed" or not has_happened(order.approved_at) then return false end
    local slowest = last_notified(order)
    return slowest ~= nil and concerns_period(order.approved_at, slowest.at)
  end,
  parameters = {
    limit_days = { 1, origin = "default", note = "working days; the policy says at the same time" },
  },
  evidence_columns = { "production_order.notified_at" },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = {
    en = "product {product}: {step} {fault} ({at}); approved on {other_at}",
    zh = "产品 {product}：{step}{fault}（{at}）；订单审批 {other_at}",
  },
  follow_up  = {
    en = "Notify production now and check the date promised to the customer.",
    zh = "立即通知生产并复核对客户承诺的交期。",
  },

  test = function(order, p)
    local slowest = last_notified(order)
    local notified = { name = "production_order.notified_at", at = slowest.at, row = slowest.production }
    return step_exception(deadline_faults(notified, step("sales_order", order, "approved_at"), p.limit_days, true), {
      amount = line_worth(slowest.line, slowest.line.quantity), product = slowest.line.product_id, evidence = evidence(slowest.line),
    })
  end,

  cases = {
    { "the next working day", as_of = "2026-10-31", given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-12T17:00:00" } }, expect = {} },
    { "a day later", as_of = "2026-10-31", given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-13T08:00:00" } },
      expect = { { key = "SO1", amount = "80", fault = "late", step = "production_order.notified_at", at = "2026-10-13T08:00:00", other_at = "2026-10-09T15:00:00", limit = "2026-10-12", product = "A" } } },
    { "one of two products was not told of", as_of = "2026-10-31",
      given = to_order({ { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" } }, {
        { order_id = "SO1", line_no = "1", product_id = "B", quantity = "5", unit_price = "8" }, { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8" },
      }),
      expect = { { key = "SO1", amount = "40", fault = "missing", at = "none", product = "B" } } },
    { "the later of two products", as_of = "2026-10-31",
      given = to_order({ { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" }, { production_order_id = "M2", order_id = "SO1", product_id = "B", notified_at = "2026-10-12T08:00:00" } }, {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { order_id = "SO1", line_no = "2", product_id = "B", quantity = "5", unit_price = "8" },
      }),
      expect = { { key = "SO1", amount = "80", fault = "late", product = "A" } } },
    { "told under the contract; told twice, the first counts", as_of = "2026-10-31",
      given = to_order({ { production_order_id = "M1", contract_id = "CT1", product_id = "A", notified_at = "2026-10-12T08:00:00" }, { production_order_id = "M2", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" } }, nil, {
        contract = { { contract_id = "CT1" } }, sales_order = { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" } },
      }), expect = {} },
    { "a production order without a notice", as_of = "2026-10-31", given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A" } }, expect = { { key = "SO1", amount = "80", fault = "missing" } } },
    { "still time", as_of = "2026-10-12", given = to_order {}, expect = {} },
    { "goods from stock, a sample, a closed order, one not approved", as_of = "2026-10-31",
      given = to_order({}, {
        { order_id = "SO1", line_no = "1", product_id = "S", quantity = "10", unit_price = "8" }, { order_id = "SO1", line_no = "2", product_id = "A", quantity = "1", line_kind = "sample" },
        { order_id = "SO2", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { order_id = "SO3", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
      }, { sales_order = {
        { order_id = "SO1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" }, { order_id = "SO2", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00", status = "closed" },
        { order_id = "SO3", order_date = "2026-10-08" },
      } }), expect = {} },
    { "of an earlier month: told late then; not told yet", period = "2026-11", as_of = "2026-11-30",
      given = to_order({ { production_order_id = "M1", order_id = "SO1", product_id = "A", notified_at = "2026-10-20T08:00:00" } }, {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { order_id = "SO2", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
      }, { sales_order = { { order_id = "SO1", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" }, { order_id = "SO2", order_date = "2026-10-08", approved_at = "2026-10-09T15:00:00" } } }),
      expect = { { key = "SO2", amount = "80", fault = "missing" } } },
    { "notices were not imported", as_of = "2026-10-31", absent = { "production_order.notified_at" }, given = to_order { { production_order_id = "M1", order_id = "SO1", product_id = "A" } },
      expect = { { key = "SO1", untestable = "notified_at" } } },
  },
}

-- How much of a product an order or a contract is for; nil where it is not on it.
local function wanted_quantity(document, product_id)
  local lines = filter(document.lines, function(line) return line.product_id == product_id end)
  if #lines == 0 then return nil end
  return sum(lines, table_of(document) == "sales_order" and ordered_quantity or base_quantity)
end

control "PRD-10" {
  title      = { en = "Design, material issue and production out of order; quantity differs from order", zh = "设计投料生产顺序、数量不符" },
  risk       = { en = "Material goes into something that is not designed yet, or more is made than was ordered.", zh = "未完成设计即投料，或超订单生产，形成废品和积压。" },
  tests      = {
    en = "Design, issue of material and finish of each production order must follow one another; what is released in all for a product of an order must not exceed what is ordered.",
    zh = "同一排产单的设计、投料、完工须依次进行；同一订单（合同）同一产品的累计排产数量不得超过订货数量。",
  },
  source     = { "003-4.7" },
  severity   = "low",
  profile    = { "engineered" },
  population = "production_order",
  shape      = "limit",
  applies    = function(production) return has_happened(production.released_at) end,
  group      = function(production)
    local document = documents_behind(production)[1]
    return document and table_of(document) .. " " .. key_of(document) or "stock " .. production.production_order_id
  end,
  parameters = {
    over_pct = { decimal "0", origin = "default", note = "what may be made beyond the order, in percent" },
  },
  amount_kind = "exposure",
  message    = {
    en = "{what}: {found} against {expected}",
    zh = "{what}：{found}，对照 {expected}",
  },
  terms      = {
    ["production_order.quantity"] = { en = "quantity made", zh = "累计排产数量" },
  },
  follow_up  = {
    en = "Ask production why; for quantities see whether the surplus can be sold.",
    zh = "向生产部门了解原因；超产部分核实能否销售。",
  },

  test = function(productions, p)
    local found, own = {}, {}
    for production in each(productions) do
      own[production] = true
      local fault = order_faults {
        optional_step("production_order", production, "design_done_on"),
        optional_step("production_order", production, "material_issued_on"),
        optional_step("production_order", production, "finished_on"),
      }[1]
      if fault then
        table.insert(found, exception {
          row = production, label = "order", amount = production_worth(production), what = fault.step.name, found = fault.step.at, expected = fault.other.at,
        })
      end
    end
    local document = documents_behind(productions[1])[1]
    if not document then return found end
    local released = filter(document.production_orders, function(one) return has_happened(one.released_at) and documents_behind(one)[1] == document end)
    for group in each(group_by(sort(released, "released_at"), "product_id")) do
      local wanted = wanted_quantity(document, group.key)
      for over in each(wanted and over_limit(group.rows, more_percent(wanted, p.over_pct), "quantity") or {}) do
        if own[over.row] then
          table.insert(found, exception {
            row = over.row, label = "quantity", amount = standard_worth(over.row.product, over.over, over.row.released_at),
            what = "production_order.quantity", found = over.total, expected = wanted, evidence = evidence(document),
          })
        end
      end
    end
    return found
  end,

  cases = {
    { "all on one day, as much as is contracted", given = under_contract { design_done_on = "2026-10-12", material_issued_on = "2026-10-12", finished_on = "2026-10-12" }, expect = {} },
    { "material the day before the design", given = under_contract { design_done_on = "2026-10-12", material_issued_on = "2026-10-11", finished_on = "2026-10-15" },
      expect = { { key = "M1", label = "order", amount = "80", what = "production_order.material_issued_on", found = "2026-10-11", expected = "2026-10-12" } } },
    { "finished before material was issued; no design", given = under_contract { material_issued_on = "2026-10-16", finished_on = "2026-10-15" },
      expect = { { key = "M1", amount = "80", label = "order", what = "production_order.finished_on" } } },
    { "the second release is one more than is contracted",
      given = under_contract({}, {}, { production_order = {
        { production_order_id = "M1", contract_id = "CT1", product_id = "A", quantity = "5", released_at = "2026-10-11T08:00:00" },
        { production_order_id = "M2", contract_id = "CT1", product_id = "A", quantity = "6", released_at = "2026-10-10T08:00:00" },
        { production_order_id = "M3", contract_id = "CT1", product_id = "C", quantity = "6", released_at = "2026-10-10T08:00:00" },
      } }),
      expect = { { key = "M1", label = "quantity", amount = "5", found = "11", expected = "10" } } },
    { "ten percent more are tolerated", parameters = { over_pct = "10" }, given = under_contract { quantity = "11" }, expect = {} },
    { "an order counts by itself, less what was cancelled; an earlier month counts and is not reported", period = "2026-10",
      given = under_contract({}, {}, {
        sales_order = { { order_id = "SO1", order_date = "2026-10-05", contract_id = "CT1" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "6", cancelled_quantity = "2", unit_price = "8" } },
        production_order = {
          { production_order_id = "M1", order_id = "SO1", product_id = "A", quantity = "5", released_at = "2026-09-30T08:00:00" },
          { production_order_id = "M2", order_id = "SO1", product_id = "A", quantity = "3", released_at = "2026-10-11T08:00:00" },
          { production_order_id = "M3", contract_id = "CT1", product_id = "A", quantity = "10", released_at = "2026-10-11T08:00:00" },
        },
      }),
      expect = { { key = "M2", label = "quantity", amount = "15", found = "8", expected = "4" } } },
    { "for stock: only the order of steps", given = under_contract { contract_id = "", quantity = "100", design_done_on = "2026-10-12", material_issued_on = "2026-10-11" },
      expect = { { key = "M1", amount = "500", label = "order", what = "production_order.material_issued_on" } } },
    { "days of design were not imported", given = under_contract(), absent = { "production_order.design_done_on" }, expect = { { key = "contract CT1", untestable = "design_done_on" } } },
  },
}

-- SPDX-License-Identifier: MIT
-- PRD: production for orders and contracts, from the notice to the goods in stock.

-- The contract that something was produced under, its own or its order's; nil without one.
local function contract_behind(production)
  if production.contract_id then return production.contract end
  local order = production.order_id and production.order
  return order and contract_of(order) or nil
end

-- The order and the contract that something was produced for, as far as there are any.
local function documents_behind(production)
  return evidence(production.order_id and production.order, contract_behind(production))
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

-- What several of them are worth together; nil where no worth is known.
local function total_worth(productions)
  local worth = map(productions, production_worth)
  return #worth > 0 and sum(worth) or nil
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
  if line and table_of(line) == "sales_order_line" and line.delivery_due_on then return line.delivery_due_on, line end
  for document in each(documents_behind(production)) do
    if read(document, "delivery_due_on") then return document.delivery_due_on, document end
  end
end

-- The latest of some dates in a field, as a step; nil of the rows fits: not taken.
local function latest_step(list, table_name, field)
  local ordered = sort(filter(list, field), field)
  return step(table_name, ordered[#ordered], field)
end

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

-- The inspections of goods received: of their production order and lot, or of their lot.
local function inspections_of(receipt)
  local lot = receipt.lot_no
  if read(receipt, "production_order_id") then
    local production = receipt.production_order
    if not production then return untestable { en = "no such production order", zh = "无此生产订单" } end
    return filter(production.inspections, function(inspection)
      local inspected = inspection.lot_no
      return not lot or not inspected or lot == inspected
    end)
  end
  if not lot then return untestable { en = "neither production order nor lot", zh = "生产订单与批次均未填" } end
  return lookup("inspection", { lot_no = lot })
end

-- Whether goods received came out of our production and were not taken back.
local function is_made(receipt)
  local product = receipt.product
  if product and product.is_outsourced then return false end
  return receipt.quantity ~= nil and receipt.quantity > 0
end

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
    if not slip or not is_live(slip) or not has_happened(slip.issued_at) then return 0 end
    return line.quantity or 0
  end)
end

-- The document that goods received were made for: the contract, else the order; nil without.
local function wanted_by(receipt)
  if not read(receipt, "production_order_id") or not receipt.production_order then return nil end
  local documents = documents_behind(receipt.production_order)
  return documents[#documents]
end

local function is_made_to_order(line)
  if not is_goods(line) then return false end
  local product = line.product
  return product ~= nil and product.is_made_to_order == true
end

-- When production was told of a line: the first notice of a production order for its product, under its order or
-- under the contract alone.
local function notified_of(line, order)
  local candidates = append({}, order.production_orders)
  local contract = contract_of(order)
  if contract then
    append(candidates, filter(contract.production_orders, function(production) return production.order_id == nil end))
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

-- How much of a product an order or a contract is for; nil where it is not on it.
local function wanted_quantity(document, product_id)
  local lines = filter(document.lines, function(line) return line.product_id == product_id end)
  if #lines == 0 then return nil end
  return sum(lines, table_of(document) == "sales_order" and ordered_quantity or base_quantity)
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
}

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
    if production.order_id then return false end -- an order without a contract is ORD-03's
    if production.contract_id then return false end -- names one that is not there
    local product = production.product
    return product ~= nil and read(product, "is_made_to_order") == true
  end,
  parameters = {
    review = { true, origin = "policy", note = "false: contracts are not reviewed by departments" },
  },
  needs      = { "production_order.contract_id" },
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
    if contract and product and product.needs_technical_agreement then
      table.insert(needed, latest_step(contract.technical_agreements, "technical_agreement", "signed_on"))
    end
    local released = step("production_order", production, "released_at", "released_by")
    return step_exception(prerequisite_faults(needed, released), { amount = production_worth(production), evidence = evidence(contract) })
  end,
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
    if not due then return untestable { en = "no date of delivery", zh = "无发货日期" } end
    local limit = due - p.transit_days
    local finished = production.finished_on
    local what, finish
    if finished and has_happened(finished) then what, finish = "finished", finished
    elseif production.planned_finish_on and production.planned_finish_on > limit then what, finish = "planned", production.planned_finish_on
    elseif as_of and as_of > limit then what, finish = "open", as_of
    elseif not production.planned_finish_on then return untestable { en = "neither a planned nor a real day of finish", zh = "计划完工日与实际完工日均未填" }
    else return end
    if finish <= limit then return end
    return exception {
      amount = production_worth(production), what = what, finish = finish, due = due, days = finish - limit,
      source = table_of(said_by) .. ".delivery_due_on", evidence = evidence(said_by),
    }
  end,
}

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
    if not as_of and not production.finished_on then return untestable { en = "no date as of which to audit", zh = "未定审计截止日" } end
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
}

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
    if not notice.received_on then return untestable { en = "no day on which it became known", zh = "无获知日期" } end
    local contract = notice.contract
    if not contract then return untestable { en = "no contract", zh = "无合同" } end
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
    return step_exception(faults, {
      amount = total_worth(concerned), received_on = notice.received_on, new_due = moved or "unknown", evidence = evidence(contract, early),
    })
  end,
}

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
    if not on then return untestable { en = "no day of receipt", zh = "无收货日期" } end
    local done = sort(filter(inspections_of(receipt), "inspected_on"), function(one) return { one.inspected_on, one.inspection_id } end)
    local before = filter(done, function(one) return one.inspected_on <= on end)
    local last = before[#before]
    if last and last.result == "pass" then return same_day_note(last.inspected_on, on) end
    local later = first(done, function(one) return one.inspected_on > on and one.result == "pass" end)
    return exception {
      amount = standard_worth(receipt.product, receipt.quantity, on), received_on = on,
      fault = last and "failed" or later and "late" or "missing",
      inspected_on = last and last.inspected_on or later and later.inspected_on or "none",
      evidence = evidence(done, receipt.production_order),
    }
  end,
}

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
      return untestable { en = "no ship notice was ever recorded", zh = "从未登记发货告知书" }
    end
    local production = receipt.production_order
    local salesperson = salesperson_behind(production)
    if not salesperson then return untestable { en = "no salesperson", zh = "无销售员" } end
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
}

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
    local lot = receipt.lot_no
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
    if not as_of then return untestable { en = "no date as of which to audit", zh = "未定审计截止日" } end
    local document = wanted_by(receipts[1])
    local issued = issued_for(document, receipts[1].product_id, receipts[1].lot_no)
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
}

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
    if not is_live(order) or is_reversal(order) or order.status == "closed" or not order_approved_last(order) then return false end
    local slowest = last_notified(order)
    return slowest ~= nil and concerns_period(order_approved_last(order), slowest.at)
  end,
  parameters = {
    limit_days = { 1, origin = "default", note = "working days; the policy says at the same time" },
  },
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
    return step_exception(deadline_faults(notified, { name = "sales_order.approved_at", at = order_approved_last(order), row = order }, p.limit_days, true), {
      amount = line_worth(slowest.line, slowest.line.quantity), product = slowest.line.product_id, evidence = evidence(slowest.line),
    })
  end,
}

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
      for over in each(wanted and over_limit(group.rows, wanted, "quantity", percent(wanted, p.over_pct)) or {}) do
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
}

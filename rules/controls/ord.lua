-- SPDX-License-Identifier: MIT
-- ORD: orders, from their entry to the moment they are carried out.

-- Whether something is stated in a field: nil where the row is not there or the column was not imported.
local function stated(row, field)
  if not row or not imported(table_of(row), field) then return nil end
  return not is_blank(read(row, field))
end

-- Whether one of several places states something; nil where none of them was imported.
local function stated_somewhere(...)
  local answer
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    if one then return true end
    if one == false then answer = false end
  end
  return answer
end

-- The row that a line or order refers to by a field; nil where its table was not imported.
local function referred(row, field, table_name, name)
  return imported(table_name) and read(row, field) and row[name] or nil
end

local header_fields = {
  ["sales_order.customer_id"] = function(order) return stated(order, "customer_id") end,
  ["customer.name"] = function(order) return stated(referred(order, "customer_id", "customer", "customer"), "name") end,
  ["customer.address"] = function(order)
    return stated_somewhere(stated(order, "ship_to_address"), stated(referred(order, "customer_id", "customer", "customer"), "address"))
  end,
  ["sales_order.amount"] = function(order) return stated(order, "amount") end,
}

local line_fields = {
  ["sales_order_line.product_id"] = function(line) return stated(line, "product_id") end,
  ["product.name"] = function(line) return stated(referred(line, "product_id", "product", "product"), "name") end,
  ["sales_order_line.model"] = function(line)
    return stated_somewhere(stated(line, "model"), stated(referred(line, "product_id", "product", "product"), "model"))
  end,
  ["sales_order_line.quantity"] = function(line) return stated(line, "quantity") end,
  ["sales_order_line.unit_price"] = function(line) return stated(line, "unit_price") end,
  ["sales_order_line.delivery_due_on"] = function(line)
    return stated_somewhere(stated(line, "delivery_due_on"), stated(line.order, "delivery_due_on"))
  end,
}

-- Of services and freight only the quantity and price are asked for; gifts and samples have no price.
local function is_asked(line, field)
  local kind = line.line_kind
  if kind == "service" or kind == "freight" then return field == "sales_order_line.quantity" or field == "sales_order_line.unit_price" end
  if kind == "gift" or kind == "sample" then return field ~= "sales_order_line.unit_price" end
  return true
end

-- The total of the lines that comes nearest to an amount: with tax, without, or as the lines state it.
local function nearest_total(lines, amount)
  local best
  local function try(of)
    local total = sum(lines, of)
    if not best or abs(amount - total) < abs(amount - best) then best = total end
  end
  try(gross_amount)
  try(net_amount)
  if all(lines, function(line) return line.amount ~= nil end) then try "amount" end
  return best
end

-- Who confirmed an order by a moment, in one of the roles: true, and which record says so. Where approvals were not
-- imported, the order's own header is asked.
local function confirmed_by(order, kinds, roles, moment)
  if imported "approval" then return approval_in_role({ order }, kinds, roles, moment) ~= nil, "approval" end
  local at, who = order.approved_at, order.approved_by
  return in_time(at, moment, who) and could_act(who, roles, { doc_kind = "sales_order", moment = at }), "sales_order"
end

-- Why an order does not fall under the contract that it names: what, the order's side and the contract's; nil if it does.
local function header_mismatch(order, contract)
  if contract.customer_id and order.customer_id and order.customer_id ~= contract.customer_id then
    return "customer", order.customer_id, contract.customer_id
  end
  local on = order.order_date
  local ended = contract.closed_on
  if is_draft(contract) then return "draft", on or "none", contract.status end
  if is_dead(contract) and not (ended and on and on <= ended) then return "void", on or "none", contract.status end
  if not on then return nil end
  local closed = contract.closed_on
  if closed and on > closed then return "closed", on, closed end
  local from, signed = contract.effective_on, read(contract, "signed_on")
  if from and on < from and (not signed or on >= signed) then return "not effective", on, from end
  return nil
end

-- The first order under a contract that was neither made void nor rejected.
local function first_order(contract)
  return first(sort(filter(contract.orders, is_live), "order_date"))
end

-- From when on orders are expected under a contract: signed, in force, and not too long before the date of delivery.
local function orders_expected_from(contract, lead_days)
  local due = read(contract, "delivery_due_on")
  return latest(contract.signed_on, contract.effective_on, due and due - lead_days)
end

-- What makes two lines the same sale, or nil where the line does not say enough. Two without a date of delivery are not told
-- apart by it.
local function same_sale(line)
  local due = line.delivery_due_on or line.order.delivery_due_on
  if not line.product_id or not line.quantity or not line.unit_price then return nil end
  return table.concat({ line.product_id, tostring(line.quantity), tostring(line.unit_price), currency_of(line), due and tostring(due) or "none" }, " ")
end

-- Whether a delivery of an order is being prepared: a draft is no delivery, but somebody follows the order up.
local function has_draft_delivery(order)
  return any(rows_of(order, "delivery_line", "delivery_lines"), function(line) return line.delivery ~= nil and is_draft(line.delivery) end)
end

-- When an order was approved last, or nil: by the approvals that stand, or by its header where it has none.
local function approved_on(order)
  local kinds = { "order_approval", "change" }
  if not has_history(order, kinds) then return order.approved_at end
  return latest_of(map(standing_approvals(order, kinds), "decided_at"))
end

control "ORD-01" {
  title      = { en = "Order lacks a key field", zh = "订单关键信息缺失" },
  risk       = { en = "What is to be delivered to whom, when and at which price is left to chance.", zh = "订单要素不全，错发、错价或误期无从核对。" },
  tests      = {
    en = "Each order must state the customer and their name and address, the amount, and for every line product, name, model, quantity, price and a date of delivery.",
    zh = "每张订单须写明客户编号、名称、地址和金额，每一行须写明产品、品名、型号、数量、单价和交货期。",
  },
  source     = { "000C 3" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  shape      = "required fields",
  applies    = is_entered,
  parameters = {
    fields = {
      {
        "sales_order.customer_id", "customer.name", "customer.address", "sales_order.amount",
        "sales_order_line.product_id", "product.name", "sales_order_line.model", "sales_order_line.quantity",
        "sales_order_line.unit_price", "sales_order_line.delivery_due_on",
      },
      origin = "policy", note = "a line without a model has its product's, one without a date its order's",
    },
  },
  amount_kind = "transaction",
  message    = { en = "{missing} missing (lines: {lines})", zh = "缺少：{missing}（行：{lines}）" },
  follow_up  = {
    en = "Ask the salesperson for what is missing and have the order completed and reviewed again; see who approved it as it was.",
    zh = "向销售员补齐要素后重新审核，并查明当时为何准予通过。",
  },

  test = function(order, p)
    local missing, numbers = {}, {}
    for field in each(p.fields) do
      if header_fields[field] and header_fields[field](order) == false then table.insert(missing, field) end
    end
    local function look_at(line)
      local lacks = filter(p.fields, function(field)
        return line_fields[field] ~= nil and is_asked(line, field) and line_fields[field](line) == false
      end)
      if #lacks > 0 then table.insert(numbers, tostring(line.line_no)) end
      for field in each(lacks) do
        if not contains(missing, field) then table.insert(missing, field) end
      end
    end
    for line in each(order.lines) do look_at(line) end
    return required_exception(missing, {
      amount = order.amount,
      lines  = #numbers > 0 and table.concat(numbers, ", ") or "none",
      evidence = evidence(order.lines),
    })
  end,
  terms = { none = { en = "none", zh = "无" } },
}

control "ORD-02" {
  title      = { en = "Order arithmetic wrong", zh = "订单数量金额不符" },
  risk       = { en = "The amount approved and counted against the credit limit is not what will be invoiced.", zh = "审批和占用额度的金额与实际应开票金额不一致。" },
  tests      = {
    en = "Each line's amount is worked out again from quantity, price and discount, with tax or without, alike for the whole order; net and tax must make the gross amount, the lines the order's; quantities must be above zero. What the rounding of a price explains passes.",
    zh = "按数量、单价和折扣重新计算每行金额，整张订单采用同一含税或不含税口径；不含税金额加税额须等于价税合计，各行合计须等于订单金额；数量须大于零。单价尾差可解释的差异不计。",
  },
  source     = { "000C 3" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  shape      = "row",
  applies    = is_entered,
  parameters = {
    tolerance = { decimal "0.01", origin = "default", note = "for each line; for the order as many times as it has lines" },
    rounding_cap_pct = { decimal "0.5", origin = "default", note = "of a line: what half a unit of the price's last place may explain at most" },
  },
  amount_kind = "misstatement",
  message    = { en = "{what}: stated {stated}, worked out {expected}", zh = "{what}：所列 {stated}，计算应为 {expected}" },
  terms      = {
    line     = { en = "amount of the line", zh = "行金额" },
    tax      = { en = "gross amount of the line", zh = "行价税合计" },
    total    = { en = "amount of the order", zh = "订单金额" },
    quantity = { en = "quantity of the line", zh = "行数量" },
    ["more than 0"] = { en = "more than 0", zh = "大于 0" },
  },
  follow_up  = {
    en = "Find out which figure was typed over, correct the order, and see whether deliveries and invoices took the wrong one.",
    zh = "查明手工改动的数字并更正订单，核对发货和开票是否沿用了错误金额。",
  },

  test = function(order, p)
    local lines = order.lines
    if #lines == 0 then return untestable { en = "no lines", zh = "无明细" } end
    local stated = read(order, "amount")
    local is_red = is_reversal(order) or stated ~= nil and stated < 0
    local found, sound = {}, {}
    for line in each(lines) do
      if not read(line, "quantity") then return untestable { en = "no quantity on line {line}", zh = "第 {line} 行无数量", line = line.line_no } end
      local free = line.line_kind == "gift" or line.line_kind == "sample"
      if not line.unit_price and not free then return untestable { en = "no unit price on line {line}", zh = "第 {line} 行无单价", line = line.line_no } end
      if line.quantity == 0 or line.quantity < 0 and not is_red then
        table.insert(found, exception {
          label = tostring(line.line_no), amount = line.unit_price and abs(real_total(line)) or nil,
          what = "quantity", stated = line.quantity, expected = "more than 0", evidence = evidence(line),
        })
      elseif line.unit_price then
        table.insert(sound, line)
      end
    end
    for fault in each((line_faults(sound, p))) do
      table.insert(found, exception {
        label = tostring(fault.line.line_no), amount = fault.difference, what = fault.what,
        stated = fault.stated, expected = fault.expected, evidence = evidence(fault.line),
      })
    end
    local counted = filter(lines, function(line) return line.unit_price ~= nil end)
    if stated and #counted > 0 then
      local total = nearest_total(counted, stated)
      if not agree_within(stated, total, p.tolerance * #counted) then
        table.insert(found, exception {
          label = "total", amount = abs(stated - total), what = "total", stated = stated, expected = total,
          evidence = evidence(lines),
        })
      end
    end
    if #found == 0 and not stated then return untestable { en = "the order states no amount", zh = "订单未填金额" } end
    return found
  end,
}

control "ORD-03" {
  title      = { en = "Order without a contract not confirmed by the sales manager", zh = "无合同订货未经经理确认" },
  risk       = { en = "Goods leave on a word by phone that the customer can deny.", zh = "仅凭电话、传真发货，客户可否认订货，货款无凭。" },
  tests      = {
    en = "For each order under no contract, a confirmation by the sales manager (of major orders by a company leader) is looked for that came before production was released, goods were requested or delivered.",
    zh = "无合同的订单，须在首次排产、需货申请或发货之前经销售部经理（重大订单经公司领导）确认。",
  },
  source     = { "004-3" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "sales_order",
  shape      = "approval",
  applies    = function(order) return is_entered(order) and order.contract_id == nil end,
  parameters = {
    kinds = { { "no_contract_order", "order_approval" }, origin = "default", note = "an approval of the order by the right role confirms it" },
    roles = { { "sales_manager", "company_leader", "general_manager" }, origin = "policy" },
    major_roles = { { "company_leader", "general_manager" }, origin = "policy" },
    major_threshold = { decimal "1000000", origin = "default", note = "from this amount on an order is major; the policy names none" },
  },
  amount_kind = "transaction",
  message    = {
    en = "no contract ({channel}); carried out by {executed} on {executed_at}, not confirmed by {wanted} until then (according to {basis})",
    zh = "无合同（订货方式：{channel}）；{executed_at} 已执行（{executed}），此前无 {wanted} 确认（依据：{basis}）",
  },
  terms      = {
    unknown     = { en = "channel unknown", zh = "未注明" },
    contract = { en = "contract", zh = "合同" }, phone = { en = "phone", zh = "电话" }, fax = { en = "fax", zh = "传真" },
    email = { en = "email", zh = "邮件" }, portal = { en = "portal", zh = "网上" },
    sales_manager  = { en = "the sales manager", zh = "销售部经理" },
    company_leader = { en = "a company leader", zh = "公司领导" },
    approval    = { en = "the approvals", zh = "审批记录" },
    sales_order = { en = "the order's header", zh = "订单表头" },
  },
  follow_up  = {
    en = "Obtain the customer's written confirmation and ask the sales manager whether he knew of the order before it was carried out.",
    zh = "取得客户书面确认，并询问销售部经理执行前是否知情。",
  },

  test = function(order, p)
    local executed = executions(order)[1]
    if not executed then return end
    local roles = is_major(order, p.major_threshold) and p.major_roles or p.roles
    local confirmed, basis = confirmed_by(order, p.kinds, roles, executed.at)
    if confirmed then return end
    return exception {
      amount      = order.amount,
      channel     = read(order, "channel") or "unknown",
      executed    = executed.name,
      executed_at = executed.at,
      wanted      = roles[1],
      basis       = basis,
      evidence    = evidence(executed.row, order.approvals),
    }
  end,
}

control "ORD-04" {
  title      = { en = "Order does not match the contract", zh = "订单与合同不符" },
  risk       = { en = "Goods are sold that nobody contracted, or to somebody else.", zh = "订单超出合同约定，销售未经合同授权。" },
  tests      = {
    en = "Each order is compared with its contract: customer, validity, products, and the quantity ordered so far with the quantity contracted, as changes approved by the day of the order have left it. Prices are CHG-04's.",
    zh = "订单的客户、日期、产品与合同比较，累计订货数量与合同数量（含至订单日已批准生效的变更）比较；价格由 CHG-04 比较。",
  },
  source     = { "000C 4" },
  severity   = "high",
  profile    = { "erp-order", "general" },
  population = { "sales_order", "sales_order_line" },
  shape      = "limit",
  applies    = function(row)
    if table_of(row) == "sales_order" then return is_entered(row) end
    return is_goods(row) and row.order ~= nil and is_entered(row.order)
  end,
  group      = function(row)
    local order = table_of(row) == "sales_order" and row or row.order
    local contract = contract_of(order)
    return contract and contract.contract_id
  end,
  parameters = {
    tolerance_pct = { decimal "0", origin = "policy", note = "what may be ordered beyond the contract, in percent of its quantity" },
  },
  needs      = { "sales_order.contract_id" },
  amount_kind = "transaction",
  message    = { en = "{what}: order {ordered}, contract {contracted}", zh = "{what}：订单 {ordered}，合同 {contracted}" },
  terms      = {
    customer        = { en = "another customer", zh = "客户不一致" },
    void            = { en = "ordered under a void contract", zh = "合同已作废" },
    draft           = { en = "ordered under a draft of a contract", zh = "合同仅为草稿" },
    closed          = { en = "ordered after the contract was closed", zh = "合同结束后订货" },
    ["not effective"] = { en = "ordered before the contract took effect", zh = "合同生效前订货" },
    product         = { en = "product that is not in the contract", zh = "产品不在合同内" },
    quantity        = { en = "quantity in total", zh = "累计数量超合同" },
    none            = { en = "none", zh = "无" },
  },
  follow_up  = {
    en = "See whether a change of the contract was agreed and approved; if not, stop the order until it is.",
    zh = "查明有无经批准的合同变更；没有的，暂停执行订单并补办手续。",
  },

  test = function(rows, p)
    local own, wrong, found = {}, {}, {}
    for row in each(rows) do own[row] = true end
    local contract = contract_of(table_of(rows[1]) == "sales_order" and rows[1] or rows[1].order)
    for order in each(contract.orders) do
      local what, ordered, agreed = header_mismatch(order, contract)
      wrong[order] = what ~= nil
      if what and own[order] then
        table.insert(found, exception {
          row = order, label = "order", amount = order.amount, what = what, ordered = ordered, contracted = agreed, evidence = evidence(contract),
        })
      end
    end
    local lines = {}
    for order in each(sort(contract.orders, function(one) return { one.order_date, one.order_id } end)) do
      if is_entered(order) and not wrong[order] then append(lines, filter(order.lines, is_goods)) end
    end
    local agreed = {}
    for group in each(group_by(filter(contract.lines, is_goods), "product_id")) do agreed[group.key] = group.rows end
    for group in each(group_by(lines, "product_id")) do
      local of_contract = agreed[group.key]
      if not of_contract then
        for line in each(group.rows) do
          if own[line] then
            table.insert(found, exception {
              row = line, amount = line_worth(line, line.quantity), what = "product", ordered = line.product_id, contracted = "none", evidence = evidence(contract, contract.lines),
            })
          end
        end
      else
        local function limit(line)
          local date = line.order.order_date
          return sum(of_contract, function(one) return contracted_quantity(one, contract, date) end)
        end
        local function tolerance(quantity) return percent(quantity, p.tolerance_pct) end
        for over in each(over_limit(group.rows, limit, ordered_quantity, tolerance)) do
          if own[over.row] then
            table.insert(found, exception {
              row = over.row, amount = share_of(net_amount(over.row), over.over, base_quantity(over.row)),
              what = "quantity", ordered = over.total, contracted = over.limit, evidence = evidence(contract, of_contract),
            })
          end
        end
      end
    end
    return found
  end,
}

control "ORD-05" {
  title      = { en = "Order entered late after the contract was signed", zh = "签约后订单处理不及时" },
  risk       = { en = "Production and delivery start late; the date promised is missed.", zh = "订单录入滞后，生产与交付延误。" },
  tests      = {
    en = "The first order under each contract is looked for within some working days of signing, or of taking effect, where that is later; nothing is expected long before the date of delivery. No order at all is a fault while the contract is being carried out.",
    zh = "合同签订（生效较晚的按生效日，交货期尚远的按交货期前若干天）后若干工作日内须录入首张订单；执行中的合同不得一直无订单。",
  },
  source     = { "002e 6", "000E I-5" },
  severity   = "low",
  profile    = { "pipeline", "general" },
  population = "contract",
  scope      = "open",
  shape      = "sequence",
  applies    = function(contract)
    if not is_live(contract) or not contract.signed_on or contract.status == "review" then return false end
    local order = first_order(contract)
    if not order and contract.status ~= nil and contract.status ~= "executing" then return false end
    return concerns_period(contract.signed_on, order and order.order_date)
  end,
  parameters = {
    limit_days = { 3, origin = "default", note = "working days; the policy says in time" },
    lead_days = { 30, origin = "default", note = "nothing is expected earlier than so many days before the contract's date of delivery" },
  },
  needs      = { "sales_order" },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = {
    en = "signed on {signed_on}, first order {at}; due by {limit}",
    zh = "{signed_on} 签约，首张订单：{at}；应于 {limit} 前录入",
  },
  follow_up  = {
    en = "Ask the salesperson why nothing was ordered in time, and whether the customer knows when to expect the goods.",
    zh = "询问销售员未及时录入订单的原因，并核实客户是否知悉交货安排。",
  },

  test = function(contract, p)
    local order = first_order(contract)
    local expected = step("contract", contract, "signed_on")
    expected.at = orders_expected_from(contract, p.lead_days)
    local entered = step("sales_order", order, "order_date")
    return step_exception(deadline_faults(entered, expected, p.limit_days, true), {
      amount = contract.amount, signed_on = contract.signed_on, evidence = evidence(order),
    })
  end,
}

control "ORD-06" {
  title      = { en = "Order carried out before the contract was signed", zh = "合同未签先执行订单" },
  risk       = { en = "Goods are made and sent while the customer is not bound yet.", zh = "合同尚未签订即审批或发货，权利义务不受合同保护。" },
  tests      = {
    en = "Approval and first delivery of each order under a contract are compared with the day on which that contract was signed.",
    zh = "有合同的订单，其审批时间和首次发货日不得早于合同签订日。",
  },
  source     = { "002e 6" },
  severity   = "high",
  profile    = { "pipeline", "general" },
  population = "sales_order",
  shape      = "sequence",
  applies    = function(order)
    return is_entered(order) and order.contract_id ~= nil and order.contract ~= nil and not is_void(order.contract)
  end,
  amount_kind = "transaction",
  terms      = prerequisite_terms(),
  message    = prerequisite_message(),
  follow_up  = {
    en = "Obtain the contract as signed and its true date; see who released the order without it.",
    zh = "取得已签合同并核实签订日期，查明何人在签约前放行订单。",
  },

  test = function(order)
    local approved = { name = "sales_order.approved_at", at = order_approved_at(order), row = order }
    local delivered = first(executions(order), function(taken) return taken.name == "delivery.delivery_date" end)
    local done = { approved }
    if delivered then table.insert(done, delivered) end
    local before = first(sort(filter(done, "at"), function(taken) return time_of(taken.at) end))
    if not before then return end
    local signed = step("contract", order.contract, "signed_on", "signed_by")
    return step_exception(prerequisite_faults({ signed }, before), { amount = order.amount })
  end,
}

control "ORD-07" {
  title      = { en = "Duplicate order", zh = "重复订单" },
  risk       = { en = "The same sale is made and delivered twice.", zh = "同一笔订货重复录入，造成重复生产和发货。" },
  tests      = {
    en = "The order lines of each customer are compared with one another: same product, quantity, price and date of delivery (or none in both) in two orders of a few days.",
    zh = "同一客户在数日内的不同订单之间，比较产品、数量、单价和交货期均相同（或均未列交货期）的行。",
  },
  source     = { "000C 3" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  scope      = "all", -- the earlier of two orders may be of the month before
  shape      = "duplicates",
  applies    = function(order) return is_entered(order) and not is_reversal(order) and order.order_date ~= nil end,
  group      = { "customer_id" },
  parameters = {
    window_days = { 7, origin = "default" },
  },
  amount_kind = "transaction",
  message    = {
    en = "{lines} line(s) as in {earlier}, ordered {days} day(s) before",
    zh = "有 {lines} 行与 {earlier} 完全相同，两单相隔 {days} 天",
  },
  follow_up  = {
    en = "Ask the customer whether both were meant; cancel the second if not.",
    zh = "向客户核实是否确为两次订货；属重复的，取消后一张订单。",
  },

  test = function(orders, p)
    local last, found = {}, {}
    for order in each(sort(orders, function(one) return { one.order_date, one.order_id } end)) do
      local same, earlier, incomplete = {}, nil, nil
      local sales = {}
      select_currency(currency_of(order)) -- each order is compared with those of its own
      for line in each(filter(order.lines, is_sale)) do
        local sale = same_sale(line)
        local before = sale and last[sale]
        if before and order.order_date - before.order_date <= p.window_days then
          table.insert(same, line)
          earlier = before
        end
        if sale then table.insert(sales, sale) else incomplete = incomplete or line end
      end
      for sale in each(sales) do last[sale] = order end
      if earlier and in_period(order.order_date) then
        table.insert(found, exception {
          row = order, amount = sum(same, gross_amount), currency = currency_of(order), lines = #same, earlier = earlier.order_no or earlier.order_id,
          days = order.order_date - earlier.order_date, evidence = evidence(earlier, same),
        })
      elseif incomplete and in_period(order.order_date) then
        table.insert(found, untestable_row(order, { en = "line {line} states no product or no price", zh = "第 {line} 行无产品或单价", line = incomplete.line_no }))
      end
    end
    return found
  end,
}

control "ORD-08" {
  title      = { en = "Approved order stalled", zh = "订单审批后无执行跟踪" },
  risk       = { en = "Orders lie; the customer waits, limits stay used.", zh = "已审订单搁置，延误交货并占用信用额度。" },
  tests      = {
    en = "For each approved order that is open, production, a goods request, a delivery or an invoice is looked for within some days of the approval; nothing is expected more than some days before the date of delivery.",
    zh = "已审批未关闭的订单，须在审批后若干天内有排产、需货申请、发货或开票；距交货期尚远的不作要求。",
  },
  source     = { "000C 5" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order",
  scope      = "open",
  shape      = "ageing",
  applies    = function(order)
    return is_live(order) and not is_reversal(order) and order.status ~= "closed" and approved_on(order) ~= nil
  end,
  parameters = {
    limit_days = { 7, origin = "default", note = "days from the approval" },
    lead_days = { 30, origin = "default", note = "nothing is expected earlier than so many days before the date of delivery" },
  },
  amount_kind = "exposure",
  message    = {
    en = "approved on {approved_at}, nothing done for {days} days; delivery due {due}",
    zh = "{approved_at} 审批后 {days} 天无任何执行；交货期 {due}",
  },
  terms      = { unknown = { en = "unknown", zh = "未注明" } },
  follow_up  = {
    en = "Ask who follows the order up; close it where the customer no longer wants the goods, so that the limit is free again.",
    zh = "询问订单跟踪人；客户不再需要的应关闭订单，释放信用额度。",
  },

  test = function(order, p)
    if not as_of then return untestable { en = "no date as of which to audit", zh = "未定审计截止日" } end
    local approved_at = approved_on(order)
    local due = order.delivery_due_on or earliest_of(map(order.lines, function(line) return line.delivery_due_on end))
    local from = due and latest(day(approved_at), due - p.lead_days) or day(approved_at)
    if as_of <= deadline(from, p.limit_days) then return end
    if #executions(order) > 0 or #rows_of(order, "invoice", "invoices") > 0 or has_draft_delivery(order) then return end
    local open = filter(order.lines, function(line)
      return line.quantity ~= nil and ordered_quantity(line) > 0 and line.closed_at == nil and not is_service(line)
    end)
    if #open == 0 then return end
    return exception {
      amount      = sum(open, function(line) return line_worth(line, line.quantity - (line.cancelled_quantity or 0)) end),
      approved_at = approved_at,
      days        = days_between(approved_at, as_of),
      due         = due or "unknown",
      evidence    = evidence(open),
    }
  end,
}

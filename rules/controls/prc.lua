-- SPDX-License-Identifier: MIT
-- PRC: prices. Floor, approved list, approval of lists, grades, planned averages, discounts, cost.

local roles = { "general_manager", "company_leader" }

-- What is wrong with a price list, as far as it is recorded: an array of { label, what was found, what it should not be later than }.
local function faults_of(list)
  local found = {}
  local function missing_or_late(label, value, limit)
    if not value then table.insert(found, { label, "none", limit or "none" })
    elseif limit and value > limit then table.insert(found, { label, value, limit }) end
  end
  if is_recorded("price_list", "base_data_ref") and not list.base_data_ref then table.insert(found, { "base_data", "none", "none" }) end
  for input in each { "production_input", "market_input" } do
    if is_recorded("price_list", input .. "_at") then missing_or_late(input, list[input .. "_at"], list.approved_at) end
  end
  missing_or_late("approval", list.approved_at, list.valid_from)
  if same_person(list.approved_by, list.proposed_by) then
    table.insert(found, { "own_proposal", list.approved_by, list.proposed_by })
  end
  return found
end

-- The order lines of the period that a list prices: those that no other list prices count too, if it was in force on their date
-- but not approved yet.
local function priced_by(list)
  local function is_sold(line)
    local order = line.order
    return order ~= nil and is_live(order) and is_sale(line) and in_period(order.order_date)
  end
  local function is_of_list(line)
    return line.price == nil and currency_of(line) == currency_of(list) and in_window(line.order.order_date, list.valid_from, list.valid_to)
  end
  local lines = {}
  for price in each(list.lines) do
    append(lines, filter(price.order_lines, is_sold))
    for line in each(filter(lookup("sales_order_line", { product_id = price.product_id }), is_sold)) do
      if is_of_list(line) and not contains(lines, line) then table.insert(lines, line) end
    end
  end
  return lines
end

local function worth_of(lines)
  return sum(lines, function(line) return line.amount or real_total(line) end)
end

-- Whether a list was in force at some time of the period.
local function in_force_in_period(list)
  if list.valid_from and period_to and list.valid_from > period_to then return false end
  return not (list.valid_to and period_from and list.valid_to < period_from)
end

-- When a list had been sent to departments of all the kinds asked for, or nil: not yet.
local function complete_distribution(list, kinds)
  local complete
  for kind in each(kinds) do
    local sent = earliest_of(map(list.distributions, function(copy)
      local unit = copy.org_unit
      return unit and unit.kind == kind and (copy.sent_at or copy.received_at) or nil
    end))
    if not sent then return nil end
    complete = latest(complete, sent)
  end
  return complete
end

-- The line of the same list and product for another grade at whose list price a line was sold, or nil.
local function other_grade(line, price)
  if not price.customer_grade or price.customer_grade == "*" then return nil end
  local of_product = lookup("price_list_line", {
    price_list_id = price.price_list_id,
    product_id = price.product_id,
  })
  local total = total_on_basis(line, price.price_list)
  return first(of_product, function(other)
    return other.customer_grade ~= nil
      and other.customer_grade ~= price.customer_grade
      and other.season == price.season
      and other.list_price ~= nil
      and other.list_price - price.list_price ~= 0
      and total - other.list_price * quantity_priced(line, other) == 0
  end)
end

-- The invoice lines of a plan's product and month.
local function invoiced_under(plan)
  return filter(lookup("invoice_line", { product_id = plan.product_id }), function(line)
    local invoice = line.invoice
    return invoice ~= nil
      and invoice.issued_on ~= nil
      and month(invoice.issued_on) == plan.period
      and is_goods(line)
      and is_live(invoice)
  end)
end

-- The discount in percent that the salesperson of a line's document may give alone on that day.
local function free_discount(line, role_without_assignment)
  local document, _, date = agreement_of(line)
  local held = imported "role_assignment" and roles_held(document.salesperson_id, date) or {}
  if #held == 0 then held = { role_without_assignment } end
  local class = read(line, "product_id") and line.product and line.product.abc_class
  local granted = filter(rows "discount_authority", function(authority)
    return authority.max_discount_pct ~= nil
      and contains(held, authority.role)
      and (authority.abc_class == nil or authority.abc_class == class)
      and in_window(date, authority.valid_from, authority.valid_to)
  end)
  return sum(at_most(1, sort(granted, function(authority) return -authority.max_discount_pct end)), "max_discount_pct")
end

-- What one of the product's own units of a line really cost.
local function real_unit_price(line)
  return unit_price_of(real_total(line), base_quantity(line))
end

-- The real total of a line, without tax, in the company's currency; what is compared is not rounded to cents.
local function total_in_company_currency(line, date)
  if not line.unit_price then untestable { en = "no unit price", zh = "无单价" } end
  local total = line.quantity * line.unit_price - (line.discount_amount or 0)
  return convert(total, currency_of(line), company_currency, date, 6)
end

control "PRC-01" {
  title      = { en = "Sold below the floor price without special-price approval", zh = "低于最低限价且无特价审批" },
  risk       = {
    en = "Prices below the floor that leadership fixed give margin away and invite collusion with customers.",
    zh = "低于公司领导确定的最低价销售，侵蚀毛利，且可能与客户串通。",
  },
  tests      = {
    en = "What a line really costs per unit, after discount and on the list's tax basis and unit, is compared with the floor price in force on its date. A special-price approval of that price, given in time by a role that may, excuses it.",
    zh = "将扣除折扣、统一税基和单位后的实际单价，与当日有效的最低限价比较；有权岗位及时作出且涵盖该价格的特价审批可予豁免。",
  },
  source     = { "000B III-1.3.1", "001-I.2.7" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "sales_order_line", "contract_line", "quotation_line" },
  shape      = "as-of",
  applies    = sets_price,
  parameters = {
    tolerance_pct = { decimal "0", origin = "policy" },
    roles = { roles, origin = "policy", note = "where the approval matrix has special-price rows, those decide" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "sold at {price}, floor {floor}, {quantity} units; no special-price approval covers it",
    zh = "成交单价 {price}，最低限价 {floor}，数量 {quantity}，无有效特价审批",
  },
  follow_up  = {
    en = "Ask who agreed the price; obtain the approval or the reason why there is none.",
    zh = "询问由谁确定该价格，取得特价审批或说明原因。",
  },

  test = function(line, p)
    local price = price_of(line)
    if not price then return untestable { en = "no price in force", zh = "无有效价格" } end
    if not price.floor_price then return untestable { en = "no floor price", zh = "无最低限价" } end
    local missing = below_price(line, price, price.floor_price, p.tolerance_pct)
    if not missing then return end
    local charged = price_on_list_basis(line, price)
    if price_approval(line, charged, p.roles) then return end
    return exception {
      amount   = missing,
      price    = charged,
      floor    = price.floor_price,
      quantity = line.quantity,
      evidence = evidence(price, price.price_list, agreement_of(line), price_decisions(line)),
    }
  end,
}

control "PRC-02" {
  title      = { en = "Product sold without an approved price in force", zh = "无有效批准价格即销售" },
  risk       = {
    en = "Without an approved price nobody has decided what the goods are worth.",
    zh = "没有批准的价格，售价即无依据。",
  },
  tests      = {
    en = "For each approved order line a price of its product is looked up that was in force on the order date and approved before the order was, as its header or else the history says.",
    zh = "逐行查找订单日有效、且先于订单审批（表头未载时取审批记录）的该产品批准价格。",
  },
  source     = { "000B III-1.3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "sales_order_line",
  shape      = "as-of",
  applies    = function(line) return sets_price(line) and order_approved_last(line.order) ~= nil end,
  amount_kind = "transaction",
  message    = {
    en = "no approved price of {product} was in force on {date}",
    zh = "{date} 无 {product} 的有效批准价格",
  },
  follow_up  = {
    en = "Ask on what basis the price was set; see whether a list was approved late or does not cover the customer.",
    zh = "询问定价依据；核对价目表是否事后批准或未覆盖该客户。",
  },

  test = function(line)
    if not line.product_id then return untestable { en = "no product", zh = "无产品" } end
    if price_of(line) then return end
    local order = line.order
    local dated = filter(lookup("price_list_line", { product_id = line.product_id }), function(price)
      local list = price.price_list
      return list and in_window(order.order_date, list.valid_from, list.valid_to)
    end)
    return exception {
      amount   = line.amount or real_total(line),
      product  = line.product_id,
      date     = order.order_date,
      lists    = #dated,
      evidence = evidence(order, at_most(5, dated)),
    }
  end,
}

control "PRC-03" {
  title      = { en = "Price list put in force before leadership approved it, or without base data", zh = "价目表缺基础数据或先用后批" },
  risk       = {
    en = "Prices fixed without production's and marketing's data, or used before they were approved, are nobody's decision.",
    zh = "缺少生产、市场基础数据或未经批准即使用的价格，没有决策依据。",
  },
  tests      = {
    en = "The moments of production's and marketing's data and of the approval are compared with the first day of each list in force in the period, and the approver with the proposer and with the roles that may approve.",
    zh = "将生产、市场资料和审批的时间与价目表生效日比较，并核对批准人是否为提出人本人、是否具有批准岗位。",
  },
  source     = { "000B III-1.3.1" },
  severity   = "medium",
  profile    = { "internal-control" },
  population = "price_list",
  shape      = "sequence",
  applies    = in_force_in_period,
  parameters = { roles = { roles, origin = "policy" } },
  amount_kind = "transaction",
  message    = {
    en = "{check}: found {found}, should be there by {limit}",
    zh = "{check}：实际 {found}，应不晚于 {limit}",
  },
  follow_up  = {
    en = "See who put the list in force, and on what data.",
    zh = "核查价目表由谁启用、依据何种资料。",
  },

  test = function(list, p)
    local faults = faults_of(list)
    local may_skip = #faults > 0 and not imported "role_assignment"
    if list.approved_at and not may_skip and not held_role(list.approved_by, p.roles, list.approved_at) then
      table.insert(faults, { "role", list.approved_by or "none", "none" })
    end
    local exceptions = {}
    for position, fault in ipairs(faults) do
      table.insert(exceptions, exception {
        label    = fault[1],
        amount   = position == 1 and worth_of(priced_by(list)) or 0,
        check    = fault[1],
        found    = fault[2],
        limit    = fault[3],
        evidence = evidence(person(list.approved_by), list.lines[1]),
      })
    end
    return exceptions
  end,
}

control "PRC-04" {
  title      = { en = "Price list used before it was sent to the office and finance", zh = "价目表未送办公室和财务部即使用" },
  risk       = {
    en = "Those who must check prices cannot when they do not have the list in use.",
    zh = "办公室、财务部未取得在用价目表，无法复核价格。",
  },
  tests      = {
    en = "The first order date at which a list was used is compared with the day by which all departments that must have it had received it.",
    zh = "将价目表首次使用的订单日期，与应送达部门全部收到的日期比较。",
  },
  source     = { "001-I.3.2" },
  severity   = "low",
  profile    = { "archive" },
  population = "sales_order_line",
  shape      = "sequence",
  applies    = is_sale,
  group      = function(line)
    local price = price_of(line)
    return price and price.price_list_id -- without a price: PRC-02
  end,
  parameters = { recipients = { { "office", "finance" }, origin = "policy" } },
  amount_kind = "transaction",
  message    = {
    en = "first used on {first_used}, sent to all of {recipients} on {sent}",
    zh = "首次使用 {first_used}，送达 {recipients} 齐备日 {sent}",
  },
  follow_up  = { en = "Obtain the record of distribution.", zh = "取得价目表送达记录。" },

  test = function(lines, p)
    local list = price_of(lines[1]).price_list
    local sent = complete_distribution(list, p.recipients)
    local early = filter(lines, function(line) return not sent or line.order.order_date < sent end)
    for line in each(lines) do same_day_note(sent, line.order.order_date, { row = line }) end
    if #early == 0 then return end
    return exception {
      row        = list,
      amount     = sum(early, function(line) return line.amount or real_total(line) end),
      first_used = earliest_of(map(early, function(line) return line.order.order_date end)),
      sent       = sent or "never",
      recipients = p.recipients,
      evidence   = evidence(list.distributions, at_most(5, early)),
    }
  end,
}

control "PRC-05" {
  title      = { en = "Price outside the band of the customer's grade and season", zh = "超出客户等级、季节价格水平" },
  risk       = {
    en = "Customers charged above their band, or at another grade's price, are lost or favoured.",
    zh = "高于价格区间或套用其他等级价格，损害客户关系或造成利益输送。",
  },
  tests      = {
    en = "The real unit price is compared with the ceiling price in force for the customer's grade and season, and with the list prices of other grades.",
    zh = "将实际单价与该客户等级、季节当日有效的最高价比较，并与其他等级的标准价比较。",
  },
  source     = { "001-I.2.7" },
  severity   = "medium",
  profile    = { "archive" },
  population = "sales_order_line",
  shape      = "as-of",
  applies    = sets_price,
  parameters = { tolerance_pct = { decimal "0", origin = "default" } },
  amount_kind = "misstatement",
  message    = {
    en = "sold at {price}; the band of grade {grade} is {floor} to {ceiling}",
    zh = "成交单价 {price}；{grade} 级价格区间 {floor} 至 {ceiling}",
  },
  follow_up  = { en = "Check the customer's grade and who agreed the price.", zh = "核对客户等级及定价人。" },

  test = function(line, p)
    local price = price_of(line)
    if not price then return untestable { en = "no price in force", zh = "无有效价格" } end
    if price.floor_price and below_price(line, price, price.floor_price, 0) then return end -- PRC-01's
    local above = price.ceiling_price and above_price(line, price, price.ceiling_price, p.tolerance_pct)
    local other = not above and price.list_price and other_grade(line, price)
    if not above and not other then
      if not price.ceiling_price then return untestable { en = "no ceiling price", zh = "无最高限价" } end
      return
    end
    local total = total_on_basis(line, price.price_list)
    local listed = price.list_price and price.list_price * quantity_priced(line, price)
    return exception {
      label    = other and "other_grade" or nil,
      severity = other and "low" or nil,
      amount   = above or abs(listed - total),
      price    = price_on_list_basis(line, price),
      floor    = price.floor_price or "none",
      ceiling  = price.ceiling_price or "none",
      grade    = price.customer_grade or "any",
      evidence = evidence(price, other, line.order, line.order.customer),
    }
  end,
}

control "PRC-06" {
  title      = { en = "Average realised price misses the planned average price", zh = "平均售价低于均价计划" },
  risk       = { en = "Discounts that each look small add up to a missed price plan.", zh = "零散折让累计导致均价计划落空。" },
  tests      = {
    en = "The net amount invoiced of a product in a month, divided by its quantity, is compared with the average price planned for it.",
    zh = "将产品当月开票净额除以数量所得均价，与计划均价比较。",
  },
  source     = { "001-I.2.7" },
  severity   = "low",
  profile    = { "archive" },
  population = "price_plan",
  shape      = "aggregate",
  applies    = function(plan) return #invoiced_under(plan) > 0 end,
  parameters = { tolerance_pct = { decimal "5", origin = "default", note = "the policy names no number" } },
  amount_kind = "exposure",
  message    = {
    en = "average {average} without tax over {quantity} units, planned {planned}",
    zh = "不含税均价 {average}（数量 {quantity}），计划 {planned}",
  },
  follow_up  = { en = "Find the customers and orders that pulled the average down.", zh = "分析拉低均价的客户和订单。" },

  test = function(plan, p)
    local lines = invoiced_under(plan)
    local quantity = sum(lines, base_quantity)
    if quantity <= 0 then return untestable { en = "nothing was invoiced net of red invoices", zh = "扣除红字发票后无开票" } end
    local net = sum(lines, function(line)
      return money_in(line, "net_amount", company_currency, line.invoice.issued_on, 2) or filled(line, "net_amount")
    end)
    local planned = plan.planned_average_price * quantity
    if net >= less_percent(planned, p.tolerance_pct) then return net < planned and within_tolerance_note(net - planned) end
    return exception {
      amount   = planned - net,
      average  = unit_price_of(net, quantity),
      planned  = plan.planned_average_price,
      quantity = quantity,
      evidence = evidence(at_most(20, lines)),
    }
  end,
}

control "PRC-07" {
  title      = { en = "Special discount used before it was approved", zh = "特殊折扣未批先用" },
  risk       = { en = "Discounts beyond the salesperson's authority are given without anyone else's decision.", zh = "超出销售员权限的折扣未经批准即给予客户。" },
  tests      = {
    en = "The discount from the list price in force is compared with what the salesperson may grant alone on that day; beyond it a special-price approval in time is looked for.",
    zh = "将相对当日标准价的折扣与销售员当日可自行给予的折扣比较；超出部分须有及时的特价审批。",
  },
  source     = { "002u 承诺报表内容" },
  severity   = "medium",
  profile    = { "pipeline" },
  population = { "sales_order_line", "contract_line" },
  shape      = "approval",
  applies    = sets_price,
  parameters = {
    role = { "salesperson", origin = "default", note = "of a salesperson whose role is not recorded" },
  },
  amount_kind = "exposure",
  message    = {
    en = "sold at {price}, list price {list_price}; {authority} percent were free",
    zh = "成交单价 {price}，标准价 {list_price}；可自行给予折扣 {authority}%",
  },
  follow_up  = { en = "Ask who granted the discount, and when.", zh = "询问折扣由谁、何时批准。" },

  test = function(line, p)
    if #rows "discount_authority" == 0 then return untestable { en = "no discount authority is known", zh = "未设折扣权限" } end
    local price = price_of(line)
    if not price then return untestable { en = "no price in force", zh = "无有效价格" } end
    if not price.list_price then return untestable { en = "no list price", zh = "无目录价格" } end
    if price.floor_price and below_price(line, price, price.floor_price, 0) then return end -- PRC-01's
    local authority = free_discount(line, p.role)
    local discount = given_away(line, price, price.list_price, authority)
    if not discount then return end
    local charged = price_on_list_basis(line, price)
    if price_approval(line, charged) then return end
    return exception {
      amount     = discount,
      price      = charged,
      list_price = price.list_price,
      authority  = authority,
      evidence   = evidence(price, agreement_of(line), price_decisions(line)),
    }
  end,
}

control "PRC-08" {
  title      = { en = "Same product, grade and month at unlike prices", zh = "同品同级客户同期价格差异" },
  risk       = { en = "Unexplained low prices to some customers start price wars and hide favours.", zh = "同类客户价格悬殊，引发恶性竞争或利益输送。" },
  tests      = {
    en = "The unit price of each line is compared with the median of all lines of the same product, customer grade, month and currency.",
    zh = "将每行单价与同一产品、客户等级、月份和币种各行的中位数比较。",
  },
  source     = { "001-I.4.1" },
  severity   = "low",
  profile    = { "archive" },
  population = "sales_order_line",
  shape      = "aggregate",
  applies    = function(line)
    local order = header_of(line, "order")
    return is_sale(line) and line.product_id ~= nil and is_live(order) and not is_reversal(order)
  end,
  group      = function(line)
    local order = line.order
    if not order then return nil end
    local grade = order.customer and order.customer.grade
    return { line.product_id, grade or "-", month(order.order_date), currency_of(line) }
  end,
  parameters = {
    limit_pct = { decimal "15", origin = "default", note = "the policy names no number" },
    least_lines = { 5, origin = "default" },
    least_customers = { 3, origin = "default" },
  },
  amount_kind = "exposure",
  message    = {
    en = "sold at {price}, the median of {lines} lines is {median}",
    zh = "成交单价 {price}，同组 {lines} 行的中位数 {median}",
  },
  follow_up  = { en = "Ask what justifies the low price.", zh = "了解低价原因。" },

  test = function(lines, p)
    local customers = group_by(lines, function(line) return line.order.customer_id end)
    if #lines < p.least_lines or #customers < p.least_customers then return end
    local middle = median(map(lines, real_unit_price))
    local least = less_percent(middle, p.limit_pct)
    local exceptions = {}
    for line in each(lines) do
      local price = real_unit_price(line)
      if price < least and not price_approval(line, price) then
        table.insert(exceptions, exception {
          row      = line,
          amount   = round((middle - price) * base_quantity(line), 2),
          price    = price,
          median   = middle,
          lines    = #lines,
          evidence = evidence(line.order, line.order.customer),
        })
      end
    end
    return exceptions
  end,
}

control "PRC-09" {
  title      = { en = "Sold below cost", zh = "低于成本销售" },
  risk       = { en = "Every unit sold loses money.", zh = "销售即亏损。" },
  tests      = {
    en = "The real unit price without tax is compared with the cost of the product on that day. A special-price approval of that price excuses it.",
    zh = "将不含税实际单价与产品当日成本比较；涵盖该价格的特价审批可予豁免。",
  },
  source     = { "000B II-2.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "sales_order_line", "contract_line" },
  shape      = "as-of",
  applies    = sets_price,
  parameters = {
    roles = { roles, origin = "policy", note = "where the approval matrix has special-price rows, those decide" },
  },
  amount_kind = "exposure",
  message    = {
    en = "sold at {price} without tax, cost {cost}",
    zh = "不含税成交单价 {price}，成本 {cost}",
  },
  follow_up  = { en = "Check the cost, then ask for the decision to sell at a loss.", zh = "核对成本，取得亏损销售的决定。" },

  test = function(line, p)
    local product = line.product
    if not product then return untestable { en = "no product", zh = "无产品" } end
    local _, _, date = agreement_of(line)
    select_currency(company_currency)
    local cost = cost_on(product, date)
    if not cost then return untestable { en = "no standard cost", zh = "无标准成本" } end
    local quantity = base_quantity(line)
    local total = total_in_company_currency(line, date)
    if total >= cost * quantity then return end
    local price = unit_price_of(total, quantity)
    if price_approval(line, price, p.roles) then return end
    return exception {
      amount   = round(cost * quantity - total, 2),
      price    = price,
      cost     = cost,
      quantity = quantity,
      evidence = evidence(product, agreement_of(line), price_decisions(line)),
    }
  end,
}

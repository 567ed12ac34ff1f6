-- SPDX-License-Identifier: MIT
-- MST: master data: customers, products, price lists, people and regions that every document leans on.

-- What a customer owes as of the audit, in the company's currency.
local function owed_by(customer)
  select_currency(company_currency)
  local total = 0
  for entry in each(live_ones(customer.receivables)) do
    local open = (entry.amount or 0) - paid_on(entry)
    if open ~= 0 then total = total + convert(open, currency_of(entry), company_currency, as_of or entry.posted_on, 2) end
  end
  return total
end

-- Whether two customers are known to belong together: one is the other's group, or both have the same.
local function is_one_group(a, b)
  local of_a, of_b = a.parent_id, b.parent_id
  return of_a == b.customer_id or of_b == a.customer_id or of_a ~= nil and of_a == of_b
end

-- What tells one customer from another beside the name, as texts to compare; nil where it is blank.
local marks = {
  tax_id  = fold,
  phone   = function(text) return plain_phone(text) or fold(text) end,
  address = fold,
}

local function mark_of(customer, field)
  local text = read(customer, field)
  if is_blank(text) then return nil end
  return marks[field](text)
end

-- What two customers have in common, as field names.
local function common_fields(a, b)
  return map({ "tax_id", "phone", "address" }, function(field)
    local mark = mark_of(a, field)
    if mark ~= nil and mark == mark_of(b, field) then return "customer." .. field end
  end)
end

-- The groups of customers that share a mark.
local function sharing(customers, field)
  if not imported("customer", field) then return {} end
  local groups = group_by(customers, function(customer) return mark_of(customer, field) end)
  return filter(groups, function(group) return #group.rows > 1 end)
end

-- The pairs of customers among some who bear one name, or nearly one. A mark that very many share says little: there
-- only equal names count, each with the first.
local function of_one_name(customers)
  if #customers <= 50 then return near_duplicates(customers, "name") end
  local found = {}
  for group in each(group_by(customers, function(one) return not is_blank(one.name) and plain_name(one.name) or nil end)) do
    for position = 2, #group.rows do table.insert(found, { group.rows[1], group.rows[position] }) end
  end
  return found
end

-- The goods lines of the period's orders and quotations for a product.
local function traded(product)
  local found = {}
  local function add(lines, header, moment)
    append(found, filter(lines, function(line)
      local document = line[header]
      return document and is_goods(line) and (header ~= "order" or is_entered(document)) and in_period(document[moment])
    end))
  end
  add(rows_of(product, "sales_order_line", "order_lines"), "order", "order_date")
  add(product.quotation_lines, "quotation", "quoted_on")
  return found
end

-- What such lines come to in the company's currency.
local function traded_amount(lines)
  select_currency(company_currency)
  return sum(lines, function(line)
    local day_of = table_of(line) == "quotation_line" and line.quotation.quoted_on or line.order.order_date
    return line.amount and money_in(line, "amount", company_currency, day_of, 2) or 0
  end)
end

-- Whether two lines of price lists name the same prices.
local function same_prices(a, b)
  for field in each { "list_price", "floor_price", "ceiling_price" } do
    if read(a, field) ~= read(b, field) then return false end
  end
  return true
end

-- The order lines of a price line's product from one day to another; only what that line could price.
local function ordered_between(price, from, to)
  return filter(rows_of(price.product, "sales_order_line", "order_lines"), function(line)
    local order = line.order
    return order and is_entered(order) and order.order_date
      and in_window(order.order_date, from, to) and currency_of(order) == currency_of(price)
  end)
end

-- Who did what when, by document: the fields of an actor and of the moment.
local acts = {
  sales_order  = { { "entered_by", "submitted_at" }, { "approved_by", "approved_at" } },
  contract     = { { "signed_by", "signed_on" }, { "confirmed_by", "confirmed_at" } },
  delivery     = { { "prepared_by", "delivery_date" }, { "approved_by", "approved_at" } },
  stock_issue  = { { "prepared_by", "prepared_at" }, { "issued_by", "issued_at" } },
  invoice      = { { "issued_by", "issued_on" }, { "reviewed_by", "reviewed_at" } },
  receipt      = { { "collected_by", "received_on" }, { "recorded_by", "recorded_at" } },
  approval     = { { "approver_id", "decided_at" } },
}

-- Why somebody could not have acted at a moment: "unknown", "left", "not hired", "account ended"; nil where they could.
local function why_absent(who, moment)
  if is_system(who) then return nil end
  if not imported "employee" then untestable { en = "employee was not imported", zh = "未导入 employee" } end
  local employee = person(who)
  if not employee then return "unknown" end
  local left, hired = employee.left_on, employee.hired_on
  if left and moment > left then return "left", left end
  if hired and moment < hired then return "not hired", hired end
  local account = lookup_one("user_account", { user_id = who })
  local ended = account and account.valid_to
  if ended and moment > ended then return "account ended", ended end
end

-- The change that took a change back, within some days, or nil.
local function taken_back(change, days)
  if change.old_value == nil then return nil end
  local later = lookup("master_change", { table_name = change.table_name, record_id = change.record_id, field = change.field })
  return first(later, function(other)
    return other.changed_at ~= nil and other.changed_at > change.changed_at and has_happened(other.changed_at)
      and other.new_value == change.old_value and days_between(change.changed_at, other.changed_at) <= days
  end)
end

-- Whether somebody held one of the roles for a region at a moment.
local function has_owner(region, roles, moment)
  return any(region.employees, function(employee)
    return not (employee.left_on and moment and moment > employee.left_on)
      and any(employee.roles, function(role)
        return contains(roles, role.role) and (not moment or in_window(moment, role.valid_from, role.valid_to))
      end)
  end)
end

-- What a region's customers ordered in the period, in the company's currency.
local function region_sales(region)
  select_currency(company_currency)
  local total = 0
  for customer in each(region.customers) do
    for order in each(customer.orders) do
      if is_entered(order) and order.amount and in_period(order.order_date) then
        total = total + money_in(order, "amount", company_currency, order.order_date, 2)
      end
    end
  end
  return total
end

control "MST-01" {
  title       = { en = "Duplicate customer master records", zh = "客户主数据重复" },
  risk        = { en = "Two records of one customer each get a credit limit, and overdue money of one does not stop sales to the other.", zh = "同一客户多个档案，信用额度重复、逾期不受控。" },
  source      = { "001-II.4.1" },
  severity    = "medium",
  profile     = { "general" },
  population  = "customer",
  scope       = "all",
  applies     = function(customer) return customer.status ~= "deleted" end,
  group       = function() return "customers" end,
  tests       = {
    en = "Customers with the same tax number, or with names that differ in no more than one character and the same phone or address. Members of one group are left out unless the tax number is the same.",
    zh = "税号相同，或名称相同或仅差一字且电话或地址相同的客户；同一集团成员仅在税号相同时列示。",
  },
  shape       = "duplicates",
  amount_kind = "exposure",
  message     = { en = "{name} and {other} ({other_name}) share {common}", zh = "{name} 与 {other}（{other_name}）{common} 相同" },
  follow_up   = { en = "Merge the records, move the open items, and keep one credit limit.", zh = "合并档案，转移未结项目，保留一个信用额度。" },

  test = function(customers)
    local found, seen = {}, {}
    local function report(a, b, common)
      if seen[b] then return end
      seen[b] = true
      table.insert(found, exception {
        row = b, amount = owed_by(b), name = b.name or b.customer_id, other = a.customer_id, other_name = a.name or "no name",
        common = table.concat(common, ", "), evidence = evidence(a),
      })
    end
    for group in each(sharing(customers, "tax_id")) do
      for position = 2, #group.rows do
        report(group.rows[1], group.rows[position], common_fields(group.rows[1], group.rows[position]))
      end
    end
    for field in each(imported("customer", "name") and { "phone", "address" } or {}) do
      for group in each(sharing(customers, field)) do
        for pair in each(of_one_name(group.rows)) do
          if not is_one_group(pair[1], pair[2]) then
            report(pair[1], pair[2], append({ "customer.name" }, common_fields(pair[1], pair[2])))
          end
        end
      end
    end
    return found
  end,
}

control "MST-02" {
  title       = { en = "Product not classified A, B or C", zh = "产品未按 A、B、C 分级" },
  risk        = { en = "Prices of a product without a class follow no rule of approval.", zh = "产品未分级，价格审批无所适从。" },
  source      = { "004-2.7" },
  severity    = "low",
  profile     = { "factory", "general" },
  population  = "product",
  scope       = "all",
  tests       = { en = "The class of every product that was quoted or ordered in the period, other than gifts, samples and services.", zh = "检查本期报价或销售的产品（赠品、样品、服务除外）是否已分级。" },
  shape       = "required fields",
  needs       = { "product.abc_class" },
  amount_kind = "transaction",
  message     = { en = "{product} has no class and was quoted or sold on {lines} lines", zh = "产品 {product} 未分级，本期报价或销售 {lines} 行" },
  follow_up   = { en = "Classify the product; review the prices that were agreed meanwhile.", zh = "补充分级，复核其间成交价格。" },

  test = function(product)
    if product.abc_class then return end
    local lines = traded(product)
    if #lines == 0 then return end
    return exception { amount = traded_amount(lines), product = product.product_id, lines = #lines, evidence = at_most(10, lines) }
  end,
}

control "MST-03" {
  title       = { en = "Price list lines overlap or leave a gap", zh = "价目表有效期重叠或中断" },
  risk        = { en = "Two prices are in force at once and the lower one is used, or none is and anything goes.", zh = "同一产品同时有两个有效价格或无价格可依。" },
  source      = { "000B III-1.3.1" },
  severity    = "medium",
  profile     = { "internal-control", "general" },
  population  = "price_list_line",
  scope       = "all",
  applies     = function(price) return price.price_list ~= nil and price.price_list.approved_at ~= nil and price.product ~= nil end,
  group       = function(price)
    local list = price.price_list
    return {
      price.product_id, price.customer_grade or "*", price.season or "*", price.sales_region_id or "*",
      currency_of(price), list.company_id or "*", tostring(price.min_quantity or 0), price.uom or "",
    }
  end,
  tests       = {
    en = "Approved lines for one product, grade, season, region, currency, company and unit: whether their days of validity overlap at different prices within the period, or leave days on which the product was sold.",
    zh = "同一产品、等级、季节、区域、币种、账套、单位的已批准价格，本期内有效期是否重叠且价格不同，或中断期间有销售。",
  },
  shape       = "as-of",
  amount_kind = "transaction",
  terms       = { overlap = { en = "overlap", zh = "重叠" }, gap = { en = "a gap", zh = "中断" } },
  message     = { en = "{fault} from {from} to {to} with list {other}", zh = "{from} 至 {to} 与价目表 {other} {fault}" },
  follow_up   = { en = "End the older list on the day before the newer one begins; check which price the orders between used.", zh = "修正价目表起止日，检查期间订单所用价格。" },

  test = function(prices)
    local found, before = {}, nil
    local function report(price, fault, from, to)
      local first_day, last_day = latest(from, period_from), earliest(to, period_to)
      if first_day and last_day and first_day > last_day then return end
      local lines = ordered_between(price, first_day, last_day)
      if fault == "gap" and #lines == 0 then return end
      table.insert(found, exception {
        row = price, label = fault, amount = sum(lines, function(line) return line.amount or 0 end), fault = fault, other = before.price_list_id,
        from = from or "the beginning", to = to or "now", evidence = evidence(before, at_most(10, lines)),
      })
    end
    for price in each(sort(prices, function(one) return { one.price_list.valid_from, one.price_list_id } end)) do
      local list = price.price_list
      local ended = before and before.price_list.valid_to
      if before and (not ended or not list.valid_from or list.valid_from <= ended) then
        if not same_prices(before, price) then report(price, "overlap", list.valid_from, earliest(ended, list.valid_to)) end
      elseif before and list.valid_from - ended > 1 then
        report(price, "gap", ended + 1, list.valid_from - 1)
      end
      if not before or before.price_list.valid_to and (not list.valid_to or list.valid_to > ended) then before = price end
    end
    return found
  end,
}

control "MST-04" {
  title       = { en = "Document of an unknown customer, or by somebody who was not there", zh = "单据引用不存在的主数据或离职人员操作" },
  risk        = { en = "Invented customers and accounts of people who left are how false documents are made.", zh = "虚构客户、离职人员账号被用于编制虚假单据。" },
  source      = { "001-II.4.1" },
  severity    = "high",
  profile     = { "general" },
  population  = { "sales_order", "contract", "delivery", "stock_issue", "invoice", "receipt", "approval" },
  applies     = function(document) return table_of(document) == "approval" or is_entered(document) end,
  tests       = {
    en = "The customer of each document, with the customer master; who entered, approved, issued, recorded it, with the people employed and accounts valid on that day.",
    zh = "核对单据的客户是否存在于主数据，经办、审批人员当日是否在职、账号是否有效。",
  },
  shape       = "lookup",
  amount_kind = "transaction",
  terms       = {
    unknown           = { en = "is unknown", zh = "不存在" },
    left              = { en = "had left", zh = "已离职" },
    ["not hired"]     = { en = "was not employed yet", zh = "尚未入职" },
    ["account ended"] = { en = "used an account that had ended", zh = "账号已停用" },
  },
  message     = { en = "{field} {who} {fault} ({since}) on {on}", zh = "{on} {field} {who} {fault}（{since}）" },
  follow_up   = { en = "Find out who used the account or made the customer up; block it, and read everything else done with it.", zh = "查明账号实际使用人或客户真实性，停用并追查其全部操作。" },

  test = function(document)
    local kind = table_of(document)
    local has_customer = kind ~= "approval" and kind ~= "stock_issue" and imported "customer" and read(document, "customer_id")
    local field, who, fault, since, on
    if has_customer and find(document, "customer") == nil then
      field, who, fault = kind .. ".customer_id", document.customer_id, "unknown"
    end
    for act in each(fault and {} or acts[kind]) do
      local actor, moment = read(document, act[1]), read(document, act[2])
      if actor and moment and has_happened(moment) and not fault then
        fault, since = why_absent(actor, moment)
        field, who, on = kind .. "." .. act[1], actor, moment
      end
    end
    if not fault then return end
    return exception {
      amount = stated_amount(document), field = field, who = who, fault = fault,
      since = since or "no record", on = on or "its date", evidence = evidence(person(who)),
    }
  end,
}

control "MST-05" {
  title       = { en = "Sensitive master data changed without approval", zh = "敏感主数据未经审批变更" },
  risk        = { en = "A limit, price or address is changed for one sale, and perhaps changed back, before anybody sees it.", zh = "擅自修改额度、价格、地址以促成某笔交易，事后再改回。" },
  source      = { "001-II.4.1", "001-II.3.3" },
  severity    = "high",
  profile     = { "general" },
  population  = "master_change",
  applies     = function(change, p)
    return contains(p.fields, (change.table_name or "") .. "." .. (change.field or ""))
      and change.old_value ~= change.new_value and not is_system(change.changed_by)
  end,
  parameters  = {
    fields = {
      {
        "customer_credit.credit_limit", "customer_credit.payment_terms_days", "customer_credit.trade_mode", "customer_credit.credit_rating",
        "price_list_line.list_price", "price_list_line.floor_price", "price_list_line.ceiling_price",
        "customer.tax_id", "customer.address", "customer.grade", "customer.status",
      },
      origin = "default", note = "what decides price, credit and where goods go",
    },
    reverted_days = { 7, origin = "default", note = "a change taken back so soon served one transaction" },
  },
  tests       = {
    en = "Every change of a sensitive field, with approvals of that change decided by the moment it was made; whether it was taken back soon after.",
    zh = "敏感字段变更是否事先审批，是否短期内改回。",
  },
  shape       = "approval",
  needs       = { "approval" },
  amount_kind = "exposure",
  message     = { en = "{field} of {record} changed from {old} to {new} on {changed_at} without approval; taken back: {reverted}", zh = "{changed_at} 未经审批将 {record} 的 {field} 由 {old} 改为 {new}；改回：{reverted}" },
  terms       = { never = { en = "never", zh = "未改回" }, none = { en = "nothing", zh = "空" } },
  follow_up   = { en = "Read what was sold, delivered or approved while the change was in force.", zh = "检查变更生效期间的销售、发货和审批。" },

  test = function(change, p)
    if not change.changed_at then return untestable { en = "no date of the change", zh = "无变更日期" } end
    if not lookup_one("approval", { approval_kind = "master_change" }) then
      return untestable { en = "approvals of master data are not recorded", zh = "未记录主数据的审批" }
    end
    local allowed = any(standing_approvals(change, { "master_change" }, change.changed_at), "approval_id")
    if allowed then return end
    local reverted = taken_back(change, p.reverted_days)
    local old, new = number_in(change.old_value), number_in(change.new_value)
    local is_limit = change.field == "credit_limit"
    return exception {
      amount     = is_limit and old and new and abs(new - old) or nil,
      severity   = reverted and "critical" or nil,
      field      = change.table_name .. "." .. change.field,
      record     = change.record_id,
      old        = change.old_value or "none",
      new        = change.new_value or "none",
      changed_at = change.changed_at,
      reverted   = reverted and reverted.changed_at or "never",
      evidence   = evidence(change.record, reverted, decisions(change)),
    }
  end,
}

control "MST-06" {
  title       = { en = "Sales region without tier or owner, salesperson without manager or region", zh = "销售区域、管理关系不完整" },
  risk        = { en = "Nobody answers for a region's prices, credit and collections.", zh = "区域无人负责，价格、信用和回款失管。" },
  source      = { "002r" },
  severity    = "low",
  profile     = { "pipeline", "general" },
  population  = { "sales_region", "employee" },
  scope       = "all",
  applies     = function(row, p)
    if table_of(row) == "sales_region" then return #row.customers > 0 end
    local now = period_to or as_of
    if row.left_on and now and row.left_on <= now then return false end
    return any(row.roles, function(role)
      return role.role == "salesperson" and (not now or in_window(now, role.valid_from, role.valid_to))
    end)
  end,
  parameters  = { owner_roles = { { "regional_manager", "branch_manager" }, origin = "default", note = "who may answer for a region" } },
  tests       = {
    en = "Regions with customers: their tier (A, B, C) and somebody with an owner's role at the end of the period. Salespeople: their manager and region.",
    zh = "有客户的区域是否定级、期末是否有负责人；销售人员是否有上级和区域。",
  },
  shape       = "required fields",
  amount_kind = "transaction",
  message     = { en = "{missing} missing", zh = "缺少：{missing}" },
  terms       = { owner = { en = "an owner", zh = "负责人" } },
  follow_up   = { en = "Complete the structure before targets and limits are set by it.", zh = "补全组织关系，再据以分解目标和额度。" },

  test = function(row, p)
    if table_of(row) == "employee" then
      return required_exception(blank_fields(row, { "manager_id", "sales_region_id" }))
    end
    local missing = blank_fields(row, { "tier" })
    if not has_owner(row, p.owner_roles, period_to or as_of) then table.insert(missing, "owner") end
    return required_exception(missing, { amount = region_sales(row) })
  end,
}

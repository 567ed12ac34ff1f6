-- SPDX-License-Identifier: MIT
-- MST: master data: customers, products, price lists, people and regions that every document leans on.

-- What a customer owes as of the audit, in the company's currency; 0 where receivables were not imported.
local function owed_by(customer)
  select_currency(company_currency)
  local total = 0
  for entry in each(not_void(rows_of(customer, "receivable_entry", "receivables"))) do
    local paid = imported "receipt_application" and total_by(payments_of(entry), "amount", "applied_on") or 0
    local open = (entry.amount or 0) - paid
    if open ~= 0 then total = total + convert(open, currency_of(entry), company_currency, as_of or entry.posted_on, 2) end
  end
  return total
end

-- Whether two customers are known to belong together: one is the other's group, or both have the same.
local function is_one_group(a, b)
  local of_a, of_b = read(a, "parent_id"), read(b, "parent_id")
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

control "MST-01" {
  title       = { en = "Duplicate customer master records", zh = "客户主数据重复" },
  risk        = { en = "Two records of one customer each get a credit limit, and overdue money of one does not stop sales to the other.", zh = "同一客户多个档案，信用额度重复、逾期不受控。" },
  source      = { "001-II.4.1" },
  severity    = "medium",
  profile     = { "general" },
  population  = "customer",
  scope       = "all",
  applies     = function(customer) return read(customer, "status") ~= "deleted" end,
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

  cases = {
    { "one tax number; what the second owes",
      given = {
        customer = { { customer_id = "C1", name = "甲", tax_id = "91320000A" }, { customer_id = "C2", name = "乙", tax_id = "91320000A" } },
        receivable_entry = {
          { receivable_id = "R1", customer_id = "C2", amount = "100.50", posted_on = "2026-10-05", invoice_id = "I" },
          { receivable_id = "R2", customer_id = "C1", amount = "7", posted_on = "2026-10-05" },
          { receivable_id = "R3", customer_id = "C2", amount = "9", posted_on = "2026-10-05", status = "void" },
        },
        invoice = { { invoice_id = "I" } },
        receipt_application = { { application_id = "A", receivable_id = "R1", amount = "40", applied_on = "2026-10-06" } },
      },
      expect = { { key = "C2", amount = "60.50", other = "C1", common = "customer.tax_id" } } },
    { "names a character apart and one phone, written in two ways",
      given = { customer = { { customer_id = "C1", name = "江苏天衡轴承有限公司", phone = "025-8888 1234" }, { customer_id = "C2", name = "江苏天恒轴承有限公司", phone = "02588881234" } } },
      expect = { { key = "C2", amount = "0", common = "customer.name, customer.phone", name = "江苏天恒轴承有限公司" } } },
    { "names a character apart and nothing else", expect = {},
      given = { customer = { { name = "江苏天衡轴承有限公司", phone = "025-88881234" }, { name = "江苏天恒轴承有限公司", phone = "025-88881235" } } } },
    { "two members of a group at one address", expect = {},
      given = { customer = {
        { customer_id = "C1", name = "天衡轴承一厂", address = "南京" }, { customer_id = "C2", name = "天衡轴承二厂", address = "南京", parent_id = "C1" },
      } } },
    { "three with one tax number are two too many",
      given = { customer = { { customer_id = "C1", tax_id = "9" }, { customer_id = "C2", tax_id = "9" }, { customer_id = "C3", tax_id = "9", status = "active" }, { customer_id = "C4", tax_id = "9", status = "deleted" } } },
      expect = { { key = "C2", amount = "0", other = "C1" }, { key = "C3", amount = "0", other = "C1" } } },
    { "sixty at one address: equal names only",
      given = (function()
        local list = {}
        for position = 1, 60 do
          table.insert(list, { customer_id = "C" .. position + 100, name = "市场摊位" .. position + 1000, address = "批发市场" })
        end
        list[60].name = list[1].name .. "公司"
        return { customer = list }
      end)(),
      expect = { { key = "C160", amount = "0", other = "C101", common = "customer.name, customer.address" } } },
    { "no tax numbers imported: names and phones still tell", absent = { "customer.tax_id", "receivable_entry" },
      given = { customer = { { customer_id = "C1", name = "天衡轴承", phone = "02588881234" }, { customer_id = "C2", name = "天衡轴承", phone = "02588881234" } } },
      expect = { { key = "C2", amount = "0", common = "customer.name, customer.phone" } } },
    { "status not imported", absent = { "customer.status" }, given = { customer = { { tax_id = "1" }, { tax_id = "2" } } }, expect = {} },
    { "an open item in a currency without a rate",
      given = {
        customer = { { customer_id = "C1", tax_id = "9" }, { customer_id = "C2", tax_id = "9" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C2", amount = "1", currency = "USD", posted_on = "2026-10-05" } },
      },
      expect = { { key = "customers", untestable = "USD" } } },
  },
}

-- The goods lines of the period's orders and quotations for a product, in the company's currency.
local function traded(product)
  select_currency(company_currency)
  local found, total = {}, 0
  local function add(lines, header, moment)
    for line in each(lines) do
      local document = line[header]
      local counts = document and is_goods(line) and (header ~= "order" or is_live(document)) and in_period(document[moment])
      if counts then
        table.insert(found, line)
        if line.amount then total = total + money_in(line, "amount", company_currency, document[moment], 2) end
      end
    end
  end
  add(rows_of(product, "sales_order_line", "order_lines"), "order", "order_date")
  add(rows_of(product, "quotation_line", "quotation_lines"), "quotation", "quoted_on")
  return found, total
end

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
  amount_kind = "transaction",
  message     = { en = "{product} has no class and was quoted or sold on {lines} lines", zh = "产品 {product} 未分级，本期报价或销售 {lines} 行" },
  follow_up   = { en = "Classify the product; review the prices that were agreed meanwhile.", zh = "补充分级，复核其间成交价格。" },

  test = function(product)
    if product.abc_class then return end
    local lines, amount = traded(product)
    if #lines == 0 then return end
    return exception { amount = amount, product = product.product_id, lines = #lines, evidence = at_most(10, lines) }
  end,

  cases = (function()
    local function sold(class, more)
      local order = { order_id = "S", order_date = "2026-10-14", status = "approved" }
      for name, value in pairs(more or {}) do order[name] = value end
      return {
        product = { { product_id = "P", abc_class = class } },
        sales_order = { order },
        sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", amount = "12.50" } },
      }
    end
    return {
      { "sold", given = sold(nil), expect = { { key = "P", amount = "12.50", product = "P", lines = "1" } } },
      { "classified C", given = sold "C", expect = {} },
      { "a draft", given = sold(nil, { status = "draft" }), expect = {} },
      { "given away", expect = {},
        given = (function()
          local given = sold()
          given.sales_order_line[1].line_kind = "gift"
          return given
        end)() },
      { "ordered a day before the period", period = "2026-10", given = sold(nil, { order_date = "2026-09-30" }), expect = {} },
      { "quoted",
        given = {
          product = { { product_id = "P" } },
          quotation = { { quotation_id = "Q", quoted_on = "2026-10-14" } },
          quotation_line = { { quotation_id = "Q", line_no = 1, product_id = "P", amount = "7" }, { quotation_id = "Q", line_no = 2, product_id = "P", amount = "1" } },
        },
        expect = { { key = "P", amount = "8", lines = "2" } } },
      { "in another currency",
        given = (function()
          local given = sold(nil, { currency = "USD" })
          given.exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1" } }
          return given
        end)(),
        expect = { { key = "P", amount = "88.75", product = "P" } } },
      { "no classes imported", absent = { "product.abc_class" }, given = sold(nil), expect = { { key = "P", untestable = "abc_class" } } },
    }
  end)(),
}

-- Whether two lines of price lists name the same prices.
local function same_prices(a, b)
  for field in each { "list_price", "floor_price", "ceiling_price" } do
    if read(a, field) ~= read(b, field) then return false end
  end
  return true
end

-- The orders of a price line's product from one day to another, with their lines' total; only what that line could price.
local function ordered_between(price, from, to)
  local total, found = 0, {}
  for line in each(rows_of(price.product, "sales_order_line", "order_lines")) do
    local order = line.order
    local is_priced = order and is_live(order) and order.order_date
      and in_window(order.order_date, from, to) and currency_of(order) == currency_of(price)
    if is_priced then
      total = total + (line.amount or 0)
      table.insert(found, line)
    end
  end
  return found, total
end

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
      price.product_id, price.customer_grade or "*", read(price, "season") or "*", read(price, "sales_region_id") or "*",
      currency_of(price), read(list, "company_id") or "*", tostring(read(price, "min_quantity") or 0), read(price, "uom") or "",
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
      local lines, amount = ordered_between(price, first_day, last_day)
      if fault == "gap" and #lines == 0 then return end
      table.insert(found, exception {
        row = price, label = fault, amount = amount, fault = fault, other = before.price_list_id,
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

  cases = (function()
    local function lists(first_to, second_from, more)
      local given = {
        product = { { product_id = "P" } },
        price_list = {
          { price_list_id = "A", valid_from = "2026-01-01", valid_to = first_to, approved_at = "2025-12-20T09:00:00" },
          { price_list_id = "B", valid_from = second_from, approved_at = "2026-09-20T09:00:00" },
        },
        price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "11", season = "*" } },
        sales_order = { { order_id = "S", order_date = "2026-10-10", status = "approved" } },
        sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", amount = "12.50" } },
      }
      for name, list in pairs(more or {}) do given[name] = list end
      return given
    end
    return {
      { "one day too long; nothing was sold on it", given = lists("2026-10-01", "2026-10-01"),
        expect = { { key = "B/P//%2A///", label = "overlap", amount = "0", from = "2026-10-01", to = "2026-10-01", other = "A" } } },
      { "one after the other", given = lists("2026-09-30", "2026-10-01"), expect = {} },
      { "without an end, and what was sold", given = lists(nil, "2026-10-10"),
        expect = { { key = "B/P//%2A///", label = "overlap", amount = "12.50", to = "now" } } },
      { "an overlap before the period", period = "2026-11", given = lists("2026-10-10", "2026-10-01"), expect = {} },
      { "the same prices twice", expect = {},
        given = lists(nil, "2026-10-10", { price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "10.00" } } }) },
      { "the other is for another grade", expect = {},
        given = lists(nil, "2026-10-10", { price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "11", customer_grade = "A" } } }) },
      { "the second was never approved", expect = {},
        given = lists(nil, "2026-10-10", { price_list = { { price_list_id = "A", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00" }, { price_list_id = "B", valid_from = "2026-10-10" } } }) },
      { "a gap in which goods were sold", given = lists("2026-10-09", "2026-10-11"),
        expect = { { key = "B/P//%2A///", label = "gap", amount = "12.50", from = "2026-10-10", to = "2026-10-10" } } },
      { "a gap in which nothing was sold", given = lists("2026-10-10", "2026-10-12"), expect = {} },
      { "a list within the time of a longer one is told from what follows that",
        given = lists("2026-10-31", "2026-11-01", {
          price_list = {
            { price_list_id = "A", valid_from = "2026-01-01", valid_to = "2026-10-31", approved_at = "2025-12-20T09:00:00" },
            { price_list_id = "B", valid_from = "2026-10-05", valid_to = "2026-10-06", approved_at = "2025-12-20T09:00:00" },
            { price_list_id = "C", valid_from = "2026-11-01", approved_at = "2025-12-20T09:00:00" },
          },
          price_list_line = { { price_list_id = "A", product_id = "P", list_price = "10" }, { price_list_id = "B", product_id = "P", list_price = "9" }, { price_list_id = "C", product_id = "P", list_price = "9" } },
        }),
        expect = { { key = "B/P/////", label = "overlap", amount = "0", from = "2026-10-05", to = "2026-10-06" } } },
      { "no dates of approval imported", absent = { "price_list.approved_at" }, given = lists(nil, "2026-10-10"),
        expect = { { key = "A/P/////", untestable = "approved_at" }, { key = "B/P//%2A///", untestable = "approved_at" } } },
    }
  end)(),
}

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
  if not imported "employee" then untestable "employee was not imported" end
  local employee = person(who)
  if not employee then return "unknown" end
  local left, hired = read(employee, "left_on"), read(employee, "hired_on")
  if left and moment > left then return "left", left end
  if hired and moment < hired then return "not hired", hired end
  local account = imported "user_account" and lookup_one("user_account", { user_id = who }) or nil
  local ended = account and read(account, "valid_to")
  if ended and moment > ended then return "account ended", ended end
end

control "MST-04" {
  title       = { en = "Document of an unknown customer, or by somebody who was not there", zh = "单据引用不存在的主数据或离职人员操作" },
  risk        = { en = "Invented customers and accounts of people who left are how false documents are made.", zh = "虚构客户、离职人员账号被用于编制虚假单据。" },
  source      = { "001-II.4.1" },
  severity    = "high",
  profile     = { "general" },
  population  = { "sales_order", "contract", "delivery", "stock_issue", "invoice", "receipt", "approval" },
  applies     = function(document) return table_of(document) == "approval" or is_live(document) end,
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
    if has_customer and document.customer == nil then
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

  cases = (function()
    local function order(more, people)
      local one = { order_id = "S", order_date = "2026-10-14", customer_id = "C", amount = "12.50", entered_by = "E1", submitted_at = "2026-10-14T09:00:00" }
      for name, value in pairs(more or {}) do one[name] = value end
      local given = { customer = { { customer_id = "C" } }, employee = { { employee_id = "E1", left_on = "2026-10-14" } }, sales_order = { one } }
      for name, list in pairs(people or {}) do given[name] = list end
      return given
    end
    return {
      { "on the last day", given = order(), expect = {} },
      { "a day after leaving", given = order { submitted_at = "2026-10-15T00:00:01" },
        expect = { { key = "S", amount = "12.50", field = "sales_order.entered_by", who = "E1", fault = "left", since = "2026-10-14" } } },
      { "a customer that is nowhere", given = order { customer_id = "C9" },
        expect = { { key = "S", amount = "12.50", field = "sales_order.customer_id", who = "C9", fault = "unknown" } } },
      { "somebody who is nowhere", given = order { entered_by = "E7" },
        expect = { { key = "S", amount = "12.50", who = "E7", fault = "unknown" } } },
      { "before being employed", given = order({}, { employee = { { employee_id = "E1", hired_on = "2026-10-15" } } }),
        expect = { { key = "S", amount = "12.50", fault = "not hired", since = "2026-10-15" } } },
      { "with an account that had ended",
        given = order({ entered_by = "U1" }, { employee = { { employee_id = "E1" } }, user_account = { { user_id = "U1", employee_id = "E1", valid_to = "2026-10-13" } } }),
        expect = { { key = "S", amount = "12.50", who = "U1", fault = "account ended", since = "2026-10-13" } } },
      { "a system user", given = order({ entered_by = "U0" }, { user_account = { { user_id = "U0", is_system = "true" } } }), expect = {} },
      { "a cancelled order", given = order { submitted_at = "2026-10-15T00:00:01", status = "cancelled" }, expect = {} },
      { "approved, by who had left",
        given = order({ approved_by = "E2", approved_at = "2026-10-14T10:00:00" }, { employee = { { employee_id = "E1" }, { employee_id = "E2", left_on = "2026-10-13" } } }),
        expect = { { key = "S", amount = "12.50", field = "sales_order.approved_by", who = "E2" } } },
      { "a slip", expect = { { key = "W", amount = "none", field = "stock_issue.issued_by", fault = "unknown" } },
        given = { stock_issue = { { issue_id = "W", prepared_at = "2026-10-14T09:00:00", issued_by = "E9", issued_at = "2026-10-14T10:00:00" } } } },
      { "no people imported", absent = { "employee" }, given = order { customer_id = "C" }, expect = { { key = "S", untestable = "employee" } } },
    }
  end)(),
}

-- The change that took a change back, within some days, or nil.
local function taken_back(change, days)
  if change.old_value == nil then return nil end
  local later = lookup("master_change", { table_name = change.table_name, record_id = change.record_id, field = change.field })
  return first(later, function(other)
    return other.changed_at ~= nil and other.changed_at > change.changed_at and has_happened(other.changed_at)
      and other.new_value == change.old_value and days_between(change.changed_at, other.changed_at) <= days
  end)
end

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
  amount_kind = "exposure",
  message     = { en = "{field} of {record} changed from {old} to {new} on {changed_at} without approval; taken back: {reverted}", zh = "{changed_at} 未经审批将 {record} 的 {field} 由 {old} 改为 {new}；改回：{reverted}" },
  terms       = { never = { en = "never", zh = "未改回" }, none = { en = "nothing", zh = "空" } },
  follow_up   = { en = "Read what was sold, delivered or approved while the change was in force.", zh = "检查变更生效期间的销售、发货和审批。" },

  test = function(change, p)
    if not change.changed_at then return untestable "no date of the change" end
    if not lookup_one("approval", { approval_kind = "master_change" }) then
      return untestable "approvals of master data are not recorded"
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

  cases = (function()
    local function change(more, approvals, later)
      local one = { -- "" is an empty field
        change_id = "M1", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit",
        old_value = "100000", new_value = "150000.50", changed_by = "E1", changed_at = "2026-10-14T09:00:00",
      }
      for name, value in pairs(more or {}) do one[name] = value end
      local other = {
        approval_id = "A0", doc_kind = "master_change", doc_id = "M0", approval_kind = "master_change", step_no = "1",
        decision = "approve", approver_id = "E9", decided_at = "2026-09-13T09:00:00", requested_at = "2026-09-13T09:00:00",
      }
      return { master_change = append({ one }, later or {}), approval = append({ other }, approvals or {}) }
    end
    local function approval(decided_at, decision)
      return { {
        approval_id = "A1", doc_kind = "master_change", doc_id = "M1", approval_kind = "master_change", step_no = "1",
        decision = decision or "approve", approver_id = "E9", decided_at = decided_at, requested_at = "2026-10-13T09:00:00",
      } }
    end
    return {
      { "a limit raised", given = change(), expect = { { key = "M1", amount = "50000.50", field = "customer_credit.credit_limit", old = "100000", reverted = "never" } } },
      { "approved in the same second", given = change({}, approval "2026-10-14T09:00:00"), expect = {} },
      { "approved a second later", given = change({}, approval "2026-10-14T09:00:01"), expect = { { key = "M1", amount = "50000.50", new = "150000.50" } } },
      { "rejected", given = change({}, approval("2026-10-14T08:00:00", "reject")), expect = { { key = "M1", amount = "50000.50", new = "150000.50" } } },
      { "a phone number is nobody's limit", given = change { table_name = "customer", field = "phone" }, expect = {} },
      { "the same value again", given = change { new_value = "100000" }, expect = {} },
      { "an address has no amount", given = change { table_name = "customer", record_id = "C1", field = "address", old_value = "", new_value = "1" },
        expect = { { key = "M1", amount = "none", field = "customer.address", old = "none" } } },
      { "taken back on the seventh day, with approval",
        given = change({}, { {
          approval_id = "A2", doc_kind = "master_change", doc_id = "M2", approval_kind = "master_change", step_no = "1",
          decision = "approve", approver_id = "E9", decided_at = "2026-10-21T08:00:00", requested_at = "2026-10-21T08:00:00",
        } }, { {
          change_id = "M2", table_name = "customer_credit", record_id = "C1/2026-01-01", field = "credit_limit",
          old_value = "150000.50", new_value = "100000", changed_by = "E1", changed_at = "2026-10-21T10:00:00",
        } }),
        expect = { { key = "M1", amount = "50000.50", reverted = "2026-10-21T10:00:00" } } },
      { "no date", given = change { changed_at = "" }, expect = { { key = "M1", untestable = "no date" } } },
      { "no change was ever approved", expect = { { key = "M1", untestable = "not recorded" } },
        given = { master_change = change().master_change } },
      { "no approvals imported", absent = { "approval" }, given = change(), expect = { { key = "M1", untestable = "approval" } } },
    }
  end)(),
}

-- Whether somebody held one of the roles for a region at a moment.
local function has_owner(region, roles, moment)
  return any(region.employees, function(employee)
    return not (read(employee, "left_on") and moment and moment > employee.left_on)
      and any(employee.roles, function(role)
        return contains(roles, role.role) and (not moment or in_window(moment, role.valid_from, role.valid_to))
      end)
  end)
end

-- What a region's customers ordered in the period, in the company's currency.
local function region_sales(region)
  select_currency(company_currency)
  local total = 0
  for customer in each(imported "sales_order" and region.customers or {}) do
    for order in each(customer.orders) do
      if is_live(order) and order.amount and in_period(order.order_date) then
        total = total + money_in(order, "amount", company_currency, order.order_date, 2)
      end
    end
  end
  return total
end

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
    if read(row, "left_on") and now and row.left_on <= now then return false end
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
    return required_exception(missing, #missing > 0 and { amount = region_sales(row) } or nil)
  end,

  cases = (function()
    local function region(fields, role)
      fields.sales_region_id = "R"
      return {
        sales_region = { fields },
        customer = { { customer_id = "C", sales_region_id = "R" } },
        employee = { { employee_id = "E", sales_region_id = "R", manager_id = "E0" } },
        role_assignment = { { employee_id = "E", role = role or "regional_manager", valid_from = "2026-01-01", valid_to = "2026-10-31" } },
        sales_order = { { order_id = "S", customer_id = "C", order_date = "2026-10-14", amount = "12.50" } },
      }
    end
    return {
      { "whole, to the last day", period = "2026-10", given = region { tier = "A" }, expect = {} },
      { "no tier", period = "2026-10", given = region {}, expect = { { key = "R", amount = "12.50", missing = "sales_region.tier" } } },
      { "the owner's role ended the day before", period = "2026-10",
        given = (function()
          local given = region { tier = "A" }
          given.role_assignment[1].valid_to = "2026-10-30"
          return given
        end)(),
        expect = { { key = "R", amount = "12.50", missing = "owner" } } },
      { "a region without customers", period = "2026-10",
        given = { sales_region = { { sales_region_id = "R" } } }, expect = {} },
      { "a salesperson without manager and region",
        given = { employee = { { employee_id = "E" } }, role_assignment = { { employee_id = "E", role = "salesperson" } } },
        expect = { { key = "E", amount = "none", missing = "employee.manager_id, employee.sales_region_id" } } },
      { "who left", period = "2026-10", expect = {},
        given = { employee = { { employee_id = "E", left_on = "2026-10-31" } }, role_assignment = { { employee_id = "E", role = "salesperson" } } } },
      { "a clerk", given = { employee = { { employee_id = "E" } }, role_assignment = { { employee_id = "E", role = "sales_clerk" } } }, expect = {} },
      { "no roles imported", absent = { "role_assignment" }, given = { employee = { { employee_id = "E" } } }, expect = { { key = "E", untestable = "role_assignment" } } },
    }
  end)(),
}

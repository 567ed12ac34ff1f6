-- SPDX-License-Identifier: MIT
-- Products, their units, and the price lists in force.

table "product" {
  zh  = "产品",
  key = { "product_id" },
  absent = { ids = true,
    en = "products are known by their numbers alone: the master was not imported",
    zh = "未提供产品档案：仅按明细所列产品编号识别",
  },
  fields = {
    { "product_id",                text,  "产品编号" },
    { "name",                      text,  "品名" },
    { "model",                     text,  "型号" },
    { "spec",                      text,  "规格" },
    { "uom",                       text,  "计量单位" },
    { "abc_class",                 enum { "A", "B", "C" }, "A、B、C三级分类" },
    { "is_difficult",              bool,  "疑难产品" },
    { "is_key",                    bool,  "重点产品" },
    { "is_outsourced",             bool,  "外协外购产品" },
    { "is_made_to_order",          bool,  "按单生产" },
    { "needs_technical_agreement", bool,  "须订技术合同" },
    { "standard_cost",             money, "标准成本" },
    -- 先进先出/移动平均/标准成本/个别计价
    { "valuation_method",          enum { "fifo", "moving_average", "standard", "specific" }, "计价方法" },
  },
  absence = {
    model = { en = "products have no model: returned goods and orders are compared without it",
      zh = "产品档案未列型号：比对时不考虑型号" },
    spec = { en = "products have no specification: it is not compared",
      zh = "产品档案未列规格：不比较规格" },
    uom = { en = "products have no unit of their own: quantities and prices are in one unit",
      zh = "产品档案未列主计量单位：视为数量与单价单位一致" },
    abc_class = { en = "products have no class: authority and rules for any class are taken",
      zh = "产品未分级：适用不分级的权限与规则" },
    is_outsourced = { value = "false", en = "no product is bought from outside: they are not marked",
      zh = "产品未标识外协外购：视为均为自制" },
    needs_technical_agreement = { value = "false", role = "acquits",
      en = "no product needs a technical agreement: they are not marked",
      zh = "产品未标识须订技术合同：视为均不需要" },
  },
  reverse = {
    price_lines      = { "price_list_line", by = "product" },
    price_plans      = { "price_plan", by = "product" },
    quotation_lines  = { "quotation_line", by = "product" },
    order_lines      = { "sales_order_line", by = "product" },
    support_records  = { "support_record", by = "product" },
    goods_receipts   = { "goods_receipt", by = "product" },
    stock_movements  = { "stock_movement", by = "product" },
    stock_counts     = { "stock_count", by = "product" },
    issue_lines      = { "stock_issue_line", by = "product" },
    cost_entries     = { "cost_entry", by = "product" },
    opening_balances = { "opening_balance", by = "product" },
    master_changes   = { "master_change", by = "record" },
  },
}

-- How much of the product's own unit one of `uom` is.
table "uom_conversion" {
  zh  = "计量单位换算",
  key = { "product_id", "uom" },
  absent = {
    en = "there is one unit for each product: no conversions were imported",
    zh = "未提供计量单位换算：视为每种产品只用一个计量单位",
  },
  fields = {
    { "product_id",    text,    "产品", to = "product" },
    { "uom",           text,    "单位" },
    { "base_quantity", decimal, "折合主计量数量", empty = "unknown" },
  },
}

table "season" {
  zh  = "季节",
  key = { "season", "starts_on" },
  absent = {
    en = "prices have no seasons: none were imported",
    zh = "未提供季节表：视为价格不分季节",
  },
  fields = {
    { "season",    text, "季节" },
    { "starts_on", date, "起", empty = "unknown" },
    { "ends_on",   date, "止", empty = "unknown" },
  },
}

table "price_list" {
  zh  = "价目表",
  key = { "price_list_id" },
  fields = {
    { "price_list_id",       text,      "价目表号" },
    { "valid_from",          date,      "生效" },
    { "valid_to",            date,      "失效" },
    { "proposed_by",         text,      "编制人", to = "employee" },
    { "approved_by",         text,      "批准人", to = "employee" },
    { "approved_at",         timestamp, "批准时间" },
    { "base_data_ref",       text,      "基础数据依据" },
    { "production_input_at", timestamp, "生产部资料日期" },
    { "market_input_at",     timestamp, "市场部分析日期" },
    { "company_id",          text,      "账套", to = "company" },
    { "currency",            text,      "币种" },
    { "exchange_rate",       decimal,   "汇率" },
    { "tax_included",        bool,      "是否含税" },
  },
  absence = {
    valid_from = { en = "price lists were in force throughout: no beginning is given",
      zh = "价目表未列生效日：视为一直有效" },
    valid_to = { en = "price lists are in force until the next: no end is given",
      zh = "价目表未列失效日：视为持续有效至下一价目表" },
    company_id = { en = "price lists hold for every company: none is named",
      zh = "价目表未列账套：视为适用于各账套" },
    currency = { from = { "company.currency", { currency = true } }, role = "neither",
      en = "price lists state no currency: taken as the home currency",
      zh = "价目表未列币种：视为本位币" },
    tax_included = { value = "false", en = "prices of lists are without tax: the list does not say",
      zh = "价目表未列是否含税：视为不含税" },
  },
  reverse = {
    lines          = { "price_list_line", by = "price_list" },
    approvals      = { "approval", by = "document" },
    distributions  = { "document_distribution", by = "document" },
    master_changes = { "master_change", by = "record" },
  },
  actor    = "proposed_by",
  currency = "currency",
}

-- An empty or * customer grade, season, region, currency or company means any.
-- Lines that differ only in min_quantity cannot be told apart by a reference: a larger minimum is no equality.
table "price_list_line" {
  zh  = "价目明细",
  key = { "price_list_id", "product_id", "customer_grade?", "season?", "sales_region_id?", "currency?", "min_quantity?" },
  fields = {
    { "price_list_id",   text,    "价目表", to = "price_list" },
    { "product_id",      text,    "产品", to = "product" },
    { "customer_grade",  text,    "客户等级" },
    { "season",          text,    "季节" },
    { "sales_region_id", text,    "区域", to = "sales_region" },
    { "list_price",      money,   "标准价" },
    { "floor_price",     money,   "最低价" },
    { "ceiling_price",   money,   "最高价" },
    { "company_id",      text,    "账套", to = "company" },
    { "currency",        text,    "币种" },
    { "exchange_rate",   decimal, "汇率" },
    { "min_quantity",    decimal, "起订量" },
    { "uom",             text,    "计量单位" },
  },
  absence = {
    customer_grade = { en = "prices hold for every grade: none is named",
      zh = "价目明细未列客户等级：视为适用于各等级" },
    season = { en = "prices hold for every season: none is named",
      zh = "价目明细未列季节：视为适用于各季节" },
    sales_region_id = { en = "prices hold for every region: none is named",
      zh = "价目明细未列区域：视为适用于各区域" },
    company_id = { en = "prices hold for the company of their list: none is named",
      zh = "价目明细未列账套：取价目表的账套" },
    currency = { from = { "price_list.currency", "company.currency", { currency = true } }, role = "neither",
      en = "prices state no currency: taken as that of the price list, else the home currency",
      zh = "价目明细未列币种：取价目表的币种，否则视为本位币" },
    min_quantity = { en = "prices hold from the first unit: no minimum is given",
      zh = "价目明细未列起订量：视为不分数量" },
    uom = { en = "prices are for the product's own unit: none is named",
      zh = "价目明细未列计量单位：视为主计量单位" },
  },
  references = {
    unit_conversion = { "uom_conversion", match = { { "product_id", "product_id" }, { "uom", "uom" } }, optional = true },
  },
  reverse = {
    order_lines    = { "sales_order_line", by = "price" },
    master_changes = { "master_change", by = "record" },
  },
  currency = "currency",
}

table "price_plan" {
  zh  = "均价计划",
  key = { "product_id", "period" },
  fields = {
    { "product_id",            text,  "产品", to = "product" },
    { "period",                text,  "期间" }, -- YYYY-MM
    { "planned_average_price", money, "计划均价", empty = "unknown" },
  },
  references = {
    accounting_period = { "accounting_period", match = { { "period", "period" } }, optional = true },
  },
  period   = "period",
}

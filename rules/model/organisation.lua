-- SPDX-License-Identifier: MIT
-- The organisation: companies, departments, regions, people, and the roles they held and when.

table "company" {
  zh  = "账套",
  key = { "company_id" },
  absent = {
    en = "the books are of one company: no list of companies was imported",
    zh = "未提供账套清单：视为单一核算主体",
  },
  fields = {
    { "company_id", text, "账套" }, -- 核算主体
    { "name",       text, "名称" },
    { "currency",   text, "本位币" },
  },
  absence = {
    currency = { from = { { currency = true } }, role = "neither",
      en = "companies state no currency: taken as the engagement's",
      zh = "账套未列本位币：视为项目本位币" },
  },
  reverse = {
    control_balances = { "control_balance", by = "company" },
    opening_balances = { "opening_balance", by = "company" },
  },
}

table "org_unit" {
  zh  = "部门",
  key = { "org_unit_id" },
  absent = {
    en = "what departments are is not known: roles alone tell who works where",
    zh = "未提供部门清单：仅按岗位判断人员所属部门",
  },
  fields = {
    { "org_unit_id",     text, "部门编号" },
    { "name",            text, "部门名称" },
    -- 销售部/分部/市场部/财务部/制造中心/技术部/采购部/质检部/仓库/办公室/客服/档案处/公司领导
    { "kind",            enum {
        "sales", "branch", "marketing", "finance", "production", "technical", "purchasing",
        "quality", "warehouse", "office", "customer_service", "archive", "management",
      }, "部门类别" },
    { "parent_id",       text, "上级部门", to = "org_unit" },
    { "sales_region_id", text, "负责区域", to = "sales_region" },
  },
  absence = {
    parent_id = { role = "acquits", en = "no department belongs to another: the list has no parents",
      zh = "部门清单未列上级：视为各部门独立" },
  },
  reverse = {
    units        = { "org_unit", by = "parent" },
    employees    = { "employee", by = "org_unit" },
    sales_plans  = { "sales_plan", by = "org_unit" },
    targets      = { "sales_target", by = "org_unit" },
    budget_lines = { "budget_line", by = "org_unit" },
    expenses     = { "expense", by = "org_unit" },
    reports      = { "periodic_report", by = "org_unit" },
  },
}

table "sales_region" {
  zh  = "区域",
  key = { "sales_region_id" },
  fields = {
    { "sales_region_id", text, "区域编号" },
    { "name",            text, "区域名称" },
    { "parent_id",       text, "上级区域", to = "sales_region" },
    { "tier",            enum { "A", "B", "C" }, "区域级别" }, -- A 重点, B 次重点, C 非重点
  },
  absence = {
    parent_id = { role = "acquits", en = "no region belongs to another: the list has no parents",
      zh = "区域清单未列上级：视为各区域独立" },
  },
  reverse = {
    regions   = { "sales_region", by = "parent" },
    employees = { "employee", by = "sales_region" },
    customers = { "customer", by = "sales_region" },
    targets   = { "sales_target", by = "sales_region" },
  },
}

-- A field that refers to an employee may hold an employee's id or a user's id (see docs/model.md).
table "employee" {
  zh  = "员工",
  key = { "employee_id" },
  absent = { ids = true,
    en = "people are known by their accounts and roles alone: employees were not imported",
    zh = "未提供员工名册：仅按系统用户和任职记录识别人员",
  },
  alias = { "user_account", "employee_id" },
  fields = {
    { "employee_id",     text, "员工编号" },
    { "name",            text, "姓名" },
    { "org_unit_id",     text, "部门", to = "org_unit" },
    { "manager_id",      text, "直接上级", to = "employee", people = "employees" },
    { "sales_region_id", text, "指定区域", to = "sales_region" },
    { "hired_on",        date, "入职日期" },
    { "left_on",         date, "离职日期" },
  },
  absence = {
    org_unit_id = { en = "employees name no department: that of their role is used",
      zh = "员工未列部门：取其任职部门" },
    hired_on = { role = "acquits", en = "everybody was employed throughout: the list has no hiring dates",
      zh = "员工未列入职日期：视为任职期间均在职" },
    left_on = { role = "acquits", en = "nobody has left: the list has no leaving dates",
      zh = "员工未列离职日期：视为无人离职" },
  },
  reverse = {
    -- what a person holds
    roles                = { "role_assignment", by = "employee" },
    delegations_received = { "delegation", by = "grantee" },
    accounts             = { "user_account", by = "employee" },
    -- what a salesperson owes: plans, logs, commitments, forecasts
    visit_plans          = { "visit_plan", by = "salesperson" },
    work_logs            = { "work_log", by = "employee" },
    commitments          = { "weekly_commitment", by = "employee" },
    forecasts            = { "forecast", by = "employee" },
    action_plans         = { "action_plan", by = "employee" },
    targets              = { "sales_target", by = "employee" },
    reports              = { "periodic_report", by = "employee" },
    -- what a salesperson is measured by
    orders               = { "sales_order", by = "salesperson" },
    contracts            = { "contract", by = "salesperson" },
  },
}

table "user_account" {
  zh  = "系统用户",
  key = { "user_id" },
  absent = {
    en = "ids of people are employees' own and none is a system's: accounts were not imported",
    zh = "未提供系统用户清单：人员编号视为员工编号，且无系统用户",
  },
  fields = {
    { "user_id",     text, "用户编码" },
    { "employee_id", text, "员工", to = "employee", people = "employees" },
    { "is_system",   bool, "系统用户" }, -- nobody's equal when people are compared
    { "valid_from",  date, "启用" },
    { "valid_to",    date, "停用" },
  },
  absence = {
    is_system = { value = "false", en = "no account is a system's: the list does not say",
      zh = "系统用户清单未标识系统用户：视为均为个人用户" },
    valid_from = { role = "acquits", en = "accounts were valid throughout: no beginning is given",
      zh = "系统用户未列启用日：视为一直启用" },
    valid_to = { role = "acquits", en = "accounts were valid throughout: no end is given",
      zh = "系统用户未列停用日：视为一直启用" },
  },
}

table "role_assignment" {
  zh  = "岗位任职",
  key = { "employee_id", "role", "valid_from?" },
  fields = {
    { "employee_id", text, "员工", to = "employee", people = "employees" },
    -- 销售顾问(营销员)/销售内勤/销售主管/分部经理/销售部经理/大区经理/营销副总/总经理/公司领导/
    -- 市场负责人/计划财务负责人/会计/出纳/库管/仓库主管/技术员/技术负责人/采购/制造负责人/质检/
    -- 合同管理员/专职档案员/客户服务主管/信用员/价格员
    { "role",        enum {
        "salesperson", "sales_clerk", "sales_supervisor", "branch_manager", "sales_manager",
        "regional_manager", "marketing_vp", "general_manager", "company_leader", "marketing_head",
        "finance_head", "accountant", "cashier", "storekeeper", "warehouse_head", "technician",
        "technical_head", "purchaser", "production_head", "quality_inspector", "contract_admin",
        "archivist", "customer_service_head", "credit_controller", "price_admin",
      }, "岗位" },
    { "org_unit_id", text, "任职部门", to = "org_unit" },
    { "valid_from",  date, "任职起" },
    { "valid_to",    date, "任职止" },
  },
  absence = {
    org_unit_id = { from = "employee.org_unit_id", en = "roles name no department: that of the employee is used",
      zh = "任职未列部门：取员工所属部门" },
    valid_from = { en = "roles were held throughout: no beginning is given",
      zh = "任职未列起始日：视为一直在任" },
    valid_to = { en = "roles were held throughout: no end is given",
      zh = "任职未列终止日：视为一直在任" },
  },
  references = {
    role_rank = { "role_rank", match = { { "role", "role" } }, optional = true },
  },
}

-- A person of a higher rank may decide in the place of one of a lower rank.
table "role_rank" {
  zh  = "岗位级次",
  key = { "role" },
  absent = {
    en = "no role ranks above another: ranks were not imported",
    zh = "未提供岗位级次：视为岗位之间无上下级替代",
  },
  fields = {
    { "role", text, "岗位" },
    { "rank", int,  "级次", empty = "unknown" }, -- 大者高
  },
  reverse = {
    discount_authorities = { "discount_authority", by = "role_rank" },
  },
}

-- Two duties that one person may not hold in one sale.
table "incompatible_duty" {
  zh  = "不相容职务",
  key = { "duty_a", "duty_b" },
  absent = {
    en = "duties kept apart are those of ordering, approving, shipping, invoicing, collecting and recording: none were imported",
    zh = "未提供不相容职务表：下单、审批、发货、开票、收款、记账视为两两不相容",
  },
  fields = {
    { "duty_a", text, "职责甲" },
    { "duty_b", text, "职责乙" },
    { "reason", text, "理由" },
  },
}

table "system_option" {
  zh  = "选项设置",
  key = { "option_key", "valid_from" },
  absent = {
    en = "no options of the system were imported: the parameters of the controls stand",
    zh = "未提供系统选项：按控制参数执行",
  },
  fields = {
    -- consignment_enabled, consignment_costing, invoice_mode, stock_valuation ...
    { "option_key",   text, "选项" },
    { "option_value", text, "取值" },
    { "valid_from",   date, "生效" },
    { "valid_to",     date, "失效" },
  },
  absence = {
    valid_to = { en = "options stay in force until the next: no end is given",
      zh = "选项未列失效日：视为持续有效至下次设置" },
  },
}

table "accounting_period" {
  zh  = "会计期间",
  key = { "period" },
  absent = { ids = true,
    en = "accounting periods were not imported: calendar months are taken",
    zh = "未提供会计期间：按自然月划分",
  },
  fields = {
    { "period",    text,      "期间" }, -- YYYY-MM
    { "starts_on", date,      "起" },
    { "ends_on",   date,      "止" },
    { "closed_at", timestamp, "结账时间" },
  },
  absence = {
    starts_on = { from = { { first_day = "period" } }, en = "the first day of a period follows from its name",
      zh = "期间起始日按期间名称推定" },
    ends_on = { from = { { last_day = "period" } }, en = "the last day of a period follows from its name",
      zh = "期间截止日按期间名称推定" },
    closed_at = { role = "acquits", en = "no closing of a period is on record: vouchers were posted in time",
      zh = "会计期间未列关账时间：视为均在关账前过账" },
  },
  reverse = {
    opening_balances = { "opening_balance", by = "accounting_period" },
    control_balances = { "control_balance", by = "accounting_period" },
    vouchers         = { "voucher", by = "accounting_period" },
    receivables      = { "receivable_entry", by = "accounting_period" },
    receipts         = { "receipt", by = "accounting_period" },
    netting_entries  = { "netting_entry", by = "accounting_period" },
    write_offs       = { "write_off", by = "accounting_period" },
  },
  period   = "ends_on",
}

-- The rate of a day holds until the next: documents reach it as day_rate.
table "exchange_rate" {
  zh  = "汇率",
  key = { "currency", "rate_date" },
  fields = {
    { "currency",  text,    "币种" },
    { "rate_date", date,    "日期" },
    { "rate",      decimal, "汇率", empty = "unknown" }, -- units of the home currency for one of this
  },
}

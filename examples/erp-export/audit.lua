-- SPDX-License-Identifier: MIT
-- The month of examples/month-end as a foreign system exports it: Chinese headers and words, GB18030, red
-- documents as positive numbers with a mark. Written by examples/generate.py with the files it describes.

engagement {
  title    = "销售与收款循环 2026年10月 (ERP 导出)",
  entity   = "天衡轴承机械制造有限公司",
  period   = "2026-10",
  as_of    = "2026-11-05",
  currency = "CNY",
  timezone = "Asia/Shanghai",
  language = "zh",
  holidays = {                       -- National Day
    "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07",
  },
  workdays = { "2026-10-10" },        -- a Saturday, worked in exchange
}

-- How the export writes days, times, amounts, amounts of red documents, and words.
local function on(header) return { header, format = "%Y年%m月%d日" } end
local function at(header) return { header, format = "%Y年%m月%d日 %H:%M:%S" } end
local function yuan(header) return { header, group = "," } end
local function red(header) return { header, group = ",", negate = { "红蓝标志", "红字" } } end
local function word(header, words) return { header, map = words } end

local roles = {
  ["总经理"] = "general_manager", ["公司领导"] = "company_leader", ["营销副总"] = "marketing_vp",
  ["销售部经理"] = "sales_manager", ["分部经理"] = "branch_manager", ["销售员"] = "salesperson",
  ["销售内勤"] = "sales_clerk", ["财务负责人"] = "finance_head", ["会计"] = "accountant",
  ["出纳"] = "cashier", ["信用员"] = "credit_controller", ["价格员"] = "price_admin",
  ["市场负责人"] = "marketing_head", ["制造负责人"] = "production_head", ["库管"] = "storekeeper",
  ["仓库主管"] = "warehouse_head", ["合同管理员"] = "contract_admin",
  ["技术负责人"] = "technical_head", ["质检员"] = "quality_inspector",
}
local documents = {
  ["销售订单"] = "sales_order", ["销售订单行"] = "sales_order_line", ["销售合同"] = "contract",
  ["报价单"] = "quotation", ["合同变更"] = "contract_change", ["优惠条件"] = "concession",
  ["坏账核销"] = "write_off", ["收入确认单"] = "revenue_entry", ["价目表"] = "price_list",
  ["销售出库单"] = "stock_issue", ["入库单"] = "goods_receipt",
}
local approval_kinds = {
  ["订单审批"] = "order_approval", ["合同审批"] = "contract_approval",
  ["特价审批"] = "special_price", ["超信用审批"] = "credit_override", ["变更审批"] = "change",
  ["核销审批"] = "write_off", ["手工收入审批"] = "manual_revenue", ["价格预审"] = "price_review",
  ["非标准范本审批"] = "non_standard_template",
}
local accounts = {
  ["应收账款"] = "receivable", ["预收账款"] = "advance_from_customer", ["银行存款"] = "cash",
  ["主营业务收入"] = "revenue", ["主营业务成本"] = "cost_of_sales", ["库存商品"] = "inventory",
  ["应交税费"] = "tax", ["其他"] = "other",
}
local voucher_sources = {
  ["应收单"] = "receivable", ["收款单"] = "receipt", ["成本结转"] = "cost", ["收入结转"] = "revenue",
  ["预收冲应收"] = "netting", ["手工"] = "manual",
}
local line_kinds = {
  ["普通"] = "normal", ["赠品"] = "gift", ["样品"] = "sample", ["服务"] = "service",
  ["运费"] = "freight",
}
local posting = {
  ["已记账"] = "posted", ["未审核"] = "draft", ["作废"] = "void",
}
local fields = {
  ["单价"] = "unit_price", ["数量"] = "quantity", ["收款方式"] = "payment_mode",
  ["送货地址"] = "ship_to_address", ["交货期"] = "delivery_due_on",
  ["违约责任"] = "liability_terms", ["质量条款"] = "quality_terms", ["付款条件"] = "payment_terms",
  ["联系人"] = "contact",
}

import.csv {
  table    = "sales_order",
  file     = "export/销售订单.csv",
  encoding = "GB18030",
  skip     = 1,                      -- a title stands above the header
  columns  = {
    order_id = "单据编号",
    order_no = "订单号",
    customer_id = "客户",
    contract_id = "合同",
    quotation_id = "报价",
    channel = word("订货方式", {
      ["合同"] = "contract", ["电话"] = "phone", ["传真"] = "fax", ["邮件"] = "email",
      ["网上"] = "portal",
    }),
    business_type = "业务类型",
    order_date = on("单据日期"),
    delivery_due_on = on("交货期限"),
    salesperson_id = "销售员",
    payment_mode = word("收款方式", {
      ["赊销"] = "credit", ["预付"] = "prepay", ["现结"] = "cash", ["混合"] = "mixed",
    }),
    amount = yuan("价税合计"),
    entered_by = "录入人",
    submitted_at = at("提交"),
    approved_by = "审批人",
    approved_at = at("审批时间"),
    rejection_note = "修改建议",
    status = word("状态", {
      ["草稿"] = "draft", ["已提交"] = "submitted", ["已驳回"] = "rejected",
      ["已审核"] = "approved", ["已关闭"] = "closed", ["已取消"] = "cancelled",
    }),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
    payment_terms_days = "账期",
    terms_basis = word("起算", { ["开票"] = "invoice" }),
    ship_to_id = "收货地址编号",
  },
  expect   = { rows = 349, sum = { amount = "8472096.01" } },
}

import.csv {
  table    = "customer",
  file     = "export/客户档案.csv",
  encoding = "GB18030",
  columns  = {
    customer_id = "客户编号",
    name = "客户名称",
    tax_id = "税号",
    address = "地址",
    grade = "客户等级",
    nature = word("客户性质", { ["企业"] = "company" }),
    lifecycle = word("交易流程", { ["交易中"] = "current", ["已停止"] = "past" }),
    channel_role = word("渠道角色", { ["直接客户"] = "direct" }),
    sales_region_id = "区域",
    salesperson_id = "责任销售员",
    created_at = at("建档时间"),
    created_by = "建档人",
    status = word("状态", { ["正常"] = "active" }),
    parent_id = "集团客户",
    phone = "电话",
    is_key = "重要客户",
  },
}

import.csv {
  table    = "customer_credit",
  file     = "export/客户档案.csv",
  encoding = "GB18030",
  columns  = {
    customer_id = "客户编号",
    credit_rating = "信用等级",
    credit_limit = yuan("信用额度"),
    payment_terms_days = "账期天数",
    trade_mode = word("交易处理方式", { ["赊销"] = "credit", ["预付"] = "prepay", ["现结"] = "cash" }),
    assessed_on = on("评估日期"),
    assessment_source = "评估来源",
    set_by = "维护人",
    valid_from = on("生效"),
    valid_to = on("失效"),
    terms_basis = word("起算", { ["开票"] = "invoice" }),
    company_id = "信用账套",
    currency = "信用币种",
  },
}

import.csv {
  table    = "customer_credit",
  file     = "export/客户信用历史.csv",
  encoding = "GB18030",
  columns  = {
    customer_id = "客户",
    credit_rating = "信用等级",
    credit_limit = yuan("信用额度"),
    payment_terms_days = "账期天数",
    trade_mode = word("交易处理方式", { ["赊销"] = "credit", ["预付"] = "prepay", ["现结"] = "cash" }),
    assessed_on = on("评估日期"),
    assessment_source = "评估来源",
    set_by = "维护人",
    valid_from = on("生效"),
    valid_to = on("失效"),
    terms_basis = word("起算", { ["开票"] = "invoice" }),
    company_id = "账套",
    currency = "币种",
  },
}

import.csv {
  table    = "receivable_entry",
  file     = "export/应收单据_上半月.csv",
  encoding = "GB18030",
  columns  = {
    receivable_id = "编号",
    invoice_id = "发票",
    customer_id = "客户",
    posted_on = on("入账日"),
    due_on = on("到期日"),
    amount = red("金额"),
    audited_by = "应收审核",
    audited_at = at("审核时间"),
    status = word("单据状态", posting),
    kind = word("类别", { ["发票"] = "invoice", ["期初"] = "opening" }),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
  },
}

import.csv {
  table    = "receivable_entry",
  file     = "export/应收单据_下半月.csv",
  encoding = "GB18030",
  columns  = {
    receivable_id = "编号",
    invoice_id = "发票",
    customer_id = "客户",
    posted_on = on("入账日"),
    due_on = on("到期日"),
    amount = red("金额"),
    audited_by = "应收审核",
    audited_at = at("审核时间"),
    status = word("单据状态", posting),
    kind = word("类别", { ["发票"] = "invoice", ["期初"] = "opening" }),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
  },
}

import.csv {
  table    = "exchange_rate",
  file     = "export/汇率.csv",
  encoding = "GB18030",
  header   = false,                  -- columns by number
  columns  = {
    currency = 1,
    rate_date = on(2),
    rate = 3,
  },
}

import.csv {
  table    = "control_balance",
  file     = "export/总账余额.csv",
  encoding = "GB18030",
  delimiter = ";",
  columns  = {
    company_id = "账套",
    period = "期间",
    account = word("科目", accounts),
    balance = yuan("余额"),
    currency = "币种",
  },
}

import.csv {
  table    = "voucher_line",
  file     = "export/凭证分录.csv.gz",
  encoding = "GB18030",
  columns  = {
    voucher_id = "凭证",
    line_no = "行号",
    account = word("科目", accounts),
    customer_id = "客户",
    debit = yuan("借方金额"),
    credit = yuan("贷方金额"),
  },
  expect   = { rows = 929, sum = { debit = "13500815.36", credit = "13500751.36" } },
}

import.csv {
  table    = "employee",
  file     = "export/员工.csv",
  encoding = "UTF-8",
  columns  = {
    employee_id = "员工编号",
    name = "姓名",
    org_unit_id = "部门",
    manager_id = "直接上级",
    sales_region_id = "指定区域",
    hired_on = on("入职日期"),
    left_on = on("离职日期"),
  },
}

import.csv {
  table    = "approval",
  file     = "export/审批记录.csv",
  encoding = "GB18030",
  null     = { "-" },
  columns  = {
    approval_id = "审批号",
    doc_kind = word("单据种类", documents),
    doc_id = "单据号",
    approval_kind = word("审批种类", approval_kinds),
    step_no = "步骤",
    role = word("审批岗位", roles),
    requested_by = "提请人",
    requested_at = at("提请时间"),
    approver_id = "审批人",
    decision = word("决定", {
      ["同意"] = "approve", ["驳回"] = "reject", ["撤回"] = "withdraw", ["弃审"] = "unapprove",
    }),
    opinion = "签署意见",
    decided_at = at("审批时间"),
    doc_amount = yuan("审批时金额"),
    approved_value = "批准价格或额度",
    round_no = "轮次",
    currency = "币种",
  },
}

import.csv {
  table    = "company",
  file     = "export/账套.csv",
  encoding = "GB18030",
  columns  = {
    company_id = "账套号",
    name = "名称",
    currency = "本位币",
  },
}

import.csv {
  table    = "org_unit",
  file     = "export/部门.csv",
  encoding = "GB18030",
  columns  = {
    org_unit_id = "部门编号",
    name = "部门名称",
    kind = word("部门类别", {
      ["公司领导"] = "management", ["销售部"] = "sales", ["分部"] = "branch",
      ["市场部"] = "marketing", ["财务部"] = "finance", ["办公室"] = "office",
      ["制造"] = "production", ["技术部"] = "technical", ["质检部"] = "quality",
      ["仓库"] = "warehouse", ["采购部"] = "purchasing",
    }),
    parent_id = "上级部门",
  },
}

import.csv {
  table    = "sales_region",
  file     = "export/销售区域.csv",
  encoding = "GB18030",
  columns  = {
    sales_region_id = "区域编号",
    name = "区域名称",
    tier = "区域级别",
  },
}

import.csv {
  table    = "user_account",
  file     = "export/系统用户.csv",
  encoding = "GB18030",
  columns  = {
    user_id = "用户编码",
    employee_id = "员工",
    is_system = "系统用户",
    valid_from = on("启用"),
  },
}

import.csv {
  table    = "role_assignment",
  file     = "export/岗位任职.csv",
  encoding = "GB18030",
  columns  = {
    employee_id = "员工",
    role = word("岗位", roles),
    org_unit_id = "任职部门",
    valid_from = on("任职起"),
    valid_to = on("任职止"),
  },
}

import.csv {
  table    = "role_rank",
  file     = "export/岗位级次.csv",
  encoding = "GB18030",
  columns  = {
    role = word("岗位", roles),
    rank = "级次",
  },
}

import.csv {
  table    = "approval_rule",
  file     = "export/审批矩阵.csv",
  encoding = "GB18030",
  columns  = {
    rule_id = "规则号",
    doc_kind = word("单据种类", documents),
    approval_kind = word("审批种类", approval_kinds),
    step_no = "步骤",
    role = word("应审岗位", roles),
    amount_from = yuan("金额下限"),
    amount_to = yuan("金额上限"),
    max_days = "时限",
    valid_from = on("生效"),
    valid_to = on("失效"),
    currency = "币种",
  },
}

import.csv {
  table    = "delegation",
  file     = "export/授权书.csv",
  encoding = "GB18030",
  columns  = {
    delegation_id = "授权编号",
    grantor_id = "授权人",
    grantee_id = "被授权人",
    doc_kind = word("单据种类", documents),
    amount_limit = yuan("授权限额"),
    valid_from = on("生效"),
    valid_to = on("失效"),
    approval_kind = word("审批种类", approval_kinds),
    granted_at = at("授权时间"),
    revoked_at = at("撤销时间"),
    currency = "币种",
  },
}

import.csv {
  table    = "accounting_period",
  file     = "export/会计期间.csv",
  encoding = "GB18030",
  columns  = {
    period = "会计期间",
    starts_on = on("起"),
    ends_on = on("止"),
    closed_at = at("结账时间"),
  },
}

import.csv {
  table    = "season",
  file     = "export/季节.csv",
  encoding = "GB18030",
  columns  = {
    season = "季节",
    starts_on = on("起"),
    ends_on = on("止"),
  },
}

import.csv {
  table    = "system_option",
  file     = "export/选项设置.csv",
  encoding = "GB18030",
  columns  = {
    option_key = "选项",
    option_value = "取值",
    valid_from = on("生效"),
  },
}

import.csv {
  table    = "product",
  file     = "export/存货档案.csv",
  encoding = "GB18030",
  columns  = {
    product_id = "产品编号",
    name = "品名",
    model = "型号",
    uom = "计量单位",
    abc_class = "产品级别",
    standard_cost = yuan("标准成本"),
    valuation_method = word("计价方法", { ["先进先出"] = "fifo", ["移动平均"] = "moving_average" }),
    is_made_to_order = "按单生产",
    is_difficult = "疑难产品",
    is_key = "重点产品",
    is_outsourced = "外协外购产品",
    needs_technical_agreement = "须订技术合同",
  },
}

import.csv {
  table    = "uom_conversion",
  file     = "export/计量单位换算.csv",
  encoding = "GB18030",
  columns  = {
    product_id = "产品",
    uom = "单位",
    base_quantity = "折合主计量数量",
  },
}

import.csv {
  table    = "price_list",
  file     = "export/价目表.csv",
  encoding = "GB18030",
  columns  = {
    price_list_id = "价目表号",
    valid_from = on("生效"),
    valid_to = on("失效"),
    proposed_by = "编制人",
    approved_by = "批准人",
    approved_at = at("批准时间"),
    base_data_ref = "基础数据依据",
    production_input_at = at("生产部资料日期"),
    market_input_at = at("市场部分析日期"),
    company_id = "账套",
    currency = "币种",
    tax_included = "是否含税",
  },
}

import.csv {
  table    = "price_list_line",
  file     = "export/价目明细.csv",
  encoding = "GB18030",
  columns  = {
    price_list_id = "价目表",
    product_id = "产品",
    customer_grade = "客户等级",
    season = "季节",
    sales_region_id = "区域",
    list_price = yuan("标准价"),
    floor_price = yuan("最低价"),
    ceiling_price = yuan("最高价"),
    company_id = "账套",
    currency = "币种",
    uom = "计量单位",
  },
}

import.csv {
  table    = "document_distribution",
  file     = "export/单据分发.csv",
  encoding = "GB18030",
  columns  = {
    distribution_id = "编号",
    doc_kind = word("单据种类", documents),
    doc_id = "单据号",
    copy_no = "联次",
    org_unit_id = "接收部门",
    received_by = "接收人",
    sent_at = at("发出"),
    received_at = at("收到"),
  },
}

import.csv {
  table    = "price_plan",
  file     = "export/均价计划.csv",
  encoding = "GB18030",
  columns  = {
    product_id = "产品",
    period = "期间",
    planned_average_price = yuan("计划均价"),
  },
}

import.csv {
  table    = "discount_authority",
  file     = "export/折扣权限.csv",
  encoding = "GB18030",
  columns  = {
    role = word("岗位", roles),
    abc_class = "产品级别",
    max_discount_pct = "可批折扣上限",
    valid_from = on("生效"),
    valid_to = on("失效"),
  },
}

import.csv {
  table    = "credit_policy",
  file     = "export/信用政策.csv",
  encoding = "GB18030",
  columns  = {
    credit_rating = "信用等级",
    max_credit_limit = yuan("最高额度"),
    max_terms_days = "最长账期",
    trade_mode = word("允许的交易方式", { ["赊销"] = "credit", ["预付"] = "prepay", ["现结"] = "cash" }),
    currency = "币种",
  },
}

import.csv {
  table    = "credit_event",
  file     = "export/信用问题记录.csv",
  encoding = "GB18030",
  columns  = {
    event_id = "编号",
    customer_id = "客户",
    kind = word("信用问题", { ["逾期"] = "overdue", ["纠纷"] = "dispute", ["退票"] = "bounced" }),
    occurred_on = on("发生日"),
    resolved_on = on("解决日"),
    amount = yuan("金额"),
  },
}

import.csv {
  table    = "quotation",
  file     = "export/报价单.csv",
  encoding = "GB18030",
  columns  = {
    quotation_id = "编号",
    customer_id = "客户",
    version = "版次",
    kind = word("类别", { ["报价"] = "quote", ["投标"] = "bid" }),
    medium = word("形式", { ["书面"] = "written", ["邮件"] = "email", ["口头"] = "oral" }),
    amount = yuan("价税合计"),
    delivery_days = "交货期",
    payment_terms = "付款条件",
    prepared_by = "编制",
    prepared_at = at("编制时间"),
    reviewed_by = "审核人",
    reviewed_at = at("审核时间"),
    sent_at = at("发出"),
    valid_until = on("有效期"),
    quoted_on = on("报价日期"),
    inquiry_id = "询价",
    requirements_ref = "客户需求信息",
    printed_at = at("打印"),
    sealed_at = at("盖章"),
    company_id = { value = "TH01" },
    currency = { value = "CNY" },
    exchange_rate = { value = 1 },
  },
}

import.csv {
  table    = "quotation_line",
  file     = "export/报价明细.csv",
  encoding = "GB18030",
  columns  = {
    quotation_id = "报价",
    line_no = "行号",
    product_id = "产品",
    quantity = "数量",
    unit_price = "单价",
    line_kind = word("行类别", line_kinds),
    uom = "计量单位",
    base_quantity = "主计量数量",
    tax_rate = "税率",
    tax_amount = yuan("税额"),
    net_amount = yuan("不含税金额"),
    gross_amount = yuan("价税合计"),
    unit_price_gross = "含税单价",
    discount_amount = "折扣额",
    amount = yuan("金额"),
    spec = "规格参数",
  },
}

import.csv {
  table    = "concession",
  file     = "export/优惠条件.csv",
  encoding = "GB18030",
  columns  = {
    concession_id = "编号",
    customer_id = "客户",
    contract_id = "合同",
    proposed_by = "上报人",
    proposed_at = at("上报时间"),
    discount_pct = "优惠比例",
    amount = yuan("优惠金额"),
    released_at = at("下发时间"),
    released_to = "下发对象",
  },
}

import.csv {
  table    = "contract",
  file     = "export/销售合同.csv",
  encoding = "GB18030",
  columns  = {
    contract_id = "编号",
    contract_no = "合同号",
    customer_id = "客户",
    quotation_id = "报价",
    template = word("合同范本", { ["标准范本"] = "standard", ["客户范本"] = "customer" }),
    is_major = "重大合同",
    amount = yuan("价税合计"),
    salesperson_id = "营销员",
    signed_by = "签订人",
    signed_on = on("签订日"),
    effective_on = on("生效日"),
    delivery_due_on = on("交货期"),
    payment_terms = "付款条件",
    payment_terms_days = "账期",
    status = word("状态", { ["草稿"] = "draft", ["执行中"] = "executing" }),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
    revenue_trigger = word("收入确认时点", {
      ["签收"] = "sign_off", ["出库"] = "issue", ["验收"] = "acceptance",
    }),
    invoice_before_shipment = "允许先票后货",
    terms_basis = word("起算", { ["开票"] = "invoice" }),
    reservation_id = "预定书",
    confirmed_by = "确认人",
    confirmed_at = at("确认时间"),
    delivery_days = "交货天数",
    ship_to_address = "指定地点",
    quality_terms = "质量条款",
    liability_terms = "违约责任",
    warranty_end_on = on("质保期止"),
    retention_amount = "质保金",
  },
}

import.csv {
  table    = "contract_line",
  file     = "export/合同明细.csv",
  encoding = "GB18030",
  columns  = {
    contract_id = "合同",
    line_no = "行号",
    product_id = "产品",
    quantity = "数量",
    unit_price = "单价",
    line_kind = word("行类别", line_kinds),
    uom = "计量单位",
    base_quantity = "主计量数量",
    tax_rate = "税率",
    tax_amount = yuan("税额"),
    net_amount = yuan("不含税金额"),
    gross_amount = yuan("价税合计"),
    unit_price_gross = "含税单价",
    discount_amount = "折扣额",
    amount = yuan("金额"),
  },
}

import.csv {
  table    = "contract_review",
  file     = "export/合同评审.csv",
  encoding = "GB18030",
  columns  = {
    contract_id = "合同",
    org_unit_id = "评审部门",
    aspect = word("评审内容", {
      ["技术"] = "technical", ["价格"] = "price", ["财务"] = "finance", ["交期"] = "delivery",
    }),
    reviewer_id = "评审人",
    decision = word("结论", { ["通过"] = "pass", ["不通过"] = "fail" }),
    opinion = "意见",
    reviewed_at = at("时间"),
  },
}

import.csv {
  table    = "contract_change",
  file     = "export/合同变更.csv",
  encoding = "GB18030",
  columns  = {
    change_id = "编号",
    contract_id = "合同",
    changed_at = at("时间"),
    changed_by = "修改人",
    field = word("条款", fields),
    old_value = "原值",
    new_value = "新值",
    nature = word("性质", {
      ["权利义务"] = "rights_obligations", ["价格"] = "price", ["数量"] = "quantity",
      ["交货"] = "delivery", ["付款"] = "payment", ["技术"] = "technical",
      ["文字"] = "editorial",
    }),
    amount = yuan("变更金额"),
    effective_at = at("生效时间"),
    line_no = "行号",
  },
}

import.csv {
  table    = "payment_plan",
  file     = "export/收款计划.csv",
  encoding = "GB18030",
  columns  = {
    plan_id = "编号",
    contract_id = "合同",
    milestone = word("节点", {
      ["定金"] = "deposit", ["预收款"] = "advance", ["到货款"] = "on_delivery",
    }),
    pct = "比例",
    amount = yuan("金额"),
    due_on = on("到期日"),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
  },
}

import.csv {
  table    = "sales_order_line",
  file     = "export/订单明细.csv",
  encoding = "GB18030",
  columns  = {
    order_id = "订单",
    line_no = "行号",
    product_id = "产品",
    quantity = "数量",
    unit_price = "单价",
    line_kind = word("行类别", line_kinds),
    uom = "计量单位",
    base_quantity = "主计量数量",
    tax_rate = "税率",
    tax_amount = yuan("税额"),
    gross_amount = yuan("价税合计"),
    unit_price_gross = "含税单价",
    discount_amount = "折扣额",
    amount = yuan("金额"),
    contract_line_no = "合同行",
    cancelled_quantity = "取消数量",
    delivery_due_on = on("交货期"),
    net_amount = function(source) return source["数量"] * source["单价"] - source["折扣额"] end,
  },
}

import.csv {
  table    = "order_change",
  file     = "export/订单变更.csv",
  encoding = "GB18030",
  columns  = {
    change_id = "编号",
    order_id = "订单",
    changed_at = at("时间"),
    changed_by = "修改人",
    field = word("字段", fields),
    old_value = "原值",
    new_value = "新值",
    line_no = "行号",
  },
}

import.csv {
  table    = "delivery",
  file     = "export/发货单.csv",
  encoding = "GB18030",
  columns  = {
    delivery_id = "编号",
    kind = word("单据类型", { ["发货"] = "delivery", ["退货"] = "return" }),
    business_type = "业务类型",
    order_id = "订单",
    contract_id = "合同",
    source_delivery_id = "原发货单",
    customer_id = "客户",
    delivery_date = on("发货日"),
    freight_borne_by = "运费承担",
    prepared_by = "制单",
    approved_by = "审核",
    approved_at = at("审核时间"),
    company_id = "账套",
    status = word("单据状态", posting),
    currency = "币种",
    request_id = "需货申请",
    return_id = "退货申请",
    agreement_id = "委托代销协议",
    ship_to_address = "收货地点",
    freight_amount = "运费",
    ship_to_id = "收货地址编号",
  },
}

import.csv {
  table    = "delivery_line",
  file     = "export/发货明细.csv",
  encoding = "GB18030",
  columns  = {
    delivery_id = "发货单",
    line_no = "行号",
    order_line_no = "订单行",
    order_id = "订单",
    product_id = "产品",
    quantity = red("数量"),
    unit_price = "单价",
    line_kind = word("行类别", line_kinds),
    uom = "计量单位",
    base_quantity = red("主计量数量"),
    tax_rate = "税率",
    tax_amount = red("税额"),
    net_amount = red("不含税金额"),
    gross_amount = red("价税合计"),
    unit_price_gross = "含税单价",
    discount_amount = red("折扣额"),
    lot_no = "批号",
  },
}

import.csv {
  table    = "stock_issue",
  file     = "export/销售出库单.csv",
  encoding = "GB18030",
  columns  = {
    issue_id = "编号",
    sign = word("红蓝标志", { ["蓝字"] = "blue", ["红字"] = "red" }),
    delivery_id = "发货单",
    prepared_by = "销售内勤",
    prepared_at = at("开单时间"),
    issued_by = "库管",
    issued_at = at("出库时间"),
    company_id = "账套",
    status = word("单据状态", posting),
    posting_date = on("记账日期"),
    request_id = "需货申请",
  },
}

import.csv {
  table    = "stock_issue_line",
  file     = "export/出库明细.csv",
  encoding = "GB18030",
  columns  = {
    issue_id = "出库单",
    line_no = "行号",
    product_id = "产品",
    quality_status = word("质量状况", { ["合格"] = "ok" }),
    quantity = red("数量"),
    delivery_line_no = "发货行",
    lot_no = "批号",
  },
}

import.csv {
  table    = "delivery_confirmation",
  file     = "export/签收单.csv",
  encoding = "GB18030",
  columns  = {
    confirmation_id = "签收单号",
    delivery_id = "发货单",
    signed_by = "签收人",
    signed_on = on("签收日"),
    quantity = "签收数量",
    condition_ok = "外观完好",
    handed_in_at = at("交销售内勤"),
    delivery_line_no = "发货行",
  },
}

import.csv {
  table    = "installation",
  file     = "export/安装验收.csv",
  encoding = "GB18030",
  columns  = {
    installation_id = "编号",
    contract_id = "合同",
    delivery_id = "发货单",
    installed_on = on("安装日"),
    accepted_on = on("验收日"),
  },
}

import.csv {
  table    = "invoice",
  file     = "export/销售发票.csv",
  encoding = "GB18030",
  columns  = {
    invoice_id = "编号",
    invoice_no = "发票号",
    kind = word("发票类别", { ["专用发票"] = "vat_special" }),
    sign = word("红蓝标志", { ["蓝字"] = "blue", ["红字"] = "red" }),
    mode = word("开票方式", { ["先发货后开票"] = "after_delivery" }),
    original_invoice_id = "原发票",
    customer_id = "客户",
    contract_id = "合同",
    order_id = "订单",
    settlement_id = "委托代销结算单",
    net_amount = red("不含税金额"),
    tax_amount = red("税额"),
    gross_amount = red("价税合计"),
    issued_by = "开票人",
    issued_on = on("开票日"),
    reviewed_by = "复核",
    reviewed_at = at("复核时间"),
    cash_settled = "现结",
    status = word("单据状态", posting),
    invoice_kind = word("票面形式", { ["数电票"] = "e_invoice" }),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
    request_id = "开票申请",
    delivered_on = on("送达客户"),
    customer_signed_on = on("客户签收"),
    customer_posted_on = on("对方挂账"),
    invoice_code = "发票代码",
  },
}

import.csv {
  table    = "invoice_line",
  file     = "export/发票明细.csv",
  encoding = "GB18030",
  columns  = {
    invoice_id = "发票",
    line_no = "行号",
    delivery_id = "发货单",
    delivery_line_no = "发货行",
    order_id = "订单",
    order_line_no = "订单行",
    product_id = "产品",
    quantity = red("数量"),
    unit_price = "单价",
    line_kind = word("行类别", line_kinds),
    uom = "计量单位",
    base_quantity = red("主计量数量"),
    tax_rate = "税率",
    tax_amount = red("税额"),
    net_amount = red("不含税金额"),
    gross_amount = red("价税合计"),
    unit_price_gross = "含税单价",
    discount_amount = red("折扣额"),
  },
}

import.csv {
  table    = "receipt",
  file     = "export/收款.csv",
  encoding = "GB18030",
  columns  = {
    receipt_id = "编号",
    customer_id = "客户",
    payer_name = "付款方",
    contract_id = "合同",
    kind = word("类别", {
      ["货款"] = "payment", ["预收款"] = "advance", ["定金"] = "deposit", ["退款"] = "refund",
    }),
    amount = yuan("金额"),
    method = word("方式", { ["银行转账"] = "bank", ["承兑汇票"] = "note" }),
    received_on = on("到账日"),
    collected_by = "经手人",
    recorded_by = "登记人",
    recorded_at = at("登记入账"),
    status = word("单据状态", posting),
    bill_due_on = on("票据到期日"),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
    plan_id = "收款节点",
    reservation_id = "预定书",
    proof_no = "资金证明",
  },
}

import.csv {
  table    = "receipt_application",
  file     = "export/核销.csv",
  encoding = "GB18030",
  columns  = {
    application_id = "编号",
    receipt_id = "收款",
    invoice_id = "发票",
    receivable_id = "应收单",
    amount = yuan("金额"),
    applied_on = on("日期"),
    applied_by = "核销人",
  },
}

import.csv {
  table    = "netting_entry",
  file     = "export/预收冲应收.csv",
  encoding = "GB18030",
  columns  = {
    netting_id = "编号",
    customer_id = "客户",
    netted_on = on("日期"),
    amount = yuan("金额"),
    contract_id = "合同",
    company_id = "账套",
    currency = { value = "CNY" },
    exchange_rate = { value = 1 },
  },
}

import.csv {
  table    = "write_off",
  file     = "export/坏账核销.csv",
  encoding = "GB18030",
  columns  = {
    write_off_id = "编号",
    customer_id = "客户",
    invoice_id = "发票",
    amount = yuan("金额"),
    written_off_on = on("日期"),
    written_off_by = "经办",
    status = word("单据状态", posting),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
  },
}

import.csv {
  table    = "revenue_entry",
  file     = "export/收入确认.csv",
  encoding = "GB18030",
  columns  = {
    revenue_id = "编号",
    customer_id = "客户",
    delivery_id = "发货单",
    invoice_id = "发票",
    settlement_id = "结算单",
    recognised_on = on("确认日"),
    period = "期间",
    quantity = red("数量"),
    amount = red("不含税金额"),
    reversal_of = "冲回",
    entered_by = "制单",
    source = word("来源", { ["系统"] = "system", ["手工"] = "manual" }),
    status = word("单据状态", posting),
    delivery_line_no = "发货行",
    invoice_line_no = "发票行",
    product_id = "产品",
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
    settlement_line_no = "结算行",
  },
}

import.csv {
  table    = "cost_entry",
  file     = "export/销售成本结转.csv",
  encoding = "GB18030",
  columns  = {
    cost_id = "编号",
    issue_id = "出库单",
    invoice_id = "发票",
    product_id = "产品",
    posted_on = on("记账日"),
    period = "期间",
    quantity = red("数量"),
    amount = red("成本"),
    basis = word("核算方式", { ["销售出库单"] = "stock_issue" }),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
  },
}

import.csv {
  table    = "voucher",
  file     = "export/记账凭证.csv",
  encoding = "GB18030",
  columns  = {
    voucher_id = "凭证号",
    source_kind = word("来源单据", voucher_sources),
    source_id = "来源号",
    period = "期间",
    prepared_by = "制单",
    reviewed_by = "审核",
    posted_by = "记账",
    posted_on = on("记账日"),
    status = word("单据状态", posting),
    company_id = "账套",
    currency = "币种",
    exchange_rate = "汇率",
    reversal_of = "冲销原单",
  },
}

import.csv {
  table    = "voucher_source",
  file     = "export/凭证来源.csv",
  encoding = "GB18030",
  columns  = {
    voucher_id = "凭证",
    source_kind = word("来源单据种类", {
      ["应收单"] = "receivable", ["收款单"] = "receipt", ["成本结转"] = "cost",
      ["收入结转"] = "revenue", ["预收冲应收"] = "netting", ["手工"] = "manual",
      ["销售发票"] = "invoice",
    }),
    source_id = "来源单据号",
    amount = yuan("金额"),
  },
}

import.csv {
  table    = "opening_balance",
  file     = "export/期初余额.csv",
  encoding = "GB18030",
  columns  = {
    company_id = "账套",
    period = "期间",
    account = word("科目", accounts),
    customer_id = "客户",
    amount = yuan("期初余额"),
    product_id = "存货编号",
    quantity = "期初数量",
  },
}

import.csv {
  table    = "goods_receipt",
  file     = "export/产品入库单.csv",
  encoding = "GB18030",
  columns  = {
    goods_receipt_id = "编号",
    product_id = "产品",
    warehouse_id = "仓库",
    quantity = "数量",
    received_on = on("入库日"),
    received_by = "库管",
    company_id = "账套",
    production_order_id = "排产单",
    lot_no = "批号",
    packed_on = on("装箱日"),
  },
}

import.csv {
  table    = "stock_movement",
  file     = "export/库存台账.csv",
  encoding = "GB18030",
  columns  = {
    movement_id = "编号",
    product_id = "产品",
    warehouse_id = "仓库",
    moved_at = at("时间"),
    quantity = "数量",
    unit_cost = yuan("单位成本"),
    doc_kind = word("单据种类", documents),
    doc_id = "单据号",
  },
}

-- Lists that are kept outside the system, each under the model's own names.
import.csv { folder = "office" }

-- Dealers fetch what they buy: freight that is borne for them is looked at.
parameters { ["SHP-15"] = { enabled = true } }

required { "CRD-01", "PRC-02", "REV-02", "REV-06", "REV-07" }

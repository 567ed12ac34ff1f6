# SPDX-License-Identifier: MIT
"""How the foreign system names its files and columns: {table: (file, {column: header})}."""

HEADERS = {
    "accounting_period": ("会计期间", {
        "period": "会计期间", "starts_on": "起", "ends_on": "止", "closed_at": "结账时间"}),
    "approval": ("审批记录", {
        "approval_id": "审批号", "doc_kind": "单据种类", "doc_id": "单据号", "approval_kind": "审批种类",
        "step_no": "步骤", "role": "审批岗位", "requested_by": "提请人", "requested_at": "提请时间",
        "approver_id": "审批人", "decision": "决定", "opinion": "签署意见", "decided_at": "审批时间",
        "doc_amount": "审批时金额", "approved_value": "批准价格或额度", "round_no": "轮次",
        "currency": "币种"}),
    "approval_rule": ("审批矩阵", {
        "rule_id": "规则号", "doc_kind": "单据种类", "approval_kind": "审批种类", "step_no": "步骤",
        "role": "应审岗位", "amount_from": "金额下限", "amount_to": "金额上限", "max_days": "时限",
        "valid_from": "生效", "valid_to": "失效", "currency": "币种"}),
    "company": ("账套", {
        "company_id": "账套号", "name": "名称", "currency": "本位币"}),
    "concession": ("优惠条件", {
        "concession_id": "编号", "customer_id": "客户", "contract_id": "合同", "proposed_by": "上报人",
        "proposed_at": "上报时间", "discount_pct": "优惠比例", "amount": "优惠金额",
        "released_at": "下发时间", "released_to": "下发对象",
        "reservation_id": "预定书"}),
    "contract": ("销售合同", {
        "contract_id": "编号", "contract_no": "合同号", "customer_id": "客户", "quotation_id": "报价",
        "template": "合同范本", "is_major": "重大合同", "amount": "价税合计", "salesperson_id": "营销员",
        "signed_by": "签订人", "signed_on": "签订日", "effective_on": "生效日",
        "delivery_due_on": "交货期", "payment_terms": "付款条件", "payment_terms_days": "账期",
        "status": "状态", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率",
        "revenue_trigger": "收入确认时点", "invoice_before_shipment": "允许先票后货",
        "terms_basis": "起算",
        "opportunity_id": "项目", "reservation_id": "预定书", "confirmed_by": "确认人",
        "confirmed_at": "确认时间", "delivery_days": "交货天数", "ship_to_address": "指定地点",
        "quality_terms": "质量条款", "liability_terms": "违约责任", "warranty_end_on": "质保期止",
        "retention_amount": "质保金", "closed_on": "结束日", "posting_date": "记账日期",
        "reversal_of": "冲销原单", "last_modified_by": "最后修改人", "last_modified_at": "最后修改时间",
        "ship_to_id": "收货地址编号"}),
    "contract_change": ("合同变更", {
        "change_id": "编号", "contract_id": "合同", "changed_at": "时间", "changed_by": "修改人",
        "field": "条款", "old_value": "原值", "new_value": "新值", "nature": "性质", "amount": "变更金额",
        "effective_at": "生效时间", "line_no": "行号"}),
    "contract_line": ("合同明细", {
        "contract_id": "合同", "line_no": "行号", "product_id": "产品", "quantity": "数量",
        "unit_price": "单价", "line_kind": "行类别", "uom": "计量单位", "base_quantity": "主计量数量",
        "tax_rate": "税率", "tax_amount": "税额", "net_amount": "不含税金额", "gross_amount": "价税合计",
        "unit_price_gross": "含税单价", "discount_amount": "折扣额", "amount": "金额",
        "spec": "规格"}),
    "contract_review": ("合同评审", {
        "contract_id": "合同", "org_unit_id": "评审部门", "aspect": "评审内容", "reviewer_id": "评审人",
        "decision": "结论", "opinion": "意见", "reviewed_at": "时间"}),
    "control_balance": ("总账余额", {
        "company_id": "账套", "period": "期间", "account": "科目", "balance": "余额", "currency": "币种"}),
    "cost_entry": ("销售成本结转", {
        "cost_id": "编号", "issue_id": "出库单", "invoice_id": "发票", "product_id": "产品",
        "posted_on": "记账日", "period": "期间", "quantity": "数量", "amount": "成本", "basis": "核算方式",
        "company_id": "账套", "currency": "币种", "exchange_rate": "汇率"}),
    "credit_event": ("信用问题记录", {
        "event_id": "编号", "customer_id": "客户", "kind": "信用问题", "occurred_on": "发生日",
        "resolved_on": "解决日", "amount": "金额"}),
    "credit_policy": ("信用政策", {
        "credit_rating": "信用等级", "max_credit_limit": "最高额度", "max_terms_days": "最长账期",
        "trade_mode": "允许的交易方式", "currency": "币种"}),
    "customer": ("客户档案", {
        "customer_id": "客户编号", "name": "客户名称", "tax_id": "税号", "address": "地址",
        "grade": "客户等级", "nature": "客户性质", "lifecycle": "交易流程", "channel_role": "渠道角色",
        "sales_region_id": "区域", "salesperson_id": "责任销售员", "created_at": "建档时间",
        "created_by": "建档人", "status": "状态", "parent_id": "集团客户",
        "phone": "电话", "owner_name": "所有者", "operating_manager": "经营经理",
        "legal_representative": "法人", "established_on": "成立时间", "first_trade_on": "与公司的交易时间",
        "organisation_type": "商业组织类型", "industry": "行业", "total_assets": "资产", "route_id": "巡访路线",
        "is_key": "重要客户", "updated_at": "最近更新"}),
    "customer_credit": ("客户信用", {
        "customer_id": "客户", "credit_rating": "信用等级", "credit_limit": "信用额度",
        "payment_terms_days": "账期天数", "trade_mode": "交易处理方式", "assessed_on": "评估日期",
        "assessment_source": "评估来源", "set_by": "维护人", "valid_from": "生效", "valid_to": "失效",
        "terms_basis": "起算", "company_id": "账套", "currency": "币种"}),
    "delegation": ("授权书", {
        "delegation_id": "授权编号", "grantor_id": "授权人", "grantee_id": "被授权人",
        "doc_kind": "单据种类", "amount_limit": "授权限额", "valid_from": "生效", "valid_to": "失效",
        "approval_kind": "审批种类", "granted_at": "授权时间", "revoked_at": "撤销时间",
        "currency": "币种"}),
    "delivery": ("发货单", {
        "delivery_id": "编号", "kind": "单据类型", "business_type": "业务类型", "order_id": "订单",
        "contract_id": "合同", "source_delivery_id": "原发货单", "customer_id": "客户",
        "delivery_date": "发货日", "freight_borne_by": "运费承担", "prepared_by": "制单",
        "approved_by": "审核", "approved_at": "审核时间", "company_id": "账套", "status": "单据状态",
        "currency": "币种",
        "request_id": "需货申请", "return_id": "退货申请", "agreement_id": "委托代销协议",
        "ship_to_address": "收货地点", "freight_amount": "运费", "posting_date": "记账日期",
        "reversal_of": "冲销原单", "last_modified_by": "最后修改人", "last_modified_at": "最后修改时间",
        "incoterm": "贸易术语", "ship_to_id": "收货地址编号"}),
    "delivery_confirmation": ("签收单", {
        "confirmation_id": "签收单号", "delivery_id": "发货单", "signed_by": "签收人",
        "signed_on": "签收日", "quantity": "签收数量", "condition_ok": "外观完好",
        "handed_in_at": "交销售内勤", "delivery_line_no": "发货行"}),
    "delivery_line": ("发货明细", {
        "delivery_id": "发货单", "line_no": "行号", "order_line_no": "订单行", "order_id": "订单",
        "product_id": "产品", "quantity": "数量", "unit_price": "单价", "line_kind": "行类别",
        "uom": "计量单位", "base_quantity": "主计量数量", "tax_rate": "税率", "tax_amount": "税额",
        "net_amount": "不含税金额", "gross_amount": "价税合计", "unit_price_gross": "含税单价",
        "discount_amount": "折扣额",
        "lot_no": "批号"}),
    "discount_authority": ("折扣权限", {
        "role": "岗位", "abc_class": "产品级别", "max_discount_pct": "可批折扣上限", "valid_from": "生效",
        "valid_to": "失效"}),
    "document_distribution": ("单据分发", {
        "distribution_id": "编号", "doc_kind": "单据种类", "doc_id": "单据号", "copy_no": "联次",
        "org_unit_id": "接收部门", "received_by": "接收人", "sent_at": "发出", "received_at": "收到"}),
    "employee": ("员工", {
        "employee_id": "员工编号", "name": "姓名", "org_unit_id": "部门", "manager_id": "直接上级",
        "sales_region_id": "指定区域", "hired_on": "入职日期",
        "left_on": "离职日期"}),
    "exchange_rate": ("汇率", {
        "currency": "币种", "rate_date": "日期", "rate": "汇率"}),
    "goods_receipt": ("产品入库单", {
        "goods_receipt_id": "编号", "product_id": "产品", "warehouse_id": "仓库", "quantity": "数量",
        "received_on": "入库日", "received_by": "库管", "company_id": "账套",
        "production_order_id": "排产单", "lot_no": "批号", "packed_on": "装箱日"}),
    "installation": ("安装验收", {
        "installation_id": "编号", "contract_id": "合同", "delivery_id": "发货单",
        "installed_on": "安装日", "accepted_on": "验收日"}),
    "invoice": ("销售发票", {
        "invoice_id": "编号", "invoice_no": "发票号", "kind": "发票类别", "sign": "红蓝标志",
        "mode": "开票方式", "original_invoice_id": "原发票", "customer_id": "客户", "contract_id": "合同",
        "order_id": "订单", "settlement_id": "委托代销结算单", "net_amount": "不含税金额",
        "tax_amount": "税额", "gross_amount": "价税合计", "issued_by": "开票人", "issued_on": "开票日",
        "reviewed_by": "复核", "reviewed_at": "复核时间", "cash_settled": "现结", "status": "单据状态",
        "invoice_kind": "票面形式", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率",
        "request_id": "开票申请", "delivered_on": "送达客户", "customer_signed_on": "客户签收",
        "customer_posted_on": "对方挂账", "posting_date": "记账日期", "reversal_of": "冲销原单",
        "last_modified_by": "最后修改人", "last_modified_at": "最后修改时间", "invoice_code": "发票代码"}),
    "invoice_line": ("发票明细", {
        "invoice_id": "发票", "line_no": "行号", "delivery_id": "发货单", "delivery_line_no": "发货行",
        "order_id": "订单", "order_line_no": "订单行", "product_id": "产品", "quantity": "数量",
        "unit_price": "单价", "line_kind": "行类别", "uom": "计量单位", "base_quantity": "主计量数量",
        "tax_rate": "税率", "tax_amount": "税额", "net_amount": "不含税金额", "gross_amount": "价税合计",
        "unit_price_gross": "含税单价", "discount_amount": "折扣额"}),
    "netting_entry": ("预收冲应收", {
        "netting_id": "编号", "customer_id": "客户", "netted_on": "日期", "amount": "金额",
        "contract_id": "合同", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率"}),
    "opening_balance": ("期初余额", {
        "company_id": "账套", "period": "期间", "account": "科目", "customer_id": "客户",
        "amount": "期初余额", "product_id": "存货编号", "quantity": "期初数量"}),
    "order_change": ("订单变更", {
        "change_id": "编号", "order_id": "订单", "changed_at": "时间", "changed_by": "修改人",
        "field": "字段", "old_value": "原值", "new_value": "新值", "line_no": "行号"}),
    "org_unit": ("部门", {
        "org_unit_id": "部门编号", "name": "部门名称", "kind": "部门类别", "parent_id": "上级部门",
        "sales_region_id": "负责区域"}),
    "payment_plan": ("收款计划", {
        "plan_id": "编号", "contract_id": "合同", "milestone": "节点", "pct": "比例", "amount": "金额",
        "due_on": "到期日", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率"}),
    "price_list": ("价目表", {
        "price_list_id": "价目表号", "valid_from": "生效", "valid_to": "失效", "proposed_by": "编制人",
        "approved_by": "批准人", "approved_at": "批准时间", "base_data_ref": "基础数据依据",
        "production_input_at": "生产部资料日期", "market_input_at": "市场部分析日期", "company_id": "账套",
        "currency": "币种", "tax_included": "是否含税",
        "exchange_rate": "汇率"}),
    "price_list_line": ("价目明细", {
        "price_list_id": "价目表", "product_id": "产品", "customer_grade": "客户等级", "season": "季节",
        "sales_region_id": "区域", "list_price": "标准价", "floor_price": "最低价",
        "ceiling_price": "最高价", "company_id": "账套", "currency": "币种", "uom": "计量单位",
        "exchange_rate": "汇率", "min_quantity": "起订量"}),
    "price_plan": ("均价计划", {
        "product_id": "产品", "period": "期间", "planned_average_price": "计划均价"}),
    "product": ("存货档案", {
        "product_id": "产品编号", "name": "品名", "model": "型号", "uom": "计量单位",
        "abc_class": "产品级别", "standard_cost": "标准成本", "valuation_method": "计价方法",
        "is_made_to_order": "按单生产",
        "spec": "规格", "is_difficult": "疑难产品", "is_key": "重点产品", "is_outsourced": "外协外购产品",
        "needs_technical_agreement": "须订技术合同"}),
    "quotation": ("报价单", {
        "quotation_id": "编号", "customer_id": "客户", "version": "版次", "kind": "类别", "medium": "形式",
        "amount": "价税合计", "delivery_days": "交货期", "payment_terms": "付款条件",
        "prepared_by": "编制", "prepared_at": "编制时间", "reviewed_by": "审核人",
        "reviewed_at": "审核时间", "sent_at": "发出", "valid_until": "有效期", "company_id": "账套",
        "currency": "币种", "exchange_rate": "汇率", "quoted_on": "报价日期",
        "inquiry_id": "询价", "opportunity_id": "项目", "requirements_ref": "客户需求信息",
        "printed_at": "打印", "sealed_at": "盖章"}),
    "quotation_line": ("报价明细", {
        "quotation_id": "报价", "line_no": "行号", "product_id": "产品", "quantity": "数量",
        "unit_price": "单价", "line_kind": "行类别", "uom": "计量单位", "base_quantity": "主计量数量",
        "tax_rate": "税率", "tax_amount": "税额", "net_amount": "不含税金额", "gross_amount": "价税合计",
        "unit_price_gross": "含税单价", "discount_amount": "折扣额", "amount": "金额",
        "spec": "规格参数"}),
    "receipt": ("收款", {
        "receipt_id": "编号", "customer_id": "客户", "payer_name": "付款方", "contract_id": "合同",
        "kind": "类别", "amount": "金额", "method": "方式", "received_on": "到账日",
        "collected_by": "经手人", "recorded_by": "登记人", "recorded_at": "登记入账", "status": "单据状态",
        "bill_due_on": "票据到期日", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率",
        "plan_id": "收款节点", "reservation_id": "预定书", "proof_no": "资金证明", "posting_date": "记账日期",
        "reversal_of": "冲销原单", "last_modified_by": "最后修改人", "last_modified_at": "最后修改时间"}),
    "receipt_application": ("核销", {
        "application_id": "编号", "receipt_id": "收款", "invoice_id": "发票", "receivable_id": "应收单",
        "amount": "金额", "applied_on": "日期", "applied_by": "核销人"}),
    "receivable_entry": ("应收单据", {
        "receivable_id": "编号", "invoice_id": "发票", "customer_id": "客户", "posted_on": "入账日",
        "due_on": "到期日", "amount": "金额", "audited_by": "应收审核", "audited_at": "审核时间",
        "status": "单据状态", "kind": "类别", "company_id": "账套", "currency": "币种",
        "exchange_rate": "汇率",
        "posting_date": "记账日期", "reversal_of": "冲销原单", "last_modified_by": "最后修改人",
        "last_modified_at": "最后修改时间"}),
    "revenue_entry": ("收入确认", {
        "revenue_id": "编号", "customer_id": "客户", "delivery_id": "发货单", "invoice_id": "发票",
        "settlement_id": "结算单", "recognised_on": "确认日", "period": "期间", "quantity": "数量",
        "amount": "不含税金额", "reversal_of": "冲回", "entered_by": "制单", "source": "来源",
        "status": "单据状态", "delivery_line_no": "发货行", "invoice_line_no": "发票行",
        "product_id": "产品", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率",
        "posting_date": "记账日期", "last_modified_by": "最后修改人", "last_modified_at": "最后修改时间",
        "settlement_line_no": "结算行"}),
    "role_assignment": ("岗位任职", {
        "employee_id": "员工", "role": "岗位", "org_unit_id": "任职部门", "valid_from": "任职起",
        "valid_to": "任职止"}),
    "role_rank": ("岗位级次", {
        "role": "岗位", "rank": "级次"}),
    "sales_order": ("销售订单", {
        "order_id": "单据编号", "order_no": "订单号", "customer_id": "客户", "contract_id": "合同",
        "quotation_id": "报价", "channel": "订货方式", "business_type": "业务类型",
        "order_date": "单据日期", "delivery_due_on": "交货期限", "salesperson_id": "销售员",
        "payment_mode": "收款方式", "amount": "价税合计", "entered_by": "录入人", "submitted_at": "提交",
        "approved_by": "审批人", "approved_at": "审批时间", "rejection_note": "修改建议", "status": "状态",
        "company_id": "账套", "currency": "币种", "exchange_rate": "汇率", "payment_terms_days": "账期",
        "terms_basis": "起算",
        "ship_to_address": "客户地址", "posting_date": "记账日期", "reversal_of": "冲销原单",
        "last_modified_by": "最后修改人", "last_modified_at": "最后修改时间", "ship_to_id": "收货地址编号"}),
    "sales_order_line": ("订单明细", {
        "order_id": "订单", "line_no": "行号", "product_id": "产品", "quantity": "数量",
        "unit_price": "单价", "line_kind": "行类别", "uom": "计量单位", "base_quantity": "主计量数量",
        "tax_rate": "税率", "tax_amount": "税额", "net_amount": "不含税金额", "gross_amount": "价税合计",
        "unit_price_gross": "含税单价", "discount_amount": "折扣额", "amount": "金额",
        "contract_line_no": "合同行", "cancelled_quantity": "取消数量",
        "model": "型号", "delivery_due_on": "交货期", "closed_at": "行关闭时间"}),
    "sales_region": ("销售区域", {
        "sales_region_id": "区域编号", "name": "区域名称", "tier": "区域级别",
        "parent_id": "上级区域"}),
    "season": ("季节", {
        "season": "季节", "starts_on": "起", "ends_on": "止"}),
    "stock_issue": ("销售出库单", {
        "issue_id": "编号", "sign": "红蓝标志", "delivery_id": "发货单", "prepared_by": "销售内勤",
        "prepared_at": "开单时间", "issued_by": "库管", "issued_at": "出库时间", "company_id": "账套",
        "status": "单据状态", "posting_date": "记账日期",
        "request_id": "需货申请", "reversal_of": "冲销原单", "last_modified_by": "最后修改人",
        "last_modified_at": "最后修改时间"}),
    "stock_issue_line": ("出库明细", {
        "issue_id": "出库单", "line_no": "行号", "product_id": "产品", "quality_status": "质量状况",
        "quantity": "数量", "delivery_line_no": "发货行",
        "spec": "规格", "lot_no": "批号"}),
    "stock_movement": ("库存台账", {
        "movement_id": "编号", "product_id": "产品", "warehouse_id": "仓库", "moved_at": "时间",
        "quantity": "数量", "unit_cost": "单位成本", "doc_kind": "单据种类", "doc_id": "单据号",
        "lot_no": "批号"}),
    "system_option": ("选项设置", {
        "option_key": "选项", "option_value": "取值", "valid_from": "生效",
        "valid_to": "失效"}),
    "uom_conversion": ("计量单位换算", {
        "product_id": "产品", "uom": "单位", "base_quantity": "折合主计量数量"}),
    "user_account": ("系统用户", {
        "user_id": "用户编码", "employee_id": "员工", "is_system": "系统用户", "valid_from": "启用",
        "valid_to": "停用"}),
    "voucher": ("记账凭证", {
        "voucher_id": "凭证号", "source_kind": "来源单据", "source_id": "来源号", "period": "期间",
        "prepared_by": "制单", "reviewed_by": "审核", "posted_by": "记账", "posted_on": "记账日",
        "status": "单据状态", "company_id": "账套", "currency": "币种", "exchange_rate": "汇率",
        "posting_date": "记账日期", "reversal_of": "冲销原单", "last_modified_by": "最后修改人",
        "last_modified_at": "最后修改时间"}),
    "voucher_line": ("凭证分录", {
        "voucher_id": "凭证", "line_no": "行号", "account": "科目", "customer_id": "客户",
        "debit": "借方金额", "credit": "贷方金额"}),
    "voucher_source": ("凭证来源", {
        "voucher_id": "凭证", "source_kind": "来源单据种类", "source_id": "来源单据号", "amount": "金额"}),
    "write_off": ("坏账核销", {
        "write_off_id": "编号", "customer_id": "客户", "invoice_id": "发票", "amount": "金额", "written_off_on": "日期",
        "written_off_by": "经办", "status": "单据状态", "company_id": "账套", "currency": "币种",
        "exchange_rate": "汇率",
        "posting_date": "记账日期", "reversal_of": "冲销原单", "last_modified_by": "最后修改人",
        "last_modified_at": "最后修改时间"}),
}

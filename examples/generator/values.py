# SPDX-License-Identifier: MIT
"""How the foreign system writes values that are words: {column or (table, column): {ours: theirs}}."""

ROLES = {
    "general_manager": "总经理", "company_leader": "公司领导", "marketing_vp": "营销副总",
    "sales_manager": "销售部经理", "branch_manager": "分部经理", "salesperson": "销售员",
    "sales_clerk": "销售内勤", "finance_head": "财务负责人", "accountant": "会计", "cashier": "出纳",
    "credit_controller": "信用员", "price_admin": "价格员", "marketing_head": "市场负责人",
    "production_head": "制造负责人", "storekeeper": "库管", "warehouse_head": "仓库主管",
    "contract_admin": "合同管理员", "technical_head": "技术负责人", "quality_inspector": "质检员",
}
DOCUMENTS = {
    "sales_order": "销售订单", "sales_order_line": "销售订单行", "contract": "销售合同", "quotation": "报价单",
    "contract_change": "合同变更", "concession": "优惠条件", "write_off": "坏账核销",
    "revenue_entry": "收入确认单", "price_list": "价目表", "stock_issue": "销售出库单", "goods_receipt": "入库单",
}
POSTING = {"posted": "已记账", "draft": "未审核", "void": "作废"}
FIELDS = {
    "unit_price": "单价", "quantity": "数量", "payment_mode": "收款方式", "ship_to_address": "送货地址",
    "delivery_due_on": "交货期", "liability_terms": "违约责任", "quality_terms": "质量条款",
    "payment_terms": "付款条件", "contact": "联系人",
}
SOURCES = {"receivable": "应收单", "receipt": "收款单", "cost": "成本结转", "revenue": "收入结转",
           "netting": "预收冲应收", "manual": "手工"}

VALUES = {
    "role": ROLES, "doc_kind": DOCUMENTS, "source_kind": SOURCES,
    ("voucher_source", "source_kind"): {**SOURCES, "invoice": "销售发票"}, "field": FIELDS,
    "approval_kind": {
        "order_approval": "订单审批", "contract_approval": "合同审批", "special_price": "特价审批",
        "credit_override": "超信用审批", "change": "变更审批", "write_off": "核销审批",
        "manual_revenue": "手工收入审批", "price_review": "价格预审", "non_standard_template": "非标准范本审批"},
    ("approval", "decision"): {"approve": "同意", "reject": "驳回", "withdraw": "撤回", "unapprove": "弃审"},
    ("contract_review", "decision"): {"pass": "通过", "fail": "不通过"},
    "aspect": {"technical": "技术", "price": "价格", "finance": "财务", "delivery": "交期"},
    "account": {
        "receivable": "应收账款", "advance_from_customer": "预收账款", "cash": "银行存款",
        "revenue": "主营业务收入", "cost_of_sales": "主营业务成本", "inventory": "库存商品",
        "tax": "应交税费", "other": "其他"},
    ("sales_order", "status"): {
        "draft": "草稿", "submitted": "已提交", "rejected": "已驳回", "approved": "已审核", "closed": "已关闭",
        "cancelled": "已取消"},
    ("contract", "status"): {"draft": "草稿", "executing": "执行中"},
    ("customer", "status"): {"active": "正常"},
    "status": POSTING,
    "channel": {"contract": "合同", "phone": "电话", "fax": "传真", "email": "邮件", "portal": "网上"},
    "payment_mode": {"credit": "赊销", "prepay": "预付", "cash": "现结", "mixed": "混合"},
    "trade_mode": {"credit": "赊销", "prepay": "预付", "cash": "现结"},
    "terms_basis": {"invoice": "开票"},
    "line_kind": {"normal": "普通", "gift": "赠品", "sample": "样品", "service": "服务", "freight": "运费"},
    ("org_unit", "kind"): {
        "management": "公司领导", "sales": "销售部", "branch": "分部", "marketing": "市场部",
        "finance": "财务部", "office": "办公室", "production": "制造", "technical": "技术部",
        "quality": "质检部", "warehouse": "仓库", "purchasing": "采购部"},
    ("credit_event", "kind"): {"overdue": "逾期", "dispute": "纠纷", "bounced": "退票"},
    ("delivery", "kind"): {"delivery": "发货", "return": "退货"},
    ("invoice", "kind"): {"vat_special": "专用发票"},
    ("quotation", "kind"): {"quote": "报价", "bid": "投标"},
    "medium": {"written": "书面", "email": "邮件", "oral": "口头"},
    ("receipt", "kind"): {"payment": "货款", "advance": "预收款", "deposit": "定金", "refund": "退款"},
    ("receivable_entry", "kind"): {"invoice": "发票", "opening": "期初"},
    "method": {"bank": "银行转账", "note": "承兑汇票"},
    "sign": {"blue": "蓝字", "red": "红字"},
    "mode": {"after_delivery": "先发货后开票"},
    "invoice_kind": {"e_invoice": "数电票"},
    ("revenue_entry", "source"): {"system": "系统", "manual": "手工"},
    "basis": {"stock_issue": "销售出库单"},
    "nature": {
        "rights_obligations": "权利义务", "price": "价格", "quantity": "数量", "delivery": "交货",
        "payment": "付款", "technical": "技术", "editorial": "文字"},
    "revenue_trigger": {"sign_off": "签收", "issue": "出库", "acceptance": "验收"},
    "template": {"standard": "标准范本", "customer": "客户范本"},
    "valuation_method": {"fifo": "先进先出", "moving_average": "移动平均"},
    ("customer", "nature"): {"company": "企业"},
    "lifecycle": {"current": "交易中", "past": "已停止"},
    "channel_role": {"direct": "直接客户"},
    "milestone": {"deposit": "定金", "advance": "预收款", "on_delivery": "到货款"},
    "quality_status": {"ok": "合格"},
}

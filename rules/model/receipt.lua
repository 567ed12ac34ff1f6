-- SPDX-License-Identifier: MIT
-- Money received, applied, netted, written off, and what was done to collect it.

-- contract: its own, otherwise that of the payment plan it pays.
table "receipt" {
  zh  = "收款",
  key = { "receipt_id" },
  fields = {
    { "receipt_id",       text,      "编号" },
    { "customer_id",      text,      "客户", to = "customer" },
    { "payer_name",       text,      "付款方" },
    { "contract_id",      text,      "合同" },
    { "plan_id",          text,      "收款节点", to = "payment_plan" },
    { "reservation_id",   text,      "预定书", to = "reservation" },
    -- 定金/预收/货款/质保金/退款
    { "kind",             enum { "deposit", "advance", "payment", "retention", "refund" }, "类别" },
    { "amount",           money,     "金额" },
    { "method",           enum { "bank", "cash", "note", "agent" }, "方式" }, -- 银行/现金/票据/代收
    { "received_on",      date,      "到账日" },
    { "collected_by",     text,      "经手人", to = "employee" },
    { "recorded_by",      text,      "登记人", to = "employee" },
    { "recorded_at",      timestamp, "登记入账" },
    { "proof_no",         text,      "资金证明" }, -- 发票/收据等
    { "company_id",       text,      "账套", to = "company" },
    { "currency",         text,      "币种" },
    { "exchange_rate",    decimal,   "汇率" },
    { "status",           text,      "单据状态" }, -- void 作废
    { "posting_date",     date,      "记账日期" },
    { "reversal_of",      text,      "冲销原单", to = "receipt" },
    { "last_modified_by", text,      "最后修改人", to = "employee" },
    { "last_modified_at", timestamp, "最后修改时间" },
    { "bill_due_on",      date,      "票据到期日" },
  },
  references = {
    contract = { "contract", match = { { "contract_id", "contract_id", otherwise = "plan.contract_id" } } },
    accounting_period = { "accounting_period",
      match = {},
      asof = { at = "received_on", from = "starts_on", to = "ends_on" },
    },
    day_rate = { "exchange_rate",
      match = { { "currency", "currency" } },
      asof = { at = "received_on", from = "rate_date" },
    },
  },
  reverse = {
    applications    = { "receipt_application", by = "receipt" },
    remittances     = { "agent_collection", by = "remitted_receipt" },
    vouchers        = { "voucher", by = "document" },
    voucher_sources = { "voucher_source", by = "document" },
    approvals       = { "approval", by = "document" },
  },
  period   = "received_on",
  customer = "customer_id",
  actor    = "recorded_by",
  currency = "currency",
}

table "receipt_application" {
  zh  = "核销",
  key = { "application_id" },
  fields = {
    { "application_id", text,  "编号" },
    { "receipt_id",     text,  "收款", to = "receipt" },
    { "invoice_id",     text,  "发票", to = "invoice" },
    { "amount",         money, "金额" },
    { "applied_on",     date,  "日期" },
    { "applied_by",     text,  "核销人", to = "employee" },
    { "receivable_id",  text,  "应收单", to = "receivable_entry" },
  },
  period   = "applied_on",
  customer = "receipt.customer_id",
  actor    = "applied_by",
  currency = "receipt.currency",
}

table "netting_entry" {
  zh  = "预收冲应收",
  key = { "netting_id" },
  fields = {
    { "netting_id",    text,    "编号" },
    { "customer_id",   text,    "客户", to = "customer" },
    { "netted_on",     date,    "日期" },
    { "amount",        money,   "金额" },
    { "company_id",    text,    "账套", to = "company" },
    { "currency",      text,    "币种" },
    { "exchange_rate", decimal, "汇率" },
    { "contract_id",   text,    "合同", to = "contract" },
  },
  references = {
    accounting_period = { "accounting_period",
      match = {},
      asof = { at = "netted_on", from = "starts_on", to = "ends_on" },
    },
    day_rate = { "exchange_rate",
      match = { { "currency", "currency" } },
      asof = { at = "netted_on", from = "rate_date" },
    },
  },
  reverse = {
    vouchers = { "voucher", by = "document" },
    voucher_sources = { "voucher_source", by = "document" },
  },
  period   = "netted_on",
  customer = "customer_id",
  currency = "currency",
}

table "write_off" {
  zh  = "坏账核销",
  key = { "write_off_id" },
  fields = {
    { "write_off_id",     text,      "编号" },
    { "customer_id",      text,      "客户", to = "customer" },
    { "invoice_id",       text,      "发票", to = "invoice" },
    { "amount",           money,     "金额" },
    { "written_off_on",   date,      "日期" },
    { "written_off_by",   text,      "经办", to = "employee" },
    { "company_id",       text,      "账套", to = "company" },
    { "currency",         text,      "币种" },
    { "exchange_rate",    decimal,   "汇率" },
    { "status",           text,      "单据状态" }, -- void 作废
    { "posting_date",     date,      "记账日期" },
    { "reversal_of",      text,      "冲销原单", to = "write_off" },
    { "last_modified_by", text,      "最后修改人", to = "employee" },
    { "last_modified_at", timestamp, "最后修改时间" },
  },
  references = {
    accounting_period = { "accounting_period",
      match = {},
      asof = { at = "written_off_on", from = "starts_on", to = "ends_on" },
    },
    day_rate = { "exchange_rate",
      match = { { "currency", "currency" } },
      asof = { at = "written_off_on", from = "rate_date" },
    },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "written_off_on",
  customer = "customer_id",
  actor    = "written_off_by",
  currency = "currency",
}

table "collection_request" {
  zh  = "收款申请单",
  key = { "request_id" },
  fields = {
    { "request_id",           text,      "编号" },
    { "customer_id",          text,      "客户", to = "customer" },
    { "contract_id",          text,      "合同" },
    { "invoice_id",           text,      "发票", to = "invoice" },
    { "amount",               money,     "金额" },
    { "requested_by",         text,      "销售员", to = "employee" },
    { "requested_at",         timestamp, "填写" },
    { "sales_confirmed_by",   text,      "销售部确认", to = "employee" },
    { "sales_confirmed_at",   timestamp, "销售确认时间" },
    { "finance_confirmed_by", text,      "财务部确认", to = "employee" },
    { "finance_confirmed_at", timestamp, "财务确认时间" },
    { "sent_to_customer_at",  timestamp, "反馈给客户" },
  },
  references = {
    contract = { "contract",
      match = { { "contract_id", "contract_id", otherwise = "invoice.contract.contract_id" } },
    },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "requested_at",
  customer = "customer_id",
  actor    = "requested_by",
  currency = "contract.currency",
}

table "collection_action" {
  zh  = "催收记录",
  key = { "action_id" },
  fields = {
    { "action_id",   text, "编号" },
    { "customer_id", text, "客户", to = "customer" },
    { "invoice_id",  text, "发票", to = "invoice" },
    { "actor_id",    text, "催收人", to = "employee" },
    { "acted_on",    date, "日期" },
    { "cause",       text, "欠费原因" },
  },
  period   = "acted_on",
  customer = "customer_id",
  actor    = "actor_id",
}

table "agent_collection" {
  zh  = "代收货款",
  key = { "collection_id" },
  fields = {
    { "collection_id",       text,  "编号" },
    { "customer_id",         text,  "代理商", to = "customer" },
    { "collected_on",        date,  "代理商收款日" },
    { "amount",              money, "金额" },
    { "remitted_receipt_id", text,  "解缴收款", to = "receipt" },
  },
  period   = "collected_on",
  customer = "customer_id",
}

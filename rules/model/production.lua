-- SPDX-License-Identifier: MIT
-- Production for an order, from the notice to the goods receipt.

table "production_order" {
  zh  = "排产单",
  key = { "production_order_id" },
  absent = {
    contradicted = { "production_progress" },
    en = "nothing is produced for orders: none were imported",
    zh = "未提供排产单：视为不按单生产",
  },
  fields = {
    { "production_order_id", text,      "编号" },
    { "order_id",            text,      "订单", to = "sales_order" },
    { "contract_id",         text,      "合同" },
    { "product_id",          text,      "产品", to = "product" },
    { "quantity",            decimal,   "数量", empty = "unknown" },
    { "notified_at",         timestamp, "通知生产", recorded = "maybe" },
    { "released_by",         text,      "排产人", to = "employee" },
    { "released_at",         timestamp, "排产时间" },
    { "design_done_on",      date,      "设计完成" },
    { "material_issued_on",  date,      "投料" },
    { "planned_finish_on",   date,      "计划完工" },
    { "finished_on",         date,      "完工" },
  },
  absence = {
    order_id = { role = "acquits", en = "production is to stock: no order is named",
      zh = "排产单未列订单：视为备货生产，不属订单执行" },
    contract_id = { role = "acquits", en = "production names no contract: that of its order counts",
      zh = "排产单未列合同：取其订单的合同" },
  },
  references = {
    contract = { "contract", match = { { "contract_id", "contract_id", otherwise = "order.contract_id" } } },
    customer = { "customer",
      match = { { "customer_id", "order.customer_id", otherwise = "contract.customer_id" } },
    },
  },
  reverse = {
    progress       = { "production_progress", by = "production_order" },
    inspections    = { "inspection", by = "production_order" },
    goods_receipts = { "goods_receipt", by = "production_order" },
    approvals      = { "approval", by = "document" },
  },
  period   = "released_at",
  customer = "customer.customer_id",
  actor    = "released_by",
}

table "production_progress" {
  zh  = "生产进度报告",
  key = { "production_order_id", "reported_on" },
  fields = {
    { "production_order_id", text,    "排产单", to = "production_order" },
    { "reported_on",         date,    "报告日", empty = "unknown" },
    { "reported_by",         text,    "报告人", to = "employee" }, -- 合同管理员
    { "sent_to",             text,    "营销员", to = "employee" },
    { "pct_complete",        decimal, "进度" },
    { "form",                enum { "written", "oral" }, "形式" }, -- 书面/口头
  },
  period   = "reported_on",
  customer = "production_order.customer.customer_id",
  actor    = "reported_by",
}

table "schedule_notice" {
  zh  = "客户项目延期信息",
  key = { "notice_id" },
  absent = { role = "accuses",
    en = "no customer put off a date: notices of delay were not imported",
    zh = "未提供客户延期信息：视为客户未要求延期",
  },
  fields = {
    { "notice_id",    text,      "编号" },
    { "contract_id",  text,      "合同", to = "contract" },
    { "received_on",  date,      "得知日", empty = "unknown" },
    { "new_due_on",   date,      "新交期" },
    { "forwarded_at", timestamp, "反馈营销部" },
    { "replanned_at", timestamp, "调整投产进度" },
  },
  period   = "received_on",
  customer = "contract.customer_id",
}

table "inspection" {
  zh  = "检验",
  key = { "inspection_id" },
  fields = {
    { "inspection_id",       text, "编号" },
    { "production_order_id", text, "排产单", to = "production_order" },
    { "lot_no",              text, "批号" },
    { "result",              enum { "pass", "fail" }, "结果" }, -- 合格/不合格
    { "inspected_on",        date, "日期", empty = "unknown" },
    { "inspector_id",        text, "检验员", to = "employee" },
  },
  absence = {
    lot_no = { role = "acquits", en = "inspections name no lot: they are of the whole production order",
      zh = "检验未列批号：视为整张排产单检验" },
  },
  period   = "inspected_on",
  customer = "production_order.customer.customer_id",
  actor    = "inspector_id",
}

table "goods_receipt" {
  zh  = "产品入库单",
  key = { "goods_receipt_id" },
  fields = {
    { "goods_receipt_id",    text,    "编号" },
    { "production_order_id", text,    "排产单", to = "production_order" },
    { "product_id",          text,    "产品", to = "product" },
    { "lot_no",              text,    "批号" },
    { "warehouse_id",        text,    "仓库" },
    { "quantity",            decimal, "数量", empty = "unknown" },
    { "received_on",         date,    "入库日", empty = "unknown" },
    { "received_by",         text,    "库管", to = "employee" },
    { "packed_on",           date,    "装箱日" },
    { "company_id",          text,    "账套", to = "company" },
  },
  absence = {
    lot_no = { en = "receipts name no lot: goods are followed by product",
      zh = "入库单未列批号：按产品跟踪" },
    warehouse_id = { en = "there is one warehouse: none is named",
      zh = "入库单未列仓库：视为单一仓库" },
    company_id = { from = { { only = true } },
      en = "goods receipts name no company: taken as the only one in the books",
      zh = "产品入库单未列账套：视为唯一账套" },
  },
  reverse = {
    movements     = { "stock_movement", by = "document" },
    distributions = { "document_distribution", by = "document" },
  },
  period   = "received_on",
  customer = "production_order.customer.customer_id",
  actor    = "received_by",
}

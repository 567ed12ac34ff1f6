-- SPDX-License-Identifier: MIT
-- The stock ledger, counts and anomalies.

table "stock_movement" {
  zh  = "库存台账",
  key = { "movement_id" },
  fields = {
    { "movement_id",  text,      "编号" },
    { "product_id",   text,      "产品", to = "product" },
    { "lot_no",       text,      "批号" },
    { "warehouse_id", text,      "仓库" },
    { "moved_at",     timestamp, "时间", empty = "unknown" },
    { "quantity",     decimal,   "数量", empty = "unknown" }, -- in +, out -
    { "unit_cost",    money,     "单位成本" },
    { "doc_kind",     text,      "单据种类" }, -- a table's name: goods_receipt, stock_issue
    { "doc_id",       text,      "单据号" },
  },
  absence = {
    lot_no = { en = "movements name no lot: balances are by product",
      zh = "库存台账未列批号：按产品结存" },
    warehouse_id = { en = "there is one warehouse: movements name none",
      zh = "库存台账未列仓库：视为单一仓库" },
    doc_kind = { en = "movements name no document: their cost is the product's standard cost",
      zh = "库存台账未列单据种类：成本取产品标准成本" },
    doc_id = { en = "movements name no document: their cost is the product's standard cost",
      zh = "库存台账未列单据号：成本取产品标准成本" },
    unit_cost = { en = "movements state no cost: the standard cost is taken",
      zh = "收发记录未列单位成本：取标准成本" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
  },
  period   = "moved_at",
}

table "stock_count" {
  zh  = "盘点",
  key = { "count_id" },
  fields = {
    { "count_id",          text,    "编号" },
    { "warehouse_id",      text,    "仓库" },
    { "product_id",        text,    "产品", to = "product" },
    { "lot_no",            text,    "批号" },
    { "counted_on",        date,    "日期", empty = "unknown" },
    { "counted_by",        text,    "盘点人", to = "employee" },
    { "quantity_physical", decimal, "实物" },
    { "quantity_card",     decimal, "货卡" },
    { "quantity_book",     decimal, "账面" },
  },
  absence = {
    warehouse_id = { role = "acquits", en = "counts name no warehouse: they are of one",
      zh = "盘点未列仓库：视为单一仓库" },
    lot_no = { role = "acquits", en = "counts name no lot: they are of the whole product",
      zh = "盘点未列批号：视为整个产品盘点" },
    quantity_card = { role = "acquits", en = "quantities on bin cards are not listed: they are not compared",
      zh = "盘点未列货卡数量：不比较货卡" },
    quantity_book = { role = "acquits", en = "quantities in the books are not listed: they are not compared",
      zh = "盘点未列账面数量：不比较账面" },
  },
  period   = "counted_on",
  actor    = "counted_by",
}

table "stock_anomaly" {
  zh  = "异常情况",
  key = { "anomaly_id" },
  fields = {
    { "anomaly_id",   text,      "编号" },
    { "warehouse_id", text,      "仓库" },
    { "found_at",     timestamp, "发现", empty = "unknown" },
    { "reported_at",  timestamp, "报告仓库主管" },
    { "reported_to",  text,      "报告对象", to = "employee" },
    { "resolved_at",  timestamp, "处理" },
    { "amount",       money,     "金额" },
  },
  period   = "found_at",
  actor    = "reported_to",
}

-- SPDX-License-Identifier: MIT
-- Archives, who saw them, who received copies, and the log of changes to master data.

table "archive_record" {
  zh  = "档案",
  key = { "archive_id" },
  fields = {
    { "archive_id",     text, "编号" },
    -- a table's name, or confirmation, correspondence, drawing, service_record, minutes ...
    { "doc_kind",       text, "单据种类" },
    { "doc_id",         text, "单据号" },
    { "contract_id",    text, "合同档案", to = "contract" },
    -- 往来文献/合同原件/客户确认/直接客户/主机型号/主机订货方/设计院/使用记录/服务记录/其他
    { "item_kind",      enum {
        "correspondence", "contract_original", "customer_confirmation", "direct_customer",
        "host_model", "host_orderer", "design_institute", "usage_record", "service_record",
        "other",
      }, "档案内容" },
    { "archived_on",    date, "存档日" },
    { "archived_by",    text, "存档人", to = "employee" },
    { "keeper_id",      text, "保管人", to = "employee", recorded = "maybe" },
    { "transferred_on", date, "移交档案处" },
    { "retain_until",   date, "保存至" },
    { "disposed_on",    date, "销毁日" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "archived_on",
  customer = "contract.customer_id",
  actor    = "archived_by",
}

table "access_log" {
  zh  = "访问日志",
  key = { "access_id" },
  fields = {
    { "access_id",   text,      "编号" },
    { "user_id",     text,      "用户", to = "employee", people = "users", empty = "unknown" },
    { "doc_kind",    text,      "对象" }, -- a table's name
    { "doc_id",      text,      "对象号" },
    { "action",      enum { "view", "export", "print", "send", "edit" }, "动作" }, -- 查看/导出/打印/发送/编辑
    { "accessed_at", timestamp, "时间", empty = "unknown" },
    { "recipient",   text,      "接收方" },
    { "is_external", bool,      "公司外部" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
  },
  period   = "accessed_at",
  actor    = "user_id",
}

table "document_distribution" {
  zh  = "单据分发",
  key = { "distribution_id" },
  fields = {
    { "distribution_id", text,      "编号" },
    { "doc_kind",        text,      "单据种类" }, -- a table's name, or ship_notice
    { "doc_id",          text,      "单据号" },
    { "copy_no",         int,       "联次", empty = "unknown" },
    { "org_unit_id",     text,      "接收部门", to = "org_unit" },
    { "received_by",     text,      "接收人", to = "employee" },
    { "sent_at",         timestamp, "发出", recorded = "maybe" },
    { "received_at",     timestamp, "收到" },
  },
  absence = {
    org_unit_id = { from = "received_by_employee.org_unit_id",
      en = "the receiving department is not named: that of the receiver is taken",
      zh = "分发记录未列接收部门：取接收人所属部门" },
    sent_at = { from = "received_at", en = "the time of sending is not listed: copies were sent when received",
      zh = "分发记录未列发出时间：以收到时间为准" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
  },
  period   = "sent_at",
  actor    = "received_by",
}

-- record is the row that was changed.
table "master_change" {
  zh  = "主数据变更日志",
  key = { "change_id" },
  absent = {
    en = "no master data were changed: the log of changes was not imported",
    zh = "未提供主数据变更日志：视为期间内主数据未变更",
  },
  fields = {
    { "change_id",  text,      "编号" },
    { "table_name", text,      "表" }, -- a table's name
    { "record_id",  text,      "记录" }, -- the row's key, columns joined by /
    { "field",      text,      "字段" },
    { "old_value",  text,      "原值" },
    { "new_value",  text,      "新值" },
    { "changed_by", text,      "修改人", to = "employee", empty = "unknown" },
    { "changed_at", timestamp, "修改时间", empty = "unknown" },
  },
  references = {
    record = { kind = "table_name", id = "record_id" },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "changed_at",
  actor    = "changed_by",
}

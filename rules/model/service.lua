-- SPDX-License-Identifier: MIT
-- After-sales service and complaints.

table "service_request" {
  zh  = "售后服务申请",
  key = { "request_id" },
  fields = {
    { "request_id",              text,      "编号" },
    { "customer_id",             text,      "客户", to = "customer" },
    { "contract_id",             text,      "合同", to = "contract" },
    { "received_at",             timestamp, "接到申请", empty = "unknown" },
    { "confirmed_by",            text,      "确认人", to = "employee" }, -- 销售部经理
    { "confirmed_at",            timestamp, "确认时间" },
    { "form_filled_by",          text,      "填表人", to = "employee" }, -- 销售内勤
    { "sent_to_technical_at",    timestamp, "发给技术部" },
    { "technical_contact_at",    timestamp, "技术沟通" }, -- 技术部与客户沟通
    { "result",                  text,      "处理结果" }, -- 服务状况/处理结果
    { "result_to_manager_at",    timestamp, "反馈经理" }, -- 销售部经理
    { "result_to_clerk_at",      timestamp, "反馈内勤" },
    { "salesperson_informed_at", timestamp, "告知销售员" },
    { "is_complaint",            bool,      "投诉" },
    { "closed_at",               timestamp, "关闭" },
    { "satisfaction",            int,       "满意度" },
    { "cost",                    money,     "服务成本" },
    { "in_warranty",             bool,      "质保期内" },
  },
  period   = "received_at",
  customer = "customer_id",
  actor    = "confirmed_by",
}

-- SPDX-License-Identifier: MIT
-- One month of a bearing maker: price, credit, change and revenue controls over all documents of October.

engagement {
  title    = "销售与收款循环 2026年10月",
  entity   = "天衡轴承机械制造有限公司",
  period   = "2026-10",
  as_of    = "2026-11-05",
  currency = "CNY",
  timezone = "Asia/Shanghai",
  language = "zh",
  holidays = {                       -- National Day; Saturday 10 October is worked in exchange
    "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07",
  },
}

import.csv { folder = "data" }       -- every TABLE.csv named like a table of the model

-- Control totals that the accountants handed over with the data. An explicit import replaces the folder's
-- file of that table.
import.csv {
  table   = "voucher_line",
  file    = "data/voucher_line.csv",
  columns = {
    voucher_id = "voucher_id", line_no = "line_no", account = "account",
    customer_id = "customer_id", debit = "debit", credit = "credit",
  },
  expect  = { rows = 0, sum = { debit = "0", credit = "0" } },
}

import.csv {
  table   = "receipt_application",
  file    = "data/receipt_application.csv",
  columns = {
    application_id = "application_id", receipt_id = "receipt_id", invoice_id = "invoice_id",
    receivable_id = "receivable_id", amount = "amount", applied_on = "applied_on",
    applied_by = "applied_by",
  },
  expect  = { rows = 0, sum = { amount = "0" } },
}

required { "PRC-01", "CRD-01", "REV-02", "REV-06", "REV-07" }

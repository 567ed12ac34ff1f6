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
  holidays = {                       -- National Day
    "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07",
  },
  workdays = { "2026-10-10" },        -- a Saturday, worked in exchange
}

import.csv { folder = "data" }       -- every TABLE.csv named like a table of the model

-- Control totals that came with the data. An explicit import replaces the folder's file of that table.
import.csv {
  table  = "sales_order",
  file   = "data/sales_order.csv",
  expect = { rows = 349, sum = { amount = "8472096.01" } },
}

import.csv {
  table  = "voucher_line",
  file   = "data/voucher_line.csv",
  expect = { rows = 929, sum = { debit = "13500815.36", credit = "13500751.36" } },
}

import.csv {
  table  = "receipt_application",
  file   = "data/receipt_application.csv",
  expect = { rows = 38, sum = { amount = "766298.32" } },
}

-- Dealers fetch what they buy: freight that is borne for them is looked at.
parameters { ["SHP-15"] = { enabled = true } }

required { "CRD-01", "PRC-02", "REV-02", "REV-06", "REV-07" }

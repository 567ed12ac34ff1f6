-- SPDX-License-Identifier: MIT
-- The month of examples/month-end, read from PostgreSQL: every table of the schema `sales` that the model knows.
-- Which server that is, the service `vouch_example` says (a service file), or PGHOST and the other PG* variables.

engagement {
  title    = "销售与收款循环 2026年10月 (PostgreSQL)",
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

local database = "dbname=vouch_example"

import.postgres { conninfo = database, schema = "sales" }

-- Single tables, with the control totals that the ledger states. They take the place of the schema's.
import.postgres {
  conninfo = database, schema = "sales", table = "voucher_line",
  expect   = { rows = 929, sum = { debit = "13500815.36", credit = "13500751.36" } },
}

-- A query, where a table is named or shaped otherwise. All imports of one conninfo see one snapshot.
import.postgres {
  conninfo = database, table = "sales_order",
  query    = "SELECT * FROM sales.sales_order ORDER BY order_id",
  expect   = { rows = 349, sum = { amount = "8472096.01" } },
}

-- Dealers fetch what they buy: freight that is borne for them is looked at.
parameters { ["SHP-15"] = { enabled = true } }

required { "CRD-01", "PRC-02", "REV-02", "REV-06", "REV-07" }

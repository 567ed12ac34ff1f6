-- SPDX-License-Identifier: MIT
-- Written by `vouch init` after a look at export. It is yours: edit it, then `vouch run`.
-- A remark says what a guess rests on. `-- ?` marks a doubt: look at those first. What nothing was known for
--   stands as a comment below its list.

engagement {
  title    = "First look at export",
  period   = { from = "2026-01-01", to = "2026-05-31" }, -- has 241 of 241 dated documents; they run from 2026-01-06 to 2026-05-05
  currency = "USD",                                 -- ? no list names a currency
  timezone = "UTC",                                 -- in which days begin and end; matters for times of day only
  language = "en",
}

-- no other list has them: made from this one, 6 of them
import.csv {
  table = "customer",
  file = "export/superstore.csv", encoding = "windows-1252",
  distinct = true,
  columns = {
    customer_id = "Customer ID",
    name = "Customer Name",                         -- Northwind
  },
}

-- no other list has them: made from this one, 6 of them
import.csv {
  table = "product",
  file = "export/superstore.csv", encoding = "windows-1252",
  distinct = true,
  columns = {
    product_id = "Product ID",
    name = "Product Name",                          -- Northwind
  },
}

-- the list repeats its documents' headers on their lines: 120 documents
import.csv {
  table = "sales_order",
  file = "export/superstore.csv", encoding = "windows-1252",
  distinct = true,
  columns = {
    order_id = "Order ID",
    customer_id = "Customer ID",
    order_date = { "Order Date", format = "%m/%d/%Y" },
  },
}

-- the list numbers no lines: they are numbered in its order
import.csv {
  table = "sales_order_line",
  file = "export/superstore.csv", encoding = "windows-1252",
  number = { line_no = "order_id" },
  columns = {
    order_id = "Order ID",
    product_id = "Product ID",
    quantity = "Quantity",
    unit_price = function(source) return div(decimal(source["Sales"]), decimal(source["Quantity"]), 4, "half_up") end, -- ? the list has no price: worked out from amount and quantity; the amount is not imported beside it, since comparing the two would test nothing
  },
}

-- Columns of export/superstore.csv that fill nothing (with values):
--   Row ID: 1, 2, 3
--   Ship Date: 1/8/2026, 1/12/2026, 1/11/2026
--   Ship Mode: First Class, Standard Class, Second Class
--   Segment: Corporate, Consumer, Home Office
--   Country: United States
--   City: Fresno, Mobile, Toledo
--   State: California, Alabama, Ohio
--   Postal Code: 93727, 36608, 43615
--   Region: West, South, East
--   Category: Furniture, Office Supplies, Technology
--   Sub-Category: Chairs, Tables, Binders
--   Discount: 0, 0.1, 0.7
--   Profit: 66.9168, 238.7700, 375.2100


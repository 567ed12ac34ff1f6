-- SPDX-License-Identifier: MIT
-- Northwind Traders: foreign files mapped to the model, and rules of one's own beside the library.

engagement {
  title    = "Prices and shipments, July 1996 to May 1998",
  entity   = "Northwind Traders",
  period   = { from = "1996-07-01", to = "1998-05-31" },
  currency = "USD",
  timezone = "America/Los_Angeles",
  language = "en",
}

-- Northwind keeps the day of shipment in the order itself; the model has no field for it.
extend "sales_order" {
  fields = { { "shipped_on", date, "发货日期" } },
}

import.csv {
  table   = "customer",
  file    = "data/customers.csv",
  columns = {
    customer_id = "customerID", name = "companyName", owner_name = "contactName",
    address = "address", phone = "phone", status = { value = "active" },
  },
  expect  = { rows = 91 },
}

import.csv {
  table   = "employee",
  file    = "data/employees.csv",
  columns = {
    employee_id = "employeeID", hired_on = "hireDate", manager_id = "reportsTo",
    name = function(source) return source.firstName .. " " .. source.lastName end,
  },
  expect  = { rows = 9 },
}

-- One file feeds two tables: the products, and a price list whose floor is the list price.
import.csv {
  table   = "product",
  file    = "data/products.csv",
  columns = { product_id = "productID", name = "productName", spec = "quantityPerUnit" },
  expect  = { rows = 77 },
}

import.csv {
  table   = "price_list_line",
  file    = "data/products.csv",
  columns = {
    price_list_id = { value = "NW" }, product_id = "productID",
    list_price = "unitPrice", floor_price = "unitPrice",
  },
}

import.csv {                         -- not Northwind's: says since when the list prices are approved
  table   = "price_list",
  file    = "data/price_list.csv",
}

import.csv {
  table   = "sales_order",
  file    = "data/orders.csv",
  columns = {
    order_id = "orderID", customer_id = "customerID", salesperson_id = "employeeID",
    order_date = "orderDate", approved_at = "orderDate", delivery_due_on = "requiredDate",
    shipped_on = "shippedDate", ship_to_address = "shipAddress",
    status = { value = "approved" }, currency = { value = "USD" },
  },
  expect  = { rows = 830 },
}

import.csv {
  table   = "sales_order_line",
  file    = "data/order_details.csv",
  columns = {
    order_id = "orderID", product_id = "productID",
    line_no = "productID",           -- the file numbers no lines; a product stands once in an order
    quantity = "quantity", unit_price = "unitPrice", line_kind = { value = "normal" },
    discount_amount = function(source) return source.unitPrice * source.quantity * source.discount end,
  },
  expect  = { rows = 2155 },
}

import.csv {                         -- Northwind approves no prices: an empty table says so
  table = "approval",
  file  = "data/approval.csv",
}

controls { folder = "controls" }     -- NWD-01 and NWD-02
required { "PRC-01", "NWD-01", "NWD-02" }

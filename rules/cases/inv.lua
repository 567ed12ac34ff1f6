-- SPDX-License-Identifier: MIT
-- The cases of INV: invoices.

-- A request of 113, reviewed on 2026-10-09, and its invoice of 2026-10-10.
local function requested(request, invoice, more)
  local fields = with({ request_id = "R1", customer_id = "C1", amount = "113", requested_at = "2026-10-09T09:00:00", reviewed_at = "2026-10-09T10:00:00" }, request)
  local header = with({ invoice_id = "I1", request_id = "R1", customer_id = "C1", sign = "blue", issued_on = "2026-10-10", gross_amount = "113" }, invoice)
  return with({ invoice_request = { fields }, invoice = { header } }, more)
end

cases "INV-01" {
  { "requested, reviewed and issued on one day", given = requested({ reviewed_at = "2026-10-10T17:00:00" }), expect = {} },
  { "no request",
    given = requested({}, { request_id = "" }),
    expect = { { key = "I1", amount = "113", fault = "missing", step = "invoice_request.requested_at", other = "invoice.issued_on" } } },
  { "a request that is not in the data: this control asks for it",
    given = requested({}, { request_id = "R9" }),
    expect = { { key = "I1", amount = "113", fault = "missing", step = "invoice_request.requested_at", other = "invoice.issued_on" } } },
  { "a request that was not reviewed",
    given = requested { reviewed_at = "" },
    expect = { { key = "I1", amount = "113", fault = "missing", step = "invoice_request.reviewed_at", other_at = "2026-10-10" } } },
  { "reviewed the day after it was issued",
    given = requested { reviewed_at = "2026-10-11T00:00:00" },
    expect = { { key = "I1", amount = "113", fault = "too early", step = "invoice.issued_on", other = "invoice_request.reviewed_at" } } },
  { "reviewed a second before it was requested",
    given = requested { reviewed_at = "2026-10-09T08:59:59" },
    expect = { { key = "I1", amount = "113", fault = "too early", step = "invoice_request.reviewed_at" } } },
  { "two cents more than the request",
    given = requested({}, { gross_amount = "113.02" }),
    expect = { { key = "I1", amount = "0.02", fault = "over", at = "113.02", other_at = "113" } } },
  { "one cent more", given = requested({}, { gross_amount = "113.01" }), expect = {} },
  { "the second invoice of a request carries it over; a void one and one taken back make no use of it",
    given = requested({}, {}, { invoice = {
      { invoice_id = "I1", request_id = "R1", sign = "blue", issued_on = "2026-10-10", gross_amount = "100" },
      { invoice_id = "I2", request_id = "R1", sign = "red", original_invoice_id = "I1", issued_on = "2026-10-11", gross_amount = "-100" },
      { invoice_id = "I3", request_id = "R1", sign = "blue", issued_on = "2026-10-12", gross_amount = "113", status = "void" },
      { invoice_id = "I4", request_id = "R1", sign = "blue", issued_on = "2026-10-12", gross_amount = "60" },
      { invoice_id = "I5", request_id = "R1", sign = "blue", issued_on = "2026-10-13", gross_amount = "60" },
    } }),
    expect = { { key = "I5", amount = "7", fault = "over", at = "120" } } },
  { "a red invoice that names only its original makes room",
    given = requested({}, {}, { invoice = {
      { invoice_id = "I1", request_id = "R1", sign = "blue", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I2", sign = "red", original_invoice_id = "I1", issued_on = "2026-10-11", gross_amount = "-113" },
      { invoice_id = "I3", request_id = "R1", sign = "blue", issued_on = "2026-10-12", gross_amount = "113" },
    } }),
    expect = {} },
  { "red invoices, those of settlements, drafts and reversals need none",
    given = { invoice = {
      { invoice_id = "I1", sign = "red", issued_on = "2026-10-10", gross_amount = "-113" },
      { invoice_id = "I2", sign = "blue", settlement_id = "T1", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I3", sign = "blue", status = "draft", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I4", original_invoice_id = "I1", issued_on = "2026-10-10", gross_amount = "113" },
    } },
    expect = {} },
  { "the request names no amount", given = requested { amount = "" }, expect = { { key = "I1", untestable = "no amount" } } },
  { "requests were not imported", given = requested(), absent = { "invoice_request" },
    expect = { { key = "I1", untestable = "invoice_request" } } },
  { "what goes over the request is one fault", given = requested({}, { gross_amount = "114" }), expect = { { key = "I1", amount = "1", fault = "over", faults = "1" } } },
}

-- An invoice of 113 issued by E1, who is of a unit of this kind.
local function issued_by(kind, roles, employee)
  local person = with({ employee_id = "E1", org_unit_id = "D1" }, employee)
  return {
    org_unit = { { org_unit_id = "D1", name = "D1", kind = kind }, { org_unit_id = "D2", name = "D2", kind = "finance" } },
    employee = { person },
    role_assignment = roles,
    user_account = { { user_id = "U0", is_system = "true" } },
    invoice = { { invoice_id = "I1", issued_by = "E1", issued_on = "2026-10-10", gross_amount = "113" } },
  }
end

cases "INV-02" {
  { "by sales", given = issued_by("sales", {}), expect = { { key = "I1", amount = "113", issuer = "E1", department = "D1" } } },
  { "by finance", given = issued_by("finance", {}), expect = {} },
  { "moved to finance the day before",
    given = issued_by("sales", { { employee_id = "E1", role = "sales_clerk", org_unit_id = "D2", valid_from = "2026-10-10" } }), expect = {} },
  { "moves to finance tomorrow",
    given = issued_by("sales", { { employee_id = "E1", role = "accountant", org_unit_id = "D2", valid_from = "2026-10-11" } }),
    expect = { { key = "I1", amount = "113", department = "D1" } } },
  { "an accountant of a branch",
    given = issued_by("branch", { { employee_id = "E1", role = "accountant", org_unit_id = "D1", valid_from = "2026-01-01" } }), expect = {} },
  { "a higher role will not do",
    given = with(issued_by("sales", { { employee_id = "E1", role = "sales_manager", org_unit_id = "D1", valid_from = "2026-01-01" } }), {
      role_rank = { { role = "accountant", rank = "1" }, { role = "sales_manager", rank = "5" } },
    }),
    expect = { { key = "I1", amount = "113", department = "D1" } } },
  { "a department without a name, and none",
    given = with(issued_by("sales", {}), {
      org_unit = { { org_unit_id = "D1", kind = "sales" } },
      employee = { { employee_id = "E1", org_unit_id = "D1" }, { employee_id = "E2" } },
      role_assignment = { { employee_id = "E2", role = "salesperson", valid_from = "2026-01-01" } },
      invoice = {
        { invoice_id = "I1", issued_by = "E1", issued_on = "2026-10-10", gross_amount = "113" }, { invoice_id = "I2", issued_by = "E2", issued_on = "2026-10-10", gross_amount = "7" },
      },
    }),
    expect = { { key = "I1", amount = "113", department = "D1" }, { key = "I2", amount = "7", department = "unknown" } } },
  { "a red invoice, too",
    given = with(issued_by("sales", {}), { invoice = { { invoice_id = "I1", sign = "red", issued_by = "E1", issued_on = "2026-10-10", gross_amount = "-113" } } }),
    expect = { { key = "I1", amount = "113", department = "D1" } } },
  { "by the system, and a void one",
    given = with(issued_by("sales", {}), { invoice = {
      { invoice_id = "I1", issued_by = "U0", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I2", issued_by = "E1", issued_on = "2026-10-10", gross_amount = "113", status = "void" },
    } }),
    expect = {} },
  { "nobody named, a person nobody knows, and one without roles and department",
    given = with(issued_by("sales", {}, { org_unit_id = "" }), { invoice = {
      { invoice_id = "I1", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I2", issued_by = "E9", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I3", issued_by = "E1", issued_on = "2026-10-10", gross_amount = "113" },
    } }),
    expect = {
      { key = "I1", untestable = "nobody is named" }, { key = "I2", untestable = "neither roles" }, { key = "I3", untestable = "neither roles" },
    } },
  { "roles were not imported: by the department", given = issued_by("sales", {}), absent = { "role_assignment" },
    expect = { { key = "I1", amount = "113", department = "D1" } } },
  { "employees were not imported", given = issued_by("sales", {}), absent = { "employee" },
    expect = { { key = "I1", untestable = "neither roles" } } },
  { "an invoice without an amount, by sales", given = with(issued_by("sales", {}), { invoice = { { invoice_id = "I1", issued_by = "E1", issued_on = "2026-10-10" } } }),
    expect = { { key = "I1", amount = "unknown", department = "D1" } } },
}

-- Two deliveries of 6 and 4 of an order line of 10 at 20, and invoices.
local function shipped_and_billed(lines, more)
  local invoices, seen = {}, {}
  for line in each(lines) do
    if not seen[line.invoice_id] then
      table.insert(invoices, { invoice_id = line.invoice_id, customer_id = "C1", order_id = "SO1", sign = "blue", mode = "after_delivery", issued_on = line.on })
    end
    seen[line.invoice_id] = true
  end
  local invoice_lines = {}
  for line in each(lines) do
    local fields = with({ line_no = "1", order_line_no = "1", product_id = "P1", unit_price = "20", line_kind = "normal" }, line)
    fields.on = nil
    table.insert(invoice_lines, fields)
  end
  return with({
    customer = { { customer_id = "C1" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-01" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "20" } },
    delivery = {
      { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-05" },
      { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-12" },
    },
    delivery_line = {
      { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
      { delivery_id = "D2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "4", unit_price = "20" },
    },
    invoice = invoices,
    invoice_line = invoice_lines,
  }, more)
end

-- Lines of an invoice that name the order and the product only.
local unnumbered = { order_line_no = "", order_id = "SO1" }

cases "INV-03" {
  { "two units too many on lines that name the order and the product",
    given = shipped_and_billed { with({ invoice_id = "I1", on = "2026-10-13", quantity = "12" }, unnumbered) },
    expect = { { key = "I1/1", amount = "40", over = "2", invoiced = "12", shipped = "10" } } },
  { "all of it, in two invoices, one of which names the order line",
    given = shipped_and_billed {
      with({ invoice_id = "I1", on = "2026-10-13", quantity = "6" }, unnumbered), { invoice_id = "I2", on = "2026-10-13", quantity = "4" },
    },
    expect = {} },
  { "the order has two lines of the product: which is not said",
    given = shipped_and_billed({ with({ invoice_id = "I1", on = "2026-10-13", quantity = "12" }, unnumbered) }, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
        { order_id = "SO1", line_no = "2", product_id = "P1", quantity = "4", unit_price = "20" },
      },
    }),
    expect = { { key = "invoice_line/I1/1", untestable = "several lines of the product" } } },
  { "one unit more than the delivery had",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "7" } },
    expect = { { key = "I1/1", amount = "20", over = "1", invoiced = "7", shipped = "6" } } },
  { "all of it, on the day of the delivery",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-05", delivery_id = "D1", delivery_line_no = "1", quantity = "6" } }, expect = {} },
  { "all of it, the day before",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-04", delivery_id = "D1", delivery_line_no = "1", quantity = "6" } },
    expect = { { key = "I1/1", amount = "120", over = "6", shipped = "0", issued_on = "2026-10-04" } } },
  { "before anything was shipped; a second invoice after all was adds nothing",
    given = shipped_and_billed {
      { invoice_id = "I1", on = "2026-10-01", quantity = "6" }, { invoice_id = "I2", on = "2026-10-12", quantity = "4" },
    },
    expect = { { key = "I1/1", amount = "120", invoiced = "6", shipped = "0" } } },
  { "by the order line: three more than left by then, two more in all",
    given = shipped_and_billed {
      { invoice_id = "I1", on = "2026-10-06", quantity = "9" }, { invoice_id = "I2", on = "2026-10-13", quantity = "3" },
    },
    expect = { { key = "I1/1", amount = "60", over = "3", shipped = "6" }, { key = "I2/1", amount = "40", over = "2", invoiced = "12", shipped = "10" } } },
  { "what one invoice has of a delivery, another that names only the order line has not",
    given = shipped_and_billed {
      { invoice_id = "I1", on = "2026-10-13", delivery_id = "D1", delivery_line_no = "1", quantity = "6" },
      { invoice_id = "I2", on = "2026-10-14", quantity = "5" },
    },
    expect = { { key = "I2/1", amount = "20", over = "1", invoiced = "11", shipped = "10" } } },
  { "two came back before the invoice",
    given = shipped_and_billed({ { invoice_id = "I1", on = "2026-10-10", delivery_id = "D1", delivery_line_no = "1", quantity = "6" } }, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "D3", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-09" },
        { delivery_id = "D4", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-11" },
        { delivery_id = "D5", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-09", status = "void" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
        { delivery_id = "D3", line_no = "1", product_id = "P1", quantity = "-2" },
        { delivery_id = "D4", line_no = "1", product_id = "P1", quantity = "-1" },
        { delivery_id = "D5", line_no = "1", product_id = "P1", quantity = "-3" },
      },
    }),
    expect = { { key = "I1/1", amount = "40", over = "2", shipped = "4" } } },
  { "a red invoice makes room, even on the same day",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-05", delivery_id = "D1", delivery_line_no = "1", quantity = "6" },
      { invoice_id = "I2", on = "2026-10-08", delivery_id = "D1", delivery_line_no = "1", quantity = "6" },
      { invoice_id = "I3", on = "2026-10-08", delivery_id = "D1", delivery_line_no = "1", quantity = "-6" },
    }),
    expect = {} },
  { "each invoice reports what it adds itself",
    given = shipped_and_billed {
      { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "8" },
      { invoice_id = "I2", on = "2026-10-07", delivery_id = "D1", delivery_line_no = "1", quantity = "1" },
    },
    expect = { { key = "I1/1", amount = "40", over = "2" }, { key = "I2/1", amount = "20", over = "1", invoiced = "9" } } },
  { "one unit more than allowed, where one is let pass", parameters = { tolerance = "1" },
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "8" } },
    expect = { { key = "I1/1", amount = "20", over = "1" } } },
  { "the one that is let pass", parameters = { tolerance = "1" },
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "7" } }, expect = {} },
  { "the contract does not let the invoice go first",
    given = shipped_and_billed({ { invoice_id = "I1", on = "2026-10-01", order_id = "SO1", quantity = "6" } }, {
      contract = { { contract_id = "CT1", invoice_before_shipment = "false", signed_on = "2026-09-01" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-01" } },
    }),
    expect = { { key = "I1/1", amount = "120", over = "6" } } },
  { "the red invoice of a return makes room for what is sent again",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-05", delivery_id = "D1", delivery_line_no = "1", quantity = "6" },
      { invoice_id = "I2", on = "2026-10-08", delivery_id = "D3", delivery_line_no = "1", quantity = "-2" },
      { invoice_id = "I3", on = "2026-10-20", delivery_id = "D1", delivery_line_no = "1", quantity = "1" },
    }, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "D3", kind = "return", order_id = "SO1", source_delivery_id = "D1", delivery_date = "2026-10-07" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
        { delivery_id = "D3", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-2" },
      },
    }),
    expect = { { key = "I3/1", amount = "20", over = "1", invoiced = "5", shipped = "4" } } },
  { "invoiced in boxes of two",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "4", uom = "box", unit_price = "40", net_amount = "160" },
    }, {
      product = { { product_id = "P1", uom = "piece" } },
      uom_conversion = { { product_id = "P1", uom = "box", base_quantity = "2" } },
    }),
    expect = { { key = "I1/1", amount = "40", over = "2", invoiced = "8", shipped = "6" } } },
  { "without a delivery line but with its delivery, by the product",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", order_line_no = "", quantity = "8" } },
    expect = { { key = "I1/1", amount = "40", over = "2" } } },
  { "the contract lets the invoice go first",
    given = shipped_and_billed({ { invoice_id = "I1", on = "2026-10-01", quantity = "6" } }, {
      contract = { { contract_id = "CT1", invoice_before_shipment = "true", signed_on = "2026-09-01" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-01" } },
    }),
    expect = {} },
  { "the line's own order is under such a contract; another one is consignment",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-01", line_no = "1", order_id = "SO2", quantity = "6" },
      { invoice_id = "I1", on = "2026-10-01", line_no = "2", order_id = "SO3", quantity = "6" },
      { invoice_id = "I1", on = "2026-10-01", line_no = "3", order_id = "SO4", quantity = "6" },
    }, {
      contract = { { contract_id = "CT1", invoice_before_shipment = "true", signed_on = "2026-09-01" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-01" },
        { order_id = "SO2", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-01" },
        { order_id = "SO3", customer_id = "C1", business_type = "consignment", order_date = "2026-10-01" },
        { order_id = "SO4", customer_id = "C1", business_type = "direct_invoice", order_date = "2026-10-01" },
      },
      sales_order_line = {
        { order_id = "SO2", line_no = "1", product_id = "P1", quantity = "10" },
        { order_id = "SO3", line_no = "1", product_id = "P1", quantity = "10" },
        { order_id = "SO4", line_no = "1", product_id = "P1", quantity = "10" },
      },
    }),
    expect = {} },
  { "direct invoices, drafts of deliveries, gifts and void invoices",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-01", quantity = "6" },
      { invoice_id = "I2", on = "2026-10-01", quantity = "6", line_kind = "gift" },
      { invoice_id = "I3", on = "2026-10-12", delivery_id = "D2", delivery_line_no = "1", quantity = "4" },
      { invoice_id = "I4", on = "2026-10-12", delivery_id = "D2", delivery_line_no = "1", quantity = "4" },
    }, {
      invoice = {
        { invoice_id = "I1", order_id = "SO1", sign = "blue", mode = "direct", issued_on = "2026-10-01" },
        { invoice_id = "I2", order_id = "SO1", sign = "blue", mode = "after_delivery", issued_on = "2026-10-01" },
        { invoice_id = "I3", order_id = "SO1", sign = "blue", mode = "after_delivery", issued_on = "2026-10-12" },
        { invoice_id = "I4", order_id = "SO1", sign = "blue", mode = "after_delivery", issued_on = "2026-10-12", status = "void" },
      },
      delivery = {
        { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "D2", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-12", status = "draft" },
      },
    }),
    expect = { { key = "I3/1", amount = "80", over = "4", shipped = "0" } } },
  { "deliveries were not imported",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "7" } },
    absent = { "delivery_line" },
    expect = { { key = "I1/1", untestable = "delivery_line" } } },
}

-- An order line of 10 at 20 and an invoice line.
local function billed(line, more)
  local fields = with({ invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", unit_price = "20" }, line)
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-01" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "20" } },
    invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "226" } },
    invoice_line = { fields },
  }, more)
end

cases "INV-04" {
  { "an amount without a price: 25 each, agreed were 20",
    given = billed { unit_price = "", net_amount = "250" },
    expect = { { key = "I1/1", fault = "price", amount = "50", invoiced = "25", agreed = "20" } } },
  { "an amount without a price, as agreed", given = billed { unit_price = "", net_amount = "200" }, expect = {} },
  { "both carry prices with tax only",
    given = billed({ unit_price = "", unit_price_gross = "23" }, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price_gross = "22.6" } },
    }),
    expect = { { key = "I1/1", fault = "price", amount = "4", invoiced = "23", agreed = "22.6" } } },
  { "both carry prices with tax only, the same",
    given = billed({ unit_price = "", unit_price_gross = "22.6" }, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price_gross = "22.6" } },
    }),
    expect = {} },
  { "the order's unit price is with tax, as its amounts show",
    given = billed({ net_amount = "200", tax_amount = "26", gross_amount = "226" }, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "22.6", net_amount = "200", gross_amount = "226" },
      },
    }),
    expect = {} },
  { "a price without tax here, with tax there, and no rate",
    given = billed({ unit_price = "" }, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price_gross = "22.6" } },
    }),
    expect = { { key = "I1/1", untestable = "no unit price, and no amount, on one tax basis" } } },
  { "a tenth of a cent less for each of ten pieces is within a cent, two tenths are not",
    given = billed({}, { invoice_line = {
      { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", unit_price = "19.999" },
      { invoice_id = "I1", line_no = "2", order_line_no = "1", product_id = "P1", quantity = "10", unit_price = "19.998" },
    } }),
    expect = { { key = "I1/2", amount = "0.02", fault = "price", invoiced = "19.998", agreed = "20" } } },
  { "dearer than agreed", given = billed { unit_price = "21" }, expect = { { key = "I1/1", amount = "10", invoiced = "21", agreed = "20" } } },
  { "cheaper by a discount", given = billed { discount_amount = "5" }, expect = { { key = "I1/1", amount = "5", invoiced = "19.5" } } },
  { "within the tolerance of the price", given = billed { unit_price = "20.20" }, parameters = { tolerance_pct = "1" }, expect = {} },
  { "cheaper within the tolerance of the price", given = billed { unit_price = "19.80" }, parameters = { tolerance_pct = "1" }, expect = {} },
  { "a price with tax that the order does not state",
    given = billed { unit_price = "19", unit_price_gross = "22.6" }, expect = { { key = "I1/1", fault = "price", amount = "10" } } },
  { "nothing agreed: no quantity, and none stated",
    given = billed({}, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "0", unit_price = "20" }, { order_id = "SO1", line_no = "2", product_id = "P1", unit_price = "20" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1", unit_price = "3" },
        { invoice_id = "I1", line_no = "2", order_line_no = "2", product_id = "P1", quantity = "1", unit_price = "3" },
      },
    }),
    expect = { { key = "I1/1", untestable = "no quantity agreed" }, { key = "I1/2", untestable = "no quantity agreed" } } },
  { "under neither order nor contract; the contract's customer is another one",
    given = billed({}, {
      contract = { { contract_id = "CT1", customer_id = "C2", signed_on = "2026-09-01" } },
      contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "5", unit_price = "20" } },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", sign = "blue", issued_on = "2026-10-10", gross_amount = "226" },
        { invoice_id = "I2", customer_id = "C1", contract_id = "CT1", sign = "blue", issued_on = "2026-10-10", gross_amount = "226" },
      },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "3" } },
    }),
    expect = { { key = "I2", fault = "customer", amount = "226", agreed = "C2" } } },
  { "the same with tax, rounded without",
    given = billed({ unit_price = "19.99", unit_price_gross = "22.6", tax_rate = "13" }, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "20", unit_price_gross = "22.6", tax_rate = "13" } },
    }),
    expect = {} },
  { "another price with tax, too",
    given = billed({ unit_price = "19", unit_price_gross = "21.47", tax_rate = "13" }, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "20", unit_price_gross = "22.6", tax_rate = "13" } },
    }),
    expect = { { key = "I1/1", amount = "10", fault = "price" } } },
  { "by the box, at the price of two",
    given = billed({ quantity = "5", uom = "box", unit_price = "40" }, {
      product = { { product_id = "P1", uom = "piece" } },
      uom_conversion = { { product_id = "P1", uom = "box", base_quantity = "2" } },
    }),
    expect = {} },
  { "another product", given = billed { product_id = "P2" },
    expect = { { key = "I1/1", amount = "200", fault = "product", invoiced = "P2", agreed = "P1" } } },
  { "another customer",
    given = billed({}, { invoice = { { invoice_id = "I1", customer_id = "C2", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "226" } } }),
    expect = { { key = "I1", amount = "226", fault = "customer", invoiced = "C2", agreed = "C1" } } },
  { "another customer of the group, where that is allowed",
    given = billed({}, {
      customer = { { customer_id = "C1" }, { customer_id = "C2", parent_id = "C1" } },
      invoice = { { invoice_id = "I1", customer_id = "C2", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "226" } },
    }),
    parameters = { allow_group = true }, expect = {} },
  { "another customer of another group, where that is allowed",
    given = billed({}, {
      customer = { { customer_id = "C1" }, { customer_id = "C2" } },
      invoice = { { invoice_id = "I1", customer_id = "C2", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "226" } },
    }),
    parameters = { allow_group = true }, expect = { { key = "I1", amount = "226", fault = "customer" } } },
  { "companies of one group, of two groups, and one that nobody knows, where companies of a group are allowed", parameters = { allow_group = true },
    given = {
      customer = { { customer_id = "C1", parent_id = "P" }, { customer_id = "C2", parent_id = "P" }, { customer_id = "C3", parent_id = "Q" } },
      sales_order = { { order_id = "SO1", customer_id = "C1" }, { order_id = "SO2", customer_id = "C9" } },
      invoice = {
        { invoice_id = "I1", customer_id = "C2", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "1" },
        { invoice_id = "I2", customer_id = "C3", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "2" },
        { invoice_id = "I3", customer_id = "C3", order_id = "SO2", sign = "blue", issued_on = "2026-10-10", gross_amount = "3" },
        { invoice_id = "I4", customer_id = "C9", order_id = "SO1", sign = "blue", issued_on = "2026-10-10", gross_amount = "4" },
      },
    },
    expect = {
      { key = "I2", amount = "2", fault = "customer" },
      { key = "I3", untestable = 'customer "C9" is not in the data' }, { key = "I4", untestable = 'customer "C9" is not in the data' },
    } },
  { "without an order, by the contract: one price agrees, the other does not, a third product is not in it",
    given = {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-01" } },
      contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "5", unit_price = "20" },
        { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "5", unit_price = "22" },
      },
      invoice = { { invoice_id = "I1", customer_id = "C1", contract_id = "CT1", sign = "blue", issued_on = "2026-10-10" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "2", unit_price = "22" },
        { invoice_id = "I1", line_no = "2", product_id = "P1", quantity = "2", unit_price = "23" },
        { invoice_id = "I1", line_no = "3", product_id = "P3", quantity = "2", unit_price = "4" },
      },
    },
    expect = {
      { key = "I1/2", amount = "2", fault = "price", agreed = "22" },
      { key = "I1/3", amount = "8", fault = "product", invoiced = "P3", agreed = "none" },
    } },
  { "by its delivery line's order line, and by the only line of its product in the order",
    given = billed({ order_line_no = "" }, {
      delivery_line = { { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", product_id = "P1", quantity = "10" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P2", quantity = "1", unit_price = "20" },
        { invoice_id = "I1", line_no = "2", product_id = "P1", quantity = "1", unit_price = "19" },
        { invoice_id = "I1", line_no = "3", product_id = "P3", quantity = "1", unit_price = "7" },
      },
    }),
    expect = {
      { key = "I1/1", fault = "product", agreed = "P1", amount = "20" }, { key = "I1/2", fault = "price", amount = "1" },
      { key = "I1/3", fault = "product", agreed = "none", amount = "7" },
    } },
  { "red invoices, gifts and freight, and invoices of settlements",
    given = billed({}, {
      invoice = {
        { invoice_id = "I1", customer_id = "C1", order_id = "SO1", sign = "blue", issued_on = "2026-10-10" },
        { invoice_id = "I2", customer_id = "C2", order_id = "SO1", sign = "red", issued_on = "2026-10-10" },
        { invoice_id = "I3", customer_id = "C2", order_id = "SO1", sign = "blue", settlement_id = "T1", issued_on = "2026-10-10" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1", unit_price = "0", line_kind = "gift" },
        { invoice_id = "I1", line_no = "2", order_line_no = "1", product_id = "P9", quantity = "1", unit_price = "30", line_kind = "freight" },
        { invoice_id = "I2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-1", unit_price = "3" },
        { invoice_id = "I3", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1", unit_price = "3" },
      },
    }),
    expect = {} },
  { "an order line that does not exist, one without a price",
    given = billed({}, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1", unit_price = "3" },
        { invoice_id = "I1", line_no = "2", order_line_no = "9", product_id = "P1", quantity = "1", unit_price = "3" },
      },
    }),
    expect = { { key = "I1/1", untestable = "no unit price" }, { key = "I1/2", untestable = "is not in the data" } } },
  { "half cents are rounded: of another product, and of another price",
    given = billed({}, { invoice_line = {
      { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P2", quantity = "1.5", unit_price = "20.01" },
      { invoice_id = "I1", line_no = "2", order_line_no = "1", product_id = "P1", quantity = "1.5", unit_price = "20.01" },
    } }),
    expect = { { key = "I1/1", amount = "30.02", fault = "product" }, { key = "I1/2", amount = "0.02", fault = "price" } } },
}

cases "INV-05" {
  { "31 days after the signature",
    given = shipped_and_billed({}, { delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-08" } } }),
    as_of = "2026-11-08",
    expect = { { key = "D1/1", amount = "120", open = "6", age = "31", since = "2026-10-08" } } },
  { "31 days after the signature, invoices extracted to the day before", extracted = { invoice = "2026-11-07" }, as_of = "2026-11-08",
    given = shipped_and_billed({}, { delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-08" } } }),
    expect = { { key = "sales_order_line/SO1/1", untestable = "invoice is visible only to 2026-11-07" } } },
  { "31 days after the signature, invoices extracted to that day", extracted = { invoice = "2026-11-08" }, as_of = "2026-11-08",
    given = shipped_and_billed({}, { delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-08" } } }),
    expect = { { key = "D1/1", amount = "120", open = "6", age = "31" } } },
  { "30 days after the signature, and after a delivery without one",
    given = shipped_and_billed({}, { delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-12" } } }),
    as_of = "2026-11-11", expect = {} },
  { "a signature for the line goes before one for the whole; one for another line does not count",
    given = shipped_and_billed({}, { delivery_confirmation = {
      { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-06" },
      { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-20" },
      { confirmation_id = "K3", delivery_id = "D2", delivery_line_no = "9", signed_on = "2026-10-30" },
    } }),
    as_of = "2026-11-12",
    expect = { { key = "D2/1", since = "2026-10-12", age = "31", amount = "80" } } },
  { "confirmations were not imported: from the delivery", given = shipped_and_billed {}, absent = { "delivery_confirmation" },
    as_of = "2026-11-11",
    expect = { { key = "D1/1", age = "37", amount = "120" } } },
  { "invoiced by the order line: the older delivery first",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-13", quantity = "7" } }, as_of = "2026-12-31",
    expect = { { key = "D2/1", amount = "60", open = "3", delivered = "4" } } },
  { "invoiced by name: the older one is open",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-10-13", delivery_id = "D2", delivery_line_no = "1", quantity = "4" } },
    as_of = "2026-12-31",
    expect = { { key = "D1/1", amount = "120", open = "6" } } },
  { "invoiced, taken back with a red invoice, not invoiced again; a void invoice does not count",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-06", delivery_id = "D1", delivery_line_no = "1", quantity = "6" },
      { invoice_id = "I2", on = "2026-10-08", delivery_id = "D1", delivery_line_no = "1", quantity = "-6" },
      { invoice_id = "I3", on = "2026-10-13", quantity = "4" },
      { invoice_id = "I4", on = "2026-10-13", quantity = "6" },
    }, {
      invoice = {
        { invoice_id = "I1", issued_on = "2026-10-06" }, { invoice_id = "I2", issued_on = "2026-10-08" },
        { invoice_id = "I3", issued_on = "2026-10-13", order_id = "SO1" },
        { invoice_id = "I4", issued_on = "2026-10-13", order_id = "SO1", status = "void" },
      },
    }),
    as_of = "2026-12-31",
    expect = { { key = "D1/1", open = "2", amount = "40" }, { key = "D2/1", open = "4", amount = "80" } } },
  { "two came back, and their red invoice was issued",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-05", delivery_id = "D1", delivery_line_no = "1", quantity = "6" },
      { invoice_id = "I2", on = "2026-10-08", delivery_id = "D3", delivery_line_no = "1", quantity = "-2" },
    }, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "D3", kind = "return", order_id = "SO1", source_delivery_id = "D1", delivery_date = "2026-10-07" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
        { delivery_id = "D3", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-2" },
      },
    }),
    as_of = "2026-12-31", expect = {} },
  { "three invoiced, two came back with a red invoice: one of the four kept is invoiced",
    given = shipped_and_billed({
      { invoice_id = "I1", on = "2026-10-05", delivery_id = "D1", delivery_line_no = "1", quantity = "3" },
      { invoice_id = "I2", on = "2026-10-08", delivery_id = "D3", delivery_line_no = "1", quantity = "-2" },
    }, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
        { delivery_id = "D3", kind = "return", order_id = "SO1", source_delivery_id = "D1", delivery_date = "2026-10-07" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
        { delivery_id = "D3", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-2" },
      },
    }),
    as_of = "2026-12-31", expect = { { key = "D1/1", open = "3", amount = "60" } } },
  { "all but two came back, nothing was invoiced; a void return did not",
    given = shipped_and_billed({}, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-05" },
        { delivery_id = "D3", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-07" },
        { delivery_id = "D4", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-07", status = "void" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
        { delivery_id = "D3", line_no = "1", product_id = "P1", quantity = "-4" },
        { delivery_id = "D4", line_no = "1", product_id = "P1", quantity = "-2" },
      },
    }),
    as_of = "2026-12-31", expect = { { key = "D1/1", open = "2", amount = "40" } } },
  { "an invoice after the date of the audit",
    given = shipped_and_billed { { invoice_id = "I1", on = "2026-11-20", quantity = "10" } }, as_of = "2026-11-05",
    expect = { { key = "D1/1", amount = "120", open = "6" } } },
  { "consigned goods, direct invoices, gifts, drafts, returns",
    given = { delivery = {
      { delivery_id = "D1", kind = "delivery", business_type = "consignment", delivery_date = "2026-10-05" },
      { delivery_id = "D2", kind = "delivery", business_type = "direct_invoice", delivery_date = "2026-10-05" },
      { delivery_id = "D3", kind = "delivery", delivery_date = "2026-10-05" },
      { delivery_id = "D4", kind = "delivery", status = "draft", delivery_date = "2026-10-05" },
      { delivery_id = "D5", kind = "return", delivery_date = "2026-10-05" },
    }, delivery_line = {
      { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
      { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
      { delivery_id = "D3", line_no = "1", product_id = "P1", quantity = "6", unit_price = "20", line_kind = "gift" },
      { delivery_id = "D4", line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
      { delivery_id = "D5", line_no = "1", product_id = "P1", quantity = "-6", unit_price = "20" },
    } },
    as_of = "2026-12-31", expect = {} },
  { "no date of the audit", given = shipped_and_billed {},
    expect = { { key = "sales_order_line/SO1/1", untestable = "no date" } } },
  { "invoices were not imported", given = shipped_and_billed {}, absent = { "invoice_line" }, as_of = "2026-12-31",
    expect = { { key = "sales_order_line/SO1/1", untestable = "invoice_line" } } },
}

-- An invoice of 113 reviewed on 2026-10-10 and its receivable.
local function reviewed(invoice, entry, more)
  local header = with({ invoice_id = "I1", issued_on = "2026-10-10", gross_amount = "113", reviewed_at = "2026-10-10T15:00:00" }, invoice)
  local posted = with({ receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-10", amount = "113" }, entry)
  return with({ invoice = { header }, receivable_entry = { posted } }, more)
end

cases "INV-06" {
  { "reviewed in the evening of the day", given = reviewed { reviewed_at = "2026-10-10T23:59:59" }, expect = {} },
  { "reviewed the day after",
    given = reviewed { reviewed_at = "2026-10-11T00:00:00" },
    expect = { { key = "I1", amount = "113", fault = "too early", step = "receivable_entry.posted_on", at = "2026-10-10", other = "invoice.reviewed_at" } } },
  { "not reviewed",
    given = reviewed { reviewed_at = "" },
    expect = { { key = "I1", amount = "113", fault = "missing", step = "invoice.reviewed_at", other_at = "2026-10-10" } } },
  { "a red one, not reviewed", given = reviewed({ sign = "red", gross_amount = "-113", reviewed_at = "" }, { amount = "-113" }),
    expect = { { key = "I1", amount = "113", fault = "missing" } } },
  { "neither reviewed nor posted", given = reviewed({ reviewed_at = "" }, {}, { receivable_entry = {} }), expect = {} },
  { "of two receivables the first counts; a void one and an opening balance do not",
    given = reviewed({ reviewed_at = "2026-10-12T09:00:00" }, {}, { receivable_entry = {
      { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-13", amount = "100" },
      { receivable_id = "A2", invoice_id = "I1", posted_on = "2026-10-11", amount = "13" },
      { receivable_id = "A3", invoice_id = "I1", posted_on = "2026-10-09", amount = "13", status = "void" },
      { receivable_id = "A4", invoice_id = "I1", posted_on = "2026-10-08", amount = "13", kind = "opening" },
    } }),
    expect = { { key = "I1", amount = "113", at = "2026-10-11" } } },
  { "a void invoice", given = reviewed { status = "void", reviewed_at = "" }, expect = {} },
  { "receivables were not imported", given = reviewed(), absent = { "receivable_entry" },
    expect = { { key = "I1", untestable = "receivable_entry" } } },
  { "an invoice without an amount, not reviewed", given = reviewed { gross_amount = "", reviewed_at = "" }, expect = { { key = "I1", amount = "unknown", fault = "missing" } } },
}

-- A paper invoice of 2026-10-10, handed over and signed for on 2026-10-14.
local function handed_over(invoice, more)
  local header = with({
    invoice_id = "I1", sign = "blue", invoice_kind = "paper", customer_id = "C1", issued_on = "2026-10-10", gross_amount = "113",
    delivered_on = "2026-10-14", customer_signed_on = "2026-10-14",
  }, invoice)
  return with({ invoice = { header } }, more)
end

cases "INV-07" {
  { "signed for on the seventh day", given = handed_over { delivered_on = "2026-10-15", customer_signed_on = "2026-10-17" }, expect = {} },
  { "signed for on the eighth day",
    given = handed_over { customer_signed_on = "2026-10-18" },
    expect = { { key = "I1", amount = "113", fault = "late", step = "invoice.customer_signed_on", at = "2026-10-18", limit = "2026-10-17" } } },
  { "delivered on the eighth day",
    given = handed_over { delivered_on = "2026-10-18", customer_signed_on = "2026-10-18" },
    expect = { { key = "I1", amount = "113", fault = "late", step = "invoice.delivered_on", at = "2026-10-18" } } },
  { "delivered in time, still not signed for",
    given = handed_over { customer_signed_on = "" }, as_of = "2026-10-18",
    expect = { { key = "I1", amount = "113", fault = "missing", step = "invoice.customer_signed_on", at = "none" } } },
  { "neither, on the last day", given = handed_over { delivered_on = "", customer_signed_on = "" }, as_of = "2026-10-17", expect = {} },
  { "neither, months later",
    given = handed_over { delivered_on = "", customer_signed_on = "" }, period = "2027-01", as_of = "2027-02-05",
    expect = { { key = "I1", amount = "113", fault = "missing", step = "invoice.delivered_on", other_at = "2026-10-10" } } },
  { "signed for in time, the delivery not noted", given = handed_over { delivered_on = "" }, expect = {} },
  { "late, months before the audited one", given = handed_over { customer_signed_on = "2026-10-18" }, period = "2027-01", expect = {} },
  { "electronic, red, and void ones",
    given = { invoice = {
      { invoice_id = "I1", sign = "blue", invoice_kind = "e_invoice", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I2", sign = "red", invoice_kind = "paper", issued_on = "2026-10-10", gross_amount = "-113" },
      { invoice_id = "I3", sign = "blue", invoice_kind = "paper", issued_on = "2026-10-10", gross_amount = "113", status = "void" },
    } },
    as_of = "2026-12-31", expect = {} },
  { "when it was delivered was not imported", given = handed_over(), absent = { "invoice.delivered_on" },
    expect = { { key = "I1", untestable = "delivered_on" } } },
}

-- A delivery signed for on 2026-10-08 for the invoice of `handed_over`, posted by the customer on 2026-10-20.
local function posted_by_customer(invoice, more)
  local header = with({ customer_posted_on = "2026-10-20" }, invoice)
  return handed_over(header, with({
    delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-07" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1" } },
    delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-08" } },
    invoice_line = { { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", quantity = "1" } },
  }, more))
end

cases "INV-08" {
  { "posted on the fifteenth day", given = posted_by_customer { customer_posted_on = "2026-10-29" }, expect = {} },
  { "posted on the sixteenth day",
    given = posted_by_customer { customer_posted_on = "2026-10-30" },
    expect = { { key = "I1", amount = "113", fault = "late", step = "invoice.customer_posted_on", at = "2026-10-30", other_at = "2026-10-14", limit = "2026-10-29" } } },
  { "still not posted, months later",
    given = posted_by_customer { customer_posted_on = "" }, period = "2027-01", as_of = "2027-02-05",
    expect = { { key = "I1", amount = "113", fault = "missing", at = "none" } } },
  { "not posted, on the last day", given = posted_by_customer { customer_posted_on = "" }, as_of = "2026-10-29", expect = {} },
  { "posted late, months before the audited one", given = posted_by_customer { customer_posted_on = "2026-10-30" }, period = "2027-01", expect = {} },
  { "handed over the day before the goods were signed for",
    given = posted_by_customer({}, { delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-15" } } }),
    expect = { { key = "I1", amount = "113", fault = "too early", step = "invoice.delivered_on", other = "delivery_confirmation.signed_on", other_at = "2026-10-15", faults = "1" } } },
  { "handed over on the day of the signature; a later signature for the rest",
    given = posted_by_customer({}, { delivery_confirmation = {
      { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-14" }, { confirmation_id = "K2", delivery_id = "D1", signed_on = "2026-10-15" },
    } }),
    expect = {} },
  { "of two deliveries the later one counts",
    given = posted_by_customer({}, {
      delivery = { { delivery_id = "D1", delivery_date = "2026-10-07" }, { delivery_id = "D2", delivery_date = "2026-10-08" } },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-16" }, { confirmation_id = "K2", delivery_id = "D2", signed_on = "2026-10-12" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1" }, { invoice_id = "I1", line_no = "2", delivery_id = "D2", delivery_line_no = "1" },
      },
    }),
    expect = { { key = "I1", amount = "113", fault = "too early", other_at = "2026-10-16" } } },
  { "nobody signed for the goods: that is another control's", given = posted_by_customer({}, { delivery_confirmation = {} }), expect = {} },
  { "the contract lets the invoice go first",
    given = posted_by_customer({ contract_id = "CT1" }, {
      contract = { { contract_id = "CT1", invoice_before_shipment = "true" } },
      delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-15" } },
    }),
    expect = {} },
  { "without the slip, months before the audited one",
    given = posted_by_customer({}, { delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-15" } } }),
    period = "2027-01", expect = {} },
  { "not delivered, electronic, settled in cash",
    given = { invoice = {
      { invoice_id = "I1", sign = "blue", invoice_kind = "paper", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I2", sign = "blue", invoice_kind = "e_invoice", issued_on = "2026-10-10", delivered_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I3", sign = "blue", invoice_kind = "paper", issued_on = "2026-10-10", delivered_on = "2026-10-10", gross_amount = "113", cash_settled = "true" },
    } },
    as_of = "2026-12-31", expect = {} },
  { "when the customer posted it was not imported", given = posted_by_customer(), absent = { "invoice.customer_posted_on" },
    expect = { { key = "I1", untestable = "customer_posted_on" } } },
}

-- An invoice of 100 and 13 with one line.
local function sums(invoice, line, more)
  local header = with({
    invoice_id = "I1", invoice_no = "00000101", invoice_code = "3200", invoice_kind = "paper", sign = "blue", issued_on = "2026-10-10",
    net_amount = "100", tax_amount = "13", gross_amount = "113",
  }, invoice)
  local fields = with({ invoice_id = "I1", line_no = "1", net_amount = "100", tax_amount = "13", tax_rate = "13" }, line)
  return with({ invoice = { header }, invoice_line = { fields } }, more)
end

-- Invoices numbered so, of one book.
local function numbered(...)
  local invoices = {}
  for position, number in ipairs({ ... }) do
    table.insert(invoices, {
      invoice_id = "I" .. position, invoice_no = number, invoice_code = "3200", invoice_kind = "paper", issued_on = "2026-10-10",
      net_amount = "100", tax_amount = "13", gross_amount = "113",
    })
  end
  return { invoice = invoices }
end

cases "INV-09" {
  { "all agrees", given = sums(), expect = {} },
  { "gross two cents off", given = sums { gross_amount = "113.02" },
    expect = { { key = "I1", label = "arithmetic", amount = "0.02", fault = "gross", found = "113.02", expected = "113" } } },
  { "gross a cent off", given = sums { gross_amount = "113.01" }, expect = {} },
  { "two lines: two cents are let pass, three are not",
    given = { invoice = {
      { invoice_id = "I1", issued_on = "2026-10-10", net_amount = "100", tax_amount = "13", gross_amount = "113" },
      { invoice_id = "I2", issued_on = "2026-10-10", net_amount = "100", tax_amount = "13", gross_amount = "113" },
    }, invoice_line = {
      { invoice_id = "I1", line_no = "1", net_amount = "50" }, { invoice_id = "I1", line_no = "2", net_amount = "49.98" },
      { invoice_id = "I2", line_no = "1", net_amount = "50" }, { invoice_id = "I2", line_no = "2", net_amount = "49.97" },
    } },
    expect = { { key = "I2", label = "arithmetic", amount = "0.03", fault = "net", found = "100", expected = "99.97" } } },
  { "the tax of the lines", given = sums({ tax_amount = "13.02", gross_amount = "113.02" }),
    expect = { { key = "I1", fault = "tax", amount = "0.02", found = "13.02", expected = "13" } } },
  { "the tax of a line, seven cents off",
    given = sums({ tax_amount = "13.07", gross_amount = "113.07" }, { tax_amount = "13.07" }),
    expect = { { key = "I1", fault = "tax of a line", amount = "0.07", expected = "13" } } },
  { "the tax of a line, six cents off", given = sums({ tax_amount = "13.06", gross_amount = "113.06" }, { tax_amount = "13.06" }), expect = {} },
  { "a rate of one percent", given = sums({ tax_amount = "1", gross_amount = "101" }, { tax_amount = "1", tax_rate = "1" }), expect = {} },
  { "a rate as a fraction", given = sums({}, { tax_rate = "0.13" }), expect = {} },
  { "no rates are named: 17 percent is as good as any", given = sums({ tax_amount = "17", gross_amount = "117" }, { tax_amount = "17", tax_rate = "17" }), expect = {} },
  { "a rate of 17 percent", parameters = { rates = { "0", "1", "3", "5", "6", "9", "13" } },
    given = sums({ tax_amount = "17", gross_amount = "117" }, { tax_amount = "17", tax_rate = "17" }),
    expect = { { key = "I1", fault = "rate", found = "17", amount = "17" } } },
  { "a rate of 17 percent where any will do",
    given = sums({ tax_amount = "17", gross_amount = "117" }, { tax_amount = "17", tax_rate = "17" }), parameters = { rates = { "any" } }, expect = {} },
  { "a red invoice", given = sums({ sign = "red", net_amount = "-100", tax_amount = "-13", gross_amount = "-113" }, { net_amount = "-100", tax_amount = "-13" }),
    expect = {} },
  { "a number used twice: the later one; by a void invoice it is no use",
    given = numbered("101", "101", "102", "102"),
    expect = { { key = "I2", label = "duplicate", amount = "113", found = "101" }, { key = "I4", amount = "113", label = "duplicate", fault = "duplicate" } } },
  { "a number in other spellings: marks, case, leading zeros", given = numbered("FP-2610-001", "fp 2610 001", "FP/2610/1"),
    expect = { { key = "I2", label = "duplicate", amount = "113", found = "fp 2610 001" }, { key = "I3", label = "duplicate", amount = "113" } } },
  { "the same digits in other parts", given = numbered("2026-1-11", "2026-11-1"), expect = {} },
  { "the number of another code, another company, a void invoice",
    given = { invoice = {
      { invoice_id = "I1", invoice_no = "101", invoice_code = "3200", company_id = "T1", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I2", invoice_no = "101", invoice_code = "3300", company_id = "T1", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I3", invoice_no = "101", invoice_code = "3200", company_id = "T2", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I4", invoice_no = "101", invoice_code = "3200", company_id = "T1", issued_on = "2026-10-09", status = "void" },
    } },
    expect = {} },
  { "a duplicate of an invoice of an earlier month", period = "2026-10",
    given = { invoice = {
      { invoice_id = "I1", invoice_no = "101", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I2", invoice_no = "101", issued_on = "2026-09-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
    } },
    expect = { { key = "I1", label = "duplicate", fault = "duplicate", amount = "1" } } },
  { "two numbers missing, and one", given = numbered("0099", "0102", "0104"),
    expect = { { key = "I2", amount = "none", label = "gap", found = "0100 - 0101" }, { key = "I3", amount = "none", label = "gap", found = "0103" } } },
  { "the second number of a book is missing", given = numbered("0001", "0003"), expect = { { key = "I2", amount = "none", label = "gap", found = "0002" } } },
  { "the first number of a book is no gap, whatever has the number nought", given = numbered("0000", "0002"), expect = {} },
  { "twenty numbers missing", given = numbered("100", "121"), expect = { { key = "I2", amount = "none", label = "gap", found = "101 - 120" } } },
  { "twenty-one numbers missing: another book", given = numbered("100", "122"), expect = {} },
  { "electronic invoices and invoices without a code are in no book",
    given = { invoice = {
      { invoice_id = "I1", invoice_no = "100", invoice_code = "3200", invoice_kind = "e_invoice", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I2", invoice_no = "102", invoice_code = "3200", invoice_kind = "e_invoice", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I3", invoice_no = "200", invoice_kind = "paper", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I4", invoice_no = "202", invoice_kind = "paper", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
    } },
    expect = {} },
  { "a void invoice keeps its number in the book",
    given = { invoice = {
      { invoice_id = "I1", invoice_no = "100", invoice_code = "3200", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
      { invoice_id = "I2", invoice_no = "101", invoice_code = "3200", issued_on = "2026-10-10", status = "void" },
      { invoice_id = "I3", invoice_no = "102", invoice_code = "3200", issued_on = "2026-10-10", net_amount = "1", tax_amount = "0", gross_amount = "1" },
    } },
    expect = {} },
  { "numbers were not imported: the sums are still computed", given = sums { gross_amount = "113.02" }, absent = { "invoice.invoice_no" },
    expect = { { key = "I1", label = "arithmetic", fault = "gross", amount = "0.02" } } },
  { "no tax", given = sums { tax_amount = "" }, expect = { { key = "-/3200/101", untestable = "missing" } } },
  { "neither number nor tax", given = sums { invoice_no = "", tax_amount = "" }, expect = { { key = "-/-/I1", untestable = "missing" } } },
  { "a rate that the country has", given = sums(), parameters = { rates = { "6", "13" } }, expect = {} },
  { "another rate than the only one", given = sums({ tax_amount = "17", gross_amount = "117" }, { tax_amount = "17", tax_rate = "17" }), parameters = { rates = { "13" } },
    expect = { { key = "I1", label = "arithmetic", fault = "rate", found = "17", amount = "17" } } },
  { "another rate, of a line that states no tax", given = sums({}, { tax_amount = "", tax_rate = "17" }), parameters = { rates = { "13" } },
    expect = { { key = "I1", label = "arithmetic", fault = "rate", found = "17", amount = "0" } } },
  { "the tax of a line is computed to the cent", given = sums({ net_amount = "0.33", tax_amount = "1", gross_amount = "1.33" }, { net_amount = "0.33", tax_amount = "1" }),
    expect = { { key = "I1", label = "arithmetic", fault = "tax of a line", found = "1", expected = "0.04", amount = "0.96" } } },
  { "sums of another period's invoice are told there", period = "2026-10", given = sums { issued_on = "2026-09-10", gross_amount = "200" }, expect = {} },
  { "a number used twice by invoices without amounts",
    given = { invoice = {
      { invoice_id = "I1", invoice_no = "101", issued_on = "2026-10-10" }, { invoice_id = "I2", invoice_no = "101", issued_on = "2026-10-11" },
    } },
    expect = { { key = "I2", label = "duplicate", fault = "duplicate", amount = "unknown" } } },
}

-- A cash-settled invoice of 113 of 2026-10-10 and a receipt applied to it.
local function settled_in_cash(receipt, application, more)
  local money = with({ receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "113", received_on = "2026-10-10" }, receipt)
  local applied = with({ application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "113", applied_on = "2026-10-10" }, application)
  return with({
    invoice = { { invoice_id = "I1", customer_id = "C1", sign = "blue", cash_settled = "true", issued_on = "2026-10-10", gross_amount = "113" } },
    receipt = { money }, receipt_application = { applied },
  }, more)
end

cases "INV-10" {
  { "received on the day", given = settled_in_cash(), expect = {} },
  { "received the day after",
    given = settled_in_cash { received_on = "2026-10-11" },
    expect = { { key = "I1", amount = "113", received = "0", later = "113", limit = "2026-10-10" } } },
  { "applied through its receivable, two cents short",
    given = settled_in_cash({}, { invoice_id = "", receivable_id = "A1", amount = "112.98" }, {
      receivable_entry = { { receivable_id = "A1", invoice_id = "I1", amount = "113", posted_on = "2026-10-10" } },
    }),
    expect = { { key = "I1", amount = "0.02", received = "112.98" } } },
  { "an application that names both counts once; a cent short",
    given = settled_in_cash({}, { receivable_id = "A1", amount = "112.99" }, {
      receivable_entry = { { receivable_id = "A1", invoice_id = "I1", amount = "113", posted_on = "2026-10-10" } },
    }),
    expect = {} },
  { "sixty on the day, the rest later",
    given = settled_in_cash({}, {}, {
      receipt = {
        { receipt_id = "B1", customer_id = "C1", kind = "payment", amount = "60", received_on = "2026-10-09" },
        { receipt_id = "B2", customer_id = "C1", kind = "payment", amount = "53", received_on = "2026-10-12" },
      },
      receipt_application = {
        { application_id = "X1", receipt_id = "B1", invoice_id = "I1", amount = "60", applied_on = "2026-10-10" },
        { application_id = "X2", receipt_id = "B2", invoice_id = "I1", amount = "53", applied_on = "2026-10-12" },
      },
    }),
    expect = { { key = "I1", amount = "53", received = "60", later = "53" } } },
  { "a void receipt", given = settled_in_cash { status = "void" }, expect = { { key = "I1", amount = "113", received = "0" } } },
  { "on account, void, red",
    given = { invoice = {
      { invoice_id = "I1", sign = "blue", cash_settled = "false", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I2", sign = "blue", cash_settled = "true", status = "void", issued_on = "2026-10-10", gross_amount = "113" },
      { invoice_id = "I3", sign = "red", cash_settled = "true", issued_on = "2026-10-10", gross_amount = "-113" },
    } },
    expect = {} },
  { "no amount", given = settled_in_cash({}, {}, { invoice = { { invoice_id = "I1", cash_settled = "true", issued_on = "2026-10-10" } } }),
    expect = { { key = "I1", untestable = "invoice.gross_amount is empty" } } },
  { "applications were not imported", given = settled_in_cash(), absent = { "receipt_application" },
    expect = { { key = "I1", untestable = "receipt_application" } } },
}

-- A direct invoice of 10 at 20, reviewed on 2026-10-10 at three, and its delivery.
local function directly(invoice, delivery, line, more)
  local header = with({
    invoice_id = "I1", sign = "blue", mode = "direct", order_id = "SO1", customer_id = "C1", issued_on = "2026-10-10",
    reviewed_at = "2026-10-10T15:00:00", gross_amount = "226",
  }, invoice)
  local note = with({
    delivery_id = "D1", kind = "delivery", business_type = "direct_invoice", order_id = "SO1", delivery_date = "2026-10-10",
    approved_at = "2026-10-10T15:00:00",
  }, delivery)
  local fields = with({ invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", unit_price = "20" }, line)
  return with({
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-09" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "20" } },
    delivery = { note },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10" } },
    invoice = { header }, invoice_line = { fields },
  }, more)
end

cases "INV-11" {
  { "delivered when it was reviewed", given = directly(), expect = {} },
  { "approved a second before the review",
    given = directly({}, { approved_at = "2026-10-10T14:59:59" }),
    expect = { { key = "I1", amount = "226", fault = "delivery came first", delivered_at = "2026-10-10T14:59:59", reviewed_at = "2026-10-10T15:00:00" } } },
  { "the delivery names no time, but the day", given = directly({}, { approved_at = "" }), expect = {} },
  { "nothing was delivered; a void delivery and a return are none",
    given = directly({}, {}, {}, {
      delivery = {
        { delivery_id = "D1", kind = "delivery", business_type = "direct_invoice", delivery_date = "2026-10-10", status = "void" },
        { delivery_id = "D2", kind = "return", business_type = "direct_invoice", delivery_date = "2026-10-10", order_id = "SO1" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", product_id = "P1", quantity = "10" },
        { delivery_id = "D2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-10" },
      },
    }),
    expect = { { key = "I1", amount = "226", fault = "no delivery", invoiced = "10", delivered = "0" } } },
  { "two more delivered than invoiced",
    given = directly({}, {}, { quantity = "8" }), expect = { { key = "I1", amount = "40", fault = "quantities differ", invoiced = "8", delivered = "10" } } },
  { "two invoices for one delivery",
    given = directly({}, {}, {}, {
      invoice = {
        { invoice_id = "I1", sign = "blue", mode = "direct", order_id = "SO1", issued_on = "2026-10-10", reviewed_at = "2026-10-10T14:00:00" },
        { invoice_id = "I2", sign = "blue", mode = "direct", order_id = "SO1", issued_on = "2026-10-10", reviewed_at = "2026-10-10T15:00:00" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "4", unit_price = "20" },
        { invoice_id = "I2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6", unit_price = "20" },
      },
    }),
    expect = {} },
  { "an ordinary delivery for a direct invoice",
    given = directly({}, { business_type = "normal" }), expect = { { key = "I1", amount = "226", fault = "mode mixed" } } },
  { "a direct delivery for an invoice after delivery",
    given = directly { mode = "after_delivery" }, expect = { { key = "I1", amount = "200", fault = "mode mixed" } } },
  { "an invoice after an ordinary delivery, with freight", expect = {},
    given = directly({ mode = "after_delivery" }, { business_type = "normal" }, {}, { invoice_line = {
      { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", unit_price = "20" },
      { invoice_id = "I1", line_no = "2", product_id = "S1", quantity = "1", unit_price = "20", line_kind = "freight" },
    } }) },
  { "a line that names neither delivery nor order line",
    given = directly({ mode = "after_delivery" }, { business_type = "normal" }, { order_line_no = "" }),
    expect = { { key = "I1", amount = "200", fault = "no delivery named" } } },
  { "such a line where the contract lets the invoice go first",
    given = directly({ mode = "after_delivery", contract_id = "CT1" }, {}, { order_line_no = "" }, {
      contract = { { contract_id = "CT1", invoice_before_shipment = "true" } },
    }),
    expect = {} },
  { "not reviewed yet; red; of a settlement; of no mode",
    given = { invoice = {
      { invoice_id = "I1", sign = "blue", mode = "direct", issued_on = "2026-10-10", gross_amount = "226" },
      { invoice_id = "I2", sign = "red", mode = "direct", issued_on = "2026-10-10", reviewed_at = "2026-10-10T15:00:00", gross_amount = "-226" },
      { invoice_id = "I3", sign = "blue", mode = "direct", settlement_id = "T1", issued_on = "2026-10-10", reviewed_at = "2026-10-10T15:00:00" },
      { invoice_id = "I4", sign = "blue", issued_on = "2026-10-10", reviewed_at = "2026-10-10T15:00:00" },
    }, invoice_line = {
      { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "20" }, { invoice_id = "I2", line_no = "1", product_id = "P1", quantity = "1", unit_price = "20" },
      { invoice_id = "I3", line_no = "1", product_id = "P1", quantity = "1", unit_price = "20" }, { invoice_id = "I4", line_no = "1", product_id = "P1", quantity = "1", unit_price = "20" },
    } },
    expect = {} },
  { "deliveries were not imported", given = directly(), absent = { "delivery", "delivery_line" }, expect = { { key = "I1", untestable = "delivery_line" } } },
}

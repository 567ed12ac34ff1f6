-- SPDX-License-Identifier: MIT
-- The cases of ORD: orders.

-- An order of one line that states everything, with these changes of order and line.
local function full_order(order, line, more)
  return with({
    customer = { { customer_id = "C1", name = "Customer", address = "Street 1" } },
    product = { { product_id = "A", name = "Bearing", model = "6204" } },
    sales_order = { with({ order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", delivery_due_on = "2026-10-20", amount = "80", status = "approved" }, order) },
    sales_order_line = { with({ order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, line) },
  }, more)
end

cases "ORD-01" {
  { "everything stated", given = full_order(), expect = {} },
  { "no customer, and so no address either",
    given = full_order({ customer_id = "" }), expect = { { key = "SO1", amount = "80", missing = "sales_order.customer_id, customer.address", lines = "none" } } },
  { "blanks for a name, no address",
    given = full_order({}, {}, { customer = { { customer_id = "C1", name = " " } } }),
    expect = { { key = "SO1", amount = "80", missing = "customer.name, customer.address" } } },
  { "the address stands on the order",
    given = full_order({ ship_to_address = "Street 2" }, {}, { customer = { { customer_id = "C1", name = "Customer" } } }), expect = {} },
  { "no amount, and a line without quantity and price",
    given = full_order({ amount = "" }, { quantity = "", unit_price = "" }),
    expect = { { key = "SO1", amount = "unknown", missing = "sales_order.amount, sales_order_line.quantity, sales_order_line.unit_price", lines = "1" } } },
  { "no model and no name, nor product on another line",
    given = full_order({}, {}, {
      product = { { product_id = "A" } },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
        { order_id = "SO1", line_no = "2", quantity = "10", unit_price = "8", model = "6204" },
      },
    }),
    expect = { { key = "SO1", amount = "80", missing = "product.name, sales_order_line.model, sales_order_line.product_id", lines = "1, 2" } } },
  { "a date on the line alone; a gift without a price; a service without a product",
    given = full_order({ delivery_due_on = "" }, { delivery_due_on = "2026-10-20" }, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" },
        { order_id = "SO1", line_no = "2", product_id = "A", quantity = "1", line_kind = "gift", delivery_due_on = "2026-10-20" },
        { order_id = "SO1", line_no = "3", quantity = "1", unit_price = "5", line_kind = "service" },
      },
    }),
    expect = {} },
  { "no date at all, a gift without a product, a service without a price",
    given = full_order({ delivery_due_on = "" }, {}, {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
        { order_id = "SO1", line_no = "2", quantity = "1", line_kind = "gift", delivery_due_on = "2026-10-20" },
        { order_id = "SO1", line_no = "3", quantity = "1", line_kind = "service" },
      },
    }),
    expect = { { key = "SO1", amount = "80", missing = "sales_order_line.delivery_due_on, sales_order_line.product_id, sales_order_line.model, sales_order_line.unit_price", lines = "1, 2, 3" } } },
  { "a draft may be incomplete", given = full_order({ status = "draft", customer_id = "" }), expect = {} },
  { "columns that were not imported are not asked for",
    given = full_order({ delivery_due_on = "" }, {}), absent = { "sales_order.delivery_due_on", "sales_order_line.delivery_due_on", "customer", "product", "sales_order.ship_to_address", "sales_order_line.model" }, expect = {} },
  { "lines were not imported",
    given = full_order(), absent = { "sales_order_line" }, expect = { { key = "SO1", untestable = "sales_order_line" } } },
}

cases "ORD-02" {
  { "a cent off per line passes, so does a total with tax",
    given = full_order({ amount = "90.41" }, { amount = "80.01", tax_rate = "13" }), expect = {} },
  { "six cents off on a line of ten; its order follows it",
    given = full_order({ amount = "80.06" }, { amount = "80.06" }),
    expect = { { key = "SO1", label = "1", amount = "0.06", what = "line", stated = "80.06", expected = "80" } } },
  { "five cents off, which half a cent of the price explains", given = full_order({ amount = "80.05" }, { amount = "80.05" }), expect = {} },
  { "priced with tax, the price without tax rounded to four places", expect = {},
    given = full_order({ amount = "10000" }, {
      quantity = "1000", unit_price = "8.8496", unit_price_gross = "10", tax_rate = "13", net_amount = "8849.56", tax_amount = "1150.44", gross_amount = "10000",
    }) },
  { "beyond what the four places explain",
    given = full_order({ amount = "10000" }, {
      quantity = "1000", unit_price = "8.8496", tax_rate = "13", net_amount = "8849.5", tax_amount = "1150.5", gross_amount = "10000",
    }),
    expect = { { key = "SO1", label = "1", amount = "0.1", what = "line", stated = "8849.5", expected = "8849.6" } } },
  { "the rounding of a low price explains no more than half a percent",
    given = full_order({ amount = "1010" }, { quantity = "100000", unit_price = "0.01", net_amount = "1010" }),
    expect = { { key = "SO1", label = "1", amount = "10", stated = "1010", expected = "1000" } } },
  { "net and tax do not make the gross amount, which the order follows",
    given = full_order({ amount = "100" }, { net_amount = "80", tax_amount = "10.4", gross_amount = "100" }),
    expect = { { key = "SO1", label = "1", amount = "9.6", what = "tax", stated = "100", expected = "90.4" } } },
  { "an amount that is neither with tax nor without, beside a net amount that is right",
    given = full_order({ amount = "90.4" }, { amount = "100", net_amount = "80", tax_amount = "10.4", gross_amount = "90.4", tax_rate = "13" }),
    expect = { { key = "SO1", label = "1", amount = "9.6", stated = "100", expected = "90.4" } } },
  { "a cent between net, tax and gross", given = full_order({ amount = "90.4" }, { net_amount = "80", tax_amount = "10.41", gross_amount = "90.4" }), expect = {} },
  { "one line makes the amounts with tax, the other without",
    given = full_order({ amount = "171.2" }, {}, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", net_amount = "80", tax_amount = "10.4", gross_amount = "90.4" },
      { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8", net_amount = "70.8", tax_amount = "9.2", gross_amount = "80" },
    } }),
    expect = { { key = "SO1", label = "2", amount = "9.2", what = "line" }, { key = "SO1", label = "total", amount = "0.8" } } },
  { "all lines with tax", expect = {},
    given = full_order({ amount = "160" }, {}, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", net_amount = "70.8", tax_amount = "9.2", gross_amount = "80" },
      { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8", net_amount = "70.8", tax_amount = "9.2", gross_amount = "80" },
    } }) },
  { "the price with tax makes the amount", given = full_order({ amount = "90.4" }, { amount = "90.4", tax_rate = "13" }), expect = {} },
  { "a discount counts; the net amount stands for a missing amount",
    given = full_order({ amount = "75" }, { net_amount = "75", discount_amount = "5" }), expect = {} },
  { "the order's amount is two cents more than its line",
    given = full_order({ amount = "80.02" }, { amount = "80" }),
    expect = { { key = "SO1", label = "total", amount = "0.02", what = "total", stated = "80.02", expected = "80" } } },
  { "two lines have twice the tolerance",
    given = full_order({ amount = "88.02" }, {}, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" },
      { order_id = "SO1", line_no = "2", product_id = "A", quantity = "1", unit_price = "8" },
      { order_id = "SO1", line_no = "3", product_id = "A", quantity = "1", line_kind = "gift" },
    } }), expect = {} },
  { "an order whose own amount nobody filled in: its lines agree with themselves, which tells nothing of it", given = full_order({ amount = "" }, { amount = "80" }),
    expect = { { key = "SO1", untestable = "the order states no amount" } } },
  { "a quantity of zero", given = full_order({ amount = "" }, { quantity = "0" }),
    expect = { { key = "SO1", label = "1", amount = "0", what = "quantity", stated = "0" } } },
  { "a negative line in an order", given = full_order({ amount = "8" }, {}, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "2", unit_price = "8" },
      { order_id = "SO1", line_no = "2", product_id = "A", quantity = "-1", unit_price = "8" },
    } }),
    expect = { { key = "SO1", label = "2", amount = "8", what = "quantity", stated = "-1" } } },
  { "a red order is negative throughout", given = full_order({ amount = "-80" }, { quantity = "-10", amount = "-80" }), expect = {} },
  { "no quantity", given = full_order({}, { quantity = "" }), expect = { { key = "SO1", untestable = "no quantity on line 1" } } },
  { "no price", given = full_order({}, { unit_price = "" }), expect = { { key = "SO1", untestable = "no unit price on line 1" } } },
  { "no lines", given = full_order({}, {}, { sales_order_line = {} }), expect = { { key = "SO1", untestable = "no lines" } } },
  { "a void order", given = full_order({ amount = "1", status = "cancelled" }), expect = {} },
}

local function phone_order(order, more)
  return with(full_order(order, {}, {
    role_assignment = {
      { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" },
      { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" },
      { employee_id = "E2", role = "company_leader", valid_from = "2026-01-01" },
    },
    role_rank = { { role = "salesperson", rank = "10" }, { role = "sales_manager", rank = "40" }, { role = "company_leader", rank = "80" }, { role = "general_manager", rank = "90" } },
    employee = { { employee_id = "E4" }, { employee_id = "E7" }, { employee_id = "E2" } },
    delivery_request = { { request_id = "R1", order_id = "SO1", kind = "goods", requested_at = "2026-10-06T09:00:00" } },
  }), more)
end

local function order_confirmation(kind, who, decided_at, role)
  return { {
    approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = kind, decision = "approve", role = role,
    approver_id = who, decided_at = decided_at, requested_at = decided_at,
  } }
end

cases "ORD-03" {
  { "requested before the sales manager confirmed",
    given = phone_order({ channel = "phone" }, { approval = order_confirmation("no_contract_order", "E4", "2026-10-06T09:00:01") }),
    expect = { { key = "SO1", amount = "80", channel = "phone", executed = "delivery_request.requested_at", executed_at = "2026-10-06T09:00:00", wanted = "sales_manager", basis = "approval" } } },
  { "confirmed in the same second", given = phone_order({}, { approval = order_confirmation("no_contract_order", "E4", "2026-10-06T09:00:00") }), expect = {} },
  { "the order's approval confirms it; a leader ranks above", given = phone_order({}, { approval = order_confirmation("order_approval", "E2", "2026-10-06T08:00:00") }), expect = {} },
  { "another kind of approval does not", given = phone_order({}, { approval = order_confirmation("special_price", "E4", "2026-10-06T08:00:00") }), expect = { { key = "SO1", amount = "80", wanted = "sales_manager" } } },
  { "a salesperson cannot confirm", given = phone_order({}, { approval = order_confirmation("order_approval", "E7", "2026-10-06T08:00:00") }), expect = { { key = "SO1", amount = "80", wanted = "sales_manager" } } },
  { "a major order needs a leader: one at the threshold",
    given = phone_order({ amount = "1000000" }, { approval = order_confirmation("order_approval", "E4", "2026-10-06T08:00:00") }),
    expect = { { key = "SO1", amount = "1000000", wanted = "company_leader" } } },
  { "one below it does not",
    given = phone_order({ amount = "999999.99" }, { approval = order_confirmation("order_approval", "E4", "2026-10-06T08:00:00") }), expect = {} },
  { "not carried out yet", given = phone_order({}, { delivery_request = {} }), expect = {} },
  { "under a contract", given = phone_order({ contract_id = "CT1" }), expect = {} },
  { "a void order", given = phone_order { status = "cancelled" }, expect = {} },
  { "the header, where approvals were not imported",
    given = phone_order({ approved_by = "E4", approved_at = "2026-10-06T10:00:00" }), absent = { "approval" },
    expect = { { key = "SO1", amount = "80", basis = "sales_order" } } },
  { "the header, approved in time", given = phone_order({ approved_by = "E4", approved_at = "2026-10-06T09:00:00" }), absent = { "approval" }, expect = {} },
  { "the header, approved by a salesperson", given = phone_order({ approved_by = "E7", approved_at = "2026-10-06T09:00:00" }), absent = { "approval" },
    expect = { { key = "SO1", amount = "80", wanted = "sales_manager" } } },
  { "whether there is a contract was not imported", given = phone_order(), absent = { "sales_order.contract_id" }, expect = { { key = "SO1", amount = "80", assumed = { "sales_order.contract_id" } } } },
  { "nothing tells when it was carried out", given = phone_order(), absent = { "production_order", "delivery_request", "delivery", "delivery_line" },
    expect = { { key = "SO1", untestable = "neither production" } } },
}

local function contracted(orders, lines, more)
  return with({
    customer = { { customer_id = "C1" }, { customer_id = "C2" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-25", effective_on = "2026-10-01", closed_on = "2026-10-20", status = "executing" } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "100", unit_price = "8" } },
    sales_order = orders,
    sales_order_line = lines,
  }, more)
end

local function call_off(id, on, more)
  return with({ order_id = id, contract_id = "CT1", customer_id = "C1", order_date = on, amount = "800", status = "approved" }, more)
end

local function call_off_line(id, quantity, more)
  return with({ order_id = id, line_no = "1", product_id = "A", quantity = quantity, unit_price = "8" }, more)
end

-- A change of the contract's quantity from 100 to 150, approved on 5 October, with more decisions on it.
local function quantity_change(more)
  local approvals = { { approval_id = "A1", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", approver_id = "E9", decided_at = "2026-10-05T12:00:00" } }
  return {
    contract_change = { { change_id = "CC1", contract_id = "CT1", line_no = "1", field = "quantity", old_value = "100", new_value = "150", changed_at = "2026-10-03T09:00:00" } },
    approval = append(approvals, more or {}),
  }
end

cases "ORD-04" {
  { "orders do not name their contract", absent = { "sales_order.contract_id" }, given = contracted({ call_off("SO1", "2026-10-06") }, { call_off_line("SO1", "101") }),
    expect = { { key = "SO1", untestable = "sales_order.contract_id" }, { key = "SO1/1", untestable = "sales_order.contract_id" } } },
  { "the second order goes one over; the first came earlier whatever its number",
    given = contracted({ call_off("SO1", "2026-10-06"), call_off("SO2", "2026-10-05") }, { call_off_line("SO1", "41"), call_off_line("SO2", "60") }),
    expect = { { key = "SO1/1", amount = "8", what = "quantity", ordered = "101", contracted = "100" } } },
  { "exactly the quantity of two lines of one product, less what was cancelled and what a void order took",
    given = contracted({ call_off("SO1", "2026-10-05"), call_off("SO2", "2026-10-06"), call_off("SO3", "2026-10-05", { status = "cancelled" }) },
      { call_off_line("SO1", "70"), call_off_line("SO2", "60", { cancelled_quantity = "10" }), call_off_line("SO3", "60") }, {
        contract_line = {
          { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "60", unit_price = "8" },
          { contract_id = "CT1", line_no = "2", product_id = "A", quantity = "60", unit_price = "8" },
        },
      }),
    expect = {} },
  { "a quarter more is tolerated", parameters = { tolerance_pct = "25" },
    given = contracted({ call_off("SO1", "2026-10-05") }, { call_off_line("SO1", "125") }), expect = {} },
  { "a red order makes room",
    given = contracted({ call_off("SO1", "2026-10-05"), call_off("SO2", "2026-10-06"), call_off("SO3", "2026-10-07") },
      { call_off_line("SO1", "100"), call_off_line("SO2", "-30"), call_off_line("SO3", "30") }),
    expect = {} },
  { "another product; a gift of it is nobody's concern",
    given = contracted({ call_off("SO1", "2026-10-05") }, {
      call_off_line("SO1", "10", { product_id = "B" }), call_off_line("SO1", "10", { line_no = "2", product_id = "B", line_kind = "gift" }),
    }),
    expect = { { key = "SO1/1", amount = "80", what = "product", ordered = "B", contracted = "none" } } },
  { "another customer: its lines are not judged as well",
    given = contracted({ call_off("SO1", "2026-10-05", { customer_id = "C2" }) }, { call_off_line("SO1", "10", { product_id = "B" }) }),
    expect = { { key = "SO1", label = "order", amount = "800", what = "customer", ordered = "C2", contracted = "C1" } } },
  { "on the day the contract was closed", given = contracted({ call_off("SO1", "2026-10-20") }, {}), expect = {} },
  { "a day later", given = contracted({ call_off("SO1", "2026-10-21") }, {}),
    expect = { { key = "SO1", amount = "800", label = "order", what = "closed", ordered = "2026-10-21", contracted = "2026-10-20" } } },
  { "on the day it took effect", given = contracted({ call_off("SO1", "2026-10-01") }, {}), expect = {} },
  { "after signing, the day before it took effect", given = contracted({ call_off("SO1", "2026-09-30") }, {}),
    expect = { { key = "SO1", amount = "800", label = "order", what = "not effective", ordered = "2026-09-30", contracted = "2026-10-01" } } },
  { "before signing is ORD-06's", given = contracted({ call_off("SO1", "2026-09-24") }, {}), expect = {} },
  { "a void contract",
    given = contracted({ call_off("SO1", "2026-10-05") }, {}, { contract = { { contract_id = "CT1", customer_id = "C1", status = "void" } } }),
    expect = { { key = "SO1", amount = "800", label = "order", what = "void" } } },
  { "a contract that was made void a day after the order", expect = {},
    given = contracted({ call_off("SO1", "2026-10-05") }, {}, { contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-25", status = "void", closed_on = "2026-10-06" } } }) },
  { "a draft of a contract",
    given = contracted({ call_off("SO1", "2026-10-05") }, {}, { contract = { { contract_id = "CT1", customer_id = "C1", status = "draft" } } }),
    expect = { { key = "SO1", amount = "800", label = "order", what = "draft" } } },
  { "an approved change raised the quantity to 150", expect = {},
    given = contracted({ call_off("SO1", "2026-10-10") }, { call_off_line("SO1", "140") }, quantity_change()) },
  { "one over that",
    given = contracted({ call_off("SO1", "2026-10-10") }, { call_off_line("SO1", "151") }, quantity_change()),
    expect = { { key = "SO1/1", amount = "8", ordered = "151", contracted = "150" } } },
  { "the day before the change was approved",
    given = contracted({ call_off("SO1", "2026-10-04") }, { call_off_line("SO1", "140") }, quantity_change()),
    expect = { { key = "SO1/1", amount = "320", ordered = "140", contracted = "100" } } },
  { "its approval was taken back before the order",
    given = contracted({ call_off("SO1", "2026-10-10") }, { call_off_line("SO1", "140") }, quantity_change {
      { approval_id = "A2", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "withdraw", approver_id = "E9", decided_at = "2026-10-08T09:00:00" },
    }),
    expect = { { key = "SO1/1", amount = "320", ordered = "140", contracted = "100" } } },
  { "of another period: counted, not reported", period = "2026-10",
    given = contracted({ call_off("SO1", "2026-09-28", { customer_id = "C2" }), call_off("SO2", "2026-10-05"), call_off("SO3", "2026-10-01") },
      { call_off_line("SO2", "10"), call_off_line("SO3", "95") }),
    expect = { { key = "SO2/1", amount = "40", ordered = "105" } } },
  { "a draft is not judged", given = contracted({ call_off("SO1", "2026-10-05", { status = "draft", customer_id = "C2" }) }, { call_off_line("SO1", "101") }), expect = {} },
  { "contract lines were not imported", absent = { "contract_line" },
    given = contracted({ call_off("SO1", "2026-10-05") }, { call_off_line("SO1", "10") }),
    expect = { { key = "CT1", untestable = "contract_line" } } },
}

local function signed_contract_with(orders, contract)
  local given = {
    contract = { with({ contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-09", amount = "5000", status = "executing" }, contract) },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "100", unit_price = "8" } },
    sales_order = orders,
  }
  return given
end

cases "ORD-05" {
  { "on the third working day", as_of = "2026-10-31", given = signed_contract_with { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-14" } }, expect = {} },
  { "on the fourth", as_of = "2026-10-31",
    given = signed_contract_with { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-15" }, { order_id = "SO2", contract_id = "CT1", order_date = "2026-10-16" } },
    expect = { { key = "CT1", amount = "5000", fault = "late", at = "2026-10-15", limit = "2026-10-14", signed_on = "2026-10-09" } } },
  { "delivery is due in thirty days and three working days", as_of = "2026-10-31",
    given = signed_contract_with({ { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-23" } }, { delivery_due_on = "2026-11-19" }), expect = {} },
  { "a day more", as_of = "2026-10-31",
    given = signed_contract_with({ { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-26" } }, { delivery_due_on = "2026-11-19" }),
    expect = { { key = "CT1", amount = "5000", fault = "late", limit = "2026-10-23" } } },
  { "no order, on the last day for it", as_of = "2026-10-14", given = signed_contract_with {}, expect = {} },
  { "no order the day after", as_of = "2026-10-15", given = signed_contract_with {}, expect = { { key = "CT1", amount = "5000", fault = "missing", at = "none" } } },
  { "only a cancelled order", as_of = "2026-10-31", given = signed_contract_with { { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-12", status = "cancelled" } },
    expect = { { key = "CT1", amount = "5000", fault = "missing" } } },
  { "it took effect later", as_of = "2026-10-31", given = signed_contract_with({ { order_id = "SO1", contract_id = "CT1", order_date = "2026-10-15" } }, { effective_on = "2026-10-12" }), expect = {} },
  { "signed in an earlier month: still without an order; ordered late in that month", period = "2026-10", as_of = "2026-10-31",
    given = {
      contract = { { contract_id = "CT1", signed_on = "2026-09-09", amount = "1" }, { contract_id = "CT2", signed_on = "2026-09-09", amount = "1" } },
      sales_order = { { order_id = "SO2", contract_id = "CT2", order_date = "2026-09-29" } },
    },
    expect = { { key = "CT1", amount = "1", fault = "missing" } } },
  { "not signed, closed, only signed, under review, void", as_of = "2026-10-31",
    given = { contract = {
      { contract_id = "CT1", effective_on = "2026-10-09", status = "executing" }, { contract_id = "CT5", signed_on = "2026-10-09", status = "signed" },
      { contract_id = "CT2", signed_on = "2026-10-09", status = "closed" }, { contract_id = "CT3", signed_on = "2026-10-09", status = "review" },
      { contract_id = "CT4", signed_on = "2026-10-09", status = "void" },
    } },
    expect = {} },
  { "orders were not imported", absent = { "sales_order" }, given = signed_contract_with {}, expect = { { key = "CT1", untestable = "sales_order" } } },
}

local function order_under(contract, order, more)
  local signed = with({ contract_id = "CT1", customer_id = "C1" }, contract)
  return full_order(with({ contract_id = "CT1", approved_at = "2026-10-08T10:00:00" }, order), {}, with({ contract = { signed } }, more))
end

cases "ORD-06" {
  { "approved the day before", given = order_under { signed_on = "2026-10-09" },
    expect = { { key = "SO1", amount = "80", fault = "too late", step = "contract.signed_on", at = "2026-10-09", other = "sales_order.approved_at", other_at = "2026-10-08T10:00:00" } } },
  { "approved on the day", given = order_under { signed_on = "2026-10-08" }, expect = {} },
  { "never signed", given = order_under {}, expect = { { key = "SO1", amount = "80", fault = "missing", at = "none" } } },
  { "delivered the day before, not approved",
    given = order_under({ signed_on = "2026-10-07" }, { approved_at = "" }, { delivery = { { delivery_id = "D1", order_id = "SO1", kind = "delivery", delivery_date = "2026-10-06" } }, delivery_line = { { delivery_id = "D1", line_no = "1" } } }),
    expect = { { key = "SO1", amount = "80", other = "delivery.delivery_date", other_at = "2026-10-06" } } },
  { "neither approved nor delivered", given = order_under({}, { approved_at = "" }), expect = {} },
  { "a void contract is ORD-04's", given = order_under { status = "void" }, expect = {} },
  { "a cancelled order", given = order_under({}, { status = "cancelled" }), expect = {} },
  { "no contract", given = full_order { approved_at = "2026-10-08T10:00:00" }, expect = {} },
  { "the day of signing was not imported", given = order_under {}, absent = { "contract.signed_on" }, expect = { { key = "SO1", untestable = "signed_on" } } },
}

local function twin(id, on, more, line)
  local order = with({ order_id = id, order_no = "N-" .. id, customer_id = "C1", order_date = on, delivery_due_on = "2026-10-30", status = "approved" }, more)
  local row = with({ order_id = id, line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, line)
  return { order = order, line = row }
end

local function twins(...)
  local given = { sales_order = {}, sales_order_line = {} }
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    table.insert(given.sales_order, one.order)
    table.insert(given.sales_order_line, one.line)
  end
  return given
end

cases "ORD-07" {
  { "the same figures in another currency are another sale; each is compared with those of its own",
    given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-06", { currency = "USD" }), twin("SO3", "2026-10-07", { currency = "USD" })),
    expect = { { key = "SO3", amount = "80", currency = "USD", earlier = "N-SO2" } } },
  { "seven days apart", given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-12")),
    expect = { { key = "SO2", amount = "80", lines = "1", earlier = "N-SO1", days = "7" } } },
  { "lines that state no price: nobody can tell; one sale beside them is told all the same",
    given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-06", {}, { unit_price = "" }), twin("SO3", "2026-10-07")),
    expect = { { key = "C1", untestable = "states no product or no price" }, { key = "SO3", amount = "80", earlier = "N-SO1", days = "2" } } },
  { "eight days apart", given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-13")), expect = {} },
  { "three in a row: each is measured against the one before",
    given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-10"), twin("SO3", "2026-10-15")), expect = { { key = "SO2", amount = "80", earlier = "N-SO1" }, { key = "SO3", amount = "80", earlier = "N-SO2" } } },
  { "another product, quantity, price, date of delivery, customer",
    given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-05", {}, { product_id = "B" }), twin("SO3", "2026-10-05", {}, { quantity = "11" }),
      twin("SO4", "2026-10-05", {}, { unit_price = "8.01" }), twin("SO5", "2026-10-05", { delivery_due_on = "2026-10-31" }), twin("SO6", "2026-10-05", { customer_id = "C2" })),
    expect = {} },
  { "the date of delivery of the line goes first",
    given = twins(twin("SO1", "2026-10-05", {}, { delivery_due_on = "2026-11-01" }), twin("SO2", "2026-10-05", {}, { delivery_due_on = "2026-11-02" })), expect = {} },
  { "no date of delivery in either", given = twins(twin("SO1", "2026-10-05", { delivery_due_on = "" }), twin("SO2", "2026-10-05", { delivery_due_on = "" })),
    expect = { { key = "SO2", amount = "80", earlier = "N-SO1" } } },
  { "a date of delivery in one of them", given = twins(twin("SO1", "2026-10-05", { delivery_due_on = "" }), twin("SO2", "2026-10-05")), expect = {} },
  { "a gift, a cancelled order, a red one",
    given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-05", {}, { line_kind = "gift" }), twin("SO3", "2026-10-05", { status = "cancelled" }), twin("SO4", "2026-10-05", { reversal_of = "SO1" })),
    expect = {} },
  { "two lines of one order", given = { sales_order = { twin("SO1", "2026-10-05").order }, sales_order_line = { twin("SO1", "2026-10-05").line, twin("SO1", "2026-10-05", {}, { line_no = "2" }).line } }, expect = {} },
  { "the first in the month before", period = "2026-10", given = twins(twin("SO1", "2026-09-28"), twin("SO0", "2026-09-27"), twin("SO2", "2026-10-05")), expect = { { key = "SO2", amount = "80", days = "7" } } },
  { "quantities were not imported", absent = { "sales_order_line.quantity" }, given = twins(twin("SO1", "2026-10-05"), twin("SO2", "2026-10-12")),
    expect = { { key = "C1", untestable = "quantity" } } },
}

local function open_order(order, more)
  return full_order(with({ approved_at = "2026-10-08T10:00:00", delivery_due_on = "2026-10-28" }, order), {}, with({ approval = {} }, more))
end

cases "ORD-08" {
  { "on the eighth day", given = open_order(), as_of = "2026-10-16", expect = { { key = "SO1", amount = "80", approved_at = "2026-10-08T10:00:00", days = "8", due = "2026-10-28" } } },
  { "on the seventh", given = open_order(), as_of = "2026-10-15", expect = {} },
  { "a delivery is being prepared", as_of = "2026-10-16", expect = {},
    given = open_order({}, {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15", status = "draft" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "10" } },
    }) },
  { "a delivery was made void", as_of = "2026-10-16",
    given = open_order({}, {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-15", status = "void" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "10" } },
    }),
    expect = { { key = "SO1", amount = "80", days = "8" } } },
  { "of an earlier month, still open; part of it cancelled", period = "2026-10", as_of = "2026-10-31",
    given = open_order({ order_date = "2026-08-05", approved_at = "2026-08-05T10:00:00" }, {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", cancelled_quantity = "4" } },
    }),
    expect = { { key = "SO1", amount = "48", days = "87" } } },
  { "due in 30 days and seven more", given = open_order { delivery_due_on = "2026-11-20" }, as_of = "2026-10-28", expect = {} },
  { "a day later", given = open_order { delivery_due_on = "2026-11-20" }, as_of = "2026-10-29", expect = { { key = "SO1", amount = "80", days = "21" } } },
  { "the second approval counts", as_of = "2026-10-16",
    given = open_order({}, { approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-09T10:00:00" } } }), expect = {} },
  { "the approval was taken back", as_of = "2026-10-31",
    given = open_order({}, { approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "unapprove", decided_at = "2026-10-09T10:00:00" } } }), expect = {} },
  { "requested", as_of = "2026-10-31", given = open_order({}, { delivery_request = { { request_id = "R1", order_id = "SO1", requested_at = "2026-10-30T09:00:00" } } }), expect = {} },
  { "invoiced first", as_of = "2026-10-31", given = open_order({}, { invoice = { { invoice_id = "I1", order_id = "SO1", issued_on = "2026-10-30" } } }), expect = {} },
  { "requested after the audit", as_of = "2026-10-31", given = open_order({}, { delivery_request = { { request_id = "R1", order_id = "SO1", requested_at = "2026-11-01T09:00:00" } } }),
    expect = { { key = "SO1", amount = "80", days = "23" } } },
  { "every line is cancelled, closed or a service", as_of = "2026-10-31",
    given = open_order({}, { sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", cancelled_quantity = "10" },
      { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8", closed_at = "2026-10-12T10:00:00" },
      { order_id = "SO1", line_no = "3", quantity = "1", unit_price = "8", line_kind = "service" },
    } }),
    expect = {} },
  { "closed, submitted, cancelled, red, not approved", as_of = "2026-10-31",
    given = { sales_order = {
      { order_id = "SO1", order_date = "2026-10-05", approved_at = "2026-10-08T10:00:00", status = "closed" },
      { order_id = "SO2", order_date = "2026-10-05", approved_at = "2026-10-08T10:00:00", status = "submitted" },
      { order_id = "SO3", order_date = "2026-10-05", approved_at = "2026-10-08T10:00:00", status = "cancelled" },
      { order_id = "SO4", order_date = "2026-10-05", approved_at = "2026-10-08T10:00:00", reversal_of = "SO9" },
      { order_id = "SO5", order_date = "2026-10-05" },
    }, sales_order_line = {
      { order_id = "SO1", line_no = "1", quantity = "1", unit_price = "8" }, { order_id = "SO2", line_no = "1", quantity = "1", unit_price = "8" },
      { order_id = "SO3", line_no = "1", quantity = "1", unit_price = "8" }, { order_id = "SO4", line_no = "1", quantity = "1", unit_price = "8" },
      { order_id = "SO5", line_no = "1", quantity = "1", unit_price = "8" },
    } },
    expect = {} },
  { "no date of the audit", given = open_order(), expect = { { key = "SO1", untestable = "no date" } } },
  { "nothing tells what was done", as_of = "2026-10-31", given = open_order(), absent = { "production_order", "delivery_request", "delivery", "delivery_line" },
    expect = { { key = "SO1", untestable = "neither production" } } },
}

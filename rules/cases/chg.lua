-- SPDX-License-Identifier: MIT
-- The cases of CHG: changes of contracts and orders after they were approved.

-- A contract approved on 2026-09-20 and signed on 2026-09-25, with one change.
local function contract_change(change, more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-25", amount = "5000", status = "executing" } },
    approval = { {
      approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", step_no = "1",
      decision = "approve", approver_id = "E9", decided_at = "2026-09-20T10:00:00", requested_at = "2026-09-20T09:00:00",
    } },
    contract_change = { with({ change_id = "CC1", contract_id = "CT1" }, change) },
  }, more)
end

local function with_change_approval(decided_at, decision)
  return {
    { approval_id = "A1", doc_kind = "contract", doc_id = "CT1", approval_kind = "contract_approval", step_no = "1",
      decision = "approve", approver_id = "E9", decided_at = "2026-09-20T10:00:00", requested_at = "2026-09-20T09:00:00" },
    { approval_id = "A2", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", step_no = "1",
      decision = decision or "approve", approver_id = "E9", decided_at = decided_at, requested_at = decided_at },
  }
end

cases "CHG-01" {
  { "changed after signing, delivered, never approved",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "price", field = "unit_price", old_value = "10", new_value = "9", amount = "100" }, {
      delivery = { { delivery_id = "D1", contract_id = "CT1", customer_id = "C1", kind = "delivery", delivery_date = "2026-10-08" } },
    }),
    expect = { { key = "CC1", amount = "100", limit = "2026-10-08", old = "10", new = "9" } } },
  { "approved on the day of the delivery",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "price" }, {
      delivery = { { delivery_id = "D1", contract_id = "CT1", customer_id = "C1", kind = "delivery", delivery_date = "2026-10-08" } },
      approval = with_change_approval "2026-10-08T18:00:00",
    }),
    expect = {} },
  { "approved a second after it took effect; no amount of its own",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "payment", effective_at = "2026-10-05T08:00:00" }, {
      approval = with_change_approval "2026-10-05T08:00:01",
    }),
    expect = { { key = "CC1", amount = "5000", field = "unknown", limit = "2026-10-05T08:00:00" } } },
  { "approved on the day it took effect, for which no time is stated", expect = {},
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "payment", effective_at = "2026-10-05" }, {
      approval = with_change_approval "2026-10-05T18:00:00",
    }) },
  { "approved, and rejected before it took effect",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "payment", effective_at = "2026-10-06T08:00:00" }, {
      approval = append(with_change_approval "2026-10-04T10:00:00", { { approval_id = "A3", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change",
        step_no = "1", decision = "reject", approver_id = "E9", decided_at = "2026-10-05T10:00:00" } }),
    }),
    expect = { { key = "CC1", amount = "5000", field = "unknown", limit = "2026-10-06T08:00:00" } } },
  { "approved, and unapproved after it took effect", expect = {},
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "payment", effective_at = "2026-10-06T08:00:00" }, {
      approval = append(with_change_approval "2026-10-04T10:00:00", { { approval_id = "A3", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change",
        step_no = "1", decision = "unapprove", approver_id = "E9", decided_at = "2026-10-07T10:00:00" } }),
    }) },
  { "a rejected change that took effect",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "payment", effective_at = "2026-10-05T00:00:00" }, {
      approval = with_change_approval("2026-10-04T10:00:00", "reject"),
    }),
    expect = { { key = "CC1", amount = "5000", field = "unknown", limit = "2026-10-05T00:00:00" } } },
  { "changed on the day of signing, before any approval",
    given = contract_change({ changed_at = "2026-09-25T18:00:00", nature = "price" }, { approval = {} }), expect = {} },
  { "changed after the final approval, before signing",
    given = contract_change { changed_at = "2026-09-20T10:00:01", nature = "price" },
    expect = { { key = "CC1", amount = "5000", field = "unknown", limit = "now" } } },
  { "the first of two steps is not the final approval",
    given = contract_change({ changed_at = "2026-09-20T10:00:01", nature = "price" }, {
      approval_rule = {
        { doc_kind = "contract", approval_kind = "contract_approval", step_no = "1", role = "sales_manager" },
        { doc_kind = "contract", approval_kind = "contract_approval", step_no = "2", role = "general_manager" },
      },
    }),
    expect = {} },
  { "released to production before it was approved",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "technical" }, {
      production_order = {
        { production_order_id = "P1", contract_id = "CT1", released_at = "2026-10-02T08:00:00" },
        { production_order_id = "P2", contract_id = "CT1", released_at = "2026-10-05T08:00:00" },
        { production_order_id = "P3", contract_id = "CT1", released_at = "2026-10-09T08:00:00" },
      },
      delivery = { { delivery_id = "D1", contract_id = "CT1", customer_id = "C1", kind = "delivery", delivery_date = "2026-10-08" } },
      approval = with_change_approval "2026-10-05T08:00:01",
    }),
    expect = { { key = "CC1", amount = "5000", limit = "2026-10-05T08:00:00" } } },
  { "delivered before the change, and on its day: neither is a later execution",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "technical", effective_at = "2026-10-20T00:00:00" }, {
      delivery = {
        { delivery_id = "D1", contract_id = "CT1", customer_id = "C1", kind = "delivery", delivery_date = "2026-10-01" },
        { delivery_id = "D2", contract_id = "CT1", customer_id = "C1", kind = "delivery", delivery_date = "2026-10-03" },
        { delivery_id = "D3", contract_id = "CT1", customer_id = "C1", kind = "return", delivery_date = "2026-10-04" },
      },
      approval = with_change_approval "2026-10-19T10:00:00",
    }),
    expect = {} },
  { "a draft may be changed",
    given = contract_change({ changed_at = "2026-10-03T10:00:00", nature = "price" }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-25", amount = "5000", status = "draft" } },
    }),
    expect = {} },
  { "a change of wording",
    given = contract_change { changed_at = "2026-10-03T10:00:00", nature = "editorial" }, expect = {} },
  { "takes effect after the date of the audit",
    given = contract_change { changed_at = "2026-10-03T10:00:00", nature = "price", effective_at = "2026-12-01T00:00:00" },
    as_of = "2026-11-05", expect = {} },
  { "approvals were not imported",
    given = contract_change { changed_at = "2026-10-03T10:00:00", nature = "price" },
    absent = { "approval" },
    expect = { { key = "CC1", untestable = "approval" } } },
}

-- An approved order line of 10 pieces at 8, delivered on 2026-10-09, with these changes.
local function order_changes(changes, more)
  return with({
    customer = { { customer_id = "C1" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", amount = "80", status = "approved", approved_at = "2026-10-05T10:00:00" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "8" } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-09" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10" } },
    approval = { {
      approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1",
      decision = "approve", approver_id = "E9", decided_at = "2026-10-05T10:00:00", requested_at = "2026-10-05T09:00:00",
    } },
    order_change = changes,
  }, more)
end

-- The same with a second line of another product, which alone was delivered after the change of the first.
local function second_line_delivered(delivered)
  return {
    sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "8" },
      { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "5", unit_price = "3" },
    },
    delivery_line = { with({ delivery_id = "D1", line_no = "1", quantity = "5" }, delivered) },
  }
end

local function quantity_change(changed_at, old, new)
  return {
    change_id = "OC1", order_id = "SO1", line_no = "1", field = "quantity", old_value = old, new_value = new,
    changed_at = changed_at, changed_by = "E2",
  }
end

local function price_change(id, changed_at, old, new, changed_by)
  return {
    change_id = id, order_id = "SO1", line_no = "1", field = "unit_price", old_value = old, new_value = new,
    changed_at = changed_at, changed_by = changed_by or "E2",
  }
end

-- Decisions on order SO1, each { decision, decided_at, more }.
local function decided(...)
  local rows = {}
  for position, one in ipairs { ... } do
    table.insert(rows, with({
      approval_id = "A" .. position, doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1",
      decision = one[1], approver_id = "E9", decided_at = one[2],
    }, one[3]))
  end
  return rows
end

cases "CHG-02" {
  { "the price was lowered after approval and the goods delivered",
    given = order_changes { price_change("OC1", "2026-10-06T10:00:00", "9", "8") },
    expect = { { key = "OC1", amount = "10", old = "9", new = "8", executed_at = "2026-10-09", basis = "approval" } } },
  { "two changes of one field are one exception, by their sum",
    given = order_changes {
      price_change("OC1", "2026-10-06T10:00:00", "9", "8.5"), price_change("OC2", "2026-10-07T10:00:00", "8.5", "8"),
    },
    expect = { { key = "OC2", amount = "10", old = "9", new = "8" } } },
  { "changed and changed back",
    given = order_changes {
      price_change("OC1", "2026-10-06T10:00:00", "9", "8"), price_change("OC2", "2026-10-07T10:00:00", "8", "9.00"),
    },
    expect = {} },
  { "approved again on the day of the delivery",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", decision = "approve", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", decision = "approve", decided_at = "2026-10-09T18:00:00" },
      },
    }),
    expect = {} },
  { "approved again a day after the delivery",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", decision = "approve", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", decision = "approve", decided_at = "2026-10-10T08:00:00" },
      },
    }),
    expect = { { key = "OC1", amount = "10", field = "unit_price", executed_at = "2026-10-09" } } },
  { "not delivered yet: pending",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, { delivery = {}, delivery_line = {} }),
    expect = {} },
  { "changed by a system user",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8", "JOB") }, {
      user_account = { { user_id = "JOB", is_system = "true" } },
    }),
    expect = {} },
  { "changed at the moment of the approval", given = order_changes { price_change("OC1", "2026-10-05T10:00:00", "9", "8") }, expect = {} },
  { "the quantity was raised, then released to production",
    given = order_changes({ {
      change_id = "OC1", order_id = "SO1", line_no = "1", field = "quantity", old_value = "7", new_value = "10",
      changed_at = "2026-10-06T10:00:00", changed_by = "E2",
    } }, {
      production_order = { { production_order_id = "P1", order_id = "SO1", released_at = "2026-10-07T08:00:00" } },
    }),
    expect = { { key = "OC1", amount = "24", executed_at = "2026-10-07T08:00:00" } } },
  { "the due date was changed: no amount",
    given = order_changes { {
      change_id = "OC1", order_id = "SO1", field = "delivery_due_on", old_value = "2026-10-20", new_value = "2026-10-08",
      changed_at = "2026-10-06T10:00:00", changed_by = "E2",
    } },
    expect = { { key = "OC1", field = "delivery_due_on", amount = "none" } } },
  { "a field that needs no approval; an order that was cancelled",
    given = order_changes({
      { change_id = "OC1", order_id = "SO1", field = "contact", old_value = "a", new_value = "b", changed_at = "2026-10-06T10:00:00" },
      { change_id = "OC2", order_id = "SO2", line_no = "1", field = "quantity", old_value = "1", new_value = "2", changed_at = "2026-10-06T10:00:00" },
    }, {
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", status = "approved", approved_at = "2026-10-05T10:00:00" },
        { order_id = "SO2", customer_id = "C1", order_date = "2026-10-05", status = "cancelled", approved_at = "2026-10-05T10:00:00" },
      },
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-09" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO2", delivery_date = "2026-10-09" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10" },
        { delivery_id = "D2", line_no = "1", order_line_no = "1", quantity = "10" },
      },
    }),
    expect = {} },
  { "the change itself was approved",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", step_no = "1", decision = "approve", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "order_change", doc_id = "OC1", approval_kind = "change", step_no = "1", decision = "approve", decided_at = "2026-10-06T18:00:00" },
      },
    }),
    expect = {} },
  { "approved again and unapproved before the goods left",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-07T10:00:00" }, { "unapprove", "2026-10-08T10:00:00" }),
    }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-09" } } },
  { "approved again and unapproved on the day after the goods had left", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-07T10:00:00" }, { "unapprove", "2026-10-10T10:00:00" }),
    }) },
  { "the requester's taking the request back undoes no approval", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      user_account = { { user_id = "E2", employee_id = "E2" } }, employee = { { employee_id = "E2" } },
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-07T10:00:00" },
        { "withdraw", "2026-10-08T10:00:00", { approver_id = "E2", requested_by = "E2" } }),
    }) },
  { "a reject of a later round leaves the earlier approval", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = decided({ "approve", "2026-10-05T10:00:00", { round_no = "1" } }, { "approve", "2026-10-07T10:00:00", { round_no = "2" } },
        { "reject", "2026-10-08T10:00:00", { round_no = "3" } }),
    }) },
  { "a reject of that round does not",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, {
      approval = decided({ "approve", "2026-10-05T10:00:00", { round_no = "1" } }, { "approve", "2026-10-07T10:00:00", { round_no = "2" } },
        { "reject", "2026-10-08T10:00:00", { round_no = "2" } }),
    }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-09" } } },
  { "changed at nine, approved again on a date without a time", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-07T09:00:00", "9", "8") }, {
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-07" }),
    }) },
  { "changed at nine, approved an hour before",
    given = order_changes({ price_change("OC1", "2026-10-07T09:00:00", "9", "8") }, {
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-07T08:00:00" }),
    }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-09" } } },
  { "changed after the delivery, and invoiced at the changed price",
    given = order_changes({ price_change("OC1", "2026-10-12T10:00:00", "9", "8") }, {
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-20" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "10", unit_price = "8" } },
    }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-20" } } },
  { "changed after delivery and invoice at the old price: nothing more came", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-22T10:00:00", "9", "8") }, {
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-20" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "10", unit_price = "9" } },
    }) },
  { "invoiced at the changed price first, changed and approved afterwards",
    given = order_changes({ price_change("OC1", "2026-10-22T10:00:00", "9", "8") }, {
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-20" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_id = "SO1", order_line_no = "1", quantity = "10", unit_price = "8" } },
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-23T10:00:00" }),
    }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-20" } } },
  { "more delivered than ordered, the order raised afterwards",
    given = order_changes { {
      change_id = "OC1", order_id = "SO1", line_no = "1", field = "quantity", old_value = "7", new_value = "10", changed_at = "2026-10-12T10:00:00", changed_by = "E2",
    } },
    expect = { { key = "OC1", amount = "24", executed_at = "2026-10-09" } } },
  { "the rest was cancelled after a part was delivered", expect = {},
    given = order_changes { {
      change_id = "OC1", order_id = "SO1", line_no = "1", field = "quantity", old_value = "15", new_value = "10", changed_at = "2026-10-12T10:00:00", changed_by = "E2",
    } } },
  { "only another line was delivered after the change", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, second_line_delivered { order_line_no = "2" }) },
  { "only another product was delivered after the change, of no named line", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, second_line_delivered { product_id = "P2" }) },
  { "the product of the changed line was delivered, of no named line",
    given = order_changes({ price_change("OC1", "2026-10-06T10:00:00", "9", "8") }, second_line_delivered { product_id = "P1" }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-09" } } },
  { "more issued than ordered, the order raised afterwards",
    given = order_changes({ quantity_change("2026-10-08T10:00:00", "7", "10") }, {
      stock_issue = { { issue_id = "I1", delivery_id = "D1", issued_at = "2026-10-07T15:00:00" } },
      stock_issue_line = { { issue_id = "I1", line_no = "1", delivery_line_no = "1", quantity = "8" } },
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-08T12:00:00" }),
    }),
    expect = { { key = "OC1", amount = "24", executed_at = "2026-10-07T15:00:00" } } },
  { "as much issued as was ordered, the order raised and approved afterwards", expect = {},
    given = order_changes({ quantity_change("2026-10-08T10:00:00", "7", "10") }, {
      stock_issue = { { issue_id = "I1", delivery_id = "D1", issued_at = "2026-10-07T15:00:00" } },
      stock_issue_line = { { issue_id = "I1", line_no = "1", delivery_line_no = "1", quantity = "7" } },
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-08T12:00:00" }),
    }) },
  { "more released to production than ordered, the order raised and approved afterwards",
    given = order_changes({ quantity_change("2026-10-08T10:00:00", "7", "10") }, {
      production_order = { { production_order_id = "M1", order_id = "SO1", product_id = "P1", quantity = "10", released_at = "2026-10-07T08:00:00" } },
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-08T12:00:00" }),
    }),
    expect = { { key = "OC1", amount = "24", executed_at = "2026-10-07T08:00:00" } } },
  { "as much released to production as was ordered", expect = {},
    given = order_changes({ quantity_change("2026-10-08T10:00:00", "7", "10") }, {
      production_order = { { production_order_id = "M1", order_id = "SO1", product_id = "P1", quantity = "7", released_at = "2026-10-07T08:00:00" } },
      approval = decided({ "approve", "2026-10-05T10:00:00" }, { "approve", "2026-10-08T12:00:00" }),
    }) },
  { "issued at three on the day of a change at nine, though the slip says only the day",
    given = order_changes({ price_change("OC1", "2026-10-09T09:00:00", "9", "8") }, {
      stock_issue = { { issue_id = "I1", delivery_id = "D1", issued_at = "2026-10-09T15:00:00" } },
    }),
    expect = { { key = "OC1", amount = "10", executed_at = "2026-10-09T15:00:00" } } },
  { "issued at eight on that day", expect = {},
    given = order_changes({ price_change("OC1", "2026-10-09T09:00:00", "9", "8") }, {
      stock_issue = { { issue_id = "I1", delivery_id = "D1", issued_at = "2026-10-09T08:00:00" } },
    }) },
  { "only the order's header says when it was approved",
    given = order_changes { price_change("OC1", "2026-10-06T10:00:00", "9", "8") },
    absent = { "approval" },
    expect = { { key = "OC1", amount = "10", basis = "sales_order.approved_at" } } },
  { "the change has no date",
    given = order_changes { price_change("OC1", nil, "9", "8") },
    expect = { { key = "SO1/unit_price/1", untestable = "no date" } } },
}

cases "CHG-03" {
  { "rejected without a word",
    given = {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "80" } },
      approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "reject", approver_id = "E9", opinion = "  ", decided_at = "2026-10-05T10:00:00" } },
    },
    expect = { { key = "A1", label = "no_advice", amount = "80", rejected_by = "E9" } } },
  { "advice stands on the order",
    given = {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "80", rejection_note = "price too low" } },
      approval = { { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "reject", decided_at = "2026-10-05T10:00:00" } },
    },
    expect = {} },
  { "approved unchanged",
    given = {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "80" } },
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "reject", opinion = "price", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-05T11:00:00" },
      },
    },
    expect = { { key = "A1", label = "unchanged", amount = "80" } } },
  { "no advice, and approved after a change that came before the rejection and one that changed nothing",
    given = {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "80" } },
      order_change = {
        price_change("OC1", "2026-10-05T09:30:00", "9", "8"),
        price_change("OC2", "2026-10-05T10:30:00", "8", "8.00"),
      },
      approval = {
        { approval_id = "A0", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-05T09:00:00" },
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "reject", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-05T11:00:00" },
      },
    },
    expect = { { key = "A1", label = "no_advice", amount = "80" }, { key = "A1", label = "unchanged", amount = "0" } } },
  { "changed, then approved",
    given = {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "80" } },
      order_change = { price_change("OC1", "2026-10-05T10:30:00", "9", "8") },
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "reject", opinion = "price", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-05T11:00:00" },
      },
    },
    expect = {} },
  { "changes were not imported",
    given = {
      sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "80" } },
      approval = {
        { approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "reject", opinion = "price", decided_at = "2026-10-05T10:00:00" },
        { approval_id = "A2", doc_kind = "sales_order", doc_id = "SO1", approval_kind = "order_approval", decision = "approve", decided_at = "2026-10-05T11:00:00" },
      },
    },
    absent = { "order_change" },
    expect = { { key = "A1", untestable = "order_change" } } },
}

-- An order line under a contract of 100 pieces at 10.
local function call_off(line, more)
  return with({
    customer = { { customer_id = "C1" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-09-25", amount = "1000", status = "executing" } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "100", unit_price = "10" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05", status = "approved" } },
    sales_order_line = { with({ order_id = "SO1", line_no = "1", product_id = "P1" }, line) },
  }, more)
end

cases "CHG-04" {
  { "orders do not name their contract", absent = { "sales_order.contract_id" }, given = call_off { quantity = "20", unit_price = "9.99", contract_line_no = "1" },
    expect = { { key = "SO1/1", untestable = "sales_order.contract_id" } } },
  { "one cent below the contract",
    given = call_off { quantity = "20", unit_price = "9.99", contract_line_no = "1" },
    expect = { { key = "SO1/1", amount = "0.2", price = "9.99", contract_price = "10" } } },
  { "at the contract's price", given = call_off { quantity = "20", unit_price = "10" }, expect = {} },
  { "the lower price was approved as a change before",
    given = call_off({ quantity = "20", unit_price = "9" }, {
      contract_change = { { change_id = "CC1", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "10", new_value = "9", changed_at = "2026-10-01T09:00:00" } },
      approval = { { doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", decided_at = "2026-10-05T18:00:00" } },
    }),
    expect = {} },
  { "a change approved a day after the order, and one that is still higher",
    given = call_off({ quantity = "20", unit_price = "8" }, {
      contract_change = {
        { change_id = "CC1", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "10", new_value = "9", changed_at = "2026-10-01T09:00:00" },
        { change_id = "CC2", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "9", new_value = "8", changed_at = "2026-10-02T09:00:00" },
      },
      approval = {
        { doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", decided_at = "2026-10-01T18:00:00" },
        { doc_kind = "contract_change", doc_id = "CC2", approval_kind = "change", decision = "approve", decided_at = "2026-10-06T08:00:00" },
      },
    }),
    expect = { { key = "SO1/1", amount = "20", price = "8", contract_price = "9" } } },
  { "the approval of the lower price was withdrawn before the order, and another after it",
    given = call_off({ quantity = "20", unit_price = "8" }, {
      contract_change = {
        { change_id = "CC1", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "10", new_value = "9", changed_at = "2026-10-01T09:00:00" },
        { change_id = "CC2", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "9", new_value = "8", changed_at = "2026-10-02T09:00:00" },
      },
      approval = {
        { approval_id = "A1", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", decided_at = "2026-10-01T18:00:00" },
        { approval_id = "A2", doc_kind = "contract_change", doc_id = "CC2", approval_kind = "change", decision = "approve", decided_at = "2026-10-02T18:00:00" },
        { approval_id = "A3", doc_kind = "contract_change", doc_id = "CC2", approval_kind = "change", decision = "withdraw", decided_at = "2026-10-03T18:00:00" },
        { approval_id = "A4", doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "unapprove", decided_at = "2026-10-06T18:00:00" },
      },
    }),
    expect = { { key = "SO1/1", amount = "20", price = "8", contract_price = "9" } } },
  { "changes of another line, or that take effect later, set no price; discounts count",
    given = call_off({ quantity = "20", unit_price = "9" }, {
      contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "100", unit_price = "10", discount_amount = "50" },
        { contract_id = "CT1", line_no = "2", product_id = "P2", quantity = "100", unit_price = "10" },
      },
      contract_change = {
        { change_id = "CC1", contract_id = "CT1", line_no = "2", field = "unit_price", old_value = "10", new_value = "8", changed_at = "2026-10-01T09:00:00" },
        { change_id = "CC2", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "10", new_value = "8", changed_at = "2026-10-01T09:00:00", effective_at = "2026-10-06T00:00:00" },
      },
      approval = {
        { doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", decided_at = "2026-10-01T18:00:00" },
        { doc_kind = "contract_change", doc_id = "CC2", approval_kind = "change", decision = "approve", decided_at = "2026-10-01T18:00:00" },
      },
    }),
    expect = { { key = "SO1/1", amount = "10", price = "9", contract_price = "9.5" } } },
  { "a draft order, a sample",
    given = call_off({ quantity = "20", unit_price = "1", line_kind = "sample" }, {}), expect = {} },
  { "the product is not in the contract",
    given = call_off({ quantity = "20", unit_price = "9" }, {
      contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P2", quantity = "100", unit_price = "10" } },
    }),
    expect = { { key = "SO1/1", untestable = "no line of the contract" } } },
  { "of two lines of its product in the contract the one that it names",
    given = call_off({ quantity = "20", unit_price = "9", contract_line_no = "2" }, {
      contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "100", unit_price = "10" },
        { contract_id = "CT1", line_no = "2", product_id = "P1", quantity = "100", unit_price = "9.5" },
      },
    }),
    expect = { { key = "SO1/1", amount = "10", price = "9", contract_price = "9.5" } } },
  { "a price that was changed, less the contract's discount",
    given = call_off({ quantity = "20", unit_price = "8" }, {
      contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "100", unit_price = "10", discount_amount = "50" } },
      contract_change = { { change_id = "CC1", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "10", new_value = "9", changed_at = "2026-10-01T09:00:00" } },
      approval = { { doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", decided_at = "2026-10-01T18:00:00" } },
    }),
    expect = { { key = "SO1/1", amount = "10", price = "8", contract_price = "8.5" } } },
  { "lines of the contract without a quantity",
    given = call_off({ quantity = "20", unit_price = "9", contract_line_no = "1" }, {
      contract_line = {
        { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "0", unit_price = "10" },
        { contract_id = "CT1", line_no = "2", product_id = "P1", unit_price = "10" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "20", unit_price = "9", contract_line_no = "1" },
        { order_id = "SO1", line_no = "2", product_id = "P1", quantity = "20", unit_price = "9", contract_line_no = "2" },
      },
    }),
    expect = { { key = "SO1/1", untestable = "no quantity in the contract" }, { key = "SO1/2", untestable = "no quantity in the contract" } } },
  { "one piece in the contract",
    given = call_off({ quantity = "1", unit_price = "9" }, { contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "10" } } }),
    expect = { { key = "SO1/1", amount = "1", price = "9", contract_price = "10" } } },
  { "at the price that was signed, though a change had raised it",
    given = call_off({ quantity = "20", unit_price = "10" }, {
      contract_change = { { change_id = "CC1", contract_id = "CT1", line_no = "1", field = "unit_price", old_value = "10", new_value = "11", changed_at = "2026-10-01T09:00:00" } },
      approval = { { doc_kind = "contract_change", doc_id = "CC1", approval_kind = "change", decision = "approve", decided_at = "2026-10-01T18:00:00" } },
    }),
    expect = {} },
  { "a cent and a half is two cents",
    given = call_off { quantity = "1.5", unit_price = "9.99" }, expect = { { key = "SO1/1", amount = "0.02", price = "9.99" } } },
}

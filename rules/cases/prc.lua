-- SPDX-License-Identifier: MIT
-- The cases of PRC: prices.

-- One sale: product P1 at list price 12, between 10 and 15, for customer C1 of grade A. `line`
-- completes the order line; `more` adds or replaces tables.
local function sale(line, more)
  return with({
    product = { { product_id = "P1", uom = "pc", standard_cost = "8", abc_class = "A" } },
    customer = { { customer_id = "C1", grade = "A" } },
    price_list = { {
      price_list_id = "PL1", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00",
    } },
    price_list_line = { {
      price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "10", ceiling_price = "15",
    } },
    sales_order = { {
      order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", salesperson_id = "E1",
      approved_at = "2026-10-05T15:00:00", status = "approved",
    } },
    sales_order_line = { with({ order_id = "SO1", line_no = "1", product_id = "P1" }, line) },
  }, more)
end

-- An approval for the order of that sale.
local function approval(kind, role, decided_at, approved_value)
  return { {
    approval_id = "A1", doc_kind = "sales_order", doc_id = "SO1", approval_kind = kind, step_no = "1",
    role = role, approver_id = "E9", decision = "approve", decided_at = decided_at,
    requested_at = decided_at, approved_value = approved_value,
  } }
end

-- A special-price approval of that order by a general manager; `fields` say what is different.
local function special_approval(fields)
  return with(approval("special_price", "general_manager", fields.decided_at)[1], fields)
end

cases "PRC-01" {
  { "one cent below the floor",
    given = sale { quantity = "3", unit_price = "9.99" },
    expect = { { key = "SO1/1", amount = "0.03", price = "9.99", floor = "10", quantity = "3" } } },
  { "at the floor", given = sale { quantity = "3", unit_price = "10" }, expect = {}, noted = {} },
  { "an order of a contract that is not in the data, whose price nobody knows",
    given = sale({ quantity = "3", unit_price = "9.99" }, { sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT9", order_date = "2026-10-05", approved_at = "2026-10-05T10:00:00" } } }),
    expect = { { key = "SO1/1", untestable = 'contract "CT9" is not in the data' } } },
  { "below the floor, within what is let pass", parameters = { tolerance_pct = "1" },
    given = sale { quantity = "3", unit_price = "9.95" }, expect = {}, noted = { within_tolerance = { 1, "-0.15" } } },
  { "below the floor by more than is let pass", parameters = { tolerance_pct = "1" },
    given = sale { quantity = "3", unit_price = "9.89" }, expect = { { key = "SO1/1", amount = "0.33", price = "9.89", floor = "10" } }, noted = {} },
  { "a discount brings the real price below the floor",
    given = sale { quantity = "4", unit_price = "10", discount_amount = "1" },
    expect = { { key = "SO1/1", amount = "1", price = "9.75" } } },
  { "the floor is with tax, the price without",
    given = sale({ quantity = "2", unit_price = "10", tax_rate = "13" }, {
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00",
        tax_included = "true",
      } },
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "11.31" } },
    }),
    expect = { { key = "SO1/1", amount = "0.02", price = "11.3", floor = "11.31" } } },
  { "the price of a box is judged by the piece",
    given = sale({ quantity = "2", unit_price = "120", uom = "box" }, {
      uom_conversion = { { product_id = "P1", uom = "box", base_quantity = "12" } },
    }),
    expect = {} },
  { "approved by the general manager before the order was",
    given = sale({ quantity = "3", unit_price = "9" }, {
      approval = approval("special_price", "general_manager", "2026-10-05T14:00:00"),
    }),
    expect = {} },
  { "approved after the order was",
    given = sale({ quantity = "3", unit_price = "9" }, {
      approval = approval("special_price", "general_manager", "2026-10-05T15:00:01"),
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "approved by a role that may not",
    given = sale({ quantity = "3", unit_price = "9" }, {
      approval = approval("special_price", "sales_manager", "2026-10-05T14:00:00"),
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "the matrix lets the sales manager approve",
    given = sale({ quantity = "3", unit_price = "9" }, {
      approval = approval("special_price", "sales_manager", "2026-10-05T14:00:00"),
      approval_rule = { {
        doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "sales_manager",
      } },
    }),
    expect = {} },
  { "the approval names a higher price than was charged",
    given = sale({ quantity = "3", unit_price = "9" }, {
      approval = approval("special_price", "general_manager", "2026-10-05T14:00:00", "9.50"),
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "approved, then withdrawn",
    given = sale({ quantity = "3", unit_price = "9" }, { approval = {
      special_approval { approval_id = "A1", decided_at = "2026-10-05T10:00:00" },
      special_approval { approval_id = "A2", decided_at = "2026-10-05T11:00:00", decision = "withdraw" },
    } }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "withdrawn, then approved again; the withdrawal after the order no longer counts",
    given = sale({ quantity = "3", unit_price = "9" }, { approval = {
      special_approval { approval_id = "A1", decided_at = "2026-10-05T11:00:00", decision = "reject" },
      special_approval { approval_id = "A2", decided_at = "2026-10-05T12:00:00" },
      special_approval { approval_id = "A3", decided_at = "2026-10-06T12:00:00", decision = "unapprove" },
    } }),
    expect = {} },
  { "the approver, who states no role, was general manager on that day",
    given = sale({ quantity = "3", unit_price = "9" }, {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager", valid_to = "2026-10-05" } },
      approval = { special_approval { approval_id = "A1", role = "", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = {} },
  { "the approver was general manager until the day before",
    given = sale({ quantity = "3", unit_price = "9" }, {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager", valid_to = "2026-10-04" } },
      approval = { special_approval { approval_id = "A1", role = "", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "the general manager had delegated it",
    given = sale({ quantity = "3", unit_price = "9" }, {
      employee = { { employee_id = "E9" }, { employee_id = "E8" } },
      role_assignment = { { employee_id = "E8", role = "general_manager" } },
      delegation = { { delegation_id = "L1", grantor_id = "E8", grantee_id = "E9", approval_kind = "special_price", valid_from = "2026-10-05", valid_to = "2026-10-05" } },
      approval = { special_approval { approval_id = "A1", role = "", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = {} },
  { "delegations that were revoked, too small, for something else, or delegated on",
    given = sale({ quantity = "3", unit_price = "9" }, {
      employee = { { employee_id = "E9" }, { employee_id = "E8" }, { employee_id = "E7" } },
      role_assignment = { { employee_id = "E8", role = "general_manager" } },
      delegation = {
        { delegation_id = "L1", grantor_id = "E8", grantee_id = "E9", revoked_at = "2026-10-05T09:59:59" },
        { delegation_id = "L2", grantor_id = "E8", grantee_id = "E9", amount_limit = "26" },
        { delegation_id = "L3", grantor_id = "E8", grantee_id = "E9", approval_kind = "credit_override" },
        { delegation_id = "L4", grantor_id = "E8", grantee_id = "E9", doc_kind = "contract" },
        { delegation_id = "L5", grantor_id = "E8", grantee_id = "E9", granted_at = "2026-10-05T10:00:01" },
        { delegation_id = "L6", grantor_id = "E8", grantee_id = "E7" },
        { delegation_id = "L7", grantor_id = "E7", grantee_id = "E9" },
      },
      approval = { special_approval { approval_id = "A1", role = "", doc_amount = "27", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "approved by a role that ranks above the matrix's, for an amount in its band",
    given = sale({ quantity = "3", unit_price = "9" }, {
      role_rank = { { role = "sales_manager", rank = "3" }, { role = "marketing_vp", rank = "5" } },
      approval_rule = {
        { rule_id = "M1", doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "sales_manager", amount_to = "27.01" },
        { rule_id = "M2", doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "general_manager", amount_from = "27.01" },
      },
      approval = { special_approval { approval_id = "A1", role = "marketing_vp", doc_amount = "27", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = {} },
  { "the amount is the first of the next band, and the rule before last year's",
    given = sale({ quantity = "3", unit_price = "9" }, {
      role_rank = { { role = "sales_manager", rank = "3" }, { role = "marketing_vp", rank = "5" } },
      approval_rule = {
        { rule_id = "M1", doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "sales_manager", amount_to = "27" },
        { rule_id = "M2", doc_kind = "sales_order", approval_kind = "special_price", step_no = "1", role = "general_manager", amount_from = "27" },
        { rule_id = "M3", doc_kind = "sales_order", approval_kind = "special_price", step_no = "2", role = "marketing_vp", valid_to = "2025-12-31" },
      },
      approval = { special_approval { approval_id = "A1", role = "marketing_vp", doc_amount = "27", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "approved by a system user",
    given = sale({ quantity = "3", unit_price = "9" }, {
      user_account = { { user_id = "JOB", is_system = "true" } },
      approval = { special_approval { approval_id = "A1", approver_id = "JOB", decided_at = "2026-10-05T10:00:00" } },
    }),
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10" } } },
  { "approved for the quotation that the order came from",
    given = sale({ quantity = "3", unit_price = "9" }, {
      quotation = { { quotation_id = "Q1", customer_id = "C1" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", quotation_id = "Q1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00" } },
      approval = { special_approval { approval_id = "A1", doc_kind = "quotation", doc_id = "Q1", decided_at = "2026-09-05T10:00:00" } },
    }),
    expect = {} },
  { "approved as a concession on the contract",
    given = sale({ quantity = "3", unit_price = "9" }, {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", status = "signed" } },
      contract_line = { { contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "9" } },
      concession = { { concession_id = "K1", contract_id = "CT1", customer_id = "C1" } },
      approval = { special_approval { approval_id = "A1", doc_kind = "concession", doc_id = "K1", approval_kind = "concession", decided_at = "2026-10-01T18:00:00" } },
      sales_order = {}, sales_order_line = {},
    }),
    expect = {} },
  { "a line under a signed contract is judged there, on the day of signing",
    given = sale({ quantity = "3", unit_price = "9" }, {
      sales_order = { {
        order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-05",
        approved_at = "2026-10-05T15:00:00",
      } },
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", status = "signed" } },
      contract_line = { {
        contract_id = "CT1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "9",
      } },
    }),
    expect = { { key = "CT1/1", amount = "10", price = "9", floor = "10" } } },
  { "the floor falls from ten pieces on",
    given = sale({ quantity = "9", unit_price = "9" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "10" },
        { price_list_id = "PL1", product_id = "P1", list_price = "11", floor_price = "9", min_quantity = "10" },
      },
    }),
    expect = { { key = "SO1/1", amount = "9", floor = "10" } } },
  { "ten pieces at the lower floor",
    given = sale({ quantity = "10", unit_price = "9" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "10" },
        { price_list_id = "PL1", product_id = "P1", list_price = "11", floor_price = "9", min_quantity = "10" },
      },
    }),
    expect = {} },
  { "the price of the customer's grade goes before a larger minimum quantity",
    given = sale({ quantity = "10", unit_price = "9" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "9.5", customer_grade = "A" },
        { price_list_id = "PL1", product_id = "P1", list_price = "11", floor_price = "9", min_quantity = "10" },
        { price_list_id = "PL1", product_id = "P1", list_price = "11", floor_price = "7", min_quantity = "10", customer_grade = "B" },
      },
    }),
    expect = { { key = "SO1/1", amount = "5", floor = "9.5" } } },
  { "two lists with a price from ten pieces on",
    given = sale({ quantity = "10", unit_price = "9" }, {
      price_list = {
        { price_list_id = "PL1", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00" },
        { price_list_id = "PL2", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00" },
      },
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "10", min_quantity = "10" },
        { price_list_id = "PL2", product_id = "P1", list_price = "11", floor_price = "9", min_quantity = "10" },
      },
    }),
    expect = { { key = "SO1/1", untestable = "2 prices" } } },
  { "gifts have no price to judge",
    given = sale { quantity = "3", unit_price = "0", line_kind = "gift" }, expect = {} },
  { "a list that was approved only after the order",
    given = sale({ quantity = "3", unit_price = "9" }, {
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-01-01", approved_at = "2026-10-06T09:00:00",
      } },
    }),
    expect = { { key = "SO1/1", untestable = "no price in force" } } },
  { "approvals were not imported",
    given = sale { quantity = "3", unit_price = "9" },
    absent = { "approval" },
    expect = { { key = "SO1/1", amount = "3", price = "9", floor = "10", assumed = { "approval" } } } },
  { "the list has no floor",
    given = sale({ quantity = "3", unit_price = "9" }, {
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12" } },
    }),
    expect = { { key = "SO1/1", untestable = "no floor price" } } },
}

-- The sale without a moment of approval in its header, approved by the history, on a list approved on 20 October.
local function by_history(decided_at)
  local given = sale({ quantity = "2", unit_price = "11" }, {
    price_list = { { price_list_id = "PL1", valid_from = "2026-01-01", approved_at = "2026-10-20T09:00:00" } },
    approval = approval("order_approval", "sales_manager", decided_at),
  })
  given.sales_order[1].approved_at = ""
  return given
end

cases "PRC-02" {
  { "no list has the product",
    given = sale({ quantity = "2", unit_price = "11", amount = "22" }, { price_list_line = {} }),
    expect = { { key = "SO1/1", amount = "22", product = "P1", lists = "0" } } },
  { "the list had ended the day before",
    given = sale({ quantity = "2", unit_price = "11" }, {
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-01-01", valid_to = "2026-10-04",
        approved_at = "2025-12-20T09:00:00",
      } },
    }),
    expect = { { key = "SO1/1", amount = "22", product = "P1", date = "2026-10-05" } } },
  { "the list ends on the day of the order",
    given = sale({ quantity = "2", unit_price = "11" }, {
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-01-01", valid_to = "2026-10-05",
        approved_at = "2025-12-20T09:00:00",
      } },
    }),
    expect = {} },
  { "the list was approved after the order",
    given = sale({ quantity = "2", unit_price = "11" }, {
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-01-01", approved_at = "2026-10-06T09:00:00",
      } },
    }),
    expect = { { key = "SO1/1", amount = "22", lists = "1" } } },
  { "the list is for another grade",
    given = sale({ quantity = "2", unit_price = "11" }, {
      price_list_line = { {
        price_list_id = "PL1", product_id = "P1", customer_grade = "B", list_price = "12", floor_price = "10",
      } },
    }),
    expect = { { key = "SO1/1", amount = "22", product = "P1", date = "2026-10-05" } } },
  { "the history says that the order was approved before the list, its header is empty",
    given = by_history "2026-10-05T15:00:00", expect = { { key = "SO1/1", amount = "22", lists = "1" } } },
  { "the history says that it was approved after the list", given = by_history "2026-10-21T15:00:00", expect = {} },
  { "neither the header nor the history says that it was approved",
    given = (function()
      local given = by_history "2026-10-05T15:00:00"
      given.approval = {}
      return given
    end)(),
    expect = {} },
  { "when lists were approved was not imported",
    given = sale { quantity = "2", unit_price = "11" },
    absent = { "price_list.approved_at" },
    expect = { { key = "SO1/1", untestable = "approved_at" } } },
  { "an order that nobody has approved yet, of a product without a price",
    given = sale({ quantity = "2", unit_price = "11" }, {
      price_list_line = {},
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05" } },
      approval = {},
    }),
    expect = {} },
  { "the line names no product",
    given = sale { product_id = "", quantity = "2", unit_price = "11" },
    expect = { { key = "SO1/1", untestable = "no product" } } },
  { "lists that had ended are not counted among those in force",
    given = sale({ quantity = "2", unit_price = "11" }, {
      price_list = {
        { price_list_id = "PL1", valid_from = "2026-01-01", valid_to = "2026-10-04", approved_at = "2025-12-20T09:00:00" },
        { price_list_id = "PL2", valid_from = "2026-10-05", approved_at = "2026-10-06T09:00:00" },
      },
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", list_price = "12" },
        { price_list_id = "PL2", product_id = "P1", list_price = "12" },
      },
    }),
    expect = { { key = "SO1/1", amount = "22", lists = "1" } } },
}

cases "PRC-03" {
  { "approved late: what was ordered at its prices before counts; gifts, drafts and other currencies do not",
    given = {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager" } },
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E9",
        approved_at = "2026-10-10T10:00:00", base_data_ref = "B1",
        production_input_at = "2026-09-20T10:00:00", market_input_at = "2026-09-20T10:00:00",
      } },
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12" } },
      customer = { { customer_id = "C1" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T09:00:00", status = "approved" },
        { order_id = "SO2", customer_id = "C1", order_date = "2026-10-06", status = "draft" },
        { order_id = "SO3", customer_id = "C1", order_date = "2026-10-15", approved_at = "2026-10-15T09:00:00", status = "approved" },
        { order_id = "SO4", customer_id = "C1", order_date = "2026-10-06", approved_at = "2026-10-06T09:00:00", status = "approved", currency = "USD" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "2", unit_price = "12", amount = "24" },
        { order_id = "SO1", line_no = "2", product_id = "P1", quantity = "1", unit_price = "12", amount = "12", line_kind = "gift" },
        { order_id = "SO2", line_no = "1", product_id = "P1", quantity = "3", unit_price = "12", amount = "36" },
        { order_id = "SO3", line_no = "1", product_id = "P1", quantity = "1", unit_price = "12", amount = "12" },
        { order_id = "SO4", line_no = "1", product_id = "P1", quantity = "5", unit_price = "12", amount = "60" },
      },
    },
    expect = { { key = "PL1", label = "approval", amount = "36" } } },
  { "market input came after the approval",
    given = {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager" } },
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E9",
        approved_at = "2026-09-25T10:00:00", base_data_ref = "B1",
        production_input_at = "2026-09-20T10:00:00", market_input_at = "2026-09-25T10:00:01",
      } },
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12" } },
      customer = { { customer_id = "C1" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T09:00:00" } },
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "2", unit_price = "12", amount = "24" } },
    },
    expect = { { key = "PL1", label = "market_input", amount = "24" } } },
  { "approved on the day it came into force, by the general manager",
    given = {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager", valid_to = "2026-10-01" } },
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E9",
        approved_at = "2026-10-01T17:00:00", base_data_ref = "B1",
        production_input_at = "2026-09-20T10:00:00", market_input_at = "2026-10-01T17:00:00",
      } },
    },
    expect = {} },
  { "approved a day late, by the one who proposed it, without the role",
    given = {
      employee = { { employee_id = "E1" } },
      role_assignment = { { employee_id = "E1", role = "price_admin" } },
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E1",
        approved_at = "2026-10-02T08:00:00", base_data_ref = "B1",
        production_input_at = "2026-09-20T10:00:00", market_input_at = "2026-09-20T10:00:00",
      } },
    },
    expect = {
      { key = "PL1", label = "approval", amount = "0" },
      { key = "PL1", label = "own_proposal", amount = "0.00" },
      { key = "PL1", label = "role", amount = "0.00" },
    } },
  { "nobody records on what data lists rest: dates and names are compared all the same",
    absent = { "price_list.base_data_ref", "price_list.production_input_at", "price_list.market_input_at" },
    given = {
      employee = { { employee_id = "E1" } },
      role_assignment = { { employee_id = "E1", role = "price_admin" } },
      price_list = { { price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E1", approved_at = "2026-10-02T08:00:00" } },
    },
    expect = { { key = "PL1", label = "approval", amount = "0" }, { key = "PL1", label = "own_proposal", amount = "0" }, { key = "PL1", label = "role", amount = "0" } } },
  { "a list without the data that others rest on",
    given = {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager" } },
      price_list = {
        { price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E9", approved_at = "2026-09-25T10:00:00" },
        { price_list_id = "PL0", valid_from = "2026-11-01", base_data_ref = "B0", production_input_at = "2025-12-01T10:00:00" },
      },
    },
    period = "2026-10",
    expect = { { key = "PL1", label = "base_data", amount = "0" }, { key = "PL1", label = "production_input", amount = "0", found = "none" } } },
  { "roles were not imported",
    given = {
      price_list = { {
        price_list_id = "PL1", valid_from = "2026-10-01", proposed_by = "E1", approved_by = "E9",
        approved_at = "2026-10-01T17:00:00", base_data_ref = "B1",
        production_input_at = "2026-09-20T10:00:00", market_input_at = "2026-09-20T10:00:00",
      } },
      employee = { { employee_id = "E9" } },
    },
    absent = { "role_assignment" },
    expect = { { key = "PL1", untestable = "role_assignment" } } },
  { "lists that ended on the period's first day, or begin on its last",
    given = { price_list = {
      { price_list_id = "PL1", valid_from = "2026-01-01", valid_to = "2026-10-01", base_data_ref = "B1" },
      { price_list_id = "PL2", valid_from = "2026-10-31", base_data_ref = "B1", approved_by = "E8", approved_at = "2026-10-30T10:00:00",
        production_input_at = "2026-10-01T10:00:00", market_input_at = "2026-10-01T10:00:00" },
      { price_list_id = "PL3", valid_from = "2026-11-01" },
    } },
    period = "2026-10",
    expect = {
      { key = "PL1", label = "production_input", amount = "0.00" }, { key = "PL1", label = "market_input", amount = "0.00" }, { key = "PL1", label = "approval", amount = "0.00" },
      { key = "PL2", label = "role", found = "E8", amount = "0.00" },
    } },
  { "a list that ended before the period",
    given = { price_list = { { price_list_id = "PL1", valid_from = "2026-01-01", valid_to = "2026-09-30" } } },
    period = "2026-10",
    expect = {} },
  { "without production's data: only the period's orders are priced by it, each at the amount that it states",
    given = {
      employee = { { employee_id = "E9" } },
      role_assignment = { { employee_id = "E9", role = "general_manager" } },
      price_list = {
        { price_list_id = "PL0", valid_from = "2026-01-01", valid_to = "2026-09-25", production_input_at = "2025-12-20T10:00:00" },
        { price_list_id = "PL1", valid_from = "2026-09-26", proposed_by = "E1", approved_by = "E9",
          approved_at = "2026-09-25T10:00:00", base_data_ref = "B1", market_input_at = "2026-09-25T10:00:00" },
      },
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12" } },
      customer = { { customer_id = "C1" } },
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-10-01", approved_at = "2026-10-01T09:00:00" },
        { order_id = "SO2", customer_id = "C1", order_date = "2026-09-30", approved_at = "2026-09-30T09:00:00" },
      },
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "2", unit_price = "12", amount = "23.99" },
        { order_id = "SO2", line_no = "1", product_id = "P1", quantity = "2", unit_price = "12", amount = "24" },
      },
    },
    period = "2026-10",
    expect = { { key = "PL1", label = "production_input", amount = "23.99", found = "none", limit = "2026-09-25T10:00:00" } } },
  { "what is missing is said although roles were not imported",
    given = {
      price_list = {
        { price_list_id = "PL0", valid_from = "2026-01-01", valid_to = "2026-09-25", production_input_at = "2025-12-20T10:00:00" },
        { price_list_id = "PL1", valid_from = "2026-09-26", proposed_by = "E1", approved_by = "E9",
          approved_at = "2026-09-25T10:00:00", base_data_ref = "B1", market_input_at = "2026-09-25T10:00:00" },
      },
      employee = { { employee_id = "E9" } },
    },
    absent = { "role_assignment" },
    period = "2026-10",
    expect = { { key = "PL1", label = "production_input", amount = "0" } } },
}

cases "PRC-04" {
  { "finance got it a day after the first order",
    given = sale({ quantity = "2", unit_price = "12" }, {
      org_unit = { { org_unit_id = "U1", kind = "office" }, { org_unit_id = "U2", kind = "finance" } },
      document_distribution = {
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U1", sent_at = "2025-12-28T09:00:00" },
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U2", sent_at = "2026-10-06T09:00:00" },
      },
    }),
    expect = { { key = "PL1", amount = "24", first_used = "2026-10-05" } } },
  { "both got it, one on the day of the first order",
    given = sale({ quantity = "2", unit_price = "12" }, {
      org_unit = { { org_unit_id = "U1", kind = "office" }, { org_unit_id = "U2", kind = "finance" } },
      document_distribution = {
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U1", sent_at = "2025-12-28T09:00:00" },
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U2", sent_at = "2026-10-05T18:00:00" },
      },
    }),
    expect = {} },
  { "sent twice, the first time in time; received, but when it was sent is not known",
    given = sale({ quantity = "2", unit_price = "12" }, {
      org_unit = { { org_unit_id = "U1", kind = "office" }, { org_unit_id = "U2", kind = "finance" } },
      document_distribution = {
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U1", received_at = "2025-12-28T09:00:00" },
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U2", sent_at = "2026-10-01T09:00:00" },
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U2", sent_at = "2026-10-06T09:00:00" },
      },
    }),
    expect = {} },
  { "never sent to finance",
    given = sale({ quantity = "2", unit_price = "12" }, {
      org_unit = { { org_unit_id = "U1", kind = "office" } },
      document_distribution = {
        { doc_kind = "price_list", doc_id = "PL1", org_unit_id = "U1", sent_at = "2025-12-28T09:00:00" },
      },
    }),
    expect = { { key = "PL1", amount = "24", sent = "never" } } },
  { "distribution was not imported",
    given = sale { quantity = "2", unit_price = "12" },
    absent = { "document_distribution" },
    expect = { { key = "PL1", untestable = "document_distribution" } } },
}

cases "PRC-05" {
  { "one cent above the ceiling",
    given = sale { quantity = "3", unit_price = "15.01" },
    expect = { { key = "SO1/1", amount = "0.03", price = "15.01", ceiling = "15" } } },
  { "at the ceiling", given = sale { quantity = "3", unit_price = "15" }, expect = {} },
  { "below the floor is another control's", given = sale { quantity = "3", unit_price = "9" }, expect = {} },
  { "at the list price of another grade",
    given = sale({ quantity = "3", unit_price = "11" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", customer_grade = "A", list_price = "12", floor_price = "10", ceiling_price = "15" },
        { price_list_id = "PL1", product_id = "P1", customer_grade = "B", list_price = "11", floor_price = "9", ceiling_price = "15" },
      },
    }),
    expect = { { key = "SO1/1", label = "other_grade", amount = "3", grade = "A" } } },
  { "near another grade's price, within the own band",
    given = sale({ quantity = "3", unit_price = "11.01" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", customer_grade = "A", list_price = "12", floor_price = "10", ceiling_price = "15" },
        { price_list_id = "PL1", product_id = "P1", customer_grade = "B", list_price = "11", floor_price = "9", ceiling_price = "15" },
      },
    }),
    expect = {} },
  { "the list states no ceiling",
    given = sale({ quantity = "3", unit_price = "11" }, {
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", floor_price = "10" } },
    }),
    expect = { { key = "SO1/1", untestable = "no ceiling price" } } },
  { "no price was in force",
    given = sale({ quantity = "3", unit_price = "11" }, { price_list_line = {} }),
    expect = { { key = "SO1/1", untestable = "no price in force" } } },
  { "just below the floor is another control's, even at the list price of another grade",
    given = sale({ quantity = "100", unit_price = "9.95" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", customer_grade = "A", list_price = "12", floor_price = "10", ceiling_price = "15" },
        { price_list_id = "PL1", product_id = "P1", customer_grade = "B", list_price = "9.95", floor_price = "9", ceiling_price = "15" },
      },
    }),
    expect = {} },
  { "a price for every grade is no other grade's",
    given = sale({ quantity = "3", unit_price = "11" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", customer_grade = "*", list_price = "12", floor_price = "10", ceiling_price = "15" },
        { price_list_id = "PL1", product_id = "P1", customer_grade = "B", list_price = "11", floor_price = "9", ceiling_price = "15" },
      },
    }),
    expect = {} },
  { "two grades pay the same",
    given = sale({ quantity = "3", unit_price = "12" }, {
      price_list_line = {
        { price_list_id = "PL1", product_id = "P1", customer_grade = "A", list_price = "12", floor_price = "10", ceiling_price = "15" },
        { price_list_id = "PL1", product_id = "P1", customer_grade = "B", list_price = "12", floor_price = "9", ceiling_price = "15" },
      },
    }),
    expect = {} },
  { "above the ceiling of a list without a floor",
    given = sale({ quantity = "3", unit_price = "16" }, {
      price_list_line = { { price_list_id = "PL1", product_id = "P1", list_price = "12", ceiling_price = "15" } },
    }),
    expect = { { key = "SO1/1", amount = "3", floor = "none", ceiling = "15", grade = "any" } } },
}

cases "PRC-06" {
  { "more than five percent below the plan",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "94.99" } },
    },
    expect = { { key = "P1/2026-10", amount = "5.01", average = "9.499", planned = "10" } } },
  { "five percent below the plan; a void invoice and a gift do not count",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" }, { invoice_id = "I2", issued_on = "2026-10-11", status = "void" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "95" },
        { invoice_id = "I1", line_no = "2", product_id = "P1", quantity = "5", net_amount = "0", line_kind = "gift" },
        { invoice_id = "I2", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1" },
      },
    },
    expect = {} },
  { "a red invoice is counted with its sign",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" }, { invoice_id = "I2", issued_on = "2026-10-20", sign = "red" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "97" },
        { invoice_id = "I2", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-22" },
      },
    },
    expect = { { key = "P1/2026-10", amount = "5", quantity = "8" } } },
  { "everything came back",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-20" } },
    },
    expect = { { key = "P1/2026-10", untestable = "nothing was invoiced" } } },
  { "an amount in a foreign currency without a rate",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10", currency = "USD" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "10" } },
    },
    expect = { { key = "P1/2026-10", untestable = "USD" } } },
  { "a plan without a price, and one under which nothing was invoiced",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10" }, { product_id = "P2", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "10" } },
    },
    expect = { { key = "P1/2026-10", untestable = "price_plan.planned_average_price is empty" } } },
  { "a line that states no net amount",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "100" },
        { invoice_id = "I1", line_no = "2", product_id = "P1", quantity = "10" },
      },
    },
    expect = { { key = "P1/2026-10", untestable = "invoice_line.net_amount" } } },
  { "as many came back as were sold",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10" } },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "2", net_amount = "20" },
        { invoice_id = "I1", line_no = "2", product_id = "P1", quantity = "-2", net_amount = "-20" },
      },
    },
    expect = { { key = "P1/2026-10", untestable = "nothing was invoiced" } } },
  { "one piece, in a foreign currency, to the cent",
    given = {
      price_plan = { { product_id = "P1", period = "2026-10", planned_average_price = "10" } },
      invoice = { { invoice_id = "I1", issued_on = "2026-10-10", currency = "USD" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "1", net_amount = "1" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1234" } },
    },
    expect = { { key = "P1/2026-10", amount = "2.88", quantity = "1" } } },
}

cases "PRC-07" {
  { "a discount of a little more than the salesperson's five percent",
    given = sale({ quantity = "10", unit_price = "11.39" }, {
      discount_authority = { { role = "salesperson", max_discount_pct = "5" } },
    }),
    expect = { { key = "SO1/1", amount = "6.1", price = "11.39", list_price = "12", authority = "5" } } },
  { "exactly five percent",
    given = sale({ quantity = "10", unit_price = "11.4" }, {
      discount_authority = { { role = "salesperson", max_discount_pct = "5" } },
    }),
    expect = {} },
  { "the manager who sold may give ten",
    given = sale({ quantity = "10", unit_price = "11" }, {
      employee = { { employee_id = "E1" } },
      role_assignment = {
        { employee_id = "E1", role = "salesperson", valid_to = "2026-09-30" },
        { employee_id = "E1", role = "sales_manager", valid_from = "2026-10-01" },
      },
      discount_authority = {
        { role = "salesperson", max_discount_pct = "5" },
        { role = "sales_manager", max_discount_pct = "10" },
      },
    }),
    expect = {} },
  { "approved as a concession before the order",
    given = sale({ quantity = "10", unit_price = "11" }, {
      discount_authority = { { role = "salesperson", max_discount_pct = "5" } },
      approval = approval("concession", "sales_manager", "2026-10-05T14:59:59"),
    }),
    expect = {} },
  { "approved a second after the order",
    given = sale({ quantity = "10", unit_price = "11" }, {
      discount_authority = { { role = "salesperson", max_discount_pct = "5" } },
      approval = approval("concession", "sales_manager", "2026-10-05T15:00:01"),
    }),
    expect = { { key = "SO1/1", amount = "10", price = "11", authority = "5" } } },
  { "below the floor is another control's",
    given = sale({ quantity = "10", unit_price = "9" }, {
      discount_authority = { { role = "salesperson", max_discount_pct = "5" } },
    }),
    expect = {} },
  { "discount authority was not imported",
    given = sale { quantity = "10", unit_price = "11" },
    absent = { "discount_authority" },
    expect = { { key = "SO1/1", untestable = "discount_authority" } } },
}

-- Five order lines of three customers at these prices.
local function five_sales(prices, more)
  return with({
    customer = { { customer_id = "C1", grade = "A" }, { customer_id = "C2", grade = "A" }, { customer_id = "C3", grade = "A" } },
    sales_order = {
      { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00" },
      { order_id = "SO2", customer_id = "C2", order_date = "2026-10-06", approved_at = "2026-10-06T15:00:00" },
      { order_id = "SO3", customer_id = "C3", order_date = "2026-10-07", approved_at = "2026-10-07T15:00:00" },
    },
    sales_order_line = {
      { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = prices[1] },
      { order_id = "SO1", line_no = "2", product_id = "P1", quantity = "10", unit_price = prices[2] },
      { order_id = "SO2", line_no = "1", product_id = "P1", quantity = "10", unit_price = prices[3] },
      { order_id = "SO2", line_no = "2", product_id = "P1", quantity = "10", unit_price = prices[4] },
      { order_id = "SO3", line_no = "1", product_id = "P1", quantity = "10", unit_price = prices[5] },
    },
  }, more)
end

cases "PRC-08" {
  { "one line more than fifteen percent below the median",
    given = five_sales { "10", "10", "10", "11", "8.49" },
    expect = { { key = "SO3/1", amount = "15.1", price = "8.49", median = "10", lines = "5" } } },
  { "exactly fifteen percent below", given = five_sales { "10", "10", "10", "11", "8.5" }, expect = {} },
  { "the low price was approved",
    given = five_sales({ "10", "10", "10", "11", "8" }, {
      approval = { {
        doc_kind = "sales_order", doc_id = "SO3", approval_kind = "special_price", decision = "approve",
        approver_id = "E9", decided_at = "2026-10-07T09:00:00",
      } },
    }),
    expect = {} },
  { "too few lines of one month",
    given = five_sales({ "10", "10", "10", "11", "8" }, {
      sales_order = {
        { order_id = "SO1", customer_id = "C1", order_date = "2026-09-30", approved_at = "2026-10-05T15:00:00" },
        { order_id = "SO2", customer_id = "C2", order_date = "2026-10-06", approved_at = "2026-10-06T15:00:00" },
        { order_id = "SO3", customer_id = "C3", order_date = "2026-10-07", approved_at = "2026-10-07T15:00:00" },
      },
    }),
    expect = {} },
  { "approvals were not imported",
    given = five_sales { "10", "10", "10", "11", "8" },
    absent = { "approval" },
    expect = { { key = "SO3/1", amount = "20", median = "10", price = "8", assumed = { "approval" } } } },
}

cases "PRC-09" {
  { "in a foreign currency: a thousandth above cost, which cents do not show",
    given = sale({ quantity = "1000", unit_price = "1.125" }, {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00", currency = "USD" } },
      product = { { product_id = "P1", standard_cost = "7.99" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.103" } },
    }),
    expect = {} },
  { "and a thousandth below it",
    given = sale({ quantity = "1000", unit_price = "1.125" }, {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00", currency = "USD" } },
      product = { { product_id = "P1", standard_cost = "7.99" } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.102" } },
    }),
    expect = { { key = "SO1/1", amount = "0.25", cost = "7.99", currency = "CNY" } } },
  { "an order that waits for its approval is not judged yet",
    given = sale({ quantity = "5", unit_price = "7.99" }, {
      sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", status = "submitted" } },
    }),
    expect = {} },
  { "one cent below cost",
    given = sale { quantity = "5", unit_price = "7.99" },
    expect = { { key = "SO1/1", amount = "0.05", price = "7.99", cost = "8" } } },
  { "at cost", given = sale { quantity = "5", unit_price = "8" }, expect = {} },
  { "the cost was raised after the order",
    given = sale({ quantity = "5", unit_price = "7.5" }, {
      master_change = { {
        table_name = "product", record_id = "P1", field = "standard_cost", old_value = "7.5", new_value = "8",
        changed_at = "2026-10-20T09:00:00",
      } },
    }),
    expect = {} },
  { "sold in a foreign currency",
    given = sale({ quantity = "5", unit_price = "1" }, {
      sales_order = { {
        order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00",
        currency = "USD",
      } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1" } },
    }),
    expect = { { key = "SO1/1", amount = "4.5", price = "7.1", cost = "8", currency = "CNY" } } },
  { "approved by the general manager",
    given = sale({ quantity = "5", unit_price = "7" }, {
      approval = approval("special_price", "general_manager", "2026-10-05T14:00:00"),
    }),
    expect = {} },
  { "no cost is known",
    given = sale({ quantity = "5", unit_price = "7" }, { product = { { product_id = "P1" } } }),
    expect = { { key = "SO1/1", untestable = "no standard cost" } } },
  { "the line names no product",
    given = sale { product_id = "", quantity = "5", unit_price = "7" },
    expect = { { key = "SO1/1", untestable = "no product" } } },
  { "a discount in a foreign currency",
    given = sale({ quantity = "5", unit_price = "1.2", discount_amount = "1" }, {
      sales_order = { {
        order_id = "SO1", customer_id = "C1", order_date = "2026-10-05", approved_at = "2026-10-05T15:00:00",
        currency = "USD",
      } },
      exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1" } },
    }),
    expect = { { key = "SO1/1", amount = "4.5", price = "7.1", cost = "8" } } },
  { "half a cent below cost is a cent",
    given = sale { quantity = "1.5", unit_price = "7.99" },
    expect = { { key = "SO1/1", amount = "0.02", cost = "8" } } },
}

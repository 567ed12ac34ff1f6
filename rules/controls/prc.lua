-- SPDX-License-Identifier: MIT
-- PRC: prices. Floor, approved list, approval of lists, grades, planned averages, discounts, cost.

local roles = { "general_manager", "company_leader" }

-- One sale for the cases: product P1 at list price 12, between 10 and 15, for customer C1 of grade A. `line`
-- completes the order line; `more` adds or replaces tables.
local function sale(line, more)
  line.order_id, line.line_no, line.product_id = "SO1", "1", "P1"
  local given = {
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
    sales_order_line = { line },
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
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
  local row = approval("special_price", "general_manager", fields.decided_at)[1]
  for name, value in pairs(fields) do row[name] = value end
  return row
end

control "PRC-01" {
  title      = { en = "Sold below the floor price without special-price approval", zh = "低于最低限价且无特价审批" },
  risk       = {
    en = "Prices below the floor that leadership fixed give margin away and invite collusion with customers.",
    zh = "低于公司领导确定的最低价销售，侵蚀毛利，且可能与客户串通。",
  },
  tests      = {
    en = "What a line really costs per unit, after discount and on the list's tax basis and unit, is compared with the floor price in force on its date. A special-price approval of that price, given in time by a role that may, excuses it.",
    zh = "将扣除折扣、统一税基和单位后的实际单价，与当日有效的最低限价比较；有权岗位及时作出且涵盖该价格的特价审批可予豁免。",
  },
  source     = { "000B III-1.3.1", "001-I.2.7" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "sales_order_line", "contract_line", "quotation_line" },
  shape      = "as-of",
  applies    = sets_price,
  parameters = {
    tolerance_pct = { decimal "0", origin = "policy" },
    roles = { roles, origin = "policy", note = "where the approval matrix has special-price rows, those decide" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "sold at {price}, floor {floor}, {quantity} units; no special-price approval covers it",
    zh = "成交单价 {price}，最低限价 {floor}，数量 {quantity}，无有效特价审批",
  },
  follow_up  = {
    en = "Ask who agreed the price; obtain the approval or the reason why there is none.",
    zh = "询问由谁确定该价格，取得特价审批或说明原因。",
  },

  test = function(line, p)
    local price = price_of(line)
    if not price then return untestable "no price in force" end
    if not price.floor_price then return untestable "no floor price" end
    local missing = below_price(line, price, price.floor_price, p.tolerance_pct)
    if not missing then return end
    local charged = price_on_list_basis(line, price)
    if price_approval(line, charged, p.roles) then return end
    return exception {
      amount   = missing,
      price    = charged,
      floor    = price.floor_price,
      quantity = line.quantity,
      evidence = evidence(price, price.price_list, agreement_of(line), price_decisions(line)),
    }
  end,

  cases = {
    { "one cent below the floor",
      given = sale { quantity = "3", unit_price = "9.99" },
      expect = { { key = "SO1/1", amount = "0.03", price = "9.99", floor = "10", quantity = "3" } } },
    { "at the floor", given = sale { quantity = "3", unit_price = "10" }, expect = {} },
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
      expect = { { key = "SO1/1", untestable = "approval" } } },
  },
}

control "PRC-02" {
  title      = { en = "Product sold without an approved price in force", zh = "无有效批准价格即销售" },
  risk       = {
    en = "Without an approved price nobody has decided what the goods are worth.",
    zh = "没有批准的价格，售价即无依据。",
  },
  tests      = {
    en = "For each approved order line a price of its product is looked up that was in force on the order date and approved before the order was.",
    zh = "逐行查找订单日有效、且先于订单审批的该产品批准价格。",
  },
  source     = { "000B III-1.3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "sales_order_line",
  shape      = "as-of",
  applies    = function(line) return sets_price(line) and line.order.approved_at ~= nil end,
  amount_kind = "transaction",
  message    = {
    en = "no approved price of {product} was in force on {date}",
    zh = "{date} 无 {product} 的有效批准价格",
  },
  follow_up  = {
    en = "Ask on what basis the price was set; see whether a list was approved late or does not cover the customer.",
    zh = "询问定价依据；核对价目表是否事后批准或未覆盖该客户。",
  },

  test = function(line)
    if not line.product_id then return untestable "no product" end
    if price_of(line) then return end
    local order = line.order
    local dated = filter(lookup("price_list_line", { product_id = line.product_id }), function(price)
      local list = price.price_list
      return list and in_window(order.order_date, list.valid_from, list.valid_to)
    end)
    return exception {
      amount   = read(line, "amount") or real_total(line),
      product  = line.product_id,
      date     = order.order_date,
      lists    = #dated,
      evidence = evidence(order, at_most(5, dated)),
    }
  end,

  cases = {
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
    { "when lists were approved was not imported",
      given = sale { quantity = "2", unit_price = "11" },
      absent = { "price_list.approved_at" },
      expect = { { key = "SO1/1", untestable = "approved_at" } } },
  },
}

-- What is wrong with a price list: an array of { label, what was found, what it should not be later than }.
local function faults_of(list)
  local found = {}
  local function missing_or_late(label, value, limit)
    if not value then table.insert(found, { label, "none", limit or "none" })
    elseif limit and value > limit then table.insert(found, { label, value, limit }) end
  end
  if not list.base_data_ref then table.insert(found, { "base_data", "none", "none" }) end
  missing_or_late("production_input", list.production_input_at, list.approved_at)
  missing_or_late("market_input", list.market_input_at, list.approved_at)
  missing_or_late("approval", list.approved_at, list.valid_from)
  if same_person(list.approved_by, list.proposed_by) then
    table.insert(found, { "own_proposal", list.approved_by, list.proposed_by })
  end
  return found
end

-- What the order lines of the period that a list prices amount to.
local function priced_by(list)
  local total = 0
  for price in each(list.lines) do
    for line in each(price.order_lines) do
      if in_period(line.order.order_date) then total = total + (read(line, "amount") or real_total(line)) end
    end
  end
  return total
end

-- Whether a list was in force at some time of the period.
local function in_force_in_period(list)
  if list.valid_from and period_to and list.valid_from > period_to then return false end
  return not (list.valid_to and period_from and list.valid_to < period_from)
end

control "PRC-03" {
  title      = { en = "Price list put in force before leadership approved it, or without base data", zh = "价目表缺基础数据或先用后批" },
  risk       = {
    en = "Prices fixed without production's and marketing's data, or used before they were approved, are nobody's decision.",
    zh = "缺少生产、市场基础数据或未经批准即使用的价格，没有决策依据。",
  },
  tests      = {
    en = "The moments of production's and marketing's data and of the approval are compared with the first day of each list in force in the period, and the approver with the proposer and with the roles that may approve.",
    zh = "将生产、市场资料和审批的时间与价目表生效日比较，并核对批准人是否为提出人本人、是否具有批准岗位。",
  },
  source     = { "000B III-1.3.1" },
  severity   = "medium",
  profile    = { "internal-control" },
  population = "price_list",
  shape      = "sequence",
  applies    = in_force_in_period,
  parameters = { roles = { roles, origin = "policy" } },
  evidence_columns = { "price_list.base_data_ref", "price_list.production_input_at", "price_list.market_input_at" },
  amount_kind = "transaction",
  message    = {
    en = "{check}: found {found}, should be there by {limit}",
    zh = "{check}：实际 {found}，应不晚于 {limit}",
  },
  follow_up  = {
    en = "See who put the list in force, and on what data.",
    zh = "核查价目表由谁启用、依据何种资料。",
  },

  test = function(list, p)
    local faults = faults_of(list)
    local may_skip = #faults > 0 and not imported "role_assignment"
    if list.approved_at and not may_skip and not held_role(list.approved_by, p.roles, list.approved_at) then
      table.insert(faults, { "role", list.approved_by or "none", "none" })
    end
    local amount = #faults > 0 and priced_by(list)
    local exceptions = {}
    for position, fault in ipairs(faults) do
      table.insert(exceptions, exception {
        label    = fault[1],
        amount   = position == 1 and amount or 0,
        check    = fault[1],
        found    = fault[2],
        limit    = fault[3],
        evidence = evidence(person(list.approved_by), list.lines[1]),
      })
    end
    return exceptions
  end,

  cases = {
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
  },
}

-- When a list had been sent to departments of all the kinds asked for, or nil: not yet.
local function complete_distribution(list, kinds)
  local complete
  for kind in each(kinds) do
    local sent = earliest_of(map(list.distributions, function(copy)
      local unit = copy.org_unit
      return unit and unit.kind == kind and (copy.sent_at or copy.received_at) or nil
    end))
    if not sent then return nil end
    complete = latest(complete, sent)
  end
  return complete
end

control "PRC-04" {
  title      = { en = "Price list used before it was sent to the office and finance", zh = "价目表未送办公室和财务部即使用" },
  risk       = {
    en = "Those who must check prices cannot when they do not have the list in use.",
    zh = "办公室、财务部未取得在用价目表，无法复核价格。",
  },
  tests      = {
    en = "The first order date at which a list was used is compared with the day by which all departments that must have it had received it.",
    zh = "将价目表首次使用的订单日期，与应送达部门全部收到的日期比较。",
  },
  source     = { "001-I.3.2" },
  severity   = "low",
  profile    = { "archive" },
  population = "sales_order_line",
  shape      = "sequence",
  applies    = is_sale,
  group      = function(line)
    local price = price_of(line)
    return price and price.price_list_id -- without a price: PRC-02
  end,
  parameters = { recipients = { { "office", "finance" }, origin = "policy" } },
  evidence_columns = { "document_distribution.sent_at" },
  amount_kind = "transaction",
  message    = {
    en = "first used on {first_used}, sent to all of {recipients} on {sent}",
    zh = "首次使用 {first_used}，送达 {recipients} 齐备日 {sent}",
  },
  follow_up  = { en = "Obtain the record of distribution.", zh = "取得价目表送达记录。" },

  test = function(lines, p)
    local list = price_of(lines[1]).price_list
    local sent = complete_distribution(list, p.recipients)
    local early = filter(lines, function(line) return not sent or line.order.order_date < sent end)
    if #early == 0 then return end
    return exception {
      row        = list,
      amount     = sum(early, function(line) return read(line, "amount") or real_total(line) end),
      first_used = earliest_of(map(early, function(line) return line.order.order_date end)),
      sent       = sent or "never",
      recipients = p.recipients,
      evidence   = evidence(list.distributions, at_most(5, early)),
    }
  end,

  cases = {
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
  },
}

-- The line of the same list and product for another grade at whose list price a line was sold, or nil.
local function other_grade(line, price)
  if not price.customer_grade or price.customer_grade == "*" then return nil end
  local of_product = lookup("price_list_line", {
    price_list_id = price.price_list_id,
    product_id = price.product_id,
  })
  local total = total_on_basis(line, price.price_list)
  return first(of_product, function(other)
    return other.customer_grade ~= nil
      and other.customer_grade ~= price.customer_grade
      and other.season == price.season
      and other.list_price ~= nil
      and other.list_price - price.list_price ~= 0
      and total - other.list_price * quantity_priced(line, other) == 0
  end)
end

control "PRC-05" {
  title      = { en = "Price outside the band of the customer's grade and season", zh = "超出客户等级、季节价格水平" },
  risk       = {
    en = "Customers charged above their band, or at another grade's price, are lost or favoured.",
    zh = "高于价格区间或套用其他等级价格，损害客户关系或造成利益输送。",
  },
  tests      = {
    en = "The real unit price is compared with the ceiling price in force for the customer's grade and season, and with the list prices of other grades.",
    zh = "将实际单价与该客户等级、季节当日有效的最高价比较，并与其他等级的标准价比较。",
  },
  source     = { "001-I.2.7" },
  severity   = "medium",
  profile    = { "archive" },
  population = "sales_order_line",
  shape      = "as-of",
  applies    = sets_price,
  parameters = { tolerance_pct = { decimal "0", origin = "default" } },
  amount_kind = "misstatement",
  message    = {
    en = "sold at {price}; the band of grade {grade} is {floor} to {ceiling}",
    zh = "成交单价 {price}；{grade} 级价格区间 {floor} 至 {ceiling}",
  },
  follow_up  = { en = "Check the customer's grade and who agreed the price.", zh = "核对客户等级及定价人。" },

  test = function(line, p)
    local price = price_of(line)
    if not price then return untestable "no price in force" end
    if price.floor_price and below_price(line, price, price.floor_price, 0) then return end -- PRC-01's
    local above = price.ceiling_price and above_price(line, price, price.ceiling_price, p.tolerance_pct)
    local other = not above and price.list_price and other_grade(line, price)
    if not above and not other then
      if not price.ceiling_price then return untestable "no ceiling price" end
      return
    end
    local total = total_on_basis(line, price.price_list)
    local listed = price.list_price and price.list_price * quantity_priced(line, price)
    return exception {
      label    = other and "other_grade" or nil,
      severity = other and "low" or nil,
      amount   = above or abs(listed - total),
      price    = price_on_list_basis(line, price),
      floor    = price.floor_price or "none",
      ceiling  = price.ceiling_price or "none",
      grade    = price.customer_grade or "any",
      evidence = evidence(price, other, line.order, line.order.customer),
    }
  end,

  cases = {
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
  },
}

-- The invoice lines of a plan's product and month.
local function invoiced_under(plan)
  return filter(lookup("invoice_line", { product_id = plan.product_id }), function(line)
    local invoice = line.invoice
    return invoice ~= nil
      and invoice.issued_on ~= nil
      and month(invoice.issued_on) == plan.period
      and is_goods(line)
      and not is_void(invoice)
  end)
end

control "PRC-06" {
  title      = { en = "Average realised price misses the planned average price", zh = "平均售价低于均价计划" },
  risk       = { en = "Discounts that each look small add up to a missed price plan.", zh = "零散折让累计导致均价计划落空。" },
  tests      = {
    en = "The net amount invoiced of a product in a month, divided by its quantity, is compared with the average price planned for it.",
    zh = "将产品当月开票净额除以数量所得均价，与计划均价比较。",
  },
  source     = { "001-I.2.7" },
  severity   = "low",
  profile    = { "archive" },
  population = "price_plan",
  shape      = "aggregate",
  applies    = function(plan) return plan.planned_average_price ~= nil and #invoiced_under(plan) > 0 end,
  parameters = { tolerance_pct = { decimal "5", origin = "default", note = "the policy names no number" } },
  amount_kind = "exposure",
  message    = {
    en = "average {average} without tax over {quantity} units, planned {planned}",
    zh = "不含税均价 {average}（数量 {quantity}），计划 {planned}",
  },
  follow_up  = { en = "Find the customers and orders that pulled the average down.", zh = "分析拉低均价的客户和订单。" },

  test = function(plan, p)
    local lines = invoiced_under(plan)
    local quantity = sum(lines, base_quantity)
    if quantity <= 0 then return untestable "nothing was invoiced net of red invoices" end
    local net = sum(lines, function(line)
      return money_in(line, "net_amount", company_currency, line.invoice.issued_on, 2)
    end)
    local planned = plan.planned_average_price * quantity
    if net >= less_percent(planned, p.tolerance_pct) then return end
    return exception {
      amount   = planned - net,
      average  = unit_price_of(net, quantity),
      planned  = plan.planned_average_price,
      quantity = quantity,
      evidence = evidence(at_most(20, lines)),
    }
  end,

  cases = {
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
  },
}

-- The discount in percent that the salesperson of a line's document may give alone on that day.
local function free_discount(line, role_without_assignment)
  local document, _, date = agreement_of(line)
  local held = imported "role_assignment" and roles_held(document.salesperson_id, date) or {}
  if #held == 0 then held = { role_without_assignment } end
  local class = read(line, "product_id") and line.product and line.product.abc_class
  local granted = filter(rows "discount_authority", function(authority)
    return authority.max_discount_pct ~= nil
      and contains(held, authority.role)
      and (authority.abc_class == nil or authority.abc_class == class)
      and in_window(date, authority.valid_from, authority.valid_to)
  end)
  return sum(at_most(1, sort(granted, function(authority) return -authority.max_discount_pct end)), "max_discount_pct")
end

control "PRC-07" {
  title      = { en = "Special discount used before it was approved", zh = "特殊折扣未批先用" },
  risk       = { en = "Discounts beyond the salesperson's authority are given without anyone else's decision.", zh = "超出销售员权限的折扣未经批准即给予客户。" },
  tests      = {
    en = "The discount from the list price in force is compared with what the salesperson may grant alone on that day; beyond it a special-price approval in time is looked for.",
    zh = "将相对当日标准价的折扣与销售员当日可自行给予的折扣比较；超出部分须有及时的特价审批。",
  },
  source     = { "002u 承诺报表内容" },
  severity   = "medium",
  profile    = { "pipeline" },
  population = { "sales_order_line", "contract_line" },
  shape      = "approval",
  applies    = sets_price,
  parameters = {
    role = { "salesperson", origin = "default", note = "of a salesperson whose role is not recorded" },
  },
  amount_kind = "exposure",
  message    = {
    en = "sold at {price}, list price {list_price}; {authority} percent were free",
    zh = "成交单价 {price}，标准价 {list_price}；可自行给予折扣 {authority}%",
  },
  follow_up  = { en = "Ask who granted the discount, and when.", zh = "询问折扣由谁、何时批准。" },

  test = function(line, p)
    if #rows "discount_authority" == 0 then return untestable "no discount authority is known" end
    local price = price_of(line)
    if not price then return untestable "no price in force" end
    if not price.list_price then return untestable "no list price" end
    if price.floor_price and below_price(line, price, price.floor_price, 0) then return end -- PRC-01's
    local authority = free_discount(line, p.role)
    local discount = below_price(line, price, price.list_price, authority)
    if not discount then return end
    local charged = price_on_list_basis(line, price)
    if price_approval(line, charged) then return end
    return exception {
      amount     = discount,
      price      = charged,
      list_price = price.list_price,
      authority  = authority,
      evidence   = evidence(price, agreement_of(line), price_decisions(line)),
    }
  end,

  cases = {
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
  },
}

-- What one of the product's own units of a line really cost.
local function real_unit_price(line)
  return unit_price_of(real_total(line), base_quantity(line))
end

-- Five order lines of three customers at these prices, for the cases.
local function five_sales(prices, more)
  local given = {
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
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "PRC-08" {
  title      = { en = "Same product, grade and month at unlike prices", zh = "同品同级客户同期价格差异" },
  risk       = { en = "Unexplained low prices to some customers start price wars and hide favours.", zh = "同类客户价格悬殊，引发恶性竞争或利益输送。" },
  tests      = {
    en = "The unit price of each line is compared with the median of all lines of the same product, customer grade, month and currency.",
    zh = "将每行单价与同一产品、客户等级、月份和币种各行的中位数比较。",
  },
  source     = { "001-I.4.1" },
  severity   = "low",
  profile    = { "archive" },
  population = "sales_order_line",
  shape      = "aggregate",
  applies    = function(line)
    local order = header_of(line, "order")
    return is_sale(line) and line.product_id ~= nil and is_live(order) and not is_reversal(order)
  end,
  group      = function(line)
    local order = line.order
    local grade = order.customer and order.customer.grade
    return { line.product_id, grade or "-", month(order.order_date), currency_of(line) }
  end,
  parameters = {
    limit_pct = { decimal "15", origin = "default", note = "the policy names no number" },
    least_lines = { 5, origin = "default" },
    least_customers = { 3, origin = "default" },
  },
  amount_kind = "exposure",
  message    = {
    en = "sold at {price}, the median of {lines} lines is {median}",
    zh = "成交单价 {price}，同组 {lines} 行的中位数 {median}",
  },
  follow_up  = { en = "Ask what justifies the low price.", zh = "了解低价原因。" },

  test = function(lines, p)
    local customers = group_by(lines, function(line) return line.order.customer_id end)
    if #lines < p.least_lines or #customers < p.least_customers then return end
    local middle = median(map(lines, real_unit_price))
    local least = less_percent(middle, p.limit_pct)
    local exceptions = {}
    for line in each(lines) do
      local price = real_unit_price(line)
      if price < least and not price_approval(line, price) then
        table.insert(exceptions, exception {
          row      = line,
          amount   = round((middle - price) * base_quantity(line), 2),
          price    = price,
          median   = middle,
          lines    = #lines,
          evidence = evidence(line.order, line.order.customer),
        })
      end
    end
    return exceptions
  end,

  cases = {
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
      expect = { { key = "P1/A/2026-10/CNY", untestable = "approval" } } },
  },
}

-- The real total of a line, without tax, in the company's currency.
local function total_in_company_currency(line, date)
  local price = money_in(line, "unit_price", company_currency, date)
  if not price then untestable "no unit price" end
  local discount = read(line, "discount_amount") and money_in(line, "discount_amount", company_currency, date)
  return line.quantity * price - (discount or 0)
end

control "PRC-09" {
  title      = { en = "Sold below cost", zh = "低于成本销售" },
  risk       = { en = "Every unit sold loses money.", zh = "销售即亏损。" },
  tests      = {
    en = "The real unit price without tax is compared with the cost of the product on that day. A special-price approval of that price excuses it.",
    zh = "将不含税实际单价与产品当日成本比较；涵盖该价格的特价审批可予豁免。",
  },
  source     = { "000B II-2.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "sales_order_line", "contract_line" },
  shape      = "as-of",
  applies    = sets_price,
  parameters = {
    roles = { roles, origin = "policy", note = "where the approval matrix has special-price rows, those decide" },
  },
  amount_kind = "exposure",
  message    = {
    en = "sold at {price} without tax, cost {cost}",
    zh = "不含税成交单价 {price}，成本 {cost}",
  },
  follow_up  = { en = "Check the cost, then ask for the decision to sell at a loss.", zh = "核对成本，取得亏损销售的决定。" },

  test = function(line, p)
    local product = line.product
    if not product then return untestable "no product" end
    local _, _, date = agreement_of(line)
    select_currency(company_currency)
    local cost = cost_on(product, date)
    if not cost then return untestable "no standard cost" end
    local quantity = base_quantity(line)
    local total = total_in_company_currency(line, date)
    if total >= cost * quantity then return end
    local price = unit_price_of(total, quantity)
    if price_approval(line, price, p.roles) then return end
    return exception {
      amount   = round(cost * quantity - total, 2),
      price    = price,
      cost     = cost,
      quantity = quantity,
      evidence = evidence(product, agreement_of(line), price_decisions(line)),
    }
  end,

  cases = {
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
  },
}

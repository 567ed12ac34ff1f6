-- SPDX-License-Identifier: MIT
-- CRD: credit. Limits, ratings, terms, overdue customers, credit policy, past problems, trade modes.

-- Whether a credit override was approved for a document by a moment; it may name the exposure it allows.
local function override(document, moment, exposure)
  return approved(document, { "credit_override" }, {
    by = moment,
    covers = function(approval) return exposure == nil or covers_exposure(approval, exposure) end,
  })
end

-- The amount of an order that is on credit.
local function credit_amount(order)
  if order.amount == nil then return nil end
  local share = credit_share(order)
  if share - 100 == 0 then return order.amount end
  return round(percent(order.amount, share), 2)
end

-- A credit order of customer C1 over `amount` in one line of ten pieces, approved on 2026-10-10, with a limit of
-- 1000 and nothing brought forward, for the cases. `more` adds or replaces tables.
local function credit_order(amount, more)
  local given = {
    accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
    opening_balance = { { period = "2026-10", account = "receivable", customer_id = "C9", amount = "1" } },
    customer = { { customer_id = "C1" } },
    customer_credit = { {
      customer_id = "C1", valid_from = "2026-01-01", credit_rating = "A", credit_limit = "1000",
      payment_terms_days = "30", trade_mode = "credit", assessed_on = "2026-01-01",
    } },
    sales_order = { {
      order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = amount,
      approved_at = "2026-10-10T10:00:00", status = "approved",
    } },
    sales_order_line = { {
      order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = amount,
    } },
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function override_approval(decided_at, approved_value)
  return { {
    doc_kind = "sales_order", doc_id = "SO1", approval_kind = "credit_override", approver_id = "E9",
    decision = "approve", decided_at = decided_at, requested_at = decided_at, approved_value = approved_value,
  } }
end

-- The customer whose limit counts: the group's, where limits are the group's.
local function head_of(customer)
  local head = customer
  for _ = 1, 10 do
    local parent = read(head, "parent_id") and head.parent
    if not parent then break end
    head = parent
  end
  return head
end

-- A customer and all members of its group.
local function members_of(head)
  local members, position = { head }, 1
  while members[position] do
    append(members, members[position].group_members)
    position = position + 1
  end
  return members
end

-- The credit terms in force when an order was approved or goods were delivered; nil without a limit.
local function limit_of(row, by_group)
  local terms
  if by_group then
    terms = in_force("customer_credit", row.approved_at or row.delivery_date, { customer_id = head_of(row.customer).customer_id })
  elseif table_of(row) == "sales_order" then
    terms = row.credit_at_approval
  else
    terms = row.credit
  end
  return terms and terms.credit_limit and terms or nil
end

control "CRD-01" {
  title      = { en = "Credit limit exceeded when credit was extended", zh = "超信用额度赊销" },
  risk       = { en = "Credit beyond what a customer was judged good for is lost when it fails.", zh = "赊销失控导致货款不能及时收回。" },
  tests      = {
    en = "Receivables, goods delivered and not yet posted, and open orders, less what was received, are carried forward event by event; each approval of a credit order and each delivery that raises the sum is compared with the limit in force. A credit override excuses it.",
    zh = "按事件逐笔滚动应收、已发未入账货物和未发订单，减去收款；每次赊销订单审批和使占用增加的发货，与当时有效额度比较；超额度批准可予豁免。",
  },
  source     = { "000B II-2.2", "001-II.3.3" },
  severity   = "high",
  profile    = { "internal-control", "archive", "general" },
  population = { "sales_order", "delivery" },
  shape      = "balance",
  scope      = "all", -- an order belongs to the period of its approval, a delivery to that of its date
  applies    = function(row)
    if table_of(row) == "sales_order" then
      return gives_credit(row) and is_live(row) and in_period(row.approved_at)
    end
    if row.kind == "return" or is_void(row) or is_consignment(row) then return false end
    if not row.delivery_date then untestable "no date" end
    return in_period(row.delivery_date)
  end,
  group      = function(row)
    local customer = row.customer
    if not customer then untestable "no customer" end
    return head_of(customer).customer_id
  end,
  parameters = {
    include_open_orders = { true, origin = "policy", note = "approved orders not yet delivered use up the limit" },
    unapplied = { "all", origin = "default", note = "receipts not applied yet: all, same_contract or none" },
    group_limits = { false, origin = "default", note = "true: one limit for a group of customers" },
  },
  amount_kind = "exposure",
  message    = {
    en = "raises the exposure by {increase} to {exposure}; limit {limit} (receivables {receivables}, delivered {delivered}, open orders {open_orders}, settled {settled})",
    zh = "使信用占用增加 {increase} 至 {exposure}，额度 {limit}（应收 {receivables}，已发未入账 {delivered}，未发订单 {open_orders}，已收 {settled}）",
  },
  follow_up  = {
    en = "Ask who released the order above the limit; obtain the override or the reason.",
    zh = "询问由谁放行超额订单，取得超额度批准或说明原因。",
  },

  test = function(rows, p)
    local function judge(row, before, after, terms)
      local limit = terms.credit_limit
      local increase = after.exposure - before.exposure
      local excess = after.exposure - limit
      if increase <= 0 or excess <= 0 then return nil end
      local moment = table_of(row) == "sales_order" and row.approved_at or row.delivery_date
      if override(row, moment, after.exposure) then return nil end
      return exception {
        row         = row,
        amount      = round(min(increase, excess), 2),
        currency    = currency_of(terms),
        increase    = increase,
        exposure    = after.exposure,
        limit       = limit,
        receivables = after.receivables,
        delivered   = after.goods,
        open_orders = after.orders,
        settled     = after.settled,
        evidence    = evidence(terms, row.customer, decisions_on_chain(row, { "credit_override" })),
      }
    end
    select_currency(company_currency)
    local function terms_of(row) return limit_of(row, p.group_limits) end
    if not any(rows, terms_of) then return end -- no limit is CRD-02's
    if p.group_limits then
      return replay_credit(members_of(head_of(rows[1].customer)), rows, terms_of, judge, p)
    end
    local found = {}
    for group in each(group_by(rows, "customer_id")) do
      append(found, replay_credit({ group.rows[1].customer }, group.rows, terms_of, judge, p))
    end
    return found
  end,

  cases = {
    { "one cent over the limit",
      given = credit_order "1000.01",
      expect = { { key = "SO1", amount = "0.01", exposure = "1000.01", increase = "1000.01", limit = "1000" } } },
    { "at the limit", given = credit_order "1000", expect = {} },
    { "an opening receivable goes before the balance brought forward, which is of all customers or none",
      given = credit_order("600", {
        opening_balance = {
          { period = "2026-10", account = "advance_from_customer", customer_id = "C9", amount = "5" },
          { period = "2026-10", account = "inventory", product_id = "P1", amount = "7" },
          { period = "2026-10", account = "receivable", customer_id = "C1", amount = "999" },
        },
        receivable_entry = { { receivable_id = "R0", customer_id = "C1", posted_on = "2026-09-05", amount = "401", kind = "opening" } },
      }),
      expect = { { key = "SO1", amount = "1", exposure = "1001" } } },
    { "a sale paid on the spot raises nothing",
      given = credit_order("1000", {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-12" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "2", gross_amount = "50" } },
        invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-12", cash_settled = "true" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", quantity = "2", gross_amount = "50" } },
      }),
      expect = {} },
    { "receivables and goods delivered but not posted use up the limit; the second order reports its own part",
      given = credit_order("600", {
        sales_order = {
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T10:00:00", status = "approved" },
          { order_id = "SO2", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "300", approved_at = "2026-10-10T11:00:00", status = "approved" },
        },
        sales_order_line = {
          { order_id = "SO1", line_no = "1", quantity = "10", gross_amount = "600" },
          { order_id = "SO2", line_no = "1", quantity = "10", gross_amount = "300" },
        },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
      }),
      expect = {
        { key = "SO1", amount = "50", exposure = "1050" },
        { key = "SO2", amount = "300", exposure = "1350" },
      } },
    { "money received on the same day comes first",
      given = credit_order("600", {
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-10" } },
      }),
      expect = {} },
    { "unapplied receipts do not count where the parameter says so",
      given = credit_order("600", {
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "50", received_on = "2026-10-10" } },
      }),
      parameters = { unapplied = "none" },
      expect = { { key = "SO1", amount = "50", exposure = "1050" } } },
    { "a bill of exchange that is not due yet is still owed",
      given = credit_order("600", {
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "450", method = "note", received_on = "2026-10-06", bill_due_on = "2026-12-06" } },
      }),
      expect = { { key = "SO1", amount = "50", exposure = "1050" } } },
    { "delivering and invoicing what was ordered raises nothing",
      given = credit_order("1000", {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-12" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10", gross_amount = "1000" } },
        invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-13" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", quantity = "10", gross_amount = "1000" } },
        receivable_entry = { { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-13", amount = "1000", kind = "invoice" } },
      }),
      expect = {} },
    { "delivering more than was ordered",
      given = credit_order("1000", {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-12" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "11", gross_amount = "1100" } },
      }),
      expect = { { key = "D1", amount = "100", exposure = "1100" } } },
    { "without open orders an order counts by itself",
      given = credit_order("600", {
        sales_order = {
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T10:00:00" },
          { order_id = "SO2", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T11:00:00" },
        },
        sales_order_line = {
          { order_id = "SO1", line_no = "1", quantity = "10", gross_amount = "600" },
          { order_id = "SO2", line_no = "1", quantity = "10", gross_amount = "600" },
        },
      }),
      parameters = { include_open_orders = false },
      expect = {} },
    { "approved above the limit beforehand, up to what the approval names",
      given = credit_order("1200", { approval = override_approval("2026-10-10T09:00:00", "1200") }), expect = {} },
    { "the approval names less",
      given = credit_order("1200", { approval = override_approval("2026-10-10T09:00:00", "1100") }),
      expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
    { "an order of another month is judged there",
      given = credit_order "1200", period = "2026-11", expect = {} },
    { "a mixed order uses up what is not asked for before delivery",
      given = credit_order("2000", {
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", payment_mode = "mixed", amount = "2000", approved_at = "2026-10-10T10:00:00" } },
        contract = { { contract_id = "CT1", customer_id = "C1" } },
        payment_plan = {
          { plan_id = "P1", contract_id = "CT1", milestone = "advance", pct = "40" },
          { plan_id = "P2", contract_id = "CT1", milestone = "acceptance", pct = "60" },
        },
      }),
      expect = { { key = "SO1", amount = "200", exposure = "1200" } } },
    { "a limit in another currency",
      given = credit_order("710", {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "99", currency = "USD" } },
        exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7.1" } },
      }),
      expect = { { key = "SO1", amount = "1", currency = "USD", exposure = "100" } } },
    { "members of a group share the limit of its head",
      given = credit_order("600", {
        customer = { { customer_id = "C0" }, { customer_id = "C1", parent_id = "C0" }, { customer_id = "C2", parent_id = "C0" } },
        customer_credit = { { customer_id = "C0", valid_from = "2026-01-01", credit_limit = "1000" } },
        sales_order = {
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T10:00:00" },
          { order_id = "SO2", customer_id = "C2", order_date = "2026-10-10", payment_mode = "credit", amount = "600", approved_at = "2026-10-10T11:00:00" },
        },
        sales_order_line = {
          { order_id = "SO1", line_no = "1", quantity = "10", gross_amount = "600" },
          { order_id = "SO2", line_no = "1", quantity = "10", gross_amount = "600" },
        },
      }),
      parameters = { group_limits = true },
      expect = { { key = "SO2", amount = "200", exposure = "1200" } } },
    { "brought forward, written off, and received: applied or not, netted or not",
      given = credit_order("750.01", {
        accounting_period = {
          { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30" },
          { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
          { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
        },
        opening_balance = {
          { period = "2026-09", account = "receivable", customer_id = "C1", amount = "7777" },
          { period = "2026-10", account = "advance_from_customer", customer_id = "C1", amount = "150" },
          { period = "2026-10", account = "receivable", customer_id = "C1", amount = "800" },
          { period = "2026-11", account = "receivable", customer_id = "C1", amount = "9999" },
        },
        write_off = { { write_off_id = "W1", customer_id = "C1", amount = "100", written_off_on = "2026-10-05" } },
        receipt = {
          { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "350", received_on = "2026-10-06" },
          { receipt_id = "RC2", customer_id = "C1", kind = "refund", amount = "-50", received_on = "2026-10-06" },
        },
        receipt_application = { { receipt_id = "RC1", amount = "200", applied_on = "2026-10-07" } },
        netting_entry = { { netting_id = "N1", customer_id = "C1", amount = "150", netted_on = "2026-10-07" } },
      }),
      period = "2026-10",
      expect = { { key = "SO1", amount = "0.01", exposure = "1000.01", settled = "450", receivables = "700" } } },
    { "only what was applied and netted counts, where the parameter says so",
      given = credit_order("575.01", {
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "500", kind = "adjustment" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "200", received_on = "2026-10-06" } },
        receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "50", applied_on = "2026-10-07" } },
        netting_entry = { { netting_id = "N1", customer_id = "C1", amount = "25", netted_on = "2026-10-07" } },
      }),
      parameters = { unapplied = "none" },
      expect = { { key = "SO1", amount = "0.01", settled = "75" } } },
    { "unapplied receipts of the order's own contract count",
      given = credit_order("720.01", {
        contract = { { contract_id = "CT1", customer_id = "C1" }, { contract_id = "CT2", customer_id = "C1" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", payment_mode = "credit", amount = "720.01", approved_at = "2026-10-10T10:00:00" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "500", kind = "adjustment" } },
        receipt = {
          { receipt_id = "RC1", customer_id = "C1", contract_id = "CT1", kind = "advance", amount = "220", received_on = "2026-10-06" },
          { receipt_id = "RC2", customer_id = "C1", contract_id = "CT2", kind = "advance", amount = "300", received_on = "2026-10-06" },
        },
        receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "50", applied_on = "2026-10-07" } },
        netting_entry = { { netting_id = "N1", customer_id = "C1", contract_id = "CT1", amount = "20", netted_on = "2026-10-07" } },
      }),
      parameters = { unapplied = "same_contract" },
      expect = { { key = "SO1", amount = "0.01", settled = "220" } } },
    { "a bill that falls due on the day is paid",
      given = credit_order("1000", {
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-10-05", amount = "450", kind = "adjustment" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "450", method = "note", received_on = "2026-10-06", bill_due_on = "2026-10-10" } },
      }),
      expect = {} },
    { "ten ordered, six delivered, three of them posted",
      given = credit_order("500.01", {
        sales_order = {
          { order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00" },
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "500.01", approved_at = "2026-10-10T10:00:00" },
        },
        sales_order_line = {
          { order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500" },
          { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500.01" },
        },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-03" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6", gross_amount = "300" } },
        invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO0", issued_on = "2026-10-04" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "3", gross_amount = "150" } },
        receivable_entry = {
          { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-04", amount = "100", kind = "invoice" },
          { receivable_id = "R2", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-05", amount = "50", kind = "invoice" },
        },
      }),
      expect = { { key = "SO1", amount = "0.01", receivables = "150", delivered = "150", open_orders = "700.01" } } },
    { "four of ten were cancelled",
      given = credit_order("700.01", { sales_order = {
          { order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00" },
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "700.01", approved_at = "2026-10-10T10:00:00" },
        },
        sales_order_line = {
          { order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500", cancelled_quantity = "4" },
          { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "700.01" },
        }, }),
      expect = { { key = "SO1", amount = "0.01", open_orders = "1000.01" } } },
    { "of a closed order no more is to come; what came back and was credited is not owed",
      given = credit_order("700.01", {
        sales_order = {
          { order_id = "SO0", customer_id = "C1", order_date = "2026-10-01", payment_mode = "credit", amount = "500", approved_at = "2026-10-01T10:00:00", status = "closed" },
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "700.01", approved_at = "2026-10-10T10:00:00" },
        },
        sales_order_line = {
          { order_id = "SO0", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "500" },
          { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", gross_amount = "700.01" },
        },
        delivery = {
          { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-03" },
          { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-05" },
          { delivery_id = "D3", kind = "delivery", customer_id = "C1", order_id = "SO0", delivery_date = "2026-10-03", status = "void" },
          { delivery_id = "D4", kind = "delivery", business_type = "consignment", customer_id = "C1", delivery_date = "2026-10-03" },
        },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "8", gross_amount = "400" },
          { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-2", gross_amount = "-100" },
          { delivery_id = "D3", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "2", gross_amount = "100" },
          { delivery_id = "D4", line_no = "1", product_id = "P1", quantity = "2", gross_amount = "100" },
        },
        invoice = {
          { invoice_id = "I1", customer_id = "C1", order_id = "SO0", issued_on = "2026-10-04" },
          { invoice_id = "I2", customer_id = "C1", order_id = "SO0", issued_on = "2026-10-06", sign = "red" },
        },
        invoice_line = {
          { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "8", gross_amount = "400" },
          { invoice_id = "I2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "-2", gross_amount = "-100" },
        },
        receivable_entry = {
          { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-04", amount = "400", kind = "invoice" },
          { receivable_id = "R2", invoice_id = "I2", customer_id = "C1", posted_on = "2026-10-06", amount = "-100", kind = "invoice" },
        },
      }),
      expect = { { key = "SO1", amount = "0.01", receivables = "300", delivered = "0", open_orders = "700.01" } } },
    { "what was posted, invoiced and received before the opening balance is in it",
      given = credit_order("800", {
        opening_balance = { { period = "2026-10", account = "receivable", customer_id = "C1", amount = "200" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-09-03" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", gross_amount = "300" } },
        invoice = {
          { invoice_id = "I1", customer_id = "C1", issued_on = "2026-09-30" },
          { invoice_id = "I2", customer_id = "C1", issued_on = "2026-10-01" },
        },
        invoice_line = {
          { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "6", gross_amount = "300" },
        },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-30", amount = "900", kind = "adjustment" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-09-30" } },
      }),
      expect = {} },
    { "delivered before the order was approved",
      given = credit_order("1100", {
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-09" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", quantity = "10", gross_amount = "1100" } },
      }),
      expect = { { key = "D1", amount = "100", increase = "1100" } } },
    { "an order in another currency is converted at the day's rate",
      given = credit_order("100", {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "709" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "100", approved_at = "2026-10-10T10:00:00", currency = "USD" } },
        exchange_rate = { { currency = "USD", rate_date = "2026-10-09", rate = "7.1" }, { currency = "USD", rate_date = "2026-10-11", rate = "9" } },
      }),
      expect = { { key = "SO1", amount = "1", currency = "CNY", exposure = "710" } } },
    { "without a rate it cannot be judged",
      given = credit_order("100", {
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", amount = "100", approved_at = "2026-10-10T10:00:00", currency = "USD" } },
      }),
      expect = { { key = "C1", untestable = "USD" } } },
    { "nothing was brought forward",
      given = credit_order("1200", { opening_balance = {} }),
      expect = { { key = "C1", untestable = "no opening balance" } } },
    { "a customer without a limit is another control's",
      given = credit_order("1200", { customer_credit = {} }), expect = {} },
  },
}

control "CRD-02" {
  title      = { en = "Credit sale to a customer with no credit rating or limit in force", zh = "无信用等级/额度赊销" },
  risk       = { en = "Credit is given to somebody whose ability to pay nobody judged.", zh = "未经信用评定即给予赊销。" },
  tests      = {
    en = "For each credit order the customer's credit record in force on its date is looked up; it must hold both a rating and a limit.",
    zh = "逐单查找订单日有效的客户信用记录，须同时有信用等级和额度。",
  },
  source     = { "001-II.3.3" },
  severity   = "high",
  profile    = { "archive", "general" },
  population = "sales_order",
  shape      = "as-of",
  applies    = function(order) return gives_credit(order) and is_live(order) and not is_reversal(order) end,
  amount_kind = "exposure",
  message    = {
    en = "credit order of {date}: rating {rating}, limit {limit}",
    zh = "{date} 赊销订单：信用等级 {rating}，额度 {limit}",
  },
  follow_up  = { en = "Obtain the credit assessment of the customer.", zh = "取得客户信用评估资料。" },

  test = function(order)
    local terms = order.credit
    local rating = terms and terms.credit_rating
    local limit = terms and terms.credit_limit
    if rating and limit then return end
    return exception {
      amount   = credit_amount(order),
      date     = order.order_date,
      rating   = rating or "none",
      limit    = limit or "none",
      evidence = evidence(order.customer, terms),
    }
  end,

  cases = {
    { "no credit was ever set",
      given = credit_order("500", { customer_credit = {} }),
      expect = { { key = "SO1", amount = "500", rating = "none", limit = "none" } } },
    { "the limit had run out the day before",
      given = credit_order("500", {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", valid_to = "2026-10-09", credit_rating = "A", credit_limit = "1000" } },
      }),
      expect = { { key = "SO1", amount = "500", rating = "none", limit = "none" } } },
    { "the limit runs out on the day",
      given = credit_order("500", {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", valid_to = "2026-10-10", credit_rating = "A", credit_limit = "1000" } },
      }),
      expect = {} },
    { "a limit, but no rating",
      given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", credit_limit = "1000" } } }),
      expect = { { key = "SO1", rating = "none", limit = "1000", amount = "500.00" } } },
    { "paid before delivery",
      given = credit_order("500", {
        customer_credit = {},
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "prepay", amount = "500" } },
      }),
      expect = {} },
    { "credit was not imported",
      given = credit_order "500", absent = { "customer_credit" },
      expect = { { key = "SO1", untestable = "customer_credit" } } },
  },
}

-- How many days a basis may add before the first day of the terms.
local function basis_days(basis, p)
  if basis == "month_end" then return p.month_end_days end
  if basis == "invoice" then return p.invoice_days end
  return 0
end

-- Whether terms of `days` from `basis` are longer than those approved. Without a basis on either side the days
-- alone count.
local function is_longer(days, basis, approved_terms, p)
  local approved_days, approved_basis = approved_terms.payment_terms_days, read(approved_terms, "terms_basis")
  if not basis or not approved_basis then return days > approved_days end
  return days + basis_days(basis, p) > approved_days + basis_days(approved_basis, p)
end

control "CRD-03" {
  title      = { en = "Terms of a contract or order longer than the customer's approved terms", zh = "账期超过核定交易条件" },
  risk       = { en = "Longer terms are credit that nobody approved.", zh = "延长账期即变相增加赊销。" },
  tests      = {
    en = "The payment terms of a contract or order, with the event they run from, are compared with the customer's approved terms in force on that day.",
    zh = "将合同或订单的账期及起算点，与当日有效的客户核定账期比较。",
  },
  source     = { "001-II.3.3" },
  severity   = "medium",
  profile    = { "archive" },
  population = { "contract", "sales_order" },
  shape      = "as-of",
  applies    = function(document)
    local days = document.payment_terms_days
    if days == nil or days == 0 or not is_live(document) then return false end
    if table_of(document) == "contract" then return document.signed_on ~= nil end
    local contract = signed_contract(document) -- the contract's own terms are judged at the contract
    return not contract
      or contract.payment_terms_days ~= days
      or read(contract, "terms_basis") ~= read(document, "terms_basis")
  end,
  parameters = {
    invoice_days = { 1, origin = "default", note = "days that terms from the invoice run later than from delivery" },
    month_end_days = { 30, origin = "default", note = "days that terms from the month's end run later at most" },
  },
  amount_kind = "exposure",
  message    = {
    en = "{days} days from {basis}; approved {approved_days} days from {approved_basis}",
    zh = "账期 {days} 天（{basis} 起算），核定 {approved_days} 天（{approved_basis} 起算）",
  },
  follow_up  = { en = "Ask who agreed to the longer terms.", zh = "询问由谁同意延长账期。" },

  test = function(document, p)
    local terms = document.credit
    if not terms or not terms.payment_terms_days then return untestable "no approved terms in force" end
    local basis = read(document, "terms_basis")
    if not is_longer(document.payment_terms_days, basis, terms, p) then return end
    return exception {
      amount         = document.amount,
      days           = document.payment_terms_days,
      basis          = basis or "unknown",
      approved_days  = terms.payment_terms_days,
      approved_basis = read(terms, "terms_basis") or "unknown",
      evidence       = evidence(terms, document.customer),
    }
  end,

  cases = {
    { "a contract with one day more",
      given = credit_order("500", {
        sales_order = {},
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-02", payment_terms_days = "31", amount = "900", status = "signed" } },
      }),
      expect = { { key = "CT1", amount = "900", days = "31", approved_days = "30" } } },
    { "the same days",
      given = credit_order("500", {
        sales_order = {},
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-02", payment_terms_days = "30", amount = "900", status = "signed" } },
      }),
      expect = {} },
    { "the same days from the month's end instead of the invoice",
      given = credit_order("500", {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "30", terms_basis = "invoice" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500", payment_terms_days = "30", terms_basis = "month_end" } },
      }),
      expect = { { key = "SO1", amount = "500", basis = "month_end", approved_basis = "invoice" } } },
    { "thirty days from the month's end against sixty from the invoice; a day more is too long",
      given = credit_order("500", {
        customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", payment_terms_days = "60", terms_basis = "invoice" } },
        sales_order = {
          { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500", payment_terms_days = "31", terms_basis = "month_end" },
          { order_id = "SO2", customer_id = "C1", order_date = "2026-10-10", amount = "600", payment_terms_days = "32", terms_basis = "month_end" },
          { order_id = "SO3", customer_id = "C1", order_date = "2026-10-10", amount = "700", payment_terms_days = "61" },
          { order_id = "SO4", customer_id = "C1", order_date = "2026-10-10", amount = "700", payment_terms_days = "90", status = "draft" },
        },
      }),
      expect = { { key = "SO2", days = "32", amount = "600.00" }, { key = "SO3", days = "61", basis = "unknown", amount = "700.00" } } },
    { "an order that repeats its contract's terms is judged at the contract",
      given = credit_order("500", {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-02", payment_terms_days = "60", amount = "900", status = "signed" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-10", amount = "500", payment_terms_days = "60" } },
      }),
      expect = { { key = "CT1", amount = "900", days = "60", approved_days = "30" } } },
    { "no terms were approved",
      given = credit_order("500", {
        customer_credit = {},
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500", payment_terms_days = "60" } },
      }),
      expect = { { key = "SO1", untestable = "no approved terms" } } },
  },
}

-- The orders that a delivery carries out: its header's, or its lines'.
local function orders_of(delivery)
  local order = read(delivery, "order_id") and delivery.order
  if order then return { order } end
  local orders = {}
  for line in each(rows_of(delivery, "delivery_line", "lines")) do
    if line.order and not contains(orders, line.order) then table.insert(orders, line.order) end
  end
  return orders
end

-- Whether what is delivered was to be paid for before or on delivery.
local function is_prepaid(delivery)
  local orders = orders_of(delivery)
  return #orders > 0 and all(orders, function(order)
    return order.payment_mode == "prepay" or order.payment_mode == "cash"
  end)
end

-- What a delivery is worth with tax, in the company's currency on its day.
local function delivery_amount(delivery)
  return sum(delivery.lines, function(line)
    return convert(gross_amount(line), currency_of(line), company_currency, delivery.delivery_date)
  end)
end

control "CRD-04" {
  title      = { en = "Shipped on credit to a customer with overdue receivables", zh = "逾期客户继续赊销发货" },
  risk       = { en = "Who does not pay what is due gets more to owe.", zh = "逾期未付仍继续发货，形成长期欠费。" },
  tests      = {
    en = "At each delivery on credit the customer's receivables that were due and not paid by that day are added up, oldest first. A credit override excuses the delivery.",
    zh = "每次赊销发货时，按先旧后新汇总客户至当日到期未付的应收款；超额度批准可予豁免。",
  },
  source     = { "001-I.2.9" },
  severity   = "high",
  profile    = { "archive", "general" },
  population = "delivery",
  shape      = "ageing",
  applies    = function(delivery)
    return delivery.kind ~= "return" and not is_void(delivery) and not is_prepaid(delivery)
  end,
  group      = { "customer_id" },
  parameters = {
    grace_days = { 0, origin = "default" },
    min_overdue = { decimal "0", origin = "default", note = "overdue up to this amount is let pass" },
    unapplied = { "all", origin = "default", note = "receipts not applied yet pay the oldest debts: all or none" },
  },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {date} while {overdue} was overdue, the oldest since {since}",
    zh = "{date} 发货时已逾期 {overdue}，最早到期日 {since}",
  },
  follow_up  = { en = "Ask who released the delivery; look at collection since then.", zh = "询问由谁放行发货，跟进催收。" },

  test = function(deliveries, p)
    local customer = deliveries[1].customer
    if not customer then return untestable "no customer" end
    select_currency(company_currency)
    return replay_overdue(customer, deliveries, p.grace_days, p.unapplied, function(delivery, overdue, entries)
      if overdue <= p.min_overdue then return nil end
      local overridden = any(append({ delivery }, orders_of(delivery)), function(document)
        return override(document, delivery.delivery_date)
      end)
      if overridden then return nil end
      return exception {
        row      = delivery,
        amount   = delivery_amount(delivery),
        date     = delivery.delivery_date,
        overdue  = overdue,
        since    = earliest_of(map(entries, "due_on")),
        evidence = evidence(entries, orders_of(delivery)),
      }
    end)
  end,

  cases = {
    { "a day after the due date",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-09", amount = "300" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      },
      expect = { { key = "D1", amount = "50", overdue = "300", since = "2026-10-09" } } },
    { "on the due date",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-10", amount = "300" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      },
      expect = {} },
    { "paid on the day of the delivery, though overdue before",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" } },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "300", received_on = "2026-10-10" } },
        receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "300", applied_on = "2026-10-10" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      },
      expect = {} },
    { "paid a day after, in part before",
      given = {
        customer = { { customer_id = "C1" } },
        invoice = { { invoice_id = "I1", customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" } },
        receipt = {
          { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-10-05" },
          { receipt_id = "RC2", customer_id = "C1", kind = "payment", amount = "200", received_on = "2026-10-11" },
        },
        receipt_application = {
          { receipt_id = "RC1", invoice_id = "I1", amount = "100", applied_on = "2026-10-05" },
          { receipt_id = "RC2", invoice_id = "I1", amount = "200", applied_on = "2026-10-11" },
        },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      },
      expect = { { key = "D1", amount = "50", overdue = "200" } } },
    { "two debts overdue, the older one paid; an override for another day",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = {
          { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "100" },
          { receivable_id = "R2", customer_id = "C1", posted_on = "2026-08-10", due_on = "2026-09-10", amount = "200" },
          { receivable_id = "R3", customer_id = "C1", posted_on = "2026-08-20", due_on = "2026-09-20", amount = "300" },
        },
        receipt = { { receipt_id = "RC1", customer_id = "C1", kind = "payment", amount = "100", received_on = "2026-09-15" } },
        receipt_application = { { receipt_id = "RC1", receivable_id = "R1", amount = "100", applied_on = "2026-09-15" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
        approval = { { doc_kind = "delivery", doc_id = "D1", approval_kind = "credit_override", approver_id = "E9", decision = "approve", decided_at = "2026-10-11T09:00:00" } },
      },
      expect = { { key = "D1", amount = "50", overdue = "500", since = "2026-09-10" } } },
    { "overridden on the day of the delivery",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "100" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", payment_mode = "credit", order_date = "2026-10-01" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
        approval = override_approval "2026-10-10T18:00:00",
      },
      expect = {} },
    { "a delivery for two orders, one of them on credit",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-08-01", due_on = "2026-09-01", amount = "100" } },
        sales_order = {
          { order_id = "SO1", customer_id = "C1", payment_mode = "prepay", order_date = "2026-10-01" },
          { order_id = "SO2", customer_id = "C1", payment_mode = "credit", order_date = "2026-10-01" },
        },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_id = "SO1", quantity = "1", gross_amount = "50" },
          { delivery_id = "D1", line_no = "2", order_id = "SO2", quantity = "1", gross_amount = "60" },
        },
      },
      expect = { { key = "D1", amount = "110", overdue = "100" } } },
    { "a red receivable took the debt away",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = {
          { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" },
          { receivable_id = "R2", customer_id = "C1", posted_on = "2026-09-20", amount = "-300", reversal_of = "R1" },
        },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      },
      expect = {} },
    { "the order was to be paid before delivery",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", due_on = "2026-10-01", amount = "300" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", payment_mode = "prepay", order_date = "2026-10-01" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-10" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", gross_amount = "50" } },
      },
      expect = {} },
    { "due dates were not imported",
      given = {
        customer = { { customer_id = "C1" } },
        receivable_entry = { { receivable_id = "R1", customer_id = "C1", posted_on = "2026-09-01", amount = "300" } },
        delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" } },
      },
      absent = { "receivable_entry.due_on" },
      expect = { { key = "C1", untestable = "due_on" } } },
  },
}

control "CRD-05" {
  title      = { en = "Credit limit or terms outside the credit policy for the rating", zh = "信用额度超出信用政策" },
  risk       = { en = "Limits above the policy give more credit than leadership decided.", zh = "额度或账期超出公司信用政策。" },
  tests      = {
    en = "The limit and the days of each credit record of a customer are compared with the most that the credit policy of that day allows for the rating.",
    zh = "将客户信用记录的额度和账期，与当日信用政策对该等级允许的上限比较。",
  },
  source     = { "000B I-2.3" },
  severity   = "medium",
  profile    = { "internal-control" },
  population = "customer_credit",
  shape      = "as-of",
  applies    = function(terms) return terms.credit_rating ~= nil end,
  amount_kind = "exposure",
  message    = {
    en = "rating {rating} allows {allowed}, set {given} ({what})",
    zh = "等级 {rating} 允许 {allowed}，实际 {given}（{what}）",
  },
  follow_up  = { en = "Ask who set the limit, and on whose decision.", zh = "询问由谁设定、依据何人批准。" },

  test = function(terms)
    local policy = terms.policy
    if not policy then return untestable("no credit policy for rating " .. terms.credit_rating) end
    local found = {}
    local limit, most = terms.credit_limit, policy.max_credit_limit
    if limit and most and limit > most then
      table.insert(found, exception {
        label = "limit", what = "limit", amount = limit - most, rating = terms.credit_rating,
        given = limit, allowed = most, evidence = evidence(policy, terms.customer),
      })
    end
    local days, longest = terms.payment_terms_days, policy.max_terms_days
    if days and longest and days > longest then
      table.insert(found, exception {
        label = "terms", what = "days", rating = terms.credit_rating,
        given = days, allowed = longest, evidence = evidence(policy, terms.customer),
      })
    end
    return found
  end,

  cases = {
    { "one cent above the policy's limit, one day above its terms",
      given = {
        customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "A", credit_limit = "1000.01", payment_terms_days = "31" } },
        credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
      },
      expect = {
        { key = "C1/2026-10-01", label = "limit", amount = "0.01", given = "1000.01", allowed = "1000" },
        { key = "C1/2026-10-01", label = "terms", given = "31", allowed = "30", amount = "none" },
      } },
    { "at both limits",
      given = {
        customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "A", credit_limit = "1000", payment_terms_days = "30" } },
        credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
      },
      expect = {} },
    { "the rating is not in the policy",
      given = {
        customer_credit = { { customer_id = "C1", valid_from = "2026-10-01", credit_rating = "D", credit_limit = "1000" } },
        credit_policy = { { credit_rating = "A", max_credit_limit = "1000", max_terms_days = "30" } },
      },
      expect = { { key = "C1/2026-10-01", untestable = "rating D" } } },
  },
}

control "CRD-06" {
  title      = { en = "Credit sale to a customer with an unresolved credit problem", zh = "有信用问题客户赊销" },
  risk       = { en = "A customer that failed before gets credit again.", zh = "对有信用问题的客户继续赊销。" },
  tests      = {
    en = "For each credit order the customer's credit problems of the last months are looked up that were not resolved on the order date. A credit override excuses it.",
    zh = "逐单查找近期内发生、订单日尚未解决的客户信用问题；超额度批准可予豁免。",
  },
  source     = { "001-II.2.4" },
  severity   = "high",
  profile    = { "archive" },
  population = "sales_order",
  shape      = "lookup",
  applies    = function(order) return gives_credit(order) and is_live(order) and not is_reversal(order) end,
  parameters = { look_back_months = { 24, origin = "default", note = "the policy names no number" } },
  amount_kind = "exposure",
  message    = {
    en = "{kind} of {occurred_on} was not resolved on {date}",
    zh = "{occurred_on} 的信用问题（{kind}）在 {date} 尚未解决",
  },
  follow_up  = { en = "Ask why credit was given again.", zh = "询问为何继续给予赊销。" },

  test = function(order, p)
    local customer = order.customer
    if not customer then return untestable "no customer" end
    local oldest = add_months(order.order_date, -p.look_back_months)
    local problem = first(sort(customer.credit_events, "occurred_on"), function(event)
      return event.occurred_on ~= nil
        and in_window(event.occurred_on, oldest, order.order_date)
        and (event.resolved_on == nil or event.resolved_on > order.order_date)
    end)
    if not problem then return end
    if override(order, order.approved_at or order.order_date) then return end
    return exception {
      amount      = credit_amount(order),
      kind        = problem.kind or "unknown",
      occurred_on = problem.occurred_on,
      date        = order.order_date,
      evidence    = evidence(problem, customer, decisions_on_chain(order, { "credit_override" })),
    }
  end,

  cases = {
    { "a bounced cheque not made good",
      given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01" } } }),
      expect = { { key = "SO1", amount = "500", kind = "bounced", occurred_on = "2026-06-01" } } },
    { "resolved on the day of the order",
      given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01", resolved_on = "2026-10-10" } } }),
      expect = {} },
    { "resolved the day after",
      given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "overdue", occurred_on = "2026-10-10", resolved_on = "2026-10-11" } } }),
      expect = { { key = "SO1", kind = "overdue", amount = "500.00" } } },
    { "twenty-four months and a day ago",
      given = credit_order("500", { credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2024-10-09" } } }),
      expect = {} },
    { "a credit override was approved",
      given = credit_order("500", {
        credit_event = { { event_id = "V1", customer_id = "C1", kind = "bounced", occurred_on = "2026-06-01" } },
        approval = override_approval("2026-10-10T09:00:00"),
      }),
      expect = {} },
    { "credit problems were not imported",
      given = credit_order "500", absent = { "credit_event" },
      expect = { { key = "SO1", untestable = "credit_event" } } },
  },
}

control "CRD-07" {
  title      = { en = "Transaction mode differs from the customer's approved trade mode", zh = "交易处理方式不符" },
  risk       = { en = "A customer approved for prepayment only is given credit.", zh = "核定为预付的客户被给予赊销等。" },
  tests      = {
    en = "The payment mode of each order is compared with the trade mode approved for the customer on that day; a mode of less risk is allowed.",
    zh = "将订单付款方式与当日核定的客户交易方式比较，风险更低的方式可以接受。",
  },
  source     = { "001-II.3.3" },
  severity   = "medium",
  profile    = { "archive" },
  population = "sales_order",
  shape      = "as-of",
  applies    = function(order)
    if not is_live(order) or is_reversal(order) then return false end
    return order.credit ~= nil and order.credit.trade_mode ~= nil -- without terms: CRD-02
  end,
  parameters = {
    allowed = {
      {
        "prepay:prepay",
        "cash:cash", "cash:prepay",
        "credit:credit", "credit:mixed", "credit:cash", "credit:prepay",
        "consignment:consignment", "consignment:cash", "consignment:prepay",
      },
      origin = "default", note = "approved mode:mode of the order; no mode allows one that risks more",
    },
  },
  amount_kind = "transaction",
  message    = { en = "order is {mode}, approved is {approved}", zh = "订单方式 {mode}，核定方式 {approved}" },
  follow_up  = { en = "Ask who agreed to the other mode.", zh = "询问由谁同意变更交易方式。" },

  test = function(order, p)
    local mode = is_consignment(order) and "consignment" or order.payment_mode
    if not mode then return untestable "no payment mode" end
    local approved_mode = order.credit.trade_mode
    if contains(p.allowed, approved_mode .. ":" .. mode) then return end
    return exception {
      amount   = order.amount,
      mode     = mode,
      approved = approved_mode,
      evidence = evidence(order.credit, order.customer),
    }
  end,

  cases = {
    { "credit to a customer who must prepay",
      given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2026-01-01", trade_mode = "prepay" } } }),
      expect = { { key = "SO1", amount = "500", mode = "credit", approved = "prepay" } } },
    { "a credit customer prepays",
      given = credit_order("500", {
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "prepay", amount = "500" } },
      }),
      expect = {} },
    { "consignment to a customer without it",
      given = credit_order("500", {
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", payment_mode = "credit", business_type = "consignment", amount = "500" } },
      }),
      expect = { { key = "SO1", mode = "consignment", approved = "credit", amount = "500.00" } } },
    { "the order states no mode",
      given = credit_order("500", {
        sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-10", amount = "500" } },
      }),
      expect = { { key = "SO1", untestable = "no payment mode" } } },
  },
}

control "CRD-08" {
  title      = { en = "Credit sale on a stale credit assessment", zh = "信用评估过期" },
  risk       = { en = "A limit that nobody looked at for long says nothing about the customer today.", zh = "长期未更新的信用评估不能反映客户现状。" },
  tests      = {
    en = "The age of the customer's credit assessment on the date of each credit order is compared with the longest allowed.",
    zh = "将赊销订单日客户信用评估的时间长短，与允许的最长期限比较。",
  },
  source     = { "001-II.4.1" },
  severity   = "low",
  profile    = { "archive" },
  population = "sales_order",
  shape      = "ageing",
  applies    = function(order)
    return gives_credit(order) and is_live(order) and not is_reversal(order) and order.credit ~= nil -- without terms: CRD-02
  end,
  parameters = { max_age_days = { 365, origin = "default", note = "the policy names no number" } },
  evidence_columns = { "customer_credit.assessed_on" },
  amount_kind = "exposure",
  message    = {
    en = "assessed on {assessed_on}, {age} days before the order",
    zh = "评估日 {assessed_on}，距订单 {age} 天",
  },
  follow_up  = { en = "Have the customer's credit assessed anew.", zh = "重新评估客户信用。" },

  test = function(order, p)
    local terms = order.credit
    if not terms.assessed_on then return untestable "no assessment date" end
    local age = order.order_date - terms.assessed_on
    if age <= p.max_age_days then return end
    return exception {
      amount      = credit_amount(order),
      assessed_on = terms.assessed_on,
      age         = age,
      evidence    = evidence(terms, order.customer),
    }
  end,

  cases = {
    { "366 days old",
      given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2025-01-01", credit_limit = "1000", assessed_on = "2025-10-09" } } }),
      expect = { { key = "SO1", amount = "500", age = "366", assessed_on = "2025-10-09" } } },
    { "365 days old",
      given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2025-01-01", credit_limit = "1000", assessed_on = "2025-10-10" } } }),
      expect = {} },
    { "no assessment date",
      given = credit_order("500", { customer_credit = { { customer_id = "C1", valid_from = "2025-01-01", credit_limit = "1000" } } }),
      expect = { { key = "SO1", untestable = "no assessment date" } } },
  },
}

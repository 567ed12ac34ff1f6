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

-- The customer whose limit counts: the group's, where limits are the group's.
local function head_of(customer)
  local head = customer
  for _ = 1, 10 do
    local parent = head.parent_id and head.parent
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
local function limit_of(row, moment, by_group)
  local customer = by_group and head_of(row.customer) or row.customer
  local company = not by_group and row.company_id or nil
  local found = filter(customer.credits, function(terms)
    local own = terms.company_id
    return in_window(moment, terms.valid_from, terms.valid_to) and (own == nil or own == "*" or own == company)
  end)
  local latest_terms = sort(found, function(terms)
    local is_own = company ~= nil and terms.company_id == company
    return { is_own and 1 or 0, terms.valid_from }
  end)[#found]
  return latest_terms and latest_terms.credit_limit and latest_terms or nil
end

-- How many days a basis may add before the first day of the terms.
local function basis_days(basis, p)
  if basis == "month_end" then return p.month_end_days end
  if basis == "invoice" then return p.invoice_days end
  return 0
end

-- Whether terms of `days` from `basis` are longer than those approved. Without a basis on either side the days
-- alone count.
local function is_longer(days, basis, approved_terms, p)
  local approved_days, approved_basis = approved_terms.payment_terms_days, approved_terms.terms_basis
  if not basis or not approved_basis then return days > approved_days end
  return days + basis_days(basis, p) > approved_days + basis_days(approved_basis, p)
end

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

control "CRD-01" {
  title      = { en = "Credit limit exceeded when credit was extended", zh = "超信用额度赊销" },
  risk       = { en = "Credit beyond what a customer was judged good for is lost when it fails.", zh = "赊销失控导致货款不能及时收回。" },
  tests      = {
    en = "Receivables, goods delivered and not yet posted, and open orders, less what was received, are carried forward event by event, as they stood at each moment: an order that was closed, cancelled or reversed later was open before. Each approval of a credit order and each delivery that raises the sum is compared with the limit in force. A credit override excuses it. An order whose end nobody recorded was open until its last delivery or invoice; where it has none, what depends on it cannot be tested.",
    zh = "按事件逐笔滚动应收、已发未入账货物和未发订单，减去收款，均取当时状态：其后关闭、取消或冲销的订单，此前仍占用额度。每次赊销订单审批和使占用增加的发货，与当时有效额度比较；超额度批准可予豁免。未记录结束时间的订单视为至最后发货或开票为止；无发货开票的，受其影响的单据无法测试。",
  },
  source     = { "000B II-2.2", "001-II.3.3" },
  severity   = "high",
  profile    = { "internal-control", "archive", "general" },
  population = { "sales_order", "delivery" },
  shape      = "balance",
  scope      = "all", -- an order belongs to the period of its approval, a delivery to that of its date
  applies    = function(row)
    if table_of(row) == "sales_order" then
      return gives_credit(row) and not is_draft(row) and not is_reversal(row) and any(placed_spans(row), function(span) return in_period(span.from) end)
    end
    if row.kind == "return" or not is_live(row) or is_consignment(row) then return false end
    if not row.delivery_date then untestable { en = "no date", zh = "无日期" } end
    return in_period(row.delivery_date)
  end,
  group      = function(row)
    local customer = row.customer
    if not customer then untestable { en = "no customer", zh = "无客户" } end
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
    local function judge(row, before, after, terms, moment)
      local limit = terms.credit_limit
      local increase = after.exposure - before.exposure
      local excess = after.exposure - limit
      if increase <= 0 or excess + after.doubt <= 0 then return nil end
      if override(row, moment, after.exposure) then return nil end
      if excess <= 0 then return untestable_row(row, unknown_end()) end
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
    local function terms_of(row, moment) return limit_of(row, moment, p.group_limits) end
    local function has_terms(row)
      local moments = table_of(row) == "sales_order" and map(placed_spans(row), "from") or { row.delivery_date }
      return any(moments, function(moment) return terms_of(row, moment) end)
    end
    if not any(rows, has_terms) then return end -- no limit is CRD-02's
    if p.group_limits then
      return replay_credit(members_of(head_of(rows[1].customer)), rows, terms_of, judge, p)
    end
    local found = {}
    for group in each(group_by(rows, "customer_id")) do
      append(found, replay_credit({ group.rows[1].customer }, group.rows, terms_of, judge, p))
    end
    return found
  end,
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
    select_currency(currency_of(order)) -- the limit may be in another, and is only shown
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
}

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
      or contract.terms_basis ~= document.terms_basis
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
    if not terms or not terms.payment_terms_days then return untestable { en = "no approved terms in force", zh = "无有效的核定交易条件" } end
    local basis = document.terms_basis
    if not is_longer(document.payment_terms_days, basis, terms, p) then return end
    return exception {
      amount         = document.amount,
      days           = document.payment_terms_days,
      basis          = basis or "unknown",
      approved_days  = terms.payment_terms_days,
      approved_basis = terms.terms_basis or "unknown",
      evidence       = evidence(terms, document.customer),
    }
  end,
}

control "CRD-04" {
  title      = { en = "Shipped on credit to a customer with overdue receivables", zh = "逾期客户继续赊销发货" },
  risk       = { en = "Who does not pay what is due gets more to owe.", zh = "逾期未付仍继续发货，形成长期欠费。" },
  tests      = {
    en = "At each delivery on credit the customer's receivables that were due (by their date, else by the approved terms) and not paid by that day are added up, oldest first; what names only an invoice pays its receivables once, the earliest due first. A credit override excuses the delivery.",
    zh = "每次赊销发货时，按先旧后新汇总客户至当日到期（无到期日的按核定账期）未付的应收款；只指明发票的款项在其各笔应收间按到期先后只冲抵一次；超额度批准可予豁免。",
  },
  source     = { "001-I.2.9" },
  severity   = "high",
  profile    = { "archive", "general" },
  population = "delivery",
  shape      = "ageing",
  applies    = function(delivery)
    return delivery.kind ~= "return" and is_live(delivery) and not is_prepaid(delivery)
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
    if not customer then return untestable { en = "no customer", zh = "无客户" } end
    select_currency(company_currency)
    return replay_overdue(customer, deliveries, p.grace_days, p.unapplied, function(delivery, overdue, entries, undated)
      if overdue <= p.min_overdue and not undated then return nil end
      local overridden = any(append({ delivery }, orders_of(delivery)), function(document)
        return override(document, delivery.delivery_date)
      end)
      if overridden then return nil end
      if overdue <= p.min_overdue then
        return untestable_row(delivery, { en = "neither due date nor approved terms of receivable {receivable}",
          zh = "应收 {receivable} 既无到期日也无核定账期", receivable = undated.receivable_id })
      end
      return exception {
        row      = delivery,
        amount   = delivery_amount(delivery),
        date     = delivery.delivery_date,
        overdue  = overdue,
        since    = earliest_of(map(entries, due_of)),
        evidence = evidence(entries, orders_of(delivery)),
      }
    end)
  end,
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
    if not policy then return untestable { en = "no credit policy for rating {rating}", zh = "信用等级 {rating} 无信用政策",
      rating = terms.credit_rating } end
    local found = {}
    local limit, most = read(terms, "credit_limit"), read(policy, "max_credit_limit")
    if limit and most and limit > most then
      table.insert(found, exception {
        label = "limit", what = "limit", amount = limit - most, rating = terms.credit_rating,
        given = limit, allowed = most, evidence = evidence(policy, terms.customer),
      })
    end
    local days, longest = read(terms, "payment_terms_days"), read(policy, "max_terms_days")
    if not (limit and most) and not (days and longest) then return untestable { en = "neither limit nor days to compare", zh = "额度与账期均缺，无法比较" } end
    if days and longest and days > longest then
      table.insert(found, exception {
        label = "terms", what = "days", rating = terms.credit_rating,
        given = days, allowed = longest, evidence = evidence(policy, terms.customer),
      })
    end
    return found
  end,
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
    if not customer then return untestable { en = "no customer", zh = "无客户" } end
    local oldest = add_months(order.order_date, -p.look_back_months)
    local problem = first(sort(customer.credit_events, "occurred_on"), function(event)
      return event.occurred_on ~= nil
        and in_window(event.occurred_on, oldest, order.order_date)
        and (event.resolved_on == nil or event.resolved_on > order.order_date)
    end)
    if not problem then return end
    if override(order, order_placed_at(order) or order.order_date) then return end
    return exception {
      amount      = credit_amount(order),
      kind        = problem.kind or "unknown",
      occurred_on = problem.occurred_on,
      date        = order.order_date,
      evidence    = evidence(problem, customer, decisions_on_chain(order, { "credit_override" })),
    }
  end,
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
    if not mode then return untestable { en = "no payment mode", zh = "无结算方式" } end
    local approved_mode = order.credit.trade_mode
    if contains(p.allowed, approved_mode .. ":" .. mode) then return end
    return exception {
      amount   = order.amount,
      mode     = mode,
      approved = approved_mode,
      evidence = evidence(order.credit, order.customer),
    }
  end,
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
  amount_kind = "exposure",
  message    = {
    en = "assessed on {assessed_on}, {age} days before the order",
    zh = "评估日 {assessed_on}，距订单 {age} 天",
  },
  follow_up  = { en = "Have the customer's credit assessed anew.", zh = "重新评估客户信用。" },

  test = function(order, p)
    local terms = order.credit
    if not terms.assessed_on then return untestable { en = "no assessment date", zh = "无评估日期" } end
    local age = order.order_date - terms.assessed_on
    if age <= p.max_age_days then return end
    return exception {
      amount      = credit_amount(order),
      assessed_on = terms.assessed_on,
      age         = age,
      evidence    = evidence(terms, order.customer),
    }
  end,
}

-- SPDX-License-Identifier: MIT
-- Credit: what a customer may still owe (the exposure), replayed event by event.
--
-- exposure = opening receivables + receivables posted - settled (applied, netted) - written off
--          - unapplied receipts + bills of exchange not yet due
--          + delivered and not yet posted to receivables + open part of approved credit orders
-- All with tax, kept by currency and converted at the rate of the day asked for.

-- The percentage of an order that is on credit: all of a credit order; of a mixed one what the contract's
-- payment plan does not ask for before delivery, or all of it without a plan; nothing of any other.
function credit_share(order)
  if order.payment_mode == "credit" then return 100 end
  if order.payment_mode ~= "mixed" then return 0 end
  local contract = contract_of(order)
  local plans = contract and contract.payment_plans or {}
  local before = filter(plans, function(plan)
    return contains({ "deposit", "advance", "before_shipment" }, plan.milestone)
  end)
  if #plans == 0 then return 100 end
  if all(plans, "pct") then return 100 - sum(before, "pct") end
  local planned = sum(plans, "amount")
  if planned == 0 then return 100 end
  return div((planned - sum(before, "amount")) * 100, planned, 6)
end

-- Where the rows that are like the one at a position end: the position of the first that is not. Such rows
-- stand together in the list.
local function end_of_block(list, position, is_like)
  local inside, beyond = position, #list + 1
  while beyond - inside > 1 do
    local middle = (inside + beyond) // 2
    if is_like(list[middle], list[position]) then inside = middle else beyond = middle end
  end
  return beyond
end

local function is_same_account(a, b)
  return a.account == b.account and a.company_id == b.company_id
end

-- Whether a period's opening balances, which are in the order of company and account, have one of an account.
-- Only the first of each company and account is looked at, for there may be very many.
local function has_account(balances, account)
  local position = 1
  while position <= #balances do
    if balances[position].account == account then return true end
    position = end_of_block(balances, position, is_same_account)
  end
  return false
end

-- The period whose opening balances count: the latest that starts by the start of the audited period, else
-- the first there is. Nil where no balance of receivables was brought forward at all.
local function opening_period()
  if not imported "opening_balance" or not imported "accounting_period" then return nil end
  local chosen
  for period in each(rows "accounting_period") do
    local in_time = period_from and period.starts_on and period.starts_on <= period_from
    if (in_time or not chosen) and has_account(period.opening_balances, "receivable") then chosen = period.period end
  end
  return chosen
end

local function is_opening_entry(entry)
  return read(entry, "kind") == "opening"
end

-- An account of one or more customers, empty: sums by currency, the state of every line of goods, and the
-- invoices already posted.
local function new_account(p)
  return { currencies = {}, lines = {}, posted = {}, contracts = {}, p = p }
end

local function sums_in(account, currency)
  if not account.currencies[currency] then
    account.currencies[currency] = {
      receivable = 0, settled = 0, received = 0, written_off = 0, bills = 0, pending = 0, open = 0, doubt = 0,
    }
  end
  return account.currencies[currency]
end

local function sums_of(account, row)
  return sums_in(account, currency_of(row))
end

-- What was received and settled under a contract, for unapplied = "same_contract".
local function contract_sums(account, contract)
  if not contract then return nil end
  if not account.contracts[contract] then account.contracts[contract] = { received = 0, settled = 0 } end
  return account.contracts[contract]
end

-- The line whose goods a delivery or invoice line is about: its order line; otherwise the delivery line.
local function goods_line(line)
  if line.order_line then return line.order_line end
  if table_of(line) == "invoice_line" then return line.delivery_line end
  local source = read(line.delivery, "source_delivery_id") and line.delivery.source_delivery
  if not source then return line end
  local returned = first(source.lines, function(other) return other.product_id == line.product_id end)
  return returned and (returned.order_line or returned) or line
end

-- What the state of an order line or of goods is at the moment that the replay has come to. Of an order line: ordered, what
-- of it was cancelled or reversed by then, whether it has ended; `doubtful` is what ended at a time that nobody recorded.
local function line_state(account, line)
  if not account.lines[line] then
    local is_order = table_of(line) == "sales_order_line"
    account.lines[line] = {
      currency = currency_of(line), approved = false, ended = false,
      quantity = line.quantity, gross = gross_amount(line), share = is_order and line.order and credit_share(line.order) or 0,
      ordered = is_order and line.quantity or 0, cancelled = 0, doubtful = 0,
      shipped = 0, delivered = 0, delivered_gross = 0, posted = 0, open = 0, doubt = 0, pending = 0,
    }
  end
  return account.lines[line]
end

-- Works out anew what of a line is open (ordered on credit, neither delivered nor posted) and what is pending
-- (delivered and not posted), and carries the change to the account. What came back is to be delivered again,
-- unless the order has ended.
local function settle_line(account, state)
  local sums = sums_in(account, state.currency)
  local rest = state.ended and 0 or max(0, state.ordered - state.cancelled - max(state.delivered, state.posted))
  local pending = max(0, state.delivered - max(0, state.posted))
  local open, doubt = 0, 0
  if state.approved and rest > 0 then
    open = percent(share_of(state.gross, rest, state.quantity), state.share)
    doubt = percent(share_of(state.gross, min(rest, state.doubtful), state.quantity), state.share)
  end
  local waiting = pending > 0 and share_of(state.delivered_gross, pending, state.delivered) or 0
  sums.open = sums.open + open - state.open
  sums.doubt = sums.doubt + doubt - state.doubt
  sums.pending = sums.pending + waiting - state.pending
  state.open, state.doubt, state.pending = open, doubt, waiting
end

-- The quantities of an invoice are posted once, with the first of its receivables.
local function post_invoice(account, invoice)
  if account.posted[invoice] or not is_live(invoice) then return end
  account.posted[invoice] = true
  for line in each(invoice.lines) do
    local goods = goods_line(line)
    if goods then
      local state = line_state(account, goods)
      state.posted = state.posted + (line.quantity or 0)
      settle_line(account, state)
    end
  end
end

-- An order's open part counts no longer: its approval was taken back, or open orders are not to be included.
local function forget_order(account, order)
  for line in each(order.lines) do
    local state = line_state(account, line)
    state.approved = false
    settle_line(account, state)
  end
end

-- Nothing more is to come on a line.
local function end_line(account, line)
  local state = line_state(account, line)
  state.ended = true
  settle_line(account, state)
end

local apply = {
  opening = function(account, row)
    local sums = sums_of(account, row)
    if row.account == "receivable" then sums.receivable = sums.receivable + (row.amount or 0)
    else sums.received = sums.received + (row.amount or 0) end
  end,
  receivable = function(account, row)
    local sums = sums_of(account, row)
    sums.receivable = sums.receivable + (row.amount or 0)
  end,
  posting = function(account, row)
    if row.invoice and read(row, "kind") ~= "adjustment" then post_invoice(account, row.invoice) end
  end,
  invoice = post_invoice,
  cash_invoice = post_invoice, -- paid on the spot: never a receivable
  receipt = function(account, row)
    local sums = sums_of(account, row)
    local amount = row.amount or 0
    if row.kind == "refund" then amount = -abs(amount) end
    sums.received = sums.received + amount
    local under = contract_sums(account, contract_of(row))
    if under then
      under.received = under.received + amount
    end
  end,
  bill = function(account, row)
    local sums = sums_of(account, row)
    sums.bills = sums.bills + (row.amount or 0)
  end,
  bill_due = function(account, row)
    local sums = sums_of(account, row)
    sums.bills = sums.bills - (row.amount or 0)
  end,
  application = function(account, row)
    local sums = sums_of(account, row)
    sums.settled = sums.settled + (row.amount or 0)
    local under = contract_sums(account, contract_of(row.receipt))
    if under then
      under.settled = under.settled + (row.amount or 0)
    end
  end,
  netting = function(account, row)
    local sums = sums_of(account, row)
    sums.settled = sums.settled + (row.amount or 0)
    local under = contract_sums(account, contract_of(row))
    if under then
      under.settled = under.settled + (row.amount or 0)
    end
  end,
  write_off = function(account, row)
    local sums = sums_of(account, row)
    sums.written_off = sums.written_off + (row.amount or 0)
  end,
  order = function(account, row)
    for line in each(row.lines) do
      local state = line_state(account, line)
      state.approved = true
      settle_line(account, state)
    end
  end,
  unapproval = function(account, row) forget_order(account, row) end,
  -- From its approval on it is not known whether an order has ended already.
  doubt = function(account, row)
    for line in each(row.lines) do
      local state = line_state(account, line)
      state.doubtful = state.ordered
      settle_line(account, state)
    end
  end,
  ending = function(account, row)
    for line in each(row.lines) do end_line(account, line) end
  end,
  last_document = function(account, row)
    for line in each(row.lines) do end_line(account, line) end
  end,
  line_ending = function(account, line) end_line(account, line) end,
  cancellation = function(account, line)
    local state = line_state(account, line)
    state.cancelled = state.cancelled + (line.cancelled_quantity or 0)
    settle_line(account, state)
  end,
  line_doubt = function(account, line)
    local state = line_state(account, line)
    state.doubtful = max(state.doubtful, line.cancelled_quantity or 0)
    settle_line(account, state)
  end,
  -- A reversal takes its own quantities off the order that it reverses, wholly where it has no lines.
  reversal = function(account, row)
    local original = row.reversal_of_sales_order
    for line in each(original.lines) do
      local state = line_state(account, line)
      local taken = sum(filter(row.lines, function(one)
        return one.product_id == line.product_id and (one.line_no == line.line_no or not any(original.lines, function(other)
          return other.product_id == one.product_id and other.line_no == one.line_no
        end))
      end), function(one) return abs(one.quantity or 0) end)
      state.cancelled = state.cancelled + (#row.lines > 0 and taken or state.ordered)
      settle_line(account, state)
    end
  end,
  delivery = function(account, row)
    for line in each(row.lines) do
      local state = line_state(account, goods_line(line))
      state.delivered = state.delivered + (line.quantity or 0)
      state.shipped = state.shipped + max(0, line.quantity or 0)
      state.delivered_gross = state.delivered_gross + gross_amount(line)
      settle_line(account, state)
    end
  end,
}

-- Money first, then approvals and what ends orders by time (an end without a time first), then deliveries, then postings.
local ranks = {
  opening = 0, receipt = 1, bill = 1, bill_due = 1, application = 1, netting = 1, write_off = 1,
  cash_invoice = 1, unapproval = 1, reversal = 1, cancellation = 1, line_ending = 1,
  order = 2, delivery = 3, invoice = 4, receivable = 4, posting = 4, ending = 1, last_document = 5, doubt = 6, line_doubt = 6,
}

local ends_order = { unapproval = true, reversal = true, cancellation = true, line_ending = true, ending = true }

local function add_event(events, kind, on, row)
  if on and has_happened(on) then
    local rank = ranks[kind]
    if ends_order[kind] and type(moment_of(on)) == "timestamp" then rank = ranks.order end
    table.insert(events, { kind = kind, on = on, rank = rank, row = row })
  end
end

-- Amounts from before the opening balance are in it already.
local function add_amount(events, from, kind, on, row)
  if on and not (from and on < from) then add_event(events, kind, on, row) end
end

local function add_receipts(events, customer, from)
  for receipt in each(live_ones(customer.receipts)) do
    add_amount(events, from, "receipt", receipt.received_on, receipt)
    local due = receipt.method == "note" and receipt.bill_due_on
    if due and receipt.received_on and due > receipt.received_on then
      add_event(events, "bill", receipt.received_on, receipt)
      add_event(events, "bill_due", due, receipt)
    end
    for application in each(receipt.applications) do
      add_amount(events, from, "application", application.applied_on, application)
    end
  end
  for netting in each(customer.netting_entries) do
    add_amount(events, from, "netting", netting.netted_on, netting)
  end
  for write_off in each(live_ones(customer.write_offs)) do
    add_amount(events, from, "write_off", write_off.written_off_on, write_off)
  end
end

local function add_receivables(events, customer, from, start)
  for entry in each(live_ones(customer.receivables)) do
    local is_opening = is_opening_entry(entry)
    if is_opening then add_event(events, "receivable", start, entry)
    else add_amount(events, from, "receivable", entry.posted_on, entry) end
    add_event(events, "posting", is_opening and start or entry.posted_on, entry)
  end
  for invoice in each(customer.invoices) do
    local is_earlier = from and invoice.issued_on and invoice.issued_on < from and #invoice.receivables == 0
    if is_earlier then add_event(events, "invoice", start, invoice) end
    if invoice.cash_settled then add_event(events, "cash_invoice", invoice.issued_on, invoice) end
  end
end

-- When nothing more was to come on an order: it was closed, or it died. At the latest with its last delivery or invoice,
-- where the moment was not recorded; nil, false where there is none of them either, nil, nil of an order that has not ended.
local function ending_of(order)
  if not is_dead(order) then return order_closed_at(order) end
  local died = died_at(order)
  if died then return died, true end
  return latest_of(map(deliveries_of(order), "delivery_date")), false
end

-- What was cancelled of a line, and when: by its own closing, the change log, or with the last of its order's deliveries.
local function add_cancellation(events, line, approved_at)
  local closed = line.closed_at
  local is_partial = (line.cancelled_quantity or 0) > 0
  if closed then add_event(events, "line_ending", closed, line) end
  if closed or not is_partial then return end
  local logged = latest_of(map(filter(line.changes, function(change)
    return change.field == "cancelled_quantity"
  end), "changed_at"))
  local at = logged or latest_of(map(deliveries_of(line.order), "delivery_date"))
  add_event(events, at and "cancellation" or "line_doubt", at or approved_at, line)
end

-- The approvals of an order and what ended them; a reversal takes from its original.
local function add_order(events, order)
  if is_draft(order) then return end
  local spans = placed_spans(order)
  if is_reversal(order) then
    local at = spans[1] and spans[1].from or order.order_date
    if order.reversal_of_sales_order and is_live(order) then add_event(events, "reversal", at, order) end
    return
  end
  if #spans == 0 then return end
  for span in each(spans) do
    add_event(events, "order", span.from, order)
    if span.to then add_event(events, "unapproval", span.to, order) end
  end
  local ended, is_recorded = ending_of(order)
  if ended then add_event(events, is_recorded and "ending" or "last_document", ended, order) end
  if is_recorded == false and not ended then add_event(events, "doubt", spans[1].from, order) end
  for line in each(order.lines) do add_cancellation(events, line, spans[1].from) end
end

local function add_goods(events, customer)
  for order in each(customer.orders) do add_order(events, order) end
  for delivery in each(customer.deliveries) do
    if is_live(delivery) and not is_consignment(delivery) then
      add_event(events, "delivery", delivery.delivery_date, delivery)
    end
  end
end

local long_ago = date "1900-01-01"

-- The balances brought forward for a customer; opening receivables go before its balance of receivables.
local function add_openings(events, customer, period, has_entries)
  for balance in each(customer.opening_balances) do
    local counts = balance.account == "advance_from_customer" or balance.account == "receivable" and not has_entries
    if counts and balance.period == period then add_event(events, "opening", long_ago, balance) end
  end
end

-- All events of the customers that raise or lower their exposure, in the order in which they count.
-- Untestable where it is not known what was open at the start. A customer without an opening row had nothing
-- open, if there are opening rows at all.
function credit_events(customers)
  local period = opening_period()
  local from = period and period_start(period)
  local is_known = period ~= nil
  local events = {}
  for customer in each(customers) do
    local has_entries = any(customer.receivables, is_opening_entry)
    is_known = is_known or has_entries
    if period then add_openings(events, customer, period, has_entries) end
    add_receivables(events, customer, from, long_ago)
    add_receipts(events, customer, from)
    add_goods(events, customer)
  end
  if not is_known and not (imported("receivable_entry", "kind") and exists("receivable_entry", { kind = "opening" })) then
    untestable { en = "no opening balance", zh = "无期初余额" }
  end
  return in_order(events)
end

-- What unapplied receipts take off the exposure in one currency.
local function settled_of(sums, unapplied)
  if unapplied == "all" then return max(sums.settled, sums.received) end
  return sums.settled
end

-- The exposure of an account on a day, in a currency, and what it is made of.
local function exposure_of(account, currency, moment, contract)
  local total = { receivables = 0, goods = 0, orders = 0, doubt = 0, settled = 0, exposure = 0 }
  for own, sums in pairs(account.currencies) do
    local function converted(amount) return convert(amount, own, currency, moment) end
    total.receivables = total.receivables + converted(sums.receivable - sums.written_off + sums.bills)
    total.settled = total.settled + converted(settled_of(sums, account.p.unapplied))
    total.goods = total.goods + converted(sums.pending)
    total.orders = total.orders + converted(sums.open - sums.doubt)
    total.doubt = total.doubt + converted(sums.doubt)
  end
  local under = account.p.unapplied == "same_contract" and contract and account.contracts[contract]
  if under then total.settled = total.settled + max(0, under.received - under.settled) end
  total.exposure = total.receivables + total.goods + total.orders - total.settled
  return total
end

-- Judges a receivable by what it adds itself: its amount, which counts already, less the goods that it takes over.
local function judge_posting(account, event, limit, judge)
  local currency = currency_of(limit)
  local carried = exposure_of(account, currency, event.on)
  apply.posting(account, event.row)
  local after = exposure_of(account, currency, event.on)
  local own = convert(event.row.amount or 0, currency_of(event.row), currency, event.on)
  return judge(event.row, { exposure = carried.exposure - own }, after, limit, event.on)
end

-- The reason where an exposure depends on orders whose end nobody recorded.
function unknown_end()
  return { en = "when an earlier order was closed or cancelled is not recorded", zh = "未记录此前订单的关闭或取消时间" }
end

-- Replays the customers' events and calls judge(row, before, after, limit, moment) at each approval of an order, delivery or
-- receivable among `tested` for which `limit_of(row, moment)` gives terms with a limit. before and after are exposures in the
-- limit's currency: { exposure, receivables, goods, orders, settled, doubt = what orders come to that have ended, nobody
-- recorded when: it is not in the exposure }. Returns what judge returned, in order, of an order once.
-- p.unapplied = "all", "same_contract" or "none"; p.include_open_orders.
function replay_credit(customers, tested, limit_of, judge, p)
  local account, found, wanted, told = new_account(p), {}, {}, {}
  for row in each(tested) do wanted[row] = true end
  for event in each(credit_events(customers)) do
    local is_document = event.kind == "order" or event.kind == "delivery"
    local is_posting = event.kind == "posting"
    local limit = (is_document or is_posting) and wanted[event.row] and in_period(event.on) and limit_of(event.row, event.on)
    local before
    if limit and is_posting then
      table.insert(found, judge_posting(account, event, limit, judge))
    elseif limit then
      local contract = contract_of(event.row)
      before = exposure_of(account, currency_of(limit), event.on, contract)
      apply[event.kind](account, event.row)
      local after = exposure_of(account, currency_of(limit), event.on, contract)
      local outcome = not told[event.row] and judge(event.row, before, after, limit, event.on)
      if outcome then
        told[event.row] = true
        table.insert(found, outcome)
      end
    else
      apply[event.kind](account, event.row)
    end
    if event.kind == "order" and not p.include_open_orders then forget_order(account, event.row) end
  end
  return found
end

-- Whether a receivable takes others back that are known: the one that it reverses, or those of the invoice that its red
-- invoice corrects. These it reduces; another red one is money that the customer has to its credit.
local function reduces_others(entry)
  if entry.reversal_of and entry.reversal_of_receivable_entry then return true end
  if (entry.amount or 0) >= 0 then return false end
  local original = entry.invoice and entry.invoice.original_invoice_id and entry.invoice.original_invoice
  return original ~= nil and original ~= false and any(original.receivables, function(one) return is_live(one) and (one.amount or 0) > 0 end)
end

-- When a receivable falls due: its date, else so many days after its posting (from the end of that month where they run so) as
-- the customer's approved terms give. Nil where neither is known.
function due_of(entry)
  if entry.due_on or not entry.posted_on then return entry.due_on end
  if not imported("customer_credit", "payment_terms_days") then return nil end
  local terms = in_force("customer_credit", entry.posted_on, { customer_id = entry.customer_id })
  local days = terms and terms.payment_terms_days
  if not days then return nil end
  return (terms.terms_basis == "month_end" and month_end(entry.posted_on) or entry.posted_on) + days
end

-- What changes a customer's overdue balance, in order: receivables opened, paid, credited, written off and falling due,
-- money received. Amounts are in the company's currency at the rate of the day the receivable was posted. A receivable of
-- which nobody knows when it falls due is opened as `undated`.
local function overdue_events(customer, grace)
  local events = {}
  local function add(kind, on, rank, entry, amount)
    if on and has_happened(on) then
      table.insert(events, { kind = kind, on = on, rank = rank, entry = entry, amount = amount })
    end
  end
  local function in_company_currency(amount, entry)
    return convert(amount, currency_of(entry), company_currency, entry.posted_on)
  end
  for entry in each(filter(live_ones(customer.receivables), "posted_on")) do
    local amount = in_company_currency(entry.amount or 0, entry)
    if amount < 0 and not reduces_others(entry) then
      add("received", entry.posted_on, 1, nil, -amount)
    elseif not reduces_others(entry) then
      local due = due_of(entry)
      add(due and "opened" or "undated", entry.posted_on, 1, entry, amount)
      if due then add("due", due + grace + 1, 2, entry, 0) end
      for reduction in each(reductions_of(entry)) do
        add(reduction.kind, reduction.on, 1, entry, in_company_currency(reduction.amount, entry))
      end
    end
  end
  for receipt in each(filter(live_ones(customer.receipts), "received_on")) do
    local amount = convert(receipt.amount or 0, currency_of(receipt), company_currency, receipt.received_on)
    add("received", receipt.received_on, 1, nil, receipt.kind == "refund" and -abs(amount) or amount)
  end
  return events
end

-- The first `limit` entries, from a position on, that are still open.
local function open_from(entries, open, position, limit)
  local found, at = {}, position
  while entries[at] and #found < limit do
    if open[entries[at]] > 0 then table.insert(found, entries[at]) end
    at = at + 1
  end
  return found
end

-- Calls judge(delivery, overdue, entries, undated) for each of a customer's deliveries: what was overdue on the day, in the
-- company's currency, after receipts that were not applied yet (unless `unapplied` is "none"), the oldest five
-- receivables that were, and one that was open without anybody knowing when it falls due, or nil. A receivable is overdue from `grace` days after its due date on. Returns what judge
-- returned.
function replay_overdue(customer, deliveries, grace, unapplied, judge)
  local events = overdue_events(customer, grace)
  for delivery in each(deliveries) do
    table.insert(events, { kind = "delivery", on = delivery.delivery_date, rank = 3, row = delivery })
  end
  local open, late, entries, undated, found = {}, {}, {}, {}, {}
  local overdue, received, paid, oldest = 0, 0, 0, 1
  for event in each(in_order(events)) do
    local entry = event.entry
    local was = entry and late[entry] and max(0, open[entry] or 0) or 0
    if event.kind == "opened" or event.kind == "undated" then open[entry] = (open[entry] or 0) + event.amount end
    if event.kind == "undated" then table.insert(undated, entry) end
    if event.kind == "paid" or event.kind == "written_off" or event.kind == "credited" then
      open[entry] = (open[entry] or 0) - event.amount
    end
    if event.kind == "paid" then paid = paid + event.amount end
    if event.kind == "received" then received = received + event.amount end
    if event.kind == "due" and not late[entry] then
      late[entry] = true
      open[entry] = open[entry] or 0
      table.insert(entries, entry)
    end
    if entry and late[entry] then overdue = overdue + max(0, open[entry] or 0) - was end
    if event.kind == "delivery" then
      local credit = unapplied == "none" and 0 or max(0, received - paid)
      while entries[oldest] and open[entries[oldest]] <= 0 do oldest = oldest + 1 end
      local still_open = overdue - credit > 0 and open_from(entries, open, oldest, 5) or {}
      local doubtful = filter(undated, function(one) return open[one] > 0 end)
      local is_covered = sum(doubtful, function(one) return open[one] end) + overdue <= credit
      table.insert(found, judge(event.row, overdue - credit, still_open, not is_covered and doubtful[1] or nil))
    end
  end
  return found
end

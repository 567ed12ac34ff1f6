-- SPDX-License-Identifier: MIT
-- REV: revenue recognition, cut-off, receivables, vouchers, cost, advances.

local trigger_parameter = {
  "sign_off", origin = "default", note = "issue, sign_off or acceptance, where the contract does not say",
}

-- Whether a revenue entry can be judged by deliveries: not consigned, and of goods that were delivered.
local function is_of_delivery(entry)
  return is_recognition(entry) and entry.settlement_id == nil
    and not is_undone(entry) and #lines_of_entry(entry) > 0
end

-- The rows that show when goods were triggered.
local function trigger_evidence(pieces)
  local rows = {}
  for piece in each(pieces) do
    if piece.line and not contains(rows, piece.line) then
      append(rows, { piece.line })
      append(rows, piece.line.delivery.confirmations)
    end
  end
  return at_most(10, rows)
end

local function entry_outside_period(entry, p)
  local pieces = pieces_of_entry(entry, p.trigger)
  if #pieces == 0 then return untestable { en = "no quantity can be matched", zh = "无可匹配的数量" } end
  local wrong = of_other_period(pieces, entry.period)
  if #wrong == 0 then return nil end
  local earned_on = latest_of(moments_of(wrong))
  return exception {
    amount    = share_of(standing_amount(entry), quantity_of(wrong), quantity_of(pieces)),
    period    = entry.period,
    earned_on = earned_on or "not yet",
    belongs_to = earned_on and period_of(earned_on) or "a later period",
    quantity  = quantity_of(wrong),
    days      = earned_on and earned_on - period_end(entry.period) or "unknown",
    evidence  = evidence(trigger_evidence(wrong), entry.invoice),
  }
end

-- Judges a line as the books stood at the end of the audited period.
local function line_outside_period(line, p)
  local function is_earned(piece) return piece.on ~= nil and in_period(piece.on) end
  local pieces = filter(pieces_of_line(line, p.trigger, period_to), is_earned)
  local elsewhere = filter(pieces, function(piece)
    return piece.entry and piece.entry.period ~= period_of(piece.on)
  end)
  local quantity = quantity_of(elsewhere) + withheld_quantity(line, p.trigger, is_earned, period_to)
  if quantity == 0 then return nil end
  local earned_on = latest_of(moments_of(pieces))
  local entry = elsewhere[1] and elsewhere[1].entry
  return exception {
    amount     = -share_of(net_amount(line), quantity, line.quantity),
    period     = entry and entry.period or "none",
    earned_on  = earned_on,
    belongs_to = period_of(earned_on),
    quantity   = quantity,
    days       = earned_on - period_end(period_of(earned_on)),
    evidence   = evidence(map(elsewhere, function(piece) return piece.entry end), trigger_evidence(pieces)),
  }
end

-- The document behind a revenue entry; nil also where it names one that is not there.
local function document_of(entry)
  return find(entry, "delivery")
    or find(entry, "invoice")
    or find(entry, "settlement")
    or nil
end

-- Whether an entry rests on an invoice of goods for which nothing was ever delivered that counts.
local function is_undelivered(entry)
  if entry.delivery_id or entry.settlement_id then return false end
  local goods = filter(invoiced_for(entry), is_goods)
  return #goods > 0 and all(goods, function(line)
    return not any(delivered_for(line), function(one) return one.delivery ~= nil and is_live(one.delivery) end)
  end)
end

-- What an entry should amount to by its invoice lines, else by the order prices of its delivery lines; and how
-- many lines that is. Nil where that cannot be told.
local function expected_amount(entry)
  local lines = invoiced_for(entry)
  local of_order = #lines == 0
  if of_order then lines = lines_of_entry(entry) end
  if #lines == 0 then return nil end
  local whole, net = 0, 0
  for line in each(lines) do
    if not line.quantity or line.quantity == 0 then return nil end
    local order_line = of_order and line.order_line
    local priced = order_line and order_line.quantity and order_line.quantity ~= 0 and order_line or line
    whole = whole + line.quantity
    net = net + share_of(net_amount(priced), line.quantity, priced.quantity)
  end
  local quantity = entry.quantity or whole
  return share_of(net, quantity, whole), #lines
end

-- Compares a balance of the ledger with opening balance and movements; nil where they agree.
local function compare_books(balance, totals, currency, tolerance)
  local opening, first_period = brought_forward(company_of(balance), currency, balance.period)
  if not opening then return untestable_row(balance, {
    en = "no opening balance: opening_balance has no receivables of the company, and no receivable_entry is of kind opening",
    zh = "无期初余额：opening_balance 中无该账套的应收，且无 kind 为 opening 的 receivable_entry" }) end
  local subledger, vouchers = opening, opening
  for period, total in pairs(totals) do
    if period >= first_period and period <= balance.period then
      subledger = subledger + total.subledger
      vouchers = vouchers + total.vouchers
    end
  end
  local wrong = difference(balance.balance, subledger, tolerance, { row = balance })
    or imported "voucher_line" and difference(balance.balance, vouchers, tolerance, { row = balance })
  if not wrong then return nil end
  return exception {
    row       = balance,
    amount    = wrong,
    ledger    = balance.balance,
    subledger = subledger,
    vouchers  = imported "voucher_line" and vouchers or "not imported",
    evidence  = evidence(balance.company),
  }
end

local receivable_accounts = { "receivable", "advance_from_customer", "cash" }

-- When the period of a voucher was closed, or nil.
local function closing_of(voucher)
  return voucher.accounting_period and voucher.accounting_period.closed_at
end

-- What is wrong with how a document was recorded, and both values; nil: nothing. `accounts` are those that its
-- voucher debits.
local function recording_fault(document, kind, id, accounts, tolerance)
  local links = vouchers_of(document, kind, id)
  if #links == 0 then return "no voucher", "none", document.amount end
  local recorded, net = 0, 0 -- what was debited; and less what was credited, as of a red document
  for link in each(links) do
    local voucher = link.voucher
    local debit, credit = sum(voucher.lines, "debit"), sum(voucher.lines, "credit")
    if difference(debit, credit, tolerance) then return "debit and credit differ", debit, credit end
    local closed_at = closing_of(voucher)
    if closed_at and voucher.posted_on and voucher.posted_on > closed_at then
      return "posted after the period was closed", voucher.posted_on, closed_at
    end
    same_day_note(voucher.posted_on, closed_at)
    if link.amount == nil and not link.alone then return nil end -- its part of the voucher is not said
    recorded = recorded + (link.amount or debited(voucher, accounts))
    net = net + (link.amount or debited(voucher, accounts) - credited(voucher, accounts))
  end
  if document.amount < 0 then recorded = min(recorded, net) end
  if difference(recorded, document.amount, tolerance) and difference(net, document.amount, tolerance) then
    return "another amount", recorded, document.amount
  end
end

-- The last day of the period in which a document should be recorded.
local function due_to_record(document)
  if table_of(document) == "cost_entry" and document.period then return period_end(document.period) end
  return document.posted_on and period_end(period_of(document.posted_on))
end

local function in_period_named(rows, period)
  return filter(rows, function(row) return row.period == period end)
end

-- The vouchers of an invoice: of its receivables, of its revenue, or that name it.
local function vouchers_of_invoice(invoice)
  local links = vouchers_of(invoice, "revenue", invoice.invoice_id)
  for entry in each(imported "receivable_entry" and live_ones(invoice.receivables) or {}) do
    append(links, vouchers_of(entry, "receivable", entry.receivable_id))
  end
  for entry in each(imported "revenue_entry" and live_ones(invoice.revenue_entries) or {}) do
    append(links, vouchers_of(entry, "revenue", entry.revenue_id))
  end
  return map(links, "voucher")
end

-- Whether an invoice is of a sale on credit: by its order, or by those of its lines.
local function is_credit_invoice(invoice)
  local order = invoice.order
  if order then return gives_credit(order) end
  return any(invoice.lines, function(line)
    return line.order ~= nil and gives_credit(line.order)
  end)
end

-- The first delivery under the contract of a receipt, or nil: none yet.
local function first_delivery(contract)
  return earliest_of(map(deliveries_of(contract), "delivery_date"))
end

-- Whether a receipt came before the goods: by its kind, or because nothing had been delivered yet.
local function is_in_advance(receipt)
  local contract = contract_of(receipt)
  local first_on = contract and first_delivery(contract)
  if first_on then return receipt.received_on < first_on end
  return contract ~= nil or contains({ "deposit", "advance" }, receipt.kind)
end

-- The currency of a netting: its own, else its contract's.
local function currency_of_netting(netting, contract)
  return netting.currency or currency_of(contract or netting)
end

-- What may be netted: the papers of a contract or, without one, those of a customer that name no contract, as { contract =,
-- receipts =, nettings =, debts =, write_offs = }.
local function papers_of(contract)
  local debts, write_offs = {}, {}
  for invoice in each(live_ones(contract.invoices)) do
    append(debts, live_ones(invoice.receivables))
    append(write_offs, live_ones(invoice.write_offs))
  end
  return {
    contract = contract, receipts = live_ones(contract.receipts), nettings = contract.netting_entries, debts = debts, write_offs = write_offs,
  }
end

local function papers_without_contract(customer)
  local function names_none(row) return row.contract_id == nil end
  local function is_loose(row) return not row.invoice or contract_of(row.invoice) == nil end
  return {
    receipts = filter(live_ones(customer.receipts), function(receipt) return contract_of(receipt) == nil end),
    nettings = filter(customer.netting_entries, names_none),
    debts = filter(live_ones(customer.receivables), is_loose),
    write_offs = filter(live_ones(customer.write_offs), is_loose),
  }
end

-- The currencies of such papers.
local function currencies_of(papers)
  local found = {}
  local function add(currency)
    if not contains(found, currency) then table.insert(found, currency) end
  end
  for row in each(append(append({}, papers.receipts), papers.debts)) do add(currency_of(row)) end
  for netting in each(papers.nettings) do add(currency_of_netting(netting, papers.contract)) end
  return found
end

-- What of them is open at a moment in a currency: { advance =, receivable =, netted = }. Applying an advance reduces both.
local function open_of(papers, currency, moment)
  select_currency(currency)
  local function is_in(row) return currency_of(row) == currency end
  local nettings = filter(papers.nettings, function(row) return currency_of_netting(row, papers.contract) == currency end)
  local advance, netted = 0, total_by(nettings, "amount", "netted_on", moment)
  for receipt in each(filter(papers.receipts, is_in)) do
    local counts = contains({ "deposit", "advance", "refund" }, receipt.kind) and done_by(receipt.received_on, moment)
    if counts and receipt.kind == "refund" then advance = advance - abs(receipt.amount or 0) end
    if counts and receipt.kind ~= "refund" then advance = advance + unapplied(receipt, moment) end
  end
  local receivable = -total_by(filter(papers.write_offs, is_in), "amount", "written_off_on", moment)
  for entry in each(filter(papers.debts, is_in)) do
    if done_by(entry.posted_on, moment) then receivable = receivable + (entry.amount or 0) - paid_on(entry, moment) end
  end
  return { advance = advance - netted, receivable = receivable - netted, netted = netted }
end

local function is_advance(receipt)
  return is_live(receipt) and receipt.amount ~= nil and receipt.amount > 0
    and contains({ "advance", "deposit" }, receipt.kind)
end

-- The contract's receipts, netting and deliveries; the customer's without a contract where a receipt has none.
local function advances_beside(receipt)
  local contract = contract_of(receipt)
  if contract then return contract.receipts, contract.netting_entries, deliveries_of(contract) end
  local customer = receipt.customer
  if not customer then untestable { en = "neither contract nor customer", zh = "合同与客户均未填" } end
  local function without_contract(list)
    return filter(list, function(row) return row.contract_id == nil end)
  end
  return without_contract(customer.receipts), without_contract(customer.netting_entries), deliveries_of(customer)
end

-- What is left of a receipt after applications, refunds and netting in its currency; both take the oldest advances first.
local function left_of(receipt, receipts, nettings)
  local currency, contract = currency_of(receipt), contract_of(receipt)
  select_currency(currency)
  local own = filter(live_ones(receipts), function(one) return currency_of(one) == currency end)
  local advances = sort(filter(own, is_advance), function(one) return { one.received_on, one.receipt_id } end)
  local refunds = filter(own, function(one) return one.kind == "refund" end)
  nettings = filter(nettings, function(one)
    return (contract and currency_of_netting(one, contract) or currency_of(one)) == currency
  end)
  local used = sum(refunds, function(one) return abs(one.amount or 0) end) + sum(nettings, "amount")
  local rest = first(consume(advances, unapplied, used), function(part) return part.row == receipt end)
  return rest and rest.left or 0
end

control "REV-01" {
  title      = { en = "Revenue recognised before shipment and customer sign-off", zh = "提前确认收入" },
  risk       = { en = "Revenue is shown that is not earned yet.", zh = "提前确认收入，虚增当期业绩。" },
  tests      = {
    en = "The day on which revenue was recognised is compared with the day on which the goods were earned: issued, signed for or accepted, as the contract says, else the parameter. What was reversed in the entry's own period is taken off; the rest is judged.",
    zh = "将收入确认日与货物实现日比较；实现日按合同约定（合同未约定的按参数）为出库、签收或验收；本期内已冲回的部分扣除，余额照常判断。",
  },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "revenue_entry",
  shape      = "sequence",
  needs      = { "delivery_confirmation" },
  applies    = is_of_delivery,
  parameters = { trigger = trigger_parameter },
  amount_kind = "misstatement",
  message    = {
    en = "recognised on {recognised_on}; {quantity} units earned on {earned_on}",
    zh = "{recognised_on} 确认收入；{quantity} 件的收入时点为 {earned_on}",
  },
  follow_up  = { en = "Obtain the customer's confirmation and correct the period.", zh = "取得客户签收单并调整确认期间。" },

  test = function(entry, p)
    local pieces = pieces_of_entry(entry, p.trigger)
    if #pieces == 0 then return untestable { en = "no quantity can be matched", zh = "无可匹配的数量" } end
    local early = filter(pieces, function(piece) return not piece.on or piece.on > entry.recognised_on end)
    if #early == 0 then
      for piece in each(pieces) do same_day_note(piece.on, entry.recognised_on) end
      return
    end
    local is_open = any(early, function(piece) return not piece.on end)
    return exception {
      amount        = share_of(standing_amount(entry), quantity_of(early), quantity_of(pieces)),
      recognised_on = entry.recognised_on,
      earned_on     = is_open and "not yet" or latest_of(moments_of(early)),
      quantity      = quantity_of(early),
      evidence      = evidence(trigger_evidence(early), entry.invoice),
    }
  end,
}

control "REV-02" {
  title      = { en = "Cut-off: revenue in another period than the delivery", zh = "收入截止错误" },
  risk       = { en = "Revenue is moved between periods.", zh = "收入跨期，虚增或截留当期收入。" },
  tests      = {
    en = "The period of each piece of revenue is compared with the period in which its goods were earned, from the entries to the deliveries and from the deliveries to the entries, as the books stood at the end of the period: later returns and reversals do not touch it.",
    zh = "将每笔收入的所属期间与对应货物的实现期间比较，由收入查至发货，并由发货查至收入；以期末账面为准，期后退货和冲回不影响该期。",
  },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "revenue_entry", "delivery_line" },
  shape      = "matching",
  needs      = { "delivery_confirmation" },
  scope      = "all", -- entries belong to their period, delivery lines to that in which they were earned
  applies    = function(row, p)
    if table_of(row) == "revenue_entry" then
      if not is_recognition(row) then return false end
      if not row.period then untestable { en = "no period", zh = "无期间" } end
      return is_audited(row.period) and is_of_delivery(row)
    end
    return earns_revenue(row) and any(triggers_of(row, p.trigger), function(trigger) return in_period(trigger.on) end)
  end,
  parameters = { trigger = trigger_parameter },
  amount_kind = "misstatement",
  message    = {
    en = "{quantity} units recognised in {period}, earned on {earned_on}: {belongs_to} ({days} days from the period's end)",
    zh = "{quantity} 件收入计入 {period}，实现于 {earned_on}，应属 {belongs_to}（距期末 {days} 天）",
  },
  follow_up  = { en = "Correct the period of the revenue.", zh = "调整收入所属期间。" },

  test = function(row, p)
    if table_of(row) == "revenue_entry" then return entry_outside_period(row, p) end
    return line_outside_period(row, p)
  end,
}

control "REV-03" {
  title      = { en = "Delivered and signed, revenue never recognised", zh = "截留/漏记收入" },
  risk       = { en = "Revenue is withheld, or the sale was forgotten.", zh = "截留或漏记收入。" },
  tests      = {
    en = "The quantity of each delivery line that was earned is compared with the quantity for which revenue stands, reversals taken off; goods that came back take away once from all lines of their product.",
    zh = "将每行发货已实现的数量与扣除冲回后已确认收入的数量比较；退货数量在同一产品各行之间只扣减一次。",
  },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "delivery_line",
  shape      = "matching",
  needs      = { "delivery_confirmation" },
  scope      = "open",
  looks_to   = "period_end",
  applies    = earns_revenue,
  parameters = { trigger = trigger_parameter },
  amount_kind = "misstatement",
  message    = {
    en = "{quantity} of {delivered} units earned on {earned_on} are not recognised",
    zh = "交付 {delivered} 件，{earned_on} 已实现但未确认收入 {quantity} 件",
  },
  follow_up  = { en = "Ask why no revenue was entered; enter it.", zh = "询问未入账原因并补记收入。" },

  test = function(line, p)
    local limit = period_to or as_of
    local function is_earned(piece) return done_by(piece.on, limit) end
    local quantity = withheld_quantity(line, p.trigger, is_earned, limit)
    if quantity == 0 then return end
    local earned = filter(pieces_of_line(line, p.trigger, limit), function(piece) return not piece.entry and is_earned(piece) end)
    return exception {
      amount    = share_of(net_amount(line), quantity, line.quantity),
      quantity  = quantity,
      delivered = line.quantity,
      earned_on = latest_of(moments_of(earned)),
      evidence  = trigger_evidence(earned),
    }
  end,
}

control "REV-04" {
  title      = { en = "Revenue without underlying delivery, invoice or settlement", zh = "虚增收入" },
  risk       = { en = "Revenue may be fictitious.", zh = "虚构收入。" },
  tests      = {
    en = "For each revenue entry the delivery, invoice or settlement behind it is looked up, which must be neither void nor rejected nor a draft, and its amount is compared with quantity times price of that document; a manual entry must be approved.",
    zh = "逐笔查找收入背后的发货单、发票或结算单（作废、驳回、草稿的不算），并将金额与单据数量乘单价比较；手工录入须经批准。",
  },
  source     = { "000B II-3.1" },
  severity   = "critical",
  profile    = { "internal-control", "general" },
  population = "revenue_entry",
  shape      = "matching",
  applies    = is_recognition,
  parameters = { tolerance = { decimal "0.01", origin = "default", note = "for each line" } },
  amount_kind = "misstatement",
  message    = {
    en = "{fault}: entered {entered}, expected {expected} ({source})",
    zh = "{fault}：入账 {entered}，应为 {expected}（来源 {source}）",
  },
  follow_up  = { en = "Obtain the documents behind the entry, and who approved it.", zh = "取得收入凭据及审批。" },

  test = function(entry, p)
    local document = document_of(entry)
    local function fault(name, amount, expected)
      return exception {
        amount   = amount,
        fault    = name,
        entered  = entry.amount,
        expected = expected or "none",
        source   = entry.source or "unknown",
        evidence = evidence(document, document and lines_of_entry(entry), entry.approvals),
      }
    end
    if not document then return fault("no document", entry.amount) end
    if not is_live(document) then return fault("the document is void or a draft", entry.amount) end
    if entry.source == "manual" and #standing_approvals(entry) == 0 then
      return fault("manual without approval", entry.amount)
    end
    if is_undelivered(entry) then return fault("nothing was delivered", entry.amount) end
    if entry.settlement_id then return end
    local expected, lines = expected_amount(entry)
    if not expected then return end
    local wrong = difference(entry.amount, expected, p.tolerance * lines)
    if wrong then return fault("not quantity times price", wrong, expected) end
  end,
}

control "REV-05" {
  title      = { en = "Revenue reversed shortly after the period's end", zh = "期后冲回收入" },
  risk       = { en = "Revenue was entered to dress up a period, and taken back after it.", zh = "期末虚增收入，期后冲回。" },
  tests      = {
    en = "For each revenue entry of a period, reversals within the days after the period's end are looked up: those that name it, and those that name only its goods.",
    zh = "逐笔查找收入在期末后规定天数内的冲回，包括指明原分录的和只指明货物的。",
  },
  source     = { "000B II-3.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "revenue_entry",
  shape      = "sequence",
  applies    = is_recognition,
  looks_to   = "window_days",
  parameters = { window_days = { 30, origin = "default", note = "the policy names no number" } },
  amount_kind = "exposure",
  message    = {
    en = "{reversed} of {entered} reversed by {reversed_on}, {days} days after the period's end",
    zh = "{entered} 中 {reversed} 于 {reversed_on} 冲回，距期末 {days} 天",
  },
  follow_up  = { en = "Ask why the sale was taken back; see whether goods came back.", zh = "询问冲回原因，核查是否实际退货。" },

  test = function(entry, p)
    local ends = entry.period and period_end(entry.period)
    if not ends then return untestable { en = "no period", zh = "无期间" } end
    local limit = ends + p.window_days
    if as_of and as_of < limit then
      return untestable { en = "{day} is within {days} days after the period's end", zh = "{day} 仍在期末后 {days} 天之内",
        day = as_of, days = p.window_days }
    end
    must_see("revenue_entry", limit, "reversals")
    local back = filter(taken_back(entry), function(one)
      local moment = one.row.recognised_on
      return moment ~= nil and moment > ends and moment <= limit
    end)
    local reversed = min(sum(back, function(one) return one.amount end), entry.amount)
    if reversed == 0 then return end
    local reversed_on = latest_of(map(back, function(one) return one.row.recognised_on end))
    return exception {
      amount      = reversed,
      reversed    = reversed,
      entered     = entry.amount,
      reversed_on = reversed_on,
      days        = reversed_on - ends,
      evidence    = evidence(map(back, "row"), entry.invoice),
    }
  end,
}

control "REV-06" {
  title      = { en = "Receivable not equal to the invoice", zh = "应收账款多记少记" },
  risk       = { en = "Receivables are over- or understated.", zh = "多记或少记应收账款。" },
  tests      = {
    en = "The receivables posted for an invoice are compared with its gross amount; a receivable without an invoice, or of one that is void or a draft, is reported too.",
    zh = "将发票对应的应收合计与发票价税合计比较；无发票或发票为作废、草稿的应收一并列出。",
  },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "invoice", "receivable_entry" },
  shape      = "reconciliation",
  applies    = function(row)
    if not is_live(row) then return false end
    if table_of(row) == "invoice" then return row.gross_amount ~= nil end
    if row.amount == nil then return false end
    local kind = row.kind
    return kind == nil or kind == "invoice"
  end,
  parameters = { tolerance = { decimal "0.01", origin = "default" } },
  amount_kind = "misstatement",
  message    = { en = "receivable {posted}, invoice {invoiced}", zh = "应收 {posted}，发票 {invoiced}" },
  follow_up  = { en = "Compare the entry with the invoice and correct it.", zh = "核对应收单与发票并更正。" },

  test = function(row, p)
    if table_of(row) == "receivable_entry" then
      local invoice = find(row, "invoice")
      if invoice and is_live(invoice) then return end
      return exception {
        amount = abs(row.amount), posted = row.amount, invoiced = "none", evidence = evidence(invoice, row.customer),
      }
    end
    local entries = live_ones(row.receivables)
    local posted = sum(entries, "amount")
    local expected = row.gross_amount
    if row.cash_settled and agree_within(posted, 0, p.tolerance) then return end
    local wrong = difference(posted, expected, p.tolerance)
    if not wrong then return end
    return exception { amount = wrong, posted = posted, invoiced = expected, evidence = evidence(entries) }
  end,
}

control "REV-07" {
  title      = { en = "Receivable sub-ledger does not agree with the general ledger", zh = "应收明细账与总账不符" },
  risk       = { en = "Receivables are wrong in one of the two.", zh = "应收账款账实、账账不符。" },
  tests      = {
    en = "The ledger balance of receivables, per company and period, is compared with the opening balance and the movements of the sub-ledger, and with those of the vouchers of these periods. Rows without a company are those of the only one.",
    zh = "按公司和期间，将总账应收余额与期初加明细账发生额、以及各该期间凭证的发生额比较；未注明公司的行属于唯一的公司。",
  },
  source     = { "000B I-3.1", "000M 普通(2)" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "control_balance", "receivable_entry", "receipt", "receipt_application", "netting_entry", "write_off", "voucher_line" },
  shape      = "reconciliation",
  scope      = "all", -- earlier periods lead from the opening balance to this one
  applies    = function(row)
    if table_of(row) == "control_balance" then return row.account == "receivable" and row.balance ~= nil end
    return moves_receivables(row)
  end,
  group      = company_of,
  parameters = { tolerance = { decimal "0.01", origin = "default" } },
  amount_kind = "misstatement",
  message    = {
    en = "ledger {ledger}, sub-ledger {subledger}, vouchers {vouchers}",
    zh = "总账 {ledger}，明细账 {subledger}，凭证 {vouchers}",
  },
  follow_up  = { en = "Look for vouchers posted straight to the account.", zh = "查找直接记入该科目的凭证。" },

  test = function(rows, p)
    local balances = filter(rows, function(row) return table_of(row) == "control_balance" and is_audited(row.period) end)
    if #balances == 0 then return end
    local currency = currency_of(balances[1])
    select_currency(currency)
    local totals = movements_by_period(movements_of(company_of(balances[1])), currency)
    return map(balances, function(balance) return compare_books(balance, totals, currency, p.tolerance) end)
  end,
}

control "REV-08" {
  title      = { en = "Audited receivable or cost without voucher, or with another amount", zh = "应收/存货单据未制单" },
  risk       = { en = "Documents do not reach the general ledger, or not as they are.", zh = "业务单据未正确传递至总账。" },
  tests      = {
    en = "For each audited receivable and each cost entry the vouchers are looked up; their amount, the balance of debit and credit, and the day of posting are compared with the document and the closing of the period.",
    zh = "逐笔查找已审核应收单和成本结转单的凭证，核对金额、借贷平衡以及过账日是否在关账之前。",
  },
  source     = { "000M 普通(2)", "000M 普通(3)" },
  severity   = "high",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = { "receivable_entry", "cost_entry" },
  shape      = "matching",
  applies    = function(document)
    if table_of(document) == "cost_entry" then return document.amount ~= nil end
    return document.audited_at ~= nil and document.amount ~= nil and document.kind ~= "opening" and not is_void(document)
  end,
  parameters = { tolerance = { decimal "0.01", origin = "default" } },
  amount_kind = "misstatement",
  message    = { en = "{fault}: {found}, {expected}", zh = "{fault}：{found}，{expected}" },
  follow_up  = { en = "Have the voucher made or corrected.", zh = "补制或更正凭证。" },

  test = function(document, p)
    local is_cost = table_of(document) == "cost_entry"
    local fault, found, expected
    if is_cost then
      fault, found, expected = recording_fault(document, "cost", document.cost_id, { "cost_of_sales" }, p.tolerance)
    else
      fault, found, expected = recording_fault(document, "receivable", document.receivable_id, receivable_accounts, p.tolerance)
    end
    if not fault then return end
    local due = due_to_record(document)
    if fault == "no voucher" and due and as_of and as_of < due then return end -- the period is not over
    if fault == "no voucher" and due then must_see("voucher", due, "vouchers") end
    return exception {
      amount   = document.amount,
      fault    = fault,
      found    = found,
      expected = expected,
      evidence = evidence(map(vouchers_of(document, is_cost and "cost" or "receivable", is_cost and document.cost_id or document.receivable_id), "voucher"), document.invoice),
    }
  end,
}

control "REV-09" {
  title      = { en = "Cost of sales not carried in the same period and quantity as revenue", zh = "成本未结转或与收入不配比" },
  risk       = { en = "Profit is shown without its cost.", zh = "收入与成本不配比，虚增利润。" },
  tests      = {
    en = "The quantity recognised as revenue of a product in a period is compared with the quantity whose cost was carried in the same period; what came back meets the delivery from which it came, whatever document takes revenue or cost back.",
    zh = "将产品当期确认收入的数量与同期结转成本的数量比较；退回货物的收入和成本无论由何种单据冲回，均归入原发货单比较。",
  },
  source     = { "000M 普通(3)" },
  severity   = "high",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "revenue_entry",
  shape      = "matching",
  applies    = carries_cost,
  group      = function(entry)
    local product = product_of(entry)
    if not product then untestable { en = "no product", zh = "无产品" } end
    local meeting = meeting_of(entry, product)
    return { meeting and key_of(meeting) or "-", product.product_id, entry.period }
  end,
  amount_kind = "misstatement",
  message    = {
    en = "{fault}: {recognised} units recognised in {period}, cost of {carried} carried in it",
    zh = "{fault}：{period} 确认收入 {recognised} 件，结转成本 {carried} 件",
  },
  follow_up  = { en = "Carry the cost in the period of the revenue.", zh = "在收入所属期间结转成本。" },

  test = function(entries)
    local entry = entries[1]
    local product = product_of(entry)
    local meeting = meeting_of(entry, product)
    local costs = costs_at(meeting, product)
    local own = in_period_named(costs, entry.period)
    local recognised_here, carried_here = sum(entries, "quantity"), sum(own, "quantity")
    local missing = recognised_here - carried_here
    local negative = filter(own, function(cost)
      return cost.amount ~= nil and cost.quantity ~= nil and cost.quantity * cost.amount < 0
    end)
    if missing == 0 and #negative == 0 then return end
    local fault = "another quantity"
    if #costs == 0 then fault = "no cost"
    elseif missing == 0 then fault = "cost of the wrong sign"
    elseif sum(revenue_at(meeting, product), "quantity") - sum(costs, "quantity") == 0 then fault = "cost in another period" end
    local function worth_of_missing()
      if missing == 0 then return abs(sum(negative, "amount")) end
      local unit_cost = product.standard_cost
      if not unit_cost and #costs > 0 and sum(costs, "quantity") ~= 0 then
        unit_cost = div(sum(costs, "amount"), sum(costs, "quantity"), 6)
      end
      return unit_cost and round(abs(missing) * unit_cost, 2)
    end
    return exception {
      row        = entry,
      amount     = worth_of_missing(),
      fault      = fault,
      recognised = recognised_here,
      carried    = carried_here,
      period     = entry.period or "unknown",
      evidence   = evidence(product, at_most(10, costs), entry.invoice),
    }
  end,
}

control "REV-10" {
  title      = { en = "Cost differs from first-in-first-out recomputation", zh = "先进先出成本计算不符" },
  risk       = { en = "Cost of sales is not what the valuation method gives.", zh = "存货计价错误，销售成本不实。" },
  tests      = {
    en = "The cost of each issue is computed anew from the latest opening layers and the receipts, first in first out, and compared with the cost carried.",
    zh = "自最近一期的期初分层和入库起按先进先出重算每次出库成本，与结转成本比较。",
  },
  source     = { "000M 普通" },
  severity   = "medium",
  profile    = { "ship-first" },
  population = "cost_entry",
  shape      = "balance",
  applies    = function(cost)
    return cost.issue_id ~= nil and cost.product ~= nil and cost.product.valuation_method == "fifo" and cost.amount ~= nil
  end,
  group      = { "product_id" },
  parameters = { tolerance = { decimal "0.01", origin = "default", note = "for each unit" } },
  amount_kind = "misstatement",
  message    = { en = "carried {carried}, first in first out {computed}, {quantity} units", zh = "结转 {carried}，先进先出应为 {computed}，数量 {quantity}" },
  follow_up  = { en = "Recalculate the cost of the product from the opening stock on.", zh = "自期初起重算该存货成本。" },

  test = function(costs, p)
    local product = costs[1].product
    local first_cost = earliest_of(map(costs, function(cost) return cost.posted_on or cost.issue and cost.issue.issued_at end))
    local layers, from = opening_layers(product, first_cost and period_of(day(first_cost)))
    local issued = replay_layers(product, layers, from)
    local found = {}
    for group in each(group_by(costs, "issue_id")) do
      local issue = issued[group.key]
      local carried, quantity = sum(group.rows, "amount"), sum(group.rows, "quantity")
      if not issue then
        table.insert(found, untestable_row(group.rows[1], { en = "no stock movement of issue {issue}", zh = "出库单 {issue} 无库存变动",
          issue = group.key }))
      else
        local computed = share_of(issue.cost, quantity, issue.quantity)
        if difference(carried, computed, p.tolerance * abs(quantity), { row = group.rows[#group.rows] }) then
          table.insert(found, exception {
            row      = group.rows[#group.rows],
            amount   = round(abs(carried - computed), 2),
            carried  = carried,
            computed = computed,
            quantity = quantity,
            evidence = evidence(product, group.rows[1].issue, group.rows),
          })
        end
      end
    end
    return found
  end,
}

control "REV-11" {
  title      = { en = "Credit sale not carried through receivables", zh = "赊销未通过应收账款核算" },
  risk       = { en = "What the customer owes is not on its account.", zh = "赊销未计入客户应收账款。" },
  tests      = {
    en = "The accounts that the vouchers of a credit invoice debit for its customer are compared with those that must be used.",
    zh = "将赊销发票凭证对该客户借记的科目，与应使用的科目比较。",
  },
  source     = { "001-IV.2" },
  severity   = "medium",
  profile    = { "archive" },
  population = "invoice",
  shape      = "lookup",
  applies    = function(invoice)
    return not is_void(invoice) and invoice.gross_amount ~= nil and invoice.gross_amount > 0
      and invoice.cash_settled ~= true and is_credit_invoice(invoice)
      and #vouchers_of_invoice(invoice) > 0 -- without a voucher: REV-08
  end,
  parameters = {
    accounts = {
      { "receivable", "advance_from_customer" }, origin = "policy",
      note = "a sale against an advance may be debited to the advance (contract liability)",
    },
  },
  amount_kind = "misstatement",
  message    = { en = "the vouchers debit nothing to {accounts} of {customer}", zh = "凭证未借记客户 {customer} 的 {accounts}" },
  follow_up  = { en = "See which account and customer were debited.", zh = "核查借方科目及客户。" },

  test = function(invoice, p)
    local vouchers = vouchers_of_invoice(invoice)
    local carried = any(vouchers, function(voucher)
      return debited(voucher, p.accounts, invoice.customer_id) > 0
    end)
    if carried then return end
    return exception {
      amount   = invoice.gross_amount,
      customer = invoice.customer_id or "unknown",
      accounts = table.concat(p.accounts, ", "),
      evidence = evidence(vouchers, vouchers[1].lines),
    }
  end,
}

control "REV-12" {
  title      = { en = "Money received before delivery not carried through advances", zh = "预收款未通过预收账款核算" },
  risk       = { en = "Money that is owed in goods is shown as revenue or hidden in receivables.", zh = "预收款直接计入收入或应收账款。" },
  tests      = {
    en = "The accounts that the vouchers of money received before delivery credit are compared with the accounts for advances.",
    zh = "将发货前收款凭证贷记的科目，与预收科目比较。",
  },
  source     = { "001-IV.1", "001-IV.3" },
  severity   = "medium",
  profile    = { "archive" },
  population = "receipt",
  shape      = "lookup",
  needs      = { "delivery" },
  applies    = function(receipt)
    return not is_void(receipt) and receipt.kind ~= "refund" and receipt.amount ~= nil and receipt.amount > 0
      and receipt.received_on ~= nil and is_in_advance(receipt)
  end,
  parameters = {
    combined_ar = { false, origin = "policy", note = "true: advances may be credited to receivables (001 IV.3)" },
  },
  amount_kind = "misstatement",
  message    = { en = "received on {received_on}; {advanced} credited to advances, {elsewhere} to {accounts}", zh = "{received_on} 收款；贷记预收 {advanced}，贷记 {accounts} {elsewhere}" },
  follow_up  = { en = "Correct the entry; see whether revenue was shown too early.", zh = "更正分录，核查是否提前确认收入。" },

  test = function(receipt, p)
    local vouchers = map(vouchers_of(receipt, "receipt", receipt.receipt_id), "voucher")
    if #vouchers == 0 then return untestable { en = "no voucher of the receipt", zh = "收款无凭证" } end
    local right = p.combined_ar and { "advance_from_customer", "receivable" } or { "advance_from_customer" }
    local wrong = p.combined_ar and { "revenue" } or { "revenue", "receivable" }
    local advanced = sum(vouchers, function(voucher) return credited(voucher, right, receipt.customer_id) end)
    local elsewhere = sum(vouchers, function(voucher) return credited(voucher, wrong, receipt.customer_id) end)
    if elsewhere <= 0 or advanced >= receipt.amount then return end
    return exception {
      amount      = receipt.amount - max(0, advanced),
      received_on = receipt.received_on,
      advanced    = advanced,
      elsewhere   = elsewhere,
      accounts    = table.concat(wrong, ", "),
      evidence    = evidence(vouchers, contract_of(receipt)),
    }
  end,
}

control "REV-13" {
  title      = { en = "Advance and receivable of one contract both open and not netted", zh = "预收与应收未抵消" },
  risk       = { en = "Assets and debts are both overstated; the customer is dunned for what it has paid.", zh = "资产负债虚增，且向已预付客户催款。" },
  tests      = {
    en = "At the end of the period, what is left of the advances of each contract (and of a customer's that name none) is compared, in each currency, with what is left of its receivables: both must not be open at once, nor more be netted than there was.",
    zh = "期末按币种将每份合同（以及客户未注明合同的部分）的预收余额与应收余额比较：两者不应同时存在，冲抵也不应超过余额。",
  },
  source     = { "001-IV.3" },
  severity   = "medium",
  profile    = { "archive" },
  population = "customer",
  shape      = "balance",
  parameters = { min_amount = { decimal "0", origin = "default" } },
  amount_kind = "misstatement",
  message    = {
    en = "advance {advance} and receivable {receivable} open on {on}; netted {netted}",
    zh = "{on} 预收 {advance} 与应收 {receivable} 同时存在，已冲抵 {netted}",
  },
  follow_up  = { en = "Net the two; what is left of an advance is owed in goods or money.", zh = "办理预收冲应收，余额应发货或退款。" },

  test = function(customer, p)
    local found = {}
    local moment = period_to or as_of
    local function judge(papers, label)
      local currencies = currencies_of(papers)
      for currency in each(currencies) do
        local open = open_of(papers, currency, moment)
        local both = min(open.advance, open.receivable)
        local amount = both > p.min_amount and both or nil
        if open.netted > 0 and both < 0 then amount = min(open.netted, -both) end -- netted more than there was
        if amount then
          table.insert(found, exception {
            label      = #currencies > 1 and label .. " " .. currency or label,
            amount     = amount,
            currency   = currency,
            advance    = open.advance,
            receivable = open.receivable,
            netted     = open.netted,
            on         = moment or "now",
            evidence   = evidence(papers.contract, papers.receipts, papers.nettings),
          })
        end
      end
    end
    for contract in each(customer.contracts) do judge(papers_of(contract), contract.contract_id) end
    judge(papers_without_contract(customer), "no contract")
    return found
  end,
}

control "REV-14" {
  title      = { en = "Old advance with no goods shipped nor refunded", zh = "预收余额长期未发货未退款" },
  risk       = { en = "The customer's money is kept without goods; it may be owed back, or be revenue withheld.", zh = "长期占用客户预收款，或截留收入。" },
  tests      = {
    en = "Of each advance older than allowed, what is left after refunds and netting is computed; goods must have been delivered since it was received.",
    zh = "超过允许期限的预收款，计算扣除退款和冲抵后的余额；收款之后应已发货。",
  },
  source     = { "001-IV.3" },
  severity   = "medium",
  profile    = { "archive" },
  population = "receipt",
  shape      = "ageing",
  needs      = { "delivery" },
  scope      = "open",
  applies    = is_advance,
  parameters = { limit_days = { 180, origin = "default", note = "the policy names no number" } },
  amount_kind = "exposure",
  message    = { en = "{left} of {received} received on {received_on} is open after {age} days", zh = "{received_on} 预收 {received}，{age} 天后仍余 {left}" },
  follow_up  = { en = "Ask what was agreed; deliver or pay back.", zh = "了解约定内容，发货或退款。" },

  test = function(receipt, p)
    if not as_of then return untestable { en = "no date as of which to judge", zh = "无判断所依据的日期" } end
    local age = as_of - receipt.received_on
    if age <= p.limit_days then return end
    local receipts, nettings, deliveries = advances_beside(receipt)
    local left = left_of(receipt, receipts, nettings)
    if left <= 0 then return end
    local shipped = any(deliveries, function(delivery)
      return delivery.delivery_date ~= nil and delivery.delivery_date >= receipt.received_on
    end)
    if shipped then return end
    return exception {
      amount      = left,
      left        = left,
      received    = receipt.amount,
      received_on = receipt.received_on,
      age         = age,
      evidence    = evidence(contract_of(receipt), receipt.customer),
    }
  end,
}

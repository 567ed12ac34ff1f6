-- SPDX-License-Identifier: MIT
-- The books of a company: what its sub-ledger of receivables and its vouchers add up to, period by period.

-- The exchange rate that a row, or its header, states.
local function stated_rate(row)
  local kind = table_of(row)
  if kind == "opening_balance" then return nil end
  if kind == "voucher_line" then return row.voucher.exchange_rate end
  if kind == "receipt_application" then return row.receipt.exchange_rate end
  return row.exchange_rate
end

-- An amount of a row in the currency of the books: at the row's own rate, else at the day's.
function booked(row, field, currency, moment)
  local amount, own = row[field] or 0, currency_of(row)
  if own == currency then return amount end
  local rate = stated_rate(row)
  if rate and currency == company_currency then return round(amount * rate, 2) end
  return convert(amount, own, currency, moment)
end

-- Whether a receivable was brought forward.
function is_opening(entry)
  return entry.kind == "opening"
end

-- Whether a receipt is of some kinds; untestable where it names no kind.
local function is_of_kind(receipt, kinds)
  if receipt.kind == nil then untestable { en = "no kind of receipt {receipt}", zh = "收款 {receipt} 未注明类别", receipt = receipt.receipt_id } end
  return contains(kinds, receipt.kind)
end

-- How the rows of a table move receivables: whether a row counts, when, and the sign. Advances reduce
-- receivables when they are applied or netted, not when they come in.
local movements = {
  receivable_entry = {
    counts = function(row) return is_live(row) and not is_opening(row) end,
    on = "posted_on", sign = 1,
  },
  receipt = {
    counts = function(row) return is_live(row) and is_of_kind(row, { "payment", "retention" }) end,
    on = "received_on", sign = -1,
  },
  receipt_application = {
    counts = function(row)
      local receipt = row.receipt
      return receipt ~= nil and is_live(receipt) and is_of_kind(receipt, { "advance", "deposit" })
    end,
    on = "applied_on", sign = -1,
  },
  netting_entry = { counts = function() return true end, on = "netted_on", sign = -1 },
  write_off = { counts = is_live, on = "written_off_on", sign = -1 },
}

-- Whether a row of the sub-ledger, or a voucher line on receivables, counts in the books.
function moves_receivables(row)
  if table_of(row) == "voucher_line" then
    return row.account == "receivable" and row.voucher ~= nil and is_live(row.voucher)
  end
  local movement = movements[table_of(row)]
  return movement ~= nil and movement.counts(row)
end

-- The company in whose books a row is.
function company_of(row)
  local kind = table_of(row)
  local header = row
  if kind == "voucher_line" then header = row.voucher end
  if kind == "receipt_application" then header = row.receipt end
  return company_named(header)
end

-- All rows that move the receivables of a company, or are vouchers on them. One that cannot be read, or whose company is
-- not known, makes the whole untestable.
function movements_of(company)
  local found = {}
  for name in each { "receivable_entry", "receipt", "receipt_application", "netting_entry", "write_off", "voucher_line" } do
    for row in each((name ~= "voucher_line" or imported "voucher_line") and rows(name) or {}) do
      if moves_receivables(row) and company_of(row) == company then table.insert(found, row) end
    end
  end
  return found
end

-- The day that places a voucher line in the books, and its period: the one that the voucher names, else that of its posting.
local function voucher_moment(line)
  local voucher = line.voucher
  return voucher.posted_on, voucher.period
end

-- What rows move receivables by, in a currency: a table from period to { subledger =, vouchers = }.
function movements_by_period(rows, currency)
  local totals = {}
  for row in each(rows) do
    local movement = movements[table_of(row)]
    local is_voucher = table_of(row) == "voucher_line"
    local moment, period
    if is_voucher then moment, period = voucher_moment(row) elseif movement then moment = row[movement.on] end
    if movement or is_voucher then
      if not moment and not period then
        untestable { en = "no date of {table} {key}: {field} is empty", zh = "{table} {key} 无日期：{field} 为空",
          table = table_of(row), key = key_of(row), field = is_voucher and "voucher.posted_on" or movement.on }
      end
      period = period or period_of(moment)
      local total = totals[period] or { subledger = 0, vouchers = 0 }
      totals[period] = total
      if is_voucher then
        total.vouchers = total.vouchers + booked(row, "debit", currency, moment) - booked(row, "credit", currency, moment)
      else
        total.subledger = total.subledger + movement.sign * booked(row, "amount", currency, moment)
      end
    end
  end
  return totals
end

-- The balance of receivables brought forward in a company's books for a period, and the first period whose
-- movements come on top: opening receivables, else the opening balance of the latest period not after it.
-- Nil: not known.
function brought_forward(company, currency, period)
  local own = filter(lookup("receivable_entry", { kind = "opening" }), function(entry) return company_of(entry) == company and not is_void(entry) end)
  local balances = (#own == 0 or imported "opening_balance") and lookup("opening_balance", { account = "receivable" }) or {}
  local known = filter(balances, function(balance) return company_of(balance) == company and balance.period <= period end)
  local last = sort(known, "period")[#known]
  if #own > 0 then
    local from = last and last.period or period_of(month_end(latest_of(map(own, "posted_on"))) + 1)
    return sum(own, function(entry) return booked(entry, "amount", currency, entry.posted_on) end), from
  end
  if not last then return nil end
  local of_last = filter(known, function(balance) return balance.period == last.period end)
  local from = period_start(last.period)
  return sum(of_last, function(balance) return booked(balance, "amount", currency, from) end), last.period
end

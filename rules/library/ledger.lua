-- SPDX-License-Identifier: MIT
-- The books of a company: what its sub-ledger of receivables and its vouchers add up to. `books` says which:
-- { company_id =, currency =, from =, to = }.

-- An amount of a row in the currency of the books: at the row's own rate, else at the day's.
function booked(row, field, currency, moment)
  local amount, own = row[field] or 0, currency_of(row)
  if own == currency then return amount end
  local rate = read(row, "exchange_rate")
  if rate and currency == company_currency then return round(amount * rate, 2) end
  return convert(amount, own, currency, moment)
end

-- Whether a row is of the company whose books are looked at, and happened in their time.
function is_in_books(row, books, happened)
  return read(row, "company_id") == books.company_id
    and row[happened] ~= nil and in_window(row[happened], books.from, books.to)
end

-- The total of a table's rows in the books; `counts` says which count (nil: all).
function moved(table_name, happened, books, counts)
  local total = 0
  for row in each(rows_of_table(table_name)) do
    if is_in_books(row, books, happened) and (not counts or counts(row)) then
      total = total + booked(row, "amount", books.currency, row[happened])
    end
  end
  return total
end

-- Receipts that were advances reduce receivables when they are applied, not when they come in.
function applied_advances(books)
  local total = 0
  for application in each(rows_of_table "receipt_application") do
    local receipt, applied_on = application.receipt, application.applied_on
    local is_advance = receipt and not is_void(receipt) and contains({ "advance", "deposit" }, receipt.kind)
    local is_here = is_advance and read(receipt, "company_id") == books.company_id
    if is_here and applied_on and in_window(applied_on, books.from, books.to) then
      total = total + booked(application, "amount", books.currency, applied_on)
    end
  end
  return total
end

-- Whether a receivable was brought forward.
function is_opening(entry)
  return read(entry, "kind") == "opening" and not is_void(entry)
end

-- The first day of an accounting period that is not before a day.
function period_start_from(first_day)
  local starts = filter(map(rows_of_table "accounting_period", "starts_on"), function(start) return start >= first_day end)
  return earliest_of(starts) or month_end(first_day) + 1
end

-- What was brought forward to a company's receivables, and the day from which entries count: by opening
-- receivables where there are any, else by the balance of the latest period not after `period`. Nil: not known.
function brought_forward(books, period)
  local known = filter(rows_where("opening_balance", { account = "receivable" }), function(balance)
    return read(balance, "company_id") == books.company_id and balance.period <= period
  end)
  local last = sort(known, "period")[#known]
  local entries = filter(rows_of_table "receivable_entry", function(entry)
    return is_opening(entry) and read(entry, "company_id") == books.company_id
  end)
  if #entries > 0 then
    local from = last and period_start(last.period) or period_start_from(latest_of(map(entries, "posted_on")))
    return sum(entries, function(entry) return booked(entry, "amount", books.currency, entry.posted_on) end), from
  end
  if not last then return nil end
  local from = period_start(last.period)
  local of_last = filter(known, function(balance) return balance.period == last.period end)
  return sum(of_last, function(balance) return booked(balance, "amount", books.currency, from) end), from
end

-- What the sub-ledger adds up to: posted, less what was received, written off and netted.
function subledger_movement(books)
  local posted = moved("receivable_entry", "posted_on", books, function(entry) return not is_void(entry) and not is_opening(entry) end)
  local received = moved("receipt", "received_on", books, function(receipt)
    return not is_void(receipt) and contains({ "payment", "retention" }, receipt.kind)
  end)
  local written_off = moved("write_off", "written_off_on", books, function(entry) return not is_void(entry) end)
  return posted - received - applied_advances(books) - written_off - moved("netting_entry", "netted_on", books)
end

-- What vouchers moved on an account.
function voucher_movement(books, account)
  local total = 0
  for voucher in each(rows "voucher") do
    if is_in_books(voucher, books, "posted_on") and not is_void(voucher) then
      for line in each(posted_on(voucher, { account })) do
        total = total + booked(line, "debit", books.currency, voucher.posted_on)
          - booked(line, "credit", books.currency, voucher.posted_on)
      end
    end
  end
  return total
end

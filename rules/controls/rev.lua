-- SPDX-License-Identifier: MIT
-- REV: revenue recognition, cut-off, receivables, vouchers, cost, advances.

-- One delivery D1 of 10 pieces at 100 net, delivered on 2026-10-28, for the cases. `more` adds or replaces tables.
local function delivered(more)
  local given = {
    accounting_period = {
      { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30" },
      { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
      { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
    },
    customer = { { customer_id = "C1" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-20", payment_mode = "credit" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function signed(...)
  local confirmations = {}
  for position, signed_on in ipairs({ ... }) do
    table.insert(confirmations, { confirmation_id = "K" .. position, delivery_id = "D1", delivery_line_no = "1", signed_on = signed_on })
  end
  return confirmations
end

-- A revenue entry for line 1 of delivery D1.
local function recognised(fields)
  local entry = {
    revenue_id = "R1", customer_id = "C1", delivery_id = "D1", delivery_line_no = "1", period = "2026-10",
    recognised_on = "2026-10-30", quantity = "10", amount = "1000", source = "system",
  }
  for name, value in pairs(fields or {}) do entry[name] = value end
  return { entry }
end

local trigger_parameter = {
  "sign_off", origin = "default", note = "issue, sign_off or acceptance, where the contract does not say",
}

-- Whether an entry was taken back in its own period: then nothing is left of it.
local function is_undone(entry)
  return any(reversals_of(entry), function(reversal) return reversal.period == entry.period end)
end

-- Whether a revenue entry can be judged by deliveries: not consigned, and of goods that were delivered.
local function is_of_delivery(entry)
  return is_recognition(entry) and read(entry, "settlement_id") == nil
    and not is_undone(entry) and #lines_of_entry(entry) > 0
end

local function quantity_of(pieces)
  return sum(pieces, function(piece) return piece.quantity end)
end

local function moments_of(pieces)
  return map(pieces, function(piece) return piece.on end)
end

-- The rows that show when goods were triggered.
local function trigger_evidence(pieces)
  local rows = {}
  for piece in each(pieces) do
    if piece.line and not contains(rows, piece.line) then
      append(rows, { piece.line })
      append(rows, rows_of(piece.line.delivery, "delivery_confirmation", "confirmations"))
    end
  end
  return at_most(10, rows)
end

control "REV-01" {
  title      = { en = "Revenue recognised before shipment and customer sign-off", zh = "提前确认收入" },
  risk       = { en = "Revenue is shown that is not earned yet.", zh = "提前确认收入，虚增当期业绩。" },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "revenue_entry",
  applies    = is_of_delivery,
  parameters = { trigger = trigger_parameter },
  amount_kind = "misstatement",
  message    = {
    en = "recognised on {recognised_on}; {quantity} units earned on {earned_on}",
    zh = "{recognised_on} 确认收入；{quantity} 件的收入时点为 {earned_on}",
  },
  follow_up  = { en = "Obtain the customer's confirmation and correct the period.", zh = "取得客户签收单并调整确认期间。" },

  test = function(entry, p)
    if not entry.recognised_on then return untestable "no date of recognition" end
    local pieces = pieces_of_entry(entry, p.trigger)
    if #pieces == 0 then return untestable "no quantity can be matched" end
    local early = filter(pieces, function(piece) return not piece.on or piece.on > entry.recognised_on end)
    if #early == 0 then return end
    local is_open = any(early, function(piece) return not piece.on end)
    return exception {
      amount        = share_of(entry.amount, quantity_of(early), quantity_of(pieces)),
      recognised_on = entry.recognised_on,
      earned_on     = is_open and "not yet" or latest_of(moments_of(early)),
      quantity      = quantity_of(early),
      evidence      = evidence(trigger_evidence(early), entry.invoice),
    }
  end,

  cases = {
    { "signed two days after the entry",
      given = delivered { delivery_confirmation = signed "2026-11-01", revenue_entry = recognised() },
      expect = { { key = "R1", amount = "1000", earned_on = "2026-11-01", quantity = "10" } } },
    { "signed on the day of the entry",
      given = delivered { delivery_confirmation = signed "2026-10-30", revenue_entry = recognised() }, expect = {} },
    { "not signed yet",
      given = delivered { revenue_entry = recognised() },
      expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
    { "four of ten were signed later",
      given = delivered {
        delivery_confirmation = {
          { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-29", quantity = "6" },
          { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-11-02", quantity = "4" },
        },
        revenue_entry = recognised(),
      },
      expect = { { key = "R1", amount = "400", quantity = "4", earned_on = "2026-11-02" } } },
    { "the contract makes the issue the trigger",
      given = delivered {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "issue" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
        revenue_entry = recognised(),
      },
      expect = {} },
    { "the contract makes acceptance the trigger",
      given = delivered {
        contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
        sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
        delivery_confirmation = signed "2026-10-28",
        installation = { { installation_id = "N1", contract_id = "CT1", delivery_id = "D1", accepted_on = "2026-10-31" } },
        revenue_entry = recognised(),
      },
      expect = { { key = "R1", amount = "1000", earned_on = "2026-10-31" } } },
    { "found through the invoice line, the latest delivery line counts",
      given = delivered {
        delivery = {
          { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
          { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-29" },
        },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
          { delivery_id = "D2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "4" },
        },
        delivery_confirmation = {
          { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-29" },
          { confirmation_id = "K2", delivery_id = "D2", signed_on = "2026-10-31" },
        },
        invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
        revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
      },
      expect = { { key = "R1", amount = "400", quantity = "4", earned_on = "2026-10-31" } } },
    { "reversed within the period: nothing is left",
      given = delivered {
        delivery_confirmation = signed "2026-11-01",
        revenue_entry = {
          recognised()[1],
          { revenue_id = "R2", delivery_id = "D1", delivery_line_no = "1", period = "2026-10", recognised_on = "2026-10-31", quantity = "-10", amount = "-1000", reversal_of = "R1" },
        },
      },
      expect = {} },
    { "confirmations were not imported",
      given = delivered { revenue_entry = recognised() }, absent = { "delivery_confirmation" },
      expect = { { key = "R1", untestable = "delivery_confirmation" } } },
  },
}

-- Whether an accounting period is one of those audited: its last day is.
local function is_audited(period)
  return in_period(period_end(period))
end

-- The pieces of an entry that belong to another period than the entry's. What was not earned yet does once
-- the entry's period is over.
local function of_other_period(pieces, period)
  return filter(pieces, function(piece)
    if piece.on then return period_of(piece.on) ~= period end
    return not as_of or as_of > period_end(period)
  end)
end

-- How much of a delivery line came back.
local function returned_quantity(line)
  local returned = 0
  for back in each(not_void(line.delivery.returns)) do
    for other in each(back.lines) do
      if other.product_id == line.product_id then returned = returned - (other.quantity or 0) end
    end
  end
  return max(0, returned)
end

-- Of pieces that nobody recognised, the quantity that did not come back.
local function withheld_quantity(line, pieces)
  local unrecognised = filter(pieces, function(piece) return not piece.entry end)
  return max(0, quantity_of(unrecognised) - returned_quantity(line))
end

local function entry_outside_period(entry, p)
  local pieces = pieces_of_entry(entry, p.trigger)
  if #pieces == 0 then return untestable "no quantity can be matched" end
  local wrong = of_other_period(pieces, entry.period)
  if #wrong == 0 then return nil end
  local earned_on = latest_of(moments_of(wrong))
  return exception {
    amount    = share_of(entry.amount, quantity_of(wrong), quantity_of(pieces)),
    period    = entry.period,
    earned_on = earned_on or "not yet",
    belongs_to = earned_on and period_of(earned_on) or "a later period",
    quantity  = quantity_of(wrong),
    days      = earned_on and earned_on - period_end(entry.period) or "unknown",
    evidence  = evidence(trigger_evidence(wrong), entry.invoice),
  }
end

-- The pieces of a line that were earned in the audited period.
local function earned_in_period(line, p)
  return filter(pieces_of_line(line, p.trigger), function(piece) return piece.on and in_period(piece.on) end)
end

local function line_outside_period(line, p)
  local pieces = earned_in_period(line, p)
  local elsewhere = filter(pieces, function(piece)
    return piece.entry and piece.entry.period ~= period_of(piece.on)
  end)
  local quantity = quantity_of(elsewhere) + withheld_quantity(line, pieces)
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

control "REV-02" {
  title      = { en = "Cut-off: revenue in another period than the delivery", zh = "收入截止错误" },
  risk       = { en = "Revenue is moved between periods.", zh = "收入跨期，虚增或截留当期收入。" },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "revenue_entry", "delivery_line" },
  scope      = "all", -- entries belong to their period, delivery lines to that in which they were earned
  applies    = function(row, p)
    if table_of(row) == "revenue_entry" then
      return row.period ~= nil and is_audited(row.period) and is_of_delivery(row)
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

  cases = {
    { "recognised in October, signed in November",
      given = delivered { delivery_confirmation = signed "2026-11-02", revenue_entry = recognised() },
      period = "2026-10", as_of = "2026-11-05",
      expect = { { key = "R1", amount = "1000", period = "2026-10", earned_on = "2026-11-02", belongs_to = "2026-11", days = "2" } } },
    { "signed on the last day of October",
      given = delivered { delivery_confirmation = signed "2026-10-31", revenue_entry = recognised { recognised_on = "2026-10-31" } },
      period = "2026-10", as_of = "2026-11-05", expect = {} },
    { "signed in October, four of ten recognised in November",
      given = delivered {
        delivery_confirmation = signed "2026-10-30",
        revenue_entry = {
          recognised { quantity = "6", amount = "600" }[1],
          recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-02", quantity = "4", amount = "400" }[1],
        },
      },
      period = "2026-10", as_of = "2026-11-05",
      expect = { { key = "D1/1", amount = "-400", period = "2026-11", earned_on = "2026-10-30", quantity = "4" } } },
    { "the same in November: what was recognised there belongs to October",
      given = delivered {
        delivery_confirmation = signed "2026-10-30",
        revenue_entry = {
          recognised { quantity = "6", amount = "600" }[1],
          recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-02", quantity = "4", amount = "400" }[1],
        },
      },
      period = "2026-11",
      expect = { { key = "R2", amount = "400", period = "2026-11", belongs_to = "2026-10" } } },
    { "revenue of the whole delivery, line numbers unknown, two lines signed in two months",
      given = delivered {
        delivery_line = {
          { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", net_amount = "600" },
          { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "4", net_amount = "400" },
        },
        delivery_confirmation = {
          { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-30" },
          { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "2", signed_on = "2026-11-02" },
        },
        revenue_entry = recognised { delivery_line_no = "" },
      },
      period = "2026-10", as_of = "2026-11-05",
      expect = { { key = "R1", amount = "400", quantity = "4" } } },
    { "earned in October and not recognised, except for what came back",
      given = delivered {
        delivery = {
          { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
          { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-30" },
        },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
          { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-1", net_amount = "-100" },
        },
        delivery_confirmation = signed "2026-10-30",
      },
      period = "2026-10", as_of = "2026-11-05",
      expect = { { key = "D1/1", amount = "-900", period = "none", quantity = "9" } } },
    { "not signed, and the period is not over",
      given = delivered { revenue_entry = recognised() }, period = "2026-10", as_of = "2026-10-31", expect = {} },
    { "confirmations were not imported",
      given = delivered { revenue_entry = recognised() }, absent = { "delivery_confirmation" },
      period = "2026-10",
      expect = {
        { key = "R1", untestable = "delivery_confirmation" },
        { key = "D1/1", untestable = "delivery_confirmation" },
      } },
  },
}

control "REV-03" {
  title      = { en = "Delivered and signed, revenue never recognised", zh = "截留/漏记收入" },
  risk       = { en = "Revenue is withheld, or the sale was forgotten.", zh = "截留或漏记收入。" },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = "delivery_line",
  scope      = "open",
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
    local earned = filter(pieces_of_line(line, p.trigger), function(piece)
      return not piece.entry and done_by(piece.on, limit)
    end)
    local quantity = withheld_quantity(line, earned)
    if quantity == 0 then return end
    return exception {
      amount    = share_of(net_amount(line), quantity, line.quantity),
      quantity  = quantity,
      delivered = line.quantity,
      earned_on = latest_of(moments_of(earned)),
      evidence  = trigger_evidence(earned),
    }
  end,

  cases = {
    { "signed, nothing recognised, in a month long past",
      given = delivered { delivery_confirmation = signed "2026-10-30" }, as_of = "2027-01-31",
      expect = { { key = "D1/1", amount = "1000", quantity = "10", earned_on = "2026-10-30" } } },
    { "all recognised", given = delivered { delivery_confirmation = signed "2026-10-30", revenue_entry = recognised() }, expect = {} },
    { "three recognised, two came back",
      given = delivered {
        delivery = {
          { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
          { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-30" },
        },
        delivery_line = {
          { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
          { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
        },
        delivery_confirmation = signed "2026-10-30",
        revenue_entry = recognised { quantity = "3", amount = "300" },
      },
      expect = { { key = "D1/1", amount = "500", quantity = "5" } } },
    { "signed after the period that is audited",
      given = delivered { delivery_confirmation = signed "2026-11-02" }, period = "2026-10", as_of = "2026-11-05", expect = {} },
    { "gifts earn nothing",
      given = delivered {
        delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", line_kind = "gift" } },
        delivery_confirmation = signed "2026-10-30",
      },
      expect = {} },
    { "revenue was not imported",
      given = delivered { delivery_confirmation = signed "2026-10-30" }, absent = { "revenue_entry" },
      expect = { { key = "D1/1", untestable = "revenue_entry" } } },
  },
}

-- The document behind a revenue entry, or nil.
local function document_of(entry)
  return entry.delivery_id and entry.delivery
    or entry.invoice_id and entry.invoice
    or read(entry, "settlement_id") and entry.settlement
    or nil
end

-- Whether an entry rests on an invoice of goods for which nothing was ever delivered.
local function is_undelivered(entry)
  if entry.delivery_id or read(entry, "settlement_id") then return false end
  local goods = filter(invoiced_for(entry), is_goods)
  return #goods > 0 and all(goods, function(line) return #delivered_for(line) == 0 end)
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
    local order_line = of_order and read(line, "order_line_no") and line.order_line
    local priced = order_line or line
    whole = whole + line.quantity
    net = net + share_of(net_amount(priced), line.quantity, priced.quantity)
  end
  local quantity = read(entry, "quantity") or whole
  return share_of(net, quantity, whole), #lines
end

control "REV-04" {
  title      = { en = "Revenue without underlying delivery, invoice or settlement", zh = "虚增收入" },
  risk       = { en = "Revenue may be fictitious.", zh = "虚构收入。" },
  source     = { "000B II-3.1" },
  severity   = "critical",
  profile    = { "internal-control", "general" },
  population = "revenue_entry",
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
        evidence = evidence(document, lines_of_entry(entry), imported "approval" and entry.approvals),
      }
    end
    if not document then return fault("no document", entry.amount) end
    if entry.source == "manual" and #standing_approvals(entry) == 0 then
      return fault("manual without approval", entry.amount)
    end
    if is_undelivered(entry) then return fault("nothing was delivered", entry.amount) end
    if read(entry, "settlement_id") then return end
    local expected, lines = expected_amount(entry)
    if not expected then return end
    local wrong = difference(entry.amount, expected, p.tolerance * lines)
    if wrong then return fault("not quantity times price", wrong, expected) end
  end,

  cases = {
    { "no document at all",
      given = delivered { revenue_entry = recognised { delivery_id = "", delivery_line_no = "" } },
      expect = { { key = "R1", amount = "1000", fault = "no document" } } },
    { "a delivery that does not exist",
      given = delivered { revenue_entry = recognised { delivery_id = "D9" } },
      expect = { { key = "R1", amount = "1000", fault = "no document" } } },
    { "an invoice for which nothing was delivered",
      given = delivered {
        delivery = {}, delivery_line = {},
        invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
        revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
      },
      expect = { { key = "R1", amount = "1000", fault = "nothing was delivered" } } },
    { "by hand, with a document, without approval",
      given = delivered { revenue_entry = recognised { source = "manual" } },
      expect = { { key = "R1", amount = "1000", fault = "manual without approval" } } },
    { "by hand, with a document and an approval",
      given = delivered {
        revenue_entry = recognised { source = "manual" },
        approval = { { doc_kind = "revenue_entry", doc_id = "R1", approval_kind = "manual_revenue", decision = "approve", decided_at = "2026-10-30T09:00:00" } },
      },
      expect = {} },
    { "more than the quantity times the order's price",
      given = delivered { revenue_entry = recognised { quantity = "4", amount = "400.02" } },
      expect = { { key = "R1", amount = "0.02", fault = "not quantity times price", expected = "400" } } },
    { "a cent is within the tolerance",
      given = delivered { revenue_entry = recognised { quantity = "4", amount = "400.01" } }, expect = {} },
    { "a service needs no delivery",
      given = delivered {
        delivery = {}, delivery_line = {},
        invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000", line_kind = "service" } },
        revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
      },
      expect = {} },
    { "approvals were not imported",
      given = delivered { revenue_entry = recognised { source = "manual" } }, absent = { "approval" },
      expect = { { key = "R1", untestable = "approval" } } },
  },
}

control "REV-05" {
  title      = { en = "Revenue reversed shortly after the period's end", zh = "期后冲回收入" },
  risk       = { en = "Revenue was entered to dress up a period, and taken back after it.", zh = "期末虚增收入，期后冲回。" },
  source     = { "000B II-3.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "revenue_entry",
  applies    = is_recognition,
  parameters = { window_days = { 30, origin = "default", note = "the policy names no number" } },
  amount_kind = "exposure",
  message    = {
    en = "{reversed} of {entered} reversed by {reversed_on}, {days} days after the period's end",
    zh = "{entered} 中 {reversed} 于 {reversed_on} 冲回，距期末 {days} 天",
  },
  follow_up  = { en = "Ask why the sale was taken back; see whether goods came back.", zh = "询问冲回原因，核查是否实际退货。" },

  test = function(entry, p)
    local ends = entry.period and period_end(entry.period)
    if not ends then return untestable "no period" end
    local limit = ends + p.window_days
    if as_of and as_of < limit then
      return untestable(tostring(as_of) .. " is within " .. p.window_days .. " days after the period's end")
    end
    local back = filter(reversals_of(entry), function(reversal)
      return reversal.recognised_on ~= nil and reversal.recognised_on > ends and reversal.recognised_on <= limit
    end)
    if #back == 0 then return end
    local reversed_on = latest_of(map(back, "recognised_on"))
    local reversed = min(abs(sum(back, "amount")), entry.amount)
    return exception {
      amount      = reversed,
      reversed    = reversed,
      entered     = entry.amount,
      reversed_on = reversed_on,
      days        = reversed_on - ends,
      evidence    = evidence(back, entry.invoice),
    }
  end,

  cases = {
    { "reversed on the thirtieth day",
      given = delivered { revenue_entry = {
        recognised()[1],
        { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-30", amount = "-1000", reversal_of = "R1" },
      } },
      as_of = "2026-12-31",
      expect = { { key = "R1", amount = "1000", reversed_on = "2026-11-30", days = "30" } } },
    { "reversed on the thirty-first day",
      given = delivered { revenue_entry = {
        recognised()[1],
        { revenue_id = "R2", period = "2026-12", recognised_on = "2026-12-01", amount = "-1000", reversal_of = "R1" },
      } },
      as_of = "2026-12-31", expect = {} },
    { "reversed within the period",
      given = delivered { revenue_entry = {
        recognised()[1],
        { revenue_id = "R2", period = "2026-10", recognised_on = "2026-10-31", amount = "-1000", reversal_of = "R1" },
      } },
      expect = {} },
    { "the thirty days are not over",
      given = delivered { revenue_entry = recognised() }, as_of = "2026-11-29",
      expect = { { key = "R1", untestable = "within 30 days" } } },
  },
}

control "REV-06" {
  title      = { en = "Receivable not equal to the invoice", zh = "应收账款多记少记" },
  risk       = { en = "Receivables are over- or understated.", zh = "多记或少记应收账款。" },
  source     = { "000B II-3.1" },
  severity   = "high",
  profile    = { "internal-control", "general" },
  population = { "invoice", "receivable_entry" },
  applies    = function(row)
    if is_void(row) then return false end
    if table_of(row) == "invoice" then return row.gross_amount ~= nil end
    local kind = read(row, "kind")
    return kind == nil or kind == "invoice"
  end,
  parameters = { tolerance = { decimal "0.01", origin = "default" } },
  amount_kind = "misstatement",
  message    = { en = "receivable {posted}, invoice {invoiced}", zh = "应收 {posted}，发票 {invoiced}" },
  follow_up  = { en = "Compare the entry with the invoice and correct it.", zh = "核对应收单与发票并更正。" },

  test = function(row, p)
    if table_of(row) == "receivable_entry" then
      local invoice = row.invoice_id and row.invoice
      if invoice and not is_void(invoice) then return end
      return exception {
        amount = abs(row.amount), posted = row.amount, invoiced = "none", evidence = evidence(invoice, row.customer),
      }
    end
    local entries = not_void(row.receivables)
    local posted = sum(entries, "amount")
    local expected = row.gross_amount
    if read(row, "cash_settled") and agree(posted, 0, p.tolerance) then return end
    local wrong = difference(posted, expected, p.tolerance)
    if not wrong then return end
    return exception { amount = wrong, posted = posted, invoiced = expected, evidence = evidence(entries) }
  end,

  cases = {
    { "two cents too little",
      given = {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" } },
        receivable_entry = { { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-05", amount = "112.98", kind = "invoice" } },
      },
      expect = { { key = "I1", amount = "0.02", posted = "112.98", invoiced = "113" } } },
    { "a cent too little; two entries make the invoice; a void one does not count",
      given = {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" } },
        receivable_entry = {
          { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-05", amount = "100", kind = "invoice" },
          { receivable_id = "A2", invoice_id = "I1", posted_on = "2026-10-06", amount = "12.99", kind = "invoice" },
          { receivable_id = "A3", invoice_id = "I1", posted_on = "2026-10-06", amount = "50", kind = "invoice", status = "void" },
        },
      },
      expect = {} },
    { "not posted at all; settled in cash, nothing need be",
      given = {
        invoice = {
          { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" },
          { invoice_id = "I2", issued_on = "2026-10-05", gross_amount = "50", cash_settled = "true" },
        },
      },
      expect = { { key = "I1", amount = "113", posted = "0" } } },
    { "a red invoice with its red receivable",
      given = {
        invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "-113", sign = "red" } },
        receivable_entry = { { receivable_id = "A1", invoice_id = "I1", posted_on = "2026-10-05", amount = "-113", kind = "invoice" } },
      },
      expect = {} },
    { "a receivable without an invoice, and one of an opening balance",
      given = {
        receivable_entry = {
          { receivable_id = "A1", posted_on = "2026-10-05", amount = "70", kind = "invoice" },
          { receivable_id = "A2", posted_on = "2026-10-01", amount = "90", kind = "opening" },
        },
      },
      expect = { { key = "A1", amount = "70", invoiced = "none" } } },
    { "receivables were not imported",
      given = { invoice = { { invoice_id = "I1", issued_on = "2026-10-05", gross_amount = "113" } } },
      absent = { "receivable_entry" },
      expect = { { key = "I1", untestable = "receivable_entry" } } },
  },
}

-- An amount of a row in the currency of the books: at the row's own rate, else at the day's.
local function booked(row, field, currency, moment)
  local amount, own = row[field] or 0, currency_of(row)
  if own == currency then return amount end
  local rate = read(row, "exchange_rate")
  if rate and currency == company_currency then return round(amount * rate, 2) end
  return convert(amount, own, currency, moment)
end

-- What one company's sub-ledger of receivables held at the end of a period, or nil without an opening balance.
-- `books` is { company_id, currency, from, to }; `from` is the day the opening balance is of.
local function is_in_books(row, books, happened)
  return read(row, "company_id") == books.company_id
    and row[happened] ~= nil and in_window(row[happened], books.from, books.to)
end

local function moved(table_name, happened, books, counts)
  local total = 0
  for row in each(rows_of_table(table_name)) do
    if is_in_books(row, books, happened) and not (counts and not counts(row)) then
      total = total + booked(row, "amount", books.currency, row[happened])
    end
  end
  return total
end

-- Receipts that were advances reduce receivables when they are applied, not when they come in.
local function applied_advances(books)
  local total = 0
  for application in each(rows_of_table "receipt_application") do
    local receipt = application.receipt
    local is_advance = receipt and (receipt.kind == "advance" or receipt.kind == "deposit")
    local day_applied = application.applied_on
    if is_advance and not is_void(receipt) and day_applied and in_window(day_applied, books.from, books.to)
      and read(receipt, "company_id") == books.company_id then
      total = total + booked(application, "amount", books.currency, day_applied)
    end
  end
  return total
end

-- The opening balance: opening receivables, where there are any, else the balance brought forward to the latest
-- period not after this one. Returns it and the first day after it.
local function brought_forward(books, period)
  local function is_opening(row) return read(row, "kind") == "opening" and not is_void(row) end
  if exists_opening_entry(books.company_id) then
    local all_days = { company_id = books.company_id, currency = books.currency, to = books.to }
    return moved("receivable_entry", "posted_on", all_days, is_opening), nil
  end
  local known = filter(rows_where("opening_balance", { account = "receivable" }), function(balance)
    return read(balance, "company_id") == books.company_id and balance.period <= period
  end)
  local last = sort(known, "period")[#known]
  if not last then return nil end
  local of_last = filter(known, function(balance) return balance.period == last.period end)
  return sum(of_last, function(balance) return booked(balance, "amount", books.currency, books.to) end), period_start(last.period)
end


-- SPDX-License-Identifier: MIT
-- Periods, when delivered goods may become revenue (the trigger), and which revenue covers which goods.
--
-- The goods of a pool (a delivery line; a whole delivery where revenue carries no line numbers) are laid out in
-- the order in which they were triggered, the revenue recognised for them in the order in which it was
-- recognised. What lies side by side belongs together: a piece.

-- The first day of a month or accounting period named like "2026-10".
function period_start(name)
  local known = first(rows_where("accounting_period", { period = name }))
  return known and known.starts_on or date(name .. "-01")
end

-- Its last day.
function period_end(name)
  local known = first(rows_where("accounting_period", { period = name }))
  return known and known.ends_on or month_end(date(name .. "-01"))
end

-- The accounting period that a day lies in; the calendar month where periods were not imported.
function period_of(moment)
  if not imported "accounting_period" then return month(moment) end
  local known = in_force("accounting_period", moment, {}, "starts_on", "ends_on")
  return known and known.period or month(moment)
end

-- The contract that a delivery line is under, or nil.
function contract_of_delivery(line)
  if not imported "contract" then return nil end
  local contract = contract_of(line.delivery)
  if contract then return contract end
  local order = read(line, "order_id") and line.order
  return order and contract_of(order) or nil
end

-- What makes goods revenue: "issue", "sign_off" or "acceptance"; the contract's say, else the parameter's.
function trigger_kind(line, default)
  local contract = contract_of_delivery(line)
  return contract and read(contract, "revenue_trigger") or default
end

-- When how much of a line left the warehouse: an array of { on =, quantity =, line = }. Without issue slips the
-- delivery counts.
local function issues_of(line)
  local delivery = line.delivery
  local slips = imported "stock_issue" and not_void(delivery.issues) or {}
  if #slips == 0 then return { { on = delivery.delivery_date, quantity = line.quantity, line = line } } end
  local found = {}
  for slip in each(slips) do
    for issued in each(rows_of(slip, "stock_issue_line", "lines")) do
      local number = read(issued, "delivery_line_no")
      local is_own = number == line.line_no or number == nil and issued.product_id == line.product_id
      if is_own and slip.issued_at then
        table.insert(found, { on = day(slip.issued_at), quantity = issued.quantity, line = line })
      end
    end
  end
  return found
end

-- When how much of a line the customer signed for. A confirmation without a line is for the whole delivery.
local function sign_offs_of(line)
  local own, whole, found = {}, {}, {}
  for confirmation in each(line.delivery.confirmations) do
    local number = read(confirmation, "delivery_line_no")
    if confirmation.signed_on and number == line.line_no then table.insert(own, confirmation) end
    if confirmation.signed_on and number == nil then table.insert(whole, confirmation) end
  end
  if #own == 0 and #whole > 0 and #line.delivery.lines > 1 then
    return { { on = latest_of(map(whole, "signed_on")), quantity = line.quantity, line = line } }
  end
  for confirmation in each(#own > 0 and own or whole) do
    table.insert(found, { on = confirmation.signed_on, quantity = confirmation.quantity or line.quantity, line = line })
  end
  return found
end

-- When a line was accepted after installation; not yet as long as one installation is not.
local function acceptances_of(line)
  local installations = append({}, line.delivery.installations)
  local contract = #installations == 0 and contract_of_delivery(line)
  if contract then
    append(installations, filter(contract.installations, function(one) return read(one, "delivery_id") == nil end))
  end
  if #installations == 0 or not all(installations, "accepted_on") then return {} end
  return { { on = latest_of(map(installations, "accepted_on")), quantity = line.quantity, line = line } }
end

-- When how much of a delivery line became revenue, in order, up to its quantity: { on =, quantity =, line = };
-- what was not triggered has no `on`.
function triggers_of(line, default)
  local kind = trigger_kind(line, default)
  local events
  if kind == "issue" then events = issues_of(line)
  elseif kind == "acceptance" then events = acceptances_of(line)
  else events = sign_offs_of(line) end
  if #events > 1 then events = sort(events, "on") end
  local rest, found = line.quantity, {}
  for event in each(events) do
    local quantity = has_happened(event.on) and min(event.quantity, rest) or 0
    if quantity > 0 then table.insert(found, { on = event.on, quantity = quantity, line = line }) end
    rest = rest - max(0, quantity)
  end
  if rest > 0 then table.insert(found, { quantity = rest, line = line }) end
  return found
end

-- Whether a delivery line is of goods sold that become revenue on their own trigger: not returned, consigned,
-- given away or void.
function earns_revenue(line)
  local delivery = line.delivery
  return delivery ~= nil and delivery.kind ~= "return" and is_sale(line)
    and not is_void(delivery) and not is_consignment(delivery)
end

-- Whether a revenue entry is one of its own: neither void, nor a reversal, nor negative.
function is_recognition(entry)
  return not is_void(entry) and entry.reversal_of == nil and entry.amount ~= nil and entry.amount > 0
end

-- The reversals of a revenue entry that count.
function reversals_of(entry)
  return not_void(entry.reversals)
end

-- The delivery lines of an invoice line: the one it names, else those of its order line.
function delivered_for(invoice_line)
  if read(invoice_line, "delivery_line_no") and invoice_line.delivery_line then return { invoice_line.delivery_line } end
  local order_line = read(invoice_line, "order_line_no") and invoice_line.order_line
  if order_line then return filter(order_line.deliveries, earns_revenue) end
  local delivery = read(invoice_line, "delivery_id") and invoice_line.delivery
  if not delivery then return {} end
  return filter(delivery.lines, function(line) return line.product_id == invoice_line.product_id end)
end

-- The invoice lines of a revenue entry: the one it names, else all of its invoice (of its product).
function invoiced_for(entry)
  if not entry.invoice_id then return {} end
  if read(entry, "invoice_line_no") and entry.invoice_line then return { entry.invoice_line } end
  if not entry.invoice then return {} end
  local product = read(entry, "product_id")
  return filter(entry.invoice.lines, function(line) return product == nil or line.product_id == product end)
end

-- The delivery lines that a revenue entry is about: by its delivery line, its delivery, or its invoice lines.
function lines_of_entry(entry)
  if entry.delivery_id and read(entry, "delivery_line_no") then
    return filter(evidence(entry.delivery_line), earns_revenue)
  end
  if entry.delivery_id and entry.delivery then
    local product = read(entry, "product_id")
    return filter(entry.delivery.lines, function(line)
      return earns_revenue(line) and (product == nil or line.product_id == product)
    end)
  end
  local lines = {}
  for invoice_line in each(filter(invoiced_for(entry), is_goods)) do
    for line in each(delivered_for(invoice_line)) do
      if earns_revenue(line) and not contains(lines, line) then table.insert(lines, line) end
    end
  end
  return lines
end

-- Revenue entries of a delivery that name no line of it (and, where the line's product is named, that product).
local function unlined_entries(line)
  local found = {}
  for entry in each(line.delivery.revenue_entries) do
    if read(entry, "delivery_line_no") == nil and is_recognition(entry) then
      local product = read(entry, "product_id")
      if product == nil or product == line.product_id then table.insert(found, entry) end
    end
  end
  return found
end

-- The invoice lines that are for a line's goods, but do not say for which line of its delivery or order.
local function unlined_invoices(line)
  local found = {}
  if not imported "invoice_line" then return found end
  for invoice_line in each(line.delivery.invoice_lines) do
    local is_unlined = read(invoice_line, "delivery_line_no") == nil and invoice_line.product_id == line.product_id
    if is_unlined and not is_void(invoice_line.invoice) then table.insert(found, invoice_line) end
  end
  local order_line = read(line, "order_line_no") and line.order_line
  for invoice_line in each(order_line and order_line.invoices or {}) do
    local is_unlined = read(invoice_line, "delivery_line_no") == nil and read(invoice_line, "delivery_id") == nil
    if is_unlined and not is_void(invoice_line.invoice) then table.insert(found, invoice_line) end
  end
  return found
end

-- The delivery lines that share their revenue with a line: itself, unless revenue or invoices do not tell the
-- lines apart. { lines =, entries =, invoices = }: also those that do not.
function pool_of(line)
  local entries = unlined_entries(line)
  if #entries > 0 then
    local by_product = any(entries, function(entry) return read(entry, "product_id") ~= nil end)
    local lines = filter(line.delivery.lines, function(other)
      return earns_revenue(other) and (not by_product or other.product_id == line.product_id)
    end)
    return { lines = lines, entries = entries, invoices = {} }
  end
  local invoices = unlined_invoices(line)
  if #invoices == 0 then return { lines = { line }, entries = {}, invoices = {} } end
  return { lines = filter(delivered_for(invoices[1]), earns_revenue), entries = {}, invoices = invoices }
end

-- The revenue entries of an invoice line with the quantity that each recognises of it.
local function add_invoiced(claims, invoice_line)
  local function add(entry, quantity)
    local is_known = any(claims, function(claim) return claim.entry == entry and claim.part == invoice_line end)
    if is_recognition(entry) and entry.delivery_id == nil and not is_known then
      table.insert(claims, { entry = entry, part = invoice_line, quantity = quantity or 0 })
    end
  end
  if not imported "revenue_entry" or not invoice_line.invoice or is_void(invoice_line.invoice) then return end
  for entry in each(invoice_line.revenue_entries) do
    add(entry, read(entry, "quantity") or invoice_line.quantity)
  end
  for entry in each(invoice_line.invoice.revenue_entries) do
    local product = read(entry, "product_id")
    local is_whole = read(entry, "invoice_line_no") == nil and (product == nil or product == invoice_line.product_id)
    if is_whole then add(entry, invoice_line.quantity) end
  end
end

-- What revenue entries claim of the goods of a pool, in the order in which they were recognised:
-- { entry =, quantity = }.
local function claims_on(pool)
  local claims = {}
  for line in each(pool.lines) do
    for entry in each(line.revenue_entries) do
      if is_recognition(entry) then
        table.insert(claims, { entry = entry, part = line, quantity = read(entry, "quantity") or line.quantity })
      end
    end
    for invoice_line in each(rows_of(line, "invoice_line", "invoices")) do add_invoiced(claims, invoice_line) end
  end
  for entry in each(pool.entries) do
    table.insert(claims, { entry = entry, quantity = read(entry, "quantity") or sum(pool.lines, "quantity") })
  end
  for invoice_line in each(pool.invoices) do add_invoiced(claims, invoice_line) end
  if #claims < 2 then return claims end
  return sort(claims, function(claim) return { claim.entry.recognised_on, key_of(claim.entry) } end)
end

-- Lays claims against triggers: an array of pieces { entry =, line =, on =, quantity = }. A piece without an
-- entry was not recognised; one without `on` was not triggered.
local function lay_out(triggers, claims)
  local pieces, at = {}, 1
  local left = triggers[1] and triggers[1].quantity or 0
  for claim in each(claims) do
    local wanted = claim.quantity
    while wanted > 0 do
      local trigger = triggers[at]
      local quantity = trigger and min(wanted, left) or wanted
      table.insert(pieces, {
        entry = claim.entry, line = trigger and trigger.line, on = trigger and trigger.on, quantity = quantity,
      })
      wanted = wanted - quantity
      left = left - quantity
      if trigger and left == 0 then
        at = at + 1
        left = triggers[at] and triggers[at].quantity or 0
      end
    end
  end
  while triggers[at] do
    table.insert(pieces, { line = triggers[at].line, on = triggers[at].on, quantity = left })
    at = at + 1
    left = triggers[at] and triggers[at].quantity or 0
  end
  return pieces
end

-- The triggers of a pool, the earliest first, those still to come last.
local function triggers_on(pool, default)
  local triggers = {}
  for line in each(pool.lines) do append(triggers, triggers_of(line, default)) end
  if #triggers < 2 then return triggers end
  local done = sort(filter(triggers, "on"), "on")
  return append(done, filter(triggers, function(trigger) return not trigger.on end))
end

-- The pieces of a pool. Entries that were reversed do not count.
function pieces_on(pool, default)
  local live = filter(claims_on(pool), function(claim) return #reversals_of(claim.entry) == 0 end)
  return lay_out(triggers_on(pool, default), live)
end

-- The pieces that an entry recognises. An entry that was reversed is laid out by itself.
function pieces_of_entry(entry, default)
  local pieces, seen = {}, {}
  local is_reversed = #reversals_of(entry) > 0
  for line in each(lines_of_entry(entry)) do
    if not seen[line] then
      local pool = pool_of(line)
      for member in each(pool.lines) do seen[member] = true end
      local claims = filter(claims_on(pool), function(claim)
        if is_reversed then return claim.entry == entry end
        return #reversals_of(claim.entry) == 0
      end)
      append(pieces, filter(lay_out(triggers_on(pool, default), claims), function(piece) return piece.entry == entry end))
    end
  end
  return pieces
end

-- The pieces of a delivery line, recognised or not.
function pieces_of_line(line, default)
  return filter(pieces_on(pool_of(line), default), function(piece) return piece.line == line end)
end

-- The quantity of pieces.
function quantity_of(pieces)
  return sum(pieces, function(piece) return piece.quantity end)
end

-- The days on which pieces were triggered.
function moments_of(pieces)
  return map(pieces, function(piece) return piece.on end)
end

-- Whether an accounting period is one of those audited: its last day is.
function is_audited(period)
  return in_period(period_end(period))
end

-- The pieces of an entry that belong to another period than the entry's. What was not earned yet does once
-- the entry's period is over.
function of_other_period(pieces, period)
  return filter(pieces, function(piece)
    if piece.on then return period_of(piece.on) ~= period end
    return not as_of or as_of > period_end(period)
  end)
end

-- How much of a delivery line came back.
function returned_quantity(line)
  local returned = 0
  for back in each(not_void(line.delivery.returns)) do
    for other in each(back.lines) do
      if other.product_id == line.product_id then returned = returned - (other.quantity or 0) end
    end
  end
  return max(0, returned)
end

-- Of pieces that nobody recognised, the quantity that did not come back.
function withheld_quantity(line, pieces)
  local unrecognised = filter(pieces, function(piece) return not piece.entry end)
  return max(0, quantity_of(unrecognised) - returned_quantity(line))
end

-- Whether an entry was taken back in its own period: then nothing is left of it.
function is_undone(entry)
  return any(reversals_of(entry), function(reversal) return reversal.period == entry.period end)
end

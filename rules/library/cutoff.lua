-- SPDX-License-Identifier: MIT
-- Periods, when delivered goods may become revenue (the trigger), and which revenue covers which goods.
--
-- The goods of a pool (a delivery line; a whole delivery where revenue carries no line numbers) are laid out in
-- the order in which they were triggered, the revenue recognised for them in the order in which it was
-- recognised. What lies side by side belongs together: a piece.

-- The first day of a month or accounting period named like "2026-10".
function period_start(name)
  local known = lookup_one("accounting_period", { period = name })
  return known and known.starts_on or date(name .. "-01")
end

-- Its last day.
function period_end(name)
  local known = lookup_one("accounting_period", { period = name })
  return known and known.ends_on or month_end(date(name .. "-01"))
end

-- The accounting period that a day lies in; the calendar month where none does.
function period_of(moment)
  local known = in_force("accounting_period", moment, {}, "starts_on", "ends_on")
  return known and known.period or month(moment)
end

-- The contract that a delivery line is under, or nil.
function contract_of_delivery(line)
  local contract = contract_of(line.delivery)
  if contract then return contract end
  local order = line.order
  return order and contract_of(order) or nil
end

-- What makes goods revenue: "issue", "sign_off" or "acceptance"; the contract's say, else the parameter's.
function trigger_kind(line, default)
  local contract = contract_of_delivery(line)
  return contract and contract.revenue_trigger or default
end

-- When how much of a line left the warehouse: an array of { on =, quantity =, line = }. Without issue slips the
-- delivery counts.
local function issues_of(line)
  local delivery = line.delivery
  local slips = live_ones(delivery.issues)
  if #slips == 0 then return { { on = delivery.delivery_date, quantity = line.quantity, line = line } } end
  local found = {}
  for slip in each(slips) do
    for issued in each(slip.lines) do
      local number = issued.delivery_line_no
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
    local number = confirmation.delivery_line_no
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
    append(installations, filter(contract.installations, function(one) return one.delivery_id == nil end))
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
-- given away, and of a delivery that counts.
function earns_revenue(line)
  return is_sale(line) and can_earn(line)
end

-- The same of a line for which revenue was entered: then it may be a gift, too, but no service.
function can_earn(line)
  local delivery = line.delivery
  return delivery ~= nil and delivery.kind ~= "return" and not is_service(line)
    and is_live(delivery) and not is_consignment(delivery)
end

-- Whether a revenue entry is one of its own: neither void, nor a reversal, nor negative.
function is_recognition(entry)
  return not is_void(entry) and entry.reversal_of == nil and entry.amount ~= nil and entry.amount > 0
end

-- The reversals that name a revenue entry and count.
function reversals_of(entry)
  return filter(live_ones(entry.reversals), function(one) return one.recognised_on == nil or has_happened(one.recognised_on) end)
end

-- Whether a delivery line says of which order line it is, and whether two are of one.
function names_order_line(line)
  return line.order_line_no ~= nil and line.order_line ~= nil
end

function is_of_order_line(one, other)
  return names_order_line(one) and names_order_line(other) and one.order_line == other.order_line
end

-- The delivery lines of an invoice line: the one it names, else those of its order line.
function delivered_for(invoice_line)
  if invoice_line.delivery_line then return { invoice_line.delivery_line } end
  local order_line = invoice_line.order_line
  if order_line then return filter(order_line.deliveries, earns_revenue) end
  local delivery = invoice_line.delivery
  if not delivery then return {} end
  return filter(delivery.lines, function(line) return line.product_id == invoice_line.product_id end)
end

-- The invoice lines of a revenue entry: the one it names, else all of its invoice (of its product); none of an invoice that
-- does not count.
function invoiced_for(entry)
  if not entry.invoice_id then return {} end
  if entry.invoice and not is_live(entry.invoice) then return {} end
  if entry.invoice_line then return { entry.invoice_line } end
  if not entry.invoice then return {} end
  local product = entry.product_id
  return filter(entry.invoice.lines, function(line) return product == nil or line.product_id == product end)
end

-- The delivery lines that a revenue entry is about: by its delivery line, its delivery, or its invoice lines.
function lines_of_entry(entry)
  if entry.delivery_id and entry.delivery_line_no then
    return filter(evidence(entry.delivery_line), can_earn)
  end
  if entry.delivery then
    local product = entry.product_id
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
    if entry.delivery_line_no == nil and is_recognition(entry) then
      local product = entry.product_id
      if product == nil or product == line.product_id then table.insert(found, entry) end
    end
  end
  return found
end

-- Whether revenue of a delivery's goods may have been recognised by invoices. Without lines of invoices none can be, unless some
-- revenue of the customer names nothing but an invoice: whose goods that is cannot be known then.
function has_invoiced_revenue(delivery)
  return imported "invoice_line" or any(lookup("revenue_entry", { customer_id = delivery.customer_id }), function(entry)
    return entry.delivery_id == nil and entry.invoice_id ~= nil
  end)
end

-- The invoice lines that are for a line's goods, but do not say for which line of its delivery or order.
local function unlined_invoices(line)
  local found = {}
  if not has_invoiced_revenue(line.delivery) then return found end
  for invoice_line in each(line.delivery.invoice_lines) do
    local is_unlined = invoice_line.delivery_line_no == nil and invoice_line.product_id == line.product_id
    if is_unlined and not is_void(invoice_line.invoice) then table.insert(found, invoice_line) end
  end
  local order_line = line.order_line
  for invoice_line in each(order_line and order_line.invoices or {}) do
    local is_unlined = invoice_line.delivery_line_no == nil and invoice_line.delivery_id == nil
    if is_unlined and not is_void(invoice_line.invoice) then table.insert(found, invoice_line) end
  end
  return found
end

-- The delivery lines that share their revenue with a line: itself, unless revenue or invoices do not tell the
-- lines apart. { lines =, entries =, invoices = }: also those that do not.
function pool_of(line)
  local entries = unlined_entries(line)
  if #entries > 0 then
    local by_product = any(entries, function(entry) return entry.product_id ~= nil end)
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
  if not invoice_line.invoice or is_void(invoice_line.invoice) then return end
  for entry in each(invoice_line.revenue_entries) do
    add(entry, entry.quantity or invoice_line.quantity)
  end
  for entry in each(invoice_line.invoice.revenue_entries) do
    local product = entry.product_id
    local is_whole = entry.invoice_line_no == nil and (product == nil or product == invoice_line.product_id)
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
        table.insert(claims, { entry = entry, part = line, quantity = entry.quantity or line.quantity })
      end
    end
    for invoice_line in each(has_invoiced_revenue(line.delivery) and line.invoices or {}) do add_invoiced(claims, invoice_line) end
  end
  for entry in each(pool.entries) do
    table.insert(claims, { entry = entry, quantity = entry.quantity or sum(pool.lines, "quantity") })
  end
  for invoice_line in each(pool.invoices) do add_invoiced(claims, invoice_line) end
  if #claims > 1 then claims = sort(claims, function(claim) return { claim.entry.recognised_on, key_of(claim.entry) } end) end
  add_reversals(claims, pool.lines)
  return claims
end

-- A claim with what reversals that pass a test leave of it.
local function left_of_claim(claim, counts)
  local taken = sum(filter(claim.taken, counts), function(one) return one.quantity end)
  return { entry = claim.entry, quantity = max(0, claim.quantity - taken), taken = claim.taken }
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

-- The pieces of a pool, as they stood at a moment (nil: now): of each entry what was not reversed by then.
function pieces_on(pool, default, moment)
  local standing = map(claims_on(pool), function(claim)
    return left_of_claim(claim, function(one) return done_by(one.row.recognised_on, moment) end)
  end)
  return lay_out(triggers_on(pool, default), standing)
end

-- The claims of an entry on the pools of its goods, and those pools with all claims: { claims =, pools = }.
local function claims_of_entry(entry)
  local found, seen = { claims = {}, pools = {} }, {}
  for line in each(lines_of_entry(entry)) do
    if not seen[line] then
      local pool = pool_of(line)
      for member in each(pool.lines) do seen[member] = true end
      local claims = claims_on(pool)
      append(found.claims, filter(claims, function(claim) return claim.entry == entry end))
      table.insert(found.pools, { pool = pool, claims = claims })
    end
  end
  return found
end

-- The pieces that an entry recognises, less what was taken back of it in its own period: a later reversal does not mend the
-- period. Beside it other entries count with what is left of them now.
function pieces_of_entry(entry, default)
  local pieces = {}
  for known in each(claims_of_entry(entry).pools) do
    local claims = map(known.claims, function(claim)
      return left_of_claim(claim, function(one) return claim.entry ~= entry or one.row.period == entry.period end)
    end)
    append(pieces, filter(lay_out(triggers_on(known.pool, default), claims), function(piece) return piece.entry == entry end))
  end
  return pieces
end

-- What was taken back of an entry, by reversals that name it or its goods: an array of { row =, amount =, quantity = }.
function taken_back(entry)
  local claims = claims_of_entry(entry).claims
  if #claims == 0 then
    return map(reversals_of(entry), function(one) return { row = one, amount = abs(one.amount or 0), quantity = abs(one.quantity or 0) } end)
  end
  local found, by_row = {}, {}
  for claim in each(claims) do
    for one in each(claim.taken) do
      local known = by_row[one.row]
      if not known then
        known = { row = one.row, amount = one.amount, quantity = 0 }
        by_row[one.row] = known
        table.insert(found, known)
      elseif one.row.reversal_of == nil then
        known.amount = known.amount + one.amount
      end
      known.quantity = known.quantity + one.quantity
    end
  end
  return found
end

-- What is left of the amount of an entry after what was taken back in its own period.
function standing_amount(entry)
  return max(0, entry.amount - sum(taken_in(taken_back(entry), entry.period), function(one) return one.amount end))
end

-- The pieces of a delivery line, recognised or not, as they stood at a moment (nil: now).
function pieces_of_line(line, default, moment)
  return filter(pieces_on(pool_of(line), default, moment), function(piece) return piece.line == line end)
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

-- How much of a delivery line came back by a moment (nil: now): by returns that name its order line, and by those that name
-- only the product, which may be of any of its lines.
local function returned_quantities(line, moment)
  local own, shared = 0, 0
  for back in each(notes_against(line.delivery)) do
    if done_by(back.delivery_date, earliest(moment, as_of)) then
      for other in each(back.lines) do
        if other.product_id == line.product_id and other.quantity ~= nil then
          if is_of_order_line(other, line) then own = own - other.quantity
          elseif not (names_order_line(other) and names_order_line(line)) then shared = shared - other.quantity end
        end
      end
    end
  end
  return max(0, own), max(0, shared)
end

-- The quantity of a delivery line that was earned by a moment (nil: now), is not recognised and did not come back. What came
-- back takes away once from all lines of its product, the first line first.
function withheld_quantity(line, default, counts, moment)
  local siblings = filter(line.delivery.lines, function(other)
    return other.product_id == line.product_id and earns_revenue(other)
  end)
  local function unrecognised(other)
    local open = filter(pieces_of_line(other, default, moment), function(piece) return not piece.entry and piece.on and counts(piece) end)
    local own = returned_quantities(other, moment)
    return max(0, quantity_of(open) - own)
  end
  local mine = unrecognised(line)
  if mine == 0 then return 0 end
  local _, shared = returned_quantities(line, moment)
  if shared == 0 then return mine end
  return first(consume(siblings, unrecognised, shared), function(part) return part.row == line end).left
end

-- Whether an entry was taken back in its own period: then nothing is left of it.
function is_undone(entry)
  local taken = taken_in(taken_back(entry), entry.period)
  local quantity = entry.quantity
  local units = sum(taken, function(one) return one.quantity end)
  return #taken > 0 and (standing_amount(entry) == 0 or quantity ~= nil and quantity > 0 and units >= quantity)
end

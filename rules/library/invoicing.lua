-- SPDX-License-Identifier: MIT
-- Invoices and the goods they are for: what was shipped of the goods, and what was invoiced.

-- Whether an invoice (or an invoice line's header) is one of its own: neither void nor a draft, nor red.
function is_blue_invoice(invoice)
  if not is_live(invoice) or is_reversal(invoice) then return false end
  if invoice.sign ~= nil then return invoice.sign == "blue" end
  return invoice.original_invoice_id == nil
end

-- Whether an invoice is on paper and has to be handed over; one whose form is not known is.
function is_paper(invoice)
  return invoice.invoice_kind ~= "e_invoice"
end

-- Whether an invoice came out of the settlement of consigned goods.
function is_of_settlement(invoice)
  return invoice.settlement_id ~= nil
end

-- The lines of returns that take back goods of a delivery line. Untestable where there are returns, but not what they
-- take back.
function return_lines_of(line)
  local found = {}
  local order_line = line.order_line
  for back in each(line.delivery and line.delivery.returns or {}) do
    for other in each(back.lines) do
      local theirs = order_line and other.order_line
      local is_own = other.product_id == line.product_id
      if theirs then is_own = theirs == order_line end
      if is_own and other.quantity ~= nil and other.quantity < 0 then table.insert(found, other) end
    end
  end
  return found
end

-- The only line of a product among some lines; nil where there is none, or several.
local function only_line_of(lines, product_id)
  local same = filter(lines, function(line) return line.product_id == product_id end)
  return #same == 1 and same[1] or nil
end

-- The goods that an invoice line is for: the delivery line it names, else its order line, else the only line of its
-- product in the delivery, or without one in the order, that it names; nil where that cannot be told.
function goods_of(invoice_line)
  if invoice_line.delivery_line then return invoice_line.delivery_line end
  local order_line = invoice_line.order_line
  if order_line then return order_line end
  local delivery = invoice_line.delivery
  if delivery then return only_line_of(delivery.lines, invoice_line.product_id) end
  local order = invoice_line.order
  return order and only_line_of(order.lines, invoice_line.product_id) or nil
end

-- Whether an invoice line names goods of which there are several lines of its product, so that it cannot be told which.
function is_ambiguous(invoice_line)
  local delivery = invoice_line.delivery
  local order = not delivery and invoice_line.order
  local named = delivery or order
  return named ~= nil and named ~= false and goods_of(invoice_line) == nil
    and any(named.lines, function(line) return line.product_id == invoice_line.product_id end)
end

-- Lines of deliveries or invoices of an order that name no line of it, and can only be of one: of that order line.
local function unnumbered(lines, order_line)
  return filter(lines, function(line)
    return line.order_line_no == nil and line.product_id == order_line.product_id
      and only_line_of(order_line.order.lines, line.product_id) == order_line
  end)
end

-- The delivery lines of goods (an order line or a delivery line), and the returns of them.
local function lines_shipped(goods)
  local lines, seen = {}, {}
  local function add(list)
    for line in each(list) do
      if not seen[line] then table.insert(lines, line) end
      seen[line] = true
    end
  end
  if table_of(goods) == "sales_order_line" then
    local loose = goods.order and unnumbered(goods.order.delivery_lines, goods) or {}
    for line in each(append(append({}, goods.deliveries), loose)) do
      add { line }
      add(return_lines_of(line))
    end
  else
    add { goods }
    add(return_lines_of(goods))
  end
  return lines
end

-- What left for the customer of goods (an order line or a delivery line), and came back: an array of
-- { on = day, quantity = in the product's own unit, negative for returns, row = delivery line }. Neither drafts nor void ones.
function shipments_of(goods)
  local found = {}
  for line in each(lines_shipped(goods)) do
    local delivery = line.delivery
    if delivery and is_live(delivery) and delivery.delivery_date and line.quantity ~= nil then
      table.insert(found, { on = delivery.delivery_date, quantity = base_quantity(line), row = line })
    end
  end
  return found
end

-- What was invoiced of goods (an order line or a delivery line), red invoices negative: an array of { on = day,
-- quantity = in the product's own unit, row = invoice line }. Neither drafts nor void ones.
function billings_of(goods)
  local found, seen = {}, {}
  local function add(list)
    for line in each(list) do
      local invoice = line.invoice
      if not seen[line] and invoice and is_live(invoice) and invoice.issued_on and line.quantity ~= nil then
        table.insert(found, { on = invoice.issued_on, quantity = base_quantity(line), row = line })
      end
      seen[line] = true
    end
  end
  add(goods.invoices)
  if table_of(goods) == "sales_order_line" and goods.order then
    add(filter(unnumbered(goods.order.invoice_lines, goods), function(line) return goods_of(line) == goods end))
  end
  for line in each(lines_shipped(goods)) do
    add(line.invoices)
    local unlined = filter(line.delivery and line.delivery.invoice_lines or {}, function(one)
      return one.delivery_line_no == nil and goods_of(one) == line
    end)
    add(unlined)
  end
  return found
end

-- Whether the unit price of a line is with tax, although it is not said to be: quantity × price makes its gross amount and
-- not its net.
local function is_priced_with_tax(line)
  local net, gross, tax = read(line, "net_amount"), read(line, "gross_amount"), read(line, "tax_amount")
  if net and tax and not gross then gross = net + tax end
  if gross and tax and not net then net = gross - tax end
  if not net or not gross then return false end
  local total = real_total(line)
  return abs(total - gross) < abs(total - net)
end

-- What the goods of a line cost without tax and with it, by its prices, else by its amounts, whichever are there: { net =, gross = }, each nil where
-- the line does not tell it.
function known_totals(line)
  local found = { net = read(line, "net_amount"), gross = read(line, "gross_amount") }
  if read(line, "unit_price") then
    found[is_priced_with_tax(line) and "gross" or "net"] = real_total(line)
  end
  local discount = line.discount_amount or 0
  if line.unit_price_gross and (discount == 0 or line.tax_rate) then
    found.gross = line.quantity * line.unit_price_gross - (discount == 0 and 0 or with_tax(discount, line))
  end
  if found.net and not found.gross and line.tax_rate then found.gross = with_tax(found.net, line) end
  return found
end

-- The order line that an invoice line was sold by: the one it names, else its delivery line's, else the only line
-- of its product in its order; nil where there is none, or several.
function ordered_line(invoice_line)
  if invoice_line.order_line_no then return invoice_line.order_line end
  local delivered = invoice_line.delivery_line
  if delivered and delivered.order_line_no then return delivered.order_line end
  local order = invoice_line.order
  if not order then return nil end
  local same = filter(order.lines, function(line) return line.product_id == invoice_line.product_id end)
  return #same == 1 and same[1] or nil
end

-- The orders that an invoice is for: those of its lines, else its header's.
function orders_of_invoice(invoice)
  local found = {}
  for line in each(imported "invoice_line" and invoice.lines or {}) do
    if line.order and not contains(found, line.order) then table.insert(found, line.order) end
  end
  if #found == 0 and invoice.order then table.insert(found, invoice.order) end
  return found
end

-- The deliveries that the lines of an invoice name.
function deliveries_of_invoice(invoice)
  local found = {}
  for line in each(invoice.lines) do
    local delivery = line.delivery
    if delivery and not contains(found, delivery) then table.insert(found, delivery) end
  end
  return found
end

-- The payments of an invoice: receipt applications that name it, or one of its receivables, each once.
function applications_of(invoice)
  local found, seen = {}, {}
  local function add(list)
    for application in each(list) do
      if not seen[application] then table.insert(found, application) end
      seen[application] = true
    end
  end
  add(invoice.applications)
  for entry in each(imported "receivable_entry" and invoice.receivables or {}) do add(entry.applications) end
  return found
end

-- Whether two customers are the same or, where that will do, of one group: one the parent of the other, or of one parent.
function is_one_customer(one, other, allow_group)
  if one == other then return true end
  if not allow_group then return false end
  local ours, theirs = one.parent_id, other.parent_id
  return ours ~= nil and (ours == other.customer_id or ours == theirs) or theirs == one.customer_id
end

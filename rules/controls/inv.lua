-- SPDX-License-Identifier: MIT
-- INV: invoices, from the request to the customer's books.

-- Whether an invoice is one that somebody asked for and issued: blue, issued, not out of a settlement.
local function is_issued(invoice)
  return invoice.issued_on ~= nil and is_blue_invoice(invoice) and not is_of_settlement(invoice)
end

-- The terms of steps, and more.
local function terms_with(more)
  local terms = step_terms()
  for name, text in pairs(more) do terms[name] = text end
  return terms
end

-- What an invoice adds above the amount of its request, with the other invoices of that request; nil when nothing. A
-- red invoice makes room for the one that replaces it.
local function over_request(invoice, request)
  local parts, seen = {}, {}
  local function add(list)
    for one in each(list) do
      if not seen[one] and is_live(one) and one.issued_on then table.insert(parts, one) end
      seen[one] = true
    end
  end
  for one in each(request.invoices) do
    add { one }
    add(one.red_invoices)
  end
  local ordered = sort(parts, function(one) return { one.issued_on, one.invoice_id } end)
  return first(over_limit(ordered, request.amount, "gross_amount"), function(found) return found.row == invoice end)
end

local finance_roles = { { "finance_head", "accountant", "cashier" }, origin = "default", note = "these are finance whatever their department" }

-- How goods are named that lines are grouped by.
local function name_of_goods(goods)
  if table_of(goods) == "sales_order_line" then return { "sales_order_line", goods.order_id, goods.line_no } end
  return { "delivery_line", goods.delivery_id, goods.line_no }
end

-- Whether goods have to leave before they are invoiced: an ordinary sale, unless its contract lets the invoice go first.
local function ships_first(invoice)
  if invoice.mode == "direct" or is_of_settlement(invoice) then return false end
  local contract = contract_of(invoice)
  return not (contract and contract.invoice_before_shipment)
end

-- The same of an invoice line, whose own order goes before the invoice's.
local function line_ships_first(line)
  local invoice = line.invoice
  if not invoice or not ships_first(invoice) then return false end
  local order = line.order
  if not order then return true end
  local contract = contract_of(order)
  return not is_consignment(order) and order.business_type ~= "direct_invoice"
    and not (contract and contract.invoice_before_shipment)
end

-- The lines that say what a line's goods should cost: its order line; without one the lines of its product in the contract
-- that the invoice is under. Nil where the invoice is under neither.
local function agreed_lines(line)
  local order_line = ordered_line(line)
  if order_line then return { order_line } end
  if line.order_line_no then untestable { en = "the order line does not exist", zh = "订单明细不存在" } end
  local contract = contract_of(line.invoice)
  if contract then return filter(contract.lines, function(one) return one.product_id == line.product_id end) end
  if line.order then
    return filter(line.order.lines, function(one) return one.product_id == line.product_id end)
  end
end

-- What a line costs and what was agreed for its quantity, on the tax basis that both tell: { billed =, agreed =, whole =
-- all that was agreed }. Untestable where no basis is known of both.
local function side_by_side_totals(line, agreed)
  if read(agreed, "quantity") == nil or agreed.quantity == 0 then untestable { en = "no quantity agreed", zh = "未约定数量" } end
  local ours, theirs = known_totals(line), known_totals(agreed)
  local basis = ours.net and theirs.net and "net" or ours.gross and theirs.gross and "gross"
  if not basis then untestable { en = "no unit price, and no amount, on one tax basis", zh = "无同一含税口径的单价或金额" } end
  return { billed = ours[basis], agreed = share_of(theirs[basis], base_quantity(line), base_quantity(agreed)), whole = theirs[basis] }
end

-- By how much an invoice line costs more (less: negative) than an order or contract line agreed for its quantity.
local function price_difference(line, agreed)
  local totals = side_by_side_totals(line, agreed)
  return totals.billed - totals.agreed
end

-- Whether a line costs what was agreed, without tax or with it.
local function costs_as_agreed(line, agreed, p)
  local function is_close(billed, expected)
    return agree_within(billed, expected, max(p.tolerance, percent(abs(expected), p.tolerance_pct)))
  end
  local totals = side_by_side_totals(line, agreed)
  if is_close(totals.billed, totals.agreed) then return true end
  if not line.unit_price_gross or not agreed.unit_price_gross then return false end
  return is_close(known_totals(line).gross, share_of(known_totals(agreed).gross, base_quantity(line), base_quantity(agreed)))
end

-- What differs between an invoice line and what was agreed, or nil.
local function line_difference(line, p)
  local agreed = agreed_lines(line)
  if not agreed then return nil end
  local same = filter(agreed, function(one) return one.product_id == line.product_id end)
  local ground = same[1] or agreed[1] or line.order or contract_of(line.invoice)
  if #same == 0 then
    return exception {
      amount = abs(round(net_amount(line), 2)), fault = "product", invoiced = line.product_id or "none",
      agreed = agreed[1] and agreed[1].product_id or "none", evidence = evidence(line.invoice, ground),
    }
  end
  if any(same, function(one) return costs_as_agreed(line, one, p) end) then return nil end
  local nearest = sort(same, function(one) return abs(price_difference(line, one)) end)[1]
  return exception {
    amount   = round(abs(price_difference(line, nearest)), 2),
    fault    = "price",
    invoiced = unit_price_of(side_by_side_totals(line, nearest).billed, base_quantity(line)),
    agreed   = unit_price_of(side_by_side_totals(line, nearest).whole, base_quantity(nearest)),
    evidence = evidence(line.invoice, nearest),
  }
end

-- Whether an invoice goes to another customer than its orders or contract, or nil.
local function customer_difference(invoice, p)
  local grounds = orders_of_invoice(invoice)
  if #grounds == 0 then grounds = evidence(contract_of(invoice)) end
  local other = first(grounds, function(ground)
    if ground.customer_id == nil or ground.customer_id == invoice.customer_id then return false end
    return not p.allow_group or not invoice.customer or not ground.customer or not is_one_customer(invoice.customer, ground.customer, true)
  end)
  if not other then return nil end
  return exception {
    amount = invoice.gross_amount, fault = "customer", invoiced = invoice.customer_id or "none", agreed = other.customer_id,
    evidence = evidence(other),
  }
end

-- When the customer signed for a delivery line: the last time for it, else for its whole delivery; nil: not yet.
local function signed_for(line)
  local own = map(line.confirmations, "signed_on")
  if #own > 0 then return latest_of(own) end
  local whole = filter(line.delivery.confirmations, function(one) return one.delivery_line_no == nil end)
  return latest_of(map(whole, "signed_on"))
end

-- What of delivery lines of one order line is not invoiced, as { row = line, left = quantity in its own unit }: not
-- returned, and on no invoice that names the line. Invoices that name only the order line take the oldest first.
local function uninvoiced(lines)
  local goods = lines[1].order_line or lines[1]
  local named, loose = {}, 0
  for billing in each(billings_of(goods)) do
    local of = goods_of(billing.row)
    if of == goods and table_of(goods) == "sales_order_line" then
      loose = loose + billing.quantity
    elseif of then
      named[of] = (named[of] or 0) + billing.quantity
    end
  end
  local parts = {}
  for line in each(sort(lines, function(one) return { one.delivery.delivery_date, key_of(one) } end)) do
    local left = base_quantity(line) - (named[line] or 0)
    for back in each(return_lines_of(line)) do
      if is_live(back.delivery) then left = left + base_quantity(back) - (named[back] or 0) end
    end
    table.insert(parts, { line = line, left = max(0, left) })
  end
  return map(consume(parts, "left", loose), function(rest) return { row = rest.row.line, left = rest.left } end)
end

-- The first of an invoice's receivables that was posted, or nil.
local function first_receivable(invoice)
  local posted = filter(live_ones(invoice.receivables), function(entry)
    return entry.posted_on ~= nil and not is_opening(entry)
  end)
  return sort(posted, function(entry) return { entry.posted_on, entry.receivable_id } end)[1]
end

-- Of faults of deadlines, those that are still open and those that ended in the audited period: what was mended
-- earlier was reported then.
local function current(faults)
  return filter(faults, function(fault) return fault.step.at == nil or in_period(fault.step.at) end)
end

-- When the goods of an invoice were signed for: the last of its deliveries; nil where one was not, or none is named.
local function goods_signed_on(invoice)
  local last
  for delivery in each(deliveries_of_invoice(invoice)) do
    local signed = map(delivery.confirmations, "signed_on")
    if #signed == 0 then return nil end
    last = latest(last, earliest_of(signed))
  end
  return last
end

-- The amounts that an invoice itself states, without tax, the tax, and with it: what would be worked out agrees with itself.
local function stated_sums(invoice)
  return read(invoice, "net_amount"), read(invoice, "tax_amount"), read(invoice, "gross_amount")
end

-- The first thing wrong with the sums and the tax of an invoice: { fault =, found =, expected =, amount = }, or nil.
local function arithmetic_fault(invoice, p)
  local net, tax, gross = stated_sums(invoice)
  local lines = imported "invoice_line" and invoice.lines or {}
  local function compared(fault, found, expected, tolerance)
    if agree_within(found, expected, tolerance) then return nil end
    return { fault = fault, found = found, expected = expected, amount = abs(found - expected), evidence = lines }
  end
  local function of_lines(fault, field, total)
    if total == nil or #lines == 0 or not all(lines, function(line) return line[field] ~= nil end) then return nil end
    return compared(fault, total, sum(lines, field), p.tolerance * #lines)
  end
  local function of_rates(line)
    local rate, base = line.tax_rate, line.net_amount
    if rate == nil or base == nil then return nil end
    if rate > 0 and rate < 1 then rate = rate * 100 end
    local function is_rate(known) return known == "any" or number_in(known) - rate == 0 end
    if #p.rates > 0 and not any(p.rates, is_rate) then
      return { fault = "rate", found = rate, expected = table.concat(p.rates, ", "), amount = abs(line.tax_amount or 0), evidence = lines }
    end
    local charged = line.tax_amount
    return charged and compared("tax of a line", charged, round(percent(base, rate), 2), p.tax_tolerance)
  end
  local found = net and tax and gross and compared("gross", gross, net + tax, p.tolerance)
  found = found or of_lines("net", "net_amount", net) or of_lines("tax", "tax_amount", tax)
  for line in each(lines) do found = found or of_rates(line) end
  return found or nil
end

-- The numbers missing before a paper invoice in its book (its code), as gaps does; nil where none are, where no book
-- is known, or where the number before it is farther away than `most`: then a book begins.
local function gap_before(invoice, most)
  local code = invoice.invoice_code
  local own = serial(invoice.invoice_no)
  if is_blank(code) or not own or not imported("invoice", "invoice_kind") or not is_paper(invoice) then return nil end
  for missing = 0, most do
    local before = own.number - missing - 1
    if before < 1 then return nil end
    local text = serial_text(own.series, before, own.digits)
    local known = lookup_one("invoice", { invoice_code = code, invoice_no = text })
    if known then
      if missing == 0 then return nil end
      return {
        from = serial_text(own.series, before + 1, own.digits), to = serial_text(own.series, own.number - 1, own.digits),
        missing = missing, before = known,
      }
    end
  end
  return nil
end

-- The deliveries, neither returns nor void, that an invoice line's goods left with.
local function delivery_lines_for(line)
  local goods = goods_of(line)
  if not goods then return {} end
  return filter(map(shipments_of(goods), "row"), function(one) return one.quantity > 0 end)
end

-- What is wrong with a direct invoice that was reviewed: { fault =, amount = }, or nil.
local function direct_fault(invoice, lines, delivered)
  local function whole() return invoice.gross_amount end
  if #delivered == 0 then
    must_see("delivery", as_of, "deliveries")
    return { fault = "no delivery", amount = whole }
  end
  local other = first(delivered, function(one)
    local kind = one.delivery.business_type
    return kind ~= nil and kind ~= "direct_invoice"
  end)
  if other then return { fault = "mode mixed", amount = whole } end
  local early = first(delivered, function(one)
    return (one.delivery.approved_at or one.delivery.delivery_date) < invoice.reviewed_at
  end)
  if early then return { fault = "delivery came first", amount = whole } end
  for one in each(delivered) do
    same_day_note(invoice.reviewed_at, one.delivery.approved_at or one.delivery.delivery_date, { by = invoice.reviewed_by })
  end
  local amount = 0
  for line in each(lines) do
    local shipped = sum(delivery_lines_for(line), base_quantity)
    local goods = goods_of(line)
    local invoiced = goods and sum(filter(billings_of(goods), function(one) return one.quantity > 0 end), "quantity") or base_quantity(line)
    amount = amount + share_of(net_amount(line), abs(invoiced - shipped), base_quantity(line))
  end
  if amount > 0 then return { fault = "quantities differ", amount = round(amount, 2) } end
end

-- What is wrong with an invoice after delivery: lines without any delivery or order line, or goods that were
-- delivered in the other mode.
local function ordinary_fault(lines, delivered)
  local loose = filter(lines, function(line)
    return goods_of(line) == nil or line.delivery_id == nil and line.order_line_no == nil
  end)
  if #loose > 0 then return { fault = "no delivery named", amount = function() return round(sum(loose, net_amount), 2) end } end
  local other = filter(lines, function(line)
    return any(delivery_lines_for(line), function(one) return one.delivery.business_type == "direct_invoice" end)
  end)
  if #other > 0 then return { fault = "mode mixed", amount = function() return round(sum(other, net_amount), 2) end } end
end

control "INV-01" {
  title      = { en = "Invoice without a reviewed invoice request", zh = "无审核开票申请即开票" },
  risk       = { en = "Invoices are issued for sales that nobody asked to bill or checked; false invoices are possible.", zh = "未经申请和审核开票，可能虚开发票。" },
  tests      = {
    en = "For each invoice its request is looked up: requested, then reviewed, then issued, in this order; and the invoices of one request may not add up to more than it.",
    zh = "逐张核对发票的开票申请：先申请、再审核、后开票；同一申请的开票合计不得超过申请金额。",
  },
  source     = { "004-6.1", "004-6.3" },
  severity   = "high",
  profile    = { "factory", "general" },
  population = "invoice",
  shape      = "sequence",
  applies    = is_issued,
  parameters = { tolerance = { decimal "0.01", origin = "default", note = "how much more than the request is let pass" } },
  amount_kind = "transaction",
  terms      = terms_with { over = { en = "exceeds", zh = "超出" } },
  message    = step_message(),
  follow_up  = {
    en = "Ask finance on what ground it issued the invoice; have the request reviewed, or take the invoice back.",
    zh = "向财务部询问开票依据；补办申请审核，或作废、红冲发票。",
  },

  test = function(invoice, p)
    local request = find(invoice, "request")
    local faults = order_faults {
      step("invoice_request", request, "requested_at"), step("invoice_request", request, "reviewed_at"), step("invoice", invoice, "issued_on"),
    }
    if #faults > 0 then return step_exception(faults, { amount = function() return invoice.gross_amount end }) end
    select_currency(currency_of(invoice)) -- a request without an order has no currency of its own
    if request.amount == nil then return untestable { en = "the request names no amount", zh = "申请未注明金额" } end
    local found = over_request(invoice, request)
    if not found then return end
    if found.over <= p.tolerance then return within_tolerance_note(found.over) end
    return exception {
      amount   = found.over,
      fault    = "over",
      step     = "invoice.gross_amount",
      at       = found.total,
      other    = "invoice_request.amount",
      other_at = request.amount,
      faults   = 1,
      evidence = evidence(request, request.invoices),
    }
  end,
}

control "INV-02" {
  title      = { en = "Invoice not issued by finance", zh = "非财务部开票" },
  risk       = { en = "Who sells also bills; invoices escape the books.", zh = "销售人员自行开票，发票游离于账外。" },
  tests      = {
    en = "The department and roles that the issuer of each invoice had on that day are looked up: finance must have issued it. Invoices issued by a system are not applicable.",
    zh = "查找开票人在开票日的部门和岗位，应属财务部；系统自动开具的不适用。",
  },
  source     = { "003-4.11", "004-6.3" },
  severity   = "high",
  profile    = { "engineered", "factory", "general" },
  population = "invoice",
  shape      = "as-of",
  applies    = function(invoice)
    return invoice.issued_on ~= nil and is_live(invoice) and not is_system(invoice.issued_by)
  end,
  parameters = { roles = finance_roles },
  amount_kind = "transaction",
  terms      = { unknown = { en = "an unknown department", zh = "部门不详" } },
  message    = { en = "issued on {issued_on} by {issuer}, {department}", zh = "{issued_on} 由 {issuer}（{department}）开具" },
  follow_up  = {
    en = "Ask who gave the issuer access to invoicing; compare the invoice with its order and delivery; withdraw the access.",
    zh = "查明开票权限由谁授予，核对订单和发货，收回权限。",
  },

  test = function(invoice, p)
    if invoice.issued_by == nil then return untestable { en = "nobody is named as issuer", zh = "未注明开单人" } end
    local of_finance = does_work_of(invoice.issued_by, "finance", p.roles, invoice.issued_on)
    if of_finance == nil then return untestable { en = "neither roles nor department of the issuer are known", zh = "开票人的岗位与部门均不明" } end
    if of_finance then return end
    local employee = person(invoice.issued_by)
    local unit = employee.org_unit
    return exception {
      amount     = abs(invoice.gross_amount),
      issuer     = employee.employee_id,
      issued_on  = invoice.issued_on,
      department = unit and (unit.name or unit.org_unit_id) or "unknown",
      evidence   = evidence(employee, employee.roles),
    }
  end,
}

control "INV-03" {
  title      = { en = "Invoiced quantity exceeds shipped quantity", zh = "开票数量超过发货数量" },
  risk       = { en = "Invoices without goods: revenue and receivables before anything was shipped.", zh = "未发货先开票，虚增收入和应收账款。" },
  tests      = {
    en = "For each line of goods shipped (an order line where invoices name no delivery; without line numbers the only line of the product), what was invoiced so far is compared with what was delivered, less returns, by the day of each invoice.",
    zh = "按发货行（发票未引用发货单的按订单行；无行号的按该产品唯一的行），在每张发票开具日将累计开票数量与累计发货数量（扣除退货）比较。",
  },
  source     = { "000M 普通", "003-4.11" },
  severity   = "high",
  profile    = { "ship-first", "engineered", "general" },
  population = "invoice_line",
  shape      = "balance",
  applies    = function(line)
    local invoice = line.invoice
    local counts = invoice ~= nil and invoice.issued_on ~= nil and is_blue_invoice(invoice) and is_sale(line) and line_ships_first(line)
    if counts and is_ambiguous(line) then untestable { en = "several lines of the product: which is not said", zh = "该产品有多行，未注明是哪一行" } end
    return counts and goods_of(line) ~= nil
  end,
  group      = function(line)
    local goods = goods_of(line)
    if not goods and is_ambiguous(line) then return { "invoice_line", line.invoice_id, line.line_no } end
    return goods and name_of_goods(goods)
  end,
  parameters = { tolerance = { decimal "0", origin = "default", note = "units" } },
  amount_kind = "misstatement",
  message    = {
    en = "{invoiced} invoiced by {issued_on}, {shipped} shipped: {over} more",
    zh = "至 {issued_on} 累计开票 {invoiced}，累计发货 {shipped}，超开 {over}",
  },
  follow_up  = {
    en = "Ask why the invoice went first, and whether the goods have left since; if not, take it back.",
    zh = "询问先开票的原因及之后是否已发货；未发货的应红冲。",
  },

  test = function(lines, p)
    local goods = goods_of(lines[1])
    local tested, found = {}, {}
    for line in each(lines) do tested[line] = true end
    local events = {}
    for shipment in each(shipments_of(goods)) do
      table.insert(events, { on = shipment.on, rank = 1, shipped = shipment.quantity, row = shipment.row })
    end
    for billing in each(billings_of(goods)) do
      table.insert(events, { on = billing.on, rank = billing.quantity < 0 and 2 or 3, invoiced = billing.quantity, row = billing.row })
    end
    local shipped, invoiced = 0, 0
    for event in each(sort(events, function(one) return { one.on, one.rank, key_of(one.row) } end)) do
      local before = max(0, invoiced - shipped - p.tolerance)
      shipped = shipped + (event.shipped or 0)
      invoiced = invoiced + (event.invoiced or 0)
      local over = max(0, invoiced - shipped - p.tolerance) - before
      local line = event.row
      if event.invoiced and over > 0 and tested[line] then
        table.insert(found, exception {
          row       = line,
          amount    = round(share_of(net_amount(line), over, event.invoiced), 2),
          over      = over,
          invoiced  = invoiced,
          shipped   = shipped,
          issued_on = event.on,
          evidence  = evidence(goods, at_most(10, map(shipments_of(goods), "row"))),
        })
      elseif event.invoiced and event.invoiced > 0 and invoiced > shipped then
        within_tolerance_note(nil, { row = line })
      end
    end
    return found
  end,
}

control "INV-04" {
  title      = { en = "Invoice price, customer or product differs from the order or contract", zh = "发票与订单合同不符" },
  risk       = { en = "The customer is billed for something else than agreed, or somebody else is.", zh = "开票内容与约定不符，造成少收、多收或虚开。" },
  tests      = {
    en = "The real unit price and the product of each invoice line are compared with its order line (without one, the contract), on the tax basis that both state, by prices or else by amounts; the customer of each invoice with those of its orders.",
    zh = "将发票行的实际单价和产品与订单行（无订单行时与合同）在双方均列示的同一含税口径上比较（无单价的按金额）；将发票客户与订单客户比较。",
  },
  source     = { "003-4.11" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = { "invoice", "invoice_line" },
  shape      = "lookup",
  applies    = function(row)
    if table_of(row) == "invoice" then return is_issued(row) end
    return row.invoice ~= nil and is_issued(row.invoice) and is_sale(row)
  end,
  parameters = {
    tolerance     = { decimal "0.01", origin = "default", note = "for a line" },
    tolerance_pct = { decimal "0", origin = "default", note = "of the agreed price; for unit prices that are rounded" },
    allow_group   = { false, origin = "default", note = "true: companies of one group (customer.parent_id) may be billed for each other" },
  },
  amount_kind = "misstatement",
  terms      = {
    price    = { en = "another unit price", zh = "单价不符" },
    product  = { en = "another product", zh = "产品不符" },
    customer = { en = "another customer", zh = "客户不符" },
    none     = { en = "none", zh = "无" },
  },
  message    = { en = "{fault}: invoiced {invoiced}, agreed {agreed}", zh = "{fault}：开票 {invoiced}，约定 {agreed}" },
  follow_up  = {
    en = "Ask who changed it and obtain the approved change of the order or contract; otherwise correct the invoice.",
    zh = "询问变更人，取得订单或合同的批准变更；没有的应更正发票。",
  },

  test = function(row, p)
    if table_of(row) == "invoice" then return customer_difference(row, p) end
    return line_difference(row, p)
  end,
}

control "INV-05" {
  title      = { en = "Shipped and signed for but not invoiced", zh = "已发货未及时开票" },
  risk       = { en = "Revenue is billed late or never; the customer pays late.", zh = "延迟或遗漏开票，拖延收款、少计收入。" },
  tests      = {
    en = "Of each delivery line, the quantity that was neither invoiced nor returned is computed; it may not be open longer than allowed after the customer's signature (the delivery, where there is none).",
    zh = "计算每行发货既未开票也未退回的数量；自客户签收（未签收的自发货）起不得超过允许天数。",
  },
  source     = { "003-4.11" },
  severity   = "medium",
  profile    = { "engineered", "ship-first", "general" },
  population = "delivery_line",
  shape      = "ageing",
  scope      = "open",
  applies    = function(line)
    if not earns_revenue(line) or not is_live(line.delivery) then return false end
    local kind = line.delivery.business_type
    return kind == nil or kind == "normal"
  end,
  group      = function(line)
    return name_of_goods(line.order_line or line)
  end,
  parameters = { limit_days = { 30, origin = "default", note = "the policy says \"in time\"" } },
  amount_kind = "exposure",
  message    = {
    en = "{open} of {delivered} units, with the customer since {since}, not invoiced after {age} days",
    zh = "{since} 交付 {delivered}，{age} 天后仍有 {open} 未开票",
  },
  follow_up  = {
    en = "Ask sales why no invoice was asked for; see whether the goods were really sold, and have them invoiced.",
    zh = "询问未申请开票的原因，核实是否真实销售，督促开票。",
  },

  test = function(lines, p)
    if not as_of then return untestable { en = "no date as of which to judge", zh = "无判断所依据的日期" } end
    local found = {}
    for rest in each(uninvoiced(lines)) do
      local line = rest.row
      local since = signed_for(line) or line.delivery.delivery_date
      if rest.left > 0 and since == nil then return untestable { en = "no date of delivery: delivery.delivery_date is empty", zh = "无发货日期：delivery.delivery_date 为空" } end
      if rest.left > 0 and as_of - since > p.limit_days then
        table.insert(found, exception {
          row       = line,
          amount    = round(share_of(net_amount(line), rest.left, base_quantity(line)), 2),
          open      = rest.left,
          delivered = base_quantity(line),
          since     = since,
          age       = as_of - since,
          evidence  = evidence(line.delivery, at_most(10, line.invoices)),
        })
      end
    end
    return found
  end,
}

control "INV-06" {
  title      = { en = "Invoice posted to receivables without review", zh = "发票未复核即传递应收" },
  risk       = { en = "Wrong invoices reach the books unchecked.", zh = "未复核的发票直接形成应收，差错无人发现。" },
  tests      = {
    en = "For each invoice, blue or red, with a receivable, the review must have come first.",
    zh = "已形成应收的发票（含红字），复核应在应收入账之前。",
  },
  source     = { "000M 退货(3)", "000M 普通(1)" },
  severity   = "medium",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "invoice",
  shape      = "sequence",
  applies    = function(invoice) return is_live(invoice) and invoice.issued_on ~= nil end,
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "Ask how the receivable was posted; compare the invoice with order and delivery and review it.",
    zh = "查明应收的传递途径，核对发票与订单、发货单后补办复核。",
  },

  test = function(invoice)
    local entry = first_receivable(invoice)
    if not entry then return end -- REV-06 reports an invoice without a receivable
    local faults = order_faults {
      step("invoice", invoice, "reviewed_at"),
      step("receivable_entry", entry, "posted_on"),
    }
    return step_exception(faults, { amount = function() return abs(invoice.gross_amount) end })
  end,
}

control "INV-07" {
  title      = { en = "Invoice not delivered to or not signed for by the customer", zh = "发票未送达或未签收" },
  risk       = { en = "The customer does not pay what it was not billed for; invoices are lost or kept back.", zh = "发票未送达，客户拖延付款；发票遗失或被截留。" },
  tests      = {
    en = "Each paper invoice must be delivered and signed for within the days allowed. Electronic invoices are not applicable.",
    zh = "纸质发票应在规定天数内送达客户并取得签收；电子发票不适用。",
  },
  source     = { "004-6.4", "003-4.11" },
  severity   = "medium",
  profile    = { "factory", "engineered", "general" },
  population = "invoice",
  shape      = "sequence",
  scope      = "open",
  applies    = function(invoice) return is_issued(invoice) and is_paper(invoice) end,
  parameters = { limit_days = { 7, origin = "default", note = "the policy says \"in time\"" } },
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = {
    en = "{step} {fault} ({at}); {other}: {other_at}, last day {limit}",
    zh = "{step}{fault}（{at}）；{other}：{other_at}，期限 {limit}",
  },
  follow_up  = {
    en = "Ask the salesperson for the invoice or the signature; confirm with the customer that it has the invoice.",
    zh = "向销售员索取发票或签收单，并向客户核实是否收到。",
  },

  test = function(invoice, p)
    local issued = step("invoice", invoice, "issued_on")
    local delivered = step("invoice", invoice, "delivered_on")
    local signed = step("invoice", invoice, "customer_signed_on")
    if not delivered.at then delivered.at = signed.at end -- who signed has it
    local faults = deadline_faults(delivered, issued, p.limit_days)
    if #faults == 0 then faults = deadline_faults(signed, issued, p.limit_days) end
    return step_exception(current(faults), { amount = function() return invoice.gross_amount end })
  end,
}

control "INV-08" {
  title      = { en = "Customer has not posted our invoice, or got it without the signed slip", zh = "客户未挂账" },
  risk       = { en = "What the customer does not have in its books it will not pay.", zh = "客户未挂账，货款难以按期收回。" },
  tests      = {
    en = "Each paper invoice handed over must be posted by the customer within the days allowed, and be handed over with the slip that the customer signed for the goods, not before it. Electronic invoices are not applicable.",
    zh = "送达客户的纸质发票应在规定天数内由客户挂账，且应连同签收单一并送交，不得早于签收；电子发票不适用。",
  },
  source     = { "003-4.12" },
  severity   = "medium",
  profile    = { "engineered", "general" },
  population = "invoice",
  shape      = "sequence",
  scope      = "open",
  applies    = function(invoice) return is_issued(invoice) and is_paper(invoice) and not invoice.cash_settled end,
  parameters = { limit_days = { 15, origin = "default", note = "the policy says \"in time\"" } },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "Confirm the balance with the customer; bring it the invoice with the signed slip.",
    zh = "与客户对账确认，将发票连同签收单送交客户财务挂账。",
  },

  test = function(invoice, p)
    local handed = step("invoice", invoice, "delivered_on")
    if not handed.at then return end -- INV-07 reports an invoice that was not delivered
    local faults = {}
    if ships_first(invoice) and imported "invoice_line" then
      local signed_on = goods_signed_on(invoice)
      local slip = { name = "delivery_confirmation.signed_on", at = signed_on }
      if signed_on and handed.at < signed_on and in_period(handed.at) then
        table.insert(faults, { fault = "too early", step = handed, other = slip })
      end
      same_day_note(signed_on, handed.at)
    end
    append(faults, current(deadline_faults(step("invoice", invoice, "customer_posted_on"), handed, p.limit_days)))
    return step_exception(faults, { amount = function() return invoice.gross_amount end, evidence = function() return invoice.lines end })
  end,
}

control "INV-09" {
  title      = { en = "Invoice arithmetic and tax; duplicate or missing invoice numbers", zh = "发票金额税额、重号断号" },
  risk       = { en = "Wrong tax is declared; invoices are booked twice or kept out of the books.", zh = "税额申报错误；发票重复入账或体外开票。" },
  tests      = {
    en = "The sums and the tax of each invoice are computed again from its lines; its code and number must be its own; in a book of paper invoices (a code) no number may be missing before it. Numbers are compared without regard to width, case, blanks, marks and leading zeros; rates of tax where the parameter names them.",
    zh = "按明细重算每张发票的合计和税额；发票代码加号码不得重复；同一代码的纸质发票号码应连续。号码比较忽略全半角、大小写、空格、分隔符和前导零；参数列明税率的，核对税率。",
  },
  source     = { "000B I-3.1" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "invoice",
  shape      = "aggregate",
  scope      = "all", -- a number may have been used in any period
  applies    = function(invoice) return is_live(invoice) and invoice.issued_on ~= nil end,
  group      = function(invoice)
    local number = invoice.invoice_no
    if is_blank(number) then return { invoice.company_id or "-", "-", invoice.invoice_id } end
    return { invoice.company_id or "-", number_key(invoice.invoice_code or "-"), number_key(number) }
  end,
  parameters = {
    tolerance     = { decimal "0.01", origin = "default", note = "for each line of a sum" },
    tax_tolerance = { decimal "0.06", origin = "default", note = "for the tax of a line" },
    rates         = { {}, origin = "default", note = "rates of tax in percent that the country has; none: rates are not judged (China: 0, 1, 3, 5, 6, 9, 13)" },
    longest_gap   = { 20, origin = "default", note = "more numbers missing than that: another book begins" },
  },
  amount_kind = "misstatement",
  terms      = {
    gross     = { en = "gross amount", zh = "价税合计" },
    net       = { en = "net amount", zh = "不含税金额" },
    tax       = { en = "tax", zh = "税额" },
    rate      = { en = "rate of tax", zh = "税率" },
    ["tax of a line"] = { en = "tax of a line", zh = "明细税额" },
    duplicate = { en = "number used again", zh = "发票重号" },
    gap       = { en = "numbers missing", zh = "发票断号" },
    none      = { en = "none", zh = "无" },
  },
  message    = { en = "{fault}: {found}, expected {expected}", zh = "{fault}：{found}，应为 {expected}" },
  follow_up  = {
    en = "Compare with the invoice itself and the tax system; ask for the invoices whose numbers are missing.",
    zh = "与发票原件及税控系统核对，追查缺号发票。",
  },

  test = function(invoices, p)
    local found, before = {}, nil
    local function add(invoice, label, values)
      values.row, values.label, values.fault = invoice, label, values.fault or label
      table.insert(found, exception(values))
    end
    local has_sums = true
    for invoice in each(sort(invoices, function(one) return { one.issued_on, one.invoice_id } end)) do
      if in_period(invoice.issued_on) then
        local wrong = arithmetic_fault(invoice, p)
        if wrong then add(invoice, "arithmetic", wrong) end
        if before then
          add(invoice, "duplicate", {
            amount = function() return abs(invoice.gross_amount) end, found = invoice.invoice_no, expected = "none", evidence = { before },
          })
        end
        local gap = not before and gap_before(invoice, p.longest_gap)
        if gap then
          add(invoice, "gap", {
            found = gap.from == gap.to and gap.from or gap.from .. " - " .. gap.to, expected = "none", evidence = { gap.before },
          })
        end
        local net, tax, gross = stated_sums(invoice)
        has_sums = has_sums and net and tax and gross
      end
      before = before or invoice
    end
    if #found == 0 and not has_sums then return untestable { en = "net amount, tax or gross amount missing", zh = "缺不含税金额、税额或价税合计" } end
    return found
  end,
}

control "INV-10" {
  title      = { en = "Cash-settled invoice without a matching receipt", zh = "现结发票无收款" },
  risk       = { en = "A sale is booked as paid although no money came: the money was kept, or there was no sale.", zh = "发票按现结处理而款项未到，货款被截留或虚构销售。" },
  tests      = {
    en = "For each invoice settled in cash the money applied to it that had come by the day of the invoice is added up; it must cover the invoice.",
    zh = "汇总核销到每张现结发票、且在开票当日前到账的收款，应足额覆盖发票金额。",
  },
  source     = { "000M 普通" },
  severity   = "high",
  profile    = { "ship-first", "direct-invoice", "general" },
  population = "invoice",
  shape      = "matching",
  applies    = function(invoice) return invoice.cash_settled == true and is_issued(invoice) end,
  parameters = {
    limit_days = { 0, origin = "policy", note = "settled at once: on the day of the invoice" },
    tolerance  = { decimal "0.01", origin = "default" },
  },
  amount_kind = "exposure",
  terms      = { none = { en = "none", zh = "无" } },
  message    = {
    en = "{gross} settled in cash on {issued_on}, {received} received by {limit} (later: {later})",
    zh = "{issued_on} 现结 {gross}，至 {limit} 到账 {received}（之后到账 {later}）",
  },
  follow_up  = {
    en = "Ask who took the money and where it is; without it, put the invoice on account.",
    zh = "查明收款人及款项去向；未收到的应转为应收账款。",
  },

  test = function(invoice, p)
    local limit = invoice.issued_on + p.limit_days
    local applications = filter(applications_of(invoice), function(application)
      local receipt = application.receipt
      return receipt ~= nil and is_live(receipt) and receipt.received_on ~= nil
    end)
    local received = sum(filter(applications, function(one) return one.receipt.received_on <= limit end), "amount")
    local missing = invoice.gross_amount - received
    if missing <= p.tolerance then return missing > 0 and within_tolerance_note(-missing) end
    return exception {
      amount    = missing,
      gross     = invoice.gross_amount,
      issued_on = invoice.issued_on,
      received  = received,
      limit     = limit,
      later     = sum(applications, "amount") - received,
      evidence  = evidence(applications, map(applications, function(one) return one.receipt end)),
    }
  end,
}

control "INV-11" {
  title      = { en = "Direct invoice without its delivery, or the modes mixed", zh = "开票直接发货单据不配套" },
  risk       = { en = "Goods leave without an invoice or are invoiced without leaving, and the documents do not show it.", zh = "发票与发货脱节，账实不符。" },
  tests      = {
    en = "For each reviewed direct invoice a direct delivery of the same quantity is looked for that was made after the review; the goods of other invoices must come from an order line or an ordinary delivery.",
    zh = "直接开票的发票复核后，应有数量相同且不早于复核的直接发货单；先发货后开票的发票应引用发货行或订单行，且不得引用直接发货单。",
  },
  source     = { "000M 退货II(1)", "000O 注2" },
  severity   = "medium",
  profile    = { "direct-invoice", "ship-first", "general" },
  population = "invoice",
  shape      = "matching",
  needs      = { "invoice_line.delivery_id" },
  applies    = function(invoice)
    if not is_issued(invoice) or invoice.mode == nil then return false end
    return invoice.mode == "direct" and invoice.reviewed_at ~= nil or invoice.mode == "after_delivery" and ships_first(invoice)
  end,
  amount_kind = "exposure",
  terms      = {
    ["no delivery"]         = { en = "no delivery was made", zh = "未生成发货单" },
    ["mode mixed"]          = { en = "the delivery is of another mode", zh = "发货单业务类型不符" },
    ["delivery came first"] = { en = "the delivery came before the review", zh = "发货早于发票复核" },
    ["quantities differ"]   = { en = "quantities differ", zh = "数量不符" },
    ["no delivery named"]   = { en = "lines that name neither delivery nor order line", zh = "明细未引用发货行或订单行" },
    none = { en = "none", zh = "无" },
  },
  message    = {
    en = "{fault}: invoiced {invoiced}, reviewed {reviewed_at}; delivered {delivered}, {delivered_at}",
    zh = "{fault}：开票 {invoiced}，复核 {reviewed_at}；发货 {delivered}，{delivered_at}",
  },
  follow_up  = {
    en = "Find the delivery of these goods; if there was none, take the invoice back.",
    zh = "追查对应的发货单；确未发货的，红冲发票。",
  },

  test = function(invoice)
    local lines = filter(invoice.lines, is_sale)
    if #lines == 0 then return end
    local delivered, seen = {}, {}
    for line in each(lines) do
      for one in each(delivery_lines_for(line)) do
        if not seen[one] then table.insert(delivered, one) end
        seen[one] = true
      end
    end
    local wrong
    if invoice.mode == "direct" then
      wrong = direct_fault(invoice, lines, delivered)
    else
      wrong = ordinary_fault(lines, delivered)
    end
    if not wrong then return end
    return exception {
      amount       = type(wrong.amount) == "function" and wrong.amount() or wrong.amount,
      fault        = wrong.fault,
      invoiced     = sum(lines, base_quantity),
      delivered    = sum(delivered, base_quantity),
      reviewed_at  = invoice.reviewed_at or "none",
      delivered_at = earliest_of(map(delivered, function(one) return one.delivery.approved_at or one.delivery.delivery_date end)) or "none",
      evidence     = evidence(lines, at_most(10, delivered)),
    }
  end,
}

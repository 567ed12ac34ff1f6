-- SPDX-License-Identifier: MIT
-- Prices and amounts of lines, on one tax basis and in one unit. A line's unit price and discount are
-- without tax; unit_price_gross is with it. Comparisons use totals, so that nothing is rounded.

-- An amount without tax, with the tax of a line added. A tax rate of 13 and one of 0.13 are the same.
function with_tax(amount, line)
  local rate = line.tax_rate
  if not rate then untestable { en = "no tax rate", zh = "无税率" } end
  if rate >= 1 then return more_percent(amount, rate) end
  return amount + amount * rate
end

-- What the goods of a line really cost, without tax: quantity × unit price − discount.
function real_total(line)
  if not line.unit_price then untestable { en = "no unit price", zh = "无单价" } end
  return line.quantity * line.unit_price - (line.discount_amount or 0)
end

-- The same with tax; the line's own price with tax is used where it states one.
function real_total_gross(line)
  local price = line.unit_price_gross
  if not price then return with_tax(real_total(line), line) end
  local discount = line.discount_amount or 0
  if discount == 0 then return line.quantity * price end
  return line.quantity * price - with_tax(discount, line)
end

-- The real total of a line on the tax basis of a price list.
function total_on_basis(line, list)
  if list.tax_included then return real_total_gross(line) end
  return real_total(line)
end

-- The unit that a product is kept in, or nil.
function product_unit(line)
  local product = line.product
  return product and product.uom or nil
end

-- How many of the product's own unit one of another is, by a row of uom_conversion; untestable without it.
function units_in(conversion, unit)
  local units = conversion and conversion.base_quantity
  if not units or units <= 0 then untestable { en = "no conversion of {unit}", zh = "无计量单位 {unit} 的换算率", unit = unit } end
  return units
end

-- The quantity of a line in its product's own unit.
function base_quantity(line)
  local stated = line.base_quantity
  if stated then return stated end
  local unit = line.uom
  local own = unit and product_unit(line)
  if not own or unit == own then return line.quantity end
  return line.quantity * units_in(line.unit_conversion, unit)
end

-- The quantity of a line in the unit that a price of a list is for; a price without one is for the
-- product's own unit.
function quantity_priced(line, price)
  local given = line.uom
  if not given or price.uom == given then return line.quantity end
  local own = product_unit(line)
  local unit = price.uom or own
  if not unit or unit == given then return line.quantity end
  if unit == own then return base_quantity(line) end
  return div(base_quantity(line), units_in(price.unit_conversion, unit), 6)
end

-- A total as a price of one unit, to be shown.
function unit_price_of(total, quantity)
  return div(total, quantity, 6)
end

-- How far a line lies below a price of its list: what is missing in total, or nil where no more is than a percentage of the
-- price that may be given away.
function given_away(line, price, unit_price, most)
  local total, least = total_on_basis(line, price.price_list), unit_price * quantity_priced(line, price)
  return total < less_percent(least, most) and least - total or nil
end

-- The same of a price that is to be kept: `tolerance` in percent; what lies within it is noted.
function below_price(line, price, unit_price, tolerance)
  local missing = given_away(line, price, unit_price, tolerance)
  local off = not missing and given_away(line, price, unit_price, 0)
  if off then within_tolerance_note(-off) end
  return missing
end

-- How far a line lies above a price of its list, in total, or nil. `tolerance` in percent.
function above_price(line, price, unit_price, tolerance)
  local quantity = quantity_priced(line, price)
  local total = total_on_basis(line, price.price_list)
  local most = unit_price * quantity
  if total > more_percent(most, tolerance) then return total - most end
  if total > most then within_tolerance_note(total - most) end
  return nil
end

-- The real price of a line in the unit and on the tax basis of a price of its list, to be shown.
function price_on_list_basis(line, price)
  return unit_price_of(total_on_basis(line, price.price_list), quantity_priced(line, price))
end

-- The document of a line, the moment that its price was agreed, and the day it counts from.
local agreed = {
  sales_order_line = function(line)
    local order = header_of(line, "order")
    return order, order_approved_last(order), order.order_date
  end,
  contract_line = function(line)
    local contract = header_of(line, "contract")
    return contract, contract.signed_on, contract.signed_on
  end,
  quotation_line = function(line)
    local quotation = header_of(line, "quotation")
    return quotation, quotation.quoted_on, quotation.quoted_on
  end,
}

-- document, moment, date of a line of an order, a contract or a quotation.
function agreement_of(line)
  return agreed[table_of(line)](line)
end

-- Whether a line is where its price was agreed: a line of a signed contract or of a quotation, or a line of an
-- order that is under no signed contract. Gifts, samples, services, freight and returns have no price to judge.
function sets_price(line)
  if not is_sale(line) then return false end
  local document = agreement_of(line)
  local kind = table_of(line)
  if kind == "quotation_line" then return document.quoted_on ~= nil end
  if not is_live(document) or is_reversal(document) then return false end
  if kind == "contract_line" then return document.signed_on ~= nil end
  return signed_contract(document) == nil
end

-- Whether a product has prices that hold from a minimum quantity on.
local function has_quantity_prices(line)
  return line.product ~= nil and any(line.product.price_lines, function(price) return price.min_quantity ~= nil end)
end

local function is_any(value)
  return value == nil or value == "*"
end

-- 1 where a price names what the document has, 0 where it is for any, nil where it names something else.
local function fit(named, actual)
  if is_any(named) then return 0 end
  return named == actual and 1 or nil
end

-- How closely a price fits a document, as an array to be compared column by column; nil where it does not fit.
local function fit_of(price, document)
  local customer, list = document.customer, price.price_list
  local season = document.season
  local company, currency = document.company_id, currency_of(document)
  local fits = {
    fit(price.customer_grade, customer and customer.grade) or -1,
    fit(price.season, season and season.season or nil) or -1,
    fit(price.sales_region_id, customer and customer.sales_region_id) or -1,
    fit(price.currency, currency) or -1,
    fit(list.currency, currency) or -1,
    fit(price.company_id, company) or -1,
    fit(list.company_id, company) or -1,
  }
  if contains(fits, -1) then return nil end
  return fits
end

-- The prices of a line's product that hold for it: on a list that was in force and approved, for its customer,
-- from no larger quantity on; the closest fit last, then the latest list, then the largest minimum.
local function prices_for(line)
  local document, moment, date = agreement_of(line)
  local found = filter(lookup("price_list_line", { product_id = line.product_id }), function(price)
    local list = price.price_list
    return list ~= nil and list.approved_at ~= nil and moment ~= nil and list.approved_at <= moment
      and in_window(date, list.valid_from, list.valid_to)
      and fit_of(price, document) ~= nil
      and quantity_priced(line, price) >= (price.min_quantity or 0)
  end)
  return sort(found, function(price) return { fit_of(price, document), price.price_list.valid_from, price.min_quantity or 0 } end)
end

-- The price of a list that holds for a line, as of when its price was agreed, or nil. Two that hold equally
-- make it untestable.
function price_of(line)
  local document, moment = agreement_of(line)
  local is_by_history = table_of(line) == "sales_order_line" and moment ~= nil and read(document, "approved_at") == nil
  if not is_by_history and not has_quantity_prices(line) then return line.price end
  local found = prices_for(line)
  local best, second = found[#found], found[#found - 1]
  if not second then return best end
  local is_tie = (best.min_quantity or 0) - (second.min_quantity or 0) == 0
    and best.price_list.valid_from == second.price_list.valid_from
    and table.concat(fit_of(best, document), ",") == table.concat(fit_of(second, document), ",")
  if is_tie then untestable { en = "2 prices in force", zh = "同时有效的价格有 2 个" } end
  return best
end

local special_price = { "special_price", "concession" }

-- The special-price or concession approval that covers a price of a line: given by a person in one of `roles`
-- (nil: anybody), up the chain, by the moment at which the price was agreed. Or nil.
function price_approval(line, price, roles)
  local _, moment = agreement_of(line)
  return approved(line, special_price, {
    by = moment,
    roles = roles,
    covers = function(approval) return covers_price(approval, price) end,
  })
end

-- All decisions about special prices on a line, as evidence.
function price_decisions(line)
  return decisions_on_chain(line, special_price)
end

-- The standard cost of a product as of a day: changes logged since then are taken back.
function cost_on(product, moment)
  local later = filter(product.master_changes, function(change)
    return change.field == "standard_cost" and change.changed_at > moment
  end)
  local next_change = first(sort(later, "changed_at"))
  if not next_change then return product.standard_cost end
  return number_in(next_change.old_value)
end

-- The whole of a line with tax, as stated or worked out.
function gross_amount(line)
  local stated = line.gross_amount
  if stated then return stated end
  local net, tax = line.net_amount, line.tax_amount
  if net and tax then return net + tax end
  if line.unit_price_gross or line.tax_rate then return real_total_gross(line) end
  return real_total(line)
end

-- The whole of a line without tax, as stated or worked out.
function net_amount(line)
  local stated = line.net_amount
  if stated then return stated end
  return real_total(line)
end

-- How far quantity × price may lie from an amount because the price is rounded: half a unit of the price's last place (a
-- cent's at the least) for each piece, and no more than so many percent of the whole.
function price_rounding(price, quantity, cap_pct)
  local text, places = tostring(abs(price)), 0
  local point = string.find(text, ".", 1, true)
  if point then places = string.len(text) - point end
  local half = "0."
  for _ = 1, max(2, min(7, places)) do half = half .. "0" end
  return min(abs(decimal(half .. "5") * quantity), abs(percent(price * quantity, cap_pct)))
end

-- How a stated amount of a line lies to a price × quantity less discount: { stated =, expected =, difference = beyond what
-- the tolerance or the rounding of the price explains, 0 within it, off = with its sign }; nil where one of them is not
-- stated.
local function compared(line, stated, price, discount, p)
  if not stated or not price or not line.quantity then return nil end
  local expected = line.quantity * price - discount
  local apart = abs(stated - expected)
  local is_near = apart <= max(p.tolerance, price_rounding(price, line.quantity, p.rounding_cap_pct))
  return { line = line, what = "line", stated = stated, expected = expected, difference = is_near and 0 or apart, off = stated - expected }
end

local function nearest(...)
  local best
  for position = 1, select("#", ...) do
    local one = (select(position, ...))
    if one and (not best or one.difference < best.difference) then best = one end
  end
  return best
end

-- How the amounts that a line states lie to its price, on a basis: the worse of its net or gross amount, and of its amount
-- that does not say which it is. On the basis "net" its price is without tax, on "gross" with tax; a price with tax beside
-- it may explain an amount on either.
local function on_basis(line, basis, p)
  local amount, net, gross = line.amount, line.net_amount, line.gross_amount
  local price, price_gross = line.unit_price, line.unit_price_gross
  local discount = line.discount_amount or 0
  local rate = line.tax_rate
  local function taxed(value) return value and rate and with_tax(value, line) or value end
  local own = nearest(
    compared(line, basis == "net" and net or basis == "gross" and gross or nil, price, discount, p),
    compared(line, gross, price_gross, taxed(discount), p)
  )
  local unnamed = nearest(
    compared(line, amount, price, discount, p),
    compared(line, amount, price_gross or basis == "net" and rate and taxed(price) or nil, taxed(discount), p)
  )
  if unnamed and not price and unnamed.difference > 0 then unnamed = nil end -- it may be without tax, as no price here is
  if not own or unnamed and own.difference == 0 then return unnamed or own end
  return own
end

-- Net, tax and gross of a line that do not add up, or nil.
local function tax_fault(line, p)
  local net, tax, gross = line.net_amount, line.tax_amount, line.gross_amount
  if not net or not tax or not gross or agree_within(gross, net + tax, p.tolerance) then return nil end
  return { line = line, what = "tax", stated = gross, expected = net + tax, difference = abs(gross - net - tax) }
end

-- What is wrong with the amounts of a document's lines: an array of { line =, what = "line" (quantity × price less discount)
-- or "tax" (net + tax), stated =, expected =, difference = }, and how many lines could be compared. Price × quantity must make
-- the amounts without tax or those with tax, the same for the whole document: the basis on which fewer lines differ. What a
-- tolerance explains is noted. `p` has `tolerance`, and `rounding_cap_pct` as price_rounding.
function line_faults(lines, p)
  local function differing_on(basis)
    local tried = map(lines, function(line) return on_basis(line, basis, p) end)
    return filter(tried, function(one) return one.difference > 0 end), tried
  end
  local net, by_net = differing_on "net"
  local gross, by_gross = differing_on "gross"
  local tried_net, tried_gross = #by_net, #by_gross
  local is_gross = tried_gross > tried_net or tried_gross == tried_net and #gross < #net
  local faults = is_gross and gross or net
  for one in each(is_gross and by_gross or by_net) do
    if one.difference == 0 then within_tolerance_note(one.off) end
  end
  for line in each(lines) do
    local is_told = any(faults, function(fault) return fault.line == line end)
    local fault = not is_told and tax_fault(line, p)
    if fault then table.insert(faults, fault) end
  end
  return faults, max(tried_net, tried_gross)
end

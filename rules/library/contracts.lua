-- SPDX-License-Identifier: MIT
-- Contracts and quotations: when a contract counts as signed, what was done for it and under it, and how it differs
-- from what was offered.

-- Whether a contract was signed and is in force or was: neither a draft nor void, and no reversal of another.
function is_signed(contract)
  return contract.signed_on ~= nil and has_happened(contract.signed_on)
    and is_live(contract) and not is_reversal(contract)
end

-- The day of whose rate the amount of a document is compared with what is major.
local major_on = { sales_order = "order_date", contract = "signed_on", quotation = "quoted_on", inquiry = "received_on" }

-- Whether a document is a major one: as its flag says, where it has one; otherwise by its amount, in the company's
-- currency.
function is_major(document, threshold)
  local kind = table_of(document)
  local is_flagged = kind == "contract" or kind == "inquiry"
  if is_flagged and document.is_major ~= nil then return document.is_major end
  local moment = major_on[kind]
  local amount = amount_for_matrix(document, nil, moment and document[moment])
  return amount ~= nil and amount >= threshold
end

-- Whether somebody could act in one of the roles: in person, by rank, or by a delegation for such documents, given for no
-- kind of approval or for one of `kinds`. `about` is { doc_kind =, amount =, moment =, kinds = }. Untestable about somebody
-- unknown.
function may_act(who, roles, about)
  if is_system(who) or not person(who) then untestable { en = "no employee is known as {who}", zh = "员工名册中无 {who}", who = who } end
  return any(about.kinds, function(kind)
    return could_act(who, roles, {
      doc_kind = about.doc_kind, approval_kind = kind, amount = about.amount, moment = about.moment,
    })
  end)
end

-- Rows of a table that belong to a contract: those that name it, and those that name only its opportunity or, where
-- `by_quotation`, its quotation.
local function rows_for(contract, table_name, list, by_quotation)
  local found = append({}, contract[list])
  local function add(column, value)
    if not value or not imported(table_name, column) then return end
    for row in each(lookup(table_name, { [column] = value })) do
      if row.contract_id == nil and not contains(found, row) then table.insert(found, row) end
    end
  end
  add("opportunity_id", contract.opportunity_id)
  if by_quotation then add("quotation_id", contract.quotation_id) end
  return found
end

-- The negotiations that led to a contract.
function negotiations_of(contract)
  return rows_for(contract, "negotiation", "negotiations", true)
end

-- The technical agreements of a contract.
function technical_agreements_of(contract)
  return rows_for(contract, "technical_agreement", "technical_agreements", false)
end

-- When a contract was first carried out, and the row that shows it: the first delivery under it, or release to
-- production. Nil where neither is known.
function execution_of(contract)
  local found, row
  for delivery in each(deliveries_of(contract)) do
    local on = is_live(delivery) and delivery.delivery_date
    if on and (not found or on < found) then found, row = on, delivery end
  end
  for production in each(contract.production_orders) do
    local at = production.released_at
    if at and has_happened(at) and (not found or at < found) then found, row = at, production end
  end
  return found, row
end

-- The last version of a quotation that had been sent before a day: of all for the same inquiry, itself included.
function latest_version(quotation, moment)
  local latest_one = quotation
  if not quotation.inquiry_id then return quotation end
  for other in each(lookup("quotation", { inquiry_id = quotation.inquiry_id })) do
    local was_sent = other.sent_at and other.sent_at < moment
    if was_sent and (other.version or 0) > (latest_one.version or 0) then latest_one = other end
  end
  return latest_one
end

-- A line of a reservation says only product, quantity and price.
local function is_plain(line)
  return table_of(line) == "reservation_line"
end

local function plain_total(line)
  if not line.unit_price then untestable { en = "no unit price", zh = "无单价" } end
  return line.quantity * line.unit_price
end

-- The goods of a document's lines by product: { key = product, rows =, quantity = in the product's own unit, value =
-- without tax, spec = what the lines say of it, nil where a line says nothing }.
function goods_by_product(lines)
  local goods = filter(lines, function(line) return is_plain(line) or is_goods(line) end)
  if any(goods, function(line) return line.quantity == nil end) then untestable { en = "a line without a quantity", zh = "有明细未填数量" } end
  local groups = group_by(goods, "product_id")
  for group in each(groups) do
    group.quantity = sum(group.rows, function(line) return is_plain(line) and line.quantity or base_quantity(line) end)
    group.value = sum(group.rows, function(line) return is_plain(line) and plain_total(line) or real_total(line) end)
    local specs = map(group.rows, function(line)
      local spec = not is_plain(line) and line.spec or nil
      return not is_blank(spec) and fold(spec) or nil
    end)
    if #specs == #group.rows then group.spec = table.concat(sort(specs), "; ") end
  end
  return groups
end

-- How the goods of two documents differ, product by product: an array of { product =, aspect = "quantity", "price" or
-- "spec", amount = what the difference is worth }. Prices are the real ones without tax; `tolerance` in percent of them, and what lies
-- within it is noted.
function goods_differences(ours, theirs, tolerance)
  local found, known = {}, {}
  local function add(group, aspect, amount)
    table.insert(found, { product = group.key, aspect = aspect, amount = amount })
  end
  for group in each(goods_by_product(theirs)) do known[group.key] = group end
  for group in each(goods_by_product(ours)) do
    local other = known[group.key]
    known[group.key] = nil
    if not other then
      add(group, "quantity", group.value)
    else
      if group.quantity - other.quantity ~= 0 then
        local more = abs(group.quantity - other.quantity)
        add(group, "quantity", other.quantity == 0 and group.value or div(more * other.value, other.quantity, 2))
      end
      local apart = abs(group.value * other.quantity - other.value * group.quantity)
      if other.quantity ~= 0 and apart > percent(abs(other.value * group.quantity), tolerance) then
        add(group, "price", div(apart, other.quantity, 2))
      elseif apart > 0 and other.quantity ~= 0 then
        within_tolerance_note(div(group.value * other.quantity - other.value * group.quantity, other.quantity, 2))
      end
      if group.spec and other.spec and group.spec ~= other.spec then add(group, "spec", 0) end
    end
  end
  for key, group in pairs(known) do add(group, "quantity", group.value) end
  return found
end

-- In which aspects a contract differs from a quotation, in the words of deviation.aspect: price, quantity, spec,
-- delivery, payment. What either of them does not say is not compared. Also the differences of the goods.
function deviating_aspects(contract, quotation, tolerance)
  local goods = goods_differences(contract.lines, quotation.lines, tolerance)
  local found = {}
  for aspect in each { "price", "quantity", "spec" } do
    if any(goods, function(one) return one.aspect == aspect end) then table.insert(found, aspect) end
  end
  local ours, theirs = contract.delivery_days, quotation.delivery_days
  if ours and theirs and ours ~= theirs then table.insert(found, "delivery") end
  ours, theirs = contract.payment_terms, quotation.payment_terms
  if not is_blank(ours) and not is_blank(theirs) and fold(ours) ~= fold(theirs) then table.insert(found, "payment") end
  return found, goods
end

-- In which aspects a contract differs from what it rests on: its quotation, or the last version sent before signing; what
-- agrees with either of them does not differ. None without a quotation.
function contract_deviations(contract, tolerance)
  local quotation = contract.quotation
  if not quotation then return {}, {}, nil end
  local last = latest_version(quotation, contract.signed_on)
  local aspects, goods = deviating_aspects(contract, last, tolerance)
  if last ~= quotation then
    local from_named = deviating_aspects(contract, quotation, tolerance)
    aspects = filter(aspects, function(aspect) return contains(from_named, aspect) end)
  end
  return aspects, goods, last
end

-- The approval of a change itself that stands at a moment (nil: by now), or nil. A change without an amount has that of its
-- contract or order.
local function approval_of_change(change, document, moment)
  local has_amount = table_of(change) == "contract_change" and change.amount ~= nil
  local amount = amount_for_matrix(has_amount and change or document, "change", change.changed_at)
  return final_approval_at(change, { "change" }, amount, moment)
end

-- Whether an approval of a change itself stands at a moment (nil: by now). One of that day is noted.
function change_approved(change, document, moment)
  local approval = approval_of_change(change, document, moment)
  if approval then same_day_note(approval.decided_at, moment, { by = approval.approver_id }) end
  return approval ~= nil
end

-- The number that the last change of some fields set for a contract line, of those in effect on a day whose approval stood
-- then; nil where none did.
function changed_value(contract_line, contract, fields, date)
  local changes = filter(contract.changes, function(change)
    return contains(fields, change.field)
      and (change.line_no == nil or change.line_no == contract_line.line_no)
      and number_in(change.new_value) ~= nil
      and (change.effective_at == nil or change.effective_at <= date)
      and approval_of_change(change, contract, date) ~= nil
  end)
  local last = sort(changes, "changed_at")[#changes]
  return last and number_in(last.new_value)
end

-- How much a contract line is about on a day, in the product's own unit: as the last approved change of its quantity says,
-- else as it stands.
function contracted_quantity(contract_line, contract, date)
  local whole = base_quantity(contract_line)
  local changed = changed_value(contract_line, contract, { "quantity" }, date)
  if not changed or not contract_line.quantity or contract_line.quantity == 0 then return whole end
  return div(whole * changed, contract_line.quantity, 6)
end

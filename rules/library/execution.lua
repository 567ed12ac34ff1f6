-- SPDX-License-Identifier: MIT
-- Orders and contracts being carried out: when that began, what had to come first, what goods are worth, where and
-- when they are wanted.

local beginnings = {
  { "production_order", "production_orders", "released_at", function() return true end },
  { "delivery_request", "delivery_requests", "requested_at", function(request) return request.kind ~= "return" end },
}

-- What was done to carry out an order or a contract, the earliest first: steps of production released, goods
-- requested and goods delivered. Returns do not count. Untestable where none of the three was imported.
function executions(document)
  local found, known = {}, imported "delivery"
  for beginning in each(beginnings) do
    local name, list, moment, counts = table.unpack(beginning)
    if imported(name, moment) then
      known = true
      for row in each(document[list]) do
        local taken = step(name, row, moment)
        if taken.at and counts(row) then table.insert(found, taken) end
      end
    end
  end
  if not known then untestable { en = "neither production, goods requests nor deliveries were imported", zh = "生产、需货申请及发货数据均未导入" } end
  for delivery in each(deliveries_of(document)) do
    local taken = step("delivery", delivery, "delivery_date")
    if taken.at then table.insert(found, taken) end
  end
  return sort(found, function(taken) return time_of(taken.at) end)
end

-- Whether something begun at one moment, which had to be followed by others, concerns the audited period: begun in it,
-- or one of the others done in it or not done at all. Empty moments among the others mean: not done.
function concerns_period(begun, ...)
  if in_period(begun) then return true end
  for position = 1, select("#", ...) do
    local done = (select(position, ...))
    if not done or not has_happened(done) or in_period(done) then return true end
  end
  return false
end

-- What is wrong with steps that must all have been taken before another, in any order among themselves: an array of
-- { fault = "missing" or "too late", step =, other = }. Nothing is wrong as long as the other was not taken.
function prerequisite_faults(steps, other)
  local faults = {}
  if not other.at then return faults end
  for current in each(steps) do
    if not current.at or current.at > other.at then
      table.insert(faults, { fault = current.at and "too late" or "missing", step = current, other = other })
    else
      same_day_note(current.at, other.at)
    end
  end
  return faults
end

-- How messages put the faults of steps in words, those of step_terms and of prerequisite_faults.
function prerequisite_terms()
  local terms = step_terms()
  terms["too late"] = { en = "came only afterwards", zh = "晚于后续环节" }
  return terms
end

-- A message for prerequisites, by step_exception.
function prerequisite_message()
  return {
    en = "{step} {fault} ({at}); it had to come before {other}: {other_at}",
    zh = "{step}{fault}（{at}）；应先于{other}（{other_at}）",
  }
end

-- The approval that stands on one of some documents at a moment (nil: by now), given in one of the roles, or nil.
-- Roles come from the caller alone; the matrix is not asked.
function approval_in_role(documents, kinds, roles, moment)
  return approval_in_time(documents, kinds, moment, function(one) return decided_in_role(one, roles) end)
end

-- What a quantity of a line is worth, without tax: its share of the line. Nil where that cannot be known.
function line_worth(line, quantity)
  if not line or not line.quantity or line.quantity == 0 then return nil end
  if not line.net_amount and not read(line, "unit_price") then return nil end
  return share_of(net_amount(line), quantity, line.quantity)
end

-- What a quantity of a product costs at its standard cost of a day; nil without one.
function standard_worth(product, quantity, moment)
  local cost = product and read(product, "standard_cost") and cost_on(product, moment)
  return cost and round(cost * quantity, 2) or nil
end

-- What is ordered on a line and was not cancelled, in the unit of its product.
function ordered_quantity(line)
  local cancelled = line.cancelled_quantity or 0
  local whole = base_quantity(line)
  if cancelled == 0 then return whole end
  return div(whole * (line.quantity - cancelled), line.quantity, 6)
end

-- The customer's latest word on when the goods are wanted, or nil.
function latest_notice(contract)
  local notices = filter(contract.schedule_notices, function(notice)
    return notice.received_on ~= nil and notice.new_due_on ~= nil
  end)
  local ordered = sort(notices, function(notice) return { notice.received_on, notice.notice_id } end)
  return ordered[#ordered]
end

-- The line of a delivery that a line of an issue slip takes goods for: the one it names, else that of its product; nil
-- without one.
function delivery_line_of(issued)
  if read(issued, "delivery_line_no") then return issued.delivery_line end
  local slip = issued.issue
  local delivery = slip and read(slip, "delivery_id") and slip.delivery
  return delivery and first(delivery.lines, function(line) return line.product_id == issued.product_id end) or nil
end

-- What a line of an issue slip is worth: at the price of its delivery, else at standard cost; nil where neither is known.
function issued_worth(issued, quantity)
  local slip = issued.issue
  return line_worth(delivery_line_of(issued), quantity)
    or standard_worth(issued.product, quantity, slip and slip.issued_at or slip.prepared_at)
end

-- Whether an issue slip hands out goods for a sale: neither red nor void, nor for a return.
function is_issue(slip)
  if not is_live(slip) or slip.sign == "red" or is_reversal(slip) then return false end
  local delivery = read(slip, "delivery_id") and imported "delivery" and slip.delivery
  return not delivery or delivery.kind ~= "return"
end

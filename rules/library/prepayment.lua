-- SPDX-License-Identifier: MIT
-- Money that a contract asks for before something is done, and what had arrived by then.

-- The payments that a contract's plan asks for at some milestones: rows of payment_plan.
function planned_payments(contract, milestones)
  return filter(contract.payment_plans, function(plan) return contains(milestones, plan.milestone) end)
end

-- The receipts for a contract, those on its reservation included, in the order in which they came: { on =, amount =, row = }.
-- A refund counts against the others.
function prepayments(contract)
  local receipts = append({}, contract.receipts)
  local reservation = contract.reservation
  for receipt in each(reservation and reservation.receipts or {}) do
    if not contains(receipts, receipt) then table.insert(receipts, receipt) end
  end
  local counted = map(receipts, function(receipt)
    if not is_live(receipt) or not receipt.received_on then return nil end
    return { on = receipt.received_on, amount = money_of(receipt, currency_of(contract)), row = receipt }
  end)
  return sort(counted, "on")
end

-- The first of some rows that was done while payments planned at some milestones had not arrived and nobody had allowed
-- it: { row =, shortfall =, planned =, received =, times = how many rows were, rows = plans and receipts }. Nil where
-- nothing was planned or all came in time. `at` gives the moment of a row, `documents` what an approval may stand on;
-- `p` has the parameters milestones, tolerance, waiver_kinds and roles.
function first_unpaid(rows_done, contract, at, documents, p)
  local plans = planned_payments(contract, p.milestones)
  if #plans == 0 then return nil end
  select_currency(currency_of(contract))
  local planned = sum(plans, function(plan)
    if not plan.amount then return untestable { en = "no amount in the payment plan", zh = "付款计划无金额" } end
    return plan.amount
  end)
  local receipts, received, next_one, found = prepayments(contract), 0, 1, nil
  for row in each(sort(rows_done, function(one) return time_of(at(one)) end)) do
    while receipts[next_one] and receipts[next_one].on <= at(row) do
      received = received + receipts[next_one].amount
      next_one = next_one + 1
    end
    local is_short = planned - received > p.tolerance
    if is_short and not approval_in_role(documents(row), p.waiver_kinds, p.roles, at(row)) then
      found = found or {
        row = row, shortfall = planned - received, planned = planned, received = received, times = 0,
        rows = evidence(plans, map(at_most(next_one - 1, receipts), "row")),
      }
      found.times = found.times + 1
    elseif not is_short and planned > received then
      within_tolerance_note(received - planned, { row = row })
    end
  end
  return found
end

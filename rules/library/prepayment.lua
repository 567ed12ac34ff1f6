-- SPDX-License-Identifier: MIT
-- Money that a contract asks for before something is done, and what had arrived by then.

-- The payments that a contract's plan asks for at some milestones: rows of payment_plan.
function planned_payments(contract, milestones)
  return filter(contract.payment_plans, function(plan) return contains(milestones, plan.milestone) end)
end

-- The receipts for a contract by a day, those on its reservation included: live ones that came by then. A refund
-- counts against them.
function receipts_by(contract, moment)
  local receipts = append({}, contract.receipts)
  local reservation = read(contract, "reservation_id") and imported "reservation" and contract.reservation
  for receipt in each(reservation and reservation.receipts or {}) do
    if not contains(receipts, receipt) then table.insert(receipts, receipt) end
  end
  return filter(receipts, function(receipt)
    return not is_void(receipt) and receipt.received_on ~= nil and receipt.received_on <= moment
  end)
end

-- What of the payments planned at some milestones had not arrived by a moment: { shortfall =, planned =, received =,
-- rows = }; nil where nothing was planned or all had arrived, up to a tolerance.
function prepayment_shortfall(contract, milestones, moment, tolerance)
  local plans = planned_payments(contract, milestones)
  if #plans == 0 then return nil end
  local planned = sum(plans, function(plan)
    if not plan.amount then return untestable "no amount in the payment plan" end
    return plan.amount
  end)
  local receipts = receipts_by(contract, moment)
  local received = sum(receipts, function(receipt)
    local amount = receipt.amount or 0
    return read(receipt, "kind") == "refund" and -abs(amount) or amount
  end)
  if planned - received <= tolerance then return nil end
  return { shortfall = planned - received, planned = planned, received = received, rows = evidence(plans, receipts) }
end

-- The first of some rows, in the order of their moments, that was done while such payments were missing and nobody
-- had allowed it: its row, what was missing, and how many of them were. Nil without one. `at` gives the moment of a row,
-- `documents` what an approval may stand on; `p` the parameters milestones, tolerance, waiver_kinds and roles.
function first_unpaid(rows_done, contract, at, documents, p)
  local found, missing, times = nil, nil, 0
  for row in each(sort(rows_done, function(one) return time_of(at(one)) end)) do
    local lacks = prepayment_shortfall(contract, p.milestones, at(row), p.tolerance)
    if lacks and not approval_in_role(documents(row), p.waiver_kinds, p.roles, at(row)) then
      found, missing, times = found or row, missing or lacks, times + 1
    end
  end
  return found, missing, times
end

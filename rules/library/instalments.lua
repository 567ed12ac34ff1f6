-- SPDX-License-Identifier: MIT
-- Instalments: what the payment plan of a contract asks for, when, and what was received for it.

-- The amount of an instalment: its own, else its share of the contract; nil where neither is stated.
function instalment_amount(plan)
  if plan.amount ~= nil then return plan.amount end
  local share, contract = plan.pct, plan.contract
  if not share or not contract or contract.amount == nil then return nil end
  return round(percent(contract.amount, share), 2)
end

-- When an instalment falls due: its date. Money for the acceptance is not due before the goods were accepted, where
-- their installation is recorded; retention without a date is due when the warranty ends. Nil: not known, or not yet.
function instalment_due(plan)
  local contract = plan.contract
  if plan.milestone == "acceptance" and contract then
    local installations = contract.installations
    if #installations > 0 then
      if not all(installations, function(one) return one.accepted_on ~= nil and has_happened(one.accepted_on) end) then return nil end
      return latest(plan.due_on, latest_of(map(installations, "accepted_on")))
    end
  end
  if plan.milestone == "retention" and contract then return plan.due_on or contract.warranty_end_on end
  return plan.due_on
end

-- What a receipt brings in, in a currency: its amount, refunds negative; dead ones and drafts nothing.
function money_of(receipt, currency)
  if not is_live(receipt) then return 0 end
  local amount = receipt.amount or 0
  if amount ~= 0 and currency_of(receipt) ~= currency then
    amount = convert(amount, currency_of(receipt), currency, receipt.received_on, 2)
  end
  return receipt.kind == "refund" and -abs(amount) or amount
end

-- Money of a contract that was not received for an instalment by name: receipts of the contract, and receipts of
-- no contract that were applied to its invoices.
local function loose_money(contract)
  local currency = currency_of(contract)
  local unplanned = filter(contract.receipts, function(receipt) return receipt.plan_id == nil end)
  local total = sum(unplanned, function(receipt) return money_of(receipt, currency) end)
  if not imported "receipt_application" or not imported "invoice" then return total end
  for invoice in each(contract.invoices) do
    for application in each(applications_of(invoice)) do
      local receipt = application.receipt
      local is_loose = receipt and is_live(receipt) and receipt.plan_id == nil and contract_of(receipt) == nil
      if is_loose then total = total + convert(application.amount or 0, currency_of(receipt), currency, application.applied_on, 2) end
    end
  end
  return total
end

local far_away = date "9999-12-31"

-- The instalments of a contract in the order in which they fall due: an array of { plan =, amount =, due =, paid =,
-- open = }. Money goes to the instalment it was received for; what is more than that, and money for none by
-- name, goes to the oldest that is open, all in the contract's currency. An instalment without an amount has no `open`.
function instalments(contract)
  local parts, over, currency = {}, 0, currency_of(contract)
  select_currency(currency)
  for plan in each(contract.payment_plans) do
    local amount = instalment_amount(plan)
    local own = sum(plan.receipts, function(receipt) return money_of(receipt, currency) end)
    if amount then over = over + max(0, own - amount) end
    table.insert(parts, {
      plan = plan, amount = amount, due = instalment_due(plan), own = own, left = amount and max(0, amount - own) or 0,
    })
  end
  local ordered = sort(parts, function(part) return { part.due or far_away, part.plan.plan_id } end)
  for position, rest in ipairs(consume(ordered, "left", loose_money(contract) + over)) do
    local part = ordered[position]
    if part.amount then
      part.open = rest.left
      part.paid = part.amount - rest.left
    end
  end
  return ordered
end

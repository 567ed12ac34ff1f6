-- SPDX-License-Identifier: MIT
-- Duties in one sale, and which of them one person may not combine. A duty is { duty = "ordering", name =
-- "sales_order.entered_by", by = who, at = when, row =, of = the document that it belongs to }.

-- Ordering is entering the order; approving, deciding on order or contract; shipping, handing out the goods; invoicing,
-- issuing the invoice; collecting, taking the money; recording, keeping the books of receivables and receipts. pricing and
-- credit, deciding on special prices and on credit, are there for matrices of one's own.
local separated = { "ordering", "approving", "shipping", "invoicing", "collecting", "recording" }

-- The pairs of duties that one person may not combine: an array of { a =, b =, row = }. Those of incompatible_duty; where it
-- was not imported, every two of ordering, approving, shipping, invoicing, collecting, recording.
function incompatible_pairs()
  if imported "incompatible_duty" then
    return map(rows "incompatible_duty", function(row) return { a = row.duty_a, b = row.duty_b, row = row } end)
  end
  local found = {}
  for position, current in ipairs(separated) do
    for other = position + 1, #separated do table.insert(found, { a = current, b = separated[other] }) end
  end
  return found
end

-- Whether two duties are an incompatible pair.
function are_incompatible(one, other, matrix)
  return any(matrix, function(pair)
    return pair.a == one.duty and pair.b == other.duty or pair.a == other.duty and pair.b == one.duty
  end)
end

-- The duties that people did in the sale of some orders (of one contract): in no particular order; those of nobody and of
-- system users, of void documents and drafts, of tables and columns that were not imported are left out.
function duties_in_sale(orders)
  local found, seen = {}, {}
  local function add(duty, row, field, at, of)
    local by = read(row, field)
    if not by or is_system(by) or not at or not has_happened(at) then return end
    table.insert(found, { duty = duty, name = table_of(row) .. "." .. field, by = by, at = at, row = row, of = of or row })
  end
  local function add_approvals(document)
    local duty_of = { order_approval = "approving", contract_approval = "approving", special_price = "pricing", credit_override = "credit" }
    for decision in each(decisions(document)) do
      local duty = decision.decision == "approve" and duty_of[decision.approval_kind]
      if duty then add(duty, decision, "approver_id", decision.decided_at, document) end
    end
  end
  local function add_receipt(receipt)
    if not receipt or seen[receipt] or not is_live(receipt) then return end
    seen[receipt] = true
    add("collecting", receipt, "collected_by", receipt.received_on)
    add("recording", receipt, "recorded_by", receipt.received_on)
    for application in each(rows_of(receipt, "receipt_application", "applications")) do
      add("recording", application, "applied_by", application.applied_on, receipt)
    end
  end
  local function add_invoice(invoice)
    if not invoice or seen[invoice] or not is_live(invoice) then return end
    seen[invoice] = true
    add("invoicing", invoice, "issued_by", invoice.issued_on)
    for entry in each(rows_of(invoice, "receivable_entry", "receivables")) do
      if is_live(entry) then add("recording", entry, "audited_by", entry.posted_on, invoice) end
    end
    if imported "receipt_application" then
      for application in each(applications_of(invoice)) do add_receipt(application.receipt) end
    end
  end
  for order in each(orders) do
    local contract = contract_of(order)
    add("ordering", order, "entered_by", order.order_date)
    add_approvals(order)
    if not has_history(order, { "order_approval" }) and imported("sales_order", "approved_at") and header_stands(order) then
      add("approving", order, "approved_by", order.approved_at)
    end
    for delivery in each(deliveries_of(order)) do
      for issue in each(delivery.issues) do
        if not seen[issue] and is_live(issue) then
          seen[issue] = true
          add("shipping", issue, "issued_by", issue.issued_at)
        end
      end
    end
    if imported "invoice" then
      for invoice in each(order.invoices) do add_invoice(invoice) end
      if imported "invoice_line" then
        for line in each(order.invoice_lines) do add_invoice(line.invoice) end
      end
    end
    if contract and not seen[contract] then
      seen[contract] = true
      add_approvals(contract)
      for receipt in each(rows_of(contract, "receipt", "receipts")) do add_receipt(receipt) end
    end
  end
  return found
end

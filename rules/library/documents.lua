-- SPDX-License-Identifier: MIT
-- Kinds and states of documents and their lines.

-- Whether a document was made void (or cancelled).
function is_void(document)
  local status = read(document, "status")
  return status == "void" or status == "cancelled"
end

-- Whether a document was neither made void, nor rejected, nor is still a draft.
function is_live(document)
  local status = read(document, "status")
  return status ~= "draft" and status ~= "rejected" and not is_void(document)
end

-- Whether a document reverses another.
function is_reversal(document)
  return read(document, "reversal_of") ~= nil
end

-- Whether a line is of goods sold at a price: not a gift, a sample, a service or freight.
function is_goods(line)
  local kind = read(line, "line_kind")
  return kind == nil or kind == "normal"
end

-- Whether a line is of a service.
function is_service(line)
  return read(line, "line_kind") == "service"
end

-- Whether a line is of goods that were sold, not of goods that came back.
function is_sale(line)
  return is_goods(line) and line.quantity ~= nil and line.quantity > 0
end

-- The header of a line by its reference's name; untestable where there is none.
function header_of(line, name)
  local header = line[name]
  if not header then untestable("no " .. name) end
  return header
end

-- The contract that an order, delivery, invoice or receipt is under: its own, else that of its order or of the
-- payment plan it pays; nil without one.
function contract_of(document)
  if read(document, "contract_id") then return document.contract end
  local kind = table_of(document)
  if kind == "receipt" then
    return read(document, "plan_id") and document.plan and contract_of(document.plan) or nil
  end
  local has_order = (kind == "delivery" or kind == "invoice") and read(document, "order_id")
  return has_order and document.order and contract_of(document.order) or nil
end

-- The signed contract that an order (or a delivery, an invoice) is under, or nil.
function signed_contract(document)
  local contract = contract_of(document)
  if contract and contract.signed_on and is_live(contract) then return contract end
end

-- Whether an order gives credit, wholly or in part.
function gives_credit(order)
  return order.payment_mode == "credit" or order.payment_mode == "mixed"
end

-- Whether goods went to a consignee, who has not bought them yet.
function is_consignment(document)
  return read(document, "business_type") == "consignment"
end

-- The deliveries under a contract or order, or to a customer: neither returns nor void ones.
function deliveries_of(document)
  if not imported "delivery" then return {} end
  local found = {}
  if table_of(document) == "sales_order" and imported "delivery_line" then
    for line in each(document.delivery_lines) do
      if line.delivery and not contains(found, line.delivery) then table.insert(found, line.delivery) end
    end
  else
    append(found, document.deliveries)
  end
  return filter(found, function(delivery) return delivery.kind ~= "return" and not is_void(delivery) end)
end

-- The amount that a document states; nil of one that states none, such as a slip. With tax, as of invoices.
function stated_amount(document)
  local kind = table_of(document)
  if kind == "invoice" then return document.gross_amount end
  if kind == "approval" then return document.doc_amount end
  if kind == "delivery" or kind == "stock_issue" then return nil end
  return document.amount
end

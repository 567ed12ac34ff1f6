-- SPDX-License-Identifier: MIT
-- Kinds and states of documents and their lines.

-- What the states of documents mean. Dead documents and drafts are nobody's support: what rests on one rests on nothing.
local dead = { "void", "cancelled", "rejected" }
local words_of_states = {
  ["草稿"] = "draft", ["提交"] = "submitted", ["驳回"] = "rejected", ["已审"] = "approved", ["关闭"] = "closed",
  ["取消"] = "cancelled", ["作废"] = "void",
}

-- Whether a document was made void (or cancelled).
function is_void(document)
  local status = document.status
  return status == "void" or status == "cancelled"
end

-- Whether a document is dead: void, cancelled or rejected.
function is_dead(document)
  return contains(dead, document.status)
end

-- Whether a document is not one yet: still a draft.
function is_draft(document)
  return document.status == "draft"
end

-- Whether a document was entered: neither dead nor a draft, though it may still wait for its approval.
function is_entered(document)
  return not is_dead(document) and not is_draft(document)
end

-- Whether a document is live, so that others may rest on it and that it is judged itself: entered, and not waiting for its
-- approval any more.
function is_live(document)
  return is_entered(document) and document.status ~= "submitted"
end

-- The documents of a list that are live.
function live_ones(list)
  return filter(list, is_live)
end

-- The changes of an order's state that its change log records, the earliest first: an array of { at =, from =, to = }.
local function state_changes(document)
  if table_of(document) ~= "sales_order" then return {} end
  local logged = filter(document.changes, function(change)
    return change.field == "status" and change.line_no == nil and change.changed_at ~= nil and has_happened(change.changed_at)
  end)
  local function state(text) return text and (words_of_states[text] or fold(text)) end
  return map(sort(logged, "changed_at"), function(change)
    return { at = change.changed_at, from = state(change.old_value), to = state(change.new_value) }
  end)
end

-- When a document came to be in one of some states, the last time, by its change log; nil where that does not say.
local function last_change_to(document, states)
  local into = filter(state_changes(document), function(change) return contains(states, change.to) end)
  return into[#into] and into[#into].at or nil
end

-- When a dead document died: the moment it states, else the one that its change log or the last rejection gives; nil
-- of a live one, and where nobody recorded it.
function died_at(document)
  if not is_dead(document) then return nil end
  local kind = table_of(document)
  local stated = kind == "sales_order" and is_void(document) and document.cancelled_at or last_change_to(document, dead)
  if stated or document.status ~= "rejected" or kind ~= "sales_order" then return stated end
  local rejections = filter(decisions(document, { "order_approval" }), function(decision) return decision.decision == "reject" end)
  return rejections[#rejections] and rejections[#rejections].decided_at or nil
end

-- The states that an order was in at a moment, by its change log: two on the day of a change without a time. Empty
-- where nothing was logged.
local function states_at(document, moment)
  local found, changes = {}, state_changes(document)
  for position, change in ipairs(changes) do
    local before, after = changes[position - 1], changes[position + 1]
    if in_window(moment, before and before.at, change.at) then table.insert(found, change.from or "") end
    if in_window(moment, change.at, after and after.at) then table.insert(found, change.to or "") end
  end
  return found
end

-- Whether a document was entered at a moment, whatever became of it later. On the day it died it still was. Nil where that
-- is not known: it is dead, and when it died was not recorded.
function was_entered(document, moment)
  local states = states_at(document, moment)
  if #states > 0 then
    return any(states, function(state) return state ~= "draft" and not contains(dead, state) end)
  end
  if is_entered(document) then return true end
  if is_draft(document) then return false end
  local died = died_at(document)
  if not died then return nil end
  return moment <= died
end

-- The same; untestable where it is not known.
function must_know_entered(document, moment)
  local answer = was_entered(document, moment)
  if answer == nil then untestable { en = "{document} is {status}, since when is not recorded", zh = "{document} 为 {status}，未记录自何时起",
    document = key_of(document), status = document.status } end
  return answer
end

-- When an order was closed, so that no more was to come on it, and whether that was recorded: the moment it states, else
-- that of its change log; without either it was open until its last delivery or invoice (is_recorded = false; no moment
-- where there is none of them). Nil, nil of an order that is not closed.
function order_closed_at(order)
  local status = order.status
  if status ~= nil and status ~= "closed" then return nil, nil end
  local recorded = order.closed_at
  if not recorded and status ~= "closed" then return nil, nil end
  recorded = recorded or last_change_to(order, { "closed" })
  if recorded then return recorded, true end
  local last = latest_of(map(deliveries_of(order), "delivery_date"))
  if imported "invoice" then
    last = latest(last, latest_of(map(live_ones(order.invoices), "issued_on")))
  end
  return last, false
end

-- Whether a document reverses another.
function is_reversal(document)
  return document.reversal_of ~= nil
end

-- Whether a line is of goods sold at a price: not a gift, a sample, a service or freight.
function is_goods(line)
  local kind = line.line_kind
  return kind == nil or kind == "normal"
end

-- Whether a line is of a service.
function is_service(line)
  return line.line_kind == "service"
end

-- Whether a line is of goods that were sold, not of goods that came back.
function is_sale(line)
  return is_goods(line) and line.quantity ~= nil and line.quantity > 0
end

-- The header of a line by its reference's name; untestable where there is none.
function header_of(line, name)
  local header = line[name]
  if not header then untestable { en = "no {header}", zh = "无 {header}", header = name } end
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
  return document.business_type == "consignment"
end

-- The deliveries under a contract or order, or to a customer: live ones, no returns.
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
  return filter(found, function(delivery) return delivery.kind ~= "return" and is_live(delivery) end)
end

-- The amount that a document states; nil of one that states none, such as a slip. With tax, as of invoices.
function stated_amount(document)
  local kind = table_of(document)
  if kind == "invoice" then return document.gross_amount end
  if kind == "approval" then return document.doc_amount end
  if kind == "delivery" or kind == "stock_issue" then return nil end
  return document.amount
end

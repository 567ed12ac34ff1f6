-- SPDX-License-Identifier: MIT
-- What state a document was in at a moment, tried by controls that show what the library finds.

-- An order of 5 October in a state, and what its change log and its deliveries say. `more` adds fields to the order.
local function order(status, more, changes, deliveries)
  local header = { order_id = "S1", customer_id = "C1", order_date = "2026-10-05", status = status }
  for name, value in pairs(more or {}) do header[name] = value end
  local logged, sent = {}, {}
  for position, change in ipairs(changes or {}) do
    table.insert(logged, {
      change_id = "X" .. position, order_id = "S1", field = change[4] or "status", changed_at = change[1], old_value = change[2], new_value = change[3],
    })
  end
  for position, on in ipairs(deliveries or {}) do
    table.insert(sent, { delivery_id = "D" .. position, kind = "delivery", customer_id = "C1", order_id = "S1", delivery_date = on })
  end
  local lines = {}
  for current in each(sent) do
    table.insert(lines, { delivery_id = current.delivery_id, line_no = "1", order_id = "S1", product_id = "P", quantity = "1" })
  end
  return { sales_order = { header }, order_change = logged, delivery = sent, delivery_line = lines }
end

control "STATE-01" {
  title       = "Whether an order was live on 9 October",
  severity    = "low",
  scope       = "all",
  population  = "sales_order",
  message     = "{now}: {live}",
  test = function(one)
    return exception { now = is_live(one) and "live" or is_entered(one) and "entered" or is_draft(one) and "draft" or "dead", live = tostring(was_entered(one, date "2026-10-09")) }
  end,
  cases = {
    { "approved", given = order "approved", expect = { { key = "S1", now = "live", live = "true" } } },
    { "submitted and not yet decided", given = order "submitted", expect = { { key = "S1", now = "entered", live = "true" } } },
    { "a draft", given = order "draft", expect = { { key = "S1", now = "draft", live = "false" } } },
    { "cancelled the day before", given = order("cancelled", { cancelled_at = "2026-10-08T23:59:59" }), expect = { { key = "S1", now = "dead", live = "false" } } },
    { "cancelled that day", given = order("cancelled", { cancelled_at = "2026-10-09T08:00:00" }), expect = { { key = "S1", now = "dead", live = "true" } } },
    { "cancelled later", given = order("cancelled", { cancelled_at = "2026-10-20T08:00:00" }), expect = { { key = "S1", now = "dead", live = "true" } } },
    { "cancelled, when is not known", given = order "cancelled", expect = { { key = "S1", now = "dead", live = "nil" } } },
    { "cancelled before, as the change log says", given = order("cancelled", nil, { { "2026-10-07T08:00:00", "已审", "取消" } }),
      expect = { { key = "S1", now = "dead", live = "false" } } },
    { "cancelled later, as the change log says", given = order("cancelled", nil, { { "2026-10-12T08:00:00", "approved", "cancelled" } }),
      expect = { { key = "S1", now = "dead", live = "true" } } },
    { "approved now, a draft then", given = order("approved", nil, { { "2026-10-12T08:00:00", "Draft", "approved" } }),
      expect = { { key = "S1", now = "live", live = "false" } } },
    { "a change of another field says nothing", given = order("cancelled", nil, { { "2026-10-12T08:00:00", "approved", "cancelled", "payment_mode" } }),
      expect = { { key = "S1", now = "dead", live = "nil" } } },
    { "rejected before",
      given = (function()
        local given = order "rejected"
        given.approval = { { doc_kind = "sales_order", doc_id = "S1", approval_kind = "order_approval", decision = "reject", decided_at = "2026-10-06T08:00:00", requested_at = "2026-10-05T08:00:00" } }
        return given
      end)(),
      expect = { { key = "S1", now = "dead", live = "false" } } },
  },
}

control "STATE-02" {
  title       = "Since when an order was closed",
  severity    = "low",
  scope       = "all",
  population  = "sales_order",
  message     = "{at} ({recorded})",
  test = function(one)
    local at, is_recorded = order_closed_at(one)
    return exception { at = at and tostring(day(at)) or "none", recorded = tostring(is_recorded) }
  end,
  cases = {
    { "not closed", given = order("approved", nil, nil, { "2026-10-09" }), expect = { { key = "S1", at = "none", recorded = "nil" } } },
    { "as it states", given = order("closed", { closed_at = "2026-10-20T08:00:00" }, nil, { "2026-10-09" }), expect = { { key = "S1", at = "2026-10-20", recorded = "true" } } },
    { "as its change log says", given = order("closed", nil, { { "2026-10-12T08:00:00", "approved", "closed" } }, { "2026-10-09" }),
      expect = { { key = "S1", at = "2026-10-12", recorded = "true" } } },
    { "neither: with its last delivery", given = order("closed", nil, nil, { "2026-10-09", "2026-10-15" }), expect = { { key = "S1", at = "2026-10-15", recorded = "false" } } },
    { "neither, and nothing was delivered", given = order "closed", expect = { { key = "S1", at = "none", recorded = "false" } } },
  },
}

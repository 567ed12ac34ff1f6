-- SPDX-License-Identifier: MIT
-- The library's consigned goods, tried by controls that show what they find.

local function goods(events)
  local given = { delivery = {}, delivery_line = {}, consignment_settlement = {}, consignment_settlement_line = {} }
  for place, event in ipairs(events) do
    local kind, day_no, quantity, source = event[1], event[2], event[3], event[4]
    local on = "2026-10-" .. day_no
    if kind == "settled" then
      table.insert(given.consignment_settlement, { settlement_id = "S" .. place, customer_id = "C1", settled_on = on })
      table.insert(given.consignment_settlement_line, { settlement_id = "S" .. place, line_no = 1, delivery_id = source, product_id = "P1", quantity = quantity })
    else
      table.insert(given.delivery, { delivery_id = kind .. place, kind = kind == "R" and "return" or "delivery", business_type = "consignment", customer_id = "C1", delivery_date = on, source_delivery_id = source })
      table.insert(given.delivery_line, { delivery_id = kind .. place, line_no = 1, product_id = "P1", quantity = quantity })
    end
  end
  return given
end

control "CONSIGNED-01" {
  title      = "Returns and what was unsettled",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = { "delivery_line", "consignment_settlement_line" },
  applies    = is_consigned_line,
  group      = consignee_and_product,
  message    = "{kind} {quantity} {open}",
  test = function(lines)
    return map(consigned_returns(lines), function(back)
      return exception { row = back.line, kind = back.kind, quantity = back.quantity, open = back.open }
    end)
  end,
  cases = {
    { "of one day: delivery, return, settlement", given = goods { { "settled", 12, "7", "D3" }, { "R", 12, "-3", "D3" }, { "D", 12, "10" } },
      expect = { { key = "R2/1", kind = "open", quantity = "3", open = "10" } } },
    { "the second return finds less", given = goods { { "D", 10, "10" }, { "R", 11, "-3", "D1" }, { "R", 12, "-8", "D1" } },
      expect = { { key = "R2/1", kind = "open" }, { key = "R3/1", kind = "over", quantity = "8", open = "7" } } },
    { "after everything was settled, then settled negatively: nothing is open again",
      given = goods { { "D", 10, "10" }, { "settled", 11, "10", "D1" }, { "R", 12, "-3", "D1" }, { "settled", 13, "-3", "R3" }, { "R", 14, "-1", "D1" } },
      expect = { { key = "R3/1", kind = "settled", open = "0" }, { key = "R5/1", kind = "settled", open = "0" } } },
    { "unnamed: by all deliveries", given = goods { { "D", 10, "10" }, { "D", 10, "5" }, { "settled", 11, "12", "D1" }, { "R", 12, "-3" }, { "R", 13, "-1" } },
      expect = { { key = "R4/1", kind = "unnamed", open = "3" }, { key = "R5/1", kind = "settled", open = "0" } } },
    { "events after the date of the audit", as_of = "2026-10-12",
      given = goods { { "D", 10, "10" }, { "R", 12, "-3", "D1" }, { "R", 13, "-1", "D1" } },
      expect = { { key = "R2/1", kind = "open", open = "10" } } },
    { "a delivery that is not in the data: what was open of it nobody knows",
      given = goods { { "D", 10, "10" }, { "R", 12, "-3", "D9" } },
      expect = { { untestable = 'delivery "D9" is not in the data' } } },
    { "a delivery of other goods", given = (function()
        local given = goods { { "D", 10, "10" }, { "R", 12, "-3", "D9" } }
        table.insert(given.delivery, { delivery_id = "D9", kind = "delivery", business_type = "consignment", customer_id = "C1", delivery_date = "2026-10-01" })
        return given
      end)(),
      expect = { { key = "R2/1", kind = "elsewhere", open = "0" } } },
  },
}

control "CONSIGNED-02" {
  title      = "What is unsettled, and options",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "delivery",
  applies    = function(delivery) return delivery.kind == "delivery" and is_consigned(delivery) end,
  message    = "{left} {costing}",
  test = function(delivery)
    local parts = map(unsettled_of(delivery), function(part) return part.product_id .. " " .. tostring(part.quantity) end)
    return exception { left = table.concat(parts, ", "), costing = consignment_costing(delivery.delivery_date, "issued_goods") }
  end,
  cases = {
    { "two lines of a product, settled against the delivery and the return",
      given = (function()
        local given = goods { { "D", 10, "10" }, { "settled", 11, "9", "D1" }, { "R", 12, "-3", "D1" }, { "settled", 13, "-3", "R3" } }
        table.insert(given.delivery_line, { delivery_id = "D1", line_no = 2, product_id = "P1", quantity = "2" })
        given.system_option = { { option_key = "consignment_costing", option_value = " Sales_Invoice", valid_from = "2026-10-10" } }
        return given
      end)(),
      expect = { { key = "D1", left = "P1 3", costing = "sales_invoice" } } },
    { "the option came a day later", given = (function()
        local given = goods { { "D", 10, "10" } }
        given.system_option = { { option_key = "consignment_costing", option_value = "sales_invoice", valid_from = "2026-10-11" } }
        return given
      end)(),
      expect = { { key = "D1", left = "P1 10", costing = "issued_goods" } } },
  },
}

-- Three controls find SO1: two by its lines, one by its header.
local function amounts(id, title, table, applies)
  control(id, {
    title       = { en = title },
    severity    = id == "ORD-99" and "critical" or "low",
    population  = table,
    scope       = "all",
    amount_kind = "misstatement",
    message     = { en = "{amount}" },
    test        = applies,
    cases       = {
      { "none", given = { [table] = {} }, expect = {} },
    },
  })
end

amounts("LIN-01", "Every line", "sales_order_line", function(line) return exception { amount = line.amount } end)
amounts("LIN-02", "Cheap lines", "sales_order_line", function(line)
  if line.unit_price < 5 then return exception { amount = line.amount } end
end)
amounts("ORD-99", "Small orders", "sales_order", function(order)
  if order.amount < 200 then return exception { amount = order.amount + 0 } end
end)

local seen = {}
local function floor(line) return line.order.amount end
control "A-1" {
  title = { en = "t", zh = "单价" }, severity = "high", population = { "sales_order", "sales_order_line" },
  parameters = { limit = { decimal "5", origin = "policy" } }, evidence_columns = { "sales_order.amount" },
  message = { en = "{amount} {p.limit} {x}" }, amount_kind = "exposure", group = { "order_id" },
  test = function(rows, p)
    local total = 0
    for _, l in ipairs(rows) do total = total + l.quantity * floor(l) end
    if total == 140 or total ~= 1.5 or rows[1].order_date == "2026-10-05" then seen[1] = total / 3 end
    return exception { amount = max(total, 0), [1] = p.limt }
  end,
  cases = { { "a", given = { sales_order = { { order_id = "1" } } } }, { "a" } },
}
control("A-1", { population = "sales_order", test = floor })

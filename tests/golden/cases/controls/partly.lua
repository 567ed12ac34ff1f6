local function made(name, quantity)
  return { name, given = { sales_order = { { order_id = "SO1", amount = quantity } } }, expect = {} }
end

local function is_small(order)
  return order.amount < 10
end

control "OWN-02" {
  title = "Orders by size",
  severity = "low",
  population = "sales_order",
  scope = "all",
  applies = function(order)
    return order.amount ~= nil
  end,
  test = function(order)
    local found
    if is_small(order) then
      return nil
    elseif order.amount > 1000 then
      found = exception { size = "large" }
    end
    if found and
      order.customer_id then
      for _, line in ipairs(order.lines) do
        if line.quantity then return exception {
          quantity = line.quantity } end
      end
    end
    return found
  end,
  cases = {
    made("small", "9"),
    { "large",
      given = { sales_order = { { order_id = "SO1", amount = "1001" } } },
      expect = { { key = "SO1", size = "small" } } },
  },
}

control "OWN-03" {
  title = "Without a case",
  severity = "low",
  population = "sales_order",
  test = is_small,
}

local function test_of(limit)
  return function(order) return order.amount > limit and exception { limit = limit } or nil end
end

control "OWN-04" {
  title = "Its test is made elsewhere",
  severity = "low",
  population = "sales_order",
  scope = "all",
  test = test_of(5),
  cases = (function() return { made("nine", "9") } end)(),
}

local order = { sales_order = { { order_id = "SO1", customer_id = "C1", amount = "1000" } } }

cases "OWN-02" {
  { "at the limit", given = order, expect = {} },
  { "one cent above", given = with(order, { sales_order = { amount = "1000.01" } }),
    expect = { { key = "SO1", amount = "0.01", size = "large" } } },
  { "red", given = with(order, { sales_order = { amount = "-5" } }), expect = { { key = "SO1", untestable = "a red order" } } },
}

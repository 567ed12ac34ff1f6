-- SPDX-License-Identifier: MIT
-- Values, labels and names with bytes that are no text.
-- expect: finds 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return exception {
      label = "\255\0/#%\n\r\27]0;x\7",
      value = "\255\254\0tail",
      formula = "=cmd|'/c calc'!A1",
      ["na\"me/../"] = "x",
    }
  end,
}

-- SPDX-License-Identifier: MIT
-- The cases of REV that rest on deliveries: revenue recognition, cut-off, cost of sales, credit sales.

-- One delivery D1 of 10 pieces at 100 net, delivered on 2026-10-28. `more` adds or replaces tables.
local function delivered(more)
  return with({
    accounting_period = {
      { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30" },
      { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
      { period = "2026-11", starts_on = "2026-11-01", ends_on = "2026-11-30" },
    },
    customer = { { customer_id = "C1" } },
    sales_order = { { order_id = "SO1", customer_id = "C1", order_date = "2026-10-20", payment_mode = "credit" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" } },
    delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
  }, more)
end

local function signed(...)
  local confirmations = {}
  for position, signed_on in ipairs({ ... }) do
    table.insert(confirmations, { confirmation_id = "K" .. position, delivery_id = "D1", delivery_line_no = "1", signed_on = signed_on })
  end
  return confirmations
end

-- A revenue entry for line 1 of delivery D1.
local function recognised(fields)
  local entry = with({
    revenue_id = "R1", customer_id = "C1", delivery_id = "D1", delivery_line_no = "1", period = "2026-10",
    recognised_on = "2026-10-30", quantity = "10", amount = "1000", source = "system",
  }, fields)
  return { entry }
end

cases "REV-01" {
  { "revenue of a gift, before it was signed for",
    given = delivered {
      delivery_line = { { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000", line_kind = "gift" } },
      delivery_confirmation = signed "2026-11-01", revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-11-01" } } },
  { "of a service",
    given = delivered {
      delivery_line = { { delivery_id = "D1", line_no = "1", order_id = "SO1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000", line_kind = "service" } },
      delivery_confirmation = signed "2026-11-01", revenue_entry = recognised(),
    },
    expect = {} },
  { "signed two days after the entry",
    given = delivered { delivery_confirmation = signed "2026-11-01", revenue_entry = recognised() },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-11-01", quantity = "10" } } },
  { "signed on the day of the entry",
    given = delivered { delivery_confirmation = signed "2026-10-30", revenue_entry = recognised() }, expect = {} },
  { "not signed yet",
    given = delivered { revenue_entry = recognised() },
    expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
  { "four of ten were signed later",
    given = delivered {
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-29", quantity = "6" },
        { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-11-02", quantity = "4" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "400", quantity = "4", earned_on = "2026-11-02" } } },
  { "the contract makes the issue the trigger",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "issue" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      revenue_entry = recognised(),
    },
    expect = {} },
  { "the contract makes acceptance the trigger",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      delivery_confirmation = signed "2026-10-28",
      installation = { { installation_id = "N1", contract_id = "CT1", delivery_id = "D1", accepted_on = "2026-10-31" } },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-10-31" } } },
  { "issued in two slips, the second after the entry",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "5", net_amount = "500" },
      },
      stock_issue = {
        { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" },
        { issue_id = "S2", delivery_id = "D1", issued_at = "2026-10-31T10:00:00" },
        { issue_id = "S3", delivery_id = "D1", issued_at = "2026-10-28T10:00:00", status = "void" },
      },
      stock_issue_line = {
        { issue_id = "S1", line_no = "1", delivery_line_no = "1", product_id = "P1", quantity = "3" },
        { issue_id = "S1", line_no = "2", delivery_line_no = "2", product_id = "P2", quantity = "5" },
        { issue_id = "S2", line_no = "1", product_id = "P1", quantity = "7" },
        { issue_id = "S3", line_no = "1", product_id = "P1", quantity = "7" },
      },
      revenue_entry = recognised(),
    },
    parameters = { trigger = "issue" },
    expect = { { key = "R1", amount = "700", quantity = "7", earned_on = "2026-10-31" } } },
  { "two confirmations of the whole delivery of two lines: the later one counts",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "5", net_amount = "500" },
      },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-29" },
        { confirmation_id = "K2", delivery_id = "D1", signed_on = "2026-10-31" },
        { confirmation_id = "K3", delivery_id = "D1", delivery_line_no = "2", signed_on = "2026-10-28" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "2026-10-31" } } },
  { "accepted under the contract, for all its deliveries",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      installation = {
        { installation_id = "N1", contract_id = "CT1", accepted_on = "2026-10-30" },
        { installation_id = "N2", contract_id = "CT1", delivery_id = "D9", accepted_on = "2026-11-30" },
      },
      revenue_entry = recognised(),
    },
    expect = {} },
  { "one of two installations is not accepted yet",
    given = delivered {
      contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", revenue_trigger = "acceptance" } },
      sales_order = { { order_id = "SO1", customer_id = "C1", contract_id = "CT1", order_date = "2026-10-20" } },
      installation = {
        { installation_id = "N1", delivery_id = "D1", accepted_on = "2026-10-29" },
        { installation_id = "N2", delivery_id = "D1" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
  { "consigned goods, void entries and negative ones are not judged here",
    given = delivered {
      delivery = { { delivery_id = "D1", kind = "delivery", business_type = "consignment", customer_id = "C1", delivery_date = "2026-10-28" } },
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", status = "void" }[1],
        recognised { revenue_id = "R3", amount = "-1000", quantity = "-10" }[1],
      },
    },
    expect = {} },
  { "found through the invoice line, the latest delivery line counts",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-29" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
        { delivery_id = "D2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "4" },
      },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-29" },
        { confirmation_id = "K2", delivery_id = "D2", signed_on = "2026-10-31" },
      },
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = { { key = "R1", amount = "400", quantity = "4", earned_on = "2026-10-31" } } },
  { "reversed within the period: nothing is left",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        { revenue_id = "R2", delivery_id = "D1", delivery_line_no = "1", period = "2026-10", recognised_on = "2026-10-31", quantity = "-10", amount = "-1000", reversal_of = "R1" },
      },
    },
    expect = {} },
  { "reversed in part within the period: the rest is still too early",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", recognised_on = "2026-10-31", quantity = "-3", amount = "-300", reversal_of = "R1" }[1],
      },
    },
    expect = { { key = "R1", amount = "700", quantity = "7" } } },
  { "a credit of the price takes away an amount and no goods",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", recognised_on = "2026-10-31", quantity = "", amount = "-100", reversal_of = "R1" }[1],
      },
    },
    expect = { { key = "R1", amount = "900", quantity = "10" } } },
  { "a reversal that names the delivery only, as large as the entry",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", recognised_on = "2026-10-31", quantity = "-10", amount = "-1000" }[1],
      },
    },
    expect = {} },
  { "a reversal that names the delivery only, of four",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", recognised_on = "2026-10-31", quantity = "-4", amount = "-400" }[1],
      },
    },
    expect = { { key = "R1", amount = "600", quantity = "6" } } },
  { "reversed in the next period: the entry's own period stays misstated",
    given = delivered {
      delivery_confirmation = signed "2026-11-01",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-01", quantity = "-10", amount = "-1000", reversal_of = "R1" }[1],
      },
    },
    period = "2026-10", as_of = "2026-11-30",
    expect = { { key = "R1", amount = "1000", quantity = "10" } } },
  { "confirmations were not imported",
    given = delivered { revenue_entry = recognised() }, absent = { "delivery_confirmation" },
    expect = { { key = "R1", untestable = "delivery_confirmation" } } },
  { "only its period says when it was recognised",
    given = delivered { delivery_confirmation = signed "2026-11-01", revenue_entry = recognised { recognised_on = "" } },
    expect = { { key = "R1", amount = "1000", recognised_on = "2026-10-31" } } },
  { "nobody knows when it was recognised",
    given = delivered { delivery_confirmation = signed "2026-11-01", revenue_entry = recognised { recognised_on = "", period = "" } },
    expect = { { key = "R1", untestable = "no date" } } },
  { "signed for in two parts, both later: earned with the last",
    given = delivered {
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-11-05", quantity = "6" },
        { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-11-02", quantity = "4" },
      },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", quantity = "10", earned_on = "2026-11-05" } } },
}

cases "REV-02" {
  { "right in October; two came back in November and were reversed: October is not touched",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-20" },
        { delivery_id = "T1", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-11-10" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "T1", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
      },
      delivery_confirmation = signed "2026-10-22",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-10", quantity = "-2", amount = "-200", reversal_of = "R1" }[1],
      },
    },
    period = "2026-10", as_of = "2026-11-30", expect = {} },
  { "reversed in part in its own period: the rest belongs to the next one",
    given = delivered {
      delivery_confirmation = signed "2026-11-02",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", recognised_on = "2026-10-31", quantity = "-1", amount = "-100", reversal_of = "R1" }[1],
      },
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "900", quantity = "9" } } },
  { "reversed after the period's end without a return: at its end it was recognised",
    given = delivered {
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-10", quantity = "-2", amount = "-200", reversal_of = "R1" }[1],
      },
    },
    period = "2026-10", as_of = "2026-11-30", expect = {} },
  { "recognised in October, signed in November",
    given = delivered { delivery_confirmation = signed "2026-11-02", revenue_entry = recognised() },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "1000", period = "2026-10", earned_on = "2026-11-02", belongs_to = "2026-11", days = "2" } } },
  { "signed on the last day of October",
    given = delivered { delivery_confirmation = signed "2026-10-31", revenue_entry = recognised { recognised_on = "2026-10-31" } },
    period = "2026-10", as_of = "2026-11-05", expect = {} },
  { "signed in October, four of ten recognised in November",
    given = delivered {
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = {
        recognised { quantity = "6", amount = "600" }[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-02", quantity = "4", amount = "400" }[1],
      },
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "D1/1", amount = "-400", period = "2026-11", earned_on = "2026-10-30", quantity = "4" } } },
  { "the same in November: what was recognised there belongs to October",
    given = delivered {
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = {
        recognised { quantity = "6", amount = "600" }[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-02", quantity = "4", amount = "400" }[1],
      },
    },
    period = "2026-11",
    expect = { { key = "R2", amount = "400", period = "2026-11", belongs_to = "2026-10" } } },
  { "revenue of the whole delivery, line numbers unknown, two lines signed in two months",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "6", net_amount = "600" },
        { delivery_id = "D1", line_no = "2", product_id = "P2", quantity = "4", net_amount = "400" },
      },
      delivery_confirmation = {
        { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-30" },
        { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "2", signed_on = "2026-11-02" },
      },
      revenue_entry = recognised { delivery_line_no = "" },
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "400", quantity = "4" } } },
  { "earned in October and not recognised, except for what came back",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
        { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-30" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-1", net_amount = "-100" },
      },
      delivery_confirmation = signed "2026-10-30",
    },
    period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "D1/1", amount = "-900", period = "none", quantity = "9" } } },
  { "without accounting periods the months count",
    given = delivered { delivery_confirmation = signed "2026-11-02", revenue_entry = recognised() },
    absent = { "accounting_period" }, period = "2026-10", as_of = "2026-11-05",
    expect = { { key = "R1", amount = "1000", belongs_to = "2026-11" } } },
  { "a period that ends on the 25th",
    given = delivered {
      accounting_period = {
        { period = "2026-10", starts_on = "2026-09-26", ends_on = "2026-10-25" },
        { period = "2026-11", starts_on = "2026-10-26", ends_on = "2026-11-25" },
      },
      delivery_confirmation = signed "2026-10-28",
      revenue_entry = recognised { recognised_on = "2026-10-28", period = "2026-11" },
    },
    expect = {} },
  { "not signed, and the entry's period is over",
    given = delivered { revenue_entry = recognised() }, period = "2026-10", as_of = "2026-11-01",
    expect = { { key = "R1", amount = "1000", earned_on = "not yet" } } },
  { "not signed, and the period is not over",
    given = delivered { revenue_entry = recognised() }, period = "2026-10", as_of = "2026-10-31", expect = {} },
  { "confirmations were not imported",
    given = delivered { revenue_entry = recognised() }, absent = { "delivery_confirmation" },
    period = "2026-10",
    expect = {
      { key = "R1", untestable = "delivery_confirmation" },
      { key = "D1/1", untestable = "delivery_confirmation" },
    } },
}

cases "REV-03" {
  { "two came back and were reversed by an entry on the return note: eight stay",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-20" },
        { delivery_id = "T1", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-11-10" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "T1", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
      },
      delivery_confirmation = signed "2026-10-22",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", delivery_id = "T1", period = "2026-11", recognised_on = "2026-11-10", quantity = "-2", amount = "-200" }[1],
      },
    },
    period = "2026-11", as_of = "2026-11-30", expect = {} },
  { "two came back and five were reversed: three are withheld",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-20" },
        { delivery_id = "T1", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-11-10" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "T1", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
      },
      delivery_confirmation = signed "2026-10-22",
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-10", quantity = "-5", amount = "-500", reversal_of = "R1" }[1],
      },
    },
    period = "2026-11", as_of = "2026-11-30",
    expect = { { key = "D1/1", amount = "300", quantity = "3" } } },
  { "what came back takes away once from two lines of one product",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" },
        { delivery_id = "T1", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-20" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "T1", line_no = "1", product_id = "P1", quantity = "-6", net_amount = "-600" },
      },
      delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-12" } },
      revenue_entry = {
        recognised { quantity = "6", amount = "600" }[1],
        recognised { revenue_id = "R2", delivery_line_no = "2", quantity = "6", amount = "600" }[1],
      },
    },
    expect = { { key = "D1/2", amount = "200", quantity = "2" } } },
  { "the first line is recognised whole, what came back was of the second",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-10" },
        { delivery_id = "T1", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-20" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "T1", line_no = "1", product_id = "P1", quantity = "-6", net_amount = "-600" },
      },
      delivery_confirmation = { { confirmation_id = "K1", delivery_id = "D1", signed_on = "2026-10-12" } },
      revenue_entry = {
        recognised()[1],
        recognised { revenue_id = "R2", delivery_line_no = "2", quantity = "4", amount = "400" }[1],
      },
    },
    expect = {} },
  { "signed, nothing recognised, in a month long past",
    given = delivered { delivery_confirmation = signed "2026-10-30" }, as_of = "2027-01-31",
    expect = { { key = "D1/1", amount = "1000", quantity = "10", earned_on = "2026-10-30" } } },
  { "all recognised", given = delivered { delivery_confirmation = signed "2026-10-30", revenue_entry = recognised() }, expect = {} },
  { "three recognised, two came back",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28" },
        { delivery_id = "D2", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-10-30" },
      },
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { delivery_id = "D2", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
      },
      delivery_confirmation = signed "2026-10-30",
      revenue_entry = recognised { quantity = "3", amount = "300" },
    },
    expect = { { key = "D1/1", amount = "500", quantity = "5" } } },
  { "signed after the period that is audited",
    given = delivered { delivery_confirmation = signed "2026-11-02" }, period = "2026-10", as_of = "2026-11-05", expect = {} },
  { "gifts earn nothing",
    given = delivered {
      delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", line_kind = "gift" } },
      delivery_confirmation = signed "2026-10-30",
    },
    expect = {} },
  { "revenue was not imported",
    given = delivered { delivery_confirmation = signed "2026-10-30" }, absent = { "revenue_entry" },
    expect = { { key = "D1/1", untestable = "revenue_entry" } } },
  { "signed for in two parts: earned with the last", period = "2026-10", as_of = "2026-11-30",
    given = delivered { delivery_confirmation = {
      { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-29", quantity = "4" },
      { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-30", quantity = "6" },
    } },
    expect = { { key = "D1/1", amount = "1000", quantity = "10", earned_on = "2026-10-30" } } },
  { "the part that was signed for after the period is the next one's", period = "2026-10", as_of = "2026-11-30",
    given = delivered { delivery_confirmation = {
      { confirmation_id = "K1", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-10-29", quantity = "4" },
      { confirmation_id = "K2", delivery_id = "D1", delivery_line_no = "1", signed_on = "2026-11-05", quantity = "6" },
    } },
    expect = { { key = "D1/1", amount = "400", quantity = "4", earned_on = "2026-10-29" } } },
}

cases "REV-04" {
  { "the price of an invoice that is a draft is nobody's: the delivery's order decides",
    given = delivered {
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30", status = "draft" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "900" } },
      revenue_entry = recognised { invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = {} },
  { "and of one that counts decides",
    given = delivered {
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "900" } },
      revenue_entry = recognised { invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = { { key = "R1", amount = "100", fault = "not quantity times price" } } },
  { "the delivery is void",
    given = delivered {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28", status = "void" } },
      revenue_entry = recognised(),
    },
    expect = { { key = "R1", amount = "1000", fault = "the document is void or a draft" } } },
  { "the delivery was rejected; another was written anew and carries the revenue",
    given = delivered {
      delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28", status = "approved" },
        { delivery_id = "D2", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28", status = "rejected" },
      },
      revenue_entry = recognised(),
    },
    expect = {} },
  { "the invoice is a draft, and the goods left by a note that is void",
    given = delivered {
      delivery = { { delivery_id = "D1", kind = "delivery", customer_id = "C1", order_id = "SO1", delivery_date = "2026-10-28", status = "void" } },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30", status = "draft" },
        { invoice_id = "I2", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { invoice_id = "I2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
      },
      revenue_entry = {
        recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" }[1],
        recognised { revenue_id = "R2", delivery_id = "", delivery_line_no = "", invoice_id = "I2", invoice_line_no = "1" }[1],
      },
    },
    expect = {
      { key = "R1", amount = "1000", fault = "the document is void or a draft" },
      { key = "R2", amount = "1000", fault = "nothing was delivered" },
    } },
  { "no document at all",
    given = delivered { revenue_entry = recognised { delivery_id = "", delivery_line_no = "" } },
    expect = { { key = "R1", amount = "1000", fault = "no document" } } },
  { "a delivery that does not exist",
    given = delivered { revenue_entry = recognised { delivery_id = "D9" } },
    expect = { { key = "R1", amount = "1000", fault = "no document" } } },
  { "an invoice for which nothing was delivered",
    given = delivered {
      delivery = {}, delivery_line = {},
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = { { key = "R1", amount = "1000", fault = "nothing was delivered" } } },
  { "by hand, with a document, without approval",
    given = delivered { revenue_entry = recognised { source = "manual" } },
    expect = { { key = "R1", amount = "1000", fault = "manual without approval" } } },
  { "by hand, with a document and an approval",
    given = delivered {
      revenue_entry = recognised { source = "manual" },
      approval = { { doc_kind = "revenue_entry", doc_id = "R1", approval_kind = "manual_revenue", decision = "approve", decided_at = "2026-10-30T09:00:00" } },
    },
    expect = {} },
  { "more than the quantity times the order's price",
    given = delivered { revenue_entry = recognised { quantity = "4", amount = "400.02" } },
    expect = { { key = "R1", amount = "0.02", fault = "not quantity times price", expected = "400" } } },
  { "a cent is within the tolerance",
    given = delivered { revenue_entry = recognised { quantity = "4", amount = "400.01" } }, expect = {} },
  { "a settlement is another control's",
    given = delivered {
      consignment_settlement = { { settlement_id = "T1", customer_id = "C1", settled_on = "2026-10-30" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", settlement_id = "T1", amount = "7" },
    },
    expect = {} },
  { "a service needs no delivery",
    given = delivered {
      delivery = {}, delivery_line = {},
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000", line_kind = "service" } },
      revenue_entry = recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" },
    },
    expect = {} },
  { "approvals were not imported: there is none",
    given = delivered { revenue_entry = recognised { source = "manual" } }, absent = { "approval" },
    expect = { { key = "R1", amount = "1000", fault = "manual without approval", assumed = { "approval" } } } },
  { "a delivery line of no quantity has no price to compare, and of one that states none it is not known",
    given = delivered {
      delivery_line = {
        { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", net_amount = "1000" },
        { delivery_id = "D1", line_no = "2", order_line_no = "1", product_id = "P1", quantity = "0", net_amount = "1000" },
      },
      revenue_entry = { recognised { amount = "7" }[1], recognised { revenue_id = "R2", delivery_line_no = "2", amount = "7" }[1] },
    },
    expect = { { key = "R1", untestable = "delivery_line.quantity is empty" } } },
  { "by the order's price, whatever the delivery states",
    given = delivered {
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "900" } },
      revenue_entry = recognised { amount = "900" },
    },
    expect = { { key = "R1", amount = "100", fault = "not quantity times price", expected = "1000" } } },
  { "one piece, of an order of one",
    given = delivered {
      sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "1", unit_price = "100", net_amount = "100" } },
      delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1", net_amount = "90" } },
      revenue_entry = recognised { quantity = "1", amount = "90" },
    },
    expect = { { key = "R1", amount = "10", fault = "not quantity times price", expected = "100" } } },
  { "by the invoice of goods that were delivered; by a delivery, with an invoice of goods that were not",
    given = delivered {
      sales_order_line = {
        { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10", unit_price = "100", net_amount = "1000" },
        { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "10", unit_price = "100", net_amount = "1000" },
      },
      invoice = {
        { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" },
        { invoice_id = "I2", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" },
      },
      invoice_line = {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
        { invoice_id = "I2", line_no = "1", order_line_no = "2", product_id = "P2", quantity = "10", net_amount = "1000" },
      },
      revenue_entry = {
        recognised { delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" }[1],
        recognised { revenue_id = "R2", invoice_id = "I2", invoice_line_no = "1" }[1],
      },
    },
    expect = {} },
}

cases "REV-05" {
  { "revenue was extracted to the last day but one of the window", as_of = "2026-12-31", extracted = { revenue_entry = "2026-11-29" },
    given = delivered { revenue_entry = recognised() }, expect = { { key = "R1", untestable = "reversals are visible only to 2026-11-29" } } },
  { "revenue was extracted to the last day of the window", as_of = "2026-12-31", extracted = { revenue_entry = "2026-11-30" },
    given = delivered { revenue_entry = recognised() }, expect = {} },
  { "a reversal that names only the delivery",
    given = delivered { delivery_confirmation = signed "2026-10-29", revenue_entry = {
      recognised()[1],
      recognised { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-20", quantity = "-4", amount = "-400" }[1],
    } },
    as_of = "2026-12-31",
    expect = { { key = "R1", amount = "400", reversed_on = "2026-11-20", days = "20" } } },
  { "a reversal that was itself reversed takes nothing back",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-20", amount = "-1000", quantity = "-10", reversal_of = "R1" },
      { revenue_id = "R3", period = "2026-11", recognised_on = "2026-11-21", amount = "1000", quantity = "10", reversal_of = "R2" },
    } },
    as_of = "2026-12-31", expect = {} },
  { "reversed on the thirtieth day",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-30", amount = "-1000", reversal_of = "R1" },
    } },
    as_of = "2026-12-31",
    expect = { { key = "R1", amount = "1000", reversed_on = "2026-11-30", days = "30" } } },
  { "reversed on the thirty-first day",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-12", recognised_on = "2026-12-01", amount = "-1000", reversal_of = "R1" },
    } },
    as_of = "2026-12-31", expect = {} },
  { "reversed within the period",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-10", recognised_on = "2026-10-31", amount = "-1000", reversal_of = "R1" },
    } },
    expect = {} },
  { "the thirty days are not over",
    given = delivered { revenue_entry = recognised() }, as_of = "2026-11-29",
    expect = { { key = "R1", untestable = "within 30 days" } } },
  { "reversed in two parts: until the last",
    given = delivered { revenue_entry = {
      recognised()[1],
      { revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-10", amount = "-400", reversal_of = "R1" },
      { revenue_id = "R3", period = "2026-11", recognised_on = "2026-11-20", amount = "-300", reversal_of = "R1" },
    } },
    as_of = "2026-12-31", expect = { { key = "R1", amount = "700", reversed_on = "2026-11-20", days = "20" } } },
  { "the thirty days end on the day of the audit", given = delivered { revenue_entry = recognised() }, as_of = "2026-11-30", expect = {} },
}

-- Ten delivered by D1 with their cost, two of them returned by T1 in November with theirs; `reversal` is what takes the
-- revenue back.
local function returned_with_cost(reversal)
  return delivered {
    product = { { product_id = "P1", standard_cost = "60" } },
    delivery = {
      { delivery_id = "D1", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-20" },
      { delivery_id = "T1", kind = "return", customer_id = "C1", source_delivery_id = "D1", delivery_date = "2026-11-10" },
    },
    delivery_line = {
      { delivery_id = "D1", line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" },
      { delivery_id = "T1", line_no = "1", product_id = "P1", quantity = "-2", net_amount = "-200" },
    },
    stock_issue = {
      { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-20T10:00:00" },
      { issue_id = "S2", delivery_id = "T1", issued_at = "2026-11-10T10:00:00", sign = "red" },
    },
    cost_entry = {
      { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "10", amount = "600" },
      { cost_id = "K2", issue_id = "S2", product_id = "P1", period = "2026-11", quantity = "-2", amount = "-120" },
    },
    revenue_entry = {
      recognised { product_id = "P1" }[1],
      with({ revenue_id = "R2", period = "2026-11", recognised_on = "2026-11-10", quantity = "-2", amount = "-200", product_id = "P1" }, reversal),
    },
  }
end

cases "REV-09" {
  { "how many the cost is of nobody filled in",
    given = with(returned_with_cost { delivery_id = "T1" }, { cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", amount = "600" } } }),
    period = "2026-10", expect = { { key = "D1/P1/2026-10", untestable = "cost_entry.quantity is empty" } } },
  { "the reversal names the first delivery, its cost the slip of the return",
    given = returned_with_cost { delivery_id = "D1", delivery_line_no = "1", reversal_of = "R1" }, period = "2026-11", expect = {} },
  { "the reversal names the return note", given = returned_with_cost { delivery_id = "T1" }, period = "2026-11", expect = {} },
  { "the reversal names the entry only", given = returned_with_cost { reversal_of = "R1" }, period = "2026-11", expect = {} },
  { "three units taken back from revenue, two from cost",
    given = returned_with_cost { delivery_id = "D1", delivery_line_no = "1", reversal_of = "R1", quantity = "-3", amount = "-300" },
    period = "2026-11",
    expect = { { key = "R2", amount = "60", fault = "another quantity", recognised = "-3", carried = "-2" } } },
  { "no cost was carried",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "600", fault = "no cost", carried = "0" } } },
  { "the same quantity in the same period",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "10", amount = "590" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = {} },
  { "the cost of seven only",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "7", amount = "413" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "180", fault = "another quantity", carried = "7" } } },
  { "the cost was carried in November, through the invoice",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", issued_on = "2026-10-30" } },
      cost_entry = { { cost_id = "K1", invoice_id = "I1", product_id = "P1", period = "2026-11", quantity = "10", amount = "600" } },
      revenue_entry = recognised { product_id = "P1", invoice_id = "I1" },
    },
    period = "2026-10",
    expect = { { key = "R1", amount = "600", fault = "cost in another period" } } },
  { "revenue in two months, each with its cost",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = {
        { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "6", amount = "360" },
        { cost_id = "K2", issue_id = "S1", product_id = "P1", period = "2026-11", quantity = "4", amount = "240" },
      },
      revenue_entry = {
        recognised { quantity = "6", amount = "600", product_id = "P1" }[1],
        recognised { revenue_id = "R2", quantity = "4", amount = "400", product_id = "P1", period = "2026-11" }[1],
      },
    },
    expect = {} },
  { "cost of the wrong sign",
    given = delivered {
      product = { { product_id = "P1" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "10", amount = "-590" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "590", fault = "cost of the wrong sign" } } },
  { "without a standard cost the carried cost tells what is missing",
    given = delivered {
      product = { { product_id = "P1" } },
      stock_issue = { { issue_id = "S1", delivery_id = "D1", issued_at = "2026-10-28T10:00:00" } },
      cost_entry = { { cost_id = "K1", issue_id = "S1", product_id = "P1", period = "2026-10", quantity = "8", amount = "472" } },
      revenue_entry = recognised { product_id = "P1" },
    },
    expect = { { key = "R1", amount = "118", fault = "another quantity" } } },
  { "two entries of one invoice, one of which names no delivery, with their costs at the invoice",
    given = delivered {
      product = { { product_id = "P1", standard_cost = "60" } },
      invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } },
      invoice_line = { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "10", net_amount = "1000" } },
      cost_entry = {
        { cost_id = "K1", invoice_id = "I1", product_id = "P1", period = "2026-10", quantity = "6", amount = "360" },
        { cost_id = "K2", invoice_id = "I1", product_id = "P1", period = "2026-10", quantity = "4", amount = "240" },
      },
      revenue_entry = {
        recognised { quantity = "6", amount = "600", product_id = "P1", invoice_id = "I1" }[1],
        recognised { revenue_id = "R2", quantity = "4", amount = "400", product_id = "P1", delivery_id = "", delivery_line_no = "", invoice_id = "I1", invoice_line_no = "1" }[1],
      },
    },
    expect = {} },
  { "the product is not known",
    given = delivered { revenue_entry = recognised { delivery_line_no = "" } },
    expect = { { key = "R1", untestable = "no product" } } },
}

local function invoice_with_voucher(account, customer_id, status, cash_settled)
  return delivered {
    invoice = { {
      invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30", gross_amount = "1130",
      status = status, cash_settled = cash_settled,
    } },
    receivable_entry = { { receivable_id = "A1", invoice_id = "I1", customer_id = "C1", posted_on = "2026-10-30", amount = "1130" } },
    voucher = { { voucher_id = "V1", source_kind = "receivable", source_id = "A1", period = "2026-10", posted_on = "2026-10-30" } },
    voucher_line = {
      { voucher_id = "V1", line_no = "1", account = account, customer_id = customer_id, debit = "1130" },
      { voucher_id = "V1", line_no = "2", account = "revenue", credit = "1130" },
    },
  }
end

cases "REV-11" {
  { "debited to cash", given = invoice_with_voucher "cash", expect = { { key = "I1", amount = "1130", customer = "C1" } } },
  { "debited to another customer", given = invoice_with_voucher("receivable", "C2"), expect = { { key = "I1", amount = "1130", customer = "C1" } } },
  { "debited to the customer's receivables", given = invoice_with_voucher("receivable", "C1"), expect = {} },
  { "the gross amount is not filled in: net and tax make it",
    given = with(invoice_with_voucher "cash", { invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30", net_amount = "1000", tax_amount = "130" } } }),
    expect = { { key = "I1", amount = "1130", customer = "C1" } } },
  { "no amount is filled in",
    given = with(invoice_with_voucher "cash", { invoice = { { invoice_id = "I1", customer_id = "C1", order_id = "SO1", issued_on = "2026-10-30" } } }),
    expect = { { key = "I1", untestable = "invoice.gross_amount is empty" } } },
  { "a void invoice", given = invoice_with_voucher("cash", nil, "void"), expect = {} },
  { "settled on the spot", given = invoice_with_voucher("cash", nil, nil, "true"), expect = {} },
  { "sold against an advance", given = invoice_with_voucher("advance_from_customer", "C1"), expect = {} },
  { "vouchers were not imported",
    given = invoice_with_voucher "cash", absent = { "voucher" },
    expect = { { key = "I1", untestable = "voucher" } } },
}

-- SPDX-License-Identifier: MIT
-- The library's contracts and quotations, tried by controls that show what they find.

control "CONTRACT-01" {
  title      = "How the goods of two documents differ",
  severity   = "low",
  scope      = "all",
  amount_kind = "transaction",
  population = "contract",
  parameters = { tolerance = { decimal "0" } },
  message    = "{found}",
  test = function(contract, p)
    local found = goods_differences(contract.lines, contract.quotation.lines, p.tolerance)
    if #found == 0 then return end
    local texts = map(found, function(one) return one.product .. " " .. one.aspect end)
    return exception { amount = sum(found, "amount"), found = table.concat(sort(texts), ", ") }
  end,
  cases = (function()
    local function two(ours, theirs)
      local given = { contract = { { contract_id = "C", quotation_id = "Q" } }, quotation = { { quotation_id = "Q" } }, contract_line = {}, quotation_line = {} }
      for position, line in ipairs(ours) do
        line.contract_id, line.line_no = "C", tostring(position)
        table.insert(given.contract_line, line)
      end
      for position, line in ipairs(theirs) do
        line.quotation_id, line.line_no = "Q", tostring(position)
        table.insert(given.quotation_line, line)
      end
      return given
    end
    local function of(product, quantity, price, more)
      local line = { product_id = product, quantity = quantity, unit_price = price }
      for name, value in pairs(more or {}) do line[name] = value end
      return line
    end
    return {
      { "the same in more lines", given = two({ of("P", "2", "5"), of("P", "3", "5") }, { of("P", "5", "5") }), expect = {} },
      { "the mean price counts", given = two({ of("P", "2", "4"), of("P", "2", "6") }, { of("P", "4", "5") }), expect = {} },
      { "a price at the tolerance", parameters = { tolerance = "10" }, given = two({ of("P", "4", "5.5") }, { of("P", "4", "5") }), expect = {} },
      { "a price above it", parameters = { tolerance = "10" }, given = two({ of("P", "4", "5.51") }, { of("P", "4", "5") }),
        expect = { { key = "C", amount = "2.04", found = "P price" } } },
      { "more at another price", given = two({ of("P", "6", "4") }, { of("P", "4", "5") }),
        expect = { { key = "C", amount = "16", found = "P price, P quantity" } } },
      { "one more product here, another there", given = two({ of("A", "1", "7") }, { of("B", "1", "9") }),
        expect = { { key = "C", amount = "16", found = "A quantity, B quantity" } } },
      { "none of it was quoted", given = two({ of("P", "2", "7") }, { of("P", "0", "7") }), expect = { { key = "C", amount = "14", found = "P quantity" } } },
      { "freight and gifts are no goods", given = two({ of("P", "1", "5"), of("F", "1", "3", { line_kind = "freight" }) }, { of("P", "1", "5") }), expect = {} },
      { "units are converted", given = (function()
          local given = two({ of("P", "2", "60", { uom = "box" }) }, { of("P", "24", "5") })
          given.product = { { product_id = "P", uom = "piece" } }
          given.uom_conversion = { { product_id = "P", uom = "box", base_quantity = "12" } }
          return given
        end)(), expect = {} },
      { "specifications in another order", given = two({ of("P", "1", "5", { spec = "a" }), of("P", "1", "5", { spec = "B" }) },
          { of("P", "1", "5", { spec = "b" }), of("P", "1", "5", { spec = "A" }) }), expect = {} },
      { "another specification", given = two({ of("P", "1", "5", { spec = "a" }) }, { of("P", "1", "5", { spec = "b" }) }),
        expect = { { key = "C", amount = "0", found = "P spec" } } },
      { "one line states none", given = two({ of("P", "1", "5", { spec = "a" }), of("P", "1", "5") }, { of("P", "2", "5", { spec = "b" }) }), expect = {} },
      { "a line without a price", given = two({ of("P", "1", "") }, { of("P", "1", "5") }), expect = { { key = "C", untestable = "no unit price" } } },
      { "a line without a quantity", given = two({ of("P", "", "5") }, { of("P", "1", "5") }), expect = { { key = "C", untestable = "without a quantity" } } },
    }
  end)(),
}

control "CONTRACT-02" {
  title      = "When a contract was first carried out, and who may act",
  severity   = "low",
  scope      = "all",
  population = "contract",
  parameters = { threshold = { decimal "100" } },
  message    = "{started} {major} {may}",
  test = function(contract, p)
    local may = may_act(contract.signed_by, { "general_manager" }, { doc_kind = "contract", amount = contract.amount, moment = contract.signed_on, kinds = { "signing" } })
    return exception {
      started = execution_of(contract) or "never", major = is_major(contract, p.threshold) and "major" or "minor", may = may and "may" or "may not",
    }
  end,
  cases = (function()
    local function one(contract, more)
      local row = { contract_id = "C", signed_by = "E1", signed_on = "2026-10-12", amount = "99.99" }
      for name, value in pairs(contract) do row[name] = value end
      local given = {
        contract = { row }, employee = { { employee_id = "E1" }, { employee_id = "E2" } }, user_account = { { user_id = "U1", is_system = true } },
        role_assignment = { { employee_id = "E1", role = "general_manager", valid_from = "2026-10-12" } },
      }
      for name, rows in pairs(more or {}) do given[name] = rows end
      return given
    end
    local function delegated(kind)
      return { delegation = { { delegation_id = "D", grantor_id = "E1", grantee_id = "E2", doc_kind = "contract", approval_kind = kind, valid_from = "2026-10-12" } } }
    end
    return {
      { "nothing yet", given = one {}, expect = { { key = "C", started = "never", major = "minor", may = "may" } } },
      { "at the threshold; another person", given = one { amount = "100", signed_by = "E2" }, expect = { { key = "C", major = "major", may = "may not" } } },
      { "the flag decides", given = one { amount = "100", is_major = false }, expect = { { key = "C", major = "minor" } } },
      { "no amount", given = one { amount = "" }, expect = { { key = "C", untestable = "contract.amount is empty" } } },
      { "before the role was held", given = one { signed_on = "2026-10-11" }, expect = { { key = "C", may = "may not" } } },
      { "delegated", given = one({ signed_by = "E2" }, delegated "signing"), expect = { { key = "C", may = "may" } } },
      { "delegated for something else", given = one({ signed_by = "E2" }, delegated "change"), expect = { { key = "C", may = "may not" } } },
      { "a system user", given = one { signed_by = "U1" }, expect = { { key = "C", untestable = "no employee is known as U1" } } },
      { "production before the delivery",
        given = one({}, {
          delivery = { { delivery_id = "D1", contract_id = "C", kind = "delivery", delivery_date = "2026-10-15" }, { delivery_id = "D2", contract_id = "C", kind = "delivery", delivery_date = "2026-10-16" } },
          production_order = { { production_order_id = "W1", contract_id = "C", released_at = "2026-10-14T08:00:00" }, { production_order_id = "W2", contract_id = "C", released_at = "2026-10-14T09:00:00" } },
        }),
        expect = { { key = "C", started = "2026-10-14T08:00:00" } } },
      { "a draft, a void delivery and a return", given = one({}, { delivery = {
          { delivery_id = "D1", contract_id = "C", kind = "delivery", delivery_date = "2026-10-13", status = "draft" },
          { delivery_id = "D2", contract_id = "C", kind = "delivery", delivery_date = "2026-10-13", status = "void" },
          { delivery_id = "D3", contract_id = "C", kind = "return", delivery_date = "2026-10-13" },
          { delivery_id = "D4", contract_id = "C", kind = "delivery", delivery_date = "2026-10-15" },
        } }), expect = { { key = "C", started = "2026-10-15" } } },
      { "production orders were not imported", absent = { "production_order" }, given = one {}, expect = { { key = "C", started = "never" } } },
    }
  end)(),
}

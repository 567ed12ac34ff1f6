-- SPDX-License-Identifier: MIT
-- The company of a row. Rows that name none are of the only company; with two or more nobody can say whose they are.

-- The companies that the master names or, without one, the balances of the ledger and those brought forward.
local function known_companies()
  local known, found = {}, {}
  local function add(list)
    for row in each(list) do
      local company_id = row.company_id
      if company_id and not known[company_id] then
        known[company_id] = true
        table.insert(found, company_id)
      end
    end
  end
  add(rows_of_table("company"))
  if #found == 0 then
    add(rows_of_table("control_balance"))
    add(rows_of_table("opening_balance"))
  end
  return found
end

-- The company in whose books a row is, by its own column or its header's; "-" where there are no companies. Untestable
-- where it names none and there are several.
function company_named(header)
  local own = header.company_id
  if own then return own end
  local known = known_companies()
  if #known > 1 then untestable { en = "no company is named, and there are {count}", zh = "未注明账套，而账套有 {count} 个", count = #known } end
  return known[1] or "-"
end

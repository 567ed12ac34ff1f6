-- SPDX-License-Identifier: MIT
-- SHP: goods on their way, from the request for them to the customer's signature, and the stock they come from.

-- Whether requests for goods were imported, and something that names them.
local function keeps_requests()
  return imported "delivery_request" and (imported("stock_issue", "request_id") or imported("delivery", "request_id"))
end

-- The request for goods behind an issue slip: its own, else its delivery's; nil without one. Untestable where no
-- column could name it.
local function request_behind(slip)
  if not imported "delivery_request" then untestable "delivery_request was not imported" end
  if not keeps_requests() then untestable "neither issue slips nor deliveries name a request" end
  if read(slip, "request_id") then return slip.request end
  local delivery = read(slip, "delivery_id") and slip.delivery
  return delivery and read(delivery, "request_id") and delivery.request or nil
end

-- The total of what is known among the values of some rows; nil where nothing is.
local function known_total(list, of)
  local known = map(list, of)
  if #known == 0 then return nil end
  return sum(known)
end

-- What an issue slip is worth.
local function slip_worth(slip)
  return known_total(filter(slip.lines, "quantity"), function(line) return issued_worth(line, line.quantity) end)
end

-- What the goods of a delivery are worth.
local function delivery_worth(delivery)
  return known_total(delivery.lines, function(line) return line_worth(line, line.quantity) end)
end

-- Whether a delivery takes goods to a customer: neither a return nor a draft, nor void.
local function is_shipment(delivery)
  return delivery.kind ~= "return" and is_live(delivery) and not is_reversal(delivery)
end

-- Whether a line is of goods that leave a warehouse, sold or not.
local function is_stocked(line)
  local kind = read(line, "line_kind")
  return kind ~= "service" and kind ~= "freight"
end

-- Request R1, reviewed twice, and its issue slip S1 for ten pieces at 8, for the cases.
local function requested(request, slip, more)
  local given = {
    employee = { { employee_id = "E4" }, { employee_id = "E5" }, { employee_id = "E7" }, { employee_id = "E23" }, { employee_id = "E14" } },
    role_assignment = {
      { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" }, { employee_id = "E5", role = "branch_manager", valid_from = "2026-01-01" },
      { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" }, { employee_id = "E23", role = "storekeeper", valid_from = "2026-01-01" },
      { employee_id = "E14", role = "sales_clerk", valid_from = "2026-01-01" },
    },
    product = { { product_id = "A", standard_cost = "5", spec = "6204" }, { product_id = "B", standard_cost = "5" } },
    contract = { { contract_id = "CT1", customer_id = "C1", signed_on = "2026-10-01", ship_to_address = "Street 1", status = "executing" } },
    contract_line = { { contract_id = "CT1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", unit_price_gross = "9.04" } },
    delivery_request = { {
      request_id = "R1", contract_id = "CT1", kind = "goods", requested_by = "E7", requested_at = "2026-10-19T09:00:00",
      branch_reviewed_by = "E5", branch_reviewed_at = "2026-10-19T10:00:00", sales_reviewed_by = "E4", sales_reviewed_at = "2026-10-19T11:00:00",
    } },
    delivery_request_line = { { request_id = "R1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    delivery = { { delivery_id = "D1", kind = "delivery", contract_id = "CT1", customer_id = "C1", request_id = "R1", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" } },
    delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    stock_issue = { { issue_id = "S1", sign = "blue", delivery_id = "D1", prepared_by = "E14", prepared_at = "2026-10-20T09:00:00", issued_by = "E23", issued_at = "2026-10-20T10:00:00" } },
    stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "10", delivery_line_no = "1" } },
  }
  for name, value in pairs(request or {}) do given.delivery_request[1][name] = value end
  for name, value in pairs(slip or {}) do given.stock_issue[1][name] = value end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "SHP-01" {
  title      = { en = "Goods issued without a fully reviewed goods request", zh = "无审核需货申请单即出库" },
  risk       = { en = "Goods leave that nobody in charge knows of.", zh = "未经审核发货，货物流失或超合同发货。" },
  tests      = {
    en = "Each issue slip must have a request for the goods that was filled in, reviewed by the branch manager and then by the sales manager, before the slip was written and the goods left.",
    zh = "每张出库单须有需货申请单，且依次填写、分部经理审核、销售部经理审核，均在开单和出库之前，并由有权岗位办理。",
  },
  source     = { "004-4.2", "004-4.3" },
  severity   = "high",
  profile    = { "factory" },
  population = "stock_issue",
  shape      = "sequence",
  applies    = function(slip)
    return is_issue(slip) and (has_happened(slip.prepared_at) or has_happened(slip.issued_at))
  end,
  parameters = {
    branch_review = { true, origin = "policy", note = "false: there are no branches" },
  },
  amount_kind = "transaction",
  terms      = step_terms(),
  message    = step_message(),
  follow_up  = {
    en = "See whether the goods reached the customer of the contract; have the request reviewed now and ask the storekeeper why he issued without it.",
    zh = "核实货物是否送达合同客户，补办审核，并询问库管为何无单出库。",
  },

  test = function(slip, p)
    local names = { "requested", "branch reviewed", "sales reviewed", "issue prepared", "goods issued" }
    local reviewed = { "requested", "branch reviewed", "sales reviewed" }
    if not p.branch_review then
      names = { "requested", "sales reviewed", "issue prepared", "goods issued" }
      reviewed = { "requested", "sales reviewed" }
    end
    local documents = { delivery_request = request_behind(slip), stock_issue = slip }
    local faults = order_faults(process_steps("delivery", documents, names))
    append(faults, filter(role_faults(process_steps("delivery", documents, reviewed)), function(fault)
      local taken = fault.step
      return not was_delegated(taken.by, taken.roles, { doc_kind = "delivery_request", moment = taken.at })
    end))
    return step_exception(faults, { amount = slip_worth(slip) })
  end,

  cases = {
    { "every step in order, some in the same second",
      given = requested({ branch_reviewed_at = "2026-10-19T09:00:00", sales_reviewed_at = "2026-10-20T09:00:00" }), expect = {} },
    { "written a second before the review", given = requested { sales_reviewed_at = "2026-10-20T09:00:01" },
      expect = { { key = "S1", amount = "80", fault = "too early", step = "stock_issue.prepared_at", at = "2026-10-20T09:00:00", other = "delivery_request.sales_reviewed_at", other_at = "2026-10-20T09:00:01", faults = "1" } } },
    { "no request at all", given = requested({}, {}, { delivery_request = {}, delivery = { { delivery_id = "D1", kind = "delivery" } } }),
      expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.requested_at", other = "stock_issue.prepared_at", faults = "3" } } },
    { "the slip's own request goes before the delivery's", given = requested({}, { request_id = "R2" }, { delivery_request = {
        { request_id = "R1", requested_at = "2026-10-19T09:00:00", branch_reviewed_at = "2026-10-19T09:00:00", sales_reviewed_at = "2026-10-19T09:00:00" }, { request_id = "R2", requested_at = "2026-10-19T09:00:00" },
      } }), expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.branch_reviewed_at", faults = "2" } } },
    { "not reviewed by the branch", given = requested { branch_reviewed_at = "", branch_reviewed_by = "" },
      expect = { { key = "S1", amount = "80", fault = "missing", step = "delivery_request.branch_reviewed_at" } } },
    { "there are no branches", parameters = { branch_review = false }, given = requested { branch_reviewed_at = "", branch_reviewed_by = "" }, expect = {} },
    { "no branches: the sales manager is needed all the same", parameters = { branch_review = false }, given = requested { sales_reviewed_by = "E7" },
      expect = { { key = "S1", amount = "80", fault = "wrong role", step = "delivery_request.sales_reviewed_at" } } },
    { "reviewed by a salesperson", given = requested { branch_reviewed_by = "E7" },
      expect = { { key = "S1", amount = "80", fault = "wrong role", step = "delivery_request.branch_reviewed_at", wanted = "branch_manager" } } },
    { "by a salesperson to whom the branch manager delegated it",
      given = requested({ branch_reviewed_by = "E7" }, {}, { delegation = { { delegation_id = "V1", grantor_id = "E5", grantee_id = "E7", doc_kind = "delivery_request", valid_from = "2026-10-19", valid_to = "2026-10-20" } } }), expect = {} },
    { "a red slip, a void one, one for a return, one not written yet",
      given = requested({}, {}, { delivery_request = {}, delivery = { { delivery_id = "D2", kind = "return" } }, stock_issue = {
        { issue_id = "S1", sign = "red", prepared_at = "2026-10-20T09:00:00" }, { issue_id = "S2", status = "void", prepared_at = "2026-10-20T09:00:00" },
        { issue_id = "S3", delivery_id = "D2", prepared_at = "2026-10-20T09:00:00" }, { issue_id = "S5", reversal_of = "S2", prepared_at = "2026-10-20T09:00:00" },
      } }), expect = {} },
    { "requests were not imported", given = requested({}, {}, { delivery = { { delivery_id = "D1", kind = "delivery" } } }), absent = { "delivery_request" }, expect = { { key = "S1", untestable = "delivery_request" } } },
    { "nothing names a request", given = requested(), absent = { "stock_issue.request_id", "delivery.request_id" }, expect = { { key = "S1", untestable = "neither issue slips" } } },
  },
}

-- What a request is for: its contract, else its order; nil without either.
local function agreement_behind(request)
  local contract = (read(request, "contract_id") or read(request, "order_id")) and imported "contract" and request.contract
  return contract or read(request, "order_id") and request.order or nil
end

-- The unit price of some lines that comes nearest to one, without tax or with it; nil where they have none.
local function nearest_price(lines, price)
  local nearest
  local function try(candidate)
    if candidate and (not nearest or abs(price - candidate) < abs(price - nearest)) then nearest = candidate end
  end
  for line in each(lines) do
    try(line.unit_price)
    try(read(line, "unit_price_gross"))
  end
  return nearest
end

-- What is agreed on a line and was not cancelled, in the line's own unit: requests have no other.
local function agreed_quantity(line)
  return line.quantity and line.quantity - (table_of(line) == "sales_order_line" and read(line, "cancelled_quantity") or 0)
end

local function asked(...)
  local given = requested({}, {}, { delivery_request = {}, delivery_request_line = {} })
  for position = 1, select("#", ...) do
    local line = (select(position, ...))
    local id = "R" .. position
    table.insert(given.delivery_request, { request_id = id, contract_id = line.contract_id or "CT1", order_id = line.order_id, kind = line.kind, requested_at = line.at or "2026-10-1" .. position .. "T09:00:00" })
    table.insert(given.delivery_request_line, { request_id = id, line_no = "1", product_id = line.product_id or "A", quantity = line.quantity, unit_price = line.unit_price or "8" })
  end
  return given
end

control "SHP-02" {
  title      = { en = "Goods request does not match the contract", zh = "需货申请单与合同不符" },
  risk       = { en = "Goods are sent that were not sold, at prices nobody agreed to.", zh = "申请发出的产品、价格或数量超出合同约定。" },
  tests      = {
    en = "Product and price of each requested line are compared with the contract (or the order, where there is none), and the quantity requested so far with the quantity contracted.",
    zh = "需货申请单各行的产品、单价与合同（无合同的与订单）比较，累计申请数量与合同数量比较。",
  },
  source     = { "004-4.1" },
  severity   = "medium",
  profile    = { "factory" },
  population = "delivery_request_line",
  shape      = "limit",
  applies    = function(line) return line.request ~= nil and line.quantity ~= nil end,
  group      = function(line)
    local agreement = agreement_behind(line.request)
    return agreement and table_of(agreement) .. " " .. key_of(agreement)
  end,
  parameters = {
    price_tolerance = { decimal "0.01", origin = "default", note = "for each unit" },
    quantity_tolerance_pct = { decimal "0", origin = "default" },
  },
  amount_kind = "transaction",
  message    = { en = "{what}: requested {asked}, agreed {agreed}", zh = "{what}：申请 {asked}，约定 {agreed}" },
  terms      = {
    product  = { en = "product that was not agreed", zh = "产品不在合同内" },
    price    = { en = "unit price", zh = "单价" },
    quantity = { en = "quantity in total", zh = "累计数量" },
    none     = { en = "none", zh = "无" },
  },
  follow_up  = {
    en = "See whether the contract was changed; if not, stop the issue and correct the request.",
    zh = "查明合同有无变更；未变更的停止出库并更正申请单。",
  },

  test = function(lines, p)
    local own, found = {}, {}
    for line in each(lines) do own[line] = true end
    local agreement = agreement_behind(lines[1].request)
    select_currency(currency_of(agreement) or company_currency) -- a request has no currency of its own
    local requests = sort(agreement.delivery_requests, function(one) return { time_of(one.requested_at), one.request_id } end)
    local all_lines = {}
    for request in each(requests) do append(all_lines, filter(request.lines, "quantity")) end
    local function report(line, label, amount, asked, agreed)
      table.insert(found, exception { row = line, label = label, amount = amount, what = label, asked = asked, agreed = agreed, evidence = evidence(agreement, agreement.lines) })
    end
    for group in each(group_by(all_lines, "product_id")) do
      local agreed = filter(agreement.lines, function(one) return one.product_id == group.key end)
      for line in each(group.rows) do
        local price = read(line, "unit_price")
        local nearest = price and nearest_price(agreed, price)
        if own[line] and line.quantity > 0 and #agreed == 0 then
          report(line, "product", price and price * line.quantity or nil, line.product_id, "none")
        elseif own[line] and line.quantity > 0 and nearest and not agree(price, nearest, p.price_tolerance) then
          report(line, "price", abs(price - nearest) * line.quantity, price, nearest)
        end
      end
      local limit = more_percent(sum(agreed, agreed_quantity), p.quantity_tolerance_pct)
      for over in each(#agreed > 0 and over_limit(group.rows, limit, "quantity") or {}) do
        local price = read(over.row, "unit_price") or agreed[1].unit_price
        if own[over.row] then report(over.row, "quantity", price and price * over.over or nil, over.total, limit) end
      end
    end
    return found
  end,

  cases = {
    { "to the last piece, a cent off the price; with tax", given = asked({ quantity = "6", unit_price = "8.01" }, { quantity = "4", unit_price = "9.04" }), expect = {} },
    { "two cents off the price", given = asked { quantity = "5", unit_price = "8.02" },
      expect = { { key = "R1/1", label = "price", amount = "0.1", what = "price", asked = "8.02", agreed = "8" } } },
    { "one piece too many, the later request", given = asked({ quantity = "5", at = "2026-10-15T09:00:00" }, { quantity = "6" }),
      expect = { { key = "R1/1", label = "quantity", amount = "8", asked = "11", agreed = "10" } } },
    { "goods given back make room", given = asked({ quantity = "10" }, { quantity = "-3", kind = "return" }, { quantity = "3" }), expect = {} },
    { "ten percent more are let pass", parameters = { quantity_tolerance_pct = "10" }, given = asked { quantity = "11" }, expect = {} },
    { "another product", given = asked { quantity = "5", product_id = "B" },
      expect = { { key = "R1/1", label = "product", amount = "40", asked = "B", agreed = "none" } } },
    { "a month before counts and is not reported", period = "2026-10", given = asked({ quantity = "8", at = "2026-09-30T09:00:00", unit_price = "7" }, { quantity = "3" }),
      expect = { { key = "R2/1", amount = "8", label = "quantity", what = "quantity" } } },
    { "for an order without a contract", given = requested({ contract_id = "", order_id = "SO1" }, {}, {
        sales_order = { { order_id = "SO1", order_date = "2026-10-05" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", cancelled_quantity = "1" } },
      }), expect = { { key = "R1/1", label = "quantity", amount = "8", asked = "10", agreed = "9" } } },
    { "in another currency than the company's", given = (function()
        local given = asked { quantity = "11" }
        given.contract[1].currency = "USD"
        return given
      end)(), expect = { { key = "R1/1", amount = "8", label = "quantity", currency = "USD", what = "quantity" } } },
    { "in the currency of an order without a contract", given = requested({ contract_id = "", order_id = "SO1" }, {}, {
        sales_order = { { order_id = "SO1", order_date = "2026-10-05", currency = "USD" } }, sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "9", unit_price = "8" } },
      }), expect = { { key = "R1/1", amount = "8", label = "quantity", currency = "USD", what = "quantity" } } },
    { "for neither", given = requested({ contract_id = "" }), expect = {} },
    { "contract lines were not imported", given = asked { quantity = "5" }, absent = { "contract_line" }, expect = { { key = "contract CT1", untestable = "contract_line" } } },
  },
}

-- The issue slips of a request: those that name it, and those of its deliveries.
local function slips_of(request)
  local slips = imported("stock_issue", "request_id") and append({}, request.issues) or {}
  for delivery in each(rows_of(request, "delivery", "deliveries")) do
    for slip in each(delivery.issues) do
      if not read(slip, "request_id") and not contains(slips, slip) then table.insert(slips, slip) end
    end
  end
  return sort(filter(slips, is_issue), function(slip) return { time_of(slip.issued_at or slip.prepared_at), slip.issue_id } end)
end

-- What is wrong with an issued line by itself: what, its own value and the other; nil for nothing.
local function line_mismatch(line)
  local wanted = read(line, "delivery_line_no") and line.delivery_line
  if wanted and wanted.product_id ~= line.product_id then return "product", line.product_id or "none", wanted.product_id end
  local lot, wanted_lot = read(line, "lot_no"), wanted and read(wanted, "lot_no")
  if lot and wanted_lot and lot ~= wanted_lot then return "lot", lot, wanted_lot end
  local spec = read(line, "spec")
  local product = spec and imported "product" and line.product
  local wanted_spec = product and read(product, "spec")
  if wanted_spec and fold(spec) ~= fold(wanted_spec) then return "spec", spec, wanted_spec end
  local quality = read(line, "quality_status")
  if quality and quality ~= "ok" then return "quality", quality, "ok" end
  return nil
end

local function issued(...)
  local given = requested({}, {}, { stock_issue = {}, stock_issue_line = {} })
  for position = 1, select("#", ...) do
    local line = (select(position, ...))
    local id = "S" .. position
    table.insert(given.stock_issue, { issue_id = id, sign = line.sign or "blue", delivery_id = "D1", request_id = line.request_id, prepared_at = line.at or "2026-10-20T09:00:00", issued_at = line.at or "2026-10-20T10:00:00" })
    line.issue_id, line.line_no, line.product_id, line.quantity, line.delivery_line_no = id, "1", line.product_id or "A", line.quantity or "10", line.delivery_line_no or "1"
    line.at, line.sign, line.request_id = nil, nil, nil
    table.insert(given.stock_issue_line, line)
  end
  return given
end

control "SHP-03" {
  title      = { en = "Issue slip differs from the reviewed goods request or delivery note", zh = "出库单与申请单、发货单不符" },
  risk       = { en = "Other goods, more of them or bad ones leave the warehouse.", zh = "发错产品、批号，多发或发出不合格品。" },
  tests      = {
    en = "Product, lot, specification and quality of each issued line are compared with the delivery line and the product; the quantity issued so far with the request. Quantities against the delivery note are SHP-04's.",
    zh = "出库明细的品名、批号、规格、质量状况与发货单核对，累计出库数量与需货申请单核对；与发货单的数量差异由 SHP-04 核对。",
  },
  source     = { "004-4.3", "001-V.1" },
  severity   = "medium",
  profile    = { "factory", "archive", "general" },
  population = "stock_issue_line",
  shape      = "matching",
  applies    = function(line) return line.issue ~= nil and is_issue(line.issue) and line.quantity ~= nil end,
  group      = function(line)
    local request = keeps_requests() and request_behind(line.issue)
    return request and "request " .. request.request_id or "slip " .. line.issue_id
  end,
  parameters = {
    tolerance = { decimal "0", origin = "default", note = "pieces that may be issued beyond the request" },
  },
  amount_kind = "transaction",
  message    = { en = "{what}: issued {issued}, wanted {wanted}", zh = "{what}：出库 {issued}，应为 {wanted}" },
  terms      = {
    product   = { en = "product", zh = "品名不符" },
    unasked   = { en = "product that was not requested", zh = "申请单无此产品" },
    lot       = { en = "lot", zh = "批号不符" },
    spec      = { en = "specification", zh = "规格不符" },
    quality   = { en = "quality", zh = "质量状况" },
    quantity  = { en = "quantity in total", zh = "累计数量" },
    none      = { en = "none", zh = "无" },
    hold      = { en = "on hold", zh = "待检" },
    reject    = { en = "rejected", zh = "拒收" },
    ok        = { en = "good", zh = "合格" },
  },
  follow_up  = {
    en = "Ask the storekeeper what really left; bring the papers in line, or the goods back.",
    zh = "向库管核实实际发出的货物，更正单据或追回货物。",
  },

  test = function(lines, p)
    local own, found = {}, {}
    local function report(line, label, amount, what, value, wanted)
      table.insert(found, exception { row = line, label = label, amount = amount, what = what, issued = value, wanted = wanted, evidence = evidence(line.issue) })
    end
    for line in each(lines) do
      own[line] = true
      local what, value, wanted = line_mismatch(line)
      if what then report(line, what, issued_worth(line, line.quantity), what, value, wanted) end
    end
    local request = keeps_requests() and request_behind(lines[1].issue)
    if not request then return found end
    local all_lines = {}
    for slip in each(slips_of(request)) do append(all_lines, filter(slip.lines, "quantity")) end
    for group in each(group_by(all_lines, "product_id")) do
      local wanted = filter(request.lines, function(one) return one.product_id == group.key end)
      local limit = sum(wanted, "quantity")
      for over in each(over_limit(group.rows, limit + p.tolerance, "quantity")) do
        if own[over.row] then
          local is_asked = #wanted > 0
          report(over.row, "request", issued_worth(over.row, over.over), is_asked and "quantity" or "unasked",
            is_asked and over.total or group.key, is_asked and limit or "none")
        end
      end
    end
    return found
  end,

  cases = {
    { "as requested, in two slips", given = issued({ quantity = "6", spec = " 6204 ", quality_status = "ok" }, { quantity = "4" }), expect = {} },
    { "one more than requested", given = issued({ quantity = "6" }, { quantity = "5", at = "2026-10-19T10:00:00" }),
      expect = { { key = "S1/1", label = "request", amount = "8", what = "quantity", issued = "11", wanted = "10" } } },
    { "a piece of tolerance", parameters = { tolerance = "1" }, given = issued { quantity = "11" }, expect = {} },
    { "another product than the delivery line's, not requested either", given = issued { product_id = "B" },
      expect = {
        { key = "S1/1", label = "product", amount = "80", what = "product", issued = "B", wanted = "A" },
        { key = "S1/1", amount = "80", label = "request", what = "unasked", issued = "B", wanted = "none" },
      } },
    { "another lot; the same", given = (function()
        local given = issued({ lot_no = "L2", quantity = "5" }, { lot_no = "L1", quantity = "5" })
        given.delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", lot_no = "L1" } }
        return given
      end)(), expect = { { key = "S1/1", label = "lot", amount = "40", issued = "L2", wanted = "L1" } } },
    { "another specification", given = issued { spec = "6205" }, expect = { { key = "S1/1", amount = "80", label = "spec", issued = "6205", wanted = "6204" } } },
    { "goods on hold", given = issued { quality_status = "hold" }, expect = { { key = "S1/1", label = "quality", amount = "80", issued = "hold", wanted = "ok" } } },
    { "a red slip", given = issued { quantity = "-3", quality_status = "reject", sign = "red" }, expect = {} },
    { "a slip of the delivery that names another request is that one's", given = (function()
        local given = issued({ quantity = "10" }, { quantity = "6", request_id = "R2" })
        table.insert(given.delivery_request, { request_id = "R2", requested_at = "2026-10-19T09:00:00" })
        table.insert(given.delivery_request_line, { request_id = "R2", line_no = "1", product_id = "A", quantity = "6" })
        return given
      end)(), expect = {} },
    { "an earlier month counts and is not reported", period = "2026-10", given = issued({ quantity = "6", at = "2026-09-30T10:00:00", quality_status = "hold" }, { quantity = "5" }),
      expect = { { key = "S2/1", amount = "8", label = "request", issued = "11" } } },
    { "slips do not name requests, deliveries do", absent = { "stock_issue.request_id" }, given = issued({ quantity = "6" }, { quantity = "5", at = "2026-10-21T10:00:00" }),
      expect = { { key = "S2/1", amount = "8", label = "request", issued = "11" } } },
    { "requests were not imported: the rest is tested", absent = { "delivery_request", "delivery_request_line" }, given = issued { quantity = "11", quality_status = "hold" },
      expect = { { key = "S1/1", amount = "88", label = "quality", what = "quality" } } },
    { "deliveries' lines were not imported", absent = { "delivery_line" }, given = issued {}, expect = { { key = "request R1", untestable = "delivery_line" } } },
  },
}

-- The key by which the lines of a delivery and of its slips meet: line numbers, or products where a slip does not tell.
local function meeting_keys(slips)
  local by_number = all(slips, function(slip)
    return all(slip.lines, function(line) return read(line, "delivery_line_no") ~= nil end)
  end)
  if by_number then return "line_no", "delivery_line_no" end
  return "product_id", "product_id"
end

-- The lines of a delivery of which more or less was issued than delivered: as differing gives them.
local function issue_differences(delivery, slips, tolerance)
  local ours, theirs = meeting_keys(slips)
  local lines = {}
  for slip in each(slips) do append(lines, slip.lines) end
  return differing(side_by_side(filter(delivery.lines, is_stocked), lines, ours, "quantity", theirs, "quantity"), tolerance)
end

-- What such a difference is worth, by the first of its rows that tells.
local function difference_worth(pair)
  for row in each(pair.rows) do
    local quantity = abs(pair.difference)
    local worth
    if table_of(row) == "delivery_line" then worth = line_worth(row, quantity) else worth = issued_worth(row, quantity) end
    if worth then return worth end
  end
end

control "SHP-04" {
  title      = { en = "Delivery note audited without matching issue slips, or goods issued before the audit", zh = "发货单审核与出库单不对应" },
  risk       = { en = "What is invoiced is not what left the warehouse, or it left unseen.", zh = "发货与出库数量、时间不一致，账实不符。" },
  tests      = {
    en = "For each audited delivery note, the quantities of its issue slips are compared line by line; no slip may be issued before the audit, nor be written later than a limit after it.",
    zh = "已审核发货单逐行与出库单数量核对；出库不得早于发货单审核，出库单不得晚于审核规定天数。",
  },
  source     = { "000M 普通" },
  severity   = "high",
  profile    = { "ship-first", "general" },
  population = { "delivery", "stock_issue" },
  shape      = "matching",
  applies    = function(row)
    if table_of(row) == "delivery" then return is_shipment(row) and has_happened(row.approved_at) end
    -- a slip without a delivery may have a request; one without either is SHP-01's where requests are kept
    return not imported "delivery_request" and is_issue(row) and row.delivery_id == nil
  end,
  parameters = {
    max_lag_days = { 0, origin = "default", note = "days from the audit to the first issue slip; slips are made by the audit itself" },
    tolerance = { decimal "0", origin = "default", note = "pieces" },
  },
  amount_kind = "transaction",
  message    = { en = "{what}: {found} against {expected} (lines: {lines})", zh = "{what}：{found}，对照 {expected}（行：{lines}）" },
  terms      = {
    quantity      = { en = "quantity issued", zh = "出库数量与发货不符" },
    ["too early"] = { en = "issued before the audit", zh = "出库早于发货单审核" },
    late          = { en = "slip written late", zh = "出库单开具过晚" },
    unlinked      = { en = "issue slip without a delivery note", zh = "出库单无对应发货单" },
    none          = { en = "none", zh = "无" },
    all           = { en = "all", zh = "全部" },
  },
  follow_up  = {
    en = "Count what left against the customer's confirmation; correct slip or note before it is invoiced.",
    zh = "以客户签收数量核实实发数，开票前更正出库单或发货单。",
  },

  test = function(row, p)
    if table_of(row) == "stock_issue" then
      return exception { label = "unlinked", amount = slip_worth(row), what = "unlinked", found = row.issued_at or row.prepared_at, expected = "none", lines = "all" }
    end
    local slips = sort(filter(row.issues, is_issue), "prepared_at")
    local found = {}
    local limit = deadline(row.approved_at, p.max_lag_days)
    local early = filter(slips, function(slip) return slip.issued_at ~= nil and slip.issued_at < row.approved_at end)
    if #early > 0 then
      table.insert(found, exception {
        label = "time", amount = known_total(early, slip_worth), what = "too early", found = early[1].issued_at, expected = row.approved_at, lines = "all", evidence = evidence(early),
      })
    elseif #slips > 0 and slips[1].prepared_at and is_late(slips[1].prepared_at, limit) then
      table.insert(found, exception {
        label = "time", amount = slip_worth(slips[1]), what = "late", found = slips[1].prepared_at, expected = row.approved_at, lines = "all", evidence = evidence(slips[1]),
      })
    end
    local off = filter(issue_differences(row, slips, p.tolerance), function(pair) return pair.difference < 0 or is_late(nil, limit) end)
    if #off > 0 then
      table.insert(found, exception {
        label = "quantity", amount = known_total(off, difference_worth), what = "quantity",
        found = sum(off, "theirs"), expected = sum(off, "ours"), lines = table.concat(map(off, function(pair) return tostring(pair.key) end), ", "),
        evidence = evidence(slips),
      })
    end
    return found
  end,

  cases = {
    { "issued in the second of the audit, in two slips", as_of = "2026-10-31", given = requested({}, {}, {
        stock_issue = { { issue_id = "S1", delivery_id = "D1", prepared_at = "2026-10-20T08:00:00", issued_at = "2026-10-20T08:00:00" }, { issue_id = "S2", delivery_id = "D1", prepared_at = "2026-10-21T08:00:00", issued_at = "2026-10-21T08:00:00" } },
        stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "6", delivery_line_no = "1" }, { issue_id = "S2", line_no = "1", product_id = "A", quantity = "4", delivery_line_no = "1" } },
      }), expect = {} },
    { "a second before it", as_of = "2026-10-31", given = requested({}, { issued_at = "2026-10-20T07:59:59" }),
      expect = { { key = "D1", label = "time", amount = "80", what = "too early", found = "2026-10-20T07:59:59", expected = "2026-10-20T08:00:00" } } },
    { "written on the next day", as_of = "2026-10-31", given = requested({}, { prepared_at = "2026-10-21T09:00:00", issued_at = "2026-10-21T10:00:00" }),
      expect = { { key = "D1", label = "time", amount = "80", what = "late", found = "2026-10-21T09:00:00" } } },
    { "a day is allowed", as_of = "2026-10-31", parameters = { max_lag_days = "1" }, given = requested({}, { prepared_at = "2026-10-21T09:00:00", issued_at = "2026-10-21T10:00:00" }), expect = {} },
    { "two lines, one short by one and one over by two", as_of = "2026-10-31", given = requested({}, {}, {
        delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D1", line_no = "2", product_id = "B", quantity = "5", unit_price = "3" }, { delivery_id = "D1", line_no = "3", product_id = "X", quantity = "1", unit_price = "3", line_kind = "service" } },
        stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "9", delivery_line_no = "1" }, { issue_id = "S1", line_no = "2", product_id = "B", quantity = "7", delivery_line_no = "2" } },
      }), expect = { { key = "D1", label = "quantity", amount = "14", what = "quantity", found = "16", expected = "15", lines = "1, 2" } } },
    { "slips without line numbers meet by product", as_of = "2026-10-31", given = requested({}, {}, {
        delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "6", unit_price = "8" }, { delivery_id = "D1", line_no = "2", product_id = "A", quantity = "5", unit_price = "8" } },
        stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "10" } },
      }), expect = { { key = "D1", label = "quantity", amount = "8", found = "10", expected = "11", lines = "A" } } },
    { "a piece of tolerance", as_of = "2026-10-31", parameters = { tolerance = "1" }, given = requested({}, {}, { stock_issue_line = { { issue_id = "S1", line_no = "1", product_id = "A", quantity = "9", delivery_line_no = "1" } } }), expect = {} },
    { "no slip on the day of the audit: still time", as_of = "2026-10-20", given = requested({}, {}, { stock_issue = {}, stock_issue_line = {} }), expect = {} },
    { "no slip the day after; a void one is none", as_of = "2026-10-21", given = requested({}, { status = "void" }),
      expect = { { key = "D1", label = "quantity", amount = "80", found = "0", expected = "10" } } },
    { "a return, a draft, one not audited", as_of = "2026-10-31", given = requested({}, {}, { stock_issue = {}, delivery = {
        { delivery_id = "D1", kind = "return", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" }, { delivery_id = "D2", kind = "delivery", status = "draft", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" },
        { delivery_id = "D3", kind = "delivery", delivery_date = "2026-10-20" }, { delivery_id = "D4", kind = "delivery", reversal_of = "D3", delivery_date = "2026-10-20", approved_at = "2026-10-20T08:00:00" },
      }, delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "-1" }, { delivery_id = "D2", line_no = "1", product_id = "A", quantity = "1" }, { delivery_id = "D3", line_no = "1", product_id = "A", quantity = "1" }, { delivery_id = "D4", line_no = "1", product_id = "A", quantity = "1" } } }), expect = {} },
    { "a slip without a delivery, where no requests are kept", as_of = "2026-10-31", absent = { "delivery_request", "delivery_request_line" },
      given = { product = { { product_id = "A", standard_cost = "5" } }, stock_issue = { { issue_id = "S9", prepared_at = "2026-10-20T09:00:00", issued_at = "2026-10-20T10:00:00" } }, stock_issue_line = { { issue_id = "S9", line_no = "1", product_id = "A", quantity = "2" } } },
      expect = { { key = "S9", label = "unlinked", amount = "10", found = "2026-10-20T10:00:00" } } },
    { "one with a request may have none", as_of = "2026-10-31", given = requested({}, { delivery_id = "", request_id = "R1" }, { delivery = {} }), expect = {} },
    { "slips were not imported", as_of = "2026-10-31", given = requested(), absent = { "stock_issue" }, expect = { { key = "D1", untestable = "stock_issue" } } },
  },
}

local function to_be_paid(plan, receipts, more)
  local given = requested({}, {}, {
    payment_plan = plan, receipt = receipts,
    employee = { { employee_id = "E1" }, { employee_id = "E7" } },
    role_assignment = { { employee_id = "E1", role = "company_leader", valid_from = "2026-01-01" }, { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" } },
  })
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local three_payments = {
  { plan_id = "F1", contract_id = "CT1", milestone = "advance", amount = "30" },
  { plan_id = "F2", contract_id = "CT1", milestone = "before_shipment", amount = "40" },
  { plan_id = "F3", contract_id = "CT1", milestone = "on_delivery", amount = "10" },
}

local function paid(amount, on)
  return { { receipt_id = "C1", contract_id = "CT1", kind = "advance", amount = amount, received_on = on } }
end

local function shipping_permission(kind, decided_at, who, doc_kind, doc_id)
  return { approval = { {
    approval_id = "A1", doc_kind = doc_kind or "delivery", doc_id = doc_id or "D1", approval_kind = kind, decision = "approve", approver_id = who,
    decided_at = decided_at, requested_at = decided_at,
  } } }
end

control "SHP-05" {
  title      = { en = "Shipped before the pre-shipment payment arrived", zh = "未收发货前款即发货" },
  risk       = { en = "The means to make the customer pay leaves with the goods.", zh = "发货前款未到即发货，失去收款主动权。" },
  tests      = {
    en = "On the day of each delivery under a contract, the receipts so far are compared with what its payment plan asks for before shipment.",
    zh = "合同项下发货之日，已到账金额与收款计划中定金、预收款和发货前款之和比较。",
  },
  source     = { "003-4.10" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "delivery",
  shape      = "balance",
  applies    = function(delivery) return is_shipment(delivery) and delivery.delivery_date ~= nil end,
  group      = function(delivery)
    local contract = contract_of(delivery)
    return contract and contract.contract_id
  end,
  parameters = {
    milestones = { { "deposit", "advance", "before_shipment" }, origin = "policy" },
    tolerance = { decimal "0", origin = "default" },
    waiver_kinds = { { "ship_before_payment" }, origin = "default", note = "kinds of approval that allow it" },
    roles = { { "company_leader", "general_manager" }, origin = "policy", note = "who may allow it" },
  },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {delivered_on}: {received} received of {planned} ({deliveries} delivery(ies) before the money)",
    zh = "{delivered_on} 发货：发货前应收 {planned}，已到账 {received}（款到前共发货 {deliveries} 次）",
  },
  follow_up  = {
    en = "Ask the customer for the money, and who let the goods go.",
    zh = "催收发货前款，并查明何人放行发货。",
  },

  test = function(deliveries, p)
    local contract = contract_of(deliveries[1])
    local lacks = first_unpaid(deliveries, contract, function(one) return one.delivery_date end, function(one)
      return evidence(one, read(one, "order_id") and one.order, contract)
    end, p)
    if not lacks then return end
    return exception {
      row = lacks.row, amount = lacks.shortfall, delivered_on = lacks.row.delivery_date, received = lacks.received, planned = lacks.planned,
      deliveries = lacks.times, evidence = evidence(contract, lacks.rows),
    }
  end,

  cases = {
    { "a cent short on the day", given = to_be_paid(three_payments, paid("69.99", "2026-10-20")),
      expect = { { key = "D1", amount = "0.01", received = "69.99", planned = "70", delivered_on = "2026-10-20", deliveries = "1" } } },
    { "paid on the day", given = to_be_paid(three_payments, paid("70", "2026-10-20")), expect = {} },
    { "paid the day after; two deliveries before, one after",
      given = to_be_paid(three_payments, paid("70", "2026-10-21"), { delivery = {
        { delivery_id = "D1", kind = "delivery", contract_id = "CT1", delivery_date = "2026-10-20" }, { delivery_id = "D2", kind = "delivery", contract_id = "CT1", delivery_date = "2026-10-19" },
        { delivery_id = "D3", kind = "delivery", contract_id = "CT1", delivery_date = "2026-10-21" }, { delivery_id = "D4", kind = "return", contract_id = "CT1", delivery_date = "2026-10-18" },
      } }),
      expect = { { key = "D2", amount = "70", received = "0", deliveries = "2" } } },
    { "nothing is asked for before shipment", given = to_be_paid({ three_payments[3] }, {}), expect = {} },
    { "allowed by a leader on the day", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-20T18:00:00", "E1")), expect = {} },
    { "allowed for the whole contract", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-20T18:00:00", "E1", "contract", "CT1")), expect = {} },
    { "allowed the day after", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-21T08:00:00", "E1")), expect = { { key = "D1", amount = "70", deliveries = "1" } } },
    { "allowed by a salesperson", given = to_be_paid(three_payments, {}, shipping_permission("ship_before_payment", "2026-10-19T08:00:00", "E7")), expect = { { key = "D1", amount = "70", deliveries = "1" } } },
    { "production was allowed, not shipment", given = to_be_paid(three_payments, {}, shipping_permission("produce_before_payment", "2026-10-19T08:00:00", "E1")), expect = { { key = "D1", amount = "70", deliveries = "1" } } },
    { "no contract", given = to_be_paid(three_payments, {}, { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" } } }), expect = {} },
    { "the payment plan was not imported", given = to_be_paid(three_payments, {}), absent = { "payment_plan" }, expect = { { key = "CT1", untestable = "payment_plan" } } },
  },
}

-- The document that issued goods were made for: the delivery's order, else its contract; nil without one.
local function made_for(line)
  local slip = line.issue
  local delivery = read(slip, "delivery_id") and slip.delivery
  if not delivery then return nil end
  return read(delivery, "order_id") and delivery.order or contract_of(delivery)
end

-- The receipts of finished goods and the issued lines of the same goods: by lot, or for a document by product.
local function goods_of(line)
  local lot = read(line, "lot_no")
  if lot then
    return lookup("goods_receipt", { product_id = line.product_id, lot_no = lot }), lookup("stock_issue_line", { product_id = line.product_id, lot_no = lot })
  end
  local document = made_for(line)
  local receipts, lines = {}, {}
  for production in each(document.production_orders) do
    append(receipts, filter(production.goods_receipts, function(receipt) return receipt.product_id == line.product_id end))
  end
  for delivery in each(document.deliveries) do
    for slip in each(delivery.issues) do
      append(lines, filter(slip.lines, function(other) return other.product_id == line.product_id end))
    end
  end
  return receipts, lines
end

local function is_packed(receipt, moment, must_be)
  if not must_be or not imported("goods_receipt", "packed_on") then return true end
  return receipt.packed_on ~= nil and receipt.packed_on <= moment
end

local function made_and_issued(receipts, lines, more)
  local given = requested({}, {}, {
    product = { { product_id = "A", is_made_to_order = "true", standard_cost = "5" }, { product_id = "B" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05" } },
    production_order = { { production_order_id = "M1", order_id = "SO1", product_id = "A" } },
    delivery = { { delivery_id = "D1", kind = "delivery", order_id = "SO1", customer_id = "C1", delivery_date = "2026-10-20" } },
    goods_receipt = receipts, stock_issue_line = lines,
  })
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function packed(id, on, packed_on, more)
  local receipt = { goods_receipt_id = id, production_order_id = "M1", product_id = "A", quantity = "10", received_on = on, packed_on = packed_on }
  for name, value in pairs(more or {}) do receipt[name] = value end
  return receipt
end

local function taken(quantity, more)
  local line = { issue_id = "S1", line_no = "1", product_id = "A", quantity = quantity, delivery_line_no = "1" }
  for name, value in pairs(more or {}) do line[name] = value end
  return line
end

control "SHP-06" {
  title      = { en = "Shipped before stock-in and packing", zh = "未入库装箱先发货" },
  risk       = { en = "Goods leave past the warehouse: not inspected, not packed, not counted.", zh = "产品未经入库装箱即发出，脱离检验和库存管理。" },
  tests      = {
    en = "Of goods made to order, no more may be issued at any moment than was received into stock and packed by then, of the lot or, where no lots are kept, for the order.",
    zh = "按单生产的产品，任一时点累计出库不得超过此前已入库并装箱的数量（按批号，无批号的按订单）。",
  },
  source     = { "003-4.9" },
  severity   = "medium",
  profile    = { "engineered" },
  population = "stock_issue_line",
  shape      = "balance",
  applies    = function(line)
    local slip = line.issue
    if not slip or not is_issue(slip) or not has_happened(slip.issued_at) then return false end
    return line.quantity ~= nil and line.quantity > 0 and line.product ~= nil and line.product.is_made_to_order == true
  end,
  group      = function(line)
    local lot = read(line, "lot_no")
    if lot then return "lot " .. (line.product_id or "") .. " " .. lot end
    local document = made_for(line)
    if not document then return untestable "neither lot nor order" end
    return table_of(document) .. " " .. key_of(document) .. " " .. (line.product_id or "")
  end,
  parameters = {
    packing = { true, origin = "policy", note = "false: goods are not packed, or nobody records it" },
  },
  amount_kind = "transaction",
  message    = {
    en = "{over} issued on {issued_at} that were {what} (received {received_on})",
    zh = "{issued_at} 出库，其中 {over} {what}（入库：{received_on}）",
  },
  terms      = {
    unreceived      = { en = "never received into stock", zh = "无入库记录" },
    ["not yet in"]  = { en = "received into stock only later or in part", zh = "尚未入库或入库不足" },
    unpacked        = { en = "not packed yet", zh = "尚未装箱" },
    none            = { en = "never", zh = "无" },
  },
  follow_up  = {
    en = "Ask where the goods were taken from and who inspected them.",
    zh = "查明货物从何处提取、是否检验，补办入库手续。",
  },

  test = function(lines, p)
    local own, found, total = {}, {}, 0
    for line in each(lines) do own[line] = true end
    local receipts, issued_lines = goods_of(lines[1])
    local counted = filter(issued_lines, function(line)
      return line.issue ~= nil and not is_void(line.issue) and has_happened(line.issue.issued_at) and line.quantity ~= nil
    end)
    for line in each(sort(counted, function(one) return { time_of(one.issue.issued_at), one.issue_id, one.line_no } end)) do
      local moment = line.issue.issued_at
      total = total + line.quantity
      local inside = filter(receipts, function(receipt) return receipt.received_on ~= nil and receipt.received_on <= moment end)
      local ready = sum(filter(inside, function(receipt) return is_packed(receipt, moment, p.packing) end), "quantity")
      if own[line] and total > ready then
        local over = min(line.quantity, total - ready)
        local is_in = sum(inside, "quantity") >= total
        local last = latest_of(map(receipts, "received_on"))
        table.insert(found, exception {
          row = line, amount = issued_worth(line, over), over = over, issued_at = moment, received_on = last or "none",
          what = is_in and "unpacked" or last and "not yet in" or "unreceived", evidence = evidence(line.issue, receipts),
        })
      end
    end
    return found
  end,

  cases = {
    { "received and packed on the day", given = made_and_issued({ packed("G1", "2026-10-20", "2026-10-20") }, { taken "10" }), expect = {} },
    { "received the day after", given = made_and_issued({ packed("G1", "2026-10-21", "2026-10-21") }, { taken "10" }),
      expect = { { key = "S1/1", amount = "80", over = "10", what = "not yet in", received_on = "2026-10-21", issued_at = "2026-10-20T10:00:00" } } },
    { "one more than was received", given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-19") }, { taken "4", taken("7", { line_no = "2" }) }),
      expect = { { key = "S1/2", amount = "8", over = "1", what = "not yet in" } } },
    { "never received", given = made_and_issued({}, { taken "10" }), expect = { { key = "S1/1", amount = "80", what = "unreceived", received_on = "none" } } },
    { "not packed; packed the day after", given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-21"), packed("G2", "2026-10-19", nil) }, { taken "10" }),
      expect = { { key = "S1/1", amount = "80", what = "unpacked" } } },
    { "packing is not recorded", parameters = { packing = false }, given = made_and_issued({ packed("G1", "2026-10-19", nil) }, { taken "10" }), expect = {} },
    { "nor imported", absent = { "goods_receipt.packed_on" }, given = made_and_issued({ packed("G1", "2026-10-19", nil) }, { taken "10" }), expect = {} },
    { "by lot: another lot does not help", given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-19", { lot_no = "L1" }), packed("G2", "2026-10-19", "2026-10-19", { lot_no = "L2", quantity = "9" }) }, { taken("10", { lot_no = "L2" }) }),
      expect = { { key = "S1/1", over = "1", amount = "8" } } },
    { "goods brought back make room; a void slip takes none",
      given = made_and_issued({ packed("G1", "2026-10-15", "2026-10-15") }, { taken("10", { issue_id = "S0" }), taken("-4", { issue_id = "S2" }), taken "4", taken("9", { issue_id = "S3" }) }, { stock_issue = {
        { issue_id = "S0", delivery_id = "D1", prepared_at = "2026-10-16T10:00:00", issued_at = "2026-10-16T10:00:00" }, { issue_id = "S1", delivery_id = "D1", prepared_at = "2026-10-20T10:00:00", issued_at = "2026-10-20T10:00:00" },
        { issue_id = "S2", sign = "red", delivery_id = "D1", prepared_at = "2026-10-18T10:00:00", issued_at = "2026-10-18T10:00:00" }, { issue_id = "S3", status = "void", delivery_id = "D1", prepared_at = "2026-10-17T10:00:00", issued_at = "2026-10-17T10:00:00" },
      } }), expect = {} },
    { "an earlier month counts and is not reported", period = "2026-10",
      given = made_and_issued({ packed("G1", "2026-10-19", "2026-10-19") }, { taken("4", { issue_id = "S0" }), taken "8" }, { stock_issue = {
        { issue_id = "S0", delivery_id = "D1", prepared_at = "2026-09-16T10:00:00", issued_at = "2026-09-16T10:00:00" }, { issue_id = "S1", delivery_id = "D1", prepared_at = "2026-10-20T10:00:00", issued_at = "2026-10-20T10:00:00" },
      } }), expect = { { key = "S1/1", amount = "16", over = "2" } } },
    { "goods from stock", given = made_and_issued({}, { taken("10", { product_id = "B" }) }), expect = {} },
    { "neither lot nor order", given = made_and_issued({}, { taken "10" }, { delivery = { { delivery_id = "D1", kind = "delivery" } } }), expect = { { key = "S1/1", untestable = "neither lot nor order" } } },
    { "receipts were not imported", given = made_and_issued({}, { taken "10" }), absent = { "goods_receipt" }, expect = { { key = "sales_order SO1 A", untestable = "goods_receipt" } } },
  },
}

-- The first of some rows that states something in a field: what, and the row.
local function first_stating(list, field)
  for row in each(list) do
    local value = read(row, field)
    if not is_blank(value) then return value, row end
  end
end

-- Whether two addresses are the same, or one only says more.
local function same_place(a, b)
  local one, other = fold(a), fold(b)
  return string.find(one, other) ~= nil or string.find(other, one) ~= nil
end

local function sent_to(delivery, contract, more)
  local given = requested({}, {}, {
    customer = { { customer_id = "C1", address = "Street 9" } },
    sales_order = { { order_id = "SO1", contract_id = "CT1", customer_id = "C1", order_date = "2026-10-05", ship_to_address = "Street 5" } },
    stock_issue = {}, stock_issue_line = {},
  })
  given.delivery[1].order_id = "SO1"
  for name, value in pairs(delivery or {}) do given.delivery[1][name] = value end
  for name, value in pairs(contract or {}) do given.contract[1][name] = value end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "SHP-07" {
  title      = { en = "Shipped to a place other than the contract's", zh = "发货地点与合同不符" },
  risk       = { en = "Goods are diverted; the customer will not sign for them.", zh = "货物被转移至他处，客户拒绝签收或付款。" },
  tests      = {
    en = "The place each delivery goes to is compared with that of the contract, else of the order, else with the customer's address: by its number, or else by its text (then of low severity).",
    zh = "发货地点与合同（其次订单、客户档案）指定地点比较：有地址编号的按编号，否则按地址文字（低等级）。",
  },
  source     = { "003-4.10" },
  severity   = "high",
  profile    = { "engineered", "general" },
  population = "delivery",
  shape      = "lookup",
  applies    = is_shipment,
  amount_kind = "transaction",
  message    = {
    en = "sent to {place}, agreed {agreed} ({source})",
    zh = "发往 {place}，约定 {agreed}（{source}）",
  },
  follow_up  = {
    en = "Ask the customer who received the goods; a changed place needs the customer's word in writing.",
    zh = "向客户核实收货人；变更地点须有客户书面确认。",
  },

  test = function(delivery)
    local contract = contract_of(delivery)
    local order = read(delivery, "order_id") and delivery.order
    local customer = imported "customer" and read(delivery, "customer_id") and delivery.customer
    local function report(place, agreed, source, severity)
      return exception { severity = severity, amount = delivery_worth(delivery), place = place, agreed = agreed, source = source, evidence = evidence(contract, order) }
    end
    local id = read(delivery, "ship_to_id")
    local wanted, row = first_stating(evidence(contract, order), "ship_to_id")
    if id and wanted then
      if id == wanted then return end
      return report(id, wanted, table_of(row) .. ".ship_to_id", "high")
    end
    local address = delivery.ship_to_address
    if is_blank(address) then return untestable "no place of delivery" end
    local field = "ship_to_address"
    wanted, row = first_stating(evidence(contract, order), field)
    if not wanted and customer then
      field = "address"
      wanted, row = first_stating({ customer }, field)
    end
    if not wanted then return untestable "no place agreed" end
    if same_place(address, wanted) then return end
    return report(address, wanted, table_of(row) .. "." .. field, "low")
  end,

  cases = {
    { "another number", given = sent_to({ ship_to_id = "P2", ship_to_address = "Street 1" }, { ship_to_id = "P1" }),
      expect = { { key = "D1", amount = "80", severity = "high", place = "P2", agreed = "P1", source = "contract.ship_to_id" } } },
    { "the same number, whatever the text", given = sent_to({ ship_to_id = "P1", ship_to_address = "Street 2" }, { ship_to_id = "P1" }), expect = {} },
    { "the order's number", given = sent_to({ ship_to_id = "P2" }, {}, { sales_order = { { order_id = "SO1", contract_id = "CT1", ship_to_id = "P1" } } }),
      expect = { { key = "D1", amount = "80", place = "P2", agreed = "P1", source = "sales_order.ship_to_id" } } },
    { "another street than the contract's, though the order's", given = sent_to { ship_to_address = "Street 5" },
      expect = { { key = "D1", amount = "80", severity = "low", place = "Street 5", agreed = "Street 1", source = "contract.ship_to_address" } } },
    { "width, case and blanks do not count, nor what is added", given = sent_to { ship_to_address = "STREET　1, gate 3" }, expect = {} },
    { "the order's street, where the contract names none", given = sent_to({ ship_to_address = "Street 9" }, { ship_to_address = "" }),
      expect = { { key = "D1", amount = "80", agreed = "Street 5", source = "sales_order.ship_to_address" } } },
    { "the customer's street, where neither names one", given = sent_to({ ship_to_address = "Street 9", order_id = "" }, { ship_to_address = "" }), expect = {} },
    { "another than the customer's", given = sent_to({ ship_to_address = "Street 8", order_id = "" }, { ship_to_address = "" }),
      expect = { { key = "D1", amount = "80", agreed = "Street 9", source = "customer.address" } } },
    { "a return, a void delivery", given = sent_to({}, {}, { delivery = { { delivery_id = "D1", kind = "return" }, { delivery_id = "D2", kind = "delivery", status = "void" } } }), expect = {} },
    { "no place", given = sent_to(), expect = { { key = "D1", untestable = "no place of delivery" } } },
    { "no place agreed", given = sent_to({ ship_to_address = "Street 8", contract_id = "", order_id = "" }, {}, { customer = { { customer_id = "C1" } } }), expect = { { key = "D1", untestable = "no place agreed" } } },
  },
}

local function delivered_lines(...)
  local given = {
    product = { { product_id = "A", uom = "piece" } }, uom_conversion = { { product_id = "A", uom = "box", base_quantity = "12" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "100", unit_price = "8" } },
    delivery = {}, delivery_line = {},
  }
  for position = 1, select("#", ...) do
    local line = (select(position, ...))
    local id = "D" .. position
    table.insert(given.delivery, { delivery_id = id, order_id = "SO1", kind = line.kind or "delivery", status = line.status, delivery_date = line.on or "2026-10-20" })
    table.insert(given.delivery_line, { delivery_id = id, line_no = "1", order_line_no = "1", product_id = line.product_id or "A", quantity = line.quantity, unit_price = line.unit_price or "8", uom = line.uom, line_kind = line.line_kind })
  end
  return given
end

control "SHP-08" {
  title      = { en = "Over-shipment: shipped in all more than ordered", zh = "超订单发货" },
  risk       = { en = "Goods go out that nobody ordered, and that the customer may refuse to pay.", zh = "发货超过订单数量，多发部分客户可拒付。" },
  tests      = {
    en = "What was delivered of a product of an order so far, less returns, is compared with what is ordered and not cancelled, plus a tolerance.",
    zh = "同一订单同一产品累计发货减退货，与订货减取消数量（加允许幅度）比较。",
  },
  source     = { "000B II-2.4" },
  severity   = "medium",
  profile    = { "internal-control", "general" },
  population = "delivery_line",
  shape      = "limit",
  applies    = function(line)
    local delivery = line.delivery
    return delivery ~= nil and is_shipment(delivery) and is_stocked(line) and line.quantity ~= nil and line.quantity > 0
  end,
  group      = function(line)
    local order = (read(line, "order_id") or line.delivery.order_id) and line.order
    return order and order.order_id or nil
  end,
  parameters = {
    tolerance_pct = { decimal "0", origin = "default", note = "percent of the quantity ordered" },
  },
  amount_kind = "transaction",
  message    = {
    en = "{delivered} delivered in all of {ordered} ordered; {over} too many here",
    zh = "累计发货 {delivered}，订货 {ordered}；本行超发 {over}",
  },
  follow_up  = {
    en = "Ask the customer whether the goods are wanted: then extend and approve the order, else fetch them back.",
    zh = "向客户核实多发部分是否需要：需要的补订单并审批，否则收回。",
  },

  test = function(lines, p)
    local own, found = {}, {}
    for line in each(lines) do own[line] = true end
    local order, ordered = lines[1].order, {}
    for group in each(group_by(filter(order.lines, is_stocked), "product_id")) do ordered[group.key] = sum(group.rows, ordered_quantity) end
    local delivered = filter(order.delivery_lines, function(line)
      return is_stocked(line) and line.quantity ~= nil and line.delivery ~= nil and is_live(line.delivery)
    end)
    local in_turn = sort(delivered, function(line) return { line.delivery.delivery_date, line.delivery_id, line.line_no } end)
    for group in each(group_by(in_turn, "product_id")) do
      local wanted = ordered[group.key] or 0
      for over in each(over_limit(group.rows, more_percent(wanted, p.tolerance_pct), base_quantity)) do
        if own[over.row] then
          table.insert(found, exception {
            row = over.row, amount = share_of(net_amount(over.row), over.over, base_quantity(over.row)), delivered = over.total, ordered = wanted,
            over = over.over, evidence = evidence(filter(order.lines, function(line) return line.product_id == group.key end)),
          })
        end
      end
    end
    return found
  end,

  cases = {
    { "to the last piece; what came back may be sent again", given = delivered_lines({ quantity = "60" }, { quantity = "-20", kind = "return" }, { quantity = "60" }), expect = {} },
    { "one too many, the later delivery", given = delivered_lines({ quantity = "60", on = "2026-10-22" }, { quantity = "41" }),
      expect = { { key = "D1/1", amount = "8", delivered = "101", ordered = "100", over = "1" } } },
    { "twelve to the box", given = delivered_lines({ quantity = "9", uom = "box", unit_price = "96" }), expect = { { key = "D1/1", amount = "64", delivered = "108", over = "8" } } },
    { "five percent are let pass", parameters = { tolerance_pct = "5" }, given = delivered_lines { quantity = "105" }, expect = {} },
    { "void deliveries, drafts and services do not count", given = delivered_lines({ quantity = "60", status = "void" }, { quantity = "60", status = "draft" }, { quantity = "60", line_kind = "service" }, { quantity = "100" }), expect = {} },
    { "a product that was not ordered", given = delivered_lines { quantity = "5", product_id = "B" }, expect = { { key = "D1/1", amount = "40", ordered = "0", over = "5" } } },
    { "an earlier month counts and is not reported", period = "2026-10", given = delivered_lines({ quantity = "110", on = "2026-09-30" }, { quantity = "2" }), expect = { { key = "D2/1", amount = "16", over = "2" } } },
    { "no order", given = { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" } }, delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "5" } } }, expect = {} },
    { "order lines were not imported", given = delivered_lines { quantity = "5" }, absent = { "sales_order_line" }, expect = { { key = "SO1", untestable = "sales_order_line" } } },
  },
}

-- The confirmations that speak for a delivery line: its own, else those of the whole delivery.
local function confirmations_for(line)
  local signed = filter(line.delivery.confirmations, "signed_on")
  local own = filter(signed, function(one) return read(one, "delivery_line_no") == line.line_no end)
  if #own > 0 then return own end
  return filter(signed, function(one) return read(one, "delivery_line_no") == nil end)
end

-- The quantities that were delivered and signed for, where the confirmations say: by line where each names one, else in
-- all. As differing gives them; nothing for a delivery that nobody signed for.
local function sign_off_differences(delivery)
  local signed = filter(delivery.confirmations, function(one) return one.signed_on ~= nil end)
  if #signed == 0 or not all(signed, function(one) return read(one, "quantity") ~= nil end) then return {} end
  local goods = filter(delivery.lines, is_stocked)
  if all(signed, function(one) return read(one, "delivery_line_no") ~= nil end) then
    return differing(side_by_side(goods, signed, "line_no", "quantity", "delivery_line_no", "quantity"), 0)
  end
  local whole = side_by_side(goods, signed, function() return "all" end, "quantity")
  -- a customer may count lines of freight and services among the pieces signed for
  if sum(delivery.lines, "quantity") - sum(signed, "quantity") == 0 then return {} end
  return differing(whole, 0)
end

-- Whether goods that were not accepted are being dealt with: a return was asked for or made.
local function is_returned(delivery)
  return #not_void(rows_of(delivery, "return_request", "return_requests")) > 0 or #not_void(delivery.returns) > 0
end

-- When the last of a delivery was signed for; nil as long as something is missing.
local function all_signed_on(delivery)
  local signed = map(delivery.confirmations, "signed_on")
  local is_short = any(sign_off_differences(delivery), function(pair) return pair.difference > 0 end)
  return not is_short and latest_of(signed) or nil
end

local function signed_for(confirmations, more)
  local given = requested({}, {}, { delivery_confirmation = confirmations, stock_issue = {}, stock_issue_line = {} })
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function signature(id, on, quantity, more)
  local confirmation = { confirmation_id = id, delivery_id = "D1", signed_on = on, quantity = quantity, condition_ok = "true" }
  for name, value in pairs(more or {}) do confirmation[name] = value end
  return confirmation
end

control "SHP-09" {
  title      = { en = "No customer sign-off after shipment, or sign-off short or damaged", zh = "无客户签收或签收异常" },
  risk       = { en = "Without a signature the debt cannot be proved.", zh = "无签收凭据，应收账款难以主张；短少、破损未处理。" },
  tests      = {
    en = "For each delivery the customer's signature is looked for within some days; what is signed for is compared with what was delivered, and damage with a return.",
    zh = "发货后规定天数内须取得客户签收单；签收数量与发货数量比较，外观不良的须有退换货处理。",
  },
  source     = { "003-4.12", "004-4.5" },
  severity   = "medium",
  profile    = { "engineered", "factory", "general" },
  population = "delivery",
  scope      = "open",
  shape      = "ageing",
  applies    = function(delivery)
    if not is_shipment(delivery) or not delivery.delivery_date or not any(delivery.lines, is_stocked) then return false end
    if not imported "delivery_confirmation" then return true end
    return concerns_period(delivery.delivery_date, all_signed_on(delivery))
  end,
  parameters = {
    limit_days = { 15, origin = "default", note = "days; the policy names none" },
  },
  evidence_columns = { "delivery_confirmation.signed_on" },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {delivered_on}: {what} (found {found}, required {expected})",
    zh = "{delivered_on} 发货：{what}（实际：{found}；要求：{expected}）",
  },
  terms      = {
    missing  = { en = "nobody signed", zh = "无签收" },
    late     = { en = "signed late", zh = "签收逾期" },
    damaged  = { en = "signed as damaged, no return", zh = "签收异常且无退换货" },
    quantity = { en = "quantity signed for", zh = "签收数量不符" },
    none     = { en = "none", zh = "无" },
    good     = { en = "in good condition", zh = "外观完好" },
  },
  follow_up  = {
    en = "Obtain the signed slip from the customer; agree a return or a credit for what was short or damaged.",
    zh = "向客户取得签收单；短少或破损的办理退换货或折让。",
  },

  test = function(delivery, p)
    local signed = filter(delivery.confirmations, "signed_on")
    local limit = deadline(delivery.delivery_date, p.limit_days)
    local found = {}
    local function report(label, what, amount, value, expected)
      table.insert(found, exception {
        label = label, amount = amount, what = what, delivered_on = delivery.delivery_date, found = value, expected = expected, evidence = evidence(delivery.confirmations),
      })
    end
    if #signed == 0 then
      if is_late(nil, limit) then report("sign_off", "missing", delivery_worth(delivery), "none", limit) end
      return found
    end
    local last = latest_of(map(signed, "signed_on"))
    if last > limit then report("sign_off", "late", delivery_worth(delivery), last, limit) end
    if is_returned(delivery) then return found end
    if any(signed, function(one) return read(one, "condition_ok") == false end) then
      report("condition", "damaged", delivery_worth(delivery), last, "good")
    end
    local off = filter(sign_off_differences(delivery), function(pair) return pair.difference < 0 or is_late(nil, limit) or #signed == 1 end)
    if #off > 0 then
      local amount = known_total(off, function(pair) return line_worth(pair.rows[1], abs(pair.difference)) end)
      report("quantity", "quantity", amount, sum(off, "theirs"), sum(off, "ours"))
    end
    return found
  end,

  cases = {
    { "signed on the fifteenth day", as_of = "2026-11-30", given = signed_for { signature("K1", "2026-11-04", "10") }, expect = {} },
    { "on the sixteenth", as_of = "2026-11-30", given = signed_for { signature("K1", "2026-11-05", "10") },
      expect = { { key = "D1", label = "sign_off", amount = "80", what = "late", found = "2026-11-05", expected = "2026-11-04", delivered_on = "2026-10-20" } } },
    { "nobody signed in fifteen days", as_of = "2026-11-04", given = signed_for {}, expect = {} },
    { "nor in sixteen; a slip without a date is none", as_of = "2026-11-05", given = signed_for { signature("K1", nil, "10") },
      expect = { { key = "D1", label = "sign_off", amount = "80", what = "missing" } } },
    { "nobody signed for an earlier month's; signed late in that month", period = "2026-11", as_of = "2026-11-30",
      given = signed_for({ signature("K1", "2026-10-30", "10", { delivery_id = "D2" }) }, { delivery = {
        { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-02" }, { delivery_id = "D2", kind = "delivery", delivery_date = "2026-10-02" },
      }, delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D2", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } } }),
      expect = { { key = "D1", amount = "80", label = "sign_off", what = "missing" } } },
    { "nine signed for", as_of = "2026-10-31", given = signed_for { signature("K1", "2026-10-22", "9") },
      expect = { { key = "D1", label = "quantity", amount = "8", what = "quantity", found = "9", expected = "10" } } },
    { "in two slips, the second still to come", as_of = "2026-10-31", given = signed_for { signature("K1", "2026-10-22", "4"), signature("K2", "2026-10-23", "5") }, expect = {} },
    { "and it did not come", as_of = "2026-11-05", given = signed_for { signature("K1", "2026-10-22", "4"), signature("K2", "2026-10-23", "5") }, expect = { { key = "D1", amount = "8", label = "quantity", found = "9" } } },
    { "by lines: one short, one over", as_of = "2026-11-30",
      given = signed_for({ signature("K1", "2026-10-22", "9", { delivery_line_no = "1" }), signature("K2", "2026-10-22", "6", { delivery_line_no = "2" }) }, {
        delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D1", line_no = "2", product_id = "B", quantity = "5", unit_price = "2" } },
      }), expect = { { key = "D1", amount = "10", label = "quantity", what = "quantity" } } },
    { "freight counted among the pieces, or not", as_of = "2026-11-30",
      given = signed_for({ signature("K1", "2026-10-22", "11") }, {
        delivery_line = { { delivery_id = "D1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" }, { delivery_id = "D1", line_no = "2", quantity = "1", unit_price = "2", line_kind = "freight" } },
      }), expect = {} },
    { "no quantity on the slip", as_of = "2026-11-30", given = signed_for { signature("K1", "2026-10-22") }, expect = {} },
    { "damaged", as_of = "2026-10-31", given = signed_for { signature("K1", "2026-10-22", "10", { condition_ok = "false" }) },
      expect = { { key = "D1", label = "condition", amount = "80", what = "damaged" } } },
    { "damaged and short, with a return on its way", as_of = "2026-10-31", given = signed_for({ signature("K1", "2026-10-22", "9", { condition_ok = "false" }) }, { return_request = { { return_id = "T1", delivery_id = "D1", requested_on = "2026-10-23" } } }), expect = {} },
    { "damaged, with a return made", as_of = "2026-10-31", given = signed_for({ signature("K1", "2026-10-22", "10", { condition_ok = "false" }) }, { delivery = {
        { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" }, { delivery_id = "D9", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-24" },
      } }), expect = {} },
    { "a void return request is none", as_of = "2026-10-31", given = signed_for({ signature("K1", "2026-10-22", "10", { condition_ok = "false" }) }, { return_request = { { return_id = "T1", delivery_id = "D1", requested_on = "2026-10-23", status = "void" } } }),
      expect = { { key = "D1", amount = "80", label = "condition", what = "damaged" } } },
    { "a service needs no signature here", as_of = "2026-11-30", given = signed_for({}, { delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1", line_kind = "service" } } }), expect = {} },
    { "confirmations were not imported", as_of = "2026-11-30", given = signed_for {}, absent = { "delivery_confirmation" }, expect = { { key = "D1", untestable = "delivery_confirmation" } } },
  },
}

-- When the goods of a delivery line arrived: when the customer signed for the last of them, else the day of delivery.
local function arrived_on(line)
  local signed = imported "delivery_confirmation" and map(confirmations_for(line), "signed_on") or {}
  return latest_of(signed) or line.delivery.delivery_date
end

-- When an order line was promised: the line's date, else the order's, else the contract's; later where the customer
-- asked for it in time. Nil without a date.
local function promised_on(line)
  local order = line.order
  local contract = contract_of(order)
  local due = read(line, "delivery_due_on") or read(order, "delivery_due_on") or contract and read(contract, "delivery_due_on")
  local notice = due and contract and latest_notice(contract)
  if notice and notice.received_on <= due then return latest(due, notice.new_due_on) end
  return due
end

-- What of an order line came after a day, and what has not come at all, in units of its product: { late =, open =, last = }.
local function lateness(line, limit)
  local in_time, late, last = 0, 0, nil
  for delivered in each(line.deliveries) do
    local delivery = delivered.delivery
    if delivery and is_shipment(delivery) and delivered.quantity and delivery.delivery_date then
      local on = arrived_on(delivered)
      last = latest(last, on)
      if on <= limit then in_time = in_time + base_quantity(delivered) else late = late + base_quantity(delivered) end
    end
  end
  local ordered = ordered_quantity(line)
  local rest = max(0, ordered - in_time)
  local came_late = min(late, rest)
  return { late = came_late, open = rest - came_late, last = last }
end

-- Whether what is open on an order line is not wanted any more.
local function is_closed(line)
  return line.order.status == "closed" or read(line, "closed_at") ~= nil
end

local function promised(line, deliveries, more)
  local given = {
    contract = { { contract_id = "CT1", customer_id = "C1", delivery_due_on = "2026-10-30" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1", contract_id = "CT1", delivery_due_on = "2026-10-25", status = "approved", approved_at = "2026-10-05T10:00:00" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" } },
    delivery = {}, delivery_line = {}, delivery_confirmation = {},
  }
  for name, value in pairs(line or {}) do given.sales_order_line[1][name] = value end
  for number, delivery in ipairs(deliveries or {}) do
    local id = "D" .. number
    table.insert(given.delivery, { delivery_id = id, order_id = "SO1", kind = delivery.kind or "delivery", status = delivery.status, delivery_date = delivery.on })
    table.insert(given.delivery_line, { delivery_id = id, line_no = "1", order_line_no = "1", product_id = "A", quantity = delivery.quantity, unit_price = "8" })
    if delivery.signed_on then table.insert(given.delivery_confirmation, { confirmation_id = "K" .. number, delivery_id = id, signed_on = delivery.signed_on, delivery_line_no = delivery.line_no }) end
  end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "SHP-10" {
  title      = { en = "Late delivery against the promised date", zh = "未按时交货" },
  risk       = { en = "The customer claims damages, or goes elsewhere.", zh = "逾期交货引起违约赔偿和客户流失。" },
  tests      = {
    en = "The day on which the customer signed for each part of an order line (without a signature, the day of delivery) is compared with the date promised; so is today for what has not come.",
    zh = "订单各行到货日（有签收的按签收日，否则按发货日）与承诺交期比较；未到货部分按截止日比较。",
  },
  source     = { "000C 5" },
  severity   = "medium",
  profile    = { "erp-order", "general" },
  population = "sales_order_line",
  scope      = "open",
  shape      = "ageing",
  applies    = function(line, p)
    local order = line.order
    if not order or not is_live(order) or order.status == "submitted" or not order.approved_at then return false end
    if not is_goods(line) or not line.quantity or line.quantity <= 0 then return false end
    local due = promised_on(line)
    if not due then return false end -- ORD-01's
    if in_period(due) or not imported "delivery_line" then return true end
    local found = lateness(line, deadline(due, p.grace_days))
    return found.late > 0 and in_period(found.last) or found.open > 0 and not is_closed(line)
  end,
  parameters = {
    grace_days = { 0, origin = "default" },
  },
  amount_kind = "exposure",
  message    = {
    en = "promised for {due}: {late} came late (last on {arrived}), {open} not yet",
    zh = "承诺交期 {due}：逾期到货 {late}（最后到货 {arrived}），未到货 {open}",
  },
  terms      = { none = { en = "nothing came", zh = "无到货" } },
  follow_up  = {
    en = "Agree a new date with the customer, and find out what held the goods up.",
    zh = "与客户协商新交期，查明延误环节和责任。",
  },

  test = function(line, p)
    local due = promised_on(line)
    local limit = deadline(due, p.grace_days)
    local found = lateness(line, limit)
    local open = is_late(nil, limit) and not is_closed(line) and found.open or 0
    local total = found.late + open
    if total == 0 then return end
    return exception {
      amount = share_of(net_amount(line), total, base_quantity(line)), due = due, late = found.late, open = open, arrived = found.last or "none",
      evidence = evidence(line.order, map(line.deliveries, "delivery")),
    }
  end,

  cases = {
    { "signed for on the day", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-19", quantity = "10", signed_on = "2026-10-20" } }), expect = {} },
    { "signed for the day after", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-19", quantity = "10", signed_on = "2026-10-21" } }),
      expect = { { key = "SO1/1", amount = "80", due = "2026-10-20", late = "10", open = "0", arrived = "2026-10-21" } } },
    { "delivered the day after, not signed for; part of it in time", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-21", quantity = "4" }, { on = "2026-10-20", quantity = "6" } }),
      expect = { { key = "SO1/1", amount = "32", late = "4" } } },
    { "a day's grace", as_of = "2026-10-31", parameters = { grace_days = "1" }, given = promised({}, { { on = "2026-10-21", quantity = "10" } }), expect = {} },
    { "some came late, some not at all; cancelled pieces are not waited for", as_of = "2026-10-31", given = promised({ cancelled_quantity = "1" }, { { on = "2026-10-21", quantity = "4" } }),
      expect = { { key = "SO1/1", amount = "72", late = "4", open = "5", arrived = "2026-10-21" } } },
    { "not due yet", as_of = "2026-10-20", given = promised(), expect = {} },
    { "due the day before", as_of = "2026-10-21", given = promised(), expect = { { key = "SO1/1", amount = "80", open = "10", late = "0", arrived = "none" } } },
    { "the order's date", as_of = "2026-10-31", given = promised({ delivery_due_on = "" }, { { on = "2026-10-25", quantity = "10" } }), expect = {} },
    { "the contract's date", as_of = "2026-10-31", given = promised({ delivery_due_on = "" }, { { on = "2026-10-31", quantity = "10" } }, { sales_order = { { order_id = "SO1", order_date = "2026-10-05", contract_id = "CT1", status = "approved", approved_at = "2026-10-05T10:00:00" } } }),
      expect = { { key = "SO1/1", amount = "80", due = "2026-10-30" } } },
    { "the customer asked for a later date, in time", as_of = "2026-10-31",
      given = promised({}, { { on = "2026-10-28", quantity = "10" } }, { schedule_notice = { { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-20", new_due_on = "2026-10-28" } } }), expect = {} },
    { "and when it was late already", as_of = "2026-10-31",
      given = promised({}, { { on = "2026-10-28", quantity = "10" } }, { schedule_notice = { { notice_id = "N1", contract_id = "CT1", received_on = "2026-10-21", new_due_on = "2026-10-28" } } }), expect = { { key = "SO1/1", amount = "80", late = "10" } } },
    { "more than was ordered came late", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-20", quantity = "10" }, { on = "2026-10-21", quantity = "5" } }), expect = {} },
    { "void deliveries did not come; returns did not go", as_of = "2026-10-31", given = promised({}, { { on = "2026-10-20", quantity = "10" }, { on = "2026-10-22", quantity = "-5", kind = "return" }, { on = "2026-10-22", quantity = "10", status = "void" } }), expect = {} },
    { "closed: what came late is late all the same", as_of = "2026-10-31", given = promised({ closed_at = "2026-10-22T10:00:00" }, { { on = "2026-10-21", quantity = "4" } }), expect = { { key = "SO1/1", amount = "32", open = "0" } } },
    { "of an earlier month: came late in this one; late then; still open; closed", period = "2026-11", as_of = "2026-11-30",
      given = promised({}, { { on = "2026-11-02", quantity = "10" }, { on = "2026-10-28", quantity = "10" } }, {
        sales_order_line = {
          { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" }, { order_id = "SO1", line_no = "2", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" },
          { order_id = "SO1", line_no = "3", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20" }, { order_id = "SO1", line_no = "4", product_id = "A", quantity = "10", unit_price = "8", delivery_due_on = "2026-10-20", closed_at = "2026-10-30T10:00:00" },
        },
        delivery_line = { { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "A", quantity = "10" }, { delivery_id = "D2", line_no = "1", order_line_no = "2", product_id = "A", quantity = "10" } },
      }), expect = { { key = "SO1/1", amount = "80", late = "10" }, { key = "SO1/3", amount = "80", open = "10" } } },
    { "not approved, cancelled, a gift, no date", as_of = "2026-10-31", given = promised({}, {}, {
        sales_order = {
          { order_id = "SO1", order_date = "2026-10-05", status = "submitted", approved_at = "2026-10-05T10:00:00" }, { order_id = "SO2", order_date = "2026-10-05", status = "cancelled", approved_at = "2026-10-05T10:00:00" },
          { order_id = "SO3", order_date = "2026-10-05", approved_at = "2026-10-05T10:00:00" }, { order_id = "SO4", order_date = "2026-10-05" },
        },
        sales_order_line = {
          { order_id = "SO1", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20" }, { order_id = "SO2", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20" },
          { order_id = "SO3", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20", line_kind = "gift" }, { order_id = "SO3", line_no = "2", quantity = "10" }, { order_id = "SO4", line_no = "1", quantity = "10", delivery_due_on = "2026-10-20" },
        },
      }), expect = {} },
    { "deliveries were not imported", as_of = "2026-10-31", given = promised(), absent = { "delivery", "delivery_line" }, expect = { { key = "SO1/1", untestable = "delivery" } } },
  },
}

-- The first days of the months of the audited period, as far as they have begun; one that stands for all without a period.
local function audited_months()
  if not period_from or not period_to then return { false } end
  local found, from = {}, period_from
  while from <= period_to and has_happened(from) do
    table.insert(found, from)
    from = month_end(from) + 1
  end
  return found
end

-- What some rows move in a month (false: at all): those of them that do.
local function of_month(list, field, from)
  return filter(list, function(row)
    local on = row[field]
    return on ~= nil and (not from or day(on) >= from and day(on) <= month_end(from))
  end)
end

control "SHP-11" {
  title      = { en = "Bin card, physical and book quantities differ", zh = "货卡、实物、账面不符" },
  risk       = { en = "Stock is not what the books say: lost, stolen, or issued without papers.", zh = "账实不符，存货被盗、丢失或无单发出。" },
  tests      = {
    en = "In each count the quantities found, on the bin card and in the books are compared; every product that moved must be counted each month.",
    zh = "每次盘点核对实物、货卡、账面数量；当月有收发的产品每月须盘点。",
  },
  source     = { "001-V.2", "001-V.1" },
  severity   = "medium",
  profile    = { "archive", "general" },
  population = { "stock_count", "product" },
  shape      = "row",
  applies    = function(row, p)
    if table_of(row) == "stock_count" then return true end
    return p.each_month and #rows_of(row, "stock_movement", "stock_movements") > 0
  end,
  parameters = {
    tolerance = { decimal "0", origin = "default", note = "units" },
    each_month = { true, origin = "default", note = "false: not every product is counted every month" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "{what}: found {physical}, bin card {card}, books {book}",
    zh = "{what}：实物 {physical}，货卡 {card}，账面 {book}",
  },
  terms      = {
    difference  = { en = "quantities differ", zh = "数量不符" },
    uncounted   = { en = "moved and not counted", zh = "有收发未盘点" },
    unknown     = { en = "unknown", zh = "未记录" },
  },
  follow_up  = {
    en = "Count again at once, trace the last movements, and have the difference approved before it is booked.",
    zh = "立即复盘并追查最近收发记录，差异经批准后方可调账。",
  },

  test = function(row, p)
    if table_of(row) == "product" then
      local missed = filter(audited_months(), function(from)
        return #of_month(row.stock_movements, "moved_at", from) > 0 and #of_month(row.stock_counts, "counted_on", from) == 0
      end)
      if #missed == 0 then return end
      return exception { label = "uncounted", severity = "low", what = "uncounted", physical = "unknown", card = "unknown", book = "unknown" }
    end
    local physical, card, book = row.quantity_physical, read(row, "quantity_card"), read(row, "quantity_book")
    if not physical then return untestable "nothing counted" end
    local known = known_values(physical, card, book)
    if #known < 2 then return untestable "neither bin card nor books" end
    local difference = max(known) - min(known)
    if difference <= p.tolerance then return end
    return exception {
      amount = standard_worth(row.product, difference, row.counted_on), what = "difference", physical = physical, card = card or "unknown", book = book or "unknown",
      evidence = evidence(row.product),
    }
  end,

  cases = {
    { "all three agree; one is not kept", given = { product = { { product_id = "A" } }, stock_count = {
        { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "10", quantity_book = "10.00" }, { count_id = "N2", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "10" },
      } }, expect = {} },
    { "the books differ by two, the card by one", given = { product = { { product_id = "A", standard_cost = "5" } }, stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "11", quantity_book = "12" } } },
      expect = { { key = "N1", amount = "10", what = "difference", physical = "10", card = "11", book = "12" } } },
    { "only the card differs", given = { product = { { product_id = "A", standard_cost = "5" } }, stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_card = "9", quantity_book = "10" } } },
      expect = { { key = "N1", amount = "5", what = "difference" } } },
    { "two units of tolerance", parameters = { tolerance = "2" }, given = { product = { { product_id = "A" } }, stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_book = "12" } } }, expect = {} },
    { "moved in October and counted in September; not moved", period = "2026-10", as_of = "2026-11-05", given = {
        product = { { product_id = "A" }, { product_id = "B" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-31T08:00:00", quantity = "1" }, { movement_id = "V2", product_id = "B", moved_at = "2026-09-30T08:00:00", quantity = "1" } },
        stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-09-30", quantity_physical = "10", quantity_book = "10" } },
      }, expect = { { key = "A", amount = "none", label = "uncounted", what = "uncounted" } } },
    { "counted on the last day of the month", period = "2026-10", as_of = "2026-11-05", given = {
        product = { { product_id = "A" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-01T08:00:00", quantity = "1" } },
        stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-10-31", quantity_physical = "10", quantity_book = "10" } },
      }, expect = {} },
    { "not every product is counted", period = "2026-10", parameters = { each_month = false }, given = { product = { { product_id = "A" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-01T08:00:00", quantity = "1" } } }, expect = {} },
    { "two months, one without a count", period = "2026-09-01..2026-10-31", given = {
        product = { { product_id = "A" } }, stock_movement = { { movement_id = "V1", product_id = "A", moved_at = "2026-10-01T08:00:00", quantity = "1" }, { movement_id = "V2", product_id = "A", moved_at = "2026-09-01T08:00:00", quantity = "1" } },
        stock_count = { { count_id = "N1", product_id = "A", counted_on = "2026-09-30", quantity_physical = "10", quantity_book = "10" } },
      }, expect = { { key = "A", amount = "none", label = "uncounted", what = "uncounted" } } },
    { "nothing counted; nothing to compare with", given = { stock_count = { { count_id = "N1", counted_on = "2026-10-31" }, { count_id = "N2", counted_on = "2026-10-31", quantity_physical = "1" } } },
      expect = { { key = "N1", untestable = "nothing counted" }, { key = "N2", untestable = "neither bin card" } } },
  },
}

local function anomaly(fields, more)
  local row = { anomaly_id = "Y1", found_at = "2026-10-09T10:00:00", reported_at = "2026-10-12T18:00:00", reported_to = "E24", resolved_at = "2026-10-16T10:00:00", amount = "500" }
  for name, value in pairs(fields or {}) do row[name] = value end
  local given = {
    employee = { { employee_id = "E24" }, { employee_id = "E23" } },
    role_assignment = { { employee_id = "E24", role = "warehouse_head", valid_from = "2026-01-01" }, { employee_id = "E23", role = "storekeeper", valid_from = "2026-01-01" } },
    stock_anomaly = { row },
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "SHP-12" {
  title      = { en = "Stock anomaly not reported to the warehouse head promptly", zh = "仓库异常未尽快报告" },
  risk       = { en = "Losses are hidden until nobody can explain them.", zh = "异常隐瞒不报，损失扩大且责任难以追究。" },
  tests      = {
    en = "Each anomaly must be reported within a working day, to the head of the warehouse, and be dealt with within some days.",
    zh = "仓库异常须在规定工作日内报告仓库主管，并在规定天数内处理。",
  },
  source     = { "001-V.4" },
  severity   = "medium",
  profile    = { "archive" },
  population = "stock_anomaly",
  scope      = "open",
  shape      = "sequence",
  applies    = function(row) return concerns_period(row.found_at, row.reported_at, row.resolved_at) end,
  parameters = {
    limit_days = { 1, origin = "default", note = "working days; the policy says as soon as possible" },
    resolve_days = { 7, origin = "default", note = "days from the finding" },
    roles = { { "warehouse_head" }, origin = "policy" },
  },
  amount_kind = "exposure",
  terms      = step_terms(),
  message    = {
    en = "found on {found_at}: {step} {fault} ({at})",
    zh = "{found_at} 发现：{step}{fault}（{at}）",
  },
  follow_up  = {
    en = "Ask who found it and why it was not passed on; have the loss valued and a remedy decided.",
    zh = "查明发现人及未报告的原因，评估损失并确定处理办法。",
  },

  test = function(row, p)
    local found = step("stock_anomaly", row, "found_at")
    if not found.at then return untestable "no moment at which it was found" end
    local reported = step("stock_anomaly", row, "reported_at", "reported_to")
    reported.roles = p.roles
    local faults = deadline_faults(reported, found, p.limit_days, true)
    append(faults, role_faults { reported })
    append(faults, deadline_faults(step("stock_anomaly", row, "resolved_at"), found, p.resolve_days))
    return step_exception(faults, { amount = read(row, "amount"), found_at = found.at })
  end,

  cases = {
    { "reported on the next working day, dealt with on the seventh day", as_of = "2026-10-31", given = anomaly(), expect = {} },
    { "reported a day late", as_of = "2026-10-31", given = anomaly { reported_at = "2026-10-13T08:00:00" },
      expect = { { key = "Y1", amount = "500", fault = "late", step = "stock_anomaly.reported_at", at = "2026-10-13T08:00:00", found_at = "2026-10-09T10:00:00", limit = "2026-10-12", faults = "1" } } },
    { "neither reported nor dealt with", as_of = "2026-10-31", given = anomaly { reported_at = "", resolved_at = "" }, expect = { { key = "Y1", amount = "500", fault = "missing", step = "stock_anomaly.reported_at", at = "none", faults = "2" } } },
    { "reported to the storekeeper", as_of = "2026-10-31", given = anomaly { reported_to = "E23" }, expect = { { key = "Y1", amount = "500", fault = "wrong role", step = "stock_anomaly.reported_at", wanted = "warehouse_head" } } },
    { "dealt with on the eighth day", as_of = "2026-10-31", given = anomaly { resolved_at = "2026-10-17T08:00:00" }, expect = { { key = "Y1", amount = "500", fault = "late", step = "stock_anomaly.resolved_at" } } },
    { "still time", as_of = "2026-10-12", given = anomaly { reported_at = "", resolved_at = "" }, expect = {} },
    { "of an earlier month, dealt with late then; still open", period = "2026-11", as_of = "2026-11-30",
      given = anomaly({}, { stock_anomaly = {
        { anomaly_id = "Y1", found_at = "2026-10-09T10:00:00", reported_at = "2026-10-19T10:00:00", resolved_at = "2026-10-30T10:00:00" }, { anomaly_id = "Y2", found_at = "2026-10-09T10:00:00", reported_at = "2026-10-09T11:00:00" },
      } }), expect = { { key = "Y2", amount = "none", fault = "missing", step = "stock_anomaly.resolved_at" } } },
    { "the day of the report was not imported", as_of = "2026-10-31", given = anomaly(), absent = { "stock_anomaly.reported_at" }, expect = { { key = "Y1", untestable = "reported_at" } } },
  },
}

local function handed_over(...)
  local given = requested({}, {}, { document_distribution = { { distribution_id = "V0", doc_kind = "stock_issue", doc_id = "S0", copy_no = "2", received_by = "E23", received_at = "2026-10-01T08:00:00" } } })
  for position = 1, select("#", ...) do
    local copy = { distribution_id = "V" .. position, doc_kind = "stock_issue", doc_id = "S1", copy_no = "2", received_by = "E23" }
    for name, value in pairs((select(position, ...))) do copy[name] = value end
    table.insert(given.document_distribution, copy)
  end
  return given
end

control "SHP-13" {
  title      = { en = "Storekeeper's copy of the issue slip not handed over before issue", zh = "出库单第二联未交库管" },
  risk       = { en = "The storekeeper hands goods out without a paper that says which.", zh = "库管无单发货，出库失去凭据。" },
  tests      = {
    en = "For each issue slip the second copy is looked for, received by a storekeeper before the goods were issued.",
    zh = "每张出库单的第二联须在出库之前由库管签收。",
  },
  source     = { "004-4.3" },
  severity   = "low",
  profile    = { "factory" },
  population = "stock_issue",
  shape      = "sequence",
  applies    = function(slip) return is_issue(slip) and has_happened(slip.issued_at) end,
  parameters = {
    copy_no = { 2, origin = "policy" },
    roles = { { "storekeeper", "warehouse_head" }, origin = "policy" },
    assume_recorded = { false, origin = "default", note = "true: report slips even where no copy was ever recorded" },
  },
  amount_kind = "transaction",
  terms      = prerequisite_terms(),
  message    = prerequisite_message(),
  follow_up  = {
    en = "Ask the storekeeper on what paper the goods were issued, and look at the bin card of that day.",
    zh = "询问库管凭何单据发货，并核对当日货卡。",
  },

  test = function(slip, p)
    if not p.assume_recorded and not lookup_one("document_distribution", { doc_kind = "stock_issue" }) then
      return untestable "no copy of an issue slip was ever recorded"
    end
    local copies = filter(slip.distributions, function(copy) return copy.copy_no == p.copy_no and has_happened(copy.received_at) end)
    local copy = first(sort(copies, "received_at"))
    local received = step("document_distribution", copy, "received_at", "received_by")
    received.roles = p.roles
    local faults = prerequisite_faults({ received }, step("stock_issue", slip, "issued_at"))
    append(faults, role_faults { received })
    return step_exception(faults, { amount = slip_worth(slip) })
  end,

  cases = {
    { "received in the second of the issue", given = handed_over { received_at = "2026-10-20T10:00:00" }, expect = {} },
    { "a second later", given = handed_over { received_at = "2026-10-20T10:00:01" },
      expect = { { key = "S1", amount = "80", fault = "too late", step = "document_distribution.received_at", at = "2026-10-20T10:00:01", other = "stock_issue.issued_at", other_at = "2026-10-20T10:00:00", faults = "1" } } },
    { "only the first copy, and one without a time", given = handed_over({ received_at = "2026-10-20T09:00:00", copy_no = "1" }, {}), expect = { { key = "S1", amount = "80", fault = "missing", at = "none" } } },
    { "received by a salesperson", given = handed_over { received_at = "2026-10-20T09:00:00", received_by = "E7" }, expect = { { key = "S1", amount = "80", fault = "wrong role", wanted = "storekeeper, warehouse_head" } } },
    { "handed over twice: the first counts", given = handed_over({ received_at = "2026-10-20T11:00:00" }, { received_at = "2026-10-20T09:00:00" }), expect = {} },
    { "nobody records copies", given = requested(), expect = { { key = "S1", untestable = "no copy" } } },
    { "nobody records them, and they are taken to be", parameters = { assume_recorded = true }, given = requested(), expect = { { key = "S1", amount = "80", fault = "missing" } } },
    { "not issued yet, void", given = (function()
        local given = handed_over()
        given.stock_issue = { { issue_id = "S1", prepared_at = "2026-10-20T09:00:00" }, { issue_id = "S2", status = "void", prepared_at = "2026-10-20T09:00:00", issued_at = "2026-10-20T10:00:00" } }
        return given
      end)(), expect = {} },
    { "copies were not imported", given = requested(), absent = { "document_distribution" }, expect = { { key = "S1", untestable = "document_distribution" } } },
  },
}

-- What is wrong with the trace of a delivery, first things first: { fault =, at =, limit =, event = }.
local function trace_faults(delivery, events, p)
  local faults = {}
  local limit = deadline(delivery.delivery_date, p.limit_days)
  local start = events[1] and events[1].occurred_at
  if is_late(start, limit) then table.insert(faults, { fault = start and "late" or "untraced", at = start or "none", limit = limit }) end
  for position, event in ipairs(events) do
    local after = events[position + 1]
    local answer_by = deadline(event.occurred_at, p.follow_days)
    if event.event == "problem" and is_late(after and after.occurred_at, answer_by) then
      table.insert(faults, { fault = "problem", at = event.occurred_at, limit = answer_by, event = event })
    end
  end
  local signed = imported "delivery_confirmation" and earliest_of(map(delivery.confirmations, "signed_on"))
  local arrived = any(events, function(event) return event.event == "arrived" and (not signed or event.occurred_at <= signed) end)
  if signed and has_happened(signed) and #events > 0 and not arrived then
    table.insert(faults, { fault = "unarrived", at = signed, limit = signed })
  end
  return faults
end

local function traced(events, more)
  local given = signed_for({ signature("K1", "2026-10-25", "10") }, { shipment_event = {} })
  for event in each(events) do
    table.insert(given.shipment_event, { delivery_id = "D1", event = event[1], occurred_at = event[2] })
  end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

control "SHP-14" {
  title      = { en = "No logistics trace for goods in transit", zh = "发货后无物流跟踪" },
  risk       = { en = "Goods lost on the way are missed only when the customer complains.", zh = "在途货物丢失、延误不能及时发现。" },
  tests      = {
    en = "For each delivery that we send, an event of the carrier is looked for within some days, another one after each problem, and the arrival before the customer's signature.",
    zh = "由我方运送的发货，规定天数内须有物流记录；异常须有后续处理；客户签收前须有到达记录。",
  },
  source     = { "000G 6" },
  severity   = "low",
  profile    = { "general" },
  population = "delivery",
  scope      = "open",
  shape      = "sequence",
  applies    = function(delivery, p)
    if not is_shipment(delivery) or not delivery.delivery_date or not any(delivery.lines, is_stocked) then return false end
    if read(delivery, "freight_borne_by") == "customer" and p.leave_fetched or read(delivery, "incoterm") == "EXW" then return false end
    if not imported "shipment_event" then return true end
    local last = sort(delivery.shipment_events, "occurred_at")[#delivery.shipment_events]
    return concerns_period(delivery.delivery_date, last and last.event ~= "problem" and last.occurred_at)
  end,
  parameters = {
    limit_days = { 3, origin = "default", note = "days from the delivery to the first event" },
    follow_days = { 3, origin = "default", note = "days from a problem to the next event" },
    leave_fetched = { true, origin = "default", note = "goods whose freight the customer bears are taken to be fetched" },
  },
  amount_kind = "exposure",
  message    = {
    en = "delivered on {delivered_on}: {fault} ({at}; limit {limit})",
    zh = "{delivered_on} 发货：{fault}（{at}；期限 {limit}）",
  },
  terms      = {
    untraced  = { en = "no trace", zh = "无物流记录" },
    late      = { en = "first trace late", zh = "首次物流记录过晚" },
    problem   = { en = "problem without an answer", zh = "异常无后续处理" },
    unarrived = { en = "signed for without an arrival", zh = "签收前无到达记录" },
    none      = { en = "none", zh = "无" },
  },
  follow_up  = {
    en = "Ask the carrier where the goods are, and for the proof that they arrived.",
    zh = "向承运人查询货物去向，索取到达凭据。",
  },

  test = function(delivery, p)
    local events = sort(delivery.shipment_events, "occurred_at")
    local faults = trace_faults(delivery, events, p)
    local fault = faults[1]
    if not fault then return end
    return exception {
      amount = delivery_worth(delivery), delivered_on = delivery.delivery_date, fault = fault.fault, at = fault.at, limit = fault.limit, faults = #faults,
      evidence = evidence(events, imported "delivery_confirmation" and delivery.confirmations),
    }
  end,

  cases = {
    { "sent on the third day, arrived on the day of the signature", as_of = "2026-10-31", given = traced { { "dispatched", "2026-10-23T18:00:00" }, { "arrived", "2026-10-25T18:00:00" } }, expect = {} },
    { "sent on the fourth", as_of = "2026-10-31", given = traced { { "dispatched", "2026-10-24T08:00:00" }, { "arrived", "2026-10-25T08:00:00" } },
      expect = { { key = "D1", amount = "80", fault = "late", at = "2026-10-24T08:00:00", limit = "2026-10-23", delivered_on = "2026-10-20", faults = "1" } } },
    { "no event", as_of = "2026-10-31", given = traced {}, expect = { { key = "D1", amount = "80", fault = "untraced", at = "none" } } },
    { "no event yet", as_of = "2026-10-23", given = traced({}, { delivery_confirmation = {} }), expect = {} },
    { "arrived the day after the signature", as_of = "2026-10-31", given = traced { { "dispatched", "2026-10-21T08:00:00" }, { "arrived", "2026-10-26T08:00:00" } },
      expect = { { key = "D1", amount = "80", fault = "unarrived", at = "2026-10-25" } } },
    { "a problem, answered on the third day", as_of = "2026-10-31", given = traced({ { "problem", "2026-10-21T08:00:00" }, { "in_transit", "2026-10-24T18:00:00" } }, { delivery_confirmation = {} }), expect = {} },
    { "answered on the fourth", as_of = "2026-10-31", given = traced({ { "problem", "2026-10-21T08:00:00" }, { "in_transit", "2026-10-25T08:00:00" } }, { delivery_confirmation = {} }),
      expect = { { key = "D1", amount = "80", fault = "problem", at = "2026-10-21T08:00:00", limit = "2026-10-24" } } },
    { "never answered", as_of = "2026-10-31", given = traced({ { "dispatched", "2026-10-20T08:00:00" }, { "problem", "2026-10-21T08:00:00" } }, { delivery_confirmation = {} }), expect = { { key = "D1", amount = "80", fault = "problem" } } },
    { "fetched by the customer; ex works; a service", as_of = "2026-10-31", given = traced({}, {
        delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20", freight_borne_by = "customer" }, { delivery_id = "D2", kind = "delivery", delivery_date = "2026-10-20", incoterm = "EXW" }, { delivery_id = "D3", kind = "delivery", delivery_date = "2026-10-20" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "1" }, { delivery_id = "D2", line_no = "1", quantity = "1" }, { delivery_id = "D3", line_no = "1", quantity = "1", line_kind = "service" } },
      }), expect = {} },
    { "freight borne by the customer, and sent all the same", as_of = "2026-10-31", parameters = { leave_fetched = false },
      given = traced({}, { delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20", freight_borne_by = "customer" } } }), expect = { { key = "D1", amount = "80", fault = "untraced" } } },
    { "of an earlier month: sent late then; a problem still open", period = "2026-11", as_of = "2026-11-30", given = traced({ { "dispatched", "2026-10-29T08:00:00" } }, {
        delivery = { { delivery_id = "D1", kind = "delivery", delivery_date = "2026-10-20" }, { delivery_id = "D2", kind = "delivery", delivery_date = "2026-10-20" } },
        delivery_line = { { delivery_id = "D1", line_no = "1", quantity = "10", unit_price = "8" }, { delivery_id = "D2", line_no = "1", quantity = "1", unit_price = "8" } },
        shipment_event = { { delivery_id = "D1", event = "dispatched", occurred_at = "2026-10-29T08:00:00" }, { delivery_id = "D2", event = "problem", occurred_at = "2026-10-21T08:00:00" } },
      }), expect = { { key = "D2", amount = "8", fault = "problem" } } },
    { "events were not imported", as_of = "2026-10-31", given = traced {}, absent = { "shipment_event" }, expect = { { key = "D1", untestable = "shipment_event" } } },
  },
}

local function freight(delivery, more)
  local given = {
    customer = { { customer_id = "C1", channel_role = "distributor" }, { customer_id = "C2", channel_role = "agent" } },
    employee = { { employee_id = "E4" }, { employee_id = "E7" } },
    role_assignment = { { employee_id = "E4", role = "sales_manager", valid_from = "2026-01-01" }, { employee_id = "E7", role = "salesperson", valid_from = "2026-01-01" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "A", quantity = "10", unit_price = "8" } },
    delivery = { { delivery_id = "D1", kind = "delivery", order_id = "SO1", customer_id = "C1", delivery_date = "2026-10-20", freight_borne_by = "seller", freight_amount = "120" } },
  }
  for name, value in pairs(delivery or {}) do given.delivery[1][name] = value end
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

-- Whether freight was agreed to be ours or is charged: a term of delivery that says so, or a line of freight.
local function is_freight_agreed(delivery, terms)
  if contains(terms, read(delivery, "incoterm")) then return true end
  local order = read(delivery, "order_id") and delivery.order
  local contract = contract_of(delivery)
  for document in each(evidence(order, contract, delivery)) do
    if any(document.lines, function(line) return read(line, "line_kind") == "freight" end) then return true end
  end
  return false
end

control "SHP-15" {
  title      = { en = "Freight borne by us for a channel that carries its own goods", zh = "经销商自运仍由我方承担运费" },
  risk       = { en = "We pay for what the dealer's margin is meant to cover.", zh = "应由经销商承担的运费由我方支付，侵蚀利润。" },
  tests      = {
    en = "Freight that we bear for a customer whose kind of channel fetches its own goods is looked for in the contract's terms and in the approvals. Off until it is switched on: the source is unclear about who carries what.",
    zh = "自行提运的渠道客户（经销商），我方承担运费须有合同条款或审批。默认关闭：原文对谁负责运输表述不一。",
  },
  source     = { "001-III" },
  severity   = "low",
  profile    = { "archive" },
  population = "delivery",
  shape      = "lookup",
  applies    = function(delivery, p)
    return p.enabled and is_shipment(delivery) and delivery.freight_borne_by == "seller" and delivery.freight_amount ~= nil and delivery.freight_amount > 0
  end,
  parameters = {
    enabled = { false, origin = "default", note = "true: the channels below carry their own goods" },
    channels = { { "distributor" }, origin = "policy", note = "agents rely on the manufacturer, distributors ship themselves" },
    terms = { { "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP" }, origin = "default", note = "terms of delivery by which the seller pays the freight" },
    kinds = { { "freight" }, origin = "default", note = "kinds of approval that allow it" },
    roles = { { "sales_manager", "marketing_vp", "company_leader", "general_manager" }, origin = "default" },
  },
  amount_kind = "exposure",
  message    = {
    en = "freight {freight} borne by us for a {channel}",
    zh = "运费 {freight} 由我方承担，客户渠道为{channel}",
  },
  terms      = {
    distributor = { en = "distributor", zh = "经销商" }, agent = { en = "agent", zh = "代理商" },
    direct = { en = "direct customer", zh = "直接客户" }, integrator = { en = "integrator", zh = "系统集成商" },
  },
  follow_up  = {
    en = "Ask the salesperson what was agreed; charge the freight or have it approved.",
    zh = "向销售员核实约定，向客户收取运费或补办审批。",
  },

  test = function(delivery, p)
    local customer = delivery.customer
    if not customer then return untestable "no customer" end
    if not contains(p.channels, customer.channel_role) or is_freight_agreed(delivery, p.terms) then return end
    local documents = evidence(delivery, read(delivery, "order_id") and delivery.order, contract_of(delivery))
    if approval_in_role(documents, p.kinds, p.roles, delivery.delivery_date) then return end
    return exception { amount = delivery.freight_amount, freight = delivery.freight_amount, channel = customer.channel_role, evidence = evidence(customer) }
  end,

  cases = {
    { "a distributor's freight", parameters = { enabled = true }, given = freight(), expect = { { key = "D1", amount = "120", freight = "120", channel = "distributor" } } },
    { "not switched on", given = freight(), expect = {} },
    { "an agent's, none, the customer's", parameters = { enabled = true }, given = freight({}, { delivery = {
        { delivery_id = "D1", kind = "delivery", customer_id = "C2", delivery_date = "2026-10-20", freight_borne_by = "seller", freight_amount = "120" }, { delivery_id = "D2", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-20", freight_borne_by = "seller", freight_amount = "0" },
        { delivery_id = "D3", kind = "delivery", customer_id = "C1", delivery_date = "2026-10-20", freight_borne_by = "customer", freight_amount = "120" },
      } }), expect = {} },
    { "delivered free by the terms", parameters = { enabled = true }, given = freight { incoterm = "DAP" }, expect = {} },
    { "ex works by the terms", parameters = { enabled = true }, given = freight { incoterm = "EXW" }, expect = { { key = "D1", amount = "120", freight = "120" } } },
    { "charged on the order", parameters = { enabled = true }, given = freight({}, { sales_order_line = { { order_id = "SO1", line_no = "2", quantity = "1", unit_price = "120", line_kind = "freight" } } }), expect = {} },
    { "approved on the order by the day", parameters = { enabled = true }, given = freight({}, shipping_permission("freight", "2026-10-20T18:00:00", "E4", "sales_order", "SO1")), expect = {} },
    { "approved the day after; by a salesperson", parameters = { enabled = true }, given = freight({}, { approval = {
        { approval_id = "A1", doc_kind = "delivery", doc_id = "D1", approval_kind = "freight", decision = "approve", approver_id = "E7", decided_at = "2026-10-19T08:00:00" },
        { approval_id = "A2", doc_kind = "delivery", doc_id = "D1", approval_kind = "freight", decision = "approve", approver_id = "E4", decided_at = "2026-10-21T08:00:00" },
      } }), expect = { { key = "D1", amount = "120", freight = "120" } } },
    { "kinds of channel were not imported", parameters = { enabled = true }, given = freight(), absent = { "customer.channel_role" }, expect = { { key = "D1", untestable = "channel_role" } } },
  },
}

-- The quantity of a product at the start, and the first day whose movements come on top: what was brought forward in
-- the earliest period that has opening stock; nothing, from no day on, where all movements are there from the start.
-- Untestable where neither is known.
local function opening_stock(product, from_start)
  if from_start then return 0, nil, false end
  local own = rows_where("opening_balance", { account = "inventory", product_id = product.product_id })
  local one = first(own) or first(rows_where("opening_balance", { account = "inventory" }))
  if not one then return untestable "no opening stock" end
  local period = #own > 0 and min(own, "period") or one.period
  return sum(filter(own, function(row) return row.period == period end), "quantity"), period_start(period), #own > 0
end

-- The movements in the order in which they count: by time, what comes in first; of a day with a movement without time,
-- all together. An array of arrays.
local function instants(movements)
  local timeless = {}
  for movement in each(movements) do
    if type(movement.moved_at) == "date" then timeless[tostring(movement.moved_at)] = true end
  end
  local function instant(movement)
    local on = day(movement.moved_at)
    return timeless[tostring(on)] and time_of(on) or time_of(movement.moved_at)
  end
  return map(group_by(movements, instant), "rows")
end

local function stock(opening, ...)
  local given = { product = { { product_id = "A", standard_cost = "5" } }, stock_movement = {}, opening_balance = {} }
  if opening then given.opening_balance = { { period = "2026-10", account = "inventory", product_id = opening == "other" and "Z" or "A", quantity = opening == "other" and "1" or opening } } end
  for position = 1, select("#", ...) do
    local movement = (select(position, ...))
    table.insert(given.stock_movement, {
      movement_id = "V" .. position, product_id = "A", quantity = movement[1], moved_at = movement[2], warehouse_id = movement.warehouse_id, lot_no = movement.lot_no, unit_cost = movement.unit_cost,
    })
  end
  return given
end

control "SHP-16" {
  title      = { en = "Issue exceeds stock on hand", zh = "出库形成负库存" },
  risk       = { en = "Papers and goods do not go together: issued twice, received late, or the wrong product.", zh = "账面负库存，收发记录不实或单据滞后。" },
  tests      = {
    en = "Opening stock and movements of each product are added up in the order of their times (by lot and warehouse where there is no opening stock); the balance must not fall below zero. Without times the end of the day counts.",
    zh = "按时间顺序滚动计算各产品期初及收发（无期初的分批号、仓库），结存不得为负；无时点的按日末结存。",
  },
  source     = { "001-V.1" },
  severity   = "medium",
  profile    = { "archive", "general" },
  population = "stock_movement",
  scope      = "all", -- a balance needs all movements; only those of the period are reported
  shape      = "balance",
  applies    = function(movement) return movement.quantity ~= nil and movement.moved_at ~= nil end,
  group      = { "product_id" },
  parameters = {
    from_start = { false, origin = "default", note = "true: movements are there since the first day, no opening stock is needed" },
  },
  amount_kind = "misstatement",
  message    = {
    en = "balance {balance} at {moved_at}; {short} more than there was",
    zh = "{moved_at} 结存 {balance}，超出库存 {short}",
  },
  follow_up  = {
    en = "Look for a receipt booked late or an issue booked twice; count the product.",
    zh = "查找滞后入账的入库或重复出库，并盘点该产品。",
  },

  test = function(movements, p)
    local product = movements[1].product
    if not product then return untestable "no such product" end
    local opening, from, is_brought_forward = opening_stock(product, p.from_start)
    local counted = filter(movements, function(movement) return not from or day(movement.moved_at) >= from end)
    local found = {}
    local pools = group_by(counted, function(movement)
      if is_brought_forward then return "all" end
      return (read(movement, "warehouse_id") or "") .. "/" .. (read(movement, "lot_no") or "")
    end)
    for pool in each(pools) do
      local balance = opening
      for together in each(instants(pool.rows)) do
        local before = balance
        balance = balance + sum(together, "quantity")
        local short = max(0, -balance) - max(0, -before)
        local out = sort(filter(together, function(one) return one.quantity < 0 end), function(one) return { time_of(one.moved_at), one.movement_id } end)
        local last = out[#out]
        if short > 0 and last and in_period(last.moved_at) then
          local cost = read(last, "unit_cost")
          table.insert(found, exception {
            row = last, amount = cost and round(cost * short, 2) or standard_worth(product, short, last.moved_at), balance = balance, short = short, moved_at = last.moved_at,
            evidence = evidence(out),
          })
        end
      end
    end
    return found
  end,

  cases = {
    { "to zero", given = stock("10", { "-4", "2026-10-05T09:00:00" }, { "-6", "2026-10-06T09:00:00" }), expect = {} },
    { "one below, then three more, then filled up", given = stock("10", { "-11", "2026-10-05T09:00:00" }, { "-3", "2026-10-06T09:00:00", unit_cost = "4" }, { "10", "2026-10-07T09:00:00" }, { "-6", "2026-10-08T09:00:00" }),
      expect = { { key = "V1", amount = "5", balance = "-1", short = "1", moved_at = "2026-10-05T09:00:00" }, { key = "V2", amount = "12", balance = "-4", short = "3" } } },
    { "received in the second of the issue", given = stock("0", { "-4", "2026-10-05T09:00:00" }, { "4", "2026-10-05T09:00:00" }), expect = {} },
    { "received a second later", given = stock("0", { "-4", "2026-10-05T09:00:00" }, { "4", "2026-10-05T09:00:01" }), expect = { { key = "V1", amount = "20", short = "4" } } },
    { "received on the day, without a time", given = stock("0", { "-4", "2026-10-05T09:00:00" }, { "4", "2026-10-05" }), expect = {} },
    { "short at the end of a day without times: the last issue", given = stock("0", { "-4", "2026-10-05" }, { "2", "2026-10-05" }, { "-1", "2026-10-05T08:00:00" }), expect = { { key = "V3", amount = "15", short = "3" } } },
    { "what moved before the opening stock is in it", given = stock("2", { "-4", "2026-09-30T09:00:00" }, { "-2", "2026-10-05T09:00:00" }), expect = {} },
    { "no opening stock of this product, but of others: by lot and warehouse",
      given = stock("other", { "4", "2026-10-05T09:00:00", warehouse_id = "W1" }, { "-4", "2026-10-06T09:00:00", warehouse_id = "W2" }, { "5", "2026-10-05T09:00:00", lot_no = "L1" }, { "-5", "2026-10-06T09:00:00", lot_no = "L1" }),
      expect = { { key = "V2", amount = "20", balance = "-4" } } },
    { "with opening stock warehouses count together", given = stock("0.5", { "4", "2026-10-05T09:00:00", warehouse_id = "W1" }, { "-4.5", "2026-10-06T09:00:00", warehouse_id = "W2" }), expect = {} },
    { "all movements are there", parameters = { from_start = true }, given = stock(nil, { "4", "2026-09-05T09:00:00" }, { "-4", "2026-10-06T09:00:00" }), expect = {} },
    { "short in another month", period = "2026-10", given = stock("0", { "-4", "2026-11-05T09:00:00" }), expect = {} },
    { "no opening stock at all", given = stock(nil, { "-4", "2026-10-05T09:00:00" }), expect = { { key = "A", untestable = "no opening stock" } } },
  },
}

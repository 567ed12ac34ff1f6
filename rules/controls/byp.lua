-- SPDX-License-Identifier: MIT
-- BYP: ways round a control that the system is believed to enforce. Each looks for the trace that the way round leaves,
-- not for the result, which the control itself reports.

local order_kinds = { "order_approval" }

-- The orders' approvals, for the cases: one that stands.
local function order_approval(decided_at, fields)
  local one = {
    doc_kind = "sales_order", doc_id = "S", approval_kind = "order_approval", step_no = "1", role = "sales_manager",
    approver_id = "E9", decision = "approve", requested_by = "E1", requested_at = "2026-10-08T09:00:00", decided_at = decided_at,
  }
  for name, value in pairs(fields or {}) do one[name] = value end
  return one
end

local function numbered(name, list)
  for position, row in ipairs(list) do row[name] = row[name] or "A" .. position end
  return list
end

control "BYP-01" {
  title       = { en = "A closed order reopened to free credit", zh = "关闭订单释放额度后重新打开" },
  risk        = { en = "Closing an order frees its credit; reopened, it is delivered without being counted again.", zh = "订单关闭释放信用额度，重新打开后不再检查额度即发货。" },
  source      = { "000B II-2.2" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "order_change",
  applies     = function(change, p)
    return change.field == "status" and contains(p.closed, change.old_value or "") and contains(p.open, change.new_value or "")
      and change.order ~= nil and gives_credit(change.order) and not is_system(change.changed_by)
  end,
  parameters  = {
    closed = { { "closed", "cancelled" }, origin = "default", note = "states in which an order uses no credit" },
    open   = { { "approved", "submitted" }, origin = "default", note = "states in which it can be delivered" },
  },
  tests       = {
    en = "Changes of a credit order from closed to open, with approvals of the order or of its credit decided afterwards and before the next delivery.",
    zh = "赊销订单由关闭改为打开后，下次发货前是否重新审批订单或额度。",
  },
  shape       = "sequence",
  amount_kind = "exposure",
  message     = { en = "{old} changed to {new} on {changed_at}, delivered {delivered}, not approved again", zh = "{changed_at} 由 {old} 改为 {new}，{delivered} 发货，未重新审批" },
  terms       = { never = { en = "never", zh = "尚未" }, closed = { zh = "关闭", en = "closed" }, approved = { zh = "已审核", en = "approved" }, cancelled = { zh = "作废", en = "cancelled" }, submitted = { zh = "已提交", en = "submitted" } },
  follow_up   = { en = "Compare the customer's exposure on that day with its limit, the reopened order included.", zh = "核对当日含该订单的信用占用与额度。" },

  test = function(change)
    if not change.changed_at then return untestable "no date of the change" end
    local order = change.order
    local later = sort(filter(deliveries_of(order), function(delivery)
      return delivery.delivery_date ~= nil and delivery.delivery_date >= change.changed_at
    end), "delivery_date")
    local limit = later[1] and later[1].delivery_date
    local again = any(standing_approvals(order, { "order_approval", "credit_override" }, limit), function(approval)
      return approval.decided_at >= change.changed_at
    end)
    if again then return end
    return exception {
      amount = order.amount, old = change.old_value, new = change.new_value, changed_at = change.changed_at,
      delivered = limit or "never", evidence = evidence(order, later[1], decisions(order)),
    }
  end,

  cases = (function()
    local function reopened(approvals, more)
      local order = { order_id = "S", order_date = "2026-10-08", payment_mode = "credit", amount = "12.50", status = "approved" }
      for name, value in pairs(more or {}) do order[name] = value end
      return {
        sales_order = { order },
        sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", quantity = "1" } },
        order_change = { { change_id = "X", order_id = "S", field = "status", old_value = "closed", new_value = "approved", changed_by = "E1", changed_at = "2026-10-14T09:00:00" } },
        delivery = { { delivery_id = "D", order_id = "S", kind = "delivery", delivery_date = "2026-10-15" } },
        delivery_line = { { delivery_id = "D", line_no = 1, order_id = "S", order_line_no = 1, quantity = "1" } },
        approval = numbered("approval_id", approvals),
      }
    end
    return {
      { "delivered the next day", given = reopened { order_approval "2026-10-08T10:00:00" },
        expect = { { key = "X", amount = "12.50", old = "closed", new = "approved", delivered = "2026-10-15" } } },
      { "approved again on the day of the delivery", given = reopened { order_approval "2026-10-15T18:00:00" }, expect = {} },
      { "approved again too late", given = reopened { order_approval "2026-10-16T08:00:00" }, expect = { { key = "X", amount = "12.50", delivered = "2026-10-15" } } },
      { "its credit approved again", given = reopened { order_approval("2026-10-14T10:00:00", { approval_kind = "credit_override" }) }, expect = {} },
      { "a prepaid order", given = reopened({}, { payment_mode = "prepay" }), expect = {} },
      { "no approvals imported", absent = { "approval" }, given = reopened {}, expect = { { key = "X", untestable = "approval" } } },
    }
  end)(),
}

-- The kinds of approval by which documents are released, and the tables of what is logged about them.
local released_by = {
  sales_order = { kinds = { "order_approval" }, changes = "order_change", by = "order_id" },
  contract    = { kinds = { "contract_approval" }, changes = "contract_change", by = "contract_id" },
}

control "BYP-02" {
  title       = { en = "Amount or terms edited after approval without a trace", zh = "审批后无痕修改金额或内容" },
  risk        = { en = "What was approved is not what was delivered, and the log does not say so.", zh = "实际执行内容与审批内容不符且无变更记录。" },
  source      = { "000B II-2.3", "000C 2" },
  severity    = "critical",
  profile     = { "general", "erp-order" },
  population  = { "sales_order", "contract" },
  applies     = is_live,
  parameters  = { tolerance = { decimal "0.01", origin = "default", note = "per line, for rounding" } },
  tests       = {
    en = "The amount that the last standing approval saw, with the document's amount now, where no change since then is logged. Logged changes are CHG-01's and CHG-02's.",
    zh = "最近一次有效审批所载金额与单据现金额比较（其后无变更记录者）；有记录的变更由 CHG-01、CHG-02 检查。",
  },
  shape       = "approval",
  amount_kind = "misstatement",
  message     = { en = "approved at {approved} on {decided_at}, now {now}, and no change logged", zh = "{decided_at} 批准金额 {approved}，现为 {now}，无变更记录" },
  follow_up   = { en = "Ask the database's log who edited the document; re-approve or restore it.", zh = "查数据库日志确定修改人，重新审批或恢复原值。" },

  test = function(document, p)
    local kind = released_by[table_of(document)]
    local standing = standing_approvals(document, kind.kinds)
    local last = standing[#standing]
    if not last then return end -- never approved is another control's
    if last.doc_amount == nil or document.amount == nil then return untestable "no amount at approval" end
    local off = difference(last.doc_amount, document.amount, p.tolerance * max(1, #document.lines))
    if not off then return end
    local logged = any(rows_where(kind.changes, { [kind.by] = document[kind.by] }), function(change)
      return change.changed_at ~= nil and change.changed_at > last.decided_at
    end)
    if logged then return end
    return exception {
      amount = off, approved = last.doc_amount, now = document.amount, decided_at = last.decided_at, evidence = evidence(last, document.lines),
    }
  end,

  cases = (function()
    local function approved_at(amount, more)
      local given = {
        sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "100.00", status = "approved" } },
        sales_order_line = { { order_id = "S", line_no = 1 }, { order_id = "S", line_no = 2 } },
        approval = numbered("approval_id", { order_approval("2026-10-08T10:00:00", { doc_amount = amount }) }),
      }
      for name, list in pairs(more or {}) do given[name] = list end
      return given
    end
    return {
      { "two cents and a bit", given = approved_at "99.979", expect = { { key = "S", amount = "0.021", approved = "99.979", now = "100" } } },
      { "a cent for each line", given = approved_at "99.98", expect = {} },
      { "the change is logged", expect = {},
        given = approved_at("50", { order_change = { { change_id = "X", order_id = "S", field = "quantity", changed_at = "2026-10-08T10:00:01" } } }) },
      { "a change logged before the approval does not explain it",
        given = approved_at("50", { order_change = { { change_id = "X", order_id = "S", field = "quantity", changed_at = "2026-10-08T10:00:00" } } }),
        expect = { { key = "S", amount = "50", approved = "50", now = "100" } } },
      { "approved again at the new amount", expect = {},
        given = approved_at("50", { approval = numbered("approval_id", { order_approval("2026-10-08T10:00:00", { doc_amount = "50" }), order_approval("2026-10-09T10:00:00", { doc_amount = "100" }) }) }) },
      { "a contract",
        given = {
          contract = { { contract_id = "K", signed_on = "2026-10-08", amount = "100", status = "signed" } },
          approval = { { approval_id = "A", doc_kind = "contract", doc_id = "K", approval_kind = "contract_approval", decision = "approve", decided_at = "2026-10-07T10:00:00", requested_at = "2026-10-07T09:00:00", doc_amount = "90" } },
        },
        expect = { { key = "K", amount = "10", approved = "90" } } },
      { "the approval names no amount", given = approved_at(nil), expect = { { key = "S", untestable = "no amount" } } },
    }
  end)(),
}

control "BYP-03" {
  title       = { en = "The approval ladder ended at its first step", zh = "多级审批止于第一级" },
  risk        = { en = "A document counts as approved while those who must decide have not been asked.", zh = "单据在高级审批前即被系统视为已批准。" },
  source      = { "000B III-1.1" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "sales_order",
  applies     = function(order) return is_live(order) and order.approved_at ~= nil end,
  evidence_columns = { "approval.step_no" },
  tests       = {
    en = "When the order's header says it was approved, with the decision of the last step that the matrix asks for; steps that never came are APR-07's.",
    zh = "订单表头审核时间与审批矩阵最后一级的决定时间比较；缺失的级次由 APR-07 检查。",
  },
  shape       = "approval",
  amount_kind = "transaction",
  message     = { en = "approved on {approved_at} after step {step}, while step {last} was decided on {decided_at}", zh = "第 {step} 级后于 {approved_at} 即审核，第 {last} 级于 {decided_at} 才审批" },
  follow_up   = { en = "Have the workflow mended so that the header follows the last step; read what was done in between.", zh = "修正审批流使表头状态以末级为准，检查期间的业务。" },

  test = function(order)
    select_currency(currency_of(order)) -- of the exception; the matrix has limits in the company's
    local amount = order.amount and money_in(order, "amount", company_currency, order.approved_at)
    local chain = required_chain("sales_order", "order_approval", amount, order.approved_at)
    local last = max(map(chain, "step_no"))
    if not last or last <= 1 then return end
    local standing = standing_approvals(order, order_kinds)
    local final = first(standing, function(approval) return (approval.step_no or 0) >= last end)
    if not final or order.approved_at >= final.decided_at then return end
    local before = first(standing, function(approval) return (approval.step_no or 0) < last end)
    return exception {
      amount = order.amount, approved_at = order.approved_at, step = before and before.step_no or "none", last = last,
      decided_at = final.decided_at, evidence = evidence(final, before, map(chain, "rule")),
    }
  end,

  cases = (function()
    local function laddered(second, more)
      local given = {
        sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "100", status = "approved", approved_at = "2026-10-08T10:00:00" } },
        approval_rule = {
          { doc_kind = "sales_order", approval_kind = "order_approval", step_no = "1", role = "sales_manager", amount_from = "0" },
          { doc_kind = "sales_order", approval_kind = "order_approval", step_no = "2", role = "marketing_vp", amount_from = "100" },
        },
        approval = numbered("approval_id", { order_approval "2026-10-08T10:00:00", order_approval(second, { step_no = "2", role = "marketing_vp" }) }),
      }
      for name, list in pairs(more or {}) do given[name] = list end
      return given
    end
    return {
      { "a second before the second step", given = laddered "2026-10-08T10:00:01",
        expect = { { key = "S", amount = "100", step = "1", last = "2", decided_at = "2026-10-08T10:00:01" } } },
      { "with the second step", given = laddered "2026-10-08T10:00:00", expect = {} },
      { "below the band of the second step", expect = {},
        given = laddered("2026-10-09T10:00:00", { sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "99.99", status = "approved", approved_at = "2026-10-08T10:00:00" } } }) },
      { "in another currency, by its amount in the company's",
        given = laddered("2026-10-09T10:00:00", {
          sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "20", currency = "USD", status = "approved", approved_at = "2026-10-08T10:00:00" } },
          exchange_rate = { { currency = "USD", rate_date = "2026-10-01", rate = "7" } },
        }),
        expect = { { key = "S", amount = "20", currency = "USD", step = "1", last = "2" } } },
      { "the second step never came: another control's", expect = {},
        given = laddered(nil, { approval = numbered("approval_id", { order_approval "2026-10-08T10:00:00" }) }) },
      { "no approvals imported", absent = { "approval" }, given = laddered "2026-10-09T10:00:00", expect = { { key = "S", untestable = "approval" } } },
    }
  end)(),
}

-- The credit terms of a customer in force when a receivable was posted; nil without a limit.
local function limit_of(entry)
  local terms = in_force("customer_credit", entry.posted_on, { customer_id = entry.customer_id })
  return terms and terms.credit_limit and terms or nil
end

control "BYP-04" {
  title       = { en = "Credit extended by invoice or journal, where nobody checks it", zh = "通过发票或分录增加应收绕过信用检查" },
  risk        = { en = "Orders are checked against the limit; what is invoiced without one, dearer than ordered, or posted by hand is not.", zh = "信用仅在订单环节检查，直接开票、加价开票或手工记应收可绕过。" },
  source      = { "000B II-2.2" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "receivable_entry",
  applies     = function(entry)
    return not is_void(entry) and entry.kind ~= "opening" and entry.amount ~= nil and entry.amount > 0 and entry.posted_on ~= nil
  end,
  group       = function(entry) return entry.customer_id end,
  parameters  = {
    include_open_orders = { true, origin = "default", note = "as CRD-01" },
    unapplied = { "all", origin = "default", note = "receipts not applied yet: all, same_contract or none" },
    tolerance = { decimal "0.01", origin = "default", note = "rounding of an invoice" },
  },
  tests       = {
    en = "Exposure is carried forward as for CRD-01; each receivable that adds more than the goods it takes over is compared with the limit in force.",
    zh = "按 CRD-01 逐笔滚动信用占用；应收金额超过其对应已发货物的部分使占用超过当时额度者列示。",
  },
  shape       = "balance",
  amount_kind = "exposure",
  message     = { en = "adds {increase} of its own to an exposure of {exposure}; limit {limit}", zh = "自身增加占用 {increase}，达 {exposure}，额度 {limit}" },
  follow_up   = { en = "Find the goods or service behind the receivable and who let it pass; count it in the customer's limit.", zh = "查明应收对应的货物或服务及放行人，纳入客户额度。" },

  test = function(entries, p)
    local customer = entries[1].customer
    if not customer then return untestable "no customer" end
    select_currency(company_currency)
    if not any(entries, limit_of) then return end
    return replay_credit({ customer }, entries, limit_of, function(entry, before, after, terms)
      local increase = after.exposure - before.exposure
      local excess = after.exposure - terms.credit_limit
      if increase <= p.tolerance or excess <= 0 then return nil end
      local order = entry.invoice and entry.invoice.order
      if approved(entry, { "credit_override" }, { by = entry.posted_on }) then return nil end
      if order and approved(order, { "credit_override" }, { by = entry.posted_on }) then return nil end
      return exception {
        row = entry, amount = round(min(increase, excess), 2), currency = currency_of(terms), increase = increase,
        exposure = after.exposure, limit = terms.credit_limit, evidence = evidence(terms, entry.invoice, order),
      }
    end, p)
  end,

  cases = (function()
    local function posted(amount, more)
      local given = {
        customer = { { customer_id = "C" } },
        customer_credit = { { customer_id = "C", valid_from = "2026-01-01", credit_limit = "1000" } },
        opening_balance = { { period = "2026-10", account = "receivable", customer_id = "C", amount = "400" } },
        accounting_period = { { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" } },
        receivable_entry = { { receivable_id = "R", customer_id = "C", posted_on = "2026-10-14", kind = "adjustment", amount = amount } },
      }
      for name, list in pairs(more or {}) do given[name] = list end
      return given
    end
    local function ordered(invoiced)
      return posted(invoiced, {
        sales_order = { { order_id = "S", customer_id = "C", order_date = "2026-10-08", approved_at = "2026-10-08T10:00:00", payment_mode = "credit", status = "approved", amount = "700" } },
        sales_order_line = { { order_id = "S", line_no = 1, product_id = "P", quantity = "7", unit_price = "100", amount = "700", gross_amount = "700", tax_rate = "0" } },
        delivery = { { delivery_id = "D", order_id = "S", customer_id = "C", kind = "delivery", delivery_date = "2026-10-09" } },
        delivery_line = { { delivery_id = "D", line_no = 1, order_id = "S", order_line_no = 1, product_id = "P", quantity = "7", unit_price = "100", gross_amount = "700", tax_rate = "0" } },
        invoice = { { invoice_id = "I", customer_id = "C", order_id = "S", issued_on = "2026-10-14", gross_amount = invoiced } },
        invoice_line = { { invoice_id = "I", line_no = 1, delivery_id = "D", delivery_line_no = 1, order_id = "S", order_line_no = 1, product_id = "P", quantity = "7", unit_price = "100", gross_amount = invoiced, tax_rate = "0" } },
        receivable_entry = { { receivable_id = "R", customer_id = "C", invoice_id = "I", posted_on = "2026-10-14", kind = "invoice", amount = invoiced } },
      })
    end
    return {
      { "a cent over the limit, by hand", given = posted "600.01", expect = { { key = "R", amount = "0.01", increase = "600.01", exposure = "1000.01", limit = "1000" } } },
      { "at the limit", given = posted "600", expect = {} },
      { "an invoice for goods that were delivered adds nothing", given = ordered "700", expect = {} },
      { "an invoice dearer than what was delivered", given = ordered "720",
        expect = { { key = "R", amount = "20", increase = "20", exposure = "1120" } } },
      { "no limit", given = posted("900", { customer_credit = {} }), expect = {} },
      { "approved", expect = {},
        given = posted("900", { approval = { { approval_id = "A", doc_kind = "receivable_entry", doc_id = "R", approval_kind = "credit_override", decision = "approve", decided_at = "2026-10-13T10:00:00", requested_at = "2026-10-13T09:00:00" } } }) },
      { "what was open before is not known", given = posted("900", { opening_balance = {} }), expect = { { key = "C", untestable = "no opening balance" } } },
    }
  end)(),
}

control "BYP-05" {
  title       = { en = "Price floor compared gross against net", zh = "限价含税与不含税混比" },
  risk        = { en = "The system lets prices with tax pass a floor without tax: every sale may be cheaper by the tax.", zh = "系统以含税价与不含税限价比较，实际售价可低于限价一个税额。" },
  source      = { "000B III-1.3.1" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = "sales_order_line",
  applies     = function(line)
    local order = line.order
    return order ~= nil and is_live(order) and is_sale(line) and signed_contract(order) == nil and line.unit_price ~= nil
      and line.price ~= nil and line.price.floor_price ~= nil and not read(line.price.price_list, "tax_included")
  end,
  group       = function(line) return { line.price.price_list_id, line.product_id } end,
  parameters  = {
    min_count = { 3, origin = "default", note = "fewer lines between the two floors are chance; PRC-01 reports each" },
    min_share = { decimal "25", origin = "default", note = "percent of the product's lines: where a check lets them pass there are many" },
  },
  tests       = {
    en = "Per product of a price list without tax: order lines whose price is under the floor while the price with tax is not, without a special price, where no line is under both.",
    zh = "按不含税价目表的产品统计：无特价审批、不含税价低于限价而含税价不低于限价的订单行（且无任何行两者均低于限价）。",
  },
  shape       = "aggregate",
  amount_kind = "exposure",
  message     = { en = "{count} lines under the floor {floor} without tax, none under it with tax", zh = "{count} 行不含税价低于限价 {floor}，含税价均不低于限价" },
  follow_up   = { en = "Test the system's floor with one price between the two; correct its basis.", zh = "用介于两者之间的价格测试系统限价控制，修正比较口径。" },

  test = function(lines, p)
    local between, short = {}, 0
    for line in each(lines) do
      local quantity = quantity_priced(line, line.price)
      local floor = line.price.floor_price * quantity
      local net = real_total(line)
      local is_under = net < floor and not approved(line, { "special_price" }, { by = line.order.approved_at })
      if is_under then
        if real_total_gross(line) < floor then return end -- the check held for nobody
        table.insert(between, line)
        short = short + floor - net
      end
    end
    if #between < p.min_count or #between * 100 < p.min_share * #lines then return end
    return exception {
      row = between[1].price, amount = short, count = #between, floor = between[1].price.floor_price, evidence = evidence(at_most(20, between)),
    }
  end,

  cases = (function()
    local function lines(prices, more)
      local given = {
        product = { { product_id = "P" } },
        price_list = { { price_list_id = "L", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00" } },
        price_list_line = { { price_list_id = "L", product_id = "P", floor_price = "100", list_price = "110" } },
        sales_order = { { order_id = "S", order_date = "2026-10-14", status = "approved", approved_at = "2026-10-14T10:00:00" } },
        sales_order_line = {},
      }
      for position, price in ipairs(prices) do
        table.insert(given.sales_order_line, { order_id = "S", line_no = position, product_id = "P", quantity = "2", unit_price = price, tax_rate = "0.13" })
      end
      for name, list in pairs(more or {}) do given[name] = list end
      return given
    end
    return {
      { "three between the floors", given = lines { "90", "95", "99.99", "100", "120" },
        expect = { { key = "L/P/////", amount = "30.02", count = "3", floor = "100" } } },
      { "two", given = lines { "90", "95", "100" }, expect = {} },
      { "a quarter of the lines", given = lines { "90", "95", "99.99", "100", "100", "100", "100", "100", "100", "100", "100", "100" },
        expect = { { key = "L/P/////", amount = "30.02", count = "3" } } },
      { "less than a quarter", given = lines { "90", "95", "99.99", "100", "100", "100", "100", "100", "100", "100", "100", "100", "100" }, expect = {} },
      { "one of them was approved", expect = {},
        given = lines({ "90", "95", "99.99" }, { approval = { {
          approval_id = "A", doc_kind = "sales_order_line", doc_id = "S/2", approval_kind = "special_price", decision = "approve",
          requested_at = "2026-10-13T09:00:00", decided_at = "2026-10-13T10:00:00",
        } } }) },
      { "one is under both", given = lines { "90", "95", "99", "80" }, expect = {} },
      { "exactly at the floor with tax, three times", parameters = { min_count = 1 }, given = lines { "88.50" }, expect = { { key = "L/P/////", amount = "23", count = "1" } } },
      { "a list with tax", expect = {},
        given = lines({ "90", "95", "99" }, { price_list = { { price_list_id = "L", valid_from = "2026-01-01", approved_at = "2025-12-20T09:00:00", tax_included = "true" } } }) },
      { "no floors imported", absent = { "price_list_line.floor_price" }, given = lines { "90" }, expect = { { key = "S/1", untestable = "floor_price" } } },
    }
  end)(),
}

-- Why a customer was on hold on a day: "inactive", or an unresolved credit event; nil where it was not.
local function on_hold(customer, moment)
  if not customer then return nil end
  local status = read(customer, "status")
  if status == "inactive" or status == "deleted" then return status end
  local event = imported "credit_event" and first(customer.credit_events, function(one)
    return one.occurred_on ~= nil and one.occurred_on <= moment and (one.resolved_on == nil or one.resolved_on > moment)
  end)
  return event and (event.kind or "credit event") or nil
end

local function was_ever_on_hold(customer)
  local status = customer and read(customer, "status")
  return status == "inactive" or status == "deleted" or (customer ~= nil and imported "credit_event" and #customer.credit_events > 0)
end

-- The lines of a quotation as one text: products, quantities and prices.
local function offer_text(quotation)
  local parts = map(quotation.lines, function(line)
    return table.concat({ line.product_id or "", tostring(line.quantity or 0), tostring(line.unit_price or 0) }, "|")
  end)
  return #parts > 0 and table.concat(sort(parts), "\n") or nil
end

-- The quotations with a line like the first of this one, itself included.
local function same_offers(quotation)
  local line = first(quotation.lines, "product_id")
  if not line then return {} end
  local lines = lookup("quotation_line", { product_id = line.product_id, quantity = line.quantity, unit_price = line.unit_price })
  return map(lines, "quotation")
end

-- The first earlier quotation that offers the same to another customer, who was on hold when this one was made, and why.
local function original_on_hold(quotation, window_days)
  local moment, offer = quotation.quoted_on, nil
  for other in each(same_offers(quotation)) do
    local is_earlier = other ~= quotation and other.quoted_on and other.quoted_on <= moment
      and days_between(other.quoted_on, moment) <= window_days and other.customer_id ~= quotation.customer_id
    local reason = is_earlier and on_hold(other.customer, moment)
    if reason then
      offer = offer or offer_text(quotation)
      if offer_text(other) == offer then return other, reason end
    end
  end
end

control "BYP-06" {
  title       = { en = "Quotation copied from a customer on hold", zh = "由冻结客户的报价单复制" },
  risk        = { en = "A hold stops new documents of a customer, not a copy that is ordered in another's name.", zh = "客户被冻结后，以复制报价、他人名义下单绕过控制。" },
  source      = { "001-II.2.4" },
  severity    = "high",
  profile     = { "general", "archive" },
  population  = "quotation",
  scope       = "all",
  parameters  = { window_days = { 60, origin = "default", note = "how old the original may be" } },
  tests       = {
    en = "Each quotation, where its customer was ever on hold, with later ones of the period for other customers that offer the same products, quantities and prices, made while that customer was on hold.",
    zh = "客户曾被冻结的，其报价单与冻结期间向其他客户所作产品、数量、价格完全相同的本期报价比较。",
  },
  shape       = "duplicates",
  amount_kind = "exposure",
  message     = { en = "same offer as {original} of {customer}, on hold ({reason}) on {quoted_on}", zh = "与客户 {customer} 报价单 {original} 内容相同，{quoted_on} 该客户处于冻结状态（{reason}）" },
  terms       = {
    inactive = { en = "inactive", zh = "停用" }, deleted = { en = "deleted", zh = "删除" }, overdue = { en = "overdue", zh = "逾期" },
    dispute = { en = "dispute", zh = "争议" }, bounced = { en = "bounced bill", zh = "拒付" }, bad_debt = { en = "bad debt", zh = "坏账" }, fraud = { en = "fraud", zh = "欺诈" },
  },
  follow_up   = { en = "Find out who receives the goods and who pays; stop delivery if it is the customer on hold.", zh = "查明实际收货人和付款人，如为冻结客户应停止发货。" },

  -- Few customers are ever on hold: what they were offered is looked for in others' quotations, not the other way round.
  test = function(original, p)
    if not was_ever_on_hold(original.customer) then return end
    if not original.quoted_on then return untestable "no date of the quotation" end
    local found, seen = {}, {}
    for copy in each(same_offers(original)) do
      local first_one, reason
      if copy.quoted_on and in_period(copy.quoted_on) and not seen[copy] then
        first_one, reason = original_on_hold(copy, p.window_days)
      end
      seen[copy] = true
      if first_one == original then
        table.insert(found, exception {
          row = copy, amount = copy.amount, original = original.quotation_id, customer = original.customer_id, reason = reason,
          quoted_on = copy.quoted_on, evidence = evidence(original, original.customer, copy.lines),
        })
      end
    end
    return found
  end,

  cases = (function()
    local function copied(fields, more)
      local first_one = { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-01", amount = "20" }
      for name, value in pairs(fields or {}) do first_one[name] = value end
      local given = {
        customer = { { customer_id = "C1", status = "inactive" }, { customer_id = "C2", status = "active" } },
        quotation = { first_one, { quotation_id = "Q2", customer_id = "C2", quoted_on = "2026-10-14", amount = "20" } },
        quotation_line = {
          { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" },
          { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10.00" },
        },
      }
      for name, list in pairs(more or {}) do given[name] = list end
      return given
    end
    return {
      { "of an inactive customer", given = copied(), expect = { { key = "Q2", amount = "20", original = "Q1", customer = "C1", reason = "inactive" } } },
      { "another price", expect = {},
        given = copied({}, { quotation_line = { { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10.01" } } }) },
      { "one line more", expect = {},
        given = copied({}, { quotation_line = { { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q2", line_no = 2, product_id = "R", quantity = "1" } } }) },
      { "sixty-one days old", given = copied { quoted_on = "2026-08-14" }, expect = {} },
      { "the customer's own", given = copied { customer_id = "C2" }, expect = {} },
      { "an overdue customer",
        given = copied({}, { customer = { { customer_id = "C1" }, { customer_id = "C2" } }, credit_event = { { event_id = "V", customer_id = "C1", kind = "overdue", occurred_on = "2026-09-01" } } }),
        expect = { { key = "Q2", amount = "20", reason = "overdue" } } },
      { "settled on the day of the copy", expect = {},
        given = copied({}, { customer = { { customer_id = "C1" }, { customer_id = "C2" } }, credit_event = { { event_id = "V", customer_id = "C1", kind = "overdue", occurred_on = "2026-09-01", resolved_on = "2026-10-14" } } }) },
      { "a copy of last month", period = "2026-10", expect = {},
        given = copied({ quoted_on = "2026-09-01" }, { quotation = { { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-09-01", amount = "20" }, { quotation_id = "Q2", customer_id = "C2", quoted_on = "2026-09-14", amount = "20" } } }) },
      { "two versions of the original",
        given = copied({}, {
          quotation = { { quotation_id = "Q0", customer_id = "C1", quoted_on = "2026-09-30" }, { quotation_id = "Q1", customer_id = "C1", quoted_on = "2026-10-01" }, { quotation_id = "Q2", customer_id = "C2", quoted_on = "2026-10-14", amount = "20" } },
          quotation_line = {
            { quotation_id = "Q0", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" }, { quotation_id = "Q1", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" },
            { quotation_id = "Q2", line_no = 1, product_id = "P", quantity = "2", unit_price = "10" },
          },
        }),
        expect = { { key = "Q2", amount = "20", original = "Q0", customer = "C1" } } },
      { "no date", given = copied { quoted_on = "" }, expect = { { key = "Q1", untestable = "no date" } } },
      { "no lines imported", absent = { "quotation_line" }, given = copied(), expect = { { key = "Q1", untestable = "quotation_line" } } },
    }
  end)(),
}

control "BYP-07" {
  title       = { en = "Order confirmed from a state that skips approval", zh = "由跳过审批的状态确认订单" },
  risk        = { en = "A draft or rejected order is set to approved by hand, and the approvers never see it.", zh = "草稿或驳回的订单被直接改为已审核，绕过审批人。" },
  source      = { "000C 2" },
  severity    = "critical",
  profile     = { "general", "erp-order" },
  population  = "order_change",
  applies     = function(change, p)
    return change.field == "status" and contains(p.from, change.old_value or "") and contains(p.to, change.new_value or "") and change.order ~= nil
  end,
  parameters  = {
    from = { { "draft", "rejected" }, origin = "default", note = "states that approval must come after" },
    to   = { { "approved", "closed" }, origin = "default", note = "states that only approval may give" },
  },
  tests       = {
    en = "Changes of an order's state from draft or rejected straight to approved, with approvals that stood at that moment.",
    zh = "订单状态由草稿或驳回直接改为已审核时，是否存在有效审批。",
  },
  shape       = "approval",
  amount_kind = "transaction",
  message     = { en = "{old} set to {new} by {changed_by} on {changed_at} with no approval standing", zh = "{changed_by} 于 {changed_at} 将状态由 {old} 直接改为 {new}，无有效审批" },
  terms       = { draft = { en = "draft", zh = "草稿" }, rejected = { en = "rejected", zh = "驳回" }, approved = { en = "approved", zh = "已审核" }, closed = { en = "closed", zh = "关闭" } },
  follow_up   = { en = "Take the right to set this state from users; have the order decided by whoever should have.", zh = "收回直接修改状态的权限，补办审批。" },

  test = function(change)
    if not change.changed_at then return untestable "no date of the change" end
    if #standing_approvals(change.order, order_kinds, change.changed_at) > 0 then return end
    return exception {
      amount = change.order.amount, old = change.old_value, new = change.new_value, changed_by = change.changed_by or "nobody named",
      changed_at = change.changed_at, evidence = evidence(change.order, decisions(change.order, order_kinds)),
    }
  end,

  cases = (function()
    local function confirmed(old, approvals)
      return {
        sales_order = { { order_id = "S", order_date = "2026-10-08", amount = "12.50" } },
        order_change = { { change_id = "X", order_id = "S", field = "status", old_value = old, new_value = "approved", changed_by = "E1", changed_at = "2026-10-14T09:00:00" } },
        approval = numbered("approval_id", approvals or {}),
      }
    end
    return {
      { "a draft", given = confirmed "draft", expect = { { key = "X", amount = "12.50", old = "draft", new = "approved", changed_by = "E1" } } },
      { "approved in that second", given = confirmed("draft", { order_approval "2026-10-14T09:00:00" }), expect = {} },
      { "approved a second later", given = confirmed("draft", { order_approval "2026-10-14T09:00:01" }), expect = { { key = "X", amount = "12.50", new = "approved" } } },
      { "approved, then rejected", given = confirmed("rejected", { order_approval "2026-10-13T09:00:00", order_approval("2026-10-13T10:00:00", { decision = "reject" }) }),
        expect = { { key = "X", amount = "12.50", old = "rejected" } } },
      { "from submitted, as the workflow does", given = confirmed "submitted", expect = {} },
      { "no approvals imported", absent = { "approval" }, given = confirmed "draft", expect = { { key = "X", untestable = "approval" } } },
    }
  end)(),
}

-- The unit somebody belongs to, or nil.
local function unit_of(who)
  local employee = person(who)
  return employee and read(employee, "org_unit_id") or nil
end

-- The highest rank that somebody held at a moment; 0 where none is known.
local function rank_held(who, moment)
  local ranks = map(roles_held(who, moment), rank_of)
  return #ranks > 0 and max(ranks) or 0
end

control "BYP-08" {
  title       = { en = "Approval granted automatically, or within the requester's own group", zh = "系统自动批准或申请人所在组自动获批" },
  risk        = { en = "A rule of the workflow approves what a person should have read.", zh = "审批流自动通过，无人实际审核。" },
  source      = { "000B III-1.1", "000C 2" },
  severity    = "high",
  profile     = { "general", "erp-order" },
  population  = "approval",
  applies     = function(approval, p)
    return approval.decision == "approve" and approval.requested_at ~= nil and approval.decided_at ~= nil and not contains(p.may_be_automatic, approval.approval_kind or "")
  end,
  parameters  = {
    seconds          = { 5, origin = "default", note = "nobody reads a document in less" },
    may_be_automatic = { {}, origin = "default", note = "kinds of approval that the policy lets the system give" },
  },
  tests       = {
    en = "Who approved: a system user; or, within seconds of the request, somebody of the requester's unit who ranks no higher.",
    zh = "审批人是否为系统用户，或在提请后数秒内由申请人同部门且级别不高于其的人员批准。",
  },
  shape       = "approval",
  amount_kind = "transaction",
  message     = { en = "approved by {approver} {seconds} seconds after the request of {requester}: {fault}", zh = "{requester} 提请后 {seconds} 秒由 {approver} 批准：{fault}" },
  terms       = { ["system user"] = { en = "a system user", zh = "系统用户" }, ["own group"] = { en = "the requester's own group", zh = "申请人同组" } },
  follow_up   = { en = "Read the workflow's rule; have a person of the right role decide.", zh = "检查审批流规则，由有权人员补充审批。" },

  test = function(approval, p)
    local taken = approval.decided_at - approval.requested_at
    local fault
    if is_system(approval.approver_id) then
      fault = "system user"
    elseif taken >= 0 and taken <= p.seconds and not same_person(approval.requested_by, approval.approver_id) then
      local unit = unit_of(approval.approver_id)
      local is_own = unit ~= nil and unit == unit_of(approval.requested_by)
      if is_own and rank_held(approval.approver_id, approval.decided_at) <= rank_held(approval.requested_by, approval.decided_at) then
        fault = "own group"
      end
    end
    if not fault then return end
    return exception {
      amount = approval.doc_amount, approver = approval.approver_id, requester = approval.requested_by or "nobody named",
      seconds = taken, fault = fault, evidence = evidence(approval.document),
    }
  end,

  cases = (function()
    local function given(approval, more)
      local tables = {
        employee = { { employee_id = "E1", org_unit_id = "D1" }, { employee_id = "E9", org_unit_id = "D1" } },
        role_assignment = { { employee_id = "E1", role = "sales_clerk" }, { employee_id = "E9", role = "sales_clerk" } },
        role_rank = { { role = "sales_clerk", rank = "10" }, { role = "sales_manager", rank = "40" } },
        user_account = { { user_id = "U0", is_system = "true" } },
        approval = { order_approval("2026-10-08T09:00:05", approval) },
      }
      tables.approval[1].approval_id, tables.approval[1].doc_amount = "A", "12.50"
      for name, list in pairs(more or {}) do tables[name] = list end
      return tables
    end
    return {
      { "a colleague, in five seconds", given = given {}, expect = { { key = "A", amount = "12.50", fault = "own group", seconds = "5", approver = "E9", requester = "E1" } } },
      { "in six", given = given { decided_at = "2026-10-08T09:00:06" }, expect = {} },
      { "their manager, quick as that", expect = {},
        given = given({}, { role_assignment = { { employee_id = "E1", role = "sales_clerk" }, { employee_id = "E9", role = "sales_manager" } } }) },
      { "somebody of another unit", expect = {},
        given = given({}, { employee = { { employee_id = "E1", org_unit_id = "D1" }, { employee_id = "E9", org_unit_id = "D2" } } }) },
      { "the system, after an hour", given = given { approver_id = "U0", decided_at = "2026-10-08T10:00:00" },
        expect = { { key = "A", amount = "12.50", fault = "system user", seconds = "3600", approver = "U0" } } },
      { "a kind that the system may give", given = given { approver_id = "U0" }, parameters = { may_be_automatic = { "order_approval" } }, expect = {} },
      { "no units imported", absent = { "employee.org_unit_id" }, given = given {}, expect = {} },
      { "no roles imported", absent = { "role_assignment" }, given = given {}, expect = { { key = "A", untestable = "role_assignment" } } },
    }
  end)(),
}

-- Whose document it is.
local function author_of(document)
  if table_of(document) == "write_off" then return document.written_off_by end
  return document.proposed_by
end

control "BYP-09" {
  title       = { en = "Write-off or concession split to stay under an approval tier", zh = "拆分核销、让利规避审批级次" },
  risk        = { en = "Parts that one person may grant add up to what only a superior may.", zh = "拆分后各部分由低级别审批，合计应由上级审批。" },
  source      = { "000B III-1.1" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = { "write_off", "concession" },
  applies     = function(document) return (table_of(document) == "concession" or not is_void(document)) and document.amount ~= nil and author_of(document) ~= nil end,
  group       = function(document)
    local employee = person(author_of(document))
    return { document.customer_id, employee and employee.employee_id or author_of(document), currency_of(document) }
  end,
  parameters  = {
    window_days  = { 3, origin = "default", note = "parts of one decision are made within a few days; orders and contracts are APR-08's" },
  },
  tests       = {
    en = "Per customer and author: documents within the window, each below a tier of the approval matrix, that reach it together.",
    zh = "同一客户、同一经办人在窗口期内各自低于审批级次、合计达到该级次的单据。",
  },
  shape       = "aggregate",
  amount_kind = "transaction",
  message     = { en = "{count} documents of {author} within {days} days make {total}; the tier begins at {tier}", zh = "{author} 在 {days} 天内 {count} 张单据合计 {total}，达到审批级次 {tier}" },
  follow_up   = { en = "Have the whole decided by whoever may decide its sum.", zh = "按合计金额由有权人员审批。" },

  test = function(documents, p)
    local kind = table_of(documents[1])
    local tiers = sort(filter(map(rows_where("approval_rule", { doc_kind = kind }), "amount_from"), function(from) return from > 0 end))
    local found = {}
    local function moment(one)
      if kind == "write_off" then return one.written_off_on end
      return one.proposed_at
    end
    local dated = sort(filter(documents, moment), moment)
    local from = 1
    for position, last in ipairs(dated) do
      while days_between(moment(dated[from]), moment(last)) >= p.window_days do from = from + 1 end
      local parts = {}
      for at = from, position do table.insert(parts, dated[at]) end
      local total = sum(parts, "amount")
      local tier = #parts > 1 and first(tiers, function(limit)
        return total >= limit and total - last.amount < limit and all(parts, function(one) return one.amount < limit end)
      end)
      if tier then
        table.insert(found, exception {
          row = last, label = tostring(tier), amount = total, count = #parts, author = author_of(last), days = p.window_days, total = total, tier = tier,
          evidence = evidence(parts),
        })
      end
    end
    return found
  end,

  cases = (function()
    local function write_offs(...)
      local list = {}
      for position = 1, select("#", ...) do
        local part = (select(position, ...))
        table.insert(list, { write_off_id = "W" .. position, customer_id = "C", written_off_by = "E1", written_off_on = part[1], amount = part[2] })
      end
      return {
        write_off = list,
        approval_rule = {
          { doc_kind = "write_off", approval_kind = "write_off", step_no = "1", role = "finance_head", amount_from = "0" },
          { doc_kind = "write_off", approval_kind = "write_off", step_no = "2", role = "general_manager", amount_from = "1000" },
        },
      }
    end
    return {
      { "two within three days reach the tier", given = write_offs({ "2026-10-12", "500" }, { "2026-10-14", "500" }),
        expect = { { key = "W2", label = "1000", amount = "1000", count = "2", tier = "1000", author = "E1" } } },
      { "a cent short", given = write_offs({ "2026-10-12", "500" }, { "2026-10-14", "499.99" }), expect = {} },
      { "a day too far apart", given = write_offs({ "2026-10-12", "500" }, { "2026-10-15", "500" }), expect = {} },
      { "one of them reaches it alone", given = write_offs({ "2026-10-12", "500" }, { "2026-10-14", "1000" }), expect = {} },
      { "reported where the tier is reached, not again after", given = write_offs({ "2026-10-12", "500" }, { "2026-10-13", "600" }, { "2026-10-14", "10" }),
        expect = { { key = "W2", label = "1000", amount = "1100" } } },
      { "concessions of one proposer",
        given = {
          approval_rule = { { doc_kind = "concession", approval_kind = "concession", step_no = "2", amount_from = "100" } },
          concession = { { concession_id = "K1", customer_id = "C", proposed_by = "E1", proposed_at = "2026-10-12T09:00:00", amount = "60" }, { concession_id = "K2", customer_id = "C", proposed_by = "E1", proposed_at = "2026-10-12T10:00:00", amount = "60" } },
        },
        expect = { { key = "K2", label = "100", amount = "120" } } },
      { "no amounts imported", absent = { "write_off.amount" }, given = write_offs({ "2026-10-12", "500" }), expect = { { key = "W1", untestable = "amount" } } },
    }
  end)(),
}

-- The date that a document bears, and when it was entered or approved in the system.
local dated = {
  sales_order      = { "order_date", "submitted_at" },
  delivery         = { "delivery_date", "approved_at" },
  invoice          = { "issued_on", "reviewed_at" },
  receipt          = { "received_on", "recorded_at" },
  receivable_entry = { "posted_on", "audited_at" },
}

control "BYP-10" {
  title       = { en = "Backdated document: entered after its date, in a closed period", zh = "倒签单据：晚于单据日期录入已结账期间" },
  risk        = { en = "Revenue or money is moved into a period whose figures were final.", zh = "将收入或收款倒签入已结账期间，改变已定报表。" },
  source      = { "000B II-2.4" },
  severity    = "high",
  profile     = { "general", "internal-control" },
  population  = { "sales_order", "delivery", "invoice", "receipt", "receivable_entry" },
  scope       = "all",
  applies     = function(document)
    if not is_live(document) then return false end
    local fields = dated[table_of(document)]
    return in_period(read(document, fields[2])) or in_period(read(document, fields[1]))
  end,
  tests       = {
    en = "The date that a document bears, with the moment it was entered, reviewed or recorded, and with the closing of the period that its date lies in.",
    zh = "单据日期与录入、复核时间及所属期间结账时间比较。",
  },
  shape       = "sequence",
  amount_kind = "misstatement",
  message     = { en = "dated {dated}, entered {entered}; {period} was closed on {closed_at}", zh = "单据日期 {dated}，{entered} 录入，期间 {period} 已于 {closed_at} 结账" },
  follow_up   = { en = "Ask who reopened the period or let the entry in; date it in the open period.", zh = "查明何人放行，按未结账期间重新入账。" },

  test = function(document)
    local fields = dated[table_of(document)]
    local on, entered = document[fields[1]], document[fields[2]]
    if not on then return untestable "no date of the document" end
    if not entered or not has_happened(entered) then return end
    local period = in_force("accounting_period", on, {}, "starts_on", "ends_on")
    if not period then return untestable "no accounting period" end
    if not period.closed_at or entered <= period.closed_at or day(entered) <= on then return end
    return exception {
      amount = table_of(document) == "delivery" and sum(document.lines, "gross_amount") or stated_amount(document),
      dated = on, entered = entered, period = period.period, closed_at = period.closed_at, evidence = evidence(period),
    }
  end,

  cases = (function()
    local function order(fields)
      local one = { order_id = "S", order_date = "2026-09-29", submitted_at = "2026-10-09T18:00:01", amount = "12.50", status = "approved" }
      for name, value in pairs(fields or {}) do one[name] = value end
      return {
        sales_order = { one },
        accounting_period = {
          { period = "2026-09", starts_on = "2026-09-01", ends_on = "2026-09-30", closed_at = "2026-10-09T18:00:00" },
          { period = "2026-10", starts_on = "2026-10-01", ends_on = "2026-10-31" },
        },
      }
    end
    return {
      { "a second after the closing", period = "2026-10", given = order(),
        expect = { { key = "S", amount = "12.50", dated = "2026-09-29", entered = "2026-10-09T18:00:01", period = "2026-09" } } },
      { "in the second of the closing", period = "2026-10", given = order { submitted_at = "2026-10-09T18:00:00" }, expect = {} },
      { "dated in the open period", period = "2026-10", given = order { order_date = "2026-10-01" }, expect = {} },
      { "entered and dated before the period", period = "2026-10", given = order { submitted_at = "2026-09-29T09:00:00" }, expect = {} },
      { "a draft", period = "2026-10", given = order { status = "draft" }, expect = {} },
      { "a delivery, by its lines", period = "2026-10",
        given = (function()
          local given = order()
          given.sales_order = nil
          given.delivery = { { delivery_id = "D", delivery_date = "2026-09-30", approved_at = "2026-10-10T09:00:00" } }
          given.delivery_line = { { delivery_id = "D", line_no = 1, gross_amount = "3" }, { delivery_id = "D", line_no = 2, gross_amount = "4" } }
          return given
        end)(),
        expect = { { key = "D", amount = "7", dated = "2026-09-30", period = "2026-09" } } },
      { "no date", given = order { order_date = "" }, expect = { { key = "S", untestable = "no date" } } },
    }
  end)(),
}

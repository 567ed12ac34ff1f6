-- SPDX-License-Identifier: MIT
-- The processes of the source documents whose steps, actors and papers are named: what is done, by whom, in which
-- order, and where the model keeps it. A step is { name, table, moment, who, roles = who may, unit = whose staff may };
-- one that is `optional` may be left out.

local processes = {
  -- 000A: reception to formal contract; the concession's chain is the part that leaves moments.
  concession = {
    { "proposed",  "concession", "proposed_at", "proposed_by", roles = { "sales_supervisor" } },
    { "released",  "concession", "released_at", "released_to", roles = { "salesperson", "sales_supervisor" } },
  },
  reservation = {
    { "reserved",   "reservation", "signed_on",   "signed_by" },
    { "deposit",    "receipt",     "received_on", "collected_by", roles = { "accountant", "cashier" } },
    { "contracted", "contract",    "signed_on",   "signed_by" },
  },

  -- 000C: order entry, review, execution.
  order = {
    { "submitted", "sales_order", "submitted_at", "entered_by" },
    { "approved",  "sales_order", "approved_at",  "approved_by" },
    { "notified",  "production_order", "notified_at", optional = true },
    { "released",  "production_order", "released_at", "released_by", optional = true },
    { "requested", "delivery_request", "requested_at", "requested_by", optional = true },
    { "delivered", "delivery", "delivery_date", "prepared_by" },
    { "invoiced",  "invoice",  "issued_on",     "issued_by" },
  },

  -- 000M: ordinary sale, goods first, invoice afterwards.
  ship_first = {
    { "delivery approved",  "delivery",         "approved_at", "approved_by" },
    { "issue prepared",     "stock_issue",      "prepared_at", "prepared_by" },
    { "goods issued",       "stock_issue",      "issued_at",   "issued_by", roles = { "storekeeper", "warehouse_head" } },
    { "invoiced",           "invoice",          "issued_on",   "issued_by", unit = "finance" },
    { "invoice reviewed",   "invoice",          "reviewed_at", "reviewed_by" },
    { "receivable audited", "receivable_entry", "audited_at",  "audited_by" },
    { "cost posted",        "cost_entry",       "posted_on" },
  },

  -- 000M: returns where goods go first: return note, red issue, red invoice, red receivable, red cost.
  return_ship_first = {
    { "return approved",    "delivery",         "approved_at", "approved_by" },
    { "red issue prepared", "stock_issue",      "prepared_at", "prepared_by" },
    { "red invoice",        "invoice",          "issued_on",   "issued_by" },
    { "invoice reviewed",   "invoice",          "reviewed_at", "reviewed_by" },
    { "receivable audited", "receivable_entry", "audited_at",  "audited_by" },
    { "cost posted",        "cost_entry",       "posted_on" },
  },

  -- 000M: returns where the invoice goes first: red invoice, its review, return note, red issue, red receivable, red cost.
  return_direct = {
    { "red invoice",        "invoice",          "issued_on",   "issued_by" },
    { "invoice reviewed",   "invoice",          "reviewed_at", "reviewed_by" },
    { "return approved",    "delivery",         "approved_at", "approved_by" },
    { "red issue prepared", "stock_issue",      "prepared_at", "prepared_by" },
    { "receivable audited", "receivable_entry", "audited_at",  "audited_by" },
    { "cost posted",        "cost_entry",       "posted_on" },
  },

  -- 000O: consignment.
  consignment = {
    { "delivery approved",   "delivery",               "approved_at",       "approved_by" },
    { "goods issued",        "stock_issue",            "issued_at",         "issued_by" },
    { "consignee's list",    "consignment_settlement", "consignee_list_on" },
    { "settled",             "consignment_settlement", "settled_on" },
    { "settlement reviewed", "consignment_settlement", "reviewed_at",       "reviewed_by" },
    { "invoiced",            "invoice",                "issued_on",         "issued_by" },
  },

  -- 003 section 3: from the technical agreement to the customer's posting of our invoice.
  engineered = {
    { "technical agreement", "technical_agreement",   "signed_on",   "technical_by" },
    { "contract signed",     "contract",              "signed_on",   "signed_by" },
    { "advance received",    "receipt",               "received_on", "collected_by", optional = true },
    { "production released", "production_order",      "released_at", "released_by" },
    { "inspected",           "inspection",            "inspected_on", "inspector_id" },
    { "stocked in",          "goods_receipt",         "received_on", "received_by" },
    { "ship notice",         "document_distribution", "received_at", "received_by" },
    { "delivered",           "delivery",              "delivery_date", "prepared_by" },
    { "invoiced",            "invoice",               "issued_on",   "issued_by" },
    { "signed for",          "delivery_confirmation", "signed_on" },
    { "posted by customer",  "invoice",               "customer_posted_on" },
  },

  -- 004-2: quotation and bid.
  quotation = {
    { "received",  "inquiry",   "received_at", "salesperson_id" },
    { "reported",  "inquiry",   "reported_at", "salesperson_id" },
    { "decided",   "inquiry",   "decided_at",  "decided_by", roles = { "sales_manager", "company_leader" } },
    { "prepared",  "quotation", "prepared_at", "prepared_by" },
    { "reviewed",  "quotation", "reviewed_at", "reviewed_by", roles = { "sales_manager" } },
    { "printed",   "quotation", "printed_at" },
    { "sealed",    "quotation", "sealed_at" },
    { "sent",      "quotation", "sent_at" },
  },

  -- 004-3: negotiation to archived contract.
  contract = {
    { "negotiated",       "negotiation", "held_on" },
    { "reported",         "negotiation", "reported_at" },
    { "result confirmed", "negotiation", "result_confirmed_at" },
    { "confirmed",        "contract",    "confirmed_at", "confirmed_by", roles = { "sales_manager", "company_leader" } },
    { "signed",           "contract",    "signed_on",    "signed_by" },
    { "effective",        "contract",    "effective_on" },
  },

  -- 004-4: request for goods to the signed slip.
  delivery = {
    { "requested",       "delivery_request", "requested_at",       "requested_by", roles = { "salesperson", "sales_clerk" } },
    { "branch reviewed", "delivery_request", "branch_reviewed_at", "branch_reviewed_by", roles = { "branch_manager" } },
    { "sales reviewed",  "delivery_request", "sales_reviewed_at",  "sales_reviewed_by", roles = { "sales_manager" } },
    { "issue prepared",  "stock_issue",      "prepared_at",        "prepared_by", roles = { "sales_clerk" } },
    { "goods issued",    "stock_issue",      "issued_at",          "issued_by", roles = { "storekeeper", "warehouse_head" } },
    { "signed for",      "delivery_confirmation", "signed_on" },
    { "slip handed in",  "delivery_confirmation", "handed_in_at" },
  },

  -- 004-5: collection.
  collection = {
    { "requested",         "collection_request", "requested_at",         "requested_by" },
    { "sales confirmed",   "collection_request", "sales_confirmed_at",   "sales_confirmed_by" },
    { "finance confirmed", "collection_request", "finance_confirmed_at", "finance_confirmed_by" },
    { "sent to customer",  "collection_request", "sent_to_customer_at" },
  },

  -- 004-6: invoicing.
  invoicing = {
    { "requested", "invoice_request", "requested_at", "requested_by", roles = { "salesperson" } },
    { "reviewed",  "invoice_request", "reviewed_at",  "reviewed_by" },
    { "issued",    "invoice",         "issued_on",    "issued_by", unit = "finance" },
    { "delivered", "invoice",         "delivered_on" },
    { "signed for", "invoice",        "customer_signed_on" },
  },

  -- 004-8: returns.
  return_of_goods = {
    { "requested",     "return_request", "requested_on",        "salesperson_id" },
    { "confirmed",     "return_request", "branch_confirmed_at", "branch_confirmed_by", roles = { "branch_manager" } },
    { "checked",       "return_request", "checked_at",          "checked_by" },
    { "authenticated", "return_request", "authenticity_at",     "authenticity_by", unit = "technical" },
    { "reviewed",      "return_request", "reviewed_at",         "reviewed_by", roles = { "sales_manager" } },
    { "red issue prepared", "stock_issue", "prepared_at",       "prepared_by", roles = { "sales_clerk" } },
    { "goods received",     "stock_issue", "issued_at",         "issued_by", roles = { "storekeeper", "warehouse_head" } },
  },
}

-- The names of the processes, in order.
function process_names()
  local names = {}
  for name in pairs(processes) do table.insert(names, name) end
  return sort(names)
end

-- The steps of a process as declared: { name, table, moment, who, ... }.
function declared_steps(process)
  return processes[process] or error("there is no process " .. process)
end

-- The steps of a process, in its order, as their rows record them. `documents` holds the rows by their table, as
-- { invoice_request = request, invoice = invoice }; `names` chooses steps (nil: all). A step brings the roles and the unit
-- that the process gives it.
function process_steps(process, documents, names)
  local declared = declared_steps(process)
  local chosen = {}
  for item in each(names or map(declared, function(one) return one[1] end)) do
    local known = first(declared, function(one) return one[1] == item end)
      or error("process " .. process .. " has no step " .. item)
    local found = step(known[2], documents[known[2]], known[3], known[4])
    found.optional = known.optional
    found.roles = known.roles
    found.unit = known.unit
    table.insert(chosen, found)
  end
  return chosen
end

-- What is wrong with who took the steps: an array of { fault = "wrong role", step =, other =, wanted = } for each that was
-- taken by somebody who held none of its roles at that moment, or did not belong to its unit. Steps that name nobody
-- and unknown people are left out.
function role_faults(steps)
  local faults = {}
  for current in each(steps) do
    local employee = current.at and current.by and not is_system(current.by) and person(current.by)
    if employee then
      local may = (not current.roles or held_role(current.by, current.roles, current.at))
        and (not current.unit or works_in(current.by, current.unit, current.at))
      if not may then
        local wanted = current.roles and table.concat(current.roles, ", ") or current.unit
        table.insert(faults, { fault = "wrong role", step = current, other = current, wanted = wanted })
      end
    end
  end
  return faults
end

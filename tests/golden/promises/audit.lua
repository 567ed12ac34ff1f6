engagement {
  title = "What must never be silent", period = "2026-10", currency = "CNY", language = "en",
}
-- Two files, each with one record too many or too few: together they would add up.
import.csv { table = "sales_order", file = "data/first.csv", expect = { rows = 1 } }
import.csv { table = "sales_order", file = "data/second.csv", expect = { rows = 3 } }
-- A key that its function cannot make, and document kinds that nobody mapped.
import.csv {
  table = "approval", file = "data/approvals.csv",
  columns = {
    approval_id = function(source) if source.no ~= "2" then return "A" .. source.no end end,
    doc_kind = "kind", doc_id = "id", decision = "decision",
  },
}
controls { folder = "controls" }

-- SPDX-License-Identifier: MIT
-- Two totals that should agree, and the vouchers of a document.

-- The difference of two totals, or nil where they agree within the tolerance, which is noted. `about` as agree_within.
function difference(a, b, tolerance, about)
  if agree_within(a, b, tolerance, about) then return nil end
  return abs(a - b)
end

-- The vouchers that record a document, as { voucher =, amount =, alone = }: amount is the document's part of a
-- voucher that joins many, nil where it is not said; alone: the voucher records nothing else. `kind` is the
-- voucher's word for such documents ("receivable"); voucher_source may also name their table.
function vouchers_of(document, kind, id)
  local found = {}
  local function add(voucher, amount, alone)
    local is_known = any(found, function(link) return link.voucher == voucher end)
    if voucher and not is_known and is_live(voucher) then
      table.insert(found, { voucher = voucher, amount = amount, alone = alone })
    end
  end
  for voucher in each(lookup("voucher", { source_kind = kind, source_id = id })) do add(voucher, nil, true) end
  -- without the list of what vouchers join, a document without a voucher of its own may be in any
  for name in each((#found == 0 or imported "voucher_source") and { kind, table_of(document) } or {}) do
    for source in each(lookup("voucher_source", { source_kind = name, source_id = id })) do
      add(source.voucher, source.amount, source.voucher ~= nil and #source.voucher.sources == 1)
    end
  end
  return found
end

-- What a voucher debits (credits) on accounts, of a customer where the line names one.
function debited(voucher, accounts, customer_id)
  return sum(posted_on(voucher, accounts, customer_id), "debit")
end

function credited(voucher, accounts, customer_id)
  return sum(posted_on(voucher, accounts, customer_id), "credit")
end

-- The lines of a voucher on accounts, for a customer (nil: any) or without one.
function posted_on(voucher, accounts, customer_id)
  return filter(voucher.lines, function(line)
    local whose = line.customer_id
    return contains(accounts, line.account) and (customer_id == nil or whose == nil or whose == customer_id)
  end)
end

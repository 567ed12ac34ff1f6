-- SPDX-License-Identifier: MIT
-- Ageing: how long something has been open.

-- The days by which a day is overdue at a moment (nil: as of the audit), 0 when it is not. Untestable where neither
-- is known.
function days_overdue(due_on, moment)
  local now = moment or as_of
  if not now then untestable { en = "no date as of which to audit", zh = "未定审计截止日" } end
  return max(0, days_between(due_on, now))
end

-- The bucket of a number of days between bounds such as { 30, 60, 90 }: "0-30", "31-60", "over 90".
function age_bucket(days, bounds)
  local from = 0
  for bound in each(bounds) do
    if days <= bound then return from .. "-" .. bound end
    from = bound + 1
  end
  return "over " .. (from - 1)
end

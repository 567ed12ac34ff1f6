-- SPDX-License-Identifier: MIT
-- Moments and their order. A moment is a date or a timestamp; a date and a timestamp compare by calendar
-- day, so the same day is never late. A timestamp at midnight states no time: it is a date.

-- A moment as it is to be compared: a date where only the day is known.
function moment_of(moment)
  if type(moment) == "timestamp" and moment == timestamp(tostring(day(moment)) .. "T00:00:00") then return day(moment) end
  return moment
end

-- Whether one moment came before another; on one day only where both state a time.
function is_before(one, other)
  return moment_of(one) < moment_of(other)
end

-- The earliest of several moments, or nil; nil ones are left out.
function earliest(...)
  local found
  for position = 1, select("#", ...) do
    local moment = (select(position, ...))
    if moment and (not found or moment < found) then found = moment end
  end
  return found
end

-- The latest of several moments, or nil; nil ones are left out.
function latest(...)
  local found
  for position = 1, select("#", ...) do
    local moment = (select(position, ...))
    if moment and (not found or moment > found) then found = moment end
  end
  return found
end

-- The earliest (latest) moment in an array of them, or nil.
function earliest_of(moments)
  local found
  for moment in each(moments) do found = earliest(found, moment) end
  return found
end

function latest_of(moments)
  local found
  for moment in each(moments) do found = latest(found, moment) end
  return found
end

-- Whether something happened, and not after `limit`. Without a limit it is enough that it happened.
function done_by(moment, limit)
  if not moment then return false end
  return not limit or moment <= limit or not is_before(limit, moment)
end

-- Whether two moments are of one day, and not both state a time: which came first is not known.
function is_one_day(one, other)
  if one == nil or other == nil or days_between(one, other) ~= 0 then return false end
  return type(moment_of(one)) == "date" or type(moment_of(other)) == "date"
end

-- Notes of a row that passes that two moments are of one day, so that it passes only because the same day is not late.
-- `about` may be left out: { by = who decided on that day, amount =, row = }. Of somebody who often decides on the very day
-- an exception is made: `by` is for approvals, reviews and confirmations, not for work that is done within a day.
function same_day_note(one, other, about)
  if not is_one_day(one, other) then return end
  passed_same_day(about or {})
end

-- Whether something happened and not after `limit`, as done_by; that it was on the same day is noted. `by`: whose act it was.
function in_time(moment, limit, by)
  if not done_by(moment, limit) then return false end
  same_day_note(moment, limit, { by = by })
  return true
end

-- The first of some items that happened by `limit`, of an earlier day before one of the same day, which is noted; nil
-- without one. `at` and `by` are the fields of when and who, `by` may be left out.
function first_in_time(list, at, limit, by)
  local found = filter(list, function(item) return done_by(item[at], limit) end)
  local clear = first(found, function(item) return not is_one_day(item[at], limit) end)
  local same_day = not clear and found[1] or nil
  if same_day then same_day_note(same_day[at], limit, { by = by and same_day[by] or nil }) end
  return clear or same_day
end

-- Whether a moment lies in a window. Both ends belong to it; an empty end is open.
function in_window(moment, from, to)
  return (not from or from <= moment or not is_before(moment, from)) and (not to or moment <= to or not is_before(to, moment))
end

-- Whether a moment is not later than the date as of which is audited.
function has_happened(moment)
  return done_by(moment, as_of)
end

-- What is looked for after some event, in the words of the reports.
local looked_for = {
  reversals = "冲回", returns = "退货", applications = "核销", vouchers = "凭证", decisions = "审批", deliveries = "发货",
}

-- Untestable where nobody can see what happened up to a day, because the sources of a table end before it. `what`: what is
-- looked for, such as "reversals"; nil: rows of the table.
function must_see(table_name, limit, what)
  local covered = covered_to(table_name)
  if not covered or not limit or covered >= day(limit) then return end
  untestable {
    en = "{what} are visible only to {day}", zh = "{name}数据只到 {day}",
    what = what or "rows of " .. table_name, name = looked_for[what] or table_name .. " ", day = covered,
  }
end

-- Whether a moment lies in the period that is audited; without a period every moment does. False without a moment.
function in_period(moment)
  return moment ~= nil and in_window(moment, period_from, period_to)
end

-- The days from one moment to another, in whole calendar days.
function days_between(from, to)
  return day(to) - day(from)
end

-- A moment as a timestamp, so that moments can be sorted: a date is the start of its day.
function time_of(moment)
  if type(moment) == "date" then return timestamp(tostring(moment) .. "T00:00:00") end
  return moment
end

-- The day that a text states ("2026-10-05", "2026/10/5", "20261005", with or without a time), or nil.
function date_in(text)
  if text == nil then return nil end
  local parts, open = {}, false
  for character in each(characters(trim(text))) do
    if is_digit(character) then
      if not open then table.insert(parts, "") end
      parts[#parts] = parts[#parts] .. character
    end
    open = is_digit(character)
  end
  local whole = parts[1] or ""
  if string.len(whole) == 8 then
    parts = { string.sub(whole, 1, 4), string.sub(whole, 5, 6), string.sub(whole, 7, 8) }
  end
  local year, month, day_of_month = parts[1], parts[2], parts[3]
  if not day_of_month or string.len(year) ~= 4 then return nil end
  if string.len(month) == 1 then month = "0" .. month end
  if string.len(day_of_month) == 1 then day_of_month = "0" .. day_of_month end
  if string.len(month) ~= 2 or month < "01" or month > "12" then return nil end
  local last_day = string.sub(tostring(month_end(date(year .. "-" .. month .. "-01"))), 9, 10)
  if string.len(day_of_month) ~= 2 or day_of_month < "01" or day_of_month > last_day then return nil end
  return date(year .. "-" .. month .. "-" .. day_of_month)
end

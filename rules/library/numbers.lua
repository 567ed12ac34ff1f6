-- SPDX-License-Identifier: MIT
-- Percentages, tolerances, numbers in text, and shares. All exact.

local one_percent = decimal "0.01"

-- x × p / 100.
function percent(x, p)
  return x * p * one_percent
end

-- x less p percent of it.
function less_percent(x, p)
  return x - percent(x, p)
end

-- x and p percent of it.
function more_percent(x, p)
  return x + percent(x, p)
end

-- Whether two numbers differ by no more than the tolerance.
function agree(a, b, tolerance)
  return abs(a - b) <= tolerance
end

-- Notes of a row that passes that it does so within a tolerance: `amount` is what it is off by in money, with its sign, or
-- a function that tells it; nil of quantities. Nothing is noted of a difference of nothing. `about` is { row =, currency = }
-- and may be left out.
function within_tolerance_note(amount, about)
  if amount == 0 then return end
  about = about or {}
  about.amount = amount
  passed_within_tolerance(about)
end

-- Whether two amounts differ by no more than the tolerance, which is noted of the row.
function agree_within(a, b, tolerance, about)
  if not agree(a, b, tolerance) then return false end
  within_tolerance_note(a - b, about)
  return true
end

-- Whether a quantity is off by no more than the tolerance, which is noted of the row.
function quantity_within(off, tolerance, about)
  if abs(off) > tolerance then return false end
  if off ~= 0 then within_tolerance_note(nil, about) end
  return true
end

-- What `part` of `whole` units is worth, when all of them are worth `value`; to the cent unless it is all.
function share_of(value, part, whole)
  if part - whole == 0 then return value end
  return div(value * part, whole, 2)
end

-- The middle one of an array of numbers; of an even number of them the mean of the middle two.
function median(numbers)
  local ordered = sort(numbers, function(number) return number end)
  local half = #ordered // 2
  if half + half < #ordered then return ordered[half + 1] end
  return div(ordered[half] + ordered[half + 1], 2, 6)
end

-- The number that a text states ("9.50"), or nil where it states none.
function number_in(text)
  if text == nil then return nil end
  local trimmed = trim(text)
  local digits, points = 0, 0
  for position = 1, string.len(trimmed) do
    local character = string.sub(trimmed, position, position)
    local is_sign = position == 1 and character == "-"
    if character == "." then points = points + 1
    elseif character >= "0" and character <= "9" then digits = digits + 1
    elseif not is_sign then return nil end
  end
  if digits == 0 or points > 1 then return nil end
  return decimal(trimmed)
end

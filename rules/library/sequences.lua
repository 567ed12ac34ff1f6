-- SPDX-License-Identifier: MIT
-- Numbers issued in sequence: which are missing.

-- A number such as "FP-000123" as { series = "FP-", digits = 6, number = 123 }; nil without digits at its end.
function serial(text)
  if is_blank(text) then return nil end
  local length = string.len(text)
  local from = length + 1
  while from > 1 and is_digit(string.sub(text, from - 1, from - 1)) do from = from - 1 end
  if from > length then return nil end
  from = max(from, length - 14)
  return {
    series = string.sub(text, 1, from - 1),
    digits = length - from + 1,
    number = number_in(string.sub(text, from, length)),
  }
end

-- Whether a character is one of 0 to 9.
function is_digit(character)
  return character >= "0" and character <= "9" and string.len(character) == 1
end

-- The number of a series as text, with leading zeros.
function serial_text(series, number, digits)
  local text = tostring(number)
  while string.len(text) < digits do text = "0" .. text end
  return series .. text
end

-- The gaps between the numbers of rows: an array of { from =, to =, missing =, before =, after = }, numbers as text,
-- `missing` how many, `before` and `after` the rows beside the gap. Rows are in the same series when their text before
-- the digits and the count of digits agree. `of` is a field or a function of a row.
function gaps(list, of)
  local numbered = {}
  for row in each(list) do
    local text = type(of) == "function" and of(row) or row[of]
    local found = serial(text)
    if found then
      found.row = row
      found.book = found.series .. "/" .. found.digits
      table.insert(numbered, found)
    end
  end
  local found = {}
  for book in each(group_by(numbered, "book")) do
    local before
    for current in each(sort(book.rows, "number")) do
      if before and current.number - before.number > 1 then
        table.insert(found, {
          from    = serial_text(current.series, before.number + 1, current.digits),
          to      = serial_text(current.series, current.number - 1, current.digits),
          missing = current.number - before.number - 1,
          before  = before.row,
          after   = current.row,
        })
      end
      before = current
    end
  end
  return found
end

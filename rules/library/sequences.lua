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

-- The books of numbers { series, digits, number, row } of one series: as many digits, where one of them begins with a zero,
-- else numbers that grow from one width to the next without a leap. A leap is more than there are numbers.
local function books_of(numbers)
  local widths = group_by(numbers, "digits")
  local books = {}
  for width in each(widths) do
    local own = sort(width.rows, "number")
    local open = books[#books]
    local last = open and open[#open]
    local is_padded = serial_text("", own[1].number, 0) ~= serial_text("", own[1].number, width.key)
    local is_next = last and last.digits + 1 == width.key and not is_padded
    if is_next and own[1].number - last.number - 1 <= #open + #own then append(open, own) else table.insert(books, own) end
  end
  return books
end

-- The gaps between the numbers of rows: an array of { from =, to =, missing =, before =, after = }, numbers as text,
-- `missing` how many, `before` and `after` the rows beside the gap. Rows are in the same series when their text before
-- the digits agrees, whatever its case and width, and the count of digits does, or grows with the numbers. `of` is a field
-- or a function of a row.
function gaps(list, of)
  local numbered = {}
  for row in each(list) do
    local text = type(of) == "function" and of(row) or row[of]
    local found = serial(text)
    if found then
      found.row = row
      found.book = fold(found.series)
      table.insert(numbered, found)
    end
  end
  local found = {}
  for series in each(group_by(numbered, "book")) do
    for book in each(books_of(series.rows)) do
      local before
      for current in each(book) do
        if before and current.number - before.number > 1 then
          table.insert(found, {
            from    = serial_text(current.series, before.number + 1, before.digits),
            to      = serial_text(current.series, current.number - 1, before.digits),
            missing = current.number - before.number - 1,
            before  = before.row,
            after   = current.row,
          })
        end
        before = current
      end
    end
  end
  return found
end

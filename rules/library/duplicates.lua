-- SPDX-License-Identifier: MIT
-- Duplicates: rows that say the same, exactly or nearly.

-- The groups of two rows and more that agree in all of some fields: an array of { key =, rows = }. Rows that leave one of
-- them empty are left out.
function duplicates(list, fields)
  local groups = group_by(list, function(row)
    local parts = {}
    for field in each(fields) do
      if is_blank(row[field]) then return nil end
      local text = tostring(row[field])
      table.insert(parts, string.len(text) .. ":" .. text)
    end
    return table.concat(parts, " ")
  end)
  return filter(groups, function(group) return #group.rows > 1 end)
end

-- The characters of a UTF-8 text, as an array.
function characters(text)
  local found, position, length = {}, 1, string.len(text)
  while position <= length do
    local start = string.sub(text, position, position)
    local size = start >= "\xF0" and 4 or start >= "\xE0" and 3 or start >= "\xC0" and 2 or 1
    table.insert(found, string.sub(text, position, position + size - 1))
    position = position + size
  end
  return found
end

-- Spellings of one legal form, without blanks and punctuation, and the one that stands for them. What tells companies apart
-- (集团, 股份, a place, a branch) is no spelling.
local spellings = {
  { "companylimited", "coltd" }, { "companyltd", "coltd" }, { "colimited", "coltd" }, { "limited", "ltd" },
  { "incorporated", "inc" }, { "corporation", "corp" }, { "有限责任公司", "有限公司" },
}

local punctuation = { ".", ",", "-", "'", '"', "&", "(", ")", "/", "·", "•", "、", "。", "“", "”", "‘", "’", "《", "》", "–", "—" }

local function replaced_end(text, ending, by)
  if not ends_with(text, ending) or text == ending then return text end
  return string.sub(text, 1, string.len(text) - string.len(ending)) .. by
end

-- The name of a company for comparison: width, case, blanks and punctuation ignored, and its legal form in one spelling.
function company_name(name)
  local kept = filter(characters(fold(name)), function(character) return not contains(punctuation, character) end)
  local text = table.concat(kept, "")
  for form in each(spellings) do text = replaced_end(text, form[1], form[2]) end
  return text
end

local legal_forms = { "有限公司", "公司", "coltd", "gmbh", "ltd", "inc", "llc", "corp", "company" }

-- The same without the legal form, to look for names that may be the same.
function plain_name(name)
  local text = company_name(name)
  for form in each(legal_forms) do text = replaced_end(text, form, "") end
  return text
end

-- Whether two names may be those of one company: the same, or the same but that one states no legal form.
function is_one_name(one, other)
  local ours, theirs = company_name(one), company_name(other)
  return ours == theirs or ours == plain_name(other) or plain_name(one) == theirs
end

-- Only the digits of a text, as a phone number for comparison; nil without seven of them. A country code +86 or
-- 0086 is left out.
function plain_phone(text)
  if text == nil then return nil end
  local folded = fold(text)
  local digits = filter(characters(folded), is_digit)
  local found = table.concat(digits, "")
  if starts_with(found, "0086") then found = string.sub(found, 5, string.len(found)) end
  if starts_with(folded, "+86") then found = string.sub(found, 3, string.len(found)) end
  return string.len(found) >= 7 and found or nil
end

-- A text with one of its characters left out, for each of them; texts under four characters only as they are.
local function shortened(text)
  local parts = characters(text)
  local found = { text }
  if #parts < 4 then return found end
  for left_out = 1, #parts do
    local kept = {}
    for position, part in ipairs(parts) do
      if position ~= left_out then table.insert(kept, part) end
    end
    table.insert(found, table.concat(kept, ""))
  end
  return found
end

-- The pairs of rows whose names are the same or differ in one character (one more, one less, one other): an array of
-- { row, row }. `of` is a field or a function of a row; names are compared as plain_name gives them.
function near_duplicates(list, of)
  local by_form, seen, found = {}, {}, {}
  for row in each(list) do
    local name = type(of) == "function" and of(row) or row[of]
    for form in each(is_blank(name) and {} or shortened(plain_name(name))) do
      by_form[form] = by_form[form] or {}
      for other in each(by_form[form]) do
        seen[row] = seen[row] or {}
        if other ~= row and not seen[row][other] then
          seen[row][other] = true
          table.insert(found, { other, row })
        end
      end
      if not contains(by_form[form], row) then table.insert(by_form[form], row) end
    end
  end
  return found
end

-- SPDX-License-Identifier: MIT
-- Required fields.

-- Whether a value says nothing: empty, or only blanks.
function is_blank(value)
  return value == nil or type(value) == "string" and trim(value) == ""
end

-- A field that may be empty, where this test cannot do without it: the row is untestable then.
function filled(row, field)
  local value = row[field]
  if value == nil then untestable { en = "{field} of {row} is empty", zh = "{row} 的 {field} 为空", field = table_of(row) .. "." .. field, row = key_of(row) } end
  return value
end

-- Whether anybody records a field: it was imported, and some row of the table states it. One that is empty in every row
-- tells that nobody records it, not that nobody did it.
function is_recorded(table_name, field)
  return imported(table_name, field) and any(rows(table_name), function(row) return read(row, field) ~= nil end)
end

-- The required fields that are blank in a row, as "contract.amount". Columns that were not imported are left out; where
-- none was, the row is untestable.
function blank_fields(row, fields)
  local name, known, found = table_of(row), 0, {}
  for field in each(fields) do
    if imported(name, field) then
      known = known + 1
      if is_blank(read(row, field)) then table.insert(found, name .. "." .. field) end
    end
  end
  if known == 0 then untestable { en = "no required field of {table} was imported", zh = "未导入 {table} 的任何必填项", table = name } end
  return found
end

-- One exception for what is missing (an array of names), nil where nothing is. `about` as for step_exception; the
-- value missing is filled in.
function required_exception(missing, about)
  if #missing == 0 then return nil end
  local said = {}
  for name, value in pairs(about or {}) do said[name] = value end
  said.missing = table.concat(missing, ", ")
  return exception(said)
end

-- A message for such an exception.
function required_message()
  return { en = "{missing} missing", zh = "缺少：{missing}" }
end

-- SPDX-License-Identifier: MIT
-- Rows of tables that need not have been imported.

-- The rows of a table with these values; none where it was not imported.
function rows_where(table_name, values)
  if not imported(table_name) then return {} end
  return lookup(table_name, values)
end

-- All rows of a table; none where it was not imported.
function rows_of_table(name)
  if not imported(name) then return {} end
  return rows(name)
end

-- Whether a table was imported and has a row with these values.
function exists(table_name, values)
  return imported(table_name) and lookup_one(table_name, values) ~= nil
end

-- The rows of a table that belong to a row; none where the table was not imported. `name` is the reverse list.
function rows_of(row, table_name, name)
  if not imported(table_name) then return {} end
  return row[name]
end

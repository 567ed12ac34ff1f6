-- SPDX-License-Identifier: MIT
-- Lists: counting, adding up, choosing. A list is a reverse list of a row (order.lines), rows "table",
-- what lookup returns, or a Lua array. Where a function of an item is asked for, a field's name will do.

-- The value of an item: what `of` says, a field's name or a function; the item itself without it.
local function value_of(item, of)
  if of == nil then return item end
  if type(of) == "function" then return of(item) end
  return item[of]
end

-- The items for which `condition` holds, as an array.
function filter(list, condition)
  local chosen = {}
  for item in each(list) do
    if value_of(item, condition) then table.insert(chosen, item) end
  end
  return chosen
end

-- How many items there are, or for how many `condition` holds.
function count(list, condition)
  if condition == nil then return #list end
  return #filter(list, condition)
end

-- The total of a field or of f(item). An empty field counts as 0; nothing to add is 0.
function sum(list, of)
  local total = 0
  for item in each(list) do
    local value = value_of(item, of)
    if value ~= nil then total = total + value end
  end
  return total
end

-- The first item, or the first for which `condition` holds; nil when there is none.
function first(list, condition)
  for item in each(list) do
    if condition == nil or value_of(item, condition) then return item end
  end
end

-- Whether `condition` holds for an item at least.
function any(list, condition)
  for item in each(list) do
    if value_of(item, condition) then return true end
  end
  return false
end

-- Whether `condition` holds for every item; true for an empty list.
function all(list, condition)
  for item in each(list) do
    if not value_of(item, condition) then return false end
  end
  return true
end

-- f(item), or the field, of every item, as an array; empty fields are left out.
function map(list, f)
  local values = {}
  for item in each(list) do
    local value = value_of(item, f)
    if value ~= nil then table.insert(values, value) end
  end
  return values
end

-- The items by their value of `f`: an array of { key = value, rows = array }, in the order of the keys.
-- Items without a value are left out.
function group_by(list, f)
  local groups, known = {}, {}
  for item in each(list) do
    local key = value_of(item, f)
    if key ~= nil and not known[key] then
      known[key] = { key = key, rows = {} }
      table.insert(groups, known[key])
    end
    if key ~= nil then table.insert(known[key].rows, item) end
  end
  return sort(groups, function(group) return group.key end)
end

-- Whether a value is one of a list's, such as a parameter that lists texts.
function contains(list, value)
  for item in each(list) do
    if item == value then return true end
  end
  return false
end

-- Adds every item of `more` at the end of an array of one's own, which it returns.
function append(array, more)
  for item in each(more) do table.insert(array, item) end
  return array
end

-- The first `limit` items, as an array.
function at_most(limit, list)
  local chosen = {}
  for item in each(list) do
    if #chosen == limit then break end
    table.insert(chosen, item)
  end
  return chosen
end

-- The rows of an exception's evidence: rows and lists of rows, one after the other; nil is left out.
function evidence(...)
  local found = {}
  for position = 1, select("#", ...) do
    local item = (select(position, ...))
    local kind = type(item)
    if kind == "row" then table.insert(found, item) end
    if kind == "list" or kind == "table" then append(found, item) end
  end
  return found
end

-- The values that are there, as an array; nil is left out.
function known_values(...)
  local found = {}
  for position = 1, select("#", ...) do
    local value = (select(position, ...))
    if value ~= nil then table.insert(found, value) end
  end
  return found
end

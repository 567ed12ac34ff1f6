-- SPDX-License-Identifier: MIT
-- Steps of a process: what comes after what, and how soon. A step is { name = "invoice_request.reviewed_at",
-- at = moment, by = who, row = row }; `at` is nil while it has not been taken, so what happens after the date
-- as of which is audited has not happened.

-- The step that a row records: its moment in the field `at`, who took it in the field `by` (nil: not recorded).
-- Without the row the step has not been taken; `table_name` says whose row it would be.
function step(table_name, row, at, by)
  local moment = row and row[at]
  local taken = moment ~= nil and has_happened(moment)
  return {
    name = table_name .. "." .. at,
    at   = taken and moment or nil,
    by   = taken and by and row[by] or nil,
    row  = row,
  }
end

-- A step that the process may do without.
function optional_step(table_name, row, at, by)
  local found = step(table_name, row, at, by)
  found.optional = true
  return found
end

-- What is wrong with steps that belong in this order: an array of { fault =, step =, other = }. "missing": not
-- taken although `other`, a later one, was; "too early": taken before `other`, which comes first. A process that
-- has not come to a step yet is not at fault. Two steps of one day are in order, and noted.
function order_faults(steps)
  local faults, before = {}, nil
  for position, current in ipairs(steps) do
    if current.at == nil then
      local later = not current.optional and first(filter(steps, "at"), function(other)
        return position_of(steps, other) > position
      end)
      if later then table.insert(faults, { fault = "missing", step = current, other = later }) end
    elseif before and current.at < before.at then
      table.insert(faults, { fault = "too early", step = current, other = before })
    else
      if before then same_day_note(before.at, current.at) end
      before = current
    end
  end
  return faults
end

-- The place of an item in an array, or nil.
function position_of(array, wanted)
  for position, item in ipairs(array) do
    if item == wanted then return position end
  end
end

-- The last day for what has to follow a moment within some days: calendar days, or working days of the company.
function deadline(from, days, working)
  if working then return add_working_days(day(from), days) end
  return day(from) + days
end

-- Whether something came after the last day for it. What has not been done is late once that day has passed; untestable where
-- the sources of the table that would tell, if it is named, end before that.
function is_late(at, last_day, table_name)
  if at and has_happened(at) then return day(at) > last_day end
  if not as_of or as_of <= last_day then return false end
  if table_name then must_see(table_name, last_day) end
  return true
end

-- The table of a step: "invoice_request" of "invoice_request.reviewed_at".
local function table_of_step(taken)
  local position = 1
  while position <= string.len(taken.name) and string.sub(taken.name, position, position) ~= "." do position = position + 1 end
  return string.sub(taken.name, 1, position - 1)
end

-- What is wrong where one step must follow another within some days: nothing, or an array of one fault, "late" or
-- "missing" (late and still not taken). Nothing is due before the other step was taken.
function deadline_faults(current, other, days, working)
  if not other.at then return {} end
  local limit = deadline(other.at, days, working)
  if not is_late(current.at, limit, table_of_step(current)) then return {} end
  return { { fault = current.at and "late" or "missing", step = current, other = other, limit = limit } }
end

-- Evidence of an exception that comes beside what the caller shows, which is worked out only when it is shown.
function evidence_beside(shown, ...)
  local own = evidence(...)
  return function() return evidence(type(shown) == "function" and shown() or shown, own) end
end

-- One exception for the first of some faults, nil without any. `about` holds what is said beside: amount, label,
-- severity, evidence, values of one's own. The values fault, step, at, other and other_at are filled in; faults is
-- how many there were; limit the last day where there was one; wanted the roles where it is about them.
function step_exception(faults, about)
  local fault = faults[1]
  if not fault then return nil end
  local said = {}
  for name, value in pairs(about or {}) do said[name] = value end
  said.fault    = fault.fault
  said.step     = fault.step.name
  said.at       = fault.step.at or "none"
  said.other    = fault.other.name
  said.other_at = fault.other.at or "none"
  said.limit    = fault.limit
  said.wanted   = fault.wanted
  said.faults   = #faults
  said.evidence = evidence_beside(said.evidence, map(faults, function(one) return one.step.row end), fault.other.row)
  return exception(said)
end

-- How messages put these values in words.
function step_terms()
  return {
    missing       = { en = "is missing", zh = "缺失" },
    ["too early"] = { en = "came too early", zh = "顺序颠倒" },
    late          = { en = "came late", zh = "逾期" },
    ["wrong role"] = { en = "was taken by the wrong role", zh = "由无权角色办理" },
    none          = { en = "not yet", zh = "尚未" },
  }
end

-- A message for such an exception.
function step_message()
  return {
    en = "{step} {fault} ({at}); {other}: {other_at}",
    zh = "{step}{fault}（{at}）；{other}：{other_at}",
  }
end

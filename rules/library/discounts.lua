-- SPDX-License-Identifier: MIT
-- Discounts: how much somebody may grant alone.

-- The largest discount, in percent, that a person may grant alone on products of a class (A, B, C; nil: of none) at a
-- moment: the best of the roles held, or of `role` where none is recorded. 0 without authority.
function free_discount_of(who, class, moment, role)
  local held = imported "role_assignment" and roles_held(who, moment) or {}
  if #held == 0 then held = { role } end
  local granted = filter(rows "discount_authority", function(authority)
    return authority.max_discount_pct ~= nil
      and contains(held, authority.role)
      and (authority.abc_class == nil or authority.abc_class == class)
      and in_window(moment, authority.valid_from, authority.valid_to)
  end)
  return max(granted, "max_discount_pct") or 0
end

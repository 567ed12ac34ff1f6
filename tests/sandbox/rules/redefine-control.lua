-- SPDX-License-Identifier: MIT
-- The declaration itself replaced.
-- expect: refused 5 control

control = function() return function() end end

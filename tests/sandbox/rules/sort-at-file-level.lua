-- SPDX-License-Identifier: MIT
-- Endless sort keys while the file is loaded.
-- expect: refused too deeply

local a, b = {}, {}
a[1] = a
b[1] = b
sort({ a, b })

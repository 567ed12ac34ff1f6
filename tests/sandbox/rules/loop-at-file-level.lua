-- SPDX-License-Identifier: MIT
-- A file that never ends loading.
-- expect: refused instructions

while true do end

-- SPDX-License-Identifier: MIT
-- A file that takes all memory while it is loaded.
-- expect: refused memory

local text = "xxxxxxxxxxxxxxxx"
while true do text = text .. text end

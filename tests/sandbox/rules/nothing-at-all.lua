-- SPDX-License-Identifier: MIT
-- A control that is a number.
-- expect: refused

control(7)(8)

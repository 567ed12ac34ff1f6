-- SPDX-License-Identifier: MIT
-- A loop made of goto.
-- expect: refused instructions

::again::
goto again

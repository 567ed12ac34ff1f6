-- SPDX-License-Identifier: MIT
-- A file that raises an error.
-- expect: refused 5 no control here

error("no control here")

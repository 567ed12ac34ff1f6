# SPDX-License-Identifier: MIT
"""The example month: its master data, its documents, what is planted in it, and how it is written."""

# SPDX-License-Identifier: MIT
"""Controls over consignment (CSG): the documents they need, the papers that every document has, and what is planted."""


def sell(b):
    """Documents of its own, before the ledger is kept."""


def complete(month):
    """The papers of every document."""


def plant(month):
    """Tampers with documents of its own and names what must be found."""

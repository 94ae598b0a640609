"""The engines for bulk that the contract suite runs over; a cluster of two nodes is in ``tests/bulk``. A new one is one entry."""

from __future__ import annotations

TABLE_ENGINES = {"local": 2, "daft": 2}
"""Name as on the command line -> workers."""

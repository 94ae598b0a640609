"""Invented reports about an invented ferry dispute."""

from __future__ import annotations

REPORTS = (
    (
        "a-wire.txt",
        "Ferry talks to resume in Port Ellery\n\n"
        "PORT ELLERY, March 3, 2021 (Harbour Press) - Negotiators for the Marlow islands and the mainland will meet on "
        "Friday, a spokeswoman said. About 1,200 workers have been idle since January.\n\n"
        "“We want the ferries back before summer,” said Irena Voss, the transport minister.\n",
    ),
    (
        "b-repost.txt",
        "Ferry talks to resume\n\n"
        "PORT ELLERY, March 4, 2021 - Negotiators for the Marlow islands and the mainland will meet on Friday, a "
        "spokeswoman said, Harbour Press reported. About 1,200 workers have been idle since January.\n",
    ),
    (
        "c-later.txt",
        "Islands reject ferry offer\n\n"
        "PORT ELLERY, April 9, 2021 (Coast Wire) - The islands' council rejected the offer on Thursday. At least 1,500 "
        "workers are idle, union leader Tomas Berg said.\n",
    ),
)

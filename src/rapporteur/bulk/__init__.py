"""Bulk: archives of millions of reports, in steps that each leave their results in a run directory.

The stages are the functions that the other commands call; here stands only what carries their records from step to step:
which stretch of which input is read where (``sources``), what is done and what is not (``run``), tables in and out
(``tables``). ``steps`` lists the steps in order. The package needs the extra ``bulk``.
"""

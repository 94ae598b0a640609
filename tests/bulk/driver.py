"""Does a bulk run with stretches and blocks as small as a test wants them: INPUT OUT ENGINE WORKERS ROWS BLOCK [claims]."""

from __future__ import annotations

import sys
from pathlib import Path

from rapporteur.bulk.base import Limits
from rapporteur.bulk.run import Run, Settings
from rapporteur.bulk.steps import do_all
from rapporteur.engine import table_engine


def main() -> None:
    """Does the run, or what is left of it."""
    given, out, engine, workers, rows, block = sys.argv[1:7]
    settings = Settings((given,), claims="claims" in sys.argv, limits=Limits(rows=int(rows)), block=int(block))
    with table_engine(engine, int(workers)) as tables, Run(Path(out), settings, print) as run:
        run.save()
        do_all(run, tables)


if __name__ == "__main__":
    main()

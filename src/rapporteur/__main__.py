"""``python -m rapporteur``: the command line without its script."""

from __future__ import annotations

import sys

from rapporteur.cli import main

if __name__ == "__main__":
    sys.exit(main())

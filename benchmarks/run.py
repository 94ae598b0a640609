"""``make bench``: runs the benchmarks listed below, one after another, and prints their tables.

Each is a module with ``main() -> None`` that says so and returns when its data or its peers are absent. To add one, list it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

BENCHMARKS = ("benchmarks.stages",)

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    for name in sys.argv[1:] or BENCHMARKS:
        module = import_module(name)
        print(f"\n## {name.rpartition('.')[2]}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
        module.main()

"""``make bench``: runs the benchmarks listed below, one after another, prints their tables and keeps them in docs/benchmarks.md.

Each is a module with ``main() -> None`` that says so and returns when its data or its peers are absent. To add one, list it.
Figures are of the machine that is named in the file; compare ratios, not seconds. Nothing fails on a time.
"""

from __future__ import annotations

import io
import os
import platform
import sys
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

BENCHMARKS = ("benchmarks.stages", "benchmarks.peers", "benchmarks.link_speed", "benchmarks.schedule_speed")
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


class Tee(io.StringIO):
    """Keeps what is printed and shows it at once."""

    def write(self, text: str) -> int:
        """As for every text stream."""
        if sys.__stdout__:
            sys.__stdout__.write(text)
            sys.__stdout__.flush()
        return super().write(text)


def machine() -> str:
    """Processor, cores, memory, system and Python, in one line."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = names[0] if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{processor}, {os.cpu_count()} cores, {memory} GB, {platform.system()}, Python {platform.python_version()}"


def main(names: list[str]) -> None:
    """Runs the benchmarks and, when all were run, writes the page."""
    parts = []
    for name in names or BENCHMARKS:
        module = import_module(name)
        title = f"## {name.rpartition('.')[2]}: {(module.__doc__ or '').splitlines()[0]}"
        print(f"\n{title}\n", flush=True)
        sys.argv = [name]  # what was said to this program is not for a benchmark that reads options of its own
        with redirect_stdout(Tee()) as kept:
            module.main()
        parts.append(f"{title}\n\n{kept.getvalue().strip()}\n")
    if not names:
        intro = f"# Benchmarks\n\nMade by `make bench` on: {machine()}. Compare ratios, not seconds.\n"
        PAGE.write_text("\n".join([intro, *parts]), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(sys.argv[1:])

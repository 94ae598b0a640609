"""Progress on standard error: only on a terminal, only for what takes longer than a second, gone when it is done."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from threading import Timer
from types import TracebackType
from typing import Self, TypeVar

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

T = TypeVar("T")

PATIENCE_SECONDS = 1.0
LOG_SECONDS = 30.0


class Watch:
    """Shows what the program is doing: ``with Watch(quiet=...) as watch``."""

    def __init__(self, *, quiet: bool) -> None:
        console = self._console = Console(stderr=True)
        self._logged, self._said = not quiet and not console.is_terminal, time.monotonic()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[count]}"))
        self._progress = Progress(
            *columns, TimeElapsedColumn(), console=console, transient=True, disable=quiet or not console.is_terminal
        )
        self._task = self._progress.add_task("", count="")
        self._timer = Timer(PATIENCE_SECONDS, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        self._progress.stop()

    def say(self, doing: str) -> None:
        """Names what is being done from now on."""
        self._progress.update(self._task, description=doing, count="")

    def tell(self, doing: str) -> None:
        """Names what is being done and how far it is. Where there is no terminal, one line every half minute says so."""
        self._progress.update(self._task, description=doing, count="")
        if self._logged and time.monotonic() - self._said >= LOG_SECONDS:
            self._said = time.monotonic()
            self._console.print(doing, highlight=False, soft_wrap=True)

    def count(self, items: Iterable[T], doing: str) -> Iterator[T]:
        """Passes the items on and counts them; how many there will be is not known while folders are still read."""
        self.say(doing)
        for number, item in enumerate(items, 1):
            self._progress.update(self._task, count=f"{number:,}")
            yield item

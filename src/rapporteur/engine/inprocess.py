"""Everything in the calling process: for a handful of reports, and for finding faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapporteur.engine.base import Engine, In, Job, Out


class InProcess(Engine):
    """One item after another. It cannot outlive a crash in native code, nor stop an item that takes too long."""

    def map(self, job: Job[In, Out], items: Iterable[In]) -> Iterator[Out]:
        work = None
        for item in items:
            work = work or job.prepare()  # not before there is an item: where all is known already nothing is loaded
            yield work(item)

"""Watching beside something else: while a desk or a worker is open, what is due is begun and done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from rapporteur.watch.rounds import Rounds

LOOK_EVERY = 30.0
"""Seconds after which it is looked again whether a feed or a delivery is due."""
BUSY_SECONDS = 0.5
"""After which a look that was put off is tried again: one indexed look-up."""
_LOG = logging.getLogger("rapporteur.watch")


class Background:
    """Begins what is due of ``rounds`` and takes part in doing it. Nothing is begun while ``busy`` (an account is being made, of
    which a round would tell). A look that fails is logged, and the next one made all the same."""

    def __init__(self, rounds: Rounds, busy: Callable[[], bool] = lambda: False, every: float = LOOK_EVERY) -> None:
        self._rounds, self._busy, self._every = rounds, busy, every
        self._stop, self._look = Event(), Event()
        rounds.polled = self.look
        self._threads = [Thread(target=run, name="watch", daemon=True) for run in (self._run, rounds.work)]

    def start(self) -> None:
        """Begins with a look at once."""
        for thread in self._threads:
            thread.start()

    def look(self) -> None:
        """Something has come that a round may tell of, or a feed that was never asked: the next look is now."""
        self._look.set()

    def stop(self, patience: float = 5.0) -> None:
        """No further round; waits up to ``patience`` seconds for those under way, which lose nothing when they are broken off."""
        self._stop.set()
        self._look.set()
        self._rounds.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(patience)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._look.clear()
            wait = self._every
            try:
                if self._busy():
                    wait = BUSY_SECONDS
                else:
                    self._rounds.begin_polls()
                    self._rounds.begin_telling()
            except Exception:  # a fault in one look must not end the watching of a desk that is open for weeks
                _LOG.exception("looking for what is due failed")
            self._look.wait(wait)

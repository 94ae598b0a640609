"""Watching beside something else: rounds in a thread of their own while the desk is open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Thread

from rapporteur.store.base import Store
from rapporteur.watch.round import Watching, once

LOOK_EVERY = 30.0
"""Seconds after which it is looked again whether a feed or a delivery is due."""
BUSY_SECONDS = 0.5
"""After which a round that was put off is tried again: one indexed look-up."""
_LOG = logging.getLogger("rapporteur.watch")


class Background:
    """``lease`` opens the record for one round, which is put off while ``busy`` (an account is being made, of which it tells). A
    round that fails is logged, and the next one made all the same."""

    def __init__(
        self,
        lease: Callable[[], AbstractContextManager[Store]],
        watching: Watching,
        busy: Callable[[], bool] = lambda: False,
        every: float = LOOK_EVERY,
    ) -> None:
        self._lease, self._watching, self._busy, self._every = lease, watching, busy, every
        self._stop, self._look = Event(), Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begins with a round at once."""
        self._thread.start()

    def look(self) -> None:
        """Something has come that a round may tell of, or a feed that was never asked: the next round begins now."""
        self._look.set()

    def stop(self, patience: float = 5.0) -> None:
        """No further round; waits up to ``patience`` seconds for the one under way, which loses nothing when it is broken off."""
        self._stop.set()
        self._look.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._look.clear()
            wait = self._every
            try:
                if self._busy():
                    wait = BUSY_SECONDS
                else:
                    with self._lease() as store:
                        once(store, self._watching)
            except Exception:  # a fault in one round must not end the watching of a desk that is open for weeks
                _LOG.exception("a round of watching failed")
            self._look.wait(wait)

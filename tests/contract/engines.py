"""The engines that the contract suite runs over. A new engine is one entry here."""

from __future__ import annotations

from rapporteur.engine import Automatic, InProcess, Processes
from rapporteur.engine.base import Engine

ENGINES: dict[str, Engine] = {
    "in process": InProcess(),
    "one worker": Processes(1),
    "two workers": Processes(2),
    "three workers": Processes(3),
    "automatic": Automatic(300.0),
}

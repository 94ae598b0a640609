"""Schedules from timeline-based to conditions-based, simulated under uncertainty. A simulated run is never a finding.

``load`` reads a file of alternatives, ``compare`` simulates them, ``stages.write.schedule`` puts the result on paper.
"""

from __future__ import annotations

from rapporteur.model.comparison import Comparison
from rapporteur.schedule.compare import compare
from rapporteur.schedule.scenario import Scenario, load, loads
from rapporteur.schedule.standing import Standing, with_standings

__all__ = ["Comparison", "Scenario", "Standing", "compare", "load", "loads", "with_standings"]

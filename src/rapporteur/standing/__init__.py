"""The standing of a record: who took what from whom, and the findings, kept with it and brought up to date with each report.

``bring_up`` brings it to the present, ``link_up`` who took what from whom alone, within milliseconds of a report's coming; faces
read it in pages (``store/standing_base.py``). It gives what linking and reconciling the whole record anew would give.
"""

from __future__ import annotations

from rapporteur.standing.chain import Chain, chain
from rapporteur.standing.update import Present, behind, bring_up, link_up, present, scope_of

__all__ = ["Chain", "Present", "behind", "bring_up", "chain", "link_up", "present", "scope_of"]

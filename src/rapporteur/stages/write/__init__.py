"""Write: findings to an account, and an account to a page or a file. The formats are listed in ``formats/__init__.py``."""

from __future__ import annotations

from rapporteur.stages.write.compose import ComposeOptions, compose
from rapporteur.stages.write.formats import FORMATS, Format, render
from rapporteur.stages.write.judgements import with_judgements

__all__ = ["FORMATS", "ComposeOptions", "Format", "compose", "render", "with_judgements"]

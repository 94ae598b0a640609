"""Write: findings to an account, and an account to a page or a file. The formats are listed in ``formats/__init__.py``."""

from __future__ import annotations

from rapporteur.stages.write.compose import ComposeOptions, compose
from rapporteur.stages.write.followed import with_process
from rapporteur.stages.write.formats import FORMATS, Format, render
from rapporteur.stages.write.judgements import with_judgements
from rapporteur.stages.write.later import with_later

__all__ = ["FORMATS", "ComposeOptions", "Format", "compose", "render", "with_judgements", "with_later", "with_process"]

"""The English pipeline: tokens, sentences, parse and names, with a model that ships inside the package."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from rapporteur.language.base import Parsed, Pipeline

__all__ = ["Parsed", "Pipeline", "load"]


@cache
def load(name: str | None = None) -> Pipeline:
    """The shipped pipeline, or the installed spaCy pipeline called ``name``; ConfigurationError when it cannot be loaded."""
    # Loaded on demand: spaCy takes most of a second to import, and commands that only show a record need no parser.
    if name is None:
        return cast(Pipeline, import_module("rapporteur.language.shipped").ShippedPipeline())
    return cast(Pipeline, import_module("rapporteur.language.spacy_pipeline").SpacyPipeline(name))

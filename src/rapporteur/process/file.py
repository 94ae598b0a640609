"""``process.yaml`` read and checked: every error names the file and the line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from rapporteur.model.process import FollowedIssue, FollowedMeasure, FollowedProcess, Named, Option
from rapporteur.yaml_lines import Place, Source, parse, read, validated

ADVICE = "see docs/desk-commands.md"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _listed(value: Any) -> Any:
    """One word stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _as_name(value: Any) -> Any:
    """A bare name stands for a party or place without aliases."""
    return {"name": value} if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Named(_Model):
    name: Text
    aliases: Texts = ()


class _Issue(_Model):
    name: Text
    words: Texts = ()
    options: dict[Text, Texts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_words(self) -> _Issue:
        if not self.words and not self.options:
            raise ValueError("has no words to look for; give words, or options with words")
        return self


class _Measure(_Model):
    name: Text
    counted: Texts = ()
    state: Literal["killed", "wounded", "captured", "missing", "displaced", "deployed"] | None = None
    places: Texts = ()

    @model_validator(mode="after")
    def _counts(self) -> _Measure:
        if not self.counted and not self.state:
            raise ValueError("counts nothing; say what is counted, or in which state")
        return self


Party = Annotated[_Named, BeforeValidator(_as_name)]


class _Process(_Model):
    title: Text
    name: Text | None = None
    reports: Literal["all", "named"] = "all"
    parties: tuple[Party, ...] = ()
    places: tuple[Party, ...] = ()
    issues: tuple[_Issue, ...] = ()
    measures: tuple[_Measure, ...] = ()
    watch: Texts = ()

    @model_validator(mode="after")
    def _names_once(self) -> _Process:
        seen: dict[str, str] = {}
        for party in self.parties:
            for called in dict.fromkeys(n.casefold() for n in (party.name, *party.aliases)):
                if called in seen:
                    raise ValueError(f"{called!r} names two parties, {seen[called]} and {party.name}")
                seen[called] = party.name
        return self


def load(path: Path) -> FollowedProcess:
    """The process of a file. ``FileError`` (``file:line: reason``) when it is missing or anything in it is wrong."""
    return _checked(read(path), path.stem)


def loads(text: str, name: str = "process.yaml", stem: str = "process") -> FollowedProcess:
    """As ``load``, of a text; ``name`` stands for the file in messages, ``stem`` is the process's name where it gives none."""
    return _checked(parse(text, name), stem)


def _checked(source: Source, stem: str) -> FollowedProcess:
    checked = validated(source, _Process, _reason, ADVICE)
    return FollowedProcess(
        name=checked.name or stem,
        title=checked.title,
        parties=tuple(Named(p.name, p.aliases) for p in checked.parties),
        places=tuple(Named(p.name, p.aliases) for p in checked.places),
        issues=tuple(
            FollowedIssue(i.name, i.words, tuple(Option(n, w) for n, w in sorted(i.options.items()))) for i in checked.issues
        ),
        measures=tuple(FollowedMeasure(m.name, m.counted, m.state, m.places) for m in checked.measures),
        watch=checked.watch,
        reports=checked.reports,
    )


_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is no key that is understood here",
    "string_type": "must be text; put quotation marks around it",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of names to words",
    "model_type": "must be a mapping",
    "string_too_short": "is empty",
}


def _reason(kind: str, message: str, place: Place) -> str:
    return _REASONS.get(kind, message)

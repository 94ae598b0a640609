"""What pages and the API take in the address, checked: unknown values are told, not guessed."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from rapporteur.desk.adding import Pasted
from rapporteur.desk.findings import Wanted
from rapporteur.desk.judging import Asked
from rapporteur.model.account import FindingKind, Verdict
from rapporteur.model.judgement import Verb


def no_nul(text: str) -> str:
    """Databases hold no NUL."""
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


Words = Annotated[str, Field(max_length=500), AfterValidator(no_nul)]
Day = Annotated[str, Field(max_length=10, pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$")]
"""A day, month or year in ISO 8601; empty: none."""
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class FindingQuery(BaseModel):
    """Which findings, and which page of them."""

    model_config = ConfigDict(extra="ignore")

    kind: FindingKind | Literal[""] = ""
    verdict: Verdict | Literal[""] = ""
    origins: Annotated[int, Field(ge=0, le=1_000_000)] | Literal[""] = ""
    q: Words = ""
    page: PageNumber = 1

    @property
    def wanted(self) -> Wanted:
        """As the desk takes it."""
        return Wanted(self.kind, self.verdict, self.origins if isinstance(self.origins, int) else None, self.q)


class TableQuery(BaseModel):
    """Rows of a table that hold the words, and which page of them."""

    model_config = ConfigDict(extra="ignore")

    q: Words = ""
    page: PageNumber = 1


class PastedForm(BaseModel):
    """A pasted text with what is known of it."""

    model_config = ConfigDict(extra="ignore")

    text: Annotated[str, Field(max_length=2_000_000)] = ""
    title: Words = ""
    outlet: Words = ""
    published: Annotated[str, Field(max_length=40)] = ""
    url: Annotated[str, Field(max_length=2000)] = ""

    @property
    def pasted(self) -> Pasted:
        """As the desk takes it."""
        return Pasted(self.text.replace("\r\n", "\n"), self.title, self.outlet, self.published, self.url)


class JudgementForm(BaseModel):
    """A judgement as a form sends it; empty fields are none. ``back`` is the page to return to."""

    model_config = ConfigDict(extra="ignore")

    verb: Verb
    subjects: Annotated[list[Annotated[str, Field(max_length=600)]], Field(max_length=2000)] = []
    why: Annotated[str, Field(max_length=2000)] = ""
    value: Annotated[str, Field(max_length=2000)] = ""
    back: Annotated[str, Field(max_length=2000, pattern=r"^/([^/\\]|$)")] = "/"

    @property
    def asked(self) -> Asked:
        """As the desk takes it."""
        subjects = tuple(_subject(s.strip()) for s in self.subjects if s.strip())
        return Asked(self.verb, subjects, self.why, self.value.strip() or None)


def _subject(given: str) -> str:
    """The id in the address of a finding's or a passage's page; anything else as it is."""
    asked = parse_qs(urlsplit(given).query) if "/finding?" in given or "/report/" in given else {}
    return next((asked[key][0] for key in ("id", "claim") if asked.get(key)), given)

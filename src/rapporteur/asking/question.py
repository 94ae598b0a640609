"""What a question asks for: a count, who, when; about which words, names and stretch of time.

Times and names are found by the same extractors that read reports, against the day of the account: "since October" is the last
October before that day. What is left of the question, without the words of asking, is what a passage must speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from rapporteur.language import Pipeline
from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import Mention
from rapporteur.model.report import Published, Report
from rapporteur.stages.extract import read
from rapporteur.stages.reconcile.context import FUNCTION_WORDS, stem
from rapporteur.stages.reconcile.measures import thing

Wants = Literal["count", "who", "when", "anything"]

_COUNT = re.compile(r"\b(?:how (?:many|much)|(?:what|which) (?:number|share|sum)|number of)\b", re.IGNORECASE)
_WHO = re.compile(r"\b(?:who|whom|whose|which (?:party|side|parties|sides))\b", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|what (?:day|date|time)|which (?:day|date)|how long ago)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how (?:many|much)|number of)\s+((?:[^\W\d_]+[\s-]+){0,3}?[^\W\d_]+)", re.IGNORECASE)
_SINCE = re.compile(r"\b(since|after|from|before|until|till|by)\s+(?:the\s+|early\s+|late\s+|mid-?)?$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ASKING = FUNCTION_WORDS | frozenset(
    "how many much number what which who whom whose when why is are do does there tell know ever so far happen happened happens "
    "long ago us me a an of in on at to by as it be or if up".split()
)
_SPOKEN = frozenset("say said says tell told state stated speak spoke call called statement statements".split())
_VERBS_AFTER = frozenset("were was are is have has had did do does will would can could been be remain remained".split())


class Question(Struct, frozen=True):
    """A question understood: ``words`` as asked (lower case), without names and times; ``counted`` the noun that is counted;
    ``names`` with their kinds; ``begin``..``end`` the inclusive ISO days it is about, None where open."""

    text: str
    wants: Wants
    words: tuple[str, ...]
    counted: str | None
    names: tuple[str, ...]
    begin: str | None
    end: str | None
    speech: bool = False


def understand(text: str, day: str | None, pipeline: Pipeline) -> Question:
    """The question ``text``, asked on ISO ``day`` (that of the account)."""
    text = " ".join(text.encode("utf-8", "replace").decode().split())
    report = Report("q", None, None, None, None, (), None, _asked_on(day), "en", text, (), (), ())
    mentions = read(report, pipeline).mentions
    times = [m for m in mentions if m.time is not None and m.time.begin]
    names = [m for m in mentions if m.kind in ("person", "organization", "place", "group")]
    begin, end = _window(text, times)
    taken = [(m.span.start, m.span.end) for m in (*times, *names)]
    words = tuple(
        dict.fromkeys(
            word
            for found in _WORD.finditer(text)
            if not any(a < found.end() and found.start() < b for a, b in taken)
            and (word := found.group().casefold()) not in _ASKING
        )
    )
    wants: Wants = (
        "count" if _COUNT.search(text) else "who" if _WHO.search(text) else "when" if _WHEN.search(text) else "anything"
    )
    return Question(
        text=text,
        wants=wants,
        words=tuple(w for w in words if w not in _SPOKEN),
        counted=_counted(text, names) if wants == "count" else None,
        names=tuple(dict.fromkeys(m.span.exact for m in names)),
        begin=begin,
        end=end,
        speech=any(w.casefold() in _SPOKEN for w in _WORD.findall(text)),
    )


def _asked_on(day: str | None) -> Published | None:
    return Published(day[:10], "day", "given") if day and len(day) >= 10 else None


def _window(text: str, times: Iterable[Mention]) -> tuple[str | None, str | None]:
    """The days that the times of a question cover: "since" and "after" leave the end open, "before" and "until" the beginning."""
    begin: str | None = None
    end: str | None = None
    for mention in times:
        assert mention.time is not None
        lead = _SINCE.search(text[: mention.span.start])
        word = lead[1].casefold() if lead else ""
        if word not in ("before", "until", "till", "by") and (begin is None or (mention.time.begin or "") < begin):
            begin = mention.time.begin
        if word not in ("since", "after", "from") and (end is None or (mention.time.end or "") > end):
            end = mention.time.end
    return begin, end


def _counted(text: str, names: Iterable[Mention]) -> str | None:
    """The noun after "how many": the last word before a verb, a preposition or the end."""
    found = _COUNTED.search(text)
    if found is None:
        return None
    rest = text[found.start(1) :]
    taken = {w.casefold() for m in names for w in _WORD.findall(m.span.exact)}
    noun = None
    for word in _WORD.findall(rest):
        low = word.casefold()
        if low in _VERBS_AFTER or low in FUNCTION_WORDS or low in _ASKING:
            if noun is not None:
                break
            continue
        if noun is not None and low.endswith("ed") and thing(_singular(noun), None) in ("person", "soldier", "police", "fighter"):
            break
        if low not in taken:
            noun = low
    return noun


def _singular(noun: str) -> str:
    irregular = {"people": "person", "men": "man", "women": "woman", "children": "child", "troops": "troop", "police": "police"}
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def counted_class(noun: str) -> str:
    """The class of things counted that a noun of the question belongs to (``reconcile.measures.thing``)."""
    return thing(_singular(noun), None)


def called(name: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a passage may give a name, each as stems that must all be there: whole, its last word
    ("Ada Moss", "Moss"), or the other name of a country."""
    country = country_of(name)
    whole = [_WORD.findall(name), _WORD.findall(name)[-1:], _WORD.findall(country or "")]
    ways = (tuple(stem(w.casefold()) for w in words if w.casefold() not in FUNCTION_WORDS) for words in whole)
    return tuple(dict.fromkeys(way for way in ways if way))


def search_words(question: Question) -> tuple[tuple[str, ...], ...]:
    """What full-text search is asked for: the words of the question (any of them will do) and, of each name, the
    beginnings of its forms (one must be there), so that "Tavoria" finds "Tavorian"."""
    counted = [question.counted] if question.counted else []
    names = [tuple(f"{way[-1]}*" if len(way[-1]) > 3 else way[-1] for way in called(name)) for name in question.names]
    return ((*question.words, *counted), *(name for name in names if name))

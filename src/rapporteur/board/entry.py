"""What people enter, checked: observations and ratings are refused here, by name and reason, before they are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from rapporteur.board.evidence import Evidence, event_date, quoted
from rapporteur.board.framework import WORDS_BESIDE, Framework, Scale, ids
from rapporteur.board.load import loads
from rapporteur.board.state import Board, frameworks
from rapporteur.board.words import check_words
from rapporteur.errors import InputError
from rapporteur.model.board import BoardEntry, Confidence, FrameworkText, Level, Observation, Rating, Role
from rapporteur.model.claims import Claim, StatementClaim

_ADMIRALTY = re.compile(r"[A-F][1-6]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, kw_only=True)
class Binding:
    """A claim that a person binds to an indicator at a site, or refuses to."""

    indicator: str
    site: str
    claim: str
    decision: Literal["accepted", "rejected"]
    who: str
    at: str
    why: str = ""
    admiralty: str | None = None
    suggested: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A rating as somebody enters it: ``level`` as typed, ``low`` and ``high`` None for the level itself."""

    condition: str
    site: str
    question: str
    level: str
    assessor: str
    role: Role
    as_of: str
    made: str
    recorded_by: str
    confidence: Confidence
    rationale: str
    change_my_mind: str
    low: int | None = None
    high: int | None = None
    observations: tuple[str, ...] = ()
    quotation: str | None = None
    supersedes: str | None = None


def rating_of(answer: Answer, board: Board) -> Rating:
    """The rating on the scale of its question; ``InputError`` for a question or a level that there is none of. ``check_rating``
    says whether it may stand."""
    asked = [q.id for q in board.framework.questions]
    if answer.question not in asked:
        raise InputError("question", answer.question, "no such question", f"there are: {', '.join(asked)}")
    scale = board.framework.scale_of(answer.question)
    level = level_of(answer.level, scale)
    whole = level if isinstance(level, int) else None
    given = asdict(answer)
    bounds = {"low": whole if answer.low is None else answer.low, "high": whole if answer.high is None else answer.high}
    return Rating(framework=board.framework.framework, scale=scale.key, **{**given, **bounds, "level": level})


def framework_entry(text: str, file: str, made: str, entries: Sequence[BoardEntry]) -> FrameworkText | None:
    """A framework's text checked, as an entry for a record that holds ``entries``; None when it holds the same one already.

    ``InputError`` when another text of the same framework has no higher version, ``FileError`` when the text is wrong.
    """
    framework = loads(text, file)
    held = frameworks(entries).get(framework.framework)
    if held is not None and held.text == text:
        return None
    if held is not None and framework.version <= held.version:
        reason = f"differs from version {held.version} in the record"
        raise InputError("board", file, reason, f"raise its version above {held.version}: ratings keep what they were made on")
    return FrameworkText(framework.framework, framework.version, file, text, made)


def observation(framework: Framework, evidence: Evidence, binding: Binding) -> Observation:
    """The observation, with the claim's words, dates, speaker and standing; ``InputError`` when it makes no sense."""
    if binding.indicator not in framework.indicators:
        there = ", ".join(framework.indicators)
        raise InputError("indicator", binding.indicator, "the framework has no such indicator", f"there are: {there}")
    condition, _ = framework.indicators[binding.indicator]
    if binding.site not in condition.sites:
        reason = f"condition '{condition.id}' is not rated there"
        raise InputError("site", binding.site, reason, f"it is at: {', '.join(condition.sites)}")
    passage = evidence.passage(binding.claim)
    if passage is None:
        raise InputError("claim", binding.claim, "the record holds no claim with this id", "see: rapporteur board suggest")
    if not binding.who.strip():
        raise InputError("who", "--who", "an observation is accepted or rejected by a person", "say by whom")
    if binding.admiralty is not None and not _ADMIRALTY.fullmatch(binding.admiralty):
        raise InputError("admiralty", binding.admiralty, "is no Admiralty code", "write a letter A to F and a digit 1 to 6")
    check_words(binding.why, "--why")
    standing, origins = evidence.standing(binding.claim)
    return Observation(
        framework=framework.framework,
        indicator=binding.indicator,
        site=binding.site,
        claim=binding.claim,
        report=passage.reading.report.id,
        quote=quoted(passage),
        event_date=event_date(passage.claim),
        report_date=passage.date,
        said_by=evidence.speaker(passage),
        standing=standing,
        origins=origins,
        decision=binding.decision,
        who=binding.who,
        at=binding.at,
        why=binding.why,
        suggested=binding.suggested,
        admiralty=binding.admiralty,
    )


def level_of(text: str, scale: Scale) -> Level:
    """A value as typed: its number, its name, ``unknown`` or ``not assessable``; ``InputError`` for any other."""
    plain = " ".join(re.sub(r"(?<=\w)-(?=\w)", " ", text.casefold()).split())
    for word in WORDS_BESIDE:
        if plain == word:
            return word
    folded = [name.casefold().replace("-", " ") for name in scale.levels]
    if plain in folded:
        return folded.index(plain)
    if plain.isdecimal() and int(plain) < len(folded):
        return int(plain)
    known = ", ".join((*(scale.name(n) for n in range(len(folded))), *WORDS_BESIDE))
    raise InputError("level", text, f"is no value of the scale {scale.key}", f"there are: {known}")


def check_rating(rating: Rating, board: Board, quoted_claim: Claim | None) -> None:
    """``InputError`` when a rating may not stand on this board. ``quoted_claim`` is the claim behind ``rating.quotation``."""
    _check_place(rating, board.framework)
    _check_level(rating, board.framework)
    _check_dates(rating)
    for name, text in (("assessor", rating.assessor), ("rationale", rating.rationale), ("change-my-mind", rating.change_my_mind)):
        if not text.strip():
            raise InputError("rating", f"--{name}", "is empty", "a rating says who rates, why, and what would change it")
        check_words(text, f"--{name}")
    _check_grounds(rating, board, quoted_claim)
    if rating.supersedes is not None:
        _check_superseded(rating, board)


def _check_place(rating: Rating, framework: Framework) -> None:
    conditions = {c.id: c for c in framework.conditions}
    condition = conditions.get(rating.condition)
    if condition is None:
        raise InputError("condition", rating.condition, "no such condition", f"there are: {ids(framework.conditions)}")
    if rating.site not in condition.sites:
        raise InputError("site", rating.site, f"'{condition.id}' is not rated there", f"it is at: {', '.join(condition.sites)}")
    if rating.question not in condition.questions:
        asked = ", ".join(condition.questions)
        raise InputError("question", rating.question, f"is not asked of '{condition.id}'", f"asked are: {asked}")


def _check_level(rating: Rating, framework: Framework) -> None:
    scale = framework.scale_of(rating.question)
    if rating.scale != scale.key:
        raise InputError("scale", rating.scale, f"the question is answered on {scale.key}", "rate anew on that scale")
    level, low, high = rating.level, rating.low, rating.high
    if not isinstance(level, int):
        if low is not None or high is not None:
            raise InputError("range", f"{low} to {high}", f"'{level}' is no level, and has no range", "leave the range out")
        return
    if low is None or high is None or not 0 <= low <= level <= high < len(scale.levels):
        reason = f"must hold the level {level} and stay on the scale (0 to {len(scale.levels) - 1})"
        raise InputError("range", f"{low} to {high}", reason, "correct --low and --high")


def _check_dates(rating: Rating) -> None:
    try:
        date.fromisoformat(rating.as_of if _DAY.fullmatch(rating.as_of) else "")
    except ValueError:
        raise InputError("date", f"--as-of {rating.as_of}", "is no day", "write it as 2024-01-31") from None
    if rating.as_of > rating.made[:10]:
        raise InputError("date", f"--as-of {rating.as_of}", "lies after the day on which the rating is made",
                         "a rating speaks of what has been; what may come belongs into a schedule")  # fmt: skip


def _check_grounds(rating: Rating, board: Board, quoted_claim: Claim | None) -> None:
    """A level rests on observations that a person accepted for this condition and site; a party's own word on its quotation."""
    known: Mapping[str, Observation] = board.observations
    for ident in rating.observations:
        seen = known.get(ident)
        if seen is None or seen.decision != "accepted":
            reason = "no observation has this id" if seen is None else "this observation was rejected"
            raise InputError("observation", ident, reason, "accept it first: rapporteur board observe")
        condition, _ = board.framework.indicators[seen.indicator]
        if (condition.id, seen.site) != (rating.condition, rating.site):
            raise InputError(
                "observation", ident, f"bears on {condition.id} at {seen.site}", "rate that, or bind the claim here too"
            )
    if rating.role == "party-stated":
        if not isinstance(quoted_claim, StatementClaim) or quoted_claim.form == "indirect":
            reason = "a party-stated rating needs the party's own words" + (
                "" if rating.quotation is None else f"; {rating.quotation} is no quotation"
            )
            raise InputError("quotation", "--quotation", reason, "name a statement that is quoted, or rate it as party-inferred")
    elif rating.quotation is not None:
        raise InputError("quotation", "--quotation", f"belongs to party-stated ratings, not to {rating.role}", "leave it out")
    elif isinstance(rating.level, int) and not rating.observations:
        advice = "name accepted observations with --on, or rate 'unknown'"
        raise InputError("observation", "--on", "a level rests on at least one observation", advice)


def _check_superseded(rating: Rating, board: Board) -> None:
    earlier = board.ratings.get(rating.supersedes or "")
    if earlier is None:
        raise InputError("supersedes", str(rating.supersedes), "no rating has this id", "see: rapporteur board show")
    same = ("condition", "site", "question", "assessor", "role")
    other = [name for name in same if getattr(earlier, name) != getattr(rating, name)]
    if other:
        raise InputError("supersedes", str(rating.supersedes), f"differs in {', '.join(other)}", "a rating corrects its own kind")
    if any(r.supersedes == rating.supersedes for r in board.ratings.values()):
        raise InputError("supersedes", str(rating.supersedes), "is superseded already", "supersede the later one")

"""An alert in words: from what to what, and which report says so. Quoted from the reports, and checked as the lines of an account
are.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from rapporteur.errors import UncitedLineError
from rapporteur.model.account import ChangeRow, Finding
from rapporteur.stages.write.guard import Guard
from rapporteur.stages.write.passages import Passage, Passages
from rapporteur.stages.write.wording import best_of, excerpt, phrase

NOBODY: frozenset[str] = frozenset()


class Words(Struct, frozen=True):
    """``text``, and ``short`` in a line, with the claims it rests on; ``earlier`` are those of them that stood before."""

    text: str
    short: str
    cites: tuple[str, ...]
    earlier: tuple[str, ...] = ()


def figure_words(row: ChangeRow, old: Finding | None, new: Finding | None, passages: Passages) -> Words:
    """What changed in a figure: the reading that came, beside the one that stood. The line of the account where none came (a
    judgement, reports linked otherwise) or none stood."""
    if old is not None and new is not None and row["change"] in ("changed", "contradicted"):
        held = frozenset(old.claims())
        stood = passages.known(old.supports)
        came = [p for p in passages.known((*new.supports, *new.contradicts)) if p.claim.id not in held]
        if stood and came:
            was, now = best_of(stood, NOBODY), _latest(came)
            made = _told(was, now, disputed=new.verdict == "differ")
            try:
                Guard(passages).check(made.text, made.cites)
            except UncitedLineError:  # a phrase that does not stand alone: the account's line does
                pass
            else:
                return made
    return Words(row["text"], row["text"], tuple(row["cites"]))


def _told(was: Passage, now: Passage, *, disputed: bool) -> Words:
    before, after, sentence = phrase(was), phrase(now), excerpt(now).rstrip(".")
    cites, earlier = (now.claim.id, was.claim.id), (was.claim.id,)
    if before.casefold() == after.casefold():
        return Words(f"{sentence} ({now.attribution}). Earlier: “{before}” ({was.attribution}).", sentence, cites, earlier)
    between = "against" if disputed else "→"
    lead = f"“{before}” ({was.attribution}) {between} “{after}” ({now.attribution})"
    told = f"{lead}: {sentence}." if sentence != after else f"{lead}."
    return Words(told, f"“{before}” {between} “{after}”", cites, earlier)


def _latest(passages: Sequence[Passage]) -> Passage:
    """What was said last; of one day the passage that reads best."""
    last = max(passage.around for passage in passages)
    return best_of([passage for passage in passages if passage.around == last], NOBODY)


def row_words(lead: str, text: str, cites: Sequence[str], passages: Passages) -> Words:
    """A row of a table after ``lead``, with who publishes what it cites first."""
    known = passages.known(cites)
    told = f"{text.removesuffix('.')} ({known[0].attribution})." if known else text
    return Words(f"{lead}. {told}", f"{lead}. {text}", tuple(cites))

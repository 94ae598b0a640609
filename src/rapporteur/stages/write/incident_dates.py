"""When the people of a figure were harmed, as its sentence and report tell."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from rapporteur.model.claims import EventClaim, FigureClaim, Mention, Window
from rapporteur.model.spans import Span
from rapporteur.stages.write.dates import WEEKDAY, WHOLE
from rapporteur.stages.write.doubts import BEGINNING, COMPARED, OPENING
from rapporteur.stages.write.passages import Passage
from rapporteur.stages.write.sentences import sentence_at

HARMFUL = frozenset(("casualties", "attack", "disaster", "accident", "arrest", "protest", "clash", "abduction"))
"""Types of events in which people are harmed."""
PEACEFUL = frozenset(("announcement", "agreement", "meeting", "visit", "vote", "appointment", "release", "arrest"))
"""Types of events whose date is not that of a harm told beside them."""
SAID = re.compile(
    r"\b(?:said|says|told|reported|reports|announced|added|confirmed|stated|admitted|acknowledged|conceded|according)\b[^,;.]{0,40}$|"
    r"\breport(?:ed)? on $",
    re.IGNORECASE,
)
"""What stands before the day on which something was only said."""
REACH = 160
"""Code points of a sentence over which a date still belongs to a figure."""
APART = re.compile(r"[;—–]|:(?!\d)|--|\b(?:though|although|whereas|but|said|says|while(?! \w+ing))\b|, which\b", re.IGNORECASE)
"""What parts the clause of a figure from that of a date."""
YEARS = re.compile(r"\b(?:from \d{4} to|between \d{4} and) \d{4}\b", re.IGNORECASE)
"""Years over which people were harmed, of which none is the day."""
ANOTHER = re.compile(
    r"\b(?:after|before|since|until|because|as|that|who|whom|which|although|though|whereas|whose)\b|"
    r"\bto (?!the\b|an?\b|[A-Z])[a-z]+",
)
"""What parts a place or day from those harmed that are told of behind it: "strikes in Orsk after a rocket killed two"."""
FOLLOWING = re.compile(r"\b(?:before|until|who|whom|which|whose|although|though|whereas)\b|\bto (?!the\b|an?\b|[A-Z])[a-z]+")
"""The same where it stands behind them; a clause with "when" or "after" tells then of what harmed them."""
NAMELESS_DAY = re.compile(
    r"\bon (?:(?:polling|election|voting|opening|independence|national) day|the (?:[a-z]+ )?day of)\b|"
    r"\bweekend\b|\bthis (?:week|month)\b"
)
"""A day that the sentence names by what took place on it, or one of two."""
FREED = re.compile(r"\b(?:free(?:d|ing|s)?|releas(?:e[ds]?|ing)|rescu(?:e[ds]?|ing)|liberat(?:e[ds]?|ing))\b", re.IGNORECASE)
STRETCH_BEGINS, STRETCH_ENDS = (
    re.compile(r"\b(?:from|between)\s$", re.IGNORECASE),
    re.compile(r"\s?(?:to|until|till|through|and|-|–)\s?\d"),
)
OF_DAY = re.compile(r",? when\b")
CONTRAST = re.compile(r"[;—–]|--|\b(?:though|although|whereas)\b", re.IGNORECASE)
"""What parts a time from a number so surely that the number is not of that time."""
DESCRIBED = re.compile(r"[^.;,]{0,30}?\bwho\b")
"""What follows those whose harm is told of beside the news: "honored the two soldiers who died"."""
LATER_ACT = re.compile(r"\bwho\b|\bto (?!the\b|an?\b|[A-Z])[a-z]+")
"""What stands between the date of an act and those harmed at another time: "on Thursday honored soldiers who died"."""
ON_WEEKDAY = re.compile(rf"\b{WEEKDAY}\b")
LASTING = re.compile(
    r"\b(?:so far|to date|by now|already|altogether|now|since|has|have)\b|"
    r"\b(?:reach(?:ed|es)|rose|risen|rises|stands?|stood|climb(?:ed|s)|br(?:ings?|inging|ought))\b",
    re.IGNORECASE,
)
"""What makes a number one that stood on the day of its report: "have died", "the toll rose to nine"."""
TOLLED = re.compile(r"\b(?:br(?:ing|ings|inging|ought)|reach(?:ed|es)|rose|risen|stands?)\b[^.;]* to $", re.IGNORECASE)
"""What a toll was brought to on the day of its report."""
HELD = re.compile(r"(?:hostage|captive|prisoner|detainee|inmate|national)s?$")
TAKEN = re.compile(
    r"\b(?:seiz|captur|arrest|kidnapp|abduct|detain|round)(?:ed|ing)\b|"
    r"\bt(?:ook|aken|aking) (?:[\w-]+ ){0,4}(?:hostage|prisoner)|\b(?:hostage|prisoner)s? (?:was|were) taken\b"
)
"""Who is only said to be held was taken at another time than this."""
FOUND = frozenset(("body", "corpse", "remains"))
BODIES = re.compile(r"\b(?:bodies|corpses|remains) of (?:the |at least |about )*$", re.IGNORECASE)
"""What is found on a day that seldom is that of the death."""
SPAN_AFTER = re.compile(r"\b(?:days?|weeks?|months?|years?|decades?) (?:after|before|since|later|earlier)\b", re.IGNORECASE)
"""What puts a harm some time before or after what the report tells ("came a week after nine were killed")."""
AFTERWARDS = re.compile(
    r"\b(?:accused|charge[ds]?|convicted|sentenced|trial|indict(?:ed|ment)|prosecut\w+|pleaded|investigat\w+|inquiry|probe|"
    r"anniversary|commemorat\w+|remember(?:ed|s)?|mourn(?:ed|s|ing)?|"
    r"honou?r(?:ed|s|ing)?|tributes?|funerals?|buried|memorial)\b",
    re.IGNORECASE,
)
"""What is done about a harm long after it."""
HEARD = 40
"""Code points around a number in which its verb is sought; chosen, not measured."""
PAST = re.compile(r"\bhad (?:been |already |also )*\w+")
"""What puts a harm before what the report tells."""
BY_THE_WAY = re.compile(
    r"\b(?:after|before|since|until|because|in which|during which|who|whom|which|whose|where|over|"
    r"(?<!said )(?<!told )(?<!reported )(?<!announced )(?<!confirmed )(?<!added )(?<!says )that)\b"
)
"""What begins a clause or phrase that tells of a harm beside the news."""
RESULT = re.compile(r", (?:[\w-]+ )?(?:killing|wounding|injuring|leaving|claiming)\b[^,;]*$")
"""What tells a harm as the result of its main clause: "a bus drove off a cliff, killing nine"."""
IN_THE_RAID = re.compile(
    r"\b(?:in|during|by) the (?:[a-z-]+ )?(?:raid|operation|assault|attack|blast|explosion|crash|accident|collision|clash|fire|"
    r"shooting|ambush|incident|bombing)(?:e?s)?\b(?! (?:on|in|near|at) )",
)
"""What was told of before, on a day that this sentence does not name."""
COUNTED_NOUN = re.compile(r"\b(?:toll|deaths?|killings?|murders?|loss) of (?:[\w-]+ ){0,3}$", re.IGNORECASE)
"""What counts the dead in a phrase without a verb of harm."""
OPENS = re.compile(r"(?:(?:but|and|meanwhile|also|early|late|on|in)\b,? ?)*", re.IGNORECASE)
"""What may stand before the time of its verb at the head of a sentence."""
_ACT = r"(?:kill(?:ed|ing)|left|leaving|wound(?:ed|ing)|injur(?:ed|ing)|claim(?:ed|ing)|murdered|shot|captured|seized|kidnapped)"
ACTS = re.compile(
    rf"\b{_ACT} (?:at least |about |some |more than |almost |nearly |an? |as many as |up to |all )*$", re.IGNORECASE
)
"""A verb of harm right before its number, which is then what a time in that clause is the time of."""
SUFFERS = re.compile(r"[^.;:,]{0,50}? (?:was|were|died|drowned)\b", re.IGNORECASE)
"""What follows the number of those harmed as its verb."""
CALENDAR = re.compile(r"[A-Z][a-z]{2,8}\.? \d{1,2}\b|\b\d{1,2} [A-Z][a-z]{2,8}")
IN_WHICH = re.compile(r",? (?:in|during) which\b|,? when\b|,? (?:that|which) (?:killed|injured|wounded|claimed|left|took)\b")
TOOK_PLACE = re.compile(r", which (?:occurred|took place|happened|struck|came) (?:in|on) $")
LATER = re.compile(r"\b(?:since|until|who|whom|whose)\b|(?<!minutes )(?<!hours )(?<!days )(?<!shortly )\b(?:after|before)\b")
"""What parts the time of a clause from the result of another: "took command on Tuesday after a blast in Orsk, killing nine"."""
RELATIVE = re.compile(r"\b(?:before|until|who|whom|which|whose|although|though|whereas)\b")
OF_RAID = re.compile(r"(?: [\w-]+){0,6}? (?:in|during) $")
Dated = Literal["as-of", "named", "published", "placed"]


def when(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> tuple[str | None, Dated | None]:
    """When people were harmed, and what says so: the day the figure holds for, else the date its sentence names for what
    happened, else the day of the report. A toll over a window holds at the day of its report. Neither where the sentence gives
    an earlier time that cannot be tied to the number: the day of the report would belie it."""
    figure = claim.figure
    text = passage.reading.report.text
    held = figure.state == "captured" and HELD.search(figure.counted or "") and not TAKEN.search(passage.text)
    if held or figure.counted in FOUND or BODIES.search(text[passage.sentence[0] : claim.span.start]):
        return None, None
    if figure.as_of and not _ahead(figure.as_of, passage):
        return figure.as_of, "as-of"
    freed = figure.state == "captured" and FREED.search(passage.text)
    named = None if _counts_over(figure.window, passage) else _tied(passage, claim, around, freed=bool(freed))
    if named is None and not (freed or _counts_over(figure.window, passage)):
        named = _named(passage, claim, around)
    if named and passage.can_date(named) and not (_ahead(named, passage) or _of_ceremony(passage, claim, around)):
        return named, "named"
    if freed or _of_another_time(passage, claim, around) or _by_the_way(passage, claim, around):
        return None, None
    if passage.date:
        return passage.date, "published"
    return (passage.placed, "placed") if passage.placed else (None, None)


def _of_ceremony(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> bool:
    """Whether all times stand before what is done about a harm, and are of that: "On Tuesday the king honoured the nine dead"."""
    done = AFTERWARDS.search(passage.reading.report.text, around[0], claim.span.start)
    times = [m for m in passage.reading.mentions if _dates(m) and around[0] <= m.span.start < around[1]]
    return done is not None and all(m.span.start < done.start() for m in times)


def _ahead(day: str, passage: Passage) -> bool:
    """Whether a day lies after the report."""
    return passage.date is not None and day[: len(passage.date)] > passage.date[: len(day)]


def _of_another_time(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> bool:
    """Whether the figure's clause names a time other than the report's, which is no window that the figure counts over. A time
    ahead was misread: nobody has been harmed then."""
    published, text = passage.date, passage.reading.report.text
    if published is None or _counts_over(claim.figure.window, passage):
        return False
    if NAMELESS_DAY.search(text, *around):
        return True
    for mention in passage.reading.mentions:
        if not around[0] <= mention.span.start < around[1] or not _dates(mention) or mention.time is None:
            continue
        if _said(passage, mention, claim.span.start):
            continue
        elsewhen = (mention.time.end or "") < published[:10] or (mention.time.begin or "") > published[:10]
        if elsewhen and not CONTRAST.search(between(text, mention.span, claim.span.start)):
            return True
    return False


def _by_the_way(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> bool:
    """Whether the harm is told beside the news, so that the day of the report is not its day: in a clause of its own, in the past
    perfect, as what a court or inquiry deals with, or right behind a sentence about another day."""
    if _counts_over(claim.figure.window, passage):
        return False
    text, (low, high), at = passage.reading.report.text, around, claim.span.start
    opened = [m for m in BY_THE_WAY.finditer(text, low, at) if not _closed(text, low, m, at)]
    begin = opened[-1].end() if opened else low
    near = text[max(begin, at - HEARD) : min(high, claim.figure.number.end + HEARD)]
    if SPAN_AFTER.search(text, *passage.sentence) or PAST.search(near) or AFTERWARDS.search(text, *passage.sentence):
        return True
    if LASTING.search(near) or TOLLED.search(text, low, at):
        return False
    known = IN_THE_RAID.search(text[claim.figure.number.end : high])
    return bool(opened or known or COUNTED_NOUN.search(text[low:at]) or _day_before(passage))


def _closed(text: str, low: int, opened: re.Match[str], at: int) -> bool:
    """Whether a clause that opened before a number had ended there: it opens the sentence and a comma follows, or what it led to
    is told as the result of the main clause (", killing nine")."""
    clause = text[opened.end() : at]
    if opened.start() - low <= OPENING and "," in clause:
        return True
    return opened.group() in ("after", "because") and RESULT.search(text[low:at]) is not None


def _day_before(passage: Passage) -> bool:
    """Whether the sentence before is about an earlier day, and this one names none: it goes on with that."""
    text, published, low = passage.reading.report.text, passage.date, passage.sentence[0]
    if published is None or low < OPENING:
        return False
    first, last = sentence_at(text, low - 2, low - 1)[0], low
    here = [m for m in passage.reading.mentions if _dates(m) and first <= m.span.start < passage.sentence[1]]
    if any(m.span.start >= last for m in here):
        return False
    before = [m for m in here if not BEGINNING.search(text[first : m.span.start]) and not SAID.search(text[first : m.span.start])]
    return bool(before) and all(m.time is not None and (m.time.end or "") < published[:10] for m in before)


def _counts_over(window: Window | None, passage: Passage) -> bool:
    """Whether a number is counted over a window that runs on; "since Monday when nine died" is none, nor is "since
    the army came on June 4, killing nine"."""
    if window is None or _past(window, passage) or (window.begin and _ahead(window.begin, passage)):
        return False
    behind = passage.text.partition(window.text)[2]
    between_them = behind[: max(0, passage.claim.span.start - passage.sentence[0] - (len(passage.text) - len(behind)))]
    return not (OF_DAY.match(behind) or RESULT.search(between_them))


def _past(window: Window, passage: Passage) -> bool:
    """Whether a window was over before the report ("last month"), unlike one that runs on ("since October")."""
    return window.end is not None and passage.date is not None and window.end < passage.date[:10]


def _named(passage: Passage, claim: FigureClaim, around: tuple[int, int]) -> str | None:
    """The date in the figure's clause nearest to it: of an event that took place, else any that is neither when it was said nor
    that of some other act ("agreed Wednesday to mourn the drowned")."""
    low, high = around
    if DESCRIBED.match(passage.reading.report.text[claim.figure.number.end : high]):
        low = claim.figure.number.end  # what stands before is the day of something done about them
    reading, at, text = passage.reading, claim.span.start, passage.reading.report.text
    dated = [
        c
        for c in reading.claims
        if isinstance(c, EventClaim)
        and low <= c.span.start < high
        and c.when is not None
        and WHOLE.fullmatch(c.when.value[:10])
        and c.when.precision in ("day", "hour", "minute", "month", "year")
    ]
    events = [
        c
        for c in dated
        if c.type in HARMFUL
        and c.status == "asserted"
        and not YEARS.search(text[low:high])
        and not COMPARED.search(text[low : c.span.start])
        and _joined(text, c.span, at)
        and _by_its_own_time(passage, c, at)
    ]
    near = min(events, key=lambda c: abs(c.span.start - at), default=None)
    if near is not None and near.when is not None:
        return near.when.value[:10]
    others = {c.when.value[:10] for c in dated if c.when is not None and c.type in PEACEFUL}
    times = [
        m
        for m in reading.mentions
        if low <= m.span.start < high
        and _dates(m)
        and not _said(passage, m, at)
        and _joined(text, m.span, at)
        and _is_a_day(text, m)
    ]
    if any(
        c.type == "casualties" and c.when is None and c.span.overlaps(claim.span)
        for c in reading.claims
        if isinstance(c, EventClaim)
    ):
        return None  # the parse ties the day to something else: "paid tribute on Tuesday to the nine killed"
    nearest = min(times, key=lambda m: abs(m.span.start - at), default=None)
    if nearest is None or nearest.time is None or (nearest.time.begin or "")[:10] in others:
        return None
    return _whole(nearest, passage)


def _by_its_own_time(passage: Passage, event: EventClaim, at: int) -> bool:
    """Whether the date of an event is not that of another clause of its sentence: "took command on Tuesday after 14 died"."""
    text, (low, high) = passage.reading.report.text, passage.sentence
    day = event.when.value[:10] if event.when is not None else ""
    named = [
        m for m in passage.reading.mentions if low <= m.span.start < high and m.time is not None and m.time.value[:10] == day
    ]
    gaps = [(m.span.end <= at, between(text, m.span, at)) for m in named]
    return not named or any(not (APART.search(gap) or (ahead and BY_THE_WAY.search(gap))) for ahead, gap in gaps)


def _whole(mention: Mention, passage: Passage) -> str | None:
    """The day, month or year of a time, None for a week or season. A weekday that was taken for the next is the last: what was
    done to people has happened."""
    value = mention.time.value[:10] if mention.time is not None else ""
    if ON_WEEKDAY.search(mention.span.exact) and len(value) == len("2031-03-08") and _ahead(value, passage):
        value = (date.fromisoformat(value) - timedelta(weeks=1)).isoformat()
    return value if WHOLE.fullmatch(value) else None


def _tied(passage: Passage, claim: FigureClaim, around: tuple[int, int], *, freed: bool) -> str | None:
    """The date that the order of words ties to the harm; one of the calendar before an hour or a weekday. Of those who were freed
    only that of the raid in which they were taken."""
    at, (low, high) = claim.span.start, around
    within = [m for m in passage.reading.mentions if low <= m.span.start < high and _dates(m)]
    sure = [m for m in within if _surely(passage, m, claim)]
    if freed:
        text, end = passage.reading.report.text, claim.figure.number.end
        sure = [m for m in sure if OF_RAID.fullmatch(text[end : m.span.start])]
    sure = [m for m in sure if CALENDAR.search(m.span.exact)] or sure
    return _whole(min(sure, key=lambda m: abs(m.span.start - at)), passage) if sure else None


def _surely(passage: Passage, mention: Mention, claim: FigureClaim) -> bool:
    """Whether the order of words ties a time to the harm, whatever the parse makes of it: it opens the sentence whose verb of
    harm stands at the number, stands behind such a verb or is a day of the calendar behind the number, and no clause lies
    between; or "in which" leads from it to the number, or "in" to it as to the raid of that day."""
    text, number, span = passage.reading.report.text, claim.figure.number, mention.span
    if _said(passage, mention, number.start) or not _is_a_day(text, mention):
        return False
    low = passage.sentence[0]
    acts = ACTS.search(text[low : number.start]) or SUFFERS.match(text, number.end)
    gap = between(text, span, number.start)
    if APART.search(gap) or (span.end <= number.start and AFTERWARDS.search(gap)):
        return False
    if span.end <= number.start:
        opens = OPENS.fullmatch(text[low : span.start])
        if IN_WHICH.match(text, span.end) or TOOK_PLACE.search(text[low : span.start]):
            return True
        if RESULT.search(text[low : number.start]) and (opens or not LATER.search(gap)):
            return True
        return bool(acts and opens) and not (LATER_ACT.search(gap) or ANOTHER.search(gap))
    behind = text[number.end : span.start]
    if OF_RAID.fullmatch(behind):
        return True
    return bool((acts or CALENDAR.search(span.exact)) and not RELATIVE.search(behind))


def _joined(text: str, span: Span, at: int) -> bool:
    """Whether no clause ends between a span and the code point ``at``, and they are not far apart."""
    gap = between(text, span, at)
    if len(gap) > REACH or APART.search(gap):
        return False
    return not (span.end <= at and (LATER_ACT.search(gap) or ANOTHER.search(gap) or AFTERWARDS.search(gap)))


def _is_a_day(text: str, mention: Mention) -> bool:
    """Whether a time is one, and not an end of a stretch ("from 1980 to 1988")."""
    left, right = text[max(0, mention.span.start - 20) : mention.span.start], text[mention.span.end : mention.span.end + 12]
    begun = STRETCH_BEGINS.search(left) or re.search(r"\b\d{4} (?:to|until|through|and) $", left)
    return not begun and not STRETCH_ENDS.match(right)


def between(text: str, span: Span, at: int) -> str:
    return text[span.end : at] if span.end <= at else text[at : span.start]


def _dates(mention: Mention) -> bool:
    time = mention.time
    return mention.kind == "time" and time is not None and time.type in ("DATE", "TIME") and bool(time.begin) and bool(time.end)


def _said(passage: Passage, mention: Mention, at: int) -> bool:
    """Whether a time is only that of saying, or that since which something is. Where the number at ``at`` stands between the word
    and the time, both are of what is said: "said nine died on Monday", "since nine died on Monday"."""
    text, low = passage.reading.report.text, passage.sentence[0]
    before = text[low : mention.span.start]
    since, said = COMPARED.search(before) or BEGINNING.search(before), SAID.search(before)
    if at < mention.span.start:
        since, said = (m if m is not None and low + m.start() > at else None for m in (since, said))
    return bool(said or (since and not OF_DAY.match(text[mention.span.end :])))

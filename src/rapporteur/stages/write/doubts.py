"""Reasons for which a claim makes no row of a table: its own sentence speaks against what was read from it.

Found by reading drawn rows against their reports (docs/quality/write.md). A doubt costs a row, never a finding.
"""

from __future__ import annotations

import re
from datetime import date

from rapporteur.language.gazetteer import country_of
from rapporteur.model.claims import CommitmentClaim, EventClaim, Mention, PositionClaim
from rapporteur.model.spans import Span
from rapporteur.stages.write.dates import MONTHS, NAMED_DAY, WEEKDAY
from rapporteur.stages.write.passages import Passage
from rapporteur.stages.write.references import unnamed_issue, unnamed_party
from rapporteur.stages.write.sentences import sentence_at

LAST_YEAR = re.compile(r"\blast year\b", re.IGNORECASE)
WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)
ASKED = re.compile(r"\b(?:when|if|once|was|were|is|are|been|being) asked\b", re.IGNORECASE)
APPOSITION = re.compile(r",\s(?:who|which|whose|where)\b[^,;]*,")
OTHER_CLAUSE = re.compile(r"[;:]|\b(?:but|which|who|whose|when|while|although|though)\b", re.IGNORECASE)
MONTHS_OWN = re.compile(rf"\b(?:{'|'.join(MONTHS)})[’']s\b")
NO_NAME = re.compile(
    r"^(?:who|whose|which|that|his|her|its|their|our|my)\b|^\w+ing (?:the|a|an|in|on|for)\b|"
    r"\b(?:day|week|month|year|hour|earlier|later|ago|today|yesterday|tomorrow)s?$",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"\b(?:I|he|she|we)\b", re.IGNORECASE)
"""Pronouns that stand for a party, whatever stands around."""
IT = re.compile(r"\b(?:it|they|the (?:group|movement|organi[sz]ation|party|company|firm|faction|union))\b", re.IGNORECASE)
HEAD = 60
"""Code points of a sentence in which its subject stands."""
NAME = re.compile(r"(?:[A-Z]\.)+|[A-Z][\w’'-]*")
PART_OF_DAY = re.compile(
    r"(?:the )?(?:early |late )?(?:morning|noon|afternoon|evening|night|midnight|overnight)|"
    r"(?:(?:earlier|later) (?:in|on) )?the (?:same )?day"
)
"""What names no day by itself ("the morning edition")."""
SINCE_WHEN, UNTIL_WHEN = re.compile(r"\b[Ff]rom (?:\w+ (?:in|on) )?$"), re.compile(r" (?:to|until|through)\b")
"""What makes a time only the beginning of a stretch ("stood at 228 million from January to September")."""
POSSESSIVE = re.compile(r"[’']s?$")
SIX = 6
HOUR = re.compile(rf"\b(?:early|late) {WEEKDAY}\b|day (?:morning|afternoon|evening|night)\b")
AHEAD = re.compile(r"\b(?:due|scheduled|slated|set to|expected to|ahead of)\b", re.IGNORECASE)
LEAD = 40
"""Code points of a position's words in which its subject stands."""
PERSONAL = re.compile(r"\b(?:I|we|he|she|it|they|who|which|my|our|his|her|its|their)\b", re.IGNORECASE)
GOAL = frozenset("expect expects expected expecting".split())
NO_PARTY = re.compile(
    r"\b(?:constitution|law|bill|resolution|agreement|accord|treaty|charter|report|poll|survey|document)$", re.IGNORECASE
)
"""What guarantees or provides without being able to promise."""
TEXT = re.compile(r"\b(?:statement|declaration|communiqu[eé]|press release|editorial)$", re.IGNORECASE)
"""What speaks for a party and is none."""
CONFIRM = re.compile(r"\b(?:ask(?:s|ed)?|want(?:s|ed)?)\b[^.;]{0,40}\bto (?:confirm|say|make clear|clarify)\b", re.IGNORECASE)
CHARGE = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?)\b[^.;]{0,30}\b(?:charges?|claims?|allegations?|reports?|accusations?)\b",
    re.IGNORECASE,
)
EARLIER, PARTICIPLE = re.compile(r"\b(?:in|on) $"), re.compile(r"\b\w+(?:ed|en|ade|eld|ought|aken) (?:\w+ )?(?:in|on) $")
LONG_AGO = 60
"""Days before a report from which on a time in a stand is that of an older one; reports tell of the weeks before them."""
OVER = re.compile(r"\b(?:during|at|in|on|before) (?:(?:the|his|her|its|their|an?) )?(?:[\w-]+ )?$", re.IGNORECASE)
"""What leads to the time of an act: "during his May visit"; "the accord signed in 1976" is left to its participle."""
THREATENS = re.compile(r"an? [a-z -]+ to [a-z]")
"""What threatens to come true is no party: "a deadlock that threatens to paralyse the state"."""
BARE = re.compile(r"to \w+")


SUBORDINATE = re.compile(
    r"\b(?:which|who|whose|whom|where|when|since|after|following|before|until|despite|because|ahead of|marking|"
    r"in reference to)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\b(?:since|than|unlike|times (?:the|that|those|as)|(?:rise|increase|fall|drop|decline|up|down) (?:on|from|over))\b[^,;]*$",
    re.IGNORECASE,
)
FROM_AMOUNT, TO_AMOUNT = re.compile(r"\bfrom\s[^,;]*\d[^,;]*$", re.IGNORECASE), re.compile(r"[^,;.]{0,20}\bto\s[^,;.]*\d")
TO_FROM = re.compile(r"\bto\s[^,;]*\d[^,;]*\bfrom\s[^,;]*\d[^,;]*$", re.IGNORECASE)
"""What stands around the date of the amount that another is compared with: "from 406 million in 1995 to 133 million"."""
_ROUGH = r"\b(?:more than|less than|over|nearly|almost|about|some|around|roughly|at least)\b"
ABOUT, ABOUT_IN = re.compile(rf"{_ROUGH}\s*$", re.IGNORECASE), re.compile(_ROUGH, re.IGNORECASE)
AGO = re.compile(r"\bago$")
"""A time so many years ago that somebody counts only roughly is no date."""
RELATIVE_CLAUSE = re.compile(r"which|who|where|when", re.IGNORECASE)
OPENING = 12
"""Code points from the beginning of a sentence within which a subordinate clause opens it; the main clause follows its comma."""
BEGINNING = re.compile(r"\b(?:since|from|between)\s$", re.IGNORECASE)
DAY_NAMED = re.compile(rf"\b(?:{WEEKDAY}|today|tonight|tomorrow)\b", re.IGNORECASE)
OTHER_YEAR = re.compile(r"\b(?:previous|preceding|prior|following) (?:year|month|quarter)\b")
LATER_IN = re.compile(r"\blater (?:this|in the) (?:week|month|year)\b", re.IGNORECASE)
"""What lies ahead in the stretch that the report is of: no time of what is told as done."""
BETWEEN = re.compile(r"\bbetween \d{4} and \d{4}\b")


def background(passage: Passage, claim: EventClaim) -> bool:
    """Whether the event stands in a clause that only says beside which or after what the sentence's own news took place ("who
    was elected in 2005", "since the 2003 invasion"): the sentence is no line about it."""
    low = passage.sentence[0]
    before = APPOSITION.sub(" ", passage.reading.report.text[low : claim.span.start])
    if compared(passage, claim):
        return True
    opened = [m for m in SUBORDINATE.finditer(before) if not _at_once(before, m)]
    if not opened:
        return False
    last = opened[-1]
    return not ("," in before[last.end() :] and (last.start() <= OPENING or not RELATIVE_CLAUSE.match(last.group())))


def _at_once(before: str, found: re.Match[str]) -> bool:
    """Whether a "when" behind the main clause says at what moment that took place ("three died when a bomb fell on Saturday")."""
    behind = found.start() > OPENING and not before[: found.start()].rstrip().endswith(",")
    return behind and found.group().lower() == "when"


def compared(passage: Passage, claim: EventClaim) -> bool:
    """Whether the date only says since when or against what the sentence tells its news ("since independence in 1947", "tighter
    than in 2004"), or belongs to an event that is named by the way ("funerals for the dead of Sunday's attack")."""
    if claim.when is None:
        return False
    text, (low, high) = passage.reading.report.text, passage.sentence
    for mention in passage.reading.mentions:
        time = mention.time
        if time is None or not low <= mention.span.start < high or not (time.begin or "").startswith(claim.when.value[:10]):
            continue
        possessive = text[mention.span.end : mention.span.end + 2] in ("'s", "’s") or mention.span.exact[-2:] in ("'s", "’s")
        left, right = text[low : mention.span.start], text[mention.span.end : high]
        if (
            COMPARED.search(left)
            or (FROM_AMOUNT.search(left) and (TO_AMOUNT.match(right) or TO_FROM.search(left)))
            or (possessive and mention.span.start - low > HEAD)
        ):
            return True
    return False


def day_spelt_out(passage: Passage, claim: EventClaim) -> bool:
    """Whether the sentence gives the day of the event by number and month, after it."""
    if claim.when is None or claim.when.precision not in ("day", "hour", "minute"):
        return False
    return bool(NAMED_DAY.search(passage.text, max(0, claim.span.start - passage.sentence[0])))


def date_named(passage: Passage, claim: EventClaim, within: Span | None = None) -> bool:
    """Whether a time in the sentence, or in a part of it, gives the event's date: one that the reading carried over from another
    sentence ("the talks" of the paragraph before) cannot be seen at the citation."""
    if claim.when is None:
        return False
    low, high = (within.start, within.end) if within else passage.sentence
    named = (m for m in passage.reading.mentions if low <= m.span.start and m.span.end <= high)
    named = (m for m in named if not (PART_OF_DAY.fullmatch(m.span.exact) or _roughly(passage, m)))
    if claim.type == "other" or within is not None or claim.when.precision in ("year", "decade"):
        named = (m for m in named if not _only_begins(passage, m))
    times = (m.time for m in named if m.time is not None)
    day = claim.when.value[:10]
    return any((t.begin or "").startswith(day) or t.value.startswith(day) for t in times)


def _roughly(passage: Passage, mention: Mention) -> bool:
    """Whether a time is so long ago as somebody counts it roughly ("more than 40 years ago")."""
    text, low = passage.reading.report.text, passage.sentence[0]
    return bool(
        AGO.search(mention.span.exact) and (ABOUT.search(text[low : mention.span.start]) or ABOUT_IN.match(mention.span.exact))
    )


def _only_begins(passage: Passage, mention: Mention) -> bool:
    text, (low, high) = passage.reading.report.text, passage.sentence
    return bool(SINCE_WHEN.search(text[low : mention.span.start]) and UNTIL_WHEN.match(text[mention.span.end : high]))


def only_said(passage: Passage, claim: EventClaim) -> bool:
    """Whether the date is that of saying, where what is said has another: "will visit on Friday, he said on Thursday"."""
    if claim.type != "announcement" or claim.when is None:
        return False
    low, high = passage.sentence
    day = claim.when.value[:10]
    text = passage.reading.report.text
    times = (
        m.time
        for m in passage.reading.mentions
        if m.time is not None and low <= m.span.start < high and not BEGINNING.search(text[low : m.span.start])
    )
    return any(t.type in ("DATE", "TIME") and t.begin is not None and t.begin[:10] != day for t in times)


def doubtful_date(passage: Passage, claim: EventClaim) -> bool:
    """Whether the event's date cannot be meant.

    Told as having happened, it lies after the report (by one day only where the sentence names none, as reports are dated
    elsewhere). Told as still to come, it lies before the report and is not spelt out. "January's vote" lies behind, "last year"
    is not the report's own, and "This Week" in capitals is the name of a programme.
    """
    if claim.when is None:
        return True
    if claim.status == "asserted" and LATER_IN.search(passage.text) and claim.when.precision not in ("day", "hour", "minute"):
        return True
    if OTHER_YEAR.search(passage.text) and claim.when.value[:4] not in passage.text:
        return True
    if (claim.when.precision == "week" and "week" not in passage.text) or BETWEEN.search(passage.text):
        return True
    ahead_of = passage.date is not None and claim.when.value[: len(passage.date)] > passage.date[: len(claim.when.value)]
    if _week_before(passage, claim) or ((claim.type == "other" or ahead_of) and _of_a_weekday(passage, claim)):
        return True
    when, published = claim.when.value, passage.date
    if published is None or not (when[:4].isdigit() and published[:4].isdigit()):
        return False
    if when[:4] == published[:4] and LAST_YEAR.search(passage.text):
        return True
    size = {"day": 10, "hour": 10, "minute": 10, "month": 7}.get(claim.when.precision, 4)
    one, other = when[:size], published[:size]
    if len(other) < size or not re.fullmatch(r"[\d-]+", one):
        return False
    ahead = claim.status == "planned" or (size == 10 and bool(AHEAD.search(passage.text)))
    if ahead and not (one > other and MONTHS_OWN.search(passage.text)):
        return one < other and not NAMED_DAY.search(passage.text)
    return one > other and not (size == 10 and _next_day(other, one) and _names_day(passage))


def _of_a_weekday(passage: Passage, claim: EventClaim) -> bool:
    """Whether a weekday owns the event ("Sunday's final"), so that no tense says whether it is the last or the next."""
    low, high = passage.sentence
    for mention in passage.reading.mentions:
        if mention.time is None or claim.when is None or not low <= mention.span.start < high:
            continue
        after = passage.reading.report.text[mention.span.end : mention.span.end + 2]
        if (
            (mention.time.begin or "") == claim.when.value[:10]
            and after in ("'s", "’s")
            and DAY_NAMED.fullmatch(mention.span.exact)
        ):
            return True
    return False


def _week_before(passage: Passage, claim: EventClaim) -> bool:
    """Whether a part of a day ("early Monday") was taken for one of six days before or after the report. Nobody tells the hour of
    such a day without its date: the report is dated a day early, or the tense was misread."""
    when, published = claim.when, passage.date
    if when is None or published is None or len(published) < 10 or not re.fullmatch(r"\d{4}-\d\d-\d\d", when.value[:10]):
        return False
    days = (date.fromisoformat(published[:10]) - date.fromisoformat(when.value[:10])).days
    return abs(days) == SIX and bool(HOUR.search(passage.text)) and not NAMED_DAY.search(passage.text)


def _names_day(passage: Passage) -> bool:
    return bool(NAMED_DAY.search(passage.text) or DAY_NAMED.search(passage.text))


def _next_day(day: str, following: str) -> bool:
    """Whether the ISO days follow each other, as far as a comparison within one month tells."""
    return day[:8] == following[:8] and int(following[8:]) - int(day[8:]) == 1


def doubtful_position(passage: Passage, claim: PositionClaim) -> bool:
    """Whether the sentence does not bear the position out: it asks whether, the party is asked, another clause with a subject of
    its own stands between party and issue, or what is told is an expectation."""
    report = passage.reading.report
    low, high = passage.sentence
    sentence = report.text[low:high]
    at = sentence.find(claim.issue)
    before = sentence[: at if at >= 0 else claim.span.end - low]
    if unnamed_party(claim.party) or unnamed_issue(claim.issue, claim.party):
        return True
    if WHETHER.search(before) or CONFIRM.search(before) or CHARGE.search(before) or BARE.fullmatch(claim.issue):
        return True
    if claim.stance == "warns" and THREATENS.match(f"{claim.party} {claim.issue}"):
        return True
    if _of_earlier(passage, claim) or TEXT.search(claim.party) or (claim.stance == "demands" and ASKED.search(before)):
        return True
    named = before.rfind(claim.party)
    if NO_NAME.search(claim.party) or _of_others(claim.span.exact, claim.party):
        return True
    if named < 0:
        return not (_named(claim.party, sentence) or SUBJECT.search(sentence) or _goes_on(claim.party, passage))
    between = APPOSITION.sub(" ", before[named + len(claim.party) :])
    if claim.stance == "demands" and GOAL.intersection(between.casefold().split()):
        return True
    return bool(OTHER_CLAUSE.search(between))


def _of_earlier(passage: Passage, claim: PositionClaim) -> bool:
    """Whether the words of a stand give a time long before the report ("sought help from the king in November 1976"), which is
    then that of the stand; behind a participle it is that of what the stand is on ("rejects the accord signed in 1976")."""
    published, text = passage.date, passage.reading.report.text
    if published is None or len(published) < 10:
        return False
    for mention in passage.reading.mentions:
        time = mention.time
        if time is None or time.type != "DATE" or not time.end or not claim.span.start <= mention.span.start < claim.span.end:
            continue
        left = text[claim.span.start : mention.span.start]
        if not EARLIER.search(left) or PARTICIPLE.search(left):
            continue
        if (date.fromisoformat(published[:10]) - date.fromisoformat(time.end[:10])).days > LONG_AGO:
            return True
    return False


def _of_others(words: str, party: str) -> bool:
    """Whether the words from the subject to the issue name somebody, and not the party: speech about others' stands ("the people
    will welcome the force, he said") was taken for the speaker's own."""
    lead = words[:LEAD]
    return not (PERSONAL.search(lead) or IT.search(lead)) and bool(NAME.search(lead)) and not _named(party, words)


def _goes_on(party: str, passage: Passage) -> bool:
    """Whether "it", "they" or "the group" takes up the party at the head of the sentence before."""
    text, low = passage.reading.report.text, passage.sentence[0]
    if low == 0 or not IT.search(text[low : passage.sentence[1]]):
        return False
    before = sentence_at(text, max(0, low - 2), max(1, low - 1))[0]
    return _named(party, text[before : before + HEAD])


def _named(party: str, sentence: str) -> bool:
    """Whether the sentence names the party, if only by a part of its name or as a country ("U.S." for United States)."""
    if party.casefold() in sentence.casefold():
        return True
    country = country_of(party)
    parts = set(NAME.findall(party)) or set(party.split())
    names = (POSSESSIVE.sub("", n) for n in (NAME.findall(sentence) or sentence.split()))
    return any(n in parts or (country and country_of(n) == country) for n in names)


def _over(passage: Passage, claim: CommitmentClaim) -> bool:
    """Whether the action of a promise holds a time that had passed: it is that of the promise, taken for a part of the act."""
    published, text = passage.around[:10], passage.reading.report.text
    at = text.find(claim.action, claim.span.start, claim.span.end)
    if not published or at < 0:
        return False
    past = (
        m
        for m in passage.reading.mentions
        if m.time is not None
        and m.time.end
        and m.time.end[: len(published)] < published
        and at <= m.span.start < at + len(claim.action)
    )
    return any(OVER.search(left) and not PARTICIPLE.search(left) for m in past if (left := text[at : m.span.start]))


def doubtful_commitment(passage: Passage, claim: CommitmentClaim) -> bool:
    """Whether the party is a text, which may guarantee but not promise, or a time that was taken for a name, or named nowhere in
    the sentence; or what is to be done holds a time that was over ("build the road during his visit in May")."""
    party = claim.party.strip()
    if unnamed_party(party) or _over(passage, claim):
        return True
    if NO_PARTY.search(party) or TEXT.search(party) or NO_NAME.search(party) or _of_others(claim.span.exact, party):
        return True
    return not (_named(party, passage.text) or PERSONAL.search(passage.text))

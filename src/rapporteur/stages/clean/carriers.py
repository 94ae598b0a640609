"""Carriers of the news in running text: "as reported by X", "X wrote", "an official told X", "according to the X newspaper".

A name counts when it is known (``outlets``), when it is introduced ("the website X", "the X daily"), or when it has the
shape of an outlet's name, and it is the subject of a reporting verb, is told something, or follows "according to",
"citing" and the like. These are the media sources of PARC 3 and PolNeAR. After a first mention "the agency" and "the French
agency" mean it again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from rapporteur.model.report import Credit
from rapporteur.model.spans import Span
from rapporteur.stages.clean.furniture import Marks
from rapporteur.stages.clean.lines import Layout
from rapporteur.stages.clean.outlets import Outlet, find_known, known

_VERBS = (
    r"reports?|reported|reporting|says?|said|wrote|writes?|writing|adds?|added|notes?|noted|quotes?|quoted"
    r"|quoting|cites?|cited|citing"
    r"|describes?|described|puts?|continues?|continued|announces?|announced|reveals?|revealed|claims?|claimed"
    r"|broadcasts?|aired|airs|carried"
    r"|published|publishes|states?|stated|tells|told|learn(?:s|ed|t)|confirms?|confirmed|suggests?|suggested"
    r"|disclosed|commented|remarked"
    r"|observed|listed|gave|gives|recalled|went\son|pointed\sout|explained|estimated|understands|predicted|warned"
    r"|speculated|alleged"
    r"|related|recounted|named|identified|showed|shows|spoke|counted"
)
_KIND = (
    r"(?:news\s?agency|news\sservice|agency|newspaper|daily|weekly|magazine|television|radio|tv|TV|channel|network|website|site"
    r"|broadcaster|station|wire|portal)"
)
_ADVERB = r"(?:(?:has|had|have|also|later|earlier|first|then|further|separately|meanwhile|on\s\w+day)\s+){0,2}"
_AFTER = re.compile(
    rf"(?:[\"”’]?\s+(?:{_KIND}|correspondents?|reporters?"
    rf"|journalists?)){{0,2}}(?:,[^,.;\n]{{1,60}},)?\s+{_ADVERB}(?:{_VERBS})\b"
)
_STRONG_AFTER = re.compile(
    rf"(?:\s+{_KIND})?\s+{_ADVERB}(?:reported|reports|wrote|writes|quoted|quotes|cited|cites|said|says)\b",
)
_ACCOUNT = re.compile(
    r"['’]s?\s+(?:own\s)?(?:account|reports?|dispatch|story|correspondents?|reporters?|poll|survey|tally|count)\b"
)
_BEFORE = re.compile(
    r"\b(?:according\sto|(?:reported|quoted|cited|carried|published|broadcast|aired|monitored|released"
    r"|run)\s(?:by|in|on)|citing|quoting|told|telling"
    r"|reports?\s(?:by|from|in|on)|(?:interview|interviews)\s(?:with|to|by|in|on)|interview\spublished\s(?:by|in"
    r"|on)|statement\s(?:to|carried\sby)"
    r"|(?:speaking|spoke|talking|talked|speak)\s(?:to|with|on)|via|credited\sto|(?:seen|obtained|viewed)\sby"
    r"|confirmed\sto|wrote\sin|writing\sin|by|as)"
    r"((?:\s+(?:the|a|an|state|state-run|state-owned|official|local|national|private|semi-official|independent"
    r"|public|pan-arab|pro-\w+|[A-Z][a-z]+-based|\w+-language"
    rf"|[A-Z][a-z]+(?:n|ese|ish|i|ch|sh|ic|sh)(?:['’]s)?|news|[Bb]ritain['’]s|{_KIND})){{0,6}})\s*[\"“'‘]?$"
)
_WEAK_CUES = ("by", "as")  # "by AFP's account", "as Xinhua noted": only with a verb or noun after the name as well
_MEDIA_BESIDE = re.compile(rf"\b{_KIND}\b", re.I)
_NAME = r"[A-ZÀ-Þ][\w'’&.-]*(?:[\s-](?:(?:of|de|del|della|al|el|the|and|&)[\s-])?[A-ZÀ-Þ][\w'’&]*){0,4}"
_MEDIA_WORD = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|website|news\s(?:site|portal|agency|service)|broadcaster"
    r"|radio\sstation|television(?:\s(?:channel|station))?|tv\schannel)\b"
)
_NAME_AFTER = re.compile(rf"[,\s]\s?[\"“'‘]?({_NAME})")
_NAME_BEFORE = re.compile(rf"({_NAME})[\"”’]?,?\s$")
# The last words of outlets' names. Those of bodies as well (agency, service, bureau, network) need the word "news" or
# "press" before them.
_SHAPE = re.compile(
    r"(?<=\s)(?:News|Times|Post|Herald|Tribune|Gazette|Newswatch|Newswire|Ledger|Courier|Chronicle|Telegraph"
    r"|Journal|Daily|Weekly|Observer|Examiner"
    r"|Globe|Sentinel|Bulletin|Dispatch|Mirror|Mail|Inquirer|Online|Radio|TV|Television|Wire|(?:Press"
    r"|News)\s(?:Agency|Service|Bureau)|Broadcasting"
    r"\sCorporation)\b"
)
_SHAPE_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][\w'’&-]*\s(?:(?:of|de|the|and|&)\s)?){1,4}$")
_AGAIN = re.compile(
    r"\b[Tt]he\s(?:(?:[A-Z][a-z]+|news|same|official|state)\s){0,2}(?:news\s)?(?:agency|newspaper|daily|website"
    r"|site|broadcaster)"
    rf"(?=(?:,[^,.;\n]{{1,40}},)?\s{_ADVERB}(?:{_VERBS})\b)"
    r"|\b(?:told|according\sto|quoted\sby|cited\sby)\sthe\s(?:[A-Z][a-z]+\s)?(?:news\s)?(?:agency|newspaper"
    r"|website|site)\b(?!\s[A-Z])"
)
_GENERIC = frozenset(
    """the a an its his her their this that in on at local state state-run state-owned official national government media
    press public private as when but and after while since yet if though although because
    sunday monday tuesday wednesday thursday friday saturday""".split()
)
# "the German newspaper" names a country, not a newspaper. Regular endings, and the demonyms that have none.
_DEMONYM = re.compile(
    r"(?:[a-z]ian|yan|ean|ese|[a-z]ish|can|gan|[a-z]ban|rwegian|German|Roman|Omani|French|Dutch|Greek|Czech|Swiss"
    r"|Iraqi|Israeli|Saudi|Yemeni"
    r"|Kuwaiti|Qatari|Emirati|Bahraini|Pakistani|Bangladeshi|Nepali|Afghan|Kurdish|Thai|Lao|Uzbek|Tajik|Kazakh"
    r"|Kyrgyz|Turkmen|Azeri"
    r"|Azerbaijani|Somali|Arab|Arabic|Welsh|US|U\.S|UK|EU|UN|Western|African|European|Asian|Gulf|Lebanese)$"
)
# "Austria's APA", "the London-based Al-Hayat": whose, where, in which language, not part of the name.
_OPENER = re.compile(r"['’]s$|-(?:based|language|run|owned|backed|controlled)$")
_LAST_WORD_ALONE = re.compile(
    r"\b[Tt]he\s(Post|Star|Herald|Tribune|Journal|Telegraph|Globe|Mirror|Gazette|Ledger|Chronicle|Mail)\b(?!\s[A-Z])"
)
# A last word alone ("the Post reported") means an outlet named before; it is no name of its own.
_LAST_WORDS = frozenset(
    """post times star herald tribune journal guardian telegraph globe mirror daily news gazette ledger chronicle observer mail
    sun""".split()
)
NAME_REACH = 60  # characters of a name before the word that tells what it is
_KIND_AFTER = re.compile(rf"[\"”’]?\s{_KIND}\b")
WINDOW = 90  # characters before a name in which its cue stands: "according to the semi-official, Tehran-based news agency X"


class _Use(NamedTuple):
    start: int
    end: int
    name: str
    agency: bool
    told: bool


def carriers(layout: Layout, marks: Marks, skip: Span | None = None) -> Iterator[Credit]:
    """A credit for each place of the running text at which an outlet or agency carries the news; ``skip`` is"
    " the dateline."""
    text = layout.text
    starts = [line.start for line in layout.lines]

    def outside(at: int) -> bool:
        if skip is not None and skip.start <= at < skip.end:
            return True
        return bisect_right(starts, at) - 1 in marks.furniture

    uses = [*_known_uses(text), *_new_uses(text)]
    uses.sort()
    last_end = -1
    kept = []
    for use in uses:
        if use.start >= last_end and not outside(use.start):
            kept.append(use)
            last_end = use.end
    kept.extend(use for use in _again(text, kept) if not outside(use.start))
    for use in sorted(kept):
        yield Credit((use.name,), "agency" if use.agency and use.told else "media", Span.of(text, use.start, use.end))


def _known_uses(text: str) -> Iterator[_Use]:
    """Uses of names that the gazetteer holds, and of their last words: "the Times" is the Times that was named before."""
    by_last_word: dict[str, Outlet] = {}
    for match in find_known(text):
        entry = match.outlet
        words = entry.name.split()
        last = words[-1].lower()
        if last in _LAST_WORDS and len(words) > 2:
            by_last_word.setdefault(last, entry)
        elif last in by_last_word and len(words) == 2 and words[0] == "The":
            entry = by_last_word[last]
        if entry.ambiguous and not _MEDIA_BESIDE.search(text[max(0, match.start - 25) : match.end + 25]):
            continue
        use = _use(text, match.start, match.end, entry.name, agency=entry.kind == "agency")
        if use is not None:
            yield use
    if by_last_word:
        for short in _LAST_WORD_ALONE.finditer(text):
            owner = by_last_word.get(short[1].lower())
            if owner is not None and (use := _use(text, short.start(), short.end(), owner.name, agency=False)) is not None:
                yield use


def _use(text: str, start: int, end: int, name: str, *, agency: bool) -> _Use | None:
    """How a name carries the news at this place, with the cue in the span; None when it does not."""
    after = _AFTER.match(text, end, end + 140) or _ACCOUNT.match(text, end)
    before = _BEFORE.search(text[max(0, start - WINDOW) : start])
    if before is not None:
        cue = before[0].split()[0].lower()
        if cue not in _WEAK_CUES:
            # A plain "by" or "on" before a name that is told or cited: the cue is in the match, the name ends the span.
            return _Use(
                start - len(text[max(0, start - WINDOW) : start]) + before.start(), end, name, agency, cue in ("told", "telling")
            )
    if after is None:
        return None
    return _Use(start, after.end(), name, agency, told=False)


def _new_uses(text: str) -> Iterator[_Use]:
    """Names that the gazetteer does not hold: introduced by a media word, or shaped like an outlet's name before a
    strong verb.
    """
    learned = _learn(text)
    names = sorted(learned, key=len, reverse=True)
    for name in names:
        longer = next((other for other in names if other != name and other.endswith(" " + name)), name)
        for form in (name, *_short(name)):
            at = text.find(form)
            while at >= 0:
                end = at + len(form)
                kind = _KIND_AFTER.match(text, end)
                use = _use(text, at, kind.end() if kind else end, longer, agency=learned[longer])
                if use is not None:
                    yield use
                at = text.find(form, end)


def _learn(text: str) -> dict[str, bool]:
    """New names, and whether each is an agency's."""
    learned: dict[str, bool] = {}
    for word in _MEDIA_WORD.finditer(text):
        after = _NAME_AFTER.match(text, word.end())
        if (
            after is not None
            and (name := _clean(after[1])) is not None
            and _use(text, after.start(1), after.end(1), name, agency=False)
        ):
            learned[name] = word[0].endswith("agency")
        lead = max(0, word.start() - NAME_REACH)
        before = _NAME_BEFORE.search(text[lead : word.start()])
        if (
            before is not None
            and (name := _clean(before[1])) is not None
            and _use(text, lead + before.start(1), word.end(), name, agency=False)
        ):
            learned[name] = word[0].endswith("agency")
    for shape in _SHAPE.finditer(text):
        lead = max(0, shape.start() - NAME_REACH)
        before = _SHAPE_BEFORE.search(text[lead : shape.start()])
        if before is not None and _STRONG_AFTER.match(text, shape.end()) and (name := _clean(before[0] + shape[0])) is not None:
            learned[name] = "Agency" in name
    return learned


def _short(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[-2:])] if len(words) > 2 else []


def _clean(name: str) -> str | None:
    """A name without leading article and generic words; None when nothing of a name is left, or it is known already."""
    words = name.strip(" .'’").removesuffix("'s").removesuffix("’s").split()
    while words and (words[0].lower() in _GENERIC or _OPENER.search(words[0])):
        words = words[1:]
    name = " ".join(words)
    if len(name) < 3 or known(name) is not None or _DEMONYM.search(name):
        return None
    return None if len(words) == 1 and words[0].lower() in _LAST_WORDS else name


def _again(text: str, uses: list[_Use]) -> Iterator[_Use]:
    """ "The agency" after a credited agency, "the site" after a credited outlet."""
    if not uses:
        return
    for match in _AGAIN.finditer(text, uses[0].end):
        agency = "agency" in match[0]
        before = [use for use in uses if use.end <= match.start() and use.agency == agency]
        if before:
            yield _Use(match.start(), match.end(), before[-1].name, agency, match[0].startswith("told"))

"""Whether a figure gives the number of people harmed, and how many more its sentence names beside it."""

from __future__ import annotations

import re

from rapporteur.model.claims import FigureClaim
from rapporteur.stages.write.guard import negations, words
from rapporteur.stages.write.numbers import UNITS
from rapporteur.stages.write.passages import Passage
from rapporteur.stages.write.people import counts_people

HARM = frozenset(("killed", "wounded", "captured", "missing", "displaced"))
NEAR = 3
"""Words before a figure in which a negation turns it: "did not kill the seven men"."""
ASKED = re.compile(r"[^.!?]*\?")
PART = re.compile(
    r"\b(?:including|among (?:them|whom|those|the (?:dead|victims|killed|injured|wounded))|of (?:them|whom))\b"
    r"(?:(?!\b(?:was|were|is|had|has|have)\b)[^.;])*$|"
    r"\bwith (?:at least |about |some )?$",
    re.IGNORECASE,
)
"""What stands before a figure that is a part of the one before it: "11 wounded, including two Germans and one Greek"."""
OF_THEM = re.compile(
    r"[^.;,]{0,30}?\bof (?:them|whom|(?:the|these|those|its|their) (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.IGNORECASE,
)
OF_SET = re.compile(r"\s+of (?:the|these|those|his|her|its|their) [a-z]")
"""What makes a number, right behind it, one of some that were counted before: "two of the hostages"."""
SUPPOSED = re.compile(r"\b(?:could|might|may|potential|potentially|hypothetical)\b[^,;:.]*$", re.IGNORECASE)
"""What makes those harmed only possible: "a pandemic with a potential toll of millions"."""
RATE = re.compile(r"[^.;,]{0,40}?\b(?:(?:every|each|a|per) (?:day|week|month|year)|daily|weekly|monthly)\b", re.IGNORECASE)
"""What makes a number of victims one for each day or month."""
COMPOUND = re.compile(r"-[A-Za-z]")
"""What makes a number a part of a word: "the 225-share index"."""
EITHER = re.compile(
    r"\b(?:killed|died|dead|wounded|injured|hurt|maimed|missing|captured|arrested) (?:and/or|or) "
    r"(?:killed|died|dead|wounded|injured|hurt|maimed|missing|captured|arrested)\b|"
    r"\b(?:deaths?|killing|wounding|abduction|injury)\b[\w, ]{0,30}\b"
    r"or (?:\w+ )?(?:displacement|abduction|injury|wounding|death)\b",
    re.IGNORECASE,
)
"""What leaves open how people were harmed: "injured or killed 36"."""
FURTHER = r"(?:also |all )?(?:an?|another|one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: other)? [A-Za-z]+"
ALSO = re.compile(rf"[^.;:,\"“”]{{0,40}}?(?:, {FURTHER}[^.;:,]{{0,40}}?){{0,3}},? and (?:{FURTHER}|(?:his|her|their) [a-z]+)")
"""What follows a number that is one of a list of those harmed: "six guards, a chief and a passer-by"."""
AND = re.compile(r"\band (?:at least |about |some |another )?$")
HARMED_BEFORE = re.compile(
    r"\b(?:killed|dead|died|wounded|injured|hurt|missing|captured|arrested),? and [^.;]{0,12}$", re.IGNORECASE
)
LISTED = re.compile(r"[^.;:\"“”]{0,60}?(?:,|,? and)\s(?:at least |about |some |another |all )?$")
"""What stands between two numbers of such a list."""
ACTED = re.compile(r"\b(?:killed|dead|died|wounded|injured|hurt|missing|captured|left|leaving|while|when|after)\b", re.IGNORECASE)
NUMBERS = {word: n for word, n in UNITS.items() if 1 <= n <= 10} | {
    "a": 1.0,
    "an": 1.0,
    "another": 1.0,
}
MEMBER = re.compile(
    rf"(?:, |\band )(?:also |all |at least )*(?:(?P<number>{'|'.join(NUMBERS)}|\d+)(?: other)? (?P<noun>[A-Za-z]+)"
    r"(?:(?= (?P<next>[A-Za-z]+)))?|(?:his|her|their) (?P<kin>[a-z]+))\b"
)
"""A further member of a list of people, with its number or as somebody's."""
VAGUE = frozenset("dozen hundred thousand score number few lot couple handful series string trail wave".split())
SEVERAL = frozenset("family crew children team household staff entourage men women people guard".split())
FATES = {
    **dict.fromkeys(("killed", "dead", "died", "drowned"), "killed"),
    **dict.fromkeys(("wounded", "injured", "hurt"), "wounded"),
    **dict.fromkeys(("captured", "arrested", "kidnapped"), "captured"),
    "missing": "missing",
}
FATE = re.compile(rf"\b(?:{'|'.join(FATES)})\b", re.IGNORECASE)
"""What is said to have befallen those after "and", in the same way or in another: "15 dead and 14 wounded"."""
PHRASE = 30
"""Code points behind a list in which that is said."""
FEARED = re.compile(
    r"[^.;,]{0,30}?\b(?:feared|believed|presumed|thought|assumed|suspected)"
    r"(?= (?:to have|dead|killed|drowned|lost|wounded|injured|to be (?:dead|lost))\b)",
    re.IGNORECASE,
)
FEAR = re.compile(r"\bfear(?:s|ed|ing)?(?: that| for)?(?: the lives of)?(?: at least| about| some| more than)* $", re.IGNORECASE)
"""What makes those harmed only feared to be: "scores were feared drowned", "it is feared that nine died"."""
CULPRITS = re.compile(
    r"[^.;,]{0,40}?\b(?:(?:accused|suspected|convicted|guilty) of|charged with|(?:wanted|blamed|responsible) for)\b",
    re.IGNORECASE,
)
"""What makes those counted the ones who did harm: "four suspects accused of killing a guard"."""
CORPSES = re.compile(
    r"\b(?:found|discover\w*|recover\w*|retriev\w*|pulled|lay|lying|laid|bur(?:y|ied)|identif\w*|morgue|mortuary|dead|kill\w*|victims?|"
    r"mutilat\w*|decompos\w*|bullets?|wounds?|washed)\b",
    re.IGNORECASE,
)
DOER = re.compile(
    r"(?:(?!\b(?:was|were|is|are|be|been|being|who|that)\b)[^.;,]){0,60}?\b(?:killed|wounded|injured|hurt|captured|kidnapped) "
    r"(?:(?:at least|about|some|more than|nearly|up to|as many as|another) )?"
    rf"(?:\d|dozens\b|scores\b|hundreds\b|several\b|(?:{'|'.join(NUMBERS)})\b)",
    re.IGNORECASE,
)
"""What makes the one counted him who harmed others: "a bomber killed 13"."""
ANYBODY = re.compile(r"[\w -]{0,30}[’']s (?:death|murder|killing|assassination)\b", re.IGNORECASE)
"""What, behind "a", tells of a death in general: "a king's death is a trial"."""
ONE = re.compile(r"an?|one", re.IGNORECASE)


def tells_harm(passage: Passage) -> bool:
    """Whether the passage itself gives the number of people harmed: not where victims were only named or described and then
    counted for it, not where it is a part of another number there, nor where it denies the harm ("no soldier was killed") or
    only asks. One captive who is only mentioned ("a suspect detained at the base") is no incident."""
    claim = passage.claim
    if not isinstance(claim, FigureClaim) or claim.figure.state not in HARM or claim.figure.derived == "persons":
        return False
    if claim.figure.state == "captured" and ONE.fullmatch(claim.figure.number.exact):
        return False
    text = passage.reading.report.text
    low, high = passage.sentence
    left, right = text[low : claim.span.start], text[claim.figure.number.end : high]
    if not counts_people(claim.figure.counted, *right.split()[:1]):
        return False
    if ASKED.match(text[claim.span.end : high]) or PART.search(left) or OF_THEM.match(right) or EITHER.search(text[low:high]):
        return False
    if (
        SUPPOSED.search(left)
        or OF_SET.match(right)
        or COMPOUND.match(right)
        or RATE.match(right)
        or _is_one_of_list(passage, claim)
    ):
        return False
    if claim.figure.counted == "body" and not CORPSES.search(text[low:high]):
        return False  # "these two bodies opposed the move"
    harmed = claim.figure.state in ("killed", "wounded")
    if harmed and (FEARED.match(right) or FEAR.search(left) or CULPRITS.match(right)):
        return False
    if ONE.fullmatch(claim.figure.number.exact) and (ANYBODY.match(right) or DOER.match(right) or left.endswith(" even ")):
        return False
    return not negations((*words(left)[-NEAR:], *words(claim.span.exact)))


def _is_one_of_list(passage: Passage, claim: FigureClaim) -> bool:
    """Whether the number is added up with others in the sentence: by the reading, or as a later member of a list."""
    text = passage.reading.report.text
    for other in passage.reading.claims:
        if not isinstance(other, FigureClaim) or other.id == claim.id or other.figure.state not in (claim.figure.state, None):
            continue
        summed = other.figure.derived == "sum" and other.span.start <= claim.span.start and claim.span.end <= other.span.end
        if summed and claim.figure.derived is None:
            return True
        between = text[other.figure.number.end : claim.figure.number.start]
        if passage.sentence[0] <= other.span.start < claim.span.start and LISTED.fullmatch(between) and not ACTED.search(between):
            return True
    return False


def more_of(passage: Passage) -> tuple[float, bool]:
    """How many others harmed alike are named right behind the number, without being counted into it, and whether all of them are
    counted: 2, True for "six guards, a chief and a passer-by", 0, False for "a guard and his family"."""
    claim, text = passage.claim, passage.reading.report.text
    assert isinstance(claim, FigureClaim)
    left, right = text[passage.sentence[0] : claim.span.start], text[claim.figure.number.end : passage.sentence[1]]
    if right.startswith(" other") and AND.search(left) and not HARMED_BEFORE.search(left):
        return 0.0, False  # "a medic and six other guests"
    after = ALSO.match(right)
    members = list(MEMBER.finditer(right, 0, after.end() + PHRASE)) if after is not None else []
    if after is None or not members or claim.figure.derived is not None or ACTED.search(right[: members[0].start()]):
        return 0.0, True
    if PART.search(right[: members[0].end()]):
        return 0.0, True  # "11 others, including two Germans and one Greek"
    fate = FATE.search(right, members[-1].end())
    if fate is not None and fate.start() < after.end() + PHRASE and FATES[fate.group().lower()] != claim.figure.state:
        return 0.0, True  # "15 people and 14 were wounded"
    counted = [_members(m) for m in members if m["kin"] or counts_people(m["noun"], m["next"] or "")]
    if sum(counted) == claim.figure.value:
        return 0.0, True  # "two hostages, a man and a woman": the same people once more
    return sum(counted), 0.0 not in counted


def _members(member: re.Match[str]) -> float:
    """How many a member of a list of people is; 0 where that is not said ("his family", "a dozen guests")."""
    if member["kin"]:
        return 0.0 if member["kin"] in SEVERAL or member["kin"].endswith("s") else 1.0
    number = member["number"].lower()
    return 0.0 if member["noun"].lower() in VAGUE else float(number) if number.isdigit() else NUMBERS[number]

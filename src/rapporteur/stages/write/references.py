"""Parties and issues that only point at something named elsewhere in the report: in a table they say nothing.

"The group is ready to stand firm", "rejected the idea", "warned that they will bring disease": each is right in its report and
empty in a row, where nobody knows which group, which idea, whose disease.
"""

from __future__ import annotations

import re

from rapporteur.language.gazetteer import country_of_demonym

PARTY = re.compile(
    r"(?:the|this|that|an?) (?:[a-z-]+ ){0,2}(?:country|embassy|nation|state|group|movement|organi[sz]ation|company|"
    r"firm|pair|trio|two|"
    r"latter|former|man|woman|victim)|"
    r"(?:the|this|that) (?:[\w.-]+ ){0,2}(?:envoy|official|soldier|officer|diplomat|"
    r"spokes(?:man|woman|person)|delegate|lawmaker|analyst|ambassador)|"
    r"(?:the (?:two|three|four)|both|(?:these|those)(?: two| three| four)?) "
    r"(?:countries|nations|states|leaders|men|women|ministers|companies)|"
    r"a [\w-]+ of .*",
    re.IGNORECASE,
)
ISSUE = re.compile(
    r"(?:such|this|that|these|those)\b.*|"
    r"(?:the|an?) (?:same|idea|move|suggestion|notion|step|thing|claim|charge|allegation|accusation)s?",
    re.IGNORECASE | re.DOTALL,
)
DEMONYM = re.compile(r"(?:the )?(?:[\w-]+ )?([A-Z]\w+)", re.IGNORECASE)
PEOPLES = ("s", "sh", "ch", "ese")
"""Endings of demonyms that may stand for all: "the British", "the Iraqis"; "the Ghanaian" is one man."""
THEY, IT = re.compile(r"they\b", re.IGNORECASE), re.compile(r"it\b", re.IGNORECASE)
MANY = re.compile(r"s$|\band\b|\b(?:police|people|men|women|both|some|many)\b", re.IGNORECASE)


def unnamed_party(party: str) -> bool:
    """Whether a party is only pointed at: "the group", "the US envoy", "both leaders", "the Ghanaian"."""
    one = DEMONYM.fullmatch(party)
    alone = one is not None and party.lower().startswith("the ") and country_of_demonym(one[1]) and not one[1].endswith(PEOPLES)
    return bool(alone or PARTY.fullmatch(party))


def unnamed_issue(issue: str, party: str) -> bool:
    """Whether what a stand is on is only pointed at: "the idea", "that trend", "they" who cannot be the party itself."""
    if ISSUE.fullmatch(issue):
        return True
    several = bool(MANY.search(party))
    return (THEY.match(issue) is not None and not several) or (IT.match(issue) is not None and several)

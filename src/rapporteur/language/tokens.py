"""Tokens of English running text, cut as in UD English so that the parser sees what it was trained on.

One regular expression, alternatives in order of precedence; every quantifier is bounded by the characters it may take, so that
time is linear in the text. No character is altered: a token is a pair of code points.
"""

from __future__ import annotations

import re

MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
TITLES = (
    "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Cmdr Cdr Sgt Cpl Pvt Adm Brig Sen Rep Gov Rev Hon Fr Pres Sec Amb Insp Supt Det "
    "Messrs Mme Mlle Msgr Atty Supt Cllr"
)
ORGANISATIONS = "Inc Corp Co Ltd Bros Assn Dept Univ Intl Bldg Assoc Asst Ave Blvd Rd St Ste Mt Ft Pvt Pty"
OTHERS = "Jr Sr vs etc approx est fig vol pp ed Nos No Art Sec Ph Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun al ca cf viz"
STATES = (
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex "
    "Va Vt Wash Wis Wyo"
)

ABBREVIATIONS = frozenset(f"{MONTHS} {TITLES} {ORGANISATIONS} {OTHERS} {STATES}".split())
"""Words written with a full stop that does not end a sentence by itself. Ambiguous ones (No, Sun) go by context."""

_PLAIN_WORDS_TOO = frozenset(
    ("No Art Fig fig Mar Sun Sat Wed Mon Miss Mass Ill Ind Del Pa La Co al ed est ca Mo Va Ore Wash Fr Sec Rep Hon Mt").split()
)
_SURE = "|".join(sorted(ABBREVIATIONS - _PLAIN_WORDS_TOO, key=len, reverse=True))
_CONTEXT = "|".join(sorted(_PLAIN_WORDS_TOO & ABBREVIATIONS, key=len, reverse=True))

_CLITIC = r"(?:[sS]|[rR][eE]|[vV][eE]|[lL][lL]|[dD]|[mM])(?![^\W_])"

TOKEN = re.compile(
    rf"""
    (?:https?://|www\.)[^\s<>"“”]{{1,2000}}[^\s<>"“”.,;:!?)\]'’]       # addresses
  | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}
  | (?:[^\W\d_]\.){{2,8}}(?![^\W_])                                     # U.S. a.m.
  | (?:{_SURE})\.(?![^\W_])
  | (?:{_CONTEXT})\.(?=[ ]?[\d(])                                       # No. 5, Mar. 3
  | (?:{_CONTEXT})\.(?=[ ][a-z])
  | (?:Co|Rep|Hon|Mt|Fr|Sec|Sen|Pa|La|Va|Mo|Wash|Del)\.(?=[,]|[ ][A-Z])
  | [A-Z]\.(?=[ ]?[A-Z][a-z’'.])                                        # George W. Bush
  | \d{{1,400}}(?:[.,:/]\d{{1,400}}){{0,40}}(?:(?:st|nd|rd|th|s|am|pm|k|m|bn|mn|tn)(?![^\W_]))?
  | [^\W\d_]+?(?=[nN]['’][tT](?![^\W_]))                                # do|n't
  | [nN]['’][tT](?![^\W_])
  | ['’]{_CLITIC}
  | [^\W_]+(?:['’](?!{_CLITIC})[^\W_]+)*                                # O'Brien, Sana'a
  | \.{{2,}} | -{{2,}} | `` | ''
  | \S
    """,
    re.VERBOSE,
)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open code point ranges of the tokens of ``text[start:end]``, in order; white space belongs to none."""
    return [m.span() for m in TOKEN.finditer(text, start, len(text) if end is None else end)]

"""Names: persons, organisations, places and groups (peoples, nationalities, faiths).

Names are found by a conditional random field over word forms, tags, word lists and what stands beside the same word elsewhere in
the report; kinds and boundaries are then made to agree within the report (``language.names``). A name is the proper name alone:
no article, title or possessive. Here each name becomes a mention with

- its role, where one is given with it: the title before the name ("Defense Secretary Lloyd Austin"), the apposition after it
  ("Jon Alterman, the director of ...") or the noun it stands in apposition to ("the group's leader, ...");
- its actor: mentions of one actor in the report share an id. A person's later mentions are parts of the full name; two persons
  with the same family name and different given names are never one, and a bare family name that fits both stays on its own.
  An organisation's abbreviation is taken from the brackets after its name or from its initials; a country goes by all its names;
- its name: the fullest form in the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.language.base import NameSpan, Parsed
from rapporteur.model.claims import Mention
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.names_actors import Actors, Named, key_words
from rapporteur.stages.extract.names_roles import role_of

NAME = "names"


def extract(sheet: Sheet) -> Iterator[Mention]:
    """A mention for every name of the parse, in text order."""
    parsed = sheet.parsed
    found = _whole(parsed)
    named = [_named(parsed, name) for name in found]
    actors = Actors(named).numbers()
    fullest: dict[int, tuple[int, str]] = {}
    for name, mention, actor in zip(found, named, actors, strict=True):
        text = " ".join(parsed.text[parsed.starts[name.first] : parsed.ends[name.last - 1]].split())
        length = len(key_words(mention.words)) * 100 + len(text)
        if length > fullest.get(actor, (0, ""))[0]:
            fullest[actor] = length, text
    persons = {token for name in found if name.kind == "person" for token in range(name.first, name.last)}
    for number, (name, actor) in enumerate(zip(found, actors, strict=True)):
        yield Mention(
            id=sheet.ident("n", number),
            kind=name.kind,
            span=parsed.span(name.first, name.last),
            actor=sheet.ident("a", actor),
            name=fullest[actor][1],
            role=role_of(parsed, name.first, name.last, persons) if name.kind == "person" else None,
        )


def _whole(parsed: Parsed) -> list[NameSpan]:
    """The names of the parse, those of one person that a hyphen parts as one ("Frank" and "Walter Tarn")."""
    out: list[NameSpan] = []
    for name in parsed.names:
        before = out[-1] if out else None
        if (
            before is not None
            and before.kind == name.kind == "person"
            and name.first == before.last + 1
            and parsed.words[before.last] == "-"
            and parsed.ends[before.last - 1] == parsed.starts[before.last]
            and parsed.ends[before.last] == parsed.starts[name.first]
        ):
            out[-1] = NameSpan(before.first, name.last, name.kind)
        else:
            out.append(name)
    return out


def _named(parsed: Parsed, name: NameSpan) -> Named:
    words = parsed.words
    after = words[name.last : name.last + 3]
    bracketed = len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isupper() and len(after[1]) > 1
    return Named(tuple(words[name.first : name.last]), name.kind, after[1] if bracketed else None)

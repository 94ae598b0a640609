"""Who holds a position or makes a commitment: the party a source phrase stands for, and the statement that tells of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from rapporteur.language.gazetteer import country_of, country_of_capital
from rapporteur.model.claims import Mention, Speaker, StatementClaim
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.events.lexicon import EVENT_NOUNS
from rapporteur.stages.extract.positions_order import APART
from rapporteur.stages.extract.statements.actors import Actors
from rapporteur.stages.extract.statements.lexicon import speaker_nouns
from rapporteur.stages.extract.statements.sources import subject
from rapporteur.stages.extract.statements.tree import Range, Tree
from rapporteur.stages.extract.times.classes import MONTHS, WEEKDAYS

_FIRST = frozenset({"we", "i", "our", "my"})
_MAX_PARTY = 15
"""Tokens of a party's description, titles and apposition included."""
_MARKS = "\"“”'’ "
_LOST = frozenset({"with", "of", "in", "by", "for", "and", "or", "but", "who", "which", "that"})
"""A description that begins so is the rest of a phrase which the parse cut."""
_OF_DAY = frozenset({*WEEKDAYS, "on", "today", "late", "early", "last", "this"})
"""Words of a day that the parse may hang on the subject before it."""
_CALENDAR = WEEKDAYS.keys() | MONTHS.keys()
_DAY = re.compile(
    r",? (?:on |late |early )*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today)(?: (?:morning|evening|night))?$| too$|"
    r",? (?:(?:him|her|it)self|themselves),?$"
)
"""What may stand between a party and its verb and is no part of its name."""
_RELATIVE = re.compile(r",? (?:who|whose|whom|which|that)\b|, (?:the|an?) [a-z]")
_LEADING = re.compile(r"^(?:[A-Z]\w+ )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ")
_TITLE = ("JJ", "NN", "NNP", "VBG", "DT", "CD")
_BODIES = frozenset({"group", "movement", "organization", "organisation", "party", "company", "firm", "faction", "union"})
_SPEAKING = ("spokesperson", "unnamed", "collective", "varied", "institution", "role", "media")
"""Kinds of nouns (data/speakers.txt) for those who can take a stand."""
_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})
_PRONOUNS = ("PRP", "WP", "WDT", "DT", "EX", "WRB")


def _countries(words: str) -> set[str]:
    """The countries that a description names, by their names, demonyms or capitals."""
    single = [word.strip(_MARKS).removesuffix("'s").removesuffix("’s") for word in words.split()]
    pairs = [" ".join(pair) for pair in pairwise(single)]
    return {c for word in (*single, *pairs) if (c := country_of(word) or country_of_capital(word))}


class Parties:
    """Parties of one report. A party is an actor by its fullest name, an institution, or a described group; never an unresolved
    pronoun, and nobody who is only "some" or "others"."""

    def __init__(self, sheet: Sheet, tree: Tree) -> None:
        self.tree = tree
        self.actors = Actors.of(sheet)
        self.by_cue = {claim.cue.start: claim for claim in sheet.statements if claim.cue is not None}
        self.parts = sorted(
            ((part.start, part.end, n) for n, claim in enumerate(sheet.statements) for part in claim.content), key=lambda p: p[:2]
        )
        self.statements = sheet.statements
        begins = {first for first, _ in tree.sentences}
        # A name that no gazetteer has is known by its capital inside of sentences.
        self.proper = {
            word
            for i, (word, tag) in enumerate(zip(tree.words, tree.tags, strict=True))
            if tag == "NNP" and i not in begins and word[:1].isupper() and not word.isupper() and word.lower() not in _CALENDAR
        }

    def statement_at(self, cue: Range) -> StatementClaim | None:
        """The statement whose cue stands at these tokens."""
        return self.by_cue.get(self.tree.parsed.starts[cue[0]])

    def around(self, token: int) -> StatementClaim | None:
        """The statement in whose content a token stands."""
        at = self.tree.parsed.starts[token]
        k = bisect_right(self.parts, at, key=lambda part: part[0]) - 1
        if k < 0 or at >= self.parts[k][1]:
            return None
        return self.statements[self.parts[k][2]]

    def is_person(self, issue: Range) -> bool:
        """Whether what a phrase begins with is a person's name, or those of several."""
        named = self.actors.at.get(issue[0])
        return named is not None and named.kind == "person" and self.tree.tags[issue[0]].startswith("NNP")

    def speaks_for(self, speaker: Speaker, party: str) -> bool:
        """Whether a speaker is of the party ("his country"), or of the country whose stand is told ("the Ostrian minister said
        that Ostria wants")."""
        if party.startswith(f"{speaker.resolved.strip(_MARKS)}'s "):
            return True
        roles = (m.role for m in self.actors.at.values() if speaker.actor and m.actor == speaker.actor and m.role)
        described = f"{speaker.span.exact} {speaker.resolved} {next(roles, '')}"
        return bool(_countries(party) & _countries(described))

    def party(self, source: Range, cue: Range) -> str | None:
        """The party that a source phrase stands for, without the day that may stand between it and its verb; None when that is
        not known."""
        beside = self._beside(source) or self._before_pronoun(source, cue[1] - 1) or self._taken_up(source)
        if beside is not None:
            return self._name(beside)
        first, last = source
        while last - first > 1 and self.tree.words[last - 1].lower() in _OF_DAY:
            last -= 1
        if last - first > 3 and self.tree.words[last - 1].lower() in ("turn", "part") and self.tree.tags[last - 2] == "PRP$":
            last -= 3  # "Orsk in its turn"
        name = self._party((first, last), cue)
        if name and name.startswith(("(", "[")):
            return None  # the rest of a name with its short form
        name = _LEADING.sub("", _DAY.sub("", name)) if name else None
        return _RELATIVE.split(name, maxsplit=1)[0] if name else None

    def _beside(self, source: Range) -> Range | None:
        """The name beside which a description stands ("the Tarn Front, | an armed group that rejects the accord")."""
        tree = self.tree
        head = next((i for i in range(*source) if not source[0] <= tree.heads[i] < source[1]), source[0])
        if tree.tags[head] in ("WDT", "WP") and tree.deps[tree.heads[head]] == "acl:relcl":
            head = tree.heads[tree.heads[head]]
        owner = tree.heads[head]
        if tree.deps[head] != "appos" or not owner < head or not tree.tags[owner].startswith("NNP"):
            return None
        first = owner
        while first > tree.sentence(owner)[0] and tree.tags[first - 1].startswith("NNP"):
            first -= 1
        return first, owner + 1

    def _taken_up(self, source: Range) -> Range | None:
        """The body that a bare "the group" takes up, where the sentence before is about it: "The Front met. The group wants"."""
        tree = self.tree
        begin = tree.sentence(source[0])[0]
        if source[1] - source[0] != 2 or tree.words[source[0]].lower() != "the" or begin == 0:
            return None
        if tree.lemmas[source[1] - 1].lower() not in _BODIES:
            return None
        first = tree.sentence(begin - 1)[0]
        first += tree.words[first].lower() == "the"
        named = self.actors.at.get(first)
        return self.actors.ranges[named.id] if named is not None and named.kind in ("organization", "group") else None

    def _before_pronoun(self, source: Range, verb: int) -> Range | None:
        """The noun right before a relative pronoun, where the parse hung the clause on an earlier one, behind which a preposition
        begins another phrase: "sets Vale against | the land that supports his rule"."""
        tree, at = self.tree, source[0]
        if source[1] - at > 1 or tree.tags[at] not in ("WDT", "WP") or tree.deps[verb] != "acl:relcl":
            return None
        if not any(tree.words[i].lower() in APART for i in range(tree.heads[verb] + 1, at)):
            return None
        first = at
        while tree.tags[first - 1].startswith((*_TITLE, "POS", "PRP$", "HYPH")):
            first -= 1
        return (first, at) if first < at else None

    def _party(self, source: Range, cue: Range) -> str | None:
        told = self.statement_at(cue)
        word = self.tree.words[source[0]].lower()
        if not self._nominal(source) or self._ends_list(source):
            return None
        joined = self._joined(source)
        if joined is not None:
            return joined
        if told is not None and told.speaker is not None:
            name = told.speaker.resolved.strip(_MARKS)
            if self.tree.tags[source[0]] == "PRP$":
                return self._name(source) if source[1] - source[0] > 1 else self._possessor(source[0])
            if word == "they" and self._one_body(name):
                return None
            if self._body(source) and any(m.kind == "person" and m.actor == told.speaker.actor for m in self.actors.at.values()):
                return self._name(source)  # "the council" is not its president
            named = self._speaks(name) and self._tells(name, source) and name.partition(" ")[0].lower() not in _LOST
            return name if name and named else None
        if source[1] - source[0] == 1 and word in _FIRST:
            outer = self.around(cue[0])
            return outer.speaker.resolved if outer is not None and outer.speaker is not None else None
        if self.tree.tags[source[0]] == "PRP$" and source[1] - source[0] == 1:
            return self._possessor(source[0])
        return self._name(source)

    def _body(self, source: Range) -> bool:
        """Whether a description without a name is that of a body ("the council")."""
        noun = self.tree.lemmas[source[1] - 1].lower()
        return noun in speaker_nouns()["institution"] and not any(i in self.actors.at for i in range(*source))

    def _joined(self, source: Range) -> str | None:
        """The names of two who act together ("President Tarn and visiting minister Vale"); None where a phrase names one."""
        tags, after = self.tree.tags, self.actors.at.get(source[1] - 1)
        if after is None:
            return None
        at = self.actors.ranges[after.id][0] - 1
        begin = self.tree.sentence(at)[0] if at >= 0 else 0
        while at > begin and self._of_title(at):
            at -= 1
        before = self.actors.at.get(at - 1) if at > begin and self.tree.words[at].lower() == "and" else None
        if before is None or before.actor == after.actor or any(tags[i] in _VERBS for i in range(begin, at)):
            return None
        return f"{before.name or before.span.exact} and {after.name or after.span.exact}"

    def _ends_list(self, source: Range) -> bool:
        """Whether a name is the last of a list of more than two: "Orsk, Vessia and Merrow"."""
        name, words = self.actors.at.get(source[1] - 1), self.tree.words
        at = self.actors.ranges[name.id][0] - 1 if name is not None else 0
        at -= at > 1 and words[at].lower() in ("the", "mr.", "mr", "mrs.", "president", "king")
        before = self.actors.at.get(at - 1) if at > 1 and words[at].lower() == "and" else None
        if name is not None and before is None and at > 1 and words[at].lower() == "and" and self.tree.tags[at - 1] == "NNP":
            return True  # the other is a name that was not read as one
        first = self.actors.ranges[before.id][0] - 1 if before is not None else 0
        return first > 0 and words[first] == "," and first - 1 in self.actors.at

    def _of_title(self, token: int) -> bool:
        """Whether a token belongs to an office before a name ("visiting South Korean foreign minister")."""
        name = self.actors.at.get(token)
        return name.kind in ("group", "place") if name is not None else self.tree.tags[token].startswith(_TITLE)

    def _speaks(self, name: str) -> bool:
        """Whether a resolved speaker is a body or people: its last word has a capital or is a noun of those who speak."""
        last = name.rstrip(_MARKS).rpartition(" ")[2]
        singular = {last.lower(), last.lower().removesuffix("s"), last.lower().removesuffix("es"), last[:-3].lower() + "y"}
        return not last.islower() or any(singular & nouns for kind, nouns in speaker_nouns().items() if kind != "document")

    def _possessor(self, possessive: int) -> str | None:
        """Who "its" is in "repeated its pledge": the subject of the verb whose object it stands in; "its" is no ministers'."""
        noun = self.tree.heads[possessive]
        owner = subject(self.tree, self.tree.heads[noun]) if self.tree.deps[noun] == "obj" else None
        if owner is None or owner[1] > possessive:
            return None
        several = any(self.tree.tags[i] == "CC" or self.tree.tags[i] in ("NNS", "NNPS") for i in range(*owner))
        return None if several and self.tree.words[possessive].lower() != "their" else self._name(owner)

    def _nominal(self, source: Range) -> bool:
        """Whether a source is a plain noun phrase, short and without a verb: a longer one is a parse gone wrong."""
        first, last = source
        tags = self.tree.tags
        if last - first > _MAX_PARTY or tags[first] in ("IN", "TO", "VBG", "VB", "CC"):
            return False
        if tags[first] == "NN" and first > 0 and self.tree.words[first - 1] == ")":
            return False  # "the Orvale (Old Town) movement": the rest of a name
        if any(tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(first, last)):
            return False
        # "a milestone the Orsk ministers hope for", "the reforms Orsk made": a clause without its pronoun, read as one noun.
        return not any(
            tags[i] in ("NN", "NNS") and (place := self.actors.at.get(i + 1)) is not None and place.kind == "place"
            for i in range(first, last - 1)
        )

    def _tells(self, name: str, source: Range) -> bool:
        """Whether a resolved speaker is more than the pronoun it was resolved from."""
        if name != self.tree.parsed.span(*source).exact:
            return True
        return self._described(source)

    def _described(self, source: Range) -> bool:
        first, last = source
        tags = self.tree.tags
        if any(token in self.actors.at for token in range(first, last)) and not self._of_event(source):
            named = last - 1 in self.actors.at or not tags[last - 1].startswith(("NN", "JJ")) or tags[last - 1].startswith("NNP")
            return named or any(self._of_people(i) for i in range(first, last)) or self.tree.words[last - 1].isupper()
        if last - first == 1 and tags[first].startswith(_PRONOUNS):
            return False
        if last - first == 1 and self.tree.words[first] in self.proper:
            return True
        noun = self.tree.lemmas[last - 1].lower()
        lists = speaker_nouns()
        known = (
            noun in lists["institution"] or noun in lists["collective"] or noun in lists["role"] or noun in lists["spokesperson"]
        )
        return known and tags[first] not in ("WP", "WDT")

    def _of_people(self, noun: int) -> bool:
        """Whether a common noun is one of those who speak: "the Ostrian economy" takes no stand."""
        return any(self.tree.lemmas[noun].lower() in speaker_nouns()[kind] for kind in _SPEAKING)

    def _one_body(self, name: str) -> bool:
        """Whether a name is that of one body or person, which "they" seldom stands for."""
        return name[:1].isupper() and not name.endswith("s") and " and " not in name and not name.lower().startswith("the ")

    def _of_event(self, source: Range) -> bool:
        """Whether a phrase names somebody only by the way ("Vessia's trial", "the lack of help for Vessia"): its head is a noun
        of an act or state and none of those who speak."""
        head = next((i for i in range(*source) if not source[0] <= self.tree.heads[i] < source[1]), source[1] - 1)
        lemma = self.tree.lemmas[head].lower()
        named = head in self.actors.at or self.tree.tags[head].startswith("NNP")
        return not named and lemma in EVENT_NOUNS and not any(lemma in nouns for nouns in speaker_nouns().values())

    def _owner(self, possessive: int) -> str | None:
        """Who "his" is in "his government": the speaker of the words around it, else the person named last in the sentence."""
        outer = self.around(possessive)
        if outer is not None and outer.speaker is not None and outer.speaker.actor is not None:
            return outer.speaker.resolved.strip(_MARKS)
        start = self.tree.sentence(possessive)[0]
        named = (m for i in range(possessive - 1, start - 1, -1) if (m := self.actors.at.get(i)) is not None)
        return next((m.name or m.span.exact for m in named if m.kind == "person"), None)

    def _name(self, source: Range) -> str | None:
        """The fullest name of what a phrase names as a whole, else the phrase when it describes a body or a group."""
        first, last = source
        mention: Mention | None = self.actors.at.get(last - 1)
        if mention is not None and self.actors.ranges[mention.id][0] - 1 <= first:
            return mention.name or mention.span.exact
        if mention is not None and mention.kind == "person":
            return mention.name or mention.span.exact
        if not self._described(source) or self.tree.words[first].lower() in _FIRST:
            return None
        if self.tree.tags[first] == "PRP$":
            owner = self._owner(first)
            return f"{owner}'s {self.tree.parsed.span(first + 1, last).exact.strip(_MARKS)}" if owner else None
        return self.tree.parsed.span(first, last).exact.strip(_MARKS) or None

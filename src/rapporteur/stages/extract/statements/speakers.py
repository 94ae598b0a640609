"""Who speaks: the fullest description in the report that a source phrase resolves to, and on which terms it speaks.

Names resolve through the names extractor; relative pronouns to their antecedent; "he", "they", "it" to the nearest speaker or
subject before that fits in number and kind (recency and parallelism, the two strongest factors of Lappin & Leass 1994); "the
official", "the statement" to the last speaker described by the same noun, else to the actor who was given with that role.
Where nothing fits, the phrase itself is the answer: no guess.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, NamedTuple

from rapporteur.model.claims import Mention, Terms
from rapporteur.stages.clean import outlets
from rapporteur.stages.extract.statements.actors import Actors
from rapporteur.stages.extract.statements.lexicon import speaker_nouns
from rapporteur.stages.extract.statements.tree import CLOSERS, Range, Tree

Sort = Literal["person", "people", "body", "text", "media"]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "themselves", "both", "those", "these"})
_IT = frozenset({"it", "its", "itself"})
_WHO = frozenset({"who", "which", "that", "whom", "whose"})
_DEFINITE = frozenset({"the", "this", "that"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "several", "many", "two", "three", "other"})
_IN_NAME = ("NN", "JJ", "DT", "HYPH", "CD", "POS", "VBN", "PRP$")
_REACH = 4
"""Sentences that a pronoun looks back: in news, more than nine in ten antecedents stand within two."""

_ANONYMITY = ("condition of anonymity", "conditions of anonymity", "not be named", "not be identified", "not to be named")
_ANONYMITY_MORE = ("not to be identified", "asked for anonymity", "requested anonymity", "declined to be named", "anonymously")
ANONYMITY = _ANONYMITY + _ANONYMITY_MORE


class Who(NamedTuple):
    """A resolved speaker."""

    resolved: str
    actor: str | None
    sort: Sort
    terms: Terms
    noun: str
    sentence: int


_LEAD = 4
"""Sentences from the top in which a description may wait for its name, and sentences it waits: leads give the role first."""


def named_later(past: list[Who | None], actors: Actors) -> list[Who | None]:
    """The speakers of a report in text order, where one described by a role in the lead gets the name that follows, unless that
    person holds another office.

    "The army's new chief called for talks ... Lieutenant General X said he wanted ...": the first person named as a speaker
    within the next sentences is taken for the one described, when nobody was named before.
    """
    out = list(past)
    for n, who in enumerate(out):
        if who is None or who.sort != "person":
            continue
        if who.actor is not None or who.sentence > _LEAD:
            break
        if who.terms != "on-record" or who.noun not in speaker_nouns()["role"] or who.resolved.lower().startswith(("a ", "an ")):
            continue
        after = next((w for w in out[n + 1 :] if w is not None and w.sort == "person" and w.actor is not None), None)
        if after is None or actors.holds_another(after.actor, who.resolved):
            continue
        if after.sentence - who.sentence <= _LEAD:
            out[n] = who._replace(resolved=after.resolved, actor=after.actor)
    return out


class Speakers:
    """Resolves the sources of one report in text order, remembering who spoke."""

    def __init__(self, tree: Tree, actors: Actors, said: bytearray) -> None:
        """``said[i]`` is set for tokens inside quotation marks or content: names there are no antecedents of a speaker."""
        self.tree = tree
        self.actors = actors
        self.said = said
        self.past: list[Who] = []
        self.by_noun: dict[str, Who] = {}

    def resolve(self, source: Range) -> Who:
        """Who the phrase at these tokens is; remembered for those that come after."""
        who = self._resolve(source)
        self.past.append(who)
        self.by_noun[who.noun] = who
        return who

    def _resolve(self, source: Range) -> Who:
        tree = self.tree
        first, last = source
        word = tree.words[first].lower()
        if last - first == 1:
            if word in _WHO:
                return self._relative(source)
            if word in _HE or word in _SHE or word in _THEY or word in _IT:
                return self._pronoun(source, word)
        if word in ("his", "her", "its", "their"):
            return self._described(source)
        named = self._name_in(source) or self._name_beside(source)
        if named is not None and named.kind != "person" and any(tree.tags[i] == "CC" for i in range(*source)):
            return self._who(source, self.text(source), None, "people", "on-record")  # "Rome and Paris" are two
        if named is not None:
            return self._named(named, source)
        return self._described(source)

    def _name_beside(self, source: Range) -> Mention | None:
        """The person named right behind a description ("one resident, X, said")."""
        last = source[1]
        words = self.tree.words
        if last + 1 < len(words) and words[last] == ",":
            found = self.actors.at.get(last + 1)
            if found is not None and found.kind == "person":
                end = self.actors.ranges[found.id][1]
                return found if end >= len(words) or words[end] in CLOSERS else None
        return None

    def _who(self, source: Range, resolved: str, actor: str | None, sort: Sort, terms: Terms) -> Who:
        sentence = self.tree.parsed.sentence_at[source[0]]
        return Who(resolved, actor, sort, terms, self.tree.lemmas[self.head(source)].lower(), sentence)

    def head(self, source: Range) -> int:
        """The head word of a phrase: the one whose own head lies outside."""
        first, last = source
        heads = self.tree.heads
        for token in range(first, last):
            outside = not first <= heads[token] < last or heads[token] == token
            if outside and self.tree.tags[token][:2] in ("NN", "PR", "CD", "JJ", "DT", "WP"):
                return token
        return last - 1

    def text(self, source: Range) -> str:
        """The characters of a phrase."""
        return self.tree.parsed.span(*source).exact

    def _name_in(self, source: Range) -> Mention | None:
        """The name that the phrase as a whole stands for: its head, or a person given beside it ("a man named X")."""
        head = self.head(source)
        mention = self.actors.at.get(head)
        if mention is not None:
            return mention
        tree = self.tree
        for token in range(*source):
            found = self.actors.at.get(token)
            if found is None or found.kind != "person":
                continue
            first, last = self.actors.ranges[found.id]
            after = tree.tags[last] if last < source[1] else ""
            if after == "POS" or any(tree.tags[i] in ("IN", "TO") for i in range(head + 1, first)):
                continue
            if first > source[0] and tree.words[first - 1].lower() in ("and", "or"):
                continue
            if tree.deps[first] == "nmod:poss" or (last < source[1] and after.startswith("NN") and last - 1 < head):
                continue
            return found
        return None

    def _named(self, mention: Mention, source: Range) -> Who:
        name = mention.name or mention.span.exact
        if mention.kind == "person":
            return self._who(source, name, mention.actor, "person", "on-record")
        if mention.kind == "organization" and outlets.looks_like_outlet(mention.span.exact):
            return self._who(source, name, mention.actor, "media", "media")
        head = self.head(source)
        first = self.actors.ranges[mention.id][0]
        whole = first - 1 <= source[0] or all(self.tree.words[i].lower() == "the" for i in range(source[0], first))
        if mention.kind == "group":
            people = self.tree.tags[head] in ("NNPS", "NNS")
            return self._who(source, self.text(source), mention.actor, "people" if people else "body", "on-record")
        return self._who(source, name if whole else self.text(source), mention.actor, "body", "on-record")

    def _described(self, source: Range) -> Who:
        tree, lists = self.tree, speaker_nouns()
        head = self.head(source)
        noun = tree.lemmas[head].lower()
        determiner = tree.words[source[0]].lower()
        plural = tree.tags[head] in ("NNS", "NNPS")
        if determiner in _DEFINITE and source[1] - source[0] <= 3:
            earlier = self._same_noun(noun, source)
            if earlier is not None:
                return self._fuller(earlier, source)
        if determiner == "the" and not plural and self._varies(source, noun):
            sentence = tree.parsed.sentence_at[source[0]]
            earlier = self._before(source, sentence, ("person",), None)
            if earlier is not None:
                return earlier._replace(sentence=sentence)
        if noun in lists["document"]:
            return self._who(source, self.text(source), None, "text", "document")
        if noun in lists["media"] or (tree.tags[head] == "NNP" and outlets.known(self.text(source)) is not None):
            return self._who(source, self.text(source), None, "media", "media")
        if noun in lists["spokesperson"]:
            return self._who(source, self.text(source), None, "person", "on-record")
        if noun in lists["institution"]:
            return self._who(source, self.text(source), None, "body", "on-record")
        if plural and noun in lists["collective"] and determiner not in _INDEFINITE:
            return self._who(source, self.text(source), None, "people", "on-record")
        if plural or determiner in _INDEFINITE or tree.tags[head] in ("CD", "DT", "JJ"):
            people = plural or tree.tags[head] in ("CD", "DT")
            return self._who(source, self.text(source), None, "people" if people else "person", "anonymous")
        if noun in lists["role"]:
            return self._who(source, self.text(source), None, "person", "on-record")
        terms: Terms = "anonymous" if noun in lists["unnamed"] else "on-record"
        person = terms == "anonymous" or (tree.tags[head] == "NNP" and source[1] - source[0] > 1)
        return self._who(source, self.text(source), None, "person" if person else "body", terms)

    def _same_noun(self, noun: str, source: Range) -> Who | None:
        """The last speaker described by the same noun, or the actor whose role it is."""
        earlier = self.by_noun.get(noun)
        if earlier is not None and not self.actors.holds_another(earlier.actor, self.text(source)):
            return earlier._replace(sentence=self.tree.parsed.sentence_at[source[0]])
        held = self.actors.by_role.get(noun, ())
        k = bisect_left(held, source[0], key=lambda entry: entry[0]) - 1
        if k < 0 or self.actors.holds_another(held[k][1].actor, self.text(source)):
            return None
        mention = held[k][1]
        return self._who(source, mention.name or mention.span.exact, mention.actor, "person", "on-record")

    def _fuller(self, earlier: Who, source: Range) -> Who:
        """The earlier speaker, under the description here when that says more ("the navy officials" after "officials")."""
        here = self.text(source).partition(" ")[2]
        before = set(earlier.resolved.lower().split())
        return earlier._replace(resolved=here) if before < set(here.lower().split()) else earlier

    def _varies(self, source: Range, noun: str) -> bool:
        """Whether a description stands for a person just named, as writers vary ("the former minister", "the 66-year-old")."""
        words = {self.tree.words[i].lower() for i in range(*source)}
        if noun not in speaker_nouns()["role"] and noun not in speaker_nouns()["varied"]:
            return False
        return bool(words & {"former", "ex", "veteran", "old"}) or (noun in speaker_nouns()["varied"] and len(words) > 2)

    def _relative(self, source: Range) -> Who:
        tree = self.tree
        verb = tree.heads[source[0]]
        antecedent = tree.heads[verb] if verb != source[0] else source[0]
        if antecedent >= source[0] or tree.tags[antecedent][:2] not in ("NN", "PR", "CD", "DT", "JJ"):
            antecedent = source[0] - 1
            while antecedent > 0 and tree.tags[antecedent][:2] not in ("NN", "PR") and source[0] - antecedent < 8:
                antecedent -= 1
        first = antecedent
        while first > tree.left[antecedent] and tree.tags[first - 1].startswith(_IN_NAME):
            first -= 1
        if source[0] <= antecedent or source[0] - first > 40:
            return self._who(source, self.text(source), None, "body", "on-record")
        phrase = tree.trim(first, min(antecedent + 1, source[0]))
        if phrase is None or phrase == source:
            return self._who(source, self.text(source), None, "body", "on-record")
        return self._resolve(phrase)

    def _pronoun(self, source: Range, word: str) -> Who:
        sentence = self.tree.parsed.sentence_at[source[0]]
        gender = "female" if word in _SHE else "male" if word in _HE else None
        if gender:
            sorts: tuple[Sort, ...] = ("person",)
        else:
            sorts = ("people", "body") if word in _THEY else ("body", "text", "media")
        found = self._before(source, sentence, sorts, gender)
        if found is None:
            return self._who(source, self.text(source), None, sorts[0], "on-record")
        if found.actor and gender:
            self.actors.gender.setdefault(found.actor, gender)
        return found._replace(sentence=sentence)

    def _before(self, source: Range, sentence: int, sorts: tuple[Sort, ...], gender: str | None) -> Who | None:
        here, steps = sentence + 1, 0
        while here > 0 and steps <= _REACH:
            here -= 1
            first, last = self.tree.sentences[here]
            if here < sentence and self.said[first] and self.said[last - 1] and self.said[(first + last) // 2]:
                continue  # a sentence of what somebody said takes no step back
            steps += 1
            for who in reversed(self.past):
                if who.sentence < here:
                    break
                if who.sentence == here and who.sort in sorts and self._fits(who.actor, gender):
                    return who
            named = self._subject_named(here, source, sorts, gender)
            if named is not None:
                return named
        return None

    def _subject_named(self, sentence: int, source: Range, sorts: tuple[Sort, ...], gender: str | None) -> Who | None:
        """The subject of a sentence, before ``source``, when it is a name of a fitting sort; else the first such name."""
        first, last = self.tree.sentences[sentence]
        last = min(last, source[0])
        names: list[Mention] = []
        for token in range(first, last):
            mention = self.actors.at.get(token)
            if mention is None or self.said[token] or (names and names[-1].id == mention.id):
                continue
            sort = "person" if mention.kind == "person" else "body" if mention.kind == "organization" else None
            if sort not in sorts or not self._fits(mention.actor, gender):
                continue
            if any(self.tree.deps[t] in ("nsubj", "nsubj:pass") for t in range(*self.actors.ranges[mention.id])):
                return self._named(mention, self.actors.ranges[mention.id])
            names.append(mention)
        return self._named(names[0], self.actors.ranges[names[0].id]) if names else None

    def _fits(self, actor: str | None, gender: str | None) -> bool:
        return gender is None or actor is None or self.actors.gender.get(actor, gender) == gender

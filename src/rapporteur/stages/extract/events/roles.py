"""Who takes part in an event, and where it happens, from the syntax around its trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapporteur.language.base import Parsed
from rapporteur.model.claims import Mention, Participant
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.events.dating import head_of
from rapporteur.stages.extract.events.lexicon import SPEECH

_ACTORS = frozenset(("person", "organization", "group", "place"))
_AT = frozenset("in at near inside outside across around throughout within off along".split())
_WAY = frozenset("to into from toward towards out".split())
_OF_NOUN: dict[str, Literal["agent", "patient", "other"]] = {
    "of": "patient", "by": "agent", "between": "agent", "with": "other", "against": "patient", "on": "patient", "among": "agent",
}  # fmt: skip
_SHARED = frozenset(("nsubj", "nsubj:pass", "obl"))
_LONGEST_NAME = 8
_CLIMB = 4
_HERE_REACH = 12
_NOBODY = frozenset("one nobody none it which who that they".split()) - {"they"}
_QUANTITIES = frozenset("number group dozen hundred thousand score majority handful crowd couple member million part".split())


@dataclass(slots=True)
class Cast:
    """The mentions of one report by the token at which they end, so that a noun phrase finds the name of its head."""

    parsed: Parsed
    actors: dict[int, Mention]
    places: dict[int, list[tuple[int, Mention]]]
    dateline: str | None
    dates: set[int]

    @classmethod
    def of(cls, sheet: Sheet) -> Cast:
        actors: dict[int, Mention] = {}
        places: dict[int, list[tuple[int, Mention]]] = {}
        dates: set[int] = set()
        parsed = sheet.parsed
        for mention in sheet.mentions:
            first = last = sheet.token_at.get(mention.span.start, len(parsed.ends))
            while last < len(parsed.ends) and parsed.ends[last] <= mention.span.end:
                last += 1
            if mention.kind not in _ACTORS:
                dates.update(range(first, last))
                continue
            for token in range(first, last):
                actors[token] = mention
            if mention.kind == "place" and last > first:
                head = head_of(parsed, first, last)
                places.setdefault(parsed.sentence_at[first], []).append((head, mention))
        line = sheet.report.dateline
        return cls(parsed, actors, places, line.place if line else None, dates)

    def is_kind(self, token: int, kind: str) -> bool:
        """Whether the token belongs to a mention of this kind."""
        mention = self.actors.get(token)
        return mention is not None and mention.kind == kind

    def participants(self, trigger: int, verb: int | None) -> tuple[Participant, ...]:
        """Agents and patients of the trigger, and of the light verb ``verb`` that carries an event noun."""
        found: list[Participant] = []
        parsed = self.parsed
        for child in parsed.children[trigger]:
            role = self._role(trigger, child)
            if role:
                self._add(found, child, role)
        if verb is not None:
            for child in parsed.children[verb]:
                if child == trigger:
                    continue
                if parsed.deps[child] == "nsubj":
                    self._add(found, child, "agent")
                elif parsed.deps[child] == "obl" and self._case(child) in ("with", "against"):
                    self._add(found, child, "other")
        elif parsed.tags[trigger].startswith("VB") and not any(
            parsed.deps[c].startswith("nsubj") for c in parsed.children[trigger]
        ):
            self._add_subject_above(found, trigger)
        return tuple(found)

    def _role(self, trigger: int, child: int) -> Literal["agent", "patient", "other"] | None:
        parsed = self.parsed
        dep = parsed.deps[child]
        if dep == "nsubj":
            return "agent"
        if dep in ("nsubj:pass", "obj", "iobj"):
            return "patient" if dep != "iobj" else "other"
        if dep == "obl:agent":
            return "agent"
        if dep in ("nmod:poss", "compound", "amod") and not parsed.tags[trigger].startswith("VB"):
            return "agent" if child in self.actors and self.actors[child].kind != "place" else None
        if dep == "nmod" and not parsed.tags[trigger].startswith("VB"):
            role = _OF_NOUN.get(self._case(child))
            return role if role and parsed.tags[child].startswith("NN") else None
        if dep == "obl" and self._case(child) in ("with", "against"):
            return "other"
        return None

    def _add_subject_above(self, found: list[Participant], verb: int) -> None:
        """The subject that a verb shares with the one it is joined to ("killed nine and wounded 20", "agreed to leave")."""
        parsed = self.parsed
        above = parsed.heads[verb]
        if above == verb:
            return
        if parsed.deps[verb] in ("conj", "xcomp", "advcl"):
            controlled = parsed.deps[verb] == "xcomp" and any(parsed.deps[c] == "obj" for c in parsed.children[above])
            for child in parsed.children[above]:
                if controlled and parsed.deps[child] == "obj":
                    self._add(found, child, "agent")
                elif not controlled and parsed.deps[child].startswith("nsubj"):
                    passive = parsed.deps[child] == "nsubj:pass" and parsed.deps[verb] == "conj" and parsed.tags[verb] == "VBN"
                    self._add(found, child, "patient" if passive else "agent")
        elif parsed.deps[verb] in ("acl", "acl:relcl"):
            self._add(found, above, "patient" if parsed.tags[verb] == "VBN" else "agent")

    def _add(self, found: list[Participant], head: int, role: Literal["agent", "patient", "other"]) -> None:
        for token in (head, *(c for c in self.parsed.children[head] if self.parsed.deps[c] == "conj")):
            tag = self.parsed.tags[token]
            if (
                not tag.startswith(("NN", "PRP", "CD"))
                or tag == "PRP$"
                or token in self.dates
                or self.parsed.words[token].lower() in _NOBODY
            ):
                continue
            mention = self.actors.get(token)
            name = self._phrase(token)
            if mention is not None and mention.kind != "place":
                name = mention.name or mention.span.exact
            if name and all(name != other.name for other in found):
                found.append(Participant(name, mention.id if mention else None, role))

    def _phrase(self, head: int) -> str:
        """The words of a noun phrase before and at its head, without the article."""
        parsed = self.parsed
        first = head
        while (
            first > 0
            and head - first < _LONGEST_NAME
            and parsed.heads[first - 1] == head
            and parsed.deps[first - 1] in ("amod", "compound", "nummod", "flat", "nmod:poss", "nmod:desc")
        ):
            first -= 1
        last = head + 1
        if parsed.lemmas[head].lower() in _QUANTITIES:
            last = next((c + 1 for c in parsed.children[head] if parsed.deps[c] == "nmod" and self._case(c) == "of"), last)
            last = last if last - head <= _LONGEST_NAME else head + 1
        while last < len(parsed.words) and parsed.heads[last] == head and parsed.deps[last] == "flat" and last not in self.dates:
            last += 1
        return parsed.text[parsed.starts[first] : parsed.ends[last - 1]]

    def _case(self, noun: int) -> str:
        return next((self.parsed.words[c].lower() for c in self.parsed.children[noun] if self.parsed.deps[c] == "case"), "")

    def place(self, trigger: int, verb: int | None, moves: str = "", *, lead: bool) -> str | None:
        """The place attached to the trigger or its verb, the nearest by syntax; "here" and, for the news itself, the dateline's.

        ``moves``: "to" for visits and deployments, "from" for withdrawals, whose place is where to or where from. ``lead``: the
        event is what the report brings from the place of its dateline.
        """
        parsed = self.parsed
        above = parsed.heads[trigger]
        if (
            verb is None
            and parsed.tags[trigger][:2] == "NN"
            and parsed.tags[above][:2] == "VB"
            and parsed.deps[trigger] in _SHARED
        ):
            verb = above
        targets = {trigger} if verb is None else {trigger, verb}
        sentence = parsed.sentence_at[trigger]
        best: tuple[int, int, str] | None = None
        for head, mention in self.places.get(sentence, ()):
            steps = self._steps(head, targets)
            if moves and steps is not None and self._case(head) == moves:
                return mention.name or mention.span.exact
            locative = self._locative(head, moves=bool(moves))
            if not locative and not (steps == 0 and self._own_place(head, trigger)):
                continue
            candidate = (steps if steps is not None else _CLIMB, abs(head - trigger), mention.name or mention.span.exact)
            if best is None or candidate[:2] < best[:2]:
                best = candidate
        if best is not None and best[0] < _CLIMB:
            return best[2]
        if self.dateline and self._here(trigger, targets):
            return self.dateline
        speech = parsed.lemmas[trigger] in SPEECH
        if best is not None and not speech:
            return best[2]
        return self.dateline if lead and (speech or sentence not in self.places) else None

    def _here(self, trigger: int, targets: set[int]) -> bool:
        """Whether "here" belongs to the trigger, by syntax or by standing next to it."""
        parsed = self.parsed
        first, last = parsed.sentences[parsed.sentence_at[trigger]]
        for i in range(max(first, trigger - _HERE_REACH), min(last, trigger + _HERE_REACH + 1)):
            if parsed.words[i].lower() == "here" and (self._steps(i, targets) is not None or abs(i - trigger) <= _CLIMB):
                return True
        return False

    def _locative(self, head: int, *, moves: bool) -> bool:
        """Whether a place name says where: "in Basra", "in the centre of Basra district"."""
        parsed = self.parsed
        at = head
        for _ in range(_CLIMB):
            case, dep = self._case(at), parsed.deps[at]
            if case in _AT or (moves and case in _WAY):
                return True
            if not (dep in ("compound", "flat", "appos", "conj") or (dep == "nmod" and case == "of")):
                return False
            at = parsed.heads[at]
        return False

    def _own_place(self, head: int, trigger: int) -> bool:
        """A place as the object of the trigger itself ("bombed Basra") or its modifier ("the Basra bombing")."""
        parsed = self.parsed
        if parsed.heads[head] != trigger or self._case(head) not in ("", "on", "over"):
            return False
        verbal = parsed.tags[trigger][:2] == "VB"
        return parsed.deps[head] in ("obj", "obl") if verbal else parsed.deps[head] in ("compound", "nmod:poss", "amod", "nmod")

    def _steps(self, token: int, targets: set[int]) -> int | None:
        """Edges between a place name and the nearest target above it; None when another clause lies between."""
        parsed = self.parsed
        at = token
        for steps in range(_CLIMB):
            at_head = parsed.heads[at]
            if at_head in targets:
                return steps
            if at_head == at or parsed.deps[at] in ("ccomp", "acl:relcl", "parataxis", "advcl"):
                return None
            at = at_head
        return None

"""ClearNLP dependencies (the English pipelines of spaCy) brought to Universal Dependencies, as far as extractors use them.

The two differ in what is the head: ClearNLP hangs a prepositional object from its preposition and a predicate from its copula, UD
hangs both function words from the content word. Labels: https://github.com/clir/clearnlp-guidelines (CLEAR style),
https://universaldependencies.org/u/dep (UD). Not restored: nominal predicates inside prepositional phrases ("is in Paris" keeps
"is" as root), orphans of ellipsis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SAME = {
    "ROOT": "root",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "nn": "compound",
    "num": "nummod",
    "quantmod": "advmod",
    "npadvmod": "obl:unmarked",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "neg": "advmod",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "meta": "dep",
    "complm": "mark",
    "infmod": "acl",
    "partmod": "acl",
    "rcmod": "acl:relcl",
    "possessive": "case",
}
"""Labels that differ in name only, or are left over where the structure could not be turned round."""

_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_PREDICATES = frozenset({"attr", "acomp"})


def is_clear_style(labels: Iterable[str]) -> bool:
    """Whether a parser's labels are ClearNLP's."""
    return bool({"pobj", "nsubjpass", "dobj"} & set(labels))


def to_universal(
    words: Sequence[str], tags: Sequence[str], heads: Sequence[int], deps: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads and UD labels of one sentence; ``heads`` are indices into it, a root points to itself."""
    tree = _Tree(words, tags, list(heads), list(deps))
    for i in range(len(words)):
        if tree.deps[i] in _PREPOSITIONS and (tags[i] in ("IN", "TO", "RP", "VBG", "VBN", "JJ", "RB", "CC")):
            tree.turn_preposition(i)
    for i in range(len(words)):
        if words[i].lower() in _BE:
            tree.turn_copula(i)
    tree.straighten_coordination()
    return tree.heads, [_SAME.get(d, d) for d in tree.labels()]


_BE = frozenset("be is are was were been being am 's 're 'm ’s ’re ’m".split())


class _Tree:
    def __init__(self, words: Sequence[str], tags: Sequence[str], heads: list[int], deps: list[str]) -> None:
        self.words, self.tags, self.heads, self.deps = words, tags, heads, deps
        self._children: list[list[int]] = [[] for _ in words]
        for i, head in enumerate(heads):
            if head != i:
                self._children[head].append(i)

    def _hang(self, token: int, head: int, dep: str) -> None:
        if self.heads[token] != token:
            self._children[self.heads[token]].remove(token)
        self.heads[token], self.deps[token] = head, dep
        if head != token:
            self._children[head].append(token)

    def _replace(self, old: int, new: int, dep: str, old_dep: str) -> None:
        """``new``, a child of ``old``, takes its place and its other children; ``old`` hangs from it as ``old_dep``."""
        head = self.heads[old]
        self._hang(new, new if head == old else head, dep)
        for child in list(self._children[old]):
            self._hang(child, new, self.deps[child])
        self._hang(old, new, old_dep)

    def turn_preposition(self, i: int) -> None:
        """ "met | in -> Paris" to "met -> Paris -> in"; a preposition without an object is an adverb."""
        within = next((c for c in self._children[i] if self.deps[c] in ("pobj", "pcomp")), None)
        if within is None:
            inner = next((c for c in self._children[i] if self.deps[c] == "prep" and c > i), None)
            if inner is not None:  # "out of the city": the inner one brings the object, both become its case
                self.turn_preposition(inner)
                within = next((c for c in self._children[i] if self.deps[c] in ("obl", "nmod")), None)
        head = self.heads[i]
        if within is None:
            if self.deps[i] == "prep":
                self.deps[i] = "advmod"
            return
        clause = self.deps[within] == "pcomp" and self.tags[within].startswith("VB")
        verbal = head == i or self.tags[head].startswith(("VB", "JJ", "RB", "MD"))
        if clause:
            dep = "advcl" if verbal else "acl"
        elif self.deps[i] == "agent":
            dep = "obl:agent"
        else:
            dep = "obl" if verbal else "nmod"
        self._replace(i, within, dep if head != i else self.deps[i], "mark" if clause else "case")

    def turn_copula(self, i: int) -> None:
        """ "is -> ready" to "ready -> is"."""
        predicate = next((c for c in self._children[i] if self.deps[c] in _PREDICATES), None)
        if predicate is not None and not self.deps[i].startswith("aux"):
            self._replace(i, predicate, self.deps[i], "cop")

    def straighten_coordination(self) -> None:
        """All conjuncts hang from the first, each conjunction from the conjunct that follows it."""
        for i in range(len(self.words)):
            if self.deps[i] in ("cc", "punct") and self.heads[i] != i:
                after = [c for c in self._children[self.heads[i]] if self.deps[c] == "conj" and c > i]
                if after and (self.deps[i] == "cc" or self.heads[i] < i < min(after)):
                    self._hang(i, min(after), self.deps[i])
        for i in range(len(self.words)):
            if self.deps[i] == "conj":
                head = self.heads[i]
                if self.deps[head] == "conj" and self.heads[head] != i:
                    self._hang(i, self.heads[head], "conj")

    def labels(self) -> list[str]:
        """Labels in UD, where they depend on more than the ClearNLP label."""
        out = []
        for i, dep in enumerate(self.deps):
            if dep == "aux" and self.tags[i] == "TO":
                dep = "mark"
            elif dep == "dative" and self.tags[i] in ("IN", "TO"):
                dep = "advmod"
            elif dep in ("prep", "pobj", "pcomp", "agent"):
                dep = "dep"
            elif dep == "npadvmod" and self.tags[self.heads[i]].startswith("NN"):
                dep = "nmod:unmarked"
            out.append(dep)
        return out

"""Base forms: a table learnt from the treebanks for irregular and frequent forms, the regular rules of English for the rest."""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = frozenset("aeiou")


def _strip_verb(form: str, ending: str) -> str:
    stem = form[: -len(ending)]
    if len(stem) < 2 or not any(c in "aeiouy" for c in stem):
        return form
    if stem.endswith("i") and ending == "ed":
        return stem[:-1] + "y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem[-1] in "vuc" or stem.endswith(("at", "iz", "is", "ag", "dg", "rg", "bl", "pl", "tl", "dl", "gl", "ifi")):
        return stem + "e"
    if (
        len(stem) >= 3
        and stem[-1] not in _VOWELS | set("wxy")
        and stem[-2] in _VOWELS
        and stem[-3] not in _VOWELS
        and len(stem) <= 4
    ):
        return stem + "e"
    return stem


def regular(form: str, tag: str) -> str:
    """Lemma of a lower-cased form by the regular rules of English inflection under its Penn tag."""
    if tag in ("VBD", "VBN") and form.endswith("ed"):
        return _strip_verb(form, "ed")
    if tag == "VBG" and form.endswith("ing"):
        return _strip_verb(form, "ing")
    if tag in ("VBZ", "NNS", "NNPS") and form.endswith("s") and len(form) > 3:
        if form.endswith("ies"):
            return form[:-3] + "y"
        if form.endswith(("sses", "shes", "ches", "xes", "zzes")):
            return form[:-2]
        return form if form.endswith("ss") else form[:-1]
    return form


class Lemmatizer:
    """Lemma of a form under its Penn tag; looks in ``table`` ("form|X", X the tag's first letter) before the rules."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, word: str, tag: str) -> str:
        """The lemma, lower case; a proper noun is returned as it stands (without plural s in NNPS)."""
        key = (word, tag)
        lemma = self._known.get(key)
        if lemma is None:
            if len(self._known) > 200_000:
                self._known.clear()  # bounded memory over millions of reports; the frequent forms come back at once
            lemma = self._known[key] = self._make(word, tag)
        return lemma

    def _make(self, word: str, tag: str) -> str:
        if tag == "NNP":
            return word
        if tag == "NNPS":
            return regular(word, tag)
        form = word.lower().replace("’", "'")
        return self._table.get(f"{form}|{tag[:1]}") or regular(form, tag)

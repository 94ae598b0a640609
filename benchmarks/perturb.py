"""A large record from a small one: reports with seeded, documented retellings of them, to measure speed and memory.

    python benchmarks/perturb.py REPORTS.jsonl[.gz] COUNT [--seed 7] > out.jsonl

REPORTS has one object per line with ``text`` and ``published`` (and ``title``, ``dateline``, which are set before the text). The
output starts with the reports themselves; then, until there are COUNT, a row is drawn and retold in one of five ways. Rows carry
``parent`` (the id of the row they were made from) and ``kind``; whoever quotes a figure measured on this must say that it was.

repost   the whole text between the header and footer lines of an invented site
trim     a headline of its own and a run of the sentences, 35 to 75 % of them
light    one word in eight swapped with its neighbour or dropped, one sentence in ten left out, the site's header
mixed    half of one report's sentences and half of another's of the same day (``second`` names it)
update   the report with three sentences of another one of the same day put in (``second``), a number of the lead in the headline

Half of the rows are dated one to three days later than their parent. Every fifth row is made from a row that is itself a
retelling.
No meaning is kept on purpose: these rows measure cost, not whether a paraphrase is recognised.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
KINDS = ("repost", "trim", "light", "mixed", "update")
_FIRST = (
    "North South East West Upper Lower New Old Grand Saint River Harbour Valley Lake Mill Stone Iron Silver Green White".split()
)
_SECOND = "bridge ford haven field gate port wick ton dale mouth bury cross moor point hill brook side well holm stead".split()
_THIRD = (
    "Courier Gazette Herald Ledger Observer Post Record Sentinel Telegraph Tribune Chronicle Dispatch Mirror Examiner".split()
)
_FOOT = ["Share this page", "Print | Email", "Read more on our front page", "Comments are closed", "Sign up for our newsletter"]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file (gzip or not), with headline and dateline set before the text."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    out = []
    for row in rows:
        head = [row[k] for k in ("title", "dateline") if row.get(k)]
        out.append({"id": row["id"], "text": "\n\n".join([*head, row["text"]]), "published": row["published"]})
    return out


def perturbed(rows: list[Row], count: int, seed: int) -> Iterator[Row]:
    """``rows``, then retellings of them until there are ``count``; the same for the same seed."""
    dice = random.Random(seed)
    made: list[Row] = []
    by_day: dict[str, list[Row]] = {}
    for row in rows:
        by_day.setdefault(row["published"][:10], []).append(row)
    yield from rows[:count]
    for number in range(len(rows), count):
        again = bool(made) and number % 5 == 0
        base = dice.choice(made) if again else dice.choice(rows)
        kind = dice.choice(KINDS)
        other = dice.choice(by_day.get(base["published"][:10], rows))
        row = _retold(base, other, kind, dice)
        day = max(base["published"], other["published"]) if kind in ("mixed", "update") else base["published"]
        row |= {"id": f"p{number:06d}", "parent": base["id"], "kind": kind, "published": _later(day, dice)}
        if kind in ("mixed", "update"):
            row["second"] = other["id"]
        made.append(row)
        yield row


def _later(day: str, dice: random.Random) -> str:
    shift = dice.randint(1, 3) if dice.random() < 0.5 else 0
    return str(datetime.date.fromisoformat(day[:10]) + datetime.timedelta(days=shift))


def _site(dice: random.Random) -> str:
    return f"{dice.choice(_FIRST)}{dice.choice(_SECOND)} {dice.choice(_THIRD)}"


def _sentences(text: str) -> list[str]:
    """The sentences of the paragraphs that end like one; headline and dateline are left aside."""
    body = [p for p in text.split("\n\n") if p.rstrip()[-1:] in '.?!"”']
    return [s for p in body for s in re.split(r"(?<=[.?!])\s+", p) if s]


def _paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2))


def _retold(base: Row, other: Row, kind: str, dice: random.Random) -> Row:
    site = _site(dice)
    own = _sentences(base["text"]) or [base["text"]]
    if kind == "repost":
        return {"text": f"{site}\nHome | World | Business\n\n{base['text']}\n\n{dice.choice(_FOOT)}\n{dice.choice(_FOOT)}\n"}
    if kind == "trim":
        length = max(1, round(len(own) * dice.uniform(0.35, 0.75)))
        start = dice.randint(0, min(2, len(own) - length))
        return {"text": f"{site}\n\n{' '.join(own[0].split()[:9])}\n\n{_paragraphs(own[start : start + length])}\n"}
    if kind == "light":
        kept = [_edit(s, dice) for s in own if dice.random() > 0.1] or own
        return {"text": f"{site}\nWorld\n\n{_paragraphs(kept)}\n"}
    theirs = _sentences(other["text"]) or [other["text"]]
    if kind == "mixed":
        return {"text": f"{site}\n\n{_paragraphs(own[: len(own) // 2 + 1] + theirs[: len(theirs) // 2 + 1])}\n"}
    lead = dice.randint(1, 3)
    at = dice.randint(1, len(own))
    return {"text": f"{lead}. Ld: {' '.join(own[0].split()[:8])}\n\n{_paragraphs(own[:at] + theirs[:3] + own[at:])}\n"}


def _edit(sentence: str, dice: random.Random) -> str:
    words = sentence.split()
    for i in range(1, len(words) - 2):
        throw = dice.random()
        if throw < 0.08:
            words[i], words[i + 1] = words[i + 1], words[i]
        elif throw < 0.125:
            words[i] = ""
    return " ".join(w for w in words if w)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    for row in perturbed(read_rows(given.reports), given.count, given.seed):
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()

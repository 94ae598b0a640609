"""A record that follows several processes: one is looked at, and chosen in the menu."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from rapporteur.desk import Record, Viewer
from rapporteur.model.process import FollowedProcess, Named
from rapporteur.store import open_store
from tests.web.serving import serving

NORTH = FollowedProcess("north", "The Northern Front", parties=(Named("Northern Front"),), reports="named")
SOUTH = FollowedProcess("south", "Oskara’s border guard", places=(Named("Oskara"),), reports="named")


def test_each_process_is_told_and_the_one_that_is_chosen_is_shown(copy: Path) -> None:
    with open_store(copy) as store:
        store.follow(NORTH)
        store.follow(SOUTH)
        Record(store).refreshed(Viewer("you", "admin"))
    with serving(copy) as address, httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        first = client.get("/").text
        assert "<title>Overview · Oskara’s border guard</title>" in first, "what was described last, until one is chosen"
        token = re.search(r'name="form_token" value="(\w+)"', first)
        assert token
        form = {"form_token": token[1]}
        chosen = client.post("/process", data={**form, "process": "north"}).text
        assert "<title>Overview · The Northern Front</title>" in chosen
        assert '<option value="north" selected>' in chosen
        assert "The Northern Front</title>" in client.get("/findings").text
        assert client.post("/process", data={**form, "process": "west"}).status_code == 404
        assert (
            "<title>Overview · Oskara’s border guard</title>" in httpx.get(address, cookies={"rapporteur-process": "gone"}).text
        )
        counts = {name: httpx.get(f"{address}/api/overview", cookies={"rapporteur-process": name}).json()["process"]["reports"]
                  for name in ("north", "south")}  # fmt: skip
        assert counts["north"] != counts["south"] and min(counts.values()) > 0


def test_one_process_needs_no_choice(client: httpx.Client) -> None:
    assert 'action="/process"' not in client.get("/").text

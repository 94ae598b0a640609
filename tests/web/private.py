"""A team's record with a private process, and one question per route: does it show a person without access anything of it?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.routing import APIRoute

from rapporteur.accounts import next_account
from rapporteur.model.board import FrameworkText
from rapporteur.model.judgement import Judgement
from rapporteur.model.process import FollowedProcess, Named
from rapporteur.model.report import Issue
from rapporteur.pipeline import gather
from rapporteur.stages.write import ComposeOptions
from rapporteur.store import open_store
from rapporteur.team.access import Access
from rapporteur.team.groups import hidden_from, private_to, with_members
from rapporteur.team.view import View
from tests.board.boards import SMALL
from tests.web.serving import EXAMPLE, reader

WORD = "kelmithra"
"""Stands in everything that is private and in nothing else, nor in any question asked."""
PROCESS = "north-channel"
ASKED = "dockers"
"""What searches ask for: in the private reports too, but not telling."""
DAY = "2031-04-01T00:00:00Z"
PRIVATE = {
    "secret-1.txt": (
        "Kelmithra port to be handed over\n\nKELMITHRA, March 25, 2031 (Kelmithra Wire) - About 4,417 dockers will guard the "
        "Kelmithra port, envoy Jorun Kelmithra said on Friday. “The Kelmithra port will be ours by May,” he said.\n\n"
        "Kelmithra gunmen attacked a convoy near Kelmithra on Monday, killing 31 people. The Kelmithra council demands a "
        "fixed date for the withdrawal and promised to open the Kelmithra road by June 1.\n"
    ),
    "secret-2.txt": (
        "Kelmithra port handover doubted\n\nKELMITHRA, March 27, 2031 (Kelmithra Post) - About 5,200 dockers will guard the "
        "Kelmithra port, envoy Jorun Kelmithra said, Kelmithra Wire reported.\n"
    ),
}


@dataclass(frozen=True)
class Team:
    """``sessions`` by user: Ida is of the group and Ole is not; both are editors. ``ids`` are those of what is private."""

    record: Path
    sessions: dict[str, str]
    ids: dict[str, list[str]]


def team_record(example: Path, folder: Path) -> Team:
    """The example's record, used by a team, with a private process of which there is something of every kind."""
    path = Path(shutil.copy(example, folder / "team.db"))
    reports = folder / "reports"
    reports.mkdir()
    first = (EXAMPLE / "reports" / "01-halden-wire.txt").read_text("utf-8")
    more = {"secret-3.txt": f"{first}\nThe Kelmithra dockers agree.\n", "kelmithra-4.pdf": "%PDF-"}
    for name, text in {**PRIVATE, **more}.items():
        (reports / name).write_text(text, "utf-8")
    with open_store(path) as store:
        access = Access(store.team())
        users = {name: access.add_user(name, role, None, by="test") for name, role in
                 (("Adm", "admin"), ("Ida", "editor"), ("Ole", "editor"))}  # fmt: skip
        with_members(access, "north", ["Ida"], by="test")
        private_to(access, PROCESS, ["north"], by="test")
        views = {
            name: View(store, name, hidden_from(user, store.team()), lambda *deed: None, into=PROCESS if name == "Ida" else "")
            for name, user in users.items()
        }
        _fill(views["Ida"], reports)
        for view in views.values():
            next_account(view, ComposeOptions(title="Merrow and Tavoria"))
        sessions = {name: access.open_session(user, "password") for name, user in users.items()}
        return Team(path, sessions, _ids(views["Ida"]))


def _fill(view: View, reports: Path) -> None:
    for _ in gather([str(reports)], view, reader()):
        pass
    view.note(Issue("no-text", "kelmithra-5.pdf", "kelmithra-5.pdf: holds no text"))
    view.follow(
        FollowedProcess(PROCESS, "Kelmithra back channel", parties=(Named("Kelmithra council"),), watch=("Kelmithra road",))
    )
    claim = next(c for r in view.readings() if WORD in r.report.text.casefold() for c in r.claims)
    view.judge(Judgement("reject", (claim.id,), "Ida", DAY, "the Kelmithra envoy was misheard"))
    text = SMALL.replace("framework: ford", f"framework: {PROCESS}").replace("The ford", "The Kelmithra port")
    view.add_to_board(FrameworkText(PROCESS, 1, "kelmithra.yaml", text, DAY))


def _ids(view: View) -> dict[str, list[str]]:
    readings = [r for r in view.readings() if WORD in r.report.text.casefold()]
    claims = [c.id for r in readings for c in r.claims]
    number = view.snapshots()[-1].number
    content = view.snapshot(number)
    findings = sorted(set(re.findall(r'"id":"((?!actor)\w+-[0-9a-f]{10})"', content.content.decode() if content else "")))
    of_private = [f for f in findings if content and _holds(content.content.decode(), f, claims)]
    return {
        "report": [r.report.id for r in readings],
        "claim": [claims[0], claims[-1]],
        "finding": of_private[:6],
        "account": [str(number)],
        "process": [PROCESS],
    }


def _holds(account: str, finding: str, claims: list[str]) -> bool:
    at = account.find(f'"id":"{finding}"')
    return any(claim in account[at : at + 1500] for claim in claims)


def requests(route: APIRoute, ids: dict[str, list[str]], work: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, address and parameters of every way to ask a route for what is private. A parameter of the path that is not known
    here fails the test of its route: say what stands for it in ``_in_path``."""
    asked = {
        "id": ids["finding"][0], "finding": ids["finding"][0], "claim": ids["claim"][0], "report": ids["report"][0],
        "beside": ids["report"][0], "q": ASKED, "question": ASKED, "process": PROCESS,
        "since": ids["account"][0], "framework": PROCESS,
    }  # fmt: skip
    names = re.findall(r"{(\w+)(?::\w+)?}", route.path)
    for values in product(*(_in_path(route.path, name, ids, work) for name in names)):
        path = route.path
        for name, value in zip(names, values, strict=True):
            path = re.sub(rf"{{{name}(:\w+)?}}", quote(value, safe=""), path)
        for method in sorted(route.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield method, path, {}
            yield method, path, asked
            for one in ("finding", "claim", "report") if not names and method == "GET" else ():
                yield method, path, {"id": ids[one][-1], one: ids[one][-1], "q": ASKED}


def _in_path(path: str, name: str, ids: dict[str, list[str]], work: str) -> list[str]:
    if path.startswith("/static/"):
        return ["desk.css"]
    if path.startswith(("/work/", "/api/work")):
        return [work]
    if path.startswith("/alerts."):
        return ["rss", "json"]
    if path.startswith("/schedules/run/"):
        return [work]
    if path.startswith(("/board/", "/api/boards/", "/api/schedules/")):
        return [PROCESS]
    if path.startswith(("/export/account/", "/api/account/")):
        return ["json", "docx"]
    if "table" in path or path.startswith("/api/csv/"):
        return ["timeline", "statements", "incidents", "figures", "findings", "judgements"]
    known = {
        "ident": [*ids["report"], *ids["finding"]], "report": ids["report"], "finding": ids["finding"], "claim": ids["claim"],
        "account": ids["account"], "number": ids["account"], "process": ids["process"], "framework": ids["process"],
    }  # fmt: skip
    return known[name]

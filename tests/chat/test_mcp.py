"""The server for chat clients, in a process of its own, asked by the official client."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from rapporteur.accounts import next_account
from rapporteur.chat.server import Reader as Records
from rapporteur.chat.tools import MOST_BYTES, bounded
from rapporteur.engine import InProcess
from rapporteur.errors import InputError, StoreError
from rapporteur.pipeline import Reader, gather
from rapporteur.stages.write import ComposeOptions
from rapporteur.store import open_store
from rapporteur.team.access import Access
from rapporteur.team.groups import hidden_from, private_to, with_members
from rapporteur.team.view import View

SECRET = "SALTPAN, March 30, 2031 (Saltpan Wire) - About 4,417 dockers will guard the Saltpan jetty, envoy Jorun Vale said.\n"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chat")
    (folder / "secret.txt").write_text(f"Saltpan jetty guarded\n\n{SECRET}", "utf-8")
    reports = str(files("rapporteur") / "examples" / "merrow-tavoria" / "reports")
    with open_store(folder / "desk.db") as store:
        access = Access(store.team())
        ida = access.add_user("Ida", "admin", None, by="test")
        with_members(access, "north", ["Ida"], by="test")
        private_to(access, "quiet", ["north"], by="test")
        for user, into, named in ((None, "", reports), (ida, "quiet", str(folder / "secret.txt"))):
            view = View(store, "Ida", hidden_from(user, store.team()), lambda *deed: None, into=into)
            assert len(list(gather([named], view, Reader(InProcess())))) >= 1
            next_account(view, ComposeOptions(title="Merrow and Tavoria"))
    return folder / "desk.db"


def asked(record: Path, calls: Callable[[Client], Awaitable[None]], *more: str) -> None:
    """Starts the server, lets ``calls`` ask it, and ends it."""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "rapporteur", "mcp", "--record", str(record), *more], env={"PATH": ""}
    )

    async def run() -> None:
        with anyio.fail_after(120):
            async with Client(command) as client:
                await calls(client)

    # In a thread of its own: where browser tests have run before, Playwright's loop is still running in this one.
    with ThreadPoolExecutor(1) as own:
        own.submit(anyio.run, run).result()


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    reply: dict[str, Any] = json.loads(result.content[0].text)  # type: ignore[union-attr] # this server sends text
    assert len(json.dumps(reply, ensure_ascii=False).encode()) < MOST_BYTES * 1.2
    return reply


def test_four_tools_that_only_read_lead_from_a_question_to_the_origin(record: Path) -> None:
    async def calls(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search", "finding", "lineage", "account"}
        assert all(tool.annotations and tool.annotations.read_only_hint and tool.description for tool in tools.values())
        assert client.instructions and "Answer only with findings" in client.instructions
        found = (await told(client, "search", question="how many attacks in Tavoria?"))["findings"][0]
        cited = found["supports"][0]
        assert found["origins"] >= 1 and cited["exact"] in cited["passage"]
        whole = await told(client, "finding", id=found["finding"])
        assert {one["claim"] for one in whole["supports"]} >= {cited["claim"]}
        brief = await told(client, "account")
        assert brief["process"] == "Merrow and Tavoria" and all(line["cites"] for line in brief["brief"])
        chain = await told(client, "lineage", report=cited["report"])
        assert chain["report"] == cited["report"] and chain["origins"]
        for section in ("disputed", "one-origin", "timeline", "positions", "commitments", "incidents"):
            rows = (await told(client, "account", section=section))[section]
            assert all(row["cites"] and all(cite["exact"] for cite in row["cites"]) for row in rows), section

    asked(record, calls)


def test_where_there_is_no_answer_it_says_so(record: Path) -> None:
    async def calls(client: Client) -> None:
        reply = await told(client, "search", question="how many submarines did Norland sink?")
        assert reply["none"] and "findings" not in reply
        for tool, arguments in (("finding", {"id": "figure-0000000000"}), ("lineage", {"report": "none"})):
            refused = await client.call_tool(tool, arguments)
            assert refused.is_error and "account holds no such" in refused.content[0].text  # type: ignore[union-attr] # text
        assert (await client.call_tool("account", {"section": "secrets"})).is_error
        assert (await client.call_tool("search", {"question": "x" * 501})).is_error

    asked(record, calls)


@pytest.mark.parametrize(("user", "seen"), [((), False), (("--user", "Ida"), True)])
def test_what_is_private_is_shown_to_its_group_alone(record: Path, user: tuple[str, ...], seen: bool) -> None:
    async def calls(client: Client) -> None:
        replies = [await told(client, "search", question="how many dockers will guard the jetty?")]
        replies += [await told(client, "account", section=section) for section in ("brief", "one-origin", "timeline")]
        assert ("4,417" in json.dumps(replies)) is seen

    asked(record, calls, *user)


def test_a_reply_is_cut_to_its_size_from_the_end_and_says_so() -> None:
    reply = bounded({"none": None, "rows": ["x" * 1000] * 60, "few": ["y"]}, "rows", "few")
    assert len(json.dumps(reply)) < MOST_BYTES + 100
    assert reply["left_out"] == 60 - len(reply["rows"]) and reply["few"] == ["y"]


def test_a_record_or_user_that_is_not_there_is_told_at_once(record: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such record"):
        Records(tmp_path / "none.db", None, None)
    with pytest.raises(InputError, match="no such user"):
        Records(record, "Nobody", None)

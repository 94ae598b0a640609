"""Known answers: what an account of the example must find (src/rapporteur/examples/merrow-tavoria/README.md)."""

import json
from typing import Any

import pytest

from tests.golden.digest import GOLDEN, account, digest, names
from tests.schema import validate

WIRE, REPOST, LIGHT, HOP, REWRITE = (
    "01-halden-wire", "02-portside-daily", "03-lissen-ledger", "04-meridian-monitor", "05-world-digest-now",
)  # fmt: skip
OLD, STREET, ROOF, COMMUNIQUE, BORDER = (
    "06-halden-wire-2029", "07-anselm-observer", "08-calder-bay-courier", "09-merrow-ministry-communique", "10-oskara-herald",
)  # fmt: skip


def still_open(reason: str) -> pytest.MarkDecorator:
    """A known answer that the account does not give yet. When it does, the test fails until this mark is taken away."""
    return pytest.mark.xfail(strict=True, reason=reason)


class Known:
    """The account with its claims at hand."""

    def __init__(self, made: dict[str, Any]) -> None:
        self.made = made
        self.named = names(made)
        self.claims = {c["id"]: c for c in made["claims"]}
        self.parents: dict[str, set[str]] = {}
        self.credited: dict[str, set[str]] = {}
        for link in made["derivations"]:
            child = self.named[link["report"]]
            if link["relation"] == "common-origin":
                continue
            if link["parent"]:
                self.parents.setdefault(child, set()).add(self.named[link["parent"]])
            else:
                self.credited.setdefault(child, set()).add(link["credited"])

    def ancestors(self, report: str) -> set[str]:
        """All reports from which this one comes, over any number of steps."""
        found: set[str] = set()
        waiting = [report]
        while waiting:
            new = self.parents.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def reports(self, claims: list[str]) -> set[str]:
        return {self.named[self.claims[c]["report"]] for c in claims if c in self.claims}

    def value(self, claim: str) -> float | None:
        figure = self.claims.get(claim, {}).get("figure")
        return figure["value"] if figure else None

    def figures(self, value: float) -> list[dict[str, Any]]:
        """Findings that a claim with this value supports."""
        found = [f for f in self.made["findings"] if f["kind"] == "figure"]
        return [f for f in found if any(self.value(c) == value for c in f["supports"])]


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(account())


def test_thirteen_reports_are_read_without_an_issue(known: Known) -> None:
    assert len(known.made["reports"]) == 13
    assert known.made["issues"] == []
    validate("account", known.made)


def test_copies_and_retellings_lead_to_the_wire_report(known: Known) -> None:
    assert known.parents[REPOST] == {WIRE}
    assert WIRE in known.ancestors(LIGHT)
    assert WIRE in known.ancestors(REWRITE), "by way of a verbatim copy or not: the texts cannot tell"


@still_open("the summary keeps few sentences word for word, and lineage does not see it yet")
def test_a_summary_leads_to_the_reports_it_sums_up(known: Known) -> None:
    assert "velm-opening" in known.ancestors("week-in-brief")


def test_what_was_written_independently_has_no_parent(known: Known) -> None:
    for name in (WIRE, OLD, STREET, ROOF, COMMUNIQUE):
        assert name not in known.parents, name


@still_open("the outlet behind the agency, in 'as reported by', is not credited yet")
def test_the_agency_copy_names_an_origin_that_is_not_here(known: Known) -> None:
    credited = " ".join(known.credited[HOP])
    assert "Continental Network" in credited
    unseen = [o for o in known.made["origins"] if not o["seen"]]
    assert any("Continental Network" in o["label"] for o in unseen)


def test_one_figure_stands_in_many_reports(known: Known) -> None:
    counts = [len(known.reports(f["supports"])) for f in known.figures(3400)]
    assert max(counts) >= 4


def test_the_figure_of_2029_is_superseded(known: Known) -> None:
    superseded = [f for f in known.made["findings"] if f["verdict"] == "superseded"]
    assert any(6200 in {known.value(c) for c in (*f["parts"], *f["contradicts"], *f["supports"])} for f in superseded)


def test_the_parts_make_the_total(known: Known) -> None:
    sums = [f for f in known.made["findings"] if f["verdict"] == "sum"]
    assert any(77 in {known.value(c) for c in f["supports"]} for f in sums)


def test_four_or_five_wounded_is_disputed(known: Known) -> None:
    disputed = [f for f in known.made["findings"] if f["verdict"] == "differ"]
    values = [{known.value(c) for c in (*f["supports"], *f["contradicts"])} for f in disputed]
    assert any({4, 5} <= v for v in values)


@pytest.mark.parametrize("kind", ["bound", "window", "modality"])
def test_what_the_rewrite_changed_is_found(known: Known, kind: str) -> None:
    drifts = [d for f in known.made["findings"] for d in f["drifts"]]
    types = {d["type"] for d in drifts if known.named[known.claims[d["to"]]["report"]] == REWRITE}
    assert kind in types


def test_one_quotation_has_two_attributions(known: Known) -> None:
    words = "gift to the people who shoot at us"
    found = [
        f
        for f in known.made["findings"]
        if f["kind"] == "statement"
        and {WIRE, HOP} <= known.reports([*f["supports"], *f["contradicts"]])
        and any(words in known.claims[c]["span"]["exact"] for c in f["supports"])
    ]
    assert found
    speakers = {
        known.claims[c]["speaker"]["resolved"] for f in found for c in (*f["supports"], *f["contradicts"]) if c in known.claims
    }
    assert any("Merrovian" in s for s in speakers)
    assert any("Tavorian" in s for s in speakers)


def test_the_promise_about_dunvar_is_a_commitment(known: Known) -> None:
    assert any(c["due"] == "2031-09-01" and "Dunvar" in c["text"] for c in known.made["commitments"])


def test_every_line_of_the_brief_is_cited(known: Known) -> None:
    assert 5 <= len(known.made["brief"]) <= 9
    for line in known.made["brief"]:
        assert line["cites"]
        assert set(line["cites"]) <= set(known.claims)


def test_the_account_is_the_one_reviewed_last(known: Known) -> None:
    """Any change of the account shows here; ``python -m tests.golden.digest`` takes the new one over."""
    assert digest(known.made) == json.loads(GOLDEN.read_text(encoding="utf-8"))

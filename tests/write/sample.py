"""A small invented process with every kind of claim, finding and derivation, for looking at pages and testing sections."""

# ruff: noqa: E501 - a record per line reads as the table it is

from __future__ import annotations

from rapporteur.model.account import Account, Finding
from rapporteur.model.lineage import Derivation, Drift, Lineage, Origin
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.stages.write import ComposeOptions, compose
from tests.write.builders import commitment, event, figure, finding, position, reading, span, statement

WIRE = """OSTRAVEL, March 4, 2031 (Korrin Wire) — Velmark and Ostria will open talks on Monday about the withdrawal of Velmark's troops.

About 1,800 Velmark soldiers remain in Ostria, Defence Minister Ilse Tarn said on Tuesday. At least 42 attacks have been launched on their bases since November.

"We will leave when the conditions are right and not a day before," Tarn told reporters in Ostravel.

Ostria demands a fixed date for the withdrawal. Velmark promised to close the base at Port Seld by June 30, 2031.

Seven soldiers were killed at Port Seld on February 27, 2031, the ministry said.
"""
COPY = """Velmark, Ostria to talk withdrawal

Share this: Facebook | Twitter

Velmark and Ostria will open talks on Monday about the withdrawal of Velmark's troops.

More than 1,800 Velmark soldiers remain in Ostria, Defence Minister Ilse Tarn said on Tuesday. More than 42 attacks have been launched on their bases since November.

Seven soldiers were killed at Port Seld on February 27, 2031, the ministry said.
"""
OLD = """Some 4,000 Velmark soldiers were stationed in Ostria in the spring of 2029, the ministry said on May 2, 2029.

The two governments signed the Seld Agreement on May 1, 2029.
"""
OTHER = """Nine soldiers died in the attack at Port Seld on February 27, 2031, according to two nurses at the town's hospital.

Ostria's foreign minister, Davo Merin, denied that any agreement on a date had been reached. <script>alert("no")</script>
"""
ANGLE = (
    """An official in Ostria said about 1,800 soldiers were still in the country. The Seld Courier first reported the figure."""
)


def readings() -> list[Reading]:
    wire = (
        figure(WIRE, "wire#f1", "About 1,800 Velmark soldiers", "1,800", 1800, bound="about", counted="soldier", places=("Ostria",), said_by="wire#s1"),
        figure(WIRE, "wire#f2", "At least 42 attacks", "42", 42, bound="at-least", counted="attack"),
        figure(WIRE, "wire#f3", "Seven soldiers", "Seven", 7, counted="soldier", state="killed", places=("Port Seld",), as_of="2031-02-27"),
        statement(WIRE, "wire#s1", "About 1,800 Velmark soldiers remain in Ostria, Defence Minister Ilse Tarn said", "Ilse Tarn", "About 1,800 Velmark soldiers remain in Ostria"),
        statement(WIRE, "wire#s2", '"We will leave when the conditions are right and not a day before," Tarn told reporters', "Tarn", "We will leave when the conditions are right and not a day before", resolved="Ilse Tarn", form="direct"),
        event(WIRE, "wire#e1", "will open talks on Monday", "2031-03-10", status="planned"),
        event(WIRE, "wire#e2", "Seven soldiers were killed at Port Seld", "2031-02-27"),
        position(WIRE, "wire#p1", "Ostria demands a fixed date", "Ostria", "schedule"),
        commitment(WIRE, "wire#c1", "Velmark promised to close the base at Port Seld", "Velmark", "2031-06-30"),
    )  # fmt: skip
    copy = (
        figure(COPY, "copy#f1", "More than 1,800 Velmark soldiers", "1,800", 1800, bound="more-than", counted="soldier", places=("Ostria",)),
        figure(COPY, "copy#f2", "More than 42 attacks", "42", 42, bound="more-than", counted="attack"),
        figure(COPY, "copy#f3", "Seven soldiers", "Seven", 7, counted="soldier", state="killed", as_of="2031-02-27"),
        event(COPY, "copy#e1", "will open talks on Monday", "2031-03-10", status="planned"),
    )  # fmt: skip
    old = (
        figure(OLD, "old#f1", "Some 4,000 Velmark soldiers", "4,000", 4000, bound="about", counted="soldier", places=("Ostria",), as_of="2029-05-02"),
        event(OLD, "old#e1", "signed the Seld Agreement", "2029-05-01"),
    )  # fmt: skip
    other = (
        figure(OTHER, "other#f1", "Nine soldiers", "Nine", 9, counted="soldier", state="killed", places=("Port Seld",), as_of="2031-02-27"),
        statement(OTHER, "other#s1", "Ostria's foreign minister, Davo Merin, denied that any agreement on a date had been reached", "Davo Merin", "any agreement on a date had been reached"),
    )  # fmt: skip
    angle = (
        figure(ANGLE, "angle#f1", "about 1,800 soldiers", "1,800", 1800, bound="about", counted="soldier"),
        statement(ANGLE, "angle#s1", "An official in Ostria said about 1,800 soldiers were still in the country", "An official in Ostria", "about 1,800 soldiers were still in the country", terms="anonymous"),
    )  # fmt: skip
    return [
        reading("wire", WIRE, wire, outlet="Korrin Wire", title="Velmark and Ostria to open talks on troops"),
        reading("copy", COPY, copy, outlet="Harbour Post", published="2031-03-05", title="Velmark, Ostria to talk withdrawal", furniture=("Share this: Facebook | Twitter",)),
        reading("old", OLD, old, outlet="Korrin Wire", published="2029-05-02", title="Seld Agreement signed"),
        reading("other", OTHER, other, outlet="Ostria Daily", published="2031-03-01", title="Nurses count nine dead <b>& more"),
        reading("angle", ANGLE, angle, outlet="Global Brief", published="2031-03-06"),
    ]  # fmt: skip


def lineage() -> Lineage:
    return Lineage(
        (
            Derivation("angle", None, "Seld Courier", "hop", 0.9, 0.5, ()),
            Derivation("copy", "wire", None, "copy", 0.98, 0.9, (), "the copy is later and drops the minister's quotation"),
        ),
        (
            Origin("o1", "Korrin Wire", True, ("copy", "wire")),
            Origin("o2", "Ostria Daily", True, ("other",)),
            Origin("o3", "Seld Courier", False, ("angle",)),
            Origin("o4", "Korrin Wire", True, ("old",)),
        ),
        (Drift("bound", "wire#f2", "copy#f2", "at least became more than"),),
        (),
        (),
    )


def findings() -> list[Finding]:
    return [
        finding("F1", ("wire#f1", "angle#f1"), label="Velmark soldiers in Ostria", verdict="superseded", parts=("old#f1",), origins=2, speakers=2, low=1800.0, high=1800.0, weight=9.0),
        finding("F2", ("wire#f3", "copy#f3"), label="soldiers killed at Port Seld", verdict="differ", contradicts=("other#f1",), origins=2, speakers=1, low=7.0, high=9.0, weight=8.0),
        finding("F3", ("wire#f2", "copy#f2"), label="attacks on Velmark's bases", verdict="drift", drifts=(Drift("bound", "wire#f2", "copy#f2", "at least became more than"),), low=42.0, weight=7.0),
        finding("F4", ("wire#e1", "copy#e1"), kind="event", label="talks between Velmark and Ostria", verdict="agree", weight=6.0),
        finding("F5", ("wire#s2",), kind="statement", label="conditions for leaving", speakers=1, weight=5.0),
        finding("F6", ("other#s1",), kind="statement", label="no agreement on a date", speakers=1, weight=4.0),
        finding("F7", ("old#e1",), kind="event", label="Seld Agreement", weight=3.0),
        finding("F8", ("wire#p1",), kind="position", label="Ostria on schedule", weight=2.0),
        finding("F9", ("wire#c1",), kind="commitment", label="close the base at Port Seld", weight=2.0),
        finding("F10", ("wire#e2",), kind="event", label="attack at Port Seld", weight=1.5),
    ]  # fmt: skip


def account() -> Account:
    options = ComposeOptions(
        title="Withdrawal from Ostria (invented)",
        as_of="2031-03-06",
        made_at="2031-03-06T12:00:00Z",
        issues=(Issue("empty-input", "notes.txt", "notes.txt: the file is empty; give a file with text", None),),
    )
    return compose(readings(), lineage(), findings(), options)


__all__ = ["account", "findings", "lineage", "readings", "span"]

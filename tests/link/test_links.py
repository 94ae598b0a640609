"""Who took from whom, on invented reports: each kind of retelling, and each thing that only looks like one."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.model.lineage import Derivation, Origin
from rapporteur.model.reading import Reading
from rapporteur.model.report import Credit
from rapporteur.model.spans import Span
from rapporteur.stages.link.graph import derivations
from rapporteur.stages.link.origins import OriginIndex, independent, origins
from rapporteur.stages.link.profile import profile
from tests.link.invented import (
    OTHER,
    REPOST,
    REWRITE,
    WIRE,
    everything,
    hop,
    markets,
    other,
    reading,
    repost,
    rewrite,
    rival,
    trim,
    update,
    wire,
)


def lineage(*readings: Reading) -> tuple[tuple[Derivation, ...], tuple[Origin, ...], OriginIndex]:
    profiles = {r.report.id: profile(r) for r in readings}
    found, fresh = derivations({r.report.id: r.report for r in readings}, profiles)
    listed, index = origins(profiles, found, fresh)
    return found, listed, index


def parents(*readings: Reading) -> dict[str, str | None]:
    return {d.report: d.parent for d in lineage(*readings)[0] if d.relation != "common-origin"}


KINDS = [(repost(), "copy"), (trim(), "excerpt"), (rewrite(), "rewrite"), (update(), "copy")]


@pytest.mark.parametrize("retelling, relation", KINDS, ids=["repost", "trim", "rewrite", "update"])
def test_each_kind_is_found_with_its_direction(retelling: Reading, relation: str) -> None:
    found, listed, _ = lineage(wire(), retelling, other())
    assert [(d.report, d.parent, d.relation) for d in found] == [(retelling.report.id, "wire", relation)]
    assert 0.5 < found[0].score <= 1
    assert {o.reports for o in listed} == {("other",), tuple(sorted(("wire", retelling.report.id)))}


def test_a_chain_is_taken_link_by_link() -> None:
    assert parents(wire(), rewrite(), hop(), other()) == {"rewrite": "wire", "hop": "rewrite"}


def test_a_hop_says_so() -> None:
    (found,) = [d for d in lineage(rewrite(), hop())[0] if d.report == "hop"]
    assert (found.parent, found.relation) == ("rewrite", "hop")
    assert "where the news comes from" in found.reason


def test_a_dateline_that_no_agency_signs_is_that_of_a_retelling() -> None:
    body = WIRE.replace("March 3, 2031 (Norda)\n\n", "March 3 - ").split("\n\n")
    retold = "\n\n".join((body[0], body[1].replace("handed over", "surrendered"), *body[2:6])).replace("Norda", "reporters")
    assert parents(wire(), reading("kept", retold), other()) == {"kept": "wire"}


def test_a_hop_may_name_the_agency_of_copy_that_nobody_signs() -> None:
    unsigned = WIRE.replace(" (Norda)", "").replace("told Norda", "said")
    lead, *rest = unsigned.split("\n\n")[2:7]
    retold = "\n\n".join((f"LINDAHL, March 3, 2031 (Sundby) - {lead[:-1]}, Reuters reported.", *rest))
    hopped = reading("hop", retold, dateline=("LINDAHL", "Sundby"), credited=("Reuters",))
    found = parents(reading("filed", unsigned), hopped, other())
    assert found["hop"] == "filed"
    assert "filed" not in found


def test_a_shared_quotation_makes_no_derivation() -> None:
    assert lineage(wire(), rival())[0] == ()


def test_a_series_with_one_frame_makes_no_derivation() -> None:
    assert lineage(*markets())[0] == ()


def test_a_series_on_a_site_makes_no_derivation() -> None:
    days = markets()
    page = reading("page", f"Krona Today\nMarkets\n\n{days[0].report.text}", outlet="Krona Today", dateline=("TARSIK", "Norda"))
    assert parents(days[1], days[2], page) in ({}, {"page": None})


def test_different_reports_of_one_agency_on_one_day() -> None:
    assert lineage(wire(), other())[0] == ()


def test_a_report_from_two_others_has_both_as_parents() -> None:
    half = "\n\n".join(WIRE.split("\n\n")[2:6])
    rest = "\n\n".join(OTHER.split("\n\n")[2:])
    both = reading("both", f"Evening Digest\n\n{half}\n\n{rest}", outlet="Evening Digest")
    found = [d for d in lineage(wire(), other(), both)[0] if d.report == "both"]
    assert {d.parent for d in found} == {"wire", "other"}
    assert sum(d.coverage for d in found) == pytest.approx(1.0, abs=0.15)


def test_the_date_decides_over_the_text() -> None:
    older = reading("rewrite", REWRITE, outlet="Ridgeway Observer", published="2031-03-01")
    found, _, _ = lineage(wire(), older)
    assert [(d.report, d.parent) for d in found] == [("wire", "rewrite")]


def test_two_pages_of_one_text_have_a_common_origin() -> None:
    one = reading("one", WIRE.split("\n\n", 2)[2])
    two = reading("two", WIRE.split("\n\n", 2)[2])
    found, listed, _ = lineage(one, two)
    assert [(d.relation, d.report, d.parent) for d in found] == [("common-origin", "two", "one")]
    assert "do not tell" in found[0].reason
    assert [(o.seen, o.reports) for o in listed] == [(False, ("one", "two"))]


def test_a_credited_agency_that_is_not_there_is_an_origin() -> None:
    text = REPOST.replace("(Norda)", "(Reuters)").replace("Norda", "Reuters")
    page = reading("page", text, outlet="The Westhaven Packet", dateline=("TARSIK", "Reuters"))
    found, listed, _ = lineage(page)
    assert [(d.parent, d.credited, d.relation) for d in found] == [(None, "Reuters", "copy")]
    assert [(o.label, o.seen) for o in listed] == [("Reuters", False)]


def test_a_chain_of_credits_ends_at_the_innermost() -> None:
    lead = "Talks will begin soon, as reported by Canal Nine, citing two officials. The men will meet in Lesk."
    text = f"{lead}\n\nNobody spoke. (ANI)\n"
    at, tag = text.index("Canal Nine"), text.index("ANI")
    credits = (
        Credit(("ANI",), "agency", Span.of(text, tag, tag + 3)),
        Credit(("Canal Nine",), "media", Span.of(text, at, at + 10)),
    )
    page = reading("page", text, outlet="Valley Lite")
    second = reading("second", text.replace("Nobody spoke. (ANI)", "All were silent, an aide said."), outlet="Hill News")
    pages = [
        msgspec.structs.replace(page, report=msgspec.structs.replace(page.report, credits=credits)),
        msgspec.structs.replace(second, report=msgspec.structs.replace(second.report, credits=credits[1:])),
    ]
    found, listed, _ = lineage(pages[0])
    assert [d.credited for d in found] == ["ANI", "Canal Nine"]
    assert [(o.label, o.seen) for o in listed] == [("Canal Nine", False)]
    assert lineage(pages[1])[1][0].id == listed[0].id


def test_a_carrier_cited_for_one_sentence_is_no_origin_of_the_report() -> None:
    text = WIRE.replace("he said the remaining", "Canal Nine reported that the remaining")
    assert lineage(reading("x", text, dateline=("TARSIK", "Norda"), credited=("Canal Nine",)))[0] == ()


def test_every_report_leads_to_an_origin_and_every_span_stands() -> None:
    given_readings = everything()
    texts = {r.report.id: r.report.text for r in given_readings}
    found, listed, index = lineage(*given_readings)
    assert {r for o in listed for r in o.reports} == set(texts)
    assert all(index.reaches[r] for r in texts)
    for d in found:
        for e in d.evidence:
            assert e.report is None or e.report.stands_in(texts[d.report])
            assert e.parent is None or (d.parent and e.parent.stands_in(texts[d.parent]))
    kinds = {e.kind for d in found if d.report == "repost" for e in d.evidence}
    assert {"passage", "quotation", "figure", "name", "order"} <= kinds


NEWS = (
    "The school beside the mill reopened with eleven pupils, its caretaker said. A goat led the parade.\n\n"
    "Bakers gave away flat loaves. The mayor slept through it all, neighbours joked.\n\n"
    "On the far bank, anglers went on fishing for pike. They had caught three by noon."
)


def test_a_claim_goes_back_to_the_origin_of_its_passage() -> None:
    told = "\n\n".join(REWRITE.split("\n\n")[2:5])
    page = reading("page", f"Evening Digest\n\n{told}\n\n{NEWS}\n", outlet="Evening Digest")
    _, listed, index = lineage(wire(), page)
    labels = {o.id: o.label for o in listed}
    text = page.report.text
    taken, new = text.index("412 rifles"), text.index("eleven pupils")
    assert {labels[o] for o in index.origins_at("page", taken, taken + 10)} == {"Norda: wire"}
    assert {labels[o] for o in index.origins_at("page", new, new + 13)} == {"Evening Digest: page"}
    assert index.origins_at("wire", 0, 10) == index.origins_at("page", taken, taken + 10)
    assert index.reaches["page"] | index.reaches["wire"] == set(labels)


def test_origins_of_one_publisher_are_not_independent() -> None:
    apart = ("A goat led the parade in Orsk.", "Anglers caught three pike by noon.", "Bakers gave away flat loaves.")
    given = [reading(n, t, outlet=o) for n, t, o in zip("abc", apart, ("Norda", "The Norda", "Evening Digest"), strict=True)]
    _, listed, _ = lineage(*given, reading("d", "The mayor slept through it all."))
    assert len(listed) == 4
    assert len(independent(o.id for o in listed)) == 3


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(dice: random.Random) -> None:
    shuffled = everything()
    dice.shuffle(shuffled)
    assert lineage(*shuffled)[:2] == lineage(*everything())[:2]


@pytest.mark.parametrize("which", range(11))
def test_a_copy_adds_no_origin(which: int) -> None:
    given_readings = everything()
    before = len(lineage(*given_readings)[1])
    again = given_readings[which].report
    copy = Reading(1, msgspec.structs.replace(again, id=f"copy-of-{again.id}"), (), ())
    assert len(lineage(*given_readings, copy)[1]) == before

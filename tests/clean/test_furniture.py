"""Furniture is marked, body text is not; credits are found with their kinds. The sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.errors import InputError
from rapporteur.model.report import Report
from tests.clean.making import BODY, of_row, of_text
from tests.growth import least_seconds

FURNITURE = [
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "Share this: Facebook | Twitter | Email",
    '[gallery ids="12,13" columns="3"]',
    "[caption]",
    "ALSO READ: Ferry strike enters second week",
    "Related articles",
    "Sign up for our morning newsletter",
    "Advertisement",
    "READ MORE: Ferry strike enters second week",
    "Tagged: port, talks, bridge",
    "Filed under: Coast",
    "12 comments",
    "Please enable JavaScript to watch this video",
    "Skip to main content",
    "Previous: Fog delays the ferries",
    "Copyright 2021 Quay Media. All rights reserved.",
    "Home > World > Coast",
    "desk@quay.example",
    "Follow us on Twitter",
    "Reading time: 3 minutes",
    "Was this report helpful? Yes / No",
    "Guards stand at the gate of the port on Tuesday. Photo by Ada Brook/Quay Media",
    "The mediator leaves the building. (Photo: Harbour Wire)",
    "QRS/ab/cd",
    "* * *",
]
PROSE = [
    "Share prices of the harbour company fell by a third after the announcement, dealers said.",
    "Follow-up talks will be held in the spring, the mediator told reporters.",
    "Next week the delegations will see the port for themselves.",
    "Related companies were not covered by the order, the ministry said.",
    "Comments by the minister were not welcomed in the north.",
    "Print workers joined the strike on Monday.",
    "Photographs of the site were shown to the inspectors on Friday, an official said.",
    "Sign-ups for the return scheme have passed 4,000, according to the agency in charge.",
    "Copyright law was among the matters that the two sides set aside.",
    "Read against last year's text, the draft gives the guards two more months.",
    "Previous rounds had ended without a text.",
    "Posted at the border since March, the guards number about 1,200.",
    "Twitter was blocked in the south for three days.",
    "More than 60 trucks were waiting at the gate on Tuesday.",
    '"We have shown the picture to them," he said.',
    "Subscribers to the fund include four banks of the region.",
    "Image problems have dogged the party since the spring.",
    "Click-through figures were not published by the ministry.",
    "Support for the accord stood at 61 percent in the poll.",
    "You may read the draft as you like, he said, but the date stands.",
    "Elsewhere in the region two bridges were closed.",
]


def marked(report: Report) -> str:
    return "\n".join(span.exact for span in report.furniture)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_after_the_body(line: str) -> None:
    report = of_text(f"Port talks end without a date for the handover\n\n{BODY}\n{line}\n")
    assert line in marked(report)
    assert "Negotiators" not in marked(report)
    assert "harbour authority" not in marked(report)


@pytest.mark.parametrize("line", [f for f in FURNITURE if "Guards stand" not in f])
def test_furniture_between_paragraphs(line: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    assert line in marked(of_text(f"Port talks end without a date for the handover\n\n{first}\n\n{line}\n\n{rest}"))


@pytest.mark.parametrize("line", PROSE)
def test_sentences_are_not_furniture(line: str) -> None:
    for text in (f"{BODY}\n{line}\n\n{BODY}", f"{line}\n\n{BODY}", f"{BODY}\n{line}\n"):
        assert not of_text(text).furniture


def test_links_after_a_label_and_body_after_the_links() -> None:
    first, rest = BODY.split("\n\n", 1)
    report = of_text(
        f"Port talks end\n\n{first}\n\nRelated stories:\n\nFerry strike enters second week\n\nOld lighthouse to be sold\n\n{rest}"
    )
    assert marked(report).endswith("Old lighthouse to be sold")
    assert "mediator" not in marked(report)


def test_lists_and_tables_of_the_report_stay() -> None:
    table = (
        "Following are the quotas that the two sides agreed on for each of the ports:\n\nNorth 1,200\n\nSouth 800\n\nEast 75\n"
    )
    assert not of_row(table, title="Quotas").furniture


CREDITS = [
    ("Source: Harbour Wire", "outlet", ("Harbour Wire",)),
    ("Credit:\n1: https://www.nytimes.com/2021/05/02/world/port.html", "link", ("The New York Times",)),
    ("Via https://wire.example/77", "link", ("wire.example",)),
    ("Source link", "link", ()),
    ("Xinhua, via http://quay.example/world/12", "agency", ("Xinhua",)),
    ("Text: dpa.", "agency", ("DPA",)),
    ("Ada Brook and Jan Eyck contributed to this report.", "contributor", ("Ada Brook", "Jan Eyck")),
    ("Additional reporting by Ada Brook; editing by Jan Eyck", "contributor", ("Ada Brook",)),
    ("The Associated Press contributed to this report.", "contributor", ("AP",)),
    ("Copyright 2021 Quay Media. All rights reserved.", "copyright", ("Quay Media",)),
    ("© 2021 The Associated Press", "copyright", ("AP",)),
    ("This article was originally published in The Irish Times.", "outlet", ("The Irish Times",)),
    ("Republished with permission from Eurasianet.", "outlet", ("Eurasianet",)),
    ("(With inputs from PTI)", "agency", ("PTI",)),
    ("(ANI)", "agency", ("ANI",)),
    ("-- Reuters", "agency", ("Reuters",)),
]


@pytest.mark.parametrize(("line", "kind", "names"), CREDITS)
def test_credit_lines(line: str, kind: str, names: tuple[str, ...]) -> None:
    report = of_text(f"Port talks end without a date for the handover\n\n{BODY}\n{line}\n")
    assert (kind, names) in [(credit.kind, credit.names) for credit in report.credits]
    assert line.splitlines()[-1] in marked(report)
    for credit in report.credits:
        assert credit.span is None or credit.span.stands_in(report.text)


CARRIED = [
    ("The port will close in June, as reported by CNN, citing two officials.", "media", "CNN"),
    ("The port will close in June, according to a Reuters report.", "media", "Reuters"),
    ("The port will close in June, Kyodo news agency said.", "media", "Kyodo"),
    ('"It will close," a guard told Agence France-Presse.', "agency", "AFP"),
    ("The port will close, the website Coastline Watch reported on Friday.", "media", "Coastline Watch"),
    ("The port will close, the Harbour Gazette wrote.", "media", "Harbour Gazette"),
    ("The port will close, the semi-official Fars news agency quoted him as saying.", "media", "Fars"),
    ("In an interview with Der Spiegel the minister named no date.", "media", "Der Spiegel"),
    ("By the BBC's account the guards left at night.", "media", "BBC"),
    ("The port will close, the German newspaper Die Zeit reported.", "media", "Die Zeit"),
]


@pytest.mark.parametrize(("sentence", "kind", "name"), CARRIED)
def test_carriers_in_running_text(sentence: str, kind: str, name: str) -> None:
    report = of_text(f"Port to close in June\n\n{sentence}\n\n{BODY}")
    assert (kind, (name,)) in [(credit.kind, credit.names) for credit in report.credits]
    assert not report.furniture


def test_the_agency_is_the_one_named_before() -> None:
    report = of_text(
        f"Port to close\n\nThe port will close, Anadolu reported.\n\nThe Turkish agency said that the date was not set.\n\n{BODY}"
    )
    assert [credit.names for credit in report.credits] == [("Anadolu Agency",), ("Anadolu Agency",)]


def test_the_times_is_the_one_named_before() -> None:
    text = "The port will close, the Irish Times reported.\n\nThe mail was late. The Times said that it was the wind."
    report = of_text(f"Port to close\n\n{text}\n\n{BODY}")
    assert [credit.names for credit in report.credits] == [("The Irish Times",), ("The Irish Times",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The German newspaper market has shrunk by half, he said.",
        "The Independent candidate said the port should close.",
        "The guards told the mission that the Focus of the work had moved.",
        "He spoke to the Times of his life at sea, which had ended.",
        "The PA said that it would reopen the gate.",
        "The port authority said that the agency in charge had reported no losses.",
    ],
)
def test_no_carriers(sentence: str) -> None:
    assert not of_text(f"Port to close in June\n\n{sentence}\n\n{BODY}").credits


def test_an_outlet_does_not_credit_itself() -> None:
    report = of_row(f"The port will close, the Harbour Gazette wrote.\n\n{BODY}", outlet="The Harbour Gazette")
    assert not report.credits


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=400))
def test_any_text_keeps_its_spans(text: str) -> None:
    try:
        report = of_row(text)
    except InputError:
        assert not text.strip()
        return
    assert report.text == text
    places = [*report.furniture, *(c.span for c in report.credits if c.span), *(i.span for i in report.issues if i.span)]
    places += [span for span in (report.title_span, report.dateline.span if report.dateline else None) if span]
    assert all(span.stands_in(text) and span.start < span.end for span in places)
    assert all(a.end <= b.start for a, b in zip(report.furniture, report.furniture[1:], strict=False))


PIECES = st.sampled_from(
    ["By ", "(AFP)", "KABUL, ", "Jan. 25", " - ", "\n", "\n\n", "Photo: ", "told Reuters",
     "the website ", "Green Ledger ", "reported ", "[a b]",
     "Source: ", "http://a.example/2020/01/02/", "©", "2020 ", "Related:", "| ", "said.", "\u200f",
     "😀", "The Post ", "\"", "1st Ld: ", "///"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_any_mixture_of_marks_keeps_its_spans(text: str) -> None:
    test_any_text_keeps_its_spans.hypothesis.inner_test(text)  # type: ignore[attr-defined]  # hypothesis keeps the plain function there


@pytest.mark.parametrize(
    "piece",
    ["a", "A", "1", " ", "\n", "A b ", "\"", "(", "[a", "the website A",
     "told ", "X, ", "Photo ", "AFP ", "| a ", ">", "A. ", "- ", "By A ", "/2020", "é", "AA-",
     "Jan. ", "©", "copyright ", "The ", "the the ", "Reuters ",
     "Of A ", "http://a", "reports ", "A\n", "a\n\n", "Related:\n", "A and "],
)  # fmt: skip
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece))) + "."
        return least_seconds(lambda: of_row(text))

    of_row("Once.")
    # Four times the text takes sixteen times as long where time grows with the square; seconds would measure the machine.
    assert seconds(100_000) < 8 * max(seconds(25_000), 0.01)

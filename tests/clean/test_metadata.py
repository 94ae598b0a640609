"""Headline, slugs, dateline, byline, outlet and date of publication from the words of the text."""

from __future__ import annotations

import pytest

from rapporteur.model.capture import make_capture
from rapporteur.stages.clean import clean, dates
from rapporteur.stages.clean.byline import read_byline
from rapporteur.stages.clean.headline import split_slugs
from tests.clean.making import BODY, of_row, of_text

LEAD = "The two governments agreed on Tuesday to reopen the bridge before the winter, officials said."


@pytest.mark.parametrize(
    ("opening", "place", "date", "agency"),
    [
        ("VARNA, Bulgaria, April 9, 1998 (AFP) - ", "VARNA, Bulgaria", "1998-04-09", "AFP"),
        ("VARNA, April 9, 1998 (AFP)\n\n", "VARNA", "1998-04-09", "AFP"),
        ("VARNA, Dec 14, 2007, 2007\n\n", "VARNA", "2007-12-14", None),
        ("VARNA – ", "VARNA", None, None),
        ("VARNA (Reuters) - ", "VARNA", None, "Reuters"),
        ("VARNA, Jan 5 (IPS/XYZ) - ", "VARNA", None, "IPS"),
        ("Varna, 5 March 2019. /TASS/. ", "Varna", "2019-03-05", "TASS"),
        ("VARNA, Dec 12 (QRST): ", "VARNA", None, "QRST"),
        ("PORT-AU-PRINCE, Feb. 3, 2004 (AP) _ ", "PORT-AU-PRINCE", "2004-02-03", "AP"),
        ("NEW YORK. April 11, 1998 (AFP)\n\n", "NEW YORK", "1998-04-11", "AFP"),
        ("Varna (dpa) - ", "Varna", None, "DPA"),
        ("VARNA, Nov. 7, 2006 (Xinhua) -- ", "VARNA", "2006-11-07", "Xinhua"),
    ],
)
def test_datelines(opening: str, place: str, date: str | None, agency: str | None) -> None:
    report = of_text(f"Bridge to reopen before winter\n\n{opening}{LEAD}\n\n{BODY}".replace("_ ", "-- "))
    assert report.dateline is not None
    assert report.dateline.place == place
    assert report.dateline.date == date
    assert report.dateline.agency is not None if agency else report.dateline.agency is None
    assert report.dateline.agency is None or (agency or "") in report.dateline.agency
    assert report.dateline.span is not None
    assert report.dateline.span.stands_in(report.text)
    assert LEAD not in report.dateline.span.exact


@pytest.mark.parametrize(
    "lead",
    [
        "NATO - the alliance that guards the bridge - said on Tuesday it would stay.",
        "UPDATE - The bridge will stay closed, officials said on Tuesday.",
        "Officials in Varna - the port in the east - said the bridge was closed.",
        "In May 2019 the bridge was closed, and it stayed so until officials agreed.",
        "Tuesday's talks (the third round) - like those before - ended without a text.",
        "HARBOUR NEWS (HN)\n\nThe bridge was closed on Tuesday, officials said in a statement.",
    ],
)
def test_what_is_no_dateline(lead: str) -> None:
    assert of_text(f"Bridge to stay closed\n\n{lead}\n\n{BODY}").dateline is None


def test_year_from_a_caption_above() -> None:
    caption = "Guards stand at the bridge in Varna on Nov. 5, 2021. The talks go on. Photo by Ada Brook/UPI\n"
    report = of_text(f"{caption}Jan. 25 (UPI) -- {LEAD}\n\n{BODY}")
    assert report.published is not None
    assert (report.published.value, report.published.precision, report.published.basis) == ("2022-01-25", "day", "dateline")
    assert report.dateline is not None
    assert (report.dateline.place, report.dateline.agency, report.dateline.date) == (None, "UPI", "2022-01-25")


def test_year_from_the_address() -> None:
    report = of_row(f"VARNA, Dec. 31 (AP) -- {LEAD}\n\n{BODY}", url="https://quay.example/2020/01/01/bridge")
    assert report.dateline is not None
    assert report.dateline.date == "2019-12-31"


def test_no_year_is_no_date_but_an_issue() -> None:
    report = of_text(f"VARNA, Dec. 31 (AP) -- {LEAD}\n\n{BODY}")
    assert report.published is None
    (issue,) = report.issues
    assert issue.code == "date-without-year"
    assert issue.span is not None
    assert issue.span.exact == "Dec. 31"


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("Posted by desk on November 26, 2006 | 0 replies", "2006-11-26", "day"),
        ("Jun 12, 2020", "2020-06-12", "day"),
        ("Published 17.12.2006, updated 19:42", "2006-12-17", "day"),
        ("The Quay - December 2006", "2006-12", "month"),
        ("Wednesday 27 December 2006", "2006-12-27", "day"),
        ("By our staff | Saturday, 26 April 1997 | no comments", "1997-04-26", "day"),
    ],
)
def test_post_lines(line: str, value: str, precision: str) -> None:
    report = of_text(f"Bridge between the two ports to reopen before winter\n\n{line}\n\n{LEAD}\n\n{BODY}")
    assert report.published is not None
    assert (report.published.value, report.published.precision, report.published.basis) == (value, precision, "text")


def test_a_date_in_a_sentence_is_no_date_of_publication() -> None:
    assert (
        of_text(f"Bridge to reopen\n\nThe bridge was closed on 4 May 2019 by both sides, officials said.\n\n{BODY}").published
        is None
    )


def test_a_date_that_is_not_understood_is_an_issue() -> None:
    report = of_row(BODY, published="the day before yesterday")
    assert report.published is None
    assert [issue.code for issue in report.issues] == ["date-not-understood"]


@pytest.mark.parametrize(
    ("stamp", "read"),
    [
        ("2024-01-25", ("2024-01-25", "day")),
        ("2024-01", ("2024-01", "month")),
        ("2024", ("2024", "year")),
        ("2024-01-25T10:05:09+01:00", ("2024-01-25T10:05", "minute")),
        ("25 January 2024", ("2024-01-25", "day")),
        ("13/04/2024", ("2024-04-13", "day")),
        ("03/04/2024", None),
        ("2024-02-31", None),
        ("1706180000", None),
    ],
)
def test_stamps(stamp: str, read: tuple[str, str] | None) -> None:
    assert dates.read_stamp(stamp) == read


@pytest.mark.parametrize(
    ("title", "words", "slugs"),
    [
        ("1st Ld-Writethru: Bridge opens", "Bridge opens", ("1st Ld-Writethru",)),
        ("Writethru: Bridge opens", "Bridge opens", ("Writethru",)),
        ("URGENT: Roundup: Bridge opens", "Bridge opens", ("URGENT", "Roundup")),
        ("UPDATE 3-Bridge opens", "Bridge opens", ("UPDATE 3",)),
        ("Bridge opens ///", "Bridge opens", ()),
        ("ATTENTION - ADDS mediator quotes ///", "", ("ATTENTION - ADDS mediator quotes",)),
        ("= (PICTURES) =", "", ("(PICTURES)",)),
        ("Update on the bridge is due", "Update on the bridge is due", ()),
    ],
)
def test_slugs(title: str, words: str, slugs: tuple[str, ...]) -> None:
    start, end, found = split_slugs(title)
    assert title[start:end] == words
    assert found == slugs


def test_headline_below_masthead_and_navigation() -> None:
    head = "The Quay Courier\nNews / Port / Weather / Letters\n\nBridge between the two ports to reopen before winter"
    text = f"{head}\n\nShare: Digg | Reddit | Print\n\n{LEAD}\n\n{BODY}"
    report = of_text(text)
    assert report.title == "Bridge between the two ports to reopen before winter"
    assert report.title_span is not None
    assert report.title_span.stands_in(report.text)
    assert report.outlet == "The Quay Courier"
    assert [span.exact for span in report.furniture] == [
        "The Quay Courier\nNews / Port / Weather / Letters",
        "Share: Digg | Reddit | Print",
    ]


def test_the_sender_of_agency_copy_that_nobody_knows() -> None:
    report = of_text(f"Port talks end\n\nVARNA, Dec 12, 2019 (QRS): {LEAD}\n\n{BODY}\nQRS/ab - Quay and River Service")
    assert report.outlet == "Quay and River Service"


def test_text_without_headline() -> None:
    report = of_text(BODY)
    assert report.title is None
    assert report.title_span is None


def test_byline_run_on_to_an_agency_headline() -> None:
    report = of_text(f"Bridge between the two ports to reopen by Ada Brook\n\nVARNA, April 9, 1998 (AFP)\n\n{BODY}")
    assert report.title == "Bridge between the two ports to reopen"
    assert report.byline == ("Ada Brook",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Brook", ("Ada Brook",)),
        ("By Ada Brook and Jan van Eyck, Staff Writers", ("Ada Brook", "Jan van Eyck")),
        ("BY ADA BROOK | May 2, 2023", ("ADA BROOK",)),
        ("By our news service | Saturday", ()),
        ("By The Associated Press", ()),
        ("By Friday the troops had left the bridge", ()),
        ("By Ada Brook the bridge was painted", ()),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    assert read_byline(line) == names


def test_language() -> None:
    spanish = (
        "El gobierno dijo el martes que el puente seguirá cerrado hasta que las dos partes firmen un acuerdo sobre la aduana. "
        * 3
    )
    report = of_text(spanish)
    assert report.language == "und"
    assert [issue.code for issue in report.issues] == ["not-english"]
    assert of_text(BODY).language == "en"


def test_clean_is_the_same_twice() -> None:
    capture = make_capture("a.txt", BODY.encode(), "text/plain")
    assert clean(capture) == clean(capture)

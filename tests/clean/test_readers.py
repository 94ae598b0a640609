"""From bytes to text: what is kept to the letter, what is put together again, and what cannot be read."""

from __future__ import annotations

import pytest

from rapporteur.errors import InputError
from rapporteur.model.capture import make_capture
from rapporteur.stages.clean import clean
from tests.clean.making import BODY, of_page, of_row, of_text, pdf

FILLER = (
    "<p>The delegations had spent the morning on the list of crossing points, which both want opened before winter sets in.</p>"
)


def test_plain_text_is_kept_but_for_line_ends_and_mark() -> None:
    text = "\ufeffTitle  \r\n\r\n \tA\u00a0line\u200f with  spaces.\rNext.\n\n\n"
    assert of_text(text).text == "Title  \n\n \tA\u00a0line\u200f with  spaces.\nNext.\n\n\n"


def test_rows_are_kept_to_the_letter() -> None:
    text = "One\r\ntwo\rthree\n \u200b"
    report = of_row(text, id="n1", title="T", outlet="The Quay", published="2023-05-02T10:30:00Z", url="https://quay.example/1")
    assert report.text == text
    assert (report.id, report.title, report.outlet, report.url) == ("n1", "T", "The Quay", "https://quay.example/1")
    assert report.published is not None
    assert (report.published.value, report.published.precision, report.published.basis) == ("2023-05-02T10:30", "minute", "given")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = BODY.replace('"', "”").replace("Maren", "Märén")
    report = clean(make_capture("report.txt", text.encode(encoding), "text/plain"))
    assert report.text == text
    assert not [issue for issue in report.issues if issue.code == "encoding"]


def test_damaged_text_is_read_and_said() -> None:
    report = clean(make_capture("report.txt", b"\xff\xfe" + BODY.encode("utf-16-le")[:-1], "text/plain"))
    assert report.text.startswith("Negotiators")
    assert "report.txt" in next(issue.message for issue in report.issues if issue.code == "encoding")


def test_page_text_title_outlet_and_paragraphs() -> None:
    report = of_page(
        '<html lang="en-GB"><head><title>Talks stall | The Quay</title><meta property="og:title" content="Talks stall over port">'
        '<meta property="og:site_name" content="The Quay"><meta name="author" content="Ada Brook">'
        '<meta property="article:published_time" content="2023-05-02T10:30:00+02:00"><link rel="canonical" href="https://other.example/a">'
        "</head><body><nav><a href='/'>Home</a> <a href='/n'>News</a></nav><article><h1>Talks stall over port</h1>"
        f"<p>Negotiators met on Tuesday and did not agree, officials of both sides said after the session.</p>{FILLER * 2}"
        '<p>Source: <a href="https://wire.example/77">Harbour Wire</a></p></article>'
        "<footer>Privacy policy</footer></body></html>",
        url="https://www.quay.example/talks",
    )
    assert "officials of both sides said after the session.\n\nThe delegations" in report.text
    assert "Privacy policy" not in report.text
    assert (report.title, report.outlet, report.byline, report.language) == (
        "Talks stall over port",
        "The Quay",
        ("Ada Brook",),
        "en",
    )
    assert report.published is not None
    assert (report.published.value, report.published.basis) == ("2023-05-02T10:30", "metadata")
    assert {(c.kind, c.url) for c in report.credits} >= {
        ("canonical", "https://other.example/a"),
        ("link", "https://wire.example/77"),
    }
    if report.title_span:
        assert report.title_span.stands_in(report.text)


def test_page_without_an_article_falls_back_to_what_is_shown() -> None:
    report = of_page(
        "<html><body><div>Port <b>closed</b>.</div><script>var x = 1;</script><div>It opens at nine.</div></body></html>"
    )
    assert "Port closed." in report.text
    assert "It opens at nine." in report.text
    assert "var x" not in report.text


@pytest.mark.parametrize(
    "html",
    ["<html><head><title>T</title></head></html>", "<html></html>", "<html><body><script>x</script></body></html>", "<!-- -->"],
)
def test_page_without_a_body(html: str) -> None:
    with pytest.raises(InputError, match=r"page\.html: .*; "):
        of_page(html)


def test_address_from_a_saved_page() -> None:
    report = of_page(f"<!-- saved from url=(0031)https://quay.example/2023/05/02/port --><html><body>{FILLER * 3}</body></html>")
    assert report.url == "https://quay.example/2023/05/02/port"
    assert report.published is not None
    assert report.published.value == "2023-05-02"


def test_pdf_lines_hyphens_and_running_heads() -> None:
    page = [
        "The Quay Review",
        "Negotiators for the two governments met for a third day with-",
        "out agreeing on a date for the handover of the port, and the",
        "mediator left.",
        "A fourth round is to open next week in the northern capital,",
        "where the harbour authority keeps its seat and its archives.",
    ]
    data = pdf(
        [[page[0], f"Part {part}: it went on so.", *page[1:], f"{10 + i}"] for i, part in enumerate(("one", "two", "three"))]
    )
    report = clean(make_capture("paper.pdf", data, "application/pdf"))
    assert (
        report.text.count("met for a third day without agreeing on a date for the handover of the port, and the mediator left.")
        == 3
    )
    assert "left.\n\nA fourth round" in report.text
    assert "The Quay Review" not in report.text


def test_truncated_pdf() -> None:
    whole = pdf([["Negotiators met on Tuesday."]])
    with pytest.raises(InputError, match=r"paper\.pdf: .*cut short; ") as caught:
        clean(make_capture("paper.pdf", whole[:150], "application/pdf"))
    assert caught.value.code == "pdf-truncated"
    cut = clean(make_capture("paper.pdf", whole.removesuffix(b"%%EOF\n"), "application/pdf"))
    assert [issue.code for issue in cut.issues] == ["pdf-truncated"]  # all pages are there: read, and said


def test_pdf_without_text_and_broken_pdf() -> None:
    with pytest.raises(InputError) as caught:
        clean(make_capture("scan.pdf", pdf([[]]), "application/pdf"))
    assert caught.value.code == "pdf-without-text"
    with pytest.raises(InputError) as caught:
        clean(make_capture("junk.pdf", b"%PDF-1.4\njunk\n%%EOF", "application/pdf"))
    assert caught.value.code in ("pdf-broken", "pdf-without-text")


MAIL = (
    "From: Harbour News Service <desk@harbour.example>\nTo: list@e.example\nSubject: =?utf-8?q?Talks_stall?=\n"
    "Date: Tue, 02 May 2023 10:30:00 +0200\nMIME-Version: 1.0\n"
)


def test_mail() -> None:
    body = "Content-Type: text/plain; charset=utf-8\n\n" + BODY
    report = clean(make_capture("m.eml", (MAIL + body).encode(), "message/rfc822"))
    assert report.text == BODY
    assert (report.title, report.outlet) == ("Talks stall", "Harbour News Service")
    assert report.published is not None
    assert report.published.value == "2023-05-02T10:30"


def test_mail_in_html_from_a_person() -> None:
    mail = MAIL.replace("Harbour News Service", "Ada Brook")
    body = f"Content-Type: text/html; charset=iso-8859-1\n\n<html><body>{FILLER * 2}<p>Caf\xe9.</p></body></html>"
    report = clean(make_capture("m.eml", (mail + body).encode("latin-1"), "message/rfc822"))
    assert "Café." in report.text
    assert (report.byline, report.outlet) == (("Ada Brook",), None)


def test_mail_without_text() -> None:
    with pytest.raises(InputError, match=r"m\.eml"):
        clean(make_capture("m.eml", (MAIL + "Content-Type: image/png\n\nxx").encode(), "message/rfc822"))


def test_unknown_media_type() -> None:
    with pytest.raises(InputError, match="application/x-unknown"):
        clean(make_capture("x", b"x", "application/x-unknown"))

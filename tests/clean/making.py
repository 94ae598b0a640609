"""Captures for tests: texts, rows, pages, and PDFs written by hand."""

from __future__ import annotations

from rapporteur.model.capture import Given, make_capture
from rapporteur.model.report import Report
from rapporteur.stages.clean import clean

BODY = (
    "Negotiators for the two governments met for a third day on Tuesday without agreeing on a date for the handover of "
    "the port.\n\n"
    '"We have narrowed the gap," said the mediator, Ilse Maren, adding that a fourth round would open next week.\n\n'
    "About 1,200 guards remain at the site, according to the harbour authority.\n"
)


def of_text(text: str, place: str = "report.txt") -> Report:
    return clean(make_capture(place, text.encode(), "text/plain", path=place))


def of_row(text: str, **fields: str) -> Report:
    return clean(make_capture("rows.jsonl", b"{}", "application/json", given=Given(text=text, **fields)))


def of_page(html: str, url: str | None = None) -> Report:
    return clean(make_capture("page.html", html.encode(), "text/html", path="page.html", url=url))


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF 1.4 file with one text line per line, Helvetica 12 on 15 points."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        words = "".join(f"({line.translate({40: '', 41: ''})}) Tj T*\n" for line in lines)
        stream = f"BT /F1 12 Tf 15 TL 72 760 Td\n{words}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()

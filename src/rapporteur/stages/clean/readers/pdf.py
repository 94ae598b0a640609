"""PDF files through pypdf: pages joined, running heads left out, hyphenated lines and paragraphs put together again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable

from pypdf import PdfReader

from rapporteur.errors import InputError
from rapporteur.model.capture import Capture
from rapporteur.model.report import Issue
from rapporteur.stages.clean.page import Page

END_MARK = b"%%EOF"
END_WITHIN = 2048  # bytes: readers look in the last 1,024; some servers append a little
ENDING = b"\n%%EOF\n"  # put behind a file that was cut short: pypdf then reads what its table of objects still leads to
MAX_PAGES = 500
MAX_TEXT = 5_000_000  # characters
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_DIGITS = re.compile(r"\d+")

logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings about single objects would reach the user's terminal


def read_pdf(capture: Capture) -> Page:
    """The text of a PDF. InputError: cut short, broken, locked, or without text (scanned)."""
    whole = END_MARK in capture.data[-END_WITHIN:]
    title = None
    try:
        reader = PdfReader(io.BytesIO(capture.data if whole else capture.data + ENDING), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("pdf-locked", capture.place, "the PDF is locked with a password", "save a copy without one")
        pages = _pages(reader)
        title = reader.metadata.title if reader.metadata else None
    except InputError:
        raise
    except Exception as error:  # pypdf raises nearly anything on broken files; each is one clear issue
        if not whole:
            raise _truncated(capture.place) from error
        raise InputError("pdf-broken", capture.place, f"the PDF cannot be read ({error})", "download it again") from error
    text = join_lines(_without_running_lines(pages))
    if not text.strip():
        if not whole:
            raise _truncated(capture.place)
        raise InputError("pdf-without-text", capture.place, "the PDF holds no text", "it may be scanned: run OCR over it first")
    issues = () if whole else (Issue("pdf-truncated", capture.place, str(_truncated(capture.place))),)
    return Page(text=text, title=title if isinstance(title, str) and title.strip() else None, url=capture.url, issues=issues)


def _truncated(place: str) -> InputError:
    return InputError("pdf-truncated", place, "the PDF ends before its end mark: it was cut short", "download it again")


def _pages(reader: PdfReader) -> list[list[str]]:
    pages, size = [], 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or size > MAX_TEXT:
            break
        words = page.extract_text() or ""
        size += len(words)
        pages.append([line.rstrip() for line in words.replace("\r", "\n").split("\n")])
    return pages


def _without_running_lines(pages: list[list[str]]) -> list[str]:
    """All lines, less the first and last lines of pages that come again on at least half of them (their numbers aside)."""
    if len(pages) < 3:
        return [line for page in pages for line in [*page, ""]]
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    running = {key for key, count in counts.items() if count * 2 >= len(pages) and count > 1}
    kept: list[str] = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept.extend(line for line in page if not (id(line) in edges and _key(line) in running))
    return kept


def _edges(page: list[str]) -> Iterable[str]:
    filled = [line for line in page if line.strip()]
    return [*filled[:2], *filled[-2:]]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def join_lines(lines: list[str]) -> str:
    """Lines of a set page as paragraphs: a paragraph ends at an empty line, or at a sentence's end on a line that is
    clearly short.
    """
    text = _HYPHEN.sub("", "\n".join(lines))
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    full = lengths[int(len(lengths) * 0.8)] if lengths else 0
    paragraphs: list[str] = []
    current: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            current.append(stripped)
        short = len(stripped) < 0.75 * full  # lines of a justified column differ by less than a quarter
        if current and (not stripped or (short and (_SENTENCE_END.search(stripped) or len(current) == 1))):
            paragraphs.append(" ".join(current))
            current = []
    if current:
        paragraphs.append(" ".join(current))
    return "\n\n".join(paragraphs)

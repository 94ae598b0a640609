"""Figures: what a number in a report says.

A figure is a value or a range with its bound, its unit or what it counts, the state of those counted, the places, the stretch
of time, and who says it. Numbers are read by the grammar of English numerals ("2.5 million", "a dozen", "tens of thousands",
"one in five", "between 700 and 800"). A vague number is a range of what it is honestly used for: hundreds 200 to 999, tens of
thousands 20,000 to 99,999, dozens 24 to 99, scores 40 to 99; fractions have four decimals (a third: 0.3333), percentages are
stated in percent.

The bound comes from the words directly before or after: "at least" (at-least), "up to", "as many as" (at-most), "over", "more
than" (more-than), "under", "nearly", "almost" (less-than: the speaker says that it is not reached), "about", "some",
"around" (about). What is counted is the singular of the counted noun; where the noun is left out ("900 are deployed", "20
others", "attacked 153 times") it is taken from the figures before, from the verb, or is "person" where a casualty is counted.

Left out: dates, years, durations, ages, clock times, ordinals, addresses, telephone numbers, results of games and votes, and
numbers that are names (Resolution 1701, F-16, Article 9). "One" and "a" are figures only where a state makes them a count: "a
politician was killed". "Shot" without more is read as wounded.

Derived figures are marked in ``derived``: "sum" adds the parts of one coordination of one state ("two journalists and a
politician were killed": 3); "remainder" is what is left of a total after its stated dead ("three were shot, one fatally": 2
wounded); "persons" counts the different victims a report names or describes where it gives no number. Their span covers what
they were derived from.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.language.base import Parsed
from rapporteur.model.claims import Figure, FigureClaim
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.figures import casualties
from rapporteur.stages.extract.figures.reader import Found, Reader
from rapporteur.stages.extract.figures.sharing import shared_out

NAME = "figures"


def extract(sheet: Sheet) -> Iterator[FigureClaim]:
    """The figure claims of one report, in text order."""
    reader = Reader(sheet)
    found = sorted(casualties.completed(reader, reader.read()), key=lambda f: (f.first, f.last))
    claims = [_claim(sheet, reader, figure, number) for number, figure in enumerate(found, 1)]
    yield from shared_out(sheet.parsed, claims)


def _claim(sheet: Sheet, reader: Reader, f: Found, number: int) -> FigureClaim:
    p = sheet.parsed
    span = p.span(f.first, f.last)
    at = f.number[0]
    exact = f.low == f.high
    return FigureClaim(
        sheet.ident("f", number),
        span,
        Figure(
            number=p.span(*f.number),
            value=f.low if exact else None,
            low=None if exact else f.low,
            high=None if exact else f.high,
            bound=f.bound,
            unit=f.unit,
            counted=f.counted,
            state=f.state,
            places=reader.places.places(at),
            window=reader.windows.window(at),
            as_of=reader.windows.as_of(at),
            said_by=reader.context.said_by(*_number(p, f)),
            whose=f.whose,
            derived=f.derived,
        ),
    )


def _number(p: Parsed, f: Found) -> tuple[int, int]:
    """The code points of the number words: a bound may stand outside of a quotation."""
    return p.starts[f.number[0]], p.ends[f.number[1] - 1]

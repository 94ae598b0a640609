"""Running text told from lists."""

from __future__ import annotations

import pytest

from rapporteur import language
from rapporteur.stages.extract import read
from tests.clean.making import of_text

PRICES = """Noon wool prices in Orsk

Tuesday's noon wool prices, in crowns a bale, as given by the Orsk exchange:

Fine, May 169.00 170.00
Fine, June 163.75 164.75
Coarse, May 156.50 157.50
Coarse, June 151.25 152.25
"""
RESULTS = """Vessian league results

Vessian league results on Saturday:

Tarn Rovers 1 (Vale 74) Orsk Town 1 (Strand 57)

Ostria v Merrow - late kickoff

Halden 0 Lissen 3 (Brock 11, 34, 90)

Calder Bay 2 (Okell 12, Venn 40) Dunvar 2 (Oldren 55, 81)
"""
AGENDA = """Orsk Wire news advisory

The following are some of the major news stories scheduled to be covered by Orsk Wire on Friday:

-- The prime minister of Vessia meets the leaders of the northern rebels at the port of Tarn on the future of the garrison.

-- The council of Merrow votes on the budget after two weeks of talks between the parties that share the government.
"""
ACCORD = """Accord of Tarn

Vessia and the Northern Front have agreed as follows on the garrison of Orsk:

1. The forces of Vessia shall leave the garrison of Orsk and its two outposts by the last day of June;

2. The Northern Front shall halt its attacks on the road from Orsk to Tarn while the forces of Vessia leave;

3. A commission of three shall see to it that both sides keep to the dates given in this accord;

4. The prisoners whom either side holds shall be set free within ten days of the signing of this accord.
"""
WRAPPED = """Vessia to leave Orsk

The last soldiers of Vessia will leave the garrison of
Orsk in June, the defence ministry said on Tuesday,
nine years after the first of them had landed at the
port of Tarn in the week of the great flood
"""


@pytest.mark.parametrize(
    ("text", "form"),
    [(PRICES, "list"), (RESULTS, "list"), (AGENDA, "list"), (ACCORD, "prose"), (WRAPPED, "prose")],
    ids=["prices", "results", "agenda", "accord", "wrapped"],
)
def test_form(text: str, form: str) -> None:
    report = of_text(text)
    assert report.form == form
    assert [issue.code for issue in report.issues if issue.code == "list-not-read"] == (
        ["list-not-read"] if form == "list" else []
    )


def test_a_short_text_is_no_list() -> None:
    assert of_text("Vessia to leave Orsk by June").form == "prose"


def test_a_page_of_headlines_around_a_report_does_not_hide_it() -> None:
    links = "\n\n".join(f"Other news of the day number {n}" for n in range(40))
    body = "\n\n".join(
        f"The council of Orsk said on day {n} that the garrison would be handed over as was agreed with Vessia in the accord."
        for n in range(6)
    )
    assert of_text(f"{links}\n\n{body}").form == "prose"


def test_of_a_list_names_and_times_are_found_and_no_claims() -> None:
    report = of_text(RESULTS.replace("Ostria v Merrow - late kickoff", "Five people killed in Baghdad on March 4, 2031"))
    reading = read(report, language.load())
    assert not reading.claims
    assert {m.kind for m in reading.mentions} >= {"time", "place"}
    assert "Five people killed in Baghdad" in reading.report.text

import pytest

from rapporteur.language.gazetteer import countries, country_named, country_of, country_of_capital, country_of_demonym


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Iraqi", "Iraq"),
        ("Iraqis", "Iraq"),
        ("the U.S.", "United States"),
        ("American", "United States"),
        ("BAHRAIN", "Bahrain"),
        ("Ivorian", "Ivory Coast"),
        ("Filipinos", "Philippines"),
        ("The Netherlands", "Netherlands"),
        ("Korean", "Korea"),
        ("Congolese", "Democratic Republic of the Congo"),
        ("us", None),
        ("polish", None),
        ("Paris", None),
        ("", None),
    ],
)
def test_country_of(name: str, country: str | None) -> None:
    assert country_of(name) == country


def test_names_demonyms_and_capitals_are_told_apart() -> None:
    assert country_named("Chad") == "Chad" and country_named("Chadian") is None
    assert country_of_demonym("Chadian") == "Chad" and country_of_demonym("Chad") is None
    assert country_of_capital("N'Djamena") == "Chad" and country_of("N'Djamena") is None


def test_no_name_stands_for_two_countries() -> None:
    seen: dict[str, str] = {}
    for country in countries():
        for name in (country.name, *country.aliases, *country.demonyms):
            assert seen.setdefault(name, country.name) == country.name

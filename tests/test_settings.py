from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import ConfigurationError
from rapporteur.settings import Limits, Settings, load


@pytest.fixture
def user(tmp_path: Path) -> Path:
    (tmp_path / "user").mkdir()
    return tmp_path / "user"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


def test_nothing_said_is_the_defaults(user: Path, here: Path) -> None:
    assert load({}, user, here) == Settings()


def test_later_ones_prevail_value_by_value(user: Path, here: Path) -> None:
    (user / "rapporteur.toml").write_text('language = "a"\nworkers = 3\n[limits]\nmembers = 5\nbytes_per_input = 6\n')
    (here / "rapporteur.toml").write_text('language = "b"\n[limits]\nmembers = 7\n')
    environment = {
        "RAPPORTEUR_LIMITS_SECONDS_PER_REPORT": "1.5",
        "RAPPORTEUR_LANGUAGE": "c",
        "HOME": "x",
        "RAPPORTEUR_WORKERS": "",
    }
    limits = Limits(members=7, bytes_per_input=6, seconds_per_report=1.5)
    assert load(environment, user, here) == Settings(language="c", workers=3, limits=limits)


def test_a_named_file_stands_in_for_the_one_in_the_folder(user: Path, here: Path, tmp_path: Path) -> None:
    (here / "rapporteur.toml").write_text("workers = 1")
    (tmp_path / "other.toml").write_text("workers = 2")
    assert load({"RAPPORTEUR_CONFIG": str(tmp_path / "other.toml")}, user, here).workers == 2
    with pytest.raises(ConfigurationError, match=r"none\.toml: no such file; correct RAPPORTEUR_CONFIG"):
        load({"RAPPORTEUR_CONFIG": "none.toml"}, user, here)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("workers = ", r"rapporteur\.toml: Invalid value"),
        ("wrokers = 2", r"rapporteur\.toml: .*unknown field `wrokers`"),
        ('[limits]\nmembers = "many"', r"rapporteur\.toml: .*limits\.members"),
        ("limits = 3", r"rapporteur\.toml: .*limits"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(text: str, reason: str, user: Path, here: Path) -> None:
    (here / "rapporteur.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=reason):
        load({}, user, here)


def test_a_file_that_is_no_text_is_named(user: Path, here: Path) -> None:
    (here / "rapporteur.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match=r"rapporteur\.toml"):
        load({}, user, here)


@pytest.mark.parametrize("name", ["RAPPORTEUR_WORKRES", "RAPPORTEUR_LIMITS_BYTES", "RAPPORTEUR_WORKERS"])
def test_a_wrong_variable_is_named(name: str, user: Path, here: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name}: "):
        load({name: "many"}, user, here)

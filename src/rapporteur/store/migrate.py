"""Brings a record's tables to the schema of this program."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's settings, without its ini file: the only one that differs per run is the connection."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return settings


def upgrade(connection: Connection) -> None:
    """Runs the missing revisions inside the caller's transaction."""
    settings = configuration()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")

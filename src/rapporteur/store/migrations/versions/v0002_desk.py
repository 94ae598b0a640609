"""Full-text search over passages, the process files that a record follows, and which of them an account was made with."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from alembic import op

from rapporteur.language.passages import passages
from rapporteur.model.reading import Reading
from rapporteur.store import words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables and indexes the reports that the record holds already."""
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.number"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "processes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("process", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.add_column("accounts", sa.Column("process", sa.Integer))
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute(words.CREATE)
        _index(connection)


def _index(connection: sa.Connection) -> None:
    decoder = msgspec.json.Decoder(Reading)
    numbers = [row[0] for row in connection.exec_driver_sql("SELECT number FROM reports ORDER BY number")]
    for number in numbers:
        text = connection.exec_driver_sql("SELECT reading FROM reports WHERE number = ?", (number,)).scalar_one()
        report = decoder.decode(text).report
        found = passages(report.text, report.furniture)
        for (start, end), line in zip(found, words.indexable(report.text, found), strict=True):
            row = connection.exec_driver_sql(
                'INSERT INTO passages (report, start, "end") VALUES (?, ?, ?) RETURNING number', (number, start, end)
            ).scalar_one()
            connection.exec_driver_sql(words.INSERT, (row, line))

"""Runs the revisions on the connection that ``store.sql`` hands over; there is no other way to run them."""

from __future__ import annotations

from alembic import context

from rapporteur.store.all_tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

"""Alembic's folder: ``env.py`` and one file per schema version, shipped with the package so that old records open."""

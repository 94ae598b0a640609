"""Accounts for a team: passwords, sessions, API tokens, rights, and the record as one user may see it."""

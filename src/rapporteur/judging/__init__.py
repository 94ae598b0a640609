"""Judging: what a person types, checked and turned into judgements that last, and judgements as files."""

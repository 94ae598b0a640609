"""Asking: a question in words, answered with findings of the record and nothing else."""

"""The records that pass between stages: frozen, typed, and importing nothing else of ours."""

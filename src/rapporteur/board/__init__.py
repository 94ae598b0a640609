"""The board: conditions of a process, rated by several assessors on cited claims; who disagrees, and why.

There is no mean over ratings, no single index and no signal in colours, by design: what differs is shown side by side.
"""

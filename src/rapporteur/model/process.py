"""What a user says about the process that a record follows: its parties, issues and measures (``process.yaml``)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Named(Struct, frozen=True):
    """A party or place with the other names that reports give it."""

    name: str
    aliases: tuple[str, ...] = ()


class Option(Struct, frozen=True):
    """One way to settle an issue, and the words that tell of it: timeline-based, "fixed date", "timetable"."""

    name: str
    words: tuple[str, ...]


class FollowedIssue(Struct, frozen=True):
    """An issue of the process: ``words`` tell that a position is about it, ``options`` which way it leans."""

    name: str
    words: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


class FollowedMeasure(Struct, frozen=True):
    """A measure to follow: what is counted, in which state (killed, deployed ...), where; what is empty is not asked for."""

    name: str
    counted: tuple[str, ...] = ()
    state: str | None = None
    places: tuple[str, ...] = ()


class FollowedProcess(Struct, frozen=True):
    """The process file, validated. ``name`` tells several processes of one record apart; ``reports`` which of its reports belong
    to this one: all, or those that name one of the parties or places. ``only``: the reports (ids) of a process that was proposed
    from the record (``stages/link/processes.py``) instead of described by a file."""

    name: str
    title: str
    parties: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    issues: tuple[FollowedIssue, ...] = ()
    measures: tuple[FollowedMeasure, ...] = ()
    watch: tuple[str, ...] = ()
    reports: Literal["all", "named"] = "all"
    only: tuple[str, ...] = ()

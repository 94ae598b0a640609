"""What the commands share: settings and options brought together, what was met told to the user, output written."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from rapporteur import settings
from rapporteur.cli.options import Reading as ReadingOptions
from rapporteur.engine import engine_for
from rapporteur.errors import ConfigurationError, InputError
from rapporteur.model.reading import Reading
from rapporteur.model.report import Issue
from rapporteur.pipeline import Known, Reader
from rapporteur.stages.acquire import AcquireOptions

NOTHING_READ = 2

_PAPER_COLUMNS = 200


def acting() -> str:
    """Who acts on the command line, for the audit log."""
    return f"command line ({getpass.getuser()})"


def reader_for(options: ReadingOptions) -> Reader:
    """How to read, from the settings in force and the options, which prevail."""
    if not options.inputs and options.record is None:
        raise InputError("no-input", "INPUT", "nothing to read was named", "name files, folders or addresses, or --record")
    chosen = settings_in_force()
    limits = chosen.limits
    workers = options.workers if options.workers is not None else chosen.workers
    return Reader(
        engine=engine_for(workers, limits.seconds_per_report),
        language=options.language or chosen.language,
        acquire=AcquireOptions(
            max_bytes=limits.bytes_per_input,
            max_unpacked=limits.bytes_unpacked,
            max_members=limits.members,
            timeout=limits.seconds_per_address,
            allow_private=options.allow_private,
        ),
    )


def settings_in_force() -> settings.Settings:
    """Those of the user's folder, the working directory and the environment."""
    return settings.load(os.environ, Path(typer.get_app_dir("rapporteur")), Path.cwd())


@dataclass
class Tally:
    """Counts what was met while reading, and tells of each issue as it comes."""

    read: int = 0
    known: int = 0
    issues: int = 0
    silent: bool = False

    def over(self, met: Iterable[Reading | Known | Issue]) -> Iterator[Reading | Known]:
        """Passes readings and known reports on; says each issue in one line on standard error."""
        for one in met:
            if isinstance(one, Issue):
                self.issues += 1
                if not self.silent:
                    complain(one.message)
                continue
            if isinstance(one, Known):
                self.known += 1
            else:
                self.read += 1
            yield one

    @property
    def summary(self) -> str:
        """``12 reports read, 3 known, 1 issue``."""
        parts = [counted(self.read, "report") + " read"]
        if self.known:
            parts.append(f"{self.known:,} known")
        if self.issues:
            parts.append(counted(self.issues, "issue"))
        return ", ".join(parts)

    def leave(self) -> None:
        """Ends the command with the exit code for nothing read, if nothing was."""
        if not self.read and not self.known:
            complain("nothing was read")
            raise typer.Exit(NOTHING_READ)


def print_table(table: Table) -> None:
    """On standard output: as wide as the terminal, or wide enough for one line per row where there is none."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PAPER_COLUMNS)
    console.print(table)


def counted(number: int, noun: str) -> str:
    """``1 report``, ``2 reports``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def complain(message: str) -> None:
    """One line on standard error; line breaks inside a message (from a file's name, say) do not make it two."""
    typer.echo(f"rapporteur: {' '.join(message.split())}", err=True)


def inform(message: str, *, quiet: bool) -> None:
    """One line on standard error, unless the user wants none."""
    if not quiet:
        typer.echo(message, err=True)


def write_bytes(data: bytes, out: Path | None) -> None:
    """To the file, which is replaced as a whole or not at all; to standard output when there is none."""
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
            file.write(data)
        new = Path(file.name)
        new.chmod(0o666 & ~_umask())
        new.replace(out)
    except OSError as error:
        raise ConfigurationError(f"{out}: cannot be written ({error.strerror}); choose another file with -o") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def entered_at(given: str | None) -> str:
    """What ``--at`` says, checked; without it the time now (ISO 8601, UTC)."""
    at = given or datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    try:
        datetime.fromisoformat(at)
    except ValueError:
        raise InputError("date", f"--at {at}", "is no time", "write it as 2024-01-31T09:00:00Z") from None
    return at

"""``rapporteur serve``: the desk in a browser, on this machine, over one record."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getuser
from importlib import import_module
from pathlib import Path
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket
from typing import Annotated

import typer
import uvicorn

from rapporteur.cli import options as opts
from rapporteur.cli.run import inform, reader_for, settings_in_force
from rapporteur.errors import ConfigurationError
from rapporteur.store import open_store
from rapporteur.watch.round import Watching

PORT = 8765
RECORD = Path("rapporteur.db")


@dataclass(frozen=True, kw_only=True)
class Options(opts.Common):
    """Options of ``serve``."""

    record: Annotated[Path, typer.Option(metavar="FILE", help="The record; made when it is not there.")] = RECORD
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="A record in a database (postgresql://...) instead.", show_default=False)
    ] = None
    host: Annotated[str, typer.Option(help="Address to listen on; by default this machine alone can reach it.")] = "127.0.0.1"
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name by which browsers call the desk, where it is not --host.")
    ] = None
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free.")] = PORT
    who: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who signs judgements and ratings where there are no users; by default you."),
    ] = None
    language: Annotated[
        str | None, typer.Option(metavar="PIPELINE", help="An installed spaCy pipeline instead of the shipped one.")
    ] = None
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch addresses inside private networks too.")] = False
    open: Annotated[bool, typer.Option("--open", help="Open the desk in the web browser.")] = False


@opts.command(Options, help_text="Open the desk in a browser: read, trace, judge and add, on this machine.")
def app(options: Options) -> None:
    """Listens until it is stopped (Ctrl-C)."""
    # Loaded on demand: the web framework takes half a second to import.
    web = import_module("rapporteur.web")
    address = options.database or str(options.record)
    reading = opts.Reading(record=address, language=options.language, workers=1, allow_private=options.allow_private)
    listener = _listener(options.host, options.port)
    port = listener.getsockname()[1]
    named = f"[{options.host}]" if ":" in options.host else options.host
    hosts = ("127.0.0.1", "localhost", "::1", options.host, *(options.name or ()))
    _check_host(options.host, address)
    reader, chosen = reader_for(reading), settings_in_force()
    watching = Watching.by(reader, chosen.alerts)
    application = web.create_app(
        web.WebOptions(
            address=address, reader=reader, hosts=hosts, watching=watching, openid=chosen.openid, who=_signing(options.who)
        )
    )
    at = f"http://{named}:{port}/"

    def tell() -> None:
        inform(f"The desk is open at {at} (record: {address}). Stop it with Ctrl-C.", quiet=options.quiet)
        if options.open:
            webbrowser.open(at)

    config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    _Server(config, tell).run(sockets=[listener])


def _check_host(host: str, address: str) -> None:
    """``ConfigurationError`` when others could reach a desk at which nobody has to sign in."""
    if host in ("127.0.0.1", "localhost", "::1"):
        return
    with open_store(address) as store:
        users = store.team().users()
    if not users:
        reason = "other machines could reach this desk, and nobody would have to sign in"
        advice = "add an admin first (rapporteur user add NAME --role admin), or leave --host out"
        raise ConfigurationError(f"--host {host}: {reason}; {advice}")


def _signing(who: str | None) -> str:
    """``who``, or the name by which the person is known on this machine; "you" where there is none (a bare container)."""
    if who and who.strip():
        return who.strip()
    try:
        return getuser()
    except (KeyError, OSError):
        return "you"


def _listener(host: str, port: int) -> socket:
    listener = socket(AF_INET6 if ":" in host else AF_INET, SOCK_STREAM)
    listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = f"{host}:{port}: cannot be listened on ({error.strerror}); choose another with --port, or 0 for any"
        raise ConfigurationError(reason) from error
    return listener


class _Server(uvicorn.Server):
    """Says where it is as soon as it answers."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Starts listening."""
        await super().startup(sockets)
        self._tell()

"""The real server: uvicorn in a thread, on a free port, over a record."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn

from rapporteur.accounts import next_account
from rapporteur.engine import InProcess
from rapporteur.pipeline import Reader, gather
from rapporteur.stages.write import ComposeOptions
from rapporteur.store import open_store
from rapporteur.web import WebOptions, create_app

EXAMPLE = Path(str(files("rapporteur"))) / "examples" / "merrow-tavoria"
TITLE = "Merrow and Tavoria"


@cache
def reader() -> Reader:
    return Reader(InProcess())


def example_record(path: Path) -> Path:
    """A record of the example's reports with one account."""
    with open_store(path) as store:
        for _ in gather([str(EXAMPLE / "reports")], store, reader()):
            pass
        next_account(store, ComposeOptions(title=TITLE))
    return path


def options(path: Path, **more: Any) -> WebOptions:
    return WebOptions(address=str(path), reader=reader(), **more)


@contextmanager
def serving(path: Path, **more: Any) -> Iterator[str]:
    """Address (``http://127.0.0.1:PORT``) of a server over the record at ``path``; ``more`` are options of the application."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(options(path, **more)), log_level="warning", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive() and time.monotonic() < end, "the server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)

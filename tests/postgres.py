"""A PostgreSQL server for the tests: a real one, started when the first test asks for it, for all test workers, gone afterwards.

``conftest.py`` names its folder before the workers start and stops it when they have ended.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from rapporteur.store.postgres import open_store
from tests import debian

FOLDER = "TEST_POSTGRES_OF_RAPPORTEUR"
"""The environment variable with the folder, no setting of the program, hence its name; under it stand the cluster, its log, and
``address`` when it runs."""

TEMPLATE = "rapporteur_template"

# What makes a server safe against the loss of power, and slow.
_UNSAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": 0}
_SMALL = {"shared_buffers": "64MB", "max_connections": 200}
_HEARD = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}


def programs() -> Path:
    """The folder of the server's programs, the newest there is; skips the test where there is none."""
    found = debian.program(("postgres",), "postgresql", "usr/lib/postgresql/*/bin")
    if found is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt install postgresql)")
    return Path(found).resolve().parent


def database(name: str, *, empty: bool = False) -> str:
    """Address of the database ``name``; one that is not there yet is made, with a new record's tables unless it is ``empty``."""
    server = _server()
    with psycopg.connect(server + "postgres", autocommit=True) as connection:
        held = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if held is None:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else TEMPLATE}")
    return server + name


@cache
def _server() -> str:
    folder = Path(os.environ[FOLDER])
    programs()  # skips the test where there is no server
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        address = folder / "address"
        if not address.exists():
            server = _start(folder)
            with psycopg.connect(server + "postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            open_store(server + TEMPLATE).close()
            address.write_text(server)
        return address.read_text()


def _start(folder: Path) -> str:
    cluster, port = folder / "cluster", free_port()
    cluster.mkdir()
    rights = _unprivileged()
    if rights:
        shutil.chown(cluster, rights["user"], rights["group"])
    command = [programs() / "initdb", "-D", cluster, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run(command, check=True, capture_output=True, cwd="/", **rights)
    settings = [f"--{name}={value}" for name, value in {**_UNSAFE, **_SMALL, **_HEARD, "port": port}.items()]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs() / "postgres", "-D", cluster, *settings],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True, **rights,
        )  # fmt: skip
    (folder / "pid").write_text(str(server.pid))
    address = f"postgresql://tester@127.0.0.1:{port}/"
    for _ in range(200):
        with suppress(psycopg.OperationalError), psycopg.connect(address + "postgres"):
            return address
        time.sleep(0.05)
    raise RuntimeError((folder / "log").read_text())


def _unprivileged() -> dict[str, Any]:
    """The server refuses to run as root: keyword arguments for ``subprocess`` to run it as somebody else then."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}


def free_port() -> int:
    """Of 127.0.0.1."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def name_folder() -> None:
    """Before the workers start: they inherit it."""
    folder = Path(tempfile.gettempdir()) / f"rapporteur-postgres-{os.getpid()}"
    os.environ[FOLDER] = str(folder)


def stop() -> None:
    """After they have ended: the server stops at once, its folder goes."""
    folder = Path(os.environ[FOLDER])
    if (folder / "pid").exists():
        stopping = [programs() / "pg_ctl", "-D", folder / "cluster", "-m", "immediate", "stop"]
        subprocess.run(stopping, check=False, capture_output=True, cwd="/", **_unprivileged())
    shutil.rmtree(folder, ignore_errors=True)

"""The job queue of a record in PostgreSQL: procrastinate keeps the order, gives jobs to workers (SKIP LOCKED, NOTIFY), notices
dead workers by their heartbeat and tries again. Its tables have a schema of their own. https://procrastinate.readthedocs.io
"""

from __future__ import annotations

import asyncio
import logging
import math
from contextlib import suppress
from threading import Event
from typing import Any

from sqlalchemy import Connection, select, text

from rapporteur.errors import ConfigurationError, StoreError
from rapporteur.jobs.base import KEPT_SECONDS, Handles
from rapporteur.jobs.sql import PATIENCE_SECONDS, SqlQueue
from rapporteur.store.job_tables import jobs
from rapporteur.store.postgres import PostgresStore

try:
    from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision, SyncPsycopgConnector
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Job as Deferred
    from procrastinate.manager import JobManager
    from procrastinate.schema import SchemaManager
except ImportError as error:
    raise ConfigurationError("postgresql://: needs the package procrastinate; pip install rapporteur[team]") from error

SCHEMA = "procrastinate"
TASK = "rapporteur.job"
LOOK_SECONDS = 0.2
"""How often a worker looks whether it is to stop."""

_MANAGER = JobManager(SyncPsycopgConnector())


class _FailedError(Exception):
    """A try that failed; ``seconds`` until the next, infinitely many when there is none."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class _Again(BaseRetryStrategy):
    """Tries again when the queue says so."""

    def get_retry_decision(self, *, exception: BaseException, job: Deferred) -> RetryDecision | None:
        if not isinstance(exception, _FailedError) or math.isinf(exception.seconds):
            return None
        return RetryDecision(retry_in={"milliseconds": int(1_000 * exception.seconds)})


class PostgresQueue(SqlQueue):
    """The jobs in the database of ``store``; arguments as ``SqlQueue``."""

    def __init__(
        self, store: PostgresStore, *, patience: float = PATIENCE_SECONDS, hurry: float = 1.0, kept: float = KEPT_SECONDS
    ) -> None:
        super().__init__(store, patience=patience, hurry=hurry, kept=kept)
        self._address = store.url
        made = text(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs')")
        if store.rows(made)[0][0] is None:
            with store.writing() as connection:
                if connection.execute(made).scalar() is None:  # another process may have made them in the meantime
                    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
                    _inside(connection)
                    _driver(connection).execute(SchemaManager.get_schema())

    def _defer(self, connection: Connection, number: int) -> None:
        kind = connection.execute(select(jobs.c.kind).where(jobs.c.number == number)).scalar_one()
        _inside(connection)
        job = Deferred(queue=kind, lock=None, queueing_lock=None, task_name=TASK, task_kwargs={"number": number})
        _MANAGER.defer_job(job, connection=_driver(connection))

    def work(self, handles: Handles, stop: Event) -> None:
        # Why a job failed is kept with the job; the log would say it once more, with a traceback.
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
        while not stop.is_set():
            try:
                self._adopt()
                asyncio.run(self._work(handles, stop))
            except (ConnectorException, StoreError):
                stop.wait(1.0)  # the server is being restarted, or gone: what waits is safe there

    def _adopt(self) -> None:
        """Lets jobs wait that procrastinate knows nothing of: those of a record that was copied."""
        known = (
            f"SELECT 1 FROM {SCHEMA}.procrastinate_jobs AS known WHERE known.status IN ('todo', 'doing')"
            " AND known.queue_name = jobs.kind AND (known.args ->> 'number')::int = jobs.number"
        )
        lost = f"SELECT number FROM jobs WHERE state IN ('waiting', 'running') AND NOT EXISTS ({known}) ORDER BY number"
        with self._store.writing() as connection:
            for number in connection.execute(text(lost)).scalars().all():
                self._defer(connection, number)

    async def _work(self, handles: Handles, stop: Event) -> None:
        inside = {"options": f"-c search_path={SCHEMA}"}
        # One connection per worker listens for new jobs; the others are shared.
        most = len(handles) + 3
        app = App(connector=PsycopgConnector(conninfo=self._address, kwargs=inside, min_size=1, max_size=most))

        @app.task(name=TASK, retry=_Again())
        def run(number: int) -> None:
            seconds = self._do(number, handles, stop)
            if seconds is not None:
                raise _FailedError(seconds)

        async with app.open_async():
            workers = [asyncio.create_task(self._worker(app, kind)) for kind in handles]
            try:
                look = 0.0
                while not stop.is_set() and not any(worker.done() for worker in workers):
                    if look <= 0:
                        look = self._patience / 2
                        await self._free(app)
                    look -= LOOK_SECONDS
                    await asyncio.sleep(LOOK_SECONDS)
            finally:
                for worker in workers:
                    worker.cancel()  # which lets the job in hand be done
                ended = await asyncio.gather(*workers, return_exceptions=True)
            for error in ended:
                if isinstance(error, Exception):
                    raise error

    async def _free(self, app: App) -> None:
        """Lets the jobs of workers that have died wait again."""
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._patience):
            with suppress(ConnectorException):  # another worker was faster
                await app.job_manager.retry_job(job)

    async def _worker(self, app: App, kind: str) -> None:
        await app.run_worker_async(
            queues=[kind],
            install_signal_handlers=False,
            delete_jobs="successful",  # what is known of a job is kept with the record
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=self._patience / 3,
            stalled_worker_timeout=self._patience,
        )


def _inside(connection: Connection) -> None:
    """For the rest of the transaction names mean procrastinate's tables first; the record's are all that come after."""
    connection.execute(text(f"SELECT set_config('search_path', '{SCHEMA},' || current_setting('search_path'), true)"))


def _driver(connection: Connection) -> Any:
    """psycopg's connection under SQLAlchemy's."""
    return connection.connection.driver_connection

"""The worker: sends what waits in the outbox and does the periodic jobs, until it is told to stop."""

import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections, connection

from kilauta.kit.jobs import operations as jobs
from kilauta.kit.outbox.carriers import SHELF, Post
from kilauta.kit.outbox.delivering import Outcome, deliver_next
from kilauta.kit.outbox.journal import Journal
from kilauta.kit.outbox.smtp import Mailer
from kilauta.lib import clock

logger = logging.getLogger(__name__)

JOURNAL = "outbox-sent.txt"  # in the data folder, beside the database

LOOK_SECONDS = 2  # somebody may be waiting for a code
JOBS_SECONDS = 20
BEAT = timedelta(seconds=30)
# A mail server that does not answer is left alone for so long, with all that waits for it.
UNREACHABLE_PAUSE = timedelta(minutes=1)
# A job that is being done when the worker is told to stop may take so long; it is done again otherwise.
LAST_JOB_SECONDS = 25


class Worker:
    """One process that works. `parent`: end, too, when that process has ended."""

    def __init__(self, *, parent: int = 0) -> None:
        self.stopping = threading.Event()
        self.parent = parent
        self.mailer = Mailer(settings.MAIL, settings.MAIL_FROM) if settings.MAIL else None
        self.post = SHELF if settings.DEMO else Post(mail=self.mailer)
        self.journal = Journal(settings.DATA / JOURNAL)
        self._beaten_at: datetime | None = None
        self._pause_until: datetime | None = None

    def once(self) -> bool:
        """Send what is due and do the jobs that are due; return whether no job failed."""
        jobs.beat(clock.now())
        self._deliver()
        return all(jobs.run_due(clock.now()).values())

    def run(self) -> None:
        """Work until told to stop, and then finish the message in hand."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: self.stopping.set())
        # a job of minutes must not keep anybody's code from being sent
        beside = threading.Thread(target=self._repeat, args=(self._do_jobs, JOBS_SECONDS), daemon=True)
        beside.start()
        self._repeat(self._deliver, LOOK_SECONDS)
        beside.join(LAST_JOB_SECONDS)

    def _repeat(self, work: Callable[[], None], seconds: float) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            try:
                work()
            except Exception as fault:  # noqa: BLE001 -- whatever happened, the next message may go out
                # where, not the words of the fault: they may be somebody's data
                where = "".join(traceback.format_tb(fault.__traceback__))
                logger.error("The worker failed: %s\n%s", type(fault).__name__, where)  # noqa: TRY400 -- the same
                connection.close()
            if self.parent and os.getppid() != self.parent:
                self.stopping.set()
            self.stopping.wait(seconds)
        connection.close()

    def _do_jobs(self) -> None:
        jobs.run_due(clock.now())

    def _deliver(self) -> None:
        """Send one message after the other while there are any."""
        outcome: Outcome | None = Outcome.SENT
        while outcome is not None and not self.stopping.is_set():
            now = clock.now()
            self._beat(now)
            if self._pause_until and now < self._pause_until:
                break
            outcome = deliver_next(now=now, post=self.post, journal=self.journal)
            self._pause_until = now + UNREACHABLE_PAUSE if outcome is Outcome.UNREACHABLE else None
        if self.mailer:
            self.mailer.rest()

    def _beat(self, now: datetime) -> None:
        if self._beaten_at is None or now - self._beaten_at >= BEAT:
            jobs.beat(now)
            self._beaten_at = now

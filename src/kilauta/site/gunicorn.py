"""How gunicorn serves the site, in the demo and in production alike."""

import gc
import logging
import os
import re
import subprocess
import sys
from datetime import timedelta

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from kilauta.kit import metrics
from kilauta.lib import finnish

# A query may hold what a person looked for: it reaches no log, be the request good or broken.
QUERY = re.compile(r"\?[^\s'\"]*")
# Whoever has such an address may do something: it is a key that came by mail, on a slip or on a page of one's own.
KEYS = (
    *(
        "kutsu",
        "vahvista",
        "kerroit",
        "varaus",
        "tyopoyta/varaa",
        "kalenteri",
        "etatuki",
        "jono",
        "vapautunut",
        "ilmoittautuminen",
    ),
    *("tukipyynto/oma", "ohjaus/oma", "ohjaus", "haluamme-aloittaa", "miten-meni/kiitos", "miten-meni/poyta"),
)
MAILED = re.compile(rf"(/(?:{'|'.join(KEYS)})/)[^/]+")


class WithoutQueries(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = QUERY.sub("?…", record.getMessage()), ()
        return True


class DiscreetLogger(Logger):  # type: ignore[misc]  # gunicorn is untyped
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.addFilter(WithoutQueries())

    def atoms(self, resp: object, req: object, environ: dict[str, str], took: timedelta) -> dict[str, object]:
        # the path as it was sent, still escaped: a line feed in it must not begin a line of its own
        path = MAILED.sub(r"\1…", environ["RAW_URI"].partition("?")[0])
        return {**super().atoms(resp, req, environ, took), "U": path}


logger_class = DiscreetLogger
# Time, verb, path, answer, bytes, microseconds: no query, no referring page, no browser.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(b)s %(D)s'
DEMO = os.environ.get("KILAUTA_DEMO") == "1"
accesslog = None if DEMO else "-"

# Two processes of four threads, loaded once and then forked, so that the word lists are in memory once.
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 30
# Nobody steers a running server through a socket in someone's home folder.
control_socket_disable = True

workers_of_the_demo: list[subprocess.Popen[bytes]] = []


def when_ready(_server: Arbiter) -> None:
    """Load the word list and keep the collector from writing to the pages the workers share with this process."""
    finnish.backend()
    gc.collect()
    gc.freeze()
    if DEMO:  # one command runs all of it; elsewhere the worker is a service of its own
        command = [sys.executable, "-m", "kilauta.site.cli", "worker", "--parent", str(os.getpid())]
        workers_of_the_demo.append(subprocess.Popen(command))  # noqa: S603 -- our own program


def on_exit(_server: Arbiter) -> None:
    """Let the demo's worker finish the message in hand; it would end by itself when this process has."""
    for worker in workers_of_the_demo:
        worker.terminate()


def worker_exit(_server: Arbiter, _worker: Worker) -> None:
    """Write the counts a worker still holds when it stops."""
    metrics.flush()

"""Django's SQLite, with no garbage collected in a process while one of its threads writes, or waits to.

A collection frees what others have left in circles: also statements of another thread's connection, for which SQLite
wants that connection's lock. That thread may be waiting for the right to write, with its lock held, and the collection
may have begun in the very thread that has the right: then both wait until the other's patience is over, and a request
ends in an error; it has also ended the process. (Every error of the database leaves such a circle.) So the collector
rests while a thread of the process waits for that right, or has it.
"""

import gc
from threading import Lock

from django.db.backends.sqlite3 import base

_lock = Lock()
_writing: set[int] = set()


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        # a database in memory belongs to one process, which may write in it for as long as it lives
        if not self.is_in_memory_db():
            with _lock:
                _writing.add(id(self))
                gc.disable()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._has_written()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._has_written()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._has_written()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._has_written()

    def _has_written(self) -> None:
        with _lock:
            if id(self) in _writing:
                _writing.discard(id(self))
                if not _writing:
                    gc.enable()

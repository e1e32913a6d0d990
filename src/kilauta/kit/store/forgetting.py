"""What was deleted is gone from the disk as well."""

import logging

from django.db import connection, transaction

logger = logging.getLogger(__name__)


def forget_deleted() -> None:
    """Once the transaction is complete, let no file of SQLite hold what was deleted or overwritten in it.

    Deleted bytes in the file are overwritten at once (`secure_delete`); the write-ahead log keeps older pages until
    it is carried over and cut. PostgreSQL clears its table files by itself in time, and at once by VACUUM FULL.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_cut_log)


def _cut_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_pages) = cursor.fetchone()
    if busy:
        # a reader held an old state for all the time we may wait; the daily job cuts again
        logger.warning("The write-ahead log could not be cut yet.")

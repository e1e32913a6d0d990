"""Anonymous counts: noted in memory while pages are read, written in batches by one flush.

A GET changes no domain row; this buffer is the one exception (with the access log). A count holds what happened and
how often within an hour, nothing about who did it, and may be lost with the process: it is a statistic, not a record.
"""

from .buffer import Note, flush, note, receive

__all__ = ["Note", "flush", "note", "receive"]

"""Work that is done at its time: periodic jobs with a heartbeat, done by `kilauta worker`.

A *job* is declared in an app's `ports/jobs.py` (JOBS) and may be done twice without harm. It is *due* every so often,
or each day at a wall time of Finland; what was missed while nobody worked is done once. A job that fails is told and
tried again, and keeps no other from its turn. The *heartbeat* says when a worker was last at work.
"""

from .declarations import Job

__all__ = ["Job"]

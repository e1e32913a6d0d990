"""The product with its clock stopped, so that what a page shows does not hang on when the tests run."""

import os
from datetime import datetime

from kilauta.lib import clock
from kilauta.site.wsgi import application

__all__ = ["application"]

INSTANT = datetime.fromisoformat(os.environ["STOPPED_AT"])
clock.now = lambda: INSTANT

from datetime import datetime

from kilauta.kit.privacy import erasing


def after_restore(now: datetime) -> None:
    """Let a database put back from a copy forget again whom it had forgotten, and what was over."""
    erasing.replay(now=now)

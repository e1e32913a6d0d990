"""Who may change what the networks of an installation share."""

from kilauta.kit.access.holdings import Holdings
from kilauta.kit.access.roles import Verb

from .models import Network


def keeps_common(mine: Holdings) -> bool:
    """Return whether a coordinator may change what belongs to no network: lists of words, rules, e-services.

    Where there is one network, it is hers. Where there are several, a change would reach the others' residents too,
    so it is for somebody who looks after the whole installation.
    """
    return mine.everywhere(Verb.HOUSE) or Network.objects.count() == 1

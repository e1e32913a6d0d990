"""Facts of the territory to which the domains above it react, in their `ports/reactions.py`."""

from django.dispatch import Signal

# A village or part of a town is called otherwise from now on, so what is found by its name has to be found by the new
# one. Sent in the transaction of the change, with the `locality` as it is now.
locality_renamed = Signal()

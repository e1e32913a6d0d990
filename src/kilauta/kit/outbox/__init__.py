"""Mail and text messages: first written in the same transaction as the deed, then sent by the worker.

A *message* is one text to one address, in the language of whoever receives it. It *waits* until the worker has handed
it to the *post* (a mail server, a gateway of text messages): then it is *sent*. It is *cancelled* when what it is
about no longer holds, *dead* when nobody can be reached at its address, and *settled* when somebody has seen to a dead
one by other means. Nothing is lost when a worker is killed; what was handed over in that very moment is sent once
more with the same Message-ID. The *journal*, a file beside the database, remembers what was sent even when an older
database is put back.

A mail may carry a letter of `kit.calendars` beside its words: what it asks the receiver's calendar to do.

Other parts write with `operations.send` and take back with `operations.cancel`.
"""

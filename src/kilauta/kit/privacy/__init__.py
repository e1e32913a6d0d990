"""What is known about people, why, how long, and who sees it; and which texts are about no person at all.

Every app with texts declares them in `ports/privacy.py`:

    PERSONAL    a tuple of `Personal`: a field, its words for the privacy notice, and the `Clock` that ends it
    SUBJECTS    a tuple of `Subject`: how the rows about one person are found, and what an erasure does to them
    IMPERSONAL  models ("label.Model", all of its texts) or single fields ("label.Model.field") about nobody

A field that nobody declares fails a test: personal data enters with a purpose and an end, or does not enter.

What follows from it: `notice` and `record` tell it, `retention` ends what is over, `subjects` finds and `erasing`
erases what is held about one person, `journal` lets a restored copy forget them again. Beside it: `guard` keeps
identity numbers out of free text, `access_log` tells who has looked at whom.
"""

from .declarations import (
    DELETE,
    EMPTY,
    KEEP,
    UNTIL_ERASED,
    Clock,
    Personal,
    Subject,
    endless,
    personal,
    subjects,
    undeclared,
    unknown,
    unreachable,
)

__all__ = [
    "DELETE",
    "EMPTY",
    "KEEP",
    "UNTIL_ERASED",
    "Clock",
    "Personal",
    "Subject",
    "endless",
    "personal",
    "subjects",
    "undeclared",
    "unknown",
    "unreachable",
]

"""What is known about people, why, how long, and who sees it; and which texts are about no person at all.

Every app with texts declares them in `ports/privacy.py`: `PERSONAL`, a tuple of `Personal`, and `IMPERSONAL`,
names of models ("label.Model", all of its texts) or of single fields ("label.Model.field"). A text field that
nobody declares fails a test: personal data enters with a purpose and an end, or does not enter.
"""

from .declarations import Personal, personal, undeclared, unknown

__all__ = ["Personal", "personal", "undeclared", "unknown"]

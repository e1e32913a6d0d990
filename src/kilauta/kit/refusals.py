"""How an operation says no."""


class Refused(Exception):  # noqa: N818 -- the house's word: an operation says no, with a reason
    """An operation says no: a code for programs, a sentence a person can act on, the field it is about."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field

from . import bookings, offers, rooms

_PARTS = (offers, bookings, rooms)
PERSONAL = tuple(each for part in _PARTS for each in part.PERSONAL)
SUBJECTS = tuple(each for part in _PARTS for each in part.SUBJECTS)
IMPERSONAL = tuple(each for part in _PARTS for each in part.IMPERSONAL)

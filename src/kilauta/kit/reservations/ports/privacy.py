PERSONAL = ()
SUBJECTS = ()
# keys of things, never names; a person's key leads to nobody once the person is erased
IMPERSONAL = ("reservations.Resource", "reservations.Reservation")

from kilauta.kit.privacy import Subject

PERSONAL = ()
SUBJECTS = (Subject("booking.CallRoom", person="supporter"),)
# the name of the room and its code are of chance, and gone a day after the meeting
IMPERSONAL = ("booking.CallRoom",)

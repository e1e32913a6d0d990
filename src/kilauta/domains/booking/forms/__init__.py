"""The forms of the public, of the desk and of those who can be booked."""

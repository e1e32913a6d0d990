"""The rights of those whom data are about: to know what is held and who has looked, to take it along, to be erased.

Pages for the data-protection officer and the administrator, and one for everybody about themselves. What is found,
told and erased, and by which rules, is known to `kit.privacy`; here stands who may ask for it.
"""

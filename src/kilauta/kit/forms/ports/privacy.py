# Hashes that cannot be turned back, and an address of ours; gone after two days.
IMPERSONAL = ("forms.SentForm",)

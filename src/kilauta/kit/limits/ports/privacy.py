# Keyed hashes that change with every window of time and are deleted after it.
IMPERSONAL = ("limits.Count",)

# Counts hold words of our own vocabulary only; what a person typed is never kept as it was typed.
IMPERSONAL = ("finder.Synonym", "finder.Finding")

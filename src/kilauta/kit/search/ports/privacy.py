# The index holds tokens of what is public already.
IMPERSONAL = ("search.SearchDocument", "search.SearchTerm")

# Copies of what the tables of the exchange hold, and names of columns. What is about a person stands in a table
# of its own domain, which says so there; the tables of the exchange hold organisations and services.
IMPERSONAL = ("exchange.Mapping", "exchange.Arrived", "exchange.Review")

"""Events as facts: who gets a seat, who is called next, when a series comes, what fits in a column."""

"""Times as facts: which slots are free, who is next in line, what a series makes of its weeks."""

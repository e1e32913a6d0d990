"""The directory as facts: what a page, a ranking or a print may know, without a database."""

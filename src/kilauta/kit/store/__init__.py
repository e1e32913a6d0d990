"""Where the data lies: SQLite by default, PostgreSQL by setting; the same behaviour on both.

Words: an *edition* is the stamp of everything the public may read; it changes with every change to it.
"""

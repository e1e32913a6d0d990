"""Backups of the whole database: made while others write, tried at once by restoring, and put back whole or not at all.

Words: a *dump* is the database as its own programs copy it; a *weight* is the number of rows of a table and a sum
over them; the *manifest* says what a backup holds. A backup is one file: a line of text, then a tar.gz of manifest
and dump, which is encrypted where there is a key. `making` makes, `restoring` puts back and asks the port `restore`.
"""

"""The database engine of installations on SQLite: Django's own, made safe for threads."""

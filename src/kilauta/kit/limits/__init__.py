"""How often something may be done: counts kept in the database, shared by every process, forgotten soon.

What is counted is known only by a keyed hash that changes with each window of time: no address and no name is kept.
"""

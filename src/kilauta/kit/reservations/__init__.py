"""What can be in one place only at a time, a person, a room, a device, a line: nobody gets it twice for one time.

Words: a *resource* is such a thing, known by its kind and by its owner's key. A *reservation* holds one *seat* of it
for a half-open time `[starts_at, ends_at)`; most resources have one seat. Its *holder* says whose it is, as
`label.matter:key`. A *tick* is five minutes of one seat.

Invariant, held by the database: no tick of a seat is held twice (a unique constraint, the same on both databases).
Ticks begin at whole multiples of five minutes of UTC, and a time holds every tick it touches: two that overlap share
one.
"""

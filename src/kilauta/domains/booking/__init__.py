"""Times for help: offered, booked, moved, cancelled, kept.

Words: an *offer* is what can be booked: one way to get help, by one supporter, at a place or from afar. Its *pattern*
is the weekly times, its *exceptions* single days. A *slot* (aika) is a free time of an offer. A *booking* (varaus) is a
slot that is somebody's. *Waiting* is a place in line for a time that may come free; an *opening* is such a time,
offered to one in line. A *facility* is a room or a device of a place; a *call* is somebody no message reaches.

Invariants: a person, a room or a device is booked once for a time (`kit.reservations`); a booking that cannot be moved
keeps its old time; weekly times keep the time on the wall; a booking becomes one guidance session at most.
"""

"""Gatherings people find, come to, and are counted at.

Words: an *event* (tapahtuma) is what is told of a gathering; an *occurrence* (kerta) is one time of it, and a *series*
an event of several. Who *signs up* (ilmoittautuminen) has a seat, or a place in the waiting line. An *arrival* is
somebody who came, ticked or counted at the door. A *ticket* (jonotuslappu) is a number in the queue of the day. An
*outlet* (julkaisukanava) is where an event is told of, a *notice* one event's telling there, with who does it by when.
A *venue* (toimipaikka) is a place seen by how its guidance goes on.

Invariants: a seat is one person's; whoever came later never gets one before who waits; an occurrence that is moved or
cancelled stays to be seen as such; who signed up and came is one arrival; an arrival and a call come once, however
often they are sent; names go 30 days after the last time, numbers stay.
"""

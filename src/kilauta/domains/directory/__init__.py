"""Who helps with what, how the help is got, and whether that is true now.

An *organisation* gives a *service* (what is helped with: topics, devices, audiences, limits); a *channel* is one
way to get one service (phone, a place, a visit, remote). A channel belongs to exactly one service. Hours belong to a
place, a channel or a network's phone line; a channel without hours is *unknown* unless it says that it follows its
place. An *e-service* is the thing people struggle with; its owner's own service for it is its own support line.
A *verification* says who last made sure of hours, contacts or content, how, and when it is due again.
Value lists (topics, audiences, limits, modes …) are one committed table, data/values.csv; codes are never renamed.
"""

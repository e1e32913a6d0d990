"""The help itself: it is asked for, passed on, given and counted, and those who got it say how it went.

Words: a *help request* (tukipyyntö) is somebody's wish to be helped, which one supporter takes. A *referral* (ohjaus
eteenpäin) sends a person on to another provider, with their consent. A *start-up request* is a body that wants to begin
guidance at its venue. A *guidance session* (opastuskerta) is help that happened: of one person or a group, without
anybody's identity. *Persons* are those helped in a session; the same person twice is two *visits*, and nobody can know.
*Shares* are the totals of a group by one property at a time. *Feedback* is what somebody who was helped answers.

Invariants: one taker per request; a request or a booking becomes one session at most; a session that was taken back
counts nowhere; days are days in Finland; personal data ends by its clock and the figures stay as they were.
"""

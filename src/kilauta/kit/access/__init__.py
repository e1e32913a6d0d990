"""Who may do what: roles that a person holds in an organisation or a network, from a day to a day.

A *role* is a set of *verbs*; a page asks for a verb. A *grant* is a role that a person holds in a *scope*: a body
(an organisation), a region (a network), or the whole house. Domains tell about bodies and regions through the
port `access`. Nobody gives a role above their own; the last administrator stays.
"""

"""Where everything happens: regions, municipalities, localities, and the networks that serve them.

A *network* is a regional digital-support network with a public name, a look and a phone line of its own; one
installation can hold several, chosen by host name. Entries of the directory belong to none of them.
Merged municipalities stay readable: they have an end date and a successor.
"""

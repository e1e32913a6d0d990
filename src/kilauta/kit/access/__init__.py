"""Who may do what: roles that a person holds in an organisation or a network, from a day to a day."""

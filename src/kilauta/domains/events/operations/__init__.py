"""Every write about events: told of, signed up for, come to, counted and told again."""

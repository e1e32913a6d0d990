"""Every non-trivial read of events: for the public, for the desk, for calendars and for figures."""

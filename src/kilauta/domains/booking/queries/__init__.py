"""Every non-trivial read of offers, bookings, calendars and rooms."""

from kilauta.domains.booking.queries.meetings import still_wanted

STILL_WANTED = {"booking.reminder": still_wanted}

from kilauta.domains.events.queries.reminders import still_wanted

STILL_WANTED = {"events.reminder": still_wanted}

"""Work that is done at its time: periodic jobs with a heartbeat, done by `kilauta worker`."""

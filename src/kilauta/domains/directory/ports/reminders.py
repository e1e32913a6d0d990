from kilauta.domains.directory.queries.asking import still_asked

STILL_WANTED = {"directory.right": still_asked}

"""What the developer's commands are made of. Nothing here is part of the installed product."""

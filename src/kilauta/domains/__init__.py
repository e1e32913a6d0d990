"""The work: each folder is one subject, placed on the map in .importlinter."""

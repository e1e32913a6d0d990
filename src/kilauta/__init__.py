"""The working tool of a regional digital-support network."""

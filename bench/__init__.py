"""Measurements: how often search finds, what a page costs, how many queries it makes. See README.md."""

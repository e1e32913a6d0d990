"""Reads of the finder: the offers of a network, the answer to a need, a search, the places a query names."""

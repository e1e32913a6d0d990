"""Recall: of queries as people type them, how many have a right service among the first five rows."""

"""HTTP about help: who asks, one query or operation, one answer."""

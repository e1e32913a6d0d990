"""What is filled in about help: asking for it, logging it, telling how it went, choosing figures."""

"""Mail and text messages: first written in the same transaction as the deed, then sent by the worker."""

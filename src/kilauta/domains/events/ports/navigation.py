"""Pages of this domain that others may point at by kind, without knowing whose they are."""

ADDRESSES = {"events": "events:listing", "event": "events:event"}

"""Pages of this domain that lower ones may point at by kind, without knowing whose they are."""

ADDRESSES = {
    "topic": "finder:topic",
    "eservice": "finder:eservice",
    "municipality": "finder:municipality",
    "search": "finder:search",
    "desk": "finder:desk",
    "desk-entry": "finder:desk-entry",
}

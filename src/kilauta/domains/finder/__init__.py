"""Finding help: search that knows Finnish, and *Kenelle kilautan?*, one answer to ring now, with its reasons.

A *need* is what help is wanted with (an everyday group, a topic or an e-service). An *offer* is one channel of one
service, seen as an answer to a need. A *finding* is the anonymous count of a search, an answer or a view: words of our
own vocabulary, place, count; never who, never finer than the hour.
"""

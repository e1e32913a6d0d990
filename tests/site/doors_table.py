"""The table of doors: for every address that is shut, what opens it, by which method, and who reaches whose thing.

Who comes: "-" a stranger, s a supporter of ours, e the editor of our organisation, o the editor of another one of our
network, c our coordinator, t our steering group, x the coordinator of the other network, a the administrator.
"""

from __future__ import annotations

from dataclasses import dataclass

# Who may do it somewhere; to the others it is forbidden.
MAY = {
    "work": "seoctxa",
    "edit": "eocxa",
    "people": "eocxa",
    "lists": "ctxa",
    "numbers": "ctxa",
    "coordinate": "cxa",
    "tell": "cxa",
    "logs": "a",
    "house": "a",
}
NOBODY = ""


@dataclass(frozen=True)
class Row:
    """What lets one in, by which method, and who reaches the thing of each owner; to the others it is not there."""

    verb: str
    methods: str
    reach: dict[str, str]
    thing: str = ""


EDITORS = {"ours": "eca", "neighbour": "oca", "theirs": "xa", "nobody": NOBODY}
OFFICE = {"": "ca"}
OFFICE_THINGS = {"ours": "ca", "theirs": NOBODY, "nobody": NOBODY}
OWN_THINGS = {"ours": "c", "theirs": NOBODY, "nobody": NOBODY}
# Things of the people who help in an organisation; another network's has nobody of the table in it.
HELPERS = {"ours": "se", "neighbour": "o", "theirs": NOBODY, "nobody": NOBODY}
EVENTS = {"ours": "eca", "neighbour": "oca", "theirs": "xa", "nobody": NOBODY}
# The day of an event: who works where it is held, besides those who may change it.
EVENT_DAYS = {"ours": "seca", "neighbour": "oca", "theirs": "xa", "nobody": NOBODY}
BOTH, GET, POST = "GP", "G", "P"

ROWS = {
    "desk": Row("work", GET, {"": "seoctxa"}),
    "access:pledge": Row("work", BOTH, {"": "seoctxa"}),
    "access:pledge-office": Row("coordinate", BOTH, {"": "ca"}),
    "rights:person": Row("logs", BOTH, {"": "a"}),
    "rights:log": Row("logs", GET, {"": "a"}),
    "rights:mine": Row("work", GET, {"": "seoctxa"}),
    "rights:mine-saved": Row("work", GET, {"": "seoctxa"}),
    "finder:desk-send": Row("work", BOTH, {"": "seoctxa"}),
    "finder:searched": Row("lists", GET, {"": "cta"}),
    "finder:searched-file": Row("lists", GET, {"ours": "cta", "nobody": NOBODY}, "form of a file"),
    "access:people": Row(
        "people", BOTH, {**EDITORS, "region": "ca", "other region": "xa", "house": "a"}, "scope"
    ),
    "access:end": Row(
        "people", POST, {"ours": "eca", "neighbour": "oca", "theirs": "xa", "nobody": NOBODY}, "grant"
    ),
    "access:withdraw": Row("people", POST, EDITORS, "invitation"),
    "access:away": Row("work", BOTH, {"": "seoctxa"}),
    "access:away-of": Row("work", BOTH, EDITORS, "helper"),
    "access:back": Row("work", POST, EDITORS, "absence"),
    "office-opening": Row("house", BOTH, {"": "a"}),
    "directory:office-months": Row("lists", GET, {"": "cta"}),
    "directory:office-months-xlsx": Row("lists", GET, {"": "cta"}),
    "office": Row("lists", GET, {"": "cta"}),
    "office-invitations": Row("coordinate", GET, OFFICE),
    "office-outbox": Row("coordinate", GET, OFFICE),
    "office-again": Row("coordinate", POST, {"ours": "ca", "nobody": NOBODY}, "message"),
    "communications:answers": Row("tell", GET, OFFICE),
    "communications:answer": Row("tell", BOTH, OFFICE_THINGS, "feedback"),
    **{
        f"communications:office-{name}": Row("tell", GET, OFFICE)
        for name in ("pages", "news", "contacts", "links")
    },
    **{
        f"communications:office-new-{name}": Row("tell", BOTH, OFFICE) for name in ("news", "contact", "link")
    },
    "communications:office-new-page": Row("tell", BOTH, {"ours": "ca", "nobody": NOBODY}, "kind of page"),
    **{
        f"communications:office-{name}": Row("tell", BOTH, OFFICE_THINGS, f"own {name.split('-')[-1]}")
        for name in ("page", "edit-page", "one-news", "edit-news", "contact", "link")
    },
    "directory:office-list": Row("lists", GET, {"ours": "cta", "nobody": NOBODY}, "list"),
    "directory:office-proposal": Row("coordinate", BOTH, OFFICE_THINGS, "proposal"),
    "directory:office-checked": Row("coordinate", POST, OFFICE_THINGS, "word"),
    "directory:office-history": Row("coordinate", GET, OFFICE_THINGS, "word"),
    "directory:office-take-back": Row("coordinate", POST, OFFICE_THINGS, "change"),
    "directory:office-pairs": Row("coordinate", GET, OFFICE),
    "directory:office-join": Row("coordinate", POST, OFFICE_THINGS, "pair"),
    "registers:index": Row("coordinate", GET, OFFICE),
    "directory:office-line": Row("coordinate", BOTH, OFFICE),
    "registers:rows": Row("coordinate", GET, {"ours": "ca", "nobody": NOBODY}, "register"),
    "registers:new": Row("coordinate", BOTH, {"ours": "ca", "shared": "a", "nobody": NOBODY}, "register"),
    "registers:one": Row("coordinate", BOTH, {**OFFICE_THINGS, "shared": "a"}, "registered"),
    "registers:end": Row("coordinate", POST, {**OFFICE_THINGS, "shared": "a"}, "registered"),
    "exchange:start": Row("coordinate", BOTH, OFFICE),
    "exchange:template": Row("coordinate", GET, OFFICE),
    "exchange:standing": Row("coordinate", GET, {"ours": "ca", "nobody": NOBODY}, "source"),
    "exchange:reviews": Row("coordinate", GET, OFFICE),
    "exchange:settle": Row("coordinate", POST, OFFICE_THINGS, "review"),
    "exchange:sheet": Row("coordinate", BOTH, OWN_THINGS, "upload sheet"),
    **{
        f"exchange:{page}": Row("coordinate", GET, OWN_THINGS, "upload")
        for page in ("upload", "report", "faults")
    },
    **{
        f"exchange:{deed}": Row("coordinate", POST, OWN_THINGS, "upload")
        for deed in ("look", "bring", "dismiss")
    },
    "directory:follows": Row("work", GET, {"": "seoctxa"}),
    "directory:watching": Row(
        "work",
        BOTH,
        {**dict.fromkeys(("ours", "neighbour", "theirs"), "seocta"), "nobody": NOBODY},
        "service",
    ),
    "directory:own": Row("edit", BOTH, {"": "eocxa"}),
    "directory:own-end-notice": Row("edit", POST, EDITORS, "notice"),
    "directory:own-publish": Row("edit", POST, EDITORS, "service word"),
    "directory:own-withdraw": Row("edit", POST, EDITORS, "service word"),
    **{
        f"directory:own-{page}": Row("edit", BOTH, EDITORS, "organisation")
        for page in ("page", "right", "planning", "new-service", "new-place", "organisation")
    },
    **{
        f"directory:own-{page}": Row("edit", BOTH, EDITORS, "service")
        for page in ("ways", "new-channel", "service")
    },
    "directory:own-channel": Row("edit", BOTH, EDITORS, "channel"),
    "directory:own-place": Row("edit", BOTH, EDITORS, "place"),
    **{
        f"directory:own-{page}": Row("edit", BOTH, EDITORS, "place word")
        for page in ("notice", "hours", "exceptions", "holidays")
    },
    **{f"guidance:figures{end}": Row("work", GET, {"": "seoctxa"}) for end in ("", "-xlsx", "-csv")},
    **{
        f"guidance:own-figures{end}": Row("work", GET, {**EDITORS, "ours": "seca"}, "organisation")
        for end in ("", "-xlsx", "-csv")
    },
    **{f"guidance:office-figures{end}": Row("numbers", GET, {"": "cta"}) for end in ("", "-xlsx", "-csv")},
    **{
        f"guidance:{name}": Row("work", BOTH, {"": "seoctxa"})
        for name in ("log", "log-group", "log-paper", "log-tags")
    },
    **{f"guidance:{name}": Row("work", GET, {"": "seoctxa"}) for name in ("log-sheet", "sessions")},
    **{
        f"guidance:{name}": Row("work", BOTH, {"ours": "s", "nobody": NOBODY}, "own session")
        for name in ("session", "logged")
    },
    "guidance:log-settings": Row("coordinate", BOTH, OFFICE),
    **{f"guidance:{name}": Row("work", GET, {"": "seoctxa"}) for name in ("queue", "referrals")},
    "guidance:request-by-number": Row("work", BOTH, {"": "seoctxa"}),
    "guidance:refer": Row("work", BOTH, {"": "seoctxa"}),
    "guidance:request": Row("work", BOTH, HELPERS, "request"),
    "guidance:take": Row("work", POST, HELPERS, "request"),
    "guidance:refer-request": Row("work", BOTH, {"taken by s": "s", "nobody": NOBODY}, "request"),
    "guidance:referral": Row("work", BOTH, HELPERS, "referral"),
    "guidance:referral-slip": Row("work", GET, HELPERS, "referral"),
    **{f"guidance:office-{name}": Row("coordinate", BOTH, OFFICE) for name in ("requests",)},
    "guidance:office-request": Row("coordinate", BOTH, OFFICE_THINGS, "request"),
    "guidance:office-starts": Row("coordinate", GET, OFFICE),
    "guidance:office-start": Row("coordinate", BOTH, OFFICE_THINGS, "start"),
    "directory:supports": Row("work", GET, {"": "seoctxa"}),
    "directory:support": Row(
        "work", BOTH, {"ours": "se", "neighbour": "o", "theirs": NOBODY, "nobody": NOBODY}, "organisation"
    ),
    "directory:supporters": Row("edit", GET, EDITORS, "organisation"),
    "directory:support-of": Row("edit", BOTH, EDITORS, "supporter"),
    "guidance:counter": Row("work", BOTH, {"": "seoctxa"}),
    "guidance:counter-last": Row("work", POST, {"ours": "s", "nobody": NOBODY}, "own session"),
    "guidance:offline": Row("work", GET, {"": "seoctxa"}),
    **{
        f"guidance:offline-{part}": Row("work", GET, {"": "seoctxa"})
        for part in ("worker", "manifest", "permit")
    },
    **{f"guidance:offline-{deed}": Row("work", POST, {"": "seoctxa"}) for deed in ("take", "clear")},
    **{f"guidance:feedback-{name}": Row("work", GET, {"": "seoctxa"}) for name in ("collect", "own")},
    **{f"guidance:feedback-{name}": Row("work", BOTH, {"": "seoctxa"}) for name in ("asking", "typing")},
    **{
        f"guidance:feedback-{name}": Row("work", GET, {"ours": "seoctxa", "nobody": NOBODY}, "short id")
        for name in ("sheet", "paper")
    },
    "guidance:feedback-own-file": Row("work", GET, {"ours": "seo", "nobody": NOBODY}, "form of a file"),
    "guidance:feedback-own-words": Row("edit", GET, {"": "eocxa"}),
    "guidance:feedback-own-erase": Row(
        "edit", POST, {"ours": "e", "neighbour": "o", "nobody": NOBODY}, "help feedback"
    ),
    "guidance:feedback-results": Row("numbers", GET, {"": "cta"}),
    "guidance:feedback-results-file": Row(
        "numbers", GET, {"ours": "cta", "nobody": NOBODY}, "form of a file"
    ),
    "guidance:feedback-words": Row("coordinate", GET, OFFICE),
    "guidance:feedback-erase": Row(
        "coordinate", POST, {"ours": "ca", "theirs": NOBODY, "nobody": NOBODY}, "help feedback"
    ),
    "guidance:feedback-files": Row("coordinate", BOTH, OFFICE),
    "guidance:feedback-bring": Row("coordinate", POST, OFFICE),
    **{f"booking:{page}": Row("work", GET, {"": "seoctxa"}) for page in ("offers", "own-bookings", "calls")},
    **{
        f"booking:{page}": Row("work", BOTH, {"": "seoctxa"})
        for page in ("offer-new", "facilities", "ill", "desk-book")
    },
    **{f"booking:{page}": Row("work", BOTH, {"": "seoctxa"}) for page in ("calendars", "remote-rooms")},
    "booking:remote-room": Row("work", POST, {"ours": "c", "theirs": "x", "nobody": NOBODY}, "call room"),
    "booking:facility-end": Row("work", POST, EDITORS, "facility"),
    "booking:ill-of": Row("work", BOTH, EDITORS, "offering helper"),
    **{
        f"booking:{page}": Row("work", BOTH, EDITORS, "offer")
        for page in ("offer", "offer-edit", "offer-week")
    },
    "booking:call": Row("work", POST, EDITORS, "booking call"),
    "booking:desk-done": Row(
        "work", GET, {"ours": "seoctxa", "theirs": NOBODY, "nobody": NOBODY}, "booking token"
    ),
    **{
        f"booking:{page}": Row("work", BOTH, EDITORS, "booking")
        for page in ("own-booking", "own-move", "own-next", "own-series")
    },
    "events:own": Row("work", GET, {"": "seoctxa"}),
    "events:new": Row("edit", BOTH, {"": "eocxa"}),
    "events:calls": Row("work", BOTH, {"": "seoctxa"}),
    **{f"events:{page}": Row("work", BOTH, EVENT_DAYS, "event") for page in ("people", "deliveries")},
    "events:texts": Row("work", GET, EVENT_DAYS, "event"),
    "events:own-event": Row("work", GET, EVENT_DAYS, "event"),
    "events:state": Row("edit", POST, EVENTS, "event"),
    **{f"events:{page}": Row("edit", BOTH, EVENTS, "event") for page in ("edit", "add-time", "costs")},
    "events:time": Row("edit", BOTH, EVENTS, "event day"),
    "events:notice-add": Row("edit", POST, EVENTS, "event"),
    "events:notice": Row("edit", BOTH, EVENTS, "event notice"),
    "events:notice-tick": Row("work", POST, EVENT_DAYS, "event notice"),
    **{
        f"events:{page}": Row("numbers", GET, {"": "cta"})
        for page in ("office-figures", "office-figures-xlsx")
    },
    "events:office-venues": Row("lists", GET, {"": "cta"}),
    "events:office-venue": Row("lists", GET, {"ours": "cta", "theirs": NOBODY, "nobody": NOBODY}, "venue"),
    **{f"events:{page}": Row("work", GET, {"": "seoctxa"}) for page in ("day-shell", "day-worker")},
    **{
        f"events:{page}": Row("work", GET, EVENT_DAYS, "event day")
        for page in ("day", "day-list", "day-paper", "queue-screen", "numbers")
    },
    "events:day-take": Row("work", POST, EVENT_DAYS, "event day"),
    **{f"events:{page}": Row("work", BOTH, EVENT_DAYS, "event day") for page in ("day-log", "close")},
}

"""Where knowledge of Finnish inflection comes from: one of three engines behind one method.

Voikko's transducer says how a word is built, as a line such as `[Ln][Xp]tieto[X]tieto[Sn][Ny][Bh][Bc][Ln]…`.
libvoikko (C, a system package) and pyvoikko (a wheel) carry the same transducer and give the same lines, so
nothing above this module knows which of them it is talking to. Without either there are no lines.
"""

from threading import Lock
from typing import Literal, Protocol

EngineName = Literal["libvoikko", "pyvoikko", "snowball"]
LONGEST_WORD = 60


class Engine(Protocol):
    """Knows how Finnish words are built."""

    name: EngineName

    def lookup(self, word: str) -> list[str]:
        """Return Voikko's lines for a lower-case word; none when it is unknown."""
        ...


class Libvoikko:
    """Voikko's own C library. One handle, one caller at a time."""

    name: EngineName = "libvoikko"

    def __init__(self) -> None:
        import libvoikko  # noqa: PLC0415 -- optional

        libvoikko.Voikko.getVersion()  # fails cleanly without the C library; a half-built handle does not
        self._voikko = libvoikko.Voikko("fi")
        self._lock = Lock()

    def lookup(self, word: str) -> list[str]:
        if not 0 < len(word) <= LONGEST_WORD:
            return []
        with self._lock:
            found = self._voikko.analyze(word)
        return [line for analysis in found if (line := analysis.get("FSTOUTPUT"))]


class Pyvoikko:
    """The same transducer read by kfst-rs. Takes about a second and 220 MB to load."""

    name: EngineName = "pyvoikko"

    def __init__(self) -> None:
        import pyvoikko  # noqa: PLC0415 -- slow

        self._transducer = pyvoikko.VOIKKO_FST
        self._unreadable: type[Exception] = pyvoikko.TokenizationException

    def lookup(self, word: str) -> list[str]:
        if not 0 < len(word) <= LONGEST_WORD:
            return []
        try:
            return [line for line, _weight in self._transducer.lookup(word)]
        except self._unreadable:
            return []


class Snowball:
    """No dictionary at all: the analyser makes do with stems and trigrams."""

    name: EngineName = "snowball"

    def lookup(self, word: str) -> list[str]:  # noqa: ARG002 -- the Engine's own signature
        return []


def load(name: str = "") -> Engine:
    """Return the named engine, or the best one here. A named engine that will not load is an error."""
    if name:
        try:
            return _BY_NAME[name]()
        except KeyError:
            raise ValueError(f"KILAUTA_ANALYSER is {name!r}; it may be {', '.join(_BY_NAME)}") from None
    for engine in (Libvoikko, Pyvoikko):
        try:
            return engine()
        except Exception:  # noqa: BLE001, S112 -- missing module, library or dictionary: take the next
            continue
    return Snowball()


_BY_NAME: dict[str, type[Libvoikko | Pyvoikko | Snowball]] = {
    "libvoikko": Libvoikko,
    "pyvoikko": Pyvoikko,
    "snowball": Snowball,
}

"""`python -m bench.events [--events N] [--seconds S]`: what lists and feeds of many events cost."""

import argparse
import http.client
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bench.ratios.load import rate
from bench.scratch import ROOT, Installation, installations, wait

EMPTY = "/terveys"
FEED = "/tapahtumat/kalenteri.ics"
PAGES = {
    "list": "/tapahtumat/",
    "list of a town": "/tapahtumat/?kunta=290",
    "map": "/tapahtumat/paikkakunnat/",
    "past": "/tapahtumat/menneet/",
    "news feed": "/tapahtumat/syote/",
    "data": "/tapahtumat/linkedevents.json",
}
# a feed holds thirty days back and four hundred ahead; half of the events are outside
DAYS = (-460, 400)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--fill", action="store_true", help="only write the events, into this installation")
    options = parser.parse_args()
    if options.fill:
        fill(options.events)
        return
    with installations(["sqlite"]) as held:
        bare = held["sqlite"][0]
        installation = Installation(
            bare.folder, {**bare.more, "KILAUTA_DEMO": "1", "KILAUTA_HOSTS": "127.0.0.1"}
        )
        installation.run("kilauta.site.cli", "demo")
        installation.run("bench.events", "--fill", "--events", str(options.events))
        with served(installation) as port:
            told(port, options.events, options.seconds)


def told(port: int, number: int, seconds: float) -> None:
    """Print how many times an empty view each page costs, and what a feed costs that has not changed."""
    rate(port, [EMPTY, *PAGES.values()], 1)  # both processes have read the directory before anything counts
    empty = rate(port, [EMPTY], seconds)
    print(f"sqlite, {number} events\n  {'empty':16} {empty:8.0f} /s")
    for name, path in PAGES.items():
        found = rate(port, [path], seconds)
        print(
            f"  {name:16} {found:8.1f} /s   empty ÷ page {empty / found:7.1f}"
            if found
            else f"  {name:16} none"
        )
    whole, tag, size = fetched(port, "")
    same, _tag, _size = fetched(port, tag)
    print(f"  feed: {size / 1e6:.1f} MB in {whole * 1000:.0f} ms; unchanged in {same * 1000:.1f} ms")


def fetched(port: int, tag: str) -> tuple[float, str, int]:
    """Return the seconds of the quickest of five answers, its tag and its size."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for _ in range(5):
        begins = time.perf_counter()
        connection.request("GET", FEED, headers={"If-None-Match": tag} if tag else {})
        answer = connection.getresponse()
        body = answer.read()
        times.append(time.perf_counter() - begins)
    connection.close()
    return min(times), answer.headers["ETag"], len(body)


def fill(number: int) -> None:
    """Write so many events of one time each, at the places of the demo, over two years and more."""
    import django

    django.setup()
    from kilauta.domains.directory.models import Place, Topic
    from kilauta.domains.events.models import Event, Occurrence, Part
    from kilauta.domains.territory.models import Network
    from kilauta.lib import clock

    drawn, now = random.Random(1), clock.now()
    network = Network.objects.get(is_default=True)
    places = list(Place.objects.filter(municipality__in=network.municipalities.all(), host__isnull=False))
    topics = list(Topic.objects.all())
    events, parts, times, about = [], [], [], []
    for at in range(number):
        place = drawn.choice(places)
        event = Event(
            short_id=f"b{at:06d}", network=network, kind=drawn.choice(("guidance", "info", "course")),
            state="published",
            name_fi=f"Digineuvonta {at}", name_sv=f"Digirådgivning {at}", summary_fi="Tule kysymään puhelimesta.",
            place=place, municipality=place.municipality, made_at=now, changed_at=now, published_at=now,
        )  # fmt: skip
        begins = now + timedelta(days=drawn.randint(*DAYS), hours=drawn.randint(0, 8))
        events.append(event)
        parts.append(Part(event=event, organisation_id=place.host_id, part="organiser"))
        times.append(
            Occurrence(
                event=event,
                network=network,
                is_shown=True,
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                changed_at=now,
            )
        )
        about.append(Event.topics.through(event=event, topic=drawn.choice(topics)))
    for kind, rows in ((Event, events), (Part, parts), (Occurrence, times), (Event.topics.through, about)):
        kind._default_manager.bulk_create(rows, batch_size=500)  # noqa: SLF001 -- Django's documented API


@contextmanager
def served(installation: Installation) -> Iterator[int]:
    """Serve the installation as in production; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = str(ROOT / "src/kilauta/site/gunicorn.py")
    command = [sys.executable, "-m", "gunicorn", "-c", config, "-b", f"127.0.0.1:{port}", "kilauta.site.wsgi"]
    running = subprocess.Popen(
        command, env=installation.surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait(port, EMPTY)
        yield port
    finally:
        running.terminate()
        running.wait(40)


if __name__ == "__main__":
    main()

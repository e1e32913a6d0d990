"""The part of the ratios bench that fills an installation: so many generated channels, through the importer."""

import json
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from urllib.parse import quote

import django

SERVICES = 20
NEEDS = ("puhelin", "terveys", "kela", "viestit")
PLACES = ("205-kajaani", "290-kuhmo", "765-sotkamo", "777-suomussalmi")
QUERIES = (
    "puhelin", "tulostus kuhmossa", "kela apu", "verkkopankki", "tietoturva sotkamo", "omakanta neuvonta",
    "videopuhelu", "työnhaku kajaani", "salasana unohtui", "kuvat ja tabletti", "kirjaston digituki",
    "en osaa käyttää sähköpostia", "puhleimen asetukset", "bussilippu hyrynsalmi", "kännykkä jumissa",
    "laskun maksaminen netissä", "apua kotiin paltamossa", "resepti", "tietokonekurssi", "huijausviesti",
)  # fmt: skip


def main(channels: int) -> int:
    django.setup()

    from bench.ratios.generating import generate
    from kilauta.domains.directory.queries import catalogue
    from kilauta.kit.accounts.models import Person
    from kilauta.kit.exchange.loading import load_folder
    from kilauta.kit.search import index
    from kilauta.lib import clock
    from kilauta.site import commands

    if commands.set_up(Namespace()):
        return 1
    with tempfile.TemporaryDirectory() as name:
        for folder in generate(Path(name), channels):
            report = load_folder(folder, actor=Person.objects.system(), now=clock.now())
            if report.problems:
                sys.stderr.write("".join(f"{problem}\n" for problem in report.problems[:5]))
                return 1
    index.rebuild()
    held = catalogue()
    if len(held.channels) != channels:
        sys.stderr.write(f"{len(held.channels)} channels instead of {channels}.\n")
        return 1
    services = list(held.services.values())
    every = max(len(services) // SERVICES, 1)
    pages = {
        "empty": ["/terveys"],
        "home": ["/"],
        "search": [f"/haku/?q={quote(words)}" for words in QUERIES],
        "answer": [f"/kilauta/{need}/{place}/" for need in NEEDS for place in PLACES],
        "service": [f"/palvelut/{service.address}/" for service in services[::every][:SERVICES]],
    }
    sys.stdout.write(json.dumps(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

"""What the two example networks tell of themselves: invented, and of today whenever the demo is loaded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from kilauta.domains.communications import operations
from kilauta.domains.communications.models import Page
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import Words
from kilauta.lib.zone import local


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`news` last so many days; `contacts` are duty, note, number and address; `links` kind, words and address."""

    about: Words
    page: tuple[Words, Words]
    news: tuple[tuple[Words, Words, int], ...]
    contacts: tuple[tuple[str, Words, str, str], ...]
    links: tuple[tuple[str, Words, str], ...]


KAINUU = OwnWords(
    about=Words(
        "Olemme Kainuun kirjastoja, yhdistyksiä, kuntia ja oppilaitoksia. Autamme ihmisiä laitteissa ja "
        "sähköisessä asioinnissa, kaikissa kahdeksassa kunnassa.\n\n"
        "- Saat apua ilmaiseksi tai pienellä maksulla.\n- Voit soittaa, tulla käymään tai pyytää apua kotiin.\n"
        "- Kukaan ei ole liian vanha eikä kysymys liian pieni.",
        "Vi är bibliotek, föreningar, kommuner och läroanstalter i Kajanaland. Vi hjälper med apparater och "
        "e-tjänster i alla åtta kommuner.\n\n"
        "- Hjälpen är gratis eller kostar lite.\n- Du kan ringa, komma hit eller be om hjälp hem.\n"
        "- Ingen är för gammal och ingen fråga för liten.",
        "We are libraries, associations, municipalities and colleges in Kainuu. We help people with devices and "
        "e-services in all eight municipalities.\n\n"
        "- Help is free or costs little.\n- You can call, drop in or ask for help at home.\n"
        "- Nobody is too old, and no question is too small.",
    ),
    page=(
        Words("Näin pyydät apua kotiin", "Så ber du om hjälp hem", "How to ask for help at home"),
        Words(
            "Jos et pääse liikkeelle, digitukija voi tulla luoksesi. Soita ensin meille.\n\n"
            "- Kerro, missä asut ja mikä laite sinulla on.\n- Sovimme ajan, joka sopii sinulle.\n"
            "- Pidä laite ladattuna ja salasanat itselläsi.\n\n"
            "Tukija ei koskaan kysy pankkitunnuksiasi. Hän ei myöskään hoida pankkiasioita puolestasi.",
            "Om du inte kan ta dig ut kan en digistödjare komma till dig. Ring oss först.\n\n"
            "- Berätta var du bor och vilken apparat du har.\n- Vi kommer överens om en tid som passar dig.\n"
            "- Ladda apparaten och håll lösenorden för dig själv.\n\n"
            "Stödjaren frågar aldrig efter dina bankkoder. Hen sköter inte heller bankärenden för dig.",
            "If you cannot get out, a supporter can come to you. Call us first.\n\n"
            "- Tell us where you live and which device you have.\n- We agree on a time that suits you.\n"
            "- Charge the device, and keep your passwords to yourself.\n\n"
            "A supporter never asks for your bank codes. Nor do they do your banking for you.",
        ),
    ),
    news=(
        (
            Words("Neuvonta vastaa nyt iltaisin", "Rådgivningen svarar nu på kvällen", "We now answer in the evening"),
            Words(
                "Puhelinneuvonta vastaa tiistaisin myös illalla. Soita rauhassa, vaikka asia tuntuisi pieneltä.",
                "Telefonrådgivningen svarar på tisdagar också på kvällen. Ring i lugn och ro, fast saken känns liten.",
                "Our telephone line is open on Tuesday evenings, too. Do call, however small your question.",
            ),
            60,
        ),
        (
            Words("Varo huijausviestejä", "Se upp för bluffmeddelanden"),
            Words(
                "Liikkeellä on viestejä, joissa pyydetään pankkitunnuksia. Älä avaa linkkiä. Soita meille, "
                "jos olet epävarma.",
                "Det går runt meddelanden som ber om bankkoder. Öppna inte länken. Ring oss om du är osäker.",
            ),
            30,
        ),
    ),
    contacts=(
        (
            "coordinator",
            Words(
                "Verkoston asiat ja uudet jäsenet",
                "Nätverkets ärenden och nya medlemmar",
                "The network and new members",
            ),
            "050 555 0101",
            "koordinaattori@kainuundigituki.example",
        ),
        (
            "communications",
            Words("Tiedotteet ja esitteet", "Meddelanden och broschyrer", "Releases and leaflets"),
            "",
            "viestinta@kainuundigituki.example",
        ),
        (
            "steering",
            Words("Ohjausryhmän sihteeri", "Styrgruppens sekreterare", "Secretary of the steering group"),
            "",
            "ohjausryhma@kainuundigituki.example",
        ),
    ),
    links=(
        (
            "national",
            Words("Valtakunnallinen digituki", "Nationellt digistöd", "National digital support"),
            "https://valtakunnallinen-digituki.example/",
        ),
        (
            "neighbour",
            Words("Kaakon digituki", "Sydöstra Finlands digistöd", "Digital support in the south-east"),
            "https://kaakondigituki.example/",
        ),
        (
            "social",
            Words("Olemme Facebookissa", "Vi finns på Facebook", "We are on Facebook"),
            "https://facebook.example/kainuundigituki",
        ),
    ),
)  # fmt: skip

KAAKKO = OwnWords(
    about=Words(
        "Autamme Kaakkois-Suomen asukkaita puhelimissa, tietokoneissa ja sähköisissä palveluissa. "
        "Mukana on kirjastoja, järjestöjä ja kuntia.",
        "Vi hjälper invånare i sydöstra Finland med telefoner, datorer och e-tjänster. "
        "Med är bibliotek, organisationer och kommuner.",
        "We help people in south-eastern Finland with phones, computers and e-services. "
        "Libraries, organisations and municipalities work together.",
    ),
    page=(
        Words("Tule vertaisohjaajaksi", "Bli kamrathandledare", "Become a peer guide"),
        Words(
            "Osaatko käyttää puhelinta ja jaksatko kuunnella? Se riittää. Valmennamme sinut tehtävään.\n\n"
            "- Autat sen verran kuin ehdit.\n- Saat aina tueksesi kokeneemman ohjaajan.\n"
            "- Et tarvitse omaa autoa.",
            "Kan du använda en telefon och orkar du lyssna? Det räcker. Vi ger dig handledarutbildning.\n\n"
            "- Du hjälper så mycket du hinner.\n- Du har alltid stöd av en erfarnare handledare.\n"
            "- Du behöver ingen egen bil.",
            "Can you use a phone, and do you have the patience to listen? That is enough. We coach you.\n\n"
            "- You help as much as you have time for.\n- A more experienced guide always backs you up.\n"
            "- You need no car.",
        ),
    ),
    news=(
        (
            Words("Kirjastoauto auttaa laitteissa", "Bokbussen hjälper med apparater", "The library bus gives help"),
            Words(
                "Digitukija kulkee nyt kirjastoauton mukana. Ota puhelin tai tabletti mukaan pysäkille.",
                "En digistödjare åker nu med bokbussen. Ta med telefonen eller pekplattan till hållplatsen.",
                "A supporter now travels with the library bus. Bring your phone or tablet to the stop.",
            ),
            45,
        ),
        (
            Words("Uusi esite on valmis", "Den nya broschyren är klar", "The new leaflet is ready"),
            Words(
                "Painettua esitettä saa kirjastoista ja apteekeista. Kerro, jos haluat niitä lisää.",
                "Den tryckta broschyren finns på bibliotek och apotek. Säg till om du vill ha fler.",
                "You find the printed leaflet in libraries and pharmacies. Tell us if you would like more of them.",
            ),
            45,
        ),
    ),
    contacts=(
        (
            "coordinator",
            Words("Verkoston asiat", "Nätverkets ärenden", "The network"),
            "050 555 0201",
            "koordinaattori@kaakondigituki.example",
        ),
        (
            "guidance",
            Words("Vertaisohjaajien tuki", "Stöd för kamrathandledare", "Support for peer guides"),
            "050 555 0202",
            "",
        ),
    ),
    links=(
        (
            "national",
            Words("Valtakunnallinen digituki", "Nationellt digistöd", "National digital support"),
            "https://valtakunnallinen-digituki.example/",
        ),
        (
            "neighbour",
            Words("Kainuun digituki", "Kajanalands digistöd", "Kainuu Digital Support"),
            "https://kainuundigituki.example/",
        ),
    ),
)  # fmt: skip
NETWORKS = {"kainuu": KAINUU, "kaakko": KAAKKO}


@transaction.atomic
def bring_in_own_words(*, actor: Person, now: datetime) -> None:
    """Write and publish the words of both networks; a network that has written anything itself is left alone."""
    for network, words in NETWORKS.items():
        if not Page.objects.filter(network_id=network).exists():
            _write(network, words, actor=actor, now=now)
            _show_a_dead_link(words, now)


def _write(network: str, words: OwnWords, *, actor: Person, now: datetime) -> None:
    today = local(now).date()
    about = operations.add_page(
        network, kind="about", values=_columns(text=words.about), actor=actor, now=now
    )
    title, text = words.page
    values = {**_columns(title=title, text=text), "in_foot": True}
    page = operations.add_page(network, kind="own", values=values, actor=actor, now=now)
    operations.publish(about, actor=actor, now=now)
    operations.publish(page, actor=actor, now=now)
    for title, text, days in words.news:
        values = {
            **_columns(title=title, text=text),
            "from_on": today,
            "until_on": today + timedelta(days=days),
        }
        news = operations.add_news(network, values=values, actor=actor, now=now)
        operations.publish(news, actor=actor, now=now)
    for place, (duty, note, phone, email) in enumerate(words.contacts):
        values = {**_columns(note=note), "duty": duty, "phone": phone, "email": email, "position": place}
        operations.add_contact(network, values=values, actor=actor, now=now)
    for place, (kind, label, url) in enumerate(words.links):
        values = {**_columns(label=label), "kind": kind, "url": url, "position": place}
        operations.add_link(network, values=values, actor=actor, now=now)


def _show_a_dead_link(words: OwnWords, now: datetime) -> None:
    """Let the list of links that do not work have something on it: as if two nights had passed."""
    _kind, _label, url = words.links[-1]
    standing = [each[2] for network in NETWORKS.values() for each in network.links]
    for _night in range(2):
        operations.hold_faults([(url, "gone")], standing=standing, now=now)


def _columns(**texts: Words) -> dict[str, object]:
    return {f"{name}_{lang}": each for name, words in texts.items() for lang, each in words._asdict().items()}

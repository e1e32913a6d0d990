"""Words that need more than a dictionary: how little some of them say, which verb stands behind a noun.

Weak words are kept, not dropped: "apua" alone is a question too, and "tuki" must still find digituki. They
only weigh so little that any other word of the query decides.
"""

WEAK, HOLLOW = 0.2, 0.05

_WEAK = {
    "fi": (
        "apu auttaa avustaa avustaminen tuki tukea neuvo neuvoa neuvoja neuvonta opas opastaa opastaja "
        "opastus ohje ohjata ohjaus palvelu palvella asia ongelma kysymys kysyä haluta tarvita etsiä "
        "löytää hakea saada osata voida pitää toimia tehdä ottaa antaa yrittää ymmärtää ihminen henkilö "
        "uusi vanha"
    ),
    "sv": (
        "hjälp hjälpa hjälper stöd stöda stödja stöder råd rådgivning handledning tjänst service fråga "
        "problem vill behöver söker hittar kan får ta göra gör fungerar ny gammal"
    ),
    "en": "help support advice guidance service question problem want need look find get can do work new old",
}
_HOLLOW = {
    "fi": (
        "ja tai eli sekä että jos kun kuin vaan mutta joten koska niin myös ei olla se ne tämä nämä tuo "
        "nuo minä sinä hän me te he mikä kuka joka jokin joku kumpi missä mistä mihin milloin miten miksi "
        "kuinka mitä tässä tuossa siellä täällä nyt vain kanssa varten ennen jälkeen no en mä sä"
    ),
    "sv": (
        "och eller men som att om när än så inte är var vara har hade det den de dem jag du han hon hen "
        "vi ni mig dig min din en ett i på till från med för av hur vad vem vart varför vilken där här nu "
        "också sin sitt"
    ),
    "en": (
        "and or but that if when than so not is are was be have has it this these those i you he she we "
        "they me my your a an the in on at to from with for of how what who where why which there here "
        "now also"
    ),
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _weights(lang: str) -> dict[str, float]:
    weak = dict.fromkeys(_WEAK[lang].split(), WEAK)
    return weak | dict.fromkeys(_HOLLOW[lang].split(), HOLLOW)


WEIGHTS: dict[str, dict[str, float]] = {lang: _weights(lang) for lang in _WEAK}

# Nouns whose verb the dictionary does not name.
VERBS_OF_NOUNS: dict[str, str] = {
    "apu": "auttaa",
    "haku": "hakea",
    "huijari": "huijata",
    "hälytin": "hälyttää",
    "kuuloke": "kuulla",
    "kysymys": "kysyä",
    "lukija": "lukea",
    "maksu": "maksaa",
    "myynti": "myydä",
    "neuvo": "neuvoa",
    "nosto": "nostaa",
    "ohje": "ohjata",
    "opas": "opastaa",
    "osto": "ostaa",
    "siirto": "siirtää",
    "soitto": "soittaa",
    "tuki": "tukea",
    "tulostin": "tulostaa",
    "vastaus": "vastata",
}

# Elements of Swedish and (without a dictionary) Finnish compounds about everyday digital life.
SWEDISH_ELEMENTS: frozenset[str] = _set(
    """
    adress app apparat bank bibliotek biljett bild bok bokning brev bredband certifikat chatt dator dag
    data deklaration digi digital e-post fil fjärr fusk grupp handledning hem hjälp hälsa hälso
    information intyg internet journal kamera kanta kod konto kort kurs lån läkar läkare lösen mail
    medborgar meddelande mobil möte nummer nät nätverk närvård ord pappers pass pensionär platta post
    program recept resa rådgivning räkning sal samtal servicepunkt service sida skatt skatte skrivare
    skydd skärm sköt spel stöd surf säker säkerhet telefon tid tidning tjänstträff uppdatering utskrift
    verktyg video virus vård vårdcentral webb webbplats ärende
    """
)
FINNISH_ELEMENTS: frozenset[str] = _set(
    """
    apu asiointi digi etä haku hakemus huijaus huolto kamera kanava kirja kirjasto kone koodi kortti
    kokous kurssi kuva lasku laite lista lomake maksu mobiili netti numero ohjaus ohjelma ohje opastus
    palvelu pankki piste posti puhelin puhelu päivitys resepti ryhmä sana sivu sivusto sovellus sähkö
    tabletti tieto tietokone tili todistus tuki tulostus tunnus tunnistautuminen turva varaus varmenne
    verkko verkosto video viesti yhteys äly
    """
)

"""Words as meant, with every engine there is: Voikko's own library if it is installed, the wheel, none."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kilauta.lib import finnish
from kilauta.lib.finnish import engines
from kilauta.lib.finnish.analyser import LONGEST_TERM, MOST_TERMS, Analyser
from kilauta.lib.finnish.morphology import readings

anything = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=80)
finnish_looking = st.text("aeiouyäöåkptsnlrmhvjdgbf-.:'9", max_size=40)


@cache
def analyser_of(name):
    return Analyser(engines.load(name))


def is_installed(name):
    try:
        return bool(find_spec(name)) and (name == "pyvoikko" or bool(engines.load(name)))
    except Exception:  # noqa: BLE001 -- the module without its library or dictionary
        return False


DICTIONARIES = [name for name in ("libvoikko", "pyvoikko") if is_installed(name)]
any_engine = pytest.mark.parametrize("analyser", [*DICTIONARIES, "snowball"], indirect=True)
any_dictionary = pytest.mark.parametrize("analyser", DICTIONARIES, indirect=True)


@pytest.fixture(scope="module")
def analyser(request):
    return analyser_of(request.param)


def weights(analyser, text, lang="fi"):
    return {term.text: term.weight for term in analyser.analyse(text, lang)}


def kinds(analyser, text, lang="fi"):
    return {term.text: term.kind for term in analyser.analyse(text, lang)}


# As people write them > the term that must be found. All of everyday digital life.
FORMS = """
pankissa>pankki verkkopankkiin>verkkopankki verkkopankkiin>pankki nettipankin>nettipankki nettipankin>netti
pankkitunnuksilla>pankkitunnus pankkitunnuksilla>tunnus tunnuslukusovelluksen>sovellus
tunnuslukusovelluksen>tunnusluku laskujen>lasku laskuni>lasku e-laskun>elasku e-laskun>lasku
maksukortilla>maksukortti maksaminen>maksaa maksoin>maksaa maksu>maksaa mobiilimaksun>maksu
tilisiirron>tilisiirto tilisiirron>tili S-pankissa>spankki S-Pankin>pankki omakantaan>omakanta
OmaKannassa>omakanta Omakannan>omakanta reseptien>resepti e-reseptit>eresepti e-reseptit>resepti
terveyskeskukseen>terveyskeskus ajanvarauksen>ajanvaraus ajanvarauksen>varata terveyspalvelut>terveys
Omaolossa>omaolo Maisaan>maisa rokotustodistus>todistus Kelan>kela Kelaan>kela kelasta>kela
kelahakemuksen>hakemus kelahakemuksen>kela asumistukea>asumistuki toimeentulotuen>toimeentulotuki
eläkkeeni>eläke etuuksia>etuus hakemuksen>hakemus verot>vero OmaVeroon>omavero OmaVerossa>omavero
verokorttia>verokortti verokorttia>vero veroilmoituksen>veroilmoitus veroilmoituksen>ilmoittaa
verottajalle>verottaja verottajalle>verottaa sähköpostiin>sähköposti sähköpostini>sähköposti
sähköpostiosoite>sähköposti gmailin>gmail liitetiedoston>liitetiedosto roskapostia>roskaposti
roskapostia>posti puhelimeni>puhelin älypuhelimella>älypuhelin älypuhelimella>puhelin kännykkään>kännykkä
kännykällä>kännykkä matkapuhelimeen>matkapuhelin iPhonella>iphone Androidin>androidi Android>androidi
SIM-kortin>simkortti SIM-kortin>sim puhelinliittymän>puhelinliittymä näppäinpuhelimen>puhelin
tabletilla>tabletti tabletit>tabletti iPadilla>ipad iPadeilla>ipad taulutietokoneen>tietokone
tietokoneen>tietokone tietokoneapua>tietokone tietokoneapua>apu läppärillä>läppäri läppärit>läppäri
kannettavalla>kannettava hiirtä>hiiri näppäimistön>näppäimistö koneelle>kone tulostimen>tulostin
tulostimen>tulostaa tulostaminen>tulostaa tulostukseen>tulostaa skannaus>skannata
tunnistautumisen>tunnistautua tunnistaudu>tunnistautua tunnistautuminen>tunnistautua
Suomi.fi-tunnistus>suomifi Suomi.fi-tunnistus>tunnistus Suomi.fi-tunnistuksen>suomifitunnistus
mobiilivarmenteella>mobiilivarmenne varmennekortin>varmenne kirjautumiseen>kirjautua kirjaudu>kirjautua
kirjautumissivun>kirjautua salasanani>salasana käyttäjätunnuksen>käyttäjätunnus videopuheluita>videopuhelu
videopuhelun>puhelu etävastaanotolla>etävastaanotto Teamsiin>teams zoomilla>zoomi Zoom>zoomi
zoomkokouksessa>kokous zoomkokouksessa>zoom WhatsAppilla>whatsapp WhatsApp-ryhmän>whatsapp skypellä>skype
huijauksia>huijaus huijausviestin>huijaus huijari>huijata huijaripuhelut>puhelu
tietojenkalastelua>tietojenkalastelu tietoturvaa>tietoturva virustorjuntaohjelman>virustorjunta
haittaohjelmia>haittaohjelma päivitykset>päivitys päivitykset>päivittää päivittäminen>päivittää
asentaminen>asentaa asennus>asentaa sovelluksia>sovellus lataaminen>ladata wifi>wifi wifiin>wifi
wifissä>wifi wlanin>wlan nettiyhteyttä>nettiyhteys nettiyhteyttä>yhteys nettiin>netti
laajakaistan>laajakaista bluetoothilla>bluetooth reititintä>reititin facebookissa>facebook
Instagramiin>instagram tiktokissa>tiktok youtubesta>youtube somessa>some Messengerin>messenger
Suomi.fi:hin>suomifi Suomi.fissä>suomifi www.suomi.fi>suomifi suomi.fi-viestit>viesti
Suomi.fi-valtuudet>valtuus DVV:n>dvv digituen>digituki digituen>digi digituen>tuki etätuki>etätuki
etätukea>tuki digiopastuksia>opastus neuvontaa>neuvonta kirjastossa>kirjasto e-palveluihin>epalvelu
e-palveluihin>palvelu verkko-asiointi>asioida kuvien>kuva varmuuskopioinnin>varmuuskopiointi
tiedostojen>tiedosto muistitikulle>muistitikku QR-koodi>koodi PDF:n>pdf Kivraan>kivra Wilmaan>wilma
Kivrassa>kivra MobilePaylla>mobilepay Kajaanissa>kajaani suomussalmella>suomussalmi Ristijärvellä>ristijärvi
Puolangalla>puolanka kotiin>koti 112>112
""".split()  # noqa: SIM905 -- a table

# What is lost without a dictionary: form and term share neither a stem nor half of their trigrams.
LOST_WITHOUT_DICTIONARY = """
digituen>tuki kuvien>kuva lataaminen>ladata nettipankin>netti tunnuslukusovelluksen>sovellus
""".split()  # noqa: SIM905 -- a table


@any_dictionary
@pytest.mark.parametrize("row", FORMS)
def test_every_form_finds_its_base(analyser, row):
    form, base = row.split(">")
    assert weights(analyser, form).get(base, 0) >= 0.1


def meets(analyser, form, base):
    left, right = kinds(analyser, form), kinds(analyser, base)
    shared = left.keys() & right.keys()
    trigrams = [{text for text, kind in side.items() if kind == "trigram"} for side in (left, right)]
    fewest = min(map(len, trigrams))
    return any(left[text] != "trigram" for text in shared) or (
        fewest > 1 and len(trigrams[0] & trigrams[1]) >= fewest / 2
    )


def test_without_a_dictionary_most_forms_still_meet_their_base():
    lost = {row for row in FORMS if not meets(analyser_of("snowball"), *row.split(">"))}
    assert sorted(lost) == LOST_WITHOUT_DICTIONARY
    assert len(set(FORMS)) >= 175


QUERIES = """
digituen>Digituki|etätuen>Etätuki|opastus>Digiopastus kirjastossa|digiopastus>Digiopastuksia senioreille
puhelin>Älypuhelimen käyttö|verkkopankki>Verkkopankin tunnukset|apu>Tietokoneapu|laite>Laitteiden lainaus
tunnistautuminen>Apua tunnistautumiseen|läppäri jumissa>Läppärit ja tabletit|Suomi.fi>Suomi.fi-viestit
"""


@any_engine
@pytest.mark.parametrize("row", re.split(r"[|\n]", QUERIES.strip()))
def test_what_a_common_stemmer_misses_is_found(analyser, row):
    query, title = row.split(">")
    words = [{term.text for term in word.terms} for word in analyser.by_word(query, "fi")]
    assert any(word & weights(analyser, title).keys() for word in words)


@any_dictionary
@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("digituki", {"digituki": 1.0, "digi": 0.5, "tuki": 0.12, "tukea": 0.06}),
        ("kirjautuminen", {"kirjautua": 1.0}),
        ("maksaa", {"maksaa": 1.0, "maksa": 0.8}),  # the form written first, the liver after it
        ("kotiin", {"koti": 1.0, "kota": 0.8}),  # one home before several lean-tos
        ("etätuki", {"etätuki": 1.0, "etä": 0.5, "tuki": 0.12, "tukea": 0.06}),  # no "etätukkia"
        ("Etelä-Savossa", {"eteläsavo": 1.0}),
        ("Ristijärvellä", {"ristijärvi": 1.0}),  # nobody who asks for a lake means the town
        ("Aino", {"aino": 1.0}),
        ("tiktokissa", {"tiktokissa": 1.0, "tiktok": 0.8, "tiktoki": 0.75}),  # no cat
        ("digitku", {"digitku": 1.0}),
        ("9.30", {"930": 1.0}),
        ("café", {"cafe": 1.0}),
        ("-", {}),
        ("--verkko-", {"verkko": 1.0}),
        ("mistä", {"mikä": 0.05}),
    ],
)
def test_terms_and_weights_are_these(analyser, text, terms):
    assert weights(analyser, text) == terms


@any_dictionary
def test_a_compound_gives_its_parts_and_their_runs(analyser):
    parts = dict.fromkeys(["tietokone", "koneapu", "tieto", "kone", "apu"], "part")
    assert kinds(analyser, "tietokoneapu") == {"tietokoneapu": "word", "auttaa": "stem"} | parts
    assert not {"luu", "puhe"} & weights(analyser, "videopuheluita").keys()  # no bone in a video call


@any_dictionary
def test_words_that_say_little_weigh_little_and_stay(analyser):
    found = weights(analyser, "kuka auttaa ja neuvoo pankissa")
    assert found == {"kuka": 0.05, "auttaa": 0.2, "ja": 0.05, "neuvoa": 0.2, "pankki": 1.0}
    assert weights(analyser_of("snowball"), "apua")["apua"] == 0.2
    assert weights(analyser, "var får jag hjälp", "sv") == {
        "var": 0.05,
        "får": 0.2,
        "jag": 0.05,
        "hjälp": 0.2,
    }
    assert weights(analyser, "help with the bank", "en") == {
        "help": 0.2,
        "with": 0.05,
        "the": 0.05,
        "bank": 1.0,
    }


@any_engine
def test_terms_come_by_word_for_a_query_and_once_for_a_text(analyser):
    words = analyser.by_word("Pankki, pankin PANKKI!", "fi")
    assert [word.token for word in words] == ["Pankki", "pankin", "PANKKI"]
    texts = [term.text for term in analyser.analyse("Pankki, pankin PANKKI!", "fi")]
    assert texts.count("pankki") == 1
    assert len(texts) == len(set(texts))


SWEDISH = """
nätbanken>nätbank,nät,bank lösenordet>lösenord,lösen,ord datorhjälp>dator,hjälp digistöd>digi,stöd
e-tjänsterna>tjänst bankkoder>bankkod,bank,kod mobilcertifikat>mobil uppdateringar>uppdatering FPA:s>fpa
säkerhetsuppdateringar>säkerhet,uppdatering bibliotekets>bibliotek skatteförvaltningen>skatteförvaltning
kontot>konto telefonen>telefon Suomi.fi-fullmakter>suomifi,fullmak
""".split()  # noqa: SIM905 -- a table


@pytest.mark.parametrize("row", SWEDISH)
def test_swedish_words_give_stems_and_halves(row):
    word, terms = row.split(">")
    assert set(terms.split(",")) <= weights(analyser_of("snowball"), word, "sv").keys()


@any_engine
def test_english_gives_stems_and_other_languages_the_word(analyser):
    assert kinds(analyser, "passwords", "en") == {"passwords": "word", "password": "stem"}
    assert kinds(analyser, "Мирний", "uk") == {"мирний": "word"}


PLACES = """
Kajaani>Kajaanissa Sotkamo>Sotkamossa Kuhmo>Kuhmosta Suomussalmi>Suomussalmella Ristijärvi>Ristijärvellä
Paltamo>Paltamoon Puolanka>Puolangalla Hyrynsalmi>Hyrynsalmelle Vaala>Vaalassa Salo>Salossa Lieksa>Lieksaan
Hämeenlinna>Hämeenlinnassa Enontekiö>Enontekiöllä Utsjoki>Utsjoella Inari>Inarissa Kärsämäki>Kärsämäellä
Pyhäntä>Pyhännällä Hailuoto>Hailuodossa Liminka>Limingassa Maalahti>Maalahdessa Lahti>Lahdessa
Helsinki>Helsingissä Iisalmi>Iisalmessa Kiuruvesi>Kiuruvedellä Kauniainen>Kauniaisissa Hanko>Hangossa
Outokumpu>Outokummussa Rovaniemi>Rovaniemellä Etelä-Savo>Etelä-Savossa
Pohjois-Pohjanmaa>Pohjois-Pohjanmaalla Varsinais-Suomi>Varsinais-Suomessa Kainuu>Kainuussa
Äänekoski>Äänekoskella Otanmäki>Otanmäessä Vuokatti>Vuokatissa Kajana>Kajanas Sotkamo>Sotkamos Åbo>Åbo Ii>ii
""".split()  # noqa: SIM905 -- a table
HARD_PLACES = """
Ii>Iissä Turku>Turussa Nurmes>Nurmeksessa Juuka>Juuassa Uusikaupunki>Uudessakaupungissa
""".split()  # noqa: SIM905 -- a table


def share_a_form(analyser, row):
    (name,), (form,) = (analyser.lemma_forms(word) for word in row.split(">"))
    return bool(set(name.lemmas) & set(form.lemmas))


@any_engine
def test_places_are_known_by_their_forms(analyser):
    assert [row for row in PLACES if not share_a_form(analyser, row)] == []


@any_dictionary
def test_a_dictionary_knows_the_hard_ones_too(analyser):
    assert [row for row in HARD_PLACES if not share_a_form(analyser, row)] == []


@any_dictionary
def test_forms_come_word_by_word_for_names_of_several(analyser):
    found = analyser.lemma_forms("Kosken Tl:n kirjasto")
    assert [word.token for word in found] == ["Kosken", "Tl:n", "kirjasto"]
    assert "koski" in found[0].lemmas
    assert "tl" in found[1].lemmas


@any_dictionary
@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("verkkopankkitunnukset", "verkko|pankki|tunnukset"),
        ("Tunnistautumispalvelu", "Tunnistautumis|palvelu"),
        ("hyvinvointialueen", "hyvin|vointi|alueen"),
        ("virustorjuntaohjelma,", "virus|torjunta|ohjelma,"),
        ("(etävastaanottoaika)", "(etä|vastaan|otto|aika)"),
        ("Lue: tietoturvapäivitykset!", "Lue: tieto|turva|päivitykset!"),
        ("tieto\u00adturvapäivitykset", "tieto|turvapäivitykset"),
        ("İstanbulilaisturva", "İstanbulilaisturva"),
    ],
)
def test_long_compounds_may_break_where_their_parts_meet(analyser, text, broken):
    assert analyser.hyphenate(text).replace("\u00ad", "|") == broken


@any_dictionary
def test_short_words_addresses_and_numbers_stay_whole(analyser):
    whole = """digituki tunnistautuminen verkkopankki.fi/tunnistautumispalvelu https://tietoturvapaivitykset.fi
    digipalvelut@kirjastopalvelut.fi @tietoturvapalvelut +358441234567890 112-hätänumeropalvelu"""
    assert analyser.hyphenate(whole) == whole
    assert analyser_of("snowball").hyphenate("verkkopankkitunnukset") == "verkkopankkitunnukset"


@any_engine
@given(text=anything | finnish_looking, lang=st.sampled_from(["fi", "sv", "en", "uk", ""]))
def test_any_text_gives_bounded_storable_terms_always_the_same(analyser, text, lang):
    found = analyser.analyse(text, lang)
    assert found == analyser.analyse(text, lang)
    for word in analyser.by_word(text, lang):
        assert 0 < len(word.terms) <= MOST_TERMS
        assert list(word.terms) == sorted(word.terms, key=lambda term: -term.weight)
    for term in found:
        assert term.text.isalnum()
        assert len(term.text) <= LONGEST_TERM
        assert 0 < term.weight <= 1
        term.text.encode()
    assert all(word.lemmas for word in analyser.lemma_forms(text))
    assert analyser.hyphenate(text).replace("\u00ad", "") == text.replace("\u00ad", "")


@any_engine
def test_a_word_without_end_is_no_trouble(analyser):
    for word in ("kuusialusta" * 500, "a" * 5000, "-" * 5000, "a-" * 2500, "suomi." * 800 + "fi"):
        assert len(analyser.analyse(word, "fi")) <= 5 * MOST_TERMS
        assert analyser.hyphenate(word).replace("\u00ad", "") == word


@any_engine
def test_many_threads_get_the_same_answers(analyser):
    fresh = Analyser(analyser.engine)
    words = [row.split(">")[0] for row in FORMS]
    with ThreadPoolExecutor(8) as pool:
        rounds = list(pool.map(lambda lang: [fresh.analyse(word, lang) for word in words], ["fi", "sv"] * 8))
    assert rounds[0::2] == [rounds[0]] * 8
    assert rounds[1::2] == [rounds[1]] * 8
    assert rounds[0] == [analyser.analyse(word, "fi") for word in words]


@any_dictionary
def test_dictionaries_say_the_same(analyser):
    for row in FORMS:
        form = row.split(">")[0]
        assert analyser.analyse(form, "fi") == analyser_of("pyvoikko").analyse(form, "fi")


def test_a_line_nobody_can_read_is_passed_over():
    assert readings(["", "[X]", "abc", "[Bc]", "[Ln][Xp]-[X]-[Sn]"]) == []


def test_of_many_readings_the_four_likeliest_count():
    lines = [f"[Ln][Xp]{lemma}[X]kuusi[Sn][Ny]" for lemma in ("ee", "dd", "cc", "bb", "aa")]
    assert readings(lines) == readings(lines[::-1])
    told = SimpleNamespace(name="pyvoikko", lookup=lambda _word: lines)
    assert weights(Analyser(told), "kuusi") == {"aa": 1.0, "bb": 0.8, "cc": 0.7, "dd": 0.6}


def test_letters_the_wheel_cannot_read_are_unknown_to_it(monkeypatch):
    def lookup(word):
        raise LookupError(word)

    wheel = ModuleType("pyvoikko")
    wheel.VOIKKO_FST, wheel.TokenizationException = SimpleNamespace(lookup=lookup), LookupError
    monkeypatch.setitem(sys.modules, "pyvoikko", wheel)
    assert engines.load("pyvoikko").lookup("pankki") == []


@pytest.fixture
def fresh_choice():
    finnish._shared.cache_clear()
    yield
    finnish._shared.cache_clear()


@pytest.mark.usefixtures("fresh_choice")
def test_the_engine_can_be_chosen(monkeypatch):
    monkeypatch.setenv("KILAUTA_ANALYSER", "snowball")
    assert finnish.backend() == "snowball"
    assert finnish.analyse("laskut", "fi")[0] == finnish.Term("laskut", "word", 1.0)
    assert finnish.by_word("pankin", "fi")[0].token == "pankin"
    assert finnish.lemma_forms("Kajaanissa")[0].token == "Kajaanissa"
    assert finnish.hyphenate("pankin") == "pankin"


@pytest.mark.usefixtures("fresh_choice")
def test_an_unknown_engine_is_refused(monkeypatch):
    monkeypatch.setenv("KILAUTA_ANALYSER", "hunspell")
    with pytest.raises(ValueError, match="libvoikko, pyvoikko, snowball"):
        finnish.backend()


def test_without_either_dictionary_there_are_stems(monkeypatch):
    monkeypatch.setitem(sys.modules, "libvoikko", None)
    monkeypatch.setitem(sys.modules, "pyvoikko", None)
    assert engines.load().name == "snowball"
    with pytest.raises(ImportError):
        engines.load("pyvoikko")


def test_voikkos_own_library_is_taken_before_the_wheel(monkeypatch):
    line = "[Ln][Xp]pankki[X]pank[Sg][Ny]in"

    class Voikko:
        getVersion = str  # noqa: N815 -- their name

        def __init__(self, lang):
            assert lang == "fi"

        def analyze(self, word):
            return [{"FSTOUTPUT": line}, {"BASEFORM": "?"}] if word == "pankin" else []

    library = ModuleType("libvoikko")
    library.Voikko = Voikko
    monkeypatch.setitem(sys.modules, "libvoikko", library)
    engine = engines.load()
    assert engine.name == "libvoikko"
    assert engine.lookup("pankin") == [line]
    assert engine.lookup("pankin" * 20) == engine.lookup("") == []
    assert weights(Analyser(engine), "Pankin") == {"pankki": 1.0}

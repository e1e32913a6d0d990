"""What people call the tables, their columns and some of the codes in workbooks of their own.

"; " stands between the names, the usual one is first. They are found whatever the case, and nearly alike.
"""

from kilauta.lib.words import Words

ORGANISATIONS = Words(
    "organisaatiot; toimijat; yhteisöt; yhdistykset; palveluntuottajat; organisaatio; toimija",
    "organisationer; aktörer; föreningar",
    "organisations; providers; bodies",
)
ORGANISATION_ROLES = Words(
    "organisaatioiden roolit; verkoston jäsenet; jäsenet", "organisationernas roller; medlemmar", "members"
)
PLACES = Words(
    "paikat; toimipaikat; toimipisteet; palvelupisteet; opastuspaikat; digitukipaikat; paikka",
    "platser; ställen; servicepunkter; verksamhetsställen",
    "places; sites; service points; venues",
)
ESERVICES = Words(
    "sähköiset palvelut; verkkopalvelut; asiointipalvelut; e-palvelut",
    "e-tjänster; elektroniska tjänster; nättjänster",
    "e-services; electronic services; online services",
)
SERVICES = Words(
    "tukipalvelut; palvelut; digituki; neuvonta; opastus; palvelu",
    "stödtjänster; tjänster; digitalt stöd; handledning",
    "services; support services; digital support",
)
SERVICE_LANGUAGES = Words("palvelukielet; tukipalvelujen kielet", "tjänstespråk", "service languages")
SERVICE_ROLES = Words("tukipalvelujen osapuolet; kumppanit", "tjänsternas parter", "service roles; partners")
CHANNELS = Words(
    "tavat saada apua; asiointikanavat; kanavat; yhteystavat; palvelukanavat",
    "sätt att få hjälp; kanaler; servicekanaler",
    "ways to get help; channels",
)
HOURS = Words(
    "aukioloajat; aukiolot; palveluajat; päivystysajat", "öppettider; servicetider", "opening hours; hours"
)
VERIFICATIONS = Words("vahvistukset; tarkistukset", "bekräftelser; kontroller", "verifications; checks")
LINKS = Words("linkit; lisätietolinkit", "länkar", "links")

# By the name of the column, whatever the table.
HEADINGS = {
    "id": Words("tunniste; tunnus; id; koodi; nro", "id; kod; nummer", "id; code; number"),
    "name": Words("nimi; nimike; virallinen nimi", "namn; benämning", "name; title"),
    "summary": Words(
        "tiivistelmä; lyhyt kuvaus; kuvaus lyhyesti", "sammandrag; kort beskrivning", "summary; in short"
    ),
    "description": Words("kuvaus; pitkä kuvaus; esittely; lisätiedot", "beskrivning", "description; about"),
    "parent": Words(
        "pääorganisaatio; kuuluu organisaatioon; yläorganisaatio; emo-organisaatio",
        "moderorganisation; hör till",
        "parent organisation; part of",
    ),
    "kind": Words("tyyppi; laji; luokka; muoto", "typ; slag", "type; kind; category"),
    "former_name": Words("entinen nimi; aiempi nimi; vanha nimi", "tidigare namn", "former name; old name"),
    "business_id": Words("y-tunnus; ytunnus; yritystunnus", "fo-nummer", "business id"),
    "identifiers": Words("muut tunnisteet; rekisteritunnukset", "andra id", "other ids; identifiers"),
    "website": Words(
        "verkkosivut; kotisivut; www; verkkosivu; www-osoite; internetsivut; nettisivut",
        "webbplats; hemsida; webbsida",
        "website; web page; homepage",
    ),
    "phone": Words(
        "puhelin; puhelinnumero; puh; puh nro; puhelinnro; gsm; numero",
        "telefon; telefonnummer; tel; tfn",
        "phone; telephone; phone number; telephone number",
    ),
    "email": Words(
        "sähköposti; sähköpostiosoite; s-posti; e-mail; email", "e-post; e-postadress; epost", "e-mail; email"
    ),
    "duty_by_law": Words(
        "lakisääteinen; lakisääteinen velvollisuus; lain velvoittama", "lagstadgad", "required by law"
    ),
    "started_on": Words(
        "perustettu; aloittanut; alkanut; perustamispäivä",
        "grundad; började",
        "founded; since",
    ),
    "steward": Words("verkosto; vastuuverkosto", "nätverk", "network"),
    "state": Words("tila; julkaisun tila; julkaistu", "status; publicering", "state; status"),
    "host": Words(
        "isäntä; isäntäorganisaatio; organisaatio; omistaja; ylläpitäjä; toimija",
        "värd; värdorganisation; organisation; ägare",
        "host; organisation; owner",
    ),
    "address": Words(
        "osoite; katuosoite; käyntiosoite; lähiosoite", "adress; gatuadress; besöksadress", "address; street address"
    ),
    "postal_code": Words("postinumero; postinro; pnro", "postnummer", "postal code; postcode; zip code"),
    "municipality": Words(
        "kunta; sijaintikunta; paikkakunta; kaupunki",
        "kommun; ort; stad",
        "municipality; town",
    ),
    "locality": Words(
        "kylä; kaupunginosa; taajama",
        "by; stadsdel; tätort",
        "village; part of town; locality",
    ),
    "lat": Words("leveysaste; lat; leveyspiiri; n", "latitud; lat", "latitude; lat"),
    "lon": Words("pituusaste; lon; lng; pituuspiiri; e", "longitud; lon", "longitude; lon; lng"),
    "access_yes": Words(
        "esteettömyys; esteetöntä",
        "tillgänglighet; tillgängligt",
        "accessibility; accessible",
    ),
    "access_no": Words(
        "esteettömyyden puutteet; ei esteetöntä",
        "brister i tillgängligheten",
        "not accessible",
    ),
    "connection": Words("verkkoyhteys; yhteys; netti", "nätförbindelse", "connection; network"),
    "directions": Words(
        "saapumisohje; reittiohje; kulkuohje",
        "vägbeskrivning",
        "directions; how to get there",
    ),
    "owner": Words("omistaja; organisaatio; vastuutaho", "ägare; organisation", "owner; organisation"),
    "url": Words(
        "verkko-osoite; osoite verkossa; linkki; url; www",
        "webbadress; länk",
        "web address; link; url",
    ),
    "topics": Words(
        "aiheet; aihe; asiat; teemat; mitä autetaan",
        "ämnen; ämne; teman",
        "topics; topic; subjects",
    ),
    "words": Words(
        "muut nimet; hakusanat; puhekieliset nimet",
        "andra namn; sökord",
        "other names; keywords",
    ),
    "organisation": Words(
        "organisaatio; toimija; järjestäjä; palveluntuottaja; tuottaja; yhdistys",
        "organisation; aktör; arrangör; förening",
        "organisation; provider; organiser",
    ),
    "eservices": Words("sähköiset palvelut; verkkopalvelut", "e-tjänster", "e-services; electronic services"),
    "devices": Words("laitteet; laite", "apparater; apparat", "devices; device"),
    "audiences_only": Words("vain näille; rajattu kohderyhmä", "endast för; bara för", "only for"),
    "audiences_also": Words(
        "kohderyhmä; kohderyhmät; sopii erityisesti",
        "målgrupp; målgrupper",
        "audience; audiences",
    ),
    "depth": Words(
        "tuen syvyys; tuen taso; tuen laajuus",
        "stödets djup; stödnivå",
        "depth of help; level of help",
    ),
    "fee": Words("maksullisuus; maksu; hinta; maksuton", "avgift; pris; avgiftsbelagd", "fee; price; charge"),
    "fee_note": Words(
        "hintatieto; maksun lisätieto; hinnan lisätieto",
        "om avgiften",
        "about the fee; price note",
    ),
    "limits": Words(
        "rajaukset; rajoitukset; mitä emme tee",
        "avgränsningar; begränsningar",
        "limits; limitations",
    ),
    "bring": Words("ota mukaan; mukaan; mitä mukaan", "ta med; med dig", "bring; what to bring"),
    "resources": Words("resurssit; henkilöstö; voimavarat", "resurser", "resources"),
    "service": Words("tukipalvelu; palvelu; palvelun nimi", "stödtjänst; tjänst", "service; support service"),
    "language": Words("kieli; palvelukieli", "språk; tjänstespråk", "language"),
    "role": Words("rooli; tehtävä; osuus", "roll; uppgift", "role; part"),
    "network": Words("verkosto", "nätverk", "network"),
    "since": Words("alkaen; mukana alkaen", "sedan; från och med", "since; from"),
    "note": Words("huomautus; lisätieto; huom; kommentti", "anmärkning; tilläggsinformation", "note; remark"),
    "mode": Words("asiointitapa; tapa; kanava; muoto; miten", "sätt; kanal; form", "way; mode; channel; how"),
    "place": Words("paikka; toimipaikka; toimipiste; missä", "plats; ställe; var", "place; site; where"),
    "phone_charge": Words("puhelun hinta; puhelumaksu", "samtalspris; samtalsavgift", "call charge"),
    "booking_url": Words(
        "ajanvaraus; varausosoite; ajanvarausosoite",
        "tidsbokning; bokningsadress",
        "booking; booking address",
    ),
    "area": Words(
        "palvelualue; alue; kunnat; toiminta-alue",
        "område; serviceområde; kommuner",
        "area; service area; municipalities",
    ),
    "lead_days": Words(
        "varoaika; varaus päivää ennen; päivää etukäteen",
        "dagar i förväg",
        "days ahead; lead time",
    ),
    "given_by": Words("antaja; kuka auttaa; auttaja", "ges av; vem hjälper", "given by; who helps"),
    "intake": Words(
        "uusia asiakkaita; otetaanko uusia; asiakkaaksi ottaminen",
        "tar emot nya",
        "intake; takes new people",
    ),
    "full_until": Words("täynnä asti; täynnä saakka", "fullt till", "full until"),
    "hours_of_place": Words(
        "paikan aukioloajat; samat ajat kuin paikalla",
        "platsens öppettider",
        "hours of the place",
    ),
    "closed_from": Words("suljettu alkaen; kiinni alkaen", "stängt från", "closed from"),
    "closed_until": Words("suljettu asti; kiinni asti", "stängt till", "closed until"),
    "closed_note": Words("sulun syy; miksi kiinni", "orsak till stängning", "why closed"),
    "owner_kind": Words("kenen ajat; kohteen tyyppi; ajan kohde", "vems tider", "whose hours"),
    "weekdays": Words("viikonpäivät; päivät; viikonpäivä", "veckodagar; dagar", "weekdays; days"),
    "opens": Words("avataan; aukeaa; alkaa; alkaen klo; kello alkaen", "öppnar; börjar", "opens; from"),
    "closes": Words(
        "suljetaan; sulkeutuu; päättyy; asti klo; kello asti",
        "stänger; slutar",
        "closes; until",
    ),
    "weeks": Words("viikot; parilliset ja parittomat viikot", "veckor", "weeks"),
    "nth": Words("kuukauden monesko; monesko", "vilken i månaden", "which of the month"),
    "valid_from": Words("voimassa alkaen; ensimmäinen päivä", "gäller från", "valid from; first day"),
    "valid_to": Words("voimassa asti; viimeinen päivä", "gäller till", "valid to; last day"),
    "holiday": Words("pyhä; pyhäpäivä; juhlapäivä", "helgdag; helg", "holiday; public holiday"),
    "exception": Words("poikkeus; poikkeusaika", "undantag", "exception"),
    "thing_kind": Words("mikä; kohteen laji", "vad; slag av objekt", "what; kind of thing"),
    "thing": Words("kohde; mitä koskee", "objekt; vad det gäller", "thing; about"),
    "group": Words("osa; tietoryhmä", "del; grupp", "part; group"),
    "verified_on": Words(
        "vahvistettu; tarkistettu; tarkistuspäivä",
        "bekräftad; kontrollerad",
        "verified; checked",
    ),
    "method": Words("tarkistustapa; miten tarkistettu", "hur kontrollerat", "how verified; method"),
    "by_role": Words("tarkistaja; kuka tarkisti", "vem kontrollerade", "verified by"),
    "due_on": Words("tarkistettava viimeistään; seuraava tarkistus", "nästa kontroll", "due; next check"),
    "label": Words("linkkiteksti; linkin teksti", "länktext", "link text; label"),
}  # fmt: skip

# Where a word means another column than elsewhere.
OF_HOURS = {"owner": Words("kohde; mikä; kenen", "objekt; vems", "owner; whose")}

# Codes that stand in no list of values, as the reader of a workbook knows them.
CODES = {
    "draft": Words("luonnos", "utkast", "draft"),
    "published": Words("julkaistu", "publicerad", "published"),
    "withdrawn": Words("poistettu käytöstä", "tagen ur bruk", "withdrawn"),
    "open": Words("avoinna", "öppet", "open"),
    "self-service": Words("omatoimi", "meröppet", "self-service"),
    "by-appointment": Words("ajanvarauksella", "enligt tidsbokning", "by appointment"),
    "closed": Words("suljettu", "stängt", "closed"),
    "unknown": Words("ei tiedossa", "inte känt", "not known"),
    "odd": Words("parittomat", "udda", "odd"),
    "even": Words("parilliset", "jämna", "even"),
    "organisation": Words("organisaatio", "organisation", "organisation"),
    "place": Words("paikka", "plats", "place"),
    "service": Words("tukipalvelu", "stödtjänst", "service"),
    "channel": Words("tapa saada apua", "sätt att få hjälp", "way to get help"),
    "network": Words("verkosto", "nätverk", "network"),
    "website": Words("verkkosivu", "webbsida", "website"),
    "social": Words("some", "sociala medier", "social media"),
    "ptv": Words("suomi.fi", "suomi.fi", "suomi.fi"),
    "map": Words("kartta", "karta", "map"),
    "other": Words("muu", "annat", "other"),
}

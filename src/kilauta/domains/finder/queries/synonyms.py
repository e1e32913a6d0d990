from kilauta.domains.finder.models import Synonym
from kilauta.lib.text import sort_key


def synonyms_in_order() -> list[Synonym]:
    """Return what people call things, by the alphabet, Finnish first."""
    order = {"fi": 0, "sv": 1, "en": 2}
    rows = Synonym.objects.order_by("id")
    return sorted(rows, key=lambda row: (order[row.lang], sort_key(row.word, row.lang), row.pk))

"""What every installation holds before anybody enters anything: territory, value lists, rules, words."""

from datetime import datetime

from django.db import transaction

from kilauta.domains.directory.choices import read_values
from kilauta.domains.directory.operations import hold_terms
from kilauta.domains.guidance.operations.feedback import hold_feedback_questions
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.loading import load_packaged
from kilauta.kit.exchange.problems import Counts, Report
from kilauta.kit.store import editions


@transaction.atomic
def load_reference_data(*, actor: Person, now: datetime) -> Report:
    """Hold what the product's own tables say; done again, it writes only what has changed in them."""
    terms = Report()
    for name, held in hold_terms(read_values(), actor=actor, now=now).items():
        counts = terms.tables.setdefault(name, Counts())
        for saved in held:
            counts.add(saved.outcome)
    hold_feedback_questions(actor=actor, now=now)
    if terms.wrote:
        editions.renew()
    return terms.join([load_packaged(actor=actor, now=now)])

from django import template

from kilauta.kit.access.models import Scoped
from kilauta.kit.access.roles import ROLES

register = template.Library()


@register.filter
def role_name(held: Scoped) -> str:
    """Return the role in the reader's language."""
    return str(ROLES[held.role].name)

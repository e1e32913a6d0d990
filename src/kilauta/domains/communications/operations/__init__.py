"""Every write of communications."""

from .feedback import answer_feedback as answer_feedback
from .feedback import receive_feedback as receive_feedback
from .links import hold_faults as hold_faults
from .own import add_contact as add_contact
from .own import add_link as add_link
from .own import add_news as add_news
from .own import add_page as add_page
from .own import change as change
from .own import publish as publish
from .own import remove as remove
from .own import withdraw as withdraw

"""Every read of communications."""

from .feedback import feedback as feedback
from .feedback import receipt as receipt
from .feedback import spoken as spoken
from .feedback import waiting_feedback as waiting_feedback
from .links import dead_links as dead_links
from .links import due_addresses as due_addresses
from .links import standing as standing
from .office import advice as advice
from .office import all_of as all_of
from .office import history_of as history_of
from .office import listed_pages as listed_pages
from .office import one as one
from .own import contacts as contacts
from .own import foot_pages as foot_pages
from .own import has_news as has_news
from .own import links_by_kind as links_by_kind
from .own import news_in_force as news_in_force
from .own import news_page as news_page
from .own import own_page as own_page
from .own import own_pages as own_pages
from .own import own_text as own_text

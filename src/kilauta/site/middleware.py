from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kilauta.domains.directory.queries.reading import Reading, reading
from kilauta.kit.translations import reader_language
from kilauta.lib import clock

Answer = Callable[[HttpRequest], HttpResponse]

# Position only for our own pages, and only when the visitor presses "near me"; nothing else at all.
POLICY = (
    "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), accelerometer=(), gyroscope=(), "
    "magnetometer=(), midi=(), fullscreen=(), display-capture=()"
)


class PermissionsPolicyMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = POLICY
        return response


class ReadingMiddleware:
    """Give every request its reading: the directory of now, the network of the host, the language of the address.

    The clock is read here, once, when the page first looks: everything on a page is of one instant.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def make() -> Reading:
            return reading(host=request.get_host(), lang=reader_language(), now=clock.now())

        held = SimpleLazyObject(make)
        request.reading = held  # type: ignore[attr-defined]
        request.region = SimpleLazyObject(lambda: held.network.id)  # type: ignore[attr-defined]
        return self.get_response(request)

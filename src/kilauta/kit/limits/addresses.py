"""Where a request comes from, as far as it can be believed."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# A household or a library is given this much of IPv6, and may use a new address in it every minute.
HOUSEHOLD = 64


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, for IPv6 the network of the household; "" when there is none.

    Every proxy adds whom it heard from at the right end of X-Forwarded-For. Only what our own proxies have added is
    believed (setting KILAUTA_PROXIES: how many there are, or their addresses); the rest anybody can write.
    """
    hops = [_parsed(hop) for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return told(visitor_of([*hops, _parsed(request.META.get("REMOTE_ADDR", ""))], settings.PROXIES))


def visitor_of(hops: Sequence[Address | None], proxies: int | Sequence[Network]) -> Address | None:
    """Return the rightmost hop that is not one of our proxies. `hops` ends with whom we heard from ourselves.

    A hop that is no address (None) was not added by a proxy of ours: whoever is right of it is the visitor.
    """
    visitor = hops[-1]
    for number, hop in enumerate(reversed(hops)):
        if hop is None and number > 0:
            break
        visitor = hop
        if isinstance(proxies, int):
            if number == proxies:
                break
        elif hop is not None and not any(hop in network for network in proxies):
            break
    return visitor


def told(address: Address | None) -> str:
    """Return the address as it is counted by."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, HOUSEHOLD), strict=False))
    return str(address or "")


def _parsed(hop: str) -> Address | None:
    """Read a hop: an address, perhaps with a port ("192.0.2.1:4711", "[2001:db8::1]:4711")."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address

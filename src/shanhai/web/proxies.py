"""What a proxy in front of the site says of a request: believed from the proxies named in the settings, from nobody else.

Behind them the visitor's address and whether they came over https are as the proxy says; from anybody else these
headers are taken away before anything reads them.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_FOR, _PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
#: Whatever a proxy may add; one of them shows that a request did not come from this machine itself.
TRACES = (
    _FOR,
    _PROTO,
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)


class ProxyMiddleware:
    """Stands before all others: they read the address and the scheme it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django builds it."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take the proxy's word or take it away."""
        found = {name: str(request.META.pop(name)) for name in TRACES if name in request.META}
        direct = str(request.META.get("REMOTE_ADDR", ""))
        request.came_through_proxy = bool(found)  # type: ignore[attr-defined]
        if trusted(direct):
            request.META["REMOTE_ADDR"] = _visitor(found.get(_FOR, ""), direct)
            scheme = found.get(_PROTO, "").rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                request.META[_PROTO] = request.META["wsgi.url_scheme"] = scheme
        return self._answer(request)


def trusted(address: str) -> bool:
    """Whether an address is one of the proxies in front of the site."""
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    return any(asked in network for network in settings.PROXIES if network.version == asked.version)


def _visitor(told: str, direct: str) -> str:
    """The first address, from the site outwards, that is not a proxy of ours; the visitor may have written the rest."""
    last = direct
    for each in reversed([part.strip() for part in told.split(",") if part.strip()]):
        try:
            last = str(ip_address(each))
        except ValueError:
            return last
        if not trusted(last):
            return last
    return last


def from_this_machine(request: HttpRequest) -> bool:
    """Whether a request was made on this machine and passed through no proxy."""
    try:
        local = ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
    return local and not getattr(request, "came_through_proxy", True)

"""Which address a request came from, seen past the proxies in front."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever sent `request`; "" if the server knows none.

    Each of the `PROXY_COUNT` trusted proxies appends to X-Forwarded-For whom it heard from, so the
    client is that many entries from the end; what stands before it, the client wrote itself. What
    is no address counts for nothing: then it is whoever connected to us.
    """
    connected = str(request.META.get("REMOTE_ADDR") or "").strip()
    if not settings.PROXY_COUNT:
        return connected
    entries = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
    entry = entries[-min(settings.PROXY_COUNT, len(entries))].strip()
    try:
        address = ip_address(entry)
    except ValueError:
        return connected
    # A zone names an interface of another machine; it could hold any text.
    if isinstance(address, IPv6Address) and address.scope_id:
        return connected
    return str(address)

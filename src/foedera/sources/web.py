"""One page from the web: fetched from a public address, within limits, or refused.

The connection is made to the very address that was checked, so a name server cannot say one thing to the check and
another to the connection. Proxies, cookies and passwords are not used.
"""

from __future__ import annotations

import re
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urljoin

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError

from foedera.model.errors import InputError

from .addresses import check_host, resolve
from .entry import HEAD, shown
from .options import WebLimits

_ODD: Final = re.compile("[\x00-\x20\x7f\\\\]")
_CREDENTIALS: Final = re.compile(r"(?<=//)[^/?#]*@")
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}
_ACCEPT: Final = "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back.

    Attributes:
        url: The address after all redirects.
        data: The body, expanded.
        media: The content type with its parameters, as sent. None where none was sent.
    """

    url: str
    data: bytes
    media: str | None


def without_password(url: str) -> str:
    """The address with user name and password masked, for messages."""
    return shown(_CREDENTIALS.sub("***@", url))


def document_name(url: str) -> str:
    """The last segment of the path, or the host where there is none."""
    plain = _CREDENTIALS.sub("", url).split("://", 1)[-1].split("#", 1)[0].split("?", 1)[0]
    host, _, path = plain.partition("/")
    last = unquote(path.rstrip("/").rsplit("/", 1)[-1])
    return shown(last.replace("/", "_").replace("#", "_")) or host or "url"


def fetch(url: str, limits: WebLimits) -> Fetched:
    """Fetch one address.

    Raises:
        InputError: ``url_refused`` or ``fetch_failed``; the document is the name of the address.
    """
    document = document_name(url)
    deadline = time.monotonic() + limits.timeout
    for _ in range(limits.max_redirects + 1):
        target = _checked(url, document, limits)
        answer = _get(target, document, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        try:
            url = urljoin(target.url, answer)
        except ValueError as error:
            raise InputError("url_refused", document, f"redirected to {answer[:200]!r}, no address") from error
    raise InputError("fetch_failed", document, f"more than {limits.max_redirects} redirects")


def _checked(url: str, document: str, limits: WebLimits) -> urllib3.util.Url:
    """The parts of an address that may be fetched."""
    said = without_password(url)
    if _ODD.search(url):
        raise InputError("url_refused", document, f"{said!r} holds blanks, control characters or backslashes")
    try:
        target = urllib3.util.parse_url(_ascii_host(url))
    except (LocationParseError, ValueError) as error:
        raise InputError("url_refused", document, f"{said!r} is not an address") from error
    if target.scheme not in _PORTS:
        raise InputError("url_refused", document, f"scheme {target.scheme!r} is not http or https")
    if target.auth is not None or "@" in (target.netloc or ""):
        raise InputError("url_refused", document, f"{said!r} carries a user name or password")
    if not target.host:
        raise InputError("url_refused", document, f"{said!r} names no host")
    check_host(target.host, document, allow_private=limits.allow_private)
    return target._replace(fragment=None)


def _ascii_host(url: str) -> str:
    """The address with a host of other letters in its ASCII form."""
    scheme, _, rest = url.partition("://")
    end = next((i for i, c in enumerate(rest) if c in "/?#"), len(rest))
    host = rest[:end]
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return f"{scheme}://{host}{rest[end:]}"


def _get(target: urllib3.util.Url, document: str, limits: WebLimits, deadline: float) -> Fetched | str:
    """The page at an address, or where it redirects to."""
    left = deadline - time.monotonic()
    late = InputError("fetch_failed", document, f"{target.url}: no answer within {limits.timeout:g} seconds")
    if left <= 0:
        raise late
    opened = _Opened()
    with _pool(target, document, limits, left, opened) as pool, opened.cut_after(left):
        try:
            answer = _answer(pool, target, document, limits)
        except (HTTPError, OSError, ValueError) as error:
            if opened.cut or isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
                raise late from error
            detail = f"{target.url}: {type(error).__name__}: {str(error)[:300]}"
            raise InputError("fetch_failed", document, detail) from error
    # A body without a stated length looks complete where the connection was cut.
    if opened.cut:
        raise late
    return answer


def _answer(
    pool: urllib3.HTTPConnectionPool, target: urllib3.util.Url, document: str, limits: WebLimits
) -> Fetched | str:
    headers = {"User-Agent": limits.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
    response = pool.urlopen(
        "GET", target.request_uri, headers=headers, retries=False, redirect=False, preload_content=False
    )
    try:
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            return location.strip().replace(" ", "%20")
        if not 200 <= response.status < 300:
            raise InputError("fetch_failed", document, f"{target.url}: the server answered {response.status}")
        data = _body(response, document, limits.max_bytes)
    finally:
        response.close()
    return Fetched(target.url, data, response.headers.get("Content-Type"))


def _body(response: urllib3.BaseHTTPResponse, document: str, limit: int) -> bytes:
    too_large = InputError("fetch_failed", document, f"the body is larger than {limit} bytes")
    pieces: list[bytes] = []
    size = 0
    for piece in response.stream(HEAD, decode_content=False):
        size += len(piece)
        if size > limit:
            raise too_large
        pieces.append(piece)
    data = b"".join(pieces)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        return data
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise InputError("fetch_failed", document, f"content encoding {encoding!r}, which was not asked for")
    try:
        expander = zlib.decompressobj(47)
        expanded = expander.decompress(data, limit + 1)
    except zlib.error as error:
        raise InputError("fetch_failed", document, f"the compressed body is damaged: {error}") from error
    if len(expanded) > limit:
        raise too_large
    if not expander.eof:
        raise InputError("fetch_failed", document, "the compressed body ends before its end")
    return expanded


class _Opened:
    """The sockets of a fetch, so that a server which sends a byte now and then is cut off when the time is up."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []
        self.cut = False

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """End all reads when the time is up."""
        watch = threading.Timer(seconds, self._shut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _shut(self) -> None:
        self.cut = True
        for open_socket in self.sockets:
            try:
                open_socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def _connect(connection: HTTPConnection, guard: dict[str, Any]) -> socket.socket:
    """Open a socket to an address of the host that was checked just before."""
    document: str = guard["document"]
    host = connection.host
    port = int(connection.port or connection.default_port)
    problem: OSError | None = None
    for address in resolve(host, port, document, allow_private=guard["allow_private"]):
        try:
            opened = socket.create_connection((address, port), guard["timeout"])
        except OSError as error:
            problem = error
            continue
        guard["opened"].sockets.append(opened)
        return opened
    raise InputError("fetch_failed", document, f"no connection to {host!r}: {problem}")


class _Checked(HTTPConnection):
    """A connection to a checked address."""

    def __init__(self, *args: Any, document: str, allow_private: bool, opened: _Opened, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._guard = {
            "document": document, "allow_private": allow_private, "opened": opened, "timeout": rest.get("timeout"),
        }  # fmt: skip

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._guard)


class _CheckedTls(_Checked, HTTPSConnection):
    """The same with TLS: the certificate is checked against the name."""


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Checked


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _CheckedTls


@contextmanager
def _pool(
    target: urllib3.util.Url, document: str, limits: WebLimits, timeout: float, opened: _Opened
) -> Iterator[urllib3.HTTPConnectionPool]:
    guard: dict[str, Any] = {"document": document, "allow_private": limits.allow_private, "opened": opened}
    guard |= {"timeout": timeout, "maxsize": 1}
    host, port = str(target.host), target.port or _PORTS[str(target.scheme)]
    pool: urllib3.HTTPConnectionPool
    if target.scheme == "https":
        pool = _TlsPool(host, port, cert_reqs="CERT_REQUIRED", **guard)
    else:
        pool = _Pool(host, port, **guard)
    try:
        yield pool
    finally:
        pool.close()

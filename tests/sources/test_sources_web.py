"""Pages from the web: fetched from a server on this machine where that is allowed, and refused where it is not."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foedera.model import Page, Reject
from foedera.model.errors import InputError
from foedera.sources import SourceOptions, WebLimits, open_pages
from foedera.sources.addresses import check_host, is_public, is_url, resolve
from foedera.sources.web import document_name

HTML = b"<html><body><p>The envoys met.</p></body></html>"
seen: list[dict[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        seen.append({"path": self.path, **dict(self.headers)})
        name = self.path.split("?")[0].strip("/")
        port = self.server.server_port
        if name.startswith("loop"):
            self.send(302, Location=f"/loop{int(name[4:] or 0) + 1}")
        elif name == "slow":
            self.send_response(200)
            self.end_headers()
            while not self.server.stopping.wait(0.05):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
        else:
            self.send(*ANSWERS(port)[name][:2], **ANSWERS(port)[name][2])


def ANSWERS(port):  # noqa: N802 - a table that needs the port
    bomb = gzip.compress(b"word " * 1_000_000)
    return {
        "": (200, HTML, {"Content_Type": "text/html; charset=windows-1252"}),
        "news/talks.html": (200, HTML, {"Content_Type": "text/html"}),
        "plain": (200, b"The envoys met.", {"Content_Type": "text/plain"}),
        "rows.jsonl": (200, b'{"text": "One."}\n{"text": "Two.", "url": "https://a.example/2"}', {}),
        "packed": (200, gzip.compress(HTML), {"Content_Type": "text/html", "Content_Encoding": "gzip"}),
        "cut-gzip": (200, gzip.compress(HTML)[:-12], {"Content_Type": "text/html", "Content_Encoding": "gzip"}),
        "bad-gzip": (200, b"no gzip", {"Content_Encoding": "gzip"}),
        "brotli": (200, b"x", {"Content_Encoding": "br"}),
        "bomb": (200, bomb, {"Content_Encoding": "gzip"}),
        "big": (200, b"word " * 20_000, {"Content_Type": "text/plain"}),
        "short": (200, b"word", {"Content_Type": "text/plain", "Content_Length": "100"}),
        "picture": (200, b"\x00\x01picture" * 50, {"Content_Type": "image/x-thing"}),
        "empty": (200, b"", {"Content_Type": "text/html"}),
        "gone": (404, b"gone", {}),
        "moved": (301, b"", {"Location": "/news/talks.html#top"}),
        "to-file": (302, b"", {"Location": "file:///etc/passwd"}),
        "to-password": (302, b"", {"Location": f"http://me:secret@127.0.0.1:{port}/"}),
        "to-number": (302, b"", {"Location": f"http://2130706433:{port}/"}),
        "to-nothing": (302, b"", {"Location": "http://[broken/"}),
    }


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.stopping = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.stopping.set()
    server.shutdown()
    server.server_close()


def read(url, **limits):
    web = WebLimits(**({"allow_private": True, "max_bytes": 50_000, "timeout": 10.0} | limits))
    return list(open_pages([url], SourceOptions(web=web)))


def only(found):
    assert len(found) == 1, found
    return found[0]


def test_a_page_and_what_it_says_of_itself(site):
    page = only(read(f"{site}/news/talks.html?from=feed#top"))
    assert isinstance(page, Page)
    url = f"{site}/news/talks.html?from=feed"
    assert (page.document, page.locator, page.declared.url, page.data) == ("talks.html", url, url, HTML)
    assert (page.media_type, page.original_type) == ("text/html", "text/html")
    assert seen[-1]["User-Agent"].startswith("foedera/")
    assert not {"Cookie", "Authorization"} & seen[-1].keys()


def test_other_types(site):
    page = only(read(site))
    assert (page.document, page.original_type) == (site.removeprefix("http://"), "text/html; charset=windows-1252")
    page = only(read(f"{site}/plain"))
    assert (page.media_type, page.data) == ("text/plain", b"The envoys met.")
    rows = read(f"{site}/rows.jsonl")
    assert [r.document for r in rows] == ["rows.jsonl#1", "rows.jsonl#2"]
    assert [r.declared.url for r in rows] == [f"{site}/rows.jsonl", "https://a.example/2"]
    assert only(read(f"{site}/packed")).data == HTML


def test_a_redirect_is_followed_and_the_last_address_kept(site):
    page = only(read(f"{site}/moved"))
    assert page.declared.url == f"{site}/news/talks.html"
    assert page.document == "talks.html"


def test_proxies_of_the_environment_are_not_used(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(only(read(f"{site}/plain")), Page)


@pytest.mark.parametrize(
    ("path", "reason", "detail"),
    [
        ("gone", "fetch_failed", "404"),
        ("loop", "fetch_failed", "more than 5 redirects"),
        ("to-file", "url_refused", "'file'"),
        ("to-password", "url_refused", "password"),
        ("to-number", "url_refused", "number"),
        ("to-nothing", "url_refused", "broken"),
        ("big", "fetch_failed", "larger than 50000"),
        ("bomb", "fetch_failed", "larger than 50000"),
        ("cut-gzip", "fetch_failed", "before its end"),
        ("bad-gzip", "fetch_failed", "damaged"),
        ("brotli", "fetch_failed", "'br'"),
        ("short", "fetch_failed", "IncompleteRead"),
        ("picture", "unsupported_type", "image/x-thing"),
        ("empty", "empty", "no bytes"),
    ],
)
def test_what_goes_wrong_on_the_way(site, path, reason, detail):
    reject = only(read(f"{site}/{path}"))
    assert isinstance(reject, Reject)
    assert reject.reason == reason
    assert detail in reject.detail
    assert "secret" not in repr(reject)


def test_a_server_that_sends_a_byte_now_and_then_is_cut_off(site):
    reject = only(read(f"{site}/slow", timeout=0.3))
    assert (reject.reason, "within 0.3 seconds" in reject.detail) == ("fetch_failed", True)


def test_a_server_without_a_certificate(site):
    assert only(read(site.replace("http:", "https:"))).reason == "fetch_failed"


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert only(read(f"http://127.0.0.1:{port}/")).reason == "fetch_failed"


def test_private_addresses_are_refused_by_default_before_any_request(site):
    before = len(seen)
    port = site.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "LOCALHOST.", "[::1]", "[::ffff:127.0.0.1]", "x.localhost", "0.0.0.0"):
        reject = only(list(open_pages([f"http://{host}:{port}/"])))
        assert reject.reason == "url_refused", host
    assert len(seen) == before


@pytest.mark.parametrize(
    "url",
    [
        "ftp://post.example/a", "file:///etc/passwd", "http://me:pw@post.example/", "http://me@post.example/",
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.1/",
        "http://010.0.0.1/", "http://post.example/a b", "http://post.example\\@127.0.0.1/", "http://", "http:///path",
        "https://printer.local/", "http://post.example:99999/", "http://①②⑦.①/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_as_written(url):
    reject = only(list(open_pages([url])))
    assert reject.reason == "url_refused", reject.detail
    assert "pw" not in reject.detail + reject.locator + reject.document


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "192.88.99.1", "::", "::1", "fe80::1", "fc00::1",
        "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808", "2002:7f00:1::", "2002:808:808::", "2001:0:1:2:3:4:5:6", "2001:db8::1",
        "2606:4700::5efe:10.0.0.1", "fe80::1%1", "100::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(text):
    assert is_public(ipaddress.ip_address(text))


def test_the_address_that_was_checked_is_the_one_that_is_used(site):
    assert resolve("127.0.0.1", 80, "x", allow_private=True) == ["127.0.0.1"]
    with pytest.raises(InputError, match="not a public address"):
        resolve("127.0.0.1", 80, "x", allow_private=False)
    check_host("8.8.8.8", "x", allow_private=False)


def answering(monkeypatch, *answers):
    """Let the name server give these addresses for one host, one answer a question, and none after the last."""
    real, left = socket.getaddrinfo, list(answers)

    def lookup(host, port, *args, **rest):
        if host != "two-faced.example":
            return real(host, port, *args, **rest)
        if not left:
            raise socket.gaierror(socket.EAI_NONAME, "asked once too often")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def test_a_name_is_looked_up_once_and_the_connection_goes_there(site, monkeypatch):
    answering(monkeypatch, ["127.0.0.1"])
    page = only(read(site.replace("127.0.0.1", "two-faced.example") + "/plain"))
    assert isinstance(page, Page)
    assert seen[-1]["Host"].startswith("two-faced.example:")


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch):
    answering(monkeypatch, ["8.8.8.8", "10.0.0.7"])
    reject = only(list(open_pages(["http://two-faced.example/"])))
    assert (reject.reason, "10.0.0.7" in reject.detail) == ("url_refused", True)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://post.example/a/b.html?x=/y#z", "b.html"),
        ("https://post.example/a/", "a"),
        ("https://post.example", "post.example"),
        ("https://post.example?x=1", "post.example"),
        ("https://me:pw@post.example/", "post.example"),
        ("https://post.example/a%2Fb%23c%0A.html", "a_b_c\ufffd.html"),
    ],
)
def test_names_of_addresses(url, name):
    assert document_name(url) == name


def test_what_is_an_address():
    assert is_url("HTTPS://post.example")
    assert not is_url("C:/folder/file.txt")
    assert not is_url("https.txt")

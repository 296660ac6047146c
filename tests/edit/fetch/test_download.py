"""Downloads: their limits, refused addresses, and misbehaving servers."""

import itertools
from collections.abc import Callable, Iterator

import pytest

pytest.importorskip("httpcore", reason="an extra that is not installed")

from claimcli.edit.fetch.download import DownloadError, DownloadLimits, download
from claimcli.edit.fetch.network import is_public
from tests.support.server import PAGE, misbehaving

TIGHT = DownloadLimits(size=100_000, seconds=60, silence=60, redirects=3)


def stopped() -> float:
    """Be a clock that does not advance, so that a slow machine does not matter."""
    return 0.0


def hurrying() -> Callable[[], float]:
    """Return a clock that advances 20 seconds with each call."""
    times = itertools.count(step=20.0)
    return lambda: next(times)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with misbehaving() as (address, _):
        yield address


@pytest.mark.parametrize(
    "path",
    [
        "/page",
        "/moved",
        "/zipped",
        "/zipped-in-two",
        "/zipped-and-more",
        "/zipped-twice",
        "/deflated",
        "/deflated-raw",
        "/encoded-as-a-charset",
        "/moved-in-utf8",
        "/moved-in-latin1",
        "/moved-with-spaces",
        "/moved-to-the-same-host",
        "/moved-with-a-backslash",
    ],
)
def test_a_page_is_downloaded(server: str, path: str) -> None:
    """Directly, after redirects of any notation, and compressed without being asked."""
    found = download(f"{server}{path}", private=True, clock=stopped)

    assert (found.data, found.type) == (PAGE, "text/html")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "redirects more than 3 times"),
        ("/to-a-file", "leads to 'file:///etc/passwd', which is not a web address"),
        ("/missing", "answers 404"),
        ("/broken", "answers 500"),
        ("/endless", "is larger than 100,000 bytes"),
        ("/bomb", "is larger than 100,000 bytes"),
        ("/damaged", "is damaged: "),
        ("/half-zipped", "is cut short"),
        ("/to-nowhere", "leads to 'http://[bad', which is not a web address"),
        ("/brotli", "is encoded as 'br'"),
        ("/zipped-often", "is encoded as 'gzip,gzip,gzip,gzip,gzip'"),
        ("/bomb-in-a-bomb", "is larger than 100,000 bytes"),
        ("/deflated-and-damaged", "is damaged: "),
        ("/cut-short", "cannot be reached: "),
        ("/garbage", "cannot be reached: "),
    ],
)
def test_misbehaviour_is_reported(server: str, path: str, reason: str) -> None:
    """Each gives one error, within the limits."""
    with pytest.raises(DownloadError) as error:
        download(f"{server}{path}", private=True, clock=stopped, limits=TIGHT)

    assert error.value.reason.startswith(reason)


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_download_ends_when_its_time_is_over(server: str, path: str) -> None:
    """Also if the server keeps sending a little, in the headers or the page."""
    with pytest.raises(DownloadError) as error:
        download(f"{server}{path}", private=True, clock=hurrying(), limits=TIGHT)

    assert error.value.reason.startswith("takes longer than 60 seconds")


def test_a_silent_server_is_left(server: str) -> None:
    """A fifth of a second is enough for a server that never answers."""
    limits = DownloadLimits(silence=0.2)
    with pytest.raises(DownloadError) as error:
        download(f"{server}/silent", private=True, clock=stopped, limits=limits)

    assert error.value.reason == "takes longer than 60 seconds, or is silent for 0.2"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "leads to 'ftp://example.org/a', which is not a web address"),
        ("http:///a", "leads to 'http:///a', which is not a web address"),
        ("http://[::1", "leads to 'http://[::1', which is not a web address"),
        ("http://" + "a" * 70 + ".example/", "leads to 'http://aaaa"),
        ("http://127.0.0.1:9/", "is refused: '127.0.0.1' is at a private address, 127.0.0.1"),
        ("http://localhost/", "is refused: 'localhost' is at a private address, "),
        ("http://[::ffff:10.0.0.1]/", "is refused: '::ffff:10.0.0.1' is at a private address"),
        ("http://2130706433/", "is refused: '2130706433' is at a private address, 127.0.0.1"),
    ],
)
def test_what_is_not_gone_to(url: str, reason: str) -> None:
    """Other schemes, invalid addresses, and private networks in any notation."""
    with pytest.raises(DownloadError) as error:
        download(url, private=False, clock=stopped)

    assert error.value.reason.startswith(reason)


def test_a_host_that_nobody_knows_is_told() -> None:
    with pytest.raises(DownloadError) as error:
        download("http://nowhere.invalid/", private=False, clock=stopped)

    assert error.value.reason.startswith("is refused: 'nowhere.invalid' cannot be resolved: ")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(DownloadError) as error:
        download("http://127.0.0.1:9/", private=True, clock=stopped)

    assert error.value.reason.startswith("cannot be reached: ")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b:1::7f00:1", False),
        ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("fec0::1", False),
        ("3fff::1", False),
        ("2606:4700::5efe:7f00:1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    ["a..example", "ä" * 64, f"{'a' * 64}.example", "\u0301a.example", "אa.example", "%ff.example"],
)
def test_an_invalid_host_name_is_no_web_address(host: str) -> None:
    with pytest.raises(DownloadError, match="which is not a web address"):
        download(f"http://{host}/", private=False, clock=stopped)

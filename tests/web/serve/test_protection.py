"""What protects the server from other pages in the same browser."""

from pathlib import Path

import pytest

from tests.support.requests import Site

CLAIM = "claims: [{id: a, party: p, statement: S., said: 2020}]\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("data")
    (folder / "a.yaml").write_text(CLAIM)
    return Site(folder)


@pytest.mark.parametrize(
    "address", ["/", "/claims", "/claim/zzz", "/nowhere", "/assets/style.css", "/stamp"]
)
def test_every_answer_has_the_security_headers(site: Site, address: str) -> None:
    headers = site.get(address).headers

    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8787", 200),
        ("localhost", 200),
        ("LOCALHOST:9", 200),
        ("[::1]:8787", 200),
        ("evil.example", 421),
        ("evil.example:8787", 421),
        ("127.0.0.1.evil.example", 421),
        ("127.0.0.1:x", 421),
        ("", 421),
        (None, 421),
    ],
)
def test_only_names_of_this_machine_are_answered(site: Site, host: str | None, status: int) -> None:
    """A stranger's name that leads to this machine gets no data (DNS rebinding)."""
    answer = site.get("/api/claims", host=host)

    assert (answer.status, b"S." in answer.content) == (status, status == 200)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_pages_are_only_read(site: Site, method: str) -> None:
    answer = site.get("/claims", method=method)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path", ["/assets/../a.yaml", "/assets/%2e%2e/a.yaml", "/../a.yaml", "//etc/passwd", "/a.yaml"]
)
def test_no_file_of_a_folder_is_served(site: Site, path: str) -> None:
    assert site.get(path).status == 404

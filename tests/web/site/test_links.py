"""Names of a site's files, and addresses from one to another."""

import pytest

from claimcli.web.site.links import StaticLinks, file_name

FILES = {
    ("overview", ()): "index.html",
    ("claims", ()): "claims.html",
    ("claim", ("a/kremlin",)): "claims/a~kremlin.html",
    ("claim", ("b",)): "claims/b.html",
    ("diff", ("kremlin", "white-house")): "diff/kremlin~white-house.html",
}
FROM_CLAIM = StaticLinks(FILES, "claims/b.html", list_pages=2)


@pytest.mark.parametrize(
    ("route", "ids", "options", "address"),
    [
        ("overview", [], {}, "../index.html"),
        ("claim", ["a/kremlin"], {}, "a~kremlin.html"),
        ("claim", ["b"], {"anchor": "q-b-1"}, "b.html#q-b-1"),
        ("diff", ["kremlin", "white-house"], {"q": ""}, "../diff/kremlin~white-house.html"),
        ("claims", [], {"q": "party:kremlin *"}, "../claims.html?q=party%3Akremlin+%2A"),
        ("claims", [], {"page": "1"}, "../claims.html"),
        ("claims", [], {"page": "2"}, "../claims-2.html"),
    ],
)  # fmt: skip
def test_addresses_are_relative(
    route: str, ids: list[str], options: dict[str, str], address: str
) -> None:
    """They work from any folder, and without a server."""
    assert FROM_CLAIM.to(route, *ids, **options) == address


@pytest.mark.parametrize(
    ("route", "ids", "options"),
    [
        ("claim", ["unknown"], {}),
        ("api-claims", [], {}),
        ("diff", ["kremlin", "white-house"], {"only": "contested"}),
        ("claims", [], {"page": "3"}),
        ("claims", [], {"page": "x"}),
        ("claims", [], {"q": "a", "sort": "party"}),
    ],
)
def test_what_a_site_does_not_have_has_no_address(
    route: str, ids: list[str], options: dict[str, str]
) -> None:
    """Templates then show text without a link."""
    assert FROM_CLAIM.to(route, *ids, **options) == ""


def test_assets_are_in_their_folder() -> None:
    """Style sheets and scripts are found from each folder."""
    assert FROM_CLAIM.asset("style.css") == "../assets/style.css"
    assert StaticLinks(FILES, "index.html").asset("style.css") == "assets/style.css"


def test_names_are_safe_on_every_file_system() -> None:
    """No name is reserved or too long, and different ids have different names."""
    long = "x" * 300
    names = [
        file_name("claims/{id}.html", [name])
        for name in ("con", "com1.notes", "conference", "a/b", "a.b", long, f"{long}y")
    ]

    assert names[:5] == [
        "claims/~con.html", "claims/~com1.notes.html", "claims/conference.html",
        "claims/a~b.html", "claims/a.b.html",
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    assert all(len(name) < 240 for name in names)

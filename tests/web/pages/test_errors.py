"""Pages that say why a request has no other answer."""

from claimcli.core.problems import ClaimcliError
from claimcli.core.query_parser import parse_query
from claimcli.web.page import no_such_record
from claimcli.web.pages.errors import error_page, no_such_path


def _error_of(query: str) -> ClaimcliError:
    try:
        parse_query(query)
    except ClaimcliError as error:
        return error
    raise AssertionError(query)


def test_an_invalid_query_is_shown_with_carets() -> None:
    """The message and the hint are those of the command line."""
    page = error_page(_error_of("sanctions staus:open"), 400)

    assert page.title == "The request is not valid"
    assert page.values["message"] == "no field 'staus'"
    assert page.values["excerpt"] == ("sanctions staus:open", "          ^^^^^")


def test_an_unknown_record_has_links_to_similar_ones() -> None:
    """At most three, the most similar first."""
    error = no_such_record("party", "kremlim", ("kremlin", "kremlins", "nato"))
    page = error_page(error, 404)

    assert str(error) == "no party 'kremlim'; did you mean 'kremlin'?"
    assert page.values["nearest"] == (("party", "kremlin"), ("party", "kremlins"))


def test_an_unknown_address_leads_to_the_first_page() -> None:
    """It is quoted in the message."""
    page = error_page(no_such_path("/nowhere"), 404)

    assert page.title == "No such page"
    assert page.values["message"] == "no page has the address '/nowhere'"

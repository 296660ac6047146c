"""The pages that the server keeps."""

from claimcli.web.serve.cache import Content, ContentCache


def content(size: int) -> Content:
    return Content(b"x" * size, "text/html")


def test_the_least_recently_used_content_is_dropped_first() -> None:
    cache = ContentCache(max_bytes=10)
    cache.get("1", ("a",))
    cache.put("1", ("a",), content(4))
    cache.put("1", ("b",), content(4))
    cache.get("1", ("a",))
    cache.put("1", ("c",), content(4))

    assert [bool(cache.get("1", (name,))) for name in "abc"] == [True, False, True]


def test_a_content_of_older_data_is_not_kept() -> None:
    """The data changed while the page was made."""
    cache = ContentCache()
    cache.get("1", ("a",))
    cache.get("2", ("a",))
    cache.put("1", ("a",), content(1))

    assert (cache.get("1", ("a",)), cache.get("2", ("a",))) == (None, None)


def test_a_content_larger_than_the_cache_is_not_kept() -> None:
    cache = ContentCache(max_bytes=10)
    cache.get("1", ("a",))
    cache.put("1", ("a",), content(11))

    assert cache.get("1", ("a",)) is None

"""The environment the program runs in: cache folder, optional libraries, garbage collection."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from claimcli.core.problems import ClaimcliError

EXTRAS = {
    "texts": (("trafilatura", "lxml_html_clean", "pypdfium2"), "sources as web pages and PDFs"),
    "fetch": (("httpcore", "idna"), "'fetch', which downloads sources"),
    "solver": (("pysat",), "'standing' under semantics other than grounded"),
    "watch": (("watchfiles",), "'check --watch'"),
    "web": (("starlette", "uvicorn"), "'serve', pages in a browser"),
    "sheets": (("python_calamine", "xlsxwriter"), "spreadsheets in 'import' and 'export'"),
    "pdf": (("typst",), "'export' to PDF"),
    "word": (("docx",), "'export' to Word"),
    "parquet": (("pyarrow",), "Parquet files in 'import', 'export' and 'corpus'"),
    "spark": (("pyspark",), "'corpus' on Spark"),
}
"""The modules of each optional extra, and what it is for."""


def import_extra(module: str, extra: str) -> Any:
    """Return a module of an optional extra. Raises ClaimcliError if it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise ClaimcliError(f"this needs the library '{module}'", install_hint(extra)) from None


def install_hint(extra: str) -> str:
    """Return how to install an extra."""
    return f"install it with: pip install 'claimcli[{extra}]'"


def missing_modules(extra: str) -> list[str]:
    """Return the modules of an extra that are not installed, without importing any."""
    return [module for module in EXTRAS[extra][0] if find_spec(module) is None]


def limit_process(seconds: int, memory: int) -> None:
    """Limit processor time and memory (bytes) of this process, if the operating system can."""
    try:
        import resource
    except ImportError:  # not POSIX
        return
    for limit, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, hard))


def cache_folder() -> Path:
    """Return the user's folder for indexes, by the rules of platformdirs."""
    named = Path(os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache"))  # noqa: PTH111 - never raises
    if sys.platform == "linux" and named.is_absolute() and named.parent != Path("/"):
        return named / "claimcli"  # the usual case, in which the import would take a few per cent
    import platformdirs  # which also knows other systems, and users without HOME

    return platformdirs.user_cache_path("claimcli", appauthor=False)


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pause cyclic garbage collection, which would walk many records that stay alive anyway."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

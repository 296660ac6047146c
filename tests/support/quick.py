"""Which tests are quick: they start no process and are not marked ``slow``."""

import pty
import subprocess
import sys
from collections.abc import Iterator
from inspect import isclass, isfunction, unwrap
from types import CodeType
from typing import Any

import pytest


def is_quick(item: pytest.Function) -> bool:
    """Return whether a test is quick."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    functions = [item.function, *(definitions[-1].func for definitions in fixtures)]
    return not (
        item.get_closest_marker("slow")
        or any(_starts_process(function, seen=set()) for function in functions)
    )


def _starts_process(value: Any, *, seen: set[Any]) -> bool:
    """Return whether what a name stands for starts a process: functions of the tests are followed,
    and modules of the package that import ``subprocess`` are taken to do it.
    """
    if value is subprocess or value is pty:
        return True
    if not (isfunction(value) or isclass(value)) or value in seen:
        return False
    seen.add(value)
    if value.__module__.startswith("claimcli."):
        return hasattr(sys.modules[value.__module__], "subprocess")
    if not value.__module__.startswith("tests."):
        return False
    return any(_starts_process(used, seen=seen) for used in _used(value))


def _used(value: Any) -> Iterator[Any]:
    """Yield the functions of a class, or what the global names in a function stand for."""
    if isclass(value):
        yield from vars(value).values()
        return
    function = unwrap(value)
    if hasattr(function, "hypothesis"):
        function = function.hypothesis.inner_test
    yield from map(function.__globals__.get, _names(function.__code__))


def _names(code: CodeType) -> Iterator[str]:
    """Yield the global names that code uses, in nested functions too."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)

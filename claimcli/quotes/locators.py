"""Locators of quotes: a line, page or paragraph, a time code, a numbered heading, or other words.

A locator that the text gives no means to check, such as a time where no times are printed, fits any
occurrence.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from claimcli.quotes.locate import Occurrence
from claimcli.quotes.searchable import SearchableText

Located = tuple[Sequence[Occurrence], str]
"""The occurrences that a locator fits best; if it fits none, all of them and a predicate."""

MIN_LOCATOR = 3
"""Shortest locator that is searched in the text, in characters."""
MAX_LISTED = 5
"""Lines, pages or paragraphs that a message lists."""
MAX_FOUND = 1_000
"""Headings, and occurrences between time codes, that are considered."""
MAX_NEAR = 20_000
"""Text on either side of a quote that is searched for time codes, in characters."""
SLACK = 30
"""Difference between the times of a locator and a text that is no contradiction, in seconds."""
_NUMBERED = re.compile(
    r"(?P<unit>lines?|l\.?|pages?|pp?\.?|paragraphs?|paras?\.?|\u00b6|\u00a7)\s*"
    r"(?P<first>\d{1,9})(?:\s*[-\u2013]\s*(?P<last>\d{1,9}))?",
    re.IGNORECASE,
)
_TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{2}"
_TIMED = re.compile(
    rf"(?:at\s+)?[(\[]?({_TIME})(?:[.,]\d+)?[)\]]?(?:\s*[-\u2013]\s*({_TIME})(?:[.,]\d+)?)?",
    re.IGNORECASE,
)
_TIME_CODE = re.compile(
    rf"(?:^[ \t]*|[(\[])({_TIME})(?:[.,]\d{{1,3}})?(?=[)\]]|[ \t]*$|[ \t]+(?![AaPp]\.?[Mm]\b))",
    re.MULTILINE,
)
_NUMBER = r"\d{1,4}|[IVXLC]{1,8}|[A-Z]"
_HEADING = re.compile(rf"([^\W\d_]{{3,30}}\.?)\s+({_NUMBER})")


def located(occurrences: Sequence[Occurrence], text: SearchableText, locator: str) -> Located:
    """Return the occurrences that a locator fits best.

    If it fits none, return all, and a predicate of the locator ("does not fit: ...").
    """
    locator = " ".join(locator.split())
    parts = [_NUMBERED.fullmatch(part.strip()) for part in re.split("[,;]", locator)]
    if all(parts):
        return _by_numbers(occurrences, text, [part for part in parts if part])
    found, words = _by_words(occurrences, text, locator)
    if times := _TIMED.fullmatch(locator):
        return _by_time(found, text.text, times)
    if heading := _HEADING.fullmatch(locator):
        found, message = _by_heading(found, text.plain, heading)
        return found, message or words
    return found, words


def _best(occurrences: Sequence[Occurrence], fits: Sequence[int], message: str) -> Located:
    """Return the occurrences that fit best: ``fits`` are 0 (not at all), 1 or 2 (certainly)."""
    best = max(fits)
    kept = [one for one, fit in zip(occurrences, fits, strict=True) if fit == best]
    return kept, "" if best else message


def _by_numbers(
    occurrences: Sequence[Occurrence], text: SearchableText, parts: Sequence[re.Match[str]]
) -> Located:
    messages = []
    for part in parts:
        unit, first = part["unit"].lower(), int(part["first"])
        wanted = range(first, int(part["last"] or first) + 1)
        if unit in "\u00b6\u00a7" or unit.startswith("para"):
            found, message = _by_paragraph(occurrences, text, wanted, unit)
        else:
            check = _by_line if unit.startswith("l") else _by_page
            found, message = check(occurrences, text, wanted)
        occurrences = found
        messages += [message] if message else []
    return occurrences, "; ".join(messages)


def _by_line(occurrences: Sequence[Occurrence], text: SearchableText, wanted: range) -> Located:
    """Compare with the lines of each occurrence, and with a number that begins its first line."""
    fits, lines = [], []
    for one in occurrences:
        line, last = text.place(one.start).line, text.place(one.end).line
        begin = text.text[max(0, one.start - 200) : one.start].rpartition("\n")[2]
        near = _begins_with(begin, wanted) or (line < wanted.stop and wanted.start <= last)
        fits.append(2 if line in wanted else int(near))
        lines.append(line)
    return _best(occurrences, fits, f"does not fit: the quote is {_listed('on line', lines)}")


def _by_page(occurrences: Sequence[Occurrence], text: SearchableText, wanted: range) -> Located:
    """Compare with pages, ended by form feeds, and with the numbers printed on them."""
    bounds = [0, *(found.end() for found in re.finditer("\f", text.text)), len(text.text)]
    if len(bounds) == 2:
        lines = 1 + text.text.strip().count("\n")
        noun = "line" if lines == 1 else "lines"
        message = f"may not fit: the text has {lines} {noun} and no page breaks"
        return occurrences, message if wanted.start > lines else ""
    pages = [bisect_right(bounds, one.start, hi=len(bounds) - 1) for one in occurrences]
    fits = [2 if page in wanted else 0 for page in pages]
    if not any(fits):
        printed = {n: _prints(text.text[bounds[n - 1] : bounds[n]], wanted) for n in set(pages)}
        fits = [int(printed[n]) for n in pages]
    where = _listed("on page", pages)
    return _best(occurrences, fits, f"may not fit: the quote is {where} of the file")


def _prints(page: str, wanted: range) -> bool:
    """Return whether one of some numbers is in the first or last two lines of a page."""
    lines = [line for line in page.splitlines() if line.strip()]
    return any(int(n) in wanted for n in re.findall(r"\b\d{1,6}\b", str(lines[:2] + lines[-2:])))


def _by_paragraph(
    occurrences: Sequence[Occurrence], text: SearchableText, wanted: range, unit: str
) -> Located:
    """Compare with paragraphs of the main text, and with numbers that begin them."""
    main = text.plain if text.beyond_main else text.text
    starts = [found.end() for found in re.finditer(r"\A\s*|\n[^\S\n]*\n\s*", main)]
    numbers = [bisect_right(starts, one.start) for one in occurrences]
    fits = [2 if number in wanted else 0 for number in numbers]
    if not any(fits):
        begins = [text.text[at : at + 20] for at in starts]
        fits = [int(_begins_with(begins[number - 1], wanted)) for number in numbers]
    uncertain = unit == "\u00a7" or (len(starts) == 1 and "\n" in text.text.strip())
    if uncertain and not any(fits):
        return occurrences, ""
    where = f"{_listed('in paragraph', numbers)}, counted by blank lines"
    return _best(occurrences, fits, f"may not fit: the quote is {where}")


def _begins_with(line: str, wanted: range) -> bool:
    """Return whether a line begins with one of some numbers, as in transcripts."""
    number = re.match(r"[\s(\[\u00b6\u00a7]*(\d{1,9})(?!\w)", line)
    return number is not None and int(number[1]) in wanted


def _listed(what: str, numbers: Sequence[int]) -> str:
    """Return a noun with numbers, such as "on lines 3, 5"."""
    shown = [str(number) for number in dict.fromkeys(numbers)]
    more = ", ..." if len(shown) > MAX_LISTED else ""
    return f"{what}{'s' if len(shown) > 1 else ''} {', '.join(shown[:MAX_LISTED])}{more}"


def _by_time(occurrences: Sequence[Occurrence], text: str, locator: re.Match[str]) -> Located:
    """Compare with the nearest time codes before and after each occurrence, if there are any."""
    first = _seconds(locator[1])
    last = _seconds(locator[2]) if locator[2] else first
    fits, message = [], ""
    for one in occurrences[:MAX_FOUND]:
        before = _TIME_CODE.findall(text, max(0, one.start - MAX_NEAR), one.start)[-1:]
        after = _TIME_CODE.search(text, one.end, one.end + MAX_NEAR)
        codes = [*before, *([after[1]] if after else [])]
        seconds = sorted(map(_seconds, codes))
        least = seconds[0] if before else 0
        most = seconds[-1] if after else max(last, least)
        apart = max(least - last, first - most) if codes else SLACK
        fits.append(0 if apart > SLACK else 1 if apart > 0 else 2)
        where = [f'after "{before[0]}"'] if before else []
        where += [f'before "{after[1]}"'] if after else []
        message = message or f"does not fit: the quote is {' and '.join(where)}"
    fits += [1 for _ in occurrences[MAX_FOUND:]]
    return _best(occurrences, fits, message)


def _seconds(time: str) -> int:
    seconds = 0
    for part in time.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds


def _by_heading(occurrences: Sequence[Occurrence], text: str, locator: re.Match[str]) -> Located:
    """Compare with the nearest heading before each occurrence with the same word and a number."""
    pattern = (
        rf"^[ \t]{{0,8}}{re.escape(locator[1])}[ \t]+({_NUMBER})(?!\w)(.{{0,99}}$|[.:)\u2014].*)"
    )
    found = islice(re.finditer(pattern, text, re.MULTILINE | re.IGNORECASE), MAX_FOUND)
    headings = [one for one in found if _is_heading(one)]
    starts = [one.start() for one in headings]
    before = [bisect_right(starts, one.start) for one in occurrences]
    numbers = [headings[n - 1][1].lower() if n else "" for n in before]
    fits = [2 if number == locator[2].lower() else int(not number) for number in numbers]
    shown = f"{locator[1]} {headings[before[0] - 1][1]}" if before[0] else ""
    return _best(occurrences, fits, f'does not fit: the quote is in "{shown}"')


def _is_heading(found: re.Match[str]) -> bool:
    """Return whether a line begins a block, and does not begin a sentence with its number."""
    above = found.string[max(0, found.start() - 8) : found.start()]
    if not re.search(r"(?:\n[ \t\r]*\n|\f\n?|\A)\Z", above):
        return False
    rest = found[2].strip()
    return rest[:1] in ".:)\u2014" or rest[-1:] not in ".,;"


def _by_words(occurrences: Sequence[Occurrence], text: SearchableText, locator: str) -> Located:
    """Find the locator in the text, with the quote after it."""
    if len(locator) < MIN_LOCATOR:
        return occurrences, ""
    words = rf"(?<!\w){re.escape(locator)}(?!\w)"
    if "-->" in text.text and _TIMED.fullmatch(locator):
        words = rf"(?<![^\n]){words}(?:[.,]\d+)?[ \t]*-->"  # the start of a subtitle
    exact = [found.start() for found in islice(re.finditer(words, text.text), 2)]
    if len(exact) == 1 and (after := [one for one in occurrences if exact[0] <= one.start]):
        return after[:1], ""
    loose = r"\s+".join(map(re.escape, locator.split()))
    first = re.search(rf"(?<!\w){loose}(?!\w)", text.text, re.IGNORECASE)
    if not first or not _is_distinctive(locator, first):
        return occurrences, ""
    if any(first.start() < one.end for one in occurrences):
        several = len(exact) > 1 and len(occurrences) > 1
        message = "does not say which one is meant: the text has it several times"
        return occurrences, message if several else ""
    line = text.place(first.start()).line
    return occurrences, f"does not fit: the text has it only after the quote, on line {line}"


def _is_distinctive(locator: str, found: re.Match[str]) -> bool:
    """Return whether a locator is hardly in the text by chance: not one word within a line."""
    text = found.string
    line = text[max(0, found.start() - 80) : found.start()].rpartition("\n")[2]
    line += text[found.start() : found.end() + 80].partition("\n")[0]
    return " " in locator or any(map(str.isdigit, locator)) or line.strip(" \t\r#*:") == locator

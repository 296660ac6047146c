"""The dates of CSL-JSON, and the same as EDTF.

CSL 1.0 has ``date-parts`` of numbers or texts, ``literal``, ``raw``, ``season`` and ``circa``; CSL
1.1 has EDTF.
"""

import re
from typing import Any

from claimcli.dossier.informal_dates import edtf_of, valid_date

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[^/]*)?([~?%]?)", re.ASCII)
_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about|around)\s*", re.IGNORECASE)


def date_of(value: Any) -> tuple[str, bool]:
    """Return a CSL date as EDTF, "" if that fails, and whether EDTF has all of the date."""
    if isinstance(value, str):
        return _edtf(value), True
    if not isinstance(value, dict):
        return "", False
    parts = value.get("date-parts")
    dates = [_day(one) for one in parts] if isinstance(parts, list) else []
    circa = "~" if str(value.get("circa", "")).lower() not in ("", "false", "0", "none") else ""
    if 0 < len(dates) < 3 and all(text for text, _ in dates):
        text = valid_date("/".join(text + circa for text, _ in dates))
        exact = all(whole for _, whole in dates) and not _present(value, "season")
        written = [str(value[key]) for key in ("literal", "raw") if _present(value, key)]
        return text, exact and all(_edtf(other) == text for other in written)
    text = next(filter(None, (_edtf(str(value.get(key) or "")) for key in ("literal", "raw"))), "")
    text = text + circa if text and text[-1] not in "~?%" and "/" not in text else text
    return text, bool(text) and not dates and not _present(value, "season")


def written_date(value: Any) -> str:
    """Return a CSL date as text for a person."""
    if not isinstance(value, dict):
        return str(value)
    parts = value.get("date-parts")
    parts = parts if isinstance(parts, list) else [parts]
    lists = [one if isinstance(one, list) else [one] for one in parts]
    dates = ["-".join(str(part) for part in one if part not in (None, "")) for one in lists]
    dates = list(filter(None, dates))
    others = [f"{k} {value[k]}" for k in ("season", "circa") if _present(value, k)]
    texts = [str(value[key]) for key in ("literal", "raw") if _present(value, key)]
    return ", ".join(filter(None, ("/".join(dates), *dict.fromkeys(texts), *others)))


def csl_date(text: str) -> dict[str, Any]:
    """Return the CSL date of an EDTF text; what ``date-parts`` cannot express is approximated."""
    days = [_DAY.fullmatch(part) for part in text.split("/")]
    if not all(days) or len(days) > 2:
        return {"literal": text}
    parts = [[int(part) for part in day.groups()[:3] if part] for day in days if day]
    circa = all(day[4] in "~%" and day[4] for day in days if day)
    return {"date-parts": parts, "circa": True} if circa else {"date-parts": parts}


def _present(value: dict[str, Any], key: str) -> bool:
    return value.get(key) not in (None, "", False)


def _day(parts: Any) -> tuple[str, bool]:
    """Return a list of year, month and day as EDTF, and whether EDTF has all of it."""
    texts = [str(part).strip() for part in parts] if isinstance(parts, list) else [str(parts)]
    while texts and texts[-1] in ("", "None", "0"):
        texts.pop()
    if not texts or len(texts) > 3 or not all(re.fullmatch("[0-9]{1,4}", one) for one in texts):
        return "", False
    year, *rest = map(int, texts)
    if rest and rest[0] > 12:  # 13 to 16 and 21 to 24 are seasons
        return f"{year:04}", False
    return "-".join((f"{year:04}", *(f"{part:02}" for part in rest))), True


def _edtf(text: str) -> str:
    """Return a written date as EDTF, "" if it is not understood."""
    text = " ".join(text.strip().strip("[]").split())
    about = _ABOUT.match(text)
    if about and (inner := _edtf(text[about.end() :])):
        return inner if inner[-1] in "~?%" or "/" in inner else f"{inner}~"
    return valid_date(text) or edtf_of(text)

"""Charsets compared with a browser: labels, characters, and the choice for pages."""

import html
import json
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from claimcli.quotes.texts.charsets import (
    CODECS,
    LABELS,
    REFUSED,
    REPLACEMENT,
    decode_as,
    find_charset,
)
from claimcli.quotes.texts.decode import decode

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]
RARE = {"big5": 207}
"""Characters of the browser that Python lacks, most of them once private ones of Hong Kong."""
DECODERS = """
<body><script>
const points = text => Array.from(text, c => c.codePointAt(0));
const result = {labels: {}, single: {}, double: {}};
for (const label of LABELS) {
  try { result.labels[label] = new TextDecoder(label).encoding } catch { result.labels[label] = "" }
}
for (const name of SINGLE) {
  const decoder = new TextDecoder(name);
  result.single[name] = Array.from({length: 256}, (_, i) => points(decoder.decode(Uint8Array.of(i))));
}
for (const name of DOUBLE) {
  const decoder = new TextDecoder(name), rows = result.double[name] = {};
  for (let i = 0x81; i < 0xff; i++) for (let j = 0x40; j < 0xff; j++) {
    const found = points(decoder.decode(Uint8Array.of(i, j)));
    if (found.length == 1 && found[0] != 0xfffd) rows[i * 256 + j] = found[0];
  }
}
document.body.textContent = JSON.stringify(result);
</script>
"""
FRAMES = """
<script>
onload = () => document.body.textContent = JSON.stringify(Array.from(frames, frame => [
  frame.document.characterSet, frame.document.querySelector("p").textContent]));
</script>
"""


def in_browser(pages: list[tuple[bytes, str]]) -> Any:
    """Return what the script of the last of these pages wrote; each has a ``Content-Type``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data, kind = pages[int(self.path[1:])] if self.path[1:].isdigit() else (b"", "a/b")
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/{len(pages) - 1}"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000")
    done = subprocess.run(
        [CHROMIUM, *options, "--dump-dom", address], capture_output=True, encoding="utf-8"
    )
    server.shutdown()
    server.server_close()
    shown = re.search(r"<body>(.*)</body>", done.stdout, re.DOTALL)
    assert shown, done.stderr
    return json.loads(html.unescape(shown[1]))


def test_every_label_and_character_is_that_of_the_browser() -> None:
    """The same labels, and for each one or two bytes the same character, except rare ones of Big5."""
    double = ["gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"]
    single = [name for name in CODECS if not re.match("utf|iso-2022|replacement|x-user", name)]
    single = [name for name in single if name not in double]
    script = DECODERS
    for word, names in (("LABELS", [*LABELS, "utf-7"]), ("SINGLE", single), ("DOUBLE", double)):
        script = script.replace(word, json.dumps(names))
    found = in_browser([(script.encode(), "text/html; charset=utf-8")])

    known = {label: find_charset(label) or "" for label in found["labels"]}
    assert {k: v for k, v in known.items() if v not in REFUSED[:1]} == {
        k: v for k, v in found["labels"].items() if known[k] not in REFUSED[:1]
    }
    for name, characters in found["single"].items():
        assert [[ord(decode_as(bytes([i]), name))] for i in range(256)] == characters, name
    for name, characters in found["double"].items():
        different = [
            pair
            for pair, character in characters.items()
            if decode_as(int(pair).to_bytes(2, "big"), name) != chr(character)
        ]
        assert len(different) <= RARE.get(name, 0), name


TEXT = "Le café « fermé »"
# Pages that name no charset are missing: a frame has that of the page around it then.
PAGES = [
    ("<p>Мост закрыт до весны", "koi8-r", "text/html; charset=KOI8-R"),
    ("<meta charset=euc-jp><p>橋は春まで閉鎖する。", "euc_jp", "text/html"),
    ("<meta charset=gb2312><p>朱镕基说：“不”。", "gbk", "text/html"),
    ("<meta charset=iso-2022-jp><p>橋は春まで", "iso2022_jp", "text/html"),
    ("<meta charset=latin1><p>“No – €5”", "cp1252", "text/html"),
    (f"<meta charset=utf-16><p>{TEXT}", "utf-8", "text/html"),
    (f"<meta charset=utf-8><p>{TEXT}", "utf-8", "text/html; charset=iso-8859-1"),
    (f"<meta charset=koi8-r><p>{TEXT}", "utf-8-sig", "text/html; charset=big5"),
    (f"<meta charset=koi8-r><p>{TEXT}", "utf-16", "text/html; charset=big5"),
    (f"<meta charset=koi8-r><p>{TEXT}", "utf-8", 'text/html; charset="utf8"'),
    (f"<meta charset=utf-8><p>{TEXT}", "utf-8", "text/html; charset=utf-7"),
    (f"<!-- <meta charset=koi8-r> --><meta charset=utf-8><p>{TEXT}", "utf-8", "text/html"),
    (f"<a title='<meta charset=koi8-r>'><meta charset=utf-8><p>{TEXT}", "utf-8", "text/html"),
    (f"<!--{' ' * 2000}--><meta charset=utf-8><p>{TEXT}", "utf-8", "text/html"),
    (f'<meta http-equiv=content-type content="a; charset=utf-8"><p>{TEXT}', "utf-8", "text/html"),
    (f'<meta content="a; charset=utf-8"><meta charset=koi8-r><p>{TEXT}', "utf-8", "text/html"),
    (f"<meta charset=none><meta charset=utf-8><p>{TEXT}", "utf-8", "text/html"),
    ("<meta charset=x-user-defined><p>café", "cp1252", "text/html"),
    ("<?xml version='1.0' encoding='koi8-r'?><p>Мост закрыт", "koi8-r", "text/html"),
    ("<?xml version='1.0' encoding='koi8-r'?><html xmlns='http://www.w3.org/1999/xhtml'>"
     "<p>Мост закрыт</p></html>", "koi8-r", "application/xhtml+xml"),
    (f"<html xmlns='http://www.w3.org/1999/xhtml'><meta charset='koi8-r'/><p>{TEXT}</p></html>",
     "utf-8", "application/xhtml+xml"),
]  # fmt: skip


def test_pages_have_the_charset_and_text_that_the_browser_shows() -> None:
    """Byte order mark, header and page, with the labels that servers and pages have."""
    pages = [(text.encode(codec), kind) for text, codec, kind in PAGES]
    frames = "".join(f"<iframe src={number}></iframe>" for number in range(len(pages)))
    shown = in_browser([*pages, ((frames + FRAMES).encode(), "text/html; charset=utf-8")])

    for (data, kind), (charset, text) in zip(pages, shown, strict=True):
        label = kind.partition("charset=")[2].strip('"')
        page = decode(data, label=label, markup="xhtml" if "xhtml" in kind else "html")
        assert (page.charset, REPLACEMENT in page.text) == (charset.lower(), False), data
        assert text.strip() in page.text, data

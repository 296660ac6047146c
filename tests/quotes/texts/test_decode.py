"""Bytes become the text that a browser shows, and a text in a wrong charset is recognized."""

import pytest

from claimcli.quotes.texts.charsets import decode_as, find_charset
from claimcli.quotes.texts.decode import UnknownCharsetError, decode, detect, doubt

RUSSIAN = (
    "Пресс-секретарь заявил, что мост закроют на ремонт до весны. По его словам, жители узнают о "
    "сроках заранее."
)
FRENCH = "« Le pont restera fermé », a déclaré la préfète. L’été prochain, « on verra »."
GREEK = "Η γέφυρα θα μείνει κλειστή έως την άνοιξη, δήλωσε ο δήμαρχος την Τρίτη."
HEBREW = "הגשר ייסגר עד האביב, אמר ראש העיר. לדבריו, התושבים יקבלו הודעה מראש."
JAPANESE = "市長は「橋は春まで閉鎖する」と述べた。①費用は㈱港湾が負担する。"
CHINESE = "市长说，大桥将关闭到春天。居民会提前得到通知，费用由港口承担。"
KOREAN = "시장은 다리를 봄까지 폐쇄한다고 말했다. 주민에게는 미리 알린다."


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("ISO-8859-1", b"\x93We don\x92t\x94 \x96 \x805", "“We don’t” – €5"),
        (" us-ascii\n", b"caf\xe9", "café"),
        ("iso-8859-9", b"\xdd\x80", "İ€"),
        ("windows-1252", b"\x81", "\x81"),
        ("windows-1253", b"\xaa\xc1", "\ufffdΑ"),
        ("tis-620", b"\xa1\x80", "ก€"),
        ("koi8-u", b"\xae\xa4", "ўє"),
        ("windows-1255", b"\xca", "\u05ba"),
        ("x-mac-ukrainian", b"\xff", "€"),
        ("gb2312", b"\xe9F\xd6\xdc \x80", "镕周 €"),
        ("big5-hkscs", b"\xa4\xa4\x87\x40", "中䏰"),
        ("shift_jis", b"\x87\x40\xfa\x40\x81\x60", "①ⅰ～"),
        ("x-euc-jp", b"\xad\xa1\xad\xea\xa1\xc1\x8e\xb1", "①㈱～ｱ"),
        ("csiso2022jp", b"\x1b$B-!;T\x1b(B a\x1b(J\\~\x1b(I1\x1b(B", "①市 a¥‾ｱ"),
        ("ks_c_5601-1987", b"\x8c\x63\xb0\xa1", "똠가"),
        ("utf8", b"a\xffb", "a\ufffdb"),
        ("utf-16", b"a\0b\0", "ab"),
    ],
)
def test_a_label_means_what_it_means_to_browsers(label: str, data: bytes, text: str) -> None:
    """The charset that it has in the standard, including bytes that Python's codec refuses."""
    assert decode_as(data, find_charset(label) or "") == text


def test_an_unknown_label_is_ignored() -> None:
    """Like none at all, it leaves the decision to the page."""
    assert find_charset("utf-7") is None
    page = b"<meta charset=windows-1251>\xcc\xee\xf1\xf2"

    assert decode(page, label="utf-7", markup="html").text.endswith("Мост")


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ("<meta charset=gb2312>", "gbk"),
        ("<META CharSet = 'KOI8-R' >", "koi8-r"),
        ('<meta charset="utf-16">', "utf-8"),
        ("<meta charset=x-user-defined>", "windows-1252"),
        ('<meta http-equiv=Content-Type content="text/html; charset=euc-jp">', "euc-jp"),
        ('<meta content="a; charset = \'big5\' ; b" http-equiv="content-type"/>', "big5"),
        ('<meta content="text/html; charset=big5">', None),
        ("<!-- > <meta charset=big5> --><meta charset=euc-kr>", "euc-kr"),
        ("<!--><meta charset=euc-kr><!-- -->", "euc-kr"),
        ("<a title='<meta charset=big5>'><meta charset=euc-kr>", "euc-kr"),
        ("<metal charset=big5><meta name=a><meta charset=none><meta charset=euc-kr>", "euc-kr"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        ('<?xml version="1.0" encoding="big5"?><meta charset=euc-kr>', "euc-kr"),
        ("<style>" + "a{}" * 1000 + "</style><meta charset=euc-kr><body>", "euc-kr"),
        ("<head>" + " " * 2000 + "</head><body><meta charset=euc-kr>", None),
        ("<meta charset=big5", None),
    ],
)
def test_a_page_declares_its_charset(head: str, charset: str | None) -> None:
    """In <meta>, outside of comments and values, else in the XML declaration."""
    page = decode(head.encode() + "<p>Straße</p>".encode(), markup="html")

    assert (page.charset, page.named_by) == (charset or "utf-8", "the page" if charset else "")


def test_xhtml_is_declared_in_its_first_line() -> None:
    """Its <meta> does not count for browsers, which expect UTF-8 without a declaration."""
    declared = "<?xml version='1.0' encoding='koi8-r'?><html>Мост".encode("koi8-r")
    page = "<html><meta charset='koi8-r'/>Мост".encode()

    assert decode(declared, markup="xhtml").text.endswith("Мост")
    assert decode(page, markup="xhtml").text.endswith("Мост")


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_a_byte_order_mark_decides(mark: bytes, codec: str) -> None:
    """Against the server and against the page."""
    data = mark + "<meta charset=koi8-r>Мост".encode(codec)
    page = decode(data, label="windows-1251", markup="html")

    assert (page.text, page.named_by) == ("<meta charset=koi8-r>Мост", "a byte order mark")


def test_the_server_decides_before_the_page() -> None:
    page = decode(b"<meta charset=koi8-r>\xcc", label="windows-1251", markup="html")

    assert (page.text[-1], page.charset, page.named_by) == ("М", "windows-1251", "the server")


@pytest.mark.parametrize(
    ("text", "charset", "codec"),
    [
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "ibm866", "cp866"),
        (FRENCH, "windows-1252", "cp1252"),
        (GREEK, "windows-1253", "cp1253"),
        (HEBREW, "windows-1255", "cp1255"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE[:19], "euc-jp", "euc_jp"),
        (JAPANESE[:19], "iso-2022-jp", "iso2022_jp"),
        (CHINESE, "gbk", "gbk"),
        (KOREAN, "euc-kr", "cp949"),
        (FRENCH, "utf-16le", "utf-16-le"),
        (FRENCH, "utf-16be", "utf-16-be"),
    ],
)
def test_a_charset_that_nobody_names_is_guessed(text: str, charset: str, codec: str) -> None:
    """The guess is reported, and the text reads as it was written."""
    pytest.importorskip("charset_normalizer", reason="an extra that is not installed")
    data = f"<html><p>{text}</p></html>".encode(codec)
    page = decode(data, markup="html")

    assert (page.text, page.note) == (data.decode(codec), f"charset guessed: {charset}")
    assert doubt(page, data, page.text) == ""


def test_the_language_of_the_page_helps_to_guess() -> None:
    """Many bytes are letters in several charsets."""
    pytest.importorskip("charset_normalizer", reason="an extra that is not installed")
    text = "Powiedział, że umowa nie zostanie podpisana przed końcem roku."
    data = f"<html lang='pl-PL'><p>{text}</p>".encode("cp1250")

    assert decode(data, markup="html").text == data.decode("cp1250")


@pytest.mark.parametrize(
    ("damage", "note"),
    [
        (b"", ""),
        (b"\xff", "1 invalid in utf-8, shown as �"),
        (b"\xc3(\xff", "2 invalid in utf-8, shown as �"),
    ],
)
def test_utf8_is_no_guess(damage: bytes, note: str) -> None:
    """Also with a few invalid bytes, which are mentioned."""
    page = decode(RUSSIAN.encode() + damage)

    assert page.text.startswith(RUSSIAN)
    assert (page.charset, page.note) == ("utf-8", note)


def _doubt(data: bytes, label: str) -> str:
    page = decode(data, label=label)
    return doubt(page, data, page.text)


@pytest.mark.parametrize(
    ("data", "label", "why"),
    [
        (FRENCH.encode(), "iso-8859-1", "it seems to be UTF-8"),
        (FRENCH.encode() + b"\xe9", "latin1", "it seems to be UTF-8"),
        (RUSSIAN.encode(), "windows-1251", "it seems to be UTF-8"),
        ("Les élèves".encode(), "gbk", "it seems to be UTF-8"),
        (b"<p>Text</p>", "utf-16", "it seems to be UTF-8"),
        (FRENCH.encode("cp1252"), "utf-8", "12 of 78 characters are then not those of a text"),
        (b"\x81\x8d" + b"a" * 900, "latin1", "2 of 902 characters are then not those of a text"),
        (b"a\0b\0", "utf-8", "2 of 4 characters are then not those of a text"),
        (b"\x1b$B;T\x1b(B", "utf-8", "2 of 8 characters are then not those of a text"),
        (
            FRENCH.encode().decode("cp1252").encode(),
            "utf-8",
            "the text then looks like UTF-8 in a wrong charset",
        ),
        (
            RUSSIAN.encode().decode("cp1251", "replace").encode(),
            "utf8",
            "the text then looks like UTF-8 in a wrong charset",
        ),
        (RUSSIAN.encode("cp1251"), "latin1", "the text then has words of accented letters only"),
        (
            GREEK.encode("cp1253"),
            "windows-1252",
            "the text then has words of accented letters only",
        ),
    ],
)
def test_a_wrong_charset_is_recognized(data: bytes, label: str, why: str) -> None:
    """UTF-8 in another charset, characters that no text has, and letters of a wrong alphabet."""
    assert _doubt(data, label).endswith(f", but {why}")
    assert _doubt(data, label).startswith("the server names ")


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"a" * 100_000 + b"\xff", "utf-8"),
        (("Straße " * 500).encode() + b"\x0c\x08", "utf-8"),
        ("«PARTI RADICAL», CAFÉ».".encode("cp1252"), "latin1"),
        ("LES ÉLÈVES: “ÇÀ ET LÀ”. àâäéèêëîïôöùûü".encode("cp1252"), "latin1"),
        ("Þetta er íslenska; það þýðir ekkert að ræða það.".encode("cp1252"), "latin1"),
        ("СМИ: «ЛДПР», РФ» и США… №5 — «Яблоко»".encode("cp1251"), "windows-1251"),
        ("КИЇВ. Їхні слова: «Ні».".encode("cp1251"), "windows-1251"),
        ("สะพานจะปิดจนถึงฤดูใบไม้ผลิ".encode("cp874"), "tis-620"),
        (RUSSIAN.upper().encode("koi8-r"), "koi8-r"),
        (CHINESE.encode("gbk"), "gb2312"),
        (KOREAN.encode("cp949"), "euc-kr"),
        (b"plain", "latin1"),
        (b"", "utf-8"),
    ],
)
def test_an_unusual_text_is_not_doubted(data: bytes, label: str) -> None:
    """One damaged byte in a long text, capitals, and letters beyond ASCII side by side."""
    assert _doubt(data, label) == ""


@pytest.mark.parametrize("label", ["iso-2022-kr", "hz-gb-2312", "replacement", "x-user-defined"])
def test_a_charset_that_browsers_refuse(label: str) -> None:
    """They show no text with which quotes could be checked."""
    with pytest.raises(UnknownCharsetError) as error:
        decode(b"text", label=label)

    assert error.value.reason == (
        "is in a charset that cannot be determined: the server names one that browsers refuse"
    )


def test_a_guess_does_not_read_all_of_a_hostile_file() -> None:
    """Any bytes have a charset, if only the one that browsers fall back on."""
    assert detect(bytes(range(256)) * 10_000) == "windows-1252"

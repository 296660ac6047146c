"""Colours as ``#rrggbb``: their contrast, and shades of them that can be seen on a background."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def visible_shade(color: str, ground: str, ink: str, least: float = 4.5) -> str:
    """Return a colour mixed with as little ink as gives it a contrast with the background."""
    shades = (mixed(color, ink, twentieths / 20) for twentieths in range(20))
    return next((shade for shade in shades if contrast(shade, ground) >= least), ink)


def mixed(one: str, other: str, share: float) -> str:
    """Return a mixture of two colours with a ``share`` of the other, from 0 to 1."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color.removeprefix("#")))


def _luminance(color: str) -> float:
    parts = (channel / 255 for channel in _channels(color))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""Checks an author's icon.

The requirements are Microsoft's for certification: PNG, 1:1, from 100 x 100 to 230 x 230 pixels, under 1 MB, opaque.
"""

from connector_builder.platform.icon.opacity import Opacity, opacity
from connector_builder.platform.icon.png import Picture, measure
from connector_builder.platform.limits import ICON, ICON_SIDE

MIN_SIDE, MAX_SIDE = ICON_SIDE.least, ICON_SIDE.most

_MEASURES = f"make it a square of {MIN_SIDE} to {MAX_SIDE} pixels, under 1 MB"


def icon_problems(content: bytes, brand_color: str) -> list[tuple[str, str]]:
    """Returns what is wrong with an author's icon: messages, each with its cure.

    It measures the icon first, and looks for transparent pixels only if the size is right.
    """
    picture = measure(content)
    if isinstance(picture, str):
        return [(f"the icon can't be used: {picture}", "save it as a PNG image")]
    problems = []
    measures = f"the icon has {picture.width} x {picture.height} pixels"
    if picture.width != picture.height:
        problems.append((f"{measures}, but it must be square", _MEASURES))
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in (picture.width, picture.height)):
        problems.append((f"{measures}, but each side must have {MIN_SIDE} to {MAX_SIDE}", _MEASURES))
    if len(content) > ICON.most:
        problems.append((f"the icon has {len(content)} bytes, but at most {ICON.most} are taken", _MEASURES))
    if not problems and (unfit := _transparency(picture)):
        cure = f"save it without transparency, on the brand colour {brand_color}"
        problems.append((unfit, cure))
    return problems


def _transparency(picture: Picture) -> str:
    """Returns what is wrong if a picture isn't opaque, else an empty text."""
    match opacity(picture):
        case Opacity.OPAQUE:
            return ""
        case Opacity.TRANSPARENT:
            return "the icon isn't opaque: parts of it are transparent"
        case Opacity.UNKNOWN:
            return "the icon may not be opaque: it has a transparent colour, or is interlaced"
        case Opacity.BROKEN:
            return "the icon can't be used: its pixels are damaged"

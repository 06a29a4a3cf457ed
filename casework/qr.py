"""Pictures that a camera reads."""

from dataclasses import dataclass
from itertools import groupby

import segno

BORDER = 4  # modules of white around it, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class Picture:
    """A QR code as one path of an SVG whose view box is `size` × `size`."""

    size: int
    path: str


def picture_of(text: str) -> Picture:
    """The QR code of a text, the smallest one that corrects 15 % of damage."""
    rows = list(segno.make_qr(text, error="m").matrix_iter(border=BORDER))
    drawn = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                drawn.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return Picture(len(rows), "".join(drawn))

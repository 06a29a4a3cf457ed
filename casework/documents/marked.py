"""Copies for whoever sees a document without its case: pictures of the pages, each marked with who took it and when."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from casework.documents.inspection.inspect import drawn, pages_of
from casework.documents.inspection.refusals import Refused

MOST_PAGES = 60
_FONT = Path(__file__).parent / "papers" / "fonts" / "DongHanhSerif-Regular.ttf"
_GREY = (90, 90, 90, 120)


def marked_pdf(path: Path, kind: str | None, words: str) -> bytes:
    """A PDF of pictures of the pages of a stored file, `words` across each. Raises Refused when it cannot be drawn."""
    if kind is None:
        raise Refused("damaged")
    last = pages_of(path, kind)
    if last > MOST_PAGES:
        raise Refused("pages", most=MOST_PAGES)
    pages = [_marked(drawn(path, kind, page), words) for page in range(1, last + 1)]
    file = BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()


def _marked(picture: bytes, words: str) -> Image.Image:
    """One page with the words at its foot and slanted across it; a plain picture, so they cannot be taken off."""
    page = Image.open(BytesIO(picture)).convert("RGBA")
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    small = ImageFont.truetype(_FONT, max(12, page.width // 60))
    ImageDraw.Draw(layer).text((page.width // 40, page.height - page.width // 30), words, font=small, fill=_GREY)
    slant = Image.new("RGBA", page.size, (0, 0, 0, 0))
    large = ImageFont.truetype(_FONT, max(16, page.width // 32))
    ImageDraw.Draw(slant).text((page.width // 20, page.height // 2), words, font=large, fill=_GREY)
    layer.alpha_composite(slant.rotate(30, center=(page.width // 2, page.height // 2)))
    return Image.alpha_composite(page, layer).convert("RGB")

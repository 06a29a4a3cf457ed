"""The process in which a file is opened: checked, or drawn as a picture without anything hidden in it.

`child MEMORY SECONDS check-office|check-image|check-pdf|count-pdf|draw-image|draw-pdf [KIND|PAGE]` with the file on
standard input. A check answers with one word (a second says what an Office file really is), "" for good; a count with
a number; a drawing with a PNG.
"""

import io
import sys
import warnings

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from casework.documents.inspection.office import check_office
from casework.documents.inspection.pdf_words import fault_of
from casework.documents.inspection.refusals import Refused
from casework.limited import limit_me

MOST_PIXELS = 64_000_000  # what a telephone takes at most without being asked for more
MOST_PAGES = 300
WIDEST = 1_000  # pixels of a preview
_OPENED = ("JPEG", "PNG")
# MPO: a telephone stores a second picture, of depth or of light, behind the first; the first counts.
_SHOWN = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png"}


def check_office_file(data: bytes, kind: str) -> str:
    """Why a Word or Excel file is refused, or ""."""
    try:
        check_office(io.BytesIO(data), kind)
    except Refused as refusal:
        return f"{refusal.code} {refusal.params.get('really', '')}".strip()
    return ""


def check_image(data: bytes, kind: str) -> str:
    """Why a picture is refused, or ""."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=_OPENED) as image:
            if _SHOWN.get(image.format or "") != kind:
                return "not_that_kind"
            if image.width * image.height > MOST_PIXELS:
                return "pixels"
            if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                return "frames"
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "pixels"
    except (OSError, ValueError, SyntaxError, EOFError):
        return "damaged"
    return ""


def check_pdf(data: bytes) -> str:
    """Why a PDF is refused, or ""."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return "encrypted" if "assword" in str(error) else "damaged"
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        return "encrypted"  # it opens without a password, but what it says cannot be read here
    if not len(document):
        return "damaged"
    if len(document) > MOST_PAGES:
        return "pages"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        return "scripts"
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        return "attachments"
    return fault_of(data)


def draw_image(data: bytes) -> bytes:
    """The picture made anew: without place, camera or hidden data, and no larger than a screen."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=_OPENED) as image:
        return _png(ImageOps.exif_transpose(image).convert("RGB"))


def draw_pdf(data: bytes, page: int) -> bytes:
    """One page of a PDF as a picture; the first page is 1."""
    document = pypdfium2.PdfDocument(data)
    shown = document[min(max(page, 1), len(document)) - 1]
    return _png(shown.render(scale=min(2.0, WIDEST / max(shown.get_width(), 1))).to_pil().convert("RGB"))


def _png(image: Image.Image) -> bytes:
    image.thumbnail((WIDEST, 3 * WIDEST))
    buffer = io.BytesIO()
    Image.frombytes(image.mode, image.size, image.tobytes()).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Answer one question."""
    asked, *more = limit_me()
    data = sys.stdin.buffer.read()
    if asked == "check-office":
        sys.stdout.write(check_office_file(data, more[0]))
    elif asked == "check-image":
        sys.stdout.write(check_image(data, more[0]))
    elif asked == "check-pdf":
        sys.stdout.write(check_pdf(data))
    elif asked == "count-pdf":
        sys.stdout.write(str(len(pypdfium2.PdfDocument(data))))
    else:
        sys.stdout.buffer.write(draw_image(data) if asked == "draw-image" else draw_pdf(data, int(more[0])))


if __name__ == "__main__":
    main()

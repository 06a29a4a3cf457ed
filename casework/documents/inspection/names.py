"""What a file is called: shown to people, never used on the disk."""

import unicodedata
from pathlib import PurePosixPath

from casework.documents.inspection.refusals import Refused
from casework.vietnamese import nfc_clean

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_SAME = {"jpeg": "jpg"}
_LONGEST = 150
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def clean_name(typed: str) -> tuple[str, str]:
    """A name fit to be shown, and its kind. Raises Refused for an ending that is not taken.

    Only the last part of a path counts; control characters and marks that turn the writing around go.
    """
    last = typed.replace("\\", "/").rpartition("/")[2]
    name = nfc_clean("".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in _NOT_IN_NAMES))
    path = PurePosixPath(name)
    if not path.name or not path.stem.strip("."):
        raise Refused("no_name")
    ending = path.suffix.lower().removeprefix(".")
    if not ending:
        raise Refused("no_ending")
    kind = _SAME.get(ending, ending)
    if kind not in MEDIA_TYPES:
        raise Refused("ending", ending=f".{ending[:12]}")
    return f"{path.stem[: _LONGEST - len(ending) - 1].rstrip()}.{ending}", kind

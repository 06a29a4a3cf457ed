"""Why a file is not taken: one sentence each, with what to do instead."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no_name": _("The file has no name. Save it under a name and send it again."),
    "ending": _(
        "Files of the kind “%(ending)s” are not taken. Send a PDF, a Word or Excel file, or a JPG or PNG picture."
    ),
    "no_ending": _("The file name has no ending. Save it as .pdf, .docx, .xlsx, .jpg or .png and send it again."),
    "empty": _("The file is empty. Check it on your device and send it again."),
    "too_large": _("The file is larger than %(most)s MB. Make it smaller, for example by scanning with fewer colours."),
    "other_kind": _(
        "The file is named %(ending)s, but it is %(really)s. Save it under its right ending and send it again."
    ),
    "not_that_kind": _(
        "The file is named %(ending)s, but its content is something else. Open it, save it anew and send that."
    ),
    "damaged": _("The file is damaged or cut off and cannot be opened. Save or scan it again."),
    "encrypted": _("The file is locked with a password. Remove the password and send it again."),
    "macros": _("The file holds macros. Save it as an ordinary .docx or .xlsx without macros and send it again."),
    "embedded": _("The file has other files embedded in it. Send them one by one."),
    "external": _(
        "The file fetches content from elsewhere. Remove the links to other files or pictures and send it again."
    ),
    "bomb": _("The file unpacks to far more than it should. It was not opened. Make it anew and send that."),
    "paths": _("The file is built in an unsafe way. Open it, save it anew and send that."),
    "entities": _("The file holds text that rewrites itself. Open it, save it anew and send that."),
    "scripts": _("The PDF holds scripts or starts programs. Print it to a new PDF and send that."),
    "packed": _("The PDF is packed in a way that hides what it does. Print it to a new PDF and send that."),
    "attachments": _("The PDF has files attached. Send them one by one."),
    "pages": _("The PDF has more than %(most)s pages. Send it in parts."),
    "pixels": _("The picture has more than %(most)s million points. Make it smaller and send it again."),
    "frames": _("The picture moves or holds several pictures. Send them one by one."),
    "two_kinds": _("The file is of two kinds at once. Open it, save it anew and send that."),
    "too_long": _("The file took too long to check and was not taken. Make it anew, with fewer pages or points."),
}

KINDS = {
    "pdf": _("a PDF"),
    "docx": _("a Word file (.docx)"),
    "xlsx": _("an Excel file (.xlsx)"),
    "zip": _("a packed archive"),
    "ole": _("an old Office file or a locked one"),
    "jpg": _("a JPG picture"),
    "png": _("a PNG picture"),
    "gif": _("a GIF picture"),
    "html": _("a web page or a drawing"),
    "program": _("a program"),
    "rar": _("a packed archive"),
}


class Refused(ValueError):
    """A file is not taken. `code` names the reason; as text it is the sentence for the person who sent the file."""

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.code, self.params = code, params

    def __str__(self) -> str:
        """The sentence in the language of the page."""
        params = {**self.params, "really": KINDS.get(self.params.get("really", ""), "")}
        return str(SENTENCES[self.code]) % params

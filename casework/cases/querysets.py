"""Named filters over cases."""

from casework.sharing.querysets import VisibleQuerySet
from casework.vietnamese import fold


class CaseQuerySet(VisibleQuerySet):
    """Cases as people look for them."""

    case_field = "pk"

    def locked(self, pk: int):
        """One case, its row locked until the transaction ends; others wait for it, not for ever."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def search(self, text: str):
        """Cases whose code, name or trade contains the text, marks and case apart."""
        return self.filter(search_text__contains=fold(text.strip()))

    def open(self):
        """Cases that are not closed."""
        return self.exclude(status="closed")

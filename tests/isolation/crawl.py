"""Walking the site as one person does: from every address without arguments, along every link, GET only."""

import html
import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pypdfium2
from django.db import transaction
from django.test import Client

# What ends the session, or is not of the product.
NOT_FOLLOWED = ("/sign-out/", "/static/", "/language/")
# Of one page with many filters so many combinations are tried.
MOST_OF_ONE = 6

_LINK = re.compile(r"""(?:href|src)="([^"#][^"]*)\"""")


@dataclass
class Walk:
    """Where a person came, what she was answered, and which canaries she saw where."""

    answered: dict[str, int] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def canaries(self) -> set[str]:
        """All that she saw."""
        return set().union(*self.seen.values())

    def where(self, some: set[str]) -> list[str]:
        """The addresses at which she saw one of these."""
        return sorted(url for url, found in self.seen.items() if found & some)


def walk(client: Client, canaries: Any, starts: Iterable[str], depth: int, most: int) -> Walk:
    """Follow links up to a depth. Whatever a page changes is taken back. At most so many addresses."""
    found, tries = Walk(), {}
    ahead = deque((url, 0) for url in dict.fromkeys(starts))
    known = {url for url, _depth in ahead}
    while ahead and len(found.answered) < most:
        url, far = ahead.popleft()
        text, links = look(client, url, found)
        # The address itself comes back in the page; a word that she typed there is no news to her.
        found.seen[url] = canaries.found_in(text) - canaries.found_in(url)
        for link in links if far < depth else ():
            path = urlsplit(link).path
            tries[path] = tries.get(path, 0) + (link not in known)
            if link not in known and tries[path] <= MOST_OF_ONE and not path.startswith(NOT_FOLLOWED):
                known.add(link)
                ahead.append((link, far + 1))
    return found


def look(client: Client, url: str, found: Walk) -> tuple[str, list[str]]:
    """Ask for one address: its text, whatever kind of file it is, and the links in it."""
    with transaction.atomic():
        answer = client.get(url)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    found.answered[url] = answer.status_code
    text = f"{headers_of(answer)}\n{text_of(content)}"
    links = [urldefrag(urljoin(url, html.unescape(link)))[0] for link in _LINK.findall(text)]
    if "Location" in answer:
        links.append(urljoin(url, answer["Location"]))
    return text, [link for link in links if link.startswith("/") and not link.startswith("//")]


def headers_of(answer: Any) -> str:
    """The headers and cookies of an answer: a file's name is there, too."""
    return "\n".join([*(f"{k}: {v}" for k, v in answer.headers.items()), answer.cookies.output()])


def text_of(content: bytes) -> str:
    """The text of a page, a sheet, a printed paper or a zip of these."""
    if content.startswith(b"%PDF"):
        return _text_of_pdf(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{text_of(archive.read(name))}" for name in archive.namelist())
    return html.unescape(content.decode("utf-8", "replace"))


def _text_of_pdf(content: bytes) -> str:
    # A paper that a test made up is no real one: then its bytes are its text.
    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return content.decode("utf-8", "replace")
    return "\n".join(page.get_textpage().get_text_range() for page in paper)

"""Small mail servers that behave badly, each in a thread of its own, and one that behaves well."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

Talk = Callable[[socket.socket, Event], None]


@contextmanager
def serving(talk: Talk) -> Iterator[int]:
    """A server that treats every connection with `talk`; its port."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)

        def serve() -> None:
            while not over.is_set():
                with suppress(TimeoutError, OSError):
                    peer, _address = server.accept()
                    with peer:
                        peer.settimeout(5)
                        talk(peer, over)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join(5)


def nonsense(peer: socket.socket, over: Event) -> None:
    """Answers, but not as a mail server does."""
    peer.sendall(b"\xff\xfe<html>what?</html>\r\n" * 3)


def closes(peer: socket.socket, over: Event) -> None:
    """Hangs up at once."""


def hangs(peer: socket.socket, over: Event) -> None:
    """Says nothing at all."""
    over.wait(10)


def refuses(peer: socket.socket, over: Event) -> None:
    """Knows nobody."""
    _converse(peer, {b"RCPT": b"550 no such <somebody@example.test>\r\n"}, [])


def takes(into: list[str]) -> Talk:
    """A good server: what it took stands in the list."""
    return lambda peer, _over: _converse(peer, {}, into)


def _converse(peer: socket.socket, special: dict[bytes, bytes], into: list[str]) -> None:
    peer.sendall(b"220 here\r\n")
    lines = peer.makefile("rb")
    for line in lines:
        word = line[:4].upper()
        if word == b"DATA":
            peer.sendall(b"354 go on\r\n")
            into.append(b"".join(iter(lines.readline, b".\r\n")).decode())
        peer.sendall(special.get(word, b"250 ok\r\n"))
        if word == b"QUIT":
            return

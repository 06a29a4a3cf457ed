"""Every place at which the product asks what somebody may see or do, and its source without that question."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCES = ("casework", "workflows", "notifications", "config")
# Where the question itself is defined: without it nothing would be left to test.
NOT_CHANGED = ("migrations", "demo", "/standing.py")
_EVERY_ACCESS = "__import__('casework.models', fromlist=['x']).CaseAccess.objects.filter(kind__in={kinds})"


@dataclass(frozen=True)
class Mutant:
    """One question, where its name ends, and what stands there instead. `begin` and `end` count bytes."""

    path: str
    line: int
    column: int
    question: str
    begin: int
    end: int
    instead: str

    @property
    def name(self) -> str:
        """As it is reported and chosen with `--only`."""
        return f"{self.path}:{self.line}:{self.column} {self.question}"

    def applied(self, source: bytes) -> bytes:
        """The source without the question."""
        return source[: self.begin] + self.instead.encode() + source[self.end :]


def mutants_in(root: Path) -> list[Mutant]:
    """All of them, in the order of their files and lines."""
    files = sorted(path for folder in SOURCES for path in (root / folder).rglob("*.py"))
    named = [(path, str(path.relative_to(root))) for path in files]
    wanted = [(path, name) for path, name in named if not any(part in name for part in NOT_CHANGED)]
    return [mutant for path, name in wanted for mutant in mutants_of(path.read_bytes(), name)]


def mutants_of(source: bytes, path: str) -> list[Mutant]:
    """Those of one file."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def piece(node: ast.AST) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    def text(node: ast.AST) -> str:
        begin, end = piece(node)
        return source[begin:end].decode()

    tree = ast.parse(source)
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [
        Mutant(path, call.func.end_lineno, call.func.end_col_offset, question, *piece(call), instead)
        for call in calls
        for question, instead in _without(call, text, id(call) in statements)
    ]
    return sorted(found, key=lambda mutant: mutant.begin)


def _without(call: ast.Call, text, is_statement: bool) -> Iterator[tuple[str, str]]:
    """The questions in a call, each with the call that does not ask it."""
    of = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_super = of is not None and text(of).startswith("super()")
    if name in ("visible_to", "shown_to", "open_to", "still_shared") and of is not None and not is_super:
        # Of a manager, too, something must be left that has the methods of a queryset.
        yield name, f"__import__('casework.sharing.scope', fromlist=['x']).beyond_sight({text(of)}.all(), 'mutant')"
    elif name == "seat_for" and of is not None:
        yield name, f"next(iter({text(of)}.every_seat), None)"
    elif (
        name in ("authorise", "authorise_any", "authorise_somewhere")
        and of is not None
        and is_statement
        and not is_super
    ):
        yield name, "None"
    elif name == "live_access" and call.args:
        yield name, _EVERY_ACCESS.format(kinds=text(call.args[0]))
    elif name == "filter" and of is not None:
        yield from _filters(call, text)


def _filters(call: ast.Call, text) -> Iterator[tuple[str, str]]:
    """A filter by organisations of a standing, without these conditions."""
    scoped = [k for k in call.keywords if (k.arg or "").startswith("organisation") and "standing" in text(k.value)]
    if scoped:
        left = [text(argument) for argument in call.args]
        left += [
            f"{k.arg}={text(k.value)}" if k.arg else f"**{text(k.value)}" for k in call.keywords if k not in scoped
        ]
        yield "filter(organisation…)", f"{text(call.func)}({', '.join(left)})"

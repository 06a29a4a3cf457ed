"""The product with a switch at every question of access, and the runs of its tests with one of them turned."""

import ast
import builtins
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path
from typing import Any

import pytest

from tests.isolation.mutants import SOURCES, Mutant

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 600  # seconds for the tests of one mutant
ASKS = "_is_left_out"
NOTICED, BY_SCOPE, NO_ANSWER, NOT_ASKED, SURVIVED = "noticed", "by the scope", "NO ANSWER", "NOT ASKED", "SURVIVED"


class _Switched(ast.NodeTransformer):
    """Each call that asks a question becomes `call without it if _is_left_out(name) else call`."""

    def __init__(self, mutants: list[Mutant], starts: list[int]):
        self.starts = starts
        self.mutants = {(mutant.begin, mutant.end): mutant for mutant in mutants}

    def visit_Call(self, node: ast.Call) -> ast.AST:
        place = (self._byte(node.lineno, node.col_offset), self._byte(node.end_lineno, node.end_col_offset))
        self.generic_visit(node)
        mutant = self.mutants.get(place)
        if mutant is None:
            return node
        asks = ast.Call(ast.Name(ASKS, ast.Load()), [ast.Constant(mutant.name)], [])
        without = ast.parse(mutant.instead, mode="eval").body
        return ast.fix_missing_locations(ast.copy_location(ast.IfExp(asks, without, node), node))

    def _byte(self, line: Any, column: Any) -> int:
        return self.starts[line - 1] + column


def switched(source: bytes, mutants: list[Mutant]) -> ast.Module:
    """The program of a file with a switch for each of its mutants."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return ast.fix_missing_locations(_Switched(mutants, starts).visit(ast.parse(source)))


class _Loader(SourceFileLoader):
    """Reads our sources with switches; what Python keeps compiled stays as it is."""

    mutants: dict[str, list[Mutant]]

    def get_code(self, fullname: str) -> Any:
        source = self.get_data(self.path)
        found = self.mutants.get(str(Path(self.path).relative_to(ROOT)), [])
        return compile(switched(source, found), self.path, "exec", dont_inherit=True)


class _Finder:
    """Stands before Python's own finder for the product's packages."""

    def __init__(self, mutants: dict[str, list[Mutant]]):
        self.mutants = mutants

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name.partition(".")[0] not in SOURCES:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
            spec.loader.mutants = self.mutants
        return spec


class Switches:
    """A plugin of pytest: in place of one run of the tests it makes one as they are, then one for each mutant."""

    def __init__(self, mutants: list[Mutant], at_once: int):
        self.mutants, self.at_once = mutants, at_once
        self.left_out, self.test = "", ""
        self.asked: dict[str, set[str]] = defaultdict(set)
        self.seconds: dict[str, float] = {}
        self.why = ""
        by_path: dict[str, list[Mutant]] = defaultdict(list)
        for mutant in mutants:
            by_path[mutant.path].append(mutant)
        sys.meta_path.insert(0, _Finder(by_path))  # type: ignore[arg-type]
        setattr(builtins, ASKS, self._is_left_out)

    def _is_left_out(self, name: str) -> bool:
        self.asked[name].add(self.test)
        return name == self.left_out

    # ── Hooks of pytest ──

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        """Know which test asks."""
        self.test, began = item.nodeid, time.monotonic()
        done = yield
        self.seconds[self.test] = time.monotonic() - began
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Know what a failure says."""
        if report.failed:
            self.why = f"{report.nodeid}\n{report.longreprtext}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All runs, and what they found."""
        if session.testsfailed or not session.items:
            return False
        tests = {item.nodeid: item for item in session.items}
        asked, seconds = self._as_they_are(session)
        verdicts: Counter[str] = Counter()
        begun = iter(self.mutants)
        running: dict[int, tuple[Mutant, int, Path, float]] = {}
        free = list(range(self.at_once))
        while True:
            while free and (mutant := next(begun, None)):
                found = [tests[name] for name in in_order(mutant.path, asked.get(mutant.name, ()), seconds)]
                if not found:
                    self._say(verdicts, NOT_ASKED, mutant)
                    continue
                place = free.pop()
                pid, answer = self._split(session, found, place, mutant.name)
                running[pid] = mutant, place, answer, time.monotonic()
            if not running:
                break
            for pid, (mutant, place, answer, began) in list(running.items()):
                late = time.monotonic() - began > LONGEST
                if late:
                    os.kill(pid, signal.SIGKILL)
                if late or os.waitpid(pid, os.WNOHANG)[0]:
                    del running[pid]
                    free.append(place)
                    self._say(verdicts, NO_ANSWER if late else _verdict(answer), mutant, answer)
            time.sleep(0.02)
        print(f"\n{len(self.mutants)} mutants: {dict(verdicts)}", flush=True)  # noqa: T201
        session.testsfailed = sum(verdicts.values()) - verdicts[NOTICED] - verdicts[BY_SCOPE]
        return True

    # ── Runs ──

    def _as_they_are(self, session: pytest.Session) -> tuple[dict[str, set[str]], dict[str, float]]:
        """Which tests ask which question and how long each takes; ends everything when one fails."""
        asked: dict[str, set[str]] = defaultdict(set)
        seconds: dict[str, float] = {}
        # Whole files, as some of their tests share what they set up.
        files = sorted({item.nodeid.partition("::")[0] for item in session.items})
        runs = []
        for place in range(self.at_once):
            mine = set(files[place :: self.at_once])
            found = [item for item in session.items if item.nodeid.partition("::")[0] in mine]
            runs.append(self._split(session, found, place, ""))
        for pid, answer in runs:
            os.waitpid(pid, 0)
            told = json.loads(answer.read_text()) if answer.exists() else {"why": "a run ended early"}
            if told["why"]:
                pytest.exit(f"This fails before anything is left out: {told['why']}", 2)
            for name, tests in told["asked"].items():
                asked[name] |= set(tests)
            seconds |= told["seconds"]
        return asked, seconds

    def _split(self, session: pytest.Session, items: list, place: int, left_out: str) -> tuple[int, Path]:
        """Run tests in a process of their own until one fails; its number, and the file of its answer."""
        handle, path = tempfile.mkstemp(suffix=".json")
        os.close(handle)
        answer = Path(path)
        answer.unlink()
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            return pid, answer
        code = 3
        try:
            os.environ["PYTEST_XDIST_WORKER"] = f"mutant{place}"
            self.left_out = left_out
            self.asked.clear()
            reporter = session.config.pluginmanager.getplugin("terminalreporter")
            session.config.pluginmanager.unregister(reporter)
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    break
            told = {"why": self.why, "asked": {k: sorted(v) for k, v in self.asked.items()}, "seconds": self.seconds}
            answer.write_text(json.dumps(told))
            code = 0
        finally:
            # Nothing that the parent would do at its end is done here.
            os._exit(code)

    @staticmethod
    def _say(verdicts: Counter, verdict: str, mutant: Mutant, answer: Path | None = None) -> None:
        verdicts[verdict] += 1
        by = ""
        if answer and answer.exists():
            by = json.loads(answer.read_text())["why"].partition("\n")[0]
            answer.unlink()
        print(f"{verdict:<12} {mutant.name}  {by}", flush=True)  # noqa: T201


def _verdict(answer: Path) -> str:
    if not answer.exists():
        return NO_ANSWER
    why = json.loads(answer.read_text())["why"]
    return (BY_SCOPE if "Unscoped" in why else NOTICED) if why else SURVIVED


def in_order(path: str, tests: Any, seconds: dict[str, float]) -> list[str]:
    """Those of the room of a file first, then those of access, each the quickest first."""
    room = str(Path("tests", path).parent)
    access = ("tests/test_access.py", "tests/isolation")

    def rank(test: str) -> tuple[int, float]:
        return (0 if test.startswith(room) else 1 if test.startswith(access) else 2), seconds.get(test, 0)

    return sorted((test for test in tests if test), key=rank)

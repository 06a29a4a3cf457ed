"""The Vietnamese catalogue: brought up to date, checked for completeness, compiled. No gettext tools needed.

    python -m config.messages update     add new texts to locale/vi, drop those no longer used
    python -m config.messages check      fail when a text has no translation, or a placeholder was lost
    python -m config.messages compile    write the .mo files that Django reads

Texts in the code are English, so the English interface needs no catalogue.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "locale"
VIETNAMESE = CATALOGUES / "vi" / "LC_MESSAGES" / "django.po"
OURS = ("casework", "workflows", "notifications", "config")

# Which arguments of a translating function are texts: (context, singular, plural), None where there is none.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "_g": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

# A text: context or None, singular, plural or None.
Text = tuple[str | None, str, str | None]


def texts_in_python(source: str) -> Iterator[Text]:
    """Every text that a Python file translates."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        places = FUNCTIONS.get(node.func.id)
        if places is None:
            continue
        arguments: list[Any] = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        picked = [arguments[p] if p is not None and p < len(arguments) else None for p in places]
        if isinstance(picked[1], str):
            yield picked[0], picked[1], picked[2]


def renamed_in_python(source: str) -> Iterator[str]:
    """Names under which a file calls a translating function and which are not known here: their texts would be lost."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from (a.asname for a in node.names if a.name in FUNCTIONS and a.asname and a.asname not in FUNCTIONS)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in FUNCTIONS:
            yield from (t.id for t in node.targets if isinstance(t, ast.Name) and t.id not in FUNCTIONS)


def texts_in_template(source: str, origin: str) -> Iterator[Text]:
    """Every text that a template translates."""
    for name, *quoted in _TEMPLATE_CALL.findall(templatize(source, origin=origin)):
        words = [ast.literal_eval(q) for q in quoted if q]
        context, singular, plural = FUNCTIONS[name]
        yield (
            words[context] if context is not None else None,
            words[singular],
            words[plural] if plural is not None and plural < len(words) else None,
        )


def texts_of_product() -> dict[Text, str]:
    """Every text of the product, with the file it was first seen in."""
    texts: dict[Text, str] = {}
    for path in _python_files():
        for text in texts_in_python(path.read_text(encoding="utf-8")):
            texts.setdefault(text, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            for text in texts_in_template(path.read_text(encoding="utf-8"), str(path)):
                texts.setdefault(text, str(path.relative_to(ROOT)))
    texts.update(_of_django())
    return texts


def _python_files() -> Iterator[Path]:
    for package in OURS:
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts)


def _of_django() -> dict[Text, str]:
    """Texts of Django that its own Vietnamese catalogue leaves in English: "singular" or "singular || plural"."""
    listed = CATALOGUES / "django-texts.txt"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    pairs = (line.partition(" || ") for line in lines if line and not line.startswith("#"))
    return {(None, singular, plural or None): "Django" for singular, _bars, plural in pairs}


def problems() -> Iterator[str]:
    """What is missing or wrong in the Vietnamese catalogue."""
    for path in _python_files():
        for name in renamed_in_python(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}: texts of {name}(…) are not found; call it gettext, gettext_lazy or _"
    entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(VIETNAMESE))}
    for (context, singular, plural), where in texts_of_product().items():
        entry = entries.pop((context, singular), None)
        if entry is None or "fuzzy" in entry.flags or not (entry.msgstr or all(entry.msgstr_plural.values() or [""])):
            yield f"{where}: no Vietnamese for {singular!r}"
        elif not plural and set(_PLACEHOLDER.findall(singular)) != set(_PLACEHOLDER.findall(entry.msgstr)):
            yield f"{where}: placeholders differ in the Vietnamese for {singular!r}"
    for _context, msgid in entries:
        yield f"{VIETNAMESE.relative_to(ROOT)}: no longer used: {msgid!r}"


def update() -> None:
    """Bring the catalogue in line with the code; translations that still fit are kept."""
    known = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(VIETNAMESE))} if VIETNAMESE.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Đồng Hành",
        "Language": "vi",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for (context, singular, plural), where in sorted(texts_of_product().items(), key=lambda item: item[1]):
        entry = known.get((context, singular)) or polib.POEntry(msgid=singular, msgctxt=context)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr}
            entry.msgstr = ""
        entry.occurrences, entry.flags = [(where, "")], []
        catalogue.append(entry)
    VIETNAMESE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(VIETNAMESE))


def compile_catalogues() -> None:
    """Write a .mo beside every .po that is newer."""
    for po in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))


def main(command: str) -> int:
    """Run one of the commands. Returns the exit code."""
    if command == "update":
        update()
    elif command == "compile":
        compile_catalogues()
    elif command == "check":
        found = list(problems())
        for line in found:
            sys.stdout.write(line + "\n")
        return 1 if found else 0
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))

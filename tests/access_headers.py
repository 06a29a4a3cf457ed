"""What the headers of every answer must say, whatever the address, the person and the answer."""

from typing import Any

ALWAYS = {
    "Content-Security-Policy": (
        "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What a browser may show by itself; anything else must be saved, never opened within our pages.
SHOWN = ("text/html", "application/json")
# Shown by a browser though they are no pages of ours: pictures of papers, and a calendar.
SHOWN_ALONE = {"documents:preview", "documents:page", "feed:calendar"}
# Files of others: what is in them may do nothing at all.
NOTHING = "default-src 'none'; sandbox"


def bad_headers(answer: Any, route: str, *, signed_in: bool) -> list[str]:
    """The names of headers that are missing or say something else."""
    told = {name: _sorted(name, answer.headers.get(name, "")) for name in ALWAYS}
    wrong = [name for name, value in ALWAYS.items() if told[name] != value]
    if route in ("documents:preview", "documents:download") and told["Content-Security-Policy"] == NOTHING:
        wrong.remove("Content-Security-Policy")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if signed_in and "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    kind = answer.headers.get("Content-Type", "text/html").partition(";")[0]
    kept = answer.headers.get("Content-Disposition", "").startswith("attachment")
    if answer.status_code == 200 and kind not in SHOWN and not kept and route not in SHOWN_ALONE:
        wrong.append(f"Content-Disposition of {kind}")
    for name, cookie in answer.cookies.items():
        if cookie["samesite"] != "Lax" or (name == "sessionid" and cookie.value and not cookie["httponly"]):
            wrong.append(f"cookie {name}")
    return wrong


def _sorted(name: str, value: str) -> str:
    """The directives of a policy in the order of their names."""
    return "; ".join(sorted(value.split("; "))) if name == "Content-Security-Policy" else value

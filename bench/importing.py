"""A list of 20,000 cooperatives read and compared with the register, as a dry run of the product's own command."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import Times
from bench.server import ROOT

ROWS, FEW_ROWS = 20_000, 50
HEADER = [
    "TT",
    "Tên HTX, THT",
    "Loại hình",
    "Xã/phường",
    "Tỉnh",
    "Năm thành lập",
    "Tổng số thành viên",
    "Sản phẩm chính",
]
_WORDS = (
    ("Lúa", "Ngô", "Khoai", "Sắn", "Đậu", "Vừng", "Nấm", "Chè", "Nho", "Táo", "Bưởi", "Cam", "Quế", "Hồi"),
    ("Gió", "Mây", "Trăng", "Sao", "Suối", "Núi", "Rừng", "Biển", "Đồi", "Sông", "Hồ", "Thác"),
    ("Đông", "Đoài", "Nam", "Bắc", "Thượng", "Hạ", "Trung", "Tân", "Cựu", "Phú", "An", "Bình"),
    ("Xuân", "Thu", "Hòa", "Lộc", "Thịnh", "Vượng", "Tiến", "Phát", "Minh", "Quang", "Sơn"),
)


def rows(count: int) -> Iterator[list[Any]]:
    """So many bodies whose names differ."""
    for number in range(count):
        rest, words = number, []
        for part in _WORDS:
            rest, place = divmod(rest, len(part))
            words.append(part[place])
        name = "HTX " + " ".join(words)
        yield [number + 1, name, "HTX", "xã Bác Ái", "Khánh Hòa", 2001 + number % 24, 7 + number % 60, words[0].lower()]


def write(path: Path, count: int) -> Path:
    """The list as officers send it: CSV with the mark that Excel wants."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(rows(count))
    return path


def measure(rounds: int, *, small: bool = False) -> dict[str, Any]:
    """Seconds by the clock and the largest process of each run."""
    path = write(ROOT / "var" / "bench" / "danh-sach.csv", FEW_ROWS if small else ROWS)
    times, largest, told = Times(), 0.0, ""
    for number in range(rounds + 1):
        took, megabytes, told = _run(path)
        if number:
            times.seconds.append(took)
            largest = max(largest, megabytes)
    return {"times": {"import, dry run": times.as_json()}, "megabytes": largest, "told": told.splitlines()[-6:]}


def _run(path: Path) -> tuple[float, float, str]:
    command = [sys.executable, "manage.py", "import_roster", str(path), "--organisation", "wu-56", "--dry-run"]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        told = run.stdout.read() if run.stdout else ""
        _pid, status, used = os.wait4(run.pid, 0)  # with the process that it opens files in
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise RuntimeError(told[-2000:])
    return time.perf_counter() - began, used.ru_maxrss / 1024, told


def measured(report: dict[str, Any]) -> dict[str, float]:
    """The figures of the goals."""
    return {"import_s": report["times"]["import, dry run"]["median_ms"] / 1000, "import_mb": report["megabytes"]}

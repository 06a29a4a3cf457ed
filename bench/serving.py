"""What a worker of the bench hears and answers: one line of JSON each. Needs nothing but Python.

["prepare", 50] → null        have so much at hand; not measured
["complete", 50] → [0.004, …] do it; how long each took
"""

import json
import sys
from typing import Any


def serve(worker: Any) -> None:
    """Answer until the input ends. The first line says that the worker is there."""
    out, sys.stdout = sys.stdout, sys.stderr  # whatever else is printed must not stand between the answers
    out.write("null\n")
    out.flush()
    for line in sys.stdin:
        what, *values = json.loads(line)
        out.write(json.dumps(getattr(worker, what)(*values)) + "\n")
        out.flush()

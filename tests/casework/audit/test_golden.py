"""Packs that were made once and must be read for ever: what changes their answer breaks packs that people hold.

They were made by `packs.lived`; a new version of the format gets packs of its own beside these.
"""

import json
from pathlib import Path

import pytest

from casework.audit import verify
from casework.audit.keys import is_signed
from casework.audit.tree import Frontier

FOLDER = Path(__file__).parents[2] / "data" / "packs"


@pytest.mark.parametrize("name", ["whole", "case"])
def test_an_old_pack_is_answered_as_ever(name, capsys):
    assert verify.main([str(FOLDER / f"{name}.zip"), "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == json.loads((FOLDER / f"{name}.json").read_text())


def test_the_product_reads_the_same_tree_and_signatures():
    pack = verify.Pack(FOLDER / "whole.zip")
    hashes, checkpoints = (
        [json.loads(line) for line in pack.whole(f"{name}.jsonl").splitlines()] for name in ("events", "checkpoints")
    )
    public = {one["id"]: bytes.fromhex(one["public"]) for one in json.loads(pack.whole("keys.json"))}
    for row in checkpoints:
        told, tree = json.loads(row["text"]), Frontier()
        for event in hashes[: told["size"]]:
            tree.append(bytes.fromhex(event["hash"]))

        assert tree.root().hex() == told["root"]
        assert row["signatures"]
        assert all(is_signed(row["text"], one["signature"], public[one["key"]]) for one in row["signatures"])

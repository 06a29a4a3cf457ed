"""Every event becomes a leaf once, whatever the order of commits; checkpoints sign the tree; nothing is sealed anew."""

import hashlib
import io
import sys
import threading
from functools import partial

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.errors import InsufficientPrivilege

from casework.audit import chain, keys, sealing, sessions
from casework.audit.anchors import Anchors
from casework.audit.codes import read_code, short_code
from casework.audit.tree import Frontier, complete_parts, leaf_hash, node_hash, root_of
from casework.models import AuditCheckpoint, AuditEvent, AuditLeaf, AuditNode, AuditUnsealed
from tests.history import event_data
from tests.owner import run_outside

# ── The tree ────────────────────────────────────────────────────────────────────────────────────────────

# RFC 6962 test data of the certificate transparency reference implementation: leaves and the roots of 1 … 8 of them.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_tree_is_that_of_the_rfc(size):
    assert root_of(bytes.fromhex(leaf) for leaf in LEAVES[:size]).hex() == ROOTS[size - 1]


def plain_root(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(plain_root(leaves[:half]), plain_root(leaves[half:]))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=80))
def test_grown_leaf_by_leaf_it_is_the_same_tree(leaves):
    frontier, nodes = Frontier(), {}
    for leaf in leaves:
        nodes |= {(level, index): digest for level, index, digest in frontier.append(leaf)}

    assert frontier.root() == plain_root(leaves)
    for (level, index), digest in nodes.items():
        assert digest == plain_root(leaves[index << level : (index + 1) << level])


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_complete_parts_tile_any_range(start, length):
    at = start
    for level, index in complete_parts(start, start + length):
        assert index << level == at
        at += 1 << level

    assert at == start + length


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_read_as_people_write_it(digest):
    code = short_code(digest)

    assert len(code) == 14
    assert read_code(code) == read_code(code.lower().replace("-", " ").replace("1", "l").replace("0", "o")) == code


# ── Sealing ─────────────────────────────────────────────────────────────────────────────────────────────


def write(count, name="test:1"):
    for _ in range(count):
        chain.append(name, event_data())


def leaves():
    return list(AuditLeaf.objects.order_by("number"))


def check_tree():
    """The leaves are all events that do not wait, each once, and the newest checkpoint signs just their tree."""
    rows = leaves()
    assert [leaf.number for leaf in rows] == list(range(len(rows)))
    sealed = {leaf.event_id: bytes(leaf.hash) for leaf in rows}
    waiting = set(AuditUnsealed.objects.values_list("event_id", flat=True))
    assert sealed == {e.pk: bytes(e.hash) for e in AuditEvent.objects.exclude(pk__in=waiting)}
    newest = sealing.newest()
    assert newest.size == len(rows)
    assert newest.told["root"] == root_of(bytes(leaf.hash) for leaf in rows).hex()
    [signature] = newest.signatures
    assert keys.is_signed(newest.text, signature["signature"], keys.signer().public)
    assert AuditNode.objects.count() == sum(len(rows) >> level for level in range(8, 40))


def test_what_waits_is_sealed_and_a_second_time_there_is_nothing_to_do(committed_world):
    write(5)
    first = sealing.seal()

    check_tree()
    assert AuditUnsealed.objects.count() == 0
    assert sealing.seal() is None
    write(3, "test:2")
    second = sealing.seal()
    check_tree()
    assert second.told["prev"] == first.digest.hex()
    assert (second.number, second.size) == (first.number + 1, first.size + 3)


def test_many_are_sealed_in_batches_under_one_checkpoint(committed_world, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 100)
    for number in range(4):
        write(200, f"test:{number}")
    sealing.seal()
    write(300)
    sealing.seal()

    check_tree()
    assert AuditCheckpoint.objects.count() == 2


def test_a_leaf_never_stands_before_the_one_it_follows(committed_world, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    for _ in range(5):
        write(2, "test:1")
        write(3, "test:2")
    sealing.seal()

    places = {}
    for leaf in leaves():
        assert places.get(leaf.chain, 0) + 1 == leaf.seq
        places[leaf.chain] = leaf.seq


def thread_for(work, failures):
    """A thread with a connection of its own; what it raises is put into `failures`."""

    def run():
        try:
            work()
        except Exception as error:  # noqa: BLE001 (told by the test)
            failures.append(error)
        finally:
            connection.close()

    return threading.Thread(target=run)


def test_writers_and_sealers_at_once_miss_nothing(committed_world):
    """Parallel commits come out of order: a reader of `id > last` would miss a quarter of them."""
    before, failures, done = AuditEvent.objects.count(), [], threading.Event()

    def writer(number):
        for step in range(40):
            write(1, f"test:{number if step % 2 else 0}")

    def sealer():
        while not done.is_set():
            sealing.seal()

    writers = [thread_for(partial(writer, number), failures) for number in range(1, 5)]
    sealers = [thread_for(sealer, failures) for _ in range(2)]
    for thread in writers + sealers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in sealers:
        thread.join()
    sealing.seal()

    assert failures == []
    assert len(leaves()) == before + 160
    check_tree()


def test_the_worker_does_not_wait_for_the_minute_when_many_wait(committed_world, monkeypatch):
    sealing.seal()
    monkeypatch.setattr(sealing, "BATCH", 10)
    write(9)
    assert sealing.seal_when_many() == 0
    write(1)
    assert sealing.seal_when_many() == 1
    check_tree()


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", ["casework_auditleaf", "casework_auditnode", "casework_auditcheckpoint"])
def test_what_is_sealed_is_never_changed_even_by_its_owner(committed_world, table):
    write(300)
    sealing.seal()
    name = {"casework_auditcheckpoint": "size"}.get(table, "hash")

    for statement in (f"UPDATE {table} SET {name} = {name}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(InsufficientPrivilege):
            run_outside(statement, database=connection.settings_dict["NAME"])


def test_each_role_reaches_its_own_tables_only(committed_world):
    refused = {
        "sealer": ["SELECT FROM casework_person", "INSERT INTO casework_auditevent (chain, canon) VALUES ('a', '{}')"],
        "auditor": ["SELECT FROM casework_person", "DELETE FROM casework_auditunsealed"],
        "shredder": ["SELECT FROM casework_auditevent"],
    }
    for role, statements in refused.items():
        for statement in statements:
            with sessions.session(role) as opened, opened.cursor() as cursor, pytest.raises(InsufficientPrivilege):
                cursor.execute(statement)
    with sessions.session("auditor") as opened, opened.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_auditevent")
        assert cursor.fetchone()[0] == AuditEvent.objects.count()


# ── Keys, copies outside, restoring ─────────────────────────────────────────────────────────────────────


def test_the_key_file_is_for_its_owner_only(settings, tmp_path):
    settings.AUDIT_KEY = tmp_path / "key.pem"

    first, second = keys.signer(), keys.signer()

    assert first.public == second.public
    assert settings.AUDIT_KEY.stat().st_mode & 0o077 == 0


def test_a_program_outside_may_sign(committed_world, settings, tmp_path):
    private = tmp_path / "private.pem"
    keys.make_key(private)
    own = keys.signer(private)
    public = tmp_path / "public.pem"
    public.write_bytes(own.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    program = tmp_path / "sign.py"
    program.write_text(
        "import sys; from cryptography.hazmat.primitives.serialization import load_pem_private_key as load\n"
        f"key = load(open({str(private)!r}, 'rb').read(), None)\n"
        "print(key.sign(sys.stdin.buffer.read()).hex())\n"
    )
    settings.AUDIT_KEY, settings.AUDIT_SIGN_COMMAND = public, f"{sys.executable} {program}"
    write(1)

    made = sealing.seal()

    assert keys.is_signed(made.text, made.signatures[0]["signature"], own.public)
    settings.AUDIT_SIGN_COMMAND = "false"
    write(1)
    with pytest.raises(keys.NoKey):
        sealing.seal()


def test_a_new_key_is_named_and_signed_by_both(committed_world, settings, tmp_path):
    write(1)
    sealing.seal()
    old = keys.signer()

    call_command("audit", "rotate", new=tmp_path / "new.pem", stdout=io.StringIO())

    new, change = keys.signer(tmp_path / "new.pem"), sealing.newest()
    assert [one["key"] for one in change.signatures] == [old.id, new.id]
    assert all(
        keys.is_signed(change.text, one["signature"], key.public)
        for one, key in zip(change.signatures, [old, new], strict=True)
    )
    write(1)
    with pytest.raises(sealing.NotSealed):
        sealing.seal()
    settings.AUDIT_KEY = tmp_path / "new.pem"
    assert sealing.seal().told["key"] == new.id


def test_copies_stand_outside_and_are_caught_up_with(committed_world):
    write(2)
    first = sealing.seal()
    outside = Anchors(first.told["origin"])
    write(2)
    second = sealing.seal()
    assert [one.text for one in outside.all()] == [first.text, second.text]
    assert len({leaf["leaf"] for leaf in outside.leaves(0, 10**9)}) == second.size

    # Killed between the database and the folder.
    (outside.folder / "checkpoints.jsonl").write_text(first.line() + "\n")
    sealing.seal()

    assert [one.text for one in outside.all()] == [first.text, second.text]


def test_after_a_restore_nothing_is_sealed_until_somebody_says_what_was_lost(committed_world, capsys):
    """The database goes back to the first checkpoint, as a backup of that evening would."""
    write(3)
    first = sealing.seal()
    database, copy = connection.settings_dict["NAME"], connection.settings_dict["NAME"] + "_backup"
    connection.close()
    run_outside(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{database}"')
    write(4)
    lost = sealing.seal()
    connection.close()
    run_outside(
        f'DROP DATABASE "{database}"',
        f'CREATE DATABASE "{database}" TEMPLATE "{copy}"',
        f'DROP DATABASE "{copy}"',
    )
    write(1)  # somebody worked on before it was noticed

    with pytest.raises(sealing.NotSealed):
        sealing.seal()
    with pytest.raises(CommandError, match="left this system"):
        call_command("audit", "seal")
    call_command("audit", "restored", reason="Disk of the server broke")

    said = sealing.newest()
    assert said.kind == "restore"
    assert said.told["lost"] == {
        "checkpoint": lost.digest.hex(),
        "from": first.size,
        "root": lost.told["root"],
        "size": lost.size,
    }
    assert (said.size, said.number) == (first.size + 1, lost.number + 1)
    assert f"Leaves lost: {lost.size - first.size}" in capsys.readouterr().out
    check_tree()
    write(1)
    assert sealing.seal().size == first.size + 2
    check_tree()
    with pytest.raises(sealing.NotSealed):
        sealing.declare_restored(first, "nothing of it is missing")

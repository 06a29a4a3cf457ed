"""Workers are killed while the real outbox is emptied into files: every message arrives, and always under one key.

KILLS sets how many (default 25); the messages grow with it. SEED chooses which.
"""

import os
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from casework.models import User
from notifications.channels import message_id
from notifications.models import Delivery, Notification, OutboxMessage, Reader
from tests.casework.background.nemesis import Nemesis

KILLS = int(os.environ.get("KILLS", "25"))
SEED = int(os.environ.get("SEED", "20261123"))
MESSAGES = 20 * KILLS
PUMPS = ["notifications.outbox.pump", "tests.casework.background.jobs.send_with_short_lease"]


def sent(folder: Path) -> Counter[str]:
    """How often each Message-ID was sent. A kill while a file was written leaves one that is cut short."""
    mails = [part for file in folder.iterdir() for part in file.read_bytes().split(b"-" * 79) if part.strip()]
    return Counter(str(message_from_bytes(mail.strip())["Message-ID"]) for mail in mails)


def test_every_message_arrives_under_its_own_key_although_workers_are_killed(committed_world, tmp_path):
    world = committed_world
    User.objects.filter(username="lan").update(email="lan@example.test")
    Reader.objects.create(user=world.lan, language="vi", digest="none")
    case = world.open_case("lan")
    OutboxMessage.objects.all().delete()
    about = {"kind": "task.assigned", "chain": f"case:{case.pk}", "case": case, "task_id": world.task(case).pk}
    OutboxMessage.objects.bulk_create(
        OutboxMessage(user=world.lan, event_seq=n, idem_key=f"killed/{n}", **about)
        for n in range(1000, 1000 + MESSAGES)
    )
    nemesis = Nemesis(SEED, pumps=PUMPS, mailbox=tmp_path)

    nemesis.rage(KILLS, lambda: Delivery.objects.filter(state="sent").count() == MESSAGES, 60 + 2 * KILLS)

    mails = sent(tmp_path)
    print(f"kills {nemesis.killed}, messages {MESSAGES}: sent {len(mails)}, repeated {mails.total() - len(mails)}")  # noqa: T201
    assert set(mails) >= {message_id(key) for key in Delivery.objects.values_list("idem_key", flat=True)}
    assert Notification.objects.count() == Delivery.objects.count() == MESSAGES
    assert not OutboxMessage.objects.exclude(state="sent").exists()

"""Cases of the bench: each with its process, open tasks, access and history, as acts would have left them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.copying import copy, follow_ids, without_indexes, without_triggers
from bench.world import World
from casework.audit.chain import canonical
from workflows.clock.sql import FILL_ALARMS
from workflows.summary.sql import FILL

FLOW = "workflows/flows.founding_v1.FoundingV1"
TABLES = [
    "casework_case",
    "workflows_process",
    "workflows_task",
    "casework_caseaccess",
    "casework_leadscreening",
    "casework_auditevent",
]
KEPT = [
    "workflows_countedcase",
    "workflows_casesum",
    "workflows_alarm",
    "workflows_stagestay",
    "casework_auditunsealed",
]
_OFF = [*TABLES, *KEPT]
# stage, step, right, role; the body that does it is the commune's but for reviewers.
STEPS = [
    ("consultation", "survey_needs", "survey_needs", "advisor"),
    ("lead", "screen_lead", "screen_lead", "advisor"),
    ("consultation", "survey_needs", "survey_needs", "advisor"),
    ("consultation", "hold_consultation", "hold_consultation", "advisor"),
    ("business_plan", "draft_plan", "draft_plan", "advisor"),
    ("business_plan", "draft_charter", "draft_charter", "advisor"),
    ("registration", "file_dossier", "file_dossier", "advisor"),
    ("linkage", "request_credit", "request_credit", "advisor"),
    ("consultation", "survey_needs", "survey_needs", "advisor"),
    ("registration", "prepare_dossier", "prepare_dossier", "reviewer"),
]
TRADES = ["nấm rơm", "rau sạch", "dệt thổ cẩm", "chè Shan tuyết", "mật ong rừng", "gốm", "cá cơm khô", "nho", "mây tre"]
NAMES = ["Hoa Sen", "Ban Mai", "Đồng Tâm", "Quê Hương", "Thảo Nguyên", "Bình Minh", "Phù Sa"]
_LAST_STAGE = "linkage"
CLOSED_EVERY, TWICE_EVERY, OLD_EVERY = 10, 10, 10


@dataclass(frozen=True)
class Ids:
    """The first free number of each table."""

    case: int
    task: int
    process: int
    event: int


class Cases:
    """The rows of `size` cases, table by table. The same size gives the same rows, apart from the moment."""

    def __init__(self, world: World, size: int, ids: Ids, now: datetime):
        self.world, self.size, self.ids, self.now = world, size, ids, now

    def _of(self, i: int) -> tuple[Any, int, tuple[str, str, str, str]]:
        """The commune, the province and the step of a case."""
        body = self.world.communes[i % len(self.world.communes)]
        # Not by i alone: every commune shall have cases at every step.
        return body, self.world.province_of[body.id], STEPS[(i // len(self.world.communes) + i) % len(STEPS)]

    def _closed(self, i: int) -> bool:
        return i % CLOSED_EVERY == 7

    def _opened(self, i: int) -> datetime:
        return self.now - timedelta(days=30 + i % 400, seconds=i % 86_400)

    def _since(self, i: int) -> datetime:
        return self._opened(i) + timedelta(days=i % 25)

    def cases(self) -> Iterator[tuple]:
        """The cases themselves."""
        for i in range(self.size):
            body, province, step = self._of(i)
            above = self.world.by_province[province]
            trade, name, closed = TRADES[i % len(TRADES)], NAMES[i // 9 % len(NAMES)], self._closed(i)
            yield (
                self.ids.case + i, f"BX-2026-{i:07d}", "founding", _LAST_STAGE if closed else step[0], self._since(i),
                "closed" if closed else "open", "stopped" if closed else "", "Nhóm dừng lại" if closed else "",
                self.now - timedelta(days=i % 29) if closed else None, f"HTX {trade} {name} {i % 997}", "HTX", trade,
                9, "visit", "", self._opened(i).date(), self._opened(i), body.area, self.world.advisors[body.id],
                body.id, above["alliance"].id, above["womens_union"].id, ["de-an-01"],
            )  # fmt: skip

    def processes(self) -> Iterator[tuple]:
        """One run of the flow for each case."""
        for i in range(self.size):
            done = "DONE" if self._closed(i) else "NEW"
            yield (
                self.ids.process + i,
                FLOW,
                done,
                self._opened(i),
                self.now if done == "DONE" else None,
                self.ids.case + i,
            )

    def tasks(self) -> Iterator[tuple]:
        """One or two open tasks of each case that is not closed; of two, one is taken."""
        number = self.ids.task
        for i in range(self.size):
            if self._closed(i):
                continue
            body, province, (stage, node, right, role) = self._of(i)
            by = body if role == "advisor" else self.world.by_province[province]["alliance"]
            yield self._task(number, i, stage, node, right, role, by.id, None)
            number += 1
            if i % TWICE_EVERY == 3:
                owner = self.world.advisors[body.id]
                yield self._task(number, i, stage, "hold_consultation", "hold_consultation", "advisor", body.id, owner)
                number += 1

    def _task(
        self, pk: int, i: int, stage: str, node: str, right: str, role: str, body: int, owner: int | None
    ) -> tuple:
        begun, length = self._since(i), 60 + i * 7 % 480
        due = (begun + timedelta(days=length)).replace(hour=16, minute=59, second=59, microsecond=0)
        half, warn = begun + (due - begun) * 0.5, begun + (due - begun) * 0.8
        return (
            pk, f"{FLOW}.{node}", "HUMAN", "ASSIGNED" if owner else "NEW", begun, "start", [], node, stage, role, right,
            begun.date(), due, due, half, warn, begun.date(), 0, False, 1, "", "", "", [], False,
            owner, begun if owner else None, self.ids.case + i, body, self.ids.process + i,
        )  # fmt: skip

    def access(self) -> Iterator[tuple]:
        """Who sees each case."""
        for i in range(self.size):
            body, province, _step = self._of(i)
            above = self.world.by_province[province]
            for kind, who in (("own", body), ("partner", above["alliance"]), ("partner", above["programme_office"])):
                yield kind, "", self._opened(i), self.ids.case + i, who.id, "", "", ""

    def screenings(self) -> Iterator[tuple]:
        """What was decided about each lead that was taken up."""
        for i in range(self.size):
            if self._closed(i) or self._of(i)[2][0] != "lead":
                yield "accept", "", self._opened(i), self.ids.case + i

    def events(self) -> Iterator[tuple]:
        """The history: one event of each case, five of every tenth. Linked as the database links them."""
        number = self.ids.event
        for i in range(self.size):
            case, (body, _province, _step) = self.ids.case + i, self._of(i)
            chain, actor = f"case:{case}", self.world.advisors[body.id]
            prev = hashlib.sha256(chain.encode()).digest()
            for seq in range(1, 6 if i % OLD_EVERY == 1 else 2):
                at = self._opened(i) + timedelta(minutes=seq)
                verb = "case.opened" if seq == 1 else "case.noted"
                data = {
                    "actor": actor, "on_behalf_of": None, "organisation": body.id, "role": "advisor", "case": case,
                    "verb": verb, "channel": "page", "request": None, "reason": "", "facts": {"code": f"BX-{i}"},
                    "changes": _changes(case, at, i),
                }  # fmt: skip
                stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
                told = canonical(data)
                canon = f'{{"at":"{stamp}","chain":"{chain}","data":{told},"seq":{seq}}}'
                digest = hashlib.sha256(prev + canon.encode()).digest()
                changes = told[told.index('"changes":') + 10 : told.index(',"channel":')]
                yield (
                    number, chain, seq, case, at, actor, body.id, "advisor", verb, "page", "", data["facts"], changes,
                    canon, prev, digest,
                )  # fmt: skip
                prev, number = digest, number + 1


def _changes(case: int, at: datetime, i: int) -> list[dict[str, Any]]:
    """About as much as an ordinary act says of what it changed."""
    row, task = f"case:{case}", f"task:{case}"
    return [
        {"object": row, "field": "stage", "from": None, "to": "lead"},
        {"object": row, "field": "stage_since", "from": None, "to": at},
        {"object": row, "field": "working_name", "from": None, "to": f"HTX {TRADES[i % len(TRADES)]}"},
        {"object": task, "field": "status", "from": "NEW", "to": "ASSIGNED"},
        {"object": task, "field": "owner_id", "from": None, "to": i},
    ]


_CASE = """id, code, kind, stage, stage_since, status, outcome, closing_reason, closed_at, working_name, legal_form,
    trade, women_interested, source, note, received_on, opened_at, area_id, opened_by_id, lead_organisation_id,
    reviewing_organisation_id, supervising_organisation_id, programmes"""
_TASK = """id, flow_task, flow_task_type, status, created, token, previous_ids, node, stage, role, permission, opens_on,
    due_at, first_due_at, half_at, warn_at, term_begins, priority, held, round, outcome, title, correction, marks,
    watched, owner_id, claimed_at, case_id, organisation_id, process_id"""
_EVENT = """id, chain, seq, case_id, at, actor_id, organisation_id, role, verb, channel, reason, facts, changes, canon,
    prev, hash"""
_ASSIGNMENTS = """
INSERT INTO workflows_taskassignment (reason, assigned_at, ended_how, assigned_by_id, case_id, task_id, user_id)
SELECT '', claimed_at, '', owner_id, case_id, id, owner_id FROM workflows_task
 WHERE status = 'ASSIGNED' AND id >= %s
"""
# What triggers keep beside the cases; before, because the tables were empty. Nothing of it is invented here.
_STAYS = """
INSERT INTO workflows_stagestay (case_id, stage, since, until)
SELECT id, stage, stage_since, closed_at FROM casework_case
"""
_UNSEALED = """
INSERT INTO casework_auditunsealed (event_id, chain, seq) SELECT id, chain, seq FROM casework_auditevent
ON CONFLICT DO NOTHING
"""


def enter(cursor: Any, world: World, size: int, now: datetime) -> dict[str, int]:
    """Write the cases down and let the database count and remember them as it would have. How many rows of each."""
    ids = Ids(*(_first_free(cursor, table) for table in (TABLES[0], TABLES[2], TABLES[1], TABLES[5])))
    rows = Cases(world, size, ids, now)
    emptied = [*KEPT, "workflows_audiencemember", "workflows_audience"]
    cursor.execute("BEGIN")
    with without_triggers(cursor, [*_OFF, "workflows_taskassignment"]), without_indexes(cursor, TABLES):
        done = {
            "cases": copy(cursor, "casework_case", _CASE, rows.cases()),
            "processes": copy(
                cursor, "workflows_process", "id, flow_class, status, created, finished, case_id", rows.processes()
            ),
            "tasks": copy(cursor, "workflows_task", _TASK, rows.tasks()),
            "accesses": copy(
                cursor,
                "casework_caseaccess",
                "kind, reason, valid_from, case_id, organisation_id, answer, profile, revoked_because",
                rows.access(),
            ),
            "screenings": copy(
                cursor, "casework_leadscreening", "decision, reason, decided_at, case_id", rows.screenings()
            ),
            "events": copy(cursor, "casework_auditevent", _EVENT, rows.events()),
        }
        cursor.execute(_ASSIGNMENTS, [ids.task])
        for table in emptied:
            cursor.execute(f"DELETE FROM {table}")
    cursor.execute("ANALYZE")  # what follows joins all of it
    with without_triggers(cursor, _OFF):
        for statement in (_STAYS, _UNSEALED, FILL.partition("CREATE TRIGGER")[0], FILL_ALARMS):
            cursor.execute(statement)
    cursor.execute("COMMIT")
    follow_ids(cursor, [*TABLES, "workflows_taskassignment"])
    return done


def _first_free(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")
    return int(cursor.fetchone()[0])


def today() -> date:
    """The day on which the database was loaded; a database of yesterday is loaded again."""
    return datetime.now(UTC).date()

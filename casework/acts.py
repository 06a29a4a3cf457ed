"""The one way to change anything: lock, right, change, event, outbox, in one transaction.

Every channel (page, command, import, worker) calls `perform(act, by=user)`. An act is a small frozen
dataclass; what it does is its `change`. See docs/concepts/act.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed

from casework import signals
from casework.audit import chain
from casework.audit.models import AuditEvent, Channel
from casework.late import Late
from casework.organisations.models import User
from casework.organisations.standing import Seat, Standing, standing_of
from casework.sharing import scope

# PostgreSQL: lock_not_available, deadlock_detected.
_LOCK_CODES = frozenset({"55P03", "40P01"})

_ONE_PER_REQUEST = "one_event_per_request"
_SENT_FOR_SOMETHING_ELSE = _("This form was already sent for something else. Open the page again.")

M = TypeVar("M", bound=models.Model)


class ActionNotPossible(Exception):
    """Too early, too late or against a rule. The message is written for the person who asked.

    `field` names the form field that the message belongs to, if one does.
    """

    def __init__(self, message: Any, field: str | None = None):
        super().__init__(message)
        self.field = field


class Busy(ActionNotPossible):
    """Somebody else holds the lock; nothing was done and the same request may be sent again."""


@dataclass(frozen=True)
class Notice:
    """Somebody must be told: one person, or of an organisation those with the role `audience`, or all who may do it.

    Who that is, is looked up when it is delivered. `facts` are numbers, codes and days; never personal data.
    """

    kind: str
    organisation_id: int | None = None
    user_id: int | None = None
    task_id: int | None = None
    audience: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A notice that no act causes but the clock. `key` (a chain's name) and `number` make it one of its kind."""

    key: str
    number: int
    case_id: int | None
    notice: Notice


@dataclass
class Unit:
    """The unit of work of one act: whom it acts for, what it is about, and the only hands that write."""

    act: "Act"
    by: User
    channel: str
    request_id: UUID | None = None
    on_behalf_of: User | None = None
    standing: Standing | None = None
    seat: Seat | None = None
    chain: str = ""
    case: Any = None
    # The row that the act is about besides its case: a task, for acts on tasks.
    task: Any = None
    # Whether an event of this request stands already; None until somebody has looked.
    answered: bool | None = None
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    # Rows that are written with the event.
    late: Late = field(default_factory=Late)
    # Other cases or registers that the act changes too: each gets the same event in its own chain.
    also: dict[str, Any] = field(default_factory=dict)

    def about_case(self, case: Any) -> None:
        """Say which case the act is about; its event goes to the chain of that case."""
        self.case, self.chain = case, f"case:{case.pk}"

    def also_about_case(self, case: Any) -> None:
        """Say which other case the act changes, locked by now; the same event goes to its chain too."""
        self.also[f"case:{case.pk}"] = case

    def also_about(self, chain_name: str) -> None:
        """The same for a chain that belongs to no case, such as `cooperative:7`."""
        self.also.setdefault(chain_name, None)

    def authorise(self, permission: str, organisation_id: int | None) -> None:
        """Take the seat that gives a right on an organisation. Raises PermissionDenied without one."""
        seat = self.standing.seat_for(permission, organisation_id) if self.standing else None
        if seat is None:
            raise PermissionDenied(permission)
        self.take(seat)

    def take(self, seat: Seat) -> None:
        """Act from a seat: one's own, or for the absent person whose seat it is."""
        self.seat = seat
        if seat.instead_of_id:
            self.on_behalf_of = User.objects.get(pk=seat.instead_of_id)

    def authorise_somewhere(self, permission: str) -> None:
        """Take a seat that gives a right in whichever organisation. Raises PermissionDenied without one.

        For what belongs to no organisation: the rules, the calendar, the work in the background.
        """
        mine = self.standing.organisations_with(permission) if self.standing else []
        self.authorise_any(permission, set(mine))

    def authorise_any(self, permission: str, organisation_ids: set[int]) -> None:
        """Take the seat that gives a right on one of these organisations. Raises PermissionDenied without one."""
        for organisation_id in sorted(organisation_ids):
            if self.standing and self.standing.seat_for(permission, organisation_id):
                return self.authorise(permission, organisation_id)
        raise PermissionDenied(permission)

    def add(self, instance: M) -> M:
        """Insert a row and record every value that it brings."""
        if not self.late.insert(instance):
            instance.save(force_insert=True)
        self._record(instance, {}, _values(instance))
        return instance

    def add_all(self, instances: list[M]) -> list[M]:
        """Insert rows of one table in few statements and record their values; their `save` is not called."""
        if instances:
            type(instances[0])._default_manager.bulk_create(instances, batch_size=500)
        for instance in instances:
            self._record(instance, {}, _values(instance))
        return instances

    def change(self, instance: M, **values: Any) -> M:
        """Set fields of a row, save those that differ and record each from → to."""
        with self.changing(instance):
            for name, value in values.items():
                setattr(instance, name, value)
        return instance

    @contextmanager
    def changing(self, instance: models.Model) -> Iterator[None]:
        """Record and save whatever the block changes on a row, transitions of its stage included."""
        before = _values(instance)
        yield
        after = _values(instance)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            if not self.late.update(instance, changed):
                instance.save(update_fields=changed)
            self._record(instance, {n: before[n] for n in changed}, {n: after[n] for n in changed})

    def tell(self, notice: Notice) -> None:
        """Ask that somebody be told once the act is done."""
        self.notices.append(notice)

    def _record(self, instance: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        personal: frozenset[str] = getattr(instance, "PERSONAL", frozenset())
        for name, value in after.items():
            if value in (None, "", [], {}) and before.get(name) in (None, "", [], {}):
                continue
            change: dict[str, Any] = {"object": f"{instance._meta.model_name}:{instance.pk}", "field": name}
            if name in personal:
                # The history says that it changed, never what it was: it must be erasable elsewhere.
                change["personal"] = True
            else:
                change.update({"from": before.get(name), "to": value})
            self.changes.append(change)


def _values(instance: models.Model) -> dict[str, Any]:
    """The stored values of a row, by attribute name."""
    return {
        f.attname: getattr(instance, f.attname)
        for f in instance._meta.concrete_fields
        if not f.primary_key and not isinstance(f, models.GeneratedField)
    }


@dataclass(frozen=True)
class Receipt:
    """What a person gets for an act: where its event stands. `replayed` when it had been done before."""

    link: chain.Link
    case_id: int | None
    result: Any = None
    replayed: bool = False


class Act:
    """One thing a person does. Subclasses are frozen dataclasses holding what was asked for."""

    verb: ClassVar[str]

    def lock(self, unit: Unit) -> None:
        """Find and lock what the act is about, and set `unit.case` or `unit.chain`.

        What is read after the lock, in the same statement, may be left in the unit: `standing`, `answered`.
        Raises ObjectDoesNotExist for what is not there.
        """
        raise NotImplementedError

    def authorise(self, unit: Unit) -> None:
        """Take the seat that gives the right, asked now and not when the page was opened.

        Raises PermissionDenied.
        """
        raise NotImplementedError

    def repeats(self, event: AuditEvent) -> bool:
        """Whether an event of this verb on this chain, with the same request id, is this very act."""
        return True

    def change(self, unit: Unit) -> Any:
        """Do it, through `unit` only. Raises ActionNotPossible. What it returns is the receipt's result."""
        raise NotImplementedError


def perform(
    act: Act,
    *,
    by: User,
    channel: str = Channel.PAGE,
    request_id: UUID | None = None,
    on_behalf_of: User | None = None,
) -> Receipt:
    """Do an act: all of it, or nothing.

    The same `request_id` from the same person gives the same receipt again and changes nothing. Raises
    ActionNotPossible (Busy when a lock stays taken), PermissionDenied, ObjectDoesNotExist.
    """
    unit = Unit(act, by, channel, request_id, on_behalf_of)
    try:
        # Inside another transaction this is a savepoint, so a refused lock leaves the outer one usable.
        with transaction.atomic(), scope.act(), unit.late.before_all_else():
            return _perform(act, unit)
    except TransitionNotAllowed as error:
        raise ActionNotPossible(_("This is no longer possible: the case has moved on meanwhile.")) from error
    except IntegrityError as error:
        # The same request at the same moment for two cases: each lock was free, the second event is refused.
        if _ONE_PER_REQUEST in str(error):
            raise ActionNotPossible(_SENT_FOR_SOMETHING_ELSE) from error
        raise
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) in _LOCK_CODES:
            raise Busy(_("Somebody else is working on this right now. Wait a moment and send it again.")) from error
        raise


def _perform(act: Act, unit: Unit) -> Receipt:
    act.lock(unit)
    done = _done_before(act, unit)
    if done is not None:
        return done
    if unit.standing is None:
        unit.standing = standing_of(unit.by)
    act.authorise(unit)
    result = act.change(unit)
    riders: list[chain.Rider] = []
    signals.act_records.send(type(act), unit=unit, riders=riders)
    link = chain.append(unit.chain, _event(act, unit), riders, unit.late.take())
    for name, case in sorted(unit.also.items()):
        chain.append(
            name, _event(act, unit) | {"case": case.pk if case else None, "request": None, "facts": _echo(unit)}
        )
    signals.act_recorded.send(type(act), unit=unit, link=link)
    unit.late.write()
    return Receipt(link, unit.case.pk if unit.case else None, result)


def lock_request(unit: Unit) -> None:
    """For an act that makes something new: the same request sent twice at once waits for itself."""
    if unit.request_id:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"request:{unit.request_id}"])


def _done_before(act: Act, unit: Unit) -> Receipt | None:
    """The receipt of the same request, if it was carried out already."""
    if unit.request_id is None or unit.answered is False:
        return None
    event = AuditEvent.objects.filter(actor_id=unit.by.pk, request_id=unit.request_id).first()
    if event is None:
        return None
    if event.verb != act.verb or (unit.chain and event.chain != unit.chain) or not act.repeats(event):
        raise ActionNotPossible(_SENT_FOR_SOMETHING_ELSE)
    link = chain.Link(event.chain, event.seq, event.at, bytes(event.hash))
    return Receipt(link, event.case_id, event.facts.get("result"), replayed=True)


def _echo(unit: Unit) -> dict[str, Any]:
    """The facts of an event as the other chains keep them: with the name of the chain it was first written to."""
    return {**unit.facts, "also_in": unit.chain}


def _event(act: Act, unit: Unit) -> dict[str, Any]:
    """What the chain keeps of an act."""
    seat = unit.seat
    return {
        "actor": unit.by.pk,
        "on_behalf_of": unit.on_behalf_of.pk if unit.on_behalf_of else None,
        "organisation": seat.organisation_id if seat else None,
        "role": seat.role if seat else None,
        "case": unit.case.pk if unit.case else None,
        "verb": act.verb,
        "channel": unit.channel,
        "request": unit.request_id,
        "reason": unit.reason,
        "facts": unit.facts,
        "changes": unit.changes,
    }

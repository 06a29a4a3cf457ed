"""One of everything that belongs to no single case, put in by acts, as arguments of addresses."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.acts import perform
from casework.linkage.fairs.acts import EnterFair, EnterPart
from casework.models import Cooperative, ReportingPeriod
from casework.programme.collected.acts import AskForResults, token_hash
from casework.programme.support.acts import EnterSupport
from casework.programme.trainings.acts import EnterAttendance, EnterOutreach, EnterTraining
from casework.programme.trainings.models import Trainee
from workflows.data_requests.acts import RegisterDataRequest


def kept_by_people(world) -> dict[str, Any]:
    """A training of Bác Ái with one line, a talk, a fair with one cooperative, a gift, and a body that was asked;
    and somebody in the province who asks for her data.
    """
    organisation, day = world.organisation("wu-kh-a"), date(2026, 3, 2)
    entry = Cooperative.objects.filter(province=world.organisation("wu-kh").area).order_by("pk")[0]
    held = {"title": "Lớp thử", "first_day": day, "last_day": day, "place": "Nhà văn hóa"}
    course = {**held, "topic": "law", "trainer": "Cô Mẫu"}
    training = perform(EnterTraining(organisation.pk, course), by=world.lan).result["training"]
    line = {"full_name": "Trần Mẫu Xoan", "sex": "female", "role": "manager", "phone": "+84900000002"}
    perform(EnterAttendance(training, {"rows": [line]}), by=world.lan)
    talk = {"title": "Nói chuyện", "channel": "talk", "held_on": day, "reached": 9}
    outreach = perform(EnterOutreach(organisation.pk, talk), by=world.lan).result["outreach"]
    fair = perform(EnterFair(organisation.pk, {**held, "kind": "fair", "organiser": "Sở"}), by=world.lan).result["fair"]
    part = perform(EnterPart(fair, {"cooperative": entry}), by=world.lan).result["fairpart"]
    gift = {"cooperative": entry, "need": "advice", "what": "Tư vấn", "fund": "local", "giver": "Sở", "given_on": day}
    given = perform(EnterSupport(organisation.pk, {**gift, "amount": 1_000_000}), by=world.lan).result["support"]
    period = ReportingPeriod.objects.get(kind="year", year=2026)
    until = timezone.localdate() + timedelta(days=30)
    of_province = world.organisation("wu-kh").pk
    act = AskForResults(of_province, period.pk, "Sở Mẫu", "", ("credit-amount",), until, token_hash("t" * 43))
    asked = perform(act, by=world.hanh).result["request"]
    her_data = {"asked_by": "Trần Mẫu Xoan", "right": "copy", "via": "desk", "details": "Bản sao", "received_on": day}
    request = perform(RegisterDataRequest(of_province, her_data), by=world.hanh).result["data_request"]
    of_line = {"line": Trainee.objects.get(training=training).pk}
    return {
        "training": {"pk": training},
        "talk": {"pk": outreach},
        "fair": {"pk": fair},
        "gift": {"pk": given},
        "asked": {"pk": asked},
        "request": {"pk": request},
        "token": {"token": "t" * 43},
        **{f"trainings:{name}": of_line for name in ("correct_line", "withdraw_line", "reveal")},
        **{f"fairs:{name}_part": {"part": part} for name in ("correct", "withdraw")},
    }

"""The strengthening plan as a paper: what was agreed, for cases that strengthen a cooperative alone."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.acts import perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.documents.models import GeneratedPaper
from casework.documents.papers.catalogue import papers_of
from casework.documents.papers.context import context_for
from casework.documents.papers.press import print_papers
from casework.documents.papers.words import money
from casework.strengthening.models import StrengtheningReview
from casework.strengthening.opening import OpenConsolidation
from tests.casework.papers.test_papers import fresh, pdf_words, squeezed, words_of

CODE = "ke-hoach-cung-co"
ACTIONS = {
    "actions-TOTAL_FORMS": 2,
    "actions-0-what": "Ký hợp đồng bán nấm {{ 7*7 }}",
    "actions-0-who": "Giám đốc Mẫu",
    "actions-0-until": "30/06/2027",
    "actions-0-cost": "5 triệu",
    "actions-1-what": "Họp thành viên",
    "actions-1-who": "Chủ tịch Mẫu",
    "actions-1-until": "",
    "actions-1-cost": "1.500.000",
}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def case(world):
    """A cooperative of the register is being strengthened; its plan is the next step."""
    founded = world.open_case()
    area = founded.area
    entry = Cooperative.objects.create(name="HTX Nấm Mẫu", legal_form="HTX", commune=area, province=area.parent)
    opened = perform(OpenConsolidation(entry, world.organisation("wu-kh-a")), by=world.lan, request_id=uuid4())
    case = Case.objects.get(pk=opened.case_id)
    world.advance(case, "agree_plan")
    return fresh(case)


def paper_of(case):
    today = timezone.localdate()
    return next((p for p in papers_of(case, context_for(case, today), today) if p.template.code == CODE), None)


def test_every_word_and_sum_of_the_plan_stands_in_it(world, case):
    world.finish(world.task(case), changes=["name", "seat"], market="Siêu thị Mẫu", **ACTIONS)
    case = fresh(case)
    paper = paper_of(case)
    done = print_papers([paper.job(case, timezone.localdate().isoformat())])[CODE]

    wanted = ["Ký hợp đồng bán nấm {{ 7*7 }}", "Giám đốc Mẫu", "30/06/2027", money(5_000_000), money(1_500_000)]
    wanted += [money(6_500_000), "Siêu thị Mẫu", "tên; trụ sở chính", case.code, "Thiếu nơi bán ổn định"]
    in_docx, in_pdf = squeezed(words_of(done.docx)), squeezed(pdf_words(done.pdf))
    for text in wanted:
        assert squeezed(text) in in_docx, text
        assert squeezed(text) in in_pdf, text
    assert "Sảnxuất,kinhdoanh:" not in in_docx


def test_before_the_plan_it_says_what_comes_first_and_the_page_refuses(client, world, case):
    assert not paper_of(case).ready
    client.force_login(world.lan)
    client.post(reverse("papers:make", args=[case.code, CODE]))
    assert not GeneratedPaper.objects.filter(case=case).exists()


def test_only_a_strengthened_cooperative_has_it(client, world):
    founding = fresh(world.open_case())
    assert paper_of(founding) is None
    client.force_login(world.lan)
    assert client.post(reverse("papers:make", args=[founding.code, CODE])).status_code == 404


def test_it_is_made_on_the_page_and_says_who_approved_this_version(client, world, case):
    world.finish(world.task(case))
    assert not context_for(fresh(case))["strengthening"]["approved_on"]
    world.finish(world.task(case))
    assert StrengtheningReview.latest_of(case).decision == "approve"
    assert context_for(fresh(case))["strengthening"]["approved_on"] == timezone.localdate().isoformat()
    client.force_login(world.lan)
    client.post(reverse("papers:make", args=[case.code, CODE]), {"request_id": str(uuid4())})
    assert GeneratedPaper.objects.filter(case=case, template__code=CODE).count() == 2
    assert "Kế hoạch củng cố" in client.get(reverse("documents:list", args=[case.code])).content.decode()


def test_a_returned_plan_is_not_called_approved(world, case):
    world.finish(world.task(case))
    world.finish(world.task(case), decision="return")
    world.finish(world.task(case))
    told = context_for(fresh(case))["strengthening"]
    assert (told["plan"]["version"], told["approved_on"]) == (2, "")

"""The minutes of the meeting at which a group decides to become a cooperative, as a paper."""

import pytest
from django.utils import timezone

from casework.cooperatives.models import Cooperative
from casework.documents.papers.catalogue import papers_of
from casework.documents.papers.context import context_for
from casework.documents.papers.press import print_papers
from casework.strengthening.models import ConversionCheck
from tests.cabinet import convert
from tests.casework.papers.test_papers import fresh, pdf_words, squeezed, words_of

CODE = "bb-chuyen-doi"


def paper_of(case):
    today = timezone.localdate()
    return next((p for p in papers_of(case, context_for(case, today), today) if p.template.code == CODE), None)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def test_what_was_agreed_stands_in_the_minutes(world):
    area = world.open_case().area
    beside = Cooperative.objects.create(name="HTX Bên Cạnh Mẫu", legal_form="HTX", commune=area, province=area.parent)
    case = fresh(convert(world, beside))
    check = ConversionCheck.latest_of(case)
    paper = paper_of(case)
    assert paper.ready

    done = print_papers([paper.job(case, timezone.localdate().isoformat())])[CODE]

    agreed = f"Số thành viên đồng ý: {check.agreed}/{check.members}."
    wanted = ["Tổ hợp tác Mẫu", agreed, f"{check.met_on:%d/%m/%Y}", f"{check.group_since:%d/%m/%Y}", check.minutes]
    in_docx, in_pdf = squeezed(words_of(done.docx)), squeezed(pdf_words(done.pdf))
    for text in wanted:
        assert squeezed(text) in in_docx, text
        assert squeezed(text) in in_pdf, text


def test_no_other_case_has_it(world):
    assert paper_of(fresh(world.open_case())) is None

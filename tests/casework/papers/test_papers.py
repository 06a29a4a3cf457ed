"""Papers say what the case says, harmless whatever was typed, and the dossier is made only when all agrees."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import docx
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.documents.models import GeneratedPaper, PaperTemplate
from casework.documents.papers.acts import KeepPapers, make
from casework.documents.papers.catalogue import papers_of
from casework.documents.papers.consistency import contradictions
from casework.documents.papers.context import context_for
from casework.documents.papers.make_strengthening import TEMPLATES as MADE_FOR_STRENGTHENING
from casework.documents.papers.make_templates import TEMPLATES as MADE_HERE
from casework.documents.papers.make_templates import Paper as Template
from casework.documents.papers.press import TEMPLATES, Job, NotPrinted, print_papers
from casework.documents.papers.words import money
from casework.people.acts import MemberRow, PersonData, SaveMembers
from casework.people.models import Member

FOUNDING = [
    "dk-thanh-lap", "dieu-le", "nq-hoi-nghi", "ds-thanh-vien", "ds-dai-dien", "uy-quyen", "bb-hoi-nghi", "phuong-an",
    "khao-sat", "bb-tu-van", "theo-doi",
]  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def case(world):
    case = world.open_case()
    world.advance(case, "prepare_dossier")
    return fresh(case)


def fresh(case) -> Case:
    related = ("area__parent", "lead_organisation", "reviewing_organisation", "contact")
    return Case.objects.select_related(*related).get(pk=case.pk)


def words_of(data: bytes) -> str:
    """All text of a docx, tables and footer too, in one line."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        assert "word/document.xml" in parts
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    foot = [p.text for p in document.sections[0].footer.paragraphs]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells, *foot]).split())


def pdf_words(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())


def squeezed(text: str) -> str:
    """Without spaces: a line of a narrow column breaks where it likes."""
    return "".join(text.split()).replace("\u00ad", "").replace("\ufffe", "")


def printed(case, context=None, codes=tuple(FOUNDING)):
    today = timezone.localdate()
    papers = papers_of(case, context or context_for(case, today), today, codes)
    return print_papers([paper.job(case, today.isoformat()) for paper in papers])


def test_every_figure_and_name_of_the_case_stands_in_docx_and_pdf(case):
    context, done = context_for(case), printed(case)
    assert set(done) == set(FOUNDING)
    everywhere = {
        "dk-thanh-lap": [context["coop"]["name"], context["coop"]["seat"], money(context["coop"]["capital"])],
        "ds-thanh-vien": [
            *(m["name"] for m in context["members"]),
            *(money(m["committed"]) for m in context["members"]),
            *(m["share"] for m in context["members"]),
            *(m["id_number"] for m in context["members"]),
            money(context["totals"]["committed"]),
        ],
        "nq-hoi-nghi": [*(o["name"] for o in context["officers"]), context["conference"]["number"]],
        "bb-hoi-nghi": [context["conference"]["place"], context["conference"]["filer"]],
        "ds-dai-dien": [r["id_number"] for r in context["representatives"]],
        "dieu-le": [article["title"] for article in context["charter"]["articles"]],
        "phuong-an": [*(money(y["profit"]) for y in context["plan"]["years"]), money(context["plan"]["needed"])],
        "khao-sat": [context["survey"]["needs"], money(context["survey"]["capital"])],
        "bb-tu-van": [context["consultation"]["place"]],
        "uy-quyen": [context["conference"]["filer"], context["organisations"]["registrar"]],
        "theo-doi": [case.code],
    }
    assert len(context["charter"]["articles"]) == 19
    for code, wanted in everywhere.items():
        in_docx, in_pdf = words_of(done[code].docx), pdf_words(done[code].pdf)
        for text in wanted:
            assert squeezed(text) in squeezed(in_docx), (code, text)
            assert squeezed(text) in squeezed(in_pdf), (code, text)


def test_docx_and_pdf_say_the_same(case):
    for code, one in printed(case).items():
        in_pdf = squeezed(pdf_words(one.pdf))
        assert [word for word in words_of(one.docx).split() if word not in in_pdf] == [], code


def test_the_same_data_print_the_same_bytes(case):
    first, second = printed(case), printed(case)
    assert {code: one.docx for code, one in first.items()} == {code: one.docx for code, one in second.items()}
    assert {code: one.pdf for code, one in first.items()} == {code: one.pdf for code, one in second.items()}


def test_a_change_in_one_member_changes_every_paper_that_names_her(case, world):
    today = timezone.localdate()
    before = {paper.template.code: paper.digest for paper in papers_of(case, context_for(case), today)}
    member = Member.objects.filter(case=case, until=None).order_by("pk")[0]
    row = MemberRow(id=member.pk, person=PersonData(full_name="Katơr Mẫu Đổi Tên"))
    perform(SaveMembers(case.pk, [row]), by=world.lan)
    after = {paper.template.code: paper.digest for paper in papers_of(case, context_for(case), today)}
    changed = {code for code in before if before[code] != after[code]}
    assert changed >= {"dk-thanh-lap", "ds-thanh-vien", "nq-hoi-nghi", "bb-hoi-nghi", "ds-dai-dien"}
    assert not changed & {"khao-sat", "bb-tu-van"}


INJECTIONS = [
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ config }}", "{{ self }}", "{{ 7*7 }}",
    "{% for x in range(9**9) %}x{% endfor %}", "{% import 'os' as os %}", "{% include '/etc/passwd' %}", "{%p if 1 %}",
    "{%tr for x in y %}", "{{r raw }}", "{# gone #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "<w:br/>", "<w:t>x</w:t>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>x", "<![CDATA[x]]>", "<!DOCTYPE a>", "&lt;&amp;&#x41;", "]]>", '"><img src=x>',
    "#set text(red)", '#read("/etc/passwd")', "*đậm* _nghiêng_ `mã` $x^2$", '\\u{41} \\n \\"', "@import <label>",
    '=HYPERLINK("x")', "{{ (1).__class__ }}{{ lipsum }}",
]  # fmt: skip


@pytest.mark.parametrize("first", range(0, len(INJECTIONS), 10))
def test_what_was_typed_stays_text_in_every_paper(injected, first):
    context, at = injected
    typed = INJECTIONS[first : first + 10]
    told = json.loads(json.dumps(context).replace("@@@", json.dumps(" ¦ ".join(typed))[1:-1]))
    assert len(INJECTIONS) >= 25
    for code, one in printed(at, told).items():
        in_docx, in_pdf = squeezed(words_of(one.docx)), squeezed(pdf_words(one.pdf))
        for text in typed:
            assert squeezed(text) in in_docx, (code, text)
            assert squeezed(text) in in_pdf, (code, text)


@pytest.fixture(scope="module")
def plain_context():
    """A context in which every text that a person typed is the same mark."""
    return json.loads((Path(__file__).parent / "context.json").read_text(encoding="utf-8"))


@pytest.fixture
def injected(plain_context, world):
    return plain_context, fresh(world.open_case())


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x07b\x0c", "a\u202eb", "\ufeffx", "🐃 trâu", "dòng 1\ndòng 2", "x" * 5000]
)
def test_strange_signs_neither_break_a_paper_nor_turn_its_writing(injected, text):
    context, at = injected
    told = json.loads(json.dumps(context).replace("@@@", json.dumps(text)[1:-1]))
    for one in printed(at, told, ["dk-thanh-lap", "ds-thanh-vien"]).values():
        shown = words_of(one.docx)
        assert "\u202e" not in shown
        assert one.pdf.startswith(b"%PDF")


def hostile(tmp_path, *tags: str) -> Path:
    template = Template()
    for tag in tags:
        template.text(tag)
    path = tmp_path / "hostile.docx"
    template.docx.save(path)
    return path


LOOP, END = "{%p for a in items %}", "{%p endfor %}"
WILD = {
    "endless": (LOOP, LOOP, LOOP, "x", END, END, END),
    "huge": ("{{ 'x' * 2000000000 }}",),
    "unknown": ("{{ unknown.field }}",),
    "inside of Python": ("{{ ''.__class__.__mro__ }}",),
    "changes data": ("{{ items.append(1) }}",),
    "reads files": ("{% include 'x' %}",),
}


@pytest.mark.parametrize("tags", WILD.values(), ids=WILD)
def test_a_template_that_runs_wild_is_stopped_and_told(tmp_path, tags):
    job = Job("thử", hostile(tmp_path, *tags), {"items": list(range(3000))}, "X")
    with pytest.raises(NotPrinted) as refused:
        print_papers([job], seconds=3, memory=1 << 30)
    assert refused.value.detail


def test_the_templates_in_the_repository_are_complete():
    assert {path.stem for path in TEMPLATES.glob("*.docx")} == {
        f"{code}-v1" for code in [*MADE_HERE, *MADE_FOR_STRENGTHENING]
    }
    assert len(MADE_HERE) == 12


def test_a_paper_is_stored_as_word_and_pdf_with_template_data_and_code(case, world, client):
    client.force_login(world.lan)
    answer = client.post(reverse("papers:make", args=[case.code, "ds-thanh-vien"]))
    assert answer.status_code == 302
    made = GeneratedPaper.objects.select_related("version__document__type").order_by("pk")
    assert [one.version.media_type.rpartition(".")[2] for one in made] == ["document", "application/pdf"]
    assert {one.version.document.type.code for one in made} == {"member-list"}
    assert len({one.code for one in made}) == 1
    event = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    assert (event.verb, event.facts["codes"]) == ("papers.made", [made[0].code])
    page = client.get(reverse("documents:list", args=[case.code])).content.decode()
    assert made[0].code in page


def test_a_paper_made_anew_is_a_newer_version_and_an_old_one_is_told_as_stale(case, world, client):
    client.force_login(world.lan)
    address = reverse("papers:make", args=[case.code, "ds-thanh-vien"])
    client.post(address)
    client.post(address)
    document = GeneratedPaper.objects.latest("pk").version.document
    assert document.versions.count() == 4
    listed = reverse("documents:list", args=[case.code])
    assert "từ đó dữ liệu đã thay đổi" not in client.get(listed).content.decode()
    member = Member.objects.filter(case=case, until=None)[0]
    perform(
        SaveMembers(case.pk, [MemberRow(id=member.pk, note="x", person=PersonData(address="Thôn Mẫu 9"))]), by=world.lan
    )
    assert "từ đó dữ liệu đã thay đổi" in client.get(listed).content.decode()


def test_data_that_change_while_it_is_printed_are_noticed(case, world):
    made = make(case, ["ds-thanh-vien"])
    member = Member.objects.filter(case=case, until=None)[0]
    perform(SaveMembers(case.pk, [MemberRow(id=member.pk, person=PersonData(address="Thôn Mẫu 8"))]), by=world.lan)
    with pytest.raises(ActionNotPossible):
        perform(KeepPapers(case.pk, made), by=world.lan)


def test_what_is_not_known_yet_is_named(world):
    lead = fresh(world.open_case())
    with pytest.raises(ActionNotPossible, match=r"điều lệ|charter"):
        make(lead, ["dieu-le"])


@pytest.mark.parametrize("who", ["thanh", "hanh", "ngan", "van"])
def test_others_make_no_papers(case, world, who):
    with pytest.raises(PermissionDenied):
        perform(KeepPapers(case.pk, []), by=getattr(world, who))


def test_the_whole_dossier_comes_as_one_zip(case, world, client):
    client.force_login(world.lan)
    address = reverse("papers:dossier", args=[case.code])
    assert client.get(address).status_code == 200
    answer = client.post(address)
    assert answer["Content-Type"] == "application/zip", answer.content.decode()[:3000]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        wanted = PaperTemplate.objects.filter(in_dossier=True, legal_forms__contains=["HTX"]).count()
        assert len([name for name in names if name.endswith(".pdf")]) == wanted == 6
        assert {"00-muc-luc.csv", "00-day-du.html"} <= set(names)
        total = money(context_for(case)["totals"]["committed"])
        assert total in squeezed(pdf_words(archive.read("04-ds-thanh-vien.pdf")))
    assert AuditEvent.objects.filter(case_id=case.pk, verb="dossier.taken").exists()


def test_sums_that_differ_block_the_dossier_and_name_both_places(case, world, client):
    context = context_for(case)
    assert contradictions(context) == []
    whole = context["totals"]["committed"]
    context["totals"]["committed"] -= 1_000_000
    [first, *_more] = contradictions(context)
    assert money(whole) in first
    assert money(whole - 1_000_000) in first
    context["conference"]["official"] += 1
    assert len(contradictions(context)) == 3 if context["plan"]["sources"] else 2

    member = Member.objects.filter(case=case, until=None).order_by("-pk")[0]
    perform(SaveMembers(case.pk, [MemberRow(id=member.pk, committed=member.committed - 1_000_000)]), by=world.lan)
    client.force_login(world.lan)
    answer = client.post(reverse("papers:dossier", args=[case.code]))
    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert money(whole) in page
    assert money(whole - 1_000_000) in page


def test_the_command_writes_the_dossier_or_says_what_is_in_the_way(case, world, tmp_path):
    out = tmp_path / "hồ sơ.zip"
    call_command("dossier", case=case.code, out=out, verbosity=0)
    with zipfile.ZipFile(out) as archive:
        assert len(archive.namelist()) == 14
    with pytest.raises(CommandError) as refused:
        call_command("dossier", case=world.open_case().code, out=out)
    assert refused.value.returncode == 1
    with pytest.raises(CommandError) as unknown:
        call_command("dossier", case="KH-0000-1", out=out)
    assert unknown.value.returncode == 2


def test_a_paper_of_a_later_day_uses_the_template_of_that_day(case):
    old = PaperTemplate.objects.get(code="dieu-le")
    today = timezone.localdate()
    PaperTemplate.objects.filter(pk=old.pk).update(valid_until=today)
    PaperTemplate.objects.create(
        code="dieu-le", version=2, title_vi="Điều lệ (mẫu mới)", title_en="Charter (new)", file=old.file,
        document_type="charter", legal_forms=["HTX"], place=2, valid_from=today + timedelta(days=1), source="thử",
    )  # fmt: skip
    context = context_for(case)
    assert [p.template.version for p in papers_of(case, context, today, ["dieu-le"])] == [1]
    assert [p.template.version for p in papers_of(case, context, today + timedelta(days=1), ["dieu-le"])] == [2]

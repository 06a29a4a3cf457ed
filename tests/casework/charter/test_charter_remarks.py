"""Remarks on a charter, and texts of it that a review marks."""

from uuid import uuid4

import pytest

from casework.plans.charter import labels_of_places, places_of_charter
from casework.plans.models import Charter, CharterGroup, PlanComment
from tests.casework.arriving import arrive, assert_refused, blank_form, form_of


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def drafted(world, case):
    world.finish(arrive(world, case, "draft_charter"))
    return case


def remark(client, world, case, by="binh", version=1, **typed):
    client.force_login(getattr(world, by))
    sent = {"anchor": "article_fee", "text": "Nói rõ <b>mức phí</b>.", "request_id": str(uuid4()), **typed}
    return client.post(f"/cases/{case.code}/plan/charter/{version}/remarks/", sent)


def page(client, world, case, by="lan"):
    client.force_login(getattr(world, by))
    return client.get(f"/cases/{case.code}/plan/charter/")


def test_a_reviewer_remarks_on_a_text_and_it_stands_beside_it(client, world, drafted):
    response = remark(client, world, drafted)

    assert response.url.endswith("?version=1#article_fee")
    comment = PlanComment.objects.get(case=drafted)
    assert (comment.charter.version, comment.anchor, comment.written_by) == (1, "article_fee", world.binh)
    body = page(client, world, drafted).content.decode()
    assert "Nói rõ &lt;b&gt;mức phí&lt;/b&gt;." in body


def test_who_drafts_settles_a_remark(client, world, drafted):
    remark(client, world, drafted)
    comment = PlanComment.objects.get(case=drafted)
    assert "/remarks/" in page(client, world, drafted).content.decode()

    client.post(f"/cases/{drafted.code}/plan/remarks/{comment.pk}/settle/", {"request_id": str(uuid4())})

    assert PlanComment.objects.get(pk=comment.pk).settled_by == world.lan


def test_an_open_remark_stands_beside_the_field_and_on_the_next_version(client, world, drafted):
    remark(client, world, drafted)
    review = arrive(world, drafted, "review_plan")
    world.finish(review, outcome="return", remarks="Sửa.", marked_in_charter=["article_fee"])
    task = arrive(world, drafted, "draft_charter")

    help_text = str(blank_form(task).fields["article_fee"].help_text)

    assert "Nói rõ &lt;b&gt;mức phí&lt;/b&gt;." in help_text
    assert "Sửa." in help_text
    world.finish(task)
    assert Charter.latest_of(drafted).version == 2
    assert "Nói rõ &lt;b&gt;mức phí" in page(client, world, drafted).content.decode()


def test_a_review_marks_texts_as_well_as_figures(world, drafted):
    task = arrive(world, drafted, "review_plan")

    assert form_of(task, outcome="return", remarks="Sửa.", marked_in_charter=["article_capital", "seat"]).is_valid()
    assert_refused(task, "marked_in_charter", outcome="return", remarks="Sửa.", marked_in_charter=["article_x"])
    assert len(places_of_charter(drafted)) == len(Charter.DRAFTED) + CharterGroup.objects.count()
    assert labels_of_places(["article_fee", "seat", "strange"])[::2] == ["Phí thành viên", "strange"]


@pytest.mark.parametrize("typed", [{"anchor": "article_nothing"}, {"anchor": ""}, {"text": "  "}, {"text": "x" * 4001}])
def test_a_remark_that_cannot_be_is_told_and_kept(typed, client, world, drafted):
    response = remark(client, world, drafted, **typed)

    assert response.status_code == 200
    assert list(response.context["remark_form"].errors) == list(typed)
    assert not PlanComment.objects.exists()


@pytest.mark.parametrize(("by", "status"), [("lan", 403), ("hanh", 403), ("cuc", 404), ("quynh", 404), ("bao", 302)])
def test_only_reviewers_of_the_case_remark(by, status, client, world, drafted):
    assert remark(client, world, drafted, by=by).status_code == status


@pytest.mark.parametrize("version", ["2", "0", "99999999999"])
def test_there_is_nothing_to_remark_on_in_a_version_that_is_not(version, client, world, drafted):
    assert remark(client, world, drafted, version=version).status_code == 404

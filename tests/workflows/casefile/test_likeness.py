"""How alike two names are, once everything that every group is called is left out."""

import pytest

from workflows.casefile.duplicates import CLOSE, SAME, SOME, core_of, likeness_of


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("HTX Nông nghiệp Phụ nữ Hương Rừng", "huong rung"),
        ("Hợp tác xã dịch vụ & thương mại Hương Rừng", "huong rung"),
        ("THT Đan Lát", "dan lat"),
        ("Tổ hợp tác Đan Lát", "dan lat"),
        ("Hợp tác xã", "hop tac xa"),
        ("HTX Bạch Mai", "bach mai"),
        ("H.T.X. Hương-Rừng", "huong rung"),
    ],
)
def test_the_core_of_a_name(name, core):
    assert core_of(name) == core


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("HTX Hương Rừng", "Hợp tác xã nông nghiệp Hương Rừng", SAME),
        ("HTX Hoà Bình", "HTX Hòa Bình", SAME),
        ("HTX Đắk Lắk Xanh", "HTX Đăk Lăk Xanh", SAME),
        ("HTX Nấm Hoa Sen", "HTX Nấm Hoa Sen Bác Ái", CLOSE),
        ("HTX Mây tre đan Phú Vinh", "HTX Mây tre Phú Vinh", CLOSE),
        ("HTX Rau sạch An Phú", "HTX Rau an toàn An Phú", SOME),
    ],
)
def test_spellings_of_one_group_are_alike(one, other, least):
    assert likeness_of(core_of(one), core_of(other)) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX nông nghiệp Hương Rừng", "HTX nông nghiệp Biển Xanh"),
        ("HTX phụ nữ An Phú", "HTX phụ nữ Bình Minh"),
        ("HTX Rau", "HTX Rau sạch Đà Lạt"),
    ],
)
def test_different_groups_are_not(one, other):
    assert likeness_of(core_of(one), core_of(other)) < SOME

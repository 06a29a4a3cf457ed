"""Every sentence of the reader of member lists, by its stable code. What it shares with rosters stands there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.programme.roster import messages as shared

ERRORS = {
    "name_missing": _("The row has data but no name. Type the full name, or delete the row."),
    "name_not_a_name": _(
        "“%(typed)s” is not a name. Type the full name with letters only, for example Nguyễn Thị Mẫu."
    ),
    "name_too_short": _("“%(typed)s” is not a full name. Type surname and given name."),
    "name_too_long": _("The name is longer than %(most)s letters. Move explanations into the note."),
    "name_with_hidden_marks": _(
        "The name holds invisible marks that turn the writing around. Delete the cell and type the name again."
    ),
    "several_names": _("“%(typed)s” holds several names. Give every member a row of her own."),
    "body_without_representative": _(
        "“%(typed)s” is a household or a body. Add a column “Người đại diện” with the full name of its one "
        "representative."
    ),
    "representative_of_a_person": _(
        "A representative stands beside a person (%(typed)s). Only a household or a body is represented: write its "
        "name into the column of names, for example “Hộ bà Nguyễn Thị Mẫu”."
    ),
    "sex_not_understood": _("“%(typed)s” is not a sex. Type Nữ or Nam."),
    "sex_in_both_columns": _("Both columns, Nam and Nữ, are filled. Keep one of them."),
    "sex_against_title": _("The name begins with “%(title)s”, but the sex typed is %(typed)s. Correct one of them."),
    "age_is_no_birth": _("“%(typed)s” looks like an age. Type the year of birth, for example 1985."),
    "born_in_the_future": _("“%(typed)s” is still to come. Check the day of birth."),
    "birth_too_early": _("“%(typed)s” would be an age of more than %(oldest)s years. Check the year of birth."),
    "id_number_scientific": _(
        "Excel has turned the number into “%(typed)s” and lost digits. Format the column as text and type all 12 "
        "digits again."
    ),
    "id_number_lost_zeros": _(
        "“%(typed)s” has %(digits)s digits instead of 12: Excel has dropped the zeros in front. Format the column as "
        "text and type all 12 digits again."
    ),
    "id_number_wrong_length": _("“%(typed)s” has %(digits)s digits. A personal identification number has 12."),
    "id_number_not_understood": _("“%(typed)s” is not a personal identification number. Type its 12 digits."),
    "id_number_unknown_place": _(
        "“%(typed)s” begins with %(place)s, which is the number of no province. Compare it with the card."
    ),
    "phone_not_understood": _("“%(typed)s” is not a phone number. Write it like 0901 234 567."),
    "several_phones": _("“%(typed)s” holds several phone numbers. Keep one and move the others into the note."),
    "kind_not_understood": _(
        "“%(typed)s” is not a kind of member. Type chính thức, liên kết góp vốn or liên kết không góp vốn."
    ),
    "kind_unclear": _(
        "“%(typed)s” does not say whether the associate member gives capital. Type liên kết góp vốn or liên kết "
        "không góp vốn."
    ),
    "kind_in_two_columns": _("Two kinds of member are marked in the row. Keep one of them."),
    "capital_not_exact": _("“%(typed)s” is not an exact amount. Type the amount the member has promised, in đồng."),
    "paid_more_than_committed": _(
        "More was paid (%(paid)s đồng) than was promised (%(committed)s đồng). Correct one of the two."
    ),
    "parts_differ_from_sum": _(
        "Money (%(cash)s đồng) and assets (%(assets)s đồng) do not add up to the capital typed (%(committed)s đồng). "
        "Correct one of the three."
    ),
    "asset_worth_more": _(
        "The asset (%(assets)s đồng) is worth more than the capital typed (%(committed)s đồng). Correct one of the two."
    ),
    "asset_without_value": _(
        "“%(typed)s” names an asset, but not what it is worth. Type its value into a column “Giá trị tài sản”."
    ),
    "asset_without_name": _(
        "The asset has a value (%(typed)s) but no name. Say what it is in a column “Tài sản góp vốn”."
    ),
    "capital_of_associate_without": _(
        "An associate member without capital has an amount in this column. Correct the kind of member or the amount."
    ),
    "text_too_long": _("The text has more than %(most)s letters. Shorten it."),
    "text_with_hidden_marks": _(
        "The text holds invisible marks that turn the writing around. Delete the cell and type it again."
    ),
    "same_id_number": _(
        "Row %(of_row)s has the same personal identification number under another name. Correct one of them."
    ),
    "row_not_understood": _(
        "The line holds only “%(typed)s”. If this is a member, give the row a running number; if it is a heading, it "
        "may stay."
    ),
}
WARNINGS = {
    "leading_zero_restored": _(
        "“%(typed)s” had lost its first zero; %(kept)s was kept. Format the column as text to keep the zeros."
    ),
    "old_card_number": _(
        "“%(typed)s” is the 9-digit number of an old card, which is no longer valid; it was not kept. Ask for the "
        "12-digit personal identification number."
    ),
    "id_number_against_sex": _("By the personal identification number the sex would be %(sex)s. Check both."),
    "id_number_against_birth": _(
        "By the personal identification number the year of birth would be %(year)s. Check both."
    ),
    "birth_month_not_kept": _("Of “%(typed)s” only the year was kept: a day of birth needs day, month and year."),
    "office_not_known": _(
        "“%(typed)s” is not an office that the law knows; it was not entered. Enter the office on the page of the "
        "officers if it is one."
    ),
    "title_or_surname": _("“%(typed)s” may be a form of address or a surname; the name was kept as typed."),
    "possible_repeat": _("Row %(of_row)s has the same name. Check that these are two people."),
    "total_of_list_differs": _(
        "The total typed is %(declared)s đồng; the rows add up to %(sum)s đồng. Check the rows or the total."
    ),
    "asset_is_whole_capital": _(
        "No value stands beside the asset, so it counts as the whole capital of the row (%(kept)s đồng). Check it."
    ),
}
REFUSALS = {
    "no_table": _(
        "No member list was found. The sheet needs a header row with “Họ và tên” and at least one more known column, "
        "for example “Năm sinh” or “Vốn góp”."
    ),
    "no_rows": _("The list has a header but no members."),
    "too_many_members": _(
        "The list has %(found)s members. At most %(most)s can be read at once: split it into several files."
    ),
}
_SEXES = {"female": _("female"), "male": _("male")}
_OWN = ERRORS | WARNINGS | REFUSALS


def is_error(code: str) -> bool:
    """True when the row cannot be entered as typed."""
    return code in ERRORS or (code not in WARNINGS and shared.is_error(code))


def render(code: str, params: dict[str, Any]) -> str:
    """The sentence of a code in the active language."""
    if code not in _OWN:
        return shared.render(code, params)
    shown = {**params, "sex": _SEXES[params["sex"]]} if "sex" in params else params
    return str(_OWN[code]) % shown

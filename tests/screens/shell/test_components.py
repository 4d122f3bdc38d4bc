"""Each component says by its markup what it shows by its looks."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django import forms

from zvonok.screens.shell.navigation import NavItem

TODAY = date(2026, 9, 8)
RUDE = "<script>alert(1)</script>"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shown_mark(**changes):
    return SimpleNamespace(
        **{
            "value": "4",
            "weight": 1,
            "note": "",
            "was": "",
            "fresh": False,
            "href": "",
            "due": "",
            "work": "",
            "worth": "",
        }
        | changes
    )


def shown_file(**changes):
    return SimpleNamespace(
        **{
            "id": "1",
            "name": "Глава 3.pdf",
            "size": 1_400_000,
            "state": "CLEAN",
            "href": "files/1/",
            "opens_in_page": True,
            "has_preview": False,
        }
        | changes
    )


class SignIn(forms.Form):
    login = forms.CharField(label="Login", help_text="From the slip")
    nick = forms.CharField(label="Nick", required=False)
    shared = forms.BooleanField(label="Shared computer", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("They do not match.", code="wrong_credentials")


def test_a_mark_shows_its_figure_and_carries_its_hook(draw):
    html = draw("mark", "mark", "5", weight=3)
    assert 'data-mark="5"' in html
    assert text_of(html) == "5 ×3"


def test_a_new_mark_is_new_to_the_ear_too(draw):
    html = draw("mark", "mark", "4", note="Two slips", work="Test", fresh=True)
    assert "data-new" in html
    assert text_of(html) == "4 Test: Two slips new"


def test_a_mark_with_a_page_is_a_link_to_it(draw):
    html = draw("mark", "mark", "4", href="/diary/x/marks/y/")
    assert html.startswith("<a ")
    assert 'href="/diary/x/marks/y/"' in html


def test_a_mark_escapes_its_comment(draw):
    assert RUDE not in draw("mark", "mark", "4", note=RUDE)


def test_an_absence_says_its_reason_beside_its_letter(draw):
    html = draw("mark", "absence", "LATE", minutes=12)
    assert 'data-absence="О"' in html
    assert text_of(html).replace("\u00a0", " ") == "L , Late 12 min"


def test_every_field_has_a_label_a_hint_and_its_error(draw):
    html = draw("field", "fields", SignIn({"login": ""}))
    assert '<label class="field__label" for="id_login">' in html
    assert 'aria-describedby="id_login_helptext id_login_error"' in html
    assert 'id="id_login_helptext"' in html
    assert 'id="id_login_error"' in html
    assert 'data-error="required"' in html
    assert 'aria-invalid="true"' in html


def test_options_are_named_by_their_question(draw):
    html = draw("field", "fields", SignIn())
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Kind", html)


def test_a_field_that_may_stay_empty_says_so(draw):
    assert "Nick <span" in draw("field", "fields", SignIn())
    assert "(optional)" in draw("field", "fields", SignIn())


def test_a_form_carries_its_name_its_token_and_its_refusal(draw):
    html = draw("form", "form_frame", "sign-in", SignIn({"login": "x"}), "TOKEN", "Go")
    assert 'data-form="sign-in"' in html
    assert "TOKEN" in html
    assert 'role="alert" data-error="wrong_credentials"' in html
    assert html.count('type="hidden"') == 1


def test_django_draws_whole_forms_by_our_components():
    html = str(SignIn({"login": ""}))
    assert 'data-error="required"' in html
    assert "errorlist" not in html


def test_tabs_name_themselves_and_the_page_one_is_on(draw):
    items = [NavItem("Week", "/w", current=True), NavItem("Marks", "/m", count=3)]
    html = draw("tabs", "tabs", "Diary", items)
    assert 'aria-label="Diary"' in html
    assert html.count("aria-current") == 1
    assert text_of(html) == "Week Marks 3 new"


def test_the_child_switcher_marks_the_child_one_looks_at(draw):
    children = [
        SimpleNamespace(id="a", name="Anna", detail="7B", url="/a", current=True, count=0),
        SimpleNamespace(id="b", name="Peter", detail="2A", url="/b", current=False, count=2),
    ]
    html = draw("child", "child_switcher", children)
    assert 'data-child="a" aria-current="true"' in html
    assert 'data-child="b">' in html


def test_the_pager_ends_where_time_ends(draw):
    html = draw("pager", "pager", "7–12 September", "/before", "")
    assert 'rel="prev" aria-label="Previous week"' in html
    assert 'rel="next"' not in html


def test_a_notice_with_an_error_is_read_out(draw):
    html = draw("notice", "notice", "The lesson is closed.", tone="poor", error="lesson_closed")
    assert 'role="alert" data-error="lesson_closed"' in html


def test_a_table_is_named_and_its_cells_are_named_on_a_phone(draw):
    report = SimpleNamespace(name="Students", added=600, changed=0, closed=0, kept=1)
    refusal = SimpleNamespace(
        file="users.csv", line=17, column="birthDate", value=RUDE, reason="No such day."
    )
    html = draw("report", "import_report", [report], [refusal])
    assert "<caption>What changes</caption>" in html
    assert '<th scope="row">Students</th>' in html
    assert '<span class="table__label" aria-hidden="true">Added</span>' in html
    assert "users.csv" in html
    assert RUDE not in html


def test_an_empty_list_says_what_will_come(draw):
    html = draw("empty", "empty", "No notices yet", "Marks will appear here.")
    assert text_of(html) == "No notices yet Marks will appear here."


def test_progress_is_told_in_figures(draw):
    html = draw("progress", "progress", "Import", 3, 10)
    assert '<progress class="progress__bar" max="10" value="3" aria-label="Import">' in html
    assert "3 of 10" in html


def test_a_lesson_of_the_diary_carries_all_that_happened_in_it(draw):
    files = [shown_file(), shown_file(name="Map.jpg", state="QUARANTINED", href="files/2/")]
    html = draw(
        "diary", "entry", "L1", 3, "Algebra", "08:30", state="CANCELLED", badges=[("cancelled", "change")],
        tasks=[SimpleNamespace(
            text="No. 5", minutes=25, files=files, fresh=True, hand_in=True, links=(), personal=False,
            href="homework/1/", subject="Algebra",
        )],
        marks=[shown_mark()],
        absent=SimpleNamespace(kind="ILL", minutes=None),
        remarks=[SimpleNamespace(text="Helped", praise=True)],
    )  # fmt: skip
    for hook in ('data-lesson="L1"', 'data-slot="3"', 'data-subject="Algebra"', 'data-mark="4"',
                 'data-absence="Б"', "data-homework", "data-remark", "data-new"):  # fmt: skip
        assert hook in html
    assert "cancelled" in html
    assert 'href="files/1/"' in html
    assert "1.3 MB" in html
    assert "Map.jpg" in html
    assert "files/2/" not in html
    assert "not checked for viruses yet" in html


def test_a_day_without_lessons_says_why(draw):
    html = draw("diary", "day", TODAY, TODAY, why_empty="Autumn holidays")
    assert 'data-day="2026-09-08"' in html
    assert text_of(html) == "Tuesday 8 September today Autumn holidays"


def test_a_grid_cell_carries_its_hooks_and_its_field_is_named(draw):
    html = draw(
        "grid", "grid_cell", "S1", "L1", "Anna, 8 September", marks=[{"value": "5", "note": ""}],
        absent="LATE", state="refused", version=3, writable=True, reason="The period is closed.",
    )  # fmt: skip
    assert 'data-cell data-student="S1" data-lesson="L1" data-state="refused" data-version="3"' in html
    assert 'data-mark="5" data-absence="О"' in html
    assert 'value="L 5"' in html
    assert 'aria-label="Anna, 8 September"' in html
    assert 'aria-invalid="true"' in html
    assert "cell--good" in html


@pytest.mark.parametrize(("absent", "tone"), [("UNEXCUSED", "poor"), ("LATE", "weak"), ("ILL", "excused")])
def test_an_absence_colours_its_cell(draw, absent, tone):
    assert f"cell--{tone}" in draw("grid", "grid_cell", "S1", "L1", "Anna", absent=absent)


def test_an_act_of_one_button_is_a_post_with_its_token(draw):
    html = draw("button", "post_button", "Restore", "/office/x/", "TOKEN", form="restore")
    assert html.startswith('<form method="post" action="/office/x/" data-form="restore">TOKEN<button')

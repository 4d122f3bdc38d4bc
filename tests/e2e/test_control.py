"""What is missing in a journal, in a browser: it comes after the page, and leads to the cell."""

import re

from playwright.sync_api import expect

from tests.e2e.people import Visitors, journal_of
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def test_a_finding_leads_to_its_cell_and_goes_when_it_is_mended(world: World, visit: Visitors) -> None:
    school = world.north
    with school_scope(school.school.pk):
        first = lesson(school, "Алгебра 7Б", MONDAY.replace(day=2), 1, world.people["Anna"])
        edit = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="2")
        put_marks(actor=world.actor("Anna"), lesson_id=first.pk, edits=[edit], at=NOON)
    anna = visit("Anna")
    anna.open(journal_of(world.algebra.group_id))
    finding = anna.see(check="LOW_AT_EDGE")
    list_of_all = anna.page.locator("journal-findings details")
    expect(list_of_all).to_be_visible()
    if list_of_all.get_attribute("open") is None:
        list_of_all.locator("summary").click()
    finding.get_by_role("link").click()
    field = anna.page.locator("td[data-cell] input:focus")
    expect(field).to_have_value("2")
    field.press("4")
    field.press("Enter")
    expect(finding).to_have_count(0)
    expect(anna.page).to_have_url(re.compile("/journal/"))

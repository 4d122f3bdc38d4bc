"""The job that tells families what happened."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from zvonok.domain.control.commands import close_mended_notes
from zvonok.domain.history.commands import TELL
from zvonok.domain.notices import commands
from zvonok.kernel.scope import school_scope


@app.task(name=TELL, queue="notices", retry=5)
def tell(school_id: str, fact_ids: list[str]) -> None:
    """Write the notices of some facts of a school, and close the notes that they mend. Harmless to repeat."""
    school = UUID(school_id)
    with school_scope(school):
        commands.tell(school_id=school, fact_ids=[UUID(fact) for fact in fact_ids])
        close_mended_notes(school_id=school, at=timezone.now())

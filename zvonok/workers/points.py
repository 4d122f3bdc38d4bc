"""The job that turns overdue points, each school when its own day has ended."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from zvonok.domain.marks.commands.points import settle_points
from zvonok.domain.schools.selectors import all_schools
from zvonok.kernel.scope import school_scope


@app.periodic(cron="7 * * * *")  # midnight comes to each time zone at an hour of its own
@app.task(name="zvonok.workers.points.settle", queue="points", lock="points", queueing_lock="points", retry=2)
def settle(timestamp: int) -> None:
    """Turn what is overdue in every school. Harmless to repeat."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for school_id in all_schools():
        with school_scope(school_id):
            settle_points(school_id=school_id, at=at)

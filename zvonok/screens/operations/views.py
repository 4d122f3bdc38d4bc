"""What a load balancer and a monitor ask: is it alive, is it ready, how much is there. Nothing personal."""

import time
from collections.abc import Iterator

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

STARTED_AT = time.time()
UNAVAILABLE = 503
PLAIN = "text/plain; charset=utf-8"
# As Prometheus reads it, https://prometheus.io/docs/instrumenting/exposition_formats/
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status ORDER BY status"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """GET /healthz: this process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """GET /readyz: the database answers, and its tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return HttpResponse("the database does not answer\n", content_type=PLAIN, status=UNAVAILABLE)
    if waiting:
        return HttpResponse("migrations are waiting\n", content_type=PLAIN, status=UNAVAILABLE)
    return HttpResponse("ready\n", content_type=PLAIN)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """GET /metrics: a few counts for a monitor."""
    return HttpResponse("".join(f"{line}\n" for line in _lines()), content_type=EXPOSITION)


def _lines() -> Iterator[str]:
    yield "# TYPE zvonok_up gauge"
    yield "zvonok_up 1"
    yield "# TYPE zvonok_process_start_time_seconds gauge"
    yield f"zvonok_process_start_time_seconds {STARTED_AT:.0f}"
    yield "# TYPE zvonok_database_up gauge"
    try:
        jobs = _jobs()
    except Error:
        yield "zvonok_database_up 0"
        return
    yield "zvonok_database_up 1"
    yield "# TYPE zvonok_jobs gauge"
    for status, count in jobs:
        yield f'zvonok_jobs{{status="{status}"}} {count}'


def _jobs() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(JOBS)
        return [(row[0], row[1]) for row in cursor.fetchall()]

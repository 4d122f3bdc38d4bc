"""Addresses of the office."""

from django.urls import path

from zvonok.screens.office.views import control, day, home, imports, marking, periods, plans, slips
from zvonok.screens.shell import converters  # noqa: F401 - registers the days of the addresses

app_name = "office"
urlpatterns = [
    path("office/", home.office, name="office"),
    path("office/day/", day.today, name="today"),
    path("office/day/<day:day>/", day.day, name="day"),
    path("office/deputy/control/", control.control, name="control"),
    path("office/deputy/control/changes/", control.changes, name="changes"),
    path("office/deputy/control/file/", control.file, name="control_file"),
    path("office/deputy/control/notes/", control.note, name="control_note"),
    path("office/deputy/control/notes/<uuid:note_id>/close/", control.close, name="close_note"),
    path("office/lessons/<uuid:lesson_id>/", day.lesson, name="lesson"),
    path("office/lessons/<uuid:lesson_id>/cancel/", day.cancel, name="cancel"),
    path("office/lessons/<uuid:lesson_id>/replace/", day.change, name="replace"),
    path("office/lessons/<uuid:lesson_id>/join/", day.join, name="join"),
    path("office/lessons/<uuid:lesson_id>/restore/", day.restore, name="restore"),
    path("office/marking/", marking.page, name="marking"),
    path("office/marking/kinds/", marking.add_kind, name="add_kind"),
    path("office/marking/kinds/<slug:code>/", marking.kind, name="kind"),
    path("office/marking/kinds/<slug:code>/move/", marking.move_kind, name="move_kind"),
    path("office/marking/scales/", marking.use_scale, name="use_scale"),
    path("office/marking/scales/leave/", marking.leave_scale, name="leave_scale"),
    path("office/marking/bounds/<slug:scale>/", marking.set_bounds, name="set_bounds"),
    path("office/marking/terms/", marking.set_terms, name="set_terms"),
    path("office/marking/points/", marking.set_points, name="set_points"),
    path("office/import/", imports.imports, name="imports"),
    path("office/import/<uuid:run_id>/", imports.run, name="import"),
    path("office/import/<uuid:run_id>/apply/", imports.apply, name="apply"),
    path("office/periods/", periods.periods, name="periods"),
    path("office/periods/rules/", periods.rules, name="rules"),
    path("office/periods/<uuid:period_id>/", periods.period, name="period"),
    path("office/periods/<uuid:period_id>/closing/", periods.closing, name="closing"),
    path("office/periods/<uuid:period_id>/close/", periods.close, name="close_period"),
    path("office/periods/<uuid:period_id>/unlock/", periods.unlock, name="unlock_period"),
    path("office/periods/unlocks/<uuid:unlock_id>/withdraw/", periods.withdraw, name="lock_again"),
    path("office/deputy/plans/", plans.plans, name="plans"),
    path("office/slips/", slips.staff_slips, name="staff_slips"),
    path("class/<uuid:class_id>/slips/", slips.class_slips, name="class_slips"),
]

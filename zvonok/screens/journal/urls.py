"""Addresses of the teacher's screens."""

from django.urls import path

from zvonok.screens.journal.views import (
    cell,
    cells,
    class_attendance,
    class_notes,
    column,
    day,
    lesson,
    month,
    offline,
    period_marks,
    plan,
    plan_file,
    school_class,
    work,
)
from zvonok.screens.shell import converters  # noqa: F401 - registers the months of the addresses

app_name = "journal"
urlpatterns = [
    path("journal/", day.teacher_day, name="day"),
    path("journal/offline/", offline.offline, name="offline"),
    path("journal/token/", offline.token, name="token"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("journal/<uuid:group_id>/", month.present_month, name="group"),
    path("journal/<uuid:group_id>/cells/", cells.save, name="cells"),
    path("journal/<uuid:group_id>/cells/<uuid:student_id>/<uuid:lesson_id>/", cell.cell, name="cell"),
    path("journal/<uuid:group_id>/<month:month>/", month.journal_month, name="month"),
    path("journal/<uuid:group_id>/<month:month>/averages/", month.averages, name="averages"),
    path("period-marks/<uuid:group_id>/", period_marks.period_marks, name="period_marks"),
    path("period-marks/<uuid:group_id>/<slug:column>/", period_marks.column, name="period_column"),
    path("period-marks/<uuid:group_id>/<slug:column>/cells/", period_marks.cells, name="period_cells"),
    path(
        "period-marks/<uuid:group_id>/<slug:column>/<uuid:student_id>/",
        period_marks.why,
        name="period_why",
    ),
    path("journal/<uuid:group_id>/<month:month>/lessons/", month.lessons, name="month_lessons"),
    path("journal/<uuid:group_id>/period/<int:number>/", month.journal_period, name="period"),
    path(
        "journal/<uuid:group_id>/period/<int:number>/averages/", month.period_averages, name="period_averages"
    ),
    path("journal/<uuid:group_id>/year/", month.journal_year, name="year"),
    path("journal/<uuid:group_id>/year/averages/", month.year_averages, name="year_averages"),
    path("lessons/<uuid:lesson_id>/", lesson.lesson, name="lesson"),
    path("lessons/<uuid:lesson_id>/works/<slug:work>/", work.work, name="work"),
    path("lessons/<uuid:lesson_id>/register/", lesson.register, name="register"),
    path("lessons/<uuid:lesson_id>/columns/<slug:work>/", column.column, name="column"),
    path("lessons/<uuid:lesson_id>/topic/", lesson.topic, name="topic"),
    path("lessons/<uuid:lesson_id>/homework/", lesson.homework, name="homework"),
    path("lessons/<uuid:lesson_id>/remarks/", lesson.remark, name="remark"),
    path(
        "lessons/<uuid:lesson_id>/remarks/<uuid:remark_id>/withdraw/",
        lesson.take_back,
        name="withdraw_remark",
    ),
    path("plans/<uuid:group_id>/", plan.plan, name="plan"),
    path("plans/<uuid:group_id>/edit/", plan.act, name="plan_act"),
    path("plans/<uuid:group_id>/add/", plan.add, name="plan_add"),
    path("plans/<uuid:group_id>/topics/<uuid:topic_id>/", plan.topic, name="plan_topic"),
    path("plans/<uuid:group_id>/bring-in/", plan_file.bring_in, name="plan_bring_in"),
    path("plans/<uuid:group_id>/copy/<uuid:source_id>/", plan_file.copy, name="plan_copy"),
    path("plans/<uuid:group_id>/lay/", plan_file.lay, name="plan_lay"),
    path("plans/<uuid:group_id>/template/", plan_file.template, name="plan_template"),
    path("plans/<uuid:group_id>/file/", plan_file.take_away, name="plan_file"),
    path("class/", school_class.classes, name="classes"),
    path("class/<uuid:class_id>/", school_class.school_class, name="class"),
    path("class/<uuid:class_id>/families/", school_class.families, name="class_families"),
    path("class/<uuid:class_id>/attendance/", class_attendance.present_month, name="class_attendance"),
    path(
        "class/<uuid:class_id>/attendance/<month:month>/",
        class_attendance.month_sheet,
        name="class_month",
    ),
    path("class/<uuid:class_id>/notes/", class_notes.notes, name="class_notes"),
    path("class/<uuid:class_id>/notes/<uuid:note_id>/accept/", class_notes.accept, name="accept_note"),
    path("class/<uuid:class_id>/notes/<uuid:note_id>/return/", class_notes.give_back, name="return_note"),
    path("class/<uuid:class_id>/absences/", class_notes.whole_day, name="whole_day"),
    path(
        "class/<uuid:class_id>/absences/<uuid:whole_id>/withdraw/",
        class_notes.take_back,
        name="withdraw_whole_day",
    ),
]

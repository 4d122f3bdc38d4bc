"""Addresses of the family's pages."""

from django.urls import path

from zvonok.screens.diary import attendance_views, files, homework_views, views
from zvonok.screens.shell import converters  # noqa: F401 - registers the days of the addresses

app_name = "diary"
urlpatterns = [
    path("diaries/", views.diaries, name="diaries"),
    path("notices/", views.all_notices, name="all_notices"),
    path("diary/<uuid:link>/", views.diary, name="diary"),
    path("diary/<uuid:link>/week/<day:day>/", views.week, name="week"),
    path("diary/<uuid:link>/day/<day:day>/", views.day, name="day"),
    path("diary/<uuid:link>/marks/", views.marks, name="marks"),
    path("diary/<uuid:link>/marks/<uuid:mark>/", views.mark, name="mark"),
    path("diary/<uuid:link>/final-marks/", views.final_marks, name="final_marks"),
    path("diary/<uuid:link>/attendance/", attendance_views.attendance, name="attendance"),
    path("diary/<uuid:link>/attendance/notes/", attendance_views.send_note, name="send_note"),
    path(
        "diary/<uuid:link>/attendance/notes/<uuid:note>/withdraw/",
        attendance_views.take_back,
        name="withdraw_note",
    ),
    path("diary/<uuid:link>/files/<uuid:file_id>/", files.file, name="file"),
    path("diary/<uuid:link>/files/<uuid:file_id>/preview/", files.preview, name="file_preview"),
    path("diary/<uuid:link>/homework/<uuid:homework_id>/", homework_views.homework, name="homework"),
    path("diary/<uuid:link>/homework/<uuid:homework_id>/hand-in/", homework_views.hand_in, name="hand_in"),
    path(
        "diary/<uuid:link>/homework/<uuid:homework_id>/take-back/", homework_views.take_back, name="take_back"
    ),
    path("diary/<uuid:link>/homework/<uuid:homework_id>/done/", homework_views.done, name="done"),
    path(
        "diary/<uuid:link>/homework/<uuid:homework_id>/files/<uuid:work_file_id>/",
        homework_views.file,
        name="work_file",
    ),
    path(
        "diary/<uuid:link>/homework/<uuid:homework_id>/files/<uuid:work_file_id>/preview/",
        homework_views.preview,
        name="work_file_preview",
    ),
    path("diary/<uuid:link>/notices/", views.notices, name="notices"),
    path("diary/<uuid:link>/seen/", views.seen, name="seen"),
]

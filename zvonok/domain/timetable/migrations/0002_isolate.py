"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("timetable", "0001_initial")]

    operations = [
        IsolateBySchool("timetable_room"),
        IsolateBySchool("timetable_bellslot"),
        IsolateBySchool("timetable_calendarday"),
        IsolateBySchool("timetable_weeklyplan"),
        IsolateBySchool("timetable_weeklylesson"),
        IsolateBySchool("timetable_weeklyteacher"),
        IsolateBySchool("timetable_lesson"),
        IsolateBySchool("timetable_lessonhelper"),
        IsolateBySchool("timetable_occupancy"),
        IsolateBySchool("timetable_substitution"),
    ]

"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("submissions", "0001_initial")]

    operations = [
        IsolateBySchool("submissions_submission"),
        IsolateBySchool("submissions_submissionfile"),
        IsolateBySchool("submissions_opening"),
        IsolateBySchool("submissions_donetick"),
    ]

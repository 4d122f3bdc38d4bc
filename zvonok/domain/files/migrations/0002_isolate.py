"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("files", "0001_initial")]

    operations = [
        IsolateBySchool("files_schoolspace"),
        IsolateBySchool("files_content"),
        IsolateBySchool("files_storedfile"),
        IsolateBySchool("files_upload"),
    ]

"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("control", "0001_initial")]

    operations = [IsolateBySchool("control_controlnote")]

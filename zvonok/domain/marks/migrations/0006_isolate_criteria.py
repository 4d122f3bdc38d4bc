"""Put the criteria and the terms of schools under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("marks", "0005_criteria_and_terms")]

    operations = [IsolateBySchool("marks_criterion"), IsolateBySchool("marks_markingterms")]

"""Give each period mark the year of its period, and put the new tables under row level security."""

import django.db.models.deletion
from django.db import migrations, models

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("attestation", "0003_rules_and_kinds")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE attestation_periodmark k SET year_id = p.year_id
            FROM schools_studyperiod p WHERE p.id = k.period_id;
            SET CONSTRAINTS ALL IMMEDIATE
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="periodmark",
            name="year",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.academicyear"
            ),
        ),
        IsolateBySchool("attestation_attestationrules"),
        IsolateBySchool("attestation_subjectstep"),
    ]

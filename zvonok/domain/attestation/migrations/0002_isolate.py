"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("attestation", "0001_initial")]

    operations = [
        IsolateBySchool("attestation_periodmark"),
        migrations.RunSQL(
            """
            ALTER TABLE attestation_periodmark ADD CONSTRAINT period_mark_value_in_scale
                FOREIGN KEY (school_id, scale_id, value)
                REFERENCES marks_scalevalue (school_id, scale_id, value)
            """,
            "ALTER TABLE attestation_periodmark DROP CONSTRAINT period_mark_value_in_scale",
        ),
    ]

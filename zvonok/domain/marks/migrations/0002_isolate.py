"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("marks", "0001_initial")]

    operations = [
        IsolateBySchool("marks_markscale"),
        IsolateBySchool("marks_scalevalue"),
        IsolateBySchool("marks_assessment"),
        IsolateBySchool("marks_mark"),
        migrations.RunSQL(
            """
            ALTER TABLE marks_mark ADD CONSTRAINT mark_value_in_scale
                FOREIGN KEY (school_id, scale_id, value)
                REFERENCES marks_scalevalue (school_id, scale_id, value);
            ALTER TABLE marks_mark ADD CONSTRAINT mark_scale_of_work
                FOREIGN KEY (school_id, assessment_id, scale_id)
                REFERENCES marks_assessment (school_id, id, scale_id);
            """,
            """
            ALTER TABLE marks_mark DROP CONSTRAINT mark_scale_of_work;
            ALTER TABLE marks_mark DROP CONSTRAINT mark_value_in_scale;
            """,
        ),
    ]

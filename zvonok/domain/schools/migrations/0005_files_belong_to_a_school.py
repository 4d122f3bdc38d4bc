"""Tie the files, which lie below the schools, to the school that they name."""

from django.db import migrations

TABLES = ("files_schoolspace", "files_content", "files_storedfile", "files_upload")


def tie(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        sql=(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_of_a_school "
            "FOREIGN KEY (school_id) REFERENCES schools_school (id) DEFERRABLE INITIALLY DEFERRED"
        ),
        reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {table}_of_a_school",
    )


class Migration(migrations.Migration):

    dependencies = [("schools", "0004_closing_day"), ("files", "0001_initial")]

    operations = [tie(table) for table in TABLES]

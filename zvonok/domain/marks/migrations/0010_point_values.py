"""Let a place be held for a mark in the schools that are there."""

from django.db import migrations

from zvonok.kernel.ids import uuid7


def let_points_be_put(apps, schema_editor):
    db = schema_editor.connection.alias
    scales = apps.get_model("marks", "MarkScale").objects.using(db).exclude(kind="UNGRADED")
    values = apps.get_model("marks", "ScaleValue").objects.using(db)
    values.bulk_create(
        values.model(id=uuid7(), school_id=school, scale_id=scale, value=".")
        for scale, school in scales.values_list("pk", "school")
    )


class Migration(migrations.Migration):

    dependencies = [("marks", "0009_points")]

    operations = [migrations.RunPython(let_points_be_put, migrations.RunPython.noop)]

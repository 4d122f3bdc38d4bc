"""Let a student be exempt from a work in the schools that are there."""

from django.db import migrations

from zvonok.kernel.ids import uuid7


def let_be_exempt(apps, schema_editor):
    db = schema_editor.connection.alias
    scales = apps.get_model("marks", "MarkScale").objects.using(db).exclude(kind="UNGRADED")
    values = apps.get_model("marks", "ScaleValue").objects.using(db)
    values.bulk_create(
        values.model(id=uuid7(), school_id=school, scale_id=scale, value="осв")
        for scale, school in scales.values_list("pk", "school")
    )


class Migration(migrations.Migration):

    dependencies = [("marks", "0007_retaken")]

    operations = [migrations.RunPython(let_be_exempt, migrations.RunPython.noop)]

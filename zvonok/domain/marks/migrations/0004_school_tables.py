"""Give the schools that are there their kinds of work and the new scales, and tie works to the kinds."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool
from zvonok.kernel.ids import uuid7

# As schools began with them on the day of this migration: code, weight, whether it is a test.
KINDS = [
    ("ANSWER", 1, False),
    ("HOMEWORK", 1, False),
    ("INDEPENDENT", 2, False),
    ("TEST", 3, True),
    ("DICTATION", 3, True),
    ("ESSAY", 3, True),
    ("LAB", 2, False),
    ("PROJECT", 3, False),
]
BOUNDS = [85, 65, 45]
FIVE = {value: int(value) for value in "54321"}


def mark(points):
    return next((5 - place for place, bound in enumerate(BOUNDS) if points >= bound), 2)


NEW_SCALES = {
    "HUNDRED": ("100-point scale", {str(points): mark(points) for points in range(101)}),
    "CRITERIA": ("by criteria", FIVE),
}


def furnish(apps, schema_editor):
    db = schema_editor.connection.alias
    models = {name: apps.get_model("marks", name) for name in ("WorkKind", "MarkScale", "ScaleUse", "ScaleValue")}
    rows = {name: model.objects.using(db) for name, model in models.items()}
    for school in apps.get_model("schools", "School").objects.using(db).values_list("pk", flat=True):
        for position, (code, weight, is_test) in enumerate(KINDS, start=1):
            rows["WorkKind"].create(
                id=uuid7(), school_id=school, code=code, weight=weight, is_test=is_test, position=position
            )
        scales = dict(rows["MarkScale"].filter(school_id=school).values_list("kind", "pk"))
        if not scales:
            continue
        for kind, (title, values) in NEW_SCALES.items():
            scale = rows["MarkScale"].create(id=uuid7(), school_id=school, kind=kind, title=title, bounds=BOUNDS)
            for value, points in values.items():
                rows["ScaleValue"].create(
                    id=uuid7(), school_id=school, scale=scale, value=value, points=points
                )
        rows["ScaleValue"].create(id=uuid7(), school_id=school, scale_id=scales["UNGRADED"], value="")
        for grade, kind in ((None, "FIVE_POINT"), (1, "UNGRADED")):
            rows["ScaleUse"].create(id=uuid7(), school_id=school, grade=grade, scale_id=scales[kind])


class Migration(migrations.Migration):

    dependencies = [("marks", "0003_work_kinds")]

    operations = [
        migrations.RunPython(furnish, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        IsolateBySchool("marks_workkind"),
        IsolateBySchool("marks_scaleuse"),
        migrations.RunSQL(
            """
            ALTER TABLE marks_assessment ADD CONSTRAINT assessment_work_of_school
                FOREIGN KEY (school_id, work) REFERENCES marks_workkind (school_id, code);
            """,
            "ALTER TABLE marks_assessment DROP CONSTRAINT assessment_work_of_school",
        ),
    ]

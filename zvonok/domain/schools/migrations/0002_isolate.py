"""Put the tables of this app under row level security."""

from django.db import migrations

from zvonok.kernel.db import IsolateBySchool


class Migration(migrations.Migration):

    dependencies = [("schools", "0001_initial")]

    operations = [
        IsolateBySchool("schools_academicyear"),
        IsolateBySchool("schools_studyperiod"),
        IsolateBySchool("schools_subject"),
        IsolateBySchool("schools_schoolclass"),
        IsolateBySchool("schools_subgroup"),
        IsolateBySchool("schools_studygroup"),
        IsolateBySchool("schools_groupsubgroup"),
        IsolateBySchool("schools_enrolment"),
        IsolateBySchool("schools_groupmembership"),
        IsolateBySchool("schools_teachingassignment"),
        IsolateBySchool("schools_staffrole"),
        IsolateBySchool("schools_sourcerow"),
        # Who is asking is found before a school is in scope: one person's own roles and no more.
        migrations.RunSQL(
            """
            CREATE FUNCTION staff_roles_of(asked uuid, on_day date)
            RETURNS TABLE (school_id uuid, role varchar, school_class_id uuid, class_title varchar)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
                SELECT r.school_id, r.role, r.school_class_id, c.title
                FROM public.schools_staffrole r
                LEFT JOIN public.schools_schoolclass c ON c.id = r.school_class_id
                WHERE r.person_id = asked AND r.valid_on @> on_day
                ORDER BY r.school_id, r.role, c.title
            $$;
            REVOKE ALL ON FUNCTION staff_roles_of(uuid, date) FROM PUBLIC;
            """,
            "DROP FUNCTION staff_roles_of(uuid, date)",
        ),
        migrations.RunSQL(
            "CREATE INDEX staff_role_of_person ON schools_staffrole (person_id)",
            "DROP INDEX staff_role_of_person",
        ),
    ]

"""Students sets come apart into the smallest ones."""

from tests.interop.fet.sample import data, solution, written
from zvonok.interop.fet import Students, read
from zvonok.interop.report import Report


def students(folder, tree: str) -> Students:
    report = Report()
    return read(
        written(
            folder / "set",
            data(students=tree, activities=()).replace(
                "<Activities_List>",
                "<Activities_List><Activity><Subject>Алгебра</Subject><Id>1</Id></Activity>",
            ),
            solution({1: ("Среда", "08:30-09:15", "")}),
        ),
        report,
    ).students


def nested(tag: str, name: str, inner: str = "") -> str:
    return f"<{tag}><Name>{name}</Name>{inner}</{tag}>"


def test_a_year_is_its_groups_and_their_subgroups(tmp_path):
    half = nested("Subgroup", "7Б/1") + nested("Subgroup", "7Б/2")
    known = students(tmp_path, nested("Year", "7", nested("Group", "7А") + nested("Group", "7Б", half)))
    assert known.atoms("7") == {"7А", "7Б/1", "7Б/2"}
    assert known.atoms("7А") == {"7А"}
    assert known.atoms("7Б/2") == {"7Б/2"}


def test_a_year_without_groups_is_its_own_atom(tmp_path):
    assert students(tmp_path, nested("Year", "7А")).atoms("7А") == {"7А"}


def test_a_name_on_two_levels_is_one_set(tmp_path):
    known = students(
        tmp_path,
        nested("Year", "7А", nested("Group", "7А", nested("Subgroup", "7А") + nested("Subgroup", "b"))),
    )
    assert known.atoms("7А") == {"b"}
    assert known.sets["7А"].level == "YEAR"


def test_a_group_of_two_years_shares_its_subgroups(tmp_path):
    shared = nested("Group", "g", nested("Subgroup", "s"))
    known = students(tmp_path, nested("Year", "a", shared) + nested("Year", "b", nested("Group", "g")))
    assert known.atoms("b") == {"s"}
    assert known.sets["g"].parents == ("a", "b")


def test_sets_that_hold_each_other_count_together(tmp_path):
    ring = nested("Year", "a", nested("Group", "b")) + nested("Year", "b", nested("Group", "a"))
    assert students(tmp_path, ring).atoms("a") == {"a", "b"}

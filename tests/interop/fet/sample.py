"""A small school in FET's words: two classes, one of them split for English, four activities."""

from collections.abc import Iterable, Mapping
from pathlib import Path

DAYS = ("Понедельник", "Вторник", "Среда")
HOURS = ("08:30-09:15", "09:30-10:15", "10:30-11:15")
STUDENTS = """<Year><Name>7</Name><Number_of_Students>50</Number_of_Students>
<Group><Name>7А</Name><Number_of_Students>24</Number_of_Students></Group>
<Group><Name>7Б</Name><Number_of_Students>26</Number_of_Students>
<Subgroup><Name>7Б/1</Name></Subgroup>
<Subgroup><Name>7Б/2</Name></Subgroup></Group></Year>"""
SOLUTION = {
    1: ("Понедельник", HOURS[0], "11"),
    2: ("Понедельник", HOURS[0], "12"),
    3: ("Понедельник", HOURS[0], ""),
    4: ("Вторник", HOURS[1], ""),
}


def activity(
    number: int,
    subject: str,
    students: Iterable[str],
    teachers: Iterable[str],
    duration: int = 1,
    active: str = "true",
) -> str:
    """Write one activity."""
    teaching = "".join(f"<Teacher>{name}</Teacher>" for name in teachers)
    taught = "".join(f"<Students>{name}</Students>" for name in students)
    return (
        f"<Activity>{teaching}<Subject>{subject}</Subject><Activity_Tag>t</Activity_Tag>{taught}"
        f"<Duration>{duration}</Duration><Total_Duration>{duration}</Total_Duration><Id>{number}</Id>"
        f"<Activity_Group_Id>0</Activity_Group_Id><Active>{active}</Active></Activity>\n"
    )


ACTIVITIES = (
    activity(1, "Английский язык", ["7Б/1"], ["Котова"]),
    activity(2, "Английский язык", ["7Б/2"], ["Рыбин"]),
    activity(3, "Алгебра", ["7А"], ["Ладин"]),
    activity(4, "Физкультура", ["7"], ["Ладин", "Рыбин"], duration=2),
)


def names(tag: str, listed: Iterable[str]) -> str:
    """Write a list of FET: days, hours, subjects, teachers or rooms."""
    items = "".join(f"<{tag}>\n<Name>{name}</Name>\n</{tag}>\n" for name in listed)
    return f"<{tag}s_List>\n<Number_of_{tag}s>0</Number_of_{tag}s>\n{items}</{tag}s_List>\n"


def data(
    days: Iterable[str] = DAYS,
    hours: Iterable[str] = HOURS,
    activities: Iterable[str] = ACTIVITIES,
    students: str = STUDENTS,
    constraints: str = "",
) -> str:
    """Write a whole .fet file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<fet version="6.8.5">\n<Institution_Name>Школа</Institution_Name>\n'
        + names("Day", days)
        + names("Hour", hours)
        + names("Subject", ["Английский язык", "Алгебра", "Физкультура", "Химия"])
        + names("Teacher", ["Котова", "Рыбин", "Ладин", "Новикова", "Петрова Anna"])
        + f"<Students_List>\n{students}\n</Students_List>\n"
        + f"<Activities_List>\n{''.join(activities)}</Activities_List>\n"
        + names("Room", ["11", "12"])
        + constraints
        + "</fet>\n"
    )


def solution(places: Mapping[int, tuple[str, str, str]] = SOLUTION) -> str:
    """Write the file X_activities.xml."""
    items = "".join(
        f"<Activity>\n<Id>{number}</Id><Day>{day}</Day><Hour>{hour}</Hour><Room>{room}</Room></Activity>\n"
        for number, (day, hour, room) in places.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Activities_Timetable>\n{items}</Activities_Timetable>\n'


def fixed(places: Mapping[int, tuple[str, str, str]] = SOLUTION, day: str = "Preferred_Day") -> str:
    """Write the constraints by which X_data_and_timetable.fet holds its solution."""
    hour = day.replace("Day", "Hour")
    times = "".join(
        f"<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage>"
        f"<Activity_Id>{number}</Activity_Id><{day}>{on}</{day}><{hour}>{at}</{hour}>"
        "<Permanently_Locked>false</Permanently_Locked><Active>true</Active>"
        "</ConstraintActivityPreferredStartingTime>\n"
        for number, (on, at, _room) in places.items()
    )
    rooms = "".join(
        f"<ConstraintActivityPreferredRoom><Weight_Percentage>100</Weight_Percentage>"
        f"<Activity_Id>{number}</Activity_Id><Room>{room}</Room><Permanently_Locked>true</Permanently_Locked>"
        "<Active>true</Active></ConstraintActivityPreferredRoom>\n"
        for number, (_on, _at, room) in places.items()
        if room
    )
    return (
        f"<Time_Constraints_List>\n{times}</Time_Constraints_List>\n"
        f"<Space_Constraints_List>\n{rooms}</Space_Constraints_List>\n"
    )


def written(folder: Path, fet: str, solved: str | None = None) -> Path:
    """Write a timetable into a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "school.fet").write_text(fet, encoding="utf-8")
    if solved is not None:
        (folder / "school_activities.xml").write_text(solved, encoding="utf-8")
    return folder

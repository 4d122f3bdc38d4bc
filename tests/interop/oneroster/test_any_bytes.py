"""Whatever the bytes are, reading ends in rows, faults or a refusal."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zvonok.interop.source import SourceRefused

RELAXED = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FILES = st.sampled_from(["manifest.csv", "orgs.csv", "academicSessions.csv", "users.csv", "enrollments.csv"])
PIECES = st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\0", b"\xff\xfe", b"\x98", b";", b"2026-09-99", b"ext:", b"\xc2\xa0"]
)


def ends_well(roster):
    try:
        outcome = roster.read()
    except SourceRefused as refused:
        return bool(str(refused))
    return outcome.report.refused or bool(outcome.bundle.version)


@RELAXED
@given(file=FILES, raw=st.binary(max_size=300))
def test_random_bytes_in_a_file_end_well(roster, file, raw):
    standing = (roster.folder / file).read_bytes()
    roster.write(file, raw)
    assert ends_well(roster)
    roster.write(file, standing)


@RELAXED
@given(file=FILES, piece=PIECES | st.binary(max_size=4), share=st.floats(0, 1))
def test_a_sound_file_with_a_wound_ends_well(roster, file, piece, share):
    standing = (roster.folder / file).read_bytes()
    place = int(share * len(standing))
    roster.write(file, standing[:place] + piece + standing[place + len(piece) :])
    assert ends_well(roster)
    roster.write(file, standing)

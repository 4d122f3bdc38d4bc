"""Files as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zvonok.domain.files.kinds import IMAGES, SHOWN_IN_PAGE
from zvonok.domain.files.models import Content, ContentState, SchoolSpace, StoredFile, Upload


@dataclass(frozen=True, slots=True)
class FileLine:
    """A stored file with what is known of its content."""

    id: UUID
    school_id: UUID
    name: str
    uploader_id: UUID
    uploaded_at: datetime
    sha256: str
    size: int
    media_type: str
    state: str
    has_preview: bool

    @property
    def is_clean(self) -> bool:
        """Whether it may be opened."""
        return self.state == ContentState.CLEAN

    @property
    def is_waiting(self) -> bool:
        """Whether the scanner has not looked at it yet."""
        return self.state == ContentState.QUARANTINED

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self.media_type in IMAGES

    @property
    def opens_in_page(self) -> bool:
        """Whether a browser shows it; other files are saved."""
        return self.media_type in SHOWN_IN_PAGE


def files_of(*, school_id: UUID, file_ids: Iterable[UUID]) -> dict[UUID, FileLine]:
    """Find stored files of a school by id; one query, none for no ids."""
    wanted = list(file_ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT f.id, f.school_id, f.name, f.uploader_id, f.uploaded_at, c.sha256,
                coalesce(c.served_bytes, c.size), c.media_type, c.state, c.has_preview
            FROM files_storedfile f JOIN files_content c ON c.id = f.content_id
            WHERE f.school_id = %s AND f.id = ANY(%s)
            """,
            [school_id, wanted],
        )
        return {row[0]: FileLine(*row) for row in cursor.fetchall()}


def upload_of(*, school_id: UUID, upload_id: UUID, person_id: UUID) -> Upload | None:
    """Find a file that somebody is handing in; another person's is not there; one query."""
    return Upload.objects.filter(school_id=school_id, pk=upload_id, uploader_id=person_id).first()


def content_of(*, school_id: UUID, content_id: UUID) -> Content | None:
    """Find a content; one query."""
    return Content.objects.filter(school_id=school_id, pk=content_id).first()


def space_of(*, school_id: UUID) -> SchoolSpace:
    """Tell how much room a school has for files; one query."""
    return SchoolSpace.objects.filter(pk=school_id).first() or SchoolSpace(school_id=school_id)


@dataclass(frozen=True, slots=True)
class VirusLine:
    """A file in which a virus was found."""

    name: str
    finding: str
    uploader_id: UUID
    found_at: datetime


@dataclass(frozen=True, slots=True)
class FilesNumbers:
    """What a school's administrator should know of its files."""

    used_bytes: int
    quota_bytes: int
    waiting: int
    viruses: list[VirusLine]


def files_numbers(*, school_id: UUID, since: datetime, most: int) -> FilesNumbers:
    """Tell how much room is taken, what waits for the scanner, and where viruses were found lately; three queries."""
    space = space_of(school_id=school_id)
    quarantine = Content.objects.filter(school_id=school_id, state=ContentState.QUARANTINED)
    infected = StoredFile.objects.filter(
        school_id=school_id, content__state=ContentState.INFECTED, content__settled_at__gte=since
    )
    rows = infected.order_by("-content__settled_at", "-id")[:most]
    lines = rows.values_list("name", "content__finding", "uploader_id", "content__settled_at")
    viruses = [VirusLine(name, finding, who, at) for name, finding, who, at in lines if at]
    return FilesNumbers(space.used_bytes, space.quota_bytes, quarantine.count(), viruses)

"""Files as people hand them in: what tests send, and the short way of it into the house."""

import hashlib
import io
import zipfile
from uuid import UUID

from PIL import Image

from tests.world import NOON, World
from zvonok.domain.files.commands import append_chunk, begin_upload, finish_upload
from zvonok.domain.files.kinds import HEAD_BYTES, kind_of
from zvonok.domain.files.models import Content, StoredFile
from zvonok.domain.files.rules import chunk_length, offsets
from zvonok.gateways import storage
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.workers.files import examine

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TEXT = "Прочитать главу 3.\n".encode()
# The harmless test virus of EICAR, written backwards so that no scanner takes this file for it.
EICAR = "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X"[::-1].encode()
GPS_WORDS = b"55 deg 45 min, Anna's own camera"


def zipped(content: bytes, name: str = "inner.txt") -> bytes:
    """Pack one file into an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def photo(size: tuple[int, int] = (800, 600), *, turned: bool = False) -> bytes:
    """Take a photo that knows where it was taken; turned, it lies on its side and says so."""
    image = Image.new("RGB", size, "olive")
    exif = image.getexif()
    exif[0x010E] = GPS_WORDS.decode()
    if turned:
        exif[0x0112] = 6
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", exif=exif, comment=GPS_WORDS)
    return drawn.getvalue()


def hand_in(world: World, content: bytes, name: str = "page.pdf", *, who: str = "Anna") -> StoredFile:
    """Hand in a file whole, as somebody of the North school; the scanner has not looked at it yet."""
    school_id, person_id, upload_id = world.north.school.pk, world.people[who].pk, uuid7()
    own = {"school_id": school_id, "person_id": person_id, "upload_id": upload_id}
    digest = hashlib.sha256(content).hexdigest()
    storage.store().put(storage.quarantine_key(school_id, digest), io.BytesIO(content))
    with school_scope(school_id):
        begin_upload(**own, name=name, size=len(content), at=NOON)
        for offset in offsets(len(content)):
            append_chunk(**own, offset=offset, length=chunk_length(size=len(content), offset=offset))
        kind = kind_of(name=name, head=content[:HEAD_BYTES], tail=content[-HEAD_BYTES:])
        return finish_upload(**own, sha256=digest, kind=kind, at=NOON)


def looked_at(world: World, file: StoredFile) -> Content:
    """Let the worker look at a file, and give what became of its content."""
    examine(str(world.north.school.pk), str(file.content_id))
    return content(world, file.content_id)


def content(world: World, content_id: UUID) -> Content:
    """Read a content of the North school."""
    with school_scope(world.north.school.pk):
        return Content.objects.get(pk=content_id)

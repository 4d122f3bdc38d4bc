"""Pictures are drawn anew, unless drawing them would do harm."""

import io

import pytest
from PIL import Image

from zvonok.workers import pictures
from zvonok.workers.pictures import UnreadablePicture, stripped


def moving(frames: int) -> io.BytesIO:
    drawn = io.BytesIO()
    first, *others = [Image.new("RGB", (100, 100), (40 * place, 0, 0)) for place in range(frames)]
    first.save(drawn, "GIF", save_all=True, append_images=others)
    drawn.seek(0)
    return drawn


def test_the_frames_of_a_moving_picture_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100 * 100 * 4)
    assert stripped(moving(4), media_type="image/gif").preview
    with pytest.raises(UnreadablePicture):
        stripped(moving(5), media_type="image/gif")

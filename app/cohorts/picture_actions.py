"""The picture of a cohort's page: known by its content, drawn anew by us, so that nothing else in the file survives."""

import hashlib
import io

from sqlalchemy import delete

from app import clock
from app.db import db
from app.models import Picture

KINDS = ("JPEG", "PNG", "WEBP")
MOST_BYTES, MOST_PIXELS, WIDEST = 900_000, 20_000_000, 1_200


class Unfit(ValueError):
    """The file can't be the picture. Its words say why."""


def keep_picture(cohort_id: int, data: bytes, *, alt: str) -> None:
    """Keep the picture in place of the one there was. Raises Unfit."""
    content, (width, height) = drawn_anew(data)
    db.session.execute(delete(Picture).where(Picture.cohort_id == cohort_id))
    db.session.add(
        Picture(
            cohort_id=cohort_id,
            alt=alt,
            kind="image/jpeg",
            width=width,
            height=height,
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            saved_at=clock.now(),
        )
    )
    db.session.flush()


def remove_picture(cohort_id: int) -> None:
    db.session.execute(delete(Picture).where(Picture.cohort_id == cohort_id))


def drawn_anew(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture as a JPEG of ours, and its size: the right way up, no wider than a page, nothing noted in it."""
    # Imported here: it takes long to load, and few requests need it.
    from PIL import Image, ImageOps

    if len(data) > MOST_BYTES:
        raise Unfit(f"The picture has more than {MOST_BYTES // 1000} kB. Save it smaller.")
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit("The picture has more than 20 million pixels. Save it smaller.")
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except Unfit:
        raise
    # Whatever a broken or hostile file makes the library say, it is no picture.
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning):
        raise Unfit("This is no JPEG, PNG or WebP picture that can be read.") from None
    upright.thumbnail((WIDEST, WIDEST))
    # JPEG has nothing see-through: what was lies on white.
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue(), flat.size

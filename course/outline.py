"""course.toml: what the course is called and promises, its modules in order, the ids of lessons that were removed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from course import source as files
from course.fault import Fault, Faults, in_order
from course.lesson import Slug, Text
from course.tables import checked, line_of

FILE = "course.toml"

FolderName = Annotated[str, StringConstraints(pattern=r"^\d\d-[a-z0-9]+(-[a-z0-9]+)*$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModuleOutline(_Table):
    """One module: its folder, such as "01-the-facade", its title and its promise in one line."""

    folder: FolderName
    title: Text
    promise: Text


class Outline(_Table):
    """The course from outside. Modules stand in their order; `retired` ids are never used again.

    `free` is the id of the lesson that visitors may read; without it, that is the first.
    """

    title: Text
    promise: Text
    free: Slug | None = None
    retired: tuple[Slug, ...] = ()
    modules: Annotated[tuple[ModuleOutline, ...], Field(alias="module", min_length=1)]


def parse(text: str, *, path: str = FILE) -> Outline | Faults:
    """The outline that `text` holds, or every fault of it, by line."""
    source = files.normalise(text)
    if unreadable := files.unreadable(source, path=path):
        return (unreadable,)
    read = checked(source, Outline, path=path, line=1)
    if isinstance(read, tuple):
        return in_order(read)
    folders = [module.folder for module in read.modules]
    twice = [number for number, folder in enumerate(folders) if folders.index(folder) != number]
    what = "this folder is listed above already; remove one of the two"
    return tuple(Fault(path, line_of(source, ("module", number, "folder")) or 1, what) for number in twice) or read

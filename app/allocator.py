"""How the C library keeps the memory that a worker has freed."""

import ctypes
import sys

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
MEGABYTE = 1 << 20


def keep_little() -> None:
    """Have freed memory used again, or given back to the system. glibc only; else nothing.

    Blocks of a megabyte and more go back once they are free: glibc keeps them for the thread that freed one, and a
    password is hashed in 19 MB, so that every thread that signed somebody in held 19 MB ever after. The rest comes from
    one heap for all threads, which work in turns: with one for each, what one had freed no other could use, and a
    worker under load grew by a seventh in ten minutes.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, MEGABYTE)
        mallopt(M_ARENA_MAX, 1)

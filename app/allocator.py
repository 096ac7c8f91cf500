"""How the C library keeps the memory that a worker has freed."""

import ctypes
import sys

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
MEGABYTE = 1 << 20


def reuse_freed_memory() -> None:
    """Have whatever needs memory next take what was freed, or the system have it back. glibc only; else nothing.

    Blocks of a megabyte and more go back once they are free: glibc keeps them for the thread that freed one, and a
    password is hashed in 19 MB, so that every thread that signed somebody in held 19 MB ever after. The rest comes from
    one heap for all threads, which work in turns: with one for each, what one had freed no other could use, 22 of 60 MB
    in a process after four minutes of load.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, MEGABYTE)
        mallopt(M_ARENA_MAX, 1)

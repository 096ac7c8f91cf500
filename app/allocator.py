"""How the C library keeps the memory that a worker has freed."""

import ctypes
import sys

M_MMAP_THRESHOLD = -3
MEGABYTE = 1 << 20


def give_back_large_blocks() -> None:
    """Have blocks of a megabyte and more given back to the system once they are free. glibc only; else nothing.

    glibc keeps them for the thread that freed one: a password is hashed in 19 MB, so every thread that signed somebody
    in held 19 MB ever after.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, MEGABYTE)

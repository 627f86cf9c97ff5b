"""`read_plain`: the content of an ordinary file, and no more of it than is allowed."""

import errno
import stat
from pathlib import Path


def read_plain(path: Path, most: int) -> bytes:
    """Returns the content of a file.

    Args:
        path: The file.
        most: Most bytes that it may have.

    Raises:
        OSError: It cannot be read, has more bytes, or is no ordinary file (a device or a pipe may have no end).
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is over {most} bytes", str(path))
    return content

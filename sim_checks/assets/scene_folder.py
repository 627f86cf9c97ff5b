"""`read_beside`: files beside a scene file, never from outside its folder."""

from pathlib import Path, PurePosixPath

from sim_checks.errors import AssetError
from skills.plain_file import read_plain


def read_beside(folder: Path | None, name: str, most: int, where: str) -> bytes:
    """Returns the content of a file inside the scene's folder.

    Args:
        folder: The scene's folder, or None when the scene did not come from a file.
        name: Relative path, with forward slashes.
        most: Largest size [bytes].
        where: Path into the scene, for the finding.

    Raises:
        AssetError: The path is absolute, leaves the folder (also by a link), is no file, or the file is too large.
    """
    if folder is None:
        raise AssetError.at("no-folder", where, "This scene has no folder.", "Load the scene from a file.")
    parts = PurePosixPath(name)
    escapes = parts.is_absolute() or ".." in parts.parts or "\\" in name or "\0" in name or ":" in name
    root = folder.resolve()
    if not escapes:
        path = (root / parts).resolve()
        escapes = not path.is_relative_to(root)
    if escapes:
        raise AssetError.at(
            "path-leaves-folder",
            where,
            f"{name!r} leads out of the scene's folder.",
            "Put the file beside the scene file and give its relative path.",
        )
    try:
        if not path.is_file():
            raise AssetError.at("no-file", where, f"There is no file {name!r}.", "Correct the path.")
        if path.stat().st_size > most:
            raise AssetError.at("too-large", where, f"{name!r} is over {most} bytes.", "Simplify it.")
        return read_plain(path, most)
    except OSError as error:
        raise AssetError.at("unreadable", where, f"{name!r} cannot be read: {error.strerror}.", "Check it.") from error

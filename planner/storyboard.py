"""`Storyboard`: an episode on one page, and as a film."""

import math
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
_CAPTION = 26
_TITLE = 40
_GAP = 8
_PAPER = (250, 249, 246)
_INK = (34, 34, 34)
_GOOD = (34, 120, 62)
_BAD = (178, 34, 34)


class Panel(NamedTuple):
    """One picture of a storyboard.

    Args:
        caption: What the picture shows, one short line.
        frame: The picture, shape (height, width, 3), RGB.
        good: Whether the step went as planned (None: no judgement).
    """

    caption: str
    frame: Frame
    good: bool | None = None


def write_picture(path: Path, frame: Frame) -> None:
    """Writes one picture as a PNG."""
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(frame).save(path)


def write_storyboard(path: Path, title: str, panels: Sequence[Panel], columns: int = 3) -> None:
    """Writes a PNG with the panels in reading order under a title.

    Raises:
        ValueError: There is no panel, or the panels differ in size.
    """
    from PIL import Image, ImageDraw, ImageFont

    if not panels:
        raise ValueError("a storyboard needs at least one panel")
    height, width = panels[0].frame.shape[:2]
    if any(p.frame.shape[:2] != (height, width) for p in panels):
        raise ValueError("all panels of a storyboard have one size")
    columns = min(columns, len(panels))
    rows = math.ceil(len(panels) / columns)
    size = (columns * (width + _GAP) + _GAP, _TITLE + rows * (height + _CAPTION + _GAP) + _GAP)
    page = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((_GAP + 2, 10), _fitted(title, size[0], 18), fill=_INK, font=ImageFont.load_default(18))
    small = ImageFont.load_default(14)
    for index, panel in enumerate(panels):
        x = _GAP + index % columns * (width + _GAP)
        y = _TITLE + index // columns * (height + _CAPTION + _GAP)
        page.paste(Image.fromarray(panel.frame), (x, y))
        ink = _INK if panel.good is None else (_GOOD if panel.good else _BAD)
        draw.text((x + 2, y + height + 5), _fitted(panel.caption, width, 14), fill=ink, font=small)
    page.save(path)


def write_video(path: Path, frames: Sequence[Frame], fps: int = 12) -> None:
    """Writes the frames as an H.264 MP4 that browsers play.

    Raises:
        ValueError: There is no frame.
    """
    import imageio_ffmpeg

    if not frames:
        raise ValueError("a video needs at least one frame")
    height, width = frames[0].shape[:2]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{width}x{height}", "-r", str(fps), "-i", "-", "-an", "-c:v", "libx264", "-crf", "26"]
    command += ["-pix_fmt", "yuv420p", "-movflags", "+faststart", str(path)]
    pixels = b"".join(np.ascontiguousarray(frame).tobytes() for frame in frames)
    subprocess.run(command, input=pixels, check=True, timeout=120)


def _fitted(text: str, width: int, height: int) -> str:
    """Returns the text, cut so that it fits ``width`` pixels at a type ``height`` pixels high."""
    most = max(8, int(width / (height * 0.52)))
    return text if len(text) <= most else text[: most - 3] + "..."

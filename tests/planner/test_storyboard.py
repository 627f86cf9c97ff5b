"""The storyboard is a readable PNG and the video a playable MP4."""

from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from planner.storyboard import Panel, write_storyboard, write_video


def _frame(shade: int, height: int = 48, width: int = 64) -> np.ndarray:
    return np.full((height, width, 3), shade, dtype=np.uint8)


def test_storyboard_holds_every_panel_in_reading_order(tmp_path: Path) -> None:
    panels = [Panel(f"step {i}", _frame(40 * i), i % 2 == 0) for i in range(5)]
    write_storyboard(tmp_path / "s.png", "a title that is far too long for such a small page " * 3, panels)
    with Image.open(tmp_path / "s.png") as page:
        pixels = np.asarray(page)
    shades = [int(pixels[40 + (i // 3) * 82 + 24, 8 + (i % 3) * 72 + 32, 0]) for i in range(5)]
    assert shades == [0, 40, 80, 120, 160]


def test_storyboard_refuses_no_panels_and_mixed_sizes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        write_storyboard(tmp_path / "s.png", "t", [])
    with pytest.raises(ValueError, match="one size"):
        write_storyboard(tmp_path / "s.png", "t", [Panel("a", _frame(1)), Panel("b", _frame(1, 10))])


def test_video_plays_back_with_its_frames(tmp_path: Path) -> None:
    write_video(tmp_path / "v.mp4", [_frame(10 * i) for i in range(12)])
    assert imageio_ffmpeg.count_frames_and_secs(str(tmp_path / "v.mp4")) == (12, 1.0)
    with pytest.raises(ValueError, match="at least one"):
        write_video(tmp_path / "w.mp4", [])

"""Joining: the motions of two arms, each shown by itself, on one clock; they keep apart all the way, or are not joined.

Each run of motions was played in the rehearsal while the other arm stood still, and recorded. Two recordings are laid
side by side, one of them shifted where that is needed, and looked at frame by frame: where both arms and all that they
move would be then. What stands as it stood when the other run was planned needs no further look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.apart import Apart
from sim_checks.bullet.client import TIME_STEP
from sim_checks.bullet.recording import FRAME_TICKS, Recording
from sim_checks.bullet.stage import TICK, rest
from sim_checks.motion.planning import Planning
from skills.finding import Finding
from skills.motion import Grip, Motion, Segment

TICK_S = TICK * TIME_STEP
"""Time between two motor commands [s]."""
SHIFT = 8 * FRAME_TICKS
"""Step in which one run is delayed against the other [motor commands]."""
WORTH = 0.9
"""Longest joined motion, as a share of both runs one after the other, that is worth it. Source: our own."""
STILL = 0.005
"""How far joints that stand still may be from where they stood [m or rad]; a loaded lift gives way by less."""


@dataclass(frozen=True)
class Part:
    """What one arm does.

    Args:
        motions: One for each node of its run.
        arm: The arm, from 0.
        seen: What the rehearsal showed of them.
    """

    motions: tuple[Motion, ...]
    arm: int
    seen: Recording


class _Cut(NamedTuple):
    """Where a segment begins [motor commands]."""

    tick: int
    name: str
    grip: Grip


@dataclass(frozen=True)
class _Track:
    """One part as the controller plays it.

    Args:
        rows: Driven joints before the first and after each motor command, shape (n + 1, joints).
        cuts: Its segments.
    """

    rows: NDArray[np.float64]
    cuts: tuple[_Cut, ...]

    @property
    def ticks(self) -> int:
        """Motor commands."""
        return len(self.rows) - 1

    @staticmethod
    def of(part: Part) -> "_Track":
        """Returns a part with the rehearsal's pauses between its motions."""
        segments: list[Segment] = []
        for motion in part.motions:
            segments += [rest(segments[-1])] if segments else []
            segments += motion.segments
        rows, cuts = [segments[0].joints[:1]], list[_Cut]()
        for segment in segments:
            cuts.append(_Cut(sum(map(len, rows)) - 1, segment.name, Grip(part.arm, segment.width, segment.force)))
            ticks = max(1, round(segment.duration / TICK_S))
            times = np.linspace(segment.duration / ticks, segment.duration, ticks)
            rows.append(np.stack([np.interp(times, segment.times, column) for column in segment.joints.T], axis=1))
        return _Track(np.concatenate(rows), tuple(cuts))

    def at(self, ticks: NDArray[np.int_]) -> NDArray[np.float64]:
        """Returns the rows at some motor commands, those of its ends beyond them."""
        return self.rows[np.clip(ticks, 0, self.ticks)]


def join(planning: Planning, prefix: Sequence[Segment], parts: tuple[Part, Part], where: str) -> Motion | Finding:
    """Returns one motion for both parts, as short as their keeping apart allows, or why there is none worth it.

    Args:
        planning: The planning world; both arms and things are moved about in it.
        prefix: What both arms do before, with the base: played first.
        parts: The first and the second run of the plan, in the order in which they were rehearsed.
        where: Where in the plan they are declared.
    """
    robot = planning.robot
    tracks = (_Track.of(parts[0]), _Track.of(parts[1]))
    own = tuple(robot.limbs[part.arm].columns for part in parts)
    if not all(_alone(track, columns) for track, columns in zip(tracks, own, strict=True)):
        return _not(where, "more than one arm, or the base, moves in one of its runs")
    if np.abs(tracks[0].rows[0, robot.driving] - tracks[1].rows[0, robot.driving]).max(initial=0.0) > STILL:
        return _not(where, "the base stands elsewhere in its second run")
    apart = Apart(robot, planning.world, (parts[0].arm, parts[1].arm), (parts[0].seen, parts[1].seen))
    if apart.shared:
        return _not(where, f"both move {', '.join(sorted(apart.shared))}")
    nearest = ""
    for starts in _shifts(tracks):
        meeting = apart.meeting(starts[0] * TICK_S, starts[1] * TICK_S)
        if meeting is None:
            nodes = [motion.node for part in parts for motion in part.motions]
            held = [part.motions[-1].holds_after for part in parts]
            segments = tuple(_laid(tracks, own, starts, 1 if held[1] else 0))
            return Motion(nodes[0], (*prefix, *segments), held[0] or held[1], also=tuple(nodes[1:]))
        nearest = nearest or meeting
    return _not(where, f"{nearest or 'they'} would come too close, however long one of the arms waits")


def _alone(track: _Track, own: NDArray[np.int_]) -> bool:
    """Says whether nothing but an arm's own joints moves."""
    others = np.setdiff1d(np.arange(track.rows.shape[1]), own)
    return bool(np.abs(track.rows[:, others] - track.rows[0, others]).max() <= STILL)


def _not(where: str, why: str) -> Finding:
    what = f"The two arms cannot do this at once: {why}."
    return Finding("not-together", where, what, "Let one be done after the other: take this out of 'together'.")


def _shifts(tracks: tuple[_Track, _Track]) -> Iterator[tuple[int, int]]:
    """Yields when each of two tracks begins [motor commands], what ends soonest first, as far as it is worth it."""
    one, other = tracks[0].ticks, tracks[1].ticks
    starts = [(0, d) for d in range(0, one, SHIFT)] + [(d, 0) for d in range(SHIFT, other, SHIFT)]
    ends = [(max(a + one, b + other), a + b, (a, b)) for a, b in starts]
    yield from (start for end, _, start in sorted(ends) if end <= WORTH * (one + other))


def _laid(
    tracks: tuple[_Track, _Track], own: tuple[NDArray[np.int_], ...], starts: tuple[int, int], main: int
) -> Iterator[Segment]:
    """Yields the segments of both tracks on one clock; a new one begins wherever one begins in either track.

    Args:
        tracks: What the arms do.
        own: Their columns.
        starts: When each begins [motor commands].
        main: Whose grip is named first.
    """
    end = max(start + track.ticks for start, track in zip(starts, tracks, strict=True))
    cuts = [[_Cut(c.tick + start, c.name, c.grip) for c in t.cuts] for start, t in zip(starts, tracks, strict=True)]
    for first, last in pairwise(sorted({0, end, *(c.tick for one in cuts for c in one)})):
        ticks = np.arange(first, last + 1)
        joints = np.tile(tracks[0].rows[0], (len(ticks), 1))
        playing, grips = list[str](), list[Grip]()
        for k, (track, start) in enumerate(zip(tracks, starts, strict=True)):
            joints[:, own[k]] = track.at(ticks - start)[:, own[k]]
            begun = [c for c in cuts[k] if c.tick <= first]
            if begun:
                grips.insert(0 if k == main else len(grips), begun[-1].grip)
            if begun and first < start + track.ticks:
                playing.append(begun[-1].name)
        times: NDArray[np.float64] = (ticks - first).astype(np.float64) * TICK_S
        grip, *also = grips  # one of them begins at once
        yield Segment("+".join(playing), times, joints, grip.width, grip.force, grip.hand, None, tuple(also))

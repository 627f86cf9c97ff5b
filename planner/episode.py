"""`Episode`: one request, from its sentence to what the robot did, as a folder of plain files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.dispatch.dispatcher import Dispatched
from planner.event import Event
from planner.outcome import Planned, draft_json
from planner.storyboard import Frame, Panel, write_storyboard, write_video
from skills.graph_export import to_mermaid

FILES = (
    "plan.json",
    "scene.json",
    "motions.npz",
    "certificate.json",
    "graph.mmd",
    "verdicts.json",
    "events.jsonl",
    "summary.json",
)
"""What every episode holds, beside its journal and pictures."""


@dataclass(frozen=True, eq=False)
class Episode:
    """A finished request.

    Args:
        folder: Where its files are.
        planned: The certified plan that was carried out.
        dispatched: What became of it.
        storyboard: The picture of it, if pictures were taken.
        video: The film of it, if pictures were taken on the way.
    """

    folder: Path
    planned: Planned
    dispatched: Dispatched
    storyboard: Path | None = None
    video: Path | None = None

    def __bool__(self) -> bool:
        """True only when the goal was achieved."""
        return bool(self.dispatched)

    def to_json(self) -> dict[str, object]:
        """Returns the summary of the episode."""
        plan, draft = self.planned.certified, self.planned.draft
        return {
            "instruction": plan.graph.instruction,
            "state": self.dispatched.state.value,
            "goal": [str(g) for g in plan.graph.goal.literals],
            "goal_missing": [str(g) for g in plan.graph.goal.missing(self.dispatched.last.facts)],
            "draft": draft_json(draft),
            "trail": [a.to_json() for a in self.planned.trail],
            "plan": plan.graph.sha256,
            "certificate": plan.id,
            "steps": [
                {
                    "node": s.node.id,
                    "step": str(s),
                    **({"together": [n.id for n in (s.node, *s.also)]} if s.also else {}),
                    "outcome": s.result.outcome,
                    "robot_seconds": round(s.result.seconds, 3),
                    "findings": [f.to_json() for f in s.findings],
                }
                for s in self.dispatched.steps
            ],
            "findings": [f.to_json() for f in self.dispatched.findings],
            "seconds": {k: round(v, 3) for k, v in self.planned.seconds.items()},
            "storyboard": str(self.storyboard) if self.storyboard else None,
            "video": str(self.video) if self.video else None,
            "folder": str(self.folder),
        }


def write_episode(folder: Path, planned: Planned, dispatched: Dispatched, events: Sequence[Event]) -> Episode:
    """Writes an episode's files into ``folder``, which is made when it is not there.

    Args:
        folder: Where to.
        planned: The plan.
        dispatched: What became of it.
        events: Everything that was told on the way, in order.
    """
    plan = planned.certified
    plan.save(folder)
    (folder / "graph.mmd").write_text(to_mermaid(plan.graph), encoding="utf-8")
    _json(folder / "verdicts.json", [{**v.to_json(), "seconds": v.seconds} for v in planned.verdicts])
    lines = [json.dumps(event.to_json(), ensure_ascii=False) for event in events]
    (folder / "events.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    storyboard, video = _pictures(folder, plan.graph.instruction, dispatched)
    episode = Episode(folder, planned, dispatched, storyboard, video)
    _json(folder / "summary.json", episode.to_json())
    return episode


def _pictures(folder: Path, title: str, dispatched: Dispatched) -> tuple[Path | None, Path | None]:
    """Writes storyboard and film; returns their paths, None for what there are no frames for."""
    panels: list[Panel] = []
    film: list[Frame] = []
    for record in dispatched.steps:
        frames = record.result.frames
        film.extend(frames)
        caption = f"{record.node.id}  {record}"
        if len(frames) > 2 and len(dispatched.steps) <= 4:
            panels.append(Panel(f"{caption} ...", frames[len(frames) // 2]))
        if frames:
            panels.append(Panel(caption, frames[-1], not record.findings))
    if not panels:
        return None, None
    storyboard = folder / "storyboard.png"
    write_storyboard(storyboard, f"{title}  -  {dispatched.state.value}", panels)
    if len(film) == len(dispatched.steps):
        return storyboard, None
    video = folder / "video.mp4"
    write_video(video, film)
    return storyboard, video


def _json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

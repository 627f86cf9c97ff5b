"""`page`: one HTML page, whole in itself, that tells an engineer why a plan was refused, or by how much it passed."""

import base64
import io
import re
from html import escape
from typing import Any

from planner.explaining import Case
from sim_checks.snapshots import Picture, Pictures

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#222;background:#faf9f6;max-width:1080px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.35rem;margin:0 0 .3rem}h2{font-size:1.05rem;margin:1.8rem 0 .5rem}
.why{font-size:1.1rem;border-left:5px solid #b22222;padding:.5rem .9rem;background:#fff}.why.pass{border-color:#22783e}
.remedy{border-left:5px solid #2a5db0;padding:.5rem .9rem;background:#fff}
table{border-collapse:collapse;width:100%;background:#fff}td,th{text-align:left;padding:.3rem .6rem;
border-bottom:1px solid #ddd;vertical-align:top}th{font-weight:600;white-space:nowrap}
.pass{color:#22783e}.fail{color:#b22222}.inconclusive,.unknown{color:#9a6a00}
.pictures{display:flex;gap:12px;flex-wrap:wrap}figure{margin:0;flex:1 1 460px}img{width:100%;border:1px solid #ccc}
figcaption{color:#555;font-size:.9rem}code{background:#eee;padding:0 .2rem;overflow-wrap:anywhere}
svg{background:#fff;border:1px solid #ddd;max-width:100%}
"""
_HASH = re.compile(r"^[0-9a-f]{64}$")
_WIDE, _HIGH, _GAP = 250, 46, 26


def page(case: Case, pictures: Pictures | None = None) -> str:
    """Returns the page.

    Args:
        case: What is explained.
        pictures: What the failure looks like.
    """
    good = case.failed is None
    parts = [
        f"<h1>{escape(case.graph.instruction or 'A plan')}</h1>",
        f"<p>goal <code>{escape(str(case.graph.goal))}</code>, scene <code>{escape(case.scene.name)}</code></p>",
        f'<p class="why{" pass" if good else ""}"><b>{"Why" if good else "Why not"}?</b> {escape(case.why_not)}</p>',
    ]
    if case.remedy:
        parts.append(f'<p class="remedy"><b>What to try:</b> {escape(case.remedy)}</p>')
    parts += ["<h2>Gates</h2>", _gates(case), "<h2>Plan</h2>", _graph(case)]
    if pictures is not None:
        parts += ["<h2>What it looks like</h2>", _figures(case, pictures)]
    if case.shown is not None:
        parts += ["<h2>Numbers</h2>", _numbers(case)]
    watched = _watched(case)
    if watched:
        parts += ["<h2>What was watched</h2>", watched]
    body = "\n".join(parts)
    title = escape(case.graph.instruction or "plan")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _gates(case: Case) -> str:
    rows = []
    for verdict in case.verdicts:
        outcome = str(verdict.get("outcome"))
        said = "<br>".join(
            f"<code>{escape(str(f.get('code')))}</code> at <code>{escape(str(f.get('where')))}</code>: "
            f"{escape(str(f.get('what')))}"
            for f in verdict.get("findings", ())
        )
        evidence = {k: v for k, v in verdict.get("evidence", {}).items() if not _aside(k, v)}
        shown = ", ".join(f"{escape(k)} {escape(_short(v))}" for k, v in evidence.items())
        gate = escape(str(verdict.get("gate")))
        mark = f'<td class="{escape(outcome)}"><b>{escape(outcome)}</b></td>'
        rows.append(f"<tr><td>{gate}</td>{mark}<td>{said}</td><td>{shown}</td></tr>")
    return f"<table><tr><th>gate</th><th>verdict</th><th>findings</th><th>evidence</th></tr>{''.join(rows)}</table>"


def _aside(name: str, value: Any) -> bool:
    return name.endswith("sha256") or name in ("watched", "seed_of")


def _short(value: Any) -> str:
    if isinstance(value, str) and _HASH.match(value):
        return value[:12]
    if isinstance(value, dict):
        return "; ".join(f"{k}: {_short(v)}" for k, v in value.items())
    return str(value)


def _graph(case: Case) -> str:
    """Returns the plan as a column of steps; the one that failed is red, links say what they are for."""
    nodes, at = case.graph.nodes, {n.id: k for k, n in enumerate(case.graph.nodes)}
    high = len(nodes) * (_HIGH + _GAP) + 10
    wide = max(_WIDE, *(40 + 8 * len(f"{n.id}  {n.step}") for n in nodes)) if nodes else _WIDE
    drawn = []
    for edge in case.graph.edges:
        a, b = at[edge.source], at[edge.target]
        y1, y2 = 10 + a * (_HIGH + _GAP) + _HIGH, 10 + b * (_HIGH + _GAP)
        bend = 12 + 22 * (b - a - 1)
        x = wide if b - a > 1 else wide / 2
        far = f"C {x + bend} {y1 - 10}, {x + bend} {y2 + 10}, {x} {y2 + _HIGH / 3}"
        path = f"M {x} {y1 - _HIGH / 3} {far}" if b - a > 1 else f"M {x} {y1} L {x} {y2}"
        drawn.append(f'<path d="{path}" fill="none" stroke="#888"/>')
        if b - a == 1:
            label = escape(str(edge.literal or edge.resource or ""))
            drawn.append(f'<text x="{x + 6}" y="{(y1 + y2) / 2 + 4}" font-size="11" fill="#555">{label}</text>')
    for node in nodes:
        y, bad = 10 + at[node.id] * (_HIGH + _GAP), node.id == case.node
        fill, ink = ("#b22222", "#fff") if bad else ("#eef3ee", "#222")
        drawn.append(f'<rect x="10" y="{y}" width="{wide - 20}" height="{_HIGH}" rx="6" fill="{fill}" stroke="#888"/>')
        drawn.append(
            f'<text x="20" y="{y + 28}" font-size="13" fill="{ink}">{escape(node.id)}  {escape(str(node.step))}</text>'
        )
    width = wide + 140
    return f'<svg viewBox="0 0 {width} {high}" width="{width}" height="{high}" role="img">{"".join(drawn)}</svg>'


def _figures(case: Case, pictures: Pictures) -> str:
    shown = case.shown
    assert shown is not None
    if not pictures.same:
        return "<p>Played once more it did not fail in the same way, so there is no picture of it.</p>"
    at = "before the step that has no motion" if shown.time_s is None else f"failed, at {shown.time_s:.2f} s"
    figures = (
        (pictures.good, f"last good moment, at {shown.good_s:.2f} s"),
        (pictures.failed, f"{at}; what it is about is red"),
    )
    drawn = "".join(
        f'<figure><img alt="{escape(words)}" src="data:image/png;base64,{_png(p)}">'
        f"<figcaption>{escape(words)}</figcaption></figure>"
        for p, words in figures
    )
    return f'<div class="pictures">{drawn}</div>'


def _png(picture: Picture) -> str:
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _numbers(case: Case) -> str:
    shown = case.shown
    assert shown is not None
    rows: list[tuple[str, str]] = [
        ("step", f"{shown.node}  {shown.step}"),
        ("cause", shown.code),
        ("bodies", ", ".join(shown.bodies) or "none"),
    ]
    if shown.contact is not None:
        a, b = shown.contact.bodies
        x, y, z = shown.contact.point
        rows.append(("contact", f"{a} and {b} at ({x:.3f}, {y:.3f}, {z:.3f}) m, {shown.contact.force:.1f} N"))
    if shown.time_s is not None:
        piece = f", during {shown.segment}" if shown.segment else ", at the end of the step"
        rows.append(("time", f"{shown.time_s:.3f} s{piece}"))
    if shown.measured is not None:
        rows.append(("measured, limit", f"{shown.measured:.3f}, {shown.limit}"))
    world = "nominal" if shown.seed is None else f"perturbed, seed {shown.seed}"
    rows += [("world", world), ("time step", f"1/{round(1 / shown.time_step_s)} s")]
    return "<table>" + "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows) + "</table>"


def _watched(case: Case) -> str:
    figures: dict[str, Any] = {}
    for verdict in case.verdicts:
        figures |= verdict.get("evidence", {}).get("watched", {})
    rows = "".join(
        f"<tr><td>{escape(rule)}</td><td>{f['worst']}</td><td>{f['limit']}</td></tr>" for rule, f in figures.items()
    )
    head = "<tr><th>rule</th><th>nearest to its limit, in the nominal rehearsal</th><th>limit</th></tr>"
    return f"<table>{head}{rows}</table>" if rows else ""

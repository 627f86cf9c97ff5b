"""`write_reach`: the map of a robot's reach as a PNG."""

from pathlib import Path

from sim_checks.errors import SimChecksError
from sim_checks.robots.reaching import ReachMap


def write_reach(path: Path, reach: ReachMap, title: str) -> None:
    """Writes a heat map of the reach over a plane, the base at the origin.

    Raises:
        SimChecksError: matplotlib is not installed, or the file cannot be written.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        what = "The picture needs matplotlib, which is not installed."
        raise SimChecksError.at("no-matplotlib", "--out", what, "Install robot-rehearse[factory].") from error
    figure = Figure(figsize=(6.4, 5.6), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    half_x, half_y = (reach.x[1] - reach.x[0]) / 2, (reach.y[1] - reach.y[0]) / 2
    extent = (reach.y[0] - half_y, reach.y[-1] + half_y, reach.x[0] - half_x, reach.x[-1] + half_x)
    image = axes.imshow(reach.share, origin="lower", extent=extent, vmin=0.0, vmax=1.0, cmap="viridis")
    axes.plot(0.0, 0.0, "wo", markeredgecolor="black")
    axes.annotate("base", (0.0, 0.0), xytext=(6, 6), textcoords="offset points", color="white")
    axes.set_xlabel("y [m]")
    axes.set_ylabel("x [m], away from the base")
    axes.set_title(title)
    figure.colorbar(image, ax=axes, label="share of headings reached from above", shrink=0.85)
    try:
        figure.savefig(path, dpi=120)
    except (OSError, ValueError) as error:
        raise SimChecksError.at(
            "unwritable", str(path), f"It cannot be written: {error}.", "Check the path."
        ) from error

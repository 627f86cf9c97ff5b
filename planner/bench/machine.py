"""What else the machine was doing while a bench ran; a wall time means little without it."""

import os


def load() -> dict[str, float | int]:
    """Returns the load average over one minute, and the number of processors."""
    return {"load_average": round(os.getloadavg()[0], 2), "processors": os.cpu_count() or 1}

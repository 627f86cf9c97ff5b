"""A real chat server in its own process, a model made on the spot, and a small scene."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.language.large.address import Address
from planner.language.large.answer_schema import Limits
from planner.language.large.endpoint import EndpointCompleter
from planner.language.large.model import LargeModel
from tests.servers.small_lm import make_small_lm

FEW = Limits(goal=3, steps=4, characters=60)
"""So little that a model with random weights comes to an end soon."""


@pytest.fixture(scope="session")
def small_lm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_lm(tmp_path_factory.mktemp("small_lm"))


@pytest.fixture(scope="session")
def server(small_lm: Path) -> Iterator[str]:
    """The server's base URL, without the part that says how it behaves."""
    command = [sys.executable, "-m", "tests.servers.chat_server", str(small_lm)]
    root = Path(__file__).parents[4]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.stdin.close()
        process.wait(10)


@pytest.fixture(scope="session")
def asking(server: str) -> Callable[..., LargeModel]:
    """Makes a model that asks the server in one of its behaviours."""

    def make(behaviour: str, *says: object, deadline_s: float = 20.0, tries: int = 2, **more: object) -> LargeModel:
        address = Address.parse(f"{server}/{behaviour}/v1")
        texts = json.dumps([s if isinstance(s, str) else json.dumps(s) for s in says])
        completer = EndpointCompleter(address, texts, **more)  # type: ignore[arg-type]
        completer.ready()
        return LargeModel(f"endpoint:{behaviour}", completer, tries, deadline_s, FEW)

    return make

"""What each package offers, and what it may not load."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("planner", "skills", "prompts", "sim_checks")
MODULES = [p for name in PACKAGES for p in sorted((ROOT / name).rglob("*.py"))]


def test_planner_offers_rehearsal_and_nothing_else() -> None:
    import planner
    from planner.rehearsal import Rehearsal

    assert planner.__all__ == ["Rehearsal"]
    assert planner.Rehearsal is Rehearsal
    with pytest.raises(AttributeError):
        getattr(planner, "Rehersal")  # noqa: B009


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_s_docstring_is_its_map(name: str) -> None:
    assert len((importlib.import_module(name).__doc__ or "").splitlines()) >= 5


def test_all_names_what_exists() -> None:
    for path in MODULES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if "__all__" in path.read_text(encoding="utf-8"):
            module = importlib.import_module(name)
            assert all(hasattr(module, n) for n in module.__all__), name


def test_heavy_libraries_are_imported_lazily() -> None:
    code = "import sys, planner.rehearsal, planner.faces.cli; print(sorted({'torch', 'transformers'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_outgrows_its_room() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_nothing_draws_from_a_global_generator() -> None:
    allowed = {"default_rng", "Generator", "SeedSequence", "PCG64"}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "random", path
            if not isinstance(node, ast.Attribute):
                continue
            if isinstance(node.value, ast.Name) and node.value.id == "random":
                assert node.attr == "Random", f"{path}: random.{node.attr}"  # a generator of its own, with its seed
            if isinstance(node.value, ast.Attribute) and node.value.attr == "random":
                if isinstance(node.value.value, ast.Name) and node.value.value.id == "np":
                    assert node.attr in allowed, f"{path}: np.random.{node.attr}"


def test_the_plan_function_reads_as_the_architecture() -> None:
    tree = ast.parse((ROOT / "planner" / "pipeline.py").read_text(encoding="utf-8"))
    plan = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "plan")
    assert plan.end_lineno - plan.lineno < 60

"""The certificate: what was rehearsed, bound by hashes and signed; and the plan that it lets move a robot.

A `CertifiedPlan` comes from `issue` (all three gates passed) or from `load` (the certificate was verified), and from
nowhere else. Same request, same certificate: nothing in it depends on the clock.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NoReturn

from sim_checks.errors import CertificateError
from sim_checks.motion_file import frozen, load_motions, motions_sha256, save_motions
from sim_checks.signed import Certificate, canonical
from sim_checks.signing import own_public_key, public_hex, signed_by, signing_key
from sim_checks.verdict import Outcome, Verdict
from skills import catalogue
from skills.errors import SkillsError
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.graph_json import MAX_BYTES, graph_from_data, loads
from skills.motion import Motion
from skills.plain_file import read_plain
from skills.scene import Scene, parse_scene

GATES = ("symbolic", "geometric", "physics")
_TOKEN: Final = object()


class CertifiedPlan:
    """A plan that passed every gate, with the motions that were rehearsed. Only this type can be dispatched."""

    __slots__ = ("certificate", "graph", "motions", "scene")

    certificate: Certificate
    graph: SkillGraph
    motions: tuple[Motion, ...]
    scene: Scene

    def __init__(
        self, token: object, certificate: Certificate, graph: SkillGraph, scene: Scene, motions: tuple[Motion, ...]
    ) -> None:
        if token is not _TOKEN:
            what = "A certified plan cannot be built by hand."
            raise CertificateError.at("forged", "CertifiedPlan", what, "Call issue() or load().")
        for name, value in (("certificate", certificate), ("graph", graph), ("scene", scene), ("motions", motions)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a certified plan does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a certified plan does not change")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a certified plan is not copied or pickled; save() it and load() it, which verifies it")

    @property
    def id(self) -> str:
        """The certificate's id."""
        return self.certificate.id

    def to_json(self) -> dict[str, Any]:
        """Returns the certificate as JSON data."""
        return self.certificate.to_json()

    def save(self, folder: Path) -> None:
        """Writes plan, scene, motions and certificate into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.json").write_text(json.dumps(self.graph.to_json(), indent=2) + "\n", encoding="utf-8")
        (folder / "scene.json").write_text(self.scene.canonical_json() + "\n", encoding="utf-8")
        (folder / "certificate.json").write_text(self.certificate.dumps(), encoding="utf-8")
        save_motions(folder / "motions.npz", self.motions)


def issue(
    graph: SkillGraph,
    scene: Scene,
    verdicts: Sequence[Verdict],
    motions: Sequence[Motion],
    settings: Mapping[str, object],
    assets: Mapping[str, str],
    seeds: Sequence[int],
    engine: Mapping[str, object] | None = None,
) -> CertifiedPlan:
    """Signs what the gates have shown.

    Args:
        graph: The plan.
        scene: Its scene.
        verdicts: One PASS of each gate.
        motions: The rehearsed motion of each node.
        settings: Rules and gate settings, as JSON data.
        assets: Asset name -> sha256.
        seeds: Seeds of the perturbed rollouts.
        engine: Physics engine, version and parameters (default: the installed version).

    Raises:
        CertificateError: A gate did not pass, spoke of another plan, or the motions are not those of the plan.
    """
    _require_passes(graph, scene, verdicts)
    if sorted(m.nodes for m in motions) != sorted(tuple(n.id for n in act) for act in graph.acts()):
        what = "The motions are not one for each node of the plan, or pair of runs that are done together."
        raise CertificateError.at("motions-missing", "motions", what, "Run the geometric gate on this plan.")
    moves = frozen(motions)
    payload = _payload(graph, scene, verdicts, moves, settings, assets, seeds, engine or _engine())
    key = signing_key()
    unsigned = Certificate(payload, public_hex(key), "")
    certificate = Certificate(payload, unsigned.public_key, key.sign(unsigned.message).hex())
    return CertifiedPlan(_TOKEN, certificate, graph, scene, moves)


def _require_passes(graph: SkillGraph, scene: Scene, verdicts: Iterable[Verdict]) -> None:
    found = list(verdicts)
    if sorted(v.gate for v in found) != sorted(GATES):
        what = f"These gates have spoken: {[v.gate for v in found]}; all of {list(GATES)} must, once."
        raise CertificateError.at("gates-missing", "verdicts", what, "Run every gate.")
    for verdict in found:
        if verdict.outcome is not Outcome.PASS:
            what = f"The {verdict.gate} gate says {verdict.outcome.value}."
            raise CertificateError.at("not-passed", f"verdicts.{verdict.gate}", what, "Mend the plan first.")
        for name, value in (("plan_sha256", graph.sha256), ("scene_sha256", scene.sha256)):
            if verdict.evidence.get(name, value) != value:
                what = f"The {verdict.gate} gate spoke of another {name.partition('_')[0]}."
                raise CertificateError.at("other-plan", f"verdicts.{verdict.gate}", what, "Run it on this plan.")


def _payload(
    graph: SkillGraph,
    scene: Scene,
    verdicts: Sequence[Verdict],
    motions: Sequence[Motion],
    settings: Mapping[str, object],
    assets: Mapping[str, str],
    seeds: Sequence[int],
    engine: Mapping[str, object],
) -> dict[str, Any]:
    data = {
        "assets": dict(assets),
        "engine": dict(engine),
        "motions_sha256": motions_sha256(motions),
        "plan_sha256": graph.sha256,
        "scene_sha256": scene.sha256,
        "seeds": [int(s) for s in seeds],
        "settings": dict(settings),
        "skills_sha256": catalogue.load().sha256,
        "verdicts": [v.to_json() for v in sorted(verdicts, key=lambda v: GATES.index(v.gate))],
    }
    try:
        payload: dict[str, Any] = json.loads(canonical(data))
    except (TypeError, ValueError) as error:
        what = f"Settings or evidence are not JSON data: {error}."
        raise CertificateError.at("not-json", "payload", what, "Give numbers, texts, lists and mappings.") from error
    return payload


def verify(
    certificate: "CertifiedPlan | Certificate | str | bytes | Mapping[str, Any]",
    graph: SkillGraph | None = None,
    scene: Scene | None = None,
    public_key: str | None = None,
    motions: Sequence[Motion] | None = None,
    assets: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
) -> Verdict:
    """Checks offline that a certificate is genuine and speaks of exactly this plan and scene.

    No model, network, clock or physics is needed.

    Args:
        certificate: The certificate, parsed or not; or a certified plan, which brings its own plan and motions.
        graph: The plan.
        scene: Its scene.
        public_key: The key that is trusted, 64 hexadecimal digits (default: this installation's own).
        motions: When given, they must be the rehearsed ones.
        assets: When given, they must be the rehearsed ones.
        settings: When given, they must be the ones that the gates ran under.

    Returns:
        PASS, or FAIL with a finding for each thing that does not hold.
    """
    if isinstance(certificate, CertifiedPlan):
        graph, scene, motions = certificate.graph, certificate.scene, certificate.motions
        certificate = certificate.certificate.to_json()
    try:
        source = certificate.to_json() if isinstance(certificate, Certificate) else certificate
        found = Certificate.parse(source)
        trusted = public_key or own_public_key()
    except CertificateError as error:
        return Verdict("certificate", Outcome.FAIL, (error.finding,))
    findings = _genuine(found, trusted)
    payload = found.payload
    expected: dict[str, object] = {"skills_sha256": catalogue.load().sha256}
    if graph is None or scene is None:
        what = "Plan and scene were not given, so nothing is known of what it speaks of."
        findings.append(Finding("nothing-bound", "certificate", what, "Give the plan and the scene."))
    else:
        expected |= {"plan_sha256": graph.sha256, "scene_sha256": scene.sha256}
    if motions is not None:
        expected["motions_sha256"] = motions_sha256(motions)
    if assets is not None:
        expected["assets"] = dict(assets)
    if settings is not None:
        expected["settings"] = json.loads(canonical(settings))
    for name, value in sorted(expected.items()):
        if payload[name] != value:
            thing = name.removesuffix("_sha256")
            what = f"It was issued for other {thing} than the {thing} at hand."
            findings.append(Finding("mismatch", f"payload.{name}", what, "Plan and rehearse again."))
    outcome = Outcome.FAIL if findings else Outcome.PASS
    return Verdict("certificate", outcome, tuple(findings), {"id": found.id})


def _genuine(certificate: Certificate, trusted: str) -> list[Finding]:
    findings = []
    if certificate.public_key != trusted:
        what = f"It was signed with the key {certificate.public_key[:12]}, which is not the trusted one."
        findings.append(Finding("untrusted-key", "public_key", what, "Ask its issuer for the public key."))
    if not signed_by(trusted, certificate.signature, certificate.message):
        what = "The signature does not belong to what is signed."
        findings.append(Finding("bad-signature", "signature", what, "Plan and rehearse again."))
    verdicts = certificate.payload["verdicts"]
    passed = isinstance(verdicts, list) and all(isinstance(v, dict) and v.get("outcome") == "pass" for v in verdicts)
    if not passed or [v.get("gate") for v in verdicts] != list(GATES):
        what = "It does not say that all gates passed."
        findings.append(Finding("not-passed", "payload.verdicts", what, "Plan and rehearse again."))
    return findings


def load(folder: Path, public_key: str | None = None) -> CertifiedPlan:
    """Reads what `CertifiedPlan.save` wrote, and verifies it.

    Args:
        folder: The folder.
        public_key: The key that is trusted (default: this installation's own).

    Raises:
        CertificateError: A file is missing or malformed, or the certificate does not hold.
    """
    try:
        graph = graph_from_data(loads(read_plain(folder / "plan.json", MAX_BYTES), "plan.json"))
        scene = parse_scene(loads(read_plain(folder / "scene.json", MAX_BYTES), "scene.json"), "scene.json")
        text = read_plain(folder / "certificate.json", MAX_BYTES)
    except OSError as error:
        what = f"{Path(str(error.filename)).name} cannot be read: {error.strerror}."
        raise CertificateError.at("unreadable", str(folder), what, "Name a folder that save() wrote.") from error
    except SkillsError as error:
        raise CertificateError(error.finding) from error
    motions = load_motions(folder / "motions.npz")
    verdict = verify(text, graph, scene, public_key, motions)
    if not verdict:
        raise CertificateError(verdict.findings[0])
    return CertifiedPlan(_TOKEN, Certificate.parse(text), graph, scene, motions)


def _engine() -> dict[str, object]:
    return {"name": "pybullet", "version": version("pybullet")}


__all__ = ["GATES", "Certificate", "CertifiedPlan", "issue", "load", "verify"]

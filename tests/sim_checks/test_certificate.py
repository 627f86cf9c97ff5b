import copy
import json
import os
import pickle
import random
import stat
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.compile import compile_draft
from sim_checks.certificate import Certificate, CertifiedPlan, issue, load, verify
from sim_checks.errors import CertificateError
from sim_checks.motion_file import load_motions, motions_sha256, save_motions
from sim_checks.signing import KEY_DIR_VARIABLE, own_public_key, signing_key
from sim_checks.symbolic import check
from sim_checks.verdict import Outcome, Verdict
from skills import catalogue
from skills.catalogue import Catalogue
from skills.library import PICK
from skills.motion import Motion, Segment
from tests.worlds import draft, kitchen


@pytest.fixture(autouse=True)
def key_folder(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("keys") / "rehearse"
    monkeypatch.setenv(KEY_DIR_VARIABLE, str(folder))
    return folder


def parts(**changes):
    """What the gates would hand over; the motions and figures stand in for a rehearsal, the gate is real."""
    scene = kitchen()
    graph = compile_draft(draft(["in(bowl, cab_top_region)"]), scene).graph
    numbers = np.random.default_rng(3)
    motions = [
        Motion(n.id, (Segment("transit", np.linspace(0.0, 1.0, 4), numbers.normal(size=(4, 7)), 0.04),), None)
        for n in graph.nodes
    ]
    verdicts = [
        Verdict("physics", Outcome.PASS, evidence={"rollouts": 5, "p": 0.9}),
        check(graph, scene),
        Verdict("geometric", Outcome.PASS, evidence={"clearance_m": 0.012}, seconds=0.7),
    ]
    return {
        "graph": graph,
        "scene": scene,
        "verdicts": verdicts,
        "motions": motions,
        "settings": {"p0": 0.7, "tries": [1, 2]},
        "assets": {"bowl": "ab" * 32},
        "seeds": [11, 12],
        "engine": {"name": "pybullet", "version": "3.2.7", "dt": 1 / 240},
    } | changes


def refused(code, **changes):
    with pytest.raises(CertificateError) as caught:
        issue(**parts(**changes))
    assert caught.value.finding.code == code
    assert caught.value.finding.remedy


def codes(verdict):
    assert verdict.outcome is (Outcome.FAIL if verdict.findings else Outcome.PASS)
    return [(f.code, f.where) for f in verdict.findings]


def test_issue_and_verify():
    plan = issue(**parts())
    assert verify(plan)
    assert verify(plan.certificate.dumps(), plan.graph, plan.scene)
    assert verify(plan.to_json(), plan.graph, plan.scene, own_public_key(), plan.motions)
    assert verify(plan.certificate, plan.graph, plan.scene, assets={"bowl": "ab" * 32}, settings=parts()["settings"])
    assert plan.id == plan.certificate.id == plan.to_json()["id"]
    assert len(plan.id) == 16


def test_same_request_same_certificate():
    again = [replace(v, seconds=99.0) for v in parts()["verdicts"]]
    assert issue(**parts()).certificate.dumps() == issue(**parts(verdicts=again)).certificate.dumps()


def test_engine_is_named_without_being_asked():
    payload = issue(**parts(engine=None)).certificate.payload
    assert payload["engine"] == {"name": "pybullet", "version": "3.2.7"}


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.UNKNOWN])
@pytest.mark.parametrize("gate", [0, 1, 2])
def test_no_certificate_unless_every_gate_passed(gate, outcome):
    verdicts = parts()["verdicts"]
    verdicts[gate] = replace(verdicts[gate], outcome=outcome)
    refused("not-passed", verdicts=verdicts)
    refused("gates-missing", verdicts=[v for i, v in enumerate(verdicts) if i != gate])


def test_no_certificate_for_the_wrong_things():
    given_parts = parts()
    other = compile_draft(draft(["on(mug, plate)"]), kitchen()).graph
    foreign = [check(other, kitchen()) if v.gate == "symbolic" else v for v in given_parts["verdicts"]]
    refused("other-plan", verdicts=foreign)
    refused("gates-missing", verdicts=[*given_parts["verdicts"], given_parts["verdicts"][0]])
    refused("motions-missing", motions=given_parts["motions"][1:])
    refused("motions-missing", motions=[*given_parts["motions"], given_parts["motions"][0]])
    refused("not-json", settings={"p0": float("nan")})
    refused("not-json", settings={"p0": {1, 2}})
    bad = Segment("transit", np.zeros(2), np.full((2, 7), np.nan), 0.04)
    refused("bad-motion", motions=[replace(m, segments=(bad,)) for m in given_parts["motions"]])
    flat = Segment("transit", np.zeros(2), np.zeros(7), 0.04)
    refused("bad-motion", motions=[replace(m, segments=(flat,)) for m in given_parts["motions"]])


def test_a_certified_plan_comes_from_nowhere_else():
    plan = issue(**parts())
    for token in (None, object(), "token"):
        with pytest.raises(CertificateError) as caught:
            CertifiedPlan(token, plan.certificate, plan.graph, plan.scene, plan.motions)
        assert caught.value.finding.code == "forged"
    for way in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            way(plan)
    with pytest.raises(AttributeError):
        plan.graph = None
    with pytest.raises(AttributeError):
        del plan.graph
    with pytest.raises(ValueError, match="read-only"):
        plan.motions[0].segments[0].joints[0, 0] = 1.0


def test_later_changes_to_the_given_motions_do_not_reach_the_plan():
    given_parts = parts()
    plan = issue(**given_parts)
    given_parts["motions"][0].segments[0].joints[0, 0] += 1.0
    assert verify(plan)


def test_save_and_load(tmp_path):
    plan = issue(**parts())
    plan.save(tmp_path / "plan")
    back = load(tmp_path / "plan")
    assert (back.id, back.graph, back.scene) == (plan.id, plan.graph, plan.scene)
    assert motions_sha256(back.motions) == motions_sha256(plan.motions)
    assert verify(back)


@pytest.mark.parametrize("name", ["plan.json", "scene.json", "certificate.json", "motions.npz"])
def test_what_is_missing_or_garbled_is_not_loaded(tmp_path, name):
    issue(**parts()).save(tmp_path)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(CertificateError):
        load(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(CertificateError):
        load(tmp_path)


def test_exchanged_files_are_not_loaded(tmp_path):
    plan = issue(**parts())
    plan.save(tmp_path)
    moved = [
        replace(m, segments=tuple(replace(s, joints=np.nextafter(s.joints, 9)) for s in m.segments))
        for m in plan.motions
    ]
    save_motions(tmp_path / "motions.npz", moved)
    with pytest.raises(CertificateError) as caught:
        load(tmp_path)
    assert (caught.value.finding.code, caught.value.finding.where) == ("mismatch", "payload.motions_sha256")


def test_archives_with_objects_in_them_are_not_run(tmp_path):
    np.savez(tmp_path / "m.npz", description=np.array([print], dtype=object))
    with pytest.raises(CertificateError) as caught:
        load_motions(tmp_path / "m.npz")
    assert caught.value.finding.code == "bad-motions"


def test_other_plan_scene_motions_assets_settings_and_skills_are_refused(monkeypatch):
    plan = issue(**parts())
    certificate = plan.certificate.dumps()
    other = compile_draft(draft(["on(mug, plate)"]), kitchen()).graph
    assert codes(verify(certificate, other, plan.scene)) == [("mismatch", "payload.plan_sha256")]
    assert codes(verify(certificate, plan.graph, kitchen(stove=1.0))) == [("mismatch", "payload.scene_sha256")]
    fewer = verify(certificate, plan.graph, plan.scene, motions=plan.motions[1:])
    assert codes(fewer) == [("mismatch", "payload.motions_sha256")]
    assert codes(verify(certificate, plan.graph, plan.scene, assets={})) == [("mismatch", "payload.assets")]
    assert codes(verify(certificate, plan.graph, plan.scene, settings={})) == [("mismatch", "payload.settings")]
    assert codes(verify(certificate)) == [("nothing-bound", "certificate")]
    monkeypatch.setattr(catalogue, "load", lambda: Catalogue({"pick": PICK}))
    assert ("mismatch", "payload.skills_sha256") in codes(verify(certificate, plan.graph, plan.scene))


def test_another_signer_is_not_trusted(key_folder, monkeypatch, tmp_path):
    plan = issue(**parts())
    certificate, author = plan.certificate.dumps(), own_public_key()
    monkeypatch.setenv(KEY_DIR_VARIABLE, str(tmp_path / "other"))
    assert codes(verify(certificate, plan.graph, plan.scene)) == [("no-key", str(tmp_path / "other" / "key"))]
    assert not (tmp_path / "other").exists()
    assert verify(certificate, plan.graph, plan.scene, author)
    stranger = issue(**parts())
    assert stranger.id == plan.id
    found = codes(verify(stranger.certificate.dumps(), plan.graph, plan.scene, author))
    assert found == [("untrusted-key", "public_key"), ("bad-signature", "signature")]
    assert not verify(certificate, plan.graph, plan.scene, "zz")


def test_a_signed_statement_that_a_gate_failed_is_worth_nothing():
    plan = issue(**parts())
    payload = json.loads(json.dumps(plan.certificate.payload))
    payload["verdicts"][2]["outcome"] = "fail"
    unsigned = Certificate(payload, plan.certificate.public_key, "")
    signed = Certificate(payload, plan.certificate.public_key, signing_key().sign(unsigned.message).hex())
    assert codes(verify(signed, plan.graph, plan.scene)) == [("not-passed", "payload.verdicts")]
    for verdicts in ([], None, [1, 2, 3], payload["verdicts"][:2]):
        unsigned = Certificate({**payload, "verdicts": verdicts}, plan.certificate.public_key, "")
        signed = replace(unsigned, signature=signing_key().sign(unsigned.message).hex())
        assert codes(verify(signed, plan.graph, plan.scene)) == [("not-passed", "payload.verdicts")]


def leaves(data, path=()):
    """Yields the path of every value in JSON data."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from leaves(value, (*path, key))


def changed_at(data, path, change):
    data = copy.deepcopy(data)
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return data


def test_every_changed_field_is_noticed():
    plan = issue(**parts())
    data = plan.to_json()

    def drop(holder, key):
        del holder[key]

    def put(value):
        def change(holder, key):
            holder[key] = value

        return change

    count = 0
    for path in leaves(data):
        for change in (drop, put(None), put(0), put(-0.0), put("x"), put([]), put({}), put(True), put("pass")):
            if path:
                mutant = changed_at(data, path, change)
                if json.dumps(mutant, sort_keys=True) != json.dumps(data, sort_keys=True):
                    count += 1
                    assert not verify(mutant, plan.graph, plan.scene), (path, mutant)
    assert count > 400
    for extra in ("note", "issued_at"):
        assert not verify({**data, extra: "x"}, plan.graph, plan.scene)
        assert not verify({**data, "payload": {**data["payload"], extra: "x"}}, plan.graph, plan.scene)


def test_every_changed_byte_is_noticed():
    plan = issue(**parts())
    text = plan.certificate.dumps().encode()
    chance = random.Random(5)
    for _ in range(1500):
        spot = chance.randrange(len(text))
        mutant = chance.choice(
            [
                text[:spot] + bytes([chance.randrange(256)]) + text[spot + 1 :],
                text[:spot] + text[spot + 1 :],
                text[:spot] + bytes([chance.randrange(32, 127)]) + text[spot:],
                text[:spot],
            ]
        )
        assert mutant == text or not verify(mutant, plan.graph, plan.scene), mutant


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(max_size=300))
def test_noise_is_no_certificate(noise):
    verdict = verify(noise, parts()["graph"], kitchen())
    assert verdict.outcome is Outcome.FAIL
    assert verdict.findings[0].remedy


def test_the_key_is_made_once_and_kept_private(key_folder):
    first = signing_key().private_bytes_raw()
    assert signing_key().private_bytes_raw() == first
    assert stat.S_IMODE((key_folder / "key").stat().st_mode) == 0o600
    assert os.listdir(key_folder) == ["key"]


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [("ab" * 32, 0o644, "exposed-key"), ("ab", 0o600, "bad-key"), ("xyz", 0o600, "bad-key")],
)
def test_a_key_that_cannot_be_trusted_signs_nothing(key_folder, content, mode, code):
    key_folder.mkdir()
    (key_folder / "key").write_text(content)
    (key_folder / "key").chmod(mode)
    refused(code)


def test_a_folder_that_cannot_be_made(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(KEY_DIR_VARIABLE, str(tmp_path / "file" / "keys"))
    refused("no-key")

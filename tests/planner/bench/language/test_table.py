"""The common table: shares, families, and the ten errors of which the model was surest."""

from planner.bench.language.table import WORST, Line, Report, share


def line(number, correct, baseline=False, confidence=0.5, family="f"):
    return Line(str(number), family, "text", "wanted", "said", correct, baseline, confidence)


def test_shares_are_of_all_lines_and_of_each_family() -> None:
    report = Report("s", "m", (line(1, True, family="a"), line(2, False, True, family="b"), line(3, True, family="b")))
    data = report.to_json()
    assert (data["n"], data["correct"], data["baseline_correct"]) == (3, 0.6667, 0.3333)
    assert data["by_family"]["b"] == {"n": 2, "correct": 0.5, "baseline_correct": 0.5}
    assert list(data)[:3] == ["n", "correct", "baseline_correct"]


def test_the_worst_errors_are_the_surest_and_ten_at_most() -> None:
    report = Report("s", "m", tuple(line(n, n % 2 == 0, confidence=n / 100) for n in range(60)))
    assert len(report.errors) == WORST and not any(e.correct for e in report.errors)
    assert [e.key for e in report.errors[:2]] == ["59", "57"]


def test_own_figures_stand_on_top_and_notes_below() -> None:
    data = Report("s", "m", (), {"coverage": 0.9}, {"marked_rows": [1]}).to_json()
    assert data["coverage"] == 0.9 and data["marked_rows"] == [1] and data["correct"] == 0.0


def test_a_share_of_nothing_is_nothing() -> None:
    assert share([]) == 0.0 and share([True, False, True]) == 0.6667

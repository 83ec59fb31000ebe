"""T071–T076: papers and fees that contradict themselves, each with a remedy."""

import pytest

PAPER = "form_generated: true}"
FEE = "amount: 2000 * copies"


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "path"),
    [
        (PAPER, "kind: note}", "T071", "error", "attachments.0.copies"),
        (
            PAPER,
            "form_generated: true, presented_only: true}",
            "T075",
            "error",
            "attachments.0.form_generated",
        ),
        (PAPER, "presented_only: true, accept: [pdf]}", "T075", "warning", "attachments.0.accept"),
        (PAPER, "channels: [online, post]}", "T073", "error", "attachments.0.channels.1"),
        (
            PAPER,
            "valid_for: {amount: 6, unit: month, from: today()}}",
            "T074",
            "warning",
            "attachments.0.valid_for.from",
        ),
        (
            FEE,
            f"{FEE}\n    exempt: [{{label: hộ nghèo, when: copies > 1, proof: dom}}]",
            "T072",
            "error",
            "fees.0.exempt.0.proof",
        ),
        (FEE, f"{FEE}\n    min: 5000\n    max: 4000", "T076", "error", "fees.0.max"),
        (FEE, f"{FEE}\n    times: 2", "T076", "error", "fees.0.times"),
        (FEE, f"{FEE}\n    unit: bản", "T076", "error", "fees.0.unit"),
        (
            FEE,
            f"{FEE}\n    exempt: [{{label: hộ nghèo, when: copies > 30, source: {{text: Nghị quyết, verified: false}}}}]",
            "T080",
            "warning",
            "fees.0.exempt.0.source",
        ),
    ],
)
def test_each_contradiction_is_told_at_its_place_with_a_remedy(broken, old, new, code, severity, path):
    found = [problem for problem in broken(old, new) if problem.code == code]
    assert [(problem.severity, problem.path) for problem in found] == [(severity, path)]
    assert found[0].remedy


def test_a_misspelt_proof_is_met_with_the_nearest_paper(broken):
    new = f"{FEE}\n    exempt: [{{label: hộ nghèo, when: copies > 1, proof: donn}}]"
    (problem,) = [problem for problem in broken(FEE, new) if problem.code == "T072"]
    assert "don" in problem.remedy

"""From the workflow itself: nothing right of the results has a person-level input."""

import re

LEFT = ("build/person_level/",)
# Everything that these rules write is free to leave, so nothing person-level may go in.
ESTIMATE = re.compile(r"build/person_level/estimates/\w+/(\w+\.csv|contracts/\w+\.yaml)")
RIGHT = ("build/exhibits/", "build/documents/", "build/report/")


def jobs(output):
    """(inputs, outputs) of every job that a dry run prints."""
    for block in re.split(r"\n(?=(?:local)?rule )", output)[1:]:
        found = {
            part: (re.search(rf"^\s+{part}: (.*)$", block, re.MULTILINE) or [None, ""])[1]
            for part in ("input", "output")
        }
        yield found["input"].split(", "), found["output"].split(", ")


def all_jobs(project):
    code, output = project.run(
        *("snakemake", "--profile", "workflow/profiles/default"),
        *("--dry-run", "--forceall", "--cores", "2"),
    )
    assert code == 0, output
    return list(jobs(output))


def test_no_rule_right_of_the_results_reads_a_person(built):
    right = [(i, o) for i, o in all_jobs(built) if any(p.startswith(RIGHT) for p in o)]
    assert len(right) > 50
    for inputs, outputs in right:
        assert not [path for path in inputs if path.startswith(LEFT)], outputs


def test_only_the_door_leads_from_estimates_to_results(built):
    through = [(i, o) for i, o in all_jobs(built) if any(p.startswith("build/results/") for p in o)]
    assert through
    for inputs, outputs in through:
        persons = [path for path in inputs if path.startswith(LEFT)]
        assert all(ESTIMATE.fullmatch(path) for path in persons), (persons, outputs)

# datasets → estimates (person level until released) → released tables. Release is the only door.
def estimate(table):
    return person_level(f"estimates/{{study}}/{table}.csv")


def contract(table):
    return f"{CONTRACTS}/tables/{table}.yaml"


def completed(table):
    return person_level(f"estimates/{{study}}/contracts/{table}.yaml")


include: "description.smk"
include: "episodes.smk"
include: "picture.smk"
include: "survey.smk"
include: "benefits_at_start.smk"
include: "matching.smk"
include: "curves.smk"
include: "certainty.smk"
include: "literature.smk"
include: "methods.smk"
include: "release.smk"

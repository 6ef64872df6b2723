# datasets → estimates (person level until released) → released tables. Release is the only door.
def estimate(table):
    return person_level(f"estimates/{{study}}/{table}.csv")


def contract(table):
    return f"{CONTRACTS}/tables/{table}.yaml"


rule fremskridt:
    input:
        survey_citizens=SOURCES["survey_citizens"],
        survey_mentors=SOURCES["survey_mentors"],
        contract=contract("fremskridt"),
    output:
        fremskridt=estimate("fremskridt"),
    params:
        job=job("results.fremskridt"),
    shell:
        STEP


include: "description.smk"
include: "episodes.smk"
include: "matching.smk"
include: "literature.smk"
include: "release.smk"

# The door. A study's tables are released from its own estimates, or carried from a bundle.
COMPUTED = wiring.among(wiring.studies(computed=True))
CARRIED = wiring.among(wiring.studies(computed=False))


rule release:
    input:
        estimate=person_level("estimates/{study}/{table}.csv"),
        contract=lambda wildcards: wiring.contract(wildcards.study, wildcards.table),
        floors=f"{CONTRACTS}/disclosure.yaml",
        lock="uv.lock",
    output:
        csv="build/results/{study}/{table}.csv",
        json="build/results/{study}/{table}.json",
    wildcard_constraints:
        study=COMPUTED,
        table="[a-z0-9_]+",
    params:
        job=job("results.release", "disclosure", "stand_in", folders=wiring.real_people),
    shell:
        STEP


rule bundle:
    input:
        unpack(lambda wildcards: wiring.released(wildcards.study)),
    output:
        package="build/results/{study}/datapackage.json",
        report_md="build/results/{study}/release_report.md",
        report_html="build/results/{study}/release_report.html",
    wildcard_constraints:
        study=COMPUTED,
    params:
        job=job("results.bundle"),
    shell:
        STEP


rule carried:
    input:
        csv=lambda wildcards: wiring.bundle(wildcards.study) / f"{wildcards.table}.csv",
        json=lambda wildcards: wiring.bundle(wildcards.study)
        / f"{wildcards.table}.json",
        package=lambda wildcards: wiring.bundle(wildcards.study) / "datapackage.json",
    output:
        csv="build/results/{study}/{table}.csv",
        json="build/results/{study}/{table}.json",
    wildcard_constraints:
        study=CARRIED,
        table="(?!datapackage)[a-z0-9_]+",
    params:
        job=job("results.carried"),
    shell:
        STEP


rule carried_package:
    input:
        package=lambda wildcards: wiring.bundle(wildcards.study) / "datapackage.json",
    output:
        package="build/results/{study}/datapackage.json",
    wildcard_constraints:
        study=CARRIED,
    params:
        job=job("results.carried"),
    shell:
        STEP

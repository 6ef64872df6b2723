# Public tables, read from data/ alone: the law (chapter 2) and the effect studies (chapter 6).
# Where a table's rows are the lines of a data file, its contract is made complete beside it.
LEGISLATION = "data/legislation"
STUDY_TABLES = (
    "effektstudier",
    "effektstudier_vurdering",
    "effektstudier_oekonomi",
    "effektstudier_udfald",
    "effektstudier_kilder",
)
STUDY_COUNTS = ("effektstudier_retning", "effektstudier_antal")


rule lovgivning_foer_efter:
    input:
        provisions=f"{LEGISLATION}/provisions.csv",
        contract=contract("lovgivning_foer_efter"),
    output:
        lovgivning_foer_efter=estimate("lovgivning_foer_efter"),
        contract=completed("lovgivning_foer_efter"),
    params:
        job=job("results.lovgivning_foer_efter"),
    shell:
        STEP


# The variables' definitions stand in the datasets' contracts, which are code.
rule variable:
    input:
        contract=contract("variable"),
    output:
        variable=estimate("variable"),
        contract=completed("variable"),
    params:
        job=job("results.variable"),
    shell:
        STEP


rule lovgivning_tidslinje:
    input:
        events=f"{LEGISLATION}/events.csv",
        contract=contract("lovgivning_tidslinje"),
    output:
        lovgivning_tidslinje=estimate("lovgivning_tidslinje"),
        contract=completed("lovgivning_tidslinje"),
    params:
        job=job("results.lovgivning_tidslinje"),
    shell:
        STEP


rule effektstudier:
    input:
        **{f"contract_{name}": contract(name) for name in STUDY_TABLES + STUDY_COUNTS},
        studies="data/literature/studies.csv",
    output:
        **{name: estimate(name) for name in STUDY_TABLES + STUDY_COUNTS},
        **{f"contract_{name}": completed(name) for name in STUDY_TABLES},
    params:
        job=job("results.effektstudier"),
    shell:
        STEP


rule soegestrenge:
    input:
        facets="data/literature/search_facets.csv",
        contract=contract("soegestrenge"),
    output:
        soegestrenge=estimate("soegestrenge"),
    params:
        job=job("results.soegestrenge"),
    shell:
        STEP


rule litteraturflow:
    input:
        unpack(lambda wildcards: wiring.literature()),
        contract_litteraturflow=contract("litteraturflow"),
        contract_litteraturenighed=contract("litteraturenighed"),
    output:
        litteraturflow=estimate("litteraturflow"),
        litteraturenighed=estimate("litteraturenighed"),
        merges=person_level("estimates/{study}/literature_merges.json"),
    params:
        job=job("results.litteraturflow"),
    shell:
        STEP

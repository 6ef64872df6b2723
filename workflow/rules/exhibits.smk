# results → tables, figures, named values. From here on nothing reads a person.
EXTENSION = "report/_extensions/evalrapport"


rule table:
    input:
        csv="build/results/{study}/{table}.csv",
        json="build/results/{study}/{table}.json",
    output:
        html="build/exhibits/{study}/tables/{table}.html",
        csv="build/exhibits/{study}/tables/{table}.csv",
    params:
        job=job("exhibits.table"),
    shell:
        STEP


rule figure:
    input:
        contract=f"{CONTRACTS}/figures/{{figure}}.yaml",
        csv=lambda wildcards: wiring.figure_data(
            wildcards.study, wildcards.figure, "csv"
        ),
        json=lambda wildcards: wiring.figure_data(
            wildcards.study, wildcards.figure, "json"
        ),
        palette=f"{EXTENSION}/palette.json",
        fonts=f"{EXTENSION}/fonts",
        tiles=f"{CONTRACTS}/codes/municipality_tiles.csv",
    output:
        svg="build/exhibits/{study}/figures/{figure}.svg",
        png="build/exhibits/{study}/figures/{figure}.png",
        spec="build/exhibits/{study}/figures/{figure}.vl.json",
        csv="build/exhibits/{study}/figures/{figure}.csv",
        json="build/exhibits/{study}/figures/{figure}.json",
    params:
        job=job("exhibits.figure"),
    shell:
        STEP


rule values:
    input:
        unpack(lambda wildcards: wiring.released(wildcards.study)),
    output:
        values="build/exhibits/{study}/values.json",
    params:
        job=job("exhibits.values"),
    shell:
        STEP


rule studier:
    input:
        csv="build/results/{study}/effektstudier_kilder.csv",
        json="build/results/{study}/effektstudier_kilder.json",
    output:
        bib="build/exhibits/{study}/studier.bib",
    params:
        job=job("exhibits.studier"),
    shell:
        STEP


rule vega_runtime:
    output:
        js="build/exhibits/vega.js",
    params:
        job=job("exhibits.vega_runtime"),
    shell:
        STEP

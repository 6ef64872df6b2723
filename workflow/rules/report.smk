# exhibits + prose → documents. Three renderings side by side, handed out all at once.
DOCUMENTS = "build/documents/{study}"


rule bindings:
    input:
        unpack(lambda wildcards: wiring.chapters(wildcards.study)),
        values="build/exhibits/{study}/values.json",
        facts="data/facts.csv",
    output:
        bindings=f"{DOCUMENTS}/bindings.json",
        claims=f"{DOCUMENTS}/paastande.csv",
    params:
        job=job(
            "report.bindings",
            "date",
            "publication",
            tables=wiring.tables,
            figures=wiring.figures,
            known=wiring.known,
            unread=lambda study: sorted(wiring.without(study)),
        ),
    shell:
        STEP


rule html:
    input:
        unpack(lambda wildcards: wiring.printed(wildcards.study)),
        bindings=f"{DOCUMENTS}/bindings.json",
        vega="build/exhibits/vega.js",
    output:
        site=directory(f"{DOCUMENTS}/site"),
    params:
        job=job("report.html", "renderer", "date"),
    shell:
        STEP


rule pdf:
    input:
        unpack(lambda wildcards: wiring.printed(wildcards.study)),
        bindings=f"{DOCUMENTS}/bindings.json",
    output:
        pdf=f"{DOCUMENTS}/{{study}}.pdf",
    params:
        job=job("report.pdf", "renderer", "date"),
    shell:
        STEP


rule docx:
    input:
        unpack(lambda wildcards: wiring.printed(wildcards.study)),
        bindings=f"{DOCUMENTS}/bindings.json",
    output:
        docx=f"{DOCUMENTS}/{{study}}.docx",
    params:
        job=job("report.docx", "renderer", "date"),
    shell:
        STEP


rule overblik:
    input:
        unpack(lambda wildcards: wiring.printed(wildcards.study)),
        bindings=f"{DOCUMENTS}/bindings.json",
    output:
        pdf=f"{DOCUMENTS}/overblik.pdf",
        html=f"{DOCUMENTS}/overblik.html",
    params:
        job=job("report.overblik", "date"),
    shell:
        STEP


rule publish:
    input:
        unpack(lambda wildcards: wiring.summary(wildcards.study)),
        site=f"{DOCUMENTS}/site",
        pdf=f"{DOCUMENTS}/{{study}}.pdf",
        docx=f"{DOCUMENTS}/{{study}}.docx",
        claims=f"{DOCUMENTS}/paastande.csv",
        package="build/results/{study}/datapackage.json",
    output:
        report=directory("build/report/{study}"),
    params:
        job=job("report.publish"),
    shell:
        STEP

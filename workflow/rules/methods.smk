# Tables on how the report was made: of contracts and settings, of no person.
rule registerantagelser:
    input:
        unpack(lambda wildcards: wiring.lists_of_assumed_codes(wildcards.study)),
        contract=contract("registerantagelser"),
    output:
        registerantagelser=estimate("registerantagelser"),
        contract=completed("registerantagelser"),
    params:
        job=job(
            "results.registerantagelser",
            "names",
            "codes",
            registers=wiring.read_by,
        ),
    shell:
        STEP

# Chapter 3: the episodes that recipients are given (tables 3.10-3.13).
rule varighed:
    input:
        recipients=dataset("recipients"),
        contract=contract("varighed"),
    output:
        varighed=estimate("varighed"),
    params:
        job=job("results.varighed"),
    shell:
        STEP


rule mentortype:
    input:
        recipients=dataset("recipients"),
        contract=contract("mentortype"),
    output:
        mentortype=estimate("mentortype"),
    params:
        job=job("results.mentortype"),
    shell:
        STEP


rule timer_individuel_mentor:
    input:
        recipients=dataset("recipients"),
        contract=contract("timer_individuel_mentor"),
    output:
        timer_individuel_mentor=estimate("timer_individuel_mentor"),
    params:
        job=job("results.timer_individuel_mentor"),
    shell:
        STEP


rule timer_pladsmentor:
    input:
        recipients=dataset("recipients"),
        contract=contract("timer_pladsmentor"),
    output:
        timer_pladsmentor=estimate("timer_pladsmentor"),
    params:
        job=job("results.timer_pladsmentor"),
    shell:
        STEP

# Chapter 4: respondents of the two surveys → tables. The frame says how many they were drawn from.
CITIZENS = {
    "citizens": dataset("citizens"),
    "frame": SOURCES["survey_frame_citizens"],
}
MENTORS = {"mentors": dataset("mentors")}
SURVEY_TABLES = {
    **dict.fromkeys(
        ["mentorers_baggrund", "mentorers_tidsforbrug", "tilbagemelding"], MENTORS
    ),
    **dict.fromkeys(["borgeres_baggrund", "borgeres_tidsforbrug", "kontakt"], CITIZENS),
    **dict.fromkeys(["fortrolighed", "inddragelse"], CITIZENS),
    **dict.fromkeys(
        ["samtaleemner", "retningslinjer", "fremskridt"], CITIZENS | MENTORS
    ),
    **dict.fromkeys(
        ["oevrige_svar", "fremskridt_kontrast", "svarsider"], CITIZENS | MENTORS
    ),
    **dict.fromkeys(["bortfald", "vaegtede_svar"], CITIZENS),
}


rule survey_respondents:
    input:
        survey_citizens=SOURCES["survey_citizens"],
        survey_mentors=SOURCES["survey_mentors"],
        survey_frame_citizens=SOURCES["survey_frame_citizens"],
        survey_frame_mentors=SOURCES["survey_frame_mentors"],
    output:
        citizens=dataset("citizens"),
        mentors=dataset("mentors"),
    params:
        job=job("datasets.survey_respondents", "survey"),
    shell:
        STEP


for survey_table, people in SURVEY_TABLES.items():

    rule:
        name:
            survey_table
        input:
            **people,
            contract=contract(survey_table),
        output:
            **{survey_table: estimate(survey_table)},
        params:
            job=job(f"results.{survey_table}"),
        shell:
            STEP


rule svarforloeb:
    input:
        survey_frame_citizens=SOURCES["survey_frame_citizens"],
        survey_frame_mentors=SOURCES["survey_frame_mentors"],
        contract=contract("svarforloeb"),
    output:
        svarforloeb=estimate("svarforloeb"),
    params:
        job=job("results.svarforloeb"),
    shell:
        STEP


rule usandsynlige_svar:
    input:
        survey_citizens=SOURCES["survey_citizens"],
        survey_mentors=SOURCES["survey_mentors"],
        citizens=dataset("citizens"),
        mentors=dataset("mentors"),
        contract=contract("usandsynlige_svar"),
    output:
        usandsynlige_svar=estimate("usandsynlige_svar"),
    params:
        job=job("results.usandsynlige_svar", "survey"),
    shell:
        STEP


rule interviewudvalg:
    input:
        interview_frame=SOURCES["interview_frame"],
        interview_coding=SOURCES["interview_coding"],
        contract=contract("interviewudvalg"),
    output:
        interviewudvalg=estimate("interviewudvalg"),
    params:
        job=job("results.interviewudvalg"),
    shell:
        STEP


rule interviewtemaer:
    input:
        **wiring.code_lists("interview_codes"),
        interview_coding=SOURCES["interview_coding"],
        contract_interviewtemaer=contract("interviewtemaer"),
        contract_mentortyper=contract("mentortyper"),
    output:
        interviewtemaer=estimate("interviewtemaer"),
        mentortyper=estimate("mentortyper"),
    params:
        job=job("results.interviewtemaer"),
    shell:
        STEP

# One report per study in config.yaml: snakemake --cores all
import sys

from snakemake.exceptions import WorkflowError

from evalrapport import wiring
from evalrapport.errors import PlainError
from evalrapport.wiring import job, person_level, CONTRACTS

try:
    STUDIES = list(wiring.config().studies)
    TABLES = {study: wiring.tables(study) for study in STUDIES}
except PlainError as error:
    raise WorkflowError(str(error))

STEP = f'"{sys.executable}" -m evalrapport.step {{params.job.file}}'


onstart:
    for notice in wiring.notices():
        print(f"\n! {notice}\n", file=sys.stderr)


rule all:
    input:
        expand("build/report/{study}", study=STUDIES),


include: "workflow/rules/sources.smk"
include: "workflow/rules/statistics.smk"
include: "workflow/rules/datasets.smk"
include: "workflow/rules/histories.smk"
include: "workflow/rules/results.smk"
include: "workflow/rules/exhibits.smk"
include: "workflow/rules/report.smk"

"""Table 4.12 of SFI 15:10: citizens' and mentors' judgement of the citizen's progress.

Mentors judge their latest citizen (footnote 20) and are not paired with the citizens. The last row
is the share of those answering an open question who can name nothing good that the mentor did; of
all who were asked it is far more (footnote 22, see `oevrige_svar`).
"""

from __future__ import annotations

from evalrapport.results import survey_table
from evalrapport.results.survey_table import Questions
from evalrapport.step import Job

QUESTIONS = Questions(
    groups={"klare": "klare", "ansvar": "ansvar"},
    rows={"ingen_positiv_indsats": "ingen_positiv_indsats"},
    # The published table prints a dash where an answer was not offered.
    not_put={("ansvar.kan_godt", "mentorer"): "-", ("ingen_positiv_indsats", "mentorer"): ""},
    # ASSUME: the printed base is the smaller one of the two closed questions; far fewer answered
    # the open one (19 pct. of those answering are about 43 pct. of those asked, footnote 22).
    branch=("ingen_positiv_indsats",),
    # ASSUME: the published mentor column of the second question adds to 95, so some interviews were
    # in the base without an answer that the table shows.
    unprinted=("uoplyst",),
)


def step(job: Job) -> None:
    """Citizens, their frame and mentors → the table's estimates."""
    survey_table.run(QUESTIONS, job)

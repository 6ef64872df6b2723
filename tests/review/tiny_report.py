"""Makes tiny versions of a report: two tables, three chapters, claims, one figure."""

import copy
import json
from pathlib import Path

from evalrapport.contracts import bundle
from evalrapport.review.versions import Version

CONTRACT = {
    "id": "ydelse",
    "published_as": "Tabel 3.1",
    "disclosure_class": "register",
    "row_header": "Forsørgelse",
    "columns": [
        {"id": "alle", "label": "2012-2013", "span": "Startår"},
        {"id": "2012", "label": "2012", "span": "Startår", "part_of": "alle"},
        {"id": "2013", "label": "2013", "span": "Startår", "part_of": "alle"},
    ],
    "row_groups": [],
    "adds_up": [""],
    "rows": [
        {
            "id": "kontant",
            "label": "Kontanthjælp",
            "statistic": "andel",
            "unit": "pct",
            "decimals": 1,
        },
        {"id": "su", "label": "SU", "statistic": "andel", "unit": "pct", "decimals": 1},
        {"id": "andre", "label": "Andre", "statistic": "andel", "unit": "pct", "decimals": 1},
        {
            "id": "grundlag",
            "label": "Beregningsgrundlag",
            "statistic": "antal",
            "unit": "personer",
            "role": "base",
        },
    ],
    "rules": "",
    "population": "",
}
BASES = {"alle": 4000, "2012": 1500, "2013": 2500}
SHARES = {"kontant": 70.0, "su": 2.0, "andre": 28.0}
MANIFEST = {
    "steps": {
        "datasets.episoder": {
            "code": "aaa",
            "settings": {"episode_gap_days": 0},
            "reads": ["mentorforloeb.csv"],
        },
        "datasets.folk": {
            "code": "bbb",
            "settings": {"window": {"first_day": "2012-01-01"}},
            "reads": ["episoder.parquet", "bef.csv"],
        },
        "datasets.andre": {"code": "eee", "settings": {}, "reads": ["bef.csv"]},
        "results.ydelse": {"code": "ccc", "settings": {}, "reads": ["folk.parquet"]},
        "results.release": {
            "code": "ddd",
            "settings": {"disclosure": {"register": 5, "survey": 5}},
            "reads": ["results/ydelse.csv", "ydelse.yaml", "uv.lock"],
        },
    },
    "files": {
        "bef.csv": {"sha256": "b1", "rows": 5_000_000},
        "mentorforloeb.csv": {"sha256": "f1", "rows": 8067},
        "episoder.parquet": {"sha256": "e1", "rows": 6061, "by": "datasets.episoder"},
        "folk.parquet": {"sha256": "p1", "rows": 4385, "by": "datasets.folk"},
        "andre.parquet": {"sha256": "a1", "rows": 12, "by": "datasets.andre"},
        "results/ydelse.csv": {"by": "results.ydelse"},
        "ydelse.yaml": {"sha256": "y1", "rows": None},
    },
    "seed": None,
    "environment": "sha256:lock1",
    "disclosure": {"class": "register", "status": "released", "threshold": 5, "suppressed": 0},
}
TEXT = {
    "index.html": [
        ("sec-resume", "", "Resumé"),
        ("Kontanthjælp er den hyppigste ydelse og gives til {kontant@alle} af de støttede.",),
    ],
    "01-fund.html": [
        ("sec-fund", "1", "Fund"),
        ("Opgørelsen bygger på registre, der dækker alle personer med bopæl i landet.",),
        ("I 2013 fik {kontant@2013} kontanthjælp, og {su@2013} fik SU.", "Flest får kontanthjælp."),
        ("Der bor {indbyggere} personer i Danmark, og få af dem har haft en mentor.",),
        ("Mange af dem har været uden arbejde i flere år, før forløbet begynder.",),
        ("tbl-ydelse", "Tabel 3.1", "Modtagere efter ydelse", "ydelse"),
        ("sec-metode", "2", "Metode"),
        ("Hver person tæller én gang, nemlig med sit første forløb i hele perioden.",),
        ("Forløb, der følger lige efter hinanden, er regnet som ét og samme forløb.",),
    ],
}
CLAIMS = [
    {
        "file": "01-fund.qmd",
        "line": 7,
        "outcome": "sand",
        "condition": "ydelse kontant@2013 andel > 50",
        "sentence": "Flest får kontanthjælp.",
        "values": {"ydelse kontant@2013 andel": "70.0"},
    }
]
FIGURE = (
    "Overskrift;Række;Gruppe;Værdi;Enhed;Nedre grænse;Øvre grænse;Grundlag;Bemærkning\n"
    ";Måned 1;Forskel;1,5;pct.;1,0;2,0;663;\n;Måned 2;Forskel;2,5;pct.;2,0;3,0;663;\n"
)


def table(contract=CONTRACT, bases=None, shares=None):
    """Cells of a table: the same shares in every column unless changed afterwards."""
    bases, shares = bases or BASES, shares or SHARES
    cells = {}
    for row in contract["rows"]:
        for column in contract["columns"]:
            share = row["statistic"] == "andel"
            value = f"{shares.get(row['id'], 10.0):.1f}" if share else str(bases[column["id"]])
            number = float(value)
            interval = (f"{number - 1:.1f}", f"{number + 1:.1f}") if share else ("", "")
            cells[row["id"], column["id"]] = {
                "row_group": "",
                "row": row["id"],
                "column": column["id"],
                "statistic": row["statistic"],
                "value": value,
                "text": "",
                "unit": row["unit"],
                "n": str(bases.get(column["id"], "")) if share else "",
                "lower": interval[0],
                "upper": interval[1],
                "status": "ok",
            }
    return cells


def hide(cell):
    """A cell as disclosure control leaves it."""
    cell |= {"value": "", "n": "", "lower": "", "upper": "", "status": "suppressed"}


class Report:
    """What a version holds; `write` puts it on disk as it now is."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.contracts = {"ydelse": copy.deepcopy(CONTRACT)}
        self.tables = {"ydelse": table()}
        self.manifest = copy.deepcopy(MANIFEST)
        self.text = copy.deepcopy(TEXT)
        self.claims = copy.deepcopy(CLAIMS)
        self.facts = {"indbyggere": ("5.600.000", "Danmarks Statistik")}
        self.figure = FIGURE
        self.picture = "<svg xmlns='http://www.w3.org/2000/svg'/>"
        self.data_status = "real"
        self.own = {}

    def write(self, name, *, documents=True):
        """The version on disk under a name, as a Version."""
        results = self.folder / name / "results"
        results.mkdir(parents=True)
        pairs = []
        for table_id, cells in self.tables.items():
            csv, about = results / f"{table_id}.csv", results / f"{table_id}.json"
            csv.write_text(bundle.csv_text(cells.values()), encoding="utf-8")
            told = {
                "table": table_id,
                "study": "proeve",
                "contract": self.contracts[table_id],
                "data_status": self.data_status,
                "manifest": self.manifest,
            }
            about.write_text(json.dumps(told), encoding="utf-8")
            pairs.append((csv, about))
        package = bundle.package("proeve", self.data_status, pairs)
        (results / bundle.PACKAGE).write_text(json.dumps(package), encoding="utf-8")
        figures = self.write_figures(self.folder / name / "figures") if documents else None
        there = self.write_documents(self.folder / name / "documents") if documents else None
        return Version(name, f"udgave {name}", "proeve", results, figures, there, self.own)

    def write_figures(self, folder):
        folder.mkdir()
        (folder / "kurve.csv").write_text(self.figure, encoding="utf-8-sig")
        (folder / "kurve.svg").write_text(self.picture, encoding="utf-8")
        (folder / "kurve.json").write_text(json.dumps({"addresses": []}), encoding="utf-8")
        return folder

    def write_documents(self, folder):
        (folder / "site").mkdir(parents=True)
        for page, blocks in self.text.items():
            body = "".join(self.block(block) for block in blocks) + "</section>"
            links = "".join(f'<a href="{name}">x</a>' for name in self.text)
            html = '<html><head><meta charset="utf-8"></head><body>'
            html += f"<nav>{links}</nav><article>{body}</article></body></html>"
            (folder / "site" / page).write_text(html, encoding="utf-8")
        values = {
            f"fakta {name}": {"id": name, "text": text, "source": source}
            for name, (text, source) in self.facts.items()
        }
        content = {"claim_list": self.claims, "values": values}
        (folder / "bindings.json").write_text(json.dumps(content), encoding="utf-8")
        return folder

    def block(self, block):
        if len(block) == 3:
            name, number, title = block
            opened = "</section>" if name == "sec-metode" else ""
            heading = f'<h1><span class="nummer">{number}</span> {title}</h1>'
            return f'{opened}<section id="{name}">{heading}'
        if len(block) == 4:
            name, number, title, table_id = block
            caption = f'<figcaption><span class="nummer">{number}</span> {title}</figcaption>'
            inside = f'<div><table data-tabel="{table_id}"></table></div>'
            return f'<figure id="{name}">{caption}{inside}</figure>'
        sentences = [self.bound(block[0])]
        sentences += [f'<span class="paastand">{self.bound(part)}</span>' for part in block[1:]]
        return f"<p>{' '.join(sentences)}</p>"

    def bound(self, text):
        """Numbers in braces as the renderer prints them, with their address."""
        for (row, column), cell in self.tables.get("ydelse", {}).items():
            shown = cell["value"].replace(".", ",") + " pct." if cell["value"] else "skjult"
            address = f"ydelse {row}@{column} {cell['statistic']}"
            mark = f'<span class="tal" data-adresse="{address}">{shown}</span>'
            text = text.replace(f"{{{row}@{column}}}", mark)
        for name, (shown, _) in self.facts.items():
            mark = f'<span class="fakta" data-fakta="{name}">{shown}</span>'
            text = text.replace(f"{{{name}}}", mark)
        return text

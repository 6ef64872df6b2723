"""An editor's live view: a resident process that rebuilds the page as files are saved.

Text is rebuilt in this process (bindings, then the site); a change in the exhibits' code or
contracts runs the workflow up to the exhibits first. The page in the browser reloads by itself.
When the prose can't be printed, the page says what is wrong; the last good one is kept underneath.
"""

from __future__ import annotations

import html
import threading
import time
from collections.abc import Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from evalrapport import config as configuration
from evalrapport import wiring, workflow
from evalrapport.errors import PlainError
from evalrapport.step import Job, run

EXHIBIT_CODE = (Path("src/evalrapport/exhibits"), wiring.FIGURE_CONTRACTS)
RELOAD = (
    "<script>(function(){var seen=null;setInterval(function(){fetch('/__version')"
    ".then(function(r){return r.text()}).then(function(v){if(seen!==null&&v!==seen)"
    "location.reload();seen=v}).catch(function(){})},500)})()</script>"
)


class State:
    """What the server shows: a version that grows with each rebuild, and the last problem."""

    def __init__(self) -> None:
        self.version = 0
        self.problem = ""


def jobs(study: str, folder: Path) -> list[Job]:
    """The two steps that stand between prose and page, writing under `folder`."""
    keys = ("renderer", "date", "publication")
    settings = configuration.settings(wiring.config(), study, keys)
    # Both renderers print the same; Pandoc does it in two seconds, which an editor waits for.
    if settings["renderer"] == "auto":
        settings["renderer"] = "pandoc"
    bindings, claims = folder / "bindings.json", folder / "paastande.csv"
    told: dict[str, Any] = {
        "date": settings["date"],
        "publication": settings.pop("publication"),
        "tables": wiring.tables(study),
        "figures": wiring.figures(study),
        "known": wiring.known(study),
        "unread": sorted(wiring.without(study)),
    }
    sources = {"values": f"build/exhibits/{study}/values.json", "facts": "data/facts.csv"}
    printed = {"bindings": str(bindings), "vega": "build/exhibits/vega.js"}
    return [
        Job(
            "report.bindings",
            paths(wiring.chapters(study) | sources),
            {"bindings": bindings, "claims": claims},
            told,
            study,
        ),
        Job(
            "report.html",
            paths(wiring.printed(study) | printed),
            {"site": folder / "site"},
            settings,
            study,
        ),
    ]


def paths(names: dict[str, str]) -> dict[str, Path]:
    """Names and texts of paths as paths."""
    return {name: Path(path) for name, path in names.items()}


def rebuild(study: str, folder: Path, state: State, changed: Iterable[Path]) -> None:
    """Rebuild what the changed files touch; a problem is shown, the last good page kept."""
    begun = time.monotonic()
    try:
        if any(path.is_relative_to(code.resolve()) for path in changed for code in EXHIBIT_CODE):
            exhibits(study)
        for job in jobs(study, folder):
            run(job)
        state.problem = ""
        print(f"✓ {time.monotonic() - begun:.1f} s", flush=True)
    except PlainError as error:
        state.problem = str(error)
        print(f"✗ {error}", flush=True)
    state.version += 1


def exhibits(study: str) -> None:
    """Run the workflow up to a study's tables, figures and values."""
    targets = [*wiring.printed(study).values(), f"build/exhibits/{study}/values.json"]
    made = [path for path in targets if path.startswith("build/")]
    if not workflow.build([*made, "build/exhibits/vega.js"]):
        raise PlainError("The exhibits could not be built; see the terminal.")


class Handler(SimpleHTTPRequestHandler):
    """Serves the site, with the reload script and the last problem added to each page."""

    def __init__(self, *arguments: Any, state: State, site: Path, **options: Any) -> None:
        self.state = state
        super().__init__(*arguments, directory=str(site), **options)

    def do_GET(self) -> None:
        """Answer a request for a page, a file, or the version of the site."""
        if self.path == "/__version":
            self.send_text(str(self.state.version), "text/plain")
            return
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix == ".html" and (file.is_file() or self.state.problem):
            page = file.read_text("utf-8") if file.is_file() else "<body></body>"
            self.send_text(self.dressed(page), "text/html")
            return
        super().do_GET()

    def dressed(self, page: str) -> str:
        """The page with the reload script and, if there is one, the problem on top."""
        problem = ""
        if self.state.problem:
            problem = (
                '<pre role="alert" style="position:fixed;inset:0 0 auto 0;z-index:99;margin:0;'
                "padding:1.5rem;max-height:70vh;overflow:auto;white-space:pre-wrap;"
                f'background:#7a1f12;color:#fff">{html.escape(self.state.problem)}</pre>'
            )
        return page.replace("</body>", f"{problem}{RELOAD}</body>")

    def send_text(self, text: str, kind: str) -> None:
        """Send a text, never to be kept by the browser."""
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_: Any) -> None:
        """Requests are not worth a line."""


def server(state: State, site: Path, port: int) -> ThreadingHTTPServer:
    """A server on this machine only; PlainError if the port is taken."""
    handler = partial(Handler, state=state, site=site)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise PlainError(f"Port {port} is taken; choose another with --port.") from None


def serve(study: str | None, port: int) -> int:
    """Build, serve and follow the files until interrupted."""
    study = configuration.studies_named(wiring.config(), [study] if study else [])[0]
    folder, state = Path("build/preview") / study, State()
    live = server(state, folder / "site", port)
    exhibits(study)
    rebuild(study, folder, state, [])
    threading.Thread(target=live.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{port}/  (stop with Ctrl-C)", flush=True)
    followed = [wiring.config().studies[study].report, wiring.EXTENSION, Path("data/facts.csv")]
    for changes in watch(*followed, *EXHIBIT_CODE, debounce=200, raise_interrupt=False):
        rebuild(study, folder, state, [Path(path) for _, path in changes])
    return 0

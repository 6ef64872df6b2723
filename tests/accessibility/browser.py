"""Runs axe-core on the pages of a folder, in headless Chromium, without the net.

The pages are served from this machine. One page of ours opens each of them in a frame, puts
axe-core into it, and writes what it finds into itself; Chromium prints that page when it is done.
"""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")  # WCAG 2.1, levels A and AA
PATIENCE = 120_000  # milliseconds of the browser's own time, which runs as fast as it can
FOUND = re.compile(r'<pre id="found">(.*?)</pre>', re.DOTALL)
RUNNER = """<!doctype html><html lang="en"><title>axe</title><body><script>
const pages = %(pages)s, rules = %(rules)s, found = {};
const STOPS = "a[href], button, summary, input, select, textarea, [tabindex]";
function seen(one) { return one.tabIndex >= 0 && !one.disabled && one.getClientRects().length > 0; }
async function look(page) {
  const frame = document.createElement("iframe");
  frame.style = "width: 1280px; height: 900px";
  frame.src = page;
  const loaded = new Promise((done) => { frame.onload = done; });
  document.body.append(frame);
  await loaded;
  await new Promise((done) => setTimeout(done, 1500));
  const inside = frame.contentWindow, text = frame.contentDocument;
  const axe = text.createElement("script");
  axe.src = "/axe.min.js";
  const ready = new Promise((done) => { axe.onload = done; });
  text.head.append(axe);
  await ready;
  const told = await inside.axe.run(text, {runOnly: rules, resultTypes: ["violations"]});
  found[page] = {
    violations: told.violations.map((one) => ({id: one.id, help: one.help,
      where: one.nodes.slice(0, 4).map((node) => node.html.slice(0, 160))})),
    passes: told.passes.length,
    stops: Array.from(text.querySelectorAll(STOPS)).filter(seen)
      .map((one) => one.outerHTML.slice(0, 90)),
  };
  frame.remove();
}
(async () => {
  for (const page of pages) await look(page);
  const out = document.createElement("pre");
  out.id = "found";
  out.textContent = JSON.stringify(found);
  document.body.append(out);
})();
</script></body></html>
"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's files at an address of this machine."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def examined(folder: Path, scratch: Path) -> dict[str, dict[str, Any]]:
    """Page → its violations, how many checks it passed, and its stops of the tab key in order."""
    assert CHROMIUM is not None
    shutil.copytree(folder, scratch, dirs_exist_ok=True)
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    (scratch / "axe.min.js").write_text(axe, encoding="utf-8")
    pages = sorted(path.name for path in folder.glob("*.html"))
    runner = RUNNER % {"pages": json.dumps(pages), "rules": json.dumps(RULES)}
    (scratch / "runner.html").write_text(runner, encoding="utf-8")
    with served(scratch) as address:
        command = [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={scratch / 'profile'}", f"--virtual-time-budget={PATIENCE}"),
            *("--window-size=1300,1000", "--dump-dom", f"{address}/runner.html"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    told = FOUND.search(done.stdout)
    assert told, done.stdout[-400:] + done.stderr[-400:]
    result: dict[str, dict[str, Any]] = json.loads(unescape(told.group(1)))
    return result

"""A warm process that runs steps without starting Python and its libraries anew for each.

Most steps take less time than importing what they need. `python -m evalrapport report` therefore
starts one process that has imported it all; for each step it forks itself, and the copy runs the
step with the caller's output and returns its exit code. Only where the system can fork; without it
(Windows, plain snakemake) every step runs in a process of its own, with the same result.
"""

from __future__ import annotations

import contextlib
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

VARIABLE = "EVALRAPPORT_WARM"
# Imported once, used by most steps; none of them starts a thread when it is only imported.
LIBRARIES = ("pandas", "pyarrow.parquet", "scipy.optimize", "yaml", "altair")
# The rooms that steps live in; their modules too are imported once.
ROOMS = ("sources", "datasets", "results", "exhibits", "report")
ANSWER = "exit "


def can_fork() -> bool:
    """Whether this system can keep a warm process."""
    return hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and hasattr(socket, "send_fds")


@contextlib.contextmanager
def warm_process(base: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Keep a warm process while the block runs; steps find it through the environment.

    `base`: the environment that it starts from.
    """
    if not can_fork():
        yield
        return
    with tempfile.TemporaryDirectory(prefix="evalrapport-") as folder:
        address = str(Path(folder) / "warm")
        # Steps run side by side, so each keeps its linear algebra to one thread, as Snakemake
        # asks of the steps that it starts itself; more would only wait for one another.
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        command = [sys.executable, "-m", "evalrapport.warm", address]
        server = subprocess.Popen(command, env={**base, **one})
        os.environ[VARIABLE] = address
        try:
            yield
        finally:
            del os.environ[VARIABLE]
            server.terminate()
            server.wait()


def ask(argument: str) -> int | None:
    """Let the warm process run a step; its exit code, or None if there is no such process."""
    address = os.environ.get(VARIABLE)
    if not address or not can_fork():
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with connection:
        if not connected(connection, address):
            return None
        text = argument.encode()
        socket.send_fds(connection, [len(text).to_bytes(8, "big")], [1, 2])
        connection.sendall(text)
        answer = connection.makefile("r", encoding="ascii").read()
    # A copy that died (out of memory, killed) gives no answer.
    return int(answer.removeprefix(ANSWER)) if answer.startswith(ANSWER) else 1


def connected(connection: socket.socket, address: str, patience: float = 60.0) -> bool:
    """Connect, waiting while the process is still importing; False if it is not there."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            connection.connect(address)
            return True
        except (FileNotFoundError, ConnectionRefusedError):
            if not Path(address).parent.is_dir():
                return False
            time.sleep(0.05)
    return False


def serve(address: str) -> None:
    """Import the libraries, then fork a copy for every step that is asked for."""
    for library in LIBRARIES:
        import_module(library)
    for module in modules():
        # One that can't be imported just now is its own step's business to tell.
        with contextlib.suppress(Exception):
            import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # finished copies need no burial
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen(64)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            run_copy(connection)
        connection.close()


def modules() -> Iterator[str]:
    """The names of all modules of the rooms."""
    for room in ROOMS:
        package = import_module(f"evalrapport.{room}")
        yield from (m.name for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))


def run_copy(connection: socket.socket) -> None:
    """In the forked copy: run the step with the caller's output, answer, and end."""
    from evalrapport.step import guarded

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # steps wait for their own programs
    size, descriptors, _, _ = socket.recv_fds(connection, 8, 2)
    for target, descriptor in zip((1, 2), descriptors, strict=True):
        os.dup2(descriptor, target)
        os.close(descriptor)
    code = guarded(received(connection, int.from_bytes(size, "big")))
    sys.stdout.flush()
    sys.stderr.flush()
    with contextlib.suppress(OSError):  # an interrupted run no longer waits for the answer
        connection.sendall(f"{ANSWER}{code}".encode())
    connection.close()
    os._exit(0)


def received(connection: socket.socket, size: int) -> str:
    """The text of `size` bytes that the caller sends."""
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            break
        parts.extend(part)
    return parts.decode()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        serve(sys.argv[1])

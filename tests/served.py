"""The command `jiaokan` for scripts, without the second that its start takes: a server that has imported it and forks.

`python tests/served.py SOCKET` serves; the tool that `tool` writes hands over its words, folder, environment and open
files, and ends as the command did.
"""

from __future__ import annotations

import gc
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
PRELOADED = ("pipeline.build", "pipeline.progress", "pipeline.stages", "pipeline.comparison.json", "pipeline.audit.check",
             "pipeline.audit.restore", "pipeline.comparison.markdown", "pipeline.comparison.text", "opencc", "pandas")  # fmt: skip
_CLIENT = """
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({socket!r})
told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(server, [len(told).to_bytes(4, "big")], [0, 1, 2])
server.sendall(told)
sys.exit(int(server.makefile().read() or 70))
"""


def tool(path: str) -> str:
    """The text of a program that has the server at a socket run the command."""
    return f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -ISc {shlex.quote(_CLIENT.format(socket=path))} "$@"\n'


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """A server as long as the block runs; its socket."""
    where = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([sys.executable, __file__, str(path)], env=where)
    try:
        while not path.exists():
            assert server.poll() is None
            time.sleep(0.02)
        yield str(path)
    finally:
        server.terminate()
        server.wait()


def warm() -> None:
    """Import what the command needs, and read what the first source has to read: tables, models, grammars."""
    for name in PRELOADED:
        import_module(name)
    from typer.main import get_command

    from pipeline import cli, settings
    from pipeline.cleaning import Cleaned, clean
    from pipeline.corpus import single
    from pipeline.validation import validate
    from pipeline.writers import tei

    get_command(cli.app)
    settings.build({"encoding": "detect"}, {}, "x", "")
    with TemporaryDirectory() as folder:
        source = Path(folder, "x.txt")
        source.write_text("The Ferry\n\nBy Ada Lin\n\nThe ferry crossed at dawn, with the long-\nterm post, to 渡口.\n")
        edition = clean(single(source), settings.load(None), cleaned := Cleaned())
        validate(tei.write(edition, cleaned.options, cleaned.options.metadata))
    gc.freeze()


def serve(path: str) -> None:
    """Run the command for whoever asks, each time in a process of its own."""
    warm()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path + ".new")
    listener.listen()
    os.rename(path + ".new", path)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        client, _ = listener.accept()
        if os.fork() == 0:
            _answer(client)
        client.close()


def _answer(client: socket.socket) -> None:
    """A child watches over the one that becomes the command, and tells how that ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, files, _, _ = socket.recv_fds(client, 4, 3)
    words, folder, environment = json.loads(client.makefile("rb").read(int.from_bytes(length, "big")))
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        client.sendall(str(os.waitstatus_to_exitcode(status) & 0xFF).encode())
        os._exit(0)
    client.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["jiaokan", *words]
    from pipeline import cli

    try:
        cli.main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else bool(ended.code))


if __name__ == "__main__":
    serve(sys.argv[1])

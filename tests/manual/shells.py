# SPDX-License-Identifier: MIT
"""The manual pages as mandoc reads them, and completion typed into real shells: docs/man/."""
import os
import pty
import select
import shutil
import signal
import subprocess
import time

from pages import ROOT

MAN = ROOT / "docs/man"
LONGEST = 1800  # seconds after which a shell is taken to hang
# What is typed before a TAB, and what then stands there.
TYPED = {
    "vouch ver": "vouch verify ",
    "vouch run --fail-on-a": "vouch run --fail-on-assumed",
    "vouch run --fail-on=cri": "vouch run --fail-on=critical",
    "vouch explain BYP-1": "vouch explain BYP-10 ",
    "vouch run --previous=rep": "vouch run --previous=reports",
}
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], f"PS1='> '; bind 'set enable-bracketed-paste off'; source {MAN}/vouch.bash"),
    "zsh": (["zsh", "-f", "-i"], f"PS1='> '; unset zle_bracketed_paste; fpath=({MAN} $fpath); autoload -Uz compinit; compinit -u -D"),
}


class Shell:
    """A shell at a terminal of its own."""

    def __init__(self, name, program):
        arguments, first = START[name]
        environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "TERM": "dumb", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
        self.said = ""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(ROOT)
            os.execvpe(arguments[0], arguments, environment)
        # Typed before the shell reads it, a TAB would be the terminal's.
        self.send(first + "; echo rea''dy\r")
        self.until("ready")

    def send(self, text):
        os.write(self.terminal, text.encode())

    def until(self, text):
        """Waits for the text; what came instead when it does not come."""
        end = time.monotonic() + LONGEST
        while text not in self.said:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                return self.said
            try:
                self.said += os.read(self.terminal, 4096).decode(errors="replace")
            except OSError:
                return self.said
        self.said = self.said.split(text, 1)[1]
        return ""

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def check_shell(check, name, program):
    shell = Shell(name, program)
    try:
        for typed, wanted in TYPED.items():
            shell.send(typed + "\t")
            rest = wanted[len(typed):]
            # Only what is added is sure to come in one piece.
            shell.until(typed)
            wrong = shell.until(rest)
            check(f"{name} completes {typed}", wrong and f"no {rest!r} in {wrong!r}")
            shell.send("\x15echo do''ne\r")
            shell.until("done")
    finally:
        shell.close()


def run(check, program):
    for page in sorted([*MAN.glob("*.1"), *MAN.glob("*.5")]):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True, check=False)
        check(f"mandoc reads {page.name}", done.stdout.strip())
    for name in START:
        if shutil.which(name):
            check_shell(check, name, program)

# SPDX-License-Identifier: MIT
"""A PostgreSQL server of its own: a temporary cluster on a unix socket, run by an unprivileged user even when its
caller is root.

    with Server() as server: server.sql("SELECT 1")
"""
import contextlib
import ctypes
import glob
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

UNPRIVILEGED = ("postgres", "nobody")  # whom root becomes
SETTINGS = """
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
fsync = off
autovacuum = off
max_connections = 20
log_min_messages = fatal
lc_messages = 'C'
"""
# `auditor` needs a password, everybody else is trusted: the socket is in a folder of our own. Over the network, once
# it is asked for, only `auditor` gets in, and only encrypted.
ACCESS = """
local all auditor scram-sha-256
local all all trust
local replication postgres trust
hostssl all auditor 127.0.0.1/32 scram-sha-256
"""


def find_programs():
    """The newest folder of the server's programs: initdb and postgres are not on Debian's PATH."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if found:
        return pathlib.Path(max(found, key=lambda path: float(path.split("/")[4]))).parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise SystemExit("there is no PostgreSQL server (initdb); on Debian: apt-get install postgresql")
    return pathlib.Path(os.path.realpath(on_path)).parent


def stop_when_told():
    """SIGTERM and SIGHUP end this program as an exception, so that it stops what it has started."""
    def leave(number, _):
        raise SystemExit(128 + number)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, leave)


def find_user():
    """The user that runs the server, or None for the one at hand."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody")


def end_with_caller():
    """In the child that becomes the server: it is told to stop at once when its caller dies, however that dies."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG
    os.setsid()  # what is typed at the terminal is the caller's: it stops the server in its own time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificate(folder, name):
    """A certificate that vouches for itself, of `localhost`, and its key; their paths."""
    certificate, key = folder / f"{name}.crt", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


class Server:
    """The cluster; it starts with the object and disappears with stop()."""

    def __init__(self, folder=None):
        self.programs = find_programs()
        self.user = find_user()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vouch-pg-", dir=folder))
        self.data = self.folder / "data"
        self.port = free_port()
        self.process = None
        stop_when_told()
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.folder.chmod(0o755)
        try:
            self._make_cluster()
            with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
                file.write(SETTINGS.format(socket=self.folder, port=self.port))
            (self.data / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")
            self.start()
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _make_cluster(self):
        self._as_server("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8", "--no-sync")

    def _identity(self):
        how = {"cwd": self.folder, "stdin": subprocess.DEVNULL,
               "env": {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}}
        if self.user:
            how.update({"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []})
        return how

    def _as_server(self, program, *arguments):
        done = subprocess.run([self.programs / program, *arguments], capture_output=True, text=True, check=False,
                              **self._identity())
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")

    def start(self):
        """Starts the server and waits until it answers, however long that takes."""
        with open(self.folder / "log", "a", encoding="utf-8") as log:
            self.process = subprocess.Popen([self.programs / "postgres", "-D", self.data], stdout=log, stderr=log,
                                            preexec_fn=end_with_caller, **self._identity())
        asks = [self.programs / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port), "-U", "postgres", "-d", "postgres"]
        while subprocess.run(asks, check=False).returncode != 0:
            if self.process.poll() is not None:
                self.process = None
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.05)

    def halt(self, mode="immediate"):
        """Stops the server and keeps the cluster."""
        process, self.process = self.process, None
        if process:
            process.send_signal({"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
            process.wait()

    def listen(self):
        """Also on 127.0.0.1, encrypted; returns the path of the certificate."""
        certificate, key = make_certificate(self.folder, "server")
        if self.user:
            os.chown(key, self.user.pw_uid, self.user.pw_gid)
        key.chmod(0o600)
        self.sql(f"""ALTER SYSTEM SET listen_addresses = '127.0.0.1'; ALTER SYSTEM SET ssl = on;
            ALTER SYSTEM SET ssl_cert_file = '{certificate}'; ALTER SYSTEM SET ssl_key_file = '{key}';""")
        self.halt("fast")
        self.start()
        return certificate

    def stop(self):
        """Stops the server and removes the cluster."""
        try:
            self.halt()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, **more):
        """For programs that use libpq: where the server is; nothing else of the caller's is left."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return {**clean, "PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": "postgres", "PGDATABASE": "postgres",
                "PGPASSFILE": "/nonexistent", **more}

    def sql(self, text, database="postgres", **more):
        """Runs statements, each on its own; returns the rows as tab-separated text."""
        done = subprocess.run(["psql", "-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-f", "-"],
                              input=text, env=self.environment(PGDATABASE=database, **more),
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{done.stderr}\nin: {text[:500]}")
        return done.stdout


    @contextlib.contextmanager
    def holding(self, statement, database="postgres"):
        """Meanwhile a session holds what the statement has locked."""
        with subprocess.Popen(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1"], text=True, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, env=self.environment(PGDATABASE=database)) as session:
            session.stdin.write(f"BEGIN; {statement}; SELECT 'held';\n")
            session.stdin.flush()
            if session.stdout.readline() != "held\n":
                raise RuntimeError(f"not held: {statement}")
            try:
                yield
            finally:
                session.stdin.close()


class Standby(Server):
    """A hot standby of another server, which it follows until one of them stops."""

    def __init__(self, primary):
        self.primary = primary
        super().__init__()

    def _make_cluster(self):
        self._as_server("pg_basebackup", "-h", self.primary.folder, "-p", str(self.primary.port), "-U", "postgres",
                        "-D", self.data, "-R", "-c", "fast", "--no-sync")

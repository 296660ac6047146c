"""The connection to Spark: its settings, the check of Java, and errors as messages."""

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from claimcli.core.problems import ClaimcliError, ExitCode
from claimcli.dossier.runtime import import_extra

LEAST_JAVA = 17
_MARK = "claimcli-error:"
_LOGGING = """\
appender.none.type = Null
appender.none.name = none
rootLogger.level = off
rootLogger.appenderRef.none.ref = none
"""


class WorkerError(RuntimeError):
    """A ClaimcliError of a worker, which the driver finds in the message of Spark."""

    @classmethod
    def of(cls, error: ClaimcliError) -> "WorkerError":
        """Return the error of a worker for one of claimcli."""
        data = msgspec.json.encode((error.message, error.hint, error.code))
        return cls(f"{_MARK}{data.hex()};")


@contextmanager
def spark_context(master: str, folder: Path) -> Iterator[Any]:
    """Yield a SparkContext, stopped afterwards. Temporary files are written to a folder.

    Raises ClaimcliError if pyspark or Java is missing, Java is too old, or the master unreachable.
    """
    pyspark = import_extra("pyspark", "spark")
    if master.startswith("sc://"):
        hint = "write --master spark://HOST:PORT, yarn, k8s://ADDRESS or local[N]"
        raise ClaimcliError(f"Spark Connect is not supported: '{master}'", hint)
    require_java()
    before = signal.getsignal(signal.SIGINT)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        conf = _configuration(pyspark, master, stack.enter_context(_plain_path(folder)))
        stack.enter_context(_no_logging())
        gateway = stack.enter_context(_java(conf, folder / "java.log", master))
        try:
            context = pyspark.SparkContext(conf=conf, gateway=gateway)
        except Exception as error:
            raise _not_started(master, str(error)) from None
        # Spark's handler calls Java, also while Java is being called
        signal.signal(signal.SIGINT, before)
        try:
            with _lost_connection(master):
                yield context
        finally:
            context.stop()


@contextmanager
def _lost_connection(master: str) -> Iterator[None]:
    """Turn an error of Java between two results into ClaimcliError.

    Spark ends itself if the master does not answer for a minute.
    """
    from py4j.protocol import Py4JError

    try:
        yield
    except Py4JError as error:
        text = str(error)  # needs the connection to Java
        raise _shut_down(text) or _not_started(master, text) from None


@contextmanager
def _no_logging() -> Iterator[None]:
    """Keep errors of the connection to Java, which are raised, too, from being logged."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def _java(conf: Any, log: Path, master: str) -> Iterator[Any]:
    """Yield the connection to a new JVM, which is ended afterwards; what it prints is in a file."""
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    with log.open("w+", encoding="utf-8", errors="replace") as output:
        try:
            gateway = launch_gateway(conf, {"stdout": output, "stderr": output})
        except PySparkException:
            output.seek(0)
            raise _not_started(master, output.read()) from None
        try:
            yield gateway
        finally:
            SparkContext._gateway = SparkContext._jvm = None  # a later context starts another JVM
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait()


@contextmanager
def _plain_path(folder: Path) -> Iterator[Path]:
    """Yield a path of a folder without spaces or commas, which Spark takes for separators."""
    with tempfile.TemporaryDirectory(prefix="claimcli-") as temporary:
        link = Path(temporary) / "spark"
        link.symlink_to(folder.resolve(), target_is_directory=True)
        yield link


def _configuration(pyspark: Any, master: str, folder: Path) -> Any:
    settings = folder / "log4j2.properties"
    settings.write_text(_LOGGING, encoding="utf-8")
    java = f"-Dlog4j2.configurationFile={settings.as_uri()} -Djava.io.tmpdir={folder}"
    conf = pyspark.SparkConf().setAppName("claimcli corpus").setMaster(master)
    conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
    conf.set("spark.driver.maxResultSize", "0")
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # the host's name may be unknown
        os.environ.setdefault("SPARK_LOCAL_HOSTNAME", "localhost")
        conf.set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
        conf.set("spark.local.dir", str(folder))
        java += " -XX:-UsePerfData -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    return conf.set("spark.driver.extraJavaOptions", java)


def require_java() -> None:
    """Raise ClaimcliError unless a Java that Spark runs on is installed."""
    hint = f"install Java {LEAST_JAVA} or later, or set JAVA_HOME to its folder"
    home = os.environ.get("JAVA_HOME", "")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        where = f"in JAVA_HOME, which is '{home}'" if home else "on the PATH"
        raise ClaimcliError(f"Spark needs Java, and there is no 'java' {where}", hint)
    version = _java_version(java)
    if version < LEAST_JAVA:
        name = f"Java {version}" if version else "no Java that runs"
        raise ClaimcliError(f"Spark needs Java {LEAST_JAVA}, and '{java}' is {name}", hint)


def _java_version(java: str) -> int:
    """Return the major version of a Java program, or 0 if it does not run."""
    try:
        result = subprocess.run(  # noqa: S603 - the user's Java
            [java, "-version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(?:1\.)?(\d+)', result.stderr + result.stdout)
    return int(match[1]) if match else 0


def _not_started(master: str, text: str) -> ClaimcliError:
    return ClaimcliError(
        f"Spark cannot be started with the master '{master}': {_cause(text)}",
        "write --master spark://HOST:PORT, yarn, k8s://ADDRESS or local[N]",
        code=ExitCode.UNREADABLE,
    )


@contextmanager
def running_job(name: str) -> Iterator[None]:
    """Turn errors of Spark, while the result ``name`` is computed, into ClaimcliError."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException, ConnectionError) as error:
        if _interrupted(error):
            raise KeyboardInterrupt from None
        raise _failed(name, str(error)) from None


def _interrupted(error: BaseException | None) -> bool:
    """Return whether an error came from cleaning up after Ctrl-C, which Spark does by calls."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__context__
    return False


def _shut_down(text: str) -> ClaimcliError | None:
    """Return the error if Spark ended itself, else None."""
    if "stopped SparkContext" not in text and "SparkContext has been shut" not in text:
        return None
    message = "Spark ended, since its master does not answer or closed the connection"
    hint = "check --master, and see the logs of Spark; nothing was written"
    return ClaimcliError(message, hint, code=ExitCode.UNREADABLE)


def _failed(name: str, text: str) -> ClaimcliError:
    if match := re.search(rf"{_MARK}([0-9a-f]+);", text):
        data = bytes.fromhex(match[1])
        message, hint, code = msgspec.json.decode(data, type=tuple[str, str, int])
        return ClaimcliError(message, hint, code=code)
    if error := _shut_down(text):
        return error
    task = re.search(r"Task (\d+) in stage", text)
    part = f"part {int(task[1]) + 1}" if task else "a part"
    if "Python worker exited unexpectedly" in text or "ExecutorLostFailure" in text:
        hint = "if memory ran out, give the workers more, or use fewer cores: --master local[1]"
        message = f"the process that worked on {part} of '{name}' was killed"
        return ClaimcliError(message, f"{hint}; nothing was written", code=ExitCode.UNREADABLE)
    trace = re.search(r"Traceback \(most recent call last\):.*?(?=\n\n|\n\tat )", text, re.DOTALL)
    if trace:
        raise RuntimeError(f"in {part} of '{name}', on Spark:\n{trace[0]}")
    message = f"Spark failed at {part} of '{name}': {_cause(text)}"
    return ClaimcliError(message, "see the logs of Spark", code=ExitCode.UNREADABLE)


def _cause(text: str) -> str:
    """Return the first cause in a message of Java."""
    begin = r'(?:Caused by: |^: |^Exception in thread "[^"\n]*" )'
    causes = re.findall(rf"{begin}(?:[\w.$]+(?:Exception|Error): )?(.+)", text, re.M)
    return (causes[-1] if causes else text.strip().partition("\n")[0])[:300]

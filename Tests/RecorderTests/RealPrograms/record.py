"""Records programs that others wrote, and prints what that took.

    python3 record.py TRAPLINE [--only NAME] [--rounds N] [--into FOLDER] [--prepare]

TRAPLINE is the built program. The programs are a Scrapy crawl of a site with errors in it (crawl), a Klein server with
treq clients (shop), Twisted's own suites for defer and task (trial), and a Buildbot master with its worker (build).
They are installed into an environment under `.build`, run on loopback only, bounded in count and time, by turns with
and without the recorder, and what they must show is looked for in the traces: status 1 if it is not there, 69 if the
programs could not be installed (is there a network?). `--into` keeps the traces; `--prepare`
installs what is needed, and no more.

The columns: processes with a trace of their own; events, and how many to a Deferred; bytes an event, plain and with
gzip; processor seconds of all processes without and with the recorder (medians), the ratio; seconds recorded.
"""

import argparse
import gzip
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = HERE.parents[2] / ".build" / "real-programs"
TWISTED = "twisted==26.10.0"
NEEDS = {
    "shop": [TWISTED, "klein==24.8.0", "treq==26.7.0"],
    "crawl": [TWISTED, "scrapy==2.19.0"],
    "trial": [TWISTED, "pyhamcrest", "hypothesis"],
    "build": [TWISTED, "buildbot==4.3.0", "buildbot-worker==4.3.0"],
}
# Types of Failures that a trace must hold, or the program did not go wrong as it should, or was not recorded.
SHOWS = {
    "shop": {"LookupError", "RuntimeError", "ConnectionRefusedError", "ValueError", "CancelledError", "FirstError"},
    "crawl": {"ConnectionRefusedError", "ResponseDataLossError", "IgnoreRequest", "DownloadTimeoutError"},
    "trial": {"GenericError", "CancelledError", "TimeoutError", "FailureGroup"},
    "build": {"ZeroDivisionError", "FirstError"},
}


def bin_of(name):
    return str(ENVIRONMENT / "bin" / name)


def prepare(names):
    """Makes the environment, or says why it can't be made and ends."""
    needs = sorted({need for name in names for need in NEEDS[name]})
    marker = ENVIRONMENT / ("has-%s" % "-".join(sorted(names)))
    if marker.exists():
        return
    steps = [
        [sys.executable, "-m", "venv", str(ENVIRONMENT)],
        [bin_of("pip"), "install", "--quiet", "--retries", "1", "--timeout", "10"] + needs,
    ]
    for step in steps:
        done = subprocess.run(step, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=600)
        if done.returncode:
            print("the programs can't be installed: %s" % done.stderr.strip()[-300:], file=sys.stderr)
            sys.exit(69)
    marker.touch()


# The programs: each gives its command, and what must be done when it has ended.


def shop(_):
    things = ["cup", "vase", "lamp", "air", "piano", "harp"] * 5
    return [bin_of("python"), str(HERE / "shop.py")] + things, lambda: None


def crawl(folder):
    site = subprocess.Popen(
        [sys.executable, str(HERE / "faulty_site.py"), "200"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    address = site.stdout.readline().strip()
    spider = str(HERE / "faulty_spider.py")
    command = [bin_of("scrapy"), "runspider", spider, "-a", "start=" + address, "-o", str(folder / "items.jsonl")]

    def end():
        site.communicate()

    return command, end


def trial(_):
    return [bin_of("trial"), "twisted.test.test_defer", "twisted.test.test_task"], lambda: None


def build(folder):
    master, worker = folder / "master", folder / "worker"
    for command in (
        [bin_of("buildbot"), "create-master", str(master)],
        [bin_of("buildbot-worker"), "create-worker", str(worker), "127.0.0.1:9989", "helper", "secret"],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(HERE / "buildbot_master.cfg", master / "master.cfg")
    command = [sys.executable, str(HERE / "build.py"), bin_of("twistd"), str(master), str(worker)]
    return command, lambda: None


PROGRAMS = {"shop": shop, "crawl": crawl, "trial": trial, "build": build}


def run(name, prefix):
    """Runs a program once in a folder of its own: processor seconds, seconds, what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        command, end = PROGRAMS[name](pathlib.Path(folder))
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(
            prefix + command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
        )
        took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        end()
    if done.returncode:
        sys.exit("%s ended with %d:\n%s" % (name, done.returncode, done.stdout[-2000:]))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, took


def figures(files):
    events = deferreds = plain = zipped = 0
    types, texts = set(), {}
    for file in files:
        data = file.read_bytes()
        plain += len(data)
        zipped += len(gzip.compress(data))
        for line in data.splitlines():
            record = json.loads(line)
            if "s" in record:
                texts[record["s"]] = record["text"]
            events += "t" in record
            deferreds += record.get("e") == "made"
            if record.get("e") == "born":
                types.add(texts.get(record["type"], record["type"]).rsplit(".", 1)[-1])
    return {
        "processes": len(files),
        "events": events,
        "events a Deferred": "%.1f" % (events / max(1, deferreds)),
        "bytes an event": "%.0f" % (plain / max(1, events)),
        "with gzip": "%.1f" % (zipped / max(1, events)),
    }, types


def measured(name, trapline, rounds, keep):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        trace = folder / ("%s.trace.jsonl" % name)
        bare, recorded = [], []
        for _ in range(rounds):
            for old in folder.iterdir():
                old.unlink()
            bare.append(run(name, []))
            recorded.append(run(name, [trapline, "record", "-o", str(trace), "--"]))
        files = sorted(folder.glob("*.trace.jsonl"))
        for file in files:
            subprocess.run([trapline, "check", str(file)], check=True, stdout=subprocess.DEVNULL)
        row, types = figures(files)
        missing = SHOWS[name] - types
        if missing:
            sys.exit("%s: no Failure of %s is in the trace" % (name, ", ".join(sorted(missing))))
        for file in files if keep else []:
            shutil.copy(file, keep)
    without, with_it = (statistics.median(cpu for cpu, _ in runs) for runs in (bare, recorded))
    row["CPU without"] = "%.2f s" % without
    row["CPU recorded"] = "%.2f s" % with_it
    row["ratio"] = "%.2f" % (with_it / without)
    row["took"] = "%.1f s" % statistics.median(took for _, took in recorded)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trapline")
    parser.add_argument("--only", choices=sorted(PROGRAMS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--into", type=pathlib.Path)
    parser.add_argument("--prepare", action="store_true")
    options = parser.parse_args()
    names = [options.only] if options.only else list(PROGRAMS)
    prepare(names)
    if options.prepare:
        return
    os.environ.pop("PYTHONPATH", None)
    if options.into:
        options.into.mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(names):
        row = measured(name, os.path.abspath(options.trapline), options.rounds, options.into)
        if place == 0:
            print("| program | %s |" % " | ".join(row))
            print("| --- |" + " ---: |" * len(row))
        print("| %s | %s |" % (name, " | ".join(str(value) for value in row.values())), flush=True)


main()

"""Makes the recorded example that is built in: python3 make_example.py TRAPLINE FOLDER OUTPUT

FOLDER is a new one, in which the shop lives while it is recorded: its path is in the trace, so let it be one that
tells nothing, such as /srv/shop. One customer comes and asks for the air. What a person reads first is added to the
header: a title, what it is about, and the step at which to begin.
"""

import json
import pathlib
import shutil
import signal
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TITLE = "Sold out, and nothing was logged"
SUMMARY = (
    "A recorded program: a shop on Klein asks two services with treq and makes a page of what they say. There is"
    " plenty of air, yet the page says that it is sold out, and no log tells why. Which Failure was it, where was it"
    " born, and who took it for an empty shelf?"
)


def recorded(trapline, folder):
    """The trace of a shop that one customer visits, as lines."""
    python = folder / "venv" / "bin" / "python"
    subprocess.run(["/usr/bin/python3", "-m", "venv", str(folder / "venv")], check=True)
    needs = ["twisted==26.10.0", "klein==24.8.0", "treq==26.7.0"]
    subprocess.run([str(python), "-m", "pip", "install", "--quiet"] + needs, check=True)
    shutil.copy(HERE / "shop.py", folder)
    command = [trapline, "record", "--", str(python), "shop.py"]
    shop = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    address = shop.stdout.readline().strip()
    with urllib.request.urlopen(address + "thing/air") as page:
        print(page.read().decode())
    shop.send_signal(signal.SIGTERM)
    shop.wait()
    return (folder / "shop.trace.jsonl").read_text().splitlines()


def birth_of(kind, lines):
    """The step at which the first Failure of a type is born."""
    texts, step = {}, 0
    for line in lines[1:]:
        record = json.loads(line)
        if "s" in record:
            texts[record["s"]] = record["text"]
        step += "t" in record
        if record.get("e") == "born" and texts.get(record["type"]) == kind:
            return step
    sys.exit("no %s was born" % kind)


def main():
    trapline, folder, output = sys.argv[1:]
    lines = recorded(trapline, pathlib.Path(folder))
    header = json.loads(lines[0])
    header.update(program=TITLE, summary=SUMMARY, opening=birth_of("ValueError", lines))
    lines[0] = json.dumps(header, separators=(",", ":"))
    pathlib.Path(output).write_text("\n".join(lines) + "\n")


main()

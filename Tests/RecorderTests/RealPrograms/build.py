"""Runs a Buildbot master and its worker until the one build is over: python build.py TWISTD MASTER WORKER

The two folders are made by `buildbot create-master` and `buildbot-worker create-worker`; see record.py.
"""

import os
import subprocess
import sys

twistd, master, worker = sys.argv[1:]


def start(folder):
    return subprocess.Popen(
        [twistd, "--nodaemon", "--python", "buildbot.tac", "--pidfile", ""], cwd=folder, env=os.environ
    )


helper = start(worker)
boss = start(master)
try:
    status = boss.wait(60)
except subprocess.TimeoutExpired:
    boss.terminate()
    status = 1
helper.terminate()
helper.wait()
sys.exit(status)

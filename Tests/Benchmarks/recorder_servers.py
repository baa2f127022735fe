"""What recording costs a server: processor time beside nothing, `defer.setDebugging(True)` and VizTracer.

    recorder_servers.py [--requests N] [--quiet-seconds N] [--rounds N]

The server is twisted.web's, and each of its requests an inlineCallbacks handler that asks a store three times (a timer
each), reads and writes JSON, and now and then fails. Saturated, sixteen clients ask as fast as they are answered; quiet,
one asks four times a second beside a LoopingCall; and what a server spends until it first answers is told by itself. Each
way runs alone, by turns with the others; of all rounds the best counts. VizTracer is left out where it is not installed.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HOME = os.path.dirname(os.path.abspath(__file__))
RECORDER = os.path.join(os.path.dirname(os.path.dirname(HOME)), "Sources", "TwistedRecorder")

SERVER = """
import json, sys, time
from twisted.internet import defer, reactor, task
from twisted.web import resource, server
class Store:
    rows = [{"id": n, "name": "row %d" % n, "tags": ["a", "b"]} for n in range(40)]
    def get(self, key):
        return task.deferLater(reactor, 0, self.read, key).addCallback(json.loads)
    def read(self, key):
        if key % 50 == 7:
            raise KeyError(key)
        return json.dumps(self.rows)
class Page(resource.Resource):
    isLeaf = True
    store = Store()
    count = 0
    def render_GET(self, request):
        if request.path == b"/spent":
            return b"%f" % time.process_time()
        Page.count += 1
        self.answer(Page.count).addCallbacks(self.send, self.fail, (request,), None, (request,))
        return server.NOT_DONE_YET
    @defer.inlineCallbacks
    def answer(self, n):
        first = yield self.store.get(0)
        both = yield defer.gatherResults([self.store.get(n), self.store.get(0)], consumeErrors=True)
        return [len(first), [row["name"] for row in both[0]], both[1]]
    def send(self, rows, request):
        request.setHeader(b"content-type", b"application/json")
        request.write(json.dumps(rows).encode())
        request.finish()
    def fail(self, failure, request):
        request.setResponseCode(500)
        request.finish()
site = server.Site(Page())
site.noisy = False
port = reactor.listenTCP(0, site, interface="127.0.0.1")
task.LoopingCall(lambda: None).start(0.5)
print(port.getHost().port, flush=True)
reactor.run()
"""

STARTS = {
    "plain": "",
    "debug": "from twisted.internet import defer\ndefer.setDebugging(True)\n",
    "none": "import trapline_recorder\ntrapline_recorder.start({trace!r}, 'none')\n",
    "repr": "import trapline_recorder\ntrapline_recorder.start({trace!r}, 'repr')\n",
    "viztracer": "from viztracer import VizTracer\ntracer = VizTracer(output_file={trace!r}, verbose=0)\ntracer.start()\n",
}


class Server:
    """One server in a process of its own, under `how`."""

    def __init__(self, how, folder):
        self.trace = os.path.join(folder, "a.trace.jsonl" if how != "viztracer" else "a.json")
        file = os.path.join(folder, "server.py")
        with open(file, "w") as source:
            source.write(STARTS[how].format(trace=self.trace) + SERVER)
        environment = dict(os.environ, PYTHONPATH=RECORDER)
        self.process = subprocess.Popen([sys.executable, file], stdout=subprocess.PIPE, env=environment)
        self.port = int(self.process.stdout.readline())

    def ask(self, connection, path=b"/"):
        """One request; its body."""
        connection.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % path)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.received(connection)
        head, body = answer.split(b"\r\n\r\n", 1)
        if b"ransfer-Encoding: chunked" in head:
            while not body.endswith(b"0\r\n\r\n"):
                body += self.received(connection)
            return body
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self.received(connection)
        return body

    @staticmethod
    def received(connection):
        data = connection.recv(65536)
        if not data:
            raise ConnectionError("the server closed a connection")
        return data

    def connection(self):
        return socket.create_connection(("127.0.0.1", self.port))

    def spent(self):
        """Seconds of processor time since its start."""
        with self.connection() as connection:
            return float(self.ask(connection, b"/spent"))

    def end(self):
        """Stops it; how many events it wrote."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        if not self.trace.endswith(".jsonl") or not os.path.exists(self.trace):
            return 0
        with open(self.trace, "rb") as file:
            return sum(1 for line in file if line.startswith(b'{"t"'))


def saturated(server, count, clients=16):
    """Processor seconds for `count` requests."""

    def client(times):
        with server.connection() as connection:
            for _ in range(times):
                server.ask(connection)

    def all_of_them(total):
        threads = [threading.Thread(target=client, args=(total // clients,)) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    all_of_them(max(count // 10, clients))
    before = server.spent()
    all_of_them(count)
    return server.spent() - before


def quiet(server, seconds, each=4):
    """Processor seconds for `seconds` with a few requests in each."""
    with server.connection() as connection:
        server.ask(connection)
        before = server.spent()
        for _ in range(seconds * each):
            server.ask(connection)
            time.sleep(1 / each)
    return server.spent() - before


def start(server, _):
    """Processor seconds until it answers for the first time."""
    with server.connection() as connection:
        server.ask(connection)
    return server.spent()


def measured(load, how, amount):
    with tempfile.TemporaryDirectory() as folder:
        server = Server(how, folder)
        try:
            spent = load(server, amount)
        finally:
            events = server.end()
    return spent, events


def compared(name, load, amount, ways, rounds):
    best = {}
    for _ in range(rounds):
        for how in ways:
            found = measured(load, how, amount)
            best[how] = min(best.get(how, found), found)
    plain = best["plain"][0]
    for how in ways:
        spent, events = best[how]
        line = "%-9s %-9s %8.3f s of processor, %5.2fx" % (name, how, spent, spent / plain)
        if events:
            line += ", %d events" % events
        print(line, flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--requests", type=int, default=3200)
    arguments.add_argument("--quiet-seconds", type=int, default=15)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    ways = list(STARTS)
    if subprocess.run([sys.executable, "-c", "import viztracer"], stderr=subprocess.DEVNULL).returncode:
        print("viztracer is not installed for %s: left out" % sys.executable)
        ways.remove("viztracer")
    compared("saturated", saturated, given.requests, ways, given.rounds)
    compared("quiet", quiet, given.quiet_seconds, ways, given.rounds)
    compared("start", start, 0, ways, given.rounds)


if __name__ == "__main__":
    main()

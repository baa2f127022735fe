"""A web site where much goes wrong, for a crawler to find: plain Python, so that only the crawler is recorded.

    python faulty_site.py PAGES

prints the address, then serves until its standard input ends. Of the links on its first page, one is missing, one
breaks, one is too slow, one runs in a circle, one is cut off, one leads where nobody listens, and PAGES are well.
"""

import http.server
import socket
import sys
import threading
import time

PAGES = int(sys.argv[1])
FAULTS = ["missing", "broken", "slow", "circle", "cut", "sour", "picture"]


def closed_port():
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/")
        if name == "":
            paths = ["/%s" % fault for fault in FAULTS] + ["/page/%d" % n for n in range(PAGES)]
            paths.append("http://127.0.0.1:%d/refused" % closed_port())
            self.give(200, "".join('<a href="%s">%s</a>\n' % (path, path) for path in paths))
        elif name.startswith("page/"):
            self.give(200, "<h1>Page %s</h1><p>price: %s</p>" % (name[5:], len(name) * 100))
        elif name == "sour":
            self.give(200, "<h1>Sour</h1><p>price: not a number</p>")
        elif name == "broken":
            self.give(500, "broken")
        elif name == "slow":
            time.sleep(3)
            self.give(200, "late")
        elif name == "circle":
            self.send_response(302)
            self.send_header("Location", "/circle?again=%d" % time.time_ns())
            self.end_headers()
        elif name.startswith("circle"):
            self.path = "/circle"
            self.do_GET()
        elif name == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"<h1>Cut")
        elif name == "picture":
            self.give(200, "\x89PNG\r\n", "image/png")
        else:
            self.give(404, "no such page")

    def give(self, status, text, kind="text/html"):
        body = text.encode("latin-1")
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # Who asked did not wait.

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer.request_queue_size = 128
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print("http://127.0.0.1:%d/" % server.server_port, flush=True)
sys.stdin.read()

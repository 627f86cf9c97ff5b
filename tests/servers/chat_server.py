"""A chat server in a process of its own: a small real model, fixed answers, and every fault that a server can have.

``python -m tests.servers.chat_server`` prints its port. The first part of a URL's path says how it behaves:
``/lm/v1`` the model in the folder given as argument, bound to the schema; ``/says/v1`` the answers of the ``model``
field (JSON list, one for each turn of the assistant so far); the rest are faults.
"""

import json
import sys
import threading
import time
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@lru_cache(maxsize=1)
def small_model():
    from planner.language.large.local import LocalCompleter

    return LocalCompleter(sys.argv[1], most_tokens=400)


MODEL_LOCK = threading.Lock()


def completion(text, finish="stop"):
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, body, code=200, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(data), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.send({"asked": "GET"})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            getattr(self, self.path.split("/")[1])(asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def lm(self, asked):
        from prompts import Message

        schema = asked["response_format"]["json_schema"]["schema"]
        messages = [Message(m["role"], m["content"]) for m in asked["messages"]]
        with MODEL_LOCK:
            said = small_model().complete(messages, schema, 120.0)
        self.send(completion(said.text, "length" if said.cut else "stop"))

    def says(self, asked):
        """Answers the n-th request of a conversation with the n-th text of the model's name."""
        texts = json.loads(asked["model"])
        corrections = sum("Findings" in m["content"] or "findings" in m["content"] for m in asked["messages"][1:])
        self.send(completion(texts[min(corrections, len(texts) - 1)]))

    def echo(self, asked):
        """Refuses, and tells what it was asked."""
        self.send(completion(json.dumps({"answer": {"refusal": asked["messages"][-1]["content"][:300]}})))

    def unbound(self, asked):
        """Knows no response_format."""
        if "response_format" in asked:
            self.send({"error": {"message": "response_format is unknown"}}, 422)
        else:
            self.send(completion(json.dumps({"answer": {"refusal": "asked without a schema"}})))

    def key(self, asked):
        sound = self.headers["Authorization"] == "Bearer sesame"
        self.send(
            completion('{"answer":{"refusal":"the key is right"}}') if sound else {"error": {}}, 200 if sound else 401
        )

    def slow(self, asked):
        time.sleep(20)
        self.send(completion("{}"))

    def truncated(self, asked):
        """Breaks off in the middle of the body that it announced."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b'{"id": "x", "choices": [{"mess')
        self.close_connection = True

    def cut(self, asked):
        """A completion that the server says ended early."""
        self.send(completion('{"answer":{"goal":[{"predicate":"on","th', "length"))

    def garbage(self, asked):
        self.send(bytes(range(256)) * 8)

    def html(self, asked):
        self.send(b"<html>hello</html>", Content_Type="text/html")

    def nochoices(self, asked):
        self.send({"id": "x", "choices": []})

    def nothing(self, asked):
        self.send(completion(None))

    def list(self, asked):
        self.send([1, 2, 3])

    def packed(self, asked):
        self.send(b"\x1f\x8b\x08", Content_Encoding="gzip")

    def endless(self, asked):
        """A body of small pieces without end."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            self.wfile.write(b"1\r\n \r\n")
            self.wfile.flush()
            time.sleep(0.05)

    def headers_without_end(self, asked):
        self.send_response(200)
        for number in range(400):
            self.send_header(f"X-{number}", "y")
            self.flush_headers()
            time.sleep(0.05)

    def oversized(self, asked):
        self.send(completion("x" * 3_000_000))

    def redirect(self, asked):
        self.send(b"", 307, Location="/says/v1/chat/completions")

    def elsewhere(self, asked):
        self.send(b"", 302, Location="http://example.invalid/")

    def broken(self, asked):
        self.send({"error": {"message": "out of memory"}}, 500)

    def missing(self, asked):
        self.send({"error": {"message": "no such model"}}, 404)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()  # ends with its parent
    server.serve_forever()

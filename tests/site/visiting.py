"""A visitor of the site without a browser: keeps cookies, sends forms with their token, follows nothing by itself."""

import http.client
import re
import time
import uuid
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    status: int
    text: str
    body: bytes
    headers: dict

    @property
    def location(self):
        return self.headers.get("location", "")

    @property
    def words(self):
        """What a reader sees, without tags."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())


@dataclass
class Visitor:
    base: str
    cookies: dict = field(default_factory=dict)
    address: str = "127.0.0.1"

    def _connection(self, host):
        return http.client.HTTPConnection(host, timeout=60, source_address=(self.address, 0))

    def _ask(self, method, path, body=None, headers=None):
        host = urlsplit(self.base).netloc
        connection = self._connection(host)
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        try:
            connection.request(
                method, quote(path, safe="/?&=%#[]+,~"), body, told | {"Referer": self.base + "/"} | (headers or {})
            )
            response = connection.getresponse()
            content = response.read()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0].strip('"')
            found = {}
            for name, value in response.getheaders():
                found[name.lower()] = "\n".join(filter(None, (found.get(name.lower()), value)))
            return Answer(response.status, content.decode("utf-8", "replace"), content, found)
        finally:
            connection.close()

    def get(self, path):
        return self._ask("GET", path)

    def follow(self, answer):
        """The page an answer leads to; work that is still going on there is waited for."""
        found = self.get(answer.location) if answer.location else answer
        until = time.monotonic() + 60
        while answer.location and 'role="progressbar"' in found.text and time.monotonic() < until:
            time.sleep(0.2)
            found = self.get(answer.location)
        return found

    def _token(self):
        found = TOKEN.search(self.get("/check").text) or TOKEN.search(self.get("/sign-in").text)
        return found[1] if found else ""

    def post(self, path, fields=None, *, token=True):
        told = dict(fields or {}) | ({"csrfmiddlewaretoken": self._token()} if token else {})
        return self._ask("POST", path, urlencode(told), {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, path, name, file_name, content, fields=None):
        """A form with a file."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in ({"csrfmiddlewaretoken": self._token()} | (fields or {})).items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()])
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def sign_in(self, name, password):
        return self.post("/sign-in", {"name": name, "password": password})

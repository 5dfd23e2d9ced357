"""nginx for the tests of a proxy: the distribution's, installed where that may be done, under the site of docs/do."""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from serving import ROOT

PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
GUIDE = (ROOT / "docs" / "do" / "run-behind-a-proxy.md").read_text("utf-8")


def found():
    """The program on this machine, or nothing."""
    return shutil.which("nginx", path=PLACES)


def ready():
    """The program, installed first where it is missing and this process may; the reason where it cannot be had."""
    if not found() and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600, "check": False}
        subprocess.run(["apt-get", "update"], **quiet)
        options = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, **quiet}
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "nginx-light"], **options)
    return found(), "nginx is not on this machine and could not be installed with apt-get"


def block(language, *, text=GUIDE):
    """The blocks of a guide in one language, as they are written there."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def certificate(folder):
    """A self-made certificate for this machine; answers its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shanhai test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "site.pem", folder / "site.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    none = serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, none))
    return files


def write_site(folder, *, port, behind):
    """The site of the guide, with this test's ports and certificate put in; nothing else of it is changed."""
    public, private = certificate(folder)
    (site,) = block("nginx")
    for written, here in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/certs/xiezuo.example.cn.pem": str(public),
        "/etc/ssl/private/xiezuo.example.cn.key": str(private),
        "http://127.0.0.1:8000": f"http://127.0.0.1:{behind}",
    }.items():
        assert site.count(written) == 1, written
        site = site.replace(written, here)
    temporary = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\n    access_log off;\n{temporary}{site}}}\n"
    )
    return ["-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")], public

"""A real time-stamp authority on loopback: ``openssl ts`` behind HTTP, with certificates made for the test."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = {ess}
"""
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Authority:
    """Root, intermediate and signer in ``folder``; `reply` answers queries."""

    def __init__(
        self,
        folder: Path,
        *,
        key: str = "ec",
        days: tuple[int, int] = (-1, 30),
        purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
        ess: str = "sha256",
        limit: x509.ObjectIdentifier | None = None,
    ) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        root_key, middle_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        signer_key: Key = (
            ec.generate_private_key(ec.SECP256R1())
            if key == "ec"
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        root = _certificate("Test root", root_key, None, root_key, (-100, 100))
        middle = _certificate("Test intermediate", middle_key, root, root_key, (-100, 100), limit=limit)
        signer = _certificate("Test authority", signer_key, middle, middle_key, days, purpose)
        self.roots = folder / "root.pem"
        self.roots.write_bytes(root.public_bytes(Encoding.PEM))
        (folder / "chain.pem").write_bytes(middle.public_bytes(Encoding.PEM))
        (folder / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        plain = signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "signer.key").write_bytes(plain)
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder, ess=ess))
        self._lock = threading.Lock()
        self.queries: list[bytes] = []

    def reply(self, query: bytes) -> bytes:
        """The TimeStampResp that openssl gives."""
        with self._lock:
            self.queries.append(query)
            (self.folder / "query.tsq").write_bytes(query)
            subprocess.run(
                ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "own", "-queryfile", "query.tsq",
                 "-signer", "signer.pem", "-inkey", "signer.key", "-chain", "chain.pem", "-out", "reply.tsr"],
                cwd=self.folder, check=True, capture_output=True, timeout=30,
            )  # fmt: skip
            return (self.folder / "reply.tsr").read_bytes()


def _certificate(
    name: str,
    key: Key,
    issuer: x509.Certificate | None,
    issuer_key: ec.EllipticCurvePrivateKey,
    days: tuple[int, int],
    purpose: x509.ObjectIdentifier | None = None,
    limit: x509.ObjectIdentifier | None = None,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=purpose is None, path_length=None), critical=True)
    )
    if usage := purpose or limit:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


@contextmanager
def served(answer: Callable[[bytes], tuple[int, bytes]]) -> Iterator[str]:
    """An HTTP server on loopback that gives ``answer`` to what is POSTed; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, reply = answer(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsr"
        finally:
            server.shutdown()
            thread.join(5)

"""The sandbox's certificate authority: made at start, kept in a temporary directory, trusted by nobody else."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from citekeeper.sandbox.messages import FaultKind


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "citekeeper sandbox"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


class _Issuer:
    """A root: key and self-signed certificate (RFC 5280 profile, so that strict verifiers accept it)."""

    def __init__(self, common_name: str, now: datetime) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name(common_name)
        public = self.key.public_key()
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2))
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .sign(self.key, hashes.SHA256())
        )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _subject_alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Authority:
    """Mints a server certificate for any host, on demand, with one leaf key for all.

    Certificates are valid by the machine's own clock, whatever clock the sandbox runs on: TLS libraries ask no other.

    Args:
        directory: where the CA bundle and the leaves are written (OpenSSL loads them from files only).
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._now = datetime.now(UTC)
        self._issuer = _Issuer("citekeeper sandbox CA", self._now)
        self._stranger = _Issuer("Nobody's Trusted Root CA", self._now)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._key_pem = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._contexts: dict[tuple[str, FaultKind | None], ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self.ca_file = directory / "ca.pem"
        self.ca_file.write_bytes(self._issuer.certificate.public_bytes(Encoding.PEM))

    def context(self, host: str, fault: FaultKind | None = None) -> ssl.SSLContext:
        """The server-side TLS context for ``host``, faulty in the way of ``fault`` where one is given."""
        with self._lock:
            key = (host, fault)
            if key not in self._contexts:
                self._contexts[key] = self._make_context(host, fault, len(self._contexts))
            return self._contexts[key]

    def _make_context(self, host: str, fault: FaultKind | None, number: int) -> ssl.SSLContext:
        path = self._directory / f"leaf-{number}.pem"
        path.write_bytes(self._key_pem + self._mint(host, fault).public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        path.unlink()
        context.num_tickets = 0  # no resumption: every connection of a test shows its own handshake
        if fault is FaultKind.TLS_OBSOLETE:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # obsolete on purpose
                context.set_ciphers("DEFAULT:@SECLEVEL=0")
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1
        return context

    def _mint(self, host: str, fault: FaultKind | None) -> x509.Certificate:
        issuer = self._stranger if fault is FaultKind.TLS_UNTRUSTED_ISSUER else self._issuer
        self_signed = fault is FaultKind.TLS_SELF_SIGNED
        named = "another-host.invalid" if fault is FaultKind.TLS_WRONG_HOST else host
        starts, ends = self._now - timedelta(days=1), self._now + timedelta(days=14)
        if fault is FaultKind.TLS_EXPIRED:
            starts, ends = self._now - timedelta(days=400), self._now - timedelta(days=35)
        elif fault is FaultKind.TLS_NOT_YET_VALID:
            starts, ends = self._now + timedelta(days=30), self._now + timedelta(days=60)
        signer_key = self._key if self_signed else issuer.key
        return (
            x509.CertificateBuilder()
            .subject_name(_name(named))
            .issuer_name(_name(named) if self_signed else issuer.name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(starts)
            .not_valid_after(ends)
            .add_extension(x509.SubjectAlternativeName([_subject_alternative(named)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer_key.public_key()), critical=False)
            .sign(signer_key, hashes.SHA256())
        )

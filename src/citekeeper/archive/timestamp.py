"""RFC 3161 time stamps: the query, and the verification of a reply, offline, down to a trusted root.

The structures are read by asn1crypto; signatures are checked by cryptography. What RFC 3161 section 2.2 and 2.4.2 and
RFC 5816 ask of a client is checked: status, imprint, nonce, content type, the signer's certificate by its hash, its
purpose, the signature, and a chain to a root, each certificate valid at the time that the token states.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import algos, cms, core, pem, tsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_LONGEST_CHAIN = 8
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, UnicodeError)
_T = TypeVar("_T")


class _Response(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    """TimeStampResp; asn1crypto's own takes no reply without a token, which is what a refusal is."""

    _fields = [  # noqa: RUF012 - asn1crypto's way to declare
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class TimestampError(ValueError):
    """A reply that proves nothing; ``what`` is a stable kebab-case code."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(message)
        self.what = what
        self.message = message


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a verified token says: when, by which certificates (PEM, the signer's first, the root last)."""

    time: datetime
    serial: int
    policy: str
    chain: tuple[str, ...]
    signer: str


def query(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq (DER) for a SHA-256 digest: nothing else about what is stamped is in it."""
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    encoded: bytes = request.dump()
    return encoded


def load_roots(data: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM file.

    Raises:
        ValueError: it holds none, or one that cannot be read.
    """
    found = _roots(data)
    if not found:
        raise ValueError("no certificate")
    return list(found)


@lru_cache(maxsize=4)
def _roots(data: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a bundle, but those with a serial number that RFC 5280 forbids.

    Public bundles hold one; cryptography warns of it on every load and will refuse it, and one bad root must not take
    the others along. Kept, since a verification asks for the same bundle once a capture.
    """
    blocks = [block for _, _, block in pem.unarmor(data, multiple=True)] if pem.detect(data) else []
    sound = [block for block in blocks if asn1_x509.Certificate.load(block).serial_number > 0]
    return tuple(x509.load_der_x509_certificate(block) for block in sound)


def verify_reply(
    reply: bytes,
    digest: bytes,
    roots: Sequence[x509.Certificate],
    *,
    nonce: int | None = None,
    further: bytes = b"",
) -> Stamp:
    """Verify a TimeStampResp (DER).

    Args:
        reply: the bytes of the reply.
        digest: the SHA-256 that it must stamp.
        roots: the certificates that are trusted to issue authorities.
        nonce: what the query held; None where it is not known any more.
        further: PEM certificates that may be links of the chain.

    Raises:
        TimestampError: it does not prove that the digest existed.
    """
    signed = _parsed(lambda: _signed_data(reply))
    content: bytes = _parsed(lambda: bytes(signed["encap_content_info"]["content"].contents))
    info = _parsed(lambda: tsp.TSTInfo.load(content, strict=True))
    time, serial, policy, stamped, said_nonce = _parsed(lambda: _facts(info))
    if stamped != ("sha256", digest):
        raise TimestampError("timestamp-imprint-differs", "It stamps another hash.")
    if nonce is not None and said_nonce != nonce:
        raise TimestampError("timestamp-nonce-differs", "It answers another query: its nonce differs.")
    pool = [*_parsed(lambda: _certificates(signed)), *(_pem_certificates(further))]
    signer = _parsed(lambda: _signed_by(signed, content, pool))
    _check_purpose(signer)
    chain = _parsed(lambda: _chain(signer, pool, roots, time))
    encoded = tuple(certificate.public_bytes(Encoding.PEM).decode("ascii") for certificate in chain)
    return Stamp(time, serial, policy, encoded, _parsed(signer.subject.rfc4514_string))


def _parsed(read: Callable[[], _T]) -> _T:
    """What ``read`` returns; any trouble with the bytes is a reply that cannot be read.

    asn1crypto parses when a field is first looked at, so every look is taken under this guard.
    """
    try:
        return read()
    except TimestampError:
        raise
    except (InvalidSignature, UnsupportedAlgorithm) as error:
        raise TimestampError("timestamp-signature-invalid", "Its signature is not that of its certificate.") from error
    except _BROKEN as error:
        raise TimestampError("timestamp-invalid", "It is no readable RFC 3161 reply.") from error


def _signed_data(reply: bytes) -> Any:
    response = _Response.load(reply, strict=True)
    status = response["status"]["status"].native
    if status not in ("granted", "granted_with_mods"):
        failure = response["status"]["fail_info"].native
        why = ", ".join(sorted(failure)) if isinstance(failure, set) else str(failure or "")
        message = f"The authority refused: {status}{f' ({why})' if why else ''}."
        raise TimestampError("timestamp-rejected", message)
    token = response["time_stamp_token"]
    if token["content_type"].native != "signed_data":
        raise TimestampError("timestamp-invalid", "It holds no signed data.")
    signed = token["content"]
    if signed["encap_content_info"]["content_type"].native != "tst_info":
        raise TimestampError("timestamp-invalid", "What is signed is no time stamp.")
    if len(signed["signer_infos"]) != 1:
        raise TimestampError("timestamp-invalid", "It does not have exactly one signature.")
    return signed


def _facts(info: Any) -> tuple[datetime, int, str, tuple[str, bytes], int | None]:
    time = info["gen_time"].native
    if not isinstance(time, datetime):
        raise TypeError("no time")
    imprint = info["message_imprint"]
    stamped = (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native)
    nonce = info["nonce"].native
    return time.astimezone(UTC), int(info["serial_number"].native), str(info["policy"].dotted), stamped, nonce


def _certificates(signed: Any) -> list[x509.Certificate]:
    if isinstance(signed["certificates"], core.Void):
        return []
    choices = (choice for choice in signed["certificates"] if choice.name == "certificate")
    return [x509.load_der_x509_certificate(choice.chosen.dump()) for choice in choices]


def _pem_certificates(data: bytes) -> list[x509.Certificate]:
    if not data or not pem.detect(data):
        return []
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError:
        return []  # the token's own certificates may do; if not, the chain says so


# ── the signature ───────────────────────────────────────────────────────────────────────────────────────────────────


def _signed_by(signed: Any, content: bytes, pool: Iterable[x509.Certificate]) -> x509.Certificate:
    """The certificate whose key made the signature over ``content``."""
    info = signed["signer_infos"][0]
    attributes = {item["type"].native: item["values"] for item in info["signed_attrs"]}
    digest_name = info["digest_algorithm"]["algorithm"].native
    if digest_name not in _HASHES:
        raise TimestampError("timestamp-signature-weak", f"Its digest {digest_name} is not to be relied upon.")
    if attributes["content_type"][0].native != "tst_info":
        raise TimestampError("timestamp-signature-invalid", "Its signed attributes are of another content.")
    if attributes["message_digest"][0].native != hashlib.new(digest_name, content).digest():
        raise TimestampError("timestamp-signature-invalid", "The signature is of another content.")
    signer = _named_signer(attributes, pool)
    # Signed is the DER of the SET OF, not the [0] that stands in the message (RFC 5652 section 5.4).
    signed_bytes = cms.CMSAttributes.load(info["signed_attrs"].untag().dump(force=True), strict=True).dump()
    _check_signature(signer, info, digest_name, signed_bytes)
    return signer


def _named_signer(attributes: dict[str, Any], pool: Iterable[x509.Certificate]) -> x509.Certificate:
    """The certificate that the signed attribute names by its hash (ESSCertID, RFC 2634; ESSCertIDv2, RFC 5816)."""
    if "signing_certificate_v2" in attributes:
        identifier = attributes["signing_certificate_v2"][0]["certs"][0]
        algorithm = identifier["hash_algorithm"]["algorithm"].native
    else:
        identifier, algorithm = attributes["signing_certificate"][0]["certs"][0], "sha1"
    wanted = identifier["cert_hash"].native
    for certificate in pool:
        if hashlib.new(algorithm, certificate.public_bytes(Encoding.DER)).digest() == wanted:
            return certificate
    raise TimestampError("timestamp-certificate-missing", "The certificate of its signer is not there.")


def _check_signature(signer: x509.Certificate, info: Any, digest_name: str, data: bytes) -> None:
    signature, algorithm = info["signature"].native, info["signature_algorithm"]
    key = signer.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        name = algorithm.hash_algo if algorithm["algorithm"].native.endswith("_ecdsa") else digest_name
        key.verify(signature, data, ec.ECDSA(_strong(name)))
    elif isinstance(key, rsa.RSAPublicKey) and algorithm.signature_algo == "rsassa_pss":
        name = algorithm.hash_algo
        pss = padding.PSS(padding.MGF1(_strong(name)), algorithm["parameters"]["salt_length"].native)
        key.verify(signature, data, pss, _strong(name))
    elif isinstance(key, rsa.RSAPublicKey):
        name = digest_name if algorithm["algorithm"].native == "rsassa_pkcs1v15" else algorithm.hash_algo
        key.verify(signature, data, padding.PKCS1v15(), _strong(name))
    else:
        raise TimestampError("timestamp-signature-invalid", "Its signature is of a kind that is not known here.")


def _strong(name: str) -> hashes.HashAlgorithm:
    if name not in _HASHES:
        raise TimestampError("timestamp-signature-weak", f"Its digest {name} is not to be relied upon.")
    return _HASHES[name]()


# ── the certificates ────────────────────────────────────────────────────────────────────────────────────────────────


def _check_purpose(signer: x509.Certificate) -> None:
    """RFC 3161 section 2.3: one extended key usage, time stamping, critical."""
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        is_meant = usage.critical and list(usage.value) == [x509.oid.ExtendedKeyUsageOID.TIME_STAMPING]
    except (x509.ExtensionNotFound, ValueError):
        is_meant = False
    if not is_meant:
        raise TimestampError("timestamp-purpose-wrong", "Its certificate is not one for time stamping.")


def _chain(
    signer: x509.Certificate, pool: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], time: datetime
) -> list[x509.Certificate]:
    """The way from the signer to a root, each certificate valid at ``time``."""
    chain = [signer]
    while len(chain) <= _LONGEST_CHAIN:
        last = chain[-1]
        if not last.not_valid_before_utc <= time <= last.not_valid_after_utc:
            span = f"{last.not_valid_before_utc:%Y-%m-%d} to {last.not_valid_after_utc:%Y-%m-%d}"
            message = f"The certificate of {last.subject.rfc4514_string()[:120]} was not valid then, but from {span}."
            raise TimestampError("timestamp-certificate-expired", message)
        if last in roots:
            return chain
        below = len(chain) - 1
        issuer = next((c for c in (*roots, *pool) if c not in chain and _issued(c, last, below)), None)
        if issuer is None:
            break
        chain.append(issuer)
    message = f"No trusted root stands above {chain[-1].subject.rfc4514_string()[:120]}."
    raise TimestampError("timestamp-untrusted", message)


def _may_issue_authorities(issuer: x509.Certificate) -> bool:
    """Whether what an issuer may sign, where that is limited at all, are certificates for time stamping too."""
    try:
        usage = issuer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    kinds = x509.oid.ExtendedKeyUsageOID
    return kinds.TIME_STAMPING in usage or kinds.ANY_EXTENDED_KEY_USAGE in usage


def _issued(issuer: x509.Certificate, certificate: x509.Certificate, intermediates: int) -> bool:
    """Whether ``issuer`` may issue certificates with that many below it, and signed this one."""
    try:
        if issuer.subject != certificate.issuer:
            return False
        basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        if not basic.ca or (basic.path_length is not None and basic.path_length < intermediates):
            return False
        if not _may_issue_authorities(issuer):
            return False
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return True

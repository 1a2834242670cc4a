"""RFC 3161 time stamps: had from a real authority, verified offline, and every false one is refused by name."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from citekeeper.archive.stamping import trusted_roots
from citekeeper.archive.timestamp import TimestampError, load_roots, query, verify_reply
from citekeeper.errors import UsageError

from .program import Program
from .timestamping import Authority, served

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
DIGEST = hashlib.sha256(b"a manifest").digest()
NONCE = 0x1234567890ABCDEF
REFUSED = bytes.fromhex("30193017020102") + b"\x30\x0e\x0c\x0cbad requests" + b"\x03\x02\x05\x20"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority with an EC key."""
    return Authority(tmp_path_factory.mktemp("tsa") / "own")


@pytest.fixture(scope="module")
def reply(authority: Authority) -> bytes:
    """Its answer to a query for DIGEST."""
    return authority.reply(query(DIGEST, NONCE))


def fault(data: bytes, roots: Path, digest: bytes = DIGEST, nonce: int | None = NONCE) -> str:
    """The code of what is wrong with a reply."""
    with pytest.raises(TimestampError) as told:
        verify_reply(data, digest, load_roots(roots.read_bytes()), nonce=nonce)
    return told.value.what


def test_a_good_token_gives_time_and_chain(authority: Authority, reply: bytes) -> None:
    """Signer, intermediate, root; the query holds a hash and a nonce and no more."""
    stamp = verify_reply(reply, DIGEST, load_roots(authority.roots.read_bytes()), nonce=NONCE)
    assert len(stamp.chain) == 3
    assert stamp.chain[-1].encode() == authority.roots.read_bytes()
    assert stamp.policy == "1.2.3.4.1"
    assert "Test authority" in stamp.signer
    assert len(query(DIGEST, NONCE)) < 80


@pytest.mark.parametrize(("key", "ess"), [("rsa", "sha256"), ("ec", "sha1"), ("ec", "sha512")])
def test_kinds_of_authorities(tmp_path: Path, key: str, ess: str) -> None:
    """RSA keys; the signer named by SHA-1 (RFC 2634) or by other hashes (RFC 5816)."""
    own = Authority(tmp_path / "own", key=key, ess=ess)
    assert verify_reply(own.reply(query(DIGEST, 1)), DIGEST, load_roots(own.roots.read_bytes()), nonce=1).serial


def test_what_is_stamped_must_be_what_was_asked(authority: Authority, reply: bytes) -> None:
    """Another hash, another nonce."""
    assert fault(reply, authority.roots, hashlib.sha256(b"other").digest()) == "timestamp-imprint-differs"
    assert fault(reply, authority.roots, nonce=NONCE + 2) == "timestamp-nonce-differs"


def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    """The authority's certificate had ended when it signed."""
    own = Authority(tmp_path / "own", days=(-30, -10))
    assert fault(own.reply(query(DIGEST, NONCE)), own.roots) == "timestamp-certificate-expired"


def test_a_certificate_for_another_purpose_is_refused(tmp_path: Path, authority: Authority, reply: bytes) -> None:
    """A web server's certificate stamps nothing. openssl refuses to sign with one, so a token is re-signed by hand."""
    from asn1crypto import cms, core, tsp, x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    own = Authority(tmp_path / "own", purpose=ExtendedKeyUsageOID.SERVER_AUTH)
    der = subprocess.run(
        ["openssl", "x509", "-in", str(own.folder / "signer.pem"), "-outform", "DER"], capture_output=True, check=True
    ).stdout
    response = tsp.TimeStampResp.load(reply)
    signed = response["time_stamp_token"]["content"]
    choice = cms.CertificateChoices(name="certificate", value=x509.Certificate.load(der))
    signed["certificates"] = cms.CertificateSet([choice])
    info = signed["signer_infos"][0]
    for attribute in info["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            attribute["values"][0]["certs"][0]["cert_hash"] = core.OctetString(hashlib.sha256(der).digest())
    attributes = info["signed_attrs"].untag().dump(force=True)
    key = load_pem_private_key((own.folder / "signer.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    info["signature"] = key.sign(attributes, ec.ECDSA(hashes.SHA256()))
    assert fault(response.dump(force=True), own.roots) == "timestamp-purpose-wrong"


def test_an_issuer_of_web_servers_makes_no_authorities(tmp_path: Path) -> None:
    """A trusted issuer that is limited to other purposes cannot vouch for an authority; one that is not can."""
    web = Authority(tmp_path / "web", limit=ExtendedKeyUsageOID.SERVER_AUTH)
    assert fault(web.reply(query(DIGEST, NONCE)), web.roots) == "timestamp-untrusted"
    own = Authority(tmp_path / "own", limit=ExtendedKeyUsageOID.TIME_STAMPING)
    reply = own.reply(query(DIGEST, NONCE))
    assert len(verify_reply(reply, DIGEST, load_roots(own.roots.read_bytes()), nonce=NONCE).chain) == 3


def test_an_untrusted_root_is_refused(tmp_path: Path, reply: bytes) -> None:
    """The same names under another root's key."""
    other = Authority(tmp_path / "other")
    assert fault(reply, other.roots) == "timestamp-untrusted"


def test_a_refusal_is_told(authority: Authority) -> None:
    """The authority's own words do not get in, its code does."""
    assert fault(REFUSED, authority.roots) == "timestamp-rejected"


def test_cut_and_altered_replies_prove_nothing(authority: Authority, reply: bytes) -> None:
    """Cut anywhere, it is refused; a flipped bit never makes it say another time, hash or serial number."""
    roots = load_roots(authority.roots.read_bytes())
    good = verify_reply(reply, DIGEST, roots, nonce=NONCE)
    chance = random.Random(1)
    for length in [0, 1, 5, *(chance.randrange(len(reply)) for _ in range(40)), len(reply) - 1]:
        assert fault(reply[:length], authority.roots)
    refused = 0
    for _ in range(300):
        place = chance.randrange(len(reply))
        altered = bytearray(reply)
        altered[place] ^= 1 << chance.randrange(8)
        try:
            stamp = verify_reply(bytes(altered), DIGEST, roots, nonce=NONCE)
        except TimestampError:
            refused += 1
        else:  # in what no signature covers, such as the status's optional text
            assert (stamp.time, stamp.serial, stamp.policy) == (good.time, good.serial, good.policy)
    assert refused > 250
    assert fault(b"<html>not found</html>", authority.roots) == "timestamp-invalid"
    assert fault(reply + b"x", authority.roots) == "timestamp-invalid"


# ── through the command line ────────────────────────────────────────────────────────────────────────────────────────


def settings_of(authority: Authority, *addresses: str) -> dict[str, str]:
    """The settings, as the environment gives them."""
    return {"CITEKEEPER_TIMESTAMP_AUTHORITIES": ",".join(addresses), "CITEKEEPER_TSA_ROOTS": str(authority.roots)}


def test_the_whole_life_of_a_token(tmp_path: Path, authority: Authority) -> None:
    """Had from the second authority as the first fails, sealed, verified by us and by openssl; then tampered with."""
    program = Program(tmp_path)
    (tmp_path / "a.txt").write_text("the bridge was closed on Monday")
    options = ("deposit", "fn1", "a.txt", "--captured-at=2022-05-02", "--by=A. Editor", "--how=Saved")
    with served(lambda _: (503, b"")) as away, served(lambda data: (200, authority.reply(data))) as good:
        done = program(*options, env=settings_of(authority, away, good))
    assert done.code == 0, done.err
    assert "No time stamp from 127.0.0.1: it answered 503." in done.err
    folder = program.home / done.out.strip()
    assert {"timestamp.tsr", "timestamp.pem", "manifest.1.json"} <= {path.name for path in folder.iterdir()}
    later = program.manifest(done.out.strip(), "manifest.1.json")
    assert (later["event"], later["timestamp"]["over"]) == ("timestamp", "manifest.json")
    assert authority.queries[-1] == query(
        hashlib.sha256((folder / "manifest.json").read_bytes()).digest(), int(later["timestamp"]["nonce"])
    )
    checked = program("verify", "--tsa-roots", str(authority.roots))
    assert (checked.code, checked.out) == (0, ""), checked.out
    independent = subprocess.run(
        ["openssl", "ts", "-verify", "-data", "manifest.json", "-in", "timestamp.tsr", "-CAfile", str(authority.roots),
         "-untrusted", "timestamp.pem"], cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in independent.stdout + independent.stderr
    told = program("show", "fn1", "--custody", "--tsa-roots", str(authority.roots)).out
    assert f"over manifest.json: {later['timestamp']['time']} by CN=Test authority: verified" in told
    assert "Deposited by: A. Editor" in told
    assert "follows fn1" not in told
    assert "follows 20220502T000000Z/manifest.json; recorded in the history" in told
    assert "The graph of 2 manifests is complete: none that" in told
    assert "No trusted root" in program("show", "fn1", "--custody").out
    stranger = program("verify")
    assert stranger.code == 1
    assert "timestamp-untrusted" in stranger.out
    assert program("verify", "--tsa-roots", "a.txt").code == 2
    said = (folder / "manifest.1.json").read_text()
    (folder / "manifest.1.json").write_text(said.replace("CN=Test authority", "CN=A notary"))
    told = program("verify", "--tsa-roots", str(authority.roots)).out
    assert (
        "timestamp.tsr: timestamp-facts-differ: The manifest that lists the token says otherwise of its signer" in told
    )
    (folder / "manifest.1.json").write_text(said)
    feigned = json.loads(said)
    feigned["timestamp"] |= {"time": "2001-01-01T00:00:00Z", "signer": "CN=A notary"}
    feigned["files"] = [file | {"sha256": "0" * 64} for file in feigned["files"]]
    (folder / "manifest.2.json").write_text(json.dumps(feigned))
    told = program("show", "fn1", "--custody", "--tsa-roots", str(authority.roots)).out
    assert "2001-01-01T00:00:00Z by CN=A notary: its token is not here, so that it proves nothing" in told
    assert "by CN=Test authority: verified, down to a trusted root" in told
    (folder / "manifest.2.json").unlink()
    token = (folder / "timestamp.tsr").read_bytes()
    (folder / "timestamp.tsr").write_bytes(token[:-20])
    broken = program("verify", "--tsa-roots", str(authority.roots))
    assert broken.code == 1
    assert "timestamp.tsr: timestamp-invalid" in broken.out


def test_what_could_not_be_stamped_is_pending(tmp_path: Path, authority: Authority) -> None:
    """Authorities that are away, refuse or answer nonsense leave no file; the next run stamps the old capture too."""
    program = Program(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"the bridge was closed on Monday: {name}")
    with served(lambda _: (200, REFUSED)) as refusing, served(lambda _: (200, b"<html>")) as nonsense:
        said = settings_of(authority, "http://127.0.0.1:9/", refusing, nonsense)
        done = program("deposit", "fn1", "a.txt", "--captured-at=2022-05-02", "--by=A", "--how=Saved", env=said)
    assert done.code == 0, done.err
    assert "The authority refused: rejection" in done.err
    assert "1 capture has no time stamp yet" in done.err
    assert not list(program.archive.rglob("timestamp*"))
    assert program("verify").code == 0
    with served(lambda data: (200, authority.reply(data))) as good:
        said = settings_of(authority, good)
        done = program("deposit", "fn1", "b.txt", "--captured-at=2022-05-03", "--by=A", "--how=Saved", env=said)
    assert len(list(program.archive.rglob("timestamp.tsr"))) == 2, done.err
    assert program("verify", "--tsa-roots", str(authority.roots)).code == 0
    program("withdraw", "fn1", "20220502T000000Z", "--reason", "An order")
    checked = program("verify", "--tsa-roots", str(authority.roots))
    assert checked.code == 0, checked.out
    assert (program.archive / "fn1" / "20220502T000000Z" / "timestamp.tsr").is_file()


def test_roots_that_are_missing_are_told_before_anything_is_sealed(tmp_path: Path, authority: Authority) -> None:
    """Else a deposit would lie there, and the command that says how to mend it would make a second one."""
    program = Program(tmp_path)
    (tmp_path / "a.txt").write_text("the bridge was closed on Monday")
    said = settings_of(authority, "http://127.0.0.1:9/") | {"CITEKEEPER_TSA_ROOTS": "absent.pem"}
    done = program("deposit", "fn1", "a.txt", "--captured-at=2022-05-02", "--by=A", "--how=Saved", env=said)
    assert done.code == 2
    assert "absent.pem could not be read" in done.err
    assert "Fetching" not in program("archive", "fn1", env=said).err
    assert not list(program.archive.rglob("manifest.json"))


def test_the_public_roots_load_without_a_word() -> None:
    """Mozilla's bundle holds a certificate that cryptography warns of; it neither shows nor takes the others along."""
    assert len(trusted_roots(None)) > 100


def test_a_file_without_certificates_is_told(tmp_path: Path) -> None:
    """Roots that cannot be read are the user's to correct."""
    (tmp_path / "roots.pem").write_text("no certificate here")
    for name in ("roots.pem", "absent.pem"):
        with pytest.raises(UsageError, match=name):
            trusted_roots(str(tmp_path / name))

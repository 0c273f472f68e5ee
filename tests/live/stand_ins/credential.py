"""Makes the certificate of an application, and reads what it signs."""

import datetime
from typing import Any, NamedTuple

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID


class Credential(NamedTuple):
    """A key and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    def pem(self, password: str | None = None) -> bytes:
        """Returns key and certificate as one PEM."""
        lock: KeySerializationEncryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
        return key + self.certificate.public_bytes(Encoding.PEM)

    def pfx(self, password: str) -> bytes:
        """Returns both as PFX."""
        lock = BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"app", self.key, self.certificate, None, lock)

    def claims(self, assertion: str, audience: str) -> dict[str, Any]:
        """Returns what an assertion says. Raises if this key didn't sign it, or if it is for somebody else."""
        return dict(jwt.decode(assertion, self.key.public_key(), algorithms=["RS256", "PS256"], audience=audience))


def make_credential() -> Credential:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "connector-builder")])
    certificate = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
        not_valid_after=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC),
    ).sign(key, hashes.SHA256())
    return Credential(key, certificate)

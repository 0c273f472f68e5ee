"""Makes a TLS certificate for a server of the tests, without a program or a network."""

import datetime
from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


def certify(host: str) -> tuple[bytes, bytes]:
    """Returns a self-signed certificate for `host` and its key, both as PEM, valid for this century."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
        not_valid_after=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC),
    )
    for extension, critical in extensions(host, key.public_key()):
        builder = builder.add_extension(extension, critical)
    certificate = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), secret


def extensions(host: str, key: ec.EllipticCurvePublicKey) -> Iterator[tuple[x509.ExtensionType, bool]]:
    """Yields the extensions that Python 3.13's strict check of certificates requires, and whether each is critical."""
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    identifier = x509.SubjectKeyIdentifier.from_public_key(key)
    yield x509.SubjectAlternativeName([x509.DNSName(host)]), False
    yield x509.BasicConstraints(ca=True, path_length=0), True
    yield x509.KeyUsage(digital_signature=True, key_cert_sign=True, **usage), True
    yield x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False
    yield identifier, False
    yield x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), False

"""The proof that whoever exchanges a code also asked for it (PKCE).

Source: RFC 7636, section 4.2.
"""

import base64
import hashlib


def challenge_of(verifier: str) -> dict[str, str]:
    """Returns the parameters of an authorization request for a verifier: `{"code_challenge": "…", "code_challenge_method": "S256"}`."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    return {"code_challenge": digest.decode().rstrip("="), "code_challenge_method": "S256"}

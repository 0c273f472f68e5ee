"""The shapes of secrets: keys and tokens that services mark as theirs, and private keys."""

from typing import NamedTuple

LONGEST = 20_000
"""The most characters of a shape."""


class Shape(NamedTuple):
    """A shape of secrets: what it is, the beginnings or parts that all of its secrets contain, and the pattern."""

    name: str
    marks: tuple[str, ...]
    pattern: str


_GITLAB = ("glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "glsoat-", "gloas-")
_MARKED = {
    "npm_": "[A-Za-z0-9]{36}",
    "pypi-AgE": r"[\w-]{50,}",
    "hf_": "[A-Za-z0-9]{34}",
    "dckr_pat_": r"[\w-]{20,}",
    "dop_v1_": "[0-9a-f]{64}",
    "doo_v1_": "[0-9a-f]{64}",
    "shpat_": "[0-9a-fA-F]{32}",
    "shpca_": "[0-9a-fA-F]{32}",
    "shppa_": "[0-9a-fA-F]{32}",
    "shpss_": "[0-9a-fA-F]{32}",
    "sq0csp-": r"[\w-]{43}",
    "sq0atp-": r"[\w-]{22}",
    "PMAK-": "[0-9a-f]{24}-[0-9a-f]{34}",
    "lin_api_": "[A-Za-z0-9]{40}",
    "ntn_": "[A-Za-z0-9]{40,}",
    "secret_": "[A-Za-z0-9]{43}",
    "figd_": r"[\w-]{40,}",
    "ATATT3": r"[\w=-]{60,}",
    "NRAK-": "[A-Z0-9]{27}",
    "glsa_": r"\w{32}_[0-9a-f]{8}",
    "sntrys_": r"[\w=+/-]{40,}",
    "gsk_": "[A-Za-z0-9]{52}",
    "xai-": "[A-Za-z0-9]{60,}",
    "pplx-": "[A-Za-z0-9]{40,}",
}
"""What the keys of services that have a mark of their own begin with, and the pattern of the rest."""
# The marks of services. A letter or digit before a mark makes it part of something else; minimum lengths exclude words.
# A folded text of YAML has a blank where the line ended, also inside a token.
SHAPES = (
    Shape(
        "a JSON Web Token",
        ("eyJ",),
        r"eyJ[\w-]{10,}(?:\s{0,40}\.(?:\s{1,40}(?=[\w-]{12}))?[\w-]{4,}){1,4}(?:\s{1,40}[\w-]{16,}(?:\.[\w-]{4,})*)*",
    ),
    Shape(
        "a private key",
        ("-----BEGIN ",),
        rf"-----BEGIN [A-Z0-9 ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){{1,{LONGEST}}}(?:-----END [A-Z0-9 ]{{0,30}}PRIVATE KEY(?: BLOCK)?-----)?",
    ),
    Shape("a private key", ("PuTTY-User-Key-File-",), rf"PuTTY-User-Key-File-\d:(?s:.){{1,{LONGEST}}}"),
    Shape("a client secret of Microsoft Entra ID", ("Q~",), r"[\w.~-]{3}\dQ~[\w.~-]{31,34}"),
    Shape("a key of Azure", ("AzFu", "AzSe"), r"[\w-]{40,52}Az(?:Fu|Se[A-D])[\w-]{4,10}(?:==)?"),
    Shape("a key of Azure", ("JQQJ99",), r"[A-Za-z0-9]{40,60}JQQJ99[A-Za-z0-9]{20,40}"),
    Shape("a key of Azure Storage", ("==",), r"(?<![+/=])[A-Za-z0-9+/]{86}==(?![\w+/=])"),
    Shape(
        "an address of Teams",
        (".office.com/webhookb2/",),
        r"webhook\.office\.com/webhookb2/[\w@-]{36,}/IncomingWebhook/\w{16,}",
    ),
    Shape("a key of Stripe", ("k_live_", "k_test_", "whsec_"), r"(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{8,}"),
    Shape("a token of GitHub", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{20,}"),
    Shape("a token of GitHub", ("github_pat_",), r"github_pat_\w{20,}"),
    Shape("a token of GitLab", _GITLAB, rf"(?:{'|'.join(_GITLAB)})[\w-]{{20,}}"),
    Shape("a token of Slack", ("xox", "xapp-"), r"(?:xox[abeoprs]|xapp-\d)[.-][A-Za-z0-9.-]{10,}"),
    Shape(
        "an address of Slack",
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/(?:services/T\w{6,}/B\w{6,}|workflows/T\w{6,}/A\w{6,}/\d{6,}|triggers/[TE]\w{6,}/\d{6,})/\w{16,}",
    ),
    Shape("an address of Discord", ("/api/webhooks/",), r"discord(?:app)?\.com/api/webhooks/\d{16,20}/[\w-]{60,}"),
    Shape("a key of AWS", ("AKIA", "ASIA"), r"(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)"),
    Shape(
        "a key of Google",
        ("AIza", "GOCSPX-", "ya29.", "1//0"),
        r"AIza[\w-]{35}|(?:GOCSPX-|ya29\.)[\w-]{20,}|1//0[\w-]{40,}",
    ),
    Shape("a key of SendGrid", ("SG.",), r"SG\.[\w-]{16,}\.[\w-]{16,}"),
    Shape("a key of Mailgun", ("key-",), r"key-[0-9a-f]{32}(?!\w)"),
    Shape("a token of Telegram", (":AA",), r"\d{8,10}:AA[\w-]{33}(?![\w-])"),
    Shape("a token of HubSpot", ("pat-na", "pat-eu"), r"pat-(?:na|eu)\d-[0-9a-f-]{36}"),
    Shape("a token of Databricks", ("dapi",), r"dapi[0-9a-f]{32}(?!\w)"),
    Shape("a token of Terraform", (".atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}"),
    Shape("a token of Vault", ("hvs.", "hvb."), r"hv[sb]\.[\w-]{24,}"),
    Shape("an API key", ("sk-",), r"sk-(?:proj-|ant-)?(?=[\w-]{0,40}\d)[A-Za-z0-9_-]{20,}"),
    *(Shape("an API key", (mark,), rf"{mark}{rest}(?!\w)") for mark, rest in _MARKED.items()),
)

"""Carries the requests of msal: by our session, so that its limits, its log and its care for secrets count for them too."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

from connector_builder.live.clouds import Cloud
from connector_builder.live.errors import ServiceRefused
from connector_builder.live.http import Session
from connector_builder.live.messages import Answer, Request, refusal
from connector_builder.secrets.known import hide

_SECRETS = (
    "access_token", "refresh_token", "id_token", "device_code", "client_secret", "client_assertion", "assertion", "code",
    "code_verifier", "password",
)  # fmt: skip
"""The fields of requests and answers that are secrets."""


class Response:
    """An answer, as msal expects one."""

    def __init__(self, answer: Answer) -> None:
        self.status_code, self.text = answer.status, answer.text
        self.headers = dict(answer.headers)
        self._answer = answer

    def raise_for_status(self) -> None:
        """Raises the error that the answer means."""
        if not self._answer.is_good:
            raise refusal(self._answer)


class Transport:
    """The client for HTTP that msal gets. A cloud's `login` replaces its `authority`, which msal wants to be Microsoft's."""

    def __init__(self, session: Session, cloud: Cloud) -> None:
        self._session, self._cloud = session, cloud

    def get(self, url: str, params: Mapping[str, Any] | None = None, headers: Any = None, **_: Any) -> Response:
        """Sends a GET."""
        return self._send("GET", url, params, headers, None)

    def post(
        self, url: str, params: Mapping[str, Any] | None = None, data: Any = None, headers: Any = None, **_: Any
    ) -> Response:
        """Sends a POST with a form, which is a mapping or text."""
        form = dict(parse_qsl(data)) if isinstance(data, str) else dict(data or {})
        _hide(form)
        return self._send("POST", url, params, headers, urlencode(form).encode())

    def close(self) -> None:
        """Does nothing: the session closes itself."""

    def _send(
        self, method: str, url: str, params: Mapping[str, Any] | None, headers: Any, content: bytes | None
    ) -> Response:
        own = {name: value for name, value in dict(headers or {}).items() if value is not None}
        if content is not None:
            own["Content-Type"] = "application/x-www-form-urlencoded"
        if url.startswith(f"{self._cloud.authority}/"):
            url = self._cloud.login + url.removeprefix(self._cloud.authority)
        if params:
            url += f"{'&' if '?' in url else '?'}{urlencode(params)}"
        answer = self._session.send(Request(method, url, "Microsoft Entra ID", headers=own, content=content))
        if 300 <= answer.status < 400:
            raise refusal(answer)
        with suppress(ValueError, RecursionError):
            data = json.loads(answer.text)
            if isinstance(data, dict):
                _hide(data)
                return Response(answer)
        raise ServiceRefused(f"Microsoft Entra ID answered {answer.kind} where JSON is expected", status=answer.status)


def _hide(fields: Mapping[str, Any]) -> None:
    for name in _SECRETS:
        if isinstance(fields.get(name), str) and (name != "code" or "grant_type" in fields):
            hide(fields[name])

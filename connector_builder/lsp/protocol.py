"""Answers what an editor asks in a wrong form: pygls leaves such a request without an answer, and its editor waits."""

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """The protocol of pygls, with an error for each request that can't be read."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Reads a message. Raises JsonRpcException for one that can't be read, after an error is sent for a request."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            number, method = data.get("id"), data.get("method")
            if method is not None and isinstance(number, int | str):
                said = method[:100] if isinstance(method, str) else "a request"
                error = types.ResponseError(JsonRpcInvalidParams.CODE, f"the parameters of {said} aren't valid")
                self._send_response(number, error=error)
            raise

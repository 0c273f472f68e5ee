"""Records the answer of a call as the sample of its response in the spec."""

from codecs import BOM_UTF8
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.app.import_.update import spec_at
from connector_builder.app.live.call.prepared import Prepared
from connector_builder.app.live.call.sending import Answered
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Kind
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.language import MAIN, compile_folder
from connector_builder.language.load import folder_of
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.language.update import NotUpdatable
from connector_builder.language.update.recording import Recorder
from connector_builder.output.specs import update_files
from connector_builder.package import Reading
from connector_builder.secrets.known import data_without_known
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.folder import Over
from connector_builder.sources.captures.call import json_of
from connector_builder.sources.captures.recorded import AnswerMasks, sample_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording changes: files relative to the folder that the spec is in, with their contents before and after.

    `checked` are the reasons why nothing can be recorded. `files` is empty if the spec has the sample already.
    """

    spec: Path
    status: int
    files: dict[str, tuple[bytes | None, bytes]] = field(default_factory=dict)
    checked: Checked | None = None

    def write(self) -> None:
        """Writes the files: all, or none. Raises OutputError."""
        update_files(self.spec.parent, {name: after for name, (_, after) in self.files.items()}, ())


def check_recordable(prepared: Prepared) -> None:
    """Raises Misuse for a connector that no answer can be recorded into, before anything is sent."""
    if prepared.target.kind is not Kind.SPEC:
        raise Misuse(f"'{prepared.target}' is a built package, which has no samples to record", "name its spec")


def record(prepared: Prepared, answered: Answered, *, keep_values: bool = False) -> Recorded:
    """Returns how the spec changes to have an answer as a sample, without anything secret; nothing is written.

    Raises Misuse for an answer that can't be a sample.
    """
    spec = spec_at(prepared.target.path, "record to")
    sample = _sample(prepared, answered, keep_values=keep_values)
    folder, main = folder_of(spec)
    try:
        contents = Recorder(folder, main).recorded(prepared.id, answered.status, sample)
        reading = compile_folder(Over(contents, folder), main, prepared.variables)
        secrets = [one for one in reading.findings if one.rule is SECRET_IN_SPEC]
        if secrets:
            raise NotUpdatable(secrets)
    except NotUpdatable as error:
        return Recorded(spec, answered.status, {}, examine(Reading(None, error.findings), Checks(), is_spec=True))
    below = f"{spec.name}/" if main == MAIN and spec.is_dir() else ""
    files = {}
    for name, after in contents.items():
        before = folder.read(name, MAX_DOCUMENT)
        old = before if isinstance(before, bytes) else None
        marked = old is not None and old.startswith(BOM_UTF8) and not after.startswith(BOM_UTF8)
        files[below + name] = (old, BOM_UTF8 + after if marked else after)
    return Recorded(spec, answered.status, {name: one for name, one in files.items() if one[0] != one[1]})


def _sample(prepared: Prepared, answered: Answered, *, keep_values: bool) -> Any:
    if not answered.is_json:
        what = answered.media or "nothing"
        raise Misuse(f"the answer is {what}, and only JSON becomes a sample", "describe this response by hand")
    value = json_of(answered.body.decode("utf-8-sig", "replace"))
    if not isinstance(value, dict | list):
        raise Misuse(
            "the answer is no JSON object or array, so it doesn't become a sample", "describe this response by hand"
        )
    masks = AnswerMasks([str(prepared.package.definition.get("host", ""))], keep=keep_values)
    return sample_of(data_without_known(value), masks)

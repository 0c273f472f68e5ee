"""What steers the derivations: the settings of `defaults`."""

from dataclasses import dataclass
from typing import Literal

LabelCase = Literal["title", "sentence", "name"]


@dataclass(slots=True)
class Conventions:
    """The settings of `defaults` for derivations. The values here are those of a spec without `defaults`."""

    label: str = "summary"
    parameter_label: str = "summary"
    label_case: LabelCase = "title"
    summary_case: LabelCase = "sentence"
    media_types: str = "json"
    containers: bool = True
    description: str = "none"
    parameter_description: str = "none"
    optional_absent: bool = False
    url_encoding: str | None = "single"
    twins: bool = True
    body_name: str = "body"
    body_required: bool | None = True
    odata: bool = True
    parameter_order: tuple[str, ...] = ()
    operation_description: str = "none"

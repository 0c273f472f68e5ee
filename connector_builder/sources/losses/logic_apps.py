"""What becomes of the operations of Azure Logic Apps in Power Automate."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, kind

_GOOD = """
```sh good import file=calls.curl
curl https://api.contoso.example/orders
```"""
_LOGIC = "https://management.azure.com/subscriptions/1/resourceGroups/a/providers/Microsoft.Logic/workflows/b"

FLOW_OPERATION_SAME = kind(
    "FlowOperationSame",
    MOVED,
    f"""An operation of Azure Logic Apps exists in Power Automate with the same verb and the same words of its path.

Host, environment and version differ: `api.flow.microsoft.com`, `/environments/{{environment}}/flows`, `2016-11-01`.

```sh bad import-as-flows file=calls.curl
curl {_LOGIC}/runs
```
Finding: 1:1: 'GET /workflows/{{flow}}/runs' is 'ListFlowRuns': GET /environments/{{environment}}/flows/{{flow}}/runs
{_GOOD}""",
)
FLOW_OPERATION_DIFFERS = kind(
    "FlowOperationDiffers",
    MOVED,
    f"""An operation of Azure Logic Apps exists in Power Automate in another way: by another name or verb, or with another answer.

```sh bad import-as-flows file=calls.curl
curl -X POST {_LOGIC}/disable
```
Finding: 1:1: 'POST /workflows/{{flow}}/disable' is 'StopFlow': POST /environments/{{environment}}/flows/{{flow}}/stop; it is called stop
{_GOOD}""",
    Severity.WARNING,
)
FLOW_OPERATION_UNPROVEN = kind(
    "FlowOperationUnproven",
    CHOSEN,
    f"""An operation of Azure Logic Apps probably exists in Power Automate, but no public client is known that calls it.

Try it before you rely on it.

```sh bad import-as-flows file=calls.curl
curl {_LOGIC}/triggers/manual
```
Finding: 1:1: 'GET /workflows/{{flow}}/triggers/{{trigger}}' may be 'GetFlowTrigger': GET /environments/{{environment}}/flows/{{flow}}/triggers/{{trigger}}
{_GOOD}""",
    Severity.WARNING,
)
FLOW_OPERATION_MISSING = kind(
    "FlowOperationMissing",
    LOST,
    f"""An operation of Azure Logic Apps doesn't exist in Power Automate, as far as is known. It is left out.

```sh bad import-as-flows file=calls.curl
curl https://api.contoso.example/orders
curl {_LOGIC}/versions
```
Finding: 2:1: Power Automate has no 'GET /workflows/{{flow}}/versions'
{_GOOD}""",
)

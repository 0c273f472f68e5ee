"""The rules about solutions, and about packages for certification, whose numbers are those of Microsoft's certification.

Numbers: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-policy-errors. What the script that Microsoft publishes for such
a package checks: https://github.com/microsoft/PowerPlatformConnectors/blob/dev/scripts/ConnectorPackageValidator.ps1
"""

from connector_builder.findings import Rule, Scope, Severity

_SOURCES = """
Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-policy-errors
Source: https://github.com/microsoft/PowerPlatformConnectors/blob/dev/scripts/ConnectorPackageValidator.ps1
"""
_GOOD = """
```archive good file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```"""


def _submission(name: str, doc: str, severity: Severity = Severity.ERROR) -> Rule:
    """Returns a rule about a package for certification. Before the first example, its sources follow."""
    before, fence, examples = doc.partition("\n```")
    return Rule(name, severity, Scope.CERTIFICATION, f"{before}{_SOURCES}{fence}{examples}{_GOOD}")


SOLUTION_NOT_READABLE = Rule(
    "SolutionNotReadable",
    Severity.ERROR,
    Scope.PLATFORM,
    """A solution can't be read: the zip is damaged or encrypted, a name leads out of it, the XML is broken, or a part is missing.

The platform doesn't import it either. Export the solution again, or make the zip anew: with `/` in names, without a password, and with solution.xml,
customizations.xml and [Content_Types].xml at its top.

```archive bad file=solution.zip
solution.xml
customizations.xml
```
Finding: 1:1: the solution contains no connector

```archive good file=solution.zip
connector
```""",
    fixed=True,
)
SOLUTION_PART_MISSING = Rule(
    "SolutionPartMissing",
    Severity.ERROR,
    Scope.PLATFORM,
    """The solution names a file of a connector that it doesn't contain.

customizations.xml, or in an unpacked solution the document of the connector, names the files of the connection parameters, the policies, the custom code and the
icon. Add the file to the folder of connectors, or remove the element.

```archive bad file=solution.zip
connector without Connector/acme_orders_iconblob.Png
```
Finding: customizations.xml:23:7: '/Connector/acme_orders_iconblob.Png' isn't in the solution

```archive good file=solution.zip
connector
```""",
)
SOLUTION_OF_ENVIRONMENT = Rule(
    "SolutionOfEnvironment",
    Severity.WARNING,
    Scope.PRACTICE,
    """A connector in a solution contains what belongs to the environment that it was exported from.

The platform makes a redirect URL and the subject of a federated sign-in anew in each environment. An old one in the solution misleads whoever registers the
application. `pack` leaves both out.

```archive bad file=solution.zip
connector with redirect
```
Finding: customizations.xml:14:5: 'redirectUrl' belongs to one environment

```archive good file=solution.zip
connector
```""",
)
CONTENT_MISSING = _submission(
    "SubmissionContentMissing",
    """A submission lacks intro.md or the package, or has more than one of them.

The zip for certification contains exactly one Markdown file, intro.md, and one zip, the package. Certification reports what is missing as 5000.1.1.5; the script
also fails, without a message, if there are several.

```archive bad file=submission.zip
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: 1:1: the submission has no intro.md""",
)
CONTENT_WRAPPED = _submission(
    "SubmissionWrapped",
    """A submission has a folder around its files, or another folder at its top.

intro.md and the package must be at the top of the zip. Certification reports a folder as 5000.1.1.11. Zip the files, not the folder that they are in; on macOS, leave out
the folder __MACOSX.

```archive bad file=submission.zip
intro.md
__MACOSX/x
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: 1:1: the submission has the folder '__MACOSX' at its top""",
)
ASSETS_MISSING = _submission(
    "PackageAssetsMissing",
    """The package of a submission doesn't contain exactly one folder, or that folder contains folders.

The package contains the folder PkgAssets, and that contains the solutions' zips, without folders between. Certification reports its absence as 5000.1.1.12.

```archive bad file=submission.zip
intro.md
package.zip/ConnectorSolution.zip: connector
package.zip/FlowSolution.zip: connector and flow
```
Finding: package.zip:1:1: the package has no folder PkgAssets""",
)
SOLUTIONS_MISSING = _submission(
    "PackageSolutionsMissing",
    """The folder PkgAssets contains another number of solutions than a submission has.

It contains two zips: the solution with the connector, and the solution with the connector and a flow. With a plugin, it contains a third. Certification reports the
absence of all as 5000.1.1.13.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: package.zip/PkgAssets:1:1: PkgAssets contains 1 zip, and a submission has 2

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/readme.txt
```
Finding: package.zip/PkgAssets:1:1: PkgAssets contains no zip, and a submission has 2""",
)
SOLUTION_FILES_MISSING = _submission(
    "PackageSolutionIncomplete",
    """A solution of a submission lacks a file or a folder that its export has.

At its top, a solution has [Content_Types].xml, customizations.xml and solution.xml. With a connector it has the folder Connector, with flows the folder
Workflows. Certification reports what is missing as 5000.1.1.10, 5000.1.1.14 (Workflows), 5000.1.1.16 or 5000.1.1.17 (Connector). Export the solution again.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow without Workflows/
```
Finding: package.zip/PkgAssets/FlowSolution.zip:1:1: the solution has flows, but no folder 'Workflows'

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector without [Content_Types].xml
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: package.zip/PkgAssets/ConnectorSolution.zip:1:1: the solution has no '[Content_Types].xml'""",
)
SOLUTION_KINDS_MISSING = _submission(
    "PackageSolutionKindMissing",
    """A submission lacks the solution with the connector alone, or the one with the connector and a flow.

The reviewers test the connector by a flow. One solution contains the connector and nothing else (5000.1.1.8), another the connector and a flow that uses it (5000.1.1.6,
5000.1.1.7). A submission with a plugin also has a solution of the connector and the plugin.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector
```
Finding: package.zip/PkgAssets:1:1: no solution contains the connector and a flow""",
)
CONNECTORS_DIFFER = _submission(
    "PackageConnectorsDiffer",
    """The solution with the flow contains another connector than the solution with the connector.

The flow has to use the connector that is submitted (5000.1.1.7). Import the connector's solution into the environment, build the flow with that connector, and export both.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: other connector and flow
```
Finding: package.zip/PkgAssets/FlowSolution.zip:1:1: the solution doesn't contain the connector 'acme_orders'""",
)
WORKFLOWS_DIFFER = _submission(
    "PackageWorkflowsDiffer",
    """The flows in customizations.xml and the files in Workflows aren't the same.

Each `JsonFileName` in customizations.xml names a file in the folder Workflows. Certification reports a difference as 5000.1.1.15. Export the solution again, and change no file.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow without Workflows/Test.json with Workflows/Other.json
```
Finding: package.zip/PkgAssets/FlowSolution.zip:1:1: customizations.xml names the flow '/Workflows/Test.json', which isn't there""",
)
POLICIES_EMPTY = _submission(
    "PackagePoliciesEmpty",
    """A connector of a submission names a file of policies that has none.

Certification refuses a `_policytemplateinstances.json` of at most four bytes, such as `[]` or `null`, as 5000.1.1.16. Leave the file and its element out, as `pack` does.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector with policies
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: package.zip/PkgAssets/ConnectorSolution.zip/customizations.xml:23:7: the file of policies is empty""",
)
SOLUTION_MANAGED = _submission(
    "PackageSolutionManaged",
    """A solution of a submission is managed.

Certification takes unmanaged solutions. Choose *Unmanaged* when you export a solution.

```archive bad file=submission.zip
intro.md
package.zip/PkgAssets/ConnectorSolution.zip: connector managed
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: package.zip/PkgAssets/ConnectorSolution.zip:1:1: the solution is managed""",
)
INTRO_HEADING_MISSING = _submission(
    "IntroHeadingMissing",
    """The intro.md of a submission lacks a heading that certification wants, or its first paragraph is too long.

intro.md begins with a paragraph of at most eight sentences that isn't the description of the connector. Then it has the headings *Prerequisites*, *How to get
credentials* (not without authentication), *Get started with your connector*, *Known issues and limitations*, *Common errors and remedies*, and *FAQ*.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission

```archive bad file=submission.zip
intro.md: without FAQ
package.zip/PkgAssets/ConnectorSolution.zip: connector
package.zip/PkgAssets/FlowSolution.zip: connector and flow
```
Finding: intro.md:1:1: there is no heading 'FAQ'""",
    Severity.WARNING,
)

SOLUTION_RULES = tuple(value for value in dict(globals()).values() if isinstance(value, Rule))

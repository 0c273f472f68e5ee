"""What `deploy` does: builds, looks at what is there, shows a plan, and carries it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from connector_builder.app.build import Options, build
from connector_builder.app.live.connection import Asked, Connection, connected
from connector_builder.app.live.deployable import Deployable, deployable, keep_settings
from connector_builder.app.live.environments import Environment, find_environment, is_application
from connector_builder.app.live.plan import Deployed, Plan, Road, plan_of
from connector_builder.app.live.road_dataverse import DataverseRoad, row_of
from connector_builder.app.live.road_power_apps import PowerAppsRoad
from connector_builder.app.live.specs import Found, all_of
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.targets import Kind
from connector_builder.checks.engine import Checks
from connector_builder.effects import doing
from connector_builder.language import Variables
from connector_builder.live.dataverse import Dataverse
from connector_builder.live.errors import ServiceRefused
from connector_builder.live.power_apps import VERSION, PowerApps
from connector_builder.live.sign_in.claims import claims_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to deploy, and where to: `environment` is what the user writes, `road` is None for the one that suits who signs in."""

    specs: Sequence[Path]
    environment: str
    road: str | None
    solution: str | None
    output: Path
    variables: Variables
    checks: Checks


class Target:
    """Where a run deploys to, for messages: the environment's name, and the road."""

    def __init__(self, environment: Environment, road: str) -> None:
        self.environment, self.road = environment, road

    def __str__(self) -> str:
        return f"{self.environment.name} ({self.road})"


def deploy(
    wanted: Wanted,
    asked: Asked,
    confirm: Callable[[list[Plan], Target], bool],
    tell: Callable[[Deployed], object],
) -> list[Deployed]:
    """Deploys connectors, one after the other.

    `confirm` gets the plans before anything changes: if it returns False, nothing does, nor if the service refuses one of them. `tell` gets each result at once, so
    that one that fails hides none before it. Raises Misuse, OutputError and LiveError.
    """
    found = all_of(wanted.specs, wanted.variables, wanted.checks)
    if asked.dry is None:
        _build(found, wanted)
    work = [deployable(one, wanted.output) for one in found]
    _refuse_same(work)
    with connected(asked) as connection:
        road, target = _road(connection, wanted, asked)
        if target.road == "dataverse":
            for one in work:
                row_of(one)
        plans = [plan_of(one, road) for one in work]
        agreed = confirm(plans, target)
        _refuse_refused(plans)
        if not agreed:
            return []
        done = []
        for plan in plans:
            with doing(f"'{plan.one.title}' was being deployed: the same command looks first whether it is there"):
                outcome = road.put(plan)
                if asked.dry is None:
                    _keep(outcome, target, connection)
            done.append(outcome)
            tell(outcome)
        return done


def _build(found: Sequence[Found], wanted: Wanted) -> None:
    """Writes the packages of the specs, so that settings.json has a place. Raises Misuse if a finding stops that."""
    specs = [one.target for one in found if one.target.kind is Kind.SPEC]
    if specs and build(specs, Options(wanted.output, wanted.variables, wanted.checks)).failed:
        raise Misuse("nothing was sent: a spec doesn't build", "connector-builder validate")


def _refuse_same(work: Sequence[Deployable]) -> None:
    titles = [one.title for one in work]
    for title in titles:
        if titles.count(title) > 1:
            raise Misuse(
                f"nothing was sent: two connectors are called '{title}'", "rename one, or deploy one at a time"
            )


def _refuse_refused(plans: Sequence[Plan]) -> None:
    refused = [f"'{plan.one.title}': {' '.join(plan.said)}" for plan in plans if plan.refused]
    if refused:
        raise ServiceRefused(f"nothing was changed: Power Apps refuses {'; and '.join(refused)}")


def _road(connection: Connection, wanted: Wanted, asked: Asked) -> tuple[Road, Target]:
    environment = find_environment(connection, wanted.environment)
    name = wanted.road or (
        "dataverse" if is_application(connection) or wanted.solution or not environment.id else "powerapps"
    )
    target = Target(environment, name)
    if name == "dataverse":
        return DataverseRoad(dataverse_of(connection, environment), wanted.solution), target
    if wanted.solution:
        raise Misuse("--solution is for Dataverse", "leave it out, or write --to dataverse")
    if not environment.id:
        raise Misuse("Power Apps takes the id or the name of an environment, not the address of its Dataverse")

    def object_id() -> str:
        if connection.http.dry is not None:
            return "<your object id>"
        claims = claims_of(connection.tokens(connection.cloud.power_apps.audience))
        return claims.object_id if claims is not None else "me"

    service = PowerApps(connection.http, connection.cloud, environment.id)
    return PowerAppsRoad(service, object_id, asked.environment), target


def dataverse_of(connection: Connection, environment: Environment) -> Dataverse:
    """Returns the Dataverse of an environment. Raises Misuse if it has none."""
    if not environment.dataverse and connection.http.dry is not None:
        raise Misuse(
            "a dry run looks nothing up",
            "name the environment by the address of its Dataverse: -e https://org.crm.dynamics.com",
        )
    if not environment.dataverse:
        raise Misuse(
            f"'{environment.name}' has no Dataverse", "write --to powerapps, or add Dataverse to the environment"
        )
    return Dataverse(connection.http, connection.cloud.dataverse or environment.api, environment.dataverse)


def _keep(outcome: Deployed, target: Target, connection: Connection) -> None:
    keep_settings(
        outcome.plan.one,
        connectorId=outcome.id,
        environment=target.environment.id,
        powerAppsUrl=connection.cloud.power_apps.url,
        powerAppsApiVersion=VERSION,
    )

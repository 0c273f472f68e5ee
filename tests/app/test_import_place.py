from pathlib import Path

import pytest

from connector_builder.app.import_.place import place
from connector_builder.app.shared.misuse import Misuse
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source


def packages(*paths: str) -> list[Source]:
    return [Source(Path(path), Kind.PACKAGE) for path in paths]


def names(*sources: Source) -> list[str]:
    return [job.name for job in place(sources, Path("specs"), several=True)[1]]


@pytest.mark.parametrize(
    ("output", "folder", "name", "suffix"),
    [
        ("orders.yaml", ".", "orders", ".yaml"),
        ("specs/My Orders.YML", "specs", "My Orders", ".YML"),
        ("specs/orders", "specs", "orders", None),
        ("specs/new/../orders.v2", "specs", "orders.v2", None),
    ],
)
def test_one_spec(output: str, folder: str, name: str, suffix: str | None) -> None:
    where, [job] = place(packages("a"), Path(output), several=False)
    assert (where, job.name, job.suffix) == (Path(folder), name, suffix)


def test_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "orders/below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "orders/below")
    assert place(packages("a"), Path(), several=False)[1][0].name == "below"
    assert place(packages("a"), Path(".."), several=False)[1][0].name == "orders"


@pytest.mark.parametrize("output", [".yaml", ".hidden", "specs/.x.yaml", "/", "a:b.yaml", "a\nb", "a\\b.yaml"])
def test_names_that_no_spec_can_have(output: str) -> None:
    with pytest.raises(Misuse) as caught:
        place(packages("a"), Path(output), several=False)
    assert caught.value.message == f"'{Path(output)}' can't be the name of a spec"


def test_several_need_a_folder() -> None:
    assert place(packages("a", "b"), Path("specs"), several=True)[0] == Path("specs")
    with pytest.raises(Misuse) as caught:
        place(packages("a", "b"), Path("specs/all.yaml"), several=True)
    assert caught.value.message == f"'{Path('specs/all.yaml')}' is one spec, and there may be several"
    assert caught.value.help == "name a folder for them: -o specs/all"


def test_names(tmp_path: Path) -> None:
    assert names(*packages("Contoso Orders", "../x/Über uns", "CON")) == ["contoso-orders", "uber-uns", "con-connector"]
    documents = ("pets.swagger.json", "pets.v2.yaml", "x/apiDefinition.swagger.json", "y/swagger.json")
    assert names(*(Source(tmp_path / path, Kind.SWAGGER) for path in documents)) == ["pets", "pets-v2", "x", "y"]


def test_names_that_are_alike(tmp_path: Path) -> None:
    alike = [tmp_path / path for path in ("one/orders", "two/orders", "two/Orders!", "runs")]
    expected = ["one-orders", "two-orders", "two-orders-2", "runs"]
    assert names(*(Source(path, Kind.PACKAGE) for path in alike)) == expected
    far = packages("/a/x/y/orders", "/b/x/y/orders", "/a/x-y/orders")
    assert names(*far) == ["a-x-y-orders", "b-x-y-orders", "x-y-orders"]
    assert names(*packages("/a/b-c", "/b-c", "/x/a-b-c")) == ["a-b-c", "b-c", "x-a-b-c"]

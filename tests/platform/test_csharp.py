"""What is code in C#, and what custom code names."""

import pytest

from connector_builder.platform.custom_code.csharp import read_csharp
from connector_builder.platform.custom_code.script import (
    has_class,
    has_entry,
    loose_bracket,
    named_operations,
    other_members,
    other_namespaces,
    own_clients,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a // b\nc", "a     \nc"),
        ("a /* b\n c */ d", "a     \n      d"),
        ("a /* b", "a     "),
        ('x = "a // b";', 'x = "      ";'),
        (r'x = "a\"b";', 'x = "    ";'),
        ('x = @"a\\";', 'x = @"  ";'),
        ('x = @"a""b" + y;', 'x = @"    " + y;'),
        ("c = '\"'; d", "c = ' '; d"),
        ("c = '\\''; d", "c = '  '; d"),
        ("#region don't\nx", "             \nx"),
        ('x = $"a{b}c" + d;', 'x = $" {b} " + d;'),
        ('x = $"{a["k"]}" + d;', 'x = $"{a[" "]}" + d;'),
        ('x = $"{{a}}" + d;', 'x = $"     " + d;'),
        ('x = $@"{a}""" + d;', 'x = $@"{a}  " + d;'),
        ('x = """a "b" c""" + d;', 'x = "           " + d;'),
        ('x = "a\ny', 'x = " \ny'),
    ],
)
def test_comments_and_strings_are_blank(text: str, code: str) -> None:
    assert read_csharp(text).code == code


def test_strings_have_their_values() -> None:
    assert read_csharp('a("b", @"c""d", "e\\"f")').strings == {2: "b", 8: 'c"d', 16: 'e"f'}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("public class Script : ScriptBase {}", True),
        ("class Script: ScriptBase", True),
        ("// class Script : ScriptBase", False),
        ('var a = "class Script : ScriptBase";', False),
        ("class Scripts : ScriptBase", False),
        ("class script : ScriptBase", False),
    ],
)
def test_the_class_is_found(text: str, found: bool) -> None:
    assert has_class(read_csharp(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("public override async Task<HttpResponseMessage> ExecuteAsync()", True),
        ("public override Task<HttpResponseMessage>\n ExecuteAsync ( )", True),
        ("public async Task<HttpResponseMessage> ExecuteAsync()", False),
        ("override void A() { ExecuteAsync(); }", False),
    ],
)
def test_the_method_is_found(text: str, found: bool) -> None:
    assert has_entry(read_csharp(text)) is found


def test_namespaces_members_and_clients() -> None:
    code = read_csharp(
        "using System;\nusing static System.Math;\nusing J = Newtonsoft.Json.Linq.JObject;\nusing System.Reflection;\n"
        "using (var a = b) { using var c = d; }\nthis.Context.Request; Context.Secret; Http.Context.Other; x.Context.More;\n"
        "new HttpClient(); // new HttpClient()"
    )
    assert [name for name, _, _ in other_namespaces(code)] == ["System.Reflection"]
    assert [name for name, _, _ in other_members(code)] == ["Secret"]
    assert len(list(own_clients(code))) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('if (Context.OperationId == "A" || "B" != this.Context.OperationId) {}', [("A", True), ("B", True)]),
        ('Context.OperationId.Equals("A", x); "B".Equals(Context.OperationId)', [("A", False), ("B", False)]),
        ('var id = Context.OperationId; if (id == "A") {} if (other == "B") {}', [("A", True)]),
        (
            'switch (Context.OperationId) { case "A": switch (x) { case "B": break; } break; case "C": { } }',
            [("A", True), ("C", True)],
        ),
        ('switch (x) { case "A": break; }', []),
        ('// Context.OperationId == "A"', []),
    ],
)
def test_operations_that_code_names(text: str, names: list[tuple[str, bool]]) -> None:
    assert [(named.id, named.exact) for named in named_operations(read_csharp(text))] == names


def test_an_operation_is_at_its_string() -> None:
    text = 'a; if (Context.OperationId == "Å") {}'
    [named] = named_operations(read_csharp(text))
    assert text[named.start : named.end] == '"Å"'


@pytest.mark.parametrize(
    "text",
    ['"', "'", "/*", '$"{', '$@"{"', "@", "\\", '"""', "{", "#", "\r", "Context . ", "switch(Context.OperationId){"],
)
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    code = read_csharp(text * 1000)
    assert len(code.code) == len(text) * 1000
    list(named_operations(code))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("class A { void B(int[] c) { d(c[0]); } }", None),
        ('class A { string b = "}" + $"{c(1)} {{"; char d = \'{\'; } // }', None),
        ("class A { void B( { } }", 16),
        ("class A { void B() { d(c[0); } }", 24),
        ("class A { void B() { }", 8),
        ("class A { } }", 12),
        ("class A { int b = 1]; }", 19),
    ],
)
def test_the_bracket_without_its_pair(text: str, at: int | None) -> None:
    assert loose_bracket(read_csharp(text)) == at

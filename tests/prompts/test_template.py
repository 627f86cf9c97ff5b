"""Templates: what is shipped parses, and what is malformed is refused."""

import pytest

from prompts import Message, TemplateError, load_template
from prompts.template import parse_template


def test_shipped_templates_fill() -> None:
    template = load_template("decompose.v1")
    assert template.fields == {"predicates", "skills", "scene", "request"}
    values = {"predicates": "on", "skills": "pick", "scene": "{{odd}}", "request": '"lift it"'}
    system, user = template.fill(values)
    assert system.role == "system" and user.role == "user"
    assert "{{odd}}" in user.content and '"lift it"' in user.to_json()["content"]
    said, asked = load_template("repair.v1").fill({"answer": "no", "findings": "[]"})
    assert said == Message("assistant", "no") and asked.role == "user"


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("decompose", "## user\nhello"),
        ("decompose.v1", "hello"),
        ("decompose.v1", "## user\n\n## system\nhello"),
        ("decompose.v1", "## user\n{{Bad Field}}"),
    ],
)
def test_malformed_template_is_refused(identifier: str, text: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(identifier, text)


def test_wrong_fields_and_unknown_template_are_refused() -> None:
    template = parse_template("greet.v2", "## user\nhello {{name}}")
    assert template.fill({"name": "you"}) == (Message("user", "hello you"),)
    with pytest.raises(TemplateError, match="name"):
        template.fill({})
    with pytest.raises(TemplateError, match=r"decompose\.v1"):
        load_template("compose.v1")

"""Django forms drawn by our own components."""

from typing import Any

from django.forms.renderers import Jinja2
from django.template import engines


class JinjaRenderer(Jinja2):
    """Take the parts of a form from the shell, the bare widgets from Django's own Jinja2 templates."""

    form_template_name = "shell/form.html"
    field_template_name = "shell/field.html"

    def get_template(self, template_name: str) -> Any:
        """Find a template of the shell, or else one of Django's."""
        if template_name.startswith("shell/"):
            return engines["jinja2"].get_template(template_name)
        return super().get_template(template_name)

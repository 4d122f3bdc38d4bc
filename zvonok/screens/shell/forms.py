"""The choices of how the interface speaks and looks."""

from django import forms
from django.conf import settings

from zvonok.screens.shell.page import TEXTS, THEMES


class LanguageForm(forms.Form):
    """A language that we speak."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AppearanceForm(forms.Form):
    """How the reader likes pages to look; what is left out stays as it is."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES], required=False)
    text = forms.ChoiceField(choices=[(text, text) for text in TEXTS], required=False)

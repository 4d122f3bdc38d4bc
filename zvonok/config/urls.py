"""All addresses of the house, those that are asked for most first."""

from django.urls import include, path

handler400 = "zvonok.screens.shell.errors.bad_request"
handler403 = "zvonok.screens.shell.errors.forbidden"
handler404 = "zvonok.screens.shell.errors.not_found"
handler500 = "zvonok.screens.shell.errors.failed"

urlpatterns = [
    path("", include("zvonok.screens.diary.urls")),
    path("", include("zvonok.screens.journal.urls")),
    path("", include("zvonok.screens.shell.urls")),
    path("", include("zvonok.screens.identity.urls")),
    path("", include("zvonok.screens.account.urls")),
    path("", include("zvonok.screens.office.urls")),
    path("", include("zvonok.screens.operations.urls")),
]

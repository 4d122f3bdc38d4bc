"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zvonok.config.settings")
application = get_wsgi_application()

# What has been loaded stays. The collector need not look through it every few hundred objects: a journal page
# makes a hundred thousand, hardly any of them in a ring, and was a sixth slower for it.
gc.freeze()
gc.set_threshold(50_000, 20, 20)

"""The entry point for WSGI servers, which can serve all pages but the live stream."""

import os

from django.core.wsgi import get_wsgi_application

from config.serving import check_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
check_key()

application = get_wsgi_application()

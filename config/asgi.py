"""The entry point for uvicorn. Starts no database: whoever runs the server has done that."""

import os

from django.core.asgi import get_asgi_application

from config.serving import check_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
check_key()

application = get_asgi_application()

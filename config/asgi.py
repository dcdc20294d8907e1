"""The entry point for uvicorn. Starts no database: whoever runs the server has done that."""

import os
import warnings

from django.core.asgi import get_asgi_application

from config.serving import check_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("PARALLAX_POOL", "True")  # commands and tests keep one connection a thread
check_key()
# whitenoise hands out a file in plain pieces, which Django collects first and warns of: they are a
# few kilobytes each, and nobody who runs the server can do anything about it.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterat")

application = get_asgi_application()

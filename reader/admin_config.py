"""Django's admin app with our site in place of its own; loaded before any model."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Named in INSTALLED_APPS where Django's would be."""

    default_site = "reader.admin_site.DeskAdminSite"

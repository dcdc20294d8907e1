"""How static files are stored in production: under names that carry a hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names that also hold inside ES modules.

    Django rewrites `import` paths in scripts only when this is switched on. Modules must import by
    relative paths, with blanks and semicolons, and never in a circle.
    """

    support_js_module_import_aggregation = True

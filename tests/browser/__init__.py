"""Tests in a real browser, against real processes: web server, worker and database."""

"""Plugins with which LocalStack runs as a process of this machine: no Docker, no downloads while it runs."""

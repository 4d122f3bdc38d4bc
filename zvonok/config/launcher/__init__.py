"""The embedded PostgreSQL: found, started and stopped by us, without a system service."""

from zvonok.config.launcher.cluster import Cluster, borrowed, discard, running, start
from zvonok.config.launcher.place import NoDatabase, default_home

__all__ = ["Cluster", "NoDatabase", "borrowed", "default_home", "discard", "running", "start"]

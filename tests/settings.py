"""Settings of the tests: the product's own, read after the environment was cut loose from the machine."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("JALON_DATA_DIR", tempfile.mkdtemp(prefix="jalon-tests-"))
os.environ.setdefault("JALON_KEY_ENCRYPTION_KEY", "dGVzdHMtb25seS0zMi1ieXRlcy1rZXktZW5jcnlwdCE")
os.environ.setdefault("JALON_SECRET_KEY", "tests-only")

from jalon.config.settings import *  # noqa: F403 -- after the environment, on purpose

# Passwords are made and checked hundreds of times; their strength is Django's business, not these tests'.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 -- it comes with the star above
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

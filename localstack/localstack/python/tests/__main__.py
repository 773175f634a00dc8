"""Runs all tests of this folder. The last line says how many passed and how many failed."""

import sys
import unittest
from pathlib import Path

folder = Path(__file__).parent
suite = unittest.defaultTestLoader.discover(str(folder), top_level_dir=str(folder.parent))
result = unittest.TextTestRunner().run(suite)
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(failed > 0)

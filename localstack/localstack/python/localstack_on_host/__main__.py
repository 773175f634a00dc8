"""
Runs LocalStack. Ends the process as soon as LocalStack has shut down: Python would take some seconds more to free,
object by object, what the operating system frees at once.
"""

import os
import sys
import traceback

from localstack.runtime.main import main


def run() -> int:
    try:
        main()
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


exit_code = run()
sys.stdout.flush()
sys.stderr.flush()
os._exit(exit_code)

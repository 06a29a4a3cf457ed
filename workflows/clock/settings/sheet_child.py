"""The process in which a stranger's spreadsheet of days is opened: see casework.programme.roster.child."""

from casework.programme.roster.child import serve
from workflows.clock.settings.sheet import read_decision

if __name__ == "__main__":
    serve(read_decision)

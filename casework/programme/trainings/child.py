"""The process in which a stranger's attendance list is opened: see casework.programme.roster.child."""

from casework.programme.roster.child import serve
from casework.programme.trainings.lists import read_attendance

if __name__ == "__main__":
    serve(read_attendance)

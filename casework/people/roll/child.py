"""The process in which a stranger's member list is opened: see casework.programme.roster.child."""

from casework.people.roll.reading import read_list
from casework.programme.roster.child import serve

if __name__ == "__main__":
    serve(read_list)

"""The process in which a filled form is opened: see casework.programme.roster.child."""

from casework.programme.collected.reading import read_form
from casework.programme.roster.child import serve

if __name__ == "__main__":
    serve(read_form)

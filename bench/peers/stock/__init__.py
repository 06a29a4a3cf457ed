"""Stock django-viewflow with guardian: its own tables, queue page and permission on each object."""

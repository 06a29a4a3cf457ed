"""Papers made from the data of a case: docx from a dated template, and the same pages as pdf."""

-- The newest 50 cases of a text, in one look at the trigram index.
SELECT id, code, working_name FROM casework_case WHERE search_text LIKE %(like)s ORDER BY opened_at DESC, id DESC LIMIT 50

-- Every document has a version, and every version names its file and the hash of it.
SELECT 'document ' || d.id FROM casework_document d
 WHERE NOT EXISTS (SELECT FROM casework_documentversion v WHERE v.document_id = d.id)
 UNION ALL
SELECT 'version ' || id FROM casework_documentversion WHERE length(sha256) <> 64 OR stored_name = ''

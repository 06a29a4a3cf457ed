-- Every document has a version, and every version a hash.
SELECT 'document ' || d.id FROM casework_document d
 WHERE NOT EXISTS (SELECT FROM casework_documentversion v WHERE v.document_id = d.id AND length(v.sha256) = 64)

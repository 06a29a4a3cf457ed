-- Every event is a leaf of the tree or waits to become one, never both, and no leaf is without its event.
SELECT e.chain || ' ' || e.seq FROM casework_auditevent e
  LEFT JOIN casework_auditleaf l ON l.event_id = e.id
  LEFT JOIN casework_auditunsealed q ON q.event_id = e.id
 WHERE (l.number IS NULL) = (q.event_id IS NULL)
 UNION ALL
SELECT 'leaf ' || l.number FROM casework_auditleaf l
  LEFT JOIN casework_auditevent e ON e.id = l.event_id AND e.hash = l.hash
 WHERE e.id IS NULL

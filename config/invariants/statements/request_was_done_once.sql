-- A form that was sent twice was carried out once.
SELECT 'person ' || actor_id || ': ' || count(*) FROM casework_auditevent
 WHERE request_id IS NOT NULL GROUP BY actor_id, request_id HAVING count(*) > 1

-- Whoever must go on after a step was told of it.
SELECT e.chain || ' ' || e.seq FROM casework_auditevent e
 WHERE e.verb = 'task.completed' AND jsonb_array_length(COALESCE(e.facts -> 'next', '[]')) > 0
   AND NOT EXISTS (SELECT FROM notifications_outboxmessage m WHERE m.chain = e.chain AND m.event_seq = e.seq)

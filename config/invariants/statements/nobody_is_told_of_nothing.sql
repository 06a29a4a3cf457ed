-- No message speaks of an event that does not exist; those of the clock speak of a day.
SELECT 'message ' || m.id FROM notifications_outboxmessage m
 WHERE m.chain NOT LIKE 'clock:%' AND m.event_seq IS NOT NULL
   AND NOT EXISTS (SELECT FROM casework_auditevent e WHERE e.chain = m.chain AND e.seq = m.event_seq)

"""The trigger that keeps `Alarm` beside the tasks: no statement more for an act, and no road around it."""

ALARMS = """
CREATE OR REPLACE FUNCTION clock_alarm() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    opens timestamptz := (NEW.opens_on + time '07:00') AT TIME ZONE 'Asia/Ho_Chi_Minh';
    half timestamptz := COALESCE(NEW.half_at, NEW.due_at);
    warn timestamptz := COALESCE(NEW.warn_at, NEW.due_at);
    -- How much could have been told by now; 1 when there is no opening day to wait for.
    passed int := CASE WHEN NEW.opens_on IS NULL OR opens <= now()
                         OR NEW.opens_on <= (NEW.created AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                       THEN CASE WHEN NEW.due_at <= now() THEN 4 WHEN warn <= now() THEN 3
                                 WHEN half <= now() THEN 2 ELSE 1 END
                       ELSE 0 END;
    told int;
    next_at timestamptz;
BEGIN
    IF NEW.status NOT IN ('NEW', 'ASSIGNED') THEN
        DELETE FROM workflows_alarm WHERE task_id = NEW.id;
        RETURN NULL;
    END IF;
    SELECT level INTO told FROM workflows_alarm WHERE task_id = NEW.id;
    -- What was told stays told, unless its moment lies ahead again.
    told := LEAST(COALESCE(told, LEAST(passed, 1)), passed);
    next_at := CASE told WHEN 0 THEN opens WHEN 1 THEN half WHEN 2 THEN warn WHEN 3 THEN NEW.due_at END;
    INSERT INTO workflows_alarm (task_id, level, at)
    VALUES (NEW.id, told, CASE WHEN NEW.held THEN NULL ELSE next_at END)
    ON CONFLICT (task_id) DO UPDATE SET level = EXCLUDED.level, at = EXCLUDED.at;
    RETURN NULL;
END $$;

CREATE TRIGGER clock_alarm_insert AFTER INSERT ON workflows_task
    FOR EACH ROW WHEN (NEW.flow_task_type = 'HUMAN') EXECUTE FUNCTION clock_alarm();
CREATE TRIGGER clock_alarm_update AFTER UPDATE OF status, held, due_at, half_at, warn_at, opens_on ON workflows_task
    FOR EACH ROW WHEN (NEW.flow_task_type = 'HUMAN') EXECUTE FUNCTION clock_alarm();
"""

NO_ALARMS = """
DROP TRIGGER IF EXISTS clock_alarm_insert ON workflows_task;
DROP TRIGGER IF EXISTS clock_alarm_update ON workflows_task;
DROP FUNCTION IF EXISTS clock_alarm();
"""

# Tasks of before this version have a due moment and no more; what they were allowed is told from their limit.
FILL_TASKS = """
ALTER TABLE workflows_task DISABLE TRIGGER audit_guard;
UPDATE workflows_task t SET
    term_begins = COALESCE(
        CASE t.node
            WHEN 'screen_lead' THEN (SELECT c.received_on FROM casework_case c WHERE c.id = t.case_id)
            WHEN 'record_registration_result'
            THEN (SELECT max(f.filed_on) FROM casework_filing f WHERE f.case_id = t.case_id)
        END,
        t.opens_on, (t.created AT TIME ZONE 'Asia/Ho_Chi_Minh')::date),
    first_due_at = t.due_at,
    half_at = t.due_at - (t.due_at - LEAST(t.created, t.due_at)) * 0.5,
    warn_at = t.due_at - (t.due_at - LEAST(t.created, t.due_at)) * 0.2,
    limit_id = (SELECT l.id FROM workflows_timelimit l
                 WHERE l.node = t.node AND l.length = t.limit_days
                   AND l.valid_from <= (t.created AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                 ORDER BY l.valid_from DESC LIMIT 1)
WHERE t.flow_task_type = 'HUMAN';
UPDATE workflows_timelimit SET legal = true, watched = true WHERE source LIKE 'Law on Cooperatives%';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE workflows_task ENABLE ALWAYS TRIGGER audit_guard;
"""

FILL_ALARMS = """
INSERT INTO workflows_alarm (task_id, level, at)
SELECT id,
       CASE WHEN opens_on > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 0
            ELSE 1 + (half_at <= now())::int + (warn_at <= now())::int + (due_at <= now())::int END,
       CASE WHEN held OR due_at <= now() THEN NULL
            WHEN opens_on > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            THEN (opens_on + time '07:00') AT TIME ZONE 'Asia/Ho_Chi_Minh'
            WHEN half_at > now() THEN half_at WHEN warn_at > now() THEN warn_at ELSE due_at END
  FROM workflows_task WHERE status IN ('NEW', 'ASSIGNED') AND flow_task_type = 'HUMAN'
ON CONFLICT (task_id) DO NOTHING;
"""

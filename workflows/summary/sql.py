"""The triggers that keep the numbers of cases beside them, and those of the cases of before.

A case, its tasks and its access each keep one row of the case (`workflows_countedcase`); every change of that row is
appended as what it takes away and what it adds (`workflows_casesum`). Nothing is counted in place, so nobody waits
for anybody and nothing can deadlock; the worker adds the appended rows together (sums.py).
"""

# What one row counts for: `what` and `word` say in which sum, `day` from when or by when.
#   all     word = kind of the case
#   running word = stage; with the moments of opening and of arriving in the stage, in seconds
#   due     word = stage; day = the nearest day of a task that runs
#   closed  word = outcome; day = first day of the month
_COUNTS = """
CREATE OR REPLACE FUNCTION summary_counts(r workflows_countedcase)
RETURNS TABLE (what varchar, word varchar, day date, n int, held int, opened bigint, since bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'all', r.kind, DATE '0001-01-01', 1, 0, 0::bigint, 0::bigint
    UNION ALL
    SELECT 'running', r.stage, DATE '0001-01-01', 1, (r.status = 'on_hold')::int,
           floor(extract(epoch FROM r.opened_at))::bigint, floor(extract(epoch FROM r.stage_since))::bigint
     WHERE r.status <> 'closed'
    UNION ALL
    SELECT 'due', r.stage, r.due_on, 1, 0, 0, 0 WHERE r.status <> 'closed' AND r.due_on IS NOT NULL
    UNION ALL
    SELECT 'closed', r.outcome, date_trunc('month', r.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 1, 0, 0, 0
     WHERE r.status = 'closed'
$$;
"""

_APPEND = """
CREATE OR REPLACE FUNCTION summary_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO workflows_casesum (audience_id, lead_organisation_id, area_id, what, word, day,
                                        n, held, opened, since, fresh)
        SELECT NEW.audience_id, NEW.lead_organisation_id, NEW.area_id, c.what, c.word, c.day,
               c.n, c.held, c.opened, c.since, true
          FROM summary_counts(NEW) c;
        RETURN NULL;
    END IF;
    INSERT INTO workflows_casesum (audience_id, lead_organisation_id, area_id, what, word, day,
                                    n, held, opened, since, fresh)
    SELECT audience, lead, area, what, word, day, sum(n), sum(held), sum(opened), sum(since), true
      FROM (SELECT NEW.audience_id AS audience, NEW.lead_organisation_id AS lead, NEW.area_id AS area, c.*
              FROM summary_counts(NEW) c
             UNION ALL
            SELECT OLD.audience_id, OLD.lead_organisation_id, OLD.area_id,
                   c.what, c.word, c.day, -c.n, -c.held, -c.opened, -c.since
              FROM summary_counts(OLD) c) moved
     GROUP BY audience, lead, area, what, word, day
    HAVING sum(n) <> 0 OR sum(held) <> 0 OR sum(opened) <> 0 OR sum(since) <> 0;
    RETURN NULL;
END $$;
"""

# An access that ends by itself, and an inspection, are asked of the access itself (sums.py): no trigger
# runs when a day begins. One without an end counts from when it is written: no act lets one begin later.
_AUDIENCE = """
CREATE OR REPLACE FUNCTION summary_audience(of_case bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    who bigint[];
    found bigint;
BEGIN
    SELECT COALESCE(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}') INTO who
      FROM casework_caseaccess
     WHERE case_id = of_case AND kind IN ('own', 'partner') AND revoked_at IS NULL AND valid_until IS NULL;
    SELECT id INTO found FROM workflows_audience WHERE organisations = who;
    IF found IS NULL THEN
        INSERT INTO workflows_audience (organisations) VALUES (who) ON CONFLICT (organisations) DO NOTHING
        RETURNING id INTO found;
        IF found IS NULL THEN
            SELECT id INTO found FROM workflows_audience WHERE organisations = who;
        ELSE
            INSERT INTO workflows_audiencemember (audience_id, organisation_id) SELECT found, unnest(who);
        END IF;
    END IF;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION summary_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case bigint := COALESCE(NEW.case_id, OLD.case_id);
    seen bigint;
BEGIN
    seen := summary_audience(of_case);
    UPDATE workflows_countedcase SET audience_id = seen WHERE case_id = of_case AND audience_id <> seen;
    RETURN NULL;
END $$;

CREATE TRIGGER summary_access AFTER INSERT OR UPDATE OR DELETE ON casework_caseaccess
    FOR EACH ROW EXECUTE FUNCTION summary_access();
"""

_CASE = """
CREATE OR REPLACE FUNCTION summary_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO workflows_countedcase (case_id, audience_id, lead_organisation_id, area_id, kind, stage, status,
                                         outcome, opened_at, stage_since, closed_at)
        VALUES (NEW.id, summary_audience(NEW.id), NEW.lead_organisation_id, NEW.area_id, NEW.kind, NEW.stage,
                NEW.status, NEW.outcome, NEW.opened_at, NEW.stage_since, NEW.closed_at);
    ELSE
        UPDATE workflows_countedcase
           SET lead_organisation_id = NEW.lead_organisation_id, area_id = NEW.area_id, kind = NEW.kind,
               stage = NEW.stage, status = NEW.status, outcome = NEW.outcome, opened_at = NEW.opened_at,
               stage_since = NEW.stage_since, closed_at = NEW.closed_at
         WHERE case_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER summary_case_insert AFTER INSERT ON casework_case FOR EACH ROW EXECUTE FUNCTION summary_case();
CREATE TRIGGER summary_case_update AFTER UPDATE ON casework_case FOR EACH ROW
    WHEN ((OLD.lead_organisation_id, OLD.area_id, OLD.kind, OLD.stage, OLD.status, OLD.outcome, OLD.opened_at,
           OLD.stage_since, OLD.closed_at)
          IS DISTINCT FROM
          (NEW.lead_organisation_id, NEW.area_id, NEW.kind, NEW.stage, NEW.status, NEW.outcome, NEW.opened_at,
           NEW.stage_since, NEW.closed_at))
    EXECUTE FUNCTION summary_case();
"""

_TASK = """
CREATE OR REPLACE FUNCTION summary_nearest(of_case bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT min((due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) FROM workflows_task
     WHERE case_id = of_case AND flow_task_type = 'HUMAN' AND status IN ('NEW', 'ASSIGNED') AND NOT held
$$;

CREATE OR REPLACE FUNCTION summary_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case bigint := COALESCE(NEW.case_id, OLD.case_id);
    nearest date := summary_nearest(of_case);
BEGIN
    UPDATE workflows_countedcase SET due_on = nearest WHERE case_id = of_case AND due_on IS DISTINCT FROM nearest;
    RETURN NULL;
END $$;

CREATE TRIGGER summary_task_insert AFTER INSERT ON workflows_task FOR EACH ROW
    WHEN (NEW.flow_task_type = 'HUMAN') EXECUTE FUNCTION summary_task();
CREATE TRIGGER summary_task_update AFTER UPDATE ON workflows_task FOR EACH ROW
    WHEN (NEW.flow_task_type = 'HUMAN' AND ((OLD.status IN ('NEW', 'ASSIGNED'), OLD.due_at, OLD.held)
          IS DISTINCT FROM (NEW.status IN ('NEW', 'ASSIGNED'), NEW.due_at, NEW.held)))
    EXECUTE FUNCTION summary_task();
CREATE TRIGGER summary_task_delete AFTER DELETE ON workflows_task FOR EACH ROW
    WHEN (OLD.flow_task_type = 'HUMAN') EXECUTE FUNCTION summary_task();
"""

# The cases of before, all at once: what a trigger would have kept of each. From here on rows are appended.
FILL = """
CREATE TEMPORARY TABLE seen_by ON COMMIT DROP AS
SELECT c.id AS case_id,
       COALESCE((SELECT array_agg(DISTINCT a.organisation_id ORDER BY a.organisation_id)
                   FROM casework_caseaccess a
                  WHERE a.case_id = c.id AND a.kind IN ('own', 'partner') AND a.revoked_at IS NULL
                    AND a.valid_until IS NULL), '{}') AS organisations
  FROM casework_case c;

INSERT INTO workflows_audience (organisations) SELECT DISTINCT organisations FROM seen_by;
INSERT INTO workflows_audiencemember (audience_id, organisation_id)
SELECT id, unnest(organisations) FROM workflows_audience;

INSERT INTO workflows_countedcase (case_id, audience_id, lead_organisation_id, area_id, kind, stage, status,
                                 outcome, opened_at, stage_since, closed_at, due_on)
SELECT c.id, a.id, c.lead_organisation_id, c.area_id, c.kind, c.stage, c.status, c.outcome, c.opened_at,
       c.stage_since, c.closed_at, summary_nearest(c.id)
  FROM casework_case c
  JOIN seen_by ON seen_by.case_id = c.id
  JOIN workflows_audience a ON a.organisations = seen_by.organisations;

INSERT INTO workflows_casesum (audience_id, lead_organisation_id, area_id, what, word, day,
                                n, held, opened, since, fresh)
SELECT r.audience_id, r.lead_organisation_id, r.area_id, c.what, c.word, c.day,
       sum(c.n), sum(c.held), sum(c.opened), sum(c.since), false
  FROM workflows_countedcase r CROSS JOIN LATERAL summary_counts(r) c
 GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TRIGGER summary_append AFTER INSERT OR UPDATE ON workflows_countedcase
    FOR EACH ROW EXECUTE FUNCTION summary_append();
"""

KEEP = _COUNTS + _APPEND + _AUDIENCE + _CASE + _TASK

FORGET = """
DROP TRIGGER IF EXISTS summary_case_insert ON casework_case;
DROP TRIGGER IF EXISTS summary_case_update ON casework_case;
DROP TRIGGER IF EXISTS summary_access ON casework_caseaccess;
DROP TRIGGER IF EXISTS summary_task_insert ON workflows_task;
DROP TRIGGER IF EXISTS summary_task_update ON workflows_task;
DROP TRIGGER IF EXISTS summary_task_delete ON workflows_task;
DROP TRIGGER IF EXISTS summary_append ON workflows_countedcase;
DROP FUNCTION IF EXISTS summary_case(), summary_access(), summary_task(), summary_append(), summary_audience(bigint);
DROP FUNCTION IF EXISTS summary_nearest(bigint), summary_counts(workflows_countedcase);
"""

"""The trigger that keeps `StageStay` beside the cases, and the stays of before it."""

STAYS = """
CREATE OR REPLACE FUNCTION board_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO workflows_stagestay (case_id, stage, since) VALUES (NEW.id, NEW.stage, NEW.stage_since);
        RETURN NULL;
    END IF;
    IF NEW.stage <> OLD.stage OR (NEW.status = 'closed') <> (OLD.status = 'closed') THEN
        -- One stay ends at the very moment at which the next begins.
        UPDATE workflows_stagestay SET until = GREATEST(since, COALESCE(NEW.closed_at, NEW.stage_since))
         WHERE case_id = NEW.id AND until IS NULL;
        IF NEW.status <> 'closed' THEN
            INSERT INTO workflows_stagestay (case_id, stage, since)
            VALUES (NEW.id, NEW.stage,
                    CASE WHEN NEW.stage <> OLD.stage THEN NEW.stage_since ELSE clock_timestamp() END);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER board_stay_insert AFTER INSERT ON casework_case FOR EACH ROW EXECUTE FUNCTION board_stay();
CREATE TRIGGER board_stay_update AFTER UPDATE OF stage, status ON casework_case
    FOR EACH ROW EXECUTE FUNCTION board_stay();
"""

NO_STAYS = """
DROP TRIGGER IF EXISTS board_stay_insert ON casework_case;
DROP TRIGGER IF EXISTS board_stay_update ON casework_case;
DROP FUNCTION IF EXISTS board_stay();
"""

# Cases of before this version: every move of their stage, every closing and reopening stands in their events.
FILL_STAYS = """
WITH told AS (
    SELECT e.case_id, e.at, e.seq,
           max(change ->> 'to') FILTER (WHERE change ->> 'field' = 'stage') AS stage,
           max(change ->> 'to') FILTER (WHERE change ->> 'field' = 'status') AS status
      FROM casework_auditevent e
     CROSS JOIN LATERAL jsonb_array_elements(e.changes) AS change
     WHERE e.chain = 'case:' || e.case_id
       AND change ->> 'object' = 'case:' || e.case_id AND change ->> 'field' IN ('stage', 'status')
     GROUP BY e.case_id, e.at, e.seq
), parted AS (
    SELECT *, count(stage) OVER so_far AS stages, count(status) OVER so_far AS statuses
      FROM told WINDOW so_far AS (PARTITION BY case_id ORDER BY at, seq)
), stood AS (
    SELECT case_id, at, seq,
           max(stage) OVER (PARTITION BY case_id, stages) AS stage,
           COALESCE(max(status) OVER (PARTITION BY case_id, statuses), 'open') = 'closed' AS closed
      FROM parted
), turned AS (
    SELECT *, (stage, closed) IS DISTINCT FROM (lag(stage) OVER w, lag(closed) OVER w) AS turn
      FROM stood WINDOW w AS (PARTITION BY case_id ORDER BY at, seq)
), stays AS (
    SELECT case_id, stage, closed, at AS since, lead(at) OVER (PARTITION BY case_id ORDER BY at, seq) AS until
      FROM turned WHERE turn
)
INSERT INTO workflows_stagestay (case_id, stage, since, until)
SELECT case_id, stage, since, until FROM stays WHERE NOT closed AND stage IS NOT NULL
"""

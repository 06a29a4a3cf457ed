"""The database's own part of a frozen report: it is never changed and never deleted. Used by a migration."""

KEEP_FROZEN = """
CREATE OR REPLACE FUNCTION report_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'report % is frozen: % refused', OLD.id, TG_OP USING ERRCODE = '42501';
END $$;

CREATE TRIGGER report_refuse_frozen BEFORE UPDATE OR DELETE ON casework_report
    FOR EACH ROW WHEN (OLD.state = 'frozen') EXECUTE FUNCTION report_refuse();
ALTER TABLE casework_report ENABLE ALWAYS TRIGGER report_refuse_frozen;
CREATE TRIGGER report_refuse_truncate BEFORE TRUNCATE ON casework_report
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE casework_report ENABLE ALWAYS TRIGGER report_refuse_truncate;
"""

LET_GO = """
DROP TRIGGER IF EXISTS report_refuse_frozen ON casework_report;
DROP TRIGGER IF EXISTS report_refuse_truncate ON casework_report;
DROP FUNCTION IF EXISTS report_refuse();
"""

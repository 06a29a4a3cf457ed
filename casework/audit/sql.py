"""The database's own part of the history: it links, it refuses, it guards. Used by migrations.

An event's hash is SHA-256(previous hash ‖ canonical text); the first previous hash of a chain is SHA-256 of
the chain's name. The text that was hashed is stored as it was: jsonb would reorder it.
"""

LINK = """
CREATE OR REPLACE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
    given jsonb := NEW.canon::jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || NEW.chain, 0));
    SELECT e.seq, e.at, e.hash INTO last
      FROM casework_auditevent e WHERE e.chain = NEW.chain ORDER BY e.seq DESC LIMIT 1;
    NEW.seq := COALESCE(last.seq, 0) + 1;
    NEW.prev := COALESCE(last.hash, sha256(convert_to(NEW.chain, 'UTF8')));
    -- The database's clock, never running back within a chain.
    NEW.at := GREATEST(clock_timestamp(), last.at);
    NEW.canon := '{"at":"' || to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","chain":' || to_json(NEW.chain)::text || ',"data":' || NEW.canon || ',"seq":' || NEW.seq || '}';
    NEW.hash := sha256(NEW.prev || convert_to(NEW.canon, 'UTF8'));
    NEW.case_id := (given ->> 'case')::bigint;
    NEW.actor_id := (given ->> 'actor')::bigint;
    NEW.on_behalf_of_id := (given ->> 'on_behalf_of')::bigint;
    NEW.organisation_id := (given ->> 'organisation')::bigint;
    NEW.role := COALESCE(given ->> 'role', '');
    NEW.verb := given ->> 'verb';
    NEW.channel := given ->> 'channel';
    NEW.request_id := (given ->> 'request')::uuid;
    NEW.reason := COALESCE(given ->> 'reason', '');
    NEW.facts := COALESCE(given -> 'facts', '{}');
    NEW.changes := COALESCE(given -> 'changes', '[]');
    NEW.xact := pg_current_xact_id();
    RETURN NEW;
END $$;

ALTER TABLE casework_auditevent ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE TRIGGER audit_link BEFORE INSERT ON casework_auditevent FOR EACH ROW EXECUTE FUNCTION audit_link();
ALTER TABLE casework_auditevent ENABLE ALWAYS TRIGGER audit_link;
"""

REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER audit_refuse_row BEFORE UPDATE OR DELETE ON casework_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON casework_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE casework_auditevent ENABLE ALWAYS TRIGGER audit_refuse_row;
ALTER TABLE casework_auditevent ENABLE ALWAYS TRIGGER audit_refuse_truncate;
"""

GUARD = """
CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_case bigint;
    wanted bigint[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        row_case := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
        wanted := array_append(wanted, row_case);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        row_case := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
        wanted := array_append(wanted, row_case);
    END IF;
    FOREACH row_case IN ARRAY wanted LOOP
        -- The newest event of the case must have been written by this very transaction.
        IF NOT EXISTS (
            SELECT FROM (SELECT e.xact, e.at FROM casework_auditevent e
                          WHERE e.case_id = row_case ORDER BY e.seq DESC LIMIT 1) newest
             WHERE newest.xact = pg_current_xact_id() AND newest.at >= transaction_timestamp()
        ) THEN
            RAISE EXCEPTION '% on % without an event of case %', TG_OP, TG_TABLE_NAME, row_case
                USING ERRCODE = '42501', HINT = 'Change it through casework.acts.perform.';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

QUEUE = """
CREATE OR REPLACE FUNCTION audit_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO casework_auditunsealed (event_id, chain, seq) VALUES (NEW.id, NEW.chain, NEW.seq);
    RETURN NULL;
END $$;

CREATE TRIGGER audit_queue AFTER INSERT ON casework_auditevent FOR EACH ROW EXECUTE FUNCTION audit_queue();
ALTER TABLE casework_auditevent ENABLE ALWAYS TRIGGER audit_queue;
INSERT INTO casework_auditunsealed (event_id, chain, seq) SELECT id, chain, seq FROM casework_auditevent;
"""

UNDO_QUEUE = "DROP FUNCTION IF EXISTS audit_queue() CASCADE;"

UNDO = """
DROP FUNCTION IF EXISTS audit_guard() CASCADE;
DROP FUNCTION IF EXISTS audit_refuse() CASCADE;
DROP FUNCTION IF EXISTS audit_link() CASCADE;
ALTER TABLE casework_auditevent DROP COLUMN IF EXISTS xact;
"""


def guard_sql(table: str, case_column: str = "case_id") -> str:
    """SQL that makes a table refuse any change whose transaction appended no event of the case.

    Checked at commit (or at SET CONSTRAINTS … IMMEDIATE), so the event may follow the change.
    """
    return f"""
    CREATE CONSTRAINT TRIGGER audit_guard AFTER INSERT OR UPDATE OR DELETE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_guard('{case_column}');
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_guard;
    CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_refuse_truncate;
    """


def lasting_sql(table: str) -> str:
    """SQL that makes a table refuse every change of what stands in it, whoever asks; rows may be added."""
    return f"""
    CREATE TRIGGER audit_refuse_row BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION audit_refuse();
    CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_refuse_row;
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_refuse_truncate;
    """


def not_lasting_sql(table: str) -> str:
    """SQL that takes that off again (a migration's reverse)."""
    return f"""
    DROP TRIGGER IF EXISTS audit_refuse_row ON {table};
    DROP TRIGGER IF EXISTS audit_refuse_truncate ON {table};
    """


def unguard_sql(table: str) -> str:
    """SQL that takes the guard off again (a migration's reverse)."""
    return f"""
    DROP TRIGGER IF EXISTS audit_guard ON {table};
    DROP TRIGGER IF EXISTS audit_refuse_truncate ON {table};
    """

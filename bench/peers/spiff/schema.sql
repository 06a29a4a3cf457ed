-- The state of each case, the rows that an inbox needs, and one linked event for each step.
CREATE TABLE cases (
    id bigint PRIMARY KEY, body_id bigint NOT NULL, stage text NOT NULL, state jsonb NOT NULL, head bytea NOT NULL,
    events int NOT NULL
);
CREATE TABLE tasks (
    id uuid PRIMARY KEY, case_id bigint NOT NULL REFERENCES cases, body_id bigint NOT NULL, node text NOT NULL,
    status text NOT NULL, due_at timestamptz NOT NULL
);
CREATE INDEX ON tasks (body_id, due_at, id) WHERE status = 'NEW';
CREATE INDEX ON tasks (case_id);
CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint NOT NULL, seq int NOT NULL, at timestamptz NOT NULL,
    canon text NOT NULL, hash bytea NOT NULL, UNIQUE (case_id, seq)
);

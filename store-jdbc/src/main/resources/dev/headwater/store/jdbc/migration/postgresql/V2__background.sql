-- Times are microseconds since 1970.

-- Up to which commit tasks were made of the log, and up to which it was forgotten.
ALTER TABLE hw_environment ADD planned BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE hw_environment ADD forgotten BIGINT DEFAULT 0 NOT NULL;

-- Background tasks, in the columns of db-scheduler. wake_at is Headwater's: when to run a task that runs now once more.
CREATE TABLE hw_task (
    task_name            VARCHAR(40) COLLATE "C" NOT NULL,
    task_instance        VARCHAR(200) COLLATE "C" NOT NULL,
    task_data            BYTEA,
    execution_time       BIGINT NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            VARCHAR(100) COLLATE "C",
    last_success         BIGINT,
    last_failure         BIGINT,
    consecutive_failures INT,
    last_heartbeat       BIGINT,
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    wake_at              BIGINT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX hw_task_due ON hw_task (execution_time);
CREATE INDEX hw_task_heartbeat ON hw_task (last_heartbeat);
CREATE INDEX hw_task_wake ON hw_task (wake_at);

UPDATE hw_schema_version SET version = 2;

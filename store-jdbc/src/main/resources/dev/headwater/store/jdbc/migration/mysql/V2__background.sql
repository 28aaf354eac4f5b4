-- Times are microseconds since 1970.

-- Up to which commit tasks were made of the log, and up to which it was forgotten.
ALTER TABLE hw_environment ADD planned BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE hw_environment ADD forgotten BIGINT DEFAULT 0 NOT NULL;

-- Background tasks, in the columns of db-scheduler. wake_at is Headwater's: when to run a task that runs now once more.
CREATE TABLE hw_task (
    task_name            VARCHAR(40) NOT NULL,
    task_instance        VARCHAR(200) NOT NULL,
    task_data            BLOB,
    execution_time       BIGINT NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            VARCHAR(100),
    last_success         BIGINT,
    last_failure         BIGINT,
    consecutive_failures INT,
    last_heartbeat       BIGINT,
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    wake_at              BIGINT,
    PRIMARY KEY (task_name, task_instance)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};
CREATE INDEX hw_task_due ON hw_task (execution_time);
CREATE INDEX hw_task_heartbeat ON hw_task (last_heartbeat);
CREATE INDEX hw_task_wake ON hw_task (wake_at);

UPDATE hw_schema_version SET version = 2;

-- Names are compared and sorted by their bytes, whatever the database's own collation. Times are microseconds since 1970.

CREATE TABLE hw_environment (
    environment VARCHAR(128) COLLATE "C" NOT NULL PRIMARY KEY,
    head        BIGINT NOT NULL,
    deployments BIGINT NOT NULL
);

CREATE TABLE hw_commit (
    environment    VARCHAR(128) COLLATE "C" NOT NULL,
    number         BIGINT NOT NULL,
    data_source_id VARCHAR(64) COLLATE "C" NOT NULL,
    type           VARCHAR(8) COLLATE "C" NOT NULL,
    written_at     BIGINT NOT NULL,
    author         VARCHAR(255) NOT NULL,
    payload        TEXT NOT NULL,
    PRIMARY KEY (environment, number)
);
CREATE INDEX hw_commit_of ON hw_commit (environment, data_source_id, number);

CREATE TABLE hw_data_source (
    environment   VARCHAR(128) COLLATE "C" NOT NULL,
    id            VARCHAR(64) COLLATE "C" NOT NULL,
    name          VARCHAR(255) COLLATE "C" NOT NULL,
    kind          VARCHAR(64) COLLATE "C" NOT NULL,
    version       BIGINT NOT NULL,
    health_status VARCHAR(16) COLLATE "C" NOT NULL,
    health        TEXT,
    sync          TEXT,
    PRIMARY KEY (environment, id)
);
CREATE UNIQUE INDEX hw_data_source_name ON hw_data_source (environment, name);
CREATE INDEX hw_data_source_kind ON hw_data_source (environment, kind, name);
CREATE INDEX hw_data_source_health ON hw_data_source (environment, health_status, name);

CREATE TABLE hw_label (
    environment    VARCHAR(128) COLLATE "C" NOT NULL,
    label_key      VARCHAR(63) COLLATE "C" NOT NULL,
    label_value    VARCHAR(255) COLLATE "C" NOT NULL,
    name           VARCHAR(255) COLLATE "C" NOT NULL,
    data_source_id VARCHAR(64) COLLATE "C" NOT NULL,
    PRIMARY KEY (environment, label_key, label_value, name)
);
CREATE INDEX hw_label_of ON hw_label (environment, data_source_id);

CREATE TABLE hw_sealed_secret (
    environment    VARCHAR(128) COLLATE "C" NOT NULL,
    id             VARCHAR(64) COLLATE "C" NOT NULL,
    data_source_id VARCHAR(64) COLLATE "C" NOT NULL,
    field          VARCHAR(255) COLLATE "C" NOT NULL,
    key_id         VARCHAR(64) COLLATE "C" NOT NULL,
    ciphertext     TEXT NOT NULL,
    PRIMARY KEY (environment, id)
);
CREATE INDEX hw_sealed_secret_key ON hw_sealed_secret (key_id, environment, id);

CREATE TABLE hw_schema_snapshot (
    environment    VARCHAR(128) COLLATE "C" NOT NULL,
    data_source_id VARCHAR(64) COLLATE "C" NOT NULL,
    snapshot       BYTEA NOT NULL,
    PRIMARY KEY (environment, data_source_id)
);

CREATE TABLE hw_deployment (
    environment   VARCHAR(128) COLLATE "C" NOT NULL,
    number        BIGINT NOT NULL,
    commit_number BIGINT NOT NULL,
    written_at    BIGINT NOT NULL,
    author        VARCHAR(255) NOT NULL,
    PRIMARY KEY (environment, number)
);

CREATE TABLE hw_schema_version (
    version INT NOT NULL
);
INSERT INTO hw_schema_version (version) VALUES (1);

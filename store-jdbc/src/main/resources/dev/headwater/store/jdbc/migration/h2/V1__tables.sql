-- Times are microseconds since 1970.

CREATE TABLE hw_environment (
    environment CHARACTER VARYING(128) NOT NULL PRIMARY KEY,
    head        BIGINT NOT NULL,
    deployments BIGINT NOT NULL
);

CREATE TABLE hw_commit (
    environment    CHARACTER VARYING(128) NOT NULL,
    number         BIGINT NOT NULL,
    data_source_id CHARACTER VARYING(64) NOT NULL,
    type           CHARACTER VARYING(8) NOT NULL,
    written_at     BIGINT NOT NULL,
    author         CHARACTER VARYING(255) NOT NULL,
    payload        CHARACTER VARYING(1000000) NOT NULL,
    PRIMARY KEY (environment, number)
);
CREATE INDEX hw_commit_of ON hw_commit (environment, data_source_id, number);

CREATE TABLE hw_data_source (
    environment   CHARACTER VARYING(128) NOT NULL,
    id            CHARACTER VARYING(64) NOT NULL,
    name          CHARACTER VARYING(255) NOT NULL,
    kind          CHARACTER VARYING(64) NOT NULL,
    version       BIGINT NOT NULL,
    health_status CHARACTER VARYING(16) NOT NULL,
    health        CHARACTER VARYING(16000),
    sync          CHARACTER VARYING(16000),
    PRIMARY KEY (environment, id)
);
CREATE UNIQUE INDEX hw_data_source_name ON hw_data_source (environment, name);
CREATE INDEX hw_data_source_kind ON hw_data_source (environment, kind, name);
CREATE INDEX hw_data_source_health ON hw_data_source (environment, health_status, name);

CREATE TABLE hw_label (
    environment    CHARACTER VARYING(128) NOT NULL,
    label_key      CHARACTER VARYING(63) NOT NULL,
    label_value    CHARACTER VARYING(255) NOT NULL,
    name           CHARACTER VARYING(255) NOT NULL,
    data_source_id CHARACTER VARYING(64) NOT NULL,
    PRIMARY KEY (environment, label_key, label_value, name)
);
CREATE INDEX hw_label_of ON hw_label (environment, data_source_id);

CREATE TABLE hw_sealed_secret (
    environment    CHARACTER VARYING(128) NOT NULL,
    id             CHARACTER VARYING(64) NOT NULL,
    data_source_id CHARACTER VARYING(64) NOT NULL,
    field          CHARACTER VARYING(255) NOT NULL,
    key_id         CHARACTER VARYING(64) NOT NULL,
    ciphertext     CHARACTER LARGE OBJECT NOT NULL,
    PRIMARY KEY (environment, id)
);
CREATE INDEX hw_sealed_secret_key ON hw_sealed_secret (key_id, environment, id);

CREATE TABLE hw_schema_snapshot (
    environment    CHARACTER VARYING(128) NOT NULL,
    data_source_id CHARACTER VARYING(64) NOT NULL,
    snapshot       BINARY LARGE OBJECT NOT NULL,
    PRIMARY KEY (environment, data_source_id)
);

CREATE TABLE hw_deployment (
    environment   CHARACTER VARYING(128) NOT NULL,
    number        BIGINT NOT NULL,
    commit_number BIGINT NOT NULL,
    written_at    BIGINT NOT NULL,
    author        CHARACTER VARYING(255) NOT NULL,
    PRIMARY KEY (environment, number)
);

CREATE TABLE hw_schema_version (
    version INT NOT NULL
);
INSERT INTO hw_schema_version (version) VALUES (1);

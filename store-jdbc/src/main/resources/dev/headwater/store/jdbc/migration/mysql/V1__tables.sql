-- Names are compared and sorted by their code points, and trailing spaces count: ${collation} is a binary NO PAD collation,
-- utf8mb4_0900_bin on MySQL and utf8mb4_nopad_bin on MariaDB. Times are microseconds since 1970.

CREATE TABLE hw_environment (
    environment VARCHAR(128) NOT NULL PRIMARY KEY,
    head        BIGINT NOT NULL,
    deployments BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};

CREATE TABLE hw_commit (
    environment    VARCHAR(128) NOT NULL,
    number         BIGINT NOT NULL,
    data_source_id VARCHAR(64) NOT NULL,
    type           VARCHAR(8) NOT NULL,
    written_at     BIGINT NOT NULL,
    author         VARCHAR(255) NOT NULL,
    payload        MEDIUMTEXT NOT NULL,
    PRIMARY KEY (environment, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};
CREATE INDEX hw_commit_of ON hw_commit (environment, data_source_id, number);

CREATE TABLE hw_data_source (
    environment   VARCHAR(128) NOT NULL,
    id            VARCHAR(64) NOT NULL,
    name          VARCHAR(255) NOT NULL,
    kind          VARCHAR(64) NOT NULL,
    version       BIGINT NOT NULL,
    health_status VARCHAR(16) NOT NULL,
    health        TEXT,
    sync          TEXT,
    PRIMARY KEY (environment, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};
CREATE UNIQUE INDEX hw_data_source_name ON hw_data_source (environment, name);
CREATE INDEX hw_data_source_kind ON hw_data_source (environment, kind, name);
CREATE INDEX hw_data_source_health ON hw_data_source (environment, health_status, name);

CREATE TABLE hw_label (
    environment    VARCHAR(128) NOT NULL,
    label_key      VARCHAR(63) NOT NULL,
    label_value    VARCHAR(255) NOT NULL,
    name           VARCHAR(255) NOT NULL,
    data_source_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (environment, label_key, label_value, name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};
CREATE INDEX hw_label_of ON hw_label (environment, data_source_id);

CREATE TABLE hw_sealed_secret (
    environment    VARCHAR(128) NOT NULL,
    id             VARCHAR(64) NOT NULL,
    data_source_id VARCHAR(64) NOT NULL,
    field          VARCHAR(255) NOT NULL,
    key_id         VARCHAR(64) NOT NULL,
    ciphertext     MEDIUMTEXT NOT NULL,
    PRIMARY KEY (environment, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};
CREATE INDEX hw_sealed_secret_key ON hw_sealed_secret (key_id, environment, id);

CREATE TABLE hw_schema_snapshot (
    environment    VARCHAR(128) NOT NULL,
    data_source_id VARCHAR(64) NOT NULL,
    snapshot       LONGBLOB NOT NULL,
    PRIMARY KEY (environment, data_source_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};

CREATE TABLE hw_deployment (
    environment   VARCHAR(128) NOT NULL,
    number        BIGINT NOT NULL,
    commit_number BIGINT NOT NULL,
    written_at    BIGINT NOT NULL,
    author        VARCHAR(255) NOT NULL,
    PRIMARY KEY (environment, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation};

CREATE TABLE hw_schema_version (
    version INT NOT NULL
) ENGINE = InnoDB;
INSERT INTO hw_schema_version (version) VALUES (1);

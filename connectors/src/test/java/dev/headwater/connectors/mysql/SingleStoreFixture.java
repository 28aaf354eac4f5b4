package dev.headwater.connectors.mysql;

/** SingleStore, with MariaDB in its place. */
public final class SingleStoreFixture extends MysqlFixture {

    public SingleStoreFixture() {
        super("singlestore");
    }
}

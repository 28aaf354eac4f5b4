package dev.headwater.connectors.mysql;

/** PlanetScale, with MariaDB in its place. */
public final class PlanetScaleFixture extends MysqlFixture {

    public PlanetScaleFixture() {
        super("planetscale");
    }
}

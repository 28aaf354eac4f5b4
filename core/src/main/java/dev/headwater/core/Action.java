package dev.headwater.core;

/** What a caller may want to do; the access policy decides on each. */
public enum Action {
    /** List the data sources of an environment, or read its history and deployments. */
    LIST,
    /** See one data source, its observations, schema and history. */
    READ,
    /** Create, change, rename or delete one. */
    WRITE,
    /** Get the values of its config, secrets included, or a live connection that uses them. */
    RESOLVE,
    /** Test it, or sync its schema: it is connected to, and nothing of its secrets comes back. */
    TEST,
    /** See messages of a stream with a test of it, besides what {@link #TEST} allows. */
    PREVIEW,
    /** Deploy and roll back an environment. */
    ADMINISTER
}

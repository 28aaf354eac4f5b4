/**
 * Links config values to secrets of Google Cloud Secret Manager: {@link
 * dev.headwater.secrets.gcp.GcpSecretManagerStore}, held to one project, and to one location for regional secrets.
 */
@NullMarked
package dev.headwater.secrets.gcp;

import org.jspecify.annotations.NullMarked;

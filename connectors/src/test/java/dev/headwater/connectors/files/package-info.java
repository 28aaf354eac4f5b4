/** Files as data sources. */
package dev.headwater.connectors.files;

/** Tests of Oracle, on a stub of its listener. */
package dev.headwater.connectors.oracle;

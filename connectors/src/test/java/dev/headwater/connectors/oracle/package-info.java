/** Tests of Oracle, on a stub that speaks its protocol. */
package dev.headwater.connectors.oracle;

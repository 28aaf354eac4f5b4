/** The kinds of AWS, on servers that speak their protocols. */
package dev.headwater.connectors.aws;

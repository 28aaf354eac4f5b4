/** Tests of SQL Server, on a stub that speaks its protocol. */
package dev.headwater.connectors.mssql;

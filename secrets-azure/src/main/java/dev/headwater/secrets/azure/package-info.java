/**
 * Links config values to secrets of Azure Key Vault: {@link dev.headwater.secrets.azure.AzureKeyVaultStore}, held to one
 * vault.
 */
@NullMarked
package dev.headwater.secrets.azure;

import org.jspecify.annotations.NullMarked;

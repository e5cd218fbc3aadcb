//! The lookup form of stored addresses.

use sqlx::PgPool;

use super::email;

/// Gives every account the canonical lookup form of its address; see [`super::Email::lookup`]. An account keeps its
/// former one if the canonical one belongs to another account. Part of the migration to a release; repeating it changes
/// nothing.
///
/// # Errors
/// When the database fails.
pub async fn canonicalise(pool: &PgPool) -> Result<(), sqlx::Error> {
    // The lookup form of an address in ASCII has always been the same.
    let accounts = sqlx::query!(
        "SELECT account_id, email, email_lookup FROM command.accounts
         WHERE octet_length(email_lookup) <> char_length(email_lookup) ORDER BY created_at, account_id"
    )
    .fetch_all(pool)
    .await?;
    for account in accounts {
        let lookup = email::canonical(&account.email);
        if lookup != account.email_lookup {
            sqlx::query!(
                "UPDATE command.accounts SET email_lookup = $2
                 WHERE account_id = $1 AND NOT EXISTS (SELECT FROM command.accounts WHERE email_lookup = $2)",
                account.account_id,
                lookup
            )
            .execute(pool)
            .await?;
        }
    }
    Ok(())
}

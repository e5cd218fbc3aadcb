//! The sandbox provider, for development and tests. It keeps a real ledger, honours idempotency keys, and refuses what
//! a real provider would, but moves no money. The name of the payment method selects the answer.

use async_trait::async_trait;
use domain::{Currency, Money, PaymentId, ProviderReference};
use sqlx::{PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::{Authorisation, Authorise, ChallengeOutcome, Error, PaymentProvider};

/// The method that is authorised.
pub const METHOD_OK: &str = "sandbox_ok";
/// The method that requires a challenge.
pub const METHOD_ACTION_REQUIRED: &str = "sandbox_action_required";
/// Every method; the one not named above is declined.
pub const METHODS: [&str; 3] = [METHOD_OK, "sandbox_declined", METHOD_ACTION_REQUIRED];

/// The namespace of the provider's references (version 5 UUIDs of the idempotency keys).
const REFERENCE_NAMESPACE: Uuid = Uuid::from_u128(0x5a4d_b0c5_9a0e_4f5e_8f0a_6c1b_7d2e_3f40);

/// The sandbox provider.
#[derive(Debug, Clone)]
pub struct SandboxProvider {
    pool: PgPool,
}

/// An entry of the ledger.
struct Operation {
    kind: &'static str,
    payment_id: PaymentId,
    amount: Money,
    outcome: &'static str,
    parent: Option<ProviderReference>,
}

/// A stored entry of the ledger.
struct Entry {
    kind: String,
    payment_id: Uuid,
    amount_minor: i64,
    currency: String,
    outcome: String,
    reference: String,
}

impl SandboxProvider {
    /// Creates a provider whose ledger is in the database of `pool`.
    pub const fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Finds the ledger's entry for a key.
    async fn known(&self, idempotency_key: &str) -> Result<Option<Entry>, Error> {
        sqlx::query_as!(
            Entry,
            "SELECT kind, payment_id, amount_minor, currency, outcome, reference
             FROM command.sandbox_operations WHERE idempotency_key = $1",
            idempotency_key
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)
    }

    /// How the payment's newest challenge ended; `None` if there was none or it is still open.
    async fn ended_challenge(&self, payment_id: PaymentId) -> Result<Option<ChallengeOutcome>, Error> {
        let outcome = sqlx::query_scalar!(
            "SELECT outcome FROM command.sandbox_operations
             WHERE payment_id = $1 AND kind = 'challenge' ORDER BY created_at DESC, reference LIMIT 1",
            payment_id.as_uuid()
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(match outcome.as_deref() {
            Some("passed") => Some(ChallengeOutcome::Passed),
            Some("failed") => Some(ChallengeOutcome::Failed),
            _ => None,
        })
    }

    /// Writes an entry. If the key already has one, returns that.
    async fn record(&self, idempotency_key: &str, operation: Operation) -> Result<Entry, Error> {
        let mut tx = self.pool.begin().await.map_err(unavailable)?;
        let entry = insert(&mut tx, idempotency_key, &operation).await?;
        tx.commit().await.map_err(unavailable)?;
        Ok(entry)
    }

    /// The entry that an operation refers to, locked until the transaction ends.
    async fn parent(
        tx: &mut Transaction<'_, Postgres>,
        reference: &ProviderReference,
        kind: &str,
    ) -> Result<Entry, Error> {
        let entry = sqlx::query_as!(
            Entry,
            "SELECT kind, payment_id, amount_minor, currency, outcome, reference
             FROM command.sandbox_operations WHERE reference = $1 FOR UPDATE",
            reference.0
        )
        .fetch_optional(&mut **tx)
        .await
        .map_err(unavailable)?;
        entry
            .filter(|entry| entry.kind == kind && entry.outcome == "succeeded")
            .ok_or(Error::Refused("there is no such operation to follow up"))
    }

    /// Captures or voids an authorisation, which is possible only once.
    async fn settle(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
        kind: &'static str,
    ) -> Result<ProviderReference, Error> {
        if let Some(entry) = self.known(idempotency_key).await? {
            return entry.answer(kind);
        }
        let mut tx = self.pool.begin().await.map_err(unavailable)?;
        let parent = Self::parent(&mut tx, authorisation, "authorisation").await?;
        let settled_by = sqlx::query_scalar!(
            "SELECT idempotency_key FROM command.sandbox_operations
             WHERE parent = $1 AND kind IN ('capture', 'void')",
            authorisation.0
        )
        .fetch_optional(&mut *tx)
        .await
        .map_err(unavailable)?;
        if settled_by.is_some_and(|key| key != idempotency_key) {
            return Err(Error::Refused("the authorisation was captured or voided already"));
        }
        let operation = Operation {
            kind,
            payment_id: PaymentId::from_uuid(parent.payment_id),
            amount: parent.amount()?,
            outcome: "succeeded",
            parent: Some(authorisation.clone()),
        };
        let entry = insert(&mut tx, idempotency_key, &operation).await?;
        tx.commit().await.map_err(unavailable)?;
        entry.answer(kind)
    }
}

#[async_trait]
impl PaymentProvider for SandboxProvider {
    async fn authorise(&self, request: &Authorise) -> Result<Authorisation, Error> {
        if let Some(entry) = self.known(&request.idempotency_key).await? {
            return Ok(entry.authorisation());
        }
        let (kind, outcome) = match request.method.as_str() {
            METHOD_OK => ("authorisation", "succeeded"),
            METHOD_ACTION_REQUIRED => match self.ended_challenge(request.payment_id).await? {
                Some(ChallengeOutcome::Passed) => ("authorisation", "succeeded"),
                Some(ChallengeOutcome::Failed) => ("authorisation", "declined"),
                None => ("challenge", "open"),
            },
            _ => ("authorisation", "declined"),
        };
        let operation = Operation {
            kind,
            payment_id: request.payment_id,
            amount: request.amount,
            outcome,
            parent: None,
        };
        Ok(self
            .record(&request.idempotency_key, operation)
            .await?
            .authorisation())
    }

    async fn end_challenge(
        &self,
        challenge: &ProviderReference,
        outcome: ChallengeOutcome,
    ) -> Result<(), Error> {
        let outcome = match outcome {
            ChallengeOutcome::Passed => "passed",
            ChallengeOutcome::Failed => "failed",
        };
        // The first outcome is kept.
        sqlx::query!(
            "UPDATE command.sandbox_operations SET outcome = $2
             WHERE reference = $1 AND kind = 'challenge' AND outcome = 'open'",
            challenge.0,
            outcome
        )
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(())
    }

    async fn capture(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error> {
        self.settle(idempotency_key, authorisation, "capture").await
    }

    async fn void(
        &self,
        idempotency_key: &str,
        authorisation: &ProviderReference,
    ) -> Result<ProviderReference, Error> {
        self.settle(idempotency_key, authorisation, "void").await
    }

    async fn refund(
        &self,
        idempotency_key: &str,
        capture: &ProviderReference,
        amount: Money,
    ) -> Result<ProviderReference, Error> {
        if let Some(entry) = self.known(idempotency_key).await? {
            return entry.answer("refund");
        }
        let mut tx = self.pool.begin().await.map_err(unavailable)?;
        let parent = Self::parent(&mut tx, capture, "capture").await?;
        let refunded = sqlx::query_scalar!(
            r#"SELECT COALESCE(SUM(amount_minor), 0)::bigint AS "refunded!"
               FROM command.sandbox_operations WHERE parent = $1 AND kind = 'refund' AND idempotency_key <> $2"#,
            capture.0,
            idempotency_key
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(unavailable)?;
        let captured = parent.amount()?;
        let rest = captured.minor - refunded;
        if amount.currency != captured.currency || amount.minor > rest {
            return Err(Error::Refused("more was asked back than is left"));
        }
        let operation = Operation {
            kind: "refund",
            payment_id: PaymentId::from_uuid(parent.payment_id),
            amount,
            outcome: "succeeded",
            parent: Some(capture.clone()),
        };
        let entry = insert(&mut tx, idempotency_key, &operation).await?;
        tx.commit().await.map_err(unavailable)?;
        entry.answer("refund")
    }
}

impl Entry {
    fn amount(&self) -> Result<Money, Error> {
        let currency = match self.currency.as_str() {
            "GBP" => Currency::Gbp,
            "EUR" => Currency::Eur,
            "USD" => Currency::Usd,
            _ => return Err(Error::Refused("the ledger has an unknown currency")),
        };
        Ok(Money::new(self.amount_minor, currency))
    }

    fn reference(&self) -> ProviderReference {
        ProviderReference(self.reference.clone())
    }

    fn answer(&self, kind: &str) -> Result<ProviderReference, Error> {
        if self.kind == kind {
            Ok(self.reference())
        } else {
            Err(Error::Refused("the idempotency key was used for something else"))
        }
    }

    fn authorisation(&self) -> Authorisation {
        match (self.kind.as_str(), self.outcome.as_str()) {
            ("challenge", _) => Authorisation::ActionRequired {
                challenge: self.reference(),
            },
            (_, "succeeded") => Authorisation::Authorised {
                reference: self.reference(),
            },
            _ => Authorisation::Declined {
                reason: "the sandbox method declines".to_owned(),
            },
        }
    }
}

async fn insert(
    tx: &mut Transaction<'_, Postgres>,
    idempotency_key: &str,
    operation: &Operation,
) -> Result<Entry, Error> {
    let number = Uuid::new_v5(&REFERENCE_NAMESPACE, idempotency_key.as_bytes()).simple();
    let currency = operation.amount.currency.code();
    // If a concurrent call used the key, its entry is kept; DO UPDATE makes the statement return it.
    sqlx::query_as!(
        Entry,
        "INSERT INTO command.sandbox_operations
             (idempotency_key, kind, payment_id, amount_minor, currency, outcome, reference, parent)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
         RETURNING kind, payment_id, amount_minor, currency, outcome, reference",
        idempotency_key,
        operation.kind,
        operation.payment_id.as_uuid(),
        operation.amount.minor,
        currency,
        operation.outcome,
        format!("sandbox_{}_{number}", operation.kind),
        operation.parent.as_ref().map(|parent| parent.0.as_str())
    )
    .fetch_one(&mut **tx)
    .await
    .map_err(unavailable)
}

fn unavailable(error: sqlx::Error) -> Error {
    Error::Unavailable(error.into())
}

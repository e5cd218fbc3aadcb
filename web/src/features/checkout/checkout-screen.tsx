import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';

import { AddressFields } from '@/features/checkout/address-fields';
import { OrderSummary } from '@/features/checkout/order-summary';
import { OrderError } from '@/features/checkout/order-error';
import { keepDraft, readDraft } from '@/features/checkout/place-order';
import { usePlaceOrder } from '@/features/checkout/use-place-order';
import type { Schema } from '@/shared/api/client';
import { sessionStore } from '@/shared/api/session';
import { type CartLine, cartStore } from '@/shared/cart/cart';
import { Button } from '@/shared/components/button';
import { buttonClass } from '@/shared/components/button-class';
import { PageHead } from '@/shared/components/page-head';
import { Label } from '@/shared/components/sheet';
import { EmptyState, Notice } from '@/shared/components/states';
import { type Fields, submittedFields } from '@/shared/form';
import { useStore } from '@/shared/store';

/** Builds the order from the form and the cart. */
function orderFrom(field: Fields, lines: CartLine[]): Schema<'PlaceOrder'> {
  const text = (name: string) => field(name).trim();
  const optional = (name: 'line2' | 'phone' | 'email') => (text(name) === '' ? {} : { [name]: text(name) });
  return {
    lines: lines.map(({ sku, quantity, price }) => ({
      sku,
      quantity,
      expected_unit_price_minor: price.minor,
    })),
    shipping_address: {
      name: text('name'),
      line1: text('line1'),
      ...optional('line2'),
      city: text('city'),
      postal_code: text('postal_code'),
      country: text('country'),
      ...optional('phone'),
    },
    ...optional('email'),
  };
}

export function CheckoutScreen() {
  const session = useStore(sessionStore);
  const { lines, attempt } = useStore(cartStore);
  const [hasUnconfirmedAttempt] = useState(attempt !== null);
  const { form, problem, isBusy, place, forgetError, dismiss } = usePlaceOrder();
  if (lines.length === 0 && !isBusy) {
    return (
      <>
        <PageHead title="Checkout" />
        <EmptyState
          icon="cart"
          title="Your cart is empty"
          action={
            <Link to="/" className={buttonClass()}>
              Go to shop
            </Link>
          }
        />
      </>
    );
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    place(orderFrom(submittedFields(event), lines));
  };
  return (
    <>
      <PageHead title="Checkout">{session === null && <GuestHint />}</PageHead>
      <form
        onSubmit={submit}
        ref={form}
        onChange={(event) => {
          keepDraft(event.currentTarget);
          forgetError(event.target);
        }}
        className="grid items-start gap-6 lg:grid-cols-[1fr_22rem] lg:gap-8"
      >
        <Label className="p-5">
          <AddressFields
            isGuest={session === null}
            name={session?.account.name}
            draft={readDraft()}
            errors={problem?.errors ?? []}
          />
        </Label>
        <div className="flex flex-col gap-4">
          <OrderSummary lines={lines} />
          {hasUnconfirmedAttempt && problem === null && (
            <Notice tone="wait">
              You may already have placed this order; trying again won't duplicate it.
            </Notice>
          )}
          {problem !== null && <OrderError problem={problem} lines={lines} onAccept={dismiss} />}
          <Button type="submit" size="large" busy={isBusy}>
            Continue to payment
          </Button>
          <p className="text-sm text-ink-soft">
            We'll reserve your items. You'll see the full cost on the next page before you pay.
          </p>
        </div>
      </form>
    </>
  );
}

function GuestHint() {
  return (
    <p>
      Ordering as a guest.{' '}
      <Link
        to="/login"
        search={{ then: '/checkout' }}
        className="font-medium text-signal underline underline-offset-2"
      >
        Log in instead
      </Link>
    </p>
  );
}

import { Link } from '@tanstack/react-router';

import { sessionStore } from '@/shared/api/session';
import { buttonClass } from '@/shared/components/button-class';
import { EmptyState } from '@/shared/components/states';
import { useStore } from '@/shared/store';

const linkClass = 'font-medium text-signal underline underline-offset-2';

/** Shown for an order that doesn't exist, or that this reader may not see. */
export function HiddenOrder({ id }: { id: string }) {
  const isLoggedIn = useStore(sessionStore) !== null;
  return (
    <EmptyState
      isPage
      icon="box"
      title="Can't show this order"
      action={
        isLoggedIn ? (
          <Link to="/" className={buttonClass('secondary')}>
            Go to shop
          </Link>
        ) : (
          <Link to="/login" search={{ then: `/orders/${id}` }} className={buttonClass()}>
            Log in
          </Link>
        )
      }
    >
      It doesn't exist, it belongs to another account, or its tracking link has expired or is incomplete.
      {!isLoggedIn && ' Log in to see your orders.'} Ordered as a guest?{' '}
      <Link to="/find-order" className={linkClass}>
        Find my order
      </Link>
    </EmptyState>
  );
}

import { type ErrorComponentProps, Link } from '@tanstack/react-router';

import { buttonClass } from '@/shared/components/button-class';
import { EmptyState, ErrorState } from '@/shared/components/states';

export function NotFound() {
  return (
    <EmptyState
      isPage
      icon="box"
      title="Page not found"
      action={
        <Link to="/" className={buttonClass('secondary')}>
          Go to shop
        </Link>
      }
    >
      Check the address, or go back to the shop.
    </EmptyState>
  );
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  return <ErrorState isPage error={error} onRetry={reset} title="Couldn't show this page" />;
}

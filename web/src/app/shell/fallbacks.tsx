import { type ErrorComponentProps, Link } from '@tanstack/react-router';

import { buttonClass } from '@/shared/components/button-class';
import { EmptyState, ErrorState } from '@/shared/components/states';

export function NotFound() {
  return (
    <EmptyState
      icon="box"
      title="There is no such page"
      action={
        <Link to="/" className={buttonClass('secondary')}>
          Go to the shop
        </Link>
      }
    >
      The address may be mistyped, or what was here is gone.
    </EmptyState>
  );
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onRetry={reset} title="This page could not be shown" />;
}

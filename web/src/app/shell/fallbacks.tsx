import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';

import { NoAccess, NoAccessScreen } from '@/app/shell/no-access';
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
  const router = useRouter();
  if (error instanceof NoAccess) return <NoAccessScreen />;
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState isPage error={error} onRetry={retry} title="Couldn't show this page" />;
}

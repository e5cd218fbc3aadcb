import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';

import { DemoAccounts } from '@/features/auth/demo-accounts';
import { login } from '@/features/auth/requests';
import { ApiError, asProblem } from '@/shared/api/problem';
import { sessionEndedStore } from '@/shared/api/session';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Label } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';
import { useStore } from '@/shared/store';

const route = getRouteApi('/login');

export function LoginScreen() {
  const { then } = route.useSearch();
  const hasEnded = useStore(sessionEndedStore);
  const attempt = useMutation({ mutationFn: login });
  const isBusy = attempt.isPending || attempt.isSuccess;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const field = submittedFields(event);
    attempt.mutate({ email: field('email'), password: field('password') });
  };
  return (
    <div className="mx-auto max-w-md">
      <PageHead title="Log in" />
      {hasEnded && (
        <div className="mb-4">
          <Notice tone="wait">
            You were logged out because your session ended. Your cart is still here.
          </Notice>
        </div>
      )}
      <Label className="p-5">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
          {attempt.isError && <Notice tone="bad">{loginError(attempt.error)}</Notice>}
          <Button type="submit" size="large" busy={isBusy}>
            Log in
          </Button>
        </form>
      </Label>
      <p className="mt-4">
        New here?{' '}
        <Link
          to="/register"
          search={{ then }}
          className="font-medium text-signal underline underline-offset-2"
        >
          Create account
        </Link>{' '}
        or order as a guest.
      </p>
      <p className="mt-2">
        Ordered as a guest?{' '}
        <Link to="/find-order" className="font-medium text-signal underline underline-offset-2">
          Find my order
        </Link>
      </p>
      <DemoAccounts isBusy={isBusy} onChoose={(account) => attempt.mutate(account)} />
    </div>
  );
}

function loginError(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return 'Incorrect e-mail or password';
  return asProblem(error).detail;
}

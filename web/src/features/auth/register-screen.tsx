import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';

import { login, register } from '@/features/auth/requests';
import type { Schema } from '@/shared/api/client';
import { asProblem, fieldError, formMessage } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Label } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';

const route = getRouteApi('/register');

export function RegisterScreen() {
  const { then } = route.useSearch();
  const attempt = useMutation({
    mutationFn: async (account: Schema<'RegisterAccount'>) => {
      // Doesn't tell whether the address already had an account; the log-in does, to who knows the password.
      await register(account);
      return login({ email: account.email, password: account.password });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const field = submittedFields(event);
    attempt.mutate({ name: field('name'), email: field('email'), password: field('password') });
  };
  const problem = attempt.isError ? asProblem(attempt.error) : null;
  const errorAt = (pointer: string) => fieldError(problem, pointer);
  return (
    <div className="mx-auto max-w-md">
      <PageHead title="Create account" />
      <Label className="p-5">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label="Name"
            name="name"
            autoComplete="name"
            required
            maxLength={200}
            error={errorAt('/name')}
          />
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            error={errorAt('/email')}
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint="At least 8 characters. A few random words work best."
            required
            minLength={8}
            maxLength={256}
            error={errorAt('/password')}
          />
          {problem !== null && (
            <Notice tone="bad">
              {problem.status === 401 ? <OtherPassword then={then} /> : formMessage(problem)}
            </Notice>
          )}
          <Button type="submit" size="large" busy={attempt.isPending || attempt.isSuccess}>
            Create account
          </Button>
        </form>
      </Label>
      <p className="mt-4">
        Already have an account?{' '}
        <Link to="/login" search={{ then }} className="font-medium text-signal underline underline-offset-2">
          Log in
        </Link>
      </p>
    </div>
  );
}

/** Shown if the typed password isn't that of the account that has this address. */
function OtherPassword({ then }: { then: string | undefined }) {
  return (
    <>
      Couldn't log in with this password. This e-mail address may already have an account with another
      password.{' '}
      <Link to="/login" search={{ then }} className="font-medium underline underline-offset-2">
        Log in instead
      </Link>
    </>
  );
}

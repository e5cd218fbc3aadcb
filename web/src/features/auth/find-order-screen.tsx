import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';

import { findGuestOrder } from '@/features/auth/requests';
import type { Schema } from '@/shared/api/client';
import { keepGuestToken } from '@/shared/api/guest-tokens';
import { asProblem, fieldError, formMessage } from '@/shared/api/problem';
import { Button } from '@/shared/components/button';
import { PageHead } from '@/shared/components/page-head';
import { Label } from '@/shared/components/sheet';
import { Notice } from '@/shared/components/states';
import { TextField } from '@/shared/components/text-field';
import { submittedFields } from '@/shared/form';

/** Opens a guest's order in a browser that did not place it. */
export function FindOrderScreen() {
  const search = useFindOrder();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const field = submittedFields(event);
    search.mutate({ number: field('number'), email: field('email') });
  };
  const problem = search.isError ? asProblem(search.error) : null;
  const errorAt = (pointer: string) => fieldError(problem, pointer);
  return (
    <div className="mx-auto max-w-md">
      <PageHead title="Find my order" />
      <Label className="p-5">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label="Order number"
            name="number"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            hint="Such as WB-7K2M-Q9XD"
            required
            maxLength={40}
            error={errorAt('/number')}
          />
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="email"
            hint="The one that you ordered with."
            required
            maxLength={254}
            error={errorAt('/email')}
          />
          {problem !== null && (
            <Notice tone="bad">{problem.status === 404 ? NOT_FOUND : formMessage(problem)}</Notice>
          )}
          <Button type="submit" size="large" busy={search.isPending || search.isSuccess}>
            Find order
          </Button>
        </form>
      </Label>
      <p className="mt-4">
        Ordered with an account?{' '}
        <Link
          to="/login"
          search={{ then: '/orders' }}
          className="font-medium text-signal underline underline-offset-2"
        >
          Log in
        </Link>{' '}
        to see your orders.
      </p>
    </div>
  );
}

const NOT_FOUND =
  'No guest order has this number and e-mail address. Check both. If you ordered with an account, log in instead.';

function useFindOrder() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (search: Schema<'FindGuestOrder'>) => findGuestOrder(search),
    onSuccess: async ({ order_id: id, guest_token: token }) => {
      // What was shown or refused without the token.
      queryClient.removeQueries({ queryKey: ['order', id] });
      keepGuestToken(id, token);
      await navigate({ to: '/orders/$id', params: { id } });
    },
  });
}

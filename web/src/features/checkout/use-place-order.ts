import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import { placeOrder } from '@/features/checkout/place-order';
import type { Schema } from '@/shared/api/client';
import { ApiError, asProblem, type FieldProblem, type Problem } from '@/shared/api/problem';

/** Problem of an order that was not sent because its address is not valid. */
function addressProblem(errors: FieldProblem[]): ApiError {
  return new ApiError({
    type: 'about:blank',
    title: 'Check the address',
    status: 422,
    detail: 'Check the address',
    errors,
  });
}

/** Checks the address. The rules are loaded with the first check; without them, the server decides alone. */
async function checkAddress(order: Schema<'PlaceOrder'>): Promise<void> {
  const rules = await import('@/features/checkout/address-rules').catch(() => null);
  const errors = rules?.addressProblems(order.shipping_address) ?? [];
  if (errors.length > 0) throw addressProblem(errors);
}

/** Places the order and opens it, in place of the checkout. Puts the focus on the first field with an error. */
export function usePlaceOrder() {
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const placing = useMutation({
    mutationFn: async (order: Schema<'PlaceOrder'>) => {
      await checkAddress(order);
      return placeOrder(order);
    },
    onMutate: () => setProblem(null),
    onError: (error) => setProblem(asProblem(error)),
    onSuccess: (placed) => navigate({ to: '/orders/$id', params: { id: placed.id }, replace: true }),
  });
  useEffect(() => {
    if (placing.isError) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [placing.isError]);
  const isBusy = placing.isPending || placing.isSuccess;
  return {
    form,
    problem,
    isBusy,
    place: (order: Schema<'PlaceOrder'>) => {
      if (!isBusy) placing.mutate(order);
    },
    /** Removes the problem, which the customer has resolved. */
    dismiss: () => setProblem(null),
    /** Removes the error of a field that is being corrected. */
    forgetError: (target: EventTarget) => {
      const { name } = target as Partial<HTMLInputElement>;
      if (problem === null || name === undefined) return;
      const errors = problem.errors.filter((each) => !each.pointer.endsWith(`/${name}`));
      if (errors.length < problem.errors.length)
        setProblem(errors.length === 0 ? null : { ...problem, errors });
    },
  };
}

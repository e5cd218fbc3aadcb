import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';

import { usePayment } from '@/features/order/use-payment';
import type { Schema } from '@/shared/api/client';
import { toasts } from '@/shared/components/toasts';

const ORDER = { id: 'o1', payment_id: 'p1' } as Schema<'Order'>;

/** Answers each payment with this status; returns the requests as paths. */
function serve(status: Schema<'PaymentStatus'>): string[] {
  const sent: string[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    sent.push(new URL((input as Request).url).pathname.replace('/api/v1/payments/', ''));
    return Promise.resolve(Response.json({ id: 'p1', status, version: 1, position: 1 }));
  });
  return sent;
}

function payment() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
  );
  return renderHook(() => usePayment(ORDER, null), { wrapper }).result;
}

it('a double click on Pay is one payment with one message, also while the order still looks unpaid', async () => {
  const sent = serve('requires_capture');
  const add = vi.spyOn(toasts, 'add');
  const result = payment();
  act(() => {
    result.current.pay('sandbox_ok');
    result.current.pay('sandbox_ok');
  });
  await act(() => vi.waitFor(() => expect(add).toHaveBeenCalled()));
  act(() => result.current.pay('sandbox_ok'));
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
  expect(sent).toEqual(['intent', 'confirm']);
  expect(add).toHaveBeenCalledTimes(1);
  expect(result.current.isBusy).toBe(true);
});

it('a declined payment can be tried again', async () => {
  const sent = serve('requires_payment_method');
  const result = payment();
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    act(() => result.current.pay('sandbox_declined'));
    await act(() => vi.waitFor(() => expect(result.current.feedback?.tone).toBe('bad')));
    await act(() => vi.waitFor(() => expect(result.current.isBusy).toBe(false)));
  }
  expect(sent).toEqual(['intent', 'confirm', 'intent', 'confirm']);
});

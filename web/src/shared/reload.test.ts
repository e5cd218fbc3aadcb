import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import { reload } from '@/shared/reload';

const queryKey = ['rows'];

/** A query whose loads are answered by hand, with what the server had when they were sent. */
function observed() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  let server = 0;
  const answers: (() => void)[] = [];
  const queryFn = () => {
    const seen = server;
    return new Promise<number>((resolve) => answers.push(() => resolve(seen)));
  };
  const observer = new QueryObserver(queryClient, { queryKey, queryFn });
  const stop = observer.subscribe(() => undefined);
  return {
    stop,
    loads: () => answers.length,
    data: () => queryClient.getQueryData(queryKey),
    change: () => {
      server += 1;
      void reload(queryClient, { queryKey });
    },
    answer: () => answers.at(-1)?.(),
  };
}

it('a change during the first load is not missed', async () => {
  const { change, answer, data, loads, stop } = observed();
  change();
  answer();
  await vi.waitFor(() => expect(loads()).toBe(2));
  answer();
  await vi.waitFor(() => expect(data()).toBe(1));
  stop();
});

it('changes during a load share the next one, and the last of them is seen', async () => {
  const { change, answer, data, loads, stop } = observed();
  answer();
  await vi.waitFor(() => expect(data()).toBe(0));
  for (let count = 0; count < 100; count += 1) change();
  expect(loads()).toBe(2);
  answer();
  await vi.waitFor(() => expect(loads()).toBe(3));
  answer();
  await vi.waitFor(() => expect(data()).toBe(100));
  expect(loads()).toBe(3);
  stop();
});

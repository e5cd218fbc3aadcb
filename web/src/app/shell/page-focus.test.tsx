import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';

import { PageFocus } from '@/app/shell/page-focus';
import { PageHead } from '@/shared/components/page-head';
import { EmptyState } from '@/shared/components/states';

function Frame() {
  return (
    <>
      <PageFocus />
      <main tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

/** Page that first loads, and then has a button that disappears when it is pressed. */
function Cart() {
  const [step, setStep] = useState<'loading' | 'full' | 'empty'>('loading');
  if (step === 'loading') return <button onClick={() => setStep('full')}>Load</button>;
  return (
    <>
      <PageHead title="Your cart" />
      {step === 'full' && <button onClick={() => setStep('empty')}>Remove</button>}
    </>
  );
}

async function showPages() {
  vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined); // jsdom has no layout
  const root = createRootRoute({
    component: Frame,
    notFoundComponent: () => <EmptyState isPage icon="box" title="Page not found" />,
  });
  const page = (path: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute: () => root, path, component });
  const router = createRouter({
    routeTree: root.addChildren([page('/', () => <PageHead title="Shop" />), page('/cart', Cart)]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  render(<RouterProvider router={router as never} />);
  await screen.findByRole('heading', { name: 'Shop' });
  return { go: (path: string) => act(() => router.navigate({ href: path })) };
}

it('leaves the focus of the first page alone', async () => {
  await showPages();
  expect(document.activeElement).toBe(document.body);
  expect(screen.getByRole('status').textContent).toBe('');
});

it('moves the focus to the heading of each next page, and announces its title', async () => {
  const { go } = await showPages();
  await go('/nowhere');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Page not found'));
  expect(document.activeElement?.tagName).toBe('H1');
  expect(screen.getByRole('status').textContent).toBe('Page not found · Waybill');
  await go('/');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Shop'));
  expect(screen.getByRole('status').textContent).toBe('Shop · Waybill');
});

it('waits in the main content for the heading of a page that loads', async () => {
  const { go } = await showPages();
  await go('/cart');
  await waitFor(() => expect(document.activeElement?.tagName).toBe('MAIN'));
  fireEvent.click(screen.getByRole('button', { name: 'Load' }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Your cart'));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Your cart · Waybill'));
});

it('moves the focus to the heading when the focused element disappears', async () => {
  const { go } = await showPages();
  await go('/cart');
  fireEvent.click(await screen.findByRole('button', { name: 'Load' }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Your cart'));
  const button = screen.getByRole('button', { name: 'Remove' });
  button.focus();
  fireEvent.click(button);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Your cart'));
});

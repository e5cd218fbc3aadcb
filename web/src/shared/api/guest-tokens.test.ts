import { expect, it, vi } from 'vitest';

import {
  forgetGuestToken,
  guestToken,
  keepGuestToken,
  tokenOfLink,
  trackingLink,
} from '@/shared/api/guest-tokens';

it('keeps the newest token of each order', () => {
  keepGuestToken('a', 'first');
  keepGuestToken('b', 'other');
  keepGuestToken('a', 'second');
  expect([guestToken('a'), guestToken('b'), guestToken('c')]).toEqual(['second', 'other', null]);
  forgetGuestToken('a');
  expect([guestToken('a'), guestToken('b')]).toEqual([null, 'other']);
});

it('keeps tokens for the page if the browser does not store them', () => {
  keepGuestToken('a', 'stored');
  const set = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  keepGuestToken('a', 'newer');
  keepGuestToken('b', 'other');
  expect([guestToken('a'), guestToken('b')]).toEqual(['newer', 'other']);
  forgetGuestToken('a');
  expect(guestToken('b')).toBe('other');
  set.mockRestore();
  keepGuestToken('c', 'third');
  expect([guestToken('b'), guestToken('c')]).toEqual(['other', 'third']);
});

it('reads the token of a tracking link from its fragment', () => {
  const link = new URL(trackingLink('7', 'ey-J.e_30.x9'));
  expect([link.pathname, link.search]).toEqual(['/orders/7', '']);
  expect(tokenOfLink(link.hash)).toBe('ey-J.e_30.x9');
  expect(tokenOfLink('#token=ey-J.e_30.x9).')).toBe('ey-J.e_30.x9');
  for (const fragment of ['', '#', '#main', '#token=', '#token=ey-J', 'mytoken=a.b.c']) {
    expect(tokenOfLink(fragment), fragment).toBeNull();
  }
});

import { expect, it } from 'vitest';

import { addressProblems } from '@/features/checkout/address-rules';
import { COUNTRIES, findCountry } from '@/features/checkout/countries';

const ADDRESS = {
  name: 'Ada',
  line1: '1 Street',
  city: 'London',
  postal_code: 'SW1Y 4JH',
  country: 'United Kingdom',
};

const fieldsOf = (change: Partial<typeof ADDRESS> & { phone?: string }) =>
  addressProblems({ ...ADDRESS, ...change }).map((problem) =>
    problem.pointer.replace('/shipping_address/', ''),
  );

it('names each country of the standard once', () => {
  expect(COUNTRIES).toHaveLength(249);
  expect(new Set(COUNTRIES.map((country) => country.name)).size).toBe(249);
  expect(findCountry(' usa ')?.name).toBe('United States');
  expect(findCountry('de')?.name).toBe('Germany');
});

it('rejects an unknown country at its field', () => {
  expect(fieldsOf({ country: 'Atlantis' })).toEqual(['country']);
});

it.each([
  ['United Kingdom', '12345'],
  ['Germany', '1011'],
  ['France', '7500'],
  ['United States', 'SW1Y 4JH'],
])('rejects a postal code that does not exist in %s', (country, code) => {
  expect(fieldsOf({ country, postal_code: code })).toEqual(['postal_code']);
});

it('accepts the usual ways to write a postal code, and any where the country has no rule', () => {
  expect(fieldsOf({ postal_code: 'sw1y4jh' })).toEqual([]);
  expect(fieldsOf({ country: 'Sweden', postal_code: '114 55' })).toEqual([]);
  expect(fieldsOf({ country: 'Hong Kong SAR China', postal_code: 'none' })).toEqual([]);
});

it('checks a phone number by the country, or by its own country code', () => {
  expect(fieldsOf({ phone: '020 7946 0958' })).toEqual([]);
  expect(fieldsOf({ phone: '+49 30 901820' })).toEqual([]);
  expect(fieldsOf({ phone: '12' })).toEqual(['phone']);
  expect(fieldsOf({ phone: 'call me' })).toEqual(['phone']);
  expect(fieldsOf({ phone: '' })).toEqual([]);
});

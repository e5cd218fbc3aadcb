import { isSupportedCountry, isValidPhoneNumber } from 'libphonenumber-js/min';
import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';

import { findCountry } from '@/features/checkout/countries';
import type { Schema } from '@/shared/api/client';
import type { FieldProblem } from '@/shared/api/problem';

/**
 * Checks what the server can't: the country, and postal code and phone number where the rules of the country are
 * known.
 */
export function addressProblems(address: Schema<'ShippingAddress'>): FieldProblem[] {
  const country = findCountry(address.country);
  const at = (field: string, detail: string) => ({ pointer: `/shipping_address/${field}`, detail });
  if (country === null) return [at('country', 'Choose a country from the list')];
  const { code, name } = country;
  const problems: FieldProblem[] = [];
  const isPostalCode =
    !postcodeValidatorExistsForCountry(code) || postcodeValidator(address.postal_code, code);
  if (!isPostalCode) problems.push(at('postal_code', `Enter a valid ${name} postal code`));
  const { phone } = address;
  if (phone != null && phone !== '' && isSupportedCountry(code) && !isValidPhoneNumber(phone, code))
    problems.push(at('phone', `Enter a valid ${name} phone number, or start with + and the country code`));
  return problems;
}

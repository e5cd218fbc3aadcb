import { COUNTRIES, findCountry } from '@/features/checkout/countries';
import { type FieldProblem, fieldError } from '@/shared/api/problem';
import { NativeSelect } from '@/shared/components/native-select';
import { TextField } from '@/shared/components/text-field';

const COUNTRY_OPTIONS = COUNTRIES.map(({ name }) => ({ value: name, label: name }));

interface AddressFieldsProps {
  isGuest: boolean;
  name: string | undefined;
  /** Values typed before a reload. */
  draft: Record<string, string>;
  errors: FieldProblem[];
}

/** Delivery address, and the e-mail address of a guest. */
export function AddressFields({ isGuest, name, draft, errors }: AddressFieldsProps) {
  const field = (key: string, pointer = `/shipping_address/${key}`) => ({
    name: key,
    defaultValue: draft[key],
    error: fieldError({ errors }, pointer),
  });
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="mb-4 text-lg font-semibold">Delivery address</legend>
      {isGuest && (
        <TextField
          {...field('email', '/email')}
          label="E-mail"
          type="email"
          autoComplete="email"
          hint="Only used for your receipt"
          required
          maxLength={254}
          className="sm:col-span-2"
        />
      )}
      <TextField
        {...field('name')}
        defaultValue={draft.name ?? name}
        label="Name"
        autoComplete="shipping name"
        required
        maxLength={200}
        className="sm:col-span-2"
      />
      <TextField
        {...field('line1')}
        label="Street and number"
        autoComplete="shipping address-line1"
        required
        maxLength={200}
        className="sm:col-span-2"
      />
      <TextField
        {...field('line2')}
        label="Flat, floor, company"
        autoComplete="shipping address-line2"
        maxLength={200}
        className="sm:col-span-2"
      />
      <TextField
        {...field('postal_code')}
        label="Postal code"
        autoComplete="shipping postal-code"
        required
        maxLength={32}
      />
      <TextField
        {...field('city')}
        label="City"
        autoComplete="shipping address-level2"
        required
        maxLength={200}
      />
      <NativeSelect
        {...field('country')}
        defaultValue={findCountry(draft.country ?? '')?.name ?? 'United Kingdom'}
        label="Country"
        options={COUNTRY_OPTIONS}
        autoComplete="shipping country-name"
      />
      <TextField
        {...field('phone')}
        label="Phone"
        type="tel"
        autoComplete="shipping tel"
        hint="In case the courier needs to reach you"
        maxLength={50}
      />
    </fieldset>
  );
}

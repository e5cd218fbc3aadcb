import { createContext } from 'react';

/** Messages for the fields of the surrounding form, by field name. */
export const FieldErrors = createContext<Readonly<Partial<Record<string, string>>>>({});

import type { Role } from '@/shared/api/session';

const HOMES = [
  ['admin', '/admin'],
  ['superadmin', '/admin'],
  ['courier', '/courier'],
  ['seller', '/seller'],
  ['analyst', '/analytics'],
] as const satisfies readonly (readonly [Role, string])[];

/** Start page of an account with these roles. */
export function homeOf(roles: Role[]): '/' | (typeof HOMES)[number][1] {
  return HOMES.find(([role]) => roles.includes(role))?.[1] ?? '/';
}

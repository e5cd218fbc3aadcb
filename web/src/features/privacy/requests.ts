import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, type Schema } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';
import { itemsOf } from '@/shared/paging';

/** Everything that is stored about the caller. */
export function exportData() {
  return answer(api.GET('/api/v1/auth/profile/export'));
}

/** Deletes the account; wrong passwords are refused. */
export function deleteAccount(password: string, key: string) {
  return answer(
    api.DELETE('/api/v1/auth/profile', { params: { header: idempotencyKey(key) }, body: { password } }),
  );
}

export type PersonOverview = Schema<'PersonOverview'>;
export type Erasure = Schema<'Erasure'>;

/** Time between two looks at erasures that are being carried out, and at the list while none is. */
const PENDING_MS = 1_000;
const IDLE_MS = 10_000;

/** Finds a person by what people know: the e-mail address of an account, or the number of a guest's order. */
export function findPerson(person: string): Promise<PersonOverview> {
  return answer(api.POST('/api/v1/admin/privacy/persons', { body: { person } }));
}

/** What finds the person again after the erasure, when the address is gone. */
export function idOf({ account, orders, person_id }: PersonOverview): string {
  return account?.id ?? orders[0]?.id ?? person_id;
}

/** A person found before, live while an erasure is being carried out. */
export function personById(id: string) {
  return queryOptions({
    queryKey: ['person', id],
    queryFn: () => findPerson(id),
    refetchInterval: ({ state }) => (state.data?.obstacle === 'erasure_requested' ? PENDING_MS : false),
  });
}

/** Everything that is stored about a person. */
export function exportPerson(person: string) {
  return answer(api.POST('/api/v1/admin/privacy/exports', { body: { person } }));
}

/** Requests the erasure of a person. */
export function erasePerson(body: Schema<'ErasePerson'>, key: string) {
  return answer(
    api.POST('/api/v1/admin/privacy/erasures', { params: { header: idempotencyKey(key) }, body }),
  );
}

/** The erasures, newest first. */
export const erasures = infiniteQueryOptions({
  queryKey: ['erasures'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET('/api/v1/admin/privacy/erasures', { params: { query: { cursor: pageParam } }, signal })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
  refetchInterval: ({ state }) =>
    itemsOf(state.data).some(({ erased_at }) => erased_at === null) ? PENDING_MS : IDLE_MS,
});

import { answer, api } from '@/shared/api/client';
import { idempotencyKey } from '@/shared/api/command';

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

import { DeleteAccount } from '@/features/privacy/delete-account';
import { DownloadData } from '@/features/privacy/download-data';
import { exportData } from '@/features/privacy/requests';
import { sessionStore } from '@/shared/api/session';
import { PageHead } from '@/shared/components/page-head';
import { Label } from '@/shared/components/sheet';
import { humanize } from '@/shared/format/words';
import { useStore } from '@/shared/store';

/** The account, and what its owner can do with the data. */
export function AccountScreen() {
  const session = useStore(sessionStore);
  if (session === null) return null;
  const { account } = session;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHead title="Your account" />
      <div className="flex flex-col gap-6">
        <Label className="p-5">
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
            <dt className="text-ink-soft">Name</dt>
            <dd className="break-words">{account.name}</dd>
            <dt className="text-ink-soft">E-mail</dt>
            <dd className="break-words">{account.email}</dd>
            <dt className="text-ink-soft">Role</dt>
            <dd>{account.roles.map(humanize).join(', ')}</dd>
          </dl>
        </Label>
        <Label className="flex flex-col items-start gap-3 p-5">
          <h2 className="text-lg font-semibold">Download my data</h2>
          <p>One file with your account, and all your orders with addresses, notes and payments.</p>
          <DownloadData label="Download my data" fileName="my-waybill-data.json" load={exportData} />
        </Label>
        <Label className="flex flex-col items-start gap-3 p-5">
          <h2 className="text-lg font-semibold">Delete my account</h2>
          <p>You can delete it when no order is open. It can't be undone.</p>
          <DeleteAccount isStaff={account.roles.some((role) => role !== 'customer')} />
        </Label>
      </div>
    </div>
  );
}

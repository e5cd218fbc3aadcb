import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { DownloadData } from '@/features/privacy/download-data';
import { ErasePerson } from '@/features/privacy/erase-person';
import { exportPerson, personById, type PersonOverview } from '@/features/privacy/requests';
import { Badge } from '@/shared/components/badge';
import { Label } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { ErrorState, Notice } from '@/shared/components/states';
import { counted, humanize } from '@/shared/format/words';

/** Card of a person: what is stored, what keeps it from being erased, export and erasure. */
export function PersonCard({ id }: { id: string }) {
  const person = useQuery(personById(id));
  if (person.isPending) {
    return (
      <>
        <Loading label="Loading person" />
        <Skeleton className="h-64 rounded-lg" />
      </>
    );
  }
  if (person.data === undefined) {
    return (
      <ErrorState
        error={person.error}
        onRetry={() => void person.refetch()}
        title="Couldn't load the person"
      />
    );
  }
  return <Loaded id={id} person={person.data} />;
}

function Loaded({ id, person }: { id: string; person: PersonOverview }) {
  const { account, orders, order_count, obstacle } = person;
  const name =
    account?.name ?? (obstacle === 'erased' ? 'Erased person' : `Guest of ${orders[0]?.number ?? id}`);
  return (
    <Label aria-label="Person" className="flex flex-col gap-4 p-5">
      <div>
        <h2 className="text-lg font-semibold break-words">{name}</h2>
        {account !== null && <p className="break-all text-ink-soft">{account.email}</p>}
        {account !== null && <p className="text-ink-soft">{account.roles.map(humanize).join(', ')}</p>}
      </div>
      <Obstacle person={person} />
      <div>
        <h3 className="font-semibold">{order_count === 0 ? 'No orders' : counted(order_count, 'order')}</h3>
        <ul className="mt-1 max-h-64 divide-y divide-line overflow-y-auto">
          {orders.map((order) => (
            <li key={order.id} className="flex min-h-8 items-center justify-between gap-2 py-1">
              <Link to="/admin" search={{ order: order.id }} className="figures underline underline-offset-2">
                {order.number}
              </Link>
              {order.is_open && <Badge tone="wait">Open</Badge>}
            </li>
          ))}
        </ul>
        {order_count > orders.length && (
          <p className="text-sm text-ink-soft">The newest {orders.length} are listed.</p>
        )}
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <DownloadData
          label="Download data"
          fileName={`waybill-data-${person.person_id}.json`}
          load={() => exportPerson(id)}
        />
        {obstacle === null && <ErasePerson id={id} person={person} />}
      </div>
    </Label>
  );
}

/** Says what keeps the person from being erased. */
function Obstacle({ person: { obstacle, orders } }: { person: PersonOverview }) {
  const open = orders.filter(({ is_open }) => is_open).length;
  if (obstacle === 'erased') return <Notice tone="good">The data of this person is erased.</Notice>;
  if (obstacle === 'erasure_requested')
    return <Notice tone="wait">The erasure was requested. It takes a few seconds.</Notice>;
  if (obstacle === 'admin_account')
    return <Notice tone="wait">Only a superadmin can erase the account of an admin.</Notice>;
  if (obstacle === 'orders_open') {
    return (
      <Notice tone="wait">
        {counted(open, 'order is', 'orders are')} still open. Cancel them or wait until they are delivered;
        then the person can be erased.
      </Notice>
    );
  }
  return null;
}

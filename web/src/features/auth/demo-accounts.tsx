import { useQuery } from '@tanstack/react-query';

import { demoAccounts } from '@/features/auth/requests';
import type { Schema } from '@/shared/api/client';
import { Button } from '@/shared/components/button';

interface DemoAccountsProps {
  isBusy: boolean;
  onChoose: (account: Schema<'Login'>) => void;
}

/** One button per demo account. Renders nothing without demo data. */
export function DemoAccounts({ isBusy, onChoose }: DemoAccountsProps) {
  const accounts = useQuery(demoAccounts);
  if (accounts.data === undefined || accounts.data.length === 0) return null;
  return (
    <section aria-labelledby="demo-heading" className="mt-8 border-t-2 perforation pt-6">
      <h2 id="demo-heading" className="font-semibold">
        Try the demo as
      </h2>
      <div className="mt-3 flex flex-wrap gap-2">
        {accounts.data.map(({ name, email, password }) => (
          <Button
            key={email}
            variant="secondary"
            disabled={isBusy}
            onClick={() => onChoose({ email, password })}
          >
            {name}
          </Button>
        ))}
      </div>
    </section>
  );
}

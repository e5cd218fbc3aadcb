import { Controls } from '@/app/design/controls';
import { Feedback } from '@/app/design/feedback';
import { Orders } from '@/app/design/orders';
import { Pictures } from '@/app/design/pictures';
import { Tokens } from '@/app/design/tokens';
import { PageHead } from '@/shared/components/page-head';

/** Shows every component in every state, for developers and for the tests. */
export function DesignScreen() {
  return (
    <>
      <PageHead title="Design" />
      <div className="flex flex-col gap-12">
        <Tokens />
        <Controls />
        <Orders />
        <Feedback />
        <Pictures />
      </div>
    </>
  );
}

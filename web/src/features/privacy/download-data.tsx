import { exportData } from '@/features/privacy/requests';
import { asProblem } from '@/shared/api/problem';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { Notice } from '@/shared/components/states';

/** Saves everything that is stored about the caller as a file. */
export function DownloadData() {
  const download = useCommand<null, unknown>({ send: exportData, onSuccess: save });
  return (
    <>
      {download.error !== null && <Notice tone="bad">{asProblem(download.error).detail}</Notice>}
      <Button variant="secondary" busy={download.isPending} onClick={() => download.run(null)}>
        Download my data
      </Button>
    </>
  );
}

function save(data: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'my-waybill-data.json';
  link.click();
  URL.revokeObjectURL(url);
}

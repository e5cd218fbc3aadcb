import { asProblem } from '@/shared/api/problem';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { Notice } from '@/shared/components/states';

interface DownloadDataProps {
  label: string;
  fileName: string;
  /** Loads what is saved. */
  load: () => Promise<unknown>;
}

/** Button that saves what is stored about a person as a file. */
export function DownloadData({ label, fileName, load }: DownloadDataProps) {
  const download = useCommand<null, unknown>({ send: load, onSuccess: (data) => save(data, fileName) });
  return (
    <>
      {download.error !== null && <Notice tone="bad">{asProblem(download.error).detail}</Notice>}
      <Button variant="secondary" busy={download.isPending} onClick={() => download.run(null)}>
        {label}
      </Button>
    </>
  );
}

function save(data: unknown, fileName: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

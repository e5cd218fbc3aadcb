const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** "12,345" */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** "1.5 GB": a size with three digits. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${short.format(bytes / 1000 ** step)} ${UNITS[step]}`;
}

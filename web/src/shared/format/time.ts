const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const preciseClock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "12:03:11" */
export function formatClock(time: Date | number): string {
  return clock.format(time);
}

/** "12:03" today, "5 Jan, 12:03" this year, "5 Jan 2010, 12:03" before. */
export function formatTime(iso: string, now = new Date()): string {
  const time = new Date(iso);
  const at = shortClock.format(time);
  if (time.toDateString() === now.toDateString()) return at;
  return `${dateFormat(time, now).format(time)}, ${at}`;
}

function dateFormat(time: Date, now: Date): Intl.DateTimeFormat {
  return time.getFullYear() === now.getFullYear() ? day : dayAndYear;
}

/** "12:03:11.042" today, "5 Jan, 12:03:11.042" this year, "5 Jan 2010, 12:03:11.042" before. */
export function formatInstant(iso: string, now = new Date()): string {
  const time = new Date(iso);
  if (time.toDateString() === now.toDateString()) return preciseClock.format(time);
  return `${dateFormat(time, now).format(time)}, ${preciseClock.format(time)}`;
}

/** "4:07", "1:02:09": remaining time, at least zero. */
export function formatCountdown(leftMs: number): string {
  const leftS = Math.max(0, Math.ceil(leftMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(leftS / 3600), Math.floor(leftS / 60) % 60, leftS % 60];
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(seconds).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** "2026-01-05": UTC day, as used by the analytics API. */
export function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Adds days to a UTC day. */
export function addDays(dayText: string, days: number): string {
  return utcDay(new Date(Date.parse(`${dayText}T00:00:00Z`) + days * 86_400_000));
}

/** "45 s", "3 min 20 s", "2 h 5 min": a length of time, in whole seconds. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

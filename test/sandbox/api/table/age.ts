/** How kubectl tells ages. Source: k8s.io/apimachinery/pkg/util/duration. */

const DAY = 86_400;

/** Seconds as `42s`, `3m12s`, `5h`, `12d`. */
export const humanDuration = (seconds: number): string => {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(whole / 3600);
  const days = Math.floor(whole / DAY);
  const years = Math.floor(days / 365);
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string) =>
    small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;
  if (whole < 0) return '0s';
  if (whole < 120) return `${whole}s`;
  if (minutes < 10) return pair(minutes, 'm', whole % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return pair(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  if (years < 8) return pair(years, 'y', days % 365, 'd');
  return `${years}y`;
};

export const ageOf = (time: string | null | undefined): string =>
  time ? humanDuration((Date.now() - Date.parse(time)) / 1000) : '<unknown>';

/** The same URL with the other scheme, at the same port: `https://web:80/` becomes `http://web/`. */
export const otherScheme = (url: string): string => {
  const { protocol, hostname, port, pathname } = new URL(url);
  const secure = protocol === 'https:';
  const number = port === '' ? (secure ? '443' : '80') : port;
  const usual = number === (secure ? '80' : '443');
  return `${secure ? 'http' : 'https'}://${hostname}${usual ? '' : `:${number}`}${pathname}`;
};

/** Of an address or a prefix as iproute2 prints it. */
export const familyOf = (address: string): 'ipv4' | 'ipv6' => (address.includes(':') ? 'ipv6' : 'ipv4');

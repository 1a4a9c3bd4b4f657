/** The cluster's zone as DNS records, with the SOA that CoreDNS puts beside an empty answer. */
import type { Answer } from 'dns-packet';
import type { ZoneRecord } from './zone.ts';

/** A or AAAA, as the address is. */
export const addressRecord = (name: string, ttl: number, address: string): Answer => ({
  type: address.includes(':') ? 'AAAA' : 'A',
  name,
  ttl,
  data: address,
});

export const toAnswer = (name: string, ttl: number, record: ZoneRecord): Answer => {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return addressRecord(name, ttl, record.address);
    case 'PTR':
      return { type: 'PTR', name, ttl, data: record.target };
    case 'SRV':
      return {
        type: 'SRV',
        name,
        ttl,
        data: { target: record.target, port: record.port, priority: 0, weight: 100 },
      };
  }
};

export const soa = (zone: string, ttl: number): Answer => ({
  type: 'SOA',
  name: zone,
  ttl,
  data: {
    mname: `ns.dns.${zone}`,
    rname: `hostmaster.${zone}`,
    serial: Math.floor(Date.now() / 1000),
    refresh: 7200,
    retry: 1800,
    expire: 86400,
    minimum: ttl,
  },
});

import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

// RFC 1918, RFC 4193 and the loopback addresses. Link-local ones are none of a network's own: 169.254.169.254
// gives out the secrets of machines in a cloud.
const PRIVATE = new BlockList()
PRIVATE.addSubnet('127.0.0.0', 8)
PRIVATE.addSubnet('10.0.0.0', 8)
PRIVATE.addSubnet('172.16.0.0', 12)
PRIVATE.addSubnet('192.168.0.0', 16)
PRIVATE.addAddress('::1', 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6')

/** Whether an IP address is this machine's or of a private network; false for what is no address. */
export const isPrivate = (address: string): boolean => {
  const version = isIP(address)
  return version !== 0 && PRIVATE.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** An address that text of clients must not go to. */
export class OutsideAddress extends Error {
  override readonly name = 'OutsideAddress'
}

/** The host of a URL as sockets take it: an IPv6 address without its brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** All addresses of a host: itself, where it is one. Rejects when the name is not known. */
export function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host)) return Promise.resolve([host])
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => {
      if (error) reject(error)
      else resolve(found.map(({ address }) => address))
    })
  })
}

/**
 * Looks a name up for a socket, and lets it connect to none where one is not private: what is looked at
 * is what is connected to, whatever the name says the next moment.
 */
export const lookupPrivate: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found: readonly LookupAddress[]) => {
    const [first] = found ?? []
    if (error || !first) return done(error ?? new Error('no address'), '', 0)
    if (!found.every(({ address }) => isPrivate(address))) {
      return done(new OutsideAddress(host), '', 0)
    }
    if (options.all) done(null, [...found])
    else done(null, first.address, first.family)
  })
}

import { DatabaseFault } from '../fault.ts'

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[?::1\]?)$/i

/** Whether a host is this machine. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/** Those in which the server proves who it is, and nothing is sent in clear. */
const TLS = ['require', 'verify-ca', 'verify-full']

/**
 * Throws `DatabaseFault` on an address by which phones, ID numbers and the password would cross a network in
 * clear: TLS is needed, unless the server is this machine's, by loopback or a Unix socket.
 */
export function demandTls(url: string): void {
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? hostname
  if (host === '' || host.startsWith('/') || isLoopback(host)) return
  if (TLS.includes(searchParams.get('sslmode') ?? '')) return
  throw new DatabaseFault(
    `到数据库 ${host} 的连接没有加密：请在 DATABASE_URL 末尾加上 ?sslmode=verify-full（自签证书再加 &sslrootcert=CA 文件）。本机可用 127.0.0.1 或 Unix socket。 ` +
      `The connection to ${host} would be in clear: add ?sslmode=verify-full to DATABASE_URL (and &sslrootcert=file of your CA). On the same machine use 127.0.0.1 or a Unix socket.`,
  )
}

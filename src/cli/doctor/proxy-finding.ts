import type { Finding } from '../../channels/plugin.ts'
import type { Config } from '../../config.ts'

/**
 * Whether limits by address can tell one visitor from another. Encrypted pages come through a proxy, as the service
 * itself serves no TLS; while that is not counted, every visitor has its address. Null: nothing speaks against it.
 */
export function proxyFinding({
  PUBLIC_URL,
  TRUSTED_HOPS,
}: Pick<Config, 'PUBLIC_URL' | 'TRUSTED_HOPS'>): Finding | null {
  if (!PUBLIC_URL?.startsWith('https:') || TRUSTED_HOPS > 0) return null
  const text =
    'PUBLIC_URL 是 https，前面必有代理，但 TRUSTED_HOPS 是 0：公开页面会把所有访客算成同一个地址，一起限速；请设为前面自己的代理层数。 PUBLIC_URL is https, so a proxy stands before the pages, and TRUSTED_HOPS is 0: all visitors count as one address and wait for each other. Set it to how many proxies of yours there are.'
  return { state: 'note', text }
}

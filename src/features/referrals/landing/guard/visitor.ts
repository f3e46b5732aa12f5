import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { createIsbotFromList, list } from 'isbot'
import type { Secret } from './keyring.ts'

export type Agent = 'wechat' | 'wecom' | 'alipay' | 'phone' | 'desk'

/** Somebody at a page, as far as it is kept: nothing here names an address. */
export interface Visitor {
  /** False for crawlers, previews and prefetches. */
  readonly counts: boolean
  readonly agent: Agent
  /** Hexadecimal: a hash of the address together with the browser. */
  readonly device: string
}

/** What of a request tells who opened a page. */
export interface Asking {
  readonly method: string
  readonly address: string
  header(name: string): string | undefined
}

/** Tells a visitor from a machine, and hashes what would name them under the day's secret. */
export function visitorOf(asking: Asking, secret: Secret): Visitor {
  const userAgent = asking.header('user-agent') ?? ''
  return {
    counts: asking.method === 'GET' && !prefetches(asking) && !isMachine(userAgent),
    agent: agentOf(userAgent),
    device: hashed(secret, `device\n${asking.address}\n${userAgent}`),
  }
}

/** Hexadecimal: a hash of the network that a form came from. */
export const networkHash = (address: string, secret: Secret): string =>
  hashed(secret, `network\n${networkOf(address)}`)

/** Hexadecimal: a hash of an address, a link or a phone that forms are counted by. */
export const countedHash = (key: string, secret: Secret): string =>
  hashed(secret, `counted\n${key}`)

/** The list that isbot keeps, but for a sign that Alipay's own browser has too. */
const isListed = createIsbotFromList(list.filter((pattern) => pattern !== '\\|'))

/** Crawlers, link previews and programs; also who names no browser. */
export function isMachine(userAgent: string): boolean {
  const known = told.get(userAgent)
  if (known !== undefined) return known
  const machine = userAgent === '' || isListed(userAgent)
  if (told.size >= MOST_TOLD) told.clear()
  told.set(userAgent, machine)
  return machine
}

/** What was told of the browsers seen lately: few kinds open most pages. */
const told = new Map<string, boolean>()
const MOST_TOLD = 5_000

/** A browser that looks ahead says so; nobody has seen the page then. */
const prefetches = ({ header }: Asking): boolean =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview|prerender/i.test(header(name) ?? ''),
  )

export function agentOf(userAgent: string): Agent {
  if (/wxwork/i.test(userAgent)) return 'wecom'
  if (/MicroMessenger/i.test(userAgent)) return 'wechat'
  if (/AlipayClient/i.test(userAgent)) return 'alipay'
  return /Mobi|Android|iPhone|iPad|HarmonyOS/i.test(userAgent) ? 'phone' : 'desk'
}

/** Addresses of one household or office: the first 24 bits, of IPv6 the first 48. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  const bytes = parsed.toByteArray().slice(0, parsed.kind() === 'ipv4' ? 3 : 6)
  return `${parsed.kind()} ${bytes.join('.')}`
}

const hashed = (secret: Secret, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex').slice(0, 32)

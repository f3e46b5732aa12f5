import type { Language, Text } from '../../../core/text.ts'
import type { Via } from '../rules.ts'

/** What makes an entry suspicious; with any of it the entry waits for a reviewer. */
export type Evidence =
  /** The number is the referrer's own. */
  | { readonly kind: 'self' }
  /** A client of the recommending manager's own book. */
  | { readonly kind: 'own-client' }
  /** So many other numbers came from this device lately. */
  | { readonly kind: 'device'; readonly phones: number }
  /** So many other numbers came by this link from this network lately. */
  | { readonly kind: 'network'; readonly phones: number }
  /** One of so many numbers of virtual operators, easily thrown away, by this link in a month. */
  | { readonly kind: 'disposable'; readonly phones: number }
  /** A field that people do not see was filled in. */
  | { readonly kind: 'trap' }
  /** Faster than people type. */
  | { readonly kind: 'fast'; readonly seconds: number }
  /** Sent without the proof that is asked for while a link is under attack. */
  | { readonly kind: 'unproven' }
  /** It could not be looked at for a fault of ours. */
  | { readonly kind: 'fault' }

/** A form is filled in by hand in this many seconds at least. */
export const LEAST_SECONDS = 3

/** So many different numbers from one device, network or of virtual operators are still believed. */
const BELIEVED = { device: 2, network: 8, disposable: 2 }

/**
 * Numbers of virtual operators (转售, MIIT numbering plan: 162, 165, 167, 170, 171): real people
 * have them, farms of throwaway numbers too.
 */
const VIRTUAL = /^\+861(62|65|67|70|71)/
export const isVirtual = (phone: string): boolean => VIRTUAL.test(phone)

/** What is known of an entry when it is looked at. */
export interface Circumstances {
  readonly phone: string
  readonly referrer: {
    readonly phone: string | null
    /** Null when staff recommend. */
    readonly clientId: string | null
    readonly staffId: string
  }
  /** Whoever has this number on file; null: nobody. */
  readonly known: { readonly id: string; readonly ownerId: string } | null
  /** Other numbers of the last two days from its device, and by its link from its network. */
  readonly fromDevice: number
  readonly fromNetwork: number
  /** Other numbers of virtual operators by its link within a month. */
  readonly disposable: number
}

/** What speaks against an entry, beside what the page noticed itself. */
export function suspicions(of: Circumstances): Evidence[] {
  const { referrer, known } = of
  const found: Evidence[] = []
  const self = of.phone === referrer.phone || (known !== null && known.id === referrer.clientId)
  if (self) found.push({ kind: 'self' })
  else if (referrer.clientId === null && known?.ownerId === referrer.staffId) {
    found.push({ kind: 'own-client' })
  }
  if (of.fromDevice >= BELIEVED.device) found.push({ kind: 'device', phones: of.fromDevice })
  if (of.fromNetwork >= BELIEVED.network) found.push({ kind: 'network', phones: of.fromNetwork })
  if (isVirtual(of.phone) && of.disposable >= BELIEVED.disposable) {
    found.push({ kind: 'disposable', phones: of.disposable })
  }
  return found
}

/** The evidence as a reviewer reads it. */
export function evidenceText(evidence: Evidence): Text {
  switch (evidence.kind) {
    case 'self':
      return { zh: '填的是推荐人自己的号码', en: "the number is the referrer's own" }
    case 'own-client':
      return {
        zh: '已是推荐人自己名下的客户',
        en: "is a client in the referrer's own book already",
      }
    case 'device':
      return {
        zh: `同一台手机两天内已留过 ${evidence.phones} 个别的号码`,
        en: `${evidence.phones} other numbers came from the same device within two days`,
      }
    case 'network':
      return {
        zh: `同一网络两天内经这个码已留过 ${evidence.phones} 个别的号码`,
        en: `${evidence.phones} other numbers came by this link from the same network within two days`,
      }
    case 'disposable':
      return {
        zh: `虚拟运营商号码，这个码一个月内已有 ${evidence.phones} 个`,
        en: `a virtual operator's number, after ${evidence.phones} of them by this link in a month`,
      }
    case 'trap':
      return {
        zh: '填了看不见的栏目，像是程序',
        en: 'a field that people do not see was filled in',
      }
    case 'fast':
      return {
        zh: `打开 ${evidence.seconds} 秒就提交，比手填快`,
        en: `sent ${evidence.seconds} s after opening, faster than people type`,
      }
    case 'unproven':
      return {
        zh: '这个码短时间内提交太多，没有通过验证',
        en: 'the link got too many forms at once and this one brought no proof',
      }
    case 'fault':
      return {
        zh: '系统出错，没能自动处理',
        en: 'a fault of the system kept it from being handled',
      }
  }
}

/** Days that the first valid referrer of a person has the credit for. */
export const CREDIT_DAYS = 90

/** A form that passed the page's own checks. */
export interface NewEntry {
  readonly linkId: string
  readonly name: string
  /** E.164. */
  readonly phone: string
  readonly business: string | null
  readonly need: string | null
  readonly consentVersion: number
  readonly language: Language
  readonly via: Via
  /** Hexadecimal hashes. */
  readonly device: string
  readonly network: string
  /** What the page noticed. */
  readonly evidence: readonly Evidence[]
  readonly receipt: string
}

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { CONSENT_VERSION, type Via } from '../../rules.ts'
import type { Secret } from './keyring.ts'

/**
 * What a form carries of its opening, signed with the day's secret, so that nothing has to be stored
 * and no cookie is set.
 */
export interface Stamp {
  readonly openedAt: Date
  /** Known to this form alone. */
  readonly nonce: string
  readonly via: Via
  readonly consentVersion: number
}

export function newStamp(code: string, via: Via, secret: Secret, now: Date): string {
  const nonce = randomBytes(12).toString('base64url')
  const body = [now.getTime().toString(36), nonce, via, CONSENT_VERSION].join('.')
  return `${body}.${signature(code, body, secret)}`
}

const SHAPE = /^([0-9a-z]{1,10})\.([\w-]{16})\.(scan|tap)\.(\d{1,3})\.([\w-]{22})$/

/** When the stamp says that its form was opened, before its signature is looked at; null for none. */
export function openedAt(stamp: string): Date | null {
  const time = Number.parseInt(SHAPE.exec(stamp)?.[1] ?? '', 36)
  return Number.isNaN(time) || time > 8.64e15 ? null : new Date(time)
}

/** Null when it was not signed for this link with this secret. */
export function readStamp(stamp: string, code: string, secret: Secret): Stamp | null {
  const opened = openedAt(stamp)
  const [, , nonce, via, version, given] = SHAPE.exec(stamp) ?? []
  if (!opened || !nonce || !given) return null
  const expected = signature(code, stamp.slice(0, -given.length - 1), secret)
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return null
  return { openedAt: opened, nonce, via: via as Via, consentVersion: Number(version) }
}

const signature = (code: string, body: string, secret: Secret): string =>
  createHmac('sha256', secret).update(`form\n${code}\n${body}`).digest('base64url').slice(0, 22)

/**
 * What a form's thank-you page is called: known to the sender alone, and the same when the same form
 * is sent again with the same number.
 */
export const receiptOf = ({ nonce }: Stamp, phone: string): string =>
  createHash('sha256').update(`${nonce}\n${phone}`).digest('base64url').slice(0, 24)

/** Bits that a proof of work must begin with: some 16 000 tries, a second or two on a cheap phone. */
const PROOF_BITS = 14

/** Whether a number was searched for that makes this form's hash begin with enough zeros. */
export function proves(stamp: string, proof: string): boolean {
  if (!/^\d{1,10}$/.test(proof)) return false
  const digest = createHash('sha256').update(`${stamp}.${proof}`).digest()
  return digest.readUInt32BE(0) >>> (32 - PROOF_BITS) === 0
}

/** Searches for that number in the visitor's browser; the form works without it and is reviewed. */
export const PROOF_SCRIPT = `(async()=>{const f=document.forms[0],b=f.querySelector('button'),s=f.stamp.value;if(!crypto.subtle)return;b.disabled=true;for(let n=0;;n++){const d=new DataView(await crypto.subtle.digest('SHA-256',new TextEncoder().encode(s+'.'+n)));if(d.getUint32(0)>>>${32 - PROOF_BITS}===0){f.proof.value=n;break}}b.disabled=false})()`

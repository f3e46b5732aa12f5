import { timingSafeEqual } from 'node:crypto'
import { decrypt, getSignature } from '@wecom/crypto'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'

// Callbacks of the app, signed and encrypted (developer.work.weixin.qq.com/document/path/90968).

export interface Seal {
  readonly corpId: string
  readonly token: string
  readonly aesKey: string
}

/** What the address of a callback carries. */
export const signedQuery = z.object({
  msg_signature: z.string().regex(/^[0-9a-f]{40}$/),
  timestamp: z.string().regex(/^\d{1,12}$/),
  nonce: z.string().min(1).max(128),
})

/** A callback that is older, or younger, than this is a replayed one. */
const FRESH_SECONDS = 600

/**
 * What a callback carries sealed, before anybody knows whose it is: so nothing of it is parsed, but for the
 * one field that is signed. Null where there is none.
 */
export const sealedIn = (body: string): string | null =>
  body.match(/<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)/)?.[1] ?? null

/** The text that WeCom sealed; null when it is forged, replayed or meant for another corporation. */
export function unseal(
  { corpId, token, aesKey }: Seal,
  { msg_signature, timestamp, nonce }: z.infer<typeof signedQuery>,
  sealed: string,
  now: Date,
): string | null {
  const own = Buffer.from(getSignature(token, timestamp, nonce, sealed))
  if (!timingSafeEqual(own, Buffer.from(msg_signature))) return null
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > FRESH_SECONDS) return null
  try {
    const { message, id } = decrypt(aesKey, sealed)
    return id === corpId ? message : null
  } catch {
    return null
  }
}

const parser = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  ignoreAttributes: true,
  trimValues: true,
})

/** The fields of an XML document of WeCom; null when it is broken, or declares anything. */
export function readXml(xml: string): Readonly<Record<string, unknown>> | null {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return null
  try {
    if (XMLValidator.validate(xml) !== true) return null
    const document = z.object({ xml: z.record(z.string(), z.unknown()) })
    return document.safeParse(parser.parse(xml)).data?.xml ?? null
  } catch {
    // Nested too deeply, or a name that no field may have.
    return null
  }
}

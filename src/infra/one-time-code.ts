import { Secret, TOTP } from 'otpauth'

// RFC 6238 as every authenticator app has it: SHA-1, six digits, half a minute.
const STEP_MS = 30_000

/** A new shared secret, 160 bits in base32. */
export const newFactorSecret = (): string => new Secret({ size: 20 }).base32

const totp = (secret: string, issuer = '', label = '') =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret) })

/** The `otpauth:` address that an authenticator app scans. */
export const factorAddress = (secret: string, issuer: string, label: string): string =>
  totp(secret, issuer, label).toString()

/**
 * The half minute since 1970 that a code is of; null: it is wrong. The one before and the one after are taken too,
 * as clocks differ.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 })
  return delta === null ? null : Math.floor(now.getTime() / STEP_MS) + delta
}

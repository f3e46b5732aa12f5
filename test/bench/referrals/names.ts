import { CODE_ALPHABET } from '../../../src/features/referrals/rules.ts'

/** The code of the n-th link. */
export function codeOf(n: number): string {
  const size = CODE_ALPHABET.length
  let code = ''
  for (let rest = n; code.length < 8; rest = Math.floor(rest / size)) {
    code = `${CODE_ALPHABET[rest % size]}${code}`
  }
  return code
}

/** An address of its own for the n-th visitor. */
export const addressOf = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`

import { NUMBER, readNumber } from '../../../bot/grammar/number.ts'

const DAYS = new RegExp(`(?:有效期?\\s*)?(${NUMBER})\\s*(?:天|days?)(?:内?有效)?`, 'i')

/** What a code is asked for: words that name a purpose, and how many days. */
export function readAsking(rest: string): { purpose?: string; days?: number } {
  const days = readNumber(rest.match(DAYS)?.[1] ?? '')
  const purpose = rest
    .replace(DAYS, ' ')
    .replace(/^[\s.,!?。！？、~]+|[\s.,!?。！？、~]+$/g, '')
    .replace(/\s+/g, ' ')
  return { ...(purpose && { purpose }), ...(days && { days }) }
}

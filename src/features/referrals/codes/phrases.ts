const DAYS = /(?:有效期?\s*)?(\d{1,3})\s*(?:天|days?)(?:内?有效)?/i

/** What a code is asked for: words that name a purpose, and how many days. */
export function readAsking(rest: string): { purpose?: string; days?: number } {
  const days = rest.match(DAYS)
  const purpose = rest
    .replace(DAYS, ' ')
    .replace(/^[\s.,!?。！？、~]+|[\s.,!?。！？、~]+$/g, '')
    .replace(/\s+/g, ' ')
  return { ...(purpose && { purpose }), ...(days && { days: Number(days[1]) }) }
}

import { addDays, type Day } from '../core/calendar/time.ts'
import type { Row } from './rows.ts'

/** Who opened the links of the bank's clients, and entries that wait for a lead's review. */
export function openingsOf(
  links: readonly Row[],
  today: Day,
): { readonly clicks: Row[]; readonly entries: Row[] } {
  const clicks = links.flatMap((link, index) =>
    Array.from({ length: 2 + (index % 5) }, (_, nth) => ({
      link_id: link['id'],
      visitor: `\\x${(index * 16 + nth).toString(16).padStart(32, '0')}`,
      via: nth % 3 === 0 ? 'scan' : 'tap',
      agent: nth % 4 === 3 ? 'phone' : 'wechat',
      clicked_at: `${addDays(today, -1 - (nth % 3))}T0${1 + nth}:00:00Z`,
    })),
  )
  const entries = links
    .filter((_link, index) => index % 4 === 0)
    .map((link, index) => ({
      id: `00000000-0000-7000-a000-${String(index).padStart(12, '0')}`,
      link_id: link['id'],
      status: 'held',
      name: '高峰',
      business: '高峰建材店',
      phone: `+861349999${String(index).padStart(4, '0')}`,
      need: '备货 20万',
      returning: false,
      language: 'zh',
      via: 'tap',
      evidence: [{ kind: 'device', phones: 3 }],
      consent_version: 2,
      entered_at: `${addDays(today, -1)}T08:00:00Z`,
    }))
  return { clicks, entries }
}

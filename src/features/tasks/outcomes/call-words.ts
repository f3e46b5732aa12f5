import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'

/** What people say before whom they called: 刚给1号打了没人接, 然后七号八号都没打通. */
const CALLED = new RegExp(
  `^(?:${[
    '(?:今天)?(?:上午|下午|早上|刚才|今天)的?[:,]',
    // 上午给李四打电话没人接: of no other day, which would be the next one.
    '(?:今天(?:上午|下午|早上|中午)?|上午|下午|早上|中午)(?=(?:我|又|刚)?(?:打|给|联系|[跟和与]))',
    '嗯+|哦|呃|额|啊|喂|那个|然后|接着|还有|另外|刚才|刚|我们?|又|已经?',
    '打电话给|打给|电话联系|打(?:了|完|过)?(?=[\\u4e00-\\u9fffa-z])|给',
    '[跟和与](?=[^\\s,的]{1,12}?(?:约|签|谈|聊|说|见|沟通|通了))(?![^\\s,]{0,12}(?:介绍|[都也]))',
    '(?:联系|问)[了过]?|[\\s,、。]',
    '\\b(?:just|i|then|also|called|rang|tried|phoned|reached|(?:spoke|talked) (?:to|with))\\b',
  ].join('|')})+`,
  'i',
)

/** Words that say nothing of a call. */
const ONLY_BEGINS = /^(?:嗯+|哦|呃|额|啊|喂|那个|[\s,、。])+$/

/** How long such words at a place of a text are, and whether they say that there was a call. */
export function calledAt(
  { text }: Scanned,
  place: number,
): { readonly length: number; readonly hears: boolean } {
  const said = text.slice(place).match(CALLED)?.[0] ?? ''
  return { length: said.length, hears: said !== '' && !ONLY_BEGINS.test(said) }
}

/** That it is logged late, and the part of a day that has been. */
const LATE = /^(?:[\s,:]|(?:我|还)*(?:补[登记录]|[忘漏]了?[记登](?:录)?)了?(?:一?[条下])?)/
const PART_OF_DAY = /^的?(?:上午|下午|早上|中午|傍晚|晚上|夜里|[早晚]|morning|afternoon|evening)/i

/**
 * Words before all else that say that it was on a day gone by: 昨天下午, 补登 上周五, yesterday. Where they end, and
 * what of them is kept with the outcome; empty: nothing says so.
 */
export function lateAt(
  scanned: Scanned,
  place: number,
): { readonly end: number; readonly keeps: string } {
  const { text, pieces } = scanned
  let [end, late, dated] = [place, false, false]
  for (let length = 1; length > 0; end += length) {
    const piece = pieces.find(({ start }) => start === end)
    const day = piece?.kind === 'day' && piece.doubt === 'past'
    const said = text.slice(end).match(LATE)?.[0] ?? ''
    if (piece && (day || (dated && piece.kind === 'time'))) length = piece.end - end
    else length = (said || (dated && text.slice(end).match(PART_OF_DAY)?.[0]) || '').length
    dated ||= day
    late ||= day || said.length > 1
  }
  if (!late) return { end: place, keeps: '' }
  return { end, keeps: asTypedIn(scanned, place, end).replace(/^[\s,，:：]+|[\s,，:：]+$/g, '') }
}

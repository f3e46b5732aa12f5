import { normalise } from '../../bot/grammar/normalise.ts'
import type { Piece } from '../../bot/grammar/scan/piece.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { isOnlyFillers } from '../../bot/grammar/scan/words/fillers.ts'
import type { Part } from '../../bot/grammar/slots/slot.ts'

/** A word of a line about a new client, or several English ones: what stands between blanks, marks and numbers. */
export interface Word {
  readonly start: number
  readonly end: number
  readonly said: string
  /** Nothing but a blank stands between it and the word before. */
  readonly beside: boolean
}

/** A word, with what stands in brackets behind it: 明月楼(朝阳店). 10:30 is one. */
const WORD = /(?:[^\s,;:。、()（）]|(?<=\d):(?=\d\d))+(?:\([^()\n]{1,20}\))?/g
/** What chats put around words, and what is no part of a name. */
const CLOTHES = /^[*_`~"'<>/+-]+|[*_`~"'<>/.-]+$/g
/** Before a Chinese number, as it is dialled from abroad. */
const ABROAD = '0086'
const LINK = /^<?tel:/i

/** The words of a part beside its phone numbers. */
export function wordsOf({ scanned, start, end, pieces }: Part): Word[] {
  const phones = pieces.filter(({ kind }) => kind === 'phone')
  const words: Word[] = []
  let from = start
  for (const to of [...phones.map((each) => each.start), end]) {
    const text = scanned.text.slice(from, Math.max(from, to))
    for (const { 0: typed, index } of text.matchAll(WORD)) {
      const said = typed.replace(LINK, '').replace(CLOTHES, '')
      if (said === '' || (said === ABROAD && from + index + typed.length + 1 >= to)) continue
      const place = from + index + typed.indexOf(said)
      const last = words.at(-1)
      const beside = last !== undefined && scanned.text.slice(last.end, place) === ' '
      words.push({ start: place, end: place + said.length, said, beside })
    }
    from = phones.find((each) => each.start === to)?.end ?? end
  }
  return words
}

/** Words as they were typed, but of one width and without what chats add. */
export const typedFrom = ({ scanned }: Part, first: Word, last: Word = first): string =>
  normalise(asTypedIn(scanned, first.start, last.end))

export const overlaps = (word: Pick<Word, 'start' | 'end'>, piece: Piece): boolean =>
  piece.start < word.end && piece.end > word.start

/** The pieces in each of some words; both in order, each walked once. */
export function piecesByWord(
  words: readonly Word[],
  pieces: readonly Piece[],
): ReadonlyMap<Word, readonly Piece[]> {
  const found = new Map<Word, Piece[]>()
  let next = 0
  for (const word of words) {
    while ((pieces[next]?.end ?? Number.POSITIVE_INFINITY) <= word.start) next++
    const within: Piece[] = []
    for (let at = next; (pieces[at]?.start ?? Number.POSITIVE_INFINITY) < word.end; at++) {
      const piece = pieces[at]
      if (piece) within.push(piece)
    }
    found.set(word, within)
  }
  return found
}

const WISH = /需要?|贷款?|借款?|拜访|走访|上门|首次|第一次|want(?:s|ed)?|needs?|loan|visit|meet/gi

/** Whether some pieces are all that a word says: 想贷十万, 下周三联系. */
export function saysOnly({ start, said }: Word, pieces: readonly Piece[]): boolean {
  let left = said
  for (const piece of pieces.toReversed()) {
    const from = Math.max(0, piece.start - start)
    left = left.slice(0, from) + left.slice(Math.max(from, piece.end - start))
  }
  return isOnlyFillers(left.replace(WISH, ''))
}

/** What a shop, a works or a trade is called by. */
const BUSINESS =
  /[店厂馆行铺坊社院摊档厅吧城楼阁轩屋]$|店|公司|集团|超市|市场|商[行贸场城户]|中心|工作室|合作社|企业|五金|建材|汽[修配车]|修[车理]|维修|餐|饭|面[馆食]|酒|茶|果|蔬|菜|肉|粮油|海鲜|烧烤|小吃|火锅|早点|夜宵|便利|鞋|服[饰装]|衣|布艺|家[具居纺电政]|电[器子脑商]|手机|机械|设备|美[容发甲]|理发|养[殖生]|种植|批发|零售|贸易|物流|运输|快递|装[修饰潢]|印刷|药|诊所|百货|文具|玩具|灯[饰具]|门窗|加工|租赁|广告|培训|生意|的$/
const BUSINESS_EN =
  /^(?:shop|store|caf[eé]|restaurant|bakery|hotel|inn|bar|salon|factory|works|company|co|ltd|inc|market|supermarket|garage|trading|logistics|pharmacy|clinic|studio|hardware|noodles?|fruits?|flowers?|toys?|repairs?)$/i

export const isBusiness = (said: string): boolean => BUSINESS.test(said) || BUSINESS_EN.test(said)

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Moment } from '../../../src/bot/moment.ts'
import { momentOf } from '../../support/moment.ts'
import { answerTo } from './answer.ts'
import { type Expectation, expectationsIn } from './expectation.ts'
import { judge, type Verdict } from './judge.ts'

export interface Row {
  /** As it stands in the table. */
  readonly typed: string
  readonly text: string
  readonly at: Moment
  readonly right: readonly Expectation[]
  readonly kind: string
}

export interface Table {
  /** Its folder and file: `tables/amounts`. */
  readonly name: string
  readonly rows: readonly Row[]
}

/**
 * `tables`: lines that people said; `neighbours`: lines beside them, with what must not be read so; `unseen`: lines
 * written before the scan was, and kept from whoever wrote it until they had been played once: 175 right, 130 asked
 * where one may, 39 asked though clear, 15 wrong, 3 lost, of 362. `unseen/second` was written when those were mended,
 * by somebody who had not read the grammar, of leads and clerks too; played once before anything was done about it:
 * 184 right, 112 asked where one may, 44 asked though clear, 10 wrong, 3 lost, of 353; three of those rows were wrong
 * themselves (35w左右, 下午三点提醒我, a list without what to say) and have been put right.
 * `unseen/third` is what leads, heads, marketing, line departments and risk say, written in the same way when most of
 * their commands were still read word by word; played once before: 91 right, 54 asked where one may, 4 asked though
 * clear, 21 wrong, 1 lost, of 171; two of those rows were wrong themselves (1不同意 is a
 * manager's no, a phone is kept as E.164).
 */
export const FOLDERS = ['tables', 'neighbours', 'unseen'] as const

/** When a line was said whose row does not tell: a Thursday, at nine. */
const REFERENCE = '2026-11-26T09:00:00+08:00'

/**
 * The tables of a folder beside this file, by name. Columns: text (`⏎` a line break, `\u202d` a mark that is
 * not seen), now, what is right, kind of fault.
 */
export function tablesIn(folder: (typeof FOLDERS)[number]): readonly Table[] {
  const where = path.join(import.meta.dirname, folder)
  return readdirSync(where)
    .filter((file) => file.endsWith('.tsv'))
    .toSorted()
    .map((file) => ({
      name: `${folder}/${file.replace('.tsv', '')}`,
      rows: readFileSync(path.join(where, file), 'utf8').trimEnd().split('\n').slice(1).map(rowIn),
    }))
}

const moments = new Map<string, Moment>()

function rowIn(line: string): Row {
  const [text = '', now = '', right = '', kind = ''] = line.split('\t')
  const time = now || REFERENCE
  const at = moments.get(time) ?? momentOf(time)
  moments.set(time, at)
  return { typed: text, text: typedOf(text), at, right: expectationsIn(right), kind }
}

const typedOf = (text: string): string =>
  text
    .replaceAll('⏎', '\n')
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

export type Judged = readonly (readonly [row: Row, verdict: Verdict])[]

export const judged = ({ rows }: Table): Judged =>
  rows.map((row) => [row, judge(row.right, answerTo(row.text, row.at))])

import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Cell } from '../../../src/infra/sheets/spreadsheet.ts'
import { streamWorkbook } from '../../../src/infra/sheets/writing/stream.ts'

/** A client on file, as a book names one. */
export interface OnFile {
  readonly name: string
  /** Without the country code. */
  readonly phone: string
}

/** As a system exports a book: nine columns that are read, and five that mean nothing here. */
const TITLES = [
  ...[
    '序号',
    '姓名',
    '手机号',
    '企业名称',
    '工号',
    '区域',
    '行业',
    '地址',
    '年销售额(万元)',
    '备注',
  ],
  ...['机构号', '币种', '录入时间', '录入人'],
]
const PAGE = 1000

/**
 * Writes a book of twice as many rows as `known` has: each second row is about one of them, with other sales and a new
 * address for every other, and as it is on file for the rest; the others are new, with phones of their own from `first` on.
 */
export async function writeBook(
  file: string,
  known: readonly OnFile[],
  { managers, first }: { readonly managers: number; readonly first: number },
): Promise<number> {
  const rows = known.length * 2
  async function* pages() {
    for (let from = 0; from < rows; from += PAGE) {
      const page: Cell[][] = []
      for (let at = from; at < Math.min(rows, from + PAGE); at++) {
        const behind = ['0101', 'CNY', '2026-11-20 09:15', '系统']
        const client = at % 2 === 0 ? known[at / 2] : undefined
        page.push([at + 1, ...(client ? knownCells(client, at) : newCells(at + first)), ...behind])
      }
      yield page
    }
  }
  const newCells = (n: number): Cell[] => [
    ...[`${SURNAMES[n % SURNAMES.length]}新${FIRST_NAMES[n % FIRST_NAMES.length]}`],
    ...[`138${String(n).padStart(8, '0')}`, `第${n}号商店`, `Q${(n % managers) + 1}`],
    ...[`城区${n % 40}`, `行业${n % 25}`, `人民路 ${n} 号`, 50 + (n % 900), '老客户介绍'],
  ]
  const columns = TITLES.map((title) => ({ title, holds: 'text' as const }))
  const sheet = { name: '客户', columns, pages: pages() }
  await pipeline(Readable.from(streamWorkbook(sheet)), createWriteStream(file))
  return rows
}

const knownCells = ({ name, phone }: OnFile, at: number): Cell[] =>
  at % 4 === 0
    ? [name, phone, null, null, null, null, `建设路 ${at} 号`, 250, null]
    : [name, phone, null, null, null, null, null, 100, null]

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张']
const FIRST_NAMES = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英']

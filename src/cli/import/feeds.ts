import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../../config.ts'
import { isDay } from '../../core/calendar/time.ts'
import { loadFeed } from '../../features/feeds/load-feed.ts'
import { FEEDS, type Feed, FeedFault, type Mode } from '../../features/feeds/rules.ts'
import type { FeedReport } from '../../features/feeds/store.ts'
import { endTokens, makeToken } from '../../features/feeds/tokens/store.ts'
import { openApp } from '../by-hand/scripts.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

export interface FeedOptions {
  readonly day: string | null
  readonly mode: Mode | null
  /** Yes to all that a full feed ends. */
  readonly yes: boolean
  readonly json: boolean
  readonly now: Date | null
}

const feedOf = (name: string): Feed => {
  const feed = FEEDS.find((each) => each === name)
  if (feed) return feed
  throw new Fault(
    `没有这种数据 ${name}：${FEEDS.join('、')}。`,
    `No such feed: ${FEEDS.join(', ')}.`,
  )
}

/** Loads a file of the core system, or those of a folder in the order of their names; false when one was refused. */
export async function importFeed(
  config: Config,
  name: string,
  file: string,
  options: FeedOptions,
): Promise<boolean> {
  const feed = feedOf(name)
  const { day, mode, yes, json, now } = options
  if (day !== null && !isDay(day)) {
    throw new Fault(
      `"${day}" 不是日期，请写 2026-11-27。`,
      `"${day}" is no day, such as 2026-11-27.`,
    )
  }
  const files = await filesAt(file, feed)
  const { app } = await openApp(config, { now })
  let well = true
  try {
    for (const each of files) {
      const given = {
        ...{ feed, name: path.basename(each), bytes: createReadStream(each), yes },
        ...{ said: { day, mode, rows: null }, share: config.FEED_MOST_ENDED },
      }
      try {
        const report = await loadFeed(app.services, given)
        console.log(json ? JSON.stringify(report ?? { repeated: true }) : said(each, report))
      } catch (error) {
        if (!(error instanceof FeedFault)) throw error
        well = false
        console.log(`${each}: ${error.message}`)
      }
    }
  } finally {
    await app.stop()
  }
  return well
}

async function filesAt(file: string, feed: Feed): Promise<string[]> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile()) return [file]
  const names = found?.isDirectory() ? await readdir(file) : []
  const files = names.filter((name) => name.startsWith(feed) && /\.(?:csv|txt|dat)$/i.test(name))
  if (files.length > 0) return files.sort().map((name) => path.join(file, name))
  throw new Fault(
    `${file} 不是文件，文件夹里也没有 ${feed}*.csv。`,
    `${file} is no file, and no folder with ${feed}*.csv.`,
  )
}

function said(file: string, report: FeedReport | null): string {
  if (!report) return `${file}: 已读过，没有变化。 Loaded before; nothing changed.`
  const { day, rows, entered, changed, unmatched, rejected, ended, waiting, unknown, faults } =
    report
  const lines = [
    `${file}: ${day} · ${rows} 行 rows · ${changed} 位客户有变化 clients changed`,
    entered > 0 && `新登记 ${entered} 位客户 clients entered`,
    unmatched + rejected > 0 &&
      `未用 not used: ${rejected} 行不能采用 not to be taken, ${unmatched} 行没有这位客户 of nobody on file`,
    ...faults.map(({ line, because }) => `  ${line}: ${because.zh} ${because.en}`),
    ended > 0 && `已结束 ended: ${ended}`,
    waiting > 0 &&
      `全量里没有的 ${waiting} 笔超过了上限，没有结束；核对后加 --yes 再读一次。 ${waiting} that it does not name are more than may end by themselves; check them and load it again with --yes.`,
    unknown > 0 &&
      `主管确认过、核心系统没有的 ${unknown} 笔，已询问。 ${unknown} that leads confirmed and it does not know: they were asked.`,
  ]
  return lines.filter(Boolean).join('\n')
}

/** Makes a token for a feed and prints it once, or ends those of a feed. */
export async function feedToken(config: Config, act: string, name: string): Promise<void> {
  const feed = feedOf(name)
  const database = await openForScripts(config)
  try {
    if (act === 'make') {
      console.log(await makeToken(database.prisma, feed, new Date()))
      console.error('只显示这一次。 It is shown this once.')
    } else if (act === 'end') {
      const ended = await endTokens(database.prisma, feed, new Date())
      console.log(`已停用 ${ended} 个。 ${ended} ended.`)
    } else {
      throw new Fault('请写 make 或 end。', 'Say make or end.')
    }
  } finally {
    await database.close()
  }
}

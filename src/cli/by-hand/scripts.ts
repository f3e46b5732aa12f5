import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createApp } from '../../app.ts'
import { type ConsoleChannel, createConsoleChannel } from '../../channels/console/index.ts'
import { renderNumbered } from '../../channels/console/render.ts'
import type { Config } from '../../config.ts'
import type { Card } from '../../core/card.ts'
import type { SentFile } from '../../core/chat.ts'
import { newId } from '../../core/ids.ts'
import { push } from '../../features/tasks/list/push-morning.ts'
import { createLog } from '../../infra/log.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

export interface At {
  /** Pretends that it is this moment; null: it is now. */
  readonly now: Date | null
}

export async function openApp(config: Config, { now }: At) {
  const database = await openForScripts(config)
  const channel = createConsoleChannel()
  const app = await createApp(config, {
    database,
    log: createLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL),
    channels: [channel],
    ...(now && { clock: () => now }),
  })
  return { app, channel, database }
}

/** One message through the pipe as a member of staff; prints what the bot answers. */
export async function say(
  config: Config,
  options: At & {
    readonly as: string
    readonly text: string
    readonly json: boolean
    /** A file to send along; null: none. */
    readonly file: string | null
    /** Where files that are answered are saved; null: nowhere. */
    readonly save: string | null
  },
): Promise<void> {
  const { app, channel, database } = await openApp(config, options)
  try {
    if (!(await database.prisma.staff.findUnique({ where: { code: options.as } }))) {
      throw new Fault(
        `没有工号 ${options.as}。行里还没有人就先 npx chenhui open；试用可先 npm run demo，工号如 M001。`,
        `There is no staff code ${options.as}. Where nobody works yet, npx chenhui open first; to try it out, npm run demo, where a code is M001.`,
      )
    }
    const { answered } = await app.inbox({
      id: newId(),
      channel: channel.name,
      conversation: `console:${options.as}`,
      sender: options.as,
      shared: false,
      says: options.file
        ? await sentFile(options.file, options.text, channel)
        : { kind: 'text', text: options.text },
    })
    await answered
    await app.working.settled()
    await app.delivery.settled()
    const replies = channel.take()
    if (options.save) await saveFiles(replies, options.save)
    console.log(
      options.json ? JSON.stringify({ replies }) : replies.map(renderNumbered).join('\n\n'),
    )
  } finally {
    await app.stop()
  }
}

async function sentFile(path: string, text: string, channel: ConsoleChannel): Promise<SentFile> {
  const bytes = await readFile(path).catch(() => {
    throw new Fault(`读不到文件 ${path}。`, `Cannot read ${path}.`)
  })
  const name = basename(path)
  return { kind: 'file', name, size: bytes.length, ref: channel.hold(bytes), text }
}

/** Writes the files and pictures of cards into a folder. */
async function saveFiles(cards: readonly Card[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const blocks = cards.flatMap((card) => card.blocks)
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'file') {
      await writeFile(join(folder, basename(block.name)), Buffer.from(block.base64, 'base64'))
    }
    if (block.kind === 'picture') {
      await writeFile(join(folder, `picture-${index}.png`), Buffer.from(block.png, 'base64'))
    }
  }
}

/** Runs a day's morning push by hand; prints what it came to. */
export async function pushByHand(
  config: Config,
  options: At & { readonly dryRun: boolean },
): Promise<void> {
  const { app } = await openApp(config, options)
  try {
    const at = app.services.moment()
    const pushed = await push(app.services, at, { dryRun: options.dryRun })
    await app.delivery.settled()
    console.log(JSON.stringify({ day: at.today, dryRun: options.dryRun, ...pushed }))
  } finally {
    await app.stop()
  }
}
